/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_CELLS_I_H
#define BPR_ANALYSE_CELLS_I_H
/*
 * Lists that are the same are one: every list is a number, equal lists have the same number. A cell is a head and
 * the number of its tail, so that pushing and popping cost the same however long the list is. 0 is the empty list.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bpr_cell_list {
	uint32_t key, x, y;  /* what the owner keeps in the head */
	uint32_t next;       /* tail */
	uint32_t length;     /* of the whole list */
};

/* Zero-initialised is ready for use. */
struct bpr_cells {
	struct bpr_cell_list *items; /* [count]; items[0] stands for the empty list */
	size_t count, capacity;
	uint32_t *slots;
	size_t slot_count;
	size_t max;                  /* lists it may hold; 0: BPR_CELLS_MAX */
	bool full;                   /* it held as many */
};

#define BPR_CELLS_FAILED UINT32_MAX
/* Lists of one table: 1 GiB, with what finds them. */
#define BPR_CELLS_MAX 40000000u

/* The list with that head before `next`; BPR_CELLS_FAILED when out of memory, or `full`. */
uint32_t bpr_i_cells_push(struct bpr_cells *cells, uint32_t key, uint32_t x, uint32_t y, uint32_t next);
void bpr_i_cells_release(struct bpr_cells *cells);

/* Good mixing of two words, for tables of small integers. */
static inline uint64_t bpr_i_mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ (b * 0x9e3779b97f4a7c15u)) * 0xbf58476d1ce4e5b9u;

	h ^= h >> 29;
	h *= 0x94d049bb133111ebu;
	return h ^ (h >> 32);
}
#endif
