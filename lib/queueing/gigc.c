/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Renewal arrivals, any service, approximate. One server: W. Kraemer & M. Langenbach-Belz, "Approximate formulae for the delay in the
 * queueing system GI/G/1", ITC 8, 1976. Several: W. Whitt, "Approximations for the GI/G/m queue", Production and Operations
 * Management 2(2), 1993, formulas (2.24) for the mean and (3.7) on for the probability of waiting.
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

/* phi(rho, ca2, cs2, m): what the mean differs by from (ca2 + cs2) / 2 times that of M/M/m. */
static double phi(double ca, double cs, double m, double rho)
{
	double gamma = bpr_i_md_factor(m, rho) - 1;
	double phi1 = 1 + gamma;
	double phi3 = (1 - 4 * gamma) * exp(-2 * (1 - rho) / (3 * rho));
	double middle = (ca + cs) / 2;
	double psi = middle >= 1 ? 1 : pow(fmin(1, (phi1 + phi3) / 2), 2 * (1 - middle));
	double d = 4 * ca - 3 * cs;

	if (ca >= cs)
		return d > 0 ? 4 * (ca - cs) / d * phi1 + cs / d * psi : psi;
	return (cs - ca) / (2 * (ca + cs)) * phi3 + (cs + 3 * ca) / (2 * (ca + cs)) * psi;
}

double bpr_i_gigc_wait(const struct bpr_i_queue *q)
{
	double rho = q->arrivals * q->service / q->servers, ca = q->arrivals_scv, cs = q->service_scv;

	if (!(rho > 0) || !(ca + cs > 0))
		return 0;
	if (q->servers <= 1 && q->servers >= 1)
		return rho * q->service * (ca + cs) / (2 * (1 - rho)) *
		       (ca < 1 ? exp(-2 * (1 - rho) * (1 - ca) * (1 - ca) / (3 * rho * (ca + cs))) : 1);
	return phi(ca, cs, q->servers, rho) * (ca + cs) / 2 * bpr_i_mmc_wait(q);
}

/* 1 - Phi(x) of the normal distribution. */
static double above(double x)
{
	return 0.5 * erfc(x / sqrt(2));
}

double bpr_i_gigc_wait_prob(const struct bpr_i_queue *q)
{
	double m = q->servers, rho = q->arrivals * q->service / m, ca = q->arrivals_scv, cs = q->service_scv;
	double erlang = bpr_i_erlang_c(m, q->arrivals * q->service), z = (ca + cs) / (1 + cs), spread = (1 - rho) * sqrt(m);
	double gamma, p1, p2, p4, p5, p6, p;

	if (!(rho > 0) || (ca <= 1 && ca >= 1))
		return erlang;
	p4 = z > 0 ? fmin(1, above(spread / z) / above(spread) * erlang) : 0;
	p5 = fmin(1, above(2 * spread / (1 + ca)) / above(spread) * erlang);
	p1 = rho * rho * p4 + (1 - rho * rho) * p5;
	gamma = z > 0 ? (m - m * rho - 0.5) / sqrt(m * rho * z) : 0;
	p6 = above(gamma);
	p2 = ca * p1 + (1 - ca) * p6;
	if (m < 7 || gamma <= 0.5 || ca >= 1)
		p = p1;
	else if (gamma >= 1)
		p = p2;
	else
		p = 2 * (1 - ca) * (gamma - 0.5) * p2 + (1 - 2 * (1 - ca) * (gamma - 0.5)) * p1;
	return isfinite(p) ? fmin(1, fmax(0, p)) : erlang;
}

bpr_status bpr_gigc(size_t servers, double arrivals_per_minute, double arrivals_scv, double service_minutes, double service_scv,
		    struct bpr_station *out)
{
	struct bpr_i_queue q = { (double)servers, arrivals_per_minute, arrivals_scv, service_minutes, service_scv };
	bpr_status status = bpr_i_station_check(&q);

	if (status == BPR_OK)
		bpr_i_station_fill(&q, bpr_i_gigc_wait(&q), bpr_i_gigc_wait_prob(&q), out);
	return status;
}
