# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/write_i.h
libbprcore_la_SOURCES += %D%/write.c
libbprcore_la_SOURCES += %D%/csv.c
libbprcore_la_SOURCES += %D%/lost.c
