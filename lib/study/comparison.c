/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two analyses side by side: the figures, row by row of the table of metrics, and what demand makes of them in a year. */
#include "config.h"
#include "study/comparison_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <math.h>
#include <string.h>

static bool is_same(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

/* Half of the 95 % interval of a figure; 0 where it is exact. */
static double half_width(const struct bpr_figure *figure)
{
	return figure->method == BPR_METHOD_SIMULATED ? (figure->ci95_high - figure->ci95_low) / 2 : 0;
}

static enum bpr_method weaker(enum bpr_method a, enum bpr_method b)
{
	if (a == BPR_METHOD_NONE || b == BPR_METHOD_NONE)
		return BPR_METHOD_NONE;
	return a == BPR_METHOD_SIMULATED || b == BPR_METHOD_SIMULATED ? BPR_METHOD_SIMULATED : BPR_METHOD_EXACT;
}

static struct bpr_kpi make_kpi(enum bpr_metric metric, const struct bpr_figure *before, const struct bpr_figure *after,
			       double cases)
{
	struct bpr_kpi kpi = { .metric = metric, .method = weaker(before->method, after->method) };
	double half = hypot(half_width(before), half_width(after));

	kpi.before_known = before->method != BPR_METHOD_NONE;
	kpi.after_known = after->method != BPR_METHOD_NONE;
	kpi.before = kpi.before_known ? before->mean : 0;
	kpi.after = kpi.after_known ? after->mean : 0;
	if (kpi.method == BPR_METHOD_NONE)
		return kpi;
	if (!is_same(kpi.before, kpi.after)) {
		kpi.change = kpi.after - kpi.before;
		kpi.better = bpr_metric_get(metric)->better * (kpi.change > 0 ? 1 : -1);
	}
	if (fabs(kpi.change) > 0)
		kpi.change_pct = fabs(kpi.before) > 0 ? 100 * kpi.change / fabs(kpi.before) : (double)NAN;
	kpi.change_pct_known = isfinite(kpi.change_pct);
	if (!kpi.change_pct_known)
		kpi.change_pct = 0;
	kpi.ci95_known = kpi.method == BPR_METHOD_SIMULATED;
	if (kpi.ci95_known) {
		kpi.ci95_low = kpi.change - half;
		kpi.ci95_high = kpi.change + half;
	}
	kpi.per_year_known = cases > 0 && isfinite(kpi.change * cases);
	kpi.per_year = kpi.per_year_known ? kpi.change * cases : 0;
	return kpi;
}

bool bpr_i_untimed(const bpr_flow *flow)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (bpr_flow_node(flow, i)->work || bpr_flow_node(flow, i)->wait)
			return false;
	return true;
}

/* A figure to compare: minutes and yen that are 0 because no step says how long it takes are not known. */
static struct bpr_figure comparable(const bpr_flow *flow, const bpr_analysis *analysis, enum bpr_metric metric)
{
	struct bpr_figure figure = *bpr_analysis_figure(analysis, metric);
	bool of_time = metric == BPR_METRIC_WORK_MINUTES || metric == BPR_METRIC_CITIZEN_MINUTES || metric == BPR_METRIC_LEAD_MINUTES ||
		       metric == BPR_METRIC_COST_YEN;

	if (of_time && !(fabs(figure.mean) > 0) && bpr_i_untimed(flow))
		figure.method = BPR_METHOD_NONE;
	return figure;
}

/* What both flows, or the only one that says anything, say about cases a year. */
static double common_cases(const bpr_flow *before, const bpr_flow *after)
{
	double b = bpr_flow_cases_per_year(before);
	double a = bpr_flow_cases_per_year(after);

	if (!(b > 0))
		return a > 0 ? a : 0;
	return !(a > 0) || is_same(a, b) ? b : 0;
}

bpr_status bpr_compare(const bpr_flow *before, const bpr_analysis *before_analysis, const bpr_flow *after,
		       const bpr_analysis *after_analysis, bpr_comparison **out, struct bpr_error *err)
{
	bpr_comparison *c;
	bpr_status status;

	*out = NULL;
	if (bpr_analysis_flow_hash(before_analysis) != bpr_flow_hash(before))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R003, NULL, 0, bpr_flow_id(before), NULL);
	if (bpr_analysis_flow_hash(after_analysis) != bpr_flow_hash(after))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R003, NULL, 0, bpr_flow_id(after), NULL);
	c = bpr_i_calloc(1, sizeof(*c));
	if (!c)
		return bpr_i_nomem(err);
	c->cases_per_year = common_cases(before, after);
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		enum bpr_metric metric = (enum bpr_metric)i;
		struct bpr_figure b = comparable(before, before_analysis, metric);
		struct bpr_figure a = comparable(after, after_analysis, metric);

		c->kpis[i] = make_kpi(metric, &b, &a, c->cases_per_year);
	}
	status = bpr_i_comparison_match(c, before, before_analysis, after, after_analysis);
	if (status) {
		bpr_comparison_free(c);
		return bpr_i_nomem(err);
	}
	*out = c;
	return BPR_OK;
}

void bpr_comparison_free(bpr_comparison *comparison)
{
	if (!comparison)
		return;
	bpr_i_free(comparison->pairs);
	bpr_i_free(comparison);
}

const struct bpr_kpi *bpr_comparison_kpi(const bpr_comparison *comparison, enum bpr_metric metric)
{
	return &comparison->kpis[metric];
}

const struct bpr_step_pair *bpr_comparison_steps(const bpr_comparison *comparison, size_t *count)
{
	*count = comparison->pair_count;
	return comparison->pairs;
}

double bpr_comparison_cases_per_year(const bpr_comparison *comparison)
{
	return comparison->cases_per_year;
}

void bpr_comparison_simulated(bpr_comparison *comparison, const struct bpr_sim_difference *differences)
{
	memcpy(comparison->differences, differences, sizeof(comparison->differences));
	comparison->simulated = true;
}

const struct bpr_sim_difference *bpr_comparison_difference(const bpr_comparison *comparison, size_t key)
{
	return comparison->simulated && key < BPR_SIM_KEY_COUNT ? &comparison->differences[key] : NULL;
}

/* ---- requirements ---- */

enum side { SIDE_AFTER, SIDE_BEFORE, SIDE_CHANGE, SIDE_CHANGE_PCT };

/* Takes a prefix off the key. */
static enum side take_side(const char **key, size_t *length)
{
	static const struct { const char *prefix; enum side side; } sides[] = {
		{ "before.", SIDE_BEFORE }, { "after.", SIDE_AFTER },
		{ "change.", SIDE_CHANGE }, { "change_pct.", SIDE_CHANGE_PCT },
	};

	for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++) {
		size_t n = strlen(sides[i].prefix);

		if (*length > n && !strncmp(*key, sides[i].prefix, n)) {
			*key += n;
			*length -= n;
			return sides[i].side;
		}
	}
	return SIDE_AFTER;
}

static void take_figure(const struct bpr_kpi *kpi, enum side side, struct bpr_requirement_result *out)
{
	switch (side) {
	case SIDE_AFTER:
		out->actual = kpi->after;
		out->known = kpi->after_known;
		break;
	case SIDE_BEFORE:
		out->actual = kpi->before;
		out->known = kpi->before_known;
		break;
	case SIDE_CHANGE:
		out->actual = kpi->change;
		out->known = kpi->method != BPR_METHOD_NONE;
		break;
	case SIDE_CHANGE_PCT:
		out->actual = kpi->change_pct;
		out->known = kpi->method != BPR_METHOD_NONE && kpi->change_pct_known;
		break;
	}
	if (!out->known)
		out->actual = 0;
}

/* Of a figure that only a simulation knows. */
static void take_difference(const struct bpr_sim_difference *d, enum side side, struct bpr_requirement_result *out)
{
	if (!d || !d->known)
		return;
	out->known = side != SIDE_CHANGE_PCT || fabs(d->before) > 0;
	switch (side) {
	case SIDE_AFTER: out->actual = d->after; break;
	case SIDE_BEFORE: out->actual = d->before; break;
	case SIDE_CHANGE: out->actual = d->change; break;
	case SIDE_CHANGE_PCT: out->actual = out->known ? 100 * d->change / fabs(d->before) : 0; break;
	}
}

static bool holds(double actual, const char *op, size_t op_length, double limit)
{
	bool equal = is_same(actual, limit);

	if (op[0] == '=')
		return equal;
	if (op_length == 2 && equal)
		return true;
	return !equal && (op[0] == '<' ? actual < limit : actual > limit);
}

static bpr_status require_folded(const bpr_comparison *comparison, const char *text, const char *shown,
				 struct bpr_requirement_result *out, struct bpr_error *err)
{
	const char *key = text;
	size_t length = strcspn(text, "<>=");
	const char *op = text + length;
	size_t op_length = op[0] && op[1] == '=' ? 2 : 1;
	const char *value = op + op_length;
	size_t value_length;
	char name[64];
	enum side side;
	size_t found;

	if (!op[0])
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_R001, NULL, 0, shown, NULL);
	length = bpr_i_utf8_trim(&key, length);
	value_length = bpr_i_utf8_trim(&value, strlen(value));
	if (!length || !bpr_i_num_parse(value, value_length, &out->limit))
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_R001, NULL, 0, shown, NULL);
	side = take_side(&key, &length);
	if (length >= sizeof(name))
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_R001, NULL, 0, shown, NULL);
	memcpy(name, key, length);
	name[length] = '\0';
	found = bpr_sim_key_find(name);
	if (found >= BPR_SIM_KEY_COUNT)
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_R002, NULL, 0, name, NULL);
	if (found < BPR_METRIC_COUNT)
		take_figure(bpr_comparison_kpi(comparison, (enum bpr_metric)found), side, out);
	else
		take_difference(bpr_comparison_difference(comparison, found), side, out);
	out->met = out->known && holds(out->actual, op, op_length, out->limit);
	return BPR_OK;
}

bpr_status bpr_comparison_require(const bpr_comparison *comparison, const char *text, struct bpr_requirement_result *out,
				  struct bpr_error *err)
{
	struct bpr_buf folded = BPR_BUF_MAX(4096);
	bpr_status status;

	*out = (struct bpr_requirement_result){ 0 };
	bpr_i_utf8_fold(&folded, text, strlen(text));
	if (folded.failed == BPR_ENOMEM)
		status = bpr_i_nomem(err);
	else if (folded.failed || !folded.data)
		status = bpr_i_fail(err, BPR_ESYNTAX, BPR_I_R001, NULL, 0, text, NULL);
	else
		status = require_folded(comparison, folded.data, text, out, err);
	bpr_i_buf_release(&folded);
	return status;
}
