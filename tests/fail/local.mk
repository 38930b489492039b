# SPDX-License-Identifier: GPL-3.0-or-later
# Failed allocations, writes and kills by a preloaded object; hostile inputs with limits of time and memory.
check_LTLIBRARIES += fault.la
fault_la_SOURCES = %D%/fault.c
fault_la_CFLAGS = -std=c17
fault_la_LDFLAGS = -module -avoid-version -shared -rpath /nowhere
bats_tests += %D%/fault.bats %D%/hostile.bats
EXTRA_DIST += %D%/fail.bash
