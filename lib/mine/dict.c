/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names to numbers: see dict_i.h. */
#include "config.h"
#include "mine/dict_i.h"
#include "base/alloc_i.h"
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { FIRST_SLOTS = 64, BLOCK = 1 << 16 };

static uint32_t hash_of(const char *text, size_t length)
{
	return (uint32_t)XXH3_64bits(text, length);
}

/* Slot of the name, or the empty one where it would go. */
static size_t slot_of(const struct bpr_dict *d, const char *text, size_t length, uint32_t hash)
{
	size_t at = hash & (d->slot_count - 1);

	for (; d->slots[at].index; at = (at + 1) & (d->slot_count - 1)) {
		const struct bpr_dict_name *name;

		if (d->slots[at].hash != hash)
			continue;
		name = &d->names[d->slots[at].index - 1];
		if (name->length == length && !memcmp(name->text, text, length))
			break;
	}
	return at;
}

static bool grow_slots(struct bpr_dict *d)
{
	size_t count = d->slot_count ? d->slot_count * 2 : FIRST_SLOTS;
	struct bpr_dict_slot *slots = bpr_i_calloc(count, sizeof(*slots));

	if (!slots)
		return false;
	for (uint32_t i = 0; i < d->count; i++) {
		size_t at = d->names[i].hash & (count - 1);

		while (slots[at].index)
			at = (at + 1) & (count - 1);
		slots[at] = (struct bpr_dict_slot){ i + 1, d->names[i].hash };
	}
	bpr_i_free(d->slots);
	d->slots = slots;
	d->slot_count = count;
	return true;
}

static char *room_for(struct bpr_dict *d, size_t length)
{
	if (d->room - d->used < length) {
		size_t size = length > BLOCK ? length : BLOCK;
		char *block;

		if (!bpr_i_grow(&d->blocks, &d->block_capacity, d->block_count + 1, sizeof(*d->blocks)) || !(block = bpr_i_calloc(size, 1)))
			return NULL;
		d->blocks[d->block_count++] = block;
		d->room = size;
		d->used = 0;
	}
	d->used += length;
	return d->blocks[d->block_count - 1] + (d->used - length);
}

uint32_t bpr_i_dict_add(struct bpr_dict *d, const char *text, size_t length)
{
	const uint32_t hash = hash_of(text, length);
	size_t at;
	char *copy;

	if (length >= UINT32_MAX || d->count >= UINT32_MAX - 1)
		return BPR_DICT_NONE;
	if ((size_t)d->count * 4 >= d->slot_count * 3 && !grow_slots(d))
		return BPR_DICT_NONE;
	at = slot_of(d, text, length, hash);
	if (d->slots[at].index)
		return d->slots[at].index - 1;
	if (!bpr_i_grow(&d->names, &d->capacity, (size_t)d->count + 1, sizeof(*d->names)) || !(copy = room_for(d, length + 1)))
		return BPR_DICT_NONE;
	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	d->names[d->count] = (struct bpr_dict_name){ copy, (uint32_t)length, hash };
	d->slots[at] = (struct bpr_dict_slot){ ++d->count, hash };
	return d->count - 1;
}

uint32_t bpr_i_dict_find(const struct bpr_dict *d, const char *text, size_t length)
{
	size_t at;

	if (!d->slot_count)
		return BPR_DICT_NONE;
	at = slot_of(d, text, length, hash_of(text, length));
	return d->slots[at].index ? d->slots[at].index - 1 : BPR_DICT_NONE;
}

const char *bpr_i_dict_text(const struct bpr_dict *d, uint32_t index)
{
	return index < d->count ? d->names[index].text : "";
}

void bpr_i_dict_release(struct bpr_dict *d)
{
	for (size_t i = 0; i < d->block_count; i++)
		bpr_i_free(d->blocks[i]);
	bpr_i_free(d->blocks);
	bpr_i_free(d->names);
	bpr_i_free(d->slots);
	*d = (struct bpr_dict){ 0 };
}
