/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the comparison of two logs does not know, said where the reader looks for it. */
#include "config.h"
#include "study/evidence_i.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <math.h>
#include <stdio.h>

static void item(struct bpr_document *doc, const char *text)
{
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, text);
}

/* Months of the year between two days, as bits. */
static unsigned months_of(const struct bpr_evidence_side *s)
{
	unsigned months = 0;

	for (long day = s->first; day <= s->last; day += 20) {
		int year, month, of_month;

		bpr_date_parts(day, &year, &month, &of_month);
		months |= 1u << month;
		if (s->last - s->first > 366)
			return 0x1ffe;
	}
	{
		int year, month, of_month;

		bpr_date_parts(s->last, &year, &month, &of_month);
		return months | 1u << month;
	}
}

static void seasons(struct bpr_document *doc, const bpr_evidence *e)
{
	const struct bpr_evidence_side *before = bpr_evidence_side(e, false), *after = bpr_evidence_side(e, true);

	if (bpr_evidence_by_month(e) || months_of(before) == months_of(after))
		return;
	item(doc, bpr_i_doc_text(doc, N_("The season: the logs lie in different months, so that what the season does cannot be told from what the reform did. The same months of two years would tell.")));
}

static void few_days(struct bpr_document *doc, const bpr_evidence *e)
{
	const struct bpr_evidence_side *before = bpr_evidence_side(e, false), *after = bpr_evidence_side(e, true);
	enum { ENOUGH = 5 };

	if (before->days < ENOUGH || after->days < ENOUGH)
		item(doc, bpr_i_doc_text(doc, N_("The luck of the day: a log of fewer than five days does not tell how much one day differs from the next. Every case was taken as independent, so that the results look surer than they are.")));
}

static void unfinished(struct bpr_document *doc, const bpr_evidence *e)
{
	for (int after = 0; after < 2; after++) {
		const struct bpr_evidence_side *s = bpr_evidence_side(e, after);
		const double share = s && s->cases ? (double)s->unfinished / (double)s->cases : 0;

		if (share > 0.05)
			item(doc, bpr_i_doc_fill(doc, after ? N_("Cases that are not over: {1} of the after. Long cases are missing among the finished ones, which makes times look shorter; see the cases that are not over.")
						       : N_("Cases that are not over: {1} of the before. Long cases are missing among the finished ones, which makes times look shorter; see the cases that are not over."),
						 bpr_i_say_prob(doc, share), NULL, NULL, NULL));
	}
}

static void other_causes(struct bpr_document *doc, const bpr_evidence *e)
{
	const char *const *by;

	item(doc, bpr_i_doc_text(doc, N_("Whether it was the reform: the logs tell that something changed, not what changed it. Other things that changed at the same time (staff, demand, law) look the same.")));
	if (!bpr_evidence_by(e, &by))
		item(doc, bpr_i_doc_text(doc, N_("The kind of cases: whether the after has more of the easy ones was not looked at. With --by COLUMN like is compared with like.")));
}

static void basis(struct bpr_document *doc, const bpr_evidence *e)
{
	const struct bpr_evidence_options *o = bpr_evidence_options(e);
	char seed[24];

	(void)snprintf(seed, sizeof(seed), "%llu", o->seed);
	bpr_i_doc_note(doc, bpr_i_doc_fill(doc, N_("Made by bpr {1}; {2} resamples, seed {3}. How each figure is made: bpr-metrics(7), 'Two logs compared'."), bpr_version(),
					   bpr_i_say_count(doc, (double)o->bootstrap), seed, NULL));
}

void bpr_i_evidence_doubts(struct bpr_document *doc, const struct bpr_subject *s)
{
	const bpr_evidence *e = s->evidence;

	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("What is not known")));
	if (bpr_evidence_side(e, false)) {
		other_causes(doc, e);
		seasons(doc, e);
		few_days(doc, e);
		unfinished(doc, e);
	} else {
		item(doc, bpr_i_doc_text(doc, N_("What was before: no log of the before was given, so that the change is not measured. With --measured-before LOG it is.")));
	}
	item(doc, bpr_i_doc_text(doc, N_("What the log does not see: writing before the ticket is drawn, ways, what happens without a record.")));
	if (!s->comparison) /* whose study tells them itself */
		bpr_i_study_warnings(doc, s->problems, false);
	basis(doc, e);
}
