/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of activities and steps that differ, from a CSV file: a row each. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include "csv/csv_i.h"
#include <bpr/conformance.h>
#include <string.h>
#include <strings.h>

enum { MOST_BYTES = 1 << 24, ACTIVITY = 0, STEP, COLUMNS };

struct table {
	const char *file;
	bpr_problems *problems;
	size_t at[COLUMNS];
	size_t *from; size_t count, capacity; /* offsets of the entries */
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
		{ "activity", ACTIVITY }, { "log", ACTIVITY }, { "作業", ACTIVITY }, { "ログ", ACTIVITY }, { "ログの作業", ACTIVITY },
		{ "step", STEP }, { "flow", STEP }, { "手順", STEP }, { "工程", STEP }, { "フローの手順", STEP },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i].name) == length && !strncasecmp(names[i].name, text, length))
			return names[i].column;
	return COLUMNS;
}

/* Whether the row is one of headings: then it says where the columns are. */
static bool headings(struct table *t, const struct bpr_csv_row *row)
{
	size_t at[COLUMNS] = { BPR_NONE, BPR_NONE };

	for (size_t i = 0; i < row->count; i++) {
		const char *text = row->cells[i].text;
		const size_t length = bpr_i_utf8_trim(&text, row->cells[i].length), column = column_of(text, length);

		if (column < COLUMNS && at[column] == BPR_NONE)
			at[column] = i;
	}
	if (at[ACTIVITY] == BPR_NONE || at[STEP] == BPR_NONE)
		return false;
	memcpy(t->at, at, sizeof(at));
	return true;
}

static enum bpr_csv_next take_row(void *data, const struct bpr_csv_row *row)
{
	struct table *t = data;
	const char *text[COLUMNS];
	size_t length[COLUMNS];

	if (!row->index && headings(t, row))
		return BPR_CSV_DROP;
	for (size_t i = 0; i < COLUMNS; i++) {
		text[i] = t->at[i] < row->count ? row->cells[t->at[i]].text : "";
		length[i] = t->at[i] < row->count ? bpr_i_utf8_trim(&text[i], row->cells[t->at[i]].length) : 0;
	}
	if (!length[ACTIVITY] || !length[STEP])
		return BPR_CSV_DROP;
	if (!bpr_i_grow(&t->from, &t->capacity, t->count + 1, sizeof(*t->from))) {
		t->nomem = true;
		return BPR_CSV_STOP;
	}
	t->from[t->count++] = t->texts.length;
	bpr_i_buf_add(&t->texts, text[ACTIVITY], length[ACTIVITY]);
	bpr_i_buf_putc(&t->texts, '=');
	bpr_i_buf_add(&t->texts, text[STEP], length[STEP]);
	bpr_i_buf_putc(&t->texts, '\0');
	t->nomem |= t->texts.failed != BPR_OK;
	return t->nomem ? BPR_CSV_STOP : BPR_CSV_DROP;
}

/* One block: the list, then the texts. */
static const char **pack(const struct table *t)
{
	const char **block = bpr_i_calloc(t->count + t->texts.length / sizeof(*block) + 1, sizeof(*block));
	char *texts;

	if (!block)
		return NULL;
	texts = (char *)(block + t->count);
	if (t->texts.length)
		memcpy(texts, t->texts.data, t->texts.length);
	for (size_t i = 0; i < t->count; i++)
		block[i] = texts + t->from[i];
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
		note(t, BPR_I_L614, 0, t->file, NULL, NULL);
}

bpr_status bpr_conform_map_read(const char *path, const char *encoding, const char ***out, size_t *count, bpr_problems *problems,
				struct bpr_error *err)
{
	struct table t = { .file = path, .problems = problems, .at = { ACTIVITY, STEP }, .texts = BPR_BUF_INIT };
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
	bpr_i_free(t.from);
	bpr_i_buf_release(&t.texts);
	if (t.nomem)
		return bpr_i_nomem(err);
	return t.failed ? bpr_i_fail(err, status ? status : BPR_ESYNTAX, BPR_I_F035, NULL, 0, path, NULL) : BPR_OK;
}

void bpr_conform_map_free(const char **map)
{
	bpr_i_free((void *)map);
}
