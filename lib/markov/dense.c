/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The part of a component that elimination has joined all to all, as a matrix worked on in blocks: the same sums as
 * in gth.c and diagonal.c, in an order that keeps the processor's vectors and caches busy. A loop around 100,000
 * steps that jumps back 10,000 times to anywhere comes down to some 4,000 states like that.
 *
 * Each element is summed up one term after the other whatever the width of the vectors, and nothing is fused
 * (-ffp-contract=off), so every processor gives the same digits.
 */
#include "config.h"
#include "markov/factor_i.h"
#include "base/alloc_i.h"
#include <string.h>

enum { BLOCK = 32, TILE = 256, WIDTH = 8 };

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define NO_CLONES /* they are chosen before the sanitizer is set up */
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && defined(__OPTIMIZE__) && \
	!defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(NO_CLONES)
/* One copy for each width of vectors, chosen when the program is loaded. */
#define CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CLONES
#endif

typedef double vector __attribute__((vector_size(WIDTH * sizeof(double))));

/* A matrix inside a larger one, row by row. */
struct part {
	double *at;
	size_t stride;
};

/* c += a b for 4 rows of c and `columns` (a multiple of WIDTH) columns; depth columns of a, rows of b. */
CLONES static void add_product_4(struct part c, struct part a, struct part b, size_t depth, size_t columns)
{
	const double *a0 = a.at, *a1 = a0 + a.stride, *a2 = a1 + a.stride, *a3 = a2 + a.stride;
	double *r0 = c.at, *r1 = r0 + c.stride, *r2 = r1 + c.stride, *r3 = r2 + c.stride;

	for (size_t j = 0; j < columns; j += WIDTH) {
		vector c0, c1, c2, c3, u;

		memcpy(&c0, r0 + j, sizeof(c0));
		memcpy(&c1, r1 + j, sizeof(c1));
		memcpy(&c2, r2 + j, sizeof(c2));
		memcpy(&c3, r3 + j, sizeof(c3));
		for (size_t p = 0; p < depth; p++) {
			memcpy(&u, b.at + p * b.stride + j, sizeof(u));
			c0 += a0[p] * u;
			c1 += a1[p] * u;
			c2 += a2[p] * u;
			c3 += a3[p] * u;
		}
		memcpy(r0 + j, &c0, sizeof(c0));
		memcpy(r1 + j, &c1, sizeof(c1));
		memcpy(r2 + j, &c2, sizeof(c2));
		memcpy(r3 + j, &c3, sizeof(c3));
	}
}

static void add_product_1(double *c, const double *a, struct part b, size_t depth, size_t columns)
{
	for (size_t p = 0; p < depth; p++)
		bpr_i_axpy(c, a[p], b.at + p * b.stride, columns);
}

static struct part moved(struct part m, size_t row, size_t column)
{
	return (struct part){ m.at + row * m.stride + column, m.stride };
}

/* c += a b, none of them overlapping another. */
static void add_product(struct part c, struct part a, struct part b, size_t rows, size_t depth, size_t columns)
{
	for (size_t p = 0; p < depth; p += TILE) {
		size_t deep = depth - p < TILE ? depth - p : TILE;

		for (size_t j = 0; j < columns; j += TILE) {
			size_t wide = columns - j < TILE ? columns - j : TILE, whole = wide / WIDTH * WIDTH, i = 0;
			struct part bj = moved(b, p, j);

			for (; i + 4 <= rows; i += 4)
				add_product_4(moved(c, i, j), moved(a, i, p), bj, deep, whole);
			for (size_t row = 0; row < rows; row++) {
				size_t from = row < i ? whole : 0;

				add_product_1(moved(c, row, j + from).at, moved(a, row, p).at, moved(bj, 0, from), deep,
					      wide - from);
			}
		}
	}
}

/* Row i gets what passes through the states from ... to-1 of the block, into the columns up to `end`. */
static void pass_row(double *m, size_t n, size_t i, size_t from, size_t to, size_t end, double *leave, const double *pivot)
{
	double *row = m + i * n;

	for (size_t p = from; p < to; p++) {
		row[p] /= pivot[p];
		leave[i] += row[p] * leave[p];
		bpr_i_axpy(row + p + 1, row[p], m + p * n + p + 1, end - p - 1);
	}
}

size_t bpr_i_dense_eliminate(double *m, size_t n, double *leave, double *pivot)
{
	struct part all = { m, n };

	for (size_t from = 0; from < n; from += BLOCK) {
		size_t to = n - from < BLOCK ? n : from + BLOCK;

		for (size_t k = from; k < to; k++) {
			pass_row(m, n, k, from, k, n, leave, pivot);
			pivot[k] = leave[k];
			for (size_t j = k + 1; j < n; j++)
				pivot[k] += m[k * n + j];
			if (!(pivot[k] > 0))
				return k;
		}
		for (size_t i = to; i < n; i++)
			pass_row(m, n, i, from, to, to, leave, pivot);
		add_product(moved(all, to, to), moved(all, to, from), moved(all, from, to), n - to, to - from, n - to);
	}
	return BPR_NONE;
}

/*
 * Rows and columns from ... to-1 of the inverse beside those behind them, which stand in m already. right and below
 * are room for [BLOCK][n] and [n][BLOCK] numbers, which get the new rows and columns behind `to`.
 */
static void invert_beside(double *m, size_t n, size_t from, size_t to, const double *pivot, struct part right,
			  struct part below)
{
	struct part all = { m, n };
	size_t rest = n - to, size = to - from;

	memset(right.at, 0, BLOCK * n * sizeof(*right.at));
	memset(below.at, 0, BLOCK * n * sizeof(*below.at));
	add_product(right, moved(all, from, to), moved(all, to, to), size, rest, rest);
	add_product(below, moved(all, to, to), moved(all, to, from), rest, rest, size);
	for (size_t i = to; i-- > from;) {
		double *row = moved(right, i - from, 0).at;

		for (size_t r = i + 1; r < to; r++)
			bpr_i_axpy(row, m[i * n + r], moved(right, r - from, 0).at, rest);
		for (size_t j = 0; j < rest; j++)
			row[j] /= pivot[i];
		for (size_t j = 0; j < rest; j++)
			for (size_t r = i + 1; r < to; r++)
				below.at[j * BLOCK + i - from] += below.at[j * BLOCK + r - from] * m[r * n + i];
	}
}

/* The block of rows and columns from ... to-1 itself; z gets it. What leads behind the block is in right and below. */
static void invert_block(const double *m, size_t n, size_t from, size_t to, const double *pivot, struct part right,
			 struct part below, double z[BLOCK][BLOCK])
{
	size_t size = to - from;

	for (size_t i = size; i-- > 0;) {
		const double *u = m + (from + i) * n;
		double sum = 1;

		for (size_t j = i + 1; j < size; j++) {
			double over = 0, back = 0;

			for (size_t r = i + 1; r < size; r++) {
				over += u[from + r] * z[r][j];
				back += z[j][r] * m[(from + r) * n + from + i];
			}
			for (size_t r = to; r < n; r++) {
				over += u[r] * below.at[(r - to) * BLOCK + j];
				back += right.at[j * n + r - to] * m[r * n + from + i];
			}
			z[i][j] = over / pivot[from + i];
			z[j][i] = back;
		}
		for (size_t r = i + 1; r < size; r++)
			sum += u[from + r] * z[r][i];
		for (size_t r = to; r < n; r++)
			sum += u[r] * below.at[(r - to) * BLOCK + i];
		z[i][i] = sum / pivot[from + i];
	}
}

bool bpr_i_dense_invert(double *m, size_t n, const double *pivot)
{
	struct part right = { bpr_i_calloc(n, BLOCK * sizeof(double)), n };
	struct part below = { bpr_i_calloc(n, BLOCK * sizeof(double)), BLOCK };
	double z[BLOCK][BLOCK];
	bool room = right.at && below.at;

	for (size_t to = n; room && to > 0;) {
		size_t size = to % BLOCK ? to % BLOCK : BLOCK, from = to - size;

		invert_beside(m, n, from, to, pivot, right, below);
		invert_block(m, n, from, to, pivot, right, below, z);
		for (size_t i = from; i < to; i++) {
			memcpy(m + i * n + from, z[i - from], size * sizeof(*m));
			memcpy(m + i * n + to, right.at + (i - from) * n, (n - to) * sizeof(*m));
		}
		for (size_t i = to; i < n; i++)
			memcpy(m + i * n + from, below.at + (i - to) * BLOCK, size * sizeof(*m));
		to = from;
	}
	bpr_i_free(below.at);
	bpr_i_free(right.at);
	return room;
}
