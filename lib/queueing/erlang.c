/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Erlang's formulas (A. K. Erlang, 1917), by the recursion B(n) = a B(n-1) / (n + a B(n-1)), which adds and divides only and
 * forgets its beginning: an error of B(n-1) shrinks by n / (n + a B(n-1)). So the recursion starts 9 standard deviations below the
 * load, where the rest of the sum is lost in rounding, and stops where B is 0 for a double: a million servers cost as much as some
 * ten thousand. Between whole numbers of servers it starts from Rapp's parabola (Ericsson Technics 20, 1964).
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

#define NOTHING 1e-300 /* what follows would be rounded to nothing */

/* B at x in [0, 2): exact at 0 and 1. */
static double rapp(double x, double a)
{
	double d = (1 + a) * (1 + a) + a;

	return 1 - x * (a + 2) / d + x * x / ((1 + a) * d);
}

double bpr_i_erlang_b(double servers, double offered)
{
	double fraction = servers - floor(servers);
	double start = fmin(servers, offered) - 9 * sqrt(offered);
	double n = 0, b;

	if (!(offered > 0))
		return servers > 0 ? 0 : 1;
	if (start > 1000) {
		n = floor(start);
		b = (offered - n - fraction) / offered;
	} else {
		b = rapp(fraction, offered);
	}
	for (n += fraction + 1; n <= servers && b > NOTHING; n++)
		b = offered * b / (n + offered * b);
	return b > NOTHING ? b : 0;
}

double bpr_i_erlang_c(double servers, double offered)
{
	double b;

	if (!(offered < servers))
		return 1;
	b = bpr_i_erlang_b(servers, offered);
	return servers * b / (servers - offered + offered * b);
}

/* From dB/da = B (c/a - 1 + B), which holds for every real c. */
double bpr_i_erlang_c_slope(double servers, double offered)
{
	double b, slope, below;

	if (!(offered > 0) || !(offered < servers))
		return 0;
	b = bpr_i_erlang_b(servers, offered);
	slope = b * (servers / offered - 1 + b);
	below = servers - offered + offered * b;
	return servers * (slope * (servers - offered) + b * (1 - b)) / (below * below);
}

double bpr_erlang_b(size_t servers, double offered)
{
	return offered >= 0 ? bpr_i_erlang_b((double)servers, offered) : (double)NAN;
}

double bpr_erlang_c(size_t servers, double offered)
{
	return offered >= 0 ? bpr_i_erlang_c((double)servers, offered) : (double)NAN;
}
