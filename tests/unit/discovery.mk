# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-tree
test_tree_SOURCES = %D%/test_tree.c %D%/tree_test.h
test_tree_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_tree_LDADD = $(unit_ldadd)
unit_programs += test-discover
test_discover_SOURCES = %D%/test_discover.c
test_discover_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_discover_LDADD = $(unit_ldadd)
unit_programs += test-fit
test_fit_SOURCES = %D%/test_fit.c
test_fit_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_fit_LDADD = $(unit_ldadd)
unit_programs += test-discover-nomem
test_discover_nomem_SOURCES = %D%/test_discover_nomem.c
test_discover_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_discover_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_discover_nomem_LDADD = $(unit_ldadd)
