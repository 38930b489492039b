# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-xlsx-read
test_xlsx_read_SOURCES = %D%/test_xlsx_read.c %D%/workbook_test.h
test_xlsx_read_CPPFLAGS = $(unit_cppflags)
test_xlsx_read_LDADD = $(unit_ldadd)
unit_programs += test-workbook
test_workbook_SOURCES = %D%/test_workbook.c %D%/workbook_test.h
test_workbook_CPPFLAGS = $(unit_cppflags)
test_workbook_LDADD = $(unit_ldadd)
test_workbook_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
