# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-file
test_file_SOURCES = %D%/test_file.c
test_file_CPPFLAGS = $(unit_cppflags)
test_file_LDADD = $(unit_ldadd)
unit_programs += test-encoding
test_encoding_SOURCES = %D%/test_encoding.c
test_encoding_CPPFLAGS = $(unit_cppflags)
test_encoding_LDADD = $(unit_ldadd)
unit_programs += test-csv
test_csv_SOURCES = %D%/test_csv.c
test_csv_CPPFLAGS = $(unit_cppflags)
test_csv_LDADD = $(unit_ldadd)
# XML and BPMN
unit_programs += test-xml
test_xml_SOURCES = %D%/test_xml.c
test_xml_CPPFLAGS = $(unit_cppflags)
test_xml_LDADD = $(unit_ldadd)
unit_programs += test-table
test_table_SOURCES = %D%/test_table.c
test_table_CPPFLAGS = $(unit_cppflags)
test_table_LDADD = $(unit_ldadd)
unit_programs += test-bpmn
test_bpmn_SOURCES = %D%/test_bpmn.c %D%/bpmn_test.h
test_bpmn_CPPFLAGS = $(unit_cppflags)
test_bpmn_LDADD = $(unit_ldadd)
