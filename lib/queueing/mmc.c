/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M/M/c: Gross, Shortle, Thompson & Harris, Fundamentals of Queueing Theory, 4th ed., 2008, section 2.3. */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

bpr_status bpr_i_station_check(const struct bpr_i_queue *q)
{
	double offered = q->arrivals * q->service;

	if (!(q->servers >= 1) || !(q->arrivals >= 0) || !(q->service >= 0) || !(q->service_scv >= 0) || !(q->arrivals_scv >= 0) ||
	    !isfinite(q->arrivals) || !isfinite(q->service) || !isfinite(q->service_scv) || !isfinite(q->arrivals_scv))
		return BPR_EINVAL;
	return offered < q->servers ? BPR_OK : BPR_ENOCONV;
}

void bpr_i_station_fill(const struct bpr_i_queue *q, double wait, double wait_prob, struct bpr_station *out)
{
	out->utilisation = q->arrivals * q->service / q->servers;
	out->wait_prob = wait_prob;
	out->wait = wait;
	out->queue = q->arrivals * wait;
	out->time = wait + q->service;
	out->number = q->arrivals * out->time;
	out->empty_prob = 0;
}

double bpr_i_mmc_wait(const struct bpr_i_queue *q)
{
	double offered = q->arrivals * q->service;

	return bpr_i_erlang_c(q->servers, offered) * q->service / (q->servers - offered);
}

/* p0: 1 over the sum of a^k / k! for k < c, and a^c / c! / (1 - rho) behind it; terms no longer grow past 1e300. */
static double empty(double servers, double offered)
{
	double term = 1, sum = 0;

	if (offered > 600)
		return 0; /* below exp(-600) */
	for (double k = 0; k < servers; k++) {
		sum += term;
		term *= offered / (k + 1);
		if (term < sum * 1e-18 && k > offered)
			return 1 / sum;
	}
	return 1 / (sum + term * servers / (servers - offered));
}

bpr_status bpr_mmc(size_t servers, double arrivals_per_minute, double service_minutes, struct bpr_station *out)
{
	struct bpr_i_queue q = { (double)servers, arrivals_per_minute, 1, service_minutes, 1 };
	bpr_status status = bpr_i_station_check(&q);

	if (status != BPR_OK)
		return status;
	bpr_i_station_fill(&q, bpr_i_mmc_wait(&q), bpr_i_erlang_c(q.servers, q.arrivals * q.service), out);
	out->empty_prob = empty(q.servers, q.arrivals * q.service);
	return BPR_OK;
}

double bpr_mmc_wait_above(size_t servers, double arrivals_per_minute, double service_minutes, double minutes)
{
	struct bpr_i_queue q = { (double)servers, arrivals_per_minute, 1, service_minutes, 1 };
	double offered = arrivals_per_minute * service_minutes;
	bpr_status status = bpr_i_station_check(&q);

	if (status != BPR_OK || !(minutes >= 0))
		return status == BPR_EINVAL ? (double)NAN : 1;
	if (!(offered > 0))
		return 0;
	return bpr_i_erlang_c(q.servers, offered) * exp(-(q.servers - offered) * minutes / service_minutes);
}
