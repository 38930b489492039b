/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing `serve`: who is in the building when the office closes is served first; overtime, and what ends it. */
#include "config.h"
#include "staff_test.h"

static const char *const one[] = { "S|start|A", "A|task|E|work=10|staff=P|counter=1番", "E|end|", NULL };
static const char *const two[] = { "S|start|A", "A|task|B|work=10|staff=P|counter=1番", "B|task|E|work=5|staff=Q|counter=2番", "E|end|", NULL };
static const char *const thrice[] = { "S|start|A", "A|task|B|work=10|staff=P|counter=1番", "B|task|C|work=20|actor=citizen",
	"C|task|E|work=5|staff=P|counter=1番", "E|end|", NULL };
static const char *const people1[] = { "pool=P|count=1", NULL };
static const char *const people_pq[] = { "pool=P|count=1", "pool=Q|count=1", NULL };

STAFF_HOURS(office, { 510, 1035 });             /* 8:30 to 17:15 */
STAFF_HOURS(morning, { 540, 720 });
STAFF_HOURS(halves, { 540, 720 }, { 780, 1020 });
STAFF_HOURS(nine_to_five, { 540, 1020 });
STAFF_HOURS(early_start, { 0, 1035 });
enum { DAY = 1440 };

static void begin(struct test_staff *x, const char *const *rows, const char *const *staff, const struct bpr_schedule *open, enum bpr_closing closing)
{
	staff_begin(x, rows, staff);
	TEST_EDIT(struct bpr_demand, bpr_flow_demand(x->t.flow))->open = *open;
	x->options.closing = closing;
}

static double overtime(const struct test_staff *x, size_t pool)
{
	return bpr_simulation_pools(x->result)[pool].overtime.mean;
}

/* Who stands in the queue at 17:15 is served. */
static void test_queue(void **state)
{
	struct test_staff x;

	(void)state;
	begin(&x, one, people1, &office, BPR_CLOSING_SERVE);
	STAFF_ARRIVALS(x, 1020, 1021, 1022, 1023);
	staff_run(&x);
	for (unsigned i = 0; i < 4; i++)
		staff_is(&x, "A", i + 1, 1020 + 10 * i, 1030 + 10 * i, 1);
	/* They wait 0, 9, 18, 27. Overtime from 1035 to 1060; 15 of the 525 minutes on duty. */
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), 54 / 4.0, 1e-12);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), 0, 0);
	assert_rel(overtime(&x, 0), 25, 1e-12);
	assert_rel(bpr_simulation_pools(x.result)[0].utilisation.mean, 15 / 525.0, 1e-12);
	staff_end(&x);
}

static void test_finish_is_as_before(void **state)
{
	struct test_staff x;

	(void)state;
	begin(&x, one, people1, &office, BPR_CLOSING_FINISH);
	STAFF_ARRIVALS(x, 1020, 1021, 1022, 1023);
	staff_run(&x);
	staff_is(&x, "A", 2, 1030, 1040, 1);
	staff_is(&x, "A", 3, DAY + 510, DAY + 520, 1);
	staff_is(&x, "A", 4, DAY + 520, DAY + 530, 1);
	staff_end(&x);
}

/* Who comes while they are still there is served as well, who comes later waits for the next day. */
static void test_comes_later(void **state)
{
	struct test_staff x;

	(void)state;
	begin(&x, one, people1, &office, BPR_CLOSING_SERVE);
	STAFF_ARRIVALS(x, 1020, 1025, 1030, 1045, 1061);
	staff_run(&x);
	staff_is(&x, "A", 3, 1040, 1050, 1);
	staff_is(&x, "A", 4, 1050, 1060, 1);
	staff_is(&x, "A", 5, DAY + 510, DAY + 520, 1);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), (DAY + 510 - 1061) / 5.0, 1e-12);
	staff_end(&x);
}

/* On the way to another counter at 17:15: its people stay although nobody stands there yet. */
static void test_two_counters(void **state)
{
	struct test_staff x;

	(void)state;
	begin(&x, two, people_pq, &office, BPR_CLOSING_SERVE);
	STAFF_ARRIVALS(x, 1030, 1046);
	staff_run(&x);
	staff_is(&x, "A", 1, 1030, 1040, 1);
	staff_is(&x, "B", 1, 1040, 1045, 1);
	staff_is(&x, "A", 2, DAY + 510, DAY + 520, 1);
	staff_end(&x);
}

/* Nobody who only stays is at work: 1035 to 1050, and twice 5 minutes. */
static void test_two_queue(void **state)
{
	struct test_staff x;

	(void)state;
	begin(&x, two, people_pq, &office, BPR_CLOSING_SERVE);
	STAFF_ARRIVALS(x, 1030, 1031);
	staff_run(&x);
	staff_is(&x, "A", 2, 1040, 1050, 1);
	staff_is(&x, "B", 2, 1050, 1055, 1);
	assert_rel(overtime(&x, 0), 15, 1e-12);
	assert_rel(overtime(&x, 1), 10, 1e-12);
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), 9 / 2.0, 1e-12);
	staff_end(&x);
}

/* 20 minutes of writing in the building keep them there; at home they do not. */
static void test_away(void **state)
{
	(void)state;
	for (int away = 0; away < 2; away++) {
		struct test_staff x;

		begin(&x, thrice, people1, &office, BPR_CLOSING_SERVE);
		staff_node(&x, "B")->away = away;
		STAFF_ARRIVALS(x, 1030, 1031);
		staff_run(&x);
		staff_is(&x, "A", 2, 1040, 1050, 1);
		staff_is(&x, "B", 1, 1040, 1060, 0);
		staff_is(&x, "B", 2, 1050, 1070, 0);
		staff_is(&x, "C", 1, away ? DAY + 510 : 1060, away ? DAY + 515 : 1065, 1);
		staff_is(&x, "C", 2, away ? DAY + 515 : 1070, away ? DAY + 520 : 1075, 1);
		staff_end(&x);
	}
}

/* A break is no closing. */
static void test_lunch(void **state)
{
	struct test_staff x;

	(void)state;
	begin(&x, one, people1, &nine_to_five, BPR_CLOSING_SERVE);
	staff_shift(&x, "P")->hours = halves;
	STAFF_ARRIVALS(x, 705, 710, 715, 1015, 1016);
	staff_run(&x);
	staff_is(&x, "A", 1, 705, 715, 1);
	staff_is(&x, "A", 2, 715, 725, 1);
	staff_is(&x, "A", 3, 780, 790, 1);
	staff_is(&x, "A", 4, 1015, 1025, 1);
	staff_is(&x, "A", 5, 1025, 1035, 1);
	assert_rel(overtime(&x, 0), 5 + 15, 1e-12);
	staff_end(&x);
}

/* People who go at noon go, as ever; in the evening nobody stays for one who needs them. */
static void test_half_day(void **state)
{
	struct test_staff x;

	(void)state;
	begin(&x, two, people_pq, &office, BPR_CLOSING_SERVE);
	staff_shift(&x, "Q")->hours = morning;
	STAFF_ARRIVALS(x, 706, 1000, 1050);
	staff_run(&x);
	staff_is(&x, "B", 1, 716, 721, 1);
	staff_is(&x, "A", 2, 1000, 1010, 1);
	staff_is(&x, "B", 2, DAY + 540, DAY + 545, 1);
	staff_is(&x, "A", 3, DAY + 510, DAY + 520, 1);
	staff_end(&x);
}

/* Doors close at 17:00, people go at 17:15: both are put off, and only what is done after 17:15 is overtime. */
static void test_door_first(void **state)
{
	struct test_staff x;

	(void)state;
	begin(&x, one, people1, &nine_to_five, BPR_CLOSING_SERVE);
	staff_shift(&x, "P")->hours = office;
	STAFF_ARRIVALS(x, 1010, 1011, 1012);
	staff_run(&x);
	staff_is(&x, "A", 2, 1020, 1030, 1);
	staff_is(&x, "A", 3, 1030, 1040, 1);
	assert_rel(overtime(&x, 0), 5, 1e-12);
	staff_end(&x);
}

/* Midnight: what has begun is finished, nobody begins any more. */
static void test_midnight(void **state)
{
	static const struct bpr_dist long_work = { .kind = BPR_DIST_CONSTANT, .a = 200 };
	struct test_staff x;

	(void)state;
	begin(&x, one, people1, &office, BPR_CLOSING_SERVE);
	staff_node(&x, "A")->work = &long_work;
	STAFF_ARRIVALS(x, 1030, 1031, 1032, 1033);
	staff_run(&x);
	staff_is(&x, "A", 2, 1230, 1430, 1);
	staff_is(&x, "A", 3, 1430, 1630, 1);
	staff_is(&x, "A", 4, DAY + 510, DAY + 710, 1);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), 510 / 4.0, 1e-12);
	staff_end(&x);
}

/* A wait of 30 minutes keeps people there, one until the next day does not. */
static void test_wait(void **state)
{
	static const struct bpr_dist long_wait = { .kind = BPR_DIST_CONSTANT, .a = 1000 }, short_wait = { .kind = BPR_DIST_CONSTANT, .a = 30 };
	struct test_staff x;

	(void)state;
	for (int late = 0; late < 2; late++) {
		begin(&x, two, people_pq, &office, BPR_CLOSING_SERVE);
		staff_node(&x, "A")->wait = late ? &long_wait : &short_wait;
		STAFF_ARRIVALS(x, 1030, 1045);
		staff_run(&x);
		staff_is(&x, "A", 1, 1030, 1040, 1);
		staff_is(&x, "A", 2, late ? DAY + 510 : 1045, late ? DAY + 520 : 1055, 1);
		staff_is(&x, "B", 1, late ? DAY + 600 : 1070, late ? DAY + 605 : 1075, 1);
		staff_end(&x);
	}
}

/* Hours that begin again at 0:00 take the place of what was put off: on duty from then on. */
static void test_replaced(void **state)
{
	static const struct bpr_dist long_work = { .kind = BPR_DIST_CONSTANT, .a = 300 };
	struct test_staff x;

	(void)state;
	begin(&x, one, people1, &early_start, BPR_CLOSING_SERVE);
	staff_node(&x, "A")->work = &long_work;
	STAFF_ARRIVALS(x, 1030, 1031, 1032);
	staff_run(&x);
	staff_is(&x, "A", 2, 1330, 1630, 1);
	staff_is(&x, "A", 3, 1630, 1930, 1);
	assert_rel(overtime(&x, 0) * bpr_simulation_days(x.result), 1440 - 1035, 1e-12);
	staff_end(&x);
}

/* Staff without a number stay as well. */
static void test_without_number(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|B|work=10|staff=P|counter=1番", "B|task|C|work=20|staff=R",
		"C|task|E|work=5|staff=P|counter=1番", "E|end|", NULL };
	struct test_staff x;

	(void)state;
	begin(&x, rows, people1, &office, BPR_CLOSING_SERVE);
	STAFF_ARRIVALS(x, 1030);
	staff_run(&x);
	staff_is(&x, "B", 1, 1040, 1060, 0);
	staff_is(&x, "C", 1, 1060, 1065, 1);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), 0, 0);
	staff_end(&x);
}

/* Without counters it is finish. */
static void test_no_counter(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|E|work=10|staff=P", "E|end|", NULL };
	struct test_staff x;

	(void)state;
	begin(&x, rows, people1, &office, BPR_CLOSING_SERVE);
	STAFF_ARRIVALS(x, 1030, 1031, 1032);
	staff_run(&x);
	staff_is(&x, "A", 1, 1030, 1040, 1);
	staff_is(&x, "A", 2, DAY + 510, DAY + 520, 1);
	staff_end(&x);
}

/* Without opening hours too. */
static void test_never_closes(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, one, people1);
	staff_shift(&x, "P")->hours = office;
	x.options.closing = BPR_CLOSING_SERVE;
	STAFF_ARRIVALS(x, 1030, 1031);
	staff_run(&x);
	staff_is(&x, "A", 1, 1030, 1040, 1);
	staff_is(&x, "A", 2, DAY + 510, DAY + 520, 1);
	staff_end(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queue), cmocka_unit_test(test_finish_is_as_before), cmocka_unit_test(test_comes_later),
		cmocka_unit_test(test_two_counters), cmocka_unit_test(test_two_queue), cmocka_unit_test(test_away), cmocka_unit_test(test_lunch),
		cmocka_unit_test(test_half_day), cmocka_unit_test(test_door_first), cmocka_unit_test(test_midnight), cmocka_unit_test(test_wait),
		cmocka_unit_test(test_replaced), cmocka_unit_test(test_without_number), cmocka_unit_test(test_no_counter),
		cmocka_unit_test(test_never_closes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
