/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of flows: what is in them, hostile names, and every allocation made to fail. */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include <bpr/bpr.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static size_t left = SIZE_MAX;

/* From the n-th on all fail. */
static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	if (left) {
		left--;
		return false;
	}
	return true;
}

#define PARTS \
	"<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" targetNamespace=\"x\">" \
	"<collaboration id=\"c\"><participant id=\"p0\" name=\"住民\"/><participant id=\"p1\" name=\"市民課\" processRef=\"a\"/>" \
	"<participant id=\"p2\" processRef=\"b\"/>" \
	"<messageFlow id=\"m1\" name=\"申請書\" sourceRef=\"p0\" targetRef=\"s1\"/>" \
	"<messageFlow id=\"m2\" sourceRef=\"t1\" targetRef=\"s2\"/></collaboration>" \
	"<process id=\"a\"><startEvent id=\"s1\"/><task id=\"t1\" name=\"受付と形式審査\"/>" \
	"<subProcess id=\"sub\" name=\"審査\"><startEvent id=\"i1\"/><task id=\"i2\" name=\"照会\"/>" \
	"<endEvent id=\"i3\"><errorEventDefinition/></endEvent><exclusiveGateway id=\"g\"/><endEvent id=\"i4\"/>" \
	"<sequenceFlow id=\"if1\" sourceRef=\"i1\" targetRef=\"i2\"/><sequenceFlow id=\"if2\" sourceRef=\"i2\" targetRef=\"g\"/>" \
	"<sequenceFlow id=\"if3\" name=\"適\" sourceRef=\"g\" targetRef=\"i4\"/><sequenceFlow id=\"if4\" sourceRef=\"g\" targetRef=\"i3\"/>" \
	"</subProcess><boundaryEvent id=\"be\" attachedToRef=\"sub\"><errorEventDefinition/></boundaryEvent>" \
	"<endEvent id=\"e1\"/><endEvent id=\"e2\"/>" \
	"<sequenceFlow id=\"f1\" sourceRef=\"s1\" targetRef=\"t1\"/><sequenceFlow id=\"f2\" sourceRef=\"t1\" targetRef=\"sub\"/>" \
	"<sequenceFlow id=\"f3\" sourceRef=\"sub\" targetRef=\"e1\"/><sequenceFlow id=\"f4\" sourceRef=\"be\" targetRef=\"e2\"/></process>" \
	"<process id=\"b\"><startEvent id=\"s2\"/><userTask id=\"t2\" name=\"%s\"/><endEvent id=\"e3\"/>" \
	"<sequenceFlow id=\"f5\" sourceRef=\"s2\" targetRef=\"t2\"/><sequenceFlow id=\"f6\" sourceRef=\"t2\" targetRef=\"e3\"/></process>" \
	"</definitions>"

static void read_parts(const char *name, struct bpr_flows *flows)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	char text[4096];
	int length = snprintf(text, sizeof(text), PARTS, name);

	assert_int_equal(bpr_read_memory("a.bpmn", text, (size_t)length, &options, flows, NULL, NULL), BPR_OK);
	assert_int_equal(flows->count, 2);
}

static size_t count(const char *text, const char *part)
{
	size_t n = 0;

	for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
		n++;
	return n;
}

static void test_parts(void **state)
{
	struct bpr_flows flows;
	struct bpr_output out;
	const size_t second = 1;

	(void)state;
	read_parts("回答", &flows);
	assert_int_equal(bpr_draw(&flows, NULL, 0, NULL, &out, NULL), BPR_OK);
	assert_int_equal(strlen(out.data), out.length);
	assert_int_equal(count(out.data, "class=\"pool\""), 3);
	assert_int_equal(count(out.data, "class=\"message\""), 2);
	assert_int_equal(count(out.data, "class=\"group\""), 1);
	assert_int_equal(count(out.data, "class=\"task"), 3);
	/* Both starts and ends of the sub-process stand in it, its boundary event on it. */
	assert_int_equal(count(out.data, "<circle class=\"event"), 9);
	assert_int_equal(count(out.data, "class=\"flow\""), 10);
	assert_int_equal(count(out.data, ">適</text>"), 1);
	bpr_output_release(&out);
	assert_int_equal(bpr_draw(&flows, &second, 1, NULL, &out, NULL), BPR_OK);
	assert_int_equal(count(out.data, "class=\"pool\""), 1);
	assert_int_equal(count(out.data, "class=\"task"), 1);
	bpr_output_release(&out);
	bpr_flows_release(&flows);
}

static void test_hostile(void **state)
{
	struct bpr_flows flows;
	struct bpr_output out;

	(void)state;
	read_parts("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;amp;]]&gt;\xe2\x80\xae", &flows);
	assert_int_equal(bpr_draw(&flows, NULL, 0, NULL, &out, NULL), BPR_OK);
	assert_int_equal(count(out.data, "<script"), 0);
	assert_true(count(out.data, "&lt;script&gt;") > 0);
	assert_int_equal(count(out.data, "\xe2\x80\xae"), 0);
	bpr_output_release(&out);
	bpr_flows_release(&flows);
}

static void test_refused(void **state)
{
	struct bpr_draw_options options = BPR_DRAW_OPTIONS_INIT;
	const struct bpr_sound_step far = { 0, 5000 }, other = { 7, 0 };
	const size_t third = 2;
	struct bpr_flows flows;
	struct bpr_output out;
	struct bpr_error err;

	(void)state;
	read_parts("回答", &flows);
	assert_int_equal(bpr_draw(&flows, &third, 1, NULL, &out, &err), BPR_EINVAL);
	assert_null(out.data);
	assert_int_equal(bpr_draw(&flows, &third, 0, NULL, &out, &err), BPR_EINVAL);
	options.run = &far;
	options.run_count = 1;
	assert_int_equal(bpr_draw(&flows, NULL, 0, &options, &out, &err), BPR_EINVAL);
	options.run = &other;
	assert_int_equal(bpr_draw(&flows, NULL, 0, &options, &out, &err), BPR_EINVAL);
	bpr_flows_release(&flows);
}

static void test_nomem(void **state)
{
	struct bpr_draw_options options = BPR_DRAW_OPTIONS_INIT;
	struct bpr_sound_step run[3] = { { 0, 0 }, { 0, 1 }, { 0, 2 } };
	struct bpr_flows flows;
	struct bpr_output whole, out;
	bpr_status status = BPR_ENOMEM;
	size_t n = 0;

	(void)state;
	read_parts("回答", &flows);
	options.run = run;
	options.run_count = 3;
	options.faulty = run + 1;
	options.faulty_count = 1;
	assert_int_equal(bpr_draw(&flows, NULL, 0, &options, &whole, NULL), BPR_OK);
	for (; status; n++) {
		struct bpr_error err = { 0 };

		left = n;
		status = bpr_draw(&flows, NULL, 0, &options, &out, &err);
		left = SIZE_MAX;
		if (!status)
			break;
		assert_int_equal(status, BPR_ENOMEM);
		assert_int_equal(err.status, BPR_ENOMEM);
		assert_null(out.data);
	}
	assert_true(n > 50);
	assert_string_equal(out.data, whole.data);
	bpr_output_release(&out);
	bpr_output_release(&whole);
	bpr_flows_release(&flows);
}

/* Two processes with figures: heat, differences, what follows what, ways, each as a file and as a page. */
struct figured { struct bpr_flows flows; bpr_flow *items[2]; struct bpr_flows other; const bpr_analysis *analyses[2]; bpr_comparison *comparison; };

static void read_figured(struct figured *f)
{
	static const char *const tables[] = {
		"id,name,kind,next,unit,counter,work\nS,,start,A\nA,受付,task,B,課,一番,5\nB,審査,task,X,課,二番,9\nX,,xor,A:20%;E:80%\nE,,end\n",
		"id,name,kind,next,unit,counter,work\nS,,start,A\nA,受付,task,C,課,一番,3\nC,<b>新しい</b>,task,E,課,三番,4\nE,,end\n",
	};
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;

	assert_int_equal(bpr_read_memory("a.csv", tables[0], strlen(tables[0]), &options, &f->flows, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_read_memory("b.csv", tables[1], strlen(tables[1]), &options, &f->other, NULL, NULL), BPR_OK);
	f->items[0] = f->flows.items[0];
	f->items[1] = f->other.items[0];
	for (size_t i = 0; i < 2; i++) {
		bpr_analysis *analysis;

		assert_int_equal(bpr_analyse(f->items[i], NULL, &analysis, NULL, NULL), BPR_OK);
		f->analyses[i] = analysis;
	}
	assert_int_equal(bpr_compare(f->items[0], f->analyses[0], f->items[1], f->analyses[1], &f->comparison, NULL), BPR_OK);
}

static void release_figured(struct figured *f)
{
	bpr_comparison_free(f->comparison);
	for (size_t i = 0; i < 2; i++)
		bpr_analysis_free((bpr_analysis *)(uintptr_t)f->analyses[i]);
	bpr_flows_release(&f->flows);
	bpr_flows_release(&f->other);
}

static void draw_failing(const struct bpr_flows *flows, const struct bpr_draw_options *options)
{
	struct bpr_output whole, out;
	bpr_status status = BPR_ENOMEM;
	size_t n = 0;

	assert_int_equal(bpr_draw(flows, NULL, 0, options, &whole, NULL), BPR_OK);
	assert_null(strstr(whole.data, "<b>"));
	for (; status; n++) {
		struct bpr_error err = { 0 };

		left = n;
		status = bpr_draw(flows, NULL, 0, options, &out, &err);
		left = SIZE_MAX;
		if (!status)
			break;
		assert_int_equal(status, BPR_ENOMEM);
		assert_null(out.data);
	}
	assert_true(n > 20);
	assert_string_equal(out.data, whole.data);
	bpr_output_release(&out);
	bpr_output_release(&whole);
}

static void test_figures(void **state)
{
	struct bpr_draw_options options = BPR_DRAW_OPTIONS_INIT;
	struct figured f;
	struct bpr_flows flows;
	struct bpr_output out;

	(void)state;
	read_figured(&f);
	flows = (struct bpr_flows){ .items = f.items, .count = 2 };
	options.heat = BPR_HEAT_WORK;
	assert_int_equal(bpr_draw(&flows, NULL, 0, &options, &out, NULL), BPR_EINVAL); /* without figures */
	options.analyses = f.analyses;
	options.comparison = f.comparison;
	for (int page = 0; page < 2; page++)
		for (int picture = BPR_PICTURE_FLOW; picture <= BPR_PICTURE_MAP; picture++) {
			options.picture = (enum bpr_picture)picture;
			options.page = page;
			draw_failing(&flows, &options);
		}
	options.picture = BPR_PICTURE_FLOW;
	flows.count = 1;
	assert_int_equal(bpr_draw(&flows, NULL, 0, &options, &out, NULL), BPR_EINVAL); /* a comparison of one */
	options.comparison = NULL;
	options.analyses = f.analyses + 1;
	assert_int_equal(bpr_draw(&flows, NULL, 0, &options, &out, NULL), BPR_EINVAL); /* of another flow */
	release_figured(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts), cmocka_unit_test(test_hostile), cmocka_unit_test(test_refused), cmocka_unit_test(test_nomem),
		cmocka_unit_test(test_figures),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
