/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a question: one value for each way in which its tests can turn out. */
#include "config.h"
#include "procedure/solve_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BOUNDS = 2000 };

/* Tests of the question on one fact, and the bounds in them. */
struct bounds {
	const struct bpr_cond **tests; size_t test_count, test_capacity;
	double *at; size_t count, capacity;
	bool negative, nomem;
};

struct gathering { struct bpr_solver *s; struct bounds *of; /* [facts] */ };

static void add_bound(struct bounds *b, double x)
{
	if (!isfinite(x) || b->count >= MOST_BOUNDS)
		return;
	if (!bpr_i_grow(&b->at, &b->capacity, b->count + 1, sizeof(*b->at))) {
		b->nomem = true;
		return;
	}
	b->at[b->count++] = x;
	b->negative = b->negative || x < 0;
}

/* Number from which on nothing changes. */
static double cap_of(const struct bpr_cond *count)
{
	double cap = 0;

	for (size_t i = 0; i < count->piece_count; i++) {
		if (isfinite(count->pieces[i].lo) && count->pieces[i].lo > cap)
			cap = count->pieces[i].lo;
		if (isfinite(count->pieces[i].hi) && count->pieces[i].hi > cap)
			cap = count->pieces[i].hi;
	}
	return floor(cap) + 1;
}

static bool is_size(const struct bpr_solver *s, size_t fact)
{
	const struct bpr_procedure_fact *f = &s->p->facts[fact];

	return !f->declared && f->known && f->known->derive == BPR_DERIVE_SIZE;
}

static void gather(struct gathering *g, const struct bpr_cond *cond)
{
	struct bpr_solver *s = g->s;

	if (cond->kind == BPR_COND_COUNT) {
		s->counts[cond->quantifier] = cond;
		s->cap[cond->quantifier] = cap_of(cond);
	}
	if (cond->kind == BPR_COND_TEST && is_size(s, cond->fact)) {
		const double cap = cond->piece_count ? cap_of(cond) : 1;

		if (cap > s->cap[s->quantifiers])
			s->cap[s->quantifiers] = cap;
	} else if (cond->kind == BPR_COND_TEST) {
		struct bounds *b = &g->of[cond->fact];

		for (size_t i = 0; i < b->test_count; i++)
			if (b->tests[i] == cond)
				return;
		if (!bpr_i_grow(&b->tests, &b->test_capacity, b->test_count + 1, sizeof(*b->tests))) {
			b->nomem = true;
			return;
		}
		b->tests[b->test_count++] = cond;
		if (!cond->piece_count)
			add_bound(b, 0);
		for (size_t i = 0; i < cond->piece_count; i++) {
			add_bound(b, cond->pieces[i].number ? cond->pieces[i].lo : 0);
			add_bound(b, cond->pieces[i].number ? cond->pieces[i].hi : 0);
		}
	}
	for (size_t i = 0; i < cond->count; i++)
		gather(g, cond->children[i]);
}

/* ---- candidates ---- */

struct candidates {
	struct bpr_solver *s;
	const struct gathering *g;
	const size_t *facts; size_t fact_count;
	struct bpr_solve_cell *cells; size_t count, capacity;
	struct bpr_names seen;    /* how all tests turn out */
	bool nomem;
};

/* Keeps the values if the tests tell them from those that are there. */
static void candidate(struct candidates *c, const struct bpr_fact_value *values)
{
	struct bpr_buf outcome = BPR_BUF_INIT;
	struct bpr_fact_value *copy;
	bool added = false;
	char *key;

	for (size_t f = 0; f < c->fact_count; f++) {
		const struct bounds *b = &c->g->of[c->facts[f]];

		for (size_t i = 0; i < b->test_count; i++)
			bpr_i_buf_putc(&outcome, (char)('0' + bpr_i_test_holds(b->tests[i], &values[f])));
	}
	bpr_i_buf_putc(&outcome, '.');
	key = outcome.failed ? NULL : bpr_i_arena_strndup(c->s->arena, outcome.data, outcome.length);
	if (!key || bpr_i_names_add(&c->seen, key, outcome.length, &added) == BPR_NONE)
		c->nomem = true;
	bpr_i_buf_release(&outcome);
	if (!added || c->nomem)
		return;
	copy = bpr_i_arena_raw(c->s->arena, c->fact_count, sizeof(*copy));
	if (!copy || !bpr_i_grow(&c->cells, &c->capacity, c->count + 1, sizeof(*c->cells))) {
		c->nomem = true;
		return;
	}
	memcpy(copy, values, c->fact_count * sizeof(*copy));
	c->cells[c->count++].values = copy;
}

static struct bpr_fact_value number(double x)
{
	return (struct bpr_fact_value){ .known = true, .numeric = true, .yes = -1, .number = x };
}

static int compare_doubles(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Values on, between and beyond the bounds; whole ones where the fact is. Sorted; the count, at most 2 * bounds + 2. */
static size_t points(struct bounds *b, bool whole, double least, double most, double *out)
{
	size_t n = 0, kept = 0;

	qsort(b->at, b->count, sizeof(*b->at), compare_doubles);
	out[n++] = isfinite(least) ? least : b->count ? ceil(b->at[0]) - 1 : 0;
	for (size_t i = 0; i < b->count; i++) {
		const double next = i + 1 < b->count ? b->at[i + 1] : (double)INFINITY;

		out[n++] = whole ? ceil(b->at[i]) : b->at[i];
		out[n++] = whole ? floor(b->at[i]) + 1 : isfinite(next) ? b->at[i] + (next - b->at[i]) / 2 : b->at[i] + 1;
	}
	for (size_t i = 0; i < n; i++)
		if (out[i] >= least && out[i] <= most)
			out[kept++] = out[i];
	return kept;
}

/* The numbers from which a fact is taken. */
static double *number_points(struct candidates *c, size_t fact, struct bounds *b, size_t *count)
{
	const struct bpr_procedure_fact *f = &c->s->p->facts[fact];
	const double least = !isnan(f->from) ? f->from : b->negative || f->pub.kind == BPR_FACT_DATE ? -(double)INFINITY : 0;
	const double most = !isnan(f->to) ? f->to : (double)INFINITY;
	double *at = bpr_i_arena_raw(c->s->arena, 2 * b->count + 2, sizeof(*at));

	c->nomem = c->nomem || !at;
	*count = at ? points(b, !f->fraction, least, most, at) : 0;
	return at;
}

static void words(struct candidates *c, size_t fact)
{
	static const char other[] = "…";
	const struct bpr_procedure_fact *f = &c->s->p->facts[fact];
	const struct bounds *b = &c->g->of[fact];
	struct bpr_fact_value value = { .known = true };

	if (!f->closed) {
		value.yes = 0;
		value.word = "なし";
		candidate(c, &value);
		value.yes = -1;
		value.word = other;
		candidate(c, &value);
	}
	for (size_t i = 0; f->closed && i < f->word_count; i++) {
		value.word = f->word_keys[i];
		value.yes = (signed char)bpr_i_yes_key(value.word);
		candidate(c, &value);
	}
	for (size_t i = 0; !f->closed && i < b->test_count; i++)
		for (size_t k = 0; k < b->tests[i]->piece_count; k++) {
			value.word = b->tests[i]->pieces[k].word;
			value.yes = b->tests[i]->pieces[k].yes;
			if (value.word)
				candidate(c, &value);
		}
}

static void event_cell(struct candidates *c)
{
	const bpr_procedures *p = c->s->p;
	struct bpr_fact_value value = { .known = true, .yes = -1, .word = c->s->event == BPR_NONE ? "…" : p->event_keys[c->s->event] };

	candidate(c, &value);
}

static void one_fact(struct candidates *c, size_t fact)
{
	const struct bpr_procedure_fact *f = &c->s->p->facts[fact];
	struct bounds *b = &c->g->of[fact];
	struct bpr_fact_value value = { .known = true };
	size_t count;
	double *at;

	if (!f->declared && f->known && f->known->derive == BPR_DERIVE_EVENT) {
		event_cell(c);
	} else if (f->pub.kind == BPR_FACT_WORD) {
		words(c, fact);
	} else if (f->pub.kind == BPR_FACT_YES) {
		candidate(c, &value);
		value.yes = 1;
		candidate(c, &value);
	} else {
		at = number_points(c, fact, b, &count);
		for (size_t i = 0; i < count && !c->nomem; i++) {
			value = number(at[i]);
			candidate(c, &value);
		}
	}
}

/* ---- ages together ---- */

static bool of_age(const struct bpr_procedure_fact *f)
{
	return !f->declared && f->known && f->known->derive >= BPR_DERIVE_AGE && f->known->derive <= BPR_DERIVE_FROM;
}

/* What each fact of the group is for someone of that age, who reaches the next one that day or not, and was so old on 1 April. */
static void age_candidate(struct candidates *c, double age, int attained, int school, struct bpr_fact_value *values)
{
	for (size_t i = 0; i < c->fact_count; i++) {
		const struct bpr_known_fact *known = c->s->p->facts[c->facts[i]].known;

		values[i] = number(known->derive == BPR_DERIVE_ATTAINED ? age + attained : known->derive == BPR_DERIVE_SCHOOL ? age - school : age);
		if (known->derive == BPR_DERIVE_BELOW || known->derive == BPR_DERIVE_FROM) {
			values[i].numeric = false;
			values[i].yes = (age < known->limit) == (known->derive == BPR_DERIVE_BELOW);
		}
	}
	candidate(c, values);
}

static void ages(struct candidates *c)
{
	struct bpr_fact_value *values = bpr_i_arena_alloc(c->s->arena, c->fact_count, sizeof(*values));
	struct bounds all = { 0 };
	bool fraction = false;
	double *at = NULL;
	size_t count = 0;

	for (size_t i = 0; i < c->fact_count; i++) {
		const struct bpr_procedure_fact *f = &c->s->p->facts[c->facts[i]];
		const struct bounds *b = &c->g->of[c->facts[i]];

		fraction = fraction || f->fraction;
		if (f->known->limit > 0)
			add_bound(&all, f->known->limit);
		for (size_t k = 0; k < b->count; k++)
			for (int d = -1; d <= 1; d++)
				add_bound(&all, b->at[k] + d);
	}
	c->nomem = c->nomem || all.nomem || !values;
	if (!c->nomem)
		at = bpr_i_arena_raw(c->s->arena, 2 * all.count + 2, sizeof(*at));
	c->nomem = c->nomem || !at;
	if (at)
		count = points(&all, !fraction, 0, (double)INFINITY, at);
	for (size_t i = 0; i < count && !c->nomem; i++)
		for (int attained = 0; attained <= 1; attained++)
			for (int school = 0; school <= 1; school++)
				age_candidate(c, at[i], attained, school, values);
	bpr_i_free(all.at);
}

/* ---- variables ---- */

static bool add_variable(struct gathering *g, const size_t *facts, size_t count, bool together)
{
	struct bpr_solver *s = g->s;
	struct candidates c = { .s = s, .g = g, .facts = facts, .fact_count = count };
	struct bpr_solve_cell *cells;

	if (together)
		ages(&c);
	else
		one_fact(&c, facts[0]);
	cells = bpr_i_arena_raw(s->arena, c.count + 1, sizeof(*cells));
	if (cells && c.count)
		memcpy(cells, c.cells, c.count * sizeof(*cells));
	s->variables[s->variable_count++] = (struct bpr_solve_variable){ facts, count, cells, c.count, s->p->facts[facts[0]].pub.person };
	bpr_i_names_release(&c.seen);
	bpr_i_free(c.cells);
	return cells && !c.nomem;
}

/* Facts of the household or of members, those of an age together and first. */
static bool add_variables(struct gathering *g, bool person)
{
	struct bpr_solver *s = g->s;
	size_t *facts = bpr_i_arena_raw(s->arena, s->p->fact_count + 1, sizeof(*facts)), *one = bpr_i_arena_raw(s->arena, s->p->fact_count + 1, sizeof(*one));
	size_t count = 0;
	bool ok = facts && one;

	for (size_t f = 0; f < s->p->fact_count && ok && person; f++)
		if (g->of[f].test_count && of_age(&s->p->facts[f]))
			facts[count++] = f;
	if (ok && count)
		ok = add_variable(g, facts, count, true);
	for (size_t f = 0; f < s->p->fact_count && ok; f++) {
		one[f] = f;
		if (g->of[f].test_count && s->p->facts[f].pub.person == person && !of_age(&s->p->facts[f]))
			ok = add_variable(g, &one[f], 1, false);
	}
	return ok;
}

bool bpr_i_solve_cells(struct bpr_solver *s)
{
	struct gathering g = { s, bpr_i_calloc(s->p->fact_count + 1, sizeof(*g.of)) };
	bool ok = g.of != NULL;

	for (size_t i = 0; i < s->literal_count && ok; i++)
		gather(&g, s->literals[i].cond);
	for (size_t f = 0; f < s->p->fact_count && ok; f++)
		ok = !g.of[f].nomem;
	s->variables = ok ? bpr_i_arena_alloc(s->arena, s->p->fact_count + 1, sizeof(*s->variables)) : NULL;
	ok = s->variables && add_variables(&g, false);
	s->household_count = s->variable_count;
	ok = ok && add_variables(&g, true);
	for (size_t f = 0; g.of && f < s->p->fact_count; f++) {
		bpr_i_free(g.of[f].at);
		bpr_i_free(g.of[f].tests);
	}
	bpr_i_free(g.of);
	return ok;
}
