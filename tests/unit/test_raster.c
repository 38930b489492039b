/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PNG and PDF of pictures where librsvg, or a function of it, is not there; sizes, limits, and what is no picture. */
#include "config.h"
#include "test.h"
#include <bpr/bpr.h>
#include <stdbool.h>
#include <string.h>

static const char *missing; /* a library or a function that is not found; NULL: all are */

void *__real_dlopen(const char *name, int flags);
void *__wrap_dlopen(const char *name, int flags);
void *__real_dlsym(void *library, const char *name);
void *__wrap_dlsym(void *library, const char *name);

void *__wrap_dlopen(const char *name, int flags)
{
	return missing && !strcmp(missing, name) ? NULL : __real_dlopen(name, flags);
}

void *__wrap_dlsym(void *library, const char *name)
{
	return missing && !strcmp(missing, name) ? NULL : __real_dlsym(library, name);
}

static char plain[] =
	"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 100\"><rect width=\"200\" height=\"100\" fill=\"#0b6e99\"/>"
	"<text x=\"10\" y=\"50\">a b</text></svg>";

static bpr_status convert(char *svg, const struct bpr_picture_options *options, struct bpr_output *out, struct bpr_error *err)
{
	const struct bpr_output in = { svg, strlen(svg) };

	return bpr_picture(&in, options, out, NULL, err);
}

static void test_missing(void **state)
{
	static const char *const names[] = {
		"librsvg-2.so.2", "libcairo.so.2", "libpango-1.0.so.0", "libglib-2.0.so.0", "rsvg_handle_render_document", "cairo_pdf_surface_set_metadata"
	};
	struct bpr_picture_options options = BPR_PICTURE_OPTIONS_INIT;

	(void)state;
	options.format = BPR_PICTURE_PNG;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct bpr_output out = { NULL, 9 };
		struct bpr_error err = { 0 };

		missing = names[i];
		assert_int_equal(convert(plain, &options, &out, &err), BPR_EUNSUPPORTED);
		missing = NULL;
		assert_string_equal(err.code, "G020");
		assert_non_null(strstr(err.message, names[i]));
		assert_null(out.data);
		assert_int_equal(out.length, 0);
	}
}

static unsigned long big_endian(const char *at)
{
	unsigned long x = 0;

	for (int i = 0; i < 4; i++)
		x = x << 8 | (unsigned char)at[i];
	return x;
}

static void test_sizes(void **state)
{
	static const struct { double dpi; size_t width; unsigned long wide, high; } cases[] = {
		{ 96, 0, 200, 100 }, { 144, 0, 300, 150 }, { 48, 0, 100, 50 }, { 96, 1000, 1000, 500 }, { 97, 0, 203, 102 }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bpr_picture_options options = BPR_PICTURE_OPTIONS_INIT;
		struct bpr_output out, again;
		struct bpr_error err = { 0 };

		options.format = BPR_PICTURE_PNG;
		options.dpi = cases[i].dpi;
		options.width = cases[i].width;
		assert_int_equal(convert(plain, &options, &out, &err), BPR_OK);
		assert_memory_equal(out.data, "\x89PNG\r\n\x1a\n", 8);
		assert_int_equal(big_endian(out.data + 16), cases[i].wide);
		assert_int_equal(big_endian(out.data + 20), cases[i].high);
		assert_memory_equal(out.data + out.length - 8, "IEND", 4);
		assert_int_equal(convert(plain, &options, &again, &err), BPR_OK);
		assert_int_equal(again.length, out.length);
		assert_memory_equal(again.data, out.data, out.length);
		bpr_output_release(&out);
		bpr_output_release(&again);
	}
}

static void test_limits(void **state)
{
	static char huge[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40000 40000\"/>";
	static char flat[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1e9 1e-9\"/>";
	struct bpr_picture_options options = BPR_PICTURE_OPTIONS_INIT;
	struct bpr_output out;
	struct bpr_error err = { 0 };

	(void)state;
	options.format = BPR_PICTURE_PNG;
	options.dpi = 96;
	assert_int_equal(convert(huge, &options, &out, &err), BPR_ELIMIT);
	assert_string_equal(err.code, "G021");
	assert_int_equal(convert(flat, &options, &out, &err), BPR_ELIMIT);
	options.dpi = 20; /* 8334 pixels: 69 million */
	assert_int_equal(convert(huge, &options, &out, &err), BPR_OK);
	bpr_output_release(&out);
	options.format = BPR_PICTURE_PDF; /* 30,000 points are more than a page may have: 14,400 */
	assert_int_equal(convert(huge, &options, &out, &err), BPR_OK);
	assert_memory_equal(out.data, "%PDF-", 5);
	bpr_output_release(&out);
	options.dpi = -1;
	assert_int_equal(convert(plain, &options, &out, &err), BPR_EINVAL);
}

static void test_no_picture(void **state)
{
	static char none[] = "", html[] = "<html/>", broken[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">";
	static char bare[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
	char *const all[] = { none, html, broken, bare };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		for (int format = BPR_PICTURE_PNG; format <= BPR_PICTURE_PDF; format++) {
			struct bpr_picture_options options = BPR_PICTURE_OPTIONS_INIT;
			struct bpr_output out;
			struct bpr_error err = { 0 };

			options.format = (enum bpr_picture_format)format;
			assert_int_equal(convert(all[i], &options, &out, &err), BPR_EUNSUPPORTED);
			assert_string_equal(err.code, "G023");
			assert_null(out.data);
		}
	}
}

/* A picture of our own never asks for one; a file of another would not be let in either. */
static void test_nothing_is_fetched(void **state)
{
	static char link[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 20 20\">"
			     "<image xlink:href=\"file:///etc/hostname\" width=\"20\" height=\"20\"/></svg>";
	static char empty[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 20\"/>";
	struct bpr_picture_options options = BPR_PICTURE_OPTIONS_INIT;
	struct bpr_output a, b;

	(void)state;
	options.format = BPR_PICTURE_PNG;
	assert_int_equal(convert(link, &options, &a, NULL), BPR_OK);
	assert_int_equal(convert(empty, &options, &b, NULL), BPR_OK);
	assert_int_equal(a.length, b.length);
	assert_memory_equal(a.data, b.data, b.length);
	bpr_output_release(&a);
	bpr_output_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_missing), cmocka_unit_test(test_sizes), cmocka_unit_test(test_limits), cmocka_unit_test(test_no_picture),
		cmocka_unit_test(test_nothing_is_fetched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
