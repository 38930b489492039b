/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows as networks of queues, against published cases (CASES.md) and what the theory says of their parts. */
#include "test.h"
#include "queueing_flow.h"

/* N1: Bolch et al., Queueing Networks and Markov Chains, example 7.4; 4 a second, here a minute. */
static void test_bolch(void **state)
{
	static const double lambda[] = { 20, 10, 10, 4 }, rho[] = { 0.8, 0.3, 0.6, 0.2 };
	static const double residence[] = { 0.2, 0.03 / 0.7, 0.15, 0.0625 };
	static const char *const names[] = { "p1", "p2", "p3", "p4" };
	struct test_net t = { 0 };
	double wait = 0, cases;
	enum bpr_queue_method method;

	(void)state;
	net_build(&t, ROWS("s|start|n4", "n4|task|n1|work=exp(0.05)|staff=p4", "n1|task|x1|work=exp(0.04)|staff=p1", "x1|xor|n2:0.5;n3:0.5",
			   "n2|task|n1|work=exp(0.03)|staff=p2", "n3|task|n1:0.6;e:0.4|work=exp(0.06)|staff=p3", "e|end|"),
		  ROWS("pool=p1|count=1", "pool=p2|count=1", "pool=p3|count=1", "pool=p4|count=1"), ROWS("arrivals=exp(0.25)"));
	net_solve(&t, NULL);
	for (size_t i = 0; i < 4; i++) {
		const struct bpr_queue_pool *p = net_pool(&t, names[i]);

		assert_int_equal(p->method, BPR_QUEUE_EXACT);
		assert_int_equal(p->reasons, 0);
		assert_rel(p->arrivals_per_minute, lambda[i], 1e-12);
		assert_rel(p->utilisation, rho[i], 1e-12);
		assert_rel(p->wait + p->service_minutes, residence[i], 1e-12);
		assert_rel(p->queue + rho[i], rho[i] / (1 - rho[i]), 1e-12);
		wait += p->arrivals_per_minute / 4 * p->wait;
	}
	assert_rel(bpr_queueing_wait(t.q, &method), wait, 1e-12);
	assert_int_equal(method, BPR_QUEUE_EXACT);
	assert_true(bpr_queueing_in_process(t.q, &cases, NULL));
	assert_rel(cases, 4 + 3.0 / 7 + 1.5 + 0.25, 1e-12);
	net_end(&t);
}

/* N3: Lazowska et al., Quantitative System Performance, p. 113. */
static void test_lazowska(void **state)
{
	struct test_net t = { 0 };
	double cycle;

	(void)state;
	net_build(&t, ROWS("s|start|cpu", "cpu|task|d1:70/121;d2:50/121;e:1/121|work=exp(0.005)|staff=cpu", "d1|task|cpu|work=exp(0.03)|staff=d1",
			   "d2|task|cpu|work=exp(0.027)|staff=d2", "e|end|"),
		  ROWS("pool=cpu|count=1", "pool=d1|count=1", "pool=d2|count=1"), ROWS("arrivals=exp(3.3333333333333335)"));
	net_solve(&t, NULL);
	assert_rel(net_pool(&t, "cpu")->utilisation, 0.1815, 1e-9);
	assert_rel(net_pool(&t, "cpu")->arrivals_per_minute, 36.3, 1e-9);
	assert_rel(net_pool(&t, "cpu")->queue + net_pool(&t, "cpu")->utilisation, 0.1815 / (1 - 0.1815), 1e-9);
	assert_true(bpr_queueing_cycle(t.q, &cycle));
	assert_true(fabs(cycle - 8.683740) < 5e-7);
	net_end(&t);
}

/* One pool A of so many people, one step. */
static void solve_one(struct test_net *t, const char *work, const char *people, const char *arrivals)
{
	char a[200], p[64], d[200];

	(void)snprintf(a, sizeof(a), "a|task|e|work=%s|staff=A", work);
	(void)snprintf(p, sizeof(p), "pool=A|count=%s", people);
	(void)snprintf(d, sizeof(d), "arrivals=%s", arrivals);
	net_build(t, ROWS("s|start|a", a, "e|end|"), ROWS(p), ROWS(d));
	net_solve(t, NULL);
}

/* A distribution that is exponential however it is written. */
static void test_exponential_in_other_words(void **state)
{
	static const char *const words[] = { "exp(2)", "erlang(1,2)", "gamma(2,2)", "weibull(1,2)" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct test_net t = { 0 };

		solve_one(&t, words[i], "2", "exp(1.25)");
		assert_int_equal(net_pool(&t, "A")->method, BPR_QUEUE_EXACT);
		assert_rel(net_pool(&t, "A")->wait, 32 / 9.0, 1e-12); /* C(2, 1.6) = 32 / 45; times 2 / 0.4 */
		net_end(&t);
	}
}

static void expect_reasons(const char *const *rows, const char *const *staff, const char *demand, const char *pool, unsigned reasons)
{
	struct test_net t = { 0 };
	const struct bpr_queue_pool *p;

	net_build(&t, rows, staff, ROWS(demand));
	net_solve(&t, NULL);
	p = net_pool(&t, pool);
	assert_true(p->known);
	if (p->reasons != reasons)
		print_error("%s: reasons %u, expected %u\n", pool, p->reasons, reasons);
	assert_int_equal(p->reasons, reasons);
	assert_int_equal(p->method, reasons ? BPR_QUEUE_APPROXIMATE : BPR_QUEUE_EXACT);
	net_end(&t);
}

/* Each assumption that fails is named, and only there. */
static void test_reasons(void **state)
{
	const char *const *two = ROWS("pool=A|count=2", "pool=B|count=1");

	(void)state;
	/* First and second in a line: what the first does to the stream is the second's trouble, not the other way round. */
	expect_reasons(ROWS("s|start|a", "a|task|b|work=exp(1)|staff=A", "b|task|e|work=2|staff=B", "e|end|"), two, "arrivals=exp(4)", "A", 0);
	expect_reasons(ROWS("s|start|a", "a|task|b|work=exp(1)|staff=A", "b|task|e|work=2|staff=B", "e|end|"), two, "arrivals=exp(4)", "B", 0);
	expect_reasons(ROWS("s|start|a", "a|task|b|work=2|staff=B", "b|task|e|work=exp(1)|staff=A", "e|end|"), two, "arrivals=exp(4)", "A",
		       BPR_REASON_ARRIVALS);
	/* The one constant person sees cases again. */
	expect_reasons(ROWS("s|start|a", "a|task|a:0.1;b:0.9|work=2|staff=B", "b|task|e|work=exp(1)|staff=A", "e|end|"), two, "arrivals=exp(4)",
		       "B", BPR_REASON_ARRIVALS | BPR_REASON_SERVICE);
	expect_reasons(ROWS("s|start|a", "a|task|b|work=exp(1)|staff=A", "b|task|e|work=exp(2)|staff=A", "e|end|"), two, "arrivals=exp(4)", "A",
		       BPR_REASON_ARRIVALS | BPR_REASON_CLASSES);
	expect_reasons(ROWS("s|start|a", "a|task|b|work=exp(1)|staff=A:2", "b|task|e|work=exp(1)|staff=A", "e|end|"), two, "arrivals=exp(9)", "A",
		       BPR_REASON_ARRIVALS | BPR_REASON_TOGETHER);
	/* Two people of two at every step: one team. */
	expect_reasons(ROWS("s|start|a", "a|task|e|work=exp(1)|staff=A:2", "e|end|"), two, "arrivals=exp(9)", "A", 0);
	expect_reasons(ROWS("s|start|g", "g|and|a;b", "a|task|j|work=exp(1)|staff=A", "b|task|j|work=exp(1)|staff=B", "j|and|e", "e|end|"), two,
		       "arrivals=exp(9)", "A", BPR_REASON_PARALLEL);
	expect_reasons(ROWS("s|start|a", "a|task|e|work=exp(1)|staff=A", "e|end|"), two, "arrivals=unif(1,3)", "A", BPR_REASON_ARRIVALS);
	/* A delay by any distribution, a loop with a share, an exclusive choice: nothing fails. */
	expect_reasons(ROWS("s|start|w", "w|task|a|work=30|wait=2d", "a|task|w:0.2;b:0.3;e:0.5|work=exp(1)|staff=A", "b|task|e|work=exp(1)|staff=B",
			    "e|end|"), two, "arrivals=exp(9)", "A", 0);
}

/* Nothing is known where nobody says how many come, or how many serve. */
static void test_unknown(void **state)
{
	const char *const *rows = ROWS("s|start|a", "a|task|e|work=exp(1)|staff=A", "e|end|");
	struct test_net t = { 0 };
	double x;
	enum bpr_queue_method method;

	(void)state;
	net_build(&t, rows, ROWS("pool=A|count=2"), ROWS(NULL));
	net_solve(&t, NULL);
	assert_false(bpr_queueing_known(t.q));
	assert_false(net_pool(&t, "A")->known);
	(void)bpr_queueing_wait(t.q, &method);
	assert_int_equal(method, BPR_QUEUE_NONE);
	assert_false(bpr_queueing_in_process(t.q, &x, NULL));
	net_end(&t);
	memset(&t, 0, sizeof(t));
	net_build(&t, rows, ROWS("pool=A|yen_per_hour=2000"), ROWS("arrivals=exp(3)"));
	net_solve(&t, NULL);
	assert_false(bpr_queueing_known(t.q));
	assert_true(bpr_queueing_in_process(t.q, &x, NULL));
	assert_rel(x, 1 / 3.0, 1e-12);
	net_end(&t);
}

/* What a cut of work there brings: the derivative against the flow solved again with other work, and one more person likewise. */
static void check_sensitivity(const char *work, const char *more, const char *less, const char *arrivals, double step, double tolerance)
{
	struct test_net t = { 0 }, high = { 0 }, low = { 0 }, staff = { 0 };
	double up = 0, down = 0;

	solve_one(&t, work, "2", arrivals);
	solve_one(&high, more, "2", arrivals);
	solve_one(&low, less, "2", arrivals);
	solve_one(&staff, work, "3", arrivals);
	assert_true(bpr_queueing_cycle(high.q, &up) && bpr_queueing_cycle(low.q, &down));
	assert_rel(net_pool(&t, "A")->cycle_per_work, 0.01 * (up - down) / (2 * step), tolerance);
	assert_rel(net_pool(&t, "A")->wait_per_more, net_pool(&staff, "A")->wait - net_pool(&t, "A")->wait, 1e-12);
	net_end(&t);
	net_end(&high);
	net_end(&low);
	net_end(&staff);
}

static void test_sensitivity(void **state)
{
	(void)state;
	check_sensitivity("exp(2)", "exp(2.0002)", "exp(1.9998)", "exp(1.25)", 1e-4, 1e-6);
	check_sensitivity("erlang(3,2)", "erlang(3,2.0002)", "erlang(3,1.9998)", "exp(1.25)", 1e-4, 1e-5);
	check_sensitivity("erlang(3,2)", "erlang(3,2.0002)", "erlang(3,1.9998)", "unif(0.5,2)", 1e-4, 1e-5);
}

/* Whitt & You 2018, as Suresh & Whitt 1990: cases that come in bursts, eight pools at 60 %, then one at 90 %. */
static void test_downstream(void **state)
{
	struct test_net t = { 0 };
	char row[100];
	struct test_net poisson = { 0 };

	(void)state;
	for (int round = 0; round < 2; round++) {
		struct test_net *n = round ? &poisson : &t;

		test_begin(&n->f);
		test_row(&n->f, "s|start|n1", 2);
		for (int i = 1; i <= 9; i++) {
			(void)snprintf(row, sizeof(row), "n%d|task|n%d|work=exp(%s)|staff=p%d", i, i + 1, i < 9 ? "0.6" : "0.9", i);
			test_row(&n->f, row, 2 + (size_t)i);
			(void)snprintf(row, sizeof(row), "pool=p%d|count=1", i);
			test_companion(&n->f, BPR_TABLE_STAFF, row, 1 + (size_t)i);
		}
		test_row(&n->f, "n10|end|", 20);
		test_companion(&n->f, BPR_TABLE_DEMAND, round ? "arrivals=exp(1)" : "arrivals=gamma(1,2.8284271247461903)", 2);
		test_finish(&n->f);
		net_solve(n, NULL);
	}
	assert_true(net_pool(&t, "p9")->reasons & BPR_REASON_DOWNSTREAM);
	assert_false(net_pool(&t, "p8")->reasons & BPR_REASON_DOWNSTREAM);
	assert_int_equal(test_count(&t.f, "Q004", NULL), 1);
	/* Whitt's network analyzer: scv 8 is halved and halved again; by hand from its formulas. */
	{
		double scv = 8;

		for (int i = 0; i < 8; i++)
			scv = 1 + (1 - 0.36) * (scv - 1);
		assert_rel(net_pool(&t, "p9")->arrivals_scv, scv, 1e-9);
		assert_rel(net_pool(&t, "p9")->wait, 0.9 * 0.9 / 0.1 * (scv + 1) / 2, 1e-9);
	}
	assert_int_equal(net_pool(&poisson, "p9")->reasons, 0);
	assert_int_equal(test_count(&poisson.f, "Q004", NULL), 0);
	net_end(&t);
	net_end(&poisson);
}

/* Numbers at the edge, and beyond it. */
static void test_hostile(void **state)
{
	static const struct { const char *work, *people, *arrivals; bool stable; } cases[] = {
		{ "exp(1e-9)", "1", "exp(1e9)", true },  { "exp(1e6)", "1", "exp(1)", false }, { "0", "1", "exp(1)", true },
		{ "exp(1)", "1000000", "exp(1e-6)", false }, { "exp(0.999)", "1000000", "exp(1e-6)", true }, { "5", "1", "5", false },
		{ "4.999", "1", "5", true }, { "lognorm(1,1000)", "3", "exp(1)", true }, { "exp(1)", "1", "lognorm(3,3000)", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct test_net t = { 0 };
		const struct bpr_queue_pool *p;

		solve_one(&t, cases[i].work, cases[i].people, cases[i].arrivals);
		p = net_pool(&t, "A");
		assert_int_equal(p->stable, cases[i].stable);
		assert_true(isfinite(p->wait) && p->wait >= 0 && isfinite(p->queue) && isfinite(p->wait_prob) && isfinite(p->wait_above));
		assert_true(isfinite(p->wait_per_more) && isfinite(p->cycle_per_work) && isfinite(p->utilisation));
		assert_int_equal(test_count(&t.f, "Q001", NULL), !cases[i].stable);
		net_end(&t);
	}
}

static void test_refused(void **state)
{
	struct test_net t = { 0 };
	struct bpr_queue_options options = BPR_QUEUE_OPTIONS_INIT;
	double visits[3] = { 1, 1, 1 }, passages[2] = { 1, 1 };
	bpr_queueing *q;

	(void)state;
	net_build(&t, ROWS("s|start|a", "a|task|e|work=exp(1)|staff=A", "e|end|"), ROWS("pool=A|count=1"), ROWS("arrivals=exp(3)"));
	options.days = 0;
	assert_int_equal(bpr_queueing_solve(t.f.flow, visits, passages, &options, &q, NULL, NULL), BPR_EINVAL);
	assert_null(q);
	options.days = 367;
	assert_int_equal(bpr_queueing_solve(t.f.flow, visits, passages, &options, &q, NULL, NULL), BPR_EINVAL);
	options.days = 7;
	options.wait_limit = (double)NAN;
	assert_int_equal(bpr_queueing_solve(t.f.flow, visits, passages, &options, &q, NULL, NULL), BPR_EINVAL);
	visits[1] = (double)NAN;
	assert_int_equal(bpr_queueing_solve(t.f.flow, visits, passages, NULL, &q, NULL, NULL), BPR_EINVAL);
	visits[1] = -1;
	assert_int_equal(bpr_queueing_solve(t.f.flow, visits, passages, NULL, &q, NULL, NULL), BPR_EINVAL);
	visits[1] = 1;
	passages[0] = HUGE_VAL;
	assert_int_equal(bpr_queueing_solve(t.f.flow, visits, passages, NULL, &q, NULL, NULL), BPR_EINVAL);
	bpr_queueing_free(NULL);
	net_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bolch), cmocka_unit_test(test_lazowska), cmocka_unit_test(test_exponential_in_other_words),
		cmocka_unit_test(test_reasons), cmocka_unit_test(test_unknown), cmocka_unit_test(test_sensitivity),
		cmocka_unit_test(test_downstream), cmocka_unit_test(test_hostile), cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
