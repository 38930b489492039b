/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that runs out anywhere in candidates and suggestions: an error, nothing half made, nothing lost. One thread only. */
#include "lib/test.h"
#include "lib/fail_alloc.h"
#include "suggest_world.h"
#include <bpr/check.h>

static _Atomic long calls_left = -1;

static bool fails(void)
{
	return calls_left >= 0 && calls_left-- == 0;
}

static const char *const rows[] = {
	"s|start|w", "w|task|t|actor=citizen|unit=A|work=5|writes=F1;F2", "t|task|x|unit=A|counter=C|work=6|staff=P|seals=1|id_checks=1|copies=6",
	"x|xor|w:20%;u:80%", "u|task|v|unit=B|counter=D|work=4|wait=90|staff=P|id_checks=1", "v|task|e|unit=A|work=3|staff=P|copies=3", "e|end|", NULL,
};
static const char *const staff[] = { "pool=P|count=1|yen_per_hour=3000", NULL };
static const char *const demand[] = { "per_day=20", "open=8:30-17:15", NULL };

/* Every call fails once near the beginning, then ever fewer of them, so that all parts are met in a short time. */
static long next(long n)
{
	return n + 1 + n / 60;
}

static void candidates(void **state)
{
	struct test_flow t;
	bpr_problems *findings;
	bpr_analysis *analysis;
	struct bpr_flows flows = { 0 };
	bpr_flow *list[1];
	bpr_levers *levers = NULL;
	struct bpr_check_input input;
	bpr_status status = BPR_ENOMEM;
	long n = 0;

	(void)state;
	improve_flow(&t, rows, staff, demand);
	list[0] = t.flow;
	flows.items = list;
	flows.count = 1;
	assert_int_equal(bpr_problems_new(&findings, NULL), BPR_OK);
	assert_int_equal(bpr_analyse(t.flow, NULL, &analysis, findings, NULL), BPR_OK);
	input = (struct bpr_check_input){ &flows, 0, analysis };
	assert_int_equal(bpr_check(&input, NULL, findings, NULL), BPR_OK);
	for (; status; n = next(n)) {
		calls_left = n;
		status = bpr_suggest_candidates(t.flow, analysis, findings, NULL, &levers, NULL);
		/* Behind the last call nothing failed: that is the end, not a success in spite of it. */
		assert_true(status == BPR_ENOMEM ? !levers : status == BPR_OK);
		if (!status && calls_left < 0) {
			bpr_levers_free(levers);
			status = BPR_ENOMEM;
		}
		calls_left = -1;
	}
	assert_true(n > 500);
	assert_true(bpr_levers_count(levers) >= 3);
	bpr_levers_free(levers);
	bpr_analysis_free(analysis);
	bpr_problems_free(findings);
	test_end(&t);
}

static void suggestion(void **state)
{
	static const char table[] = "id,lever,target,value,cost,effort_days,ease,needs,excludes\n"
				    "a,speed_up,t,-50%,100000,5,4,,\nb,check_sheet,x,40%,0,3,5,,\nc,drop_seals,t,,0,1,5,b,\nd,speed_up,u,-20%,50000,2,3,,a\n";
	struct test_flow t;
	bpr_levers *levers;
	struct bpr_suggestion s = { 0 };
	struct bpr_suggest_options o = BPR_SUGGEST_OPTIONS_INIT;
	bpr_status status = BPR_ENOMEM;
	long n = 0;

	(void)state;
	improve_flow(&t, rows, staff, demand);
	assert_int_equal(bpr_levers_read_memory("l.csv", table, sizeof(table) - 1, NULL, &levers, t.problems, NULL), BPR_OK);
	o.budget = 120000;
	o.seconds = 0;
	for (bool over = false; !over; n = next(n)) {
		calls_left = n;
		status = bpr_suggest(t.flow, levers, &o, &s, t.problems, NULL);
		over = calls_left >= 0;
		calls_left = -1;
		assert_true(status == BPR_OK || status == BPR_ENOMEM);
		if (status)
			assert_null(s.items);
		else if (!over)
			bpr_suggestion_release(&s);
	}
	assert_int_equal(status, BPR_OK);
	assert_true(n > 500);
	assert_true(s.proven && s.best.count > 0);
	bpr_suggestion_release(&s);
	bpr_levers_free(levers);
	test_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(candidates), cmocka_unit_test(suggestion) };

	return cmocka_run_group_tests_name("suggest-nomem", tests, NULL, NULL);
}
