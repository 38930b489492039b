/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Silent choices become part of what they choose (Berthelot 1986, agglomeration): a place between two transitions goes away where
 * choosing later loses nothing, and the number of transitions does not grow. A choice among a hundred steps is then one place, not
 * a hundred.
 */
#include "config.h"
#include "mine/net_i.h"
#include "base/alloc_i.h"
#include <string.h>

/* Of transitions fused one into another: so many in a row. */
#define MOST_PARTS 64

struct list { uint32_t *item; size_t count, capacity; };
struct fuse {
	struct bpr_mnet *net;
	struct list *from, *to;   /* [place_count] transitions that put tokens there, that take them; gone ones too */
	bool *fixed;              /* [place_count] has to stay */
	uint8_t *parts; size_t part_capacity, gone_capacity;
	bool nomem;
};

static void add(struct fuse *u, struct list *to, uint32_t fire)
{
	if (!bpr_i_grow(&to->item, &to->capacity, to->count + 1, sizeof(*to->item)))
		u->nomem = true;
	else
		to->item[to->count++] = fire;
}

static size_t left(const struct fuse *u, const struct list *list)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += !u->net->gone[list->item[i]];
	return count;
}

/* Does nothing but choose: nobody is hindered if it waits until what it chose begins. */
static bool chooses(const struct bpr_mnet *net, uint32_t fire)
{
	const struct bpr_mnet_fire *f = &net->fire[fire];

	return f->kind == BPR_FIRE_PLAIN && !f->visible && !f->cuts && !f->clear_count && f->out_count == 1 && f->in_count == 1
		&& net->link[f->out_first].weight == 1 && net->link[f->in_first].weight == 1
		&& net->place[net->link[f->out_first].place].instance == net->place[net->link[f->in_first].place].instance
		&& net->link[f->out_first].place != net->link[f->in_first].place && !net->place[net->link[f->in_first].place].passive;
}

static bool follows(const struct bpr_mnet *net, uint32_t fire)
{
	const struct bpr_mnet_fire *f = &net->fire[fire];

	return f->kind == BPR_FIRE_PLAIN && f->in_count == 1 && net->link[f->in_first].weight == 1;
}

/* One transition that does what the two did. */
static void join(struct fuse *u, uint32_t first, uint32_t second)
{
	struct bpr_mnet *net = u->net;
	struct bpr_mnet_fire fire = net->fire[second];
	uint32_t number = net->fire_count;

	fire.in_first = net->fire[first].in_first;
	fire.choice = BPR_CHOICE_NONE;
	fire.first = first;
	fire.after = second;
	if (!bpr_i_grow(&net->fire, &net->fire_capacity, (size_t)number + 1, sizeof(*net->fire))
	    || !bpr_i_grow(&net->gone, &u->gone_capacity, (size_t)number + 1, sizeof(*net->gone))
	    || !bpr_i_grow(&u->parts, &u->part_capacity, (size_t)number + 1, sizeof(*u->parts))) {
		u->nomem = true;
		return;
	}
	net->fire[net->fire_count++] = fire;
	net->gone[number] = false;
	u->parts[number] = (uint8_t)(u->parts[first] + u->parts[second]);
	add(u, &u->to[net->link[fire.in_first].place], number);
	for (uint32_t i = 0; i < fire.out_count; i++)
		add(u, &u->from[net->link[fire.out_first + i].place], number);
}

static bool fits(const struct fuse *u, uint32_t place)
{
	const struct list *from = &u->from[place], *to = &u->to[place];
	unsigned longest = 0;

	if (u->fixed[place] || !left(u, from) || !left(u, to) || (left(u, from) > 1 && left(u, to) > 1))
		return false;
	for (size_t i = 0; i < from->count; i++) {
		if (u->net->gone[from->item[i]])
			continue;
		if (!chooses(u->net, from->item[i]) || u->net->link[u->net->fire[from->item[i]].in_first].place == place)
			return false;
		longest = u->parts[from->item[i]] > longest ? u->parts[from->item[i]] : longest;
	}
	for (size_t i = 0; i < to->count; i++) {
		if (u->net->gone[to->item[i]])
			continue;
		if (!follows(u->net, to->item[i]) || longest + u->parts[to->item[i]] > MOST_PARTS)
			return false;
		for (uint32_t k = 0; k < u->net->fire[to->item[i]].out_count; k++)
			if (u->net->link[u->net->fire[to->item[i]].out_first + k].place == place)
				return false;
	}
	return true;
}

static bool take_out(struct fuse *u, uint32_t place)
{
	struct list *from = &u->from[place], *to = &u->to[place];

	if (!fits(u, place))
		return false;
	for (size_t i = 0; i < from->count && !u->nomem; i++)
		for (size_t k = 0; k < to->count && !u->nomem; k++)
			if (!u->net->gone[from->item[i]] && !u->net->gone[to->item[k]])
				join(u, from->item[i], to->item[k]);
	for (size_t i = 0; i < from->count; i++)
		u->net->gone[from->item[i]] = true;
	for (size_t i = 0; i < to->count; i++)
		u->net->gone[to->item[i]] = true;
	u->fixed[place] = true; /* nothing comes there any more */
	return true;
}

static void list_all(struct fuse *u)
{
	const struct bpr_mnet *net = u->net;

	for (uint32_t f = 0; f < net->fire_count && !u->nomem; f++) {
		const struct bpr_mnet_fire *fire = &net->fire[f];

		u->parts[f] = 1;
		for (uint32_t i = 0; i < fire->in_count; i++)
			add(u, &u->to[net->link[fire->in_first + i].place], f);
		for (uint32_t i = 0; i < fire->out_count; i++)
			add(u, &u->from[net->link[fire->out_first + i].place], f);
		for (uint32_t i = 0; i < fire->clear_count; i++)
			u->fixed[net->link[fire->clear_first + i].place] = true;
	}
	u->fixed[net->begin] = true;
}

bool bpr_i_mnet_fuse(struct bpr_mnet *net)
{
	struct fuse u = { .net = net };
	bool changed = true;

	net->gone = bpr_i_calloc((size_t)net->fire_count + 1, sizeof(*net->gone));
	if (!net->gone)
		return false;
	u.gone_capacity = (size_t)net->fire_count + 1;
	if (net->waits || net->alive)
		return true; /* who has not chosen yet is waited for */
	u.from = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*u.from));
	u.to = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*u.to));
	u.fixed = bpr_i_calloc((size_t)net->place_count + 1, sizeof(*u.fixed));
	u.nomem = !bpr_i_grow(&u.parts, &u.part_capacity, (size_t)net->fire_count + 1, sizeof(*u.parts)) || !u.from || !u.to || !u.fixed;
	if (!u.nomem)
		list_all(&u);
	while (changed && !u.nomem) {
		changed = false;
		for (uint32_t p = 0; p < net->place_count && !u.nomem; p++)
			changed |= take_out(&u, p);
	}
	for (uint32_t p = 0; p < net->place_count && u.from && u.to; p++) {
		bpr_i_free(u.from[p].item);
		bpr_i_free(u.to[p].item);
	}
	bpr_i_free(u.from);
	bpr_i_free(u.to);
	bpr_i_free(u.fixed);
	bpr_i_free(u.parts);
	return !u.nomem;
}
