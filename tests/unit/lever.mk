# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-lever-forms
test_lever_forms_SOURCES = %D%/test_lever_forms.c %D%/lever_flow.h %D%/flow_build.h
test_lever_forms_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_lever_forms_LDADD = $(unit_ldadd)
unit_programs += test-lever-shape
test_lever_shape_SOURCES = %D%/test_lever_shape.c %D%/flow_build.h
test_lever_shape_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_lever_shape_LDADD = $(unit_ldadd)
test_lever_shape_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
unit_programs += test-means
test_means_SOURCES = %D%/test_means.c tests/property/random_flow.c tests/property/random_flow.h
test_means_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_means_LDADD = $(unit_ldadd)
unit_programs += test-lever-any
test_lever_any_SOURCES = tests/property/test_lever_any.c tests/property/random_flow.c tests/property/random_flow.h \
	tests/property/sound_random.c tests/property/sound_random.h
test_lever_any_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_lever_any_LDADD = $(unit_ldadd)
unit_programs += test-edit
test_edit_SOURCES = %D%/test_edit.c %D%/flow_build.h tests/property/random_flow.c tests/property/random_flow.h \
	tests/property/edit_any.c tests/property/edit_any.h
test_edit_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_edit_LDADD = $(unit_ldadd)
test_edit_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
unit_programs += test-lever-values
test_lever_values_SOURCES = %D%/test_lever_values.c %D%/lever_flow.h %D%/flow_build.h
test_lever_values_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_lever_values_LDADD = $(unit_ldadd)
unit_programs += test-lever-sets
test_lever_sets_SOURCES = %D%/test_lever_sets.c %D%/lever_flow.h %D%/flow_build.h
test_lever_sets_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_lever_sets_LDADD = $(unit_ldadd)
unit_programs += test-lever-nomem
test_lever_nomem_SOURCES = %D%/test_lever_nomem.c %D%/lever_flow.h %D%/flow_build.h
test_lever_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_lever_nomem_LDADD = $(unit_ldadd)
test_lever_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
