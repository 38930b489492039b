/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is there a staffing with fewer hours? Where few are left that could be one, all of them are tried, the smallest first. A cell needs at
 * least as many as it needs where all others have ample staff; what is smaller everywhere than a staffing that failed fails.
 */
#include "config.h"
#include "improve/search_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CELLS = 10, MOST_LISTED = 20000, MOST_TRIED = 150 };

struct smaller { double hours; size_t at; };

struct list {
	struct search *s;
	size_t least[MOST_CELLS], now[MOST_CELLS];
	double limit;           /* hours below which a staffing would be better */
	size_t *people; size_t count, capacity; /* [count * cells] */
	bool full, nomem;
};

static int by_hours(const void *a, const void *b)
{
	const struct smaller *x = a, *y = b;

	if (x->hours < y->hours || x->hours > y->hours)
		return x->hours < y->hours ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* Fewest people in a cell with which the targets can be kept at all. */
static bpr_status least_of(struct list *l, size_t cell)
{
	struct search *s = l->s;
	size_t at = s->people[cell];

	while (at > s->roster.floor[cell] && !s->spent) {
		double lack;
		bool kept;
		bpr_status status;

		memcpy(s->trial, s->ample, s->roster.cells * sizeof(*s->trial));
		s->trial[cell] = at - 1;
		status = bpr_i_search_try(s, &kept, &lack);
		if (status)
			return status;
		if (!kept)
			break;
		at--;
	}
	l->least[cell] = at;
	return BPR_OK;
}

static void add(struct list *l)
{
	size_t cells = l->s->roster.cells;

	if (l->count >= MOST_LISTED) {
		l->full = true;
		return;
	}
	if (!bpr_i_grow(&l->people, &l->capacity, (l->count + 1) * cells, sizeof(*l->people))) {
		l->nomem = true;
		return;
	}
	memcpy(l->people + l->count++ * cells, l->now, cells * sizeof(*l->now));
}

/* All staffings of the cells from `cell` on whose hours stay below the limit; at most as deep as there are cells. */
static void list_from(struct list *l, size_t cell, double hours)
{
	const struct search *s = l->s;

	if (l->full || l->nomem)
		return;
	if (cell == s->roster.cells) {
		add(l);
		return;
	}
	for (size_t n = l->least[cell]; n <= s->ample[cell]; n++) {
		double more = hours + (double)(n - l->least[cell]) * bpr_i_roster_hours(&s->roster, cell);

		if (!(more < l->limit - 1e-9))
			break;
		l->now[cell] = n;
		list_from(l, cell + 1, more);
	}
}

static bpr_status try_all(struct list *l, const struct smaller *order, bool *all)
{
	struct search *s = l->s;
	size_t cells = s->roster.cells;
	size_t before = s->runs;

	for (size_t i = 0; i < l->count; i++) {
		double lack;
		bool kept;
		bpr_status status;

		if (s->runs - before >= MOST_TRIED)
			return BPR_OK;
		memcpy(s->trial, l->people + order[i].at * cells, cells * sizeof(*s->trial));
		status = bpr_i_search_try(s, &kept, &lack);
		if (status || s->spent)
			return status;
		if (kept) { /* in the order of hours: nothing that is left is smaller */
			memcpy(s->people, s->trial, cells * sizeof(*s->people));
			break;
		}
	}
	*all = true;
	return BPR_OK;
}

bpr_status bpr_i_search_exact(struct search *s, bool *all)
{
	struct list l = { .s = s, .limit = bpr_i_search_hours(s, s->people) };
	struct smaller *order = NULL;
	double hours = 0;
	bpr_status status = BPR_OK;

	*all = false;
	if (s->roster.cells > MOST_CELLS)
		return BPR_OK;
	for (size_t i = 0; i < s->roster.cells && !status; i++) {
		status = least_of(&l, i);
		hours += (double)l.least[i] * bpr_i_roster_hours(&s->roster, i);
	}
	if (status || s->spent)
		return status;
	list_from(&l, 0, hours);
	if (!l.nomem && !l.full)
		order = bpr_i_calloc(l.count, sizeof(*order));
	if (l.nomem || (!l.full && !order))
		status = bpr_i_nomem(s->err);
	if (!status && order) {
		for (size_t i = 0; i < l.count; i++) {
			order[i] = (struct smaller){ 0, i };
			order[i].hours = bpr_i_search_hours(s, l.people + i * s->roster.cells);
		}
		if (l.count)
			qsort(order, l.count, sizeof(*order), by_hours);
		status = try_all(&l, order, all);
	}
	bpr_i_free(order);
	bpr_i_free(l.people);
	return status;
}
