# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/check_i.h
libbprcore_la_SOURCES += %D%/check.c
libbprcore_la_SOURCES += %D%/findings.c
