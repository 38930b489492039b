# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-heat
test_heat_SOURCES = %D%/test_heat.c tests/property/random_flow.c tests/property/random_flow.h
test_heat_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_heat_LDADD = $(unit_ldadd)
unit_programs += test-strips
test_strips_SOURCES = %D%/test_strips.c tests/property/random_flow.c tests/property/random_flow.h
test_strips_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_strips_LDADD = $(unit_ldadd)
unit_programs += test-follows
test_follows_SOURCES = %D%/test_follows.c tests/property/random_flow.c tests/property/random_flow.h
test_follows_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_follows_LDADD = $(unit_ldadd)
