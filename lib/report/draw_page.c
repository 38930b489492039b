/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The flow as a figure of a page: swimlanes in strips as wide as the text, boxes coloured by heat with their number in them. What
 * colour says is also said by numbers, thickness and shape.
 */
#include "config.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include "report/draw_strip_i.h"
#include <bpr/read.h>
#include <bpr/text.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { WIDTH = 760, HEAD = 92, SIDE = 22, TALLEST = 900, STRIP_GAP = 14, LANE_LEAST = 40, LINE = 13, MOST_NODES = 800 };

/* A class that pages restyle, and its colour on a light page. */
struct ink { const char *class, *color; };
static const struct ink text_ink = { "k-text", "#1f2933" }, faint_ink = { "k-faint", "#52606d" }, line_ink = { "k-line", "#cbd2d9" },
	back_ink = { "k-back", "#ffffff" }, head_ink = { "k-card", "#edf1f6" }, dark_ink = { "k-dark", "#111111" };
static const struct ink heat_inks[BPR_HEAT_CLASSES] = {
	{ "k-heat0", "#fff7ec" }, { "k-heat1", "#fee0c0" }, { "k-heat2", "#fdc38d" }, { "k-heat3", "#fb9d4b" }, { "k-heat4", "#e06b14" },
};

struct page {
	const struct bpr_doc_figure *figure;
	struct picture *p;
	enum bpr_lang lang;
	const char *prefix;
	struct bpr_buf body;
	const char **letters;  /* of each arc that was cut, or NULL */
	size_t letter_count;
	struct bpr_point *points;
	double scale, left;    /* of the present strip: from its picture to the page */
	double top;
	bool failed;
};

/* ---- shapes ---- */

static void put_number(struct page *g, const char *name, double x)
{
	bpr_i_buf_printf(&g->body, " %s=\"", name);
	bpr_i_buf_number(&g->body, floor(x * 10 + 0.5) / 10);
	bpr_i_buf_putc(&g->body, '"');
}

static void put_ink(struct page *g, const struct ink *ink)
{
	bpr_i_buf_printf(&g->body, " class=\"%s\" color=\"%s\"", ink->class, ink->color);
}

static void put_rect(struct page *g, struct bpr_box box, double round, const struct ink *fill, const struct ink *edge, double thick)
{
	for (int pass = 0; pass < 2; pass++) {
		if (pass ? !edge : !fill)
			continue;
		bpr_i_buf_puts(&g->body, "<rect");
		put_ink(g, pass ? edge : fill);
		put_number(g, "x", box.x);
		put_number(g, "y", box.y);
		put_number(g, "width", box.width);
		put_number(g, "height", box.height);
		if (round > 0)
			put_number(g, "rx", round);
		if (pass) {
			bpr_i_buf_puts(&g->body, " fill=\"none\" stroke=\"currentColor\"");
			put_number(g, "stroke-width", thick);
		} else {
			bpr_i_buf_puts(&g->body, " fill=\"currentColor\"");
		}
		bpr_i_buf_puts(&g->body, "/>\n");
	}
}

static void put_text(struct page *g, double x, double y, const char *anchor, double size, bool bold, const struct ink *ink, const char *text)
{
	if (!*text)
		return;
	bpr_i_buf_puts(&g->body, "<text");
	put_ink(g, ink);
	bpr_i_buf_puts(&g->body, " fill=\"currentColor\"");
	put_number(g, "x", x);
	put_number(g, "y", y);
	put_number(g, "font-size", size);
	if (bold)
		bpr_i_buf_puts(&g->body, " font-weight=\"bold\"");
	bpr_i_buf_printf(&g->body, " text-anchor=\"%s\">", anchor);
	bpr_i_escape_svg(&g->body, text, strlen(text));
	bpr_i_buf_puts(&g->body, "</text>\n");
}

/* Lines around a middle. */
static void put_lines(struct page *g, const char *const *lines, size_t count, double x, double y, double size, double step, bool bold,
		      const struct ink *ink)
{
	for (size_t i = 0; i < count; i++)
		put_text(g, x, y + ((double)i - (double)(count - 1) / 2) * step + size * 0.36, "middle", size, bold, ink, lines[i]);
}

static void put_path(struct page *g, const char *path, double x, double y, const struct ink *ink, const char *look)
{
	bpr_i_buf_puts(&g->body, "<path");
	put_ink(g, ink);
	bpr_i_buf_puts(&g->body, " transform=\"translate(");
	bpr_i_buf_number(&g->body, floor(x * 10 + 0.5) / 10);
	bpr_i_buf_putc(&g->body, ' ');
	bpr_i_buf_number(&g->body, floor(y * 10 + 0.5) / 10);
	bpr_i_buf_printf(&g->body, ")\" d=\"%s\" %s/>\n", path, look);
}

/* ---- places ---- */

static double page_x(const struct page *g, const struct strip *s, double x)
{
	return g->left + (x - s->left) * g->scale;
}

static double page_y(const struct page *g, const struct strip *s, double y)
{
	return g->top + bpr_i_strip_y(s, y) * g->scale;
}

static struct bpr_box page_box(const struct page *g, const struct strip *s, const struct bpr_box *box)
{
	double y = page_y(g, s, box->y);

	return (struct bpr_box){ page_x(g, s, box->x), y, box->width * g->scale, page_y(g, s, box->y + box->height) - y };
}

/* ---- nodes ---- */

/* Went: minus; is new: plus; changed: unequal. */
static void put_change(struct page *g, enum bpr_step_change change, double x, double y)
{
	static const char *const signs[] = { NULL, "M-3.2 0H3.2", "M-3.2 0H3.2M0-3.2V3.2", "M-3.2-1.4H3.2M-3.2 1.4H3.2M-1.8 3.4L1.8-3.4" };

	if (change == BPR_STEP_SAME)
		return;
	put_path(g, "M0-6A6 6 0 1 1 0 6 6 6 0 1 1 0-6Z", x, y, &back_ink, "fill=\"currentColor\"");
	put_path(g, "M0-6A6 6 0 1 1 0 6 6 6 0 1 1 0-6Z", x, y, &text_ink, "fill=\"none\" stroke=\"currentColor\"");
	put_path(g, signs[change], x, y, &text_ink, "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.4\"");
}

static void put_task(struct page *g, const struct bpr_layout_node *n, const struct drawn *d, struct bpr_box box)
{
	bool hot = d->heat > 0;
	const struct ink *fill = hot ? &heat_inks[bpr_i_study_heat_class(g->p->limits, d->heat)] : &back_ink;
	const struct ink *ink = hot ? &dark_ink : &text_ink;
	double lines = (double)(n->label.line_count + n->value_count), middle = box.y + (box.height - (n->mark_below ? 12 * g->scale : 0)) / 2;
	double step = LINE * g->scale, first = middle - (lines - 1) / 2 * step;

	put_rect(g, box, 6 * g->scale, fill, &faint_ink, isinf(d->heat) ? 2.6 : 1);
	put_change(g, d->change, box.x + box.width - 2, box.y + 1);
	for (size_t i = 0; i < n->label.line_count; i++)
		put_text(g, box.x + box.width / 2, first + (double)i * step + 4 * g->scale, "middle", 11 * g->scale, true, ink, n->label.lines[i]);
	for (size_t i = 0; i < n->value_count; i++)
		put_text(g, box.x + box.width / 2, first + (double)(n->label.line_count + i) * step + 4 * g->scale, "middle", 10 * g->scale,
			 false, ink, n->values[i]);
}

static void put_event(struct page *g, const struct drawn *d, struct bpr_box box)
{
	double r = box.width / 2 - 1;

	bpr_i_buf_puts(&g->body, "<circle");
	put_ink(g, &back_ink);
	put_number(g, "cx", box.x + box.width / 2);
	put_number(g, "cy", box.y + box.height / 2);
	put_number(g, "r", r);
	bpr_i_buf_puts(&g->body, " fill=\"currentColor\"/>\n<circle");
	put_ink(g, &text_ink);
	put_number(g, "cx", box.x + box.width / 2);
	put_number(g, "cy", box.y + box.height / 2);
	put_number(g, "r", d->event == DRAW_END ? r - 1 : r);
	bpr_i_buf_puts(&g->body, " fill=\"none\" stroke=\"currentColor\"");
	put_number(g, "stroke-width", d->event == DRAW_END ? 3.4 : 1.3);
	if (d->dashed)
		bpr_i_buf_puts(&g->body, " stroke-dasharray=\"3 2\"");
	bpr_i_buf_puts(&g->body, "/>\n");
	if (d->event != DRAW_CATCH && d->event != DRAW_THROW)
		return;
	bpr_i_buf_puts(&g->body, "<circle");
	put_ink(g, &text_ink);
	put_number(g, "cx", box.x + box.width / 2);
	put_number(g, "cy", box.y + box.height / 2);
	put_number(g, "r", r - 2.5);
	bpr_i_buf_puts(&g->body, " fill=\"none\" stroke=\"currentColor\" stroke-width=\"1\"/>\n");
}

static void put_gateway(struct page *g, const struct drawn *d, struct bpr_box box)
{
	double x = box.x + box.width / 2, y = box.y + box.height / 2, half = box.width / 2;
	char path[100];
	struct bpr_buf made = BPR_BUF_ON(path);

	bpr_i_buf_printf(&made, "M-%d 0L0-%dL%d 0L0 %dZ", (int)half, (int)half, (int)half, (int)half);
	put_path(g, path, x, y, &back_ink, "fill=\"currentColor\"");
	put_path(g, path, x, y, &faint_ink, "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.2\"");
	if (d->node->kind == BPR_NODE_AND)
		put_path(g, "M0-6V6M-6 0H6", x, y, &text_ink, "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"");
	else if (d->node->kind == BPR_NODE_OR)
		put_path(g, "M0-4.5A4.5 4.5 0 1 1 0 4.5 4.5 4.5 0 1 1 0-4.5Z", x, y, &text_ink,
			 "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"");
	else
		put_path(g, "M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5", x, y, &text_ink, "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"");
}

static void put_title(struct page *g, const char *name, const char *value, const char *told)
{
	const char *const parts[] = { name, value, told };
	bool first = true;

	if (!*name && !value && !told)
		return;
	bpr_i_buf_puts(&g->body, "<title>");
	for (size_t i = 0; i < 3; i++) {
		if (!parts[i] || !*parts[i])
			continue;
		bpr_i_buf_puts(&g->body, first ? "" : " / ");
		first = false;
		bpr_i_escape_svg(&g->body, parts[i], strlen(parts[i]));
	}
	bpr_i_buf_puts(&g->body, "</title>\n");
}

/* A sub-process is cut where its strip is. */
static void put_group(struct page *g, const struct strip *s, const struct bpr_layout_node *n)
{
	double left = fmax(n->box.x, s->left), right = fmin(n->box.x + n->box.width, s->right);
	struct bpr_box inside = { left, n->box.y, right - left, n->box.height }, box;

	if (right <= left)
		return;
	box = page_box(g, s, &inside);
	put_rect(g, box, 7, NULL, &faint_ink, 1);
	put_lines(g, n->label.lines, n->label.line_count ? 1 : 0, box.x + box.width / 2, box.y + 10, 10 * g->scale, 12, false, &faint_ink);
}

static void put_node(struct page *g, const struct strip *s, size_t at)
{
	const struct bpr_layout_node *n = &g->p->graph.nodes[at];
	const struct drawn *d = &g->p->drawn[at];
	struct bpr_box box;

	if (!bpr_i_strip_has(s, &n->box))
		return;
	box = page_box(g, s, &n->box);
	bpr_i_buf_puts(&g->body, "<g>");
	put_title(g, n->text, d->heat > 0 && n->value_count ? n->values[0] : NULL, d->told);
	if (n->shape == BPR_SHAPE_EVENT)
		put_event(g, d, box);
	else if (n->shape == BPR_SHAPE_GATEWAY)
		put_gateway(g, d, box);
	else
		put_task(g, n, d, box);
	if (n->label.box.width > 0) {
		struct bpr_box label = page_box(g, s, &n->label.box);

		put_lines(g, n->label.lines, n->label.line_count, label.x + label.width / 2, label.y + label.height / 2, 10 * g->scale,
			  12 * g->scale, false, &text_ink);
	}
	bpr_i_buf_puts(&g->body, "</g>\n");
}

/* ---- arcs ---- */

/* A, B … Z, AA …: one for each arc that is cut. */
static const char *letter_of(struct page *g, size_t edge)
{
	char name[16];
	struct bpr_buf text = BPR_BUF_ON(name);
	size_t n;

	if (g->letters[edge])
		return g->letters[edge];
	n = g->letter_count++;
	if (n >= 26)
		bpr_i_buf_putc(&text, (char)('A' + (n / 26 - 1) % 26));
	bpr_i_buf_putc(&text, (char)('A' + n % 26));
	g->letters[edge] = bpr_i_arena_strndup(&g->p->arena, name, text.length);
	g->failed |= !g->letters[edge];
	return g->letters[edge] ? g->letters[edge] : "";
}

static void put_letter(struct page *g, double x, double y, size_t edge)
{
	bpr_i_buf_puts(&g->body, "<circle");
	put_ink(g, &back_ink);
	put_number(g, "cx", x);
	put_number(g, "cy", y);
	bpr_i_buf_puts(&g->body, " r=\"7\" fill=\"currentColor\"/>\n<circle");
	put_ink(g, &faint_ink);
	put_number(g, "cx", x);
	put_number(g, "cy", y);
	bpr_i_buf_puts(&g->body, " r=\"7\" fill=\"none\" stroke=\"currentColor\"/>\n");
	put_text(g, x, y + 3.2, "middle", 9, true, &text_ink, letter_of(g, edge));
}

static double thickness(const struct page *g, size_t edge)
{
	double passages = g->p->drawn_edges[edge].passages;

	if (g->p->heat != BPR_HEAT_VISITS || !(passages >= 0))
		return 1.2;
	return 0.8 + 2.2 * fmin(1.5, passages);
}

static void put_tip(struct page *g, struct bpr_point from, struct bpr_point to)
{
	static const char *const heads[] = { "M0 0L-7-3.6V3.6Z", "M0 0L7-3.6V3.6Z", "M0 0L-3.6-7H3.6Z", "M0 0L-3.6 7H3.6Z" };
	bool flat = fabs(to.y - from.y) < 0.5;
	size_t way = flat ? (to.x < from.x ? 1 : 0) : to.y < from.y ? 3 : 2;

	put_path(g, heads[way], to.x, to.y, &faint_ink, "fill=\"currentColor\"");
}

static void put_stretch(struct page *g, const struct strip *s, const struct stretch *piece, size_t edge)
{
	double left = page_x(g, s, s->left), right = page_x(g, s, s->right);
	struct bpr_point last = { 0, 0 }, before = { 0, 0 };

	bpr_i_buf_puts(&g->body, "<path");
	put_ink(g, &faint_ink);
	bpr_i_buf_puts(&g->body, " fill=\"none\" stroke=\"currentColor\" stroke-linejoin=\"round\"");
	put_number(g, "stroke-width", thickness(g, edge));
	bpr_i_buf_puts(&g->body, " d=\"");
	for (size_t i = 0; i < piece->count; i++) {
		struct bpr_point at = { page_x(g, s, piece->points[i].x), page_y(g, s, piece->points[i].y) };
		bool cut = (!i && piece->cut_start) || (i + 1 == piece->count && piece->cut_end);

		if (cut)
			at.x += at.x > (left + right) / 2 ? SIDE - 9 : 9 - SIDE;
		bpr_i_buf_putc(&g->body, i ? 'L' : 'M');
		bpr_i_buf_number(&g->body, floor(at.x * 10 + 0.5) / 10);
		bpr_i_buf_putc(&g->body, ' ');
		bpr_i_buf_number(&g->body, floor(at.y * 10 + 0.5) / 10);
		before = i ? last : at;
		last = at;
	}
	bpr_i_buf_puts(&g->body, "\"/>\n");
	if (!piece->cut_end)
		put_tip(g, before, last);
}

static void put_letters(struct page *g, const struct strip *s, const struct stretch *piece, size_t edge)
{
	double middle = (page_x(g, s, s->left) + page_x(g, s, s->right)) / 2;

	for (int end = 0; end < 2; end++) {
		struct bpr_point at;

		if (end ? !piece->cut_end : !piece->cut_start)
			continue;
		at = piece->points[end ? piece->count - 1 : 0];
		at = (struct bpr_point){ page_x(g, s, at.x), page_y(g, s, at.y) };
		put_letter(g, at.x + (at.x > middle ? SIDE - 9 : 9 - SIDE), at.y, edge);
	}
}

static void put_arcs(struct page *g, const struct strip *s)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < g->p->graph.edge_count; i++) {
			struct stretch pieces[2];
			size_t count = bpr_i_strip_arc(s, &g->p->graph.edges[i], g->points, pieces);

			for (size_t k = 0; k < count; k++)
				if (pass)
					put_letters(g, s, &pieces[k], i);
				else
					put_stretch(g, s, &pieces[k], i);
		}
}

static void put_arc_names(struct page *g, const struct strip *s)
{
	for (size_t i = 0; i < g->p->graph.edge_count; i++) {
		const struct bpr_layout_edge *e = &g->p->graph.edges[i];
		struct bpr_box box;

		if (!e->label.line_count || !bpr_i_strip_has(s, &e->label.box))
			continue;
		box = page_box(g, s, &e->label.box);
		put_lines(g, e->label.lines, e->label.line_count, box.x + box.width / 2, box.y + box.height / 2, 10 * g->scale, 12 * g->scale,
			  false, &faint_ink);
	}
}

/* ---- strips ---- */

static void put_lanes(struct page *g, const struct strip *s, bool named)
{
	const struct bpr_layout_graph *graph = &g->p->graph;

	for (size_t i = 0; i < s->lane_count; i++) {
		const struct strip_lane *lane = &s->lanes[i];
		struct bpr_box box = { 1, g->top + lane->y * g->scale, WIDTH - 2, lane->height * g->scale };
		size_t count = 0;
		const char *const *lines;
		double widest;

		put_rect(g, box, 0, NULL, &line_ink, 1);
		if (!named)
			continue;
		box.width = HEAD;
		bpr_i_buf_puts(&g->body, "<g>");
		put_title(g, lane->lane == BPR_NONE ? "" : graph->lanes[lane->lane].text, NULL, NULL);
		put_rect(g, box, 0, &head_ink, &line_ink, 1);
		if (lane->lane != BPR_NONE) {
			lines = bpr_i_layout_label(&g->p->arena, graph->lanes[lane->lane].text, HEAD - 12, 11, (size_t)(box.height / LINE), &count, &widest);
			g->failed |= !lines;
			if (lines)
				put_lines(g, lines, count, box.x + HEAD / 2.0, box.y + box.height / 2, 11, LINE, true, &text_ink);
		}
		bpr_i_buf_puts(&g->body, "</g>\n");
	}
}

static void put_strip(struct page *g, const struct strip *s, bool named)
{
	double head = named ? HEAD : 0, room = WIDTH - 2 - head - 2 * SIDE, width = s->right - s->left;

	g->scale = width > room ? room / width : 1;
	g->left = 1 + head + SIDE;
	put_lanes(g, s, named);
	for (size_t i = 0; i < g->p->graph.node_count; i++)
		if (g->p->graph.nodes[i].shape == BPR_SHAPE_GROUP)
			put_group(g, s, &g->p->graph.nodes[i]);
	put_arcs(g, s);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < g->p->graph.node_count; i++)
			if (g->p->graph.nodes[i].shape != BPR_SHAPE_GROUP && (g->p->graph.nodes[i].host != BPR_NONE) == pass)
				put_node(g, s, i);
	put_arc_names(g, s);
	g->top += s->height * g->scale + STRIP_GAP;
}

/* ---- legend ---- */

static void put_swatch(struct page *g, double *x, const struct ink *ink, const char *text)
{
	double width = 28 + bpr_i_layout_text_width(text, strlen(text), 11) + 14;

	if (*x + width > WIDTH) {
		*x = 12;
		g->top += 18;
	}
	put_rect(g, (struct bpr_box){ *x, g->top + 2, 22, 12 }, 2, ink, &faint_ink, 1);
	put_text(g, *x + 28, g->top + 12, "start", 11, false, &text_ink, text);
	*x += width;
}

static void put_legend(struct page *g)
{
	const char *title = bpr_i_study_heat_title(g->lang, g->p->heat);
	double x = 2 + bpr_i_layout_text_width(title, strlen(title), 11) + 16;

	if (g->p->heat == BPR_HEAT_NONE)
		return;
	put_text(g, 2, g->top + 12, "start", 11, false, &faint_ink, title);
	put_swatch(g, &x, &back_ink, bpr_text(g->lang, N_("none")));
	for (size_t i = 0; i < BPR_HEAT_CLASSES && g->p->limits[0] > 0; i++) {
		char range[200];
		struct bpr_buf text = BPR_BUF_ON(range);

		bpr_i_study_heat_range(&text, g->lang, g->p->heat, g->p->limits, i);
		put_swatch(g, &x, &heat_inks[i], range);
	}
	g->top += 24;
}

/* What the marks say, those that there are. */
static void put_marks(struct page *g)
{
	static const char *const names[] = { NULL, N_("step that goes"), N_("step that is new"), N_("step that changes") };
	bool there[BPR_STEP_CHANGED + 1] = { false };
	double x = 10;

	for (size_t i = 0; i < g->p->graph.node_count; i++)
		there[g->p->drawn[i].change] = true;
	for (size_t i = 1; i <= BPR_STEP_CHANGED; i++) {
		const char *text = names[i] && there[i] ? bpr_text(g->lang, names[i]) : "";

		if (!*text)
			continue;
		put_change(g, (enum bpr_step_change)i, x, g->top + 8);
		put_text(g, x + 11, g->top + 12, "start", 11, false, &text_ink, text);
		x += 30 + bpr_i_layout_text_width(text, strlen(text), 11);
	}
	g->top += x > 10 ? 22 : 0;
}

static void put_note(struct page *g)
{
	size_t count = 0;
	const char *const *lines;

	if (!g->figure->note || !*g->figure->note)
		return;
	lines = bpr_i_layout_wrap(&g->p->arena, g->figure->note, WIDTH - 8, 11, 4, &count);
	g->failed |= !lines;
	for (size_t i = 0; lines && i < count; i++, g->top += 15)
		put_text(g, 2, g->top + 10, "start", 11, false, &faint_ink, lines[i]);
	g->top += 4;
}

/* ---- pictures ---- */

/* What was drawn so far as an <svg>; `part` of several. */
static void put_svg(struct page *g, size_t part, size_t parts, struct bpr_buf *out)
{
	char id[100];
	struct bpr_buf name = BPR_BUF_ON(id);

	bpr_i_buf_printf(&name, "%s-%s-%zu", g->prefix, g->figure->id, part);
	bpr_i_buf_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart chart-flow\" viewBox=\"0 0 %d ", (int)WIDTH);
	bpr_i_buf_number(out, ceil(g->top));
	bpr_i_buf_printf(out, "\" role=\"img\" aria-labelledby=\"%s-t %s-d\" xml:lang=\"%s\" font-family=\"" DRAW_FONTS "\">\n<title id=\"%s-t\">", id, id,
			 g->lang == BPR_LANG_JA ? "ja" : "en", id);
	bpr_i_escape_svg(out, g->figure->title, strlen(g->figure->title));
	if (parts > 1)
		bpr_i_buf_printf(out, " (%zu/%zu)", part, parts);
	bpr_i_buf_printf(out, "</title>\n<desc id=\"%s-d\">", id);
	bpr_i_escape_svg(out, g->figure->description, strlen(g->figure->description));
	bpr_i_buf_puts(out, "</desc>\n");
	if (g->body.data)
		bpr_i_buf_add(out, g->body.data, g->body.length);
	bpr_i_buf_puts(out, "</svg>\n");
	bpr_i_buf_clear(&g->body);
	g->top = 2;
}

/* Strips that stand in one <svg>, from `first` on: a page of paper holds them. */
static size_t last_of(const struct strips *strips, size_t first, double top)
{
	size_t i = first;

	do
		top += strips->items[i++].height + STRIP_GAP;
	while (i < strips->count && top + strips->items[i].height <= TALLEST);
	return i;
}

static void put_strips(struct page *g, const struct strips *strips, struct bpr_buf *out)
{
	size_t parts = 0, part = 0;

	for (size_t i = 0; i < strips->count; parts++)
		i = last_of(strips, i, parts ? 2 : 50);
	put_legend(g);
	put_marks(g);
	for (size_t i = 0; i < strips->count;) {
		size_t end = last_of(strips, i, part ? 2 : 50);

		for (; i < end; i++)
			put_strip(g, &strips->items[i], strips->named);
		g->top -= STRIP_GAP - 4;
		if (++part == parts)
			put_note(g);
		put_svg(g, part, parts, out);
	}
}

static bool draw(struct page *g, struct bpr_buf *out)
{
	struct picture *p = g->p;
	struct strips strips;
	size_t most = 0;

	for (size_t i = 0; i < p->graph.edge_count; i++)
		most = p->graph.edges[i].point_count > most ? p->graph.edges[i].point_count : most;
	g->points = bpr_i_arena_alloc(&p->arena, 2 * most + 4, sizeof(*g->points));
	g->letters = bpr_i_arena_alloc(&p->arena, p->graph.edge_count + 1, sizeof(*g->letters));
	if (!g->points || !g->letters)
		return false;
	if (!bpr_i_strips_cut(p, WIDTH - 2 - (p->graph.lane_count ? HEAD : 0) - 2 * SIDE, LANE_LEAST, &strips))
		return false;
	put_strips(g, &strips, out);
	return !g->failed && !g->body.failed;
}

/* A picture that nobody could take in on paper. */
static void too_large(struct page *g, struct bpr_buf *out)
{
	char number[40];
	struct bpr_buf count = BPR_BUF_ON(number);
	char text[300];
	const char *const args[4] = { number, NULL, NULL, NULL };

	bpr_i_words_count(&count, (struct bpr_words){ .lang = g->lang }, (double)bpr_flow_node_count(g->figure->flow));
	(void)bpr_text_fill(text, sizeof(text), bpr_text(g->lang, N_("The flow has {1} elements, too many for a page: 'bpr draw -f html' draws it to move about in.")), args);
	put_text(g, 2, g->top + 14, "start", 12, false, &text_ink, text);
	g->top += 24;
	put_svg(g, 1, 1, out);
}

/* Marks are worth it where something stays as it was: else every box would have one. */
static void compare(struct picture *p, const struct bpr_doc_figure *f)
{
	bool after = f->side == BPR_SIDE_AFTER;
	size_t count = 0, same = 0, here = 0;
	const struct bpr_step_pair *pairs = f->comparison && f->other ? bpr_comparison_steps(f->comparison, &count) : NULL;

	for (size_t i = 0; i < count; i++) {
		here += (after ? pairs[i].after : pairs[i].before) != BPR_NONE;
		same += pairs[i].change == BPR_STEP_SAME;
	}
	if (!pairs || 5 * same < here)
		return;
	p->comparison = f->comparison;
	p->first_side = after;
	p->subject = (struct bpr_subject){ .flow = after ? f->other : f->flow, .after_flow = after ? f->flow : f->other };
}

void bpr_i_chart_flow(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out)
{
	struct bpr_draw_options options = BPR_DRAW_OPTIONS_INIT;
	bpr_flow *items[1] = { (bpr_flow *)(uintptr_t)figure->flow };
	struct bpr_flows flows = { .items = items, .count = 1 };
	const double *passages = figure->analysis ? bpr_analysis_arcs(figure->analysis) : NULL;
	struct picture p = { .flows = &flows, .count = 1, .options = &options, .compact = true, .heat = figure->heat,
			     .heat_values = &figure->heat_values, .passages = &passages };
	struct page page = { .figure = figure, .p = &p, .lang = lang, .prefix = prefix, .body = BPR_BUF_INIT, .top = 2, .scale = 1 };
	struct bpr_error err = { 0 };

	options.lang = lang;
	compare(&p, figure);
	p.graph.measure = &bpr_i_layout_compact;
	memcpy(p.limits, figure->heat_limits, sizeof(p.limits));
	if (figure->heat_values && !(p.limits[0] > 0))
		bpr_i_study_heat_limits(figure->heat, figure->heat_values, bpr_flow_node_count(figure->flow), NULL, 0, p.limits);
	if (bpr_flow_node_count(figure->flow) > MOST_NODES)
		too_large(&page, out);
	else if (bpr_i_picture_fill(&p, &err) || bpr_i_layout(&p.graph, &p.layout, &err) || !draw(&page, out))
		out->failed = out->failed ? out->failed : BPR_ENOMEM;
	bpr_i_buf_release(&page.body);
	bpr_i_picture_release(&p);
}
