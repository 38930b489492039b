# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-evidence-stat
test_evidence_stat_SOURCES = %D%/test_evidence_stat.c
test_evidence_stat_CPPFLAGS = $(unit_cppflags) $(GSL_CFLAGS)
test_evidence_stat_LDADD = $(unit_ldadd)
unit_programs += test-evidence
test_evidence_SOURCES = %D%/test_evidence.c
test_evidence_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_evidence_LDADD = $(unit_ldadd)
unit_programs += test-evidence-nomem
test_evidence_nomem_SOURCES = %D%/test_evidence_nomem.c
test_evidence_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_evidence_nomem_LDADD = $(unit_ldadd)
test_evidence_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
