/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards of a training: families, roles before and after, and the lots that send back. */
#include "config.h"
#include "base/text_i.h"
#include "report/workshop_i.h"
#include "study/study_i.h"
#include <bpr/dist.h>
#include <math.h>
#include <string.h>

/* A card as a small document. */
struct card { struct workshop *w; struct bpr_document doc; };

static void begin(struct card *c, struct workshop *w, const char *kind, const char *stamp)
{
	*c = (struct card){ w, BPR_DOCUMENT_INIT(w->lang) };
	c->doc.frame.head = kind;
	c->doc.frame.stamp = stamp;
	c->doc.frame.foot = bpr_i_workshop_name(w->flow[0]);
}

static void end(struct card *c)
{
	bpr_i_paper_document(c->w->paper, &c->doc, BPR_PAGE_A6, 0.86);
	bpr_i_doc_release(&c->doc);
}

static void say(struct card *c, const char *id, const char *a1, const char *a2)
{
	bpr_i_doc_item(&c->doc, 1, BPR_DOC_PLAIN, bpr_i_doc_fill(&c->doc, id, a1, a2, NULL, NULL));
}

/* ---- families ---- */

void bpr_i_workshop_family_cards(struct workshop *w)
{
	for (size_t k = 0; k < w->family_count; k++) {
		const struct workshop_family *f = &w->families[k];
		struct card c;

		begin(&c, w, bpr_i_workshop_text(w, N_("Family card")), bpr_i_workshop_number(w, (double)k + 1));
		bpr_i_doc_heading(&c.doc, 1, f->name);
		for (size_t i = 0; i < f->line_count; i++)
			bpr_i_doc_item(&c.doc, 1, BPR_DOC_PLAIN, f->lines[i]);
		bpr_i_doc_heading(&c.doc, 2, bpr_i_workshop_text(w, N_("What you have come for")));
		bpr_i_doc_paragraph(&c.doc, bpr_i_workshop_name(w->flow[0]));
		if (f->answer_count)
			bpr_i_doc_heading(&c.doc, 2, bpr_i_workshop_text(w, N_("When it comes to this, say")));
		for (size_t i = 0; i < f->answer_count; i++)
			say(&c, N_("{1}: {2}"), f->answers[i].question, f->answers[i].answer);
		bpr_i_doc_note(&c.doc, bpr_i_workshop_text(w, N_("Keep this card to yourself. Write name, address and date of birth wherever a form asks for them, each time in full.")));
		if (!w->options->household_count)
			bpr_i_doc_note(&c.doc, bpr_i_workshop_text(w, N_("An invented family: nobody lives there.")));
		end(&c);
	}
}

/* ---- roles ---- */

/* Seconds in the room, or "" where nothing is counted. */
static const char *room_time(struct workshop *w, const struct bpr_dist *dist)
{
	double minutes = dist ? bpr_dist_mean(dist) : 0, seconds = minutes * w->second;

	if (!(minutes > 0))
		return "";
	if (w->second <= 0)
		return bpr_i_workshop_say(w, N_(" (say: {1})"), bpr_i_say_minutes(&w->words, minutes), NULL, NULL);
	return bpr_i_workshop_say(w, N_(" (count {1} seconds)"), bpr_i_workshop_number(w, fmax(1, nearbyint(seconds))), NULL, NULL);
}

/* Names of forms or documents, as a list. */
static const char *form_names(struct workshop *w, const bpr_flow *flow, const size_t *forms, size_t count)
{
	const char **names = bpr_i_arena_alloc(&w->words.arena, count + 1, sizeof(*names));

	for (size_t i = 0; names && i < count; i++)
		names[i] = bpr_flow_form(flow, forms[i])->name && *bpr_flow_form(flow, forms[i])->name ? bpr_flow_form(flow, forms[i])->name : bpr_flow_form(flow, forms[i])->id;
	if (!names)
		w->words.failed = true;
	return names ? bpr_i_say_list(&w->words, names, count) : "";
}

/* A step of this place, and what belongs to it. */
static void put_step(struct card *c, const bpr_flow *flow, size_t at)
{
	struct workshop *w = c->w;
	const struct bpr_node *node = bpr_flow_node(flow, at);
	const char *by = node->actor == BPR_ACTOR_CITIZEN ? bpr_i_workshop_text(w, N_("the citizen does: ")) :
			 node->actor == BPR_ACTOR_SYSTEM ? bpr_i_workshop_text(w, N_("the machine does: ")) : "";
	const char *name = bpr_i_workshop_say(w, N_("{1}{2}{3}"), by, *node->name ? node->name : node->id, room_time(w, node->work));

	bpr_i_doc_item(&c->doc, 1, BPR_DOC_STRONG, name);
	if (node->wait && bpr_dist_mean(node->wait) > 0)
		bpr_i_doc_item(&c->doc, 2, BPR_DOC_PLAIN, bpr_i_workshop_say(w, N_("Before it, let the citizen wait{1}"), room_time(w, node->wait), NULL, NULL));
	if (node->write_count)
		bpr_i_doc_item(&c->doc, 2, BPR_DOC_PLAIN, bpr_i_workshop_say(w, N_("Form: {1}"), form_names(w, flow, node->writes, node->write_count), NULL, NULL));
	if (node->read_count)
		bpr_i_doc_item(&c->doc, 2, BPR_DOC_PLAIN, bpr_i_workshop_say(w, N_("Read: {1}"), form_names(w, flow, node->reads, node->read_count), NULL, NULL));
	if (node->id_checks > 0)
		bpr_i_doc_item(&c->doc, 2, BPR_DOC_PLAIN, bpr_i_workshop_text(w, N_("Ask for a proof of identity, and compare name and date of birth with the form")));
	if (node->seals > 0)
		bpr_i_doc_item(&c->doc, 2, BPR_DOC_PLAIN, bpr_i_workshop_say(w, N_("Seal (draw a circle with the name in it): {1}"), bpr_i_workshop_number(w, node->seals), NULL, NULL));
	if (node->copies > 0)
		bpr_i_doc_item(&c->doc, 2, BPR_DOC_PLAIN, bpr_i_workshop_say(w, N_("Copy {1} items by hand onto a sheet of your own"), bpr_i_workshop_number(w, node->copies), NULL, NULL));
	if (node->issue_count)
		bpr_i_doc_item(&c->doc, 2, BPR_DOC_PLAIN, bpr_i_workshop_say(w, N_("Hand over: {1}"), form_names(w, flow, node->issues, node->issue_count), NULL, NULL));
}

/* The step whose people find out: the one before the choice. */
static size_t decided_at(const bpr_flow *flow, size_t at)
{
	for (size_t hop = 0; hop < 100; hop++) {
		size_t count;
		const size_t *in = bpr_flow_arcs_in(flow, at, &count);

		if (!count)
			break;
		at = bpr_flow_arc(flow, in[0])->from;
		if (bpr_node_is_step(bpr_flow_node(flow, at)))
			return at;
	}
	return BPR_NONE;
}

static const char *target_name(struct workshop *w, const bpr_flow *flow, size_t arc)
{
	const struct bpr_node *node = bpr_flow_node(flow, bpr_i_workshop_next(flow, bpr_flow_arc(flow, arc)->to));

	(void)w;
	return *node->name ? node->name : node->id;
}

/* What is found out here by lot: which numbers send where. */
static void put_returns(struct card *c, const bpr_flow *flow, const struct workshop_place *place)
{
	struct workshop *w = c->w;
	bool first = true;

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *node = bpr_flow_node(flow, i);
		size_t at = bpr_i_workshop_is_return(flow, i) ? decided_at(flow, i) : BPR_NONE, lot = 1;

		if (at == BPR_NONE || !bpr_i_workshop_is_at(flow, at, place))
			continue;
		if (first)
			bpr_i_doc_heading(&c->doc, 2, bpr_i_workshop_text(w, N_("Draw a lot")));
		first = false;
		bpr_i_doc_item(&c->doc, 1, BPR_DOC_STRONG, *node->name ? node->name : node->id);
		for (size_t k = 0; k < node->out_count; k++) {
			bool last = k + 1 == node->out_count;
			size_t most = WORKSHOP_LOTS - (node->out_count - 1 - k), until = last ? WORKSHOP_LOTS : lot + bpr_i_workshop_lots(bpr_flow_arc(flow, node->first_out + k)->prob) - 1;
			char numbers[64];
			struct bpr_buf text = BPR_BUF_ON(numbers);

			until = until > most ? most : until;
			if (lot > until)
				continue;
			bpr_i_buf_printf(&text, lot == until ? "%zu" : w->lang == BPR_LANG_JA ? "%zu～%zu" : "%zu to %zu", lot, until);
			bpr_i_doc_item(&c->doc, 2, BPR_DOC_PLAIN, bpr_i_workshop_say(w, N_("{1}: go on to '{2}'"), numbers, target_name(w, flow, node->first_out + k), NULL));
			lot = until + 1;
		}
	}
}

static const char *where(struct workshop *w, const bpr_flow *flow, const struct workshop_place *place)
{
	const struct bpr_counter *counter = place->counter != BPR_NONE ? bpr_flow_counter(flow, place->counter) : NULL;

	if (!counter || (!*counter->building && !*counter->floor))
		return "";
	if (!*counter->building || !*counter->floor)
		return *counter->building ? counter->building : counter->floor;
	return bpr_i_workshop_say(w, N_("{1}, {2}"), counter->building, counter->floor, NULL);
}

static void place_card(struct workshop *w, size_t side, const struct workshop_place *place)
{
	const bpr_flow *flow = w->flow[side];
	const char *at = where(w, flow, place);
	struct card c;

	begin(&c, w, bpr_i_workshop_text(w, N_("Role card")), bpr_i_workshop_side(w, side));
	bpr_i_doc_heading(&c.doc, 1, bpr_i_workshop_place_name(w, side, place));
	if (*at)
		bpr_i_doc_note(&c.doc, at);
	bpr_i_doc_heading(&c.doc, 2, bpr_i_workshop_text(w, N_("What you do, in this order")));
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (bpr_analysis_nodes(w->analysis[side])[i].visits > 0 && bpr_i_workshop_is_at(flow, i, place))
			put_step(&c, flow, i);
	put_returns(&c, flow, place);
	bpr_i_doc_note(&c.doc, bpr_i_workshop_text(w, N_("Serve one citizen at a time, in the order in which they come. Answer what you are asked about your own counter; for everything else send them on.")));
	end(&c);
}

struct rule_card { const char *title; const char *rules[6]; };

static void rule_card(struct workshop *w, const struct rule_card *r)
{
	struct card c;

	begin(&c, w, bpr_i_workshop_text(w, N_("Role card")), bpr_i_workshop_text(w, N_("Before and after")));
	bpr_i_doc_heading(&c.doc, 1, bpr_i_workshop_text(w, r->title));
	for (size_t i = 0; i < 6 && r->rules[i]; i++)
		bpr_i_doc_item(&c.doc, 1, BPR_DOC_PLAIN, bpr_i_workshop_text(w, r->rules[i]));
	end(&c);
}

void bpr_i_workshop_role_cards(struct workshop *w)
{
	static const struct rule_card people[] = {
		{ N_("Citizen"),
		  { N_("You have never been here. Find the counter by its sign; ask only at a counter."),
		    N_("Take the form that you are told to take, sit down, fill in every line by hand. Nothing may be left out or shortened."),
		    N_("Your family card says what you have come for. Show it to nobody."),
		    N_("If you are sent back, take a fresh form and write everything again."),
		    N_("When you have all you came for, tell the timekeeper that you are done."), NULL } },
		{ N_("Runner"),
		  { N_("You carry papers between counters and offices, one paper at a time."),
		    N_("Wait until you are called. Do not talk to citizens."),
		    N_("Make a stroke on your sheet for every way you go."), NULL } },
		{ N_("Observer of a family"),
		  { N_("Follow one family from the door to the door, with the observation sheet. Do not help."),
		    N_("A row for each counter: when they came, when they were called, when they were done."),
		    N_("Count how often they write their name, and how many items in all: a stroke each time."),
		    N_("Draw their way on the plan of the room. Note what they say when they think that nobody listens."), NULL } },
		{ N_("Timekeeper"),
		  { N_("Start the clock for all families at once. Call out the end after 20 minutes."),
		    N_("Write down when each family comes in and when it is done."),
		    N_("Collect the sheets of the observers, and fill in the table of results."), NULL } },
	};
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		rule_card(w, &people[i]);
	for (size_t side = 0; side < w->sides; side++) {
		size_t count;
		const struct workshop_place *places = bpr_i_workshop_places(w, side, &count);

		for (size_t i = 0; i < count && !w->paper->failed; i++)
			place_card(w, side, &places[i]);
	}
}

/* ---- lots ---- */

static bool has_returns(const struct workshop *w)
{
	for (size_t side = 0; side < w->sides; side++)
		for (size_t i = 0; i < bpr_flow_node_count(w->flow[side]); i++)
			if (bpr_i_workshop_is_return(w->flow[side], i))
				return true;
	return false;
}

void bpr_i_workshop_lot_sheet(struct workshop *w)
{
	enum { ACROSS = 4, DOWN = WORKSHOP_LOTS / ACROSS };
	static const struct bpr_paper_font number = { .size = 22, .bold = true, .align = BPR_PAPER_CENTRE };
	static const struct bpr_paper_font text = { .size = 3.8 };
	struct bpr_paper_page *page;
	double wide = 180.0 / ACROSS, high = 235.0 / DOWN;

	if (!has_returns(w))
		return;
	page = bpr_i_paper_page(w->paper, BPR_PAGE_A4, bpr_i_workshop_text(w, N_("Lots")));
	(void)bpr_i_paper_text(page, 15, 15, 180, &text, bpr_i_workshop_text(w, N_("Cut along the lines, fold each lot, put them into a box. Draw one where a role card says so, and put it back. Each counter that draws has a box of its own.")));
	for (size_t i = 0; i < WORKSHOP_LOTS; i++) {
		double x = 15 + wide * (double)(i % ACROSS), y = 40 + high * (double)(i / ACROSS);

		(void)bpr_i_paper_fit(page, (double[]){ x + 2, y + 2, wide - 4, high - 4 }, &number, bpr_i_workshop_number(w, (double)i + 1));
	}
	for (size_t i = 0; i <= ACROSS; i++)
		bpr_i_paper_line(page, 15 + wide * (double)i, 40, 15 + wide * (double)i, 275, 0.2, true);
	for (size_t i = 0; i <= DOWN; i++)
		bpr_i_paper_line(page, 15, 40 + high * (double)i, 195, 40 + high * (double)i, 0.2, true);
}
