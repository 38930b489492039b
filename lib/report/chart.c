/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as SVG, one row of the table each: the frame around what a kind draws. */
#include "config.h"
#include "report/chart_i.h"
#include "report/draw_i.h"
#include "report/render_i.h"
#include <string.h>

typedef void draw_whole(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out);

static const struct {
	const char *name;
	bpr_i_chart_kind *draw; /* within the frame */
	draw_whole *whole;      /* an <svg> of its own */
} kinds[BPR_FIGURE_COUNT] = {
	[BPR_FIGURE_DUMBBELL] = { "dumbbell", bpr_i_chart_dumbbell, NULL },
	[BPR_FIGURE_FORMS] = { "forms", bpr_i_chart_forms, NULL },
	[BPR_FIGURE_RIBBON] = { "ribbon", bpr_i_chart_ribbon, NULL },
	[BPR_FIGURE_FLOW] = { "flow", NULL, bpr_i_chart_flow },
	[BPR_FIGURE_MAP] = { "map", bpr_i_chart_map, NULL },
	[BPR_FIGURE_HISTOGRAM] = { "histogram", bpr_i_chart_histogram, NULL },
	[BPR_FIGURE_LOAD] = { "load", bpr_i_chart_load, NULL },
	[BPR_FIGURE_WATERFALL] = { "waterfall", bpr_i_chart_waterfall, NULL },
	[BPR_FIGURE_TORNADO] = { "tornado", bpr_i_chart_tornado, NULL },
	[BPR_FIGURE_STEPS] = { "steps", bpr_i_chart_steps, NULL },
	[BPR_FIGURE_BARS] = { "bars", bpr_i_chart_bars, NULL },
	[BPR_FIGURE_HOURS] = { "hours", bpr_i_chart_hours, NULL },
	[BPR_FIGURE_FOLLOWS] = { "follows", NULL, bpr_i_chart_follows },
	[BPR_FIGURE_WEEK] = { "week", bpr_i_chart_week, NULL },
	[BPR_FIGURE_DAYS] = { "days", bpr_i_chart_days, NULL },
	[BPR_FIGURE_SCATTER] = { "scatter", bpr_i_chart_scatter, NULL },
	[BPR_FIGURE_GANTT] = { "gantt", bpr_i_chart_gantt, NULL },
};

static const char fonts[] =
	"'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif";

static void put_text(struct chart *c, struct bpr_buf *out, const char *text)
{
	const char *plain = bpr_i_chart_plain(c, text);

	bpr_i_escape_svg(out, plain, strlen(plain));
}

static void put_head(struct chart *c, double height, struct bpr_buf *out)
{
	const struct bpr_doc_figure *f = c->figure;
	bool described = f->description && *f->description;

	bpr_i_buf_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart chart-%s\" viewBox=\"0 0 %d ", kinds[f->kind].name,
			 CHART_WIDTH);
	bpr_i_buf_number(out, height);
	bpr_i_buf_printf(out, "\" role=\"img\" aria-labelledby=\"%s-%s-t", c->prefix, f->id);
	if (described)
		bpr_i_buf_printf(out, " %s-%s-d", c->prefix, f->id);
	bpr_i_buf_printf(out, "\" xml:lang=\"%s\" font-family=\"%s\">\n<title id=\"%s-%s-t\">", c->lang == BPR_LANG_JA ? "ja" : "en",
			 fonts, c->prefix, f->id);
	put_text(c, out, f->title);
	bpr_i_buf_puts(out, "</title>\n");
	if (described) {
		bpr_i_buf_printf(out, "<desc id=\"%s-%s-d\">", c->prefix, f->id);
		put_text(c, out, f->description);
		bpr_i_buf_puts(out, "</desc>\n");
	}
	if (c->hatched)
		bpr_i_buf_printf(out,
				 "<defs><pattern id=\"%s-%s-h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
				 "patternTransform=\"rotate(45)\"><rect width=\"2.2\" height=\"6\" fill=\"#fff\" fill-opacity=\".55\"/>"
				 "</pattern></defs>\n", c->prefix, f->id);
}

void bpr_i_chart_svg(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out)
{
	struct chart c = { .figure = figure, .lang = lang, .prefix = prefix, .body = BPR_BUF_INIT };
	double height;

	if ((size_t)figure->kind >= BPR_FIGURE_COUNT)
		return;
	if (kinds[figure->kind].whole) {
		kinds[figure->kind].whole(figure, lang, prefix, out);
		return;
	}
	height = kinds[figure->kind].draw(&c);
	put_head(&c, height, out);
	if (c.body.length)
		bpr_i_buf_add(out, c.body.data, c.body.length);
	bpr_i_buf_puts(out, "</svg>\n");
	if (c.body.failed)
		out->failed = c.body.failed;
	else if (c.failed)
		out->failed = BPR_ENOMEM;
	bpr_i_buf_release(&c.body);
	bpr_i_arena_release(&c.arena);
}
