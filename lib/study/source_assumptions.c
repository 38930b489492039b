/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report assumes of the office: as given, or what was taken where nothing was said. */
#include "config.h"
#include "study/simulation_i.h"
#include "study/source_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { POOLS = 4 };

typedef const char *say_fn(struct bpr_document *doc, const bpr_flow *flow);

static const char *taken(struct bpr_document *doc, const char *text)
{
	return bpr_i_doc_fill(doc, N_("not given; taken as {1}"), text, NULL, NULL, NULL);
}

static const char *say_cases(struct bpr_document *doc, const bpr_flow *flow)
{
	const struct bpr_demand *d = bpr_flow_demand(flow);

	if (d->per_year_given)
		return bpr_i_doc_fill(doc, N_("{1} a year"), bpr_i_say_metric(doc, BPR_METRIC_INCOMPLETE, d->per_year, true), NULL, NULL, NULL);
	if (d->per_day_given)
		return bpr_i_doc_fill(doc, N_("{1} a day"), bpr_i_say_metric(doc, BPR_METRIC_INCOMPLETE, d->per_day, true), NULL, NULL, NULL);
	if (d->arrivals || d->time_count || d->windows.rule_count)
		return bpr_i_doc_text(doc, N_("by times between arrivals, or times of arrival"));
	return bpr_i_doc_text(doc, N_("not given"));
}

static const char *say_days(struct bpr_document *doc, const bpr_flow *flow)
{
	const struct bpr_demand *d = bpr_flow_demand(flow);
	const char *days = bpr_i_doc_fill(doc, N_("{1} working days"), bpr_i_say_count(doc, d->open_days), NULL, NULL, NULL);

	return d->open_days_given ? days : taken(doc, days);
}

static const char *say_hours(struct bpr_document *doc, const bpr_flow *flow)
{
	const struct bpr_demand *d = bpr_flow_demand(flow);

	if (d->open.text && *d->open.text)
		return d->open.text;
	if (d->open.rule_count || d->open_to > d->open_from)
		return bpr_i_doc_fill(doc, N_("{1} to {2}"), bpr_i_say_clock(doc, d->open_from), bpr_i_say_clock(doc, d->open_to), NULL, NULL);
	return taken(doc, bpr_i_doc_text(doc, N_("never closing")));
}

static const char *say_closed(struct bpr_document *doc, const bpr_flow *flow)
{
	const struct bpr_demand *d = bpr_flow_demand(flow);

	if (d->closed_given)
		return d->closed && *d->closed ? d->closed : bpr_i_doc_text(doc, N_("none"));
	if (d->open.rule_count || d->open_to > d->open_from)
		return taken(doc, bpr_i_doc_text(doc, N_("Saturdays, Sundays, public holidays, 29 December to 3 January")));
	return bpr_i_doc_text(doc, N_("none"));
}

static const char *say_staff(struct bpr_document *doc, const bpr_flow *flow)
{
	const char *names[POOLS];
	size_t count = bpr_flow_pool_count(flow);

	for (size_t i = 0; i < count && i < POOLS; i++) {
		const struct bpr_pool *pool = bpr_flow_pool(flow, i);
		const char *people = pool->count ? bpr_i_say_plural(doc, (double)pool->count, N_("one person"), N_("{1} people"))
						 : bpr_i_doc_text(doc, N_("no limit"));

		names[i] = bpr_i_doc_fill(doc, N_("{1} ({2})"), pool->name, people, NULL, NULL);
	}
	if (!count)
		return bpr_i_doc_text(doc, N_("not given"));
	return bpr_i_say_names(doc, names, count, POOLS);
}

static const char *say_pay(struct bpr_document *doc, const bpr_flow *flow)
{
	double low = HUGE_VAL, high = 0;
	bool missing = false;
	const char *said;

	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const struct bpr_pool *pool = bpr_flow_pool(flow, i);

		missing = missing || !pool->rate_given;
		if (!pool->rate_given)
			continue;
		low = fmin(low, pool->yen_per_hour);
		high = fmax(high, pool->yen_per_hour);
	}
	if (low > high)
		return taken(doc, bpr_i_say_metric(doc, BPR_METRIC_COST_YEN, 0, false));
	said = bpr_i_say_metric(doc, BPR_METRIC_COST_YEN, high, false);
	if (high > low)
		said = bpr_i_doc_fill(doc, N_("{1} to {2}"), bpr_i_say_metric(doc, BPR_METRIC_COST_YEN, low, false), said, NULL, NULL);
	return missing ? bpr_i_doc_fill(doc, N_("{1}; where it is not given, 0"), said, NULL, NULL, NULL) : said;
}

static const char *say_walk(struct bpr_document *doc, const bpr_flow *flow)
{
	const struct bpr_demand *d = bpr_flow_demand(flow);
	size_t given = 0, count = bpr_flow_counter_count(flow);

	for (size_t i = 0; i < count; i++)
		given += bpr_flow_counter(flow, i)->walk_given;
	if (!count)
		return bpr_i_doc_text(doc, N_("no counters"));
	if (given == count)
		return bpr_i_doc_text(doc, N_("as in the counters table"));
	return d->walk_given ? bpr_i_say_minutes(doc, d->walk_minutes) : taken(doc, bpr_i_say_minutes(doc, 0));
}

static const char *say_writing(struct bpr_document *doc, const bpr_flow *flow)
{
	const struct bpr_demand *d = bpr_flow_demand(flow);

	return d->write_given ? bpr_i_doc_fill(doc, N_("{1} a field"), bpr_i_say_minutes(doc, d->write_seconds_per_field / 60), NULL, NULL, NULL)
			      : bpr_i_doc_text(doc, N_("not given; only the minutes of the steps count"));
}

static void row(struct bpr_pages *p, struct bpr_doc_table *table, const char *title, say_fn *say)
{
	const char *before = say(p->doc, p->subject->flow);
	const char *after = p->subject->after_flow ? say(p->doc, p->subject->after_flow) : NULL;
	struct bpr_doc_cell *cells = bpr_i_doc_row(p->doc, table);

	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(bpr_i_doc_text(p->doc, title));
	cells[1] = bpr_i_cell_text(before);
	if (after)
		cells[2] = bpr_i_cell_text(strcmp(before, after) ? after : bpr_i_doc_text(p->doc, N_("the same")));
}

void bpr_i_source_assumptions(struct bpr_pages *pages)
{
	static const struct { const char *title; say_fn *say; } rows[] = {
		{ N_("Cases"), say_cases }, { N_("Working days of a year"), say_days }, { N_("Opening hours"), say_hours }, { N_("Closed"), say_closed },
		{ N_("Staff"), say_staff }, { N_("Pay of an hour"), say_pay }, { N_("Walk to a counter"), say_walk }, { N_("Writing by hand"), say_writing },
	};
	struct bpr_doc_table *table;
	bool pair = pages->subject->after_flow != NULL;

	if (!pages->subject->flow || pages->kind == BPR_REPORT_CHECK || pages->kind == BPR_REPORT_MINING)
		return;
	bpr_i_doc_heading(pages->doc, 2, bpr_i_doc_text(pages->doc, N_("What was assumed")));
	table = bpr_i_doc_table(pages->doc);
	bpr_i_doc_column(pages->doc, table, N_("Assumption"), false, 12);
	bpr_i_doc_column(pages->doc, table, pair ? N_("Before") : N_("Value"), false, 12);
	if (pair)
		bpr_i_doc_column(pages->doc, table, N_("After"), false, 12);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		row(pages, table, rows[i].title, rows[i].say);
}
