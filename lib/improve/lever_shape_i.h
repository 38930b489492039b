/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_LEVER_SHAPE_I_H
#define BPR_IMPROVE_LEVER_SHAPE_I_H
/* What levers that change the shape of a flow have in common. */
#include "improve/lever_i.h"

/* Gateways without a point and steps that no case comes to any more go, so that the next lever finds what a person would have drawn. */
bool bpr_i_lever_tidy(struct lever_work *work);

/*
 * Whether every run of a case does both equally often: behind the last node that every case passes before both, each of them is passed
 * exactly once until that node is passed again or the case ends. Branches that run at the same time count as passed, all of them.
 * False: out of memory.
 */
bool bpr_i_lever_same_runs(struct lever_work *work, size_t a, size_t b, bool *same);

/*
 * inside[node]: which branch of which parallel or inclusive split a case is in there: the same number, the same branch; 0: in none.
 * BPR_NONE: it cannot be said, as splits and joins do not stand in pairs. Kept by the scratch arena, NULL out of memory.
 */
const size_t *bpr_i_lever_inside(struct lever_work *work);

/*
 * The step takes so much longer: exact where the sum is of a kind that there is (a constant and anything that can be moved), else a gamma
 * distribution with the exact mean and variance of the sum. False: out of memory.
 */
bool bpr_i_lever_lengthen(struct lever_work *work, size_t step, bool hands_on, const struct bpr_dist *by);

/* Whether the flow is written in Japanese: names that a lever makes are in the language of the step. */
bool bpr_i_lever_is_japanese(const struct bpr_node *node);
/* `before`, the name or id of the node, `behind`; kept by the scratch arena, NULL out of memory. */
const char *bpr_i_lever_make_name(struct lever_work *work, const char *before, const struct bpr_node *node, const char *behind);

/* A step that can be taken out or moved: a task or event, no edge of a sub-process, one way out, no boundary events. Refuses others. */
bool bpr_i_lever_movable(struct lever_work *work, size_t node);
bool bpr_i_lever_has_events(struct lever_work *work, size_t node);
/* A form that one of them issues or has written, and the other reads; or BPR_NONE. */
size_t bpr_i_lever_needs_form(struct lever_work *work, size_t earlier, size_t later);
/* The distribution of an own text, or refuses. */
bool bpr_i_lever_put_duration(struct lever_work *work, size_t step, bool hands_on, const char *text);
#endif
