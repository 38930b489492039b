# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-base
test_base_SOURCES = %D%/test_base.c
test_base_CPPFLAGS = $(unit_cppflags)
test_base_LDADD = $(unit_ldadd)
