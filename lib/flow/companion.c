/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the companion tables: forms and their fields, counters, staff, demand. A later row wins over an earlier one. */
#include "config.h"
#include "flow/companion_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <string.h>

enum { MOST_ROUNDS = 1000000, MOST_SEATS = 1000000 };

const char *bpr_i_row_cell(struct bpr_row *row, enum bpr_store store, size_t *length)
{
	for (size_t i = 0; i < row->count; i++) {
		const char *text = row->cells[i].text;

		if (!row->cells[i].column || row->cells[i].column->store != (int)store)
			continue;
		*length = bpr_i_utf8_trim(&text, row->cells[i].length);
		if (!row->named)
			row->place.where = row->cells[i].column->key;
		if (row->first_column)
			row->place.column = row->first_column + i;
		if (*length)
			return text;
	}
	*length = 0;
	return NULL;
}

void bpr_i_row_text(struct bpr_row *row, enum bpr_store store, const char **at)
{
	size_t n;
	const char *text = bpr_i_row_cell(row, store, &n);
	const char *kept = text ? bpr_i_builder_text(row->b, text, n) : NULL;

	if (kept)
		*at = kept;
}

bool bpr_i_row_number(struct bpr_row *row, enum bpr_store store, double low, double high, double *at)
{
	size_t n;
	const char *text = bpr_i_row_cell(row, store, &n);
	double x;

	if (!text)
		return false;
	if (!bpr_i_parse_number(text, n, &x, row->b->problems, &row->place)) {
		row->b->error_count++;
		return false;
	}
	if (!(x >= low && x <= high)) {
		bpr_i_build_note(row->b, x < 0 ? BPR_I_D003 : BPR_I_D001, &row->place, bpr_i_short(text, n).text, row->place.where, NULL, NULL);
		return false;
	}
	*at = x;
	return true;
}

bool bpr_i_row_minutes(struct bpr_row *row, enum bpr_store store, double *at)
{
	size_t n;
	const char *text = bpr_i_row_cell(row, store, &n);
	double x;

	if (!text)
		return false;
	if (!bpr_i_parse_minutes(text, n, &x, row->b->problems, &row->place)) {
		row->b->error_count++;
		return false;
	}
	*at = x;
	return true;
}

static void yes_cell(struct bpr_row *row, enum bpr_store store, bool *at)
{
	size_t n;
	const char *text = bpr_i_row_cell(row, store, &n);
	int yes = text ? bpr_i_parse_yes(text, n) : -1;

	if (yes >= 0)
		*at = yes;
	else if (text)
		bpr_i_build_note(row->b, BPR_I_D015, &row->place, bpr_i_short(text, n).text, row->place.where, NULL, NULL);
}

const char *bpr_i_row_key(struct bpr_row *row, enum bpr_table table, enum bpr_store store, size_t *length)
{
	const char *key = bpr_i_row_cell(row, store, length);

	if (!key) {
		size_t count;

		row->place.where = bpr_i_columns(table, &count)[0].key;
		bpr_i_build_note(row->b, BPR_I_F029, &row->place, bpr_i_table_name(table), row->place.where, NULL, NULL);
	}
	return key;
}

static struct bpr_form_field *form_field(struct bpr_builder *b, struct bpr_draft_form *form, size_t field)
{
	for (size_t i = 0; i < form->form.field_count; i++)
		if (form->fields[i].field == field)
			return &form->fields[i];
	if (form->form.field_count == form->capacity) {
		size_t capacity = form->capacity ? form->capacity * 2 : 8;
		struct bpr_form_field *more = bpr_i_arena_raw(&b->flow->arena, capacity, sizeof(*more));

		if (!more) {
			b->nomem = true;
			return NULL;
		}
		if (form->form.field_count)
			memcpy(more, form->fields, form->form.field_count * sizeof(*more));
		form->fields = more;
		form->capacity = capacity;
	}
	form->fields[form->form.field_count] = (struct bpr_form_field){ field, 1, false };
	return &form->fields[form->form.field_count++];
}

/* A file beside the input says all of a form that it lists: what the input itself says of its fields no longer counts. */
static void start_over(struct bpr_draft_form *form, const char *file)
{
	if (form->file && file && strcmp(form->file, file) != 0)
		form->form.field_count = 0;
	form->file = file;
}

static void form_row(struct bpr_row *row)
{
	struct bpr_builder *b = row->b;
	size_t n;
	const char *key = bpr_i_row_key(row, BPR_TABLE_FORMS, BPR_STORE_FORM, &n);
	size_t form = key ? bpr_i_builder_form(b, key, n) : BPR_NONE;
	struct bpr_form_field *entry;
	const char *text;
	size_t field;
	double times;

	if (form == BPR_NONE)
		return;
	bpr_i_row_text(row, BPR_STORE_FORM_NAME, &b->forms[form].form.name);
	text = bpr_i_row_cell(row, BPR_STORE_FIELD, &n);
	if (!text)
		return; /* a row that only names the form */
	start_over(&b->forms[form], row->place.file);
	field = bpr_i_build_field(b, text, n);
	entry = field == BPR_NONE ? NULL : form_field(b, &b->forms[form], field);
	if (!entry)
		return;
	bpr_i_row_text(row, BPR_STORE_GROUP, &b->flow->fields[field].group);
	if (bpr_i_row_number(row, BPR_STORE_TIMES, 0, 1e6, &times)) {
		if (times > 0)
			entry->times = times;
		else
			bpr_i_build_note(b, BPR_I_D016, &row->place, "0", row->place.where, "1, 2, 3, ...", NULL);
	}
	yes_cell(row, BPR_STORE_PREFILLED, &entry->prefilled);
}

static void counter_row(struct bpr_row *row)
{
	size_t n;
	const char *key = bpr_i_row_key(row, BPR_TABLE_COUNTERS, BPR_STORE_COUNTER_NAME, &n);
	size_t at = key ? bpr_i_builder_counter(row->b, key, n) : BPR_NONE;
	struct bpr_counter *counter;
	const char *text;
	size_t seats;

	if (at == BPR_NONE)
		return;
	counter = &row->b->flow->counters[at];
	bpr_i_row_text(row, BPR_STORE_BUILDING, &counter->building);
	bpr_i_row_text(row, BPR_STORE_FLOOR, &counter->floor);
	if (bpr_i_row_minutes(row, BPR_STORE_COUNTER_WALK, &counter->walk_minutes))
		counter->walk_given = true;
	text = bpr_i_row_cell(row, BPR_STORE_COUNTER_OPEN, &n);
	if (text)
		(void)bpr_i_build_schedule(row->b, BPR_I_HOURS, text, n, &row->place, &counter->open);
	text = bpr_i_row_cell(row, BPR_STORE_SEATS, &n);
	seats = text ? bpr_i_build_parse_count(row->b, text, n, MOST_SEATS, &row->place) : 0;
	if (seats)
		counter->seats = seats;
}

/* The id that a cell names, as an index into `ids`; BPR_NONE where there is none. */
static size_t id_cell(struct bpr_row *row, enum bpr_store store)
{
	size_t n;
	const char *text = bpr_i_row_cell(row, store, &n);

	return text ? bpr_i_build_id(row->b, text, n) : BPR_NONE;
}

static void scope_row(struct bpr_row *row)
{
	struct bpr_builder *b = row->b;
	size_t n;
	const char *text = bpr_i_row_key(row, BPR_TABLE_SCOPES, BPR_STORE_SCOPE_KEY, &n);
	size_t at = text ? bpr_i_build_scope(b, text, n) : BPR_NONE;
	size_t entry = at == BPR_NONE ? BPR_NONE : id_cell(row, BPR_STORE_SCOPE_ENTRY);
	size_t exit = at == BPR_NONE ? BPR_NONE : id_cell(row, BPR_STORE_SCOPE_EXIT);
	size_t count;

	if (at == BPR_NONE)
		return;
	b->scope_drafts[at].listed = true;
	if (entry != BPR_NONE)
		b->scope_drafts[at].entry = entry;
	if (exit != BPR_NONE)
		b->scope_drafts[at].exit = exit;
	bpr_i_row_text(row, BPR_STORE_SCOPE_NAME, &b->flow->scopes[at].name);
	bpr_i_row_text(row, BPR_STORE_SCOPE_TYPE, &b->flow->scopes[at].type);
	text = bpr_i_row_cell(row, BPR_STORE_SCOPE_PARENT, &n);
	if (text) {
		size_t parent = bpr_i_build_scope(b, text, n);

		b->flow->scopes[at].parent = parent;
	}
	text = bpr_i_row_cell(row, BPR_STORE_SCOPE_REPEAT, &n);
	count = text ? bpr_i_build_parse_count(b, text, n, MOST_ROUNDS, &row->place) : 0;
	if (count)
		b->flow->scopes[at].repeat = count;
	yes_cell(row, BPR_STORE_SCOPE_PARALLEL, &b->flow->scopes[at].repeat_parallel);
}

static void unit_row(struct bpr_row *row)
{
	size_t n;
	const char *key = bpr_i_row_key(row, BPR_TABLE_UNITS, BPR_STORE_UNIT_NAME, &n);
	size_t at = key ? bpr_i_builder_unit(row->b, key, n, BPR_NONE) : BPR_NONE;
	const char *text = at == BPR_NONE ? NULL : bpr_i_row_cell(row, BPR_STORE_UNIT_PARENT, &n);
	size_t parent = text ? bpr_i_builder_unit(row->b, text, n, BPR_NONE) : BPR_NONE;
	size_t up = parent;

	if (parent == BPR_NONE)
		return;
	/* A unit within itself is refused; rows before this one make no circle. */
	while (up != BPR_NONE && up != at)
		up = row->b->flow->units[up].parent;
	if (up == at)
		bpr_i_build_note(row->b, BPR_I_F043, &row->place, row->b->flow->units[at].name, row->b->flow->units[parent].name, NULL, NULL);
	else
		row->b->flow->units[at].parent = parent;
}

/* Where the values of the row come from: all but its key, under the key. */
static void origins(struct bpr_row *row, enum bpr_table table)
{
	static const enum bpr_origin_of of[BPR_TABLE_COUNT] = {
		BPR_ORIGIN_STEP, BPR_ORIGIN_FORM, BPR_ORIGIN_COUNTER, BPR_ORIGIN_STAFF, BPR_ORIGIN_DEMAND, BPR_ORIGIN_SCOPE,
		BPR_ORIGIN_UNIT,
	};
	static const enum bpr_store keys[BPR_TABLE_COUNT] = {
		BPR_STORE_ID, BPR_STORE_FORM, BPR_STORE_COUNTER_NAME, BPR_STORE_POOL, BPR_STORE_LAST,
		BPR_STORE_SCOPE_KEY, BPR_STORE_UNIT_NAME,
	};
	size_t length = 0;
	const char *key = table == BPR_TABLE_DEMAND ? NULL : bpr_i_row_cell(row, keys[table], &length);
	struct bpr_short element = key ? bpr_i_short(key, length) : bpr_i_short("demand", 6);
	const char *shift = table == BPR_TABLE_STAFF ? bpr_i_row_cell(row, BPR_STORE_SHIFT, &length) : NULL;

	if (shift) {
		char room[2 * sizeof(element.text) + 2];
		struct bpr_buf both = BPR_BUF_ON(room);

		bpr_i_buf_puts(&both, element.text);
		bpr_i_buf_putc(&both, '/');
		bpr_i_buf_puts(&both, bpr_i_short(shift, length).text);
		element = bpr_i_short(room, both.length);
	}

	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].column && row->cells[i].column->store != (int)keys[table] &&
		    row->cells[i].column->store != BPR_STORE_SHIFT &&
		    (table != BPR_TABLE_FORMS || row->cells[i].column->store == BPR_STORE_FIELD))
			bpr_i_build_origin(row->b, of[table], element.text, &row->cells[i], &row->place);
}

bpr_status bpr_i_builder_companion(bpr_builder *b, enum bpr_table table, const struct bpr_cell *cells, size_t count,
				   const struct bpr_place *place)
{
	struct bpr_row row = { b, cells, count, place ? *place : (struct bpr_place){ 0 }, place && place->where, 0 };

	if (bpr_i_place_sheet(row.place.file))
		row.first_column = row.place.column;

	for (size_t i = 0; i < count; i++)
		if (cells[i].column && cells[i].length > b->options.max_field) {
			char limit[32];

			(void)bpr_i_num_format(limit, sizeof(limit), (double)b->options.max_field);
			bpr_i_build_note(b, BPR_I_F023, place, cells[i].column->key, limit, NULL, NULL);
			return b->nomem ? BPR_ENOMEM : BPR_ELIMIT;
		}
	switch (table) {
	case BPR_TABLE_FORMS: form_row(&row); break;
	case BPR_TABLE_COUNTERS: counter_row(&row); break;
	case BPR_TABLE_STAFF: bpr_i_row_staff(&row); break;
	case BPR_TABLE_DEMAND: bpr_i_row_demand(&row); break;
	case BPR_TABLE_SCOPES: scope_row(&row); break;
	case BPR_TABLE_UNITS: unit_row(&row); break;
	case BPR_TABLE_FLOW:
	case BPR_TABLE_COUNT: break;
	}
	if (b->options.origins)
		origins(&row, table);
	return bpr_i_build_status(b);
}
