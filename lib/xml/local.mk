# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/decode.c \
	%D%/edit.c %D%/edit_i.h \
	%D%/escape.c \
	%D%/memory.c \
	%D%/parse.c \
	%D%/recode.c %D%/recode_i.h \
	%D%/scan.c \
	%D%/stream.c %D%/stream_i.h \
	%D%/tree.c %D%/xml_i.h
