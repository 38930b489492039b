/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other municipalities reached, as it was published, each with its source. */
#include "config.h"
#include "study/waiting_i.h"
#include "base/text_i.h"

static const struct {
	const char *city, *result, *source;
} published[] = {
	{ N_("Kagoshima"),
	  N_("mean wait in the two peak weeks 58 to 23 min, longest wait 3 h 59 min to 2 h 3 min (2023, 2024)"),
	  N_("Minami-Nippon Shimbun, nordot.app/1162025789798285880") },
	{ N_("Iwamizawa"), N_("certificates about 18 to 10 min"), N_("TBS, newsdig.tbs.co.jp/articles/-/229106") },
	{ N_("Hamamatsu"), N_("certificates 10 to 8 min (6 were expected), notifications 54 to 45 min"),
	  N_("Yahoo! News, article.yahoo.co.jp/detail/995980cf428a14cd5657463f03580c2d3e0c1f68") },
	{ N_("Chiba"), N_("entries by hand when a family of four moves to another ward 35 to 6"),
	  N_("Chiba Nippo, 13 November 2025, chibanippo.co.jp/articles/1527119") },
	{ N_("Komatsu"), N_("birth: about 60 min and 3 stops to about 30 min and 1 stop (expected at the opening)"),
	  N_("Chunichi Shimbun, 7 July 2020, chunichi.co.jp/article/84689") },
};

enum { COUNT = sizeof(published) / sizeof(published[0]) };

void bpr_i_waiting_elsewhere(const struct bpr_waiting *w)
{
	const char *sources[COUNT];
	struct bpr_doc_table *table;

	if (!w->citizens)
		return;
	bpr_i_doc_heading_aside(w->doc, bpr_i_doc_text(w->doc, N_("What other municipalities reached")),
				bpr_i_doc_text(w->doc, N_("published figures, not computed here")));
	table = bpr_i_doc_table(w->doc);
	bpr_i_doc_column(w->doc, table, N_("Municipality"), false, 12);
	bpr_i_doc_column(w->doc, table, N_("Published result"), false, 20);
	for (size_t i = 0; i < COUNT; i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(w->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_i_doc_text(w->doc, published[i].city));
		row[1] = bpr_i_cell_text(bpr_i_doc_text(w->doc, published[i].result));
		sources[i] = bpr_i_doc_text(w->doc, published[i].source);
	}
	bpr_i_doc_note(w->doc, bpr_i_doc_fill(w->doc, N_("Sources, from the top: {1}."),
					      bpr_i_say_list(w->doc, sources, COUNT), NULL, NULL, NULL));
}
