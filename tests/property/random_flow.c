/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "property/random_flow.h"
#include "flow/build_i.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

double draft_random(struct draft *d)
{
	uint64_t z = d->rng += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

size_t draft_below(struct draft *d, size_t n)
{
	return (size_t)(draft_random(d) * (double)n);
}

static size_t add(struct draft *d, enum bpr_node_kind kind)
{
	struct draft_node *n;

	assert(d->count < DRAFT_NODES);
	n = &d->node[d->count];
	memset(n, 0, sizeof(*n));
	n->kind = kind;
	n->unit = n->counter = -1;
	n->repeat = 1;
	n->host = BPR_NONE;
	(void)snprintf(n->id, sizeof(n->id), "n%zu", d->count);
	return d->count++;
}

static void link_to(struct draft *d, size_t from, size_t to, double share)
{
	struct draft_node *n = &d->node[from];

	assert(n->out_count < DRAFT_OUT);
	n->to[n->out_count] = to;
	n->share[n->out_count++] = share;
}

static size_t add_end(struct draft *d)
{
	size_t end = add(d, BPR_NODE_END);

	d->node[end].incomplete = draft_below(d, 3) == 0;
	return end;
}

/* Numbers that are easy to add without rounding. */
static void dress(struct draft *d, size_t index)
{
	struct draft_node *n = &d->node[index];

	n->unit = (int)draft_below(d, 4) - 1;
	n->counter = (int)draft_below(d, 5) - 2;
	n->counter = n->counter < 0 ? -1 : n->counter;
	n->away = draft_below(d, 8) == 0;
	n->citizen = draft_below(d, 4) == 0;
	n->work = (double)draft_below(d, 5);
	n->wait = (double)(draft_below(d, 3) * 2);
	n->random = d->shape & SHAPE_RANDOM_TIMES && draft_below(d, 3) == 0;
	n->cost = (double)draft_below(d, 2) * 100;
	n->seals = (int)draft_below(d, 3);
	n->id_checks = (int)draft_below(d, 2);
	n->copies = (int)draft_below(d, 4);
	n->rules = draft_below(d, 3) ? 0 : 1 + (unsigned)draft_below(d, 31);
	for (size_t i = 0; i < 3; i++)
		n->writes[i] = draft_below(d, 4) == 0;
	if (d->shape & SHAPE_REPEAT && draft_below(d, 8) == 0)
		n->repeat = 2 + draft_below(d, 2);
	else if (d->shape & SHAPE_REPEAT && draft_below(d, 8) == 0)
		n->loop_prob = 0.125;
}

static size_t sequence(struct draft *d, size_t from, double share, size_t size, int depth, bool may_end);

static size_t task(struct draft *d, size_t from, double share)
{
	size_t index = add(d, BPR_NODE_TASK);

	dress(d, index);
	link_to(d, from, index, share);
	return index;
}

/* Branches between a split and a join of the kind; exclusive ones may end the case. */
static size_t block(struct draft *d, size_t from, double share, enum bpr_node_kind kind, size_t size, int depth, bool may_end)
{
	static const double shares[][3] = { { 0.5, 0.5, 0 }, { 0.75, 0.25, 0 }, { 0.5, 0.25, 0.25 }, { 1, 0, 0 } };
	size_t split = add(d, kind), join = add(d, kind), pick = draft_below(d, kind == BPR_NODE_XOR ? 4 : 3);
	size_t ways = pick == 2 ? 3 : 2;

	link_to(d, from, split, share);
	for (size_t i = 0; i < ways; i++) {
		double p = kind == BPR_NODE_XOR ? shares[pick][i] : kind == BPR_NODE_OR ? 0.25 * (double)(1 + draft_below(d, 4)) : (double)NAN;
		size_t last = sequence(d, split, p, size / ways, depth - 1, may_end && kind == BPR_NODE_XOR);

		if (kind == BPR_NODE_XOR && may_end && draft_below(d, 4) == 0 && d->count < DRAFT_NODES - 4)
			link_to(d, last, add_end(d), last == split ? p : (double)NAN);
		else
			link_to(d, last, join, last == split ? p : (double)NAN);
	}
	return join;
}

/* Body, then back with a small probability. */
static size_t loop(struct draft *d, size_t from, double share, size_t size, int depth)
{
	size_t top = add(d, BPR_NODE_XOR), last, bottom;

	link_to(d, from, top, share);
	last = sequence(d, top, (double)NAN, size, depth - 1, false);
	bottom = add(d, BPR_NODE_XOR);
	link_to(d, last, bottom, (double)NAN);
	link_to(d, bottom, top, 0.125);
	link_to(d, bottom, (task)(d, bottom, 0.875), 0);
	d->node[bottom].out_count--;
	return d->count - 1;
}

/* A task with a boundary event: interrupting ones come back behind it, others end by themselves. */
static size_t edge(struct draft *d, size_t from, double share, bool parallel)
{
	size_t host = task(d, from, share), event = add(d, BPR_NODE_EVENT), merge = add(d, BPR_NODE_XOR);

	dress(d, event);
	d->node[event].repeat = 1;
	d->node[event].loop_prob = 0;
	d->node[event].host = host;
	d->node[event].prob = 0.25 * (double)(1 + draft_below(d, 3));
	d->node[event].interrupting = !parallel || draft_below(d, 2) == 0;
	link_to(d, host, merge, (double)NAN);
	link_to(d, event, d->node[event].interrupting ? merge : add_end(d), (double)NAN);
	return merge;
}

/* Branches that are never joined. */
static size_t loose(struct draft *d, size_t from, double share)
{
	size_t split = add(d, BPR_NODE_AND), side;

	link_to(d, from, split, share);
	if (draft_below(d, 2)) { /* the side branch is walked before or after what follows */
		side = task(d, split, (double)NAN);
		link_to(d, side, add_end(d), (double)NAN);
		return task(d, split, (double)NAN);
	}
	side = task(d, split, (double)NAN);
	link_to(d, task(d, split, (double)NAN), add_end(d), (double)NAN);
	return side;
}

static size_t sequence(struct draft *d, size_t from, double share, size_t size, int depth, bool may_end)
{
	size_t first = d->count;

	if (!size && draft_below(d, 2))
		return from;
	do {
		size_t pick = draft_below(d, 8), room = DRAFT_NODES - d->count, inner = size / 2;

		if (room < 16 || depth <= 0)
			pick = 0;
		if (pick == 1 || pick == 2)
			from = block(d, from, share, BPR_NODE_XOR, inner, depth, may_end);
		else if (pick == 3 && d->shape & SHAPE_AND)
			from = block(d, from, share, BPR_NODE_AND, inner, depth, false);
		else if (pick == 4 && d->shape & SHAPE_OR)
			from = block(d, from, share, BPR_NODE_OR, inner, depth, false);
		else if (pick == 5 && d->shape & SHAPE_LOOPS)
			from = loop(d, from, share, inner, depth);
		else if (pick == 6 && d->shape & SHAPE_EDGES)
			from = edge(d, from, share, d->shape & (SHAPE_AND | SHAPE_OR));
		else if (pick == 7 && d->shape & SHAPE_LOOSE_AND)
			from = loose(d, from, share);
		else if (room > 3)
			from = task(d, from, share);
		else
			return from;
		share = (double)NAN;
	} while (d->count - first < size && d->count < DRAFT_NODES - 4);
	return from;
}

void draft_blocks(struct draft *d, uint64_t seed, unsigned shape, size_t size)
{
	size_t start, last;

	memset(d, 0, sizeof(*d));
	d->rng = seed;
	d->shape = shape;
	start = add(d, BPR_NODE_START);
	last = sequence(d, start, (double)NAN, size, 3, true);
	link_to(d, last, add_end(d), (double)NAN);
}

void draft_tangle(struct draft *d, uint64_t seed, size_t size)
{
	size_t end[2];

	memset(d, 0, sizeof(*d));
	d->rng = seed;
	d->shape = SHAPE_REPEAT;
	(void)add(d, BPR_NODE_START);
	for (size_t i = 0; i < size; i++) {
		size_t index = add(d, draft_below(d, 3) ? BPR_NODE_TASK : BPR_NODE_XOR);

		if (d->node[index].kind == BPR_NODE_TASK)
			dress(d, index);
	}
	end[0] = add_end(d);
	end[1] = add_end(d);
	link_to(d, 0, 1 + draft_below(d, size), 1);
	for (size_t i = 1; i <= size; i++) {
		size_t forward = i < size ? i + 1 + draft_below(d, size - i) : end[0];

		if (draft_below(d, 3) == 0) {
			link_to(d, i, forward, 1);
			continue;
		}
		link_to(d, i, forward, 0.875 - 0.25 * (double)draft_below(d, 2));
		link_to(d, i, draft_below(d, 4) ? 1 + draft_below(d, size) : end[draft_below(d, 2)], 1 - d->node[i].share[0]);
	}
}

void draft_gateways(struct draft *d, uint64_t seed, size_t size)
{
	static const enum bpr_node_kind kinds[] = { BPR_NODE_XOR, BPR_NODE_AND, BPR_NODE_AND, BPR_NODE_OR, BPR_NODE_TASK, BPR_NODE_TASK };
	size_t end;

	memset(d, 0, sizeof(*d));
	d->rng = seed;
	(void)add(d, BPR_NODE_START);
	for (size_t i = 0; i < size; i++) {
		size_t index = add(d, kinds[draft_below(d, 6)]);

		if (d->node[index].kind == BPR_NODE_TASK)
			dress(d, index);
	}
	end = add_end(d);
	link_to(d, 0, 1, (double)NAN);
	for (size_t i = 1; i <= size; i++) {
		size_t ways = d->node[i].kind == BPR_NODE_TASK ? 1 : 1 + draft_below(d, 2);

		for (size_t k = 0; k < ways; k++) {
			size_t to = i + 1 + draft_below(d, size + 1 - i < 4 ? size + 1 - i : 4);

			link_to(d, i, to > size ? end : to, d->node[i].kind == BPR_NODE_AND ? (double)NAN : ways == 1 ? 1 : 0.5);
		}
	}
}

/* ---- building ---- */

static void carry(bpr_builder *b, const struct draft_node *from, size_t index)
{
	static const char *const units[] = { "U", "V", "W" }, *const counters[] = { "P", "Q", "R" }, *const forms[] = { "F", "G", "H" };
	struct bpr_dist dist = { .kind = from->random ? BPR_DIST_EXP : BPR_DIST_CONSTANT };
	size_t unit = from->unit < 0 ? BPR_NONE : bpr_i_builder_unit(b, units[from->unit], 1, BPR_NONE);
	size_t counter = from->counter < 0 ? BPR_NONE : bpr_i_builder_counter(b, counters[from->counter], 1);
	struct bpr_node *n = bpr_i_builder_draft(b, index);

	n->unit = unit;
	n->counter = counter;
	n->away = from->away;
	n->actor = from->citizen ? BPR_ACTOR_CITIZEN : BPR_ACTOR_STAFF;
	n->outcome = from->incomplete ? BPR_OUTCOME_INCOMPLETE : BPR_OUTCOME_DONE;
	n->terminate = from->terminate;
	n->rules = from->rules;
	n->seals = from->seals;
	n->id_checks = from->id_checks;
	n->copies = from->copies;
	n->cost = from->cost;
	n->repeat = from->repeat;
	n->loop_prob = from->loop_prob;
	for (size_t i = 0; i < 3; i++)
		if (from->writes[i])
			(void)bpr_i_builder_use_form(b, index, BPR_FORM_WRITES, bpr_i_builder_form(b, forms[i], 1));
	dist.a = from->work;
	if (from->work > 0)
		(void)bpr_i_builder_duration(b, index, true, &dist);
	dist.a = from->wait;
	if (from->wait > 0)
		(void)bpr_i_builder_duration(b, index, false, &dist);
}

static void companion(bpr_builder *b, enum bpr_table table, const char *const *pairs)
{
	struct bpr_cell cells[6];
	size_t count = 0;

	for (; pairs[2 * count]; count++)
		cells[count] = (struct bpr_cell){ bpr_i_column_find(table, pairs[2 * count], strlen(pairs[2 * count])), pairs[2 * count + 1],
			strlen(pairs[2 * count + 1]) };
	(void)bpr_i_builder_companion(b, table, cells, count, NULL);
}

/* F: name, address; G: name twice, telephone; H: address, a printed field. P and Q stand in one building, R in another. */
static void companions(bpr_builder *b)
{
	static const char *const forms[][9] = {
		{ "form", "F", "field", "name", "group", "g" }, { "form", "F", "field", "address" },
		{ "form", "G", "field", "name", "times", "2" }, { "form", "G", "field", "telephone" },
		{ "form", "H", "field", "address" }, { "form", "H", "field", "printed", "prefilled", "yes" },
	};
	static const char *const counters[][5] = {
		{ "counter", "P", "building", "east" }, { "counter", "Q", "building", "east" }, { "counter", "R", "building", "west" },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		companion(b, BPR_TABLE_FORMS, forms[i]);
	for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++)
		companion(b, BPR_TABLE_COUNTERS, counters[i]);
}

struct scope_draft { size_t entry, exit, repeat; bool parallel; };

static void add_scope(bpr_builder *b, const struct draft *d, const size_t *at, const struct scope_draft *scope)
{
	struct bpr_scope s = { .id = "scope", .name = "", .type = "subProcess", .parent = BPR_NONE, .repeat = scope->repeat,
		.repeat_parallel = scope->parallel };
	size_t index;

	s.entry = at[scope->entry];
	s.exit = at[scope->exit];
	index = bpr_i_builder_scope(b, &s);
	for (size_t i = 0; i < d->count; i++)
		if (d->node[i].kind != BPR_NODE_START && d->node[i].kind != BPR_NODE_END)
			bpr_i_builder_draft(b, at[i])->scope = index;
}

static bpr_flow *build(const struct draft *d, const size_t *order, const struct scope_draft *scope, const struct draft_extra *extra)
{
	static const struct bpr_build_options options = { .max_nodes = 1000, .max_field = 1000 };
	size_t at[DRAFT_NODES];
	bpr_builder *b = NULL;
	bpr_flow *flow = NULL;
	bpr_status status = bpr_i_builder_new(&b, "random", "random", "", &options, extra ? extra->problems : NULL, NULL);

	assert(status == BPR_OK);
	companions(b);
	for (size_t place = 0; place < d->count; place++) {
		size_t i = order ? order[place] : place;

		status = bpr_i_builder_node(b, d->node[i].kind, d->node[i].id, strlen(d->node[i].id), NULL, &at[i]);
		assert(status == BPR_OK);
		carry(b, &d->node[i], at[i]);
		if (extra)
			extra->node(b, i, at[i], extra->data);
	}
	if (extra)
		extra->flow(b, extra->data);
	for (size_t i = 0; i < d->count; i++) {
		struct bpr_node *n = bpr_i_builder_draft(b, at[i]);

		if (d->node[i].host != BPR_NONE) {
			n->host = at[d->node[i].host];
			n->interrupting = d->node[i].interrupting;
			n->prob = d->node[i].prob;
		}
		for (size_t k = 0; k < d->node[i].out_count; k++) {
			status = bpr_i_builder_arc(b, at[i], at[d->node[i].to[k]], d->node[i].share[k], NULL, NULL, NULL);
			assert(status == BPR_OK);
		}
	}
	if (scope)
		add_scope(b, d, at, scope);
	status = bpr_i_builder_finish(b, &flow, NULL);
	(void)status;
	bpr_i_builder_free(b);
	return flow;
}

bpr_flow *draft_build(const struct draft *d, const size_t *order)
{
	return build(d, order, NULL, NULL);
}

bpr_flow *draft_build_with(const struct draft *d, const size_t *order, const struct draft_extra *extra)
{
	return build(d, order, NULL, extra);
}

bpr_flow *draft_build_scope(const struct draft *d, size_t entry, size_t exit, size_t repeat, bool parallel)
{
	struct scope_draft scope = { entry, exit, repeat, parallel };

	return build(d, NULL, &scope, NULL);
}

size_t draft_plain(struct draft *d, enum bpr_node_kind kind, const char *id)
{
	size_t index = add(d, kind);

	(void)snprintf(d->node[index].id, sizeof(d->node[index].id), "%s", id);
	return index;
}

void draft_link(struct draft *d, size_t from, size_t to)
{
	link_to(d, from, to, (double)NAN);
}
