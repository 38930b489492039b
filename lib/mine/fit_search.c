/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Greatest likelihood by search (Nelder and Mead's simplex) where there is no closed form: cells, triangles, PERT. */
#include "config.h"
#include "mine/fit_i.h"
#include <gsl/gsl_multimin.h>
#include <math.h>

enum { STEPS = 300 };

struct search {
	struct bpr_sample sample;   /* as given; its values are few */
	enum bpr_dist_kind kind;
	double first, last;         /* edges within which the least and the greatest value must lie */
	double phases;              /* of an erlang: they are not moved */
	double scale;
};

static double logistic(double x)
{
	return 1 / (1 + exp(-x));
}

static double logit(double p)
{
	double cut = p < 1e-4 ? 1e-4 : p > 1 - 1e-4 ? 1 - 1e-4 : p;

	return log(cut / (1 - cut));
}

/* Edges are apart from what lies between by exp() of the number, in standard deviations: never on the wrong side. */
static double edge(const struct search *s, double from, double sign, double x)
{
	double at = from + sign * s->scale * exp(x);

	return at > 0 ? at : 0;
}

static double edge_number(const struct search *s, double distance)
{
	return log(distance / s->scale > 1e-6 ? distance / s->scale : 1e-6);
}

static struct bpr_dist dist_at(const struct search *s, const gsl_vector *x)
{
	struct bpr_dist dist = { .kind = s->kind };
	double p = gsl_vector_get(x, 0), q = x->size > 1 ? gsl_vector_get(x, 1) : 0;

	switch (s->kind) {
	case BPR_DIST_EXP: dist.a = exp(p); break;
	case BPR_DIST_ERLANG:
		dist.a = s->phases;
		dist.b = exp(p);
		break;
	case BPR_DIST_NORM:
	case BPR_DIST_WEIBULL:
		dist.a = exp(p);
		dist.b = exp(q);
		break;
	case BPR_DIST_LOGNORM: /* mean and deviation of the logarithm */
		dist.a = exp(p + exp(2 * q) / 2);
		dist.b = dist.a * sqrt(expm1(exp(2 * q)));
		break;
	case BPR_DIST_GAMMA: /* mean, shape */
		dist.a = exp(p);
		dist.b = dist.a / exp(q / 2);
		break;
	case BPR_DIST_UNIF:
		dist.a = edge(s, s->first, -1, p);
		dist.b = edge(s, s->last, 1, q);
		break;
	case BPR_DIST_TRI:
	case BPR_DIST_PERT:
		dist.a = edge(s, s->first, -1, p);
		dist.c = edge(s, s->last, 1, q);
		dist.b = dist.a + (dist.c - dist.a) * logistic(gsl_vector_get(x, 2));
		break;
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EMP: break;
	}
	return dist;
}

static void start_at(const struct search *s, const struct bpr_dist *dist, gsl_vector *x)
{
	double ratio;

	switch (s->kind) {
	case BPR_DIST_EXP: gsl_vector_set(x, 0, log(dist->a)); break;
	case BPR_DIST_ERLANG: gsl_vector_set(x, 0, log(dist->b)); break;
	case BPR_DIST_NORM:
	case BPR_DIST_WEIBULL:
		gsl_vector_set(x, 0, log(dist->a));
		gsl_vector_set(x, 1, log(dist->b));
		break;
	case BPR_DIST_LOGNORM:
		ratio = log1p(dist->b / dist->a * (dist->b / dist->a));
		gsl_vector_set(x, 0, log(dist->a) - ratio / 2);
		gsl_vector_set(x, 1, log(ratio) / 2);
		break;
	case BPR_DIST_GAMMA:
		gsl_vector_set(x, 0, log(dist->a));
		gsl_vector_set(x, 1, 2 * log(dist->a / dist->b));
		break;
	case BPR_DIST_UNIF:
		gsl_vector_set(x, 0, edge_number(s, s->first - dist->a));
		gsl_vector_set(x, 1, edge_number(s, dist->b - s->last));
		break;
	case BPR_DIST_TRI:
	case BPR_DIST_PERT:
		gsl_vector_set(x, 0, edge_number(s, s->first - dist->a));
		gsl_vector_set(x, 1, edge_number(s, dist->c - s->last));
		gsl_vector_set(x, 2, logit((dist->b - dist->a) / (dist->c - dist->a)));
		break;
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EMP: break;
	}
}

static double unlikely(const gsl_vector *x, void *data)
{
	const struct search *s = data;
	struct bpr_dist dist;
	double value;

	for (size_t i = 0; i < x->size; i++)
		if (fabs(gsl_vector_get(x, i)) > 60)
			return 1e15;
	dist = dist_at(s, x);
	value = bpr_i_dist_check(&dist) ? 1e15 : -bpr_i_fit_log_likelihood(&s->sample, &dist);
	return isfinite(value) ? value : 1e15;
}

static bool run(struct search *s, struct bpr_dist *dist, gsl_vector *x, gsl_vector *step)
{
	gsl_multimin_function f = { unlikely, x->size, s };
	gsl_multimin_fminimizer *simplex = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, x->size);
	bool good = false;

	start_at(s, dist, x);
	gsl_vector_set_all(step, 0.2);
	if (simplex && gsl_multimin_fminimizer_set(simplex, &f, x, step) == GSL_SUCCESS) {
		for (int i = 0; i < STEPS; i++)
			if (gsl_multimin_fminimizer_iterate(simplex) != GSL_SUCCESS ||
			    gsl_multimin_test_size(gsl_multimin_fminimizer_size(simplex), 1e-5) == GSL_SUCCESS)
				break;
		*dist = dist_at(s, gsl_multimin_fminimizer_x(simplex));
		good = gsl_multimin_fminimizer_minimum(simplex) < 1e14 && !bpr_i_dist_check(dist);
	}
	if (simplex)
		gsl_multimin_fminimizer_free(simplex);
	return good;
}

bool bpr_i_fit_search(const struct bpr_sample *sample, struct bpr_dist *dist)
{
	struct search s = { .sample = *sample, .kind = dist->kind, .phases = dist->a, .scale = sample->sd, .first = sample->min, .last = sample->max };
	size_t n = bpr_i_fit_parameters(dist->kind) - (dist->kind == BPR_DIST_ERLANG);
	gsl_vector *x = gsl_vector_alloc(n), *step = gsl_vector_alloc(n);
	bool good = false;

	if (sample->cells) {
		s.first = bpr_i_cell_high(sample, sample->cells[0]);
		s.last = bpr_i_cell_low(sample, sample->cells[sample->cell_count - 1]);
		s.last = s.last > 0 ? s.last : 0;
	} else { /* few that stand for all; the edges are those of all */
		s.sample.values = sample->thin;
		s.sample.count = sample->thin_count;
	}
	if (x && step)
		good = run(&s, dist, x, step);
	if (x)
		gsl_vector_free(x);
	if (step)
		gsl_vector_free(step);
	return good;
}
