# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-lossless
test_lossless_SOURCES = tests/property/test_lossless.c tests/property/random_flow.c tests/property/random_flow.h \
	tests/property/edit_any.c tests/property/edit_any.h
test_lossless_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_lossless_LDADD = $(unit_ldadd)
