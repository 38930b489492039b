# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-mine test-mine-brute test-mine-nomem test-mine-public
test_mine_SOURCES = %D%/test_mine.c
test_mine_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_mine_LDADD = $(unit_ldadd)
test_mine_brute_SOURCES = %D%/test_mine_brute.c %D%/mine_plain.h
test_mine_brute_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_mine_brute_LDADD = $(unit_ldadd)
test_mine_nomem_SOURCES = %D%/test_mine_nomem.c
test_mine_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_mine_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_mine_nomem_LDADD = $(unit_ldadd)
test_mine_public_SOURCES = %D%/test_mine_public.c
test_mine_public_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_mine_public_LDADD = $(unit_ldadd)
