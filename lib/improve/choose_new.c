/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which levers go with which, and what each brings beside what it needs. */
#include "config.h"
#include "improve/choose_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

/* Who needs each lever, row after row. */
static void turn_needs(bpr_choice *c)
{
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->levers[i].need_count; k++)
			c->needed_row[c->levers[i].needs[k] + 1]++;
	for (size_t i = 0; i < c->n; i++)
		c->needed_row[i + 1] += c->needed_row[i];
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->levers[i].need_count; k++)
			c->needed_by[c->needed_row[c->levers[i].needs[k]]++] = i;
	for (size_t i = c->n; i > 0; i--)
		c->needed_row[i] = c->needed_row[i - 1];
	c->needed_row[0] = 0;
}

static bool fill_clashes(bpr_choice *c, size_t count)
{
	c->clash = bpr_i_arena_raw(&c->arena, 2 * count + 1, sizeof(*c->clash));
	if (!c->clash)
		return false;
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->levers[i].exclude_count; k++) {
			if (c->levers[i].excludes[k] == i)
				continue;
			c->clash[2 * c->clash_count] = i;
			c->clash[2 * c->clash_count + 1] = c->levers[i].excludes[k];
			c->clash_count++;
		}
	return true;
}

static bool prepare(bpr_choice *c)
{
	size_t needs = 0, excludes = 0;

	for (size_t i = 0; i < c->n; i++) {
		needs += c->levers[i].need_count;
		excludes += c->levers[i].exclude_count;
	}
	if (!(c->needed_row = bpr_i_arena_alloc(&c->arena, c->n + 2, sizeof(*c->needed_row)))
	    || !(c->needed_by = bpr_i_arena_alloc(&c->arena, needs + 1, sizeof(*c->needed_by)))
	    || !(c->usable = bpr_i_arena_alloc(&c->arena, c->n + 1, 1))
	    || !(c->must = bpr_i_arena_alloc(&c->arena, c->n + 1, 1))
	    || !(c->work = bpr_i_arena_alloc(&c->arena, c->n + 1, 1))
	    || !(c->stack = bpr_i_arena_alloc(&c->arena, c->n + 1, sizeof(*c->stack)))
	    || !(c->linear = bpr_i_arena_alloc(&c->arena, c->n + 1, sizeof(*c->linear)))
	    || !(c->alone = bpr_i_arena_alloc(&c->arena, c->n + 1, sizeof(*c->alone))) || !fill_clashes(c, excludes))
		return false;
	turn_needs(c);
	for (size_t i = 0; i < c->n; i++) {
		memset(c->work, 0, c->n);
		c->usable[i] = bpr_i_choice_add(c, c->work, i);
		c->alone[i] = (double)NAN;
		if (c->levers[i].must)
			(void)bpr_i_choice_add(c, c->must, i);
	}
	return true;
}

bpr_status bpr_i_choice_new(const struct bpr_choice_lever *levers, size_t count, bpr_choice_worth *worth, void *data, bpr_choice **out, struct bpr_error *err)
{
	bpr_choice *c = bpr_i_calloc(1, sizeof(*c));

	*out = NULL;
	if (!c)
		return bpr_i_nomem(err);
	c->levers = levers;
	c->n = count;
	c->worth = worth;
	c->data = data;
	c->sets.n = count;
	c->sets.words = count / 64 + 1;
	if (!prepare(c)) {
		bpr_i_choice_free(c);
		return bpr_i_nomem(err);
	}
	*out = c;
	return BPR_OK;
}

void bpr_i_choice_free(bpr_choice *choice)
{
	if (!choice)
		return;
	bpr_i_sets_release(&choice->sets);
	bpr_i_free(choice->terms);
	bpr_i_free(choice->rows);
	bpr_i_free(choice->rescues);
	bpr_i_free(choice->refused);
	bpr_i_arena_release(&choice->arena);
	bpr_i_free(choice);
}

/* ---- alone ---- */

/* The lever with what it needs, or only what it needs. */
static size_t ask(bpr_choice *c, size_t lever, bool with)
{
	memset(c->work, 0, c->n);
	(void)bpr_i_choice_add(c, c->work, lever);
	if (!with)
		/* What needs the lever and is needed by it comes and goes with it. */
		bpr_i_choice_drop(c, c->work, lever);
	return bpr_i_sets_add(&c->sets, c->work);
}

static bool ask_all(bpr_choice *c)
{
	bool ok = true;

	for (size_t i = 0; ok && i < c->n; i++)
		if (c->usable[i])
			ok = ask(c, i, true) != BPR_NONE && ask(c, i, false) != BPR_NONE;
	return ok;
}

bpr_status bpr_i_choice_alone(bpr_choice *choice, struct bpr_error *err)
{
	bpr_status status;
	bool all;

	if (!ask_all(choice))
		return bpr_i_nomem(err);
	status = bpr_i_choice_flush(choice, 0, &all, err);
	for (size_t i = 0; !status && i < choice->n; i++) {
		size_t with, without;

		if (!choice->usable[i])
			continue;
		with = ask(choice, i, true);
		without = ask(choice, i, false);
		if (with == BPR_NONE || without == BPR_NONE)
			return bpr_i_nomem(err);
		if (choice->sets.state[with] == BPR_SET_FITS && choice->sets.state[without] == BPR_SET_FITS)
			choice->alone[i] = choice->sets.gain[with] - choice->sets.gain[without];
	}
	return status;
}

double bpr_i_choice_gain(const bpr_choice *choice, size_t lever)
{
	return choice->alone[lever];
}

size_t bpr_i_choice_valued(const bpr_choice *choice)
{
	return choice->sets.asked;
}

/* ---- the best known ---- */

size_t bpr_i_choice_top(const bpr_choice *choice, const struct bpr_choice_limits *limits, size_t most, bool *sets, bool *nomem)
{
	size_t *best = bpr_i_calloc(most + 1, sizeof(*best));
	size_t count = 0;

	*nomem = !best;
	for (size_t i = 0; best && i < choice->sets.count; i++) {
		size_t at = count;

		if (choice->sets.state[i] != BPR_SET_FITS)
			continue;
		bpr_i_sets_get(&choice->sets, i, choice->work);
		if (!bpr_i_choice_keeps(choice, limits, choice->work))
			continue;
		while (at && bpr_i_choice_order(choice, i, best[at - 1]) < 0) {
			best[at] = best[at - 1];
			at--;
		}
		if (at < most)
			best[at] = i;
		count += count < most;
	}
	for (size_t i = 0; i < count; i++)
		bpr_i_sets_get(&choice->sets, best[i], sets + i * choice->n);
	bpr_i_free(best);
	return count;
}
