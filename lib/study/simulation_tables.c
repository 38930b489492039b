/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind a simulation: staff, counters, hours, weekdays, steps. */
#include "config.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <math.h>

enum { HOURS = 24, WEEKDAYS = 7, MOST_PLACES = 6 };

static size_t shown(const struct sim_study *s, size_t count)
{
	return s->options->full || count <= BPR_STUDY_STEP_ROWS ? count : BPR_STUDY_STEP_ROWS;
}

static const char *interval_of(const struct sim_study *s, const struct bpr_sim_mean *m)
{
	return bpr_i_say_sim_interval(s->doc, BPR_SIM_WAIT, m->known && m->ci_known, m->ci95_low, m->ci95_high);
}

static struct bpr_doc_cell mean_cell(enum bpr_doc_value value, const struct bpr_sim_mean *m)
{
	return m->known ? bpr_i_cell_number(value, m->mean) : (struct bpr_doc_cell){ 0 };
}

static struct bpr_doc_cell people(const struct sim_study *s, double x)
{
	struct bpr_doc_cell cell = bpr_i_cell_number(BPR_DOC_COUNT, x);

	cell.text = bpr_i_doc_text(s->doc, N_("people"));
	return cell;
}

/* What waits for staff may be papers. */
static struct bpr_doc_cell cases(const struct sim_study *s, double x)
{
	struct bpr_doc_cell cell = bpr_i_cell_number(BPR_DOC_COUNT, x);

	cell.text = bpr_i_doc_text(s->doc, N_("cases"));
	return cell;
}

/* ---- staff ---- */

static void pool_row(const struct sim_study *s, struct bpr_doc_table *table, size_t i, bool overtime)
{
	const struct bpr_pool *pool = bpr_flow_pool(s->flow, i);
	const struct bpr_sim_pool *p = &bpr_simulation_pools(s->sim)[i];
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);
	size_t c = 0;

	if (!row)
		return;
	row[c++] = bpr_i_cell_text(pool->name);
	row[c++] = pool->count ? people(s, (double)pool->count) : bpr_i_cell_text(bpr_i_doc_text(s->doc, N_("no limit")));
	if (p->utilisation.known)
		row[c] = bpr_i_cell_number(BPR_DOC_PROB, p->utilisation.mean);
	row[c++].tone = p->utilisation.known && p->utilisation.mean > 0.85 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
	if (p->utilisation.known && p->utilisation.ci_known)
		row[c] = bpr_i_cell_text(bpr_i_doc_fill(s->doc, N_("{1} to {2}"), bpr_i_say_prob(s->doc, p->utilisation.ci95_low),
							bpr_i_say_prob(s->doc, p->utilisation.ci95_high), NULL, NULL));
	c++;
	row[c++] = mean_cell(BPR_DOC_MINUTES, &p->wait);
	if (p->wait.known)
		row[c] = bpr_i_cell_number(BPR_DOC_MINUTES, p->wait_p90);
	c++;
	if (s->options->full)
		row[c++] = mean_cell(BPR_DOC_COUNT, &p->queue);
	row[c++] = cases(s, p->longest_queue);
	if (overtime)
		row[c] = mean_cell(BPR_DOC_MINUTES, &p->overtime);
}

void bpr_i_sim_pools(const struct sim_study *s)
{
	size_t count = bpr_flow_pool_count(s->flow);
	struct bpr_doc_table *table;
	bool overtime = false;

	if (!count)
		return;
	for (size_t i = 0; i < count; i++)
		overtime = overtime || (bpr_simulation_pools(s->sim)[i].overtime.known && bpr_simulation_pools(s->sim)[i].overtime.mean > 0);
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Staff")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Pool"), false, 12);
	bpr_i_doc_column(s->doc, table, N_("People"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Busy"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("95% interval"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Wait for them"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("9 in 10 at most"), true, 0);
	if (s->options->full)
		bpr_i_doc_column(s->doc, table, N_("Waiting on average"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Longest queue"), true, 0);
	if (overtime)
		bpr_i_doc_column(s->doc, table, N_("Overtime a day"), true, 0);
	for (size_t i = 0; i < shown(s, count); i++)
		pool_row(s, table, i, overtime);
	bpr_i_study_more(s->doc, count - shown(s, count));
}

/* ---- counters ---- */

void bpr_i_sim_counters(const struct sim_study *s)
{
	size_t count = bpr_flow_counter_count(s->flow);
	const struct bpr_sim_counter *result = bpr_simulation_counters(s->sim);
	struct bpr_doc_table *table;

	if (!count)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Waiting at the counters")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Counter"), false, 12);
	bpr_i_doc_column(s->doc, table, N_("Mean wait"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("95% interval"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Median"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("9 in 10 at most"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Longest wait"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Longest queue"), true, 0);
	for (size_t i = 0; i < shown(s, count); i++) {
		const struct bpr_sim_counter *c = &result[i];
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_flow_counter(s->flow, i)->name);
		row[1] = mean_cell(BPR_DOC_MINUTES, &c->wait);
		row[2] = bpr_i_cell_text(interval_of(s, &c->wait));
		if (!c->wait.known)
			continue;
		row[3] = bpr_i_cell_number(BPR_DOC_MINUTES, c->wait_p50);
		row[4] = bpr_i_cell_number(BPR_DOC_MINUTES, c->wait_p90);
		row[5] = bpr_i_cell_number(BPR_DOC_MINUTES, c->wait_max);
		row[6] = people(s, c->longest_queue);
	}
	bpr_i_study_more(s->doc, count - shown(s, count));
}

/* ---- hours ---- */

static const char *hour_text(const struct sim_study *s, size_t hour)
{
	return bpr_i_doc_fill(s->doc, N_("{1} to {2}"), bpr_i_say_clock(s->doc, (double)hour * 60), bpr_i_say_clock(s->doc, (double)(hour + 1) * 60),
			      NULL, NULL);
}

static double longest(const struct bpr_hour_sum sums[], size_t count)
{
	double most = 0;

	for (size_t i = 0; i < count; i++)
		most = fmax(most, sums[i].wait);
	return most;
}

/* Does the day look different at different hours at all? */
static bool hours_matter(const struct sim_study *s)
{
	const struct bpr_demand *d = bpr_flow_demand(s->flow);

	return s->options->full || d->open.rule_count || d->profile.rule_count || d->windows.rule_count || d->time_count;
}

/* The pool that is busiest in all: who sets the pace. BPR_NONE: no pool has a limit. */
static size_t busiest(const struct sim_study *s)
{
	const struct bpr_sim_pool *pools = bpr_simulation_pools(s->sim);
	size_t most = BPR_NONE;

	for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++)
		if (pools[i].utilisation.known && (most == BPR_NONE || pools[i].utilisation.mean > pools[most].utilisation.mean))
			most = i;
	return most;
}

static void main_hours(const struct sim_study *s, const struct bpr_hour_sum day[HOURS])
{
	struct bpr_doc_table *table = bpr_i_doc_table(s->doc);
	double most = longest(day, HOURS);
	size_t pool = busiest(s);
	struct bpr_hour_sum staff[HOURS];

	bpr_i_doc_column(s->doc, table, N_("Hour"), false, 0);
	bpr_i_doc_column(s->doc, table, N_("Cases that come"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("In process"), true, 0);
	if (pool != BPR_NONE) {
		bpr_i_hours_of_day(s->subject, BPR_HOURS_POOL, pool, staff);
		bpr_i_doc_column(s->doc, table, bpr_i_doc_fill(s->doc, N_("{1}: busy"), bpr_flow_pool(s->flow, pool)->name, NULL, NULL, NULL), true, 0);
	}
	bpr_i_doc_column(s->doc, table, N_("Mean wait"), true, 0);
	bpr_i_doc_column(s->doc, table, "", false, 0);
	for (size_t h = 0; h < HOURS; h++) {
		struct bpr_doc_cell *row = day[h].any ? bpr_i_doc_row(s->doc, table) : NULL;

		if (!row)
			continue;
		row[0] = bpr_i_cell_text(hour_text(s, h));
		row[1] = bpr_i_cell_number(BPR_DOC_COUNT, day[h].arrivals);
		row[2] = bpr_i_cell_number(BPR_DOC_COUNT, day[h].in_process);
		if (pool != BPR_NONE && staff[h].on_duty > 0)
			row[3] = bpr_i_cell_number(BPR_DOC_PROB, staff[h].busy / staff[h].on_duty);
		if (!(day[h].waits > 0))
			continue;
		row += pool != BPR_NONE ? 4 : 3;
		row[0] = bpr_i_cell_number(BPR_DOC_MINUTES, day[h].wait);
		row[1] = bpr_i_cell_number(BPR_DOC_BAR, most > 0 ? day[h].wait / most : 0);
	}
}

/* One column a place: mean waits at counters, or how busy the people of a pool are. */
static void places_by_hour(const struct sim_study *s, enum bpr_hours_of of, const char *title)
{
	bool counters = of == BPR_HOURS_COUNTER;
	size_t count = counters ? bpr_flow_counter_count(s->flow) : bpr_flow_pool_count(s->flow);
	size_t places = count < MOST_PLACES ? count : MOST_PLACES;
	struct bpr_hour_sum day[MOST_PLACES][HOURS];
	struct bpr_doc_table *table;

	if (count < (counters ? 2 : 1))
		return;
	bpr_i_doc_paragraph(s->doc, bpr_i_doc_text(s->doc, title));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Hour"), false, 0);
	for (size_t i = 0; i < places; i++) {
		bpr_i_hours_of_day(s->subject, of, i, day[i]);
		bpr_i_doc_column(s->doc, table, counters ? bpr_flow_counter(s->flow, i)->name : bpr_flow_pool(s->flow, i)->name, true, 0);
	}
	for (size_t h = 0; h < HOURS; h++) {
		struct bpr_doc_cell *row;
		bool any = false;

		for (size_t i = 0; i < places; i++)
			any = any || (counters ? day[i][h].waits > 0 : day[i][h].on_duty > 0 || day[i][h].busy > 0);
		row = any ? bpr_i_doc_row(s->doc, table) : NULL;
		if (!row)
			continue;
		row[0] = bpr_i_cell_text(hour_text(s, h));
		for (size_t i = 0; i < places; i++) {
			const struct bpr_hour_sum *d = &day[i][h];

			if (counters && d->waits > 0)
				row[1 + i] = bpr_i_cell_number(BPR_DOC_MINUTES, d->wait);
			else if (!counters && d->on_duty > 0)
				row[1 + i] = bpr_i_cell_number(BPR_DOC_PROB, d->busy / d->on_duty);
		}
	}
	if (count > places)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("And {1} more; JSON and CSV have all of them."),
						      bpr_i_say_count(s->doc, (double)(count - places)), NULL, NULL, NULL));
}

void bpr_i_sim_hours(const struct sim_study *s)
{
	struct bpr_hour_sum day[HOURS];

	if (!hours_matter(s))
		return;
	bpr_i_hours_of_day(s->subject, BPR_HOURS_ALL, 0, day);
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Through the day")));
	main_hours(s, day);
	if (!s->options->full)
		return;
	places_by_hour(s, BPR_HOURS_COUNTER, N_("Mean wait at each counter, by the hour in which one joins the queue:"));
	places_by_hour(s, BPR_HOURS_POOL, N_("How busy the people of each pool are:"));
}

/* ---- weekdays ---- */

void bpr_i_sim_weekdays(const struct sim_study *s)
{
	const struct bpr_demand *d = bpr_flow_demand(s->flow);
	struct bpr_hour_sum week[WEEKDAYS];
	struct bpr_doc_table *table;
	size_t days = 0;
	double cases = 0, most;

	if (!s->options->full && !d->weekdays.rule_count && !d->seasons.rule_count)
		return;
	bpr_i_hours_of_week(s->subject, BPR_HOURS_ALL, 0, week);
	for (size_t w = 0; w < WEEKDAYS; w++)
		if (week[w].arrivals > 0) {
			days++;
			cases += week[w].arrivals;
		}
	if (days < 2)
		return;
	most = longest(week, WEEKDAYS);
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Through the week")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Weekday"), false, 0);
	bpr_i_doc_column(s->doc, table, N_("Cases that come"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Against the mean day"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Mean wait"), true, 0);
	bpr_i_doc_column(s->doc, table, "", false, 0);
	for (size_t w = 0; w < WEEKDAYS; w++) {
		struct bpr_doc_cell *row = week[w].arrivals > 0 ? bpr_i_doc_row(s->doc, table) : NULL;

		if (!row)
			continue;
		row[0] = bpr_i_cell_text(bpr_i_doc_text(s->doc, bpr_i_weekday_name(w)));
		row[1] = bpr_i_cell_number(BPR_DOC_COUNT, week[w].arrivals);
		row[2] = bpr_i_cell_number(BPR_DOC_PROB, week[w].arrivals * (double)days / cases);
		if (!(week[w].waits > 0))
			continue;
		row[3] = bpr_i_cell_number(BPR_DOC_MINUTES, week[w].wait);
		row[4] = bpr_i_cell_number(BPR_DOC_BAR, most > 0 ? week[w].wait / most : 0);
	}
}

/* ---- steps ---- */

static void step_row(const struct sim_study *s, struct bpr_doc_table *table, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(s->flow, node);
	const struct bpr_sim_node *r = &bpr_simulation_nodes(s->sim)[node];
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);
	bool queues = n->need_count || n->counter != BPR_NONE;
	size_t c = 0;

	if (!row)
		return;
	if (s->options->full)
		row[c++] = bpr_i_cell_text(n->id);
	row[c++] = bpr_i_cell_text(bpr_i_name_node(s->flow, node));
	row[c++] = bpr_i_cell_text(bpr_i_name_place(s->flow, node));
	if (r->visits.known)
		row[c] = bpr_i_cell_times(s->doc, r->visits.mean);
	c++;
	if (n->work)
		row[c] = mean_cell(BPR_DOC_MINUTES, &r->work);
	c++;
	if (!queues || !r->wait.known)
		return;
	row[c++] = bpr_i_cell_number(BPR_DOC_MINUTES, r->wait.mean);
	if (s->options->full)
		row[c++] = bpr_i_cell_text(interval_of(s, &r->wait));
	row[c++] = bpr_i_cell_number(BPR_DOC_MINUTES, r->wait_p90);
	row[c] = cases(s, r->longest_queue);
}

void bpr_i_sim_steps(const struct sim_study *s)
{
	size_t steps = 0, rows = 0;
	struct bpr_doc_table *table;

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("The steps, and the wait before each")));
	table = bpr_i_doc_table(s->doc);
	if (s->options->full)
		bpr_i_doc_column(s->doc, table, N_("ID"), false, 6);
	bpr_i_doc_column(s->doc, table, N_("Step"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Counter or unit"), false, 8);
	bpr_i_doc_column(s->doc, table, N_("Times per case"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Work"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Mean wait"), true, 0);
	if (s->options->full)
		bpr_i_doc_column(s->doc, table, N_("95% interval"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("9 in 10 at most"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Longest queue"), true, 0);
	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++) {
		if (!bpr_node_is_step(bpr_flow_node(s->flow, i)))
			continue;
		if (s->options->full || steps < BPR_STUDY_STEP_ROWS) {
			step_row(s, table, i);
			rows++;
		}
		steps++;
	}
	bpr_i_study_more(s->doc, steps - rows);
}
