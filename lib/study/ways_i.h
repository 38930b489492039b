/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_WAYS_I_H
#define BPR_STUDY_WAYS_I_H
/* How cases go through a flow, for people who do the work: the order of its steps, where it leads back, the ways taken most. */
#include "study/study_i.h"

/* Nodes that cases reach, each before those that follow it but for ways that lead back; kept by the arena. */
struct bpr_order { size_t *nodes; size_t count; size_t *place; /* [node count]: in nodes, BPR_NONE not reached */ };
bool bpr_i_order(struct bpr_arena *arena, const bpr_flow *flow, const bpr_analysis *analysis, struct bpr_order *out);
/* The arc leads back in that order. */
bool bpr_i_leads_back(const struct bpr_order *order, const struct bpr_arc *arc);
/* First step that a case gets to from the node on (the node itself too) without a decision, or BPR_NONE. */
size_t bpr_i_first_step(const bpr_flow *flow, size_t node);
/* Words of an arc without the share that many write behind them ("needed 60%"); kept by the document. */
const char *bpr_i_say_arc(struct bpr_document *doc, const struct bpr_arc *arc);
/* What is decided by taking the arc: "Is it needed?: yes", or the step that it leads to; NULL where the flow does not say. */
const char *bpr_i_say_choice(struct bpr_document *doc, const bpr_flow *flow, const struct bpr_arc *arc);

/* A way from start to end: what was chosen at each branch. Loops are left out, of parallel branches the first is walked. */
enum { BPR_WAY_CHOICES = 6 };
struct bpr_way { double share; const char *choices[BPR_WAY_CHOICES]; size_t choice_count; };
/* The likeliest, most first; their number. 0 with no start. */
size_t bpr_i_ways(struct bpr_document *doc, const bpr_flow *flow, const struct bpr_order *order, struct bpr_way *out, size_t most);
#endif
