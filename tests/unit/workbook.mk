# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-xlsx-read
test_xlsx_read_SOURCES = %D%/test_xlsx_read.c %D%/workbook_test.h
test_xlsx_read_CPPFLAGS = $(unit_cppflags)
test_xlsx_read_LDADD = $(unit_ldadd)
