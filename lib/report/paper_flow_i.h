/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_PAPER_FLOW_I_H
#define BPR_REPORT_PAPER_FLOW_I_H
/* A document on its way down the sheets: paper_document.c places its blocks, paper_table.c its tables. */
#include "report/paper_line_i.h"

struct paper_flow {
	struct bpr_paper *paper;
	const struct bpr_document *doc;
	struct bpr_paper_page *page;   /* NULL while only heights are asked for */
	enum bpr_paper_size size;
	double em;                     /* of the body's text, mm */
	double left, width;            /* of the column that is written */
	double top, bottom, y;
	const char *title;             /* of the next page */
	size_t figures;
	bool dry;                      /* the sheet has no end: for heights, and where there is known to be room */
	struct bpr_buf words;          /* of a cell */
};

void bpr_i_flow_page(struct paper_flow *f);
/* What follows keeps together: a new page where less than this is left, unless that is the whole page. */
void bpr_i_flow_need(struct paper_flow *f, double height);
/* A gap, but not at the top of a page. */
void bpr_i_flow_gap(struct paper_flow *f, double height);
bool bpr_i_flow_at_top(const struct paper_flow *f);
/* What a tone is in ink; the sign that says it too ("▲ ", "○ ", or ""). */
struct bpr_paper_font bpr_i_flow_font(const struct paper_flow *f, double size, enum bpr_doc_tone tone);
const char *bpr_i_flow_sign(enum bpr_doc_tone tone);
/* Whether the text begins with ☐; what stands behind it. */
bool bpr_i_flow_ticked(const char **text);

void bpr_i_flow_table(struct paper_flow *f, const struct bpr_doc_table *table);
/* Titles and the first row: what a heading above it is kept with. */
double bpr_i_flow_table_least(struct paper_flow *f, const struct bpr_doc_table *table);
#endif
