/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for every simulation: parts add up; more people, less waiting; threads, names and order change nothing. */
#include "config.h"
#include "property/random_office.h"
#include "property/sim_case.h"

static struct draft draft;
static struct office office;

struct told { unsigned long long events; uint64_t hash; };
struct listener { const bpr_flow *flow; struct told *told; };

static uint64_t mix(uint64_t hash, const void *data, size_t length)
{
	const unsigned char *p = data;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ p[i]) * 0x100000001b3u;
	return hash;
}

/* A fingerprint of the story that does not know where a node stands in the table. */
static bool listen(void *data, const struct bpr_sim_event *events, size_t count)
{
	struct listener *l = data;

	for (size_t i = 0; i < count; i++) {
		const struct bpr_sim_event *e = &events[i];
		const struct bpr_node *node = bpr_flow_node(l->flow, e->node);
		const double times[] = { e->arrived, e->started, e->finished };

		l->told->events++;
		l->told->hash = mix(mix(l->told->hash, node->id, strlen(node->id)), times, sizeof(times));
		l->told->hash = mix(l->told->hash, &e->case_number, sizeof(e->case_number));
	}
	return true;
}

static bpr_simulation *play(const bpr_flow *flow, struct bpr_sim_options *options, struct told *told)
{
	struct listener l = { flow, told };

	memset(told, 0, sizeof(*told));
	options->log = listen;
	options->log_data = &l;
	return sim_run(flow, options);
}

static bpr_flow *draw(unsigned long long seed, unsigned shape, unsigned traits, const size_t *order)
{
	bpr_flow *flow;

	draft_blocks(&draft, seed, shape, 10);
	office_draft(&office, &draft, seed, traits);
	flow = office_build(&office, &draft, order, NULL);
	assert_non_null(flow);
	return flow;
}

static struct bpr_sim_options two_days(unsigned long long seed)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;

	options.seed = seed;
	options.days = 2;
	options.replications = 1;
	options.warmup = BPR_WARMUP_NONE;
	return options;
}

static void close_to(const char *what, double a, double b, unsigned long long seed)
{
	if (fabs(a - b) <= 1e-7 * (1 + fabs(b)))
		return;
	print_error("%s: %.12g, not %.12g, seed %llu\n", what, a, b, seed);
	fail();
}

/* Parts of the cycle add up to it, with hours, patience and all. */
static void parts_add_up(void **state)
{
	(void)state;
	for (unsigned long long seed = 1; seed <= 60; seed++) {
		struct bpr_sim_options options = two_days(seed);
		struct told told;
		bpr_flow *flow = draw(seed, SHAPE_AND | SHAPE_LOOPS | SHAPE_EDGES, OFFICE_NEEDS | OFFICE_HOURS | OFFICE_SHIFTS | OFFICE_BREAKS
				      | OFFICE_PATIENCE | OFFICE_COUNTER_HOURS, NULL);
		bpr_simulation *sim;
		double sum = 0;

		options.closing = seed % 2 ? BPR_CLOSING_INTERRUPT : BPR_CLOSING_FINISH;
		sim = play(flow, &options, &told);
		for (size_t key = BPR_SIM_CYCLE_WORK; key <= BPR_SIM_CYCLE_CLOSED; key++) {
			const struct bpr_sim_figure *f = bpr_simulation_figure(sim, key);

			assert_true(f->known && f->min >= 0);
			sum += f->mean;
		}
		close_to("parts of the cycle", sum, bpr_simulation_figure(sim, BPR_SIM_CYCLE)->mean, seed);
		for (size_t p = 0; p < bpr_flow_pool_count(flow); p++)
			assert_true(bpr_simulation_pools(sim)[p].utilisation.mean <= 1 + 1e-9);
		bpr_simulation_free(sim);
		bpr_flow_free(flow);
	}
}

/* ---- threads, names, order ---- */

/* Member by member: what lies between them is anything. */
static bool same_mean(const struct bpr_sim_mean *a, const struct bpr_sim_mean *b)
{
	return a->known == b->known && a->ci_known == b->ci_known && memcmp(&a->mean, &b->mean, sizeof(double)) == 0
		&& memcmp(&a->ci95_low, &b->ci95_low, 2 * sizeof(double)) == 0;
}

static bool same_nodes(const bpr_flow *flow, const bpr_simulation *a, const bpr_simulation *b)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_sim_node *x = &bpr_simulation_nodes(a)[i], *y = &bpr_simulation_nodes(b)[i];

		if (!same_mean(&x->visits, &y->visits) || !same_mean(&x->wait, &y->wait) || !same_mean(&x->queue, &y->queue)
		    || !same_mean(&x->work, &y->work) || !same_mean(&x->abandoned, &y->abandoned)
		    || memcmp(&x->wait_p90, &y->wait_p90, sizeof(double)) != 0)
			return false;
	}
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const struct bpr_sim_pool *x = &bpr_simulation_pools(a)[i], *y = &bpr_simulation_pools(b)[i];

		if (!same_mean(&x->utilisation, &y->utilisation) || !same_mean(&x->wait, &y->wait) || !same_mean(&x->queue, &y->queue)
		    || !same_mean(&x->overtime, &y->overtime) || memcmp(&x->wait_p90, &y->wait_p90, sizeof(double)) != 0)
			return false;
	}
	return true;
}

static bool same_figures(const bpr_simulation *a, const bpr_simulation *b)
{
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_sim_figure *f = bpr_simulation_figure(a, key), *g = bpr_simulation_figure(b, key);

		if (f->known != g->known || f->ci_known != g->ci_known || memcmp(&f->mean, &g->mean, sizeof(double)) != 0
		    || memcmp(&f->ci95_low, &g->ci95_low, 10 * sizeof(double)) != 0) /* to quantile_error */
			return false;
	}
	return bpr_simulation_events(a) == bpr_simulation_events(b)
		&& memcmp(bpr_simulation_hours(a), bpr_simulation_hours(b), BPR_SIM_HOURS * sizeof(struct bpr_sim_hour)) == 0;
}

static const unsigned any_shape = SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT | SHAPE_LOOSE_AND;

static void any_number_of_threads(void **state)
{
	(void)state;
	for (unsigned long long seed = 1; seed <= 8; seed++) {
		struct bpr_sim_options options = two_days(seed);
		struct told first, told;
		bpr_flow *flow = draw(seed, any_shape, OFFICE_NEEDS | OFFICE_PATIENCE | (seed % 2 ? OFFICE_HOURS : 0), NULL);
		bpr_simulation *one, *several;

		options.replications = 7;
		options.log_replications = 3;
		options.jobs = 1;
		one = play(flow, &options, &first);
		for (size_t jobs = 2; jobs <= 5; jobs++) {
			options.jobs = jobs;
			several = play(flow, &options, &told);
			assert_true(same_figures(one, several));
			assert_true(told.hash == first.hash && told.events == first.events);
			assert_true(same_nodes(flow, one, several));
			bpr_simulation_free(several);
		}
		bpr_simulation_free(one);
		bpr_flow_free(flow);
	}
}

static void order_of_rows(void **state)
{
	(void)state;
	for (unsigned long long seed = 1; seed <= 40; seed++) {
		struct bpr_sim_options options = two_days(seed);
		unsigned traits = OFFICE_PRIORITY | OFFICE_PATIENCE | OFFICE_SEATS | (seed % 2 ? OFFICE_HOURS | OFFICE_COUNTER_HOURS : 0);
		size_t order[DRAFT_NODES];
		struct told first, told;
		bpr_flow *flow = draw(seed, any_shape, traits, NULL), *shuffled;
		bpr_simulation *a = play(flow, &options, &first), *b;

		for (size_t i = 0; i < draft.count; i++) {
			size_t k = draft_below(&draft, i + 1);

			order[i] = order[k];
			order[k] = i;
		}
		office.reversed = true;
		shuffled = office_build(&office, &draft, order, NULL);
		assert_non_null(shuffled);
		b = play(shuffled, &options, &told);
		if (told.hash != first.hash)
			print_error("another story, seed %llu\n", seed);
		assert_true(told.hash == first.hash);
		assert_int_equal(bpr_simulation_events(a), bpr_simulation_events(b));
		close_to("cycle", bpr_simulation_figure(b, BPR_SIM_CYCLE)->mean, bpr_simulation_figure(a, BPR_SIM_CYCLE)->mean, seed);
		bpr_simulation_free(a);
		bpr_simulation_free(b);
		bpr_flow_free(flow);
		bpr_flow_free(shuffled);
	}
}

/* Pools, counters and units may be called what they like: only ids of steps have to do with draws. */
static void names_of_pools(void **state)
{
	static const char *const flow_rows[][5] = { { "s|start|a", "a|task|b|work=exp(3)|staff=P", "b|task|e|work=exp(2)|staff=Q", "e|end|", NULL },
		{ "s|start|a", "a|task|b|work=exp(3)|staff=窓口", "b|task|e|work=exp(2)|staff=審査", "e|end|", NULL } };
	static const char *const staff[][3] = { { "pool=P|count=2", "pool=Q|count=1", NULL }, { "pool=窓口|count=2", "pool=審査|count=1", NULL } };
	static const char *const demand[] = { "arrivals=exp(2.5)", NULL };
	struct told told[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct sim_rows rows = { flow_rows[i], staff[i], NULL, demand };
		struct bpr_sim_options options = two_days(3);
		bpr_flow *flow = sim_flow(&rows);

		bpr_simulation_free(play(flow, &options, &told[i]));
		bpr_flow_free(flow);
	}
	assert_true(told[0].events > 500 && told[0].hash == told[1].hash);
}

/* ---- more people ---- */

static double whole_wait(const bpr_flow *flow, unsigned long long seed, size_t replications)
{
	struct bpr_sim_options options = two_days(seed);
	struct told told;
	bpr_simulation *sim;
	double wait;

	options.replications = replications;
	sim = play(flow, &options, &told);
	wait = bpr_simulation_figure(sim, BPR_SIM_WAIT)->mean;
	bpr_simulation_free(sim);
	return wait;
}

/* One station, first come first served, the same draws: one more person makes no case wait longer. */
static void one_more_at_a_station(void **state)
{
	(void)state;
	for (unsigned long long seed = 1; seed <= 40; seed++) {
		static const char *const works[] = { "exp(4)", "unif(0,8)", "4", "lognorm(4,6)" };
		char step[80];
		const char *const flow_rows[] = { "s|start|a", step, "e|end|", NULL };
		static const char *const demand[] = { "arrivals=exp(2.5)", NULL };
		double before = (double)INFINITY;

		(void)snprintf(step, sizeof(step), "a|task|e|work=%s|staff=P", works[seed % 4]);
		for (size_t count = 1; count <= 4; count++) {
			char pool[40];
			const char *const staff[] = { pool, NULL };
			struct sim_rows rows = { flow_rows, staff, NULL, demand };
			bpr_flow *flow;
			double wait;

			(void)snprintf(pool, sizeof(pool), "pool=P|count=%zu", count);
			flow = sim_flow(&rows);
			wait = whole_wait(flow, seed, 1);
			assert_true(wait <= before + 1e-9);
			before = wait;
			bpr_flow_free(flow);
		}
	}
}

/* Anywhere else in expectation: over many draws the waits are shorter, though not in each single run. */
static void one_more_in_a_network(void **state)
{
	size_t longer = 0;

	(void)state;
	for (unsigned long long seed = 1; seed <= 30; seed++) {
		bpr_flow *flow = draw(seed, SHAPE_LOOPS | SHAPE_EDGES, OFFICE_HOURS, NULL), *more;
		double before = whole_wait(flow, seed, 20), after;

		office.more = 1;
		more = office_build(&office, &draft, NULL, NULL);
		assert_non_null(more);
		after = whole_wait(more, seed, 20);
		if (after > before * 1.02 + 0.01)
			print_message("# %g minutes, with more people %g, seed %llu\n", before, after, seed);
		longer += after > before * 1.02 + 0.01;
		bpr_flow_free(flow);
		bpr_flow_free(more);
	}
	assert_int_equal(longer, 0);
}

/* ---- more than there is room for ---- */

static void refused(const char *step, const char *pool, const char *demand, bpr_status status, const char *code)
{
	const char *const flow_rows[] = { "s|start|a", step, "e|end|", NULL }, *const staff[] = { pool, NULL }, *const demands[] = { demand, NULL };
	struct sim_rows rows = { flow_rows, staff, NULL, demands };
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	bpr_flow *flow = sim_flow(&rows);
	bpr_simulation *sim = NULL;
	struct bpr_error err = { 0 };

	options.jobs = 2;
	options.max_in_process = 10000;
	assert_int_equal(bpr_simulate(flow, &options, &sim, NULL, &err), status);
	assert_null(sim);
	assert_string_equal(err.code, code);
	bpr_flow_free(flow);
}

static void limits_are_kept(void **state)
{
	(void)state;
	refused("a|task|e|work=exp(5)|staff=P", "pool=P|count=1000000000", "arrivals=exp(1)", BPR_ELIMIT, "V020");
	refused("a|task|e|work=exp(5)|staff=P", "pool=P|count=2", "arrivals=exp(0.000000001)", BPR_ELIMIT, "V014");
	refused("a|task|e|work=exp(5)|staff=P:3", "pool=P|count=2", "arrivals=exp(10)", BPR_EINVAL, "V021"); /* more at once than there are */
	refused("a|task|e|work=1000000000|staff=P", "pool=P|count=2", "arrivals=exp(10)", BPR_ELIMIT, "V014");
	refused("a|task|e|work=exp(5)|wait=1000000000", "pool=P|count=2", "arrivals=exp(10)", BPR_ELIMIT, "V015");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_add_up),
		cmocka_unit_test(any_number_of_threads),
		cmocka_unit_test(order_of_rows),
		cmocka_unit_test(names_of_pools),
		cmocka_unit_test(one_more_at_a_station),
		cmocka_unit_test(one_more_in_a_network),
		cmocka_unit_test(limits_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
