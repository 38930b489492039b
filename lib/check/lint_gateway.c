/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gateways, and the sequence flows that leave a node. */
#include "config.h"
#include "check/lint_i.h"
#include <string.h>

static bool is_gateway(const struct lint_item *item, unsigned flag)
{
	return item->type->class == LINT_GATEWAY && item->type->flags & flag;
}

static void shape(struct lint *lint, size_t at)
{
	const struct lint_item *item = &lint->items[at];
	const char *label = bpr_i_lint_label(item);

	if (item->in > 1 && item->out > 1)
		bpr_i_lint_note(lint, BPR_I_M010, at, label, NULL, NULL);
	if (item->in == 1 && item->out == 1)
		bpr_i_lint_note(lint, BPR_I_M011, at, label, NULL, NULL);
	if (item->type->flags & LINT_OR)
		bpr_i_lint_note(lint, BPR_I_M014, at, label, NULL, NULL);
}

/* ---- event-based gateways ---- */

/* Whether the gateway can wait for it. */
static bool is_awaited(const struct lint_item *item)
{
	if (item->type->class == LINT_TASK)
		return (item->type->flags & LINT_RECEIVE) != 0;
	return item->type->class == LINT_EVENT && item->type->flags & LINT_CATCH && !(item->type->flags & LINT_START) &&
	       item->definitions & (LINT_MESSAGE | LINT_SIGNAL | LINT_TIMER | LINT_CONDITIONAL);
}

static void awaits(struct lint *lint, size_t at)
{
	const struct lint_item *gateway = &lint->items[at];
	const char *label = bpr_i_lint_label(gateway);
	size_t tasks = 0, messages = 0;

	if (gateway->out < 2)
		bpr_i_lint_note(lint, BPR_I_M015, at, label, NULL, NULL);
	for (size_t i = 0; i < gateway->out; i++) {
		size_t flow = lint->out[gateway->first_out + i];
		size_t to = lint->items[flow].to;
		const struct lint_item *target = &lint->items[to];

		if (lint->items[flow].marks & LINT_CONDITION)
			bpr_i_lint_note(lint, BPR_I_M017, flow, bpr_i_lint_label(&lint->items[flow]), label, NULL);
		if (!is_awaited(target))
			bpr_i_lint_note(lint, BPR_I_M016, to, bpr_i_lint_label(target), label, NULL);
		else if (target->in > 1)
			bpr_i_lint_note(lint, BPR_I_M019, to, bpr_i_lint_label(target), label, NULL);
		tasks += target->type->class == LINT_TASK;
		messages += target->type->class == LINT_EVENT && target->definitions & LINT_MESSAGE;
	}
	if (tasks && messages)
		bpr_i_lint_note(lint, BPR_I_M018, at, label, NULL, NULL);
}

/* ---- conditions ---- */

static void conditions(struct lint *lint, size_t at)
{
	const struct lint_item *item = &lint->items[at];
	bool gateway = item->type->class == LINT_GATEWAY;
	size_t without = 0, defaults = 0;

	for (size_t i = 0; i < item->out; i++) {
		unsigned marks = lint->items[lint->out[item->first_out + i]].marks;

		without += !(marks & (LINT_CONDITION | LINT_DEFAULT));
		defaults += (marks & LINT_DEFAULT) != 0;
	}
	for (size_t i = 0; i < item->out; i++) {
		size_t flow = lint->out[item->first_out + i];
		const struct lint_item *f = &lint->items[flow];

		if (is_gateway(item, LINT_AND) && f->marks & LINT_CONDITION)
			bpr_i_lint_note(lint, BPR_I_M023, flow, bpr_i_lint_label(f), bpr_i_lint_label(item), NULL);
		else if (!gateway && item->out == 1 && f->marks & LINT_CONDITION)
			bpr_i_lint_note(lint, BPR_I_M024, flow, bpr_i_lint_label(f), bpr_i_lint_label(item), NULL);
		else if (!is_gateway(item, LINT_AND | LINT_EVENT_BASED) && item->conditions + defaults && without &&
			 !(f->marks & (LINT_CONDITION | LINT_DEFAULT)))
			bpr_i_lint_note(lint, BPR_I_M025, flow, bpr_i_lint_label(f), bpr_i_lint_label(item), NULL);
		if (f->marks & LINT_CONDITION && f->marks & LINT_DEFAULT)
			bpr_i_lint_note(lint, BPR_I_M026, flow, bpr_i_lint_label(f), bpr_i_lint_label(item), NULL);
	}
}

/* ---- twice the same ---- */

static const char *condition_of(const struct lint_item *flow, size_t *length)
{
	const struct bpr_xml_node *condition = bpr_i_xml_child(flow->xml, BPMN_NS, "conditionExpression");

	*length = 0;
	return condition ? bpr_i_xml_simple_text(condition, length) : NULL;
}

static bool is_same(const struct lint_item *a, const struct lint_item *b)
{
	size_t a_length, b_length;
	const char *a_text = condition_of(a, &a_length);
	const char *b_text = condition_of(b, &b_length);

	return a_length == b_length && (!a_length || !memcmp(a_text, b_text, a_length));
}

/* first: of each node, one more than the flow into it that was met last; all of one source are met in a row. */
static void twins(struct lint *lint, size_t at, size_t *first)
{
	const struct lint_item *item = &lint->items[at];

	for (size_t i = 0; i < item->out; i++) {
		size_t flow = lint->out[item->first_out + i];
		size_t to = lint->items[flow].to;
		size_t known = first[to];

		if (known && lint->items[known - 1].from == at && is_same(&lint->items[known - 1], &lint->items[flow])) {
			bpr_i_lint_note(lint, BPR_I_M013, flow, bpr_i_lint_label(&lint->items[flow]), bpr_i_lint_label(item),
					bpr_i_lint_label(&lint->items[to]));
			continue;
		}
		first[to] = flow + 1;
	}
}

void bpr_i_lint_gateways(struct lint *lint)
{
	size_t *first = bpr_i_calloc(lint->count, sizeof(*first));

	if (!first) {
		lint->check->nomem = true;
		return;
	}
	for (size_t i = 0; i < lint->count; i++) {
		const struct lint_item *item = &lint->items[i];

		if (item->type->class == LINT_GATEWAY)
			shape(lint, i);
		if (is_gateway(item, LINT_EVENT_BASED))
			awaits(lint, i);
		if (bpr_i_lint_is_node(item)) {
			conditions(lint, i);
			if (item->out > 1)
				twins(lint, i, first);
		}
	}
	bpr_i_free(first);
}
