# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-staff
test_staff_SOURCES = %D%/test_staff.c %D%/staff_test.h %D%/flow_build.h
test_staff_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_staff_LDADD = $(unit_ldadd)
unit_programs += test-staff-hours
test_staff_hours_SOURCES = %D%/test_staff_hours.c %D%/staff_test.h %D%/flow_build.h
test_staff_hours_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_staff_hours_LDADD = $(unit_ldadd)
unit_programs += test-staff-room
test_staff_room_SOURCES = %D%/test_staff_room.c %D%/staff_test.h %D%/flow_build.h
test_staff_room_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests
test_staff_room_LDADD = $(unit_ldadd)
