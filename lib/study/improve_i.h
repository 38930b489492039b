/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_IMPROVE_I_H
#define BPR_STUDY_IMPROVE_I_H
/* What would help, in a report of a simulation: nothing where it was not asked for. */
#include "study/simulation_i.h"

/* ---- sticking_study.c ---- */
void bpr_i_sim_sticking(const struct sim_study *s);
/* ---- staffing_study.c ---- */
void bpr_i_sim_staffing_lead(const struct sim_study *s);
void bpr_i_sim_staffing(const struct sim_study *s);
#endif
