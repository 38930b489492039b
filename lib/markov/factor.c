/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a factor: components, their order, elimination. */
#include "config.h"
#include "markov/factor_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <stdio.h>

bpr_status bpr_i_chain_fail(struct bpr_error *err, bpr_status status, const char *message)
{
	if (err) {
		*err = (struct bpr_error){ .status = status };
		(void)snprintf(err->message, sizeof(err->message), "%s", message);
	}
	return status;
}

void bpr_i_factor_free(bpr_factor *f)
{
	if (!f)
		return;
	bpr_i_free(f->lower);
	bpr_i_free(f->upper);
	bpr_i_free(f->pivot);
	bpr_i_free(f->list);
	bpr_i_free(f->list_at);
	bpr_i_free(f->position);
	bpr_i_free(f->order);
	bpr_i_free(f->first);
	bpr_i_free(f->component);
	bpr_i_free(f);
}

const size_t *bpr_i_factor_components(const bpr_factor *f, size_t *count)
{
	if (count)
		*count = f->count;
	return f->component;
}

size_t bpr_i_factor_members(const bpr_factor *f, size_t component, const size_t **states)
{
	if (states)
		*states = f->order + f->first[component];
	return f->first[component + 1] - f->first[component];
}

bool bpr_i_factor_cyclic(const bpr_factor *f, size_t component)
{
	const struct bpr_chain *chain = f->chain;
	size_t state = f->order[f->first[component]];

	if (f->first[component + 1] - f->first[component] > 1)
		return true;
	for (size_t arc = chain->row[state]; arc < chain->row[state + 1]; arc++)
		if (chain->col[arc] == state && chain->prob[arc] > 0)
			return true;
	return false;
}

struct bpr_values bpr_i_factor_values(const bpr_factor *f, size_t component)
{
	size_t from = f->first[component], base = f->list_at[from];

	return (struct bpr_values){ f->pivot + from, f->upper + base, f->lower + base };
}

size_t bpr_i_factor_widest_entries(const bpr_factor *f)
{
	size_t most = 0;

	for (size_t c = 0; c < f->count; c++) {
		size_t have = f->list_at[f->first[c + 1]] - f->list_at[f->first[c]];

		if (have > most)
			most = have;
	}
	return most;
}

/* States by component, as they come inside one: a counting sort. */
static void sort_by_component(bpr_factor *f)
{
	size_t n = f->chain->n, sum = 0;

	for (size_t i = 0; i < n; i++)
		f->first[f->component[i]]++;
	for (size_t c = 0; c <= f->count; c++) {
		size_t size = c < f->count ? f->first[c] : 0;

		f->first[c] = sum;
		sum += size;
		if (size > 1 && size > f->widest)
			f->widest = size;
	}
	for (size_t i = 0; i < n; i++) {
		size_t at = f->first[f->component[i]]++;

		f->order[at] = i;
		f->position[i] = at;
	}
	for (size_t c = f->count; c > 0; c--)
		f->first[c] = f->first[c - 1];
	f->first[0] = 0;
}

/* A single state: 1, or what leaves it where it has a self loop; 0: nothing does. */
static double single_pivot(const struct bpr_chain *chain, size_t state)
{
	double leaves = chain->exit[state], stays = 0;

	for (size_t arc = chain->row[state]; arc < chain->row[state + 1]; arc++)
		*(chain->col[arc] == state ? &stays : &leaves) += chain->prob[arc];
	return leaves > 0 && !(stays > 0) ? 1 : leaves;
}

bpr_status bpr_i_factor_structure(const struct bpr_chain *chain, bpr_factor **out, struct bpr_error *err)
{
	bpr_factor *f = bpr_i_calloc(1, sizeof(*f));
	size_t n = chain->n;
	bpr_status status;

	*out = NULL;
	if (!f)
		return bpr_i_nomem(err);
	f->chain = chain;
	f->component = bpr_i_calloc(n, sizeof(*f->component));
	f->order = bpr_i_calloc(n, sizeof(*f->order));
	f->position = bpr_i_calloc(n, sizeof(*f->position));
	f->list_at = bpr_i_calloc(n + 1, sizeof(*f->list_at));
	f->pivot = bpr_i_calloc(n, sizeof(*f->pivot));
	status = BPR_ENOMEM;
	if (!f->component || !f->order || !f->position || !f->list_at || !f->pivot)
		goto fail;
	f->count = bpr_i_scc_arcs(n, chain->row, chain->col, chain->prob, f->component);
	if (f->count == BPR_NONE)
		goto fail;
	f->first = bpr_i_calloc(f->count + 1, sizeof(*f->first));
	if (!f->first)
		goto fail;
	sort_by_component(f);
	for (size_t c = 0; c < f->count; c++)
		if (f->first[c + 1] - f->first[c] == 1)
			f->pivot[f->first[c]] = single_pivot(chain, f->order[f->first[c]]);
	status = bpr_i_factor_order(f, err);
	if (status)
		goto fail;
	*out = f;
	return BPR_OK;
fail:
	bpr_i_factor_free(f);
	return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
}

/* Whether anything leaves a component at all; else its smallest state. */
static size_t find_stuck(const bpr_factor *f, size_t component)
{
	const struct bpr_chain *chain = f->chain;
	size_t smallest = BPR_NONE;

	for (size_t at = f->first[component]; at < f->first[component + 1]; at++) {
		size_t state = f->order[at];

		if (chain->exit[state] > 0)
			return BPR_NONE;
		for (size_t arc = chain->row[state]; arc < chain->row[state + 1]; arc++)
			if (f->component[chain->col[arc]] != component && chain->prob[arc] > 0)
				return BPR_NONE;
		if (smallest == BPR_NONE || state < smallest)
			smallest = state;
	}
	return smallest;
}

static bpr_status fill(bpr_factor *f, size_t *stuck, double *leave, struct bpr_error *err)
{
	for (size_t c = 0; c < f->count; c++) {
		bool single = f->first[c + 1] - f->first[c] == 1;
		size_t state = single && f->pivot[f->first[c]] > 0 ? BPR_NONE : find_stuck(f, c);

		if (state != BPR_NONE) {
			if (stuck)
				*stuck = state;
			return bpr_i_chain_fail(err, BPR_ENOEXIT, "a case can come to where it never ends");
		}
		if (!single && bpr_i_gth(f, c, NULL, 0, leave, bpr_i_factor_values(f, c)) != BPR_NONE)
			return bpr_i_fail(err, BPR_ENOCONV, BPR_I_A013, NULL, 0, NULL, NULL);
	}
	return BPR_OK;
}

bpr_status bpr_i_factor_new(const struct bpr_chain *chain, bpr_factor **out, size_t *stuck, struct bpr_error *err)
{
	bpr_factor *f = NULL;
	double *leave = NULL;
	bpr_status status;

	*out = NULL;
	if (stuck)
		*stuck = BPR_NONE;
	status = bpr_i_factor_structure(chain, &f, err);
	if (status)
		return status;
	f->upper = bpr_i_calloc(f->list_at[chain->n], sizeof(*f->upper));
	f->lower = bpr_i_calloc(f->list_at[chain->n], sizeof(*f->lower));
	leave = bpr_i_calloc(f->widest, sizeof(*leave));
	if (!f->upper || !f->lower || !leave)
		status = bpr_i_nomem(err);
	else
		status = fill(f, stuck, leave, err);
	bpr_i_free(leave);
	if (status)
		bpr_i_factor_free(f);
	else
		*out = f;
	return status;
}
