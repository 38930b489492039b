# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-table-rows
test_table_rows_SOURCES = %D%/test_table_rows.c
test_table_rows_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_table_rows_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_table_rows_LDADD = $(unit_ldadd)
