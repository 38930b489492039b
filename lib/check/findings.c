/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose finding is it? Everything noted of a file, shared out to its flows and the file itself. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/options_i.h"
#include "check/check_i.h"
#include "read/source_i.h"
#include <string.h>

/* Where a child of the root element begins, and the flow that it is. */
struct part {
	size_t line, column;
	size_t flow;         /* or BPR_NONE */
};

/* The same thing said twice: the first is left out where the second stands at the same element. */
static const struct { const char *weaker, *stronger; } twice[] = {
	{ "X041", "M005" }, { "M003", "A001" }, { "M004", "A001" },
};

struct owners {
	const struct bpr_check_input *input;
	const bpr_problems *noted;
	struct bpr_names said;   /* "CODE place" of those that make others superfluous */
	struct bpr_arena keys;
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
		struct part part = { child->line, child->column, BPR_NONE };

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

/* Where a problem stands: the element, else the place in the file. False: out of memory. */
static bool key_of(const char *code, const struct bpr_problem *p, struct bpr_buf *key)
{
	bpr_i_buf_clear(key);
	bpr_i_buf_printf(key, "%s %s", code, p->where);
	if (!*p->where)
		bpr_i_buf_printf(key, "%s:%zu:%zu", p->file, p->line, p->column);
	return !key->failed;
}

static bool note_said(struct owners *owners)
{
	struct bpr_buf key = BPR_BUF_INIT;
	bool good = true;

	for (size_t i = 0; i < bpr_problems_count(owners->noted) && good; i++) {
		struct bpr_problem p = bpr_problems_get(owners->noted, i);

		for (size_t k = 0; k < sizeof(twice) / sizeof(twice[0]) && good; k++) {
			const char *kept;

			if (strcmp(p.code->code, twice[k].stronger) != 0)
				continue;
			good = key_of(twice[k].stronger, &p, &key);
			kept = good ? bpr_i_arena_strndup(&owners->keys, key.data, key.length) : NULL;
			good = kept && bpr_i_names_add(&owners->said, kept, key.length, NULL) != BPR_NONE;
		}
	}
	bpr_i_buf_release(&key);
	return good;
}

static bool is_said(struct owners *owners, const struct bpr_problem *p)
{
	struct bpr_buf key = BPR_BUF_INIT;
	bool said = false;

	for (size_t k = 0; k < sizeof(twice) / sizeof(twice[0]) && owners->said.count && !said; k++)
		said = !strcmp(p->code->code, twice[k].weaker) && key_of(twice[k].stronger, p, &key) &&
		       bpr_i_names_find(&owners->said, key.data, key.length) != BPR_NONE;
	bpr_i_buf_release(&key);
	return said;
}

/* Nodes of a flow know their line only; the element has the column too. */
static void complete(const struct owners *owners, struct bpr_problem *p)
{
	const struct bpr_source *source = owners->input->flows->source;
	size_t item;

	if (!source || !source->bpmn || p->column || !*p->where || strcmp(p->file, source->name) != 0)
		return;
	item = bpr_i_bpmn_find(source->bpmn, p->where, strlen(p->where));
	if (item == BPR_NONE || (p->line && p->line != source->bpmn->items[item].xml->line))
		return;
	p->line = source->bpmn->items[item].xml->line;
	p->column = source->bpmn->items[item].xml->column;
}

static bool is_wanted(void *context, struct bpr_problem *problem, size_t index)
{
	struct owners *owners = context;
	size_t owner;

	if (is_said(owners, problem))
		return false;
	complete(owners, problem);
	if (owners->all || index >= owners->own)
		return true;
	owner = owner_of(owners, problem);
	return owner == owners->input->flow || (owner == BPR_NONE && owners->alone);
}

bpr_status bpr_check_findings(const struct bpr_check_input *input, const struct bpr_check_options *options,
			      const bpr_problems *noted, size_t own, bpr_problems **out, struct bpr_error *err)
{
	struct bpr_check_options complete = BPR_CHECK_OPTIONS_INIT;
	struct owners owners = { .input = input, .noted = noted, .own = own };
	bpr_status status = BPR_OK;

	*out = NULL;
	if (!bpr_i_options(&complete, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	owners.alone = complete.alone;
	owners.all = input->flow != BPR_NONE && input->flows->count == 1;
	if (!owners.all)
		status = find_parts(&owners, err);
	if (!status && !note_said(&owners))
		status = bpr_i_nomem(err);
	if (!status)
		status = bpr_i_problems_arrange(noted, is_wanted, &owners, complete.overrides, complete.override_count, out, err);
	bpr_i_names_release(&owners.said);
	bpr_i_arena_release(&owners.keys);
	bpr_i_free(owners.parts);
	return status;
}
