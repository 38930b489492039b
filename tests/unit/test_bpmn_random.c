/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random flows as BPMN: read back they are the same flow, and everything in them is drawn. */
#include "config.h"
#include "test.h"
#include "base/problem_i.h"
#include "property/random_flow.h"
#include "read/source_i.h"
#include <bpr/write.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_out(const struct bpr_files *files, unsigned long long seed, const char *what)
{
	const char *dir = getenv("BPR_TEST_KEEP"); /* for a look at what is written */
	char path[300];
	FILE *file;

	if (!dir)
		return;
	(void)snprintf(path, sizeof(path), "%s/%s-%llu.bpmn", dir, what, seed);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(files->items[0].data, 1, files->items[0].length, file), files->items[0].length);
	assert_int_equal(fclose(file), 0);
}

static size_t count_names(const struct bpr_source *source, const char *name)
{
	for (size_t i = 0; i < bpr_source_inventory_count(source); i++) {
		size_t count;

		if (!strcmp(bpr_source_inventory_get(source, i, &count), name))
			return count;
	}
	return 0;
}

/* Each node and each sequence flow of the file is drawn once. */
static void check_drawn(const struct bpr_flows *again, unsigned long long seed)
{
	const struct bpmn_file *file = again->source->bpmn;
	size_t nodes = 0;

	for (size_t i = 0; i < file->item_count; i++)
		nodes += bpr_i_bpmn_is_node(&file->items[i]) || file->items[i].element->role == BPMN_LANE || file->items[i].element->role == BPMN_PARTICIPANT;
	if (count_names(again->source, "BPMNShape") != nodes || count_names(again->source, "BPMNEdge") != file->arc_count) {
		print_error("seed %llu: %zu shapes of %zu, %zu edges of %zu\n", seed, count_names(again->source, "BPMNShape"), nodes,
			    count_names(again->source, "BPMNEdge"), file->arc_count);
		fail();
	}
}

static void round_trip(bpr_flow *flow, unsigned long long seed, const char *what)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_flows flows = { .items = &flow, .count = 1 };
	struct bpr_flows again;
	struct bpr_files files;
	bpr_problems *problems;

	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_write(&flows, NULL, 0, BPR_WRITE_BPMN, NULL, &files, problems, NULL), BPR_OK);
	write_out(&files, seed, what);
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		print_error("seed %llu (%s): %s\n", seed, what, bpr_problems_get(problems, i).code->code);
		fail();
	}
	options.source = true;
	assert_int_equal(bpr_read_memory("again", files.items[0].data, files.items[0].length, &options, &again, problems, NULL), BPR_OK);
	assert_int_equal(again.count, 1);
	if (bpr_flow_hash(again.items[0]) != bpr_flow_hash(flow)) {
		print_error("seed %llu (%s): another flow\n", seed, what);
		fail();
	}
	check_drawn(&again, seed);
	bpr_flows_release(&again);
	bpr_files_release(&files);
	bpr_problems_free(problems);
	bpr_flow_free(flow);
}

static struct draft draft;

static void blocks(void **state)
{
	(void)state;
	for (unsigned long long seed = 1; seed <= 300; seed++) {
		bpr_flow *flow;

		draft_blocks(&draft, seed, (unsigned)(seed % 128), 6 + seed % 30);
		flow = draft_build(&draft, NULL);
		if (flow)
			round_trip(flow, seed, "blocks");
	}
}

static void tangles(void **state)
{
	(void)state;
	for (unsigned long long seed = 1; seed <= 150; seed++) {
		bpr_flow *flow;

		if (seed % 2)
			draft_tangle(&draft, seed, 4 + seed % 20);
		else
			draft_gateways(&draft, seed, 4 + seed % 20);
		flow = draft_build(&draft, NULL);
		if (flow)
			round_trip(flow, seed, "tangle");
	}
}

/* Sub-processes that no reader made: they cannot be drawn as such, and still read back. */
static void scopes(void **state)
{
	(void)state;
	for (unsigned long long seed = 1; seed <= 60; seed++) {
		size_t start = 0, last = 0;
		bpr_flow *flow;

		draft_blocks(&draft, seed, (unsigned)(seed % 128), 6 + seed % 12);
		for (size_t i = 0; i < draft.count; i++)
			if (draft.node[i].kind == BPR_NODE_START)
				start = i;
		for (size_t i = 0; i < draft.count; i++)
			if (draft.node[i].out_count && draft.node[draft.node[i].to[0]].kind == BPR_NODE_END)
				last = i;
		flow = draft_build_scope(&draft, draft.node[start].to[0], last, 1 + seed % 3, seed % 2);
		if (flow)
			round_trip(flow, seed, "scope");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(blocks), cmocka_unit_test(tangles), cmocka_unit_test(scopes) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
