/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the companion tables from what the flow knows; see format_i.h. */
#include "config.h"
#include "flow/builder_i.h"
#include "flow/format_i.h"
#include <math.h>
#include <string.h>

static bool text(struct bpr_buf *out, const char *s)
{
	if (!s || !*s)
		return false;
	bpr_i_buf_puts(out, s);
	return true;
}

static bool number(struct bpr_buf *out, bool given, double x)
{
	if (given)
		bpr_i_buf_number(out, x);
	return given;
}

static bool yes(const struct bpr_formatting *f, struct bpr_buf *out, bool is)
{
	if (is)
		bpr_i_buf_puts(out, f->japanese ? "はい" : "yes");
	return is;
}

static bool count(struct bpr_buf *out, size_t n, size_t plain)
{
	if (n != plain)
		bpr_i_buf_printf(out, "%zu", n);
	return n != plain;
}

/* ---- which rows there are ---- */

static void mark(unsigned char *used, size_t at)
{
	if (at != BPR_NONE)
		used[at] = 1;
}

static void mark_list(unsigned char *used, const size_t *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		used[list[i]] = 1;
}

static void mark_node(const struct bpr_formatting *f, const struct bpr_node *n)
{
	mark(f->used[BPR_TABLE_COUNTERS], n->counter);
	mark(f->used[BPR_TABLE_UNITS], n->unit);
	for (size_t i = 0; i < n->need_count; i++)
		mark(f->used[BPR_TABLE_STAFF], n->needs[i].pool);
	mark_list(f->used[BPR_TABLE_FORMS], n->writes, n->write_count);
	mark_list(f->used[BPR_TABLE_FORMS], n->reads, n->read_count);
	mark_list(f->used[BPR_TABLE_FORMS], n->issues, n->issue_count);
}

bool bpr_i_format_begin(struct bpr_formatting *f, const bpr_flow *flow, bool japanese)
{
	const size_t counts[BPR_TABLE_COUNT] = {
		[BPR_TABLE_FORMS] = flow->form_count, [BPR_TABLE_COUNTERS] = flow->counter_count, [BPR_TABLE_STAFF] = flow->pool_count,
		[BPR_TABLE_UNITS] = flow->unit_count,
	};

	*f = (struct bpr_formatting){ .flow = flow, .japanese = japanese, .starts_equal = bpr_i_format_starts_equal(flow),
				      .implied = bpr_i_format_implied(flow) };
	for (size_t t = 0; t < BPR_TABLE_COUNT; t++) {
		f->used[t] = bpr_i_calloc(counts[t], 1);
		if (!f->used[t]) {
			bpr_i_format_end(f);
			return false;
		}
	}
	for (size_t i = 0; i < flow->node_count; i++)
		mark_node(f, &flow->nodes[i]);
	for (size_t i = 0; i < flow->unit_count; i++)
		mark(f->used[BPR_TABLE_UNITS], flow->units[i].parent);
	for (size_t i = 0; i < flow->pool_count; i++)
		mark(f->used[BPR_TABLE_UNITS], flow->pools[i].unit);
	return true;
}

void bpr_i_format_end(struct bpr_formatting *f)
{
	for (size_t t = 0; t < BPR_TABLE_COUNT; t++) {
		bpr_i_free(f->used[t]);
		f->used[t] = NULL;
	}
}

static bool wanted(const struct bpr_formatting *f, enum bpr_table table, size_t at)
{
	const bpr_flow *flow = f->flow;

	switch (table) {
	case BPR_TABLE_FORMS:
		return !flow->forms[at].assumed || *flow->forms[at].name || !f->used[table][at];
	case BPR_TABLE_COUNTERS:
		return *flow->counters[at].building || *flow->counters[at].floor || flow->counters[at].walk_given ||
		       flow->counters[at].open.rule_count || flow->counters[at].seats || !f->used[table][at];
	case BPR_TABLE_STAFF:
		return flow->pools[at].shift_count || flow->pools[at].rate_given || flow->pools[at].discipline ||
		       flow->pools[at].unit != BPR_NONE || !f->used[table][at];
	case BPR_TABLE_UNITS:
		return flow->units[at].parent != BPR_NONE || !f->used[table][at];
	case BPR_TABLE_SCOPES:
		return true;
	case BPR_TABLE_DEMAND: {
		size_t columns;
		struct bpr_format_row row = { 0, at, 0 };
		char room[1];
		struct bpr_buf nothing = BPR_BUF_ON(room);

		return bpr_i_format_row_cell(f, table, &row, &bpr_i_columns(table, &columns)[at], &nothing);
	}
	case BPR_TABLE_FLOW:
	case BPR_TABLE_COUNT:
		break;
	}
	return false;
}

static size_t thing_count(const bpr_flow *flow, enum bpr_table table)
{
	size_t columns = 0;

	switch (table) {
	case BPR_TABLE_FORMS: return flow->form_count;
	case BPR_TABLE_COUNTERS: return flow->counter_count;
	case BPR_TABLE_STAFF: return flow->pool_count;
	case BPR_TABLE_SCOPES: return flow->scope_count;
	case BPR_TABLE_UNITS: return flow->unit_count;
	case BPR_TABLE_DEMAND: (void)bpr_i_columns(table, &columns); return columns;
	case BPR_TABLE_FLOW:
	case BPR_TABLE_COUNT: break;
	}
	return 0;
}

bool bpr_i_format_next_row(const struct bpr_formatting *f, enum bpr_table table, struct bpr_format_row *row)
{
	/* The next field of the same form. */
	if (table == BPR_TABLE_FORMS && row->next && !f->flow->forms[row->at].assumed && row->field + 1 < f->flow->forms[row->at].field_count) {
		row->field++;
		return true;
	}
	/* The next shift of the same pool. */
	if (table == BPR_TABLE_STAFF && row->next && row->field + 1 < f->flow->pools[row->at].shift_count) {
		row->field++;
		return true;
	}
	row->field = 0;
	while (row->next < thing_count(f->flow, table)) {
		row->at = row->next++;
		if (wanted(f, table, row->at))
			return true;
	}
	return false;
}

/* ---- cells ---- */

static bool form_cell(const struct bpr_formatting *f, const struct bpr_format_row *row, int store, struct bpr_buf *out)
{
	const struct bpr_form *form = &f->flow->forms[row->at];
	const struct bpr_form_field *entry = form->assumed ? NULL : &form->fields[row->field];

	switch (store) {
	case BPR_STORE_FORM: return text(out, form->id);
	case BPR_STORE_FORM_NAME: return !row->field && text(out, form->name);
	case BPR_STORE_FIELD: return entry && text(out, f->flow->fields[entry->field].name);
	case BPR_STORE_TIMES: return entry && number(out, fabs(entry->times - 1) > 0, entry->times);
	case BPR_STORE_GROUP: return entry && text(out, f->flow->fields[entry->field].group);
	case BPR_STORE_PREFILLED: return entry && yes(f, out, entry->prefilled);
	default: return false;
	}
}

static bool counter_cell(const struct bpr_formatting *f, const struct bpr_format_row *row, int store, struct bpr_buf *out)
{
	const struct bpr_counter *counter = &f->flow->counters[row->at];

	switch (store) {
	case BPR_STORE_COUNTER_NAME: return text(out, counter->name);
	case BPR_STORE_BUILDING: return text(out, counter->building);
	case BPR_STORE_FLOOR: return text(out, counter->floor);
	case BPR_STORE_COUNTER_WALK: return number(out, counter->walk_given, counter->walk_minutes);
	case BPR_STORE_COUNTER_OPEN: return text(out, counter->open.text);
	case BPR_STORE_SEATS: return count(out, counter->seats, 0);
	default: return false;
	}
}

static bool format_also(const bpr_flow *flow, const struct bpr_shift *shift, struct bpr_buf *out)
{
	for (size_t i = 0; i < shift->also_count; i++) {
		if (i)
			bpr_i_buf_putc(out, ';');
		bpr_i_format_item(out, flow->pools[shift->also[i]].name, false, false);
	}
	return shift->also_count > 0;
}

static bool format_discipline(const struct bpr_formatting *f, enum bpr_discipline discipline, struct bpr_buf *out)
{
	static const char *const words[] = { "先着順", "優先順", "短時間順", "後着順" };

	return discipline != BPR_DISCIPLINE_FIFO && text(out, f->japanese ? words[discipline] : bpr_discipline_name(discipline));
}

/* A row is a shift; what is of the pool stands in the first one. */
static bool staff_cell(const struct bpr_formatting *f, const struct bpr_format_row *row, int store, struct bpr_buf *out)
{
	static const struct bpr_shift nobody = { .name = "", .hours.text = "", .breaks.text = "" };
	const struct bpr_pool *pool = &f->flow->pools[row->at];
	const struct bpr_shift *shift = row->field < pool->shift_count ? &pool->shifts[row->field] : &nobody;

	switch (store) {
	case BPR_STORE_POOL: return text(out, pool->name);
	case BPR_STORE_SHIFT: return text(out, shift->name);
	case BPR_STORE_COUNT: return count(out, shift->count, 0);
	case BPR_STORE_HOURS: return text(out, shift->hours.text);
	case BPR_STORE_BREAKS: return text(out, shift->breaks.text);
	case BPR_STORE_ALSO: return format_also(f->flow, shift, out);
	case BPR_STORE_RATE: return !row->field && number(out, pool->rate_given, pool->yen_per_hour);
	case BPR_STORE_DISCIPLINE: return !row->field && format_discipline(f, pool->discipline, out);
	case BPR_STORE_POOL_UNIT: return !row->field && pool->unit != BPR_NONE && text(out, f->flow->units[pool->unit].name);
	default: return false;
	}
}

/* The row that would be the edge unasked need not be named. */
static bool edge_cell(const struct bpr_formatting *f, const struct bpr_scope *scope, size_t node, const char *tail, struct bpr_buf *out)
{
	const char *id = f->flow->nodes[node].id;
	size_t length = strlen(scope->id);

	if (!strncmp(id, scope->id, length) && !strcmp(id + length, tail))
		return false;
	return text(out, id);
}

static bool scope_cell(const struct bpr_formatting *f, const struct bpr_format_row *row, int store, struct bpr_buf *out)
{
	const struct bpr_scope *scope = &f->flow->scopes[row->at];

	switch (store) {
	case BPR_STORE_SCOPE_KEY: return text(out, scope->id);
	case BPR_STORE_SCOPE_NAME: return text(out, scope->name);
	case BPR_STORE_SCOPE_TYPE: return strcmp(scope->type, "subProcess") != 0 && text(out, scope->type);
	case BPR_STORE_SCOPE_PARENT: return scope->parent != BPR_NONE && text(out, f->flow->scopes[scope->parent].id);
	case BPR_STORE_SCOPE_ENTRY: return edge_cell(f, scope, scope->entry, "", out);
	case BPR_STORE_SCOPE_EXIT: return edge_cell(f, scope, scope->exit, "/exit", out);
	case BPR_STORE_SCOPE_REPEAT: return count(out, scope->repeat, 1);
	case BPR_STORE_SCOPE_PARALLEL: return yes(f, out, scope->repeat_parallel);
	default: return false;
	}
}

static bool unit_cell(const struct bpr_formatting *f, const struct bpr_format_row *row, int store, struct bpr_buf *out)
{
	const struct bpr_unit *unit = &f->flow->units[row->at];

	switch (store) {
	case BPR_STORE_UNIT_NAME: return text(out, unit->name);
	case BPR_STORE_UNIT_PARENT: return unit->parent != BPR_NONE && text(out, f->flow->units[unit->parent].name);
	default: return false;
	}
}

static bool demand_cell(const struct bpr_formatting *f, int store, struct bpr_buf *out)
{
	const struct bpr_demand *d = &f->flow->demand;

	switch (store) {
	case BPR_STORE_PER_DAY: return number(out, d->per_day_given, d->per_day);
	case BPR_STORE_PER_YEAR: return number(out, d->per_year_given, d->per_year);
	case BPR_STORE_CLOSED: return text(out, d->closed);
	case BPR_STORE_OPEN_DAYS: return number(out, d->open_days_given, d->open_days);
	case BPR_STORE_WALK: return number(out, d->walk_given, d->walk_minutes);
	case BPR_STORE_WRITE_SECONDS: return number(out, d->write_given, d->write_seconds_per_field);
	case BPR_STORE_PEAKS: return text(out, d->seasons.text);
	case BPR_STORE_WEEKDAYS: return text(out, d->weekdays.text);
	case BPR_STORE_PROFILE: return text(out, d->profile.text);
	case BPR_STORE_OPEN: return text(out, d->open.text);
	case BPR_STORE_FIRST: return number(out, d->first >= 0, d->first);
	case BPR_STORE_TIMES_OF_ARRIVAL: return bpr_i_format_times(d, out);
	case BPR_STORE_GROUP_SIZE:
		if (d->group)
			bpr_i_format_dist(out, d->group);
		return d->group != NULL;
	case BPR_STORE_ARRIVALS:
		if (d->arrivals)
			bpr_i_format_dist(out, d->arrivals);
		return d->arrivals || text(out, d->windows.text);
	default: return false; /* the id is the format's own */
	}
}

bool bpr_i_format_row_cell(const struct bpr_formatting *f, enum bpr_table table, const struct bpr_format_row *row,
			   const struct bpr_column *column, struct bpr_buf *out)
{
	switch (table) {
	case BPR_TABLE_FORMS: return form_cell(f, row, column->store, out);
	case BPR_TABLE_COUNTERS: return counter_cell(f, row, column->store, out);
	case BPR_TABLE_STAFF: return staff_cell(f, row, column->store, out);
	case BPR_TABLE_SCOPES: return scope_cell(f, row, column->store, out);
	case BPR_TABLE_UNITS: return unit_cell(f, row, column->store, out);
	case BPR_TABLE_DEMAND: return demand_cell(f, column->store, out);
	case BPR_TABLE_FLOW:
	case BPR_TABLE_COUNT: break;
	}
	return false;
}
