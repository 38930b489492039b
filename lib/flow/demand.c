/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demand table: how many cases come, when the office is open. */
#include "config.h"
#include "base/utf8_i.h"
#include "flow/companion_i.h"
#include <math.h>
#include <string.h>

/*
 * How many cases come is said in one of several ways. A later source (a companion beside a model that has its own, an override)
 * that says it in another way means that way alone.
 */
static void begin_volume(struct bpr_row *row)
{
	static const enum bpr_store ways[] = { BPR_STORE_PER_DAY, BPR_STORE_PER_YEAR, BPR_STORE_ARRIVALS, BPR_STORE_TIMES_OF_ARRIVAL };
	struct bpr_demand *d = &row->b->flow->demand;
	bool any = false;
	size_t n;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]) && !any; i++)
		any = bpr_i_row_cell(row, ways[i], &n) != NULL;
	if (!any)
		return;
	if (row->b->demand_source && strcmp(row->b->demand_source, row->b->source) != 0) {
		d->per_day_given = d->per_year_given = false;
		d->per_day = d->per_year = 0;
		d->arrivals = NULL;
		d->windows = (struct bpr_schedule){ NULL, 0, "" };
		d->times = NULL;
		d->time_count = 0;
		d->times_source = NULL;
	}
	row->b->demand_source = row->b->source;
}

static void schedule_cell(struct bpr_row *row, enum bpr_store store, enum bpr_i_schedule_kind kind, struct bpr_schedule *out)
{
	size_t n;
	const char *text = bpr_i_row_cell(row, store, &n);

	if (text)
		(void)bpr_i_build_schedule(row->b, kind, text, n, &row->place, out);
}

/* From the first opening to the last closing of an ordinary day: one of the first rule. */
static void open_cell(struct bpr_row *row)
{
	struct bpr_demand *d = &row->b->flow->demand;
	const struct bpr_schedule_rule *rule;

	schedule_cell(row, BPR_STORE_OPEN, BPR_I_HOURS, &d->open);
	for (size_t i = 0; i < d->open.rule_count; i++) {
		rule = &d->open.rules[i];
		if (!rule->span_count)
			continue;
		d->open_from = rule->spans[0].from;
		d->open_to = rule->spans[rule->span_count - 1].to;
		return;
	}
}

static void closed_cell(struct bpr_row *row)
{
	struct bpr_demand *d = &row->b->flow->demand;
	size_t n;
	const char *text = bpr_i_row_cell(row, BPR_STORE_CLOSED, &n);

	if (!text || !bpr_i_build_schedule(row->b, BPR_I_CLOSED, text, n, &row->place, &d->closed_days))
		return;
	d->closed_given = true;
	d->closed = d->closed_days.text;
}

/* A time between two cases, or one for each window. */
static void arrivals_cell(struct bpr_row *row)
{
	struct bpr_demand *d = &row->b->flow->demand;
	size_t n;
	const char *text = bpr_i_row_cell(row, BPR_STORE_ARRIVALS, &n);
	const struct bpr_dist *arrivals;

	if (!text)
		return;
	if (memchr(text, '=', n) || strstr(bpr_i_short(text, n).text, "＝")) {
		if (bpr_i_build_schedule(row->b, BPR_I_WINDOWS, text, n, &row->place, &d->windows))
			d->arrivals = NULL;
		return;
	}
	arrivals = bpr_i_build_dist(row->b, text, n, &row->place);
	if (!arrivals)
		return;
	if (!(bpr_dist_mean(arrivals) > 0)) {
		bpr_i_build_note(row->b, BPR_I_D007, &row->place, bpr_i_short(text, n).text, row->place.where, "MEAN > 0", NULL);
		return;
	}
	d->arrivals = arrivals;
	d->windows = (struct bpr_schedule){ NULL, 0, "" };
}

static bool whole(double x)
{
	double ignored;

	return x >= 1 && x <= 10000 && !(modf(x, &ignored) > 0);
}

/* 2, 2人, 1~3, emp([1 1 2]) */
static void group_cell(struct bpr_row *row)
{
	static const char *const tails[] = { "人", "名" };
	size_t n, length;
	const char *text = bpr_i_row_cell(row, BPR_STORE_GROUP_SIZE, &n);
	const struct bpr_dist *group;
	bool right;

	if (!text)
		return;
	length = n;
	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++)
		if (length > 3 && !memcmp(text + length - 3, tails[i], 3))
			length -= 3;
	group = bpr_i_build_dist(row->b, text, length, &row->place);
	if (!group)
		return;
	right = group->kind == BPR_DIST_EMP || (whole(group->a) && (group->kind == BPR_DIST_CONSTANT ||
						  (group->kind == BPR_DIST_UNIF && whole(group->b))));
	for (size_t i = 0; i < group->value_count; i++)
		right &= whole(group->values[i]);
	if (right)
		row->b->flow->demand.group = group;
	else
		bpr_i_build_note(row->b, BPR_I_D026, &row->place, bpr_i_short(text, n).text, row->place.where, NULL, NULL);
}

void bpr_i_row_demand(struct bpr_row *row)
{
	struct bpr_demand *d = &row->b->flow->demand;

	begin_volume(row);
	if (bpr_i_row_number(row, BPR_STORE_PER_DAY, 0, 1e9, &d->per_day))
		d->per_day_given = true;
	if (bpr_i_row_number(row, BPR_STORE_PER_YEAR, 0, 1e12, &d->per_year))
		d->per_year_given = true;
	if (bpr_i_row_number(row, BPR_STORE_OPEN_DAYS, 1, 366, &d->open_days))
		d->open_days_given = true;
	if (bpr_i_row_minutes(row, BPR_STORE_WALK, &d->walk_minutes))
		d->walk_given = true;
	if (bpr_i_row_number(row, BPR_STORE_WRITE_SECONDS, 0, 1e6, &d->write_seconds_per_field))
		d->write_given = true;
	open_cell(row);
	closed_cell(row);
	schedule_cell(row, BPR_STORE_WEEKDAYS, BPR_I_FACTORS, &d->weekdays);
	schedule_cell(row, BPR_STORE_PROFILE, BPR_I_FACTORS, &d->profile);
	schedule_cell(row, BPR_STORE_PEAKS, BPR_I_FACTORS, &d->seasons);
	d->peaks = d->seasons.text ? d->seasons.text : "";
	arrivals_cell(row);
	(void)bpr_i_row_minutes(row, BPR_STORE_FIRST, &d->first);
	group_cell(row);
	bpr_i_row_times(row);
	bpr_i_row_text(row, BPR_STORE_FLOW_ID, &row->b->flow->id);
}

/* Of a list of times, cases a year or a day, and times between two, the first that is there counts. */
void bpr_i_build_demand(struct bpr_builder *b)
{
	const struct bpr_demand *d = &b->flow->demand;
	const struct { const char *key; bool said; } ways[] = {
		{ "arrival_times", d->time_count > 0 }, { "per_year", d->per_year_given }, { "per_day", d->per_day_given },
		{ "arrivals", d->arrivals || d->windows.rule_count },
	};
	const struct { const char *key; bool said; } factors[] = { /* of cases a day */
		{ "weekdays", d->weekdays.rule_count > 0 }, { "profile", d->profile.rule_count > 0 }, { "peaks", d->seasons.rule_count > 0 },
	};
	const struct bpr_place place = { .file = b->flow->source, .where = "demand" };
	const char *first = NULL;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (!ways[i].said)
			continue;
		if (first && !(!strcmp(first, "per_year") && !strcmp(ways[i].key, "per_day"))) /* a year and a day go together */
			bpr_i_build_note(b, BPR_I_F054, &place, first, ways[i].key, NULL, NULL);
		first = first ? first : ways[i].key;
	}
	if (first && (d->time_count || !(d->per_year_given || d->per_day_given)))
		for (size_t i = 0; i < sizeof(factors) / sizeof(factors[0]); i++)
			if (factors[i].said)
				bpr_i_build_note(b, BPR_I_F054, &place, first, factors[i].key, NULL, NULL);
	/* `first` is of times between two cases only. */
	if (first && strcmp(first, "arrivals") != 0 && d->first >= 0)
		bpr_i_build_note(b, BPR_I_F054, &place, first, "first", NULL, NULL);
}
