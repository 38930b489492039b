# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/expected.c \
	%D%/oddity.c \
	%D%/total.c \
	%D%/walk.c
