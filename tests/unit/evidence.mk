# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-evidence-stat
test_evidence_stat_SOURCES = %D%/test_evidence_stat.c
test_evidence_stat_CPPFLAGS = $(unit_cppflags) $(GSL_CFLAGS)
test_evidence_stat_LDADD = $(unit_ldadd)
