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

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_bolch), cmocka_unit_test(test_lazowska) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
