/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shortest runs into faults. Arcs stand for ways of many lengths, so the markings are gone through again, by the number of
 * executions that lead to them (Dijkstra), until the nearest fault of each kind is known.
 */
#include "config.h"
#include "analyse/sound_i.h"

void bpr_i_run_add(const struct bpr_net *net, struct bpr_run *run, uint32_t node)
{
	if (net->node[node].flags & BPR_NET_VIRTUAL || run->failed)
		return;
	if (bpr_i_grow(&run->node, &run->capacity, run->count + 1, sizeof(*run->node)))
		run->node[run->count++] = node;
	else
		run->failed = true;
}

void bpr_i_run_through(const struct bpr_net *net, struct bpr_run *run, uint32_t arc)
{
	struct { uint32_t *item; size_t count, capacity; } stack = { 0 };
	uint32_t part = net->arc[arc].part, skip = part ? net->arc[arc].event : BPR_NET_NONE;

	/* A part, or (odd) a node, waits on the stack: left parts are as deep as a way is long. */
	for (uint32_t at = part;;) {
		const struct bpr_part *p = &net->part[at];

		if (p->kind == BPR_PART_SEQUENCE || p->kind == BPR_PART_BOTH) {
			if (!bpr_i_grow(&stack.item, &stack.capacity, stack.count + 2, sizeof(*stack.item))) {
				run->failed = true;
				break;
			}
			stack.item[stack.count++] = p->b * 2;
			if (p->kind == BPR_PART_SEQUENCE)
				stack.item[stack.count++] = p->node * 2 + 1;
			at = p->a;
			continue;
		}
		if (p->kind != BPR_PART_EMPTY) {
			at = p->a;
			continue;
		}
		while (stack.count && stack.item[stack.count - 1] & 1) {
			uint32_t node = stack.item[--stack.count] / 2;

			if (node != skip)
				bpr_i_run_add(net, run, node);
			skip = BPR_NET_NONE; /* it is the first */
		}
		if (!stack.count)
			break;
		at = stack.item[--stack.count] / 2;
	}
	bpr_i_free(stack.item);
}

struct near {
	struct bpr_space *space;
	const bool *wanted;
	struct bpr_goal_run *goals;
	uint64_t *length;        /* [states] of the shortest run known */
	uint32_t *before;        /* [states] */
	uint32_t *heap, *place;  /* [states] place in the heap + 1; 0: not in it */
	size_t count;
	uint64_t *key; size_t key_capacity;
	uint32_t from;
	bool nomem;
};

static void sift(struct near *n, size_t at, uint32_t state)
{
	while (at && n->length[n->heap[(at - 1) / 2]] > n->length[state]) {
		n->heap[at] = n->heap[(at - 1) / 2];
		n->place[n->heap[at]] = (uint32_t)at + 1;
		at = (at - 1) / 2;
	}
	n->heap[at] = state;
	n->place[state] = (uint32_t)at + 1;
}

static uint32_t nearest(struct near *n)
{
	uint32_t first = n->heap[0], last = n->heap[--n->count];
	size_t at = 0;

	n->place[first] = 0;
	if (!n->count)
		return first;
	for (size_t down; (down = 2 * at + 1) < n->count; at = down) {
		if (down + 1 < n->count && n->length[n->heap[down + 1]] < n->length[n->heap[down]])
			down++;
		if (n->length[n->heap[down]] >= n->length[last])
			break;
		n->heap[at] = n->heap[down];
		n->place[n->heap[at]] = (uint32_t)at + 1;
	}
	n->heap[at] = last;
	n->place[last] = (uint32_t)at + 1;
	return first;
}

static void offer(struct near *n, enum bpr_goal goal, uint64_t length, const struct bpr_firing *firing)
{
	struct bpr_goal_run *g = &n->goals[goal];

	if (!n->wanted[goal] || (g->known && g->length <= length))
		return;
	*g = (struct bpr_goal_run){ .known = true, .length = length, .state = n->from };
	if (firing)
		g->firing = *firing;
}

static bool relax(void *data, const struct bpr_firing *firing)
{
	struct near *n = data;
	uint64_t length = n->length[n->from] + firing->length;
	struct bpr_key key;
	uint32_t to;

	if (firing->flags & BPR_FIRING_UNSAFE)
		offer(n, BPR_GOAL_UNSAFE, length, firing);
	if (firing->flags & BPR_FIRING_IMPROPER)
		offer(n, BPR_GOAL_IMPROPER, length, firing);
	if (firing->flags & BPR_FIRING_CUT)
		return true;
	if (!bpr_i_grow(&n->key, &n->key_capacity, bpr_i_space_room(n->space), sizeof(*n->key))) {
		n->nomem = true;
		return false;
	}
	key = bpr_i_space_pack(n->space, n->key);
	to = bpr_i_store_find(&n->space->store, &key, false);
	if (to == BPR_NET_NONE || n->length[to] <= length)
		return true;
	n->length[to] = length;
	n->before[to] = n->from;
	sift(n, n->place[to] ? n->place[to] - 1 : n->count++, to);
	return true;
}

/* Tokens that wait have gone through their arcs. */
static uint64_t rest_length(const struct bpr_space *s)
{
	uint64_t length = 0;

	for (size_t i = 0; i < s->game.marked_count; i++) {
		uint32_t place = s->game.marked[i], arc = s->net->place[place].arc;

		if (arc != BPR_NET_NONE)
			length += bpr_i_arc_length(&s->net->arc[arc]) * s->game.count[place];
	}
	return length;
}

static bool settled(const struct near *n, uint64_t length)
{
	for (size_t g = 0; g < BPR_GOAL_COUNT; g++)
		if (n->wanted[g] && (!n->goals[g].known || n->goals[g].length > length))
			return false;
	return true;
}

static void go_through(struct near *n)
{
	struct bpr_space *s = n->space;

	n->length[0] = 0;
	n->count = 1;
	n->place[0] = 1;
	while (n->count && !n->nomem) {
		n->from = nearest(n);
		if (settled(n, n->length[n->from]))
			return;
		if (!(s->mark[n->from] & BPR_MARK_LIVE))
			offer(n, BPR_GOAL_BAD, n->length[n->from], NULL);
		bpr_i_space_load(s, n->from);
		if (s->mark[n->from] & BPR_MARK_STOPPED)
			offer(n, BPR_GOAL_STOPPED, n->length[n->from] + rest_length(s), NULL);
		else if (s->game.tokens)
			bpr_i_sound_game_expand(&s->game);
		bpr_i_space_unload(s);
	}
}

/* ---- the run itself ---- */

struct step { struct near *near; uint32_t to; uint64_t length; const struct bpr_firing *like; bool done; };

/* The firing that leads from one marking of the run to the next; what it executes is in the game's run. */
static bool is_step(void *data, const struct bpr_firing *firing)
{
	struct step *s = data;
	struct near *n = s->near;
	struct bpr_key key;

	if (firing->length != s->length)
		return true;
	if (s->like) {
		s->done = firing->flags == s->like->flags && firing->place == s->like->place && firing->end == s->like->end;
		return !s->done;
	}
	if (firing->flags & BPR_FIRING_CUT)
		return true;
	key = bpr_i_space_pack(n->space, n->key);
	s->done = bpr_i_store_find(&n->space->store, &key, false) == s->to;
	return !s->done;
}

/* Executions of one firing, appended. The game stops inside, and is told to forget. */
static bool add_step(struct near *n, struct bpr_run *run, uint32_t from, struct step step)
{
	struct bpr_game_net *g = &n->space->game;
	size_t had = run->count;

	step.near = n;
	g->run = run;
	g->emit = is_step;
	g->data = &step;
	bpr_i_space_load(n->space, from);
	if (!bpr_i_grow(&n->key, &n->key_capacity, bpr_i_space_room(n->space) + n->space->net->place_count, sizeof(*n->key)))
		return false;
	bpr_i_sound_game_expand(g);
	bpr_i_space_unload(n->space);
	g->run = NULL;
	g->stopped = false;
	(void)had;
	return step.done && !run->failed;
}

static bool rest_of_run(struct near *n, struct bpr_run *run, uint32_t state)
{
	struct bpr_space *s = n->space;

	bpr_i_space_load(s, state);
	for (size_t i = 0; i < s->game.marked_count; i++) {
		uint32_t place = s->game.marked[i], arc = s->net->place[place].arc;

		for (uint8_t k = 0; arc != BPR_NET_NONE && k < s->game.count[place]; k++)
			bpr_i_run_through(s->net, run, arc);
	}
	bpr_i_space_unload(s);
	return !run->failed;
}

static bool write_run(struct near *n, enum bpr_goal goal)
{
	struct bpr_goal_run *g = &n->goals[goal];
	struct { uint32_t *state; size_t count, capacity; } way = { 0 };
	bool ok = true;

	for (uint32_t at = g->state; ok; at = n->before[at]) {
		ok = bpr_i_grow(&way.state, &way.capacity, way.count + 1, sizeof(*way.state));
		if (ok)
			way.state[way.count++] = at;
		if (!at)
			break;
	}
	for (size_t i = way.count; ok && i-- > 1;)
		ok = add_step(n, &g->run, way.state[i], (struct step){ .to = way.state[i - 1],
			.length = n->length[way.state[i - 1]] - n->length[way.state[i]] });
	if (ok && (goal == BPR_GOAL_UNSAFE || goal == BPR_GOAL_IMPROPER))
		ok = add_step(n, &g->run, g->state, (struct step){ .like = &g->firing, .length = g->firing.length });
	else if (ok && goal == BPR_GOAL_STOPPED)
		ok = rest_of_run(n, &g->run, g->state);
	bpr_i_free(way.state);
	return ok;
}

bpr_status bpr_i_space_runs(struct bpr_space *s, const bool wanted[BPR_GOAL_COUNT], struct bpr_goal_run out[BPR_GOAL_COUNT])
{
	size_t states = s->store.count;
	struct near n = { .space = s, .wanted = wanted, .goals = out };

	for (size_t g = 0; g < BPR_GOAL_COUNT; g++)
		out[g] = (struct bpr_goal_run){ 0 };
	n.length = bpr_i_calloc(states, sizeof(*n.length));
	n.before = bpr_i_calloc(states, sizeof(*n.before));
	n.heap = bpr_i_calloc(states, sizeof(*n.heap));
	n.place = bpr_i_calloc(states, sizeof(*n.place));
	n.nomem = !n.length || !n.before || !n.heap || !n.place;
	s->game.emit = relax;
	s->game.data = &n;
	for (size_t i = 0; !n.nomem && i < states; i++)
		n.length[i] = UINT64_MAX;
	if (!n.nomem)
		go_through(&n);
	for (enum bpr_goal g = 0; g < BPR_GOAL_COUNT && !n.nomem; g++)
		if (out[g].known)
			n.nomem = !write_run(&n, g);
	bpr_i_free(n.length);
	bpr_i_free(n.before);
	bpr_i_free(n.heap);
	bpr_i_free(n.place);
	bpr_i_free(n.key);
	return n.nomem ? BPR_ENOMEM : BPR_OK;
}

void bpr_i_goal_release(struct bpr_goal_run *goal)
{
	bpr_i_free(goal->run.node);
	goal->run = (struct bpr_run){ 0 };
}
