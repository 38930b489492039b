# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-condition
test_condition_SOURCES = %D%/test_condition.c
test_condition_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_condition_LDADD = $(unit_ldadd)
unit_programs += test-procedure-check
test_procedure_check_SOURCES = %D%/test_procedure_check.c
test_procedure_check_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_procedure_check_LDADD = $(unit_ldadd)
unit_programs += test-dmn
test_dmn_SOURCES = %D%/test_dmn.c
test_dmn_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_dmn_LDADD = $(unit_ldadd)
unit_programs += test-procedure
test_procedure_SOURCES = %D%/test_procedure.c
test_procedure_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_procedure_LDADD = $(unit_ldadd)
unit_programs += test-household
test_household_SOURCES = %D%/test_household.c
test_household_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_household_LDADD = $(unit_ldadd)
unit_programs += test-procedure-nomem
test_procedure_nomem_SOURCES = %D%/test_procedure_nomem.c
test_procedure_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_procedure_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_procedure_nomem_LDADD = $(unit_ldadd)
