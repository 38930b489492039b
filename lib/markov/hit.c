/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Probability of ever entering a set of states: the set is made absorbing, and what flows into it is counted.
 *
 * Components without states of the set keep their factor. In others the elimination is repeated, in the same order and in
 * the same lists, with the rows of the set replaced by an exit of 1: making states absorbing only empties
 * places of the pattern. Several sets go through the chain side by side.
 */
#include "config.h"
#include "markov/factor_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"

/* Sets that go through the chain together: 64 MB for 1,000,000 states. */
enum { SIDE_BY_SIDE = 8 };

struct hit {
	const bpr_factor *f;
	const uint64_t *sets;
	size_t bit, k;          /* of the sets, those of bits bit ... bit + k - 1 */
	double *x;              /* [n][k] flow into each state */
	double *probability;    /* [k] of these */
	double *entered;        /* NULL or [n][stride], at the first of these */
	size_t stride;
	double *y, *leave;      /* room for one component: [states][k], [states] */
	struct bpr_values own;  /* numbers of a component that was eliminated anew */
};

static void absorb(struct hit *h, size_t state, size_t j, double mass)
{
	h->probability[j] += mass;
	if (h->entered)
		h->entered[state * h->stride + j] = mass;
}

static bool in_set(const struct hit *h, size_t state, size_t j)
{
	return h->sets[state] >> (h->bit + j) & 1;
}

static void pass_single(struct hit *h, size_t component)
{
	size_t at = h->f->first[component], state = h->f->order[at];
	double *row = h->x + state * h->k;

	for (size_t j = 0; j < h->k; j++) {
		if (in_set(h, state, j)) {
			absorb(h, state, j, row[j]);
			row[j] = 0;
		} else {
			row[j] = h->f->pivot[at] > 0 ? row[j] / h->f->pivot[at] : 0;
		}
	}
}

/*
 * One component, columns `count` of them. set 0: no state of it is in their sets. A component that is never left
 * swallows what comes in.
 */
static bpr_status pass_columns(struct hit *h, size_t component, const size_t *column, size_t count, uint64_t set)
{
	const bpr_factor *f = h->f;
	const size_t *states = f->order + f->first[component];
	size_t size = f->first[component + 1] - f->first[component];
	struct bpr_values v = h->own;
	bool stuck = false;

	if (!set && f->upper)
		v = bpr_i_factor_values(f, component);
	else
		stuck = bpr_i_gth(f, component, h->sets, set, h->leave, v) != BPR_NONE;
	if (stuck && set)
		return BPR_ENOCONV;
	for (size_t i = 0; i < size; i++)
		for (size_t j = 0; j < count; j++)
			h->y[i * count + j] = stuck ? 0 : h->x[states[i] * h->k + column[j]];
	if (!stuck)
		bpr_i_gth_forward(f, component, v, h->y, count);
	for (size_t i = 0; i < size; i++) {
		bool absorbing = h->sets[states[i]] & set;

		if (absorbing)
			absorb(h, states[i], column[0], h->y[i]);
		for (size_t j = 0; j < count; j++)
			h->x[states[i] * h->k + column[j]] = absorbing ? 0 : h->y[i * count + j];
	}
	return BPR_OK;
}

static bpr_status pass_component(struct hit *h, size_t component)
{
	const bpr_factor *f = h->f;
	size_t column[SIDE_BY_SIDE], count = 0;
	uint64_t mask = 0, flow = 0;

	for (size_t at = f->first[component]; at < f->first[component + 1]; at++) {
		mask |= h->sets[f->order[at]];
		for (size_t j = 0; j < h->k; j++)
			flow |= (uint64_t)(h->x[f->order[at] * h->k + j] > 0) << j;
	}
	for (size_t j = 0; j < h->k; j++) {
		uint64_t set = (uint64_t)1 << (h->bit + j);

		if (!(flow >> j & 1))
			continue;
		if (!(mask & set))
			column[count++] = j;
		else if (pass_columns(h, component, &j, 1, set))
			return BPR_ENOCONV;
	}
	return count ? pass_columns(h, component, column, count, 0) : BPR_OK;
}

static bool flows(const double *row, size_t k)
{
	for (size_t j = 0; j < k; j++)
		if (row[j] > 0)
			return true;
	return false;
}

static bpr_status run(struct hit *h, const double *e)
{
	const struct bpr_chain *chain = h->f->chain;

	for (size_t i = 0; i < chain->n; i++)
		for (size_t j = 0; j < h->k; j++)
			h->x[i * h->k + j] = e[i];
	for (size_t c = 0; c < h->f->count; c++) {
		size_t from = h->f->first[c], to = h->f->first[c + 1];

		if (to - from == 1)
			pass_single(h, c);
		else if (pass_component(h, c))
			return BPR_ENOCONV;
		for (size_t at = from; at < to; at++) {
			const double *row = h->x + h->f->order[at] * h->k;

			if (!flows(row, h->k))
				continue;
			for (size_t arc = chain->row[h->f->order[at]]; arc < chain->row[h->f->order[at] + 1]; arc++)
				if (h->f->component[chain->col[arc]] != c)
					bpr_i_axpy(h->x + chain->col[arc] * h->k, chain->prob[arc], row, h->k);
		}
	}
	return BPR_OK;
}

static bool make_room(struct hit *h, size_t k)
{
	const bpr_factor *f = h->f;
	size_t entries = bpr_i_factor_widest_entries(f);

	h->x = bpr_i_calloc(f->chain->n, k * sizeof(*h->x));
	h->y = bpr_i_calloc(f->widest, k * sizeof(*h->y));
	h->leave = bpr_i_calloc(f->widest, sizeof(*h->leave));
	h->own.pivot = bpr_i_calloc(f->widest, sizeof(*h->own.pivot));
	h->own.upper = bpr_i_calloc(entries, sizeof(*h->own.upper));
	h->own.lower = bpr_i_calloc(entries, sizeof(*h->own.lower));
	return h->x && h->y && h->leave && h->own.pivot && h->own.upper && h->own.lower;
}

bpr_status bpr_i_factor_hit(const bpr_factor *f, const double *e, const uint64_t *sets, size_t k, double *entered,
			    double *probability, struct bpr_error *err)
{
	struct hit h = { .f = f, .sets = sets, .stride = k };
	bpr_status status = BPR_OK;

	if (k > 64)
		return bpr_i_chain_fail(err, BPR_EINVAL, "at most 64 sets of states at once");
	if (!make_room(&h, k < SIDE_BY_SIDE ? k : SIDE_BY_SIDE))
		status = bpr_i_nomem(err);
	for (size_t i = 0; entered && i < f->chain->n * k; i++)
		entered[i] = 0;
	for (size_t j = 0; j < k; j++)
		probability[j] = 0;
	for (size_t bit = 0; !status && bit < k; bit += SIDE_BY_SIDE) {
		h.bit = bit;
		h.k = k - bit < SIDE_BY_SIDE ? k - bit : SIDE_BY_SIDE;
		h.probability = probability + bit;
		h.entered = entered ? entered + bit : NULL;
		if (run(&h, e))
			status = bpr_i_fail(err, BPR_ENOCONV, BPR_I_A013, NULL, 0, NULL, NULL);
	}
	bpr_i_free(h.own.lower);
	bpr_i_free(h.own.upper);
	bpr_i_free(h.own.pivot);
	bpr_i_free(h.leave);
	bpr_i_free(h.y);
	bpr_i_free(h.x);
	return status;
}

bpr_status bpr_i_chain_hit(const struct bpr_chain *chain, const double *e, const unsigned char *set, double *entered,
			   double *probability, struct bpr_error *err)
{
	uint64_t *sets = bpr_i_calloc(chain->n, sizeof(*sets));
	bpr_factor *f = NULL;
	bpr_status status;

	if (!sets)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < chain->n; i++)
		sets[i] = set[i] != 0;
	status = bpr_i_factor_structure(chain, &f, err);
	if (!status)
		status = bpr_i_factor_hit(f, e, sets, 1, entered, probability, err);
	bpr_i_factor_free(f);
	bpr_i_free(sets);
	return status;
}
