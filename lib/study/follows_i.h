/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_FOLLOWS_I_H
#define BPR_STUDY_FOLLOWS_I_H
/*
 * Which step follows which: a case goes from the one to the other through gateways and silent nodes alone. Definition:
 * bpr-metrics(7), "Which step follows which".
 */
#include "base/alloc_i.h"
#include <bpr/analysis.h>

struct bpr_follow { size_t from, to; double count; }; /* nodes; expected, of a case; the same two once only */
struct bpr_follows { struct bpr_follow *items; size_t count, capacity; };

/* Steps, and the starts and ends of the flow itself. */
bool bpr_i_follows_has(const bpr_flow *flow, size_t node);
/* Sorted by from, then to. Owned by the caller: bpr_i_free(items). False: out of memory. */
bool bpr_i_follows(const bpr_flow *flow, const bpr_analysis *analysis, struct bpr_follows *out);
#endif
