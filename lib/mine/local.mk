# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/dict.c %D%/dict_i.h
libbprcore_la_SOURCES += %D%/discover_i.h
libbprcore_la_SOURCES += %D%/evidence_boot.c
libbprcore_la_SOURCES += %D%/evidence_mean.c
libbprcore_la_SOURCES += %D%/evidence_rank.c
libbprcore_la_SOURCES += %D%/evidence_rate.c
libbprcore_la_SOURCES += %D%/evidence_series.c
libbprcore_la_SOURCES += %D%/evidence_stat_i.h
libbprcore_la_SOURCES += %D%/evidence_survival.c
libbprcore_la_SOURCES += %D%/log.c %D%/log_i.h
libbprcore_la_SOURCES += %D%/log_ocel.c
libbprcore_la_SOURCES += %D%/log_read.c
libbprcore_la_SOURCES += %D%/log_sniff.c %D%/log_sniff_i.h
libbprcore_la_SOURCES += %D%/log_xes.c
libbprcore_la_SOURCES += %D%/spill.c %D%/spill_i.h
