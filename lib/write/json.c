/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON of flows, bpr.flow/1: an object with the flows and the messages between them. Members of nodes and of companion rows are
 * the columns of the tables, by their English names; ways out are objects under `next`.
 */
#include "config.h"
#include "base/json_i.h"
#include "flow/format_i.h"
#include "write/write_i.h"
#include <bpr/init.h>
#include <string.h>

struct json {
	struct bpr_writing *w;
	struct bpr_json out;
	struct bpr_buf cell;
};

/* A duration: a number where it is constant, text as in tables, or the measured values. */
static void put_dist(struct json *j, const char *name, const struct bpr_dist *dist)
{
	if (dist->kind == BPR_DIST_CONSTANT && !dist->working_days) {
		bpr_i_json_number(&j->out, name, dist->a);
		return;
	}
	if (dist->kind != BPR_DIST_EMP) {
		bpr_i_buf_clear(&j->cell);
		bpr_i_format_dist(&j->cell, dist);
		bpr_i_json_string(&j->out, name, j->cell.data);
		return;
	}
	bpr_i_json_object(&j->out, name);
	bpr_i_json_string(&j->out, "kind", "emp");
	bpr_i_json_array(&j->out, "values");
	for (size_t i = 0; i < dist->value_count; i++)
		bpr_i_json_number(&j->out, NULL, dist->values[i]);
	bpr_i_json_end_array(&j->out);
	bpr_i_json_end_object(&j->out);
}

static void put_next(struct json *j, const struct bpr_formatting *f, const struct bpr_node *n)
{
	bpr_i_json_array(&j->out, "next");
	for (size_t i = 0; i < n->out_count; i++) {
		const struct bpr_arc *arc = bpr_flow_arc(f->flow, n->first_out + i);

		if (arc->to >= f->implied)
			continue;
		bpr_i_json_object(&j->out, NULL);
		bpr_i_json_string(&j->out, "to", bpr_flow_node(f->flow, arc->to)->id);
		if (arc->given)
			bpr_i_json_number(&j->out, "share", arc->prob);
		if (arc->name)
			bpr_i_json_string(&j->out, "condition", arc->name);
		if (arc->id)
			bpr_i_json_string(&j->out, "flow", arc->id);
		bpr_i_json_end_object(&j->out);
	}
	bpr_i_json_end_array(&j->out);
}

static void put_staff(struct json *j, const bpr_flow *flow, const struct bpr_node *n)
{
	bpr_i_json_array(&j->out, "staff");
	for (size_t i = 0; i < n->need_count; i++) {
		bpr_i_json_object(&j->out, NULL);
		bpr_i_json_string(&j->out, "pool", bpr_flow_pool(flow, n->needs[i].pool)->name);
		if (n->needs[i].count != 1)
			bpr_i_json_whole(&j->out, "count", n->needs[i].count);
		bpr_i_json_end_object(&j->out);
	}
	bpr_i_json_end_array(&j->out);
}

static void put_forms(struct json *j, const char *name, const bpr_flow *flow, const size_t *list, size_t count)
{
	bpr_i_json_array(&j->out, name);
	for (size_t i = 0; i < count; i++)
		bpr_i_json_string(&j->out, NULL, bpr_flow_form(flow, list[i])->id);
	bpr_i_json_end_array(&j->out);
}

static void put_list(struct json *j, const char *name, const bpr_flow *flow, const struct bpr_node *n)
{
	if (!strcmp(name, "writes")) {
		put_forms(j, name, flow, n->writes, n->write_count);
	} else if (!strcmp(name, "reads")) {
		put_forms(j, name, flow, n->reads, n->read_count);
	} else if (!strcmp(name, "issues")) {
		put_forms(j, name, flow, n->issues, n->issue_count);
	} else {
		bpr_i_json_array(&j->out, name);
		for (size_t i = 0; i < BPR_RULE_COUNT; i++)
			if (n->rules & 1u << i)
				bpr_i_json_string(&j->out, NULL, bpr_rule_name(i));
		bpr_i_json_end_array(&j->out);
	}
}

/* The text of a cell as a value of its type. */
static void put_cell(struct json *j, const struct bpr_column *column, enum bpr_column_type type)
{
	if (type == BPR_COLUMN_NUMBER)
		bpr_i_json_raw(&j->out, column->key, j->cell.data, j->cell.length);
	else if (type == BPR_COLUMN_YES)
		bpr_i_json_bool(&j->out, column->key, *j->cell.data == 'y');
	else
		bpr_i_json_string(&j->out, column->key, j->cell.data);
}

static void put_node(struct json *j, const struct bpr_formatting *f, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(f->flow, node);
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(BPR_TABLE_FLOW, &count);

	bpr_i_json_object(&j->out, NULL);
	for (size_t i = 0; i < count; i++) {
		enum bpr_column_type type = bpr_i_column_type(&columns[i]);

		if (type == BPR_COLUMN_PLACES)
			continue; /* in `next` */
		bpr_i_buf_clear(&j->cell);
		if (type == BPR_COLUMN_DURATION) {
			const struct bpr_dist *dist = !strcmp(columns[i].key, "work") ? n->work : !strcmp(columns[i].key, "wait") ? n->wait : n->patience;

			if (dist)
				put_dist(j, columns[i].key, dist);
		} else if (!bpr_i_format_cell(f, node, &columns[i], &j->cell) || !j->cell.length) {
			continue;
		} else if (type == BPR_COLUMN_NEXT) {
			put_next(j, f, n);
		} else if (type == BPR_COLUMN_STAFF) {
			put_staff(j, f->flow, n);
		} else if (type == BPR_COLUMN_LIST) {
			put_list(j, columns[i].key, f->flow, n);
		} else {
			put_cell(j, &columns[i], type);
		}
	}
	bpr_i_json_end_object(&j->out);
}

static void put_table(struct json *j, const struct bpr_formatting *f, enum bpr_table table)
{
	struct bpr_format_row row = { 0 };
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(table, &count);
	bool any = false;

	while (bpr_i_format_next_row(f, table, &row)) {
		if (!any)
			bpr_i_json_array(&j->out, bpr_i_table_name(table));
		any = true;
		bpr_i_json_object(&j->out, NULL);
		for (size_t i = 0; i < count; i++) {
			bpr_i_buf_clear(&j->cell);
			if (bpr_i_format_row_cell(f, table, &row, &columns[i], &j->cell) && j->cell.length)
				put_cell(j, &columns[i], bpr_i_column_type(&columns[i]));
		}
		bpr_i_json_end_object(&j->out);
	}
	if (any)
		bpr_i_json_end_array(&j->out);
}

static void put_demand(struct json *j, const struct bpr_formatting *f)
{
	const struct bpr_demand *d = bpr_flow_demand(f->flow);
	struct bpr_format_row row = { 0 };
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(BPR_TABLE_DEMAND, &count);
	bool any = false;

	while (bpr_i_format_next_row(f, BPR_TABLE_DEMAND, &row)) {
		const struct bpr_column *column = &columns[row.at];

		if (!any)
			bpr_i_json_object(&j->out, "demand");
		any = true;
		bpr_i_buf_clear(&j->cell);
		if (bpr_i_column_type(column) == BPR_COLUMN_DURATION && (strcmp(column->key, "group") == 0 ? d->group : d->arrivals))
			put_dist(j, column->key, strcmp(column->key, "group") == 0 ? d->group : d->arrivals);
		else if (bpr_i_format_row_cell(f, BPR_TABLE_DEMAND, &row, column, &j->cell) && j->cell.length)
			put_cell(j, column, bpr_i_column_type(column));
	}
	if (any)
		bpr_i_json_end_object(&j->out);
}

static bpr_status put_flow(struct json *j, const bpr_flow *flow)
{
	struct bpr_formatting f;

	if (!bpr_i_format_begin(&f, flow, false))
		return BPR_ENOMEM;
	bpr_i_json_object(&j->out, NULL);
	bpr_i_json_string(&j->out, "id", bpr_flow_id(flow));
	if (*bpr_flow_name(flow))
		bpr_i_json_string(&j->out, "name", bpr_flow_name(flow));
	bpr_i_json_string(&j->out, "source", bpr_flow_first_source(flow));
	bpr_i_json_array(&j->out, "nodes");
	for (size_t i = 0; i < f.implied; i++)
		put_node(j, &f, i);
	bpr_i_json_end_array(&j->out);
	for (int t = BPR_TABLE_FLOW + 1; t < BPR_TABLE_COUNT; t++) {
		if (t == BPR_TABLE_DEMAND)
			put_demand(j, &f);
		else
			put_table(j, &f, (enum bpr_table)t);
	}
	bpr_i_json_end_object(&j->out);
	bpr_i_format_end(&f);
	return BPR_OK;
}

/* ---- messages ---- */

static bool is_chosen(const struct bpr_writing *w, size_t flow)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->chosen[i] == flow)
			return true;
	return false;
}

/* One end: a node of a flow, a flow as a whole, a pool without contents; nothing for a flow that is not written. */
static void put_end(struct json *j, const char *name, size_t flow, size_t node, const char *pool)
{
	if (flow == BPR_NONE || !is_chosen(j->w, flow)) {
		if (!pool || !*pool)
			return;
		bpr_i_json_object(&j->out, name);
		bpr_i_json_string(&j->out, "pool", pool);
		bpr_i_json_end_object(&j->out);
		return;
	}
	bpr_i_json_object(&j->out, name);
	bpr_i_json_string(&j->out, "flow", bpr_flow_id(j->w->flows->items[flow]));
	if (node != BPR_NONE)
		bpr_i_json_string(&j->out, "node", bpr_flow_node(j->w->flows->items[flow], node)->id);
	bpr_i_json_end_object(&j->out);
}

static void put_messages(struct json *j)
{
	const struct bpr_flows *flows = j->w->flows;
	bool any = false;

	for (size_t i = 0; i < flows->message_count; i++) {
		const struct bpr_message *m = &flows->messages[i];

		if ((m->from_flow == BPR_NONE || !is_chosen(j->w, m->from_flow)) && (m->to_flow == BPR_NONE || !is_chosen(j->w, m->to_flow)))
			continue;
		if (!any)
			bpr_i_json_array(&j->out, "messages");
		any = true;
		bpr_i_json_object(&j->out, NULL);
		if (*m->id)
			bpr_i_json_string(&j->out, "id", m->id);
		if (*m->name)
			bpr_i_json_string(&j->out, "name", m->name);
		put_end(j, "from", m->from_flow, m->from_node, m->from_pool);
		put_end(j, "to", m->to_flow, m->to_node, m->to_pool);
		bpr_i_json_end_object(&j->out);
	}
	if (any)
		bpr_i_json_end_array(&j->out);
}

bpr_status bpr_i_write_json(struct bpr_writing *w)
{
	struct bpr_buf text = BPR_BUF_INIT;
	struct json j = { .w = w, .out = { .out = &text, .lines = 4 }, .cell = BPR_BUF_INIT };
	bpr_status status = BPR_OK;

	bpr_i_json_object(&j.out, NULL);
	bpr_i_json_string(&j.out, "schema", "bpr.flow/1");
	bpr_i_json_string(&j.out, "bpr", bpr_version());
	bpr_i_json_array(&j.out, "flows");
	for (size_t i = 0; i < w->count && !status; i++)
		status = put_flow(&j, bpr_i_writing_flow(w, i));
	bpr_i_json_end_array(&j.out);
	put_messages(&j);
	bpr_i_json_end_object(&j.out);
	bpr_i_buf_putc(&text, '\n');
	if (!status)
		status = j.cell.failed ? j.cell.failed : bpr_i_writing_add(w, "", &text);
	bpr_i_buf_release(&j.cell);
	bpr_i_buf_release(&text);
	if (!status)
		bpr_i_writing_lost(w, "JSON", true);
	return status;
}
