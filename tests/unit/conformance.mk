# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-align test-conform test-conform-nomem
test_align_SOURCES = %D%/test_align.c %D%/block_flow.h
test_align_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_align_LDADD = $(unit_ldadd)
test_conform_SOURCES = %D%/test_conform.c
test_conform_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_conform_LDADD = $(unit_ldadd)
test_conform_nomem_SOURCES = %D%/test_conform_nomem.c
test_conform_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_conform_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_conform_nomem_LDADD = $(unit_ldadd)
