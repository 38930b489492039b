/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is free, who goes: people by crew, own people before helpers, persons by number. */
#include "config.h"
#include "simulate/staff_i.h"

uint32_t bpr_i_crew_free(const struct staff *staff, uint32_t crew)
{
	const struct staff_duty *d = &staff->duty[crew];

	return d->on > d->busy ? d->on - d->busy : 0;
}

uint32_t bpr_i_crew_over(const struct staff *staff, uint32_t crew)
{
	const struct staff_duty *d = &staff->duty[crew];

	return d->busy > d->on - d->stay ? d->busy - (d->on - d->stay) : 0;
}

/* Nobody lacks them in their own pool, nor in those that they help before this one. */
static bool may_help(const struct staff *staff, const struct staff_crew *crew, uint32_t pool)
{
	if (staff->people[crew->pool].lacking)
		return false;
	for (uint32_t k = 0; k < crew->also_count; k++) {
		uint32_t also = staff->plan->also[crew->first_also + k];

		if (also == pool)
			return true;
		if (staff->people[also].lacking)
			return false;
	}
	return false;
}

uint32_t bpr_i_helpers_free(const struct staff *staff, uint32_t pool)
{
	const struct staff_pool *p = &staff->plan->pool[pool];
	uint32_t sum = 0;

	for (uint32_t k = 0; k < p->helper_count; k++) {
		uint32_t crew = staff->plan->helper[p->first_helper + k];

		if (may_help(staff, &staff->plan->crew[crew], pool))
			sum += bpr_i_crew_free(staff, crew);
	}
	return sum;
}

/* ---- persons ---- */

static uint32_t lowest_idle(struct staff *staff, uint32_t crew)
{
	const struct staff_crew *c = &staff->plan->crew[crew];
	struct staff_duty *d = &staff->duty[crew];

	while (!staff->idle[c->first_word + d->low])
		d->low++;
	return c->first_person + d->low * 64 + (uint32_t)__builtin_ctzll(staff->idle[c->first_word + d->low]);
}

static void take_person(struct run *run, uint32_t token, uint32_t crew, uint32_t *last)
{
	struct staff *s = run->staff;
	const struct staff_crew *c = &s->plan->crew[crew];
	uint32_t person = lowest_idle(s, crew), number = person - c->first_person;

	s->idle[c->first_word + number / 64] &= ~((uint64_t)1 << number % 64);
	s->duty[crew].busy++;
	s->people[c->pool].over += s->duty[crew].busy > s->duty[crew].on - s->duty[crew].stay;
	s->people[c->pool].busy++;
	s->people[c->pool].free--;
	s->serves[person] = token;
	s->mate[person] = 0;
	if (*last)
		s->mate[*last] = person;
	else
		run->token[token].person = person;
	*last = person;
}

static uint32_t take_from(struct run *run, uint32_t token, uint32_t crew, uint32_t count, uint32_t *last)
{
	uint32_t n = bpr_i_crew_free(run->staff, crew);

	n = n < count ? n : count;
	for (uint32_t i = 0; i < n; i++)
		take_person(run, token, crew, last);
	return count - n;
}

static uint32_t take_own(struct run *run, uint32_t token, const struct run_need *need, uint32_t *last)
{
	const struct staff_pool *p = &run->staff->plan->pool[need->pool];
	uint32_t left = need->count;

	for (uint32_t k = 0; left && k < p->crew_count; k++)
		left = take_from(run, token, p->first_crew + k, left, last);
	return left;
}

static uint32_t take_helpers(struct run *run, uint32_t token, const struct run_need *need, uint32_t left, uint32_t *last)
{
	const struct staff_plan *plan = run->staff->plan;
	const struct staff_pool *p = &plan->pool[need->pool];

	for (uint32_t k = 0; left && k < p->helper_count; k++) {
		uint32_t crew = plan->helper[p->first_helper + k];

		if (may_help(run->staff, &plan->crew[crew], need->pool))
			left = take_from(run, token, crew, left, last);
	}
	return left;
}

void bpr_i_people_release(struct run *run, uint32_t token)
{
	struct staff *s = run->staff;

	for (uint32_t person = run->token[token].person, next; person; person = next) {
		uint32_t crew = s->plan->person_crew[person];
		const struct staff_crew *c = &s->plan->crew[crew];
		struct staff_duty *d = &s->duty[crew];
		uint32_t number = person - c->first_person, free = bpr_i_crew_free(s, crew), over = bpr_i_crew_over(s, crew);

		next = s->mate[person];
		s->idle[c->first_word + number / 64] |= (uint64_t)1 << number % 64;
		d->low = number / 64 < d->low ? number / 64 : d->low;
		d->busy--;
		s->people[c->pool].busy--;
		s->people[c->pool].free += bpr_i_crew_free(s, crew) - free;
		s->people[c->pool].over -= over - bpr_i_crew_over(s, crew);
		s->mate[person] = 0;
	}
	run->token[token].person = 0;
}

/*
 * All people of the needs at once: own people for every need first, then helpers. Where one is lacking, everybody goes back and
 * nothing has changed.
 */
bool bpr_i_people_take(struct run *run, uint32_t token, const struct staff_kind *kind, bool help)
{
	const struct run_need *need = &run->staff->plan->need[kind->first_need];
	uint32_t last = 0, lack = 0;

	for (uint32_t i = 0; i < kind->need_count; i++) {
		if (!help && run->staff->people[need[i].pool].free < need[i].count)
			return false;
		if (need[i].count > run->staff->people[need[i].pool].free + (help ? bpr_i_helpers_free(run->staff, need[i].pool) : 0))
			return false;
	}
	if (!help) {
		for (uint32_t i = 0; i < kind->need_count; i++)
			(void)take_own(run, token, &need[i], &last);
		return true;
	}
	/* Helpers of one need may be the own people of another: those come first, so the needs are filled in two rounds. */
	for (uint32_t i = 0; i < kind->need_count; i++)
		lack += take_own(run, token, &need[i], &last);
	for (uint32_t i = 0; lack && i < kind->need_count; i++) {
		uint32_t own = 0;

		for (uint32_t person = run->token[token].person; person; person = run->staff->mate[person])
			own += run->staff->plan->crew[run->staff->plan->person_crew[person]].pool == need[i].pool;
		own = own < need[i].count ? own : need[i].count;
		lack -= need[i].count - own;
		lack += take_helpers(run, token, &need[i], need[i].count - own, &last);
	}
	if (!lack)
		return true;
	bpr_i_people_release(run, token);
	return false;
}
