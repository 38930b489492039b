/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workbook: which sheet is which table, by its name or else by its headings; then each flow is read as a flow table is,
 * with its own tables beside it or those that all share.
 */
#include "config.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "base/record_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "read/source_i.h"
#include "read/workbook_i.h"
#include "xlsx/read_i.h"
#include <string.h>

enum { LONGEST_LIST = 190 };

/* ---- what is said about sheets ---- */

/* "a, b …": names of the sheets that `wanted` wants. */
static void list_names(char list[LONGEST_LIST], const struct bpr_workbook *w, enum bpr_sheet_use use)
{
	struct bpr_buf buf = { list, 0, LONGEST_LIST, LONGEST_LIST - 1, BPR_OK };
	bool any = false, more = false;

	list[0] = '\0';
	for (size_t i = 0; i < w->count; i++) {
		const char *name = w->sheets[i].title;
		size_t n = bpr_i_utf8_cut(name, strlen(name), 24, BPR_LANG_EN);

		if (use != BPR_SHEET_ANY && w->sheets[i].use != use)
			continue;
		if (buf.length + n + sizeof(",  …") > LONGEST_LIST) {
			more = true;
			continue;
		}
		bpr_i_buf_puts(&buf, any ? ", " : "");
		bpr_i_buf_add(&buf, name, n);
		any = true;
	}
	bpr_i_buf_puts(&buf, more ? " …" : "");
}

static void note_sheets(struct bpr_workbook *w, enum bpr_sheet_use use, enum bpr_code_id id)
{
	const struct bpr_place place = { .file = w->reader->name };
	char list[LONGEST_LIST];

	list_names(list, w, use);
	if (*list)
		bpr_i_reader_note(w->reader, id, &place, list, NULL, NULL);
}

static void note_merge(struct bpr_workbook *w, const struct bpr_workbook_sheet *sheet, enum bpr_code_id id, const struct bpr_xlsx_merge *m)
{
	const struct bpr_place place = { sheet->file, m->row, m->column, NULL };
	char area[96];
	size_t n = bpr_i_num_cell(area, sizeof(area), m->row, m->column);

	area[n++] = ':';
	(void)bpr_i_num_cell(area + n, sizeof(area) - n, m->last_row, m->last_column);
	bpr_i_reader_note(w->reader, id, &place, area, NULL, NULL);
}

/* ---- the text of a sheet ---- */

/* Headings in merged cells: written into each of their cells, down to the row of headings and no further. */
static bpr_status fill_headings(struct bpr_workbook *w, struct bpr_workbook_sheet *sheet, struct bpr_xlsx_text *text)
{
	enum { LOOKED_AT = 60 };
	struct bpr_buf all = BPR_BUF_INIT;
	struct bpr_xlsx_merge filled, below = text->merges.first_below;
	struct bpr_headings head = { .key = BPR_NONE };
	bpr_status status = bpr_i_xlsx_fill(text, LOOKED_AT, &all, &filled);

	if (!status)
		status = bpr_i_headings_find(&head, sheet->table, all.data ? all.data : "", all.length);
	bpr_i_buf_clear(&all);
	if (!status && head.line)
		status = bpr_i_xlsx_fill(text, head.line, &all, &filled);
	for (size_t i = 0; i < text->merges.count; i++)
		if (text->merges.items[i].row > head.line && (!below.row || text->merges.items[i].row < below.row))
			below = text->merges.items[i];
	if (!status && head.line && filled.row) {
		bpr_i_buf_release(&text->text);
		text->text = all;
		all = (struct bpr_buf)BPR_BUF_INIT;
		note_merge(w, sheet, BPR_I_T054, &filled);
	}
	if (!status && head.line && below.row)
		note_merge(w, sheet, BPR_I_T050, &below);
	bpr_i_headings_release(&head);
	bpr_i_buf_release(&all);
	return status;
}

static void note_troubles(struct bpr_workbook *w, const struct bpr_workbook_sheet *sheet)
{
	for (size_t i = 0; i < sheet->text.trouble_count; i++) {
		const struct bpr_xlsx_trouble *t = &sheet->text.troubles[i];
		const struct bpr_place place = { sheet->file, t->row, t->column, NULL };

		if (!bpr_i_problem(w->reader->problems, t->unsaved ? BPR_I_T049 : BPR_I_T048, &place, false, t->text, NULL, NULL, NULL))
			w->reader->nomem = true;
	}
}

/* ---- which sheet is what ---- */

/* By its headings. A flow must say where it goes on: other lists of an office have numbers and names, too. */
static bpr_status by_headings(struct bpr_workbook_sheet *sheet, enum bpr_table table, bool *fits)
{
	struct bpr_headings head;
	bool next = false;
	bpr_status status = bpr_i_headings_find(&head, table, sheet->text.text.data ? sheet->text.text.data : "", sheet->text.text.length);

	for (size_t i = 0; i < head.count; i++)
		next |= head.items[i].column && (!strcmp(head.items[i].column->key, "next") || !strcmp(head.items[i].column->key, "kind"));
	*fits = !status && head.key != BPR_NONE && head.known >= 2 && (table != BPR_TABLE_FLOW || next);
	bpr_i_headings_release(&head);
	return status;
}

/* The table of a sheet whose name does not say it. Those that could be taken for another come last. */
static bpr_status guess(struct bpr_workbook *w, struct bpr_workbook_sheet *sheet)
{
	static const enum bpr_table order[] = { BPR_TABLE_FLOW, BPR_TABLE_FORMS, BPR_TABLE_STAFF, BPR_TABLE_COUNTERS, BPR_TABLE_SCOPES,
						BPR_TABLE_DEMAND };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		bool fits, taken = false;
		bpr_status status = by_headings(sheet, order[i], &fits);

		if (status)
			return bpr_i_nomem(w->reader->err);
		for (size_t k = 0; k < w->count && order[i] != BPR_TABLE_FLOW; k++)
			taken |= w->sheets[k].use == BPR_SHEET_TABLE && w->sheets[k].table == order[i] && !*w->sheets[k].owner;
		if (!fits || taken)
			continue;
		sheet->table = order[i];
		sheet->use = BPR_SHEET_TABLE;
		return BPR_OK;
	}
	return BPR_OK;
}

static bool is_flow(const struct bpr_workbook_sheet *sheet)
{
	return sheet->use == BPR_SHEET_TABLE && sheet->table == BPR_TABLE_FLOW;
}

/* The example counts where there is nothing else. */
static void leave_example(struct bpr_workbook *w)
{
	bool own = false;

	for (size_t i = 0; i < w->count; i++)
		own |= is_flow(&w->sheets[i]) && !w->sheets[i].example;
	for (size_t i = 0; i < w->count && own; i++)
		if (w->sheets[i].example && w->sheets[i].use == BPR_SHEET_TABLE)
			w->sheets[i].use = BPR_SHEET_EXAMPLE;
}

static bpr_status read_sheet(struct bpr_workbook *w, size_t i)
{
	struct bpr_workbook_sheet *sheet = &w->sheets[i];
	struct bpr_fault fault;
	bpr_status status = bpr_i_xlsx_text(&sheet->text, w->book, i, w->left, &fault);

	if (status)
		return bpr_i_reader_fault(w->reader, sheet->file, &fault);
	w->left -= sheet->text.text.length;
	if (!sheet->text.text.length)
		return BPR_OK;
	sheet->filled = true;
	return BPR_OK;
}

static bpr_status read_sheets(struct bpr_workbook *w)
{
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < w->count && !status; i++)
		if (w->sheets[i].use != BPR_SHEET_HIDDEN)
			status = read_sheet(w, i);
	for (size_t i = 0; i < w->count && !status; i++)
		if (w->sheets[i].use == BPR_SHEET_UNUSED && w->sheets[i].filled)
			status = guess(w, &w->sheets[i]);
	leave_example(w);
	for (size_t i = 0; i < w->count && !status; i++) {
		struct bpr_workbook_sheet *sheet = &w->sheets[i];

		if (sheet->use != BPR_SHEET_TABLE)
			continue;
		if (sheet->text.merges.total && fill_headings(w, sheet, &sheet->text))
			status = bpr_i_nomem(w->reader->err);
		note_troubles(w, sheet);
	}
	return status;
}

/* ---- the flows ---- */

struct rows { const struct bpr_headings *head; bool any; };

static enum bpr_csv_next look_at_row(void *data, const struct bpr_csv_row *row)
{
	struct rows *rows = data;

	rows->any = row->line > rows->head->line && !bpr_i_row_blank(row);
	return rows->any ? BPR_CSV_STOP : BPR_CSV_DROP;
}

/* Flow sheets with headings and nothing below: a blank workbook, or a copy that waits to be filled in. */
static bpr_status leave_empty(struct bpr_workbook *w)
{
	const struct bpr_csv_options options = { BPR_I_UNIT, w->reader->options->max_field, BPR_I_MAX_CELLS };
	const struct bpr_workbook_sheet *first = NULL;
	bool any = false;

	for (size_t i = 0; i < w->count; i++) {
		struct bpr_workbook_sheet *sheet = &w->sheets[i];
		struct bpr_headings head;
		struct rows rows = { &head, false };
		struct bpr_fault ignored; /* told when the sheet is read */
		bpr_status status;

		if (!is_flow(sheet) || !sheet->filled)
			continue;
		status = bpr_i_headings_find(&head, BPR_TABLE_FLOW, sheet->text.text.data, sheet->text.text.length);
		if (!status)
			status = bpr_i_csv_parse(sheet->text.text.data, sheet->text.text.length, &options, look_at_row, &rows, &ignored);
		if (!rows.any && head.line && status == BPR_OK) {
			sheet->use = BPR_SHEET_EMPTY;
			first = first ? first : sheet;
		}
		any |= sheet->use == BPR_SHEET_TABLE;
		bpr_i_headings_release(&head);
		if (status == BPR_ENOMEM)
			return bpr_i_nomem(w->reader->err);
	}
	if (any || !first)
		return BPR_OK;
	return bpr_i_reader_fail(w->reader, BPR_ESYNTAX, BPR_I_T059, 0, first->title, NULL);
}

/* Tables beside flow `at`: its own, else those of all. */
static void choose_companions(struct bpr_workbook *w, size_t at, struct bpr_workbook_sheet *chosen[BPR_TABLE_COUNT])
{
	for (size_t t = 0; t < BPR_TABLE_COUNT; t++)
		chosen[t] = NULL;
	for (size_t i = 0; i < w->count; i++) {
		struct bpr_workbook_sheet *s = &w->sheets[i];

		if (s->use != BPR_SHEET_TABLE || s->table == BPR_TABLE_FLOW || !s->filled)
			continue;
		if (!strcmp(s->owner, w->sheets[at].id) || (!*s->owner && !chosen[s->table]))
			chosen[s->table] = s;
	}
}

static bpr_status read_flow(struct bpr_workbook *w, size_t at, struct bpr_flows *out)
{
	struct bpr_workbook_sheet *chosen[BPR_TABLE_COUNT];
	struct bpr_reader *reader = w->reader;
	const struct bpr_workbook_sheet *sheet = &w->sheets[at];
	const char *name = reader->name;
	bpr_status status;

	choose_companions(w, at, chosen);
	for (size_t t = 0; t < BPR_TABLE_COUNT; t++)
		if (chosen[t])
			reader->companions[t] = (struct bpr_companion){ chosen[t]->file, NULL, chosen[t]->text.text.data, chosen[t]->text.text.length,
									chosen[t]->told };
	reader->name = sheet->file;
	reader->id = w->flow_count == 1 ? w->stem : sheet->id;
	reader->title = w->flow_count == 1 ? NULL : sheet->id;
	status = bpr_i_read_table(reader, sheet->text.text.data ? sheet->text.text.data : "", sheet->text.text.length, out);
	for (size_t t = 0; t < BPR_TABLE_COUNT; t++)
		if (chosen[t])
			chosen[t]->told = reader->companions[t].told;
	memset(reader->companions, 0, sizeof(reader->companions));
	reader->name = name;
	reader->id = reader->title = NULL;
	return status;
}

static const char *sheet_called(const struct bpr_workbook *w, const char *id)
{
	for (size_t i = 0; i < w->count; i++)
		for (int lang = 0; lang < BPR_LANG_COUNT; lang++)
			if (!strcmp(w->sheets[i].title, bpr_text((enum bpr_lang)lang, id)))
				return w->sheets[i].title;
	return NULL;
}

/* A report as a workbook has a sheet of steps, too. */
static bpr_status refuse_report(struct bpr_workbook *w)
{
	const char *source = sheet_called(w, N_("Assumptions and sources"));

	if (!source || !sheet_called(w, N_("Measures")) || !sheet_called(w, N_("Summary")))
		return BPR_OK;
	return bpr_i_reader_fail(w->reader, BPR_ESYNTAX, BPR_I_T061, 0, source, NULL);
}

static bpr_status read_flows(struct bpr_workbook *w, struct bpr_flows *out)
{
	bpr_status worst = refuse_report(w);

	if (!worst)
		worst = leave_empty(w);
	if (worst)
		return worst;
	for (size_t i = 0; i < w->count; i++)
		w->flow_count += is_flow(&w->sheets[i]);
	note_sheets(w, BPR_SHEET_EMPTY, BPR_I_T060);
	note_sheets(w, BPR_SHEET_HIDDEN, BPR_I_T047);
	note_sheets(w, BPR_SHEET_UNUSED, BPR_I_T046);
	if (!w->flow_count) {
		char list[LONGEST_LIST];

		list_names(list, w, BPR_SHEET_ANY);
		return bpr_i_reader_fail(w->reader, BPR_ESYNTAX, BPR_I_T045, 0, list, NULL);
	}
	/* One run names what is wrong with all of them. */
	for (size_t i = 0; i < w->count && worst != BPR_ENOMEM && !bpr_i_reader_full(w->reader); i++) {
		bpr_status status = BPR_OK;

		if (is_flow(&w->sheets[i]))
			status = read_flow(w, i, out);
		if (status == BPR_ENOMEM || !worst)
			worst = status;
	}
	return worst ? worst : bpr_i_reader_status(w->reader);
}

/* The sheets that were read, for those who judge them. */
static bpr_status keep_source(struct bpr_workbook *w, struct bpr_flows *out)
{
	struct bpr_source *source = bpr_i_source_new(BPR_INPUT_TABLE, w->reader->name, NULL, NULL, 0);

	out->source = source;
	if (source)
		source->sheets = bpr_i_calloc(w->count, sizeof(*source->sheets));
	if (!source || !source->sheets)
		return bpr_i_nomem(w->reader->err);
	for (size_t i = 0; i < w->count; i++) {
		struct bpr_workbook_sheet *s = &w->sheets[i];

		if (s->use != BPR_SHEET_TABLE)
			continue;
		source->sheets[source->sheet_count++] = (struct bpr_source_sheet){ s->table, s->file, s->text.text };
		s->file = NULL;
		s->text.text = (struct bpr_buf)BPR_BUF_INIT;
	}
	return BPR_OK;
}

static void release(struct bpr_workbook *w)
{
	for (size_t i = 0; i < w->count && w->sheets; i++) {
		bpr_i_free(w->sheets[i].file);
		bpr_i_xlsx_text_release(&w->sheets[i].text);
	}
	bpr_i_free(w->sheets);
	bpr_i_arena_release(&w->arena);
	bpr_i_xlsx_close(w->book);
}

bpr_status bpr_i_read_workbook(struct bpr_reader *reader, const char *data, size_t length, struct bpr_flows *out)
{
	const struct bpr_xlsx_options options = { reader->options->max_bytes, reader->options->max_field };
	struct bpr_workbook w = { .reader = reader, .left = reader->options->max_bytes };
	struct bpr_fault fault;
	const char *stem;
	size_t stem_length = bpr_i_reader_stem(reader, &stem);
	bpr_status status;

	if (bpr_i_xlsx_open(&w.book, data, length, &options, &fault))
		return bpr_i_reader_fault(reader, reader->name, &fault);
	reader->workbook = reader->table = reader->looked = true;
	w.stem = bpr_i_arena_strndup(&w.arena, stem, stem_length);
	status = w.stem ? bpr_i_workbook_sort(&w) : bpr_i_nomem(reader->err);
	if (!status)
		status = read_sheets(&w);
	if (!status)
		status = read_flows(&w, out);
	if (!status && reader->options->source)
		status = keep_source(&w, out);
	release(&w);
	return status;
}
