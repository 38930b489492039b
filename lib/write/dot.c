/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DOT for Graphviz: flows left to right, a cluster for each lane. Names of nodes are ours (n0, n1 …), so that no text of an input is
 * anything but a quoted label.
 */
#include "config.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "write/write_i.h"
#include <math.h>
#include <string.h>

struct dot {
	struct bpr_buf *out;
	const bpr_flow *flow;
	size_t index;            /* of the flow, part of every name */
	size_t *first, *next;    /* nodes of each unit, in order: [units + 1], the last those without; [nodes] */
	size_t *child, *sibling; /* units within units: [units + 1], [units] */
	size_t indent;
};

/* A label in quotes. A backslash means something to Graphviz, so it is doubled; controls become visible. */
static void put_label(struct bpr_buf *out, const char *text)
{
	bpr_i_buf_putc(out, '"');
	for (size_t i = 0; text[i]; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			bpr_i_buf_putc(out, '\\');
		if (c == '\n')
			bpr_i_buf_puts(out, "\\n");
		else if (c == '\t')
			bpr_i_buf_putc(out, ' ');
		else if (c >= 0x20 && c != 0x7f)
			bpr_i_buf_putc(out, (char)c);
	}
	bpr_i_buf_putc(out, '"');
}

static void indent(const struct dot *d)
{
	bpr_i_buf_pad(d->out, '\t', d->indent);
}

static void put_name(const struct dot *d, size_t node)
{
	bpr_i_buf_printf(d->out, "n%zu_%zu", d->index, node);
}

static const char *shape(const struct bpr_node *n)
{
	if (n->silent)
		return "shape=point";
	switch (n->kind) {
	case BPR_NODE_START: return "shape=circle";
	case BPR_NODE_END: return n->terminate ? "shape=doublecircle, style=filled" : "shape=doublecircle";
	case BPR_NODE_EVENT: return "shape=circle, style=dashed";
	case BPR_NODE_XOR: case BPR_NODE_AND: case BPR_NODE_OR: return "shape=diamond";
	case BPR_NODE_TASK: break;
	}
	return "shape=box, style=rounded";
}

/* What a gateway does stands in it, as BPMN draws it; its name beside it. */
static const char *sign(const struct bpr_node *n)
{
	return n->kind == BPR_NODE_XOR ? "×" : n->kind == BPR_NODE_AND ? "+" : n->kind == BPR_NODE_OR ? "○" : NULL;
}

static void put_node(const struct dot *d, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(d->flow, node);
	const char *text = *n->name ? n->name : n->kind == BPR_NODE_TASK ? n->id : "";

	indent(d);
	put_name(d, node);
	bpr_i_buf_printf(d->out, " [%s, label=", shape(n));
	put_label(d->out, n->silent ? "" : sign(n) ? sign(n) : text);
	if (!n->silent && sign(n) && *n->name) {
		bpr_i_buf_puts(d->out, ", xlabel=");
		put_label(d->out, n->name);
	}
	bpr_i_buf_puts(d->out, ", tooltip=");
	put_label(d->out, n->id);
	bpr_i_buf_puts(d->out, "];\n");
}

/* 70% */
static void put_share(struct bpr_buf *label, double share)
{
	char text[32];

	(void)bpr_i_num_format(text, sizeof(text), round(share * 1000) / 10);
	bpr_i_buf_puts(label, text);
	bpr_i_buf_putc(label, '%');
}

static void put_arc(const struct dot *d, const struct bpr_arc *arc)
{
	struct bpr_buf label = BPR_BUF_INIT;

	if (arc->name)
		bpr_i_buf_puts(&label, arc->name);
	if (bpr_flow_node(d->flow, arc->from)->out_count > 1 && arc->given) {
		if (label.length)
			bpr_i_buf_putc(&label, '\n');
		put_share(&label, arc->prob);
	}
	indent(d);
	put_name(d, arc->from);
	bpr_i_buf_puts(d->out, " -> ");
	put_name(d, arc->to);
	if (label.length) {
		bpr_i_buf_puts(d->out, " [label=");
		put_label(d->out, label.data);
		bpr_i_buf_putc(d->out, ']');
	}
	bpr_i_buf_puts(d->out, ";\n");
	if (label.failed)
		d->out->failed = label.failed;
	bpr_i_buf_release(&label);
}

/* From the task to the event on its border. */
static void put_host(const struct dot *d, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(d->flow, node);

	if (n->host == BPR_NONE)
		return;
	indent(d);
	put_name(d, n->host);
	bpr_i_buf_puts(d->out, " -> ");
	put_name(d, node);
	bpr_i_buf_puts(d->out, " [style=dashed, arrowhead=none];\n");
}

static void put_nodes(const struct dot *d, size_t unit)
{
	for (size_t i = d->first[unit]; i != BPR_NONE; i = d->next[i])
		put_node(d, i);
}

static void open_cluster(struct dot *d, const char *name, size_t index, const char *label, const char *style)
{
	indent(d);
	bpr_i_buf_printf(d->out, "subgraph cluster_%zu_%s%zu {\n", d->index, name, index);
	d->indent++;
	indent(d);
	bpr_i_buf_puts(d->out, "label=");
	put_label(d->out, label);
	bpr_i_buf_printf(d->out, ";\n");
	if (*style) {
		indent(d);
		bpr_i_buf_printf(d->out, "style=%s;\n", style);
	}
}

static void close_cluster(struct dot *d)
{
	d->indent--;
	indent(d);
	bpr_i_buf_puts(d->out, "}\n");
}

/* Lanes in lanes, without recursion: they may nest as deep as an input likes. */
static void put_lanes(struct dot *d)
{
	size_t units = bpr_flow_unit_count(d->flow);
	size_t unit = d->child[units];

	while (unit != BPR_NONE) {
		const struct bpr_unit *u = bpr_flow_unit(d->flow, unit);

		open_cluster(d, "lane", unit, u->name, "");
		put_nodes(d, unit);
		if (d->child[unit] != BPR_NONE) {
			unit = d->child[unit];
			continue;
		}
		close_cluster(d);
		while (unit != BPR_NONE && d->sibling[unit] == BPR_NONE) {
			unit = bpr_flow_unit(d->flow, unit)->parent;
			if (unit != BPR_NONE)
				close_cluster(d);
		}
		if (unit != BPR_NONE)
			unit = d->sibling[unit];
	}
}

/* The lists, from the end, so that they come out in order. */
static bool sort_out(struct dot *d)
{
	size_t nodes = bpr_flow_node_count(d->flow);
	size_t units = bpr_flow_unit_count(d->flow);

	d->first = bpr_i_calloc(units + 1, sizeof(size_t));
	d->next = bpr_i_calloc(nodes, sizeof(size_t));
	d->child = bpr_i_calloc(units + 1, sizeof(size_t));
	d->sibling = bpr_i_calloc(units, sizeof(size_t));
	if (!d->first || !d->next || !d->child || !d->sibling)
		return false;
	for (size_t i = 0; i <= units; i++)
		d->first[i] = d->child[i] = BPR_NONE;
	for (size_t i = nodes; i-- > 0;) {
		size_t unit = bpr_flow_node(d->flow, i)->unit;
		size_t *list = &d->first[unit == BPR_NONE ? units : unit];

		d->next[i] = *list;
		*list = i;
	}
	for (size_t i = units; i-- > 0;) {
		size_t parent = bpr_flow_unit(d->flow, i)->parent;
		size_t *list = &d->child[parent == BPR_NONE ? units : parent];

		d->sibling[i] = *list;
		*list = i;
	}
	return true;
}

static bool put_flow(struct dot *d, bool several)
{
	bool ok = sort_out(d);

	if (ok && several)
		open_cluster(d, "flow", 0, *bpr_flow_name(d->flow) ? bpr_flow_name(d->flow) : bpr_flow_id(d->flow), "bold");
	if (ok) {
		put_nodes(d, bpr_flow_unit_count(d->flow));
		put_lanes(d);
		for (size_t i = 0; i < bpr_flow_arc_count(d->flow); i++)
			put_arc(d, bpr_flow_arc(d->flow, i));
		for (size_t i = 0; i < bpr_flow_node_count(d->flow); i++)
			put_host(d, i);
	}
	if (ok && several)
		close_cluster(d);
	bpr_i_free(d->first);
	bpr_i_free(d->next);
	bpr_i_free(d->child);
	bpr_i_free(d->sibling);
	return ok;
}

static void put_messages(const struct bpr_writing *w, struct bpr_buf *out)
{
	for (size_t i = 0; i < w->flows->message_count; i++) {
		const struct bpr_message *m = &w->flows->messages[i];
		size_t from = BPR_NONE, to = BPR_NONE;

		for (size_t k = 0; k < w->count; k++) {
			from = w->chosen[k] == m->from_flow ? k : from;
			to = w->chosen[k] == m->to_flow ? k : to;
		}
		if (from == BPR_NONE || to == BPR_NONE || m->from_node == BPR_NONE || m->to_node == BPR_NONE)
			continue;
		bpr_i_buf_printf(out, "\tn%zu_%zu -> n%zu_%zu [style=dashed, label=", from, m->from_node, to, m->to_node);
		put_label(out, m->name);
		bpr_i_buf_puts(out, "];\n");
	}
}

bpr_status bpr_i_write_dot(struct bpr_writing *w)
{
	struct bpr_buf out = BPR_BUF_INIT;
	const bpr_flow *first = bpr_i_writing_flow(w, 0);
	bpr_status status = BPR_OK;

	bpr_i_buf_puts(&out, "digraph ");
	put_label(&out, bpr_flow_id(first));
	bpr_i_buf_puts(&out, " {\n\tgraph [rankdir=LR, charset=\"UTF-8\", fontname=\"sans-serif\"");
	if (w->count == 1 && *bpr_flow_name(first)) {
		bpr_i_buf_puts(&out, ", label=");
		put_label(&out, bpr_flow_name(first));
	}
	bpr_i_buf_puts(&out, "];\n\tnode [fontname=\"sans-serif\"];\n\tedge [fontname=\"sans-serif\"];\n");
	for (size_t i = 0; i < w->count && !status; i++) {
		struct dot d = { .out = &out, .flow = bpr_i_writing_flow(w, i), .index = i, .indent = 1 };

		if (!put_flow(&d, w->count > 1))
			status = BPR_ENOMEM;
	}
	put_messages(w, &out);
	bpr_i_buf_puts(&out, "}\n");
	if (!status)
		status = bpr_i_writing_add(w, "", &out);
	bpr_i_buf_release(&out);
	return status;
}
