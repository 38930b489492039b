/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory runs out at any point of reading, applying, writing levers: a status and nothing kept, never a crash. */
#include "config.h"
#include "lib/test.h"
#include "unit/lever_flow.h"
#include "lib/fail_alloc.h"

/* The n-th call from now on fails, and all after it. One thread only. */
static size_t calls_left = SIZE_MAX;

static bool fails(void)
{
	if (calls_left == SIZE_MAX)
		return false;
	if (calls_left)
		calls_left--;
	return !calls_left;
}

static const char table[] =
	"id,name,lever,target,value,needs,excludes,cost,year\n1,x,merge_forms,A;B,M;name=N,,,1,2026\n1,,drop_fields,M.birth,,,,,\n2,,sign,M,,1,,,\n3,,prefill,group=G;M.name,,,,,\n"
	"4,,drop_seals,*,,,,,\n5,,unify_id_checks,*,,,,,\n6,,check_sheet,*,50%;fill=2,,,,\n7,,reassign,unit=U,unit=V;staff=Q:2+P;counter=D,,,,\n8,,speed_up,a,\"work=tri(1,2,3);wait=-10%\",,,,\n"
	"9,,add_staff,P,+1@9:00-12:00,,,,\n10,,hours,;pool=P,9:00-16:00,,,,\n11,,appointments,*,50%,,,,\n12,,unbatch,*,,,,,\n13,,set,step.q.next,m:0.1;c:0.9,,,,\n14,,set,staff.P.yen_per_hour,900,,,,\n"
	"15,,remove,zzz,,,,,\n16,,drop_seals,*,,15,,,\n";

static bpr_status read_and_write(const bpr_flow *flow, const bpr_levers *ignored, bpr_problems *problems)
{
	static const char small[] = "lever,id,needs\ndrop_seals,1,\nprefill,2,1\n";
	bpr_levers *levers = NULL;
	char *text = NULL;
	size_t length;
	bpr_status status = bpr_levers_read_memory("t.csv", small, sizeof(small) - 1, NULL, &levers, problems, NULL);

	(void)flow;
	(void)ignored;
	if (status) {
		assert_null(levers);
		return status;
	}
	status = bpr_levers_write(levers, NULL, BPR_LANG_JA, &text, &length, NULL);
	if (status)
		assert_null(text);
	bpr_levers_text_free(text);
	bpr_levers_free(levers);
	return status;
}

static bpr_status apply(const bpr_flow *flow, const bpr_levers *levers, bpr_problems *problems)
{
	bpr_flow *after = NULL;
	bpr_status status = bpr_levers_apply(flow, levers, NULL, NULL, &after, problems, NULL);

	assert_true((status == BPR_OK) == (after != NULL));
	bpr_flow_free(after);
	return status;
}

typedef bpr_status call_fn(const bpr_flow *flow, const bpr_levers *levers, bpr_problems *problems);

/* A list of problems of its own each time: what could not be listed is remembered there. */
static void every_call_of(call_fn *call, const bpr_flow *flow, const bpr_levers *levers)
{
	size_t n = 0;
	bpr_status status = BPR_ENOMEM;

	while (status == BPR_ENOMEM) {
		bpr_problems *problems = NULL;

		assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
		calls_left = ++n;
		status = call(flow, levers, problems);
		calls_left = SIZE_MAX;
		bpr_problems_free(problems);
	}
	assert_int_equal(status, BPR_OK);
	assert_true(n > 50);
}

static void every_call(void **state)
{
	struct test_flow t;
	bpr_levers *levers = NULL;

	(void)state;
	FLOW(&t, "s|start|m", "m|xor|a", "a|task|q|work=10|wait=5|seals=1|writes=A|id_checks=1|counter=C|unit=U|staff=P|batch=3", "q|xor|m:20%;c:80%",
	     "c|task|e|work=6|writes=B|id_checks=1|counter=D|staff=P", "e|end|", "forms: form=A|field=name|group=G", "forms: form=A|field=addr", "forms: form=B|field=birth",
	     "staff: pool=P|count=2|hours=8:30-17:15", "demand: per_day=50|open=8:30-17:15|profile=10:00-11:00:2");
	every_call_of(read_and_write, t.flow, NULL);
	assert_int_equal(bpr_levers_read_memory("t.csv", table, sizeof(table) - 1, NULL, &levers, NULL, NULL), BPR_OK);
	every_call_of(apply, t.flow, levers);
	bpr_levers_free(levers);
	test_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_call) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
