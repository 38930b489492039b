# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-build
test_build_SOURCES = %D%/test_build.c %D%/flow_build.h
test_build_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_build_LDADD = $(unit_ldadd)
