# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-worktime
test_worktime_SOURCES = %D%/test_worktime.c
test_worktime_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_worktime_LDADD = $(unit_ldadd)
unit_programs += test-worktime-days
test_worktime_days_SOURCES = %D%/test_worktime_days.c
test_worktime_days_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_worktime_days_LDADD = $(unit_ldadd)
unit_programs += test-worktime-nomem
test_worktime_nomem_SOURCES = %D%/test_worktime_nomem.c
test_worktime_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_worktime_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_worktime_nomem_LDADD = $(unit_ldadd)
