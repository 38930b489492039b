/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * OCEL 2.0 (Berti, Koren, Adams et al.: OCEL 2.0 Specification, 2024) in JSON, flattened: the objects of one type become cases, and
 * an event belongs to the case of each of them that it relates to. jansson holds the whole, so the size has a limit of its own.
 */
#include "config.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "mine/log_ocel_i.h"
#include <string.h>

enum { LARGEST = 1 << 28, DEEPEST = 32, VALUES = 40000000 };

bpr_status bpr_i_ocel_nomem(struct ocel *o)
{
	return bpr_i_fault(o->reading->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
}

const char *bpr_i_ocel_text(const json_t *object, const char *member)
{
	const char *text = json_string_value(json_object_get(object, member));

	return text && *text ? text : NULL;
}

static const enum bpr_code_id codes[OCEL_ODDS] = { BPR_I_L235, BPR_I_L236, BPR_I_L237, BPR_I_L240 };
static const enum bpr_code_id errors[OCEL_ODDS] = { BPR_I_L243, BPR_I_L244, BPR_I_L222, BPR_I_CODE_COUNT };

bpr_status bpr_i_ocel_odd(struct ocel *o, enum ocel_odd odd, const json_t *where, const char *sample)
{
	const size_t line = bpr_i_json_line(&o->json, where);
	struct bpr_buf out = BPR_BUF_ON(o->odd[odd].sample);

	if (o->odd[odd].count < OCEL_SAMPLES)
		o->odd[odd].lines[o->odd[odd].count] = line;
	if (!o->odd[odd].count++ && sample)
		bpr_i_buf_add(&out, sample, bpr_i_utf8_cut(sample, strlen(sample), 30, BPR_LANG_EN));
	if (odd == OCEL_DANGLING)
		return BPR_OK;
	o->log->info.rejected++;
	return o->reading->options->strict ? bpr_i_fault(o->reading->fault, BPR_ESYNTAX, errors[odd], line, o->odd[odd].sample, NULL, NULL) : BPR_OK;
}

/* ---- the file ---- */

static bpr_status gather(struct ocel *o, struct bpr_buf *all)
{
	struct bpr_log_reading *r = o->reading;
	const char *text = r->head;
	size_t length = r->head_length;
	bpr_status status = BPR_OK;

	while (!status && length) {
		bpr_i_buf_add(all, text, length);
		if (all->failed)
			return all->failed == BPR_ENOMEM ? bpr_i_ocel_nomem(o) : bpr_i_fault(r->fault, BPR_ELIMIT, BPR_I_L234, 0, NULL, NULL, NULL);
		status = r->source->read(r->source->data, &text, &length, r->fault);
	}
	return status;
}

static bpr_status load(struct ocel *o)
{
	const struct bpr_json_options options = { DEEPEST, o->reading->options->max_field, VALUES };
	struct bpr_buf all = BPR_BUF_MAX(LARGEST);
	bpr_status status = gather(o, &all);

	if (!status)
		status = bpr_i_json_load(&o->json, all.data ? all.data : "", all.length, &options, o->reading->fault);
	bpr_i_buf_release(&all);
	if (status)
		return status;
	o->events = json_object_get(o->json.root, "events");
	o->objects = json_object_get(o->json.root, "objects");
	if (json_object_get(o->json.root, "ocel:events") || json_object_get(o->json.root, "ocel:global-log"))
		return bpr_i_fault(o->reading->fault, BPR_EUNSUPPORTED, BPR_I_L231, 0, NULL, NULL, NULL);
	if (!json_is_array(o->events) || !json_is_array(o->objects))
		return bpr_i_fault(o->reading->fault, BPR_ESYNTAX, BPR_I_L230, 0, NULL, NULL, NULL);
	return BPR_OK;
}

/* ---- objects and their types ---- */

static bpr_status take_object(struct ocel *o, const json_t *object)
{
	const size_t line = bpr_i_json_line(&o->json, object);
	const char *id = bpr_i_ocel_text(object, "id"), *type = bpr_i_ocel_text(object, "type");
	const uint32_t before = o->ids.count;
	uint32_t index, of_type;

	if (!id || !type)
		return bpr_i_fault(o->reading->fault, BPR_ESYNTAX, BPR_I_L245, line, NULL, NULL, NULL);
	index = bpr_i_dict_add(&o->ids, id, strlen(id));
	of_type = bpr_i_dict_add(&o->types, type, strlen(type));
	if (index == BPR_DICT_NONE || of_type == BPR_DICT_NONE ||
	    !bpr_i_grow(&o->type_of, &o->type_of_capacity, o->ids.count, sizeof(*o->type_of)))
		return bpr_i_ocel_nomem(o);
	if (index < before)
		return bpr_i_fault(o->reading->fault, BPR_ESYNTAX, BPR_I_L241, line, id, NULL, NULL);
	o->type_of[index] = of_type;
	if (of_type >= o->type_capacity) {
		const size_t had = o->type_capacity;

		if (!bpr_i_grow(&o->type_objects, &o->type_capacity, (size_t)of_type + 1, sizeof(*o->type_objects)))
			return bpr_i_ocel_nomem(o);
		memset(o->type_objects + had, 0, (o->type_capacity - had) * sizeof(*o->type_objects));
	}
	o->type_objects[of_type]++;
	return BPR_OK;
}

/* "order (12), item (30)" */
static void list_types(const struct ocel *o, char *room, size_t size)
{
	struct bpr_buf out = { room, 0, size, size - 1, BPR_OK };
	char number[32];

	room[0] = '\0';
	for (uint32_t i = 0; i < o->types.count; i++) {
		const char *name = bpr_i_dict_text(&o->types, i);

		(void)bpr_i_num_format(number, sizeof(number), (double)o->type_objects[i]);
		if (out.length + strlen(name) + strlen(number) + 8 > size) {
			bpr_i_buf_puts(&out, " …");
			return;
		}
		bpr_i_buf_puts(&out, i ? ", " : "");
		bpr_i_buf_puts(&out, name);
		bpr_i_buf_puts(&out, " (");
		bpr_i_buf_puts(&out, number);
		bpr_i_buf_puts(&out, ")");
	}
}

static bpr_status choose(struct ocel *o)
{
	const char *name = o->reading->options->object_type;
	char types[96];

	o->chosen = name ? bpr_i_dict_find(&o->types, name, strlen(name)) : 0;
	if (o->types.count && (name ? o->chosen != BPR_DICT_NONE : o->types.count == 1))
		return BPR_OK;
	list_types(o, types, sizeof(types));
	return name ? bpr_i_fault(o->reading->fault, BPR_ESYNTAX, BPR_I_L233, 0, name, types, NULL) :
		      bpr_i_fault(o->reading->fault, BPR_ESYNTAX, BPR_I_L232, 0, types, NULL, NULL);
}

static bpr_status take_objects(struct ocel *o)
{
	size_t i;
	const json_t *object;
	bpr_status status = BPR_OK;

	json_array_foreach(o->objects, i, object) {
		status = take_object(o, object);
		if (status)
			return status;
	}
	o->case_of = bpr_i_calloc(o->ids.count, sizeof(*o->case_of));
	if (!o->case_of)
		return bpr_i_ocel_nomem(o);
	for (uint32_t k = 0; k < o->ids.count; k++)
		o->case_of[k] = BPR_LOG_NONE;
	return choose(o);
}

/* What the objects themselves say, once it is known which are cases. */
static bpr_status describe(struct ocel *o)
{
	size_t i;
	const json_t *object;
	bpr_status status = BPR_OK;

	json_array_foreach(o->objects, i, object) {
		if (o->case_of[i] != BPR_LOG_NONE)
			status = bpr_i_ocel_object(o, object, o->case_of[i]);
		if (status)
			break;
	}
	return status;
}

/* ---- telling ---- */

static bool note(const struct ocel *o, enum bpr_code_id id, size_t line, const char *a1, const char *a2, const char *a3)
{
	const struct bpr_place place = { .file = o->reading->name, .line = line };

	return bpr_i_problem(o->reading->problems, id, &place, false, a1, a2, a3, NULL);
}

static bool tell_odd(const struct ocel *o, enum ocel_odd odd)
{
	char number[32], room[200] = "";
	struct bpr_buf lines = BPR_BUF_ON(room);

	(void)bpr_i_num_format(number, sizeof(number), (double)o->odd[odd].count);
	for (size_t i = 0; i < o->odd[odd].count && i < OCEL_SAMPLES; i++) {
		bpr_i_buf_puts(&lines, i ? ", " : "");
		bpr_i_buf_number(&lines, (double)o->odd[odd].lines[i]);
	}
	bpr_i_buf_puts(&lines, o->odd[odd].count > OCEL_SAMPLES ? " …" : "");
	return note(o, codes[odd], o->odd[odd].lines[0], number, room, o->odd[odd].sample);
}

static bool tell(const struct ocel *o)
{
	const char *type = bpr_i_dict_text(&o->types, o->chosen);
	const uint64_t without = o->type_objects[o->chosen] - o->cases;
	char a[32], b[32];
	bool ok = true;

	for (unsigned i = 0; ok && i < OCEL_ODDS; i++)
		ok = !o->odd[i].count || tell_odd(o, (enum ocel_odd)i);
	(void)bpr_i_num_format(a, sizeof(a), (double)o->apart);
	ok = ok && (!o->apart || note(o, BPR_I_L238, 0, a, type, NULL));
	(void)bpr_i_num_format(a, sizeof(a), (double)o->shared);
	(void)bpr_i_num_format(b, sizeof(b), (double)o->copies);
	ok = ok && (!o->shared || note(o, BPR_I_L239, 0, a, type, b));
	(void)bpr_i_num_format(a, sizeof(a), (double)o->divergent);
	ok = ok && (!o->divergent || note(o, BPR_I_L246, 0, a, type, NULL));
	(void)bpr_i_num_format(a, sizeof(a), (double)without);
	ok = ok && (!without || note(o, BPR_I_L242, 0, a, type, NULL));
	ok = ok && (!(o->zoned && o->unzoned) || note(o, BPR_I_L121, 0, NULL, NULL, NULL));
	return ok && (o->timed || !o->log->info.events || note(o, BPR_I_L122, 0, NULL, NULL, NULL));
}

static void release(struct ocel *o)
{
	bpr_i_json_release(&o->json);
	bpr_i_dict_release(&o->ids);
	bpr_i_dict_release(&o->types);
	bpr_i_dict_release(&o->attributes);
	bpr_i_dict_release(&o->pairs);
	bpr_i_free(o->type_of);
	bpr_i_free(o->case_of);
	bpr_i_free(o->type_objects);
	bpr_i_free(o->roles);
	bpr_i_free(o->others);
	bpr_i_free(o->is_divergent);
	bpr_i_free(o->seen);
}

bpr_status bpr_i_log_read_ocel(struct bpr_log_reading *reading)
{
	struct ocel o = { .reading = reading, .log = reading->log };
	bpr_status status = load(&o);

	if (!status)
		status = take_objects(&o);
	if (!status)
		status = bpr_i_ocel_events(&o);
	if (!status)
		status = describe(&o);
	o.log->info.offsets = o.zoned;
	o.log->info.dates_only = !o.timed;
	if (!status && !tell(&o))
		status = bpr_i_ocel_nomem(&o);
	release(&o);
	return status;
}
