/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_DRAW_I_H
#define BPR_SIMULATE_DRAW_I_H
/*
 * Draws of the engine, in line. The stream is that of dist_i.h, number by number; exponential and normal durations come from
 * ziggurats of 256 layers (draw.c), which look at one number of the stream in 99 of 100 draws and call neither log() nor exp().
 */
#include "simulate/plan_i.h"
#include "flow/dist_i.h"

/* A layer: numbers of 53 bits below `inside` lie in the part that is under the curve for sure; times `width` they are the value. */
struct run_layer { uint64_t inside; double width; };
extern const struct run_layer bpr_i_exp_layer[256], bpr_i_normal_layer[256];
extern const double bpr_i_exp_height[257], bpr_i_normal_height[257];

static inline uint64_t bpr_i_draw_rotate(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

/* bpr_i_rng_next(), in line. */
static inline uint64_t bpr_i_draw_next(struct bpr_rng *rng)
{
	uint64_t *s = rng->s;
	uint64_t result = bpr_i_draw_rotate(s[0] + s[3], 23) + s[0];
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = bpr_i_draw_rotate(s[3], 45);
	return result;
}

/* [0, 1) */
static inline double bpr_i_draw_uniform(struct bpr_rng *rng)
{
	return (double)(bpr_i_draw_next(rng) >> 11) * 0x1p-53;
}

/* The rare parts: edge of a layer, or the tail. draw.c */
double bpr_i_draw_exp_rest(struct bpr_rng *rng, uint64_t bits);
double bpr_i_draw_normal_rest(struct bpr_rng *rng, uint64_t bits);

/* Mean 1. */
static inline double bpr_i_draw_exp(struct bpr_rng *rng)
{
	uint64_t bits = bpr_i_draw_next(rng);
	const struct run_layer *layer = &bpr_i_exp_layer[bits & 255];

	if (__builtin_expect(bits >> 11 < layer->inside, 1))
		return (double)(int64_t)(bits >> 11) * layer->width;
	return bpr_i_draw_exp_rest(rng, bits);
}

/* Mean 0, deviation 1; the sign is bit 8. */
static inline double bpr_i_draw_normal(struct bpr_rng *rng)
{
	uint64_t bits = bpr_i_draw_next(rng);
	const struct run_layer *layer = &bpr_i_normal_layer[bits & 255];
	double x = (double)(int64_t)(bits >> 11) * layer->width;

	if (__builtin_expect(bits >> 11 < layer->inside, 1))
		return bits & 256 ? -x : x;
	return bpr_i_draw_normal_rest(rng, bits);
}

double bpr_i_run_draw(const struct run_sampler *sampler, struct bpr_rng *rng);

static inline double bpr_i_draw(const struct run_sampler *sampler, struct bpr_rng *rng)
{
	if (sampler->kind == BPR_DIST_EXP)
		return sampler->a * bpr_i_draw_exp(rng);
	return sampler->kind == BPR_DIST_CONSTANT ? sampler->a : bpr_i_run_draw(sampler, rng);
}
#endif
