# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-report
test_report_SOURCES = %D%/test_report.c
test_report_CPPFLAGS = $(unit_cppflags)
test_report_LDADD = $(unit_ldadd)
unit_programs += test-document
test_document_SOURCES = %D%/test_document.c
test_document_CPPFLAGS = $(unit_cppflags)
test_document_LDADD = $(unit_ldadd)
unit_programs += test-text
test_text_SOURCES = %D%/test_text.c
test_text_CPPFLAGS = $(unit_cppflags)
test_text_LDADD = $(unit_ldadd)
unit_programs += test-comparison
test_comparison_SOURCES = %D%/test_comparison.c
test_comparison_CPPFLAGS = $(unit_cppflags)
test_comparison_LDADD = $(unit_ldadd)
test_comparison_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
EXTRA_DIST += \
	tests/golden/analysis-en.txt \
	tests/golden/analysis-ja.txt \
	tests/golden/comparison-en.txt \
	tests/golden/comparison-ja.txt
# What the program prints as JSON, against lib/schema/.
bats_tests += tests/cli/json.bats
bats_tests += tests/cli/picture.bats
unit_programs += test-chart
test_chart_SOURCES = %D%/test_chart.c %D%/chart_chance.c %D%/chart_figures.c %D%/chart_figures.h %D%/chart_shapes.c %D%/chart_shapes.h
test_chart_CPPFLAGS = $(unit_cppflags) $(XML_CFLAGS)
test_chart_LDADD = $(unit_ldadd)
test_chart_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
unit_programs += test-raster
test_raster_SOURCES = %D%/test_raster.c
test_raster_CPPFLAGS = $(unit_cppflags)
test_raster_LDADD = $(unit_ldadd)
test_raster_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=dlopen,--wrap=dlsym
unit_programs += test-savings
test_savings_SOURCES = %D%/test_savings.c %D%/pair_recipe.h %D%/flow_build.h
test_savings_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_savings_LDADD = $(unit_ldadd)
test_savings_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
# Pages in HTML, read again by parsers.
unit_programs += test-html
test_html_SOURCES = %D%/test_html.c
test_html_CPPFLAGS = $(unit_cppflags) $(XML_CFLAGS)
test_html_LDADD = $(unit_ldadd) $(XML_LIBS)
# Workbooks as they are written.
unit_programs += test-book
test_book_SOURCES = %D%/test_book.c
test_book_CPPFLAGS = $(unit_cppflags)
test_book_LDADD = $(unit_ldadd)
# Workbooks of reports, opened again.
unit_programs += test-book-back
test_book_back_SOURCES = %D%/test_book_back.c %D%/pages_check.h %D%/pages_pair.h
test_book_back_CPPFLAGS = $(unit_cppflags)
test_book_back_LDADD = $(unit_ldadd)
