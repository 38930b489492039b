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
/* A figure as an <svg> element; `prefix` makes its ids unique in the page. */
void bpr_i_chart_svg(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out);
void bpr_i_render_md(const struct bpr_document *doc, const struct bpr_report_options *options, struct bpr_buf *out);
bpr_status bpr_i_render_json(enum bpr_report_kind kind, const struct bpr_subject *subject,
			     const struct bpr_report_options *options, bool first, struct bpr_buf *out);
bpr_status bpr_i_render_csv(enum bpr_report_kind kind, const struct bpr_subject *subject,
			    const struct bpr_report_options *options, bool first, struct bpr_buf *out);
/* Findings only. */
bpr_status bpr_i_render_short(enum bpr_report_kind kind, const struct bpr_subject *subject,
			      const struct bpr_report_options *options, bool first, struct bpr_buf *out);
/* "info", "warning", "error": not translated. */
const char *bpr_i_severity_name(enum bpr_severity severity);

/* Text that Markdown shows as it is: no emphasis, link, HTML, table or list comes of it. One line. */
void bpr_i_escape_md(struct bpr_buf *out, const char *text, size_t length);
/* A CSV cell (RFC 4180), quoted where needed; what a spreadsheet would take for a formula gets an apostrophe. */
void bpr_i_escape_csv(struct bpr_buf *out, const char *text, size_t length);
#endif
