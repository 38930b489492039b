/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose finding is it? Everything noted of a file, shared out to its flows and the file itself. */
#include "config.h"
#include "base/alloc_i.h"
#include "check/check_i.h"
#include "read/source_i.h"
#include <string.h>

/* Where a child of the root element begins, and the flow that it is. */
struct part {
	size_t line, column;
	size_t flow;         /* or BPR_NONE */
};

struct owners {
	const struct bpr_check_input *input;
	const char *file;    /* the one that the parts are of */
	struct part *parts;  /* in the order of the file */
	size_t part_count;
	size_t own;
	bool all, alone;
};

/* Processes without steps have no flow; the others stand in the same order as the flows. */
static size_t next_flow(const struct bpr_flows *flows, const struct bpr_xml_node *process, size_t flow)
{
	const struct bpr_xml_attr *id = bpr_i_xml_attr(process, "id");
	const char *text = id ? id->value : "";
	size_t length = id ? bpr_i_xml_trim(&text, id->length) : 0;
	const char *name = flow < flows->count ? bpr_flow_id(flows->items[flow]) : NULL;

	return name && strlen(name) == length && !memcmp(name, text, length) ? flow : BPR_NONE;
}

static bpr_status find_parts(struct owners *owners, struct bpr_error *err)
{
	const struct bpr_flows *flows = owners->input->flows;
	const struct bpr_source *source = flows->source;
	size_t flow = 0;
	size_t count = 0;

	if (!source || !source->bpmn)
		return BPR_OK;
	BPR_I_XML_EACH(child, source->bpmn->xml.root)
		count++;
	owners->parts = bpr_i_calloc(count, sizeof(*owners->parts));
	if (!owners->parts)
		return bpr_i_nomem(err);
	BPR_I_XML_EACH(child, source->bpmn->xml.root) {
		struct part part = { child->line, 0, BPR_NONE };

		if (bpr_i_xml_is(child, BPMN_NS, "process"))
			part.flow = next_flow(flows, child, flow);
		flow += part.flow != BPR_NONE;
		owners->parts[owners->part_count++] = part;
	}
	owners->file = source->name;
	return BPR_OK;
}

/* The flow in whose element the problem stands, or BPR_NONE. */
static size_t owner_of(const struct owners *owners, const struct bpr_problem *problem)
{
	size_t low = 0;
	size_t high = owners->part_count;

	if (!problem->line || !owners->file || strcmp(problem->file, owners->file) != 0)
		return BPR_NONE;
	while (low < high) { /* the last one that begins at or before the place */
		size_t middle = (low + high) / 2;
		const struct part *part = &owners->parts[middle];

		if (part->line < problem->line || (part->line == problem->line && part->column <= problem->column))
			low = middle + 1;
		else
			high = middle;
	}
	return low ? owners->parts[low - 1].flow : BPR_NONE;
}

static bool is_wanted(void *context, const struct bpr_problem *problem, size_t index)
{
	const struct owners *owners = context;
	size_t owner;

	if (owners->all || index >= owners->own)
		return true;
	owner = owner_of(owners, problem);
	return owner == owners->input->flow || (owner == BPR_NONE && owners->alone);
}

bpr_status bpr_check_findings(const struct bpr_check_input *input, const struct bpr_check_options *options,
			      const bpr_problems *noted, size_t own, bpr_problems **out, struct bpr_error *err)
{
	static const struct bpr_check_options defaults = BPR_CHECK_OPTIONS_INIT;
	struct owners owners = { .input = input, .own = own };
	bpr_status status = BPR_OK;

	if (!options)
		options = &defaults;
	*out = NULL;
	owners.alone = options->alone;
	owners.all = input->flow != BPR_NONE && input->flows->count == 1;
	if (!owners.all)
		status = find_parts(&owners, err);
	if (!status)
		status = bpr_i_problems_arrange(noted, is_wanted, &owners, options->overrides, options->override_count, out, err);
	bpr_i_free(owners.parts);
	return status;
}
