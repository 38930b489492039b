/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_PAIR_RECIPE_H
#define BPR_TESTS_UNIT_PAIR_RECIPE_H
/*
 * Flows made at random from a recipe that can be changed and made again: a row of steps, some followed by a choice that leads back
 * (at once, or by way of a step that corrects), some done again by themselves. Steps with the same number have the same id.
 */
#include "flow_build.h"
#include <bpr/analysis.h>
#include <stdint.h>
#include <stdio.h>

enum { RECIPE_STEPS = 10 };

struct recipe_step {
	unsigned id;
	double work, low, high;    /* tri(low, .., high) with that mean where high > low */
	double back;               /* share that goes back; 0 no choice */
	double loop;               /* done once more; 0 */
	double fix;                /* minutes of a correcting step on the way back; 0 none */
	unsigned to;               /* how many steps back */
	unsigned counter, copies;  /* 0 none */
	bool citizen;
};
struct recipe { struct recipe_step steps[RECIPE_STEPS]; size_t count; double rate, cases; };

static inline double recipe_random(uint64_t *state, double low, double high)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return low + (high - low) * (double)(*state >> 11) / 9007199254740992.0;
}

static inline unsigned recipe_below(uint64_t *state, unsigned n)
{
	return (unsigned)recipe_random(state, 0, n) % n;
}

static inline struct recipe_step recipe_step(uint64_t *state, unsigned id, size_t place)
{
	struct recipe_step s = { .id = id, .work = recipe_random(state, 0.5, 20), .counter = recipe_below(state, 4), .copies = recipe_below(state, 3) };

	if (!recipe_below(state, 3)) {
		s.low = s.work * recipe_random(state, 0.3, 0.9);
		s.high = s.work * recipe_random(state, 1.1, 2);
	}
	if (!recipe_below(state, 2)) {
		s.back = recipe_random(state, 0.02, 0.6);
		s.to = recipe_below(state, (unsigned)place + 1);
		s.fix = recipe_below(state, 2) ? recipe_random(state, 1, 6) : 0;
	}
	if (!recipe_below(state, 4))
		s.loop = recipe_random(state, 0.05, 0.5);
	s.citizen = !recipe_below(state, 5);
	return s;
}

static inline struct recipe recipe_new(uint64_t *state)
{
	struct recipe r = { .count = 2 + recipe_below(state, RECIPE_STEPS - 2), .rate = recipe_random(state, 1500, 4000), .cases = recipe_random(state, 100, 30000) };

	for (size_t i = 0; i < r.count; i++)
		r.steps[i] = recipe_step(state, (unsigned)i, i);
	return r;
}

/* The reform: steps go, change, come; the rest stays as it is. */
static inline struct recipe recipe_reform(const struct recipe *from, uint64_t *state)
{
	struct recipe r = { .rate = from->rate, .cases = from->cases };
	unsigned id = 100;

	for (size_t i = 0; i < from->count; i++) {
		struct recipe_step s = from->steps[i];
		unsigned what = recipe_below(state, 6);

		if (what == 0)
			continue;
		if (what == 1)
			s.work *= recipe_random(state, 0.4, 1.4), s.low = s.high = 0;
		else if (what == 2)
			s.back *= 0.4;
		else if (what == 3)
			s = recipe_step(state, id++, r.count);
		if (s.to > r.count)
			s.to = (unsigned)r.count;
		r.steps[r.count++] = s;
	}
	if (!r.count) {
		r.steps[r.count++] = recipe_step(state, id, 0);
	}
	return r;
}

/* Mode of a triangular duration with this mean; steps are written so that it lies within. */
static inline void recipe_work(char out[80], const struct recipe_step *s)
{
	double mode = 3 * s->work - s->low - s->high;

	if (s->high > s->low && mode >= s->low && mode <= s->high)
		(void)snprintf(out, 80, "tri(%.17g,%.17g,%.17g)", s->low, mode, s->high);
	else
		(void)snprintf(out, 80, "%.17g", s->work);
}

static inline void recipe_make(const struct recipe *r, struct test_flow *t)
{
	char row[400], work[80], next[100], out[100];
	size_t line = 2;

	test_begin(t);
	(void)snprintf(row, sizeof(row), "start|start|t%u", r->steps[0].id);
	test_row(t, row, line++);
	for (size_t i = 0; i < r->count; i++) {
		const struct recipe_step *s = &r->steps[i];

		recipe_work(work, s);
		if (i + 1 < r->count)
			(void)snprintf(next, sizeof(next), "t%u", r->steps[i + 1].id);
		else
			(void)snprintf(next, sizeof(next), "end");
		if (s->back > 0)
			(void)snprintf(out, sizeof(out), "x%u", s->id);
		(void)snprintf(row, sizeof(row), "t%u|task|%s|name=step %u|work=%s|staff=P|copies=%u|loop_prob=%.17g|actor=%s", s->id,
			       s->back > 0 ? out : next, s->id, work, s->copies, s->loop, s->citizen ? "citizen" : "staff");
		if (s->counter) {
			size_t n = strlen(row);

			(void)snprintf(row + n, sizeof(row) - n, "|counter=K%u", s->counter);
		}
		test_row(t, row, line++);
		if (!(s->back > 0))
			continue;
		if (s->fix > 0) {
			(void)snprintf(row, sizeof(row), "x%u|xor|f%u:%.17g;%s:%.17g", s->id, s->id, s->back, next, 1 - s->back);
			test_row(t, row, line++);
			(void)snprintf(row, sizeof(row), "f%u|task|t%u|work=%.17g|staff=P", s->id, r->steps[i - s->to].id, s->fix);
		} else {
			(void)snprintf(row, sizeof(row), "x%u|xor|t%u:%.17g;%s:%.17g", s->id, r->steps[i - s->to].id, s->back, next, 1 - s->back);
		}
		test_row(t, row, line++);
	}
	test_row(t, "end|end|", line++);
	(void)snprintf(row, sizeof(row), "pool=P|yen_per_hour=%.17g", r->rate);
	test_companion(t, BPR_TABLE_STAFF, row, 2);
	(void)snprintf(row, sizeof(row), "per_year=%.17g", r->cases);
	test_companion(t, BPR_TABLE_DEMAND, row, 2);
	test_finish(t);
	assert_int_equal(t->status, BPR_OK);
}
#endif
