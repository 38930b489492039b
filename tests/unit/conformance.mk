# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-align
test_align_SOURCES = %D%/test_align.c %D%/block_flow.h
test_align_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_align_LDADD = $(unit_ldadd)
