# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/book.c %D%/book_i.h \
	%D%/book_cell.c \
	%D%/book_chart.c \
	%D%/book_sheet.c \
	%D%/inside_i.h
libbprcore_la_SOURCES += \
	%D%/format.c \
	%D%/open.c %D%/read_i.h \
	%D%/part.c %D%/reading_i.h \
	%D%/record.c \
	%D%/sheet.c \
	%D%/strings.c \
	%D%/styles.c \
	%D%/zip.c %D%/zip_i.h
