/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages about a log: what one must know in a minute, the ways cases go, when they come, where the figures come from. */
#include "config.h"
#include "study/front_i.h"
#include "study/mining_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <math.h>
#include <stdio.h>

static struct bpr_mining_study study_of(const struct bpr_pages *pages)
{
	return bpr_i_mining_study(pages->doc, pages->subject, pages->options);
}

/* ---- the front ---- */

/* The same sentences as in the other formats, the figures strong. */
static void lead(const struct bpr_front *f, const struct bpr_mining_study *s)
{
	const struct bpr_mine_stat *done = &s->totals->finished_minutes;
	struct bpr_log_info info = bpr_log_info(s->log);

	if (info.first == BPR_LOG_NO_TIME) {
		bpr_i_doc_lead(f->doc, bpr_i_doc_text(f->doc, N_("The log is empty: nothing can be said.")));
		return;
	}
	bpr_i_front_say(f, N_("{1} from {2} to {3}, {4} events in all."), bpr_i_say_plural(f->doc, (double)s->totals->cases, N_("1 case"), N_("{1} cases")),
			bpr_i_say_day(f->doc, info.first, info.first_offset), bpr_i_say_day(f->doc, info.last, info.last_offset),
			bpr_i_say_count(f->doc, (double)s->totals->events));
	if (!done->count)
		bpr_i_doc_lead(f->doc, bpr_i_doc_text(f->doc, N_("No case is done, by what the log says: how long they take is not known.")));
	else if (done->count < s->k)
		bpr_i_doc_lead(f->doc, bpr_i_doc_text(f->doc, N_("Too few cases are done to say how long they take without telling of single ones (--k).")));
	else
		bpr_i_front_say(f, N_("Half of the finished ones take {1} at most, one in ten takes longer than {2}; the mean is {3}."), bpr_i_say_minutes(f->doc, done->p50),
				bpr_i_say_minutes(f->doc, done->p90), bpr_i_say_minutes(f->doc, done->mean), NULL);
	if (s->totals->unfinished)
		bpr_i_front_say(f, N_("{1} of the cases ({2}) are not finished at the end of the log. They are not dropped: they count as under way for as long as was seen."),
				bpr_i_say_prob(f->doc, (double)s->totals->unfinished / (double)s->totals->cases), bpr_i_say_count(f->doc, (double)s->totals->unfinished), NULL, NULL);
}

/* A drawing held against it: whether reality follows. */
static void drawn(const struct bpr_front *f, const struct bpr_mining_study *s)
{
	const struct bpr_conform_totals *t = s->subject->conformance ? bpr_conformance_totals(s->subject->conformance) : NULL;

	if (!t || t->cases < s->k)
		return;
	if (t->fitting == t->cases)
		bpr_i_front_say(f, N_("All {1} cases follow the drawing."), bpr_i_say_count(f->doc, (double)t->cases), NULL, NULL, NULL);
	else if (!t->fitting)
		bpr_i_front_say(f, N_("None of the {1} cases follows the drawing exactly."), bpr_i_say_count(f->doc, (double)t->cases), NULL, NULL, NULL);
	else
		bpr_i_front_say(f, N_("{1} of the cases ({2} of {3}) follow the drawing exactly."), bpr_i_say_prob(f->doc, (double)t->fitting / (double)t->cases),
				bpr_i_say_count(f->doc, (double)t->fitting), bpr_i_say_count(f->doc, (double)t->cases), NULL);
}

static void tiles(const struct bpr_front *f, const struct bpr_mining_study *s)
{
	const struct bpr_mine_totals *t = s->totals;
	const struct bpr_mine_variant *list;
	struct bpr_front_tiles out = { .count = 0 };
	uint64_t rest, rest_cases;
	size_t ways = bpr_i_mining_variants(s, &list, &rest, &rest_cases);

	bpr_i_front_tile(&out, bpr_i_doc_text(f->doc, N_("Cases in the log")), bpr_i_say_count(f->doc, (double)t->cases), bpr_i_doc_text(f->doc, N_("cases")),
			 t->unfinished ? bpr_i_doc_fill(f->doc, N_("{1} not finished"), bpr_i_say_count(f->doc, (double)t->unfinished), NULL, NULL, NULL) : NULL);
	if (t->finished_minutes.count >= s->k) {
		bpr_i_front_tile(&out, bpr_i_doc_text(f->doc, N_("Half are done within")), bpr_i_say_minutes(f->doc, t->finished_minutes.p50), "",
				 bpr_i_doc_fill(f->doc, N_("mean {1}"), bpr_i_say_minutes(f->doc, t->finished_minutes.mean), NULL, NULL, NULL));
		bpr_i_front_tile(&out, bpr_i_doc_text(f->doc, N_("1 in 10 takes longer than")), bpr_i_say_minutes(f->doc, t->finished_minutes.p90), "", NULL);
	}
	if (t->cases)
		bpr_i_front_tile(&out, bpr_i_doc_text(f->doc, N_("Something is done again in")), bpr_i_say_prob(f->doc, (double)t->cases_repeated / (double)t->cases), "",
				 ways ? bpr_i_doc_fill(f->doc, N_("{1} different ways"), bpr_i_say_count(f->doc, (double)t->variants), NULL, NULL, NULL) : NULL);
	bpr_i_doc_tiles(f->doc, out.items, out.count);
}

void bpr_i_front_mining(struct bpr_front *f)
{
	struct bpr_mining_study s = study_of(f->pages);

	lead(f, &s);
	drawn(f, &s);
	tiles(f, &s);
	bpr_i_mining_lengths_figure(&s);
	bpr_i_mining_ways_figure(&s);
	if (s.k > 1)
		bpr_i_doc_note(f->doc, bpr_i_doc_fill(f->doc, N_("No single case is named, and what fewer than {1} cases have in common is put together (--k)."),
						      bpr_i_say_count(f->doc, (double)s.k), NULL, NULL, NULL));
}

/* ---- the ways, the hours ---- */

void bpr_i_page_ways(struct bpr_pages *pages)
{
	struct bpr_mining_study s = study_of(pages);
	struct bpr_doc_figure figure;

	if (!s.totals->cases)
		return;
	bpr_i_doc_page(pages->doc, "ways", bpr_i_doc_text(pages->doc, N_("The ways that cases go")));
	if (bpr_i_mining_picture(&s, &figure)) {
		bpr_i_doc_heading(pages->doc, 2, figure.title);
		bpr_i_doc_figure(pages->doc, &figure);
		bpr_i_doc_reading(pages->doc, bpr_i_doc_text(pages->doc, N_("From top to bottom: the thicker a line, the more often it is gone; the darker a box, the more cases come there. Dashed lines lead back: something is done again.")));
	}
	bpr_i_mining_loops(&s);
	bpr_i_mining_people(&s);
	bpr_i_study_mining_conformance(pages->doc, pages->subject, pages->options);
}

void bpr_i_page_when(struct bpr_pages *pages)
{
	struct bpr_mining_study s = study_of(pages);

	if (!s.totals->cases)
		return;
	bpr_i_doc_page(pages->doc, "when", bpr_i_doc_text(pages->doc, N_("When cases come, and how many lie there")));
	bpr_i_mining_week_figure(&s);
	bpr_i_mining_days_figure(&s);
	bpr_i_mining_months(&s);
}

void bpr_i_page_mining_waits(struct bpr_pages *pages)
{
	if (!pages->subject->worktime)
		return;
	bpr_i_doc_page(pages->doc, "waiting", bpr_i_doc_text(pages->doc, N_("Waiting, and why")));
	bpr_i_study_mining_waits(pages->doc, pages->subject, pages->options);
}

/* ---- where it comes from ---- */

static void source_row(const struct bpr_pages *p, struct bpr_doc_table *table, const char *what, const char *said)
{
	struct bpr_doc_cell *row = bpr_i_doc_row(p->doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(what);
	row[1] = bpr_i_cell_text(said);
}

void bpr_i_mining_source(struct bpr_pages *pages)
{
	const struct bpr_log_source *source = pages->subject->log_source;
	struct bpr_mining_study s = study_of(pages);
	struct bpr_log_info info = bpr_log_info(s.log);
	struct bpr_doc_table *table;
	char text[80];

	bpr_i_doc_heading(pages->doc, 2, bpr_i_doc_text(pages->doc, N_("What was read")));
	table = bpr_i_doc_table(pages->doc);
	bpr_i_doc_column(pages->doc, table, N_("What"), false, 12);
	bpr_i_doc_column(pages->doc, table, N_("Value"), false, 24);
	source_row(pages, table, bpr_i_doc_text(pages->doc, N_("File")), bpr_i_say_log(pages->doc, s.log));
	if (source && source->hash) {
		(void)snprintf(text, sizeof(text), "%016llx", source->hash);
		source_row(pages, table, bpr_i_doc_text(pages->doc, N_("Content (hash)")), bpr_i_doc_fill(pages->doc, "{1}", text, NULL, NULL, NULL));
	}
	source_row(pages, table, bpr_i_doc_text(pages->doc, N_("Rows read")), bpr_i_say_count(pages->doc, (double)info.rows));
	source_row(pages, table, bpr_i_doc_text(pages->doc, N_("Rows not understood")), bpr_i_say_count(pages->doc, (double)info.rejected));
	if (pages->subject->flow) {
		(void)snprintf(text, sizeof(text), "%016llx", bpr_flow_hash(pages->subject->flow));
		source_row(pages, table, bpr_i_doc_text(pages->doc, N_("Flow")), bpr_i_doc_fill(pages->doc, "{1} ({2})", bpr_flow_source(pages->subject->flow), text, NULL, NULL));
	}
	bpr_i_mining_basis(&s);
	bpr_i_study_warnings(pages->doc, pages->subject->problems, pages->options->full);
}
