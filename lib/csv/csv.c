/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The only caller of libcsv 3.0.3. It is given one physical line at a time: its callbacks know no line numbers, drop
 * blank lines and cannot stop the parse, and its memory grows with the cell, so lines are counted and limits looked
 * at between the calls. Both strict options are needed for an unclosed quote to be an error.
 */
#include "config.h"
#include "csv/parse_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "base/record_i.h"
#include <string.h>

enum { ROOM = 1 << 12 };

void bpr_i_csv_fail(struct bpr_csv_parse *p, bpr_status status, enum bpr_code_id id, size_t line, size_t number)
{
	char text[32];

	if (p->status)
		return;
	(void)bpr_i_num_format(text, sizeof(text), (double)number);
	p->status = bpr_i_fault(p->fault, status, id, line, text, NULL, NULL);
}

static void take_cell(void *text, size_t length, void *data)
{
	struct bpr_csv_parse *p = data;
	struct bpr_csv_store *s = &p->stores[p->now];

	if (p->status)
		return;
	if (length > p->options->max_field) {
		bpr_i_csv_fail(p, BPR_ELIMIT, BPR_I_T003, p->open_line, p->options->max_field);
		return;
	}
	if (p->max_row && s->used + length > p->max_row) {
		bpr_i_csv_fail(p, BPR_ELIMIT, BPR_I_T006, p->line, p->max_row);
		return;
	}
	if (s->count >= p->options->max_cells) {
		bpr_i_csv_fail(p, BPR_ELIMIT, BPR_I_T004, p->line, p->options->max_cells);
		return;
	}
	if ((s->count >= s->cell_capacity && !bpr_i_grow(&s->cells, &s->cell_capacity, s->count + 1, sizeof(*s->cells))) ||
	    (s->capacity - s->used < length && !bpr_i_grow(&s->text, &s->capacity, s->used + length, 1))) {
		bpr_i_csv_fail(p, BPR_ENOMEM, BPR_I_I001, 0, 0);
		return;
	}
	if (length)
		memcpy(s->text + s->used, text, length);
	s->cells[s->count].length = length;
	s->cells[s->count].line = p->open_line;
	s->count++;
	s->used += length;
	p->open_line = p->line;
}

static void take_row(int end, void *data)
{
	struct bpr_csv_parse *p = data;
	struct bpr_csv_store *s = &p->stores[p->now];
	struct bpr_csv_row row = { s->cells, s->count, 0, p->rows };
	const char *at = s->text;
	enum bpr_csv_next next;

	(void)end;
	if (p->status || !s->count)
		return;
	for (size_t i = 0; i < s->count; i++) {
		s->cells[i].text = at ? at : "";
		at = at ? at + s->cells[i].length : at;
	}
	row.line = s->cells[0].line;
	p->rows++;
	next = p->take(p->data, &row);
	if (next == BPR_CSV_STOP)
		p->status = BPR_ECANCELLED;
	if (next == BPR_CSV_KEEP)
		p->now ^= 1u;
	p->stores[p->now].used = 0;
	p->stores[p->now].count = 0;
}

/* One physical line, or a piece of a long one. False: stop. */
bool bpr_i_csv_piece(struct bpr_csv_parse *p, struct csv_parser *csv, const char *text, size_t length)
{
	if (!csv->entry_pos)
		p->open_line = p->line;
	if (csv_parse(csv, text, length, take_cell, take_row, p) != length && !p->status) {
		if (csv_error(csv) == CSV_EPARSE)
			bpr_i_csv_fail(p, BPR_ESYNTAX, p->open_line == p->line ? BPR_I_T001 : BPR_I_T005, p->line, p->open_line);
		else
			bpr_i_csv_fail(p, BPR_ENOMEM, BPR_I_I001, 0, 0);
	}
	if (csv->entry_pos > p->options->max_field)
		bpr_i_csv_fail(p, BPR_ELIMIT, BPR_I_T003, p->open_line, p->options->max_field);
	return !p->status;
}

/*
 * End of the line at `at`, behind its LF, CRLF or CR. *lf is the next LF from there on (`end`: none), kept from line to
 * line: a text without any would else be searched to its end for each of its lines.
 */
static const char *line_end(const char *at, const char *end, const char **lf)
{
	const char *cr;

	if (*lf < at) {
		*lf = memchr(at, '\n', (size_t)(end - at));
		if (!*lf)
			*lf = end;
	}
	cr = memchr(at, '\r', (size_t)(*lf - at));
	if (cr && cr + 1 != *lf)
		return cr + 1;
	return *lf == end ? end : *lf + 1;
}

static bool parse_lines(struct bpr_csv_parse *p, struct csv_parser *csv, const char *text, size_t length)
{
	const char *const end = text + length;
	const char *lf = text;

	if (length && *text != '\n') {
		lf = memchr(text, '\n', length);
		lf = lf ? lf : end;
	}
	for (const char *at = text; at < end; p->line++) {
		const char *stop = line_end(at, end, &lf);

		while (at < stop) {
			size_t piece = stop - at < BPR_CSV_PIECE ? (size_t)(stop - at) : BPR_CSV_PIECE;

			if (!bpr_i_csv_piece(p, csv, at, piece))
				return false;
			at += piece;
		}
	}
	return true;
}

static void *reallocate(void *old, size_t size)
{
	return bpr_i_realloc(old, size, 1);
}

bool bpr_i_csv_begin(struct bpr_csv_parse *p, struct csv_parser *csv)
{
	if (csv_init(csv, CSV_STRICT | CSV_STRICT_FINI)) {
		bpr_i_csv_fail(p, BPR_ENOMEM, BPR_I_I001, 0, 0);
		return false;
	}
	csv_set_delim(csv, (unsigned char)p->options->delimiter);
	csv_set_realloc_func(csv, reallocate);
	csv_set_free_func(csv, bpr_i_free);
	csv_set_blk_size(csv, ROOM);
	return true;
}

void bpr_i_csv_end(struct bpr_csv_parse *p, struct csv_parser *csv)
{
	/* After an error csv_fini() must not be called: it would hand out the half of a cell. */
	if (p->status || !csv_fini(csv, take_cell, take_row, p) || p->status)
		return;
	if (csv_error(csv) == CSV_EPARSE)
		bpr_i_csv_fail(p, BPR_ESYNTAX, BPR_I_T002, p->open_line, p->open_line);
	else
		bpr_i_csv_fail(p, BPR_ENOMEM, BPR_I_I001, 0, 0);
}

void bpr_i_csv_release(struct bpr_csv_parse *p, struct csv_parser *csv)
{
	csv_free(csv);
	for (size_t i = 0; i < 2; i++) {
		bpr_i_free(p->stores[i].text);
		bpr_i_free(p->stores[i].cells);
	}
}

bpr_status bpr_i_csv_parse(const char *text, size_t length, const struct bpr_csv_options *options, bpr_csv_row_fn *take,
			   void *data, struct bpr_fault *fault)
{
	struct bpr_csv_parse p = { .options = options, .take = take, .data = data, .line = 1, .open_line = 1, .fault = fault };
	struct csv_parser csv;

	if (length && *text == BPR_I_RECORD)
		return bpr_i_csv_records(text, length, options, take, data, fault);
	if (!bpr_i_csv_begin(&p, &csv))
		return p.status;
	if (parse_lines(&p, &csv, text, length)) {
		p.line -= length && text[length - 1] != '\n' && text[length - 1] != '\r'; /* the last line goes on */
		bpr_i_csv_end(&p, &csv);
	}
	bpr_i_csv_release(&p, &csv);
	return p.status;
}
