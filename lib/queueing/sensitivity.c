/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a little less work would bring: derivatives of the mean wait at a pool by its service time, every time of service stretched
 * alike. In closed form for M/M/c (from dB/da of erlang.c) and for one server (Pollaczek-Khinchine); for the approximations
 * by differences of the formula itself.
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

#define STEP 1e-4

static double by_difference(const struct bpr_i_center *c, double people, double rate)
{
	struct bpr_i_center less = *c, more = *c;
	double low, high;

	less.service *= 1 - STEP;
	more.service *= 1 + STEP;
	if (!bpr_i_center_wait(&less, people, rate, &low) || !bpr_i_center_wait(&more, people, rate, &high))
		return 0;
	return (high - low) / (2 * STEP * c->service);
}

double bpr_i_center_slope(const struct bpr_i_center *c, double people, double rate)
{
	double teams = bpr_i_center_teams(c, people), arrivals = rate * c->visits, offered = arrivals * c->service;
	bool poisson = c->arrivals_scv <= 1 && c->arrivals_scv >= 1;

	if (!(offered > 0) || !(offered < teams))
		return 0;
	if (poisson && c->exponential)
		return bpr_i_erlang_c_slope(teams, offered) * offered / (teams - offered) +
		       bpr_i_erlang_c(teams, offered) * teams / ((teams - offered) * (teams - offered));
	if (poisson && teams <= 1 && teams >= 1)
		return offered * (2 - offered) * (1 + c->service_scv) / (2 * (1 - offered) * (1 - offered));
	return by_difference(c, people, rate);
}
