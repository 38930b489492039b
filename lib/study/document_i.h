/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_DOCUMENT_I_H
#define BPR_STUDY_DOCUMENT_I_H
/*
 * A study as an ordered document: headings, sentences, lists, tables with typed cells. The study decides what is said,
 * in which order and language; a renderer decides how it looks and computes nothing. Texts may hold what an input says:
 * every renderer escapes all of them. Texts given to a document are borrowed unless made by bpr_i_doc_fill(): they
 * must outlive it. An allocation that fails sets `failed`, later calls do nothing: look once, at the end.
 */
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include <bpr/analysis.h>
#include <bpr/problem.h>

/* What a cell holds, so that each format can write it in its own way. */
enum bpr_doc_value {
	BPR_DOC_EMPTY = 0,
	BPR_DOC_TEXT,
	BPR_DOC_COUNT,     /* how often; `text` is its unit or NULL */
	BPR_DOC_MINUTES,
	BPR_DOC_YEN,
	BPR_DOC_PERCENT,   /* 100 is the whole */
	BPR_DOC_PROB,      /* 1 is the whole */
	BPR_DOC_BAR,       /* number is a length, 1 the longest of its column */
	BPR_DOC_METHOD,    /* number is an enum bpr_method */
	BPR_DOC_TICK       /* a box to be ticked; `text` is what for, for those who do not see the row */
};

enum bpr_doc_tone { BPR_DOC_PLAIN = 0, BPR_DOC_BETTER, BPR_DOC_WORSE, BPR_DOC_STRONG, BPR_DOC_FAINT };

struct bpr_doc_cell {
	enum bpr_doc_value value;
	enum bpr_doc_tone tone;
	bool change;       /* a difference: always with its sign */
	bool year;         /* of a whole year: large units */
	double number;
	const char *text;
};

struct bpr_doc_column {
	const char *title; /* translated */
	bool right;        /* numbers stand at the right */
	size_t narrow;     /* text: columns it keeps at least on a narrow terminal */
};

struct bpr_doc_table {
	struct bpr_doc_column *columns; size_t column_count;
	struct bpr_doc_cell *cells;     /* [row_count * column_count] */
	size_t row_count, capacity;
};

enum bpr_doc_kind {
	BPR_DOC_HEADING = 0, /* level 1 is the title */
	BPR_DOC_LEAD,        /* the sentence that must be read if only one is */
	BPR_DOC_PARAGRAPH,
	BPR_DOC_ITEM,        /* of a list; level 2 stands under the item before it */
	BPR_DOC_NOTE,        /* small print */
	BPR_DOC_TABLE,
	/* of pages that people look at */
	BPR_DOC_PAGE,        /* a page begins: `name` is its part; what stands before the first belongs to no part */
	BPR_DOC_FIGURE,
	BPR_DOC_TILES,       /* a few figures, large */
	BPR_DOC_CARDS,       /* lists beside each other, each with its title */
	BPR_DOC_BOX,         /* framed: a title and numbered lines (decisions asked for) */
	BPR_DOC_READING,     /* how to read the figure above */
	BPR_DOC_COMMAND,     /* a line to be typed */
	BPR_DOC_COLUMNS,     /* what follows stands in two columns, each begun by a heading of level 2 ... */
	BPR_DOC_COLUMNS_END  /* ... until here */
};

struct bpr_doc_figure; /* figure_i.h */

/* A piece of a text; strong ones are the figures that the eye should find. */
struct bpr_doc_run { const char *text; bool strong; };

struct bpr_doc_tile {
	const char *label;          /* "counter visits" */
	const char *before;         /* "6", or NULL: only one figure */
	const char *after, *unit;   /* "1", "か所" */
	const char *change;         /* "-5", "-60%", or NULL */
	enum bpr_doc_tone tone;     /* of the change */
};

struct bpr_doc_card { const char *title; const char *const *lines; size_t line_count; };

struct bpr_doc_block {
	enum bpr_doc_kind kind;
	unsigned level;
	enum bpr_doc_tone tone;
	const char *text;
	struct bpr_doc_table *table;
	/* pages; NULL or 0 where they do not belong */
	const struct bpr_doc_run *runs; size_t run_count; /* the text in pieces; `text` is all of it */
	const char *name;        /* PAGE: part, ASCII; HEADING: an anchor or NULL */
	const char *aside;       /* HEADING: smaller, behind it */
	const struct bpr_doc_figure *figure;
	const struct bpr_doc_tile *tiles; size_t tile_count;
	const struct bpr_doc_card *cards; size_t card_count; /* BOX: one */
};

/* Around the pages; NULL where nothing is said. */
struct bpr_doc_frame {
	const char *title; /* of the whole: what a browser's window is called */
	const char *head;  /* who reports on what: on top of each page */
	const char *stamp; /* a badge on top of each page */
	const char *foot;  /* where the figures come from, in a line: below each page */
	bool large;        /* large print: letters half as large again, as many sheets as it takes */
	bool plain;        /* plain language: words are written apart, and stay whole */
};

struct bpr_document {
	enum bpr_lang lang;
	struct bpr_doc_frame frame;
	struct bpr_arena arena;
	struct bpr_doc_block *blocks; size_t block_count, capacity;
	bool failed;
};
#define BPR_DOCUMENT_INIT(language) { .lang = (language) }

void bpr_i_doc_release(struct bpr_document *doc);

void bpr_i_doc_add(struct bpr_document *doc, struct bpr_doc_block block);
void bpr_i_doc_heading(struct bpr_document *doc, unsigned level, const char *text);
void bpr_i_doc_lead(struct bpr_document *doc, const char *text);
void bpr_i_doc_paragraph(struct bpr_document *doc, const char *text);
void bpr_i_doc_item(struct bpr_document *doc, unsigned level, enum bpr_doc_tone tone, const char *text);
void bpr_i_doc_note(struct bpr_document *doc, const char *text);

/* Message id in the document's language with {1} to {4} filled in; kept by the document; "" when out of memory. */
const char *bpr_i_doc_fill(struct bpr_document *doc, const char *id, const char *a1, const char *a2, const char *a3,
			   const char *a4);
/* Message id in the document's language. */
const char *bpr_i_doc_text(const struct bpr_document *doc, const char *id);
/* Copy of what stands in the buffer; releases the buffer. */
const char *bpr_i_doc_keep(struct bpr_document *doc, struct bpr_buf *buf);

/* ---- pages ---- */
void bpr_i_doc_page(struct bpr_document *doc, const char *part, const char *title);
/* Heading of level 2 with something smaller behind it (or NULL). */
void bpr_i_doc_heading_aside(struct bpr_document *doc, const char *text, const char *aside);
/* Copies are kept of the lists (not of the texts). */
void bpr_i_doc_tiles(struct bpr_document *doc, const struct bpr_doc_tile *tiles, size_t count);
void bpr_i_doc_cards(struct bpr_document *doc, const struct bpr_doc_card *cards, size_t count);
void bpr_i_doc_box(struct bpr_document *doc, const char *title, const char *const *lines, size_t count);
void bpr_i_doc_reading(struct bpr_document *doc, const char *text);
void bpr_i_doc_command(struct bpr_document *doc, const char *text);
void bpr_i_doc_columns(struct bpr_document *doc, bool begin);
/* A sentence of which some pieces are strong: message id with {1} to {4}; arguments are lists of pieces. */
struct bpr_doc_rich { const struct bpr_doc_run *runs; size_t count; };
struct bpr_doc_rich bpr_i_rich(struct bpr_document *doc, const char *text, bool strong);
struct bpr_doc_rich bpr_i_rich_fill(struct bpr_document *doc, const char *id, const struct bpr_doc_rich args[4]);
/* Pieces joined as a language lists them. */
struct bpr_doc_rich bpr_i_rich_list(struct bpr_document *doc, const struct bpr_doc_rich items[], size_t count);
/* Pieces behind each other, with a text between them ("" none) and another one before the last. */
struct bpr_doc_rich bpr_i_rich_join(struct bpr_document *doc, const struct bpr_doc_rich items[], size_t count, const char *between,
				    const char *last);
/* A block (LEAD, PARAGRAPH, READING, NOTE) of such a text. */
void bpr_i_doc_say(struct bpr_document *doc, enum bpr_doc_kind kind, struct bpr_doc_rich text);

/* A table with no rows and no columns yet; NULL when out of memory (the calls below take that). */
struct bpr_doc_table *bpr_i_doc_table(struct bpr_document *doc);
/* Columns first, then rows. title: message id. */
void bpr_i_doc_column(struct bpr_document *doc, struct bpr_doc_table *table, const char *title, bool right, size_t narrow);
/* A new row of empty cells, to be filled before the next; NULL when out of memory. */
struct bpr_doc_cell *bpr_i_doc_row(struct bpr_document *doc, struct bpr_doc_table *table);

/* Cells by value. */
struct bpr_doc_cell bpr_i_cell_text(const char *text);
struct bpr_doc_cell bpr_i_cell_number(enum bpr_doc_value value, double number);
struct bpr_doc_cell bpr_i_cell_method(enum bpr_method method);
/* The kind of cell of a metric's quantity. */
enum bpr_doc_value bpr_i_cell_value(enum bpr_quantity quantity);
#endif
