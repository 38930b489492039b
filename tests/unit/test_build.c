/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "unit/flow_build.h"

static const struct bpr_node *node(const struct test_flow *t, const char *id)
{
	size_t at = bpr_flow_find(t->flow, id);

	assert_true(at != BPR_NONE);
	return bpr_flow_node(t->flow, at);
}

static const struct bpr_arc *out(const struct test_flow *t, const char *id, size_t i)
{
	return bpr_flow_arc(t->flow, node(t, id)->first_out + i);
}

static void build(struct test_flow *t, const char *const *rows, size_t count)
{
	test_begin(t);
	for (size_t i = 0; i < count; i++)
		test_row(t, rows[i], i + 2);
	test_finish(t);
}
#define BUILD(t, ...) build(t, (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void print_problems(const struct test_flow *t)
{
	char text[512];

	for (size_t i = 0; i < bpr_problems_count(t->problems); i++) {
		struct bpr_problem p = bpr_problems_get(t->problems, i);

		(void)bpr_problem_message(&p, BPR_LANG_EN, text, sizeof(text));
		print_message("# %s %s:%zu %s: %s\n", p.code->code, p.file, p.line, p.where, text);
	}
}

static void a_small_flow(void **state)
{
	struct test_flow t;
	size_t count;

	(void)state;
	BUILD(&t, "S|start|A", "A||B:0.7;C:30%|work=5分|counter=市民課|staff=窓口職員:2|writes=申請書", "B|作業|E|wait=2d", "C|task|E|actor=住民", "E|終了||outcome=不備");
	if (t.status != BPR_OK)
		print_problems(&t);
	assert_int_equal(t.status, BPR_OK);
	assert_int_equal(bpr_flow_node_count(t.flow), 5);
	assert_int_equal(bpr_flow_arc_count(t.flow), 5);
	assert_int_equal(node(&t, "A")->split, BPR_SPLIT_XOR);
	assert_true(out(&t, "A", 0)->prob > 0.7 - 1e-12 && out(&t, "A", 1)->prob < 0.3 + 1e-12);
	assert_true(node(&t, "A")->work->a == 5);
	assert_true(node(&t, "B")->wait->a == 2880);
	assert_int_equal(node(&t, "C")->actor, BPR_ACTOR_CITIZEN);
	assert_int_equal(node(&t, "E")->outcome, BPR_OUTCOME_INCOMPLETE);
	assert_int_equal(node(&t, "A")->needs[0].count, 2);
	assert_string_equal(bpr_flow_counter(t.flow, node(&t, "A")->counter)->name, "市民課");
	bpr_flow_arcs_in(t.flow, bpr_flow_find(t.flow, "E"), &count);
	assert_int_equal(count, 2);
	assert_int_equal(test_count(&t, "F018", NULL), 1);
	assert_true(bpr_flow_form(t.flow, 0)->assumed);
	test_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_flow),
	};

	return cmocka_run_group_tests_name("build", tests, NULL, NULL);
}
