# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/glpk.c %D%/glpk_i.h \
	%D%/milp.c %D%/milp_i.h
