/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What hangs and lies in the room of a training: forms to be filled in, signs of counters, the plan, the certificate. */
#include "config.h"
#include "base/text_i.h"
#include "report/workshop_i.h"
#include "study/study_i.h"
#include <math.h>
#include <string.h>

static const double MARGIN = 11;

/* ---- forms ---- */

static const char *form_name(const bpr_flow *flow, size_t form)
{
	const struct bpr_form *f = bpr_flow_form(flow, form);

	return f->name && *f->name ? f->name : f->id;
}

/* Whether somebody seals where it is filled in. */
static bool is_sealed(const bpr_flow *flow, size_t form)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *node = bpr_flow_node(flow, i);

		for (size_t k = 0; k < node->write_count; k++)
			if (node->writes[k] == form && node->seals > 0)
				return true;
	}
	return false;
}

static double lines_of(const struct bpr_form *form)
{
	double n = 0;

	for (size_t i = 0; i < form->field_count; i++)
		n += fmin(fmax(1, nearbyint(form->fields[i].times)), 20);
	return n;
}

/* The top of a sheet; returns where its first line stands. */
static double form_head(struct workshop *w, struct bpr_paper_page *page, const char *name, const char *what)
{
	static const struct bpr_paper_font title = { .size = 6, .bold = true, .align = BPR_PAPER_CENTRE };
	static const struct bpr_paper_font small = { .size = 2.9, .grey = true }, right = { .size = 3.2, .align = BPR_PAPER_RIGHT };
	double wide = bpr_i_paper_width(page ? page->size : BPR_PAGE_A5) - 2 * MARGIN, y = MARGIN;

	(void)bpr_i_paper_text(page, MARGIN, y, wide, &small, what);
	y += 7;
	(void)bpr_i_paper_fit(page, (double[]){ MARGIN, y, wide, 16 }, &title, name);
	y += 18;
	(void)bpr_i_paper_text(page, MARGIN, y, wide, &right, bpr_i_workshop_text(w, N_("Date: ______ / ____ / ____")));
	return y + 7;
}

static void form_foot(struct workshop *w, struct bpr_paper_page *page, bool sealed)
{
	static const struct bpr_paper_font small = { .size = 2.7, .grey = true }, seal = { .size = 3.2, .grey = true, .align = BPR_PAPER_CENTRE };
	double wide = bpr_i_paper_width(BPR_PAGE_A5) - 2 * MARGIN, y = bpr_i_paper_height(BPR_PAGE_A5) - MARGIN;

	(void)bpr_i_paper_text(page, MARGIN, y - 4, wide, &small, bpr_i_workshop_text(w, N_("For training only: this is no application.")));
	bpr_i_paper_box(page, MARGIN + wide - 24, y - 29, 24, 24, 0.2, NULL, 0);
	(void)bpr_i_paper_text(page, MARGIN + wide - 24, y - 28.5, 24, &seal, bpr_i_workshop_text(w, N_("Received")));
	if (sealed) {
		bpr_i_paper_dot(page, MARGIN + wide - 40, y - 17, 8, false);
		(void)bpr_i_paper_text(page, MARGIN + wide - 48, y - 19.5, 16, &seal, bpr_i_workshop_text(w, N_("seal")));
	}
}

/* An item: its name at the left, at the right a line to write on, or (printed already) its place in grey. */
static void form_line(struct workshop *w, struct bpr_paper_page *page, double y, double high, const struct bpr_field *field, bool printed)
{
	static const struct bpr_paper_font name = { .size = 3.5 }, done = { .size = 3.4, .grey = true };
	double wide = bpr_i_paper_width(BPR_PAGE_A5) - 2 * MARGIN, label = 46;

	bpr_i_paper_box(page, MARGIN, y, label, high, 0.2, "#eef1f4", 0);
	bpr_i_paper_box(page, MARGIN + label, y, wide - label, high, 0.2, printed ? "#e4e7eb" : NULL, 0);
	(void)bpr_i_paper_fit(page, (double[]){ MARGIN + 1.5, y + 0.3, label - 3, high - 0.6 }, &name, field->name);
	if (printed)
		(void)bpr_i_paper_fit(page, (double[]){ MARGIN + label + 2, y + 0.3, wide - label - 4, high - 0.6 }, &done, bpr_i_workshop_text(w, N_("printed already: nothing to write")));
}

static void put_form(struct workshop *w, size_t side, size_t index)
{
	const bpr_flow *flow = w->flow[side];
	const struct bpr_form *form = bpr_flow_form(flow, index);
	double room = bpr_i_paper_height(BPR_PAGE_A5) - 2 * MARGIN - 32 - 32, all = fmax(1, lines_of(form)), high = fmin(11, fmax(7, room / all));
	const char *name = form_name(flow, index);
	const char *what = bpr_i_workshop_say(w, N_("{1}, copies: {2}"), bpr_i_workshop_side(w, side), bpr_i_workshop_number(w, (double)bpr_i_workshop_copies(w, side, index)), NULL);
	struct bpr_paper_page *page = bpr_i_paper_page(w->paper, BPR_PAGE_A5, name);
	double y = form_head(w, page, name, what), bottom = y + room;

	for (size_t i = 0; i < form->field_count; i++) {
		static const struct bpr_field nameless = { "", "" };
		const struct bpr_field *field = form->assumed ? &nameless : bpr_flow_field(flow, form->fields[i].field);
		size_t times = (size_t)fmin(fmax(1, nearbyint(form->fields[i].times)), 20);

		for (size_t k = 0; k < times && !w->paper->failed; k++, y += high) {
			if (y + high > bottom + 1e-6) {
				form_foot(w, page, false);
				page = bpr_i_paper_page(w->paper, BPR_PAGE_A5, name);
				y = form_head(w, page, name, what);
			}
			form_line(w, page, y, high, field, form->fields[i].prefilled);
		}
	}
	form_foot(w, page, is_sealed(flow, index));
}

/* For the after that the room designs. */
static void blank_form(struct workshop *w)
{
	static const struct bpr_field nothing = { "", "" };
	const char *name = bpr_i_workshop_text(w, N_("Form of our own design"));
	struct bpr_paper_page *page = bpr_i_paper_page(w->paper, BPR_PAGE_A5, name);
	double y = form_head(w, page, "________________", name);

	for (size_t i = 0; i < 10; i++, y += 11)
		form_line(w, page, y, 11, &nothing, false);
	form_foot(w, page, false);
}

void bpr_i_workshop_forms(struct workshop *w)
{
	for (size_t side = 0; side < w->sides; side++)
		for (size_t i = 0; i < bpr_flow_form_count(w->flow[side]) && !w->paper->failed; i++)
			if (bpr_i_workshop_is_written(w, side, i))
				put_form(w, side, i);
	if (w->sides < 2)
		blank_form(w);
}

/* ---- signs ---- */

/* What one gets there, else what is done there. */
static const char *purposes(struct workshop *w, size_t side, const struct workshop_place *place)
{
	const bpr_flow *flow = w->flow[side];
	const char *names[8];
	size_t n = 0;

	for (int pass = 0; pass < 2 && !n; pass++)
		for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
			const struct bpr_node *node = bpr_flow_node(flow, i);

			if (!bpr_i_workshop_is_at(flow, i, place))
				continue;
			for (size_t k = 0; k < node->issue_count && n < 8 && !pass; k++)
				names[n++] = form_name(flow, node->issues[k]);
			if (pass && n < 3 && *node->name)
				names[n++] = node->name;
		}
	return n ? bpr_i_say_list(&w->words, names, n) : "";
}

static void put_sign(struct workshop *w, size_t side, const struct workshop_place *place, size_t number)
{
	static const struct bpr_paper_font large = { .size = 44, .bold = true, .align = BPR_PAPER_CENTRE }, middle = { .size = 17, .align = BPR_PAPER_CENTRE };
	static const struct bpr_paper_font digit = { .size = 30, .bold = true, .align = BPR_PAPER_CENTRE, .ink = "#ffffff" }, small = { .size = 5, .grey = true };
	const char *name = bpr_i_workshop_place_name(w, side, place), *what = purposes(w, side, place);
	struct bpr_paper_page *page = bpr_i_paper_page(w->paper, BPR_PAGE_A4_LANDSCAPE, name);
	const char *wants = side && *what ? bpr_i_workshop_say(w, N_("For: {1}"), what, NULL, NULL) : what;

	bpr_i_paper_box(page, 10, 10, 277, 190, 1.2, NULL, 4);
	bpr_i_paper_box(page, 20, 20, 46, 46, 0, "#0b6e99", 4);
	(void)bpr_i_paper_fit(page, (double[]){ 21, 22, 44, 42 }, &digit, bpr_i_workshop_number(w, (double)number));
	(void)bpr_i_paper_text(page, 74, 20, 205, &small, bpr_i_workshop_side(w, side));
	/* Before, a counter is named after its section; after, by what one wants to do. */
	if (side && *wants) {
		(void)bpr_i_paper_fit(page, (double[]){ 20, 72, 257, 92 }, &large, wants);
		(void)bpr_i_paper_fit(page, (double[]){ 20, 166, 257, 28 }, &middle, name);
	} else {
		(void)bpr_i_paper_fit(page, (double[]){ 20, 72, 257, 92 }, &large, name);
		(void)bpr_i_paper_fit(page, (double[]){ 20, 166, 257, 28 }, &middle, side ? wants : "");
	}
}

static void blank_sign(struct workshop *w)
{
	static const struct bpr_paper_font small = { .size = 6, .grey = true };
	const char *title = bpr_i_workshop_text(w, N_("Sign of our own design: say what one can do here"));
	struct bpr_paper_page *page = bpr_i_paper_page(w->paper, BPR_PAGE_A4_LANDSCAPE, title);

	bpr_i_paper_box(page, 10, 10, 277, 190, 1.2, NULL, 4);
	(void)bpr_i_paper_text(page, 20, 18, 257, &small, title);
}

void bpr_i_workshop_signs(struct workshop *w)
{
	for (size_t side = 0; side < w->sides; side++) {
		size_t count, number = 0;
		const struct workshop_place *places = bpr_i_workshop_places(w, side, &count);

		for (size_t i = 0; i < count && !w->paper->failed; i++)
			if (places[i].counter != BPR_NONE)
				put_sign(w, side, &places[i], ++number);
	}
	if (w->sides < 2)
		blank_sign(w);
}

/* ---- the plan of the room ---- */

static void put_desk(struct workshop *w, struct bpr_paper_page *page, const double box[4], size_t side, const struct workshop_place *place)
{
	static const struct bpr_paper_font name = { .size = 5, .bold = true, .align = BPR_PAPER_CENTRE }, small = { .size = 3.4, .grey = true, .align = BPR_PAPER_CENTRE };
	const struct bpr_counter *c = place->counter != BPR_NONE ? bpr_flow_counter(w->flow[side], place->counter) : NULL;
	const char *where = !c ? "" : *c->building && *c->floor ? bpr_i_workshop_say(w, N_("{1}, {2}"), c->building, c->floor, NULL) : *c->building ? c->building : c->floor;

	bpr_i_paper_box(page, box[0], box[1], box[2], box[3], 0.5, c ? "#eef6fa" : "#f4f4f4", 1.5);
	(void)bpr_i_paper_fit(page, (double[]){ box[0] + 2, box[1] + 2, box[2] - 4, box[3] - 10 }, &name, bpr_i_workshop_place_name(w, side, place));
	(void)bpr_i_paper_fit(page, (double[]){ box[0] + 2, box[1] + box[3] - 8, box[2] - 4, 6 }, &small, where);
}

/* Desks along the wall, offices behind them; entrance, table to write at and chairs in front. */
static void put_plan(struct workshop *w, size_t side)
{
	enum { ACROSS = 6 };
	static const struct bpr_paper_font title = { .size = 6.5, .bold = true }, text = { .size = 3.8 }, label = { .size = 4.5, .align = BPR_PAPER_CENTRE };
	const char *name = bpr_i_workshop_say(w, N_("Plan of the room: {1}"), bpr_i_workshop_side(w, side), NULL, NULL);
	struct bpr_paper_page *page = bpr_i_paper_page(w->paper, BPR_PAGE_A4_LANDSCAPE, name);
	size_t count, shown, across, rows;
	const struct workshop_place *places = bpr_i_workshop_places(w, side, &count);
	double wide, high;

	if (!places)
		return;
	shown = count < 24 ? count : 24;
	across = shown < ACROSS ? (shown ? shown : 1) : ACROSS;
	rows = (shown + across - 1) / across;
	wide = fmin(60, (273 - 6 * (double)(across - 1)) / (double)across);
	high = fmin(32, 92 / (double)(rows ? rows : 1) - 6);
	(void)bpr_i_paper_text(page, 12, 10, 273, &title, name);
	(void)bpr_i_paper_text(page, 12, 20, 273, &text, bpr_i_workshop_text(w, N_("Set up tables like this. Observers draw the way of their family in it: a line from the door to each counter, in the order in which they went.")));
	for (size_t i = 0; i < shown; i++) {
		double span = (double)across * wide + 6 * (double)(across - 1), x = 12 + (273 - span) / 2 + (wide + 6) * (double)(i % across);

		put_desk(w, page, (double[]){ x, 34 + (high + 6) * (double)(i / across), wide, high }, side, &places[i]);
	}
	bpr_i_paper_box(page, 12, 31, 273, 167, 0.6, NULL, 0);
	bpr_i_paper_box(page, 24, 158, 62, 26, 0.4, "#fdf6dc", 1.5);
	(void)bpr_i_paper_fit(page, (double[]){ 26, 160, 58, 22 }, &label, bpr_i_workshop_text(w, N_("Table to write at, with forms")));
	for (size_t i = 0; i < 6; i++)
		bpr_i_paper_box(page, 112 + 14 * (double)i, 164, 9, 9, 0.3, "#ffffff", 1);
	(void)bpr_i_paper_text(page, 105, 175, 90, &label, bpr_i_workshop_text(w, N_("Chairs for waiting")));
	bpr_i_paper_box(page, 222, 190, 44, 12, 0.6, "#ffffff", 0);
	(void)bpr_i_paper_fit(page, (double[]){ 223, 191, 42, 10 }, &label, bpr_i_workshop_text(w, N_("Entrance")));
}

void bpr_i_workshop_room(struct workshop *w)
{
	for (size_t side = 0; side < w->sides && !w->paper->failed; side++)
		put_plan(w, side);
}

/* ---- certificate ---- */

void bpr_i_workshop_certificate(struct workshop *w)
{
	static const struct bpr_paper_font title = { .size = 20, .bold = true, .align = BPR_PAPER_CENTRE }, text = { .size = 7, .align = BPR_PAPER_CENTRE };
	static const struct bpr_paper_font name = { .size = 9, .align = BPR_PAPER_CENTRE }, small = { .size = 6, .align = BPR_PAPER_RIGHT };
	const char *what = bpr_i_workshop_text(w, N_("Certificate"));
	struct bpr_paper_page *page = bpr_i_paper_page(w->paper, BPR_PAGE_A4_LANDSCAPE, what);

	bpr_i_paper_box(page, 10, 10, 277, 190, 1.4, NULL, 0);
	bpr_i_paper_box(page, 13, 13, 271, 184, 0.3, NULL, 0);
	(void)bpr_i_paper_fit(page, (double[]){ 30, 26, 237, 26 }, &title, what);
	bpr_i_paper_line(page, 70, 84, 227, 84, 0.3, false);
	(void)bpr_i_paper_text(page, 70, 70, 157, &name, bpr_i_workshop_text(w, N_("to")));
	(void)bpr_i_paper_fit(page, (double[]){ 35, 92, 227, 46 }, &text,
		bpr_i_workshop_say(w, N_("You have been citizen and clerk of '{1}', written your name until your hand hurt, been sent back, and then changed how the counters work. May the citizens of our town never feel the first part again."),
				   bpr_i_workshop_name(w->flow[0]), NULL, NULL));
	(void)bpr_i_paper_text(page, 40, 150, 215, &small, bpr_i_workshop_text(w, N_("Date: ______ / ____ / ____")));
	bpr_i_paper_line(page, 170, 182, 255, 182, 0.3, false);
	(void)bpr_i_paper_text(page, 40, 170, 215, &small, w->options->office ? w->options->office : "");
}
