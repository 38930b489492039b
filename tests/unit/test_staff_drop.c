/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens that a terminate end takes away: from a queue, from the people who serve them, from a break, from a batch. Long queues. */
#include "staff_test.h"
#include <time.h>

static const char *const people1[] = { "pool=P|count=1", NULL };

static const struct bpr_dist nine = { .kind = BPR_DIST_CONSTANT, .a = 9 };

/* A case ends `wait` of T after it came, whatever it is at. */
static const char *const rows[] = { "S|start|G", "G|and|W1;W2;W3", "W1|event|A1|wait=0", "W2|event|A2|wait=1", "W3|event|T|wait=5",
	"A1|task|E1|work=1.5|staff=P", "A2|task|E2|work=10|staff=P", "E1|end|", "E2|end|", "T|end|", NULL };
static const char *const single[] = { "S|start|G", "G|and|A;W", "A|task|E|work=10|staff=P", "W|event|T|wait=5", "E|end|", "T|end|", NULL };

static void begin_rows(struct test_staff *x, const char *const *which)
{
	staff_begin(x, which, people1);
	staff_node(x, "T")->terminate = true;
}

/*
 * A1 of case 1 until 1.5, then its A2, which is taken away at 5. Case 2 waits with A1 since 2: 5 to 6.5. Case 3 waits since 2.2: from 6.5,
 * taken away at 7.2; before that, at 7, the A2 of case 2 went from the queue. Case 4 came at 7.1.
 */
static void test_terminate(void **state)
{
	(void)state;
	for (int way = 0; way < 4; way++) {
		struct test_staff x;

		begin_rows(&x, rows);
		STAFF_ARRIVALS(x, 0, 2, 2.2, 7.1);
		if (way == 1)
			staff_pool(&x, "P")->discipline = BPR_DISCIPLINE_PRIORITY;
		if (way == 2)
			staff_node(&x, "A1")->patience = staff_node(&x, "A2")->patience = &nine;
		if (way == 3) {
			staff_node(&x, "A2")->batch = 2; /* only A1 is ever done */
			x.options.closing = BPR_CLOSING_INTERRUPT;
		}
		staff_run(&x);
		staff_is(&x, "A1", 1, 0, 1.5, 1);
		if (way == 3) {
			/* The batch of cases 1 and 2 is ready at 3, loses one at 5, when it begins, and the other at 7. */
			staff_is(&x, "A1", 2, 2, 3.5, 1);
			staff_is(&x, "A1", 3, 3.5, 5, 1);
			staff_is(&x, "A1", 4, 7.1, 8.6, 1);
		} else {
			staff_is(&x, "A1", 2, 5, 6.5, 1);
			assert_int_equal(staff_event(&x, "A1", 3)->case_number, 0);
			staff_is(&x, "A1", 4, 7.2, 8.7, 1);
		}
		assert_int_equal(staff_event(&x, "A2", 1)->case_number, 0);
		assert_int_equal(bpr_simulation_cases(x.result), 4);
		staff_end(&x);
	}
}

/* Interrupted by the break at 12:00 and taken away in it: nothing goes on at 13:00 but the next one. */
static void test_terminate_in_a_break(void **state)
{
	STAFF_HOURS(halves, { 540, 720 }, { 780, 1020 });
	static const struct bpr_dist seventy_five = { .kind = BPR_DIST_CONSTANT, .a = 75 };
	struct test_staff x;

	(void)state;
	begin_rows(&x, single);
	staff_shift(&x, "P")->hours = halves;
	staff_node(&x, "W")->wait = &seventy_five;
	x.options.closing = BPR_CLOSING_INTERRUPT;
	STAFF_ARRIVALS(x, 700, 716, 717, 770);
	staff_run(&x);
	staff_is(&x, "A", 1, 700, 710, 1);
	staff_is(&x, "A", 2, 716, 786, 1);
	/* The third gave way at 792, in the middle of its work. */
	assert_int_equal(staff_event(&x, "A", 3)->case_number, 0);
	staff_is(&x, "A", 4, 792, 802, 1);
	staff_end(&x);
}

static void test_terminate_while_away(void **state)
{
	STAFF_HOURS(halves, { 540, 720 }, { 780, 1020 });
	static const struct bpr_dist twenty = { .kind = BPR_DIST_CONSTANT, .a = 20 };
	struct test_staff x;

	(void)state;
	begin_rows(&x, single);
	staff_shift(&x, "P")->hours = halves;
	staff_node(&x, "W")->wait = &twenty;
	x.options.closing = BPR_CLOSING_INTERRUPT;
	STAFF_ARRIVALS(x, 716, 765, 769);
	staff_run(&x);
	/* The first, interrupted at 720, goes at 736; the second, from 780 on, at 785; the third, from then on, at 789. */
	for (unsigned i = 1; i <= 3; i++)
		assert_int_equal(staff_event(&x, "A", i)->case_number, 0);
	assert_rel(bpr_simulation_pools(x.result)[0].utilisation.mean, (4 + 9) / (double)(180 + 9), 1e-12);
	staff_end(&x);
}

static void test_terminate_in_a_batch(void **state)
{
	static const struct bpr_dist four = { .kind = BPR_DIST_CONSTANT, .a = 4 };
	struct test_staff x;

	(void)state;
	begin_rows(&x, single);
	staff_node(&x, "A")->work = &four;
	staff_node(&x, "A")->batch = 2;
	staff_node(&x, "W")->wait = &nine;
	/*
	 * 1 and 2 from 2 to 10; the first is taken away at 9, their time stays. 3 and 4 are ready at 9.6 and begin at 10. 5 gathers at 20
	 * and goes at 29; 6 and 7 are ready at 31.
	 */
	STAFF_ARRIVALS(x, 0, 2, 9.5, 9.6, 20, 30, 31);
	staff_run(&x);
	assert_int_equal(staff_event(&x, "A", 1)->case_number, 0);
	staff_is(&x, "A", 2, 2, 10, 1);
	staff_is(&x, "A", 3, 10, 18, 1);
	staff_is(&x, "A", 4, 10, 18, 1);
	assert_int_equal(staff_event(&x, "A", 5)->case_number, 0);
	staff_is(&x, "A", 6, 31, 39, 1);
	staff_is(&x, "A", 7, 31, 39, 1);
	staff_end(&x);
}

/* The next replication begins with everybody at home and nobody waiting. */
static void test_again(void **state)
{
	STAFF_HOURS(halves, { 540, 720 }, { 780, 1020 });
	struct test_staff x;
	size_t third;

	(void)state;
	begin_rows(&x, rows);
	staff_shift(&x, "P")->hours = halves;
	staff_node(&x, "A1")->batch = 2;
	staff_node(&x, "A2")->patience = &nine;
	staff_pool(&x, "P")->discipline = BPR_DISCIPLINE_SHORTEST;
	x.options.replications = x.options.log_replications = 3;
	x.options.closing = BPR_CLOSING_INTERRUPT;
	STAFF_ARRIVALS(x, 530, 531, 600, 601, 718, 719, 900, 1019, 1020);
	staff_run(&x);
	third = x.count / 3;
	assert_true(third > 3);
	assert_int_equal(x.count, 3 * third);
	for (size_t i = third; i < x.count; i++) {
		struct bpr_sim_event before = x.event[i - third];

		before.replication++;
		assert_memory_equal(&before, &x.event[i], sizeof(before));
	}
	staff_end(&x);
}

/* ---- 100,000 in a line ---- */

enum { CROWD = 100000 };

/* All come in the first minute; one by one they are served, or give up in the middle of the line. */
static void crowd(enum bpr_discipline discipline, const struct bpr_dist *patience)
{
	static const char *const one[] = { "S|start|A", "A|task|E|work=exp(1)|staff=P", "E|end|", NULL };
	static double times[CROWD];
	struct test_staff x;
	clock_t start;
	double seconds;

	for (size_t i = 0; i < CROWD; i++)
		times[i] = (double)i / CROWD;
	staff_begin(&x, one, people1);
	staff_pool(&x, "P")->discipline = discipline;
	staff_node(&x, "A")->patience = patience;
	staff_node(&x, "A")->priority = 1;
	staff_arrivals(&x, times, CROWD);
	x.options.log = NULL;
	start = clock();
	staff_run(&x);
	seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	print_message("# %s%s: %.3f s for %d in line\n", bpr_discipline_name(discipline), patience ? ", impatient" : "", seconds, CROWD);
	assert_int_equal(bpr_simulation_cases(x.result), CROWD);
	/* A line that is walked along would take 5,000,000,000 steps. */
	assert_true(seconds < 5);
	staff_end(&x);
}

static void test_crowd(void **state)
{
	static const struct bpr_dist patience = { .kind = BPR_DIST_UNIF, .a = 0, .b = 100000 };

	(void)state;
	for (int d = BPR_DISCIPLINE_FIFO; d <= BPR_DISCIPLINE_LIFO; d++) {
		crowd((enum bpr_discipline)d, NULL);
		crowd((enum bpr_discipline)d, &patience);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terminate), cmocka_unit_test(test_terminate_in_a_break), cmocka_unit_test(test_terminate_while_away),
		cmocka_unit_test(test_terminate_in_a_batch),
		cmocka_unit_test(test_again), cmocka_unit_test(test_crowd),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
