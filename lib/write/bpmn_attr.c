/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a node carries as bpr:… attributes: the cells of its row that BPMN has no place for. Companions as bpr:… elements. */
#include "config.h"
#include "read/bpmn_i.h"
#include "write/model_i.h"
#include <string.h>

/* BPMN says these itself, or they are said otherwise below. */
static bool elsewhere(const char *key)
{
	static const char *const keys[] = {
		"id", "name", "kind", "next", "conditions", "flows", "unit", "actor", "counter", "on", "interrupting", "terminate", "type", "trigger",
		"scope", "loop_prob", "repeat", "parallel", "note",
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!strcmp(key, keys[i]))
			return true;
	return false;
}

static void say(struct model *m, const char *key, const char *value)
{
	char name[64] = "bpr:";

	if (strlen(key) + 5 > sizeof(name))
		return;
	memcpy(name + 4, key, strlen(key) + 1);
	bpr_i_model_attr(m, name, value);
}

/* The element says it by itself: edges and links inside, choices by the conditions of their ways. */
static bool implied(const struct model_flow *f, size_t node, const char *key)
{
	const struct bpr_node *n = bpr_flow_node(f->flow, node);
	const struct bpmn_element *row = bpr_i_bpmn_element(bpr_i_model_element(f, node));
	bool event = row && row->role == BPMN_EVENT;

	if (!strcmp(key, "silent"))
		return event && n->silent && ((row->flags & (BPMN_IS_START | BPMN_IS_END) && n->kind == BPR_NODE_EVENT) ||
					      (n->trigger && !strcmp(n->trigger, "link")));
	return !strcmp(key, "split") && n->split == BPR_SPLIT_XOR && row && row->role != BPMN_GATEWAY;
}

/* The unit is the lane's, unless it is said; what is silent by itself has none. */
static void unit(struct model *m, const struct model_flow *f, size_t node)
{
	size_t own = bpr_flow_node(f->flow, node)->unit;

	if (own != (implied(f, node, "silent") ? BPR_NONE : bpr_i_model_lane_unit(f, node)))
		say(m, "unit", own == BPR_NONE ? "" : bpr_flow_unit(f->flow, own)->name);
}

/* The element says who does it, but for citizens; a step that exchanges messages with a pool outside would get a counter by itself. */
static void actor_and_counter(struct model *m, const struct model_flow *f, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(f->flow, node);
	const struct bpmn_element *element = bpr_i_bpmn_element(bpr_i_model_element(f, node));
	bool system = element && element->flags & BPMN_IS_SYSTEM;

	if (n->actor != (system ? BPR_ACTOR_SYSTEM : BPR_ACTOR_STAFF))
		say(m, "actor", bpr_actor_name(n->actor));
	if (n->counter != BPR_NONE)
		say(m, "counter", bpr_flow_counter(f->flow, n->counter)->name);
	else if (f->meets[node])
		say(m, "counter", "");
}

/* What the element and its event definition do not say. "" where they say something that is not so. */
static void type_and_trigger(struct model *m, const struct model_flow *f, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(f->flow, node);
	const char *element = bpr_i_model_element(f, node);
	const char *plain = bpr_i_plain_type(n);
	const char *type = n->type ? n->type : plain;
	const struct bpmn_element *row = bpr_i_bpmn_element(element);
	bool event = row && row->role == BPMN_EVENT;
	bool terminates = !strcmp(element, "endEvent");

	if (row && row->kind != n->kind && !implied(f, node, "silent"))
		say(m, "kind", bpr_node_kind_name(n->kind));
	if (type && strcmp(type, element) != 0)
		say(m, "type", type);
	if (n->trigger && !event)
		say(m, "trigger", n->trigger);
	if (!n->trigger && n->terminate && terminates)
		say(m, "trigger", "");
	if (n->terminate && (!terminates || (n->trigger && strcmp(n->trigger, "terminate") != 0 && strcmp(n->trigger, "multiple") != 0 &&
					     f->catches[node] == BPR_NONE)))
		say(m, "terminate", "yes");
	if (n->scope != BPR_NONE && f->within[node] != n->scope)
		say(m, "scope", bpr_flow_scope(f->flow, n->scope)->id);
}

/* The share of a start inside of a sub-process stands on the way to it. */
static void inner_share(struct model *m, const struct model_flow *f, size_t node)
{
	size_t count;
	const size_t *in = bpr_flow_arcs_in(f->flow, node, &count);
	struct bpr_buf text = BPR_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		const struct bpr_arc *arc = bpr_flow_arc(f->flow, in[i]);

		if (bpr_i_model_is_entry(f, arc->from) && arc->given && f->within[node] != BPR_NONE && !text.length)
			bpr_i_buf_number(&text, arc->prob);
	}
	if (text.length)
		say(m, "prob", text.data);
	m->nomem |= text.failed != BPR_OK;
	bpr_i_buf_release(&text);
}

void bpr_i_model_cells(struct model *m, const struct model_flow *f, size_t node)
{
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(BPR_TABLE_FLOW, &count);
	struct bpr_buf text = BPR_BUF_INIT;

	if (bpr_i_model_reads_otherwise(bpr_flow_node(f->flow, node)->name))
		say(m, "name", bpr_flow_node(f->flow, node)->name);
	unit(m, f, node);
	actor_and_counter(m, f, node);
	for (size_t i = 0; i < count; i++) {
		if (elsewhere(columns[i].key) || implied(f, node, columns[i].key))
			continue;
		bpr_i_buf_clear(&text);
		if (bpr_i_format_cell(&f->format, node, &columns[i], &text) && !text.failed)
			say(m, columns[i].key, text.data ? text.data : "");
	}
	m->nomem |= text.failed != BPR_OK;
	bpr_i_buf_release(&text);
	type_and_trigger(m, f, node);
	inner_share(m, f, node);
}

/* ---- companions ---- */

static void row(struct model *m, const struct model_flow *f, enum bpr_table table, const struct bpr_format_row *at, size_t depth)
{
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(table, &count);
	struct bpr_buf text = BPR_BUF_INIT;

	bpr_i_model_indent(m, depth);
	bpr_i_buf_printf(m->out, "<bpr:%s", bpr_i_table_name(table));
	for (size_t i = 0; i < count; i++) {
		bpr_i_buf_clear(&text);
		if (table == BPR_TABLE_DEMAND && i != at->at) /* a row is a key */
			continue;
		if (!bpr_i_format_row_cell(&f->format, table, at, &columns[i], &text) || text.failed)
			continue;
		if (table == BPR_TABLE_DEMAND)
			bpr_i_model_attr(m, "key", columns[i].key);
		bpr_i_model_attr(m, table == BPR_TABLE_DEMAND ? "value" : columns[i].key, text.data ? text.data : "");
	}
	m->nomem |= text.failed != BPR_OK;
	bpr_i_buf_release(&text);
	bpr_i_buf_puts(m->out, "/>\n");
}

/* A sub-process that is written as one needs no row; the flow's id is the process's. */
static bool wanted(const struct model_flow *f, enum bpr_table table, const struct bpr_format_row *at)
{
	size_t count;

	if (table == BPR_TABLE_SCOPES)
		return f->fold[at->at] != MODEL_FOLD_YES;
	return table != BPR_TABLE_DEMAND || strcmp(bpr_i_columns(table, &count)[at->at].key, "flow") != 0;
}

void bpr_i_model_companions(struct model *m, const struct model_flow *f, size_t depth)
{
	bool any = false;

	for (enum bpr_table table = BPR_TABLE_FORMS; table < BPR_TABLE_COUNT; table++) {
		struct bpr_format_row at = { 0 };

		while (bpr_i_format_next_row(&f->format, table, &at)) {
			if (!wanted(f, table, &at))
				continue;
			if (!any) {
				bpr_i_model_indent(m, depth);
				bpr_i_buf_puts(m->out, "<extensionElements>\n");
			}
			any = true;
			row(m, f, table, &at, depth + 1);
		}
	}
	if (any) {
		bpr_i_model_indent(m, depth);
		bpr_i_buf_puts(m->out, "</extensionElements>\n");
	}
}
