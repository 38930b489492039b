/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds of a scope, and ends that take everything else with them. */
#include "config.h"
#include "analyse/walk_move_i.h"

/* The scope's topmost mark in the stack, or 0. */
static uint32_t find_mark(const struct bpr_walk *walk, uint32_t stack, uint32_t scope)
{
	for (; stack; stack = walk->cells.items[stack].next)
		if (walk->cells.items[stack].key == scope && BPR_ITEM_KIND(walk->cells.items[stack].x) == BPR_ITEM_ROUND)
			return stack;
	return 0;
}

/*
 * The stack with the mark (and the GATHER under it) replaced: `left` rounds left and `gathered` attributes, or both gone.
 */
static uint32_t replace_mark(struct bpr_walk *walk, uint32_t stack, uint32_t mark, bool keep, uint32_t gathered)
{
	struct bpr_cell_list cell = walk->cells.items[mark];
	const struct bpr_cell_list *under = &walk->cells.items[cell.next];
	bool gather = cell.next && under->key == cell.key && BPR_ITEM_KIND(under->x) == BPR_ITEM_GATHER;
	uint32_t rest = gather ? under->next : cell.next;
	size_t count = 0;

	for (; stack != mark; stack = walk->cells.items[stack].next)
		if (!bpr_i_walk_remember(walk, count++, stack))
			return BPR_CELLS_FAILED;
	if (keep && gather)
		rest = bpr_i_cells_push(&walk->cells, cell.key, BPR_ITEM_PACK(BPR_ITEM_GATHER, 0, 0), gathered, rest);
	if (keep && rest != BPR_CELLS_FAILED)
		rest = bpr_i_cells_push(&walk->cells, cell.key,
			BPR_ITEM_PACK(BPR_ITEM_ROUND, 0, BPR_ITEM_INDEX(cell.x) - 1), cell.y, rest);
	return rest == BPR_CELLS_FAILED ? rest : bpr_i_walk_rebuild(walk, count, rest);
}

enum bpr_move bpr_i_walk_end_round(struct bpr_walk *walk, struct bpr_cursor *c, size_t *where)
{
	uint32_t scope = walk->plan->scope_at[*where], mark = find_mark(walk, c->stack, scope), attr = c->attr;
	const struct bpr_scope *info = bpr_flow_scope(walk->plan->flow, scope);
	struct bpr_cell_list cell;
	bool more;

	if (!mark)
		return BPR_MOVE_STOP;
	cell = walk->cells.items[mark];
	more = BPR_ITEM_INDEX(cell.x) > 0;
	/* Rounds that run side by side each start with what came in, and leave together. */
	if (walk->policy->per_token && info->repeat_parallel) {
		attr = bpr_i_policy_merge(walk->policy, attr, walk->cells.items[cell.next].y, scope);
		if (attr == BPR_CELLS_FAILED)
			return BPR_MOVE_FAILED;
	}
	c->stack = replace_mark(walk, c->stack, mark, more, attr);
	if (c->stack == BPR_CELLS_FAILED)
		return BPR_MOVE_FAILED;
	c->attr = more && walk->policy->per_token && info->repeat_parallel ? cell.y : attr;
	*where = info->entry;
	return more ? BPR_MOVE_AGAIN : BPR_MOVE_STOP;
}

bool bpr_i_walk_leaves(const struct bpr_walk *walk, size_t state)
{
	const struct bpr_state *s = &walk->state[state];
	uint32_t mark;

	if (!(walk->plan->trait[s->node] & BPR_TRAIT_EXIT))
		return true;
	mark = find_mark(walk, s->stack, walk->plan->scope_at[s->node]);
	return !mark || BPR_ITEM_INDEX(walk->cells.items[mark].x) == 0;
}

/* Does the cell belong to something inside the scope? Its own mark does where the scope is left. */
static bool inside(const struct bpr_plan *plan, const struct bpr_cell_list *cell, bool stack, size_t scope, bool left)
{
	if (stack && BPR_ITEM_KIND(cell->x) >= BPR_ITEM_ROUND)
		return (left || cell->key != scope) && bpr_i_plan_in_scope(plan, cell->key, scope);
	return bpr_i_plan_in_scope(plan, plan->node[cell->key]->scope, scope)
		|| cell->key == bpr_flow_scope(plan->flow, scope)->exit;
}

struct cut { size_t scope; bool left; };

static uint32_t drop_inside(struct bpr_walk *walk, uint32_t list, bool stack, struct cut cut)
{
	size_t count = 0;

	for (; list; list = walk->cells.items[list].next) {
		const struct bpr_cell_list *cell = &walk->cells.items[list];

		if (inside(walk->plan, cell, stack, cut.scope, cut.left)) {
			walk->cut |= !stack || BPR_ITEM_KIND(cell->x) < BPR_ITEM_ROUND;
			continue;
		}
		if (!bpr_i_walk_remember(walk, count++, list))
			return BPR_CELLS_FAILED;
	}
	return bpr_i_walk_rebuild(walk, count, 0);
}

size_t bpr_i_plan_terminates(const struct bpr_plan *plan, size_t node, size_t *where, bool *left)
{
	const struct bpr_node *n = plan->node[node];
	size_t count = bpr_flow_scope_count(plan->flow), scope = n->scope, to;

	*left = false;
	*where = BPR_NONE;
	if (scope >= count)
		return BPR_NONE;
	to = n->out_count ? plan->arc_to[n->first_out] : bpr_flow_scope(plan->flow, scope)->exit;
	*where = to;
	if (to < plan->n && bpr_i_plan_in_scope(plan, plan->node[to]->scope, scope))
		return scope;
	/* An error thrown to the edge of a scope farther out: everything up to there is left. */
	*left = true;
	for (size_t up; (up = bpr_flow_scope(plan->flow, scope)->parent) < count; scope = up)
		if (to < plan->n && bpr_i_plan_in_scope(plan, plan->node[to]->scope, up))
			break;
	return scope;
}

enum bpr_move bpr_i_walk_terminate(struct bpr_walk *walk, struct bpr_cursor *c, size_t node, size_t *where)
{
	struct cut cut;

	cut.scope = bpr_i_plan_terminates(walk->plan, node, where, &cut.left);
	if (cut.scope == BPR_NONE) {
		walk->cut |= c->waits || c->busy || bpr_i_walk_pending(walk, c->stack);
		c->stack = c->waits = c->busy = 0;
	} else {
		c->stack = drop_inside(walk, c->stack, true, cut);
		c->waits = drop_inside(walk, c->waits, false, cut);
		c->busy = drop_inside(walk, c->busy, false, cut);
		if (c->stack == BPR_CELLS_FAILED || c->waits == BPR_CELLS_FAILED || c->busy == BPR_CELLS_FAILED)
			return BPR_MOVE_FAILED;
	}
	return *where < walk->plan->n ? BPR_MOVE_ENTER : BPR_MOVE_STOP;
}
