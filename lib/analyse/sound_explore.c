/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every marking that a net can come to, breadth first, and from which of them it can still complete. */
#include "config.h"
#include "analyse/sound_i.h"
#include <string.h>

/* ---- markings as keys ---- */

size_t bpr_i_space_room(const struct bpr_space *s)
{
	return s->store.words ? s->store.words : (s->game.marked_count + s->game.undo_count + 2) / 2;
}

static struct bpr_key pack_words(const struct bpr_space *s, uint64_t *into)
{
	const struct bpr_game_net *g = &s->game;
	struct bpr_key key = { into, 0, 0 };

	memcpy(into, s->base, s->store.words * sizeof(*into));
	for (size_t i = 0; i < g->undo_count; i++) {
		uint32_t place = g->undo[i].place, at = place * s->store.bits;
		uint64_t *word = &into[at / 64];

		*word &= ~((((uint64_t)1 << s->store.bits) - 1) << at % 64);
		*word |= (uint64_t)g->count[place] << at % 64;
	}
	key.hash = bpr_i_store_hash(&s->store, into, 0);
	return key;
}

/* Marked before and still, merged with those that are so now. */
static struct bpr_key pack_list(const struct bpr_space *s, uint64_t *into)
{
	const struct bpr_game_net *g = &s->game;
	uint32_t *list = (uint32_t *)(void *)into;
	struct bpr_key key = { into, 0, 0 };
	size_t count = 0;

	for (size_t i = 0; i < g->marked_count; i++)
		if (g->count[g->marked[i]])
			list[count++] = g->marked[i] * 4 + g->count[g->marked[i]];
	for (size_t i = 0; i < g->undo_count; i++) {
		uint32_t place = g->undo[i].place, entry = place * 4 + g->count[place];
		size_t at = count;

		if (!g->count[place] || s->in_base[place])
			continue;
		while (at && list[at - 1] > entry)
			at--;
		if (at && list[at - 1] == entry)
			continue;
		memmove(&list[at + 1], &list[at], (count - at) * sizeof(*list));
		list[at] = entry;
		count++;
	}
	key.items = count;
	key.hash = bpr_i_store_hash(&s->store, into, count);
	return key;
}

struct bpr_key bpr_i_space_pack(const struct bpr_space *s, uint64_t *into)
{
	return s->store.words ? pack_words(s, into) : pack_list(s, into);
}

void bpr_i_space_load(struct bpr_space *s, size_t state)
{
	struct bpr_game_net *g = &s->game;

	g->marked_count = bpr_i_store_load(&s->store, state, g->marked, g->count);
	g->undo_count = 0;
	if (s->store.words)
		memcpy(s->base, &s->store.data[state * s->store.words], s->store.words * sizeof(*s->base));
	else
		for (size_t i = 0; i < g->marked_count; i++)
			s->in_base[g->marked[i]] = 1;
	bpr_i_sound_game_loaded(g);
}

void bpr_i_space_unload(struct bpr_space *s)
{
	for (size_t i = 0; !s->store.words && i < s->game.marked_count; i++)
		s->in_base[s->game.marked[i]] = 0;
	bpr_i_sound_game_clear(&s->game);
}

/* ---- exploring ---- */

static bool remember(struct bpr_space *s, const struct bpr_firing *firing, uint8_t *mark)
{
	size_t room = bpr_i_space_room(s);
	struct bpr_key key;

	if (firing->flags & BPR_FIRING_UNSAFE)
		*mark |= BPR_MARK_UNSAFE;
	if (firing->flags & BPR_FIRING_IMPROPER)
		*mark |= BPR_MARK_IMPROPER;
	if (firing->flags & BPR_FIRING_CUT) {
		*mark |= BPR_MARK_OPEN;
		return true;
	}
	if (!bpr_i_grow(&s->keys, &s->key_capacity, s->key_count + room, sizeof(*s->keys))
	    || !bpr_i_grow(&s->pending, &s->pending_capacity, s->pending_count + 1, sizeof(*s->pending)))
		return false;
	key = bpr_i_space_pack(s, &s->keys[s->key_count]);
	bpr_i_store_prefetch(&s->store, key.hash);
	s->pending[s->pending_count++] = (struct bpr_pending){ s->key_count, key.items, key.hash };
	s->key_count += room;
	return true;
}

struct visit { struct bpr_space *space; uint8_t mark; bool any; };

static bool follow(void *data, const struct bpr_firing *firing)
{
	struct visit *v = data;

	v->any = true;
	if (remember(v->space, firing, &v->mark))
		return true;
	v->space->nomem = true;
	return false;
}

/* The markings after all firings of one are looked up together: their places in the table are on the way by then. */
static bool look_up(struct bpr_space *s)
{
	bool complete = true;

	if (!bpr_i_grow(&s->edge, &s->edge_capacity, s->edge_count + s->pending_count, sizeof(*s->edge))) {
		s->nomem = true;
		return false;
	}
	for (size_t i = 0; i < s->pending_count; i++) {
		struct bpr_key key = { &s->keys[s->pending[i].at], s->pending[i].items, s->pending[i].hash };
		bool add = s->store.count < s->max_states;
		uint32_t state = bpr_i_store_find(&s->store, &key, add);

		if (state != BPR_NET_NONE)
			s->edge[s->edge_count++] = state;
		else if (add)
			s->nomem = true;
		else
			complete = false;
	}
	s->pending_count = s->key_count = 0;
	return complete;
}

static bool full(const struct bpr_space *s)
{
	return s->store.bytes + s->mark_capacity + 2 * s->row_capacity * sizeof(*s->row) + 2 * s->edge_capacity * sizeof(*s->edge)
		> s->max_bytes;
}

static void visit(struct bpr_space *s, size_t state)
{
	struct visit v = { s, 0, false };

	s->game.data = &v;
	bpr_i_space_load(s, state);
	if (!s->game.tokens)
		v.mark |= BPR_MARK_FINAL;
	else
		bpr_i_sound_game_expand(&s->game);
	if (!v.any && s->game.tokens)
		v.mark |= BPR_MARK_STOPPED;
	bpr_i_space_unload(s);
	if (!look_up(s))
		v.mark |= BPR_MARK_OPEN;
	s->nomem |= s->game.nomem;
	s->mark[state] = v.mark;
	s->marks |= v.mark;
}

static bool begin(struct bpr_space *s)
{
	struct bpr_key key;

	bpr_i_sound_game_begin(&s->game);
	if (!bpr_i_grow(&s->keys, &s->key_capacity, bpr_i_space_room(s) + s->game.marked_count, sizeof(*s->keys)))
		return false;
	for (size_t i = 0; i < s->game.marked_count; i++)
		if (s->store.words)
			s->base[s->game.marked[i] * s->store.bits / 64] |= (uint64_t)1 << s->game.marked[i] * s->store.bits % 64;
	key = bpr_i_space_pack(s, s->keys);
	bpr_i_sound_game_clear(&s->game);
	return bpr_i_store_find(&s->store, &key, true) != BPR_NET_NONE;
}

static void explore(struct bpr_space *s)
{
	size_t state = 0;

	for (; state < s->store.count && !s->nomem && !s->limited; state++) {
		if (!bpr_i_grow(&s->mark, &s->mark_capacity, state + 1, sizeof(*s->mark))
		    || !bpr_i_grow(&s->row, &s->row_capacity, state + 2, sizeof(*s->row))) {
			s->nomem = true;
			return;
		}
		s->row[state] = s->edge_count;
		visit(s, state);
		s->row[state + 1] = s->edge_count;
		s->limited = (s->store.count >= s->max_states && s->mark[state] & BPR_MARK_OPEN) || full(s);
	}
	/* Known, but not visited. */
	if (!bpr_i_grow(&s->mark, &s->mark_capacity, s->store.count, sizeof(*s->mark))
	    || !bpr_i_grow(&s->row, &s->row_capacity, s->store.count + 1, sizeof(*s->row))) {
		s->nomem = true;
		return;
	}
	for (; state < s->store.count; state++) {
		s->mark[state] = BPR_MARK_OPEN;
		s->marks |= BPR_MARK_OPEN;
		s->row[state + 1] = s->edge_count;
	}
}

/* ---- who can complete ---- */

/* Backwards from the markings that are complete, or of which not everything is known. */
static bool find_live(struct bpr_space *s)
{
	size_t n = s->store.count, live = 0;
	size_t *row = bpr_i_calloc(n + 2, sizeof(*row));
	uint32_t *col = bpr_i_calloc(s->edge_count, sizeof(*col)), *queue = bpr_i_calloc(n, sizeof(*queue));
	bool ok = row && col && queue;

	for (size_t i = 0; ok && i < s->edge_count; i++)
		row[s->edge[i] + 2]++;
	for (size_t i = 0; ok && i < n; i++)
		row[i + 1] += row[i];
	for (size_t i = 0; ok && i < n; i++)
		for (size_t e = s->row[i]; e < s->row[i + 1]; e++)
			col[row[s->edge[e] + 1]++] = (uint32_t)i;
	for (size_t i = 0; ok && i < n; i++)
		if (s->mark[i] & (BPR_MARK_FINAL | BPR_MARK_OPEN)) {
			s->mark[i] |= BPR_MARK_LIVE;
			queue[live++] = (uint32_t)i;
		}
	for (size_t at = 0; ok && at < live; at++)
		for (size_t e = row[queue[at]]; e < row[queue[at] + 1]; e++)
			if (!(s->mark[col[e]] & BPR_MARK_LIVE)) {
				s->mark[col[e]] |= BPR_MARK_LIVE;
				queue[live++] = col[e];
			}
	s->bad = n - live;
	bpr_i_free(row);
	bpr_i_free(col);
	bpr_i_free(queue);
	return ok;
}

bpr_status bpr_i_space_explore(struct bpr_space *s, const struct bpr_net *net, const struct bpr_space_options *options)
{
	*s = (struct bpr_space){ .net = net, .max_states = options->max_states, .max_bytes = options->max_bytes };
	if (s->max_states > UINT32_MAX - 2)
		s->max_states = UINT32_MAX - 2;
	s->in_base = bpr_i_calloc(net->place_count, 1);
	s->nomem = !s->in_base || !bpr_i_sound_game_init(&s->game, net)
		|| !bpr_i_store_init(&s->store, net->place_count, options->cap > 1 || net->messages ? 2 : 1);
	s->game.cap = options->cap;
	s->game.message_cap = options->message_cap;
	s->game.emit = follow;
	if (!s->nomem)
		s->nomem = !begin(s);
	if (!s->nomem)
		explore(s);
	if (!s->nomem)
		s->nomem = !find_live(s);
	return s->nomem ? BPR_ENOMEM : BPR_OK;
}

void bpr_i_space_release(struct bpr_space *s)
{
	bpr_i_sound_game_release(&s->game);
	bpr_i_store_release(&s->store);
	bpr_i_free(s->mark);
	bpr_i_free(s->row);
	bpr_i_free(s->edge);
	bpr_i_free(s->in_base);
	bpr_i_free(s->keys);
	bpr_i_free(s->pending);
	*s = (struct bpr_space){ 0 };
}
