/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of parts, one row each. */
#include "config.h"
#include "study/pages_i.h"
#include "base/text_i.h"
#include <string.h>

enum { OF_ANALYSIS = 1u << BPR_REPORT_ANALYSIS, OF_COMPARISON = 1u << BPR_REPORT_COMPARISON, OF_CHECK = 1u << BPR_REPORT_CHECK,
       OF_SIMULATION = 1u << BPR_REPORT_SIMULATION };

static const struct {
	const char *name;
	unsigned kinds;
	void (*add)(struct bpr_pages *pages);
} parts[] = {
	{ "handout", OF_COMPARISON, bpr_i_page_handout },
	{ "front", OF_ANALYSIS | OF_SIMULATION | OF_CHECK, bpr_i_page_front },
	{ "visit", OF_ANALYSIS | OF_SIMULATION | OF_COMPARISON, bpr_i_page_visit },
	{ "waiting", OF_ANALYSIS | OF_SIMULATION | OF_COMPARISON, bpr_i_page_waiting },
	{ "money", OF_COMPARISON, bpr_i_page_money },
	{ "clerk", OF_COMPARISON, bpr_i_page_clerk },
	{ "details", OF_ANALYSIS | OF_SIMULATION | OF_COMPARISON | OF_CHECK, bpr_i_page_details },
	{ "source", OF_ANALYSIS | OF_SIMULATION | OF_COMPARISON | OF_CHECK, bpr_i_page_source },
};

const char *bpr_part_get(size_t i)
{
	return i < sizeof(parts) / sizeof(parts[0]) ? parts[i].name : NULL;
}

void bpr_i_page_details(struct bpr_pages *pages)
{
	bpr_i_doc_page(pages->doc, "details", bpr_i_doc_text(pages->doc, N_("All figures")));
	bpr_i_study_plain(pages->doc, pages->kind, pages->subject, pages->options);
}

void bpr_i_study_pages(struct bpr_document *doc, enum bpr_report_kind kind, const struct bpr_subject *subject,
		       const struct bpr_study_options *options, const struct bpr_page_options *page)
{
	static const struct bpr_page_options none = BPR_PAGE_OPTIONS_INIT;
	struct bpr_pages pages = { .doc = doc, .kind = kind, .subject = subject, .options = options, .page = page ? page : &none };

	if (subject->comparison)
		pages.cases = bpr_comparison_cases_per_year(subject->comparison);
	else if (subject->flow)
		pages.cases = bpr_flow_cases_per_year(subject->flow);
	bpr_i_pages_frame(&pages);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].kinds >> kind & 1u && (!pages.page->parts || pages.page->parts >> i & 1u))
			parts[i].add(&pages);
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
	}
}
