/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open time by prefix sums over the days of a log: between two moments in constant time, whatever lies between them. */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include <math.h>
#include <string.h>

static int64_t open_of_day(const struct wt_pattern *p, int64_t ms)
{
	int64_t open = 0;

	for (unsigned i = 0; i < p->count && ms > p->at[i].from; i++)
		open += (ms < p->at[i].to ? ms : p->at[i].to) - p->at[i].from;
	return open;
}

int64_t bpr_i_wt_open(const struct wt_days *days, unsigned calendar, int64_t local)
{
	const int64_t into = local - (int64_t)days->first * WT_DAY;
	const struct wt_day *day;

	if (into <= 0)
		return 0;
	if (into >= (int64_t)days->count * WT_DAY)
		return days->calendar[calendar][days->count].before;
	if (days->always[calendar])
		return into;
	day = &days->calendar[calendar][into / WT_DAY];
	return day->before + open_of_day(&days->patterns[day->pattern], into % WT_DAY);
}

static int32_t day_ms(double minutes)
{
	return (int32_t)lround(fmin(fmax(minutes, 0), 1440) * WT_MINUTE);
}

/* Number of the pattern with these spans, new or old. Few are different. */
static size_t pattern_of(struct wt_days *days, const struct bpr_span *spans, size_t count)
{
	struct wt_pattern p;

	memset(&p, 0, sizeof(p));
	for (size_t i = 0; i < count && i < BPR_SPANS_MAX; i++) {
		p.at[p.count].from = day_ms(spans[i].from);
		p.at[p.count].to = day_ms(spans[i].to);
		p.total += p.at[p.count].to - p.at[p.count].from;
		p.count += p.at[p.count].to > p.at[p.count].from;
	}
	for (size_t i = days->pattern_count; i-- > 0;)
		if (days->patterns[i].count == p.count && !memcmp(days->patterns[i].at, p.at, p.count * sizeof(p.at[0])))
			return i;
	if (!bpr_i_grow(&days->patterns, &days->pattern_capacity, days->pattern_count + 1, sizeof(p)))
		return BPR_NONE;
	days->patterns[days->pattern_count] = p;
	return days->pattern_count++;
}

size_t bpr_i_wt_add_calendar(struct wt_days *days, wt_spans_of *spans_of, void *data)
{
	struct wt_day *day = bpr_i_calloc(days->count + 1, sizeof(*day));
	const size_t calendar = days->calendar_count;
	struct bpr_span spans[BPR_SPANS_MAX];

	if (!day || calendar == WT_CALENDARS) {
		bpr_i_free(day);
		return BPR_NONE;
	}
	days->calendar[days->calendar_count++] = day;
	days->always[calendar] = true;
	for (size_t i = 0; i < days->count; i++) {
		bool works = true;
		const size_t count = spans_of(data, days->first + (long)i, spans, &works);
		const size_t pattern = pattern_of(days, spans, count);

		if (pattern == BPR_NONE)
			return BPR_NONE;
		day[i].pattern = (uint32_t)pattern;
		day[i].works = works;
		day[i + 1].before = day[i].before + days->patterns[pattern].total;
		days->always[calendar] &= days->patterns[pattern].total == WT_DAY;
	}
	return calendar;
}

void bpr_i_wt_days_release(struct wt_days *days)
{
	for (size_t i = 0; i < days->calendar_count; i++)
		bpr_i_free(days->calendar[i]);
	bpr_i_free(days->patterns);
	bpr_i_free(days->of_unit);
}
