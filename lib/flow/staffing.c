/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The staff table: who works when. Rows of one pool with names of shifts add up; what stands in a later source (a companion, an
 * override) says all of the shifts of a pool that it names.
 */
#include "config.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "flow/companion_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_SHIFTS = 1000, MOST_PEOPLE = 1000000000 };

static const char *const discipline_words[] = {
	"fifo|先着順|受付順|先着|fcfs", "priority|優先順|優先", "shortest|短時間順|短い順|sjf|spt", "lifo|後着順|後着",
};

/* The drafts of the pool; NULL out of memory. */
static struct bpr_draft_pool *drafts(struct bpr_builder *b, size_t pool)
{
	size_t known = b->pool_draft_count;

	if (!bpr_i_grow(&b->pool_drafts, &b->pool_draft_capacity, pool + 1, sizeof(*b->pool_drafts))) {
		b->nomem = true;
		return NULL;
	}
	for (; known <= pool; known++)
		b->pool_drafts[known] = (struct bpr_draft_pool){ BPR_NONE, BPR_NONE, 0, NULL, NULL };
	if (b->pool_draft_count < known)
		b->pool_draft_count = known;
	return &b->pool_drafts[pool];
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool is_set(const struct bpr_builder *b)
{
	return !strcmp(b->source, "set");
}

static size_t find_shift(const struct bpr_builder *b, const struct bpr_draft_pool *d, const char *name, size_t length)
{
	size_t at = d->first;

	while (at != BPR_NONE && (strlen(b->shifts[at].shift.name) != length || memcmp(b->shifts[at].shift.name, name, length) != 0))
		at = b->shifts[at].next;
	return at;
}

static size_t add_shift(struct bpr_row *row, size_t pool, struct bpr_draft_pool *d, const char *name, size_t length)
{
	struct bpr_builder *b = row->b;
	char *kept = bpr_i_builder_text(b, name, length);
	size_t at = b->shift_count;

	if (d->count == MOST_SHIFTS) {
		bpr_i_build_note(b, BPR_I_F053, &row->place, b->flow->pools[pool].name, "1000", NULL, NULL);
		return BPR_NONE;
	}
	if (!kept || !bpr_i_grow(&b->shifts, &b->shift_capacity, at + 1, sizeof(*b->shifts))) {
		b->nomem = true;
		return BPR_NONE;
	}
	b->shifts[at] = (struct bpr_draft_shift){ { .name = kept, .hours.text = "", .breaks.text = "" }, BPR_NONE };
	b->shift_count++;
	if (d->last == BPR_NONE)
		d->first = at;
	else
		b->shifts[d->last].next = at;
	d->last = at;
	d->count++;
	return at;
}

/* Names of the shifts, for a message. */
static void list_shifts(const struct bpr_builder *b, const struct bpr_draft_pool *d, struct bpr_buf *out)
{
	for (size_t at = d->first; at != BPR_NONE && !out->failed; at = b->shifts[at].next) {
		if (at != d->first)
			bpr_i_buf_puts(out, ", ");
		bpr_i_buf_puts(out, *b->shifts[at].shift.name ? b->shifts[at].shift.name : "-");
	}
}

/* An override that names no shift means the only one; of several it could be any. */
static size_t set_shift(struct bpr_row *row, size_t pool, struct bpr_draft_pool *d, const char *name, size_t length)
{
	char room[160] = "";
	struct bpr_buf names = BPR_BUF_ON(room);
	size_t at = name ? find_shift(row->b, d, name, length) : d->first;

	if (!d->count && !name)
		return add_shift(row, pool, d, "", 0);
	if (at != BPR_NONE && (name || d->count == 1))
		return at;
	list_shifts(row->b, d, &names);
	bpr_i_build_note(row->b, name ? BPR_I_U006 : BPR_I_U005, &row->place, row->place.where, row->b->flow->pools[pool].name, room,
			 name ? bpr_i_short(name, length).text : NULL);
	return BPR_NONE;
}

/* The shift that the row is about, made where it is new. */
static size_t row_shift(struct bpr_row *row, size_t pool)
{
	struct bpr_builder *b = row->b;
	struct bpr_draft_pool *d = drafts(b, pool);
	size_t length, at;
	const char *name = bpr_i_row_cell(row, BPR_STORE_SHIFT, &length);

	if (!d)
		return BPR_NONE;
	if (is_set(b))
		return set_shift(row, pool, d, name, length);
	if (d->count && (!same(d->source, b->source) || !same(d->file, row->place.file))) {
		/* Another source: with shifts it says all of them; without, it means the only one. */
		if (name || d->count > 1)
			*d = (struct bpr_draft_pool){ BPR_NONE, BPR_NONE, 0, NULL, NULL };
		else
			b->shifts[d->first].shift.name = "";
	}
	d->source = b->source;
	d->file = row->place.file;
	at = find_shift(b, d, name ? name : "", length);
	return at == BPR_NONE ? add_shift(row, pool, d, name ? name : "", length) : at;
}

static void count_cell(struct bpr_row *row, size_t at)
{
	double x, whole;

	if (!bpr_i_row_number(row, BPR_STORE_COUNT, 0, MOST_PEOPLE, &x))
		return;
	if (x >= 1 && !(modf(x, &whole) > 0)) {
		row->b->shifts[at].shift.count = (size_t)x;
	} else {
		char number[32];

		(void)bpr_i_num_format(number, sizeof(number), x);
		bpr_i_build_note(row->b, BPR_I_D016, &row->place, number, row->place.where, "1, 2, 3, ...", NULL);
	}
}

/* Other pools, each once, never the own one. */
static void also_cell(struct bpr_row *row, size_t pool, size_t at)
{
	struct bpr_builder *b = row->b;
	size_t length, n, count = 0, room = 1;
	const char *text = bpr_i_row_cell(row, BPR_STORE_ALSO, &length);
	const char *item;
	size_t *also;

	if (!text)
		return;
	for (size_t i = 0; i < length; i++)
		room += text[i] == ';' || (unsigned char)text[i] >= 0xe3 || text[i] == '\n';
	also = bpr_i_arena_raw(&b->flow->arena, room, sizeof(*also));
	if (!also) {
		b->nomem = true;
		return;
	}
	while (bpr_i_next_item(&text, &length, &item, &n)) {
		size_t other, i = 0;

		n = bpr_i_unquote(b, &item, n);
		other = n ? bpr_i_builder_pool(b, item, n) : BPR_NONE;
		while (i < count && also[i] != other)
			i++;
		if (other != BPR_NONE && other != pool && i == count && count < room && count < MOST_SHIFTS)
			also[count++] = other;
	}
	b->shifts[at].shift.also = also;
	b->shifts[at].shift.also_count = count;
}

static void shift_cells(struct bpr_row *row, size_t pool)
{
	static const enum bpr_store stores[] = { BPR_STORE_COUNT, BPR_STORE_HOURS, BPR_STORE_BREAKS, BPR_STORE_ALSO, BPR_STORE_SHIFT };
	struct bpr_builder *b = row->b;
	bool any = false;
	const char *text;
	size_t n, at;

	for (size_t i = 0; i < sizeof(stores) / sizeof(stores[0]) && !any; i++)
		any = bpr_i_row_cell(row, stores[i], &n) != NULL;
	at = any ? row_shift(row, pool) : BPR_NONE;
	if (at == BPR_NONE)
		return;
	count_cell(row, at);
	text = bpr_i_row_cell(row, BPR_STORE_HOURS, &n);
	if (text)
		(void)bpr_i_build_schedule(b, BPR_I_HOURS, text, n, &row->place, &b->shifts[at].shift.hours);
	text = bpr_i_row_cell(row, BPR_STORE_BREAKS, &n);
	if (text)
		(void)bpr_i_build_breaks(b, text, n, &row->place, &b->shifts[at].shift);
	also_cell(row, pool, at);
}

static void discipline_cell(struct bpr_row *row, size_t pool)
{
	struct bpr_folded folded;
	size_t n, found = BPR_NONE;
	const char *text = bpr_i_row_cell(row, BPR_STORE_DISCIPLINE, &n);

	if (!text)
		return;
	if (bpr_i_fold_lower(&folded, text, n))
		found = bpr_i_word_find(discipline_words, sizeof(discipline_words) / sizeof(discipline_words[0]), folded.text, folded.length);
	if (found == BPR_NONE)
		bpr_i_build_note(row->b, BPR_I_F052, &row->place, bpr_i_short(text, n).text, row->place.where, NULL, NULL);
	else
		row->b->flow->pools[pool].discipline = (enum bpr_discipline)found;
}

void bpr_i_row_staff(struct bpr_row *row)
{
	size_t n;
	const char *key = bpr_i_row_key(row, BPR_TABLE_STAFF, BPR_STORE_POOL, &n);
	size_t at = key ? bpr_i_builder_pool(row->b, key, n) : BPR_NONE;
	const char *text;

	if (at == BPR_NONE)
		return;
	shift_cells(row, at);
	if (bpr_i_row_number(row, BPR_STORE_RATE, 0, 1e9, &row->b->flow->pools[at].yen_per_hour))
		row->b->flow->pools[at].rate_given = true;
	discipline_cell(row, at);
	text = bpr_i_row_cell(row, BPR_STORE_POOL_UNIT, &n);
	if (text) {
		size_t unit = bpr_i_builder_unit(row->b, text, n, BPR_NONE);

		row->b->flow->pools[at].unit = unit;
	}
}

/* ---- at the end ---- */

static bool gather(struct bpr_builder *b, size_t index)
{
	const struct bpr_draft_pool *d = &b->pool_drafts[index];
	struct bpr_pool *pool = &b->flow->pools[index];
	struct bpr_shift *shifts = bpr_i_arena_alloc(&b->flow->arena, d->count, sizeof(*shifts));
	size_t count = 0, empty = 0;

	if (!shifts)
		return false;
	for (size_t at = d->first; at != BPR_NONE; at = b->shifts[at].next) {
		shifts[count++] = b->shifts[at].shift;
		pool->count += b->shifts[at].shift.count;
		empty += !b->shifts[at].shift.count;
	}
	pool->shifts = shifts;
	pool->shift_count = count;
	pool->hours = shifts[0].hours.text;
	for (size_t i = 0; i < count && pool->count && empty; i++) {
		struct bpr_place place = { .file = b->flow->source, .where = pool->name };

		if (!shifts[i].count)
			bpr_i_build_note(b, BPR_I_F051, &place, shifts[i].name, pool->name, NULL, NULL);
	}
	return true;
}

void bpr_i_build_staffing(struct bpr_builder *b)
{
	for (size_t i = 0; i < b->pool_draft_count && !b->nomem; i++)
		if (b->pool_drafts[i].count && !gather(b, i))
			b->nomem = true;
}
