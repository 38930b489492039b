/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The citizen's way between the counters: which are visited, how often one goes from each to the next. */
#include "config.h"
#include "study/ribbon_i.h"
#include "base/text_i.h"
#include <stdlib.h>

enum { MOST_MOVES = 60 };
#define SELDOM 0.0005 /* times a case */

struct way {
	struct bpr_pages *pages;
	const struct bpr_sided *side;
	size_t *of, *counters, count; /* number of a counter among those visited, from 1; the counters in that order */
	struct bpr_map_place *places;
	struct bpr_map_move *moves;
	size_t move_count;
};

static double moves_between(const struct way *w, size_t from, size_t to)
{
	size_t outside = bpr_flow_counter_count(w->side->source.flow);

	return w->side->visit
		.moves[(from == BPR_NONE ? outside : from) * (outside + 1) + (to == BPR_NONE ? outside : to)];
}

static double comings(const struct way *w, size_t counter)
{
	double sum = moves_between(w, BPR_NONE, counter);

	for (size_t i = 0; i < bpr_flow_counter_count(w->side->source.flow); i++)
		sum += moves_between(w, i, counter);
	return sum;
}

static void add_place(struct way *w, size_t counter)
{
	const struct bpr_counter *c = bpr_flow_counter(w->side->source.flow, counter);
	double visits = comings(w, counter);

	if (w->of[counter] || !(visits >= SELDOM))
		return;
	w->counters[w->count] = counter;
	w->places[w->count] = (struct bpr_map_place){ c->name, c->building, c->floor,
						      bpr_i_say_times(w->pages->doc, visits), visits };
	w->of[counter] = ++w->count;
}

static void find_places(struct way *w)
{
	struct bpr_visit_order order;

	if (!bpr_i_visit_order(&w->pages->doc->arena, w->side->source.flow, &order)) {
		w->pages->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < order.count; i++)
		if (bpr_flow_node(w->side->source.flow, order.nodes[i])->counter != BPR_NONE)
			add_place(w, bpr_flow_node(w->side->source.flow, order.nodes[i])->counter);
}

static int often_first(const void *x, const void *y)
{
	const struct bpr_map_move *a = x, *b = y;

	if (a->count > b->count || a->count < b->count)
		return a->count > b->count ? -1 : 1;
	if (a->from != b->from)
		return a->from + 1 < b->from + 1 ? -1 : 1;
	return (a->to + 1 > b->to + 1) - (a->to + 1 < b->to + 1);
}

/* from, to: numbers of places, BPR_NONE outside. */
static void add_move(struct way *w, size_t from, size_t to)
{
	double count = moves_between(w, from == BPR_NONE ? BPR_NONE : w->counters[from],
				     to == BPR_NONE ? BPR_NONE : w->counters[to]);

	if (from != to && count >= SELDOM)
		w->moves[w->move_count++] = (struct bpr_map_move){ from, to, count,
								   bpr_i_say_times(w->pages->doc, count) };
}

static void find_moves(struct way *w)
{
	w->moves = bpr_i_arena_alloc(&w->pages->doc->arena, (w->count + 1) * (w->count + 1), sizeof(*w->moves));
	if (!w->moves) {
		w->pages->doc->failed = true;
		return;
	}
	for (size_t i = 0; i <= w->count; i++)
		for (size_t k = 0; k <= w->count; k++)
			add_move(w, i < w->count ? i : BPR_NONE, k < w->count ? k : BPR_NONE);
	if (w->move_count)
		qsort(w->moves, w->move_count, sizeof(*w->moves), often_first);
	if (w->move_count > MOST_MOVES)
		w->move_count = MOST_MOVES;
}

static const char *name_of(const struct way *w, size_t place)
{
	return place == BPR_NONE ? bpr_i_doc_text(w->pages->doc, N_("outside")) : w->places[place].name;
}

static const char *described(const struct way *w)
{
	enum { MOST = 12 };
	const char *items[MOST];
	size_t count = 0;

	while (count < w->move_count && count < MOST) {
		const struct bpr_map_move *m = &w->moves[count];

		items[count++] = bpr_i_doc_fill(w->pages->doc, N_("{1} to {2} {3}"), name_of(w, m->from),
						name_of(w, m->to), m->said, NULL);
	}
	return bpr_i_say_list(w->pages->doc, items, count);
}

static void reading(const struct way *w)
{
	const struct bpr_map_move *most = NULL;
	struct bpr_document *doc = w->pages->doc;
	struct bpr_buf buf = BPR_BUF_INIT;

	for (size_t i = 0; i < w->move_count && !most; i++)
		if (w->moves[i].from != BPR_NONE && w->moves[i].to != BPR_NONE)
			most = &w->moves[i];
	bpr_i_say_on(
		doc, &buf,
		bpr_i_doc_text(doc, N_("How to read it: the thicker a line, the more often a case goes that way.")));
	if (most)
		bpr_i_say_on(doc, &buf,
			     bpr_i_doc_fill(
				     doc, N_("Between counters one goes most often from '{1}' to '{2}' ({3} a case)."),
				     name_of(w, most->from), name_of(w, most->to), most->said, NULL));
	bpr_i_doc_reading(doc, bpr_i_doc_keep(doc, &buf));
}

void bpr_i_way(struct bpr_pages *pages, const struct bpr_sided *side)
{
	static const char *const ids[] = {
		[BPR_SIDE_BEFORE] = "way-before", [BPR_SIDE_AFTER] = "way-after", [BPR_SIDE_ONLY] = "way"
	};
	static const char *const titles[] = { [BPR_SIDE_BEFORE] = N_("The citizen's way now"),
					      [BPR_SIDE_AFTER] = N_("The citizen's way after the reform"),
					      [BPR_SIDE_ONLY] = N_("The citizen's way") };
	struct bpr_document *doc = pages->doc;
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_MAP,
					 .id = ids[side->side],
					 .side = side->side,
					 .flow = side->source.flow,
					 .analysis = side->source.analysis };
	size_t most = bpr_flow_counter_count(side->source.flow);
	struct way w = { .pages = pages, .side = side };

	if (!side->visit.moves)
		return;
	w.of = bpr_i_arena_alloc(&doc->arena, most + 1, sizeof(*w.of));
	w.counters = bpr_i_arena_alloc(&doc->arena, most + 1, sizeof(*w.counters));
	w.places = bpr_i_arena_alloc(&doc->arena, most + 1, sizeof(*w.places));
	if (!w.of || !w.counters || !w.places) {
		doc->failed = true;
		return;
	}
	find_places(&w);
	if (w.count < 2)
		return;
	find_moves(&w);
	if (doc->failed)
		return;
	figure.title = bpr_i_doc_text(doc, titles[side->side]);
	figure.description = described(&w);
	figure.places = w.places;
	figure.place_count = w.count;
	figure.moves = w.moves;
	figure.move_count = w.move_count;
	bpr_i_doc_heading(doc, 2, figure.title);
	bpr_i_doc_figure(doc, &figure);
	reading(&w);
}
