/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "drawing.h"
#include "layout/sheet_i.h"
#include <bpr/init.h>
#include <stdlib.h>
#include <string.h>

static void lay_out(struct drawing *d, struct bpr_layout *layout)
{
	struct bpr_error err = { 0 };

	if (bpr_i_layout(&d->graph, layout, &err)) {
		print_error("%s\n", err.message);
		fail();
	}
}

/* Over many graphs of one kind: nothing that must never be; what should seldom be, at most so many. */
static void check_many(unsigned what, size_t from, size_t to, size_t size, struct drawing_faults *sum)
{
	*sum = (struct drawing_faults){ 0 };
	for (size_t seed = from; seed < to; seed++) {
		struct drawing d;
		struct bpr_layout layout;
		struct drawing_faults f;

		drawing_random(&d, seed, what, size);
		lay_out(&d, &layout);
		drawing_check(&d.graph, &layout, false, &f);
		if (drawing_hard_faults(&f)) {
			print_error("kind %x, seed %zu: %s\n", what, seed, f.first);
			fail();
		}
		sum->other_through += f.other_through;
		sum->label_on_shape += f.label_on_shape;
		sum->label_on_label += f.label_on_label;
		sum->label_on_line += f.label_on_line;
		sum->on_each_other += f.on_each_other;
		sum->crossings += f.crossings;
		bpr_i_layout_release(&layout);
		drawing_release(&d);
	}
}

static void test_blocks(void **state)
{
	struct drawing_faults f;

	(void)state;
	check_many(0, 1, 300, 25, &f);
	assert_true(!f.other_through && !f.label_on_shape && !f.label_on_label && !f.label_on_line && !f.on_each_other);
	assert_true(!f.crossings); /* flows made of blocks can be drawn without one */
}

static void test_lanes(void **state)
{
	struct drawing_faults f;

	(void)state;
	check_many(DRAW_LANES | DRAW_POOLS | DRAW_LABELS, 1, 300, 25, &f);
	assert_true(!f.other_through && !f.label_on_shape && !f.label_on_label && f.on_each_other <= 3);
}

static void test_groups(void **state)
{
	struct drawing_faults f;

	(void)state;
	check_many(DRAW_LANES | DRAW_GROUPS | DRAW_BORDER | DRAW_LOOPS | DRAW_LABELS, 1, 300, 25, &f);
	assert_true(!f.other_through && !f.label_on_shape && !f.label_on_label);
}

static void test_everything(void **state)
{
	struct drawing_faults f;

	(void)state;
	check_many(0x1ff, 1, 200, 25, &f);
	check_many(0x3ff, 200, 300, 40, &f);
}

/* Small boxes with values, as pages have them: the same must never be. */
static void test_compact(void **state)
{
	static const char *const values[] = { "待ち 11分", "処理時間：6分から3分に" };
	size_t on_shape = 0, on_label = 0;

	(void)state;
	for (size_t seed = 1; seed < 200; seed++) {
		struct drawing d;
		struct bpr_layout layout;
		struct drawing_faults f;

		drawing_random(&d, seed, DRAW_LANES | DRAW_BORDER | DRAW_LOOPS | DRAW_LABELS | (seed % 2 ? DRAW_GROUPS : 0), 25);
		d.graph.measure = seed % 3 ? &bpr_i_layout_compact : NULL;
		for (size_t i = 0; i < d.graph.node_count; i++)
			if (d.graph.nodes[i].shape == BPR_SHAPE_TASK && i % 3) {
				d.graph.nodes[i].values = values;
				d.graph.nodes[i].value_count = i % 3;
			}
		lay_out(&d, &layout);
		drawing_check(&d.graph, &layout, false, &f);
		if (drawing_hard_faults(&f)) {
			print_error("seed %zu: %s\n", seed, f.first);
			fail();
		}
		on_shape += f.label_on_shape;
		on_label += f.label_on_label;
		for (size_t i = 0; i < d.graph.node_count; i++) { /* values are never cut: the box is wide enough, and high enough for all lines */
			const struct bpr_layout_node *n = &d.graph.nodes[i];
			const struct bpr_layout_measure *m = d.graph.measure ? d.graph.measure : &bpr_i_layout_usual;

			for (size_t k = 0; k < n->value_count; k++)
				assert_true(bpr_i_layout_text_width(n->values[k], strlen(n->values[k]), m->label_font) <= n->box.width - 6);
			if (n->value_count)
				assert_true((double)(n->label.line_count + n->value_count) * m->line <= n->box.height);
		}
		bpr_i_layout_release(&layout);
		drawing_release(&d);
	}
	assert_true(!on_shape && on_label <= 2);
}

/* ---- crossings ---- */

enum { DAG_NODES = 24 };

struct naive { size_t layer[DAG_NODES], place[DAG_NODES]; };

/* Columns by the longest way, the order of the file in each. */
static void place_naively(const struct bpr_layout_graph *g, struct naive *n)
{
	size_t used[DAG_NODES] = { 0 };

	*n = (struct naive){ { 0 }, { 0 } };
	for (size_t round = 0; round < g->node_count; round++)
		for (size_t i = 0; i < g->edge_count; i++)
			if (n->layer[g->edges[i].to] < n->layer[g->edges[i].from] + 1)
				n->layer[g->edges[i].to] = n->layer[g->edges[i].from] + 1;
	for (size_t i = 0; i < g->node_count; i++)
		n->place[i] = used[n->layer[i]]++;
}

/* Straight lines between the places: do a and b cross between their ends? */
static bool cross_naively(const struct naive *n, const struct bpr_layout_edge *a, const struct bpr_layout_edge *b)
{
	double x[4] = { (double)n->layer[a->from], (double)n->layer[a->to], (double)n->layer[b->from], (double)n->layer[b->to] };
	double y[4] = { (double)n->place[a->from], (double)n->place[a->to], (double)n->place[b->from], (double)n->place[b->to] };
	double lo = fmax(x[0], x[2]), hi = fmin(x[1], x[3]), left, right;

	if (!(lo < hi))
		return false;
	left = y[0] + (y[1] - y[0]) * (lo - x[0]) / (x[1] - x[0]) - y[2] - (y[3] - y[2]) * (lo - x[2]) / (x[3] - x[2]);
	right = y[0] + (y[1] - y[0]) * (hi - x[0]) / (x[1] - x[0]) - y[2] - (y[3] - y[2]) * (hi - x[2]) / (x[3] - x[2]);
	return left * right < -1e-9;
}

/* Arcs from each node to some of the next ones, the nodes shuffled. */
static void random_dag(struct drawing *d, uint64_t seed)
{
	size_t order[DAG_NODES];

	*d = (struct drawing){ .rng = seed };
	drawing_lanes(d, 0, 0);
	for (size_t i = 0; i < DAG_NODES; i++) {
		(void)drawing_node(d, BPR_SHAPE_TASK, "x", BPR_NONE, BPR_NONE);
		order[i] = i;
	}
	for (size_t i = DAG_NODES; i-- > 1;) {
		size_t k = (size_t)((seed = seed * 6364136223846793005u + 1442695040888963407u) >> 33) % (i + 1), swap = order[i];

		order[i] = order[k];
		order[k] = swap;
	}
	for (size_t i = 0; i + 1 < DAG_NODES; i++)
		for (size_t k = 0; k < 1 + i % 2; k++) {
			size_t on = i + 1 + (size_t)((seed = seed * 6364136223846793005u + 1442695040888963407u) >> 33) % 6;

			if (on < DAG_NODES)
				(void)drawing_edge(d, order[i], order[on], "");
		}
}

static void test_crossings(void **state)
{
	size_t drawn = 0, naive = 0, worse = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct drawing d;
		struct bpr_layout layout;
		struct drawing_faults f;
		struct naive n;
		size_t count = 0;

		random_dag(&d, seed);
		lay_out(&d, &layout);
		drawing_check(&d.graph, &layout, false, &f);
		assert_true(!drawing_hard_faults(&f));
		place_naively(&d.graph, &n);
		for (size_t i = 0; i < d.graph.edge_count; i++)
			for (size_t k = i + 1; k < d.graph.edge_count; k++)
				count += cross_naively(&n, &d.graph.edges[i], &d.graph.edges[k]);
		drawn += f.crossings;
		naive += count;
		worse += f.crossings > count;
		bpr_i_layout_release(&layout);
		drawing_release(&d);
	}
	print_message("crossings: %zu drawn, %zu naively, %zu of 60 worse\n", drawn, naive, worse);
	assert_true(!worse && drawn * 2 < naive);
}

/* ---- what is asked for ---- */

static void test_order_and_straightness(void **state)
{
	struct drawing d = { .rng = 1 };
	struct bpr_layout layout;
	const struct bpr_layout_node *n;
	size_t s, g, a, b, j, e;

	(void)state;
	drawing_lanes(&d, 1, 2);
	/* The lane of the second unit is used first. */
	s = drawing_node(&d, BPR_SHAPE_EVENT, "", 1, 0);
	g = drawing_node(&d, BPR_SHAPE_GATEWAY, "不備はあるか", 1, 0);
	a = drawing_node(&d, BPR_SHAPE_TASK, "補正", 1, 0);
	b = drawing_node(&d, BPR_SHAPE_TASK, "審査", 0, 0);
	j = drawing_node(&d, BPR_SHAPE_GATEWAY, "", 1, 0);
	e = drawing_node(&d, BPR_SHAPE_EVENT, "", 1, 0);
	(void)drawing_edge(&d, s, g, "");
	(void)drawing_edge(&d, g, a, "はい");
	(void)drawing_edge(&d, g, b, "いいえ");
	(void)drawing_edge(&d, a, j, "");
	(void)drawing_edge(&d, b, j, "");
	(void)drawing_edge(&d, j, e, "");
	(void)drawing_edge(&d, a, s, ""); /* back */
	lay_out(&d, &layout);
	n = d.graph.nodes;
	assert_true(d.graph.lanes[1].box.y < d.graph.lanes[0].box.y);
	/* The main way on one line, gateway and join too. */
	assert_true(d.graph.edges[0].point_count == 2 && d.graph.edges[1].point_count == 2 && d.graph.edges[3].point_count == 2 &&
		    d.graph.edges[5].point_count == 2);
	assert_true(n[s].box.x < n[g].box.x && n[g].box.x < n[a].box.x && n[a].box.x < n[j].box.x && n[j].box.x < n[e].box.x);
	/* The branch by the lower tips. */
	assert_true(d.graph.edges[2].point_count == 3 && d.graph.edges[4].point_count == 3);
	assert_true(d.graph.edges[6].back && !d.graph.edges[0].back);
	/* Labels near the start of their arcs. */
	assert_true(d.graph.edges[1].label.line_count == 1 && fabs(d.graph.edges[1].label.box.x - n[g].box.x - 50) < 40);
	bpr_i_layout_release(&layout);
	drawing_release(&d);
}

static void test_same_again(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed < 30; seed++) {
		struct drawing d[2];
		struct bpr_layout layout[2];

		for (int k = 0; k < 2; k++) {
			drawing_random(&d[k], seed, 0x1ff, 40);
			lay_out(&d[k], &layout[k]);
		}
		for (size_t i = 0; i < d[0].graph.node_count; i++)
			assert_memory_equal(&d[0].graph.nodes[i].box, &d[1].graph.nodes[i].box, sizeof(struct bpr_box));
		for (size_t i = 0; i < d[0].graph.edge_count; i++) {
			assert_int_equal(d[0].graph.edges[i].point_count, d[1].graph.edges[i].point_count);
			assert_memory_equal(d[0].graph.edges[i].points, d[1].graph.edges[i].points,
					    d[0].graph.edges[i].point_count * sizeof(struct bpr_point));
		}
		for (int k = 0; k < 2; k++) {
			bpr_i_layout_release(&layout[k]);
			drawing_release(&d[k]);
		}
	}
}

static void test_refused(void **state)
{
	struct bpr_layout_node nodes[3] = {
		{ .shape = BPR_SHAPE_GROUP, .text = "", .parent = 1, .lane = BPR_NONE, .pool = BPR_NONE, .host = BPR_NONE },
		{ .shape = BPR_SHAPE_GROUP, .text = "", .parent = 0, .lane = BPR_NONE, .pool = BPR_NONE, .host = BPR_NONE },
		{ .shape = BPR_SHAPE_TASK, .text = "", .parent = BPR_NONE, .lane = BPR_NONE, .pool = BPR_NONE, .host = BPR_NONE },
	};
	struct bpr_layout_edge edge = { .from = 0, .to = 7, .from_pool = BPR_NONE, .to_pool = BPR_NONE, .text = "" };
	struct bpr_layout_graph graph = { .nodes = nodes, .node_count = 3 };
	struct bpr_layout layout;
	struct bpr_error err;

	(void)state;
	assert_int_equal(bpr_i_layout(&graph, &layout, &err), BPR_EINVAL); /* groups in a circle */
	assert_string_equal(err.message, "layout: groups lead in a circle");
	bpr_i_layout_release(&layout);
	nodes[1].parent = BPR_NONE;
	assert_int_equal(bpr_i_layout(&graph, &layout, &err), BPR_OK);
	bpr_i_layout_release(&layout);
	graph.edges = &edge;
	graph.edge_count = 1;
	assert_int_equal(bpr_i_layout(&graph, &layout, &err), BPR_EINVAL); /* no such node */
	bpr_i_layout_release(&layout);
	edge.to = BPR_NONE;
	assert_int_equal(bpr_i_layout(&graph, &layout, &err), BPR_EINVAL); /* no end at all */
	bpr_i_layout_release(&layout);
	graph = (struct bpr_layout_graph){ 0 };
	assert_int_equal(bpr_i_layout(&graph, &layout, &err), BPR_OK);
	assert_true(layout.width > 0 && layout.height > 0);
	bpr_i_layout_release(&layout);
}

static void test_deep_and_large(void **state)
{
	struct drawing d = { .rng = 1 };
	struct bpr_layout layout;
	struct drawing_faults f;
	size_t inner = BPR_NONE;

	(void)state;
	drawing_lanes(&d, 0, 0);
	for (size_t i = 0; i < 200; i++) { /* groups in each other */
		size_t group = drawing_node(&d, BPR_SHAPE_GROUP, "内側", BPR_NONE, BPR_NONE);

		d.graph.nodes[group].parent = inner;
		inner = group;
	}
	lay_out(&d, &layout);
	drawing_check(&d.graph, &layout, true, &f);
	assert_true(!drawing_hard_faults(&f));
	bpr_i_layout_release(&layout);
	drawing_release(&d);
	drawing_random(&d, 5, 0xff, 1500);
	lay_out(&d, &layout);
	drawing_check(&d.graph, &layout, true, &f);
	assert_true(!drawing_hard_faults(&f));
	bpr_i_layout_release(&layout);
	drawing_release(&d);
}

/* ---- text ---- */

static void check_lines(const char *text, double width, size_t most, const char *const *expected)
{
	struct bpr_arena arena = { 0 };
	size_t count;
	const char *const *lines = bpr_i_layout_wrap(&arena, text, width, 12, most, &count);

	assert_non_null(lines);
	for (size_t i = 0; expected[i]; i++) {
		assert_true(i < count);
		assert_string_equal(lines[i], expected[i]);
		assert_true(bpr_i_layout_text_width(lines[i], strlen(lines[i]), 12) <= width + 1e-9);
	}
	assert_null(expected[count]);
	bpr_i_arena_release(&arena);
}

static void test_text(void **state)
{
	(void)state;
	/* Ten ems; no line begins with a closing mark or a small kana. */
	check_lines("申請書の記入内容を確認する。", 120, 4, (const char *const[]){ "申請書の記入内容を確", "認する。", NULL });
	check_lines("申請書の記入内容の確認、", 132, 4, (const char *const[]){ "申請書の記入内容の確", "認、", NULL });
	check_lines("Check the application form", 80, 4, (const char *const[]){ "Check the", "application", "form", NULL });
	check_lines("一二三四五六七八九十", 36, 2, (const char *const[]){ "一二三", "四五…", NULL });
	check_lines("一\n二", 100, 4, (const char *const[]){ "一", "二", NULL });
	check_lines("  ", 100, 4, (const char *const[]){ NULL });
	check_lines("Donaudampfschifffahrt", 60, 4, (const char *const[]){ "Donauda", "mpfschiff", "fahrt", NULL });
	assert_rel(bpr_i_layout_text_width("市民課", 9, 12), 36.0, 1e-12);
	assert_rel(bpr_i_layout_text_width("①", 3, 10), 10.0, 1e-12);
	assert_rel(bpr_i_layout_text_width("ｶﾅ", 6, 10), 10.0, 1e-12);
}

/* Lines of a label end where phrases do, and are about equally long. */
static void test_phrases(void **state)
{
	static const char *const texts[][4] = {
		{ "転居の受付・本人確認・入力", "転居の受付・", "本人確認・入力", NULL },
		{ "情報政策課に回覧して押印する", "情報政策課に", "回覧して", "押印する" },
		{ "内容の確認・署名を行う", "内容の確認・", "署名を行う", NULL },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct bpr_arena arena = { 0 };
		size_t count;
		double widest;
		const char *const *lines = bpr_i_layout_label(&arena, texts[i][0], 86, 12, 5, &count, &widest);

		assert_non_null(lines);
		assert_true(widest <= 86);
		for (size_t k = 0; k < count; k++) {
			assert_true(k < 3 && texts[i][k + 1]);
			assert_string_equal(lines[k], texts[i][k + 1]);
		}
		bpr_i_arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks), cmocka_unit_test(test_lanes), cmocka_unit_test(test_groups), cmocka_unit_test(test_compact),
		cmocka_unit_test(test_everything), cmocka_unit_test(test_crossings), cmocka_unit_test(test_order_and_straightness),
		cmocka_unit_test(test_same_again), cmocka_unit_test(test_refused), cmocka_unit_test(test_deep_and_large),
		cmocka_unit_test(test_text), cmocka_unit_test(test_phrases),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
