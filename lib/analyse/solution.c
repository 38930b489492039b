/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solving the chain of a walk. */
#include "config.h"
#include "analyse/solution_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

double bpr_i_clean_prob(double p)
{
	if (p < 1e-300)
		return 0;
	return p > 1 - 1e-12 ? 1 : p;
}

double bpr_i_clean_sd(double mean, double var)
{
	double noise = 1e-11 * (fabs(mean) > 1e-9 ? fabs(mean) : 1e-9);

	return var > noise * noise ? sqrt(var) : 0;
}

/* Every case leaves exactly once: what the chain's visits say must agree. */
static bpr_status check_exits(const struct bpr_solution *s, struct bpr_error *err)
{
	double sum = 0;

	for (size_t i = 0; i < s->walk.chain.n; i++)
		sum += s->visits[i] * s->walk.chain.exit[i];
	if (fabs(sum - 1) <= 1e-9)
		return BPR_OK;
	return bpr_i_fail(err, BPR_ENOCONV, BPR_I_A013, NULL, 0, NULL, NULL);
}

bpr_status bpr_i_solution_new(const struct bpr_plan *plan, const struct bpr_solve_options *options,
			      struct bpr_solution *out, struct bpr_error *err)
{
	struct bpr_solution *s = out;
	bpr_status status;

	memset(s, 0, sizeof(*s));
	s->plan = plan;
	s->stuck = BPR_NONE;
	bpr_i_policy_init(&s->policy, options->kind, plan);
	s->policy.sets = options->sets;
	s->walk.plan = plan;
	s->walk.policy = &s->policy;
	s->walk.reverse = options->reverse;
	s->walk.beside_last = options->beside_last;
	s->walk.timed = options->timed;
	s->walk.max_states = options->max_states;
	if (options->timed) /* every tick of the clock makes a new list of all that is under way */
		s->walk.cells.max = 1000 + 100 * options->max_states;
	status = bpr_i_walk_explore(&s->walk, err);
	if (status != BPR_OK)
		return status;
	status = bpr_i_factor_new(&s->walk.chain, &s->factor, &s->stuck, err);
	if (status != BPR_OK)
		return status;
	s->e = bpr_i_calloc(s->walk.chain.n, sizeof(*s->e));
	s->visits = bpr_i_calloc(s->walk.chain.n, sizeof(*s->visits));
	if (!s->e || !s->visits)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < s->walk.begin_count; i++)
		s->e[s->walk.begin[i].state] += s->walk.begin[i].prob;
	memcpy(s->visits, s->e, s->walk.chain.n * sizeof(*s->e));
	status = bpr_i_factor_forward(s->factor, s->visits, 1, err);
	return status != BPR_OK ? status : check_exits(s, err);
}

void bpr_i_solution_release(struct bpr_solution *s)
{
	bpr_i_free(s->e);
	bpr_i_free(s->visits);
	bpr_i_factor_free(s->factor);
	bpr_i_walk_release(&s->walk);
	bpr_i_policy_release(&s->policy);
	memset(s, 0, sizeof(*s));
}

/* ---- a policy over the base chain ---- */

/* Attribute after each state: states come in the order of a search, so that each has a known one before it. */
static bool follow_attributes(struct bpr_solution *s, uint32_t *attr, bool *known)
{
	const struct bpr_walk *walk = &s->walk;

	for (size_t i = 0; i < walk->begin_count; i++) {
		attr[walk->begin[i].state] = bpr_i_policy_enter(&s->policy, 0, walk->state[walk->begin[i].state].node);
		known[walk->begin[i].state] = true;
	}
	for (size_t i = 0; i < walk->state_count; i++)
		for (size_t a = walk->chain.row[i]; a < walk->chain.row[i + 1]; a++) {
			size_t to = walk->chain.col[a];
			uint32_t after = bpr_i_policy_enter(&s->policy, attr[i], walk->state[to].node);

			if (known[to] && attr[to] != after)
				return false;
			attr[to] = after;
			known[to] = true;
			walk->before[a] = attr[i];
		}
	return true;
}

bool bpr_i_solution_overlay(struct bpr_solution *s, enum bpr_policy_kind kind, bool *failed)
{
	uint32_t *attr;
	bool *known, ok;

	*failed = false;
	if (s->walk.split || s->plan->rounds || s->policy.kind != BPR_POLICY_NONE)
		return false;
	attr = bpr_i_calloc(s->walk.state_count, sizeof(*attr));
	known = bpr_i_calloc(s->walk.state_count, sizeof(*known));
	*failed = !attr || !known;
	bpr_i_policy_init(&s->policy, kind, s->plan);
	ok = !*failed && follow_attributes(s, attr, known);
	if (!ok)
		bpr_i_solution_bare(s);
	bpr_i_free(attr);
	bpr_i_free(known);
	return ok;
}

void bpr_i_solution_bare(struct bpr_solution *s)
{
	bpr_i_policy_release(&s->policy);
	bpr_i_policy_init(&s->policy, BPR_POLICY_NONE, s->plan);
}

/* ---- means and variances ---- */

void bpr_i_solution_policy_move(const void *data, const struct bpr_solution *s, size_t arc, uint32_t before, size_t to,
				double *reward)
{
	double all[BPR_REWARD_MAX];
	size_t count;

	(void)data;
	(void)arc;
	if (s->walk.state[to].phase != BPR_PHASE_ENTER)
		return;
	count = bpr_i_policy_reward(&s->policy, before, s->walk.state[to].node, all);
	for (size_t i = 0; i < count; i++)
		reward[i] = all[i];
}

/* One way on from a state: probability and what is collected from there to the end, in expectation. */
struct outcome { double prob, value[BPR_COLLECT_MAX]; };

/*
 * Variance over the outcomes, which sum to 1. Of few, by pairs: equal outcomes give exactly 0, where a sum of squares
 * about a rounded mean would leave dust.
 */
static void spread(const struct outcome *o, size_t n, size_t k, double *var)
{
	double mean, x;

	if (n <= 8) {
		for (size_t i = 0; i < n; i++)
			for (size_t j = i + 1; j < n; j++)
				for (size_t q = 0; q < k; q++) {
					x = o[i].value[q] - o[j].value[q];
					var[q] += o[i].prob * o[j].prob * x * x;
				}
		return;
	}
	for (size_t q = 0; q < k; q++) {
		mean = 0;
		for (size_t i = 0; i < n; i++)
			mean += o[i].prob * (o[i].value[q] - o[0].value[q]);
		for (size_t i = 0; i < n; i++) {
			x = o[i].value[q] - o[0].value[q] - mean;
			var[q] += o[i].prob * x * x;
		}
	}
}

struct moments {
	const struct bpr_solution *s;
	const struct bpr_collector *collector;
	double *mean, *var;        /* [n][k] */
	struct outcome *outcome; size_t capacity;
};

static void collect_move(const struct moments *m, size_t arc, uint32_t before, size_t to, double *reward)
{
	memset(reward, 0, BPR_COLLECT_MAX * sizeof(*reward));
	if (m->collector->move)
		m->collector->move(m->collector->data, m->s, arc, before, to, reward);
}

static void fill_means(const struct moments *m)
{
	const struct bpr_chain *chain = &m->s->walk.chain;
	size_t k = m->collector->count;

	for (size_t i = 0; i < chain->n; i++) {
		double *mean = &m->mean[i * k];

		if (m->collector->stay)
			m->collector->stay(m->collector->data, m->s, i, mean, &m->var[i * k]);
		for (size_t a = chain->row[i]; m->collector->move && a < chain->row[i + 1]; a++) {
			double reward[BPR_COLLECT_MAX];

			collect_move(m, a, m->s->walk.before[a], chain->col[a], reward);
			for (size_t q = 0; q < k; q++)
				mean[q] += chain->prob[a] * reward[q];
		}
	}
}

static void add_outcome(struct moments *m, size_t at, double prob, const double *reward, size_t to)
{
	size_t k = m->collector->count;

	m->outcome[at].prob = prob;
	for (size_t q = 0; q < k; q++)
		m->outcome[at].value[q] = reward[q] + (to == BPR_NONE ? 0 : m->mean[to * k + q]);
}

/* What the next move makes uncertain, given the means behind each. */
static bool fill_variances(struct moments *m)
{
	const struct bpr_chain *chain = &m->s->walk.chain;
	static const double nothing[BPR_COLLECT_MAX];
	size_t k = m->collector->count;

	for (size_t i = 0; i < chain->n; i++) {
		size_t n = 0, degree = chain->row[i + 1] - chain->row[i];

		if (degree + (chain->exit[i] > 0) < 2)
			continue;
		if (!bpr_i_grow(&m->outcome, &m->capacity, degree + 1, sizeof(*m->outcome)))
			return false;
		for (size_t a = chain->row[i]; a < chain->row[i + 1]; a++) {
			double reward[BPR_COLLECT_MAX];

			collect_move(m, a, m->s->walk.before[a], chain->col[a], reward);
			add_outcome(m, n++, chain->prob[a], reward, chain->col[a]);
		}
		if (chain->exit[i] > 0)
			add_outcome(m, n++, chain->exit[i], nothing, BPR_NONE);
		spread(m->outcome, n, k, &m->var[i * k]);
	}
	return true;
}

static bool total(struct moments *m, double *mean, double *var)
{
	const struct bpr_walk *walk = &m->s->walk;
	size_t k = m->collector->count;

	if (!bpr_i_grow(&m->outcome, &m->capacity, walk->begin_count, sizeof(*m->outcome)))
		return false;
	for (size_t q = 0; q < k; q++)
		mean[q] = 0;
	for (size_t q = 0; var && q < k; q++)
		var[q] = 0;
	for (size_t i = 0; i < walk->begin_count; i++) {
		const struct bpr_begin *b = &walk->begin[i];
		double reward[BPR_COLLECT_MAX];

		collect_move(m, BPR_NONE, b->before, b->state, reward);
		add_outcome(m, i, b->prob, reward, b->state);
		for (size_t q = 0; q < k; q++)
			mean[q] += b->prob * m->outcome[i].value[q];
		for (size_t q = 0; var && q < k; q++)
			var[q] += b->prob * m->var[b->state * k + q];
	}
	if (var)
		spread(m->outcome, walk->begin_count, k, var);
	return true;
}

bpr_status bpr_i_solution_moments(const struct bpr_solution *s, const struct bpr_collector *collector, double *mean,
				  double *var, struct bpr_error *err)
{
	size_t n = s->walk.chain.n, k = collector->count;
	struct moments m = { .s = s, .collector = collector };
	bpr_status status = BPR_OK;

	m.mean = bpr_i_calloc(n, k * sizeof(*m.mean));
	m.var = bpr_i_calloc(n, k * sizeof(*m.var));
	if (!m.mean || !m.var)
		goto nomem;
	fill_means(&m);
	status = bpr_i_factor_backward(s->factor, m.mean, k, err);
	if (status != BPR_OK)
		goto out;
	if (var && !fill_variances(&m))
		goto nomem;
	if (var)
		status = bpr_i_factor_backward(s->factor, m.var, k, err);
	if (status == BPR_OK && !total(&m, mean, var))
		goto nomem;
	goto out;
nomem:
	status = bpr_i_nomem(err);
out:
	bpr_i_free(m.mean);
	bpr_i_free(m.var);
	bpr_i_free(m.outcome);
	return status;
}

/* ---- reach ---- */

bpr_status bpr_i_solution_reach(const struct bpr_solution *s, size_t set_count, const size_t *set_row,
				const uint32_t *set_node, double *prob, struct bpr_error *err)
{
	size_t n = s->walk.chain.n;
	uint64_t *of_node = bpr_i_calloc(s->plan->n, sizeof(*of_node)), *sets = bpr_i_calloc(n, sizeof(*sets));
	bpr_status status = of_node && sets ? BPR_OK : bpr_i_nomem(err);

	for (size_t from = 0; status == BPR_OK && from < set_count; from += 64) {
		size_t k = set_count - from < 64 ? set_count - from : 64;

		memset(of_node, 0, s->plan->n * sizeof(*of_node));
		for (size_t j = 0; j < k; j++)
			for (size_t i = set_row[from + j]; i < set_row[from + j + 1]; i++)
				of_node[set_node[i]] |= (uint64_t)1 << j;
		for (size_t i = 0; i < n; i++)
			sets[i] = s->walk.state[i].phase == BPR_PHASE_ENTER ? of_node[s->walk.state[i].node] : 0;
		status = bpr_i_factor_hit(s->factor, s->e, sets, k, NULL, prob + from, err);
		for (size_t j = 0; status == BPR_OK && j < k; j++)
			prob[from + j] = bpr_i_clean_prob(prob[from + j]);
	}
	bpr_i_free(of_node);
	bpr_i_free(sets);
	return status;
}
