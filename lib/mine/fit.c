/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds by AIC, how good their fit is, and which one goes into a flow. */
#include "config.h"
#include "mine/fit_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include <bpr/init.h>
#include <math.h>
#include <string.h>

enum { ROUNDS = 199, BOOT_VALUES = 200, FEW_VALUES = 10, TRIED = 3 };

/* What makes distances of samples of different sizes comparable (Stephens 1970). */
static double scaled(double distance, size_t count)
{
	double root = sqrt((double)count);

	return distance * (root + 0.12 + 0.11 / root);
}

/* Distance of a drawn sample from its own fit, scaled; rounded as the values were. Negative: it could not be fitted; false: out of memory. */
static bool drawn_distance(const struct bpr_sample *sample, enum bpr_dist_kind kind, double *values, size_t count, double *distance)
{
	struct bpr_sample drawn, rounded;
	struct bpr_dist dist;
	bpr_status status = bpr_i_sample_new(values, count, &drawn);

	*distance = -1;
	if (status != BPR_OK)
		return status != BPR_ENOMEM;
	if (bpr_i_fit_kind(&drawn, kind, &dist)) {
		rounded = drawn;
		if (sample->cells) {
			rounded.grid = sample->grid;
			rounded.cells = rounded.weights = NULL;
			if (!bpr_i_sample_group(&rounded)) {
				bpr_i_free(rounded.cells);
				bpr_i_free(rounded.weights);
				bpr_i_sample_release(&drawn);
				return false;
			}
		}
		*distance = scaled(bpr_i_fit_distance(&rounded, &dist), count);
		if (sample->cells) {
			bpr_i_free(rounded.cells);
			bpr_i_free(rounded.weights);
		}
	}
	bpr_i_sample_release(&drawn);
	return true;
}

double bpr_i_fit_bootstrap(const struct bpr_sample *sample, const struct bpr_fit *fit, size_t rounds, unsigned long long seed)
{
	size_t count = sample->count < BOOT_VALUES ? sample->count : BOOT_VALUES, greater = 0, done = 0;
	double observed = scaled(fit->ks, sample->count), values[BOOT_VALUES];
	struct bpr_rng rng;

	for (size_t round = 0; round < rounds; round++) {
		double distance;

		bpr_i_rng_seed(&rng, seed, round, (uint64_t)fit->dist.kind, 0x666974); /* "fit" */
		for (size_t i = 0; i < count; i++)
			values[i] = bpr_i_dist_draw(&fit->dist, &rng);
		if (!drawn_distance(sample, fit->dist.kind, values, count, &distance))
			return -1;
		done += distance >= 0;
		greater += distance >= observed;
	}
	return ((double)greater + 1) / ((double)done + 1);
}

static void put_in_order(struct bpr_fit *fits, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k > 0 && fits[k].aic < fits[k - 1].aic; k--) {
			struct bpr_fit other = fits[k];

			fits[k] = fits[k - 1];
			fits[k - 1] = other;
		}
}

bpr_status bpr_i_fit(const struct bpr_sample *sample, size_t rounds, unsigned long long seed, struct bpr_fit fits[BPR_FITS_MAX],
		     size_t *fit_count)
{
	static const enum bpr_dist_kind kinds[] = { BPR_DIST_EXP,   BPR_DIST_UNIF,   BPR_DIST_TRI,     BPR_DIST_NORM, BPR_DIST_LOGNORM,
						    BPR_DIST_GAMMA, BPR_DIST_ERLANG, BPR_DIST_WEIBULL, BPR_DIST_PERT };

	*fit_count = 0;
	if (!(sample->max > sample->min)) {
		fits[(*fit_count)++] = (struct bpr_fit){ .dist = { .kind = BPR_DIST_CONSTANT, .a = sample->mean }, .aic = 2, .parameters = 1, .ks_p = 1 };
		return BPR_OK;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct bpr_fit *fit = &fits[*fit_count];

		*fit = (struct bpr_fit){ .ks_p = -1, .parameters = bpr_i_fit_parameters(kinds[i]) };
		if (!bpr_i_fit_kind(sample, kinds[i], &fit->dist))
			continue;
		fit->log_likelihood = bpr_i_fit_log_likelihood(sample, &fit->dist);
		fit->aic = 2 * (double)fit->parameters - 2 * fit->log_likelihood;
		fit->ks = bpr_i_fit_distance(sample, &fit->dist);
		*fit_count += isfinite(fit->aic) && isfinite(fit->ks);
	}
	put_in_order(fits, *fit_count);
	for (size_t i = 0; rounds && i < *fit_count; i++) {
		fits[i].ks_p = bpr_i_fit_bootstrap(sample, &fits[i], rounds, seed);
		if (fits[i].ks_p < 0)
			return BPR_ENOMEM;
	}
	return BPR_OK;
}

bpr_status bpr_fit(double *values, size_t count, unsigned long long seed, struct bpr_fit fits[BPR_FITS_MAX], size_t *fit_count,
		   struct bpr_error *err)
{
	struct bpr_sample sample;
	bpr_status status;

	bpr_init();
	*fit_count = 0;
	status = bpr_i_sample_new(values, count, &sample);
	if (status == BPR_EINVAL)
		return bpr_i_fail(err, status, BPR_I_L506, NULL, 0, NULL, NULL);
	if (status == BPR_OK)
		status = bpr_i_fit(&sample, ROUNDS, seed, fits, fit_count);
	if (status == BPR_OK && *fit_count && fits[0].dist.kind != BPR_DIST_CONSTANT) { /* as measured: no parameters, no likelihood */
		fits[(*fit_count)++] = (struct bpr_fit){ .dist = { .kind = BPR_DIST_EMP, .values = values, .value_count = count },
							 .log_likelihood = -(double)INFINITY, .aic = (double)INFINITY, .ks_p = 1 };
	}
	bpr_i_sample_release(&sample);
	return status == BPR_OK ? status : bpr_i_nomem(err);
}

/* ---- what goes into a flow ---- */

/* Six digits: more than any clock knows. */
static double short_of(double x)
{
	char text[32];
	struct bpr_buf buf = BPR_BUF_ON(text);
	double out = x;

	bpr_i_buf_printf(&buf, "%.6g", x);
	return bpr_i_num_parse(text, buf.length, &out) ? out : x;
}

static void shorten(struct bpr_chosen *out)
{
	struct bpr_dist dist = out->dist;

	dist.a = short_of(dist.a);
	dist.b = short_of(dist.b);
	dist.c = short_of(dist.c);
	if (!bpr_i_dist_check(&dist))
		out->dist = dist;
	for (size_t i = 0; i < dist.value_count; i++)
		out->values[i] = short_of(out->values[i]);
}

/* Means of equal parts of the sorted values, so that their mean is that of all; a value that two parts share is divided. */
static void take_measured(const struct bpr_sample *sample, size_t most, struct bpr_chosen *out)
{
	size_t parts = sample->count < most ? sample->count : most;
	double size = (double)sample->count / (double)parts;

	for (size_t part = 0; part < parts; part++) {
		double from = (double)part * size, to = from + size, sum = 0;

		for (size_t i = (size_t)from; i < sample->count && (double)i < to; i++) {
			double low = (double)i > from ? (double)i : from, high = (double)i + 1 < to ? (double)i + 1 : to;

			sum += (high - low) * sample->values[i];
		}
		out->values[part] = sum / size;
	}
	for (size_t i = 1; i < parts; i++) /* rounding errors of equal values */
		out->values[i] = out->values[i] < out->values[i - 1] ? out->values[i - 1] : out->values[i];
	out->dist = (struct bpr_dist){ .kind = BPR_DIST_EMP, .values = out->values, .value_count = parts };
}

static bool mean_kept(const struct bpr_sample *sample, const struct bpr_dist *dist)
{
	double off = fabs(bpr_dist_mean(dist) - sample->mean);

	return off <= 0.02 * sample->mean || off <= 3 * sample->sd / sqrt((double)sample->count);
}

static bpr_status choose_kind(const struct bpr_sample *sample, unsigned long long seed, struct bpr_chosen *out)
{
	struct bpr_fit fits[BPR_FITS_MAX];
	size_t count, tried = 0;
	bpr_status status = bpr_i_fit(sample, 0, seed, fits, &count);

	for (size_t i = 0; status == BPR_OK && i < count && tried < TRIED && !out->fitted; i++) {
		if (!mean_kept(sample, &fits[i].dist))
			continue;
		tried++;
		fits[i].ks_p = bpr_i_fit_bootstrap(sample, &fits[i], ROUNDS, seed);
		if (fits[i].ks_p < 0)
			return BPR_ENOMEM;
		if (fits[i].ks_p >= 0.05 || fits[i].ks <= 0.05) {
			out->fitted = true;
			out->dist = fits[i].dist;
			out->ks = fits[i].ks;
			out->ks_p = fits[i].ks_p;
		}
	}
	return status;
}

bpr_status bpr_i_fit_choose(double *values, size_t count, enum bpr_durations how, size_t most, unsigned long long seed,
			    struct bpr_chosen *out)
{
	struct bpr_sample sample;
	bpr_status status;

	bpr_init();
	memset(out, 0, sizeof(*out));
	status = bpr_i_sample_new(values, count, &sample);
	if (status != BPR_OK)
		return status;
	most = most < 1 ? 1 : most;
	most = most > sizeof(out->values) / sizeof(out->values[0]) ? sizeof(out->values) / sizeof(out->values[0]) : most;
	if (how == BPR_DURATIONS_MEAN || !(sample.max > sample.min)) {
		out->dist = (struct bpr_dist){ .kind = BPR_DIST_CONSTANT, .a = sample.mean };
	} else {
		if (how == BPR_DURATIONS_FIT && count >= FEW_VALUES)
			status = choose_kind(&sample, seed, out);
		if (status == BPR_OK && !out->fitted)
			take_measured(&sample, most, out);
	}
	shorten(out);
	bpr_i_sample_release(&sample);
	return status;
}
