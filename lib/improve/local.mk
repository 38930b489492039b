# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/improve_i.h \
	%D%/roster.c \
	%D%/shift.c \
	%D%/target.c
