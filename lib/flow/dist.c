/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions of durations: moments in closed form, written so that nothing cancels; names and text. */
#include "config.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "flow/dist_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define MINUTES_OF_DAY 1440

/* Standard normal density and upper tail. */
static double normal_density(double z)
{
	return exp(-z * z / 2) / sqrt(2 * M_PI);
}

static double normal_tail(double z)
{
	return erfc(z / M_SQRT2) / 2;
}

/* lgamma() writes the global signgam; arguments here are above 0, so the sign is 1. */
static double log_gamma(double x)
{
	int sign;

	return lgamma_r(x, &sign);
}

/*
 * Y = max(0, X), X normal with mean m >= 0 and deviation s, z = m/s, Q = P(X < 0). What the cut adds:
 * E[Y] - m = E[(-X)+] = s (phi(z) - z Q), and E[((-X)+)^2] = s^2 ((1 + z^2) Q - z phi(z)).
 */
static double cut_gain(double m, double s)
{
	return s > 0 ? s * (normal_density(m / s) - m / s * normal_tail(m / s)) : 0;
}

static double cut_square(double m, double s)
{
	double z = m / s;

	return s > 0 ? s * s * ((1 + z * z) * normal_tail(z) - z * normal_density(z)) : 0;
}

/* Two passes: the mean of the differences is what keeps the digits. */
static double emp_mean(const struct bpr_dist *dist)
{
	double sum = 0;

	for (size_t i = 0; i < dist->value_count; i++)
		sum += dist->values[i];
	return dist->value_count ? sum / (double)dist->value_count : 0;
}

static double emp_var(const struct bpr_dist *dist)
{
	double mean = emp_mean(dist);
	double sum = 0;

	for (size_t i = 0; i < dist->value_count; i++)
		sum += (dist->values[i] - mean) * (dist->values[i] - mean);
	return dist->value_count ? sum / (double)dist->value_count : 0;
}

double bpr_dist_mean(const struct bpr_dist *dist)
{
	if (!dist)
		return 0;
	switch (dist->kind) {
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EXP:
	case BPR_DIST_LOGNORM:
	case BPR_DIST_GAMMA: return dist->a;
	case BPR_DIST_UNIF: return dist->a + (dist->b - dist->a) / 2;
	case BPR_DIST_TRI: return dist->a + ((dist->b - dist->a) + (dist->c - dist->a)) / 3;
	case BPR_DIST_NORM: return dist->a + cut_gain(dist->a, dist->b);
	case BPR_DIST_ERLANG: return dist->b;
	case BPR_DIST_WEIBULL: return dist->b * exp(log_gamma(1 + 1 / dist->a));
	case BPR_DIST_PERT: return dist->a + (4 * (dist->b - dist->a) + (dist->c - dist->a)) / 6;
	case BPR_DIST_EMP: return emp_mean(dist);
	}
	return 0;
}

/*
 * Var = mean^2 (Gamma(1 + 2x) / Gamma(1 + x)^2 - 1), x = 1/shape. For small x the logarithms cancel; then by the series
 * log Gamma(1 + x) = -gamma x + sum of zeta(k) (-x)^k / k (Abramowitz & Stegun 6.1.33), whose first term drops out.
 */
static double weibull_var(const struct bpr_dist *dist)
{
	static const double zeta[] = { 1.6449340668482264, 1.2020569031595943, 1.0823232337111382, 1.0369277551433700, 1.0173430619844491 };
	double mean = bpr_dist_mean(dist);
	double x = 1 / dist->a;
	double log_ratio = 0;

	if (x < 1e-3) {
		double power = x;
		double two = 2;

		for (size_t k = 2; k < 2 + sizeof(zeta) / sizeof(zeta[0]); k++) {
			power *= x;
			two *= 2;
			log_ratio += (k % 2 ? -power : power) * (two - 2) * zeta[k - 2] / (double)k;
		}
	} else {
		log_ratio = log_gamma(1 + 2 * x) - 2 * log_gamma(1 + x);
	}
	return mean * mean * expm1(log_ratio);
}

static double squares(double a, double b, double c)
{
	return (b - a) * (b - a) + (c - b) * (c - b) + (c - a) * (c - a);
}

double bpr_dist_var(const struct bpr_dist *dist)
{
	double gain;
	double mean;

	if (!dist)
		return 0;
	switch (dist->kind) {
	case BPR_DIST_CONSTANT: return 0;
	case BPR_DIST_EXP: return dist->a * dist->a;
	case BPR_DIST_LOGNORM:
	case BPR_DIST_GAMMA: return dist->b * dist->b;
	case BPR_DIST_UNIF: return (dist->b - dist->a) * (dist->b - dist->a) / 12;
	case BPR_DIST_TRI: return squares(dist->a, dist->b, dist->c) / 36;
	case BPR_DIST_NORM:
		gain = cut_gain(dist->a, dist->b);
		return dist->b * dist->b - cut_square(dist->a, dist->b) - gain * (2 * dist->a + gain);
	case BPR_DIST_ERLANG: return dist->b * dist->b / dist->a;
	case BPR_DIST_WEIBULL: return weibull_var(dist);
	case BPR_DIST_PERT:
		mean = bpr_dist_mean(dist);
		return (mean - dist->a) * (dist->c - mean) / 7;
	case BPR_DIST_EMP: return emp_var(dist);
	}
	return 0;
}

const char *bpr_dist_kind_name(enum bpr_dist_kind kind)
{
	switch (kind) {
	case BPR_DIST_CONSTANT: return "";
	case BPR_DIST_EXP: return "exp";
	case BPR_DIST_UNIF: return "unif";
	case BPR_DIST_TRI: return "tri";
	case BPR_DIST_NORM: return "norm";
	case BPR_DIST_LOGNORM: return "lognorm";
	case BPR_DIST_GAMMA: return "gamma";
	case BPR_DIST_ERLANG: return "erlang";
	case BPR_DIST_WEIBULL: return "weibull";
	case BPR_DIST_PERT: return "pert";
	case BPR_DIST_EMP: return "emp";
	}
	return "";
}

static size_t parameter_count(enum bpr_dist_kind kind)
{
	if (kind == BPR_DIST_EMP)
		return 0;
	return kind == BPR_DIST_CONSTANT || kind == BPR_DIST_EXP ? 1 : kind == BPR_DIST_TRI || kind == BPR_DIST_PERT ? 3 : 2;
}

/* A duration as it was written: minutes without a unit, or working days. */
static void format_duration(const struct bpr_dist *dist, char number[48], double minutes)
{
	double days = minutes / MINUTES_OF_DAY;
	size_t length;

	/* The reader multiplies by seconds and divides by 60: the neighbour that gives the minutes back. */
	for (int i = 0; i < 8 && (days * 86400 / 60 < minutes || days * 86400 / 60 > minutes); i++)
		days = nextafter(days, days * 86400 / 60 < minutes ? (double)INFINITY : 0);
	length = bpr_i_num_format(number, 32, dist->working_days ? days : minutes);
	if (dist->working_days)
		(void)snprintf(number + length, 48 - length, "wd");
}

/* Values that came without a file, where they are used: emp([3 4.5 7]). */
static size_t format_values(const struct bpr_dist *dist, char *buf, size_t size)
{
	size_t length = 0;

	for (size_t i = 0; i <= dist->value_count; i++) {
		bool last = i == dist->value_count;
		char number[48];
		const char *front = i ? " " : "emp([";
		int n;

		format_duration(dist, number, last ? 0 : dist->values[i]);
		n = last ? snprintf(buf ? buf + length : NULL, size, "])") : snprintf(buf ? buf + length : NULL, size, "%s%s", front, number);
		if (n < 0)
			return 0;
		length += (size_t)n;
		if ((size_t)n >= size) { /* the rest is only counted */
			buf = NULL;
			size = 0;
		} else {
			size -= (size_t)n;
		}
	}
	return length;
}

size_t bpr_dist_format(const struct bpr_dist *dist, char *buf, size_t size)
{
	static const struct bpr_dist zero = { .kind = BPR_DIST_CONSTANT };
	char number[3][48] = { "", "", "" };
	int n;

	if (!dist)
		dist = &zero;
	if (dist->kind == BPR_DIST_ERLANG || dist->kind == BPR_DIST_WEIBULL)
		(void)bpr_i_num_format(number[0], sizeof(number[0]), dist->a); /* a number of phases, a shape */
	else
		format_duration(dist, number[0], dist->a);
	format_duration(dist, number[1], dist->b);
	format_duration(dist, number[2], dist->c);
	if (dist->kind == BPR_DIST_EMP && !dist->source)
		return format_values(dist, buf, size);
	if (dist->kind == BPR_DIST_CONSTANT)
		n = snprintf(buf, size, "%s", number[0]);
	else if (dist->kind == BPR_DIST_EMP)
		n = snprintf(buf, size, "emp(%s)", dist->source ? dist->source : "");
	else
		n = snprintf(buf, size, "%s(%s%s%s%s%s)", bpr_dist_kind_name(dist->kind), number[0],
			     parameter_count(dist->kind) > 1 ? "," : "", parameter_count(dist->kind) > 1 ? number[1] : "",
			     parameter_count(dist->kind) > 2 ? "," : "", parameter_count(dist->kind) > 2 ? number[2] : "");
	return n < 0 ? 0 : (size_t)n;
}

static bool in_range(double x)
{
	return x >= 0 && x <= 1e9;
}

static const char *check_shapes(const struct bpr_dist *dist)
{
	double whole;

	switch (dist->kind) {
	case BPR_DIST_LOGNORM:
	case BPR_DIST_GAMMA:
		return dist->a > 0 || !(dist->b > 0) ? NULL : "MEAN > 0, SD >= 0";
	case BPR_DIST_ERLANG:
		return dist->a >= 1 && dist->a <= 1e6 && !(modf(dist->a, &whole) > 0) ? NULL : "K = 1, 2, 3, ..., MEAN >= 0";
	case BPR_DIST_WEIBULL:
		/* Below, the variance is beyond the scale by so much that no sum of such figures means anything. */
		return dist->a >= 0.05 && dist->a <= 1e6 ? NULL : "SHAPE >= 0.05, SCALE >= 0";
	case BPR_DIST_UNIF:
		return dist->a <= dist->b ? NULL : "MIN <= MAX";
	case BPR_DIST_TRI:
	case BPR_DIST_PERT:
		return dist->a <= dist->b && dist->b <= dist->c ? NULL : "MIN <= MODE <= MAX";
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EXP:
	case BPR_DIST_NORM:
	case BPR_DIST_EMP:
		return NULL;
	}
	return NULL;
}

const char *bpr_i_dist_check(const struct bpr_dist *dist)
{
	if (!in_range(dist->a) || !in_range(dist->b) || !in_range(dist->c))
		return "0 ... 1e9";
	for (size_t i = 0; i < dist->value_count; i++)
		if (!in_range(dist->values[i]))
			return "0 ... 1e9";
	return check_shapes(dist);
}
