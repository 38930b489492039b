/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of procedures against those that the household needs: a line each, by name or id; other cells do not matter. */
#include "config.h"
#include "drill/grade_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "csv/csv_i.h"
#include "table/key_i.h"
#include <bpr/procedure.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20 };

struct matching {
	const bpr_procedures *procedures;
	bool *named;            /* [procedures] */
	size_t rows, unknown;   /* rows that name none; the headings are none either */
	bool nomem;
};

static bool is_named(struct matching *m, const struct bpr_csv_cell *cell)
{
	struct bpr_table_key key;
	bool found = false;

	m->nomem |= !bpr_i_table_key(&key, cell->text, cell->length);
	for (size_t i = 0; i < bpr_procedures_count(m->procedures) && key.length && !m->nomem; i++) {
		const struct bpr_procedure *p = bpr_procedures_get(m->procedures, i);
		const char *const names[] = { p->id, p->name, p->plain };

		for (size_t k = 0; k < 3; k++) {
			struct bpr_table_key name;

			m->nomem |= !bpr_i_table_key(&name, names[k], strlen(names[k]));
			if (name.length && name.length == key.length && !memcmp(name.text, key.text, key.length))
				found = m->named[i] = true;
		}
	}
	return found;
}

static enum bpr_csv_next take_row(void *data, const struct bpr_csv_row *row)
{
	struct matching *m = data;
	bool found = false;

	for (size_t i = 0; i < row->count && !found; i++)
		found = is_named(m, &row->cells[i]);
	m->unknown += !found && m->rows;
	m->rows++;
	return m->nomem ? BPR_CSV_STOP : BPR_CSV_DROP;
}

static bpr_status match(struct grading *g, struct matching *m)
{
	const struct bpr_csv_options options = { ',', (size_t)1 << 16, 2000 };
	struct bpr_decoded text = { NULL, 0, NULL };
	struct bpr_fault fault = { BPR_OK, 0, 0, 0, { "", "", "" } };
	char *data = NULL;
	size_t length;
	bpr_status status = bpr_i_file_read(g->answer, MOST_BYTES, &data, &length, &fault);

	if (!status)
		status = bpr_i_decode(data, length, BPR_ENCODING_AUTO, &text, &fault);
	if (!status)
		status = bpr_i_csv_parse(text.text, text.length, &options, take_row, m, &fault);
	bpr_i_free(text.owned);
	bpr_i_free(data);
	if (m->nomem || status == BPR_ENOMEM)
		return bpr_i_nomem(g->err);
	if (status) {
		const struct bpr_place place = { g->answer, fault.line, fault.column, NULL };

		(void)bpr_i_problem(g->problems, fault.id, &place, false, fault.args[0], fault.args[1], fault.args[2], NULL);
		return bpr_i_fail(g->err, status, fault.id, NULL, fault.line, fault.args[0], fault.args[1]);
	}
	return BPR_OK;
}

/* The sheet that is right. */
struct right { bpr_procedures *procedures; bpr_household **households; size_t count; struct bpr_checksheet sheet; };

static bpr_status make_right(struct grading *g, struct right *right)
{
	const struct bpr_procedure_options options = BPR_PROCEDURE_OPTIONS_INIT;
	char *table = bpr_i_pack_path(g->pack, g->exercise->procedures), *house = bpr_i_pack_path(g->pack, g->exercise->household);
	bpr_status status = table && house ? BPR_OK : bpr_i_nomem(g->err);

	if (!status)
		status = bpr_procedures_read(table, &options, &right->procedures, g->problems, g->err);
	if (!status)
		status = bpr_households_read(house, &right->households, &right->count, g->problems, g->err);
	if (!status && right->count)
		status = bpr_checksheet_make(right->procedures, right->households[0], &right->sheet, g->problems, g->err);
	if (status != BPR_ENOMEM && (status || !right->count))
		status = bpr_i_fail(g->err, BPR_EINVAL, BPR_I_N110, g->exercise->id, g->exercise->line, g->exercise->procedures, NULL);
	bpr_i_free(table);
	bpr_i_free(house);
	return status;
}

/* What is missing and what is too much, by name. */
static bpr_status tell(struct grading *g, const struct right *right, const struct matching *m)
{
	const size_t count = bpr_procedures_count(right->procedures);
	struct bpr_grade *grade = g->grade;
	bool *needed = bpr_i_arena_alloc(g->arena, count, sizeof(*needed));

	grade->missing = bpr_i_arena_alloc(g->arena, count, sizeof(*grade->missing));
	grade->extra = bpr_i_arena_alloc(g->arena, count, sizeof(*grade->extra));
	if (!needed || !grade->missing || !grade->extra)
		return bpr_i_nomem(g->err);
	for (size_t i = 0; i < right->sheet.item_count; i++)
		needed[right->sheet.items[i].procedure] = true;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_procedure *p = bpr_procedures_get(right->procedures, i);
		const char *name;

		if (needed[i] == m->named[i])
			continue;
		name = bpr_i_arena_strdup(g->arena, *p->name ? p->name : p->id);
		if (!name)
			return bpr_i_nomem(g->err);
		if (needed[i])
			grade->missing[grade->missing_count++] = name;
		else
			grade->extra[grade->extra_count++] = name;
	}
	return BPR_OK;
}

bpr_status bpr_i_grade_sheet(struct grading *g)
{
	static const struct bpr_drill_check missing = { "missing=0", { "", "" }, 0 }, extra = { "extra=0", { "", "" }, 0 }, unknown = { "unknown=0", { "", "" }, 0 };
	struct right right = { NULL, NULL, 0, { .event = NULL } };
	struct matching m = { .rows = 0 };
	bpr_status status = make_right(g, &right);

	if (!status) {
		m.procedures = right.procedures;
		m.named = bpr_i_calloc(bpr_procedures_count(right.procedures), sizeof(*m.named));
		status = m.named ? match(g, &m) : bpr_i_nomem(g->err);
	}
	if (!status)
		status = tell(g, &right, &m);
	if (!status)
		status = bpr_i_grade_item(g, &missing, !g->grade->missing_count, true, (double)g->grade->missing_count, 0);
	if (!status)
		status = bpr_i_grade_item(g, &extra, !g->grade->extra_count, true, (double)g->grade->extra_count, 0);
	if (!status && m.unknown)
		status = bpr_i_grade_item(g, &unknown, false, true, (double)m.unknown, 0);
	bpr_i_free(m.named);
	bpr_checksheet_release(&right.sheet);
	bpr_households_free(right.households, right.count);
	bpr_procedures_free(right.procedures);
	return status;
}
