/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_DIST_I_H
#define BPR_FLOW_DIST_I_H
/* Sampling of durations, and the random streams. */
#include <bpr/dist.h>
#include <stdint.h>

/* xoshiro256++ with a 64-bit seed through SplitMix64; a stream is a function of its four words, never of threads or time. */
struct bpr_rng { uint64_t s[4]; };
/* One step of SplitMix64: moves *state on and returns the next number. */
uint64_t bpr_i_splitmix(uint64_t *state);
void bpr_i_rng_seed(struct bpr_rng *rng, uint64_t seed, uint64_t replication, uint64_t element, uint64_t purpose);
uint64_t bpr_i_rng_next(struct bpr_rng *rng);
/* [0, 1), 53 bits. */
double bpr_i_rng_uniform(struct bpr_rng *rng);
/* One draw, minutes, >= 0, finite. NULL gives 0. */
double bpr_i_dist_draw(const struct bpr_dist *dist, struct bpr_rng *rng);
/* NULL where parameters are in range, else what would be right, in symbols that need no translation: "MEAN > 0, SD >= 0". */
const char *bpr_i_dist_check(const struct bpr_dist *dist);
#endif
