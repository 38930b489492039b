/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_LOG_CSV_I_H
#define BPR_MINE_LOG_CSV_I_H
/* Logs in tables: what the parts of their reader share. */
#include "base/alloc_i.h"
#include "csv/csv_i.h"
#include "mine/log_i.h"
#include "mine/log_time_i.h"

/* What a column may be. Those that an option maps come first, in the order of the options. */
enum bpr_log_role {
	BPR_LOG_ROLE_CASE = 0, BPR_LOG_ROLE_ACTIVITY, BPR_LOG_ROLE_TIME, BPR_LOG_ROLE_START, BPR_LOG_ROLE_RESOURCE, BPR_LOG_ROLE_UNIT,
	BPR_LOG_ROLE_COUNTER, BPR_LOG_ROLE_RESULT,
	BPR_LOG_ROLE_DATE,       /* of the row, where its times have none */
	BPR_LOG_ROLE_LIFECYCLE,  /* start, complete */
	BPR_LOG_ROLE_TICKET,     /* number of a ticket, that begins again every day */
	BPR_LOG_ROLE_ISSUED, BPR_LOG_ROLE_CALLED, BPR_LOG_ROLE_BEGUN, BPR_LOG_ROLE_DONE, BPR_LOG_ROLE_HANDED, /* times of a ticket */
	BPR_LOG_ROLE_ARRIVED, BPR_LOG_ROLE_FINISHED, /* times of a walk */
	BPR_LOG_ROLE_WRITES, BPR_LOG_ROLE_NAMES, BPR_LOG_ROLE_FIELDS, BPR_LOG_ROLE_SEALS, BPR_LOG_ROLE_ID_CHECKS, BPR_LOG_ROLE_NOTE,
	BPR_LOG_ROLE_COUNT
};
#define BPR_LOG_ROLE_MAPPED BPR_LOG_ROLE_DATE
enum { BPR_LOG_CSV_CELLS = 10000 };

/* Row of the one table of headings. */
struct bpr_log_heading {
	enum bpr_log_role role;
	const char *option;     /* "--case", or NULL */
	const char *english, *japanese; /* names, '|' between, the likelier ones first */
	const char *explain;    /* English message id */
};
/* Text of a heading as names are compared: folded, lower case, without blanks and _ : - . / */
void bpr_i_log_heading_plain(struct bpr_buf *out, const char *text, size_t length);

/* What a heading of its own is taken for; BPR_LOG_ROLE_COUNT: nothing. */
enum bpr_log_role bpr_i_log_heading_role(const char *text, size_t length);

/* Monday, 15 January 2001, no holiday: the day of times of day where none is written. */
#define BPR_LOG_CSV_DAY (INT64_C(11337) * 86400000)

enum bpr_log_form { BPR_LOG_FORM_EVENTS = 0, BPR_LOG_FORM_TICKETS, BPR_LOG_FORM_STAGES, BPR_LOG_FORM_WALK };

/* A stage of a row that is unfolded: its columns of times, BPR_NONE where there is none. */
struct bpr_log_stage { char *name; size_t start, end; uint32_t activity; };

struct bpr_log_columns {
	struct bpr_arena arena;
	char delimiter;
	size_t row, line;       /* of the headings: rows before it, its line */
	size_t count;
	char **headings;        /* as written */
	size_t of[BPR_LOG_ROLE_COUNT]; /* column, or BPR_NONE */
	size_t by[BPR_LOG_BY_MAX];
	enum bpr_log_form form;
	struct bpr_log_stage *stages; size_t stage_count;
	enum bpr_log_order order;
	bool ambiguous;         /* 4/1/2024 occurs, and nothing tells which is the month */
	size_t ambiguous_column;
	int64_t title_day;      /* a date in a title row, else BPR_LOG_NO_TIME */
};

/* Finds headings, columns and the form in the first part of a text. ESYNTAX: it is no log. */
bpr_status bpr_i_log_columns_find(struct bpr_log_columns *out, struct bpr_log_reading *reading, const char *text, size_t length);
void bpr_i_log_columns_release(struct bpr_log_columns *columns);
/* What stands in the columns: form, stages, order of days and months (log_form.c). */
bpr_status bpr_i_log_columns_form(struct bpr_log_columns *columns, struct bpr_log_reading *reading, const char *text, size_t length);

/* ---- bad rows ---- */

enum bpr_log_bad {
	BPR_LOG_BAD_NONE = 0, BPR_LOG_BAD_CASE, BPR_LOG_BAD_ACTIVITY, BPR_LOG_BAD_NO_TIME, BPR_LOG_BAD_TIME, BPR_LOG_BAD_NO_DATE, BPR_LOG_BAD_END,
	BPR_LOG_BAD_STAGES, BPR_LOG_BAD_CELLS,
	BPR_LOG_BAD_TRANSITION,  /* not bad, but of no use: assigned, suspended … */
	BPR_LOG_BAD_COUNT
};
struct bpr_log_rejects {
	struct { uint64_t count; size_t lines[20]; size_t told; char sample[100]; char heading[100]; } kinds[BPR_LOG_BAD_COUNT];
	size_t told;
};

/* ---- reading ---- */

/* The last text of a column and its number: the next row often says the same. */
struct bpr_log_last { uint32_t index; bool set; };

struct bpr_log_csv {
	struct bpr_log_reading *reading;
	bpr_log *log;
	struct bpr_log_columns columns;
	struct bpr_log_clock *clocks;  /* [columns.count] */
	struct bpr_log_time *times;    /* [columns.stage_count * 2] of the row: start, end */
	struct bpr_log_last last[BPR_LOG_BY];
	size_t need;             /* cells that a row must have */
	bool in_rows;            /* behind the headings */
	struct bpr_log_rejects rejects;
	const struct bpr_csv_row *row;
	enum bpr_log_bad bad; size_t bad_column; const char *bad_text; size_t bad_length; /* of the row */
	bool timed;              /* a time of day was seen */
	bool zoned, unzoned;
	int64_t fake_day;        /* day of times without date, or BPR_LOG_NO_TIME */
	bool faked;
	bpr_status status;
};

/* Text of the row's cell in the column, trimmed; length 0 where there is none. */
static inline const char *bpr_i_log_cell(const struct bpr_csv_row *row, size_t column, size_t *length)
{
	if (column >= row->count) {
		*length = 0;
		return "";
	}
	*length = row->cells[column].length;
	return row->cells[column].text;
}

/* Number of the name in the column, BPR_LOG_NONE where the cell is empty; log->failed says if it could not be kept. */
uint32_t bpr_i_log_csv_name(struct bpr_log_csv *c, unsigned names, size_t column);
uint32_t bpr_i_log_csv_text(struct bpr_log_csv *c, unsigned names, const char *text, size_t length);
/* Time in the column on the day of the row; out->ms is BPR_LOG_NO_TIME where it is empty. False: c->bad says why. */
bool bpr_i_log_csv_time(struct bpr_log_csv *c, size_t column, int64_t day, struct bpr_log_time *out, bool *dated);
/* Day of the row's DATE column, else of the title, else the one made up; BPR_LOG_NO_TIME. False: bad. */
bool bpr_i_log_csv_day(struct bpr_log_csv *c, int64_t *day);
bool bpr_i_log_csv_bad(struct bpr_log_csv *c, enum bpr_log_bad bad, size_t column);
/* Attributes and result of the case. */
bool bpr_i_log_csv_attributes(struct bpr_log_csv *c, uint32_t of_case);
/* Adds what a row of these forms holds. False: c->bad, or log->failed. */
bool bpr_i_log_csv_unfold(struct bpr_log_csv *c);
bool bpr_i_log_csv_walk(struct bpr_log_csv *c);

/* Tells what was taken as what. */
void bpr_i_log_columns_tell(struct bpr_log_csv *c);
void bpr_i_log_reject(struct bpr_log_csv *c);
/* Tells the rejected rows. */
void bpr_i_log_rejects_tell(struct bpr_log_csv *c);
/* strict: the first bad row as a fault. */
bpr_status bpr_i_log_reject_fault(struct bpr_log_csv *c);
#endif
