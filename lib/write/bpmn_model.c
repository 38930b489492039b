/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows as a BPMN document without a diagram: definitions, a collaboration where there are pools, a process for each flow. */
#include "config.h"
#include "read/bpmn_i.h"
#include "write/model_i.h"
#include <bpr/version.h>
#include <string.h>

/* ---- texts ---- */

void bpr_i_model_indent(struct model *m, size_t depth)
{
	bpr_i_buf_pad(m->out, ' ', 2 * depth);
}

void bpr_i_model_text(struct model *m, const char *text)
{
	m->replaced |= !bpr_i_xml_escape(m->out, text, strlen(text), false);
}

void bpr_i_model_attr(struct model *m, const char *name, const char *value)
{
	bpr_i_buf_printf(m->out, " %s=\"", name);
	m->replaced |= !bpr_i_xml_escape(m->out, value, strlen(value), true);
	bpr_i_buf_putc(m->out, '"');
}

bool bpr_i_model_reads_otherwise(const char *name)
{
	size_t length = strlen(name);
	const char *text = name;

	return bpr_i_xml_trim(&text, length) != length || strpbrk(name, "\t\n\r") != NULL;
}

/* ---- ids ---- */

/* In a first round those that can stay as they are, in a second one the others. */
static void node_ids(struct model *m, struct model_flow *f, bool first)
{
	for (size_t i = 0; i < bpr_flow_node_count(f->flow); i++) {
		const char *id = bpr_flow_node(f->flow, i)->id;

		if (f->element[i] == i && !f->ids[i] && (!first || bpr_i_model_is_id(id)))
			f->ids[i] = bpr_i_model_id(m, id, "Node");
	}
	for (size_t i = 0; i < bpr_flow_arc_count(f->flow); i++) {
		const char *id = bpr_flow_arc(f->flow, i)->id;
		size_t from, to;

		if (bpr_i_model_arc(f, i, &from, &to) && !f->arc_ids[i] && (!first || (id && bpr_i_model_is_id(id))))
			f->arc_ids[i] = bpr_i_model_id(m, id, "Flow");
	}
}

/* What an end throws and a boundary event catches is an error or escalation of the file, one for each that catches. */
static void thrown_ids(struct model *m, struct model_flow *f)
{
	for (size_t i = 0; i < bpr_flow_node_count(f->flow); i++) {
		size_t to = f->catches[i];
		const char *trigger = to == BPR_NONE ? "" : bpr_flow_node(f->flow, to)->trigger;

		if (to == BPR_NONE || f->thrown[to])
			continue;
		if (!strcmp(trigger, "error") || !strcmp(trigger, "escalation"))
			f->thrown[to] = bpr_i_model_id(m, NULL, !strcmp(trigger, "error") ? "Error" : "Escalation");
	}
}

static void thrown_elements(struct model *m, const struct model_flow *f)
{
	for (size_t i = 0; i < bpr_flow_node_count(f->flow); i++) {
		if (!f->thrown[i])
			continue;
		bpr_i_model_indent(m, 1);
		bpr_i_buf_printf(m->out, "<%s", bpr_flow_node(f->flow, i)->trigger);
		bpr_i_model_attr(m, "id", f->thrown[i]);
		bpr_i_buf_puts(m->out, "/>\n");
	}
}

/* ---- flows ---- */

static bool flow_room(struct model *m, struct model_flow *f)
{
	size_t nodes = bpr_flow_node_count(f->flow);
	size_t scopes = bpr_flow_scope_count(f->flow);

	f->ids = bpr_i_arena_alloc(&m->arena, nodes, sizeof(*f->ids));
	f->arc_ids = bpr_i_arena_alloc(&m->arena, bpr_flow_arc_count(f->flow), sizeof(*f->arc_ids));
	f->part_next = bpr_i_arena_alloc(&m->arena, nodes, sizeof(size_t));
	f->meets = bpr_i_arena_alloc(&m->arena, nodes, sizeof(bool));
	f->element = bpr_i_arena_alloc(&m->arena, nodes, sizeof(size_t));
	f->within = bpr_i_arena_alloc(&m->arena, nodes, sizeof(size_t));
	f->fold = bpr_i_arena_alloc(&m->arena, scopes, 1);
	f->helper = bpr_i_arena_alloc(&m->arena, nodes, 1);
	f->first_in = bpr_i_arena_alloc(&m->arena, scopes, sizeof(size_t));
	f->next_in = bpr_i_arena_alloc(&m->arena, nodes, sizeof(size_t));
	f->split = bpr_i_arena_alloc(&m->arena, nodes, sizeof(size_t));
	f->catches = bpr_i_arena_alloc(&m->arena, nodes, sizeof(size_t));
	f->thrown = bpr_i_arena_alloc(&m->arena, nodes, sizeof(*f->thrown));
	return f->ids && f->arc_ids && f->part_next && f->meets && f->element && f->within && f->fold && f->helper && f->first_in &&
	       f->next_in && f->split && f->catches && f->thrown;
}

static bpr_status prepare(struct model *m)
{
	for (size_t i = 0; i < m->w->count; i++) {
		struct model_flow *f = &m->flows[i];
		bpr_status status;

		f->index = m->w->chosen[i];
		f->flow = bpr_i_writing_flow(m->w, i);
		if (!bpr_i_format_begin(&f->format, f->flow, false))
			return BPR_ENOMEM;
		f->format.implied = bpr_flow_node_count(f->flow); /* what is implied elsewhere is an element here */
		if (!flow_room(m, f))
			return BPR_ENOMEM;
		status = bpr_i_model_fold(m, f);
		if (!status)
			status = bpr_i_model_lanes(m, f);
		if (status)
			return status;
		m->pools |= f->lane_count > 0;
	}
	m->pools |= m->w->count > 1 || m->w->flows->message_count > 0;
	return BPR_OK;
}

static void make_ids(struct model *m)
{
	for (size_t i = 0; i < m->w->count; i++)
		m->flows[i].process_id = bpr_i_model_id(m, bpr_flow_id(m->flows[i].flow), "Process");
	for (size_t i = 0; i < m->w->count; i++)
		node_ids(m, &m->flows[i], true);
	for (size_t i = 0; i < m->w->count; i++) {
		node_ids(m, &m->flows[i], false);
		thrown_ids(m, &m->flows[i]);
	}
	if (!m->pools)
		return;
	m->collaboration = bpr_i_model_id(m, NULL, "Collaboration");
	for (size_t i = 0; i < m->w->count; i++)
		m->flows[i].pool_id = bpr_i_model_id(m, NULL, "Participant");
}

/* ---- collaboration ---- */

static struct model_flow *flow_at(struct model *m, size_t index)
{
	for (size_t i = 0; index != BPR_NONE && i < m->w->count; i++)
		if (m->flows[i].index == index)
			return &m->flows[i];
	return NULL;
}

/* The pool without contents of that name; made when first asked for. */
static const char *outside(struct model *m, const char *name)
{
	bool added = false;
	size_t at = BPR_NONE;

	if (bpr_i_grow(&m->outside_ids, &m->outside_capacity, m->outside.count + 1, sizeof(*m->outside_ids)))
		at = bpr_i_names_add(&m->outside, name, strlen(name), &added);
	if (at == BPR_NONE) {
		m->nomem = true;
		return "";
	}
	if (added)
		m->outside_ids[at] = bpr_i_model_id(m, NULL, "Participant");
	return m->outside_ids[at];
}

/* An end of a message flow: a node's element, a pool, or a pool outside. */
static const char *message_end(struct model *m, size_t flow, size_t node, const char *pool)
{
	struct model_flow *f = flow_at(m, flow);

	if (f)
		return node == BPR_NONE ? f->pool_id : f->ids[f->element[node]];
	return outside(m, flow == BPR_NONE ? pool ? pool : "" : bpr_flow_name(m->w->flows->items[flow]));
}

/* Ids of what stands outside, and who meets it; those messages are left out that concern nothing that is written. */
static void message_ends(struct model *m)
{
	for (size_t i = 0; i < m->w->flows->message_count; i++) {
		const struct bpr_message *message = &m->w->flows->messages[i];
		struct model_flow *from = flow_at(m, message->from_flow);
		struct model_flow *to = flow_at(m, message->to_flow);

		if (!from == !to)
			continue;
		(void)message_end(m, message->from_flow, message->from_node, message->from_pool);
		(void)message_end(m, message->to_flow, message->to_node, message->to_pool);
		if (from && message->from_node != BPR_NONE)
			from->meets[message->from_node] = true;
		if (to && message->to_node != BPR_NONE)
			to->meets[message->to_node] = true;
	}
}

static void participant(struct model *m, const char *id, const char *name, const struct model_flow *f)
{
	bpr_i_model_indent(m, 2);
	bpr_i_buf_puts(m->out, "<participant");
	bpr_i_model_attr(m, "id", id);
	if (*name)
		bpr_i_model_attr(m, "name", name);
	if (f)
		bpr_i_model_attr(m, "processRef", f->process_id);
	if (f) /* whatever its name says: the nodes say it themselves */
		bpr_i_model_attr(m, "bpr:actor", "staff");
	bpr_i_buf_puts(m->out, "/>\n");
}

static void messages(struct model *m)
{
	for (size_t i = 0; i < m->w->flows->message_count; i++) {
		const struct bpr_message *message = &m->w->flows->messages[i];

		if (!flow_at(m, message->from_flow) && !flow_at(m, message->to_flow))
			continue;
		bpr_i_model_indent(m, 2);
		bpr_i_buf_puts(m->out, "<messageFlow");
		bpr_i_model_attr(m, "id", bpr_i_model_id(m, message->id, "MessageFlow"));
		if (*message->name)
			bpr_i_model_attr(m, "name", message->name);
		bpr_i_model_attr(m, "sourceRef", message_end(m, message->from_flow, message->from_node, message->from_pool));
		bpr_i_model_attr(m, "targetRef", message_end(m, message->to_flow, message->to_node, message->to_pool));
		bpr_i_buf_puts(m->out, "/>\n");
	}
}

static void collaboration(struct model *m)
{
	bpr_i_model_indent(m, 1);
	bpr_i_buf_puts(m->out, "<collaboration");
	bpr_i_model_attr(m, "id", m->collaboration);
	bpr_i_buf_puts(m->out, ">\n");
	for (size_t i = 0; i < m->w->count; i++) {
		const bpr_flow *flow = m->flows[i].flow;

		participant(m, m->flows[i].pool_id, *bpr_flow_name(flow) ? bpr_flow_name(flow) : bpr_flow_id(flow), &m->flows[i]);
	}
	for (size_t i = 0; i < m->outside.count; i++)
		participant(m, m->outside_ids[i], m->outside.items[i].key, NULL);
	messages(m);
	bpr_i_model_indent(m, 1);
	bpr_i_buf_puts(m->out, "</collaboration>\n");
}

/* ---- the document ---- */

static void process(struct model *m, struct model_flow *f)
{
	bpr_i_model_indent(m, 1);
	bpr_i_buf_puts(m->out, "<process");
	bpr_i_model_attr(m, "id", f->process_id);
	if (*bpr_flow_name(f->flow))
		bpr_i_model_attr(m, "name", bpr_flow_name(f->flow));
	if (!*bpr_flow_name(f->flow) || bpr_i_model_reads_otherwise(bpr_flow_name(f->flow))) /* its pool has a name */
		bpr_i_model_attr(m, "bpr:name", bpr_flow_name(f->flow));
	bpr_i_model_attr(m, "isExecutable", "false");
	if (strcmp(f->process_id, bpr_flow_id(f->flow)) != 0)
		bpr_i_model_attr(m, "bpr:id", bpr_flow_id(f->flow));
	bpr_i_buf_puts(m->out, ">\n");
	bpr_i_model_companions(m, f, 2);
	bpr_i_model_lane_set(m, f, 2);
	bpr_i_model_contents(m, f, BPR_NONE, 2);
	bpr_i_model_indent(m, 1);
	bpr_i_buf_puts(m->out, "</process>\n");
}

static void document(struct model *m)
{
	bpr_i_buf_puts(m->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions xmlns=\"" BPMN_NS "\"\n"
			       "    xmlns:bpmndi=\"" BPMN_DI_NS "\" xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\"\n"
			       "    xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
			       "    xmlns:bpr=\"" BPMN_BPR_NS "\"");
	bpr_i_model_attr(m, "id", bpr_i_model_id(m, NULL, "Definitions"));
	bpr_i_buf_puts(m->out, " targetNamespace=\"urn:bpr:process\" exporter=\"bpr\" exporterVersion=\"" BPR_VERSION "\">\n");
	for (size_t i = 0; i < m->w->count; i++)
		thrown_elements(m, &m->flows[i]);
	if (m->pools)
		collaboration(m);
	for (size_t i = 0; i < m->w->count; i++)
		process(m, &m->flows[i]);
	bpr_i_buf_puts(m->out, "</definitions>\n");
}

bpr_status bpr_i_model_write(struct bpr_writing *w, bool flat, struct bpr_buf *out, bool *replaced)
{
	struct model m = { .w = w, .out = out, .flat = flat };
	bpr_status status;

	m.flows = bpr_i_calloc(w->count, sizeof(*m.flows));
	status = m.flows ? prepare(&m) : BPR_ENOMEM;
	if (!status) {
		make_ids(&m);
		message_ends(&m);
	}
	if (!status && !m.nomem)
		document(&m);
	for (size_t i = 0; m.flows && i < w->count; i++)
		if (m.flows[i].format.flow)
			bpr_i_format_end(&m.flows[i].format);
	*replaced = m.replaced;
	bpr_i_free(m.flows);
	bpr_i_names_release(&m.ids);
	bpr_i_names_release(&m.outside);
	bpr_i_free(m.outside_ids);
	bpr_i_arena_release(&m.arena);
	return status || m.nomem || out->failed ? BPR_ENOMEM : BPR_OK;
}
