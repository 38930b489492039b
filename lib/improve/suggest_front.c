/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers beside each other: gain for a day of effort, and the front of gain, cost and ease. */
#include "config.h"
#include "improve/suggest_i.h"
#include <math.h>
#include <stdlib.h>

static double per_day(const struct bpr_suggested *item)
{
	if (item->effort_days > 0)
		return item->alone.gain / item->effort_days;
	return item->alone.gain > 0 ? (double)INFINITY : item->alone.gain < 0 ? -(double)INFINITY : 0;
}

static int by_number(double a, double b)
{
	return a < b ? -1 : a > b;
}

static int order(const void *x, const void *y)
{
	const struct bpr_suggested *a = *(struct bpr_suggested *const *)x, *b = *(struct bpr_suggested *const *)y;
	int sign = (int)b->alone.fits - (int)a->alone.fits;

	sign = sign ? sign : by_number(b->per_day, a->per_day);
	sign = sign ? sign : by_number(b->alone.gain, a->alone.gain);
	sign = sign ? sign : by_number(a->cost, b->cost);
	return sign ? sign : a->lever < b->lever ? -1 : a->lever > b->lever;
}

bool bpr_i_suggest_rank(struct bpr_suggested *items, size_t count)
{
	struct bpr_suggested **list = bpr_i_calloc(count, sizeof(*list));

	if (!list)
		return false;
	for (size_t i = 0; i < count; i++) {
		items[i].per_day = items[i].alone.fits ? per_day(&items[i]) : 0;
		list[i] = &items[i];
	}
	if (count)
		qsort(list, count, sizeof(*list), order);
	for (size_t i = 0; i < count; i++)
		list[i]->rank = i + 1;
	bpr_i_free(list);
	return true;
}

static bool counts(const struct bpr_suggested *item)
{
	return item->alone.fits && item->alone.gain > 0;
}

/* As much of everything, and more of something: who is the same in all does not push the other out. */
static bool pushes_out(const struct bpr_suggested *a, const struct bpr_suggested *b)
{
	double gain = a->alone.gain - b->alone.gain, cost = b->cost - a->cost, ease = a->ease - b->ease;

	return gain >= 0 && cost >= 0 && ease >= 0 && (gain > 0 || cost > 0 || ease > 0);
}

void bpr_i_suggest_front(struct bpr_suggested *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		items[i].front = counts(&items[i]);
		for (size_t k = 0; k < count && items[i].front; k++)
			items[i].front = !counts(&items[k]) || !pushes_out(&items[k], &items[i]);
	}
}
