/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token game: everything that can fire in a marking, each time with the marking that follows. */
#include "config.h"
#include "analyse/sound_i.h"
#include <string.h>

/* An inclusive split of more ways has more than a million outcomes: what follows is not followed. */
enum { MOST_WAYS = 20 };

typedef struct bpr_game_net game;

/* ---- changing the marking ---- */

static void set(game *g, uint32_t place, uint8_t tokens)
{
	if (!bpr_i_grow(&g->undo, &g->undo_capacity, g->undo_count + 1, sizeof(*g->undo))) {
		g->nomem = g->stopped = true;
		return;
	}
	g->undo[g->undo_count].place = place;
	g->undo[g->undo_count++].before = g->count[place];
	if (g->net->place[place].token)
		g->tokens += (size_t)tokens - g->count[place];
	g->count[place] = tokens;
}

struct point { size_t undo, run; struct bpr_firing firing; };

static struct point here(const game *g)
{
	return (struct point){ g->undo_count, g->run ? g->run->count : 0, g->firing };
}

static void back_to(game *g, struct point point)
{
	while (g->undo_count > point.undo) {
		uint32_t place = g->undo[--g->undo_count].place;

		if (g->net->place[place].token)
			g->tokens += (size_t)g->undo[g->undo_count].before - g->count[place];
		g->count[place] = g->undo[g->undo_count].before;
	}
	if (g->run && !g->stopped) /* who stopped the game keeps what has been executed */
		g->run->count = point.run;
	g->firing = point.firing;
}

/* Takes a token, which has then gone through what lies inside the arc. */
static void take(game *g, uint32_t place)
{
	uint32_t arc = g->net->place[place].arc;

	if (arc != BPR_NET_NONE) {
		g->firing.length += bpr_i_arc_length(&g->net->arc[arc]);
		g->happened = g->net->arc[arc].event != BPR_NET_NONE && !g->net->arc[arc].part;
		if (g->run)
			bpr_i_run_through(g->net, g->run, arc);
	}
	set(g, place, g->count[place] - 1);
}

static void again(game *g, uint32_t node)
{
	if (!(g->firing.flags & BPR_FIRING_IMPROPER))
		g->firing.end = node;
	g->firing.flags |= BPR_FIRING_IMPROPER;
}

/* from: the node that sends. */
static void put(game *g, uint32_t place, uint32_t from)
{
	uint8_t kind = g->net->place[place].kind, tokens = g->count[place];

	g->used[place] = 1;
	if (kind == BPR_PLACE_ARRIVED || kind == BPR_PLACE_ENDED) {
		if (tokens)
			again(g, from);
		else
			set(g, place, 1);
		return;
	}
	if (tokens && kind != BPR_PLACE_MESSAGE && kind != BPR_PLACE_CAN_HAPPEN) {
		if (!(g->firing.flags & BPR_FIRING_UNSAFE))
			g->firing.place = place;
		g->firing.flags |= BPR_FIRING_UNSAFE;
	}
	if (kind == BPR_PLACE_MESSAGE && tokens >= g->message_cap && g->net->place[place].token)
		return; /* so many cases are called already: one more changes nothing */
	if (tokens >= (kind == BPR_PLACE_MESSAGE ? g->message_cap : g->cap))
		g->firing.flags |= BPR_FIRING_CUT;
	else
		set(g, place, tokens + 1);
}

static void emit(game *g)
{
	if (!g->stopped && !g->emit(g->data, &g->firing))
		g->stopped = true;
}

/* ---- a node is executed ---- */

static void execute(game *g, uint32_t node)
{
	const struct bpr_net_node *n = &g->net->node[node];

	g->fired[node] = 1;
	if (!g->happened) {
		g->firing.length += !(n->flags & BPR_NET_VIRTUAL);
		if (g->run)
			bpr_i_run_add(g->net, g->run, node);
	}
	g->happened = false;
	for (uint32_t i = 0; i < n->send_count; i++)
		put(g, g->net->message[n->send_first + i], node);
}

static void split_or(game *g, const struct bpr_net_node *n, uint32_t node)
{
	if (n->out_count > MOST_WAYS) {
		g->too_wide = true;
		g->firing.flags |= BPR_FIRING_CUT;
		emit(g);
		return;
	}
	for (uint32_t ways = 1; ways < (uint32_t)1 << n->out_count && !g->stopped; ways++) {
		struct point point = here(g);

		for (uint32_t i = 0; i < n->out_count; i++)
			if (ways >> i & 1)
				put(g, g->net->out[n->out_first + i], node);
		emit(g);
		back_to(g, point);
	}
}

static bool of_process(const struct bpr_net *net, uint32_t place, uint32_t root)
{
	uint8_t kind = net->place[place].kind;

	return (kind == BPR_PLACE_ENDED || kind == BPR_PLACE_CAN_HAPPEN) && bpr_i_net_inside(net, net->place[place].scope, root);
}

/* No token of the process is left: what its ends remember, and its events that have not happened, are of no use. */
static void forget_ends(game *g, uint32_t root)
{
	const struct bpr_net *net = g->net;

	for (size_t i = 0; i < g->marked_count; i++)
		if (g->count[g->marked[i]] && net->place[g->marked[i]].token && bpr_i_net_inside(net, net->place[g->marked[i]].scope, root))
			return;
	for (size_t i = g->undo_count; i-- > 0;)
		if (g->count[g->undo[i].place] && net->place[g->undo[i].place].token
		    && bpr_i_net_inside(net, net->place[g->undo[i].place].scope, root))
			return;
	for (size_t i = 0; i < g->marked_count; i++)
		if (g->count[g->marked[i]] && of_process(net, g->marked[i], root))
			set(g, g->marked[i], 0);
	for (size_t i = g->undo_count; i-- > 0;)
		if (g->count[g->undo[i].place] && of_process(net, g->undo[i].place, root))
			set(g, g->undo[i].place, 0);
}

static void end(game *g, uint32_t node)
{
	uint32_t scope = g->net->node[node].scope, place = g->net->node[node].place;

	if (place != BPR_NET_NONE && g->net->place[place].kind == BPR_PLACE_ENDED)
		put(g, place, node);
	while (g->net->scope[scope].parent != BPR_NET_NONE)
		scope = g->net->scope[scope].parent;
	forget_ends(g, scope);
	emit(g);
}

static void one_way(game *g, uint32_t place, uint32_t node)
{
	uint32_t event = g->net->arc[g->net->place[place].arc].event;

	put(g, place, node);
	if (event == BPR_NET_NONE)
		return;
	g->firing.length++;
	if (g->run)
		bpr_i_run_add(g->net, g->run, event);
}

/* The token goes on. */
static void leave(game *g, uint32_t node)
{
	const struct bpr_net_node *n = &g->net->node[node];
	struct point point = here(g);

	if (!n->out_count) {
		end(g, node);
	} else if (n->split == BPR_SPLIT_OR && n->out_count > 1) {
		split_or(g, n, node);
	} else if (n->split == BPR_SPLIT_AND) {
		for (uint32_t i = 0; i < n->out_count; i++)
			put(g, g->net->out[n->out_first + i], node);
		emit(g);
	} else {
		for (uint32_t i = 0; i < n->out_count && !g->stopped; i++) {
			one_way(g, g->net->out[n->out_first + i], node);
			emit(g);
			back_to(g, point);
		}
	}
	back_to(g, point);
}

/* Takes everything inside away. */
static void clear_inside(game *g, uint32_t scope)
{
	for (size_t i = 0; i < g->marked_count; i++)
		if (g->count[g->marked[i]] && g->net->place[g->marked[i]].kind != BPR_PLACE_MESSAGE
		    && bpr_i_net_inside(g->net, g->net->place[g->marked[i]].scope, scope))
			set(g, g->marked[i], 0);
}

/* Events that had been able to happen no more often than what they hang on still runs. */
static void settle_events(game *g, uint32_t first, uint32_t count, uint8_t most)
{
	for (uint32_t i = first; i < first + count; i++) {
		uint32_t place = g->net->node[g->net->event[i]].place;

		if (place != BPR_NET_NONE && g->net->place[place].kind == BPR_PLACE_CAN_HAPPEN && g->count[place] > most)
			set(g, place, most);
	}
}

static void begin_events(game *g, uint32_t first, uint32_t count)
{
	for (uint32_t i = first; i < first + count; i++) {
		const struct bpr_net_node *event = &g->net->node[g->net->event[i]];

		if (!event->interrupting || event->flags & BPR_NET_INNER)
			put(g, event->place, BPR_NET_NONE);
	}
}

/* The process begins, and with it what its event sub-processes wait for. */
static void begin_process(game *g, uint32_t start)
{
	const struct bpr_net_scope *root = &g->net->scope[g->net->node[start].scope];

	begin_events(g, root->event_first, root->event_count);
}

/* One run of the scope is over. */
static void scope_over(game *g, uint32_t scope)
{
	const struct bpr_net_scope *s = &g->net->scope[scope];

	set(g, s->active, g->count[s->active] - 1);
	settle_events(g, s->event_first, s->event_count, g->count[s->active]);
}

static void terminate(game *g, uint32_t node)
{
	const struct bpr_net_node *n = &g->net->node[node];

	clear_inside(g, n->inner);
	if (n->leaves && g->net->scope[n->inner].active != BPR_NET_NONE && g->count[g->net->scope[n->inner].active])
		scope_over(g, n->inner);
}

/* A token has come to the node; inside: to the entry of a scope that is active already. */
static void fire(game *g, uint32_t node, bool inside)
{
	const struct bpr_net_node *n = &g->net->node[node];
	struct point point = here(g);

	execute(g, node);
	if (n->flags & BPR_NET_TERMINATE)
		terminate(g, node);
	if (n->flags & BPR_NET_ENTRY && !inside) {
		put(g, g->net->scope[n->inner].active, node);
		begin_events(g, g->net->scope[n->inner].event_first, g->net->scope[n->inner].event_count);
	}
	if (n->flags & BPR_NET_HOST) {
		put(g, n->place, node);
		begin_events(g, n->event_first, n->event_count);
		emit(g);
	} else {
		leave(g, node);
	}
	back_to(g, point);
}

/* ---- who can fire ---- */

/* The node goes on as soon as a message is there: once for each that is. */
static void with_message(game *g, uint32_t node, void (*go)(game *g, uint32_t node))
{
	const struct bpr_net_node *n = &g->net->node[node];

	for (uint32_t i = 0; i < n->receive_count && !g->stopped; i++) {
		uint32_t place = g->net->message[n->receive_first + i];
		struct point point = here(g);

		if (!g->count[place])
			continue;
		set(g, place, g->count[place] - 1);
		go(g, node);
		back_to(g, point);
	}
}

static void go(game *g, uint32_t node)
{
	fire(g, node, false);
}

static void go_inside(game *g, uint32_t node)
{
	fire(g, node, true);
}

static void arrive(game *g, uint32_t node, bool inside)
{
	const struct bpr_net_node *n = &g->net->node[node];

	if ((n->flags & (BPR_NET_RECEIVES | BPR_NET_HOST)) == BPR_NET_RECEIVES)
		with_message(g, node, inside ? go_inside : go);
	else
		fire(g, node, inside);
}

/* Event-based gateway: it goes the way whose message is there, or one that needs none. */
static void choose(game *g, uint32_t node)
{
	const struct bpr_net_node *n = &g->net->node[node];
	struct point point = here(g);

	execute(g, node);
	for (uint32_t i = 0; i < n->out_count && !g->stopped; i++) {
		struct point way = here(g);
		uint32_t place = g->net->out[n->out_first + i], to = g->net->place[place].node;

		if ((g->net->node[to].flags & (BPR_NET_RECEIVES | BPR_NET_HOST)) == BPR_NET_RECEIVES) {
			with_message(g, to, go);
		} else {
			put(g, place, node);
			emit(g);
		}
		back_to(g, way);
	}
	back_to(g, point);
}

static bool and_ready(const game *g, const struct bpr_net_node *n)
{
	for (uint32_t i = 0; i < n->in_count; i++)
		if (!g->count[g->net->in[n->in_first + i]])
			return false;
	return true;
}

/* Is the place, with a token, one for which the inclusive join waits? */
static bool waits_for(const game *g, const struct bpr_net_node *n, const uint64_t *mask, uint32_t words)
{
	bool empty = false;

	for (uint32_t w = 0; w < words; w++)
		for (uint64_t bits = mask[w]; bits; bits &= bits - 1) {
			uint32_t way = w * 64 + (uint32_t)__builtin_ctzll(bits);

			if (g->count[g->net->in[n->in_first + way]])
				return false;
			empty = true;
		}
	return empty;
}

/* 13.4.3: nobody can come to a way in without a token who cannot come to one with a token. */
static bool or_ready(const game *g, const struct bpr_net_node *n, uint32_t node)
{
	uint32_t words = (n->in_count + 63) / 64;

	for (size_t i = 0; i < g->marked_count; i++) {
		uint32_t place = g->marked[i];
		const struct bpr_net_place *p = &g->net->place[place];

		if (p->kind != BPR_PLACE_ARC && p->kind != BPR_PLACE_RUNS && p->kind != BPR_PLACE_ACTIVE && p->kind != BPR_PLACE_CAN_HAPPEN)
			continue;
		if (p->node == node)
			continue; /* on its own ways in, or in itself */
		if (p->kind == BPR_PLACE_ACTIVE && bpr_i_net_inside(g->net, n->scope, g->net->node[p->node].inner))
			continue; /* the scope around it waits for what comes out of the join */
		if (waits_for(g, n, g->net->reach[node] + (size_t)place * words, words))
			return false;
	}
	return true;
}

static void from_arc(game *g, uint32_t place)
{
	uint32_t node = g->net->place[place].node;
	const struct bpr_net_node *n = &g->net->node[node];
	struct point point = here(g);
	bool inside = n->flags & BPR_NET_ENTRY && bpr_i_net_inside(g->net, g->net->place[place].scope, n->inner);

	if (n->join == BPR_JOIN_XOR || n->in_count == 1) {
		take(g, place);
	} else if (n->join == BPR_JOIN_AND) {
		if (g->net->in[n->in_first] != place || !and_ready(g, n))
			return;
		for (uint32_t i = 0; i < n->in_count; i++)
			take(g, g->net->in[n->in_first + i]);
	} else {
		for (uint32_t i = 0; g->net->in[n->in_first + i] != place; i++)
			if (g->count[g->net->in[n->in_first + i]])
				return; /* asked at that one */
		if (!or_ready(g, n, node))
			return;
		for (uint32_t i = 0; i < n->in_count; i++)
			if (g->count[g->net->in[n->in_first + i]])
				take(g, g->net->in[n->in_first + i]);
	}
	if (n->flags & BPR_NET_CHOOSES)
		choose(g, node);
	else
		arrive(g, node, inside);
	back_to(g, point);
}

/* What is noted of a run is its beginning: nothing more when it goes on. */
static void host_done(game *g, uint32_t node)
{
	const struct bpr_net_node *n = &g->net->node[node];
	struct point point = here(g);

	set(g, n->place, g->count[n->place] - 1);
	settle_events(g, n->event_first, n->event_count, g->count[n->place]);
	leave(g, node);
	back_to(g, point);
}

struct happening { uint32_t first, count, runs, scope; };

static void events(game *g, struct happening h)
{
	for (uint32_t i = h.first; i < h.first + h.count && !g->stopped; i++) {
		uint32_t event = g->net->event[i];
		const struct bpr_net_node *e = &g->net->node[event];
		struct point point = here(g);

		if (e->flags & BPR_NET_INNER || (!e->interrupting && !g->count[e->place]))
			continue;
		if (!e->interrupting) {
			set(g, e->place, g->count[e->place] - 1);
		} else {
			if (h.scope != BPR_NET_NONE)
				clear_inside(g, h.scope);
			set(g, h.runs, g->count[h.runs] - 1);
			settle_events(g, h.first, h.count, g->count[h.runs]);
		}
		arrive(g, event, false);
		back_to(g, point);
	}
}

static void from_host(game *g, uint32_t node)
{
	const struct bpr_net_node *n = &g->net->node[node];

	if (n->flags & BPR_NET_RECEIVES)
		with_message(g, node, host_done);
	else
		host_done(g, node);
	events(g, (struct happening){ n->event_first, n->event_count, n->place, BPR_NET_NONE });
}

/* Nothing is left inside: the scope is left by its exit. */
static void complete(game *g, uint32_t scope)
{
	const struct bpr_net *net = g->net;
	const struct bpr_net_scope *s = &net->scope[scope];
	struct point point = here(g);

	for (size_t i = 0; i < g->marked_count; i++)
		if (net->place[g->marked[i]].token && bpr_i_net_inside(net, net->place[g->marked[i]].scope, scope))
			return;
	for (size_t i = 0; i < g->marked_count; i++) {
		uint32_t place = g->marked[i];

		if (net->place[place].kind == BPR_PLACE_ARRIVED && net->place[place].node == s->exit)
			take(g, place);
	}
	clear_inside(g, scope); /* what ends inside remember */
	scope_over(g, scope);
	fire(g, s->exit, false);
	back_to(g, point);
}

static void from_scope(game *g, uint32_t entry)
{
	uint32_t scope = g->net->node[entry].inner;
	const struct bpr_net_scope *s = &g->net->scope[scope];

	complete(g, scope);
	events(g, (struct happening){ s->event_first, s->event_count, s->active, scope });
}

/* A process begins: at each of its starts that nobody calls. */
static void from_begin(game *g, uint32_t place)
{
	const struct bpr_net *net = g->net;
	uint32_t flow = net->scope[net->place[place].scope].flow, first = net->first_node[flow];
	size_t count = bpr_flow_node_count(net->flows->items[flow]);
	struct point point = here(g);

	set(g, place, g->count[place] - 1);
	for (uint32_t i = first; i < first + count && !g->stopped; i++)
		if ((net->node[i].flags & (BPR_NET_START | BPR_NET_CALLED)) == BPR_NET_START) {
			struct point begun = here(g);

			begin_process(g, i);
			fire(g, i, false);
			back_to(g, begun);
		}
	back_to(g, point);
}

/* A case that is called begins when the one before it is over. */
static void from_message(game *g, uint32_t place)
{
	uint32_t node = g->net->place[place].node;
	struct point point = here(g);

	if (!(g->net->node[node].flags & BPR_NET_CALLED))
		return;
	for (size_t i = 0; i < g->marked_count; i++) {
		const struct bpr_net_place *p = &g->net->place[g->marked[i]];

		if (p->token && p->kind != BPR_PLACE_MESSAGE && bpr_i_net_inside(g->net, p->scope, g->net->node[node].scope))
			return;
	}
	set(g, place, g->count[place] - 1);
	begin_process(g, node);
	fire(g, node, false);
	back_to(g, point);
}

/* An event sub-process starts: one that interrupts ends everything else in its scope, also what else could have happened. */
static void from_event(game *g, uint32_t place)
{
	uint32_t node = g->net->place[place].node;
	const struct bpr_net_node *n = &g->net->node[node];
	struct point point = here(g);

	if (!(n->flags & BPR_NET_INNER))
		return;
	if (n->interrupting)
		clear_inside(g, n->scope);
	else
		set(g, place, g->count[place] - 1);
	arrive(g, node, false);
	back_to(g, point);
}

void bpr_i_sound_game_expand(struct bpr_game_net *g)
{
	for (size_t i = 0; i < g->marked_count && !g->stopped; i++) {
		uint32_t place = g->marked[i], node = g->net->place[place].node;

		g->firing = (struct bpr_firing){ 0 };
		switch ((enum bpr_place_kind)g->net->place[place].kind) {
		case BPR_PLACE_ARC:
			from_arc(g, place);
			break;
		case BPR_PLACE_RUNS:
			from_host(g, node);
			break;
		case BPR_PLACE_ACTIVE:
			from_scope(g, node);
			break;
		case BPR_PLACE_BEGIN:
			from_begin(g, place);
			break;
		case BPR_PLACE_MESSAGE:
			from_message(g, place);
			break;
		case BPR_PLACE_CAN_HAPPEN:
			from_event(g, place);
			break;
		case BPR_PLACE_ARRIVED:
		case BPR_PLACE_ENDED:
			break;
		}
	}
}

/* ---- the marking as a whole ---- */

bool bpr_i_sound_game_init(struct bpr_game_net *g, const struct bpr_net *net)
{
	g->net = net;
	g->count = bpr_i_calloc(net->place_count, sizeof(*g->count));
	g->marked = bpr_i_calloc(net->place_count, sizeof(*g->marked));
	g->fired = bpr_i_calloc(net->node_count, sizeof(*g->fired));
	g->used = bpr_i_calloc(net->place_count, sizeof(*g->used));
	return g->count && g->marked && g->fired && g->used;
}

void bpr_i_sound_game_release(struct bpr_game_net *g)
{
	bpr_i_free(g->count);
	bpr_i_free(g->marked);
	bpr_i_free(g->undo);
	bpr_i_free(g->fired);
	bpr_i_free(g->used);
}

static bool begins(const struct bpr_net *net, uint32_t flow)
{
	uint32_t first = net->first_node[flow];

	for (uint32_t i = first; i < first + bpr_flow_node_count(net->flows->items[flow]); i++)
		if ((net->node[i].flags & (BPR_NET_START | BPR_NET_CALLED)) == BPR_NET_START)
			return true;
	return false;
}

void bpr_i_sound_game_begin(struct bpr_game_net *g)
{
	for (uint32_t i = 0; i < g->net->place_count; i++)
		if (g->net->place[i].kind == BPR_PLACE_BEGIN && begins(g->net, g->net->scope[g->net->place[i].scope].flow)) {
			g->marked[g->marked_count++] = i;
			g->count[i] = 1;
		}
	bpr_i_sound_game_loaded(g);
}

void bpr_i_sound_game_clear(struct bpr_game_net *g)
{
	for (size_t i = 0; i < g->marked_count; i++)
		g->count[g->marked[i]] = 0;
	g->marked_count = g->undo_count = g->tokens = 0;
}

void bpr_i_sound_game_loaded(struct bpr_game_net *g)
{
	g->tokens = 0;
	for (size_t i = 0; i < g->marked_count; i++)
		if (g->net->place[g->marked[i]].token)
			g->tokens += g->count[g->marked[i]];
}
