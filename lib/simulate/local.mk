# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/plan_i.h \
	%D%/queue_i.h \
	%D%/record_i.h \
	%D%/run_i.h
