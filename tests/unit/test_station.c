/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas of single stations, against sums, birth-death chains and printed cases. */
#include "test.h"
#include "queueing/queueing_i.h"
#include <string.h>

/* B by its definition, from the largest term down in logarithms: slow and obvious. */
static double slow_b(size_t servers, double offered)
{
	double sum = 0;
	double last = (double)servers * log(offered) - lgamma((double)servers + 1);

	for (size_t k = 0; k <= servers; k++)
		sum += exp((double)k * log(offered) - lgamma((double)k + 1) - last);
	return 1 / sum;
}

static void test_erlang_b(void **state)
{
	static const double loads[] = { 0.001, 0.3, 1, 2.5, 7, 19.5, 60, 250 };
	static const size_t servers[] = { 1, 2, 3, 5, 10, 40, 70, 200, 300 };

	(void)state;
	for (size_t i = 0; i < sizeof(loads) / sizeof(loads[0]); i++)
		for (size_t k = 0; k < sizeof(servers) / sizeof(servers[0]); k++) {
			double slow = slow_b(servers[k], loads[i]);

			if (slow > 1e-290)
				assert_rel(bpr_erlang_b(servers[k], loads[i]), slow, 3e-11);
			else
				assert_true(bpr_erlang_b(servers[k], loads[i]) <= 1e-280);
		}
	assert_rel(bpr_erlang_b(0, 3), 1, 0);
	assert_rel(bpr_erlang_b(4, 0), 0, 0);
	/* Printed: 10 erlang on 10 lines 0.2146, 100 on 117 lines 0.98 %. */
	assert_rel(bpr_erlang_b(10, 10), 0.21458234310734736, 1e-13);
	assert_true(fabs(bpr_erlang_b(117, 100) - 0.0098) < 5e-5);
}

/* The plain recursion from 0, all the way. */
static double plain_b(size_t servers, double offered)
{
	double inverse = 1;

	for (size_t n = 1; n <= servers; n++)
		inverse = 1 + inverse * (double)n / offered;
	return 1 / inverse;
}

static void test_erlang_large(void **state)
{
	static const struct { size_t servers; double offered; } cases[] = {
		{ 1000000, 1000000 }, { 1000000, 999000 }, { 1000000, 1200000 }, { 50000, 49990 }, { 2000, 1500 }, { 1000000, 990000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_rel(bpr_erlang_b(cases[i].servers, cases[i].offered), plain_b(cases[i].servers, cases[i].offered), 1e-9);
	assert_true(bpr_erlang_b(1000000, 10) >= 0 && bpr_erlang_b(1000000, 10) <= 1e-290);
	assert_true(bpr_erlang_c(1000000, 999999.9) > 0.99 && bpr_erlang_c(1000000, 999999.9) <= 1);
}

/* Stationary state of M/M/c by its balance equations, cut where nothing is left. */
static void birth_death(size_t servers, double arrivals, double service, double *number, double *waiting, double *empty)
{
	double p = 1, sum = 0, l = 0, w = 0;

	for (size_t n = 0; n < 200000; n++) {
		sum += p;
		l += (double)n * p;
		w += n >= servers ? p : 0;
		p *= arrivals * service / (double)(n + 1 < servers ? n + 1 : servers);
		if (n > servers && p < 1e-17 * w)
			break;
	}
	*number = l / sum;
	*waiting = w / sum;
	*empty = 1 / sum;
}

static void test_mmc_birth_death(void **state)
{
	static const size_t servers[] = { 1, 2, 3, 7, 25, 80 };
	static const double loads[] = { 0.01, 0.2, 0.5, 0.8, 0.95, 0.995 };

	(void)state;
	for (size_t i = 0; i < 6; i++)
		for (size_t k = 0; k < 6; k++) {
			double service = 1.7, arrivals = loads[k] * (double)servers[i] / service, number, waiting, empty;
			struct bpr_station s;

			birth_death(servers[i], arrivals, service, &number, &waiting, &empty);
			assert_int_equal(bpr_mmc(servers[i], arrivals, service, &s), BPR_OK);
			assert_rel(s.number, number, 1e-10);
			assert_rel(s.wait_prob, waiting, 1e-10);
			assert_rel(s.empty_prob, empty, 1e-10);
			assert_rel(s.time, s.wait + service, 1e-14);
			assert_rel(s.queue, arrivals * s.wait, 1e-14);
			assert_rel(bpr_mmc_wait_above(servers[i], arrivals, service, 0), waiting, 1e-10);
		}
}

/* CASES.md, Q: printed in the books named there, or from the formula. */
static void test_printed(void **state)
{
	struct bpr_station s;

	(void)state;
	assert_int_equal(bpr_mmc(1, 24 / 60.0, 2, &s), BPR_OK); /* Q1 */
	assert_rel(s.number, 4, 1e-12);
	assert_rel(s.time, 10, 1e-12);
	assert_rel(s.empty_prob, 0.2, 1e-12);
	assert_int_equal(bpr_mmc(1, 0.5, 1.5, &s), BPR_OK); /* Q2 */
	assert_rel(s.queue, 2.25, 1e-12);
	assert_rel(s.wait, 4.5, 1e-12);
	assert_rel(s.empty_prob, 0.25, 1e-12);
	assert_int_equal(bpr_mmc(3, 300, 1 / 182.5, &s), BPR_OK); /* Q4, years */
	assert_rel(s.queue, 0.3524259, 1e-7);
	assert_rel(s.number, 1.9962615, 1e-7);
	assert_rel(s.empty_prob, 0.177537033, 1e-8);
	assert_int_equal(bpr_mmc(2, 20 / 60.0, 2, &s), BPR_OK); /* Q5 */
	assert_rel(s.number, 0.75, 1e-12);
	assert_rel(s.empty_prob, 0.5, 1e-12);
	assert_int_equal(bpr_mmc(1, 1 / 1.25, 1, &s), BPR_OK); /* Q6 */
	assert_rel(s.wait, 4, 1e-12);
	assert_rel(s.queue, 3.2, 1e-12);
	assert_int_equal(bpr_mg1(1 / 1.25, 1, 0.135, &s), BPR_OK); /* Q8: triangular(0.1, 1, 1.9) has variance 0.135 */
	assert_rel(s.wait, 2.27, 1e-12);
	assert_rel(s.time, 3.27, 1e-12);
	assert_rel(s.queue, 1.816, 1e-12);
	assert_rel(s.number, 2.616, 1e-12);
	assert_rel(s.empty_prob, 0.2, 1e-12);
	assert_int_equal(bpr_mmc(3, 1 / 1.25, 3, &s), BPR_OK); /* Q9 */
	assert_rel(s.wait, 3.2359551, 1e-7);
	assert_rel(s.number, 4.9887640, 1e-7);
}

/* What must agree with what, and in which order. */
static void test_relations(void **state)
{
	(void)state;
	for (size_t c = 1; c <= 30; c += c < 4 ? 1 : 13)
		for (double rho = 0.05; rho < 1; rho += 0.15) {
			double service = 3, arrivals = rho * (double)c / service, last = 0;
			struct bpr_station m, g, gg;

			assert_int_equal(bpr_mmc(c, arrivals, service, &m), BPR_OK);
			assert_int_equal(bpr_mgc(c, arrivals, service, 1, &g), BPR_OK);
			assert_rel(g.wait, m.wait, 1e-12);
			assert_int_equal(bpr_gigc(c, arrivals, 1, service, 1, &gg), BPR_OK);
			assert_rel(gg.wait, m.wait, 1e-12);
			assert_rel(gg.wait_prob, m.wait_prob, 1e-12);
			for (double scv = 0; scv < 5; scv += 0.5) {
				assert_int_equal(bpr_mgc(c, arrivals, service, scv, &g), BPR_OK);
				assert_true(g.wait > last);
				last = g.wait;
				assert_int_equal(bpr_gigc(c, arrivals, 0.4, service, scv, &gg), BPR_OK);
				assert_true(gg.wait >= 0 && gg.wait < g.wait && gg.wait_prob >= 0 && gg.wait_prob <= 1);
				if (c > 1)
					continue;
				assert_int_equal(bpr_mg1(arrivals, service, scv, &m), BPR_OK);
				assert_rel(g.wait, m.wait, 1e-12);
				assert_int_equal(bpr_gigc(1, arrivals, 1, service, scv, &gg), BPR_OK);
				assert_rel(gg.wait, m.wait, 1e-12);
			}
		}
}

/* M/D/c, exact, by the states at the ends of the service times (Crommelin 1932): p(j) = sum over k of what c can clear in D. */
static double slow_mdc(size_t c, double load)
{
	enum { STATES = 600 };
	static double p[STATES], next[STATES], poisson[STATES];
	double queue = 0;

	for (size_t j = 0; j < STATES; j++) {
		poisson[j] = exp(-load + (double)j * log(load) - lgamma((double)j + 1));
		p[j] = j ? 0 : 1;
	}
	for (size_t round = 0; round < 3000; round++) {
		double low = 0;

		for (size_t k = 0; k <= c; k++)
			low += p[k];
		for (size_t j = 0; j < STATES; j++) {
			next[j] = low * poisson[j];
			for (size_t k = c + 1; k <= j + c && k < STATES; k++)
				next[j] += p[k] * poisson[j + c - k];
		}
		memcpy(p, next, sizeof(p));
	}
	for (size_t j = c; j < STATES; j++)
		queue += (double)(j - c) * p[j];
	return queue / load; /* wait in service times */
}

static void test_constant_service(void **state)
{
	static const struct { size_t c; double load; } cases[] = { { 2, 1.6 }, { 3, 1.8 }, { 5, 4.25 } };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct bpr_station s;

		assert_int_equal(bpr_mgc(cases[i].c, cases[i].load, 1, 0, &s), BPR_OK);
		assert_rel(s.wait, slow_mdc(cases[i].c, cases[i].load), 0.02); /* Cosmetatos' error at such loads */
	}
}

static void test_slopes(void **state)
{
	(void)state;
	for (size_t c = 1; c <= 40; c += c < 4 ? 1 : 9)
		for (double rho = 0.05; rho < 1; rho += 0.13) {
			double a = rho * (double)c, h = 1e-5 * a;
			double difference = (bpr_erlang_c(c, a + h) - bpr_erlang_c(c, a - h)) / (2 * h);

			assert_rel(bpr_i_erlang_c_slope((double)c, a), difference, 1e-6);
		}
}

/* Between whole numbers of servers: from one to the next without a jump, falling. */
static void test_fractions(void **state)
{
	(void)state;
	for (double a = 0.3; a < 30; a *= 2.3) {
		double last = 2;

		for (double c = 0; c < 40; c += 0.125) {
			double b = bpr_i_erlang_b(c, a);

			assert_true(b < last && b >= 0);
			last = b;
		}
	}
}

static void test_refused(void **state)
{
	struct bpr_station s;

	(void)state;
	assert_int_equal(bpr_mmc(0, 1, 0.5, &s), BPR_EINVAL);
	assert_int_equal(bpr_mmc(1, -1, 0.5, &s), BPR_EINVAL);
	assert_int_equal(bpr_mmc(1, (double)NAN, 0.5, &s), BPR_EINVAL);
	assert_int_equal(bpr_mmc(1, 1, (double)INFINITY, &s), BPR_EINVAL);
	assert_int_equal(bpr_mmc(2, 1, 2, &s), BPR_ENOCONV);
	assert_int_equal(bpr_mg1(1, 0.5, -1, &s), BPR_EINVAL);
	assert_int_equal(bpr_mg1(1, 1, 0, &s), BPR_ENOCONV);
	assert_int_equal(bpr_gigc(3, 1, (double)NAN, 1, 1, &s), BPR_EINVAL);
	assert_int_equal(bpr_mgc(3, 3.1, 1, 1, &s), BPR_ENOCONV);
	assert_true(isnan(bpr_erlang_b(3, -1)));
	assert_rel(bpr_mmc_wait_above(2, 3, 1, 5), 1, 0);
	assert_int_equal(bpr_mmc(3, 0, 5, &s), BPR_OK);
	assert_rel(s.wait, 0, 0);
	assert_rel(s.empty_prob, 1, 0);
	assert_int_equal(bpr_mmc(1, 1 - 1e-12, 1, &s), BPR_OK); /* next to full */
	assert_rel(s.wait, 1e12, 1e-3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_erlang_b), cmocka_unit_test(test_erlang_large), cmocka_unit_test(test_mmc_birth_death),
		cmocka_unit_test(test_printed), cmocka_unit_test(test_relations), cmocka_unit_test(test_constant_service),
		cmocka_unit_test(test_slopes), cmocka_unit_test(test_fractions), cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
