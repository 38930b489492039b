/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_SIMULATION_H
#define BPR_CMD_SIMULATION_H
/* Options of every command that simulates: `simulation_opts`, values in common_args.sim. */
#include "cmd.h"

/* Refuses options that contradict each other or cannot be read, having said why: false, *status. Reads the list of holidays. */
bool simulation_understood(struct common_args *args, int *status);
/* Name of an option of `simulation_opts` that was given, or NULL: without a simulation it says nothing. */
const char *simulation_given(const struct common_args *args);
/* Fills the library's options; threads and callbacks are the caller's to set. */
void simulation_options(const struct common_args *args, struct bpr_sim_options *options);
/* Frees what simulation_understood() made. */
void simulation_release(struct common_args *args);
#endif
