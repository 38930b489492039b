/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events come out in the total order of time, kind, number: against a plain sorted list, whatever the times are like. */
#include "config.h"
#include "test.h"
#include "base/alloc_i.h"
#include "flow/dist_i.h"
#include "simulate/run_i.h"
#include <math.h>
#include <string.h>

static struct bpr_rng rng;

static double uniform(void)
{
	return bpr_i_rng_uniform(&rng);
}

/* Times after now: of very different kinds. */
static double some_time(int kind, double now)
{
	double u = uniform();

	switch (kind) {
	case 0: return now - log(1 - u);
	case 1: return now + floor(u * 5);                            /* many at one moment */
	case 2: return u < 0.5 ? now : now + 10;
	case 3: return now + (u < 0.9 ? uniform() : 14400 * uniform()); /* services, and waits of ten days */
	case 4: return now + pow(10, 12 * u - 6);
	case 5: return now + 1;
	case 6: return ceil((now + 1e-9) / 60) * 60;                  /* all at the full hour */
	default: return now + 1e-9 * u;
	}
}

/* ---- the plain one ---- */
static struct run_event *plain;
static size_t plain_count, plain_capacity;

static bool before(const struct run_event *a, const struct run_event *b)
{
	return a->time < b->time || (!(b->time < a->time) && a->order < b->order);
}

static void plain_add(struct run_event e)
{
	size_t low = 0, high = plain_count;

	assert_true(bpr_i_grow(&plain, &plain_capacity, plain_count + 1, sizeof(*plain)));
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (before(&e, &plain[middle]))
			low = middle + 1;
		else
			high = middle;
	}
	memmove(&plain[low + 1], &plain[low], (plain_count - low) * sizeof(*plain));
	plain[low] = e;
	plain_count++;
}

static void add(struct run_queue *q, double time)
{
	unsigned kind = (unsigned)(uniform() * 7);
	struct run_event e = { time, (uint64_t)kind << RUN_KIND_SHIFT | q->sequence, (uint32_t)(uniform() * 1e9), 7 };

	assert_true(bpr_i_queue_add(q, time, kind, e.id, 7));
	plain_add(e);
}

static double take(struct run_queue *q)
{
	struct run_event got, want = plain[--plain_count];

	assert_true(bpr_i_queue_take(q, &got));
	assert_memory_equal(&got, &want, sizeof(got));
	return got.time;
}

/* Grows to `most` pending, stays there, shrinks to none; the kind of times may change on the way. */
static void play(int first, int second, size_t most, size_t steps)
{
	struct run_queue q = { 0 };
	struct run_event none;
	double now = 0;

	bpr_i_queue_clear(&q);
	while (plain_count < most) {
		add(&q, some_time(first, now));
		if (uniform() < 0.3)
			now = take(&q);
	}
	for (size_t i = 0; i < steps; i++) {
		now = take(&q);
		add(&q, some_time(uniform() < 0.5 ? first : second, now));
	}
	while (plain_count) {
		now = take(&q);
		if (uniform() < 0.2)
			add(&q, some_time(second, now));
	}
	assert_false(bpr_i_queue_take(&q, &none));
	assert_true(bpr_i_queue_add(&q, 1, 0, 0, 0)); /* ready for another turn, with others in between */
	bpr_i_queue_clear(&q);
	assert_false(bpr_i_queue_take(&q, &none));
	bpr_i_queue_release(&q);
}

static void test_order(void **state)
{
	static const size_t sizes[] = { 1, 5, 47, 60, 300, 1200 };

	(void)state;
	bpr_i_rng_seed(&rng, 7, 0, 0, 0);
	for (int first = 0; first < 8; first++)
		for (int second = 0; second < 8; second++)
			for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
				play(first, second, sizes[i], 2 * sizes[i] + 200);
}

static void test_never(void **state)
{
	struct run_queue q = { 0 };
	struct run_event e;

	(void)state;
	bpr_i_queue_clear(&q);
	assert_true(bpr_i_queue_add(&q, (double)INFINITY, 1, 2, 3));
	assert_true(bpr_i_queue_add(&q, 1e300, 1, 4, 3));
	assert_true(bpr_i_queue_take(&q, &e));
	assert_int_equal(e.id, 4);
	assert_false(bpr_i_queue_take(&q, &e));
	bpr_i_queue_release(&q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_never),
	};
	int result = cmocka_run_group_tests(tests, NULL, NULL);

	bpr_i_free(plain);
	return result;
}
