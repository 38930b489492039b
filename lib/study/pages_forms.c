/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms that citizens fill in, before and after, as sheets of paper: what is written by hand on each, and what is printed. */
#include "config.h"
#include "study/handout_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { PAPERS = 6, FIELDS = 5 };

/* Of one side. */
struct forms {
	struct bpr_handout *h;
	enum bpr_side side;
	const bpr_flow *flow;
	size_t kinds;           /* forms that are filled in at all */
	size_t hand;            /* different things written by hand, on all of them */
	const char *only;       /* the one, where it is one */
	const char *again;      /* what is written on the most forms … */
	size_t again_on;        /* … and on how many */
};

const char *bpr_i_form_name(const bpr_flow *flow, size_t form)
{
	const struct bpr_form *f = bpr_flow_form(flow, form);

	return *f->name ? f->name : f->id;
}

size_t bpr_i_form_on(const bpr_flow *flow, const char *name)
{
	for (size_t i = 0; i < bpr_flow_form_count(flow); i++)
		if (!strcmp(bpr_i_form_name(flow, i), name))
			return i;
	return BPR_NONE;
}

double bpr_i_form_written(const struct bpr_subject *s, enum bpr_side side, size_t form)
{
	return bpr_analysis_forms(side == BPR_SIDE_BEFORE ? s->analysis : s->after_analysis)[form].written;
}

/* What an item is called on the paper: its group says it shorter. */
static const char *item_name(const bpr_flow *flow, const struct bpr_form_field *item)
{
	const struct bpr_field *field = bpr_flow_field(flow, item->field);

	return *field->group && !bpr_i_name_is_rest(field->group) ? field->group : field->name;
}

/* The items of a form, those of one name together, handwriting first. */
static void fill_paper(const struct forms *f, size_t form, struct bpr_form_paper *paper)
{
	const struct bpr_form *source = bpr_flow_form(f->flow, form);
	struct bpr_form_paper_field *fields = bpr_i_arena_alloc(&f->h->doc->arena, source->field_count ? source->field_count : 1, sizeof(*fields));
	size_t count = 0;

	paper->name = bpr_i_form_name(f->flow, form);
	paper->written = bpr_i_form_written(f->h->s, f->side, form);
	if (!fields) {
		f->h->doc->failed = true;
		return;
	}
	for (int printed = 0; printed < 2 && !source->assumed; printed++)
		for (size_t i = 0; i < source->field_count; i++) {
			const char *name = item_name(f->flow, &source->fields[i]);
			size_t at = 0;

			if (source->fields[i].prefilled != (printed == 1))
				continue;
			while (at < count && (strcmp(fields[at].name, name) || fields[at].printed != (printed == 1)))
				at++;
			if (at == count)
				fields[count++] = (struct bpr_form_paper_field){ .name = name, .printed = printed == 1 };
			fields[at].times += source->fields[i].times * paper->written;
		}
	paper->fields = fields;
	paper->field_count = count < FIELDS ? count : FIELDS;
	paper->more = count - paper->field_count;
}

/* On how many of the forms that are filled in a field is written by hand. */
static size_t written_on(const struct forms *f, const char *name)
{
	size_t on = 0;

	for (size_t i = 0; i < bpr_flow_form_count(f->flow); i++) {
		const struct bpr_form *form = bpr_flow_form(f->flow, i);
		bool has = false;

		if (form->assumed || !(bpr_i_form_written(f->h->s, f->side, i) > 0))
			continue;
		for (size_t k = 0; k < form->field_count && !has; k++)
			has = !form->fields[k].prefilled && !strcmp(item_name(f->flow, &form->fields[k]), name);
		on += has;
	}
	return on;
}

/* Each thing written by hand is counted where it stands for the first time. */
static void count_hand(struct forms *f)
{
	const char **seen = NULL;
	size_t capacity = 0;

	for (size_t i = 0; i < bpr_flow_form_count(f->flow); i++) {
		const struct bpr_form *form = bpr_flow_form(f->flow, i);

		if (!(bpr_i_form_written(f->h->s, f->side, i) > 0))
			continue;
		f->kinds++;
		for (size_t k = 0; k < form->field_count; k++) {
			const char *name = form->assumed ? bpr_i_form_name(f->flow, i) : item_name(f->flow, &form->fields[k]);
			size_t at = 0, on;

			if (form->fields[k].prefilled)
				continue;
			while (at < f->hand && strcmp(seen[at], name))
				at++;
			if (at < f->hand)
				continue;
			if (!bpr_i_grow(&seen, &capacity, f->hand + 1, sizeof(*seen))) {
				f->h->doc->failed = true;
				break;
			}
			seen[f->hand++] = name;
			on = form->assumed ? 1 : written_on(f, name);
			if (on > f->again_on && !bpr_i_name_is_rest(name)) {
				f->again_on = on;
				f->again = name;
			}
		}
	}
	f->only = f->hand == 1 ? seen[0] : NULL;
	bpr_i_free(seen);
}

static const char *caption(const struct forms *f)
{
	struct bpr_document *doc = f->h->doc;
	const char *number;

	if (!f->kinds)
		return bpr_i_doc_text(doc, N_("no form is filled in"));
	if (!f->hand)
		return bpr_i_doc_text(doc, N_("nothing is written by hand"));
	if (f->again_on > 1)
		return bpr_i_doc_fill(doc, N_("'{1}' is written on {2} forms (red: by hand)"), f->again, bpr_i_say_count(doc, (double)f->again_on), NULL, NULL);
	if (f->only)
		return bpr_i_doc_fill(doc, N_("written by hand is only: {1}"), f->only, NULL, NULL, NULL);
	number = bpr_i_say_count(doc, (double)f->hand);
	return bpr_i_doc_fill(doc, N_("{1} different items are written by hand (red)"), number, NULL, NULL, NULL);
}

/* Papers of a side, those filled in most first. */
static size_t add_papers(const struct forms *f, struct bpr_doc_figure *figure)
{
	struct bpr_document *doc = f->h->doc;
	struct bpr_form_paper *papers = doc->failed ? NULL : bpr_i_arena_alloc(&doc->arena, PAPERS, sizeof(*papers));
	double above = HUGE_VAL;
	size_t count = 0, last = BPR_NONE;

	if (!papers) {
		doc->failed = true;
		return 0;
	}
	while (count < PAPERS && count < f->kinds) {
		size_t best = BPR_NONE;

		for (size_t i = 0; i < bpr_flow_form_count(f->flow); i++) {
			double written = bpr_i_form_written(f->h->s, f->side, i);
			bool next = written > 0 && (written < above || (!(written > above) && last != BPR_NONE && i > last));

			if (next && (best == BPR_NONE || written > bpr_i_form_written(f->h->s, f->side, best)))
				best = i;
		}
		if (best == BPR_NONE)
			break;
		above = bpr_i_form_written(f->h->s, f->side, best);
		last = best;
		fill_paper(f, best, &papers[count++]);
	}
	figure->papers[f->side] = papers;
	figure->paper_count[f->side] = count;
	figure->papers_more[f->side] = f->kinds - count;
	figure->captions[f->side] = caption(f);
	return count;
}

static const char *heading(struct bpr_document *doc, const struct forms *b, const struct forms *a)
{
	const char *from = bpr_i_say_count(doc, (double)b->kinds), *to = bpr_i_say_count(doc, (double)a->kinds);

	if (b->kinds && !a->kinds)
		return bpr_i_say_plural(doc, (double)b->kinds, N_("One form is no longer needed"), N_("{1} forms are no longer needed"));
	if (!b->kinds)
		return bpr_i_say_plural(doc, (double)a->kinds, N_("One form is new"), N_("{1} forms are new"));
	if (a->kinds == b->kinds)
		return bpr_i_say_plural(doc, (double)a->kinds, N_("One form, before and after"), N_("{1} forms, before and after"));
	return bpr_i_doc_fill(doc, b->kinds > a->kinds ? N_("From {1} forms to {2}") : N_("More forms: from {1} to {2}"), from, to, NULL, NULL);
}

static const char *described(const struct forms *f, const struct bpr_doc_figure *figure)
{
	const char *names[PAPERS + 1];
	size_t count = figure->paper_count[f->side];

	for (size_t i = 0; i < count; i++)
		names[i] = figure->papers[f->side][i].name;
	return count ? bpr_i_doc_fill(f->h->doc, N_("{1}: {2}"), bpr_i_say_names(f->h->doc, names, f->kinds, count), figure->captions[f->side], NULL, NULL)
		     : figure->captions[f->side];
}

void bpr_i_handout_forms(struct bpr_handout *h)
{
	struct forms before = { .h = h, .side = BPR_SIDE_BEFORE, .flow = h->s->flow };
	struct forms after = { .h = h, .side = BPR_SIDE_AFTER, .flow = h->s->after_flow };
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_FORMS, .id = "forms" };

	count_hand(&before);
	count_hand(&after);
	if (!before.kinds && !after.kinds) {
		const struct bpr_kpi *visits = bpr_comparison_kpi(h->comparison, BPR_METRIC_COUNTER_VISITS);

		if (visits->before > 0 || visits->after > 0)
			bpr_i_doc_note(h->doc, bpr_i_doc_text(h->doc, N_("No forms are shown: no step of the flows names one (column writes of the flow table, and the forms table for what is on them).")));
		return;
	}
	(void)add_papers(&before, &figure);
	(void)add_papers(&after, &figure);
	figure.title = heading(h->doc, &before, &after);
	figure.description = bpr_i_doc_fill(h->doc, N_("Before: {1}. After: {2}."), described(&before, &figure), described(&after, &figure), NULL, NULL);
	bpr_i_doc_heading(h->doc, 2, figure.title);
	bpr_i_doc_figure(h->doc, &figure);
}
