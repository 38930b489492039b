/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_TREE_TEST_H
#define BPR_TESTS_UNIT_TREE_TEST_H
/* Trees in tests: traces of letters, whether a tree has a trace, random numbers. */
#include "lib/test.h"
#include "flow/dist_i.h"
#include "mine/tree_i.h"
#include <stdlib.h>
#include <string.h>

static inline size_t tree_random(struct bpr_rng *rng, size_t below)
{
	return (size_t)(bpr_i_rng_uniform(rng) * (double)below);
}

/* 3*abc|ad: activities are letters, a is 0. */
static inline void tree_traces(struct bpr_traces *traces, const char *text)
{
	for (const char *at = text; *at; at += *at == '|') {
		uint32_t events[256];
		char *end;
		unsigned long times = strtoul(at, &end, 10);
		size_t n = 0;

		times = end == at ? 1 : times;
		at = end == at ? at : end + 1;
		for (; *at && *at != '|'; at++)
			events[n++] = (uint32_t)(*at - 'a');
		assert_true(bpr_i_traces_add(traces, events, n, times));
	}
}

static inline const char *tree_letter(const void *data, uint32_t activity)
{
	static const char letters[] = "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t\0u\0v\0w\0x\0y\0z";

	(void)data;
	return letters + 2 * activity;
}

static inline bool tree_has(const struct bpr_tree *tree, uint32_t activity)
{
	if (tree->kind == BPR_TREE_LEAF)
		return tree->activity == activity;
	for (size_t i = 0; i < tree->child_count; i++)
		if (tree_has(tree->children[i], activity))
			return true;
	return false;
}

static inline bool tree_accepts(const struct bpr_tree *tree, const uint32_t *events, size_t n);

/* Children from `child` on, one behind the other. */
static inline bool tree_accepts_rest(const struct bpr_tree *tree, size_t child, const uint32_t *events, size_t n)
{
	if (child == tree->child_count)
		return n == 0;
	for (size_t k = 0; k <= n; k++)
		if (tree_accepts(tree->children[child], events, k) && tree_accepts_rest(tree, child + 1, events + k, n - k))
			return true;
	return false;
}

static inline bool tree_accepts_and(const struct bpr_tree *tree, const uint32_t *events, size_t n)
{
	size_t taken = 0;

	for (size_t i = 0; i < tree->child_count; i++) {
		uint32_t own[256];
		size_t k = 0;

		for (size_t e = 0; e < n; e++)
			if (tree_has(tree->children[i], events[e]))
				own[k++] = events[e];
		taken += k;
		if (!tree_accepts(tree->children[i], own, k))
			return false;
	}
	return taken == n;
}

/* good[k]: the first k events are a body, or bodies with ways back between. A way back and a body behind it may both be silent. */
static inline bool tree_accepts_loop(const struct bpr_tree *tree, const uint32_t *events, size_t n)
{
	bool good[257] = { false };

	for (size_t k = 0; k <= n; k++)
		good[k] = tree_accepts(tree->children[0], events, k);
	for (size_t k = 0; k <= n; k++) {
		for (size_t back = 1; good[k] && back < tree->child_count; back++)
			for (size_t m = k; m <= n; m++) {
				if (!tree_accepts(tree->children[back], events + k, m - k))
					continue;
				for (size_t e = m; e <= n; e++)
					good[e] = good[e] || tree_accepts(tree->children[0], events + m, e - m);
			}
	}
	return good[n];
}

/* Does the tree have this trace? By its meaning alone: exponential, for short traces. */
static inline bool tree_accepts(const struct bpr_tree *tree, const uint32_t *events, size_t n)
{
	switch (tree->kind) {
	case BPR_TREE_TAU: return n == 0;
	case BPR_TREE_LEAF: return n == 1 && events[0] == tree->activity;
	case BPR_TREE_XOR:
		for (size_t i = 0; i < tree->child_count; i++)
			if (tree_accepts(tree->children[i], events, n))
				return true;
		return false;
	case BPR_TREE_SEQUENCE: return tree_accepts_rest(tree, 0, events, n);
	case BPR_TREE_AND: return tree_accepts_and(tree, events, n);
	case BPR_TREE_LOOP: return tree_accepts_loop(tree, events, n);
	}
	return false;
}
#endif
