/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_LOG_ORDER_I_H
#define BPR_MINE_LOG_ORDER_I_H
/* The events of one case: order, and beginnings with their ends. */
#include "mine/log_i.h"

struct bpr_log_item;
/* Room that is used again from case to case; zero-initialised is ready for use. */
struct bpr_log_sorting { struct bpr_log_item *items, *spare; size_t capacity; };
typedef bool bpr_log_before(const struct bpr_log_event *a, const struct bpr_log_event *b);

/* By start (else end), then end, then as they stood. *moved: how many stood behind a later one. False: out of memory. */
bool bpr_i_log_order(struct bpr_log_sorting *sorting, struct bpr_log_event *events, size_t count, size_t *moved);
/* BPR_LOG_STARTED events into those that end them, or into open ones. *count: what remains, as it stood. False: out of memory. */
bool bpr_i_log_join(struct bpr_log_sorting *sorting, struct bpr_log_event *events, size_t *count);
void bpr_i_log_sorting_release(struct bpr_log_sorting *sorting);
#endif
