# SPDX-License-Identifier: GPL-3.0-or-later
# Pages about a visit and about waiting.
unit_programs += test-visit
test_visit_SOURCES = %D%/test_visit.c %D%/pages_made.h %D%/flow_build.h tests/property/random_flow.c tests/property/random_flow.h
test_visit_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_visit_LDADD = $(unit_ldadd)
test_visit_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
unit_programs += test-waiting
test_waiting_SOURCES = %D%/test_waiting.c %D%/pages_made.h %D%/flow_build.h
test_waiting_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_waiting_LDADD = $(unit_ldadd)
