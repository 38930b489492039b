/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_SUGGEST_I_H
#define BPR_IMPROVE_SUGGEST_I_H
/* Parts of a suggestion: order, front, who has to take part, steps for RPA. */
#include "base/alloc_i.h"
#include <bpr/suggest.h>

/* suggest_front.c: per_day, rank and front of items whose value and costs are there. */
bool bpr_i_suggest_rank(struct bpr_suggested *items, size_t count);
void bpr_i_suggest_front(struct bpr_suggested *items, size_t count);

/* suggest_unit.c: units whose steps a lever touches. *first BPR_NONE: none is named. BPR_NONE: out of memory. */
size_t bpr_i_changed_units(const bpr_flow *before, const bpr_flow *after, const struct bpr_lever *lever, size_t *first);

/* suggest_way.c: a citizen's step that is the way to somewhere; minutes of a case on ways to counters that are no steps. */
bool bpr_i_step_is_way(const struct bpr_node *node);
double bpr_i_walk_minutes(const bpr_flow *flow, const bpr_analysis *analysis);

/* suggest_rpa.c: *out kept by the arena. */
bool bpr_i_suggest_rpa(const bpr_flow *flow, const bpr_analysis *analysis, struct bpr_arena *arena, struct bpr_rpa **out, size_t *count);
#endif
