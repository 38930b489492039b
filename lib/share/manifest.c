/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.json of a pack, schema bpr.share/1: written, and read with every member looked at. */
#include "config.h"
#include "share/share_i.h"
#include "base/json_i.h"
#include "json/json_i.h"
#include <math.h>
#include <nettle/sha2.h>
#include <string.h>

void bpr_i_share_sha256(const char *data, size_t length, char out[BPR_SHARE_SHA])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx sum;

	sha256_init(&sum);
	if (length)
		sha256_update(&sum, length, (const uint8_t *)data);
	sha256_digest(&sum, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[BPR_SHARE_SHA - 1] = '\0';
}

void bpr_i_share_manifest_release(struct bpr_share_manifest *m)
{
	bpr_i_arena_release(&m->arena);
	memset(m, 0, sizeof(*m));
}

/* ---- writing ---- */

static void put_text(struct bpr_json *j, const char *name, const char *text)
{
	bpr_i_json_string(j, name, text && *text ? text : NULL);
}

static void put_size(struct bpr_json *j, const char *name, double x)
{
	if (x > 0)
		bpr_i_json_number(j, name, x);
	else
		bpr_i_json_null(j, name);
}

void bpr_i_share_manifest_write(const struct bpr_share_manifest *m, struct bpr_buf *out)
{
	const struct bpr_share_about *a = &m->about;
	struct bpr_json j = { .out = out, .lines = 3 };

	bpr_i_json_object(&j, NULL);
	bpr_i_json_string(&j, "schema", "bpr.share/1");
	bpr_i_json_string(&j, "bpr", m->version);
	bpr_i_json_string(&j, "municipality", a->municipality);
	bpr_i_json_string(&j, "licence", a->licence);
	bpr_i_json_number(&j, "population", a->population);
	put_size(&j, "households", a->households);
	put_size(&j, "area_km2", a->area_km2);
	put_text(&j, "title", a->title);
	put_text(&j, "note", a->note);
	put_text(&j, "date", a->date);
	bpr_i_json_array(&j, "sources");
	for (size_t i = 0; i < a->source_count; i++)
		bpr_i_json_string(&j, NULL, a->sources[i]);
	bpr_i_json_end_array(&j);
	bpr_i_json_array(&j, "allowed");
	for (size_t i = 0; i < m->allowed_count; i++)
		bpr_i_json_string(&j, NULL, m->allowed[i]);
	bpr_i_json_end_array(&j);
	bpr_i_json_array(&j, "files");
	for (size_t i = 0; i < m->entry_count; i++) {
		bpr_i_json_object(&j, NULL);
		bpr_i_json_string(&j, "name", m->entries[i].name);
		bpr_i_json_string(&j, "role", m->entries[i].role);
		bpr_i_json_whole(&j, "bytes", m->entries[i].length);
		bpr_i_json_string(&j, "sha256", m->entries[i].sha256);
		bpr_i_json_end_object(&j);
	}
	bpr_i_json_end_array(&j);
	bpr_i_json_end_object(&j);
	bpr_i_buf_putc(out, '\n');
}

/* ---- reading ---- */

static bpr_status wrong(struct bpr_fault *fault, const char *what)
{
	return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_Z008, 0, what, NULL, NULL);
}

static bpr_status nomem(struct bpr_fault *fault)
{
	return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
}

/* A text, or NULL where there is none; needed: then it is wrong. */
static bpr_status take_text(struct bpr_share_manifest *m, const json_t *object, const char *key, bool needed, const char **out, struct bpr_fault *fault)
{
	const json_t *value = json_object_get(object, key);

	*out = NULL;
	if (json_is_string(value) && (*json_string_value(value) || !needed)) {
		*out = bpr_i_arena_strdup(&m->arena, json_string_value(value));
		return *out ? BPR_OK : nomem(fault);
	}
	return needed || !(value == NULL || json_is_null(value)) ? wrong(fault, key) : BPR_OK;
}

static bpr_status take_number(const json_t *object, const char *key, bool needed, double *out, struct bpr_fault *fault)
{
	const json_t *value = json_object_get(object, key);

	*out = 0;
	if (json_is_number(value) && json_number_value(value) > 0 && json_number_value(value) <= 1e12) {
		*out = json_number_value(value);
		return BPR_OK;
	}
	return needed || !(value == NULL || json_is_null(value)) ? wrong(fault, key) : BPR_OK;
}

static bpr_status take_sources(struct bpr_share_manifest *m, const json_t *root, struct bpr_fault *fault)
{
	const json_t *list = json_object_get(root, "sources");
	size_t count = json_array_size(list);
	const char **texts;

	if (list && !json_is_array(list))
		return wrong(fault, "sources");
	if (!count)
		return BPR_OK;
	texts = bpr_i_arena_alloc(&m->arena, count, sizeof(*texts));
	if (!texts)
		return nomem(fault);
	for (size_t i = 0; i < count; i++) {
		const json_t *one = json_array_get(list, i);

		if (!json_is_string(one))
			return wrong(fault, "sources");
		texts[i] = bpr_i_arena_strdup(&m->arena, json_string_value(one));
		if (!texts[i])
			return nomem(fault);
	}
	m->about.sources = texts;
	m->about.source_count = count;
	return BPR_OK;
}

static bpr_status take_allowed(struct bpr_share_manifest *m, const json_t *root, struct bpr_fault *fault)
{
	const json_t *list = json_object_get(root, "allowed");

	for (size_t i = 0; i < json_array_size(list) && i < BPR_SHARE_CODES; i++) {
		const char *code = json_string_value(json_array_get(list, i));

		if (!code)
			return wrong(fault, "allowed");
		m->allowed[m->allowed_count] = bpr_i_arena_strdup(&m->arena, code);
		if (!m->allowed[m->allowed_count++])
			return nomem(fault);
	}
	return BPR_OK;
}

static bool is_sum(const char *text)
{
	return text && strlen(text) == BPR_SHARE_SHA - 1 && strspn(text, "0123456789abcdef") == BPR_SHARE_SHA - 1;
}

static bpr_status take_files(struct bpr_share_manifest *m, const json_t *root, struct bpr_fault *fault)
{
	const json_t *list = json_object_get(root, "files");
	size_t count = json_array_size(list);

	if (!count)
		return wrong(fault, "files");
	m->entries = bpr_i_arena_alloc(&m->arena, count, sizeof(*m->entries));
	if (!m->entries)
		return nomem(fault);
	for (size_t i = 0; i < count; i++) {
		const json_t *one = json_array_get(list, i);
		const char *sum = json_string_value(json_object_get(one, "sha256"));
		struct bpr_share_entry *e = &m->entries[i];
		double length = json_number_value(json_object_get(one, "bytes"));
		bpr_status status = take_text(m, one, "name", true, &e->name, fault);

		if (!status)
			status = take_text(m, one, "role", true, &e->role, fault);
		if (status)
			return status;
		if (!is_sum(sum) || !(length >= 0 && length <= 1e15))
			return wrong(fault, e->name);
		memcpy(e->sha256, sum, BPR_SHARE_SHA);
		e->length = (size_t)length;
		m->entry_count = i + 1;
	}
	return BPR_OK;
}

static bpr_status take(struct bpr_share_manifest *m, const json_t *root, struct bpr_fault *fault)
{
	struct bpr_share_about *a = &m->about;
	const char *schema = json_string_value(json_object_get(root, "schema"));
	const struct { const char *key; bool needed; const char **out; } texts[] = {
		{ "bpr", true, &m->version }, { "municipality", true, &a->municipality }, { "licence", true, &a->licence },
		{ "title", false, &a->title }, { "note", false, &a->note }, { "date", false, &a->date },
	};
	const struct { const char *key; bool needed; double *out; } sizes[] = {
		{ "population", true, &a->population }, { "households", false, &a->households }, { "area_km2", false, &a->area_km2 },
	};
	bpr_status status = BPR_OK;

	if (!schema || strcmp(schema, "bpr.share/1") != 0)
		return wrong(fault, "schema");
	for (size_t i = 0; !status && i < sizeof(texts) / sizeof(texts[0]); i++)
		status = take_text(m, root, texts[i].key, texts[i].needed, texts[i].out, fault);
	for (size_t i = 0; !status && i < sizeof(sizes) / sizeof(sizes[0]); i++)
		status = take_number(root, sizes[i].key, sizes[i].needed, sizes[i].out, fault);
	if (!status)
		status = take_sources(m, root, fault);
	if (!status)
		status = take_allowed(m, root, fault);
	return status ? status : take_files(m, root, fault);
}

bpr_status bpr_i_share_manifest_read(const char *text, size_t length, struct bpr_share_manifest *m, struct bpr_fault *fault)
{
	const struct bpr_json_options options = { 16, 1 << 16, 10000 };
	struct bpr_json_doc json;
	bpr_status status = bpr_i_json_load(&json, text, length, &options, fault);

	memset(m, 0, sizeof(*m));
	if (status == BPR_ENOMEM)
		return status;
	if (status)
		return wrong(fault, "JSON");
	status = take(m, json.root, fault);
	bpr_i_json_release(&json);
	if (status)
		bpr_i_share_manifest_release(m);
	return status;
}
