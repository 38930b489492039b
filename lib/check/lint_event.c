/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events: what may trigger them where, and what a trigger needs. */
#include "config.h"
#include "base/text_i.h"
#include "check/lint_i.h"
#include <string.h>

static bool in_event_sub(const struct lint *lint, const struct lint_item *item)
{
	return item->scope != BPR_NONE && lint->items[item->scope].marks & LINT_BY_EVENT;
}

/* The definitions that BPMN 2.0.2 allows at an event, table 10.93 and chapters 10.5.2 to 10.5.4. */
static unsigned allowed(const struct lint *lint, const struct lint_item *event)
{
	unsigned flags = event->type->flags;

	if (flags & LINT_START)
		return LINT_MESSAGE | LINT_TIMER | LINT_CONDITIONAL | LINT_SIGNAL |
		       (in_event_sub(lint, event) ? LINT_ESCALATION | LINT_ERROR | LINT_COMPENSATE : 0u);
	if (flags & LINT_BOUNDARY)
		return LINT_MESSAGE | LINT_TIMER | LINT_ESCALATION | LINT_ERROR | LINT_CANCEL | LINT_COMPENSATE | LINT_CONDITIONAL | LINT_SIGNAL;
	if (flags & LINT_END)
		return LINT_MESSAGE | LINT_ESCALATION | LINT_ERROR | LINT_CANCEL | LINT_COMPENSATE | LINT_SIGNAL | LINT_TERMINATE;
	if (flags & LINT_THROW)
		return LINT_MESSAGE | LINT_ESCALATION | LINT_COMPENSATE | LINT_LINK | LINT_SIGNAL;
	return LINT_MESSAGE | LINT_TIMER | LINT_CONDITIONAL | LINT_LINK | LINT_SIGNAL;
}

static const char *trigger_name(unsigned definition)
{
	static const char *const names[] = {
		BPR_I_ARG N_("message"), BPR_I_ARG N_("timer"), BPR_I_ARG N_("escalation"), BPR_I_ARG N_("error"), BPR_I_ARG N_("cancel"),
		BPR_I_ARG N_("compensation"), BPR_I_ARG N_("condition"), BPR_I_ARG N_("link"), BPR_I_ARG N_("signal"), BPR_I_ARG N_("terminate"),
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (definition >> i & 1u)
			return names[i];
	return "";
}

static void starts(struct lint *lint, size_t at)
{
	const struct lint_item *event = &lint->items[at];
	const struct lint_item *scope = event->scope == BPR_NONE ? NULL : &lint->items[event->scope];

	if (!scope || scope->type->class != LINT_SUB)
		return;
	if (scope->marks & LINT_BY_EVENT) {
		if (!event->definition_count)
			bpr_i_lint_note(lint, BPR_I_M036, at, bpr_i_lint_label(event), bpr_i_lint_label(scope), NULL);
	} else if (event->definition_count) {
		bpr_i_lint_note(lint, BPR_I_M037, at, bpr_i_lint_label(event), bpr_i_lint_label(scope), NULL);
	}
}

/* Whether the event stands in a transaction, however deep. */
static bool in_transaction(const struct lint *lint, const struct lint_item *event)
{
	for (size_t scope = event->scope; scope != BPR_NONE; scope = lint->items[scope].scope)
		if (lint->items[scope].type->class == LINT_SUB && lint->items[scope].type->flags & LINT_TRANSACTION)
			return true;
	return false;
}

static bool on_transaction(const struct lint *lint, const struct lint_item *event)
{
	return event->to != BPR_NONE && lint->items[event->to].type->class == LINT_SUB &&
	       lint->items[event->to].type->flags & LINT_TRANSACTION;
}

static void triggers(struct lint *lint, size_t at)
{
	const struct lint_item *event = &lint->items[at];
	const char *label = bpr_i_lint_label(event);
	unsigned wrong = event->definitions & ~allowed(lint, event);
	bool boundary = event->type->flags & LINT_BOUNDARY;

	if (wrong && !(event->type->flags & LINT_START && lint->items[event->scope].type->class == LINT_SUB && !in_event_sub(lint, event)))
		bpr_i_lint_note(lint, BPR_I_M039, at, label, trigger_name(wrong), NULL);
	if (event->definitions & LINT_CANCEL && !(boundary ? on_transaction(lint, event) : in_transaction(lint, event)))
		bpr_i_lint_note(lint, BPR_I_M040, at, label, NULL, NULL);
	if (boundary && !event->definition_count)
		bpr_i_lint_note(lint, BPR_I_M041, at, label, NULL, NULL);
	if (boundary && event->definitions & (LINT_ERROR | LINT_CANCEL) && !bpr_i_xml_bool(event->xml, "cancelActivity", true))
		bpr_i_lint_note(lint, BPR_I_M042, at, label, NULL, NULL);
	if (boundary && event->definitions & LINT_COMPENSATE && (event->out || !(event->marks & LINT_LINKED)))
		bpr_i_lint_note(lint, BPR_I_M035, at, label, NULL, NULL);
}

/* What the definition itself must say. */
static void details(struct lint *lint, size_t at)
{
	const struct lint_item *event = &lint->items[at];
	const struct bpr_xml_node *definition = event->definition;

	if (!definition || event->definition_count != 1)
		return;
	if (event->definitions & LINT_CONDITIONAL && !bpr_i_xml_child(definition, BPMN_NS, "condition"))
		bpr_i_lint_note(lint, BPR_I_M047, at, bpr_i_lint_label(event), NULL, NULL);
	if (event->definitions & LINT_TIMER && !bpr_i_xml_element(definition->first))
		bpr_i_lint_note(lint, BPR_I_M048, at, bpr_i_lint_label(event), NULL, NULL);
}

/* A receive task or event-based gateway that begins the process is not led to. */
static void begins(struct lint *lint, size_t at)
{
	const struct lint_item *item = &lint->items[at];

	if (item->in && (item->type->flags & LINT_RECEIVE || item->type->class == LINT_GATEWAY) &&
	    bpr_i_xml_bool(item->xml, "instantiate", false))
		bpr_i_lint_note(lint, BPR_I_M049, at, bpr_i_lint_label(item), NULL, NULL);
}

/* ---- links ---- */

/* Links of one scope and name. */
struct link {
	size_t first_catch;
};

struct links {
	struct bpr_names names;
	struct link *items; size_t capacity;
	struct bpr_arena keys;
};

static bool is_link(const struct lint_item *item)
{
	return item->type->class == LINT_EVENT && item->definitions & LINT_LINK && !(item->type->flags & (LINT_START | LINT_END | LINT_BOUNDARY));
}

/* Its entry; NULL where it has no name or memory is out. */
static struct link *link_of(struct lint *lint, struct links *links, const struct lint_item *item)
{
	size_t length, at;
	const char *name = item->definition ? bpr_i_xml_value(item->definition, "name", &length) : NULL;
	size_t size = sizeof(item->scope) + (name ? length : 0);
	char *key = name ? bpr_i_arena_raw(&links->keys, size, 1) : NULL;
	bool added;

	if (!key) {
		lint->check->nomem = lint->check->nomem || name;
		return NULL;
	}
	memcpy(key, &item->scope, sizeof(item->scope));
	memcpy(key + sizeof(item->scope), name, length);
	at = bpr_i_names_add(&links->names, key, size, &added);
	if (at == BPR_NONE || !bpr_i_grow(&links->items, &links->capacity, at + 1, sizeof(*links->items))) {
		lint->check->nomem = true;
		return NULL;
	}
	if (added)
		links->items[at] = (struct link){ BPR_NONE };
	return &links->items[at];
}

static void judge_link(struct lint *lint, struct links *links, size_t at)
{
	const struct lint_item *item = &lint->items[at];
	const struct link *link = link_of(lint, links, item);
	bool throws = item->type->flags & LINT_THROW;
	const char *label = bpr_i_lint_label(item);

	if (!link) {
		bpr_i_lint_note(lint, BPR_I_M044, at, label, NULL, NULL);
		return;
	}
	if (!throws && link->first_catch != at)
		bpr_i_lint_note(lint, BPR_I_M045, at, label, NULL, NULL);
	if (throws ? item->out : item->in)
		bpr_i_lint_note(lint, BPR_I_M046, at, label, NULL, NULL);
}

static void links(struct lint *lint)
{
	struct links links = { 0 };

	for (size_t i = 0; i < lint->count && !lint->check->nomem; i++) {
		struct link *link = is_link(&lint->items[i]) ? link_of(lint, &links, &lint->items[i]) : NULL;

		if (link && !(lint->items[i].type->flags & LINT_THROW) && link->first_catch == BPR_NONE)
			link->first_catch = i;
	}
	for (size_t i = 0; i < lint->count && !lint->check->nomem; i++)
		if (is_link(&lint->items[i]))
			judge_link(lint, &links, i);
	bpr_i_names_release(&links.names);
	bpr_i_free(links.items);
	bpr_i_arena_release(&links.keys);
}

void bpr_i_lint_events(struct lint *lint)
{
	for (size_t i = 0; i < lint->count; i++) {
		const struct lint_item *item = &lint->items[i];

		if (item->type->flags & LINT_RECEIVE || item->type->class == LINT_GATEWAY)
			begins(lint, i);
		if (item->type->class != LINT_EVENT || item->scope == BPR_NONE)
			continue;
		if (item->type->flags & LINT_START)
			starts(lint, i);
		triggers(lint, i);
		details(lint, i);
	}
	links(lint);
}
