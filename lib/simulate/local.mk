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
	%D%/ziggurat.c
EXTRA_DIST += %D%/arrive.c %D%/join.c %D%/move.c %D%/plan.c %D%/round.c %D%/run.c %D%/work.c
