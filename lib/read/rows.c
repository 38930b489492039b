/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a table below its headings. */
#include "config.h"
#include "read/rows_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <string.h>

struct state {
	const struct bpr_rows *rows;
	struct bpr_csv_cell *cells;  /* [count] */
	struct bpr_csv_row above;    /* the row taken before; its texts live as long as the present one's */
	struct bpr_buf *repeated;    /* [count]: what 〃 stood for in the row above */
	bool *repeats;               /* [count]: the cell in the row above was 〃 */
	size_t count;                /* of headings */
	size_t taken;
	size_t problems;             /* in the list when last looked */
	bpr_status status;
};

static bool is_repeat_mark(const char *text, size_t length)
{
	static const char *const marks[] = { "〃", "同上", "々", "仝" };

	if (length < 3 || length > 6 || (unsigned char)text[0] < 0xe3)
		return false;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strlen(marks[i]) == length && !memcmp(text, marks[i], length))
			return true;
	return false;
}

static void note(const struct state *s, enum bpr_code_id id, const struct bpr_place *place, const char *a1, const char *a2)
{
	if (!s->rows->quiet)
		bpr_i_reader_note(s->rows->reader, id, place, a1, a2, NULL);
}

/* Puts what the mark in cell i stands for in its place: the cell above, or what that stood for itself. */
static void repeat(struct state *s, size_t i)
{
	struct bpr_csv_cell *cell = &s->cells[i];
	struct bpr_buf *kept = &s->repeated[i];
	const struct bpr_place place = { s->rows->file, cell->line, i + 1, s->rows->headings->items[i].text };

	if (!s->repeats[i]) {
		const char *above = i < s->above.count ? s->above.cells[i].text : "";
		size_t length = i < s->above.count ? bpr_i_utf8_trim(&above, s->above.cells[i].length) : 0;

		bpr_i_buf_clear(kept);
		bpr_i_buf_add(kept, above, length);
		if (kept->failed)
			s->status = kept->failed;
	}
	s->repeats[i] = true;
	if (!kept->length) {
		char mark[8] = "";

		memcpy(mark, cell->text, cell->length < sizeof(mark) ? cell->length : 0);
		note(s, BPR_I_T014, &place, mark, NULL);
	}
	if (!s->status)
		s->status = bpr_i_reader_expand(s->rows->reader, kept->length, &place);
	cell->text = kept->length ? kept->data : "";
	cell->length = kept->length;
}

static void take_cells(struct state *s, const struct bpr_csv_row *row)
{
	size_t there = row->count < s->count ? row->count : s->count;

	for (size_t i = 0; i < there; i++) {
		struct bpr_csv_cell *cell = &s->cells[i];

		*cell = row->cells[i];
		if (cell->length)
			cell->length = bpr_i_utf8_trim(&cell->text, cell->length);
		if (is_repeat_mark(cell->text, cell->length)) {
			repeat(s, i);
			continue;
		}
		s->repeats[i] = false;
		if (cell->length && *cell->text == '\'') { /* text and nothing else, as in spreadsheets */
			cell->text++;
			cell->length--;
		}
	}
	for (size_t i = there; i < s->count; i++) {
		s->cells[i] = (struct bpr_csv_cell){ "", 0, row->line };
		s->repeats[i] = false;
	}
}

/* Cells behind the last heading must be empty. */
static void check_width(const struct state *s, const struct bpr_csv_row *row)
{
	for (size_t i = s->count; i < row->count; i++) {
		const char *text = row->cells[i].text;
		const struct bpr_place place = { s->rows->file, row->cells[i].line, i + 1, NULL };
		char cells[32];
		char headings[32];

		if (!bpr_i_utf8_trim(&text, row->cells[i].length))
			continue;
		(void)bpr_i_num_format(cells, sizeof(cells), (double)(i + 1));
		(void)bpr_i_num_format(headings, sizeof(headings), (double)s->count);
		note(s, BPR_I_T017, &place, cells, headings);
		return;
	}
}

static enum bpr_csv_next take_row(void *data, const struct bpr_csv_row *row)
{
	struct state *s = data;
	struct bpr_reader *reader = s->rows->reader;

	if (row->index <= s->rows->headings->row || bpr_i_row_blank(row) || bpr_i_headings_repeated(s->rows->headings, row))
		return BPR_CSV_DROP;
	take_cells(s, row);
	if (!s->status)
		s->status = s->rows->take(s->rows->data, s->cells, row->line);
	if (row->count > s->count)
		check_width(s, row);
	s->above = *row;
	s->taken++;
	if (bpr_problems_count(reader->problems) != s->problems) {
		s->problems = bpr_problems_count(reader->problems);
		if (!s->status && bpr_i_reader_full(reader))
			s->status = BPR_ESYNTAX;
	}
	if (reader->nomem)
		s->status = BPR_ENOMEM;
	return s->status ? BPR_CSV_STOP : BPR_CSV_KEEP;
}

static bpr_status parse(struct state *s, const char *text, size_t length)
{
	struct bpr_reader *reader = s->rows->reader;
	const struct bpr_csv_options options = { s->rows->headings->delimiter, reader->options->max_field, BPR_I_MAX_CELLS };
	struct bpr_fault fault;
	bpr_status status = bpr_i_csv_parse(text, length, &options, take_row, s, &fault);

	if (status && status != BPR_ECANCELLED)
		return bpr_i_reader_fault(reader, s->rows->file, &fault);
	if (s->status == BPR_ENOMEM)
		return bpr_i_nomem(reader->err);
	if (s->status == BPR_ESYNTAX)
		return bpr_i_reader_status(reader);
	return s->status;
}

bpr_status bpr_i_rows_read(const struct bpr_rows *rows, const char *text, size_t length, size_t *count)
{
	struct state s = { .rows = rows, .count = rows->headings->count };
	bpr_status status;

	*count = 0;
	s.problems = bpr_problems_count(rows->reader->problems);
	s.cells = bpr_i_calloc(s.count, sizeof(*s.cells));
	s.repeated = bpr_i_calloc(s.count, sizeof(*s.repeated));
	s.repeats = bpr_i_calloc(s.count, sizeof(*s.repeats));
	for (size_t i = 0; s.repeated && i < s.count; i++)
		s.repeated[i] = (struct bpr_buf)BPR_BUF_INIT;
	if (s.cells && s.repeated && s.repeats)
		status = parse(&s, text, length);
	else
		status = bpr_i_nomem(rows->reader->err);
	*count = s.taken;
	for (size_t i = 0; s.repeated && i < s.count; i++)
		bpr_i_buf_release(&s.repeated[i]);
	bpr_i_free(s.repeats);
	bpr_i_free(s.repeated);
	bpr_i_free(s.cells);
	return status;
}
