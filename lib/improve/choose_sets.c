/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of levers, each kept once with its gain. */
#include "config.h"
#include "improve/choose_i.h"
#include <string.h>

enum { FIRST_SLOTS = 64 };

static uint64_t *bits_of(const struct bpr_sets *sets, size_t index)
{
	return sets->bits + index * sets->words;
}

static size_t slot_of(const struct bpr_sets *sets, const uint64_t *bits)
{
	size_t mask = sets->slot_count - 1;
	size_t slot = (size_t)bpr_i_hash(BPR_I_HASH_START, bits, sets->words * sizeof(*bits)) & mask;

	while (sets->slots[slot] && memcmp(bits_of(sets, sets->slots[slot] - 1), bits, sets->words * sizeof(*bits)) != 0)
		slot = (slot + 1) & mask;
	return slot;
}

static bool widen(struct bpr_sets *sets)
{
	size_t *old = sets->slots;

	if (sets->slot_count && sets->count * 2 < sets->slot_count)
		return true;
	sets->slots = bpr_i_calloc(sets->slot_count ? sets->slot_count * 2 : FIRST_SLOTS, sizeof(*sets->slots));
	if (!sets->slots) {
		sets->slots = old;
		return false;
	}
	sets->slot_count = sets->slot_count ? sets->slot_count * 2 : FIRST_SLOTS;
	for (size_t i = 0; i < sets->count; i++)
		sets->slots[slot_of(sets, bits_of(sets, i))] = i + 1;
	bpr_i_free(old);
	return true;
}

size_t bpr_i_sets_add(struct bpr_sets *sets, const bool *set)
{
	uint64_t *bits;
	size_t slot;

	/* The new one is written behind the others first: its place is its memory. */
	if (!bpr_i_grow(&sets->bits, &sets->bits_capacity, (sets->count + 1) * sets->words, sizeof(*sets->bits)) ||
	    !bpr_i_grow(&sets->gain, &sets->gain_capacity, sets->count + 1, sizeof(*sets->gain)) ||
	    !bpr_i_grow(&sets->state, &sets->state_capacity, sets->count + 1, sizeof(*sets->state)) || !widen(sets))
		return BPR_NONE;
	bits = bits_of(sets, sets->count);
	memset(bits, 0, sets->words * sizeof(*bits));
	for (size_t i = 0; i < sets->n; i++)
		bits[i / 64] |= set[i] ? (uint64_t)1 << i % 64 : 0;
	slot = slot_of(sets, bits);
	if (sets->slots[slot])
		return sets->slots[slot] - 1;
	sets->gain[sets->count] = 0;
	sets->state[sets->count] = BPR_SET_ASKED;
	sets->slots[slot] = ++sets->count;
	return sets->count - 1;
}

void bpr_i_sets_get(const struct bpr_sets *sets, size_t index, bool *set)
{
	const uint64_t *bits = bits_of(sets, index);

	for (size_t i = 0; i < sets->n; i++)
		set[i] = bits[i / 64] >> i % 64 & 1;
}

void bpr_i_sets_release(struct bpr_sets *sets)
{
	bpr_i_free(sets->bits);
	bpr_i_free(sets->gain);
	bpr_i_free(sets->state);
	bpr_i_free(sets->slots);
}
