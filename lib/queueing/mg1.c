/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Poisson arrivals, any service. One server, exact: F. Pollaczek (1930), A. Khinchine (1932). Several, approximate: T. Kimura, "A
 * two-moment approximation for the mean waiting time in the GI/G/s queue", Management Science 32(6), 1986, which interpolates
 * between exponential and constant service, with G. P. Cosmetatos, "Approximate explicit formulae for the average queueing time in
 * the processes (M/D/r) and (D/M/r)", INFOR 13, 1975, for constant service. Exact for one server and for exponential service.
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

double bpr_i_md_factor(double servers, double utilisation)
{
	double g;

	if (!(utilisation > 0) || !(servers > 1))
		return 1;
	g = (1 - utilisation) * (servers - 1) * (sqrt(4 + 5 * servers) - 2) / (16 * servers * utilisation);
	return 1 + fmin(g, 0.24); /* the bound is W. Whitt's (1993) */
}

double bpr_i_mgc_wait(const struct bpr_i_queue *q)
{
	double rho = q->arrivals * q->service / q->servers, scv = q->service_scv;
	double constant = bpr_i_md_factor(q->servers, rho);

	if (q->servers <= 1 && q->servers >= 1)
		return rho * q->service * (1 + scv) / (2 * (1 - rho));
	return bpr_i_mmc_wait(q) * (1 + scv) / (2 * (scv + (1 - scv) / constant));
}

bpr_status bpr_mg1(double arrivals_per_minute, double service_minutes, double service_scv, struct bpr_station *out)
{
	struct bpr_i_queue q = { 1, arrivals_per_minute, 1, service_minutes, service_scv };
	bpr_status status = bpr_i_station_check(&q);

	if (status != BPR_OK)
		return status;
	bpr_i_station_fill(&q, bpr_i_mgc_wait(&q), q.arrivals * q.service, out);
	out->empty_prob = 1 - q.arrivals * q.service;
	return BPR_OK;
}

bpr_status bpr_mgc(size_t servers, double arrivals_per_minute, double service_minutes, double service_scv, struct bpr_station *out)
{
	struct bpr_i_queue q = { (double)servers, arrivals_per_minute, 1, service_minutes, service_scv };
	struct bpr_station exponential;
	bpr_status status = bpr_i_station_check(&q);

	if (status == BPR_OK)
		status = bpr_mmc(servers, arrivals_per_minute, service_minutes, &exponential);
	if (status != BPR_OK)
		return status;
	bpr_i_station_fill(&q, bpr_i_mgc_wait(&q), exponential.wait_prob, out);
	out->empty_prob = exponential.empty_prob;
	return BPR_OK;
}
