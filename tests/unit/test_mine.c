/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a log says, by hand: small logs whose figures are counted on fingers. */
#include "lib/log.h"
#include "mine/mine_i.h"

static bpr_mining *mined(const bpr_log *log, const struct bpr_mine_options *options)
{
	bpr_mining *m = NULL;
	struct bpr_error err = { 0 };

	assert_int_equal(bpr_mine(log, options, &m, NULL, &err), BPR_OK);
	assert_non_null(m);
	return m;
}

/* "3*abc|acb|ab": a minute from event to event, an hour from case to case. */
static void test_counts(void **state)
{
	bpr_log *log = log_of("3*abc|acb|ab");
	bpr_mining *m = mined(log, NULL);
	const struct bpr_mine_totals *t = bpr_mining_totals(m);
	const struct bpr_mine_activity *a;
	const struct bpr_mine_arc *arcs;
	const struct bpr_mine_variant *v;
	size_t count;

	(void)state;
	assert_int_equal(t->cases, 5);
	assert_int_equal(t->events, 14);
	assert_int_equal(t->pairs, 9);
	assert_int_equal(t->variants, 3);
	assert_int_equal(t->variants_once, 2);
	assert_int_equal(t->without_resource, 14);
	assert_rel(t->minutes.mean, 1.8, 1e-15);
	assert_rel(t->minutes.p50, 2, 0);
	assert_rel(t->length.mean, 2.8, 1e-15);
	a = bpr_mining_activities(m, &count);
	assert_int_equal(count, 3);
	assert_int_equal(a[0].starts, 5);
	assert_int_equal(a[1].ends, 2);
	assert_int_equal(a[2].cases, 4);
	assert_int_equal(a[2].before.count, 4);
	assert_rel(a[2].before.p50, 1, 0);
	arcs = bpr_mining_arcs(m, &count);
	assert_int_equal(count, 4); /* ab 4, bc 3, ac 1, cb 1 */
	assert_true(arcs[0].from == 0 && arcs[0].to == 1 && arcs[0].count == 4);
	assert_true(arcs[2].from == 0 && arcs[2].to == 2 && arcs[2].count == 1);
	assert_true(arcs[3].from == 2 && arcs[3].to == 1 && arcs[3].count == 1);
	v = bpr_mining_variants(m, &count);
	assert_int_equal(count, 3);
	assert_true(v[0].count == 3 && v[0].length == 3 && v[0].activities[2] == 2 && v[0].example == 0);
	assert_true(v[1].count == 1 && v[1].activities[1] == 2 && v[1].example == 3);
	bpr_mining_free(m);
	bpr_log_free(log);
}

/* ---- cases that are not over ---- */

/*
 * Remission of leukaemia under 6-mercaptopurine, weeks; 0 behind: still in remission (Freireich et al., Blood 21, 1963). Estimates
 * and standard errors: Kalbfleisch & Prentice, or Kleinbaum & Klein, Survival Analysis, table of chapter 2; intervals on the scale
 * log(-log S): Stata Survival Analysis Reference Manual, "sts list".
 */
static const struct { int weeks; bool ended; } patients[] = {
	{ 6, true }, { 6, true }, { 6, true }, { 6, false }, { 7, true }, { 9, false }, { 10, true }, { 10, false }, { 11, false }, { 13, true },
	{ 16, true }, { 17, false }, { 19, false }, { 20, false }, { 22, true }, { 23, true }, { 25, false }, { 32, false }, { 32, false },
	{ 34, false }, { 35, false },
};
static const struct { int weeks; double open, low, high; size_t at_risk, ended; } remission[] = {
	{ 6, 0.8571, 0.6197, 0.9516, 21, 3 }, { 7, 0.8067, 0.5631, 0.9228, 17, 1 }, { 10, 0.7529, 0.5032, 0.8894, 15, 1 },
	{ 13, 0.6902, 0.4316, 0.8491, 12, 1 }, { 16, 0.6275, 0.3675, 0.8049, 11, 1 }, { 22, 0.5378, 0.2678, 0.7468, 7, 1 },
	{ 23, 0.4482, 0.1881, 0.6801, 6, 1 },
};

static void test_survival(void **state)
{
	static const char *const ends[] = { "z" };
	const int64_t week = 7 * 86400000ll, last = 40 * week;
	struct bpr_mine_options options = BPR_MINE_OPTIONS_INIT;
	const struct bpr_mine_survival *s;
	bpr_log *log = log_begin(0);
	bpr_mining *m;
	size_t count;

	(void)state;
	for (size_t i = 0; i < sizeof(patients) / sizeof(patients[0]); i++) {
		char name[16];

		(void)snprintf(name, sizeof(name), "%zu", i);
		log_event(log, name, "a", BPR_LOG_NO_TIME, last - patients[i].weeks * week, NULL, NULL);
		if (patients[i].ended)
			log_event(log, name, "z", BPR_LOG_NO_TIME, last, NULL, NULL);
	}
	options.ends = ends;
	options.end_count = 1;
	m = mined(log_end(log), &options);
	s = bpr_mining_survival(m, &count);
	assert_int_equal(count, sizeof(remission) / sizeof(remission[0]));
	for (size_t i = 0; i < count; i++) {
		assert_rel(s[i].minutes, remission[i].weeks * 10080.0, 0);
		assert_true(fabs(s[i].open - remission[i].open) <= 5e-5);
		assert_true(fabs(s[i].low - remission[i].low) <= 5.1e-5 && fabs(s[i].high - remission[i].high) <= 5.1e-5);
		assert_true(s[i].at_risk == remission[i].at_risk && s[i].ended == remission[i].ended);
	}
	assert_rel(bpr_mining_totals(m)->km_median, 23 * 10080.0, 0);
	assert_int_equal(bpr_mining_totals(m)->unfinished, 12);
	bpr_mining_free(m);
	bpr_log_free(log);
}

static void one_result(bpr_log *log, const char *name, const char *result, uint16_t flags)
{
	struct bpr_log_event event = { BPR_LOG_NO_TIME, 0, log_named(log, BPR_LOG_ACTIVITY, "a"), BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE,
				       BPR_LOG_NONE, 0, flags };
	const uint32_t index = log_named(log, BPR_LOG_CASE, name);

	assert_true(bpr_i_log_add(log, index, &event));
	if (result)
		assert_true(bpr_i_log_result(log, index, log_named(log, BPR_LOG_RESULT, result)));
}

/* Words for how a case ended; without one, a last event that was given up. */
static void test_results(void **state)
{
	bpr_log *log = log_begin(0);
	bpr_mining *m;
	const struct bpr_mine_totals *t;

	(void)state;
	one_result(log, "1", "完了", 0);
	one_result(log, "2", "却下", 0); /* refused is over */
	one_result(log, "3", "本人取消", 0);
	one_result(log, "4", "不在", BPR_LOG_BROKEN);
	one_result(log, "5", "Withdrawn", 0);
	one_result(log, "6", "審査中", 0);
	one_result(log, "7", "Pending", 0);
	one_result(log, "8", NULL, 0);
	one_result(log, "9", NULL, BPR_LOG_BROKEN);
	m = mined(log_end(log), NULL);
	t = bpr_mining_totals(m);
	assert_int_equal(t->end_method, BPR_MINE_END_RESULT);
	assert_int_equal(t->finished, 2);
	assert_int_equal(t->cancelled, 4);
	assert_int_equal(t->unfinished, 3);
	bpr_mining_free(m);
	bpr_log_free(log);
}

/* Where results only say what was cancelled the others are judged; an activity that usually comes last ends a case. */
static void test_judged(void **state)
{
	bpr_log *log = log_begin(0);
	bpr_mining *m;
	const struct bpr_mine_totals *t;

	(void)state;
	for (int i = 0; i < 10; i++) {
		char name[16];

		(void)snprintf(name, sizeof(name), "%d", i);
		log_event(log, name, "a", BPR_LOG_NO_TIME, i * 3600000, NULL, NULL);
		if (i != 9 && i != 3) /* 3 has been quiet for long, 9 for less than the hour that others take */
			log_event(log, name, "z", BPR_LOG_NO_TIME, i * 3600000 + 3600000, NULL, NULL);
	}
	assert_true(bpr_i_log_result(log, 0, log_named(log, BPR_LOG_RESULT, "取消")));
	m = mined(log_end(log), NULL);
	t = bpr_mining_totals(m);
	assert_int_equal(t->end_method, BPR_MINE_END_JUDGED);
	assert_int_equal(t->finished, 8);
	assert_int_equal(t->cancelled, 1);
	assert_int_equal(t->unfinished, 1);
	bpr_mining_free(m);
	bpr_log_free(log);
}

/* ---- options ---- */

static void refused(const bpr_log *log, const struct bpr_mine_options *options, const char *code, const char *near)
{
	bpr_problems *problems = NULL;
	bpr_mining *m = NULL;
	struct bpr_error err = { 0 };

	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_mine(log, options, &m, problems, &err), BPR_EINVAL);
	assert_null(m);
	assert_int_equal(err.status, BPR_EINVAL);
	assert_int_equal(bpr_problems_count(problems), 1);
	assert_string_equal(bpr_problems_get(problems, 0).code->code, code);
	assert_string_equal(bpr_problems_get(problems, 0).args[1], near);
	bpr_problems_free(problems);
}

static void test_names(void **state)
{
	static const struct { const char *name, *code, *near; } cases[] = {
		{ "審査け", "L300", "審査受付" }, { "CHECK TICKET", "L300", "check ticket" }, { "chekc tiket", "L301", "" }, { "check ticke", "L300", "check ticket" },
		{ "ticket", "L300", "check ticket" }, { "", "L301", "" }, { "払", "L301", "" }, { "審査受付済", "L300", "審査受付" },
	};
	struct bpr_mine_options options = BPR_MINE_OPTIONS_INIT;
	bpr_log *log = log_begin(0);

	(void)state;
	log_event(log, "1", "審査受付", BPR_LOG_NO_TIME, 0, NULL, NULL);
	log_event(log, "1", "check ticket", BPR_LOG_NO_TIME, 1, NULL, NULL);
	(void)log_end(log);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *const names[] = { cases[i].name };

		options = (struct bpr_mine_options)BPR_MINE_OPTIONS_INIT;
		options.ends = i % 3 == 0 ? names : NULL;
		options.end_count = i % 3 == 0;
		options.starts = i % 3 == 1 ? names : NULL;
		options.start_count = i % 3 == 1;
		options.only = i % 3 == 2 ? names : NULL;
		options.only_count = i % 3 == 2;
		refused(log, &options, cases[i].code, cases[i].near);
	}
	options.size = 0;
	assert_int_equal(bpr_mine(log, &options, &(bpr_mining *){ NULL }, NULL, NULL), BPR_EINVAL);
	bpr_log_free(log);
}

static bool stop(void *data, double done)
{
	unsigned *calls = data;

	assert_true(done >= 0 && done <= 1);
	return (*calls)-- > 0;
}

static void test_stop(void **state)
{
	struct bpr_mine_options options = BPR_MINE_OPTIONS_INIT;
	bpr_log *log = log_of("9000*ab");
	unsigned calls, stopped = 0;
	bpr_mining *m = NULL;
	bpr_status status = BPR_ECANCELLED;

	(void)state;
	options.progress = stop;
	options.progress_data = &calls;
	for (unsigned i = 0; status == BPR_ECANCELLED; i++) {
		calls = i;
		status = bpr_mine(log, &options, &m, NULL, NULL);
		stopped += status == BPR_ECANCELLED;
	}
	assert_int_equal(status, BPR_OK);
	assert_int_equal(stopped, 4); /* at the begin, twice on the way, at the end */
	bpr_mining_free(m);
	bpr_log_free(log);
}

static void test_further_variants(void **state)
{
	struct bpr_mine_options options = BPR_MINE_OPTIONS_INIT;
	bpr_log *log = log_of("2*ab|abc|3*ab|acb|2*abc|a");
	bpr_problems *problems = NULL;
	bpr_mining *m = NULL;
	size_t count;

	(void)state;
	options.max_variants = 2;
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_mine(log, &options, &m, problems, NULL), BPR_OK);
	assert_non_null(m);
	(void)bpr_mining_variants(m, &count);
	assert_int_equal(count, 2);
	assert_int_equal(bpr_mining_totals(m)->variants_rest, 2);
	assert_int_equal(bpr_problems_count(problems), 1);
	assert_string_equal(bpr_problems_get(problems, 0).code->code, "L303");
	assert_string_equal(bpr_problems_get(problems, 0).args[0], "2");
	bpr_problems_free(problems);
	bpr_mining_free(m);
	bpr_log_free(log);
}

/* ---- logs at the edges ---- */

static void test_empty(void **state)
{
	bpr_log *log = log_end(log_begin(0));
	bpr_mining *m = mined(log, NULL);
	size_t count;

	(void)state;
	assert_int_equal(bpr_mining_totals(m)->cases, 0);
	assert_true(isnan(bpr_mining_totals(m)->km_median));
	(void)bpr_mining_days(m, &count);
	assert_int_equal(count, 0);
	(void)bpr_mining_survival(m, &count);
	assert_int_equal(count, 0);
	bpr_mining_free(m);
	bpr_log_free(log);
}

/* A year 9999 that stands for "not known", and times at the ends of what a number holds. */
static void far_apart(int64_t first, int64_t last)
{
	bpr_problems *problems = NULL;
	bpr_log *log = log_begin(0);
	bpr_mining *m = NULL;
	size_t count;

	log_event(log, "1", "a", BPR_LOG_NO_TIME, first, "p", NULL);
	log_event(log, "1", "b", BPR_LOG_NO_TIME, last, "p", NULL);
	log_event(log, "2", "a", BPR_LOG_NO_TIME, first + 60000, "q", NULL);
	(void)log_end(log);
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_mine(log, NULL, &m, problems, NULL), BPR_OK);
	assert_non_null(m);
	assert_int_equal(bpr_problems_count(problems), 1);
	assert_string_equal(bpr_problems_get(problems, 0).code->code, "L302");
	(void)bpr_mining_days(m, &count);
	assert_int_equal(count, 0);
	(void)bpr_mining_months(m, &count);
	assert_int_equal(count, 0);
	assert_int_equal(bpr_mining_totals(m)->pairs, 1);
	assert_true(bpr_mining_totals(m)->minutes.max > 1e8 && isfinite(bpr_mining_totals(m)->minutes.sd));
	bpr_problems_free(problems);
	bpr_mining_free(m);
	bpr_log_free(log);
}

static void test_far_apart(void **state)
{
	(void)state;
	far_apart(1711929600000, 253402214400000);
	far_apart(INT64_MIN + 1, INT64_MAX);
}

/* Sums of squares past 64 bits: n durations of a day and n of a thousand years; mean and deviation by hand. */
static void test_wide(void **state)
{
	struct bpr_mine_figure f = { 0 };
	struct bpr_mine_stat s;
	const uint64_t day = 86400000, ages = day * 365250;

	(void)state;
	bpr_i_mine_figure_begin(&f, 100);
	for (int i = 0; i < 500; i++) {
		bpr_i_mine_figure_add(&f, day);
		bpr_i_mine_figure_add(&f, ages);
	}
	assert_true(bpr_i_mine_figure_stat(&f, (double)day, &s));
	assert_rel(s.mean, 365251 / 2.0, 1e-15);
	assert_rel(s.sd, 365249 / 2.0 * sqrt(1000.0 / 999), 1e-14);
	assert_rel(s.max, 365250, 1e-15);
	assert_rel(s.p90, 365250, 1.0 / 1024);
	assert_rel(s.quantile_error, 1.0 / 1024, 0);
	bpr_i_sketch_release(&f.values);
	f = (struct bpr_mine_figure){ 0 };
	bpr_i_mine_figure_begin(&f, 100);
	for (uint64_t i = 0; i < 3; i++) /* a spread of a millisecond about 35,000 years loses no digit */
		bpr_i_mine_figure_add(&f, BPR_I_MINE_LONGEST - i);
	assert_true(bpr_i_mine_figure_stat(&f, 1, &s));
	assert_rel(s.sd, 1, 1e-15);
	bpr_i_sketch_release(&f.values);
}

/* ---- many events ---- */

enum { MANY = 2400000, PEOPLE = 10 };

/* Ten people, each ends a step every two minutes of an eight-hour day; each step is a case of its own. */
static void test_many(void **state)
{
	bpr_log *log = log_begin(0);
	struct bpr_log_event e = { BPR_LOG_NO_TIME, 0, 0, 0, BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE, 540, 0 };
	const struct bpr_mine_activity *a;
	const struct bpr_mine_totals *t;
	const uint32_t days = MANY / PEOPLE / 240;
	bpr_mining *m;
	size_t count;

	(void)state;
	(void)log_named(log, BPR_LOG_ACTIVITY, "a");
	for (int i = 0; i < PEOPLE; i++) {
		char name[16];

		(void)snprintf(name, sizeof(name), "p%d", i);
		assert_int_equal(log_named(log, BPR_LOG_RESOURCE, name), i);
	}
	for (uint32_t i = 0; i < MANY; i++) {
		const uint32_t day = i / PEOPLE / 240, step = i / PEOPLE % 240;
		char name[16];

		(void)snprintf(name, sizeof(name), "%u", i);
		e.resource = i % PEOPLE;
		e.end = ((int64_t)(19000 + day) * 1440 - 540 + 510 + step * 2) * 60000; /* 8:30 in Japan */
		assert_true(bpr_i_log_add(log, log_named(log, BPR_LOG_CASE, name), &e));
	}
	m = mined(log_end(log), NULL);
	t = bpr_mining_totals(m);
	a = bpr_mining_activities(m, &count);
	/* Every third day is taken, from the first on; the first step of each person and day is not known. */
	assert_int_equal(t->with_estimate, a[0].estimated.count);
	assert_int_equal(t->with_estimate, (days + 2) / 3 * PEOPLE * 239);
	assert_rel(a[0].estimated.mean, 2, 0);
	assert_rel(a[0].estimated.p50, 2, 1.0 / 1024);
	assert_int_equal(t->cases, MANY);
	assert_rel(t->peak_in_process, PEOPLE, 0);
	(void)bpr_mining_days(m, &count);
	assert_int_equal(count, days);
	assert_rel(bpr_mining_week(m)[9].arrivals, 300, 0); /* 30 steps an hour and person, on every Monday */
	bpr_mining_free(m);
	bpr_log_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_survival),
		cmocka_unit_test(test_results),
		cmocka_unit_test(test_judged),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_further_variants),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_far_apart),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
