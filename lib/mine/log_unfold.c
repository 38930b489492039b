/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows that hold several events: a ticket with its times side by side, a case with a column for each stage, a station of a walk.
 */
#include "config.h"
#include "mine/log_csv_i.h"
#include "base/buf_i.h"
#include "base/utf8_i.h"
#include "flow/builder_i.h"
#include <bpr/calendar.h>
#include <string.h>

#define DAY INT64_C(86400000)
#define NOTHING { BPR_LOG_NO_TIME, 0, false, false }

static size_t column(const struct bpr_log_csv *c, enum bpr_log_role role)
{
	return c->columns.of[role];
}

/*
 * A time that does not come before *last, which moves on. A time of day alone that is more than half a day earlier is past midnight.
 * False: bad.
 */
static bool next_time(struct bpr_log_csv *c, size_t at, int64_t day, struct bpr_log_time *out, int64_t *last)
{
	bool dated;

	*out = (struct bpr_log_time)NOTHING;
	if (at == BPR_NONE)
		return true;
	if (!bpr_i_log_csv_time(c, at, day, out, &dated))
		return false;
	if (out->ms == BPR_LOG_NO_TIME)
		return true;
	while (!dated && *last != BPR_LOG_NO_TIME && out->ms < *last - DAY / 2)
		out->ms += DAY;
	if (*last != BPR_LOG_NO_TIME && out->ms < *last)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_STAGES, at);
	*last = out->ms;
	return true;
}

static struct bpr_log_event event_at(uint32_t activity, const struct bpr_log_time *start, const struct bpr_log_time *end)
{
	struct bpr_log_event event = { start->ms, end->ms, activity, BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE, end->offset, 0 };

	if (end->ms == BPR_LOG_NO_TIME) {
		event.end = start->ms;
		event.offset = start->offset;
		event.flags = BPR_LOG_OPEN;
	}
	return event;
}

/* Who, where: what the row says of its events. */
static bool put_names(struct bpr_log_csv *c, struct bpr_log_event *event)
{
	if (column(c, BPR_LOG_ROLE_RESOURCE) != BPR_NONE)
		event->resource = bpr_i_log_csv_name(c, BPR_LOG_RESOURCE, column(c, BPR_LOG_ROLE_RESOURCE));
	if (column(c, BPR_LOG_ROLE_UNIT) != BPR_NONE)
		event->unit = bpr_i_log_csv_name(c, BPR_LOG_UNIT, column(c, BPR_LOG_ROLE_UNIT));
	if (column(c, BPR_LOG_ROLE_COUNTER) != BPR_NONE)
		event->counter = bpr_i_log_csv_name(c, BPR_LOG_COUNTER, column(c, BPR_LOG_ROLE_COUNTER));
	return !c->log->failed;
}

static const char *case_text(struct bpr_log_csv *c, size_t *length)
{
	const char *text = bpr_i_log_cell(c->row, column(c, BPR_LOG_ROLE_CASE), length);

	*length = bpr_i_utf8_trim(&text, *length);
	return text;
}

/* ---- a row a case, a column a stage ---- */

static bool take_stages(struct bpr_log_csv *c)
{
	struct bpr_log_columns *columns = &c->columns;
	struct bpr_log_time *times = c->times;
	size_t length, filled = 0;
	const char *text = case_text(c, &length);
	uint32_t of_case;
	int64_t day;

	if (!length)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_CASE, column(c, BPR_LOG_ROLE_CASE));
	if (!bpr_i_log_csv_day(c, &day))
		return false;
	for (size_t i = 0; i < columns->stage_count; i++) {
		int64_t last = BPR_LOG_NO_TIME;

		if (!next_time(c, columns->stages[i].start, day, &times[2 * i], &last) || !next_time(c, columns->stages[i].end, day, &times[2 * i + 1], &last))
			return false;
		filled += last != BPR_LOG_NO_TIME;
	}
	if (!filled)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_NO_TIME, columns->stages[0].end);
	of_case = bpr_i_log_csv_text(c, BPR_LOG_CASE, text, length);
	for (size_t i = 0; i < columns->stage_count && of_case != BPR_LOG_NONE; i++) {
		struct bpr_log_stage *stage = &columns->stages[i];
		struct bpr_log_event event;

		if (times[2 * i].ms == BPR_LOG_NO_TIME && times[2 * i + 1].ms == BPR_LOG_NO_TIME)
			continue;
		if (stage->activity == BPR_LOG_NONE)
			stage->activity = bpr_i_log_name(c->log, BPR_LOG_ACTIVITY, stage->name, strlen(stage->name));
		event = event_at(stage->activity, &times[2 * i], &times[2 * i + 1]);
		if (!put_names(c, &event) || !bpr_i_log_add(c->log, of_case, &event))
			return false;
	}
	return of_case != BPR_LOG_NONE && bpr_i_log_csv_attributes(c, of_case);
}

/* ---- a row a ticket ---- */

enum { ISSUED = 0, CALLED, BEGUN, DONE, HANDED, TIMES };

/* The number with its day: it begins again every day. BPR_LOG_NONE: failed. */
static uint32_t ticket(struct bpr_log_csv *c, int64_t day, const struct bpr_log_time *times)
{
	char room[400] = "";
	struct bpr_buf name = BPR_BUF_ON(room);
	size_t length, i = 0;
	const char *text = case_text(c, &length);
	int year, month, of_month;

	while (i + 1 < TIMES && times[i].ms == BPR_LOG_NO_TIME)
		i++;
	if (column(c, BPR_LOG_ROLE_DATE) == BPR_NONE || day == c->fake_day)
		day = times[i].ms + times[i].offset * INT64_C(60000);
	if (length > 300 || (day >= c->fake_day && day < c->fake_day + DAY))
		return bpr_i_log_csv_text(c, BPR_LOG_CASE, text, length);
	bpr_date_parts((long)((day - ((day % DAY) + DAY) % DAY) / DAY), &year, &month, &of_month);
	bpr_i_buf_printf(&name, "%04d-%02d-%02d ", year, month, of_month);
	bpr_i_buf_add(&name, text, length);
	return bpr_i_log_csv_text(c, BPR_LOG_CASE, room, name.length);
}

/* 不在, 取消 … */
static bool given_up(struct bpr_log_csv *c)
{
	static const char *const words[] = { "不在", "取消", "取り消", "取りやめ", "キャンセル", "中止", "辞退", "absent", "cancel", "no show", "no_show", "noshow", "abandon" };
	struct bpr_folded folded;
	size_t length;
	const char *text = bpr_i_log_cell(c->row, column(c, BPR_LOG_ROLE_RESULT), &length);

	if (!length || !bpr_i_fold_lower(&folded, text, length))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(folded.text, words[i]))
			return true;
	return false;
}

static bool add_event(struct bpr_log_csv *c, uint32_t of_case, const char *activity, const struct bpr_log_time *start, const struct bpr_log_time *end,
		      unsigned flags)
{
	struct bpr_log_event event = event_at(bpr_i_log_csv_text(c, BPR_LOG_ACTIVITY, activity, strlen(activity)), start, end);

	event.flags |= (uint16_t)flags;
	return put_names(c, &event) && bpr_i_log_add(c->log, of_case, &event);
}

/* What was called at the counter: served, or not there. */
static bool add_service(struct bpr_log_csv *c, uint32_t of_case, const struct bpr_log_time *times, bool japanese)
{
	const struct bpr_log_time none = NOTHING;
	const struct bpr_log_time *start = times[BEGUN].ms != BPR_LOG_NO_TIME ? &times[BEGUN] : &times[CALLED];
	const bool broken = given_up(c), served = times[BEGUN].ms != BPR_LOG_NO_TIME || times[DONE].ms != BPR_LOG_NO_TIME;
	const unsigned flags = broken && times[HANDED].ms == BPR_LOG_NO_TIME ? BPR_LOG_BROKEN : 0;

	if (!served && start->ms == BPR_LOG_NO_TIME)
		return true;
	if (!served && broken)
		return add_event(c, of_case, japanese ? "呼出" : "call", &none, start, flags);
	return add_event(c, of_case, japanese ? "受付" : "service", start, &times[DONE], flags);
}

static const char *handed_name(const struct bpr_log_csv *c, bool japanese)
{
	const char *heading = c->columns.headings[column(c, BPR_LOG_ROLE_HANDED)];
	const bool fee = strstr(heading, "会計"), paper = strstr(heading, "交付");

	return !japanese ? "handover" : fee && paper ? "交付・会計" : fee ? "会計" : "交付";
}

static bool drawn_only(const struct bpr_log_time *times)
{
	for (size_t i = CALLED; i < TIMES; i++)
		if (times[i].ms != BPR_LOG_NO_TIME)
			return false;
	return true;
}

static bool take_ticket(struct bpr_log_csv *c)
{
	static const enum bpr_log_role roles[TIMES] = { BPR_LOG_ROLE_ISSUED, BPR_LOG_ROLE_CALLED, BPR_LOG_ROLE_BEGUN, BPR_LOG_ROLE_DONE, BPR_LOG_ROLE_HANDED };
	const struct bpr_log_time none = NOTHING;
	const uint32_t known = c->log->names[BPR_LOG_CASE].count;
	struct bpr_log_time times[TIMES];
	int64_t day, last = BPR_LOG_NO_TIME;
	bool japanese = false;
	uint32_t of_case;
	size_t length;

	(void)case_text(c, &length);
	if (!length)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_CASE, column(c, BPR_LOG_ROLE_CASE));
	if (!bpr_i_log_csv_day(c, &day))
		return false;
	for (size_t i = 0; i < TIMES; i++) {
		if (!next_time(c, column(c, roles[i]), day, &times[i], &last))
			return false;
		if (column(c, roles[i]) != BPR_NONE)
			japanese |= (unsigned char)c->columns.headings[column(c, roles[i])][0] >= 0x80;
	}
	if (last == BPR_LOG_NO_TIME)
		return bpr_i_log_csv_bad(c, BPR_LOG_BAD_NO_TIME, column(c, BPR_LOG_ROLE_ISSUED));
	of_case = ticket(c, day, times);
	if (of_case == BPR_LOG_NONE)
		return false;
	/* A ticket that goes on to another counter has a row for each, but was drawn once. */
	if (times[ISSUED].ms != BPR_LOG_NO_TIME && of_case >= known) {
		struct bpr_log_event event = event_at(bpr_i_log_csv_text(c, BPR_LOG_ACTIVITY, japanese ? "発券" : "ticket", 6), &none, &times[ISSUED]);

		event.flags |= drawn_only(times) ? BPR_LOG_DRAWN : 0;
		if (c->log->failed || !bpr_i_log_add(c->log, of_case, &event))
			return false;
	}
	if (!add_service(c, of_case, times, japanese))
		return false;
	if (times[HANDED].ms != BPR_LOG_NO_TIME && !add_event(c, of_case, handed_name(c, japanese), &none, &times[HANDED], 0))
		return false;
	return bpr_i_log_csv_attributes(c, of_case);
}

bool bpr_i_log_csv_unfold(struct bpr_log_csv *c)
{
	return c->columns.form == BPR_LOG_FORM_TICKETS ? take_ticket(c) : take_stages(c);
}
