/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activities of a log, and what follows what. */
#include "config.h"
#include "study/mining_i.h"
#include "base/text_i.h"
#include <stdlib.h>

/* ---- activities ---- */

static int more_often(const void *a, const void *b)
{
	const struct bpr_mine_activity *x = *(const struct bpr_mine_activity *const *)a, *y = *(const struct bpr_mine_activity *const *)b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return (x->activity > y->activity) - (x->activity < y->activity);
}

/* Those that k cases have, by count; NULL: out of memory. */
static const struct bpr_mine_activity **shown_activities(const struct bpr_mining_study *s, size_t *shown, uint64_t *rest, uint64_t *rest_events)
{
	size_t count;
	const struct bpr_mine_activity *list = bpr_mining_activities(s->mining, &count);
	const struct bpr_mine_activity **out = bpr_i_arena_alloc(&s->doc->arena, count + 1, sizeof(*out));

	*shown = 0;
	*rest = *rest_events = 0;
	if (!out) {
		s->doc->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < count; i++) {
		if (list[i].cases >= s->k)
			out[(*shown)++] = &list[i];
		else if (list[i].count) {
			++*rest;
			*rest_events += list[i].count;
		}
	}
	if (*shown)
		qsort(out, *shown, sizeof(*out), more_often);
	return out;
}

static void activity_row(const struct bpr_mining_study *s, struct bpr_doc_table *table, const struct bpr_mine_activity *a, bool service, bool estimated)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(s->doc, table);
	size_t c = 0;

	if (!cells)
		return;
	cells[c++] = bpr_i_cell_text(bpr_i_say_activity(s->log, a->activity));
	cells[c++] = bpr_i_mining_count(s, a->count);
	cells[c++] = bpr_i_mining_count(s, a->cases);
	if (service) {
		cells[c++] = bpr_i_mining_minutes(s, &a->service, a->service.p50);
		cells[c++] = bpr_i_mining_minutes(s, &a->service, a->service.mean);
	} else if (estimated) {
		cells[c++] = bpr_i_mining_minutes(s, &a->estimated, a->estimated.p50);
	}
	cells[c++] = bpr_i_mining_minutes(s, &a->before, a->before.p50);
	cells[c++] = bpr_i_mining_minutes(s, &a->before, a->before.mean);
	if (a->repeated)
		cells[c] = bpr_i_mining_count(s, a->repeated);
}

void bpr_i_mining_activities(const struct bpr_mining_study *s)
{
	bool service = bpr_log_info(s->log).with_start > 0, estimated = false;
	const struct bpr_mine_activity **list;
	uint64_t rest, rest_events;
	struct bpr_doc_table *table;
	size_t count, rows;

	list = shown_activities(s, &count, &rest, &rest_events);
	if (!list)
		return;
	rows = s->options->full || count <= BPR_STUDY_STEP_ROWS ? count : BPR_STUDY_STEP_ROWS;
	for (size_t i = 0; i < rows && !service; i++)
		estimated = estimated || list[i]->estimated.count >= s->k;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("The steps, as they were done")));
	if (count) {
		table = bpr_i_doc_table(s->doc);
		bpr_i_doc_column(s->doc, table, N_("Activity"), false, 16);
		bpr_i_doc_column(s->doc, table, N_("Times"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
		if (service) {
			bpr_i_doc_column(s->doc, table, N_("Work, median"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Work, mean"), true, 0);
		} else if (estimated) {
			bpr_i_doc_column(s->doc, table, N_("Work, estimated"), true, 0);
		}
		bpr_i_doc_column(s->doc, table, service ? N_("Wait before, median") : N_("Since the step before, median"), true, 0);
		bpr_i_doc_column(s->doc, table, service ? N_("Wait before, mean") : N_("Since the step before, mean"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Done again in (cases)"), true, 0);
		for (size_t i = 0; i < rows; i++)
			activity_row(s, table, list[i], service, estimated);
		bpr_i_study_more(s->doc, count - rows);
	}
	bpr_i_mining_together(s, N_("Put together: {1} further activities, each of fewer than {3} cases; done {2} times in all."), rest, rest_events);
	if (!service)
		bpr_i_doc_note(s->doc, bpr_i_doc_text(s->doc, N_("The log says when a step was done, not when it was begun: waiting and work cannot be told apart for certain.")));
}

/* ---- what follows what ---- */

static int more_cases(const void *a, const void *b)
{
	const struct bpr_mining_ended *x = a, *y = b;

	if (x->cases != y->cases)
		return x->cases < y->cases ? 1 : -1;
	return (x->activity > y->activity) - (x->activity < y->activity);
}

bool bpr_i_mining_ended(const bpr_mining *mining, bool end, size_t k, struct bpr_mining_ended **out, size_t *shown, uint64_t *rest)
{
	size_t count;
	const struct bpr_mine_activity *list = bpr_mining_activities(mining, &count);

	*shown = 0;
	*rest = bpr_mining_totals(mining)->cases;
	*out = bpr_i_calloc(count + 1, sizeof(**out));
	for (size_t i = 0; *out && i < count; i++) {
		uint64_t n = end ? list[i].ends : list[i].starts;

		if (!n || n < k)
			continue;
		(*out)[(*shown)++] = (struct bpr_mining_ended){ n, list[i].activity };
		*rest -= n;
	}
	if (*shown)
		qsort(*out, *shown, sizeof(**out), more_cases);
	return *out != NULL;
}

static void ends_row(const struct bpr_mining_study *s, struct bpr_doc_table *table, const char *what, const char *activity, uint64_t n)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(s->doc, table);

	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(what);
	cells[1] = bpr_i_cell_text(activity);
	cells[2] = bpr_i_mining_count(s, n);
	cells[3] = bpr_i_cell_number(BPR_DOC_PROB, (double)n / (double)s->totals->cases);
}

/* With which activities cases begin or end, the most frequent first. */
static void ends_rows(const struct bpr_mining_study *s, struct bpr_doc_table *table, bool end)
{
	const char *what = bpr_i_doc_text(s->doc, end ? N_("End") : N_("Begin"));
	struct bpr_mining_ended *list;
	uint64_t rest;
	size_t count;

	if (!bpr_i_mining_ended(s->mining, end, s->k, &list, &count, &rest)) {
		s->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (i < bpr_i_mining_rows(s, count))
			ends_row(s, table, what, bpr_i_say_activity(s->log, list[i].activity), list[i].cases);
		else
			rest += list[i].cases;
	}
	if (rest)
		ends_row(s, table, what, bpr_i_doc_text(s->doc, N_("others, put together")), rest);
	bpr_i_free(list);
}

static void begin_and_end(const struct bpr_mining_study *s)
{
	struct bpr_doc_table *table;

	if (!s->totals->cases)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("How cases begin and end")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Begin or end"), false, 6);
	bpr_i_doc_column(s->doc, table, N_("Activity"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Share"), true, 0);
	ends_rows(s, table, false);
	ends_rows(s, table, true);
}

void bpr_i_mining_follows(const struct bpr_mining_study *s)
{
	size_t count, shown = 0;
	const struct bpr_mine_arc *arcs = bpr_mining_arcs(s->mining, &count);
	uint64_t rest = 0, rest_count = 0;
	struct bpr_doc_table *table = NULL;
	size_t most = s->options->full ? SIZE_MAX : 2 * (size_t)BPR_STUDY_ROWS, left = 0;

	begin_and_end(s);
	if (!count)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("What follows what")));
	for (size_t i = 0; i < count; i++) {
		struct bpr_doc_cell *cells;

		if (arcs[i].cases < s->k) {
			rest++;
			rest_count += arcs[i].count;
			continue;
		}
		if (shown == most) {
			left++;
			continue;
		}
		if (!table) {
			table = bpr_i_doc_table(s->doc);
			bpr_i_doc_column(s->doc, table, N_("From activity"), false, 14);
			bpr_i_doc_column(s->doc, table, N_("To activity"), false, 14);
			bpr_i_doc_column(s->doc, table, N_("Times"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Between, median"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Between, mean"), true, 0);
		}
		cells = bpr_i_doc_row(s->doc, table);
		if (!cells)
			return;
		shown++;
		cells[0] = bpr_i_cell_text(bpr_i_say_activity(s->log, arcs[i].from));
		cells[1] = bpr_i_cell_text(bpr_i_say_activity(s->log, arcs[i].to));
		cells[2] = bpr_i_mining_count(s, arcs[i].count);
		cells[3] = bpr_i_mining_count(s, arcs[i].cases);
		cells[4] = bpr_i_mining_minutes(s, &arcs[i].minutes, arcs[i].minutes.p50);
		cells[5] = bpr_i_mining_minutes(s, &arcs[i].minutes, arcs[i].minutes.mean);
	}
	bpr_i_study_more(s->doc, left);
	bpr_i_mining_together(s, N_("Put together: {1} further connections, each of fewer than {3} cases; gone {2} times in all."), rest, rest_count);
}
