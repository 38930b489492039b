/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Households from JSON, the schema of bpr-procedures(5), and facts from a line of text. */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include "json/json_i.h"
#include <bpr/calendar.h>
#include <bpr/init.h>
#include <string.h>

enum { MOST_BYTES = 1 << 24, MOST_HOUSEHOLDS = 100000, MOST_TEXT = 4096, MOST_VALUES = 2000000 };

struct reading {
	const char *path;
	struct bpr_json_doc doc;
	bpr_problems *problems;
	bpr_household **items; size_t count, capacity;
	size_t line;          /* of the object that is read */
	bool wrong;
};

static void note(struct reading *r, enum bpr_code_id id, const char *a1, const char *a2, const char *a3)
{
	const struct bpr_place place = { .file = r->path, .line = r->line };

	bpr_i_problem(r->problems, id, &place, false, a1, a2, a3, NULL);
	r->wrong = r->wrong || id != BPR_I_H053;
}

/* A fact's value as text; false: it is none. */
static bool value_text(const json_t *value, char number[32], const char **text)
{
	switch (json_typeof(value)) {
	case JSON_TRUE: *text = "はい"; return true;
	case JSON_FALSE: *text = "いいえ"; return true;
	case JSON_STRING: *text = json_string_value(value); return true;
	case JSON_NULL: *text = NULL; return true;
	case JSON_REAL:
	case JSON_INTEGER:
		(void)bpr_i_num_format(number, 32, json_number_value(value));
		*text = number;
		return true;
	case JSON_OBJECT:
	case JSON_ARRAY:
		return false;
	}
	return false;
}

static bpr_status take_facts(struct reading *r, bpr_household *household, size_t member, json_t *facts, struct bpr_error *err)
{
	const char *key, *text;
	json_t *value;
	char number[32];

	if (facts && !json_is_object(facts)) {
		note(r, BPR_I_H052, "facts", BPR_I_ARG N_("no object"), "{\"車\": true}");
		return BPR_OK;
	}
	json_object_foreach(facts, key, value) {
		struct bpr_error failed = { 0 };
		bpr_status status;

		if (!value_text(value, number, &text)) {
			note(r, BPR_I_H052, key, BPR_I_ARG N_("an object or an array"), BPR_I_ARG N_("yes or no, a number, a text"));
			continue;
		}
		if (!text)
			continue; /* null: not known */
		status = bpr_household_fact(household, member, key, text, &failed);
		if (status == BPR_EINVAL) {
			note(r, BPR_I_H040, key, NULL, NULL);
		} else if (status) {
			if (err)
				*err = failed;
			return status;
		}
	}
	return BPR_OK;
}

static bool known_key(const char *key, const char *const *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(key, keys[i]))
			return true;
	return false;
}

static void unknown_keys(struct reading *r, json_t *object, const char *const *keys, size_t count)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
		if (!known_key(key, keys, count))
			note(r, BPR_I_H053, key, NULL, NULL);
}

static bpr_status take_members(struct reading *r, bpr_household *household, json_t *members, struct bpr_error *err)
{
	static const char *const keys[] = { "name", "facts" };
	bpr_status status = BPR_OK;

	if (members && !json_is_array(members))
		note(r, BPR_I_H052, "members", BPR_I_ARG N_("no array"), "[{\"name\": \"母\", \"facts\": {}}]");
	for (size_t i = 0; i < json_array_size(members) && !status; i++) {
		json_t *one = json_array_get(members, i);
		const char *name = json_string_value(json_object_get(one, "name"));
		size_t member;

		if (!json_is_object(one)) {
			note(r, BPR_I_H052, "members", BPR_I_ARG N_("no array of objects"), "[{\"name\": \"母\", \"facts\": {}}]");
			break;
		}
		r->line = bpr_i_json_line(&r->doc, one);
		unknown_keys(r, one, keys, 2);
		if (household->member_count >= BPR_I_MEMBERS) {
			note(r, BPR_I_H042, "200", NULL, NULL);
			break;
		}
		member = bpr_household_member(household, name ? name : "");
		status = member == BPR_NONE ? bpr_i_nomem(err) : take_facts(r, household, member, json_object_get(one, "facts"), err);
	}
	return status;
}

/* A text of the household; NULL where there is none. */
static const char *member_text(struct reading *r, json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value && !json_is_string(value))
		note(r, BPR_I_H052, key, BPR_I_ARG N_("no text"), "\"…\"");
	return json_string_value(value);
}

static bpr_status take_household(struct reading *r, json_t *object, struct bpr_error *err)
{
	static const char *const keys[] = { "name", "event", "date", "facts", "members", "count", "note" };
	bpr_household *household = NULL;
	const char *text;
	bpr_status status;
	long day;

	r->line = bpr_i_json_line(&r->doc, object);
	if (!bpr_i_grow(&r->items, &r->capacity, r->count + 1, sizeof(bpr_household *)))
		return bpr_i_nomem(err);
	status = bpr_household_new(&household, err);
	if (status)
		return status;
	r->items[r->count++] = household;
	unknown_keys(r, object, keys, sizeof(keys) / sizeof(keys[0]));
	text = member_text(r, object, "name");
	if (text)
		status = bpr_household_name_set(household, text, err);
	text = member_text(r, object, "event");
	if (text && !status)
		status = bpr_household_event(household, text, err);
	text = member_text(r, object, "date");
	if (text && bpr_date_parse(text, &day))
		bpr_household_date(household, day);
	else if (text)
		note(r, BPR_I_H054, text, NULL, NULL);
	if (!status)
		status = take_facts(r, household, BPR_NONE, json_object_get(object, "facts"), err);
	return status ? status : take_members(r, household, json_object_get(object, "members"), err);
}

static bpr_status take_all(struct reading *r, struct bpr_error *err)
{
	json_t *root = r->doc.root;
	bpr_status status = BPR_OK;

	if (json_is_object(root) && json_is_array(json_object_get(root, "households")))
		root = json_object_get(root, "households");
	if (json_is_object(root))
		return take_household(r, root, err);
	if (!json_is_array(root))
		note(r, BPR_I_H051, NULL, NULL, NULL);
	if (json_array_size(root) > MOST_HOUSEHOLDS) {
		note(r, BPR_I_H041, "100000", NULL, NULL);
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_H041, NULL, 0, "100000", NULL);
	}
	for (size_t i = 0; i < json_array_size(root) && !status; i++) {
		json_t *one = json_array_get(root, i);

		if (json_is_object(one))
			status = take_household(r, one, err);
		else
			note(r, BPR_I_H051, NULL, NULL, NULL);
		if (r->wrong && bpr_problems_count_severity(r->problems, BPR_SEVERITY_ERROR) > BPR_I_MAX_ERRORS)
			break;
	}
	return status;
}

static bpr_status fault_of(struct reading *r, const struct bpr_fault *fault, bpr_status status, struct bpr_error *err)
{
	const struct bpr_place place = { .file = r->path, .line = fault->line, .column = fault->column };

	bpr_i_problem(r->problems, fault->id, &place, false, fault->args[0], fault->args[1], fault->args[2], NULL);
	return bpr_i_fail(err, status, fault->id, NULL, fault->line, fault->args[0], fault->args[1]);
}

static bpr_status parse(struct reading *r, const char *data, size_t length, struct bpr_error *err)
{
	const struct bpr_json_options limits = { 20, MOST_TEXT, MOST_VALUES };
	struct bpr_decoded text = { NULL, 0, NULL };
	struct bpr_fault fault = { 0 };
	bpr_status status = bpr_i_decode(data, length, BPR_ENCODING_AUTO, &text, &fault);

	if (!status)
		status = bpr_i_json_load(&r->doc, text.text, text.length, &limits, &fault);
	if (status) {
		status = fault_of(r, &fault, status, err);
	} else {
		status = take_all(r, err);
		bpr_i_json_release(&r->doc);
		if (!status && bpr_i_problems_nomem(r->problems))
			status = bpr_i_nomem(err);
		if (!status && r->wrong)
			status = bpr_i_fail(err, BPR_ESYNTAX, BPR_I_H050, NULL, 0, r->path, NULL);
	}
	bpr_i_free(text.owned);
	return status;
}

bpr_status bpr_households_read_memory(const char *name, const void *data, size_t length, bpr_household ***out, size_t *count,
				      bpr_problems *problems, struct bpr_error *err)
{
	struct reading r = { .path = name, .problems = problems };
	bpr_problems *own = NULL;
	bpr_status status;

	*out = NULL;
	*count = 0;
	bpr_init();
	status = problems ? BPR_OK : bpr_problems_new(&own, err);
	if (own)
		r.problems = own;
	if (!status)
		status = parse(&r, data, length, err);
	bpr_problems_free(own);
	if (status) {
		bpr_households_free(r.items, r.count);
		return status;
	}
	*out = r.items;
	*count = r.count;
	return BPR_OK;
}

bpr_status bpr_households_read(const char *path, bpr_household ***out, size_t *count, bpr_problems *problems, struct bpr_error *err)
{
	struct reading r = { .path = path, .problems = problems };
	struct bpr_fault fault = { 0 };
	char *data = NULL;
	size_t length = 0;
	bpr_status status;

	*out = NULL;
	*count = 0;
	bpr_init();
	status = bpr_i_file_read(path, MOST_BYTES, &data, &length, &fault);
	if (status)
		return fault_of(&r, &fault, status, err);
	status = bpr_households_read_memory(path, data, length, out, count, problems, err);
	bpr_i_free(data);
	return status;
}

void bpr_households_free(bpr_household **households, size_t count)
{
	for (size_t i = 0; i < count; i++)
		bpr_household_free(households[i]);
	bpr_i_free(households);
}
