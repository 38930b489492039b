/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blocks that cannot go wrong become arcs, each with the shortest way through it and everything that is in it. None of the
 * four properties changes, nor the length of a shortest run into a fault outside, because such a block is left as it was
 * entered, with one token, whatever happens beside it (fusion of series and parallel places and transitions, elimination
 * of self-loops: Murata, "Petri nets: properties, analysis and applications", Proc. IEEE 77, 1989, section VI):
 *
 * - a node with one way in and one way out;
 * - ways from one split to one join of the same kind (an inclusive join closes each kind);
 * - a way back from an exclusive choice to the exclusive merge just before it.
 *
 * A token on such an arc goes through it when it leaves it: tokens wait where they came to, which no shortest run minds.
 */
#include "config.h"
#include "analyse/cells_i.h"
#include "analyse/sound_i.h"

struct reduce {
	struct bpr_net *net;
	bool or_blocks;
	uint32_t *queue; size_t head, queued, room; /* nodes to look at, a ring */
	bool *waiting;           /* [node_count] in the queue */
	uint32_t *slot; size_t slots; /* arcs by their two nodes, arc + 1 */
	bool failed;
};

static uint32_t add_part(struct reduce *r, enum bpr_part_kind kind, uint32_t a, uint32_t b, uint32_t node)
{
	struct bpr_net *net = r->net;

	if (!bpr_i_grow(&net->part, &net->part_capacity, (size_t)net->part_count + 1, sizeof(*net->part))) {
		r->failed = true;
		return 0;
	}
	net->part[net->part_count] = (struct bpr_part){ kind, a, b, node };
	return net->part_count++;
}

static void look_at(struct reduce *r, uint32_t node)
{
	if (r->waiting[node])
		return;
	r->waiting[node] = true;
	r->queue[(r->head + r->queued++) % r->room] = node;
}

/* ---- arcs by their ends ---- */

static size_t slot_of(const struct reduce *r, uint32_t from, uint32_t to)
{
	const struct bpr_net_arc *arcs = r->net->arc;
	size_t at = bpr_i_mix(from, to) & (r->slots - 1);

	while (r->slot[at] && (arcs[r->slot[at] - 1].gone || arcs[r->slot[at] - 1].from != from || arcs[r->slot[at] - 1].to != to))
		at = (at + 1) & (r->slots - 1);
	return at;
}

static uint32_t arc_between(const struct reduce *r, uint32_t from, uint32_t to)
{
	uint32_t found = r->slot[slot_of(r, from, to)];

	return found ? found - 1 : BPR_NET_NONE;
}

static void take_out(struct reduce *r, uint32_t arc)
{
	struct bpr_net *net = r->net;
	struct bpr_net_arc *a = &net->arc[arc];
	struct bpr_net_node *from = &net->node[a->from], *to = &net->node[a->to];
	uint32_t last = net->out[from->out_first + --from->out_count];

	net->out[a->out_at] = last;
	net->arc[last].out_at = a->out_at;
	last = net->in[to->in_first + --to->in_count];
	net->in[a->in_at] = last;
	net->arc[last].in_at = a->in_at;
	a->gone = true;
}

/* ---- two ways side by side ---- */

static bool same_block(const struct reduce *r, uint32_t from, uint32_t to)
{
	const struct bpr_net_node *s = &r->net->node[from], *j = &r->net->node[to];

	if (j->flags & BPR_NET_EXIT)
		return false;
	if (j->join == BPR_JOIN_OR || s->split == BPR_SPLIT_OR)
		return r->or_blocks && j->join == BPR_JOIN_OR;
	return s->split == BPR_SPLIT_XOR ? j->join == BPR_JOIN_XOR : j->join == BPR_JOIN_AND;
}

static void side_by_side(struct reduce *r, uint32_t keep, uint32_t other)
{
	struct bpr_net_arc *a = &r->net->arc[keep], *b = &r->net->arc[other];
	bool both = r->net->node[a->from].split == BPR_SPLIT_AND;

	if (both)
		a->part = add_part(r, BPR_PART_BOTH, a->part, b->part, BPR_NET_NONE);
	else if (a->length <= b->length)
		a->part = add_part(r, BPR_PART_CHOICE, a->part, b->part, BPR_NET_NONE);
	else
		a->part = add_part(r, BPR_PART_CHOICE, b->part, a->part, BPR_NET_NONE);
	a->length = both ? a->length + b->length : a->length < b->length ? a->length : b->length;
	a->event = BPR_NET_NONE; /* goes where the others go: when it happens is all one */
	take_out(r, other);
	look_at(r, a->from);
	look_at(r, a->to);
}

/* The arc has new ends, or is new. */
static void place_arc(struct reduce *r, uint32_t arc)
{
	const struct bpr_net_arc *a = &r->net->arc[arc];
	size_t at = slot_of(r, a->from, a->to);

	if (!r->slot[at])
		r->slot[at] = arc + 1;
	else if (r->slot[at] != arc + 1 && same_block(r, a->from, a->to))
		side_by_side(r, r->slot[at] - 1, arc);
}

/* ---- one node ---- */

static bool is_plain(const struct bpr_net_node *n)
{
	return !(n->flags & BPR_NET_STAYS);
}

static void in_sequence(struct reduce *r, uint32_t node)
{
	struct bpr_net *net = r->net;
	struct bpr_net_node *n = &net->node[node];
	uint32_t before = net->in[n->in_first], behind = net->out[n->out_first];
	struct bpr_net_arc *a = &net->arc[before], *b = &net->arc[behind];

	a->part = add_part(r, BPR_PART_SEQUENCE, a->part, b->part, node);
	if (n->side)
		a->part = add_part(r, BPR_PART_SIDE, a->part, n->side, BPR_NET_NONE);
	a->length += b->length + !(n->flags & BPR_NET_VIRTUAL);
	a->to = b->to;
	a->in_at = b->in_at;
	net->in[b->in_at] = before;
	b->gone = n->gone = true;
	n->in_count = n->out_count = 0;
	look_at(r, a->from);
	look_at(r, a->to);
	place_arc(r, before);
}

/* A way from `last` back to `first`, when all that follows `first` is the arc from there to `last`. */
static bool back(struct reduce *r, uint32_t first, uint32_t last)
{
	struct bpr_net *net = r->net;
	struct bpr_net_node *j = &net->node[first], *s = &net->node[last];
	uint32_t arc = arc_between(r, last, first);

	if (arc == BPR_NET_NONE || j->join != BPR_JOIN_XOR || s->split != BPR_SPLIT_XOR || j->in_count < 2 || s->out_count < 2
	    || !is_plain(j) || !is_plain(s))
		return false;
	if (first != last && (j->out_count != 1 || s->in_count != 1 || net->arc[net->out[j->out_first]].to != last))
		return false;
	s->side = add_part(r, BPR_PART_SIDE, s->side, net->arc[arc].part, BPR_NET_NONE);
	take_out(r, arc);
	look_at(r, first);
	look_at(r, last);
	return true;
}

static void one_node(struct reduce *r, uint32_t node)
{
	const struct bpr_net *net = r->net;
	const struct bpr_net_node *n = &net->node[node];

	if (n->gone || !is_plain(n))
		return;
	if (n->in_count == 1 && n->out_count == 1) {
		const struct bpr_net_arc *before = &net->arc[net->in[n->in_first]], *behind = &net->arc[net->out[n->out_first]];

		if (before != behind && !(net->node[behind->to].flags & BPR_NET_EXIT))
			in_sequence(r, node);
		return;
	}
	if (back(r, node, node))
		return;
	if (n->out_count == 1 && back(r, node, net->arc[net->out[n->out_first]].to))
		return;
	if (n->in_count == 1)
		(void)back(r, net->arc[net->in[n->in_first]].from, node);
}

/* A sub-process in which one way is left, and that nothing ends from outside, is a sequence too. */
static bool open_scopes(struct reduce *r)
{
	struct bpr_net *net = r->net;
	bool any = false;

	for (uint32_t s = 0; s < net->scope_count; s++) {
		struct bpr_net_scope *scope = &net->scope[s];
		struct bpr_net_node *entry, *exit, *last;

		if (scope->open || scope->event_count)
			continue;
		entry = &net->node[scope->entry];
		exit = &net->node[scope->exit];
		if (entry->out_count != 1 || exit->in_count != 1)
			continue;
		last = &net->node[net->arc[net->in[exit->in_first]].from];
		if (last != entry && (net->arc[net->out[entry->out_first]].to != (uint32_t)(last - net->node) || last->out_count != 1
				      || last->in_count != 1 || last->flags & ~(unsigned)(BPR_NET_TERMINATE | BPR_NET_VIRTUAL)
				      || last->scope != s))
			continue;
		scope->open = any = true;
		entry->flags &= (uint16_t)~BPR_NET_ENTRY;
		exit->flags &= (uint16_t)~BPR_NET_EXIT;
		exit->join = BPR_JOIN_XOR;
		last->flags &= (uint16_t)~BPR_NET_TERMINATE;
		look_at(r, scope->entry);
		look_at(r, scope->exit);
		look_at(r, (uint32_t)(last - net->node));
	}
	return any;
}

static void run(struct reduce *r)
{
	do {
		while (r->queued && !r->failed) {
			uint32_t node = r->queue[r->head];

			r->head = (r->head + 1) % r->room;
			r->queued--;
			r->waiting[node] = false;
			one_node(r, node);
		}
	} while (!r->failed && open_scopes(r));
}

bpr_status bpr_i_net_reduce(struct bpr_net *net, bool or_blocks)
{
	struct reduce r = { .net = net, .or_blocks = or_blocks, .room = net->node_count + 1, .slots = 8 };

	while (r.slots < 4 * (size_t)net->arc_count + 8)
		r.slots *= 2;
	r.queue = bpr_i_calloc(r.room, sizeof(*r.queue));
	r.waiting = bpr_i_calloc(r.room, sizeof(*r.waiting));
	r.slot = bpr_i_calloc(r.slots, sizeof(*r.slot));
	r.failed = !r.queue || !r.waiting || !r.slot;
	for (uint32_t i = 0; !r.failed && i < net->node_count; i++)
		look_at(&r, i);
	for (uint32_t i = 0; !r.failed && i < net->arc_count; i++)
		if (!net->arc[i].gone)
			place_arc(&r, i);
	if (!r.failed)
		run(&r);
	bpr_i_free(r.queue);
	bpr_i_free(r.waiting);
	bpr_i_free(r.slot);
	return r.failed ? BPR_ENOMEM : BPR_OK;
}

bool bpr_i_net_is_plain(const struct bpr_net *net)
{
	for (uint32_t i = 0; i < net->node_count; i++) {
		const struct bpr_net_node *n = &net->node[i];

		if (n->gone)
			continue;
		if (n->flags & ~(unsigned)(BPR_NET_START | BPR_NET_END | BPR_NET_TERMINATE) || (n->out_count > 1 && n->split != BPR_SPLIT_XOR)
		    || (n->in_count > 1 && n->join != BPR_JOIN_XOR) || !(n->flags & (BPR_NET_START | BPR_NET_END)))
			return false;
	}
	return true;
}
