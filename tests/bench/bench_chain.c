/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long chains of the shapes of large processes take: `bench-chain [SHAPE]`. */
#include "config.h"
#include <math.h>
#include <stdio.h>
#include "chains.h"
#include "base/alloc_i.h"
#include "graph/graph_i.h"
#include <bpr/init.h>
#include <sys/resource.h>
#include <time.h>

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* n steps in one ring; 30 of 100 branch to a side step and back, 10 of 100 send back by up to `reach` steps. */
static struct arcs ring(size_t n, size_t reach)
{
	uint64_t seed = 1;
	size_t side = n;
	double back = reach < 100 ? 0.25 : 1.0 / 65536;
	struct arcs a = arcs_of(n + 3 * n / 10 + 1);

	for (size_t i = 0; i < n; i++) {
		bool branches = i % 10 < 3 && i + 1 < n, sends = i % 10 == 7 && i > 0;

		add(&a, i, (i + 1) % n, i + 1 == n ? 0.5 : branches ? 0.75 : sends ? 1 - back : 1);
		if (i + 1 == n)
			a.exit[i] = 0.5;
		if (branches) {
			add(&a, i, side, 0.25);
			add(&a, side++, i + 1, 1);
		}
		if (sends)
			add(&a, i, i - 1 - next_below(&seed, i < reach ? i : reach), back);
	}
	for (; side < a.n; side++)
		a.exit[side] = 1;
	return a;
}

/* A way of n states with forks, and a loop over one to nine of them at every fifteenth. */
static struct arcs way(size_t n)
{
	uint64_t seed = 2;
	struct arcs a = arcs_of(n);

	for (size_t i = 0; i < n; i++) {
		bool back = i % 15 == 14, fork = i % 4 == 1 && !back;
		size_t far = i + 2 + next_below(&seed, 3);

		if (back)
			add(&a, i, i - next_below(&seed, 10), 0.25);
		if (fork)
			add(&a, i, far < n ? far : n - 1, 0.25);
		if (i + 1 < n)
			add(&a, i, i + 1, back || fork ? 0.75 : 1);
		else
			a.exit[i] = back || fork ? 0.75 : 1;
	}
	return a;
}

static struct arcs ladder(size_t n)
{
	struct arcs a = arcs_of(n);

	for (size_t i = 0; i < n; i++) {
		if (i >= 3)
			add(&a, i, i - 3, 0.125);
		if (i + 1 < n)
			add(&a, i, i + 1, i >= 3 ? 0.875 : 1);
		a.exit[i] = i + 1 == n ? 0.875 : 0;
	}
	return a;
}

static struct arcs nest(size_t n)
{
	struct arcs a = arcs_of(2 * n);

	for (size_t i = 0; i < 2 * n; i++) {
		double back = i >= n ? 1.0 / 65536 : 0;

		if (i >= n)
			add(&a, i, 2 * n - 1 - i, back);
		if (i + 1 < 2 * n)
			add(&a, i, i + 1, 1 - back);
		a.exit[i] = i + 1 == 2 * n ? 1 - back : 0;
	}
	return a;
}

static struct arcs dense(size_t n)
{
	struct arcs a = arcs_of(n);

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++)
			add(&a, i, j, 0.5 / (double)n);
		a.exit[i] = 0.5;
	}
	return a;
}

static struct arcs hubs(size_t n)
{
	struct arcs a = arcs_of(n);

	for (size_t i = 0; i < n; i++) {
		add(&a, i, 0, 1.0 / 65536);
		add(&a, i, n / 2, 1.0 / 131072);
		add(&a, i, n - 1, 1.0 / 131072);
		add(&a, i, (i + 1) % n, i + 1 == n ? 0.5 : 1 - 1.0 / 32768);
		a.exit[i] = i + 1 == n ? 0.5 - 1.0 / 32768 : 0;
	}
	return a;
}

static void ok(bpr_status status)
{
	if (status) {
		(void)printf("failed: %s\n", bpr_status_name(status));
		exit(1);
	}
}

static void measure(const char *name, struct arcs a)
{
	enum { K = 12 };
	struct bpr_chain c = chain_of(&a);
	double *x = zeroed(c.n * K, sizeof(*x)), t[6], p[4], ends = 0;
	uint64_t *sets = zeroed(c.n, sizeof(*sets));
	double *e = zeroed(c.n, sizeof(*e));
	struct rusage usage;
	bpr_factor *f;

	free(a.list);
	a.list = NULL;
	e[0] = 1;
	for (size_t i = 0; i < c.n; i++)
		sets[i] = (i % 1000 == 3) | (uint64_t)(i % 5000 == 7) << 1 | (uint64_t)(i == c.n / 2) << 2;
	t[0] = now();
	ok(bpr_i_factor_new(&c, &f, NULL, NULL));
	t[1] = now();
	for (size_t k = 0; k < K; k++)
		x[k] = 1;
	ok(bpr_i_factor_forward(f, x, K, NULL));
	t[2] = now();
	for (size_t i = 0; i < c.n; i++)
		ends += x[i * K] * c.exit[i];
	ok(bpr_i_factor_backward(f, x, K, NULL));
	t[3] = now();
	ok(bpr_i_factor_diagonal(f, x, NULL));
	t[4] = now();
	ok(bpr_i_factor_hit(f, e, sets, 4, NULL, p, NULL));
	t[5] = now();
	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("%-12s %8zu states %8zu arcs: factor %.3f s, forward x12 %.3f, backward x12 %.3f, diagonal %.3f, "
		     "4 sets %.3f; |ends - 1| %.1e, %ld MB\n", name, c.n, c.row[c.n], t[1] - t[0], t[2] - t[1],
		     t[3] - t[2], t[4] - t[3], t[5] - t[4], fabs(ends - 1), usage.ru_maxrss / 1024);
	bpr_i_factor_free(f);
	free(e);
	free(sets);
	free(x);
	chain_release(&a, &c);
}

/* A flow of n steps, the last of which sends back with 99 %, counted step by step. */
static void measure_distribution(const char *name, size_t n, double again, size_t limit)
{
	struct arcs a = arcs_of(n);
	double *e = zeroed(n, sizeof(*e)), *prob, tail, from;
	struct bpr_chain c;
	size_t count;

	for (size_t i = 0; i < n; i++)
		if (i + 1 < n)
			add_step(&a, i, i + 1, 1, 1);
		else if (again > 0)
			add_step(&a, i, 0, again, 1);
	a.exit[n - 1] = 1 - again;
	e[0] = 1;
	c = chain_of(&a);
	from = now();
	ok(bpr_i_chain_distribution(&c, e, a.step, NULL, NULL, limit, &prob, &count, &tail, NULL));
	(void)printf("%-12s %8zu states, %zu values, rest %.1e: %.6f s\n", name, n, count, tail, now() - from);
	bpr_i_free(prob);
	free(e);
	chain_release(&a, &c);
}

/* Steps that every case must pass, by igraph. */
static void measure_must_pass(size_t n)
{
	struct arcs a = way(n);
	struct bpr_chain c = chain_of(&a);
	unsigned char *starts = zeroed(n, 1), *ends = zeroed(n, 1), *must = zeroed(n, 1);
	struct rusage usage;
	size_t count = 0;
	double from = now();

	starts[0] = ends[n - 1] = 1;
	ok(bpr_i_graph_must_pass(n, c.row, c.col, starts, ends, must, NULL));
	from = now() - from;
	for (size_t i = 0; i < n; i++)
		count += must[i];
	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("%-12s %8zu states, %zu of them passed by all: %.3f s, %ld MB\n", "must-pass", n, count, from,
		     usage.ru_maxrss / 1024);
	free(must);
	free(ends);
	free(starts);
	chain_release(&a, &c);
}

int main(int argc, char **argv)
{
	const char *only = argc > 1 ? argv[1] : "";

	bpr_init();
#define SHAPE(name, arcs) do { if (!*only || !strcmp(only, name)) measure(name, arcs); } while (0)
	SHAPE("way", way(1000000));
	SHAPE("ring", ring(100000, 30));
	SHAPE("ring-far", ring(100000, 1000));
	SHAPE("ladder", ladder(5000));
	SHAPE("nest", nest(100));
	SHAPE("nest-deep", nest(5000));
	SHAPE("dense", dense(300));
	SHAPE("hubs", hubs(100000));
	SHAPE("tangle", ring(100000, 100000));
	if (!*only || !strcmp(only, "must-pass"))
		measure_must_pass(1000000);
	if (*only && strcmp(only, "counts") != 0)
		return 0;
	measure_distribution("counts", 50, 0, 10000);
	measure_distribution("counts", 50, 0.99, 100000);
	measure_distribution("counts", 1000000, 0.5, 100000);
	return 0;
}
