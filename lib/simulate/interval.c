/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 95 % intervals by Student t over replications. */
#include "config.h"
#include "simulate/result_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

double bpr_i_student(size_t count)
{
	return gsl_cdf_tdist_Pinv(0.975, (double)(count - 1));
}

double bpr_i_half_width(const double *values, size_t count, double *mean)
{
	double sum = 0, squares = 0;

	for (size_t i = 0; i < count; i++)
		sum += values[i];
	*mean = count ? sum / (double)count : 0;
	if (count < 2)
		return 0;
	for (size_t i = 0; i < count; i++)
		squares += (values[i] - *mean) * (values[i] - *mean);
	return bpr_i_student(count) * sqrt(squares / (double)(count - 1) / (double)count);
}

void bpr_i_ratio_add(struct ratio *r, double y, double x)
{
	double off_y = y - r->y, off_x = x - r->x;

	r->n += 1;
	r->y += off_y / r->n;
	r->x += off_x / r->n;
	r->yy += off_y * (y - r->y);
	r->xy += off_y * (x - r->x);
	r->xx += off_x * (x - r->x);
}

struct bpr_sim_mean bpr_i_ratio_mean(const struct ratio *r)
{
	struct bpr_sim_mean m = { false, 0, false, 0, 0 };
	double squares, half;

	if (!(r->x > 0))
		return m;
	m.known = true;
	m.mean = m.ci95_low = m.ci95_high = r->y / r->x;
	if (r->n < 2)
		return m;
	squares = r->yy - 2 * m.mean * r->xy + m.mean * m.mean * r->xx;
	half = squares > 0 ? bpr_i_student((size_t)r->n) * sqrt(squares / (r->n - 1) / r->n) / r->x : 0;
	m.ci_known = true;
	m.ci95_low -= half;
	m.ci95_high += half;
	return m;
}
