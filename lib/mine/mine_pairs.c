/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs of numbers that were seen: a square table of them while that is small, hashing beyond. */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include <string.h>

enum { MOST_DENSE = 1024, FIRST_SLOTS = 1024 };

static size_t slot(uint32_t from, uint32_t to, size_t slots)
{
	uint64_t x = ((uint64_t)from << 32 | to) * 0x9e3779b97f4a7c15u;

	return (size_t)(x >> 32 ^ x) & (slots - 1);
}

bool bpr_i_mine_pairs_begin(struct bpr_mine_pairs *p, uint32_t side, size_t item)
{
	p->item = item;
	p->dense = side <= MOST_DENSE;
	p->side = side;
	p->slot_count = p->dense ? (size_t)side * side : FIRST_SLOTS;
	p->slots = bpr_i_calloc(p->slot_count, sizeof(*p->slots));
	return p->slots != NULL;
}

static const struct bpr_mine_pair *pair_at(const struct bpr_mine_pairs *p, uint32_t index)
{
	return (const struct bpr_mine_pair *)(const void *)(p->items + index * p->item);
}

static bool grow_slots(struct bpr_mine_pairs *p)
{
	const size_t count = p->slot_count * 2;
	uint32_t *slots = bpr_i_calloc(count, sizeof(*slots));

	if (!slots)
		return false;
	for (uint32_t i = 0; i < p->count; i++) {
		size_t at = slot(pair_at(p, i)->from, pair_at(p, i)->to, count);

		while (slots[at])
			at = (at + 1) & (count - 1);
		slots[at] = i + 1;
	}
	bpr_i_free(p->slots);
	p->slots = slots;
	p->slot_count = count;
	return true;
}

void *bpr_i_mine_pairs_slow(struct bpr_mine_pairs *p, uint32_t from, uint32_t to)
{
	struct bpr_mine_pair *pair;
	size_t at;

	if (p->dense) {
		at = (size_t)from * p->side + to;
	} else {
		if ((size_t)p->count * 2 >= p->slot_count && !grow_slots(p))
			return NULL;
		for (at = slot(from, to, p->slot_count); p->slots[at]; at = (at + 1) & (p->slot_count - 1)) {
			const struct bpr_mine_pair *here = pair_at(p, p->slots[at] - 1);

			if (here->from == from && here->to == to)
				return p->items + (p->slots[at] - 1) * p->item;
		}
	}
	if (p->count == UINT32_MAX - 1 || !bpr_i_grow(&p->items, &p->capacity, (size_t)p->count + 1, p->item))
		return NULL;
	pair = (struct bpr_mine_pair *)(void *)(p->items + p->count * p->item);
	memset(pair, 0, p->item);
	pair->from = from;
	pair->to = to;
	p->slots[at] = ++p->count;
	return pair;
}

void bpr_i_mine_pairs_release(struct bpr_mine_pairs *p)
{
	bpr_i_free(p->slots);
	bpr_i_free(p->items);
	*p = (struct bpr_mine_pairs){ 0 };
}
