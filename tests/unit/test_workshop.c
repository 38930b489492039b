/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets of a training: answers of families as the shares say, lots, copies, memory that runs out, what is refused. */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include "report/workshop_i.h"
#include <bpr/init.h>
#include <bpr/read.h>
#include <stdint.h>
#include <string.h>

static size_t left = SIZE_MAX;

static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	return left ? !left-- : true;
}

/* Half need the second desk; one in four is sent back. */
static const char table[] =
	"id,name,kind,next,unit,counter,actor,work,writes\n"
	"S,comes,start,1,,,,,\n"
	"1,writes,task,2,,,citizen,4,F\n"
	"2,takes,task,G,A,desk 1,staff,3,\n"
	"G,anything missing?,xor,1:25%;Q:75%,A,,,,\n"
	"Q,a second copy?,xor,3:50%;E:50%,A,,,,\n"
	"3,copies,task,E,A,,staff,5,\n"
	"E,goes,end,,,,,,\n";

static bpr_flow *read_flow(struct bpr_flows *flows)
{
	assert_int_equal(bpr_read_memory("flow.csv", table, sizeof(table) - 1, NULL, flows, NULL, NULL), BPR_OK);
	return flows->items[0];
}

static struct workshop prepared(const bpr_flow *flow, bpr_analysis **analysis, const struct bpr_workshop_options *options)
{
	struct workshop w = { .flow = { flow, NULL }, .sides = 1, .options = options, .lang = BPR_LANG_EN, .words = BPR_DOCUMENT_INIT(BPR_LANG_EN) };

	assert_int_equal(bpr_analyse(flow, NULL, analysis, NULL, NULL), BPR_OK);
	w.analysis[0] = *analysis;
	return w;
}

static void test_plan(void **state)
{
	struct bpr_flows flows = { 0 };
	const bpr_flow *flow = read_flow(&flows);

	(void)state;
	assert_true(bpr_i_workshop_is_return(flow, bpr_flow_find(flow, "G")));
	assert_false(bpr_i_workshop_is_return(flow, bpr_flow_find(flow, "Q")));
	assert_false(bpr_i_workshop_is_return(flow, bpr_flow_find(flow, "2")));
	assert_int_equal(bpr_i_workshop_lots(0.15), 3);
	assert_int_equal(bpr_i_workshop_lots(0.001), 1);
	assert_int_equal(bpr_i_workshop_lots(0.999), 19);
	/* However many families: each way as often as its share, within one. */
	for (size_t n = 1; n <= 24; n++) {
		struct bpr_workshop_options options = BPR_WORKSHOP_OPTIONS_INIT;
		bpr_analysis *analysis = NULL;
		struct workshop w;
		size_t yes = 0;

		options.families = n;
		w = prepared(flow, &analysis, &options);
		bpr_i_workshop_families(&w);
		assert_int_equal(w.family_count, n);
		for (size_t k = 0; k < n; k++) {
			assert_int_equal(w.families[k].answer_count, 1); /* what is missing is not theirs to say */
			assert_string_equal(w.families[k].answers[0].question, "a second copy?");
			yes += !strcmp(w.families[k].answers[0].answer, "yes");
		}
		assert_true(fabs((double)yes - (double)n / 2) <= 1);
		/* 4/3 forms a case (1 / 0.75), a third more and one. */
		assert_int_equal(bpr_i_workshop_copies(&w, 0, 0), (size_t)ceil((double)n * 16 / 9 - 1e-9) + 1);
		bpr_i_doc_release(&w.words);
		bpr_analysis_free(analysis);
	}
	bpr_flows_release(&flows);
}

static void test_places(void **state)
{
	struct bpr_workshop_options options = BPR_WORKSHOP_OPTIONS_INIT;
	struct bpr_flows flows = { 0 };
	const bpr_flow *flow = read_flow(&flows);
	bpr_analysis *analysis = NULL;
	struct workshop w = prepared(flow, &analysis, &options);
	size_t count;
	const struct workshop_place *places = bpr_i_workshop_places(&w, 0, &count);

	(void)state;
	assert_int_equal(count, 2);
	assert_string_equal(bpr_i_workshop_place_name(&w, 0, &places[0]), "desk 1");
	assert_string_equal(bpr_i_workshop_place_name(&w, 0, &places[1]), "A (office behind the counter)");
	bpr_i_doc_release(&w.words);
	bpr_analysis_free(analysis);
	bpr_flows_release(&flows);
}

static void test_refused(void **state)
{
	static const enum bpr_lang unknown[] = { (enum bpr_lang)9 };
	struct bpr_flows flows = { 0 };
	const bpr_flow *flow = read_flow(&flows);
	struct bpr_workshop_options bad[4] = { BPR_WORKSHOP_OPTIONS_INIT, BPR_WORKSHOP_OPTIONS_INIT, BPR_WORKSHOP_OPTIONS_INIT, BPR_WORKSHOP_OPTIONS_INIT };
	struct bpr_output out;
	struct bpr_error err;

	(void)state;
	bad[0].families = 0;
	bad[1].families = 25;
	bad[2].langs = unknown;
	bad[2].lang_count = 1;
	bad[3].size = 3;
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(bpr_workshop_write(flow, NULL, 0, BPR_WORKSHOP_HTML, &bad[i], &out, NULL, &err), BPR_EINVAL);
		assert_string_equal(err.code, "N001");
		assert_null(out.data);
	}
	assert_int_equal(bpr_workshop_write(flow, NULL, 1u << BPR_WORKSHOP_PART_COUNT, BPR_WORKSHOP_HTML, NULL, &out, NULL, &err), BPR_EINVAL);
	assert_null(bpr_workshop_part_name(BPR_WORKSHOP_PART_COUNT));
	bpr_flows_release(&flows);
}

static void test_parts(void **state)
{
	struct bpr_flows flows = { 0 };
	const bpr_flow *flow = read_flow(&flows);

	(void)state;
	for (unsigned i = 0; i < BPR_WORKSHOP_PART_COUNT; i++) {
		struct bpr_output out, again;

		assert_int_equal(bpr_workshop_write(flow, flow, 1u << i, BPR_WORKSHOP_HTML, NULL, &out, NULL, NULL), BPR_OK);
		assert_int_equal(bpr_workshop_write(flow, flow, 1u << i, BPR_WORKSHOP_HTML, NULL, &again, NULL, NULL), BPR_OK);
		assert_true(out.length > 500);
		assert_int_equal(out.length, again.length);
		assert_memory_equal(out.data, again.data, out.length);
		bpr_output_release(&out);
		bpr_output_release(&again);
	}
	bpr_flows_release(&flows);
}

static void test_nomem(void **state)
{
	struct bpr_flows flows = { 0 };
	const bpr_flow *flow = read_flow(&flows);
	bpr_status status = BPR_ENOMEM;

	(void)state;
	for (size_t n = 0; status; n += n < 400 ? 1 : 13) {
		struct bpr_output out;

		left = n;
		status = bpr_workshop_write(flow, flow, 0, BPR_WORKSHOP_HTML, NULL, &out, NULL, NULL);
		left = SIZE_MAX;
		if (status) {
			assert_int_equal(status, BPR_ENOMEM);
			assert_null(out.data);
		}
		bpr_output_release(&out);
		assert_true(n < 100000);
	}
	bpr_flows_release(&flows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plan), cmocka_unit_test(test_places), cmocka_unit_test(test_refused), cmocka_unit_test(test_parts),
		cmocka_unit_test(test_nomem),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
