/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing `serve`, as bpr-metrics(7) says it: minute by minute, person by person, all tokens each time. */
#include "config.h"
#include "property/slow_hours.h"
#include "property/slow_i.h"
#include <assert.h>
#include <math.h>
#include <string.h>

#define DAY 1440.0

static double midnight_after(double time)
{
	return (floor(time / DAY) + 1) * DAY;
}

void slow_stay_enter(struct slow *s, size_t token)
{
	const struct bpr_node *node = node_of(s, token);

	assert(s->token[token].of_case < SLOW_CASES);
	if (node->away)
		s->inside[s->token[token].of_case] = false;
	else if (bpr_node_is_step(node) && node->counter != BPR_NONE)
		s->inside[s->token[token].of_case] = true;
}

static bool enough_people(const struct slow *s, size_t token)
{
	for (size_t p = 0; p < s->pools; p++) {
		size_t there = 0;

		for (size_t i = 0; i < bpr_flow_pool(s->flow, p)->shift_count; i++)
			there += slow_on_duty(s, p, i);
		if (slow_needs(s, node_of(s, token), p) > there)
			return false;
	}
	return true;
}

/* Somebody in the building can still be served today. */
static bool needed(const struct slow *s)
{
	for (size_t i = 0; i < s->used; i++) {
		const struct token *t = &s->token[i];

		if (t->phase == GONE || !s->inside[t->of_case])
			continue;
		if ((t->phase == AT_WORK || t->phase == WAITING) && t->due < midnight_after(s->now))
			return true;
		if (t->phase == QUEUED && slow_door_open(s, i) && enough_people(s, i))
			return true;
	}
	return false;
}

/* The office was open today, and does not open again before midnight. */
static bool closed_for_today(const struct slow *s)
{
	double midnight = midnight_after(s->now);
	bool was_open = false;

	for (double t = midnight - DAY; t < midnight; t++) {
		if (slow_office_open(s->flow, t) && !(t < s->now))
			return false;
		was_open |= slow_office_open(s->flow, t);
	}
	return was_open;
}

/* There a moment ago, and not again before midnight. */
static bool person_goes(const struct slow *s, size_t pool, size_t shift, size_t person)
{
	if (!slow_person_there(s->flow, pool, shift, person, s->now - 0.5))
		return false;
	for (double t = s->now; t < midnight_after(s->now); t++)
		if (slow_person_there(s->flow, pool, shift, person, t))
			return false;
	return true;
}

static bool door_shuts(const struct slow *s, size_t counter)
{
	if (!slow_counter_open(s->flow, counter, s->now - 0.5))
		return false;
	for (double t = s->now; t < midnight_after(s->now); t++)
		if (slow_counter_open(s->flow, counter, t))
			return false;
	return true;
}

static bool mark_all(struct slow *s)
{
	bool any = false;

	for (size_t p = 0; p < s->pools; p++)
		for (size_t i = 0; i < bpr_flow_pool(s->flow, p)->shift_count; i++)
			for (size_t k = 0; k < bpr_flow_pool(s->flow, p)->shifts[i].count; k++)
				if (person_goes(s, p, i, k))
					any = s->stays[p][i][k] = true;
	for (size_t c = 0; c < bpr_flow_counter_count(s->flow); c++)
		if (door_shuts(s, c))
			any = s->door_stays[c] = true;
	return any;
}

void slow_stay_begin(struct slow *s)
{
	bool stays[SLOW_POOLS][SLOW_SHIFTS][SLOW_PEOPLE], doors[SLOW_COUNTERS], midnight = !(fmod(s->now, DAY) > 0);

	if (s->options->closing != BPR_CLOSING_SERVE)
		return;
	if (midnight)
		slow_stay_end(s);
	if (!s->closes || midnight || !closed_for_today(s))
		return;
	memcpy(stays, s->stays, sizeof(stays));
	memcpy(doors, s->door_stays, sizeof(doors));
	if (mark_all(s) && needed(s)) {
		s->staying = true;
		return;
	}
	memcpy(s->stays, stays, sizeof(stays));
	memcpy(s->door_stays, doors, sizeof(doors));
}

void slow_stay_end(struct slow *s)
{
	memset(s->stays, 0, sizeof(s->stays));
	memset(s->door_stays, 0, sizeof(s->door_stays));
	s->staying = false;
}

bool slow_stay_look(struct slow *s)
{
	if (needed(s))
		return false;
	slow_stay_end(s);
	return true;
}
