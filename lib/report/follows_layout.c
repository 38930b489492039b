/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layers by the longest path along the edges that lead downwards; places within a layer by the means of the neighbours, swept up and
 * down; then x as near to the neighbours as the order allows (isotonic regression: pool adjacent violators).
 */
#include "config.h"
#include "report/follows_i.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SWEEPS = 12, ROUNDS = 24 };
static const double BEND = 14;   /* width that a passing edge takes */

/* A node, or a place where an edge passes a layer. */
struct vertex {
	double width, x, wish, weight;
	size_t layer, order;
	bool passing;
	size_t *up, *down; size_t up_count, down_count; /* vertices in the layers above and below */
};

struct work {
	struct follows_graph *g;
	struct bpr_arena *arena;
	struct vertex *v; size_t count, capacity;
	size_t **layers, *sizes; size_t layer_count;
	size_t **chains, *lengths;   /* of each edge: vertices from the upper to the lower end */
	double *top, *high;          /* of each layer */
};

/* ---- layers ---- */

/* Whether `to` leads to `from` along the edges below `end` that lead downwards. */
static bool leads(const struct follows_graph *g, size_t end, size_t to, size_t from, bool *seen, size_t *stack)
{
	size_t depth = 0;

	memset(seen, 0, g->node_count * sizeof(*seen));
	stack[depth++] = to;
	seen[to] = true;
	while (depth) {
		size_t at = stack[--depth];

		if (at == from)
			return true;
		for (size_t i = 0; i < end; i++)
			if (!g->edges[i].back && g->edges[i].from == at && !seen[g->edges[i].to]) {
				seen[g->edges[i].to] = true;
				stack[depth++] = g->edges[i].to;
			}
	}
	return false;
}

static bool break_circles(struct work *w)
{
	struct follows_graph *g = w->g;
	bool *seen = bpr_i_arena_alloc(w->arena, g->node_count, sizeof(*seen));
	size_t *stack = bpr_i_arena_alloc(w->arena, g->node_count + 1, sizeof(*stack));

	if (!seen || !stack)
		return false;
	for (size_t i = 0; i < g->edge_count; i++)
		g->edges[i].back = leads(g, i, g->edges[i].to, g->edges[i].from, seen, stack);
	return true;
}

static size_t upper(const struct follows_edge *e)
{
	return e->back ? e->to : e->from;
}

static size_t lower(const struct follows_edge *e)
{
	return e->back ? e->from : e->to;
}

/* Edges that lead back lie between the layers that the others make: nothing stands beside what it follows. */
static void find_layers(struct work *w)
{
	struct follows_graph *g = w->g;
	size_t last = 0;
	bool changed = true;

	for (size_t i = 0; i < g->node_count; i++)
		g->nodes[i].layer = i > 0;
	for (size_t round = 0; changed && round <= g->node_count; round++) {
		changed = false;
		for (size_t i = 0; i < g->edge_count; i++) {
			const struct follows_edge *e = &g->edges[i];

			if (!e->back && g->nodes[e->to].layer <= g->nodes[e->from].layer) {
				g->nodes[e->to].layer = g->nodes[e->from].layer + 1;
				changed = true;
			}
		}
	}
	for (size_t i = 0; i + 1 < g->node_count; i++)
		last = g->nodes[i].layer > last ? g->nodes[i].layer : last;
	if (g->node_count > 1)
		g->nodes[g->node_count - 1].layer = last + 1;
	w->layer_count = g->node_count > 1 ? last + 2 : 1;
}

/* Nodes that nothing shown leads to stand just above what they lead to. */
static void pull_down(struct work *w)
{
	struct follows_graph *g = w->g;

	for (size_t n = 1; n + 1 < g->node_count; n++) {
		size_t next = SIZE_MAX;
		bool led = false;

		for (size_t i = 0; i < g->edge_count; i++) {
			if (g->edges[i].back)
				continue;
			led = led || g->edges[i].to == n;
			if (g->edges[i].from == n && g->nodes[g->edges[i].to].layer < next)
				next = g->nodes[g->edges[i].to].layer;
		}
		if (!led && next != SIZE_MAX && next > 1)
			g->nodes[n].layer = next - 1;
	}
}

/* ---- vertices ---- */

static size_t add_vertex(struct work *w, double width, size_t layer, bool passing)
{
	w->v[w->count] = (struct vertex){ .width = width, .layer = layer, .passing = passing };
	return w->count++;
}

static bool make_vertices(struct work *w)
{
	struct follows_graph *g = w->g;
	size_t all = g->node_count;

	for (size_t i = 0; i < g->edge_count; i++)
		all += g->nodes[lower(&g->edges[i])].layer - g->nodes[upper(&g->edges[i])].layer;
	w->v = bpr_i_arena_alloc(w->arena, all + 1, sizeof(*w->v));
	w->chains = bpr_i_arena_alloc(w->arena, g->edge_count + 1, sizeof(*w->chains));
	w->lengths = bpr_i_arena_alloc(w->arena, g->edge_count + 1, sizeof(*w->lengths));
	if (!w->v || !w->chains || !w->lengths)
		return false;
	for (size_t i = 0; i < g->node_count; i++)
		(void)add_vertex(w, g->nodes[i].width, g->nodes[i].layer, false);
	for (size_t i = 0; i < g->edge_count; i++) {
		size_t from = upper(&g->edges[i]), to = lower(&g->edges[i]), span = g->nodes[to].layer - g->nodes[from].layer;

		w->lengths[i] = span + 1;
		w->chains[i] = bpr_i_arena_alloc(w->arena, span + 1, sizeof(**w->chains));
		if (!w->chains[i])
			return false;
		w->chains[i][0] = from;
		for (size_t k = 1; k < span; k++)
			w->chains[i][k] = add_vertex(w, BEND, g->nodes[from].layer + k, true);
		w->chains[i][span] = to;
	}
	return true;
}

static bool make_neighbours(struct work *w)
{
	for (int fill = 0; fill < 2; fill++) {
		for (size_t i = 0; i < w->g->edge_count; i++)
			for (size_t k = 0; k + 1 < w->lengths[i]; k++) {
				struct vertex *a = &w->v[w->chains[i][k]], *b = &w->v[w->chains[i][k + 1]];

				if (fill) {
					a->down[a->down_count] = w->chains[i][k + 1];
					b->up[b->up_count] = w->chains[i][k];
				}
				a->down_count++;
				b->up_count++;
			}
		for (size_t i = 0; i < w->count && !fill; i++) {
			w->v[i].up = bpr_i_arena_alloc(w->arena, w->v[i].up_count + 1, sizeof(size_t));
			w->v[i].down = bpr_i_arena_alloc(w->arena, w->v[i].down_count + 1, sizeof(size_t));
			if (!w->v[i].up || !w->v[i].down)
				return false;
			w->v[i].up_count = w->v[i].down_count = 0;
		}
	}
	return true;
}

static bool make_layers(struct work *w)
{
	w->layers = bpr_i_arena_alloc(w->arena, w->layer_count, sizeof(*w->layers));
	w->sizes = bpr_i_arena_alloc(w->arena, w->layer_count, sizeof(*w->sizes));
	w->top = bpr_i_arena_alloc(w->arena, w->layer_count, sizeof(*w->top));
	w->high = bpr_i_arena_alloc(w->arena, w->layer_count, sizeof(*w->high));
	if (!w->layers || !w->sizes || !w->top || !w->high)
		return false;
	for (size_t i = 0; i < w->count; i++)
		w->sizes[w->v[i].layer]++;
	for (size_t l = 0; l < w->layer_count; l++) {
		w->layers[l] = bpr_i_arena_alloc(w->arena, w->sizes[l] + 1, sizeof(**w->layers));
		if (!w->layers[l])
			return false;
		w->sizes[l] = 0;
	}
	for (size_t i = 0; i < w->count; i++) {
		w->v[i].order = w->sizes[w->v[i].layer];
		w->layers[w->v[i].layer][w->sizes[w->v[i].layer]++] = i;
	}
	return true;
}

/* ---- order ---- */

struct ranked { double mean; size_t vertex, order; };

static int by_mean(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->mean < y->mean || x->mean > y->mean)
		return x->mean < y->mean ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static void order_layer(struct work *w, size_t layer, bool down, struct ranked *ranked)
{
	for (size_t i = 0; i < w->sizes[layer]; i++) {
		const struct vertex *v = &w->v[w->layers[layer][i]];
		const size_t *near = down ? v->up : v->down;
		size_t count = down ? v->up_count : v->down_count;
		double sum = 0;

		for (size_t k = 0; k < count; k++)
			sum += (double)w->v[near[k]].order;
		ranked[i] = (struct ranked){ count ? sum / (double)count : (double)v->order, w->layers[layer][i], v->order };
	}
	qsort(ranked, w->sizes[layer], sizeof(*ranked), by_mean);
	for (size_t i = 0; i < w->sizes[layer]; i++) {
		w->layers[layer][i] = ranked[i].vertex;
		w->v[ranked[i].vertex].order = i;
	}
}

static bool find_order(struct work *w)
{
	struct ranked *ranked = bpr_i_arena_alloc(w->arena, w->count + 1, sizeof(*ranked));

	if (!ranked)
		return false;
	for (size_t s = 0; s < SWEEPS; s++) {
		for (size_t l = 1; l < w->layer_count; l++)
			order_layer(w, l, true, ranked);
		for (size_t l = w->layer_count - 1; l-- > 0 && s + 1 < SWEEPS;)
			order_layer(w, l, false, ranked);
	}
	return true;
}

/* ---- x ---- */

struct pool { double sum, weight; size_t first; };

/* Where the neighbours want it: straight lines of passing edges count most. */
static void wish(struct work *w, struct vertex *v, bool up, bool down)
{
	double sum = 0, weight = 0;

	for (int side = 0; side < 2; side++) {
		const size_t *near = side ? v->down : v->up;
		size_t count = side ? v->down_count : v->up_count;

		for (size_t k = 0; k < count && (side ? down : up); k++) {
			double pull = v->passing && w->v[near[k]].passing ? 8 : v->passing || w->v[near[k]].passing ? 2 : 1;

			sum += pull * w->v[near[k]].x;
			weight += pull;
		}
	}
	v->wish = weight > 0 ? sum / weight : v->x;
	v->weight = weight > 0 ? weight : 0.1;
}

/* As near to the wishes as the order and the widths allow: least squares. */
static void place_layer(struct work *w, size_t layer, bool up, bool down, struct pool *pools)
{
	size_t count = w->sizes[layer], pool = 0;
	double offset = 0;

	for (size_t i = 0; i < count; i++) {
		struct vertex *v = &w->v[w->layers[layer][i]];

		if (i)
			offset += (w->v[w->layers[layer][i - 1]].width + v->width) / 2 + w->g->gap;
		wish(w, v, up, down);
		pools[pool++] = (struct pool){ v->weight * (v->wish - offset), v->weight, i };
		while (pool > 1 && pools[pool - 2].sum * pools[pool - 1].weight >= pools[pool - 1].sum * pools[pool - 2].weight) {
			pools[pool - 2].sum += pools[pool - 1].sum;
			pools[pool - 2].weight += pools[pool - 1].weight;
			pool--;
		}
	}
	offset = 0;
	for (size_t i = 0, p = 0; i < count; i++) {
		struct vertex *v = &w->v[w->layers[layer][i]];

		if (i)
			offset += (w->v[w->layers[layer][i - 1]].width + v->width) / 2 + w->g->gap;
		while (p + 1 < pool && pools[p + 1].first <= i)
			p++;
		v->x = pools[p].sum / pools[p].weight + offset;
	}
}

static bool find_x(struct work *w)
{
	struct pool *pools = bpr_i_arena_alloc(w->arena, w->count + 1, sizeof(*pools));

	if (!pools)
		return false;
	for (size_t l = 0; l < w->layer_count; l++)
		place_layer(w, l, true, false, pools);
	for (size_t r = 0; r < ROUNDS; r++) {
		bool both = r + 8 > ROUNDS;

		for (size_t l = w->layer_count; l-- > 0;)
			place_layer(w, l, both, true, pools);
		for (size_t l = 0; l < w->layer_count; l++)
			place_layer(w, l, true, both, pools);
	}
	return true;
}

/* ---- the result ---- */

static void set_places(struct work *w)
{
	struct follows_graph *g = w->g;
	double left = 0, right = 0, y = 0;

	for (size_t i = 0; i < w->count; i++) {
		left = i && left < w->v[i].x - w->v[i].width / 2 ? left : w->v[i].x - w->v[i].width / 2;
		right = i && right > w->v[i].x + w->v[i].width / 2 ? right : w->v[i].x + w->v[i].width / 2;
	}
	for (size_t i = 0; i < w->count; i++)
		w->v[i].x -= left;
	for (size_t i = 0; i < g->node_count; i++)
		w->high[g->nodes[i].layer] = fmax(w->high[g->nodes[i].layer], g->nodes[i].height);
	for (size_t l = 0; l < w->layer_count; l++) {
		w->top[l] = y;
		y += w->high[l] + g->layer_gap;
	}
	for (size_t i = 0; i < g->node_count; i++) {
		g->nodes[i].x = w->v[i].x;
		g->nodes[i].y = w->top[g->nodes[i].layer] + w->high[g->nodes[i].layer] / 2;
	}
	g->width = right - left;
	g->height = y - g->layer_gap;
}

/* Edges that meet at a side of a node stand beside each other there, in the order of where they go. */
static double port(const struct work *w, size_t vertex, bool below, size_t neighbour, size_t edge)
{
	const struct vertex *v = &w->v[vertex];
	const struct follows_graph *g = w->g;
	size_t before = 0, all = 0;
	double room = fmin(v->width * 0.72, 22 * (double)((below ? v->down_count : v->up_count) - 1));

	for (size_t i = 0; i < g->edge_count; i++) {
		size_t end = below ? 0 : w->lengths[i] - 1, next = below ? 1 : w->lengths[i] - 2;
		double x;

		if (w->chains[i][end] != vertex)
			continue;
		all++;
		x = w->v[w->chains[i][next]].x;
		before += x < w->v[neighbour].x || (!(x > w->v[neighbour].x) && i < edge);
	}
	return v->x + (all > 1 ? room * ((double)before / (double)(all - 1) - 0.5) : 0);
}

static bool set_points(struct work *w)
{
	struct follows_graph *g = w->g;

	for (size_t i = 0; i < g->edge_count; i++) {
		struct follows_edge *e = &g->edges[i];
		const size_t *chain = w->chains[i];
		size_t last = w->lengths[i] - 1, count = 0;
		const struct follows_node *from = &g->nodes[chain[0]], *to = &g->nodes[chain[last]];

		e->points = bpr_i_arena_alloc(w->arena, 2 * w->lengths[i], sizeof(*e->points));
		if (!e->points)
			return false;
		e->points[count++] = (struct follows_point){ port(w, chain[0], true, chain[1], i), from->y + from->height / 2 };
		for (size_t k = 1; k < last; k++) {
			e->points[count++] = (struct follows_point){ w->v[chain[k]].x, w->top[w->v[chain[k]].layer] };
			e->points[count++] = (struct follows_point){ w->v[chain[k]].x, w->top[w->v[chain[k]].layer] + w->high[w->v[chain[k]].layer] };
		}
		e->points[count++] = (struct follows_point){ port(w, chain[last], false, chain[last - 1], i), to->y - to->height / 2 };
		e->point_count = count;
		for (size_t k = 0; e->back && k < count / 2; k++) {
			struct follows_point swap = e->points[k];

			e->points[k] = e->points[count - 1 - k];
			e->points[count - 1 - k] = swap;
		}
	}
	return true;
}

bool bpr_i_follows_layout(struct follows_graph *graph, struct bpr_arena *arena)
{
	struct work w = { .g = graph, .arena = arena };

	graph->width = graph->height = 0;
	if (!graph->node_count)
		return true;
	if (!break_circles(&w))
		return false;
	find_layers(&w);
	pull_down(&w);
	if (!make_vertices(&w) || !make_neighbours(&w) || !make_layers(&w) || !find_order(&w) || !find_x(&w))
		return false;
	set_places(&w);
	return set_points(&w);
}
