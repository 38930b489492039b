/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_RENDER_I_H
#define BPR_REPORT_RENDER_I_H
/*
 * The formats. text and md write a document; json and csv write the results themselves, for machines.
 * Each has exactly one escape function, through which every text of an input goes.
 */
#include "base/buf_i.h"
#include "study/document_i.h"
#include "study/figure_i.h"
#include <bpr/report.h>

void bpr_i_render_text(const struct bpr_document *doc, const struct bpr_report_options *options, struct bpr_buf *out);
/* One page that stands alone, of the same study in one or more languages, which the reader switches between. */
void bpr_i_render_html(const struct bpr_document *docs, size_t count, const struct bpr_report_options *options, struct bpr_buf *out);
/* What stands before the pieces of a page of several reports, and behind them. */
void bpr_i_html_begin(const struct bpr_report_options *options, const struct bpr_report_entry *entries, size_t count, struct bpr_buf *out);
void bpr_i_html_end(struct bpr_buf *out);
/*
 * A figure as an <svg> element, also a file of its own; `prefix` makes its ids unique in the page. Drawn for a width of 760.
 * A shape or text has a class, an attribute `color` for the light page and fill or stroke "currentColor": style sheets give
 * the class another `color` (.k-after { color: … }), never a fill or stroke. Texts are 12 and 14 high, 11 at the smallest: on a
 * narrow screen an svg.chart needs a min-width of about 620px in a box that scrolls. Classes: k-text k-faint (small words)
 * k-line k-grid k-before k-after k-worse k-total k-band (interval) k-zone k-paper (k-edge its border) k-ink (handwriting)
 * k-print (what is printed on a form) k-walk k-write k-wait k-serve k-away k-own k-heat0 … k-heat4 k-card k-back (the page) k-on
 * (text on k-before, k-after, k-worse, k-write, k-serve, k-total) k-dark (text on k-walk, k-wait, k-own).
 */
void bpr_i_chart_svg(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out);
void bpr_i_render_md(const struct bpr_document *doc, const struct bpr_report_options *options, struct bpr_buf *out);
bpr_status bpr_i_render_json(enum bpr_report_kind kind, const struct bpr_subject *subject,
			     const struct bpr_report_options *options, bool first, struct bpr_buf *out);
bpr_status bpr_i_render_csv(enum bpr_report_kind kind, const struct bpr_subject *subject,
			    const struct bpr_report_options *options, bool first, struct bpr_buf *out);
/* A workbook of sheets in one or more languages. BPR_ENOMEM, BPR_EIO, BPR_ELIMIT. */
struct bpr_sheets;
bpr_status bpr_i_render_xlsx(const struct bpr_sheets *sheets, size_t count, const struct bpr_report_options *options, struct bpr_buf *out);
/* Findings only. */
bpr_status bpr_i_render_short(enum bpr_report_kind kind, const struct bpr_subject *subject,
			      const struct bpr_report_options *options, bool first, struct bpr_buf *out);
/* Of a log: what follows what, as a picture; follows.c. */
bpr_status bpr_i_render_follows(enum bpr_report_kind kind, const struct bpr_subject *subject,
				const struct bpr_report_options *options, bool first, struct bpr_buf *out);
/* A picture that is a file of its own: of a log what follows what, of levers the roadmap; roadmap.c. */
bpr_status bpr_i_render_svg(enum bpr_report_kind kind, const struct bpr_subject *subject,
			    const struct bpr_report_options *options, bool first, struct bpr_buf *out);
/* "info", "warning", "error": not translated. */
const char *bpr_i_severity_name(enum bpr_severity severity);

/* Text that Markdown shows as it is: no emphasis, link, HTML, table or list comes of it. One line. */
void bpr_i_escape_md(struct bpr_buf *out, const char *text, size_t length);
/* A CSV cell (RFC 4180), quoted where needed; what a spreadsheet would take for a formula gets an apostrophe. */
void bpr_i_escape_csv(struct bpr_buf *out, const char *text, size_t length);
#endif
