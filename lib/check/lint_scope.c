/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process or sub-process must have in it, and what it must not. */
#include "config.h"
#include "check/lint_i.h"

/* Where a case begins and ends. Without a start event in the process itself, the reader has said where it starts. */
static void starts_and_ends(struct lint *lint, size_t at)
{
	const struct lint_item *scope = &lint->items[at];
	bool by_event = scope->marks & LINT_BY_EVENT;

	if (scope->type->class == LINT_SUB && !by_event && !scope->starts)
		bpr_i_lint_note(lint, BPR_I_M001, at, bpr_i_lint_label(scope), NULL, NULL);
	if (!scope->ends)
		bpr_i_lint_note(lint, BPR_I_M002, at, bpr_i_lint_label(scope), NULL, NULL);
	if (by_event && scope->starts > 1)
		bpr_i_lint_note(lint, BPR_I_M007, at, bpr_i_lint_label(scope), NULL, NULL);
	if (scope->type->class == LINT_PROCESS && scope->blank_starts > 1)
		bpr_i_lint_note(lint, BPR_I_M006, at, bpr_i_lint_label(scope), NULL, NULL);
}

/* Whether more than one token can be in the scope because of the node. */
static bool splits(const struct lint_item *item)
{
	if (item->type->class == LINT_EVENT && item->type->flags & LINT_BOUNDARY && !bpr_i_xml_bool(item->xml, "cancelActivity", true))
		return true;
	if (item->marks & LINT_BY_EVENT)
		return true;
	return item->out > 1 && !(item->type->class == LINT_GATEWAY && item->type->flags & (LINT_XOR | LINT_EVENT_BASED));
}

/* What ends a scope: nodes without a way out. */
struct ending {
	size_t count, terminates;
	size_t terminate;        /* the last of them */
	bool splits;             /* more than one token can be in it */
};

static void note_ending(const struct lint *lint, size_t at, struct ending *endings)
{
	const struct lint_item *item = &lint->items[at];
	struct ending *ending = &endings[item->scope];

	if (!bpr_i_lint_is_node(item))
		return;
	ending->splits = ending->splits || splits(item);
	if (item->out || item->marks & (LINT_BY_EVENT | LINT_COMPENSATION))
		return;
	ending->count++;
	if (item->type->flags & LINT_END && item->type->class == LINT_EVENT && item->definitions & LINT_TERMINATE) {
		ending->terminates++;
		ending->terminate = at;
	}
}

/* A terminate end that is the only end of a scope with one token stops nothing that would not end there anyway. */
static void superfluous_terminates(struct lint *lint)
{
	struct ending *endings = bpr_i_calloc(lint->count, sizeof(*endings));

	if (!endings) {
		lint->check->nomem = true;
		return;
	}
	for (size_t i = 0; i < lint->count; i++)
		if (lint->items[i].scope != BPR_NONE)
			note_ending(lint, i, endings);
	for (size_t i = 0; i < lint->count; i++) {
		const struct ending *ending = &endings[i];

		if (ending->terminates == 1 && ending->count == 1 && !ending->splits)
			bpr_i_lint_note(lint, BPR_I_M009, ending->terminate, bpr_i_lint_label(&lint->items[ending->terminate]), NULL, NULL);
	}
	bpr_i_free(endings);
}

void bpr_i_lint_scopes(struct lint *lint)
{
	for (size_t i = 0; i < lint->count; i++) {
		const struct lint_item *item = &lint->items[i];

		if (bpr_i_lint_is_scope(item) && item->nodes && !(item->type->flags & LINT_ADHOC))
			starts_and_ends(lint, i);
		if (item->type->class == LINT_EVENT && item->type->flags & (LINT_START | LINT_END) && item->scope != BPR_NONE &&
		    lint->items[item->scope].type->flags & LINT_ADHOC && lint->items[item->scope].type->class == LINT_SUB)
			bpr_i_lint_note(lint, BPR_I_M008, i, bpr_i_lint_label(item), bpr_i_lint_label(&lint->items[item->scope]), NULL);
	}
	superfluous_terminates(lint);
}
