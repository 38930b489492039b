# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/build.c %D%/build_i.h %D%/builder_i.h \
	%D%/calendar.c %D%/calendar_i.h \
	%D%/cell.c \
	%D%/check.c \
	%D%/column.c %D%/column_i.h \
	%D%/companion.c %D%/companion_i.h \
	%D%/date.c \
	%D%/days.c \
	%D%/demand.c \
	%D%/derive.c \
	%D%/dist.c %D%/dist_i.h \
	%D%/duration.c \
	%D%/finish.c \
	%D%/fiscal.c \
	%D%/flow.c \
	%D%/format.c %D%/format_row.c %D%/format_i.h \
	%D%/holiday.c \
	%D%/list.c \
	%D%/merge.c \
	%D%/metric.c \
	%D%/order.c \
	%D%/origin.c \
	%D%/rates.c \
	%D%/rng.c \
	%D%/schedule.c %D%/schedule_i.h \
	%D%/scope.c \
	%D%/set.c \
	%D%/share.c \
	%D%/staffing.c \
	%D%/times.c \
	%D%/value.c %D%/value_i.h \
	%D%/view.c %D%/view_i.h
libbprcore_la_SOURCES += \
	%D%/edit.c %D%/edit_i.h %D%/edit_inside_i.h \
	%D%/edit_arc.c \
	%D%/edit_flow.c \
	%D%/edit_list.c \
	%D%/edit_name.c \
	%D%/edit_node.c \
	%D%/edit_order.c \
	%D%/edit_set.c %D%/edit_set_i.h \
	%D%/edit_tidy.c
