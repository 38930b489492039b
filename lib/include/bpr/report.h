/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_H
#define BPR_REPORT_H
/**
 * @file report.h
 * Numbers into words: a study (an ordered document made from results) and its renderings.
 */
#include <bpr/study.h>
#ifdef __cplusplus
extern "C" {
#endif

/** A growing text; NUL-terminated, length without it. Owned by the caller: release with bpr_output_release(). */
struct bpr_output { char *data; size_t length; };
BPR_API void bpr_output_release(struct bpr_output *output);

struct bpr_report_options {
	size_t size;
	enum bpr_lang lang;
	size_t width;            /**< columns of a terminal for text; default 80 */
	bool color;              /**< ANSI colours in text */
	bool full;               /**< every table, not only what a person reads first */
	const struct bpr_distribution *distributions; size_t distribution_count; /**< shown after the figures */
	unsigned long long seed;
	double above;            /**< with distributions: the share of cases above it is shown */
	bool above_given;
	enum bpr_closing closing; /**< simulation: how it was run */
	const size_t *keys; size_t key_count; /**< simulation: the figures that text and Markdown show; none: what one looks for first */
	const enum bpr_lang *langs; size_t lang_count; /**< HTML: languages that the reader switches between, the first shown first; none: `lang` */
	const struct bpr_page_options *page; /**< HTML, XLSX: or NULL */
	bool bom;                /**< CSV: begin with a byte order mark, by which spreadsheet programs know UTF-8 */
	bool blocks;             /**< text: bars of block characters instead of ASCII */
	const char *anchor; /**< HTML: only a piece of a page, between bpr_report_begin() and _end(); ASCII, unique in it; NULL: a page that stands alone */
	size_t k;            /**< mining: single cases, and what fewer than k of them have in common, are put together; 1: all is shown; 0: as the format has it: 5 in reports for people, 1 in JSON and CSV */
	double arcs;         /**< mining, picture: the most frequent arcs that make up this share of all; 0: as many as can be read */
	double scale;        /**< PDF: size of the text, 1 is 10.5 points, large print 1.6; 0.5 to 4 */
	const char *made;    /**< PDF: when it was made, "2026-04-01T09:00:00Z", or NULL: not said */
};
#define BPR_REPORT_OPTIONS_INIT { sizeof(struct bpr_report_options), BPR_LANG_EN, 80, false, false, NULL, 0, 1, 0, false, BPR_CLOSING_FINISH, NULL, 0, NULL, 0, NULL, false, false, NULL, 0, 0, 1, NULL }

/** SHORT: one line a finding, `FILE:LINE:COLUMN: severity: message [CODE]`, as editors read compilers. SVG: of a log, the picture of what follows what. PDF: the pages on A4; needs librsvg at run time (G020). */
enum bpr_format { BPR_FORMAT_TEXT = 0, BPR_FORMAT_MD, BPR_FORMAT_JSON, BPR_FORMAT_CSV, BPR_FORMAT_SHORT, BPR_FORMAT_HTML, BPR_FORMAT_XLSX, BPR_FORMAT_SVG, BPR_FORMAT_PDF, BPR_FORMAT_COUNT };
/** "text", "md", "json", "csv", "short", "html", "xlsx", "svg", "pdf"; static. */
BPR_API const char *bpr_format_name(enum bpr_format format);
/** Format of a name or of a file ending (".json"), or BPR_FORMAT_COUNT. */
BPR_API enum bpr_format bpr_format_find(const char *name_or_ending);
/** Whether that kind of report can be had in that format. */
BPR_API bool bpr_format_serves(enum bpr_format format, enum bpr_report_kind kind);
/** Whether it has pages: a title, an office, parts (bpr_page_options). */
BPR_API bool bpr_format_pages(enum bpr_format format);
/** Whether one report in it holds several languages. */
BPR_API bool bpr_format_languages(enum bpr_format format);

/**
 * Renders one report. Same subject, options and version: same bytes. Nothing from an input is ever markup,
 * formula or terminal control in it. Reports of several subjects are put together by the caller: JSON as the elements of
 * an array, CSV with the header of the first only (@p first false leaves it out), HTML as pieces of one page.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_report(enum bpr_report_kind kind, enum bpr_format format,
	const struct bpr_subject *subject, const struct bpr_report_options *options, bool first,
	struct bpr_output *out, struct bpr_error *err);

/** A report within a page: its anchor, what it is about, the file it comes from ("" none). */
struct bpr_report_entry { const char *anchor, *title, *source; };
/** What stands before the pieces of an HTML page of several reports: among it a list of them. Same options as the pieces have. */
BPR_API BPR_MUST_CHECK bpr_status bpr_report_begin(const struct bpr_report_options *options, const struct bpr_report_entry *entries,
	size_t count, struct bpr_output *out, struct bpr_error *err);
/** What stands behind them. */
BPR_API BPR_MUST_CHECK bpr_status bpr_report_end(const struct bpr_report_options *options, struct bpr_output *out, struct bpr_error *err);

struct bpr_share;
struct bpr_share_table;
/** What is in one pack (share.h): TEXT, MD, or JSON (bpr.pack/1). BPR_EINVAL: another format. */
BPR_API BPR_MUST_CHECK bpr_status bpr_share_report(const struct bpr_share *share, enum bpr_format format,
	const struct bpr_report_options *options, struct bpr_output *out, struct bpr_error *err);
/**
 * Several municipalities beside each other (share.h): TEXT, MD, HTML, XLSX, CSV, or JSON (bpr.municipalities/1).
 * @retval BPR_EINVAL  another format
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_share_table_report(const struct bpr_share_table *table, enum bpr_format format,
	const struct bpr_report_options *options, struct bpr_output *out, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif
