# SPDX-License-Identifier: GPL-3.0-or-later
# Sheets of paper: lines, pages, tables across pages, and files made of them.
unit_programs += test-paper
test_paper_SOURCES = %D%/test_paper.c %D%/paper_sheet.c %D%/paper_sheet.h
test_paper_CPPFLAGS = $(unit_cppflags)
test_paper_LDADD = $(unit_ldadd)
test_paper_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
# The sheets of a training.
unit_programs += test-workshop
test_workshop_SOURCES = %D%/test_workshop.c
test_workshop_CPPFLAGS = $(unit_cppflags)
test_workshop_LDADD = $(unit_ldadd)
test_workshop_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
