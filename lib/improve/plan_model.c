/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Years of levers as a mixed-integer programme.
 *
 * y[l][t] is 1 where lever l has started by year t. The gain of a set is written as the sum of what each set valued adds beyond the sets
 * within it (Moebius inversion): single levers and pairs with what they need, and every set that a solution turned out to have. Terms of
 * several levers are products, which a variable z[T][t] stands for: z <= y of each where the term gains, z >= sum of y - (n - 1) where it
 * loses. The programme is solved, the sets of its solution are valued exactly, and it is solved again with them until it has no set that
 * was not valued.
 */
#include "config.h"
#include "improve/plan_i.h"
#include "base/problem_i.h"
#include "milp/milp_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 40, MOST_PAIRED = 60 };

struct model {
	struct bpr_i_plan_sets *sets;
	const struct bpr_i_schedule *s;
	struct bpr_milp_column *columns; size_t column_count, column_capacity;
	struct bpr_milp_row *rows; size_t row_count, row_capacity;
	struct bpr_milp_entry *entries; size_t entry_count, entry_capacity;
	size_t *row_first; size_t row_first_capacity; /* entries of a row begin there: pointers only once they no longer move */
	double *values; size_t value_capacity;
	bool nomem;
};

static void model_release(struct model *m)
{
	bpr_i_free(m->columns);
	bpr_i_free(m->rows);
	bpr_i_free(m->entries);
	bpr_i_free(m->row_first);
	bpr_i_free(m->values);
}

/* ---- sets to begin with ---- */

/* The set and everything that its members need, directly or not. */
static void close_set(const struct bpr_i_schedule *s, unsigned long long *bits)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < s->count; i++)
			for (size_t k = 0; bpr_i_plan_in(bits, i) && k < s->levers[i].need_count; k++)
				if (!bpr_i_plan_in(bits, s->levers[i].needs[k])) {
					bpr_i_plan_put(bits, s->levers[i].needs[k]);
					more = true;
				}
	}
}

static bool contradicts(const struct bpr_i_schedule *s, const unsigned long long *bits)
{
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = 0; bpr_i_plan_in(bits, i) && k < s->levers[i].exclude_count; k++)
			if (bpr_i_plan_in(bits, s->levers[i].excludes[k]))
				return true;
	return false;
}

static bpr_status value_closed(struct bpr_i_plan_sets *sets, size_t a, size_t b, struct bpr_error *err)
{
	unsigned long long *bits = bpr_i_calloc(sets->words, sizeof(*bits));
	bpr_status status = BPR_OK;
	size_t at;

	if (!bits)
		return bpr_i_nomem(err);
	bpr_i_plan_put(bits, a);
	bpr_i_plan_put(bits, b);
	close_set(sets->schedule, bits);
	if (!contradicts(sets->schedule, bits))
		status = bpr_i_plan_sets_get(sets, bits, &at, NULL, err);
	bpr_i_free(bits);
	return status;
}

static bpr_status value_first(struct bpr_i_plan_sets *sets, struct bpr_error *err)
{
	size_t count = sets->schedule->count;
	unsigned long long *none = bpr_i_calloc(sets->words, sizeof(*none));
	bpr_status status;
	size_t at;

	if (!none)
		return bpr_i_nomem(err);
	status = bpr_i_plan_sets_get(sets, none, &at, NULL, err);
	bpr_i_free(none);
	for (size_t i = 0; i < count && !status; i++)
		status = value_closed(sets, i, i, err);
	for (size_t i = 0; count <= MOST_PAIRED && i < count && !status; i++)
		for (size_t k = i + 1; k < count && !status && !bpr_i_plan_late(sets); k++)
			status = value_closed(sets, i, k, err);
	return status;
}

/* ---- what each set adds ---- */

static size_t members(const struct bpr_i_plan_sets *sets, size_t set)
{
	size_t n = 0;

	for (size_t i = 0; i < sets->schedule->count; i++)
		n += bpr_i_plan_in(sets->bits + set * sets->words, i);
	return n;
}

static bool holds(const struct bpr_i_plan_sets *sets, size_t large, size_t small)
{
	for (size_t w = 0; w < sets->words; w++)
		if (sets->bits[small * sets->words + w] & ~sets->bits[large * sets->words + w])
			return false;
	return true;
}

struct sized { size_t set, size; };

static int by_size(const void *a, const void *b)
{
	const struct sized *x = a, *y = b;

	if (x->size != y->size)
		return x->size < y->size ? -1 : 1;
	return (x->set > y->set) - (x->set < y->set);
}

/* coef of each set that fits: its gain less the coefs of all sets within it. */
static bool find_terms(struct bpr_i_plan_sets *sets)
{
	struct sized *order = bpr_i_calloc(sets->count + 1, sizeof(*order));

	if (!order)
		return false;
	for (size_t i = 0; i < sets->count; i++)
		order[i] = (struct sized){ i, members(sets, i) };
	if (sets->count)
		qsort(order, sets->count, sizeof(*order), by_size);
	for (size_t i = 0; i < sets->count; i++) {
		size_t set = order[i].set;

		sets->coef[set] = 0;
		if (!sets->worth[set].fits)
			continue;
		sets->coef[set] = sets->worth[set].gain;
		for (size_t k = 0; k < i; k++)
			if (sets->worth[order[k].set].fits && holds(sets, set, order[k].set))
				sets->coef[set] -= sets->coef[order[k].set];
	}
	bpr_i_free(order);
	return true;
}

/* ---- the programme ---- */

static size_t column(struct model *m, double objective, double low, double high, bool integer)
{
	if (m->nomem || !bpr_i_grow(&m->columns, &m->column_capacity, m->column_count + 1, sizeof(*m->columns))) {
		m->nomem = true;
		return 0;
	}
	m->columns[m->column_count] = (struct bpr_milp_column){ objective, low, high, integer };
	return m->column_count++;
}

static void row(struct model *m, double low, double high)
{
	if (m->nomem || !bpr_i_grow(&m->rows, &m->row_capacity, m->row_count + 1, sizeof(*m->rows)) ||
	    !bpr_i_grow(&m->row_first, &m->row_first_capacity, m->row_count + 1, sizeof(*m->row_first))) {
		m->nomem = true;
		return;
	}
	m->rows[m->row_count] = (struct bpr_milp_row){ NULL, 0, low, high };
	m->row_first[m->row_count++] = m->entry_count;
}

/* Of the row that was begun last. */
static void entry(struct model *m, size_t at, double value)
{
	if (m->nomem || !bpr_i_grow(&m->entries, &m->entry_capacity, m->entry_count + 1, sizeof(*m->entries))) {
		m->nomem = true;
		return;
	}
	m->entries[m->entry_count++] = (struct bpr_milp_entry){ at, value };
	m->rows[m->row_count - 1].count++;
}

static size_t y(const struct model *m, size_t lever, size_t year)
{
	return lever * m->s->years + year;
}

/*
 * What is paid once in t is paid for y[t] - y[t - 1]. Of plans that are equal the one that does less is taken: every lever costs a
 * little of the objective.
 */
static void add_starts(struct model *m, double little)
{
	const struct bpr_i_schedule *s = m->s;

	for (size_t i = 0; i < s->count; i++)
		for (size_t t = 0; t < s->years; t++) {
			double paid = bpr_i_schedule_paid(s, t) - (t + 1 < s->years ? bpr_i_schedule_paid(s, t + 1) : 0);
			bool last = t + 1 == s->years;

			(void)column(m, -paid * s->levers[i].cost - (last ? little : 0), s->levers[i].must && last ? 1 : 0,
				     t < s->levers[i].earliest ? 0 : 1, true);
		}
}

static void add_relations(struct model *m, size_t lever)
{
	const struct bpr_i_schedule_lever *l = &m->s->levers[lever];
	size_t last = m->s->years - 1;

	for (size_t t = 0; t < last; t++) { /* what has started stays */
		row(m, -(double)INFINITY, 0);
		entry(m, y(m, lever, t), 1);
		entry(m, y(m, lever, t + 1), -1);
	}
	for (size_t k = 0; k < l->need_count; k++)
		for (size_t t = 0; t <= last; t++) {
			row(m, -(double)INFINITY, 0);
			entry(m, y(m, lever, t), 1);
			entry(m, y(m, l->needs[k], t), -1);
		}
	for (size_t k = 0; k < l->exclude_count; k++) {
		row(m, -(double)INFINITY, 1);
		entry(m, y(m, lever, last), 1);
		entry(m, y(m, l->excludes[k], last), 1);
	}
}

static void add_money(struct model *m, size_t t)
{
	const struct bpr_i_schedule *s = m->s;

	if (isfinite(s->budget_per_year)) {
		row(m, -(double)INFINITY, s->budget_per_year);
		for (size_t i = 0; i < s->count; i++) {
			entry(m, y(m, i, t), s->levers[i].cost + s->share * s->levers[i].yearly);
			if (t)
				entry(m, y(m, i, t - 1), (1 - s->share) * s->levers[i].yearly - s->levers[i].cost);
		}
	}
	if (isfinite(s->days_per_year)) {
		row(m, -(double)INFINITY, s->days_per_year);
		for (size_t i = 0; i < s->count; i++) {
			entry(m, y(m, i, t), s->levers[i].days);
			if (t)
				entry(m, y(m, i, t - 1), -s->levers[i].days);
		}
	}
}

static void add_totals(struct model *m)
{
	const struct bpr_i_schedule *s = m->s;

	for (size_t k = 0; k < 2; k++) {
		double limit = k ? s->max_days : s->budget;

		if (!isfinite(limit))
			continue;
		row(m, -(double)INFINITY, limit);
		for (size_t i = 0; i < s->count; i++)
			entry(m, y(m, i, s->years - 1), k ? s->levers[i].days : s->levers[i].cost);
	}
}

/* A term of several levers in one year. */
static void add_product(struct model *m, size_t set, size_t size, size_t t)
{
	const unsigned long long *bits = m->sets->bits + set * m->sets->words;
	double coef = m->sets->coef[set];
	size_t z = column(m, bpr_i_schedule_weight(m->s, t) * coef, 0, 1, false);

	if (coef < 0) {
		row(m, -(double)INFINITY, (double)size - 1);
		for (size_t i = 0; i < m->s->count; i++)
			if (bpr_i_plan_in(bits, i))
				entry(m, y(m, i, t), 1);
		entry(m, z, -1);
		return;
	}
	for (size_t i = 0; i < m->s->count; i++)
		if (bpr_i_plan_in(bits, i)) {
			row(m, -(double)INFINITY, 0);
			entry(m, z, 1);
			entry(m, y(m, i, t), -1);
		}
}

/* Whether the lever makes the set, which does not fit, fit: it is in a larger one that does. */
static bool helps(const struct bpr_i_plan_sets *sets, size_t set, size_t lever)
{
	for (size_t i = 0; i < sets->count; i++)
		if (sets->worth[i].fits && bpr_i_plan_in(sets->bits + i * sets->words, lever) && holds(sets, i, set))
			return true;
	return false;
}

/* A set that does not fit stands in no year unless one is with it that makes it fit. */
static void add_conflict(struct model *m, size_t set, size_t size)
{
	const unsigned long long *bits = m->sets->bits + set * m->sets->words;

	for (size_t t = 0; t < m->s->years; t++) {
		row(m, -(double)INFINITY, (double)size - 1);
		for (size_t i = 0; i < m->s->count; i++)
			if (bpr_i_plan_in(bits, i))
				entry(m, y(m, i, t), 1);
			else if (helps(m->sets, set, i))
				entry(m, y(m, i, t), -1);
	}
}

static void add_sets(struct model *m, double least)
{
	for (size_t set = 0; set < m->sets->count && !m->nomem; set++) {
		const unsigned long long *bits = m->sets->bits + set * m->sets->words;
		size_t size = members(m->sets, set), one = 0;

		if (!size)
			continue;
		if (!m->sets->worth[set].fits) {
			add_conflict(m, set, size);
			continue;
		}
		while (!bpr_i_plan_in(bits, one))
			one++;
		for (size_t t = 0; t < m->s->years && fabs(m->sets->coef[set]) > least; t++) {
			if (size == 1)
				m->columns[y(m, one, t)].objective += bpr_i_schedule_weight(m->s, t) * m->sets->coef[set];
			else
				add_product(m, set, size, t);
		}
	}
}

static bool build(struct model *m)
{
	const struct bpr_i_schedule *s = m->s;
	double most = 0;

	m->column_count = m->row_count = m->entry_count = 0;
	if (!find_terms(m->sets))
		return false;
	for (size_t i = 0; i < m->sets->count; i++)
		most = fmax(most, fabs(m->sets->worth[i].gain));
	add_starts(m, 1e-7 * most);
	for (size_t i = 0; i < s->count; i++)
		add_relations(m, i);
	for (size_t t = 0; t < s->years; t++)
		add_money(m, t);
	add_totals(m);
	if (!m->nomem)
		add_sets(m, 1e-10 * most);
	if (m->nomem || !bpr_i_grow(&m->values, &m->value_capacity, m->column_count + 1, sizeof(*m->values)))
		return false;
	for (size_t i = 0; i < m->row_count; i++)
		m->rows[i].entries = m->entries + m->row_first[i];
	return true;
}

static void read_start(const struct model *m, size_t *start)
{
	for (size_t i = 0; i < m->s->count; i++) {
		start[i] = BPR_NONE;
		for (size_t t = m->s->years; t-- > 0;)
			if (m->values[y(m, i, t)] > 0.5)
				start[i] = t;
	}
}

/* Takes the solution over where it is the best so far; *fresh: sets of it had not been valued. */
static bpr_status take(struct model *m, const size_t *start, struct bpr_i_schedule_result *out, bool *fresh, struct bpr_error *err)
{
	size_t known = m->sets->count;
	double objective;
	bool fits;
	bpr_status status = bpr_i_schedule_worth(m->sets, start, &objective, &fits, err);

	*fresh = m->sets->count > known;
	if (status || !fits || (out->found && objective <= out->objective))
		return status;
	out->found = true;
	out->objective = objective;
	memcpy(out->start, start, m->s->count * sizeof(*start));
	return BPR_OK;
}

/* Solves once; *more: there is a set that the programme did not know. */
static bpr_status solve_round(struct model *m, struct bpr_i_schedule_result *out, size_t *start, bool *more, struct bpr_error *err)
{
	struct bpr_milp milp = { .seconds = bpr_i_plan_left(m->sets) };
	struct bpr_milp_result result = { .end = BPR_MILP_NONE };
	bpr_status status;

	*more = false;
	if (!build(m))
		return bpr_i_nomem(err);
	milp.columns = m->columns;
	milp.column_count = m->column_count;
	milp.rows = m->rows;
	milp.row_count = m->row_count;
	status = bpr_i_milp_solve(&milp, m->values, &result, err);
	if (status)
		return status;
	out->timed_out |= result.end == BPR_MILP_FEASIBLE || result.end == BPR_MILP_UNKNOWN;
	if (result.end == BPR_MILP_NONE || result.end == BPR_MILP_UNKNOWN)
		return BPR_OK;
	out->bound = result.bound;
	read_start(m, start);
	return take(m, start, out, more, err);
}

bpr_status bpr_i_schedule_model(struct bpr_i_plan_sets *sets, struct bpr_i_schedule_result *out, struct bpr_error *err)
{
	struct model m = { .sets = sets, .s = sets->schedule };
	size_t *start = bpr_i_calloc(sets->schedule->count + 1, sizeof(*start));
	bpr_status status = start ? value_first(sets, err) : bpr_i_nomem(err);
	bool more = true;

	out->found = false;
	for (size_t round = 0; round < ROUNDS && more && !status && !out->timed_out; round++) {
		status = solve_round(&m, out, start, &more, err);
		out->timed_out |= more && bpr_i_plan_late(sets);
	}
	model_release(&m);
	bpr_i_free(start);
	return status;
}
