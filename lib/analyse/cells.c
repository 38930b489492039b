/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hash-consed lists: the markings, multisets and sets that states are made of. */
#include "config.h"
#include "analyse/cells_i.h"
#include "base/alloc_i.h"
#include <string.h>

static uint64_t cell_hash(uint32_t key, uint32_t x, uint32_t y, uint32_t next)
{
	return bpr_i_mix(((uint64_t)key << 32) | x, ((uint64_t)y << 32) | next);
}

static bool rehash(struct bpr_cells *cells)
{
	size_t slot_count = cells->slot_count ? cells->slot_count * 2 : 64;
	uint32_t *slots = bpr_i_calloc(slot_count, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 1; i < cells->count; i++) {
		const struct bpr_cell_list *c = &cells->items[i];
		size_t s = (size_t)cell_hash(c->key, c->x, c->y, c->next) & (slot_count - 1);

		while (slots[s])
			s = (s + 1) & (slot_count - 1);
		slots[s] = (uint32_t)i;
	}
	bpr_i_free(cells->slots);
	cells->slots = slots;
	cells->slot_count = slot_count;
	return true;
}

static bool make_room(struct bpr_cells *cells)
{
	if (!bpr_i_grow(&cells->items, &cells->capacity, cells->count + 2, sizeof(*cells->items)))
		return false;
	if (!cells->count) {
		memset(&cells->items[0], 0, sizeof(cells->items[0]));
		cells->count = 1;
	}
	return cells->count * 2 < cells->slot_count || rehash(cells);
}

uint32_t bpr_i_cells_push(struct bpr_cells *cells, uint32_t key, uint32_t x, uint32_t y, uint32_t next)
{
	struct bpr_cell_list *c;
	size_t s;

	if (cells->count >= (cells->max ? cells->max : BPR_CELLS_MAX)) {
		cells->full = true;
		return BPR_CELLS_FAILED;
	}
	if (!make_room(cells))
		return BPR_CELLS_FAILED;
	s = (size_t)cell_hash(key, x, y, next) & (cells->slot_count - 1);
	for (; cells->slots[s]; s = (s + 1) & (cells->slot_count - 1)) {
		c = &cells->items[cells->slots[s]];
		if (c->key == key && c->x == x && c->y == y && c->next == next)
			return cells->slots[s];
	}
	c = &cells->items[cells->count];
	*c = (struct bpr_cell_list){ key, x, y, next, (next ? cells->items[next].length : 0) + 1 };
	cells->slots[s] = (uint32_t)cells->count;
	return (uint32_t)cells->count++;
}

void bpr_i_cells_release(struct bpr_cells *cells)
{
	bpr_i_free(cells->items);
	bpr_i_free(cells->slots);
	memset(cells, 0, sizeof(*cells));
}
