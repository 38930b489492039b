/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fixed times of arrival: 8:30 8:31 9:00 on every working day, 2027-03-29 8:30 8:31 once, or those of a file. */
#include "config.h"
#include "base/utf8_i.h"
#include "flow/calendar_i.h"
#include "flow/companion_i.h"
#include "flow/format_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = BPR_I_DAY };

static void scan_gap(struct bpr_scan *s)
{
	do
		bpr_i_scan_blanks(s);
	while (bpr_i_scan_word(s, ",") || bpr_i_scan_word(s, ";") || bpr_i_scan_word(s, "、") || bpr_i_scan_word(s, "\t"));
}

/* +09:00, Z: left out, as hours of other sources have it. */
static void scan_zone(struct bpr_scan *s)
{
	struct bpr_scan t = *s;
	double ignored;

	if (bpr_i_scan_word(s, "z"))
		return;
	if ((bpr_i_scan_word(&t, "+") || bpr_i_scan_word(&t, "-")) && (bpr_i_scan_clock(&t, false, &ignored) || bpr_i_scan_number(&t, false, &ignored) == 1))
		*s = t;
}

/* A date, perhaps, and a time of day behind it. *day stays where there is none. */
static bool scan_moment(struct bpr_scan *s, long *day, bool *dated, double *minutes)
{
	struct bpr_i_date date;

	if (bpr_i_scan_date(s, &date)) {
		if (!date.year || !date.day)
			return false;
		*day = bpr_date(date.year, date.month, date.day);
		*dated = true;
		if (!bpr_i_scan_word(s, "t"))
			scan_gap(s);
	}
	if (!bpr_i_scan_clock(s, true, minutes))
		return false;
	scan_zone(s);
	return true;
}

bool bpr_i_parse_moment(const char *text, size_t length, struct bpr_moment *out)
{
	struct bpr_folded folded;
	struct bpr_scan s;

	*out = (struct bpr_moment){ 0 };
	if (!bpr_i_fold_lower(&folded, text, length))
		return false;
	s = (struct bpr_scan){ folded.text, folded.text + folded.length };
	bpr_i_scan_blanks(&s);
	if (!scan_moment(&s, &out->day, &out->dated, &out->minutes))
		return false;
	bpr_i_scan_blanks(&s);
	return s.at == s.end;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/*
 * Into the demand: minutes of the day, or with dates minutes from midnight of the Monday of the first one's week, so that weekdays
 * are right in an ordinary week too.
 */
static void keep(struct bpr_builder *b, double *values, size_t count, bool dated)
{
	struct bpr_demand *d = &b->flow->demand;
	long monday;

	qsort(values, count, sizeof(*values), compare);
	d->times = values;
	d->time_count = count;
	d->times_daily = !dated;
	d->times_dated = dated;
	d->times_date = 0;
	if (!dated)
		return;
	monday = (long)floor(values[0] / DAY);
	monday -= ((monday + 3) % 7 + 7) % 7;
	d->times_date = monday;
	for (size_t i = 0; i < count; i++)
		values[i] -= (double)monday * DAY;
}

/* As long as there are digits behind colons, at most. */
static size_t most(const char *text, size_t length)
{
	size_t n = 1;

	for (size_t i = 0; i < length; i++)
		n += text[i] == ':' || (unsigned char)text[i] >= 0xe3;
	return n;
}

static bool wrong(struct bpr_row *row, const char *text, size_t length)
{
	bpr_i_build_note(row->b, BPR_I_D027, &row->place, bpr_i_short(text, length).text, row->place.where, NULL, NULL);
	return false;
}

/* The list is folded by pieces: it may be longer than a value usually is. */
static bool listed(struct bpr_row *row, const char *text, size_t length)
{
	double *values = bpr_i_arena_raw(&row->b->flow->arena, most(text, length), sizeof(*values));
	struct bpr_buf folded = BPR_BUF_INIT;
	struct bpr_scan s;
	size_t count = 0;
	bool dated = false, ok = true;
	long day = 0;

	bpr_i_utf8_fold(&folded, text, length);
	if (!values || folded.failed) {
		row->b->nomem = true;
		bpr_i_buf_release(&folded);
		return false;
	}
	for (size_t i = 0; i < folded.length; i++)
		if (folded.data[i] >= 'A' && folded.data[i] <= 'Z')
			folded.data[i] = (char)(folded.data[i] - 'A' + 'a');
	s = (struct bpr_scan){ folded.data, folded.data + folded.length };
	for (scan_gap(&s); ok && s.at < s.end; scan_gap(&s)) {
		const char *from = s.at;
		bool before = dated;
		double minutes = 0;

		ok = scan_moment(&s, &day, &dated, &minutes) && (before == dated || !count);
		if (ok)
			values[count++] = (double)day * DAY + minutes;
		else
			(void)wrong(row, from, (size_t)(s.end - from));
	}
	bpr_i_buf_release(&folded);
	if (ok && count)
		keep(row->b, values, count, dated);
	return ok && count;
}

/* list(FILE,COLUMN), log(FILE,COLUMN): what stands in the brackets as written; NULL: no such thing. */
static const char *file_of(const char *text, size_t length, bool *log, size_t *inside)
{
	struct bpr_short head = bpr_i_short(text, length < 8 ? length : 8);
	struct bpr_folded folded;
	const char *open = memchr(text, '(', length);

	if (!open || text[length - 1] != ')' || !bpr_i_fold_lower(&folded, head.text, (size_t)(open - text) < 8 ? (size_t)(open - text) : 0))
		return NULL;
	*log = !strcmp(folded.text, "log");
	if (!*log && strcmp(folded.text, "list") != 0)
		return NULL;
	open++;
	*inside = bpr_i_utf8_trim(&open, (size_t)(text + length - 1 - open));
	return open;
}

static void from_file(struct bpr_row *row, const char *text, size_t length, const char *source, bool log)
{
	struct bpr_builder *b = row->b;
	double *values = NULL;
	size_t count = 0;
	bool dated = false;
	bpr_status status;

	if (!b->options.load_times) {
		bpr_i_build_note(b, BPR_I_D013, &row->place, bpr_i_short(text, length).text, row->place.where, NULL, NULL);
		return;
	}
	status = b->options.load_times(b->options.load_data, source, log, &b->flow->arena, &values, &count, &dated, b->problems, &row->place);
	if (status || !count) {
		b->nomem |= status == BPR_ENOMEM;
		b->error_count++;
		return;
	}
	keep(b, values, count, dated);
	b->flow->demand.times_source = bpr_i_builder_text(b, text, length);
}

void bpr_i_row_times(struct bpr_row *row)
{
	size_t n, inside = 0;
	const char *text = bpr_i_row_cell(row, BPR_STORE_TIMES_OF_ARRIVAL, &n);
	const char *file, *source;
	bool log;

	if (!text)
		return;
	file = file_of(text, n, &log, &inside);
	if (!file) {
		if (listed(row, text, n))
			row->b->flow->demand.times_source = NULL;
		return;
	}
	source = bpr_i_builder_text(row->b, file, inside);
	if (source)
		from_file(row, text, n, source, log);
}

/* ---- and back ---- */

static void put_clock(struct bpr_buf *out, double minutes)
{
	double hours = floor(minutes / 60), rest = minutes - hours * 60;

	bpr_i_buf_number(out, hours);
	bpr_i_buf_puts(out, rest < 10 ? ":0" : ":");
	bpr_i_buf_number(out, rest);
}

bool bpr_i_format_times(const struct bpr_demand *d, struct bpr_buf *out)
{
	long before = -1;

	for (size_t i = 0; i < d->time_count; i++) {
		double day = d->times_daily ? 0 : floor(d->times[i] / DAY);

		if (i)
			bpr_i_buf_putc(out, ' ');
		if (!d->times_daily && (long)day != before) {
			int year, month, of_month;

			before = (long)day;
			bpr_date_parts(d->times_date + before, &year, &month, &of_month);
			bpr_i_buf_printf(out, "%04d-%02d-%02d ", year, month, of_month);
		}
		put_clock(out, d->times[i] - day * DAY);
	}
	return d->time_count > 0;
}
