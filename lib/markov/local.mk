# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/chain_i.h %D%/factor_i.h \
	%D%/scc.c %D%/order.c %D%/gth.c %D%/factor.c %D%/solve.c \
	%D%/dense.c %D%/diagonal.c %D%/hit.c %D%/distribution.c
