/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_HTML_I_H
#define BPR_REPORT_HTML_I_H
/*
 * A page between its frame (html.c), its blocks (html_block.c) and its tables (html_table.c). What is written is HTML and
 * well-formed XML at once, so that a test can read it with a parser that forgives nothing.
 */
#include "base/buf_i.h"
#include "study/document_i.h"

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
