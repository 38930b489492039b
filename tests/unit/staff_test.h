/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_STAFF_TEST_H
#define BPR_TESTS_UNIT_STAFF_TEST_H
/*
 * A few cases through a small flow with constant times, and what the log of the simulator says of them: times that anybody can
 * work out on paper. Hours, shifts and the like are set in the flow itself, not read.
 */
#include "lib/test.h"
#include "flow_build.h"
#include <bpr/simulate.h>

enum { TEST_EVENTS = 512 };

struct test_staff {
	struct test_flow t;
	struct bpr_sim_options options;
	struct bpr_sim_event event[TEST_EVENTS];
	size_t count;
	bpr_simulation *result;
};

/* The flow is frozen; a test may change what its text could have said. */
#define TEST_EDIT(type, p) ((type *)(uintptr_t)(p))

static inline bool test_log(void *data, const struct bpr_sim_event *events, size_t count)
{
	struct test_staff *x = data;

	for (size_t i = 0; i < count; i++) {
		assert_true(x->count < TEST_EVENTS);
		x->event[x->count++] = events[i];
	}
	return true;
}

/* Rows of the flow, then rows of the staff table; each list ends with NULL. */
static inline void staff_begin(struct test_staff *x, const char *const *rows, const char *const *staff)
{
	memset(x, 0, sizeof(*x));
	test_begin(&x->t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&x->t, rows[i], i + 2);
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

/* Cases come at these minutes of day 0. */
static inline void staff_arrivals(struct test_staff *x, const double *times, size_t count)
{
	struct bpr_demand *d = TEST_EDIT(struct bpr_demand, bpr_flow_demand(x->t.flow));

	d->arrivals = NULL;
	d->times = times;
	d->time_count = count;
}
#define STAFF_ARRIVALS(x, ...) \
	static const double x##_times[] = { __VA_ARGS__ }; \
	staff_arrivals(&(x), x##_times, sizeof(x##_times) / sizeof(x##_times[0]))

static inline struct bpr_pool *staff_pool(struct test_staff *x, const char *name)
{
	size_t i = 0, count = bpr_flow_pool_count(x->t.flow);

	while (i < count && strcmp(bpr_flow_pool(x->t.flow, i)->name, name) != 0)
		i++;
	assert_true(i < count);
	return TEST_EDIT(struct bpr_pool, bpr_flow_pool(x->t.flow, i));
}
static inline struct bpr_shift *staff_shift(struct test_staff *x, const char *pool)
{
	return TEST_EDIT(struct bpr_shift, &staff_pool(x, pool)->shifts[0]);
}
static inline struct bpr_node *staff_node(struct test_staff *x, const char *id)
{
	assert_int_not_equal(bpr_flow_find(x->t.flow, id), BPR_NONE);
	return TEST_EDIT(struct bpr_node, bpr_flow_node(x->t.flow, bpr_flow_find(x->t.flow, id)));
}
static inline struct bpr_counter *staff_counter(struct test_staff *x, size_t i)
{
	return TEST_EDIT(struct bpr_counter, bpr_flow_counter(x->t.flow, i));
}

/* Every day, these hours: STAFF_HOURS(name, { 510, 720 }, { 780, 1035 }). */
#define STAFF_HOURS(name, ...) \
	static const struct bpr_span name##_spans[] = { __VA_ARGS__ }; \
	static const struct bpr_schedule_rule name##_rule = { .spans = name##_spans, \
		.span_count = sizeof(name##_spans) / sizeof(name##_spans[0]), .value = 1 }; \
	static const struct bpr_schedule name = { &name##_rule, 1, "" }

static inline void staff_run(struct test_staff *x)
{
	struct bpr_error err = { 0 };
	bpr_status status;

	x->count = 0;
	bpr_simulation_free(x->result);
	status = bpr_simulate(x->t.flow, &x->options, &x->result, x->t.problems, &err);
	if (status != BPR_OK)
		print_error("%s\n", err.message);
	assert_int_equal(status, BPR_OK);
}

static inline void staff_end(struct test_staff *x)
{
	bpr_simulation_free(x->result);
	test_end(&x->t);
}

/* The first execution of the step by this case; where there is none, one that never happened: case 0. */
static inline const struct bpr_sim_event *staff_event(const struct test_staff *x, const char *id, unsigned long long case_number)
{
	static const struct bpr_sim_event nothing = { .case_number = 0 };
	size_t node = bpr_flow_find(x->t.flow, id);

	for (size_t i = 0; i < x->count; i++)
		if (x->event[i].node == node && x->event[i].case_number == case_number)
			return &x->event[i];
	return &nothing;
}

/* The step of this case began and was finished at these minutes, served by this person (0: not looked at). */
static inline void staff_is(const struct test_staff *x, const char *id, unsigned long long case_number, double started, double finished,
			    unsigned person)
{
	const struct bpr_sim_event *e = staff_event(x, id, case_number);

	if (!e->case_number)
		fail_msg("%s of case %llu is not in the log", id, case_number);
	if (fabs(e->started - started) > 1e-9 || fabs(e->finished - finished) > 1e-9 || (person && e->person != person))
		fail_msg("%s of case %llu: %.17g to %.17g by %u, expected %.17g to %.17g by %u", id, case_number, e->started, e->finished,
			 e->person, started, finished, person);
}
static inline double staff_figure(const struct test_staff *x, size_t key)
{
	return bpr_simulation_figure(x->result, key)->mean;
}
#endif
