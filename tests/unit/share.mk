# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-share test-share-nomem
test_share_SOURCES = %D%/test_share.c
test_share_CPPFLAGS = $(unit_cppflags)
test_share_LDADD = $(unit_ldadd)
test_share_nomem_SOURCES = %D%/test_share_nomem.c
test_share_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_share_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_share_nomem_LDADD = $(unit_ldadd)
