# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-analyse
test_analyse_SOURCES = %D%/test_analyse.c %D%/flow_build.h
test_analyse_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_analyse_LDADD = $(unit_ldadd)
unit_programs += test-walk
test_walk_SOURCES = tests/property/test_walk.c tests/property/brute.c tests/property/brute.h \
	tests/property/random_flow.c tests/property/random_flow.h
test_walk_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_walk_LDADD = $(unit_ldadd)
unit_programs += test-agree
test_agree_SOURCES = tests/property/test_agree.c tests/property/random_flow.c tests/property/random_flow.h
test_agree_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_agree_LDADD = $(unit_ldadd)
unit_programs += test-soundness
test_soundness_SOURCES = tests/property/test_soundness.c tests/property/sound_brute.c tests/property/sound_brute.h \
	tests/property/sound_random.c tests/property/sound_random.h
test_soundness_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_soundness_LDADD = $(unit_ldadd)
unit_programs += test-soundness-models
test_soundness_models_SOURCES = %D%/test_soundness_models.c
test_soundness_models_CPPFLAGS = $(unit_cppflags)
test_soundness_models_LDADD = $(unit_ldadd)
