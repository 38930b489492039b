/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "report/chart_i.h"
double bpr_i_chart_histogram(struct chart *c)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 14, .room = CHART_WIDTH - 8 };

	return 20 + 18 * (double)bpr_i_chart_lines(c, 4, 20, &pen, c->figure->description, 9);
}
double bpr_i_chart_load(struct chart *c)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 14, .room = CHART_WIDTH - 8 };

	return 20 + 18 * (double)bpr_i_chart_lines(c, 4, 20, &pen, c->figure->description, 9);
}
double bpr_i_chart_bars(struct chart *c)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 14, .room = CHART_WIDTH - 8 };

	return 20 + 18 * (double)bpr_i_chart_lines(c, 4, 20, &pen, c->figure->description, 9);
}
double bpr_i_chart_waterfall(struct chart *c)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 14, .room = CHART_WIDTH - 8 };

	return 20 + 18 * (double)bpr_i_chart_lines(c, 4, 20, &pen, c->figure->description, 9);
}
double bpr_i_chart_tornado(struct chart *c)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 14, .room = CHART_WIDTH - 8 };

	return 20 + 18 * (double)bpr_i_chart_lines(c, 4, 20, &pen, c->figure->description, 9);
}
double bpr_i_chart_steps(struct chart *c)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 14, .room = CHART_WIDTH - 8 };

	return 20 + 18 * (double)bpr_i_chart_lines(c, 4, 20, &pen, c->figure->description, 9);
}
double bpr_i_chart_hours(struct chart *c)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 14, .room = CHART_WIDTH - 8 };

	return 20 + 18 * (double)bpr_i_chart_lines(c, 4, 20, &pen, c->figure->description, 9);
}
