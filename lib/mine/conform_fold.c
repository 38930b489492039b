/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From alignments to fitness, steps done and skipped, and the places where reality leaves the drawing. */
#include "config.h"
#include "mine/conform_i.h"
#include <stdlib.h>
#include <string.h>

/* ---- moves of a variant ---- */

static bool set_moves(bpr_conformance *c, size_t variant)
{
	const struct bpr_alignment *a = &c->alignment[variant];
	struct bpr_conform_move *move = bpr_i_calloc(a->count + 1, sizeof(*move));
	size_t count = 0;

	if (!move)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct bpr_align_step *s = &a->step[i];

		if (s->move != BPR_STEP_SILENT)
			move[count++] = (struct bpr_conform_move){ (enum bpr_move)s->move, s->activity,
				s->fire == BPR_MNET_NONE ? BPR_NONE : c->net->fire[s->fire].node };
	}
	c->variant[variant].moves = move;
	c->variant[variant].move_count = count;
	return true;
}

static void set_fitness(bpr_conformance *c, size_t variant)
{
	const struct bpr_alignment *a = &c->alignment[variant];
	struct bpr_conform_variant *v = &c->variant[variant];
	double worst = (double)v->length + (v->open ? 0 : (double)c->shortest.high);

	v->cost_low = (double)a->low;
	v->cost_high = (double)a->high;
	v->fitness_low = worst > 0 ? 1 - v->cost_high / worst : 1;
	v->fitness_high = worst > 0 ? 1 - v->cost_low / worst : 1;
}

/* ---- deviations: keys by hash ---- */

struct table { struct bpr_deviation *item; size_t *last; /* variant + 1 that counted it last */ size_t count, capacity, last_capacity; uint32_t *slot; size_t slot_count; };

static size_t hash(const struct bpr_deviation *d)
{
	uint64_t h = ((uint64_t)d->node * 3 + (uint64_t)d->move) * 0x9e3779b97f4a7c15u;

	h = (h ^ h >> 31 ^ d->activity) * 0x9e3779b97f4a7c15u;
	return (size_t)(h ^ h >> 29);
}

static bool grow_slots(struct table *t)
{
	size_t count = t->slot_count ? t->slot_count * 2 : 256;
	uint32_t *slot = bpr_i_calloc(count, sizeof(*slot));

	if (!slot)
		return false;
	for (size_t i = 0; i < t->count; i++) {
		size_t at = hash(&t->item[i]) & (count - 1);

		while (slot[at])
			at = (at + 1) & (count - 1);
		slot[at] = (uint32_t)i + 1;
	}
	bpr_i_free(t->slot);
	t->slot = slot;
	t->slot_count = count;
	return true;
}

static bool count_deviation(struct table *t, const struct bpr_deviation *d, size_t variant, uint64_t cases)
{
	size_t at;

	if (t->count * 2 >= t->slot_count && !grow_slots(t))
		return false;
	for (at = hash(d) & (t->slot_count - 1); t->slot[at]; at = (at + 1) & (t->slot_count - 1)) {
		const struct bpr_deviation *old = &t->item[t->slot[at] - 1];

		if (old->move == d->move && old->activity == d->activity && old->node == d->node)
			break;
	}
	if (!t->slot[at]) {
		if (!bpr_i_grow(&t->item, &t->capacity, t->count + 1, sizeof(*t->item))
		    || !bpr_i_grow(&t->last, &t->last_capacity, t->count + 1, sizeof(*t->last)))
			return false;
		t->item[t->count] = *d;
		t->last[t->count] = 0;
		t->slot[at] = (uint32_t)++t->count;
	}
	t->item[t->slot[at] - 1].count += cases;
	if (t->last[t->slot[at] - 1] != variant + 1)
		t->item[t->slot[at] - 1].cases += cases;
	t->last[t->slot[at] - 1] = variant + 1;
	return true;
}

/* What is inserted stands behind the step that was really done before it. */
static bool count_deviations(struct table *t, const struct bpr_conform_variant *v, size_t variant)
{
	size_t behind = BPR_NONE;

	for (size_t i = 0; i < v->move_count; i++) {
		const struct bpr_conform_move *m = &v->moves[i];
		struct bpr_deviation d = { .move = m->move, .activity = m->activity, .node = m->move == BPR_MOVE_LOG ? behind : m->node };

		if (m->move == BPR_MOVE_BOTH)
			behind = m->node;
		else if (!count_deviation(t, &d, variant, v->count))
			return false;
	}
	return true;
}

static int by_count(const void *a, const void *b)
{
	const struct bpr_deviation *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	if (x->move != y->move)
		return x->move < y->move ? -1 : 1;
	if (x->node != y->node)
		return x->node + 1 < y->node + 1 ? -1 : 1; /* "at the beginning" first */
	return x->activity < y->activity ? -1 : x->activity > y->activity;
}

/* ---- all variants ---- */

static void count_steps(bpr_conformance *c, const struct bpr_conform_variant *v, struct bpr_conform_step *by_node)
{
	for (size_t i = 0; i < v->move_count; i++) {
		if (v->moves[i].move == BPR_MOVE_BOTH)
			by_node[v->moves[i].node].done += v->count;
		else if (v->moves[i].move == BPR_MOVE_FLOW)
			by_node[v->moves[i].node].skipped += v->count;
		else if (c->match.row[v->moves[i].activity] == c->match.row[v->moves[i].activity + 1])
			c->totals.unmapped += v->count;
	}
}

static void add_totals(bpr_conformance *c, const struct bpr_conform_variant *v, double *cost, double *worst)
{
	double n = (double)v->count;

	c->totals.fitting += v->cost_high > 0 ? 0 : v->count;
	c->totals.bounded += v->cost_low < v->cost_high;
	c->totals.fitness_low += n * v->fitness_low;
	c->totals.fitness_high += n * v->fitness_high;
	*cost += n * v->cost_high;
	c->totals.open += v->open ? v->count : 0;
	*worst += n * ((double)v->length + (v->open ? 0 : (double)c->shortest.high));
}

bool bpr_i_conform_fold(bpr_conformance *c)
{
	struct table t = { 0 };
	double cost = 0, worst = 0;
	bool ok = true;

	c->step = bpr_i_calloc(c->match.node_count + 1, sizeof(*c->step));
	ok = c->step != NULL;
	for (size_t i = 0; ok && i < c->variant_count; i++) {
		set_fitness(c, i);
		add_totals(c, &c->variant[i], &cost, &worst);
		ok = set_moves(c, i) && count_deviations(&t, &c->variant[i], i);
		if (ok)
			count_steps(c, &c->variant[i], c->step);
	}
	for (size_t i = 0; ok && i < c->match.node_count; i++)
		if (c->match.visible[i]) {
			c->step[c->step_count] = c->step[i];
			c->step[c->step_count++].node = i;
		}
	if (ok) {
		c->totals.variants = c->variant_count;
		c->totals.shortest = (double)c->shortest.high;
		c->totals.fitness_low /= (double)c->totals.cases;
		c->totals.fitness_high /= (double)c->totals.cases;
		c->totals.trace_fitness = worst > 0 ? 1 - cost / worst : 1;
		if (t.count)
			qsort(t.item, t.count, sizeof(*t.item), by_count);
		c->deviation = t.item;
		c->deviation_count = t.count;
		t.item = NULL;
	}
	bpr_i_free(t.item);
	bpr_i_free(t.last);
	bpr_i_free(t.slot);
	return ok;
}
