/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_ALLOC_I_H
#define BPR_BASE_ALLOC_I_H
/* Allocation of lib/: checked products, one arena type, arrays that grow. Never dies: NULL says so. */
#include <stdbool.h>
#include <stddef.h>

/* NULL where count * size overflows or memory is out; zero bytes give a valid pointer. */
void *bpr_i_calloc(size_t count, size_t size);
void *bpr_i_realloc(void *old, size_t count, size_t size);
void bpr_i_free(void *p);

/*
 * Room for at least `need` items of `size` bytes in *items, whose capacity is *capacity; grows by half.
 * New room is not cleared. False when out of memory: nothing has changed.
 */
bool bpr_i_grow(void *items, size_t *capacity, size_t need, size_t size);

/* Things that live and die together. Zero-initialised is ready for use. */
struct bpr_arena {
	struct bpr_arena_block *blocks;
	size_t used;       /* in the newest block */
	size_t total;      /* bytes handed out */
};
/* Cleared memory, aligned for any type; NULL when out of memory. */
void *bpr_i_arena_alloc(struct bpr_arena *arena, size_t count, size_t size);
/* Not cleared; for arrays that are filled at once. */
void *bpr_i_arena_raw(struct bpr_arena *arena, size_t count, size_t size);
/* Copy with a NUL behind it. */
char *bpr_i_arena_strndup(struct bpr_arena *arena, const char *text, size_t length);
char *bpr_i_arena_strdup(struct bpr_arena *arena, const char *text);
void bpr_i_arena_release(struct bpr_arena *arena);
/* What `from` holds lives on in `into`; `from` is empty then. O(blocks of it). */
void bpr_i_arena_join(struct bpr_arena *into, struct bpr_arena *from);

/*
 * Strings to indices 0, 1, 2 … in order of first use. Keys are kept by pointer: the caller owns them.
 * Zero-initialised is ready for use.
 */
struct bpr_names {
	struct { const char *key; size_t length, hash; } *items;
	size_t count, capacity;
	size_t *slots;      /* open addressing, index + 1 */
	size_t slot_count;  /* a power of two */
};
/* Index of the key, or BPR_NONE. */
size_t bpr_i_names_find(const struct bpr_names *names, const char *key, size_t length);
/* Index of the key, new or old; BPR_NONE when out of memory. *added (may be NULL) tells which. */
size_t bpr_i_names_add(struct bpr_names *names, const char *key, size_t length, bool *added);
/* A copy that has the keys at the same indices; `to` is empty. False: out of memory, it is empty still. */
bool bpr_i_names_copy(struct bpr_names *to, const struct bpr_names *from);
void bpr_i_names_release(struct bpr_names *names);

/* FNV-1a, 64 bit, continued from `hash` (start with BPR_I_HASH_START). */
#define BPR_I_HASH_START 14695981039346656037ull
unsigned long long bpr_i_hash(unsigned long long hash, const void *data, size_t length);
#endif
