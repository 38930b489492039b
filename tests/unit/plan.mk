# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-plan
test_plan_SOURCES = %D%/test_plan.c %D%/improve_flow.h %D%/flow_build.h
test_plan_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_plan_LDADD = $(unit_ldadd)
