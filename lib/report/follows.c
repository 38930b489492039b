/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What follows what in a log, from top to bottom: boxes with how often, lines the thicker the more often they are gone, rare ones faint,
 * those that lead back dashed. A figure of a page, and a file of its own.
 */
#include "config.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include "report/draw_i.h"
#include "report/follows_i.h"
#include "report/render_i.h"
#include "study/mining_i.h"
#include <math.h>
#include <string.h>

enum { BOX = 138, LINES = 3, LEADING = 15, ROUND = 34, EDGE = 10, LAYER_GAP = 54, NODE_GAP = 16, LABEL_PLACES = 9 };
static const struct chart_pen name_pen = { .ink = INK_DARK, .size = 12, .anchor = ANCHOR_MIDDLE, .bold = true };
static const struct chart_pen said_pen = { .ink = INK_DARK, .size = 11, .anchor = ANCHOR_MIDDLE };
static const struct chart_pen way_pen = { .ink = INK_TEXT, .size = 11, .anchor = ANCHOR_MIDDLE };
static const struct chart_pen note_pen = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_START };

static const struct { const char *class, *colour; } heats[BPR_HEAT_CLASSES] = {
	{ "k-heat0", "#fff7ec" }, { "k-heat1", "#fee0c0" }, { "k-heat2", "#fdc38d" }, { "k-heat3", "#fb9d4b" }, { "k-heat4", "#e06b14" },
};

struct map {
	struct chart *c;
	const struct bpr_doc_figure *figure;
	struct follows_graph graph;
	struct bpr_box *taken; size_t taken_count; /* by boxes and labels */
	size_t *way;             /* of each edge of the graph: which way it is; ways to itself have none */
	double most;             /* count of the most frequent way */
	double left, top, width;
};

void bpr_i_chart_heat(struct chart *c, size_t class)
{
	bpr_i_buf_printf(&c->body, " class=\"%s\" color=\"%s\"", heats[class].class, heats[class].colour);
}

/* ---- into a graph ---- */

static bool fill(struct map *m)
{
	const struct bpr_doc_figure *f = m->figure;
	struct follows_graph *g = &m->graph;

	g->nodes = bpr_i_arena_alloc(&m->c->arena, f->station_count, sizeof(*g->nodes));
	g->edges = bpr_i_arena_alloc(&m->c->arena, f->way_count + 1, sizeof(*g->edges));
	m->way = bpr_i_arena_alloc(&m->c->arena, f->way_count + 1, sizeof(*m->way));
	m->taken = bpr_i_arena_alloc(&m->c->arena, f->station_count + 2 * f->way_count + 1, sizeof(*m->taken));
	if (!g->nodes || !g->edges || !m->way || !m->taken)
		return false;
	g->node_count = f->station_count;
	g->gap = NODE_GAP;
	g->layer_gap = LAYER_GAP;
	for (size_t i = 0; i < f->station_count; i++) {
		bool round = !i || i + 1 == f->station_count;
		size_t lines = 0;

		if (!round && !bpr_i_chart_wrap(m->c, &(struct chart_pen){ .size = 12, .bold = true, .room = BOX - 14 }, f->stations[i].label, LINES, &lines))
			lines = 1;
		g->nodes[i].width = round ? ROUND : BOX;
		g->nodes[i].height = round ? ROUND : 16 + LEADING * (double)(lines + (f->stations[i].said != NULL));
	}
	for (size_t i = 0; i < f->way_count; i++) {
		m->most = fmax(m->most, f->ways[i].count);
		if (f->ways[i].from == f->ways[i].to)
			continue;
		m->way[g->edge_count] = i;
		g->edges[g->edge_count++] = (struct follows_edge){ .from = f->ways[i].from, .to = f->ways[i].to };
	}
	return true;
}

/* ---- lines ---- */

static double thickness(const struct map *m, double count)
{
	return 1 + 6 * sqrt(count / fmax(m->most, 1));
}

/* What is gone hardly ever steps back. */
static bool is_rare(const struct map *m, double count)
{
	return count < 0.04 * m->most;
}

static void put_point(struct map *m, const char *before, double x, double y)
{
	struct bpr_buf *out = &m->c->body;

	bpr_i_buf_puts(out, before);
	bpr_i_buf_number(out, nearbyint((m->left + x) * 10) / 10);
	bpr_i_buf_putc(out, ' ');
	bpr_i_buf_number(out, nearbyint((m->top + y) * 10) / 10);
}

/* The tip of the arrow is a triangle of its own: markers do not take the colour of their line. */
static void put_tip(struct map *m, const struct follows_edge *e, double thick, enum chart_ink ink)
{
	const struct follows_point *end = &e->points[e->point_count - 1];
	double way = e->points[e->point_count - 1].y > e->points[0].y ? 1 : -1, half = 3.2 + thick / 2;
	struct chart_point points[3] = { { m->left + end->x, m->top + end->y }, { m->left + end->x - half, m->top + end->y - way * 2.1 * half },
					 { m->left + end->x + half, m->top + end->y - way * 2.1 * half } };

	bpr_i_chart_polygon(m->c, points, 3, ink);
}

static void put_edge(struct map *m, size_t index)
{
	const struct follows_edge *e = &m->graph.edges[index];
	const struct bpr_follows_way *way = &m->figure->ways[m->way[index]];
	enum chart_ink ink = is_rare(m, way->count) ? INK_LINE : e->back ? INK_WORSE : INK_BEFORE;
	double thick = thickness(m, way->count), down = e->points[e->point_count - 1].y > e->points[0].y ? 1 : -1;
	struct bpr_buf *out = &m->c->body;

	bpr_i_chart_open(m->c, way->told, NULL);
	bpr_i_buf_puts(out, "<path fill=\"none\" stroke=\"currentColor\" stroke-linecap=\"butt\"");
	bpr_i_chart_ink(m->c, ink);
	bpr_i_chart_put(m->c, "stroke-width", nearbyint(thick * 10) / 10);
	bpr_i_buf_puts(out, e->back ? " stroke-dasharray=\"7 4\" d=\"" : " d=\"");
	put_point(m, "M", e->points[0].x, e->points[0].y);
	for (size_t i = 1; i < e->point_count; i++) {
		const struct follows_point *a = &e->points[i - 1], *b = &e->points[i];
		double end = i + 1 == e->point_count ? b->y - down * 7 : b->y, middle = (a->y + end) / 2;

		if (fabs(a->x - b->x) < 0.5) {
			put_point(m, "L", b->x, end);
			continue;
		}
		put_point(m, "C", a->x, middle);
		put_point(m, " ", b->x, middle);
		put_point(m, " ", b->x, end);
	}
	bpr_i_buf_puts(out, "\"/>\n");
	put_tip(m, e, thick, ink);
	bpr_i_chart_close(m->c);
}

/* ---- numbers on the lines ---- */

static bool overlaps(const struct map *m, const struct bpr_box *box)
{
	for (size_t i = 0; i < m->taken_count; i++) {
		const struct bpr_box *t = &m->taken[i];

		if (box->x < t->x + t->width && t->x < box->x + box->width && box->y < t->y + t->height && t->y < box->y + box->height)
			return true;
	}
	return false;
}

/* A point of the line, t from 0 to 1 along its bends: on each of them the middle is where it can be told from others best. */
static struct follows_point along(const struct follows_edge *e, double t)
{
	size_t pieces = e->point_count - 1, piece;
	double u, v;
	const struct follows_point *a, *b;

	piece = (size_t)(t * (double)pieces);
	piece = piece < pieces ? piece : pieces - 1;
	u = t * (double)pieces - (double)piece;
	a = &e->points[piece];
	b = &e->points[piece + 1];
	v = 1 - u;
	/* the curve of put_edge(): its handles are straight above and below its ends */
	return (struct follows_point){ a->x * (v * v * v + 3 * v * v * u) + b->x * (u * u * u + 3 * u * u * v),
				       a->y + (b->y - a->y) * (1.5 * u * v + u * u * u) };
}

static void put_label(struct map *m, double x, double y, const char *text)
{
	struct bpr_buf *out = &m->c->body;
	const char *plain = bpr_i_chart_plain(m->c, text);
	double wide = bpr_i_chart_wide(&way_pen, plain);
	struct bpr_box back = { x - wide / 2 - 2, y - 8, wide + 4, 15 };

	bpr_i_buf_puts(out, "<g opacity=\".96\">");
	bpr_i_chart_rect(m->c, &back, 3, INK_BACK);
	(void)bpr_i_chart_text(m->c, x, y + 4, &way_pen, plain);
	bpr_i_buf_puts(out, "</g>\n");
}

/* Where there is room: the frequent ones choose first, and what finds none has its words under the pointer only. */
static void place_label(struct map *m, size_t index)
{
	static const double places[LABEL_PLACES] = { 0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82 };
	const struct follows_edge *e = &m->graph.edges[index];
	const char *said = m->figure->ways[m->way[index]].said;
	double wide = bpr_i_chart_wide(&way_pen, said);
	size_t pieces = e->point_count - 1;

	for (size_t i = 0; said && i < LABEL_PLACES * pieces; i++) {
		/* the middles of all bends first */
		double u = places[i / pieces], t = ((double)(i % pieces) + u) / (double)pieces;
		struct follows_point p = along(e, t);
		struct bpr_box box = { m->left + p.x - wide / 2 - 3, m->top + p.y - 9, wide + 6, 17 };

		if (box.x < 0 || box.x + box.width > m->width || overlaps(m, &box))
			continue;
		m->taken[m->taken_count++] = box;
		put_label(m, m->left + p.x, m->top + p.y, said);
		return;
	}
}

/* ---- boxes ---- */

static const struct bpr_follows_way *to_itself(const struct map *m, size_t station)
{
	for (size_t i = 0; i < m->figure->way_count; i++)
		if (m->figure->ways[i].from == station && m->figure->ways[i].to == station)
			return &m->figure->ways[i];
	return NULL;
}

static void put_round(struct map *m, const struct follows_node *n, const char *label, bool last)
{
	double x = m->left + n->x, y = m->top + n->y;

	bpr_i_chart_disc(m->c, x, y, ROUND / 2 - 1, INK_BACK);
	bpr_i_chart_ring(m->c, x, y, ROUND / 2 - 2, INK_TEXT, last ? 3.4 : 1.6);
	(void)bpr_i_chart_text(m->c, x + ROUND / 2 + 6, y + 4, &note_pen, label);
}

static void put_station(struct map *m, size_t index)
{
	const struct follows_node *n = &m->graph.nodes[index];
	const struct bpr_follows_station *s = &m->figure->stations[index];
	struct bpr_box box = { m->left + n->x - n->width / 2, m->top + n->y - n->height / 2, n->width, n->height };
	struct chart_pen pen = name_pen;
	size_t lines;
	const char *const *text;

	if (!index || index + 1 == m->figure->station_count) {
		put_round(m, n, s->label, index > 0);
		return;
	}
	bpr_i_chart_open(m->c, s->label, s->said);
	bpr_i_buf_puts(&m->c->body, "<rect fill=\"currentColor\" stroke=\"#52606d\" rx=\"7\"");
	bpr_i_chart_heat(m->c, s->heat);
	bpr_i_chart_put(m->c, "x", box.x);
	bpr_i_chart_put(m->c, "y", box.y);
	bpr_i_chart_put(m->c, "width", box.width);
	bpr_i_chart_put(m->c, "height", box.height);
	bpr_i_buf_puts(&m->c->body, "/>\n");
	pen.room = BOX - 14;
	text = bpr_i_chart_wrap(m->c, &pen, s->label, LINES, &lines);
	for (size_t i = 0; text && i < lines; i++)
		(void)bpr_i_chart_text(m->c, box.x + box.width / 2, box.y + 19 + LEADING * (double)i, &(struct chart_pen){ .ink = INK_DARK, .size = 12, .anchor = ANCHOR_MIDDLE, .bold = true }, text[i]);
	if (s->said)
		(void)bpr_i_chart_text(m->c, box.x + box.width / 2, box.y + 19 + LEADING * (double)lines, &said_pen, s->said);
	bpr_i_chart_close(m->c);
}

/* A loop at the right of the box. */
static void put_loop(struct map *m, size_t index)
{
	const struct follows_node *n = &m->graph.nodes[index];
	const struct bpr_follows_way *way = to_itself(m, index);
	double x = n->x + n->width / 2, y = n->y;
	enum chart_ink ink;

	if (!way)
		return;
	ink = is_rare(m, way->count) ? INK_LINE : INK_WORSE;
	bpr_i_chart_open(m->c, way->told, NULL);
	bpr_i_buf_puts(&m->c->body, "<path fill=\"none\" stroke=\"currentColor\" stroke-dasharray=\"7 4\"");
	bpr_i_chart_ink(m->c, ink);
	bpr_i_chart_put(m->c, "stroke-width", nearbyint(fmin(3, thickness(m, way->count)) * 10) / 10);
	put_point(m, " d=\"M", x, y - 9);
	put_point(m, "C", x + 15, y - 14);
	put_point(m, " ", x + 15, y + 14);
	put_point(m, " ", x + 4, y + 8);
	bpr_i_buf_puts(&m->c->body, "\"/>\n");
	bpr_i_chart_tip(m->c, m->left + x, m->top + y + 8, -1, ink);
	bpr_i_chart_close(m->c);
}

/* ---- all ---- */

static double draw(struct map *m)
{
	struct follows_graph *g = &m->graph;
	double notes;

	m->width = fmax(CHART_WIDTH, g->width + 2 * EDGE + 40);
	m->left = (m->width - g->width) / 2;
	m->top = EDGE;
	for (size_t i = 0; i < g->node_count; i++)
		m->taken[m->taken_count++] = (struct bpr_box){ m->left + g->nodes[i].x - g->nodes[i].width / 2, m->top + g->nodes[i].y - g->nodes[i].height / 2,
							       g->nodes[i].width, g->nodes[i].height };
	for (size_t i = g->edge_count; i-- > 0;) /* the frequent ones above the others */
		put_edge(m, i);
	for (size_t i = 0; i < g->node_count; i++) {
		put_loop(m, i);
		put_station(m, i);
	}
	for (size_t i = 0; i < g->edge_count; i++)
		place_label(m, i);
	notes = m->top + g->height + 26;
	if (m->figure->note) {
		struct chart_pen pen = note_pen;

		pen.room = m->width - 2 * EDGE;
		notes += bpr_i_chart_leading(&pen) * (double)bpr_i_chart_lines(m->c, EDGE, notes, &pen, m->figure->note, 4);
	}
	return notes;
}

static void put_text(struct map *m, struct bpr_buf *out, const char *text)
{
	const char *plain = bpr_i_chart_plain(m->c, text);

	bpr_i_escape_svg(out, plain, strlen(plain));
}

static void put_head(struct map *m, double height, bool alone, struct bpr_buf *out)
{
	const struct bpr_doc_figure *f = m->figure;

	if (alone)
		bpr_i_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	bpr_i_buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart chart-follows\" viewBox=\"0 0 ");
	bpr_i_buf_number(out, nearbyint(m->width));
	bpr_i_buf_putc(out, ' ');
	bpr_i_buf_number(out, nearbyint(height));
	if (alone)
		bpr_i_buf_printf(out, "\" width=\"%d\" height=\"%d", (int)nearbyint(m->width), (int)nearbyint(height));
	bpr_i_buf_printf(out, "\" role=\"img\" aria-labelledby=\"%s-%s-t %s-%s-d\" xml:lang=\"%s\" font-family=\"'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans',"
			      "'Yu Gothic',Meiryo,sans-serif\">\n<title id=\"%s-%s-t\">",
			 m->c->prefix, f->id, m->c->prefix, f->id, m->c->lang == BPR_LANG_JA ? "ja" : "en", m->c->prefix, f->id);
	put_text(m, out, f->title);
	bpr_i_buf_printf(out, "</title>\n<desc id=\"%s-%s-d\">", m->c->prefix, f->id);
	put_text(m, out, f->description);
	bpr_i_buf_puts(out, "</desc>\n");
	if (alone)
		bpr_i_buf_puts(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
}

void bpr_i_follows_svg(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, bool alone, struct bpr_buf *out)
{
	struct chart c = { .figure = figure, .lang = lang, .prefix = prefix, .body = BPR_BUF_INIT };
	struct map m = { .c = &c, .figure = figure };
	double height;

	if (!fill(&m) || !bpr_i_follows_layout(&m.graph, &c.arena)) {
		out->failed = BPR_ENOMEM;
	} else {
		height = draw(&m);
		put_head(&m, height, alone, out);
		if (c.body.length)
			bpr_i_buf_add(out, c.body.data, c.body.length);
		bpr_i_buf_puts(out, "</svg>\n");
	}
	if (c.body.failed || c.failed)
		out->failed = c.body.failed ? c.body.failed : BPR_ENOMEM;
	bpr_i_buf_release(&c.body);
	bpr_i_arena_release(&c.arena);
}

void bpr_i_chart_follows(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out)
{
	bpr_i_follows_svg(figure, lang, prefix, false, out);
}

bpr_status bpr_i_render_follows(enum bpr_report_kind kind, const struct bpr_subject *subject, const struct bpr_report_options *options, bool first,
				struct bpr_buf *out)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(options->lang);
	struct bpr_study_options study = { .k = options->k, .arcs = options->arcs, .full = options->full };
	struct bpr_mining_study s = bpr_i_mining_study(&doc, subject, &study);
	struct bpr_doc_figure figure;
	/* an empty log has a picture with nothing but a begin and an end */
	struct bpr_follows_station none[2] = { { bpr_text(options->lang, N_("Begin")), NULL, 0 }, { bpr_text(options->lang, N_("End")), NULL, 0 } };

	(void)kind;
	(void)first;
	if (!bpr_i_mining_picture(&s, &figure)) {
		figure = (struct bpr_doc_figure){ .kind = BPR_FIGURE_FOLLOWS, .id = "follows", .stations = none, .station_count = 2 };
		figure.title = bpr_text(options->lang, N_("What follows what"));
		figure.description = figure.note = bpr_text(options->lang, N_("There is nothing that enough cases have in common."));
	}
	if (!doc.failed)
		bpr_i_follows_svg(&figure, options->lang, "p", true, out);
	else
		out->failed = BPR_ENOMEM;
	bpr_i_doc_release(&doc);
	return out->failed;
}
