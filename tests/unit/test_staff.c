/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is served when: disciplines, several people at once, several pools, people who help elsewhere. */
#include "staff_test.h"

static const char *const one[] = { "S|start|A", "A|task|E|work=10|staff=P", "E|end|", NULL };
static const char *const people1[] = { "pool=P|count=1", NULL };
static const char *const people2[] = { "pool=P|count=2", NULL };

static void test_first_come(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, one, people1);
	STAFF_ARRIVALS(x, 0, 1, 2, 40);
	staff_run(&x);
	staff_is(&x, "A", 1, 0, 10, 1);
	staff_is(&x, "A", 2, 10, 20, 1);
	staff_is(&x, "A", 3, 20, 30, 1);
	staff_is(&x, "A", 4, 40, 50, 1);
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), (0 + 9 + 18 + 0) / 4.0, 1e-12);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), 0, 0);
	staff_end(&x);
}

static void test_two_people(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, one, people2);
	STAFF_ARRIVALS(x, 0, 1, 2, 40);
	staff_run(&x);
	staff_is(&x, "A", 1, 0, 10, 1);
	staff_is(&x, "A", 2, 1, 11, 2);
	staff_is(&x, "A", 3, 10, 20, 1);
	staff_is(&x, "A", 4, 40, 50, 1);
	staff_end(&x);
}

/* Three ways into the same pool at times 0, 1, 2, 3 within one case: work 10 with priorities 0, 0, 5, 1. */
static const char *const four[] = { "S|start|G", "G|and|W1;W2;W3;W4", "W1|event|A1|wait=0", "W2|event|A2|wait=1", "W3|event|A3|wait=2",
	"W4|event|A4|wait=3", "A1|task|E1|work=10|staff=P", "A2|task|E2|work=9|staff=P", "A3|task|E3|work=8|staff=P", "A4|task|E4|work=7|staff=P",
	"E1|end|", "E2|end|", "E3|end|", "E4|end|", NULL };

static void test_discipline(void **state)
{
	static const struct { enum bpr_discipline discipline; double begin[3]; } rows[] = {
		{ BPR_DISCIPLINE_FIFO, { 10, 19, 27 } },
		{ BPR_DISCIPLINE_PRIORITY, { 25, 10, 18 } },
		{ BPR_DISCIPLINE_SHORTEST, { 25, 17, 10 } },
		{ BPR_DISCIPLINE_LIFO, { 25, 17, 10 } },
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct test_staff x;

		staff_begin(&x, four, people1);
		STAFF_ARRIVALS(x, 0);
		staff_pool(&x, "P")->discipline = rows[i].discipline;
		staff_node(&x, "A3")->priority = 5;
		staff_node(&x, "A4")->priority = 1;
		staff_run(&x);
		staff_is(&x, "A1", 1, 0, 10, 1);
		staff_is(&x, "A2", 1, rows[i].begin[0], rows[i].begin[0] + 9, 1);
		staff_is(&x, "A3", 1, rows[i].begin[1], rows[i].begin[1] + 8, 1);
		staff_is(&x, "A4", 1, rows[i].begin[2], rows[i].begin[2] + 7, 1);
		staff_end(&x);
	}
}

/* Who wants both people waits for both, and who came later does not pass. */
static void test_wide(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|W1;W2;W3", "W1|event|A1|wait=0", "W2|event|A2|wait=1", "W3|event|A3|wait=2",
		"A1|task|E1|work=10|staff=P", "A2|task|E2|work=5|staff=P:2", "A3|task|E3|work=3|staff=P", "E1|end|", "E2|end|", "E3|end|", NULL };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, people2);
	STAFF_ARRIVALS(x, 0);
	staff_run(&x);
	staff_is(&x, "A1", 1, 0, 10, 1);
	staff_is(&x, "A2", 1, 10, 15, 1);
	staff_is(&x, "A3", 1, 15, 18, 1);
	assert_rel(bpr_simulation_pools(x.result)[0].utilisation.mean, (10 + 2 * 5 + 3) / (2 * 18.0), 1e-12);
	staff_end(&x);
}

/*
 * P: 1, Q: 1. A1 (0, P, 10); A2 (1, P and Q) lacks P; A3 (2, Q, 4): A2 before it only lacks people of P, so it passes;
 * A4 (3, P) waits behind A2, which lacks people of P.
 */
static const char *const two[] = { "S|start|G", "G|and|W1;W2;W3;W4", "W1|event|A1|wait=0", "W2|event|A2|wait=1", "W3|event|A3|wait=2",
	"W4|event|A4|wait=3", "A1|task|E1|work=10|staff=P", "A2|task|E2|work=5|staff=P;Q", "A3|task|E3|work=4|staff=Q", "A4|task|E4|work=1|staff=P",
	"E1|end|", "E2|end|", "E3|end|", "E4|end|", NULL };
static const char *const pq[] = { "pool=P|count=1", "pool=Q|count=1", NULL };

static void test_two_pools(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, two, pq);
	STAFF_ARRIVALS(x, 0);
	staff_run(&x);
	staff_is(&x, "A1", 1, 0, 10, 1);
	staff_is(&x, "A3", 1, 2, 6, 1);
	staff_is(&x, "A2", 1, 10, 15, 1);
	staff_is(&x, "A4", 1, 15, 16, 1);
	staff_end(&x);
}

/* The other way round: A3 holds Q from 2 to 22, so at 10 A2 lacks people of Q only, and A4 passes it. */
static void test_passed_by(void **state)
{
	static const struct bpr_dist twenty = { .kind = BPR_DIST_CONSTANT, .a = 20 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, two, pq);
	STAFF_ARRIVALS(x, 0);
	staff_node(&x, "A3")->work = &twenty;
	staff_run(&x);
	staff_is(&x, "A3", 1, 2, 22, 1);
	staff_is(&x, "A4", 1, 10, 11, 1);
	staff_is(&x, "A2", 1, 22, 27, 1);
	staff_end(&x);
}

/* ---- people who help elsewhere ---- */

/*
 * P: 1 person, who helps nobody; Q: 1 person, who helps P. A1, A2, A3 of P come at 0, 1, 2 (work 10, 9, 8), A4 of Q at 3 (work 7).
 * A2 gets the person of Q at 1, though A4 comes at 3: it goes home at 10, after A2, and takes A4 before A3.
 */
static void test_helper(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|W1;W2;W3;W4", "W1|event|A1|wait=0", "W2|event|A2|wait=1", "W3|event|A3|wait=2",
		"W4|event|A4|wait=3", "A1|task|E1|work=30|staff=P", "A2|task|E2|work=9|staff=P", "A3|task|E3|work=8|staff=P",
		"A4|task|E4|work=7|staff=Q", "E1|end|", "E2|end|", "E3|end|", "E4|end|", NULL };
	static const size_t also[] = { 0 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, pq);
	STAFF_ARRIVALS(x, 0);
	assert_string_equal(bpr_flow_pool(x.t.flow, 0)->name, "P");
	staff_shift(&x, "Q")->also = also;
	staff_shift(&x, "Q")->also_count = 1;
	staff_run(&x);
	staff_is(&x, "A1", 1, 0, 30, 1);
	staff_is(&x, "A2", 1, 1, 10, 1);
	staff_is(&x, "A4", 1, 10, 17, 1);
	staff_is(&x, "A3", 1, 17, 25, 1);
	/* The person of Q is busy from 1 to 25 wherever it works. */
	assert_rel(bpr_simulation_pools(x.result)[1].utilisation.mean, 24 / 30.0, 1e-12);
	assert_rel(bpr_simulation_pools(x.result)[0].utilisation.mean, 1, 1e-12);
	staff_end(&x);
}

/* In their own pool a step waits that needs two: its one person is kept for it and does not go to help. */
static void test_helper_is_kept(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|W1;W2;W3;W4", "W1|event|A1|wait=0", "W2|event|A2|wait=1", "W3|event|A3|wait=2",
		"W4|event|A4|wait=2.5", "A1|task|E1|work=10|staff=Q", "A2|task|E2|work=5|staff=Q:2", "A3|task|E3|work=20|staff=P",
		"A4|task|E4|work=4|staff=P", "E1|end|", "E2|end|", "E3|end|", "E4|end|", NULL };
	static const char *const staff[] = { "pool=P|count=1", "pool=Q|count=2", NULL };
	static const size_t also[] = { 0, 1 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, staff);
	STAFF_ARRIVALS(x, 0);
	staff_shift(&x, "Q")->also = &also[strcmp(bpr_flow_pool(x.t.flow, 0)->name, "P") ? 1 : 0];
	staff_shift(&x, "Q")->also_count = 1;
	staff_run(&x);
	staff_is(&x, "A1", 1, 0, 10, 1);
	staff_is(&x, "A3", 1, 2, 22, 1);
	staff_is(&x, "A2", 1, 10, 15, 1);
	staff_is(&x, "A4", 1, 15, 19, 1);
	staff_end(&x);
}

/* R helps Q, then P: at 5, when it has nothing to do, it goes to Q, whose token came later, then to P. */
static void test_helper_order(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|W1;W2;W3;W4;W5", "W1|event|A1|wait=0", "W2|event|A2|wait=0", "W3|event|A3|wait=0",
		"W4|event|A4|wait=1", "W5|event|A5|wait=2", "A1|task|E1|work=30|staff=P", "A2|task|E2|work=30|staff=Q", "A3|task|E3|work=5|staff=R",
		"A4|task|E4|work=3|staff=P", "A5|task|E5|work=4|staff=Q", "E1|end|", "E2|end|", "E3|end|", "E4|end|", "E5|end|", NULL };
	static const char *const staff[] = { "pool=P|count=1", "pool=Q|count=1", "pool=R|count=1", NULL };
	static const size_t also[] = { 1, 0 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, staff);
	STAFF_ARRIVALS(x, 0);
	staff_shift(&x, "R")->also = also;
	staff_shift(&x, "R")->also_count = 2;
	staff_run(&x);
	staff_is(&x, "A5", 1, 5, 9, 1);
	staff_is(&x, "A4", 1, 9, 12, 1);
	assert_int_equal(staff_event(&x, "A4", 1)->pool, 2); /* the log names the person's own pool */
	staff_end(&x);
}

/* Two are wanted of P, one of whom is busy: the other one and the helper do it. */
static void test_helper_beside(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|W1;W2;W3", "W1|event|A1|wait=0", "W2|event|A2|wait=1", "W3|event|A3|wait=2",
		"A1|task|E1|work=20|staff=P", "A2|task|E2|work=5|staff=P:2", "A3|task|E3|work=3|staff=Q", "E1|end|", "E2|end|", "E3|end|", NULL };
	static const char *const staff[] = { "pool=P|count=2", "pool=Q|count=1", NULL };
	static const size_t also[] = { 0 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, staff);
	STAFF_ARRIVALS(x, 0);
	staff_shift(&x, "Q")->also = also;
	staff_shift(&x, "Q")->also_count = 1;
	staff_run(&x);
	staff_is(&x, "A2", 1, 1, 6, 2);
	staff_is(&x, "A3", 1, 6, 9, 1); /* Q is back */
	assert_rel(bpr_simulation_pools(x.result)[0].utilisation.mean, 25 / 40.0, 1e-12);
	assert_rel(bpr_simulation_pools(x.result)[1].utilisation.mean, 8 / 20.0, 1e-12);
	staff_end(&x);
}

/* One of P and one of Q are wanted; Q is busy and helps nobody, R helps both: it stands in for Q. With P busy as well nobody begins. */
static void test_helper_of_both(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|W1;W2;W3", "W1|event|A1|wait=0", "W2|event|A2|wait=0", "W3|event|A3|wait=1",
		"A1|task|E1|work=20|staff=Q", "A2|task|E2|work=7|staff=P", "A3|task|E3|work=5|staff=P;Q", "E1|end|", "E2|end|", "E3|end|", NULL };
	static const char *const staff[] = { "pool=Q|count=1", "pool=P|count=1", "pool=R|count=1", NULL };
	static const size_t also[] = { 0, 1 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, staff);
	STAFF_ARRIVALS(x, 0);
	staff_shift(&x, "R")->also = also;
	staff_shift(&x, "R")->also_count = 2;
	staff_run(&x);
	staff_is(&x, "A3", 1, 7, 12, 1);
	assert_rel(bpr_simulation_pools(x.result)[2].utilisation.mean, 5 / 20.0, 1e-12);
	staff_end(&x);
}

/* Three are wanted, two are there; with a helper it can be done. */
static void test_too_few(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|B|work=10|staff=P:3", "B|task|E|work=1|staff=Q", "E|end|", NULL };
	static const char *const staff[] = { "pool=P|count=2", "pool=Q|count=1", NULL };
	static const size_t also[] = { 0 };
	struct bpr_error err = { 0 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, staff);
	STAFF_ARRIVALS(x, 0);
	assert_int_equal(bpr_simulate(x.t.flow, &x.options, &x.result, NULL, &err), BPR_EINVAL);
	assert_null(x.result);
	assert_string_equal(err.message, "'A' needs more people of 'P' at once than there are");
	staff_shift(&x, "Q")->also = also;
	staff_shift(&x, "Q")->also_count = 1;
	staff_run(&x);
	staff_is(&x, "A", 1, 0, 10, 1);
	staff_is(&x, "B", 1, 10, 11, 1);
	staff_end(&x);
}

/* More people than a word has bits, in two shifts: numbers go on from shift to shift, the lowest that is free begins. */
static void test_many(void **state)
{
	static double times[202];
	static struct bpr_shift shifts[2];
	static const char *const many[] = { "pool=P|count=200", NULL };
	struct test_staff x;

	(void)state;
	for (size_t i = 0; i < 202; i++)
		times[i] = (double)i / 100;
	staff_begin(&x, one, many);
	shifts[0] = shifts[1] = *staff_shift(&x, "P");
	shifts[0].count = 130;
	shifts[1].count = 70;
	staff_pool(&x, "P")->shifts = shifts;
	staff_pool(&x, "P")->shift_count = 2;
	staff_arrivals(&x, times, 202);
	staff_run(&x);
	for (unsigned i = 1; i <= 200; i++)
		staff_is(&x, "A", i, times[i - 1], times[i - 1] + 10, i);
	staff_is(&x, "A", 201, 10, 20, 1);
	staff_is(&x, "A", 202, 10.01, 20.01, 2);
	staff_end(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_come), cmocka_unit_test(test_two_people), cmocka_unit_test(test_discipline),
		cmocka_unit_test(test_wide), cmocka_unit_test(test_two_pools), cmocka_unit_test(test_passed_by),
		cmocka_unit_test(test_helper), cmocka_unit_test(test_helper_is_kept), cmocka_unit_test(test_helper_order),
		cmocka_unit_test(test_helper_beside), cmocka_unit_test(test_helper_of_both), cmocka_unit_test(test_too_few), cmocka_unit_test(test_many),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
