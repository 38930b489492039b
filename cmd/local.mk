# SPDX-License-Identifier: GPL-3.0-or-later
# The command line sees the public headers only.
bin_PROGRAMS += bpr
bpr_SOURCES = %D%/main.c
bpr_CPPFLAGS = $(AM_CPPFLAGS)
bpr_LDADD = libbpr.la
