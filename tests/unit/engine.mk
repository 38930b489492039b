# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-event-queue
test_event_queue_SOURCES = %D%/test_event_queue.c
test_event_queue_CPPFLAGS = $(unit_cppflags)
test_event_queue_LDADD = $(unit_ldadd)
