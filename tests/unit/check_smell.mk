# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-smell
test_smell_SOURCES = %D%/test_smell.c %D%/flow_build.h
test_smell_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_smell_LDADD = $(unit_ldadd)
unit_programs += test-sheet
test_sheet_SOURCES = %D%/test_sheet.c
test_sheet_CPPFLAGS = $(unit_cppflags)
test_sheet_LDADD = $(unit_ldadd)
