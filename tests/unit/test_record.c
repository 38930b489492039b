/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written down of cases: figures of flows without chance, by hand; parallel branches as they are walked; threads; logs. */
#include "test.h"
#include "unit/flow_rows.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include <bpr/analysis.h>
#include <bpr/simulate.h>
#include <stdlib.h>

struct simulated { struct test_flow t; bpr_simulation *s; struct bpr_error err; };

static void simulate(struct simulated *x, const struct bpr_sim_options *options)
{
	assert_int_equal(bpr_simulate(x->t.flow, options, &x->s, x->t.problems, &x->err), BPR_OK);
}

static void simulated_free(struct simulated *x)
{
	bpr_simulation_free(x->s);
	test_end(&x->t);
}

static double mean_of(const struct simulated *x, size_t key)
{
	const struct bpr_sim_figure *f = bpr_simulation_figure(x->s, key);

	assert_true(f->known);
	return f->mean;
}

/* One case an hour that no other meets, so that nothing queues. */
static void play_alone(struct simulated *x)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;

	test_companion(&x->t, BPR_TABLE_DEMAND, "arrivals=100000", 1);
	finish_well(&x->t);
	options.cases = 4;
	options.replications = 2;
	options.warmup = BPR_WARMUP_NONE;
	simulate(x, &options);
}

/* Every figure of every case is the mean that the exact analysis gives: there is no chance in the flow. */
static void assert_like_analysis(const struct simulated *x)
{
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	bpr_analysis *a = NULL;

	assert_int_equal(bpr_analyse(x->t.flow, &options, &a, NULL, NULL), BPR_OK);
	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		const struct bpr_figure *exact = bpr_analysis_figure(a, (enum bpr_metric)m);
		const struct bpr_sim_figure *f = bpr_simulation_figure(x->s, m);

		if (!(fabs(f->mean - exact->mean) <= 1e-9 * (1 + exact->mean)))
			print_error("%s: simulated %g, exact %g\n", bpr_metric_get((enum bpr_metric)m)->key, f->mean, exact->mean);
		assert_true(fabs(f->mean - exact->mean) <= 1e-9 * (1 + exact->mean));
		assert_true(f->max - f->min <= 1e-9);
	}
	for (size_t i = 0; i < bpr_flow_node_count(x->t.flow); i++)
		assert_rel(bpr_simulation_nodes(x->s)[i].visits.mean, bpr_analysis_nodes(a)[i].visits, 1e-9);
	for (size_t i = 0; i < bpr_flow_counter_count(x->t.flow); i++)
		assert_rel(bpr_simulation_counters(x->s)[i].visits.mean, bpr_analysis_counters(a)[i].visits, 1e-9);
	bpr_analysis_free(a);
}

/* ---- parallel branches ---- */

/*
 * By the clock both branches are at counter 1 first and at 2 then; as walked it is 1, 2, 1, 2, then 1 behind the join: five visits.
 * Handoffs: X to Y in each branch, then from both Y to X.
 */
static void branches_are_walked_one_after_the_other(void **state)
{
	struct simulated x;

	(void)state;
	test_begin(&x.t);
	ROWS(&x.t, "s|start|f", "f|and|a1;b1", "a1|task|a2|work=5|counter=1|unit=X", "a2|task|j|work=1|counter=2|unit=Y",
	     "b1|task|b2|work=2|counter=1|unit=X", "b2|task|j|work=9|counter=2|unit=Y", "j|and|c", "c|task|e|work=3|counter=1|unit=X", "e|end|");
	play_alone(&x);
	assert_rel(mean_of(&x, BPR_METRIC_COUNTER_VISITS), 5, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_TRIPS), 1, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_DISTINCT_COUNTERS), 2, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_HANDOFFS), 4, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_LEAD_MINUTES), 14, 1e-12);
	assert_rel(mean_of(&x, BPR_SIM_CYCLE), 14, 1e-9);
	assert_rel(mean_of(&x, BPR_SIM_CYCLE_WORK), 14, 1e-9);
	assert_rel(mean_of(&x, BPR_METRIC_WORK_MINUTES), 20, 1e-12);
	assert_like_analysis(&x);
	simulated_free(&x);
}

/* Inner splits, a branch that sends the citizen home, another that ends before the others. */
static void nested_branches_keep_their_order(void **state)
{
	struct simulated x;

	(void)state;
	test_begin(&x.t);
	ROWS(&x.t, "s|start|o", "o|and|p;q;r", "p|task|i|work=8|counter=1|unit=X", "i|and|i1;i2", "i1|task|k|work=1|counter=2|away=1|unit=Y",
	     "i2|task|k|work=7|counter=3|unit=Z", "k|and|p2", "p2|task|m|work=1|counter=3|unit=X", "q|task|m|work=2|counter=1|unit=Y",
	     "r|task|e2|work=1|counter=2|unit=Z", "m|and|z", "z|task|e|work=4|counter=2|unit=Z", "e|end|", "e2|end|");
	play_alone(&x);
	/* p at 1, i1 at 2 and home, i2 at 3, p2 at 3, q at 1, r at 2, then z at 2 goes on behind q: 1 2 | 3 1 z2 r2. */
	assert_rel(mean_of(&x, BPR_METRIC_TRIPS), 2, 1e-12);
	assert_like_analysis(&x);
	simulated_free(&x);
}

static void rounds_side_by_side_add_up(void **state)
{
	struct simulated x;

	(void)state;
	test_begin(&x.t);
	ROWS(&x.t, "s|start|f", "f|and|a;b", "a|task|j|work=5|repeat=3|parallel=yes|counter=1|unit=X", "b|task|j|work=2|repeat=2|unit=Y",
	     "j|and|c", "c|task|e|work=1|unit=Z|writes=F;G", "e|end|");
	play_alone(&x);
	assert_rel(mean_of(&x, BPR_METRIC_STEPS), 6, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_HANDOFFS), 2, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_LEAD_MINUTES), 6, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_WORK_MINUTES), 20, 1e-12);
	assert_like_analysis(&x);
	simulated_free(&x);
}

/* ---- what a case carries ---- */

static void forms_fields_and_places_are_counted(void **state)
{
	struct simulated x;

	(void)state;
	test_begin(&x.t);
	ROWS(&x.t, "s|start|a", "a|task|b|work=3|counter=1|writes=F;G|seals=2|id_checks=1|staff=P|cost=50", "b|task|c|work=2|wait=60|away=yes|copies=4|rules=paper",
	     "c|task|d|work=1|counter=1|actor=citizen|writes=F", "d|task|e|work=1|counter=2|staff=P:2", "e|end||outcome=incomplete");
	test_companion(&x.t, BPR_TABLE_FORMS, "form=F|field=name", 1);
	test_companion(&x.t, BPR_TABLE_FORMS, "form=F|field=address|prefilled=yes", 2);
	test_companion(&x.t, BPR_TABLE_FORMS, "form=G|field=name|times=2", 3);
	test_companion(&x.t, BPR_TABLE_FORMS, "form=G|field=date", 4);
	test_companion(&x.t, BPR_TABLE_COUNTERS, "counter=1|building=main", 1);
	test_companion(&x.t, BPR_TABLE_COUNTERS, "counter=2|building=annex", 2);
	test_companion(&x.t, BPR_TABLE_STAFF, "pool=P|count=3|yen_per_hour=1200", 1);
	play_alone(&x);
	assert_rel(mean_of(&x, BPR_METRIC_FIELDS_WRITTEN), 5, 1e-12);  /* name 1 + 2, date 1, name 1 */
	assert_rel(mean_of(&x, BPR_METRIC_REPEATED_FIELDS), 3, 1e-12); /* name four times */
	assert_rel(mean_of(&x, BPR_METRIC_TRIPS), 2, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_COUNTER_VISITS), 3, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_BUILDING_MOVES), 1, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_COST_YEN), 50 + 3 * 20 + 1 * 40, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_CITIZEN_MINUTES), 5, 1e-12);
	assert_rel(mean_of(&x, BPR_METRIC_INCOMPLETE), 1, 1e-12);
	assert_rel(mean_of(&x, BPR_SIM_CYCLE), 67, 1e-9);
	assert_rel(mean_of(&x, BPR_SIM_CYCLE_PROCESS), 60, 1e-9);
	assert_true(mean_of(&x, BPR_SIM_CYCLE_QUEUE) <= 0);
	assert_like_analysis(&x);
	simulated_free(&x);
}

/*
 * Cases every 4 minutes, one clerk who takes 6: case k waits 2 (k - 1) minutes. Five cases: waits 0 2 4 6 8, the clerk is busy
 * from 4 to 34.
 */
static void queues_are_measured(void **state)
{
	static const double waits[] = { 0, 2, 4, 6, 8 };
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	const struct bpr_sim_pool *pool;
	struct simulated x;

	(void)state;
	test_begin(&x.t);
	ROWS(&x.t, "s|start|a", "a|task|e|work=6|staff=P", "e|end|");
	test_companion(&x.t, BPR_TABLE_STAFF, "pool=P|count=1", 1);
	test_companion(&x.t, BPR_TABLE_DEMAND, "arrivals=4", 1);
	finish_well(&x.t);
	options.cases = 5;
	options.replications = 1;
	options.warmup = BPR_WARMUP_NONE;
	simulate(&x, &options);
	assert_int_equal(bpr_simulation_cases(x.s), 5);
	assert_rel(mean_of(&x, BPR_SIM_WAIT), 4, 1e-12);
	assert_rel(mean_of(&x, BPR_SIM_CYCLE), 10, 1e-12);
	assert_rel(mean_of(&x, BPR_SIM_CYCLE_QUEUE), 4, 1e-12);
	assert_rel(mean_of(&x, BPR_SIM_CYCLE_WORK), 6, 1e-12);
	assert_rel(bpr_simulation_figure(x.s, BPR_SIM_WAIT)->p90, 7.2, 1e-12);
	assert_rel(bpr_simulation_figure(x.s, BPR_SIM_WAIT)->sd, sqrt(10), 1e-12);
	assert_false(bpr_simulation_figure(x.s, BPR_SIM_WAIT)->ci_known);
	for (size_t i = 0; i < 5; i++)
		assert_rel(bpr_simulation_share_within(x.s, BPR_SIM_WAIT, waits[i]), (double)(i + 1) / 5, 1e-12);
	pool = &bpr_simulation_pools(x.s)[0];
	assert_rel(pool->utilisation.mean, 30.0 / 34, 1e-12);
	/* Six have begun: 0 2 4 6 8 10; the sixth case has the clerk, the seventh and eighth came at 28 and 32 and still wait. */
	assert_rel(pool->wait.mean, 5, 1e-12);
	assert_rel(pool->longest_queue, 3, 1e-12);
	assert_rel(bpr_simulation_unfinished(x.s), 3, 1e-12);
	assert_rel(bpr_simulation_hours(x.s)[0].arrivals, 8 / (34.0 / 60), 1e-12);
	assert_rel(bpr_simulation_pool_hours(x.s, 0)[0].busy, 30.0 / 34, 1e-12);
	assert_int_equal(test_count(&x.t, "V032", NULL), 1);
	simulated_free(&x);
}

/* ---- a busy office with chance, parallel parts, hours ---- */

static void office(struct simulated *x)
{
	test_begin(&x->t);
	ROWS(&x->t, "s|start|a", "a|task|f|work=exp(4)|counter=1|unit=X|staff=P|writes=F", "f|and|b;c", "b|task|j|work=tri(1,3,9)|staff=Q|counter=2|unit=Y",
	     "c|task|j|work=exp(5)|wait=exp(20)|unit=Z", "j|and|d", "d|xor|a:0.1;g:0.9", "g|task|e|work=unif(1,4)|counter=1|unit=X|staff=P", "e|end|");
	test_companion(&x->t, BPR_TABLE_STAFF, "pool=P|count=2|yen_per_hour=3000", 1);
	test_companion(&x->t, BPR_TABLE_STAFF, "pool=Q|count=1", 2);
	test_companion(&x->t, BPR_TABLE_DEMAND, "per_day=90", 1);
	test_companion(&x->t, BPR_TABLE_DEMAND, "open=8:30-17:15", 2);
	finish_well(&x->t);
}

static void parts_of_the_cycle_add_up(void **state)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct simulated x;
	double sum;

	(void)state;
	office(&x);
	options.days = 3;
	options.replications = 5;
	simulate(&x, &options);
	sum = mean_of(&x, BPR_SIM_CYCLE_WORK) + mean_of(&x, BPR_SIM_CYCLE_QUEUE) + mean_of(&x, BPR_SIM_CYCLE_PROCESS)
		+ mean_of(&x, BPR_SIM_CYCLE_CLOSED);
	assert_rel(sum, mean_of(&x, BPR_SIM_CYCLE), 1e-9);
	assert_true(mean_of(&x, BPR_SIM_CYCLE_PROCESS) > 5);
	assert_true(mean_of(&x, BPR_SIM_CYCLE_CLOSED) > 1);
	assert_true(mean_of(&x, BPR_SIM_WAIT) > mean_of(&x, BPR_SIM_CYCLE_QUEUE));
	assert_true(bpr_simulation_unfinished(x.s) <= 0);
	simulated_free(&x);
}

static void assert_same(const struct bpr_sim_mean *a, const struct bpr_sim_mean *b)
{
	assert_true(a->known == b->known && a->ci_known == b->ci_known);
	assert_memory_equal(&a->mean, &b->mean, sizeof(double));
	assert_memory_equal(&a->ci95_low, &b->ci95_low, 2 * sizeof(double));
}

/* The same bytes whatever the number of threads: values kept, then counted in bins. */
static void threads_change_nothing(void **state)
{
	static const size_t jobs[] = { 1, 2, 5 };
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct simulated x[3];

	(void)state;
	options.days = 2;
	options.replications = 11;
	options.samples = 500;
	for (size_t i = 0; i < 3; i++) {
		office(&x[i]);
		options.jobs = jobs[i];
		simulate(&x[i], &options);
		assert_int_equal(bpr_simulation_replications(x[i].s), 11);
	}
	for (size_t i = 1; i < 3; i++) {
		size_t nodes = bpr_flow_node_count(x[0].t.flow);

		for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
			const struct bpr_sim_figure *a = bpr_simulation_figure(x[0].s, key), *b = bpr_simulation_figure(x[i].s, key);

			assert_memory_equal(&a->mean, &b->mean, sizeof(double));
			assert_memory_equal(&a->ci95_low, &b->ci95_low, sizeof(*a) - offsetof(struct bpr_sim_figure, ci95_low));
			assert_memory_equal(bpr_simulation_means(x[0].s, key), bpr_simulation_means(x[i].s, key), 11 * sizeof(double));
		}
		for (size_t k = 0; k < nodes; k++) {
			const struct bpr_sim_node *a = &bpr_simulation_nodes(x[0].s)[k], *b = &bpr_simulation_nodes(x[i].s)[k];

			assert_same(&a->visits, &b->visits);
			assert_same(&a->wait, &b->wait);
			assert_same(&a->queue, &b->queue);
			assert_same(&a->work, &b->work);
			assert_memory_equal(&a->wait_p90, &b->wait_p90, sizeof(double));
		}
		for (size_t k = 0; k < 2; k++) {
			const struct bpr_sim_pool *a = &bpr_simulation_pools(x[0].s)[k], *b = &bpr_simulation_pools(x[i].s)[k];

			assert_same(&a->utilisation, &b->utilisation);
			assert_same(&a->wait, &b->wait);
			assert_same(&a->queue, &b->queue);
			assert_same(&a->overtime, &b->overtime);
			assert_memory_equal(&a->wait_p90, &b->wait_p90, sizeof(double));
		}
		assert_memory_equal(bpr_simulation_hours(x[0].s), bpr_simulation_hours(x[i].s), BPR_SIM_HOURS * sizeof(struct bpr_sim_hour));
		assert_true(bpr_simulation_events(x[0].s) == bpr_simulation_events(x[i].s));
	}
	assert_true(bpr_simulation_figure(x[0].s, BPR_SIM_CYCLE)->quantile_error > 0);
	for (size_t i = 0; i < 3; i++)
		simulated_free(&x[i]);
}

static void pseudo_values_have_the_mean_and_the_interval(void **state)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	const struct bpr_sim_figure *f;
	const double *values;
	struct simulated x;
	double mean = 0, squares = 0;

	(void)state;
	office(&x);
	options.days = 1;
	options.replications = 10;
	simulate(&x, &options);
	f = bpr_simulation_figure(x.s, BPR_SIM_CYCLE);
	values = bpr_simulation_means(x.s, BPR_SIM_CYCLE);
	for (size_t i = 0; i < 10; i++)
		mean += values[i] / 10;
	for (size_t i = 0; i < 10; i++)
		squares += (values[i] - mean) * (values[i] - mean);
	assert_rel(mean, f->mean, 1e-12);
	assert_true(f->ci_known);
	assert_rel(f->ci95_high - f->mean, 2.262157 * sqrt(squares / 9 / 10), 1e-6);
	simulated_free(&x);
}

/* Rounds depend on figures alone; the width asked for is reached, or it is said that it was not. */
static void precision_is_reached_or_missed(void **state)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	const size_t key = BPR_SIM_CYCLE;
	const struct bpr_sim_figure *f;
	struct simulated x, y;

	(void)state;
	office(&x);
	office(&y);
	options.days = 1;
	options.precision = 0.04;
	options.precise = &key;
	options.precise_count = 1;
	options.jobs = 1;
	simulate(&x, &options);
	options.jobs = 3;
	options.replications = 12;
	options.precision = 0.0001;
	simulate(&y, &options);
	f = bpr_simulation_figure(x.s, key);
	assert_true(bpr_simulation_precise(x.s));
	assert_true(f->ci95_high - f->mean <= 0.04 * f->mean);
	assert_true(bpr_simulation_replications(x.s) > 10);
	assert_int_equal(test_count(&x.t, "V033", NULL), 0);
	assert_false(bpr_simulation_precise(y.s));
	assert_int_equal(bpr_simulation_replications(y.s), 12);
	assert_int_equal(test_count(&y.t, "V033", NULL), 1);
	simulated_free(&x);
	simulated_free(&y);
}

/* ---- before and after ---- */

static void differences_are_paired(void **state)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct bpr_sim_difference d[BPR_SIM_KEY_COUNT];
	struct simulated x, y, z;

	(void)state;
	office(&x);
	office(&z);
	test_begin(&y.t);
	ROWS(&y.t, "s|start|a", "a|task|f|work=exp(4)|counter=1|unit=X|staff=P|writes=F", "f|and|b;c", "b|task|j|work=tri(1,3,9)|staff=Q|counter=2|unit=Y",
	     "c|task|j|work=exp(5)|wait=exp(20)|unit=Z", "j|and|d", "d|xor|a:0.1;g:0.9", "g|task|e|work=unif(1,4)|counter=1|unit=X|staff=P", "e|end|");
	test_companion(&y.t, BPR_TABLE_STAFF, "pool=P|count=3|yen_per_hour=3000", 1);
	test_companion(&y.t, BPR_TABLE_STAFF, "pool=Q|count=1", 2);
	test_companion(&y.t, BPR_TABLE_DEMAND, "per_day=90", 1);
	test_companion(&y.t, BPR_TABLE_DEMAND, "open=8:30-17:15", 2);
	finish_well(&y.t);
	options.days = 2;
	options.replications = 10;
	simulate(&x, &options);
	simulate(&y, &options);
	options.seed = 2;
	simulate(&z, &options);
	assert_int_equal(bpr_simulation_compare(x.s, y.s, d, NULL), BPR_OK);
	assert_true(d[BPR_SIM_WAIT].shown && d[BPR_SIM_WAIT].better == 1 && d[BPR_SIM_WAIT].p_value < 0.001);
	assert_true(d[BPR_SIM_WAIT].change < 0 && d[BPR_SIM_WAIT].ci95_high < 0);
	assert_true(d[BPR_SIM_WAIT].correlation > 0.3);
	/* The same draws: what the citizen writes cannot differ. */
	assert_false(d[BPR_METRIC_FORMS_WRITTEN].shown);
	assert_true(fabs(d[BPR_METRIC_FORMS_WRITTEN].change) < 0.2);
	assert_int_equal(bpr_simulation_compare(x.s, x.s, d, NULL), BPR_OK);
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++)
		assert_true(d[key].known && !d[key].shown && d[key].p_value >= 1);
	assert_int_equal(bpr_simulation_compare(x.s, z.s, d, &x.err), BPR_EINVAL);
	assert_string_equal(x.err.code, "V036");
	simulated_free(&z);
	office(&z);
	options.seed = 1;
	options.replications = 11;
	simulate(&z, &options);
	assert_int_equal(bpr_simulation_compare(x.s, z.s, d, &x.err), BPR_EINVAL);
	assert_string_equal(x.err.code, "V037");
	simulated_free(&x);
	simulated_free(&y);
	simulated_free(&z);
}

/* ---- logs ---- */

struct text { char *data; size_t length, capacity; };

static bool take(void *data, const char *text, size_t length)
{
	struct text *t = data;

	if (!bpr_i_grow(&t->data, &t->capacity, t->length + length + 1, 1))
		return false;
	memcpy(t->data + t->length, text, length);
	t->length += length;
	t->data[t->length] = '\0';
	return true;
}

static bool take_no_more(void *data, const char *text, size_t length)
{
	size_t *left = data;

	(void)text;
	(void)length;
	return *left && (*left)--;
}

static void simulate_logged(struct simulated *x, enum bpr_sim_log_format format, struct text *out)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	bpr_sim_log *log = NULL;

	options.cases = 3;
	options.replications = 2;
	options.log_replications = 2;
	options.warmup = BPR_WARMUP_NONE;
	options.calendar.dated = true;
	options.calendar.start = bpr_date(2027, 3, 29);
	assert_int_equal(bpr_sim_log_new(x->t.flow, &options.calendar, format, take, out, &log, NULL), BPR_OK);
	options.log = bpr_sim_log_add;
	options.log_data = log;
	simulate(x, &options);
	assert_true(bpr_sim_log_finish(log));
	bpr_sim_log_free(log);
}

/* One clerk who takes 6 minutes, cases every 4 from minute 4: they begin at 4, 10, 16. The event costs no time. */
static void logged_flow(struct simulated *x)
{
	test_begin(&x->t);
	ROWS(&x->t, "s|start|a", "a|task|m|name=a, \"b\"|work=6|staff=窓口|counter=1|unit=市民課", "m|event|e|name==x<y&z", "e|end|");
	test_companion(&x->t, BPR_TABLE_STAFF, "pool=窓口|count=1", 1);
	test_companion(&x->t, BPR_TABLE_DEMAND, "arrivals=4", 1);
	finish_well(&x->t);
}

static void csv_has_a_row_an_execution(void **state)
{
	static const char expected[] =
		"case,activity,id,arrive,start,complete,resource,unit,counter,ticket,replication\n"
		"1,\"a, \"\"b\"\"\",a,2027-03-29T00:04:00.000,2027-03-29T00:04:00.000,2027-03-29T00:10:00.000,窓口 1,市民課,1,1,1\n"
		"1,'=x<y&z,m,2027-03-29T00:10:00.000,2027-03-29T00:10:00.000,2027-03-29T00:10:00.000,,,,,1\n"
		"2,\"a, \"\"b\"\"\",a,2027-03-29T00:08:00.000,2027-03-29T00:10:00.000,2027-03-29T00:16:00.000,窓口 1,市民課,1,2,1\n"
		"2,'=x<y&z,m,2027-03-29T00:16:00.000,2027-03-29T00:16:00.000,2027-03-29T00:16:00.000,,,,,1\n"
		"3,\"a, \"\"b\"\"\",a,2027-03-29T00:12:00.000,2027-03-29T00:16:00.000,2027-03-29T00:22:00.000,窓口 1,市民課,1,3,1\n"
		"3,'=x<y&z,m,2027-03-29T00:22:00.000,2027-03-29T00:22:00.000,2027-03-29T00:22:00.000,,,,,1\n";
	struct text out = { 0 };
	struct simulated x;
	char *second;

	(void)state;
	logged_flow(&x);
	simulate_logged(&x, BPR_SIM_LOG_CSV, &out);
	assert_true(out.length > sizeof(expected));
	second = strstr(out.data, "\n2-1,");
	assert_non_null(second);
	second[1] = '\0';
	assert_string_equal(out.data, expected);
	bpr_i_free(out.data);
	simulated_free(&x);
}

static size_t count_of(const char *text, const char *what)
{
	size_t count = 0;

	for (const char *at = text; (at = strstr(at, what)); at += strlen(what))
		count++;
	return count;
}

static void xes_has_traces_in_the_order_of_time(void **state)
{
	struct text out = { 0 };
	struct simulated x;
	const char *trace, *last = NULL;

	(void)state;
	logged_flow(&x);
	simulate_logged(&x, BPR_SIM_LOG_XES, &out);
	assert_int_equal(count_of(out.data, "<trace>"), 6);
	assert_int_equal(count_of(out.data, "</trace>"), 6);
	assert_int_equal(count_of(out.data, "<event>"), 24);
	assert_int_equal(count_of(out.data, "value=\"start\""), 12);
	assert_int_equal(count_of(out.data, "<string key=\"concept:name\" value=\"=x&lt;y&amp;z\"/>"), 12);
	assert_int_equal(count_of(out.data, "<string key=\"org:resource\" value=\"窓口 1\"/>"), 12);
	trace = strstr(out.data, "<trace>\n\t\t<string key=\"concept:name\" value=\"2\"/>");
	assert_non_null(trace);
	for (size_t i = 0; i < 4; i++) {
		trace = strstr(trace, "time:timestamp\" value=\"");
		assert_non_null(trace);
		trace += strlen("time:timestamp\" value=\"");
		assert_true(!last || memcmp(last, trace, 23) <= 0);
		last = trace;
	}
	assert_memory_equal(last, "2027-03-29T00:16:00.000", 23);
	assert_string_equal(out.data + out.length - 7, "</log>\n");
	bpr_i_free(out.data);
	simulated_free(&x);
}

/* Who takes the log wants no more: the simulation stops, nothing is lost. */
static void a_log_that_cannot_be_written_stops(void **state)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct simulated x = { 0 };
	bpr_sim_log *log = NULL;
	size_t writes = 2;
	bpr_status status;

	(void)state;
	logged_flow(&x);
	assert_int_equal(bpr_sim_log_new(x.t.flow, NULL, BPR_SIM_LOG_CSV, take_no_more, &writes, &log, NULL), BPR_OK);
	options.log = bpr_sim_log_add;
	options.log_data = log;
	options.cases = 300000;
	options.replications = 1;
	options.warmup = BPR_WARMUP_NONE;
	status = bpr_simulate(x.t.flow, &options, &x.s, NULL, &x.err);
	assert_int_equal(status, BPR_ECANCELLED);
	assert_string_equal(x.err.code, "V035");
	assert_null(x.s);
	assert_false(bpr_sim_log_finish(log));
	bpr_sim_log_free(log);
	test_end(&x.t);
}

/* ---- what cannot be ---- */

static void contradictions_are_refused(void **state)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct simulated x = { 0 };

	(void)state;
	logged_flow(&x);
	options.days = 1;
	options.cases = 1;
	assert_int_equal(bpr_simulate(x.t.flow, &options, &x.s, NULL, &x.err), BPR_EINVAL);
	assert_string_equal(x.err.code, "V031");
	options.cases = 0;
	options.days = (double)NAN;
	assert_int_equal(bpr_simulate(x.t.flow, &options, &x.s, NULL, &x.err), BPR_EINVAL);
	assert_string_equal(x.err.code, "V030");
	test_end(&x.t);
}

/* Ninety cases a day of 12 minutes for one clerk of 525 minutes: most of them are left; and patience where nobody waits. */
static void what_never_clears_is_said(void **state)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct simulated x;
	char text[512];

	(void)state;
	test_begin(&x.t);
	ROWS(&x.t, "s|start|a", "a|task|b|work=12|staff=P", "b|task|e|work=1|patience=5", "e|end|");
	test_companion(&x.t, BPR_TABLE_STAFF, "pool=P|count=1", 1);
	test_companion(&x.t, BPR_TABLE_DEMAND, "per_day=90", 1);
	test_companion(&x.t, BPR_TABLE_DEMAND, "open=8:30-17:15", 2);
	finish_well(&x.t);
	options.days = 2;
	options.replications = 3;
	simulate(&x, &options);
	assert_int_equal(test_count(&x.t, "V041", text), 1);
	assert_non_null(strstr(text, "'P'"));
	assert_int_equal(test_count(&x.t, "V040", text), 1);
	assert_non_null(strstr(text, "'b'"));
	assert_int_equal(test_count(&x.t, "V039", NULL), 0);
	/* Utilisation is that of the days that let cases in, not of the week in which the rest is done. */
	assert_true(bpr_simulation_pools(x.s)[0].utilisation.mean > 0.97 && bpr_simulation_pools(x.s)[0].utilisation.mean <= 1);
	simulated_free(&x);
}

static void a_pool_that_cannot_keep_up_is_named(void **state)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct simulated x;

	(void)state;
	test_begin(&x.t);
	ROWS(&x.t, "s|start|a", "a|task|e|work=exp(3)|staff=P", "e|end|");
	test_companion(&x.t, BPR_TABLE_STAFF, "pool=P|count=1", 1);
	test_companion(&x.t, BPR_TABLE_DEMAND, "arrivals=exp(2)", 1);
	finish_well(&x.t);
	options.cases = 2000;
	options.replications = 2;
	simulate(&x, &options);
	assert_int_equal(test_count(&x.t, "V038", NULL), 1);
	assert_int_equal(test_count(&x.t, "V034", NULL), 1);
	simulated_free(&x);
}

static bool no_more(void *data, double done, double estimate)
{
	size_t *calls = data;

	assert_true(done >= 0 && done <= 1 && estimate >= 0);
	return ++*calls < 3;
}

static void progress_can_stop_it(void **state)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct simulated x = { 0 };
	size_t calls = 0;

	(void)state;
	office(&x);
	options.progress = no_more;
	options.progress_data = &calls;
	options.jobs = 2;
	assert_int_equal(bpr_simulate(x.t.flow, &options, &x.s, NULL, &x.err), BPR_ECANCELLED);
	assert_string_equal(x.err.code, "V035");
	assert_int_equal(calls, 3);
	test_end(&x.t);
}

static void keys_are_found_by_name(void **state)
{
	(void)state;
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_metric_info *info = bpr_sim_key_get(key);

		assert_non_null(info);
		assert_int_equal(bpr_sim_key_find(info->key), key);
		assert_string_not_equal(bpr_text(BPR_LANG_JA, info->label), info->label);
		assert_string_not_equal(bpr_text(BPR_LANG_JA, info->explain), info->explain);
	}
	assert_null(bpr_sim_key_get(BPR_SIM_KEY_COUNT));
	assert_int_equal(bpr_sim_key_find("nothing"), BPR_SIM_KEY_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(branches_are_walked_one_after_the_other),
		cmocka_unit_test(nested_branches_keep_their_order),
		cmocka_unit_test(rounds_side_by_side_add_up),
		cmocka_unit_test(forms_fields_and_places_are_counted),
		cmocka_unit_test(queues_are_measured),
		cmocka_unit_test(parts_of_the_cycle_add_up),
		cmocka_unit_test(threads_change_nothing),
		cmocka_unit_test(pseudo_values_have_the_mean_and_the_interval),
		cmocka_unit_test(precision_is_reached_or_missed),
		cmocka_unit_test(differences_are_paired),
		cmocka_unit_test(csv_has_a_row_an_execution),
		cmocka_unit_test(xes_has_traces_in_the_order_of_time),
		cmocka_unit_test(a_log_that_cannot_be_written_stops),
		cmocka_unit_test(contradictions_are_refused),
		cmocka_unit_test(what_never_clears_is_said),
		cmocka_unit_test(a_pool_that_cannot_keep_up_is_named),
		cmocka_unit_test(progress_can_stop_it),
		cmocka_unit_test(keys_are_found_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
