/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nodes, sub-processes with what is inside, and sequence flows; children in the order that the schema of BPMN 2.0 demands. */
#include "config.h"
#include "read/bpmn_i.h"
#include "write/model_i.h"
#include <math.h>
#include <string.h>

static const struct bpr_node *node_at(const struct model_flow *f, size_t i)
{
	return bpr_flow_node(f->flow, i);
}

static void open_child(struct model *m, size_t depth, const char *tag)
{
	bpr_i_model_indent(m, depth);
	bpr_i_buf_printf(m->out, "<%s", tag);
}

static void text_child(struct model *m, size_t depth, const char *tag, const char *text)
{
	open_child(m, depth, tag);
	bpr_i_buf_putc(m->out, '>');
	bpr_i_model_text(m, text);
	bpr_i_buf_printf(m->out, "</%s>\n", tag);
}

/* ---- which element ---- */

static const char *scope_element(const struct bpr_scope *scope)
{
	static const char *const known[] = { "transaction", "adHocSubProcess" };

	for (size_t i = 0; scope->type && i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(scope->type, known[i]))
			return known[i];
	return "subProcess";
}

/* A pass inside of a sub-process that was its start or end event. */
static const char *inner_edge(const struct model_flow *f, size_t node)
{
	const struct bpr_node *n = node_at(f, node);

	if (f->within[node] == BPR_NONE || !n->silent || !n->type || n->kind != BPR_NODE_EVENT)
		return NULL;
	if (!strcmp(n->type, "startEvent"))
		return "startEvent";
	return strcmp(n->type, "endEvent") ? NULL : "endEvent";
}

const char *bpr_i_model_element(const struct model_flow *f, size_t node)
{
	static const char *const plain[] = {
		"task", "startEvent", "endEvent", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "intermediateThrowEvent",
	};
	const struct bpr_node *n = node_at(f, node);
	const struct bpmn_element *element = n->type ? bpr_i_bpmn_element(n->type) : NULL;
	const char *edge = inner_edge(f, node);
	size_t on_border;

	if (bpr_i_model_is_entry(f, node))
		return scope_element(bpr_flow_scope(f->flow, n->scope));
	if (n->host != BPR_NONE)
		return "boundaryEvent";
	if (edge)
		return edge;
	(void)bpr_flow_boundary(f->flow, node, &on_border);
	if (on_border && n->kind != BPR_NODE_TASK) /* events sit on activities only */
		return "task";
	if (element && (!n->silent || element->role == BPMN_EVENT) && element->role >= BPMN_TASK && element->role <= BPMN_CALL && element->kind == n->kind &&
	    !(element->flags & BPMN_IS_BOUNDARY) && strcmp(n->type, "implicitThrowEvent") != 0)
		return element->name;
	return plain[n->kind];
}

static bool is_gateway(const char *element)
{
	const struct bpmn_element *row = bpr_i_bpmn_element(element);

	return row && row->role == BPMN_GATEWAY;
}

/* ---- events ---- */

/* The time of a timer as XML says it; nothing where it is no plain duration of whole seconds. */
static void duration(struct model *m, const struct bpr_dist *wait, size_t depth)
{
	double seconds = wait && wait->kind == BPR_DIST_CONSTANT ? wait->a * 60 : -1;

	if (!(seconds >= 0 && seconds < 1e12) || fabs(seconds - round(seconds)) > 1e-9)
		return;
	seconds = round(seconds);
	open_child(m, depth, "timeDuration xsi:type=\"tFormalExpression\">PT");
	bpr_i_buf_number(m->out, fmod(seconds, 60) > 0 ? seconds : seconds / 60);
	bpr_i_buf_puts(m->out, fmod(seconds, 60) > 0 ? "S</timeDuration>\n" : "M</timeDuration>\n");
}

static void definition(struct model *m, const struct model_flow *f, size_t node, const char *trigger, size_t depth)
{
	const struct bpr_node *n = node_at(f, node);
	size_t catcher = f->catches[node] != BPR_NONE ? f->catches[node] : node;
	bool timer = !strcmp(trigger, "timer") && n->host == BPR_NONE && n->kind == BPR_NODE_EVENT && !n->silent;
	const char *name = !strcmp(trigger, "link") ? f->ids[catcher] : NULL;

	open_child(m, depth, trigger);
	bpr_i_buf_puts(m->out, "EventDefinition");
	if (name)
		bpr_i_model_attr(m, "name", name);
	else if (f->thrown[catcher])
		bpr_i_model_attr(m, !strcmp(trigger, "error") ? "errorRef" : "escalationRef", f->thrown[catcher]);
	if (!strcmp(trigger, "conditional")) {
		bpr_i_buf_puts(m->out, ">\n");
		open_child(m, depth + 1, "condition xsi:type=\"tFormalExpression\"/>\n");
		bpr_i_model_indent(m, depth);
		bpr_i_buf_puts(m->out, "</conditionalEventDefinition>\n");
	} else if (timer && n->wait) {
		bpr_i_buf_puts(m->out, ">\n");
		duration(m, n->wait, depth + 1);
		bpr_i_model_indent(m, depth);
		bpr_i_buf_puts(m->out, "</timerEventDefinition>\n");
	} else {
		bpr_i_buf_puts(m->out, "/>\n");
	}
}

static void definitions(struct model *m, const struct model_flow *f, size_t node, size_t depth)
{
	static const char *const known[] = { "message", "timer", "signal", "error", "escalation", "conditional", "link", "compensate", "cancel", "terminate" };
	const struct bpr_node *n = node_at(f, node);
	bool end = !strcmp(bpr_i_model_element(f, node), "endEvent");

	if (end && n->terminate && (!n->trigger || !strcmp(n->trigger, "multiple")))
		definition(m, f, node, "terminate", depth);
	if (n->trigger && !strcmp(n->trigger, "multiple")) {
		if (!n->terminate || !end)
			definition(m, f, node, "message", depth);
		definition(m, f, node, "signal", depth);
	}
	for (size_t i = 0; n->trigger && i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(n->trigger, known[i]))
			definition(m, f, node, known[i], depth);
}

/* ---- loops ---- */

static void rounds(struct model *m, double prob, size_t repeat, bool parallel, size_t depth)
{
	if (prob > 0) {
		open_child(m, depth, "standardLoopCharacteristics/>\n");
	} else if (repeat > 1) {
		open_child(m, depth, "multiInstanceLoopCharacteristics");
		bpr_i_model_attr(m, "isSequential", parallel ? "false" : "true");
		bpr_i_buf_puts(m->out, ">\n");
		open_child(m, depth + 1, "loopCardinality xsi:type=\"tFormalExpression\">");
		bpr_i_buf_printf(m->out, "%zu</loopCardinality>\n", repeat);
		bpr_i_model_indent(m, depth);
		bpr_i_buf_puts(m->out, "</multiInstanceLoopCharacteristics>\n");
	}
}

/* Probability of one more round of a sub-process: of the way back to its entry. */
static double scope_loop(const struct model_flow *f, size_t entry)
{
	for (size_t i = entry; i != BPR_NONE; i = f->part_next[i])
		if (f->helper[i] == MODEL_LOOP)
			for (size_t k = 0; k < node_at(f, i)->out_count; k++) {
				const struct bpr_arc *arc = bpr_flow_arc(f->flow, node_at(f, i)->first_out + k);

				if (arc->to == entry)
					return arc->prob;
			}
	return 0;
}

static void loop_attrs(struct model *m, double prob)
{
	struct bpr_buf text = BPR_BUF_INIT;

	if (!(prob > 0))
		return;
	bpr_i_buf_number(&text, prob);
	bpr_i_model_attr(m, "bpr:loop_prob", text.failed ? "" : text.data);
	m->nomem |= text.failed != BPR_OK;
	bpr_i_buf_release(&text);
}

/* ---- nodes ---- */

static void flows_of(struct model *m, const struct model_flow *f, size_t node, size_t depth)
{
	for (size_t i = node; i != BPR_NONE; i = f->part_next[i]) {
		size_t count;
		const size_t *in = bpr_flow_arcs_in(f->flow, i, &count);

		for (size_t k = 0; k < count; k++)
			if (f->arc_ids[in[k]])
				text_child(m, depth, "incoming", f->arc_ids[in[k]]);
	}
	for (size_t i = node; i != BPR_NONE; i = f->part_next[i])
		for (size_t k = 0; k < node_at(f, i)->out_count; k++)
			if (f->arc_ids[node_at(f, i)->first_out + k])
				text_child(m, depth, "outgoing", f->arc_ids[node_at(f, i)->first_out + k]);
}

static void scope_attrs(struct model *m, const struct model_flow *f, const struct bpr_scope *scope, size_t node)
{
	if (*scope->name)
		bpr_i_model_attr(m, "name", scope->name);
	if (bpr_i_model_reads_otherwise(scope->name))
		bpr_i_model_attr(m, "bpr:name", scope->name);
	if (strcmp(scope->id, f->ids[node]) != 0)
		bpr_i_model_attr(m, "bpr:id", scope->id);
	if (scope->type && strcmp(scope->type, scope_element(scope)) != 0)
		bpr_i_model_attr(m, "bpr:type", scope->type);
	loop_attrs(m, scope_loop(f, node));
}

static void node_attrs(struct model *m, const struct model_flow *f, size_t node)
{
	const struct bpr_node *n = node_at(f, node);

	if (*n->name)
		bpr_i_model_attr(m, "name", n->name);
	if (n->host != BPR_NONE)
		bpr_i_model_attr(m, "attachedToRef", f->ids[f->element[n->host]]);
	if (n->host != BPR_NONE && !n->interrupting)
		bpr_i_model_attr(m, "cancelActivity", "false");
	if (strcmp(n->id, f->ids[node]) != 0)
		bpr_i_model_attr(m, "bpr:id", n->id);
	bpr_i_model_cells(m, f, node);
	loop_attrs(m, n->loop_prob);
}

static void element(struct model *m, struct model_flow *f, size_t node, size_t depth)
{
	const struct bpr_node *n = node_at(f, node);
	const struct bpr_scope *scope = bpr_i_model_is_entry(f, node) ? bpr_flow_scope(f->flow, n->scope) : NULL;
	const char *tag = bpr_i_model_element(f, node);
	const struct bpmn_element *row = bpr_i_bpmn_element(tag);
	size_t body;

	open_child(m, depth, tag);
	bpr_i_model_attr(m, "id", f->ids[node]);
	if (scope)
		scope_attrs(m, f, scope, node);
	else
		node_attrs(m, f, node);
	bpr_i_buf_puts(m->out, ">\n");
	body = m->out->length;
	if (!scope && n->note)
		text_child(m, depth + 1, "documentation", n->note);
	flows_of(m, f, node, depth + 1);
	if (row && row->role != BPMN_EVENT && row->role != BPMN_GATEWAY)
		rounds(m, scope ? scope_loop(f, node) : n->loop_prob, scope ? scope->repeat : n->repeat,
		       scope ? scope->repeat_parallel : n->repeat_parallel, depth + 1);
	if (row && row->role == BPMN_EVENT)
		definitions(m, f, node, depth + 1);
	if (scope)
		bpr_i_model_contents(m, f, n->scope, depth + 1);
	if (m->out->length == body && !m->out->failed) {
		m->out->length -= 2;
		bpr_i_buf_puts(m->out, "/>\n");
		return;
	}
	bpr_i_model_indent(m, depth);
	bpr_i_buf_printf(m->out, "</%s>\n", tag);
}

/* ---- sequence flows ---- */

/* Of the ways out of an inclusive split behind a task: taken always, so it carries no condition. At least one does, one does not. */
static bool unconditional(const struct model_flow *f, size_t split, size_t arc)
{
	const struct bpr_node *n = node_at(f, split);
	size_t always = 0;

	for (size_t k = 0; k < n->out_count; k++)
		always += bpr_flow_arc(f->flow, n->first_out + k)->prob >= 1;
	if (always == 0)
		return arc + 1 == n->first_out + n->out_count;
	return bpr_flow_arc(f->flow, arc)->prob >= 1 && (always < n->out_count || arc != n->first_out);
}

static bool conditional(const struct model_flow *f, size_t arc, size_t from)
{
	const struct bpr_node *source = node_at(f, bpr_flow_arc(f->flow, arc)->from);

	if (is_gateway(bpr_i_model_element(f, from)))
		return false;
	if (f->split[from] != BPR_NONE)
		return !unconditional(f, f->split[from], arc);
	return source->split == BPR_SPLIT_XOR && source->out_count > 1;
}

static void sequence_flow(struct model *m, const struct model_flow *f, size_t arc, size_t depth)
{
	const struct bpr_arc *a = bpr_flow_arc(f->flow, arc);
	size_t from = f->element[a->from];
	bool split = f->split[from] == a->from;
	struct bpr_buf share = BPR_BUF_INIT;

	open_child(m, depth, "sequenceFlow");
	bpr_i_model_attr(m, "id", f->arc_ids[arc]);
	if (!a->id || strcmp(a->id, f->arc_ids[arc]) != 0)
		bpr_i_model_attr(m, "bpr:id", a->id ? a->id : "");
	if (a->name)
		bpr_i_model_attr(m, "name", a->name);
	if (a->name && bpr_i_model_reads_otherwise(a->name))
		bpr_i_model_attr(m, "bpr:name", a->name);
	bpr_i_model_attr(m, "sourceRef", f->ids[from]);
	bpr_i_model_attr(m, "targetRef", f->ids[f->element[a->to]]);
	bpr_i_buf_number(&share, a->prob);
	m->nomem |= share.failed != BPR_OK;
	if (!share.failed && (split || (a->given && node_at(f, a->from)->split != BPR_SPLIT_AND)))
		bpr_i_model_attr(m, "bpr:share", share.data);
	if (conditional(f, arc, from)) {
		bpr_i_buf_puts(m->out, ">\n");
		open_child(m, depth + 1, "conditionExpression xsi:type=\"tFormalExpression\">");
		bpr_i_model_text(m, a->name ? a->name : share.failed ? "" : share.data);
		bpr_i_buf_puts(m->out, "</conditionExpression>\n");
		bpr_i_model_indent(m, depth);
		bpr_i_buf_puts(m->out, "</sequenceFlow>\n");
	} else {
		bpr_i_buf_puts(m->out, "/>\n");
	}
	bpr_i_buf_release(&share);
}

/* Where a sequence flow stands: with its nodes, or in the process where they are not together. */
static size_t home(const struct model_flow *f, size_t arc)
{
	const struct bpr_arc *a = bpr_flow_arc(f->flow, arc);
	size_t from = f->within[f->element[a->from]];

	return from == f->within[f->element[a->to]] ? from : BPR_NONE;
}

void bpr_i_model_contents(struct model *m, struct model_flow *f, size_t scope, size_t depth)
{
	size_t nodes = bpr_flow_node_count(f->flow);
	size_t from = scope == BPR_NONE ? 0 : f->first_in[scope];

	for (size_t i = from; i != BPR_NONE && i < nodes; i = scope == BPR_NONE ? i + 1 : f->next_in[i])
		if (f->element[i] == i && f->within[i] == scope)
			element(m, f, i, depth);
	for (size_t i = from; i != BPR_NONE && i < nodes; i = scope == BPR_NONE ? i + 1 : f->next_in[i])
		for (size_t k = 0; k < node_at(f, i)->out_count; k++) {
			size_t arc = node_at(f, i)->first_out + k;

			if (f->arc_ids[arc] && home(f, arc) == scope)
				sequence_flow(m, f, arc, depth);
		}
}
