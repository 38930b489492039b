/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One flow of bpr.flow/1 into a builder: its nodes, and its companion tables as arrays of rows. */
#include "config.h"
#include "read/json_flow_i.h"
#include "flow/dist_i.h"
#include "flow/format_i.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_CELLS = 32 };

static const char *text(const json_t *value, size_t *length)
{
	*length = json_string_length(value);
	return json_string_value(value);
}

/* ---- values as the texts of cells, in r->cell ---- */

static void add_item(struct json_read *r, const json_t *value, bool colon, bool place)
{
	bpr_i_format_item(&r->cell, json_string_value(value), colon, place);
}

static bool list_text(struct json_read *r, const json_t *list, const char *key)
{
	bpr_i_buf_clear(&r->cell);
	if (!bpr_i_json_want(r, list, key, JSON_KIND_ARRAY))
		return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (!bpr_i_json_want(r, item, key, JSON_KIND_TEXT))
			continue;
		if (r->cell.length)
			bpr_i_buf_putc(&r->cell, ';');
		add_item(r, item, false, false);
	}
	return r->cell.length > 0;
}

static void unknown_members(struct json_read *r, const json_t *object, const char *const *known, size_t count)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		size_t i = 0;

		while (i < count && strcmp(known[i], key) != 0)
			i++;
		if (i == count)
			bpr_i_json_unknown(r, key);
	}
}

/* [{"pool": "窓口職員", "count": 2}] */
static bool staff_text(struct json_read *r, const json_t *list, const char *key)
{
	static const char *const known[] = { "pool", "count" };

	bpr_i_buf_clear(&r->cell);
	if (!bpr_i_json_want(r, list, key, JSON_KIND_ARRAY))
		return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		const json_t *pool = json_object_get(item, "pool");
		const json_t *count = json_object_get(item, "count");

		if (!bpr_i_json_want(r, item, key, JSON_KIND_OBJECT))
			continue;
		unknown_members(r, item, known, 2);
		if (!pool)
			bpr_i_json_missing(r, "staff.pool");
		if (!bpr_i_json_want(r, pool, "staff.pool", JSON_KIND_TEXT))
			continue;
		if (r->cell.length)
			bpr_i_buf_putc(&r->cell, ';');
		add_item(r, pool, true, false);
		if (bpr_i_json_want(r, count, "staff.count", JSON_KIND_NUMBER)) {
			bpr_i_buf_putc(&r->cell, ':');
			bpr_i_buf_number(&r->cell, json_number_value(count));
		}
	}
	return r->cell.length > 0;
}

/* A scalar, as the table would have it; the text is borrowed or stands in r->cell. */
static const char *scalar(struct json_read *r, const json_t *value, const char *key, enum bpr_column_type type, size_t *length)
{
	bpr_i_buf_clear(&r->cell);
	switch (type) {
	case BPR_COLUMN_TEXT:
		return bpr_i_json_want(r, value, key, JSON_KIND_TEXT) ? text(value, length) : NULL;
	case BPR_COLUMN_NUMBER:
		if (!bpr_i_json_want(r, value, key, JSON_KIND_NUMBER))
			return NULL;
		bpr_i_buf_number(&r->cell, json_number_value(value));
		break;
	case BPR_COLUMN_YES:
		if (!bpr_i_json_want(r, value, key, JSON_KIND_YES))
			return NULL;
		bpr_i_buf_puts(&r->cell, json_is_true(value) ? "yes" : "no");
		break;
	case BPR_COLUMN_DURATION: /* as measured values it was taken before */
		if (json_is_string(value))
			return text(value, length);
		bpr_i_buf_number(&r->cell, json_number_value(value));
		break;
	case BPR_COLUMN_LIST: /* of a companion: names with ';' between */
		return bpr_i_json_want(r, value, key, JSON_KIND_TEXT) ? text(value, length) : NULL;
	case BPR_COLUMN_STAFF: case BPR_COLUMN_NEXT: case BPR_COLUMN_PLACES:
		return NULL;
	}
	*length = r->cell.length;
	return r->cell.data;
}

/* ---- measured values ---- */

static int compare_doubles(const void *a, const void *b)
{
	const double *x = a;
	const double *y = b;

	return (*x > *y) - (*x < *y);
}

/* {"kind": "emp", "values": [3, 4.5, 7]}; the values are for bpr_i_free(). False: noted. */
static bool measured(struct json_read *r, const json_t *object, const char *key, struct bpr_dist *dist)
{
	const json_t *kind = json_object_get(object, "kind");
	const json_t *list = json_object_get(object, "values");
	struct bpr_place place = bpr_i_json_place(r);
	size_t count = json_array_size(list);
	double *values;

	*dist = (struct bpr_dist){ .kind = BPR_DIST_EMP };
	place.where = key;
	if (!json_is_string(kind) || strcmp(json_string_value(kind), "emp") != 0 || !count) {
		bpr_i_reader_note(r->reader, BPR_I_J007, &place, key, NULL, NULL);
		return false;
	}
	values = bpr_i_calloc(count, sizeof(*values));
	if (!values) {
		r->reader->nomem = true;
		return false;
	}
	dist->values = values;
	dist->value_count = count;
	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_array_get(list, i);

		if (!json_is_number(value)) {
			bpr_i_reader_note(r->reader, BPR_I_J007, &place, key, NULL, NULL);
			return false;
		}
		values[i] = json_number_value(value) + 0.0;
	}
	qsort(values, count, sizeof(*values), compare_doubles);
	if (!bpr_i_dist_check(dist))
		return true;
	bpr_i_reader_note(r->reader, BPR_I_J007, &place, key, NULL, NULL);
	return false;
}

/* The same as the text of a cell, for the demand. */
static bool measured_text(struct json_read *r, const json_t *value, const char *key)
{
	struct bpr_dist dist;
	bool ok = measured(r, value, key, &dist);

	bpr_i_buf_clear(&r->cell);
	if (ok)
		bpr_i_format_dist(&r->cell, &dist);
	bpr_i_free((void *)(uintptr_t)dist.values);
	return ok;
}

/* ---- nodes ---- */

static bpr_status give(struct json_read *r, bpr_builder *b, size_t node, const char *key, const char *cell, size_t length)
{
	const struct bpr_column *column = bpr_i_column_find(BPR_TABLE_FLOW, key, strlen(key));
	struct bpr_place place = bpr_i_json_place(r);

	place.where = column->key;
	return bpr_i_builder_cell(b, node, column, cell, length, &place);
}

/* One of the texts of the ways out, by place; empty where a way has none. */
static bpr_status take_places(struct json_read *r, bpr_builder *b, size_t node, const json_t *list, const char *member, const char *key)
{
	bool any = false;

	bpr_i_buf_clear(&r->cell);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *value = json_object_get(json_array_get(list, i), member);

		if (!json_object_get(json_array_get(list, i), "to"))
			continue;
		if (i)
			bpr_i_buf_putc(&r->cell, ';');
		if (!bpr_i_json_want(r, value, member, JSON_KIND_TEXT))
			continue;
		any = true;
		add_item(r, value, false, true);
	}
	return any ? give(r, b, node, key, r->cell.data, r->cell.length) : BPR_OK;
}

/* [{"to": "B", "share": 0.7, "condition": "書類あり", "flow": "Flow_1"}] */
static bpr_status take_next(struct json_read *r, bpr_builder *b, size_t node, const json_t *list)
{
	static const char *const known[] = { "to", "share", "condition", "flow" };
	bpr_status status = BPR_OK;

	if (!bpr_i_json_want(r, list, "next", JSON_KIND_ARRAY))
		return BPR_OK;
	bpr_i_buf_clear(&r->cell);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *way = json_array_get(list, i);
		const json_t *to = json_object_get(way, "to");
		const json_t *share = json_object_get(way, "share");

		if (!bpr_i_json_want(r, way, "next", JSON_KIND_OBJECT))
			continue;
		unknown_members(r, way, known, 4);
		if (!to)
			bpr_i_json_missing(r, "next.to");
		if (!bpr_i_json_want(r, to, "next.to", JSON_KIND_TEXT))
			continue;
		if (r->cell.length)
			bpr_i_buf_putc(&r->cell, ';');
		add_item(r, to, true, false);
		if (bpr_i_json_want(r, share, "next.share", JSON_KIND_NUMBER)) {
			bpr_i_buf_putc(&r->cell, ':');
			bpr_i_buf_number(&r->cell, json_number_value(share));
		}
	}
	if (r->cell.length)
		status = give(r, b, node, "next", r->cell.data, r->cell.length);
	if (!status)
		status = take_places(r, b, node, list, "condition", "conditions");
	if (!status)
		status = take_places(r, b, node, list, "flow", "flows");
	return status;
}

static bpr_status take_duration(struct json_read *r, bpr_builder *b, size_t node, const struct bpr_column *column, const json_t *value)
{
	struct bpr_dist dist;
	bpr_status status = BPR_OK;
	const char *cell;
	size_t length;

	if (!bpr_i_json_want(r, value, column->key, JSON_KIND_DURATION))
		return BPR_OK;
	if (!json_is_object(value)) {
		cell = scalar(r, value, column->key, BPR_COLUMN_DURATION, &length);
		return give(r, b, node, column->key, cell, length);
	}
	if (strcmp(column->key, "work") != 0 && strcmp(column->key, "wait") != 0)
		return measured_text(r, value, column->key) ? give(r, b, node, column->key, r->cell.data, r->cell.length) : BPR_OK;
	if (measured(r, value, column->key, &dist))
		status = bpr_i_builder_duration(b, node, !strcmp(column->key, "work"), &dist);
	bpr_i_free((void *)(uintptr_t)dist.values);
	return status;
}

static bpr_status take_member(struct json_read *r, bpr_builder *b, size_t node, const char *key, const json_t *value)
{
	const struct bpr_column *column = bpr_i_column_find(BPR_TABLE_FLOW, key, strlen(key));
	enum bpr_column_type type;
	const char *cell;
	size_t length;

	if (!strcmp(key, "id"))
		return BPR_OK;
	if (!column || strcmp(column->key, key) != 0 || bpr_i_column_type(column) == BPR_COLUMN_PLACES) {
		bpr_i_json_unknown(r, key);
		return BPR_OK;
	}
	type = bpr_i_column_type(column);
	switch (type) {
	case BPR_COLUMN_NEXT:
		return take_next(r, b, node, value);
	case BPR_COLUMN_DURATION:
		return take_duration(r, b, node, column, value);
	case BPR_COLUMN_LIST:
		return list_text(r, value, key) ? give(r, b, node, key, r->cell.data, r->cell.length) : BPR_OK;
	case BPR_COLUMN_STAFF:
		return staff_text(r, value, key) ? give(r, b, node, key, r->cell.data, r->cell.length) : BPR_OK;
	case BPR_COLUMN_TEXT: case BPR_COLUMN_NUMBER: case BPR_COLUMN_YES: case BPR_COLUMN_PLACES:
		break;
	}
	cell = scalar(r, value, key, type, &length);
	return cell ? give(r, b, node, key, cell, length) : BPR_OK;
}

static bpr_status take_node(struct json_read *r, bpr_builder *b, const json_t *object)
{
	const json_t *id = json_object_get(object, "id");
	struct bpr_place place = bpr_i_json_place(r);
	bpr_status status;
	const char *key;
	json_t *value;
	size_t node;

	if (!bpr_i_json_want(r, object, "", JSON_KIND_OBJECT))
		return BPR_OK;
	place.where = "id";
	if (id && !bpr_i_json_want(r, id, "id", JSON_KIND_TEXT))
		return BPR_OK;
	status = bpr_i_builder_node(b, BPR_NODE_TASK, id ? json_string_value(id) : "", json_string_length(id), &place, &node);
	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		if (status)
			break;
		status = take_member(r, b, node, key, value);
	}
	return status;
}

/* ---- companions ---- */

static bpr_status take_row(struct json_read *r, bpr_builder *b, enum bpr_table table, const json_t *object)
{
	struct bpr_cell cells[MOST_CELLS];
	char room[MOST_CELLS][48]; /* of numbers */
	struct bpr_place place = bpr_i_json_place(r);
	size_t count = 0;
	const char *key;
	json_t *value;

	if (!bpr_i_json_want(r, object, "", JSON_KIND_OBJECT))
		return BPR_OK;
	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		const struct bpr_column *column = bpr_i_column_find(table, key, strlen(key));
		const char *cell;
		size_t length;

		if (!column || strcmp(column->key, key) != 0 || count == MOST_CELLS) {
			bpr_i_json_unknown(r, key);
			continue;
		}
		cell = scalar(r, value, key, bpr_i_column_type(column), &length);
		if (!cell)
			continue;
		if (cell == r->cell.data) { /* the next one overwrites it */
			memcpy(room[count], cell, length < sizeof(room[count]) ? length : 0);
			cell = room[count];
		}
		cells[count++] = (struct bpr_cell){ column, cell, length };
	}
	return bpr_i_builder_companion(b, table, cells, count, &place);
}

static bpr_status take_demand(struct json_read *r, bpr_builder *b, const json_t *demand)
{
	bpr_status status = BPR_OK;
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)demand, key, value) {
		const struct bpr_column *column = bpr_i_column_find(BPR_TABLE_DEMAND, key, strlen(key));
		struct bpr_place place = bpr_i_json_place(r);
		struct bpr_cell cell = { column, NULL, 0 };
		enum bpr_column_type type;

		if (!column || strcmp(column->key, key) != 0 || !strcmp(key, "flow")) {
			bpr_i_json_unknown(r, key);
			continue;
		}
		type = bpr_i_column_type(column);
		if (type == BPR_COLUMN_DURATION && !bpr_i_json_want(r, value, key, JSON_KIND_DURATION))
			continue;
		if (type == BPR_COLUMN_DURATION && json_is_object(value)) {
			if (!measured_text(r, value, key))
				continue;
			cell.text = r->cell.data;
			cell.length = r->cell.length;
		} else {
			cell.text = scalar(r, value, key, type, &cell.length);
		}
		if (cell.text && !status)
			status = bpr_i_builder_companion(b, BPR_TABLE_DEMAND, &cell, 1, &place);
	}
	return status;
}

/* ---- a flow ---- */

static enum bpr_table table_of(const char *name)
{
	int t = BPR_TABLE_FLOW + 1;

	while (t < BPR_TABLE_COUNT && strcmp(bpr_i_table_name((enum bpr_table)t), name) != 0)
		t++;
	return (enum bpr_table)t;
}

static bpr_status take_list(struct json_read *r, bpr_builder *b, size_t index, enum bpr_table table, const char *name, const json_t *list)
{
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < json_array_size(list) && !status; i++) {
		bpr_i_json_at(r, json_array_get(list, i), "flows", index, name, i);
		status = table == BPR_TABLE_FLOW ? take_node(r, b, json_array_get(list, i)) : take_row(r, b, table, json_array_get(list, i));
		if (!status && bpr_i_reader_full(r->reader))
			status = BPR_ESYNTAX;
	}
	return status;
}

static bpr_status take_flow(struct json_read *r, bpr_builder *b, size_t index, const json_t *flow)
{
	const json_t *source = json_object_get(flow, "source");
	const json_t *nodes = json_object_get(flow, "nodes");
	bpr_status status = BPR_OK;
	const char *key;
	json_t *value;

	if (bpr_i_json_want(r, source, "source", JSON_KIND_TEXT))
		bpr_i_builder_first_source(b, json_string_value(source), json_string_length(source));
	if (!nodes)
		bpr_i_json_missing(r, "nodes");
	if (bpr_i_json_want(r, nodes, "nodes", JSON_KIND_ARRAY))
		status = take_list(r, b, index, BPR_TABLE_FLOW, "nodes", nodes);
	json_object_foreach((json_t *)(uintptr_t)flow, key, value) {
		enum bpr_table table = table_of(key);

		if (status)
			break;
		bpr_i_json_at(r, flow, "flows", index, "", BPR_NONE);
		if (!strcmp(key, "id") || !strcmp(key, "name") || !strcmp(key, "source") || !strcmp(key, "nodes"))
			continue;
		if (table == BPR_TABLE_COUNT)
			bpr_i_json_unknown(r, key);
		else if (table == BPR_TABLE_DEMAND)
			status = bpr_i_json_want(r, value, key, JSON_KIND_OBJECT) ? take_demand(r, b, value) : BPR_OK;
		else if (bpr_i_json_want(r, value, key, JSON_KIND_ARRAY))
			status = take_list(r, b, index, table, key, value);
	}
	return status;
}

bpr_status bpr_i_json_flow(struct json_read *r, const json_t *flow, size_t index, struct bpr_flows *out)
{
	struct bpr_build_options options = bpr_i_reader_build_options(r->reader);
	const json_t *id = json_object_get(flow, "id");
	const json_t *name = json_object_get(flow, "name");
	struct bpr_buf stem = BPR_BUF_INIT;
	bpr_builder *b = NULL;
	const char *from;
	bpr_status status;

	bpr_i_json_at(r, flow, "flows", index, "", BPR_NONE);
	if (!bpr_i_json_want(r, flow, "", JSON_KIND_OBJECT))
		return bpr_i_reader_status(r->reader);
	bpr_i_buf_add(&stem, "", 0);
	if (bpr_i_json_want(r, id, "id", JSON_KIND_TEXT)) {
		bpr_i_buf_puts(&stem, json_string_value(id));
	} else {
		size_t length = bpr_i_reader_stem(r->reader, &from);

		bpr_i_buf_add(&stem, from, length);
	}
	status = stem.failed ? BPR_ENOMEM :
		 bpr_i_builder_new(&b, r->reader->name, stem.data, bpr_i_json_want(r, name, "name", JSON_KIND_TEXT) ? json_string_value(name) : "",
				   &options, r->reader->problems, r->reader->err);
	if (!status)
		(void)bpr_i_builder_from(b, "json");
	if (!status)
		status = take_flow(r, b, index, flow);
	if (!status)
		status = bpr_i_reader_finish(r->reader, b, out);
	bpr_i_builder_free(b);
	bpr_i_buf_release(&stem);
	return status;
}
