/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_MINING_I_H
#define BPR_STUDY_MINING_I_H
/*
 * What a log says really happened, in the order in which a person reads it. mining.c is the frame: each section has a file of its
 * own (mining_WHAT.c) and adds nothing where the subject does not hold what it tells.
 *
 * Reports for people name no single case, and nothing that fewer than k cases have in common: such ways, steps, connections and
 * persons are put together and counted, and figures of fewer values are left out.
 */
#include "study/pages_i.h"
#include "study/study_i.h"

void bpr_i_study_mining(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);

/* Name of a log for a heading: its file without the folder. */
const char *bpr_i_say_log(struct bpr_document *doc, const bpr_log *log);
/* What stands in reports for fewer than so many cases is put together; at least 1. */
size_t bpr_i_mining_k(const struct bpr_study_options *options);

/* What the sections share. */
struct bpr_mining_study {
	struct bpr_document *doc;
	const struct bpr_subject *subject;
	const struct bpr_study_options *options;
	const bpr_log *log;
	const bpr_mining *mining;
	const struct bpr_mine_totals *totals;
	size_t k;
};
struct bpr_mining_study bpr_i_mining_study(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);

/* Rows of a table: all in a full report. */
size_t bpr_i_mining_rows(const struct bpr_mining_study *s, size_t count);
/* Empty where fewer than k values are behind it. */
struct bpr_doc_cell bpr_i_mining_minutes(const struct bpr_mining_study *s, const struct bpr_mine_stat *stat, double value);
struct bpr_doc_cell bpr_i_mining_count(const struct bpr_mining_study *s, uint64_t n);
/* "A → B ×3 → C", at most so many steps of it. */
const char *bpr_i_say_way(struct bpr_document *doc, const bpr_log *log, const uint32_t *activities, size_t length, size_t most);
const char *bpr_i_say_activity(const bpr_log *log, uint32_t activity);
/* The day of an instant on its local clock. */
const char *bpr_i_say_day(struct bpr_document *doc, int64_t instant, int offset);
/* What comes first: how many cases, how long, how many are not done. `lead`: as sentences of the lead. */
void bpr_i_mining_lead(const struct bpr_mining_study *s);
/* Variants in front that k cases or more have in common: they stand by count. */
size_t bpr_i_mining_variants(const struct bpr_mining_study *s, const struct bpr_mine_variant **list, uint64_t *rest, uint64_t *rest_cases);
/* Shares of a week: mean arrivals of an hour of the day and of a weekday, both a week. */
void bpr_i_mining_arrivals(const bpr_mining *mining, double hours[24], double weekdays[7]);

/*
 * What follows what, as a figure kept by the document: the most frequent connections that make up the share asked for, else as many as
 * can be read; never one of fewer than k cases. What is left out is told in its note. False: nothing to show, or out of memory.
 */
bool bpr_i_mining_picture(const struct bpr_mining_study *s, struct bpr_doc_figure *out);
/* Cases that begin or end with an activity, k of them or more, by count; `rest`: the others. False: out of memory; else bpr_i_free(). */
struct bpr_mining_ended { uint64_t cases; uint32_t activity; };
bool bpr_i_mining_ended(const bpr_mining *mining, bool end, size_t k, struct bpr_mining_ended **out, size_t *count, uint64_t *rest);
/* ISO 8601 on the local clock, with the offset where the log writes any. */
void bpr_i_instant_text(char *buf, size_t size, int64_t at, int offset, bool offsets);

/* ---- sections ---- */
/* A drawn flow held against the log: mining_conformance.c. */
void bpr_i_study_mining_conformance(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
/* Waits in working time and why, hours, people, batches, the standard processing period: mining_waits.c. */
void bpr_i_study_mining_waits(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
void bpr_i_mining_times(const struct bpr_mining_study *s);      /* mining_times.c */
void bpr_i_mining_when(const struct bpr_mining_study *s);       /* mining_when.c */
void bpr_i_mining_ways(const struct bpr_mining_study *s);       /* mining_ways.c */
void bpr_i_mining_activities(const struct bpr_mining_study *s); /* mining_steps.c */
void bpr_i_mining_follows(const struct bpr_mining_study *s);
void bpr_i_mining_loops(const struct bpr_mining_study *s);      /* mining_people.c */
void bpr_i_mining_people(const struct bpr_mining_study *s);
void bpr_i_mining_basis(const struct bpr_mining_study *s);      /* mining_basis.c */
void bpr_i_mining_in_process(const struct bpr_mining_study *s); /* mining_when.c: parts of it */
void bpr_i_mining_months(const struct bpr_mining_study *s);
/* Figures with their headings, where there is anything to show: mining_figures.c. */
void bpr_i_mining_lengths_figure(const struct bpr_mining_study *s);
void bpr_i_mining_ways_figure(const struct bpr_mining_study *s);
void bpr_i_mining_week_figure(const struct bpr_mining_study *s);
void bpr_i_mining_days_figure(const struct bpr_mining_study *s);
/* Parts of the pages: pages_mining.c. */
struct bpr_front;
void bpr_i_front_mining(struct bpr_front *f);
void bpr_i_page_ways(struct bpr_pages *pages);
void bpr_i_page_when(struct bpr_pages *pages);
void bpr_i_page_mining_waits(struct bpr_pages *pages);
void bpr_i_mining_source(struct bpr_pages *pages);
/* "Put together: …": what is not shown for the sake of people; nothing where rest is 0. */
void bpr_i_mining_together(const struct bpr_mining_study *s, const char *id, uint64_t rest, uint64_t cases);

/*
 * Sections of other features: declared and called from mining.c and the pages once they exist.
 *   bpr_i_study_evidence()            the whole report of two logs (evidence_study.c)
 */
#endif
