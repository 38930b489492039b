/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The study of one flow: where cases wait, who cannot keep up and when, what one more person would bring, and how far to trust it. */
#include "config.h"
#include "study/analysis_i.h"
#include "base/text_i.h"
#include <math.h>

#define NOTICED 0.05 /* minutes of wait that anybody would notice */
#define WORTH 0.5    /* minutes a case that one more person must bring to be told */

static const struct bpr_queue_pool *pool_at(const struct study *s, size_t pool)
{
	return &bpr_queueing_pools(s->queueing)[pool];
}

static const char *clock_text(const struct study *s, double minute)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	int whole = (int)floor(minute + 0.5);

	bpr_i_buf_printf(&buf, "%d:%02d", whole / 60, whole % 60);
	return bpr_i_doc_keep(s->doc, &buf);
}

static const char *weekday(const struct study *s, long day)
{
	static const char *const names[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
					     N_("Sunday") };

	return bpr_i_doc_text(s->doc, names[day % 7]);
}

/* ---- days ---- */

/* Names of the days that look like this one: "Monday to Friday" where they follow each other. */
static const char *day_names(const struct study *s, const struct bpr_queue_days *d, size_t day)
{
	size_t total, count = 0, last = day;
	const struct bpr_queue_hour *h = bpr_queueing_hours(s->queueing, &total);
	const char *names[7];
	bool row = true;

	for (size_t i = day; i < d->count && count < 7; i++) {
		if (d->like[i] != day)
			continue;
		row = row && h[d->first[i]].day == h[d->first[day]].day + (long)count;
		names[count++] = weekday(s, h[d->first[i]].day);
		last = i;
	}
	if (row && count > 2)
		return bpr_i_doc_fill(s->doc, N_("{1} to {2}"), names[0], weekday(s, h[d->first[last]].day), NULL, NULL);
	return bpr_i_say_list(s->doc, names, count);
}

/* When a pool is at its busiest, or since when it does not clear: the days on which that is so, then the time. */
static const char *when(const struct study *s, size_t pool, long day, double from, double to)
{
	struct bpr_queue_days d;
	size_t total, at = 0;
	const struct bpr_queue_hour *h = bpr_queueing_hours(s->queueing, &total);
	const char *days;

	if (s->doc->failed || !bpr_i_study_days(&s->doc->arena, s->queueing, pool, &d)) {
		s->doc->failed = true;
		return "";
	}
	while (at + 1 < d.count && h[d.first[at]].day != day)
		at++;
	days = day_names(s, &d, d.like[at]);
	if (to > from)
		return bpr_i_doc_fill(s->doc, N_("{1}, {2} to {3}"), days, clock_text(s, from), clock_text(s, to), NULL);
	return bpr_i_doc_fill(s->doc, N_("{1}, from {2}"), days, clock_text(s, from), NULL, NULL);
}

/* ---- sentences ---- */

static void wait_sentence(const struct study *s)
{
	enum bpr_queue_method method;
	double wait = bpr_queueing_wait(s->queueing, &method);
	const char *said = bpr_i_say_minutes(s->doc, wait);

	if (method == BPR_QUEUE_NONE)
		return;
	if (wait < NOTICED)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_text(s->doc, N_("With this staff and this demand hardly anybody waits in a queue.")));
	else
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, method == BPR_QUEUE_EXACT
			? N_("On average a case waits {1} in queues, all steps together.")
			: N_("On average a case waits about {1} in queues, all steps together."), said, NULL, NULL, NULL));
}

static void little_sentence(const struct study *s)
{
	double cases, minutes, per_hour;
	bool by_clock, known = bpr_queueing_in_process(s->queueing, &cases, &by_clock);
	const char *number = bpr_i_say_count(s->doc, cases >= 10 ? nearbyint(cases) : cases);

	if (!known || !bpr_queueing_cycle(s->queueing, &minutes) || !(minutes > 0))
		return;
	per_hour = cases / minutes * 60;
	bpr_i_doc_paragraph(s->doc, by_clock
		? bpr_i_doc_fill(s->doc, N_("On average {1} cases are under way at any time: each takes {2} from start to end, queues included."), number,
				 bpr_i_say_minutes(s->doc, minutes), NULL, NULL)
		: bpr_i_doc_fill(s->doc, N_("On average {1} cases are in the office at the same time: {2} come an hour, and each takes {3} from start to end, queues included."),
				 number, bpr_i_say_count(s->doc, per_hour), bpr_i_say_minutes(s->doc, minutes), NULL));
}

static void pool_sentences(const struct study *s, size_t pool)
{
	const struct bpr_queue_pool *r = pool_at(s, pool);
	const char *name = bpr_flow_pool(s->flow, pool)->name;

	if (!r->known)
		return;
	if (!r->stable) {
		bpr_i_doc_item(s->doc, 1, BPR_DOC_WORSE,
			       bpr_i_doc_fill(s->doc, N_("'{1}': the queue gets longer from day to day, so there is no mean wait. {2} people would be enough."),
					      name, bpr_i_say_count(s->doc, (double)r->people_needed), NULL, NULL));
		return;
	}
	if (r->overloaded)
		bpr_i_doc_item(s->doc, 1, BPR_DOC_WORSE,
			       bpr_i_doc_fill(s->doc, N_("'{1}' falls behind ({2}): the queue does not clear that day, and {3} of work are left for the next one."),
					      name, when(s, pool, r->overload_day, r->overload_at, 0), bpr_i_say_minutes(s->doc, r->backlog_minutes), NULL));
	if (r->peak_utilisation > 1.05 * r->utilisation && (r->peak_wait >= NOTICED || r->peak_utilisation > 0.85))
		bpr_i_doc_item(s->doc, 1, r->peak_utilisation > 0.85 ? BPR_DOC_WORSE : BPR_DOC_PLAIN,
			       bpr_i_doc_fill(s->doc, N_("'{1}' is at its busiest ({2}): the work is {3} of its hours then, and who comes waits {4}."), name,
					      when(s, pool, r->peak_day, r->peak_from, r->peak_to), bpr_i_say_prob(s->doc, r->peak_utilisation),
					      bpr_i_say_minutes(s->doc, r->peak_wait)));
	if (-r->wait_per_more >= WORTH)
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_fill(s->doc, N_("One more person in '{1}' would spare a case {2} of waiting."), name,
					      bpr_i_say_minutes(s->doc, -r->wait_per_more), NULL, NULL));
}

/* ---- tables ---- */

static bool mixed(const struct study *s)
{
	bool exact = false, approximate = false;

	for (size_t p = 0; p < bpr_flow_pool_count(s->flow); p++) {
		exact = exact || (pool_at(s, p)->known && pool_at(s, p)->method == BPR_QUEUE_EXACT);
		approximate = approximate || (pool_at(s, p)->known && pool_at(s, p)->method == BPR_QUEUE_APPROXIMATE);
	}
	return exact && approximate;
}

static void pool_row(const struct study *s, struct bpr_doc_table *table, size_t pool, bool methods)
{
	const struct bpr_pool *p = bpr_flow_pool(s->flow, pool);
	const struct bpr_queue_pool *r = pool_at(s, pool);
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(p->name);
	row[1] = p->count ? bpr_i_cell_number(BPR_DOC_COUNT, (double)p->count) : bpr_i_cell_text(bpr_i_doc_text(s->doc, N_("not given")));
	row[1].text = p->count ? bpr_i_doc_text(s->doc, N_("people")) : row[1].text;
	if (!r->known)
		return;
	row[2] = bpr_i_cell_number(BPR_DOC_PROB, r->utilisation);
	row[2].tone = r->utilisation > 0.85 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
	if (r->stable) {
		row[3] = bpr_i_cell_number(BPR_DOC_MINUTES, r->wait);
		row[3].tone = BPR_DOC_STRONG;
		row[4] = bpr_i_cell_number(BPR_DOC_PROB, r->wait_above < 5e-5 ? 0 : r->wait_above);
		row[5] = bpr_i_cell_number(BPR_DOC_COUNT, r->queue < 5e-3 ? 0 : r->queue);
		row[5].text = bpr_i_doc_text(s->doc, N_("cases"));
	} else {
		row[3] = bpr_i_cell_text(bpr_i_doc_text(s->doc, N_("grows")));
		row[3].tone = BPR_DOC_WORSE;
	}
	if (r->capacity_per_day > 0) {
		row[6] = bpr_i_cell_number(BPR_DOC_COUNT, floor(r->capacity_per_day + 1e-9));
		row[6].text = bpr_i_doc_text(s->doc, N_("cases"));
	}
	if (methods)
		row[7] = bpr_i_cell_text(bpr_i_doc_text(s->doc, r->method == BPR_QUEUE_EXACT ? N_("exact") : N_("approximate")));
}

static void pool_table(const struct study *s)
{
	struct bpr_doc_table *table = bpr_i_doc_table(s->doc);
	size_t count = bpr_flow_pool_count(s->flow), most = s->options->full || count <= BPR_STUDY_STEP_ROWS ? count : BPR_STUDY_STEP_ROWS;
	bool methods = mixed(s);

	bpr_i_doc_column(s->doc, table, N_("Pool"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("People"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Utilisation"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Mean wait"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Over 15 min"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("In line"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("A day at most"), true, 0);
	if (methods)
		bpr_i_doc_column(s->doc, table, N_("Found by"), false, 0);
	for (size_t p = 0; p < most; p++)
		pool_row(s, table, p, methods);
	bpr_i_study_more(s->doc, count - most);
}

/* ---- hour by hour ---- */

static void hour_row(const struct study *s, struct bpr_doc_table *table, size_t pool, size_t hour, size_t end)
{
	size_t total;
	const struct bpr_queue_hour *h = &bpr_queueing_hours(s->queueing, &total)[hour];
	const struct bpr_queue_pool_hour *at = &bpr_queueing_pool_hours(s->queueing, pool)[hour];
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);
	double cases = 0;

	if (!row)
		return;
	for (size_t i = 0; i < end - hour; i++)
		cases += h[i].arrivals;
	row[0] = bpr_i_cell_text(bpr_i_doc_fill(s->doc, N_("{1} to {2}"), clock_text(s, h->from), clock_text(s, h[end - hour - 1].to), NULL, NULL));
	row[1] = bpr_i_cell_number(BPR_DOC_COUNT, cases);
	row[1].text = bpr_i_doc_text(s->doc, N_("cases"));
	row[2] = bpr_i_cell_number(BPR_DOC_COUNT, at->servers);
	row[2].text = bpr_i_doc_text(s->doc, N_("people"));
	if (at->servers > 0)
		row[3] = bpr_i_cell_number(BPR_DOC_PROB, at->utilisation);
	row[3].tone = at->utilisation > 0.85 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
	row[4] = bpr_i_cell_number(BPR_DOC_MINUTES, at->wait);
	if (at->backlog > 0.01)
		row[5] = bpr_i_cell_number(BPR_DOC_MINUTES, at->backlog);
	row[5].year = at->backlog >= 1440; /* hours of work, not days of the clock */
}

static void hour_tables(const struct study *s)
{
	for (size_t p = 0; p < bpr_flow_pool_count(s->flow) && !s->doc->failed; p++) {
		struct bpr_queue_days d;

		if (!bpr_i_study_days(&s->doc->arena, s->queueing, p, &d)) {
			s->doc->failed = true;
			return;
		}
		for (size_t day = 0; day < d.count && pool_at(s, p)->known; day++) {
			struct bpr_doc_table *table;

			if (d.like[day] != day)
				continue;
			bpr_i_doc_heading(s->doc, 3, bpr_i_doc_fill(s->doc, N_("'{1}' by hour: {2}"), bpr_flow_pool(s->flow, p)->name,
								    day_names(s, &d, day), NULL, NULL));
			table = bpr_i_doc_table(s->doc);
			bpr_i_doc_column(s->doc, table, N_("Time"), false, 0);
			bpr_i_doc_column(s->doc, table, N_("Cases that come"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("People"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Utilisation"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Mean wait"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Work left over"), true, 0);
			for (size_t h = d.first[day], end; h < d.first[day + 1]; h = end) {
				end = bpr_i_study_alike(s->queueing, p, h, d.first[day + 1]);
				hour_row(s, table, p, h, end);
			}
		}
	}
}

/* ---- how far to trust it ---- */

static void trust(const struct study *s)
{
	unsigned reasons = 0;

	for (size_t p = 0; p < bpr_flow_pool_count(s->flow); p++)
		if (pool_at(s, p)->known)
			reasons |= pool_at(s, p)->reasons;
	if (!reasons) {
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_text(s->doc, N_("These waits are exact for a flow in which cases come by chance and work takes exponentially distributed times, as it says.")));
		return;
	}
	bpr_i_doc_paragraph(s->doc, bpr_i_doc_text(s->doc, N_("These waits are estimates by formula, good for comparing. Where the formulas assume more than holds here:")));
	for (size_t bit = 0; bit < BPR_QUEUE_REASON_COUNT; bit++)
		if (reasons >> bit & 1u)
			bpr_i_doc_item(s->doc, 1, bit == 11 ? BPR_DOC_WORSE : BPR_DOC_PLAIN, bpr_i_doc_text(s->doc, bpr_queue_reason_text(bit)));
}

void bpr_i_study_queues(const struct study *s)
{
	size_t hours;

	if (!s->queueing)
		return;
	(void)bpr_queueing_hours(s->queueing, &hours);
	if (bpr_queueing_known(s->queueing)) {
		bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Where cases wait")));
		wait_sentence(s);
		little_sentence(s);
		for (size_t p = 0; p < bpr_flow_pool_count(s->flow); p++)
			pool_sentences(s, p);
		pool_table(s);
		if (s->options->full && hours)
			hour_tables(s);
		trust(s);
	} else {
		little_sentence(s);
	}
}
