/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON of flows, bpr.flow/1: an object with the flows and the messages between them, or an array of such objects. Values go to the
 * builder as cells of the tables do, so that one table of columns decides what they mean. What the schema does not know is
 * named and passed over; a value of another type than the schema's is an error.
 */
#include "config.h"
#include "read/json_flow_i.h"
#include "read/source_i.h"
#include <stdio.h>
#include <string.h>

enum { VALUES_PER_NODE = 40 };

/* ---- noting ---- */

static const char *type_name(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT: return BPR_I_ARG N_("an object");
	case JSON_ARRAY: return BPR_I_ARG N_("an array");
	case JSON_STRING: return BPR_I_ARG N_("a text");
	case JSON_INTEGER:
	case JSON_REAL: return BPR_I_ARG N_("a number");
	case JSON_TRUE:
	case JSON_FALSE: return BPR_I_ARG N_("true or false");
	case JSON_NULL: break;
	}
	return "null";
}

static const char *kind_name(enum json_kind kind)
{
	switch (kind) {
	case JSON_KIND_OBJECT: return BPR_I_ARG N_("an object");
	case JSON_KIND_ARRAY: return BPR_I_ARG N_("an array");
	case JSON_KIND_TEXT: return BPR_I_ARG N_("a text");
	case JSON_KIND_NUMBER: return BPR_I_ARG N_("a number");
	case JSON_KIND_YES: return BPR_I_ARG N_("true or false");
	case JSON_KIND_DURATION: return BPR_I_ARG N_("a duration: a number of minutes, a text such as tri(3,5,9), or an object with measured values");
	}
	return "";
}

static bool is_kind(const json_t *value, enum json_kind kind)
{
	switch (kind) {
	case JSON_KIND_OBJECT: return json_is_object(value);
	case JSON_KIND_ARRAY: return json_is_array(value);
	case JSON_KIND_TEXT: return json_is_string(value);
	case JSON_KIND_NUMBER: return json_is_number(value);
	case JSON_KIND_YES: return json_is_boolean(value);
	case JSON_KIND_DURATION: return json_is_number(value) || json_is_string(value) || json_is_object(value);
	}
	return false;
}

struct bpr_place bpr_i_json_place(const struct json_read *r)
{
	return (struct bpr_place){ .file = r->reader->name, .line = r->line };
}

/* "flows[0].nodes[3].work" of the object being read and the key in it. */
static const char *path_of(struct json_read *r, const char *key)
{
	(void)snprintf(r->path, sizeof(r->path), "%.120s%s%.80s", r->at, *r->at && *key && *key != '[' ? "." : "", key);
	return r->path;
}

bool bpr_i_json_want(struct json_read *r, const json_t *value, const char *key, enum json_kind kind)
{
	struct bpr_place place = bpr_i_json_place(r);

	if (!value || json_is_null(value))
		return false;
	if (is_kind(value, kind))
		return true;
	place.where = path_of(r, key);
	bpr_i_reader_note(r->reader, BPR_I_J003, &place, place.where, type_name(value), kind_name(kind));
	return false;
}

void bpr_i_json_unknown(struct json_read *r, const char *key)
{
	struct bpr_place place = bpr_i_json_place(r);

	place.where = path_of(r, key);
	bpr_i_reader_note(r->reader, BPR_I_J004, &place, place.where, NULL, NULL);
}

void bpr_i_json_missing(struct json_read *r, const char *key)
{
	struct bpr_place place = bpr_i_json_place(r);

	place.where = path_of(r, key);
	bpr_i_reader_note(r->reader, BPR_I_J002, &place, place.where, NULL, NULL);
}

void bpr_i_json_at(struct json_read *r, const json_t *value, const char *format, size_t a, const char *name, size_t b)
{
	size_t line = bpr_i_json_line(&r->doc, value);

	if (line)
		r->line = line;
	(void)snprintf(r->at, sizeof(r->at), "%s[%zu]", format, a);
	if (*name) {
		size_t n = strlen(r->at);

		(void)snprintf(r->at + n, sizeof(r->at) - n, b == BPR_NONE ? ".%s" : ".%s[%zu]", name, b);
	}
}

/* ---- messages ---- */

/* What the messages of an input say, until all their texts fit into one block: bpr_flows.messages. */
struct ends { struct bpr_message *items; size_t count, bytes; };

static const char *text_of(struct json_read *r, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return bpr_i_json_want(r, value, key, JSON_KIND_TEXT) ? json_string_value(value) : "";
}

static const char *read_end(struct json_read *r, const json_t *message, const char *key, const struct bpr_flows *out, size_t *flow, size_t *node)
{
	const json_t *end = json_object_get(message, key);
	struct bpr_place place = bpr_i_json_place(r);
	const char *id;
	const char *node_id;

	*flow = *node = BPR_NONE;
	if (!bpr_i_json_want(r, end, key, JSON_KIND_OBJECT))
		return "";
	if (json_object_get(end, "pool"))
		return text_of(r, end, "pool");
	id = text_of(r, end, "flow");
	node_id = text_of(r, end, "node");
	for (size_t i = r->first_flow; i < out->count && *flow == BPR_NONE; i++)
		if (!strcmp(bpr_flow_id(out->items[i]), id))
			*flow = i;
	if (*flow != BPR_NONE && *node_id)
		*node = bpr_flow_find(out->items[*flow], node_id);
	place.where = path_of(r, key);
	if (*flow == BPR_NONE || (*node_id && *node == BPR_NONE))
		bpr_i_reader_note(r->reader, BPR_I_J006, &place, place.where, *flow == BPR_NONE ? id : node_id, NULL);
	return "";
}

static char *keep(char **room, const char *text)
{
	char *at = *room;
	size_t n = strlen(text) + 1;

	memcpy(at, text, n);
	*room += n;
	return at;
}

static size_t length_of(const json_t *value)
{
	return json_string_length(value) + 1;
}

/* Appends the messages of a document: one block, the texts behind the messages. */
static bpr_status read_messages(struct json_read *r, const json_t *list, struct bpr_flows *out)
{
	size_t count = out->message_count + json_array_size(list);
	struct bpr_message *all;
	size_t bytes = 0;
	char *room;

	for (size_t i = 0; i < out->message_count; i++)
		bytes += strlen(out->messages[i].id) + strlen(out->messages[i].name) + strlen(out->messages[i].from_pool) +
			 strlen(out->messages[i].to_pool) + 4;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *m = json_array_get(list, i);

		bytes += length_of(json_object_get(m, "id")) + length_of(json_object_get(m, "name")) +
			 length_of(json_object_get(json_object_get(m, "from"), "pool")) + length_of(json_object_get(json_object_get(m, "to"), "pool"));
	}
	if (bytes > (size_t)-1 / 4 || count > (size_t)-1 / 4 / sizeof(*all))
		return BPR_ENOMEM;
	all = bpr_i_calloc(count * sizeof(*all) + bytes, 1);
	if (!all)
		return BPR_ENOMEM;
	room = (char *)(all + count);
	for (size_t i = 0; i < out->message_count; i++) {
		all[i] = out->messages[i];
		all[i].id = keep(&room, all[i].id);
		all[i].name = keep(&room, all[i].name);
		all[i].from_pool = keep(&room, all[i].from_pool);
		all[i].to_pool = keep(&room, all[i].to_pool);
	}
	for (size_t i = out->message_count; i < count; i++) {
		const json_t *m = json_array_get(list, i - out->message_count);

		bpr_i_json_at(r, m, "messages", i - out->message_count, "", BPR_NONE);
		all[i] = (struct bpr_message){ .id = "", .name = "", .from_flow = BPR_NONE, .from_node = BPR_NONE, .to_flow = BPR_NONE,
					       .to_node = BPR_NONE, .line = r->line, .from_pool = "", .to_pool = "" };
		if (!bpr_i_json_want(r, m, "", JSON_KIND_OBJECT))
			continue;
		all[i].id = keep(&room, text_of(r, m, "id"));
		all[i].name = keep(&room, text_of(r, m, "name"));
		all[i].from_pool = keep(&room, read_end(r, m, "from", out, &all[i].from_flow, &all[i].from_node));
		all[i].to_pool = keep(&room, read_end(r, m, "to", out, &all[i].to_flow, &all[i].to_node));
	}
	bpr_i_free(out->messages);
	out->messages = all;
	out->message_count = count;
	return BPR_OK;
}

/* ---- documents ---- */

static bool is_schema(struct json_read *r, const json_t *document)
{
	const json_t *schema = json_object_get(document, "schema");
	struct bpr_place place = bpr_i_json_place(r);

	if (json_is_string(schema) && !strcmp(json_string_value(schema), "bpr.flow/1"))
		return true;
	place.where = "schema";
	bpr_i_reader_note(r->reader, BPR_I_J001, &place, json_is_string(schema) ? json_string_value(schema) : "-", NULL, NULL);
	return false;
}

static bpr_status read_document(struct json_read *r, const json_t *document, struct bpr_flows *out)
{
	static const char *const known[] = { "schema", "bpr", "flows", "messages" };
	const json_t *flows = json_object_get(document, "flows");
	const json_t *messages = json_object_get(document, "messages");
	bpr_status status = BPR_OK;
	const char *key;
	json_t *value;

	r->line = bpr_i_json_line(&r->doc, document);
	r->at[0] = '\0';
	r->first_flow = out->count;
	if (!json_is_object(document) || !is_schema(r, document)) {
		(void)bpr_i_json_want(r, document, "", JSON_KIND_OBJECT);
		return BPR_ESYNTAX;
	}
	json_object_foreach((json_t *)(uintptr_t)document, key, value) {
		size_t i = 0;

		while (i < sizeof(known) / sizeof(known[0]) && strcmp(known[i], key) != 0)
			i++;
		if (i == sizeof(known) / sizeof(known[0]))
			bpr_i_json_unknown(r, key);
	}
	if (!flows)
		bpr_i_json_missing(r, "flows");
	if (!bpr_i_json_want(r, flows, "flows", JSON_KIND_ARRAY))
		return bpr_i_reader_status(r->reader);
	for (size_t i = 0; i < json_array_size(flows) && !status; i++)
		status = bpr_i_json_flow(r, json_array_get(flows, i), i, out);
	r->at[0] = '\0';
	if (!status && bpr_i_json_want(r, messages, "messages", JSON_KIND_ARRAY))
		status = read_messages(r, messages, out);
	return status ? status : bpr_i_reader_status(r->reader);
}

bpr_status bpr_i_read_json(struct bpr_reader *reader, const char *text, size_t length, struct bpr_flows *out)
{
	const struct bpr_read_options *o = reader->options;
	const struct bpr_json_options options = {
		.max_depth = o->max_depth, .max_text = o->max_field,
		.max_values = o->max_nodes < (size_t)-1 / VALUES_PER_NODE ? o->max_nodes * VALUES_PER_NODE : (size_t)-1,
	};
	struct json_read r = { .reader = reader, .cell = BPR_BUF_INIT };
	struct bpr_fault fault;
	bpr_status status = bpr_i_json_load(&r.doc, text, length, &options, &fault);

	if (status)
		return bpr_i_reader_fault(reader, reader->name, &fault);
	if (!json_is_array(r.doc.root))
		status = read_document(&r, r.doc.root, out);
	for (size_t i = 0; json_is_array(r.doc.root) && i < json_array_size(r.doc.root) && !status; i++)
		status = read_document(&r, json_array_get(r.doc.root, i), out);
	if (status == BPR_ESYNTAX)
		status = bpr_i_reader_status(reader);
	if (!status && !out->count)
		status = bpr_i_reader_fail(reader, BPR_ESYNTAX, BPR_I_J005, 0, NULL, NULL);
	if (status == BPR_ENOMEM || r.cell.failed == BPR_ENOMEM)
		status = bpr_i_nomem(reader->err);
	bpr_i_buf_release(&r.cell);
	bpr_i_json_release(&r.doc);
	return status;
}
