# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-station test-queueing
test_station_SOURCES = %D%/test_station.c
test_station_CPPFLAGS = $(unit_cppflags)
test_station_LDADD = $(unit_ldadd)
test_queueing_SOURCES = %D%/test_queueing.c %D%/queueing_flow.h
test_queueing_CPPFLAGS = $(unit_cppflags)
test_queueing_LDADD = $(unit_ldadd)
unit_programs += test-jackson
test_jackson_SOURCES = tests/property/test_jackson.c %D%/queueing_flow.h
test_jackson_CPPFLAGS = $(unit_cppflags)
test_jackson_LDADD = $(unit_ldadd)
# The n-th allocation is made to fail.
unit_programs += test-hours
test_hours_SOURCES = %D%/test_hours.c %D%/queueing_flow.h
test_hours_CPPFLAGS = $(unit_cppflags)
test_hours_LDADD = $(unit_ldadd)
test_hours_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=bpr_i_calloc -Wl,--wrap=bpr_i_grow -Wl,--wrap=bpr_i_arena_alloc
unit_programs += test-queue-report
test_queue_report_SOURCES = %D%/test_queue_report.c %D%/queueing_flow.h
test_queue_report_CPPFLAGS = $(unit_cppflags)
test_queue_report_LDADD = $(unit_ldadd)
EXTRA_DIST += tests/golden/queues-en.txt tests/golden/queues-ja.txt
