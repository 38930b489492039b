/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many cases come while the office takes them, and how irregularly. */
#include "config.h"
#include "queueing/queueing_i.h"
#include "queueing/timeline_i.h"
#include <math.h>

static double scv(const struct bpr_dist *dist)
{
	double mean = bpr_dist_mean(dist);

	return mean > 0 ? bpr_dist_var(dist) / (mean * mean) : 1;
}

/* Of cases that come at fixed times: of the times between them, in a day. */
static double scv_of_times(const struct bpr_demand *d)
{
	double count = 0, sum = 0, square = 0;

	for (size_t i = 1; i < d->time_count; i++) {
		double between = d->times[i] - d->times[i - 1];

		if (floor(d->times[i] / 1440) > floor(d->times[i - 1] / 1440))
			continue;
		count++;
		sum += between;
		square += between * between;
	}
	return count > 0 && sum > 0 ? fmax(0, square * count / (sum * sum) - 1) : 1;
}

void bpr_i_demand(struct bpr_i_net *net)
{
	const struct bpr_demand *d = bpr_flow_demand(net->flow);
	double people = d->group ? bpr_dist_mean(d->group) : 1;

	net->rate = net->days->taking > 0 ? net->days->cases / net->days->taking : 0;
	net->rate_scv = 1;
	net->poisson = true;
	net->hours = !net->days->steady;
	net->hours_known = !net->days->always_open || d->time_count || !(d->per_day_given || d->per_year_given);
	if (d->time_count) {
		net->rate_scv = scv_of_times(d);
		net->poisson = false;
	} else if (!d->per_day_given && !d->per_year_given && d->windows.rule_count) {
		double sum = 0;

		for (size_t i = 0; i < d->windows.rule_count; i++) {
			sum += scv(d->windows.rules[i].dist);
			net->poisson = net->poisson && bpr_i_is_exponential(d->windows.rules[i].dist);
		}
		net->rate_scv = sum / (double)d->windows.rule_count;
	} else if (!d->per_day_given && !d->per_year_given && d->arrivals) {
		net->rate_scv = scv(d->arrivals);
		net->poisson = bpr_i_is_exponential(d->arrivals);
	}
	/* People who come together: the index of dispersion of their number (a compound renewal process). */
	if (d->group && people > 0) {
		net->rate_scv = people * net->rate_scv + bpr_dist_var(d->group) / people;
		net->poisson = false;
	}
}
