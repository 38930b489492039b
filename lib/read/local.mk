# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/read_i.h
libbprcore_la_SOURCES += %D%/companion.c
libbprcore_la_SOURCES += %D%/heading.c %D%/heading_i.h
libbprcore_la_SOURCES += %D%/measured.c
libbprcore_la_SOURCES += %D%/read.c
libbprcore_la_SOURCES += %D%/reader.c
libbprcore_la_SOURCES += %D%/rows.c %D%/rows_i.h
libbprcore_la_SOURCES += %D%/table.c
libbprcore_la_SOURCES += %D%/bpmn_later.c
