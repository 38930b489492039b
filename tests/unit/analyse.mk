# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-analyse
test_analyse_SOURCES = %D%/test_analyse.c %D%/flow_build.h
test_analyse_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_analyse_LDADD = $(unit_ldadd)
