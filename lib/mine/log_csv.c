/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Logs in tables, read in one pass: the first part of the text shows what the columns are, then rows come and go. What is not
 * understood is counted and told, never passed over in silence.
 */
#include "config.h"
#include "mine/log_csv_i.h"
#include "base/utf8_i.h"
#include "flow/value_i.h"
#include "mine/log_text_i.h"
#include <string.h>

enum { HEAD = 1 << 16 };

bool bpr_i_log_csv_bad(struct bpr_log_csv *c, enum bpr_log_bad bad, size_t column)
{
	c->bad = bad;
	c->bad_column = column;
	c->bad_text = bpr_i_log_cell(c->row, column, &c->bad_length);
	return false;
}

/* ---- cells ---- */

uint32_t bpr_i_log_csv_text(struct bpr_log_csv *c, unsigned names, const char *text, size_t length)
{
	const struct bpr_dict *dict = &c->log->names[names];
	struct bpr_log_last *last = names < BPR_LOG_BY ? &c->last[names] : NULL;
	uint32_t index;

	if (!length)
		return BPR_LOG_NONE;
	if (last && last->set && dict->names[last->index].length == length && !memcmp(dict->names[last->index].text, text, length))
		return last->index;
	index = bpr_i_log_name(c->log, names, text, length);
	if (last && index != BPR_LOG_NONE)
		*last = (struct bpr_log_last){ index, true };
	return index;
}

/* Blanks that CSV readers leave: ideographic and no-break ones. */
static size_t trim(const char **text, size_t length)
{
	if (length && ((unsigned char)(*text)[0] >= 0x80 || (unsigned char)(*text)[length - 1] >= 0x80 || **text <= ' ' || (*text)[length - 1] <= ' '))
		length = bpr_i_utf8_trim(text, length);
	if (length && **text == '\'' && bpr_i_utf8_formula(*text + 1, length - 1)) { /* the mark that bpr itself puts against formulas */
		(*text)++;
		length--;
	}
	return length;
}

uint32_t bpr_i_log_csv_name(struct bpr_log_csv *c, unsigned names, size_t column)
{
	size_t length;
	const char *text = bpr_i_log_cell(c->row, column, &length);

	length = trim(&text, length);
	return bpr_i_log_csv_text(c, names, text, length);
}

bool bpr_i_log_csv_time(struct bpr_log_csv *c, size_t column, int64_t day, struct bpr_log_time *out, bool *dated)
{
	size_t length;
	const char *text = bpr_i_log_cell(c->row, column, &length);

	*dated = false;
	*out = (struct bpr_log_time){ .ms = BPR_LOG_NO_TIME };
	if (!length)
		return true;
	if (!bpr_i_log_clock_read(&c->clocks[column], text, length, out, dated))
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_TIME, column);
	c->timed |= bpr_i_log_timed(out);
	c->zoned |= out->zoned;
	c->unzoned |= !out->zoned;
	if (*dated)
		return true;
	if (day == BPR_LOG_NO_TIME)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_NO_DATE, column);
	c->faked |= day == c->fake_day;
	out->ms += day;
	return true;
}

bool bpr_i_log_csv_day(struct bpr_log_csv *c, int64_t *day)
{
	const size_t column = c->columns.of[BPR_LOG_ROLE_DATE];
	struct bpr_log_time time;
	bool dated;
	size_t length = 0;
	const char *text = column == BPR_NONE ? "" : bpr_i_log_cell(c->row, column, &length);

	*day = c->columns.title_day != BPR_LOG_NO_TIME ? c->columns.title_day : c->fake_day;
	if (!length)
		return true;
	if (!bpr_i_log_clock_read(&c->clocks[column], text, length, &time, &dated) || !dated)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_TIME, column);
	*day = time.ms - ((time.ms % 86400000) + 86400000) % 86400000;
	return true;
}

bool bpr_i_log_csv_attributes(struct bpr_log_csv *c, uint32_t of_case)
{
	const size_t result = c->columns.of[BPR_LOG_ROLE_RESULT];
	uint32_t index;

	for (size_t i = 0; i < c->log->by_count; i++) {
		index = bpr_i_log_csv_name(c, BPR_LOG_BY + (unsigned)i, c->columns.by[i]);
		if (index != BPR_LOG_NONE && !bpr_i_log_set_by(c->log, of_case, i, index))
			return false;
	}
	if (result == BPR_NONE)
		return true;
	index = bpr_i_log_csv_name(c, BPR_LOG_RESULT, result);
	return index == BPR_LOG_NONE ? !c->log->failed : bpr_i_log_result(c->log, of_case, index);
}

/* ---- a row an event ---- */

static bool take_times(struct bpr_log_csv *c, struct bpr_log_event *event)
{
	const size_t *of = c->columns.of;
	struct bpr_log_time start = { .ms = BPR_LOG_NO_TIME }, end = { .ms = BPR_LOG_NO_TIME };
	int64_t day = BPR_LOG_NO_TIME;
	bool dated;

	if ((of[BPR_LOG_ROLE_DATE] != BPR_NONE || c->columns.title_day != BPR_LOG_NO_TIME) && !bpr_i_log_csv_day(c, &day))
		return false;
	if (of[BPR_LOG_ROLE_START] != BPR_NONE && !bpr_i_log_csv_time(c, of[BPR_LOG_ROLE_START], day, &start, &dated))
		return false;
	if (of[BPR_LOG_ROLE_TIME] != BPR_NONE && !bpr_i_log_csv_time(c, of[BPR_LOG_ROLE_TIME], day, &end, &dated))
		return false;
	if (start.ms == BPR_LOG_NO_TIME && end.ms == BPR_LOG_NO_TIME)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_NO_TIME, of[BPR_LOG_ROLE_TIME] != BPR_NONE ? of[BPR_LOG_ROLE_TIME] : of[BPR_LOG_ROLE_START]);
	if (end.ms == BPR_LOG_NO_TIME) {
		end = start;
		if (of[BPR_LOG_ROLE_TIME] == BPR_NONE)
			start.ms = BPR_LOG_NO_TIME; /* the only time that the log knows */
		else
			event->flags |= BPR_LOG_OPEN;
	} else if (start.ms != BPR_LOG_NO_TIME && end.ms < start.ms) {
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_END, of[BPR_LOG_ROLE_TIME]);
	}
	event->start = start.ms;
	event->end = end.ms;
	event->offset = end.offset;
	return true;
}

/* What the row is of its activity: its beginning, its end, its being given up; or nothing that counts. */
static bool take_transition(struct bpr_log_csv *c, struct bpr_log_event *event)
{
	static const char *const words[] = { "complete|完了|終了|end|finish|finished|completed", "start|開始|begin|started",
					     "ate_abort|pi_abort|abort|withdraw|取消|中止" };
	struct bpr_folded folded;
	size_t length;
	const char *text = bpr_i_log_cell(c->row, c->columns.of[BPR_LOG_ROLE_LIFECYCLE], &length);
	size_t found = 0;

	if (length && (length != 8 || memcmp(text, "complete", 8) != 0))
		found = bpr_i_fold_lower(&folded, text, length) ? bpr_i_word_find(words, sizeof(words) / sizeof(words[0]), folded.text, folded.length) : BPR_NONE;
	if (found == BPR_NONE)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_TRANSITION, c->columns.of[BPR_LOG_ROLE_LIFECYCLE]);
	if (found == 1 && event->start == BPR_LOG_NO_TIME) {
		event->flags |= BPR_LOG_STARTED;
		c->log->joins = true;
	} else if (found == 2) {
		event->flags |= BPR_LOG_BROKEN;
	}
	return true;
}

static bool take_event(struct bpr_log_csv *c)
{
	const size_t *of = c->columns.of;
	struct bpr_log_event event = { .resource = BPR_LOG_NONE, .unit = BPR_LOG_NONE, .counter = BPR_LOG_NONE, .detail = BPR_LOG_NONE };
	size_t length;
	uint32_t of_case;

	if (!take_times(c, &event) || (of[BPR_LOG_ROLE_LIFECYCLE] != BPR_NONE && !take_transition(c, &event)))
		return false;
	(void)bpr_i_log_cell(c->row, of[BPR_LOG_ROLE_CASE], &length);
	if (!length)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_CASE, of[BPR_LOG_ROLE_CASE]);
	event.activity = bpr_i_log_csv_name(c, BPR_LOG_ACTIVITY, of[BPR_LOG_ROLE_ACTIVITY]);
	if (event.activity == BPR_LOG_NONE)
		return c->log->failed ? false : bpr_i_log_csv_bad(c, BPR_LOG_BAD_ACTIVITY, of[BPR_LOG_ROLE_ACTIVITY]);
	of_case = bpr_i_log_csv_name(c, BPR_LOG_CASE, of[BPR_LOG_ROLE_CASE]);
	if (of_case == BPR_LOG_NONE)
		return c->log->failed ? false : bpr_i_log_csv_bad(c, BPR_LOG_BAD_CASE, of[BPR_LOG_ROLE_CASE]);
	if (of[BPR_LOG_ROLE_RESOURCE] != BPR_NONE)
		event.resource = bpr_i_log_csv_name(c, BPR_LOG_RESOURCE, of[BPR_LOG_ROLE_RESOURCE]);
	if (of[BPR_LOG_ROLE_UNIT] != BPR_NONE)
		event.unit = bpr_i_log_csv_name(c, BPR_LOG_UNIT, of[BPR_LOG_ROLE_UNIT]);
	if (of[BPR_LOG_ROLE_COUNTER] != BPR_NONE)
		event.counter = bpr_i_log_csv_name(c, BPR_LOG_COUNTER, of[BPR_LOG_ROLE_COUNTER]);
	return !c->log->failed && bpr_i_log_add(c->log, of_case, &event) && bpr_i_log_csv_attributes(c, of_case);
}

/* ---- rows ---- */

/* Nothing in any cell. */
static bool is_empty(const struct bpr_csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].length)
			return false;
	return true;
}

static bool take(struct bpr_log_csv *c)
{
	if (c->row->count < c->need)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_CELLS, BPR_NONE);
	switch (c->columns.form) {
	case BPR_LOG_FORM_TICKETS: case BPR_LOG_FORM_STAGES: return bpr_i_log_csv_unfold(c);
	case BPR_LOG_FORM_WALK: return bpr_i_log_csv_walk(c);
	case BPR_LOG_FORM_EVENTS: break;
	}
	return take_event(c);
}

static enum bpr_csv_next take_row(void *data, const struct bpr_csv_row *row)
{
	struct bpr_log_csv *c = data;

	if (row->index <= c->columns.row || (!row->cells[0].length && is_empty(row)))
		return BPR_CSV_DROP;
	c->row = row;
	c->bad = BPR_LOG_BAD_NONE;
	c->log->info.rows++;
	if (!take(c)) {
		if (c->log->failed || !c->bad)
			return BPR_CSV_STOP;
		bpr_i_log_reject(c);
		if (c->reading->options->strict && c->bad != BPR_LOG_BAD_TRANSITION) {
			c->status = bpr_i_log_reject_fault(c);
			return BPR_CSV_STOP;
		}
	}
	return BPR_CSV_DROP;
}

/* ---- the text ---- */

struct head { char *text; size_t length, capacity; bool whole; };

/* The first part of the text. */
static bpr_status take_head(struct bpr_log_reading *r, struct bpr_log_text *text, struct head *head)
{
	bpr_status status = BPR_OK;

	while (!status && !head->whole && head->length < HEAD) {
		const char *piece;
		size_t length;

		status = bpr_i_log_text_next(text, &piece, &length);
		if (status) {
			for (size_t i = 0; i < head->length; i++)
				r->fault->line += head->text[i] == '\n';
			r->fault->line += r->fault->status == BPR_ESYNTAX;
			break;
		}
		head->whole = !length;
		if (length && !bpr_i_grow(&head->text, &head->capacity, head->length + length, 1))
			return bpr_i_fault(r->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
		if (length)
			memcpy(head->text + head->length, piece, length);
		head->length += length;
	}
	return status;
}

/* The lines that are there in full; all of it where no more comes. */
static size_t whole_lines(const struct head *head)
{
	size_t length = head->length;

	while (!head->whole && length && head->text[length - 1] != '\n')
		length--;
	return length ? length : head->length;
}

static bpr_status read_rows(struct bpr_log_csv *c, struct bpr_log_text *text, const struct head *head)
{
	struct bpr_log_reading *r = c->reading;
	const struct bpr_csv_options options = { c->columns.delimiter, r->options->max_field, BPR_LOG_CSV_CELLS };
	const size_t most = r->options->max_field > SIZE_MAX / 8 ? SIZE_MAX / 2 : 4 * r->options->max_field + BPR_LOG_CSV_CELLS;
	bpr_csv_stream *stream = bpr_i_csv_stream_new(&options, most, take_row, c, r->fault);
	const char *piece;
	size_t length = 1;
	bpr_status status;

	if (!stream)
		return bpr_i_fault(r->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	status = bpr_i_csv_stream_feed(stream, head->text, head->length);
	while (!status && !head->whole && length) {
		status = bpr_i_log_text_next(text, &piece, &length);
		if (status == BPR_ESYNTAX)
			r->fault->line += bpr_i_csv_stream_line(stream);
		if (!status)
			status = bpr_i_csv_stream_feed(stream, piece, length);
	}
	if (!status)
		status = bpr_i_csv_stream_end(stream);
	bpr_i_csv_stream_free(stream);
	return c->log->failed ? c->log->failed : c->status ? c->status : status; /* who gave the log says why it failed */
}

/* Cells that a row must have: up to the last column that every row fills. */
static size_t cells_needed(const struct bpr_log_columns *columns)
{
	static const enum bpr_log_role roles[] = { BPR_LOG_ROLE_CASE, BPR_LOG_ROLE_ACTIVITY };
	size_t need = 0;

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (columns->of[roles[i]] != BPR_NONE && columns->of[roles[i]] >= need)
			need = columns->of[roles[i]] + 1;
	if (columns->form == BPR_LOG_FORM_EVENTS && columns->of[BPR_LOG_ROLE_TIME] != BPR_NONE && columns->of[BPR_LOG_ROLE_START] == BPR_NONE &&
	    columns->of[BPR_LOG_ROLE_TIME] >= need)
		need = columns->of[BPR_LOG_ROLE_TIME] + 1;
	return need;
}

static bpr_status begin(struct bpr_log_csv *c)
{
	struct bpr_log_columns *columns = &c->columns;

	c->need = cells_needed(columns);
	c->fake_day = columns->form == BPR_LOG_FORM_EVENTS ? BPR_LOG_NO_TIME : BPR_LOG_CSV_DAY;
	c->clocks = bpr_i_arena_alloc(&columns->arena, columns->count, sizeof(*c->clocks));
	c->times = bpr_i_arena_alloc(&columns->arena, 2 * columns->stage_count + 1, sizeof(*c->times));
	if (!c->clocks || !c->times)
		return bpr_i_fault(c->reading->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	for (size_t i = 0; i < columns->count; i++)
		c->clocks[i].order = columns->order;
	bpr_i_log_columns_tell(c);
	return BPR_OK;
}

/* What the rows were, taken together. */
static bpr_status conclude(struct bpr_log_csv *c)
{
	struct bpr_log_info *info = &c->log->info;

	info->offsets = c->zoned;
	info->dates_only = info->events && !c->timed;
	bpr_i_log_rejects_tell(c);
	if (info->events)
		return BPR_OK;
	if (info->rejected)
		return bpr_i_log_reject_fault(c);
	return bpr_i_fault(c->reading->fault, BPR_ESYNTAX, BPR_I_L106, c->columns.line, NULL, NULL, NULL);
}

bpr_status bpr_i_log_read_csv(struct bpr_log_reading *r)
{
	struct bpr_log_csv c = { .reading = r, .log = r->log };
	struct bpr_log_text text;
	struct head head = { NULL, 0, 0, false };
	bpr_status status = bpr_i_log_text_init(&text, r->options->encoding, r->source, r->head, r->head_length, r->fault);

	if (!status)
		status = take_head(r, &text, &head);
	if (!status)
		status = bpr_i_log_columns_find(&c.columns, r, head.text ? head.text : "", whole_lines(&head));
	if (!status)
		status = begin(&c);
	if (!status)
		status = read_rows(&c, &text, &head);
	if (!status)
		status = conclude(&c);
	bpr_i_log_columns_release(&c.columns);
	bpr_i_log_text_release(&text);
	bpr_i_free(head.text);
	return status;
}

static bpr_status no_more(void *data, const char **text, size_t *length, struct bpr_fault *fault)
{
	(void)data;
	(void)fault;
	*text = "";
	*length = 0;
	return BPR_OK;
}

bool bpr_i_log_csv_looks(const char *head, size_t length, const struct bpr_log_options *options)
{
	const struct bpr_log_stream nothing = { no_more, NULL };
	struct bpr_fault fault = { .status = BPR_OK };
	struct bpr_log_reading r = { .options = options, .source = &nothing, .name = "", .head = head, .head_length = length, .fault = &fault };
	struct bpr_log_columns columns = { .count = 0 };
	struct head first = { NULL, 0, 0, false };
	struct bpr_log_text text;
	bool looks = !bpr_i_log_text_init(&text, options->encoding, &nothing, head, length, &fault);

	if (looks) {
		(void)take_head(&r, &text, &first); /* what is cut off at the end says nothing */
		first.whole = false;
		looks = !bpr_i_log_columns_find(&columns, &r, first.text ? first.text : "", whole_lines(&first));
	}
	bpr_i_log_columns_release(&columns);
	bpr_i_log_text_release(&text);
	bpr_i_free(first.text);
	return looks;
}
