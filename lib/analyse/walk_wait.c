/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tokens that wait at joins. The list has one cell a join, by falling node; the cell of an AND join holds a list of its
 * tokens by falling arc (of one arc the newest first), so that tokens that come in the order of the arcs cost nothing.
 */
#include "config.h"
#include "analyse/walk_i.h"
#include "base/alloc_i.h"

/* As many tokens on one arc mean that they multiply without end. */
#define MAX_ON_ARC 64

uint32_t bpr_i_waits_find(const struct bpr_cells *cells, uint32_t list, uint32_t join)
{
	while (list && cells->items[list].key > join)
		list = cells->items[list].next;
	return list && cells->items[list].key == join ? list : 0;
}

bool bpr_i_walk_remember(struct bpr_walk *walk, size_t at, uint32_t list)
{
	if (!bpr_i_grow(&walk->scratch, &walk->scratch_capacity, at + 1, sizeof(*walk->scratch)))
		return false;
	walk->scratch[at] = list;
	return true;
}

/* Puts the cells remembered last before `list` again. */
uint32_t bpr_i_walk_rebuild(struct bpr_walk *walk, size_t count, uint32_t list)
{
	while (count-- > 0 && list != BPR_CELLS_FAILED) {
		const struct bpr_cell_list c = walk->cells.items[walk->scratch[count]];

		list = bpr_i_cells_push(&walk->cells, c.key, c.x, c.y, list);
	}
	return list;
}

uint32_t bpr_i_waits_put(struct bpr_walk *walk, uint32_t list, uint32_t join, uint32_t x, uint32_t y)
{
	size_t count = 0;

	while (list && walk->cells.items[list].key > join) {
		if (!bpr_i_walk_remember(walk, count++, list))
			return BPR_CELLS_FAILED;
		list = walk->cells.items[list].next;
	}
	if (list && walk->cells.items[list].key == join)
		list = walk->cells.items[list].next;
	if (y)
		list = bpr_i_cells_push(&walk->cells, join, x, y, list);
	return bpr_i_walk_rebuild(walk, count, list);
}

/* The token list with one more; *known tells that the arc had one already. */
static uint32_t add_token(struct bpr_walk *walk, uint32_t list, uint32_t arc, uint32_t attr, bool *known)
{
	size_t count = 0, same = 0;

	while (list && walk->cells.items[list].key > arc) {
		if (!bpr_i_walk_remember(walk, count++, list))
			return BPR_CELLS_FAILED;
		list = walk->cells.items[list].next;
	}
	*known = list && walk->cells.items[list].key == arc;
	for (uint32_t at = list; at && walk->cells.items[at].key == arc; at = walk->cells.items[at].next)
		same++;
	if (same >= MAX_ON_ARC) {
		walk->fault = BPR_FAULT_TOKENS;
		walk->fault_node = walk->plan->arc_from[arc];
		return BPR_CELLS_FAILED;
	}
	list = bpr_i_cells_push(&walk->cells, arc, attr, 0, list);
	return list == BPR_CELLS_FAILED ? list : bpr_i_walk_rebuild(walk, count, list);
}

/* Takes the oldest token of every arc, *attr becomes what they merge to. What is left comes back, *distinct its arcs. */
static uint32_t take_tokens(struct bpr_walk *walk, uint32_t list, uint32_t *attr, uint32_t *distinct)
{
	uint32_t left = 0, last = UINT32_MAX, kept = UINT32_MAX;
	size_t count = 0, taken = 0;

	*distinct = 0;
	for (; list; list = walk->cells.items[list].next)
		if (!bpr_i_walk_remember(walk, count++, list))
			return BPR_CELLS_FAILED;
	for (size_t i = count; i-- > 0;) {
		const struct bpr_cell_list c = walk->cells.items[walk->scratch[i]];

		if (c.key == last) { /* of one arc the oldest comes first here; the others stay */
			left = bpr_i_cells_push(&walk->cells, c.key, c.x, 0, left);
			*distinct += c.key != kept;
			kept = c.key;
		} else {
			walk->scratch[count - ++taken] = c.x; /* behind what has been read */
		}
		last = c.key;
		if (left == BPR_CELLS_FAILED)
			return BPR_CELLS_FAILED;
	}
	*attr = bpr_i_policy_merge_all(walk->policy, &walk->scratch[count - taken], taken);
	return *attr == BPR_CELLS_FAILED ? BPR_CELLS_FAILED : left;
}

static enum bpr_arrival arrive_and(struct bpr_walk *walk, uint32_t *waits, uint32_t arc, uint32_t *attr)
{
	uint32_t join = walk->plan->arc_to[arc];
	uint32_t at = bpr_i_waits_find(&walk->cells, *waits, join);
	uint32_t tokens = at ? walk->cells.items[at].x : 0, distinct = at ? walk->cells.items[at].y : 0;
	bool known, fires;

	tokens = add_token(walk, tokens, arc, *attr, &known);
	if (tokens == BPR_CELLS_FAILED)
		return BPR_ARRIVAL_FAILED;
	distinct += !known;
	fires = distinct == walk->plan->in_count[join];
	if (fires) {
		*attr = 0;
		tokens = take_tokens(walk, tokens, attr, &distinct);
		if (tokens == BPR_CELLS_FAILED)
			return BPR_ARRIVAL_FAILED;
	}
	*waits = bpr_i_waits_put(walk, *waits, join, tokens, distinct);
	if (*waits == BPR_CELLS_FAILED)
		return BPR_ARRIVAL_FAILED;
	return fires ? BPR_ARRIVAL_FIRES : BPR_ARRIVAL_WAITS;
}

enum bpr_arrival bpr_i_waits_arrive(struct bpr_walk *walk, uint32_t *waits, uint32_t arc, uint32_t *attr)
{
	uint32_t join = walk->plan->arc_to[arc], at, merged;

	if (walk->plan->trait[join] & BPR_TRAIT_JOIN_AND)
		return arrive_and(walk, waits, arc, attr);
	at = bpr_i_waits_find(&walk->cells, *waits, join);
	merged = at ? bpr_i_policy_merge(walk->policy, *attr, walk->cells.items[at].x, BPR_NONE) : *attr;
	if (merged == BPR_CELLS_FAILED)
		return BPR_ARRIVAL_FAILED;
	*waits = bpr_i_waits_put(walk, *waits, join, merged, BPR_WAIT_OR);
	return *waits == BPR_CELLS_FAILED ? BPR_ARRIVAL_FAILED : BPR_ARRIVAL_WAITS;
}
