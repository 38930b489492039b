# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-mine test-mine-brute
test_mine_SOURCES = %D%/test_mine.c
test_mine_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_mine_LDADD = $(unit_ldadd)
test_mine_brute_SOURCES = %D%/test_mine_brute.c %D%/mine_plain.h
test_mine_brute_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_mine_brute_LDADD = $(unit_ldadd)
