# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/book.c %D%/book_i.h \
	%D%/book_cell.c \
	%D%/book_sheet.c \
	%D%/inside_i.h
