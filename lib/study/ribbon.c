/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From door to door: a band for each flow, a piece for each stretch of walking, writing, waiting and being served. */
#include "config.h"
#include "study/ribbon_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { MOST_PIECES = 120, MOST_NAMES = 3 };

/* ---- sides ---- */

size_t bpr_i_sides(struct bpr_pages *pages, struct bpr_sided out[2])
{
	const struct bpr_subject *s = pages->subject;
	struct bpr_document *doc = pages->doc;
	bool pair = pages->kind == BPR_REPORT_COMPARISON;
	size_t count = pair ? 2 : 1;

	out[0] = (struct bpr_sided){ pair ? BPR_SIDE_BEFORE : BPR_SIDE_ONLY,
				     pair ? bpr_i_doc_text(doc, N_("Now")) : "",
				     { s->flow, s->analysis, s->queueing, s->simulation },
				     { 0 } };
	if (pair)
		out[1] = (struct bpr_sided){ BPR_SIDE_AFTER,
					     bpr_i_doc_text(doc, N_("After the reform")),
					     { s->after_flow, s->after_analysis, s->after_queueing,
					       s->after_simulation },
					     { 0 } };
	for (size_t i = 0; i < count; i++)
		if (doc->failed || !bpr_i_visit(&doc->arena, &out[i].source, &out[i].visit)) {
			doc->failed = true;
			return 0;
		}
	return count;
}

static bool walked(const struct bpr_visit *visit)
{
	return visit->of_time[BPR_VISIT_OF_WALK] >= 0.05;
}

bool bpr_i_walks(struct bpr_pages *pages)
{
	struct bpr_sided sides[2];
	size_t count = bpr_i_sides(pages, sides);
	bool any = false;

	for (size_t i = 0; i < count; i++)
		any = any || walked(&sides[i].visit);
	return any;
}

/* ---- units ---- */

struct bpr_scale bpr_i_scale(const struct bpr_document *doc, double most)
{
	if (most > 3 * 1440)
		return (struct bpr_scale){ 1440, bpr_i_doc_text(doc, N_("days")) };
	if (most > 300)
		return (struct bpr_scale){ 60, bpr_i_doc_text(doc, N_("hours")) };
	if (most < 1.5)
		return (struct bpr_scale){ 1. / 60, bpr_i_doc_text(doc, N_("s")) };
	return (struct bpr_scale){ 1, bpr_i_doc_text(doc, N_("min")) };
}

const char *bpr_i_say_length(struct bpr_document *doc, double x)
{
	double rounded = x >= 9.95 ? nearbyint(x) : nearbyint(x * 10) / 10;

	return bpr_i_say_count(doc, rounded);
}

void bpr_i_say_on(const struct bpr_document *doc, struct bpr_buf *buf, const char *sentence)
{
	if (buf->length && doc->lang == BPR_LANG_EN)
		bpr_i_buf_putc(buf, ' ');
	bpr_i_buf_puts(buf, sentence);
}

/* ---- pieces ---- */

/* Numbers of counters (of units where there are no citizens) in the order in which a case gets there. */
struct numbers {
	size_t *of, count;
	const char **names;
};

static const char *place_name(const struct bpr_sided *side, size_t place)
{
	return side->visit.citizens ? bpr_flow_counter(side->source.flow, place)->name
				    : bpr_flow_unit(side->source.flow, place)->name;
}

static bool number_places(struct bpr_document *doc, const struct bpr_sided *side, struct numbers *out)
{
	size_t most = side->visit.citizens ? bpr_flow_counter_count(side->source.flow)
					   : bpr_flow_unit_count(side->source.flow);

	out->of = bpr_i_arena_alloc(&doc->arena, most + 1, sizeof(*out->of));
	out->names = bpr_i_arena_alloc(&doc->arena, most + 1, sizeof(*out->names));
	out->count = 0;
	if (!out->of || !out->names) {
		doc->failed = true;
		return false;
	}
	for (size_t i = 0; i < side->visit.part_count; i++) {
		const struct bpr_visit_part *p = &side->visit.parts[i];

		if (p->place == BPR_NONE || out->of[p->place])
			continue;
		out->names[out->count] = place_name(side, p->place);
		out->of[p->place] = ++out->count;
	}
	return true;
}

/* Names of the steps of a stretch, the first few. */
static const char *stretch_name(struct bpr_document *doc, const struct bpr_sided *side, size_t from, size_t to)
{
	const char *names[MOST_NAMES];
	size_t count = 0, nodes[MOST_NAMES];

	for (size_t i = from; i < to && count < MOST_NAMES; i++) {
		bool seen = false;

		for (size_t k = 0; k < count; k++)
			seen = seen || nodes[k] == side->visit.parts[i].node;
		if (seen)
			continue;
		nodes[count] = side->visit.parts[i].node;
		names[count++] = bpr_i_name_node(side->source.flow, side->visit.parts[i].node);
	}
	return bpr_i_say_list(doc, names, count);
}

static bool together(const struct bpr_visit_part *a, const struct bpr_visit_part *b, bool closer)
{
	return a->kind == b->kind && (a->place == b->place || a->kind == BPR_VISIT_WALK || a->kind == BPR_VISIT_WRITE ||
				      a->kind == BPR_VISIT_OWN || (closer && a->kind == BPR_VISIT_WAIT));
}

static void fill_ribbon(struct bpr_pages *pages, const struct bpr_sided *side, struct bpr_scale unit,
			struct bpr_ribbon *out)
{
	const struct bpr_visit *v = &side->visit;
	struct bpr_document *doc = pages->doc;
	struct bpr_visit_piece *pieces = bpr_i_arena_alloc(&doc->arena, v->part_count + 1, sizeof(*pieces));
	bool closer = v->part_count > MOST_PIECES;
	struct numbers numbers;
	size_t count = 0;

	*out = (struct bpr_ribbon){ .side = side->side,
				    .label = side->label,
				    .said = bpr_i_say_minutes(doc, v->total) };
	if (!pieces || !number_places(doc, side, &numbers)) {
		doc->failed = true;
		return;
	}
	for (size_t i = 0, end; i < v->part_count; i = end) {
		const struct bpr_visit_part *p = &v->parts[i];
		double minutes = 0;

		for (end = i; end < v->part_count && together(p, &v->parts[end], closer); end++)
			minutes += v->parts[end].minutes;
		pieces[count++] = (struct bpr_visit_piece){
			.kind = p->kind,
			.minutes = minutes / unit.minutes,
			.said = minutes / unit.minutes >= 0.05 ? bpr_i_say_length(doc, minutes / unit.minutes) : "",
			.label = stretch_name(doc, side, i, end),
			.counter = p->kind == BPR_VISIT_SERVICE && p->place != BPR_NONE ? numbers.of[p->place] : 0
		};
	}
	out->pieces = pieces;
	out->piece_count = count;
	out->counters = numbers.names;
	out->counter_count = numbers.count;
}

/* ---- words ---- */

/* As it stands in the legend and in sentences. */
static const char *kind_name(const struct bpr_document *doc, bool citizens, enum bpr_visit_kind kind)
{
	static const char *const names[BPR_VISIT_KINDS] = {
		[BPR_VISIT_WALK] = N_("walking"), [BPR_VISIT_WRITE] = N_("writing"),
		[BPR_VISIT_WAIT] = N_("waiting"), [BPR_VISIT_SERVICE] = N_("being served"),
		[BPR_VISIT_AWAY] = N_("away"),    [BPR_VISIT_OWN] = N_("the citizen's own steps")
	};

	if (!citizens && kind == BPR_VISIT_SERVICE)
		return bpr_i_doc_text(doc, N_("work"));
	return bpr_i_doc_text(doc, names[kind]);
}

/* "waiting 42 min": kinds by their length. */
static const char *kinds_said(struct bpr_document *doc, const struct bpr_visit *v)
{
	const char *items[BPR_VISIT_KINDS];
	bool told[BPR_VISIT_KINDS] = { false };
	size_t count = 0;

	for (;;) {
		size_t best = BPR_VISIT_KINDS;

		for (size_t k = 0; k < BPR_VISIT_KINDS; k++)
			if (!told[k] && v->of[k] > 0 && (best == BPR_VISIT_KINDS || v->of[k] > v->of[best]))
				best = k;
		if (best == BPR_VISIT_KINDS)
			break;
		told[best] = true;
		/* TRANSLATORS: a length and a kind of time: "42 min of waiting" */
		items[count++] = bpr_i_doc_fill(doc, N_("{1} of {2}"), bpr_i_say_minutes(doc, v->of[best]),
						kind_name(doc, v->citizens, (enum bpr_visit_kind)best), NULL, NULL);
	}
	return bpr_i_say_list(doc, items, count);
}

static void reading(struct bpr_pages *pages, const struct bpr_sided *sides, size_t count)
{
	struct bpr_document *doc = pages->doc;
	const struct bpr_visit *a = &sides[0].visit, *b = &sides[count - 1].visit;
	const char *total = bpr_i_say_minutes(doc, a->total), *kinds = kinds_said(doc, a);
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_say_on(doc, &buf, bpr_i_doc_text(doc, N_("How to read it: time goes from left to right.")));
	if (count == 2)
		bpr_i_say_on(doc, &buf,
			     bpr_i_doc_fill(doc, N_("Now it takes {1}: {2}. After the reform it takes {3}: {4}."),
					    total, kinds, bpr_i_say_minutes(doc, b->total), kinds_said(doc, b)));
	else
		bpr_i_say_on(doc, &buf, bpr_i_doc_fill(doc, N_("It takes {1}: {2}."), total, kinds, NULL, NULL));
	bpr_i_doc_reading(doc, bpr_i_doc_keep(doc, &buf));
}

/* What the total is made of, so that it can be held against the other figures of the report. */
static void say_sum(struct bpr_document *doc, const struct bpr_visit *v, struct bpr_buf *buf)
{
	const char *items[BPR_VISIT_TIMES];
	size_t count = 0;

	if (v->of_time[BPR_VISIT_OF_WORK] + v->of_time[BPR_VISIT_OF_PROCESS] > 0)
		items[count++] = bpr_i_doc_fill(
			doc, N_("{1} of steps and their waits"),
			bpr_i_say_minutes(doc, v->of_time[BPR_VISIT_OF_WORK] + v->of_time[BPR_VISIT_OF_PROCESS]), NULL,
			NULL, NULL);
	if (v->of_time[BPR_VISIT_OF_QUEUE] > 0)
		items[count++] = bpr_i_doc_fill(doc, N_("{1} in queues"),
						bpr_i_say_minutes(doc, v->of_time[BPR_VISIT_OF_QUEUE]), NULL, NULL,
						NULL);
	if (v->of_time[BPR_VISIT_OF_WALK] > 0)
		items[count++] = bpr_i_doc_fill(doc, N_("{1} of walking to counters"),
						bpr_i_say_minutes(doc, v->of_time[BPR_VISIT_OF_WALK]), NULL, NULL,
						NULL);
	if (count > 1)
		bpr_i_say_on(doc, buf,
			     bpr_i_doc_fill(doc, N_("{1} is the mean of a case: {2}."),
					    bpr_i_say_minutes(doc, v->total), bpr_i_say_list(doc, items, count), NULL,
					    NULL));
	if (walked(v)) /* other figures know no ways */
		bpr_i_say_on(doc, buf,
			     bpr_i_doc_fill(doc, N_("Without the walking it is {1}."),
					    bpr_i_say_minutes(doc, v->total - v->of_time[BPR_VISIT_OF_WALK]), NULL,
					    NULL, NULL));
}

static void say_left_out(struct bpr_document *doc, const struct bpr_visit *v, struct bpr_buf *buf)
{
	const struct {
		double minutes;
		const char *text;
	} told[] = {
		{ v->away, N_("{1} during which the citizen is not in the building are left out.") },
		{ v->closed, N_("{1} of closed hours are left out.") },
		{ v->aside, N_("{1} of what is done at the same time as something longer are left out.") },
		{ v->twice,
		  N_("The flow lets the citizen do several things at the same time; here they stand one after the other, {1} more.") }
	};

	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (told[i].minutes >= 0.05)
			bpr_i_say_on(doc, buf,
				     bpr_i_doc_fill(doc, told[i].text, bpr_i_say_minutes(doc, told[i].minutes), NULL,
						    NULL, NULL));
}

static const char *basis_text(const struct bpr_document *doc, const struct bpr_visit *v)
{
	static const char *const texts[] = {
		[BPR_VISIT_NO_QUEUES] = N_("Queues are not known: only waiting times that the flow states are in it."),
		[BPR_VISIT_FORMULA] = N_("Waiting in queues by formula, approximately, for an ordinary week."),
		[BPR_VISIT_ENDLESS] = N_("By formula a queue grows without end, so no waiting in queues is in it."),
		[BPR_VISIT_SIMULATED] = N_("Simulated, waiting in queues among it.")
	};

	return bpr_i_doc_text(doc, texts[v->basis]);
}

/* What the bands rest on and leave out: a note for all, then one a flow. */
static void say_notes(struct bpr_document *doc, const struct bpr_sided *sides, size_t count)
{
	bool alike = sides[count - 1].visit.basis == sides[0].visit.basis;

	if (alike)
		bpr_i_doc_note(doc, basis_text(doc, &sides[0].visit));
	for (size_t i = 0; i < count; i++) {
		struct bpr_buf buf = BPR_BUF_INIT;
		const char *text;

		if (!alike)
			bpr_i_say_on(doc, &buf, basis_text(doc, &sides[i].visit));
		say_sum(doc, &sides[i].visit, &buf);
		say_left_out(doc, &sides[i].visit, &buf);
		text = bpr_i_doc_keep(doc, &buf);
		if (*text)
			bpr_i_doc_note(doc, count == 1 ? text
						       : bpr_i_doc_fill(doc, N_("{1}: {2}"), sides[i].label, text, NULL,
									NULL));
	}
}

/* One line of a sum for who cannot see the bands. */
static const char *described(struct bpr_document *doc, const struct bpr_sided *sides, size_t count)
{
	const char *items[2] = { "", "" };

	for (size_t i = 0; i < count; i++) {
		items[i] = bpr_i_doc_fill(doc, N_("{1}: {2}"), bpr_i_say_minutes(doc, sides[i].visit.total),
					  kinds_said(doc, &sides[i].visit), NULL, NULL);
		if (count == 2)
			items[i] = bpr_i_doc_fill(doc, N_("{1}, {2}"), sides[i].label, items[i], NULL, NULL);
	}
	return count == 2 ? bpr_i_doc_fill(doc, N_("{1}. {2}."), items[0], items[1], NULL, NULL) : items[0];
}

void bpr_i_ribbon(struct bpr_pages *pages, const struct bpr_sided *sides, size_t count)
{
	struct bpr_document *doc = pages->doc;
	bool citizens = false;
	double most = 0;
	struct bpr_ribbon *ribbons = bpr_i_arena_alloc(&doc->arena, count, sizeof(*ribbons));
	struct bpr_doc_figure figure = {
		.kind = BPR_FIGURE_RIBBON, .id = "ribbon", .ribbons = ribbons, .ribbon_count = count
	};

	for (size_t i = 0; i < count; i++) {
		citizens = citizens || sides[i].visit.citizens;
		most = fmax(most, sides[i].visit.total);
	}
	bpr_i_doc_heading_aside(doc,
				bpr_i_doc_text(doc, citizens ? N_("From coming to leaving") : N_("From start to end")),
				bpr_i_doc_text(doc, N_("mean of a case")));
	if (!ribbons || !(most > 0)) {
		doc->failed = doc->failed || !ribbons;
		bpr_i_doc_note(
			doc,
			bpr_i_doc_text(
				doc,
				N_("The flow states no durations: write the minutes of each step into the column 'work' and what one waits before it into 'wait'.")));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		fill_ribbon(pages, &sides[i], bpr_i_scale(doc, most), &ribbons[i]);
		for (size_t k = 0; k < BPR_VISIT_KINDS; k++)
			if (sides[i].visit.of[k] > 0)
				figure.legend[k] = kind_name(doc, citizens, (enum bpr_visit_kind)k);
	}
	figure.title = bpr_i_doc_text(doc, citizens ? N_("Time from coming to leaving") : N_("Time from start to end"));
	figure.description = described(doc, sides, count);
	figure.unit = bpr_i_scale(doc, most).name;
	bpr_i_doc_figure(doc, &figure);
	reading(pages, sides, count);
	say_notes(doc, sides, count);
}
