/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON of flows as it comes from outside. Whatever the bytes: a refused one has left an error with a code; an accepted one can
 * be written again as JSON, which gives the same flows, and as BPMN and DOT; what was accepted can be analysed, or says why not.
 */
#include "base/utf8_i.h"
#include <bpr/bpr.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static void check_flow(const bpr_flow *flow)
{
	size_t nodes = bpr_flow_node_count(flow);

	must(nodes > 0);
	for (size_t i = 0; i < nodes; i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		must(n->id && *n->id && bpr_flow_find(flow, n->id) == i && n->type && n->repeat >= 1);
		must(n->prob >= 0 && n->prob <= 1 && n->loop_prob >= 0 && n->loop_prob < 1);
		must(n->host == BPR_NONE || (n->host < nodes && n->host != i));
		must(n->scope == BPR_NONE || n->scope < bpr_flow_scope_count(flow));
		must(n->unit == BPR_NONE || n->unit < bpr_flow_unit_count(flow));
	}
	for (size_t i = 0; i < bpr_flow_scope_count(flow); i++) {
		const struct bpr_scope *scope = bpr_flow_scope(flow, i);

		must(scope->entry < nodes && scope->exit < nodes && (scope->parent == BPR_NONE || scope->parent < i));
		must(bpr_flow_node(flow, scope->entry)->scope == i && bpr_flow_node(flow, scope->exit)->scope == i);
	}
	for (size_t i = 0; i < bpr_flow_unit_count(flow); i++)
		must(bpr_flow_unit(flow, i)->parent == BPR_NONE || bpr_flow_unit(flow, i)->parent < i);
}

static void analyse(const bpr_flow *flow)
{
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	struct bpr_error err = { .status = BPR_OK };
	bpr_analysis *analysis = NULL;

	if (bpr_flow_node_count(flow) > 60)
		return;
	options.samples = 0;
	options.max_states = 2000;
	options.max_fine_states = 500;
	must(bpr_analyse(flow, &options, &analysis, NULL, &err) == err.status);
	bpr_analysis_free(analysis);
}

/* Written and read again: the same flows. */
static void write_again(const struct bpr_flows *flows, const struct bpr_read_options *options)
{
	struct bpr_files files, again;
	struct bpr_flows back = { 0 };
	struct bpr_error err;

	must(!bpr_write(flows, NULL, 0, BPR_WRITE_JSON, NULL, &files, NULL, &err) && files.count == 1);
	must(bpr_i_utf8_invalid(files.items[0].data, files.items[0].length) == BPR_NONE);
	must(!bpr_read_memory("f.json", files.items[0].data, files.items[0].length, options, &back, NULL, &err));
	must(back.count == flows->count && back.message_count <= flows->message_count);
	for (size_t i = 0; i < flows->count; i++)
		must(bpr_flow_hash(back.items[i]) == bpr_flow_hash(flows->items[i]));
	must(!bpr_write(&back, NULL, 0, BPR_WRITE_JSON, NULL, &again, NULL, &err) && again.items[0].length <= files.items[0].length);
	bpr_files_release(&again);
	bpr_files_release(&files);
	bpr_flows_release(&back);
	must(!bpr_write(flows, NULL, 0, BPR_WRITE_DOT, NULL, &files, NULL, &err));
	bpr_files_release(&files);
	for (size_t i = 0; i < flows->count; i++) {
		must(!bpr_write(flows, &i, 1, BPR_WRITE_CSV, NULL, &files, NULL, &err));
		bpr_files_release(&files);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_flows flows = { 0 };
	struct bpr_error err = { .status = BPR_OK };
	bpr_problems *problems;
	bpr_status status;

	options.input = BPR_INPUT_JSON;
	options.max_bytes = 1 << 20;
	options.max_nodes = 5000;
	options.max_depth = 50;
	if (bpr_problems_new(&problems, NULL))
		return 0;
	status = bpr_read_memory("f.json", data, size, &options, &flows, problems, &err);
	if (status) {
		must(!flows.count && err.status == status && *err.code && *err.message);
		must(bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0);
	} else {
		must(flows.count > 0);
		for (size_t i = 0; i < flows.count; i++) {
			check_flow(flows.items[i]);
			analyse(flows.items[i]);
		}
		write_again(&flows, &options);
	}
	bpr_flows_release(&flows);
	bpr_problems_free(problems);
	return 0;
}
