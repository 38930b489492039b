/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where it sticks, and what it would take, for the person at the counter: one more colleague from ten to twelve brings this. Only what
 * is shown is promised.
 */
#include "config.h"
#include "study/improve_i.h"
#include "study/trial_i.h"
#include "base/text_i.h"
#include <math.h>

enum { MOST_SENTENCES = 3 };

/* "on Monday between 10:00 and 12:00" */
static const char *when(const struct sim_study *s, const struct bpr_sticking *p)
{
	const char *days[7];
	const char *from = bpr_i_say_clock(s->doc, p->from), *to = bpr_i_say_clock(s->doc, p->to);
	size_t count = 0;

	for (unsigned d = 0; d < 7; d++)
		if (p->weekdays >> d & 1u)
			days[count++] = bpr_i_doc_text(s->doc, bpr_i_weekday_name(d));
	if (!(p->from > 0) && !(p->to < 1440))
		return count ? bpr_i_doc_fill(s->doc, N_("on {1}"), bpr_i_say_list(s->doc, days, count), NULL, NULL, NULL)
			     : bpr_i_doc_text(s->doc, N_("at all hours"));
	if (!count)
		return bpr_i_doc_fill(s->doc, N_("between {1} and {2}"), from, to, NULL, NULL);
	return bpr_i_doc_fill(s->doc, N_("on {1} between {2} and {3}"), bpr_i_say_list(s->doc, days, count), from, to, NULL);
}

static void sentence(const struct sim_study *s, const struct bpr_sticking *p)
{
	struct bpr_said_pair wait = bpr_i_say_minutes_pair(s->doc, p->wait_before, p->wait_after);
	const char *cut = bpr_i_doc_fill(s->doc, N_("from {1} to {2}"), wait.before, wait.after, NULL, NULL);

	bpr_i_doc_item(s->doc, 1, BPR_DOC_BETTER,
		       bpr_i_doc_fill(s->doc, N_("One more person at '{1}' {2} would cut the wait of a case {3} (95% interval: {4})."),
				      bpr_flow_pool(s->flow, p->pool)->name, when(s, p), cut,
				      bpr_i_say_change(s->doc, BPR_SIM_WAIT, p->ci95_low, p->ci95_high)));
}

static struct bpr_doc_cell shown_cell(const struct sim_study *s, bool known, bool shown)
{
	struct bpr_doc_cell cell = bpr_i_cell_text(bpr_i_doc_text(s->doc, !known ? N_("one run shows nothing") : shown ? N_("shown") :
												  N_("no difference shown")));

	cell.tone = known && shown ? BPR_DOC_BETTER : BPR_DOC_PLAIN;
	return cell;
}

static void person_row(const struct sim_study *s, struct bpr_doc_table *table, const struct bpr_sticking *p)
{
	const char *at = when(s, p);
	const char *interval = p->ci_known ? bpr_i_say_change(s->doc, BPR_SIM_WAIT, p->ci95_low, p->ci95_high) : "";
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_flow_pool(s->flow, p->pool)->name);
	row[1] = bpr_i_cell_text(at);
	row[2] = bpr_i_cell_number(BPR_DOC_MINUTES, p->hours_a_week * 60);
	row[2].year = true; /* in hours */
	row[3] = bpr_i_cell_number(BPR_DOC_MINUTES, p->change);
	row[3].change = true;
	row[4] = bpr_i_cell_text(interval);
	row[5] = bpr_i_cell_number(BPR_DOC_MINUTES, p->wait_p90_after);
	row[6] = shown_cell(s, p->ci_known, p->shown);
}

static void people(const struct sim_study *s)
{
	const struct bpr_sticking *list = s->subject->sticking;
	struct bpr_doc_table *table;
	size_t said = 0;

	for (size_t i = 0; i < s->subject->sticking_count && said < MOST_SENTENCES; i++)
		if (list[i].shown) {
			sentence(s, &list[i]);
			said++;
		}
	if (!said)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_text(s->doc, s->subject->sticking_count ?
							   N_("No stretch of the week was found in which one more person changes the wait of a case: no difference shown.") :
							   N_("Nobody waits for staff: one more person would change nothing.")));
	if (!s->subject->sticking_count)
		return;
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("One more at"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("When"), false, 12);
	bpr_i_doc_column(s->doc, table, N_("Hours a week"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Change of the wait"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("95% interval"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("1 in 10 waits longer than"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Result"), false, 8);
	for (size_t i = 0; i < s->subject->sticking_count; i++)
		person_row(s, table, &list[i]);
}

/* ---- faster steps ---- */

static void step_row(const struct sim_study *s, struct bpr_doc_table *table, const struct bpr_sensitivity *f)
{
	const char *name = bpr_i_say_step(s->doc, s->flow, f->node);
	const char *interval = f->ci_known ? bpr_i_say_change(s->doc, BPR_SIM_CYCLE, f->ci95_low, f->ci95_high) : "";
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(name);
	row[1] = bpr_i_cell_number(BPR_DOC_MINUTES, f->change);
	row[1].change = true;
	row[2] = bpr_i_cell_text(interval);
	row[3] = bpr_i_cell_number(BPR_DOC_MINUTES, f->wait_change);
	row[3].change = true;
	row[4] = shown_cell(s, f->ci_known, f->shown);
}

/* Where the formula is exact it is the judge. */
static void exact_items(const struct sim_study *s)
{
	const struct bpr_queue_pool *pools = s->subject->queueing ? bpr_queueing_pools(s->subject->queueing) : NULL;

	for (size_t i = 0; pools && i < bpr_flow_pool_count(s->flow); i++)
		if (pools[i].known && pools[i].method == BPR_QUEUE_EXACT && pools[i].stable && fabs(pools[i].cycle_per_work) > 0)
			bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
				       bpr_i_doc_fill(s->doc, N_("By formula, exactly: where '{1}' works 1% faster, a case takes {2} less."),
						      bpr_flow_pool(s->flow, i)->name,
						      bpr_i_say_minutes(s->doc, fabs(pools[i].cycle_per_work)), NULL, NULL));
}

static void steps(const struct sim_study *s)
{
	const struct bpr_sensitivity *list = s->subject->sensitivity;
	struct bpr_doc_table *table;

	if (!s->subject->sensitivity_count)
		return;
	bpr_i_doc_heading(s->doc, 3, bpr_i_doc_text(s->doc, N_("What each step brings that gets one tenth faster")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Step"), false, 14);
	bpr_i_doc_column(s->doc, table, N_("Time of a case"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("95% interval"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("of it waiting in queues"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Result"), false, 8);
	for (size_t i = 0; i < s->subject->sensitivity_count; i++)
		step_row(s, table, &list[i]);
	exact_items(s);
}

void bpr_i_sim_sticking(const struct sim_study *s)
{
	if (!s->subject->sticking)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Where it sticks, and what it would take")));
	people(s);
	steps(s);
	bpr_i_doc_note(s->doc, bpr_i_doc_text(s->doc, N_("Each was tried by simulation with the same arrivals and random numbers as the flow as it is; the intervals are of the differences, run by run.")));
}
