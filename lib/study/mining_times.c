/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long cases take: the finished ones, and what is known of those that are not. */
#include "config.h"
#include "study/mining_i.h"
#include "base/text_i.h"
#include <math.h>

static void row(const struct bpr_mining_study *s, struct bpr_doc_table *table, const char *label, const struct bpr_mine_stat *stat)
{
	struct bpr_doc_cell *cells;

	if (stat->count < s->k)
		return;
	cells = bpr_i_doc_row(s->doc, table);
	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(bpr_i_doc_text(s->doc, label));
	cells[1] = bpr_i_mining_count(s, stat->count);
	cells[2] = bpr_i_mining_minutes(s, stat, stat->p50);
	cells[3] = bpr_i_mining_minutes(s, stat, stat->mean);
	cells[4] = bpr_i_mining_minutes(s, stat, stat->p90);
	cells[5] = bpr_i_mining_minutes(s, stat, stat->p95);
}

/* Share of cases that are done at a time: the step function of Kaplan and Meier, from the right. */
static const struct bpr_mine_survival *at(const struct bpr_mine_survival *list, size_t count, double minutes)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list[middle].minutes <= minutes)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &list[low - 1] : NULL;
}

/* Said where some cases are not over: of finished ones alone the table above tells it. */
static void open_cases(const struct bpr_mining_study *s)
{
	static const double minutes[] = { 30, 60, 240, 1440, 3 * 1440, 7 * 1440, 14 * 1440, 30 * 1440, 60 * 1440, 90 * 1440, 180 * 1440, 365 * 1440 };
	size_t count;
	const struct bpr_mine_survival *list = bpr_mining_survival(s->mining, &count);
	struct bpr_doc_table *table;

	if (!s->totals->unfinished || !count || s->totals->cases < s->k)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("By when cases are done")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Within"), false, 8);
	bpr_i_doc_column(s->doc, table, N_("Done"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("95% interval"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Still followed"), true, 0);
	for (size_t i = 0; i < sizeof(minutes) / sizeof(minutes[0]); i++) {
		const struct bpr_mine_survival *p = at(list, count, minutes[i]);
		const char *within = bpr_i_say_minutes(s->doc, minutes[i]), *interval;
		struct bpr_doc_cell *cells;

		if (!p || p->at_risk < s->k || (i + 1 < sizeof(minutes) / sizeof(minutes[0]) && p->open > 0.995))
			continue;
		interval = bpr_i_doc_fill(s->doc, N_("{1} to {2}"), bpr_i_say_prob(s->doc, 1 - p->high), bpr_i_say_prob(s->doc, 1 - p->low), NULL, NULL);
		cells = bpr_i_doc_row(s->doc, table);
		if (!cells)
			return;
		cells[0] = bpr_i_cell_text(within);
		cells[1] = bpr_i_cell_number(BPR_DOC_PROB, 1 - p->open);
		cells[2] = bpr_i_cell_text(isfinite(p->low) && isfinite(p->high) ? interval : "");
		cells[3] = bpr_i_mining_count(s, p->at_risk);
	}
	bpr_i_doc_note(s->doc, bpr_i_doc_text(s->doc, N_("Of all cases, those under way too (Kaplan-Meier): how many are done by then, as far as the log can tell.")));
}

void bpr_i_mining_times(const struct bpr_mining_study *s)
{
	const struct bpr_mine_totals *t = s->totals;
	struct bpr_doc_table *table;

	if (t->minutes.count >= s->k) {
		bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("How long cases take")));
		table = bpr_i_doc_table(s->doc);
		bpr_i_doc_column(s->doc, table, N_("Which cases"), false, 12);
		bpr_i_doc_column(s->doc, table, N_("Number"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Median"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Mean"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("9 in 10 at most"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("19 in 20 at most"), true, 0);
		row(s, table, N_("Finished cases"), &t->finished_minutes);
		if (t->unfinished)
			row(s, table, N_("All cases, as far as seen"), &t->minutes);
		row(s, table, N_("Work on a case"), &t->work);
	}
	open_cases(s);
}
