# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/apply.c \
	%D%/manifest.c \
	%D%/measured.c \
	%D%/open.c \
	%D%/pack.c \
	%D%/personal.c \
	%D%/scale.c %D%/share_i.h \
	%D%/surname.c \
	%D%/table.c
