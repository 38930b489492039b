/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In which lane each node is drawn. Lanes say it themselves; what no lane names (gateways of many tools, data, notes) goes
 * to the lane of what it is joined to, so that no arrow takes a detour.
 */
#include "config.h"
#include "read/bpmn_i.h"
#include "write/picture_i.h"
#include <string.h>

static size_t depth(const struct pictures *p, size_t lane)
{
	size_t n = 0;

	for (; lane != BPR_NONE; lane = p->items[lane].parent)
		n++;
	return n;
}

/* The deepest lane that lists a node. */
static void listed(struct pictures *p)
{
	struct bpr_buf text = BPR_BUF_INIT;

	for (size_t i = 0; i < p->item_count; i++) {
		if (p->items[i].role != PICTURE_LANE || p->items[i].picture == BPR_NONE)
			continue;
		BPR_I_XML_EACH(child, p->items[i].xml) {
			size_t at;

			if (!bpr_i_xml_is(child, BPMN_NS, "flowNodeRef"))
				continue;
			bpr_i_buf_clear(&text);
			bpr_i_xml_text(&text, child);
			at = text.length ? bpr_i_picture_find(p, text.data, text.length) : BPR_NONE;
			if (at != BPR_NONE && p->items[at].role == PICTURE_NODE && p->items[at].process == p->items[i].process &&
			    depth(p, i) > depth(p, p->items[at].lane))
				p->items[at].lane = i;
		}
	}
	p->nomem |= text.failed != BPR_OK;
	bpr_i_buf_release(&text);
}

/* Whose lane a node has: the outermost sub-process around it, else its host, else itself. */
static size_t stand_in(const struct pictures *p, size_t item)
{
	while (p->items[item].parent != BPR_NONE)
		item = p->items[item].parent;
	return p->items[item].host != BPR_NONE ? p->items[item].host : item;
}

/* Edges at both ends of which lanes are shared, by node. */
struct links { size_t *first, *other, *queue; };

static bool joins(const struct pictures *p, const struct picture_item *edge)
{
	return edge->role == PICTURE_EDGE && edge->picture != BPR_NONE && p->items[edge->from].role == PICTURE_NODE &&
	       p->items[edge->to].role == PICTURE_NODE && p->items[edge->from].process == p->items[edge->to].process;
}

static bool make_links(struct pictures *p, struct links *links)
{
	size_t count = 0;

	links->first = bpr_i_calloc(p->item_count + 2, sizeof(size_t));
	links->queue = bpr_i_calloc(p->item_count + 1, sizeof(size_t));
	for (size_t i = 0; links->first && i < p->item_count; i++)
		if (joins(p, &p->items[i])) {
			links->first[stand_in(p, p->items[i].from) + 2]++;
			links->first[stand_in(p, p->items[i].to) + 2]++;
			count += 2;
		}
	links->other = bpr_i_calloc(count + 1, sizeof(size_t));
	if (!links->first || !links->queue || !links->other)
		return false;
	for (size_t i = 2; i < p->item_count + 2; i++)
		links->first[i] += links->first[i - 1];
	for (size_t i = 0; i < p->item_count; i++)
		if (joins(p, &p->items[i])) {
			size_t from = stand_in(p, p->items[i].from);
			size_t to = stand_in(p, p->items[i].to);

			links->other[links->first[to + 1]++] = from;
			links->other[links->first[from + 1]++] = to;
		}
	return true;
}

/* From what has a lane to what has none, nearest first. */
static void spread(struct pictures *p, const struct links *links)
{
	size_t head = 0, tail = 0;

	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].role == PICTURE_NODE && p->items[i].lane != BPR_NONE && stand_in(p, i) == i)
			links->queue[tail++] = i;
	while (head < tail) {
		size_t at = links->queue[head++];

		for (size_t k = links->first[at]; k < links->first[at + 1]; k++) {
			struct picture_item *item = &p->items[links->other[k]];

			if (item->lane != BPR_NONE)
				continue;
			item->lane = p->items[at].lane;
			links->queue[tail++] = links->other[k];
		}
	}
}

/* By process its first lane; a lane with lanes inside holds nothing itself: its first inner one does. */
static bool settle(struct pictures *p)
{
	size_t *first = bpr_i_calloc(p->process_count + 1, sizeof(size_t));
	size_t *inner = bpr_i_calloc(p->item_count + 1, sizeof(size_t));
	bool ok = first && inner;

	for (size_t i = 0; ok && i < p->process_count; i++)
		first[i] = BPR_NONE;
	for (size_t i = p->item_count; ok && i-- > 0;) {
		if (p->items[i].role != PICTURE_LANE || p->items[i].picture == BPR_NONE)
			continue;
		if (!inner[i])
			inner[i] = i;
		if (p->items[i].parent != BPR_NONE)
			inner[p->items[i].parent] = inner[i];
		first[p->items[i].process] = i;
	}
	for (size_t i = 0; ok && i < p->item_count; i++) {
		struct picture_item *item = &p->items[i];
		size_t lane = item->role == PICTURE_NODE && item->process != BPR_NONE ? p->items[stand_in(p, i)].lane : BPR_NONE;

		if (item->role != PICTURE_NODE || item->process == BPR_NONE)
			continue;
		if (lane == BPR_NONE)
			lane = first[item->process];
		item->lane = lane == BPR_NONE ? BPR_NONE : inner[lane];
	}
	bpr_i_free(first);
	bpr_i_free(inner);
	return ok;
}

bpr_status bpr_i_picture_place(struct pictures *p)
{
	struct links links = { 0 };

	listed(p);
	if (!p->nomem && make_links(p, &links))
		spread(p, &links);
	else
		p->nomem = true;
	if (!p->nomem && !settle(p))
		p->nomem = true;
	bpr_i_free(links.first);
	bpr_i_free(links.other);
	bpr_i_free(links.queue);
	return p->nomem ? BPR_ENOMEM : BPR_OK;
}
