/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Markings, each once: as bits in a fixed number of words where the net is small, as the list of marked places where it is
 * large (a case has few tokens however long its process is). Found by an open table of numbers and the high half of hashes.
 */
#include "config.h"
#include "analyse/sound_i.h"
#include <string.h>

bool bpr_i_store_init(struct bpr_store *s, uint32_t place_count, uint32_t bits)
{
	uint32_t words = (uint32_t)(((uint64_t)place_count * bits + 63) / 64);

	*s = (struct bpr_store){ .bits = bits, .words = words <= BPR_STORE_WORDS ? words : 0, .place_count = place_count };
	s->slot_count = 256;
	s->slot = bpr_i_calloc(s->slot_count, sizeof(*s->slot));
	return s->slot != NULL;
}

void bpr_i_store_release(struct bpr_store *s)
{
	bpr_i_free(s->data);
	bpr_i_free(s->at);
	bpr_i_free(s->slot);
	*s = (struct bpr_store){ 0 };
}

/* Folded multiplication of 64 by 64 bits, as wyhash does it (W. Yi, 2019). */
static uint64_t fold(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide x = (wide)a * b;

	return (uint64_t)x ^ (uint64_t)(x >> 64);
}

uint64_t bpr_i_store_hash(const struct bpr_store *s, const uint64_t *data, size_t items)
{
	uint64_t h = 0x9e3779b97f4a7c15u;

	if (s->words) {
		for (size_t i = 0; i < s->words; i++)
			h = fold(h ^ data[i], 0xe7037ed1a0b428dbu);
	} else {
		const uint32_t *list = (const uint32_t *)(const void *)data;

		for (size_t i = 0; i < items; i++)
			h = fold(h ^ list[i], 0xe7037ed1a0b428dbu);
	}
	return fold(h, 0x8ebc6af09c88c6e3u);
}

void bpr_i_store_prefetch(const struct bpr_store *s, uint64_t hash)
{
	__builtin_prefetch(&s->slot[hash & (s->slot_count - 1)]);
}

static bool grow_table(struct bpr_store *s)
{
	size_t old = s->slot_count;
	struct bpr_slot *slots = bpr_i_calloc(old * 2, sizeof(*slots));

	if (!slots)
		return false;
	/* The table's index takes low bits of the hash, of which the tag keeps the low 32: enough for 2^32 slots. */
	for (size_t i = 0; i < old; i++) {
		size_t at;

		if (!s->slot[i].state)
			continue;
		at = s->slot[i].tag & (old * 2 - 1);
		while (slots[at].state)
			at = (at + 1) & (old * 2 - 1);
		slots[at] = s->slot[i];
	}
	bpr_i_free(s->slot);
	s->slot = slots;
	s->slot_count = old * 2;
	return true;
}

static bool same(const struct bpr_store *s, uint32_t state, const struct bpr_key *key)
{
	if (s->words == 1)
		return s->data[state] == key->data[0];
	if (s->words)
		return !memcmp(&s->data[(size_t)state * s->words], key->data, s->words * sizeof(uint64_t));
	return s->at[state + 1] - s->at[state] == key->items
		&& !memcmp((const uint32_t *)(const void *)s->data + s->at[state], key->data, key->items * sizeof(uint32_t));
}

static bool append(struct bpr_store *s, const struct bpr_key *key)
{
	size_t from, need;

	if (s->words) {
		if (!bpr_i_grow(&s->data, &s->data_capacity, s->data_count + s->words, sizeof(*s->data)))
			return false;
		memcpy(&s->data[s->data_count], key->data, s->words * sizeof(uint64_t));
		s->data_count += s->words;
		return true;
	}
	if (!bpr_i_grow(&s->at, &s->at_capacity, s->count + 2, sizeof(*s->at)))
		return false;
	if (!s->count)
		s->at[0] = 0;
	from = s->at[s->count];
	need = (from + key->items + 1) / 2;
	if (!bpr_i_grow(&s->data, &s->data_capacity, need, sizeof(*s->data)))
		return false;
	memcpy((uint32_t *)(void *)s->data + from, key->data, key->items * sizeof(uint32_t));
	s->at[s->count + 1] = from + key->items;
	s->data_count = need;
	return true;
}

uint32_t bpr_i_store_find(struct bpr_store *s, const struct bpr_key *key, bool add)
{
	uint32_t tag = (uint32_t)key->hash;
	size_t at = tag & (s->slot_count - 1);

	for (; s->slot[at].state; at = (at + 1) & (s->slot_count - 1))
		if (s->slot[at].tag == tag && same(s, s->slot[at].state - 1, key))
			return s->slot[at].state - 1;
	if (!add || s->count >= UINT32_MAX - 2 || !append(s, key))
		return BPR_NET_NONE;
	s->slot[at] = (struct bpr_slot){ tag, (uint32_t)++s->count };
	if (s->count * 8 > s->slot_count * 5 && !grow_table(s))
		return BPR_NET_NONE;
	s->bytes = s->data_capacity * sizeof(*s->data) + s->at_capacity * sizeof(*s->at) + s->slot_count * sizeof(*s->slot);
	return (uint32_t)s->count - 1;
}

size_t bpr_i_store_load(const struct bpr_store *s, size_t state, uint32_t *marked, uint8_t *tokens)
{
	size_t count = 0;

	if (!s->words) {
		const uint32_t *list = (const uint32_t *)(const void *)s->data;

		for (size_t i = s->at[state]; i < s->at[state + 1]; i++) {
			marked[count++] = list[i] / 4;
			tokens[list[i] / 4] = list[i] % 4;
		}
		return count;
	}
	for (size_t w = 0; w < s->words; w++)
		for (uint64_t bits = s->data[state * s->words + w]; bits;) {
			uint32_t bit = (uint32_t)__builtin_ctzll(bits), place;

			place = (uint32_t)(w * 64 + bit) / s->bits;
			marked[count++] = place;
			if (s->bits == 1) {
				tokens[place] = 1;
				bits &= bits - 1;
			} else {
				tokens[place] = bits >> (bit & ~1u) & 3;
				bits &= ~((uint64_t)3 << (bit & ~1u));
			}
		}
	return count;
}
