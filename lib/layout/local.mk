# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/body.c \
	%D%/dock.c \
	%D%/label.c \
	%D%/layer.c \
	%D%/layout.c %D%/layout_i.h \
	%D%/order.c %D%/order_i.h \
	%D%/place.c \
	%D%/route.c %D%/route_i.h \
	%D%/row.c \
	%D%/sheet.c %D%/sheet_i.h \
	%D%/text.c \
	%D%/track.c
