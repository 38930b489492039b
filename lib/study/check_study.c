/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a check found, the gravest first: where, what, and what to do about it. */
#include "config.h"
#include "study/study_i.h"
#include "base/text_i.h"

static size_t count_of(const bpr_problems *problems, enum bpr_severity severity)
{
	return bpr_problems_count_severity(problems, severity) -
	       (severity < BPR_SEVERITY_ERROR ? bpr_problems_count_severity(problems, severity + 1) : 0);
}

/* Whether a step asks for paper, presence or a seal. */
static bool ruled(const bpr_problems *problems)
{
	for (size_t i = 0; i < bpr_problems_count(problems); i++)
		if (bpr_problems_get(problems, i).code == bpr_code_find("A019"))
			return true;
	return false;
}

static void section(struct bpr_document *doc, const bpr_problems *problems, enum bpr_severity severity, size_t most,
		    const char *title)
{
	if (!count_of(problems, severity))
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, title));
	bpr_i_study_problems(doc, problems, severity, most);
}

static void title(struct bpr_document *doc, const struct bpr_subject *s)
{
	const char *text;

	if (s->flow)
		text = bpr_i_doc_fill(doc, N_("Check of a flow: {1}"), bpr_i_name_flow(s->flow), NULL, NULL, NULL);
	else if (s->flows && s->flows->count)
		text = bpr_i_doc_fill(doc, N_("Check of a file: {1}"), bpr_flow_source(s->flows->items[0]), NULL, NULL, NULL);
	else
		text = bpr_i_doc_text(doc, N_("Check of a flow"));
	bpr_i_doc_heading(doc, 1, text);
}

void bpr_i_study_check(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	const bpr_problems *problems = subject->problems;
	double errors = (double)count_of(problems, BPR_SEVERITY_ERROR);
	size_t most = options->full ? BPR_NONE : BPR_STUDY_PROBLEMS;
	double warnings = (double)count_of(problems, BPR_SEVERITY_WARNING);

	title(doc, subject);
	if (errors > 0)
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, N_("Errors to correct: {1}. Warnings: {2}."), bpr_i_say_count(doc, errors),
						   bpr_i_say_count(doc, warnings), NULL, NULL));
	else if (warnings > 0)
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, N_("No errors. Warnings: {1}."), bpr_i_say_count(doc, warnings), NULL, NULL, NULL));
	else
		bpr_i_doc_lead(doc, ruled(problems) ? bpr_i_doc_text(doc, N_("No errors, no warnings; but steps carry analogue rules."))
						    : bpr_i_doc_text(doc, N_("Nothing was found.")));
	section(doc, problems, BPR_SEVERITY_ERROR, most, N_("Errors"));
	section(doc, problems, BPR_SEVERITY_WARNING, most, N_("Warnings"));
	section(doc, problems, BPR_SEVERITY_INFO, most, N_("For information"));
	bpr_i_study_soundness(doc, subject->soundness, subject->flows, !subject->flow);
	if (subject->flow)
		bpr_i_study_origins(doc, subject->flow);
	if (bpr_problems_count(problems))
		bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("'bpr explain CODE' says more about a finding.")));
}
