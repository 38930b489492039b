/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "chains.h"
#include "graph/graph_i.h"
#include <bpr/init.h>

/* Nodes reached from a node, in direction of the arcs or against it, without passing `without` (BPR_NONE: all may be). */
static void reach(const struct bpr_chain *g, size_t from, size_t without, unsigned char *seen)
{
	bool more = true;

	memset(seen, 0, g->n);
	if (from == without)
		return;
	seen[from] = 1;
	while (more) {
		more = false;
		for (size_t i = 0; i < g->n; i++)
			for (size_t e = g->row[i]; seen[i] && e < g->row[i + 1]; e++)
				if (g->col[e] != without && !seen[g->col[e]]) {
					seen[g->col[e]] = 1;
					more = true;
				}
	}
}

static bool way_to_an_end(const struct bpr_chain *g, size_t from, size_t without, const unsigned char *ends)
{
	unsigned char seen[32];
	bool found = false;

	reach(g, from, without, seen);
	for (size_t i = 0; i < g->n; i++)
		found |= seen[i] && ends[i];
	return found;
}

/* d dominates i: both are reached, and without d, i is not. */
static void check_dominators(const struct bpr_chain *g, size_t root, const size_t *idom)
{
	unsigned char all[32], seen[32], above[32][32] = { { 0 } };

	reach(g, root, BPR_NONE, all);
	for (size_t d = 0; d < g->n; d++) {
		reach(g, root, d, seen);
		for (size_t i = 0; i < g->n; i++)
			above[d][i] = all[i] && all[d] && !seen[i];
	}
	assert_true(idom[root] == root);
	for (size_t i = 0; i < g->n; i++) {
		if (i == root)
			continue;
		if (!all[i]) {
			assert_true(idom[i] == BPR_NONE);
			continue;
		}
		assert_true(idom[i] < g->n && idom[i] != i && above[idom[i]][i]);
		for (size_t d = 0; d < g->n; d++)
			if (d != i && above[d][i])
				assert_true(above[d][idom[i]]); /* every other one is above it */
	}
}

static void check_post_dominators(const struct bpr_chain *g, const unsigned char *ends, const size_t *ipdom)
{
	for (size_t i = 0; i < g->n; i++) {
		bool none = true;

		if (!way_to_an_end(g, i, BPR_NONE, ends)) {
			assert_true(ipdom[i] == BPR_NONE);
			continue;
		}
		for (size_t d = 0; d < g->n; d++) {
			if (d == i || way_to_an_end(g, i, d, ends))
				continue;
			none = false;
			/* d is on every way from i: it is the nearest one, or on every way from the nearest one. */
			assert_true(ipdom[i] < g->n);
			if (ipdom[i] != d)
				assert_false(way_to_an_end(g, ipdom[i], d, ends));
		}
		if (none)
			assert_true(ipdom[i] == g->n);
		else
			assert_false(way_to_an_end(g, i, ipdom[i], ends));
	}
}

static void check_must_pass(const struct bpr_chain *g, const unsigned char *starts, const unsigned char *ends,
			    const unsigned char *must)
{
	bool any = false;

	for (size_t s = 0; s < g->n; s++)
		any |= starts[s] && way_to_an_end(g, s, BPR_NONE, ends);
	for (size_t d = 0; d < g->n; d++) {
		bool around = false;

		for (size_t s = 0; s < g->n; s++)
			around |= starts[s] && way_to_an_end(g, s, d, ends);
		assert_int_equal(must[d], any && !around);
	}
}

static void random_graphs_agree_with_removal(void **state)
{
	(void)state;
	for (uint64_t run = 0; run < 300; run++) {
		uint64_t seed = run;
		size_t n = 1 + next_below(&seed, 24), arcs = next_below(&seed, 2 * n + 1), root = next_below(&seed, n);
		size_t idom[32], ipdom[32];
		unsigned char starts[32], ends[32], must[32];
		struct arcs a = arcs_of(n);
		struct bpr_chain g;

		for (size_t e = 0; e < arcs; e++)
			add(&a, next_below(&seed, n), next_below(&seed, n), 1);
		g = chain_of(&a);
		for (size_t i = 0; i < n; i++) {
			starts[i] = next_below(&seed, 5) == 0;
			ends[i] = next_below(&seed, 5) == 0;
		}
		assert_int_equal(bpr_i_graph_dominators(n, g.row, g.col, root, idom, NULL), BPR_OK);
		check_dominators(&g, root, idom);
		assert_int_equal(bpr_i_graph_post_dominators(n, g.row, g.col, ends, ipdom, NULL), BPR_OK);
		check_post_dominators(&g, ends, ipdom);
		assert_int_equal(bpr_i_graph_must_pass(n, g.row, g.col, starts, ends, must, NULL), BPR_OK);
		check_must_pass(&g, starts, ends, must);
		chain_release(&a, &g);
	}
}

static void wrong_arguments_are_refused(void **state)
{
	const size_t row[] = { 0, 1, 2 }, col[] = { 1, 5 };
	const unsigned char ends[] = { 0, 1 };
	size_t out[2];
	struct bpr_error err;

	(void)state;
	assert_int_equal(bpr_i_graph_dominators(0, row, col, 0, out, &err), BPR_EINVAL);
	assert_int_equal(bpr_i_graph_dominators(2, row, col, 2, out, &err), BPR_EINVAL);
	assert_int_equal(bpr_i_graph_dominators(2, row, col, 0, out, &err), BPR_EINVAL);
	assert_string_equal(err.message, "arc leads to no node");
	assert_int_equal(bpr_i_graph_post_dominators(2, row, col, ends, out, NULL), BPR_EINVAL);
	assert_int_equal(bpr_i_graph_dominators((size_t)-2, row, col, 0, out, NULL), BPR_ELIMIT);
}

static void empty_graph_has_nothing(void **state)
{
	const size_t row[] = { 0 };

	(void)state;
	assert_int_equal(bpr_i_graph_post_dominators(0, row, NULL, NULL, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_i_graph_must_pass(0, row, NULL, NULL, NULL, NULL, NULL), BPR_OK);
}

/* A long way with a fork at every fourth node: the search must not recurse, and every fourth node must be passed. */
static void long_ways_need_no_stack(void **state)
{
	size_t n = 100000;
	struct arcs a = arcs_of(n);
	struct bpr_chain g;
	unsigned char *starts = zeroed(n, 1), *ends = zeroed(n, 1), *must = zeroed(n, 1);

	(void)state;
	for (size_t i = 0; i + 1 < n; i++) {
		add(&a, i, i + 1, 1);
		if (i % 4 == 0 && i + 4 < n)
			add(&a, i, i + 4, 1);
		if (i % 4 == 3)
			add(&a, i, i - 3, 1);
	}
	starts[0] = 1;
	ends[n - 4] = 1;
	g = chain_of(&a);
	assert_int_equal(bpr_i_graph_must_pass(n, g.row, g.col, starts, ends, must, NULL), BPR_OK);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(must[i], i % 4 == 0);
	free(must);
	free(ends);
	free(starts);
	chain_release(&a, &g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_graphs_agree_with_removal),
		cmocka_unit_test(wrong_arguments_are_refused),
		cmocka_unit_test(empty_graph_has_nothing),
		cmocka_unit_test(long_ways_need_no_stack),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
