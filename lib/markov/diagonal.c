/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The diagonal of the fundamental matrix Z = (I - P)^-1 without the rest of it: selected inversion after Takahashi,
 * Fagan & Chin (PICA Conf. 1973); Erisman & Tinney (Comm. ACM 18, 1975). From A = (I - L)(D - U):
 *
 *   Z = D^-1 (I - L)^-1 + D^-1 U Z   and   Z = (D - U)^-1 + Z L,   so that for i < j
 *   z(i,j) = sum u(i,r) z(r,j) / d(i),   z(j,i) = sum z(j,r) l(r,i),   z(i,i) = (1 + sum u(i,r) z(r,i)) / d(i),
 *
 * r running over the list of i: every z that is asked for stands in the symmetric pattern. Nothing is subtracted.
 * A case that left a component never comes back, so each component is inverted alone. Cost as the elimination.
 */
#include "config.h"
#include "markov/factor_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"

struct inverse {
	const bpr_factor *f;
	size_t base;           /* first list entry of the component */
	struct bpr_values v;   /* of the factor */
	struct bpr_values z;   /* z(i,i), z(i,j), z(j,i) at the places of d(i), u(i,j), l(j,i) */
	double *row, *column;  /* z(i,.) and z(.,i) of the list at hand */
};

/* Adds what the pairs (r, others behind it in the list of i) give; e is r's entry, x its place in the list. */
static void add_pairs(struct inverse *t, size_t from, size_t begin, size_t e, size_t end)
{
	const bpr_factor *f = t->f;
	size_t r = f->list[e], x = e - begin, at = f->list_at[r];
	const double *u = t->v.upper - t->base, *l = t->v.lower - t->base;
	const double *zu = t->z.upper - t->base, *zl = t->z.lower - t->base;

	t->row[x] += u[e] * t->z.pivot[r - from];
	t->column[x] += t->z.pivot[r - from] * l[e];
	for (size_t other = e + 1; other < end; other++) {
		size_t y = other - begin;

		at = bpr_i_factor_entry(f, r, at, f->list[other]);
		t->row[y] += u[e] * zu[at];
		t->row[x] += u[other] * zl[at];
		t->column[y] += zl[at] * l[e];
		t->column[x] += zu[at] * l[other];
	}
}

/* Positions joined all to all, inverted as a matrix: where the lists take over. Without room for it: at the end. */
static size_t invert_dense(struct inverse *t, size_t component)
{
	const bpr_factor *f = t->f;
	size_t from = f->first[component], to = f->first[component + 1];
	size_t at = bpr_i_gth_dense_from(f, component), n = to - at, e = f->list_at[at] - t->base;
	double *m = n ? bpr_i_calloc(n * n, sizeof(*m)) : NULL;

	if (m)
		bpr_i_gth_to_matrix(f, component, t->v, m);
	if (!m || !bpr_i_dense_invert(m, n, t->v.pivot + (at - from))) {
		bpr_i_free(m);
		return to;
	}
	for (size_t i = 0; i < n; i++) {
		t->z.pivot[at - from + i] = m[i * n + i];
		for (size_t j = i + 1; j < n; j++, e++) {
			t->z.upper[e] = m[i * n + j];
			t->z.lower[e] = m[j * n + i];
		}
	}
	bpr_i_free(m);
	return at;
}

static void invert(struct inverse *t, size_t component)
{
	const bpr_factor *f = t->f;
	size_t from = f->first[component];

	for (size_t i = invert_dense(t, component); i-- > from;) {
		size_t begin = f->list_at[i], end = f->list_at[i + 1];
		double pivot = t->v.pivot[i - from], sum = 1;

		for (size_t x = 0; x < end - begin; x++)
			t->row[x] = t->column[x] = 0;
		for (size_t e = begin; e < end; e++)
			add_pairs(t, from, begin, e, end);
		for (size_t e = begin; e < end; e++) {
			t->z.upper[e - t->base] = t->row[e - begin] / pivot;
			t->z.lower[e - t->base] = t->column[e - begin];
			sum += t->v.upper[e - t->base] * t->column[e - begin];
		}
		t->z.pivot[i - from] = sum / pivot;
	}
}

bpr_status bpr_i_factor_diagonal(const bpr_factor *f, double *diagonal, struct bpr_error *err)
{
	size_t entries = bpr_i_factor_widest_entries(f);
	struct inverse t = { .f = f };
	bpr_status status = BPR_OK;

	t.z.pivot = bpr_i_calloc(f->widest, sizeof(*t.z.pivot));
	t.z.upper = bpr_i_calloc(entries, sizeof(*t.z.upper));
	t.z.lower = bpr_i_calloc(entries, sizeof(*t.z.lower));
	t.row = bpr_i_calloc(f->widest, sizeof(*t.row));
	t.column = bpr_i_calloc(f->widest, sizeof(*t.column));
	if (!t.z.pivot || !t.z.upper || !t.z.lower || !t.row || !t.column)
		status = bpr_i_nomem(err);
	for (size_t c = 0; !status && c < f->count; c++) {
		size_t from = f->first[c], size = f->first[c + 1] - from;

		if (size == 1) {
			diagonal[f->order[from]] = 1 / f->pivot[from];
			continue;
		}
		t.base = f->list_at[from];
		t.v = bpr_i_factor_values(f, c);
		invert(&t, c);
		for (size_t i = 0; i < size; i++)
			diagonal[f->order[from + i]] = t.z.pivot[i];
	}
	bpr_i_free(t.column);
	bpr_i_free(t.row);
	bpr_i_free(t.z.lower);
	bpr_i_free(t.z.upper);
	bpr_i_free(t.z.pivot);
	return status;
}
