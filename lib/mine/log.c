/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logs in memory: building, freezing, looking up, walking from case to case. */
#include "config.h"
#include "mine/log_i.h"
#include "mine/log_order_i.h"
#include "base/alloc_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { PROGRESS = 1 << 16 }; /* events between two calls; a power of two */

bpr_log *bpr_i_log_new(const char *name, enum bpr_log_format format, const struct bpr_log_options *options)
{
	bpr_log *log = bpr_i_calloc(1, sizeof(*log));
	bool ok = log != NULL;

	if (!ok)
		return NULL;
	log->info = (struct bpr_log_info){ .format = format, .first = BPR_LOG_NO_TIME, .last = BPR_LOG_NO_TIME };
	log->max_names = options->max_names;
	log->progress = options->progress;
	log->progress_data = options->progress_data;
	log->name = bpr_i_calloc(strlen(name) + 1, 1);
	log->spill = bpr_i_spill_new(sizeof(struct bpr_log_record), options->memory, options->temp);
	if (options->key)
		log->hash = bpr_i_log_hash_new(options->key, options->key_length);
	ok = log->name && log->spill && (log->hash || !options->key);
	if (log->name)
		memcpy(log->name, name, strlen(name));
	for (size_t i = 0; ok && i < options->by_count && i < BPR_LOG_BY_MAX; i++) {
		size_t length = strlen(options->by[i]);

		log->by_name[i] = bpr_i_calloc(length + 1, 1);
		ok = log->by_name[i] != NULL;
		if (ok)
			memcpy(log->by_name[i], options->by[i], length);
		log->by_count++;
	}
	if (!ok) {
		bpr_log_free(log);
		return NULL;
	}
	log->info.name = log->name;
	return log;
}

uint32_t bpr_i_log_name(bpr_log *log, unsigned names, const char *text, size_t length)
{
	struct bpr_dict *dict = &log->names[names];
	uint32_t index;

	if (log->hash && names == BPR_LOG_RESOURCE)
		index = bpr_i_log_hash_person(log->hash, dict, text, length);
	else if (log->hash && names == BPR_LOG_CASE)
		index = bpr_i_log_hash_case(log->hash, dict, text, length);
	else
		index = bpr_i_dict_add(dict, text, length);
	if (index == BPR_DICT_NONE)
		log->failed = BPR_ENOMEM;
	else if (names != BPR_LOG_CASE && names < BPR_LOG_BY && dict->count > log->max_names)
		log->failed = BPR_ELIMIT;
	return log->failed ? BPR_LOG_NONE : index;
}

static bool grow_kinds(bpr_log *log)
{
	size_t count = log->kind_slot_count ? log->kind_slot_count * 2 : 256;
	uint32_t *slots = bpr_i_calloc(count, sizeof(*slots));

	if (!slots)
		return false;
	for (uint32_t i = 0; i < log->kind_count; i++) {
		size_t at = (size_t)XXH3_64bits(&log->kinds[i], sizeof(log->kinds[i])) & (count - 1);

		while (slots[at])
			at = (at + 1) & (count - 1);
		slots[at] = i + 1;
	}
	bpr_i_free(log->kind_slots);
	log->kind_slots = slots;
	log->kind_slot_count = count;
	return true;
}

/* Number of what the event shares with others. */
static uint32_t kind_of(bpr_log *log, const struct bpr_log_event *event)
{
	const struct bpr_log_kind kind = { event->activity, event->resource, event->unit, event->counter, event->detail, event->offset, event->flags };
	size_t at;

	if ((size_t)log->kind_count * 4 >= log->kind_slot_count * 3 && !grow_kinds(log))
		return BPR_LOG_NONE;
	at = (size_t)XXH3_64bits(&kind, sizeof(kind)) & (log->kind_slot_count - 1);
	for (; log->kind_slots[at]; at = (at + 1) & (log->kind_slot_count - 1))
		if (!memcmp(&log->kinds[log->kind_slots[at] - 1], &kind, sizeof(kind)))
			return log->kind_slots[at] - 1;
	if (log->kind_count == UINT32_MAX - 1 || !bpr_i_grow(&log->kinds, &log->kind_capacity, (size_t)log->kind_count + 1, sizeof(*log->kinds)))
		return BPR_LOG_NONE;
	log->kinds[log->kind_count] = kind;
	log->kind_slots[at] = ++log->kind_count;
	return log->kind_count - 1;
}

static int64_t begin_of(int64_t start, int64_t end)
{
	return start != BPR_LOG_NO_TIME ? start : end;
}

bool bpr_i_log_add(bpr_log *log, uint32_t case_index, const struct bpr_log_event *event)
{
	const int64_t begin = begin_of(event->start, event->end);
	struct bpr_log_info *info = &log->info;
	struct bpr_log_record *record;
	uint32_t kind;

	if (log->failed)
		return false;
	kind = kind_of(log, event);
	record = kind == BPR_LOG_NONE ? NULL : bpr_i_spill_add(log->spill);
	if (!record) {
		log->failed = kind == BPR_LOG_NONE ? BPR_ENOMEM : bpr_i_spill_failed(log->spill);
		return false;
	}
	*record = (struct bpr_log_record){ case_index, kind, event->start, event->end };
	info->events++;
	info->with_start += event->start != BPR_LOG_NO_TIME && !(event->flags & BPR_LOG_OPEN);
	if (info->first == BPR_LOG_NO_TIME || begin < info->first) {
		info->first = begin;
		info->first_offset = event->offset;
	}
	if (info->last == BPR_LOG_NO_TIME || event->end > info->last) {
		info->last = event->end;
		info->last_offset = event->offset;
	}
	if (!(info->events & (PROGRESS - 1)) && log->progress && !log->progress(log->progress_data, info->events))
		log->failed = BPR_ECANCELLED;
	return !log->failed;
}

/* Room for a number for each case up to this one, BPR_LOG_NONE where nothing was said. */
static bool reach(uint32_t **items, size_t *capacity, size_t need)
{
	size_t had = *capacity;

	if (need <= had)
		return true;
	if (!bpr_i_grow(items, capacity, need, sizeof(**items)))
		return false;
	memset(*items + had, 0xff, (*capacity - had) * sizeof(**items));
	return true;
}

bool bpr_i_log_result(bpr_log *log, uint32_t case_index, uint32_t result)
{
	if (!reach(&log->results, &log->result_capacity, (size_t)case_index + 1)) {
		log->failed = BPR_ENOMEM;
		return false;
	}
	log->results[case_index] = result;
	return true;
}

bool bpr_i_log_set_by(bpr_log *log, uint32_t case_index, size_t i, uint32_t value)
{
	const size_t at = (size_t)case_index * log->by_count + i;

	if (!reach(&log->by, &log->by_capacity, at + 1)) {
		log->failed = BPR_ENOMEM;
		return false;
	}
	if (log->by[at] == BPR_LOG_NONE)
		log->by[at] = value;
	return true;
}

/* ---- cases ---- */

struct bpr_log_walk {
	const bpr_log *log;
	bpr_spill_walk *records;
	struct bpr_log_event *events; size_t capacity;
	struct bpr_log_sorting sorting;
	struct bpr_log_case now;
	uint32_t by[BPR_LOG_BY_MAX];
};

bpr_status bpr_log_walk_new(const bpr_log *log, bpr_log_walk **out, struct bpr_error *err)
{
	bpr_log_walk *w = bpr_i_calloc(1, sizeof(*w));

	*out = NULL;
	if (!w || !(w->records = bpr_i_spill_walk_new(log->spill))) {
		bpr_i_free(w);
		return bpr_i_nomem(err);
	}
	w->log = log;
	*out = w;
	return BPR_OK;
}

void bpr_log_walk_free(bpr_log_walk *w)
{
	if (!w)
		return;
	bpr_i_spill_walk_free(w->records);
	bpr_i_free(w->events);
	bpr_i_log_sorting_release(&w->sorting);
	bpr_i_free(w);
}

static bpr_status take_case(bpr_log_walk *w, uint32_t index, const struct bpr_log_record *records, size_t count, size_t *moved)
{
	const bpr_log *log = w->log;
	size_t unused;

	if (!bpr_i_grow(&w->events, &w->capacity, count, sizeof(*w->events)))
		return BPR_ENOMEM;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_log_kind *kind = &log->kinds[records[i].kind];

		w->events[i] = (struct bpr_log_event){ records[i].start, records[i].end, kind->activity, kind->resource, kind->unit,
						       kind->counter, kind->detail, kind->offset, kind->flags };
	}
	*moved = 0;
	if (!log->keep_order && !bpr_i_log_order(&w->sorting, w->events, count, moved))
		return BPR_ENOMEM;
	/* What has a beginning now may stand before others: that is no disorder of the log. */
	if (log->joins && (!bpr_i_log_join(&w->sorting, w->events, &count) || !bpr_i_log_order(&w->sorting, w->events, count, &unused)))
		return BPR_ENOMEM;
	for (size_t i = 0; i < log->by_count; i++) {
		const size_t at = (size_t)index * log->by_count + i;

		w->by[i] = at < log->by_capacity ? log->by[at] : BPR_LOG_NONE;
	}
	w->now = (struct bpr_log_case){ index, w->events, count, index < log->result_capacity ? log->results[index] : BPR_LOG_NONE, w->by };
	return BPR_OK;
}

static bpr_status walk_on(bpr_log_walk *w, const struct bpr_log_case **out, size_t *moved)
{
	const void *records;
	uint32_t group = 0;
	size_t count;
	bpr_status status = bpr_i_spill_walk_next(w->records, &group, &records, &count);

	*out = NULL;
	if (!status && records)
		status = take_case(w, group, records, count, moved);
	if (!status && records)
		*out = &w->now;
	return status;
}

bpr_status bpr_log_walk_next(bpr_log_walk *w, const struct bpr_log_case **out, struct bpr_error *err)
{
	size_t moved;
	bpr_status status = walk_on(w, out, &moved);

	if (status == BPR_ENOMEM)
		return bpr_i_nomem(err);
	return status ? bpr_i_fail(err, status, BPR_I_L001, NULL, 0, NULL, NULL) : BPR_OK;
}

/* What only whole cases show. */
bpr_status bpr_i_log_finish(bpr_log *log)
{
	bpr_log_walk *walk = NULL;
	const struct bpr_log_case *one;
	size_t moved = 0;

	if (!log->failed)
		log->failed = bpr_i_spill_finish(log->spill);
	bpr_i_log_hash_free(log->hash); /* with the names and the key in it */
	log->hash = NULL;
	bpr_i_free(log->kind_slots);
	log->kind_slots = NULL;
	log->kind_slot_count = 0;
	if (!log->failed)
		log->failed = bpr_log_walk_new(log, &walk, NULL);
	if (log->joins)
		log->info.events = log->info.with_start = 0;
	while (!log->failed && !(log->failed = walk_on(walk, &one, &moved)) && one) {
		log->info.cases++;
		log->info.out_of_order += moved;
		for (size_t i = 0; log->joins && i < one->count; i++) {
			log->info.events++;
			log->info.with_start += one->events[i].start != BPR_LOG_NO_TIME && !(one->events[i].flags & BPR_LOG_OPEN);
		}
	}
	bpr_log_walk_free(walk);
	return log->failed;
}

/* ---- looking up ---- */

struct bpr_log_info bpr_log_info(const bpr_log *log)
{
	return log->info;
}

uint32_t bpr_log_name_count(const bpr_log *log, unsigned names)
{
	return names < BPR_LOG_BY + BPR_LOG_BY_MAX ? log->names[names].count : 0;
}

const char *bpr_log_name(const bpr_log *log, unsigned names, uint32_t index)
{
	return names < BPR_LOG_BY + BPR_LOG_BY_MAX ? bpr_i_dict_text(&log->names[names], index) : "";
}

uint32_t bpr_log_find(const bpr_log *log, unsigned names, const char *name)
{
	return names < BPR_LOG_BY + BPR_LOG_BY_MAX ? bpr_i_dict_find(&log->names[names], name, strlen(name)) : BPR_LOG_NONE;
}

const char *bpr_log_by(const bpr_log *log, size_t i)
{
	return i < log->by_count ? log->by_name[i] : "";
}

void bpr_log_free(bpr_log *log)
{
	if (!log)
		return;
	for (size_t i = 0; i < BPR_LOG_BY + BPR_LOG_BY_MAX; i++)
		bpr_i_dict_release(&log->names[i]);
	for (size_t i = 0; i < log->by_count; i++)
		bpr_i_free(log->by_name[i]);
	bpr_i_free(log->kinds);
	bpr_i_free(log->kind_slots);
	bpr_i_free(log->results);
	bpr_i_free(log->by);
	bpr_i_log_hash_free(log->hash);
	bpr_i_spill_free(log->spill);
	bpr_i_free(log->name);
	bpr_i_free(log);
}
