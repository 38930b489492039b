/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A CSV text that comes in pieces. libcsv looks at every byte by itself; a line without a quotation mark needs no more than its
 * delimiters, so such lines are split here, cell by cell where they stand, to the same rows as libcsv's (which the tests hold them
 * against). From a line with a quotation mark on libcsv reads, until its row has ended.
 */
#include "config.h"
#include "csv/parse_i.h"
#include "base/alloc_i.h"
#include <string.h>

struct bpr_csv_stream {
	struct bpr_csv_parse p;
	struct csv_parser csv;
	char *carry; size_t carried, carry_capacity; /* a line that goes on in the next piece */
	struct bpr_csv_cell *cells; size_t cell_capacity;
	bool begun;      /* libcsv has a part of a row */
	bool after_cr;   /* the last byte was a CR: an LF that follows belongs to it */
};

bpr_csv_stream *bpr_i_csv_stream_new(const struct bpr_csv_options *options, size_t max_row, bpr_csv_row_fn *take, void *data, struct bpr_fault *fault)
{
	bpr_csv_stream *s = bpr_i_calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->p = (struct bpr_csv_parse){ .options = options, .take = take, .data = data, .line = 1, .open_line = 1, .max_row = max_row, .fault = fault };
	if (!bpr_i_csv_begin(&s->p, &s->csv)) {
		bpr_i_free(s);
		return NULL;
	}
	return s;
}

void bpr_i_csv_stream_free(bpr_csv_stream *s)
{
	if (!s)
		return;
	bpr_i_csv_release(&s->p, &s->csv);
	bpr_i_free(s->carry);
	bpr_i_free(s->cells);
	bpr_i_free(s);
}

size_t bpr_i_csv_stream_line(const bpr_csv_stream *s)
{
	return s->p.line;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool room_for_cell(struct bpr_csv_stream *s, size_t count, size_t length)
{
	const struct bpr_csv_options *options = s->p.options;

	if (length > options->max_field)
		bpr_i_csv_fail(&s->p, BPR_ELIMIT, BPR_I_T003, s->p.line, options->max_field);
	else if (count >= options->max_cells)
		bpr_i_csv_fail(&s->p, BPR_ELIMIT, BPR_I_T004, s->p.line, options->max_cells);
	else if (count >= s->cell_capacity && !bpr_i_grow(&s->cells, &s->cell_capacity, count + 1, sizeof(*s->cells)))
		bpr_i_csv_fail(&s->p, BPR_ENOMEM, BPR_I_I001, 0, 0);
	return !s->p.status;
}

/* A line without quotation marks and without its end. */
static bool split(struct bpr_csv_stream *s, const char *at, size_t left)
{
	const char delimiter = s->p.options->delimiter;
	const char *mark;
	size_t count = 0;

	do {
		size_t length;

		while (left && is_blank(*at) && *at != delimiter) {
			at++;
			left--;
		}
		if (!left && !count)
			return true; /* a blank line is no row */
		mark = left ? memchr(at, delimiter, left) : NULL;
		length = mark ? (size_t)(mark - at) : left;
		left -= mark ? length + 1 : left;
		while (length && is_blank(at[length - 1]))
			length--;
		if (!room_for_cell(s, count, length))
			return false;
		s->cells[count++] = (struct bpr_csv_cell){ at, length, s->p.line };
		at = mark ? mark + 1 : at;
	} while (mark);
	if (s->p.take(s->p.data, &(struct bpr_csv_row){ s->cells, count, s->p.line, s->p.rows++ }) == BPR_CSV_STOP)
		s->p.status = BPR_ECANCELLED;
	return !s->p.status;
}

/* To libcsv, whatever it is. */
static bool pass_on(struct bpr_csv_stream *s, const char *text, size_t length)
{
	while (length) {
		const size_t piece = length < BPR_CSV_PIECE ? length : BPR_CSV_PIECE;

		if (!bpr_i_csv_piece(&s->p, &s->csv, text, piece))
			return false;
		text += piece;
		length -= piece;
	}
	return true;
}

/* A whole line, or the rest of one; `plain` bytes of it stand before its end. */
static bool take_line(struct bpr_csv_stream *s, const char *text, size_t plain, size_t length, bool quoted)
{
	bool ok;

	if (!s->begun && !quoted) {
		ok = split(s, text, plain);
	} else {
		ok = pass_on(s, text, length);
		s->begun = s->p.stores[s->p.now].count || s->csv.entry_pos; /* a cell in quotes that goes on holds at least its line end */
	}
	s->p.line++;
	return ok;
}

static bool carry(struct bpr_csv_stream *s, const char *text, size_t length)
{
	if (!bpr_i_grow(&s->carry, &s->carry_capacity, s->carried + length, 1)) {
		bpr_i_csv_fail(&s->p, BPR_ENOMEM, BPR_I_I001, 0, 0);
		return false;
	}
	memcpy(s->carry + s->carried, text, length);
	s->carried += length;
	return true;
}

/* The beginning of a line whose end has not come. */
static bool keep(struct bpr_csv_stream *s, const char *text, size_t length)
{
	bool ok = true;

	if (!s->begun && s->carried + length <= BPR_CSV_PIECE)
		return carry(s, text, length);
	if (s->carried)
		ok = pass_on(s, s->carry, s->carried);
	s->carried = 0;
	s->begun = true;
	return ok && pass_on(s, text, length);
}

/* Behind an LF, CRLF or CR; *plain bytes before it. */
struct marks { const char *lf, *cr, *quote; };

/* The next `c` from `at` on, kept from line to line; `end` where there is none. */
static const char *next_mark(const char *kept, const char *at, const char *end, int c)
{
	if (kept >= at)
		return kept;
	kept = memchr(at, c, (size_t)(end - at));
	return kept ? kept : end;
}

/* The LF behind a CR that ended the piece before. */
static bool finish_cr(struct bpr_csv_stream *s, const char **at)
{
	if (!s->after_cr)
		return true;
	s->after_cr = false;
	if (**at != '\n')
		return true;
	(*at)++;
	return !s->begun || pass_on(s, "\n", 1);
}

static bool take_ended(struct bpr_csv_stream *s, const char *at, const char *stop, const char *behind, bool quoted)
{
	bool ok;

	if (!s->carried)
		return take_line(s, at, (size_t)(stop - at), (size_t)(behind - at), quoted);
	ok = carry(s, at, (size_t)(behind - at));
	if (ok)
		ok = take_line(s, s->carry, s->carried - (size_t)(behind - stop), s->carried, quoted || memchr(s->carry, '"', s->carried));
	s->carried = 0;
	return ok;
}

bpr_status bpr_i_csv_stream_feed(bpr_csv_stream *s, const char *text, size_t length)
{
	const char *at = text, *const end = length ? text + length : text; /* which may be NULL then */
	struct marks next = { NULL, NULL, NULL };

	if (s->p.status || !length || !finish_cr(s, &at))
		return s->p.status;
	if (at < end) {
		next = (struct marks){ memchr(at, '\n', (size_t)(end - at)), memchr(at, '\r', (size_t)(end - at)), memchr(at, '"', (size_t)(end - at)) };
		next.lf = next.lf ? next.lf : end;
		next.cr = next.cr ? next.cr : end;
		next.quote = next.quote ? next.quote : end;
	}
	while (at < end) {
		const char *stop, *behind;

		next.lf = next_mark(next.lf, at, end, '\n');
		next.cr = next_mark(next.cr, at, end, '\r');
		next.quote = next_mark(next.quote, at, end, '"');
		stop = next.cr < next.lf ? next.cr : next.lf;
		if (stop == end)
			break;
		behind = stop + 1;
		if (stop == next.cr && behind == next.lf && behind < end)
			behind++;
		s->after_cr = stop == next.cr && behind == end && behind[-1] == '\r';
		if (!take_ended(s, at, stop, behind, next.quote < stop))
			return s->p.status;
		at = behind;
	}
	if (at < end)
		(void)keep(s, at, (size_t)(end - at));
	return s->p.status;
}

bpr_status bpr_i_csv_stream_end(bpr_csv_stream *s)
{
	if (s->p.status)
		return s->p.status;
	if (s->carried && !take_line(s, s->carry, s->carried, s->carried, memchr(s->carry, '"', s->carried)))
		return s->p.status;
	s->carried = 0;
	bpr_i_csv_end(&s->p, &s->csv);
	return s->p.status;
}
