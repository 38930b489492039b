/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read in a training: the trainer's notes with timetable, materials and expected figures, the questions of the debrief. */
#include "config.h"
#include "base/text_i.h"
#include "report/walk_sheet_i.h"
#include "report/workshop_i.h"
#include "study/study_i.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

/* A document of sheets; its texts are those of `words`, so that all of them live long enough. */
static struct bpr_document begin(struct workshop *w, const char *title)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(w->lang);

	doc.frame.head = bpr_i_workshop_say(w, N_("Training at the counter: {1}"), bpr_i_workshop_name(w->flow[0]), NULL, NULL);
	doc.frame.stamp = w->options->office;
	doc.frame.title = bpr_i_workshop_text(w, title);
	bpr_i_doc_heading(&doc, 1, doc.frame.title);
	return doc;
}

/* A little smaller where that saves a sheet. */
static void finish(struct workshop *w, struct bpr_document *doc)
{
	static const double scales[] = { 1, 0.95, 0.9, 0.86 };
	size_t fewest = SIZE_MAX;
	double best = 1;

	for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
		struct bpr_paper trial = BPR_PAPER_INIT(w->lang);

		bpr_i_paper_document(&trial, doc, BPR_PAGE_A4, scales[i]);
		if (trial.failed)
			w->paper->failed = true;
		if (trial.count < fewest) {
			fewest = trial.count;
			best = scales[i];
		}
		bpr_i_paper_release(&trial);
	}
	bpr_i_paper_document(w->paper, doc, BPR_PAGE_A4, best);
	bpr_i_doc_release(doc);
}

static void row(struct bpr_document *doc, struct bpr_doc_table *table, const char *const *cells)
{
	struct bpr_doc_cell *out = bpr_i_doc_row(doc, table);

	for (size_t i = 0; out && i < table->column_count; i++)
		out[i] = bpr_i_cell_text(cells[i]);
}

/* ---- timetable ---- */

struct phase { const char *from, *minutes, *name, *does; };

static void put_timetable(struct workshop *w, struct bpr_document *doc)
{
	static const struct phase phases[] = {
		{ "0:00", "15", N_("Walk it alone"), N_("Everybody walks the flow alone with 'bpr walk', or around the room with a family card. Nothing is explained yet.") },
		{ "0:15", "20", N_("Play the before"), N_("Hand out role cards. All families come in at once. The timekeeper calls the end after 20 minutes, whoever is done.") },
		{ "0:35", "15", N_("Redesign"), N_("Read out the figures of the room. Each group names the three things that hurt most, and changes forms, counters and who walks.") },
		{ "0:50", "20", N_("Play the after"), N_("The same families, the after's cards, signs and forms (or those that the room designed). Measure again.") },
		{ "1:10", "20", N_("Debrief"), N_("First how it felt, then why the structure made it so, then the figures. Never the other way round.") },
	};
	struct bpr_doc_table *table;

	bpr_i_doc_heading(doc, 2, bpr_i_workshop_text(w, N_("Timetable: 90 minutes")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Clock"), false, 0);
	bpr_i_doc_column(doc, table, N_("Minutes"), true, 0);
	bpr_i_doc_column(doc, table, N_("Phase"), false, 0);
	bpr_i_doc_column(doc, table, N_("What happens"), false, 0);
	for (size_t i = 0; i < sizeof(phases) / sizeof(phases[0]); i++) {
		const char *cells[] = { phases[i].from, phases[i].minutes, bpr_i_workshop_text(w, phases[i].name), bpr_i_workshop_text(w, phases[i].does) };

		row(doc, table, cells);
	}
}

/* ---- materials ---- */

struct material { const char *what, *paper; size_t copies; };

static void put_material(struct workshop *w, struct bpr_document *doc, struct bpr_doc_table *table, const struct material *m)
{
	const char *cells[] = { bpr_i_doc_fill(&w->words, "☐ {1}", m->what, NULL, NULL, NULL), m->paper, bpr_i_workshop_number(w, (double)m->copies) };

	row(doc, table, cells);
}

static void put_form_materials(struct workshop *w, struct bpr_document *doc, struct bpr_doc_table *table)
{
	for (size_t side = 0; side < w->sides; side++)
		for (size_t i = 0; i < bpr_flow_form_count(w->flow[side]); i++) {
			const struct bpr_form *form = bpr_flow_form(w->flow[side], i);
			const char *name = form->name && *form->name ? form->name : form->id;
			struct material m = { NULL, "A5", 0 };

			if (!bpr_i_workshop_is_written(w, side, i))
				continue;
			m.what = bpr_i_workshop_say(w, N_("Form '{1}' ({2})"), name, bpr_i_workshop_side(w, side), NULL);
			m.copies = bpr_i_workshop_copies(w, side, i);
			put_material(w, doc, table, &m);
		}
	if (w->sides < 2)
		put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Form of our own design")), "A5", w->family_count + 4 });
}

static size_t counters_of(struct workshop *w, size_t side)
{
	size_t count, n = 0;
	const struct workshop_place *places = bpr_i_workshop_places(w, side, &count);

	for (size_t i = 0; places && i < count; i++)
		n += places[i].counter != BPR_NONE;
	return n;
}

static size_t places_of(struct workshop *w, size_t side)
{
	size_t count;

	(void)bpr_i_workshop_places(w, side, &count);
	return count;
}

static size_t observers_of(const struct workshop *w)
{
	return (w->family_count + 1) / 2;
}

static void put_materials(struct workshop *w, struct bpr_document *doc)
{
	const char *across = bpr_i_workshop_text(w, N_("A4 across"));
	struct bpr_doc_table *table;

	bpr_i_doc_heading(doc, 2, bpr_i_workshop_text(w, N_("Materials")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("To prepare"), false, 0);
	bpr_i_doc_column(doc, table, N_("Paper"), false, 0);
	bpr_i_doc_column(doc, table, N_("Copies of each"), true, 0);
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Family cards")), "A6", 1 });
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Role card: citizen")), "A6", w->family_count });
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Role card: observer")), "A6", observers_of(w) });
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("The other role cards")), "A6", 1 });
	put_form_materials(w, doc, table);
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Signs of the counters")), across, 1 });
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Plan of the room")), across, w->family_count + 1 });
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Observation sheet")), across, w->family_count * 2 });
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Lots, to be cut")), "A4", counters_of(w, 0) ? counters_of(w, 0) : 1 });
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Questions of the debrief, table of results")), "A4", 1 });
	put_material(w, doc, table, &(struct material){ bpr_i_workshop_text(w, N_("Certificate")), across, w->family_count + places_of(w, 0) + observers_of(w) + 2 });
	bpr_i_doc_paragraph(doc, bpr_i_workshop_text(w, N_("Also: a pen for everybody, a clock that all can see, tape for the signs, boxes for the lots, two colours of stickers for what hurts and what helps.")));
}

/* ---- people and room ---- */

static void put_people(struct workshop *w, struct bpr_document *doc)
{
	size_t places = places_of(w, 0), all = w->family_count + places + observers_of(w) + 2;
	const char *families = bpr_i_workshop_number(w, (double)w->family_count), *desks = bpr_i_workshop_number(w, (double)places);

	bpr_i_doc_heading(doc, 2, bpr_i_workshop_text(w, N_("People and room")));
	bpr_i_doc_paragraph(doc, bpr_i_workshop_say(w, N_("{1} people play at once: {2} citizens, {3} at counters and in offices, and a runner, a timekeeper and observers, one for every two families."),
						   bpr_i_workshop_number(w, (double)all), families, desks));
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_workshop_text(w, N_("Fewer people: let one play two offices that have little to do, and observe fewer families. More people: let them watch as citizens who wait, and change roles for the second round.")));
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_workshop_text(w, N_("Put the tables as on the plan, with real ways between them: who must go to another floor walks around the room once.")));
	if (w->second > 0)
		bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_workshop_say(w, N_("The room's clock: one minute of the office lasts {1} seconds. Work and waiting are counted aloud by it; writing and walking take as long as they take."),
									bpr_i_workshop_number(w, w->second), NULL, NULL));
	else
		bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_workshop_text(w, N_("The procedure takes days: nobody waits for them. Whoever makes people wait says how long, and the observer writes it down.")));
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_workshop_text(w, N_("Managers should play citizens, and counter staff offices that are not theirs.")));
}

/* ---- expected figures ---- */

static const enum bpr_metric measured[] = {
	BPR_METRIC_COUNTER_VISITS, BPR_METRIC_DISTINCT_COUNTERS, BPR_METRIC_FORMS_WRITTEN, BPR_METRIC_FIELDS_WRITTEN, BPR_METRIC_ID_CHECKS,
	BPR_METRIC_SEALS, BPR_METRIC_HANDOFFS, BPR_METRIC_REVISITS, BPR_METRIC_LEAD_MINUTES,
};

/* How often the name is written. */
static double names_written(const bpr_analysis *analysis)
{
	size_t count;
	const struct bpr_group_result *groups = bpr_analysis_groups(analysis, &count);

	for (size_t i = 0; i < count; i++)
		if (!strcmp(groups[i].name, "氏名") || !strcmp(groups[i].name, "name"))
			return groups[i].written;
	return NAN;
}

static struct bpr_doc_table *figures_table(struct workshop *w, struct bpr_document *doc, bool expected)
{
	struct bpr_doc_table *table = bpr_i_doc_table(doc);

	bpr_i_doc_column(doc, table, N_("Of one family"), false, 0);
	for (size_t side = 0; side < 2; side++) {
		if (expected && side < w->sides)
			bpr_i_doc_column(doc, table, side ? N_("After: expected") : N_("Before: expected"), true, 0);
		bpr_i_doc_column(doc, table, side ? N_("After: the room") : N_("Before: the room"), true, 0);
	}
	return table;
}

static void figure_row(struct workshop *w, struct bpr_document *doc, struct bpr_doc_table *table, const char *label, const char *const said[2], bool expected)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(doc, table);
	size_t c = 0;

	if (!cells)
		return;
	cells[c++] = bpr_i_cell_text(label);
	for (size_t side = 0; side < 2; side++) {
		if (expected && side < w->sides)
			cells[c++] = bpr_i_cell_text(said[side]);
		cells[c++] = bpr_i_cell_text("______");
	}
}

static void put_figures(struct workshop *w, struct bpr_document *doc, bool expected)
{
	struct bpr_doc_table *table = figures_table(w, doc, expected);
	const char *said[2] = { "", "" };
	bool named = true;

	for (size_t i = 0; i < sizeof(measured) / sizeof(measured[0]); i++) {
		double most = 0;

		for (size_t side = 0; side < w->sides; side++) {
			double x = bpr_analysis_figure(w->analysis[side], measured[i])->mean;

			most = fmax(most, x);
			said[side] = bpr_i_say_metric(&w->words, measured[i], x, false);
		}
		if (most > 0)
			figure_row(w, doc, table, bpr_i_workshop_text(w, bpr_metric_get(measured[i])->label), said, expected);
	}
	for (size_t side = 0; side < w->sides; side++) {
		double x = names_written(w->analysis[side]);

		named = named && !isnan(x);
		said[side] = isnan(x) ? "" : bpr_i_say_count(&w->words, x);
	}
	if (named)
		figure_row(w, doc, table, bpr_i_workshop_text(w, N_("Name written (times)")), said, expected);
}

static void put_expected(struct workshop *w, struct bpr_document *doc)
{
	double visits = bpr_analysis_figure(w->analysis[0], BPR_METRIC_COUNTER_VISITS)->mean, sd = bpr_analysis_figure(w->analysis[0], BPR_METRIC_COUNTER_VISITS)->sd;
	bool known = bpr_analysis_figure(w->analysis[0], BPR_METRIC_COUNTER_VISITS)->sd_method != BPR_METHOD_NONE && visits > 0 && w->family_count > 0;

	bpr_i_doc_heading(doc, 2, bpr_i_workshop_text(w, N_("What the room should measure")));
	bpr_i_doc_paragraph(doc, bpr_i_workshop_text(w, N_("The mean of one case, computed exactly from the flow ('bpr analyze'). Do not show it before the debrief.")));
	put_figures(w, doc, true);
	if (known)
		bpr_i_doc_note(doc, bpr_i_workshop_say(w, N_("A few families are not the mean: with {1} of them, the room's counter visits before the reform should lie between {2} and {3} in 19 of 20 trainings."),
						      bpr_i_workshop_number(w, (double)w->family_count),
						      bpr_i_workshop_number(w, fmax(0, floor((visits - 1.96 * sd / sqrt((double)w->family_count)) * 10) / 10)),
						      bpr_i_workshop_number(w, ceil((visits + 1.96 * sd / sqrt((double)w->family_count)) * 10) / 10)));
	bpr_i_doc_note(doc, bpr_i_workshop_text(w, N_("Times are those of the office's clock without queues; people in the room also wait for each other, as they do in life.")));
}

static void put_key(struct workshop *w, struct bpr_document *doc)
{
	struct bpr_doc_table *table;

	if (!w->options->household_count || !w->options->procedures)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_workshop_text(w, N_("What each family would have to do")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Family"), false, 0);
	bpr_i_doc_column(doc, table, N_("Procedures"), true, 0);
	bpr_i_doc_column(doc, table, N_("Counters"), true, 0);
	for (size_t k = 0; k < w->family_count; k++) {
		const struct workshop_family *f = &w->families[k];
		const char *cells[] = { f->name, isnan(f->procedures) ? "-" : bpr_i_workshop_number(w, f->procedures),
					isnan(f->counters) ? "-" : bpr_i_workshop_number(w, f->counters) };

		row(doc, table, cells);
	}
}

static void put_items(struct workshop *w, struct bpr_document *doc, const char *title, const char *const *items)
{
	bpr_i_doc_heading(doc, 2, bpr_i_workshop_text(w, title));
	for (size_t i = 0; items[i]; i++)
		bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_workshop_text(w, items[i]));
}

void bpr_i_workshop_trainer(struct workshop *w)
{
	static const char *const mistakes[] = {
		N_("The trainer explains the flow first. Then nobody gets lost, and nobody learns why citizens do."),
		N_("Clerks help where a real clerk could not. Hold to the cards, however silly it feels: the silliness is the finding."),
		N_("The first round is cut short because it hurts. It must hurt for the whole 20 minutes."),
		N_("The debrief begins with the table of figures. People who have not said how it felt argue about the figures."),
		N_("The redesign asks for a new system. Ask first what can be done tomorrow, without one: forms, signs, seals, who walks."),
		N_("Somebody is blamed. In this room everybody did what the card said; so they do at the counter."),
		NULL
	};
	struct bpr_document doc = begin(w, N_("Notes for the trainer"));

	bpr_i_doc_lead(&doc, bpr_i_workshop_text(w, N_("Ninety minutes in which staff are citizens of their own town: they write, wait and are sent back, then change the counters and feel the difference.")));
	put_timetable(w, &doc);
	put_people(w, &doc);
	put_materials(w, &doc);
	put_expected(w, &doc);
	put_key(w, &doc);
	put_items(w, &doc, N_("Common mistakes"), mistakes);
	finish(w, &doc);
}

/* ---- debrief ---- */

void bpr_i_workshop_debrief(struct workshop *w)
{
	static const char *const felt[] = {
		N_("Citizens: at which moment did you want to go home? What did you think of the people behind the counter?"),
		N_("Clerks: when did you feel that it was not your job? What did you say then?"),
		N_("Did you blame the next counter? Did they blame you?"),
		N_("Who was calm? What did they know that the others did not?"),
		NULL
	};
	static const char *const structure[] = {
		N_("Everybody did what the card said, and nobody wanted it to be like this. What made it so?"),
		N_("Where was the same thing written again? Who needed it the second time, and what for?"),
		N_("Where did papers wait, and for whom? Who could see it?"),
		N_("Change places: would it have gone better with other people on the same cards?"),
		N_("Which rule did you obey that no law asks for?"),
		NULL
	};
	static const char *const figures[] = {
		N_("Compare the room with what was expected. Where are we off, and why?"),
		N_("Which single change brought most of the difference? Could it be done alone?"),
		N_("What got worse in the second round, and for whom?"),
		N_("What can our own section begin tomorrow, without asking anybody? Who does it, until when?"),
		NULL
	};
	struct bpr_document doc = begin(w, N_("Debrief"));

	bpr_i_doc_lead(&doc, bpr_i_workshop_text(w, N_("Feelings first, then structure, then figures: structure makes behaviour.")));
	put_items(w, &doc, N_("1. How it felt (5 minutes)"), felt);
	put_items(w, &doc, N_("2. What made it so (8 minutes)"), structure);
	put_items(w, &doc, N_("3. The figures, and what we do (7 minutes)"), figures);
	bpr_i_doc_heading(&doc, 2, bpr_i_workshop_text(w, N_("Table of results")));
	put_figures(w, &doc, false);
	bpr_i_doc_heading(&doc, 2, bpr_i_workshop_text(w, N_("What we begin")));
	for (size_t i = 0; i < 3; i++)
		bpr_i_doc_item(&doc, 1, BPR_DOC_PLAIN, "☐ ______________________________________________________");
	finish(w, &doc);
}

/* ---- observer ---- */

/* The sheet of a real survey, so that 'bpr mine' reads what comes back: the before's counters are on it, the after's fit into empty rows. */
void bpr_i_workshop_observer(struct workshop *w)
{
	enum { A_PAGE = 14 };
	struct bpr_survey_rows rows = { NULL, 0, 0 };
	bpr_status status = bpr_i_survey_rows(w->flow[0], 0, &rows, NULL);
	size_t all = rows.count + 4 > A_PAGE ? rows.count + 4 : A_PAGE;

	if (status == BPR_ENOMEM || !bpr_i_grow(&rows.items, &rows.capacity, all, sizeof(*rows.items))) {
		w->paper->failed = true;
	} else {
		while (rows.count < all)
			rows.items[rows.count++] = (struct bpr_survey_row){ NULL, NULL, NULL, NULL };
		bpr_i_walk_draw(w->paper, &rows, bpr_i_workshop_name(w->flow[0]));
	}
	bpr_i_free(rows.items);
}
