/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page about two logs: what changed, how sure that is, how the cases spread. */
#include "config.h"
#include "study/evidence_i.h"
#include "study/front_i.h"
#include "base/text_i.h"
#include <math.h>

/* ---- tiles ---- */

static void tile(const struct bpr_front *f, struct bpr_doc_tile *tiles, size_t *count, const struct bpr_evidence_figure *figure)
{
	const struct bpr_evidence_change *c = bpr_i_evidence_headline(figure);
	const bool shown = figure->verdict == BPR_EFFECT_BETTER || figure->verdict == BPR_EFFECT_WORSE;
	struct bpr_document *doc = f->doc;

	if (*count == BPR_FRONT_TILES || !c->known || figure->same)
		return;
	tiles[(*count)++] = (struct bpr_doc_tile){
		.label = bpr_i_say_evidence_label(doc, figure->key), .before = bpr_i_say_evidence(doc, figure->key, c->before),
		.after = bpr_i_say_evidence(doc, figure->key, c->after), .unit = "",
		.change = shown ? bpr_i_say_evidence_change(doc, figure->key, c->change, c->change) : bpr_i_say_verdict(doc, figure),
		.tone = bpr_i_verdict_tone(figure) };
}

/* What is shown first, then the rest, in the order of the table. */
static void tiles(const struct bpr_front *f)
{
	struct bpr_doc_tile items[BPR_FRONT_TILES];
	size_t n = 0, count;
	const struct bpr_evidence_figure *figures = bpr_evidence_figures(f->subject->evidence, &count);

	for (int shown = 1; shown >= 0; shown--)
		for (size_t i = 0; i < count; i++)
			if ((figures[i].verdict == BPR_EFFECT_BETTER || figures[i].verdict == BPR_EFFECT_WORSE) == (shown == 1))
				tile(f, items, &n, &figures[i]);
	if (n)
		bpr_i_doc_tiles(f->doc, items, n);
}

/* ---- how the cases spread ---- */

enum { BINS = 20 };

/* A width that people count in, so that `most` fits into the bins. */
static double nice_width(double most)
{
	static const double steps[] = { 1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 720, 1440, 2880, 7200, 10080, 14400, 28800, 43200, 86400 };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (steps[i] * (BINS - 1) >= most)
			return steps[i];
	return most / (BINS - 1);
}

static const double *shares(struct bpr_document *doc, const double *x, size_t n, double width)
{
	double *out = bpr_i_arena_alloc(&doc->arena, BINS, sizeof(*out));

	for (size_t i = 0; out && i < n; i++) {
		const double bin = floor(x[i] / width);

		out[bin < BINS - 1 ? (bin > 0 ? (size_t)bin : 0) : BINS - 1] += 1 / (double)n;
	}
	if (!out)
		doc->failed = true;
	return out;
}

static void spread(const struct bpr_front *f)
{
	const bpr_evidence *e = f->subject->evidence;
	size_t counts[2], figures;
	const double *values[2] = { bpr_evidence_values(e, BPR_EVIDENCE_CYCLE, false, &counts[0]),
				    bpr_evidence_values(e, BPR_EVIDENCE_CYCLE, true, &counts[1]) };
	const struct bpr_evidence_change *median = &bpr_evidence_figures(e, &figures)[BPR_EVIDENCE_CYCLE].p50;
	struct bpr_document *doc = f->doc;
	struct bpr_series *series = bpr_i_arena_alloc(&doc->arena, 2, sizeof(*series));
	struct bpr_mark *marks = bpr_i_arena_alloc(&doc->arena, 2, sizeof(*marks));
	double *edges = bpr_i_arena_alloc(&doc->arena, BINS + 1, sizeof(*edges)), most = 0, width;

	if (!values[0] || !values[1])
		return;
	if (!marks || !edges || !series) {
		doc->failed = true;
		return;
	}
	/* Up to what one case in a hundred takes longer than; the rest stands in the last bar. */
	for (size_t side = 0; side < 2; side++)
		most = fmax(most, values[side][(size_t)(0.98 * (double)(counts[side] - 1))]);
	width = nice_width(most);
	for (size_t i = 0; i <= BINS; i++)
		edges[i] = width * (double)i;
	for (size_t side = 0; side < 2; side++) {
		marks[side] = (struct bpr_mark){ side ? median->after : median->before,
						 bpr_i_doc_fill(doc, N_("median {1}"), bpr_i_say_minutes(doc, side ? median->after : median->before), NULL, NULL, NULL),
						 side ? BPR_SIDE_AFTER : BPR_SIDE_BEFORE };
		series[side] = (struct bpr_series){ side ? BPR_SIDE_AFTER : BPR_SIDE_BEFORE, bpr_i_doc_text(doc, side ? N_("After") : N_("Before")),
						    shares(doc, values[side], counts[side], width), &marks[side], 1 };
	}
	if (doc->failed)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("How long cases take")));
	bpr_i_doc_figure(doc, &(struct bpr_doc_figure){
		.kind = BPR_FIGURE_HISTOGRAM, .id = "spread", .title = bpr_i_doc_text(doc, N_("How long cases take, before and after")),
		.description = bpr_i_say_evidence_result(doc, e, &bpr_evidence_figures(e, &figures)[BPR_EVIDENCE_CYCLE]),
		.across = bpr_i_doc_text(doc, N_("time from begin to end (minutes)")), .upward = bpr_i_doc_text(doc, N_("share of cases")),
		.series = series, .series_count = 2, .edges = edges, .bin_count = BINS, .open = true });
	bpr_i_doc_reading(doc, bpr_i_doc_text(doc, N_("How to read it: the higher a bar, the more cases take that long.")));
}

void bpr_i_front_evidence(struct bpr_front *f)
{
	bpr_i_evidence_lead(f->doc, f->subject);
	tiles(f);
	spread(f);
	bpr_i_doc_note(f->doc, bpr_i_doc_text(f->doc, N_("'A difference is not shown' does not mean that there is none: chance alone could make such a difference in logs of this size. What was adjusted and what is not known stands with all the figures.")));
}
