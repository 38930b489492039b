/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measured values: emp(FILE[,COLUMN]). FILE is a CSV file in the folder of the flow or below it: a table must not make
 * its reader open anything else. COLUMN is a heading, or the number of a column; without it the first column is meant.
 */
#include "config.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "read/measured_i.h"
#include <string.h>

/* All measured values of an input together may take this part of --max-bytes: they are read once for each mention. */
enum { MEASURED_PART = 8 };

struct measured {
	struct bpr_reader *reader;
	bpr_problems *problems;
	const char *file;          /* as opened */
	const char *column;        /* folded heading or number, "" none */
	const struct bpr_place *place; /* of the mention */
	char delimiter, found_delimiter;
	size_t index;              /* of the column */
	size_t first;              /* row of the first value */
	bool found;
	double *values;
	size_t count, capacity;
	size_t from;               /* problems before */
	bool failed, nomem;
};

static void note(struct measured *m, enum bpr_code_id id, const struct bpr_place *place, const char *a1, const char *a2)
{
	m->failed = true;
	if (!bpr_i_problem(m->problems, id, place, true, a1, a2, NULL, NULL))
		m->nomem = true;
}

/* A relative name that stays in its folder: no "..", no empty part, no NUL. */
static bool is_inside(const char *name, size_t length)
{
	size_t part = 0;

	if (!length || name[0] == '/' || memchr(name, '\0', length) || memchr(name, '\\', length))
		return false;
	for (size_t i = 0; i <= length; i++) {
		if (i < length && name[i] != '/')
			continue;
		if (i == part || (i - part == 2 && !memcmp(name + part, "..", 2)))
			return false;
		part = i + 1;
	}
	return true;
}

bool bpr_i_beside_is(const struct bpr_csv_cell *cell, const char *column)
{
	char room[4096] = "";
	struct bpr_buf folded = BPR_BUF_ON(room);

	if (cell->length < sizeof(room) / 3)
		bpr_i_utf8_fold(&folded, cell->text, cell->length);
	return !folded.failed && !strcmp(room, column);
}

static enum bpr_csv_next find_column(void *data, const struct bpr_csv_row *row)
{
	struct measured *m = data;

	if (!*m->column) {
		double ignored;

		if (row->count < 2 && m->delimiter != ',')
			return BPR_CSV_STOP;
		m->found = row->count > 1;
		m->found_delimiter = m->delimiter;
		m->first = row->index + !bpr_i_parse_minutes(row->cells[0].text, row->cells[0].length, &ignored, NULL, NULL);
		return BPR_CSV_STOP;
	}
	for (size_t i = 0; i < row->count && !m->found; i++) {
		if (!bpr_i_beside_is(&row->cells[i], m->column))
			continue;
		m->found = true;
		m->found_delimiter = m->delimiter;
		m->index = i;
		m->first = row->index + 1;
	}
	return m->found || row->index + 1 >= BPR_I_HEADING_ROWS ? BPR_CSV_STOP : BPR_CSV_DROP;
}

static enum bpr_csv_next take_value(void *data, const struct bpr_csv_row *row)
{
	struct measured *m = data;
	const struct bpr_csv_cell *cell = m->index < row->count ? &row->cells[m->index] : NULL;
	const char *text = cell ? cell->text : "";
	size_t length = cell ? bpr_i_utf8_trim(&text, cell->length) : 0;
	const struct bpr_place place = { m->file, cell ? cell->line : row->line, m->index + 1, *m->column ? m->column : NULL };

	if (row->index < m->first || !length)
		return BPR_CSV_DROP;
	if (!bpr_i_grow(&m->values, &m->capacity, m->count + 1, sizeof(*m->values))) {
		m->nomem = true;
		return BPR_CSV_STOP;
	}
	if (bpr_i_parse_minutes(text, length, &m->values[m->count], m->problems, &place))
		m->count++;
	else
		m->failed = true;
	return bpr_i_problems_full(m->problems, m->from) ? BPR_CSV_STOP : BPR_CSV_DROP;
}

static void fault_note(struct measured *m, const struct bpr_fault *fault)
{
	const struct bpr_place place = { .file = m->file, .line = fault->line };

	m->failed = true;
	if (!bpr_i_problem(m->problems, fault->id, &place, true, fault->args[0], fault->args[1], fault->args[2], NULL))
		m->nomem = true;
}

static void read_values(struct measured *m, const char *text, size_t length)
{
	struct bpr_csv_options options = { ',', (size_t)1 << 16, BPR_I_MAX_CELLS };
	struct bpr_fault fault;
	size_t number;
	bpr_status status;

	m->found_delimiter = ',';
	for (const char *d = ",\t;"; *d && !m->found; d++) {
		options.delimiter = m->delimiter = *d;
		(void)bpr_i_csv_parse(text, length, &options, find_column, m, &fault);
	}
	if (*m->column && !m->found) {
		if (!bpr_i_num_parse_size(m->column, strlen(m->column), BPR_I_MAX_CELLS, &number) || !number) {
			note(m, BPR_I_T023, m->place, m->column, m->file);
			return;
		}
		m->index = number - 1;
	}
	options.delimiter = m->found_delimiter;
	status = bpr_i_csv_parse(text, length, &options, take_value, m, &fault);
	if (status && status != BPR_ECANCELLED)
		fault_note(m, &fault);
	else if (!m->count && !m->failed && !m->nomem)
		note(m, BPR_I_T024, m->place, m->file, NULL);
}

/* The text of m->file into *text, *data; false with a problem noted. */
static bool load(struct measured *m, struct bpr_decoded *text, char **data)
{
	const size_t most = m->reader->options->max_bytes / MEASURED_PART;
	struct bpr_fault fault;
	size_t length;

	if (bpr_i_file_read(m->file, m->reader->options->max_bytes, data, &length, &fault)) {
		if (fault.id == BPR_I_I002)
			note(m, BPR_I_T026, m->place, m->file, fault.args[0]);
		else
			fault_note(m, &fault);
		return false;
	}
	m->reader->measured_bytes += length;
	if (m->reader->measured_bytes > most) {
		char limit[32];

		(void)bpr_i_num_format(limit, sizeof(limit), (double)most);
		note(m, BPR_I_T025, m->place, limit, NULL);
		return false;
	}
	if (bpr_i_decode(*data, length, BPR_ENCODING_AUTO, text, &fault)) {
		fault_note(m, &fault);
		return false;
	}
	return true;
}

bpr_status bpr_i_beside_open(struct bpr_reader *reader, const char *source, struct bpr_beside *out, bpr_problems *problems,
			     const struct bpr_place *place)
{
	struct measured m = { .reader = reader, .problems = problems, .place = place };
	const char *comma = strchr(source, ',');
	const char *name = source;
	size_t length = bpr_i_utf8_trim(&name, comma ? (size_t)(comma - source) : strlen(source));
	struct bpr_buf column = BPR_BUF_ON(out->column);

	out->file = out->data = NULL;
	out->text = (struct bpr_decoded){ NULL, 0, NULL };
	out->column[0] = '\0';
	if (comma)
		bpr_i_utf8_fold(&column, comma + 1, strlen(comma + 1));
	if (!is_inside(name, length)) {
		note(&m, BPR_I_T022, place, source, NULL);
		return m.nomem ? BPR_ENOMEM : BPR_ESYNTAX;
	}
	out->file = bpr_i_reader_beside(reader, name, length);
	m.file = out->file;
	if (!out->file)
		return BPR_ENOMEM;
	if (load(&m, &out->text, &out->data))
		return BPR_OK;
	return m.nomem ? BPR_ENOMEM : BPR_ESYNTAX;
}

void bpr_i_beside_release(struct bpr_beside *beside)
{
	bpr_i_free(beside->text.owned);
	bpr_i_free(beside->data);
	bpr_i_free(beside->file);
}

bpr_status bpr_i_reader_load_emp(void *data, const char *source, struct bpr_arena *arena, double **values, size_t *count,
				 bpr_problems *problems, const struct bpr_place *place)
{
	struct measured m = { .reader = data, .problems = problems, .place = place, .from = bpr_problems_count(problems) };
	struct bpr_beside beside;
	bpr_status status = bpr_i_beside_open(data, source, &beside, problems, place);

	*values = NULL;
	*count = 0;
	if (status)
		goto out;
	m.file = beside.file;
	m.column = beside.column;
	read_values(&m, beside.text.text, beside.text.length);
	if (m.failed || m.nomem)
		goto out;
	*values = bpr_i_arena_raw(arena, m.count, sizeof(**values));
	m.nomem = !*values;
	if (*values) {
		memcpy(*values, m.values, m.count * sizeof(**values));
		*count = m.count;
	}
out:
	bpr_i_free(m.values);
	bpr_i_beside_release(&beside);
	return status ? status : m.nomem ? BPR_ENOMEM : m.failed ? BPR_ESYNTAX : BPR_OK;
}
