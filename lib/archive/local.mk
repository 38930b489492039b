# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/archive.c %D%/archive_i.h %D%/inside_i.h
libbprcore_la_SOURCES += %D%/gzip.c
libbprcore_la_SOURCES += %D%/library.c
libbprcore_la_SOURCES += %D%/pack.c %D%/pack_i.h
libbprcore_la_SOURCES += %D%/unpack.c
