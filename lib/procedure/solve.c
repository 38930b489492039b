/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search of the solver over facts of the household; what is found, as a text. */
#include "config.h"
#include "procedure/solve_i.h"
#include "base/num_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <string.h>

static bool is_size(const struct bpr_solver *s, const struct bpr_cond *test)
{
	const struct bpr_procedure_fact *f = &s->p->facts[test->fact];

	return !f->declared && f->known && f->known->derive == BPR_DERIVE_SIZE;
}

/* The number of members lies between these; from the cap on numbers are all the same. */
static int size_holds(const struct bpr_solver *s, const struct bpr_cond *test)
{
	bool some = false, all = true;

	for (double n = s->min[s->quantifiers]; n <= s->max[s->quantifiers]; n++) {
		const struct bpr_fact_value value = { .known = true, .numeric = true, .yes = -1, .number = n };
		const bool fits = bpr_i_test_holds(test, &value) == BPR_I_YES;

		some = some || fits;
		all = all && fits;
	}
	return all ? BPR_I_YES : some ? BPR_I_MAYBE : BPR_I_NO;
}

int bpr_i_solve_holds(struct bpr_solver *s, const struct bpr_cond *cond, bool inside)
{
	int holds, one;

	switch (cond->kind) {
	case BPR_COND_CONST:
		return cond->value;
	case BPR_COND_TEST:
		return is_size(s, cond) ? size_holds(s, cond) : bpr_i_test_holds(cond, &s->values[(cond->person ? s->p->fact_count : 0) + cond->fact]);
	case BPR_COND_NOT:
		return BPR_I_YES - bpr_i_solve_holds(s, cond->children[0], inside);
	case BPR_COND_AND:
	case BPR_COND_OR:
		holds = cond->kind == BPR_COND_AND ? BPR_I_YES : BPR_I_NO;
		for (size_t i = 0; i < cond->count && (cond->kind == BPR_COND_AND ? holds > BPR_I_NO : holds < BPR_I_YES); i++) {
			one = bpr_i_solve_holds(s, cond->children[i], inside);
			if (cond->kind == BPR_COND_AND ? one < holds : one > holds)
				holds = one;
		}
		return holds;
	case BPR_COND_COUNT:
		return bpr_i_count_holds(cond, s->min[cond->quantifier], s->max[cond->quantifier]);
	}
	return BPR_I_MAYBE;
}

int bpr_i_solve_all(struct bpr_solver *s)
{
	int all = BPR_I_YES;

	for (size_t i = 0; i < s->literal_count; i++) {
		int holds = bpr_i_solve_holds(s, s->literals[i].cond, false);

		if (s->literals[i].want == BPR_I_NO)
			holds = BPR_I_YES - holds;
		if (holds == BPR_I_NO)
			return BPR_I_NO;
		all = holds < all ? holds : all;
	}
	return all;
}

void bpr_i_solve_put(struct bpr_solver *s, const struct bpr_solve_variable *variable, size_t cell)
{
	for (size_t i = 0; i < variable->fact_count; i++)
		s->values[(variable->person ? s->p->fact_count : 0) + variable->facts[i]] = variable->cells[cell].values[i];
}

void bpr_i_solve_unput(struct bpr_solver *s, const struct bpr_solve_variable *variable)
{
	for (size_t i = 0; i < variable->fact_count; i++)
		s->values[(variable->person ? s->p->fact_count : 0) + variable->facts[i]] = (struct bpr_fact_value){ .yes = -1 };
}

/* How many members there can be for whom each quantifier's part holds, by the facts of the household alone. */
static void ranges(struct bpr_solver *s)
{
	for (size_t q = 0; q < s->quantifiers; q++) {
		int one;

		if (!s->counts[q])
			continue;
		one = bpr_i_solve_holds(s, s->counts[q]->children[0], true);
		s->min[q] = one == BPR_I_YES ? 1 : 0;
		s->max[q] = one == BPR_I_NO ? 0 : s->cap[q];
	}
	s->min[s->quantifiers] = 1;
	s->max[s->quantifiers] = s->cap[s->quantifiers] > 1 ? s->cap[s->quantifiers] : 1;
}

static void keep_household(struct bpr_solver *s, size_t depth)
{
	for (size_t v = 0; v < depth; v++)
		for (size_t i = 0; i < s->variables[v].fact_count; i++) {
			const size_t fact = s->variables[v].facts[i];

			s->chosen[fact] = true;
			s->found[fact] = s->values[fact];
		}
}

static enum bpr_solved search(struct bpr_solver *s, size_t depth)
{
	const struct bpr_solve_variable *variable = &s->variables[depth];
	enum bpr_solved solved = BPR_SOLVED_NO;
	int all;

	if (++s->steps > s->max_steps)
		return BPR_SOLVED_UNDECIDED;
	ranges(s);
	all = bpr_i_solve_all(s);
	if (all == BPR_I_NO)
		return BPR_SOLVED_NO;
	if (all == BPR_I_YES) {
		keep_household(s, depth);
		return BPR_SOLVED_YES;
	}
	if (depth == s->household_count) {
		solved = bpr_i_solve_crowd(s);
		if (solved == BPR_SOLVED_YES)
			keep_household(s, depth);
		return solved;
	}
	for (size_t i = 0; i < variable->cell_count && solved == BPR_SOLVED_NO; i++) {
		bpr_i_solve_put(s, variable, i);
		solved = search(s, depth + 1);
	}
	bpr_i_solve_unput(s, variable);
	return solved;
}

static bool prepare(struct bpr_solver *s)
{
	const size_t facts = s->p->fact_count + 1, quantifiers = s->quantifiers + 1;

	s->values = bpr_i_arena_alloc(s->arena, 2 * facts, sizeof(*s->values));
	s->found = bpr_i_arena_alloc(s->arena, facts, sizeof(*s->found));
	s->chosen = bpr_i_arena_alloc(s->arena, facts, sizeof(*s->chosen));
	s->min = bpr_i_arena_alloc(s->arena, quantifiers, sizeof(*s->min));
	s->max = bpr_i_arena_alloc(s->arena, quantifiers, sizeof(*s->max));
	s->cap = bpr_i_arena_alloc(s->arena, quantifiers, sizeof(*s->cap));
	s->counts = bpr_i_arena_alloc(s->arena, quantifiers, sizeof(*s->counts));
	s->relevant = bpr_i_arena_alloc(s->arena, quantifiers, sizeof(*s->relevant));
	s->never = bpr_i_arena_alloc(s->arena, quantifiers, sizeof(*s->never));
	if (!s->values || !s->found || !s->chosen || !s->min || !s->max || !s->cap || !s->counts || !s->relevant || !s->never)
		return false;
	for (size_t i = 0; i < 2 * facts; i++)
		s->values[i].yes = -1;
	return bpr_i_solve_cells(s);
}

enum bpr_solved bpr_i_solve(struct bpr_solver *s, const bpr_procedures *p, size_t event, const struct bpr_solve_literal *literals, size_t count,
			    size_t max_steps, struct bpr_arena *arena)
{
	*s = (struct bpr_solver){ .p = p, .arena = arena, .event = event, .literals = literals, .literal_count = count, .max_steps = max_steps,
				  .quantifiers = p->quantifier_count };
	if (!prepare(s))
		return BPR_SOLVED_NOMEM;
	return search(s, 0);
}

/* ---- the example ---- */

static void put_value(struct bpr_buf *out, const struct bpr_procedure_fact *fact, const struct bpr_fact_value *value)
{
	int y, m, d;

	bpr_i_buf_puts(out, fact->pub.name);
	bpr_i_buf_putc(out, '=');
	if (fact->pub.kind == BPR_FACT_DATE && value->numeric) {
		bpr_date_parts((long)value->number, &y, &m, &d);
		bpr_i_buf_printf(out, "%04d-%02d-%02d", y, m, d);
	} else if (value->numeric) {
		bpr_i_buf_number(out, value->number);
	} else if (value->yes >= 0 && fact->pub.kind != BPR_FACT_WORD) {
		bpr_i_buf_puts(out, value->yes ? "○" : "×");
	} else {
		bpr_i_buf_puts(out, value->word ? value->word : "");
	}
}

/* Values that say yes first: they tell the household from others. */
static void put_values(const struct bpr_solver *s, struct bpr_buf *out, const bool *chosen, const struct bpr_fact_value *values)
{
	bool any = false;

	for (int no = 0; no <= 1; no++)
		for (size_t f = 0; f < s->p->fact_count; f++) {
			if (!chosen[f] || (values[f].yes == 0) != no)
				continue;
			if (any)
				bpr_i_buf_puts(out, ", ");
			put_value(out, &s->p->facts[f], &values[f]);
			any = true;
		}
}

void bpr_i_solve_example(const struct bpr_solver *s, struct bpr_buf *out)
{
	const size_t before = out->length;

	for (size_t i = 0; i < s->member_count; i++) {
		bpr_i_buf_puts(out, "[");
		put_values(s, out, s->members[i].chosen, s->members[i].values);
		bpr_i_buf_puts(out, "] ");
	}
	put_values(s, out, s->chosen, s->found);
	while (out->length > before && out->data[out->length - 1] == ' ')
		out->data[--out->length] = '\0';
	if (out->length == before)
		bpr_i_buf_puts(out, "…");
}
