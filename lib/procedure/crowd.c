/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The members of a household whose own facts stand. Each member is one of finitely many kinds, told apart by which parts of the
 * conditions hold for them; a household is any number of members of these kinds. Breadth first over the capped numbers, so that the
 * household that is found has as few members as can be.
 */
#include "config.h"
#include "procedure/solve_i.h"
#include <string.h>

struct kind { const char *holds; /* [quantifiers] '0', '1' */ const struct bpr_fact_value *values; const bool *chosen; };
struct state { const char *numbers; /* [quantifiers + 1], capped; the last: members */ size_t before, kind; };

struct crowd {
	struct bpr_solver *s;
	struct kind *kinds; size_t kind_count, kind_capacity;
	struct bpr_names kind_names, state_names;
	struct state *states; size_t state_count, state_capacity;
	size_t *asked; size_t asked_count; /* quantifiers that matter */
};

/* ---- which quantifiers matter, and what they must be ---- */

static void mark_relevant(struct bpr_solver *s, const struct bpr_cond *cond)
{
	if (bpr_i_solve_holds(s, cond, false) != BPR_I_MAYBE)
		return;
	if (cond->kind == BPR_COND_COUNT) {
		s->relevant[cond->quantifier] = true;
		return;
	}
	if (cond->kind == BPR_COND_TEST)
		s->relevant[s->quantifiers] = true; /* how many members there are */
	for (size_t i = 0; i < cond->count; i++)
		mark_relevant(s, cond->children[i]);
}

/* Whether each number of members from 1 on would make a literal wrong: then nobody may be one of those. */
static bool never(struct bpr_solver *s, size_t q)
{
	const double min = s->min[q], max = s->max[q];
	bool out = true;

	for (double n = 1; n <= s->cap[q] && out; n++) {
		s->min[q] = s->max[q] = n;
		out = bpr_i_solve_all(s) == BPR_I_NO;
	}
	s->min[q] = min;
	s->max[q] = max;
	return out;
}

static bool prepare(struct crowd *c)
{
	struct bpr_solver *s = c->s;

	memset(s->relevant, 0, (s->quantifiers + 1) * sizeof(*s->relevant));
	memset(s->never, 0, (s->quantifiers + 1) * sizeof(*s->never));
	for (size_t i = 0; i < s->literal_count; i++)
		mark_relevant(s, s->literals[i].cond);
	c->asked = bpr_i_arena_raw(s->arena, s->quantifiers + 1, sizeof(*c->asked));
	if (!c->asked)
		return false;
	for (size_t q = 0; q < s->quantifiers; q++)
		if (s->relevant[q]) {
			s->never[q] = s->max[q] > 0 && never(s, q);
			c->asked[c->asked_count++] = q;
		}
	return true;
}

/* ---- kinds of members ---- */

static enum bpr_solved keep_kind(struct crowd *c, size_t depth)
{
	struct bpr_solver *s = c->s;
	char *holds = bpr_i_arena_alloc(s->arena, c->asked_count + 1, 1);
	struct bpr_fact_value *values;
	bool added, *chosen;

	if (!holds)
		return BPR_SOLVED_NOMEM;
	for (size_t i = 0; i < c->asked_count; i++)
		holds[i] = bpr_i_solve_holds(s, s->counts[c->asked[i]]->children[0], true) == BPR_I_YES ? '1' : '0';
	if (bpr_i_names_add(&c->kind_names, holds, c->asked_count, &added) == BPR_NONE)
		return BPR_SOLVED_NOMEM;
	if (!added)
		return BPR_SOLVED_NO;
	values = bpr_i_arena_raw(s->arena, s->p->fact_count + 1, sizeof(*values));
	chosen = bpr_i_arena_alloc(s->arena, s->p->fact_count + 1, sizeof(*chosen));
	if (!values || !chosen || !bpr_i_grow(&c->kinds, &c->kind_capacity, c->kind_count + 1, sizeof(*c->kinds)))
		return BPR_SOLVED_NOMEM;
	memcpy(values, s->values + s->p->fact_count, s->p->fact_count * sizeof(*values));
	for (size_t v = s->household_count; v < depth; v++)
		for (size_t i = 0; i < s->variables[v].fact_count; i++)
			chosen[s->variables[v].facts[i]] = true;
	c->kinds[c->kind_count++] = (struct kind){ holds, values, chosen };
	return BPR_SOLVED_NO;
}

/* All kinds, by trying the facts of a member one after the other. */
static enum bpr_solved kinds(struct crowd *c, size_t depth)
{
	struct bpr_solver *s = c->s;
	const struct bpr_solve_variable *variable = &s->variables[depth];
	enum bpr_solved solved = BPR_SOLVED_NO;
	bool decided = true;

	if (++s->steps > s->max_steps)
		return BPR_SOLVED_UNDECIDED;
	for (size_t i = 0; i < c->asked_count; i++) {
		const int holds = bpr_i_solve_holds(s, s->counts[c->asked[i]]->children[0], true);

		if (holds == BPR_I_YES && s->never[c->asked[i]])
			return BPR_SOLVED_NO;
		decided = decided && holds != BPR_I_MAYBE;
	}
	if (decided || depth == s->variable_count)
		return keep_kind(c, depth);
	for (size_t i = 0; i < variable->cell_count && solved == BPR_SOLVED_NO; i++) {
		bpr_i_solve_put(s, variable, i);
		solved = kinds(c, depth + 1);
	}
	bpr_i_solve_unput(s, variable);
	return solved;
}

/* ---- numbers ---- */

static enum bpr_solved found(struct crowd *c, size_t state)
{
	struct bpr_solver *s = c->s;
	size_t count = 0;

	for (size_t i = state; c->states[i].before != BPR_NONE; i = c->states[i].before)
		count++;
	s->members = bpr_i_arena_alloc(s->arena, count + 1, sizeof(*s->members));
	if (!s->members)
		return BPR_SOLVED_NOMEM;
	for (size_t i = state; c->states[i].before != BPR_NONE; i = c->states[i].before)
		s->members[s->member_count++] = (struct bpr_solve_member){ c->kinds[c->states[i].kind].values, c->kinds[c->states[i].kind].chosen };
	return BPR_SOLVED_YES;
}

/* The state, if it is new: whether the literals are right in it. */
static enum bpr_solved visit(struct crowd *c, const char *numbers, size_t before, size_t kind)
{
	struct bpr_solver *s = c->s;
	const size_t width = c->asked_count + 1;
	bool added;
	char *copy;

	if (++s->steps > s->max_steps)
		return BPR_SOLVED_UNDECIDED;
	if (bpr_i_names_find(&c->state_names, numbers, width) != BPR_NONE)
		return BPR_SOLVED_NO;
	copy = bpr_i_arena_strndup(s->arena, numbers, width);
	if (!copy || bpr_i_names_add(&c->state_names, copy, width, &added) == BPR_NONE ||
	    !bpr_i_grow(&c->states, &c->state_capacity, c->state_count + 1, sizeof(*c->states)))
		return BPR_SOLVED_NOMEM;
	c->states[c->state_count++] = (struct state){ copy, before, kind };
	if (before == BPR_NONE)
		return BPR_SOLVED_NO; /* nobody: no household */
	for (size_t i = 0; i < c->asked_count; i++)
		s->min[c->asked[i]] = s->max[c->asked[i]] = numbers[i] - '0';
	s->min[s->quantifiers] = s->max[s->quantifiers] = numbers[c->asked_count] - '0';
	return bpr_i_solve_all(s) == BPR_I_YES ? found(c, c->state_count - 1) : BPR_SOLVED_NO;
}

static enum bpr_solved numbers(struct crowd *c)
{
	struct bpr_solver *s = c->s;
	const double most = s->cap[s->quantifiers] > 1 ? s->cap[s->quantifiers] : 1;
	char *next = bpr_i_arena_alloc(s->arena, c->asked_count + 2, 1);
	enum bpr_solved solved;

	if (!next)
		return BPR_SOLVED_NOMEM;
	memset(next, '0', c->asked_count + 1);
	solved = visit(c, next, BPR_NONE, 0);
	for (size_t at = 0; at < c->state_count && solved == BPR_SOLVED_NO; at++)
		for (size_t k = 0; k < c->kind_count && solved == BPR_SOLVED_NO; k++) {
			for (size_t i = 0; i < c->asked_count; i++) {
				const char now = c->states[at].numbers[i];

				next[i] = (char)(now + (c->kinds[k].holds[i] == '1' && now - '0' < s->cap[c->asked[i]]));
			}
			next[c->asked_count] = (char)(c->states[at].numbers[c->asked_count] + (c->states[at].numbers[c->asked_count] - '0' < most));
			solved = visit(c, next, at, k);
		}
	return solved;
}

enum bpr_solved bpr_i_solve_crowd(struct bpr_solver *s)
{
	struct crowd c = { .s = s };
	enum bpr_solved solved = prepare(&c) ? BPR_SOLVED_NO : BPR_SOLVED_NOMEM;

	for (size_t q = 0; q <= s->quantifiers && solved == BPR_SOLVED_NO; q++)
		if (s->cap[q] > 60)
			solved = BPR_SOLVED_UNDECIDED; /* numbers are kept in a character */
	if (solved == BPR_SOLVED_NO)
		solved = kinds(&c, s->household_count);
	if (solved == BPR_SOLVED_NO)
		solved = numbers(&c);
	bpr_i_names_release(&c.kind_names);
	bpr_i_names_release(&c.state_names);
	bpr_i_free(c.kinds);
	bpr_i_free(c.states);
	return solved;
}
