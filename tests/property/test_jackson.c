/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random open networks against solvers that share nothing with the library: traffic equations by dense elimination, stations by their
 * balance equations, small networks as Markov chains of whole states, swept until nothing moves.
 */
#include "test.h"
#include "../unit/queueing_flow.h"

enum { MOST_STEPS = 12, MOST_POOLS = 6 };

struct random_net {
	size_t steps, pools;
	size_t pool_of[MOST_STEPS], people[MOST_POOLS];
	double mean[MOST_POOLS], route[MOST_STEPS][MOST_STEPS], leave[MOST_STEPS], rate;
	double visits[MOST_STEPS];
};

static uint64_t draw(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

static double uniform(uint64_t *state)
{
	return (double)draw(state) / 2147483648.0;
}

/* v = e0 + R'v, by elimination with pivots. */
static void traffic(struct random_net *n)
{
	double a[MOST_STEPS][MOST_STEPS + 1] = { { 0 } };

	for (size_t i = 0; i < n->steps; i++) {
		for (size_t k = 0; k < n->steps; k++)
			a[i][k] = (i == k ? 1 : 0) - n->route[k][i];
		a[i][n->steps] = i ? 0 : 1;
	}
	for (size_t c = 0; c < n->steps; c++) {
		size_t best = c;

		for (size_t r = c; r < n->steps; r++)
			best = fabs(a[r][c]) > fabs(a[best][c]) ? r : best;
		for (size_t k = 0; k <= n->steps; k++) {
			double swap = a[c][k];

			a[c][k] = a[best][k];
			a[best][k] = swap;
		}
		for (size_t r = 0; r < n->steps; r++) {
			double f = r == c ? 0 : a[r][c] / a[c][c];

			for (size_t k = c; k <= n->steps; k++)
				a[r][k] -= f * a[c][k];
		}
	}
	for (size_t i = 0; i < n->steps; i++)
		n->visits[i] = a[i][n->steps] / a[i][i];
}

static double requests(const struct random_net *n, size_t pool)
{
	double sum = 0;

	for (size_t i = 0; i < n->steps; i++)
		sum += n->pool_of[i] == pool ? n->visits[i] : 0;
	return sum;
}

static void make(struct random_net *n, uint64_t seed)
{
	uint64_t state = seed * 77 + 5;
	double most = 0;

	memset(n, 0, sizeof(*n));
	for (int i = 0; i < 5; i++)
		(void)draw(&state);
	n->steps = 2 + draw(&state) % (MOST_STEPS - 1);
	n->pools = 1 + draw(&state) % MOST_POOLS;
	n->pools = n->pools < n->steps ? n->pools : n->steps;
	for (size_t p = 0; p < n->pools; p++) {
		n->people[p] = 1 + draw(&state) % 5;
		n->mean[p] = 0.2 + 4 * uniform(&state);
	}
	for (size_t i = 0; i < n->steps; i++) {
		double left = 1;

		n->pool_of[i] = i < n->pools ? i : draw(&state) % n->pools;
		for (size_t k = 0; k < n->steps; k++) {
			double p = draw(&state) % 3 ? 0 : left * uniform(&state) * 0.7;

			n->route[i][k] = p;
			left -= p;
		}
		n->leave[i] = left;
	}
	traffic(n);
	for (size_t p = 0; p < n->pools; p++)
		most = fmax(most, requests(n, p) * n->mean[p] / (double)n->people[p]);
	n->rate = (0.3 + 0.65 * uniform(&state)) / most;
}

/* Rows of text as a user would write them. */
static void build(struct test_net *t, const struct random_net *n)
{
	char row[2000], demand[64];
	struct bpr_place place = test_place(2);

	(void)place;
	test_begin(&t->f);
	test_row(&t->f, "s|start|n0", 2);
	for (size_t i = 0; i < n->steps; i++) {
		size_t at = (size_t)snprintf(row, sizeof(row), "n%zu|task|e:%.17g", i, n->leave[i]);

		for (size_t k = 0; k < n->steps; k++)
			if (n->route[i][k] > 0)
				at += (size_t)snprintf(row + at, sizeof(row) - at, ";n%zu:%.17g", k, n->route[i][k]);
		(void)snprintf(row + at, sizeof(row) - at, "|work=exp(%.17g)|staff=p%zu", n->mean[n->pool_of[i]], n->pool_of[i]);
		test_row(&t->f, row, 3 + i);
	}
	test_row(&t->f, "e|end|", 99);
	for (size_t p = 0; p < n->pools; p++) {
		(void)snprintf(row, sizeof(row), "pool=p%zu|count=%zu", p, n->people[p]);
		test_companion(&t->f, BPR_TABLE_STAFF, row, 2 + p);
	}
	(void)snprintf(demand, sizeof(demand), "arrivals=exp(%.17g)", 1 / n->rate);
	test_companion(&t->f, BPR_TABLE_DEMAND, demand, 2);
	test_finish(&t->f);
	assert_int_equal(t->f.status, BPR_OK);
}

/* Mean number waiting, from the balance equations of a birth-death chain. */
static double waiting(double arrivals, double mean, size_t people)
{
	double p = 1, sum = 0, queue = 0;

	for (size_t i = 0; i < 1000000; i++) {
		sum += p;
		queue += i > people ? (double)(i - people) * p : 0;
		p *= arrivals * mean / (double)(i + 1 < people ? i + 1 : people);
		if (i > people && p < 1e-18 * queue)
			break;
	}
	return queue / sum;
}

static void test_random_networks(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct test_net t = { 0 };
		struct random_net n;
		double wait = 0, lead = 0, found, cases;
		enum bpr_queue_method method;

		make(&n, seed);
		build(&t, &n);
		net_solve(&t, NULL);
		for (size_t p = 0; p < n.pools; p++) {
			char name[8];
			double asked = requests(&n, p), queue = waiting(n.rate * asked, n.mean[p], n.people[p]);
			const struct bpr_queue_pool *r;

			(void)snprintf(name, sizeof(name), "p%zu", p);
			r = net_pool(&t, name);
			if (!(asked > 0))
				continue;
			assert_int_equal(r->method, BPR_QUEUE_EXACT);
			assert_rel(r->arrivals_per_minute, n.rate * asked, 1e-9);
			assert_rel(r->queue, queue, 1e-8);
			assert_rel(r->wait, queue / (n.rate * asked), 1e-8);
			wait += asked * r->wait;
			lead += asked * n.mean[p];
		}
		found = bpr_queueing_wait(t.q, &method);
		assert_int_equal(method, BPR_QUEUE_EXACT);
		assert_rel(found, wait, 1e-9);
		assert_true(bpr_queueing_in_process(t.q, &cases, NULL));
		assert_rel(cases, n.rate * (wait + lead), 1e-9);
		net_end(&t);
	}
}

/* ---- whole states ---- */

/* Two pools, the first with two people, and a way back: states (n, m), cut at 70. */
static void test_two_stations(void **state)
{
	enum { CUT = 70 };
	static double p[CUT + 1][CUT + 1];
	const double rate = 0.5, mu = 1 / 1.5, nu = 1 / 0.9, back = 0.25;
	double n_queue = 0, m_queue = 0, sum = 0;
	struct test_net t = { 0 };

	(void)state;
	p[0][0] = 1;
	for (size_t sweep = 0; sweep < 4000; sweep++)
		for (int n = 0; n <= CUT; n++)
			for (int m = 0; m <= CUT; m++) {
				double out, in = 0;

				if (!n && !m)
					continue; /* stays 1: the rest is in relation to it */
				out = (n < CUT ? rate : 0) + (m < CUT ? mu * (n < 2 ? n : 2) : 0) + (m > 0 ? nu * (n < CUT ? 1 : 1 - back) : 0);
				in += n > 0 ? rate * p[n - 1][m] : 0;
				in += m > 0 && n < CUT ? mu * (n + 1 < 2 ? n + 1 : 2) * p[n + 1][m - 1] : 0;
				in += m < CUT ? nu * (1 - back) * p[n][m + 1] : 0;
				in += m < CUT && n > 0 ? nu * back * p[n - 1][m + 1] : 0;
				p[n][m] = in / out;
			}
	for (int n = 0; n <= CUT; n++)
		for (int m = 0; m <= CUT; m++) {
			sum += p[n][m];
			n_queue += n > 2 ? (n - 2) * p[n][m] : 0;
			m_queue += m > 1 ? (m - 1) * p[n][m] : 0;
		}
	net_build(&t, ROWS("s|start|a", "a|task|b|work=exp(1.5)|staff=A", "b|task|a:0.25;e:0.75|work=exp(0.9)|staff=B", "e|end|"),
		  ROWS("pool=A|count=2", "pool=B|count=1"), ROWS("arrivals=exp(2)"));
	net_solve(&t, NULL);
	assert_rel(net_pool(&t, "A")->queue, n_queue / sum, 1e-6);
	assert_rel(net_pool(&t, "B")->queue, m_queue / sum, 1e-6);
	net_end(&t);
}

/*
 * A step that every case passes exactly twice, in one queue: what comes next depends on the past, and yet the queue is that of
 * Jackson (Kelly 1975). States: who is in line, in order, and for the how-many-eth time: a number with a leading 1, cut at 15 in line.
 */
static void test_twice(void **state)
{
	enum { LONG = 15, STATES = 2 << LONG };
	static double p[STATES], next[STATES];
	const double rate = 0.2, mu = 1;
	double sum = 0, queue = 0, step = 1 / (rate + mu + 0.1);
	struct test_net t = { 0 };

	(void)state;
	p[1] = 1;
	for (size_t sweep = 0; sweep < 1500; sweep++) {
		memset(next, 0, sizeof(next));
		for (unsigned s = 1; s < STATES; s++) {
			unsigned length = 0, top, rest;

			if (!(p[s] > 0))
				continue;
			while (s >> (length + 1))
				length++;
			next[s] += p[s] * (1 - step * ((length < LONG ? rate : 0) + (length ? mu : 0)));
			if (length < LONG)
				next[s << 1] += p[s] * step * rate; /* a new one at the end of the line: the lowest bit, 0 */
			if (!length)
				continue;
			top = s >> (length - 1) & 1u; /* who is served: first time 0, second 1 */
			rest = (s & ((1u << (length - 1)) - 1)) | 1u << (length - 1);
			next[top ? rest : (rest << 1 | 1u)] += p[s] * step * mu;
		}
		memcpy(p, next, sizeof(p));
	}
	for (unsigned s = 1; s < STATES; s++) {
		unsigned length = 0;

		while (s >> (length + 1))
			length++;
		sum += p[s];
		queue += length > 1 ? (length - 1) * p[s] : 0;
	}
	net_build(&t, ROWS("s|start|a", "a|task|b|work=exp(1)|staff=A", "b|task|e|work=exp(1)|staff=A", "e|end|"), ROWS("pool=A|count=1"),
		  ROWS("arrivals=exp(5)"));
	net_solve(&t, NULL);
	assert_int_equal(net_pool(&t, "A")->method, BPR_QUEUE_EXACT);
	assert_rel(net_pool(&t, "A")->queue, 0.16 / 0.6, 1e-12);
	assert_rel(net_pool(&t, "A")->queue, queue / sum, 1e-4); /* 0.4^15 of the states are cut off */
	net_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_random_networks), cmocka_unit_test(test_two_stations), cmocka_unit_test(test_twice) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
