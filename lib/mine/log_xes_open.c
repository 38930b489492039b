/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps of a trace that have begun and not ended: found again by activity and instance, first in, first out. */
#include "config.h"
#include "mine/log_xes_i.h"
#include <string.h>

enum { KEPT = 1024 }; /* slots from trace to trace */

static size_t slot_of(const struct xes_open *o, uint32_t activity, uint32_t instance)
{
	const uint64_t key = ((uint64_t)activity << 32 | instance) * 0x9e3779b97f4a7c15u;
	size_t at = (size_t)(key >> 20) & (o->slot_count - 1);

	for (; o->slots[at]; at = (at + 1) & (o->slot_count - 1)) {
		const struct xes_queue *q = &o->queues[o->slots[at] - 1];

		if (q->activity == activity && q->instance == instance)
			break;
	}
	return at;
}

static bool grow(struct xes_open *o)
{
	const size_t count = o->slot_count ? o->slot_count * 2 : 64;
	uint32_t *slots = bpr_i_calloc(count, sizeof(*slots));

	if (!slots)
		return false;
	bpr_i_free(o->slots);
	o->slots = slots;
	o->slot_count = count;
	for (uint32_t i = 0; i < o->queue_count; i++)
		slots[slot_of(o, o->queues[i].activity, o->queues[i].instance)] = i + 1;
	return true;
}

static struct xes_queue *queue_of(struct xes_open *o, uint32_t activity, uint32_t instance)
{
	size_t at;

	if ((size_t)o->queue_count * 4 >= o->slot_count * 3 && !grow(o))
		return NULL;
	at = slot_of(o, activity, instance);
	if (o->slots[at])
		return &o->queues[o->slots[at] - 1];
	if (!bpr_i_grow(&o->queues, &o->queue_capacity, (size_t)o->queue_count + 1, sizeof(*o->queues)))
		return NULL;
	o->queues[o->queue_count] = (struct xes_queue){ activity, instance, UINT32_MAX, UINT32_MAX };
	o->slots[at] = ++o->queue_count;
	return &o->queues[o->queue_count - 1];
}

bool bpr_i_xes_open_add(struct xes_open *o, const struct bpr_log_event *event, const char *instance, size_t length)
{
	const uint32_t named = length ? bpr_i_dict_add(&o->instances, instance, length) : BPR_DICT_NONE;
	struct xes_queue *q;

	if ((length && named == BPR_DICT_NONE) || o->count == UINT32_MAX - 1 ||
	    !bpr_i_grow(&o->items, &o->capacity, (size_t)o->count + 1, sizeof(*o->items)))
		return false;
	q = queue_of(o, event->activity, named);
	if (!q)
		return false;
	o->items[o->count] = (struct xes_opened){ *event, UINT32_MAX, false };
	if (q->first == UINT32_MAX)
		q->first = o->count;
	else
		o->items[q->last].next = o->count;
	q->last = o->count++;
	o->left++;
	return true;
}

static struct xes_opened *take(struct xes_open *o, uint32_t activity, uint32_t instance)
{
	const size_t at = slot_of(o, activity, instance); /* there are some: something is left */
	struct xes_queue *q = o->slots[at] ? &o->queues[o->slots[at] - 1] : NULL;
	struct xes_opened *item = q && q->first != UINT32_MAX ? &o->items[q->first] : NULL;

	if (!item)
		return NULL;
	q->first = item->next;
	item->done = true;
	o->left--;
	return item;
}

struct xes_opened *bpr_i_xes_open_take(struct xes_open *o, uint32_t activity, const char *instance, size_t length)
{
	struct xes_opened *item = NULL;
	uint32_t named;

	if (!o->left)
		return NULL;
	named = length ? bpr_i_dict_find(&o->instances, instance, length) : BPR_DICT_NONE;
	if (named != BPR_DICT_NONE)
		item = take(o, activity, named);
	return item ? item : take(o, activity, BPR_DICT_NONE);
}

void bpr_i_xes_open_clear(struct xes_open *o)
{
	if (!o->count)
		return;
	o->count = o->left = o->queue_count = 0;
	if (o->slot_count > KEPT) { /* of one long trace: the short ones are not to pay for it */
		bpr_i_free(o->slots);
		o->slots = NULL;
		o->slot_count = 0;
	} else {
		memset(o->slots, 0, o->slot_count * sizeof(*o->slots));
	}
	if (o->instances.count)
		bpr_i_dict_release(&o->instances);
}

void bpr_i_xes_open_release(struct xes_open *o)
{
	bpr_i_free(o->items);
	bpr_i_free(o->queues);
	bpr_i_free(o->slots);
	bpr_i_dict_release(&o->instances);
	*o = (struct xes_open){ 0 };
}
