/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of BPSim: constants, durations, distributions. What has no counterpart among ours becomes a gamma distribution with the
 * same mean and standard deviation, so that everything exact stays exact, and a finding says so.
 */
#include "config.h"
#include "base/num_i.h"
#include "flow/dist_i.h"
#include "read/bpsim_i.h"
#include <math.h>
#include <string.h>

#define NS_PREFIX "http://www.bpsim.org/schemas/"
#define NS_DROOLS "http://www.jboss.org/drools" /* jBPM before it went over to BPSim: the same tree */

/* Beyond so many standard deviations a cut of a normal distribution is not seen: 6e-5 of the mass. */
#define FAR_CUT 4.0

static bool is_ns(const struct bpr_xml_node *xml)
{
	return !strncmp(xml->ns, NS_PREFIX, sizeof(NS_PREFIX) - 1) || !strcmp(xml->ns, NS_DROOLS);
}

bool bpr_i_bpsim_is(const struct bpr_xml_node *xml, const char *name)
{
	return is_ns(xml) && !strcmp(xml->name, name);
}

double bpr_i_bpsim_unit(const struct bpr_xml_node *xml, const char *attr, double otherwise)
{
	static const struct { const char *name; double minutes; } units[] = {
		{ "ms", 1.0 / 60000 }, { "s", 1.0 / 60 }, { "min", 1 }, { "hour", 60 }, { "day", 1440 }, { "year", 525600 }, { "m", 1 }, { "h", 60 },
	};
	size_t length;
	const char *value = bpr_i_xml_value(xml, attr, &length);

	for (size_t i = 0; value && i < sizeof(units) / sizeof(units[0]); i++)
		if (strlen(units[i].name) == length && !memcmp(units[i].name, value, length))
			return units[i].minutes;
	return otherwise;
}

bool bpr_i_bpsim_duration(const char *text, size_t length, double *minutes)
{
	static const char date_letters[] = "YMD";
	static const char time_letters[] = "HMS";
	static const double date[] = { 525600, 43800, 1440 }; /* a year is 365 days, a month a twelfth of it */
	static const double time[] = { 60, 1, 1.0 / 60 };
	const char *letters = date_letters;
	const double *factors = date;
	bool any = false;
	size_t at = 1;

	*minutes = 0;
	if (!length || text[0] != 'P')
		return false;
	while (at < length) {
		size_t from = at;
		const char *letter;
		double x;

		if (text[at] == 'T' && letters == date_letters) {
			letters = time_letters;
			factors = time;
			at++;
			continue;
		}
		while (at < length && ((text[at] >= '0' && text[at] <= '9') || text[at] == '.'))
			at++;
		letter = at < length && at > from ? strchr(letters, text[at]) : NULL;
		if (!letter || !bpr_i_num_parse(text + from, at - from, &x))
			return false;
		*minutes += x * factors[letter - letters];
		any = true;
		at++;
	}
	return any && isfinite(*minutes);
}

static bool is_value(const struct bpr_xml_node *xml)
{
	size_t length = strlen(xml->name);

	return is_ns(xml) &&
	       ((length > 9 && !strcmp(xml->name + length - 9, "Parameter")) || (length > 12 && !strcmp(xml->name + length - 12, "Distribution")));
}

const struct bpr_xml_node *bpr_i_bpsim_value(struct bpmn_file *file, const struct bpr_xml_node *parameter)
{
	const struct bpr_xml_node *first = NULL, *always = NULL;
	size_t count = 0;

	BPR_I_XML_EACH(child, parameter) {
		if (!is_value(child))
			continue;
		count++;
		first = first ? first : child;
		if (!bpr_i_xml_attr(child, "validFor") && !always)
			always = child;
	}
	if (count > 1)
		bpr_i_bpmn_note(file, BPR_I_X078, parameter, NULL, parameter->name, NULL, NULL);
	return always ? always : first;
}

/* Attribute as a number >= 0, or NaN with a problem noted. `needed`: absence is a problem too. */
static double number(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *name, bool needed)
{
	size_t length;
	const char *value = bpr_i_xml_value(xml, name, &length);
	double x;

	if (!value && !needed)
		return (double)NAN;
	if (value && bpr_i_num_parse(value, length, &x) && isfinite(x) && x >= 0)
		return x;
	bpr_i_sim_wrong(file, xml, xml->name, name, value ? value : "");
	return (double)NAN;
}

/* One reader a distribution: parameters in the unit of the file; *alike where the result only has the same mean and sd. */
typedef bool read_dist(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike);

static bool two(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *a, const char *b, double *x, double *y)
{
	*x = number(file, xml, a, true);
	*y = number(file, xml, b, true);
	return !isnan(*x) && !isnan(*y);
}

static bool read_normal(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	(void)alike;
	out->kind = BPR_DIST_NORM;
	if (!two(file, xml, "mean", "standardDeviation", &out->a, &out->b))
		return false;
	if (!(out->b > 0))
		*out = bpr_i_delay_constant(out->a);
	return true;
}

static bool read_truncated(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	double low, high, mean, sd;

	if (!read_normal(file, xml, out, alike) || out->kind == BPR_DIST_CONSTANT)
		return out->kind == BPR_DIST_CONSTANT && !isnan(out->a);
	low = number(file, xml, "min", false);
	high = number(file, xml, "max", false);
	low = isnan(low) ? 0 : low;
	high = isnan(high) ? (double)INFINITY : high;
	if (out->a - low >= FAR_CUT * out->b && high - out->a >= FAR_CUT * out->b)
		return true;
	if (!(low < high) || !bpr_i_delay_truncated_normal(out->a, out->b, low, high, &mean, &sd)) {
		bpr_i_sim_wrong(file, xml, xml->name, "min", "max");
		return false;
	}
	*out = bpr_i_delay_like(mean, sd);
	*alike = true;
	return true;
}

static bool read_uniform(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	(void)alike;
	out->kind = BPR_DIST_UNIF;
	return two(file, xml, "min", "max", &out->a, &out->b);
}

static bool read_triangular(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	(void)alike;
	out->kind = BPR_DIST_TRI;
	out->b = number(file, xml, "mode", true);
	return two(file, xml, "min", "max", &out->a, &out->c) && !isnan(out->b);
}

static bool read_exponential(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	(void)alike;
	*out = bpr_i_delay_constant(number(file, xml, "mean", true));
	if (out->a > 0)
		out->kind = BPR_DIST_EXP;
	return !isnan(out->a);
}

static bool read_lognormal(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	bool read = read_normal(file, xml, out, alike);

	if (read && out->kind == BPR_DIST_NORM)
		out->kind = BPR_DIST_LOGNORM;
	return read;
}

static bool read_erlang(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	(void)alike;
	out->kind = BPR_DIST_ERLANG;
	return two(file, xml, "k", "mean", &out->a, &out->b);
}

static bool read_gamma(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	double shape, scale;

	(void)alike;
	if (!two(file, xml, "shape", "scale", &shape, &scale))
		return false;
	*out = bpr_i_delay_like(shape * scale, sqrt(shape) * scale);
	return true;
}

static bool read_weibull(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	(void)alike;
	out->kind = BPR_DIST_WEIBULL;
	return two(file, xml, "shape", "scale", &out->a, &out->b);
}

static bool read_beta(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	double a, b;

	if (!two(file, xml, "shape", "scale", &a, &b) || !(a > 0) || !(b > 0))
		return false;
	*out = bpr_i_delay_like(a / (a + b), sqrt(a * b / (a + b + 1)) / (a + b));
	*alike = true;
	return true;
}

static bool read_poisson(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	double mean = number(file, xml, "mean", true);

	*out = bpr_i_delay_like(mean, sqrt(mean));
	*alike = true;
	return !isnan(mean);
}

static bool read_binomial(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	double p, n;

	if (!two(file, xml, "probability", "trials", &p, &n) || p > 1)
		return false;
	*out = bpr_i_delay_like(n * p, sqrt(n * p * (1 - p)));
	*alike = true;
	return true;
}

/* Points with a probability each: one of them is drawn. */
static bool read_user(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out, bool *alike)
{
	struct bpr_mixture mix = { .arena = &file->xml.arena };
	bool right = true, exact;

	BPR_I_XML_EACH(point, xml) {
		const struct bpr_xml_node *value = bpr_i_xml_element(point->first);
		struct bpr_dist one = bpr_i_delay_constant(0);
		double p;

		if (!bpr_i_bpsim_is(point, "UserDistributionDataPoint") || !value)
			continue;
		p = number(file, point, "probability", true);
		one.a = number(file, value, "value", true);
		right = right && !isnan(p) && !isnan(one.a);
		if (right)
			bpr_i_mixture_add(&mix, p, &one);
	}
	right = bpr_i_mixture_end(&mix, out, &exact) && right;
	file->nomem |= mix.nomem;
	*alike = !exact;
	return right;
}

static const struct { const char *name; read_dist *read; } kinds[] = {
	{ "NormalDistribution", read_normal }, { "TruncatedNormalDistribution", read_truncated }, { "UniformDistribution", read_uniform },
	{ "TriangularDistribution", read_triangular }, { "NegativeExponentialDistribution", read_exponential },
	{ "LogNormalDistribution", read_lognormal }, { "ErlangDistribution", read_erlang }, { "GammaDistribution", read_gamma },
	{ "WeibullDistribution", read_weibull }, { "BetaDistribution", read_beta }, { "PoissonDistribution", read_poisson },
	{ "BinomialDistribution", read_binomial }, { "UserDistribution", read_user },
};

static bool plain_value(struct bpmn_file *file, const struct bpr_xml_node *xml, double *x)
{
	size_t length;
	const char *value = bpr_i_xml_value(xml, "value", &length);

	if (value && bpr_i_num_parse(value, length, x) && isfinite(*x) && *x >= 0)
		return true;
	/* Expressions are known, and not followed. */
	if (strcmp(xml->name, "ExpressionParameter") != 0)
		bpr_i_sim_wrong(file, xml, xml->name, "value", value ? value : "");
	else
		bpr_i_bpmn_note(file, BPR_I_X076, xml, NULL, bpr_i_sim_label(file->sim->now.source), xml->name, NULL);
	return false;
}

static bool duration(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_dist *out)
{
	size_t length;
	const char *text = bpr_i_xml_value(xml, "value", &length);

	if (text && bpr_i_bpsim_duration(text, length, &out->a))
		return true;
	bpr_i_sim_wrong(file, xml, xml->name, "value", text ? text : "");
	return false;
}

/* A distribution by its name; *known tells whether there is one of it. */
static bool distribution(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *of, struct bpr_dist *out, bool *known)
{
	size_t wrong = file->sim->wrong;
	bool alike = false;

	*known = false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, xml->name) != 0)
			continue;
		*known = true;
		if (!kinds[i].read(file, xml, out, &alike) || (out->kind != BPR_DIST_EMP && bpr_i_dist_check(out))) {
			if (file->sim->wrong == wrong)
				bpr_i_sim_wrong(file, xml, xml->name, of, "");
			return false;
		}
		if (!(bpr_dist_mean(out) > 0)) { /* what jBPM writes where nobody said anything */
			bpr_i_bpmn_note(file, BPR_I_X121, xml, NULL, xml->name, NULL, NULL);
			return false;
		}
		if (alike)
			bpr_i_sim_replaced(file, xml, xml->name);
		return true;
	}
	return false;
}

static void scale_values(struct bpmn_file *file, struct bpr_dist *dist, double unit)
{
	double *values = bpr_i_arena_alloc(&file->xml.arena, dist->value_count, sizeof(*values));

	if (!values) {
		file->nomem = true;
		return;
	}
	for (size_t i = 0; i < dist->value_count; i++)
		values[i] = dist->values[i] * unit;
	dist->values = values;
}

bool bpr_i_bpsim_time(struct bpmn_file *file, const struct bpr_xml_node *parameter, double unit_min, struct bpr_dist *out)
{
	const struct bpr_xml_node *xml = bpr_i_bpsim_value(file, parameter);
	double unit = xml ? bpr_i_bpsim_unit(xml, "timeUnit", unit_min) : unit_min;
	bool known = false;

	if (!xml)
		return false;
	*out = bpr_i_delay_constant(0);
	if (!strcmp(xml->name, "DurationParameter"))
		return duration(file, xml, out);
	if (!distribution(file, xml, parameter->name, out, &known) && (known || !plain_value(file, xml, &out->a)))
		return false;
	if (out->kind == BPR_DIST_EMP) {
		scale_values(file, out, unit);
		unit = 1;
	}
	return bpr_i_sim_dist(file, xml, parameter->name, unit, out);
}

bool bpr_i_bpsim_number(struct bpmn_file *file, const struct bpr_xml_node *parameter, double *out)
{
	const struct bpr_xml_node *xml = bpr_i_bpsim_value(file, parameter);

	return xml && plain_value(file, xml, out);
}
