# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-log-csv
test_log_csv_SOURCES = %D%/test_log_csv.c
test_log_csv_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_log_csv_LDADD = $(unit_ldadd)
unit_programs += test-log-time
test_log_time_SOURCES = %D%/test_log_time.c
test_log_time_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_log_time_LDADD = $(unit_ldadd)
unit_programs += test-csv-stream
test_csv_stream_SOURCES = %D%/test_csv_stream.c
test_csv_stream_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_csv_stream_LDADD = $(unit_ldadd)
unit_programs += test-log-nomem
test_log_nomem_SOURCES = %D%/test_log_nomem.c
test_log_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_log_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_log_nomem_LDADD = $(unit_ldadd)
