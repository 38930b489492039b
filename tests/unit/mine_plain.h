/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_MINE_PLAIN_H
#define BPR_TESTS_UNIT_MINE_PLAIN_H
/* A random log beside itself as a plain table, from which everything is counted again in the slowest way. */
#include "lib/log.h"
#include <bpr/calendar.h>
#include <bpr/mining.h>

enum { MOST_EVENTS = 3000, MOST_CASES = 400, MOST_NAMES = 12, MINUTE = 60000, HOUR = 3600000, DAY = 86400000 };

struct plain_event { unsigned case_index, number; uint32_t activity, resource, unit; int64_t start, end; int offset; unsigned flags; };
struct plain_case { size_t first, count; uint32_t result; bool cancelled, open, headless; int64_t begin, end, local_begin, local_end; };

struct plain {
	bpr_log *log;
	struct plain_event events[MOST_EVENTS]; size_t event_count;
	struct plain_case cases[MOST_CASES]; size_t case_count; /* of those that are looked at */
	int64_t last;            /* of the log */
	unsigned activities, resources;
	bool results, starts;
};

static uint64_t plain_state;
static inline unsigned draw(unsigned below)
{
	plain_state = plain_state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((plain_state >> 33) % below);
}

static inline int64_t plain_begin(const struct plain_event *e)
{
	return e->start == BPR_LOG_NO_TIME ? e->end : e->start;
}

static inline int64_t plain_local(const struct plain_event *e)
{
	return e->end + (int64_t)e->offset * MINUTE;
}

static inline long plain_day(int64_t local)
{
	return (long)floor((double)local / DAY);
}

static inline int plain_order(const void *a, const void *b)
{
	const struct plain_event *x = a, *y = b;

	if (x->case_index != y->case_index)
		return x->case_index < y->case_index ? -1 : 1;
	if (plain_begin(x) != plain_begin(y))
		return plain_begin(x) < plain_begin(y) ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

/* Three words for how a case ended, and none. */
static const char *const plain_results[] = { "完了", "本人不在", "審査中" };

static inline void plain_fill(struct plain *p, unsigned events, unsigned cases)
{
	const unsigned step = draw(2) ? MINUTE : 977; /* many at the same moment, or few */
	int64_t at = -3 * (int64_t)DAY + draw(DAY);

	for (unsigned i = 0; i < events; i++) {
		struct plain_event *e = &p->events[i];

		at += (int64_t)draw(40) * step;
		*e = (struct plain_event){ .case_index = draw(cases), .number = i, .activity = draw(p->activities), .end = at,
					   .resource = draw(5) ? draw(p->resources) : BPR_LOG_NONE, .unit = draw(4) ? draw(3) : BPR_LOG_NONE,
					   .offset = draw(20) ? 540 : 600, .start = BPR_LOG_NO_TIME };
		if (p->starts && draw(3))
			e->start = at - (int64_t)draw(200) * step;
		if (!draw(30)) {
			e->flags = BPR_LOG_OPEN;
			e->start = e->end;
		} else if (!draw(30)) {
			e->flags = BPR_LOG_BROKEN;
		}
	}
	p->event_count = events;
}

/* The log in the order of the table, of so much memory. */
static inline bpr_log *plain_log(const struct plain *p, unsigned cases, size_t memory)
{
	bpr_log *log = log_begin(memory);
	char name[32];

	for (unsigned i = 0; i < cases; i++) {
		(void)snprintf(name, sizeof(name), "c%u", i);
		(void)log_named(log, BPR_LOG_CASE, name);
	}
	for (unsigned i = 0; i < MOST_NAMES; i++) {
		(void)snprintf(name, sizeof(name), "n%u", i);
		if (i < p->activities)
			(void)log_named(log, BPR_LOG_ACTIVITY, name);
		if (i < p->resources)
			(void)log_named(log, BPR_LOG_RESOURCE, name);
		if (i < 3)
			(void)log_named(log, BPR_LOG_UNIT, name);
	}
	for (size_t i = 0; i < p->event_count; i++) {
		const struct plain_event *e = &p->events[i];
		const struct bpr_log_event event = { e->start, e->end, e->activity, e->resource, e->unit, BPR_LOG_NONE, BPR_LOG_NONE,
						     (int16_t)e->offset, (uint16_t)e->flags };

		assert_true(bpr_i_log_add(log, e->case_index, &event));
	}
	for (unsigned i = 0; p->results && i < cases; i++)
		if (i % 4)
			assert_true(bpr_i_log_result(log, i, log_named(log, BPR_LOG_RESULT, plain_results[i % 4 - 1])));
	return log_end(log);
}

static inline bool plain_named(const struct bpr_log *log, const char *const *names, size_t count, uint32_t activity)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(names[i], bpr_log_name(log, BPR_LOG_ACTIVITY, activity)))
			return true;
	return false;
}

static inline bool plain_ends(const struct plain *p, const struct plain_case *c, const struct bpr_mine_options *o)
{
	for (size_t k = 0; k < c->count; k++) {
		const struct plain_event *e = &p->events[c->first + k];

		if (!e->flags && plain_named(p->log, o->ends, o->end_count, e->activity))
			return true;
	}
	return false;
}

static inline int plain_rising(const void *x, const void *y)
{
	const double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

/* Definition 7 of values that are sorted here. */
static inline double plain_quantile(double *x, size_t n, double q)
{
	const double h = q * (double)(n - 1);
	const size_t k = (size_t)h;

	qsort(x, n, sizeof(*x), plain_rising);
	return k + 1 < n ? x[k] + (h - (double)k) * (x[k + 1] - x[k]) : x[n - 1];
}

static inline double plain_minutes(int64_t from, int64_t to)
{
	return to > from ? (double)(to - from) / MINUTE : 0;
}

/* By its last activity, or because it has been quiet for long. */
static inline bool plain_over(const struct plain *p, const struct plain_case *c)
{
	static double gap[MOST_EVENTS];
	const uint32_t last = p->events[c->first + c->count - 1].activity;
	size_t all = 0, ends = 0, n = 0;

	for (size_t i = 0; i < p->case_count; i++)
		for (size_t k = 0; k < p->cases[i].count; k++) {
			const struct plain_event *e = &p->events[p->cases[i].first + k];

			if (e->activity != last)
				continue;
			all++;
			if (k + 1 == p->cases[i].count)
				ends++;
			else
				gap[n++] = plain_minutes(e->end, plain_begin(e + 1));
		}
	return 2 * ends >= all || plain_minutes(c->end, p->last) > plain_quantile(gap, n, 0.99);
}

static inline void plain_judge(struct plain *p, const struct bpr_mine_options *o, enum bpr_mine_end_method *method)
{
	*method = BPR_MINE_END_JUDGED;
	for (size_t i = 0; i < p->case_count; i++)
		*method = p->cases[i].result == 0 ? BPR_MINE_END_RESULT : *method;
	*method = o->end_count ? BPR_MINE_END_NAMED : *method;
	for (size_t i = 0; i < p->case_count; i++) {
		struct plain_case *c = &p->cases[i];
		const struct plain_event *last = &p->events[c->first + c->count - 1];
		const bool ends = plain_ends(p, c, o);

		c->cancelled = !ends && (c->result == BPR_LOG_NONE ? last->flags == BPR_LOG_BROKEN : c->result == 1);
		if (*method == BPR_MINE_END_NAMED)
			c->open = !ends && !c->cancelled;
		else if (*method == BPR_MINE_END_RESULT || c->result != BPR_LOG_NONE)
			c->open = !c->cancelled && c->result != 0;
		else
			c->open = !c->cancelled && !plain_over(p, c);
		c->headless = o->start_count && !plain_named(p->log, o->starts, o->start_count, p->events[c->first].activity);
	}
}

/* Cases of the activities that are looked at; the others are taken out. */
static inline void plain_cases(struct plain *p, const struct bpr_mine_options *o)
{
	size_t kept = 0;

	p->last = INT64_MIN;
	p->case_count = 0;
	qsort(p->events, p->event_count, sizeof(*p->events), plain_order);
	for (size_t i = 0; i < p->event_count; i++) {
		const struct plain_event e = p->events[i];

		p->last = e.end > p->last ? e.end : p->last;
		if (o->only_count && !plain_named(p->log, o->only, o->only_count, e.activity))
			continue;
		if (!kept || p->events[kept - 1].case_index != e.case_index)
			p->cases[p->case_count++] = (struct plain_case){ .first = kept, .begin = INT64_MAX, .end = INT64_MIN,
				.result = p->results && e.case_index % 4 ? e.case_index % 4 - 1 : BPR_LOG_NONE };
		p->events[kept++] = e;
		p->cases[p->case_count - 1].count++;
	}
	p->event_count = kept;
	for (size_t i = 0; i < p->case_count; i++) {
		struct plain_case *c = &p->cases[i];

		c->local_begin = 0;
		for (size_t k = c->first; k < c->first + c->count; k++) {
			const struct plain_event *e = &p->events[k];

			c->begin = plain_begin(e) < c->begin ? plain_begin(e) : c->begin;
			if (e->end >= c->end) {
				c->end = e->end;
				c->local_end = plain_local(e);
			}
		}
		c->local_begin = c->begin + (int64_t)p->events[c->first].offset * MINUTE;
		c->local_end = c->local_end > c->local_begin ? c->local_end : c->local_begin;
	}
}
#endif
