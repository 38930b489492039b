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

static const char fonts[] =
	"'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Hiragino Kaku Gothic ProN','Yu Gothic',Meiryo,"
	"'BIZ UDPGothic','IPAexGothic',Arial,sans-serif";

/* ---- text ---- */

static bool is_forbidden(unsigned c)
{
	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	return (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfffe || c == 0xffff ||
	       c == 0x2028 || c == 0x2029 || (c >= 0xd800 && c <= 0xdfff);
}

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
		default: bpr_i_utf8_put(out, is_forbidden(c) ? 0xfffd : c);
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

static const char *actor_class(const struct drawn *d)
{
	if (d->node && d->node->actor == BPR_ACTOR_CITIZEN)
		return " citizen";
	return d->node && d->node->actor == BPR_ACTOR_SYSTEM ? " system" : "";
}

static const char *ran(const struct drawn *d)
{
	return d->faulty ? " faulty" : d->steps.length ? " ran" : "";
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

static void put_task(struct bpr_buf *out, const struct bpr_layout_node *n, const struct drawn *d)
{
	struct bpr_box text = n->box;
	char class[60];
	struct bpr_buf name = BPR_BUF_ON(class);
	double block = (double)n->label.line_count * 15 + 12;

	bpr_i_buf_printf(&name, "task%s%s", actor_class(d), ran(d));
	put_rect(out, &n->box, 8, class);
	/* Between the marks, where the text would come near them. */
	if (n->mark_above && block + 2 * 14 > text.height) {
		text.y += 14;
		text.height -= 14;
	}
	if (n->mark_below)
		text.height -= 12;
	bpr_i_svg_task_mark(out, d, n->box.x + 13, n->box.y + 13);
	bpr_i_svg_repeat_mark(out, d, n->box.x + n->box.width / 2, n->box.y + n->box.height - 9);
	put_lines(out, &n->label, &text, 15, "");
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

static void put_node(struct bpr_buf *out, const struct bpr_layout_node *n, const struct drawn *d)
{
	bpr_i_buf_puts(out, "<g>");
	put_title(out, n->text);
	switch (n->shape) {
	case BPR_SHAPE_EVENT: put_event(out, n, d); break;
	case BPR_SHAPE_GATEWAY: put_gateway(out, n, d); break;
	case BPR_SHAPE_GROUP: put_group(out, n, d); break;
	case BPR_SHAPE_TASK: case BPR_SHAPE_DATA: case BPR_SHAPE_STORE: case BPR_SHAPE_NOTE: put_task(out, n, d); break;
	}
	if (n->label.box.width > 0)
		put_lines(out, &n->label, &n->label.box, 14, "small label");
	bpr_i_buf_puts(out, "</g>\n");
}

/* ---- arcs ---- */

static void put_edge(struct bpr_buf *out, const struct bpr_layout_edge *e, const struct drawn_edge *d)
{
	static const char *const classes[] = { "flow", "message", "tie" };

	bpr_i_buf_printf(out, "<path class=\"%s%s\" d=\"", classes[e->kind], d->run ? " run" : "");
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
	bpr_i_buf_puts(out, "</desc>\n");
}

static void put_head(const struct picture *p, struct bpr_buf *out)
{
	double w = p->layout.width, h = p->layout.height;
	bool first = true;

	bpr_i_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
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
	bpr_i_buf_printf(out, "<style>%s</style>\n", style);
	put_markers(out);
	bpr_i_buf_puts(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
}

/* Groups from the outside in, so that what is inside is drawn on them: a group stands before those in it as scopes do. */
static void put_groups(const struct picture *p, struct bpr_buf *out)
{
	for (size_t i = 0; i < p->graph.node_count; i++)
		if (p->graph.nodes[i].shape == BPR_SHAPE_GROUP)
			put_node(out, &p->graph.nodes[i], &p->drawn[i]);
}

void bpr_i_picture_svg(const struct picture *p, struct bpr_buf *out)
{
	const struct bpr_layout_graph *g = &p->graph;

	put_head(p, out);
	for (size_t i = 0; i < g->pool_count; i++)
		put_pool(out, &g->pools[i]);
	for (size_t i = 0; i < g->lane_count; i++)
		put_lane(out, &g->lanes[i]);
	put_groups(p, out);
	for (int pass = 0; pass < 2; pass++) /* a run above what it passes */
		for (size_t i = 0; i < g->edge_count; i++)
			if (p->drawn_edges[i].run == pass)
				put_edge(out, &g->edges[i], &p->drawn_edges[i]);
	for (int pass = 0; pass < 2; pass++) /* events on borders above their hosts */
		for (size_t i = 0; i < g->node_count; i++)
			if (g->nodes[i].shape != BPR_SHAPE_GROUP && (g->nodes[i].host != BPR_NONE) == pass)
				put_node(out, &g->nodes[i], &p->drawn[i]);
	for (size_t i = 0; i < g->edge_count; i++)
		put_edge_label(out, &g->edges[i]);
	for (size_t i = 0; i < g->node_count; i++)
		put_badge(out, &g->nodes[i], &p->drawn[i]);
	bpr_i_buf_puts(out, "</svg>\n");
}
