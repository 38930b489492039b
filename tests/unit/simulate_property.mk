# SPDX-License-Identifier: GPL-3.0-or-later
# The simulator against a plain one, against closed forms, against what must always hold.
unit_programs += test-simulate
test_simulate_SOURCES = tests/property/test_simulate.c tests/property/sim_case.h tests/unit/flow_build.h \
	tests/property/slow_sim.c tests/property/slow_sim.h tests/property/slow_people.c tests/property/slow_i.h tests/property/slow_hours.c tests/property/slow_stay.c tests/property/slow_hours.h \
	tests/property/random_office.c tests/property/random_office.h tests/property/random_flow.c tests/property/random_flow.h
test_simulate_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_simulate_LDADD = $(unit_ldadd)
unit_programs += test-simulate-queue
test_simulate_queue_SOURCES = tests/property/test_simulate_queue.c tests/property/sim_case.h tests/unit/flow_build.h
test_simulate_queue_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_simulate_queue_LDADD = $(unit_ldadd)
unit_programs += test-simulate-network
test_simulate_network_SOURCES = tests/property/test_simulate_network.c tests/property/sim_case.h tests/unit/flow_build.h
test_simulate_network_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_simulate_network_LDADD = $(unit_ldadd)
unit_programs += test-simulate-agree
test_simulate_agree_SOURCES = tests/property/test_simulate_agree.c tests/property/sim_case.h tests/unit/flow_build.h \
	tests/property/brute.c tests/property/brute.h \
	tests/property/random_flow.c tests/property/random_flow.h
test_simulate_agree_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_simulate_agree_LDADD = $(unit_ldadd)
unit_programs += test-simulate-laws
test_simulate_laws_SOURCES = tests/property/test_simulate_laws.c tests/property/sim_case.h tests/unit/flow_build.h \
	tests/property/random_office.c tests/property/random_office.h tests/property/random_flow.c tests/property/random_flow.h
test_simulate_laws_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_simulate_laws_LDADD = $(unit_ldadd)
