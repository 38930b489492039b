/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net whose transitions are all there: rows of them by place, what can be fired at once, who can come to inclusive joins. */
#include "config.h"
#include "mine/net_i.h"
#include "base/alloc_i.h"
#include <string.h>

/* Pairs of places and ways, all joins together. */
#define MOST_PAIRS ((size_t)1 << 26)

static bool is_join(const struct bpr_mnet_fire *f)
{
	return f->kind == BPR_FIRE_OR || f->kind == BPR_FIRE_EXIT;
}

/* Ways in at which a transition is asked for. */
static uint32_t asked(const struct bpr_mnet *net, uint32_t fire)
{
	return net->gone[fire] ? 0 : is_join(&net->fire[fire]) ? net->fire[fire].in_count : 1;
}

/* Transitions are asked for at their first way in, those that take what there is at each. */
static bool triggers(struct bpr_mnet *net)
{
	size_t total = 0;

	net->trigger_row = bpr_i_calloc((size_t)net->place_count + 2, sizeof(*net->trigger_row));
	if (!net->trigger_row)
		return false;
	for (uint32_t f = 0; f < net->fire_count; f++)
		for (uint32_t i = 0; i < asked(net, f); i++, total++)
			net->trigger_row[net->link[net->fire[f].in_first + i].place + 2]++;
	for (uint32_t p = 1; p <= net->place_count; p++)
		net->trigger_row[p + 1] += net->trigger_row[p];
	net->trigger = bpr_i_calloc(total + 1, sizeof(*net->trigger));
	if (!net->trigger)
		return false;
	for (uint32_t f = 0; f < net->fire_count; f++)
		for (uint32_t i = 0; i < asked(net, f); i++)
			net->trigger[net->trigger_row[net->link[net->fire[f].in_first + i].place + 1]++] = f;
	return true;
}

/*
 * A silent transition that nobody competes with can be fired as soon as it can: whatever could have come before it can still
 * come after it. Not so where what is taken away, or who is waited for, would be told apart by it.
 */
static bool is_eager(const struct bpr_mnet *net, const struct bpr_mnet_fire *f, const uint8_t *shared)
{
	bool moves = !net->alive;

	if (f->kind != BPR_FIRE_PLAIN || f->visible || f->choice != BPR_CHOICE_NONE || f->cuts || f->clear_count || (net->waits && f->out_count > 1))
		return false;
	for (uint32_t i = 0; i < f->in_count; i++)
		if (shared[net->link[f->in_first + i].place] > 1)
			return false;
	for (uint32_t i = 0; i < f->out_count; i++) {
		const struct bpr_mnet_place *to = &net->place[net->link[f->out_first + i].place];

		if ((net->cuts || net->alive) && to->instance != net->place[net->link[f->in_first].place].instance)
			return false;
		moves |= !to->passive;
	}
	return moves;
}

static void find_free(struct bpr_mnet *net)
{
	if (net->cuts || net->waits || net->alive)
		return;
	for (uint32_t p = 0; p < net->place_count; p++)
		net->free[p] = !net->place[p].passive;
	for (uint32_t f = 0; f < net->fire_count; f++) {
		const struct bpr_mnet_fire *fire = &net->fire[f];

		if (net->gone[f])
			continue;
		for (uint32_t i = 0; i < fire->clear_count; i++)
			net->free[net->link[fire->clear_first + i].place] = false;
		for (uint32_t i = 0; i < fire->in_count; i++)
			if (fire->in_count > 1 || net->link[fire->in_first + i].weight > 1 || fire->kind != BPR_FIRE_PLAIN)
				net->free[net->link[fire->in_first + i].place] = false;
	}
}

static bool find_eager(struct bpr_mnet *net)
{
	uint8_t *shared = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*shared)); /* 2: by several, or taken away */

	net->free = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*net->free));
	if (!shared || !net->free) {
		bpr_i_free(shared);
		return false;
	}
	find_free(net);
	for (uint32_t f = 0; f < net->fire_count; f++) {
		if (net->gone[f])
			continue;
		for (uint32_t i = 0; i < net->fire[f].in_count; i++) {
			uint8_t *s = &shared[net->link[net->fire[f].in_first + i].place];

			*s = (uint8_t)(*s < 2 ? *s + 1 : 2);
		}
		for (uint32_t i = 0; i < net->fire[f].clear_count; i++)
			shared[net->link[net->fire[f].clear_first + i].place] = 2;
	}
	for (uint32_t f = 0; f < net->fire_count; f++)
		net->fire[f].eager = !net->gone[f] && is_eager(net, &net->fire[f], shared);
	bpr_i_free(shared);
	return true;
}

/* ---- who can come to an inclusive join ---- */

struct search {
	const struct bpr_mnet *net;
	uint32_t *row, *from;      /* transitions that put tokens into a place */
	uint32_t *queue, *seen;    /* seen[place]: way + 1 for which it was met */
	uint32_t *count;           /* [place] ways */
	struct bpr_next *pair; size_t pair_count, pair_capacity; /* fire: place, marking: way */
	size_t total;
};

static bool producers(struct search *s)
{
	const struct bpr_mnet *net = s->net;

	s->row = bpr_i_calloc((size_t)net->place_count + 2, sizeof(*s->row));
	s->from = bpr_i_calloc((size_t)net->link_count + 1, sizeof(*s->from));
	s->queue = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*s->queue));
	s->seen = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*s->seen));
	if (!s->row || !s->from || !s->queue || !s->seen)
		return false;
	for (uint32_t f = 0; f < net->fire_count; f++)
		for (uint32_t i = 0; i < net->fire[f].out_count && !net->gone[f]; i++)
			s->row[net->link[net->fire[f].out_first + i].place + 2]++;
	for (uint32_t p = 1; p <= net->place_count; p++)
		s->row[p + 1] += s->row[p];
	for (uint32_t f = 0; f < net->fire_count; f++)
		for (uint32_t i = 0; i < net->fire[f].out_count && !net->gone[f]; i++)
			s->from[s->row[net->link[net->fire[f].out_first + i].place + 1]++] = f;
	return true;
}

static bool meet(struct search *s, uint32_t place, uint32_t way, size_t *count)
{
	if (s->seen[place] == way + 1)
		return true;
	s->seen[place] = way + 1;
	s->queue[(*count)++] = place;
	if (!bpr_i_grow(&s->pair, &s->pair_capacity, s->pair_count + 1, sizeof(*s->pair)))
		return false;
	s->pair[s->pair_count++] = (struct bpr_next){ place, way };
	return true;
}

static bool find_way(struct search *s, uint32_t join, uint32_t way)
{
	const struct bpr_mnet *net = s->net;
	size_t count = 0;
	bool ok = meet(s, net->link[net->fire[join].in_first + way].place, way, &count);

	for (size_t at = 0; ok && at < count; at++)
		for (uint32_t i = s->row[s->queue[at]]; ok && i < s->row[s->queue[at] + 1]; i++) {
			const struct bpr_mnet_fire *f = &net->fire[s->from[i]];

			for (uint32_t k = 0; ok && s->from[i] != join && k < f->in_count; k++)
				ok = meet(s, net->link[f->in_first + k].place, way, &count);
		}
	return ok;
}

static bool store(struct search *s, struct bpr_mnet *net, uint32_t join)
{
	uint32_t *row = bpr_i_calloc((size_t)net->place_count + 2, sizeof(*row)), *ways = bpr_i_calloc(s->pair_count + 1, sizeof(*ways));

	net->reach_row[join] = row;
	net->reach[join] = ways;
	if (!row || !ways)
		return false;
	for (size_t i = 0; i < s->pair_count; i++)
		row[s->pair[i].fire + 2]++;
	for (uint32_t p = 1; p <= net->place_count; p++)
		row[p + 1] += row[p];
	for (size_t i = 0; i < s->pair_count; i++)
		ways[row[s->pair[i].fire + 1]++] = s->pair[i].marking;
	return true;
}

static bpr_status find_reach(struct bpr_mnet *net)
{
	struct search s = { .net = net };
	bpr_status status = BPR_OK;

	net->reach = bpr_i_calloc((size_t)net->fire_count + 1, sizeof(*net->reach));
	net->reach_row = bpr_i_calloc((size_t)net->fire_count + 1, sizeof(*net->reach_row));
	if (!net->reach || !net->reach_row || !producers(&s))
		status = BPR_ENOMEM;
	for (uint32_t f = 0; status == BPR_OK && f < net->fire_count; f++) {
		if (net->fire[f].kind != BPR_FIRE_OR)
			continue;
		s.pair_count = 0;
		memset(s.seen, 0, ((size_t)net->place_count + 1) * sizeof(*s.seen));
		for (uint32_t way = 0; status == BPR_OK && way < net->fire[f].in_count; way++) {
			if (!find_way(&s, f, way))
				status = BPR_ENOMEM;
			else if (s.total + s.pair_count + net->place_count > MOST_PAIRS)
				status = BPR_ELIMIT;
		}
		s.total += s.pair_count + net->place_count;
		if (status == BPR_OK && !store(&s, net, f))
			status = BPR_ENOMEM;
	}
	bpr_i_free(s.row);
	bpr_i_free(s.from);
	bpr_i_free(s.queue);
	bpr_i_free(s.seen);
	bpr_i_free(s.pair);
	return status;
}

bpr_status bpr_i_mnet_settle(struct bpr_mnet *net)
{
	if (!triggers(net) || !find_eager(net))
		return BPR_ENOMEM;
	return net->waits ? find_reach(net) : BPR_OK;
}
