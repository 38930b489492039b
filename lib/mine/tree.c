/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distinct traces, and process trees in their normal form: what is of one kind is one node, silent parts stand only where they are a choice. */
#include "config.h"
#include "mine/tree_i.h"
#include <string.h>

enum { FIRST_SLOTS = 64 };

static uint64_t trace_hash(const uint32_t *events, size_t length)
{
	return length ? bpr_i_hash(BPR_I_HASH_START, events, length * sizeof(*events)) : BPR_I_HASH_START;
}

static size_t trace_slot(const struct bpr_traces *traces, const uint32_t *events, size_t length)
{
	size_t mask = traces->slot_count - 1;
	uint64_t hash = trace_hash(events, length);
	size_t at = (size_t)(hash ^ hash >> 29) & mask;

	for (; traces->slots[at]; at = (at + 1) & mask) {
		const struct bpr_trace *trace = &traces->items[traces->slots[at] - 1];

		if (trace->length == length && (!length || !memcmp(traces->events + trace->first, events, length * sizeof(*events))))
			break;
	}
	return at;
}

static bool more_slots(struct bpr_traces *traces)
{
	size_t count = traces->slot_count ? 2 * traces->slot_count : FIRST_SLOTS;
	uint32_t *slots = bpr_i_calloc(count, sizeof(*slots));

	if (!slots)
		return false;
	bpr_i_free(traces->slots);
	traces->slots = slots;
	traces->slot_count = count;
	for (size_t i = 0; i < traces->count; i++)
		slots[trace_slot(traces, traces->events + traces->items[i].first, traces->items[i].length)] = (uint32_t)i + 1;
	return true;
}

size_t bpr_i_traces_find(const struct bpr_traces *traces, const uint32_t *events, size_t length)
{
	uint32_t found = traces->slot_count ? traces->slots[trace_slot(traces, events, length)] : 0;

	return found ? (size_t)found - 1 : SIZE_MAX;
}

bool bpr_i_traces_add(struct bpr_traces *traces, const uint32_t *events, size_t length, uint64_t times)
{
	size_t at;

	if (2 * (traces->count + 1) > traces->slot_count && !more_slots(traces))
		return false;
	at = trace_slot(traces, events, length);
	if (traces->slots[at]) {
		traces->items[traces->slots[at] - 1].count += times;
		return true;
	}
	if (traces->count >= UINT32_MAX - 1 || !bpr_i_grow(&traces->items, &traces->capacity, traces->count + 1, sizeof(*traces->items)) ||
	    !bpr_i_grow(&traces->events, &traces->event_capacity, traces->event_count + length + 1, sizeof(*traces->events)))
		return false;
	if (length)
		memcpy(traces->events + traces->event_count, events, length * sizeof(*events));
	traces->items[traces->count++] = (struct bpr_trace){ traces->event_count, length, times };
	traces->event_count += length;
	traces->slots[at] = (uint32_t)traces->count;
	return true;
}

void bpr_i_traces_release(struct bpr_traces *traces)
{
	bpr_i_free(traces->events);
	bpr_i_free(traces->items);
	bpr_i_free(traces->slots);
	*traces = (struct bpr_traces){ 0 };
}

/* ---- trees ---- */

struct bpr_tree *bpr_i_tree_leaf(struct bpr_arena *arena, uint32_t activity, uint64_t count)
{
	struct bpr_tree *tree = bpr_i_arena_alloc(arena, 1, sizeof(*tree));

	if (tree)
		*tree = (struct bpr_tree){ .kind = BPR_TREE_LEAF, .activity = activity, .count = count };
	return tree;
}

struct bpr_tree *bpr_i_tree_tau(struct bpr_arena *arena, uint64_t count)
{
	struct bpr_tree *tree = bpr_i_arena_alloc(arena, 1, sizeof(*tree));

	if (tree)
		tree->count = count;
	return tree;
}

/* A child of the same kind says nothing of its own: X(a, X(b, c)), *(*(a, b), c). A flower stays what it is. */
static bool joins(enum bpr_tree_kind kind, const struct bpr_tree *child, size_t at)
{
	return child->kind == kind && !child->flower && (kind != BPR_TREE_LOOP || at == 0);
}

static size_t room(enum bpr_tree_kind kind, struct bpr_tree *const children[], size_t child_count)
{
	size_t n = 0;

	for (size_t i = 0; i < child_count; i++)
		n += joins(kind, children[i], i) || children[i]->kind == BPR_TREE_XOR ? children[i]->child_count : 1;
	return n;
}

/* The ways back of a loop are a choice already: *(a, X(b, c)) has b and c as ways back. */
static void add_child(struct bpr_tree *tree, struct bpr_tree *child, size_t at, struct bpr_tree **tau)
{
	bool open = joins(tree->kind, child, at) || (tree->kind == BPR_TREE_LOOP && at > 0 && child->kind == BPR_TREE_XOR && !child->flower);

	if (open) {
		for (size_t i = 0; i < child->child_count; i++)
			add_child(tree, child->children[i], tree->child_count, tau);
	} else if (child->kind == BPR_TREE_TAU && (tree->kind == BPR_TREE_SEQUENCE || tree->kind == BPR_TREE_AND)) {
		return;
	} else if (child->kind == BPR_TREE_TAU && tree->child_count + (tree->kind == BPR_TREE_XOR) > 0) {
		if (*tau)
			(*tau)->count += child->count;
		else
			*tau = child;
	} else {
		tree->children[tree->child_count++] = child;
	}
}

struct bpr_tree *bpr_i_tree_node(struct bpr_arena *arena, enum bpr_tree_kind kind, uint64_t count, struct bpr_tree *const children[],
				 size_t child_count)
{
	struct bpr_tree *tree = bpr_i_arena_alloc(arena, 1, sizeof(*tree));
	struct bpr_tree *tau = NULL;

	if (!tree)
		return NULL;
	tree->kind = kind;
	tree->count = count;
	tree->children = bpr_i_arena_alloc(arena, room(kind, children, child_count) + 1, sizeof(struct bpr_tree *));
	if (!tree->children)
		return NULL;
	for (size_t i = 0; i < child_count; i++)
		add_child(tree, children[i], i, &tau);
	if (tau)
		tree->children[tree->child_count++] = tau;
	if (!tree->child_count)
		return bpr_i_tree_tau(arena, count);
	return tree->child_count == 1 ? tree->children[0] : tree;
}

void bpr_i_tree_format(const struct bpr_tree *tree, bpr_tree_name *name, const void *data, struct bpr_buf *out)
{
	static const char *const signs[] = { "tau", "", "X", "->", "+", "*" };

	if (tree->kind == BPR_TREE_LEAF) {
		bpr_i_buf_puts(out, name(data, tree->activity));
		return;
	}
	bpr_i_buf_puts(out, signs[tree->kind]);
	for (size_t i = 0; i < tree->child_count; i++) {
		bpr_i_buf_puts(out, i ? ", " : "( ");
		bpr_i_tree_format(tree->children[i], name, data, out);
	}
	if (tree->child_count)
		bpr_i_buf_puts(out, " )");
}
