/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_PAPER_I_H
#define BPR_REPORT_PAPER_I_H
/*
 * Sheets of paper: pages of a fixed size drawn as SVG, in millimetres, as one PDF, as an HTML page that prints one page a sheet, or as
 * SVG files. Texts wrap by the width that the widest of the usual fonts gives them, so that every machine breaks the same lines
 * (Japanese line breaking: no 、。」 and no small kana at the beginning of a line, no （「 at its end; 12分 stays together).
 */
#include "base/buf_i.h"
#include "study/document_i.h"
#include <bpr/problem.h>

enum bpr_paper_size { BPR_PAGE_A4 = 0, BPR_PAGE_A5, BPR_PAGE_A6, BPR_PAGE_A4_LANDSCAPE, BPR_PAGE_A3_LANDSCAPE, BPR_PAGE_SIZE_COUNT };
struct bpr_paper_page { enum bpr_paper_size size; const char *title; /* for lists of pages and screen readers */ struct bpr_buf svg; /* contents of the <svg> element, units of 1 mm */ };
struct bpr_paper { enum bpr_lang lang; const char *title; struct bpr_paper_page *pages; size_t count, capacity; bool failed; struct bpr_arena arena; };
#define BPR_PAPER_INIT(language) { .lang = (language) }
void bpr_i_paper_release(struct bpr_paper *paper);
/* A new page; NULL out of memory (all calls take that). Valid until the next page. The title is copied. */
struct bpr_paper_page *bpr_i_paper_page(struct bpr_paper *paper, enum bpr_paper_size size, const char *title);
double bpr_i_paper_width(enum bpr_paper_size size); /* mm */
double bpr_i_paper_height(enum bpr_paper_size size);

enum bpr_paper_align { BPR_PAPER_LEFT = 0, BPR_PAPER_CENTRE, BPR_PAPER_RIGHT };
struct bpr_paper_font {
	double size; /* mm of an em */
	bool bold, grey;
	enum bpr_paper_align align;
	const char *ink; /* "#rrggbb" instead of black or grey, or NULL */
};
/* Text in a box of this width from (x, y) downwards; wraps; escaped. Returns the height it takes (also with page NULL: measures only). */
double bpr_i_paper_text(struct bpr_paper_page *page, double x, double y, double width, const struct bpr_paper_font *font, const char *text);
double bpr_i_paper_text_width(const struct bpr_paper_font *font, const char *text); /* of one line */
double bpr_i_paper_line_height(const struct bpr_paper_font *font);
/* In a box of this width and height: as large as it fits, at most font->size, in the middle of the height. Returns the size of its em. */
double bpr_i_paper_fit(struct bpr_paper_page *page, const double box[4] /* x, y, width, height */, const struct bpr_paper_font *font, const char *text);
void bpr_i_paper_box(struct bpr_paper_page *page, double x, double y, double width, double height, double line, const char *fill /* "#rrggbb" or NULL */, double radius);
void bpr_i_paper_line(struct bpr_paper_page *page, double x1, double y1, double x2, double y2, double line, bool dashed);
void bpr_i_paper_dot(struct bpr_paper_page *page, double x, double y, double radius, bool filled);
void bpr_i_paper_tick(struct bpr_paper_page *page, double x, double y, double size); /* a box to be ticked by hand */
/* An SVG picture of our own with a viewBox, this wide; returns its height (page NULL: measures). */
double bpr_i_paper_picture(struct bpr_paper_page *page, double x, double y, double width, const char *svg);
const char *bpr_i_paper_picture_end(const char *svg); /* behind the first of several pictures */

/*
 * A document of a study laid out on pages of the size, with page numbers and its frame; `scale` 1 is 10.5 pt, large print 1.6.
 * A text (item, cell) that begins with ☐ gets a box to be ticked. Rows of tables stay whole where a page has room for them.
 */
void bpr_i_paper_document(struct bpr_paper *paper, const struct bpr_document *doc, enum bpr_paper_size size, double scale);

/* Several languages: papers[0..count) one after the other. At least one page. */
BPR_MUST_CHECK bpr_status bpr_i_paper_pdf(const struct bpr_paper *papers, size_t count, const char *date, struct bpr_buf *out,
					  bpr_problems *problems, struct bpr_error *err);
/* A page that stands alone: each sheet an <svg> with its title, @page rules, on the screen beside each other; readable by screen readers. */
void bpr_i_paper_html(const struct bpr_paper *papers, size_t count, struct bpr_buf *out);
/* One page as an SVG file. */
void bpr_i_paper_svg(const struct bpr_paper *paper, size_t page, struct bpr_buf *out);
#endif
