/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Networks of stations by simulation: against the product form (Jackson, Operations Research 5(4), 1957), published and random
 * ones; and one of which every two-moment decomposition is wrong. Bounds: five standard deviations of the mean over replications.
 */
#include "config.h"
#include "property/sim_case.h"
#include <bpr/analysis.h>
#include <bpr/queueing.h>

#define STATIONS 6
#define REPLICATIONS 20

/* route[i][j]: share that goes from i to j, the rest leaves. */
struct network {
	const char *name;
	size_t count, servers[STATIONS];
	double service[STATIONS], route[STATIONS][STATIONS], gap; /* gap: minutes between arrivals, all into station `first` */
	size_t first;
};
struct solution { double visits[STATIONS], utilisation[STATIONS], wait[STATIONS], cycle; };

static void gauss(const struct network *net, double *v)
{
	double a[STATIONS][STATIONS + 1];
	size_t n = net->count;

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++)
			a[i][j] = (i == j) - net->route[j][i];
		a[i][n] = i == net->first;
	}
	for (size_t c = 0; c < n; c++)
		for (size_t r = 0; r < n; r++) {
			double f = r == c ? 0 : a[r][c] / a[c][c];

			for (size_t k = c; k <= n && r != c; k++)
				a[r][k] -= f * a[c][k];
		}
	for (size_t i = 0; i < n; i++)
		v[i] = a[i][n] / a[i][i];
}

/* Erlang C by its sum, not by the library. */
static double mmc_wait(size_t servers, double rate, double service)
{
	double offered = rate * service, term = 1, sum = 0, c = (double)servers, last;

	for (size_t k = 0; k < servers; k++) {
		sum += term;
		term *= offered / (double)(k + 1);
	}
	last = term * c / (c - offered);
	return last / (sum + last) * service / (c - offered);
}

static struct solution product_form(const struct network *net)
{
	struct solution s = { .cycle = 0 };

	gauss(net, s.visits);
	for (size_t i = 0; i < net->count; i++) {
		double rate = s.visits[i] / net->gap;

		s.utilisation[i] = rate * net->service[i] / (double)net->servers[i];
		s.wait[i] = mmc_wait(net->servers[i], rate, net->service[i]);
		s.cycle += s.visits[i] * (s.wait[i] + net->service[i]);
	}
	return s;
}

/* ---- as a flow ---- */

static void station(const struct network *net, size_t i, char *step, char *choice, size_t size)
{
	double out = 1;
	size_t at = (size_t)snprintf(choice, size, "x%zu|xor|", i);

	(void)snprintf(step, size, "a%zu|task|x%zu|work=exp(%.17g)|staff=P%zu", i, i, net->service[i], i);
	for (size_t j = 0; j < net->count; j++)
		if (net->route[i][j] > 0) {
			at += (size_t)snprintf(choice + at, size - at, "a%zu:%.17g;", j, net->route[i][j]);
			out -= net->route[i][j];
		}
	if (out > 1e-12)
		(void)snprintf(choice + at, size - at, "e:%.17g", out);
	else
		choice[at - 1] = '\0'; /* the last ';' */
}

static bpr_flow *network_flow(const struct network *net, double gap)
{
	static char text[3 * STATIONS + 2][400];
	const char *flow[2 * STATIONS + 3], *staff[STATIONS + 1], *demand[2] = { text[1], NULL };
	struct sim_rows rows = { flow, staff, NULL, demand };
	size_t count = 0;

	(void)snprintf(text[0], sizeof(text[0]), "s|start|a%zu", net->first);
	(void)snprintf(text[1], sizeof(text[1]), "arrivals=exp(%.17g)", gap);
	flow[count++] = text[0];
	for (size_t i = 0; i < net->count; i++) {
		station(net, i, text[2 + 3 * i], text[3 + 3 * i], sizeof(text[0]));
		flow[count++] = text[2 + 3 * i];
		flow[count++] = text[3 + 3 * i];
		(void)snprintf(text[4 + 3 * i], sizeof(text[0]), "pool=P%zu|count=%zu", i, net->servers[i]);
		staff[i] = text[4 + 3 * i];
	}
	flow[count++] = "e|end|";
	flow[count] = NULL;
	staff[net->count] = NULL;
	return sim_flow(&rows);
}

static bpr_simulation *play(const bpr_flow *flow, unsigned long long cases, unsigned long long seed)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;

	options.cases = cases;
	options.replications = REPLICATIONS;
	options.seed = seed;
	return sim_run(flow, &options);
}

static size_t pool_of(const bpr_flow *flow, size_t i)
{
	char id[8];
	size_t node;

	(void)snprintf(id, sizeof(id), "a%zu", i);
	node = bpr_flow_find(flow, id);
	return bpr_flow_node(flow, node)->needs[0].pool;
}

static void cycle_near(const char *name, const bpr_simulation *sim, double exact)
{
	const struct bpr_sim_figure *f = bpr_simulation_figure(sim, BPR_SIM_CYCLE);

	assert_true(f->known && f->ci_known);
	sim_near(name, f->mean, exact, sim_sd(f->ci95_low, f->ci95_high, REPLICATIONS));
}

static void simulated(const struct network *net, const struct solution *exact, unsigned long long cases, unsigned long long seed)
{
	bpr_flow *flow = network_flow(net, net->gap);
	bpr_simulation *sim = play(flow, cases, seed);
	char what[64];

	for (size_t i = 0; i < net->count; i++) {
		const struct bpr_sim_pool *pool = &bpr_simulation_pools(sim)[pool_of(flow, i)];

		(void)snprintf(what, sizeof(what), "%s, utilisation of %zu, seed %llu", net->name, i, seed);
		sim_mean_near(what, &pool->utilisation, exact->utilisation[i], REPLICATIONS);
		(void)snprintf(what, sizeof(what), "%s, wait at %zu, seed %llu", net->name, i, seed);
		sim_mean_near(what, &pool->wait, exact->wait[i], REPLICATIONS);
		(void)snprintf(what, sizeof(what), "%s, queue at %zu, seed %llu", net->name, i, seed);
		sim_mean_near(what, &pool->queue, exact->wait[i] * exact->visits[i] / net->gap, REPLICATIONS);
	}
	cycle_near(net->name, sim, exact->cycle);
	bpr_simulation_free(sim);
	bpr_flow_free(flow);
}

/* bpr_queueing must call it exact, and give the same figures. */
static void solved(const struct network *net, const struct solution *exact)
{
	bpr_flow *flow = network_flow(net, net->gap);
	double *visits = calloc(bpr_flow_node_count(flow), sizeof(*visits)), *passages = calloc(bpr_flow_arc_count(flow), sizeof(*passages));
	bpr_analysis *a = NULL;
	bpr_queueing *q = NULL;
	double cycle;

	assert_int_equal(bpr_analyse(flow, NULL, &a, NULL, NULL), BPR_OK);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		visits[i] = bpr_analysis_nodes(a)[i].visits;
	for (size_t i = 0; i < bpr_flow_arc_count(flow); i++)
		passages[i] = bpr_analysis_arcs(a)[i];
	assert_int_equal(bpr_queueing_solve(flow, visits, passages, NULL, &q, NULL, NULL), BPR_OK);
	assert_true(bpr_queueing_known(q));
	for (size_t i = 0; i < net->count; i++) {
		const struct bpr_queue_pool *pool = &bpr_queueing_pools(q)[pool_of(flow, i)];

		assert_int_equal(pool->method, BPR_QUEUE_EXACT);
		assert_rel(pool->utilisation, exact->utilisation[i], 1e-9);
		assert_true(fabs(pool->wait - exact->wait[i]) <= 1e-9 * (1 + exact->wait[i]));
	}
	assert_true(bpr_queueing_cycle(q, &cycle));
	assert_rel(cycle, exact->cycle, 1e-9);
	bpr_queueing_free(q);
	bpr_analysis_free(a);
	free(visits);
	free(passages);
	bpr_flow_free(flow);
}

/* ---- published: N1, N3, N6, N7, N11 of CASES.md; figures printed in their sources ---- */

static const struct network published[] = {
	{ "N1", 4, { 1, 1, 1, 1 }, { 0.04, 0.03, 0.06, 0.05 }, { { 0, 0.5, 0.5, 0 }, { 1, 0, 0, 0 }, { 0.6, 0, 0, 0 }, { 1, 0, 0, 0 } }, 0.25, 3 },
	{ "N3", 3, { 1, 1, 1 }, { 0.005, 0.03, 0.027 }, { { 0, 70.0 / 121, 50.0 / 121 }, { 1 }, { 1 } }, 1 / 0.3, 0 },
	{ "N6", 3, { 1, 1, 1 }, { 1.0 / 9, 1.0 / 7, 1.0 / 7 }, { { 0, 0.7, 0 }, { 0.2, 0, 0.5 }, { 0, 0.2, 0 } }, 1 / 3.8, 0 },
	{ "N7", 4, { 1, 1, 1, 1 }, { 1.0 / 3, 10, 5, 1 }, { { 0, 0.3, 0.7, 0 }, { 0, 0, 0.2, 0.8 }, { 0, 0.1, 0, 0.9 } }, 4, 0 },
	{ "N11", 5, { 2, 1, 3, 1, 1 }, { 1.2, 1.8, 1.8, 0.72, 0.6 },
	  { { 0, 0.3, 0.7 }, { 0, 0, 1 }, { 0.2, 0, 0, 0.8 }, { 0, 0, 0.1, 0, 0.9 } }, 1, 0 },
};
static const struct { double cycle, utilisation[STATIONS]; } printed[] = {
	{ 0, { 0.8, 0.3, 0.6, 0.2 } }, { 8.683740, { 0.1815, 0.63, 0.405 } }, { 0.6140351, { 0.5, 0.5, 0.25 } },
	{ 195.63636, { 0.08333, 0.94388, 0.96939, 0.25 } }, { 17.456718957, { 0.7666667, 0.69, 0.8333333, 0.8, 0.6 } },
};

static void published_networks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(published) / sizeof(published[0]); i++) {
		struct solution exact = product_form(&published[i]);

		for (size_t k = 0; k < published[i].count; k++)
			assert_true(fabs(exact.utilisation[k] - printed[i].utilisation[k]) < 1e-5);
		assert_true(!(printed[i].cycle > 0) || fabs(exact.cycle - printed[i].cycle) <= 1e-6 * printed[i].cycle);
		solved(&published[i], &exact);
		simulated(&published[i], &exact, i == 1 ? 1000 : i == 3 ? 20000 : 10000, 11);
	}
}

/* ---- random ---- */

static double random_share(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* Any routes, feedback to itself too; people enough for a load of 0.3 to 0.8 at each. */
static void draw_network(struct network *net, uint64_t seed)
{
	uint64_t state = seed * 7919;
	double visits[STATIONS];

	memset(net, 0, sizeof(*net));
	net->name = "random";
	net->count = 2 + (size_t)(random_share(&state) * 5);
	net->gap = 1;
	for (size_t i = 0; i < net->count; i++) {
		double left = 1 - 0.1 - 0.3 * random_share(&state);

		for (size_t k = 0; k < 2; k++) {
			size_t to = (size_t)(random_share(&state) * (double)net->count);
			double share = k ? left : left * random_share(&state);

			share = floor(share * 128) / 128;
			net->route[i][to] += share;
			left -= share;
		}
	}
	gauss(net, visits);
	for (size_t i = 0; i < net->count; i++) {
		net->servers[i] = 1 + (size_t)(random_share(&state) * 3);
		net->service[i] = visits[i] > 0 ? (0.3 + 0.5 * random_share(&state)) * (double)net->servers[i] / visits[i] : 1;
	}
}

static bool everyone_comes(const struct network *net)
{
	double visits[STATIONS];

	gauss(net, visits);
	for (size_t i = 0; i < net->count; i++)
		if (!(visits[i] > 0.02))
			return false;
	return true;
}

static void random_networks(void **state)
{
	size_t played = 0;

	(void)state;
	for (uint64_t seed = 1; played < 200; seed++) {
		struct network net;
		struct solution exact;

		draw_network(&net, seed);
		if (!everyone_comes(&net))
			continue;
		exact = product_form(&net);
		solved(&net, &exact);
		if (played++ < 12)
			simulated(&net, &exact, 5000, seed);
	}
}

/* ---- far down a line ---- */

/*
 * Whitt & You, "A robust queueing network analyzer based on indices of dispersion" (2018 on): arrivals far more irregular than
 * Poisson, eight stations with little load that hardly smooth them, then one with much. What two moments keep of the irregularity
 * is smoothed away by the eight stations one after the other, though the last one feels it in full.
 */
static void decomposition_fails_downstream(void **state)
{
	static const char *const flow_rows[] = {
		"s|start|a0", "a0|task|a1|work=exp(6)|staff=P0", "a1|task|a2|work=exp(6)|staff=P1", "a2|task|a3|work=exp(6)|staff=P2",
		"a3|task|a4|work=exp(6)|staff=P3", "a4|task|a5|work=exp(6)|staff=P4", "a5|task|a6|work=exp(6)|staff=P5",
		"a6|task|a7|work=exp(6)|staff=P6", "a7|task|a8|work=exp(6)|staff=P7", "a8|task|e|work=exp(9)|staff=P8", "e|end|", NULL };
	static const char *const staff[] = { "pool=P0|count=1", "pool=P1|count=1", "pool=P2|count=1", "pool=P3|count=1", "pool=P4|count=1",
		"pool=P5|count=1", "pool=P6|count=1", "pool=P7|count=1", "pool=P8|count=1", NULL };
	static const char *const demand[] = { "arrivals=gamma(10,28.284271247461902)", NULL }; /* scv 8 */
	struct sim_rows rows = { flow_rows, staff, NULL, demand };
	bpr_flow *flow = sim_flow(&rows);
	bpr_simulation *sim = play(flow, 20000, 5);
	const struct bpr_sim_pool *seen = &bpr_simulation_pools(sim)[8];
	double *visits = calloc(bpr_flow_node_count(flow), sizeof(*visits)), *passages = calloc(bpr_flow_arc_count(flow), sizeof(*passages));
	const struct bpr_queue_pool *formula;
	bpr_queueing *q = NULL;

	(void)state;
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		visits[i] = 1;
	for (size_t i = 0; i < bpr_flow_arc_count(flow); i++)
		passages[i] = 1;
	assert_int_equal(bpr_queueing_solve(flow, visits, passages, NULL, &q, NULL, NULL), BPR_OK);
	formula = &bpr_queueing_pools(q)[8];
	print_message("# last of nine: %.1f simulated (%.1f to %.1f), %.1f by decomposition\n", seen->wait.mean, seen->wait.ci95_low,
		      seen->wait.ci95_high, formula->wait);
	assert_int_equal(formula->method, BPR_QUEUE_APPROXIMATE);
	assert_true(formula->reasons & BPR_REASON_DOWNSTREAM);
	assert_true(seen->wait.mean > 1.5 * formula->wait);
	assert_true(seen->wait.ci95_low > formula->wait);
	bpr_queueing_free(q);
	bpr_simulation_free(sim);
	free(visits);
	free(passages);
	bpr_flow_free(flow);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_networks),
		cmocka_unit_test(random_networks),
		cmocka_unit_test(decomposition_fails_downstream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
