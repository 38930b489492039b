# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-event-queue
test_event_queue_SOURCES = %D%/test_event_queue.c
test_event_queue_CPPFLAGS = $(unit_cppflags)
test_event_queue_LDADD = $(unit_ldadd)
unit_programs += test-token-game
test_token_game_SOURCES = %D%/test_token_game.c %D%/staff_test.h %D%/flow_build.h
test_token_game_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_token_game_LDADD = $(unit_ldadd)
unit_programs += test-token-reach
test_token_reach_SOURCES = %D%/test_token_reach.c tests/property/random_flow.c tests/property/random_flow.h
test_token_reach_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_token_reach_LDADD = $(unit_ldadd)
unit_programs += test-sampling
test_sampling_SOURCES = %D%/test_sampling.c
test_sampling_CPPFLAGS = $(unit_cppflags)
test_sampling_LDADD = $(unit_ldadd)
unit_programs += test-simulate-nomem
test_simulate_nomem_SOURCES = %D%/test_simulate_nomem.c %D%/staff_test.h %D%/flow_build.h
test_simulate_nomem_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_simulate_nomem_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
test_simulate_nomem_LDADD = $(unit_ldadd)
