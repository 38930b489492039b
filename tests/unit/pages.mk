# SPDX-License-Identifier: GPL-3.0-or-later
# Pages that people look at: what they say of a pair, by hand and of any flows.
unit_programs += test-pages
test_pages_SOURCES = %D%/test_pages.c %D%/pages_pair.h %D%/pages_check.h %D%/flow_build.h
test_pages_CPPFLAGS = $(unit_cppflags)
test_pages_LDADD = $(unit_ldadd)
unit_programs += test-pages-any
test_pages_any_SOURCES = tests/property/test_pages_any.c %D%/pages_pair.h %D%/pages_check.h \
	tests/property/random_flow.c tests/property/random_flow.h
test_pages_any_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_pages_any_LDADD = $(unit_ldadd)
bats_tests += tests/cli/pages.bats
