/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only caller of the allocator in lib/, so that tests can make the n-th call fail. */
#include "config.h"
#include "base/alloc_i.h"
#include <bpr/error.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct bpr_arena_block {
	struct bpr_arena_block *next;
	size_t size;
	alignas(max_align_t) unsigned char data[];
};

static bool mul(size_t a, size_t b, size_t *out)
{
	if (b && a > SIZE_MAX / 2 / b)
		return false;
	*out = a * b;
	return true;
}

void *bpr_i_calloc(size_t count, size_t size)
{
	size_t bytes;

	if (!mul(count, size, &bytes))
		return NULL;
	return calloc(1, bytes ? bytes : 1);
}

void *bpr_i_realloc(void *old, size_t count, size_t size)
{
	size_t bytes;

	if (!mul(count, size, &bytes))
		return NULL;
	return realloc(old, bytes ? bytes : 1);
}

void bpr_i_free(void *p)
{
	free(p);
}

bool bpr_i_grow(void *items, size_t *capacity, size_t need, size_t size)
{
	void **at = items;
	size_t next = *capacity + *capacity / 2 + 8;
	void *p;

	if (need <= *capacity)
		return true;
	if (next < need)
		next = need;
	p = bpr_i_realloc(*at, next, size);
	if (!p)
		return false;
	*at = p;
	*capacity = next;
	return true;
}

void *bpr_i_arena_raw(struct bpr_arena *arena, size_t count, size_t size)
{
	struct bpr_arena_block *block = arena->blocks;
	size_t bytes;
	void *p;

	if (!mul(count, size, &bytes) || bytes > SIZE_MAX / 2 - sizeof(*block) - alignof(max_align_t))
		return NULL;
	bytes = (bytes + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
	if (!block || block->size - arena->used < bytes) {
		size_t room = block ? block->size * 2 : FIRST_BLOCK;

		if (room > LARGEST_BLOCK)
			room = LARGEST_BLOCK;
		if (room < bytes)
			room = bytes;
		block = malloc(sizeof(*block) + room);
		if (!block)
			return NULL;
		block->next = arena->blocks;
		block->size = room;
		arena->blocks = block;
		arena->used = 0;
	}
	p = block->data + arena->used;
	arena->used += bytes;
	arena->total += bytes;
	return p;
}

void *bpr_i_arena_alloc(struct bpr_arena *arena, size_t count, size_t size)
{
	void *p = bpr_i_arena_raw(arena, count, size);

	if (p && count && size)
		memset(p, 0, count * size);
	return p;
}

char *bpr_i_arena_strndup(struct bpr_arena *arena, const char *text, size_t length)
{
	char *p = length < SIZE_MAX ? bpr_i_arena_raw(arena, length + 1, 1) : NULL;

	if (!p)
		return NULL;
	if (length)
		memcpy(p, text, length);
	p[length] = '\0';
	return p;
}

char *bpr_i_arena_strdup(struct bpr_arena *arena, const char *text)
{
	return bpr_i_arena_strndup(arena, text, strlen(text));
}

void bpr_i_arena_join(struct bpr_arena *into, struct bpr_arena *from)
{
	struct bpr_arena_block *last = from->blocks;

	while (last && last->next)
		last = last->next;
	if (!into->blocks) {
		*into = *from;
	} else if (last) {
		/* Behind the block that is being filled. */
		last->next = into->blocks->next;
		into->blocks->next = from->blocks;
		into->total += from->total;
	}
	*from = (struct bpr_arena){ 0 };
}

void bpr_i_arena_release(struct bpr_arena *arena)
{
	while (arena->blocks) {
		struct bpr_arena_block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
	*arena = (struct bpr_arena){ 0 };
}

unsigned long long bpr_i_hash(unsigned long long hash, const void *data, size_t length)
{
	const unsigned char *p = data;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ p[i]) * 1099511628211ull;
	return hash;
}

static size_t key_hash(const char *key, size_t length)
{
	unsigned long long h = bpr_i_hash(BPR_I_HASH_START, key, length);

	return (size_t)(h ^ h >> 29);
}

/*
 * A slot holds index + 1 and, above the bits of an index (an items array of 2^40 or 2^24 would not fit into memory), the
 * upper bits of the hash: nearly every other key is told from ours without a look at it, which would be a cache miss.
 */
static const size_t index_mask = sizeof(size_t) > 4 ? ((size_t)1 << (sizeof(size_t) > 4 ? 40 : 0)) - 1 : 0xffffff;

static size_t find_slot(const struct bpr_names *names, const char *key, size_t length, size_t hash)
{
	size_t at = hash & (names->slot_count - 1);

	for (; names->slots[at]; at = (at + 1) & (names->slot_count - 1)) {
		size_t i = (names->slots[at] & index_mask) - 1;

		if (((names->slots[at] ^ hash) & ~index_mask) == 0 && names->items[i].length == length &&
		    (!length || !memcmp(names->items[i].key, key, length)))
			break;
	}
	return at;
}

size_t bpr_i_names_find(const struct bpr_names *names, const char *key, size_t length)
{
	size_t at;

	if (!names->slot_count)
		return BPR_NONE;
	at = find_slot(names, key, length, key_hash(key, length));
	return names->slots[at] ? (names->slots[at] & index_mask) - 1 : BPR_NONE;
}

static bool rehash(struct bpr_names *names)
{
	size_t count = names->slot_count ? names->slot_count * 2 : 16;
	size_t *slots = bpr_i_calloc(count, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 0; i < names->count; i++) {
		size_t at = names->items[i].hash & (count - 1);

		while (slots[at])
			at = (at + 1) & (count - 1);
		slots[at] = (i + 1) | (names->items[i].hash & ~index_mask);
	}
	free(names->slots);
	names->slots = slots;
	names->slot_count = count;
	return true;
}

size_t bpr_i_names_add(struct bpr_names *names, const char *key, size_t length, bool *added)
{
	size_t hash = key_hash(key, length);
	size_t at;

	if (added)
		*added = false;
	if (names->count * 2 >= names->slot_count && !rehash(names))
		return BPR_NONE;
	at = find_slot(names, key, length, hash);
	if (names->slots[at])
		return (names->slots[at] & index_mask) - 1;
	if (!bpr_i_grow(&names->items, &names->capacity, names->count + 1, sizeof(*names->items)))
		return BPR_NONE;
	names->items[names->count].key = key;
	names->items[names->count].length = length;
	names->items[names->count].hash = hash;
	names->slots[at] = ++names->count | (hash & ~index_mask);
	if (added)
		*added = true;
	return names->count - 1;
}

bool bpr_i_names_copy(struct bpr_names *to, const struct bpr_names *from)
{
	void *items = bpr_i_calloc(from->count, sizeof(*from->items));
	size_t *slots = bpr_i_calloc(from->slot_count, sizeof(*slots));

	if (!items || !slots) {
		bpr_i_free(items);
		bpr_i_free(slots);
		return false;
	}
	if (from->count)
		memcpy(items, from->items, from->count * sizeof(*from->items));
	if (from->slot_count)
		memcpy(slots, from->slots, from->slot_count * sizeof(*slots));
	*to = *from;
	to->items = items;
	to->capacity = from->count;
	to->slots = slots;
	return true;
}

void bpr_i_names_release(struct bpr_names *names)
{
	free(names->items);
	free(names->slots);
	*names = (struct bpr_names){ 0 };
}
