/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Queues by time of day: pointwise stationary analysis (L. Green & P. Kolesar, "The pointwise stationary approximation for queues with
 * nonstationary arrivals", Management Science 37(1), 1991): in each stretch of the day the queue is the one that its rate and its
 * staff would have for ever. Two things are added. What is asked beyond what the people there can do piles up as a fluid and is
 * carried on, over closing time too (G. F. Newell, Applications of Queueing Theory, 1982, ch. 2). And a queue near
 * its limit has no time to grow as long as the formula for ever says: it is at most what chance can pile up since
 * the pool became busy, the mean of a reflected Brownian motion without drift (ibid., ch. 5).
 */
#include "config.h"
#include "queueing/hours_i.h"
#include <math.h>

#define BUSY 0.7      /* below, a stretch settles at once */
#define LEFT 1e-6     /* person-minutes that count as none */

/* One way through the days. */
struct run {
	const struct bpr_i_timeline *t;
	const struct bpr_i_center *c;
	size_t pool;
	double more;       /* people beyond those on duty */
	double late_rate;  /* requests a minute on duty that have lost their hour */
	double limit;      /* of wait_above */
	double backlog;    /* person-minutes */
	double since;      /* minutes from midnight of day 0 to when the pool last became busy */
	long queue_day; double queue_from; /* when the present backlog began */
	double last_requests, last_people, last_wait, last_prob; /* answer of the formula, kept */
};

static double requests_at(const struct run *r, size_t i)
{
	double people = bpr_i_timeline_people(r->t, i, r->pool);

	return r->t->at[i].rate * (r->c->visits - r->c->late) + (people > 0 ? r->late_rate : 0);
}

/* What the formula says for ever; infinite where it has no answer. */
static double for_ever(struct run *r, double requests, double people)
{
	double wait;

	if (!(fabs(requests - r->last_requests) > 0) && !(fabs(people - r->last_people) > 0))
		return r->last_wait;
	if (!bpr_i_center_wait(r->c, people, requests / r->c->visits, &wait))
		wait = HUGE_VAL;
	r->last_requests = requests;
	r->last_people = people;
	r->last_wait = wait;
	r->last_prob = bpr_i_center_wait_prob(r->c, people, requests / r->c->visits);
	return wait;
}

/* Wait by chance that can have built up in these minutes. */
static double by_now(const struct run *r, double requests, double people, double minutes)
{
	double spread = requests * (r->c->arrivals_scv + r->c->service_scv);

	return sqrt(2 * spread * fmax(0, minutes) / 3.141592653589793) * r->c->service / fmax(1e-9, bpr_i_center_teams(r->c, people));
}

/* The backlog over a stretch: mean and end. */
static double flow_on(struct run *r, double load, double people, double minutes)
{
	double net = load - people, before = r->backlog;

	r->backlog = before + net * minutes;
	if (r->backlog > LEFT)
		return (before + r->backlog) / 2;
	r->backlog = 0;
	return net < 0 ? before * (before / -net) / 2 / minutes : 0;
}

/* Share of those who come in the stretch that wait longer than the limit, `fixed` minutes of it for what was there before them. */
static double above_limit(const struct run *r, double fixed, double chance, double prob)
{
	if (fixed >= r->limit)
		return 1;
	return prob > 0 && chance > 0 ? prob * exp(-(r->limit - fixed) * prob / chance) : 0;
}

static void stretch(struct run *r, size_t i, struct bpr_i_moment *m)
{
	const struct bpr_i_stretch *s = &r->t->at[i];
	double people = bpr_i_timeline_people(r->t, i, r->pool), minutes = s->to - s->from;
	double now = (double)s->day * 1440 + (s->from + s->to) / 2, before = r->backlog, waiting, chance;

	people += people > 0 ? r->more : 0;
	m->minutes = minutes;
	m->requests = requests_at(r, i);
	m->people = people;
	m->load = m->requests * r->c->service * fmax(1, r->c->team);
	waiting = flow_on(r, m->load, people, minutes);
	m->backlog = r->backlog;
	if (!(before > LEFT) && r->backlog > LEFT) {
		r->queue_day = s->day;
		r->queue_from = s->from;
	}
	m->wait = m->prob = m->above = 0;
	if (!(m->load > 0) || !(people > 0)) {
		r->since = now + minutes / 2;
		m->unserved = m->load > 0;
		return;
	}
	m->unserved = false;
	if (m->load < BUSY * people && !(waiting > 0))
		r->since = now + minutes / 2;
	chance = for_ever(r, m->requests, people);
	if (!(m->load < BUSY * people) || waiting > 0)
		chance = fmin(chance, by_now(r, m->requests, people, now - r->since));
	waiting /= people * r->c->ahead;
	m->wait = waiting + chance;
	m->prob = waiting > 0 ? 1 : r->last_prob;
	m->above = above_limit(r, waiting, chance, m->prob);
}

/* Who comes while nobody is there waits, in minutes on duty, for what is left when they come back. */
static void look_ahead(const struct bpr_i_center *c, struct bpr_i_moment *m, size_t count)
{
	double people = 0;

	for (size_t i = count; i-- > 0;) {
		if (m[i].people > 0)
			people = m[i].people;
		else if (m[i].unserved && people > 0)
			m[i].wait = m[i].backlog / people / c->ahead;
		if (m[i].unserved)
			m[i].prob = 1;
	}
}

static void one_pass(struct run *r, struct bpr_i_moment *m)
{
	r->since = 0;
	for (size_t i = 0; i < r->t->count; i++) {
		if (i && r->t->at[i].day != r->t->at[i - 1].day && !(r->backlog > LEFT))
			r->since = (double)r->t->at[i].day * 1440 + r->t->at[i].from;
		else if (!i)
			r->since = r->t->at[i].from;
		stretch(r, i, &m[i]);
		m[i].queue_day = r->queue_day;
		m[i].queue_from = r->queue_from;
	}
	look_ahead(r->c, m, r->t->count);
}

static void sum_up(const struct bpr_i_timeline *t, const struct bpr_i_moment *m, struct bpr_i_day_result *out)
{
	double requests = 0;

	*out = (struct bpr_i_day_result){ 0 };
	for (size_t i = 0; i < t->count; i++) {
		double n = m[i].requests * m[i].minutes;

		requests += n;
		out->wait += n * m[i].wait;
		out->prob += n * m[i].prob;
		out->above += n * m[i].above;
		out->load += m[i].load * m[i].minutes;
		out->duty += m[i].people * m[i].minutes;
		out->on_duty += m[i].people > 0 ? m[i].minutes : 0;
	}
	out->requests = requests;
	if (requests > 0) {
		out->wait /= requests;
		out->prob /= requests;
		out->above /= requests;
	}
}

void bpr_i_hours_run(const struct bpr_i_timeline *t, const struct bpr_i_center *c, const struct bpr_i_hours_options *o,
		     struct bpr_i_moment *moments, struct bpr_i_day_result *out)
{
	struct run r = { .t = t, .c = c, .pool = o->pool, .more = o->more, .limit = o->limit, .last_requests = -1, .last_people = -1 };
	double on_duty = 0;

	for (size_t i = 0; i < t->count; i++)
		on_duty += bpr_i_timeline_people(t, i, o->pool) > 0 ? t->at[i].to - t->at[i].from : 0;
	r.late_rate = c->late > 0 && on_duty > 0 ? c->late * t->cases / on_duty : 0;
	one_pass(&r, moments);
	sum_up(t, moments, out);
	if (!o->repeats || !(out->load < out->duty) || !(r.backlog > LEFT))
		return;
	/* What the last day leaves is there on the first: until a period ends as it began. */
	for (int round = 0; round < 20; round++) {
		double began = r.backlog;

		one_pass(&r, moments);
		if (fabs(r.backlog - began) <= LEFT)
			break;
	}
	sum_up(t, moments, out);
}
