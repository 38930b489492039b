/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The solver against exhaustive search. Failing allocations reach our own calls only: GLPK is a shared library whose calls --wrap does not see;
 * its own failure is provoked by its memory limit, which takes the same way out (error hook, environment freed).
 */
#include "lib/test.h"
#include "lib/fail_alloc.h"
#include "milp/milp_i.h"
#include <glpk.h>
#include <pthread.h>
#include <string.h>

enum { MOST = 12, MOST_ROWS = 8 };

static _Atomic long calls_left = -1;

static bool fails(void)
{
	return calls_left >= 0 && calls_left-- == 0;
}

/* A small generator (Steele and others, SplitMix64), so that the instances are the same everywhere. */
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

struct instance {
	struct bpr_milp milp;
	struct bpr_milp_column columns[MOST];
	struct bpr_milp_row rows[MOST_ROWS];
	struct bpr_milp_entry entries[MOST_ROWS][MOST];
};

static struct bpr_milp_entry *add_row(struct instance *in, double low, double high)
{
	size_t row = in->milp.row_count++;

	in->rows[row] = (struct bpr_milp_row){ in->entries[row], 0, low, high };
	return in->entries[row];
}

static void add_entry(struct instance *in, size_t column, double value)
{
	struct bpr_milp_row *row = &in->rows[in->milp.row_count - 1];

	in->entries[in->milp.row_count - 1][row->count++] = (struct bpr_milp_entry){ column, value };
}

static void begin(struct instance *in, size_t columns)
{
	memset(in, 0, sizeof(*in));
	in->milp.columns = in->columns;
	in->milp.rows = in->rows;
	in->milp.column_count = columns;
	for (size_t i = 0; i < columns; i++)
		in->columns[i] = (struct bpr_milp_column){ 0, 0, 1, true };
}

static bool keeps(const struct bpr_milp *milp, const double *x)
{
	for (size_t r = 0; r < milp->row_count; r++) {
		double sum = 0;

		for (size_t i = 0; i < milp->rows[r].count; i++)
			sum += milp->rows[r].entries[i].value * x[milp->rows[r].entries[i].column];
		if (sum < milp->rows[r].low - 1e-9 || sum > milp->rows[r].high + 1e-9)
			return false;
	}
	return true;
}

/* Every point of the box of whole numbers. */
static bool search(const struct bpr_milp *milp, double *best)
{
	double x[MOST];
	bool found = false;

	for (size_t i = 0; i < milp->column_count; i++)
		x[i] = milp->columns[i].low;
	for (;;) {
		size_t at = 0;

		if (keeps(milp, x)) {
			double sum = 0;

			for (size_t i = 0; i < milp->column_count; i++)
				sum += milp->columns[i].objective * x[i];
			*best = found && *best > sum ? *best : sum;
			found = true;
		}
		while (at < milp->column_count && x[at] >= milp->columns[at].high) {
			x[at] = milp->columns[at].low;
			at++;
		}
		if (at == milp->column_count)
			return found;
		x[at]++;
	}
}

/* True: there is a solution. */
static bool agrees(const struct bpr_milp *milp)
{
	struct bpr_milp_result result;
	double values[MOST], best = 0, sum = 0;
	bool found = search(milp, &best);

	assert_int_equal(bpr_i_milp_solve(milp, values, &result, NULL), BPR_OK);
	assert_int_equal(result.end, found ? BPR_MILP_BEST : BPR_MILP_NONE);
	if (!found)
		return false;
	assert_true(keeps(milp, values));
	for (size_t i = 0; i < milp->column_count; i++) {
		assert_true(values[i] == floor(values[i]));
		sum += milp->columns[i].objective * values[i];
	}
	assert_true(fabs(sum - best) <= 1e-9 * (1 + fabs(best)));
	assert_true(fabs(result.objective - best) <= 1e-9 * (1 + fabs(best)));
	assert_true(fabs(result.bound - best) <= 1e-9 * (1 + fabs(best)));
	return true;
}

static void knapsacks(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int k = 0; k < 200; k++) {
		struct instance in;
		double weights = 0;

		begin(&in, 1 + next(&seed) % MOST);
		(void)add_row(&in, -HUGE_VAL, 0);
		for (size_t i = 0; i < in.milp.column_count; i++) {
			in.columns[i].objective = between(&seed, -5, 100);
			add_entry(&in, i, between(&seed, 1, 60));
			weights += in.entries[0][i].value;
		}
		in.rows[0].high = floor(weights * between(&seed, 0, 100) / 100);
		assert_true(agrees(&in.milp));
	}
}

/* Covering, packing and equality, over small whole numbers. */
static void sets(void **state)
{
	uint64_t seed = 11;
	size_t solved = 0, none = 0;

	(void)state;
	for (int k = 0; k < 300; k++) {
		struct instance in;

		begin(&in, 2 + next(&seed) % 8);
		for (size_t i = 0; i < in.milp.column_count; i++) {
			in.columns[i].objective = between(&seed, -30, 30);
			in.columns[i].low = between(&seed, -1, 0);
			in.columns[i].high = in.columns[i].low + between(&seed, 0, 2);
		}
		for (size_t r = 1 + next(&seed) % 5; r; r--) {
			double side = between(&seed, 0, 3), kind = between(&seed, 0, 2);

			(void)add_row(&in, kind < 1 ? side : kind < 2 ? -HUGE_VAL : side, kind < 1 ? HUGE_VAL : side);
			for (size_t i = 0; i < in.milp.column_count; i++)
				if (next(&seed) % 3)
					add_entry(&in, i, between(&seed, -2, 4));
		}
		if (agrees(&in.milp))
			solved++;
		else
			none++;
	}
	/* Both happen, or the test says nothing. */
	assert_true(solved > 50);
	assert_true(none > 50);
}

static void by_hand(void **state)
{
	struct instance in;
	struct bpr_milp_result result;
	double values[MOST];

	(void)state;
	/* Without whole numbers: x + y <= 1.5, 2 x + 1 y; x = 1, y = 0.5. */
	begin(&in, 2);
	in.columns[0] = (struct bpr_milp_column){ 2, 0, 1, false };
	in.columns[1] = (struct bpr_milp_column){ 1, 0, 1, false };
	(void)add_row(&in, -HUGE_VAL, 1.5);
	add_entry(&in, 0, 1);
	add_entry(&in, 1, 1);
	assert_int_equal(bpr_i_milp_solve(&in.milp, values, &result, NULL), BPR_OK);
	assert_int_equal(result.end, BPR_MILP_BEST);
	assert_rel(values[0], 1, 1e-9);
	assert_rel(values[1], 0.5, 1e-9);
	/* Mixed: y is whole, so 0, and x stays 1. */
	in.columns[1].integer = true;
	assert_int_equal(bpr_i_milp_solve(&in.milp, values, &result, NULL), BPR_OK);
	assert_rel(result.objective, 2, 1e-9);
	/* No rows at all; only the ends hold. */
	in.milp.row_count = 0;
	in.columns[1].high = 1e6;
	assert_int_equal(bpr_i_milp_solve(&in.milp, values, &result, NULL), BPR_OK);
	assert_rel(result.objective, 1000002, 1e-9);
	/* No columns: 0, unless a row wants more than nothing. */
	begin(&in, 0);
	assert_int_equal(bpr_i_milp_solve(&in.milp, values, &result, NULL), BPR_OK);
	assert_int_equal(result.end, BPR_MILP_BEST);
	(void)add_row(&in, 1, HUGE_VAL);
	assert_int_equal(bpr_i_milp_solve(&in.milp, values, &result, NULL), BPR_OK);
	assert_int_equal(result.end, BPR_MILP_NONE);
	/* No whole number between the ends. */
	begin(&in, 1);
	in.columns[0] = (struct bpr_milp_column){ 1, 0.25, 0.75, true };
	assert_int_equal(bpr_i_milp_solve(&in.milp, values, &result, NULL), BPR_OK);
	assert_int_equal(result.end, BPR_MILP_NONE);
	/* Amounts of yen beside days: the row is not lost among the digits. */
	begin(&in, 2);
	in.columns[0].objective = 3e-7;
	in.columns[1].objective = 2e-7;
	(void)add_row(&in, -HUGE_VAL, 450000000);
	add_entry(&in, 0, 300000000);
	add_entry(&in, 1, 200000000);
	assert_int_equal(bpr_i_milp_solve(&in.milp, values, &result, NULL), BPR_OK);
	assert_rel(result.objective, 3e-7, 1e-9);
}

static void refused(void **state)
{
	struct instance in, bad;
	struct bpr_milp_result result;
	double values[MOST];

	(void)state;
	begin(&in, 2);
	in.columns[0].objective = 1;
	(void)add_row(&in, 0, 1);
	add_entry(&in, 0, 1);
	assert_int_equal(bpr_i_milp_solve(&in.milp, values, &result, NULL), BPR_OK);
#define BAD(change) \
	do { \
		bad = in; \
		bad.milp.columns = bad.columns; \
		bad.milp.rows = bad.rows; \
		bad.rows[0].entries = bad.entries[0]; \
		change; \
		assert_int_equal(bpr_i_milp_solve(&bad.milp, values, &result, NULL), BPR_EINVAL); \
	} while (0)
	BAD(bad.columns[0].objective = (double)NAN);
	BAD(bad.columns[0].high = HUGE_VAL);
	BAD(bad.columns[1].low = -HUGE_VAL);
	BAD(bad.rows[0].low = (double)NAN);
	BAD(bad.entries[0][0].value = HUGE_VAL);
	BAD(bad.entries[0][0].column = 2);
	BAD(bad.entries[0][1] = bad.entries[0][0]; bad.rows[0].count = 2);
	BAD(bad.milp.seconds = (double)NAN);
#undef BAD
	/* Sides that nothing can keep are no error. */
	bad = in;
	bad.milp.rows = bad.rows;
	bad.rows[0].low = 2;
	assert_int_equal(bpr_i_milp_solve(&bad.milp, values, &result, NULL), BPR_OK);
	assert_int_equal(result.end, BPR_MILP_NONE);
}

/* A programme that takes long: sums of even weights that should come to an odd half (Chvatal, Oper. Res. 28, 1980). */
static void make_hard(struct bpr_milp_column *columns, struct bpr_milp_entry *entries, struct bpr_milp_row *row, size_t n)
{
	double sum = 0;
	uint64_t seed = 5;

	for (size_t i = 0; i < n; i++) {
		double weight = 2 * between(&seed, 50000, 100000);

		columns[i] = (struct bpr_milp_column){ weight, 0, 1, true };
		entries[i] = (struct bpr_milp_entry){ i, weight };
		sum += weight;
	}
	*row = (struct bpr_milp_row){ entries, n, -HUGE_VAL, 2 * floor(sum / 4) + 1 };
}

static void time_is_up(void **state)
{
	enum { N = 60 };
	static struct bpr_milp_column columns[N];
	static struct bpr_milp_entry entries[N];
	struct bpr_milp_row row;
	struct bpr_milp milp = { columns, N, &row, 1, 0.2, 0 };
	struct bpr_milp_result result;
	double values[N], sum = 0;

	(void)state;
	make_hard(columns, entries, &row, N);
	assert_int_equal(bpr_i_milp_solve(&milp, values, &result, NULL), BPR_OK);
	assert_true(result.end == BPR_MILP_FEASIBLE || result.end == BPR_MILP_UNKNOWN);
	for (size_t i = 0; i < N; i++)
		sum += entries[i].value * values[i];
	assert_true(sum <= row.high);
	assert_true(result.bound >= result.objective);
	/* The odd end is a bound that holds, whatever was found. */
	assert_true(result.bound <= row.high * (1 + 1e-6));
	if (result.end == BPR_MILP_FEASIBLE)
		assert_true(result.objective > 0);
}

static void memory_is_short(void **state)
{
	enum { N = 4000 };
	struct bpr_milp_column *columns = test_calloc(N, sizeof(*columns));
	struct bpr_milp_entry *entries = test_calloc(N, sizeof(*entries));
	struct bpr_milp_row row;
	struct bpr_milp milp = { columns, N, &row, 1, 0, 1 };
	struct bpr_milp_result result;
	double *values = test_calloc(N, sizeof(*values));
	struct bpr_error err = { 0 };

	(void)state;
	make_hard(columns, entries, &row, N);
	assert_int_equal(bpr_i_milp_solve(&milp, values, &result, &err), BPR_ENOMEM);
	assert_int_equal(err.status, BPR_ENOMEM);
	/* Nothing is left behind: the next one is solved. */
	milp.column_count = row.count = 5;
	row.high = 2;
	assert_int_equal(bpr_i_milp_solve(&milp, values, &result, NULL), BPR_OK);
	assert_int_equal(result.end, BPR_MILP_BEST);
	test_free(columns);
	test_free(entries);
	test_free(values);
}

static void allocation_fails(void **state)
{
	struct instance in;
	struct bpr_milp_result result;
	double values[MOST];
	long n = 0;
	bpr_status status = BPR_ENOMEM;

	(void)state;
	begin(&in, 3);
	in.columns[1].objective = 1;
	for (; status == BPR_ENOMEM; n++) {
		assert_true(n < 100);
		calls_left = n;
		status = bpr_i_milp_solve(&in.milp, values, &result, NULL);
		calls_left = -1;
	}
	assert_int_equal(status, BPR_OK);
	assert_true(n > 4);
	assert_rel(values[1], 1, 1e-12);
}

static void *many(void *ok)
{
	uint64_t seed = 3;
	bool *good = ok;

	for (int k = 0; k < 50; k++) {
		struct instance in;
		struct bpr_milp_result result;
		double values[MOST], best = 0;

		begin(&in, 8);
		(void)add_row(&in, -HUGE_VAL, 100);
		for (size_t i = 0; i < 8; i++) {
			in.columns[i].objective = between(&seed, 1, 100);
			add_entry(&in, i, between(&seed, 10, 60));
		}
		*good &= search(&in.milp, &best) && !bpr_i_milp_solve(&in.milp, values, &result, NULL) && fabs(result.objective - best) < 1e-6;
	}
	return NULL;
}

static void threads(void **state)
{
	pthread_t thread[3];
	bool good[3] = { true, true, true };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, many, &good[i]), 0);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(pthread_join(thread[i], NULL), 0);
	for (size_t i = 0; i < 3; i++)
		assert_true(good[i]);
}

/* A program that uses GLPK itself, in this very thread, keeps its problem and its output. */
static void guest(void **state)
{
	struct instance in;
	struct bpr_milp_result result;
	double values[MOST];
	glp_prob *own;

	(void)state;
	own = glp_create_prob();
	(void)glp_add_cols(own, 3);
	begin(&in, 2);
	assert_int_equal(bpr_i_milp_solve(&in.milp, values, &result, NULL), BPR_OK);
	assert_int_equal(glp_get_num_cols(own), 3);
	assert_int_equal(glp_term_out(GLP_ON), GLP_ON);
	glp_delete_prob(own);
	assert_int_equal(glp_free_env(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knapsacks), cmocka_unit_test(sets), cmocka_unit_test(by_hand), cmocka_unit_test(refused),
		cmocka_unit_test(time_is_up), cmocka_unit_test(memory_is_short), cmocka_unit_test(allocation_fails),
		cmocka_unit_test(threads), cmocka_unit_test(guest),
	};

	return cmocka_run_group_tests_name("milp", tests, NULL, NULL);
}
