# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-build
test_build_SOURCES = %D%/test_build.c %D%/flow_build.h
test_build_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_build_LDADD = $(unit_ldadd)
unit_programs += test-value
test_value_SOURCES = %D%/test_value.c
test_value_CPPFLAGS = $(unit_cppflags)
test_value_LDADD = $(unit_ldadd)
unit_programs += test-dist
test_dist_SOURCES = %D%/test_dist.c
test_dist_CPPFLAGS = $(unit_cppflags) $(GSL_CFLAGS)
test_dist_LDADD = $(unit_ldadd) $(GSL_LIBS)
unit_programs += test-column
test_column_SOURCES = %D%/test_column.c
test_column_CPPFLAGS = $(unit_cppflags)
test_column_LDADD = $(unit_ldadd)
