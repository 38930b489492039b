/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of OCEL, each into the case of every object of the type that it relates to. */
#include "config.h"
#include "base/num_i.h"
#include "mine/log_ocel_i.h"
#include <stdlib.h>
#include <string.h>

/* ---- attributes ---- */

/* Whether an option names it; else what its name says. */
static enum bpr_log_role find_role(const struct bpr_log_options *options, const char *name)
{
	const struct { const char *option; enum bpr_log_role role; } mapped[] = {
		{ options->start, BPR_LOG_ROLE_START }, { options->resource, BPR_LOG_ROLE_RESOURCE }, { options->unit, BPR_LOG_ROLE_UNIT },
		{ options->counter, BPR_LOG_ROLE_COUNTER }, { options->result, BPR_LOG_ROLE_RESULT },
	};
	enum bpr_log_role role;

	for (size_t i = 0; i < sizeof(mapped) / sizeof(mapped[0]); i++)
		if (mapped[i].option && !strcmp(mapped[i].option, name))
			return mapped[i].role;
	role = bpr_i_log_heading_role(name, strlen(name));
	for (size_t i = 0; i < sizeof(mapped) / sizeof(mapped[0]); i++)
		if (mapped[i].role == role)
			return mapped[i].option ? BPR_LOG_ROLE_COUNT : role; /* another one was named for it */
	return BPR_LOG_ROLE_COUNT;
}

enum bpr_log_role bpr_i_ocel_role(struct ocel *o, const char *name)
{
	const uint32_t before = o->attributes.count;
	const uint32_t index = bpr_i_dict_add(&o->attributes, name, strlen(name));

	if (index == BPR_DICT_NONE || !bpr_i_grow(&o->roles, &o->role_capacity, o->attributes.count, sizeof(*o->roles))) {
		o->log->failed = BPR_ENOMEM;
		return BPR_LOG_ROLE_COUNT;
	}
	if (index == before)
		o->roles[index] = find_role(o->reading->options, name);
	return o->roles[index];
}

uint32_t bpr_i_ocel_value(struct ocel *o, unsigned names, const json_t *value)
{
	char number[32];
	const char *text = json_string_value(value);

	if (json_is_number(value)) {
		(void)bpr_i_num_format(number, sizeof(number), json_number_value(value));
		text = number;
	} else if (json_is_boolean(value)) {
		text = json_is_true(value) ? "true" : "false";
	}
	return text && *text ? bpr_i_log_name(o->log, names, text, strlen(text)) : BPR_LOG_NONE;
}

static void set_by(struct ocel *o, uint32_t case_index, const char *name, const json_t *value)
{
	for (unsigned i = 0; i < o->log->by_count && !o->log->failed; i++) {
		uint32_t index = strcmp(o->log->by_name[i], name) != 0 ? BPR_LOG_NONE : bpr_i_ocel_value(o, BPR_LOG_BY + i, value);

		if (index != BPR_LOG_NONE)
			(void)bpr_i_log_set_by(o->log, case_index, i, index);
	}
}

/* An attribute of an object may change: what it came to be counts, the last one written where the times do not tell. */
bpr_status bpr_i_ocel_object(struct ocel *o, const json_t *object, uint32_t case_index)
{
	const json_t *attributes = json_object_get(object, "attributes");

	for (size_t i = json_array_size(attributes); i-- > 0 && !o->log->failed;) {
		const json_t *attribute = json_array_get(attributes, i);
		const char *name = bpr_i_ocel_text(attribute, "name");
		const json_t *value = json_object_get(attribute, "value");
		uint32_t result;

		if (!name)
			continue;
		set_by(o, case_index, name, value);
		if (bpr_i_ocel_role(o, name) != BPR_LOG_ROLE_RESULT)
			continue;
		result = bpr_i_ocel_value(o, BPR_LOG_RESULT, value);
		if (result != BPR_LOG_NONE && !(case_index < o->log->result_capacity && o->log->results[case_index] != BPR_LOG_NONE))
			(void)bpr_i_log_result(o->log, case_index, result);
	}
	return o->log->failed;
}

/* ---- one event ---- */

static bool time_of(struct ocel *o, const char *text, int64_t *ms, int16_t *offset)
{
	struct bpr_log_time time;
	bool dated;

	if (!bpr_i_log_clock_read(&o->clock, text, strlen(text), &time, &dated) || !dated)
		return false;
	o->zoned |= time.zoned;
	o->unzoned |= !time.zoned;
	o->timed |= bpr_i_log_timed(&time);
	*ms = time.ms;
	*offset = time.offset;
	return true;
}

static void set_field(struct ocel *o, struct bpr_log_event *event, enum bpr_log_role role, const json_t *value)
{
	const struct { enum bpr_log_role role; unsigned names; uint32_t *index; } fields[] = {
		{ BPR_LOG_ROLE_RESOURCE, BPR_LOG_RESOURCE, &event->resource }, { BPR_LOG_ROLE_UNIT, BPR_LOG_UNIT, &event->unit },
		{ BPR_LOG_ROLE_COUNTER, BPR_LOG_COUNTER, &event->counter },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (fields[i].role == role && *fields[i].index == BPR_LOG_NONE)
			*fields[i].index = bpr_i_ocel_value(o, fields[i].names, value);
}

/* False: its start is not understood. */
static bool attributes(struct ocel *o, const json_t *source, struct bpr_log_event *event)
{
	size_t i;
	const json_t *attribute;

	json_array_foreach(json_object_get(source, "attributes"), i, attribute) {
		const char *name = bpr_i_ocel_text(attribute, "name");
		const enum bpr_log_role role = name ? bpr_i_ocel_role(o, name) : BPR_LOG_ROLE_COUNT;
		const char *text = bpr_i_ocel_text(attribute, "value");
		int16_t offset;

		set_field(o, event, role, json_object_get(attribute, "value"));
		if (role != BPR_LOG_ROLE_START || !text)
			continue;
		if (!time_of(o, text, &event->start, &offset) || event->start > event->end)
			return false;
	}
	return true;
}

/*
 * Objects that it relates to, each once, whatever the qualifiers: those of the type into o->seen. What stands for the others is a sum of
 * mixed numbers, so that their order does not matter. People and sections may be objects too.
 */
static bpr_status relations(struct ocel *o, const json_t *source, struct bpr_log_event *event, uint64_t *others)
{
	size_t i;
	const json_t *relation;

	o->seen_count = 0;
	*others = 0;
	json_array_foreach(json_object_get(source, "relationships"), i, relation) {
		const char *id = bpr_i_ocel_text(relation, "objectId");
		const uint32_t index = id ? bpr_i_dict_find(&o->ids, id, strlen(id)) : BPR_DICT_NONE;
		bool chosen = index != BPR_DICT_NONE && o->type_of[index] == o->chosen;

		if (index == BPR_DICT_NONE) {
			(void)bpr_i_ocel_odd(o, OCEL_DANGLING, source, id);
			continue;
		}
		if (!chosen) {
			uint64_t mixed = (index + UINT64_C(1)) * UINT64_C(0x9e3779b97f4a7c15);

			mixed = (mixed ^ mixed >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
			*others += mixed ^ mixed >> 32;
			set_field(o, event, bpr_i_ocel_role(o, bpr_i_dict_text(&o->types, o->type_of[index])), json_object_get(relation, "objectId"));
			continue;
		}
		if (!bpr_i_grow(&o->seen, &o->seen_capacity, o->seen_count + 1, sizeof(*o->seen)))
			return bpr_i_ocel_nomem(o);
		o->seen[o->seen_count++] = index;
	}
	return BPR_OK;
}

static int by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* Whether an earlier event of the activity in the case had other objects beside it. */
static bpr_status diverge(struct ocel *o, uint32_t case_index, uint32_t activity, uint64_t others)
{
	const uint32_t pair[2] = { case_index, activity };
	const uint32_t before = o->pairs.count;
	const uint32_t index = bpr_i_dict_add(&o->pairs, (const char *)pair, sizeof(pair));
	const size_t had = o->divergent_capacity;

	if (index == BPR_DICT_NONE || !bpr_i_grow(&o->others, &o->other_capacity, o->pairs.count, sizeof(*o->others)) ||
	    !bpr_i_grow(&o->is_divergent, &o->divergent_capacity, (size_t)case_index + 1, sizeof(*o->is_divergent)))
		return bpr_i_ocel_nomem(o);
	memset(o->is_divergent + had, 0, o->divergent_capacity - had);
	if (index == before) {
		o->others[index] = others;
	} else if (o->others[index] != others && !o->is_divergent[case_index]) {
		o->is_divergent[case_index] = 1;
		o->divergent++;
	}
	return BPR_OK;
}

static bpr_status put(struct ocel *o, const json_t *source, uint32_t object, const struct bpr_log_event *event, uint64_t others)
{
	size_t i;
	const json_t *attribute;

	if (o->case_of[object] == BPR_LOG_NONE) {
		const char *id = bpr_i_dict_text(&o->ids, object);

		o->case_of[object] = bpr_i_log_name(o->log, BPR_LOG_CASE, id, strlen(id));
		o->cases++;
	}
	if (o->log->failed || !bpr_i_log_add(o->log, o->case_of[object], event))
		return o->log->failed;
	if (o->log->by_count)
		json_array_foreach(json_object_get(source, "attributes"), i, attribute) {
			const char *name = bpr_i_ocel_text(attribute, "name");

			if (name)
				set_by(o, o->case_of[object], name, json_object_get(attribute, "value"));
		}
	return o->log->failed ? o->log->failed : diverge(o, o->case_of[object], event->activity, others);
}

/* Into each case. */
static bpr_status spread(struct ocel *o, const json_t *source, struct bpr_log_event *event)
{
	uint64_t others;
	size_t count = 0;
	bpr_status status = relations(o, source, event, &others);

	if (status)
		return status;
	if (o->seen_count > 1)
		qsort(o->seen, o->seen_count, sizeof(*o->seen), by_number);
	for (size_t i = 0; !status && i < o->seen_count; i++) {
		if (i && o->seen[i] == o->seen[i - 1])
			continue;
		count++;
		status = put(o, source, o->seen[i], event, others);
	}
	o->apart += !count;
	o->shared += count > 1;
	o->copies += count > 1 ? count : 0;
	return status;
}

static bpr_status take_event(struct ocel *o, const json_t *source)
{
	const char *type = bpr_i_ocel_text(source, "type"), *time = bpr_i_ocel_text(source, "time");
	struct bpr_log_event event = { .start = BPR_LOG_NO_TIME, .resource = BPR_LOG_NONE, .unit = BPR_LOG_NONE, .counter = BPR_LOG_NONE, .detail = BPR_LOG_NONE };

	o->log->info.rows++;
	if (!type)
		return bpr_i_ocel_odd(o, OCEL_NO_TYPE, source, NULL);
	if (!time)
		return bpr_i_ocel_odd(o, OCEL_NO_TIME, source, NULL);
	if (!time_of(o, time, &event.end, &event.offset) || !attributes(o, source, &event))
		return bpr_i_ocel_odd(o, OCEL_BAD_TIME, source, time);
	event.activity = bpr_i_log_name(o->log, BPR_LOG_ACTIVITY, type, strlen(type));
	return o->log->failed ? o->log->failed : spread(o, source, &event);
}

bpr_status bpr_i_ocel_events(struct ocel *o)
{
	size_t i;
	const json_t *event;
	bpr_status status = BPR_OK;

	json_array_foreach(o->events, i, event) {
		status = take_event(o, event);
		if (status)
			break;
	}
	return status;
}
