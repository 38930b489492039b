/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pools: how much of their day the cases take, and how many cases would fill it. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <string.h>

/* "8:30" at *at: minutes after midnight, or -1. */
static double clock_time(const char *text, size_t length, size_t *at)
{
	double part[2] = { 0, 0 };

	for (int i = 0; i < 2; i++) {
		size_t from = *at;

		for (; *at < length && text[*at] >= '0' && text[*at] <= '9' && *at - from < 3; ++*at)
			part[i] = part[i] * 10 + (text[*at] - '0');
		if (*at == from || (i == 0 && (*at >= length || text[(*at)++] != ':')))
			return -1;
	}
	return part[0] <= 24 && part[1] < 60 ? part[0] * 60 + part[1] : -1;
}

/* Minutes of "8:30-12:00 13:00-17:15" (any separators between spans), or -1. */
static double spans(const char *text, size_t length)
{
	double sum = 0, from, to;

	for (size_t at = 0; at < length;) {
		if (text[at] < '0' || text[at] > '9') {
			at++;
			continue;
		}
		from = clock_time(text, length, &at);
		while (at < length && (text[at] == ' ' || text[at] == '~' || text[at] == '-'))
			at++;
		to = from < 0 ? -1 : clock_time(text, length, &at);
		if (to <= from)
			return -1;
		sum += to - from;
	}
	return sum > 0 ? sum : -1;
}

/* Working minutes a day as the staff table writes them: spans of the clock, or a number of hours. -1: not said, not understood. */
static double hours_written(const char *text)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	double minutes = -1, number;

	if (!text || !*text)
		return -1;
	bpr_i_utf8_fold(&buf, text, strlen(text));
	if (!buf.failed && buf.data) {
		size_t digits = strspn(buf.data, "0123456789.");

		minutes = spans(buf.data, buf.length);
		if (minutes < 0 && digits && bpr_i_num_parse(buf.data, digits, &number) && number > 0 && number <= 24)
			minutes = number * 60;
	}
	bpr_i_buf_release(&buf);
	return minutes;
}

/* Minutes a day that the office is open: -1 where nobody says so; all day where cases come by the clock and it never closes. */
static double open_minutes(const struct bpr_demand *demand)
{
	if (demand->open_to > demand->open_from)
		return demand->open_to - demand->open_from;
	return demand->arrivals ? 1440 : -1;
}

static double cases_per_day(const struct bpr_demand *demand)
{
	double open = open_minutes(demand), between = bpr_dist_mean(demand->arrivals);

	if (demand->per_day_given)
		return demand->per_day;
	if (demand->per_year_given && demand->open_days > 0)
		return demand->per_year / demand->open_days;
	return demand->arrivals && between > 0 && open > 0 ? open / between : 0;
}

bpr_status bpr_i_analyse_pools(struct bpr_job *job)
{
	const struct bpr_demand *demand = bpr_flow_demand(job->flow);
	double cases = cases_per_day(demand);

	for (size_t i = 0; i < bpr_flow_pool_count(job->flow); i++) {
		const struct bpr_pool *pool = bpr_flow_pool(job->flow, i);
		struct bpr_pool_result *r = &job->a->pools[i];
		double open = hours_written(pool->hours);

		if (open < 0)
			open = open_minutes(demand);
		if (!pool->count || !(open > 0))
			continue;
		if (r->minutes > 0) {
			r->capacity_per_day = (double)pool->count * open / r->minutes;
			r->capacity_known = true;
		}
		if (cases > 0) {
			r->utilisation = cases * r->minutes / ((double)pool->count * open);
			r->utilisation_known = true;
		}
	}
	return BPR_OK;
}
