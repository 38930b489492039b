# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/check_i.h
libbprcore_la_SOURCES += %D%/check.c
libbprcore_la_SOURCES += %D%/findings.c
# Smells, analogue rules, missing numbers, the ministry's rules for tables
libbprcore_la_SOURCES += %D%/smell_i.h
libbprcore_la_SOURCES += %D%/smell.c
libbprcore_la_SOURCES += %D%/smell_graph.c
libbprcore_la_SOURCES += %D%/smell_say.c
libbprcore_la_SOURCES += %D%/smell_write.c
libbprcore_la_SOURCES += %D%/smell_identity.c
libbprcore_la_SOURCES += %D%/smell_counter.c
libbprcore_la_SOURCES += %D%/smell_unit.c
libbprcore_la_SOURCES += %D%/smell_paper.c
libbprcore_la_SOURCES += %D%/smell_time.c
libbprcore_la_SOURCES += %D%/words_i.h
libbprcore_la_SOURCES += %D%/words.c
libbprcore_la_SOURCES += %D%/analogue.c
libbprcore_la_SOURCES += %D%/weak.c
libbprcore_la_SOURCES += \
	%D%/lint.c %D%/lint_i.h \
	%D%/lint_draw.c \
	%D%/lint_event.c \
	%D%/lint_flow.c \
	%D%/lint_gateway.c \
	%D%/lint_node.c \
	%D%/lint_pool.c \
	%D%/lint_scope.c
libbprcore_la_SOURCES += %D%/sheet_i.h
libbprcore_la_SOURCES += %D%/sheet.c
libbprcore_la_SOURCES += %D%/sheet_scan.c
libbprcore_la_SOURCES += %D%/sheet_cell.c
