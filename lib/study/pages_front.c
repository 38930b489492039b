/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page about one flow: what a case costs, where it sticks, what to look at first. */
#include "config.h"
#include "study/checksheet_i.h"
#include "study/front_i.h"
#include "study/mining_i.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"

void bpr_i_front_say(const struct bpr_front *f, const char *id, const char *a1, const char *a2, const char *a3, const char *a4)
{
	const char *texts[4] = { a1, a2, a3, a4 };
	struct bpr_doc_rich args[4] = { { NULL, 0 } };

	for (size_t i = 0; i < 4; i++)
		if (texts[i])
			args[i] = bpr_i_rich(f->doc, texts[i], true);
	bpr_i_doc_say(f->doc, BPR_DOC_LEAD, bpr_i_rich_fill(f->doc, id, args));
}

void bpr_i_front_tile(struct bpr_front_tiles *tiles, const char *label, const char *figure, const char *unit, const char *beside)
{
	if (tiles->count < BPR_FRONT_TILES)
		tiles->items[tiles->count++] = (struct bpr_doc_tile){ .label = label, .after = figure, .unit = unit, .change = beside };
}

static const char *title(const struct bpr_front *f)
{
	const char *name = f->flow ? bpr_i_say_flow(f->doc, f->flow) : "";

	if (f->pages->page->title)
		return f->pages->page->title;
	switch (f->pages->kind) {
	case BPR_REPORT_SIMULATION:
		return bpr_i_doc_fill(f->doc, N_("Simulation of a flow: {1}"), name, NULL, NULL, NULL);
	case BPR_REPORT_CHECK:
		return f->flow ? bpr_i_doc_fill(f->doc, N_("Check of a flow: {1}"), name, NULL, NULL, NULL)
			       : bpr_i_doc_text(f->doc, N_("Check of a file"));
	case BPR_REPORT_MINING:
		return bpr_i_doc_fill(f->doc, N_("What happened, by a log: {1}"), bpr_i_say_log(f->doc, f->subject->log), NULL, NULL, NULL);
	case BPR_REPORT_EVIDENCE:
		return bpr_i_doc_text(f->doc, N_("Before and after, measured"));
	case BPR_REPORT_MIX:
		return bpr_i_mix_title(f->doc, f->subject);
	case BPR_REPORT_SUGGESTION:
		return bpr_i_doc_fill(f->doc, N_("Which changes first: {1}"), name, NULL, NULL, NULL);
	case BPR_REPORT_ANALYSIS:
	case BPR_REPORT_COMPARISON:
	case BPR_REPORT_CHECKSHEET:
		break;
	}
	return bpr_i_doc_fill(f->doc, N_("Analysis of a flow: {1}"), name, NULL, NULL, NULL);
}

void bpr_i_page_front(struct bpr_pages *pages)
{
	struct bpr_front f = { pages, pages->doc, pages->subject, pages->subject->flow, pages->cases };

	bpr_i_doc_page(f.doc, "front", title(&f));
	if (pages->page->title && f.flow)
		bpr_i_doc_paragraph(f.doc, bpr_i_say_flow(f.doc, f.flow));
	if (pages->kind == BPR_REPORT_SIMULATION)
		bpr_i_front_simulation(&f);
	else if (pages->kind == BPR_REPORT_CHECK)
		bpr_i_front_check(&f);
	else if (pages->kind == BPR_REPORT_EVIDENCE)
		bpr_i_front_evidence(&f);
	else if (pages->kind == BPR_REPORT_MINING)
		bpr_i_front_mining(&f);
	else if (pages->kind == BPR_REPORT_MIX)
		bpr_i_mix_body(f.doc, f.subject, pages->options);
	else if (pages->kind == BPR_REPORT_SUGGESTION)
		bpr_i_front_suggestion(&f);
	else
		bpr_i_front_analysis(&f);
}
