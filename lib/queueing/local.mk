# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/agenda.c \
	%D%/demand.c \
	%D%/downstream.c \
	%D%/erlang.c \
	%D%/gigc.c \
	%D%/hours.c %D%/hours_i.h \
	%D%/lag.c \
	%D%/mg1.c \
	%D%/mmc.c \
	%D%/network.c \
	%D%/pools.c \
	%D%/product.c \
	%D%/qna.c \
	%D%/queueing.c %D%/queueing_i.h \
	%D%/return.c \
	%D%/sensitivity.c \
	%D%/solve.c \
	%D%/timeline.c %D%/timeline_i.h \
	%D%/warn.c
