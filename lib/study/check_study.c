/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a check found, the gravest first: where, what, and what to do about it. */
#include "config.h"
#include "study/study_i.h"
#include "base/text_i.h"
#include <string.h>

static size_t count_of(const bpr_problems *problems, enum bpr_severity severity)
{
	return bpr_problems_count_severity(problems, severity) -
	       (severity < BPR_SEVERITY_ERROR ? bpr_problems_count_severity(problems, severity + 1) : 0);
}

/* What is for information falls into three parts: the process, what the figures rest on, how the table is written. */
static bool of_process(const struct bpr_code *code)
{
	const char *group = bpr_code_group(code);

	return !strcmp(group, "smells") || !strcmp(group, "rules") || !strcmp(code->code, "A019");
}

static bool of_table(const struct bpr_code *code)
{
	return !strcmp(bpr_code_group(code), "sheet");
}

static bool of_input(const struct bpr_code *code)
{
	return !of_process(code) && !of_table(code);
}

/* How findings are listed. */
struct check {
	size_t most;
	const char *home;
};

static size_t count_wanted(const bpr_problems *problems, enum bpr_severity severity, bpr_study_wanted *wanted)
{
	size_t n = 0;

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);

		n += p.severity == severity && (!wanted || wanted(p.code));
	}
	return n;
}

/* Number of findings left out. */
static size_t section(struct bpr_document *doc, const bpr_problems *problems, enum bpr_severity severity, const struct check *how,
		      bpr_study_wanted *wanted, const char *title)
{
	if (!count_wanted(problems, severity, wanted))
		return 0;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, title));
	return bpr_i_study_problems(doc, problems, severity, how->most, how->home, wanted);
}

/* The file that the report is about. */
static const char *home_of(const struct bpr_subject *s)
{
	if (s->flow)
		return bpr_flow_source(s->flow);
	if (s->flows && s->flows->count)
		return bpr_flow_source(s->flows->items[0]);
	if (s->procedures)
		return bpr_procedures_source(s->procedures);
	return bpr_problems_count(s->problems) ? bpr_problems_get(s->problems, 0).file : "";
}

static void title(struct bpr_document *doc, const struct bpr_subject *s)
{
	const char *text;

	if (s->procedures)
		text = bpr_i_doc_fill(doc, N_("Check of a table of procedures: {1}"), home_of(s), NULL, NULL, NULL);
	else if (s->flow)
		text = bpr_i_doc_fill(doc, N_("Check of a flow: {1}"), bpr_i_say_flow(doc, s->flow), NULL, NULL, NULL);
	else
		text = bpr_i_doc_fill(doc, N_("Check of a file: {1}"), home_of(s), NULL, NULL, NULL);
	bpr_i_doc_heading(doc, 1, text);
	if (s->flow)
		bpr_i_doc_note(doc, bpr_i_doc_fill(doc, N_("File: {1}"), home_of(s), NULL, NULL, NULL));
}

/* A fault of processes together is a finding of the process that it stands in, not of the file. */
static bool unsound(const struct bpr_soundness *s)
{
	for (size_t p = 0; s && p < BPR_SOUND_COUNT; p++)
		if (s->verdict[p] == BPR_VERDICT_NO)
			return true;
	return false;
}

static const char *lead(struct bpr_document *doc, const bpr_problems *problems)
{
	size_t errors = count_of(problems, BPR_SEVERITY_ERROR);
	size_t warnings = count_of(problems, BPR_SEVERITY_WARNING);

	if (errors)
		return bpr_i_doc_fill(doc, N_("Errors to correct: {1}. Warnings: {2}."), bpr_i_say_count(doc, (double)errors),
				      bpr_i_say_count(doc, (double)warnings), NULL, NULL);
	if (warnings)
		return bpr_i_doc_fill(doc, N_("No errors. Warnings: {1}."), bpr_i_say_count(doc, (double)warnings), NULL, NULL, NULL);
	return bpr_i_doc_text(doc, bpr_problems_count(problems) ? N_("No errors, no warnings.") : N_("Nothing was found."));
}

void bpr_i_study_check(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	const bpr_problems *problems = subject->problems;
	const struct check how = { options->full ? BPR_NONE : BPR_STUDY_PROBLEMS, home_of(subject) };
	size_t easier = count_wanted(problems, BPR_SEVERITY_INFO, of_process);
	size_t hidden = 0;

	title(doc, subject);
	if (subject->flow || !unsound(subject->soundness))
		bpr_i_doc_lead(doc, lead(doc, problems));
	else
		bpr_i_doc_lead(doc, bpr_i_doc_text(doc, N_("The processes together are not sound: each fault is a finding of the process in which it shows.")));
	if (easier)
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, N_("Points where the process could be made easier: {1}."),
						   bpr_i_say_count(doc, (double)easier), NULL, NULL, NULL));
	hidden += section(doc, problems, BPR_SEVERITY_ERROR, &how, NULL, N_("Errors"));
	hidden += section(doc, problems, BPR_SEVERITY_WARNING, &how, NULL, N_("Warnings"));
	hidden += section(doc, problems, BPR_SEVERITY_INFO, &how, of_process, N_("What could be made easier"));
	hidden += section(doc, problems, BPR_SEVERITY_INFO, &how, of_input, N_("For information"));
	hidden += section(doc, problems, BPR_SEVERITY_INFO, &how, of_table, N_("The table as a machine reads it"));
	bpr_i_study_soundness(doc, subject->soundness, subject->flows, !subject->flow);
	if (subject->flow)
		bpr_i_study_levers(doc, subject, options->full);
	if (subject->flow)
		bpr_i_study_origins(doc, subject->flow);
	if (hidden)
		bpr_i_doc_note(doc, bpr_i_say_plural(doc, (double)hidden, N_("{1} finding is not shown; -v shows all."),
						     N_("{1} findings are not shown; -v shows all.")));
	if (bpr_problems_count(problems))
		bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("'bpr explain CODE' says more about a finding.")));
}
