# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-roster
test_roster_SOURCES = %D%/test_roster.c %D%/flow_build.h
test_roster_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_roster_LDADD = $(unit_ldadd)
unit_programs += test-trial
test_trial_SOURCES = %D%/test_trial.c %D%/improve_flow.h %D%/flow_build.h
test_trial_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_trial_LDADD = $(unit_ldadd)
unit_programs += test-staffing
test_staffing_SOURCES = %D%/test_staffing.c %D%/improve_flow.h %D%/flow_build.h
test_staffing_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_staffing_LDADD = $(unit_ldadd)
unit_programs += test-improve-nomem
test_improve_nomem_SOURCES = %D%/test_improve_nomem.c %D%/improve_flow.h %D%/flow_build.h
test_improve_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_improve_nomem_LDADD = $(unit_ldadd)
test_improve_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
unit_programs += test-tornado
test_tornado_SOURCES = %D%/test_tornado.c %D%/pair_recipe.h %D%/flow_build.h
test_tornado_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_tornado_LDADD = $(unit_ldadd)
test_tornado_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
