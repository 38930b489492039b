/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a table of procedures, decided by the solver, with a household as example. */
#include "config.h"
#include "procedure/solve_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <math.h>
#include <string.h>

/* Steps of one question by default; of all together so many times as much; a question costs that many at least. */
enum { DEFAULT_STEPS = 200000, ALL_QUESTIONS = 50, LEAST_STEPS = 50, LONGEST_EXAMPLE = 170 };

struct checking {
	const bpr_procedures *p;
	bpr_problems *problems;
	size_t max_steps, left;   /* of one question, of all that follow */
	bool nomem;
	char example[LONGEST_EXAMPLE + 1];
};

static struct bpr_place place_of(const struct checking *c, size_t row)
{
	return (struct bpr_place){ .file = c->p->rows[row].file, .line = c->p->rows[row].pub.line, .where = "condition" };
}

static void note(struct checking *c, enum bpr_code_id id, size_t row, const char *a1, const char *a2, const char *a3)
{
	const struct bpr_place place = place_of(c, row);

	bpr_i_problem(c->problems, id, &place, false, a1, a2, a3, NULL);
}

/* What a procedure is called in a message. */
static const char *name_of(const struct checking *c, size_t row)
{
	const struct bpr_procedure *r = &c->p->rows[row].pub;

	return *r->name ? r->name : r->id;
}

/* ---- questions ---- */

/* A household for the event; its text is the checking's example. */
static enum bpr_solved ask(struct checking *c, size_t event, const struct bpr_solve_literal *literals, size_t count)
{
	struct bpr_arena arena = { 0 };
	struct bpr_buf example = BPR_BUF_INIT;
	struct bpr_solver solver;
	enum bpr_solved solved;
	size_t n;

	if (c->nomem)
		return BPR_SOLVED_NOMEM;
	if (c->left < LEAST_STEPS)
		return BPR_SOLVED_UNDECIDED;
	solved = bpr_i_solve(&solver, c->p, event, literals, count, c->max_steps, &arena);
	n = solver.steps < LEAST_STEPS ? LEAST_STEPS : solver.steps;
	c->left -= n < c->left ? n : c->left;
	c->example[0] = '\0';
	if (solved == BPR_SOLVED_YES) {
		bpr_i_solve_example(&solver, &example);
		n = example.failed ? 0 : bpr_i_utf8_cut(example.data, example.length, LONGEST_EXAMPLE / 3, BPR_LANG_JA);
		if (!example.failed && example.length <= LONGEST_EXAMPLE)
			n = example.length;
		memcpy(c->example, example.failed ? "" : example.data, n);
		memcpy(c->example + n, n < example.length ? "…" : "", n < example.length ? sizeof("…") : 1);
		c->nomem = example.failed != BPR_OK;
	}
	c->nomem = c->nomem || solved == BPR_SOLVED_NOMEM;
	bpr_i_buf_release(&example);
	bpr_i_arena_release(&arena);
	return solved;
}

/* Whether the event matters beyond which rows it has: a condition asks for it. */
static bool asks_event(const bpr_procedures *p)
{
	for (size_t f = 0; f < p->fact_count; f++)
		if (!p->facts[f].declared && p->facts[f].known && p->facts[f].known->derive == BPR_DERIVE_EVENT)
			return true;
	return false;
}

/* For some event of both rows (the second may be the same). */
static enum bpr_solved ask_rows(struct checking *c, size_t a, size_t b, const struct bpr_solve_literal *literals, size_t count)
{
	const bpr_procedures *p = c->p;
	const bool each = asks_event(p);
	enum bpr_solved all = BPR_SOLVED_NO;

	if (!p->event_count)
		return ask(c, BPR_NONE, literals, count);
	for (size_t e = 0; e < p->event_count && all != BPR_SOLVED_YES && all != BPR_SOLVED_NOMEM; e++) {
		enum bpr_solved one;

		if (!bpr_i_row_for(&p->rows[a], e) || !bpr_i_row_for(&p->rows[b], e))
			continue;
		one = ask(c, e, literals, count);
		all = one > all ? one : all;
		if (one == BPR_SOLVED_YES || !each)
			return one;
	}
	return all;
}

static void undecided(struct checking *c, size_t row, const char *what)
{
	char steps[32];

	(void)bpr_i_num_format(steps, sizeof(steps), (double)c->max_steps);
	bpr_i_problem(c->problems, BPR_I_H072, &(struct bpr_place){ .file = c->p->rows[row].file, .line = c->p->rows[row].pub.line, .where = what }, true, steps, NULL,
		      NULL, NULL);
}

/* ---- one row ---- */

static void check_branches(struct checking *c, size_t row)
{
	const struct bpr_cond *own = c->p->rows[row].own;

	if (own->kind != BPR_COND_OR || (c->p->rows[row].group != BPR_NONE && c->p->groups[c->p->rows[row].group].rules))
		return;
	for (size_t i = 0; i < own->count; i++) {
		const struct bpr_solve_literal one = { own->children[i], BPR_I_YES };
		char part[100];
		size_t n = own->children[i]->end - own->children[i]->begin;

		if (ask_rows(c, row, row, &one, 1) != BPR_SOLVED_NO || n >= sizeof(part))
			continue;
		memcpy(part, c->p->rows[row].pub.condition + own->children[i]->begin, n);
		part[n] = '\0';
		note(c, BPR_I_H067, row, part, name_of(c, row), NULL);
	}
}

static bool is_first(const bpr_procedures *p, const struct bpr_procedure_row *row)
{
	return row->group != BPR_NONE && p->groups[row->group].hit == BPR_HIT_FIRST;
}

static void check_condition(struct checking *c, size_t index)
{
	const struct bpr_procedure_row *row = &c->p->rows[index];
	const struct bpr_solve_literal holds = { row->cond, BPR_I_YES }, not = { row->cond, BPR_I_NO };
	enum bpr_solved solved;

	if (!row->cond)
		return;
	solved = ask_rows(c, index, index, &holds, 1);
	if (solved == BPR_SOLVED_NO) {
		note(c, is_first(c->p, row) && row->shadowed ? BPR_I_H061 : BPR_I_H060, index, name_of(c, index), row->pub.condition, NULL);
		return;
	}
	if (solved == BPR_SOLVED_UNDECIDED)
		undecided(c, index, "condition");
	if (is_first(c->p, row) || row->cond->kind == BPR_COND_CONST)
		return;
	if (ask_rows(c, index, index, &not, 1) == BPR_SOLVED_NO)
		note(c, BPR_I_H066, index, name_of(c, index), row->pub.condition, NULL);
	else
		check_branches(c, index);
}

/* Two tests of members that stand alone may hold for different members. */
static bool bare_member_test(const struct bpr_cond *cond)
{
	return cond->kind == BPR_COND_COUNT && cond->count == 1 && cond->children[0]->kind == BPR_COND_TEST && cond->children[0]->begin == cond->begin &&
	       cond->children[0]->end == cond->end;
}

static bool two_members(const bpr_procedures *p, const struct bpr_cond *cond)
{
	size_t tests = 0;

	for (size_t i = 0; i < cond->count && cond->kind != BPR_COND_COUNT; i++) {
		if (two_members(p, cond->children[i]))
			return true;
		tests += cond->kind == BPR_COND_AND && bare_member_test(cond->children[i]);
	}
	return tests > 1;
}

static void check_row(struct checking *c, size_t index)
{
	const struct bpr_procedure_row *row = &c->p->rows[index];
	const struct bpr_place law = { .file = row->file, .line = row->pub.line, .where = "deadline" };

	check_condition(c, index);
	if (row->own && row->group == BPR_NONE && two_members(c->p, row->own))
		note(c, BPR_I_H068, index, row->pub.condition, NULL, NULL);
	if (strstr(row->pub.law, "戸籍法") && row->when.kind == BPR_DEADLINE_DAYS && !row->when.inclusive)
		bpr_i_problem(c->problems, BPR_I_H069, &law, false, row->pub.deadline, NULL, NULL, NULL);
}

/* ---- two rows ---- */

static void both(struct checking *c, size_t a, size_t b, enum bpr_code_id id)
{
	struct bpr_solve_literal literals[2];
	size_t count = 0;
	char line[32];
	enum bpr_solved solved;

	if (c->p->rows[a].cond)
		literals[count++] = (struct bpr_solve_literal){ c->p->rows[a].cond, BPR_I_YES };
	if (c->p->rows[b].cond)
		literals[count++] = (struct bpr_solve_literal){ c->p->rows[b].cond, BPR_I_YES };
	solved = ask_rows(c, a, b, literals, count);
	(void)bpr_i_num_format(line, sizeof(line), (double)c->p->rows[a].pub.line);
	if (solved == BPR_SOLVED_YES)
		note(c, id, b, name_of(c, b), line, c->example);
	else if (solved == BPR_SOLVED_UNDECIDED)
		undecided(c, b, "condition");
}

static bool share_event(const bpr_procedures *p, const struct bpr_procedure_row *a, const struct bpr_procedure_row *b)
{
	if (!a->event_count || !b->event_count)
		return true;
	for (size_t e = 0; e < p->event_count; e++)
		if (bpr_i_row_for(a, e) && bpr_i_row_for(b, e))
			return true;
	return false;
}

/* Rows of the same name, each with the ones in front of it. */
static void check_twice(struct checking *c)
{
	const bpr_procedures *p = c->p;
	struct bpr_names names = { 0 };
	size_t *last = bpr_i_calloc(p->count + 1, sizeof(*last)), *before = bpr_i_calloc(p->count + 1, sizeof(*before));

	c->nomem = c->nomem || !last || !before;
	for (size_t i = 0; i < p->count && !c->nomem; i++) {
		bool added;
		const size_t name = bpr_i_names_add(&names, p->rows[i].name_key, strlen(p->rows[i].name_key), &added);

		if (name == BPR_NONE) {
			c->nomem = true;
			break;
		}
		before[i] = added ? BPR_NONE : last[name];
		last[name] = i;
		for (size_t k = before[i]; k != BPR_NONE && !c->nomem; k = before[k])
			if (share_event(p, &p->rows[k], &p->rows[i]))
				both(c, k, i, BPR_I_H062);
	}
	bpr_i_names_release(&names);
	bpr_i_free(before);
	bpr_i_free(last);
}

static bool same_outputs(const struct bpr_procedure *a, const struct bpr_procedure *b)
{
	return !strcmp(a->name, b->name) && !strcmp(a->counter, b->counter) && !strcmp(a->form, b->form) && !strcmp(a->deadline, b->deadline);
}

static void check_group(struct checking *c, const struct bpr_rule_group *group)
{
	const bpr_procedures *p = c->p;

	if (group->hit != BPR_HIT_UNIQUE && group->hit != BPR_HIT_ANY)
		return;
	for (size_t i = group->first; i < group->first + group->count; i++)
		for (size_t k = group->first; k < i && !c->nomem; k++)
			if (group->hit == BPR_HIT_UNIQUE)
				both(c, k, i, BPR_I_H064);
			else if (!same_outputs(&p->rows[k].pub, &p->rows[i].pub))
				both(c, k, i, BPR_I_H065);
}

/* ---- gaps ---- */

static void check_gap(struct checking *c, size_t event)
{
	const bpr_procedures *p = c->p;
	struct bpr_solve_literal *none = bpr_i_calloc(p->count + 1, sizeof(*none));
	const char *name = event == BPR_NONE ? "" : p->events[event];
	const struct bpr_place place = { .file = p->source, .where = event == BPR_NONE ? NULL : name };
	size_t count = 0;
	bool always = false;
	enum bpr_solved solved;

	c->nomem = c->nomem || !none;
	for (size_t i = 0; i < p->count && !c->nomem && !always; i++) {
		if (!bpr_i_row_for(&p->rows[i], event))
			continue;
		always = !p->rows[i].cond;
		none[count++] = (struct bpr_solve_literal){ p->rows[i].cond, BPR_I_NO };
	}
	solved = c->nomem || always ? BPR_SOLVED_NO : ask(c, event, none, count);
	if (solved == BPR_SOLVED_YES)
		bpr_i_problem(c->problems, event == BPR_NONE ? BPR_I_H073 : BPR_I_H063, &place, false, c->example, name, NULL, NULL);
	else if (solved == BPR_SOLVED_UNDECIDED)
		undecided(c, 0, "event");
	bpr_i_free(none);
}

/* ---- what needs no solver ---- */

static void check_ids(struct checking *c)
{
	struct bpr_names names = { 0 };
	bool added;

	for (size_t i = 0; i < c->p->count && !c->nomem; i++) {
		const char *id = c->p->rows[i].pub.id;
		const struct bpr_place place = { .file = c->p->rows[i].file, .line = c->p->rows[i].pub.line, .where = "id" };

		if (!*id)
			continue;
		c->nomem = bpr_i_names_add(&names, id, strlen(id), &added) == BPR_NONE;
		if (!c->nomem && !added)
			bpr_i_problem(c->problems, BPR_I_H071, &place, false, id, NULL, NULL, NULL);
	}
	bpr_i_names_release(&names);
}

static void check_declared(struct checking *c)
{
	const bpr_procedures *p = c->p;

	for (size_t i = 0; i < p->declared_count; i++) {
		const struct bpr_place place = { .file = p->rows[0].file, .line = p->declared[i].line, .where = p->declared[i].pub.name };
		size_t f = 0;

		while (f < p->fact_count && strcmp(p->facts[f].key, p->declared[i].key) != 0)
			f++;
		if (f == p->fact_count)
			bpr_i_problem(c->problems, BPR_I_H070, &place, false, p->declared[i].pub.name, NULL, NULL, NULL);
	}
}

bpr_status bpr_procedures_check(const bpr_procedures *procedures, size_t max_cells, bpr_problems *problems, struct bpr_error *err)
{
	struct checking c = { .p = procedures, .problems = problems, .max_steps = max_cells ? max_cells : DEFAULT_STEPS };

	c.left = c.max_steps > (size_t)-1 / ALL_QUESTIONS ? (size_t)-1 : c.max_steps * ALL_QUESTIONS;
	check_ids(&c);
	check_declared(&c);
	for (size_t i = 0; i < procedures->count && !c.nomem; i++)
		check_row(&c, i);
	for (size_t i = 0; i < procedures->event_count && !c.nomem; i++)
		check_gap(&c, i);
	if (!procedures->event_count && !c.nomem)
		check_gap(&c, BPR_NONE);
	for (size_t i = 0; i < procedures->group_count && !c.nomem; i++)
		check_group(&c, &procedures->groups[i]);
	check_twice(&c);
	return c.nomem || bpr_i_problems_nomem(problems) ? bpr_i_nomem(err) : BPR_OK;
}
