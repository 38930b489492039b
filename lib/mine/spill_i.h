/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_SPILL_I_H
#define BPR_MINE_SPILL_I_H
/*
 * Records grouped by a number, in memory or, beyond a limit, in a temporary file without a name: external grouping. The first
 * four bytes of a record are its group (uint32_t). Groups come in ascending order, the records of one in the order in which
 * they were added. Blocks of records are sorted by group when they are full (stable, only where they are not in order already),
 * written behind each other, and merged while reading.
 */
#include <bpr/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bpr_spill bpr_spill;
typedef struct bpr_spill_walk bpr_spill_walk;

/* memory: bytes of a block, 64 KiB at least; a block that must be sorted needs as much again. temp: folder or NULL (/tmp). NULL out of memory. */
bpr_spill *bpr_i_spill_new(size_t record, size_t memory, const char *temp);
/* Where the next record goes; the caller fills it (group first) before the next call. NULL: failed, bpr_i_spill_failed() says why. */
void *bpr_i_spill_add(bpr_spill *spill);
/* No more are added; then any number of walks. BPR_ENOMEM, BPR_EIO. */
bpr_status bpr_i_spill_finish(bpr_spill *spill);
bpr_status bpr_i_spill_failed(const bpr_spill *spill);
void bpr_i_spill_free(bpr_spill *spill);

bpr_spill_walk *bpr_i_spill_walk_new(const bpr_spill *spill); /* NULL out of memory */
/* Records of the next group, valid until the next call; *records NULL behind the last. BPR_ENOMEM, BPR_EIO. */
bpr_status bpr_i_spill_walk_next(bpr_spill_walk *walk, uint32_t *group, const void **records, size_t *count);
void bpr_i_spill_walk_free(bpr_spill_walk *walk);
#endif
