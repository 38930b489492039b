# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-stroll test-stroll-agree test-stroll-nomem
test_stroll_SOURCES = %D%/test_stroll.c %D%/flow_build.h
test_stroll_CPPFLAGS = $(unit_cppflags)
test_stroll_LDADD = $(unit_ldadd)
test_stroll_agree_SOURCES = tests/property/test_stroll_agree.c tests/property/random_flow.c tests/property/random_flow.h
test_stroll_agree_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_stroll_agree_LDADD = $(unit_ldadd)
test_stroll_nomem_SOURCES = %D%/test_stroll_nomem.c
test_stroll_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_stroll_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_stroll_nomem_LDADD = $(unit_ldadd)
