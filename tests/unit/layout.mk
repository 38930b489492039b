# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-layout
test_layout_SOURCES = %D%/test_layout.c %D%/drawing.c %D%/drawing.h
test_layout_CPPFLAGS = $(unit_cppflags)
test_layout_LDADD = $(unit_ldadd)
unit_programs += test-draw
test_draw_SOURCES = %D%/test_draw.c
test_draw_CPPFLAGS = $(unit_cppflags)
test_draw_LDADD = $(unit_ldadd)
test_draw_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
