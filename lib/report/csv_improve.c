/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would help, as rows of the CSV of a simulation. */
#include "config.h"
#include "report/csv_parts_i.h"
#include <math.h>
#include <stdio.h>

struct what { const char *section, *id, *name; };

static void row(struct bpr_csv_out *csv, const struct what *what, const char *measure, double value, double low, double high)
{
	bpr_i_csv_begin_row(csv, what->section, what->id, what->name, measure);
	bpr_i_csv_number(csv, value);
	bpr_i_csv_number(csv, low);
	bpr_i_csv_number(csv, high);
	bpr_i_buf_puts(csv->out, ",,,");
	bpr_i_csv_end_row(csv);
}

static void plain(struct bpr_csv_out *csv, const struct what *what, const char *measure, double value)
{
	row(csv, what, measure, value, (double)NAN, (double)NAN);
}

/* Weekdays from 1, and the hours: "12345 10:00-12:00". */
static void stretch(char *id, size_t size, unsigned weekdays, double from, double to)
{
	unsigned a = (unsigned)(from + 0.5), b = (unsigned)(to + 0.5);
	char days[8] = "";
	size_t n = 0;

	for (unsigned d = 0; d < 7; d++)
		if (weekdays >> d & 1u)
			days[n++] = (char)('1' + d);
	days[n] = '\0';
	(void)snprintf(id, size, "%s%s%u:%02u-%u:%02u", days, n ? " " : "", a / 60, a % 60, b / 60, b % 60);
}

static void sticking_rows(struct bpr_csv_out *csv, const struct bpr_subject *s)
{
	for (size_t i = 0; i < s->sticking_count; i++) {
		const struct bpr_sticking *p = &s->sticking[i];
		char id[48];
		const struct what what = { "sticking", id, bpr_flow_pool(s->flow, p->pool)->name };

		stretch(id, sizeof(id), p->weekdays, p->from, p->to);
		plain(csv, &what, "hours_a_week", p->hours_a_week);
		plain(csv, &what, "wait_before", p->wait_before);
		plain(csv, &what, "wait_after", p->wait_after);
		row(csv, &what, "change", p->change, p->ci_known ? p->ci95_low : (double)NAN, p->ci_known ? p->ci95_high : (double)NAN);
		plain(csv, &what, "shown", p->shown);
	}
	for (size_t i = 0; i < s->sensitivity_count; i++) {
		const struct bpr_sensitivity *f = &s->sensitivity[i];
		const struct what what = { "sensitivity", bpr_flow_node(s->flow, f->node)->id, bpr_flow_node(s->flow, f->node)->name };

		row(csv, &what, "change", f->change, f->ci_known ? f->ci95_low : (double)NAN, f->ci_known ? f->ci95_high : (double)NAN);
		plain(csv, &what, "wait_change", f->wait_change);
	}
}

void bpr_i_csv_improvement(struct bpr_csv_out *csv, const struct bpr_subject *s)
{
	const struct bpr_staffing *p = s->staffing;
	const struct what plan = { "staffing", "", "" };

	sticking_rows(csv, s);
	if (!p)
		return;
	plain(csv, &plan, "reached", p->reached);
	plain(csv, &plan, "hours_now", p->hours_now);
	plain(csv, &plan, "hours", p->hours);
	for (size_t i = 0; i < p->share_count; i++) {
		const struct bpr_target *t = &p->shares[i].target;
		const struct what what = { "target", bpr_sim_key_get(t->key)->key, t->pool == BPR_NONE ? "" : bpr_flow_pool(s->flow, t->pool)->name };

		plain(csv, &what, "limit_minutes", t->limit);
		plain(csv, &what, "asked", t->share);
		plain(csv, &what, "now", p->shares[i].now);
		row(csv, &what, "share", p->shares[i].share, p->shares[i].low, (double)NAN);
		plain(csv, &what, "best", p->shares[i].best);
	}
	for (size_t i = 0; i < p->block_count; i++) {
		char id[48];
		const struct what what = { "staffing_block", id, bpr_flow_pool(s->flow, p->blocks[i].pool)->name };

		stretch(id, sizeof(id), 1u << p->blocks[i].weekday, p->blocks[i].from, p->blocks[i].to);
		plain(csv, &what, "now", (double)p->blocks[i].now);
		plain(csv, &what, "people", (double)p->blocks[i].people);
	}
}
