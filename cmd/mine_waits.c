/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of bpr mine about opening hours, waits in working time and the standard processing period. */
#include "config.h"
#include "mine_waits.h"
#include "mine.h"
#include "say.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct opt mine_waits_opts[] = {
	WAITS_OPTS(mine_args, waits),
	{ .kind = OPT_TEXT, .name = "holidays", .at = OPT_AT(mine_args, waits.holidays), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("public holidays (CSV of the Cabinet Office): in its years they replace those by law") },
	{ .kind = OPT_FLAG, .name = "clock", .at = OPT_AT(mine_args, waits.clock), .help = N_("no opening hours: the office never closes") },
	{ .kind = OPT_FLAG, .name = "no-waits", .at = OPT_AT(mine_args, waits.none), .help = N_("leave out working time and why cases wait, which takes as long again as all else") },
	{ .kind = OPT_END },
};

static bool usage(const char *code, const char *a1, const char *a2, int *status)
{
	say(code, NULL, a1, a2, NULL);
	*status = STATUS_USAGE;
	return false;
}

/* ---- hours ---- */

/* The first '=' or '＝'; NULL none. */
static const char *equals(const char *text, size_t *width)
{
	const char *narrow = strchr(text, '='), *wide = strstr(text, "＝");

	*width = wide && (!narrow || wide < narrow) ? strlen("＝") : 1;
	return *width > 1 ? wide : narrow;
}

/* The entry of a unit (NULL: the office), made where new. */
static struct bpr_worktime_unit *entry(struct waits_args *w, const char *unit)
{
	for (size_t i = 0; i < w->unit_count; i++)
		if (unit && w->units[i].unit ? !strcmp(unit, w->units[i].unit) : unit == w->units[i].unit)
			return &w->units[i];
	w->units[w->unit_count] = (struct bpr_worktime_unit){ unit, NULL, NULL };
	return &w->units[w->unit_count++];
}

static const char *trim(char *text)
{
	size_t n = strlen(text);

	while (n && text[n - 1] == ' ')
		text[--n] = '\0';
	return text + strspn(text, " ");
}

/* "8:30-17:15" or "UNIT=8:30-17:15". */
static void take(struct waits_args *w, const char *item, bool open)
{
	char *copy = xcalloc(strlen(item) + 1, 1);
	struct bpr_worktime_unit *unit;
	const char *value = copy, *name = NULL;
	size_t width;

	memcpy(copy, item, strlen(item));
	w->texts[w->text_count++] = copy;
	if (equals(copy, &width)) {
		char *sign = copy + (equals(copy, &width) - copy);

		*sign = '\0';
		value = sign + width;
		name = trim(copy);
	}
	unit = entry(w, name && *name ? name : NULL);
	*(open ? &unit->open : &unit->closed) = value;
}

static bool read_table(struct waits_args *w, size_t *count, int *status)
{
	struct bpr_error err = { 0 };
	struct text notes = { 0 };
	bpr_problems *problems = NULL;
	bpr_status read = w->hours ? bpr_problems_new(&problems, &err) : BPR_OK;

	*count = 0;
	if (w->hours && !read)
		read = bpr_worktime_units_read(w->hours, NULL, &w->table, count, problems, &err);
	if (read) {
		say_failure(&notes, &err, w->hours, problems, 0);
		*status = common_status(read);
	}
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	bpr_problems_free(problems);
	return !read;
}

static bool read_holidays(struct waits_args *w, int *status)
{
	struct bpr_error err = { 0 };
	struct text notes = { 0 };
	bpr_problems *problems = NULL;
	bpr_status read = w->holidays ? bpr_problems_new(&problems, &err) : BPR_OK;

	if (w->holidays && !read)
		read = bpr_read_holidays(w->holidays, NULL, &w->holiday_list, &w->holiday_count, problems, &err);
	if (read) {
		say_failure(&notes, &err, w->holidays, problems, 0);
		*status = common_status(read);
	}
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	bpr_problems_free(problems);
	return !read;
}

/* What the command line says wins over the file. */
static bool hours(struct waits_args *w, int *status)
{
	size_t count;

	if (!read_table(w, &count, status))
		return false;
	w->units = xcalloc(count + w->open.count + w->closed.count + 1, sizeof(*w->units));
	w->texts = xcalloc(w->open.count + w->closed.count + 1, sizeof(*w->texts));
	for (size_t i = 0; i < count; i++)
		*entry(w, w->table[i].unit) = w->table[i];
	for (size_t i = 0; i < w->open.count; i++)
		take(w, w->open.items[i], true);
	for (size_t i = 0; i < w->closed.count; i++)
		take(w, w->closed.items[i], false);
	return true;
}

/* ---- the standard processing period ---- */

static bool office_days(const char *text, double *days)
{
	static const char *const units[] = { "wd", "営業日", "開庁日", "日" };
	size_t n = strlen(text);
	char number[64];

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		const size_t tail = strlen(units[i]);

		if (n > tail && !strcmp(text + n - tail, units[i])) {
			n -= tail;
			break;
		}
	}
	while (n && text[n - 1] == ' ')
		n--;
	if (!n || n >= sizeof(number))
		return false;
	memcpy(number, text, n);
	number[n] = '\0';
	return bpr_text_number(number, days) && *days > 0 && *days < 1e5;
}

bool waits_understood(struct waits_args *w, int *status)
{
	const struct { bool given; const char *name; } all[] = {
		{ w->open.count > 0, "open" }, { w->closed.count > 0, "closed" }, { w->hours, "hours" }, { w->holidays, "holidays" },
		{ w->clock, "clock" }, { w->standard, "standard" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i].given && w->none)
			return usage("U160", all[i].name, "no-waits", status);
		if (all[i].given && w->clock && i < 3)
			return usage("U160", all[i].name, "clock", status);
	}
	if (!w->standard && (w->standard_from || w->standard_to))
		return usage("U120", w->standard_from ? "standard-from" : "standard-to", "standard", status);
	if (w->standard && !office_days(w->standard, &w->days))
		return usage("U176", w->standard, NULL, status);
	return hours(w, status) && read_holidays(w, status);
}

bool mine_waits_understood(struct mine_args *args, int *status)
{
	return waits_understood(&args->waits, status);
}

void waits_forget(struct waits_args *w)
{
	for (size_t i = 0; i < w->text_count; i++)
		free(w->texts[i]);
	free(w->texts);
	free(w->units);
	bpr_worktime_units_free(w->table);
	bpr_holidays_free(w->holiday_list);
}

void mine_waits_forget(struct mine_args *args)
{
	waits_forget(&args->waits);
}

void waits_options(const struct waits_args *w, const struct opt_list *ends, struct bpr_worktime_options *options)
{
	options->units = w->units;
	options->unit_count = w->unit_count;
	options->calendar.holidays = w->holiday_list;
	options->calendar.holiday_count = w->holiday_count;
	options->clock = w->clock;
	options->standard_days = w->days;
	options->standard_from = w->standard_from;
	options->standard_to = w->standard_to;
	options->ends = ends->items;
	options->end_count = ends->count;
	options->memory = (size_t)32 << 20; /* beside the log itself */
	options->temp = getenv("TMPDIR");
}

bpr_status mine_waits_find(const struct mine_args *args, struct mine_found *found, struct bpr_error *err)
{
	struct bpr_worktime_options options = BPR_WORKTIME_OPTIONS_INIT;
	const struct waits_args *w = &args->waits;
	bpr_worktime *worktime;
	bpr_status status;

	if (w->none)
		return BPR_OK;
	waits_options(w, &args->ends, &options);
	status = bpr_worktime_new(found->log, &options, &worktime, found->problems, err);
	found->subject.worktime = worktime;
	return status;
}

void mine_waits_release(struct mine_found *found)
{
	bpr_worktime *mine;

	memcpy(&mine, &found->subject.worktime, sizeof(mine));
	bpr_worktime_free(mine);
	found->subject.worktime = NULL;
}
