/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For whom what changes: residents, the people at the counters, those who answer for them. Each line is a result, worse ones too. */
#include "config.h"
#include "study/handout_i.h"
#include "study/trial_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { LINES = 3, UNITS = 2 };

/* A measure that falls (or rises) in a line of its own. */
static void line_of(struct bpr_handout *h, struct bpr_lines *lines, enum bpr_measure_kind kind, const char *less, const char *more)
{
	const struct bpr_measure *m = bpr_i_handout_find(h, kind);

	if (!m || !m->better || !(m->score > 0))
		return;
	(m->better > 0 ? bpr_i_line : bpr_i_line_worse)(lines, bpr_i_doc_fill(h->doc, m->better > 0 ? less : more, bpr_i_measure_said(h->doc, m, false),
					 bpr_i_measure_said(h->doc, m, true), m->label, NULL));
}

static bool about(double x, double y)
{
	return fabs(x - y) <= 1e-9;
}

static void residents(struct bpr_handout *h, struct bpr_lines *lines)
{
	const struct bpr_measure *visits = bpr_i_handout_find(h, BPR_MEASURE_VISITS);
	const struct bpr_kpi *fields = bpr_comparison_kpi(h->comparison, BPR_METRIC_FIELDS_WRITTEN);
	const struct bpr_kpi *again = bpr_comparison_kpi(h->comparison, BPR_METRIC_REPEATED_FIELDS);

	if (visits && visits->better > 0 && about(visits->after, 0))
		bpr_i_line(lines, bpr_i_doc_text(h->doc, N_("No counter has to be visited any more")));
	else if (visits && visits->better > 0 && about(visits->after, 1))
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("Everything is done at one counter, instead of {1}"), bpr_i_measure_said(h->doc, visits, false), NULL, NULL, NULL));
	else
		line_of(h, lines, BPR_MEASURE_VISITS, N_("Counters are visited {2} instead of {1}"), N_("Counters are visited more often: {2} instead of {1}"));
	if (fields->better > 0 && about(fields->after, 0))
		bpr_i_line(lines, bpr_i_doc_text(h->doc, N_("Nothing is written by hand any more")));
	else if (fields->better)
		(fields->better > 0 ? bpr_i_line : bpr_i_line_worse)(lines, bpr_i_doc_fill(h->doc,
			fields->better > 0 ? N_("Written by hand are {2} fields instead of {1}") : N_("More is written by hand: {2} fields instead of {1}"),
			bpr_i_say_short(h->doc, fields->before), bpr_i_say_short(h->doc, fields->after), NULL, NULL));
	line_of(h, lines, BPR_MEASURE_WAIT, N_("Waiting in queues falls from {1} to {2}"), N_("Waiting in queues rises from {1} to {2}"));
	line_of(h, lines, BPR_MEASURE_STAY, N_("{3}: from {1} to {2}"), N_("{3} gets longer: from {1} to {2}"));
	line_of(h, lines, BPR_MEASURE_TRIPS, N_("One comes to the office {2} instead of {1}"), N_("One has to come to the office more often: {2} instead of {1}"));
	if (again->better > 0 && again->after < 0.05 && fields->after > 0)
		bpr_i_line(lines, bpr_i_doc_text(h->doc, N_("Hardly anybody writes the same thing twice")));
	line_of(h, lines, BPR_MEASURE_ID_CHECKS, N_("Identity is checked {2} instead of {1}"), N_("Identity is checked more often: {2} instead of {1}"));
}

/* Units whose staff get more work: what a counter no longer does, somebody behind it may have to. */
static void busier(struct bpr_handout *h, struct bpr_lines *lines)
{
	const char *names[UNITS];
	struct bpr_pairs pairs;
	size_t found = 0;

	if (h->untimed)
		return;
	if (h->doc->failed || !bpr_i_pairs(&h->doc->arena, h->s, BPR_PAIRS_UNITS, &pairs)) {
		h->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < pairs.count; i++) {
		const struct bpr_pair *p = &pairs.items[i];
		struct bpr_said_pair text;

		if (!*p->name || !(p->after > p->before * (1 + 1e-9)) || p->after - p->before < 0.05 || found++ >= UNITS)
			continue;
		text = bpr_i_say_minutes_pair(h->doc, p->before, p->after);
		names[found - 1] = bpr_i_doc_fill(h->doc, N_("{1} (from {2} to {3} a case)"), p->name, text.before, text.after, NULL);
	}
	if (found)
		bpr_i_line_worse(lines, bpr_i_doc_fill(h->doc, N_("More work for {1}"), bpr_i_say_names(h->doc, names, found, UNITS), NULL, NULL, NULL));
}

static void clerks(struct bpr_handout *h, struct bpr_lines *lines)
{
	const struct bpr_measure *work = h->untimed ? NULL : bpr_i_handout_find(h, BPR_MEASURE_WORK);

	if (work && work->better)
		(work->better > 0 ? bpr_i_line : bpr_i_line_worse)(lines,
			bpr_i_doc_fill(h->doc, N_("Staff work for one case, all units together: from {1} to {2}"),
				       bpr_i_measure_said(h->doc, work, false), bpr_i_measure_said(h->doc, work, true), NULL, NULL));
	busier(h, lines);
	line_of(h, lines, BPR_MEASURE_REWORK, N_("Steps done again fall from {1} to {2}"), N_("Steps done again rise from {1} to {2}"));
	line_of(h, lines, BPR_MEASURE_COPIES, N_("Copying by hand falls from {1} to {2}"), N_("Copying by hand rises from {1} to {2}"));
	line_of(h, lines, BPR_MEASURE_HANDOFFS, N_("Handoffs fall from {1} to {2}"), N_("Handoffs rise from {1} to {2}"));
}

/* ---- managers ---- */

struct busiest { const char *name; double utilisation; };

static struct busiest busiest(const bpr_flow *flow, const bpr_queueing *queueing, const bpr_simulation *simulation)
{
	struct busiest best = { NULL, 0 };

	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const struct bpr_sim_mean *simulated = simulation ? &bpr_simulation_pools(simulation)[i].utilisation : NULL;
		const struct bpr_queue_pool *formula = queueing ? &bpr_queueing_pools(queueing)[i] : NULL;
		double x = 0;

		if (simulated && simulated->known)
			x = simulated->mean;
		else if (!simulation && formula && formula->known)
			x = formula->utilisation;
		if (x > best.utilisation)
			best = (struct busiest){ bpr_flow_pool(flow, i)->name, x };
	}
	return best;
}

static void bottleneck(struct bpr_handout *h, struct bpr_lines *lines)
{
	struct busiest before = busiest(h->s->flow, h->s->queueing, h->s->simulation);
	struct busiest after = busiest(h->s->after_flow, h->s->after_queueing, h->s->after_simulation);
	const char *was, *is;

	if (!before.name || !after.name)
		return;
	was = bpr_i_say_prob(h->doc, nearbyint(before.utilisation * 1000) / 1000);
	is = bpr_i_say_prob(h->doc, nearbyint(after.utilisation * 1000) / 1000);
	if (strcmp(before.name, after.name))
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("Busiest are no longer '{1}' ({2}) but '{3}' ({4})"), before.name, was, after.name, is));
	else if (strcmp(was, is))
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("Busiest stay '{1}': {3} of their time instead of {2}"), before.name, was, is, NULL));
}

static void payback(struct bpr_handout *h, struct bpr_lines *lines)
{
	const struct bpr_kpi *cost = bpr_comparison_kpi(h->comparison, BPR_METRIC_COST_YEN);
	const struct bpr_page_options *page = h->pages->page;
	double yearly = isnan(page->yearly_cost) ? 0 : page->yearly_cost, saved = -cost->per_year - yearly, years;

	if (isnan(page->initial_cost) || !(page->initial_cost > 0) || !cost->per_year_known)
		return;
	if (!(saved > 0)) {
		bpr_i_line_worse(lines, bpr_i_doc_text(h->doc, N_("The cost is not earned back: what is saved in a year is less than what the reform costs in a year")));
		return;
	}
	years = page->initial_cost / saved;
	if (years < 2)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("The cost is earned back in about {1} months"), bpr_i_say_count(h->doc, fmax(1, ceil(12 * years - 1e-9))), NULL, NULL, NULL));
	else
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("The cost is earned back in about {1} years"), bpr_i_say_count(h->doc, nearbyint(years * 10) / 10), NULL, NULL, NULL));
}

static void managers(struct bpr_handout *h, struct bpr_lines *lines)
{
	const struct bpr_kpi *work = bpr_comparison_kpi(h->comparison, BPR_METRIC_WORK_MINUTES);

	if (work->per_year_known && work->better)
		(work->better > 0 ? bpr_i_line : bpr_i_line_worse)(lines, bpr_i_doc_fill(h->doc, work->better > 0 ? N_("{1} of staff time a year can go to other work") : N_("{1} more of staff time a year is needed"),
						 bpr_i_say_year_minutes(h->doc, fabs(work->per_year)), NULL, NULL, NULL));
	bottleneck(h, lines);
	payback(h, lines);
	line_of(h, lines, BPR_MEASURE_INCOMPLETE, N_("Cases that end with something missed: {2} instead of {1}"), N_("More cases end with something missed: {2} instead of {1}"));
	if (!bpr_i_handout_find(h, BPR_MEASURE_STAY) || !h->s->after_simulation)
		line_of(h, lines, BPR_MEASURE_LEAD, N_("From start to end it takes {2} instead of {1}"), N_("From start to end it takes longer: {2} instead of {1}"));
}

void bpr_i_handout_whom(struct bpr_handout *h)
{
	struct bpr_lines lines[3] = { { .count = 0 } };
	struct bpr_doc_card cards[3];
	static const char *const titles[3] = { N_("Residents"), N_("Staff at the counters"), N_("Managers") };
	static const char *const inside[3] = { N_("Those who apply"), N_("Staff"), N_("Managers") };
	const struct bpr_kpi *visits = bpr_comparison_kpi(h->comparison, BPR_METRIC_COUNTER_VISITS);
	bool counters = visits->before > 0 || visits->after > 0;

	residents(h, &lines[0]);
	clerks(h, &lines[1]);
	managers(h, &lines[2]);
	bpr_i_doc_heading(h->doc, 2, bpr_i_doc_text(h->doc, N_("For whom what changes")));
	for (size_t i = 0; i < 3; i++) {
		if (!lines[i].count)
			bpr_i_line(&lines[i], bpr_i_doc_text(h->doc, N_("Nothing changes in what is measured here")));
		bpr_i_lines_cut(&lines[i], LINES);
		cards[i] = (struct bpr_doc_card){ .title = bpr_i_doc_text(h->doc, counters ? titles[i] : inside[i]), .lines = lines[i].items,
						  .line_count = lines[i].count };
	}
	bpr_i_doc_cards(h->doc, cards, 3);
}
