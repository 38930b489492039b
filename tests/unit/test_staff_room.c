/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Those who do not wait for ever, full rooms, numbers drawn, cases done together, tokens that disappear. */
#include "staff_test.h"
#include <bpr/queueing.h>

static const char *const one[] = { "S|start|A", "A|task|E|work=10|staff=P|counter=窓口", "E|end|", NULL };
static const char *const people1[] = { "pool=P|count=1", NULL };
static const char *const people2[] = { "pool=P|count=2", NULL };
enum { DAY = 1440 };

static const struct bpr_dist five = { .kind = BPR_DIST_CONSTANT, .a = 5 };
static const struct bpr_dist ten = { .kind = BPR_DIST_CONSTANT, .a = 10 };
static const struct bpr_dist none = { .kind = BPR_DIST_CONSTANT, .a = 0 };

static void gone(const struct test_staff *x, const char *id, unsigned long long case_number)
{
	assert_int_equal(staff_event(x, id, case_number)->case_number, 0);
}

/* ---- patience ---- */

static void test_patience(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, one, people1);
	staff_node(&x, "A")->patience = &ten;
	/* 1 begins at 0; 2 at 10; 3 came at 2: gives up at 12; 4 came at 10: begins at 20, when its patience ends: beginning wins. */
	STAFF_ARRIVALS(x, 0, 1, 2, 10, 25);
	staff_run(&x);
	staff_is(&x, "A", 1, 0, 10, 1);
	staff_is(&x, "A", 2, 10, 20, 1);
	gone(&x, "A", 3);
	staff_is(&x, "A", 4, 20, 30, 1);
	staff_is(&x, "A", 5, 30, 40, 1);
	assert_rel(staff_figure(&x, BPR_SIM_ABANDONED), 1 / 5.0, 1e-12);
	staff_end(&x);
}

static void test_no_patience(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, one, people1);
	staff_node(&x, "A")->patience = &none;
	STAFF_ARRIVALS(x, 0, 5, 10, 12);
	staff_run(&x);
	staff_is(&x, "A", 1, 0, 10, 1);
	gone(&x, "A", 2);
	staff_is(&x, "A", 3, 10, 20, 1); /* people come free before the next comes in */
	gone(&x, "A", 4);
	staff_end(&x);
}

/* Who wants two people holds up one who came later, though somebody is free; when it gives up, that one begins at once. */
static void test_gives_way(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|B|work=20|staff=P", "B|task|E|work=5|staff=P:2", "E|end|", NULL };
	static const struct bpr_dist three = { .kind = BPR_DIST_CONSTANT, .a = 3 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, people2);
	staff_node(&x, "B")->patience = &three;
	STAFF_ARRIVALS(x, 0, 5, 21);
	staff_run(&x);
	staff_is(&x, "A", 1, 0, 20, 1);
	staff_is(&x, "A", 2, 5, 25, 2);
	gone(&x, "B", 1); /* from 20 to 23 */
	staff_is(&x, "A", 3, 23, 43, 1);
	gone(&x, "B", 2);
	staff_is(&x, "B", 3, 43, 48, 1);
	staff_end(&x);
}

/* ---- seats ---- */

static void test_seats(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, one, people1);
	staff_counter(&x, 0)->seats = 2;
	/* 2 and 3 wait, 4 finds both seats taken; at 10 the second is called, so 5 finds one. */
	STAFF_ARRIVALS(x, 0, 1, 2, 3, 10, 11);
	staff_run(&x);
	staff_is(&x, "A", 2, 10, 20, 1);
	staff_is(&x, "A", 3, 20, 30, 1);
	gone(&x, "A", 4);
	staff_is(&x, "A", 5, 30, 40, 1);
	gone(&x, "A", 6);
	assert_rel(staff_figure(&x, BPR_SIM_ABANDONED), 2 / 6.0, 1e-12);
	staff_end(&x);
}

/* Seats are those of the counter, for all its steps; who gives up leaves its seat. */
static void test_seats_shared(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|B|work=2|staff=P|counter=窓口", "B|task|E|work=10|staff=Q|counter=窓口", "E|end|", NULL };
	static const char *const staff[] = { "pool=P|count=1", "pool=Q|count=1", NULL };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, staff);
	staff_counter(&x, 0)->seats = 1;
	staff_node(&x, "B")->patience = &five;
	/*
	 * 1: A 0-2, B 2-12. 2: A 3-5, waits for B from 5 on its seat until it gives up at 10. 3 comes at 6: A is free, 6-8; for B
	 * it finds the seat taken at 8 and goes. 4 comes at 9: A 9-11, waits for B from 11 to 12.
	 */
	STAFF_ARRIVALS(x, 0, 3, 6, 9);
	staff_run(&x);
	staff_is(&x, "B", 1, 2, 12, 1);
	gone(&x, "B", 2);
	staff_is(&x, "A", 3, 6, 8, 1);
	gone(&x, "B", 3);
	staff_is(&x, "B", 4, 12, 22, 1);
	staff_end(&x);
}

/* ---- numbers ---- */

static void test_tickets(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|B|work=1|staff=P|counter=1番", "B|task|C|work=1|staff=P|counter=1番",
		"C|task|D|work=1|staff=P|counter=2番", "D|task|E|work=1|staff=P|counter=1番", "E|end|", NULL };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, people1);
	STAFF_ARRIVALS(x, 10, 20, 2 * DAY + 5);
	x.options.days = 3;
	staff_run(&x);
	assert_int_equal(staff_event(&x, "A", 1)->ticket, 1);
	assert_int_equal(staff_event(&x, "B", 1)->ticket, 1); /* it has it still */
	assert_int_equal(staff_event(&x, "C", 1)->ticket, 1);
	assert_int_equal(staff_event(&x, "D", 1)->ticket, 2); /* it comes back */
	assert_int_equal(staff_event(&x, "A", 2)->ticket, 3);
	assert_int_equal(staff_event(&x, "C", 2)->ticket, 2);
	assert_int_equal(staff_event(&x, "A", 3)->ticket, 1); /* another day */
	staff_end(&x);
}

/* ---- batches ---- */

static const char *const approve[] = { "S|start|A", "A|task|B|work=4|staff=P", "B|end|", NULL };

static void test_batch(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, approve, people1);
	staff_node(&x, "A")->batch = 3;
	/* Three of 4 minutes each from 6 on; the next three from 18, after them. */
	STAFF_ARRIVALS(x, 0, 5, 6, 7, 8, 9);
	staff_run(&x);
	for (unsigned i = 1; i <= 6; i++)
		staff_is(&x, "A", i, i <= 3 ? 6 : 18, i <= 3 ? 18 : 30, 1);
	/* 4 to 6 stand in line from 9 to 18. What they wait for each other is no queue. */
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), 3 * 9 / 6.0, 1e-12);
	assert_rel(bpr_simulation_pools(x.result)[0].utilisation.mean, 24 / 30.0, 1e-12);
	staff_end(&x);
}

static void test_batch_wait(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, approve, people1);
	staff_node(&x, "A")->batch = 3;
	staff_node(&x, "A")->batch_wait = 60;
	STAFF_ARRIVALS(x, 0, 50, 61, 62, 63, 64);
	staff_run(&x);
	staff_is(&x, "A", 1, 60, 68, 1); /* two of them, an hour after the first */
	staff_is(&x, "A", 2, 60, 68, 1);
	staff_is(&x, "A", 3, 68, 80, 1); /* full at 63 */
	staff_is(&x, "A", 5, 68, 80, 1);
	staff_is(&x, "A", 6, 124, 128, 1);
	staff_end(&x);
}

/* Nobody else can come: what has gathered is done, full or not. */
static void test_batch_rest(void **state)
{
	STAFF_HOURS(office, { 510, 1035 });
	struct test_staff x;

	(void)state;
	for (int hours = 0; hours < 2; hours++) {
		staff_begin(&x, approve, people1);
		staff_node(&x, "A")->batch = 4;
		if (hours)
			staff_shift(&x, "P")->hours = office;
		STAFF_ARRIVALS(x, 600, 601);
		staff_run(&x);
		assert_int_equal(x.count, 2);
		staff_is(&x, "A", 1, hours ? 1035 + 15 * 60 + 15 : 601, (hours ? 1035 + 15 * 60 + 15 : 601) + 8, 1);
		staff_end(&x);
	}
}

/* The break comes in the middle of a batch; one gives up before it is full, another while it stands in line. */
static void test_batch_interrupted(void **state)
{
	STAFF_HOURS(halves, { 540, 720 }, { 780, 1020 });
	struct test_staff x;

	(void)state;
	staff_begin(&x, approve, people1);
	staff_node(&x, "A")->batch = 3;
	staff_shift(&x, "P")->hours = halves;
	x.options.closing = BPR_CLOSING_INTERRUPT;
	STAFF_ARRIVALS(x, 700, 705, 715, 716);
	staff_run(&x);
	staff_is(&x, "A", 1, 715, 787, 1);
	staff_is(&x, "A", 2, 715, 787, 1);
	staff_is(&x, "A", 3, 715, 787, 1);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED) * 4, 3 * 60 + (x.count == 4 ? staff_event(&x, "A", 4)->started - 1020 : 0), 1e-9);
	staff_end(&x);
}

static void test_batch_patience(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, approve, people1);
	staff_node(&x, "A")->batch = 3;
	staff_node(&x, "A")->batch_wait = 8;
	staff_node(&x, "A")->patience = &five;
	/*
	 * 1 gives up at 5 while it gathers; 2, 3, 4 are enough at 7 and done at 19. 5, 6, 7 are enough at 14 and stand in line: 5 gives up
	 * at 15, 6, which stands in for it, at 16; 7 begins at 19, when its patience ends.
	 */
	STAFF_ARRIVALS(x, 0, 3, 6, 7, 10, 11, 14);
	staff_run(&x);
	gone(&x, "A", 1);
	staff_is(&x, "A", 2, 7, 19, 1);
	staff_is(&x, "A", 4, 7, 19, 1);
	gone(&x, "A", 5);
	gone(&x, "A", 6);
	staff_is(&x, "A", 7, 19, 23, 1);
	staff_end(&x);
}

/* A batch costs its people as much as its cases one by one: the formula and the simulation agree how busy they are. */
static void test_batch_load(void **state)
{
	static const struct bpr_dist mean_ten = { .kind = BPR_DIST_EXP, .a = 10 };
	static const double visits[] = { 1, 1, 1 }, passages[] = { 1, 1 };
	bpr_queueing *q = NULL;
	struct test_staff x;

	(void)state;
	staff_begin(&x, approve, people1);
	staff_node(&x, "A")->batch = 3;
	TEST_EDIT(struct bpr_demand, bpr_flow_demand(x.t.flow))->arrivals = &mean_ten;
	assert_int_equal(bpr_queueing_solve(x.t.flow, visits, passages, NULL, &q, NULL, NULL), BPR_OK);
	assert_rel(bpr_queueing_pools(q)[0].utilisation, 0.4, 1e-12);
	bpr_queueing_free(q);
	x.options.days = 0;
	x.options.cases = 20000;
	x.options.log = NULL;
	staff_run(&x);
	/* Of 20,000 times between two cases the mean has a standard error of 1/141: five of them. */
	assert_rel(bpr_simulation_pools(x.result)[0].utilisation.mean, 0.4, 5 / 141.0);
	assert_rel(staff_figure(&x, BPR_METRIC_WORK_MINUTES), 4, 1e-9);
	staff_end(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patience), cmocka_unit_test(test_no_patience), cmocka_unit_test(test_gives_way), cmocka_unit_test(test_seats),
		cmocka_unit_test(test_seats_shared), cmocka_unit_test(test_tickets), cmocka_unit_test(test_batch), cmocka_unit_test(test_batch_wait),
		cmocka_unit_test(test_batch_rest), cmocka_unit_test(test_batch_interrupted), cmocka_unit_test(test_batch_patience), cmocka_unit_test(test_batch_load),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
