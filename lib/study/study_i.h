/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_STUDY_I_H
#define BPR_STUDY_STUDY_I_H
/*
 * Studies: results put into the order in which a person reads them, and into sentences. A failure is the document's
 * (`failed`: out of memory). What the parts of the studies share stands below.
 */
#include "study/document_i.h"
#include "study/words_i.h"
#include <bpr/study.h>

struct bpr_study_options {
	bool full;                  /* every table and row, not only what a person reads first */
	unsigned long long seed;
	const struct bpr_distribution *distributions; size_t distribution_count;
	double above;       /* with distributions: the share of cases above it is said */
	bool above_given;
	enum bpr_closing closing;   /* simulation: how it was run */
	const size_t *keys; size_t key_count; /* simulation: the figures shown; none: what one looks for first */
	size_t k;           /* mining: what fewer cases have in common is put together; 0: the reader is a program, or asked for all */
	double arcs;        /* mining: share of what follows what that the picture shows, at least; 0: as much as can be read */
};

void bpr_i_study_analysis(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
void bpr_i_study_comparison(struct bpr_document *doc, const struct bpr_subject *subject,
			    const struct bpr_study_options *options);
void bpr_i_study_simulation(struct bpr_document *doc, const struct bpr_subject *subject,
			    const struct bpr_study_options *options);
/* levers.c: a section; nothing where none made the flow. */
void bpr_i_study_levers(struct bpr_document *doc, const struct bpr_subject *subject, bool full);
void bpr_i_study_check(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);

/* Rows a table shows unless the report is full; what is left out is said. */
enum { BPR_STUDY_ROWS = 12, BPR_STUDY_STEP_ROWS = 40, BPR_STUDY_PROBLEMS = 20 };

/* ---- numbers as texts kept by the document ---- */
const char *bpr_i_say_count(struct bpr_document *doc, double x);
/* So many times: with the counting word where the language has one. */
const char *bpr_i_say_times(struct bpr_document *doc, double x);
const char *bpr_i_say_minutes(struct bpr_document *doc, double x);
/* Two durations to be read beside each other: what differs looks different, in finer units where it must. */
struct bpr_said_pair { const char *before, *after; };
struct bpr_said_pair bpr_i_say_minutes_pair(struct bpr_document *doc, double before, double after);
/* Two figures of a metric beside each other. */
struct bpr_said_pair bpr_i_say_metric_pair(struct bpr_document *doc, enum bpr_metric metric, double before, double after);
const char *bpr_i_say_year_minutes(struct bpr_document *doc, double x);
const char *bpr_i_say_year_yen(struct bpr_document *doc, double x);
const char *bpr_i_say_prob(struct bpr_document *doc, double x);
const char *bpr_i_say_share(struct bpr_document *doc, double x);
/* A figure of a metric with its unit. */
const char *bpr_i_say_metric(struct bpr_document *doc, enum bpr_metric metric, double x, bool year);
/* {1} of message id `many`, or `one` where x is exactly 1 (English needs both). */
const char *bpr_i_say_plural(struct bpr_document *doc, double x, const char *one, const char *many);
/* Label of a metric inside a sentence. */
const char *bpr_i_say_label(struct bpr_document *doc, enum bpr_metric metric);
/* Texts joined as a language lists them: "a, b and c", "a、b、c". */
const char *bpr_i_say_list(struct bpr_document *doc, const char *const items[], size_t count);

/* ---- names ---- */
/* Name of a node, or its id where it has none. */
const char *bpr_i_name_node(const bpr_flow *flow, size_t node);
/* Counter of a node, else its unit, else "". */
const char *bpr_i_name_place(const bpr_flow *flow, size_t node);
/* Name of a step with its place behind it: the same name often stands at several counters. */
const char *bpr_i_say_step(struct bpr_document *doc, const bpr_flow *flow, size_t node);
const char *bpr_i_name_unit(const bpr_flow *flow, size_t unit);
const char *bpr_i_name_flow(const bpr_flow *flow);
/* For a heading: its name; without one its file's, with the id behind it where that says more. */
const char *bpr_i_say_flow(struct bpr_document *doc, const bpr_flow *flow);
/* True of a group that only says "the rest" (その他, other): no sentence names it. */
bool bpr_i_name_is_rest(const char *name);
/* Items that a citizen writes by hand in one execution of a step: what is printed already is not written. */
double bpr_i_items_written(const bpr_flow *flow, const struct bpr_node *node);
/* Name of a rule, in the language of the report. */
const char *bpr_i_name_rule(const struct bpr_document *doc, size_t bit);

/* One difference of a changed step (enum bpr_step_difference): "work: 6 min to 3 min". The subject has both flows and analyses. */
const char *bpr_i_say_difference(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_step_pair *pair,
				 unsigned bit);

/* ---- blocks that several studies have ---- */
/* "and {1} more" where a table left rows out. */
void bpr_i_study_more(struct bpr_document *doc, size_t left_out);
/*
 * The problems of a severity, those of one code together: a list item for the first, the others under it, and what to do. At most
 * `most` codes and, unless that is BPR_NONE, a few problems of each. `home`: the file that needs not
 * be named, or NULL. `wanted`: which codes, or NULL for all. Number of those left out.
 */
typedef bool bpr_study_wanted(const struct bpr_code *code);
size_t bpr_i_study_problems(struct bpr_document *doc, const bpr_problems *problems, enum bpr_severity severity, size_t most,
			    const char *home, bpr_study_wanted *wanted);
/* "Points to check in the input": warnings, and with `full` what else was noted. */
void bpr_i_study_warnings(struct bpr_document *doc, const bpr_problems *problems, bool full);
/* A table of where the values of a flow come from; nothing where that is not known. */
void bpr_i_study_origins(struct bpr_document *doc, const bpr_flow *flow);
/* Soundness of a flow, or (together) of the collaboration; nothing where it is NULL. */
void bpr_i_study_soundness(struct bpr_document *doc, const struct bpr_soundness *soundness, const struct bpr_flows *flows, bool together);
/* Days of the hours of a queueing: the first hour of each (and the end), and the first day on which the pool looks the same. */
struct bpr_queue_days { size_t count; size_t *first, *like; };
bool bpr_i_study_days(struct bpr_arena *arena, const bpr_queueing *queueing, size_t pool, struct bpr_queue_days *out); /* false: out of memory */
/* Behind the last of the hours from `from` on, before `end`, that look alike for the pool: told as one stretch. */
size_t bpr_i_study_alike(const bpr_queueing *queueing, size_t pool, size_t from, size_t end);
/* Waiting by formula, before and after; nothing where it is not known of both, or simulated. */
void bpr_i_study_queue_pair(struct bpr_document *doc, const struct bpr_subject *subject);
/* Bottlenecks through all lenses, that of waiting among them where it is known. NULL: out of memory. */
const struct bpr_bottleneck *bpr_i_study_bottlenecks(struct bpr_arena *arena, const struct bpr_subject *subject, size_t *count);
/* An element of the user's: not a node that a reader has put in. */
bool bpr_i_sound_shown(const struct bpr_flows *flows, const struct bpr_sound_step *step);
/* What differs in a step that changed, in words. */
const char *bpr_i_say_differences(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_step_pair *pair);
/* Where the figures come from: file, content hash, demand, version, seed. */
void bpr_i_study_source(struct bpr_document *doc, const char *id, const bpr_flow *flow);
/* True where any figure of the analysis is sampled. */
bool bpr_i_study_sampled(const bpr_analysis *analysis);
/* Cell of a figure of a metric. */
struct bpr_doc_cell bpr_i_cell_metric(const struct bpr_document *doc, enum bpr_metric metric, double x);
/* Cell of "so many times". */
struct bpr_doc_cell bpr_i_cell_times(const struct bpr_document *doc, double x);

/* ---- before and after of things that have names ---- */
struct bpr_pair {
	const char *name;
	const char *to; /* handoffs: the unit that takes over, `name` hands over; else NULL */
	double before, after;
};
struct bpr_pairs { struct bpr_pair *items; size_t count; }; /* kept by the arena */
enum bpr_pairs_of { BPR_PAIRS_GROUPS, BPR_PAIRS_FIELDS, BPR_PAIRS_COUNTERS, BPR_PAIRS_FORMS, BPR_PAIRS_UNITS, BPR_PAIRS_HANDOFFS };
/* Names of the before in their order, then those only the after has. False when out of memory. */
bool bpr_i_pairs(struct bpr_arena *arena, const struct bpr_subject *subject, enum bpr_pairs_of of, struct bpr_pairs *out);
#endif
