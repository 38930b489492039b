/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least and the most that a case can count: shortest and longest way through the states. */
#include "config.h"
#include "analyse/extremes_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"

struct heap { struct entry { uint64_t key; uint32_t state; } *items; size_t count, capacity; };

static bool push(struct heap *h, uint64_t key, uint32_t state)
{
	size_t at = h->count;

	if (!bpr_i_grow(&h->items, &h->capacity, h->count + 1, sizeof(*h->items)))
		return false;
	h->count++;
	for (; at && h->items[(at - 1) / 2].key > key; at = (at - 1) / 2)
		h->items[at] = h->items[(at - 1) / 2];
	h->items[at] = (struct entry){ key, state };
	return true;
}

static struct entry pop(struct heap *h)
{
	struct entry top = h->items[0], last = h->items[--h->count];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < h->count) {
		child += child + 1 < h->count && h->items[child + 1].key < h->items[child].key;
		if (last.key <= h->items[child].key)
			break;
		h->items[at] = h->items[child];
		at = child;
	}
	if (h->count)
		h->items[at] = last;
	return top;
}

/* Dijkstra: rewards are never negative. */
static bool find_least(const struct bpr_solution *s, const uint32_t *step, const uint32_t *start, size_t *least)
{
	const struct bpr_chain *chain = &s->walk.chain;
	uint8_t *done = bpr_i_calloc(chain->n, 1);
	struct heap h = { 0 };
	bool ok = done != NULL;

	for (size_t i = 0; ok && i < s->walk.begin_count; i++)
		ok = push(&h, start[s->walk.begin[i].state], s->walk.begin[i].state);
	while (ok && h.count) {
		struct entry top = pop(&h);

		if (done[top.state])
			continue;
		done[top.state] = 1;
		*least = (size_t)top.key;
		if (chain->exit[top.state] > 0)
			break;
		for (size_t a = chain->row[top.state]; ok && a < chain->row[top.state + 1]; a++)
			if (!done[chain->col[a]])
				ok = push(&h, top.key + step[a], (uint32_t)chain->col[a]);
	}
	bpr_i_free(done);
	bpr_i_free(h.items);
	return ok;
}

/* Components come in topological order; inside one, either nothing is counted or there is no bound. */
static bool find_most(const struct bpr_solution *s, const uint32_t *step, const uint32_t *start, size_t *most, bool *unbounded)
{
	const struct bpr_chain *chain = &s->walk.chain;
	size_t count;
	const size_t *component = bpr_i_factor_components(s->factor, &count);
	uint64_t *best = bpr_i_calloc(count, sizeof(*best));

	if (!best)
		return false;
	*most = 0;
	*unbounded = false;
	for (size_t i = 0; i < s->walk.begin_count; i++) {
		uint64_t *b = &best[component[s->walk.begin[i].state]], value = start[s->walk.begin[i].state];

		*b = value > *b ? value : *b;
	}
	for (size_t c = 0; c < count; c++) {
		const size_t *state;
		size_t states = bpr_i_factor_members(s->factor, c, &state);

		for (size_t i = 0; i < states; i++) {
			if (chain->exit[state[i]] > 0 && best[c] > *most)
				*most = (size_t)best[c];
			for (size_t a = chain->row[state[i]]; a < chain->row[state[i] + 1]; a++) {
				uint64_t *b = &best[component[chain->col[a]]], value = best[c] + step[a];

				if (component[chain->col[a]] == c)
					*unbounded |= step[a] > 0;
				else
					*b = value > *b ? value : *b;
			}
		}
	}
	bpr_i_free(best);
	return true;
}

bpr_status bpr_i_extremes(const struct bpr_solution *s, const uint32_t *step, const uint32_t *start, size_t *least,
			  size_t *most, bool *unbounded, struct bpr_error *err)
{
	*least = 0;
	if (find_least(s, step, start, least) && find_most(s, step, start, most, unbounded))
		return BPR_OK;
	return bpr_i_nomem(err);
}
