/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page about waiting: how long, where and when; what gets worse, what is not known, what others reached. */
#include "config.h"
#include "study/mining_i.h"
#include "study/waiting_i.h"
#include "base/text_i.h"

void bpr_i_page_waiting(struct bpr_pages *pages)
{
	struct bpr_sided sides[2];
	struct bpr_waiting w = { .pages = pages, .doc = pages->doc, .sides = sides, .simulated = true };

	if (pages->kind == BPR_REPORT_MINING) {
		bpr_i_page_mining_waits(pages);
		return;
	}
	w.count = bpr_i_sides(pages, sides);
	bpr_i_doc_page(w.doc, "waiting", bpr_i_doc_text(w.doc, N_("Waiting and bottlenecks")));
	if (!w.count)
		return;
	for (size_t i = 0; i < w.count; i++) {
		w.citizens = w.citizens || sides[i].visit.citizens;
		w.simulated = w.simulated && sides[i].source.simulation;
	}
	bpr_i_waiting_spread(&w);
	bpr_i_waiting_load(&w);
	bpr_i_waiting_hours(&w);
	bpr_i_waiting_doubts(&w);
	bpr_i_waiting_elsewhere(&w);
}
