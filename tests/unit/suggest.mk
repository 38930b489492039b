# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-milp
test_milp_SOURCES = %D%/test_milp.c
test_milp_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_milp_LDADD = $(unit_ldadd)
test_milp_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
unit_programs += test-choose
test_choose_SOURCES = %D%/test_choose.c
test_choose_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_choose_LDADD = $(unit_ldadd)
test_choose_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
unit_programs += test-suggest
test_suggest_SOURCES = %D%/test_suggest.c %D%/suggest_world.h %D%/improve_flow.h %D%/flow_build.h
test_suggest_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_suggest_LDADD = $(unit_ldadd)
unit_programs += test-candidate
test_candidate_SOURCES = %D%/test_candidate.c %D%/suggest_world.h %D%/improve_flow.h %D%/flow_build.h
test_candidate_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_candidate_LDADD = $(unit_ldadd)
unit_programs += test-suggest-nomem
test_suggest_nomem_SOURCES = %D%/test_suggest_nomem.c %D%/suggest_world.h %D%/improve_flow.h %D%/flow_build.h
test_suggest_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_suggest_nomem_LDADD = $(unit_ldadd)
test_suggest_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
