/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heats by hand, and their sums against the figures of a case. */
#include "config.h"
#include "test.h"
#include "property/random_flow.h"
#include "study/figure_i.h"
#include <bpr/bpr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char flow_json[] =
	"{\"schema\":\"bpr.flow/1\",\"flows\":[{\"id\":\"h\",\"nodes\":["
	"{\"id\":\"S\",\"kind\":\"start\",\"next\":[{\"to\":\"A\"}]},"
	"{\"id\":\"A\",\"kind\":\"task\",\"next\":[{\"to\":\"B\"}],\"actor\":\"citizen\",\"work\":4,\"writes\":[\"f1\",\"f2\"]},"
	"{\"id\":\"B\",\"kind\":\"task\",\"next\":[{\"to\":\"X\"}],\"work\":6,\"wait\":2,\"staff\":[{\"pool\":\"p\"}],\"cost\":100},"
	"{\"id\":\"X\",\"kind\":\"xor\",\"next\":[{\"to\":\"A\",\"share\":0.2},{\"to\":\"C\",\"share\":0.8}]},"
	"{\"id\":\"C\",\"kind\":\"task\",\"next\":[{\"to\":\"E\"}],\"work\":10,\"wait\":60,\"staff\":[{\"pool\":\"p\",\"count\":2}]},"
	"{\"id\":\"E\",\"kind\":\"end\"}],"
	"\"forms\":[{\"form\":\"f1\",\"field\":\"name\",\"times\":2},{\"form\":\"f1\",\"field\":\"address\"},"
	"{\"form\":\"f1\",\"field\":\"number\",\"prefilled\":true},{\"form\":\"f2\",\"field\":\"name\"}],"
	"\"staff\":[{\"pool\":\"p\",\"count\":%u,\"yen_per_hour\":3000}],\"demand\":{\"per_day\":20,\"open\":\"08:30-17:15\"}}]}";

struct known { struct bpr_flows flows; bpr_analysis *analysis; bpr_queueing *queueing; struct bpr_arena arena; };

static void known_read(struct known *k, unsigned people)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	char text[2000];
	double visits[6];

	*k = (struct known){ 0 };
	(void)snprintf(text, sizeof(text), flow_json, people);
	assert_int_equal(bpr_read_memory("h.json", text, strlen(text), &options, &k->flows, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_analyse(k->flows.items[0], NULL, &k->analysis, NULL, NULL), BPR_OK);
	for (size_t i = 0; i < 6; i++)
		visits[i] = bpr_analysis_nodes(k->analysis)[i].visits;
	assert_int_equal(bpr_queueing_solve(k->flows.items[0], visits, bpr_analysis_arcs(k->analysis), NULL, &k->queueing, NULL, NULL), BPR_OK);
}

static void known_release(struct known *k)
{
	bpr_queueing_free(k->queueing);
	bpr_analysis_free(k->analysis);
	bpr_flows_release(&k->flows);
	bpr_i_arena_release(&k->arena);
}

static const double *heat_of(struct known *k, enum bpr_heat heat, const bpr_queueing *queueing)
{
	const double *values = bpr_i_study_heat(&k->arena, heat, k->flows.items[0], k->analysis, queueing, NULL);

	assert_non_null(values);
	return values;
}

/* S A B X C E: what no step is has none. */
static void check(struct known *k, enum bpr_heat heat, double a, double b, double c)
{
	const double *values = heat_of(k, heat, NULL);

	assert_true(isnan(values[0]) && isnan(values[3]) && isnan(values[5]));
	assert_true(fabs(values[1] - a) < 1e-9 && fabs(values[2] - b) < 1e-9 && fabs(values[4] - c) < 1e-9);
}

static void test_by_hand(void **state)
{
	struct known k;
	const double *wait;
	double own;

	(void)state;
	known_read(&k, 3);
	/* One in five comes back to A: 1.25 times each. */
	check(&k, BPR_HEAT_VISITS, 1.25, 1.25, 1);
	check(&k, BPR_HEAT_WORK, 0, 7.5, 10);                   /* of the staff */
	check(&k, BPR_HEAT_COST, 0, 1.25 * (6 * 50 + 100), 10 * 2 * 50.0);
	check(&k, BPR_HEAT_REWORK, 0.25, 0.25, 0);
	check(&k, BPR_HEAT_WRITING, 1.25 * (3 + 1), 0, 0);      /* what is printed is not written */
	check(&k, BPR_HEAT_WAIT, 0, 2.5, 60);
	/* With the queue of the people there. */
	wait = heat_of(&k, BPR_HEAT_WAIT, k.queueing);
	own = wait[1] + wait[2] + wait[4];
	assert_true(bpr_queueing_known(k.queueing) && bpr_queueing_wait(k.queueing, NULL) > 0);
	assert_true(fabs(own - 62.5 - bpr_queueing_wait(k.queueing, NULL)) < 1e-9);
	known_release(&k);
}

/* 20 cases a day of 7.5 + 2 x 10 minutes of work are more than one person's 525: the queue has no end. */
static void test_overload(void **state)
{
	struct known k;
	const double *wait;

	(void)state;
	known_read(&k, 1);
	wait = heat_of(&k, BPR_HEAT_WAIT, k.queueing);
	assert_true(isinf(wait[2]) && isinf(wait[4]) && fabs(wait[1]) < 1e-12);
	known_release(&k);
}

static double sum(const double *values, size_t count)
{
	double all = 0;

	for (size_t i = 0; i < count; i++)
		all += isnan(values[i]) ? 0 : values[i];
	return all;
}

/* What the steps have together is what the case has. */
static void test_sums(void **state)
{
	static const struct { enum bpr_heat heat; enum bpr_metric metric; } same[] = {
		{ BPR_HEAT_VISITS, BPR_METRIC_STEPS }, { BPR_HEAT_WORK, BPR_METRIC_WORK_MINUTES }, { BPR_HEAT_COST, BPR_METRIC_COST_YEN },
		{ BPR_HEAT_REWORK, BPR_METRIC_REVISITS }, { BPR_HEAT_WRITING, BPR_METRIC_FIELDS_WRITTEN },
	};
	size_t done = 0, positive[BPR_HEAT_COUNT] = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct draft d;
		struct bpr_arena arena = { 0 };
		bpr_analysis *analysis = NULL;
		bpr_flow *flow;

		if (seed % 3)
			draft_blocks(&d, seed, SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT, 16);
		else
			draft_tangle(&d, seed, 10);
		flow = draft_build(&d, NULL);
		if (!flow)
			continue;
		if (bpr_analyse(flow, NULL, &analysis, NULL, NULL)) {
			bpr_flow_free(flow);
			continue;
		}
		done++;
		for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
			const struct bpr_figure *figure = bpr_analysis_figure(analysis, same[i].metric);
			const double *values = bpr_i_study_heat(&arena, same[i].heat, flow, analysis, NULL, NULL);
			double all = sum(values, bpr_flow_node_count(flow));

			if (figure->method != BPR_METHOD_EXACT)
				continue;
			positive[same[i].heat] += all > 0;
			if (fabs(all - figure->mean) > 1e-8 * (1 + figure->mean)) {
				print_error("seed %u: %s adds up to %g, a case has %g\n", (unsigned)seed, bpr_heat_name(same[i].heat), all, figure->mean);
				fail();
			}
		}
		bpr_i_arena_release(&arena);
		bpr_analysis_free(analysis);
		bpr_flow_free(flow);
	}
	assert_true(done > 80);
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		assert_true(positive[same[i].heat] > 20);
}

/* ---- classes ---- */

static void check_limits(enum bpr_heat heat, const double *values, size_t count, const double *expected)
{
	double limits[BPR_HEAT_CLASSES - 1];

	bpr_i_study_heat_limits(heat, values, count, NULL, 0, limits);
	for (size_t i = 0; i < BPR_HEAT_CLASSES - 1; i++)
		if (fabs(limits[i] - expected[i]) > 1e-9 * expected[i]) {
			print_error("limit %zu is %g, not %g\n", i, limits[i], expected[i]);
			fail();
		}
}

static void test_limits(void **state)
{
	const double waits[] = { 11, 8, 6, 2, 9, 4, 0 }, days[] = { 5, 10, 3, 5, 20, 14400 }, none[] = { 0, (double)NAN };
	const double once[] = { 1, 1, 1.18, 0.6 }, both[] = { (double)INFINITY, 5 };
	double limits[BPR_HEAT_CLASSES - 1], other[BPR_HEAT_CLASSES - 1];

	(void)state;
	check_limits(BPR_HEAT_WAIT, waits, 7, (const double[]){ 3, 6, 9, 12 });
	check_limits(BPR_HEAT_WAIT, days, 6, (const double[]){ 20, 120, 720, 7200 });
	check_limits(BPR_HEAT_VISITS, once, 4, (const double[]){ 0.25, 0.5, 0.75, 1 });
	check_limits(BPR_HEAT_WAIT, none, 2, (const double[]){ 0, 0, 0, 0 });
	check_limits(BPR_HEAT_WAIT, both, 2, (const double[]){ 1, 2, 3, 4 });
	/* Two flows beside each other have the classes of both. */
	bpr_i_study_heat_limits(BPR_HEAT_WAIT, waits, 7, once, 4, limits);
	bpr_i_study_heat_limits(BPR_HEAT_WAIT, once, 4, waits, 7, other);
	assert_memory_equal(limits, other, sizeof(limits));
	bpr_i_study_heat_limits(BPR_HEAT_WAIT, waits, 7, NULL, 0, other);
	assert_memory_equal(limits, other, sizeof(limits));
	/* A class begins at its limit. */
	assert_int_equal(bpr_i_study_heat_class(limits, 2.9), 0);
	assert_int_equal(bpr_i_study_heat_class(limits, 3), 1);
	assert_int_equal(bpr_i_study_heat_class(limits, 11), 3);
	assert_int_equal(bpr_i_study_heat_class(limits, 12), 4);
	assert_int_equal(bpr_i_study_heat_class(limits, (double)INFINITY), 4);
}

/* Whatever the values: limits grow, and the largest value is in one of the three upper classes. */
static void test_limits_random(void **state)
{
	uint64_t rng = 1;

	(void)state;
	for (size_t round = 0; round < 4000; round++) {
		double values[8], limits[BPR_HEAT_CLASSES - 1], most = 0;
		enum bpr_heat heat = (enum bpr_heat)(1 + round % 6);

		for (size_t i = 0; i < 8; i++) {
			rng = rng * 6364136223846793005u + 1442695040888963407u;
			values[i] = pow(10, (double)(rng >> 33) / (double)(1u << 31) * (round % 2 ? 9 : 1) - 2);
			most = fmax(most, values[i]);
		}
		bpr_i_study_heat_limits(heat, values, 8, NULL, 0, limits);
		if (!bpr_i_study_heat_shown(heat, most))
			continue;
		for (size_t i = 0; i + 1 < BPR_HEAT_CLASSES - 1; i++)
			assert_true(limits[i] > 0 && limits[i] < limits[i + 1]);
		if (most > 0.5 && most < 1e5)
			assert_true(bpr_i_study_heat_class(limits, most) >= 2);
	}
}

static void test_words(void **state)
{
	static const struct { enum bpr_heat heat; double value; const char *ja, *en; } said[] = {
		{ BPR_HEAT_WAIT, 11, "待ち 11分", "wait 11 min" }, { BPR_HEAT_WORK, 6, "作業 6分", "work 6 min" },
		{ BPR_HEAT_VISITS, 1.18, "1.18回", "1.18 times" }, { BPR_HEAT_COST, 500, "費用 500円", "costs ¥500" },
		{ BPR_HEAT_REWORK, 0.25, "やり直し 0.25回", "again 0.25 times" }, { BPR_HEAT_WRITING, 5, "記入 5項目", "writes 5 items" },
		{ BPR_HEAT_WAIT, 0, "", "" }, { BPR_HEAT_WAIT, (double)INFINITY, "行列が伸び続ける", "queue grows" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		char ja[100] = "", en[100] = "";
		struct bpr_buf a = BPR_BUF_ON(ja), b = BPR_BUF_ON(en);

		bpr_i_study_heat_words(&a, BPR_LANG_JA, said[i].heat, said[i].value);
		bpr_i_study_heat_words(&b, BPR_LANG_EN, said[i].heat, said[i].value);
		assert_string_equal(ja, said[i].ja);
		assert_string_equal(en, said[i].en);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_hand), cmocka_unit_test(test_overload), cmocka_unit_test(test_sums), cmocka_unit_test(test_limits),
		cmocka_unit_test(test_limits_random), cmocka_unit_test(test_words),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
