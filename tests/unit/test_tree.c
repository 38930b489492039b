/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inductive miner against the literature: textbook logs with their trees; trees of the class that it provably finds again, from
 * logs that are complete in what follows what; every trace fits where no noise is left out, by the meaning of trees alone.
 */
#include "config.h"
#include "tree_test.h"

static void check_tree(const char *log, double noise, const char *expected)
{
	struct bpr_traces traces = { 0 };
	struct bpr_arena arena = { 0 };
	struct bpr_tree *tree = NULL;
	struct bpr_tree_told told;
	struct bpr_buf text = BPR_BUF_INIT;

	tree_traces(&traces, log);
	assert_int_equal(bpr_i_tree_mine(&traces, 26, noise, &arena, &tree, &told), BPR_OK);
	assert_non_null(tree);
	bpr_i_tree_format(tree, tree_letter, NULL, &text);
	if (strcmp(text.data, expected))
		fail_msg("%s: %s, expected %s", log, text.data, expected);
	bpr_i_buf_release(&text);
	bpr_i_arena_release(&arena);
}

/* W. M. P. van der Aalst, Process Mining (2016): L1, L2, L3, L5 of chapter 6 with the trees of section 7.5; its running example. */
static void test_textbook(void **state)
{
	(void)state;
	check_tree("3*abcd|2*acbd|aed", 0, "->( a, X( +( b, c ), e ), d )");
	check_tree("3*abcd|4*acbd|2*abcefbcd|abcefcbd|2*acbefbcd|acbefbcefcbd", 0, "->( a, *( +( b, c ), ->( e, f ) ), d )");
	check_tree("abcdefbdceg|2*abdceg|abcdefbcdefbdceg", 0, "->( a, *( ->( b, +( c, d ), e ), f ), g )");
	check_tree("2*abef|3*abecdbf|2*abcedbf|4*abcdebf|3*aebcdbf", 0, "->( a, +( *( b, ->( c, d ) ), e ), f )");
	/* a register, b examine thoroughly, c examine casually, d check ticket, e decide, f reinitiate, g pay, h reject */
	check_tree("abdeh|adceg|acdefbdeg|adbeh|acdefdcefcdeh|acdeg", 0, "->( a, *( ->( +( X( b, c ), d ), e ), f ), X( g, h ) )");
}

/* What is small, and what has no cut. */
static void test_cases(void **state)
{
	(void)state;
	check_tree("a", 0, "a");
	check_tree("5*aa|a", 0, "*( a, tau )");
	check_tree("3*|a", 0, "X( a, tau )");
	check_tree("ab|a", 0, "->( a, X( b, tau ) )");
	check_tree("abcd|ad", 0, "->( a, X( ->( b, c ), tau ), d )"); /* left out together: the strict cut */
	check_tree("a|b|cd", 0, "X( a, b, ->( c, d ) )");
	check_tree("ab|ba", 0, "+( a, b )");
	check_tree("aba|ababa|a", 0, "*( a, b )");
	check_tree("abab|ab", 0, "*( ->( a, b ), tau )"); /* strict tau loop */
	/* Around a, done once wherever it is done, nothing else can be cut. */
	check_tree("abcd|bacd|bcad|bcda", 0, "+( a, ->( b, c, d ) )");
}

/* Leemans et al. (2013) on infrequent behaviour: 1000 times a sequence, some times otherwise. */
static void test_noise(void **state)
{
	(void)state;
	check_tree("100*abc|ca", 0.2, "->( a, b, c )");
	check_tree("100*abc|ca", 0, "+( a, ->( X( b, tau ), c ) )");
	check_tree("100*abc|60*ca", 0.2, "+( a, ->( X( b, tau ), c ) )");
	check_tree("100*abc|3*acb", 0.2, "->( a, +( b, c ) )"); /* what can be cut with everything in it loses nothing */
	check_tree("100*ab|20*a", 0.2, "->( a, X( b, tau ) )"); /* a skip is no noise: it stays unless it is very rare */
	check_tree("1000*ab|2*a", 0.2, "->( a, b )");
	check_tree("1000*a|2*aa", 0.2, "a");
	check_tree("1000*a|2*aa", 0, "*( a, tau )");
}

/* ---- finding random trees again ---- */

static struct bpr_tree *grow(struct bpr_arena *arena, struct bpr_rng *rng, uint32_t first, uint32_t count, enum bpr_tree_kind above)
{
	struct bpr_tree *children[8];
	uint32_t sizes[8] = { 0 }, parts;
	enum bpr_tree_kind kind;

	if (count == 1)
		return bpr_i_tree_leaf(arena, first, 1);
	do {
		kind = (enum bpr_tree_kind)(BPR_TREE_XOR + tree_random(rng, 4));
	} while (kind == above);
	/* The body of a loop must not begin and end with the same: it is a sequence. */
	if (above == BPR_TREE_LOOP)
		kind = BPR_TREE_SEQUENCE;
	if (kind == BPR_TREE_LOOP && count < 3)
		kind = above == BPR_TREE_SEQUENCE ? BPR_TREE_XOR : BPR_TREE_SEQUENCE;
	parts = kind == BPR_TREE_LOOP ? 2 : 2 + (uint32_t)tree_random(rng, count > 4 ? 3 : count - 1);
	for (uint32_t i = 0; i < parts; i++)
		sizes[i] = kind == BPR_TREE_LOOP && i == 0 ? 2 : 1;
	for (uint32_t left = count - parts - (kind == BPR_TREE_LOOP); left > 0; left--)
		sizes[tree_random(rng, parts)]++;
	for (uint32_t i = 0; i < parts; first += sizes[i], i++)
		children[i] = grow(arena, rng, first, sizes[i], kind == BPR_TREE_LOOP && i ? BPR_TREE_TAU : kind);
	return bpr_i_tree_node(arena, kind, 1, children, parts);
}

/* One run of a tree; loops go on with 0.4. */
static size_t run(const struct bpr_tree *tree, struct bpr_rng *rng, uint32_t *events)
{
	uint32_t own[8][200];
	size_t lengths[8], at[8] = { 0 }, n = 0, left = 0;

	switch (tree->kind) {
	case BPR_TREE_TAU: return 0;
	case BPR_TREE_LEAF: events[0] = tree->activity; return 1;
	case BPR_TREE_XOR: return run(tree->children[tree_random(rng, tree->child_count)], rng, events);
	case BPR_TREE_SEQUENCE:
		for (size_t i = 0; i < tree->child_count; i++)
			n += run(tree->children[i], rng, events + n);
		return n;
	case BPR_TREE_LOOP:
		n = run(tree->children[0], rng, events);
		while (bpr_i_rng_uniform(rng) < 0.4 && n < 60) {
			n += run(tree->children[1 + tree_random(rng, tree->child_count - 1)], rng, events + n);
			n += run(tree->children[0], rng, events + n);
		}
		return n;
	case BPR_TREE_AND:
		for (size_t i = 0; i < tree->child_count; i++)
			left += lengths[i] = run(tree->children[i], rng, own[i]);
		while (left) { /* any child that has something left */
			size_t i = tree_random(rng, tree->child_count);

			if (at[i] < lengths[i]) {
				events[n++] = own[i][at[i]++];
				left--;
			}
		}
		return n;
	}
	return 0;
}

/* Children of choices, of concurrency and ways back in the order of their first activities. */
static uint32_t least(const struct bpr_tree *tree)
{
	uint32_t found = tree->kind == BPR_TREE_LEAF ? tree->activity : UINT32_MAX;

	for (size_t i = 0; i < tree->child_count; i++) {
		uint32_t of = least(tree->children[i]);

		found = of < found ? of : found;
	}
	return found;
}

static void put_in_order(struct bpr_tree *tree)
{
	size_t from = tree->kind == BPR_TREE_LOOP ? 1 : 0;

	for (size_t i = 0; i < tree->child_count; i++)
		put_in_order(tree->children[i]);
	for (size_t i = from; tree->kind != BPR_TREE_SEQUENCE && i < tree->child_count; i++)
		for (size_t k = i; k > from && least(tree->children[k]) < least(tree->children[k - 1]); k--) {
			struct bpr_tree *other = tree->children[k];

			tree->children[k] = tree->children[k - 1];
			tree->children[k - 1] = other;
		}
}

/* Runs until 4000 in a row have shown nothing new that follows something directly, as a beginning or as an end. */
static void play(const struct bpr_tree *tree, struct bpr_rng *rng, struct bpr_traces *traces)
{
	bool seen[28][28] = { { false } };
	size_t quiet = 0;

	while (quiet++ < 4000) {
		uint32_t events[400];
		size_t n = run(tree, rng, events);

		assert_true(bpr_i_traces_add(traces, events, n, 1));
		for (size_t i = 0; i <= n; i++) {
			bool *pair = &seen[i ? events[i - 1] : 26][i < n ? events[i] : 27];

			quiet = *pair ? quiet : 0;
			*pair = true;
		}
	}
}

/* Theorem 14 of Leemans et al. (2013): no activity twice, nothing silent, bodies of loops that begin and end differently. */
static void test_found_again(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 120; seed++) {
		struct bpr_arena arena = { 0 };
		struct bpr_traces traces = { 0 };
		struct bpr_tree *tree, *found = NULL;
		struct bpr_tree_told told;
		struct bpr_buf expected = BPR_BUF_INIT, text = BPR_BUF_INIT;
		struct bpr_rng rng;

		bpr_i_rng_seed(&rng, seed, 0, 0, 0);
		tree = grow(&arena, &rng, 0, 2 + (uint32_t)tree_random(&rng, 9), BPR_TREE_TAU);
		assert_non_null(tree);
		play(tree, &rng, &traces);
		assert_int_equal(bpr_i_tree_mine(&traces, 26, 0, &arena, &found, &told), BPR_OK);
		put_in_order(tree);
		put_in_order(found);
		bpr_i_tree_format(tree, tree_letter, NULL, &expected);
		bpr_i_tree_format(found, tree_letter, NULL, &text);
		if (strcmp(expected.data, text.data))
			fail_msg("seed %llu: found %s instead of %s", (unsigned long long)seed, text.data, expected.data);
		bpr_i_buf_release(&text);
		bpr_i_buf_release(&expected);
		bpr_i_arena_release(&arena);
	}
}

/* ---- every trace fits ---- */

static void check_fits(uint64_t seed, uint32_t activities, size_t count, size_t longest)
{
	struct bpr_traces traces = { 0 }, copy = { 0 };
	struct bpr_arena arena = { 0 };
	struct bpr_tree *tree = NULL;
	struct bpr_tree_told told;
	struct bpr_rng rng;

	bpr_i_rng_seed(&rng, seed, 1, 0, 0);
	for (size_t i = 0; i < count; i++) {
		uint32_t events[16];
		size_t n = i ? tree_random(&rng, longest + 1) : 1;

		for (size_t k = 0; k < n; k++)
			events[k] = (uint32_t)tree_random(&rng, activities);
		assert_true(bpr_i_traces_add(&traces, events, n, 1 + tree_random(&rng, 3)));
		assert_true(bpr_i_traces_add(&copy, events, n, 1));
	}
	assert_int_equal(bpr_i_tree_mine(&traces, activities, 0, &arena, &tree, &told), BPR_OK);
	assert_int_equal(told.events + told.skips + told.repeats, 0);
	for (size_t i = 0; i < copy.count; i++)
		if (!tree_accepts(tree, copy.events + copy.items[i].first, copy.items[i].length)) {
			struct bpr_buf text = BPR_BUF_INIT;

			bpr_i_tree_format(tree, tree_letter, NULL, &text);
			fail_msg("seed %llu: trace %zu does not fit %s", (unsigned long long)seed, i, text.data);
		}
	bpr_i_traces_release(&copy);
	bpr_i_arena_release(&arena);
}

static void test_everything_fits(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 400; seed++)
		check_fits(seed, 2 + (uint32_t)(seed % 5), 1 + seed % 13, 1 + seed % 8);
}

/* Any log with noise gives a tree; events are in it or are counted as left out. */
static uint64_t leaves(const struct bpr_tree *tree)
{
	uint64_t sum = tree->kind == BPR_TREE_LEAF ? tree->count : 0;

	for (size_t i = 0; i < tree->child_count; i++)
		sum += leaves(tree->children[i]);
	return sum;
}

static void test_nothing_is_lost(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct bpr_traces traces = { 0 };
		struct bpr_arena arena = { 0 };
		struct bpr_tree *tree = NULL;
		struct bpr_tree_told told;
		struct bpr_rng rng;
		uint64_t events = 0;

		bpr_i_rng_seed(&rng, seed, 2, 0, 0);
		for (size_t i = 0; i < 40; i++) {
			uint32_t trace[30];
			size_t n = 1 + tree_random(&rng, 12), times = 1 + tree_random(&rng, 100);

			for (size_t k = 0; k < n; k++)
				trace[k] = (uint32_t)(tree_random(&rng, 20) < 17 ? k : tree_random(&rng, 12));
			events += n * times;
			assert_true(bpr_i_traces_add(&traces, trace, n, times));
		}
		assert_int_equal(bpr_i_tree_mine(&traces, 26, 0.05 * (double)(seed % 12), &arena, &tree, &told), BPR_OK);
		assert_non_null(tree);
		assert_int_equal(leaves(tree) + told.events, events);
		bpr_i_arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_textbook),    cmocka_unit_test(test_cases),           cmocka_unit_test(test_noise),
		cmocka_unit_test(test_found_again), cmocka_unit_test(test_everything_fits), cmocka_unit_test(test_nothing_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
