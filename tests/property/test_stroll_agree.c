/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 20,000 drawn walks of a flow against its exact analysis: the mean of every total, and how visits to counters are spread. */
#include "config.h"
#include "test.h"
#include "property/random_flow.h"
#include <bpr/bpr.h>
#include <gsl/gsl_cdf.h>
#include <stdlib.h>

enum { CASES = 20000, HIST = 64 };

struct sums {
	double mean[BPR_WALK_TOTAL_COUNT], square[BPR_WALK_TOTAL_COUNT]; /* Welford */
	double visits[HIST];
};

static void add(struct sums *s, const struct bpr_walk_totals *t, double n)
{
	size_t visits = (size_t)(t->at[BPR_WALK_COUNTER_VISITS] + 0.5);

	for (size_t i = 0; i < BPR_WALK_TOTAL_COUNT; i++) {
		double off = t->at[i] - s->mean[i];

		s->mean[i] += off / n;
		s->square[i] += off * (t->at[i] - s->mean[i]);
	}
	s->visits[visits < HIST ? visits : HIST - 1] += 1;
}

static bool walk_once(bpr_walk *walk, const char *what)
{
	struct bpr_walk_event e;
	struct bpr_error err;

	do {
		bpr_status status = bpr_walk_next(walk, &e, &err);

		if (!status && e.what == BPR_WALK_CHOICE)
			status = bpr_walk_choose(walk, BPR_NONE, NULL, &err);
		if (status) {
			print_error("%s: %s\n", what, err.message);
			return false;
		}
	} while (e.what != BPR_WALK_END);
	return true;
}

/* Deviation of a single case where it is known exactly; else that of the walks. */
static double deviation(const bpr_analysis *a, const struct sums *s, size_t i)
{
	static const enum bpr_metric metrics[BPR_WALK_TOTAL_COUNT] = {
		[BPR_WALK_COUNTER_VISITS] = BPR_METRIC_COUNTER_VISITS, [BPR_WALK_TRIPS] = BPR_METRIC_TRIPS,
		[BPR_WALK_FORMS] = BPR_METRIC_FORMS_WRITTEN, [BPR_WALK_FIELDS] = BPR_METRIC_FIELDS_WRITTEN,
		[BPR_WALK_SEALS] = BPR_METRIC_SEALS, [BPR_WALK_ID_CHECKS] = BPR_METRIC_ID_CHECKS,
		[BPR_WALK_CITIZEN_MINUTES] = BPR_METRIC_CITIZEN_MINUTES, [BPR_WALK_WORK_MINUTES] = BPR_METRIC_WORK_MINUTES,
	};
	const struct bpr_figure *f = bpr_analysis_figure(a, metrics[i]);

	return metrics[i] != BPR_METRIC_STEPS && f->sd_method == BPR_METHOD_EXACT ? f->sd : sqrt(s->square[i] / (CASES - 1));
}

static void means_agree(const bpr_flow *flow, const bpr_analysis *a, const struct sums *s, const char *what)
{
	bool known[BPR_WALK_TOTAL_COUNT];
	struct bpr_walk_totals expected = bpr_walk_expected(flow, a, known);

	for (size_t i = 0; i < BPR_WALK_TOTAL_COUNT; i++) {
		double slack = 4 * deviation(a, s, i) / sqrt(CASES) + 1e-9 * (1 + expected.at[i]);

		if (!known[i] || fabs(s->mean[i] - expected.at[i]) <= slack)
			continue;
		print_error("%s: %s: %.12g walked, %.12g expected, within %g\n", what, bpr_walk_total_key((enum bpr_walk_total)i), s->mean[i],
			    expected.at[i], slack);
		fail();
	}
}

/* Chi-square over values that are expected five times or more, the others as one; p above 1e-4. */
static bool visits_agree(const bpr_flow *flow, const struct sums *s, const char *what)
{
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	struct bpr_distribution d;
	double rest = CASES, seen = CASES, chi = 0, p;
	size_t classes = 0;

	options.samples = 0;
	if (!bpr_flow_counter_count(flow) || bpr_analyse_distribution(flow, BPR_METRIC_COUNTER_VISITS, &options, &d, NULL))
		return false;
	for (size_t i = 0; i < d.count && d.first + i < HIST - 1; i++) {
		double e = d.prob[i] * CASES, o = s->visits[d.first + i];

		if (e < 5)
			continue;
		chi += (o - e) * (o - e) / e;
		rest -= e;
		seen -= o;
		classes++;
	}
	if (rest >= 5) {
		chi += (seen - rest) * (seen - rest) / rest;
		classes++;
	}
	bpr_distribution_release(&d);
	p = classes > 1 ? gsl_cdf_chisq_Q(chi, (double)(classes - 1)) : chi < 1e-6 ? 1 : 0;
	if (p < 1e-4)
		fail_msg("%s: chi-square %g of %zu classes, p = %g", what, chi, classes, p);
	return classes > 1;
}

/* False: the flow has no exact figures to hold against. */
static bool agrees(const bpr_flow *flow, const char *what, size_t *spread)
{
	struct bpr_walk_options options = BPR_WALK_OPTIONS_INIT;
	struct sums s = { { 0 }, { 0 }, { 0 } };
	bpr_analysis *a = NULL;
	bpr_walk *walk;

	options.drawn = true;
	if (bpr_analyse(flow, NULL, &a, NULL, NULL))
		return false;
	if (bpr_analysis_figure(a, BPR_METRIC_STEPS)->method != BPR_METHOD_EXACT) {
		bpr_analysis_free(a);
		return false;
	}
	assert_int_equal(bpr_walk_new(flow, &options, &walk, NULL), BPR_OK);
	for (size_t i = 0; i < CASES; i++) {
		struct bpr_walk_totals t;

		bpr_walk_again(walk, i + 1);
		assert_true(walk_once(walk, what));
		t = bpr_walk_totals_get(walk);
		add(&s, &t, (double)i + 1);
	}
	means_agree(flow, a, &s, what);
	*spread += visits_agree(flow, &s, what);
	bpr_walk_free(walk);
	bpr_analysis_free(a);
	return true;
}

static const char *const samples[] = {
	"kitami/before.bpmn", "kitami/after.bpmn", "kitami/before.csv", "minamisoma/before.csv", "minamisoma/after.csv",
	"chiba/before.csv", "chiba/after.csv", "internal/before.csv", "internal/after.csv", "life-events/tennyu-before.csv",
	"life-events/shussei-before.csv", "life-events/shibo-before.csv", "life-events/konin-after.csv", "peak/flow.csv", "smells/flow.csv",
};

static void samples_agree(void **state)
{
	const char *top = getenv("abs_top_srcdir");
	size_t done = 0, spread = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct bpr_flows flows;
		char path[4096];

		(void)snprintf(path, sizeof(path), "%s/samples/%s", top ? top : ".", samples[i]);
		assert_int_equal(bpr_read(path, NULL, &flows, NULL, NULL), BPR_OK);
		done += agrees(flows.items[0], samples[i], &spread);
		bpr_flows_release(&flows);
	}
	assert_int_equal(done, sizeof(samples) / sizeof(samples[0]));
	print_message("# %zu of %zu samples spread\n", spread, done);
	assert_true(spread > 2);
}

static struct draft draft;

/* Gateways of all kinds, loops, boundary events, several executions, rounds, random times. */
static void random_flows_agree(void **state)
{
	static const unsigned shapes[] = {
		0, SHAPE_LOOPS, SHAPE_AND, SHAPE_OR, SHAPE_EDGES, SHAPE_REPEAT, SHAPE_RANDOM_TIMES,
		SHAPE_AND | SHAPE_OR | SHAPE_LOOPS, SHAPE_AND | SHAPE_EDGES | SHAPE_LOOPS,
		SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT | SHAPE_RANDOM_TIMES,
	};
	size_t done = 0, spread = 0, tried = 0;

	(void)state;
	for (size_t s = 0; s < sizeof(shapes) / sizeof(shapes[0]); s++)
		for (unsigned long long seed = 0; seed < 4; seed++) {
			char what[64];
			bpr_flow *flow;

			draft_blocks(&draft, 900 + seed, shapes[s], 24);
			flow = seed % 2 ? draft_build(&draft, NULL) : draft_build_scope(&draft, 1, draft.count - 2, 2, seed % 4 == 2);
			if (!flow)
				flow = draft_build(&draft, NULL);
			(void)snprintf(what, sizeof(what), "shape %u seed %llu", shapes[s], seed);
			if (!flow)
				continue;
			tried++;
			done += agrees(flow, what, &spread);
			bpr_flow_free(flow);
		}
	print_message("# %zu of %zu flows, %zu spread\n", done, tried, spread);
	assert_true(done > 20);
	assert_true(spread > 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_agree),
		cmocka_unit_test(random_flows_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
