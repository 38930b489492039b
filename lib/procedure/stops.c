/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The walk: counters in the order that the table says, the others behind them, building by building and floor by floor as they
 * first stand in the table; what to bring, once; which counters the one-stop counter makes unnecessary.
 */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/utf8_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- counters of the table ---- */

/* What tells counters apart: counter, building, floor. */
static const char *stop_key(struct bpr_arena *arena, const struct bpr_procedure *row, const char *counter)
{
	const char *const parts[] = { counter, row->building, row->floor };
	struct bpr_buf key = BPR_BUF_INIT;
	char *out = NULL;

	for (size_t i = 0; i < 3; i++) {
		bpr_i_utf8_fold(&key, parts[i], strlen(parts[i]));
		bpr_i_buf_putc(&key, '\n');
	}
	if (!key.failed)
		out = bpr_i_arena_strndup(arena, key.data, key.length);
	bpr_i_buf_release(&key);
	return out;
}

static bool add_stop(bpr_procedures *p, struct bpr_names *names, size_t index)
{
	struct bpr_procedure_row *row = &p->rows[index];
	const char *counter = *row->pub.counter ? row->pub.counter : row->pub.unit;
	struct bpr_procedure_stop *stop;
	const char *key;
	bool added;

	row->stop = BPR_NONE;
	if (!*counter)
		return true;
	key = stop_key(&p->arena, &row->pub, counter);
	row->stop = key ? bpr_i_names_add(names, key, strlen(key), &added) : BPR_NONE;
	if (row->stop == BPR_NONE || !bpr_i_grow(&p->stops, &p->stop_capacity, names->count, sizeof(*p->stops)))
		return false;
	if (!added)
		return true;
	stop = &p->stops[p->stop_count++];
	*stop = (struct bpr_procedure_stop){ counter, row->pub.building, row->pub.floor, NULL, index, index, index };
	stop->key = bpr_i_key_fold(&p->arena, counter, strlen(counter));
	/* The first counter of the same building, of the same floor in it. */
	for (size_t i = 0; i + 1 < p->stop_count; i++)
		if (!strcmp(p->stops[i].building, stop->building)) {
			stop->building_row = p->stops[i].building_row;
			break;
		}
	for (size_t i = 0; i + 1 < p->stop_count; i++)
		if (!strcmp(p->stops[i].building, stop->building) && !strcmp(p->stops[i].floor, stop->floor)) {
			stop->floor_row = p->stops[i].floor_row;
			break;
		}
	return stop->key != NULL;
}

bool bpr_i_procedures_stops(bpr_procedures *p)
{
	struct bpr_names names = { 0 };
	bool ok = true;

	for (size_t i = 0; i < p->count && ok; i++)
		ok = add_stop(p, &names, i);
	bpr_i_names_release(&names);
	return ok;
}

/* ---- the walk of one sheet ---- */

struct walked { double order; size_t building, floor, row, stop; };

static int compare_stops(const void *a, const void *b)
{
	const struct walked *x = a, *y = b;

	if (isnan(x->order) != isnan(y->order))
		return isnan(x->order) ? 1 : -1;
	if (!isnan(x->order) && (x->order < y->order || x->order > y->order))
		return x->order < y->order ? -1 : 1;
	if (x->building != y->building)
		return x->building < y->building ? -1 : 1;
	if (x->floor != y->floor)
		return x->floor < y->floor ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

struct placed { struct bpr_sheet_item item; size_t rank; };

static int compare_items(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->item.procedure < y->item.procedure ? -1 : x->item.procedure > y->item.procedure;
}

/* Stops of the items in walking order; rank[stop of the table] is their place. */
static bool order_stops(const bpr_procedures *p, struct bpr_checksheet *sheet, struct bpr_arena *arena, size_t *rank)
{
	struct walked *walk = bpr_i_arena_alloc(arena, p->stop_count + 1, sizeof(*walk));
	size_t count = 0;

	if (!walk)
		return false;
	for (size_t i = 0; i < p->stop_count; i++)
		rank[i] = BPR_NONE;
	for (size_t i = 0; i < sheet->item_count; i++) {
		const struct bpr_procedure_row *row = &p->rows[sheet->items[i].procedure];
		const struct bpr_procedure_stop *stop = row->stop == BPR_NONE ? NULL : &p->stops[row->stop];
		struct walked *w;

		if (!stop)
			continue;
		if (rank[row->stop] == BPR_NONE) {
			rank[row->stop] = count;
			walk[count++] = (struct walked){ (double)NAN, stop->building_row, stop->floor_row, stop->row, row->stop };
		}
		w = &walk[rank[row->stop]];
		if (!isnan(row->pub.order) && !(w->order <= row->pub.order))
			w->order = row->pub.order;
	}
	qsort(walk, count, sizeof(*walk), compare_stops);
	sheet->stops = bpr_i_arena_alloc(arena, count + 1, sizeof(*sheet->stops));
	if (!sheet->stops)
		return false;
	sheet->stop_count = count;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_procedure_stop *stop = &p->stops[walk[i].stop];

		rank[walk[i].stop] = i;
		sheet->stops[i] = (struct bpr_sheet_stop){ .counter = stop->counter, .building = stop->building, .floor = stop->floor };
	}
	return true;
}

static bool order_items(const bpr_procedures *p, struct bpr_checksheet *sheet, struct bpr_arena *arena, const size_t *rank)
{
	struct placed *placed = bpr_i_arena_alloc(arena, sheet->item_count + 1, sizeof(*placed));
	size_t *indices = bpr_i_arena_raw(arena, sheet->item_count + 1, sizeof(*indices));

	if (!placed || !indices)
		return false;
	for (size_t i = 0; i < sheet->item_count; i++) {
		const size_t stop = p->rows[sheet->items[i].procedure].stop;

		placed[i] = (struct placed){ sheet->items[i], stop == BPR_NONE ? BPR_NONE : rank[stop] };
	}
	qsort(placed, sheet->item_count, sizeof(*placed), compare_items);
	for (size_t i = 0; i < sheet->item_count; i++) {
		struct bpr_sheet_stop *stop = placed[i].rank == BPR_NONE ? NULL : &sheet->stops[placed[i].rank];

		sheet->items[i] = placed[i].item;
		indices[i] = i;
		if (stop && !stop->item_count++)
			stop->items = &indices[i]; /* of one stop they stand together */
	}
	return true;
}

/*
 * The one-stop counter does what may be done there, the others keep the rest. It is the counter that the table names, else the
 * first on the walk that has anything of it.
 */
static void one_stop(const bpr_procedures *p, struct bpr_checksheet *sheet)
{
	size_t at = BPR_NONE, here = BPR_NONE;
	const char *named = NULL;

	for (size_t s = 0; s < sheet->stop_count; s++) {
		struct bpr_sheet_stop *stop = &sheet->stops[s];

		stop->falls_away = true;
		for (size_t i = 0; i < stop->item_count; i++) {
			const struct bpr_procedure_row *row = &p->rows[sheet->items[stop->items[i]].procedure];

			stop->falls_away = stop->falls_away && row->pub.one_stop;
			if (row->pub.one_stop && at == BPR_NONE)
				at = s;
			if (row->pub.one_stop && *row->one_stop_at && !named)
				named = row->one_stop_at;
		}
	}
	if (named)
		for (size_t s = 0; s < sheet->stop_count && here == BPR_NONE; s++)
			if (!strcmp(sheet->stops[s].counter, named))
				here = s;
	at = named ? here : at;
	if (at != BPR_NONE)
		sheet->stops[at].falls_away = false;
	sheet->stops_one_stop = named && here == BPR_NONE;
	for (size_t s = 0; s < sheet->stop_count; s++)
		sheet->stops_one_stop += !sheet->stops[s].falls_away;
}

/* ---- what to bring ---- */

struct brought { size_t thing, item; };

static int compare_brought(const void *a, const void *b)
{
	const struct brought *x = a, *y = b;

	if (x->thing != y->thing)
		return x->thing < y->thing ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

static bool collect_things(const bpr_procedures *p, struct bpr_checksheet *sheet, struct bpr_arena *arena, struct bpr_names *names)
{
	size_t most = 0, count = 0;
	struct brought *all;
	size_t *indices;

	for (size_t i = 0; i < sheet->item_count; i++)
		most += p->rows[sheet->items[i].procedure].pub.bring_count;
	all = bpr_i_arena_raw(arena, most + 1, sizeof(*all));
	indices = bpr_i_arena_raw(arena, most + 1, sizeof(*indices));
	sheet->things = bpr_i_arena_alloc(arena, most + 1, sizeof(*sheet->things));
	if (!all || !indices || !sheet->things)
		return false;
	for (size_t i = 0; i < sheet->item_count; i++) {
		const struct bpr_procedure *row = &p->rows[sheet->items[i].procedure].pub;

		for (size_t k = 0; k < row->bring_count; k++) {
			const char *key = bpr_i_key_fold(arena, row->bring[k], strlen(row->bring[k]));
			bool added = false;
			const size_t thing = key ? bpr_i_names_add(names, key, strlen(key), &added) : BPR_NONE;

			if (thing == BPR_NONE)
				return false;
			if (added)
				sheet->things[sheet->thing_count++].name = row->bring[k];
			all[count++] = (struct brought){ thing, i };
		}
	}
	qsort(all, count, sizeof(*all), compare_brought);
	for (size_t i = 0, n = 0; i < count; i++) {
		struct bpr_sheet_thing *thing = &sheet->things[all[i].thing];

		if (thing->item_count && thing->items[thing->item_count - 1] == all[i].item)
			continue; /* twice in one cell */
		indices[n] = all[i].item;
		if (!thing->item_count++)
			thing->items = &indices[n];
		n++;
	}
	return true;
}

bool bpr_i_sheet_walk(const bpr_procedures *p, struct bpr_checksheet *sheet, struct bpr_arena *arena)
{
	size_t *rank = bpr_i_arena_raw(arena, p->stop_count + 1, sizeof(*rank));
	struct bpr_names names = { 0 };
	bool ok = rank && order_stops(p, sheet, arena, rank) && order_items(p, sheet, arena, rank);

	if (ok)
		one_stop(p, sheet);
	ok = ok && collect_things(p, sheet, arena, &names);
	bpr_i_names_release(&names);
	return ok;
}
