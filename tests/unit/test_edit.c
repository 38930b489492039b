/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of frozen flows: against flows built anew, frozen more than once, taken back, with memory that runs out. */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include "flow_build.h"
#include "property/edit_any.h"
#include "property/random_flow.h"
#include <bpr/analysis.h>
#include <bpr/read.h>
#include <bpr/write.h>
#include <stdio.h>
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

static void build(struct test_flow *t, const char *const rows[])
{
	test_begin(t);
	for (size_t i = 0; rows[i]; i++)
		test_row(t, rows[i], i + 2);
	test_finish(t);
	assert_int_equal(t->status, BPR_OK);
}

static void print_flow(const char *what, bpr_flow *flow)
{
	struct bpr_flows flows = { .items = &flow, .count = 1 };
	struct bpr_files files = { 0 };

	assert_int_equal(bpr_write(&flows, NULL, 0, BPR_WRITE_JSON, NULL, &files, NULL, NULL), BPR_OK);
	print_error("%s\n%.2500s\n", what, files.items[0].data);
	bpr_files_release(&files);
}

/* Freezes and compares with the flow of these rows. */
static void becomes(bpr_edit *edit, const char *const rows[])
{
	struct test_flow t;
	bpr_flow *out = NULL;

	build(&t, rows);
	assert_int_equal(bpr_i_edit_freeze(edit, &out, NULL), BPR_OK);
	assert_non_null(out);
	for (size_t i = 0; i < bpr_flow_node_count(t.flow); i++)
		if (i >= bpr_flow_node_count(out) || strcmp(bpr_flow_node(out, i)->id, bpr_flow_node(t.flow, i)->id) != 0)
			fail_msg("node %zu is %s, expected %s", i, i < bpr_flow_node_count(out) ? bpr_flow_node(out, i)->id : "-", bpr_flow_node(t.flow, i)->id);
	if (bpr_flow_hash(out) != bpr_flow_hash(t.flow)) {
		print_flow("made", out);
		print_flow("expected", t.flow);
		fail();
	}
	for (size_t i = 0; i < bpr_flow_node_count(out); i++)
		assert_int_equal(bpr_flow_find(out, bpr_flow_node(out, i)->id), i);
	bpr_flow_free(out);
	test_end(&t);
}

static const char *const plain[] = { "s|start|A", "A|task|X|work=3|writes=F;G|staff=P:2|counter=C1", "X|xor|B:0.5;C:0.3;e:0.2", "B|task|e|work=tri(1,2,3)|wait=exp(2)|reads=F", "C|task|e|work=4|counter=C2",
				     "e|end|", NULL };

static void nodes(void **state)
{
	static const char *const inserted[] = { "s|start|N", "N|task|A|name=new", "A|task|M|work=3|writes=F;G|staff=P:2|counter=C1", "M|task|X", "X|xor|B:0.5;C:0.3;e:0.2",
						"B|task|e|work=tri(1,2,3)|wait=exp(2)|reads=F", "C|task|K|work=4|counter=C2", "K|task|e|work=4|counter=C2", "e|end|", NULL };
	static const char *const without[] = { "s|start|A", "A|task|X|work=3|writes=F;G|staff=P:2|counter=C1", "X|xor|B:0.8;e:0.2", "B|task|e|work=tri(1,2,3)|wait=exp(2)|reads=F", "e|end|", NULL };
	struct test_flow t;
	bpr_edit *edit = NULL;
	size_t node, count;
	bool fits = false;

	(void)state;
	build(&t, plain);
	assert_int_equal(bpr_i_edit_begin(t.flow, &edit, NULL), BPR_OK);
	assert_int_equal(bpr_i_edit_find(edit, "B"), 3);
	assert_int_equal(bpr_i_edit_find(edit, "nothing"), BPR_NONE);
	assert_true(bpr_i_edit_mark(edit));
	node = bpr_i_edit_node_add(edit, BPR_NODE_TASK, "N", " new ");
	assert_true(bpr_i_edit_before(edit, bpr_i_edit_find(edit, "A"), node));
	node = bpr_i_edit_node_add(edit, BPR_NODE_TASK, "M", "");
	assert_true(bpr_i_edit_behind(edit, bpr_i_edit_find(edit, "A"), node));
	assert_int_equal(bpr_i_edit_find(edit, "M"), node);
	node = bpr_i_edit_node_copy(edit, bpr_i_edit_find(edit, "C"), "");
	assert_string_equal(bpr_i_edit_node(edit, node)->id, "C (2)"); /* the id was taken */
	assert_true(bpr_i_edit_behind(edit, bpr_i_edit_find(edit, "C"), node));
	bpr_i_edit_node(edit, node)->id = "K";
	becomes(edit, inserted);
	becomes(edit, inserted); /* the edit is as it was */
	assert_int_equal(bpr_i_edit_node_count(edit), 9);
	bpr_i_edit_free(edit);

	assert_int_equal(bpr_i_edit_begin(t.flow, &edit, NULL), BPR_OK);
	assert_true(bpr_i_edit_mark(edit));
	node = bpr_i_edit_node_add(edit, BPR_NODE_TASK, "N", "");
	assert_true(bpr_i_edit_behind(edit, 1, node) && bpr_i_edit_node_remove(edit, 3, &fits) && fits);
	assert_null(bpr_i_edit_node(edit, 3));
	assert_true(bpr_i_edit_rollback(edit));
	becomes(edit, plain);
	assert_int_equal(bpr_i_edit_find(edit, "N"), BPR_NONE);
	assert_true(bpr_i_edit_node_remove(edit, 0, &fits) && !fits); /* a start, a choice, an end stay */
	assert_true(bpr_i_edit_node_remove(edit, 2, &fits) && !fits);
	assert_true(bpr_i_edit_node_remove(edit, 5, &fits) && !fits);
	bpr_i_edit_node_drop(edit, bpr_i_edit_find(edit, "C"));
	(void)bpr_i_edit_out(edit, 2, &count);
	assert_int_equal(count, 2);
	bpr_i_edit_arc(edit, bpr_i_edit_out(edit, 2, &count)[0])->prob = 0.4;
	bpr_i_edit_arc(edit, bpr_i_edit_out(edit, 2, &count)[1])->prob = 0.1;
	becomes(edit, without);
	bpr_i_edit_free(edit);
	test_end(&t);
}

static void values(void **state)
{
	static const char *const after[] = { "s|start|A", "A|task|X|work=3|writes=G;H|staff=P:2;Q:1|counter=C3", "X|xor|B:0.5;C:0.3;e:0.2",
					     "B|task|e|work=tri(2,4,6)|wait=exp(1)|reads=F;G", "C|task|e|work=emp([1 2 3])|counter=C2|unit=U|system=S|issues=H", "e|end|", NULL };
	const struct bpr_need needs[] = { { 0, 2 }, { 1, 1 } };
	const double three[] = { 2, 4, 6 };
	const struct bpr_dist emp = { .kind = BPR_DIST_EMP, .values = three, .value_count = 3, .source = "f.csv" };
	struct test_flow t;
	bpr_edit *edit = NULL;
	struct bpr_form_field field = { BPR_NONE, 1, false };
	size_t h, c3;

	(void)state;
	build(&t, plain);
	assert_int_equal(bpr_i_edit_begin(t.flow, &edit, NULL), BPR_OK);
	h = bpr_i_edit_form(edit, "H", "");
	c3 = bpr_i_edit_counter(edit, "C3");
	assert_int_equal(bpr_i_edit_counter(edit, " C1 "), 0);
	assert_int_equal(bpr_i_edit_counter_find(edit, "C4"), BPR_NONE);
	assert_int_equal(bpr_i_edit_pool(edit, "Q"), 1);
	assert_true(bpr_i_edit_needs_set(edit, 1, needs, 2));
	bpr_i_edit_node(edit, 1)->counter = c3;
	bpr_i_edit_list_drop(edit, 1, BPR_EDIT_WRITES, bpr_i_edit_form_find(edit, "F"));
	assert_true(bpr_i_edit_list_add(edit, 1, BPR_EDIT_WRITES, h) && bpr_i_edit_list_add(edit, 1, BPR_EDIT_WRITES, h));
	assert_true(bpr_i_edit_list_add(edit, 3, BPR_EDIT_READS, bpr_i_edit_form_find(edit, "G")));
	assert_true(bpr_i_edit_list_has(edit, 3, BPR_EDIT_READS, 1) && !bpr_i_edit_list_has(edit, 3, BPR_EDIT_WRITES, 1));
	assert_true(bpr_i_edit_list_set(edit, 4, BPR_EDIT_ISSUES, &h, 1));
	assert_true(bpr_i_edit_duration_scale(edit, 3, true, 2) && bpr_i_edit_duration_scale(edit, 3, false, 0.5) && bpr_i_edit_duration_scale(edit, 4, false, 2));
	assert_true(bpr_i_edit_duration(edit, 4, true, &emp) && bpr_i_edit_duration_scale(edit, 4, true, 0.5));
	assert_null(bpr_i_edit_node(edit, 4)->work->source);
	bpr_i_edit_node(edit, 4)->unit = bpr_i_edit_unit(edit, "U");
	bpr_i_edit_node(edit, 4)->system = bpr_i_edit_system(edit, "S");
	becomes(edit, after);
	/* A form that lists no field counts as one, named so that no other has the name. */
	field.field = bpr_i_edit_field(edit, "H", "g");
	assert_true(bpr_i_edit_form_fields(edit, bpr_i_edit_form_find(edit, "G"), &field, 1));
	{
		bpr_flow *out = NULL;

		assert_int_equal(bpr_i_edit_freeze(edit, &out, NULL), BPR_OK);
		for (size_t i = 0; i < bpr_flow_form_count(out); i++)
			assert_int_equal(bpr_flow_form(out, i)->field_count, 1);
		assert_int_equal(bpr_flow_field_count(out), 3);
		bpr_flow_free(out);
	}
	bpr_i_edit_free(edit);
	test_end(&t);
}

/* Flows made of one edit live on, whichever is freed first, and may be edited again. */
static void lives(void **state)
{
	struct test_flow t;
	bpr_edit *edit = NULL;
	bpr_flow *one = NULL, *two = NULL, *three = NULL;
	struct bpr_dist dist = { .kind = BPR_DIST_CONSTANT, .a = 7 };
	size_t node;

	(void)state;
	build(&t, plain);
	assert_int_equal(bpr_i_edit_begin(t.flow, &edit, NULL), BPR_OK);
	node = bpr_i_edit_node_add(edit, BPR_NODE_TASK, "N", "new");
	assert_true(bpr_i_edit_duration(edit, node, true, &dist) && bpr_i_edit_behind(edit, 1, node));
	assert_int_equal(bpr_i_edit_freeze(edit, &one, NULL), BPR_OK);
	dist.a = 8;
	assert_true(bpr_i_edit_duration(edit, node, true, &dist));
	assert_int_equal(bpr_i_edit_freeze(edit, &two, NULL), BPR_OK);
	bpr_i_edit_free(edit);
	assert_true(bpr_flow_hash(one) != bpr_flow_hash(two));
	assert_int_equal(bpr_i_edit_begin(two, &edit, NULL), BPR_OK);
	bpr_i_edit_node(edit, bpr_i_edit_find(edit, "N"))->name = "newer";
	bpr_flow_free(one);
	assert_int_equal(bpr_i_edit_freeze(edit, &three, NULL), BPR_OK);
	bpr_i_edit_free(edit);
	assert_string_equal(bpr_flow_node(three, bpr_flow_find(three, "N"))->name, "newer");
	assert_rel(bpr_dist_mean(bpr_flow_node(three, bpr_flow_find(three, "N"))->work), 8, 0);
	bpr_flow_free(three);
	bpr_flow_free(two);
	test_end(&t);
}

static void no_flow(void **state)
{
	struct test_flow t;
	bpr_edit *edit = NULL;
	bpr_flow *out = NULL;
	struct bpr_error err = { 0 };

	(void)state;
	build(&t, plain);
	assert_int_equal(bpr_i_edit_begin(t.flow, &edit, NULL), BPR_OK);
	assert_true(bpr_i_edit_mark(edit));
	bpr_i_edit_node_drop(edit, 5);
	assert_int_equal(bpr_i_edit_freeze(edit, &out, &err), BPR_EINVAL);
	assert_null(out);
	assert_non_null(strstr(err.message, "without an end"));
	bpr_i_edit_node_drop(edit, 0);
	assert_int_equal(bpr_i_edit_freeze(edit, &out, &err), BPR_EINVAL);
	bpr_i_edit_free(edit);
	test_end(&t);
}

/* What frozen flows of edits are: the same figures as the same flow built from its own table. */
static void same_figures(void **state)
{
	size_t compared = 0;

	(void)state;
	for (uint64_t seed = 1; seed < 300; seed++) {
		struct draft d;
		bpr_flow *flow, *edited;
		struct bpr_files files = { 0 };
		struct bpr_flows flows = { 0 }, one = { .count = 1 };
		bpr_analysis *a = NULL, *b = NULL;
		struct bpr_analysis_options o = BPR_ANALYSIS_OPTIONS_INIT;

		o.samples = 100;
		draft_blocks(&d, seed, SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES, 4 + seed % 20);
		flow = draft_build(&d, NULL);
		edited = flow ? edit_any(flow, seed) : NULL;
		if (edited) {
			one.items = &edited;
			assert_int_equal(bpr_write(&one, NULL, 0, BPR_WRITE_JSON, NULL, &files, NULL, NULL), BPR_OK);
			assert_int_equal(bpr_read_memory("f.json", files.items[0].data, files.items[0].length, NULL, &flows, NULL, NULL), BPR_OK);
			assert_true(bpr_flow_hash(edited) == bpr_flow_hash(flows.items[0]));
			assert_int_equal(bpr_analyse(edited, &o, &a, NULL, NULL), bpr_analyse(flows.items[0], &o, &b, NULL, NULL));
			for (size_t m = 0; a && b && m < BPR_METRIC_COUNT; m++) {
				const struct bpr_figure *x = bpr_analysis_figure(a, (enum bpr_metric)m), *y = bpr_analysis_figure(b, (enum bpr_metric)m);

				assert_true(!memcmp(&x->mean, &y->mean, sizeof(double)) && !memcmp(&x->sd, &y->sd, sizeof(double)));
				compared++;
			}
		}
		bpr_analysis_free(a);
		bpr_analysis_free(b);
		bpr_files_release(&files);
		bpr_flows_release(&flows);
		bpr_flow_free(edited);
		bpr_flow_free(flow);
	}
	assert_true(compared > 1000);
}

/* Every allocation fails once: a status, nothing kept. */
static void no_memory(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 6; seed++) {
		struct draft d;
		bpr_flow *flow;
		bool done = false;

		draft_blocks(&d, seed, SHAPE_AND | SHAPE_LOOPS | SHAPE_EDGES, 12);
		flow = draft_build(&d, NULL);
		assert_non_null(flow);
		for (size_t n = 1; !done; n++) {
			bpr_edit *edit = NULL;
			bpr_flow *out = NULL;
			bpr_status status;

			assert_true(n < 5000);
			calls_left = n;
			status = bpr_i_edit_begin(flow, &edit, NULL);
			if (!status && (!bpr_i_edit_mark(edit) || !edit_some(edit, seed, 8)))
				status = BPR_ENOMEM;
			if (!status)
				status = bpr_i_edit_freeze(edit, &out, NULL);
			done = calls_left > 0;
			calls_left = SIZE_MAX;
			assert_true(done ? status == BPR_OK || status == BPR_EINVAL : status == BPR_ENOMEM || status == BPR_OK);
			assert_true(!status == (out != NULL));
			bpr_flow_free(out);
			bpr_i_edit_free(edit);
		}
		bpr_flow_free(flow);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nodes), cmocka_unit_test(values), cmocka_unit_test(lives), cmocka_unit_test(no_flow), cmocka_unit_test(same_figures),
		cmocka_unit_test(no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
