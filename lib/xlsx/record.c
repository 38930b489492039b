/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet as one text of records, and merged headings written into each of their cells. */
#include "config.h"
#include "xlsx/read_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/record_i.h"
#include <string.h>

struct writing {
	struct bpr_xlsx_text *out;
	size_t row;              /* records begun */
	size_t max_bytes;
	struct bpr_fault *fault;
};

static bpr_status full(const struct writing *w)
{
	char limit[32];

	if (w->out->text.failed == BPR_ENOMEM)
		return bpr_i_fault(w->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	(void)bpr_i_num_format(limit, sizeof(limit), (double)w->max_bytes);
	return bpr_i_fault(w->fault, BPR_ELIMIT, BPR_I_T057, 0, limit, NULL, NULL);
}

static void note_trouble(struct bpr_xlsx_text *out, size_t row, const struct bpr_xlsx_cell *cell)
{
	struct bpr_xlsx_trouble *t;

	if (out->trouble_count == sizeof(out->troubles) / sizeof(out->troubles[0]))
		return;
	t = &out->troubles[out->trouble_count++];
	*t = (struct bpr_xlsx_trouble){ .row = row, .column = cell->column, .unsaved = cell->kind == BPR_XLSX_UNSAVED };
	memcpy(t->text, cell->text, cell->length < sizeof(t->text) ? cell->length : 0);
}

static bpr_status take_row(void *data, size_t row, const struct bpr_xlsx_cell *cells, size_t count)
{
	struct writing *w = data;
	struct bpr_buf *text = &w->out->text;
	size_t column = 1;

	bpr_i_buf_pad(text, BPR_I_RECORD, row - w->row);
	w->row = row;
	for (size_t i = 0; i < count; i++) {
		bpr_i_buf_pad(text, BPR_I_UNIT, cells[i].column - column);
		column = cells[i].column;
		bpr_i_buf_add(text, cells[i].text, cells[i].length);
		if (cells[i].kind == BPR_XLSX_ERROR || cells[i].kind == BPR_XLSX_UNSAVED)
			note_trouble(w->out, row, &cells[i]);
	}
	return text->failed ? full(w) : BPR_OK;
}

bpr_status bpr_i_xlsx_text(struct bpr_xlsx_text *out, bpr_xlsx *book, size_t sheet, size_t max_bytes, struct bpr_fault *fault)
{
	struct writing w = { .out = out, .max_bytes = max_bytes, .fault = fault };

	*out = (struct bpr_xlsx_text){ .text = BPR_BUF_MAX(max_bytes) };
	return bpr_i_xlsx_rows(book, sheet, take_row, &w, &out->merges, fault);
}

void bpr_i_xlsx_text_release(struct bpr_xlsx_text *text)
{
	bpr_i_buf_release(&text->text);
	bpr_i_free(text->merges.items);
	*text = (struct bpr_xlsx_text){ .text = BPR_BUF_INIT };
}

/* ---- merged cells ---- */

struct piece { const char *text; size_t length; };

/* The first rows, taken apart. */
struct grid {
	struct piece **rows; size_t *widths; size_t count;
	struct bpr_arena arena;
	const char *rest;        /* text behind them */
};

static struct piece *cell_at(const struct grid *g, size_t row, size_t column)
{
	return row <= g->count && column <= g->widths[row - 1] ? &g->rows[row - 1][column - 1] : NULL;
}

/* Takes one record apart; `at` behind its mark. Returns its end; NULL out of memory. */
static const char *take_apart(struct grid *g, size_t row, const char *at, const char *end)
{
	const char *stop = memchr(at, BPR_I_RECORD, (size_t)(end - at));
	size_t n = 1;

	stop = stop ? stop : end;
	for (const char *p = at; p < stop; p++)
		n += *p == BPR_I_UNIT;
	g->rows[row] = bpr_i_arena_alloc(&g->arena, n, sizeof(**g->rows));
	if (!g->rows[row])
		return NULL;
	g->widths[row] = n;
	for (size_t i = 0; i < n; i++) {
		const char *mark = memchr(at, BPR_I_UNIT, (size_t)(stop - at));

		mark = mark ? mark : stop;
		g->rows[row][i] = (struct piece){ at, (size_t)(mark - at) };
		at = mark + (mark < stop);
	}
	return stop;
}

static bool take_rows(struct grid *g, const struct bpr_buf *text, size_t rows)
{
	const char *at = text->data;
	const char *end = at + text->length;

	g->rows = bpr_i_arena_alloc(&g->arena, rows, sizeof(*g->rows));
	g->widths = bpr_i_arena_alloc(&g->arena, rows, sizeof(*g->widths));
	if (!g->rows || !g->widths)
		return false;
	while (at && at < end && g->count < rows) {
		at = take_apart(g, g->count, at + 1, end);
		g->count += at != NULL;
	}
	g->rest = at;
	return at != NULL;
}

/* Cells of a row up to a column. */
static bool widen(struct grid *g, size_t row, size_t column)
{
	struct piece *wider;

	if (column <= g->widths[row - 1])
		return true;
	wider = bpr_i_arena_alloc(&g->arena, column, sizeof(*wider));
	if (!wider)
		return false;
	memcpy(wider, g->rows[row - 1], g->widths[row - 1] * sizeof(*wider));
	for (size_t i = g->widths[row - 1]; i < column; i++)
		wider[i] = (struct piece){ "", 0 };
	g->rows[row - 1] = wider;
	g->widths[row - 1] = column;
	return true;
}

/* Whether its first row has texts outside it: a heading among others, no title. */
static bool among_others(const struct grid *g, const struct bpr_xlsx_merge *m)
{
	for (size_t c = 1; c <= g->widths[m->row - 1]; c++)
		if ((c < m->column || c > m->last_column) && g->rows[m->row - 1][c - 1].length)
			return true;
	return false;
}

static bool fill_one(struct grid *g, const struct bpr_xlsx_merge *m, struct bpr_xlsx_merge *filled)
{
	const struct piece *from = m->row <= g->count ? cell_at(g, m->row, m->column) : NULL;
	size_t last_row = m->last_row < g->count ? m->last_row : g->count;
	size_t last_column = from && from->length && among_others(g, m) ? m->last_column : m->column;
	struct piece text;

	if (!from || !from->length || (last_row == m->row && last_column == m->column))
		return true;
	text = *from;
	for (size_t row = m->row; row <= last_row; row++) {
		if (!widen(g, row, last_column))
			return false;
		for (size_t column = m->column; column <= last_column; column++)
			g->rows[row - 1][column - 1] = text;
	}
	if (!filled->row)
		*filled = *m;
	return true;
}

bpr_status bpr_i_xlsx_fill(const struct bpr_xlsx_text *text, size_t last_row, struct bpr_buf *out, struct bpr_xlsx_merge *filled)
{
	struct grid g = { .count = 0 };
	bool ok = !text->text.length || take_rows(&g, &text->text, last_row);

	*filled = (struct bpr_xlsx_merge){ 0 };
	for (size_t i = 0; ok && i < text->merges.count; i++)
		ok = fill_one(&g, &text->merges.items[i], filled);
	for (size_t row = 0; ok && row < g.count; row++) {
		bpr_i_buf_putc(out, BPR_I_RECORD);
		for (size_t i = 0; i < g.widths[row]; i++) {
			if (i)
				bpr_i_buf_putc(out, BPR_I_UNIT);
			bpr_i_buf_add(out, g.rows[row][i].text, g.rows[row][i].length);
		}
	}
	if (ok && g.rest)
		bpr_i_buf_add(out, g.rest, text->text.length - (size_t)(g.rest - text->text.data));
	bpr_i_arena_release(&g.arena);
	return ok ? out->failed : BPR_ENOMEM;
}
