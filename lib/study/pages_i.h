/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_PAGES_I_H
#define BPR_STUDY_PAGES_I_H
/*
 * The study as pages that people look at (HTML, and what is printed of it): what a mayor, a clerk and an analyst read, in parts.
 * One row of the table in pages.c is a part; its function adds the page where there is something to say, and says what is missing
 * where the reader would look for it.
 */
#include "study/figure_i.h"
#include "study/study_i.h"

struct bpr_pages {
	struct bpr_document *doc;
	enum bpr_report_kind kind;
	const struct bpr_subject *subject;
	const struct bpr_study_options *options;
	const struct bpr_page_options *page;   /* never NULL */
	double cases;                          /* a year, of the comparison or of the flow; 0 unknown */
};

void bpr_i_study_pages(struct bpr_document *doc, enum bpr_report_kind kind, const struct bpr_subject *subject,
		       const struct bpr_study_options *options, const struct bpr_page_options *page);

/* The same study as the other formats have: sentences and tables. */
void bpr_i_study_plain(struct bpr_document *doc, enum bpr_report_kind kind, const struct bpr_subject *subject,
		       const struct bpr_study_options *options);

/* What stands around the pages. */
void bpr_i_pages_frame(struct bpr_pages *pages);

/* The first `shown` of so many names as a list, "and 3 others" behind them; only those need be there. */
const char *bpr_i_say_names(struct bpr_document *doc, const char *const names[], size_t count, size_t shown);

/* Parts. */
void bpr_i_page_handout(struct bpr_pages *pages); /* pages_handout.c: comparison */
void bpr_i_page_front(struct bpr_pages *pages);   /* pages_front.c: one flow */
void bpr_i_page_visit(struct bpr_pages *pages);   /* pages_visit.c */
void bpr_i_page_waiting(struct bpr_pages *pages); /* pages_waiting.c */
void bpr_i_page_money(struct bpr_pages *pages);   /* pages_money.c: comparison */
void bpr_i_page_clerk(struct bpr_pages *pages);   /* pages_clerk.c: comparison */
void bpr_i_page_details(struct bpr_pages *pages); /* pages.c */
void bpr_i_page_source(struct bpr_pages *pages);  /* pages_source.c: assumptions, what is exact, how to do it again */
#endif
