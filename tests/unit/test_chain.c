/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "chains.h"
#include "base/alloc_i.h"

/* Allocations left until one fails; negative: none does. Linked in by --wrap. */
static long allocations_left = -1;
static size_t largest_allocation = (size_t)-1; /* bytes */
void *__real_bpr_i_calloc(size_t count, size_t size);
bool __real_bpr_i_grow(void *items, size_t *capacity, size_t need, size_t size);
void *__wrap_bpr_i_calloc(size_t count, size_t size);
bool __wrap_bpr_i_grow(void *items, size_t *capacity, size_t need, size_t size);

static bool fails_now(void)
{
	return allocations_left >= 0 && allocations_left-- == 0;
}

void *__wrap_bpr_i_calloc(size_t count, size_t size)
{
	return fails_now() || count * size > largest_allocation ? NULL : __real_bpr_i_calloc(count, size);
}

bool __wrap_bpr_i_grow(void *items, size_t *capacity, size_t need, size_t size)
{
	return need > *capacity && fails_now() ? false : __real_bpr_i_grow(items, capacity, need, size);
}

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

/* Visits of a case that starts in state 0; to be freed. */
static double *visits_of(const struct bpr_chain *c)
{
	bpr_factor *f = factor_of(c);
	double *v = zeroed(c->n, sizeof(*v));

	v[0] = 1;
	assert_int_equal(bpr_i_factor_forward(f, v, 1, NULL), BPR_OK);
	bpr_i_factor_free(f);
	return v;
}

static double *steps_of(const struct bpr_chain *c)
{
	bpr_factor *f = factor_of(c);
	double *m = zeroed(c->n, sizeof(*m));

	for (size_t i = 0; i < c->n; i++)
		m[i] = 1;
	assert_int_equal(bpr_i_factor_backward(f, m, 1, NULL), BPR_OK);
	bpr_i_factor_free(f);
	return m;
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
		assert_int_equal(bpr_i_factor_diagonal(f, x, NULL), BPR_OK);
		for (size_t i = 0; i < c.n; i++)
			assert_rel(x[i], inverse[i * c.n + i], 1e-12);
		bpr_i_factor_free(f);
		free(x);
		free(y);
		free(inverse);
		chain_release(&a, &c);
	}
}

/* Each state leads to 1 ... 20 others anywhere: soon all are joined to all, and a matrix does the rest. */
static struct arcs entangled(size_t n, uint64_t *seed)
{
	struct arcs a = arcs_of(n);

	for (size_t i = 0; i < n; i++) {
		size_t out = 1 + next_below(seed, 20);

		for (size_t o = 0; o < out; o++)
			add(&a, i, next_below(seed, n), 1.0 / 32);
		add(&a, i, (i + 1) % n, (double)(31 - out) / 32);
		a.exit[i] = 1.0 / 32;
	}
	return a;
}

static void entangled_chains_agree_with_dense_solver(void **state)
{
	static const size_t sizes[] = { 64, 65, 100, 131, 257 };

	(void)state;
	for (size_t s = 0; s < 5; s++) {
		uint64_t seed = s;
		size_t n = sizes[s];
		struct arcs a = entangled(n, &seed);
		struct bpr_chain c = chain_of(&a);
		double *inverse = dense_inverse(&c), *x = zeroed(n, sizeof(*x)), *y = zeroed(n, sizeof(*y));
		bpr_factor *f = factor_of(&c), *g;

		x[1] = 1;
		assert_int_equal(bpr_i_factor_forward(f, x, 1, NULL), BPR_OK);
		for (size_t i = 0; i < n; i++)
			assert_rel(x[i], inverse[n + i], 1e-13);
		memset(x, 0, n * sizeof(*x));
		x[1] = 1;
		assert_int_equal(bpr_i_factor_backward(f, x, 1, NULL), BPR_OK);
		for (size_t i = 0; i < n; i++)
			assert_rel(x[i], inverse[i * n + 1], 1e-13);
		assert_int_equal(bpr_i_factor_diagonal(f, x, NULL), BPR_OK);
		for (size_t i = 0; i < n; i++)
			assert_rel(x[i], inverse[i * n + i], 1e-13);
		/* Without room for the matrix (8 n^2 bytes) the lists (4 n^2) do it. */
		largest_allocation = 5 * n * n;
		assert_int_equal(bpr_i_factor_diagonal(f, y, NULL), BPR_OK);
		for (size_t i = 0; i < n; i++)
			assert_rel(y[i], x[i], 1e-13);
		g = factor_of(&c);
		largest_allocation = (size_t)-1;
		memset(x, 0, n * sizeof(*x));
		memset(y, 0, n * sizeof(*y));
		x[0] = y[0] = 1;
		assert_int_equal(bpr_i_factor_forward(f, x, 1, NULL), BPR_OK);
		assert_int_equal(bpr_i_factor_forward(g, y, 1, NULL), BPR_OK);
		assert_memory_equal(x, y, n * sizeof(*x)); /* the same sums in the same order */
		bpr_i_factor_free(g);
		bpr_i_factor_free(f);
		free(inverse);
		free(y);
		free(x);
		chain_release(&a, &c);
	}
}

/* Flow conservation, forward b = e backward, reach <= 1: on chains too large for a dense solver. */
static void check_large(struct arcs *a)
{
	struct bpr_chain c = chain_of(a);
	bpr_factor *f = factor_of(&c);
	double *v = zeroed(c.n, sizeof(*v)), *m = zeroed(c.n * 2, sizeof(*m)), *d = zeroed(c.n, sizeof(*d));
	double ends = 0, steps = 0;

	v[0] = 1;
	assert_int_equal(bpr_i_factor_forward(f, v, 1, NULL), BPR_OK);
	for (size_t i = 0; i < c.n; i++) {
		m[2 * i] = 1 + (double)(i % 3);
		m[2 * i + 1] = c.exit[i];
		ends += v[i] * c.exit[i];
		steps += v[i] * (1 + (double)(i % 3));
	}
	assert_rel(ends, 1.0, 1e-11);
	assert_int_equal(bpr_i_factor_backward(f, m, 2, NULL), BPR_OK);
	assert_rel(m[0], steps, 1e-11);
	assert_int_equal(bpr_i_factor_diagonal(f, d, NULL), BPR_OK);
	for (size_t i = 0; i < c.n; i++) {
		assert_rel(m[2 * i + 1], 1.0, 1e-11);
		assert_true(d[i] >= 1 - 1e-12);
		assert_true(v[i] <= d[i] * (1 + 1e-9));
	}
	/* Where a diagonal element says so, the state itself says the same. */
	for (size_t i = 0; i < c.n; i += c.n / 5 + 1) {
		memset(v, 0, c.n * sizeof(*v));
		v[i] = 1;
		assert_int_equal(bpr_i_factor_forward(f, v, 1, NULL), BPR_OK);
		assert_rel(v[i], d[i], 1e-11);
	}
	bpr_i_factor_free(f);
	free(v);
	free(m);
	free(d);
	chain_release(a, &c);
}

/* n steps in a ring that is left from the last one; each may also send the case back or skip some steps. */
static void large_loops_conserve_flow(void **state)
{
	uint64_t seed = 5;
	size_t n = 20000;
	struct arcs a = arcs_of(n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		double skip = next_below(&seed, 10) < 3 ? 0.25 : 0, back = next_below(&seed, 10) < 1 ? 0.125 : 0;
		size_t far = i + 2 + next_below(&seed, 6), near = i - next_below(&seed, i < 30 ? i + 1 : 30);

		if (skip > 0)
			add(&a, i, far < n ? far : n - 1, skip);
		if (back > 0)
			add(&a, i, near, back);
		add(&a, i, (i + 1) % n, (1 - skip - back) * (i + 1 == n ? 0.5 : 1));
		a.exit[i] = i + 1 == n ? (1 - skip - back) * 0.5 : 0;
	}
	check_large(&a);
}

/* Every step may send the case back to one of three places, which are joined to half of all others so. */
static void states_that_all_lead_to_stay_cheap(void **state)
{
	size_t n = 30000;
	struct arcs a = arcs_of(n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		add(&a, i, 0, 1.0 / 65536);
		add(&a, i, n / 2, 1.0 / 131072);
		add(&a, i, n - 1, 1.0 / 131072);
		add(&a, i, (i + 1) % n, i + 1 == n ? 0.5 : 1 - 1.0 / 32768);
		a.exit[i] = i + 1 == n ? 0.5 - 1.0 / 32768 : 0;
	}
	check_large(&a);
}

/* Rework loops that overlap: i + 3 sends back to i, for every i. */
static void overlapping_loops_stay_cheap(void **state)
{
	size_t n = 5000;
	struct arcs a = arcs_of(n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		if (i >= 3)
			add(&a, i, i - 3, 0.125);
		if (i + 1 < n)
			add(&a, i, i + 1, i >= 3 ? 0.875 : 1);
		a.exit[i] = i + 1 == n ? 0.875 : 0;
	}
	check_large(&a);
}

/* Loops inside loops: step n + i sends back to n - i. */
static void nested_loops_stay_cheap(void **state)
{
	size_t n = 2000;
	struct arcs a = arcs_of(2 * n);

	(void)state;
	for (size_t i = 0; i < 2 * n; i++) {
		double back = i >= n ? 1.0 / 4096 : 0;

		if (i >= n)
			add(&a, i, 2 * n - 1 - i, back);
		if (i + 1 < 2 * n)
			add(&a, i, i + 1, 1 - back);
		a.exit[i] = i + 1 == 2 * n ? 1 - back : 0;
	}
	check_large(&a);
}

static void dense_component_is_solved(void **state)
{
	size_t n = 300;
	struct arcs a = arcs_of(n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++)
			add(&a, i, j, 1.0 / 512);
		a.exit[i] = 1 - (double)n / 512;
	}
	check_large(&a);
}

/* Birth and death with p = 1/2 on 5 and 6 states, the outer ones absorbing (CASES F9, F10; octave-queueing). */
static void gamblers_ruin(void **state)
{
	static const double steps5[] = { 3, 4, 3 }, low5[] = { 0.75, 0.5, 0.25 };
	static const double steps6[] = { 4, 6, 6, 4 }, low6[] = { 0.8, 0.6, 0.4, 0.2 };

	(void)state;
	for (size_t n = 3; n <= 4; n++) {
		const double *steps = n == 3 ? steps5 : steps6, *low = n == 3 ? low5 : low6;
		struct arcs a = arcs_of(n);
		struct bpr_chain c;
		bpr_factor *f;
		double m[8] = { 0 };

		for (size_t i = 0; i < n; i++) {
			if (i > 0)
				add(&a, i, i - 1, 0.5);
			if (i + 1 < n)
				add(&a, i, i + 1, 0.5);
			m[2 * i] = 1;
		}
		a.exit[0] = a.exit[n - 1] = 0.5;
		m[1] = 0.5;
		c = chain_of(&a);
		f = factor_of(&c);
		assert_int_equal(bpr_i_factor_backward(f, m, 2, NULL), BPR_OK);
		for (size_t i = 0; i < n; i++) {
			assert_rel(m[2 * i], steps[i], 1e-15);
			assert_rel(m[2 * i + 1], low[i], 1e-15);
		}
		bpr_i_factor_free(f);
		chain_release(&a, &c);
	}
}

/* n steps, the last one leaves with probability `out` and else goes back to the first: each is visited 1 / out times. */
static void rare_exits_keep_relative_accuracy(void **state)
{
	static const double outs[] = { 0.5, 1e-7, 1e-11, 1e-15, 1e-100 };
	static const size_t sizes[] = { 1, 2, 300 };

	(void)state;
	for (size_t s = 0; s < 3; s++)
		for (size_t o = 0; o < 5; o++) {
			size_t n = sizes[s];
			struct arcs a = arcs_of(n);
			struct bpr_chain c;
			double *v, *m;

			for (size_t i = 0; i < n; i++)
				add(&a, i, (i + 1) % n, i + 1 == n ? 1 - outs[o] : 1);
			a.exit[n - 1] = outs[o];
			c = chain_of(&a);
			v = visits_of(&c);
			m = steps_of(&c);
			for (size_t i = 0; i < n; i++) {
				assert_rel(v[i], 1 / outs[o], 1e-14);
				assert_rel(m[i], (double)n / outs[o] - (double)i, 1e-14);
			}
			free(v);
			free(m);
			chain_release(&a, &c);
		}
}

/* Every step is passed with 7/8 and else all starts again: (8/7)^(n - i) visits, whose largest is 2.5e17. */
static void restarting_chain_has_closed_form(void **state)
{
	size_t n = 300;
	struct arcs a = arcs_of(n);
	struct bpr_chain c;
	double *v, *d = zeroed(n, sizeof(*d));
	bpr_factor *f;
	long double expected = 1;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		add(&a, i, 0, 0.125);
		if (i + 1 < n)
			add(&a, i, i + 1, 0.875);
	}
	a.exit[n - 1] = 0.875;
	c = chain_of(&a);
	v = visits_of(&c);
	f = factor_of(&c);
	assert_int_equal(bpr_i_factor_diagonal(f, d, NULL), BPR_OK);
	for (size_t i = n; i-- > 0;) {
		expected = expected * 8 / 7;
		assert_rel(v[i], (double)expected, 2e-14);
		assert_rel(d[i], (double)expected, 2e-14); /* no case misses a step */
	}
	bpr_i_factor_free(f);
	free(d);
	free(v);
	chain_release(&a, &c);
}

static void single_states(void **state)
{
	static const double stay[] = { 0, 0.5, 0.75 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct arcs a = arcs_of(1);
		struct bpr_chain c;
		bpr_factor *f;
		double x = 1;
		size_t count;

		add(&a, 0, 0, stay[i]);
		a.exit[0] = 1 - stay[i];
		c = chain_of(&a);
		f = factor_of(&c);
		assert_true(bpr_i_factor_components(f, &count)[0] == 0 && count == 1);
		assert_int_equal(bpr_i_factor_cyclic(f, 0), stay[i] > 0);
		assert_int_equal(bpr_i_factor_forward(f, &x, 1, NULL), BPR_OK);
		assert_rel(x, 1 / (1 - stay[i]), 0);
		assert_int_equal(bpr_i_factor_diagonal(f, &x, NULL), BPR_OK);
		assert_rel(x, 1 / (1 - stay[i]), 0);
		bpr_i_factor_free(f);
		chain_release(&a, &c);
	}
}

static void shares_that_do_not_add_up_to_one_bit_leave_whole_visits(void **state)
{
	struct arcs a = arcs_of(4);
	struct bpr_chain c;
	double *v;

	(void)state;
	add(&a, 0, 1, 0.1);
	add(&a, 0, 2, 0.2);
	add(&a, 0, 3, 0.7); /* 0.1 + 0.2 + 0.7 is not 1 in binary */
	add(&a, 1, 3, 1);
	add(&a, 2, 3, 1);
	a.exit[3] = 1;
	c = chain_of(&a);
	v = visits_of(&c);
	assert_true(v[0] == 1);
	assert_rel(v[1], 0.1, 0);
	free(v);
	chain_release(&a, &c);
}

static void empty_chain(void **state)
{
	size_t row[1] = { 0 }, count = 7;
	struct bpr_chain c = { .row = row };
	bpr_factor *f = factor_of(&c);
	double *prob, tail, p;

	(void)state;
	assert_int_equal(bpr_i_factor_forward(f, NULL, 4, NULL), BPR_OK);
	assert_int_equal(bpr_i_factor_backward(f, NULL, 4, NULL), BPR_OK);
	assert_int_equal(bpr_i_factor_diagonal(f, NULL, NULL), BPR_OK);
	(void)bpr_i_factor_components(f, &count);
	assert_int_equal(count, 0);
	bpr_i_factor_free(f);
	bpr_i_factor_free(NULL);
	assert_int_equal(bpr_i_scc(0, row, NULL, NULL), 0);
	assert_int_equal(bpr_i_chain_hit(&c, NULL, NULL, NULL, &p, NULL), BPR_OK);
	assert_true(p == 0);
	assert_int_equal(bpr_i_chain_distribution(&c, NULL, NULL, NULL, NULL, 10, &prob, &count, &tail, NULL), BPR_OK);
	assert_true(count == 0 && tail == 0);
	bpr_i_free(prob);
}

static void component_that_is_never_left_is_named(void **state)
{
	struct bpr_error err;

	(void)state;
	for (size_t reached = 0; reached < 2; reached++)
		for (size_t size = 1; size <= 3; size++) {
			struct arcs a = arcs_of(2 + size);
			struct bpr_chain c;
			bpr_factor *f = NULL;
			size_t stuck = 0;

			add(&a, 0, 1, 0.5);
			if (reached)
				add(&a, 0, 2, 0.25);
			a.exit[0] = reached ? 0.25 : 0.5;
			a.exit[1] = 1;
			for (size_t i = 0; i < size; i++)
				add(&a, 2 + i, 2 + (i + 1) % size, 1);
			c = chain_of(&a);
			assert_int_equal(bpr_i_factor_new(&c, &f, &stuck, &err), BPR_ENOEXIT);
			assert_null(f);
			assert_int_equal(stuck, 2);
			assert_int_equal(err.status, BPR_ENOEXIT);
			assert_string_not_equal(err.message, "");
			assert_int_equal(bpr_i_factor_new(&c, &f, NULL, NULL), BPR_ENOEXIT);
			chain_release(&a, &c);
		}
}

static void results_past_the_range_of_numbers_are_refused(void **state)
{
	size_t n = 1200; /* (8/3)^1200 is past 1e308 */
	struct arcs a = arcs_of(n);
	struct bpr_chain c;
	struct bpr_error err;
	bpr_factor *f = NULL;
	bpr_status status;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		add(&a, i, 0, 0.625);
		if (i + 1 < n)
			add(&a, i, i + 1, 0.375);
	}
	a.exit[n - 1] = 0.375;
	c = chain_of(&a);
	status = bpr_i_factor_new(&c, &f, NULL, &err);
	if (!status) {
		double *v = zeroed(n, sizeof(*v));

		v[0] = 1;
		status = bpr_i_factor_forward(f, v, 1, &err);
		free(v);
	}
	assert_int_equal(status, BPR_ENOCONV);
	assert_string_equal(err.code, "A013");
	bpr_i_factor_free(f);
	chain_release(&a, &c);
}

/* 6,500 states joined to 100 others each come down to more than a matrix may hold: said before it is filled. */
static void loops_entangled_too_much_are_refused(void **state)
{
	uint64_t seed = 3;
	size_t n = 6500;
	struct arcs a = arcs_of(n);
	struct bpr_chain c;
	struct bpr_error err;
	bpr_factor *f = NULL;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t o = 0; o < 100; o++)
			add(&a, i, next_below(&seed, n), 1.0 / 512);
		a.exit[i] = 412.0 / 512;
	}
	c = chain_of(&a);
	assert_int_equal(bpr_i_factor_new(&c, &f, NULL, &err), BPR_ELIMIT);
	assert_null(f);
	assert_string_equal(err.code, "A017");
	chain_release(&a, &c);
}

static void components_agree_with_transitive_closure(void **state)
{
	(void)state;
	for (uint64_t run = 0; run < 200; run++) {
		uint64_t seed = run + 1000;
		size_t n = 1 + next_below(&seed, 40), arcs = next_below(&seed, 2 * n), count, largest = 0;
		struct arcs a = arcs_of(n);
		struct bpr_chain c;
		unsigned char reach[40][40] = { { 0 } };
		size_t component[40];

		for (size_t e = 0; e < arcs; e++)
			add(&a, next_below(&seed, n), next_below(&seed, n), 0.125);
		c = chain_of(&a);
		for (size_t i = 0; i < n; i++) {
			reach[i][i] = 1;
			for (size_t e = c.row[i]; e < c.row[i + 1]; e++)
				reach[i][c.col[e]] = 1;
		}
		for (size_t k = 0; k < n; k++)
			for (size_t i = 0; i < n; i++)
				for (size_t j = 0; j < n; j++)
					reach[i][j] |= reach[i][k] & reach[k][j];
		count = bpr_i_scc(n, c.row, c.col, component);
		for (size_t i = 0; i < n; i++) {
			largest = component[i] > largest ? component[i] : largest;
			for (size_t j = 0; j < n; j++) {
				assert_int_equal(component[i] == component[j], reach[i][j] && reach[j][i]);
				if (reach[i][j])
					assert_true(component[i] <= component[j]);
			}
		}
		assert_int_equal(largest + 1, count);
		chain_release(&a, &c);
	}
}

static void members_and_cycles_are_told(void **state)
{
	struct arcs a = arcs_of(4);
	struct bpr_chain c;
	bpr_factor *f;
	const size_t *component, *members;
	size_t count;

	(void)state;
	add(&a, 3, 1, 1);
	add(&a, 1, 0, 1);
	add(&a, 0, 1, 0.5);
	add(&a, 0, 2, 0.5);
	a.exit[2] = 1;
	c = chain_of(&a);
	f = factor_of(&c);
	component = bpr_i_factor_components(f, &count);
	assert_int_equal(count, 3);
	assert_true(component[3] == 0 && component[1] == 1 && component[0] == 1 && component[2] == 2);
	assert_int_equal(bpr_i_factor_members(f, 1, &members), 2);
	assert_true(members[0] + members[1] == 1 && members[0] != members[1]);
	assert_int_equal(bpr_i_factor_members(f, 2, NULL), 1);
	assert_true(!bpr_i_factor_cyclic(f, 0) && bpr_i_factor_cyclic(f, 1) && !bpr_i_factor_cyclic(f, 2));
	bpr_i_factor_free(f);
	chain_release(&a, &c);
}

/* The chain with the rows of a set replaced by an exit of 1: its inverse has the probabilities of entering. */
static struct arcs stopped(const struct bpr_chain *c, const uint64_t *sets, uint64_t set)
{
	struct arcs a = arcs_of(c->n);

	for (size_t i = 0; i < c->n; i++) {
		a.exit[i] = sets[i] & set ? 1 : c->exit[i];
		for (size_t e = c->row[i]; !(sets[i] & set) && e < c->row[i + 1]; e++)
			add(&a, i, c->col[e], c->prob[e]);
	}
	return a;
}

static void first_entries_agree_with_dense_solver(void **state)
{
	enum { K = 11 };

	(void)state;
	for (uint64_t run = 0; run < 100; run++) {
		uint64_t seed = run + 77;
		struct arcs a = random_arcs(1 + next_below(&seed, 40), &seed, 0);
		struct bpr_chain c = chain_of(&a);
		bpr_factor *f = factor_of(&c);
		double *e = zeroed(c.n, sizeof(*e)), *entered = zeroed(c.n * K, sizeof(*entered)), prob[K], sum = 0;
		uint64_t *sets = zeroed(c.n, sizeof(*sets));

		for (size_t i = 0; i < c.n; i++) {
			sum += e[i] = next_below(&seed, 3) ? 0 : next_unit(&seed);
			for (size_t k = 0; k < K; k++)
				sets[i] |= (uint64_t)(next_below(&seed, 40) < 2 * k) << k; /* set 0 is empty */
		}
		for (size_t i = 0; i < c.n; i++)
			e[i] = sum > 0 ? e[i] / sum : i == 0;
		assert_int_equal(bpr_i_factor_hit(f, e, sets, K, entered, prob, NULL), BPR_OK);
		for (size_t k = 0; k < K; k++) {
			struct arcs b = stopped(&c, sets, (uint64_t)1 << k);
			struct bpr_chain d = chain_of(&b);
			double *inverse = dense_inverse(&d), *one = zeroed(c.n, sizeof(*one)), p = 0, p1;
			unsigned char *set = zeroed(c.n, 1);

			for (size_t i = 0; i < c.n; i++) {
				double in = 0;

				set[i] = sets[i] >> k & 1;
				for (size_t j = 0; set[i] && j < c.n; j++)
					in += e[j] * inverse[j * c.n + i];
				assert_true(fabs(entered[i * K + k] - in) <= 1e-14 + 1e-12 * in); /* the dense solver subtracts */
				p += in;
			}
			assert_true(fabs(prob[k] - p) <= 1e-14 + 1e-12 * p);
			assert_int_equal(bpr_i_chain_hit(&c, e, set, one, &p1, NULL), BPR_OK);
			assert_rel(p1, prob[k], 1e-13);
			for (size_t i = 0; i < c.n; i++)
				assert_rel(one[i], entered[i * K + k], 1e-13);
			free(set);
			free(one);
			free(inverse);
			chain_release(&b, &d);
		}
		bpr_i_factor_free(f);
		free(sets);
		free(entered);
		free(e);
		chain_release(&a, &c);
	}
}

/* A place that is never left swallows cases; a set inside it is entered all the same. */
static void sets_are_entered_in_places_never_left(void **state)
{
	struct arcs a = arcs_of(6);
	struct bpr_chain c;
	const double e[6] = { 1, 0, 0, 0, 0, 0 };
	unsigned char set[6] = { 0, 0, 0, 1, 0, 0 };
	double p;

	(void)state;
	add(&a, 0, 1, 0.25);
	add(&a, 0, 2, 0.5);
	add(&a, 0, 4, 0.125);
	add(&a, 2, 3, 1);
	add(&a, 3, 2, 1);
	add(&a, 4, 5, 1);
	add(&a, 5, 4, 1);
	a.exit[0] = 0.125;
	a.exit[1] = 1;
	c = chain_of(&a);
	assert_int_equal(bpr_i_chain_hit(&c, e, set, NULL, &p, NULL), BPR_OK);
	assert_rel(p, 0.5, 0);
	set[3] = 0;
	set[1] = 1;
	assert_int_equal(bpr_i_chain_hit(&c, e, set, NULL, &p, NULL), BPR_OK);
	assert_rel(p, 0.25, 0);
	chain_release(&a, &c);
}

static void too_many_sets_are_refused(void **state)
{
	struct arcs a = arcs_of(1);
	struct bpr_chain c;
	bpr_factor *f;
	double e = 1, p[65];
	uint64_t sets = 1;

	(void)state;
	a.exit[0] = 1;
	c = chain_of(&a);
	f = factor_of(&c);
	assert_int_equal(bpr_i_factor_hit(f, &e, &sets, 65, NULL, p, NULL), BPR_EINVAL);
	assert_int_equal(bpr_i_factor_hit(f, &e, &sets, 64, NULL, p, NULL), BPR_OK);
	assert_true(p[0] == 1 && p[1] == 0 && p[63] == 0);
	bpr_i_factor_free(f);
	chain_release(&a, &c);
}

/*
 * P(total = t) by walking level after level with dense matrices: arrivals at t, times (I - P of the moves with
 * step 0)^-1, split into exits and arrivals at later levels.
 */
static double *walk_levels(const struct bpr_chain *c, const struct arcs *a, const double *e, const uint32_t *at_exit,
			   const uint32_t *at_start, size_t levels)
{
	struct arcs still = arcs_of(c->n);
	struct bpr_chain d;
	double *in = zeroed(levels * c->n, sizeof(*in)), *prob = zeroed(levels, sizeof(*prob)), *inverse;

	for (size_t i = 0; i < c->n; i++) {
		for (size_t arc = c->row[i]; arc < c->row[i + 1]; arc++)
			if (!a->step[arc])
				add(&still, i, c->col[arc], c->prob[arc]);
		if (at_start[i] < levels)
			in[at_start[i] * c->n + i] = e[i];
	}
	d = chain_of(&still);
	inverse = dense_inverse(&d);
	for (size_t t = 0; t < levels; t++)
		for (size_t i = 0; i < c->n; i++) {
			double v = 0;

			for (size_t j = 0; j < c->n; j++)
				v += in[t * c->n + j] * inverse[j * c->n + i];
			if (t + at_exit[i] < levels)
				prob[t + at_exit[i]] += v * c->exit[i];
			for (size_t arc = c->row[i]; arc < c->row[i + 1]; arc++)
				if (a->step[arc] && t + a->step[arc] < levels)
					in[(t + a->step[arc]) * c->n + c->col[arc]] += v * c->prob[arc];
		}
	free(in);
	free(inverse);
	chain_release(&still, &d);
	return prob;
}

static void distributions_agree_with_dense_walk(void **state)
{
	(void)state;
	for (uint64_t run = 0; run < 200; run++) {
		uint64_t seed = run + 4711;
		struct arcs a = random_arcs(1 + next_below(&seed, 25), &seed, (uint32_t)next_below(&seed, 4) + 1);
		struct bpr_chain c = chain_of(&a);
		double *e = zeroed(c.n, sizeof(*e)), *prob, *expected, tail, sum = 0;
		uint32_t *at_exit = zeroed(c.n, sizeof(*at_exit)), *at_start = zeroed(c.n, sizeof(*at_start));
		size_t count, limit = 1 + next_below(&seed, 200);
		bool given = next_below(&seed, 2);

		for (size_t i = 0; i < c.n; i++) {
			e[i] = 1 / (double)c.n;
			at_exit[i] = given ? (uint32_t)next_below(&seed, 3) : 0;
			at_start[i] = given ? (uint32_t)next_below(&seed, 9) : 0;
		}
		expected = walk_levels(&c, &a, e, at_exit, at_start, limit);
		assert_int_equal(bpr_i_chain_distribution(&c, e, a.step, given ? at_exit : NULL, given ? at_start : NULL,
							  limit, &prob, &count, &tail, NULL), BPR_OK);
		assert_true(count <= limit);
		for (size_t t = 0; t < limit; t++) {
			double p = t < count ? prob[t] : 0;

			sum += p;
			assert_true(fabs(p - expected[t]) <= 1e-13 + 1e-11 * expected[t]);
		}
		assert_rel(sum + tail, 1.0, 1e-12);
		bpr_i_free(prob);
		free(expected);
		free(at_start);
		free(at_exit);
		free(e);
		chain_release(&a, &c);
	}
}

/* Rework with 99 %: P(k visits) = 0.01 * 0.99^(k - 1); the check of the work yields nothing and so does a wait. */
static void rework_is_geometric(void **state)
{
	struct arcs a = arcs_of(3);
	struct bpr_chain c;
	double e[3] = { 1, 0, 0 }, *prob, tail, sum = 0, mean = 0;
	uint32_t at_start[3] = { 1, 0, 0 };
	size_t count;

	(void)state;
	add_step(&a, 0, 1, 1, 0);
	add_step(&a, 1, 1, 0.5, 0);
	add_step(&a, 1, 2, 0.5, 0);
	add_step(&a, 2, 0, 0.99, 1);
	a.exit[2] = 0.01;
	c = chain_of(&a);
	assert_int_equal(bpr_i_chain_distribution(&c, e, a.step, NULL, at_start, 100000, &prob, &count, &tail, NULL), BPR_OK);
	assert_true(prob[0] == 0);
	for (size_t k = 0; k < count; k++) {
		if (k)
			assert_rel(prob[k], 0.01 * pow(0.99, (double)k - 1), 1e-12);
		sum += prob[k];
		mean += (double)k * prob[k];
	}
	assert_true(tail < 1e-13 && count > 2900 && count < 3100);
	assert_rel(sum, 1.0, 1e-12);
	assert_rel(mean, 100.0, 1e-9);
	bpr_i_free(prob);
	/* Cut short: the rest is told. */
	assert_int_equal(bpr_i_chain_distribution(&c, e, a.step, NULL, at_start, 11, &prob, &count, &tail, NULL), BPR_OK);
	assert_int_equal(count, 11);
	assert_rel(tail, pow(0.99, 10), 1e-13);
	bpr_i_free(prob);
	assert_int_equal(bpr_i_chain_distribution(&c, e, a.step, NULL, at_start, 0, &prob, &count, &tail, NULL), BPR_OK);
	assert_true(count == 0 && tail == 1);
	bpr_i_free(prob);
	chain_release(&a, &c);
}

static void large_steps_leave_gaps(void **state)
{
	struct arcs a = arcs_of(2);
	struct bpr_chain c;
	double e[2] = { 1, 0 }, *prob, tail;
	size_t count;

	(void)state;
	add_step(&a, 0, 1, 0.5, 4000000000u);
	add_step(&a, 0, 1, 0.25, 1000);
	a.exit[0] = 0.25;
	a.exit[1] = 1;
	c = chain_of(&a);
	assert_int_equal(bpr_i_chain_distribution(&c, e, a.step, NULL, NULL, 5000, &prob, &count, &tail, NULL), BPR_OK);
	assert_int_equal(count, 1001);
	assert_true(prob[0] == 0.25 && prob[1] == 0 && prob[1000] == 0.25 && tail == 0.5);
	bpr_i_free(prob);
	chain_release(&a, &c);
}

static void distribution_of_a_case_that_never_ends_is_refused(void **state)
{
	struct arcs a = arcs_of(2);
	struct bpr_chain c;
	double e[2] = { 1, 0 }, *prob, tail;
	size_t count;

	(void)state;
	add_step(&a, 0, 1, 0.5, 1);
	add_step(&a, 1, 1, 1, 0);
	a.exit[0] = 0.5;
	c = chain_of(&a);
	assert_int_equal(bpr_i_chain_distribution(&c, e, a.step, NULL, NULL, 10, &prob, &count, &tail, NULL), BPR_ENOEXIT);
	assert_null(prob);
	chain_release(&a, &c);
}

static bpr_status everything(const struct bpr_chain *c, const struct arcs *a, const double *e, const uint64_t *sets)
{
	double *x = zeroed(c->n, sizeof(*x)), *prob = NULL, tail, p[2];
	unsigned char *set = zeroed(c->n, 1);
	bpr_factor *f = NULL;
	size_t count;
	bpr_status status = bpr_i_factor_new(c, &f, NULL, NULL);

	if (!status)
		status = bpr_i_factor_forward(f, x, 1, NULL);
	if (!status)
		status = bpr_i_factor_backward(f, x, 1, NULL);
	if (!status)
		status = bpr_i_factor_diagonal(f, x, NULL);
	if (!status)
		status = bpr_i_factor_hit(f, e, sets, 2, NULL, p, NULL);
	if (!status)
		status = bpr_i_chain_hit(c, e, set, NULL, p, NULL);
	if (!status)
		status = bpr_i_chain_distribution(c, e, a->step, NULL, NULL, 50, &prob, &count, &tail, NULL);
	bpr_i_free(prob);
	bpr_i_factor_free(f);
	free(set);
	free(x);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	uint64_t seed = 99;
	struct arcs a = random_arcs(90, &seed, 2);
	struct bpr_chain c;
	double *e = zeroed(90, sizeof(*e));
	uint64_t *sets = zeroed(90, sizeof(*sets));
	size_t *component = zeroed(90, sizeof(*component));
	long n = 0;

	(void)state;
	for (size_t i = 0; i < 90; i++) /* a state of many neighbours */
		add_step(&a, i, 89, 1.0 / 64, 0);
	c = chain_of(&a);
	e[0] = 1;
	sets[7] = sets[40] = 1;
	sets[80] = 2;
	for (;; n++) {
		bpr_status status;

		allocations_left = n;
		status = everything(&c, &a, e, sets);
		if (allocations_left >= 0)
			break; /* it did not come to the n-th */
		assert_int_equal(status, BPR_ENOMEM);
	}
	allocations_left = -1;
	assert_true(n > 40);
	assert_int_equal(everything(&c, &a, e, sets), BPR_OK);
	allocations_left = 1;
	assert_true(bpr_i_scc(c.n, c.row, c.col, component) == BPR_NONE);
	allocations_left = -1;
	free(component);
	free(sets);
	free(e);
	chain_release(&a, &c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_chains_agree_with_dense_solver),
		cmocka_unit_test(entangled_chains_agree_with_dense_solver),
		cmocka_unit_test(large_loops_conserve_flow),
		cmocka_unit_test(states_that_all_lead_to_stay_cheap),
		cmocka_unit_test(overlapping_loops_stay_cheap),
		cmocka_unit_test(nested_loops_stay_cheap),
		cmocka_unit_test(dense_component_is_solved),
		cmocka_unit_test(gamblers_ruin),
		cmocka_unit_test(rare_exits_keep_relative_accuracy),
		cmocka_unit_test(restarting_chain_has_closed_form),
		cmocka_unit_test(single_states),
		cmocka_unit_test(shares_that_do_not_add_up_to_one_bit_leave_whole_visits),
		cmocka_unit_test(empty_chain),
		cmocka_unit_test(component_that_is_never_left_is_named),
		cmocka_unit_test(results_past_the_range_of_numbers_are_refused),
		cmocka_unit_test(loops_entangled_too_much_are_refused),
		cmocka_unit_test(components_agree_with_transitive_closure),
		cmocka_unit_test(members_and_cycles_are_told),
		cmocka_unit_test(first_entries_agree_with_dense_solver),
		cmocka_unit_test(sets_are_entered_in_places_never_left),
		cmocka_unit_test(too_many_sets_are_refused),
		cmocka_unit_test(distributions_agree_with_dense_walk),
		cmocka_unit_test(rework_is_geometric),
		cmocka_unit_test(large_steps_leave_gaps),
		cmocka_unit_test(distribution_of_a_case_that_never_ends_is_refused),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
