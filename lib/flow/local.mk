# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/build_i.h %D%/column_i.h %D%/dist_i.h
