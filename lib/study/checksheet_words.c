/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a check sheet, usual and plain (やさしい日本語: short sentences, simple words, blanks between them). */
#include "config.h"
#include "study/checksheet_i.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <bpr/calendar.h>
#include <stdio.h>
#include <string.h>

enum { LISTED = 12 };

const char *bpr_i_sheet_text(const struct bpr_sheet_study *s, const char *usual, const char *plain)
{
	return bpr_i_doc_text(s->doc, s->view.plain ? plain : usual);
}

/* ---- days ---- */

/* Year of an era; "" before 1989. */
static const char *era_of(int year, int month, int day, int *of_era)
{
	long date = bpr_date(year, month, day);

	if (date >= bpr_date(2019, 5, 1)) {
		*of_era = year - 2018;
		return N_("Reiwa");
	}
	if (date >= bpr_date(1989, 1, 8)) {
		*of_era = year - 1988;
		return N_("Heisei");
	}
	return "";
}

const char *bpr_i_say_era_day(struct bpr_document *doc, long date, bool era_wanted)
{
	static const char *const weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
	const char *weekday = bpr_i_doc_text(doc, weekdays[((date + 3) % 7 + 7) % 7]), *era;
	struct bpr_buf buf = BPR_BUF_INIT;
	int year, month, day, of_era = 0;

	if (doc->lang != BPR_LANG_JA)
		return bpr_i_say_date(doc, date);
	bpr_date_parts(date, &year, &month, &day);
	era = era_wanted ? era_of(year, month, day, &of_era) : "";
	bpr_i_buf_puts(&buf, bpr_i_doc_text(doc, era));
	if (of_era == 1)
		bpr_i_buf_puts(&buf, "元年");
	else
		bpr_i_buf_printf(&buf, "%d年", of_era ? of_era : year);
	bpr_i_buf_printf(&buf, "%d月%d日（", month, day);
	bpr_i_buf_puts(&buf, weekday);
	bpr_i_buf_puts(&buf, "）");
	return bpr_i_doc_keep(doc, &buf);
}

/* ---- the household ---- */

const char *bpr_i_sheet_event(const struct bpr_sheet_study *s)
{
	/* TRANSLATORS: life events, as a Japanese office calls them, and in plain words */
	static const struct { const char *usual, *plain; } names[BPR_EVENT_COUNT] = {
		[BPR_EVENT_MOVE_IN] = { N_("moving in"), N_("you moved into this town") },
		[BPR_EVENT_MOVE_WITHIN] = { N_("moving within the town"), N_("you moved to another house in this town") },
		[BPR_EVENT_MOVE_OUT] = { N_("moving out"), N_("you move to another town") },
		[BPR_EVENT_MARRIAGE] = { N_("marriage"), N_("you marry") },
		[BPR_EVENT_BIRTH] = { N_("birth"), N_("a baby was born") },
		[BPR_EVENT_DIVORCE] = { N_("divorce"), N_("you divorce") },
		[BPR_EVENT_DEATH] = { N_("death"), N_("somebody died") },
	};
	enum bpr_life_event event = bpr_life_event_find(s->sheet->event);

	return event < BPR_EVENT_COUNT ? bpr_i_sheet_text(s, names[event].usual, names[event].plain) : s->sheet->event;
}

const char *bpr_i_checksheet_title(const struct bpr_sheet_study *s)
{
	const char *event = bpr_i_sheet_event(s);
	const char *name = s->of->household ? bpr_household_name(s->of->household) : "";

	if (!*event)
		return *name ? bpr_i_doc_fill(s->doc, N_("Check sheet of procedures: {1}"), name, NULL, NULL, NULL) : bpr_i_doc_text(s->doc, N_("Check sheet of procedures"));
	if (s->view.plain)
		return bpr_i_doc_fill(s->doc, N_("What to do when {1}"), event, NULL, NULL, NULL);
	if (*name)
		return bpr_i_doc_fill(s->doc, N_("Check sheet of procedures: {1}, {2}"), event, name, NULL, NULL);
	return bpr_i_doc_fill(s->doc, N_("Check sheet of procedures: {1}"), event, NULL, NULL, NULL);
}

static const char *member_name(const struct bpr_sheet_study *s, size_t member)
{
	const char *name = bpr_household_member_name(s->of->household, member);

	return *name ? name : bpr_i_doc_fill(s->doc, N_("person {1}"), bpr_i_say_count(s->doc, (double)member + 1), NULL, NULL, NULL);
}

const char *bpr_i_sheet_household(const struct bpr_sheet_study *s)
{
	size_t count = s->of->household ? bpr_household_member_count(s->of->household) : 0;
	const char *names[LISTED], *date = "", *who = "";
	size_t listed = 0;

	if (s->sheet->date_known)
		date = bpr_i_doc_fill(s->doc, bpr_i_doc_text(s->doc, s->view.plain ? N_("When: {1}") : N_("Day of the event: {1}")),
				      bpr_i_say_era_day(s->doc, s->sheet->date, !s->view.plain), NULL, NULL, NULL);
	for (; listed < count && listed < LISTED; listed++)
		names[listed] = member_name(s, listed);
	if (listed)
		who = bpr_i_doc_fill(s->doc, s->view.plain ? N_("Who: {1}") : N_("Household: {1}"), bpr_i_say_list(s->doc, names, listed), NULL, NULL, NULL);
	if (*who && *date)
		return bpr_i_doc_fill(s->doc, N_("{1}. {2}."), date, who, NULL, NULL);
	return *who ? who : date;
}

/* ---- one procedure ---- */

const char *bpr_i_sheet_name(const struct bpr_sheet_study *s, size_t item)
{
	const struct bpr_procedure *p = bpr_i_sheet_procedure(s, item);
	const char *name = s->view.plain && *p->plain ? p->plain : p->name;

	if (!s->sheet->items[item].maybe || s->view.blank)
		return name;
	return bpr_i_doc_fill(s->doc, bpr_i_sheet_text(s, N_("To be confirmed: {1}"), N_("Ask about this: {1}")), name, NULL, NULL, NULL);
}

const char *bpr_i_sheet_whom(const struct bpr_sheet_study *s, size_t item)
{
	const struct bpr_sheet_item *it = &s->sheet->items[item];
	const struct bpr_procedure *p = bpr_i_sheet_procedure(s, item);
	const char *names[LISTED];
	size_t listed = 0;

	if ((it->maybe && !it->member_count) || s->view.blank)
		return *p->condition ? p->condition : bpr_i_doc_text(s->doc, s->view.blank ? N_("everybody") : "");
	for (; listed < it->member_count && listed < LISTED; listed++)
		names[listed] = member_name(s, it->members[listed]);
	return listed ? bpr_i_say_list(s->doc, names, listed) : "";
}

const char *bpr_i_sheet_deadline(const struct bpr_sheet_study *s, size_t item)
{
	const struct bpr_sheet_item *it = &s->sheet->items[item];
	const struct bpr_procedure *p = bpr_i_sheet_procedure(s, item);

	if (!it->deadline_known)
		return p->deadline;
	/* TRANSLATORS: a deadline */
	return bpr_i_doc_fill(s->doc, N_("by {1}"), bpr_i_say_era_day(s->doc, it->deadline, !s->view.plain), NULL, NULL, NULL);
}

static void add_note(const struct bpr_sheet_study *s, struct bpr_buf *buf, const char *id, const char *text)
{
	if (!*text)
		return;
	if (buf->length)
		bpr_i_buf_puts(buf, bpr_i_doc_text(s->doc, N_("; ")));
	bpr_i_buf_puts(buf, id ? bpr_i_doc_fill(s->doc, id, text, NULL, NULL, NULL) : text);
}

/* The law, and what it says where the sheet has a day instead: "住民基本台帳法22条（14日）". */
static void add_law(const struct bpr_sheet_study *s, struct bpr_buf *buf, const struct bpr_procedure *p, bool dated)
{
	if (*p->law && dated)
		add_note(s, buf, N_("law: {1}"), bpr_i_doc_fill(s->doc, N_("{1} ({2})"), p->law, p->deadline, NULL, NULL));
	else if (*p->law)
		add_note(s, buf, N_("law: {1}"), p->law);
	else if (dated)
		add_note(s, buf, N_("period: {1}"), p->deadline);
}

const char *bpr_i_sheet_notes(const struct bpr_sheet_study *s, size_t item)
{
	const struct bpr_procedure *p = bpr_i_sheet_procedure(s, item);
	struct bpr_buf buf = BPR_BUF_INIT;

	if ((s->view.proxy || s->view.plain) && p->proxy_known && !p->proxy_yes)
		add_note(s, &buf, NULL, bpr_i_sheet_text(s, N_("the person must come"), N_("You must come yourself")));
	else if (s->view.plain && p->proxy_known)
		add_note(s, &buf, NULL, bpr_i_doc_text(s->doc, N_("Somebody else can do it for you")));
	else if (*p->proxy)
		add_note(s, &buf, s->view.plain ? N_("Somebody else can do it for you: {1}") : N_("proxy: {1}"), p->proxy);
	if (s->view.plain && p->online_known && p->online_yes)
		add_note(s, &buf, NULL, bpr_i_doc_text(s->doc, N_("You can do it with a smartphone or computer")));
	else if (*p->online && !(p->online_known && !p->online_yes))
		add_note(s, &buf, s->view.plain ? N_("With a smartphone or computer: {1}") : N_("online: {1}"), p->online);
	if (*p->url)
		add_note(s, &buf, NULL, p->url);
	if (!s->view.plain) {
		add_law(s, &buf, p, s->sheet->items[item].deadline_known);
		add_note(s, &buf, NULL, p->note);
	}
	return buf.length ? bpr_i_doc_keep(s->doc, &buf) : "";
}

/* ---- places ---- */

/* "総合窓口（本庁舎 1階）" */
static const char *counter_name(const struct bpr_sheet_study *s, const struct bpr_sheet_stop *stop)
{
	const char *name = *stop->counter ? stop->counter : bpr_i_doc_text(s->doc, N_("(counter not named)"));
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_buf_puts(&buf, stop->building);
	if (*stop->floor) {
		bpr_i_buf_puts(&buf, buf.length ? " " : "");
		bpr_i_buf_puts(&buf, stop->floor);
	}
	return buf.length ? bpr_i_doc_fill(s->doc, N_("{1} ({2})"), name, bpr_i_doc_keep(s->doc, &buf), NULL, NULL) : name;
}

const char *bpr_i_sheet_place_name(const struct bpr_sheet_study *s, size_t place)
{
	const struct bpr_sheet_place *p = &s->places[place];
	const char *number = bpr_i_say_count(s->doc, (double)place + 1), *name = p->stop ? counter_name(s, p->stop) : "";

	if (p->one_stop && p->stop)
		/* TRANSLATORS: number of a stop, and the counter that does the work of others too */
		name = bpr_i_doc_fill(s->doc, bpr_i_sheet_text(s, N_("One-stop counter: {1}"), N_("One counter for all of this: {1}")), name, NULL, NULL, NULL);
	else if (p->one_stop)
		name = bpr_i_sheet_text(s, N_("One-stop counter"), N_("One counter for all of this"));
	else if (!p->stop)
		name = bpr_i_sheet_text(s, N_("Without a counter"), N_("You need not go anywhere for this"));
	return bpr_i_doc_fill(s->doc, "{1}. {2}", number, name, NULL, NULL);
}

const char *bpr_i_sheet_numbers(const struct bpr_sheet_study *s, const size_t *items, size_t count)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t written = 0;

	/* In the order of the sheet, whatever the order of the thing. */
	for (size_t n = 0; n < s->sheet->item_count; n++)
		for (size_t i = 0; i < count; i++)
			if (items[i] == s->order[n]) {
				bpr_i_buf_printf(&buf, "%s%zu", written++ ? ", " : "", n + 1);
				break;
			}
	return bpr_i_doc_keep(s->doc, &buf);
}

const char *bpr_i_sheet_question(const struct bpr_sheet_study *s, size_t unknown)
{
	const struct bpr_fact *fact = bpr_procedures_fact(s->procedures, s->sheet->unknown[unknown]);
	size_t member = s->sheet->unknown_member[unknown];

	if (member == BPR_NONE)
		return fact->question;
	/* TRANSLATORS: whose, and a question about this person */
	return bpr_i_doc_fill(s->doc, N_("{1}: {2}"), member_name(s, member), fact->question, NULL, NULL);
}

/* ---- what is said first ---- */

/* The item whose day comes first, or BPR_NONE. */
static size_t first_deadline(const struct bpr_checksheet *sheet)
{
	size_t first = BPR_NONE;

	for (size_t i = 0; i < sheet->item_count; i++)
		if (sheet->items[i].deadline_known && !sheet->items[i].maybe && (first == BPR_NONE || sheet->items[i].deadline < sheet->items[first].deadline))
			first = i;
	return first;
}

static size_t maybe_count(const struct bpr_checksheet *sheet)
{
	size_t count = 0;

	for (size_t i = 0; i < sheet->item_count; i++)
		count += sheet->items[i].maybe;
	return count;
}

/* So many counters, or in plain words so many places. */
static const char *say_places(const struct bpr_sheet_study *s, size_t count)
{
	return bpr_i_say_plural(s->doc, (double)count, s->view.plain ? N_("1 place") : N_("1 counter"), s->view.plain ? N_("{1} places") : N_("{1} counters"));
}

static void lead_amount(const struct bpr_sheet_study *s)
{
	struct bpr_document *doc = s->doc;
	size_t maybe = maybe_count(s->sheet), usual = bpr_i_sheet_counters(s->sheet, false), one = bpr_i_sheet_counters(s->sheet, true);
	const char *procedures = bpr_i_say_plural(doc, (double)(s->sheet->item_count - maybe), N_("1 procedure"), N_("{1} procedures"));
	const char *places = say_places(s, s->view.one_stop ? one : usual);

	if (maybe)
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, bpr_i_sheet_text(s, N_("{1}, and {2} to be confirmed, at up to {3}."), N_("To do: {1}. To ask: {2}. Places: {3}.")),
						   procedures, bpr_i_say_count(doc, (double)maybe), places, NULL));
	else
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, bpr_i_sheet_text(s, N_("{1} at {2}."), N_("To do: {1}. Places: {2}.")), procedures, places, NULL, NULL));
	if (!s->view.one_stop && one < usual)
		bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, bpr_i_sheet_text(s, N_("With the one-stop counter: {1} instead of {2}."), N_("There is one counter for many things. There you need {1} and not {2}.")),
							say_places(s, one), places, NULL, NULL));
}

void bpr_i_sheet_lead(const struct bpr_sheet_study *s)
{
	struct bpr_document *doc = s->doc;
	size_t first = first_deadline(s->sheet);

	if (!s->sheet->item_count) {
		bpr_i_doc_lead(doc, bpr_i_sheet_text(s, N_("The table has no procedure for this household."), N_("You have nothing to do.")));
		return;
	}
	if (s->view.blank) {
		bpr_i_doc_lead(doc, bpr_i_sheet_text(s, N_("Tick the rows that are for you. What to bring stands at the end."), N_("Which rows are for you? Put a mark.")));
		return;
	}
	lead_amount(s);
	if (first != BPR_NONE)
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, bpr_i_sheet_text(s, N_("The first deadline is {1}: {2}."), N_("Do this first: {2}. Last day: {1}.")),
						   bpr_i_say_era_day(doc, s->sheet->items[first].deadline, !s->view.plain), bpr_i_sheet_name(s, first), NULL, NULL));
	if (s->sheet->minutes_known && s->sheet->minutes > 0 && !maybe_count(s->sheet))
		bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, bpr_i_sheet_text(s, N_("At the counters it takes about {1}, without waiting."), N_("It takes about {1}. You may have to wait longer.")),
							bpr_i_say_minutes(doc, s->sheet->minutes), NULL, NULL, NULL));
}
