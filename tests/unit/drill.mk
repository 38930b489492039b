# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-drill
test_drill_SOURCES = %D%/test_drill.c
test_drill_CPPFLAGS = $(unit_cppflags)
test_drill_LDADD = $(unit_ldadd)
