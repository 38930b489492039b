/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values to be fitted: sorted, their grid where they are rounded, likelihood and distance of a distribution. */
#include "config.h"
#include "mine/fit_i.h"
#include "base/alloc_i.h"
#include <gsl/gsl_sort.h>
#include <math.h>

/* Likelihood of what cannot be: far below all else, and finite. */
#define IMPOSSIBLE (-1e4)

/* Differences of large numbers: what differs by less than they can tell is equal. */
#define EQUAL 1e-9

static void summarise(struct bpr_sample *s)
{
	double sum = 0, logs = 0, squares = 0;

	for (size_t i = 0; i < s->count; i++) {
		sum += s->values[i];
		logs += s->values[i] > 0 ? log(s->values[i]) : 0;
		s->zeros += !(s->values[i] > 0);
	}
	s->mean = sum / (double)s->count;
	s->log_mean = logs / (double)s->count;
	for (size_t i = 0; i < s->count; i++)
		squares += (s->values[i] - s->mean) * (s->values[i] - s->mean);
	s->sd = sqrt(squares / (double)s->count);
	s->min = s->values[0];
	s->max = s->values[s->count - 1];
	s->max = s->max - s->min > EQUAL * s->max ? s->max : s->min;
}

static bool on_grid(const struct bpr_sample *s, double grid)
{
	for (size_t i = 0; i < s->count; i++) {
		double steps = s->values[i] / grid;

		if (fabs(steps - nearbyint(steps)) > 1e-6 + 1e-12 * steps)
			return false;
	}
	return true;
}

/* What clocks and people round to, in minutes: days to milliseconds. 0: nothing of it. */
static double find_grid(const struct bpr_sample *s)
{
	static const double grids[] = { 1440, 720, 480, 240, 120, 60, 30, 20, 15, 10, 5, 2, 1, 0.5, 1 / 6., 1 / 12., 1 / 30., 1 / 60., 1 / 600., 1 / 60000. };

	for (size_t i = 0; i < sizeof(grids) / sizeof(grids[0]); i++)
		if (on_grid(s, grids[i]))
			return grids[i];
	return 0;
}

static size_t count_cells(const struct bpr_sample *s, double grid)
{
	size_t cells = 0;
	double last = -1;

	for (size_t i = 0; i < s->count; i++) {
		double cell = nearbyint(s->values[i] / grid);

		cells += cell > last;
		last = cell > last ? cell : last;
	}
	return cells;
}

bool bpr_i_sample_group(struct bpr_sample *s)
{
	size_t n = 0;

	while (count_cells(s, s->grid) > BPR_FIT_CELLS)
		s->grid *= 2;
	s->cell_count = count_cells(s, s->grid);
	s->cells = bpr_i_calloc(s->cell_count, sizeof(*s->cells));
	s->weights = bpr_i_calloc(s->cell_count, sizeof(*s->weights));
	if (!s->cells || !s->weights)
		return false;
	for (size_t i = 0; i < s->count; i++) {
		double middle = nearbyint(s->values[i] / s->grid) * s->grid;

		if (!n || middle > s->cells[n - 1])
			s->cells[n++] = middle;
		s->weights[n - 1] += 1;
	}
	return true;
}

/* Middle values of equal parts. */
static bool thin_out(struct bpr_sample *s)
{
	s->thin_count = s->count < BPR_FIT_THIN ? s->count : BPR_FIT_THIN;
	s->thin = bpr_i_calloc(s->thin_count, sizeof(*s->thin));
	for (size_t i = 0; s->thin && i < s->thin_count; i++)
		s->thin[i] = s->values[(size_t)(((double)i + 0.5) * (double)s->count / (double)s->thin_count)];
	return s->thin != NULL;
}

bpr_status bpr_i_sample_new(double *values, size_t count, struct bpr_sample *out)
{
	struct bpr_sample *s = out;
	size_t distinct = 1;

	*out = (struct bpr_sample){ .values = values, .count = count };
	if (!count)
		return BPR_EINVAL;
	for (size_t i = 0; i < count; i++)
		if (!(values[i] >= 0) || !isfinite(values[i]))
			return BPR_EINVAL;
	gsl_sort(values, 1, count);
	summarise(s);
	for (size_t i = 1; i < count; i++)
		distinct += values[i] > values[i - 1];
	if (!(s->max > s->min))
		return BPR_OK;
	if (s->zeros || 2 * distinct < count) {
		s->grid = find_grid(s);
		if (s->zeros && !(s->grid > 0))
			s->grid = s->sd / 100; /* no clock; zeros stand for what is less than that */
	}
	if ((s->grid > 0 && !bpr_i_sample_group(s)) || !thin_out(s)) {
		bpr_i_sample_release(s);
		return BPR_ENOMEM;
	}
	return BPR_OK;
}

void bpr_i_sample_release(struct bpr_sample *sample)
{
	bpr_i_free(sample->cells);
	bpr_i_free(sample->weights);
	bpr_i_free(sample->thin);
	sample->cells = sample->weights = sample->thin = NULL;
}

double bpr_i_cell_high(const struct bpr_sample *sample, double x)
{
	return x + sample->grid / 2;
}

double bpr_i_cell_low(const struct bpr_sample *sample, double x)
{
	return x > sample->grid / 2 ? x - sample->grid / 2 : -1;
}

/* The smaller tail says it exactly. */
static double between(const struct bpr_dist *dist, double low, double high)
{
	double below = bpr_i_dist_below(dist, low);

	if (below < 0.5)
		return bpr_i_dist_below(dist, high) - below;
	return bpr_i_dist_above(dist, low) - bpr_i_dist_above(dist, high);
}

double bpr_i_fit_log_likelihood(const struct bpr_sample *sample, const struct bpr_dist *dist)
{
	double sum = 0;

	if (!sample->cells) {
		for (size_t i = 0; i < sample->count; i++) {
			double density = bpr_i_dist_log_density(dist, sample->values[i]);

			sum += density > IMPOSSIBLE ? density : IMPOSSIBLE;
		}
		return sum;
	}
	for (size_t i = 0; i < sample->cell_count; i++) {
		double p = between(dist, bpr_i_cell_low(sample, sample->cells[i]), bpr_i_cell_high(sample, sample->cells[i]));

		sum += sample->weights[i] * (p > 0 ? log(p) : IMPOSSIBLE);
	}
	return sum;
}

static double gap(double most, double a, double b)
{
	return fabs(a - b) > most ? fabs(a - b) : most;
}

double bpr_i_fit_distance(const struct bpr_sample *sample, const struct bpr_dist *dist)
{
	double n = (double)sample->count, most = 0, seen = 0;

	if (!sample->cells) {
		for (size_t i = 0; i < sample->count; i++) {
			double below = bpr_i_dist_below(dist, sample->values[i]);

			most = gap(gap(most, below, (double)i / n), below, ((double)i + 1) / n);
		}
		return most;
	}
	for (size_t i = 0; i < sample->cell_count; i++) {
		most = gap(most, seen / n, bpr_i_dist_below(dist, bpr_i_cell_low(sample, sample->cells[i])));
		seen += sample->weights[i];
		most = gap(most, seen / n, bpr_i_dist_below(dist, bpr_i_cell_high(sample, sample->cells[i])));
	}
	return most;
}
