# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/load.c %D%/json_i.h
