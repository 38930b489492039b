# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/check.c
libbprcore_la_SOURCES += %D%/class.c
libbprcore_la_SOURCES += %D%/grade.c %D%/grade_i.h
libbprcore_la_SOURCES += %D%/grade_json.c
libbprcore_la_SOURCES += %D%/grade_levers.c
libbprcore_la_SOURCES += %D%/grade_sheet.c
libbprcore_la_SOURCES += %D%/ini.c %D%/ini_i.h
libbprcore_la_SOURCES += %D%/pack.c %D%/pack_i.h
libbprcore_la_SOURCES += %D%/progress.c
