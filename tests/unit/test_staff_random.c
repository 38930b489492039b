/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random offices, whatever they combine: what must hold of every log. Nobody serves two at once, nobody begins off duty, nobody waits
 * while somebody who could come has nothing to do, work takes as long as it takes, whoever comes is served or goes away.
 */
#include "staff_test.h"
#include "flow/dist_i.h"
#include <bpr/calendar.h>
#include <stdlib.h>

enum { MAX_POOLS = 3, MAX_STEPS = 6, MAX_EVENTS = 20000, OFFICES = 300 };

struct office {
	struct test_flow t;
	struct bpr_sim_options options;
	bpr_simulation *result;
	bpr_calendar *calendar;
	struct bpr_rng rng;
	size_t pools, steps;
	bool wide, helping, hours, batches, impatient;
	struct bpr_shift shift[MAX_POOLS];
	size_t also[MAX_POOLS][MAX_POOLS];
	struct bpr_dist patience;
	struct bpr_sim_event *event; size_t count;
};

static size_t below(struct office *o, size_t n)
{
	return (size_t)(bpr_i_rng_uniform(&o->rng) * (double)n);
}

static bool chance(struct office *o, double p)
{
	return bpr_i_rng_uniform(&o->rng) < p;
}

static bool keep(void *data, const struct bpr_sim_event *events, size_t count)
{
	struct office *o = data;

	assert_true(o->count + count <= MAX_EVENTS);
	memcpy(o->event + o->count, events, count * sizeof(*events));
	o->count += count;
	return true;
}

/* ---- an office ---- */

STAFF_HOURS(day, { 510, 1035 });
STAFF_HOURS(halves, { 510, 720 }, { 780, 1020 });
STAFF_HOURS(short_day, { 540, 700 }, { 730, 960 });
STAFF_HOURS(noon, { 720, 780 });

static void add_step(struct office *o, size_t i)
{
	static const char *const work[] = { "4", "unif(1,9)", "exp(5)", "tri(1,2,9)", "emp([1 2 3 4 5])" };
	char row[160], staff[48];
	size_t pool = below(o, o->pools), other = below(o, o->pools);

	if (o->wide && other != pool && chance(o, 0.3))
		(void)snprintf(staff, sizeof(staff), "P%zu;P%zu", pool, other);
	else if (o->wide && chance(o, 0.3))
		(void)snprintf(staff, sizeof(staff), "P%zu:2", pool);
	else
		(void)snprintf(staff, sizeof(staff), "P%zu", pool);
	if (i + 1 < o->steps && chance(o, 0.4))
		(void)snprintf(row, sizeof(row), "A%zu|task|A%zu:0.7;A%zu:0.3|work=%s|staff=%s|counter=C%zu", i, i + 1, below(o, i + 1), work[below(o, 5)], staff, i % 2);
	else if (i + 1 < o->steps)
		(void)snprintf(row, sizeof(row), "A%zu|task|A%zu|work=%s|staff=%s", i, i + 1, work[below(o, 5)], staff);
	else
		(void)snprintf(row, sizeof(row), "A%zu|task|E|work=%s|staff=%s", i, work[below(o, 5)], staff);
	test_row(&o->t, row, i + 3);
}

static void set_pool(struct office *o, size_t i)
{
	static const struct bpr_schedule *const hours[] = { &day, &halves, &short_day };
	size_t at = 0;
	struct bpr_pool *pool;

	while (at < bpr_flow_pool_count(o->t.flow) && bpr_flow_pool(o->t.flow, at)->name[1] != (char)('0' + i))
		at++;
	if (at == bpr_flow_pool_count(o->t.flow))
		return;
	pool = TEST_EDIT(struct bpr_pool, bpr_flow_pool(o->t.flow, at));
	o->shift[i] = pool->shifts[0];
	pool->discipline = (enum bpr_discipline)below(o, 4);
	pool->shifts = &o->shift[i];
	if (o->hours) {
		o->shift[i].hours = *hours[below(o, 3)];
		if (chance(o, 0.3))
			o->shift[i].breaks = noon;
		if (chance(o, 0.3)) {
			o->shift[i].turn_minutes = 20;
			o->shift[i].turn = (struct bpr_span){ 660, 720 };
		}
	}
	if (o->helping)
		for (size_t k = 0; k < bpr_flow_pool_count(o->t.flow); k++)
			if (k != at && chance(o, 0.6))
				o->also[i][o->shift[i].also_count++] = k;
	o->shift[i].also = o->also[i];
}

static void set_steps(struct office *o)
{
	for (size_t i = 0; i < bpr_flow_node_count(o->t.flow); i++) {
		struct bpr_node *node = TEST_EDIT(struct bpr_node, bpr_flow_node(o->t.flow, i));

		if (!node->need_count)
			continue;
		node->priority = (double)below(o, 3);
		if (o->batches && chance(o, 0.4)) {
			node->batch = 2 + below(o, 3);
			node->batch_wait = chance(o, 0.7) ? 30 : 0;
		}
		if (o->impatient && chance(o, 0.5)) {
			o->patience = (struct bpr_dist){ .kind = BPR_DIST_EXP, .a = 25 };
			node->patience = &o->patience;
		}
	}
	for (size_t i = 0; i < bpr_flow_counter_count(o->t.flow); i++) {
		struct bpr_counter *counter = TEST_EDIT(struct bpr_counter, bpr_flow_counter(o->t.flow, i));

		counter->seats = o->impatient && chance(o, 0.5) ? 1 + below(o, 3) : 0;
		if (o->hours && chance(o, 0.5))
			counter->open = short_day;
	}
}

static void open_office(struct office *o, uint64_t seed)
{
	char row[80];

	memset(o, 0, sizeof(*o));
	bpr_i_rng_seed(&o->rng, seed, 0, 0, 0);
	o->pools = 1 + below(o, MAX_POOLS);
	o->steps = 1 + below(o, MAX_STEPS);
	o->wide = chance(o, 0.3);
	o->helping = !o->wide && chance(o, 0.5);
	o->hours = chance(o, 0.6);
	o->batches = chance(o, 0.3);
	o->impatient = chance(o, 0.3);
	test_begin(&o->t);
	test_row(&o->t, "S|start|A0", 2);
	for (size_t i = 0; i < o->steps; i++)
		add_step(o, i);
	test_row(&o->t, "E|end|", 20);
	for (size_t i = 0; i < o->pools; i++) {
		(void)snprintf(row, sizeof(row), "pool=P%zu|count=%zu", i, 2 + below(o, 3));
		test_companion(&o->t, BPR_TABLE_STAFF, row, i + 2);
	}
	(void)snprintf(row, sizeof(row), "arrivals=exp(%zu)", 4 + below(o, 30));
	test_companion(&o->t, BPR_TABLE_DEMAND, row, 2);
	test_finish(&o->t);
	assert_int_equal(o->t.status, BPR_OK);
	for (size_t i = 0; i < o->pools; i++)
		set_pool(o, i);
	set_steps(o);
	o->options = (struct bpr_sim_options)BPR_SIM_OPTIONS_INIT;
	o->options.days = 2;
	o->options.replications = 1;
	o->options.warmup = BPR_WARMUP_NONE;
	o->options.jobs = 1;
	o->options.seed = seed;
	o->options.closing = chance(o, 0.5) ? BPR_CLOSING_INTERRUPT : BPR_CLOSING_FINISH;
	o->options.log = keep;
	o->options.log_data = o;
	o->event = calloc(MAX_EVENTS, sizeof(*o->event));
	assert_non_null(o->event);
	assert_int_equal(bpr_calendar_new(o->t.flow, &o->options.calendar, &o->calendar, NULL), BPR_OK);
}

static void close_office(struct office *o)
{
	free(o->event);
	bpr_calendar_free(o->calendar);
	bpr_simulation_free(o->result);
	test_end(&o->t);
}

/* ---- what must hold ---- */

static size_t on_duty(const struct office *o, size_t pool, double time)
{
	struct bpr_span spans[BPR_SPANS_MAX];
	size_t people[BPR_SPANS_MAX], n = bpr_calendar_shift(o->calendar, pool, 0, (long)floor(time / 1440), spans, people);
	double at = time - floor(time / 1440) * 1440;

	for (size_t i = 0; i < n; i++)
		if (spans[i].from <= at && at < spans[i].to)
			return people[i];
	return 0;
}

/* Minutes of [from, to) in which somebody of the pool is on duty. */
static double duty_minutes(const struct office *o, size_t pool, double from, double to)
{
	double sum = 0;

	for (long d = (long)floor(from / 1440); (double)d * 1440 < to; d++) {
		struct bpr_span spans[BPR_SPANS_MAX];
		size_t people[BPR_SPANS_MAX], n = bpr_calendar_shift(o->calendar, pool, 0, d, spans, people);

		for (size_t i = 0; i < n; i++)
			if (people[i])
				sum += fmax(0, fmin(to, (double)d * 1440 + spans[i].to) - fmax(from, (double)d * 1440 + spans[i].from));
	}
	return sum;
}

static bool same_batch(const struct bpr_sim_event *a, const struct bpr_sim_event *b)
{
	return a->node == b->node && !(fabs(a->started - b->started) > 0) && !(fabs(a->finished - b->finished) > 0);
}

/* Intervals of one person do not overlap; on closing `interrupt` another may take over what is left, so nothing is known then. */
static void check_persons(const struct office *o)
{
	for (size_t i = 0; i < o->count; i++)
		for (size_t k = i + 1; k < o->count; k++) {
			const struct bpr_sim_event *a = &o->event[i], *b = &o->event[k];

			if (a->pool != b->pool || a->person != b->person || !a->person || same_batch(a, b))
				continue;
			if (a->started < b->finished && b->started < a->finished)
				fail_msg("person %u of %zu serves %llu from %g to %g and %llu from %g to %g", a->person, a->pool, a->case_number,
					 a->started, a->finished, b->case_number, b->started, b->finished);
		}
}

static void check_event(const struct office *o, const struct bpr_sim_event *e)
{
	const struct bpr_node *node = bpr_flow_node(o->t.flow, e->node);
	bool mine = node->need_count == 1 && e->pool == node->needs[0].pool;

	assert_true(e->arrived <= e->started && e->started <= e->finished);
	assert_in_range(e->person, 1, bpr_flow_pool(o->t.flow, e->pool)->count);
	/* The person is who did it last: with `interrupt` another may have begun. */
	if (!on_duty(o, e->pool, e->started) && !(o->helping && o->options.closing == BPR_CLOSING_INTERRUPT))
		fail_msg("case %llu begins at %.17g when nobody is there", e->case_number, e->started);
	if (o->options.closing == BPR_CLOSING_FINISH && node->batch == 1 && node->work->kind == BPR_DIST_CONSTANT)
		assert_true(fabs(e->finished - e->started - node->work->a) < 1e-9);
	if (o->options.closing == BPR_CLOSING_INTERRUPT && mine && !o->helping && node->batch == 1 && node->work->kind == BPR_DIST_CONSTANT)
		assert_true(duty_minutes(o, e->pool, e->started, e->finished) > node->work->a - 1e-6);
}

/* Somebody waits for one person of the pool, behind an open door and not for a batch. */
static bool just_waits(const struct office *o, const struct bpr_node *node, size_t pool)
{
	return node->need_count == 1 && node->needs[0].pool == pool && node->batch == 1 && (node->counter == BPR_NONE || !o->hours);
}

static bool same_as_before(const struct office *o, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (bpr_flow_node(o->t.flow, o->event[i].node)->batch > 1 && o->event[k].person == o->event[i].person &&
		    o->event[k].pool == o->event[i].pool && same_batch(&o->event[k], &o->event[i]))
			return true;
	return false;
}

static size_t busy_at(const struct office *o, size_t pool, double time)
{
	size_t n = 0;

	for (size_t i = 0; i < o->count; i++)
		n += o->event[i].pool == pool && o->event[i].started < time && time < o->event[i].finished && !same_as_before(o, i);
	return n;
}

static size_t waiting_at(const struct office *o, size_t pool, double time)
{
	size_t n = 0;

	for (size_t i = 0; i < o->count; i++)
		n += o->event[i].arrived < time && time < o->event[i].started && just_waits(o, bpr_flow_node(o->t.flow, o->event[i].node), pool);
	return n;
}

static bool may_help(const struct office *o, size_t helper, size_t pool)
{
	const struct bpr_shift *shift = &bpr_flow_pool(o->t.flow, helper)->shifts[0];

	for (size_t k = 0; k < shift->also_count; k++)
		if (shift->also[k] == pool)
			return true;
	return helper == pool;
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Between any two moments at which something happens: who could come to somebody who waits has something to do. */
static void check_rest(const struct office *o)
{
	double *time = calloc(3 * o->count + 1, sizeof(*time));
	size_t n = 0, pools = bpr_flow_pool_count(o->t.flow);

	assert_non_null(time);
	for (size_t i = 0; i < o->count; i++) {
		time[n++] = o->event[i].arrived;
		time[n++] = o->event[i].started;
		time[n++] = o->event[i].finished;
	}
	qsort(time, n, sizeof(*time), by_time);
	for (size_t i = 0; i + 1 < n; i++) {
		double middle = (time[i] + time[i + 1]) / 2;

		if (!(time[i] < middle && middle < time[i + 1]))
			continue;
		for (size_t p = 0; p < pools; p++)
			for (size_t h = 0; h < pools && waiting_at(o, p, middle); h++)
				if (may_help(o, h, p) && busy_at(o, h, middle) < on_duty(o, h, middle))
					fail_msg("somebody waits at %.17g for pool %zu, while pool %zu has nothing to do", middle, p, h);
	}
	free(time);
}

static void check(struct office *o)
{
	bool alone = !o->wide;

	for (size_t i = 0; i < o->count; i++)
		check_event(o, &o->event[i]);
	if (o->options.closing == BPR_CLOSING_FINISH || !o->hours) {
		check_persons(o);
		if (alone)
			check_rest(o);
	}
}

static void test_random(void **state)
{
	size_t events = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= OFFICES; seed++) {
		struct office o;
		struct bpr_error err = { 0 };
		bpr_status status;

		open_office(&o, seed);
		status = bpr_simulate(o.t.flow, &o.options, &o.result, o.t.problems, &err);
		if (status != BPR_OK)
			fail_msg("seed %llu: %s", (unsigned long long)seed, err.message);
		if (bpr_simulation_unfinished(o.result) > 0)
			fail_msg("seed %llu: %g cases are left", (unsigned long long)seed, bpr_simulation_unfinished(o.result));
		check(&o);
		events += o.count;
		close_office(&o);
	}
	assert_true(events > 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_random) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
