/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was seen in all markings as verdicts and faults. */
#include "config.h"
#include "analyse/sound_i.h"

/* Markings from which a case cannot complete that are looked at to name the nodes among which it goes on. */
enum { MOST_STATES = 1000 };

struct judge {
	struct bpr_space *space;
	const struct bpr_net *net;
	struct bpr_arena *arena;
	struct bpr_judgement *out;
	struct { uint32_t *item; size_t count, capacity; } stack;
	uint8_t *alive;          /* [node_count] */
	bool nomem;
};

static struct bpr_sound_step step_of(const struct bpr_net *net, uint32_t node)
{
	return (struct bpr_sound_step){ net->node[node].flow, net->node[node].node };
}

static bool push(struct judge *j, uint32_t part)
{
	if (!bpr_i_grow(&j->stack.item, &j->stack.capacity, j->stack.count + 1, sizeof(*j->stack.item)))
		return !(j->nomem = true);
	j->stack.item[j->stack.count++] = part;
	return true;
}

/* Everything in a part. */
static void mark_part(struct judge *j, uint32_t part, uint8_t *marked)
{
	if (!part || !push(j, part))
		return;
	while (j->stack.count) {
		const struct bpr_part *p = &j->net->part[j->stack.item[--j->stack.count]];

		if (p->kind == BPR_PART_SEQUENCE)
			marked[p->node] = 1;
		if (p->kind != BPR_PART_EMPTY && ((p->b && !push(j, p->b)) || (p->a && !push(j, p->a))))
			return;
	}
}

/* ---- faults ---- */

static struct bpr_sound_fault *add_fault(struct judge *j, enum bpr_sound_kind kind, uint32_t at)
{
	static const enum bpr_sound_property property[] = {
		[BPR_SOUND_SECOND_TOKEN] = BPR_SOUND_SAFE, [BPR_SOUND_DEADLOCK] = BPR_SOUND_OPTION_TO_COMPLETE,
		[BPR_SOUND_LIVELOCK] = BPR_SOUND_OPTION_TO_COMPLETE, [BPR_SOUND_SECOND_END] = BPR_SOUND_PROPER_COMPLETION,
		[BPR_SOUND_DEAD] = BPR_SOUND_NO_DEAD_ACTIVITIES,
	};
	struct bpr_judgement *out = j->out;

	if (!bpr_i_grow(&out->faults, &out->fault_capacity, out->fault_count + 1, sizeof(*out->faults))) {
		j->nomem = true;
		return NULL;
	}
	out->faults[out->fault_count] = (struct bpr_sound_fault){ .property = property[kind], .kind = kind, .at = step_of(j->net, at) };
	return &out->faults[out->fault_count++];
}

static struct bpr_sound_step *steps(struct judge *j, const uint32_t *nodes, size_t count)
{
	struct bpr_sound_step *out = bpr_i_arena_alloc(j->arena, count, sizeof(*out));

	if (!out) {
		j->nomem = true;
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		out[i] = step_of(j->net, nodes[i]);
	return out;
}

static void set_run(struct judge *j, struct bpr_sound_fault *fault, const struct bpr_run *run)
{
	fault->run = steps(j, run->node, run->count);
	fault->run_count = fault->run ? run->count : 0;
}

static void set_others(struct judge *j, struct bpr_sound_fault *fault, const uint32_t *nodes, size_t count)
{
	fault->others = steps(j, nodes, count);
	fault->other_count = fault->others ? count : 0;
}

/* Ends of an arc with what lies in it. */
static bool edge_node(struct judge *j, uint32_t arc, bool last, uint32_t *node)
{
	struct bpr_run run = { 0 };

	bpr_i_run_through(j->net, &run, arc);
	*node = last ? j->net->arc[arc].from : j->net->arc[arc].to;
	if (run.count)
		*node = run.node[last ? run.count - 1 : 0];
	j->nomem |= run.failed;
	bpr_i_free(run.node);
	return !j->nomem;
}

static void second_token(struct judge *j, const struct bpr_goal_run *goal)
{
	const struct bpr_net_place *place = &j->net->place[goal->firing.place];
	bool arc = place->arc != BPR_NET_NONE;
	struct bpr_sound_fault *fault = add_fault(j, BPR_SOUND_SECOND_TOKEN, arc ? j->net->arc[place->arc].from : place->node);
	uint32_t next;

	if (!fault)
		return;
	set_run(j, fault, &goal->run);
	if (arc && edge_node(j, place->arc, false, &next))
		set_others(j, fault, &next, 1);
}

/* How much a waiting token tells: a parallel join most. */
static int rank(const struct bpr_net *net, uint32_t place)
{
	const struct bpr_net_place *p = &net->place[place];

	if (p->kind == BPR_PLACE_RUNS)
		return 1;
	if (p->kind != BPR_PLACE_ARC)
		return 0;
	if (net->node[p->node].in_count < 2 || net->node[p->node].join == BPR_JOIN_XOR)
		return 1;
	return net->node[p->node].join == BPR_JOIN_AND ? 3 : 2;
}

static void deadlock(struct judge *j, const struct bpr_goal_run *goal)
{
	struct bpr_game_net *g = &j->space->game;
	uint32_t at = BPR_NET_NONE, *empty;
	const struct bpr_net_node *n;
	struct bpr_sound_fault *fault;
	size_t count = 0;
	int best = 0;

	bpr_i_space_load(j->space, goal->state);
	for (size_t i = 0; i < g->marked_count; i++)
		if (rank(j->net, g->marked[i]) > best) {
			best = rank(j->net, g->marked[i]);
			at = j->net->place[g->marked[i]].node;
		}
	if (at == BPR_NET_NONE)
		at = goal->run.count ? goal->run.node[goal->run.count - 1] : 0;
	n = &j->net->node[at];
	fault = add_fault(j, BPR_SOUND_DEADLOCK, at);
	empty = bpr_i_calloc(n->in_count, sizeof(*empty));
	j->nomem |= !empty;
	for (uint32_t i = 0; !j->nomem && best > 1 && i < n->in_count; i++)
		if (!g->count[j->net->in[n->in_first + i]])
			count += edge_node(j, j->net->place[j->net->in[n->in_first + i]].arc, true, &empty[count]);
	bpr_i_space_unload(j->space);
	if (fault && !j->nomem) {
		set_run(j, fault, &goal->run);
		set_others(j, fault, empty, count);
	}
	bpr_i_free(empty);
}

/* Nodes that are executed again and again from there on. */
static void mark_round(struct judge *j, uint32_t state, uint8_t *marked)
{
	struct bpr_space *s = j->space;
	uint32_t *queue = bpr_i_calloc(s->store.count, sizeof(*queue));
	uint8_t *seen = bpr_i_calloc(s->store.count, 1);
	size_t count = 0;

	j->nomem |= !queue || !seen;
	if (!j->nomem) {
		seen[state] = 1;
		queue[count++] = state;
	}
	for (size_t at = 0; at < count && at < MOST_STATES && !j->nomem; at++) {
		bpr_i_space_load(s, queue[at]);
		for (size_t i = 0; i < s->game.marked_count; i++) {
			const struct bpr_net_place *p = &j->net->place[s->game.marked[i]];

			if (p->node != BPR_NET_NONE && p->kind == BPR_PLACE_ARC)
				marked[p->node] = 1;
			if (p->arc != BPR_NET_NONE)
				mark_part(j, j->net->arc[p->arc].part, marked);
		}
		bpr_i_space_unload(s);
		for (size_t e = s->row[queue[at]]; e < s->row[queue[at] + 1]; e++)
			if (!seen[s->edge[e]]) {
				seen[s->edge[e]] = 1;
				queue[count++] = s->edge[e];
			}
	}
	bpr_i_free(queue);
	bpr_i_free(seen);
}

static const struct bpr_node *element(const struct bpr_net *net, uint32_t node)
{
	return bpr_flow_node(net->flows->items[net->node[node].flow], net->node[node].node);
}

static void livelock(struct judge *j, const struct bpr_goal_run *goal)
{
	uint8_t *marked = bpr_i_calloc(j->net->node_count, 1);
	uint32_t *nodes = bpr_i_calloc(j->net->node_count, sizeof(*nodes));
	struct bpr_sound_fault *fault;
	size_t count = 0;

	j->nomem |= !marked || !nodes;
	if (!j->nomem)
		mark_round(j, goal->state, marked);
	for (uint32_t i = 0; !j->nomem && i < j->net->node_count; i++)
		if (marked[i] && !(j->net->node[i].flags & BPR_NET_VIRTUAL) && !element(j->net, i)->silent)
			nodes[count++] = i;
	if (!j->nomem) {
		fault = add_fault(j, BPR_SOUND_LIVELOCK, count ? nodes[0] : goal->run.count ? goal->run.node[goal->run.count - 1] : 0);
		if (fault) {
			set_run(j, fault, &goal->run);
			set_others(j, fault, nodes, count);
		}
	}
	bpr_i_free(marked);
	bpr_i_free(nodes);
}

static void second_end(struct judge *j, const struct bpr_goal_run *goal)
{
	struct bpr_sound_fault *fault = add_fault(j, BPR_SOUND_SECOND_END, goal->firing.end);

	if (fault)
		set_run(j, fault, &goal->run);
}

/* ---- verdicts ---- */

static void find_alive(struct judge *j)
{
	const struct bpr_game_net *g = &j->space->game;

	for (uint32_t i = 0; i < j->net->node_count; i++)
		if (!j->net->node[i].gone && g->fired[i]) {
			j->alive[i] = 1;
			mark_part(j, j->net->node[i].side, j->alive);
		}
	for (uint32_t i = 0; i < j->net->place_count; i++)
		if (g->used[i] && j->net->place[i].arc != BPR_NET_NONE)
			mark_part(j, j->net->arc[j->net->place[i].arc].part, j->alive);
}

static bool dead(const struct judge *j, uint32_t node)
{
	return !j->alive[node] && !(j->net->node[node].flags & BPR_NET_VIRTUAL) && !element(j->net, node)->silent;
}

static void judge_dead(struct judge *j)
{
	enum bpr_verdict verdict = BPR_VERDICT_YES;

	for (uint32_t i = 0; i < j->net->node_count; i++)
		if (dead(j, i))
			verdict = j->space->marks & BPR_MARK_OPEN ? BPR_VERDICT_UNDECIDED : BPR_VERDICT_NO;
	j->out->verdict[BPR_SOUND_NO_DEAD_ACTIVITIES] = verdict;
	for (uint32_t i = 0; verdict == BPR_VERDICT_NO && i < j->net->node_count && !j->nomem; i++)
		if (dead(j, i))
			(void)add_fault(j, BPR_SOUND_DEAD, i);
}

static enum bpr_verdict verdict_of(bool fault, bool open)
{
	return fault ? BPR_VERDICT_NO : open ? BPR_VERDICT_UNDECIDED : BPR_VERDICT_YES;
}

static void judge_runs(struct judge *j)
{
	struct bpr_space *s = j->space;
	bool wanted[BPR_GOAL_COUNT] = { false };
	struct bpr_goal_run goals[BPR_GOAL_COUNT];
	bool open = s->marks & BPR_MARK_OPEN;

	j->out->verdict[BPR_SOUND_SAFE] = verdict_of(s->marks & BPR_MARK_UNSAFE, open);
	j->out->verdict[BPR_SOUND_OPTION_TO_COMPLETE] = verdict_of(s->bad > 0, open);
	j->out->verdict[BPR_SOUND_PROPER_COMPLETION] = verdict_of(s->marks & BPR_MARK_IMPROPER, open);
	wanted[BPR_GOAL_UNSAFE] = s->marks & BPR_MARK_UNSAFE;
	wanted[BPR_GOAL_IMPROPER] = s->marks & BPR_MARK_IMPROPER;
	wanted[BPR_GOAL_STOPPED] = s->marks & BPR_MARK_STOPPED;
	wanted[BPR_GOAL_BAD] = s->bad && !wanted[BPR_GOAL_STOPPED];
	if (!wanted[BPR_GOAL_UNSAFE] && !wanted[BPR_GOAL_IMPROPER] && !s->bad)
		return;
	j->nomem = bpr_i_space_runs(s, wanted, goals) != BPR_OK;
	if (!j->nomem && goals[BPR_GOAL_UNSAFE].known)
		second_token(j, &goals[BPR_GOAL_UNSAFE]);
	if (!j->nomem && goals[BPR_GOAL_STOPPED].known)
		deadlock(j, &goals[BPR_GOAL_STOPPED]);
	if (!j->nomem && goals[BPR_GOAL_BAD].known)
		livelock(j, &goals[BPR_GOAL_BAD]);
	if (!j->nomem && goals[BPR_GOAL_IMPROPER].known)
		second_end(j, &goals[BPR_GOAL_IMPROPER]);
	for (size_t g = 0; g < BPR_GOAL_COUNT; g++)
		bpr_i_goal_release(&goals[g]);
}

bpr_status bpr_i_space_judge(struct bpr_space *space, struct bpr_arena *arena, struct bpr_judgement *out)
{
	struct judge j = { .space = space, .net = space->net, .arena = arena, .out = out };

	j.alive = bpr_i_calloc(space->net->node_count, 1);
	j.nomem = !j.alive;
	if (!j.nomem)
		find_alive(&j);
	if (!j.nomem)
		judge_runs(&j);
	if (!j.nomem)
		judge_dead(&j);
	bpr_i_free(j.alive);
	bpr_i_free(j.stack.item);
	return j.nomem ? BPR_ENOMEM : BPR_OK;
}
