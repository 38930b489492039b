/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every set that keeps the limits, where they are few. */
#include "config.h"
#include "improve/choose_i.h"
#include "base/problem_i.h"
#include <string.h>

enum { MOST_STEPS = 200000 /* of looking for sets: where most that are begun cannot be finished */ };

/* What coming and going may add to a sum. */
#define ROUNDED 1e-9

struct list {
	bpr_choice *choice;
	const struct bpr_choice_limits *limits;
	bool *set;
	size_t *found; size_t count, capacity;
	size_t steps;
	double cost, days;
	bool counting;               /* nothing is asked yet */
	bool nomem, many;
};

/* The lever beside those in front of it: nothing that comes later makes it right again. */
static bool may(const struct list *l, size_t lever)
{
	const bpr_choice *c = l->choice;

	if (!c->usable[lever] || l->cost > l->limits->budget + ROUNDED * l->limits->budget || l->days > l->limits->days + ROUNDED * l->limits->days)
		return false;
	for (size_t k = 0; k < c->clash_count; k++) {
		size_t a = c->clash[2 * k], b = c->clash[2 * k + 1];

		if ((a == lever && b < lever && l->set[b]) || (b == lever && a < lever && l->set[a]))
			return false;
	}
	return true;
}

static void take(struct list *l)
{
	size_t index;

	if (!bpr_i_choice_keeps(l->choice, l->limits, l->set))
		return;
	if (l->count == BPR_CHOICE_LISTED) {
		l->many = true;
		return;
	}
	if (l->counting) {
		l->count++;
		return;
	}
	index = bpr_i_sets_add(&l->choice->sets, l->set);
	if (index == BPR_NONE || !bpr_i_grow(&l->found, &l->capacity, l->count + 1, sizeof(*l->found)))
		l->nomem = true;
	else
		l->found[l->count++] = index;
}

/* Without recursion: set[at] false first, then true, then back. */
static void walk(struct list *l)
{
	const bpr_choice *c = l->choice;
	size_t at = 0;
	bool down = true;

	while (!l->nomem && !l->many) {
		if (++l->steps > MOST_STEPS) {
			l->many = true;
		} else if (down && at == c->n) {
			take(l);
			down = false;
		} else if (down) {
			l->set[at++] = false;
		} else {
			/* Back to the last lever that is not in, which comes in. */
			while (at && l->set[at - 1]) {
				at--;
				l->cost -= c->levers[at].cost;
				l->days -= c->levers[at].days;
				l->set[at] = false;
			}
			if (!at)
				return;
			l->set[at - 1] = true;
			l->cost += c->levers[at - 1].cost;
			l->days += c->levers[at - 1].days;
			down = may(l, at - 1);
		}
	}
}

bpr_status bpr_i_choice_list(bpr_choice *choice, const struct bpr_choice_limits *limits, size_t *best, bool *all, struct bpr_error *err)
{
	struct list l = { .choice = choice, .limits = limits };
	bpr_status status = BPR_OK;

	*all = false;
	l.set = bpr_i_calloc(choice->n + 1, 1);
	l.counting = true;
	if (l.set)
		walk(&l);
	if (l.set && !l.many) {
		l.counting = false;
		l.count = l.steps = 0;
		l.cost = l.days = 0;
		memset(l.set, 0, choice->n);
		walk(&l);
	}
	if (!l.set || l.nomem)
		status = bpr_i_nomem(err);
	if (!status && !l.many)
		status = bpr_i_choice_flush(choice, limits->until, all, err);
	for (size_t i = 0; !status && i < l.count && !l.many; i++)
		if (choice->sets.state[l.found[i]] == BPR_SET_FITS && (*best == BPR_NONE || bpr_i_choice_order(choice, l.found[i], *best) < 0))
			*best = l.found[i];
	bpr_i_free(l.set);
	bpr_i_free(l.found);
	return status;
}
