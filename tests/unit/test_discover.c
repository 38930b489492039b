/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measured flows: sound whatever the log, visits as counted where nothing is left out, what steps carry.
 */
#include "config.h"
#include "lib/log.h"
#include "flow/dist_i.h"
#include <bpr/analysis.h>
#include <bpr/discovery.h>
#include <bpr/soundness.h>

static bpr_log *random_log(uint64_t seed, size_t activities, size_t cases, size_t longest)
{
	bpr_log *log = log_begin(0);
	struct bpr_rng rng;

	bpr_i_rng_seed(&rng, seed, 3, 0, 0);
	for (size_t i = 0; i < cases; i++) {
		size_t n = 1 + (size_t)(bpr_i_rng_uniform(&rng) * (double)longest);
		char name[16];

		(void)snprintf(name, sizeof(name), "%zu", i);
		for (size_t k = 0; k < n; k++) {
			char activity[2] = { 0 };

			/* Mostly in order. */
			activity[0] = (char)('a' + (bpr_i_rng_uniform(&rng) < 0.7 ? k % activities : (size_t)(bpr_i_rng_uniform(&rng) * (double)activities)));
			log_event(log, name, activity, BPR_LOG_NO_TIME, (int64_t)(i * 3600000 + k * 60000), NULL, NULL);
		}
	}
	return log_end(log);
}

static bpr_flow *discover(const bpr_log *log, double noise)
{
	struct bpr_discovery_options options = BPR_DISCOVERY_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	bpr_flow *flow = NULL;

	options.noise = noise;
	if (bpr_discover(log, &options, &flow, NULL, &err) != BPR_OK)
		fail_msg("%s", err.message);
	assert_non_null(flow);
	return flow;
}

static void check_sound(bpr_flow *flow)
{
	struct bpr_flows flows = { .items = &flow, .count = 1 };
	struct bpr_soundness *sound = NULL;

	assert_int_equal(bpr_soundness_check(&flows, 0, NULL, &sound, NULL), BPR_OK);
	for (size_t i = 0; i < BPR_SOUND_COUNT; i++)
		assert_int_equal(sound->verdict[i], BPR_VERDICT_YES);
	bpr_soundness_free(sound);
}

/* Visits of the task of each activity are its events a case. */
static void check_visits(const bpr_log *log, const bpr_flow *flow)
{
	double *events = calloc(bpr_log_name_count(log, BPR_LOG_ACTIVITY), sizeof(*events));
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	bpr_analysis *analysis = NULL;
	bpr_log_walk *walk = NULL;
	const struct bpr_log_case *c;
	size_t tasks = 0;

	assert_non_null(events);
	assert_int_equal(bpr_log_walk_new(log, &walk, NULL), BPR_OK);
	while (bpr_log_walk_next(walk, &c, NULL) == BPR_OK && c)
		for (size_t i = 0; i < c->count; i++)
			events[c->events[i].activity] += 1;
	bpr_log_walk_free(walk);
	options.samples = 0;
	assert_int_equal(bpr_analyse(flow, &options, &analysis, NULL, NULL), BPR_OK);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *node = bpr_flow_node(flow, i);

		if (node->kind != BPR_NODE_TASK)
			continue;
		tasks++;
		assert_rel(bpr_analysis_nodes(analysis)[i].visits,
			   events[bpr_log_find(log, BPR_LOG_ACTIVITY, node->name)] / (double)bpr_log_info(log).cases, 1e-9);
	}
	assert_int_equal(tasks, bpr_log_name_count(log, BPR_LOG_ACTIVITY));
	bpr_analysis_free(analysis);
	free(events);
}

static void test_sound_and_exact(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 150; seed++) {
		bpr_log *log = random_log(seed, 2 + seed % 9, 1 + seed % 40, 1 + seed % 11);
		bpr_flow *flow = discover(log, 0);

		check_sound(flow);
		check_visits(log, flow);
		bpr_flow_free(flow);
		flow = discover(log, 0.05 * (double)(seed % 20));
		check_sound(flow);
		bpr_flow_free(flow);
		bpr_log_free(log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound_and_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
