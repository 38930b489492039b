/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When cases come, how many lie there at once, and whether it changes with the months. */
#include "config.h"
#include "study/mining_i.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdio.h>

enum { HOURS = 24, WEEKDAYS = 7 };

static double largest(const double *values, size_t count)
{
	double most = 0;

	for (size_t i = 0; i < count; i++)
		most = fmax(most, values[i]);
	return most;
}

static struct bpr_doc_table *arrivals_table(const struct bpr_mining_study *s, const char *heading, const char *first)
{
	struct bpr_doc_table *table;

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, heading));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, first, false, 10);
	bpr_i_doc_column(s->doc, table, N_("Cases that come, a week"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Share"), true, 0);
	bpr_i_doc_column(s->doc, table, "", false, 12);
	return table;
}

static void arrivals_row(const struct bpr_mining_study *s, struct bpr_doc_table *table, const char *label, double n, double all, double most)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(s->doc, table);

	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(label);
	cells[1] = bpr_i_cell_number(BPR_DOC_COUNT, n);
	cells[2] = bpr_i_cell_number(BPR_DOC_PROB, all > 0 ? n / all : 0);
	cells[3] = bpr_i_cell_number(BPR_DOC_BAR, most > 0 ? n / most : 0);
}

static void by_hour(const struct bpr_mining_study *s, const double hours[HOURS])
{
	double most = largest(hours, HOURS), all = 0;
	struct bpr_doc_table *table;
	size_t first = HOURS, last = 0;

	for (size_t h = 0; h < HOURS; h++) {
		all += hours[h];
		if (hours[h] > 0) {
			first = first < h ? first : h;
			last = h;
		}
	}
	if (first > last)
		return;
	table = arrivals_table(s, N_("At which hour cases come"), N_("Hour"));
	for (size_t h = first; h <= last; h++)
		arrivals_row(s, table, bpr_i_doc_fill(s->doc, N_("{1} to {2}"), bpr_i_say_clock(s->doc, 60 * (double)h), bpr_i_say_clock(s->doc, 60 * (double)h + 60), NULL, NULL),
			     hours[h], all, most);
}

static void by_weekday(const struct bpr_mining_study *s, const double weekdays[WEEKDAYS])
{
	double most = largest(weekdays, WEEKDAYS), all = 0;
	struct bpr_doc_table *table;

	for (size_t w = 0; w < WEEKDAYS; w++)
		all += weekdays[w];
	if (!(all > 0))
		return;
	table = arrivals_table(s, N_("On which weekday cases come"), N_("Weekday"));
	for (size_t w = 0; w < WEEKDAYS; w++)
		if (weekdays[w] > 0 || w < 5)
			arrivals_row(s, table, bpr_i_doc_text(s->doc, bpr_i_weekday_name(w)), weekdays[w], all, most);
}

/* The day at whose end most cases lay there. */
void bpr_i_mining_in_process(const struct bpr_mining_study *s)
{
	size_t count;
	const struct bpr_mine_day *days = bpr_mining_days(s->mining, &count);
	const struct bpr_mine_day *fullest = NULL;
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		sum += (double)days[i].in_process;
		if (!fullest || days[i].in_process > fullest->in_process)
			fullest = &days[i];
	}
	if (!(s->totals->peak_in_process > 0) || s->totals->cases < s->k)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Cases under way at once")));
	bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("At most {1} cases were under way at the same time."), bpr_i_say_count(s->doc, s->totals->peak_in_process), NULL,
						   NULL, NULL));
	if (fullest && fullest->in_process && count > 1)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("At the end of a day {1} lie there on average, most of them on {2}: {3}."),
							   bpr_i_say_count(s->doc, sum / (double)count), bpr_i_say_date(s->doc, fullest->date),
							   bpr_i_say_count(s->doc, (double)fullest->in_process), NULL));
}

void bpr_i_mining_months(const struct bpr_mining_study *s)
{
	size_t count, from;
	const struct bpr_mine_month *list = bpr_mining_months(s->mining, &count);
	struct bpr_doc_table *table;

	if (count < 2)
		return;
	from = s->options->full || count <= 2 * (size_t)BPR_STUDY_ROWS ? 0 : count - 2 * (size_t)BPR_STUDY_ROWS;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Month by month")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Month"), false, 8);
	bpr_i_doc_column(s->doc, table, N_("Came"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Finished"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Took, median"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Took, mean"), true, 0);
	for (size_t i = from; i < count; i++) {
		struct bpr_doc_cell *cells;
		char year[16], month[16];
		const char *label;

		(void)snprintf(year, sizeof(year), "%d", list[i].year);
		(void)snprintf(month, sizeof(month), "%02d", list[i].month);
		/* TRANSLATORS: year and month */
		label = bpr_i_doc_fill(s->doc, N_("{1}-{2}"), year, month, NULL, NULL);
		cells = bpr_i_doc_row(s->doc, table);
		if (!cells)
			return;
		cells[0] = bpr_i_cell_text(label);
		cells[1] = bpr_i_mining_count(s, list[i].arrived);
		cells[2] = bpr_i_mining_count(s, list[i].finished);
		cells[3] = bpr_i_mining_minutes(s, &list[i].minutes, list[i].minutes.p50);
		cells[4] = bpr_i_mining_minutes(s, &list[i].minutes, list[i].minutes.mean);
	}
	bpr_i_study_more(s->doc, from);
}

void bpr_i_mining_when(const struct bpr_mining_study *s)
{
	double hours[HOURS], weekdays[WEEKDAYS];

	if (!s->totals->cases)
		return;
	bpr_i_mining_arrivals(s->mining, hours, weekdays);
	if (!bpr_log_info(s->log).dates_only)
		by_hour(s, hours);
	by_weekday(s, weekdays);
	bpr_i_mining_in_process(s);
	bpr_i_mining_months(s);
}
