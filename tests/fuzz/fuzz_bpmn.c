/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A BPMN file as it comes from outside. Whatever the bytes: a refused one has left an error with a code, and accepted flows are
 * sound in themselves: ids are found again, arcs lead to nodes, shares of a choice sum to one, scopes have their edges, boundary
 * events their hosts. Messages lead to flows that are there, the inventory is sorted; keeping the source changes no flow. What
 * was accepted can be analysed, or says why not; it can be drawn, in whole numbers and valid text.
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

static void check_text(const char *text)
{
	must(text && bpr_i_utf8_invalid(text, strlen(text)) == BPR_NONE);
}

static void check_node(const bpr_flow *flow, size_t index)
{
	const struct bpr_node *n = bpr_flow_node(flow, index);
	double sum = 0;

	check_text(n->id);
	check_text(n->name);
	must(*n->id && bpr_flow_find(flow, n->id) == index && n->repeat >= 1 && n->loop_prob >= 0 && n->loop_prob < 1);
	must(n->prob >= 0 && n->prob <= 1 && n->seals >= 0 && n->id_checks >= 0 && n->copies >= 0 && n->cost >= 0);
	must(bpr_dist_mean(n->work) >= 0 && bpr_dist_mean(n->wait) >= 0);
	must(n->host == BPR_NONE || (n->host < bpr_flow_node_count(flow) && n->host != index && n->kind == BPR_NODE_EVENT));
	must(!n->trigger || bpr_i_utf8_invalid(n->trigger, strlen(n->trigger)) == BPR_NONE);
	must(n->scope == BPR_NONE || n->scope < bpr_flow_scope_count(flow));
	must(n->unit == BPR_NONE || n->unit < bpr_flow_unit_count(flow));
	must(n->counter == BPR_NONE || n->counter < bpr_flow_counter_count(flow));
	for (size_t i = 0; i < n->out_count; i++) {
		const struct bpr_arc *arc = bpr_flow_arc(flow, n->first_out + i);

		must(arc->from == index && arc->to < bpr_flow_node_count(flow) && arc->prob >= 0 && arc->prob <= 1);
		sum += arc->prob;
	}
	if (n->out_count && n->split == BPR_SPLIT_XOR)
		must(sum > 1 - 1e-9 && sum < 1 + 1e-9);
}

static void check_flow(const bpr_flow *flow)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		check_node(flow, i);
	for (size_t i = 0; i < bpr_flow_scope_count(flow); i++) {
		const struct bpr_scope *scope = bpr_flow_scope(flow, i);

		must(scope->entry < bpr_flow_node_count(flow) && scope->exit < bpr_flow_node_count(flow) && scope->repeat >= 1);
		must(scope->parent == BPR_NONE || scope->parent < i);
		must(bpr_flow_node(flow, scope->entry)->scope == i && bpr_flow_node(flow, scope->exit)->scope == i);
	}
}

static void check_end(const struct bpr_flows *flows, size_t flow, size_t node)
{
	must(flow == BPR_NONE ? node == BPR_NONE : flow < flows->count);
	must(node == BPR_NONE || node < bpr_flow_node_count(flows->items[flow]));
}

static void check_messages(const struct bpr_flows *flows)
{
	for (size_t i = 0; i < flows->message_count; i++) {
		const struct bpr_message *m = &flows->messages[i];

		check_text(m->id);
		check_text(m->name);
		check_end(flows, m->from_flow, m->from_node);
		check_end(flows, m->to_flow, m->to_node);
	}
}

static void check_inventory(const bpr_source *source)
{
	const char *before = "";
	size_t elements = 0;

	for (size_t i = 0; i < bpr_source_inventory_count(source); i++) {
		size_t count;
		const char *name = bpr_source_inventory_get(source, i, &count);

		check_text(name);
		must(count > 0 && strcmp(before, name) < 0);
		before = name;
		elements += count;
	}
	must(elements > 0);
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

static void draw(const struct bpr_flows *flows)
{
	struct bpr_output picture;
	struct bpr_error err;
	size_t nodes = 0;

	for (size_t i = 0; i < flows->count; i++)
		nodes += bpr_flow_node_count(flows->items[i]);
	if (nodes > 400)
		return;
	must(!bpr_draw(flows, NULL, 0, NULL, &picture, &err));
	check_text(picture.data);
	must(strlen(picture.data) == picture.length && !strncmp(picture.data, "<?xml", 5));
	bpr_output_release(&picture);
}

static void check_problems(const bpr_problems *problems)
{
	char line[1000];

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		must(bpr_problem_line(&p, p.code->severity, BPR_LANG_JA, line, sizeof(line)) < 4096);
		must(bpr_i_utf8_invalid(line, strlen(line)) == BPR_NONE && !strchr(line, '\n'));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_flows flows = { 0 }, again = { 0 };
	struct bpr_error err = { .status = BPR_OK };
	bpr_problems *problems;
	bpr_status status;

	options.input = BPR_INPUT_BPMN;
	options.max_bytes = 1 << 20;
	options.max_nodes = 5000;
	options.max_depth = 50;
	options.source = true;
	if (bpr_problems_new(&problems, NULL))
		return 0;
	status = bpr_read_memory("f.bpmn", data, size, &options, &flows, problems, &err);
	check_problems(problems);
	if (status) {
		must(!flows.count && err.status == status && *err.code && *err.message);
		must(bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0);
	} else {
		must(flows.count > 0);
		for (size_t i = 0; i < flows.count; i++) {
			check_flow(flows.items[i]);
			analyse(flows.items[i]);
		}
		check_messages(&flows);
		draw(&flows);
		check_inventory(flows.source);
	}
	options.source = false;
	must(bpr_read_memory("f.bpmn", data, size, &options, &again, NULL, NULL) == status && again.count == flows.count);
	for (size_t i = 0; i < flows.count; i++)
		must(bpr_flow_hash(flows.items[i]) == bpr_flow_hash(again.items[i]));
	bpr_flows_release(&again);
	bpr_flows_release(&flows);
	bpr_problems_free(problems);
	return 0;
}
