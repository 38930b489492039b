/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times of arrival from a file: list(FILE[,COLUMN]), one in each row, and log(FILE[,COLUMN]), of whose events the first one of each
 * case counts. Times of day alone, or moments with their dates; not both in one file.
 */
#include "config.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "read/measured_i.h"
#include <string.h>

/* Headings of a log, folded; the first that is there counts. */
static const char *const time_headings[] = {
	"arrive", "arrival", "arrived", "start", "start_time", "start_timestamp", "timestamp", "time:timestamp", "time", "complete", "到着", "到着時刻",
	"到着日時", "受付日時", "受付時刻", "開始", "開始日時", "開始時刻", "日時", "時刻",
};
static const char *const case_headings[] = {
	"case", "case_id", "case id", "caseid", "case:concept:name", "案件", "案件id", "案件番号", "ケース", "ケースid", "受付番号", "整理番号",
};

struct moments {
	const struct bpr_beside *beside;
	bpr_problems *problems;
	const struct bpr_place *place;
	bool log;
	char delimiter;
	size_t time, of_case;      /* columns; BPR_NONE */
	size_t first;              /* row of the first value */
	double *values; size_t count, capacity;
	struct bpr_arena arena;    /* names of cases */
	struct bpr_names cases;    /* in step with values, where there is a column of them */
	bool dated, failed, nomem;
	size_t from;
};

static void note(struct moments *m, enum bpr_code_id id, const struct bpr_place *place, const char *a1, const char *a2)
{
	m->failed = true;
	m->nomem |= !bpr_i_problem(m->problems, id, place, true, a1, a2, NULL, NULL);
}

static size_t find(const struct bpr_csv_row *row, const char *const *headings, size_t count)
{
	for (size_t k = 0; k < count; k++)
		for (size_t i = 0; i < row->count; i++) {
			char room[256] = "";
			struct bpr_buf folded = BPR_BUF_ON(room);

			if (row->cells[i].length < sizeof(room) / 3)
				bpr_i_utf8_fold(&folded, row->cells[i].text, row->cells[i].length);
			for (char *c = room; *c; c++)
				if (*c >= 'A' && *c <= 'Z')
					*c = (char)(*c - 'A' + 'a');
			if (!folded.failed && !strcmp(room, headings[k]))
				return i;
		}
	return BPR_NONE;
}

/* The columns, by the row of headings; without one the first column is meant. */
static enum bpr_csv_next find_columns(void *data, const struct bpr_csv_row *row)
{
	struct moments *m = data;
	struct bpr_moment ignored;
	size_t number;

	for (size_t i = 0; *m->beside->column && i < row->count && m->time == BPR_NONE; i++)
		if (bpr_i_beside_is(&row->cells[i], m->beside->column))
			m->time = i;
	if (!*m->beside->column && m->log)
		m->time = find(row, time_headings, sizeof(time_headings) / sizeof(time_headings[0]));
	if (m->log)
		m->of_case = find(row, case_headings, sizeof(case_headings) / sizeof(case_headings[0]));
	if (m->time != BPR_NONE) {
		m->first = row->index + 1;
		return BPR_CSV_STOP;
	}
	m->of_case = BPR_NONE;
	if (row->count && !m->log && !*m->beside->column && (row->count > 1 || m->delimiter == ';')) {
		m->time = 0;
		m->first = row->index + !bpr_i_parse_moment(row->cells[0].text, row->cells[0].length, &ignored);
		return BPR_CSV_STOP;
	}
	if (row->count && bpr_i_num_parse_size(m->beside->column, strlen(m->beside->column), row->count, &number) && number &&
	    bpr_i_parse_moment(row->cells[number - 1].text, row->cells[number - 1].length, &ignored)) {
		m->time = number - 1;
		m->first = row->index;
		return BPR_CSV_STOP;
	}
	return row->index + 1 >= BPR_I_HEADING_ROWS ? BPR_CSV_STOP : BPR_CSV_DROP;
}

static void keep(struct moments *m, double value, const struct bpr_csv_cell *of_case)
{
	size_t at = m->count;
	bool added = true;

	if (of_case) {
		const char *name = bpr_i_arena_strndup(&m->arena, of_case->text, of_case->length);

		at = name ? bpr_i_names_add(&m->cases, name, of_case->length, &added) : BPR_NONE;
	}
	if (at == BPR_NONE || !bpr_i_grow(&m->values, &m->capacity, m->count + 1, sizeof(*m->values)))
		m->nomem = true;
	else if (added)
		m->values[m->count++] = value;
	else if (value < m->values[at])
		m->values[at] = value;
}

static enum bpr_csv_next take_row(void *data, const struct bpr_csv_row *row)
{
	struct moments *m = data;
	const struct bpr_csv_cell *cell = m->time < row->count ? &row->cells[m->time] : NULL;
	const struct bpr_csv_cell *of_case = m->of_case < row->count ? &row->cells[m->of_case] : NULL;
	const char *text = cell ? cell->text : "";
	size_t length = cell ? bpr_i_utf8_trim(&text, cell->length) : 0;
	const struct bpr_place place = { m->beside->file, row->line, m->time + 1, *m->beside->column ? m->beside->column : NULL };
	struct bpr_moment moment;

	if (row->index < m->first || !length)
		return BPR_CSV_DROP;
	if (!bpr_i_parse_moment(text, length, &moment) || (m->count && moment.dated != m->dated)) {
		char room[128];
		struct bpr_buf written = BPR_BUF_ON(room);

		bpr_i_buf_add(&written, text, length < sizeof(room) / 2 ? length : 0);
		note(m, BPR_I_T032, &place, room, NULL);
		return m->nomem || bpr_i_problems_full(m->problems, m->from) ? BPR_CSV_STOP : BPR_CSV_DROP;
	}
	m->dated = moment.dated;
	keep(m, (double)moment.day * 1440 + moment.minutes, of_case);
	return m->nomem ? BPR_CSV_STOP : BPR_CSV_DROP;
}

static void read_all(struct moments *m)
{
	struct bpr_csv_options options = { ',', (size_t)1 << 16, BPR_I_MAX_CELLS };
	const char *text = m->beside->text.text;
	size_t length = m->beside->text.length;
	struct bpr_fault fault;
	bpr_status status;

	m->time = m->of_case = BPR_NONE;
	for (const char *d = ",\t;"; *d && m->time == BPR_NONE; d++) {
		options.delimiter = m->delimiter = *d;
		(void)bpr_i_csv_parse(text, length, &options, find_columns, m, &fault);
	}
	if (m->time == BPR_NONE) {
		note(m, BPR_I_T023, m->place, *m->beside->column ? m->beside->column : "arrive", m->beside->file);
		return;
	}
	status = bpr_i_csv_parse(text, length, &options, take_row, m, &fault);
	if (status && status != BPR_ECANCELLED) {
		const struct bpr_place place = { .file = m->beside->file, .line = fault.line };

		m->failed = true;
		m->nomem |= !bpr_i_problem(m->problems, fault.id, &place, true, fault.args[0], fault.args[1], fault.args[2], NULL);
	} else if (!m->count && !m->failed && !m->nomem) {
		note(m, BPR_I_T033, m->place, m->beside->file, NULL);
	}
}

bpr_status bpr_i_reader_load_times(void *data, const char *source, bool log, struct bpr_arena *arena, double **values, size_t *count,
				   bool *dated, bpr_problems *problems, const struct bpr_place *place)
{
	struct bpr_beside beside;
	struct moments m = { .beside = &beside, .problems = problems, .place = place, .log = log, .from = bpr_problems_count(problems) };
	bpr_status status = bpr_i_beside_open(data, source, &beside, problems, place);

	*values = NULL;
	*count = 0;
	if (!status)
		read_all(&m);
	if (!status && !m.failed && !m.nomem) {
		*values = bpr_i_arena_raw(arena, m.count, sizeof(**values));
		m.nomem = !*values;
	}
	if (*values) {
		memcpy(*values, m.values, m.count * sizeof(**values));
		*count = m.count;
		*dated = m.dated;
	}
	bpr_i_free(m.values);
	bpr_i_names_release(&m.cases);
	bpr_i_arena_release(&m.arena);
	bpr_i_beside_release(&beside);
	return status ? status : m.nomem ? BPR_ENOMEM : m.failed ? BPR_ESYNTAX : BPR_OK;
}
