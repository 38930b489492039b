/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Single stations by simulation, against closed forms. How far a mean may be off is known beforehand: for a birth-death
 * process from its asymptotic variance (Whitt, "Asymptotic formulas for Markov processes with applications to simulation",
 * Operations Research 40(2), 1992), for other services from that of M/M/1, as in heavy traffic (Whitt, "Planning queueing
 * simulations", Management Science 35(11), 1989). Seeds are fixed.
 */
#include "config.h"
#include "property/sim_case.h"
#include <bpr/queueing.h>

#define STATES 4000
#define REPLICATIONS 10

/* Customers come every `gap` minutes; n of them are served at rate min(n, servers) / service, and leave the queue at `leave` each. */
struct chain { double gap, service, leave; size_t servers, room; };
struct truth { double queue, wait, busy, lost, gave_up, sigma; };

/* Exact means, and sigma: the standard deviation of the time average of the queue over T minutes is sigma / sqrt(T). */
static struct truth solve(const struct chain *c)
{
	static double p[STATES + 1];
	struct truth out = { 0 };
	size_t last = c->room ? c->servers + c->room : STATES;
	double total = 1, below = 0, sum = 0, served;

	p[0] = 1;
	for (size_t n = 1; n <= last; n++) {
		size_t in_service = n < c->servers ? n : c->servers;

		p[n] = p[n - 1] / c->gap / ((double)in_service / c->service + (double)(n - in_service) * c->leave);
		total += p[n];
	}
	for (size_t n = 0; n <= last; n++) {
		p[n] /= total;
		out.queue += p[n] * (n > c->servers ? (double)(n - c->servers) : 0);
		out.busy += p[n] * (double)(n < c->servers ? n : c->servers) / (double)c->servers;
	}
	for (size_t n = 0; n < last && p[n] > 1e-13; n++) { /* beyond, only rounding is left */
		below += p[n] * ((n > c->servers ? (double)(n - c->servers) : 0) - out.queue);
		sum += below * below / (p[n] / c->gap);
	}
	out.sigma = sqrt(2 * sum);
	out.lost = c->room ? p[last] : 0;
	out.gave_up = c->leave * out.queue * c->gap;
	served = (1 - out.lost) / c->gap;
	out.wait = out.queue / served;
	return out;
}

/* One step at one pool, or at a counter with few seats. */
struct shop { const char *gap, *work, *count, *staff, *patience, *seats, *discipline; };

static bpr_flow *open_shop(const struct shop *s)
{
	char step[160], pool[96], demand[64], counter[64];
	const char *const flow[] = { "s|start|a", step, "e|end|", NULL };
	const char *const staff[] = { pool, NULL }, *const demands[] = { demand, NULL }, *const counters[] = { counter, NULL };
	struct sim_rows rows = { flow, staff, s->seats ? counters : NULL, demands };

	(void)snprintf(step, sizeof(step), "a|task|e|work=%s|staff=%s%s%s%s", s->work, s->staff ? s->staff : "P", s->patience ? "|patience=" : "",
		       s->patience ? s->patience : "", s->seats ? "|counter=C" : "");
	(void)snprintf(pool, sizeof(pool), "pool=P|count=%s%s%s", s->count, s->discipline ? "|discipline=" : "", s->discipline ? s->discipline : "");
	(void)snprintf(demand, sizeof(demand), "arrivals=exp(%s)", s->gap);
	(void)snprintf(counter, sizeof(counter), "counter=C|seats=%s", s->seats ? s->seats : "");
	return sim_flow(&rows);
}

static const struct bpr_sim_options base = BPR_SIM_OPTIONS_INIT;

static bpr_simulation *play(const bpr_flow *flow, unsigned long long cases)
{
	struct bpr_sim_options options = base;

	options.cases = cases;
	options.replications = REPLICATIONS;
	options.seed = 20260401;
	return sim_run(flow, &options);
}

/* Queue by time, wait by customer: the latter is the former over the rate, and the rate itself is drawn (Glynn & Whitt 1989). */
static void hold_against(const char *what, const bpr_simulation *sim, const struct chain *c, double scale, unsigned long long cases)
{
	struct truth t = solve(c);
	const struct bpr_sim_pool *pool = bpr_simulation_pools(sim);
	double minutes = (double)cases * REPLICATIONS * c->gap, sd = scale * t.sigma / sqrt(minutes);
	double rate = (1 - t.lost) / c->gap;

	print_message("# %s: Lq %.5f (%.5f), Wq %.5f (%.5f), sd %.2g\n", what, pool[0].queue.mean, t.queue, pool[0].wait.mean, t.wait, sd);
	sim_near(what, pool[0].queue.mean, t.queue, sd);
	if (!(c->leave > 0))
		sim_near(what, pool[0].wait.mean, t.wait, (sd + t.wait * sqrt(rate / minutes)) / rate);
	sim_near(what, pool[0].utilisation.mean, t.busy, 3 * sqrt(2 * c->service / minutes));
}

/* ---- M/M/c: cases Q1, Q2, Q4, Q5, Q6, Q9 of CASES.md ---- */

static void mmc(void **state)
{
	static const struct { const char *name, *gap, *work, *count; struct chain chain; double queue; } cases[] = {
		{ "Q1", "2.5", "exp(2)", "1", { 2.5, 2, 0, 1, 0 }, 3.2 },
		{ "Q2", "2", "exp(1.5)", "1", { 2, 1.5, 0, 1, 0 }, 2.25 },
		{ "Q4", "3.65", "exp(6)", "3", { 3.65, 6, 0, 3, 0 }, 0.3524259 },
		{ "Q5", "3", "exp(2)", "2", { 3, 2, 0, 2, 0 }, 1.0 / 12 },
		{ "Q6", "1.25", "exp(1)", "1", { 1.25, 1, 0, 1, 0 }, 3.2 },
		{ "Q9", "1.25", "exp(3)", "3", { 1.25, 3, 0, 3, 0 }, 3.2359551 / 1.25 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct shop shop = { .gap = cases[i].gap, .work = cases[i].work, .count = cases[i].count };
		bpr_flow *flow = open_shop(&shop);
		bpr_simulation *sim = play(flow, 40000);

		assert_rel(solve(&cases[i].chain).queue, cases[i].queue, 1e-6);
		hold_against(cases[i].name, sim, &cases[i].chain, 1, 40000);
		bpr_simulation_free(sim);
		bpr_flow_free(flow);
	}
}

/* Two people a case, of four: a station of two. */
static void two_at_once(void **state)
{
	static const struct chain chain = { 2.5, 4, 0, 2, 0 };
	struct shop shop = { .gap = "2.5", .work = "exp(4)", .count = "4", .staff = "P:2" };
	bpr_flow *flow = open_shop(&shop);
	bpr_simulation *sim = play(flow, 40000);

	(void)state;
	hold_against("two at once", sim, &chain, 1, 40000);
	bpr_simulation_free(sim);
	bpr_flow_free(flow);
}

/* ---- M/G/1: Pollaczek and Khinchine ---- */

static void mg1(void **state)
{
	static const struct { const char *name, *work; double mean, scv; } cases[] = {
		{ "M/D/1", "1", 1, 0 },
		{ "Q8", "tri(0.1,1,1.9)", 1, 0.135 }, /* (a² + b² + c² - ab - ac - bc) / 18 */
		{ "M/E3/1", "erlang(3,1)", 1, 1.0 / 3 },
		{ "M/U/1", "unif(0,2)", 1, 1.0 / 3 },
		{ "M/LN/1", "lognorm(1,1.5)", 1, 2.25 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct shop shop = { .gap = "1.25", .work = cases[i].work, .count = "1" };
		struct chain chain = { 1.25, 1, 0, 1, 0 };
		bpr_flow *flow = open_shop(&shop);
		bpr_simulation *sim = play(flow, 60000);
		double half = (1 + cases[i].scv) / 2, queue = solve(&chain).queue * half, minutes = 60000.0 * REPLICATIONS * 1.25;
		/* Normal approximation of heavy traffic: sigma² grows as the third power of the variability. */
		double sd = solve(&chain).sigma * pow(half, 1.5) / sqrt(minutes);
		const struct bpr_sim_pool *pool = bpr_simulation_pools(sim);

		print_message("# %s: Wq %.4f (%.4f), sd %.2g\n", cases[i].name, pool->wait.mean, queue * 1.25, sd * 1.25);
		sim_near(cases[i].name, pool->queue.mean, queue, sd);
		sim_near(cases[i].name, pool->wait.mean, queue * 1.25, 1.25 * (sd + queue * 1.25 * sqrt(0.8 / minutes)));
		bpr_simulation_free(sim);
		bpr_flow_free(flow);
	}
}

/* ---- people who give up; a waiting room that is full ---- */

static void giving_up(void **state)
{
	static const struct { const char *count, *patience; struct chain chain; } cases[] = {
		{ "2", "exp(3)", { 1.25, 2, 1.0 / 3, 2, 0 } },
		{ "1", "exp(5)", { 1, 1.5, 0.2, 1, 0 } }, /* more than can be served: who gives up keeps it stable */
		{ "3", "exp(0.5)", { 0.5, 2, 2, 3, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char gap[32], work[32];
		struct shop shop = { .gap = gap, .work = work, .count = cases[i].count, .patience = cases[i].patience };
		struct truth t = solve(&cases[i].chain);
		bpr_flow *flow;
		bpr_simulation *sim;
		double lost;

		(void)snprintf(gap, sizeof(gap), "%g", cases[i].chain.gap);
		(void)snprintf(work, sizeof(work), "exp(%g)", cases[i].chain.service);
		flow = open_shop(&shop);
		sim = play(flow, 40000);
		hold_against("Erlang A", sim, &cases[i].chain, 1, 40000);
		lost = bpr_simulation_figure(sim, BPR_SIM_ABANDONED)->mean;
		/* Who gives up: theta Lq / lambda; its spread follows that of the queue, plus that of counting. */
		sim_near("share that gives up", lost, t.gave_up, cases[i].chain.leave * cases[i].chain.gap * t.sigma
			 / sqrt(40000.0 * REPLICATIONS * cases[i].chain.gap) + sqrt(t.gave_up / 40000 / REPLICATIONS));
		bpr_simulation_free(sim);
		bpr_flow_free(flow);
	}
}

static void few_seats(void **state)
{
	static const struct { const char *count, *seats; struct chain chain; } cases[] = {
		{ "1", "1", { 1, 1, 0, 1, 1 } },
		{ "2", "3", { 0.5, 1.2, 0, 2, 3 } },
		{ "3", "2", { 1, 2.5, 0, 3, 2 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char gap[32], work[32];
		struct shop shop = { .gap = gap, .work = work, .count = cases[i].count, .seats = cases[i].seats };
		struct truth t = solve(&cases[i].chain);
		bpr_flow *flow;
		bpr_simulation *sim;

		(void)snprintf(gap, sizeof(gap), "%g", cases[i].chain.gap);
		(void)snprintf(work, sizeof(work), "exp(%g)", cases[i].chain.service);
		flow = open_shop(&shop);
		sim = play(flow, 40000);
		hold_against("M/M/c/K", sim, &cases[i].chain, 1, 40000);
		/* Runs of losses: one standard deviation of independent ones, three times. */
		sim_near("found it full", bpr_simulation_figure(sim, BPR_SIM_ABANDONED)->mean, t.lost, 3 * sqrt(t.lost / 40000 / REPLICATIONS));
		bpr_simulation_free(sim);
		bpr_flow_free(flow);
	}
}

/* ---- disciplines ---- */

static bpr_flow *two_classes(const char *first, const char *second, const char *discipline)
{
	char a[96], b[96], pool[96];
	const char *const flow[] = { "s|start|x", "x|xor|a:0.4;b:0.6", a, b, "e|end|", NULL }, *const staff[] = { pool, NULL };
	static const char *const demand[] = { "arrivals=exp(1.25)", NULL };
	struct sim_rows rows = { flow, staff, NULL, demand };

	(void)snprintf(a, sizeof(a), "a|task|e|work=%s|staff=P|priority=2", first);
	(void)snprintf(b, sizeof(b), "b|task|e|work=%s|staff=P|priority=1", second);
	(void)snprintf(pool, sizeof(pool), "pool=P|count=1|discipline=%s", discipline);
	return sim_flow(&rows);
}

/* Cobham, Operations Research 2(1), 1954: W1 = R / (1 - rho1), W2 = R / ((1 - rho1) (1 - rho)). */
static void priorities(void **state)
{
	static const struct { const char *first, *second; double mean[2], square[2]; } cases[] = {
		{ "exp(1)", "exp(1)", { 1, 1 }, { 2, 2 } },
		{ "exp(0.5)", "exp(1.25)", { 0.5, 1.25 }, { 0.5, 3.125 } },
		{ "1.5", "unif(0,1)", { 1.5, 0.5 }, { 2.25, 1.0 / 3 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bpr_flow *flow = two_classes(cases[i].first, cases[i].second, "priority");
		bpr_simulation *sim = play(flow, 60000);
		const struct bpr_sim_node *nodes = bpr_simulation_nodes(sim);
		double rate[2] = { 0.8 * 0.4, 0.8 * 0.6 }, rho1 = rate[0] * cases[i].mean[0], rho = rho1 + rate[1] * cases[i].mean[1];
		double left = (rate[0] * cases[i].square[0] + rate[1] * cases[i].square[1]) / 2;

		sim_mean_near("first class", &nodes[bpr_flow_find(flow, "a")].wait, left / (1 - rho1), REPLICATIONS);
		sim_mean_near("second class", &nodes[bpr_flow_find(flow, "b")].wait, left / (1 - rho1) / (1 - rho), REPLICATIONS);
		bpr_simulation_free(sim);
		bpr_flow_free(flow);
	}
}

/* Phipps, Operations Research 4(1), 1956: who needs x minutes waits R / (1 - rho(x))², rho(x) the load of shorter ones. */
static void shortest_first(void **state)
{
	struct shop shop = { .gap = "1.25", .work = "exp(1)", .count = "1", .discipline = "shortest" };
	bpr_flow *flow = open_shop(&shop);
	bpr_simulation *sim = play(flow, 60000);
	double wait = 0;

	(void)state;
	for (size_t i = 0; i < 400000; i++) { /* midpoint rule over x from 0 to 40; R = 0.8 */
		double x = ((double)i + 0.5) * 1e-4, load = 0.8 * (1 - exp(-x) * (1 + x));

		wait += 1e-4 * exp(-x) * 0.8 / ((1 - load) * (1 - load));
	}
	sim_mean_near("shortest first", &bpr_simulation_pools(sim)->wait, wait, REPLICATIONS);
	bpr_simulation_free(sim);
	bpr_flow_free(flow);
}

/* Whom the queue sends first does not change the mean as long as nobody looks at the work. */
static void last_first(void **state)
{
	static const struct chain chain = { 1.25, 1, 0, 1, 0 };
	struct shop shop = { .gap = "1.25", .work = "exp(1)", .count = "1", .discipline = "lifo" };
	bpr_flow *flow = open_shop(&shop);
	bpr_simulation *sim = play(flow, 60000);
	const struct bpr_sim_figure *f = bpr_simulation_figure(sim, BPR_SIM_WAIT);

	(void)state;
	hold_against("last first", sim, &chain, 1, 60000);
	/* E[W²] last come first served is that of first come over 1 - rho: 2 rho / (1 - rho)² / (1 - rho) = 200 (Takács 1963). */
	sim_near("E[W²]", f->sd * f->sd + f->mean * f->mean, 200, 15);
	bpr_simulation_free(sim);
	bpr_flow_free(flow);
}

/* First come, first served: the wait of M/M/1 is 0 with 1 - rho, else exponential: quantiles are known. */
static void quantiles(void **state)
{
	struct shop shop = { .gap = "1.25", .work = "exp(1)", .count = "1" };
	bpr_flow *flow = open_shop(&shop);
	bpr_simulation *sim = play(flow, 60000);
	const struct bpr_sim_figure *f = bpr_simulation_figure(sim, BPR_SIM_WAIT);
	double scale = 5; /* 1 / (1 - rho) */

	(void)state;
	/* The share below a limit is off by what the mean of a correlated 0/1 sequence is: relaxation time 2 / (1 - sqrt rho)² / mu. */
	for (int k = 0; k < 3; k++) {
		double above = k == 0 ? 0.5 : k == 1 ? 0.1 : 0.05, exact = scale * log(0.8 / above);
		double seen = k == 0 ? f->p50 : k == 1 ? f->p90 : f->p95;
		double sd = sqrt(above * (1 - above) * 2 * 90 / (60000 * REPLICATIONS * 1.25)), slope = above / scale;

		sim_near("quantile", seen, exact, sd / slope + exact / 1024);
		sim_near("share", 1 - bpr_simulation_share_within(sim, BPR_SIM_WAIT, exact), above, sd + above / 1024);
	}
	sim_near("sd", f->sd, sqrt(0.8 * 2 * 25 - 16), 0.5);
	bpr_simulation_free(sim);
	bpr_flow_free(flow);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(mmc),
		cmocka_unit_test(two_at_once),
		cmocka_unit_test(mg1),
		cmocka_unit_test(giving_up),
		cmocka_unit_test(few_seats),
		cmocka_unit_test(priorities),
		cmocka_unit_test(shortest_first),
		cmocka_unit_test(last_first),
		cmocka_unit_test(quantiles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
