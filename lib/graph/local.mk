# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/guard.c %D%/guard_i.h %D%/graph_i.h %D%/dominator.c %D%/feedback.c %D%/must_pass.c
