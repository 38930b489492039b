/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers that change the shape of a flow, against the flow as a person would have edited it. */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include "flow_build.h"
#include <bpr/analysis.h>
#include <bpr/lever.h>
#include <math.h>
#include <stdlib.h>

/* The n-th call from now on fails, and all after it. */
static size_t calls_left = SIZE_MAX;

static bool fails(void)
{
	if (calls_left == SIZE_MAX)
		return false;
	if (calls_left)
		calls_left--;
	return !calls_left;
}

/* Rows end with NULL; the companions may be NULL. */
struct rows { const char *flow[14], *forms[6], *counters[4], *staff[3]; };

static void build(struct test_flow *t, const struct rows *rows)
{
	test_begin(t);
	for (size_t i = 0; rows->flow[i]; i++)
		test_row(t, rows->flow[i], i + 2);
	for (size_t i = 0; rows->forms[i]; i++)
		test_companion(t, BPR_TABLE_FORMS, rows->forms[i], i + 2);
	for (size_t i = 0; rows->counters[i]; i++)
		test_companion(t, BPR_TABLE_COUNTERS, rows->counters[i], i + 2);
	for (size_t i = 0; rows->staff[i]; i++)
		test_companion(t, BPR_TABLE_STAFF, rows->staff[i], i + 2);
	test_finish(t);
	for (size_t i = 0; t->status && i < bpr_problems_count(t->problems); i++) {
		struct bpr_problem p = bpr_problems_get(t->problems, i);
		char message[512];

		(void)bpr_problem_message(&p, BPR_LANG_EN, message, sizeof(message));
		print_error("%s %s\n", p.code->code, message);
	}
	assert_int_equal(t->status, BPR_OK);
}

/* One action; the flow that results, or NULL with the code of the refusal. */
static bpr_flow *apply(const bpr_flow *flow, const char *kind, const char *target, const char *value, char code[8])
{
	struct bpr_lever_action action = { bpr_lever_kind_find(kind), target, value, 2 };
	struct bpr_lever lever = { .id = "1", .name = "", .note = "", .actions = &action, .action_count = 1, .cost = (double)NAN, .finding = "", .where = "",
				   .yearly_cost = (double)NAN, .effort_days = (double)NAN, .ease = (double)NAN };
	bpr_levers *levers = NULL;
	bpr_problems *problems = NULL;
	bpr_flow *out = NULL;
	struct bpr_error err = { 0 };
	bool refused = false;

	assert_true(action.kind < BPR_LEVER_KIND_COUNT);
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_levers_new("l.csv", &levers, NULL), BPR_OK);
	assert_int_equal(bpr_levers_add(levers, &lever, NULL), BPR_OK);
	if (bpr_levers_apply(flow, levers, NULL, &refused, &out, problems, &err))
		fail_msg("%s %s %s: %s", kind, target, value, err.message);
	code[0] = '\0';
	if (refused) {
		struct bpr_problem p = bpr_problems_get(problems, 0);

		assert_true(bpr_problems_count(problems) > 0);
		(void)snprintf(code, 8, "%s", p.code->code);
		assert_int_equal(bpr_flow_hash(out), bpr_flow_hash(flow)); /* nothing of it is applied */
		bpr_flow_free(out);
		out = NULL;
	}
	bpr_levers_free(levers);
	bpr_problems_free(problems);
	return out;
}

static void tell(const char *which, const bpr_flow *flow)
{
	print_error("%s:\n", which);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		print_error(" %s (%s) %s work %g wait %g counter %zu unit %zu:", n->id, n->name, bpr_node_kind_name(n->kind), bpr_dist_mean(n->work),
			    bpr_dist_mean(n->wait), n->counter, n->unit);
		for (size_t k = 0; k < n->out_count; k++) {
			const struct bpr_arc *a = bpr_flow_arc(flow, n->first_out + k);

			print_error(" %s:%g", bpr_flow_node(flow, a->to)->id, a->prob);
		}
		print_error("\n");
	}
}

/* The lever makes of `before` what `after` is, to the last bit. */
static void makes(const struct rows *before, const char *kind, const char *target, const char *value, const struct rows *after)
{
	struct test_flow a, b;
	char code[8];
	bpr_flow *out;

	build(&a, before);
	build(&b, after);
	out = apply(a.flow, kind, target, value, code);
	if (!out)
		fail_msg("%s '%s' '%s' is refused: %s", kind, target, value, code);
	else if (bpr_flow_hash(out) != bpr_flow_hash(b.flow)) {
		tell("made", out);
		tell("by hand", b.flow);
		fail_msg("%s '%s' '%s'", kind, target, value);
	}
	bpr_flow_free(out);
	test_end(&a);
	test_end(&b);
}

static void refuses(const struct rows *before, const char *kind, const char *target, const char *value, const char *expected)
{
	struct test_flow a;
	char code[8];
	bpr_flow *out;

	build(&a, before);
	out = apply(a.flow, kind, target, value, code);
	if (out)
		tell("made", out);
	if (strcmp(code, expected) != 0)
		fail_msg("%s '%s' '%s': %s, expected %s", kind, target, value, code, expected);
	test_end(&a);
}

/* Three counters, a form each, work behind. */
static const struct rows town = {
	.flow = { "s|start|A", "A|task|B|name=A 受付|counter=国保|work=5|unit=国保課|staff=国保係|writes=F1|seals=1", "B|task|C|counter=国保|work=3|unit=国保課|staff=国保係",
		  "C|task|D|counter=年金|work=7|unit=年金課|staff=年金係|writes=F2|rules=face_to_face", "D|task|E|work=4|unit=年金課|reads=F2|copies=6|staff=年金係|rules=visual",
		  "E|task|F|work=exp(2)|counter=税|unit=税課|issues=F3|staff=税係", "F|task|e|work=9|unit=税課|reads=F1|staff=税係", "e|end|" },
	.counters = { "counter=国保|building=本庁|floor=1|walk_minutes=2", "counter=年金|building=別館|floor=2|walk_minutes=4" },
};

static void counters(void **state)
{
	static const struct rows after = {
		.flow = { "s|start|A", "A|task|B|name=A 受付|counter=総合|work=5|unit=国保課|staff=国保係|writes=F1|seals=1", "B|task|C|counter=総合|work=3|unit=国保課|staff=国保係",
			  "C|task|D|counter=総合|work=7|unit=年金課|staff=年金係|writes=F2|rules=face_to_face",
			  "D|task|E|work=4|unit=年金課|reads=F2|copies=6|staff=年金係|rules=visual", "E|task|F|work=exp(2)|counter=総合|unit=税課|issues=F3|staff=税係",
			  "F|task|e|work=9|unit=税課|reads=F1|staff=税係", "e|end|" },
		.counters = { "counter=総合|building=本庁|floor=1|walk_minutes=2" },
	};
	/* Into the first; staff come over where the case comes from elsewhere: exp(2) and 3 minutes have mean 5 and deviation 2. */
	static const struct rows moved = {
		.flow = { "s|start|A", "A|task|B|name=A 受付|counter=年金|work=8|wait=1|unit=一課|staff=国保係|writes=F1|seals=1",
			  "B|task|C|counter=年金|work=3|unit=一課|staff=国保係", "C|task|D|counter=年金|work=7|unit=一課|staff=年金係|writes=F2|rules=face_to_face",
			  "D|task|E|work=4|unit=年金課|reads=F2|copies=6|staff=年金係|rules=visual",
			  "E|task|F|work=gamma(5,2)|wait=1|counter=年金|unit=一課|issues=F3|staff=税係", "F|task|e|work=9|unit=税課|reads=F1|staff=税係", "e|end|" },
		.counters = { "counter=年金|building=別館|floor=2|walk_minutes=4" },
	};

	(void)state;
	makes(&town, "窓口統合", "*", "総合", &after);
	makes(&town, "merge_counters", "国保;年金;税", "counter=総合", &after);
	makes(&town, "merge_counters", "年金;国保;税", "移動=3;連携=1;担当=一課", &moved);
	refuses(&town, "merge_counters", "国保", "", "K100");
	refuses(&town, "merge_counters", "国保", "国保", "K100");
}

static void online(void **state)
{
	static const struct rows after = {
		.flow = { "s|start|A", "A|task|B|name=A 受付|counter=国保|work=5|unit=国保課|staff=国保係|writes=F1|seals=1", "B|task|C|counter=国保|work=3|unit=国保課|staff=国保係",
			  "C|task|D|work=7|wait=1d|unit=年金課|staff=年金係|writes=F2|system=ぴったり", "D|task|E|work=4|unit=年金課|reads=F2|copies=6|staff=年金係|rules=visual",
			  "E|task|F|work=exp(2)|counter=税|unit=税課|issues=F3|staff=税係", "F|task|e|work=9|unit=税課|reads=F1|staff=税係", "e|end|" },
		.counters = { "counter=国保|building=本庁|floor=1|walk_minutes=2" },
	};
	static const struct rows own = { .flow = { "s|start|A", "A|task|B|actor=citizen|work=10|counter=P|writes=F", "B|task|e|work=3|counter=P", "e|end|" } };
	static const struct rows own_after = { .flow = { "s|start|A", "A|task|B|actor=citizen|work=15|writes=F", "B|task|e|work=3", "e|end|" } };

	(void)state;
	makes(&town, "online", "C", "待ち=1d;システム=ぴったり", &after);
	makes(&own, "online", "*", "work=15", &own_after);
	makes(&own, "オンライン化", "窓口=P", "作業=15", &own_after);
	refuses(&town, "online", "*", "", "K111");
	refuses(&town, "online", "D;F", "", "K112");
	refuses(&town, "online", "C", "work=3", "K113");
	refuses(&town, "online", "C", "30%", "K110");
	refuses(&town, "online", "C", "wait=often", "K058");
	refuses(&town, "online", "Z", "", "K045");
}

static void automate(void **state)
{
	static const struct rows plain = {
		.flow = { "s|start|A", "A|task|B|name=A 受付|counter=国保|work=5|unit=国保課|staff=国保係|writes=F1|seals=1", "B|task|C|counter=国保|work=3|unit=国保課|staff=国保係",
			  "C|task|D|counter=年金|work=7|unit=年金課|staff=年金係|writes=F2|rules=face_to_face", "D|task|E|work=0.5|unit=年金課|reads=F2|actor=system|system=RPA",
			  "E|task|F|work=exp(2)|counter=税|unit=税課|issues=F3|staff=税係", "F|task|e|work=9|unit=税課|reads=F1|staff=税係", "e|end|" },
		.counters = { "counter=国保|building=本庁|floor=1|walk_minutes=2", "counter=年金|building=別館|floor=2|walk_minutes=4" },
	};
	static const struct rows rework = {
		.flow = { "s|start|A", "A|task|B|name=A 受付|counter=国保|work=5|unit=国保課|staff=国保係|writes=F1|seals=1", "B|task|C|counter=国保|work=3|unit=国保課|staff=国保係",
			  "C|task|D|counter=年金|work=7|unit=年金課|staff=年金係|writes=F2|rules=face_to_face", "D|task|D/check|work=0.5|unit=年金課|reads=F2|actor=system",
			  "D/check|xor|E:0.98;D/rework:0.02|unit=年金課", "D/rework|task|E|name=correct: D|work=5|unit=年金課|staff=年金係",
			  "E|task|F|work=exp(2)|counter=税|unit=税課|issues=F3|staff=税係", "F|task|e|work=9|unit=税課|reads=F1|staff=税係", "e|end|" },
		.counters = { "counter=国保|building=本庁|floor=1|walk_minutes=2", "counter=年金|building=別館|floor=2|walk_minutes=4" },
	};
	/* In front of a join, ways come together first; a choice of the step itself comes behind. */
	static const struct rows joined = { .flow = { "s|start|G", "G|and|A;B", "A|task|J|name=処理|work=4", "B|task|J|work=1", "J|and|C", "C|task|D:0.4;E:0.6|work=2", "D|task|e|work=1",
						      "E|task|e|work=1", "e|end|" } };
	static const struct rows joined_after = {
		.flow = { "s|start|G", "G|and|A;B", "A|task|A/check|name=処理|work=4|actor=system", "A/check|xor|A/merge:0.9;A/rework:0.1", "A/rework|task|A/merge|name=処理の手直し|work=4",
			  "A/merge|xor|J", "B|task|J|work=1", "J|and|C", "C|task|D:0.4;E:0.6|work=2", "D|task|e|work=1", "E|task|e|work=1", "e|end|" } };
	static const struct rows chosen_after = {
		.flow = { "s|start|G", "G|and|A;B", "A|task|J|name=処理|work=4", "B|task|J|work=1", "J|and|C", "C|task|C/check|work=1|actor=system",
			  "C/check|xor|C/choice:0.9;C/rework:0.1", "C/rework|task|C/choice|name=correct: C|work=3", "C/choice|xor|D:0.4;E:0.6", "D|task|e|work=1", "E|task|e|work=1",
			  "e|end|" } };

	(void)state;
	makes(&town, "自動化", "D", "30秒;システム=RPA", &plain);
	makes(&town, "automate", "D", "work=30秒;error=2%;rework=5分", &rework);
	makes(&joined, "automate", "A", "誤り=10%", &joined_after);
	makes(&joined, "automate", "C", "1;誤り=1割;手直し=3", &chosen_after);
	refuses(&town, "automate", "D", "rework=5", "K117");
	refuses(&town, "automate", "D", "error=200%", "K057");
	refuses(&plain, "automate", "D", "", "K116");
	refuses(&joined, "automate", "G", "", "K116");
}

static const struct rows office = {
	.flow = { "s|start|A", "A|task|B|counter=P|work=5|writes=F", "B|task|C|work=3|staff=X", "C|task|D|work=7|staff=Y", "D|task|E|work=2|reads=F|staff=X", "E|task|X|work=1|counter=P",
		  "X|xor|G:0.7;H:0.3", "G|task|M|work=4", "H|task|M|work=6|issues=N", "M|task|e|work=1|reads=N", "e|end|" } };

static void parallel(void **state)
{
	static const struct rows after = {
		.flow = { "s|start|A", "A|task|B/and|counter=P|work=5|writes=F", "B/and|and|B;C;D", "B|task|B/join|work=3|staff=X", "C|task|B/join|work=7|staff=Y",
			  "D|task|B/join|work=2|reads=F|staff=X", "B/join|and|E", "E|task|X|work=1|counter=P", "X|xor|G:0.7;H:0.3", "G|task|M|work=4", "H|task|M|work=6|issues=N",
			  "M|task|e|work=1|reads=N", "e|end|" } };
	static const struct rows loop = { .flow = { "s|start|A", "A|task|B|work=1", "B|task|X|work=2", "X|xor|B:0.25;e:0.75", "e|end|" } };
	static const struct rows event = { .flow = { "s|start|A", "A|task|B|work=1", "B|task|C|work=2", "T|event|e|on=B|trigger=timer|prob=0.1", "C|task|e|work=2", "e|end|" } };

	static const struct rows merge = { .flow = { "s|start|X", "X|xor|A:0.5;B:0.5", "A|task|B|work=1", "B|task|C|work=1", "C|task|e|work=2", "e|end|" } };
	static const struct rows merge_after = { .flow = { "s|start|X", "X|xor|A:0.5;B/merge:0.5", "A|task|B/merge|work=1", "B/merge|xor|B/and", "B/and|and|B;C", "B|task|B/join|work=1",
							   "C|task|B/join|work=2", "B/join|and|e", "e|end|" } };

	(void)state;
	makes(&merge, "parallel", "B;C", "", &merge_after);
	makes(&office, "並行化", "B;C;D", "", &after);
	makes(&office, "parallel", "D;B;C", "", &after);
	refuses(&office, "parallel", "B", "", "K127");
	refuses(&office, "parallel", "B;D", "", "K123");
	refuses(&office, "parallel", "D;E;G", "", "K123");
	refuses(&office, "parallel", "A;B;C;D", "", "K125");
	refuses(&town, "parallel", "A;B", "", "K126");
	refuses(&office, "parallel", "G;H", "", "K123");
	refuses(&office, "parallel", "X;E", "", "K120");
	refuses(&office, "parallel", "G;M", "", "K124");
	refuses(&office, "parallel", "B;C", "1", "K056");
	refuses(&loop, "parallel", "A;B", "", "K124");
	refuses(&event, "parallel", "B;C", "", "K122");
}

static void removed(void **state)
{
	static const struct rows after = {
		.flow = { "s|start|A", "A|task|D|counter=P|work=5|writes=F", "D|task|E|work=2|reads=F|staff=X", "E|task|X|work=1|counter=P", "X|xor|M:0.7;H:0.3", "H|task|M|work=6|issues=N",
			  "M|task|e|work=1|reads=N", "e|end|" } };
	/* With both ways empty there is nothing to choose. */
	static const struct rows neither = { .flow = { "s|start|A", "A|task|B|counter=P|work=5|writes=F", "B|task|C|work=3|staff=X", "C|task|D|work=7|staff=Y",
						       "D|task|E|work=2|reads=F|staff=X", "E|task|M|work=1|counter=P", "M|task|e|work=1|reads=N", "e|end|" } };
	static const struct rows block = { .flow = { "s|start|G", "G|and|A;B", "A|task|J|work=4", "B|task|J|work=1", "J|and|C", "C|task|e|work=2", "e|end|" } };
	static const struct rows block_after = { .flow = { "s|start|B", "B|task|C|work=1", "C|task|e|work=2", "e|end|" } };
	/* Ways that came together in the step do so in a gateway: a join behind it would wait for both. */
	static const struct rows merged = { .flow = { "s|start|G", "G|and|X;B", "X|xor|A:0.5;D:0.5", "A|task|C|work=4", "D|task|C|work=3", "C|task|J|work=1", "B|task|J|work=1", "J|and|e", "e|end|" } };
	static const struct rows merged_after = { .flow = { "s|start|G", "G|and|X;B", "X|xor|A:0.5;D:0.5", "A|task|C/merge|work=4", "D|task|C/merge|work=3", "C/merge|xor|J", "B|task|J|work=1", "J|and|e",
							    "e|end|" } };
	static const struct rows only = { .flow = { "s|start|A", "A|task|B:0.5;C:0.5|work=1", "B|task|e|work=1", "C|task|e|work=1", "e|end|" } };
	static const struct rows event = { .flow = { "s|start|A", "A|task|C|work=1", "T|event|Q|on=A|trigger=timer|prob=0.1", "Q|task|e|work=2", "C|task|e|work=2", "e|end|" } };
	static const struct rows event_after = { .flow = { "s|start|C", "C|task|e|work=2", "e|end|" } };

	(void)state;
	makes(&office, "廃止", "B;C;G", "", &after);
	makes(&office, "remove", "G;H", "", &neither);
	makes(&block, "remove", "A", "", &block_after);
	makes(&merged, "remove", "C", "", &merged_after);
	makes(&event, "remove", "A", "", &event_after);
	makes(&event, "remove", "A;T", "", &event_after);
	refuses(&only, "remove", "A", "", "K121");
	refuses(&only, "remove", "s", "", "K120");
	refuses(&merged, "remove", "J", "", "K120");
	refuses(&only, "remove", "", "", "K050");
}

static void united(void **state)
{
	static const struct rows before = {
		.flow = { "s|start|A", "A|task|B|name=受付|counter=P|work=5|writes=F;G|seals=1|unit=U|staff=X", "B|task|C|counter=Q|work=8|wait=2|writes=G;H|seals=2|copies=3|rules=paper|unit=V|cost=50",
			  "C|task|D|work=1|reads=F", "D|task|X|work=tri(1,2,3)|issues=K|id_checks=1|system=S", "X|xor|E:0.5;e:0.5", "E|task|e|work=1", "e|end|" } };
	static const struct rows after = {
		.flow = { "s|start|A", "A|task|C|name=受付|counter=P|work=8|wait=2|writes=F;G;H|issues=K|seals=2|copies=3|rules=paper|unit=U|staff=X|cost=50|id_checks=1|system=S", "C|task|X|work=1|reads=F",
			  "X|xor|E:0.5;e:0.5", "E|task|e|work=1", "e|end|" } };
	static const struct rows named = {
		.flow = { "s|start|C", "C|task|D|work=1|reads=F",
			  "D|task|X|name=総合受付|work=10|wait=2|writes=F;G;H|issues=K|seals=2|copies=3|rules=paper|unit=U|staff=X|cost=50|id_checks=1|system=S|counter=P",
			  "X|xor|E:0.5;e:0.5", "E|task|e|work=1", "e|end|" } };
	static const struct rows block = { .flow = { "s|start|G", "G|and|A;B", "A|task|J|work=4", "B|task|J|work=1|reads=F", "J|and|C", "C|task|e|work=2", "e|end|" } };
	static const struct rows block_after = { .flow = { "s|start|A", "A|task|C|work=4|reads=F", "C|task|e|work=2", "e|end|" } };
	static const struct rows block_behind = { .flow = { "s|start|B", "B|task|C|work=1|reads=F", "C|task|e|work=4", "e|end|" } };
	static const struct rows loop = { .flow = { "s|start|A", "A|task|B|work=1", "B|task|X|work=2", "X|xor|B:0.25;C:0.75", "C|task|e|work=1", "e|end|" } };
	static const struct rows choice = { .flow = { "s|start|X", "X|xor|A:0.5;B:0.5", "A|task|e|work=1", "B|task|e|work=2", "e|end|" } };
	static const struct rows people = { .flow = { "s|start|A", "A|task|B|work=1|actor=citizen", "B|task|C|work=2|repeat=2", "C|task|e|work=2", "e|end|" } };

	(void)state;
	makes(&before, "工程統合", "A;B;D", "", &after);
	makes(&before, "merge_steps", "D;A;B", "総合受付;作業=10", &named);
	makes(&block, "merge_steps", "A;B", "", &block_after);
	makes(&block, "merge_steps", "C;A", "", &block_behind);
	refuses(&before, "merge_steps", "A;E", "", "K136");
	refuses(&loop, "merge_steps", "A;B", "", "K136");
	refuses(&loop, "merge_steps", "B;C", "", "K136");
	refuses(&choice, "merge_steps", "A;B", "", "K136");
	refuses(&people, "merge_steps", "A;B", "", "K135");
	refuses(&people, "merge_steps", "B;C", "", "K136");
	refuses(&before, "merge_steps", "A", "", "K137");
	refuses(&before, "merge_steps", "A;X", "", "K120");
}

static void reordered(void **state)
{
	static const struct rows c_first = {
		.flow = { "s|start|A", "A|task|C|counter=P|work=5|writes=F", "C|task|B|work=7|staff=Y", "B|task|D|work=3|staff=X", "D|task|E|work=2|reads=F|staff=X", "E|task|X|work=1|counter=P",
			  "X|xor|G:0.7;H:0.3", "G|task|M|work=4", "H|task|M|work=6|issues=N", "M|task|e|work=1|reads=N", "e|end|" } };
	static const struct rows both = {
		.flow = { "s|start|A", "A|task|D|counter=P|work=5|writes=F", "D|task|E|work=2|reads=F|staff=X", "E|task|B|work=1|counter=P", "B|task|C|work=3|staff=X", "C|task|X|work=7|staff=Y",
			  "X|xor|G:0.7;H:0.3", "G|task|M|work=4", "H|task|M|work=6|issues=N", "M|task|e|work=1|reads=N", "e|end|" } };
	static const struct rows block = { .flow = { "s|start|P", "P|task|G|work=9", "G|and|A;B", "A|task|J|work=4", "B|task|J|work=1", "J|and|C", "C|task|e|work=2", "e|end|" } };
	static const struct rows block_after = { .flow = { "s|start|G", "G|and|A;B", "A|task|P|work=4", "P|task|J|work=9", "B|task|J|work=1", "J|and|C", "C|task|e|work=2", "e|end|" } };
	/* In front of a join: the ways come together first. */
	static const struct rows block_join = { .flow = { "s|start|G", "G|and|A;B", "A|task|J/join|work=4", "B|task|J/join|work=1", "J/join|and|P", "P|task|C|work=9", "C|task|e|work=2", "e|end|" } };

	(void)state;
	makes(&office, "順序変更", "C", "前=B", &c_first);
	makes(&office, "reorder", "B", "after=C", &c_first);
	makes(&office, "reorder", "B;C", "after=E", &both);
	makes(&office, "reorder", "B;C", "before=X", &both);
	makes(&block, "reorder", "P", "after=A", &block_after);
	makes(&block, "reorder", "P", "before=J", &block_join);
	refuses(&office, "reorder", "D", "before=A", "K131");
	refuses(&office, "reorder", "A", "after=D", "K131");
	refuses(&office, "reorder", "G", "before=A", "K130");
	refuses(&office, "reorder", "B", "after=G", "K130");
	refuses(&office, "reorder", "B", "after=A", "K132");
	refuses(&office, "reorder", "B", "before=C", "K132");
	refuses(&office, "reorder", "B", "C", "K133");
	refuses(&office, "reorder", "B", "before=C;after=D", "K133");
	refuses(&office, "reorder", "X", "before=C", "K120");
}

static void channels(void **state)
{
	static const struct rows plain = { .flow = { "s|start|A", "A|task|B|name=受付|work=5|counter=P", "B|task|e|work=3", "e|end|" } };
	static const struct rows after = { .flow = { "s|start|s/choice", "s/choice|xor|A:0.7;s/channel:0.3", "s/channel|task|e|name=コンビニ交付|work=3|cost=200|actor=citizen",
						     "A|task|B|name=受付|work=5|counter=P", "B|task|e|work=3", "e|end|" } };
	static const struct rows inside = { .flow = { "s|start|A/choice", "A/choice|xor|A:0.5;A/channel:0.5", "A/channel|task|B|name=窓口以外|wait=1d|actor=system|system=S|unit=U",
						      "A|task|B|name=受付|work=5|counter=P", "B|task|e|work=3", "e|end|" } };
	static const struct rows all = { .flow = { "s|start|A/channel", "A/channel|task|e|name=郵送|actor=citizen", "e|end|" } };
	static const struct rows block = { .flow = { "s|start|G", "G|and|A;B", "A|task|C|work=4", "C|task|J|work=1", "B|task|J|work=1", "J|and|D", "D|task|e|work=2", "e|end|" } };
	static const struct rows block_after = { .flow = { "s|start|G", "G|and|A/choice;B", "A/choice|xor|A:0.8;A/channel:0.2", "A/channel|task|C|name=other|actor=citizen", "A|task|C|work=4",
							   "C|task|J|work=1", "B|task|J|work=1", "J|and|D", "D|task|e|work=2", "e|end|" } };

	(void)state;
	makes(&plain, "窓口以外へ", "", "30%;名称=コンビニ交付;作業=3分;費用=200円", &after);
	makes(&plain, "channel", "s", "share=0.3;name=コンビニ交付;work=3;cost=200", &after);
	makes(&plain, "channel", "受付", "50%;to=B;wait=1d;actor=システム;system=S;unit=U", &inside);
	makes(&plain, "channel", "A", "100%;name=郵送", &all);
	makes(&block, "channel", "A", "20%;name=other;to=C", &block_after);
	refuses(&block, "channel", "A", "20%", "K149");
	refuses(&block, "channel", "A", "20%;to=e", "K144");
	refuses(&block, "channel", "A", "20%;to=D", "K144");
	refuses(&block, "channel", "A", "20%;to=B", "K144");
	refuses(&block, "channel", "", "20%;to=A", "K144");
	refuses(&block, "channel", "D", "20%;to=J", "K144");
	refuses(&plain, "channel", "", "name=x", "K145");
	refuses(&plain, "channel", "", "0%", "K145");
	refuses(&plain, "channel", "", "20%;cost=many", "K146");
	refuses(&plain, "channel", "", "20%;actor=staff", "K147");
	refuses(&plain, "channel", "", "20%;to=s", "K148");
	refuses(&plain, "channel", "", "20%;to=nowhere", "K045");
}

/* Every allocation of every lever fails once: a status, nothing kept. */
static void no_memory(void **state)
{
	static const char *const levers[][4] = {
		{ "A", "merge_counters", "*", "One;move=3;unit=U" }, { "A", "online", "C", "wait=1d;system=S" }, { "A", "automate", "D", "1;error=2%;rework=5" },
		{ "B", "parallel", "B;C;D", "" }, { "B", "remove", "G;H", "" }, { "B", "merge_steps", "C;B", "both;work=4" }, { "B", "reorder", "B;C", "after=E" },
		{ "B", "channel", "", "20%;name=shop;work=3;system=S;unit=U" }, { "B", "reorder", "D", "before=A" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(levers) / sizeof(levers[0]); i++) {
		struct bpr_lever_action action = { bpr_lever_kind_find(levers[i][1]), levers[i][2], levers[i][3], 2 };
		struct bpr_lever lever = { .id = "1", .name = "", .note = "", .actions = &action, .action_count = 1, .cost = (double)NAN, .finding = "",
					   .where = "", .yearly_cost = (double)NAN, .effort_days = (double)NAN, .ease = (double)NAN };
		struct test_flow t;
		bpr_levers *list = NULL;
		bool done = false;

		build(&t, *levers[i][0] == 'A' ? &town : &office);
		assert_int_equal(bpr_levers_new("l", &list, NULL), BPR_OK);
		assert_int_equal(bpr_levers_add(list, &lever, NULL), BPR_OK);
		for (size_t n = 1; !done; n++) {
			bpr_problems *problems = NULL;
			bpr_flow *out = NULL;
			bool refused = false;
			bpr_status status;

			assert_true(n < 5000);
			assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
			calls_left = n;
			status = bpr_levers_apply(t.flow, list, NULL, &refused, &out, problems, NULL);
			done = calls_left > 0;
			calls_left = SIZE_MAX;
			if (status != (done ? BPR_OK : BPR_ENOMEM))
				fail_msg("%s, allocation %zu: %s", levers[i][1], n, bpr_status_name(status));
			assert_true(!status == (out != NULL));
			bpr_flow_free(out);
			bpr_problems_free(problems);
		}
		bpr_levers_free(list);
		test_end(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counters), cmocka_unit_test(online), cmocka_unit_test(automate), cmocka_unit_test(parallel),
		cmocka_unit_test(removed), cmocka_unit_test(united), cmocka_unit_test(reordered), cmocka_unit_test(channels), cmocka_unit_test(no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
