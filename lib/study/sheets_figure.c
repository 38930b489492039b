/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures of the pages as rows of numbers with a chart above them. Spreadsheets have no charts that float: a bar that begins
 * somewhere is a stacked one whose first piece is not drawn.
 */
#include "config.h"
#include "study/sheets_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { MOST_COLUMNS = 10 };

/* A table under way. */
struct plot {
	struct bpr_sheets *s;
	enum bpr_sheet_key key;
	const struct bpr_doc_figure *figure;
	struct bpr_sheet_column columns[MOST_COLUMNS];
	struct bpr_sheet_cells *cells;
	struct bpr_sheet_rows rows;
	struct bpr_sheet_chart chart;
};

static bool begin(struct plot *p, size_t columns, size_t most_rows)
{
	p->cells = bpr_i_sheet_memory(p->s, 1, sizeof(*p->cells));
	if (!p->cells || columns > MOST_COLUMNS)
		return false;
	p->cells->columns = columns;
	p->cells->cells = bpr_i_sheet_memory(p->s, most_rows * columns, sizeof(struct bpr_doc_cell));
	p->rows = (struct bpr_sheet_rows){ .columns = p->columns, .column_count = columns, .fill = bpr_i_sheet_fill_cells, .context = p->cells };
	p->chart = (struct bpr_sheet_chart){ .title = p->figure->title, .description = p->figure->description, .axis = p->figure->unit, .low = (double)NAN, .high = (double)NAN };
	return p->cells->cells != NULL;
}

static void column(struct plot *p, size_t at, const char *title, enum bpr_doc_value value)
{
	p->columns[at] = (struct bpr_sheet_column){ .title = title ? title : "", .value = value };
}

static void series(struct plot *p, size_t column, enum bpr_sheet_color color)
{
	struct bpr_sheet_chart *c = &p->chart;

	if (c->series_count >= BPR_SHEET_SERIES)
		return;
	c->series[c->series_count].column = column;
	c->series[c->series_count].name = p->columns[column].title;
	c->series[c->series_count++].color = color;
}

static struct bpr_doc_cell *row(struct plot *p)
{
	return &p->cells->cells[p->rows.row_count++ * p->cells->columns];
}

static void end(struct plot *p)
{
	if (p->rows.row_count)
		bpr_i_sheet_list(p->s, p->key, &p->rows, p->chart.series_count ? &p->chart : NULL);
}

static const char *word(const struct plot *p, const char *id)
{
	return bpr_i_doc_text(&p->s->doc, id);
}

static enum bpr_sheet_color color_of(enum bpr_side side)
{
	return side == BPR_SIDE_BEFORE ? BPR_SHEET_BEFORE : BPR_SHEET_AFTER;
}

/* ---- before = 100 ---- */

enum { D_LABEL, D_BEFORE, D_AFTER, D_BASE, D_LESS, D_MORE, D_COLUMNS };

static void dumbbell(struct plot *p)
{
	const struct bpr_doc_figure *f = p->figure;

	if (!begin(p, D_COLUMNS, f->row_count))
		return;
	column(p, D_LABEL, word(p, N_("Measure")), BPR_DOC_TEXT);
	column(p, D_BEFORE, word(p, N_("Before (= 100)")), BPR_DOC_COUNT);
	column(p, D_AFTER, word(p, N_("After")), BPR_DOC_COUNT);
	column(p, D_BASE, word(p, N_("In both")), BPR_DOC_COUNT);
	column(p, D_LESS, word(p, N_("Falls")), BPR_DOC_COUNT);
	column(p, D_MORE, word(p, N_("Rises")), BPR_DOC_COUNT);
	for (size_t i = 0; i < f->row_count; i++) {
		const struct bpr_dumbbell_row *r = &f->rows[i];
		struct bpr_doc_cell *cells;

		if (!r->scaled)
			continue;
		cells = row(p);
		/* TRANSLATORS: a measure, its figures before and after, their unit */
		cells[D_LABEL] = bpr_i_cell_text(bpr_i_doc_fill(&p->s->doc, N_("{1}: {2} to {3} {4}"), r->label, r->said_before, r->said_after,
								r->unit ? r->unit : ""));
		cells[D_BEFORE] = bpr_i_cell_number(BPR_DOC_COUNT, 100);
		cells[D_AFTER] = bpr_i_cell_number(BPR_DOC_COUNT, r->after);
		cells[D_AFTER].tone = r->better > 0 ? BPR_DOC_BETTER : r->better < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
		cells[D_BASE] = bpr_i_cell_number(BPR_DOC_COUNT, fmin(100, r->after));
		cells[D_LESS] = bpr_i_cell_number(BPR_DOC_COUNT, fmax(0, 100 - r->after));
		cells[D_MORE] = bpr_i_cell_number(BPR_DOC_COUNT, fmax(0, r->after - 100));
	}
	p->chart.kind = BPR_CHART_BAR;
	p->chart.stacked = true;
	p->chart.axis = word(p, N_("Before = 100. The bar goes from the after to the before."));
	p->chart.low = 0;
	p->chart.value = BPR_DOC_COUNT;
	series(p, D_BASE, BPR_SHEET_CLEAR);
	series(p, D_LESS, BPR_SHEET_BETTER);
	series(p, D_MORE, BPR_SHEET_WORSE);
	end(p);
}

/* ---- forms ---- */

/* What they ask for stands in the matrix of forms and items. */
static void forms(struct plot *p)
{
	enum { FORM, SIDE, TIMES, ALL };
	const struct bpr_doc_figure *f = p->figure;

	if (!begin(p, ALL, f->paper_count[0] + f->paper_count[1]))
		return;
	column(p, FORM, word(p, N_("Form")), BPR_DOC_TEXT);
	column(p, SIDE, word(p, N_("Before or after")), BPR_DOC_TEXT);
	column(p, TIMES, word(p, N_("Filled in per case")), BPR_DOC_COUNT);
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < f->paper_count[side]; i++) {
			struct bpr_doc_cell *cells = row(p);

			cells[FORM] = bpr_i_cell_text(f->papers[side][i].name);
			cells[SIDE] = bpr_i_cell_text(word(p, side ? N_("After") : N_("Before")));
			cells[TIMES] = bpr_i_cell_number(BPR_DOC_COUNT, f->papers[side][i].written);
		}
	end(p);
}

/* ---- the visit ---- */

static void ribbon(struct plot *p)
{
	static const enum bpr_sheet_color colors[BPR_VISIT_KINDS] = {
		[BPR_VISIT_WALK] = BPR_SHEET_WALK, [BPR_VISIT_WRITE] = BPR_SHEET_WRITE, [BPR_VISIT_WAIT] = BPR_SHEET_WAIT,
		[BPR_VISIT_SERVICE] = BPR_SHEET_SERVE, [BPR_VISIT_AWAY] = BPR_SHEET_AWAY, [BPR_VISIT_OWN] = BPR_SHEET_TOTAL,
	};
	const struct bpr_doc_figure *f = p->figure;
	size_t at[BPR_VISIT_KINDS], columns = 1;

	for (size_t k = 0; k < BPR_VISIT_KINDS; k++)
		at[k] = f->legend[k] ? columns++ : 0;
	if (!begin(p, columns, f->ribbon_count))
		return;
	column(p, 0, word(p, N_("Flow")), BPR_DOC_TEXT);
	for (size_t k = 0; k < BPR_VISIT_KINDS; k++)
		if (at[k]) {
			column(p, at[k], f->unit ? bpr_i_doc_fill(&p->s->doc, N_("{1} ({2})"), f->legend[k], f->unit, NULL, NULL) : f->legend[k],
			       BPR_DOC_COUNT);
			series(p, at[k], colors[k]);
		}
	for (size_t i = 0; i < f->ribbon_count; i++) {
		const struct bpr_ribbon *r = &f->ribbons[i];
		struct bpr_doc_cell *cells = row(p);

		cells[0] = bpr_i_cell_text(bpr_i_doc_fill(&p->s->doc, N_("{1} {2}"), r->label, r->said ? r->said : "", NULL, NULL));
		for (size_t k = 0; k < BPR_VISIT_KINDS; k++)
			if (at[k])
				cells[at[k]] = bpr_i_cell_number(BPR_DOC_COUNT, 0);
		for (size_t k = 0; k < r->piece_count; k++)
			if (at[r->pieces[k].kind])
				cells[at[r->pieces[k].kind]].number += r->pieces[k].minutes;
	}
	p->chart.kind = BPR_CHART_BAR;
	p->chart.stacked = true;
	p->chart.value = BPR_DOC_COUNT;
	end(p);
}

/* ---- shares by a time, figures through the day ---- */

static const char *bin_label(struct plot *p, size_t i)
{
	const struct bpr_doc_figure *f = p->figure;
	struct bpr_buf from = BPR_BUF_INIT, to = BPR_BUF_INIT;
	const char *text;

	bpr_i_words_count(&from, (struct bpr_words){ .lang = p->s->doc.lang }, f->edges[i]);
	bpr_i_words_count(&to, (struct bpr_words){ .lang = p->s->doc.lang }, f->open && i + 1 == f->bin_count ? 0 : f->edges[i + 1]);
	text = f->open && i + 1 == f->bin_count
		       ? bpr_i_doc_fill(&p->s->doc, N_("{1} or more"), from.data ? from.data : "", NULL, NULL, NULL)
		       : bpr_i_doc_fill(&p->s->doc, N_("{1} to {2}"), from.data ? from.data : "", to.data ? to.data : "", NULL, NULL);
	bpr_i_buf_release(&from);
	bpr_i_buf_release(&to);
	return text;
}

static const char *clock_label(struct plot *p, size_t i)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	long whole = lrint(p->figure->edges[i]);

	bpr_i_buf_printf(&buf, "%ld:%02ld", whole / 60, whole % 60);
	return bpr_i_doc_keep(&p->s->doc, &buf);
}

static void marks(struct plot *p)
{
	const struct bpr_doc_figure *f = p->figure;

	for (size_t i = 0; i < f->series_count; i++)
		for (size_t k = 0; k < f->series[i].mark_count; k++) {
			struct bpr_doc_block *note = bpr_i_sheet_memory(p->s, 1, sizeof(*note));

			if (!note)
				return;
			*note = (struct bpr_doc_block){ .kind = BPR_DOC_NOTE,
							.text = bpr_i_doc_fill(&p->s->doc, N_("{1} {2}"), f->series[i].label ? f->series[i].label : "",
									       f->series[i].marks[k].label, NULL, NULL) };
			bpr_i_sheet_add(p->s, p->key, (struct bpr_sheet_block){ .block = note });
		}
}

static void by_axis(struct plot *p, bool hours)
{
	const struct bpr_doc_figure *f = p->figure;
	size_t count = f->series_count < BPR_SHEET_SERIES ? f->series_count : BPR_SHEET_SERIES;
	enum bpr_doc_value value = hours ? BPR_DOC_COUNT : BPR_DOC_PROB;

	if (!begin(p, 1 + count, f->bin_count))
		return;
	column(p, 0, f->across ? f->across : hours ? word(p, N_("Hour")) : f->unit, BPR_DOC_TEXT);
	for (size_t i = 0; i < count; i++) {
		column(p, 1 + i, f->series[i].label ? f->series[i].label : f->upward, value);
		series(p, 1 + i, color_of(f->series[i].side));
	}
	for (size_t b = 0; b < f->bin_count; b++) {
		struct bpr_doc_cell *cells = row(p);

		cells[0] = bpr_i_cell_text(hours ? clock_label(p, b) : bin_label(p, b));
		for (size_t i = 0; i < count; i++)
			cells[1 + i] = bpr_i_cell_number(value, f->series[i].values[b]);
	}
	p->chart.kind = hours ? BPR_CHART_LINE : BPR_CHART_COLUMN;
	p->chart.axis = f->upward ? f->upward : f->unit;
	p->chart.low = 0;
	p->chart.value = value;
	end(p);
	if (!hours)
		marks(p);
}

/* ---- bars ---- */

static void load(struct plot *p)
{
	enum { LABEL, FREE, HIGH, ALL };
	const struct bpr_doc_figure *f = p->figure;

	if (!begin(p, ALL, f->bar_count))
		return;
	column(p, LABEL, word(p, N_("Staff")), BPR_DOC_TEXT);
	column(p, FREE, word(p, N_("Utilisation")), BPR_DOC_PROB);
	column(p, HIGH, f->zone_label ? f->zone_label : word(p, N_("Utilisation")), BPR_DOC_PROB);
	for (size_t i = 0; i < f->bar_count; i++) {
		const struct bpr_bar *bar = &f->bars[i];
		bool high = (f->zone > 0 && bar->value >= f->zone) || bar->tone == BPR_DOC_WORSE;
		struct bpr_doc_cell *cells = row(p);
		const char *side = bar->side <= BPR_SIDE_AFTER ? f->captions[bar->side] : NULL;

		cells[LABEL] = bpr_i_cell_text(side ? bpr_i_doc_fill(&p->s->doc, N_("{1} {2}"), bar->label, side, NULL, NULL) : bar->label);
		cells[high ? HIGH : FREE] = bpr_i_cell_number(BPR_DOC_PROB, bar->value);
		cells[high ? HIGH : FREE].tone = bar->tone;
	}
	p->chart.kind = BPR_CHART_BAR;
	p->chart.stacked = true;
	p->chart.low = 0;
	p->chart.value = BPR_DOC_PROB;
	series(p, FREE, BPR_SHEET_AFTER);
	series(p, HIGH, BPR_SHEET_WORSE);
	end(p);
}

static void bars(struct plot *p)
{
	enum { LABEL, BEFORE, AFTER, ALL };
	const struct bpr_doc_figure *f = p->figure;
	bool pair = false;

	for (size_t i = 0; i < f->bar_count; i++)
		pair = pair || f->bars[i].side == BPR_SIDE_BEFORE;
	if (!begin(p, ALL, f->bar_count))
		return;
	column(p, LABEL, word(p, N_("What")), BPR_DOC_TEXT);
	column(p, BEFORE, word(p, N_("Before")), BPR_DOC_COUNT);
	column(p, AFTER, pair ? word(p, N_("After")) : f->unit ? f->unit : word(p, N_("Value")), BPR_DOC_COUNT);
	for (size_t i = 0; i < f->bar_count; i++) {
		struct bpr_doc_cell *cells = row(p);

		cells[LABEL] = bpr_i_cell_text(f->bars[i].label);
		cells[f->bars[i].side == BPR_SIDE_BEFORE ? BEFORE : AFTER] = bpr_i_cell_number(BPR_DOC_COUNT, f->bars[i].value);
	}
	p->chart.kind = BPR_CHART_BAR;
	p->chart.stacked = true;
	p->chart.value = BPR_DOC_COUNT;
	if (pair)
		series(p, BEFORE, BPR_SHEET_BEFORE);
	series(p, AFTER, BPR_SHEET_AFTER);
	end(p);
}

/* ---- what adds up ---- */

enum { W_LABEL, W_VALUE, W_BASE, W_SUM, W_UP, W_DOWN, W_COLUMNS };

/* A piece of a stacked column from one height to another, on one side of 0; where it crosses 0 the rest stands below it. */
static void piece(struct bpr_doc_cell *cells, double from, double to, size_t color)
{
	double low = fmin(from, to), high = fmax(from, to);

	if (low >= 0) {
		cells[W_BASE] = bpr_i_cell_number(BPR_DOC_COUNT, low);
		cells[color] = bpr_i_cell_number(BPR_DOC_COUNT, high - low);
	} else if (high <= 0) {
		cells[W_BASE] = bpr_i_cell_number(BPR_DOC_COUNT, high);
		cells[color] = bpr_i_cell_number(BPR_DOC_COUNT, low - high);
	} else {
		cells[W_BASE] = bpr_i_cell_number(BPR_DOC_COUNT, low);
		cells[color] = bpr_i_cell_number(BPR_DOC_COUNT, high);
	}
}

static void waterfall(struct plot *p)
{
	const struct bpr_doc_figure *f = p->figure;
	double sum = 0;

	if (!begin(p, W_COLUMNS, f->bar_count))
		return;
	column(p, W_LABEL, word(p, N_("What")), BPR_DOC_TEXT);
	column(p, W_VALUE, f->unit ? f->unit : word(p, N_("Value")), BPR_DOC_COUNT);
	column(p, W_BASE, word(p, N_("Before it")), BPR_DOC_COUNT);
	column(p, W_SUM, word(p, N_("In all")), BPR_DOC_COUNT);
	column(p, W_UP, word(p, N_("Gain")), BPR_DOC_COUNT);
	column(p, W_DOWN, word(p, N_("Loss")), BPR_DOC_COUNT);
	for (size_t i = 0; i < f->bar_count; i++) {
		const struct bpr_bar *bar = &f->bars[i];
		struct bpr_doc_cell *cells = row(p);
		double to = bar->total ? bar->value : sum + bar->value;

		cells[W_LABEL] = bpr_i_cell_text(bar->label);
		cells[W_VALUE] = bpr_i_cell_number(BPR_DOC_COUNT, bar->value);
		cells[W_VALUE].tone = bar->tone;
		piece(cells, bar->total ? 0 : sum, to, bar->total ? W_SUM : bar->tone == BPR_DOC_WORSE ? W_DOWN : W_UP);
		sum = to;
	}
	p->chart.kind = BPR_CHART_COLUMN;
	p->chart.stacked = true;
	p->chart.value = BPR_DOC_COUNT;
	series(p, W_BASE, BPR_SHEET_CLEAR);
	series(p, W_SUM, BPR_SHEET_TOTAL);
	series(p, W_UP, BPR_SHEET_BETTER);
	series(p, W_DOWN, BPR_SHEET_WORSE);
	end(p);
}

static void tornado(struct plot *p)
{
	enum { LABEL, LOW, HIGH, BASE, TO_CENTRE, FROM_CENTRE, ALL };
	const struct bpr_doc_figure *f = p->figure;
	bool positive = f->centre >= 0;

	if (!begin(p, ALL, f->turn_count))
		return;
	column(p, LABEL, word(p, N_("Assumption")), BPR_DOC_TEXT);
	column(p, LOW, word(p, N_("At its lower end")), BPR_DOC_COUNT);
	column(p, HIGH, word(p, N_("At its upper end")), BPR_DOC_COUNT);
	column(p, BASE, word(p, N_("In both")), BPR_DOC_COUNT);
	column(p, TO_CENTRE, word(p, N_("Below what is expected")), BPR_DOC_COUNT);
	column(p, FROM_CENTRE, word(p, N_("Above what is expected")), BPR_DOC_COUNT);
	for (size_t i = 0; i < f->turn_count; i++) {
		const struct bpr_tornado_row *t = &f->turns[i];
		double low = fmin(fmin(t->low, t->high), f->centre), high = fmax(fmax(t->low, t->high), f->centre);
		struct bpr_doc_cell *cells = row(p);

		positive = positive && low >= 0;
		cells[LABEL] = bpr_i_cell_text(t->label);
		cells[LOW] = bpr_i_cell_number(BPR_DOC_COUNT, t->low);
		cells[HIGH] = bpr_i_cell_number(BPR_DOC_COUNT, t->high);
		cells[BASE] = bpr_i_cell_number(BPR_DOC_COUNT, low);
		cells[TO_CENTRE] = bpr_i_cell_number(BPR_DOC_COUNT, f->centre - low);
		cells[FROM_CENTRE] = bpr_i_cell_number(BPR_DOC_COUNT, high - f->centre);
	}
	p->chart.kind = BPR_CHART_BAR;
	p->chart.value = BPR_DOC_COUNT;
	/* Stacked pieces cannot lie across 0: then the two ends stand beside each other. */
	p->chart.stacked = positive;
	if (positive) {
		series(p, BASE, BPR_SHEET_CLEAR);
		series(p, TO_CENTRE, BPR_SHEET_BEFORE);
		series(p, FROM_CENTRE, BPR_SHEET_AFTER);
	} else {
		series(p, LOW, BPR_SHEET_BEFORE);
		series(p, HIGH, BPR_SHEET_AFTER);
	}
	end(p);
}

void bpr_i_sheets_figure(struct bpr_sheets *s, enum bpr_sheet_key key, const struct bpr_doc_figure *figure)
{
	struct plot p = { .s = s, .key = key, .figure = figure };

	switch (figure->kind) {
	case BPR_FIGURE_DUMBBELL:
		dumbbell(&p);
		return;
	case BPR_FIGURE_RIBBON:
		ribbon(&p);
		return;
	case BPR_FIGURE_HISTOGRAM:
		by_axis(&p, false);
		return;
	case BPR_FIGURE_HOURS:
		by_axis(&p, true);
		return;
	case BPR_FIGURE_LOAD:
		load(&p);
		return;
	case BPR_FIGURE_BARS:
		bars(&p);
		return;
	case BPR_FIGURE_WATERFALL:
		waterfall(&p);
		return;
	case BPR_FIGURE_TORNADO:
		tornado(&p);
		return;
	case BPR_FIGURE_FORMS:
		forms(&p);
		return;
	case BPR_FIGURE_FLOW: case BPR_FIGURE_MAP: case BPR_FIGURE_STEPS: case BPR_FIGURE_FOLLOWS: case BPR_FIGURE_WEEK: case BPR_FIGURE_DAYS: case BPR_FIGURE_SCATTER:
	case BPR_FIGURE_GANTT: case BPR_FIGURE_COUNT:
		return; /* pictures; what they show stands in lists */
	}
}
