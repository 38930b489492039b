/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A flow table as it comes from outside, in any encoding. Whatever the bytes: a refused one has left an error, and an
 * accepted flow is sound in itself. Where the bytes hold record separators (0x1e), what stands between them is the
 * flow table and its companions in their order: forms, counters, staff, demand.
 */
#include "base/utf8_i.h"
#include "read/read_i.h"
#include <bpr/bpr.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEPARATOR = 0x1e };

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
	must(*n->id && bpr_flow_find(flow, n->id) == index);
	must(n->seals >= 0 && n->id_checks >= 0 && n->copies >= 0 && n->cost >= 0 && n->repeat >= 1);
	must(bpr_dist_mean(n->work) >= 0 && bpr_dist_mean(n->wait) >= 0);
	for (size_t i = 0; i < n->out_count; i++) {
		const struct bpr_arc *arc = bpr_flow_arc(flow, n->first_out + i);

		must(arc->from == index && arc->to < bpr_flow_node_count(flow) && arc->prob >= 0 && arc->prob <= 1);
		sum += arc->prob;
	}
	if (n->out_count && n->split == BPR_SPLIT_XOR)
		must(sum > 1 - 1e-9 && sum < 1 + 1e-9);
}

static void check_result(bpr_status status, struct bpr_flows *flows, const bpr_problems *problems, const struct bpr_error *err)
{
	char line[1000];

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		must(bpr_problem_line(&p, p.code->severity, BPR_LANG_JA, line, sizeof(line)) < 4096);
		must(bpr_i_utf8_invalid(line, strlen(line)) == BPR_NONE && !strchr(line, '\n'));
	}
	if (status) {
		must(!flows->count && err->status == status && *err->code && *err->message);
		must(bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0);
		return;
	}
	must(!bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) && flows->count == 1);
	for (size_t i = 0; i < bpr_flow_node_count(flows->items[0]); i++)
		check_node(flows->items[0], i);
	bpr_flows_release(flows);
}

/* The parts between the separators as a table with its companions. */
static bpr_status read_parts(const char *text, size_t length, struct bpr_reader *reader, struct bpr_flows *flows)
{
	const char *end = memchr(text, SEPARATOR, length);
	size_t first = end ? (size_t)(end - text) : length;
	size_t at = first;

	for (size_t table = 1; table < BPR_TABLE_COUNT && at < length; table++) {
		const char *start = text + at + 1;

		end = memchr(start, SEPARATOR, length - at - 1);
		reader->companions[table] = (struct bpr_companion){ .text = start, .length = end ? (size_t)(end - start) : length - at - 1 };
		at += reader->companions[table].length + 1;
	}
	return bpr_i_read_table(reader, text, first, flows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char folder[] = "no-such-folder/t.csv"; /* measured values are looked for there, in vain */
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_flows flows = { 0 };
	struct bpr_error err = { .status = BPR_OK };
	bpr_problems *problems;
	bpr_status status;

	options.max_bytes = 1 << 20;
	options.max_nodes = 5000;
	if (bpr_problems_new(&problems, NULL))
		return 0;
	if (!memchr(data, SEPARATOR, size) || memchr(data, 0, size) || bpr_i_utf8_invalid((const char *)data, size) != BPR_NONE) {
		options.input = BPR_INPUT_TABLE;
		status = bpr_read_memory("t.csv", data, size, &options, &flows, problems, &err);
	} else {
		struct bpr_reader reader = { .name = "t.csv", .path = folder, .options = &options, .problems = problems, .err = &err,
					     .looked = true };

		for (size_t t = 0; t < BPR_TABLE_COUNT; t++)
			reader.companions[t].name = NULL;
		status = read_parts((const char *)data, size, &reader, &flows);
		if (status)
			status = bpr_i_reader_complete(&reader, status);
	}
	check_result(status, &flows, problems, &err);
	bpr_problems_free(problems);
	return 0;
}
