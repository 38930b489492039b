/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Those rules of modelling that make sense for a flow table too. */
#include "config.h"
#include "base/text_i.h"
#include "check/lint_i.h"
#include <stdio.h>

struct table {
	struct bpr_check *check;
	size_t *first;           /* of each node: one more than the arc into it that was met last */
};

static void note(struct table *t, enum bpr_code_id id, const struct bpr_node *node, const char *a1, const char *a2, const char *a3)
{
	const struct bpr_place place = { t->check->file, node->line, 0, node->id };

	bpr_i_check_note(t->check, id, &place, a1, a2, a3);
}

static const char *label(const struct bpr_node *node)
{
	return *node->name ? node->name : node->id;
}

static bool is_gateway(const struct bpr_node *node)
{
	return node->kind == BPR_NODE_XOR || node->kind == BPR_NODE_AND || node->kind == BPR_NODE_OR;
}

/* The same way out, written twice. */
static void twins(struct table *t, size_t from)
{
	const struct bpr_node *node = bpr_flow_node(t->check->flow, from);

	for (size_t i = 0; i < node->out_count; i++) {
		size_t arc = node->first_out + i;
		size_t to = bpr_flow_arc(t->check->flow, arc)->to;
		size_t known = t->first[to];

		if (known && bpr_flow_arc(t->check->flow, known - 1)->from == from)
			note(t, BPR_I_M013, node, bpr_flow_node(t->check->flow, to)->id, label(node), label(bpr_flow_node(t->check->flow, to)));
		t->first[to] = arc + 1;
	}
}

static void judge(struct table *t, size_t i)
{
	const struct bpr_node *node = bpr_flow_node(t->check->flow, i);
	size_t in;

	(void)bpr_flow_arcs_in(t->check->flow, i, &in);
	if (node->silent)
		return;
	if (node->kind == BPR_NODE_TASK && !*node->name)
		note(t, BPR_I_M020, node, BPR_I_ARG N_("task"), node->id, NULL);
	if (is_gateway(node) && in > 1 && node->out_count > 1)
		note(t, BPR_I_M010, node, label(node), NULL, NULL);
	if (is_gateway(node) && in == 1 && node->out_count == 1)
		note(t, BPR_I_M011, node, label(node), NULL, NULL);
	if (node->kind == BPR_NODE_OR)
		note(t, BPR_I_M014, node, label(node), NULL, NULL);
	if (node->out_count > 1)
		twins(t, i);
}

bpr_status bpr_i_lint_flow(struct bpr_check *check)
{
	struct table t = { .check = check };

	if (!check->flow || !check->source || check->source->bpmn)
		return BPR_OK;
	t.first = bpr_i_calloc(bpr_flow_node_count(check->flow), sizeof(*t.first));
	if (!t.first)
		return bpr_i_nomem(check->err);
	for (size_t i = 0; i < bpr_flow_node_count(check->flow); i++)
		judge(&t, i);
	bpr_i_free(t.first);
	return BPR_OK;
}
