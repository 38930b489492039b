/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of each pool: in the steady state, or over the hours of its days. */
#include "config.h"
#include "queueing/hours_i.h"
#include <math.h>

#define STRETCH 1e-3     /* of the service time, where a derivative is a difference */
#define OVERLOAD 0.01    /* person-minutes left at the end of a day that count */

static void steady(const struct bpr_i_net *net, const struct bpr_i_center *c, struct bpr_queue_pool *r)
{
	double people = c->servers, more, limit = net->options->wait_limit;

	r->stable = bpr_i_center_wait(c, people, net->rate, &r->wait);
	r->wait_prob = bpr_i_center_wait_prob(c, people, net->rate);
	if (!r->stable)
		return;
	r->peak_wait = r->wait;
	r->queue = r->arrivals_per_minute * r->wait;
	r->wait_above = r->wait_prob > 0 && r->wait > 0 ? r->wait_prob * exp(-limit * r->wait_prob / r->wait) : 0;
	if (bpr_i_center_wait(c, people + 1, net->rate, &more))
		r->wait_per_more = fmin(0, c->visits * (more - r->wait));
	r->cycle_per_work = 0.01 * (c->minutes + c->visits * c->service * bpr_i_center_slope(c, people, net->rate));
}

/* ---- by hours ---- */

/* The day that ends with most left, and since when it has not cleared. */
static void find_overload(const struct bpr_i_timeline *t, const struct bpr_i_moment *m, struct bpr_queue_pool *r)
{
	for (size_t i = 0; i < t->count; i++) {
		size_t next = i + 1;

		if (!(m[i].people > 0) || !(m[i].backlog > OVERLOAD))
			continue;
		while (next < t->count && t->at[next].day == t->at[i].day && !(m[next].people > 0))
			next++;
		if (next < t->count && t->at[next].day == t->at[i].day)
			continue; /* they are still at work on that day */
		if (r->overloaded && !(m[i].backlog > r->backlog_minutes))
			continue;
		r->overloaded = true;
		r->backlog_minutes = m[i].backlog;
		r->overload_day = m[i].queue_day;
		r->overload_at = m[i].queue_from;
	}
}

/* The same over one hour of the clock: stretches `from` to `to` - 1. */
static struct bpr_queue_pool_hour one_hour(const struct bpr_i_moment *m, size_t from, size_t to)
{
	struct bpr_queue_pool_hour h = { .stable = true };
	double minutes = 0, requests = 0, load = 0, duty = 0;

	for (size_t i = from; i < to; i++) {
		minutes += m[i].minutes;
		requests += m[i].requests * m[i].minutes;
		load += m[i].load * m[i].minutes;
		duty += m[i].people * m[i].minutes;
		h.wait += m[i].requests * m[i].minutes * m[i].wait;
		h.stable = h.stable && !(m[i].load > m[i].people * (1 + 1e-12)) && !(m[i].backlog > OVERLOAD);
	}
	h.servers = minutes > 0 ? duty / minutes : 0;
	h.utilisation = duty > 0 ? load / duty : 0;
	h.wait = requests > 0 ? h.wait / requests : 0;
	h.backlog = m[to - 1].backlog;
	return h;
}

static void find_peak(const struct bpr_queueing *q, size_t pool, struct bpr_queue_pool *r)
{
	const struct bpr_queue_pool_hour *h = &q->pool_hours[pool * q->hour_count];

	for (size_t i = 0; i < q->hour_count; i++) {
		bool as_busy = fabs(h[i].utilisation - r->peak_utilisation) <= 1e-9 * r->peak_utilisation;

		if (!(h[i].utilisation > r->peak_utilisation || as_busy) || (as_busy && !(h[i].wait > r->peak_wait * (1 + 1e-9))))
			continue;
		r->peak_utilisation = h[i].utilisation;
		r->peak_wait = h[i].wait;
		r->peak_day = q->hours[i].day;
		r->peak_from = q->hours[i].from;
		r->peak_to = q->hours[i].to;
	}
}

/* What another person, or faster work, would change: the same days again. */
static void change(const struct bpr_i_net *net, const struct bpr_i_center *c, struct bpr_i_hours_options o, struct bpr_i_moment *scratch,
		   struct bpr_queue_pool *r)
{
	struct bpr_i_center less = *c, more = *c;
	struct bpr_i_day_result low, high;

	o.more = 1;
	bpr_i_hours_run(net->days, c, &o, scratch, &low);
	r->wait_per_more = fmin(0, c->visits * (low.wait - r->wait));
	o.more = 0;
	less.service *= 1 - STRETCH;
	more.service *= 1 + STRETCH;
	bpr_i_hours_run(net->days, &less, &o, scratch, &low);
	bpr_i_hours_run(net->days, &more, &o, scratch, &high);
	r->cycle_per_work = 0.01 * (c->minutes + fmax(0, c->visits * (high.wait - low.wait) / (2 * STRETCH)));
}

static void by_hours(const struct bpr_i_net *net, size_t p, struct bpr_i_moment *m, struct bpr_queue_pool *r)
{
	const struct bpr_i_center *c = &net->centers[p];
	const struct bpr_calendar_options *calendar = net->options->calendar;
	struct bpr_i_hours_options o = { .pool = p, .limit = net->options->wait_limit, .repeats = !(calendar && calendar->dated) };
	struct bpr_queueing *q = net->out;
	struct bpr_i_day_result sum;
	size_t from = 0;

	bpr_i_hours_run(net->days, c, &o, m, &sum);
	r->known = sum.duty > 0;
	if (!r->known)
		return;
	r->servers = sum.duty / sum.on_duty;
	r->utilisation = sum.load / sum.duty;
	r->stable = sum.load < sum.duty;
	r->wait_prob = sum.prob;
	for (size_t h = 0; h < q->hour_count; h++) {
		size_t to = from + 1;

		while (to < net->days->count && net->days->at[to].day == q->hours[h].day && net->days->at[to].from < q->hours[h].to)
			to++;
		q->pool_hours[p * q->hour_count + h] = one_hour(m, from, to);
		from = to;
	}
	find_overload(net->days, m, r);
	find_peak(q, p, r);
	if (!r->stable)
		return;
	r->wait = sum.wait;
	r->wait_above = sum.above;
	r->queue = r->arrivals_per_minute * r->wait;
	change(net, c, o, m, r); /* m is used up */
}

/* Hours of the clock in which anybody comes or works. */
static bool list_hours(struct bpr_i_net *net)
{
	const struct bpr_i_timeline *t = net->days;
	struct bpr_queueing *q = net->out;
	size_t count = 0;

	for (int pass = 0; pass < 2; pass++) {
		count = 0;
		for (size_t i = 0; i < t->count; i++) {
			double hour = floor(t->at[i].from / 60 + 1e-9);
			bool news = !i || t->at[i].day != t->at[i - 1].day || floor(t->at[i - 1].from / 60 + 1e-9) < hour;

			count += news;
			if (!pass)
				continue;
			if (news)
				q->hours[count - 1] = (struct bpr_queue_hour){ t->at[i].day, t->at[i].from, 0, 0 };
			q->hours[count - 1].to = t->at[i].to;
			q->hours[count - 1].arrivals += t->at[i].rate * (t->at[i].to - t->at[i].from);
		}
		if (!pass) {
			q->hours = bpr_i_arena_alloc(&q->arena, count, sizeof(*q->hours));
			q->pool_hours = bpr_i_arena_alloc(&q->arena, count * net->pool_count, sizeof(*q->pool_hours));
			if (!q->hours || !q->pool_hours)
				return false;
		}
	}
	q->hour_count = count;
	return true;
}

/* Fewest people, on duty as those of today are, with whom the work fits in. */
static size_t needed(const struct bpr_i_center *c, const struct bpr_queue_pool *r)
{
	double people = r->utilisation * (double)c->people, whole = c->uniform && c->team > 1 ? c->team : 1;
	double fewest = (floor(people / whole + 1e-9) + 1) * whole;

	return fewest < 1e15 ? (size_t)fewest : 0;
}

bool bpr_i_hours_solve(struct bpr_i_net *net, struct bpr_i_moment *scratch)
{
	if (net->hours && !list_hours(net))
		return false;
	for (size_t p = 0; p < net->pool_count; p++) {
		const struct bpr_i_center *c = &net->centers[p];
		struct bpr_queue_pool *r = &net->out->pools[p];

		r->known = c->people > 0 && net->hours_known && net->rate > 0 && c->servers > 0;
		if (!r->known)
			continue;
		r->reasons = c->reasons;
		r->method = r->reasons ? BPR_QUEUE_APPROXIMATE : BPR_QUEUE_EXACT;
		r->arrivals_per_minute = net->rate * c->visits;
		r->service_minutes = c->service;
		r->service_scv = c->service_scv;
		r->arrivals_scv = c->arrivals_scv;
		r->servers = c->servers;
		r->utilisation = r->peak_utilisation = net->rate * c->work / c->servers;
		if (net->hours) {
			r->peak_utilisation = 0;
			by_hours(net, p, scratch, r);
		} else {
			steady(net, c, r);
		}
		r->people_needed = needed(c, r);
		net->out->known = net->out->known || r->known;
	}
	return true;
}
