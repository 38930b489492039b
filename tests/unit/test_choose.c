/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chooser against exhaustive search, for values of sets that are made up: of pairs, of many, of unions, and that do not always fit. */
#include "lib/test.h"
#include "lib/fail_alloc.h"
#include "improve/choose_i.h"
#include "improve/value_i.h"
#include <string.h>

enum { MOST = 10, SETS = 1 << MOST };

static _Atomic long calls_left = -1;

static bool fails(void)
{
	return calls_left >= 0 && calls_left-- == 0;
}

/* SplitMix64 (Steele and others, 2014). */
static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static double between(uint64_t *state, int low, int high)
{
	return low + (double)(next(state) % (unsigned)(high - low + 1));
}

struct world {
	struct bpr_choice_lever levers[MOST];
	size_t needs[MOST][2], excludes[MOST][2];
	size_t n;
	double worth[SETS];      /* NAN: does not fit */
	size_t asked;
	size_t end_after;        /* sets until the "time" is up; 0: never */
};

static size_t mask_of(const bool *set, size_t n)
{
	size_t mask = 0;

	for (size_t i = 0; i < n; i++)
		mask |= set[i] ? (size_t)1 << i : 0;
	return mask;
}

static bpr_status worth(void *data, struct bpr_choice_batch *batch, struct bpr_error *err)
{
	struct world *w = data;

	(void)err;
	batch->done = 0;
	for (size_t i = 0; i < batch->count; i++) {
		if (batch->until > 0 && w->end_after && w->asked >= w->end_after)
			return BPR_OK;
		batch->gains[i] = w->worth[mask_of(batch->sets[i], w->n)];
		w->asked++;
		batch->done++;
	}
	return BPR_OK;
}

static void make_rules(struct world *w, uint64_t *seed)
{
	w->n = 3 + next(seed) % (MOST - 2);
	for (size_t i = 0; i < w->n; i++) {
		struct bpr_choice_lever *l = &w->levers[i];

		*l = (struct bpr_choice_lever){ 1000 * between(seed, 0, 30), between(seed, 0, 20), w->needs[i], 0, w->excludes[i], 0, false, false };
		if (i && next(seed) % 5 == 0)
			w->needs[i][l->need_count++] = next(seed) % w->n;
		if (next(seed) % 6 == 0)
			w->excludes[i][l->exclude_count++] = next(seed) % w->n;
		l->never = next(seed) % 20 == 0;
		/* What needs or excludes itself says nothing. */
		if (l->need_count && w->needs[i][0] == i)
			l->need_count = 0;
		if (l->exclude_count && w->excludes[i][0] == i)
			l->exclude_count = 0;
	}
	if (next(seed) % 4 == 0)
		w->levers[next(seed) % w->n].must = true;
}

/* Sum over the sub-sets up to `order` of random terms; terms[0] 0. */
static void make_worth(struct world *w, uint64_t *seed, int order)
{
	static double term[SETS];

	for (size_t m = 0; m < (size_t)1 << w->n; m++) {
		int count = __builtin_popcountll(m);

		term[m] = !count || count > order ? 0 : count == 1 ? between(seed, -20, 100) : next(seed) % 3 ? 0 : between(seed, -60, 40);
	}
	for (size_t m = 0; m < (size_t)1 << w->n; m++) {
		w->worth[m] = 0;
		for (size_t s = m; s; s = (s - 1) & m)
			w->worth[m] += term[s];
	}
}

/* What a flow does: each lever removes some of 40 pieces of work, and a piece goes only once. */
static void make_union(struct world *w, uint64_t *seed)
{
	uint64_t pieces[MOST];

	for (size_t i = 0; i < w->n; i++)
		pieces[i] = next(seed) & next(seed) & next(seed) & (((uint64_t)1 << 40) - 1);
	for (size_t m = 0; m < (size_t)1 << w->n; m++) {
		uint64_t all = 0;

		for (size_t i = 0; i < w->n; i++)
			all |= m >> i & 1 ? pieces[i] : 0;
		w->worth[m] = __builtin_popcountll(all) * 2.5;
	}
}

static bool keeps(const struct world *w, const struct bpr_choice_limits *limits, size_t m)
{
	double cost = 0, days = 0;

	for (size_t i = 0; i < w->n; i++) {
		const struct bpr_choice_lever *l = &w->levers[i];
		bool in = m >> i & 1;

		if ((l->must && !in) || (l->never && in))
			return false;
		if (!in)
			continue;
		cost += l->cost;
		days += l->days;
		for (size_t k = 0; k < l->need_count; k++)
			if (!(m >> l->needs[k] & 1))
				return false;
		for (size_t k = 0; k < l->exclude_count; k++)
			if (m >> l->excludes[k] & 1)
				return false;
	}
	return cost <= limits->budget && days <= limits->days;
}

static bool search(const struct world *w, const struct bpr_choice_limits *limits, double *best)
{
	bool found = false;

	for (size_t m = 0; m < (size_t)1 << w->n; m++)
		if (!isnan(w->worth[m]) && keeps(w, limits, m)) {
			*best = found && *best > w->worth[m] ? *best : w->worth[m];
			found = true;
		}
	return found;
}

static struct bpr_choice_limits random_limits(const struct world *w, uint64_t *seed)
{
	struct bpr_choice_limits limits = { HUGE_VAL, HUGE_VAL, 0, false };
	double cost = 0, days = 0;

	for (size_t i = 0; i < w->n; i++) {
		cost += w->levers[i].cost;
		days += w->levers[i].days;
	}
	if (next(seed) % 3)
		limits.budget = floor(cost * between(seed, 10, 80) / 100);
	if (next(seed) % 3)
		limits.days = floor(days * between(seed, 10, 80) / 100);
	return limits;
}

/* How much worse the choice is than the best there is: 0 the same. */
static double compare(struct world *w, const struct bpr_choice_limits *limits, struct bpr_choice_result *result)
{
	bpr_choice *choice;
	bool chosen[MOST];
	double best = 0;
	bool found = search(w, limits, &best);

	result->chosen = chosen;
	assert_int_equal(bpr_i_choice_new(w->levers, w->n, worth, w, &choice, NULL), BPR_OK);
	assert_int_equal(bpr_i_choice_alone(choice, NULL), BPR_OK);
	assert_int_equal(bpr_i_choice_run(choice, limits, result, NULL), BPR_OK);
	bpr_i_choice_free(choice);
	assert_int_equal(result->found, found);
	if (!found)
		return 0;
	assert_true(keeps(w, limits, mask_of(chosen, w->n)));
	assert_rel(result->gain, w->worth[mask_of(chosen, w->n)], 1e-9);
	if (result->proven)
		assert_true(fabs(result->bound - result->gain) < 1e-9);
	return best - result->gain;
}

enum kind { PAIRS, FOURS, UNION, MISFITS };

static size_t many(enum kind kind, bool model_only, size_t instances)
{
	uint64_t seed = 100 + (uint64_t)kind;
	size_t same = 0, settled = 0;
	static struct world w;

	for (size_t k = 0; k < instances; k++) {
		struct bpr_choice_limits limits;
		struct bpr_choice_result result;
		double worse;

		memset(&w, 0, sizeof(w));
		make_rules(&w, &seed);
		if (kind == UNION)
			make_union(&w, &seed);
		else
			make_worth(&w, &seed, kind == PAIRS ? 2 : 4);
		for (size_t m = 1; kind == MISFITS && m < (size_t)1 << w.n; m++)
			if (next(&seed) % 5 == 0)
				w.worth[m] = (double)NAN;
		limits = random_limits(&w, &seed);
		limits.model_only = model_only;
		worse = compare(&w, &limits, &result);
		assert_true(worse >= -1e-9);
		same += worse < 1e-9;
		settled += result.settled || !result.found;
		if (!model_only && result.found)
			assert_true(result.proven);
	}
	print_message("kind %d: %zu of %zu as exhaustive search, %zu settled\n", (int)kind, same, instances, settled);
	return same;
}

/* What pairs say all of, the programme gets right by itself. */
static void pairs_by_programme(void **state)
{
	(void)state;
	assert_int_equal(many(PAIRS, true, 200), 200);
}

/* Terms of four, unions: model, corrections and neighbours. */
static void more_by_programme(void **state)
{
	(void)state;
	assert_int_equal(many(UNION, true, 200), 200);
	assert_int_equal(many(FOURS, true, 200), 200);
}

static void listed(void **state)
{
	(void)state;
	assert_int_equal(many(FOURS, false, 200), 200);
	assert_int_equal(many(MISFITS, false, 200), 200);
}

static void set_lever(struct world *w, size_t i, double cost, double days)
{
	w->levers[i] = (struct bpr_choice_lever){ cost, days, w->needs[i], 0, w->excludes[i], 0, false, false };
	w->n = i + 1;
}

/* Written out: 0 and 1 do the same work twice over, 2 needs 0, 3 excludes 2. */
static void by_hand(void **state)
{
	static struct world w;
	struct bpr_choice_limits limits = { 10, HUGE_VAL, 0, false };
	struct bpr_choice_result result;
	bool chosen[MOST];
	bpr_choice *choice;

	(void)state;
	memset(&w, 0, sizeof(w));
	for (size_t i = 0; i < 4; i++)
		set_lever(&w, i, i == 3 ? 8 : 4, 1);
	w.levers[2].need_count = w.levers[3].exclude_count = 1;
	w.needs[2][0] = 0;
	w.excludes[3][0] = 2;
	for (size_t m = 0; m < 16; m++)
		w.worth[m] = ((m & 3) ? 10 : 0) + ((m & 4) ? 5 : 0) + ((m & 8) ? 12 : 0);
	result.chosen = chosen;
	assert_int_equal(bpr_i_choice_new(w.levers, w.n, worth, &w, &choice, NULL), BPR_OK);
	assert_int_equal(bpr_i_choice_alone(choice, NULL), BPR_OK);
	/* 2 beside the 0 that it needs. */
	assert_rel(bpr_i_choice_gain(choice, 0), 10, 1e-12);
	assert_rel(bpr_i_choice_gain(choice, 2), 5, 1e-12);
	assert_int_equal(bpr_i_choice_run(choice, &limits, &result, NULL), BPR_OK);
	assert_rel(result.gain, 15, 1e-12);
	assert_int_equal(mask_of(chosen, 4), 5);
	/* With all the money: 0 or 1 and 3; equal, so the one that stands first. */
	limits.budget = HUGE_VAL;
	assert_int_equal(bpr_i_choice_run(choice, &limits, &result, NULL), BPR_OK);
	assert_rel(result.gain, 22, 1e-12);
	assert_int_equal(mask_of(chosen, 4), 9);
	assert_true(result.proven);
	/* Exactly the budget is within it, and nothing less. */
	limits.budget = 12;
	assert_int_equal(bpr_i_choice_run(choice, &limits, &result, NULL), BPR_OK);
	assert_rel(result.gain, 22, 1e-12);
	limits.budget = 12 * (1 - 1e-9);
	assert_int_equal(bpr_i_choice_run(choice, &limits, &result, NULL), BPR_OK);
	assert_rel(result.gain, 15, 1e-12);
	bpr_i_choice_free(choice);
	/* Nothing to choose from. */
	w.n = 0;
	assert_int_equal(bpr_i_choice_new(w.levers, 0, worth, &w, &choice, NULL), BPR_OK);
	assert_int_equal(bpr_i_choice_alone(choice, NULL), BPR_OK);
	assert_int_equal(bpr_i_choice_run(choice, &limits, &result, NULL), BPR_OK);
	assert_true(result.found && result.proven);
	bpr_i_choice_free(choice);
}

/* The time is up in the middle: what is chosen keeps the limits, is worth what is said, and nothing is claimed. */
static void late(void **state)
{
	static struct world w;
	uint64_t seed = 9;

	(void)state;
	for (size_t k = 0; k < 60; k++) {
		struct bpr_choice_limits limits;
		struct bpr_choice_result result;

		memset(&w, 0, sizeof(w));
		make_rules(&w, &seed);
		make_worth(&w, &seed, 4);
		limits = random_limits(&w, &seed);
		limits.until = bpr_i_value_now() + 1000;
		w.end_after = 2 * w.n + next(&seed) % 10;
		if (compare(&w, &limits, &result) > 1e-9) {
			assert_true(result.timed_out);
			assert_false(result.proven);
		}
	}
}

static void allocation_fails(void **state)
{
	static struct world w;
	uint64_t seed = 21;
	struct bpr_choice_limits limits = { 20000, 30, 0, false };
	struct bpr_choice_result result;
	bool chosen[MOST];
	bpr_status status = BPR_ENOMEM;
	long n = 0;

	(void)state;
	memset(&w, 0, sizeof(w));
	for (size_t i = 0; i < 4; i++)
		set_lever(&w, i, between(&seed, 1, 9) * 1000, 10);
	make_worth(&w, &seed, 3);
	result.chosen = chosen;
	for (; status == BPR_ENOMEM; n++) {
		bpr_choice *choice = NULL;

		assert_true(n < 20000);
		calls_left = n;
		status = bpr_i_choice_new(w.levers, w.n, worth, &w, &choice, NULL);
		if (!status)
			status = bpr_i_choice_alone(choice, NULL);
		if (!status)
			status = bpr_i_choice_run(choice, &limits, &result, NULL);
		calls_left = -1;
		bpr_i_choice_free(choice);
	}
	assert_int_equal(status, BPR_OK);
	assert_true(n > 50);
}

/* 60 levers with neighbours that overlap: too many sets to list, a best set that is known by dynamic programming along the row. */
static bpr_status row_worth(void *data, struct bpr_choice_batch *batch, struct bpr_error *err)
{
	const double *own = data;

	(void)err;
	for (size_t s = 0; s < batch->count; s++) {
		const bool *set = batch->sets[s];

		batch->gains[s] = 0;
		for (size_t i = 0; i < 60; i++)
			batch->gains[s] += set[i] ? own[i] - (i && set[i - 1] ? own[60 + i] : 0) : 0;
	}
	batch->done = batch->count;
	return BPR_OK;
}

static double best_of_row(const double *own, size_t budget)
{
	static double best[2][101];
	double top = 0;

	for (size_t b = 0; b <= budget; b++) {
		best[0][b] = 0;
		best[1][b] = b >= 1 ? own[0] : -1e9;
	}
	for (size_t i = 1; i < 60; i++)
		for (size_t b = budget + 1; b-- > 0;) {
			size_t cost = 1 + i % 3;
			double without = fmax(best[0][b], best[1][b]);
			double with = b >= cost ? fmax(best[0][b - cost] + own[i], best[1][b - cost] + own[i] - own[60 + i]) : -1e9;

			best[0][b] = without;
			best[1][b] = with;
			top = fmax(top, fmax(without, with));
		}
	return top;
}

static void sixty(void **state)
{
	static struct bpr_choice_lever levers[60];
	static double own[120];
	uint64_t seed = 77;
	struct bpr_choice_limits limits = { 40, HUGE_VAL, 0, false };
	struct bpr_choice_result result;
	bool chosen[60];
	bpr_choice *choice;

	(void)state;
	for (size_t i = 0; i < 60; i++) {
		levers[i] = (struct bpr_choice_lever){ .cost = 1 + (double)(i % 3) };
		own[i] = between(&seed, 10, 100);
		own[60 + i] = between(&seed, 0, 60);
	}
	result.chosen = chosen;
	assert_int_equal(bpr_i_choice_new(levers, 60, row_worth, own, &choice, NULL), BPR_OK);
	assert_int_equal(bpr_i_choice_alone(choice, NULL), BPR_OK);
	assert_int_equal(bpr_i_choice_run(choice, &limits, &result, NULL), BPR_OK);
	bpr_i_choice_free(choice);
	assert_rel(result.gain, best_of_row(own, 40), 1e-9);
	assert_rel(result.bound, result.gain, 1e-6);
	assert_true(result.settled);
	assert_false(result.proven);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_by_programme), cmocka_unit_test(more_by_programme), cmocka_unit_test(listed),
		cmocka_unit_test(by_hand), cmocka_unit_test(late), cmocka_unit_test(allocation_fails), cmocka_unit_test(sixty),
	};

	return cmocka_run_group_tests_name("choose", tests, NULL, NULL);
}
