/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_GRAPH_GUARD_I_H
#define BPR_GRAPH_GUARD_I_H
/*
 * igraph's errors as statuses. Debian builds igraph without thread safety, so every section that calls it
 * holds one lock: begin(), calls, end(). The first reason of a failure is kept (igraph reports one per level).
 */
#include <bpr/error.h>
#include <stdbool.h>

void bpr_i_graph_guard_install(void);
void bpr_i_graph_begin(void);
/* Ends the section; failed: one of its calls returned an error. */
bpr_status bpr_i_graph_end(bool failed, struct bpr_error *err);
#endif
