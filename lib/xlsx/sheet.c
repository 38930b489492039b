/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a worksheet, a row at a time. */
#include "config.h"
#include "xlsx/reading_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <stdlib.h>
#include <string.h>

/* Merged cells that begin further down are no headings; more of them are counted only. */
enum { MERGE_ROWS = 200, MOST_MERGES = 10000 };

struct cell {
	size_t column;
	enum bpr_xlsx_kind kind;
	const char *shared;      /* text among the shared ones; NULL: in the row's own */
	size_t from, length;
};

enum type { TYPE_NUMBER = 0, TYPE_SHARED, TYPE_TEXT, TYPE_BOOL, TYPE_ERROR, TYPE_DATE };

struct parse {
	struct bpr_xlsx *book;
	bpr_xml_stream *stream;
	bpr_xlsx_row_fn *take;
	void *take_data;
	struct bpr_xlsx_merges *merges;
	const char *ns;          /* of the sheet: looked at by its address */
	bool data;               /* inside <sheetData> */
	size_t row;              /* the one being read, or read last */
	size_t column;           /* the same of its cells */
	bool in_cell, in_value, in_inline, formula, sorted;
	size_t phonetic;
	enum type type;
	struct bpr_xlsx_format format;
	struct bpr_buf value;    /* of the cell, as written */
	struct bpr_buf text;     /* of the row's cells */
	struct cell *cells; size_t count, capacity;
	struct bpr_xlsx_cell *given; size_t given_capacity;
	bpr_status status;
	struct bpr_fault *fault;
};

static void stop(struct parse *p, bpr_status status)
{
	p->status = status;
	bpr_i_xml_stream_stop(p->stream);
}

static void stop_nomem(struct parse *p)
{
	stop(p, bpr_i_xlsx_nomem(p->fault));
}

/* "D7" from the beginning of the text: moves on. */
static bool take_ref(const char **text, const char *end, size_t *row, size_t *column)
{
	const char *at = *text;

	for (*column = 0; at < end && *at >= 'A' && *at <= 'Z' && *column <= BPR_XLSX_COLUMNS; at++)
		*column = *column * 26 + (size_t)(*at - 'A') + 1;
	for (*row = 0; at < end && *at >= '0' && *at <= '9' && *row <= BPR_XLSX_ROWS; at++)
		*row = *row * 10 + (size_t)(*at - '0');
	*text = at;
	return *column && *column <= BPR_XLSX_COLUMNS && *row && *row <= BPR_XLSX_ROWS;
}

static void bad_cell(struct parse *p, const char *text, size_t length)
{
	char shown[24];
	struct bpr_buf buf = BPR_BUF_ON(shown);

	bpr_i_buf_add(&buf, text, length < 20 ? length : 20);
	stop(p, bpr_i_fault(p->fault, BPR_ESYNTAX, BPR_I_T053, p->row, length ? shown : "", NULL, NULL));
}

/* ---- rows ---- */

static void begin_row(struct parse *p, const struct bpr_xml_tag *tag)
{
	size_t n, row = p->row + 1;
	const char *text = bpr_i_xml_tag_value(tag, NULL, "r", &n);

	if ((text && !bpr_i_num_parse_size(text, n, BPR_XLSX_ROWS, &row)) || row <= p->row || row > BPR_XLSX_ROWS) {
		bad_cell(p, text ? text : "", n);
		return;
	}
	p->row = row;
	p->column = 0;
	p->count = 0;
	p->sorted = true;
	bpr_i_buf_clear(&p->text);
}

static int compare_cells(const void *a, const void *b)
{
	const struct cell *x = a;
	const struct cell *y = b;

	return (x->column > y->column) - (x->column < y->column);
}

static void end_row(struct parse *p)
{
	bpr_status status;

	if (!p->count)
		return;
	if (!p->sorted) {
		qsort(p->cells, p->count, sizeof(*p->cells), compare_cells);
		for (size_t i = 1; i < p->count; i++)
			if (p->cells[i].column == p->cells[i - 1].column) {
				char ref[24];

				bad_cell(p, ref, bpr_i_num_cell(ref, sizeof(ref), p->row, p->cells[i].column));
				return;
			}
	}
	if (p->text.failed || !bpr_i_grow(&p->given, &p->given_capacity, p->count, sizeof(*p->given))) {
		stop_nomem(p);
		return;
	}
	for (size_t i = 0; i < p->count; i++) {
		const struct cell *c = &p->cells[i];

		p->given[i] = (struct bpr_xlsx_cell){ c->column, c->kind, c->shared ? c->shared : c->length ? p->text.data + c->from : "", c->length };
	}
	status = p->take(p->take_data, p->row, p->given, p->count);
	if (status)
		stop(p, status);
}

/* ---- cells ---- */

static enum type type_of(const struct bpr_xml_tag *tag)
{
	size_t n;
	const char *t = bpr_i_xml_tag_value(tag, NULL, "t", &n);

	if (!t || !n)
		return TYPE_NUMBER;
	if (n == 1)
		return *t == 's' ? TYPE_SHARED : *t == 'b' ? TYPE_BOOL : *t == 'e' ? TYPE_ERROR : *t == 'd' ? TYPE_DATE : TYPE_NUMBER;
	return TYPE_TEXT; /* str, inlineStr */
}

static void begin_cell(struct parse *p, const struct bpr_xml_tag *tag)
{
	size_t n, row = p->row, column = p->column + 1, style = 0;
	const char *text = bpr_i_xml_tag_value(tag, NULL, "r", &n);
	const char *at = text;

	if (text && (!take_ref(&at, text + n, &row, &column) || at != text + n || row != p->row)) {
		bad_cell(p, text, n);
		return;
	}
	if (column > BPR_XLSX_COLUMNS) {
		bad_cell(p, "", 0);
		return;
	}
	p->sorted &= column > p->column;
	p->column = column;
	p->in_cell = true;
	p->formula = false;
	p->type = type_of(tag);
	bpr_i_buf_clear(&p->value);
	text = bpr_i_xml_tag_value(tag, NULL, "s", &n);
	if (!text || !bpr_i_num_parse_size(text, n, p->book->format_count, &style) || style >= p->book->format_count)
		p->format = (struct bpr_xlsx_format){ 0, 0 };
	else
		p->format = p->book->formats[style];
}

/* A text among the shared ones. False: there is no such. */
static bool shared_text(const struct parse *p, struct cell *cell)
{
	const struct bpr_xlsx_strings *s = &p->book->strings;
	size_t index, from;

	if (!bpr_i_num_parse_size(p->value.data, p->value.length, (size_t)-1 / 2, &index) || index >= s->count)
		return false;
	from = index ? s->ends[index - 1] : 0;
	cell->length = s->ends[index] - from;
	cell->shared = s->text.data ? s->text.data + from : "";
	return true;
}

/* 2027-03-21T08:30:00: an ISO date, as strict workbooks may have it. */
static void date_text(struct parse *p)
{
	size_t length = p->value.length;
	const char *text = p->value.data;

	if (length == 19 && !memcmp(text + 10, "T00:00:00", 9))
		length = 10;
	bpr_i_xlsx_add_text(&p->text, text, length);
	for (size_t i = 0; p->text.data && i < length; i++) {
		char *c = &p->text.data[p->text.length - length + i];

		*c = *c == 'T' ? ' ' : *c;
	}
}

/* The value as written into the cell. False: it makes no sense. */
static bool take_value(struct parse *p, struct cell *cell)
{
	const char *text = p->value.data;
	size_t length = p->value.length;

	switch (p->type) {
	case TYPE_SHARED:
		return shared_text(p, cell);
	case TYPE_TEXT:
		bpr_i_xlsx_add_text(&p->text, text, length);
		break;
	case TYPE_BOOL:
		cell->kind = BPR_XLSX_BOOL;
		bpr_i_buf_puts(&p->text, length && *text == '1' ? "TRUE" : "FALSE");
		break;
	case TYPE_ERROR:
		cell->kind = BPR_XLSX_ERROR;
		bpr_i_xlsx_add_text(&p->text, text, length);
		break;
	case TYPE_DATE:
		cell->kind = BPR_XLSX_DATE;
		date_text(p);
		break;
	case TYPE_NUMBER:
		cell->kind = p->format.shows == BPR_XLSX_AS_NUMBER ? BPR_XLSX_NUMBER : p->format.shows == BPR_XLSX_AS_TIME ? BPR_XLSX_TIME :
															     BPR_XLSX_DATE;
		if (!bpr_i_xlsx_number(&p->text, text, length, p->format, p->book->from_1904))
			return false;
		break;
	}
	cell->length = p->text.length - cell->from;
	return true;
}

static void end_cell(struct parse *p)
{
	struct cell cell = { .column = p->column, .from = p->text.length };
	size_t max = p->book->options.max_field;

	if (p->value.failed) {
		stop_nomem(p);
		return;
	}
	if (p->value.length > max) {
		char limit[32];

		(void)bpr_i_num_format(limit, sizeof(limit), (double)max);
		stop(p, bpr_i_fault(p->fault, BPR_ELIMIT, BPR_I_T003, p->row, limit, NULL, NULL));
		p->fault->column = p->column;
		return;
	}
	if (!p->value.length && (!p->formula || p->type == TYPE_TEXT))
		return;
	if (!p->value.length) {
		cell.kind = BPR_XLSX_UNSAVED;
	} else if (!take_value(p, &cell)) {
		char ref[24];

		bad_cell(p, ref, bpr_i_num_cell(ref, sizeof(ref), p->row, p->column));
		return;
	}
	if (!cell.length && cell.kind != BPR_XLSX_UNSAVED)
		return;
	if (!bpr_i_grow(&p->cells, &p->capacity, p->count + 1, sizeof(cell)))
		stop_nomem(p);
	else
		p->cells[p->count++] = cell;
}

/* ---- merged cells ---- */

static void add_merge(struct parse *p, const struct bpr_xml_tag *tag)
{
	struct bpr_xlsx_merges *m = p->merges;
	struct bpr_xlsx_merge one;
	size_t n;
	const char *text = bpr_i_xml_tag_value(tag, NULL, "ref", &n);
	const char *at = text;
	const char *end = text ? text + n : NULL;

	if (!text || !take_ref(&at, end, &one.row, &one.column) || at == end || *at++ != ':' ||
	    !take_ref(&at, end, &one.last_row, &one.last_column) || at != end || one.last_row < one.row || one.last_column < one.column)
		return;
	m->total++;
	if (one.row > MERGE_ROWS || m->count >= MOST_MERGES) {
		if (!m->first_below.row || one.row < m->first_below.row)
			m->first_below = one;
		return;
	}
	if (bpr_i_grow(&m->items, &m->capacity, m->count + 1, sizeof(one)))
		m->items[m->count++] = one;
	else
		stop_nomem(p);
}

/* ---- the stream ---- */

static void start_in_cell(struct parse *p, const char *name)
{
	if (p->phonetic)
		p->phonetic++;
	else if (!strcmp(name, "v") || (p->in_inline && !strcmp(name, "t")))
		p->in_value = true;
	else if (!strcmp(name, "is"))
		p->in_inline = true;
	else if (!strcmp(name, "rPh"))
		p->phonetic = 1;
	else if (!strcmp(name, "f"))
		p->formula = true;
}

static void on_start(void *data, const struct bpr_xml_tag *tag)
{
	struct parse *p = data;

	if (p->ns != tag->ns) {
		if (!bpr_i_xlsx_is_main(tag->ns))
			return;
		p->ns = tag->ns;
	}
	if (p->in_cell)
		start_in_cell(p, tag->name);
	else if (p->data && !strcmp(tag->name, "c") && p->row)
		begin_cell(p, tag);
	else if (p->data && !strcmp(tag->name, "row"))
		begin_row(p, tag);
	else if (!strcmp(tag->name, "sheetData"))
		p->data = true;
	else if (!strcmp(tag->name, "mergeCell") && p->merges)
		add_merge(p, tag);
}

static void on_end(void *data, const char *ns, const char *name)
{
	struct parse *p = data;

	if (ns != p->ns && !bpr_i_xlsx_is_main(ns))
		return;
	if (p->phonetic) {
		p->phonetic--;
	} else if (p->in_cell && !strcmp(name, "c")) {
		p->in_cell = p->in_inline = p->in_value = false;
		end_cell(p);
	} else if (p->in_cell) {
		p->in_value = false;
	} else if (p->data && !strcmp(name, "row")) {
		end_row(p);
	} else if (!strcmp(name, "sheetData")) {
		p->data = false;
	}
}

static void on_text(void *data, const char *text, size_t length)
{
	struct parse *p = data;

	/* One byte more than may be shows that it is too long; the rest need not be kept. */
	if (p->in_value && !p->phonetic && p->value.length <= p->book->options.max_field)
		bpr_i_buf_add(&p->value, text, length);
}

bpr_status bpr_i_xlsx_rows(bpr_xlsx *book, size_t sheet, bpr_xlsx_row_fn *take, void *data, struct bpr_xlsx_merges *merges,
			   struct bpr_fault *fault)
{
	struct parse p = { .book = book, .take = take, .take_data = data, .merges = merges, .fault = fault,
			   .value = BPR_BUF_INIT, .text = BPR_BUF_INIT };
	const struct bpr_xml_handler handler = { on_start, on_end, on_text, &p };
	bpr_status status;

	status = bpr_i_xlsx_parse(book, book->sheets[sheet].part, &p.stream, &handler, &p.status, fault);
	bpr_i_buf_release(&p.value);
	bpr_i_buf_release(&p.text);
	bpr_i_free(p.cells);
	bpr_i_free(p.given);
	return status;
}
