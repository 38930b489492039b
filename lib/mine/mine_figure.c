/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of whole numbers (milliseconds, counts): sums are exact, so that no figure depends on the order of adding. */
#include "config.h"
#include "mine/mine_i.h"
#include <math.h>

/* ---- 128 bits, by hand: not every compiler has them ---- */

static struct bpr_mine_wide product(uint64_t a, uint64_t b)
{
	const uint64_t a1 = a >> 32, a0 = a & UINT32_MAX, b1 = b >> 32, b0 = b & UINT32_MAX;
	const uint64_t low = a0 * b0, one = a1 * b0 + (low >> 32), two = a0 * b1 + (one & UINT32_MAX);

	return (struct bpr_mine_wide){ a1 * b1 + (one >> 32) + (two >> 32), two << 32 | (low & UINT32_MAX) };
}

static struct bpr_mine_wide minus(struct bpr_mine_wide a, struct bpr_mine_wide b)
{
	return (struct bpr_mine_wide){ a.high - b.high - (a.low < b.low), a.low - b.low };
}

static double number(struct bpr_mine_wide w)
{
	return ldexp((double)w.high, 64) + (double)w.low;
}

/* Whole part and rest of w / n, bit by bit; the quotient is below 2^64: it is a mean of such. */
static uint64_t divide(struct bpr_mine_wide w, uint64_t n, uint64_t *rest)
{
	uint64_t quotient = 0, r = w.high % n;

	for (unsigned bit = 64; bit-- > 0;) {
		const bool over = r >> 63;

		r = r << 1 | (w.low >> bit & 1);
		quotient <<= 1;
		if (over || r >= n) {
			r -= n;
			quotient |= 1;
		}
	}
	*rest = r;
	return quotient;
}

void bpr_i_mine_wide_square(struct bpr_mine_wide *w, uint64_t x)
{
	const struct bpr_mine_wide square = product(x, x);

	bpr_i_mine_wide_add(w, square.low);
	w->high += square.high;
}

/*
 * Sum of squared deviations from the mean, exactly but for the rounding of a double. With sum = n m + r, m whole:
 * sum of (x - m)^2 = S2 - m (n m + 2 r), in whole numbers (modulo 2^128, as the result is below it), and of that r^2 / n too much.
 */
static double deviations(const struct bpr_mine_figure *f)
{
	uint64_t rest, m = divide(f->sum, f->count, &rest);
	struct bpr_mine_wide t = product(f->count, m), p;

	bpr_i_mine_wide_add(&t, rest);
	bpr_i_mine_wide_add(&t, rest);
	p = product(t.low, m);
	p.high += t.high * m;
	p = minus(f->squares, p);
	return number(p) - (double)rest * ((double)rest / (double)f->count);
}

double bpr_i_mine_wide_mean(struct bpr_mine_wide sum, uint64_t count)
{
	return count ? number(sum) / (double)count : 0;
}

/* ---- figures ---- */

void bpr_i_mine_figure_merge(struct bpr_mine_figure *f, const struct bpr_mine_figure *from)
{
	if (!from->count)
		return;
	f->min = f->count && f->min < from->min ? f->min : from->min;
	f->max = f->max > from->max ? f->max : from->max;
	f->count += from->count;
	bpr_i_mine_wide_add(&f->sum, from->sum.low);
	f->sum.high += from->sum.high;
	bpr_i_mine_wide_add(&f->squares, from->squares.low);
	f->squares.high += from->squares.high;
	bpr_i_sketch_merge(&f->values, &from->values);
}

/* A sketch gives the middle of a bin: never outside of what was seen. */
static double within(const struct bpr_mine_figure *f, double x)
{
	x = x < (double)f->min ? (double)f->min : x;
	return x > (double)f->max ? (double)f->max : x;
}

bool bpr_i_mine_figure_stat(struct bpr_mine_figure *f, double unit, struct bpr_mine_stat *out)
{
	static const double share[] = { 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99 };
	double squares, *const quantile[] = { &out->p10, &out->p25, &out->p50, &out->p75, &out->p90, &out->p95, &out->p99 };

	*out = (struct bpr_mine_stat){ .count = f->count };
	if (f->values.failed)
		return false;
	if (!f->count)
		return true;
	out->mean = number(f->sum) / (double)f->count / unit;
	squares = f->count > 1 ? deviations(f) : 0;
	out->sd = squares > 0 ? sqrt(squares / (double)(f->count - 1)) / unit : 0;
	out->min = (double)f->min / unit;
	out->max = (double)f->max / unit;
	bpr_i_sketch_sort(&f->values);
	for (size_t i = 0; i < sizeof(share) / sizeof(share[0]); i++)
		*quantile[i] = within(f, bpr_i_sketch_quantile(&f->values, share[i])) / unit;
	out->quantile_error = bpr_i_sketch_error(&f->values, (double)f->max);
	return true;
}
