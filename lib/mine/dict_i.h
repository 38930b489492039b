/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_DICT_I_H
#define BPR_MINE_DICT_I_H
/*
 * Names to numbers and back, for millions of names: open addressing over xxHash, texts one behind the other in blocks that never
 * move. Numbers count from 0 in order of first occurrence.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bpr_dict {
	/* index + 1; a power of two of them. With the hash in it a slot of another name is passed by without a look at that. */
	struct bpr_dict_slot { uint32_t index, hash; } *slots; size_t slot_count;
	struct bpr_dict_name { const char *text; uint32_t length, hash; } *names;
	size_t capacity;
	uint32_t count;
	char **blocks; size_t block_count, block_capacity;
	size_t used, room;                    /* in the newest block */
};

#define BPR_DICT_NONE UINT32_MAX
/* Number of the name, new or old; BPR_DICT_NONE out of memory (or of numbers). */
uint32_t bpr_i_dict_add(struct bpr_dict *dict, const char *text, size_t length);
uint32_t bpr_i_dict_find(const struct bpr_dict *dict, const char *text, size_t length);
/* NUL-terminated. "" for BPR_DICT_NONE. */
const char *bpr_i_dict_text(const struct bpr_dict *dict, uint32_t index);
void bpr_i_dict_release(struct bpr_dict *dict);
#endif
