/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables by hour of the week, summed over its days or over the hours of a day. */
#include "config.h"
#include "study/simulation_i.h"
#include "base/text_i.h"

enum { HOURS = 24, WEEKDAYS = 7 };

const char *bpr_i_weekday_name(size_t weekday)
{
	static const char *const names[WEEKDAYS] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
						     N_("Saturday"), N_("Sunday") };

	return names[weekday % WEEKDAYS];
}

/* Sums that become means once all is added. */
struct sum { struct bpr_hour_sum *out; double days; };

static void add_place(struct bpr_hour_sum *out, const struct bpr_sim_place_hour *place, double days)
{
	if (!(place->waits > 0))
		return;
	out->wait += days * place->waits * place->wait;
	out->waits += days * place->waits;
	if (place->wait_max > out->wait_max)
		out->wait_max = place->wait_max;
}

/* Waits of the places meant: the citizens' where there are counters, else those of all pools. */
static void add_waits(struct bpr_hour_sum *out, const struct bpr_subject *s, enum bpr_hours_of of, size_t place, size_t hour, double days)
{
	size_t counters = bpr_flow_counter_count(s->flow);
	size_t pools = bpr_flow_pool_count(s->flow);

	if (of == BPR_HOURS_COUNTER) {
		add_place(out, &bpr_simulation_counter_hours(s->simulation, place)[hour], days);
	} else if (of == BPR_HOURS_POOL) {
		add_place(out, &bpr_simulation_pool_waits(s->simulation, place)[hour], days);
	} else if (counters) {
		for (size_t i = 0; i < counters; i++)
			add_place(out, &bpr_simulation_counter_hours(s->simulation, i)[hour], days);
	} else {
		for (size_t i = 0; i < pools; i++)
			add_place(out, &bpr_simulation_pool_waits(s->simulation, i)[hour], days);
	}
}

static void add_duty(struct bpr_hour_sum *out, const struct bpr_subject *s, enum bpr_hours_of of, size_t place, size_t hour, double days)
{
	for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++) {
		const struct bpr_sim_pool_hour *p = &bpr_simulation_pool_hours(s->simulation, i)[hour];

		if (of == BPR_HOURS_POOL && i != place)
			continue;
		out->on_duty += days * p->on_duty;
		out->busy += days * p->busy;
	}
}

static void add_hour(struct sum *sum, const struct bpr_subject *s, enum bpr_hours_of of, size_t place, size_t hour)
{
	const struct bpr_sim_hour *h = &bpr_simulation_hours(s->simulation)[hour];
	double days = (double)h->days;

	if (!h->days)
		return;
	sum->days += days;
	sum->out->arrivals += days * h->arrivals;
	sum->out->in_process += days * h->in_process;
	add_waits(sum->out, s, of, place, hour, days);
	add_duty(sum->out, s, of, place, hour, days);
}

/* days: those that the sums are spread over. */
static void finish(struct bpr_hour_sum *out, double days)
{
	out->any = out->arrivals > 0 || out->on_duty > 0 || out->waits > 0;
	if (out->waits > 0)
		out->wait /= out->waits;
	if (!(days > 0))
		return;
	out->arrivals /= days;
	out->in_process /= days;
	out->on_duty /= days;
	out->busy /= days;
}

/* A weekday on which anybody comes or is on duty; the rest of the week would thin out the means. */
static bool works(const struct bpr_subject *s, size_t weekday)
{
	for (size_t h = 0; h < HOURS; h++) {
		size_t hour = weekday * HOURS + h;

		if (!bpr_simulation_hours(s->simulation)[hour].days)
			continue;
		if (bpr_simulation_hours(s->simulation)[hour].arrivals > 0)
			return true;
		for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++)
			if (bpr_simulation_pool_hours(s->simulation, i)[hour].on_duty > 0)
				return true;
	}
	return false;
}

void bpr_i_hours_of_day(const struct bpr_subject *s, enum bpr_hours_of of, size_t place, struct bpr_hour_sum out[24])
{
	for (size_t h = 0; h < HOURS; h++) {
		struct sum sum = { &out[h], 0 };

		out[h] = (struct bpr_hour_sum){ 0 };
		for (size_t w = 0; w < WEEKDAYS; w++)
			if (works(s, w))
				add_hour(&sum, s, of, place, w * HOURS + h);
		finish(&out[h], sum.days);
	}
}

void bpr_i_hours_of_week(const struct bpr_subject *s, enum bpr_hours_of of, size_t place, struct bpr_hour_sum out[7])
{
	for (size_t w = 0; w < WEEKDAYS; w++) {
		struct sum sum = { &out[w], 0 };

		out[w] = (struct bpr_hour_sum){ 0 };
		for (size_t h = 0; h < HOURS; h++)
			add_hour(&sum, s, of, place, w * HOURS + h);
		finish(&out[w], sum.days / HOURS);
		out[w].in_process /= HOURS;
		out[w].on_duty /= HOURS;
		out[w].busy /= HOURS;
	}
}
