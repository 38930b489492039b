/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of a workbook. */
#include "config.h"
#include "xlsx/inside_i.h"
#include <math.h>
#include <string.h>

enum { NAME = 255, FONT_SIZE = 9, TITLE_SIZE = 11, INK = 0x1f2933, FAINT = 0x52606d, LINE = 0xcbd2d9 };

/* A text that is no formula, in book->text. */
static const char *plain(struct bpr_book *book, const char *text)
{
	bpr_i_buf_clear(&book->text);
	if (*text == '=')
		bpr_i_buf_putc(&book->text, ' ');
	(void)bpr_i_book_clean(book, &book->text, text, strlen(text), NAME);
	if (book->text.failed)
		bpr_i_book_fail(book, BPR_ENOMEM);
	return book->text.data && !book->text.failed ? book->text.data : "";
}

/* Of a chart whose bars lie, the values are told along x. */
static lxw_chart_axis *values_of(const lxw_chart *own, enum bpr_book_chart_kind kind)
{
	return kind == BPR_BOOK_CHART_BAR ? own->x_axis : own->y_axis;
}

static lxw_chart_axis *labels_of(const lxw_chart *own, enum bpr_book_chart_kind kind)
{
	return kind == BPR_BOOK_CHART_BAR ? own->y_axis : own->x_axis;
}

static void set_fonts(struct bpr_book *book, lxw_chart *own, const struct bpr_book_chart *chart)
{
	char name[32];
	lxw_chart_font font = { .name = name, .size = FONT_SIZE, .color = INK }, title = { .name = name, .size = TITLE_SIZE, .bold = LXW_TRUE, .color = INK };
	lxw_chart_font faint = { .name = name, .size = FONT_SIZE, .color = FAINT, .bold = LXW_EXPLICIT_FALSE };

	(void)snprintf(name, sizeof(name), "%s", bpr_i_book_font(book));
	chart_axis_set_num_font(own->x_axis, &font);
	chart_axis_set_num_font(own->y_axis, &font);
	chart_legend_set_font(own, &font);
	if (chart->title) {
		chart_title_set_name(own, plain(book, chart->title));
		chart_title_set_name_font(own, &title);
	} else {
		chart_title_off(own);
	}
	if (chart->axis) {
		chart_axis_set_name(values_of(own, chart->kind), plain(book, chart->axis));
		chart_axis_set_name_font(values_of(own, chart->kind), &faint);
	}
}

static void set_axes(lxw_chart *own, const struct bpr_book_chart *chart)
{
	lxw_chart_line line = { .color = LINE, .width = 0.75 };
	lxw_chart_axis *values = values_of(own, chart->kind), *labels = labels_of(own, chart->kind);

	if (isfinite(chart->low))
		chart_axis_set_min(values, chart->low);
	if (isfinite(chart->high))
		chart_axis_set_max(values, chart->high);
	if (chart->number)
		chart_axis_set_num_format(values, chart->number);
	chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
	chart_axis_major_gridlines_set_line(values, &line);
	chart_axis_major_gridlines_set_visible(labels, LXW_FALSE);
	chart_axis_set_line(labels, &line);
	if (chart->kind == BPR_BOOK_CHART_BAR)
		chart_axis_set_interval_unit(labels, 1); /* every bar has its name */
	/* Names stay at the edge where values go below 0; rows stand from top to bottom. */
	chart_axis_set_label_position(labels, LXW_CHART_AXIS_LABEL_POSITION_LOW);
	if (chart->kind == BPR_BOOK_CHART_BAR) {
		chart_axis_set_reverse(labels);
		chart_axis_set_crossing_max(labels);
	}
}

static void set_looks_of(lxw_chart_series *own, const struct bpr_book_series *series, enum bpr_book_chart_kind kind)
{
	lxw_chart_fill none = { .none = LXW_TRUE }, fill = { .color = series->color };
	lxw_chart_line no_line = { .none = LXW_TRUE }, line = { .color = series->color, .width = 2.25 };
	lxw_chart_pattern hatched = { .fg_color = series->color, .bg_color = 0xffffff, .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL };

	if (kind == BPR_BOOK_CHART_LINE) {
		chart_series_set_line(own, &line);
		return;
	}
	chart_series_set_line(own, &no_line);
	if (!series->color)
		chart_series_set_fill(own, &none);
	else if (series->hatched)
		chart_series_set_pattern(own, &hatched);
	else
		chart_series_set_fill(own, &fill);
}

static void add_series(struct bpr_book *book, lxw_chart *own, const struct bpr_book_chart *chart)
{
	const char *sheet = bpr_i_book_sheet_name(book, chart->data);

	for (size_t i = 0; i < chart->series_count && i < BPR_BOOK_SERIES; i++) {
		const struct bpr_book_series *series = &chart->series[i];
		lxw_chart_series *one = chart_add_series(own, NULL, NULL);

		if (!one) {
			bpr_i_book_fail(book, BPR_ENOMEM);
			return;
		}
		chart_series_set_categories(one, sheet, (lxw_row_t)chart->first_row, (lxw_col_t)chart->label_column, (lxw_row_t)chart->last_row,
					    (lxw_col_t)chart->label_column);
		chart_series_set_values(one, sheet, (lxw_row_t)chart->first_row, (lxw_col_t)series->column, (lxw_row_t)chart->last_row,
					(lxw_col_t)series->column);
		/* Taking it out of the legend takes out another one in LibreOffice: it has no name there. */
		if (series->name)
			chart_series_set_name(one, series->color ? plain(book, series->name) : " ");
		set_looks_of(one, series, chart->kind);
	}
	if (chart->series_count < 2)
		chart_legend_set_position(own, LXW_CHART_LEGEND_NONE);
	else
		chart_legend_set_position(own, LXW_CHART_LEGEND_BOTTOM);
}

void bpr_i_book_chart(struct bpr_book *book, const struct bpr_book_chart *chart)
{
	static const uint8_t types[][2] = { [BPR_BOOK_CHART_BAR] = { LXW_CHART_BAR, LXW_CHART_BAR_STACKED },
					    [BPR_BOOK_CHART_COLUMN] = { LXW_CHART_COLUMN, LXW_CHART_COLUMN_STACKED },
					    [BPR_BOOK_CHART_LINE] = { LXW_CHART_LINE, LXW_CHART_LINE } };
	/* A chart is 480 by 288 unless it is scaled. */
	lxw_chart_options options = { .x_offset = 2, .y_offset = 2, .x_scale = chart->width / 480.0, .y_scale = chart->height / 288.0,
				      .object_position = LXW_OBJECT_MOVE_DONT_SIZE };
	lxw_worksheet *sheet;
	lxw_chart *own;

	if (!bpr_i_book_enter(book))
		return;
	sheet = bpr_i_book_at(book, chart->sheet);
	own = sheet ? workbook_add_chart(book->own, types[chart->kind][chart->stacked]) : NULL;
	if (sheet && !own)
		bpr_i_book_fail(book, BPR_ENOMEM);
	if (own) {
		set_fonts(book, own, chart);
		set_axes(own, chart);
		add_series(book, own, chart);
		chart_set_series_gap(own, chart->kind == BPR_BOOK_CHART_COLUMN ? 40 : 60);
		if (chart->description) {
			options.description = bpr_i_arena_strdup(&book->arena, plain(book, chart->description));
			if (!options.description)
				bpr_i_book_fail(book, BPR_ENOMEM);
		}
		bpr_i_book_took(book, worksheet_insert_chart_opt(sheet, (lxw_row_t)chart->row, (lxw_col_t)chart->column, own, &options));
	}
	bpr_i_book_leave(book);
}
