/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pools, lanes and message flows; messages, signals, errors and escalations, which are there for the whole file. */
#include "config.h"
#include "base/text_i.h"
#include "check/lint_i.h"
#include <string.h>

/* ---- message flows ---- */

/* The process that an end of a message flow belongs to; a pool without one, and what stands in no process, is BPR_NONE. */
static size_t process_of(const struct lint *lint, size_t at)
{
	const struct lint_item *item = &lint->items[at];

	if (item->type->class != LINT_PARTICIPANT)
		return item->process;
	at = bpr_i_lint_find_attr(lint, item->xml, "processRef", NULL);
	return at != BPR_NONE && lint->items[at].type->class == LINT_PROCESS ? at : BPR_NONE;
}

static bool can_talk(const struct lint_item *item, bool sends)
{
	if (item->type->class == LINT_PARTICIPANT || bpr_i_lint_is_activity(item))
		return true;
	return item->type->class == LINT_EVENT && (item->type->flags & LINT_THROW ? sends : !sends);
}

static void message_flow(struct lint *lint, size_t at)
{
	const struct lint_item *flow = &lint->items[at];
	size_t ends[2] = { bpr_i_lint_find_attr(lint, flow->xml, "sourceRef", NULL), bpr_i_lint_find_attr(lint, flow->xml, "targetRef", NULL) };
	const char *label = bpr_i_lint_label(flow);

	for (size_t i = 0; i < 2; i++) {
		const struct lint_item *end = ends[i] == BPR_NONE ? NULL : &lint->items[ends[i]];

		if (!end)
			continue; /* the reader has said so */
		if (!can_talk(end, i == 0))
			bpr_i_lint_note(lint, BPR_I_M061, at, label, bpr_i_lint_label(end),
					i ? BPR_I_ARG N_("receive") : BPR_I_ARG N_("send"));
		else if (end->type->class == LINT_EVENT && !(end->definitions & LINT_MESSAGE))
			bpr_i_lint_note(lint, BPR_I_M062, ends[i], bpr_i_lint_label(end), label, NULL);
	}
	if (ends[0] == BPR_NONE || ends[1] == BPR_NONE)
		return;
	if (ends[0] == ends[1] || (process_of(lint, ends[0]) != BPR_NONE && process_of(lint, ends[0]) == process_of(lint, ends[1])))
		bpr_i_lint_note(lint, BPR_I_M060, at, label, bpr_i_lint_label(&lint->items[ends[0]]), bpr_i_lint_label(&lint->items[ends[1]]));
}

/* ---- pools and lanes ---- */

static void pool(struct lint *lint, size_t at)
{
	size_t process = bpr_i_lint_find_attr(lint, lint->items[at].xml, "processRef", NULL);

	if (process != BPR_NONE && lint->items[process].type->class == LINT_PROCESS)
		lint->items[process].marks |= LINT_LINKED;
}

/* Children of a lane follow it in the list, so that the innermost lane is met last. */
static void lane(struct lint *lint, size_t at)
{
	BPR_I_XML_EACH(child, lint->items[at].xml) {
		size_t length, node;
		const char *ref;

		if (!bpr_i_xml_is(child, BPMN_NS, "flowNodeRef"))
			continue;
		ref = bpr_i_xml_simple_text(child, &length);
		node = ref ? bpr_i_lint_find(lint, ref, length) : BPR_NONE;
		if (node != BPR_NONE && bpr_i_lint_is_node(&lint->items[node]))
			lint->items[node].lane = at;
	}
}

/* After all pools. LINT_LINKED: the process has a pool. */
static void without_pool(struct lint *lint, size_t at)
{
	const struct lint_item *item = &lint->items[at];

	if (item->type->class == LINT_PROCESS && item->nodes && lint->several_pools && !(item->marks & LINT_LINKED))
		bpr_i_lint_note(lint, BPR_I_M065, at, bpr_i_lint_label(item), NULL, NULL);
}

void bpr_i_lint_pools(struct lint *lint)
{
	for (size_t i = 0; i < lint->count; i++) {
		if (lint->items[i].type->class == LINT_MESSAGE_FLOW)
			message_flow(lint, i);
		else if (lint->items[i].type->class == LINT_PARTICIPANT)
			pool(lint, i);
		else if (lint->items[i].type->class == LINT_LANE)
			lane(lint, i);
	}
	for (size_t i = 0; i < lint->count; i++)
		without_pool(lint, i);
}

/* ---- messages, signals, errors, escalations ---- */

static void use(struct lint *lint, size_t at, const struct bpr_xml_node *xml)
{
	static const char *const refs[] = { "messageRef", "signalRef", "errorRef", "escalationRef" };

	for (size_t i = 0; i < sizeof(refs) / sizeof(refs[0]); i++) {
		bool written;
		size_t global = bpr_i_lint_find_attr(lint, xml, refs[i], &written);

		if (global != BPR_NONE)
			lint->items[global].marks |= LINT_USED;
		else if (written)
			bpr_i_lint_note(lint, BPR_I_M073, at, bpr_i_lint_label(&lint->items[at]), bpr_i_xml_attr(xml, refs[i])->value, NULL);
	}
}

/* Operations of interfaces name messages and errors too. */
static void use_operations(struct lint *lint)
{
	BPR_I_XML_EACH(interface, lint->root) {
		if (!bpr_i_xml_is(interface, BPMN_NS, "interface"))
			continue;
		BPR_I_XML_EACH(operation, interface)
			BPR_I_XML_EACH(ref, operation) {
				size_t length;
				const char *text = bpr_i_xml_simple_text(ref, &length);
				size_t global = text ? bpr_i_lint_find(lint, text, length) : BPR_NONE;

				if (global != BPR_NONE)
					lint->items[global].marks |= LINT_USED;
			}
	}
}

static const char *global_kind(const struct lint_item *item)
{
	switch (item->type->flags) {
	case LINT_MESSAGE: return BPR_I_ARG N_("message");
	case LINT_SIGNAL: return BPR_I_ARG N_("signal");
	case LINT_ERROR: return BPR_I_ARG N_("error");
	default: return BPR_I_ARG N_("escalation");
	}
}

static void judge_global(struct lint *lint, size_t at, struct bpr_names *names)
{
	const struct lint_item *item = &lint->items[at];
	const char *label = bpr_i_lint_label(item);
	size_t length, known;
	const char *name = bpr_i_xml_value(item->xml, "name", &length);
	bool added = true;

	if (!(item->marks & LINT_USED))
		bpr_i_lint_note(lint, BPR_I_M070, at, global_kind(item), label, NULL);
	if (!name) {
		bpr_i_lint_note(lint, BPR_I_M071, at, global_kind(item), label, NULL);
		return;
	}
	known = bpr_i_names_add(names, name, length, &added);
	if (known == BPR_NONE)
		lint->check->nomem = true;
	else if (!added)
		bpr_i_lint_note(lint, BPR_I_M072, at, global_kind(item), label, NULL);
}

void bpr_i_lint_globals(struct lint *lint)
{
	static const unsigned kinds[] = { LINT_MESSAGE, LINT_SIGNAL, LINT_ERROR, LINT_ESCALATION };

	for (size_t i = 0; i < lint->count; i++) {
		const struct lint_item *item = &lint->items[i];

		if (item->type->class == LINT_TASK || item->type->class == LINT_MESSAGE_FLOW || item->type->class == LINT_DEFINITION)
			use(lint, i, item->xml);
		if (item->type->class == LINT_EVENT)
			BPR_I_XML_EACH(child, item->xml)
				if (!strcmp(child->ns, BPMN_NS))
					use(lint, i, child);
	}
	use_operations(lint);
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]) && !lint->check->nomem; k++) {
		struct bpr_names names = { 0 };

		for (size_t i = 0; i < lint->count; i++)
			if (lint->items[i].type->class == LINT_GLOBAL && lint->items[i].type->flags == kinds[k])
				judge_global(lint, i, &names);
		bpr_i_names_release(&names);
	}
}
