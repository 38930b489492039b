/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published cases, and small flows whose figures can be worked out by hand. */
#include "config.h"
#include "test.h"
#include "unit/flow_build.h"
#include <bpr/analysis.h>

struct run {
	struct test_flow t;
	bpr_analysis *a;
	bpr_status status;
	struct bpr_error err;
};

static void begin(struct run *r, const char *const *rows)
{
	memset(r, 0, sizeof(*r));
	test_begin(&r->t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&r->t, rows[i], i + 2);
}

static void go(struct run *r)
{
	test_finish(&r->t);
	if (r->t.status != BPR_OK)
		print_error("%s %s\n", r->t.err.code, r->t.err.message);
	assert_int_equal(r->t.status, BPR_OK);
	r->status = bpr_analyse(r->t.flow, NULL, &r->a, r->t.problems, &r->err);
}

static void analyse(struct run *r, const char *const *rows)
{
	begin(r, rows);
	go(r);
	if (r->status != BPR_OK)
		print_error("%s %s\n", r->err.code, r->err.message);
	assert_int_equal(r->status, BPR_OK);
}

static void end(struct run *r)
{
	bpr_analysis_free(r->a);
	test_end(&r->t);
}

static double mean(const struct run *r, enum bpr_metric m)
{
	return bpr_analysis_figure(r->a, m)->mean;
}

static double sd(const struct run *r, enum bpr_metric m)
{
	assert_int_equal(bpr_analysis_figure(r->a, m)->sd_method, BPR_METHOD_EXACT);
	return bpr_analysis_figure(r->a, m)->sd;
}

static double visits(const struct run *r, const char *id)
{
	return bpr_analysis_nodes(r->a)[bpr_flow_find(r->t.flow, id)].visits;
}

static double reach(const struct run *r, const char *id)
{
	return bpr_analysis_nodes(r->a)[bpr_flow_find(r->t.flow, id)].reach;
}

/* Dumas et al., Fundamentals of Business Process Management, ch. 7: 25, 29, 30, and 30 / 35 / 2010 with rework. */
static void cycle_times_of_the_textbook(void **state)
{
	static const char *const half[] = { "A||B:0.5;C:0.5|work=10", "B|||work=20", "C|||work=10", NULL };
	static const char *const most[] = { "A||B:0.9;C:0.1|work=10", "B|||work=20", "C|||work=10", NULL };
	static const char *const both[] = { "A||S|work=10", "S|and|B;C", "B||J|work=20", "C||J|work=10", "J|and|E", "E|end|", NULL };
	static const char *const again[3][5] = {
		{ "A||B|work=10", "B||X|work=20", "X|xor|B:0;E:1", "E|end|", NULL },
		{ "A||B|work=10", "B||X|work=20", "X|xor|B:0.2;E:0.8", "E|end|", NULL },
		{ "A||B|work=10", "B||X|work=20", "X|xor|B:0.99;E:0.01", "E|end|", NULL },
	};
	static const double expected[] = { 30, 35, 2010 };
	struct run r;

	(void)state;
	analyse(&r, half);
	assert_rel(mean(&r, BPR_METRIC_LEAD_MINUTES), 25, 1e-12);
	assert_rel(sd(&r, BPR_METRIC_LEAD_MINUTES), 5, 1e-12);
	end(&r);
	analyse(&r, most);
	assert_rel(mean(&r, BPR_METRIC_LEAD_MINUTES), 29, 1e-12);
	end(&r);
	analyse(&r, both);
	assert_rel(mean(&r, BPR_METRIC_LEAD_MINUTES), 30, 1e-12);
	assert_rel(mean(&r, BPR_METRIC_WORK_MINUTES), 40, 1e-12);
	assert_true(sd(&r, BPR_METRIC_LEAD_MINUTES) == 0);
	end(&r);
	for (size_t i = 0; i < 3; i++) {
		analyse(&r, again[i]);
		assert_rel(mean(&r, BPR_METRIC_LEAD_MINUTES), expected[i], 1e-12);
		end(&r);
	}
}

/* BPSim Technical Support: every ratio follows from the shares. */
static void technical_support(void **state)
{
	static const char *const rows[] = {
		"S|start|G", "G||X1", "X1|xor|Z:0.6;L1:0.4", "L1||X2", "X2|xor|Z:0.7;L2:0.3", "L2||X3", "X3|xor|Z:0.8;U:0.2",
		"U||Z", "Z|xor|E:0.15;G:0.85", "E|end|", NULL };
	struct run r;
	double q = 0.85, loops = 1 / 0.15;

	(void)state;
	analyse(&r, rows);
	assert_rel(visits(&r, "G"), loops, 1e-12);
	assert_rel(visits(&r, "L1"), 0.4 * loops, 1e-12);
	assert_rel(visits(&r, "L2"), 0.12 * loops, 1e-12);
	assert_rel(visits(&r, "U"), 0.024 * loops, 1e-12);
	/* Geometric: P(never at L1) = sum over rounds of 0.6^k 0.85^(k-1) 0.15. */
	assert_rel(reach(&r, "L1"), 1 - 0.6 * 0.15 / (1 - 0.6 * q), 1e-12);
	assert_rel(bpr_analysis_nodes(r.a)[bpr_flow_find(r.t.flow, "G")].visits_sd, sqrt(q) / 0.15, 1e-12);
	end(&r);
}

/* Birth and death with p = 1/2 on 5 and 6 states, the outer ones absorbing (octave-queueing, tests of dtmcmtta). */
static void gamblers(void **state)
{
	static const char *const five[] = { "A2||A3:0.5;E1:0.5", "A3||A2:0.5;A4:0.5", "A4||A3:0.5;E5:0.5", "E1|end||outcome=incomplete", "E5|end|", NULL };
	static const char *const six[] = { "A2||A3:0.5;E1:0.5", "A3||A2:0.5;A4:0.5", "A4||A3:0.5;A5:0.5", "A5||A4:0.5;E6:0.5",
		"E1|end||outcome=incomplete", "E6|end|", NULL };
	static const double steps5[] = { 3, 4, 3 }, low5[] = { 0.75, 0.5, 0.25 };
	static const double steps6[] = { 4, 6, 6, 4 }, low6[] = { 0.8, 0.6, 0.4, 0.2 };
	struct run r;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char start[16];

		(void)snprintf(start, sizeof(start), "S|start|A%zu", i + 2);
		begin(&r, five);
		test_row(&r.t, start, 9);
		go(&r);
		assert_rel(mean(&r, BPR_METRIC_STEPS), steps5[i], 1e-12);
		assert_rel(mean(&r, BPR_METRIC_INCOMPLETE), low5[i], 1e-12);
		end(&r);
	}
	for (size_t i = 0; i < 4; i++) {
		char start[16];

		(void)snprintf(start, sizeof(start), "S|start|A%zu", i + 2);
		begin(&r, six);
		test_row(&r.t, start, 9);
		go(&r);
		assert_rel(mean(&r, BPR_METRIC_STEPS), steps6[i], 1e-12);
		assert_rel(mean(&r, BPR_METRIC_INCOMPLETE), low6[i], 1e-12);
		end(&r);
	}
}

/* 受付 → other building → back, home in between: visits 4, trips 2, moves 2, counters 2. */
static void the_citizens_way(void **state)
{
	static const char *const rows[] = { "A||B|counter=市民課", "B||C|counter=こども課", "C||H|counter=市民課", "H||D|away=yes",
		"D||E|counter=市民課", "E|end|", NULL };
	struct run r;

	(void)state;
	begin(&r, rows);
	test_companion(&r.t, BPR_TABLE_COUNTERS, "counter=市民課|building=本庁舎", 1);
	test_companion(&r.t, BPR_TABLE_COUNTERS, "counter=こども課|building=東庁舎", 2);
	go(&r);
	assert_int_equal(r.status, BPR_OK);
	assert_true(mean(&r, BPR_METRIC_COUNTER_VISITS) == 4);
	assert_true(mean(&r, BPR_METRIC_TRIPS) == 2);
	assert_true(mean(&r, BPR_METRIC_BUILDING_MOVES) == 2);
	assert_true(mean(&r, BPR_METRIC_DISTINCT_COUNTERS) == 2);
	assert_true(sd(&r, BPR_METRIC_COUNTER_VISITS) == 0);
	assert_true(bpr_analysis_counters(r.a)[0].visits == 3);
	assert_true(bpr_analysis_counters(r.a)[1].visits == 1);
	end(&r);
}

/* The citizen stays at the counter while the back office works beside; forms, counters and steps in both branches. */
static void the_place_goes_through_joins(void **state)
{
	static const char *const both[] = { "A||S|counter=w", "S|and|P;M", "P||J|counter=w|writes=f", "M||J|unit=u", "J|and|G",
		"G||E|counter=w", "E|end|", NULL };
	static const char *const or[] = { "A||S|counter=w", "S|or|P:0.5;M:0.5", "P||J|counter=x", "M||J|unit=u", "J|or|G",
		"G||E|counter=x", "E|end|", NULL };
	struct run r;

	(void)state;
	analyse(&r, both);
	assert_true(mean(&r, BPR_METRIC_COUNTER_VISITS) == 1);
	assert_true(mean(&r, BPR_METRIC_TRIPS) == 1);
	assert_true(mean(&r, BPR_METRIC_DISTINCT_COUNTERS) == 1);
	assert_true(mean(&r, BPR_METRIC_REVISITS) == 0);
	assert_true(sd(&r, BPR_METRIC_DISTINCT_COUNTERS) == 0);
	end(&r);
	analyse(&r, or);
	assert_rel(mean(&r, BPR_METRIC_COUNTER_VISITS), 2, 1e-12);
	assert_rel(mean(&r, BPR_METRIC_TRIPS), 1, 1e-12);
	end(&r);
}

/* The second form asks for the name again; with probability 0.5 a third time. */
static void fields_written_again(void **state)
{
	static const char *const rows[] = { "A||B|writes=F", "B||A2:0.5;E:0.5|writes=G", "A2||E|writes=F", "E|end|", NULL };
	struct run r;
	size_t groups;

	(void)state;
	begin(&r, rows);
	test_companion(&r.t, BPR_TABLE_FORMS, "form=F|field=氏名|group=氏名", 1);
	test_companion(&r.t, BPR_TABLE_FORMS, "form=F|field=住所|prefilled=yes", 2);
	test_companion(&r.t, BPR_TABLE_FORMS, "form=G|field=氏名|times=2|group=氏名", 3);
	test_companion(&r.t, BPR_TABLE_FORMS, "form=G|field=電話", 4);
	go(&r);
	assert_int_equal(r.status, BPR_OK);
	assert_rel(mean(&r, BPR_METRIC_FORMS_WRITTEN), 2.5, 1e-12);
	assert_rel(mean(&r, BPR_METRIC_FIELDS_WRITTEN), 4.5, 1e-12);
	assert_rel(sd(&r, BPR_METRIC_FIELDS_WRITTEN), 0.5, 1e-12);
	assert_rel(mean(&r, BPR_METRIC_REPEATED_FIELDS), 2.5, 1e-12);
	assert_rel(sd(&r, BPR_METRIC_REPEATED_FIELDS), 0.5, 1e-12);
	assert_string_equal(bpr_analysis_groups(r.a, &groups)[0].name, "氏名");
	assert_int_equal(groups, 1);
	assert_rel(bpr_analysis_groups(r.a, &groups)[0].written, 3.5, 1e-12);
	end(&r);
}

/* Into the split 2 pairs, out of the join 2; a unit that stays is none; steps without unit are passed through. */
static void handoffs_through_gateways(void **state)
{
	static const char *const rows[] = { "A||S|unit=U", "S|and|B;C", "B||J|unit=V", "C||J|unit=W", "J|and|N", "N||D", "D||F|unit=V",
		"F||E|unit=V", "E|end|", NULL };
	struct run r;
	size_t count;
	const struct bpr_handoff *h;

	(void)state;
	analyse(&r, rows);
	assert_true(mean(&r, BPR_METRIC_HANDOFFS) == 3); /* U-V, U-W, W-V; V-V is none */
	h = bpr_analysis_handoffs(r.a, &count);
	assert_int_equal(count, 3);
	assert_true(h[0].count == 1);
	end(&r);
}

/* One counter before, in and after a parallel block is one stay, and what was written before it is known after it. */
static void a_join_forgets_nothing(void **state)
{
	static const char *const rows[] = { "A||S|counter=C|writes=f", "S|and|P;M", "P||J|counter=C", "M||J|unit=V", "J|and|G",
		"G||E|counter=C|writes=f", "E|end|", NULL };
	struct run r;

	(void)state;
	analyse(&r, rows);
	assert_true(mean(&r, BPR_METRIC_COUNTER_VISITS) == 1);
	assert_true(mean(&r, BPR_METRIC_TRIPS) == 1);
	assert_true(mean(&r, BPR_METRIC_BUILDING_MOVES) == 0);
	assert_true(mean(&r, BPR_METRIC_DISTINCT_COUNTERS) == 1);
	assert_rel(mean(&r, BPR_METRIC_REPEATED_FIELDS), 1, 1e-12);
	assert_true(sd(&r, BPR_METRIC_REPEATED_FIELDS) < 1e-9);
	end(&r);
}

static void faults_are_named(void **state)
{
	static const char *const stuck[] = { "A||B:0.5;E:0.5", "B||C", "C||B", "E|end|", NULL };
	static const char *const starved[] = { "A|xor|B:0.5;C:0.5", "B||J", "C||J", "J|and|E", "E|end|", NULL };
	static const char *const growing[] = { "A||S", "S|and|A;B", "B||S2", "S2|and|A;E", "E|end|", NULL };
	struct run r;
	char message[512];

	(void)state;
	begin(&r, stuck);
	go(&r);
	assert_int_equal(r.status, BPR_ENOEXIT);
	assert_int_equal(test_count(&r.t, "A002", message), 1);
	assert_non_null(strstr(message, "gets to 'B'"));
	assert_non_null(strstr(message, "among 'B / C'"));
	end(&r);
	begin(&r, starved);
	go(&r);
	assert_int_equal(r.status, BPR_ENOEXIT);
	assert_int_equal(test_count(&r.t, "A003", message), 1);
	assert_string_equal(r.err.element, "J");
	end(&r);
	begin(&r, growing);
	go(&r);
	assert_int_equal(r.status, BPR_ELIMIT);
	assert_int_equal(test_count(&r.t, "A004", message), 1);
	end(&r);
}

/* The longer of two exponential times: 1/a + 1/b - 1/(a + b) with rates a, b. Sampled, and it says so. */
static void the_longest_of_random_branches(void **state)
{
	static const char *const rows[] = { "A||S|work=10", "S|and|B;C", "B||J|work=exp(20)", "C||J|work=exp(30)", "J|and|E", "E|end|", NULL };
	const struct bpr_figure *f;
	const struct bpr_bottleneck *b;
	struct run r;
	size_t count, found = 0;

	(void)state;
	analyse(&r, rows);
	f = bpr_analysis_figure(r.a, BPR_METRIC_LEAD_MINUTES);
	assert_int_equal(f->method, BPR_METHOD_SIMULATED);
	assert_true(fabs(f->mean - (10 + 20 + 30 - 12)) < 5 * f->sd / sqrt(20000));
	assert_true(f->ci95_low < f->mean && f->mean < f->ci95_high);
	assert_rel(f->ci95_high - f->ci95_low, 2 * 1.96 * f->sd / sqrt(20000), 1e-3);
	assert_int_equal(test_count(&r.t, "A009", NULL), 1);
	assert_int_equal(bpr_analysis_figure(r.a, BPR_METRIC_WORK_MINUTES)->method, BPR_METHOD_EXACT);
	assert_rel(mean(&r, BPR_METRIC_WORK_MINUTES), 60, 1e-12);
	/* Work at A is all on the longest way; of B what lies there when B is the longer one: 20 - E[B; B < C] = 20 - 20 (30/50)^2. */
	b = bpr_analysis_bottlenecks(r.a, &count);
	for (size_t i = 0; i < count; i++)
		if (b[i].lens == BPR_LENS_SENSITIVITY && b[i].node == bpr_flow_find(r.t.flow, "A")) {
			assert_rel(b[i].value, 1, 1e-9);
			found++;
		} else if (b[i].lens == BPR_LENS_SENSITIVITY && b[i].node == bpr_flow_find(r.t.flow, "B")) {
			assert_true(fabs(b[i].value - 0.1 * (20 - 20 * 0.36)) < 0.1);
			found++;
		}
	assert_int_equal(found, 2);
	end(&r);
}

/* B is cut off after 5 of its 20 minutes, C never begins. */
static void an_end_that_cuts(void **state)
{
	static const char *const rows[] = { "S|and|A;B", "A||T|work=5|seals=1", "B||C|work=20", "C||E|seals=7", "E|end|", "T|end|", NULL };
	static const char *const beside[] = {
		"S|start|A", "A||T", "X|event|N|on=A|prob=0.5|interrupting=no", "N||M|work=20", "M||E", "E|end|", "T|end||terminate=yes", NULL };
	static const char *const joined[] = { "S|and|A;B", "A||J|work=5", "B||J|work=20", "J|and|T", "T|end|", NULL };
	struct run r;

	(void)state;
	begin(&r, rows);
	bpr_i_builder_draft(r.t.builder, 5)->terminate = true;
	go(&r);
	assert_int_equal(r.status, BPR_OK);
	assert_int_equal(test_count(&r.t, "A010", NULL), 1);
	assert_true(visits(&r, "B") == 1);
	assert_true(visits(&r, "C") == 0);
	assert_true(mean(&r, BPR_METRIC_LEAD_MINUTES) == 5);
	assert_true(mean(&r, BPR_METRIC_SEALS) == 1);
	assert_int_equal(bpr_analysis_figure(r.a, BPR_METRIC_SEALS)->method, BPR_METHOD_SIMULATED);
	end(&r);
	/* What happens beside a step happens before what follows it, even where nothing takes time; then it is cut. */
	analyse(&r, beside);
	assert_int_equal(test_count(&r.t, "A010", NULL), 1);
	assert_true(visits(&r, "X") > 0.4 && visits(&r, "X") < 0.6);
	assert_true(visits(&r, "N") == visits(&r, "X")); /* begun, and cut off after none of its 20 minutes */
	assert_true(visits(&r, "M") == 0);
	assert_true(visits(&r, "T") == 1);
	end(&r);
	/* Behind the join nothing is left to cut: exact as ever. */
	begin(&r, joined);
	bpr_i_builder_draft(r.t.builder, 4)->terminate = true;
	go(&r);
	assert_int_equal(r.status, BPR_OK);
	assert_int_equal(test_count(&r.t, "A010", NULL), 0);
	assert_int_equal(bpr_analysis_figure(r.a, BPR_METRIC_SEALS)->method, BPR_METHOD_EXACT);
	assert_true(mean(&r, BPR_METRIC_LEAD_MINUTES) == 20);
	end(&r);
}

/* Utilisation = cases a day x minutes / (people x open minutes); the day is 525 minutes long. */
static void pools_and_their_day(void **state)
{
	static const char *const rows[] = { "A||B|work=10|staff=P:2|unit=U", "B||E|work=5|staff=Q|unit=V", "E|end|", NULL };
	const struct bpr_pool_result *p;
	const struct bpr_bottleneck *b;
	struct run r;
	size_t count;

	(void)state;
	begin(&r, rows);
	test_companion(&r.t, BPR_TABLE_STAFF, "pool=P|count=4|yen_per_hour=3000", 1);
	test_companion(&r.t, BPR_TABLE_STAFF, "pool=Q|count=1|hours=9:00-12:00 13:00-16:30", 2);
	test_companion(&r.t, BPR_TABLE_DEMAND, "per_day=70", 1);
	test_companion(&r.t, BPR_TABLE_DEMAND, "open=8:30-17:15", 2);
	go(&r);
	assert_int_equal(r.status, BPR_OK);
	p = bpr_analysis_pools(r.a);
	assert_rel(p[0].minutes, 20, 1e-12);
	assert_rel(p[0].utilisation, 70.0 * 20 / (4 * 525), 1e-12);
	assert_rel(p[0].capacity_per_day, 4 * 525 / 20.0, 1e-12);
	assert_rel(p[1].utilisation, 70.0 * 5 / 390, 1e-12);
	assert_rel(mean(&r, BPR_METRIC_COST_YEN), 20 * 50, 1e-12);
	assert_int_equal(test_count(&r.t, "A007", NULL), 1); /* Q has no rate */
	b = bpr_analysis_bottlenecks(r.a, &count);
	assert_int_equal(b[0].lens, BPR_LENS_UTILISATION);
	assert_int_equal(b[0].pool, 1);
	assert_int_equal(b[0].rank, 1);
	for (size_t i = 0; i < count; i++)
		if (b[i].lens == BPR_LENS_STRUCTURE)
			assert_int_equal(b[i].handed, b[i].node == bpr_flow_find(r.t.flow, "B"));
	end(&r);
}

/* A step done again with probability 1/4: geometric. */
static void whole_distributions(void **state)
{
	static const char *const rows[] = { "A||A:0.25;B:0.75|seals=2", "B||E:1|copies=1.5", "E|end|", NULL };
	struct bpr_distribution d;
	struct bpr_error err;
	struct run r;

	(void)state;
	analyse(&r, rows);
	assert_int_equal(bpr_analyse_distribution(r.t.flow, BPR_METRIC_SEALS, NULL, &d, &err), BPR_OK);
	assert_int_equal(d.method, BPR_METHOD_EXACT);
	assert_int_equal(d.minimum, 2);
	assert_true(d.unbounded);
	assert_int_equal(d.first, 2);
	assert_rel(d.prob[0], 0.75, 1e-14);
	assert_true(d.prob[1] == 0);
	assert_rel(d.prob[2], 0.1875, 1e-14);
	assert_rel(bpr_distribution_above(&d, 2), 0.25, 1e-9);
	assert_rel(bpr_distribution_above(&d, 1.5), 1, 1e-12);
	bpr_distribution_release(&d);
	assert_int_equal(bpr_analyse_distribution(r.t.flow, BPR_METRIC_COPIES, NULL, &d, &err), BPR_EINVAL);
	assert_string_equal(err.code, "A015");
	assert_string_equal(err.element, "B");
	assert_null(d.prob);
	assert_int_equal(bpr_analyse_distribution(r.t.flow, BPR_METRIC_LEAD_MINUTES, NULL, &d, &err), BPR_EINVAL);
	assert_string_equal(err.code, "A016");
	end(&r);
}

static void findings_are_grouped_and_named(void **state)
{
	static const char *const rows[] = { "A||B:1;C:0|work=5", "B||E", "C||E", "D||E", "E|end|", NULL };
	struct run r;
	char message[512];

	(void)state;
	analyse(&r, rows);
	assert_int_equal(test_count(&r.t, "A001", message), 1);
	assert_non_null(strstr(message, "'D'"));
	assert_int_equal(test_count(&r.t, "A011", message), 1);
	assert_non_null(strstr(message, "'C'"));
	assert_int_equal(test_count(&r.t, "A006", message), 1);
	assert_int_equal(test_count(&r.t, "A008", NULL), 1);
	assert_true(visits(&r, "D") == 0);
	end(&r);
}

/* Three branches of two ways each and an OR join in a loop: states have a limit, and samples may be refused. */
static void limits_are_kept(void **state)
{
	static const char *const rows[] = { "A||S", "S|or|B:0.5;C:0.5;D:0.5", "B||J|work=exp(1)", "C||J|work=2", "D||J|work=3", "J|or|X",
		"X|xor|A:0.25;E:0.75", "E|end|", NULL };
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	bpr_analysis *a;
	struct bpr_error err;
	struct run r;

	(void)state;
	analyse(&r, rows);
	assert_int_equal(bpr_analysis_figure(r.a, BPR_METRIC_STEPS)->method, BPR_METHOD_EXACT);
	assert_rel(visits(&r, "B"), 0.5 / 0.875 / 0.75, 1e-12);
	options.max_states = 5;
	assert_int_equal(bpr_analyse(r.t.flow, &options, &a, NULL, &err), BPR_ELIMIT);
	assert_string_equal(err.code, "A005");
	assert_null(a);
	options.max_states = 0;
	options.samples = 0;
	assert_int_equal(bpr_analyse(r.t.flow, &options, &a, NULL, &err), BPR_OK);
	assert_int_equal(bpr_analysis_figure(a, BPR_METRIC_LEAD_MINUTES)->method, BPR_METHOD_NONE);
	assert_int_equal(bpr_analysis_figure(a, BPR_METRIC_STEPS)->method, BPR_METHOD_EXACT);
	bpr_analysis_free(a);
	end(&r);
}

/* Each round leaves a notice behind that ends by itself: bounded if the notice is walked first, whichever is written first. */
static void notices_in_a_loop(void **state)
{
	static const char *const rows[] = { "A||S", "S|and|X;N", "X|xor|A:0.5;E:0.5", "N||F|seals=1|unit=U", "E|end|", "F|end|", NULL };
	struct run r;

	(void)state;
	analyse(&r, rows);
	assert_rel(mean(&r, BPR_METRIC_SEALS), 2, 1e-12);
	assert_rel(sd(&r, BPR_METRIC_SEALS), sqrt(2), 1e-9);
	end(&r);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(cycle_times_of_the_textbook),
		cmocka_unit_test(technical_support),
		cmocka_unit_test(gamblers),
		cmocka_unit_test(the_citizens_way),
		cmocka_unit_test(the_place_goes_through_joins),
		cmocka_unit_test(fields_written_again),
		cmocka_unit_test(handoffs_through_gateways),
		cmocka_unit_test(a_join_forgets_nothing),
		cmocka_unit_test(faults_are_named),
		cmocka_unit_test(the_longest_of_random_branches),
		cmocka_unit_test(an_end_that_cuts),
		cmocka_unit_test(pools_and_their_day),
		cmocka_unit_test(whole_distributions),
		cmocka_unit_test(findings_are_grouped_and_named),
		cmocka_unit_test(limits_are_kept),
		cmocka_unit_test(notices_in_a_loop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
