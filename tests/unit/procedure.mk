# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-condition
test_condition_SOURCES = %D%/test_condition.c
test_condition_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_condition_LDADD = $(unit_ldadd)
