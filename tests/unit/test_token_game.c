/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits, joins, rounds, boundary events: small flows with constant times, every one of them worked out on paper. */
#include "config.h"
#include "staff_test.h"

static const char *const nobody[] = { NULL };
static const char *const one[] = { "pool=P|count=1", NULL };

static void is_close(double x, double want, double slack)
{
	if (!(fabs(x - want) <= slack))
		fail_msg("%.17g, expected %.17g", x, want);
}

static const double at_nought[] = { 0 };

static void begin_scopes(struct test_staff *x, const char *const *rows, const char *const *staff, const char *const *scopes)
{
	memset(x, 0, sizeof(*x));
	test_begin(&x->t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&x->t, rows[i], i + 2);
	for (size_t i = 0; scopes[i]; i++)
		test_companion(&x->t, BPR_TABLE_SCOPES, scopes[i], i + 2);
	for (size_t i = 0; staff[i]; i++)
		test_companion(&x->t, BPR_TABLE_STAFF, staff[i], i + 2);
	test_companion(&x->t, BPR_TABLE_DEMAND, "arrivals=10", 2);
	test_finish(&x->t);
	assert_int_equal(x->t.status, BPR_OK);
	x->options = (struct bpr_sim_options)BPR_SIM_OPTIONS_INIT;
	x->options.days = 1;
	x->options.replications = 1;
	x->options.warmup = BPR_WARMUP_NONE;
	x->options.jobs = 1;
	x->options.log = test_log;
	x->options.log_data = x;
}

/* Executions of the step by this case that began at this minute. */
static size_t began(const struct test_staff *x, const char *id, unsigned long long case_number, double at)
{
	size_t node = bpr_flow_find(x->t.flow, id), count = 0;

	for (size_t i = 0; i < x->count; i++)
		count += x->event[i].node == node && x->event[i].case_number == case_number && fabs(x->event[i].started - at) < 1e-9;
	return count;
}

static size_t times(const struct test_staff *x, const char *id, unsigned long long case_number)
{
	size_t node = bpr_flow_find(x->t.flow, id), count = 0;

	for (size_t i = 0; i < x->count; i++)
		count += x->event[i].node == node && x->event[i].case_number == case_number;
	return count;
}

static void run_one(struct test_staff *x, const char *const *rows, const char *const *staff)
{
	staff_begin(x, rows, staff);
	staff_arrivals(x, at_nought, 1);
	staff_run(x);
}

/* ---- splits and joins ---- */

static void test_parallel(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|A;B;C", "A|task|J|work=5", "B|task|J|work=8|wait=2", "C|task|J|work=3", "J|and|D",
		"D|task|E|work=1", "E|end|", NULL };
	struct test_staff x;

	(void)state;
	run_one(&x, rows, nobody);
	staff_is(&x, "A", 1, 0, 5, 0);
	staff_is(&x, "B", 1, 0, 8, 0);
	staff_is(&x, "D", 1, 10, 11, 0);
	assert_int_equal(times(&x, "D", 1), 1);
	is_close(staff_figure(&x, BPR_SIM_CYCLE), 11, 1e-9);
	assert_int_equal(bpr_simulation_events(x.result), 5);
	staff_end(&x);
}

/* Only ways that can still bring something are waited for. */
static void test_inclusive(void **state)
{
	static const char *const both[] = { "S|start|G", "G|or|A:1;B:1", "A|task|J|work=5", "B|task|J|work=8", "J|or|D", "D|task|E|work=1",
		"E|end|", NULL };
	static const char *const first[] = { "S|start|G", "G|or|A:1;B:0", "A|task|J|work=5", "B|task|J|work=8", "J|or|D", "D|task|E|work=1",
		"E|end|", NULL };
	static const char *const aside[] = { "S|start|G", "G|or|A:1;B:1;C:1", "A|task|J|work=5", "B|task|J|work=8", "C|task|X|work=20", "X|task|E|work=1",
		"J|or|D", "D|task|E|work=1", "E|end|", NULL };
	struct test_staff x;

	(void)state;
	run_one(&x, both, nobody);
	staff_is(&x, "D", 1, 8, 9, 0);
	staff_end(&x);
	run_one(&x, first, nobody);
	staff_is(&x, "D", 1, 5, 6, 0);
	assert_int_equal(times(&x, "B", 1), 0);
	staff_end(&x);
	run_one(&x, aside, nobody); /* C goes elsewhere: nothing of it comes to J */
	staff_is(&x, "D", 1, 8, 9, 0);
	assert_int_equal(times(&x, "D", 1), 1);
	is_close(staff_figure(&x, BPR_SIM_CYCLE), 21, 1e-9);
	staff_end(&x);
}

/* A terminate end takes the other branch away: its C never ends, its B is not begun. */
static void test_terminate(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|A;C", "A|task|T|work=5", "T|end||terminate=yes", "C|task|B|work=4", "B|task|E|work=4", "E|end|",
		NULL };
	struct test_staff x;

	(void)state;
	run_one(&x, rows, nobody);
	staff_is(&x, "C", 1, 0, 4, 0);
	assert_int_equal(times(&x, "B", 1), 0);
	is_close(staff_figure(&x, BPR_SIM_CYCLE), 5, 1e-9);
	staff_end(&x);
}

/* ---- repeats ---- */

static void test_repeat(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|B|work=2|wait=1|repeat=3", "B|task|E|work=1", "E|end|", NULL };
	static const char *const beside[] = { "S|start|A", "A|task|B|work=2|wait=1|repeat=3|parallel=yes", "B|task|E|work=1", "E|end|", NULL };
	static const char *const queue[] = { "S|start|A", "A|task|B|work=2|wait=1|repeat=3|parallel=yes|staff=P", "B|task|E|work=1", "E|end|", NULL };
	struct test_staff x;

	(void)state;
	run_one(&x, rows, nobody);
	assert_int_equal(began(&x, "A", 1, 0) + began(&x, "A", 1, 3) + began(&x, "A", 1, 6), 3);
	staff_is(&x, "B", 1, 9, 10, 0);
	assert_int_equal(bpr_simulation_events(x.result), 5);
	staff_end(&x);
	run_one(&x, beside, nobody);
	assert_int_equal(began(&x, "A", 1, 0), 3);
	staff_is(&x, "B", 1, 3, 4, 0);
	staff_end(&x);
	run_one(&x, queue, one);
	assert_int_equal(began(&x, "A", 1, 0) + began(&x, "A", 1, 2) + began(&x, "A", 1, 4), 3);
	staff_is(&x, "B", 1, 7, 8, 0);
	assert_int_equal(times(&x, "B", 1), 1);
	staff_end(&x);
}

static const char *const sub[] = { "S|start|K", "K|task|A|scope=K|silent=yes", "A|task|K/exit|work=2|scope=K", "K/exit|task|B|scope=K|silent=yes",
	"B|task|E|work=1", "E|end|", NULL };
static const char *const sub_pool[] = { "S|start|K", "K|task|A|scope=K|silent=yes", "A|task|K/exit|work=2|scope=K|staff=P",
	"K/exit|task|B|scope=K|silent=yes", "B|task|E|work=1", "E|end|", NULL };

static void test_rounds(void **state)
{
	static const char *const serial[] = { "scope=K|repeat=3", NULL };
	static const char *const beside[] = { "scope=K|repeat=3|parallel=yes", NULL };
	struct test_staff x;

	(void)state;
	begin_scopes(&x, sub, nobody, serial);
	staff_arrivals(&x, at_nought, 1);
	staff_run(&x);
	assert_int_equal(began(&x, "A", 1, 0) + began(&x, "A", 1, 2) + began(&x, "A", 1, 4), 3);
	staff_is(&x, "B", 1, 6, 7, 0);
	staff_end(&x);
	begin_scopes(&x, sub, nobody, beside);
	staff_arrivals(&x, at_nought, 1);
	staff_run(&x);
	assert_int_equal(began(&x, "A", 1, 0), 3);
	staff_is(&x, "B", 1, 2, 3, 0);
	assert_int_equal(times(&x, "B", 1), 1);
	staff_end(&x);
	begin_scopes(&x, sub_pool, one, beside);
	staff_arrivals(&x, at_nought, 1);
	staff_run(&x);
	assert_int_equal(began(&x, "A", 1, 0) + began(&x, "A", 1, 2) + began(&x, "A", 1, 4), 3);
	staff_is(&x, "B", 1, 6, 7, 0);
	staff_end(&x);
}

/* Rounds side by side, each with branches of its own: they join within their round. P does A: 0 to 2, 2 to 4. */
static void test_rounds_join_apart(void **state)
{
	static const char *const rows[] = { "S|start|K", "K|task|G|scope=K|silent=yes", "G|and|A;B|scope=K", "A|task|J|work=2|scope=K|staff=P",
		"B|task|J|work=3|scope=K", "J|and|C|scope=K", "C|task|K/exit|work=10|scope=K", "K/exit|task|D|scope=K|silent=yes", "D|task|E|work=1", "E|end|", NULL };
	static const char *const beside[] = { "scope=K|repeat=2|parallel=yes", NULL };
	struct test_staff x;

	(void)state;
	begin_scopes(&x, rows, one, beside);
	staff_arrivals(&x, at_nought, 1);
	staff_run(&x);
	assert_int_equal(began(&x, "C", 1, 3), 1);
	assert_int_equal(began(&x, "C", 1, 4), 1);
	staff_is(&x, "D", 1, 14, 15, 0);
	staff_end(&x);
}

/* An end that terminates a sub-process takes away what is in it, and nothing outside: X goes on to 9. */
static void test_terminate_scope(void **state)
{
	static const char *const rows[] = { "S|start|F", "F|and|K;X", "K|task|G|scope=K|silent=yes", "G|and|A;B|scope=K", "A|task|T|work=2|scope=K",
		"T|event|K/exit|scope=K|silent=yes|terminate=yes", "B|task|K/exit|work=5|scope=K", "K/exit|task|D|scope=K|silent=yes|join=or", "D|task|J|work=1",
		"X|task|J|work=9", "J|and|Z", "Z|task|E|work=1", "E|end|", NULL };
	static const char *const twice[] = { "scope=K|repeat=2", NULL };
	static const char *const once[] = { "scope=K", NULL };
	struct test_staff x;

	(void)state;
	begin_scopes(&x, rows, nobody, once);
	staff_arrivals(&x, at_nought, 1);
	staff_run(&x);
	assert_int_equal(times(&x, "B", 1), 0);
	staff_is(&x, "D", 1, 2, 3, 0);
	staff_is(&x, "Z", 1, 9, 10, 0);
	staff_end(&x);
	begin_scopes(&x, rows, nobody, twice);
	staff_arrivals(&x, at_nought, 1);
	staff_run(&x);
	assert_int_equal(began(&x, "A", 1, 0) + began(&x, "A", 1, 2), 2);
	staff_is(&x, "D", 1, 4, 5, 0);
	assert_int_equal(times(&x, "D", 1), 1);
	staff_end(&x);
}

/* ---- boundary events ---- */

static void test_boundary(void **state)
{
	static const char *const away[] = { "S|start|A", "A|task|B|work=5", "V|event|X|on=A|prob=1", "X|task|E|work=2", "B|task|E|work=4", "E|end|", NULL };
	static const char *const beside[] = { "S|start|A", "A|task|B|work=5", "V|event|X|on=A|prob=1|interrupting=no", "X|task|E|work=2", "B|task|E|work=4",
		"E|end|", NULL };
	struct test_staff x;

	(void)state;
	run_one(&x, away, nobody);
	staff_is(&x, "A", 1, 0, 5, 0);
	staff_is(&x, "X", 1, 5, 7, 0);
	assert_int_equal(times(&x, "B", 1), 0);
	staff_end(&x);
	run_one(&x, beside, nobody);
	staff_is(&x, "X", 1, 5, 7, 0);
	staff_is(&x, "B", 1, 5, 9, 0);
	is_close(staff_figure(&x, BPR_SIM_CYCLE), 9, 1e-9);
	staff_end(&x);
}

/*
 * P serves case 1 from 0; the timer takes it away at 5, and case 2 begins, which came at 1 and is taken away at 6, and case 3,
 * which came at 4 and is done at 9, just before its timer.
 */
static void test_timer(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|B|work=tri(3,3,3)|staff=P", "V|event|X|on=A|wait=5|trigger=timer", "X|task|E|work=2",
		"B|task|E|work=4", "E|end|", NULL };
	static const struct bpr_dist ten = { .kind = BPR_DIST_CONSTANT, .a = 10 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, one);
	STAFF_ARRIVALS(x, 0, 1, 4);
	staff_run(&x);
	assert_int_equal(times(&x, "X", 1) + times(&x, "X", 2) + times(&x, "X", 3), 0);
	staff_is(&x, "A", 2, 3, 6, 1);
	staff_is(&x, "A", 3, 6, 9, 1);
	assert_int_equal(test_count(&x.t, "V012", NULL), 1);
	staff_node(&x, "A")->work = &ten;
	staff_run(&x);
	staff_is(&x, "X", 1, 5, 7, 0);
	staff_is(&x, "X", 2, 6, 8, 0);
	staff_is(&x, "X", 3, 9, 11, 0);
	assert_int_equal(times(&x, "A", 1) + times(&x, "B", 1) + times(&x, "A", 3), 0);
	staff_node(&x, "V")->interrupting = false;
	staff_run(&x);
	staff_is(&x, "X", 1, 5, 7, 0);
	staff_is(&x, "X", 2, 6, 8, 0);
	staff_is(&x, "A", 1, 0, 10, 1);
	staff_is(&x, "A", 2, 10, 20, 1);
	staff_is(&x, "B", 3, 30, 34, 0);
	assert_int_equal(times(&x, "X", 1) + times(&x, "X", 2) + times(&x, "X", 3), 3);
	staff_end(&x);
}

/* Three at once at A, one person: 0 to 4, 4 to 8; at 6 the timer takes all of them away. */
static void test_timer_over_several(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|B|work=4|staff=P|repeat=3|parallel=yes", "V|event|X|on=A|wait=6", "X|task|E|work=2|staff=P",
		"B|task|E|work=4", "E|end|", NULL };
	struct test_staff x;

	(void)state;
	run_one(&x, rows, one);
	assert_int_equal(times(&x, "A", 1), 1);
	staff_is(&x, "A", 1, 0, 4, 1);
	staff_is(&x, "X", 1, 6, 8, 1);
	assert_int_equal(times(&x, "X", 1), 1);
	is_close(staff_figure(&x, BPR_SIM_CYCLE), 8, 1e-9);
	staff_end(&x);
}

/*
 * A timer of 6 on a sub-process in which P does A (4), then B (4), with C (20) beside them. Case 1: A until 4; then P does the A of
 * case 2, which came at 1; at 6 the B of case 1 leaves the queue, C is given up, and it goes on at X. At 7 the same becomes of case 2.
 * Where the timer does not interrupt, all goes on beside X.
 */
static void test_timer_on_scope(void **state)
{
	static const char *const rows[] = { "S|start|K", "K|task|G|scope=K|silent=yes", "G|and|A;C|scope=K", "A|task|B|work=4|scope=K|staff=P",
		"B|task|J|work=4|scope=K|staff=P", "C|task|J|work=20|scope=K", "J|and|K/exit|scope=K", "K/exit|task|H|scope=K|silent=yes", "H|task|D|silent=yes",
		"V|event|X|on=H|wait=6", "X|task|E|work=2", "D|task|E|work=1", "E|end|", NULL };
	static const char *const once[] = { "scope=K", NULL };
	static const char *const twice[] = { "scope=K|repeat=2", NULL };
	static const double two[] = { 0, 1 };
	static const struct bpr_dist late = { .kind = BPR_DIST_CONSTANT, .a = 60 }, thirty = { .kind = BPR_DIST_CONSTANT, .a = 30 };
	struct test_staff x;

	(void)state;
	begin_scopes(&x, rows, one, once);
	assert_int_equal(test_count(&x.t, "V012", NULL), 0);
	staff_arrivals(&x, two, 2);
	staff_run(&x);
	assert_int_equal(test_count(&x.t, "V012", NULL), 1);
	staff_is(&x, "A", 1, 0, 4, 1);
	staff_is(&x, "X", 1, 6, 8, 0);
	staff_is(&x, "X", 2, 7, 9, 0);
	assert_int_equal(times(&x, "A", 2) + times(&x, "B", 1) + times(&x, "C", 1) + times(&x, "C", 2) + times(&x, "D", 1), 0);
	is_close(staff_figure(&x, BPR_SIM_CYCLE), 8, 1e-9);
	staff_node(&x, "V")->interrupting = false;
	staff_run(&x);
	staff_is(&x, "X", 1, 6, 8, 0);
	staff_is(&x, "X", 2, 7, 9, 0);
	staff_is(&x, "B", 1, 8, 12, 1);
	staff_is(&x, "B", 2, 12, 16, 1);
	is_close(staff_figure(&x, BPR_SIM_CYCLE), 21, 1e-9);
	staff_node(&x, "V")->wait = &late;
	staff_run(&x);
	assert_int_equal(times(&x, "X", 1) + times(&x, "X", 2), 0);
	staff_is(&x, "D", 2, 21, 22, 0);
	staff_end(&x);
	begin_scopes(&x, rows, one, twice); /* over both rounds: 20 each */
	staff_node(&x, "V")->wait = &thirty;
	staff_arrivals(&x, at_nought, 1);
	staff_run(&x);
	staff_is(&x, "X", 1, 30, 32, 0);
	assert_int_equal(times(&x, "A", 1), 2);
	assert_int_equal(times(&x, "C", 1), 1);
	staff_end(&x);
}

/* ---- faults ---- */

static void fails(const char *const *rows, bpr_status status, const char *code, const char *element)
{
	struct test_staff x;
	struct bpr_error err = { 0 };
	bpr_simulation *none = NULL;

	staff_begin(&x, rows, nobody);
	x.options.days = 0;
	x.options.cases = 1000;
	x.options.max_in_process = 100;
	x.options.max_events = 100000;
	x.options.log = NULL;
	if (bpr_simulate(x.t.flow, &x.options, &none, x.t.problems, &err) != status)
		fail_msg("%s expected, not %s: %s", code, err.code, err.message);
	assert_null(none);
	assert_string_equal(err.code, code);
	if (element)
		assert_string_equal(err.element, element);
	staff_end(&x);
}

static void test_faults(void **state)
{
	static const char *const wrong_join[] = { "S|start|G", "G|xor|A:50%;B:50%", "A|task|J|work=1", "B|task|J|work=1", "J|and|E|join=and", "E|end|", NULL };
	static const char *const no_end[] = { "S|start|G", "G|xor|A:50%;E:50%", "A|task|B|work=1", "B|task|A|work=1", "E|end|", NULL };
	static const char *const endless[] = { "S|start|G", "G|xor|H:0.99999999999;E:0.00000000001", "H|xor|G", "E|end|", NULL };
	static const char *const pile[] = { "S|start|G", "G|and|A;J|join=xor", "A|task|H|work=1", "H|xor|G:99.99%;B:0.01%", "B|task|J|work=1", "J|and|E", "E|end|", NULL };
	static const char *const crowd[] = { "S|start|A", "A|task|E|work=1|wait=100000", "E|end|", NULL };
	static const char *const busy[] = { "S|start|A", "A|task|E|work=0.0001|loop_prob=0.999999", "E|end|", NULL };

	(void)state;
	fails(wrong_join, BPR_ENOEXIT, "V011", "J");
	fails(no_end, BPR_ENOEXIT, "V010", "A");
	fails(endless, BPR_ENOEXIT, "V017", NULL);
	fails(pile, BPR_ELIMIT, "A004", "G");
	fails(crowd, BPR_ELIMIT, "V015", NULL);
	fails(busy, BPR_ELIMIT, "V016", NULL);
}

/* ---- office hours without people ---- */

static void test_office(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|B|work=10", "B|task|E|work=1|actor=system", "E|end|", NULL };
	STAFF_HOURS(nine_to_five, { 540, 1020 });
	struct test_staff x;

	(void)state;
	for (int way = 0; way < 2; way++) {
		staff_begin(&x, rows, nobody);
		TEST_EDIT(struct bpr_demand, bpr_flow_demand(x.t.flow))->open = nine_to_five;
		x.options.closing = way ? BPR_CLOSING_INTERRUPT : BPR_CLOSING_FINISH;
		STAFF_ARRIVALS(x, 600, 1015, 1100);
		staff_run(&x);
		staff_is(&x, "A", 1, 600, 610, 0);
		staff_is(&x, "A", 2, 1015, way ? 1985 : 1025, 0); /* 5 minutes today, 5 tomorrow from 9:00 */
		staff_is(&x, "B", 2, way ? 1985 : 1025, way ? 1986 : 1026, 0);
		staff_is(&x, "A", 3, 1980, 1990, 0);
		staff_end(&x);
	}
}

/* Friday, 10:00, two working days: the rest of Friday, Monday, and Tuesday until 10:00. Two days by the clock end on Sunday. */
static void test_working_days(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|event|B|wait=2wd", "B|event|C|wait=2d", "C|task|E|work=1|actor=system", "E|end|", NULL };
	STAFF_HOURS(nine_to_five, { 540, 1020 });
	static const double friday[] = { 4 * 1440 + 600 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, nobody);
	TEST_EDIT(struct bpr_demand, bpr_flow_demand(x.t.flow))->open = nine_to_five;
	x.options.days = 5;
	staff_arrivals(&x, friday, 1);
	staff_run(&x);
	staff_is(&x, "C", 1, 10 * 1440 + 600, 10 * 1440 + 601, 0);
	staff_end(&x);
	staff_begin(&x, rows, nobody); /* an office that never closes: every day is a working day */
	x.options.days = 5;
	staff_arrivals(&x, friday, 1);
	staff_run(&x);
	staff_is(&x, "C", 1, 8 * 1440 + 600, 8 * 1440 + 601, 0);
	staff_end(&x);
}

/* ---- starts ---- */

static void test_starts(void **state)
{
	static const char *const rows[] = { "S1|start|A|prob=25%", "S2|start|B|prob=75%", "A|task|E|work=1", "B|task|E|work=2", "E|end|", NULL };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, nobody);
	x.options.days = 0;
	x.options.cases = 10000;
	x.options.log = NULL;
	staff_run(&x);
	/* 2500 with a deviation of 43. */
	assert_true(fabs(bpr_simulation_nodes(x.result)[bpr_flow_find(x.t.flow, "A")].visits.mean - 0.25) < 5 * 0.00433);
	staff_end(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parallel),
		cmocka_unit_test(test_inclusive),
		cmocka_unit_test(test_terminate),
		cmocka_unit_test(test_repeat),
		cmocka_unit_test(test_rounds),
		cmocka_unit_test(test_rounds_join_apart),
		cmocka_unit_test(test_terminate_scope),
		cmocka_unit_test(test_boundary),
		cmocka_unit_test(test_timer),
		cmocka_unit_test(test_timer_over_several),
		cmocka_unit_test(test_timer_on_scope),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_office),
		cmocka_unit_test(test_working_days),
		cmocka_unit_test(test_starts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
