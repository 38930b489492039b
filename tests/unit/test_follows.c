/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which step follows which, and where citizens go: by hand, and against every way that a case can take, followed step by step. */
#include "config.h"
#include "test.h"
#include "property/random_flow.h"
#include "study/follows_i.h"
#include "study/visit_i.h"
#include <bpr/bpr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NODES = 48 };

static double count_of(const struct bpr_follows *f, size_t from, size_t to)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].from == from && f->items[i].to == to)
			return f->items[i].count;
	return 0;
}

/* Share of cases at each node by the step last met, carried on until nothing is left. */
static void by_force(const bpr_flow *flow, double expected[NODES][NODES])
{
	static double here[NODES][NODES + 1], next[NODES][NODES + 1];
	size_t n = bpr_flow_node_count(flow);
	double left = 0;

	memset(here, 0, sizeof(here));
	for (size_t i = 0; i < n; i++)
		if (bpr_flow_node(flow, i)->kind == BPR_NODE_START)
			here[i][NODES] = bpr_flow_node(flow, i)->prob;
	do {
		memset(next, 0, sizeof(next));
		left = 0;
		for (size_t at = 0; at < n; at++)
			for (size_t last = 0; last <= NODES; last++) {
				const struct bpr_node *node = bpr_flow_node(flow, at);
				bool seen = bpr_i_follows_has(flow, at);

				if (!(here[at][last] > 0))
					continue;
				if (seen && last < NODES)
					expected[last][at] += here[at][last];
				for (size_t k = 0; k < node->out_count; k++) {
					const struct bpr_arc *arc = bpr_flow_arc(flow, node->first_out + k);

					next[arc->to][seen ? at : last] += here[at][last] * arc->prob;
				}
			}
		memcpy(here, next, sizeof(here));
		for (size_t at = 0; at < n; at++)
			for (size_t last = 0; last <= NODES; last++)
				left += here[at][last];
	} while (left > 1e-12);
}

static void test_force(void **state)
{
	size_t done = 0, loops = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		static double expected[NODES][NODES];
		struct draft d;
		struct bpr_follows f;
		bpr_analysis *analysis = NULL;
		bpr_flow *flow;
		size_t n;

		draft_tangle(&d, seed, 8 + seed % 12);
		for (size_t i = 0; i < d.count; i++) { /* each execution alone */
			d.node[i].repeat = 1;
			d.node[i].loop_prob = 0;
		}
		flow = draft_build(&d, NULL);
		if (!flow || bpr_flow_node_count(flow) > NODES || bpr_analyse(flow, NULL, &analysis, NULL, NULL)) {
			bpr_flow_free(flow);
			continue;
		}
		n = bpr_flow_node_count(flow);
		memset(expected, 0, sizeof(expected));
		by_force(flow, expected);
		assert_true(bpr_i_follows(flow, analysis, &f));
		for (size_t i = 0; i < n; i++)
			for (size_t k = 0; k < n; k++)
				if (fabs(count_of(&f, i, k) - expected[i][k]) > 1e-6 * (1 + expected[i][k])) {
					print_error("seed %u: %zu is followed by %zu %g times, not %g\n", (unsigned)seed, i, k, count_of(&f, i, k), expected[i][k]);
					fail();
				}
		for (size_t i = 0; i < f.count; i++)
			loops += f.items[i].from >= f.items[i].to;
		done++;
		bpr_i_free(f.items);
		bpr_analysis_free(analysis);
		bpr_flow_free(flow);
	}
	assert_true(done > 60 && loops > 60);
}

static bpr_flow *read_flow(const char *csv, struct bpr_flows *flows)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;

	assert_int_equal(bpr_read_memory("a.csv", csv, strlen(csv), &options, flows, NULL, NULL), BPR_OK);
	return flows->items[0];
}

/* The same for the citizen's place: the counter last come to, or outside. */
static void places_by_force(const bpr_flow *flow, size_t outside, double *moves)
{
	static double here[NODES][NODES + 1], next[NODES][NODES + 1];
	size_t n = bpr_flow_node_count(flow), wide = outside + 1;
	double left = 0;

	memset(here, 0, sizeof(here));
	for (size_t i = 0; i < n; i++)
		if (bpr_flow_node(flow, i)->kind == BPR_NODE_START)
			here[i][outside] = bpr_flow_node(flow, i)->prob;
	do {
		memset(next, 0, sizeof(next));
		left = 0;
		for (size_t at = 0; at < n; at++)
			for (size_t place = 0; place <= outside; place++) {
				const struct bpr_node *node = bpr_flow_node(flow, at);
				bool gateway = node->kind == BPR_NODE_XOR;
				size_t to = gateway || node->counter == BPR_NONE ? place : node->counter;

				if (!(here[at][place] > 0))
					continue;
				moves[place * wide + to] += here[at][place];
				if (!gateway && (node->away || node->kind == BPR_NODE_END)) { /* served there, and home */
					moves[to * wide + outside] += here[at][place];
					to = outside;
				}
				for (size_t k = 0; k < node->out_count; k++) {
					const struct bpr_arc *arc = bpr_flow_arc(flow, node->first_out + k);

					next[arc->to][to] += here[at][place] * arc->prob;
					left += here[at][place] * arc->prob;
				}
			}
		memcpy(here, next, sizeof(here));
	} while (left > 1e-12);
}

static void test_places(void **state)
{
	size_t done = 0, moved = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct bpr_arena arena = { 0 };
		struct draft d;
		bpr_analysis *analysis = NULL;
		struct bpr_visit visit;
		bpr_flow *flow;
		size_t outside;
		double *expected;

		draft_tangle(&d, seed, 8 + seed % 12);
		for (size_t i = 0; i < d.count; i++) {
			d.node[i].repeat = 1;
			d.node[i].loop_prob = 0;
		}
		flow = draft_build(&d, NULL);
		if (!flow || bpr_flow_node_count(flow) > NODES || bpr_analyse(flow, NULL, &analysis, NULL, NULL)) {
			bpr_flow_free(flow);
			continue;
		}
		outside = bpr_flow_counter_count(flow);
		expected = bpr_i_arena_alloc(&arena, (outside + 1) * (outside + 1), sizeof(*expected));
		assert_true(expected && bpr_i_visit(&arena, &(struct bpr_visit_source){ .flow = flow, .analysis = analysis }, &visit));
		places_by_force(flow, outside, expected);
		for (size_t i = 0; visit.moves && i <= outside; i++)
			for (size_t k = 0; k <= outside; k++) {
				double is = visit.moves[i * (outside + 1) + k], should = expected[i * (outside + 1) + k];

				if (i == k)
					continue;
				moved += should > 1e-6;
				if (fabs(is - should) > 1e-6 * (1 + should)) {
					print_error("seed %u: from %zu to %zu %g times, not %g\n", (unsigned)seed, i, k, is, should);
					fail();
				}
			}
		done += visit.moves != NULL;
		bpr_i_arena_release(&arena);
		bpr_analysis_free(analysis);
		bpr_flow_free(flow);
	}
	assert_true(done > 60 && moved > 300);
}

/* Side by side: the step before leads to both branches, and each leads to the step behind. */
static void test_parallel(void **state)
{
	static const char csv[] = "id,name,kind,next\nS,,start,A\nA,a,task,P\nP,,and,B;X\nX,,xor,C:25%;D:75%\nB,b,task,J\nC,c,task,M\nD,d,task,M\n"
				  "M,,xor,J\nJ,,and,E\nE,e,task,F\nF,,end,\n";
	struct bpr_flows flows;
	bpr_flow *flow = read_flow(csv, &flows);
	bpr_analysis *analysis;
	struct bpr_follows f;
	static const struct { const char *from, *to; double count; } expected[] = {
		{ "S", "A", 1 }, { "A", "B", 1 }, { "A", "C", 0.25 }, { "A", "D", 0.75 }, { "B", "E", 1 }, { "C", "E", 0.25 }, { "D", "E", 0.75 },
		{ "E", "F", 1 },
	};
	size_t count = sizeof(expected) / sizeof(expected[0]);

	(void)state;
	assert_int_equal(bpr_analyse(flow, NULL, &analysis, NULL, NULL), BPR_OK);
	assert_true(bpr_i_follows(flow, analysis, &f));
	assert_int_equal(f.count, count);
	for (size_t i = 0; i < count; i++)
		assert_true(fabs(count_of(&f, bpr_flow_find(flow, expected[i].from), bpr_flow_find(flow, expected[i].to)) - expected[i].count) < 1e-9);
	bpr_i_free(f.items);
	bpr_analysis_free(analysis);
	bpr_flows_release(&flows);
}

/* Rounds of a step follow themselves; a sub-process in rounds begins anew. */
static void test_rounds(void **state)
{
	static const char bpmn[] =
		"<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" targetNamespace=\"x\"><process id=\"p\">"
		"<startEvent id=\"S\"/><subProcess id=\"U\"><multiInstanceLoopCharacteristics isSequential=\"true\"><loopCardinality>3</loopCardinality>"
		"</multiInstanceLoopCharacteristics><startEvent id=\"u1\"/><task id=\"A\"/><task id=\"B\"/><endEvent id=\"u2\"/>"
		"<sequenceFlow id=\"f1\" sourceRef=\"u1\" targetRef=\"A\"/><sequenceFlow id=\"f2\" sourceRef=\"A\" targetRef=\"B\"/>"
		"<sequenceFlow id=\"f3\" sourceRef=\"B\" targetRef=\"u2\"/></subProcess>"
		"<task id=\"C\"><multiInstanceLoopCharacteristics isSequential=\"true\"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></task>"
		"<endEvent id=\"E\"/><sequenceFlow id=\"g1\" sourceRef=\"S\" targetRef=\"U\"/><sequenceFlow id=\"g2\" sourceRef=\"U\" targetRef=\"C\"/>"
		"<sequenceFlow id=\"g3\" sourceRef=\"C\" targetRef=\"E\"/></process></definitions>";
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_flows flows;
	bpr_analysis *analysis;
	struct bpr_follows f;
	bpr_flow *flow;

	(void)state;
	assert_int_equal(bpr_read_memory("a.bpmn", bpmn, strlen(bpmn), &options, &flows, NULL, NULL), BPR_OK);
	flow = flows.items[0];
	assert_int_equal(bpr_analyse(flow, NULL, &analysis, NULL, NULL), BPR_OK);
	assert_true(bpr_i_follows(flow, analysis, &f));
	assert_true(fabs(count_of(&f, bpr_flow_find(flow, "S"), bpr_flow_find(flow, "A")) - 1) < 1e-9);
	assert_true(fabs(count_of(&f, bpr_flow_find(flow, "A"), bpr_flow_find(flow, "B")) - 3) < 1e-9);
	assert_true(fabs(count_of(&f, bpr_flow_find(flow, "B"), bpr_flow_find(flow, "A")) - 2) < 1e-9);
	assert_true(fabs(count_of(&f, bpr_flow_find(flow, "B"), bpr_flow_find(flow, "C")) - 1) < 1e-9);
	assert_true(fabs(count_of(&f, bpr_flow_find(flow, "C"), bpr_flow_find(flow, "C")) - 1) < 1e-9);
	bpr_i_free(f.items);
	bpr_analysis_free(analysis);
	bpr_flows_release(&flows);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_force), cmocka_unit_test(test_places), cmocka_unit_test(test_parallel), cmocka_unit_test(test_rounds) };

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
