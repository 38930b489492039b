/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_HTML_I_H
#define BPR_REPORT_HTML_I_H
/*
 * A page between its frame (html.c), its blocks (html_block.c) and its tables (html_table.c). What is written is HTML and
 * well-formed XML at once, so that a test can read it with a parser that forgives nothing.
 */
#include "base/buf_i.h"
#include "study/document_i.h"

/* How high a part will be on paper, at each of the sizes that it can be printed in; html_fit.c. */
enum { HTML_FITS = 5 };
struct html_fit {
	bool on, columns;         /* columns: what is added stands in one */
	size_t most;              /* the smallest size that can still be read */
	double part[HTML_FITS], column[HTML_FITS], highest[HTML_FITS];
};
/* Of a text: size and height of a line in those of the body's text, pixels above and below, and at its sides. */
struct html_fit_style { double font, line, around, inset; };
void bpr_i_html_fit_begin(struct html_fit *fit, bool on, size_t most);
void bpr_i_html_fit_text(struct html_fit *fit, const struct html_fit_style *style, const char *text);
void bpr_i_html_fit_space(struct html_fit *fit, double height);
void bpr_i_html_fit_tiles(struct html_fit *fit, const struct bpr_doc_tile *tiles, size_t count);
/* Beside each other. */
void bpr_i_html_fit_cards(struct html_fit *fit, const struct bpr_doc_card *cards, size_t count);
void bpr_i_html_fit_table(struct html_fit *fit, const struct bpr_doc_table *table, enum bpr_lang lang);
void bpr_i_html_fit_figure(struct html_fit *fit, const char *svg);
/* A column begins; all of them stand beside each other. */
void bpr_i_html_fit_column(struct html_fit *fit);
void bpr_i_html_fit_together(struct html_fit *fit);
/* Which class fit-N makes the fewest sheets of it; 0 where none helps. */
size_t bpr_i_html_fit_end(struct html_fit *fit);

/* Where the writing of a document stands. */
struct html {
	struct bpr_buf *out;
	const struct bpr_document *doc;
	const char *prefix;       /* of every id of this document */
	bool in_part, in_column, in_columns;
	unsigned list;            /* how many lists are open */
	unsigned base;            /* 1: the page has a heading of its own above all this */
	unsigned shift;           /* what a heading's level in the page is above its level in the part */
	const char *heading;      /* the last one: what a table is about */
	size_t next_id;
	struct html_fit fit;
	size_t fit_at;            /* the digit of the part's class fit-N in `out` */
};

/* Lines of the style sheet; NULL ends them. */
extern const char *const bpr_i_page_css[];

/* "ja", "en": as a language is named in HTML. */
const char *bpr_i_html_lang(enum bpr_lang lang);
/* Text between tags or in a quoted attribute. */
void bpr_i_html_text(struct bpr_buf *out, const char *text);
/* Literal, text, literal. */
void bpr_i_html_in(struct bpr_buf *out, const char *open, const char *text, const char *close);
/* " class" of a tone: "worse", or "" for a plain one. */
const char *bpr_i_html_tone(enum bpr_doc_tone tone);
/* What tells better from worse without colour; nothing for the others. */
void bpr_i_html_mark(struct html *h, enum bpr_doc_tone tone);
void bpr_i_html_table(struct html *h, const struct bpr_doc_table *table);
/* All blocks of the document. */
void bpr_i_html_blocks(struct html *h);
#endif
