/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_LIB_CHAINS_H
#define BPR_TESTS_LIB_CHAINS_H
/* Absorbing chains for tests: built arc by arc, random ones, and a dense solver that shares nothing with lib/. */
#include "markov/chain_i.h"
#include <stdlib.h>
#include <string.h>

/* Arcs in any order; made into rows by chain_of. */
struct arcs {
	size_t n, count, capacity;
	struct { size_t from, to; double prob; uint32_t step; } *list;
	double *exit;
	uint32_t *step; /* beside the chain's prob, after chain_of */
};

static inline void *zeroed(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		abort();
	return p;
}

static inline struct arcs arcs_of(size_t n)
{
	return (struct arcs){ .n = n, .exit = zeroed(n, sizeof(double)) };
}

static inline void add_step(struct arcs *a, size_t from, size_t to, double prob, uint32_t step)
{
	if (a->count == a->capacity) {
		a->capacity = a->capacity * 2 + 64;
		a->list = realloc(a->list, a->capacity * sizeof(*a->list));
		if (!a->list)
			abort();
	}
	a->list[a->count].from = from;
	a->list[a->count].to = to;
	a->list[a->count].prob = prob;
	a->list[a->count++].step = step;
}

static inline void add(struct arcs *a, size_t from, size_t to, double prob)
{
	add_step(a, from, to, prob, 0);
}

static inline struct bpr_chain chain_of(struct arcs *a)
{
	struct bpr_chain c = { .n = a->n, .exit = a->exit };

	c.row = zeroed(a->n + 1, sizeof(*c.row));
	c.col = zeroed(a->count, sizeof(*c.col));
	c.prob = zeroed(a->count, sizeof(*c.prob));
	a->step = zeroed(a->count, sizeof(*a->step));
	for (size_t e = 0; e < a->count; e++)
		c.row[a->list[e].from + 1]++;
	for (size_t i = 0; i < a->n; i++)
		c.row[i + 1] += c.row[i];
	for (size_t e = 0; e < a->count; e++) {
		size_t at = c.row[a->list[e].from]++;

		c.col[at] = a->list[e].to;
		c.prob[at] = a->list[e].prob;
		a->step[at] = a->list[e].step;
	}
	for (size_t i = a->n; i > 0; i--)
		c.row[i] = c.row[i - 1];
	c.row[0] = 0;
	return c;
}

static inline void chain_release(struct arcs *a, struct bpr_chain *c)
{
	free(c->row);
	free(c->col);
	free(c->prob);
	free(a->exit);
	free(a->list);
	free(a->step);
}

/* SplitMix64: the same chains on every machine. */
static inline uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

static inline double next_unit(uint64_t *state)
{
	return ((double)(next_random(state) >> 11) + 0.5) / 9007199254740992.0;
}

static inline size_t next_below(uint64_t *state, size_t n)
{
	return (size_t)(next_random(state) % n);
}

/*
 * Every state leads to some others (forwards, backwards, to itself, twice to the same) and has a way forward, so that
 * the last one's exit is reached from everywhere. steps: rewards 0 ... steps on arcs. Probabilities are multiples of
 * 2^-20 with sum 1 exactly, so that 1 - p is exact in a solver that subtracts.
 */
static inline struct arcs random_arcs(size_t n, uint64_t *seed, uint32_t steps)
{
	const double unit = 1.0 / (1 << 20);
	struct arcs a = arcs_of(n);
	double back = next_unit(seed);

	for (size_t i = 0; i < n; i++) {
		size_t out = next_below(seed, 4), target, left = 1 << 20, share;

		for (size_t o = 0; o < out; o++) {
			target = next_unit(seed) < back ? next_below(seed, i + 1) : i + next_below(seed, n - i);
			share = 1 + next_below(seed, left / 2);
			left -= share;
			add_step(&a, i, target, (double)share * unit, steps ? (uint32_t)next_below(seed, steps + 1) : 0);
		}
		share = i + 1 < n ? left : 0;
		if (share > 1 && next_below(seed, 5) == 0)
			share -= 1 + next_below(seed, left / 2);
		if (share)
			add_step(&a, i, i + 1, (double)share * unit, steps ? (uint32_t)next_below(seed, steps + 1) : 0);
		a.exit[i] = (double)(left - share) * unit;
	}
	return a;
}

/* (I - P)^-1 by Gauss and Jordan with pivoting in long double; n x n, row by row. */
static inline double *dense_inverse(const struct bpr_chain *c)
{
	size_t n = c->n, w = 2 * n;
	long double *m = zeroed(n * w, sizeof(*m));
	double *inverse = zeroed(n * n, sizeof(*inverse));

	for (size_t i = 0; i < n; i++) {
		m[i * w + i] = m[i * w + n + i] = 1;
		for (size_t e = c->row[i]; e < c->row[i + 1]; e++)
			m[i * w + c->col[e]] -= (long double)c->prob[e];
	}
	for (size_t k = 0; k < n; k++) {
		size_t best = k;

		for (size_t i = k + 1; i < n; i++)
			if (fabsl(m[i * w + k]) > fabsl(m[best * w + k]))
				best = i;
		for (size_t j = 0; j < w; j++) {
			long double x = m[k * w + j];

			m[k * w + j] = m[best * w + j];
			m[best * w + j] = x;
		}
		for (size_t j = w; j-- > k;)
			m[k * w + j] /= m[k * w + k];
		for (size_t i = 0; i < n; i++) {
			long double f = m[i * w + k];

			if (i != k && f != 0)
				for (size_t j = k; j < w; j++)
					m[i * w + j] -= f * m[k * w + j];
		}
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			inverse[i * n + j] = (double)m[i * w + n + j];
	free(m);
	return inverse;
}
#endif
