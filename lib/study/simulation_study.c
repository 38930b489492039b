/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A simulation, for the person who decides and the person at the counter: how long a visit takes, how much of it is waiting, where and
 * when one waits, who is overloaded; then the figures and the tables; at the end what they rest on.
 */
#include "config.h"
#include "study/improve_i.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <math.h>
#include <stdio.h>

/* A wait below this many minutes is nothing that anybody would notice. */
static const double NOTHING = 1.0 / 120;

static const struct bpr_sim_figure *figure(const struct sim_study *s, size_t key)
{
	return bpr_simulation_figure(s->sim, key);
}

/* ---- what is said first ---- */

/* Nights and Sundays are no part of a visit; without them the times of a day are told. */
static double closed(const struct sim_study *s)
{
	const struct bpr_sim_figure *f = figure(s, BPR_SIM_CYCLE_CLOSED);

	return f->known && f->mean >= NOTHING ? f->mean : 0;
}

static void closed_sentence(const struct sim_study *s)
{
	if (!(closed(s) > 0))
		return;
	bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Closed hours, and breaks in which nobody serves, are not counted there: {1} of the cases run into some, and with them it takes {2} on average."),
						   bpr_i_say_prob(s->doc, 1 - bpr_simulation_share_within(s->sim, BPR_SIM_CYCLE_CLOSED, 0)),
						   bpr_i_say_minutes(s->doc, figure(s, BPR_SIM_CYCLE)->mean), NULL, NULL));
}

static void cycle_sentence(const struct sim_study *s)
{
	const struct bpr_sim_figure *cycle = figure(s, BPR_SIM_CYCLE);
	const struct bpr_sim_figure *wait = figure(s, BPR_SIM_WAIT);
	const char *whole = bpr_i_say_minutes(s->doc, cycle->mean - closed(s));

	if (!cycle->known)
		bpr_i_doc_lead(s->doc, bpr_i_doc_text(s->doc, N_("No case came to its end, so nothing can be said about its time.")));
	else if (!wait->known || wait->mean < NOTHING)
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, s->visit ? N_("A visit takes {1} on average; nobody has to wait in a queue.")
								      : N_("A case takes {1} on average; it never has to wait in a queue."),
						      whole, NULL, NULL, NULL));
	else
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, s->visit ? N_("A visit takes {1} on average, {2} of it waiting in queues.")
								      : N_("A case takes {1} on average, {2} of it waiting in queues."),
						      whole, bpr_i_say_minutes(s->doc, wait->mean), NULL, NULL));
}

/* The mean hides who waits long. */
static void tail_sentence(const struct sim_study *s)
{
	const struct bpr_sim_figure *wait = figure(s, BPR_SIM_WAIT);

	if (!wait->known || wait->mean < NOTHING)
		return;
	if (wait->p90 < NOTHING)
		bpr_i_doc_lead(s->doc, bpr_i_doc_text(s->doc, N_("9 in 10 do not wait at all; the others pull the mean up.")));
	else if (wait->p50 < NOTHING)
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("Half do not wait at all; 1 in 10 waits longer than {1}."),
						      bpr_i_say_minutes(s->doc, wait->p90), NULL, NULL, NULL));
	else
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("Half wait {1} at most; 1 in 10 waits longer than {2}."),
						      bpr_i_say_minutes(s->doc, wait->p50), bpr_i_say_minutes(s->doc, wait->p90), NULL, NULL));
}

static void counter_sentence(const struct sim_study *s)
{
	const struct bpr_sim_counter *list = bpr_simulation_counters(s->sim);
	size_t worst = BPR_NONE;

	for (size_t i = 0; i < bpr_flow_counter_count(s->flow); i++)
		if (list[i].wait.known && (worst == BPR_NONE || list[i].wait.mean > list[worst].wait.mean))
			worst = i;
	if (worst == BPR_NONE || list[worst].wait.mean < NOTHING)
		return;
	if (list[worst].wait_p90 < NOTHING) {
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("One waits longest at '{1}': {2} on average, 9 in 10 not at all; up to {3} stand in line there."),
							   bpr_flow_counter(s->flow, worst)->name, bpr_i_say_minutes(s->doc, list[worst].wait.mean),
							   bpr_i_say_count(s->doc, list[worst].longest_queue), NULL));
		return;
	}
	bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("One waits longest at '{1}': {2} on average, 1 in 10 longer than {3}; up to {4} stand in line there."),
						   bpr_flow_counter(s->flow, worst)->name, bpr_i_say_minutes(s->doc, list[worst].wait.mean),
						   bpr_i_say_minutes(s->doc, list[worst].wait_p90),
						   bpr_i_say_count(s->doc, list[worst].longest_queue)));
}

/* Where one waits longer than at any counter: staff in the back office. */
static void pool_sentence(const struct sim_study *s)
{
	const struct bpr_sim_counter *counters = bpr_simulation_counters(s->sim);
	const struct bpr_sim_pool *pools = bpr_simulation_pools(s->sim);
	size_t worst = BPR_NONE;
	double most = NOTHING;

	for (size_t i = 0; i < bpr_flow_counter_count(s->flow); i++)
		if (counters[i].wait.known)
			most = fmax(most, 1.2 * counters[i].wait.mean);
	for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++)
		if (pools[i].wait.known && pools[i].wait.mean > most) {
			most = pools[i].wait.mean;
			worst = i;
		}
	if (worst != BPR_NONE && pools[worst].wait_p90 < NOTHING)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Cases wait longest for '{1}': {2} on average, 9 in 10 not at all; up to {3} lie there."),
							   bpr_flow_pool(s->flow, worst)->name, bpr_i_say_minutes(s->doc, pools[worst].wait.mean),
							   bpr_i_say_count(s->doc, pools[worst].longest_queue), NULL));
	else if (worst != BPR_NONE)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Cases wait longest for '{1}': {2} on average, 1 in 10 longer than {3}; up to {4} lie there."),
							   bpr_flow_pool(s->flow, worst)->name, bpr_i_say_minutes(s->doc, pools[worst].wait.mean),
							   bpr_i_say_minutes(s->doc, pools[worst].wait_p90),
							   bpr_i_say_count(s->doc, pools[worst].longest_queue)));
}

/* The hour of the day with the longest mean wait, and the weekday where one stands out. */
static void hour_sentence(const struct sim_study *s)
{
	struct bpr_hour_sum day[24], week[7];
	size_t hour = BPR_NONE, weekday = 0, days = 0;
	double waits = 0, weighted = 0, most = 0;

	if (!bpr_flow_demand(s->flow)->open.rule_count)
		return;
	bpr_i_hours_of_day(s->subject, BPR_HOURS_ALL, 0, day);
	bpr_i_hours_of_week(s->subject, BPR_HOURS_ALL, 0, week);
	for (size_t h = 0; h < 24; h++)
		most = fmax(most, day[h].waits);
	for (size_t h = 0; h < 24; h++) /* not an hour at the edge of the day into which hardly anybody comes */
		if (day[h].waits > most / 10 && (hour == BPR_NONE || day[h].wait > day[hour].wait))
			hour = h;
	for (size_t w = 0; w < 7; w++) {
		days += week[w].waits > 0;
		waits += week[w].waits;
		weighted += week[w].waits * week[w].wait;
		if (week[w].wait > week[weekday].wait)
			weekday = w;
	}
	if (hour == BPR_NONE || day[hour].wait < NOTHING || !(waits > 0))
		return;
	/* Only where weekdays differ by what was said of them: else the worst one is chance. */
	if (bpr_flow_demand(s->flow)->weekdays.rule_count && days > 1 && week[weekday].wait * waits > 1.25 * weighted)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("The wait is longest from {1} to {2}: {3} on average. {4} is the worst day."),
							   bpr_i_say_clock(s->doc, (double)hour * 60), bpr_i_say_clock(s->doc, (double)hour * 60 + 60),
							   bpr_i_say_minutes(s->doc, day[hour].wait),
							   bpr_i_doc_text(s->doc, bpr_i_weekday_name(weekday))));
	else
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("The wait is longest from {1} to {2}: {3} on average."),
							   bpr_i_say_clock(s->doc, (double)hour * 60), bpr_i_say_clock(s->doc, (double)hour * 60 + 60),
							   bpr_i_say_minutes(s->doc, day[hour].wait), NULL));
}

/* Who is overloaded, or near it. */
static void load_sentences(const struct sim_study *s)
{
	for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++) {
		const struct bpr_sim_pool *p = &bpr_simulation_pools(s->sim)[i];
		const char *name = bpr_flow_pool(s->flow, i)->name;
		const char *busy = bpr_i_say_prob(s->doc, p->utilisation.mean);

		if (!p->utilisation.known || !(p->utilisation.mean > 0.85))
			continue;
		if (p->utilisation.mean > 0.995)
			bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("'{1}' cannot keep up: it is busy all of its hours, and the queue grows."),
								   name, NULL, NULL, NULL));
		else
			bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("'{1}' is busy {2} of its hours, where queues grow quickly."),
								   name, busy, NULL, NULL));
	}
}

static void loss_sentences(const struct sim_study *s)
{
	const struct bpr_sim_figure *gone = figure(s, BPR_SIM_ABANDONED);
	double left = bpr_simulation_unfinished(s->sim);

	if (gone->known && gone->mean > 0)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Citizens who give up waiting or find no seat: {1}."),
							   bpr_i_say_share(s->doc, gone->mean), NULL, NULL, NULL));
	/* Where the office never closes a run simply ends in the middle of what goes on. */
	if (left > 0 && bpr_flow_demand(s->flow)->open.rule_count)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("At the end of a run {1} cases were not done; they are not in the figures."),
							   bpr_i_say_count(s->doc, left), NULL, NULL, NULL));
}

/* ---- what it rests on ---- */

static void item(const struct sim_study *s, const char *id, const char *a1, const char *a2, const char *a3, const char *a4)
{
	bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN, bpr_i_doc_fill(s->doc, id, a1, a2, a3, a4));
}

static void run_item(const struct sim_study *s, const char *seed)
{
	size_t replications = bpr_simulation_replications(s->sim);
	const char *runs = bpr_i_say_count(s->doc, (double)replications);
	const char *cases = bpr_i_say_count(s->doc, (double)bpr_simulation_cases(s->sim));
	const char *events = bpr_i_say_count(s->doc, (double)bpr_simulation_events(s->sim));

	if (replications == 1)
		item(s, N_("Simulated once, with {1} finished cases and {2} events (cases that come, steps that are done); seed {3}. One run gives no interval."),
		     cases, events, seed, NULL);
	else
		item(s, N_("Simulated {1} times, each time with other random numbers: {2} finished cases and {3} events in all (cases that come, steps that are done); seed {4}."),
		     runs, cases, events, seed);
}

static void days_item(const struct sim_study *s)
{
	const struct bpr_calendar_options *calendar = s->subject->calendar;
	const char *days = bpr_i_say_count(s->doc, bpr_simulation_days(s->sim));

	if (!bpr_flow_demand(s->flow)->open.rule_count)
		item(s, N_("The office never closes; each run is {1} days long."), days, NULL, NULL, NULL);
	else if (calendar && calendar->dated)
		item(s, N_("Days with their dates, from {1} on, {2} working days each time: public holidays, seasons and dated hours count."),
		     bpr_i_say_date(s->doc, calendar->start), days, NULL, NULL);
	else
		item(s, N_("Ordinary weeks, from Monday on, {1} working days each time: no public holidays, no seasons (--from DATE brings them in)."), days, NULL,
		     NULL, NULL);
}

static void warmup_item(const struct sim_study *s)
{
	double minutes = bpr_simulation_warmup(s->sim);

	if (minutes > 0)
		item(s, N_("The first {1} of each run are left out: the office was still filling up."), bpr_i_say_minutes(s->doc, minutes), NULL, NULL, NULL);
	else
		item(s, N_("Each run begins with an empty office, and everything from then on counts."), NULL, NULL, NULL, NULL);
}

static void quantile_item(const struct sim_study *s)
{
	double error = 0;

	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++)
		if (figure(s, key)->known)
			error = fmax(error, figure(s, key)->quantile_error);
	if (error > 0)
		item(s, N_("The median and '9 in 10 at most' may be off by {1}: not every value was kept (--samples)."),
		     bpr_i_say_prob(s->doc, error), NULL, NULL, NULL);
	else
		item(s, N_("The median (half are at or below it) and '9 in 10 at most' are exact for the cases simulated: every value was kept."), NULL, NULL, NULL, NULL);
}

static const char *closing_text(enum bpr_closing closing)
{
	switch (closing) {
	case BPR_CLOSING_INTERRUPT: return N_("Work that is not done when its people go rests until they are back.");
	case BPR_CLOSING_SERVE: return N_("Everybody who is in the building when the office closes is served first: that is the overtime.");
	case BPR_CLOSING_FINISH:
	default: return N_("Work that is under way when its people go is finished first: that is the overtime.");
	}
}

static void basis(const struct sim_study *s)
{
	char seed[32];

	(void)snprintf(seed, sizeof(seed), "%llu", s->options->seed);
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("What the figures rest on")));
	run_item(s, seed);
	days_item(s);
	warmup_item(s);
	if (bpr_flow_demand(s->flow)->open.rule_count)
		item(s, closing_text(s->options->closing), NULL, NULL, NULL, NULL);
	if (bpr_simulation_replications(s->sim) > 1)
		item(s, N_("95% interval: where the true mean lies, 19 times in 20, if the flow is as described (Student's t over the runs)."), NULL, NULL, NULL, NULL);
	quantile_item(s);
	bpr_i_study_source(s->doc, N_("Flow: {1} (content {2}); cases a year: {3}."), s->flow);
	item(s, N_("Made by bpr {1}, seed {2}."), bpr_version(), seed, NULL, NULL);
}

void bpr_i_study_simulation(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	struct sim_study s = { .doc = doc, .subject = subject, .flow = subject->flow, .sim = subject->simulation, .options = options };

	for (size_t i = 0; i < bpr_flow_counter_count(s.flow); i++)
		s.visit = s.visit || (bpr_simulation_counters(s.sim)[i].visits.known && bpr_simulation_counters(s.sim)[i].visits.mean > 0);
	/* Who has to come again does not speak of one visit. */
	s.visit = s.visit && !(figure(&s, BPR_METRIC_TRIPS)->mean > 1 + 1e-9);
	bpr_i_doc_heading(doc, 1, bpr_i_doc_fill(doc, N_("Simulation of a flow: {1}"), bpr_i_say_flow(doc, s.flow), NULL, NULL, NULL));
	cycle_sentence(&s);
	tail_sentence(&s);
	closed_sentence(&s);
	counter_sentence(&s);
	pool_sentence(&s);
	hour_sentence(&s);
	load_sentences(&s);
	loss_sentences(&s);
	bpr_i_sim_staffing_lead(&s);
	bpr_i_sim_staffing(&s);
	bpr_i_sim_sticking(&s);
	bpr_i_sim_figures(&s);
	bpr_i_sim_split(&s);
	bpr_i_sim_counters(&s);
	bpr_i_sim_pools(&s);
	bpr_i_sim_hours(&s);
	bpr_i_sim_weekdays(&s);
	bpr_i_sim_steps(&s);
	bpr_i_sim_beside(&s);
	bpr_i_study_warnings(doc, subject->problems, options->full);
	bpr_i_study_levers(doc, subject, options->full);
	basis(&s);
}
