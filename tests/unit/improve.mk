# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-trial
test_trial_SOURCES = %D%/test_trial.c %D%/improve_flow.h %D%/flow_build.h
test_trial_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_trial_LDADD = $(unit_ldadd)
