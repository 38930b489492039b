/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token game, one token at a time. */
#include "config.h"
#include "analyse/sets_i.h"
#include "analyse/walk_move_i.h"
#include "base/alloc_i.h"

static bool fault(struct bpr_walk *walk, enum bpr_fault kind, size_t node)
{
	walk->fault = kind;
	walk->fault_node = node;
	return false;
}

bool bpr_i_walk_push(struct bpr_walk *walk, struct bpr_cursor *c, uint32_t key, uint32_t x, uint32_t attr)
{
	c->stack = bpr_i_cells_push(&walk->cells, key, x, walk->policy->per_token ? attr : 0, c->stack);
	if (c->stack == BPR_CELLS_FAILED)
		return false;
	walk->split |= BPR_ITEM_KIND(x) < BPR_ITEM_ROUND;
	/* Each split has at most one item on the stack of a flow whose tokens do not multiply. */
	if (walk->cells.items[c->stack].length > walk->max_depth)
		return fault(walk, BPR_FAULT_TOKENS, BPR_ITEM_KIND(x) == BPR_ITEM_ROUND || BPR_ITEM_KIND(x) == BPR_ITEM_GATHER ?
			bpr_flow_scope(walk->plan->flow, key)->entry : key);
	return true;
}

bool bpr_i_walk_pending(const struct bpr_walk *walk, uint32_t stack)
{
	for (; stack; stack = walk->cells.items[stack].next)
		if (BPR_ITEM_KIND(walk->cells.items[stack].x) < BPR_ITEM_ROUND)
			return true;
	return false;
}

/* Arc of a branch: in the reverse walk the last one comes first. */
static size_t branch(const struct bpr_walk *walk, size_t node, size_t index)
{
	const struct bpr_node *n = walk->plan->node[node];

	return n->first_out + (walk->reverse ? n->out_count - 1 - index : index);
}

/* ---- when a token has stopped: what moves next ---- */

/* Can a token that is about to go over branches `index` on of the item's node get to the join? */
static bool item_can_reach(struct bpr_walk *walk, const struct bpr_cell_list *item, size_t join, bool *failed)
{
	const struct bpr_plan *plan = walk->plan;
	enum bpr_item kind = (enum bpr_item)BPR_ITEM_KIND(item->x);
	bool found = false;

	if (kind >= BPR_ITEM_ROUND)
		return false;
	if (kind == BPR_ITEM_LEAVE)
		return bpr_i_walk_comes_to(walk, item->key, join, failed);
	if (kind == BPR_ITEM_SPAWN) {
		for (size_t i = plan->edge_row[item->key] + BPR_ITEM_INDEX(item->x); !found && i < plan->edge_row[item->key + 1]; i++)
			found = bpr_i_walk_can_reach(walk, plan->edge[i], join, failed);
		return found;
	}
	for (size_t i = BPR_ITEM_INDEX(item->x); !found && i < plan->node[item->key]->out_count; i++) {
		size_t arc = branch(walk, item->key, i);

		found = plan->arc_prob[arc] > 0 && bpr_i_walk_can_reach(walk, plan->arc_to[arc], join, failed);
	}
	return found;
}

static bool others_can_reach(struct bpr_walk *walk, const struct bpr_cursor *c, size_t join, bool *failed)
{
	for (uint32_t at = c->waits; at; at = walk->cells.items[at].next)
		if (walk->cells.items[at].key != join && bpr_i_walk_can_reach(walk, walk->cells.items[at].key, join, failed))
			return true;
	for (uint32_t at = c->busy; at; at = walk->cells.items[at].next)
		if (bpr_i_walk_comes_to(walk, walk->cells.items[at].key, join, failed))
			return true;
	for (uint32_t at = c->stack; at; at = walk->cells.items[at].next) {
		const struct bpr_cell_list item = walk->cells.items[at];

		if (item_can_reach(walk, &item, join, failed))
			return true;
	}
	return false;
}

static enum bpr_move fire_or(struct bpr_walk *walk, struct bpr_cursor *c, uint32_t cell, size_t *where)
{
	const struct bpr_cell_list join = walk->cells.items[cell];

	*where = join.key;
	if (walk->policy->per_token)
		c->attr = join.x;
	c->waits = bpr_i_waits_put(walk, c->waits, join.key, 0, 0);
	return c->waits == BPR_CELLS_FAILED ? BPR_MOVE_FAILED : BPR_MOVE_ENTER;
}

/*
 * An OR join that nothing can still get to: of several the first on the way. `forced`: nothing else moves, so the first of
 * those that wait.
 */
static enum bpr_move try_or(struct bpr_walk *walk, struct bpr_cursor *c, bool forced, size_t *where)
{
	uint32_t choice = 0;
	bool failed = false;

	for (uint32_t at = c->waits; at && !failed; at = walk->cells.items[at].next) {
		size_t join = walk->cells.items[at].key;

		if (walk->cells.items[at].y != BPR_WAIT_OR)
			continue;
		if ((!choice || bpr_i_walk_earlier(walk, join, walk->cells.items[choice].key, &failed))
		    && (forced || !others_can_reach(walk, c, join, &failed)))
			choice = at;
	}
	if (failed)
		return BPR_MOVE_FAILED;
	return choice ? fire_or(walk, c, choice, where) : BPR_MOVE_STOP;
}

static enum bpr_move pop_and(struct bpr_walk *walk, struct bpr_cursor *c, const struct bpr_cell_list *item, size_t *where)
{
	size_t index = BPR_ITEM_INDEX(item->x);

	c->stack = item->next;
	if (walk->policy->per_token)
		c->attr = item->y;
	if (index + 1 < walk->plan->node[item->key]->out_count
	    && !bpr_i_walk_push(walk, c, item->key, BPR_ITEM_PACK(BPR_ITEM_AND, 0, index + 1), item->y))
		return BPR_MOVE_FAILED;
	*where = branch(walk, item->key, index);
	return BPR_MOVE_ARC;
}

static enum bpr_move nothing_left(struct bpr_walk *walk, struct bpr_cursor *c, size_t *where)
{
	enum bpr_move move;

	if (c->busy) {
		*where = bpr_i_walk_tick(walk, c);
		return *where == BPR_NONE ? BPR_MOVE_FAILED : BPR_MOVE_FINISH;
	}
	if (!c->waits)
		return BPR_MOVE_EXIT;
	move = try_or(walk, c, true, where);
	if (move != BPR_MOVE_STOP)
		return move;
	walk->fault_waits = c->waits;
	(void)fault(walk, BPR_FAULT_DEADLOCK, walk->cells.items[c->waits].key);
	return BPR_MOVE_FAILED;
}

/* Brings the topmost item that moves to the top, over marks of rounds that are not over yet. */
static bool lift(struct bpr_walk *walk, struct bpr_cursor *c)
{
	uint32_t at = c->stack, rest;
	size_t count = 0;

	for (; at && BPR_ITEM_KIND(walk->cells.items[at].x) >= BPR_ITEM_ROUND; at = walk->cells.items[at].next)
		if (!bpr_i_walk_remember(walk, count++, at))
			return false;
	if (!at || !count)
		return true;
	rest = bpr_i_walk_rebuild(walk, count, walk->cells.items[at].next);
	if (rest != BPR_CELLS_FAILED)
		c->stack = bpr_i_cells_push(&walk->cells, walk->cells.items[at].key, walk->cells.items[at].x,
			walk->cells.items[at].y, rest);
	return rest != BPR_CELLS_FAILED && c->stack != BPR_CELLS_FAILED;
}

static enum bpr_move resume(struct bpr_walk *walk, struct bpr_cursor *c, size_t *where)
{
	struct bpr_cell_list item;

	if (c->waits) {
		enum bpr_move move = try_or(walk, c, false, where);

		if (move != BPR_MOVE_STOP)
			return move;
	}
	if (!c->stack)
		return nothing_left(walk, c, where);
	if (!lift(walk, c))
		return BPR_MOVE_FAILED;
	item = walk->cells.items[c->stack];
	switch ((enum bpr_item)BPR_ITEM_KIND(item.x)) {
	case BPR_ITEM_AND:
		return pop_and(walk, c, &item, where);
	case BPR_ITEM_OR:
	case BPR_ITEM_SPAWN:
	case BPR_ITEM_LEAVE:
		*where = item.key;
		return BPR_MOVE_DECIDE;
	case BPR_ITEM_ROUND:
	case BPR_ITEM_GATHER:
	default:
		return nothing_left(walk, c, where);
	}
}

static enum bpr_move cross(struct bpr_walk *walk, struct bpr_cursor *c, size_t *where)
{
	uint32_t arc = (uint32_t)*where;
	size_t to = walk->plan->arc_to[arc];
	unsigned trait = walk->plan->trait[to];
	uint32_t none = 0; /* what belongs to the case and not to a token does not wait with it */

	*where = to;
	if (!(trait & (BPR_TRAIT_JOIN_AND | BPR_TRAIT_JOIN_OR)))
		return BPR_MOVE_ENTER;
	if ((trait & BPR_TRAIT_JOIN_OR) && !c->waits && !c->busy && !c->stack)
		return BPR_MOVE_ENTER;
	switch (bpr_i_waits_arrive(walk, &c->waits, arc, walk->policy->per_token ? &c->attr : &none)) {
	case BPR_ARRIVAL_FIRES:
		return BPR_MOVE_ENTER;
	case BPR_ARRIVAL_WAITS:
		return BPR_MOVE_STOP;
	case BPR_ARRIVAL_FAILED:
	default:
		return BPR_MOVE_FAILED;
	}
}

/* ---- states ---- */

/* The set of an attribute without what can no longer come up: from here, or from whatever else moves or waits. */
static uint32_t trim(struct bpr_walk *walk, const struct bpr_cursor *c, size_t node, uint32_t attr)
{
	struct bpr_sets *sets = walk->policy->sets;

	bpr_i_sets_live(sets, node, true);
	for (uint32_t at = c->stack; at; at = walk->cells.items[at].next)
		if (BPR_ITEM_KIND(walk->cells.items[at].x) < BPR_ITEM_ROUND)
			bpr_i_sets_live(sets, walk->cells.items[at].key, false);
	for (uint32_t at = c->waits; at; at = walk->cells.items[at].next) {
		bpr_i_sets_live(sets, walk->cells.items[at].key, false);
		bpr_i_sets_live_self(sets, walk->cells.items[at].key);
	}
	return bpr_i_sets_trim(sets, attr);
}

/*
 * Where the policy has nothing to see and there is only one way on, no state is needed. Gives the next move, or ENTER
 * where the walk has to stop.
 */
static enum bpr_move pass(struct bpr_walk *walk, size_t *where)
{
	const struct bpr_plan *plan = walk->plan;
	const struct bpr_node *node = plan->node[*where];
	static const unsigned busy = BPR_TRAIT_LOOP | BPR_TRAIT_INTERRUPT | BPR_TRAIT_SPAWN | BPR_TRAIT_ENTRY | BPR_TRAIT_EXIT
		| BPR_TRAIT_TERMINATE;

	if (node->out_count > 1 || plan->trait[*where] & busy || !bpr_i_policy_passes(walk->policy, *where))
		return BPR_MOVE_ENTER;
	if (!node->out_count)
		return BPR_MOVE_STOP;
	*where = node->first_out;
	return BPR_MOVE_ARC;
}

static bool emit_enter(struct bpr_walk *walk, struct bpr_cursor *c, size_t node, bool again)
{
	uint32_t before = c->attr, attr = bpr_i_policy_enter(walk->policy, before, node);
	struct bpr_state s;

	if (attr == BPR_CELLS_FAILED)
		return false;
	if ((walk->plan->trait[node] & BPR_TRAIT_ENTRY) && !again) {
		uint32_t scope = walk->plan->scope_at[node];
		const struct bpr_scope *info = bpr_flow_scope(walk->plan->flow, scope);

		if (info->repeat - 1 > 0x0fffffff)
			return fault(walk, BPR_FAULT_STATES, node);
		if ((info->repeat_parallel && walk->policy->per_token
		     && !bpr_i_walk_push(walk, c, scope, BPR_ITEM_PACK(BPR_ITEM_GATHER, 0, 0), 0))
		    || !bpr_i_walk_push(walk, c, scope, BPR_ITEM_PACK(BPR_ITEM_ROUND, 0, info->repeat - 1), attr))
			return false;
	}
	if (walk->policy->kind == BPR_POLICY_SET && attr && (attr = trim(walk, c, node, attr)) == BPR_CELLS_FAILED)
		return false;
	s = (struct bpr_state){ (uint32_t)node, c->stack, c->waits, c->busy, attr, BPR_PHASE_ENTER, false };
	s.alone = walk->timed && !c->busy && (!c->stack || !bpr_i_walk_pending(walk, c->stack));
	return bpr_i_walk_emit(walk, c, &s, before);
}

bool bpr_i_walk_settle(struct bpr_walk *walk, struct bpr_cursor *c, enum bpr_move move, size_t where)
{
	bool counts = walk->policy->kind != BPR_POLICY_NONE;
	struct bpr_state s;

	/* A circle of nodes that are passed is no danger: the base walk has shown that every case ends. */
	for (;;) {
		if (counts && move == BPR_MOVE_ENTER && !walk->beginning)
			move = pass(walk, &where);
		switch (move) {
		case BPR_MOVE_ENTER:
		case BPR_MOVE_AGAIN:
			return emit_enter(walk, c, where, move == BPR_MOVE_AGAIN);
		case BPR_MOVE_ARC:
			move = cross(walk, c, &where);
			break;
		case BPR_MOVE_STOP:
			move = resume(walk, c, &where);
			break;
		case BPR_MOVE_DECIDE:
		case BPR_MOVE_FINISH:
			s = (struct bpr_state){ (uint32_t)where, c->stack, c->waits, c->busy,
				walk->policy->per_token ? 0 : c->attr,
				move == BPR_MOVE_DECIDE ? BPR_PHASE_DECIDE : BPR_PHASE_LEAVE, false };
			return bpr_i_walk_emit(walk, c, &s, s.attr);
		case BPR_MOVE_EXIT:
			walk->chain.exit[walk->row_now] += c->prob;
			return true;
		case BPR_MOVE_FAILED:
		default:
			return false;
		}
	}
}

/* ---- what can follow a state ---- */

/* One outcome: a copy of the marking, with that probability. Impossible ones are no outcome. */
static bool outcome(struct bpr_walk *walk, const struct bpr_cursor *from, double prob, enum bpr_move move, size_t where)
{
	struct bpr_cursor c = *from;

	if (!(prob > 0))
		return true;
	c.prob = from->prob * prob;
	return bpr_i_walk_settle(walk, &c, move, where);
}

static bool go_out(struct bpr_walk *walk, struct bpr_cursor *c, size_t node)
{
	const struct bpr_plan *plan = walk->plan;
	const struct bpr_node *n = plan->node[node];
	size_t where = BPR_NONE;

	if (plan->trait[node] & BPR_TRAIT_TERMINATE) {
		enum bpr_move move = bpr_i_walk_terminate(walk, c, node, &where);

		return outcome(walk, c, 1, move, where);
	}
	if (!n->out_count)
		return outcome(walk, c, 1, BPR_MOVE_STOP, 0);
	if (plan->trait[node] & BPR_TRAIT_SPLIT_AND)
		return bpr_i_walk_push(walk, c, (uint32_t)node, BPR_ITEM_PACK(BPR_ITEM_AND, 0, 1), c->attr)
			&& outcome(walk, c, 1, BPR_MOVE_ARC, branch(walk, node, 0));
	if (plan->trait[node] & BPR_TRAIT_SPLIT_OR)
		return bpr_i_walk_push(walk, c, (uint32_t)node, BPR_ITEM_PACK(BPR_ITEM_OR, 0, 0), c->attr)
			&& outcome(walk, c, 1, BPR_MOVE_DECIDE, node);
	for (size_t i = 0; i < n->out_count; i++)
		if (!outcome(walk, c, n->out_count > 1 ? plan->arc_prob[n->first_out + i] : 1, BPR_MOVE_ARC, n->first_out + i))
			return false;
	return true;
}

/* Out of the node by an interrupting event or its own ways. */
static bool leave_on(struct bpr_walk *walk, struct bpr_cursor *c, size_t node)
{
	const struct bpr_plan *plan = walk->plan;

	if (plan->trait[node] & BPR_TRAIT_INTERRUPT) {
		for (size_t i = 0; i < plan->interrupt_count[node]; i++) {
			size_t event = plan->edge[plan->edge_row[node] + i];

			if (!outcome(walk, c, plan->node[event]->prob, BPR_MOVE_ENTER, event))
				return false;
		}
		c->prob *= plan->normal[node];
		if (!(c->prob > 0))
			return true;
	}
	return go_out(walk, c, node);
}

static bool leave(struct bpr_walk *walk, struct bpr_cursor *c, size_t node)
{
	const struct bpr_plan *plan = walk->plan;
	unsigned trait = plan->trait[node];
	size_t where = node;

	if (trait & BPR_TRAIT_LOOP) {
		double more = plan->node[node]->loop_prob;

		if (!outcome(walk, c, more, BPR_MOVE_AGAIN, node))
			return false;
		c->prob *= 1 - more;
		if (!(c->prob > 0))
			return true;
	}
	if (trait & BPR_TRAIT_EXIT) {
		enum bpr_move move = bpr_i_walk_end_round(walk, c, &where);

		if (move != BPR_MOVE_STOP)
			return move != BPR_MOVE_FAILED && outcome(walk, c, 1, move, where);
	}
	if (!(trait & BPR_TRAIT_SPAWN))
		return leave_on(walk, c, node);
	if (walk->beside_last)
		return bpr_i_walk_push(walk, c, (uint32_t)node, BPR_ITEM_PACK(BPR_ITEM_SPAWN, 0, plan->interrupt_count[node]), c->attr)
			&& leave_on(walk, c, node);
	/* What happened beside the host is walked before what follows it, so that a loop around them leaves nothing behind. */
	return bpr_i_walk_push(walk, c, (uint32_t)node, BPR_ITEM_PACK(BPR_ITEM_LEAVE, 0, 0), c->attr)
		&& bpr_i_walk_push(walk, c, (uint32_t)node, BPR_ITEM_PACK(BPR_ITEM_SPAWN, 0, plan->interrupt_count[node]), c->attr)
		&& outcome(walk, c, 1, BPR_MOVE_DECIDE, node);
}

/* The draw on top of the stack: its next branch is taken, or not; or a host goes on. */
static bool decide(struct bpr_walk *walk, struct bpr_cursor *c)
{
	const struct bpr_plan *plan = walk->plan;
	const struct bpr_cell_list item = walk->cells.items[c->stack];
	size_t index = BPR_ITEM_INDEX(item.x), node = item.key, where;
	bool spawn = BPR_ITEM_KIND(item.x) == BPR_ITEM_SPAWN, taken = BPR_ITEM_FLAG(item.x);
	size_t count = spawn ? plan->edge_row[node + 1] - plan->edge_row[node] : plan->node[node]->out_count;
	struct bpr_cursor rest;
	double p;

	c->stack = item.next;
	if (walk->policy->per_token)
		c->attr = item.y;
	if (BPR_ITEM_KIND(item.x) == BPR_ITEM_LEAVE)
		return leave_on(walk, c, node);
	rest = *c;
	if (spawn) {
		where = plan->edge[plan->edge_row[node] + index];
		p = plan->node[where]->prob;
	} else {
		where = branch(walk, node, index);
		p = bpr_i_plan_or_prob(plan, node, index, walk->reverse, taken);
	}
	if (index + 1 < count) {
		uint32_t kind = (uint32_t)BPR_ITEM_KIND(item.x);

		if (!bpr_i_walk_push(walk, c, item.key, BPR_ITEM_PACK(kind, true, index + 1), item.y)
		    || !bpr_i_walk_push(walk, &rest, item.key, BPR_ITEM_PACK(kind, taken, index + 1), item.y))
			return false;
	}
	return outcome(walk, c, p, spawn ? BPR_MOVE_ENTER : BPR_MOVE_ARC, where)
		&& outcome(walk, &rest, 1 - p, index + 1 < count ? BPR_MOVE_DECIDE : BPR_MOVE_STOP, node);
}

static bool work(struct bpr_walk *walk, struct bpr_cursor *c, size_t node, bool alone)
{
	const struct bpr_plan *plan = walk->plan;
	double minutes;
	bool constant = bpr_i_walk_constant(walk, node, &minutes);

	/* The longest of several that run side by side is no sum of anything that this walk keeps. */
	if ((plan->trait[node] & BPR_TRAIT_ENTRY) && bpr_flow_scope(plan->flow, plan->scope_at[node])->repeat_parallel)
		return fault(walk, BPR_FAULT_RANDOM, node);
	if (!constant && (!alone || (plan->node[node]->repeat > 1 && plan->node[node]->repeat_parallel)))
		return fault(walk, BPR_FAULT_RANDOM, node);
	if (alone)
		return leave(walk, c, node);
	if (!(minutes > 0))
		return leave(walk, c, node);
	c->busy = bpr_i_walk_add_busy(walk, c->busy, (uint32_t)node, minutes);
	return c->busy != BPR_CELLS_FAILED && outcome(walk, c, 1, BPR_MOVE_STOP, 0);
}

bool bpr_i_walk_step(struct bpr_walk *walk, size_t index)
{
	const struct bpr_state s = walk->state[index];
	struct bpr_cursor c = { s.stack, s.waits, s.busy, s.attr, 1, 0 };

	walk->row_now = index;
	switch ((enum bpr_phase)s.phase) {
	case BPR_PHASE_DECIDE:
		return decide(walk, &c);
	case BPR_PHASE_ENTER:
		return walk->timed ? work(walk, &c, s.node, s.alone) : leave(walk, &c, s.node);
	case BPR_PHASE_LEAVE:
	default:
		return leave(walk, &c, s.node);
	}
}
