/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers in and out. strtod() and snprintf() follow LC_NUMERIC of whoever hosts the library, so both
 * run under a C locale of the calling thread; plain short numbers, nearly all there are, need neither.
 */
#include "config.h"
#include "base/num_i.h"
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NUMBER = 400 };

/* sign? digits? [. digits?]? [e sign? digits]? with a digit in front of any e */
static bool is_plain(const char *s, size_t n)
{
	size_t i = 0;
	size_t digits = 0;

	if (i < n && (s[i] == '+' || s[i] == '-'))
		i++;
	for (; i < n && s[i] >= '0' && s[i] <= '9'; i++)
		digits++;
	if (i < n && s[i] == '.')
		for (i++; i < n && s[i] >= '0' && s[i] <= '9'; i++)
			digits++;
	if (!digits)
		return false;
	if (i < n && (s[i] == 'e' || s[i] == 'E')) {
		i++;
		if (i < n && (s[i] == '+' || s[i] == '-'))
			i++;
		if (i == n)
			return false;
		while (i < n && s[i] >= '0' && s[i] <= '9')
			i++;
	}
	return i == n;
}

/* Up to 15 digits and a scale of at most 10^15 are exact in binary64: one division, correctly rounded. */
static bool parse_short(const char *s, size_t n, double *out)
{
	static const double scale[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	bool negative = n && s[0] == '-';
	uint64_t x = 0;
	size_t digits = 0;
	size_t after = 0;
	bool point = false;

	for (size_t i = n && (s[0] == '-' || s[0] == '+'); i < n; i++) {
		if (s[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (s[i] < '0' || s[i] > '9' || ++digits > 15)
			return false;
		x = x * 10 + (uint64_t)(s[i] - '0');
		after += point;
	}
	if (!digits)
		return false;
	*out = (double)x / scale[after];
	if (negative)
		*out = -*out;
	return true;
}

bool bpr_i_num_parse(const char *text, size_t length, double *out)
{
	char copy[LONGEST_NUMBER + 1];
	char *end;
	locale_t c;
	locale_t old;
	double x;

	if (parse_short(text, length, out))
		return true;
	if (length > LONGEST_NUMBER || !is_plain(text, length))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (!c)
		return false;
	old = uselocale(c);
	errno = 0;
	x = strtod(copy, &end);
	(void)uselocale(old);
	freelocale(c);
	/* Underflow to 0 or to a denormal is what the text means to us; overflow is not. */
	if (*end || !isfinite(x))
		return false;
	*out = x;
	return true;
}

bool bpr_i_num_parse_size(const char *text, size_t length, size_t max, size_t *out)
{
	size_t x = 0;

	if (!length)
		return false;
	for (size_t i = 0; i < length; i++) {
		size_t digit = (size_t)(text[i] - '0');

		if (text[i] < '0' || text[i] > '9' || x > (SIZE_MAX - digit) / 10)
			return false;
		x = x * 10 + digit;
	}
	if (x > max)
		return false;
	*out = x;
	return true;
}

/* snprintf of one double in the C locale. */
static size_t print(char *buf, size_t size, const char *format, int digits, double x)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	locale_t old;
	int n;

	if (!c) {
		if (size)
			buf[0] = '\0';
		return 0;
	}
	old = uselocale(c);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	n = snprintf(buf, size, format, digits, x);
#pragma GCC diagnostic pop
	(void)uselocale(old);
	freelocale(c);
	return n < 0 ? 0 : (size_t)n;
}

/*
 * x as whole / 10^decimals, where that reads back as x: no decimal of 15 digits or fewer is shorter, and printf would
 * print the same (DBL_DIG is 15), in ten times the time. 0 where there is none with few decimals.
 */
static size_t format_short(char *buf, size_t size, double x)
{
	enum { ROOM = 24 };
	char text[ROOM];
	size_t at = ROOM, n;
	double scale = 1, all = fabs(x);
	uint64_t whole = 0;
	int decimals = 0;

	if ((all > 0 && all < 1e-4) || all >= 1e9)
		return 0;
	for (;;) {
		whole = (uint64_t)(all * scale + 0.5);
		if (!((double)whole / scale < all || (double)whole / scale > all))
			break;
		if (++decimals > 6)
			return 0;
		scale *= 10;
	}
	for (int i = 0; i <= decimals || whole; i++, whole /= 10) {
		if (i && i == decimals)
			text[--at] = '.';
		text[--at] = (char)('0' + whole % 10);
	}
	if (x < 0)
		text[--at] = '-';
	n = ROOM - at;
	if (n >= size)
		return 0;
	memcpy(buf, text + at, n);
	buf[n] = '\0';
	return n;
}

size_t bpr_i_num_format(char *buf, size_t size, double x)
{
	size_t n = 0;

	if (size)
		buf[0] = '\0';
	if (!isfinite(x))
		return 0;
	n = format_short(buf, size, x);
	if (n)
		return n;
	if (fabs(x) < 1e15 && !(x < floor(x) || x > floor(x))) {
		int m = snprintf(buf, size, "%lld", (long long)x); /* no radix character, no grouping: any locale */

		return m < 0 ? 0 : (size_t)m;
	}
	for (int digits = 15; digits <= 17; digits++) {
		double back;

		n = print(buf, size, "%.*g", digits, x);
		if (n >= size || (bpr_i_num_parse(buf, n, &back) && !(back < x || back > x)))
			break;
	}
	return n;
}

size_t bpr_i_num_fixed(char *buf, size_t size, double x, int decimals, bool group)
{
	char plain[LONGEST_NUMBER];
	size_t n = print(plain, sizeof(plain), "%.*f", decimals, x);
	size_t whole;
	size_t at = 0;
	size_t out = 0;

	if (n >= sizeof(plain))
		n = sizeof(plain) - 1;
	if (plain[0] == '-' && strspn(plain + 1, "0.") == n - 1)
		at = 1; /* -0.0 */
	whole = at + strcspn(plain + at, ".");
	for (size_t i = at; i < n; i++) {
		bool digit = plain[i] >= '0' && plain[i] <= '9';

		if (group && digit && i < whole && i > at && plain[i - 1] != '-' && (whole - i) % 3 == 0) {
			if (out + 1 < size)
				buf[out] = ',';
			out++;
		}
		if (out + 1 < size)
			buf[out] = plain[i];
		out++;
	}
	if (size)
		buf[out < size ? out : size - 1] = '\0';
	return out;
}

size_t bpr_i_num_cell(char *buf, size_t size, size_t row, size_t column)
{
	char letters[16];
	char digits[32] = "";
	size_t at = sizeof(letters) - 1;
	int n;

	letters[at] = '\0';
	for (; column; column = (column - 1) / 26)
		letters[--at] = (char)('A' + (column - 1) % 26);
	if (row)
		(void)bpr_i_num_format(digits, sizeof(digits), (double)row);
	n = snprintf(buf, size, "%s%s", letters + at, digits);
	return n < 0 ? 0 : (size_t)n;
}
