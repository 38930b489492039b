/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Of the result of `bpr mine`, what may be given away: sums by activity and by what follows what, times of cases as a whole. A list of
 * what is taken, never of what is left out: what a later version adds does not slip through. Nothing that fewer than five cases share.
 */
#include "config.h"
#include "share/share_i.h"
#include "base/json_i.h"
#include "json/json_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define FEWEST 5 /* cases that something must have in common */

static const char *const log_keys[] = { "cases", "events", "activities", "first", "last", "rejected" };
static const char *const case_keys[] = { "mean", "sd", "p50", "p90" };
static const char *const activity_keys[] = { "name", "count", "cases", "work_minutes", "wait_minutes", "mean_minutes", "median_minutes" };
static const char *const arc_keys[] = { "from", "to", "count", "cases", "mean_minutes", "median_minutes" };
static const char *const fit_keys[] = { "fitness", "precision" };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void put_known(struct bpr_json *j, const json_t *from, const char *const *keys, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_object_get(from, keys[i]);

		if (json_is_string(value))
			bpr_i_json_string(j, keys[i], json_string_value(value));
		else if (json_is_number(value))
			bpr_i_json_number(j, keys[i], json_number_value(value));
	}
}

static void put_object(struct bpr_json *j, const json_t *root, const char *name, const char *const *keys, size_t count)
{
	if (!json_is_object(json_object_get(root, name)))
		return;
	bpr_i_json_object(j, name);
	put_known(j, json_object_get(root, name), keys, count);
	bpr_i_json_end_object(j);
}

/* Those with fewer than FEWEST cases are counted, not told. */
static void put_list(struct bpr_json *j, const json_t *root, const char *name, const char *const *keys, size_t count)
{
	const json_t *list = json_object_get(root, name);
	char few[64];
	size_t left = 0;

	bpr_i_json_array(j, name);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i), *cases = json_object_get(one, "cases");
		const json_t *size = cases ? cases : json_object_get(one, "count");

		if (!json_is_number(size) || json_number_value(size) < FEWEST) {
			left++;
			continue;
		}
		bpr_i_json_object(j, NULL);
		put_known(j, one, keys, count);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	(void)snprintf(few, sizeof(few), "%s_left_out", name);
	bpr_i_json_whole(j, few, left);
}

/* People are never taken over; that they are there is told. */
static void look_for_people(const json_t *root, struct bpr_share_watch *watch)
{
	static const char *const lists[] = { "handovers", "resources", "people" };
	static const char *const keys[] = { "from", "to", "name", "resource" };

	for (size_t i = 0; i < COUNT(lists); i++) {
		const json_t *one = json_array_get(json_object_get(root, lists[i]), 0);

		for (size_t k = 0; k < COUNT(keys); k++) {
			const char *text = json_string_value(json_object_get(one, keys[k]));
			char place[80];

			(void)snprintf(place, sizeof(place), "measured: %s[0].%s", lists[i], keys[k]);
			if (text && *text) {
				bpr_i_share_found(watch, BPR_I_Z024, place, text);
				break;
			}
		}
	}
}

static void look_at_names(const json_t *root, struct bpr_share_watch *watch)
{
	const json_t *list = json_object_get(root, "activities");

	for (size_t i = 0; i < json_array_size(list); i++)
		bpr_i_share_look(watch, "measured: activities", json_string_value(json_object_get(json_array_get(list, i), "name")));
}

static bpr_status wrong(struct bpr_error *err, const char *why)
{
	return bpr_i_fail(err, BPR_EINVAL, BPR_I_Z013, NULL, 0, why, NULL);
}

bpr_status bpr_i_share_measured(const char *text, size_t length, struct bpr_share_watch *watch, struct bpr_buf *out, struct bpr_error *err)
{
	const struct bpr_json_options options = { 100, 1 << 20, 5000000 };
	struct bpr_json j = { .out = out, .lines = 3 };
	struct bpr_json_doc json;
	struct bpr_fault fault;
	const char *schema;
	bpr_status status = bpr_i_json_load(&json, text, length, &options, &fault);

	if (status)
		return status == BPR_ENOMEM ? bpr_i_nomem(err) : wrong(err, "JSON");
	schema = json_string_value(json_object_get(json.root, "schema"));
	if (!schema || strcmp(schema, "bpr.mining/1") != 0) {
		bpr_i_json_release(&json);
		return wrong(err, "schema");
	}
	look_for_people(json.root, watch);
	look_at_names(json.root, watch);
	bpr_i_json_object(&j, NULL);
	bpr_i_json_string(&j, "schema", "bpr.measured/1");
	put_object(&j, json.root, "log", log_keys, COUNT(log_keys));
	put_object(&j, json.root, "case_minutes", case_keys, COUNT(case_keys));
	put_list(&j, json.root, "activities", activity_keys, COUNT(activity_keys));
	put_list(&j, json.root, "arcs", arc_keys, COUNT(arc_keys));
	put_object(&j, json.root, "conformance", fit_keys, COUNT(fit_keys));
	bpr_i_json_end_object(&j);
	bpr_i_buf_putc(out, '\n');
	bpr_i_json_release(&json);
	return out->failed ? bpr_i_nomem(err) : BPR_OK;
}
