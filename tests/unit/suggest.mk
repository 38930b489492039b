# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-milp
test_milp_SOURCES = %D%/test_milp.c
test_milp_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_milp_LDADD = $(unit_ldadd)
test_milp_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
