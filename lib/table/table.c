/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a small table: which row has the headings, which cell belongs to which column. */
#include "config.h"
#include "table/key_i.h"
#include "table/table_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "csv/csv_i.h"
#include "xlsx/read_i.h"
#include <string.h>

enum { HEADING_ROWS = 30, MOST_CELLS = 2000, MOST_BYTES = 1 << 24, MOST_FIELD = 1 << 16, MOST_ROWS = 100000 };

struct reading {
	const struct bpr_table_source *source;
	const struct bpr_table_column *columns; size_t count;
	bpr_table_row_fn *take; void *data;
	bpr_problems *problems;
	const char *file;
	size_t *of;             /* [width] column of each cell, or BPR_NONE */
	size_t width;           /* up to the last heading that is not empty */
	size_t row, line;       /* the headings: index among the rows, and line; line 0: not found */
	size_t known;           /* columns that they name */
	size_t looked;          /* rows, in the search */
	char delimiter, best;
	struct bpr_buf texts, above; /* of a row, and of the one before: cells[i] at offsets */
	size_t *at, *above_at;  /* [count]; BPR_NONE: empty */
	const char **cells;     /* [count] */
	size_t taken;
	bool nomem;
	bpr_status status;      /* of the row function, or of a limit */
};

static void note(struct reading *r, enum bpr_code_id id, size_t line, size_t column, const char *const args[3])
{
	const struct bpr_place place = { r->file, line, column, NULL };

	if (!bpr_i_problem(r->problems, id, &place, false, args[0], args[1], args[2], NULL) && r->problems)
		r->nomem = true;
}

/* ---- headings ---- */

/* Column of a heading, or BPR_NONE. */
static size_t column_of(struct reading *r, const char *text, size_t length)
{
	struct bpr_table_key key;
	bool found = false;

	r->nomem |= !bpr_i_table_key(&key, text, length);
	for (size_t i = 0; i < r->count && key.length && !r->nomem; i++) {
		r->nomem |= !bpr_i_table_key_among(&key, r->columns[i].key, &found);
		if (!found)
			r->nomem |= !bpr_i_table_key_among(&key, r->columns[i].headings, &found);
		if (found)
			return i;
	}
	return BPR_NONE;
}

/* Whether the row has all columns that are required; how many columns it names. */
static bool names_columns(struct reading *r, const struct bpr_csv_row *row, size_t *known)
{
	bool all = true;

	memset(r->at, 0, r->count * sizeof(*r->at));
	*known = 0;
	for (size_t i = 0; i < row->count && i < MOST_CELLS; i++) {
		const size_t column = column_of(r, row->cells[i].text, row->cells[i].length);

		if (column != BPR_NONE && !r->at[column]++)
			++*known;
	}
	for (size_t i = 0; i < r->count; i++)
		all &= !r->columns[i].required || r->at[i];
	return all && *known;
}

static enum bpr_csv_next search_row(void *data, const struct bpr_csv_row *row)
{
	struct reading *r = data;
	size_t known;

	if (r->looked++ >= HEADING_ROWS || r->nomem)
		return BPR_CSV_STOP;
	if (!names_columns(r, row, &known) || known <= r->known)
		return BPR_CSV_DROP;
	r->known = known;
	r->row = row->index;
	r->line = row->line;
	r->best = r->delimiter;
	return BPR_CSV_STOP;
}

/* ---- rows ---- */

static bool is_repeat_mark(const char *text, size_t length)
{
	static const char *const marks[] = { "〃", "同上", "々", "仝" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strlen(marks[i]) == length && !memcmp(text, marks[i], length))
			return true;
	return false;
}

/* The columns of the headings; what is wrong with them is told. */
static enum bpr_csv_next take_headings(struct reading *r, const struct bpr_csv_row *row)
{
	const size_t width = row->count < MOST_CELLS ? row->count : MOST_CELLS;

	r->of = bpr_i_calloc(width, sizeof(*r->of));
	if (!r->of) {
		r->nomem = true;
		return BPR_CSV_STOP;
	}
	for (size_t i = 0; i < width && !r->nomem; i++) {
		const char *text = row->cells[i].text;
		const size_t length = bpr_i_utf8_trim(&text, row->cells[i].length);
		struct bpr_buf written = BPR_BUF_INIT;
		bool twice = false;

		r->of[i] = column_of(r, text, length);
		for (size_t k = 0; k < i; k++)
			twice |= r->of[i] != BPR_NONE && r->of[k] == r->of[i];
		if (length)
			r->width = i + 1;
		if (!length || (r->of[i] != BPR_NONE && !twice))
			continue;
		bpr_i_buf_add(&written, text, length < 200 ? length : bpr_i_utf8_cut(text, length, 100, BPR_LANG_EN));
		note(r, twice ? BPR_I_B002 : BPR_I_B003, row->cells[i].line, i + 1,
		     (const char *const[3]){ written.data ? written.data : "", twice ? r->columns[r->of[i]].key : NULL, NULL });
		bpr_i_buf_release(&written);
		r->of[i] = BPR_NONE;
	}
	return r->nomem ? BPR_CSV_STOP : BPR_CSV_DROP;
}

static void add_text(struct reading *r, size_t column, const char *text, size_t length)
{
	r->at[column] = r->texts.length;
	bpr_i_buf_add(&r->texts, text, length);
	bpr_i_buf_putc(&r->texts, '\0');
}

/* Collects the cells; false: the row is blank. */
static bool collect(struct reading *r, const struct bpr_csv_row *row)
{
	bool any = false;

	bpr_i_buf_clear(&r->texts);
	for (size_t i = 0; i < r->count; i++)
		r->at[i] = BPR_NONE;
	for (size_t i = 0; i < row->count; i++) {
		const char *text = row->cells[i].text;
		const size_t length = bpr_i_utf8_trim(&text, row->cells[i].length);
		const size_t column = i < r->width ? r->of[i] : BPR_NONE;

		if (!length)
			continue;
		any = true;
		if (i >= r->width) {
			char cells[32], headings[32];

			(void)bpr_i_num_format(cells, sizeof(cells), (double)(i + 1));
			(void)bpr_i_num_format(headings, sizeof(headings), (double)r->width);
			note(r, BPR_I_B004, row->cells[i].line, i + 1, (const char *const[3]){ cells, headings, NULL });
			break;
		}
		if (column == BPR_NONE)
			continue;
		if (is_repeat_mark(text, length) && r->taken && r->above_at[column] != BPR_NONE) {
			const char *above = r->above.data + r->above_at[column];

			add_text(r, column, above, strlen(above));
		} else {
			add_text(r, column, text + (*text == '\''), length - (*text == '\''));
		}
	}
	r->nomem |= r->texts.failed != BPR_OK;
	return any;
}

static enum bpr_csv_next take_row(void *data, const struct bpr_csv_row *row)
{
	struct reading *r = data;
	struct bpr_table_row given = { NULL, row->line, r->file };
	struct bpr_buf texts;
	size_t known, *at;

	if (row->index < r->row)
		return BPR_CSV_DROP;
	if (row->index == r->row)
		return take_headings(r, row);
	if (names_columns(r, row, &known) && known == r->known)
		return BPR_CSV_DROP;
	if (!collect(r, row) && !r->nomem)
		return BPR_CSV_DROP;
	if (r->nomem)
		return BPR_CSV_STOP;
	if (r->taken++ >= (r->source->max_rows ? r->source->max_rows : MOST_ROWS)) {
		char most[32];

		(void)bpr_i_num_format(most, sizeof(most), (double)(r->taken - 1));
		note(r, BPR_I_B005, row->line, 0, (const char *const[3]){ most, NULL, NULL });
		r->status = BPR_ELIMIT;
		return BPR_CSV_STOP;
	}
	for (size_t i = 0; i < r->count; i++)
		r->cells[i] = r->at[i] == BPR_NONE ? "" : r->texts.data + r->at[i];
	given.cells = r->cells;
	r->status = r->take(r->data, &given);
	texts = r->above, r->above = r->texts, r->texts = texts;
	at = r->above_at, r->above_at = r->at, r->at = at;
	return r->status ? BPR_CSV_STOP : BPR_CSV_DROP;
}

/* ---- the text ---- */

static bpr_status parse(struct reading *r, const char *text, size_t length, bool sheet, bpr_csv_row_fn *fn, struct bpr_fault *fault)
{
	const struct bpr_csv_options options = { r->delimiter, r->source->max_field ? r->source->max_field : MOST_FIELD, 20000 };

	return sheet ? bpr_i_csv_records(text, length, &options, fn, r, fault) : bpr_i_csv_parse(text, length, &options, fn, r, fault);
}

static bpr_status read_text(struct reading *r, const char *text, size_t length, bool sheet, struct bpr_fault *fault)
{
	static const char delimiters[] = ",\t;";
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < (sheet ? 1 : sizeof(delimiters) - 1) && !r->nomem; i++) {
		struct bpr_fault ignored;

		r->delimiter = delimiters[i];
		r->looked = 0;
		/* What is wrong with the quotes is told by the reading below. */
		if (parse(r, text, length, sheet, search_row, &ignored) == BPR_ENOMEM)
			r->nomem = true;
	}
	if (!r->line && !r->nomem) {
		struct bpr_buf list = BPR_BUF_INIT;

		for (size_t i = 0; i < r->count; i++)
			if (r->columns[i].required)
				bpr_i_buf_printf(&list, "%s%s (%.*s)", list.length ? ", " : "", r->columns[i].key,
						 (int)strcspn(r->columns[i].headings, "|"), r->columns[i].headings);
		r->nomem |= list.failed != BPR_OK;
		if (!r->nomem)
			note(r, BPR_I_B001, 0, 0, (const char *const[3]){ list.data, NULL, NULL });
		bpr_i_buf_release(&list);
		return BPR_ESYNTAX;
	}
	r->delimiter = r->best;
	if (!r->nomem)
		status = parse(r, text, length, sheet, take_row, fault);
	if (r->status)
		return r->status;
	if (status && status != BPR_ECANCELLED)
		note(r, fault->id, fault->line, fault->column, (const char *const[3]){ fault->args[0], fault->args[1], fault->args[2] });
	return status;
}

/* ---- the sheet of a workbook ---- */

/* Index of the sheet that is meant; *count of those that are not hidden. BPR_NONE: none, or out of memory. */
static size_t find_sheet(bpr_xlsx *book, const char *sheets, size_t *seen, bool *nomem)
{
	size_t only = BPR_NONE;

	*seen = 0;
	for (size_t i = 0; i < bpr_i_xlsx_count(book); i++) {
		bool hidden, found = false;
		const char *name = bpr_i_xlsx_name(book, i, &hidden);
		struct bpr_table_key key;

		if (hidden)
			continue;
		++*seen;
		only = i;
		*nomem |= !bpr_i_table_key(&key, name, strlen(name)) || !bpr_i_table_key_among(&key, sheets, &found);
		if (found && !*nomem)
			return i;
	}
	return *seen == 1 && !*nomem ? only : BPR_NONE;
}

static bpr_status read_book(struct reading *r, const char *data, size_t length, size_t max_bytes, struct bpr_fault *fault)
{
	const struct bpr_xlsx_options options = { max_bytes, r->source->max_field ? r->source->max_field : MOST_FIELD };
	struct bpr_xlsx_text text = { .text = BPR_BUF_INIT };
	struct bpr_buf file = BPR_BUF_INIT;
	bpr_xlsx *book = NULL;
	size_t sheet = BPR_NONE, seen = 0;
	bool hidden, told = false;
	bpr_status status = bpr_i_xlsx_open(&book, data, length, &options, fault);

	if (!status) {
		sheet = find_sheet(book, r->source->sheets, &seen, &r->nomem);
		if (sheet == BPR_NONE && !r->nomem) {
			note(r, BPR_I_B006, 0, 0, (const char *const[3]){ r->source->sheets, NULL, NULL });
			status = BPR_ESYNTAX;
			told = true;
		}
	}
	if (!status && !r->nomem)
		status = bpr_i_xlsx_text(&text, book, sheet, max_bytes, fault);
	if (status && !told)
		note(r, fault->id, fault->line, fault->column, (const char *const[3]){ fault->args[0], fault->args[1], fault->args[2] });
	if (!status && !r->nomem) {
		bpr_i_buf_puts(&file, r->file);
		bpr_i_buf_putc(&file, '!');
		bpr_i_buf_puts(&file, bpr_i_xlsx_name(book, sheet, &hidden));
		r->nomem |= file.failed != BPR_OK;
		if (!r->nomem) {
			r->file = file.data;
			status = read_text(r, text.text.data ? text.text.data : "", text.text.length, true, fault);
			r->file = r->source->path;
		}
	}
	bpr_i_buf_release(&file);
	bpr_i_xlsx_text_release(&text);
	bpr_i_xlsx_close(book);
	return status;
}

bool bpr_i_table_has_sheet(const void *data, size_t length, const char *sheets)
{
	const struct bpr_xlsx_options options = { MOST_BYTES, MOST_FIELD };
	struct bpr_fault fault;
	bpr_xlsx *book = NULL;
	bool found = false;

	if (!bpr_i_xlsx_likely(data, length) || bpr_i_xlsx_open(&book, data, length, &options, &fault))
		return false;
	for (size_t i = 0; i < bpr_i_xlsx_count(book) && !found; i++) {
		bool hidden;
		const char *name = bpr_i_xlsx_name(book, i, &hidden);
		struct bpr_table_key key;

		if (hidden || !bpr_i_table_key(&key, name, strlen(name)) || !bpr_i_table_key_among(&key, sheets, &found))
			found = false;
	}
	bpr_i_xlsx_close(book);
	return found;
}

/* ---- */

static bpr_status read_bytes(struct reading *r, const char *data, size_t length, size_t max_bytes)
{
	struct bpr_decoded text = { NULL, 0, NULL };
	enum bpr_encoding code = BPR_ENCODING_AUTO;
	enum bpr_code_id old;
	struct bpr_fault fault;
	bpr_status status;

	if (bpr_i_xlsx_likely(data, length))
		return read_book(r, data, length, max_bytes, &fault);
	if (bpr_i_xlsx_old(data, length, &old)) {
		note(r, old, 0, 0, (const char *const[3]){ NULL, NULL, NULL });
		return BPR_ESYNTAX;
	}
	if (r->source->encoding)
		(void)bpr_i_encoding_find(r->source->encoding, &code);
	status = bpr_i_decode(data, length, code, &text, &fault);
	if (status)
		note(r, fault.id, fault.line, fault.column, (const char *const[3]){ fault.args[0], fault.args[1], fault.args[2] });
	else
		status = read_text(r, text.text, text.length, false, &fault);
	bpr_i_free(text.owned);
	return status;
}

/* The first error that the list has from there on. */
static bpr_status refused(const struct reading *r, size_t from, bpr_status status, struct bpr_error *err)
{
	for (size_t i = from; r->problems && i < bpr_problems_count(r->problems); i++) {
		const struct bpr_problem p = bpr_problems_get(r->problems, i);

		if (p.severity != BPR_SEVERITY_ERROR)
			continue;
		for (size_t id = 0; id < BPR_I_CODE_COUNT; id++)
			if (bpr_code_at(id) == p.code)
				return bpr_i_fail(err, status, (enum bpr_code_id)id, p.where, p.line, p.args[0], p.args[1]);
	}
	return bpr_i_fail(err, status, BPR_I_B007, NULL, 0, r->source->path, NULL);
}

bpr_status bpr_i_table_read(const struct bpr_table_source *source, const struct bpr_table_column *columns, size_t count,
			    bpr_table_row_fn *take, void *data, size_t *rows, bpr_problems *problems, struct bpr_error *err)
{
	struct reading r = { .source = source, .columns = columns, .count = count, .take = take, .data = data, .problems = problems,
			     .file = source->path, .texts = BPR_BUF_INIT, .above = BPR_BUF_INIT };
	const size_t from = problems ? bpr_problems_count(problems) : 0, most = source->max_bytes ? source->max_bytes : MOST_BYTES;
	enum bpr_encoding code;
	struct bpr_fault fault;
	char *bytes = NULL;
	size_t length = source->length;
	bpr_status status = BPR_OK;

	if (rows)
		*rows = 0;
	if (source->encoding && !bpr_i_encoding_find(source->encoding, &code))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I015, NULL, 0, source->encoding, NULL);
	r.at = bpr_i_calloc(count, sizeof(*r.at));
	r.above_at = bpr_i_calloc(count, sizeof(*r.above_at));
	r.cells = bpr_i_calloc(count, sizeof(*r.cells));
	r.nomem = !r.at || !r.above_at || !r.cells;
	if (!source->data && !r.nomem) {
		status = bpr_i_file_read(source->path, most, &bytes, &length, &fault);
		if (status)
			note(&r, fault.id, fault.line, fault.column, (const char *const[3]){ fault.args[0], fault.args[1], fault.args[2] });
	}
	if (!status && !r.nomem)
		status = read_bytes(&r, source->data ? source->data : bytes, length, most);
	bpr_i_free(bytes);
	bpr_i_free(r.of);
	bpr_i_free(r.at);
	bpr_i_free(r.above_at);
	bpr_i_free((void *)r.cells);
	bpr_i_buf_release(&r.texts);
	bpr_i_buf_release(&r.above);
	if (rows)
		*rows = r.taken;
	if (r.nomem || status == BPR_ENOMEM)
		return bpr_i_nomem(err);
	return status ? refused(&r, from, status, err) : BPR_OK;
}
