/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues by time of day, against days worked out by hand; and what happens when memory runs out anywhere. */
#include "test.h"
#include "queueing_flow.h"

static long fail_at = -1;

void *__real_bpr_i_calloc(size_t count, size_t size);
void *__wrap_bpr_i_calloc(size_t count, size_t size);
bool __real_bpr_i_grow(void *items, size_t *capacity, size_t need, size_t size);
bool __wrap_bpr_i_grow(void *items, size_t *capacity, size_t need, size_t size);
void *__real_bpr_i_arena_alloc(struct bpr_arena *arena, size_t count, size_t size);
void *__wrap_bpr_i_arena_alloc(struct bpr_arena *arena, size_t count, size_t size);

void *__wrap_bpr_i_calloc(size_t count, size_t size)
{
	return fail_at >= 0 && !fail_at-- ? NULL : __real_bpr_i_calloc(count, size);
}

bool __wrap_bpr_i_grow(void *items, size_t *capacity, size_t need, size_t size)
{
	return fail_at >= 0 && !fail_at-- ? false : __real_bpr_i_grow(items, capacity, need, size);
}

void *__wrap_bpr_i_arena_alloc(struct bpr_arena *arena, size_t count, size_t size)
{
	return fail_at >= 0 && !fail_at-- ? NULL : __real_bpr_i_arena_alloc(arena, count, size);
}

static const char *const one[] = { "s|start|a", "a|task|e|work=exp(5)|staff=A", "e|end|", NULL };

/* Each demand row is a companion row of its own. */
static void solve_day(struct test_net *t, const char *const *rows, const char *staff, const char *const *demand,
		      const struct bpr_queue_options *options)
{
	net_build(t, rows, ROWS(staff), demand);
	net_solve(t, options);
}

/* 48 cases from 9 to 17 o'clock by chance, 5 minutes each, one person: half of the time, the queue M/M/1 settles at once. */
static void test_plain_day(void **state)
{
	struct test_net t = { 0 };
	const struct bpr_queue_pool *p;
	const struct bpr_queue_pool_hour *h;
	size_t hours;
	double cases;
	bool by_clock;

	(void)state;
	solve_day(&t, one, "pool=A|count=1", ROWS("per_day=48", "open=9:00-17:00"), NULL);
	p = net_pool(&t, "A");
	assert_int_equal(p->reasons, BPR_REASON_HOURS);
	assert_rel(p->utilisation, 0.5, 1e-12);
	assert_rel(p->servers, 1, 1e-12);
	assert_rel(p->arrivals_per_minute, 0.1, 1e-12);
	assert_rel(p->wait, 5, 1e-12); /* rho / (1 - rho) times 5 */
	assert_rel(p->queue, 0.5, 1e-12);
	assert_rel(p->wait_prob, 0.5, 1e-12);
	assert_rel(p->wait_above, 0.5 * exp(-15 * 0.1), 1e-12);
	assert_rel(p->capacity_per_day, 96, 1e-12);
	assert_rel(p->wait_per_more, 1 / 3.0 - 5, 1e-9); /* M/M/2 at 1/4: C = 0.1, 0.1 * 5 / 1.5 */
	assert_false(p->overloaded);
	h = bpr_queueing_pool_hours(t.q, 0);
	(void)bpr_queueing_hours(t.q, &hours);
	assert_int_equal(hours, 5 * 8);
	assert_rel(h[0].wait, 5, 1e-12);
	assert_true(bpr_queueing_in_process(t.q, &cases, &by_clock));
	assert_false(by_clock);
	assert_rel(cases, 0.1 * 10, 1e-12);
	net_end(&t);
}

/*
 * Two thirds of 90 cases come from 9 to 11: 30 an hour, 150 minutes of work an hour for 2 people who can do 120. After two hours 60
 * person-minutes are left; then 7.5 cases an hour (37.5 minutes) come, so 82.5 a hour are worked off: gone at 11:44.
 */
static void test_morning_peak(void **state)
{
	struct test_net t = { 0 };
	const struct bpr_queue_pool_hour *h;
	const struct bpr_queue_pool *p;

	(void)state;
	solve_day(&t, one, "pool=A|count=2", ROWS("per_day=90", "open=9:00-15:00", "profile=9:00-11:00:4"), NULL);
	p = net_pool(&t, "A");
	h = bpr_queueing_pool_hours(t.q, 0);
	assert_rel(p->utilisation, 90 * 5 / 720.0, 1e-12);
	assert_rel(h[0].backlog, 30, 1e-9);
	assert_rel(h[1].backlog, 60, 1e-9);
	assert_rel(h[2].backlog, 0, 0);
	assert_rel(h[0].utilisation, 1.25, 1e-9);
	assert_rel(h[2].utilisation, 37.5 / 120, 1e-9);
	assert_false(h[0].stable);
	assert_true(p->stable && !p->overloaded);
	assert_rel(p->peak_utilisation, 1.25, 1e-9);
	assert_int_equal(p->peak_day, 0);
	assert_rel(p->peak_from, 600, 1e-12); /* as busy as the hour before, and more has piled up */
	/* At least what has piled up: on average 15 of 60 minutes' people in the first hour, 45 in the second. */
	assert_true(h[0].wait > 15 / 2.0 && h[1].wait > 45 / 2.0 && h[0].wait < 30 && h[1].wait < 45);
	/* In the third: falls by 82.5 an hour from 60, is gone after 60 / 82.5 hours. */
	assert_true(h[2].wait > 30 * (60 / 82.5) / 2);
	assert_int_equal(test_count(&t.f, "Q002", NULL), 0);
	net_end(&t);
}

/* The peak comes in the afternoon instead: from 13:00 on nothing clears any more, and 60 person-minutes go home undone. */
static void test_overload(void **state)
{
	struct test_net t = { 0 };
	const struct bpr_queue_pool *p;
	const struct bpr_queue_pool_hour *h;
	char message[512];

	(void)state;
	solve_day(&t, one, "pool=A|count=2", ROWS("per_day=90", "open=9:00-15:00", "profile=13:00-15:00:4"), NULL);
	p = net_pool(&t, "A");
	assert_true(p->stable && p->overloaded);
	assert_rel(p->overload_at, 780, 1e-9);
	assert_rel(p->backlog_minutes, 60, 1e-9);
	assert_int_equal(test_count(&t.f, "Q002", message), 1);
	assert_non_null(strstr(message, "Monday, 13:00"));
	assert_non_null(strstr(message, "60 minutes"));
	/* It is there in the next morning, and on Monday that of Friday: the week comes round. */
	h = bpr_queueing_pool_hours(t.q, 0);
	assert_true(h[0].backlog <= 0 && h[0].wait > 60 * (60 / 82.5) / 2 / 2);
	assert_rel(h[6].wait, h[0].wait, 1e-9);
	net_end(&t);
}

/* More on Fridays than a week can clear: named with that day. */
static void test_friday(void **state)
{
	struct test_net t = { 0 };
	const struct bpr_queue_pool *p;

	(void)state;
	solve_day(&t, one, "pool=A|count=1", ROWS("per_day=60", "open=9:00-17:00", "weekdays=Fri:2"), NULL);
	p = net_pool(&t, "A");
	assert_true(p->stable && p->overloaded);
	assert_int_equal(p->overload_day, 4);
	assert_rel(p->overload_at, 540, 1e-9);
	assert_rel(p->backlog_minutes, 600 - 480, 1e-9);
	assert_rel(p->utilisation, 1800 / 2400.0, 1e-12);
	net_end(&t);
}

/* Shifts, and a break of all: people by the hour; who comes at noon waits for one o'clock, in minutes on duty. */
static void test_break(void **state)
{
	struct test_net t = { 0 };
	const struct bpr_queue_pool_hour *h;
	const struct bpr_queue_pool *p;

	(void)state;
	solve_day(&t, one, "pool=A|count=2|breaks=12:00-13:00", ROWS("per_day=48", "open=9:00-17:00"), NULL);
	p = net_pool(&t, "A");
	h = bpr_queueing_pool_hours(t.q, 0);
	assert_rel(p->utilisation, 240 / 840.0, 1e-12);
	assert_rel(h[3].servers, 0, 0);
	assert_rel(h[3].backlog, 30, 1e-9);
	assert_rel(h[3].wait, 30 / 2.0, 1e-9);
	assert_rel(h[4].backlog, 0, 0);
	assert_true(h[4].wait > h[5].wait && h[5].wait > 0);
	assert_false(p->overloaded);
	net_end(&t);
}

/* With dates: a Monday that is a holiday has no hours; peaks by date count. */
static void test_dated(void **state)
{
	struct test_net t = { 0 };
	struct bpr_calendar_options calendar = BPR_CALENDAR_OPTIONS_INIT;
	struct bpr_queue_options options = BPR_QUEUE_OPTIONS_INIT;
	const struct bpr_queue_hour *h;
	char message[512];
	size_t hours;

	(void)state;
	calendar.dated = true;
	calendar.start = bpr_date(2027, 3, 22); /* a Monday, the holiday of the 21st made up */
	options.calendar = &calendar;
	solve_day(&t, one, "pool=A|count=1", ROWS("per_day=48", "open=9:00-17:00", "peaks=3/24:2.5"), &options);
	h = bpr_queueing_hours(t.q, &hours);
	assert_int_equal(hours, 4 * 8);
	assert_int_equal(h[0].day, 1);
	assert_true(net_pool(&t, "A")->overloaded);
	assert_int_equal(net_pool(&t, "A")->overload_day, 2);
	assert_rel(net_pool(&t, "A")->backlog_minutes, 120, 1e-9);
	assert_int_equal(test_count(&t.f, "Q002", message), 1);
	assert_non_null(strstr(message, "2027-03-24 9:00"));
	net_end(&t);
}

/* A step days later has lost the hour of the demand: its people are asked evenly. */
static void test_days_later(void **state)
{
	struct test_net t = { 0 };
	const struct bpr_queue_pool_hour *h;

	(void)state;
	net_build(&t, ROWS("s|start|a", "a|task|b|work=exp(5)|staff=A|wait=3d", "b|task|e|work=exp(5)|staff=B", "e|end|"),
		  ROWS("pool=A|count=2", "pool=B|count=2"), ROWS("per_day=48", "open=9:00-17:00", "profile=9:00-11:00:4"));
	net_solve(&t, NULL);
	h = bpr_queueing_pool_hours(t.q, 1);
	assert_rel(h[0].utilisation, 0.25, 1e-9);
	assert_rel(h[7].utilisation, 0.25, 1e-9);
	h = bpr_queueing_pool_hours(t.q, 0);
	assert_rel(h[0].utilisation / h[7].utilisation, 4, 1e-9);
	net_end(&t);
}

/* A queue near its limit cannot have grown for ever within a day. */
static void test_short_day(void **state)
{
	struct test_net t = { 0 };
	const struct bpr_queue_pool *p;

	(void)state;
	solve_day(&t, one, "pool=A|count=1", ROWS("per_day=95.9", "open=9:00-17:00"), NULL);
	p = net_pool(&t, "A");
	assert_true(p->stable && p->utilisation > 0.998);
	assert_true(p->wait > 10 && p->wait < sqrt(2 * 0.2 * 2 * 480 / 3.14159) * 5);
	net_end(&t);
}

/* Without opening hours a demand of a day says nothing of queues. */
static void test_no_hours(void **state)
{
	struct test_net t = { 0 };

	(void)state;
	solve_day(&t, one, "pool=A|count=1", ROWS("per_day=48"), NULL);
	assert_false(bpr_queueing_known(t.q));
	assert_int_equal(test_count(&t.f, "Q003", NULL), 1);
	net_end(&t);
}

/* Every allocation fails once: the status says so, nothing leaks. */
static void test_out_of_memory(void **state)
{
	struct test_net t = { 0 };
	size_t n;
	double visits[3] = { 1, 1, 1 };
	long failures = 0;
	bpr_status status = BPR_ENOMEM;

	(void)state;
	net_build(&t, one, ROWS("pool=A|count=2"), ROWS("per_day=90", "open=9:00-15:00", "profile=13:00-15:00:4"));
	n = bpr_flow_node_count(t.f.flow);
	assert_int_equal(n, 3);
	net_solve(&t, NULL);
	for (long i = 0; status == BPR_ENOMEM && i < 1000; i++) {
		bpr_problems *problems;
		bpr_queueing *q = NULL;

		assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
		fail_at = i;
		status = bpr_queueing_solve(t.f.flow, visits, bpr_analysis_arcs(t.analysis), NULL, &q, problems, NULL);
		fail_at = -1;
		assert_true((status == BPR_OK) == (q != NULL));
		failures += status == BPR_ENOMEM;
		bpr_queueing_free(q);
		bpr_problems_free(problems);
	}
	assert_int_equal(status, BPR_OK);
	assert_true(failures > 10);
	net_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_day), cmocka_unit_test(test_morning_peak), cmocka_unit_test(test_overload),
		cmocka_unit_test(test_friday), cmocka_unit_test(test_break), cmocka_unit_test(test_dated), cmocka_unit_test(test_days_later),
		cmocka_unit_test(test_short_day), cmocka_unit_test(test_no_hours), cmocka_unit_test(test_out_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
