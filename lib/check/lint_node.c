/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every node must have: ways in and out, a name. */
#include "config.h"
#include "base/text_i.h"
#include "check/lint_i.h"

static bool is_event(const struct lint_item *item, unsigned flag)
{
	return item->type->class == LINT_EVENT && item->type->flags & flag;
}

/* Nodes that no sequence flow needs to touch: in an ad-hoc sub-process, started by an event, done to undo something. */
static bool stands_alone(const struct lint *lint, const struct lint_item *item)
{
	const struct lint_item *scope = item->scope == BPR_NONE ? NULL : &lint->items[item->scope];

	return item->marks & (LINT_BY_EVENT | LINT_COMPENSATION) || (scope && scope->type->class == LINT_SUB && scope->type->flags & LINT_ADHOC);
}

static bool needs_in(const struct lint_item *item)
{
	return !is_event(item, LINT_START | LINT_BOUNDARY) && !(is_event(item, LINT_CATCH) && item->definitions & LINT_LINK);
}

static bool needs_out(const struct lint_item *item)
{
	if (is_event(item, LINT_END))
		return false;
	if (is_event(item, LINT_THROW) && item->definitions & LINT_LINK)
		return false;
	return !(is_event(item, LINT_BOUNDARY) && item->definitions & LINT_COMPENSATE);
}

static void ways(struct lint *lint, size_t at)
{
	const struct lint_item *item = &lint->items[at];
	const char *label = bpr_i_lint_label(item);
	bool no_in = !item->in && needs_in(item);
	bool no_out = !item->out && needs_out(item);

	if (!item->in && !item->out && !is_event(item, LINT_BOUNDARY) && (no_in || no_out) && !(item->definitions & LINT_LINK)) {
		bpr_i_lint_note(lint, BPR_I_M003, at, label, NULL, NULL);
		return;
	}
	if (no_in)
		bpr_i_lint_note(lint, BPR_I_M004, at, label, NULL, NULL);
	if (no_out)
		bpr_i_lint_note(lint, BPR_I_M005, at, label, NULL, NULL);
}

/* Sequence flows that touch what is not reached by any. */
static void forbidden_ways(struct lint *lint, size_t at)
{
	const struct lint_item *item = &lint->items[at];
	const char *label = bpr_i_lint_label(item);

	if (item->marks & LINT_BY_EVENT && item->in + item->out)
		bpr_i_lint_note(lint, BPR_I_M033, at, label, NULL, NULL);
	if (item->marks & LINT_COMPENSATION && item->in + item->out)
		bpr_i_lint_note(lint, BPR_I_M034, at, label, NULL, NULL);
}

/* ---- names ---- */

/* What a kind of element is called, for those without a name. */
static const char *kind_of(const struct lint_item *item)
{
	switch (item->type->class) {
	case LINT_TASK: return BPR_I_ARG N_("task");
	case LINT_CALL: return BPR_I_ARG N_("call activity");
	case LINT_SUB: return BPR_I_ARG N_("sub-process");
	case LINT_GATEWAY: return BPR_I_ARG N_("gateway");
	case LINT_FLOW: return BPR_I_ARG N_("sequence flow");
	case LINT_PARTICIPANT: return BPR_I_ARG N_("pool");
	case LINT_LANE: return BPR_I_ARG N_("lane");
	case LINT_EVENT:
		if (item->type->flags & LINT_START)
			return BPR_I_ARG N_("start event");
		if (item->type->flags & LINT_END)
			return BPR_I_ARG N_("end event");
		return item->type->flags & LINT_BOUNDARY ? BPR_I_ARG N_("boundary event") : BPR_I_ARG N_("intermediate event");
	case LINT_OTHER:
	case LINT_PROCESS:
	case LINT_MESSAGE_FLOW:
	case LINT_ASSOCIATION:
	case LINT_GLOBAL:
	case LINT_DEFINITION:
	case LINT_DATA:
	case LINT_HOLDER:
		break;
	}
	return item->type->name;
}

static void names(struct lint *lint, size_t at)
{
	const struct lint_item *item = &lint->items[at];

	if (item->marks & LINT_NAMED)
		return;
	switch (item->type->class) {
	case LINT_TASK:
	case LINT_CALL:
	case LINT_PARTICIPANT:
	case LINT_LANE:
		bpr_i_lint_note(lint, BPR_I_M020, at, kind_of(item), bpr_i_lint_label(item), NULL);
		break;
	case LINT_GATEWAY:
		if (item->out > 1 && !(item->type->flags & (LINT_AND | LINT_EVENT_BASED)))
			bpr_i_lint_note(lint, BPR_I_M021, at, kind_of(item), bpr_i_lint_label(item), NULL);
		break;
	case LINT_EVENT:
		bpr_i_lint_note(lint, BPR_I_M021, at, kind_of(item), bpr_i_lint_label(item), NULL);
		break;
	case LINT_FLOW:
		if (item->marks & LINT_CONDITION)
			bpr_i_lint_note(lint, BPR_I_M021, at, kind_of(item), bpr_i_lint_label(item), NULL);
		break;
	case LINT_SUB: /* its contents say what it is */
		if (!item->nodes)
			bpr_i_lint_note(lint, BPR_I_M020, at, kind_of(item), bpr_i_lint_label(item), NULL);
		break;
	case LINT_OTHER:
	case LINT_PROCESS:
	case LINT_MESSAGE_FLOW:
	case LINT_ASSOCIATION:
	case LINT_GLOBAL:
	case LINT_DEFINITION:
	case LINT_DATA:
	case LINT_HOLDER:
		break;
	}
}

/* A name at an arrow that is the only one: there is nothing to choose. */
static void needless_name(struct lint *lint, size_t at)
{
	const struct lint_item *flow = &lint->items[at];
	const struct lint_item *from;

	if (flow->type->class != LINT_FLOW || flow->from == BPR_NONE || !(flow->marks & LINT_NAMED) ||
	    flow->marks & (LINT_CONDITION | LINT_DEFAULT))
		return;
	from = &lint->items[flow->from];
	if (from->out > 1 && from->type->class == LINT_GATEWAY && from->type->flags & (LINT_XOR | LINT_OR | LINT_COMPLEX))
		return;
	bpr_i_lint_note(lint, BPR_I_M022, at, bpr_i_lint_label(flow), bpr_i_lint_label(from), NULL);
}

void bpr_i_lint_nodes(struct lint *lint)
{
	for (size_t i = 0; i < lint->count; i++) {
		const struct lint_item *item = &lint->items[i];

		names(lint, i);
		needless_name(lint, i);
		if (!bpr_i_lint_is_node(item))
			continue;
		forbidden_ways(lint, i);
		if (!stands_alone(lint, item))
			ways(lint, i);
		if (item->in > 1 && item->type->class != LINT_GATEWAY && !is_event(item, LINT_START | LINT_BOUNDARY))
			bpr_i_lint_note(lint, BPR_I_M012, i, bpr_i_lint_label(item), NULL, NULL);
	}
}
