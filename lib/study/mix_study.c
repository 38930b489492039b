/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What households need on average, event by event: procedures, counters, what is forgotten with and without the check sheet. */
#include "config.h"
#include "study/checksheet_i.h"
#include "base/text_i.h"
#include <string.h>

enum { NEEDED = 20 };

const char *bpr_i_mix_title(struct bpr_document *doc, const struct bpr_subject *subject)
{
	(void)subject;
	return bpr_i_doc_text(doc, N_("What households need, on average"));
}

static void say(struct bpr_document *doc, const char *id, const char *a1, const char *a2, const char *a3, const char *a4)
{
	const char *texts[4] = { a1, a2, a3, a4 };
	struct bpr_doc_rich args[4] = { { NULL, 0 } };

	for (size_t i = 0; i < 4; i++)
		if (texts[i])
			args[i] = bpr_i_rich(doc, texts[i], true);
	bpr_i_doc_say(doc, BPR_DOC_LEAD, bpr_i_rich_fill(doc, id, args));
}

static void lead(struct bpr_document *doc, const struct bpr_household_mix *m)
{
	say(doc, N_("A household has {1} on average, at {2}; with the one-stop counter {3}."), bpr_i_say_plural(doc, m->procedures, N_("1 procedure"), N_("{1} procedures")),
	    bpr_i_say_plural(doc, m->counters, N_("1 counter"), N_("{1} counters")), bpr_i_say_plural(doc, m->counters_one_stop, N_("1 counter"), N_("{1} counters")), NULL);
	say(doc, N_("Something is forgotten by {1} of households, with the check sheet by {2}."), bpr_i_say_prob(doc, m->any_omitted), bpr_i_say_prob(doc, m->any_omitted_sheet),
	    NULL, NULL);
	if (m->weight > 1)
		say(doc, N_("Of {1} households in a year {2} less have to come again for something forgotten."), bpr_i_say_count(doc, m->weight),
		    bpr_i_say_count(doc, m->weight * (m->any_omitted - m->any_omitted_sheet)), NULL, NULL);
}

static void event_row(struct bpr_document *doc, struct bpr_doc_table *table, const char *name, const struct bpr_mix_event *e)
{
	struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(name);
	row[1] = bpr_i_cell_number(BPR_DOC_COUNT, e->weight);
	row[2] = bpr_i_cell_number(BPR_DOC_COUNT, e->procedures);
	row[3] = bpr_i_cell_number(BPR_DOC_COUNT, e->counters);
	row[4] = bpr_i_cell_number(BPR_DOC_COUNT, e->counters_one_stop);
	row[5] = bpr_i_cell_number(BPR_DOC_PROB, e->any_omitted);
	row[6] = bpr_i_cell_number(BPR_DOC_PROB, e->any_omitted_sheet);
}

static void events(struct bpr_document *doc, const struct bpr_household_mix *m)
{
	const struct bpr_mix_event all = { .weight = m->weight, .procedures = m->procedures, .counters = m->counters, .counters_one_stop = m->counters_one_stop,
					   .any_omitted = m->any_omitted, .any_omitted_sheet = m->any_omitted_sheet };
	struct bpr_doc_table *table;

	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("By life event")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Life event"), false, 10);
	bpr_i_doc_column(doc, table, N_("Households a year"), true, 0);
	bpr_i_doc_column(doc, table, N_("Procedures"), true, 0);
	bpr_i_doc_column(doc, table, N_("Counters"), true, 0);
	bpr_i_doc_column(doc, table, N_("Counters, one-stop"), true, 0);
	bpr_i_doc_column(doc, table, N_("Forget something"), true, 0);
	bpr_i_doc_column(doc, table, N_("With the check sheet"), true, 0);
	for (size_t i = 0; i < m->event_count; i++)
		event_row(doc, table, m->events[i].event, &m->events[i]);
	if (m->event_count > 1)
		event_row(doc, table, bpr_i_doc_text(doc, N_("All")), &all);
}

static void needed(struct bpr_document *doc, const struct bpr_subject *s, const struct bpr_study_options *options)
{
	size_t shown = options->full || s->mix->needed_count <= NEEDED ? s->mix->needed_count : NEEDED;
	struct bpr_doc_table *table;

	if (!shown)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Which procedures are needed most")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Procedure"), false, 16);
	bpr_i_doc_column(doc, table, N_("Counter"), false, 10);
	bpr_i_doc_column(doc, table, N_("Share of households"), true, 0);
	bpr_i_doc_column(doc, table, "", false, 0);
	for (size_t i = 0; i < shown; i++) {
		const struct bpr_procedure *p = bpr_procedures_get(s->procedures, s->mix->needed[i].procedure);
		struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(p->name);
		row[1] = bpr_i_cell_text(p->counter);
		row[2] = bpr_i_cell_number(BPR_DOC_PROB, s->mix->needed[i].share);
		row[3] = bpr_i_cell_number(BPR_DOC_BAR, s->mix->needed[i].share);
	}
	bpr_i_study_more(doc, s->mix->needed_count - shown);
}

/* A figure of the flow, where the sheet changes it. */
static void flow_row(struct bpr_document *doc, struct bpr_doc_table *table, const struct bpr_subject *s, enum bpr_metric metric)
{
	const struct bpr_figure *before = bpr_analysis_figure(s->analysis, metric), *after = bpr_analysis_figure(s->after_analysis, metric);
	struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_i_say_label(doc, metric));
	row[1] = bpr_i_cell_metric(doc, metric, before->mean);
	row[2] = bpr_i_cell_metric(doc, metric, after->mean);
	row[3] = bpr_i_cell_metric(doc, metric, after->mean - before->mean);
	row[3].change = true;
	row[3].tone = after->mean < before->mean ? BPR_DOC_BETTER : BPR_DOC_PLAIN;
}

static void flow(struct bpr_document *doc, const struct bpr_subject *s)
{
	static const enum bpr_metric shown[] = { BPR_METRIC_INCOMPLETE, BPR_METRIC_REVISITS, BPR_METRIC_TRIPS, BPR_METRIC_COUNTER_VISITS, BPR_METRIC_CITIZEN_MINUTES,
						 BPR_METRIC_WORK_MINUTES };
	struct bpr_doc_table *table;

	if (!s->analysis || !s->after_analysis)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_fill(doc, N_("What the check sheet changes in the flow: {1}"), bpr_i_say_flow(doc, s->flow), NULL, NULL, NULL));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Measure"), false, 16);
	bpr_i_doc_column(doc, table, N_("Without the sheet"), true, 0);
	bpr_i_doc_column(doc, table, N_("With the check sheet"), true, 0);
	bpr_i_doc_column(doc, table, N_("Change"), true, 0);
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		flow_row(doc, table, s, shown[i]);
	bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("Ways that lead back, and ways to an incomplete end, are taken less often by the share of households that the sheet keeps from forgetting something (bpr-levers(5), check_sheet).")));
}

static void assumptions(struct bpr_document *doc, const struct bpr_subject *s)
{
	const struct bpr_mix_options *o = s->mix_options;

	if (o)
		bpr_i_doc_note(doc, bpr_i_doc_fill(doc, N_("What is forgotten is assumed: each procedure by the share that its row says, else by {1} of households; the check sheet prevents {2} of it. Procedures are taken to be forgotten independently of each other."),
						   bpr_i_say_prob(doc, o->omission), bpr_i_say_prob(doc, o->sheet_effect), NULL, NULL));
}

void bpr_i_mix_body(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	lead(doc, subject->mix);
	events(doc, subject->mix);
	assumptions(doc, subject);
	flow(doc, subject);
	needed(doc, subject, options);
}

void bpr_i_study_mix(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	bpr_i_doc_heading(doc, 1, bpr_i_mix_title(doc, subject));
	bpr_i_mix_body(doc, subject, options);
	bpr_i_study_warnings(doc, subject->problems, options->full);
}
