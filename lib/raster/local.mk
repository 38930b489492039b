# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/library.c %D%/library_i.h \
	%D%/raster.c %D%/raster_i.h
