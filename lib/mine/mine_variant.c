/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variants: which sequences of activities there are, each kept once. Found by hash, then compared. */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { FIRST_SLOTS = 1024, BLOCK = 1 << 14 /* activities */ };
#define MOST_STEPS ((uint64_t)1 << 24) /* kept in all: 64 MiB */

static bool grow_slots(struct bpr_mine_variants *v)
{
	const size_t count = v->slot_count ? v->slot_count * 2 : FIRST_SLOTS;
	uint32_t *slots = bpr_i_calloc(count, sizeof(*slots));

	if (!slots)
		return false;
	for (uint32_t i = 0; i < v->count; i++) {
		size_t at = (size_t)v->items[i].hash & (count - 1);

		while (slots[at])
			at = (at + 1) & (count - 1);
		slots[at] = i + 1;
	}
	bpr_i_free(v->slots);
	v->slots = slots;
	v->slot_count = count;
	return true;
}

/* Room in blocks that never move. */
static uint32_t *room_for(struct bpr_mine_variants *v, size_t length)
{
	if (v->room - v->used < length) {
		const size_t size = length > BLOCK ? length : BLOCK;
		uint32_t *block;

		if (!bpr_i_grow(&v->blocks, &v->block_capacity, v->block_count + 1, sizeof(*v->blocks)) ||
		    !(block = bpr_i_calloc(size, sizeof(*block))))
			return NULL;
		v->blocks[v->block_count++] = block;
		v->room = size;
		v->used = 0;
	}
	v->used += length;
	return v->blocks[v->block_count - 1] + (v->used - length);
}

bool bpr_i_mine_variants_add(struct bpr_mine_variants *v, const uint32_t *steps, size_t length, uint32_t example, uint32_t *out)
{
	const uint64_t hash = XXH3_64bits(steps, length * sizeof(*steps));
	uint32_t *copy;
	size_t at;

	if ((size_t)v->count * 2 >= v->slot_count && !grow_slots(v))
		return false;
	for (at = (size_t)hash & (v->slot_count - 1); v->slots[at]; at = (at + 1) & (v->slot_count - 1)) {
		struct bpr_mine_variant_item *item = &v->items[v->slots[at] - 1];

		if (item->hash == hash && item->length == length && !memcmp(item->steps, steps, length * sizeof(*steps))) {
			item->count++;
			*out = v->slots[at] - 1;
			return true;
		}
	}
	*out = BPR_LOG_NONE;
	if (v->count >= v->most || v->steps + length > MOST_STEPS) {
		v->rest++;
		return true;
	}
	if (!bpr_i_grow(&v->items, &v->capacity, (size_t)v->count + 1, sizeof(*v->items)) || !(copy = room_for(v, length)))
		return false;
	memcpy(copy, steps, length * sizeof(*steps));
	v->items[v->count] = (struct bpr_mine_variant_item){ hash, copy, length, 1, example };
	v->steps += length;
	*out = v->count;
	v->slots[at] = ++v->count;
	return true;
}

void bpr_i_mine_variants_release(struct bpr_mine_variants *v)
{
	for (size_t i = 0; i < v->block_count; i++)
		bpr_i_free(v->blocks[i]);
	bpr_i_free(v->blocks);
	bpr_i_free(v->items);
	bpr_i_free(v->slots);
	*v = (struct bpr_mine_variants){ 0 };
}
