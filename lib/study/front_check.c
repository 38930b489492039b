/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page of a check: whether the flow is sound, how much was found, and what to mend first. */
#include "config.h"
#include "study/front_i.h"
#include "base/text_i.h"
#include <string.h>

enum { EACH = 8 };

static size_t count_of(const bpr_problems *problems, enum bpr_severity severity)
{
	return bpr_problems_count_severity(problems, severity) -
	       (severity < BPR_SEVERITY_ERROR ? bpr_problems_count_severity(problems, severity + 1) : 0);
}

/* What can be made easier in the process; the rest of what is for information stays in the details. */
static bool of_process(const struct bpr_code *code)
{
	return !strcmp(bpr_code_group(code), "smells") || !strcmp(bpr_code_group(code), "rules");
}

static size_t easier(const bpr_problems *problems)
{
	size_t count = 0;

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);

		count += p.severity == BPR_SEVERITY_INFO && of_process(p.code);
	}
	return count;
}

static enum bpr_verdict verdict(const struct bpr_soundness *s)
{
	enum bpr_verdict all = BPR_VERDICT_YES;

	for (size_t i = 0; i < BPR_SOUND_COUNT; i++) {
		if (s->verdict[i] == BPR_VERDICT_NO)
			return BPR_VERDICT_NO;
		if (s->verdict[i] == BPR_VERDICT_UNDECIDED)
			all = BPR_VERDICT_UNDECIDED;
	}
	return all;
}

static const char *sound_word(const struct bpr_front *f, enum bpr_verdict v)
{
	static const char *const words[] = { [BPR_VERDICT_UNDECIDED] = N_("not decided"), [BPR_VERDICT_YES] = N_("sound"), [BPR_VERDICT_NO] = N_("faulty") };

	return bpr_i_doc_text(f->doc, words[v]);
}

static void say_sound(const struct bpr_front *f)
{
	if (!f->subject->soundness)
		return;
	switch (verdict(f->subject->soundness)) {
	case BPR_VERDICT_YES:
		bpr_i_front_say(f, N_("The flow is {1}: every case can be brought to its end."), bpr_i_doc_text(f->doc, N_("sound")), NULL, NULL, NULL);
		return;
	case BPR_VERDICT_NO:
		bpr_i_front_say(f, N_("The flow is {1}: there are cases that get stuck, go wrong, or steps that are never reached."),
				bpr_i_doc_text(f->doc, N_("not sound")), NULL, NULL, NULL);
		return;
	case BPR_VERDICT_UNDECIDED:
		bpr_i_front_say(f, N_("Whether the flow is sound could {1} within the limits."), bpr_i_doc_text(f->doc, N_("not be decided")), NULL, NULL, NULL);
		return;
	}
}

static void lead(const struct bpr_front *f)
{
	const bpr_problems *problems = f->subject->problems;
	size_t errors = count_of(problems, BPR_SEVERITY_ERROR), warnings = count_of(problems, BPR_SEVERITY_WARNING);

	say_sound(f);
	if (errors)
		bpr_i_front_say(f, N_("Errors to correct: {1}. Warnings: {2}."), bpr_i_say_count(f->doc, (double)errors), bpr_i_say_count(f->doc, (double)warnings), NULL,
				NULL);
	else if (warnings)
		bpr_i_front_say(f, N_("No errors. Warnings: {1}."), bpr_i_say_count(f->doc, (double)warnings), NULL, NULL, NULL);
	else
		bpr_i_doc_lead(f->doc, bpr_i_doc_text(f->doc, bpr_problems_count(problems) ? N_("No errors, no warnings.") : N_("Nothing was found.")));
}

static void tiles(const struct bpr_front *f)
{
	const bpr_problems *problems = f->subject->problems;
	const char *unit = f->doc->lang == BPR_LANG_JA ? bpr_i_doc_text(f->doc, N_("cases")) : "";
	struct bpr_front_tiles t = { .count = 0 };

	if (f->subject->soundness)
		bpr_i_front_tile(&t, bpr_i_doc_text(f->doc, N_("Soundness")), sound_word(f, verdict(f->subject->soundness)), "", NULL);
	bpr_i_front_tile(&t, bpr_i_doc_text(f->doc, N_("Errors")), bpr_i_say_count(f->doc, (double)count_of(problems, BPR_SEVERITY_ERROR)), unit, NULL);
	bpr_i_front_tile(&t, bpr_i_doc_text(f->doc, N_("Warnings")), bpr_i_say_count(f->doc, (double)count_of(problems, BPR_SEVERITY_WARNING)), unit, NULL);
	bpr_i_front_tile(&t, bpr_i_doc_text(f->doc, N_("What could be made easier")), bpr_i_say_count(f->doc, (double)easier(problems)), unit, NULL);
	bpr_i_doc_tiles(f->doc, t.items, t.count);
}

/* A heading with its table, where there is anything of it. */
static void section(const struct bpr_front *f, enum bpr_severity severity, bpr_study_wanted *wanted, const char *heading)
{
	const bpr_problems *problems = f->subject->problems;

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);

		if (p.severity != severity || (wanted && !wanted(p.code)))
			continue;
		bpr_i_doc_heading(f->doc, 2, bpr_i_doc_text(f->doc, heading));
		(void)bpr_i_front_findings(f, problems, severity, EACH, wanted);
		return;
	}
}

void bpr_i_front_check(struct bpr_front *f)
{
	lead(f);
	tiles(f);
	section(f, BPR_SEVERITY_ERROR, NULL, N_("What to mend first: errors"));
	section(f, BPR_SEVERITY_WARNING, NULL, N_("Then: warnings"));
	section(f, BPR_SEVERITY_INFO, of_process, N_("What could be made easier"));
	bpr_i_doc_note(f->doc, bpr_i_doc_text(f->doc, N_("All findings, each with its place, stand in the details; 'bpr explain CODE' says more about one.")));
}
