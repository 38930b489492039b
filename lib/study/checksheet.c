/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in which a check sheet is walked: counter by counter, or with the one-stop counter first where its work begins. */
#include "config.h"
#include "study/checksheet_i.h"

const struct bpr_procedure *bpr_i_sheet_procedure(const struct bpr_sheet_study *s, size_t item)
{
	return bpr_procedures_get(s->procedures, s->sheet->items[item].procedure);
}

size_t bpr_i_sheet_counters(const struct bpr_checksheet *sheet, bool one_stop)
{
	return one_stop ? sheet->stops_one_stop : sheet->stop_count;
}

static void *memory(const struct bpr_sheet_study *s, size_t count, size_t size)
{
	void *p = s->doc->failed ? NULL : bpr_i_arena_alloc(&s->doc->arena, count ? count : 1, size);

	if (!p)
		s->doc->failed = true;
	return p;
}

static bool is_one_stop(const struct bpr_sheet_study *s, size_t item)
{
	return bpr_i_sheet_procedure(s, item)->one_stop;
}

/* The items of a stop that are (not) done at the one-stop counter, at the end of a place. */
static void take_items(const struct bpr_sheet_study *s, struct bpr_sheet_place *place, const struct bpr_sheet_stop *stop, bool one_stop)
{
	for (size_t i = 0; i < stop->item_count; i++)
		if (is_one_stop(s, stop->items[i]) == one_stop)
			place->rows[place->row_count++] = stop->items[i];
}

static struct bpr_sheet_place *make_place(struct bpr_sheet_study *s, const struct bpr_sheet_stop *stop, size_t room)
{
	struct bpr_sheet_place *place = &s->places[s->place_count];

	place->rows = memory(s, room, sizeof(*place->rows));
	place->stop = stop;
	place->falls_away = stop && stop->falls_away;
	return place->rows ? place : NULL;
}

static bool has_one_stop(const struct bpr_sheet_study *s, const struct bpr_sheet_stop *stop)
{
	for (size_t i = 0; i < stop->item_count; i++)
		if (is_one_stop(s, stop->items[i]))
			return true;
	return false;
}

/* The stop that is the one-stop counter: the first that stays and does such work; NULL: it is another one, or there is no such work. */
static const struct bpr_sheet_stop *one_stop_counter(const struct bpr_sheet_study *s)
{
	for (size_t i = 0; i < s->sheet->stop_count; i++)
		if (!s->sheet->stops[i].falls_away && has_one_stop(s, &s->sheet->stops[i]))
			return &s->sheet->stops[i];
	return NULL;
}

/* All that the one-stop counter does, and the rest of the work of that counter. */
static bool make_one_stop(struct bpr_sheet_study *s, const struct bpr_sheet_stop *here)
{
	const struct bpr_checksheet *sheet = s->sheet;
	struct bpr_sheet_place *place = make_place(s, here, sheet->item_count);

	if (!place)
		return false;
	place->one_stop = true;
	for (size_t i = 0; i < sheet->stop_count; i++)
		take_items(s, place, &sheet->stops[i], true);
	if (here)
		take_items(s, place, here, false);
	s->place_count++;
	return true;
}

static bool make_places(struct bpr_sheet_study *s)
{
	const struct bpr_sheet_stop *here = s->view.one_stop ? one_stop_counter(s) : NULL;
	bool done = !s->view.one_stop;

	for (size_t i = 0; i < s->sheet->stop_count; i++) {
		const struct bpr_sheet_stop *stop = &s->sheet->stops[i];
		struct bpr_sheet_place *place;

		if (!done && has_one_stop(s, stop)) {
			if (!make_one_stop(s, here))
				return false;
			done = true;
		}
		if (s->view.one_stop && stop == here)
			continue;
		place = make_place(s, stop, stop->item_count);
		if (!place)
			return false;
		if (!s->view.one_stop)
			take_items(s, place, stop, true);
		take_items(s, place, stop, false);
		s->place_count += place->row_count > 0;
	}
	return true;
}

/* What the table gives no counter for. */
static bool make_rest(struct bpr_sheet_study *s)
{
	const struct bpr_checksheet *sheet = s->sheet;
	struct bpr_sheet_place *place = make_place(s, NULL, sheet->item_count);
	bool *placed = memory(s, sheet->item_count, sizeof(*placed));

	if (!place || !placed)
		return false;
	for (size_t i = 0; i < sheet->stop_count; i++)
		for (size_t k = 0; k < sheet->stops[i].item_count; k++)
			placed[sheet->stops[i].items[k]] = true;
	for (size_t i = 0; i < sheet->item_count; i++)
		if (!placed[i])
			place->rows[place->row_count++] = i;
	s->place_count += place->row_count > 0;
	return true;
}

/* Within a counter in the order of the table, which items have. */
static void sort_rows(struct bpr_sheet_place *place)
{
	for (size_t i = 1; i < place->row_count; i++) {
		size_t row = place->rows[i], k = i;

		for (; k && place->rows[k - 1] > row; k--)
			place->rows[k] = place->rows[k - 1];
		place->rows[k] = row;
	}
}

bool bpr_i_sheet_begin(struct bpr_sheet_study *s, struct bpr_document *doc, const struct bpr_subject *subject, size_t index)
{
	size_t at = 0;

	*s = (struct bpr_sheet_study){ .doc = doc, .subject = subject, .procedures = subject->procedures, .of = &subject->sheets[index],
				       .sheet = subject->sheets[index].sheet };
	if (subject->sheet_view)
		s->view = *subject->sheet_view;
	s->order = memory(s, s->sheet->item_count, sizeof(*s->order));
	s->number = memory(s, s->sheet->item_count, sizeof(*s->number));
	s->places = memory(s, s->sheet->stop_count + 2, sizeof(*s->places));
	if (!s->order || !s->number || !s->places || !make_places(s) || !make_rest(s))
		return false;
	for (size_t p = 0; p < s->place_count; p++) {
		sort_rows(&s->places[p]);
		for (size_t i = 0; i < s->places[p].row_count; i++) {
			s->order[at] = s->places[p].rows[i];
			s->number[s->places[p].rows[i]] = ++at;
		}
	}
	return true;
}
