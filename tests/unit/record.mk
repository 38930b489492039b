# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-sketch test-record
test_sketch_SOURCES = %D%/test_sketch.c
test_sketch_CPPFLAGS = $(unit_cppflags)
test_sketch_LDADD = $(unit_ldadd)
test_record_SOURCES = %D%/test_record.c %D%/flow_build.h %D%/flow_rows.h
test_record_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_record_LDADD = $(unit_ldadd)
