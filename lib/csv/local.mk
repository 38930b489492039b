# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/csv.c %D%/csv_i.h %D%/parse_i.h %D%/record.c %D%/stream.c
