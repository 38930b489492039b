# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-archive
test_archive_SOURCES = %D%/test_archive.c
test_archive_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_archive_CFLAGS = $(AM_CFLAGS) $(ARCHIVE_CFLAGS)
test_archive_LDADD = $(unit_ldadd)
unit_programs += test-log-ocel
test_log_ocel_SOURCES = %D%/test_log_ocel.c
test_log_ocel_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_log_ocel_LDADD = $(unit_ldadd)
unit_programs += test-log-xes
test_log_xes_SOURCES = %D%/test_log_xes.c
test_log_xes_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_log_xes_LDADD = $(unit_ldadd)
unit_programs += test-log-xes-nomem
test_log_xes_nomem_SOURCES = %D%/test_log_xes_nomem.c
test_log_xes_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_log_xes_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_log_xes_nomem_LDADD = $(unit_ldadd)
