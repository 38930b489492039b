/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheet of a walk (窓口体験調査): each row is a station, with its times and what was written, sealed and shown there. What an
 * event cannot hold becomes its detail, a text of KEY=VALUE that whoever makes a flow of it takes apart again.
 */
#include "config.h"
#include "mine/log_csv_i.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "flow/builder_i.h"
#include <string.h>

/* ---- details ---- */

static const char *const count_names[BPR_LOG_DETAIL_COUNTS] = { "fields", "names", "seals", "id_checks", "wait" };

bool bpr_i_log_detail(const char *text, struct bpr_log_detail *out)
{
	*out = (struct bpr_log_detail){ 0 };
	while (*text) {
		const char *value = strchr(text, '=');
		const size_t key = value ? (size_t)(value - text) : 0;
		size_t length;

		if (!value)
			return false;
		value++;
		if (key == 4 && !memcmp(text, "note", 4)) {
			out->note = value;
			return true;
		}
		if (*value == '"' && !strchr(value + 1, '"'))
			return false;
		value += *value == '"';
		length = strcspn(value, value[-1] == '"' ? "\"" : " ");
		if (key == 6 && !memcmp(text, "writes", 6)) {
			out->writes = value;
			out->writes_length = length;
		}
		for (size_t i = 0; i < BPR_LOG_DETAIL_COUNTS; i++)
			if (strlen(count_names[i]) == key && !memcmp(text, count_names[i], key) && !bpr_i_num_parse(value, length, &out->counts[i]))
				return false;
		text = value + length;
		text += *text == '"';
		text += *text == ' ';
	}
	return true;
}

static void put_writes(struct bpr_buf *out, const char *text, size_t length)
{
	static const char *const marks[] = { ";", "；", "、", ",", "，", "\n" };

	bpr_i_buf_puts(out, "writes=\"");
	for (size_t i = 0; i < length;) {
		size_t k = 0;

		while (k < sizeof(marks) / sizeof(marks[0]) && (length - i < strlen(marks[k]) || memcmp(text + i, marks[k], strlen(marks[k])) != 0))
			k++;
		if (k < sizeof(marks) / sizeof(marks[0])) {
			bpr_i_buf_putc(out, ';');
			i += strlen(marks[k]);
			while (i < length && text[i] == ' ')
				i++;
		} else {
			bpr_i_buf_putc(out, text[i] == '"' ? '\'' : text[i]);
			i++;
		}
	}
	bpr_i_buf_putc(out, '"');
}

/* A number as people write it, or ○ for one. */
static bool number_in(const char *text, size_t length, double *out)
{
	const int yes = bpr_i_parse_yes(text, length);

	if (bpr_i_parse_number(text, length, out, NULL, NULL))
		return *out >= 0;
	*out = yes;
	return yes >= 0;
}

static void blank_before(struct bpr_buf *out)
{
	if (out->length)
		bpr_i_buf_putc(out, ' ');
}

/* The detail of the row; minutes of waiting below 0: not known. */
static uint32_t detail_of(struct bpr_log_csv *c, double wait)
{
	static const enum bpr_log_role roles[] = { BPR_LOG_ROLE_FIELDS, BPR_LOG_ROLE_NAMES, BPR_LOG_ROLE_SEALS, BPR_LOG_ROLE_ID_CHECKS };
	struct bpr_buf out = BPR_BUF_INIT;
	size_t length;
	const char *text = bpr_i_log_cell(c->row, c->columns.of[BPR_LOG_ROLE_WRITES], &length);
	uint32_t index = BPR_LOG_NONE;

	if (bpr_i_utf8_trim(&text, length))
		put_writes(&out, text, bpr_i_utf8_trim(&text, length));
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		double x;

		text = bpr_i_log_cell(c->row, c->columns.of[roles[i]], &length);
		if (!length || !number_in(text, length, &x) || !(x > 0))
			continue;
		blank_before(&out);
		bpr_i_buf_printf(&out, "%s=", count_names[i]);
		bpr_i_buf_number(&out, x);
	}
	if (wait >= 0) {
		blank_before(&out);
		bpr_i_buf_puts(&out, "wait=");
		bpr_i_buf_number(&out, wait);
	}
	text = bpr_i_log_cell(c->row, c->columns.of[BPR_LOG_ROLE_NOTE], &length);
	if (length) {
		blank_before(&out);
		bpr_i_buf_puts(&out, "note=");
		bpr_i_buf_add(&out, text, length);
	}
	if (out.failed)
		c->log->failed = out.failed;
	else if (out.length)
		index = bpr_i_log_csv_text(c, BPR_LOG_DETAIL, out.data, out.length);
	bpr_i_buf_release(&out);
	return index;
}

/* ---- stations ---- */

struct station { struct bpr_log_time arrived, called, finished; };

static bool take_times(struct bpr_log_csv *c, struct station *s)
{
	const size_t *of = c->columns.of;
	const struct bpr_log_time none = { .ms = BPR_LOG_NO_TIME };
	const size_t called = of[BPR_LOG_ROLE_CALLED] != BPR_NONE ? of[BPR_LOG_ROLE_CALLED] : of[BPR_LOG_ROLE_START];
	const size_t columns[3] = { of[BPR_LOG_ROLE_ARRIVED], called, of[BPR_LOG_ROLE_FINISHED] };
	struct bpr_log_time *const times[3] = { &s->arrived, &s->called, &s->finished };
	int64_t day, last = BPR_LOG_NO_TIME;
	bool dated;

	if (!bpr_i_log_csv_day(c, &day))
		return false;
	for (size_t i = 0; i < 3; i++) {
		*times[i] = none;
		if (columns[i] != BPR_NONE && !bpr_i_log_csv_time(c, columns[i], day, times[i], &dated))
			return false;
		if (times[i]->ms == BPR_LOG_NO_TIME)
			continue;
		if (last != BPR_LOG_NO_TIME && times[i]->ms < last)
			return bpr_i_log_csv_bad(c, BPR_LOG_BAD_STAGES, columns[i]);
		last = times[i]->ms;
	}
	return last != BPR_LOG_NO_TIME || bpr_i_log_csv_bad(c, BPR_LOG_BAD_NO_TIME, columns[2]);
}

/* Sheets name who walks in the first row only, or write 〃 below. */
static uint32_t walker(struct bpr_log_csv *c)
{
	size_t length;
	const char *text = bpr_i_log_cell(c->row, c->columns.of[BPR_LOG_ROLE_CASE], &length);
	const struct bpr_log_last *last = &c->last[BPR_LOG_CASE];

	length = bpr_i_utf8_trim(&text, length);
	if (last->set && (!length || (length == 3 && (!memcmp(text, "〃", 3) || !memcmp(text, "々", 3))) || (length == 6 && !memcmp(text, "同上", 6))))
		return last->index;
	return bpr_i_log_csv_text(c, BPR_LOG_CASE, text, length);
}

bool bpr_i_log_csv_walk(struct bpr_log_csv *c)
{
	const size_t *of = c->columns.of;
	struct bpr_log_event event = { .resource = BPR_LOG_NONE, .unit = BPR_LOG_NONE, .counter = BPR_LOG_NONE, .detail = BPR_LOG_NONE };
	const struct bpr_log_time *start;
	struct station s;
	uint32_t of_case;

	if (!take_times(c, &s))
		return false;
	start = s.called.ms != BPR_LOG_NO_TIME ? &s.called : &s.arrived;
	event.start = start->ms;
	event.end = s.finished.ms != BPR_LOG_NO_TIME ? s.finished.ms : start->ms;
	event.offset = s.finished.ms != BPR_LOG_NO_TIME ? s.finished.offset : start->offset;
	event.flags = s.finished.ms != BPR_LOG_NO_TIME ? 0 : (uint16_t)BPR_LOG_OPEN;
	if (of[BPR_LOG_ROLE_COUNTER] != BPR_NONE)
		event.counter = bpr_i_log_csv_name(c, BPR_LOG_COUNTER, of[BPR_LOG_ROLE_COUNTER]);
	if (of[BPR_LOG_ROLE_UNIT] != BPR_NONE)
		event.unit = bpr_i_log_csv_name(c, BPR_LOG_UNIT, of[BPR_LOG_ROLE_UNIT]);
	event.activity = bpr_i_log_csv_name(c, BPR_LOG_ACTIVITY, of[BPR_LOG_ROLE_ACTIVITY] != BPR_NONE ? of[BPR_LOG_ROLE_ACTIVITY] : of[BPR_LOG_ROLE_COUNTER]);
	if (event.activity == BPR_LOG_NONE && of[BPR_LOG_ROLE_COUNTER] != BPR_NONE && !c->log->failed)
		event.activity = bpr_i_log_csv_name(c, BPR_LOG_ACTIVITY, of[BPR_LOG_ROLE_COUNTER]);
	if (event.activity == BPR_LOG_NONE)
		return c->log->failed ? false : bpr_i_log_csv_bad(c, BPR_LOG_BAD_ACTIVITY, of[BPR_LOG_ROLE_ACTIVITY]);
	of_case = walker(c);
	if (of_case == BPR_LOG_NONE)
		return c->log->failed ? false : bpr_i_log_csv_bad(c, BPR_LOG_BAD_CASE, of[BPR_LOG_ROLE_CASE]);
	event.detail = detail_of(c, s.called.ms != BPR_LOG_NO_TIME && s.arrived.ms != BPR_LOG_NO_TIME ? (double)(s.called.ms - s.arrived.ms) / 60000 : -1);
	return !c->log->failed && bpr_i_log_add(c->log, of_case, &event) && bpr_i_log_csv_attributes(c, of_case);
}
