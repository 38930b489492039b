/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Working time of single waits worked out by hand: holidays of several years, summer time, hours as seen, people beside each other,
 * standard periods, batches, what is not known; and a log in a file gives what one in memory gives.
 */
#include "config.h"
#include "lib/log.h"
#include <bpr/worktime.h>

enum { MINUTE = 60000, HOUR = 60 };

static int64_t at(int year, int month, int day, int hour, int minute)
{
	return ((int64_t)bpr_date(year, month, day) * 1440 + hour * HOUR + minute) * MINUTE;
}

static bpr_worktime *look(const bpr_log *log, const struct bpr_worktime_options *options)
{
	bpr_worktime *w;
	struct bpr_error err = { 0 };

	if (bpr_worktime_new(log, options, &w, NULL, &err))
		fail_msg("%s", err.message);
	return w;
}

static struct bpr_worktime_options with(const struct bpr_worktime_unit *unit)
{
	struct bpr_worktime_options options = BPR_WORKTIME_OPTIONS_INIT;

	options.units = unit;
	options.unit_count = 1;
	return options;
}

static void test_long_waits_over_holidays(void **s)
{
	static const struct { int year, month, day; } until[] = { { 2024, 12, 27 }, { 2025, 5, 7 }, { 2026, 9, 24 }, { 2027, 1, 4 } };
	static const struct bpr_worktime_unit unit = { NULL, "8:30-12:00 13:00-17:15", NULL };
	const struct bpr_worktime_options options = with(&unit);

	(void)s;
	for (size_t i = 0; i < sizeof(until) / sizeof(until[0]); i++) {
		bpr_log *log = log_begin(0);
		const long first = bpr_date(2024, 4, 1), last = bpr_date(until[i].year, until[i].month, until[i].day);
		double expected = 0;
		bpr_worktime *w;

		log_event(log, "1", "受付", BPR_LOG_NO_TIME, at(2024, 4, 1, 9, 0), "佐藤", "税務課");
		log_event(log, "1", "交付", at(until[i].year, until[i].month, until[i].day, 10, 15), at(until[i].year, until[i].month, until[i].day, 10, 20), "佐藤", "税務課");
		log_end(log);
		for (long day = first; day <= last; day++) { /* every day of two and a half years */
			int year, month, of_month;
			const unsigned weekday = (unsigned)((day + 3) % 7);

			bpr_date_parts(day, &year, &month, &of_month);
			if (weekday > 4 || bpr_date_holiday(day) || (month == 12 && of_month > 28) || (month == 1 && of_month < 4))
				continue;
			expected += 3.5 * HOUR + 4.25 * HOUR;
		}
		expected -= 30;                    /* the first half hour of the first day */
		expected -= 2 * HOUR - 15 + 4.25 * HOUR; /* what is left of the last: it is an office day in each */
		w = look(log, &options);
		assert_rel(bpr_worktime_total(w)->working.mean, expected, 1e-12);
		assert_rel(bpr_worktime_total(w)->clock.mean, (double)(last - first) * 1440 + 75, 1e-12);
		bpr_worktime_free(w);
		bpr_log_free(log);
	}
}

static void add(bpr_log *log, const char *name, const char *activity, int64_t start, int64_t end, int offset)
{
	const struct bpr_log_event event = { start == BPR_LOG_NO_TIME ? start : start - (int64_t)offset * MINUTE, end - (int64_t)offset * MINUTE,
					     log_named(log, BPR_LOG_ACTIVITY, activity), log_named(log, BPR_LOG_RESOURCE, "de Vries"), BPR_LOG_NONE, BPR_LOG_NONE,
					     BPR_LOG_NONE, (int16_t)offset, 0 };

	log->info.offsets = true;
	assert_true(bpr_i_log_add(log, log_named(log, BPR_LOG_CASE, name), &event));
}

/* Clocks in the Netherlands: forward on 2024-03-31, back on 2024-10-27. Hours are those of the local clock; lengths those of instants. */
static void test_summer_time(void **s)
{
	static const struct bpr_worktime_unit unit = { NULL, "9:00-17:00", "土日" };
	struct bpr_worktime_options options = with(&unit);

	(void)s;
	for (unsigned clock = 0; clock < 2; clock++)
		for (unsigned autumn = 0; autumn < 2; autumn++) {
			bpr_log *log = log_begin(0);
			const int64_t from = autumn ? at(2024, 10, 25, 16, 0) : at(2024, 3, 29, 16, 0), to = from + (int64_t)(65 * HOUR) * MINUTE; /* Friday to Monday */
			const struct bpr_worktime_wait *total;
			bpr_worktime *w;

			add(log, "1", "a", from - 10 * MINUTE, from, autumn ? 120 : 60);
			add(log, "1", "b", to, to + 10 * MINUTE, autumn ? 60 : 120);
			log_end(log);
			options.clock = clock;
			w = look(log, &options);
			total = bpr_worktime_total(w);
			assert_rel(total->clock.mean, (autumn ? 66 : 64) * HOUR, 1e-12);
			assert_rel(total->working.mean, clock ? (autumn ? 65 : 64) * HOUR : HOUR, 1e-12);
			assert_true(fabs(total->cause[BPR_WAIT_CLOSED] + total->working.mean - total->clock.mean) < 1e-9);
			bpr_worktime_free(w);
			bpr_log_free(log);
		}
}

/* ---- hours as seen ---- */

static uint64_t state;

static unsigned draw(unsigned below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 33) % below);
}

/* Two units: one 8:30 to 17:15 with a break, one 10:00 to 19:00 on Tuesdays to Saturdays; nobody on public holidays. Every event of its own. */
static bpr_log *office_log(size_t memory)
{
	bpr_log *log = log_begin(memory);
	char name[16];

	state = 88172645463325252u;
	for (long day = bpr_date(2025, 4, 1); day < bpr_date(2026, 4, 1); day++) {
		const unsigned weekday = (unsigned)((day + 3) % 7);

		if (bpr_date_holiday(day))
			continue;
		for (int i = 0; i < 40; i++) {
			const bool early = i % 2 == 0;
			const int minute = early ? 510 + (int)draw(465) : 600 + (int)draw(540);
			const int64_t when = ((int64_t)day * 1440 + (early && minute >= 720 ? minute + 60 : minute)) * MINUTE;

			if (early ? weekday > 4 : weekday == 0 || weekday > 5)
				continue;
			(void)snprintf(name, sizeof(name), "%ld", (long)(when / MINUTE) % 700 + 1000 * (day % 7));
			log_event(log, name, early ? "受付" : "審査", draw(3) ? when : BPR_LOG_NO_TIME, when + (int64_t)draw(3) * MINUTE, draw(2) ? "佐藤" : "鈴木",
				  early ? "市民課" : "図書館");
		}
	}
	return log_end(log);
}

static void test_hours_as_seen(void **s)
{
	struct bpr_worktime_options options = BPR_WORKTIME_OPTIONS_INIT;
	bpr_log *log = office_log(0);
	bpr_worktime *w = look(log, &options);
	const struct bpr_worktime_hours *h;
	size_t count;

	(void)s;
	assert_true(bpr_worktime_basis(w)->holidays);
	assert_false(bpr_worktime_basis(w)->given);
	h = bpr_worktime_hours(w, &count);
	assert_int_equal(count, 3);
	assert_true(h[0].unit == BPR_LOG_NONE && h[1].own && h[2].own);
	for (size_t i = 1; i < 3; i++) {
		const bool early = !strcmp(bpr_log_name(log, BPR_LOG_UNIT, h[i].unit), "市民課");

		assert_rel(h[i].open_minutes_per_week, early ? 5 * 7.75 * HOUR : 5 * 9.0 * HOUR, 1e-12);
		for (unsigned day = 0; day < 7; day++) {
			const bool open = early ? day < 5 : day > 0 && day < 6;

			assert_int_equal(h[i].seen[day].to > h[i].seen[day].from, open);
			assert_int_equal(h[i].days_seen[day] > 40, open);
			if (open) {
				assert_true(h[i].seen[day].from >= (early ? 510 : 600) && h[i].seen[day].from <= (early ? 510 : 600) + 30);
				assert_true(h[i].seen[day].to <= (early ? 1035 : 1140) + 5 && h[i].seen[day].to >= (early ? 1035 : 1140) - 30);
			}
		}
		assert_true(h[i].outside * 100 < h[i].events);
	}
	bpr_worktime_free(w);
	bpr_log_free(log);
}

static bool same_stat(const struct bpr_mine_stat *a, const struct bpr_mine_stat *b)
{
	return a->count == b->count && !memcmp(&a->mean, &b->mean, sizeof(*a) - offsetof(struct bpr_mine_stat, mean));
}

static void same_waits(const struct bpr_worktime_wait *a, const struct bpr_worktime_wait *b, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_true(a[i].from == b[i].from && a[i].to == b[i].to && a[i].without_start == b[i].without_start);
		assert_true(same_stat(&a[i].clock, &b[i].clock) && same_stat(&a[i].working, &b[i].working));
		assert_memory_equal(a[i].cause, b[i].cause, sizeof(a[i].cause));
	}
}

/* To the last digit: the same records in the same order, whether they went through files or not. */
static void test_files(void **s)
{
	struct bpr_worktime_options options = BPR_WORKTIME_OPTIONS_INIT;
	bpr_log *log[2] = { office_log(0), office_log(1) };
	bpr_worktime *w[2];
	size_t count[2];

	(void)s;
	w[0] = look(log[0], &options);
	options.memory = 1;
	w[1] = look(log[1], &options);
	same_waits(bpr_worktime_total(w[0]), bpr_worktime_total(w[1]), 1);
	{
		const struct bpr_worktime_wait *a = bpr_worktime_arcs(w[0], &count[0]), *b = bpr_worktime_arcs(w[1], &count[1]);

		assert_true(count[0] == count[1] && count[0] > 2);
		same_waits(a, b, count[0]);
	}
	{
		const struct bpr_worktime_staff *a = bpr_worktime_staff(w[0], &count[0]), *b = bpr_worktime_staff(w[1], &count[1]);

		assert_int_equal(count[0], count[1]);
		for (size_t i = 0; i < count[0]; i++)
			assert_true(a[i].people == b[i].people && !memcmp(&a[i].mean_busy, &b[i].mean_busy, sizeof(double) * 5));
	}
	for (size_t i = 0; i < 2; i++) {
		bpr_worktime_free(w[i]);
		bpr_log_free(log[i]);
	}
}

/* ---- people ---- */

static void test_people(void **s)
{
	static const struct bpr_worktime_unit unit = { NULL, "9:00-17:00", NULL };
	const struct bpr_worktime_options options = with(&unit);
	bpr_log *log = log_begin(0);
	const struct bpr_worktime_staff *staff;
	bpr_worktime *w;
	size_t count;

	(void)s;
	/* Monday: A 9-11 and 13-14, B 10-12; Tuesday: A 9-17, B and C at 12 for a moment; the log runs from Monday 9:00 to Tuesday 17:00. */
	log_event(log, "1", "x", at(2025, 6, 2, 9, 0), at(2025, 6, 2, 11, 0), "A", "u");
	log_event(log, "2", "x", at(2025, 6, 2, 10, 0), at(2025, 6, 2, 12, 0), "B", "u");
	log_event(log, "3", "x", at(2025, 6, 2, 13, 0), at(2025, 6, 2, 14, 0), "A", "u");
	log_event(log, "4", "x", at(2025, 6, 3, 9, 0), at(2025, 6, 3, 17, 0), "A", "u");
	log_event(log, "5", "x", at(2025, 6, 3, 9, 30), at(2025, 6, 3, 16, 0), "A", "v"); /* two at a time */
	log_event(log, "6", "x", BPR_LOG_NO_TIME, at(2025, 6, 3, 12, 0), "B", "u");
	log_event(log, "7", "x", BPR_LOG_NO_TIME, at(2025, 6, 3, 12, 0), "C", "u");
	log_end(log);
	w = look(log, &options);
	staff = bpr_worktime_staff(w, &count);
	assert_int_equal(count, 3);
	assert_true(staff[0].unit == BPR_LOG_NONE && staff[0].people == 3 && staff[1].people == 3 && staff[2].people == 1);
	assert_rel(staff[0].mean_busy, (2 + 2 + 1 + 8) / 16.0, 1e-12);
	assert_rel(staff[0].most_busy, 2, 1e-12);
	assert_rel(staff[0].mean_present, (5 + 2 + 8) / 16.0, 1e-12);
	assert_rel(staff[0].most_present, 3, 1e-12);
	assert_rel(staff[0].utilisation, 13 / 15.0, 1e-12);
	assert_rel(staff[2].mean_busy, 6.5 / 16, 1e-12);
	assert_rel(staff[2].most_busy, 1, 1e-12);
	assert_rel(staff[2].utilisation, 1, 1e-12);
	bpr_worktime_free(w);
	bpr_log_free(log);
}

/* ---- batches ---- */

/* Applications come in all day and are signed at 16:00; the person answers other letters before, with time to spare. */
static void test_batch(void **s)
{
	static const struct bpr_worktime_unit unit = { NULL, "9:00-17:00", NULL };
	const struct bpr_worktime_options options = with(&unit);
	const struct bpr_worktime_batch *b;
	const struct bpr_worktime_wait *total;
	bpr_log *log = log_begin(0);
	bpr_worktime *w;
	size_t count;
	char name[16];

	(void)s;
	for (int day = 2; day < 7; day++) /* Monday to Friday */
		for (int i = 0; i < 6; i++) {
			(void)snprintf(name, sizeof(name), "%d-%d", day, i);
			log_event(log, name, "審査", at(2025, 6, day, 9 + i, 0), at(2025, 6, day, 9 + i, 30), "鈴木", NULL);
			log_event(log, name, "決裁", at(2025, 6, day, 16, i), at(2025, 6, day, 16, i + 1), "課長", NULL);
			(void)snprintf(name, sizeof(name), "手紙%d-%d", day, i);
			log_event(log, name, "返信", at(2025, 6, day, 9 + i, 0), at(2025, 6, day, 9 + i, 45), "課長", NULL);
		}
	log_end(log);
	w = look(log, &options);
	b = bpr_worktime_batches(w, &count);
	assert_int_equal(count, 1);
	assert_string_equal(bpr_log_name(log, BPR_LOG_ACTIVITY, b[0].activity), "決裁");
	assert_true(b[0].batches == 5 && b[0].events == 30 && b[0].of == 30);
	assert_rel(b[0].mean_size, 6, 1e-12);
	assert_rel(b[0].mean_wait_minutes, (5 + 4 + 3 + 2 + 1 + 0) * HOUR / 6.0, 1e-12);
	assert_rel(b[0].every_minutes, 1440, 1e-12);
	total = bpr_worktime_total(w);
	assert_rel(total->cause[BPR_WAIT_BATCH], 5 * 15.0 * HOUR, 1e-12);
	assert_rel(total->cause[BPR_WAIT_BUSY], 5 * (6 * 15 + 0 + 1 + 2 + 3 + 4 + 5), 1e-12); /* at a letter until 14:45; then behind the one before */
	bpr_worktime_free(w);
	bpr_log_free(log);
}

/* One queue of one person who is never idle: whatever runs behind each other is no batch. */
static void test_queue_is_no_batch(void **s)
{
	static const struct bpr_worktime_unit unit = { NULL, "9:00-17:00", NULL };
	const struct bpr_worktime_options options = with(&unit);
	bpr_log *log = log_begin(0);
	const struct bpr_worktime_wait *total;
	bpr_worktime *w;
	size_t count;
	char name[16];

	(void)s;
	for (int i = 0; i < 40; i++) { /* one comes every five minutes, each takes ten */
		(void)snprintf(name, sizeof(name), "%d", i);
		log_event(log, name, "発券", BPR_LOG_NO_TIME, at(2025, 6, 2, 9, 0) + (int64_t)i * 5 * MINUTE, "発券機", NULL);
		log_event(log, name, "受付", at(2025, 6, 2, 9, 0) + (int64_t)i * 10 * MINUTE, at(2025, 6, 2, 9, 10) + (int64_t)i * 10 * MINUTE, "佐藤", NULL);
	}
	log_end(log);
	w = look(log, &options);
	(void)bpr_worktime_batches(w, &count);
	assert_int_equal(count, 0);
	total = bpr_worktime_total(w);
	assert_rel(total->cause[BPR_WAIT_BUSY], 5.0 * 39 * 40 / 2, 1e-12);
	assert_rel(total->clock.mean * 40, 5.0 * 39 * 40 / 2, 1e-12);
	bpr_worktime_free(w);
	bpr_log_free(log);
}

/* ---- standard periods ---- */

static void test_standard(void **s)
{
	struct bpr_worktime_unit unit = { NULL, "8:30-17:15", NULL };
	struct bpr_worktime_options options = with(&unit);
	const struct bpr_worktime_standard *p;
	bpr_log *log = log_begin(0);
	bpr_worktime *w;

	(void)s;
	/* Friday 2025-05-02, then holidays until the 6th: the 7th is the first office day behind it. */
	log_event(log, "1", "受付", BPR_LOG_NO_TIME, at(2025, 5, 2, 16, 0), NULL, NULL);
	log_event(log, "1", "交付", BPR_LOG_NO_TIME, at(2025, 5, 7, 9, 0), NULL, NULL);   /* 1 day */
	log_event(log, "2", "受付", BPR_LOG_NO_TIME, at(2025, 5, 7, 9, 0), NULL, NULL);
	log_event(log, "2", "交付", BPR_LOG_NO_TIME, at(2025, 5, 7, 17, 0), NULL, NULL);  /* 0 days */
	log_event(log, "3", "受付", BPR_LOG_NO_TIME, at(2025, 5, 7, 9, 0), NULL, NULL);
	log_event(log, "3", "交付", BPR_LOG_NO_TIME, at(2025, 5, 14, 9, 0), NULL, NULL);  /* 5 days */
	log_event(log, "4", "受付", BPR_LOG_NO_TIME, at(2025, 5, 2, 9, 0), NULL, NULL);   /* open: 6 days at the end of the log, late */
	log_event(log, "5", "受付", BPR_LOG_NO_TIME, at(2025, 5, 13, 9, 0), NULL, NULL);  /* open: 1 day */
	log_event(log, "6", "相談", BPR_LOG_NO_TIME, at(2025, 5, 13, 9, 0), NULL, NULL);  /* never came in */
	log_end(log);
	options.standard_days = 2;
	options.standard_from = "受付";
	options.standard_to = "交付";
	w = look(log, &options);
	p = bpr_worktime_standard(w);
	assert_non_null(p);
	assert_true(p->cases == 5 && p->finished == 3 && p->within == 2 && p->open == 2 && p->late == 1);
	assert_rel(p->share, 0.5, 1e-12);
	assert_rel(p->low, 0.1500389892858784, 1e-9); /* Wilson of 2 in 4 */
	assert_rel(p->high, 0.8499610107141216, 1e-9);
	/* at risk: 5 at 0 days (1 done), 4 at 1 day (1 done, 1 lost behind it): S = 4/5 * 3/4 */
	assert_rel(p->km_share, 1 - 0.8 * 0.75, 1e-12);
	assert_rel(p->taken.mean, 2, 1e-12);
	assert_rel(p->taken.p50, 1, 1e-12);
	bpr_worktime_free(w);
	options.standard_from = options.standard_to = NULL; /* by how cases end: 交付 ends all of its, 受付 two of five */
	w = look(log, &options);
	p = bpr_worktime_standard(w);
	assert_true(p->cases == 6 && p->finished == 4 && p->open == 2);
	bpr_worktime_free(w);
	options.standard_to = "ない";
	assert_int_equal(bpr_worktime_new(log, &options, &w, NULL, NULL), BPR_EINVAL);
	assert_null(w);
	bpr_log_free(log);
}

/* ---- what is wrong ---- */

static void test_hours_not_understood(void **s)
{
	static const struct bpr_worktime_unit bad[] = { { NULL, "いつでも開", NULL }, { "税務課", "8:30-17:15", "ときどき" } };
	struct bpr_worktime_options options = BPR_WORKTIME_OPTIONS_INIT;
	bpr_problems *problems;
	bpr_log *log = log_begin(0);
	bpr_worktime *w;

	(void)s;
	log_event(log, "1", "受付", BPR_LOG_NO_TIME, at(2025, 5, 2, 16, 0), NULL, "税務課");
	log_end(log);
	for (size_t i = 0; i < 2; i++) {
		options.units = &bad[i];
		options.unit_count = 1;
		assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
		assert_int_equal(bpr_worktime_new(log, &options, &w, problems, NULL), BPR_ESYNTAX);
		assert_null(w);
		assert_int_equal(bpr_problems_count(problems), 1);
		assert_string_equal(bpr_problems_get(problems, 0).where, i ? "税務課" : "open");
		bpr_problems_free(problems);
	}
	bpr_log_free(log);
}

static void test_empty(void **s)
{
	struct bpr_worktime_options options = BPR_WORKTIME_OPTIONS_INIT;
	bpr_log *log = log_end(log_begin(0));
	bpr_worktime *w;
	size_t count;

	(void)s;
	options.standard_days = 14;
	w = look(log, &options);
	assert_int_equal(bpr_worktime_total(w)->clock.count, 0);
	(void)bpr_worktime_hours(w, &count);
	assert_int_equal(count, 0);
	(void)bpr_worktime_arcs(w, &count);
	assert_int_equal(count, 0);
	bpr_worktime_free(w);
	bpr_log_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_long_waits_over_holidays), cmocka_unit_test(test_summer_time),	  cmocka_unit_test(test_hours_as_seen),
		cmocka_unit_test(test_files),			 cmocka_unit_test(test_people),		  cmocka_unit_test(test_batch),
		cmocka_unit_test(test_queue_is_no_batch),	 cmocka_unit_test(test_standard),	  cmocka_unit_test(test_hours_not_understood),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
