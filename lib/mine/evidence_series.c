/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least squares of a time series whose errors go on from one time to the next: Newey & West. */
#include "config.h"
#include "base/alloc_i.h"
#include "mine/evidence_stat_i.h"
#include <math.h>
#include <string.h>

typedef double matrix[BPR_REGRESSION_MAX][BPR_REGRESSION_MAX];

/* Inverse of a symmetric positive definite matrix through its Cholesky factor. False: it is none. */
static bool invert(matrix a, size_t k)
{
	matrix l = { { 0 } }, inverse = { { 0 } };

	for (size_t i = 0; i < k; i++) {
		for (size_t j = 0; j <= i; j++) {
			double sum = a[i][j];

			for (size_t p = 0; p < j; p++)
				sum -= l[i][p] * l[j][p];
			if (i == j) {
				/* What is left of a column that others already say is rounding. */
				if (!(sum > 1e-10 * a[i][i]))
					return false;
				l[i][i] = sqrt(sum);
			} else {
				l[i][j] = sum / l[j][j];
			}
		}
	}
	for (size_t c = 0; c < k; c++) {
		double y[BPR_REGRESSION_MAX];

		for (size_t i = 0; i < k; i++) {
			double sum = i == c;

			for (size_t p = 0; p < i; p++)
				sum -= l[i][p] * y[p];
			y[i] = sum / l[i][i];
		}
		for (size_t i = k; i-- > 0;) {
			double sum = y[i];

			for (size_t p = i + 1; p < k; p++)
				sum -= l[p][i] * inverse[p][c];
			inverse[i][c] = sum / l[i][i];
		}
	}
	memcpy(a, inverse, sizeof(inverse));
	return true;
}

static void multiply(matrix a, matrix b, size_t k, matrix out)
{
	matrix product = { { 0 } };

	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			for (size_t p = 0; p < k; p++)
				product[i][j] += a[i][p] * b[p][j];
	memcpy(out, product, sizeof(product));
}

/* Sum of x x' e e over times, and over those `lag` apart with the weights of a Bartlett kernel. */
static void add_meat(const double *x, const double *e, size_t rows, size_t k, size_t lag, matrix meat)
{
	for (size_t apart = 0; apart <= lag && apart < rows; apart++) {
		double weight = 1 - (double)apart / (double)(lag + 1);

		for (size_t t = apart; t < rows; t++) {
			const double *now = x + t * k, *then = x + (t - apart) * k;
			double both = weight * e[t] * e[t - apart];

			for (size_t i = 0; i < k; i++)
				for (size_t j = 0; j < k; j++)
					meat[i][j] += both * (apart ? now[i] * then[j] + then[i] * now[j] : now[i] * now[j]);
		}
	}
}

size_t bpr_i_newey_west_lag(size_t rows)
{
	return (size_t)floor(4 * pow((double)rows / 100, 2.0 / 9));
}

static double inflation(const double *errors, size_t rows, size_t columns, double squares)
{
	const double most = 0.95;
	double products = 0, r;

	for (size_t t = 1; t < rows; t++)
		products += errors[t] * errors[t - 1];
	r = squares > 0 ? products / squares + (double)columns / (double)rows : 0;
	r = r < 0 ? 0 : r > most ? most : r;
	return (1 + r) / (1 - r);
}

bool bpr_i_newey_west(const double *x, const double *y, size_t rows, size_t columns, size_t lag, struct bpr_regression *out)
{
	matrix bread = { { 0 } }, meat = { { 0 } };
	double right[BPR_REGRESSION_MAX] = { 0 }, *errors, squares = 0, times;

	*out = (struct bpr_regression){ .columns = columns, .df = (double)rows - (double)columns };
	if (columns > BPR_REGRESSION_MAX || rows <= columns)
		return false;
	for (size_t t = 0; t < rows; t++) {
		for (size_t i = 0; i < columns; i++) {
			right[i] += x[t * columns + i] * y[t];
			for (size_t j = 0; j < columns; j++)
				bread[i][j] += x[t * columns + i] * x[t * columns + j];
		}
	}
	errors = invert(bread, columns) ? bpr_i_calloc(rows, sizeof(*errors)) : NULL;
	if (!errors)
		return false;
	for (size_t i = 0; i < columns; i++)
		for (size_t j = 0; j < columns; j++)
			out->at[i] += bread[i][j] * right[j];
	for (size_t t = 0; t < rows; t++) {
		errors[t] = y[t];
		for (size_t i = 0; i < columns; i++)
			errors[t] -= x[t * columns + i] * out->at[i];
		squares += errors[t] * errors[t];
	}
	times = inflation(errors, rows, columns, squares);
	add_meat(x, errors, rows, columns, lag, meat);
	multiply(bread, meat, columns, meat);
	multiply(meat, bread, columns, out->covariance);
	for (size_t i = 0; i < columns; i++) {
		for (size_t j = 0; j < columns; j++) {
			out->covariance[i][j] *= (double)rows / out->df;
			out->going_on[i][j] = times * squares / out->df * bread[i][j];
		}
		out->error[i] = out->covariance[i][i] > 0 ? sqrt(out->covariance[i][i]) : 0;
	}
	bpr_i_free(errors);
	return true;
}
