# SPDX-License-Identifier: GPL-3.0-or-later
EXTRA_DIST += tests/lib/log.h
unit_programs += test-log-store
test_log_store_SOURCES = %D%/test_log_store.c
test_log_store_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_log_store_LDADD = $(unit_ldadd)
