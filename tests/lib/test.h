/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_LIB_TEST_H
#define BPR_TESTS_LIB_TEST_H
/* What every unit test includes: cmocka in its order, and comparison of doubles by relative error. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

/* cmocka's does not tell the compiler that nothing goes on behind it. */
#undef assert_non_null
#define assert_non_null(pointer) \
	do { \
		if (!(pointer)) { \
			print_error("%s is NULL\n", #pointer); \
			fail(); \
			__builtin_unreachable(); \
		} \
	} while (0)

/* |a - b| <= tolerance * |b|; exact where b is 0. */
#define assert_rel(a, b, tolerance) \
	do { \
		double test_a = (a), test_b = (b); \
		if (!(fabs(test_a - test_b) <= (tolerance) * fabs(test_b))) { \
			print_error("%s = %.17g, expected %.17g\n", #a, test_a, test_b); \
			fail(); \
		} \
	} while (0)
#endif
