/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "chains.h"


static bpr_factor *factor_of(const struct bpr_chain *c)
{
	struct bpr_error err;
	bpr_factor *f = NULL;
	size_t stuck = 7;

	assert_int_equal(bpr_i_factor_new(c, &f, &stuck, &err), BPR_OK);
	assert_true(stuck == BPR_NONE);
	assert_non_null(f);
	return f;
}

static void random_chains_agree_with_dense_solver(void **state)
{
	enum { K = 3 };

	(void)state;
	for (uint64_t run = 0; run < 500; run++) {
		uint64_t seed = run;
		struct arcs a = random_arcs(1 + next_below(&seed, 60), &seed, 0);
		struct bpr_chain c = chain_of(&a);
		double *inverse = dense_inverse(&c);
		double *x = zeroed(c.n * K, sizeof(*x)), *y = zeroed(c.n * K, sizeof(*y));
		bpr_factor *f = factor_of(&c);

		for (size_t i = 0; i < c.n * K; i++)
			x[i] = y[i] = next_unit(&seed);
		assert_int_equal(bpr_i_factor_forward(f, x, K, NULL), BPR_OK);
		for (size_t i = 0; i < c.n; i++)
			for (size_t k = 0; k < K; k++) {
				double sum = 0;

				for (size_t j = 0; j < c.n; j++)
					sum += y[j * K + k] * inverse[j * c.n + i];
				assert_rel(x[i * K + k], sum, 1e-12);
			}
		memcpy(x, y, c.n * K * sizeof(*x));
		assert_int_equal(bpr_i_factor_backward(f, x, K, NULL), BPR_OK);
		for (size_t i = 0; i < c.n; i++)
			for (size_t k = 0; k < K; k++) {
				double sum = 0;

				for (size_t j = 0; j < c.n; j++)
					sum += inverse[i * c.n + j] * y[j * K + k];
				assert_rel(x[i * K + k], sum, 1e-12);
			}
		bpr_i_factor_free(f);
		free(x);
		free(y);
		free(inverse);
		chain_release(&a, &c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_chains_agree_with_dense_solver),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
