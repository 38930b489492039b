# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/draw.c %D%/draw_i.h \
	%D%/game_i.h \
	%D%/hours.c \
	%D%/plan_i.h \
	%D%/queue.c %D%/queue_i.h \
	%D%/reach.c %D%/reach_i.h \
	%D%/record_i.h \
	%D%/run_i.h \
	%D%/scope.c \
	%D%/ziggurat.c \
	%D%/arrive.c \
	%D%/clock.c \
	%D%/join.c \
	%D%/move.c \
	%D%/plan.c \
	%D%/quick.c \
	%D%/round.c \
	%D%/run.c \
	%D%/work.c
libbprcore_la_SOURCES += \
	%D%/batch.c \
	%D%/line.c \
	%D%/pool.c \
	%D%/room.c \
	%D%/shift.c \
	%D%/stay.c \
	%D%/skill.c \
	%D%/staff.c %D%/staff_i.h \
	%D%/staff_plan.c
libbprcore_la_SOURCES += \
	%D%/difference.c \
	%D%/interval.c \
	%D%/key.c \
	%D%/record.c \
	%D%/record_hours.c \
	%D%/record_plan.c \
	%D%/recorder_i.h \
	%D%/replicate.c \
	%D%/result.c %D%/result_i.h \
	%D%/sums.c %D%/sums_i.h \
	%D%/trail.c \
	%D%/warmup.c %D%/warmup_i.h \
	%D%/watch.c
libbprcore_la_SOURCES += \
	%D%/log.c %D%/log_i.h \
	%D%/log_csv.c \
	%D%/log_xes.c
