/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A flow of another town: demand in proportion to the residents, staff so that it is as busy, in whole people. With f the ratio of the
 * populations and c people on a shift, utilisation lambda * E[S] / c stays with c * f people; the next whole number is at most as busy.
 */
#include "config.h"
#include "share/share_i.h"
#include "base/num_i.h"
#include "flow/edit_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

struct scaling { bpr_share *share; double factor; bool after; bpr_problems *problems; };

static bool note_change(struct scaling *s, const char *kind, const char *name, double was, double is)
{
	bpr_share *share = s->share;
	char key[300];

	if (!(was > 0) || fabs(is - was) <= 1e-12 * was)
		return true;
	(void)snprintf(key, sizeof(key), "%s.%.250s", kind, name);
	if (!bpr_i_grow(&share->changes, &share->change_capacity, share->change_count + 1, sizeof(*share->changes)))
		return false;
	share->changes[share->change_count] = (struct bpr_share_change){ bpr_i_arena_strdup(&share->arena, key), was, is, s->after };
	return share->changes[share->change_count++].key != NULL;
}

static bool tell(const struct scaling *s, enum bpr_code_id id, const char *a1, const double figures[3])
{
	struct bpr_place place = { s->share->name, 0, 0, NULL };
	char text[3][32];

	for (size_t i = 0; i < 3; i++)
		text[i][figures ? bpr_i_num_format(text[i], sizeof(text[i]), floor(figures[i] * 1000 + 0.5) / 1000) : 0] = '\0';
	return bpr_i_problem(s->problems, id, &place, false, a1 ? a1 : text[0], a1 ? text[0] : text[1], a1 ? text[1] : text[2], a1 ? text[2] : NULL);
}

/* ---- demand ---- */

/* All draws times the factor. */
static bool scale_dist(struct bpr_arena *arena, const struct bpr_dist *from, double factor, const struct bpr_dist **out)
{
	struct bpr_dist *d = bpr_i_arena_alloc(arena, 1, sizeof(*d));
	bool shaped = from->kind == BPR_DIST_ERLANG || from->kind == BPR_DIST_WEIBULL; /* a has no unit */
	double *values = NULL;

	if (!d)
		return false;
	*d = *from;
	d->a *= shaped ? 1 : factor;
	d->b *= factor;
	d->c *= factor;
	if (from->value_count) {
		values = bpr_i_arena_alloc(arena, from->value_count, sizeof(*values));
		if (!values)
			return false;
		for (size_t i = 0; i < from->value_count; i++)
			values[i] = from->values[i] * factor;
		d->values = values;
		d->source = NULL;
	}
	*out = d;
	return true;
}

static bool scale_demand(struct scaling *s, bpr_edit *edit)
{
	struct bpr_demand *d = bpr_i_edit_demand(edit);
	double mean;

	if (!note_change(s, "demand", "per_day", d->per_day, d->per_day * s->factor)
	    || !note_change(s, "demand", "per_year", d->per_year, d->per_year * s->factor))
		return false;
	d->per_day *= s->factor;
	d->per_year *= s->factor;
	if (d->time_count || d->windows.rule_count)
		return tell(s, BPR_I_Z015, s->after ? "after" : "before", NULL);
	if (!d->arrivals)
		return true;
	mean = bpr_dist_mean(d->arrivals);
	return note_change(s, "demand", "arrivals", mean, mean / s->factor)
		&& scale_dist(bpr_i_edit_arena(edit), d->arrivals, 1 / s->factor, &d->arrivals);
}

/* ---- staff ---- */

/* c * f, up to the next whole number; what is whole but for rounding stays. */
static size_t people(double count, double factor)
{
	double x = count * factor;
	double up = ceil(x - 1e-9 * (1 + x));

	return up < 1 ? 1 : up < 1e9 ? (size_t)up : 1000000000;
}

static bool scale_pool(struct scaling *s, bpr_edit *edit, size_t pool)
{
	struct bpr_pool *p = bpr_i_edit_pool_at(edit, pool);
	struct bpr_shift *shifts;
	double was = (double)p->count, exact = was * s->factor;
	size_t is = 0;
	bool ok = true;

	if (!p->count || !p->shift_count)
		return true;
	shifts = bpr_i_calloc(p->shift_count, sizeof(*shifts));
	if (!shifts)
		return false;
	memcpy(shifts, p->shifts, p->shift_count * sizeof(*shifts));
	for (size_t i = 0; i < p->shift_count; i++)
		if (shifts[i].count)
			is += shifts[i].count = people((double)shifts[i].count, s->factor);
	if (fabs((double)is - exact) > 1e-6)
		ok = tell(s, BPR_I_Z017, p->name, (double[]){ exact, was, (double)is });
	ok = ok && note_change(s, "staff", p->name, was, (double)is) && bpr_i_edit_pool_shifts(edit, pool, shifts, p->shift_count);
	bpr_i_free(shifts);
	return ok;
}

/* A flow made anew from the one that was read, in *out. */
static bpr_status scale_flow(struct scaling *s, const bpr_flow *flow, bpr_flow **out, struct bpr_error *err)
{
	bpr_edit *edit = NULL;
	bpr_status status = bpr_i_edit_begin(flow, &edit, err);
	bool ok = true;

	if (status)
		return status;
	ok = scale_demand(s, edit);
	for (size_t i = 0; ok && i < bpr_i_edit_pool_count(edit); i++)
		ok = scale_pool(s, edit, i);
	status = ok ? bpr_i_edit_freeze(edit, out, err) : bpr_i_nomem(err);
	bpr_i_edit_free(edit);
	return status;
}

bpr_status bpr_share_rescale(bpr_share *share, double population, bpr_problems *problems, struct bpr_error *err)
{
	struct scaling s = { share, population / share->manifest.about.population, false, problems };
	bpr_flow *made[2] = { NULL, NULL };
	char number[32];
	bpr_status status;

	if (!(population > 0 && population <= 1e9)) {
		number[isfinite(population) ? bpr_i_num_format(number, sizeof(number), population) : 0] = '\0';
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_Z014, NULL, 0, number, NULL);
	}
	share->change_count = 0;
	status = scale_flow(&s, share->before.items[0], &made[0], err);
	s.after = true;
	if (!status && share->after.count)
		status = scale_flow(&s, share->after.items[0], &made[1], err);
	if (!status && !tell(&s, BPR_I_Z016, NULL, (double[]){ population, share->manifest.about.population, s.factor }))
		status = bpr_i_nomem(err);
	if (status) {
		bpr_flow_free(made[0]);
		bpr_flow_free(made[1]);
		return status;
	}
	/* An after made by levers borrows from the before: it goes first, and is made anew. */
	bpr_flow_free(share->now[1]);
	bpr_flow_free(share->now[0]);
	share->now[0] = made[0];
	share->now[1] = made[1];
	share->population = population;
	return bpr_i_share_apply(share, problems, err);
}

size_t bpr_share_change_count(const bpr_share *share)
{
	return share->change_count;
}

struct bpr_share_change bpr_share_change(const bpr_share *share, size_t index)
{
	return share->changes[index];
}
