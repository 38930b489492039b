# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/erlang.c \
	%D%/gigc.c \
	%D%/mg1.c \
	%D%/mmc.c \
	%D%/network.c \
	%D%/product.c \
	%D%/qna.c \
	%D%/queueing.c %D%/queueing_i.h \
	%D%/sensitivity.c
