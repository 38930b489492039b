/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures about a log: how long cases take, the ways they go, when they come, how many lie there. */
#include "config.h"
#include "study/mining_i.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <math.h>

enum { BINS = 20, CLASSES = 15, WAYS = 6, STEPS = 8, HOURS = 24, WEEKDAYS = 7 };

/* Kept by the document; NULL (and failed) out of memory. */
static void *memory(const struct bpr_mining_study *s, size_t count, size_t size)
{
	void *p = s->doc->failed ? NULL : bpr_i_arena_alloc(&s->doc->arena, count ? count : 1, size);

	if (!p)
		s->doc->failed = true;
	return p;
}

/* ---- how long ---- */

/* 1, 2 or 5 times a power of ten, at least so much. */
static double round_step(double least)
{
	double power = pow(10, floor(log10(least)));

	return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
}

/* Finished cases that take at most so long, by the steps of the survival. */
static double done_within(const struct bpr_mining_study *s, double minutes)
{
	size_t count;
	const struct bpr_mine_survival *list = bpr_mining_survival(s->mining, &count);
	double done = 0;

	for (size_t i = 0; i < count && list[i].minutes <= minutes; i++)
		done += (double)list[i].ended;
	return done;
}

/* Lengths that lie near each other: bins of equal width up to where hardly any case is longer. */
static void even_bins(const struct bpr_mining_study *s, const struct bpr_mine_stat *done, double all)
{
	double unit = done->p99 >= 3 * 1440 ? 1440 : done->p99 >= 360 ? 60 : 1;
	double step = round_step(done->p99 / unit / BINS), before = 0;
	size_t count = (size_t)fmin(BINS * 2, ceil(done->p99 / unit / step)) + 1;
	double *edges = memory(s, count + 1, sizeof(*edges)), *values = memory(s, count, sizeof(*values));
	struct bpr_series *series = memory(s, 1, sizeof(*series));
	struct bpr_mark *marks = memory(s, 2, sizeof(*marks));
	struct bpr_doc_figure out = { .kind = BPR_FIGURE_HISTOGRAM, .id = "lengths", .open = true };

	if (!edges || !values || !series || !marks)
		return;
	for (size_t i = 0; i <= count; i++)
		edges[i] = (double)i * step;
	for (size_t i = 0; i < count; i++) {
		double upto = i + 1 < count ? done_within(s, edges[i + 1] * unit) : all;

		values[i] = all > 0 ? (upto - before) / all : 0;
		before = upto;
	}
	marks[0] = (struct bpr_mark){ done->p50 / unit, bpr_i_doc_fill(s->doc, N_("half within {1}"), bpr_i_say_minutes(s->doc, done->p50), NULL, NULL, NULL), BPR_SIDE_AFTER };
	marks[1] = (struct bpr_mark){ done->p90 / unit, bpr_i_doc_fill(s->doc, N_("one case in ten over {1}"), bpr_i_say_minutes(s->doc, done->p90), NULL, NULL, NULL), BPR_SIDE_AFTER };
	*series = (struct bpr_series){ .side = BPR_SIDE_AFTER, .values = values, .marks = marks, .mark_count = 2 };
	out.series = series;
	out.series_count = 1;
	out.edges = edges;
	out.bin_count = count;
	out.upward = bpr_i_doc_text(s->doc, N_("share of finished cases"));
	out.across = bpr_i_doc_text(s->doc, unit > 60 ? N_("from begin to end (days)") : unit > 1 ? N_("from begin to end (hours)") : N_("from begin to end (minutes)"));
	out.title = bpr_i_doc_text(s->doc, N_("How long cases take"));
	out.description = bpr_i_doc_fill(s->doc, N_("Half of the finished ones take {1} at most, one in ten takes longer than {2}; the mean is {3}."),
					 bpr_i_say_minutes(s->doc, done->p50), bpr_i_say_minutes(s->doc, done->p90), bpr_i_say_minutes(s->doc, done->mean), NULL);
	bpr_i_doc_heading(s->doc, 2, out.title);
	bpr_i_doc_figure(s->doc, &out);
}

/* Minutes beside months: classes as people speak of them. */
static void classes(const struct bpr_mining_study *s, const struct bpr_mine_stat *done, double all)
{
	static const double limits[CLASSES] = { 5, 15, 30, 60, 120, 240, 480, 1440, 3 * 1440, 7 * 1440, 14 * 1440, 30 * 1440, 90 * 1440, 365 * 1440, (double)INFINITY };
	struct bpr_bar *bars = memory(s, CLASSES, sizeof(*bars));
	struct bpr_doc_figure out = { .kind = BPR_FIGURE_BARS, .id = "lengths" };
	double before = 0;
	size_t first = CLASSES, last = 0;

	if (!bars)
		return;
	for (size_t i = 0; i < CLASSES; i++) {
		double upto = isfinite(limits[i]) ? done_within(s, limits[i]) : all, n = upto - before;

		before = upto;
		bars[i].side = BPR_SIDE_ONLY;
		bars[i].value = all > 0 ? 100 * n / all : 0;
		bars[i].tone = done->p50 <= limits[i] && (!i || done->p50 > limits[i - 1]) ? BPR_DOC_STRONG : BPR_DOC_PLAIN;
		bars[i].label = !i ? bpr_i_doc_fill(s->doc, N_("up to {1}"), bpr_i_say_minutes(s->doc, limits[0]), NULL, NULL, NULL)
				: isfinite(limits[i]) ? bpr_i_doc_fill(s->doc, N_("{1} to {2}"), bpr_i_say_minutes(s->doc, limits[i - 1]), bpr_i_say_minutes(s->doc, limits[i]), NULL, NULL)
						      : bpr_i_doc_fill(s->doc, N_("over {1}"), bpr_i_say_minutes(s->doc, limits[i - 1]), NULL, NULL, NULL);
		bars[i].said = n >= (double)s->k || !(n > 0) ? bpr_i_doc_fill(s->doc, N_("{1} ({2} cases)"), bpr_i_say_prob(s->doc, n / all), bpr_i_say_count(s->doc, n), NULL, NULL)
							      : bpr_i_doc_fill(s->doc, N_("fewer than {1} cases"), bpr_i_say_count(s->doc, (double)s->k), NULL, NULL, NULL);
		if (n > 0) {
			first = first < i ? first : i;
			last = i;
		}
	}
	if (first > last)
		return;
	out.bars = bars + first;
	out.bar_count = last - first + 1;
	out.unit = bpr_i_doc_text(s->doc, N_("% of finished cases"));
	out.title = bpr_i_doc_text(s->doc, N_("How long cases take"));
	out.description = bpr_i_doc_fill(s->doc, N_("Half of the finished ones take {1} at most, one in ten takes longer than {2}; the mean is {3}."),
					 bpr_i_say_minutes(s->doc, done->p50), bpr_i_say_minutes(s->doc, done->p90), bpr_i_say_minutes(s->doc, done->mean), NULL);
	out.note = bpr_i_doc_fill(s->doc, N_("Half are done within {1} (bold); 1 in 10 takes longer than {2}."), bpr_i_say_minutes(s->doc, done->p50), bpr_i_say_minutes(s->doc, done->p90), NULL, NULL);
	bpr_i_doc_heading(s->doc, 2, out.title);
	bpr_i_doc_figure(s->doc, &out);
}

void bpr_i_mining_lengths_figure(const struct bpr_mining_study *s)
{
	const struct bpr_mine_stat *done = &s->totals->finished_minutes;

	if (done->count < s->k || !(done->p99 > 0))
		return;
	if (done->p99 <= 8 * done->p50)
		even_bins(s, done, (double)done->count);
	else
		classes(s, done, (double)done->count);
}

/* ---- which way ---- */

/* Ways have long names: a table with bars gives them room. */
void bpr_i_mining_ways_figure(const struct bpr_mining_study *s)
{
	const struct bpr_mine_variant *list;
	uint64_t rest, rest_cases, told = 0;
	size_t count = bpr_i_mining_variants(s, &list, &rest, &rest_cases), shown = count < WAYS ? count : WAYS;
	double cases = (double)s->totals->cases, most;
	struct bpr_doc_table *table;

	if (!shown)
		return;
	for (size_t i = 0; i < shown; i++)
		told += list[i].count;
	most = fmax((double)list[0].count, cases - (double)told);
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("The most frequent ways")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Way"), false, 24);
	bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Share"), true, 0);
	bpr_i_doc_column(s->doc, table, "", false, 0);
	for (size_t i = 0; i < shown + (told < s->totals->cases); i++) {
		double n = i < shown ? (double)list[i].count : cases - (double)told;
		const char *way = i < shown ? bpr_i_say_way(s->doc, s->log, list[i].activities, list[i].length, STEPS)
					    : bpr_i_doc_fill(s->doc, N_("{1} other ways"), bpr_i_say_count(s->doc, (double)(s->totals->variants - shown)), NULL, NULL, NULL);
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(way);
		row[1] = bpr_i_mining_count(s, (uint64_t)n);
		row[2] = bpr_i_cell_number(BPR_DOC_PROB, n / cases);
		row[3] = bpr_i_cell_number(BPR_DOC_BAR, n / most);
	}
}

/* ---- when ---- */

void bpr_i_mining_week_figure(const struct bpr_mining_study *s)
{
	const struct bpr_mine_hour *week = bpr_mining_week(s->mining);
	double *values = memory(s, (size_t)HOURS * WEEKDAYS, sizeof(*values)), most = 0;
	const char **names = memory(s, WEEKDAYS, sizeof(*names));
	struct bpr_doc_figure out = { .kind = BPR_FIGURE_WEEK, .id = "week" };
	size_t first = HOURS, last = 0, at = 0;

	if (!values || !names || bpr_log_info(s->log).dates_only)
		return;
	for (size_t i = 0; i < (size_t)HOURS * WEEKDAYS; i++) {
		values[i] = week[i].arrivals;
		if (!(values[i] > 0))
			continue;
		first = first < i % HOURS ? first : i % HOURS;
		last = last > i % HOURS ? last : i % HOURS;
		if (values[i] > most) {
			most = values[i];
			at = i;
		}
	}
	if (first > last)
		return;
	for (size_t w = 0; w < WEEKDAYS; w++)
		names[w] = bpr_i_doc_text(s->doc, bpr_i_weekday_name(w));
	out.week = values;
	out.weekdays = names;
	out.first_hour = first;
	out.last_hour = last;
	out.title = bpr_i_doc_text(s->doc, N_("When cases come"));
	out.note = bpr_i_doc_text(s->doc, N_("Cases that come in an hour of the week, on average."));
	out.description = bpr_i_doc_fill(s->doc, N_("Most come on {1} from {2} to {3}: {4} on average."), names[at / HOURS], bpr_i_say_clock(s->doc, 60 * (double)(at % HOURS)),
					 bpr_i_say_clock(s->doc, 60 * (double)(at % HOURS) + 60), bpr_i_say_count(s->doc, most));
	bpr_i_doc_heading(s->doc, 2, out.title);
	bpr_i_doc_figure(s->doc, &out);
	bpr_i_doc_paragraph(s->doc, out.description);
}

void bpr_i_mining_days_figure(const struct bpr_mining_study *s)
{
	size_t count;
	const struct bpr_mine_day *days = bpr_mining_days(s->mining, &count);
	struct bpr_doc_figure out = { .kind = BPR_FIGURE_DAYS, .id = "levels" };
	double *levels, most = 0;

	bpr_i_mining_in_process(s);
	for (size_t i = 0; i < count; i++)
		most = fmax(most, (double)days[i].in_process);
	if (count < 2 || !(most > 0) || s->totals->cases < s->k)
		return;
	levels = memory(s, count, sizeof(*levels));
	if (!levels)
		return;
	for (size_t i = 0; i < count; i++)
		levels[i] = (double)days[i].in_process;
	out.levels = levels;
	out.first_day = days[0].date;
	out.day_count = count;
	out.title = bpr_i_doc_text(s->doc, N_("Cases under way, day by day"));
	out.upward = bpr_i_doc_text(s->doc, N_("cases under way at the end of each day"));
	out.description = bpr_i_doc_fill(s->doc, N_("At most {1} cases lie there at the end of a day."), bpr_i_say_count(s->doc, most), NULL, NULL, NULL);
	bpr_i_doc_figure(s->doc, &out);
}
