/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture as SVG: shapes of BPMN's notation, real text, whole numbers. Nothing is fetched and nothing runs. What colour says
 * is also said by shape or line, so that a copy in grey says as much.
 */
#include "config.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "report/draw_i.h"
#include <bpr/text.h>
#include <math.h>
#include <string.h>

static const char style[] =
	"text{font-size:12px;fill:#111}.small{font-size:11px}.head{font-size:12px;font-weight:bold}"
	".pool,.lane{fill:none;stroke:#555}.pool{fill:#fff;stroke-width:1.5}.name{fill:#eef1f5;stroke:#555}"
	".task,.event,.gate,.group{fill:#fff;stroke:#222;stroke-width:1.5}.citizen{fill:#fdf2cc}.system{fill:#e3ebf4}"
	".group{fill:#fff;fill-opacity:.6}.call{stroke-width:3.5}.inner{fill:none;stroke:#222;stroke-width:1.2}"
	".end{stroke-width:3.5}.dash{stroke-dasharray:4 3}.gate{stroke-linejoin:round}"
	".mark{fill:none;stroke:#222;stroke-width:1.2;stroke-linejoin:round}.full{fill:#222;stroke:#222;stroke-width:.8}"
	".bold{fill:none;stroke:#222;stroke-width:3}.thick{fill:none;stroke:#222;stroke-width:1.6}"
	".flow{fill:none;stroke:#333;stroke-width:1.4;stroke-linejoin:round;marker-end:url(#a)}"
	".message{fill:none;stroke:#333;stroke-width:1.2;stroke-dasharray:7 4;marker-start:url(#c);marker-end:url(#m)}"
	".tie{fill:none;stroke:#555;stroke-width:1.2;stroke-dasharray:2 3}"
	".run{stroke:#b3261e;stroke-width:3.4;marker-end:url(#r)}.ran{stroke:#b3261e;stroke-width:3}"
	".faulty{stroke:#b3261e;stroke-width:5;stroke-dasharray:9 4}.badge{fill:#b3261e;stroke:#fff;stroke-width:1}.number{fill:#fff;font-size:11px;font-weight:bold}"
	".label{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}";

/* Of a picture with heat or differences. */
static const char more_style[] =
	".heat0{fill:#fff7ec}.heat1{fill:#fee0c0}.heat2{fill:#fdc38d}.heat3{fill:#fb9d4b}.heat4{fill:#e06b14}.grows{stroke-width:3.5}"
	".value{font-size:11px;font-weight:bold}.differs{font-size:11px;font-style:italic}.faint{fill:#52606d}"
	".gone{stroke:#7b8794;stroke-dasharray:6 4}.cross{fill:none;stroke:#9aa5b1;stroke-width:1.2}.fresh{stroke:#0b6e99;stroke-width:3}"
	".other{stroke-width:2.6}.sign{fill:#fff;stroke:#222;stroke-width:1.5}.stroke{fill:none;stroke:#222;stroke-width:2.2}";

static const char fonts[] =
	"'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Hiragino Kaku Gothic ProN','Yu Gothic',Meiryo,"
	"'BIZ UDPGothic','IPAexGothic',Arial,sans-serif";

/* ---- text ---- */

void bpr_i_escape_svg(struct bpr_buf *out, const char *text, size_t length)
{
	size_t pos = 0;

	while (pos < length) {
		unsigned c = bpr_i_utf8_next(text, length, &pos);

		switch (c) {
		case '<': bpr_i_buf_puts(out, "&lt;"); break;
		case '>': bpr_i_buf_puts(out, "&gt;"); break;
		case '&': bpr_i_buf_puts(out, "&amp;"); break;
		case '"': bpr_i_buf_puts(out, "&quot;"); break;
		case '\'': bpr_i_buf_puts(out, "&#39;"); break;
		case '\t': case '\n': case '\r': bpr_i_buf_putc(out, ' '); break;
		default: bpr_i_utf8_put(out, bpr_i_utf8_unseen(c) ? 0xfffd : c);
		}
	}
}

static void put_text(struct bpr_buf *out, const char *text)
{
	bpr_i_escape_svg(out, text, strlen(text));
}

static void put_number(struct bpr_buf *out, const char *name, double x)
{
	bpr_i_buf_printf(out, " %s=\"", name);
	bpr_i_buf_number(out, x);
	bpr_i_buf_putc(out, '"');
}

/* Lines one below the other around the middle of the box. */
static void put_lines(struct bpr_buf *out, const struct bpr_label *label, const struct bpr_box *box, double step, const char *class)
{
	double y = box->y + box->height / 2 - (double)(label->line_count - 1) * step / 2 + 4;

	for (size_t i = 0; i < label->line_count; i++) {
		bpr_i_buf_printf(out, "<text class=\"%s\" text-anchor=\"middle\"", class);
		put_number(out, "x", box->x + box->width / 2);
		put_number(out, "y", y + (double)i * step);
		bpr_i_buf_putc(out, '>');
		put_text(out, label->lines[i]);
		bpr_i_buf_puts(out, "</text>\n");
	}
}

static void put_rect(struct bpr_buf *out, const struct bpr_box *box, double round, const char *class)
{
	bpr_i_buf_printf(out, "<rect class=\"%s\"", class);
	put_number(out, "x", box->x);
	put_number(out, "y", box->y);
	put_number(out, "width", box->width);
	put_number(out, "height", box->height);
	if (round > 0)
		put_number(out, "rx", round);
	bpr_i_buf_puts(out, "/>\n");
}

static void put_circle(struct bpr_buf *out, double x, double y, double r, const char *class)
{
	bpr_i_buf_printf(out, "<circle class=\"%s\"", class);
	put_number(out, "cx", x);
	put_number(out, "cy", y);
	put_number(out, "r", r);
	bpr_i_buf_puts(out, "/>\n");
}

/* ---- pools and lanes ---- */

static void put_upright(struct bpr_buf *out, const struct bpr_label *label, const char *class)
{
	double x = label->box.x + label->box.width / 2, y = label->box.y + label->box.height / 2;

	for (size_t i = 0; i < label->line_count; i++) {
		double at = x + 4 + ((double)i - (double)(label->line_count - 1) / 2) * 13;

		bpr_i_buf_printf(out, "<text class=\"%s\" text-anchor=\"middle\" transform=\"translate(", class);
		bpr_i_buf_number(out, at);
		bpr_i_buf_putc(out, ' ');
		bpr_i_buf_number(out, y);
		bpr_i_buf_puts(out, ") rotate(-90)\">");
		put_text(out, label->lines[i]);
		bpr_i_buf_puts(out, "</text>\n");
	}
}

static void put_title(struct bpr_buf *out, const char *text)
{
	if (!*text)
		return;
	bpr_i_buf_puts(out, "<title>");
	put_text(out, text);
	bpr_i_buf_puts(out, "</title>\n");
}

static void put_pool(struct bpr_buf *out, const struct bpr_layout_pool *pool)
{
	struct bpr_box head = pool->label.box;

	bpr_i_buf_puts(out, "<g>");
	put_title(out, pool->text);
	put_rect(out, &pool->box, 0, "pool");
	if (pool->black_box) {
		put_lines(out, &pool->label, &pool->box, 15, "head");
	} else {
		put_rect(out, &head, 0, "name");
		put_upright(out, &pool->label, "head");
	}
	bpr_i_buf_puts(out, "</g>\n");
}

static void put_lane(struct bpr_buf *out, const struct bpr_layout_lane *lane)
{
	bpr_i_buf_puts(out, "<g>");
	put_title(out, lane->text);
	put_rect(out, &lane->box, 0, "lane");
	put_rect(out, &lane->label.box, 0, "name");
	put_upright(out, &lane->label, "");
	bpr_i_buf_puts(out, "</g>\n");
}

/* ---- nodes ---- */

/* Who does a step, or how hot it is. */
static const char *fill_class(const struct picture *p, const struct drawn *d)
{
	static const char *const heats[BPR_HEAT_CLASSES] = { " heat0", " heat1", " heat2", " heat3", " heat4" };

	if (p->heat != BPR_HEAT_NONE)
		return d->heat > 0 ? heats[bpr_i_study_heat_class(p->limits, d->heat)] : "";
	if (d->node && d->node->actor == BPR_ACTOR_CITIZEN)
		return " citizen";
	return d->node && d->node->actor == BPR_ACTOR_SYSTEM ? " system" : "";
}

static const char *ran(const struct drawn *d)
{
	static const char *const changes[] = { "", " gone", " fresh", " other" };

	return d->faulty ? " faulty" : d->steps.length ? " ran" : d->change ? changes[d->change] : isinf(d->heat) ? " grows" : "";
}

static void put_event(struct bpr_buf *out, const struct bpr_layout_node *n, const struct drawn *d)
{
	double x = n->box.x + n->box.width / 2, y = n->box.y + n->box.height / 2;
	char class[60];
	struct bpr_buf name = BPR_BUF_ON(class);
	bool inner = d->event == DRAW_CATCH || d->event == DRAW_THROW;

	bpr_i_buf_printf(&name, "event%s%s%s", d->event == DRAW_END ? " end" : "", d->dashed ? " dash" : "", ran(d));
	put_circle(out, x, y, d->event == DRAW_END ? 16.5 : 17.5, class);
	if (inner)
		put_circle(out, x, y, 14, d->dashed ? "inner dash" : "inner");
	bpr_i_svg_event_mark(out, d, x, y);
}

static void put_gateway(struct bpr_buf *out, const struct bpr_layout_node *n, const struct drawn *d)
{
	double x = n->box.x, y = n->box.y, w = n->box.width, h = n->box.height;

	bpr_i_buf_printf(out, "<path class=\"gate%s\" d=\"M", ran(d));
	bpr_i_buf_number(out, x);
	bpr_i_buf_putc(out, ' ');
	bpr_i_buf_number(out, y + h / 2);
	bpr_i_buf_puts(out, "l");
	bpr_i_buf_printf(out, "%d %d %d %d %d %dZ\"/>\n", (int)(w / 2), -(int)(h / 2), (int)(w / 2), (int)(h / 2), -(int)(w / 2), (int)(h / 2));
	bpr_i_svg_gateway_mark(out, d->node, x + w / 2, y + h / 2);
}

/* Below the name: its heat, what differs. */
static void put_values(struct bpr_buf *out, const struct bpr_layout_node *n, const struct drawn *d, const struct bpr_box *box)
{
	for (size_t i = 0; i < n->value_count; i++) {
		struct bpr_label label = { .lines = n->values + i, .line_count = 1 };
		struct bpr_box line = { box->x, box->y + 15 * (double)i, box->width, 15 };

		put_lines(out, &label, &line, 15, !i && d->heat > 0 ? "value" : "differs");
	}
}

static void put_cross(struct bpr_buf *out, const struct bpr_box *box)
{
	bpr_i_buf_puts(out, "<path class=\"cross\" d=\"M");
	bpr_i_buf_number(out, box->x);
	bpr_i_buf_putc(out, ' ');
	bpr_i_buf_number(out, box->y);
	bpr_i_buf_printf(out, "l%d %dm0 -%dl-%d %d\"/>\n", (int)box->width, (int)box->height, (int)box->height, (int)box->width, (int)box->height);
}

static void put_task(const struct picture *p, struct bpr_buf *out, const struct bpr_layout_node *n, const struct drawn *d)
{
	struct bpr_box text = n->box;
	char class[60];
	struct bpr_buf name = BPR_BUF_ON(class);
	double block = (double)(n->label.line_count + n->value_count) * 15 + 12, values = (double)n->value_count * 15;
	struct bpr_box below;

	bpr_i_buf_printf(&name, "task%s%s", fill_class(p, d), ran(d));
	put_rect(out, &n->box, 8, class);
	if (d->change == BPR_STEP_REMOVED)
		put_cross(out, &n->box);
	/* Between the marks, where the text would come near them. */
	if (n->mark_above && block + 2 * 14 > text.height) {
		text.y += 14;
		text.height -= 14;
	}
	if (n->mark_below)
		text.height -= 12;
	bpr_i_svg_task_mark(out, d, n->box.x + 13, n->box.y + 13);
	bpr_i_svg_repeat_mark(out, d, n->box.x + n->box.width / 2, n->box.y + n->box.height - 9);
	below = (struct bpr_box){ text.x, text.y + (text.height + (double)n->label.line_count * 15 - values) / 2, text.width, values };
	put_values(out, n, d, &below);
	text.height -= values;
	put_lines(out, &n->label, &text, 15, "");
	bpr_i_svg_change_mark(out, d->change, n->box.x + n->box.width - 3, n->box.y + 1);
}

static void put_group(struct bpr_buf *out, const struct bpr_layout_node *n, const struct drawn *d)
{
	const char *type = d->scope->type ? d->scope->type : "";
	struct bpr_box head = { n->box.x, n->box.y + 4, n->box.width, (double)n->label.line_count * 15 };

	put_rect(out, &n->box, 10, !strcmp(type, "callActivity") ? "group call" : "group");
	if (!strcmp(type, "transaction")) {
		struct bpr_box inner = { n->box.x + 4, n->box.y + 4, n->box.width - 8, n->box.height - 8 };

		put_rect(out, &inner, 7, "inner");
	}
	put_lines(out, &n->label, &head, 15, "head");
	bpr_i_svg_repeat_mark(out, d, n->box.x + n->box.width / 2, n->box.y + n->box.height - 9);
}

static void put_node(const struct picture *p, struct bpr_buf *out, const struct bpr_layout_node *n, const struct drawn *d)
{
	bpr_i_buf_puts(out, "<g>");
	if (d->told || (n->value_count && *n->text)) {
		bpr_i_buf_puts(out, "<title>");
		put_text(out, n->text);
		bpr_i_buf_puts(out, " / ");
		put_text(out, d->heat > 0 && n->value_count ? n->values[0] : "");
		bpr_i_buf_puts(out, d->heat > 0 && n->value_count && d->told ? " / " : "");
		put_text(out, d->told ? d->told : "");
		bpr_i_buf_puts(out, "</title>\n");
	} else {
		put_title(out, n->text);
	}
	switch (n->shape) {
	case BPR_SHAPE_EVENT: put_event(out, n, d); break;
	case BPR_SHAPE_GATEWAY: put_gateway(out, n, d); break;
	case BPR_SHAPE_GROUP: put_group(out, n, d); break;
	case BPR_SHAPE_TASK: case BPR_SHAPE_DATA: case BPR_SHAPE_STORE: case BPR_SHAPE_NOTE: put_task(p, out, n, d); break;
	}
	if (n->label.box.width > 0)
		put_lines(out, &n->label, &n->label.box, 14, "small label");
	bpr_i_buf_puts(out, "</g>\n");
}

/* ---- arcs ---- */

/* The more often it is gone, the thicker. */
static double thickness(const struct picture *p, const struct drawn_edge *d)
{
	return (p->heat == BPR_HEAT_VISITS || p->follows) && d->passages >= 0 && !d->run ? 0.8 + 2.4 * fmin(1.5, d->passages) : 0;
}

static void put_edge(const struct picture *p, struct bpr_buf *out, const struct bpr_layout_edge *e, const struct drawn_edge *d)
{
	static const char *const classes[] = { "flow", "message", "tie" };

	bpr_i_buf_printf(out, "<path class=\"%s%s\"", classes[e->kind], d->run ? " run" : "");
	if (thickness(p, d) > 0) {
		bpr_i_buf_puts(out, " style=\"stroke-width:");
		bpr_i_buf_number(out, floor(thickness(p, d) * 10 + 0.5) / 10);
		bpr_i_buf_putc(out, '"');
	}
	bpr_i_buf_puts(out, " d=\"");
	for (size_t i = 0; i < e->point_count; i++) {
		bool flat = i && !(e->points[i].y < e->points[i - 1].y || e->points[i].y > e->points[i - 1].y);
		bool upright = i && !(e->points[i].x < e->points[i - 1].x || e->points[i].x > e->points[i - 1].x);

		bpr_i_buf_putc(out, !i ? 'M' : flat ? 'H' : upright ? 'V' : 'L');
		if (!upright || !i)
			bpr_i_buf_number(out, e->points[i].x);
		if (!i || (!flat && !upright))
			bpr_i_buf_putc(out, ' ');
		if (!flat || !i)
			if (!(flat && i))
				bpr_i_buf_number(out, e->points[i].y);
	}
	bpr_i_buf_puts(out, "\"/>\n");
}

static void put_edge_label(struct bpr_buf *out, const struct bpr_layout_edge *e)
{
	if (!e->label.line_count)
		return;
	bpr_i_buf_puts(out, "<g>");
	put_title(out, e->text);
	put_lines(out, &e->label, &e->label.box, 14, "small label");
	bpr_i_buf_puts(out, "</g>\n");
}

/* Numbers of a run's steps at the upper left corner. */
static bool overlap(const struct bpr_box *a, const struct bpr_box *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static void put_badge(struct bpr_buf *out, const struct bpr_layout_node *n, const struct drawn *d)
{
	struct bpr_box box = { n->box.x - 9, n->box.y - 9, 14 + 6 * (double)d->steps.length, 18 };
	struct bpr_label label = { .line_count = 1 };
	const char *lines[] = { d->steps.data };

	if (!d->steps.length)
		return;
	if (n->shape == BPR_SHAPE_GATEWAY || n->shape == BPR_SHAPE_EVENT)
		box.x = n->box.x - 6 - box.width / 2;
	/* A name above a gateway or event stays readable: the badge goes below it then. */
	if (n->label.box.width > 0 && overlap(&box, &n->label.box))
		box.y = n->box.y + n->box.height - 9;
	label.lines = lines;
	put_rect(out, &box, 9, "badge");
	put_lines(out, &label, &box, 14, "number");
}

/* ---- all ---- */

static void put_marker(struct bpr_buf *out, const char *id, const char *path, const char *look, double ref)
{
	bpr_i_buf_printf(out, "<marker id=\"%s\" viewBox=\"0 0 12 12\" refX=\"%d\" refY=\"6\" markerWidth=\"12\" markerHeight=\"12\" "
			      "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"%s\" %s/></marker>\n", id, (int)ref, path, look);
}

static void put_markers(struct bpr_buf *out)
{
	bpr_i_buf_puts(out, "<defs>\n");
	put_marker(out, "a", "M1 2L11 6 1 10Z", "fill=\"#333\"", 11);
	put_marker(out, "r", "M0 0L12 6 0 12Z", "fill=\"#b3261e\"", 11);
	put_marker(out, "m", "M1 2L11 6 1 10Z", "fill=\"#fff\" stroke=\"#333\"", 11);
	put_marker(out, "c", "M6 2.5A3.5 3.5 0 1 1 6 9.5 3.5 3.5 0 1 1 6 2.5Z", "fill=\"#fff\" stroke=\"#333\"", 6);
	bpr_i_buf_puts(out, "</defs>\n");
}

static void put_desc(const struct picture *p, struct bpr_buf *out)
{
	size_t steps = 0;
	char pools[24], lanes[24], nodes[24], text[300];
	struct bpr_buf a = BPR_BUF_ON(pools), b = BPR_BUF_ON(lanes), c = BPR_BUF_ON(nodes);
	const char *const args[4] = { pools, lanes, nodes, NULL };

	for (size_t i = 0; i < p->graph.node_count; i++)
		steps += p->graph.nodes[i].shape == BPR_SHAPE_TASK;
	bpr_i_buf_printf(&a, "%zu", p->graph.pool_count);
	bpr_i_buf_printf(&b, "%zu", p->graph.lane_count);
	bpr_i_buf_printf(&c, "%zu", steps);
	(void)bpr_text_fill(text, sizeof(text), bpr_text(p->options->lang, N_("Swimlane diagram: pools {1}, lanes {2}, steps {3}.")), args);
	bpr_i_buf_puts(out, "<desc id=\"d\">");
	put_text(out, text);
	if (p->heat != BPR_HEAT_NONE) {
		bpr_i_buf_putc(out, ' ');
		put_text(out, bpr_i_study_heat_title(p->options->lang, p->heat));
	}
	bpr_i_buf_puts(out, "</desc>\n");
}

static void put_head(const struct picture *p, const struct svg_legend *legend, struct bpr_buf *out)
{
	double w = fmax(p->layout.width, legend->width), h = p->layout.height + legend->height;
	bool first = true;

	bpr_i_buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
	put_number(out, "width", w);
	put_number(out, "height", h);
	bpr_i_buf_puts(out, " viewBox=\"0 0 ");
	bpr_i_buf_number(out, w);
	bpr_i_buf_putc(out, ' ');
	bpr_i_buf_number(out, h);
	bpr_i_buf_printf(out, "\" role=\"img\" aria-labelledby=\"t d\" xml:lang=\"%s\" font-family=\"%s\">\n<title id=\"t\">",
			 p->options->lang == BPR_LANG_JA ? "ja" : "en", fonts);
	for (size_t i = 0; i < p->graph.pool_count; i++) {
		if (p->graph.pools[i].black_box)
			continue;
		if (!first)
			bpr_i_buf_puts(out, " / ");
		first = false;
		put_text(out, p->graph.pools[i].text);
	}
	bpr_i_buf_puts(out, "</title>\n");
	put_desc(p, out);
	bpr_i_buf_printf(out, "<style>%s%s</style>\n", style, legend->height > 0 ? more_style : "");
	put_markers(out);
	bpr_i_buf_puts(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
}

/* Groups from the outside in, so that what is inside is drawn on them: a group stands before those in it as scopes do. */
static void put_groups(const struct picture *p, struct bpr_buf *out)
{
	for (size_t i = 0; i < p->graph.node_count; i++)
		if (p->graph.nodes[i].shape == BPR_SHAPE_GROUP)
			put_node(p, out, &p->graph.nodes[i], &p->drawn[i]);
}

void bpr_i_picture_svg(const struct picture *p, bool alone, struct bpr_buf *out)
{
	const struct bpr_layout_graph *g = &p->graph;
	struct svg_legend legend;

	bpr_i_svg_legend(p, &legend);
	if (alone)
		bpr_i_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	put_head(p, &legend, out);
	if (legend.height > 0) {
		bpr_i_buf_add(out, legend.body.data, legend.body.length);
		bpr_i_buf_puts(out, "<g transform=\"translate(0 ");
		bpr_i_buf_number(out, legend.height);
		bpr_i_buf_puts(out, ")\">\n");
	}
	for (size_t i = 0; i < g->pool_count; i++)
		put_pool(out, &g->pools[i]);
	for (size_t i = 0; i < g->lane_count; i++)
		put_lane(out, &g->lanes[i]);
	put_groups(p, out);
	for (int pass = 0; pass < 2; pass++) /* a run above what it passes */
		for (size_t i = 0; i < g->edge_count; i++)
			if (p->drawn_edges[i].run == pass)
				put_edge(p, out, &g->edges[i], &p->drawn_edges[i]);
	for (int pass = 0; pass < 2; pass++) /* events on borders above their hosts */
		for (size_t i = 0; i < g->node_count; i++)
			if (g->nodes[i].shape != BPR_SHAPE_GROUP && (g->nodes[i].host != BPR_NONE) == pass)
				put_node(p, out, &g->nodes[i], &p->drawn[i]);
	for (size_t i = 0; i < g->edge_count; i++)
		put_edge_label(out, &g->edges[i]);
	for (size_t i = 0; i < g->node_count; i++)
		put_badge(out, &g->nodes[i], &p->drawn[i]);
	bpr_i_buf_puts(out, legend.height > 0 ? "</g>\n</svg>\n" : "</svg>\n");
	out->failed = out->failed ? out->failed : legend.body.failed;
	bpr_i_buf_release(&legend.body);
}
