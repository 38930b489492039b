/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What kind of table a log is, by its headings and by what stands below them in its first part: a row an event, a row a ticket with
 * its times side by side, a row a case with a column for each stage, or the sheet of a walk.
 */
#include "config.h"
#include "mine/log_csv_i.h"
#include "base/buf_i.h"
#include "base/utf8_i.h"
#include <string.h>

enum { LONGEST = 300 };

/* What stands in a column. */
struct content { size_t filled, times, numbers, clocks; };

struct look {
	struct bpr_log_columns *c;
	struct content *columns;
	struct bpr_log_clock clock;
	size_t first[3];        /* dates such as 4/1/2024 by what they tell: nothing, month first, day first */
};

static bool has(const struct bpr_log_columns *c, enum bpr_log_role role)
{
	return c->of[role] != BPR_NONE;
}

static bool is_number(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && ((text[i] >= '0' && text[i] <= '9') || text[i] == '.'))
		i++;
	return i == length;
}

/* 実施日：令和6年4月1日 */
static void look_for_date(struct bpr_log_columns *c, const char *text, size_t length)
{
	struct bpr_log_time time;

	for (size_t i = 0; i < length && length <= LONGEST; i++) {
		const bool first = !i, behind = i && (text[i - 1] == ':' || text[i - 1] == ' ' || (i >= 3 && (!memcmp(text + i - 3, "：", 3) || !memcmp(text + i - 3, "　", 3))));

		if ((first || behind) && !is_number(text + i, length - i) && bpr_i_log_time(text + i, length - i, &time)) {
			c->title_day = time.ms - ((time.ms % 86400000) + 86400000) % 86400000;
			return;
		}
	}
}

static void look_at(struct look *l, size_t column, const char *text, size_t length)
{
	struct content *content = &l->columns[column];
	struct bpr_log_time time;
	enum bpr_log_order order;
	bool dated, slashed;

	content->filled++;
	order = bpr_i_log_day_order(text, length, &slashed);
	if (slashed) {
		if (order == BPR_LOG_ORDER_UNKNOWN && !l->first[order])
			l->c->ambiguous_column = column;
		l->first[order]++;
		content->times++;
		return;
	}
	if (!bpr_i_log_clock_read(&l->clock, text, length, &time, &dated))
		return;
	if (is_number(text, length))
		content->numbers++;
	else
		content->times++;
	content->clocks += !dated;
}

static enum bpr_csv_next look(void *data, const struct bpr_csv_row *row)
{
	struct look *l = data;

	for (size_t i = 0; i < row->count; i++) {
		const char *text = row->cells[i].text;
		const size_t length = bpr_i_utf8_trim(&text, row->cells[i].length);

		if (!length || row->index == l->c->row)
			continue;
		if (row->index < l->c->row)
			look_for_date(l->c, text, length);
		else if (i < l->c->count)
			look_at(l, i, text, length);
	}
	return BPR_CSV_DROP;
}

/* Whether day or month come first in 4/1/2024, by all of them together. */
static void decide_order(struct look *l)
{
	const size_t month = l->first[BPR_LOG_MONTH_FIRST], day = l->first[BPR_LOG_DAY_FIRST];

	if (month && !day)
		l->c->order = BPR_LOG_MONTH_FIRST;
	else if (day && !month)
		l->c->order = BPR_LOG_DAY_FIRST;
	else
		l->c->ambiguous = l->first[BPR_LOG_ORDER_UNKNOWN] > 0;
}

/* ---- stages ---- */

static bool ends_with(const char *text, size_t length, const char *tail)
{
	const size_t n = strlen(tail);

	return length >= n && !memcmp(text + length - n, tail, n);
}

/* Length without a tail of the table; 0 for one that says nothing else. */
static size_t without(const char *text, size_t length, const char *const *tails, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ends_with(text, length, tails[i]))
			return length - strlen(tails[i]);
	return length;
}

static const char *const time_words[] = { "時刻", "日時", "年月日", "日", " time", "_time", " at", "_at", " date", "_date" };
static const char *const start_words[] = { "開始", " start", "_start" };
static const char *const end_words[] = { "終了", "完了", " end", "_end", " complete", "_complete" };
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Length of what the stage is called. */
static size_t stem(const char *heading)
{
	const size_t length = strlen(heading), cut = without(heading, length, time_words, COUNT(time_words));

	return cut ? cut : length;
}

static bool is_stage(const struct look *l, size_t column, bool with_date)
{
	const struct bpr_log_columns *c = l->c;
	const struct content *content = &l->columns[column];
	const bool named = stem(c->headings[column]) < strlen(c->headings[column]);
	const size_t times = content->times + (named ? content->numbers : 0);

	if (column == c->of[BPR_LOG_ROLE_CASE] || column == c->of[BPR_LOG_ROLE_TICKET] || !*c->headings[column] ||
	    (with_date && column == c->of[BPR_LOG_ROLE_DATE]))
		return false;
	return content->filled ? times * 5 >= content->filled * 4 : ends_with(c->headings[column], strlen(c->headings[column]), "時刻") ||
								    ends_with(c->headings[column], strlen(c->headings[column]), "日時");
}

static struct bpr_log_stage *add_stage(struct bpr_log_columns *c, const char *name, size_t length, size_t start, size_t end)
{
	struct bpr_log_stage *stage = &c->stages[c->stage_count++];

	*stage = (struct bpr_log_stage){ bpr_i_arena_strndup(&c->arena, name, length), start, end, BPR_LOG_NONE };
	return stage;
}

static bool find_stages(struct look *l)
{
	struct bpr_log_columns *c = l->c;
	bool clocks = false;

	c->stages = bpr_i_arena_alloc(&c->arena, c->count + 3, sizeof(*c->stages));
	if (!c->stages)
		return false;
	for (size_t i = 0; i < c->count; i++)
		clocks |= l->columns[i].clocks > 0;
	for (size_t i = 0; i < c->count; i++) {
		const char *name = c->headings[i];
		const size_t length = stem(name), opened = without(name, length, start_words, COUNT(start_words)),
			     closed = without(name, length, end_words, COUNT(end_words));
		struct bpr_log_stage *before = c->stage_count ? &c->stages[c->stage_count - 1] : NULL;

		if (!is_stage(l, i, clocks))
			continue;
		if (closed && closed < length && before && before->end == BPR_NONE && strlen(before->name) == closed && !memcmp(before->name, name, closed))
			before->end = i;
		else if (opened && opened < length)
			before = add_stage(c, name, opened, i, BPR_NONE);
		else
			before = add_stage(c, name, length, BPR_NONE, i);
		if (before && !before->name)
			return false;
	}
	for (size_t i = 0; i < c->stage_count; i++) /* a beginning without an end is a moment */
		if (c->stages[i].end == BPR_NONE) {
			const char *name = c->headings[c->stages[i].start];

			c->stages[i] = (struct bpr_log_stage){ bpr_i_arena_strndup(&c->arena, name, stem(name)), BPR_NONE, c->stages[i].start, BPR_LOG_NONE };
			if (!c->stages[i].name)
				return false;
		}
	return true;
}

/* ---- the form ---- */

static bool is_walk(const struct bpr_log_columns *c)
{
	return (has(c, BPR_LOG_ROLE_ACTIVITY) || has(c, BPR_LOG_ROLE_COUNTER)) && !has(c, BPR_LOG_ROLE_TIME) && !has(c, BPR_LOG_ROLE_ISSUED) &&
	       !has(c, BPR_LOG_ROLE_BEGUN) && !has(c, BPR_LOG_ROLE_DONE) && !has(c, BPR_LOG_ROLE_TICKET) &&
	       (has(c, BPR_LOG_ROLE_ARRIVED) || has(c, BPR_LOG_ROLE_CALLED) || has(c, BPR_LOG_ROLE_FINISHED));
}

static bool is_tickets(const struct bpr_log_columns *c)
{
	const int times = has(c, BPR_LOG_ROLE_CALLED) + has(c, BPR_LOG_ROLE_BEGUN) + has(c, BPR_LOG_ROLE_DONE) + has(c, BPR_LOG_ROLE_HANDED);

	return !has(c, BPR_LOG_ROLE_ACTIVITY) && times + has(c, BPR_LOG_ROLE_ISSUED) >= 2;
}

/* The caller names the headings. */
static bpr_status without_column(struct bpr_log_reading *r, enum bpr_code_id id)
{
	r->fault->id = id;
	return BPR_ESYNTAX;
}

static bpr_status choose(struct look *l, struct bpr_log_reading *r)
{
	struct bpr_log_columns *c = l->c;
	const bool asked = r->options->activity || r->options->time;

	if (!asked && is_tickets(c))
		c->form = BPR_LOG_FORM_TICKETS;
	else if (!asked && is_walk(c))
		c->form = BPR_LOG_FORM_WALK;
	else if (!asked && !has(c, BPR_LOG_ROLE_ACTIVITY))
		c->form = BPR_LOG_FORM_STAGES;
	if (c->form == BPR_LOG_FORM_STAGES && !find_stages(l))
		return bpr_i_fault(r->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	if (!has(c, BPR_LOG_ROLE_CASE) && (c->form == BPR_LOG_FORM_STAGES || c->form == BPR_LOG_FORM_TICKETS))
		c->of[BPR_LOG_ROLE_CASE] = c->of[BPR_LOG_ROLE_TICKET];
	if (c->form == BPR_LOG_FORM_STAGES && c->stage_count < 2)
		return without_column(r, BPR_I_L103);
	if (!has(c, BPR_LOG_ROLE_CASE))
		return without_column(r, BPR_I_L102);
	if (c->form != BPR_LOG_FORM_EVENTS)
		return BPR_OK;
	if (!has(c, BPR_LOG_ROLE_ACTIVITY))
		return without_column(r, BPR_I_L103);
	if (!has(c, BPR_LOG_ROLE_TIME) && !has(c, BPR_LOG_ROLE_START)) {
		c->of[BPR_LOG_ROLE_TIME] = c->of[BPR_LOG_ROLE_DATE];
		c->of[BPR_LOG_ROLE_DATE] = BPR_NONE;
	}
	if (!has(c, BPR_LOG_ROLE_TIME) && !has(c, BPR_LOG_ROLE_START))
		return without_column(r, BPR_I_L104);
	return BPR_OK;
}

bpr_status bpr_i_log_columns_form(struct bpr_log_columns *c, struct bpr_log_reading *r, const char *text, size_t length)
{
	const struct bpr_csv_options options = { c->delimiter, r->options->max_field, BPR_LOG_CSV_CELLS };
	struct look l = { .c = c };
	struct bpr_fault ignored;

	l.columns = bpr_i_arena_alloc(&c->arena, c->count, sizeof(*l.columns));
	if (!l.columns || bpr_i_csv_parse(text, length, &options, look, &l, &ignored) == BPR_ENOMEM)
		return bpr_i_fault(r->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	decide_order(&l);
	return choose(&l, r);
}
