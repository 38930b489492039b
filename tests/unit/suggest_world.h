/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_SUGGEST_WORLD_H
#define BPR_TESTS_UNIT_SUGGEST_WORLD_H
/* Random flows of counters and random levers for them, as tables, so that everything goes the way of a user. */
#include "improve_flow.h"
#include <bpr/suggest.h>
#include <stdint.h>

enum { WORLD_STEPS = 8, WORLD_LEVERS = 10 };

struct world {
	struct test_flow flow;
	bpr_levers *levers;
	size_t n;
};

/* SplitMix64 (Steele and others, 2014). */
static inline uint64_t world_next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static inline unsigned world_between(uint64_t *state, unsigned low, unsigned high)
{
	return low + (unsigned)(world_next(state) % (high - low + 1));
}

/* Pairs of a citizen's step that writes and a step of staff; behind each pair some cases are sent back. */
static inline void world_flow(struct test_flow *t, uint64_t *seed)
{
	char rows[3 * WORLD_STEPS + 3][200];
	const char *list[3 * WORLD_STEPS + 4];
	static const char *const staff[] = { "pool=P|count=3|yen_per_hour=2400", "pool=Q|count=2|yen_per_hour=1500", NULL };
	static const char *const demand[] = { "per_year=6000", "open=8:30-17:15", NULL };
	size_t n = 0;

	(void)snprintf(rows[n++], 200, "start|start|w0");
	for (unsigned i = 0; i < WORLD_STEPS; i++) {
		unsigned back = world_between(seed, 0, 30);
		unsigned minutes = world_between(seed, 1, 9), work = world_between(seed, 2, 12), copies = world_between(seed, 0, 6);

		(void)snprintf(rows[n++], 200, "w%u|task|t%u|actor=citizen|unit=U%u|work=%u|writes=F%u", i, i, i % 3, minutes, i % 4);
		(void)snprintf(rows[n++], 200, "t%u|task|x%u|unit=U%u|counter=C%u|work=%u|staff=P|seals=1|copies=%u", i, i, i % 3, i % 3, work, copies);
		(void)snprintf(rows[n++], 200, "x%u|xor|w%u:%u%%;%s%.0u:%u%%", i, i, back, i + 1 < WORLD_STEPS ? "w" : "end", i + 1 < WORLD_STEPS ? i + 1 : 0, 100 - back);
	}
	(void)snprintf(rows[n++], 200, "end|end|");
	for (size_t i = 0; i < n; i++)
		list[i] = rows[i];
	list[n] = NULL;
	improve_flow(t, list, staff, demand);
}

static inline int world_action(char *out, size_t size, uint64_t *seed)
{
	unsigned step = world_between(seed, 0, WORLD_STEPS - 1);

	switch (world_between(seed, 0, 5)) {
	case 0:
		return snprintf(out, size, "speed_up,t%u,-%u%%", step, world_between(seed, 5, 60));
	case 1:
		return snprintf(out, size, "speed_up,w%u,-%u%%", step, world_between(seed, 5, 60));
	case 2:
		return snprintf(out, size, "check_sheet,x%u,%u%%", step, world_between(seed, 10, 90));
	case 3:
		return snprintf(out, size, "set,,step.t%u.work=%u", step, world_between(seed, 1, 9));
	case 4:
		return snprintf(out, size, "reassign,t%u,staff=Q", step);
	default:
		return snprintf(out, size, "prefill,F%u,", step % 4);
	}
}

static inline void world_levers(struct world *w, uint64_t *seed)
{
	char text[4096] = "id,lever,target,value,cost,effort_days,ease,needs,excludes\n";
	size_t used = strlen(text);
	struct bpr_error err = { 0 };

	w->n = world_between(seed, 4, 8);
	for (unsigned i = 0; i < w->n; i++) {
		char action[100], needs[16] = "", excludes[16] = "";

		(void)world_action(action, sizeof(action), seed);
		if (i && world_next(seed) % 4 == 0)
			(void)snprintf(needs, sizeof(needs), "L%u", world_between(seed, 0, i - 1));
		if (i && !*needs && world_next(seed) % 5 == 0)
			(void)snprintf(excludes, sizeof(excludes), "L%u", world_between(seed, 0, i - 1));
		used += (size_t)snprintf(text + used, sizeof(text) - used, "L%u,%s,%u,%u,%u,%s,%s\n", i, action, world_between(seed, 0, 9) * 100000,
					 world_between(seed, 0, 20), world_between(seed, 1, 5), needs, excludes);
	}
	if (bpr_levers_read_memory("levers.csv", text, used, NULL, &w->levers, w->flow.problems, &err))
		fail_msg("%s\n%s", err.message, text);
	assert_int_equal(bpr_levers_count(w->levers), w->n);
}

static inline void world_begin(struct world *w, uint64_t *seed)
{
	memset(w, 0, sizeof(*w));
	world_flow(&w->flow, seed);
	world_levers(w, seed);
}

static inline void world_end(struct world *w)
{
	bpr_levers_free(w->levers);
	test_end(&w->flow);
}
#endif
