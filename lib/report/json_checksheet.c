/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check sheets and what households need on average as JSON: bpr.checksheet/1, bpr.household-mix/1. What is not known is null. */
#include "config.h"
#include "report/json_parts_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <stdio.h>

static void put_date(struct bpr_json *j, const char *name, long date, bool known)
{
	char text[24];
	int year, month, day;

	bpr_date_parts(date, &year, &month, &day);
	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	bpr_i_json_string(j, name, known ? text : NULL);
}

static void put_yes(struct bpr_json *j, const char *name, bool known, bool yes)
{
	if (known)
		bpr_i_json_bool(j, name, yes);
	else
		bpr_i_json_null(j, name);
}

static void put_numbers(struct bpr_json *j, const char *name, const size_t *items, size_t count)
{
	bpr_i_json_array(j, name);
	for (size_t i = 0; i < count; i++)
		bpr_i_json_whole(j, NULL, items[i] + 1);
	bpr_i_json_end_array(j);
}

static void put_member(struct bpr_json *j, const bpr_household *household, size_t member)
{
	bpr_i_json_object(j, NULL);
	bpr_i_json_whole(j, "number", member + 1);
	bpr_i_json_string(j, "name", bpr_i_name_or_null(bpr_household_member_name(household, member)));
	bpr_i_json_end_object(j);
}

static void put_place(struct bpr_json *j, const char *counter, const char *building, const char *floor)
{
	bpr_i_json_string(j, "counter", bpr_i_name_or_null(counter));
	bpr_i_json_string(j, "building", bpr_i_name_or_null(building));
	bpr_i_json_string(j, "floor", bpr_i_name_or_null(floor));
}

static void put_texts(struct bpr_json *j, const char *name, const char *const *texts, size_t count)
{
	bpr_i_json_array(j, name);
	for (size_t i = 0; i < count; i++)
		bpr_i_json_string(j, NULL, texts[i]);
	bpr_i_json_end_array(j);
}

static void put_item(struct bpr_json *j, const bpr_procedures *procedures, const struct bpr_household_sheet *of, size_t item)
{
	const struct bpr_sheet_item *it = &of->sheet->items[item];
	const struct bpr_procedure *p = bpr_procedures_get(procedures, it->procedure);

	bpr_i_json_object(j, NULL);
	bpr_i_json_whole(j, "number", item + 1);
	bpr_i_json_string(j, "id", bpr_i_name_or_null(p->id));
	bpr_i_json_string(j, "name", p->name);
	bpr_i_json_string(j, "plain", bpr_i_name_or_null(p->plain));
	bpr_i_json_bool(j, "confirm", it->maybe);
	bpr_i_json_array(j, "members");
	for (size_t i = 0; i < it->member_count; i++)
		put_member(j, of->household, it->members[i]);
	bpr_i_json_end_array(j);
	bpr_i_json_string(j, "condition", bpr_i_name_or_null(p->condition));
	bpr_i_json_string(j, "why", bpr_i_name_or_null(it->why));
	put_place(j, p->counter, p->building, p->floor);
	bpr_i_json_string(j, "unit", bpr_i_name_or_null(p->unit));
	bpr_i_json_string(j, "form", bpr_i_name_or_null(p->form));
	put_texts(j, "bring", p->bring, p->bring_count);
	put_date(j, "deadline", it->deadline, it->deadline_known);
	bpr_i_json_string(j, "deadline_text", bpr_i_name_or_null(p->deadline));
	bpr_i_json_string(j, "law", bpr_i_name_or_null(p->law));
	put_yes(j, "proxy", p->proxy_known, p->proxy_yes);
	bpr_i_json_string(j, "proxy_text", bpr_i_name_or_null(p->proxy));
	put_yes(j, "online", p->online_known, p->online_yes);
	bpr_i_json_string(j, "online_text", bpr_i_name_or_null(p->online));
	bpr_i_json_string(j, "url", bpr_i_name_or_null(p->url));
	bpr_i_json_bool(j, "one_stop", p->one_stop);
	bpr_i_json_number(j, "minutes", p->minutes);
	bpr_i_json_string(j, "note", bpr_i_name_or_null(p->note));
	bpr_i_json_end_object(j);
}

static void put_stops(struct bpr_json *j, const struct bpr_checksheet *sheet)
{
	bpr_i_json_array(j, "counters");
	for (size_t i = 0; i < sheet->stop_count; i++) {
		bpr_i_json_object(j, NULL);
		put_place(j, sheet->stops[i].counter, sheet->stops[i].building, sheet->stops[i].floor);
		put_numbers(j, "procedures", sheet->stops[i].items, sheet->stops[i].item_count);
		bpr_i_json_bool(j, "falls_away", sheet->stops[i].falls_away);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_whole(j, "counter_visits", sheet->stop_count);
	bpr_i_json_whole(j, "counter_visits_one_stop", sheet->stops_one_stop);
}

static const char *kind_name(enum bpr_fact_kind kind)
{
	static const char *const names[] = { [BPR_FACT_YES] = "yes", [BPR_FACT_NUMBER] = "number", [BPR_FACT_WORD] = "word", [BPR_FACT_DATE] = "date" };

	return names[kind];
}

static void put_unknown(struct bpr_json *j, const bpr_procedures *procedures, const struct bpr_household_sheet *of)
{
	const struct bpr_checksheet *sheet = of->sheet;

	bpr_i_json_array(j, "unknown");
	for (size_t i = 0; i < sheet->unknown_count; i++) {
		const struct bpr_fact *fact = bpr_procedures_fact(procedures, sheet->unknown[i]);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "fact", fact->name);
		bpr_i_json_string(j, "kind", kind_name(fact->kind));
		if (sheet->unknown_member[i] == BPR_NONE)
			bpr_i_json_null(j, "member");
		else
			bpr_i_json_whole(j, "member", sheet->unknown_member[i] + 1);
		bpr_i_json_string(j, "question", bpr_i_name_or_null(fact->question));
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_sheet(struct bpr_json *j, const bpr_procedures *procedures, const struct bpr_household_sheet *of)
{
	const struct bpr_checksheet *sheet = of->sheet;

	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "name", bpr_i_name_or_null(bpr_household_name(of->household)));
	bpr_i_json_string(j, "event", sheet->event);
	put_date(j, "date", sheet->date, sheet->date_known);
	bpr_i_json_array(j, "members");
	for (size_t i = 0; i < bpr_household_member_count(of->household); i++)
		put_member(j, of->household, i);
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "procedures");
	for (size_t i = 0; i < sheet->item_count; i++)
		put_item(j, procedures, of, i);
	bpr_i_json_end_array(j);
	put_stops(j, sheet);
	bpr_i_json_array(j, "bring");
	for (size_t i = 0; i < sheet->thing_count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", sheet->things[i].name);
		put_numbers(j, "procedures", sheet->things[i].items, sheet->things[i].item_count);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	put_unknown(j, procedures, of);
	bpr_i_put_known(j, "minutes", sheet->minutes, sheet->minutes_known);
	bpr_i_json_end_object(j);
}

void bpr_i_put_checksheet(struct bpr_json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	j->lines = 5;
	bpr_i_put_begin(j, "bpr.checksheet/1");
	bpr_i_json_string(j, "source", bpr_procedures_source(s->procedures));
	bpr_i_json_array(j, "sheets");
	for (size_t i = 0; i < s->sheet_count; i++)
		put_sheet(j, s->procedures, &s->sheets[i]);
	bpr_i_json_end_array(j);
	bpr_i_put_warnings(j, s->problems, options->lang);
	bpr_i_json_end_object(j);
}

/* ---- on average ---- */

static void put_event(struct bpr_json *j, const struct bpr_mix_event *e)
{
	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "event", e->event);
	bpr_i_json_number(j, "households", e->weight);
	bpr_i_json_number(j, "procedures", e->procedures);
	bpr_i_json_number(j, "counters", e->counters);
	bpr_i_json_number(j, "counters_one_stop", e->counters_one_stop);
	bpr_i_json_number(j, "omitted", e->omitted);
	bpr_i_json_number(j, "omitted_sheet", e->omitted_sheet);
	bpr_i_json_number(j, "any_omitted", e->any_omitted);
	bpr_i_json_number(j, "any_omitted_sheet", e->any_omitted_sheet);
	bpr_i_json_end_object(j);
}

void bpr_i_put_mix(struct bpr_json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	const struct bpr_household_mix *m = s->mix;

	bpr_i_put_begin(j, "bpr.household-mix/1");
	bpr_i_json_string(j, "source", bpr_procedures_source(s->procedures));
	bpr_i_json_whole(j, "rows", m->households);
	bpr_i_json_number(j, "households", m->weight);
	bpr_i_json_number(j, "procedures", m->procedures);
	bpr_i_json_number(j, "counters", m->counters);
	bpr_i_json_number(j, "counters_one_stop", m->counters_one_stop);
	bpr_i_json_number(j, "things", m->things);
	bpr_i_json_number(j, "omitted", m->omitted);
	bpr_i_json_number(j, "omitted_sheet", m->omitted_sheet);
	bpr_i_json_number(j, "any_omitted", m->any_omitted);
	bpr_i_json_number(j, "any_omitted_sheet", m->any_omitted_sheet);
	bpr_i_put_known(j, "omission", s->mix_options ? s->mix_options->omission : 0, s->mix_options != NULL);
	bpr_i_put_known(j, "sheet_effect", s->mix_options ? s->mix_options->sheet_effect : 0, s->mix_options != NULL);
	bpr_i_json_array(j, "events");
	for (size_t i = 0; i < m->event_count; i++)
		put_event(j, &m->events[i]);
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "needed");
	for (size_t i = 0; i < m->needed_count; i++) {
		const struct bpr_procedure *p = bpr_procedures_get(s->procedures, m->needed[i].procedure);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "id", bpr_i_name_or_null(p->id));
		bpr_i_json_string(j, "name", p->name);
		bpr_i_json_number(j, "share", m->needed[i].share);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_put_warnings(j, s->problems, options->lang);
	bpr_i_json_end_object(j);
}
