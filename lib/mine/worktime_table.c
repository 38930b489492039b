/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours of many units from a CSV file: 担当課, 開庁時間, 閉庁日 in any order, a row each. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include "csv/csv_i.h"
#include <bpr/worktime.h>
#include <string.h>
#include <strings.h>

enum { MOST_BYTES = 1 << 24, UNIT = 0, OPEN, CLOSED, COLUMNS };

struct table {
	const char *file;
	bpr_problems *problems;
	size_t at[COLUMNS];        /* cell of the column, or BPR_NONE */
	struct { size_t from[COLUMNS]; } *rows;
	size_t count, capacity;
	struct bpr_buf texts;
	bool failed, nomem;
};

static void note(struct table *t, enum bpr_code_id id, size_t line, const char *a1, const char *a2, const char *a3)
{
	const struct bpr_place place = { t->file, line, 0, NULL };

	t->failed = true;
	t->nomem |= !bpr_i_problem(t->problems, id, &place, true, a1, a2, a3, NULL) && t->problems;
}

static size_t column_of(const char *text, size_t length)
{
	static const struct { const char *name; size_t column; } names[] = {
		{ "unit", UNIT }, { "担当課", UNIT }, { "担当", UNIT }, { "部署", UNIT }, { "課", UNIT }, { "係", UNIT }, { "課名", UNIT },
		{ "open", OPEN }, { "hours", OPEN }, { "開庁時間", OPEN }, { "受付時間", OPEN }, { "窓口時間", OPEN }, { "勤務時間", OPEN },
		{ "closed", CLOSED }, { "閉庁日", CLOSED }, { "休業日", CLOSED }, { "休庁日", CLOSED }, { "休日", CLOSED },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i].name) == length && !strncasecmp(names[i].name, text, length))
			return names[i].column;
	return COLUMNS;
}

static bool headings(struct table *t, const struct bpr_csv_row *row)
{
	for (size_t i = 0; i < COLUMNS; i++)
		t->at[i] = BPR_NONE;
	for (size_t i = 0; i < row->count; i++) {
		const char *text = row->cells[i].text;
		const size_t length = bpr_i_utf8_trim(&text, row->cells[i].length), column = column_of(text, length);

		if (column < COLUMNS && t->at[column] == BPR_NONE)
			t->at[column] = i;
	}
	if (t->at[UNIT] != BPR_NONE && t->at[OPEN] != BPR_NONE)
		return true;
	note(t, BPR_I_L404, row->line, t->file, NULL, NULL);
	return false;
}

static enum bpr_csv_next take_row(void *data, const struct bpr_csv_row *row)
{
	struct table *t = data;
	size_t any = 0;

	if (!row->index)
		return headings(t, row) ? BPR_CSV_DROP : BPR_CSV_STOP;
	if (!bpr_i_grow(&t->rows, &t->capacity, t->count + 1, sizeof(*t->rows))) {
		t->nomem = true;
		return BPR_CSV_STOP;
	}
	for (size_t i = 0; i < COLUMNS; i++) {
		const char *text = t->at[i] < row->count ? row->cells[t->at[i]].text : "";
		const size_t length = t->at[i] < row->count ? bpr_i_utf8_trim(&text, row->cells[t->at[i]].length) : 0;

		t->rows[t->count].from[i] = t->texts.length;
		bpr_i_buf_add(&t->texts, text, length);
		bpr_i_buf_putc(&t->texts, '\0');
		any += length;
	}
	t->nomem |= t->texts.failed != BPR_OK;
	t->count += any > 0;
	return t->nomem ? BPR_CSV_STOP : BPR_CSV_DROP;
}

/* One block: the list, then the texts. */
static struct bpr_worktime_unit *pack(const struct table *t)
{
	struct bpr_worktime_unit *block = bpr_i_calloc(t->count + t->texts.length / sizeof(*block) + 1, sizeof(*block));
	char *texts;

	if (!block)
		return NULL;
	texts = (char *)(block + t->count);
	memcpy(texts, t->texts.data, t->texts.length);
	for (size_t i = 0; i < t->count; i++) {
		const char *unit = texts + t->rows[i].from[UNIT], *open = texts + t->rows[i].from[OPEN], *closed = texts + t->rows[i].from[CLOSED];
		const bool office = !*unit || !strcmp(unit, "*");

		block[i] = (struct bpr_worktime_unit){ office ? NULL : unit, *open ? open : NULL, *closed ? closed : NULL };
	}
	return block;
}

static void read_rows(struct table *t, const char *text, size_t length)
{
	const struct bpr_csv_options options = { ',', (size_t)1 << 16, 4096 };
	struct bpr_fault fault;
	bpr_status status = bpr_i_csv_parse(text, length, &options, take_row, t, &fault);

	if (status && status != BPR_ECANCELLED)
		note(t, fault.id, fault.line, fault.args[0], fault.args[1], fault.args[2]);
	else if (!t->count && !t->failed && !t->nomem)
		note(t, BPR_I_L405, 0, t->file, NULL, NULL);
}

bpr_status bpr_worktime_units_read(const char *path, const char *encoding, struct bpr_worktime_unit **out, size_t *count, bpr_problems *problems,
				   struct bpr_error *err)
{
	struct table t = { .file = path, .problems = problems, .texts = BPR_BUF_INIT };
	struct bpr_decoded text = { NULL, 0, NULL };
	enum bpr_encoding code = BPR_ENCODING_AUTO;
	struct bpr_fault fault;
	char *data = NULL;
	size_t length;
	bpr_status status;

	*out = NULL;
	*count = 0;
	if (encoding && !bpr_i_encoding_find(encoding, &code))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I015, NULL, 0, encoding, NULL);
	status = bpr_i_file_read(path, MOST_BYTES, &data, &length, &fault);
	if (!status)
		status = bpr_i_decode(data, length, code, &text, &fault);
	if (status)
		note(&t, fault.id, fault.line, fault.args[0], fault.args[1], fault.args[2]);
	else
		read_rows(&t, text.text, text.length);
	if (!t.failed && !t.nomem) {
		*out = pack(&t);
		*count = *out ? t.count : 0;
		t.nomem = !*out;
	}
	bpr_i_free(text.owned);
	bpr_i_free(data);
	bpr_i_free(t.rows);
	bpr_i_buf_release(&t.texts);
	if (t.nomem)
		return bpr_i_nomem(err);
	return t.failed ? bpr_i_fail(err, status ? status : BPR_ESYNTAX, BPR_I_F035, NULL, 0, path, NULL) : BPR_OK;
}

void bpr_worktime_units_free(struct bpr_worktime_unit *units)
{
	bpr_i_free(units);
}
