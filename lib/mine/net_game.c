/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markings and what fires in them. */
#include "config.h"
#include "mine/net_i.h"
#include "base/alloc_i.h"
#include <string.h>

typedef struct bpr_markings game;

/* ---- the marking at hand ---- */

static void set(game *m, uint32_t place, uint32_t tokens)
{
	if (!m->known[place]) {
		m->known[place] = true;
		m->touched[m->touched_count++] = place;
	}
	m->tokens[place] = tokens;
}

static void unload(game *m)
{
	for (size_t i = 0; i < m->touched_count; i++) {
		m->tokens[m->touched[i]] = 0;
		m->known[m->touched[i]] = false;
	}
	m->touched_count = 0;
}

static void load(game *m, const bpr_token *list, uint32_t count)
{
	unload(m);
	for (uint32_t i = 0; i < count; i++)
		set(m, bpr_token_place(list[i]), bpr_token_count(list[i]));
}

/* ---- who can fire ---- */

static const struct bpr_mnet_link *way(const game *m, const struct bpr_mnet_fire *f, uint32_t i)
{
	return &m->net->link[f->in_first + i];
}

/* Something that moves, in its instances; `but`: not on its own ways in. */
static bool moves_inside(const game *m, const struct bpr_mnet_fire *f, bool but)
{
	for (size_t i = 0; i < m->touched_count; i++) {
		uint32_t p = m->touched[i];
		bool own = false;

		if (!m->tokens[p] || m->net->place[p].passive || m->net->place[p].instance < f->low || m->net->place[p].instance >= f->high)
			continue;
		for (uint32_t k = 0; but && k < f->in_count && !own; k++)
			own = way(m, f, k)->place == p;
		if (!own)
			return true;
	}
	return false;
}

/* 13.4.3: somebody can come to a way in without a token who cannot come to one with a token. */
static bool waited_for(const game *m, uint32_t fire)
{
	const struct bpr_mnet_fire *f = &m->net->fire[fire];

	for (size_t i = 0; i < m->touched_count; i++) {
		uint32_t p = m->touched[i];
		bool empty = false, marked = false, own = false;

		if (!m->tokens[p] || m->net->place[p].passive)
			continue;
		for (uint32_t k = 0; k < f->in_count && !own; k++)
			own = way(m, f, k)->place == p;
		for (uint32_t k = m->net->reach_row[fire][p]; !own && k < m->net->reach_row[fire][p + 1]; k++) {
			if (m->tokens[way(m, f, m->net->reach[fire][k])->place])
				marked = true;
			else
				empty = true;
		}
		if (empty && !marked)
			return true;
	}
	return false;
}

static bool can_fire(const game *m, uint32_t fire, uint32_t at, bool forced)
{
	const struct bpr_mnet_fire *f = &m->net->fire[fire];

	if (f->kind == BPR_FIRE_OR || f->kind == BPR_FIRE_EXIT) {
		for (uint32_t i = 0; way(m, f, i)->place != at; i++)
			if (m->tokens[way(m, f, i)->place])
				return false; /* asked at that one */
		return forced || !(f->kind == BPR_FIRE_OR ? waited_for(m, fire) : moves_inside(m, f, true));
	}
	for (uint32_t i = 0; i < f->in_count; i++)
		if (m->tokens[way(m, f, i)->place] < way(m, f, i)->weight)
			return false;
	return f->kind != BPR_FIRE_ALIVE || moves_inside(m, f, false);
}

/* False: too many tokens in a place. */
static bool apply(game *m, uint32_t fire)
{
	const struct bpr_mnet *net = m->net;
	const struct bpr_mnet_fire *f = &net->fire[fire];

	for (uint32_t i = 0; i < f->in_count; i++)
		set(m, way(m, f, i)->place, f->kind == BPR_FIRE_OR || f->kind == BPR_FIRE_EXIT ? 0 : m->tokens[way(m, f, i)->place] - way(m, f, i)->weight);
	for (uint32_t i = 0; i < f->clear_count; i++)
		set(m, net->link[f->clear_first + i].place, 0);
	for (size_t i = 0; f->cuts && i < m->touched_count; i++)
		if (net->place[m->touched[i]].instance >= f->low && net->place[m->touched[i]].instance < f->high)
			m->tokens[m->touched[i]] = 0;
	for (uint32_t i = 0; i < f->out_count; i++) {
		uint32_t place = net->link[f->out_first + i].place, tokens = m->tokens[place] + net->link[f->out_first + i].weight;

		if (tokens > BPR_MNET_TOKENS)
			return false;
		set(m, place, tokens);
	}
	return true;
}

/* Fires what nobody competes with, until nothing of it is left; one that goes round for ever is left where it is. */
static bool settle(game *m)
{
	size_t left = (size_t)m->net->fire_count * 2 + 64;

	for (size_t i = 0; i < m->touched_count; i++) {
		uint32_t p = m->touched[i];
		bool fired = false;

		if (!m->tokens[p])
			continue;
		for (uint32_t k = m->net->trigger_row[p]; k < m->net->trigger_row[p + 1] && !fired; k++)
			fired = m->net->fire[m->net->trigger[k]].eager && can_fire(m, m->net->trigger[k], p, false);
		if (!fired)
			continue;
		for (uint32_t k = m->net->trigger_row[p]; k < m->net->trigger_row[p + 1]; k++)
			if (m->net->fire[m->net->trigger[k]].eager) {
				if (!apply(m, m->net->trigger[k]))
					return false;
				break;
			}
		if (!--left)
			return true;
		i = SIZE_MAX; /* from the first again: what was put may complete a join asked for before */
	}
	return true;
}

/* ---- markings, each once ---- */

static uint64_t fold(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide x = (wide)a * b;

	return (uint64_t)x ^ (uint64_t)(x >> 64);
}

static size_t hash(const bpr_token *list, size_t count)
{
	uint64_t h = 0x9e3779b97f4a7c15u + count;

	for (size_t i = 0; i < count; i++)
		h = fold(h ^ list[i], 0xe7037ed1a0b428dbu);
	return (size_t)fold(h, 0x8ebc6af09c88c6e3u);
}

static bool grow_slots(game *m)
{
	size_t count = m->slot_count ? m->slot_count * 2 : 1024;
	uint32_t *slot = bpr_i_calloc(count, sizeof(*slot));

	if (!slot)
		return false;
	for (size_t i = 0; i < m->count; i++) {
		size_t at = hash(m->token + m->item[i].at, m->item[i].count) & (count - 1);

		while (slot[at])
			at = (at + 1) & (count - 1);
		slot[at] = (uint32_t)i + 1;
	}
	bpr_i_free(m->slot);
	m->slot = slot;
	m->slot_count = count;
	return true;
}

/* Rising order; a marking changes little, so most of it stands right. */
static size_t gather(game *m)
{
	size_t count = 0;

	for (size_t i = 0; i < m->touched_count; i++) {
		bpr_token t = m->touched[i] << 8 | m->tokens[m->touched[i]];
		size_t at = count;

		if (!m->tokens[m->touched[i]])
			continue;
		for (count++; at && m->list[at - 1] > t; at--)
			m->list[at] = m->list[at - 1];
		m->list[at] = t;
	}
	return count;
}

static bool is_final(const game *m, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!m->net->place[bpr_token_place(m->list[i])].passive)
			return false;
	return true;
}

/* The marking at hand, new or old; BPR_MNET_NONE out of memory. */
static uint32_t intern(game *m)
{
	size_t count, at;
	bool final;

	if (!bpr_i_grow(&m->list, &m->list_capacity, m->touched_count + 1, sizeof(*m->list)))
		return BPR_MNET_NONE;
	count = gather(m);
	final = is_final(m, count);
	if (final)
		count = 0; /* over is over */
	if (m->count * 2 >= m->slot_count && !grow_slots(m))
		return BPR_MNET_NONE;
	for (at = hash(m->list, count) & (m->slot_count - 1); m->slot[at]; at = (at + 1) & (m->slot_count - 1)) {
		const struct bpr_marking *old = &m->item[m->slot[at] - 1];

		if (old->count == count && (!count || !memcmp(m->token + old->at, m->list, count * sizeof(*m->list))))
			return m->slot[at] - 1;
	}
	if (m->count >= UINT32_MAX - 2 || !bpr_i_grow(&m->item, &m->capacity, m->count + 1, sizeof(*m->item))
	    || !bpr_i_grow(&m->token, &m->token_capacity, m->token_count + count + 1, sizeof(*m->token)))
		return BPR_MNET_NONE;
	if (count)
		memcpy(m->token + m->token_count, m->list, count * sizeof(*m->list));
	m->item[m->count] = (struct bpr_marking){ .at = m->token_count, .count = (uint32_t)count, .final = final, .expanded = final, .bound = SIZE_MAX };
	m->token_count += count;
	m->slot[at] = (uint32_t)++m->count;
	return (uint32_t)m->count - 1;
}

/* ---- for others ---- */

bool bpr_i_markings_init(struct bpr_markings *m, const struct bpr_mnet *net)
{
	*m = (struct bpr_markings){ .net = net };
	m->tokens = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*m->tokens));
	m->touched = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*m->touched));
	m->known = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*m->known));
	return m->tokens && m->touched && m->known;
}

void bpr_i_markings_release(struct bpr_markings *m)
{
	bpr_i_free(m->item);
	bpr_i_free(m->token);
	bpr_i_free(m->next);
	bpr_i_free(m->slot);
	bpr_i_free(m->tokens);
	bpr_i_free(m->touched);
	bpr_i_free(m->known);
	bpr_i_free(m->list);
	*m = (struct bpr_markings){ 0 };
}

void bpr_i_markings_clear(struct bpr_markings *m)
{
	m->count = m->token_count = m->next_count = 0;
	if (m->slot)
		memset(m->slot, 0, m->slot_count * sizeof(*m->slot));
}

uint32_t bpr_i_markings_begin(struct bpr_markings *m)
{
	uint32_t begin;

	unload(m);
	set(m, m->net->begin, 1);
	m->unbounded |= !settle(m);
	begin = intern(m);
	unload(m);
	return begin;
}

static bool add_next(game *m, uint32_t fire, bool *cut)
{
	uint32_t to;

	if (!apply(m, fire) || !settle(m)) {
		*cut = m->unbounded = true;
		return true;
	}
	to = intern(m);
	if (to == BPR_MNET_NONE || !bpr_i_grow(&m->next, &m->next_capacity, m->next_count + 1, sizeof(*m->next)))
		return false;
	m->next[m->next_count++] = (struct bpr_next){ fire, to };
	return true;
}

bool bpr_i_markings_expand(struct bpr_markings *m, uint32_t marking)
{
	uint32_t count = m->item[marking].count;
	size_t first = m->next_count;
	bool ok = true, cut = false;
	bpr_token *list;

	if (m->item[marking].expanded)
		return true;
	list = bpr_i_calloc((size_t)count + 1, sizeof(*list));
	if (!list)
		return false;
	if (count)
		memcpy(list, m->token + m->item[marking].at, count * sizeof(*list));
	load(m, list, count);
	for (int forced = 0; ok && forced < 2 && m->next_count == first && !cut; forced++)
		for (uint32_t i = 0; ok && i < count; i++) {
			uint32_t p = bpr_token_place(list[i]);

			for (uint32_t k = m->net->trigger_row[p]; ok && k < m->net->trigger_row[p + 1]; k++) {
				if (!can_fire(m, m->net->trigger[k], p, forced))
					continue;
				ok = add_next(m, m->net->trigger[k], &cut);
				load(m, list, count);
			}
		}
	unload(m);
	bpr_i_free(list);
	if (!ok)
		return false;
	m->item[marking].expanded = true;
	m->item[marking].cut = cut;
	m->item[marking].next_first = first;
	m->item[marking].next_count = (uint32_t)(m->next_count - first);
	return true;
}

size_t bpr_i_markings_bytes(const struct bpr_markings *m)
{
	return m->capacity * sizeof(*m->item) + m->token_capacity * sizeof(*m->token) + m->next_capacity * sizeof(*m->next)
		+ m->slot_count * sizeof(*m->slot);
}
