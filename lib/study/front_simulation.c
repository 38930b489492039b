/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page of a simulation: who is served, how long they wait, where and when, and who works late. */
#include "config.h"
#include "study/front_i.h"
#include "study/improve_i.h"
#include "study/measure_i.h"
#include "study/ribbon_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdlib.h>

enum { PLACES = 8 };
/* A wait below this many minutes is nothing that anybody would notice. */
static const double NOTHING = 1.0 / 120;

static const struct bpr_sim_figure *figure(const struct bpr_front *f, size_t key)
{
	return bpr_simulation_figure(f->subject->simulation, key);
}

/* Nights and Sundays are no part of a stay. */
static double stay(const struct bpr_front *f)
{
	const struct bpr_sim_figure *closed = figure(f, BPR_SIM_CYCLE_CLOSED);

	return figure(f, BPR_SIM_CYCLE)->mean - (closed->known && closed->mean >= NOTHING ? closed->mean : 0);
}

static const char *stay_name(const struct bpr_front *f, bool visit)
{
	if (!visit)
		return bpr_i_doc_text(f->doc, N_("Time from arrival to end (mean)"));
	return bpr_i_doc_text(f->doc, bpr_i_walks(f->pages) ? N_("Time in the building, without walking (mean)") : N_("Time in the building (mean)"));
}

static double served_a_day(const struct bpr_front *f)
{
	double days = bpr_simulation_days(f->subject->simulation) * (double)bpr_simulation_replications(f->subject->simulation);

	return days > 0 ? (double)bpr_simulation_cases(f->subject->simulation) / days : 0;
}

static size_t busiest(const struct bpr_front *f)
{
	const struct bpr_sim_pool *pools = bpr_simulation_pools(f->subject->simulation);
	size_t most = BPR_NONE;

	for (size_t i = 0; i < bpr_flow_pool_count(f->flow); i++)
		if (pools[i].utilisation.known && (most == BPR_NONE || pools[i].utilisation.mean > pools[most].utilisation.mean))
			most = i;
	return most;
}

/* Person-minutes a day, all pools. */
static double overtime(const struct bpr_front *f)
{
	const struct bpr_sim_pool *pools = bpr_simulation_pools(f->subject->simulation);
	double minutes = 0;

	for (size_t i = 0; i < bpr_flow_pool_count(f->flow); i++)
		minutes += pools[i].overtime.known ? pools[i].overtime.mean : 0;
	return minutes;
}

/* ---- the sentences ---- */

/* Of a case, of a visit, of one with ways between counters, which the figure leaves out. */
static const char *const wait_ids[2][3] = {
	{ N_("A case takes {1} on average; it never has to wait in a queue."), N_("A visit takes {1} on average; nobody has to wait in a queue."),
	  N_("A visit takes {1} on average, without walking; nobody has to wait in a queue.") },
	{ N_("A case takes {1} on average, {2} of it waiting in queues."), N_("A visit takes {1} on average, {2} of it waiting in queues."),
	  N_("A visit takes {1} on average, without walking, {2} of it waiting in queues.") },
};

static void say_wait(const struct bpr_front *f, bool visit)
{
	const struct bpr_sim_figure *wait = figure(f, BPR_SIM_WAIT);
	const char *whole = bpr_i_say_minutes(f->doc, stay(f));
	bool queues = wait->known && wait->mean >= NOTHING;

	if (!figure(f, BPR_SIM_CYCLE)->known) {
		bpr_i_doc_lead(f->doc, bpr_i_doc_text(f->doc, N_("No case came to its end, so nothing can be said about its time.")));
		return;
	}
	bpr_i_front_say(f, wait_ids[queues][!visit ? 0 : bpr_i_walks(f->pages) ? 2 : 1], whole, queues ? bpr_i_say_minutes(f->doc, wait->mean) : NULL,
			NULL, NULL);
	if (wait->known && wait->p90 >= NOTHING)
		bpr_i_front_say(f, N_("{1} wait longer than {2}."), bpr_i_doc_text(f->doc, N_("1 in 10")), bpr_i_say_minutes(f->doc, wait->p90), NULL, NULL);
}

/* The hour of the day in which one waits longest; hours into which hardly anybody comes left out. BPR_NONE: none stands out. */
static size_t worst_hour(const struct bpr_front *f, struct bpr_hour_sum day[24])
{
	size_t hour = BPR_NONE;
	double most = 0;

	if (!bpr_flow_demand(f->flow)->open.rule_count)
		return BPR_NONE;
	bpr_i_hours_of_day(f->subject, BPR_HOURS_ALL, 0, day);
	for (size_t h = 0; h < 24; h++)
		most = fmax(most, day[h].waits);
	for (size_t h = 0; h < 24; h++)
		if (day[h].waits > most / 10 && day[h].wait >= NOTHING && (hour == BPR_NONE || day[h].wait > day[hour].wait))
			hour = h;
	return hour;
}

static void say_when(const struct bpr_front *f)
{
	struct bpr_hour_sum day[24];
	size_t hour = worst_hour(f, day), pool = busiest(f);
	const struct bpr_sim_pool *pools = bpr_simulation_pools(f->subject->simulation);
	double late = overtime(f);

	if (hour != BPR_NONE)
		bpr_i_front_say(f, N_("The wait is longest from {1} to {2}: {3} on average."), bpr_i_say_clock(f->doc, 60 * (double)hour),
				bpr_i_say_clock(f->doc, 60 * (double)hour + 60), bpr_i_say_minutes(f->doc, day[hour].wait), NULL);
	if (pool != BPR_NONE && pools[pool].utilisation.mean > 0.995)
		bpr_i_front_say(f, N_("'{1}' cannot keep up: it is busy all of its hours, and the queue grows."), bpr_flow_pool(f->flow, pool)->name, NULL, NULL, NULL);
	else if (pool != BPR_NONE && pools[pool].utilisation.mean > 0.85)
		bpr_i_front_say(f, N_("'{1}' is busy {2} of its hours, where queues grow quickly."), bpr_flow_pool(f->flow, pool)->name,
				bpr_i_say_prob(f->doc, pools[pool].utilisation.mean), NULL, NULL);
	if (late >= 1)
		bpr_i_front_say(f, N_("Staff work {1} of overtime a day, all together."), bpr_i_say_minutes(f->doc, late), NULL, NULL, NULL);
}

/* ---- tiles ---- */

static void minutes_tile(const struct bpr_front *f, struct bpr_front_tiles *t, const char *label, double minutes, const char *beside)
{
	if (minutes >= 1 && minutes < 300)
		bpr_i_front_tile(t, label, bpr_i_say_short(f->doc, minutes), bpr_i_doc_text(f->doc, N_("min")), beside);
	else
		bpr_i_front_tile(t, label, bpr_i_say_minutes(f->doc, minutes), "", beside);
}

static void tiles(const struct bpr_front *f, bool visit)
{
	const struct bpr_sim_figure *wait = figure(f, BPR_SIM_WAIT);
	const struct bpr_sim_pool *pools = bpr_simulation_pools(f->subject->simulation);
	struct bpr_front_tiles t = { .count = 0 };
	size_t pool = busiest(f);
	double served = served_a_day(f);

	if (served > 0)
		bpr_i_front_tile(&t, bpr_i_doc_text(f->doc, visit ? N_("People served a day") : N_("Cases done a day")),
				 bpr_i_say_short(f->doc, served >= 10 ? nearbyint(served) : served), bpr_i_doc_text(f->doc, visit ? N_("people") : N_("cases")), NULL);
	if (wait->known)
		minutes_tile(f, &t, bpr_i_doc_text(f->doc, N_("Waiting in queues (mean)")), wait->mean,
			     wait->p90 >= NOTHING ? bpr_i_doc_fill(f->doc, N_("1 in 10 over {1}"), bpr_i_say_minutes(f->doc, wait->p90), NULL, NULL, NULL) : NULL);
	if (figure(f, BPR_SIM_CYCLE)->known)
		minutes_tile(f, &t, stay_name(f, visit), stay(f), NULL);
	if (pool != BPR_NONE)
		bpr_i_front_tile(&t, bpr_i_doc_text(f->doc, N_("Busiest staff")), bpr_i_say_prob(f->doc, pools[pool].utilisation.mean), "",
				 bpr_flow_pool(f->flow, pool)->name);
	if (t.count)
		bpr_i_doc_tiles(f->doc, t.items, t.count);
}

/* ---- where one waits ---- */

struct place { const char *name; double wait, p90; };

static int longest_first(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return (y->wait > x->wait) - (y->wait < x->wait);
}

/* Counters where citizens wait, and pools where papers do. */
static struct place *places_of(const struct bpr_front *f, bool visit, size_t *count)
{
	size_t counters = visit ? bpr_flow_counter_count(f->flow) : 0, pools = visit ? 0 : bpr_flow_pool_count(f->flow);
	struct place *places = bpr_i_arena_alloc(&f->doc->arena, counters + pools + 1, sizeof(*places));

	*count = 0;
	if (!places)
		return NULL;
	for (size_t i = 0; i < counters; i++) {
		const struct bpr_sim_counter *c = &bpr_simulation_counters(f->subject->simulation)[i];

		if (c->wait.known && c->wait.mean >= NOTHING)
			places[(*count)++] = (struct place){ bpr_flow_counter(f->flow, i)->name, c->wait.mean, c->wait_p90 };
	}
	for (size_t i = 0; i < pools; i++) {
		const struct bpr_sim_pool *p = &bpr_simulation_pools(f->subject->simulation)[i];

		if (p->wait.known && p->wait.mean >= NOTHING)
			places[(*count)++] = (struct place){ bpr_flow_pool(f->flow, i)->name, p->wait.mean, p->wait_p90 };
	}
	if (*count)
		qsort(places, *count, sizeof(*places), longest_first);
	return places;
}

static void waits(const struct bpr_front *f, bool visit)
{
	struct bpr_doc_figure out = { .kind = BPR_FIGURE_BARS, .id = "places" };
	struct bpr_bar *bars;
	struct place *places;
	size_t count;

	if (f->doc->failed)
		return;
	places = places_of(f, visit, &count);
	bars = bpr_i_arena_alloc(&f->doc->arena, PLACES, sizeof(*bars));
	if (!places || !bars) {
		f->doc->failed = true;
		return;
	}
	count = count < PLACES ? count : PLACES;
	if (!count)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *mean = bpr_i_say_minutes(f->doc, places[i].wait);

		bars[i] = (struct bpr_bar){ .side = BPR_SIDE_ONLY, .label = places[i].name, .value = places[i].wait };
		bars[i].said = places[i].p90 < NOTHING ? mean
						       : bpr_i_doc_fill(f->doc, N_("{1} (1 in 10 over {2})"), mean, bpr_i_say_minutes(f->doc, places[i].p90), NULL, NULL);
	}
	out.bars = bars;
	out.bar_count = count;
	out.unit = bpr_i_doc_text(f->doc, N_("min"));
	out.title = bpr_i_doc_text(f->doc, N_("Where one waits"));
	out.description = bpr_i_doc_fill(f->doc, N_("The longest wait is at '{1}': {2}."), bars[0].label, bars[0].said, NULL, NULL);
	bpr_i_doc_heading_aside(f->doc, out.title, bpr_i_doc_text(f->doc, visit ? N_("mean wait at each counter, simulated") : N_("mean wait for each staff, simulated")));
	bpr_i_doc_figure(f->doc, &out);
}

/* ---- who is busy when ---- */

/* The hour of the day in which the people of the pool have least time to spare. */
static size_t fullest_hour(const struct bpr_front *f, size_t pool, double *share)
{
	struct bpr_hour_sum day[24];
	size_t hour = BPR_NONE;

	*share = 0;
	bpr_i_hours_of_day(f->subject, BPR_HOURS_POOL, pool, day);
	for (size_t h = 0; h < 24; h++) {
		double busy = day[h].on_duty > 0.05 ? day[h].busy / day[h].on_duty : 0;

		if (busy > *share) {
			*share = busy;
			hour = h;
		}
	}
	return hour;
}

static void pools(const struct bpr_front *f)
{
	const struct bpr_sim_pool *list = bpr_simulation_pools(f->subject->simulation);
	bool daily = bpr_flow_demand(f->flow)->open.rule_count > 0;
	struct bpr_doc_table *table = NULL;

	for (size_t i = 0, rows = 0; i < bpr_flow_pool_count(f->flow) && rows < PLACES; i++) {
		struct bpr_doc_cell *row;
		double share;
		size_t hour;

		if (!list[i].utilisation.known)
			continue;
		if (!table) {
			bpr_i_doc_heading(f->doc, 2, bpr_i_doc_text(f->doc, N_("Who is busy, and when")));
			table = bpr_i_doc_table(f->doc);
			bpr_i_doc_column(f->doc, table, N_("Staff"), false, 10);
			bpr_i_doc_column(f->doc, table, N_("People"), true, 0);
			bpr_i_doc_column(f->doc, table, N_("Busy"), true, 0);
			bpr_i_doc_column(f->doc, table, N_("Fullest hour"), true, 0);
			bpr_i_doc_column(f->doc, table, N_("Overtime, a day"), true, 0);
		}
		row = bpr_i_doc_row(f->doc, table);
		if (!row)
			return;
		rows++;
		row[0] = bpr_i_cell_text(bpr_flow_pool(f->flow, i)->name);
		row[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)bpr_flow_pool(f->flow, i)->count);
		row[2] = bpr_i_cell_number(BPR_DOC_PROB, list[i].utilisation.mean);
		row[2].tone = list[i].utilisation.mean > 0.85 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
		hour = daily ? fullest_hour(f, i, &share) : BPR_NONE;
		if (hour != BPR_NONE)
			row[3] = bpr_i_cell_text(bpr_i_doc_fill(f->doc, N_("{1} to {2} ({3})"), bpr_i_say_clock(f->doc, 60 * (double)hour),
								bpr_i_say_clock(f->doc, 60 * (double)hour + 60), bpr_i_say_prob(f->doc, fmin(share, 1)), NULL));
		if (list[i].overtime.known)
			row[4] = bpr_i_cell_number(BPR_DOC_MINUTES, list[i].overtime.mean);
	}
}

void bpr_i_front_simulation(struct bpr_front *f)
{
	struct sim_study s = { .doc = f->doc, .subject = f->subject, .flow = f->flow, .sim = f->subject->simulation, .options = f->pages->options };
	bool visit = false;

	for (size_t i = 0; i < bpr_flow_counter_count(f->flow); i++)
		visit = visit || (bpr_simulation_counters(s.sim)[i].visits.known && bpr_simulation_counters(s.sim)[i].visits.mean > 0);
	s.visit = visit = visit && !(figure(f, BPR_METRIC_TRIPS)->mean > 1 + 1e-9);
	say_wait(f, visit);
	say_when(f);
	bpr_i_sim_staffing_lead(&s);
	tiles(f, visit);
	waits(f, visit);
	pools(f);
	bpr_i_doc_note(f->doc, bpr_i_doc_fill(f->doc, N_("All of it is simulated: {1} runs of {2} working days each, seed {3}."),
					      bpr_i_say_count(f->doc, (double)bpr_simulation_replications(s.sim)), bpr_i_say_count(f->doc, bpr_simulation_days(s.sim)),
					      bpr_i_say_count(f->doc, (double)f->pages->options->seed), NULL));
}
