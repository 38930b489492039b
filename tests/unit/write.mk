# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-bpmn-write
test_bpmn_write_SOURCES = %D%/test_bpmn_write.c %D%/bpmn_test.h
test_bpmn_write_CPPFLAGS = $(unit_cppflags)
test_bpmn_write_LDADD = $(unit_ldadd)
unit_programs += test-bpmn-random
test_bpmn_random_SOURCES = %D%/test_bpmn_random.c tests/property/random_flow.c tests/property/random_flow.h
test_bpmn_random_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_bpmn_random_LDADD = $(unit_ldadd)
unit_programs += test-xml-edit
test_xml_edit_SOURCES = %D%/test_xml_edit.c
test_xml_edit_CPPFLAGS = $(unit_cppflags)
test_xml_edit_LDADD = $(unit_ldadd)
