/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measured flows: sound whatever the log, visits as counted where nothing is left out, what steps carry.
 */
#include "config.h"
#include "lib/log.h"
#include "flow/dist_i.h"
#include <bpr/analysis.h>
#include <bpr/calendar.h>
#include <bpr/discovery.h>
#include <bpr/soundness.h>

static bpr_log *random_log(uint64_t seed, size_t activities, size_t cases, size_t longest)
{
	bpr_log *log = log_begin(0);
	struct bpr_rng rng;

	bpr_i_rng_seed(&rng, seed, 3, 0, 0);
	for (size_t i = 0; i < cases; i++) {
		size_t n = 1 + (size_t)(bpr_i_rng_uniform(&rng) * (double)longest);
		char name[32];

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

/* ---- what steps carry ---- */

#define MINUTE 60000
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
/* Monday 2024-04-01, midnight. */
#define MONDAY (19814 * (int64_t)DAY)

/*
 * An office with two clerks from 9:00 to 17:00 on working days: each case is taken in (a), checked (b) twice where it falls short (20 %),
 * and handed out (c) by another section with one person. Work is in turn 4, 5, 6 minutes.
 */
static bpr_log *office_log(size_t days, bool starts)
{
	bpr_log *log = log_begin(0);
	size_t number = 0;

	for (size_t day = 0; day < days; day++) {
		long date = 19814 + (long)day;

		if (day % 7 > 4 || bpr_date_holiday(date))
			continue;
		for (size_t i = 0; i < 48; i++, number++) {
			int64_t at = MONDAY + (int64_t)day * DAY + 9 * HOUR + (int64_t)i * 10 * MINUTE;
			size_t checks = number % 5 ? 1 : 2;
			const char *clerk = number % 2 ? "Sato" : "Suzuki";
			char name[32];

			(void)snprintf(name, sizeof(name), "%zu", number);
			log_event(log, name, "a", starts ? at : BPR_LOG_NO_TIME, at + 5 * MINUTE, clerk, "counter section");
			at += 5 * MINUTE;
			for (size_t k = 0; k < checks; k++) {
				int64_t work = (4 + (int64_t)((number + k) % 3)) * MINUTE;

				log_event(log, name, "b", starts ? at : BPR_LOG_NO_TIME, at + work, clerk, "counter section");
				at += work;
			}
			log_event(log, name, "c", starts ? at : BPR_LOG_NO_TIME, at + 2 * MINUTE, "Tanaka", "cashier");
		}
	}
	return log_end(log);
}

static const struct bpr_node *task(const bpr_flow *flow, const char *name)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (bpr_flow_node(flow, i)->kind == BPR_NODE_TASK && !strcmp(bpr_flow_node(flow, i)->name, name))
			return bpr_flow_node(flow, i);
	fail_msg("there is no task '%s'", name);
	return NULL;
}

static void check_mean(const struct bpr_dist *dist, double mean)
{
	assert_non_null(dist);
	assert_rel(bpr_dist_mean(dist), mean, 1e-9);
}

static void test_office(void **state)
{
	bpr_log *log = office_log(70, true);
	bpr_flow *flow = discover(log, 0);
	const struct bpr_demand *demand = bpr_flow_demand(flow);
	const struct bpr_node *a = task(flow, "a"), *b = task(flow, "b"), *c = task(flow, "c");

	(void)state;
	check_sound(flow);
	check_visits(log, flow);
	check_mean(a->work, 5);
	check_mean(c->work, 2);
	assert_rel(bpr_dist_mean(b->work), 5, 0.02);
	assert_null(a->wait);
	assert_null(b->wait);
	assert_string_equal(bpr_flow_unit(flow, a->unit)->name, "counter section");
	assert_string_equal(bpr_flow_unit(flow, c->unit)->name, "cashier");
	assert_int_equal(bpr_flow_pool_count(flow), 2);
	assert_int_equal(a->need_count, 1);
	assert_string_equal(bpr_flow_pool(flow, a->needs[0].pool)->name, "counter section");
	assert_int_equal(bpr_flow_pool(flow, a->needs[0].pool)->count, 2); /* a case of two checks is still there when the next one comes */
	assert_int_equal(bpr_flow_pool(flow, c->needs[0].pool)->count, 1);
	/* 48 cases on each day that is no weekend and no holiday (29 April, 3 May, 6 May) */
	assert_rel(demand->per_day, 48, 0);
	assert_rel(demand->open_from, 540, 0);
	assert_rel(demand->open_to, 1020 + 15, 0); /* the last one comes at 16:50 and is served to the end */
	assert_false(demand->closed_given);
	assert_int_equal(demand->weekdays.rule_count, 0);
	bpr_flow_free(flow);
	bpr_log_free(log);
}

/* Without starts: time since the step before, and nothing of the first one. */
static void test_ends_only(void **state)
{
	bpr_log *log = office_log(28, false);
	bpr_problems *problems = NULL;
	struct bpr_discovery_options options = BPR_DISCOVERY_OPTIONS_INIT;
	bpr_flow *flow = NULL;
	size_t told = 0;

	(void)state;
	options.noise = 0;
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_discover(log, &options, &flow, problems, NULL), BPR_OK);
	assert_null(task(flow, "a")->work);
	assert_null(task(flow, "a")->wait);
	assert_null(task(flow, "b")->work);
	assert_rel(bpr_dist_mean(task(flow, "b")->wait), 5, 0.02);
	check_mean(task(flow, "c")->wait, 2);
	assert_int_equal(bpr_flow_pool_count(flow), 0);
	for (size_t i = 0; i < bpr_problems_count(problems); i++)
		told += !strcmp(bpr_problems_get(problems, i).code->code, "L510") || !strcmp(bpr_problems_get(problems, i).code->code, "L511");
	assert_int_equal(told, 2);
	bpr_flow_free(flow);
	bpr_problems_free(problems);
	bpr_log_free(log);
}

/* Branches that go on at the same time wait for what was before both, not for each other. */
static void test_beside(void **state)
{
	bpr_log *log = log_begin(0);
	bpr_flow *flow;

	(void)state;
	for (int i = 0; i < 40; i++) {
		int64_t at = MONDAY + (int64_t)i * HOUR;
		char name[32];

		(void)snprintf(name, sizeof(name), "%d", i);
		log_event(log, name, "a", BPR_LOG_NO_TIME, at, NULL, NULL);
		log_event(log, name, i % 2 ? "b" : "c", BPR_LOG_NO_TIME, at + 10 * MINUTE, NULL, NULL);
		log_event(log, name, i % 2 ? "c" : "b", BPR_LOG_NO_TIME, at + 15 * MINUTE, NULL, NULL);
		log_event(log, name, "d", BPR_LOG_NO_TIME, at + 20 * MINUTE, NULL, NULL);
	}
	flow = discover(log_end(log), 0);
	assert_rel(bpr_dist_mean(task(flow, "b")->wait), 12.5, 1e-5); /* half of them 10, half 15: not 5 behind the other branch */
	assert_rel(bpr_dist_mean(task(flow, "c")->wait), 12.5, 1e-5);
	check_mean(task(flow, "d")->wait, 5);
	bpr_flow_free(flow);
	bpr_log_free(log);
}

/* Mondays with twice as many, mornings with most: factors in the demand. */
static void test_factors(void **state)
{
	bpr_log *log = log_begin(0);
	struct bpr_rng rng;
	bpr_flow *flow;
	const struct bpr_demand *demand;
	size_t number = 0;

	(void)state;
	bpr_i_rng_seed(&rng, 5, 0, 0, 0);
	for (long day = 0; day < 140; day++) {
		size_t cases = day % 7 ? 20 : 40;

		for (size_t i = 0; day % 7 < 5 && !bpr_date_holiday(19814 + day) && i < cases; i++) {
			double u = bpr_i_rng_uniform(&rng);
			/* twice as many an hour from 8:00 to 12:00 as from 12:00 to 16:00 */
			double hour = u < 2 / 3. ? 8 + 6 * u : 12 + 12 * (u - 2 / 3.);
			char name[32];

			(void)snprintf(name, sizeof(name), "%zu", number++);
			log_event(log, name, "a", BPR_LOG_NO_TIME, MONDAY + day * DAY + (int64_t)(hour * HOUR), NULL, NULL);
		}
	}
	flow = discover(log_end(log), 0.2);
	demand = bpr_flow_demand(flow);
	assert_int_equal(demand->weekdays.rule_count, 5);
	assert_rel(demand->weekdays.rules[0].value / demand->weekdays.rules[1].value, 2, 1e-2);
	assert_true(demand->profile.rule_count > 0);
	assert_rel(demand->open_from, 480, 0);
	assert_rel(demand->open_to, 960, 0);
	bpr_flow_free(flow);
	bpr_log_free(log);
}

/* A sheet of a walk: what is written, sealed and shown at each station. */
static void test_sheet(void **state)
{
	static const char *const details[] = { "writes=\"A;B\" fields=12 names=2 seals=1 note=slow", "writes=\"A;B\" fields=12 names=2 id_checks=1",
					       "nothing of it" };
	bpr_log *log = log_begin(0);
	bpr_flow *flow;
	const struct bpr_node *node;
	double fields = 0;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct bpr_log_event event = { MONDAY + 9 * HOUR, MONDAY + 9 * HOUR + 5 * MINUTE, log_named(log, BPR_LOG_ACTIVITY, "a"),
						     BPR_LOG_NONE, BPR_LOG_NONE, log_named(log, BPR_LOG_COUNTER, "1"),
						     log_named(log, BPR_LOG_DETAIL, details[i]), 0, 0 };

		assert_true(bpr_i_log_add(log, log_named(log, BPR_LOG_CASE, details[i]), &event));
	}
	flow = discover(log_end(log), 0);
	node = task(flow, "a");
	assert_int_equal(node->write_count, 2);
	assert_rel(node->seals, 1 / 3., 1e-12);
	assert_rel(node->id_checks, 1 / 3., 1e-12);
	assert_string_equal(bpr_flow_counter(flow, node->counter)->name, "1");
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < bpr_flow_form(flow, node->writes[i])->field_count; k++)
			fields += bpr_flow_form(flow, node->writes[i])->fields[k].times;
	assert_rel(fields, 2 * (nearbyint((8 - 4 / 3.) / 2) + 2 / 3.), 1e-9); /* 8 and 4/3 a time, over two forms, others in whole fields */
	bpr_flow_free(flow);
	bpr_log_free(log);
}

/* Work that goes on the next morning: the night is no part of it. And people that are numbered are of one kind. */
static void test_over_night(void **state)
{
	bpr_log *log = log_begin(0);
	bpr_flow *flow;

	(void)state;
	for (int day = 0; day < 28; day++)
		for (int i = 0; day % 7 < 5 && i < 8; i++) {
			int64_t at = MONDAY + (int64_t)day * DAY + (9 + i) * HOUR;
			bool late = i == 7 && day % 7 < 4;
			char name[32];

			(void)snprintf(name, sizeof(name), "%d-%d", day, i);
			log_event(log, name, "a", at, at + 10 * MINUTE, i % 2 ? "Clerk-01" : "Clerk-02", NULL);
			at = late ? at + 50 * MINUTE : at + 10 * MINUTE; /* 16:50 to 9:10, or twenty minutes on end */
			log_event(log, name, "b", at, at + (late ? 16 * HOUR + 20 * MINUTE : 20 * MINUTE), i % 2 ? "Clerk-03" : "Clerk-04", NULL);
		}
	flow = discover(log_end(log), 0);
	check_mean(task(flow, "a")->work, 10);
	check_mean(task(flow, "b")->work, 20);
	assert_int_equal(bpr_flow_pool_count(flow), 1);
	assert_string_equal(bpr_flow_pool(flow, 0)->name, "Clerk");
	assert_int_equal(bpr_flow_pool(flow, 0)->count, 1); /* one at a time, but for the mornings */
	assert_rel(bpr_flow_demand(flow)->open_from, 540, 0);
	assert_rel(bpr_flow_demand(flow)->open_to, 1020, 0);
	bpr_flow_free(flow);
	bpr_log_free(log);
}

/* Cases at any hour of any day, at random: so many a day. On the hour, every hour: a time between two of them. */
static void test_never_closed(void **state)
{
	(void)state;
	for (int regular = 0; regular < 2; regular++) {
		bpr_log *events = log_begin(0);
		struct bpr_rng rng;
		double at = 0;
		bpr_flow *flow;

		bpr_i_rng_seed(&rng, 8, 0, 0, 0);
		for (int i = 0; i < 2000; i++) {
			char name[32];

			(void)snprintf(name, sizeof(name), "%d", i);
			at += regular ? HOUR : -log(1 - bpr_i_rng_uniform(&rng)) * HOUR;
			log_event(events, name, "a", BPR_LOG_NO_TIME, MONDAY + (int64_t)at, NULL, NULL);
		}
		flow = discover(log_end(events), 0);
		assert_int_equal(bpr_flow_demand(flow)->open.rule_count, 0);
		if (regular)
			check_mean(bpr_flow_demand(flow)->arrivals, 60);
		else
			assert_rel(bpr_flow_demand(flow)->per_day, 24, 5 / sqrt(2000));
		bpr_flow_free(flow);
		bpr_log_free(events);
	}
}

/* What is no log to make a flow of. */
static void test_refused(void **state)
{
	struct bpr_discovery_options options = BPR_DISCOVERY_OPTIONS_INIT;
	const char *const nobody[] = { "z" };
	struct bpr_mine_options mine = BPR_MINE_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	bpr_log *log = log_end(log_begin(0));
	bpr_flow *flow = NULL;

	(void)state;
	assert_int_equal(bpr_discover(log, &options, &flow, NULL, &err), BPR_EINVAL);
	assert_null(flow);
	bpr_log_free(log);
	log = log_of("abc|ab");
	options.noise = 1.5;
	assert_int_equal(bpr_discover(log, &options, &flow, NULL, &err), BPR_EINVAL);
	options.noise = (double)NAN;
	assert_int_equal(bpr_discover(log, &options, &flow, NULL, &err), BPR_EINVAL);
	options.noise = 0;
	options.mine = &mine;
	mine.ends = nobody;
	mine.end_count = 1;
	assert_int_equal(bpr_discover(log, &options, &flow, NULL, &err), BPR_EINVAL);
	assert_null(flow);
	bpr_log_free(log);
}

/* --only, --starts and --ends: what is left is a log of its own. */
static void test_selected(void **state)
{
	static const char *const only[] = { "a", "b", "c" }, *const starts[] = { "b" }, *const ends[] = { "c" };
	struct bpr_discovery_options options = BPR_DISCOVERY_OPTIONS_INIT;
	struct bpr_mine_options mine = BPR_MINE_OPTIONS_INIT;
	bpr_log *log = log_of("3*axbc|xbc|2*ab|abxc");
	bpr_flow *flow = NULL;

	(void)state;
	options.noise = 0;
	options.mine = &mine;
	mine.only = only;
	mine.only_count = 3;
	assert_int_equal(bpr_discover(log, &options, &flow, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_flow_find(flow, "T4"), BPR_NONE); /* a, b, c and no x */
	assert_true(bpr_flow_find(flow, "T3") != BPR_NONE);
	bpr_flow_free(flow);
	mine.starts = starts;
	mine.start_count = 1;
	mine.ends = ends;
	mine.end_count = 1;
	assert_int_equal(bpr_discover(log, &options, &flow, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_flow_node_count(flow), 4); /* from b to c: start, b, c, end */
	bpr_flow_free(flow);
	bpr_log_free(log);
}

/* The same log, the same flow. */
static void test_same_again(void **state)
{
	bpr_log *log = random_log(77, 9, 300, 14);
	bpr_flow *first = discover(log, 0.2), *second = discover(log, 0.2);

	(void)state;
	assert_true(bpr_flow_hash(first) == bpr_flow_hash(second));
	bpr_flow_free(first);
	bpr_flow_free(second);
	bpr_log_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound_and_exact), cmocka_unit_test(test_office),  cmocka_unit_test(test_ends_only),
		cmocka_unit_test(test_beside),          cmocka_unit_test(test_factors), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_selected),        cmocka_unit_test(test_same_again), cmocka_unit_test(test_sheet),
		cmocka_unit_test(test_over_night),      cmocka_unit_test(test_never_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
