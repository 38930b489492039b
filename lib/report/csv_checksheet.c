/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Check sheets as a table, a row for each procedure of each household in walking order: household, event, date, number, stop, id, name,
 * members, confirm, counter, building, floor, unit, form, bring, deadline, deadline_text, law, proxy, online, url, one_stop, falls_away,
 * minutes, note. What households need on average as a flat one: section, id, name, measure, value.
 */
#include "config.h"
#include "report/csv_parts_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <stdio.h>

static void put_date(struct bpr_csv_out *csv, long date, bool known)
{
	char text[24];
	int year, month, day;

	bpr_date_parts(date, &year, &month, &day);
	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	bpr_i_csv_text(csv, known ? text : "");
}

/* Texts with "; " between. */
struct joined { struct bpr_buf buf; };

static void join(struct joined *j, const char *text)
{
	if (j->buf.length)
		bpr_i_buf_puts(&j->buf, "; ");
	bpr_i_buf_puts(&j->buf, text);
}

static void put_joined(struct bpr_csv_out *csv, struct joined *j)
{
	bpr_i_csv_text(csv, j->buf.data ? j->buf.data : "");
	if (j->buf.failed)
		csv->out->failed = j->buf.failed;
	bpr_i_buf_release(&j->buf);
}

static void put_members(struct bpr_csv_out *csv, const bpr_household *household, const struct bpr_sheet_item *item)
{
	struct joined names = { BPR_BUF_INIT };

	for (size_t i = 0; i < item->member_count; i++) {
		const char *name = bpr_household_member_name(household, item->members[i]);
		char number[24];

		(void)snprintf(number, sizeof(number), "%zu", item->members[i] + 1);
		join(&names, *name ? name : number);
	}
	put_joined(csv, &names);
}

static size_t stop_of(const struct bpr_checksheet *sheet, size_t item)
{
	for (size_t i = 0; i < sheet->stop_count; i++)
		for (size_t k = 0; k < sheet->stops[i].item_count; k++)
			if (sheet->stops[i].items[k] == item)
				return i;
	return BPR_NONE;
}

static void put_item(struct bpr_csv_out *csv, const bpr_procedures *procedures, const struct bpr_household_sheet *of, size_t item)
{
	const struct bpr_checksheet *sheet = of->sheet;
	const struct bpr_sheet_item *it = &sheet->items[item];
	const struct bpr_procedure *p = bpr_procedures_get(procedures, it->procedure);
	const size_t stop = stop_of(sheet, item);
	struct joined bring = { BPR_BUF_INIT };

	bpr_i_csv_text(csv, csv->first);
	bpr_i_csv_text(csv, sheet->event);
	put_date(csv, sheet->date, sheet->date_known);
	bpr_i_csv_number(csv, (double)item + 1);
	bpr_i_csv_number(csv, stop == BPR_NONE ? (double)NAN : (double)stop + 1);
	bpr_i_csv_text(csv, p->id);
	bpr_i_csv_text(csv, p->name);
	put_members(csv, of->household, it);
	bpr_i_csv_text(csv, it->maybe ? "yes" : "no");
	bpr_i_csv_text(csv, p->counter);
	bpr_i_csv_text(csv, p->building);
	bpr_i_csv_text(csv, p->floor);
	bpr_i_csv_text(csv, p->unit);
	bpr_i_csv_text(csv, p->form);
	for (size_t i = 0; i < p->bring_count; i++)
		join(&bring, p->bring[i]);
	put_joined(csv, &bring);
	put_date(csv, it->deadline, it->deadline_known);
	bpr_i_csv_text(csv, p->deadline);
	bpr_i_csv_text(csv, p->law);
	bpr_i_csv_text(csv, p->proxy);
	bpr_i_csv_text(csv, p->online);
	bpr_i_csv_text(csv, p->url);
	bpr_i_csv_text(csv, p->one_stop ? "yes" : "no");
	bpr_i_csv_text(csv, stop != BPR_NONE && sheet->stops[stop].falls_away ? "yes" : "no");
	bpr_i_csv_number(csv, p->minutes);
	bpr_i_csv_text(csv, p->note);
	bpr_i_csv_end_row(csv);
}

void bpr_i_csv_checksheet(struct bpr_buf *out, const struct bpr_subject *s, bool first)
{
	struct bpr_csv_out csv = { .out = out };

	if (first)
		bpr_i_buf_puts(out, "household,event,date,number,stop,id,name,members,confirm,counter,building,floor,unit,form,bring,deadline,"
				    "deadline_text,law,proxy,online,url,one_stop,falls_away,minutes,note\n");
	for (size_t i = 0; i < s->sheet_count; i++) {
		char number[24];

		(void)snprintf(number, sizeof(number), "%zu", i + 1);
		csv.first = *bpr_household_name(s->sheets[i].household) ? bpr_household_name(s->sheets[i].household) : number;
		for (size_t k = 0; k < s->sheets[i].sheet->item_count; k++)
			put_item(&csv, s->procedures, &s->sheets[i], k);
	}
}

/* ---- on average ---- */

static void put_value(struct bpr_csv_out *csv, const char *section, const char *id, const char *name, const char *measure, double value)
{
	bpr_i_csv_text(csv, section);
	bpr_i_csv_text(csv, id);
	bpr_i_csv_text(csv, name);
	bpr_i_csv_text(csv, measure);
	bpr_i_csv_number(csv, value);
	bpr_i_csv_end_row(csv);
}

struct measured { const char *name; double value; };

static void put_values(struct bpr_csv_out *csv, const char *section, const char *name, const struct measured *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_value(csv, section, "", name, values[i].name, values[i].value);
}

void bpr_i_csv_mix(struct bpr_buf *out, const struct bpr_subject *s, bool first)
{
	const struct bpr_household_mix *m = s->mix;
	struct bpr_csv_out csv = { .out = out };
	const struct measured all[] = {
		{ "households", m->weight }, { "procedures", m->procedures }, { "counters", m->counters }, { "counters_one_stop", m->counters_one_stop },
		{ "things", m->things }, { "omitted", m->omitted }, { "omitted_sheet", m->omitted_sheet }, { "any_omitted", m->any_omitted },
		{ "any_omitted_sheet", m->any_omitted_sheet },
	};

	if (first)
		bpr_i_buf_puts(out, "section,id,name,measure,value\n");
	put_values(&csv, "all", "", all, sizeof(all) / sizeof(all[0]));
	for (size_t i = 0; i < m->event_count; i++) {
		const struct bpr_mix_event *e = &m->events[i];
		const struct measured values[] = {
			{ "households", e->weight }, { "procedures", e->procedures }, { "counters", e->counters }, { "counters_one_stop", e->counters_one_stop },
			{ "omitted", e->omitted }, { "omitted_sheet", e->omitted_sheet }, { "any_omitted", e->any_omitted },
			{ "any_omitted_sheet", e->any_omitted_sheet },
		};

		put_values(&csv, "event", e->event, values, sizeof(values) / sizeof(values[0]));
	}
	for (size_t i = 0; i < m->needed_count; i++) {
		const struct bpr_procedure *p = bpr_procedures_get(s->procedures, m->needed[i].procedure);

		put_value(&csv, "procedure", p->id, p->name, "share", m->needed[i].share);
	}
}
