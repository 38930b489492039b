/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random streams and draws. xoshiro256++ (Blackman & Vigna, ACM Trans. Math. Softw. 47(4), 2021), its state filled by
 * SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): small, so that every element of every replication has a stream of its own.
 */
#include "config.h"
#include "flow/dist_i.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

uint64_t bpr_i_splitmix(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

void bpr_i_rng_seed(struct bpr_rng *rng, uint64_t seed, uint64_t replication, uint64_t element, uint64_t purpose)
{
	const uint64_t words[] = { replication, element, purpose };
	uint64_t state = seed;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		/* Mixed before the next word enters, so that (1, 2) and (2, 1) are far apart. */
		state = bpr_i_splitmix(&state);
		state ^= words[i] * 0xd1342543de82ef95u + 0x2545f4914f6cdd1du * (i + 1);
	}
	for (size_t i = 0; i < 4; i++)
		rng->s[i] = bpr_i_splitmix(&state);
}

static uint64_t rotate(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

uint64_t bpr_i_rng_next(struct bpr_rng *rng)
{
	uint64_t *s = rng->s;
	uint64_t result = rotate(s[0] + s[3], 23) + s[0];
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

double bpr_i_rng_uniform(struct bpr_rng *rng)
{
	return (double)(bpr_i_rng_next(rng) >> 11) * 0x1p-53;
}

/* (0, 1): the middle of 2^52 cells, so that neither a logarithm nor an inverse meets an end. */
static double uniform_open(struct bpr_rng *rng)
{
	return ((double)(bpr_i_rng_next(rng) >> 12) + 0.5) * 0x1p-52;
}

/* The stream as GSL's samplers want it. */
static void gsl_set(void *state, unsigned long seed)
{
	bpr_i_rng_seed(state, seed, 0, 0, 0);
}

static unsigned long gsl_get(void *state)
{
	return (unsigned long)(bpr_i_rng_next(state) >> 32);
}

static double gsl_get_double(void *state)
{
	return bpr_i_rng_uniform(state);
}

static const gsl_rng_type stream_type = { "xoshiro256++", 0xffffffffu, 0, sizeof(struct bpr_rng), gsl_set, gsl_get, gsl_get_double };

/* Triangle: inverse of its two parabolas. */
static double draw_tri(const struct bpr_dist *dist, double u)
{
	double width = dist->c - dist->a;
	double split;

	if (!(width > 0))
		return dist->a;
	split = (dist->b - dist->a) / width;
	if (u < split)
		return dist->a + sqrt(u * width * (dist->b - dist->a));
	return dist->c - sqrt((1 - u) * width * (dist->c - dist->b));
}

static double draw_lognorm(const struct bpr_dist *dist, struct bpr_rng *rng)
{
	double ratio = dist->b / dist->a;
	double log_var = log1p(ratio * ratio);

	return exp(log(dist->a) - log_var / 2 + sqrt(log_var) * gsl_cdf_ugaussian_Pinv(uniform_open(rng)));
}

/* Gamma with this mean and deviation; GSL takes shape and scale. */
static double draw_gamma(double mean, double sd, struct bpr_rng *rng)
{
	gsl_rng stream = { &stream_type, rng };

	return gsl_ran_gamma(&stream, mean / sd * (mean / sd), sd / mean * sd);
}

static double draw_pert(const struct bpr_dist *dist, struct bpr_rng *rng)
{
	gsl_rng stream = { &stream_type, rng };
	double width = dist->c - dist->a;

	if (!(width > 0))
		return dist->a;
	return dist->a + width * gsl_ran_beta(&stream, 1 + 4 * (dist->b - dist->a) / width, 1 + 4 * (dist->c - dist->b) / width);
}

static double draw_emp(const struct bpr_dist *dist, struct bpr_rng *rng)
{
	size_t i = (size_t)(bpr_i_rng_uniform(rng) * (double)dist->value_count);

	if (!dist->value_count)
		return 0;
	return dist->values[i < dist->value_count ? i : dist->value_count - 1];
}

static double draw(const struct bpr_dist *dist, struct bpr_rng *rng)
{
	switch (dist->kind) {
	case BPR_DIST_CONSTANT: return dist->a;
	case BPR_DIST_EXP: return -dist->a * log(uniform_open(rng));
	case BPR_DIST_UNIF: return dist->a + (dist->b - dist->a) * bpr_i_rng_uniform(rng);
	case BPR_DIST_TRI: return draw_tri(dist, bpr_i_rng_uniform(rng));
	case BPR_DIST_NORM: return dist->a + dist->b * gsl_cdf_ugaussian_Pinv(uniform_open(rng));
	case BPR_DIST_LOGNORM: return dist->b > 0 ? draw_lognorm(dist, rng) : dist->a;
	case BPR_DIST_GAMMA: return dist->b > 0 ? draw_gamma(dist->a, dist->b, rng) : dist->a;
	case BPR_DIST_ERLANG: return dist->b > 0 ? draw_gamma(dist->b, dist->b / sqrt(dist->a), rng) : 0;
	case BPR_DIST_WEIBULL: return dist->b * pow(-log(uniform_open(rng)), 1 / dist->a);
	case BPR_DIST_PERT: return draw_pert(dist, rng);
	case BPR_DIST_EMP: return draw_emp(dist, rng);
	}
	return 0;
}

double bpr_i_dist_draw(const struct bpr_dist *dist, struct bpr_rng *rng)
{
	double x = dist ? draw(dist, rng) : 0;

	return x > 0 ? x : 0; /* the cut of a normal; never a NaN */
}
