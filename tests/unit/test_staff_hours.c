/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours: shifts, breaks, closing, counters that are open when people are not, and the closed minutes of those who wait. */
#include "staff_test.h"

static const char *const one[] = { "S|start|A", "A|task|E|work=10|staff=P", "E|end|", NULL };
static const char *const people1[] = { "pool=P|count=1", NULL };
static const char *const people2[] = { "pool=P|count=2", NULL };

STAFF_HOURS(office, { 510, 1035 });             /* 8:30 to 17:15 */
STAFF_HOURS(morning, { 540, 720 });             /* 9:00 to 12:00 */
STAFF_HOURS(halves, { 540, 720 }, { 780, 1020 }); /* a break from 12 to 13 */
STAFF_HOURS(noon, { 720, 780 });
enum { DAY = 1440 };

/* 8:00, 11:45, 11:50, 12:30, 16:55: the person is there from 9 to 12 and 13 to 17. */
static void hours_of(struct test_staff *x, const struct bpr_schedule *hours, enum bpr_closing closing)
{
	staff_begin(x, one, people1);
	staff_shift(x, "P")->hours = *hours;
	x->options.closing = closing;
}

static void test_before_opening(void **state)
{
	struct test_staff x;

	(void)state;
	hours_of(&x, &halves, BPR_CLOSING_FINISH);
	STAFF_ARRIVALS(x, 480, 535);
	staff_run(&x);
	staff_is(&x, "A", 1, 540, 550, 1);
	staff_is(&x, "A", 2, 550, 560, 1);
	/* 60 and 5 minutes are closed, the second waits for 10 more. */
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), 10 / 2.0, 1e-12);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), 65 / 2.0, 1e-12);
	staff_end(&x);
}

static void test_overtime(void **state)
{
	struct test_staff x;

	(void)state;
	hours_of(&x, &halves, BPR_CLOSING_FINISH);
	STAFF_ARRIVALS(x, 705, 710, 715, 750);
	staff_run(&x);
	staff_is(&x, "A", 1, 705, 715, 1);
	staff_is(&x, "A", 2, 715, 725, 1); /* into the break */
	staff_is(&x, "A", 3, 780, 790, 1);
	staff_is(&x, "A", 4, 790, 800, 1);
	/* Waits 5, 65 of which 60 closed, 40 of which 30 closed. */
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), (5 + 5 + 10) / 4.0, 1e-12);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), (60 + 30) / 4.0, 1e-12);
	staff_end(&x);
}

static void test_interrupt(void **state)
{
	struct test_staff x;

	(void)state;
	hours_of(&x, &halves, BPR_CLOSING_INTERRUPT);
	STAFF_ARRIVALS(x, 705, 710, 715, 750);
	staff_run(&x);
	staff_is(&x, "A", 1, 705, 715, 1);
	staff_is(&x, "A", 2, 715, 785, 1); /* 5 minutes before the break, 5 behind it */
	staff_is(&x, "A", 3, 785, 795, 1);
	staff_is(&x, "A", 4, 795, 805, 1);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), (60 + 60 + 30) / 4.0, 1e-12);
	staff_end(&x);
}

/* Work that ends when the hours end is neither overtime nor interrupted. */
static void test_ends_with_the_hours(void **state)
{
	(void)state;
	for (int closing = BPR_CLOSING_FINISH; closing <= BPR_CLOSING_INTERRUPT; closing++) {
		struct test_staff x;

		hours_of(&x, &halves, (enum bpr_closing)closing);
		STAFF_ARRIVALS(x, 710, 712);
		staff_run(&x);
		staff_is(&x, "A", 1, 710, 720, 1);
		staff_is(&x, "A", 2, 780, 790, 1);
		staff_end(&x);
	}
}

/* Work that takes days: three hours a day, ten hours of work. */
static void test_over_days(void **state)
{
	static const struct bpr_dist hours10 = { .kind = BPR_DIST_CONSTANT, .a = 600 };
	struct test_staff x;

	(void)state;
	hours_of(&x, &morning, BPR_CLOSING_INTERRUPT);
	STAFF_ARRIVALS(x, 600, 601);
	staff_node(&x, "A")->work = &hours10;
	staff_run(&x);
	/* 2 h, 3 h, 3 h, 2 h; then 1 h, 3 h, 3 h, 3 h */
	staff_is(&x, "A", 1, 600, 3 * DAY + 660, 1);
	staff_is(&x, "A", 2, 3 * DAY + 660, 6 * DAY + 720, 1);
	staff_end(&x);
}

/* Two people; one of them stays at lunch: breaks in turn from 12:00 to 13:00, half an hour each. */
static void test_in_turn(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, one, people2);
	staff_shift(&x, "P")->hours = office;
	staff_shift(&x, "P")->turn_minutes = 30;
	staff_shift(&x, "P")->turn = (struct bpr_span){ 720, 780 };
	STAFF_ARRIVALS(x, 700, 716, 717, 718, 775);
	staff_run(&x);
	staff_is(&x, "A", 1, 700, 710, 1);
	staff_is(&x, "A", 2, 716, 726, 1);
	staff_is(&x, "A", 3, 717, 727, 2);
	staff_is(&x, "A", 4, 727, 737, 1); /* at 726 one of the two goes, at 727 the other takes the next */
	staff_is(&x, "A", 5, 775, 785, 1);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), 0, 0);
	staff_end(&x);
}

/* Two shifts of one pool overlap from 11 to 13; the first one's work is interrupted when it goes, and the second takes it over. */
static void test_shifts(void **state)
{
	static struct bpr_shift shifts[2];
	STAFF_HOURS(early, { 480, 780 });
	STAFF_HOURS(late, { 660, 1080 });
	struct test_staff x;

	(void)state;
	for (int interrupts = 0; interrupts < 2; interrupts++) {
		staff_begin(&x, one, people2);
		shifts[0] = shifts[1] = *staff_shift(&x, "P");
		shifts[0].count = shifts[1].count = 1;
		shifts[0].hours = early;
		shifts[1].hours = late;
		staff_pool(&x, "P")->shifts = shifts;
		staff_pool(&x, "P")->shift_count = 2;
		x.options.closing = interrupts ? BPR_CLOSING_INTERRUPT : BPR_CLOSING_FINISH;
		STAFF_ARRIVALS(x, 775, 776, 777);
		staff_run(&x);
		staff_is(&x, "A", 2, 776, 786, 2);
		/* 5 minutes of the first are left at 780: from 786 on by the second person. */
		staff_is(&x, "A", 1, 775, interrupts ? 791 : 785, 0);
		staff_is(&x, "A", 3, interrupts ? 791 : 786, interrupts ? 801 : 796, 2);
		staff_end(&x);
	}
}

/* Priority, and work that was interrupted: that goes before the most urgent. */
static void test_interrupted_first(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|W1;W2;W3", "W1|event|A1|wait=0", "W2|event|A2|wait=20", "W3|event|A3|wait=21",
		"A1|task|E1|work=10|staff=P", "A2|task|E2|work=9|staff=P", "A3|task|E3|work=8|staff=P", "E1|end|", "E2|end|", "E3|end|", NULL };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, people1);
	staff_shift(&x, "P")->hours = halves;
	staff_pool(&x, "P")->discipline = BPR_DISCIPLINE_PRIORITY;
	staff_node(&x, "A3")->priority = 9;
	x.options.closing = BPR_CLOSING_INTERRUPT;
	STAFF_ARRIVALS(x, 714);
	staff_run(&x);
	staff_is(&x, "A1", 1, 714, 784, 1);
	staff_is(&x, "A3", 1, 784, 792, 1);
	staff_is(&x, "A2", 1, 792, 801, 1);
	staff_end(&x);
}

/* Two people of different hours needed at once: P is there from 9 to 12, Q from 12 to 13 and from 8:30. */
static void test_two_pools(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|E|work=10|staff=P;Q", "E|end|", NULL };
	static const char *const staff[] = { "pool=P|count=1", "pool=Q|count=1", NULL };
	STAFF_HOURS(from10, { 600, 1020 });
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, staff);
	staff_shift(&x, "P")->hours = halves;
	staff_shift(&x, "Q")->hours = from10;
	x.options.closing = BPR_CLOSING_INTERRUPT;
	STAFF_ARRIVALS(x, 530, 715);
	staff_run(&x);
	staff_is(&x, "A", 1, 600, 610, 1);
	staff_is(&x, "A", 2, 715, 785, 1);
	/* Until 10:00 there is not everybody; both stop when P goes at 12:00. */
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), (70 + 60) / 2.0, 1e-12);
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), 0, 0);
	staff_end(&x);
}

/* ---- doors ---- */

static const char *const desk[] = { "S|start|A", "A|task|E|work=10|staff=P|counter=窓口", "E|end|", NULL };

/* The counter opens from 9 to 12, the people are there from 8:30 to 17:15: what has begun is done, nobody more begins. */
static void test_counter(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, desk, people1);
	staff_shift(&x, "P")->hours = office;
	staff_counter(&x, 0)->open = morning;
	STAFF_ARRIVALS(x, 520, 712, 713);
	staff_run(&x);
	staff_is(&x, "A", 1, 540, 550, 1);
	staff_is(&x, "A", 2, 712, 722, 1);
	staff_is(&x, "A", 3, DAY + 540, DAY + 550, 1);
	/* 20 closed; 8 of the wait of the third are not closed: from 713 to 720 and none on the next day but 0. */
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), 7 / 3.0, 1e-12);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), (20 + DAY + 540 - 720) / 3.0, 1e-12);
	staff_end(&x);
}

/* Open while nobody is there, from 12 to 13: closed all the same. */
static void test_counter_without_people(void **state)
{
	struct test_staff x;

	(void)state;
	staff_begin(&x, desk, people1);
	staff_shift(&x, "P")->hours = halves;
	staff_counter(&x, 0)->open = noon;
	x.options.calendar.size = sizeof(x.options.calendar);
	STAFF_ARRIVALS(x, 700);
	staff_node(&x, "A")->work = NULL;
	staff_shift(&x, "P")->hours = morning;
	staff_counter(&x, 0)->open = office;
	staff_run(&x);
	staff_is(&x, "A", 1, 700, 700, 1);
	staff_end(&x);
}

/* Another step of the same people, behind the counter, goes on while the counter is shut: who waits there is passed by. */
static void test_passed_by_behind(void **state)
{
	static const char *const rows[] = { "S|start|G", "G|and|W1;W2", "W1|event|A1|wait=0", "W2|event|A2|wait=1",
		"A1|task|E1|work=10|staff=P|counter=窓口", "A2|task|E2|work=9|staff=P", "E1|end|", "E2|end|", NULL };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, people1);
	staff_shift(&x, "P")->hours = office;
	staff_counter(&x, 0)->open = morning;
	STAFF_ARRIVALS(x, 535, 800);
	staff_run(&x);
	staff_is(&x, "A2", 1, 536, 545, 1);
	staff_is(&x, "A1", 1, 545, 555, 1);
	staff_is(&x, "A2", 2, 801, 810, 1);
	staff_is(&x, "A1", 2, DAY + 540, DAY + 550, 1);
	staff_end(&x);
}

/* A step at a counter that needs nobody begins when the counter opens, for all who wait. */
static void test_counter_alone(void **state)
{
	static const char *const rows[] = { "S|start|A", "A|task|E|work=10|actor=citizen|counter=記載台", "E|end|", NULL };
	static const char *const nobody[] = { NULL };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, nobody);
	staff_counter(&x, 0)->open = morning;
	STAFF_ARRIVALS(x, 500, 530, 715, 725);
	staff_run(&x);
	staff_is(&x, "A", 1, 540, 550, 0);
	staff_is(&x, "A", 2, 540, 550, 0);
	staff_is(&x, "A", 3, 715, 725, 0);
	staff_is(&x, "A", 4, DAY + 540, DAY + 550, 0);
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), 0, 0);
	staff_end(&x);
}

/* The office closes at weekends: Friday 17:10 to Monday 8:30. Day 0 is a Monday. */
static void test_weekend(void **state)
{
	static const struct bpr_span spans[] = { { 510, 1035 } };
	static const struct bpr_schedule_rule rule = { .days = { .weekdays = 31 }, .spans = spans, .span_count = 1, .value = 1 };
	static const struct bpr_schedule weekdays = { &rule, 1, "" };
	struct test_staff x;

	(void)state;
	staff_begin(&x, one, people1);
	staff_shift(&x, "P")->hours = weekdays;
	x.options.days = 5;
	STAFF_ARRIVALS(x, 4 * DAY + 1030, 4 * DAY + 1031);
	staff_run(&x);
	staff_is(&x, "A", 1, 4 * DAY + 1030, 4 * DAY + 1040, 1); /* overtime */
	staff_is(&x, "A", 2, 7 * DAY + 510, 7 * DAY + 520, 1);
	assert_rel(staff_figure(&x, BPR_SIM_WAIT), 4 / 2.0, 1e-12);
	staff_end(&x);
}

/* A helper's hours: own people go home at 12, the helper stays until 17:15, so that nothing is closed. */
static void test_helper_hours(void **state)
{
	static const char *const staff[] = { "pool=P|count=1", "pool=Q|count=1", NULL };
	static const char *const rows[] = { "S|start|A", "A|task|B|work=10|staff=P", "B|task|E|work=1|staff=Q", "E|end|", NULL };
	static const size_t also[] = { 0 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, staff);
	staff_shift(&x, "P")->hours = morning;
	staff_shift(&x, "Q")->hours = office;
	staff_shift(&x, "Q")->also = also;
	staff_shift(&x, "Q")->also_count = 1;
	STAFF_ARRIVALS(x, 700, 702, 714, 730);
	staff_run(&x);
	staff_is(&x, "A", 1, 700, 710, 1); /* P itself */
	staff_is(&x, "A", 2, 702, 712, 1); /* the helper */
	staff_is(&x, "B", 1, 712, 713, 1); /* home again when A of case 2 is done */
	staff_is(&x, "B", 2, 713, 714, 1);
	staff_is(&x, "A", 3, 714, 724, 1);
	staff_is(&x, "B", 3, 724, 725, 1);
	staff_is(&x, "A", 4, 730, 740, 1);
	assert_rel(staff_figure(&x, BPR_SIM_CYCLE_CLOSED), 0, 0);
	staff_end(&x);
}

/* The helper goes home at 12:00 in the middle of its work: that waits at the head of the queue in which it was, for its own people. */
static void test_helper_goes(void **state)
{
	static const char *const staff[] = { "pool=P|count=1", "pool=Q|count=1", NULL };
	static const char *const rows[] = { "S|start|A", "A|task|B|work=20|staff=P", "B|task|E|work=1|staff=Q", "E|end|", NULL };
	static const size_t also[] = { 0 };
	struct test_staff x;

	(void)state;
	staff_begin(&x, rows, staff);
	staff_shift(&x, "P")->hours = office;
	staff_shift(&x, "Q")->hours = morning;
	staff_shift(&x, "Q")->also = also;
	staff_shift(&x, "Q")->also_count = 1;
	x.options.closing = BPR_CLOSING_INTERRUPT;
	STAFF_ARRIVALS(x, 705, 710, 712, 714);
	staff_run(&x);
	staff_is(&x, "A", 1, 705, 725, 1);
	staff_is(&x, "A", 2, 710, 735, 1); /* 710 to 720 by the helper, 725 to 735 by P */
	staff_is(&x, "A", 3, 735, 755, 1);
	staff_is(&x, "A", 4, 755, 775, 1);
	staff_is(&x, "B", 1, DAY + 540, DAY + 541, 1);
	staff_end(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_before_opening), cmocka_unit_test(test_overtime), cmocka_unit_test(test_interrupt),
		cmocka_unit_test(test_ends_with_the_hours), cmocka_unit_test(test_over_days), cmocka_unit_test(test_in_turn),
		cmocka_unit_test(test_shifts), cmocka_unit_test(test_interrupted_first), cmocka_unit_test(test_two_pools),
		cmocka_unit_test(test_counter), cmocka_unit_test(test_counter_without_people), cmocka_unit_test(test_passed_by_behind),
		cmocka_unit_test(test_counter_alone), cmocka_unit_test(test_weekend), cmocka_unit_test(test_helper_hours),
		cmocka_unit_test(test_helper_goes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
