/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waits and their causes against a plain reading of the definitions: random logs of whole minutes, every minute of every wait looked
 * at alone, with hours that are written down here a second time.
 */
#include "config.h"
#include "lib/log.h"
#include <bpr/worktime.h>

enum { MINUTE = 60000, DAY = 1440, EVENTS = 200, UNITS = 3 };

static const char *const units[] = { "戸籍係", "税務係", NULL };
static const char *const people[] = { "佐藤", "鈴木", "高橋", NULL };
static const char *const steps[] = { "受付", "審査", "決裁", "交付" };

/* The log begins on Monday 2026-12-14 and runs over the turn of the year. */
static const long first_day = 20801;

struct plain { int of_case, step, person, unit; bool started; long begin, end; /* minutes */ int before; bool waits; long ready; long batch; };

static uint64_t state;

static unsigned draw(unsigned below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 33) % below);
}

/* ---- hours, by hand ---- */

static bool office_day(long day)
{
	int year, month, of_month;
	const long weekday = (day + 3) % 7;

	bpr_date_parts(day, &year, &month, &of_month);
	if ((month == 12 && of_month >= 29) || (month == 1 && of_month <= 3) || (month == 1 && of_month == 11))
		return false; /* 2027-01-11 is 成人の日 */
	return weekday < 5;
}

/* 戸籍係 works through noon and on Saturday mornings, 税務係 closes on Wednesdays, all others have a break. */
static bool is_open(int unit, long minute)
{
	const long day = minute / DAY, at = minute % DAY, weekday = (day + 3) % 7;

	if (unit == 0)
		return (office_day(day) && at >= 510 && at < 1035) || (weekday == 5 && day != first_day + 19 && at >= 540 && at < 720);
	if (unit == 1)
		return weekday < 5 && weekday != 2 && at >= 540 && at < 960;
	return office_day(day) && ((at >= 510 && at < 720) || (at >= 780 && at < 1035));
}

static const struct bpr_worktime_unit hours[] = {
	{ NULL, "8:30-12:00 13:00-17:15", NULL },
	{ "戸籍係", "8:30-17:15; 土 9:00-12:00", "土日祝、12/29-1/3" },
	{ "税務係", "9:00-16:00", "土日、水" },
};

/* ---- logs ---- */

static int compare_plain(const void *a, const void *b)
{
	const struct plain *x = a, *y = b;

	if (x->of_case != y->of_case)
		return x->of_case - y->of_case;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return x->end != y->end ? (x->end < y->end ? -1 : 1) : x->before - y->before;
}

static bpr_log *random_log(struct plain *e, size_t count, int cases, size_t memory)
{
	bpr_log *log = log_begin(memory);
	char name[16];

	for (size_t i = 0; i < count; i++) {
		const bool on_time = draw(4) != 0;
		long day = first_day + (long)draw(28);

		e[i] = (struct plain){ (int)draw((unsigned)cases), (int)draw(4), (int)draw(4), (int)draw(3), draw(5) != 0, 0, 0, (int)i, false, 0, 0 };
		e[i].begin = day * DAY + (on_time ? 480 + (long)draw(600) : (long)draw(DAY));
		e[i].end = e[i].begin + (draw(3) ? (long)draw(60) : draw(10) ? 0 : (long)draw(3000));
		if (draw(6) == 0 && i) { /* together with another, or right behind it */
			e[i].step = e[i - 1].step;
			e[i].person = e[i - 1].person;
			e[i].started = e[i - 1].started;
			e[i].begin = draw(2) ? e[i - 1].begin : e[i - 1].end;
			e[i].end = e[i].begin + (long)draw(20);
		}
		e[i].begin = e[i].started ? e[i].begin : e[i].end;
	}
	qsort(e, count, sizeof(*e), compare_plain);
	for (size_t i = 0; i < count; i++) {
		(void)snprintf(name, sizeof(name), "%d", e[i].of_case);
		log_event(log, name, steps[e[i].step], e[i].started ? e[i].begin * MINUTE : BPR_LOG_NO_TIME, (int64_t)e[i].end * MINUTE, people[e[i].person],
			  units[e[i].unit]);
	}
	return log_end(log);
}

/* ---- a plain reading ---- */

static bool same_hands(const struct plain *a, const struct plain *b)
{
	return a->person == b->person && (a->person < 3 || a->unit == b->unit);
}

static bool at_work(const struct plain *e, long minute)
{
	return e->started && e->begin <= minute && minute < e->end;
}

static bool is_there(const struct plain *e, size_t count, const struct plain *who, long minute)
{
	const long day = minute / DAY;
	long first = (day + 1) * DAY, last = day * DAY;

	for (size_t i = 0; i < count; i++) {
		const long begin = e[i].begin > day * DAY ? e[i].begin : day * DAY;
		const long end = e[i].end < (day + 1) * DAY ? e[i].end : (day + 1) * DAY;

		if (!same_hands(&e[i], who) || e[i].begin / DAY > day || e[i].end / DAY < day)
			continue;
		first = begin < first ? begin : first;
		last = end > last ? end : last;
	}
	return first <= minute && minute < last;
}

static long measure(const struct plain *e, size_t count, const struct plain *who, long from, long to, bool there)
{
	long minutes = 0;

	for (long t = from; t < to; t++) {
		bool busy = false;

		for (size_t i = 0; i < count; i++)
			busy |= same_hands(&e[i], who) && at_work(&e[i], t);
		minutes += is_open(e[0].before, t) && !busy && (!there || is_there(e, count, who, t));
	}
	return minutes;
}

struct hand { struct plain *at[EVENTS]; size_t count; };

static int compare_hand(const void *a, const void *b)
{
	const struct plain *x = *(struct plain *const *)a, *y = *(struct plain *const *)b;

	return x->begin != y->begin ? (x->begin < y->begin ? -1 : 1) : x < y ? -1 : x > y;
}

/* e[0].before stands for the unit whose hours the resource keeps: that of its first event. */
static void judge(struct plain *e, size_t count, struct plain **run, size_t n, unsigned *batches)
{
	long came = run[0]->ready, complete = run[0]->ready;
	size_t together = 0;
	const int kept = e[0].before;
	int unit = 0;
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		came = run[i]->ready < came ? run[i]->ready : came;
		complete = run[i]->ready > complete ? run[i]->ready : complete;
		together += run[i]->begin - run[0]->begin <= 1;
	}
	for (size_t i = 0; i < count && !any; i++)
		if (same_hands(&e[i], run[0])) {
			unit = e[i].unit;
			any = true;
		}
	e[0].before = unit;
	if (together == n ? n >= (run[0]->started ? 2 : 3) && measure(e, count, run[0], came, run[0]->begin, false) >= 10
			  : n >= 3 && measure(e, count, run[0], came, run[0]->begin, true) >= 10) {
		*batches += 1;
		for (size_t i = 0; i < n; i++)
			run[i]->batch = complete;
	}
	e[0].before = kept;
}

static int kept_unit(const struct plain *e, size_t count, const struct plain *who)
{
	for (size_t i = 0; i < count; i++)
		if (same_hands(&e[i], who))
			return e[i].unit;
	return 2;
}

static long open_minutes(int unit, long from, long to)
{
	long minutes = 0;

	for (long t = from; t < to; t++)
		minutes += is_open(unit, t);
	return minutes;
}

static void find_batches(struct plain *e, size_t count, unsigned *batches)
{
	for (int person = 0; person < 3; person++)
		for (int step = 0; step < 4; step++) {
			struct hand h = { .count = 0 };
			size_t from = 0;
			long end = 0;

			for (size_t i = 0; i < count; i++)
				if (e[i].person == person && e[i].step == step)
					h.at[h.count++] = &e[i];
			qsort(h.at, h.count, sizeof(h.at[0]), compare_hand);
			for (size_t i = 0; i <= h.count; i++) {
				const struct plain *x = i < h.count ? h.at[i] : NULL;
				const bool on = x && i > from && h.at[from]->waits && x->waits && x->ready <= h.at[from]->begin && x->started == h.at[from]->started &&
						(x->begin - h.at[from]->begin <= 1 || (x->started && open_minutes(kept_unit(e, count, x), end, x->begin) <= 1));

				if (on) {
					end = x->end > end ? x->end : end;
					continue;
				}
				if (i > from && h.at[from]->waits)
					judge(e, count, &h.at[from], i - from, batches);
				from = i;
				end = x ? x->end : 0;
			}
		}
}

static enum bpr_wait_cause cause_of(const struct plain *e, size_t count, size_t i, long minute)
{
	size_t now = 0, then = 0;

	if (!is_open(e[i].unit, minute))
		return BPR_WAIT_CLOSED;
	for (size_t k = 0; k < i; k++)
		if (e[k].of_case == e[i].of_case && at_work(&e[k], minute))
			return BPR_WAIT_ELSEWHERE;
	if (minute < e[i].batch)
		return BPR_WAIT_BATCH;
	for (size_t k = 0; k < count; k++) {
		now += same_hands(&e[k], &e[i]) && at_work(&e[k], minute);
		then += same_hands(&e[k], &e[i]) && e[k].started && e[k].begin < e[i].begin && e[k].end > e[i].begin;
	}
	if (e[i].started && now > then)
		return BPR_WAIT_BUSY;
	return is_there(e, count, &e[i], minute) ? BPR_WAIT_REST : BPR_WAIT_ABSENT;
}

static void prepare(struct plain *e, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		e[i].waits = i && e[i].of_case == e[i - 1].of_case;
		e[i].ready = e[i].waits && e[i - 1].end < e[i].begin ? e[i - 1].end : e[i].begin;
		e[i].batch = 0;
	}
}

static void test_against_every_minute(void **s)
{
	double seen[BPR_WAIT_CAUSE_COUNT] = { 0 };
	unsigned batches = 0;

	(void)s;
	for (unsigned round = 0; round < 40; round++) {
		struct bpr_worktime_options options = BPR_WORKTIME_OPTIONS_INIT;
		struct plain e[EVENTS];
		double expected[4][BPR_WAIT_CAUSE_COUNT] = { { 0 } }, working = 0, found = 0;
		unsigned n = 0;
		bpr_worktime *w;
		const struct bpr_worktime_wait *waits;
		size_t count;
		bpr_log *log;

		state = 88172645463325252u + round * 7919;
		log = random_log(e, EVENTS, 8 + (int)draw(40), 0);
		prepare(e, EVENTS);
		find_batches(e, EVENTS, &n);
		batches += n;
		for (size_t i = 0; i < EVENTS; i++)
			for (long t = e[i].ready; t < e[i].begin; t++) {
				const enum bpr_wait_cause cause = cause_of(e, EVENTS, i, t);

				expected[e[i].step][cause]++;
				seen[cause]++;
				working += cause != BPR_WAIT_CLOSED;
			}
		options.units = hours;
		options.unit_count = 3;
		assert_int_equal(bpr_worktime_new(log, &options, &w, NULL, NULL), BPR_OK);
		waits = bpr_worktime_waits(w, &count);
		assert_in_range(count, 1, 4);
		for (size_t i = 0; i < count; i++)
			for (int step = 0; step < 4; step++)
				for (size_t c = 0; !strcmp(bpr_log_name(log, BPR_LOG_ACTIVITY, waits[i].to), steps[step]) && c < BPR_WAIT_CAUSE_COUNT; c++)
					if (fabs(waits[i].cause[c] - expected[step][c]) > 1e-6)
						fail_msg("round %u, %s, %s: %g, expected %g", round, steps[step], bpr_wait_cause_name((enum bpr_wait_cause)c),
							 waits[i].cause[c], expected[step][c]);
		waits = bpr_worktime_total(w);
		assert_true(fabs(waits->working.mean * (double)waits->working.count - working) < 1e-5);
		for (size_t c = 0; c < BPR_WAIT_CAUSE_COUNT; c++)
			found += waits->cause[c];
		assert_rel(found, waits->clock.mean * (double)waits->clock.count, 1e-9);
		{
			uint64_t all = 0;
			const struct bpr_worktime_batch *b = bpr_worktime_batches(w, &count);

			for (size_t i = 0; i < count; i++)
				all += b[i].batches;
			assert_int_equal(all, n);
		}
		bpr_worktime_free(w);
		bpr_log_free(log);
	}
	assert_true(batches > 40);
	for (size_t c = 0; c < BPR_WAIT_CAUSE_COUNT; c++)
		assert_true(seen[c] > 1000); /* else the test says nothing of it */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_every_minute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
