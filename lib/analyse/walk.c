/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exploring the serial walk: from one state, all that can be next; until nothing new comes. */
#include "config.h"
#include "analyse/dominate_i.h"
#include "analyse/sets_i.h"
#include "analyse/walk_i.h"
#include "analyse/walk_move_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <stdio.h>
#include <string.h>

static size_t state_hash(const struct bpr_state *s)
{
	uint64_t h = bpr_i_mix(((uint64_t)s->node << 32) | s->attr, ((uint64_t)s->stack << 32) | s->waits);

	return (size_t)bpr_i_mix(h, ((uint64_t)s->busy << 8) | s->phase);
}

static bool same_state(const struct bpr_state *a, const struct bpr_state *b)
{
	return a->node == b->node && a->stack == b->stack && a->waits == b->waits && a->attr == b->attr
		&& a->busy == b->busy && a->phase == b->phase;
}

static bool rehash(struct bpr_walk *walk)
{
	size_t count = walk->slot_count ? walk->slot_count * 2 : 256;
	uint32_t *slots = bpr_i_calloc(count, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 0; i < walk->slot_count; i++) {
		size_t s;

		if (!walk->slots[i])
			continue;
		s = state_hash(&walk->state[walk->slots[i] - 1]) & (count - 1);
		while (slots[s])
			s = (s + 1) & (count - 1);
		slots[s] = walk->slots[i];
	}
	bpr_i_free(walk->slots);
	walk->slots = slots;
	walk->slot_count = count;
	return true;
}

static uint32_t append_state(struct bpr_walk *walk, const struct bpr_state *s)
{
	if (walk->state_count >= walk->max_states) {
		walk->fault = BPR_FAULT_STATES;
		walk->fault_node = s->node;
		return BPR_CELLS_FAILED;
	}
	if (!bpr_i_grow(&walk->state, &walk->state_capacity, walk->state_count + 1, sizeof(*walk->state)))
		return BPR_CELLS_FAILED;
	walk->state[walk->state_count] = *s;
	return (uint32_t)walk->state_count++;
}

/* Number of the state, new or old. The first state of a node is found without hashing: most nodes have no other. */
static uint32_t find_state(struct bpr_walk *walk, const struct bpr_state *s)
{
	uint32_t *first = s->phase == BPR_PHASE_ENTER ? &walk->first[s->node] : NULL;
	uint32_t id;
	size_t slot;

	if (first && *first && same_state(&walk->state[*first - 1], s))
		return *first - 1;
	if (first && !*first) {
		id = append_state(walk, s);
		if (id != BPR_CELLS_FAILED)
			*first = id + 1;
		return id;
	}
	if (walk->hashed * 2 >= walk->slot_count && !rehash(walk))
		return BPR_CELLS_FAILED;
	slot = state_hash(s) & (walk->slot_count - 1);
	for (; walk->slots[slot]; slot = (slot + 1) & (walk->slot_count - 1))
		if (same_state(&walk->state[walk->slots[slot] - 1], s))
			return walk->slots[slot] - 1;
	id = append_state(walk, s);
	if (id != BPR_CELLS_FAILED) {
		walk->slots[slot] = id + 1;
		walk->hashed++;
	}
	return id;
}

static bool add_begin(struct bpr_walk *walk, uint32_t state, uint32_t before, double prob)
{
	if (!bpr_i_grow(&walk->begin, &walk->begin_capacity, walk->begin_count + 1, sizeof(*walk->begin)))
		return false;
	walk->begin[walk->begin_count++] = (struct bpr_begin){ state, before, prob };
	return true;
}

bool bpr_i_walk_emit(struct bpr_walk *walk, const struct bpr_cursor *c, const struct bpr_state *s, uint32_t before)
{
	uint32_t id = find_state(walk, s);
	size_t at = walk->arc_count;

	if (id == BPR_CELLS_FAILED)
		return false;
	if (walk->beginning)
		return add_begin(walk, id, before, c->prob);
	if (!bpr_i_grow(&walk->chain.col, &walk->col_capacity, at + 1, sizeof(*walk->chain.col))
	    || !bpr_i_grow(&walk->chain.prob, &walk->prob_capacity, at + 1, sizeof(*walk->chain.prob))
	    || !bpr_i_grow(&walk->before, &walk->before_capacity, at + 1, sizeof(*walk->before)))
		return false;
	if (walk->timed) {
		if (!bpr_i_grow(&walk->minutes, &walk->minutes_capacity, at + 1, sizeof(*walk->minutes)))
			return false;
		walk->minutes[at] = c->minutes;
	}
	walk->chain.col[at] = id;
	walk->chain.prob[at] = c->prob;
	walk->before[at] = before;
	walk->arc_count++;
	return true;
}

static bool open_row(struct bpr_walk *walk, size_t state)
{
	if (!bpr_i_grow(&walk->chain.row, &walk->row_capacity, state + 2, sizeof(*walk->chain.row))
	    || !bpr_i_grow(&walk->chain.exit, &walk->exit_capacity, state + 1, sizeof(*walk->chain.exit)))
		return false;
	walk->chain.row[state] = walk->arc_count;
	walk->chain.exit[state] = 0;
	return true;
}

static bool begin(struct bpr_walk *walk)
{
	walk->beginning = true;
	for (size_t i = 0; i < walk->plan->start_count; i++) {
		struct bpr_cursor c = { .prob = walk->plan->start_prob[i] };

		if (!bpr_i_walk_settle(walk, &c, BPR_MOVE_ENTER, walk->plan->start[i]))
			return false;
	}
	walk->beginning = false;
	return true;
}

static bool explore(struct bpr_walk *walk)
{
	if (!begin(walk))
		return false;
	for (size_t i = 0; i < walk->state_count; i++)
		if (!open_row(walk, i) || !bpr_i_walk_step(walk, i))
			return false;
	if (!open_row(walk, walk->state_count))
		return false;
	walk->chain.n = walk->state_count;
	return true;
}

static bpr_status fault_status(struct bpr_walk *walk, struct bpr_error *err)
{
	char limit[32];
	const char *id = NULL;
	size_t line = 0;
	bool full = walk->cells.full || walk->policy->cells.full || (walk->policy->sets && walk->policy->sets->full);

	if (walk->fault == BPR_FAULT_NONE && full && walk->state_count) {
		walk->fault = BPR_FAULT_STATES; /* lists and sets have bounds of their own, past which there are too many states too */
		walk->fault_node = walk->state[walk->row_now].node;
	}
	if (walk->fault != BPR_FAULT_NONE) {
		id = walk->plan->node[walk->fault_node]->id;
		line = walk->plan->node[walk->fault_node]->line;
	}
	switch (walk->fault) {
	case BPR_FAULT_STATES:
		(void)snprintf(limit, sizeof(limit), "%zu", walk->max_states);
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_A005, id, line, limit, id);
	case BPR_FAULT_TOKENS:
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_A004, id, line, id, NULL);
	case BPR_FAULT_DEADLOCK:
		return bpr_i_fail(err, BPR_ENOEXIT, BPR_I_A003, id, line, id, NULL);
	case BPR_FAULT_RANDOM:
		return BPR_EUNSUPPORTED;
	case BPR_FAULT_NONE:
	default:
		return bpr_i_nomem(err);
	}
}

static bool prepare(struct bpr_walk *walk)
{
	walk->max_depth = 64 + 2 * walk->plan->split_count;
	/* Grows with the flow: a large one needs as much, and a small one that unfolds without end is given up in seconds. */
	if (!walk->max_states)
		walk->max_states = 2000000 + 8 * walk->plan->n;
	if (walk->max_states > UINT32_MAX - 2)
		walk->max_states = UINT32_MAX - 2;
	walk->first = bpr_i_calloc(walk->plan->n, sizeof(*walk->first));
	return walk->first != NULL;
}

bpr_status bpr_i_walk_explore(struct bpr_walk *walk, struct bpr_error *err)
{
	return prepare(walk) && explore(walk) ? BPR_OK : fault_status(walk, err);
}

bpr_status bpr_i_walk_begin(struct bpr_walk *walk, struct bpr_error *err)
{
	return prepare(walk) && begin(walk) ? BPR_OK : fault_status(walk, err);
}

bpr_status bpr_i_walk_follow(struct bpr_walk *walk, size_t state, struct bpr_error *err)
{
	walk->arc_count = 0;
	return open_row(walk, state) && bpr_i_walk_step(walk, state) ? BPR_OK : fault_status(walk, err);
}

void bpr_i_walk_release(struct bpr_walk *walk)
{
	if (walk->reach)
		for (size_t i = 0; i < walk->plan->n; i++)
			bpr_i_free(walk->reach[i]);
	bpr_i_free(walk->reach);
	bpr_i_order_free(walk->order);
	bpr_i_free(walk->state);
	bpr_i_free(walk->chain.row);
	bpr_i_free(walk->chain.col);
	bpr_i_free(walk->chain.prob);
	bpr_i_free(walk->chain.exit);
	bpr_i_free(walk->before);
	bpr_i_free(walk->minutes);
	bpr_i_free(walk->begin);
	bpr_i_free(walk->first);
	bpr_i_free(walk->slots);
	bpr_i_free(walk->scratch);
	bpr_i_cells_release(&walk->cells);
	memset(walk, 0, sizeof(*walk));
}
