/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In which order the states of a component are eliminated, and which lists that leaves: always a state with the fewest
 * neighbours (Tinney & Walker, Proc. IEEE 55, 1967, scheme 2; George & Liu, SIAM Rev. 31, 1989), on the component's graph
 * without directions. Its neighbours are joined to each other, each list kept explicitly: in the graph of a process
 * there is little to join, and a loop around n steps costs O(n). A state with very many neighbours (all steps may
 * send the case back to it) gets a bit a state, so that asking "joined already?" never walks its list.
 */
#include "config.h"
#include "markov/factor_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <stdlib.h>

enum { CLASSES = 8 * sizeof(size_t), HEAVY = 48, MATRIX = 64 };
/* Entries of all lists: 400 MB of lists and numbers; states joined all to all are 5,800 then. */
static const size_t max_entries = (size_t)1 << 24;
static const size_t gone = BPR_NONE;

/* What is left of one component; ids 0 ... n-1 within it. */
struct graph {
	bpr_factor *factor;
	size_t n;
	size_t *block, *at, *length, *room;  /* neighbours: pool[at ... at + length), some of them eliminated since */
	size_t *degree;                      /* neighbours that are left; `gone` for an eliminated state */
	size_t *head, *next, *previous;      /* states by degree */
	size_t *mark, stamp;
	size_t *sequence, *rank;             /* order found, and its inverse */
	uint64_t **bits;                     /* of a heavy state: which ids it was ever joined to */
	size_t *pool, used, capacity, spare[CLASSES]; /* blocks of 2^c places; spare ones chained */
	size_t entries, list_capacity;       /* of factor->list */
	bpr_status status;
};

static size_t class_of(size_t need)
{
	size_t c = 2;

	while (((size_t)1 << c) < need)
		c++;
	return c;
}

static bool take_block(struct graph *g, size_t c, size_t *at)
{
	size_t size = (size_t)1 << c;

	if (g->spare[c] != BPR_NONE) {
		*at = g->spare[c];
		g->spare[c] = g->pool[*at];
		return true;
	}
	if (!bpr_i_grow(&g->pool, &g->capacity, g->used + size, sizeof(*g->pool))) {
		g->status = BPR_ENOMEM;
		return false;
	}
	*at = g->used;
	g->used += size;
	return true;
}

/* Drops the eliminated ones from a state's list. */
static void tidy(struct graph *g, size_t i)
{
	size_t *list = g->pool + g->at[i], kept = 0;

	for (size_t x = 0; x < g->length[i]; x++)
		if (g->degree[list[x]] != gone)
			list[kept++] = list[x];
	g->length[i] = kept;
}

static bool make_room(struct graph *g, size_t i)
{
	size_t c = class_of(g->room[i]), fresh;

	if (g->length[i] < g->room[i])
		return true;
	if (g->degree[i] <= g->length[i] / 2) {
		tidy(g, i);
		if (g->length[i] < g->room[i])
			return true;
	}
	if (!take_block(g, c + 1, &fresh))
		return false;
	for (size_t x = 0; x < g->length[i]; x++)
		g->pool[fresh + x] = g->pool[g->at[i] + x];
	g->pool[g->at[i]] = g->spare[c];
	g->spare[c] = g->at[i];
	g->at[i] = fresh;
	g->room[i] *= 2;
	return true;
}

/* A list longer than its bits would be is heavy. */
static bool weigh(struct graph *g, size_t i)
{
	if (g->bits[i] || g->length[i] < HEAVY + g->n / 128)
		return true;
	g->bits[i] = bpr_i_calloc(g->n / 64 + 1, sizeof(*g->bits[i]));
	if (!g->bits[i]) {
		g->status = BPR_ENOMEM;
		return false;
	}
	for (size_t x = 0; x < g->length[i]; x++) {
		size_t j = g->pool[g->at[i] + x];

		g->bits[i][j / 64] |= (uint64_t)1 << j % 64;
	}
	return true;
}

static bool add_neighbour(struct graph *g, size_t i, size_t j)
{
	if (!make_room(g, i))
		return false;
	g->pool[g->at[i] + g->length[i]++] = j;
	g->degree[i]++;
	if (g->bits[i])
		g->bits[i][j / 64] |= (uint64_t)1 << j % 64;
	return weigh(g, i);
}

static void link_state(struct graph *g, size_t i)
{
	size_t *head = &g->head[g->degree[i]];

	g->next[i] = *head;
	g->previous[i] = BPR_NONE;
	if (*head != BPR_NONE)
		g->previous[*head] = i;
	*head = i;
}

static void unlink_state(struct graph *g, size_t i)
{
	if (g->previous[i] != BPR_NONE)
		g->next[g->previous[i]] = g->next[i];
	else
		g->head[g->degree[i]] = g->next[i];
	if (g->next[i] != BPR_NONE)
		g->previous[g->next[i]] = g->previous[i];
}

/* Calls for every arc inside the component that is no self loop; ids within it. */
static void count_arc(struct graph *g, size_t i, size_t j)
{
	g->length[i]++;
	g->length[j]++;
}

static void store_arc(struct graph *g, size_t i, size_t j)
{
	g->pool[g->at[i] + g->length[i]++] = j;
	g->pool[g->at[j] + g->length[j]++] = i;
}

static void each_arc(struct graph *g, size_t component, void (*each)(struct graph *, size_t, size_t))
{
	const bpr_factor *f = g->factor;
	const struct bpr_chain *chain = f->chain;
	size_t from = f->first[component];

	for (size_t i = 0; i < g->n; i++) {
		size_t state = f->order[from + i];

		for (size_t arc = chain->row[state]; arc < chain->row[state + 1]; arc++) {
			size_t next = chain->col[arc];

			if (next != state && f->component[next] == component && chain->prob[arc] > 0)
				each(g, i, f->position[next] - from);
		}
	}
}

static bool load(struct graph *g, size_t component)
{
	g->used = 0;
	for (size_t c = 0; c < CLASSES; c++)
		g->spare[c] = BPR_NONE;
	for (size_t i = 0; i < g->n; i++) {
		g->head[i] = BPR_NONE;
		g->length[i] = 0;
	}
	each_arc(g, component, count_arc);
	for (size_t i = 0; i < g->n; i++) {
		size_t c = class_of(g->length[i] + 1);

		if (!take_block(g, c, &g->at[i]))
			return false;
		g->room[i] = (size_t)1 << c;
		g->length[i] = 0;
	}
	each_arc(g, component, store_arc);
	for (size_t i = 0; i < g->n; i++) {
		size_t *list = g->pool + g->at[i], kept = 0;

		g->stamp++;
		for (size_t x = 0; x < g->length[i]; x++)
			if (g->mark[list[x]] != g->stamp) {
				g->mark[list[x]] = g->stamp;
				list[kept++] = list[x];
			}
		g->length[i] = g->degree[i] = kept;
		link_state(g, i);
		if (!weigh(g, i))
			return false;
	}
	return true;
}

static bool join_pair(struct graph *g, size_t i, size_t j, bool heavy)
{
	bool joined = heavy ? g->bits[i][j / 64] >> j % 64 & 1 : g->mark[j] == g->stamp;

	return joined || (add_neighbour(g, i, j) && add_neighbour(g, j, i));
}

/*
 * Joins i, at x in the list, to the others in it. A light state asks its marks about all behind it and the heavy ones
 * before it; a heavy one asks its bits about the other heavy ones. So each pair is looked at, also where a state
 * grows heavy meanwhile.
 */
static bool join_one(struct graph *g, const size_t *list, size_t count, size_t x)
{
	size_t i = list[x];
	bool heavy = g->bits[i] != NULL;

	if (!heavy) {
		tidy(g, i);
		g->stamp++;
		for (size_t y = 0; y < g->length[i]; y++)
			g->mark[g->pool[g->at[i] + y]] = g->stamp;
	}
	for (size_t y = heavy ? 0 : x + 1; y < count; y++)
		if (y != x && (!heavy || g->bits[list[y]]) && !join_pair(g, i, list[y], heavy))
			return false;
	for (size_t y = 0; !heavy && y < x; y++)
		if (g->bits[list[y]] && !join_pair(g, i, list[y], heavy))
			return false;
	return true;
}

static bool list_room(struct graph *g, size_t more)
{
	if (more > max_entries || g->entries > max_entries - more)
		g->status = BPR_ELIMIT;
	else if (!bpr_i_grow(&g->factor->list, &g->list_capacity, g->entries + more, sizeof(*g->factor->list)))
		g->status = BPR_ENOMEM;
	return g->status == BPR_OK;
}

static void forget(struct graph *g, size_t i)
{
	size_t c = class_of(g->room[i]);

	bpr_i_free(g->bits[i]);
	g->bits[i] = NULL;
	g->pool[g->at[i]] = g->spare[c];
	g->spare[c] = g->at[i];
}

/* The done-th state to be eliminated is i: its list is written (as ids), its neighbours are joined. */
static bool eliminate(struct graph *g, size_t from, size_t done, size_t i)
{
	size_t count = g->degree[i];
	size_t *list;

	unlink_state(g, i);
	g->sequence[done] = i;
	g->rank[i] = done;
	g->factor->list_at[from + done] = g->entries;
	if (!list_room(g, count))
		return false;
	tidy(g, i);
	list = g->factor->list + g->entries;
	for (size_t x = 0; x < count; x++)
		list[x] = g->pool[g->at[i] + x];
	g->entries += count;
	g->degree[i] = gone;
	forget(g, i);
	for (size_t x = 0; x < count; x++) {
		unlink_state(g, list[x]);
		g->degree[list[x]]--;
	}
	for (size_t x = 0; x < count; x++)
		if (!join_one(g, list, count, x))
			return false;
	for (size_t x = 0; x < count; x++)
		link_state(g, list[x]);
	return true;
}

/*
 * Whether the rest may be taken as joined all to all: it is, or it is so many with so few places empty that a matrix
 * (dense.c) is faster than lists. Elimination would fill those places soon.
 */
static bool all_to_all(size_t left, size_t least)
{
	return least + 1 == left || (left >= MATRIX && least >= left * 2 / 5);
}

/* All that is left is joined to all: any order will do. */
static bool eliminate_rest(struct graph *g, size_t from, size_t done)
{
	size_t at = done;

	for (size_t i = 0; i < g->n; i++)
		if (g->degree[i] != gone) {
			g->sequence[at] = i;
			g->rank[i] = at++;
			forget(g, i);
		}
	if (!list_room(g, (g->n - done) * (g->n - done - 1) / 2))
		return false;
	for (at = done; at < g->n; at++) {
		g->factor->list_at[from + at] = g->entries;
		for (size_t later = at + 1; later < g->n; later++)
			g->factor->list[g->entries++] = g->sequence[later];
	}
	return true;
}

static int by_position(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Few and almost in order as a rule. */
static void sort_list(size_t *list, size_t count)
{
	if (count > 24) {
		qsort(list, count, sizeof(*list), by_position);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		size_t x = list[i], j = i;

		for (; j && list[j - 1] > x; j--)
			list[j] = list[j - 1];
		list[j] = x;
	}
}

/* From ids in the component to positions, of the lists and of the states. */
static void place(struct graph *g, size_t from)
{
	bpr_factor *f = g->factor;

	for (size_t at = 0; at < g->n; at++) {
		size_t begin = f->list_at[from + at], end = at + 1 < g->n ? f->list_at[from + at + 1] : g->entries;

		for (size_t e = begin; e < end; e++)
			f->list[e] = from + g->rank[f->list[e]];
		sort_list(f->list + begin, end - begin);
		g->next[at] = f->order[from + g->sequence[at]];
	}
	for (size_t at = 0; at < g->n; at++) {
		f->order[from + at] = g->next[at];
		f->position[g->next[at]] = from + at;
	}
}

static bool order_component(struct graph *g, size_t component)
{
	size_t from = g->factor->first[component], least = 0;

	g->n = g->factor->first[component + 1] - from;
	if (!load(g, component))
		return false;
	for (size_t done = 0; done < g->n; done++) {
		/* Eliminating a state of degree d takes at most one neighbour from each of the others. */
		least = least ? least - 1 : 0;
		while (g->head[least] == BPR_NONE)
			least++;
		if (all_to_all(g->n - done, least)) {
			if (!eliminate_rest(g, from, done))
				return false;
			break;
		}
		if (!eliminate(g, from, done, g->head[least]))
			return false;
	}
	place(g, from);
	return true;
}

static bool graph_init(struct graph *g)
{
	size_t n = g->factor->widest;

	g->block = bpr_i_calloc(n, 10 * sizeof(*g->block));
	g->bits = bpr_i_calloc(n, sizeof(*g->bits));
	if (!g->block || !g->bits) {
		g->status = BPR_ENOMEM;
		return false;
	}
	g->at = g->block;
	g->length = g->at + n;
	g->room = g->length + n;
	g->degree = g->room + n;
	g->head = g->degree + n;
	g->next = g->head + n;
	g->previous = g->next + n;
	g->mark = g->previous + n;
	g->sequence = g->mark + n;
	g->rank = g->sequence + n;
	return true;
}

bpr_status bpr_i_factor_order(bpr_factor *f, struct bpr_error *err)
{
	struct graph g = { .factor = f };
	bool going = f->widest == 0 || graph_init(&g);

	for (size_t c = 0; going && c < f->count; c++) {
		if (f->first[c + 1] - f->first[c] == 1)
			f->list_at[f->first[c]] = g.entries;
		else
			going = order_component(&g, c);
	}
	f->list_at[f->chain->n] = g.entries;
	for (size_t i = 0; g.bits && i < f->widest; i++)
		bpr_i_free(g.bits[i]);
	bpr_i_free(g.bits);
	bpr_i_free(g.pool);
	bpr_i_free(g.block);
	if (g.status == BPR_ENOMEM)
		return bpr_i_nomem(err);
	if (g.status == BPR_ELIMIT)
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_A017, NULL, 0, NULL, NULL);
	return BPR_OK;
}
