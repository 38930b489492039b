/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draws of durations. Exponential and normal by ziggurat (Marsaglia & Tsang, J. Stat. Softw. 5(8), 2000) with numbers of 53 bits
 * and layer, sign and place taken from different bits of one number (Doornik, "An improved ziggurat method", 2005): an exponential
 * draw costs about 2 ns where an inverse by log() costs ten times as much. Everything that has no fast way comes from rng.c.
 */
#include "config.h"
#include "simulate/draw_i.h"
#include <math.h>

#define EXP_TAIL 7.697117470131049714
#define NORMAL_TAIL 3.6541528853610087716
/* Sums of so many exponential draws are faster than a gamma draw. */
#define MAX_PHASES 12

double bpr_i_draw_exp_rest(struct bpr_rng *rng, uint64_t bits)
{
	double beyond = 0; /* without memory: behind the tail's begin everything starts again */

	for (;;) {
		unsigned i = bits & 255;
		double x = (double)(int64_t)(bits >> 11) * bpr_i_exp_layer[i].width;

		if (bits >> 11 < bpr_i_exp_layer[i].inside)
			return beyond + x;
		if (i == 0) {
			beyond += EXP_TAIL;
		} else {
			double low = bpr_i_exp_height[i];

			if (low + bpr_i_draw_uniform(rng) * (bpr_i_exp_height[i + 1] - low) < exp(-x))
				return beyond + x;
		}
		bits = bpr_i_draw_next(rng);
	}
}

/* Marsaglia's tail: exponential draws until one lies under the curve. */
static double normal_tail(struct bpr_rng *rng)
{
	double x, y;

	do {
		x = bpr_i_draw_exp(rng) / NORMAL_TAIL;
		y = bpr_i_draw_exp(rng);
	} while (y + y < x * x);
	return NORMAL_TAIL + x;
}

double bpr_i_draw_normal_rest(struct bpr_rng *rng, uint64_t bits)
{
	for (;;) {
		unsigned i = bits & 255;
		double x = (double)(int64_t)(bits >> 11) * bpr_i_normal_layer[i].width;
		bool take = bits >> 11 < bpr_i_normal_layer[i].inside;

		if (!take && i == 0) {
			x = normal_tail(rng);
			take = true;
		} else if (!take) {
			double low = bpr_i_normal_height[i];

			take = low + bpr_i_draw_uniform(rng) * (bpr_i_normal_height[i + 1] - low) < exp(-x * x / 2);
		}
		if (take)
			return bits & 256 ? -x : x;
		bits = bpr_i_draw_next(rng);
	}
}

struct run_sampler bpr_i_run_sampler(const struct bpr_dist *dist)
{
	struct run_sampler s = { dist->kind, dist->a, dist->b, dist->c, dist, dist->working_days };

	if (dist->kind == BPR_DIST_LOGNORM && dist->a > 0) {
		double ratio = dist->b / dist->a;
		double log_var = log1p(ratio * ratio);

		s.a = log(dist->a) - log_var / 2;
		s.b = sqrt(log_var);
	}
	if (dist->kind == BPR_DIST_ERLANG)
		s.b = dist->b / dist->a;
	if (dist->kind == BPR_DIST_WEIBULL)
		s.a = 1 / dist->a;
	return s;
}

static double draw_tri(const struct run_sampler *s, double u)
{
	double width = s->c - s->a;

	if (!(width > 0))
		return s->a;
	if (u * width < s->b - s->a)
		return s->a + sqrt(u * width * (s->b - s->a));
	return s->c - sqrt((1 - u) * width * (s->c - s->b));
}

static double draw_erlang(const struct run_sampler *s, struct bpr_rng *rng)
{
	double sum = 0;

	for (double k = 0; k < s->a; k++)
		sum += bpr_i_draw_exp(rng);
	return sum * s->b;
}

double bpr_i_run_draw(const struct run_sampler *sampler, struct bpr_rng *rng)
{
	double x;

	switch (sampler->kind) {
	case BPR_DIST_CONSTANT: return sampler->a;
	case BPR_DIST_EXP: return sampler->a * bpr_i_draw_exp(rng);
	case BPR_DIST_UNIF: return sampler->a + (sampler->b - sampler->a) * bpr_i_draw_uniform(rng);
	case BPR_DIST_TRI: return draw_tri(sampler, bpr_i_draw_uniform(rng));
	case BPR_DIST_NORM:
		x = sampler->a + sampler->b * bpr_i_draw_normal(rng);
		return x > 0 ? x : 0;
	case BPR_DIST_LOGNORM:
		if (!(sampler->dist->a > 0))
			return 0;
		return exp(sampler->a + sampler->b * bpr_i_draw_normal(rng));
	case BPR_DIST_WEIBULL: return sampler->b * pow(bpr_i_draw_exp(rng), sampler->a);
	case BPR_DIST_ERLANG:
		if (sampler->a <= MAX_PHASES)
			return draw_erlang(sampler, rng);
		break;
	case BPR_DIST_GAMMA:
	case BPR_DIST_PERT:
	case BPR_DIST_EMP:
		break;
	}
	return bpr_i_dist_draw(sampler->dist, rng);
}
