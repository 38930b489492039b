/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows as figures of a page: every step once, nothing on each other or beyond the edge, lines that are cut found again. */
#include "config.h"
#include "test.h"
#include "property/random_flow.h"
#include "report/chart_i.h"
#include <bpr/bpr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 400 };
struct rect { double x, y, width, height; };

static double attribute(const char *tag, const char *name)
{
	char quoted[40];
	const char *at, *end = strchr(tag, '>');
	double value;

	(void)snprintf(quoted, sizeof(quoted), " %s=\"", name);
	at = strstr(tag, quoted);
	assert_true(at && at < end);
	at += strlen(quoted);
	{
		char number[40];
		size_t n = strcspn(at, "\"");

		assert_true(n < sizeof(number));
		memcpy(number, at, n);
		number[n] = '\0';
		assert_true(bpr_text_number(number, &value));
	}
	return value;
}

static size_t count_of(const char *text, const char *end, const char *part)
{
	size_t n = 0;

	for (const char *at = text; (at = strstr(at, part)) && at < end; at += strlen(part))
		n++;
	return n;
}

static bool meet(const struct rect *a, const struct rect *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

/* Boxes of one picture: filled, with round corners of steps. Those of the legend have others. */
static size_t boxes_of(const char *svg, const char *end, struct rect *out)
{
	size_t n = 0;

	for (const char *at = svg; (at = strstr(at, "<rect")) && at < end; at++) {
		const char *close = strchr(at, '>');

		if (!strstr(at, " rx=\"") || strstr(at, " rx=\"") > close || attribute(at, "rx") < 3.01 || attribute(at, "rx") > 6.01)
			continue;
		if (!strstr(at, "fill=\"currentColor\"") || strstr(at, "fill=\"currentColor\"") > close)
			continue;
		assert_true(n < MOST);
		out[n++] = (struct rect){ attribute(at, "x"), attribute(at, "y"), attribute(at, "width"), attribute(at, "height") };
	}
	return n;
}

/* Base lines of texts stay inside, and so do their middles. */
static void check_texts(const char *svg, const char *end, double height)
{
	for (const char *at = svg; (at = strstr(at, "<text")) && at < end; at++) {
		double x = attribute(at, "x"), y = attribute(at, "y");

		assert_true(x >= 0 && x <= 760 && y >= 6 && y <= height);
	}
}

/* One <svg>; returns its steps. */
static size_t check_svg(const char *svg, const char *end, unsigned seed)
{
	static struct rect boxes[MOST];
	double height;
	size_t n = boxes_of(svg, end, boxes);
	const char *view = strstr(svg, "viewBox=\"0 0 760 ");
	char number[40];
	size_t length;

	assert_true(view && view < end);
	view += strlen("viewBox=\"0 0 760 ");
	length = strcspn(view, "\"");
	memcpy(number, view, length);
	number[length] = '\0';
	assert_true(bpr_text_number(number, &height));
	for (size_t i = 0; i < n; i++) {
		assert_true(boxes[i].x >= 0 && boxes[i].x + boxes[i].width <= 760 && boxes[i].y >= 0 && boxes[i].y + boxes[i].height <= height);
		for (size_t k = 0; k < i; k++)
			if (meet(&boxes[i], &boxes[k])) {
				print_error("seed %u: boxes at %g %g and %g %g\n", seed, boxes[i].x, boxes[i].y, boxes[k].x, boxes[k].y);
				fail();
			}
	}
	check_texts(svg, end, height);
	return n;
}

/* Letters in circles, each twice: where a line was cut, and where it goes on. */
static void check_letters(const char *text, unsigned seed)
{
	size_t seen[27 * 26] = { 0 };

	for (const char *at = text; (at = strstr(at, " r=\"7\" fill=\"none\"")); at++) {
		const char *name = strchr(strstr(at, "<text"), '>') + 1;
		size_t which = (size_t)(name[0] - 'A');

		if (name[1] != '<')
			which = 26 * (which + 1) + (size_t)(name[1] - 'A');
		assert_true(which < sizeof(seen) / sizeof(seen[0]));
		seen[which]++;
	}
	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++)
		if (seen[i] && seen[i] != 2) {
			print_error("seed %u: letter %zu stands %zu times\n", seed, i, seen[i]);
			fail();
		}
}

static char *draw(const bpr_flow *flow, enum bpr_heat heat, struct bpr_arena *arena)
{
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_FLOW, .id = "flow", .title = "<b>&", .description = "d", .flow = flow, .heat = heat };
	struct bpr_buf out = BPR_BUF_INIT;
	bpr_analysis *analysis = NULL;

	if (bpr_analyse(flow, NULL, &analysis, NULL, NULL))
		return NULL;
	figure.analysis = analysis;
	figure.heat_values = heat ? bpr_i_study_heat(arena, heat, flow, analysis, NULL, NULL) : NULL;
	bpr_i_chart_flow(&figure, BPR_LANG_JA, "p", &out);
	bpr_analysis_free(analysis);
	assert_int_equal(out.failed, BPR_OK);
	return bpr_i_buf_take(&out);
}

static size_t steps_of(const bpr_flow *flow)
{
	size_t n = 0;

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		n += bpr_flow_node(flow, i)->kind == BPR_NODE_TASK && !bpr_flow_node(flow, i)->silent;
	return n;
}

static void check_flow(const bpr_flow *flow, enum bpr_heat heat, unsigned seed, size_t *parts)
{
	struct bpr_arena arena = { 0 };
	char *text = draw(flow, heat, &arena);
	size_t steps = 0;

	for (const char *at = text; at && (at = strstr(at, "<svg ")); at++) {
		const char *end = strstr(at, "</svg>");

		assert_non_null(end);
		steps += check_svg(at, end, seed);
		assert_true(count_of(at, end, "<title id=\"p-flow-") == 1 && count_of(at, end, "<b>") == 0);
		++*parts;
	}
	if (text) {
		check_letters(text, seed);
		if (steps != steps_of(flow)) {
			print_error("seed %u: %zu boxes of %zu steps\n", seed, steps, steps_of(flow));
			fail();
		}
	}
	bpr_i_free(text);
	bpr_i_arena_release(&arena);
}

static void test_random(void **state)
{
	size_t drawn = 0, parts = 0;

	(void)state;
	for (unsigned seed = 1; seed <= 120; seed++) {
		struct draft d;
		bpr_flow *flow;

		if (seed % 4)
			draft_blocks(&d, seed, SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT, 10 + seed % 25);
		else
			draft_tangle(&d, seed, 6 + seed % 20);
		flow = draft_build(&d, NULL);
		if (!flow)
			continue;
		drawn++;
		check_flow(flow, (enum bpr_heat)(seed % BPR_HEAT_COUNT), seed, &parts);
		bpr_flow_free(flow);
	}
	assert_true(drawn > 60 && parts > drawn / 2);
}

/* Long, with long names. */
static void test_long(void **state)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_buf csv = BPR_BUF_INIT;
	struct bpr_flows flows;
	size_t parts = 0;

	(void)state;
	bpr_i_buf_puts(&csv, "id,name,kind,unit,next\nS,,start,,T0\n");
	for (int i = 0; i < 100; i++) {
		bpr_i_buf_printf(&csv, "T%d,", i);
		for (int k = 0; k < (i == 50 ? 3000 : i % 7 + 1); k++)
			bpr_i_buf_puts(&csv, "手続き");
		bpr_i_buf_printf(&csv, ",task,課%d,%s%d\n", i % 5, i == 99 ? "E" : "T", i == 99 ? 0 : i + 1);
	}
	bpr_i_buf_puts(&csv, "E0,,end,,\n");
	assert_int_equal(bpr_read_memory("l.csv", csv.data, csv.length, &options, &flows, NULL, NULL), BPR_OK);
	check_flow(flows.items[0], BPR_HEAT_VISITS, 0, &parts);
	assert_true(parts > 2);
	bpr_flows_release(&flows);
	bpr_i_buf_release(&csv);
}

/* A thousand steps are told, not drawn. */
static void test_too_large(void **state)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_buf csv = BPR_BUF_INIT;
	struct bpr_arena arena = { 0 };
	struct bpr_flows flows;
	char *text;

	(void)state;
	bpr_i_buf_puts(&csv, "id,name,kind,next\nS,,start,T0\n");
	for (int i = 0; i < 1000; i++)
		bpr_i_buf_printf(&csv, "T%d,x,task,%s%d\n", i, i == 999 ? "E" : "T", i == 999 ? 0 : i + 1);
	bpr_i_buf_puts(&csv, "E0,,end,\n");
	assert_int_equal(bpr_read_memory("l.csv", csv.data, csv.length, &options, &flows, NULL, NULL), BPR_OK);
	text = draw(flows.items[0], BPR_HEAT_VISITS, &arena);
	assert_non_null(text);
	assert_true(strlen(text) < 2000 && strstr(text, "1,002") && count_of(text, text + strlen(text), "<svg ") == 1);
	bpr_i_free(text);
	bpr_flows_release(&flows);
	bpr_i_buf_release(&csv);
	bpr_i_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_random), cmocka_unit_test(test_long), cmocka_unit_test(test_too_large) };

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
