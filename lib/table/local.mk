# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/cell.c
libbprcore_la_SOURCES += %D%/key_i.h
libbprcore_la_SOURCES += %D%/table.c %D%/table_i.h
