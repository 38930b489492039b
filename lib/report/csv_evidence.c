/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two logs as one flat table, a row for each value: before, after (files), section (log, figure, survival, series, point, warning), key,
 * measure, before, after, change, change_low, change_high, p. Series have their numbers under `change`.
 */
#include "config.h"
#include "report/csv_parts_i.h"
#include "study/evidence_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <stdio.h>

struct row { double before, after, change, low, high, p; };
#define NOTHING { (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN }

static void put(struct bpr_csv_out *csv, const char *section, const char *key, const char *measure, struct row row)
{
	const double numbers[] = { row.before, row.after, row.change, row.low, row.high, row.p };

	bpr_i_csv_text(csv, csv->first);
	bpr_i_csv_text(csv, csv->second);
	bpr_i_csv_text(csv, section);
	bpr_i_csv_text(csv, key);
	bpr_i_csv_text(csv, measure);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		bpr_i_csv_number(csv, numbers[i]);
	bpr_i_csv_end_row(csv);
}

static void put_sides(struct bpr_csv_out *csv, const bpr_evidence *e)
{
	const struct bpr_evidence_side *a = bpr_evidence_side(e, false), *b = bpr_evidence_side(e, true);
	const struct { const char *name; uint64_t before, after; } counts[] = {
		{ "cases", a->cases, b->cases }, { "finished", a->finished, b->finished }, { "unfinished", a->unfinished, b->unfinished },
		{ "cancelled", a->cancelled, b->cancelled }, { "kept", a->kept, b->kept }, { "days", a->days, b->days } };

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		struct row row = NOTHING;

		row.before = (double)counts[i].before;
		row.after = (double)counts[i].after;
		put(csv, "log", "", counts[i].name, row);
	}
}

static void put_change(struct bpr_csv_out *csv, const struct bpr_evidence_figure *f, const char *measure, const struct bpr_evidence_change *c, double p)
{
	struct row row = NOTHING;

	row.before = f->before_known ? c->before : row.before;
	row.after = f->after_known ? c->after : row.after;
	if (c->known) {
		row.change = c->change;
		row.low = c->low;
		row.high = c->high;
		row.p = p;
	}
	put(csv, "figure", bpr_evidence_key_get(f->key)->key, measure, row);
}

static void put_value(struct bpr_csv_out *csv, const struct bpr_evidence_figure *f, const char *measure, double change, double p)
{
	struct row row = NOTHING;

	row.change = change;
	row.p = p;
	put(csv, "figure", bpr_evidence_key_get(f->key)->key, measure, row);
}

static void put_figure(struct bpr_csv_out *csv, const struct bpr_evidence_figure *f)
{
	static const double verdicts[] = { [BPR_EFFECT_NOT_SHOWN] = 0, [BPR_EFFECT_BETTER] = 1, [BPR_EFFECT_WORSE] = -1 };
	const struct bpr_evidence_change counts = { .before = (double)f->before_count, .after = (double)f->after_count };

	put_change(csv, f, "cases", &counts, (double)NAN);
	put_change(csv, f, "mean", &f->mean, f->welch_p);
	if (!f->rate) {
		put_change(csv, f, "p50", &f->p50, (double)NAN);
		put_change(csv, f, "p90", &f->p90, (double)NAN);
		put_value(csv, f, "effect", f->effect, f->u_p);
	}
	if (f->adjusted.known)
		put_change(csv, f, "adjusted", &f->adjusted, (double)NAN);
	if (f->verdict != BPR_EFFECT_UNKNOWN)
		put_value(csv, f, "shown", verdicts[f->verdict], f->holm_p);
}

static const char *date_text(long date, char *text, size_t size)
{
	int year, month, day;

	bpr_date_parts(date, &year, &month, &day);
	(void)snprintf(text, size, "%04d-%02d-%02d", year, month, day);
	return text;
}

static void put_series(struct bpr_csv_out *csv, const bpr_evidence *e, enum bpr_evidence_key key)
{
	const struct bpr_evidence_series *s = bpr_evidence_series(e, key);
	const char *name = bpr_evidence_key_get(key)->key;
	char date[24];

	if (!s->known)
		return;
	put(csv, "series", name, "trend_a_week", (struct row){ (double)NAN, (double)NAN, s->trend, s->trend_low, s->trend_high, (double)NAN });
	put(csv, "series", name, "level", (struct row){ s->start, s->start + s->level, s->level, s->level_low, s->level_high, s->level_p });
	put(csv, "series", name, "slope_a_week", (struct row){ (double)NAN, (double)NAN, s->slope, s->slope_low, s->slope_high, s->slope_p });
	put(csv, "series", name, "at_end", (struct row){ (double)NAN, (double)NAN, s->end, s->end_low, s->end_high, (double)NAN });
	for (size_t i = 0; i < s->count; i++)
		put(csv, "point", name, date_text(s->points[i].date, date, sizeof(date)),
		    (struct row){ s->points[i].after ? (double)NAN : s->points[i].value, s->points[i].after ? s->points[i].value : (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN });
}

void bpr_i_csv_evidence(struct bpr_buf *out, const struct bpr_subject *s, const struct bpr_report_options *options, bool first)
{
	const bpr_evidence *e = s->evidence;
	struct bpr_csv_out csv = { out, bpr_evidence_side(e, false)->name, bpr_evidence_side(e, true)->name, false };
	const struct bpr_evidence_survival *lives = bpr_evidence_survival(e);
	const struct bpr_evidence_figure *f;
	size_t count;
	char text[2048];

	if (first)
		bpr_i_buf_puts(out, "before_log,after_log,section,key,measure,before,after,change,change_low,change_high,p\n");
	put_sides(&csv, e);
	f = bpr_evidence_figures(e, &count);
	for (size_t i = 0; i < count; i++)
		if (f[i].before_known || f[i].after_known)
			put_figure(&csv, &f[i]);
	if (lives->known)
		put(&csv, "survival", "cycle_minutes", "median", (struct row){ lives->before, lives->after, (double)NAN, (double)NAN, (double)NAN, lives->p });
	for (size_t i = 0; i < count; i++)
		put_series(&csv, e, (enum bpr_evidence_key)i);
	for (size_t i = 0; i < bpr_problems_count(s->problems); i++) {
		struct bpr_problem p = bpr_problems_get(s->problems, i);

		if (p.severity == BPR_SEVERITY_INFO)
			continue;
		(void)bpr_problem_message(&p, options->lang, text, sizeof(text));
		put(&csv, "warning", p.code->code, text, (struct row){ (double)NAN, (double)NAN, (double)p.count, (double)NAN, (double)NAN, (double)NAN });
	}
}
