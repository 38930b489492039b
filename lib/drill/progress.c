/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a team has done of a pack, kept in a file beside it; answers are kept as hashes only. */
#include "config.h"
#include "drill/pack_i.h"
#include "base/file_i.h"
#include "base/json_i.h"
#include "base/num_i.h"
#include "json/json_i.h"
#include <math.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20, LONGEST_TEAM = 200 };

struct bpr_progress {
	char *team;
	struct bpr_progress_item *items; size_t count;
};

bpr_status bpr_progress_new(const bpr_pack *pack, const char *team, bpr_progress **out, struct bpr_error *err)
{
	bpr_progress *p = bpr_i_calloc(1, sizeof(*p));

	*out = NULL;
	if (!p)
		return bpr_i_nomem(err);
	p->count = pack->count;
	p->items = bpr_i_calloc(pack->count, sizeof(*p->items));
	if (!p->items || bpr_progress_set_team(p, team, err)) {
		bpr_progress_free(p);
		return bpr_i_nomem(err);
	}
	*out = p;
	return BPR_OK;
}

void bpr_progress_free(bpr_progress *progress)
{
	if (!progress)
		return;
	bpr_i_free(progress->team);
	bpr_i_free(progress->items);
	bpr_i_free(progress);
}

const char *bpr_progress_team(const bpr_progress *progress)
{
	return progress->team;
}

bpr_status bpr_progress_set_team(bpr_progress *progress, const char *team, struct bpr_error *err)
{
	struct bpr_buf text = BPR_BUF_INIT;

	bpr_i_buf_add(&text, team, strlen(team) < LONGEST_TEAM ? strlen(team) : LONGEST_TEAM);
	if (text.failed) {
		bpr_i_buf_release(&text);
		return bpr_i_nomem(err);
	}
	bpr_i_free(progress->team);
	progress->team = bpr_i_buf_take(&text);
	return progress->team ? BPR_OK : bpr_i_nomem(err);
}

const struct bpr_progress_item *bpr_progress_get(const bpr_progress *progress, size_t index)
{
	return &progress->items[index];
}

void bpr_progress_graded(bpr_progress *progress, size_t index, const struct bpr_grade *grade)
{
	struct bpr_progress_item *item = &progress->items[index];
	const bool first = !item->passed;

	item->attempts += !item->attempts || item->answer != grade->answer;
	item->answer = grade->answer;
	item->passed |= grade->passed;
	if (grade->measured && (grade->passed || first)) {
		item->measured = true;
		memcpy(item->before, grade->before, sizeof(item->before));
		memcpy(item->after, grade->after, sizeof(item->after));
	}
}

size_t bpr_progress_hint(bpr_progress *progress, size_t index, size_t most)
{
	struct bpr_progress_item *item = &progress->items[index];

	item->hints += item->hints < most;
	return item->hints;
}

/* ---- writing ---- */

static void hex(char out[17], unsigned long long value)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < 16; i++)
		out[i] = digits[value >> (60 - 4 * i) & 15];
	out[16] = '\0';
}

static void write_measures(struct bpr_json *json, const char *name, const double *values)
{
	bpr_i_json_object(json, name);
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		bpr_i_json_number(json, bpr_metric_get((enum bpr_metric)i)->key, values[i]);
	bpr_i_json_end_object(json);
}

bpr_status bpr_progress_write(const bpr_progress *p, const bpr_pack *pack, char **out, size_t *length, struct bpr_error *err)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	struct bpr_json json = { .out = &buf, .lines = 3 };
	char hash[17];

	hex(hash, pack->hash);
	bpr_i_json_object(&json, NULL);
	bpr_i_json_string(&json, "schema", "bpr.progress/1");
	bpr_i_json_string(&json, "pack", pack->id);
	bpr_i_json_string(&json, "pack_hash", hash);
	bpr_i_json_string(&json, "team", p->team);
	bpr_i_json_array(&json, "exercises");
	for (size_t i = 0; i < p->count; i++) {
		const struct bpr_progress_item *item = &p->items[i];

		if (!item->attempts && !item->hints)
			continue;
		bpr_i_json_object(&json, NULL);
		bpr_i_json_string(&json, "id", pack->items[i].id);
		bpr_i_json_bool(&json, "passed", item->passed);
		bpr_i_json_whole(&json, "attempts", item->attempts);
		bpr_i_json_whole(&json, "hints", item->hints);
		hex(hash, item->answer);
		bpr_i_json_string(&json, "answer_hash", hash);
		if (item->measured) {
			write_measures(&json, "before", item->before);
			write_measures(&json, "after", item->after);
		}
		bpr_i_json_end_object(&json);
	}
	bpr_i_json_end_array(&json);
	bpr_i_json_end_object(&json);
	bpr_i_buf_putc(&buf, '\n');
	if (buf.failed) {
		bpr_i_buf_release(&buf);
		return bpr_i_nomem(err);
	}
	*length = buf.length;
	*out = bpr_i_buf_take(&buf);
	return BPR_OK;
}

void bpr_progress_text_free(char *text)
{
	bpr_i_free(text);
}

/* ---- reading ---- */

static size_t whole(const json_t *value)
{
	const double x = json_is_number(value) ? json_number_value(value) : 0;

	return x > 0 && x < 1e6 ? (size_t)x : 0;
}

static unsigned long long unhex(const char *text)
{
	unsigned long long value = 0;

	for (; text && *text; text++) {
		const char *at = strchr("0123456789abcdef", *text);

		value = value << 4 | (at ? (unsigned long long)(at - "0123456789abcdef") : 0);
	}
	return value;
}

static bool read_measures(const json_t *object, double *values)
{
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const json_t *value = json_object_get(object, bpr_metric_get((enum bpr_metric)i)->key);

		values[i] = json_is_number(value) ? json_number_value(value) : (double)NAN;
	}
	return json_is_object(object);
}

static void read_items(bpr_progress *p, const bpr_pack *pack, const json_t *list)
{
	const size_t count = json_array_size(list);

	for (size_t i = 0; i < count; i++) {
		const json_t *entry = json_array_get(list, i);
		const char *id = json_string_value(json_object_get(entry, "id"));
		const size_t at = id ? bpr_pack_find(pack, id) : BPR_NONE;
		struct bpr_progress_item *item = at == BPR_NONE ? NULL : &p->items[at];

		if (!item)
			continue;
		item->passed = json_is_true(json_object_get(entry, "passed"));
		item->attempts = whole(json_object_get(entry, "attempts"));
		item->hints = whole(json_object_get(entry, "hints"));
		item->answer = unhex(json_string_value(json_object_get(entry, "answer_hash")));
		item->measured = read_measures(json_object_get(entry, "before"), item->before) &&
				 read_measures(json_object_get(entry, "after"), item->after);
	}
}

static bpr_status read_doc(const bpr_pack *pack, const char *path, const json_t *root, bpr_progress **out, bpr_problems *problems,
			   struct bpr_error *err)
{
	const char *schema = json_string_value(json_object_get(root, "schema"));
	const char *of = json_string_value(json_object_get(root, "pack")), *team = json_string_value(json_object_get(root, "team"));
	const struct bpr_place place = { path, 0, 0, NULL };
	bpr_status status;

	if (!schema || strcmp(schema, "bpr.progress/1") != 0 || !of || strcmp(of, pack->id) != 0) {
		const enum bpr_code_id code = !schema || strcmp(schema, "bpr.progress/1") != 0 ? BPR_I_N121 : BPR_I_N120;

		if (!bpr_i_problem(problems, code, &place, false, pack->id, NULL, NULL, NULL) && problems)
			return bpr_i_nomem(err);
		return bpr_i_fail(err, BPR_ESYNTAX, code, NULL, 0, pack->id, NULL);
	}
	status = bpr_progress_new(pack, team ? team : "", out, err);
	if (!status)
		read_items(*out, pack, json_object_get(root, "exercises"));
	return status;
}

bpr_status bpr_progress_read(const bpr_pack *pack, const char *path, bpr_progress **out, bpr_problems *problems, struct bpr_error *err)
{
	const struct bpr_json_options options = { 8, 4096, 20000 };
	struct bpr_json_doc json = { NULL, NULL, 0 };
	struct bpr_fault fault;
	char *data = NULL;
	size_t length;
	bpr_status status;

	*out = NULL;
	status = bpr_i_file_read(path, MOST_BYTES, &data, &length, &fault);
	if (!status)
		status = bpr_i_json_load(&json, data, length, &options, &fault);
	if (!status) {
		status = read_doc(pack, path, json.root, out, problems, err);
		bpr_i_json_release(&json);
	} else if (status == BPR_ENOMEM) {
		status = bpr_i_nomem(err);
	} else {
		const struct bpr_place place = { path, fault.line, fault.column, NULL };

		(void)bpr_i_problem(problems, fault.id, &place, false, fault.args[0], fault.args[1], fault.args[2], NULL);
		(void)bpr_i_fail(err, status, fault.id, NULL, fault.line, fault.args[0], fault.args[1]);
	}
	bpr_i_free(data);
	return status;
}
