/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A check sheet for people: what to bring (once), where to go in which order, what can be done without coming, what is not known.
 * For text and Markdown as lists, for paper and browsers as tables with boxes to be ticked.
 */
#include "config.h"
#include "study/checksheet_i.h"
#include "base/text_i.h"
#include <stdio.h>
#include <string.h>

static struct bpr_doc_cell tick(const char *what)
{
	struct bpr_doc_cell cell = { .value = BPR_DOC_TICK, .text = what };

	return cell;
}

/* ---- what to bring ---- */

static void things(const struct bpr_sheet_study *s)
{
	struct bpr_document *doc = s->doc;

	if (!s->sheet->thing_count)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_sheet_text(s, N_("What to bring"), N_("Bring these")));
	for (size_t i = 0; i < s->sheet->thing_count; i++) {
		const struct bpr_sheet_thing *t = &s->sheet->things[i];
		struct bpr_buf line = BPR_BUF_INIT;

		bpr_i_buf_puts(&line, "☐ ");
		/* TRANSLATORS: a thing to bring, and the numbers of the procedures that it is for */
		bpr_i_buf_puts(&line, bpr_i_doc_fill(doc, N_("{1} ({2})"), t->name, bpr_i_sheet_numbers(s, t->items, t->item_count), NULL, NULL));
		bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_doc_keep(doc, &line));
	}
}

/* ---- where to go ---- */

/* What the rows of a place say at all: an empty column takes room from the others. */
struct columns { bool whom, deadline, form, notes; };

static struct columns columns_of(const struct bpr_sheet_study *s)
{
	struct columns c = { false, false, false, false };

	for (size_t i = 0; i < s->sheet->item_count; i++) {
		c.whom = c.whom || *bpr_i_sheet_whom(s, i);
		c.deadline = c.deadline || *bpr_i_sheet_deadline(s, i);
		c.form = c.form || *bpr_i_sheet_procedure(s, i)->form;
		c.notes = c.notes || *bpr_i_sheet_notes(s, i);
	}
	return c;
}

static void procedure_row(const struct bpr_sheet_study *s, struct bpr_doc_table *table, const struct columns *c, size_t item)
{
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);
	struct bpr_buf name = BPR_BUF_INIT;
	size_t at = 2;

	if (!row)
		return;
	bpr_i_buf_printf(&name, "%zu. ", s->number[item]);
	bpr_i_buf_puts(&name, bpr_i_sheet_name(s, item));
	row[0] = tick(bpr_i_sheet_name(s, item));
	row[1] = bpr_i_cell_text(bpr_i_doc_keep(s->doc, &name));
	row[1].tone = s->sheet->items[item].maybe && !s->view.blank ? BPR_DOC_FAINT : BPR_DOC_STRONG;
	if (c->whom)
		row[at++] = bpr_i_cell_text(bpr_i_sheet_whom(s, item));
	if (c->deadline)
		row[at++] = bpr_i_cell_text(bpr_i_sheet_deadline(s, item));
	if (c->form)
		row[at++] = bpr_i_cell_text(bpr_i_sheet_procedure(s, item)->form);
	if (c->notes)
		row[at] = bpr_i_cell_text(bpr_i_sheet_notes(s, item));
}

static void place_table(const struct bpr_sheet_study *s, const struct bpr_sheet_place *place, const struct columns *c)
{
	struct bpr_document *doc = s->doc;
	struct bpr_doc_table *table = bpr_i_doc_table(doc);

	bpr_i_doc_column(doc, table, "", false, 3);
	bpr_i_doc_column(doc, table, s->view.plain ? N_("To do") : N_("Procedure"), false, 16);
	if (c->whom)
		bpr_i_doc_column(doc, table, s->view.plain ? N_("Who") : N_("For whom"), false, 8);
	if (c->deadline)
		bpr_i_doc_column(doc, table, s->view.plain ? N_("Last day") : N_("By when"), false, 10);
	if (c->form)
		bpr_i_doc_column(doc, table, s->view.plain ? N_("Paper to write") : N_("Form"), false, 10);
	if (c->notes)
		bpr_i_doc_column(doc, table, N_("Good to know"), false, 14);
	for (size_t i = 0; i < place->row_count; i++)
		procedure_row(s, table, c, place->rows[i]);
}

/* The other counters whose work the one-stop counter does. */
static void instead_of(const struct bpr_sheet_study *s)
{
	const char *names[8];
	size_t count = 0;

	for (size_t i = 0; i < s->sheet->stop_count && count < sizeof(names) / sizeof(names[0]); i++)
		if (s->sheet->stops[i].falls_away)
			names[count++] = s->sheet->stops[i].counter;
	if (count)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, bpr_i_sheet_text(s, N_("You need not go to: {1}."), N_("You do not go to: {1}.")), bpr_i_say_list(s->doc, names, count), NULL,
						      NULL, NULL));
}

static void place_notes(const struct bpr_sheet_study *s, const struct bpr_sheet_place *place)
{
	if (place->one_stop)
		instead_of(s);
	else if (place->falls_away && !s->view.one_stop && !s->view.blank)
		bpr_i_doc_note(s->doc, bpr_i_sheet_text(s, N_("With the one-stop counter you need not come here."), N_("The one-stop counter can do this too.")));
}

static void walk_tables(const struct bpr_sheet_study *s)
{
	const struct columns c = columns_of(s);

	bpr_i_doc_heading(s->doc, 2, bpr_i_sheet_text(s, N_("Where to go, in this order"), N_("Go to these places: 1, 2, 3")));
	for (size_t p = 0; p < s->place_count; p++) {
		bpr_i_doc_heading(s->doc, 3, bpr_i_sheet_place_name(s, p));
		place_table(s, &s->places[p], &c);
		place_notes(s, &s->places[p]);
	}
}

/* ---- the same as a list ---- */

static void list_item(const struct bpr_sheet_study *s, const char *id, const char *text)
{
	if (*text)
		bpr_i_doc_item(s->doc, 2, BPR_DOC_PLAIN, id ? bpr_i_doc_fill(s->doc, id, text, NULL, NULL, NULL) : text);
}

static void walk_list(const struct bpr_sheet_study *s)
{
	bpr_i_doc_heading(s->doc, 2, bpr_i_sheet_text(s, N_("Where to go, in this order"), N_("Go to these places: 1, 2, 3")));
	for (size_t p = 0; p < s->place_count; p++) {
		bpr_i_doc_heading(s->doc, 3, bpr_i_sheet_place_name(s, p));
		for (size_t i = 0; i < s->places[p].row_count; i++) {
			size_t item = s->places[p].rows[i];
			struct bpr_buf line = BPR_BUF_INIT;

			bpr_i_buf_printf(&line, "☐ %zu. ", s->number[item]);
			bpr_i_buf_puts(&line, bpr_i_sheet_name(s, item));
			bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN, bpr_i_doc_keep(s->doc, &line));
			list_item(s, s->sheet->items[item].maybe && !s->sheet->items[item].member_count ? N_("where: {1}") : s->view.plain ? N_("Who: {1}") : N_("for: {1}"), bpr_i_sheet_whom(s, item));
			list_item(s, NULL, bpr_i_sheet_deadline(s, item));
			list_item(s, s->view.plain ? N_("paper to write: {1}") : N_("form: {1}"), bpr_i_sheet_procedure(s, item)->form);
			list_item(s, NULL, bpr_i_sheet_notes(s, item));
		}
		place_notes(s, &s->places[p]);
	}
}

/* ---- without coming; by whom; not known ---- */

/* A heading with the names of those items that `take` wants, or nothing. */
static void list_of(const struct bpr_sheet_study *s, const char *heading, bool (*take)(const struct bpr_procedure *p), bool with_online)
{
	bool begun = false;

	for (size_t n = 0; n < s->sheet->item_count; n++) {
		const struct bpr_procedure *p = bpr_i_sheet_procedure(s, s->order[n]);
		const char *name = s->view.plain && *p->plain ? p->plain : p->name, *number = bpr_i_say_count(s->doc, (double)n + 1);

		if (!take(p))
			continue;
		if (!begun)
			bpr_i_doc_heading(s->doc, 2, heading);
		begun = true;
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN, with_online && *p->url ? bpr_i_doc_fill(s->doc, "{1}. {2}: {3}", number, name, p->url, NULL)
									       : bpr_i_doc_fill(s->doc, "{1}. {2}", number, name, NULL, NULL));
	}
}

static bool is_online(const struct bpr_procedure *p)
{
	return p->online_known && p->online_yes;
}

static bool needs_person(const struct bpr_procedure *p)
{
	return p->proxy_known && !p->proxy_yes;
}

static void not_known(const struct bpr_sheet_study *s)
{
	if (!s->sheet->unknown_count || s->view.blank)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_sheet_text(s, N_("To be confirmed at the counter"), N_("They will ask you")));
	bpr_i_doc_paragraph(s->doc, bpr_i_sheet_text(s, N_("Something is not known of the household. What may be necessary therefore stands on the sheet, marked 'to be confirmed'."),
						     N_("We do not know this yet. Please tell the people at the counter.")));
	for (size_t i = 0; i < s->sheet->unknown_count; i++)
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN, bpr_i_sheet_question(s, i));
}

static void foot(const struct bpr_sheet_study *s)
{
	if (s->view.plain)
		bpr_i_doc_note(s->doc, bpr_i_doc_text(s->doc, N_("When you do not understand, ask at the counter. They are glad to help.")));
	else
		bpr_i_doc_note(s->doc, bpr_i_doc_text(s->doc, N_("Each thing to bring is named once; the numbers say what it is for. Days count as the table of procedures says them.")));
}

static void body(const struct bpr_sheet_study *s, bool tables)
{
	const char *household = bpr_i_sheet_household(s);

	if (*household)
		bpr_i_doc_paragraph(s->doc, household);
	bpr_i_sheet_lead(s);
	if (!s->sheet->item_count)
		return;
	if (s->view.blank) {
		walk_tables(s);
		things(s);
	} else {
		things(s);
		if (tables && !s->view.large) /* columns of large letters are too narrow to read */
			walk_tables(s);
		else
			walk_list(s);
	}
	list_of(s, bpr_i_sheet_text(s, N_("What can be done online"), N_("You can do this with a smartphone or computer")), is_online, true);
	if (s->view.proxy)
		list_of(s, bpr_i_sheet_text(s, N_("What a proxy cannot do"), N_("You must come yourself for this")), needs_person, false);
	not_known(s);
	foot(s);
}

const char *bpr_i_checksheets_title(struct bpr_document *doc, const struct bpr_subject *subject)
{
	struct bpr_sheet_study s;

	if (subject->sheet_count != 1)
		return bpr_i_doc_text(doc, N_("Check sheets of procedures"));
	return bpr_i_sheet_begin(&s, doc, subject, 0) ? bpr_i_checksheet_title(&s) : "";
}

void bpr_i_study_checksheets(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	(void)options;
	for (size_t i = 0; i < subject->sheet_count; i++) {
		struct bpr_sheet_study s;

		if (!bpr_i_sheet_begin(&s, doc, subject, i))
			return;
		bpr_i_doc_heading(doc, 1, bpr_i_checksheet_title(&s));
		body(&s, false);
	}
}

void bpr_i_page_checksheets(struct bpr_pages *pages)
{
	struct bpr_document *doc = pages->doc;

	for (size_t i = 0; i < pages->subject->sheet_count; i++) {
		struct bpr_buf id = BPR_BUF_INIT;
		struct bpr_sheet_study s;

		if (!bpr_i_sheet_begin(&s, doc, pages->subject, i))
			return;
		if (i)
			bpr_i_buf_printf(&id, "sheet-%zu", i + 1);
		bpr_i_doc_page(doc, i ? bpr_i_doc_keep(doc, &id) : "sheet", pages->page->title && !i ? pages->page->title : bpr_i_checksheet_title(&s));
		body(&s, true);
	}
}
