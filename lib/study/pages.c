/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of parts, one row each. */
#include "config.h"
#include "study/pages_i.h"
#include "study/checksheet_i.h"
#include "study/evidence_i.h"
#include "study/mining_i.h"
#include "study/simulation_i.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"
#include <string.h>

enum { OF_ANALYSIS = 1u << BPR_REPORT_ANALYSIS, OF_COMPARISON = 1u << BPR_REPORT_COMPARISON, OF_CHECK = 1u << BPR_REPORT_CHECK,
       OF_SIMULATION = 1u << BPR_REPORT_SIMULATION, OF_MINING = 1u << BPR_REPORT_MINING, OF_EVIDENCE = 1u << BPR_REPORT_EVIDENCE,
       OF_CHECKSHEET = 1u << BPR_REPORT_CHECKSHEET, OF_MIX = 1u << BPR_REPORT_MIX,

       OF_SUGGESTION = 1u << BPR_REPORT_SUGGESTION };

static const struct {
	const char *name;
	const char *title; /* message id: where the part has nothing to say */
	unsigned kinds;
	void (*add)(struct bpr_pages *pages);
} parts[] = {
	{ "handout", N_("Before and after"), OF_COMPARISON, bpr_i_page_handout },
	{ "front", N_("Results"), OF_ANALYSIS | OF_SIMULATION | OF_CHECK | OF_MINING | OF_EVIDENCE | OF_MIX | OF_SUGGESTION, bpr_i_page_front },
	{ "sheet", N_("Check sheet"), OF_CHECKSHEET, bpr_i_page_checksheets },
	{ "levers", N_("Effect, cost and ease"), OF_SUGGESTION, bpr_i_page_levers },
	{ "roadmap", N_("Roadmap"), OF_SUGGESTION, bpr_i_page_roadmap },
	{ "visit", N_("The visit and the flow"), OF_ANALYSIS | OF_SIMULATION | OF_COMPARISON, bpr_i_page_visit },
	{ "ways", N_("The ways that cases go"), OF_MINING, bpr_i_page_ways },
	{ "waiting", N_("Waiting and bottlenecks"), OF_ANALYSIS | OF_SIMULATION | OF_COMPARISON | OF_MINING, bpr_i_page_waiting },
	{ "when", N_("When cases come, and how many lie there"), OF_MINING, bpr_i_page_when },
	{ "money", N_("Hours and money"), OF_COMPARISON, bpr_i_page_money },
	{ "clerk", N_("To the staff at the counters"), OF_COMPARISON, bpr_i_page_clerk },
	{ "details", N_("All figures"), OF_ANALYSIS | OF_SIMULATION | OF_COMPARISON | OF_CHECK | OF_MINING | OF_EVIDENCE | OF_SUGGESTION, bpr_i_page_details },
	{ "source", N_("How the figures were made"), OF_ANALYSIS | OF_SIMULATION | OF_COMPARISON | OF_CHECK | OF_MINING | OF_EVIDENCE | OF_SUGGESTION, bpr_i_page_source },
};

const char *bpr_part_get(size_t i)
{
	return i < sizeof(parts) / sizeof(parts[0]) ? parts[i].name : NULL;
}

bool bpr_part_serves(size_t i, enum bpr_report_kind kind)
{
	return i < sizeof(parts) / sizeof(parts[0]) && parts[i].kinds >> kind & 1u;
}

void bpr_i_page_details(struct bpr_pages *pages)
{
	bpr_i_doc_page(pages->doc, "details", bpr_i_doc_text(pages->doc, N_("All figures")));
	bpr_i_study_plain(pages->doc, pages->kind, pages->subject, pages->options);
}

const char *bpr_i_say_names(struct bpr_document *doc, const char *const names[], size_t count, size_t shown)
{
	enum { MOST = 8 };
	const char *list[MOST + 1];
	size_t listed = 0, left;

	while (listed < count && listed < shown && listed < MOST) {
		list[listed] = names[listed];
		listed++;
	}
	left = count - listed;
	if (left)
		list[listed++] = bpr_i_say_plural(doc, (double)left, N_("1 other"), N_("{1} others"));
	return bpr_i_say_list(doc, list, listed);
}

/* A date as the language writes it; what is none stands as it is. */
static const char *date_of(struct bpr_document *doc, const char *text)
{
	long date;

	return text && bpr_date_parse(text, &date) ? bpr_i_say_date(doc, date) : text;
}

/* A part that was asked for by name and has nothing to say says so. */
static void add_part(struct bpr_pages *pages, size_t part)
{
	struct bpr_document *doc = pages->doc;
	size_t blocks = doc->block_count;

	parts[part].add(pages);
	if (!pages->page->parts || doc->block_count > blocks)
		return;
	bpr_i_doc_page(doc, parts[part].name, bpr_i_doc_text(doc, parts[part].title));
	bpr_i_doc_paragraph(doc, bpr_i_doc_text(doc, N_("There is nothing to show in this part: the flows do not say what it would be made of. The last page tells what is missing.")));
}

void bpr_i_study_pages(struct bpr_document *doc, enum bpr_report_kind kind, const struct bpr_subject *subject,
		       const struct bpr_study_options *options, const struct bpr_page_options *page)
{
	struct bpr_page_options said = BPR_PAGE_OPTIONS_INIT;
	struct bpr_pages pages = { .doc = doc, .kind = kind, .subject = subject, .options = options, .page = &said };

	if (page)
		said = *page;
	said.date = date_of(doc, said.date);
	if (subject->comparison)
		pages.cases = bpr_comparison_cases_per_year(subject->comparison);
	else if (subject->flow)
		pages.cases = bpr_flow_cases_per_year(subject->flow);
	bpr_i_pages_frame(&pages);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].kinds >> kind & 1u && (!said.parts || said.parts >> i & 1u))
			add_part(&pages, i);
}

void bpr_i_study_plain(struct bpr_document *doc, enum bpr_report_kind kind, const struct bpr_subject *subject,
		       const struct bpr_study_options *options)
{
	switch (kind) {
	case BPR_REPORT_ANALYSIS:
		bpr_i_study_analysis(doc, subject, options);
		return;
	case BPR_REPORT_COMPARISON:
		bpr_i_study_comparison(doc, subject, options);
		return;
	case BPR_REPORT_CHECK:
		bpr_i_study_check(doc, subject, options);
		return;
	case BPR_REPORT_SIMULATION:
		bpr_i_study_simulation(doc, subject, options);
		return;
	case BPR_REPORT_MINING:
		bpr_i_study_mining(doc, subject, options);
		return;
	case BPR_REPORT_EVIDENCE:
		bpr_i_study_evidence(doc, subject, options);
		return;
	case BPR_REPORT_CHECKSHEET:
		bpr_i_study_checksheets(doc, subject, options);
		return;
	case BPR_REPORT_MIX:
		bpr_i_study_mix(doc, subject, options);
		return;
	case BPR_REPORT_SUGGESTION:
		bpr_i_study_suggestion(doc, subject, options);
		return;
	}
}
