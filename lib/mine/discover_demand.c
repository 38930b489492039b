/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Demand as a log shows it: on which weekdays and at what hours the office is at work, cases a working day, and what differs by
 * weekday, time of day and month by more than chance. Everything by the office's own clock.
 */
#include "config.h"
#include "mine/discover_demand_i.h"
#include <math.h>
#include <string.h>

/* A log that says it lasts a thousand years has a wrong date in it. */
#define MAX_DAYS 400000

bool bpr_i_comings_begin(struct bpr_measure *m)
{
	struct bpr_log_info info = bpr_log_info(m->log);
	struct bpr_comings *c = &m->comings;
	long last;

	if (info.first == BPR_LOG_NO_TIME)
		return true;
	c->first_day = bpr_i_day_of(info.first) - 1; /* offsets move events to the day before or behind */
	last = bpr_i_day_of(info.last) + 1;
	c->first = INT64_MAX;
	c->last = INT64_MIN;
	if (last - c->first_day >= MAX_DAYS)
		return true;
	c->day_count = (size_t)(last - c->first_day) + 1;
	c->arrived = bpr_i_calloc(c->day_count, sizeof(*c->arrived));
	c->events = bpr_i_calloc(c->day_count, sizeof(*c->events));
	return c->arrived && c->events;
}

static void see(struct bpr_comings *c, int64_t local, bool arrival)
{
	long day = bpr_i_day_of(local);
	size_t at = (size_t)(day - c->first_day), quarter = (size_t)((local - (int64_t)day * BPR_I_DAY_MS) / (BPR_I_DAY_MS / BPR_I_QUARTERS));

	if (day < c->first_day || at >= c->day_count)
		return;
	if (arrival) {
		c->arrived[at]++;
		c->by_quarter[bpr_i_weekday_of(day)][quarter]++;
	} else {
		c->events[at]++;
		c->work_by_quarter[bpr_i_weekday_of(day)][quarter]++;
	}
}

bool bpr_i_comings_case(struct bpr_measure *m, const struct bpr_log_case *c)
{
	struct bpr_comings *comings = &m->comings;
	const struct bpr_log_event *first = &c->events[0];
	int64_t arrived = first->start != BPR_LOG_NO_TIME ? first->start : first->end;

	comings->cases++;
	comings->first = arrived < comings->first ? arrived : comings->first;
	comings->last = arrived > comings->last ? arrived : comings->last;
	see(comings, bpr_i_local(arrived, first->offset), true);
	for (size_t i = 0; i < c->count; i++) {
		if (c->events[i].start != BPR_LOG_NO_TIME && c->events[i].start != c->events[i].end)
			see(comings, bpr_i_local(c->events[i].start, c->events[i].offset), false);
		see(comings, bpr_i_local(c->events[i].end, c->events[i].offset) - 1, false); /* 17:00 is the end of the hour before */
	}
	return bpr_i_kept_add(&comings->moments, BPR_I_SAMPLE, &m->rng, (double)arrived / 60000);
}

/* ---- rows ---- */

static bool add_row(struct bpr_measure *m, const char *key, const struct bpr_buf *value)
{
	const char *kept = value->failed || !value->data ? NULL : bpr_i_arena_strdup(&m->arena, value->data);

	if (!kept || !bpr_i_grow(&m->rows, &m->row_capacity, m->row_count + 1, sizeof(*m->rows)))
		return false;
	m->rows[m->row_count++] = (struct bpr_measured_row){ key, kept };
	return true;
}

static bool add_number(struct bpr_measure *m, const char *key, double value)
{
	struct bpr_buf text = BPR_BUF_INIT;
	bool done;

	bpr_i_buf_printf(&text, "%.6g", value);
	done = add_row(m, key, &text);
	bpr_i_buf_release(&text);
	return done;
}

static void put_days(struct bpr_buf *out, unsigned days, unsigned holidays)
{
	static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	const char *between = "";

	for (unsigned w = 0; w < 7; w++)
		if (days >> w & 1) {
			bpr_i_buf_printf(out, "%s%s", between, names[w]);
			between = " ";
		}
	if (holidays)
		bpr_i_buf_printf(out, "%sholidays 12/29-1/3", between);
}

static void put_time(struct bpr_buf *out, size_t quarter)
{
	bpr_i_buf_printf(out, "%zu:%02zu", quarter / 4, quarter % 4 * 15);
}

static void put_span(struct bpr_buf *out, struct bpr_quarters span)
{
	put_time(out, span.from);
	bpr_i_buf_putc(out, '-');
	put_time(out, span.to);
}

static void put_spans(struct bpr_buf *out, const struct bpr_hours_seen *h, unsigned weekday)
{
	const struct bpr_quarters *day = &h->of[weekday];

	if (h->lunch.to > h->lunch.from && day->from < h->lunch.from && day->to > h->lunch.to) {
		put_span(out, (struct bpr_quarters){ day->from, h->lunch.from });
		bpr_i_buf_putc(out, ' ');
		put_span(out, (struct bpr_quarters){ h->lunch.to, day->to });
	} else {
		put_span(out, *day);
	}
}

/* The hours of most days first, without days; days that differ behind it. */
static bool add_open(struct bpr_measure *m, const struct bpr_hours_seen *h)
{
	struct bpr_buf text = BPR_BUF_INIT;
	unsigned usual = 0, most = 0;
	bool done;

	for (unsigned w = 0; w < 7; w++) {
		unsigned same = 0;

		for (unsigned v = 0; v < 7; v++)
			same += (h->open >> w & h->open >> v & 1) && h->of[v].from == h->of[w].from && h->of[v].to == h->of[w].to;
		if (same > most) {
			most = same;
			usual = w;
		}
	}
	put_spans(&text, h, usual);
	for (unsigned w = 0; w < 7; w++)
		if (h->open >> w & 1 && (h->of[w].from != h->of[usual].from || h->of[w].to != h->of[usual].to)) {
			bpr_i_buf_puts(&text, "; ");
			put_days(&text, 1u << w, 0);
			bpr_i_buf_putc(&text, ' ');
			put_spans(&text, h, w);
		}
	done = add_row(m, "open", &text);
	bpr_i_buf_release(&text);
	return done;
}

static bool add_closed(struct bpr_measure *m, const struct bpr_hours_seen *h)
{
	struct bpr_buf text = BPR_BUF_INIT;
	bool done;

	if (h->open == 0x1f && h->holidays) /* what holds where nothing is said */
		return true;
	put_days(&text, ~h->open & 0x7f, h->holidays);
	if (!text.length)
		bpr_i_buf_puts(&text, "none");
	done = add_row(m, "closed", &text);
	bpr_i_buf_release(&text);
	return done;
}

/* Rules "Mon:1.4; Tue:0.8", "9:00-10:00:1.2", "4/1-4/30:1.5" of what differs from the whole. */
static bool add_weekdays(struct bpr_measure *m, const struct bpr_hours_seen *h)
{
	struct bpr_buf text = BPR_BUF_INIT;
	double factors[7];
	bool done = true;

	if (bpr_i_demand_weekdays(m, h, factors)) {
		for (unsigned w = 0; w < 7; w++)
			if (h->open >> w & 1) {
				if (text.length)
					bpr_i_buf_puts(&text, "; ");
				put_days(&text, 1u << w, 0);
				bpr_i_buf_printf(&text, ":%.3g", factors[w]);
			}
		done = add_row(m, "weekdays", &text);
	}
	bpr_i_buf_release(&text);
	return done;
}

static bool add_profile(struct bpr_measure *m, const struct bpr_hours_seen *h)
{
	struct bpr_buf text = BPR_BUF_INIT;
	double factors[24];
	bool done = true;

	if (bpr_i_demand_hours(m, h, factors)) {
		for (size_t hour = 0; hour < 24; hour++)
			if (factors[hour] >= 0)
				bpr_i_buf_printf(&text, "%s%zu:00-%zu:00:%.3g", text.length ? " " : "", hour, hour + 1, factors[hour]);
		done = add_row(m, "profile", &text);
	}
	bpr_i_buf_release(&text);
	return done;
}

static bool add_peaks(struct bpr_measure *m, const struct bpr_hours_seen *h)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct bpr_buf text = BPR_BUF_INIT;
	double factors[12];
	bool done = true;

	if (bpr_i_demand_months(m, h, factors)) {
		for (int month = 0; month < 12; month++)
			if (factors[month] > 0)
				bpr_i_buf_printf(&text, "%s%d/1-%d/%d:%.3g", text.length ? "; " : "", month + 1, month + 1, days[month], factors[month]);
		done = add_row(m, "peaks", &text);
	}
	bpr_i_buf_release(&text);
	return done;
}

/* An office that never closes: the time between two cases, where it is not what chance makes of cases a day. */
static bpr_status add_gaps(struct bpr_measure *m, bool *added)
{
	struct bpr_kept *kept = &m->comings.moments;
	struct bpr_chosen *chosen;
	struct bpr_buf text = BPR_BUF_INIT;
	char *buf;
	size_t length;
	bpr_status status;

	*added = false;
	if (kept->seen > kept->count || kept->count < 30)
		return BPR_OK; /* gaps of a sample are none */
	chosen = bpr_i_calloc(1, sizeof(*chosen));
	if (!chosen || !bpr_i_gaps_of(kept)) {
		bpr_i_free(chosen);
		return BPR_ENOMEM;
	}
	status = bpr_i_fit_choose(kept->values, kept->count - 1, m->options.durations, m->options.values, m->options.seed, chosen);
	if (status == BPR_OK && !(chosen->fitted && chosen->dist.kind == BPR_DIST_EXP) && m->options.durations != BPR_DURATIONS_MEAN) {
		length = bpr_dist_format(&chosen->dist, NULL, 0);
		buf = bpr_i_calloc(length + 1, 1);
		if (buf) {
			(void)bpr_dist_format(&chosen->dist, buf, length + 1);
			bpr_i_buf_puts(&text, buf);
			*added = add_row(m, "arrivals", &text);
		}
		status = buf && *added ? BPR_OK : BPR_ENOMEM;
		bpr_i_free(buf);
		bpr_i_buf_release(&text);
	}
	bpr_i_free(chosen);
	return status;
}

static bpr_status add_always(struct bpr_measure *m, const struct bpr_hours_seen *h)
{
	struct bpr_comings *c = &m->comings;
	double days = (double)(c->last - c->first) / BPR_I_DAY_MS;
	bool gaps = false;
	size_t before = m->row_count;
	bpr_status status = BPR_OK;

	if (!(days > 0))
		return BPR_OK;
	if (!add_weekdays(m, h) || !add_profile(m, h))
		return BPR_ENOMEM;
	if (m->row_count == before)
		status = add_gaps(m, &gaps);
	if (status == BPR_OK && !gaps && !add_number(m, "per_day", ((double)c->cases - 1) / days))
		status = BPR_ENOMEM;
	return status;
}

bpr_status bpr_i_measure_demand(struct bpr_measure *m)
{
	struct bpr_log_info info = bpr_log_info(m->log);
	struct bpr_comings *c = &m->comings;
	struct bpr_hours_seen *hours;

	if (!m->hours && !bpr_i_measure_hours(m))
		return BPR_ENOMEM;
	hours = m->hours;
	if (!c->cases || !c->day_count || c->last <= c->first)
		return BPR_OK;
	if (info.dates_only) { /* hours are not known, days a year are */
		double years = (double)(c->last - c->first) / BPR_I_DAY_MS / 365.25;

		return years < 0.05 || add_number(m, "per_year", ((double)c->cases - 1) / years) ? BPR_OK : BPR_ENOMEM;
	}
	if (hours->always)
		return add_always(m, hours);
	if (!hours->working_days)
		return BPR_OK;
	return add_number(m, "per_day", (double)c->cases / (double)hours->working_days) && add_open(m, hours) && add_closed(m, hours) &&
	       add_weekdays(m, hours) && add_profile(m, hours) && add_peaks(m, hours) ? BPR_OK : BPR_ENOMEM;
}
