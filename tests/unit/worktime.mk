# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-worktime
test_worktime_SOURCES = %D%/test_worktime.c
test_worktime_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_worktime_LDADD = $(unit_ldadd)
