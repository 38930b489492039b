# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-log-csv
test_log_csv_SOURCES = %D%/test_log_csv.c
test_log_csv_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_log_csv_LDADD = $(unit_ldadd)
