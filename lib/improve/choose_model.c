/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model of what sets are worth, and its best set by a mixed-integer programme. */
#include "config.h"
#include "improve/choose_i.h"
#include "milp/milp_i.h"
#include "base/problem_i.h"
#include <math.h>

double bpr_i_choice_model(const bpr_choice *choice, const bool *set)
{
	double sum = 0;

	for (size_t i = 0; i < choice->n; i++)
		sum += set[i] ? choice->linear[i] : 0;
	for (size_t t = 0; t < choice->term_count; t++) {
		const struct bpr_term *term = &choice->terms[t];
		size_t k = 0;

		while (k < term->count && set[term->members[k]])
			k++;
		sum += k == term->count ? term->value : 0;
	}
	return sum;
}

bool bpr_i_choice_row(bpr_choice *choice, struct bpr_term **list, size_t *count, size_t *capacity, const size_t *members, size_t member_count)
{
	size_t *copy = bpr_i_arena_raw(&choice->arena, member_count, sizeof(*copy));

	if (!copy || !bpr_i_grow(list, capacity, *count + 1, sizeof(**list)))
		return false;
	for (size_t i = 0; i < member_count; i++)
		copy[i] = members[i];
	(*list)[(*count)++] = (struct bpr_term){ copy, member_count, 0 };
	return true;
}

bool bpr_i_choice_term(bpr_choice *choice, const bool *set, double value)
{
	size_t *members = bpr_i_arena_raw(&choice->arena, choice->n + 1, sizeof(*members));
	size_t count = 0;

	if (!members)
		return false;
	for (size_t i = 0; i < choice->n; i++)
		if (set[i])
			members[count++] = i;
	if (count == 1) {
		choice->linear[members[0]] += value;
		return true;
	}
	if (!bpr_i_grow(&choice->terms, &choice->term_capacity, choice->term_count + 1, sizeof(*choice->terms)))
		return false;
	choice->terms[choice->term_count++] = (struct bpr_term){ members, count, value };
	return true;
}

/* ---- the programme ---- */

/* Columns: levers first, then terms. */
struct programme {
	const bpr_choice *choice;
	const struct bpr_choice_asked *asked;
	struct bpr_milp_column *columns; size_t column_count;
	struct bpr_milp_row *rows; size_t row_count, row_capacity;
	struct bpr_arena arena;
	bool nomem;
};

/* A row with room for so many entries, or NULL. */
static struct bpr_milp_entry *add_row(struct programme *p, size_t room, double low, double high)
{
	struct bpr_milp_entry *entries = bpr_i_arena_raw(&p->arena, room + 1, sizeof(*entries));

	if (!entries || !bpr_i_grow(&p->rows, &p->row_capacity, p->row_count + 1, sizeof(*p->rows))) {
		p->nomem = true;
		return NULL;
	}
	p->rows[p->row_count++] = (struct bpr_milp_row){ entries, 0, low, high };
	return entries;
}

static void put(struct programme *p, struct bpr_milp_entry *entries, size_t column, double value)
{
	struct bpr_milp_row *row = &p->rows[p->row_count - 1];

	entries[row->count++] = (struct bpr_milp_entry){ column, value };
}

static void add_pair(struct programme *p, size_t a, double va, size_t b, double vb, double high)
{
	struct bpr_milp_entry *e = add_row(p, 2, -HUGE_VAL, high);

	if (!e)
		return;
	put(p, e, a, va);
	put(p, e, b, vb);
}

static void add_limit(struct programme *p, double most, bool days)
{
	const bpr_choice *c = p->choice;
	struct bpr_milp_entry *e = isfinite(most) ? add_row(p, c->n, -HUGE_VAL, most) : NULL;

	for (size_t i = 0; e && i < c->n; i++) {
		double x = days ? c->levers[i].days : c->levers[i].cost;

		if (x > 0)
			put(p, e, i, x);
	}
}

static void add_rules(struct programme *p)
{
	const bpr_choice *c = p->choice;

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; c->usable[i] && k < c->levers[i].need_count; k++)
			if (c->levers[i].needs[k] != i)
				add_pair(p, i, 1, c->levers[i].needs[k], -1, 0);
	for (size_t k = 0; k < c->clash_count; k++)
		add_pair(p, c->clash[2 * k], 1, c->clash[2 * k + 1], 1, 1);
	for (size_t r = 0; r < c->row_count; r++) {
		struct bpr_milp_entry *e = add_row(p, c->rows[r].count, -HUGE_VAL, (double)c->rows[r].count - 1);

		for (size_t k = 0; e && k < c->rows[r].count; k++)
			put(p, e, c->rows[r].members[k], 1);
	}
	for (size_t r = 0; r < c->rescue_count; r++) {
		struct bpr_milp_entry *e = add_row(p, c->rescues[r].count, -HUGE_VAL, 0);

		for (size_t k = 0; e && k < c->rescues[r].count; k++)
			put(p, e, c->rescues[r].members[k], k ? -1 : 1);
	}
}

/* The product of levers, from the side that the objective pulls away from. */
static void add_term(struct programme *p, size_t index)
{
	const struct bpr_term *term = &p->choice->terms[index];
	size_t column = p->choice->n + index;
	struct bpr_milp_entry *e;

	if (term->value > 0) {
		for (size_t k = 0; k < term->count; k++)
			add_pair(p, column, 1, term->members[k], -1, 0);
		return;
	}
	e = add_row(p, term->count + 1, -HUGE_VAL, (double)term->count - 1);
	for (size_t k = 0; e && k < term->count; k++)
		put(p, e, term->members[k], 1);
	if (e)
		put(p, e, column, -1);
}

/* Not this set; with `above`, and none that has all of it. */
static void add_cut(struct programme *p, size_t set, bool above)
{
	const bpr_choice *c = p->choice;
	struct bpr_milp_entry *e = add_row(p, c->n, -HUGE_VAL, 0);
	double inside = 0;

	if (!e)
		return;
	bpr_i_sets_get(&c->sets, set, c->work);
	for (size_t i = 0; i < c->n; i++) {
		inside += c->work[i];
		if (c->work[i] || !above)
			put(p, e, i, c->work[i] ? 1 : -1);
	}
	p->rows[p->row_count - 1].high = inside - 1;
}

static bool build(struct programme *p)
{
	const bpr_choice *c = p->choice;

	p->column_count = c->n + c->term_count;
	p->columns = bpr_i_calloc(p->column_count, sizeof(*p->columns));
	if (!p->columns)
		return false;
	for (size_t i = 0; i < c->n; i++)
		p->columns[i] = (struct bpr_milp_column){ c->linear[i], c->must[i], c->usable[i] || c->must[i], true };
	for (size_t t = 0; t < c->term_count; t++)
		p->columns[c->n + t] = (struct bpr_milp_column){ c->terms[t].value, 0, 1, false };
	add_limit(p, p->asked->limits->budget, false);
	add_limit(p, p->asked->limits->days, true);
	add_rules(p);
	for (size_t t = 0; t < c->term_count; t++)
		add_term(p, t);
	for (size_t i = 0; i < c->refused_count; i++)
		add_cut(p, c->refused[i], false);
	for (size_t i = 0; i < p->asked->cover_count; i++)
		add_cut(p, p->asked->covers[i], true);
	for (size_t i = 0; i < p->asked->tried_count; i++)
		add_cut(p, p->asked->tried[i], false);
	return !p->nomem;
}

bpr_status bpr_i_choice_solve(bpr_choice *choice, const struct bpr_choice_asked *asked, bool *set, struct bpr_choice_answer *answer, struct bpr_error *err)
{
	struct programme p = { .choice = choice, .asked = asked };
	struct bpr_milp_result result = { BPR_MILP_NONE, 0, 0 };
	double *values = NULL;
	bpr_status status = BPR_OK;

	*answer = (struct bpr_choice_answer){ .found = false };
	if (!build(&p) || !(values = bpr_i_calloc(p.column_count, sizeof(*values)))) {
		status = bpr_i_nomem(err);
	} else {
		struct bpr_milp milp = { p.columns, p.column_count, p.rows, p.row_count, asked->seconds, 0 };

		status = bpr_i_milp_solve(&milp, values, &result, err);
	}
	if (!status) {
		answer->found = result.end == BPR_MILP_BEST || result.end == BPR_MILP_FEASIBLE;
		answer->best = result.end == BPR_MILP_BEST || result.end == BPR_MILP_NONE;
		answer->bound = result.bound;
		for (size_t i = 0; i < choice->n; i++)
			set[i] = values[i] > 0.5;
	}
	bpr_i_free(values);
	bpr_i_free(p.columns);
	bpr_i_free(p.rows);
	bpr_i_arena_release(&p.arena);
	return status;
}
