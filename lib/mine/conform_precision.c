/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Precision by escaping edges: Munoz-Gama, Carmona, "A Fresh Look at Precision in Process Conformance" (BPM 2010), on aligned traces as
 * Adriansyah et al., "Measuring precision of modeled behavior" (ISeB 13, 2015), one alignment a variant. A state is a beginning of the
 * runs that were aligned, weighed by the cases that came through it; what the flow allows behind it, whichever way it was come by, and
 * no case ever did escapes.
 */
#include "config.h"
#include "mine/conform_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Markings behind silent steps that are looked at from one marking, the nearest first; markings in which one beginning can end. What
 * lies further off, behind dozens of silent choices beside each other, is not counted as allowed.
 */
#define MOST_SILENT 2000
#define MOST_TOGETHER 256

/* A beginning: the one before it and the class of its last step; the markings in which it can end, from `first` on. */
struct prefix { uint32_t parent, class; uint64_t cases; uint32_t children, count; size_t first; };
/* What can be done first from a marking on: pairs of class and marking. */
struct ahead { size_t first; uint32_t count; bool known; };
struct pair { uint32_t class, marking; };

struct precision {
	bpr_conformance *c;
	struct bpr_markings markings;
	struct prefix *prefix; size_t count, capacity;
	uint32_t *slot; size_t slot_count;
	struct ahead *ahead; size_t ahead_count, ahead_capacity;
	struct pair *pair; size_t pair_count, pair_capacity;
	uint32_t *set; size_t set_count, set_capacity;       /* markings of beginnings */
	uint32_t *queue; size_t queue_capacity;
	uint32_t *met; size_t met_count, met_capacity;       /* [marking] round in which it was met */
	uint32_t *of_class;                                  /* [class] round */
	uint32_t round;
};

/* ---- the tree of beginnings ---- */

static size_t place(const struct precision *p, uint32_t parent, uint32_t class)
{
	return (size_t)((((uint64_t)parent << 32 | class) * 0x9e3779b97f4a7c15u) >> 20) & (p->slot_count - 1);
}

static bool grow_slots(struct precision *p)
{
	uint32_t *slot = bpr_i_calloc(p->slot_count ? p->slot_count * 2 : 1024, sizeof(*slot));

	if (!slot)
		return false;
	p->slot_count = p->slot_count ? p->slot_count * 2 : 1024;
	for (size_t i = 1; i < p->count; i++) {
		size_t at = place(p, p->prefix[i].parent, p->prefix[i].class);

		while (slot[at])
			at = (at + 1) & (p->slot_count - 1);
		slot[at] = (uint32_t)i;
	}
	bpr_i_free(p->slot);
	p->slot = slot;
	return true;
}

/* BPR_MNET_NONE: out of memory. The root is 0. */
static uint32_t child(struct precision *p, uint32_t parent, uint32_t class)
{
	size_t at;

	if (p->count * 2 >= p->slot_count && !grow_slots(p))
		return BPR_MNET_NONE;
	for (at = place(p, parent, class); p->slot[at]; at = (at + 1) & (p->slot_count - 1))
		if (p->prefix[p->slot[at]].parent == parent && p->prefix[p->slot[at]].class == class)
			return p->slot[at];
	if (p->count >= UINT32_MAX - 2 || !bpr_i_grow(&p->prefix, &p->capacity, p->count + 1, sizeof(*p->prefix)))
		return BPR_MNET_NONE;
	p->prefix[p->count] = (struct prefix){ .parent = parent, .class = class };
	p->prefix[parent].children++;
	p->slot[at] = (uint32_t)p->count;
	return (uint32_t)p->count++;
}

static bool add_variant(struct precision *p, const struct bpr_conform_variant *v)
{
	uint32_t at = 0;

	p->prefix[0].cases += v->count;
	for (size_t i = 0; i < v->move_count; i++) {
		if (v->moves[i].move == BPR_MOVE_LOG)
			continue;
		at = child(p, at, p->c->match.node_class[v->moves[i].node]);
		if (at == BPR_MNET_NONE)
			return false;
		p->prefix[at].cases += v->count;
	}
	return true;
}

/* ---- what the flow allows ---- */

/* Room for as many markings as there are, cleared where new. */
static bool fit(void *items, size_t *count, size_t *capacity, size_t need, size_t size)
{
	char **at = items;

	if (need <= *count)
		return true;
	if (!bpr_i_grow(items, capacity, need, size))
		return false;
	memset(*at + *count * size, 0, (*capacity - *count) * size);
	*count = *capacity;
	return true;
}

/* Meets a marking, once a round; new ones go to the queue. */
static bool meet(struct precision *p, uint32_t marking, size_t *count)
{
	if (!fit(&p->met, &p->met_count, &p->met_capacity, (size_t)marking + 1, sizeof(*p->met)))
		return false;
	if (p->met[marking] == p->round)
		return true;
	p->met[marking] = p->round;
	if (!bpr_i_grow(&p->queue, &p->queue_capacity, *count + 1, sizeof(*p->queue)))
		return false;
	p->queue[(*count)++] = marking;
	return true;
}

static bool look_ahead(struct precision *p, uint32_t marking)
{
	size_t count = 0, first = p->pair_count;

	if (!fit(&p->ahead, &p->ahead_count, &p->ahead_capacity, (size_t)marking + 1, sizeof(*p->ahead)))
		return false;
	if (p->ahead[marking].known)
		return true;
	p->round++;
	if (!meet(p, marking, &count))
		return false;
	for (size_t i = 0; i < count && i < MOST_SILENT; i++) {
		struct bpr_marking m;

		if (!bpr_i_markings_expand(&p->markings, p->queue[i]))
			return false;
		m = p->markings.item[p->queue[i]];
		for (uint32_t k = 0; k < m.next_count; k++) {
			const struct bpr_next next = p->markings.next[m.next_first + k];
			const struct bpr_mnet_fire *f = &p->c->net->fire[next.fire];

			if (!f->visible) {
				if (!meet(p, next.marking, &count))
					return false;
				continue;
			}
			if (!bpr_i_grow(&p->pair, &p->pair_capacity, p->pair_count + 1, sizeof(*p->pair)))
				return false;
			p->pair[p->pair_count++] = (struct pair){ p->c->match.node_class[f->node], next.marking };
		}
	}
	p->ahead[marking] = (struct ahead){ first, (uint32_t)(p->pair_count - first), true };
	return true;
}

static bool add_marking(struct precision *p, struct prefix *x, uint32_t marking)
{
	if (!fit(&p->met, &p->met_count, &p->met_capacity, (size_t)marking + 1, sizeof(*p->met)))
		return false;
	if (p->met[marking] == p->round || x->count >= MOST_TOGETHER)
		return true;
	p->met[marking] = p->round;
	if (!bpr_i_grow(&p->set, &p->set_capacity, p->set_count + 1, sizeof(*p->set)))
		return false;
	p->set[p->set_count++] = marking;
	x->count++;
	return true;
}

/* The markings in which a beginning can end: those of the one before it, and its last step. */
static bool find_markings(struct precision *p, struct prefix *x)
{
	const struct prefix *before = &p->prefix[x->parent];

	x->first = p->set_count;
	p->round++;
	for (uint32_t i = 0; i < before->count; i++) {
		const struct ahead a = p->ahead[p->set[before->first + i]];

		for (uint32_t k = 0; k < a.count; k++)
			if (p->pair[a.first + k].class == x->class && !add_marking(p, x, p->pair[a.first + k].marking))
				return false;
	}
	return true;
}

static bool count_allowed(struct precision *p, const struct prefix *x, uint32_t *allowed)
{
	*allowed = 0;
	for (uint32_t i = 0; i < x->count; i++)
		if (!look_ahead(p, p->set[x->first + i]))
			return false;
	p->round++;
	for (uint32_t i = 0; i < x->count; i++) {
		const struct ahead a = p->ahead[p->set[x->first + i]];

		for (uint32_t k = 0; k < a.count; k++) {
			uint32_t class = p->pair[a.first + k].class;

			*allowed += p->of_class[class] != p->round;
			p->of_class[class] = p->round;
		}
	}
	return true;
}

static bool reckon(struct precision *p)
{
	double done = 0, allowed = 0;

	for (size_t i = 0; i < p->count; i++) {
		struct prefix *x = &p->prefix[i];
		uint32_t n;

		if ((i && !find_markings(p, x)) || !count_allowed(p, x, &n))
			return false;
		done += (double)x->cases * (double)x->children;
		allowed += (double)x->cases * (double)(n > x->children ? n : x->children);
	}
	p->c->totals.precision = allowed > 0 ? done / allowed : (double)NAN;
	return true;
}

bool bpr_i_conform_precision(bpr_conformance *c)
{
	struct precision p = { .c = c };
	bool ok = bpr_i_markings_init(&p.markings, c->net);
	uint32_t begin = ok ? bpr_i_markings_begin(&p.markings) : BPR_MNET_NONE;

	p.of_class = bpr_i_calloc((size_t)c->match.class_count + 1, sizeof(*p.of_class));
	ok = begin != BPR_MNET_NONE && p.of_class && bpr_i_grow(&p.prefix, &p.capacity, 1, sizeof(*p.prefix));
	if (ok) {
		p.prefix[p.count++] = (struct prefix){ .parent = BPR_MNET_NONE, .class = BPR_MNET_NONE };
		p.round = 1;
		ok = add_marking(&p, &p.prefix[0], begin);
	}
	for (size_t i = 0; ok && i < c->variant_count; i++)
		ok = add_variant(&p, &c->variant[i]);
	ok = ok && reckon(&p);
	bpr_i_markings_release(&p.markings);
	bpr_i_free(p.prefix);
	bpr_i_free(p.slot);
	bpr_i_free(p.ahead);
	bpr_i_free(p.pair);
	bpr_i_free(p.set);
	bpr_i_free(p.queue);
	bpr_i_free(p.met);
	bpr_i_free(p.of_class);
	return ok;
}
