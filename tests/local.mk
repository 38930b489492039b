# SPDX-License-Identifier: GPL-3.0-or-later
# All tests speak TAP under Automake's driver. A part's unit tests stand in its own tests/unit/PART.mk.
unit_programs =
bats_tests =
sh_tests =
unit_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/lib -I$(top_srcdir)/tests/lib $(CMOCKA_CFLAGS)
unit_ldadd = libbprcore.la $(CMOCKA_LIBS)
include $(top_srcdir)/tests/unit/base.mk
include $(top_srcdir)/tests/unit/flow.mk
include $(top_srcdir)/tests/unit/read.mk
include $(top_srcdir)/tests/unit/simulate_property.mk
include $(top_srcdir)/tests/unit/markov.mk
include $(top_srcdir)/tests/unit/analyse.mk
include $(top_srcdir)/tests/unit/engine.mk
include $(top_srcdir)/tests/unit/report.mk
include $(top_srcdir)/tests/unit/write.mk
include $(top_srcdir)/tests/unit/visit.mk
include $(top_srcdir)/tests/unit/check_smell.mk
include $(top_srcdir)/tests/unit/layout.mk
include $(top_srcdir)/tests/unit/draw.mk
include $(top_srcdir)/tests/unit/lint.mk
include $(top_srcdir)/tests/unit/lossless.mk
include $(top_srcdir)/tests/unit/improve.mk
include $(top_srcdir)/tests/unit/log.mk
include $(top_srcdir)/tests/unit/mining_report.mk
include $(top_srcdir)/tests/unit/lever.mk
include $(top_srcdir)/tests/unit/suggest.mk
include $(top_srcdir)/tests/unit/plan.mk
include $(top_srcdir)/tests/unit/table.mk
include $(top_srcdir)/tests/unit/procedure.mk
include $(top_srcdir)/tests/unit/checksheet.mk
include $(top_srcdir)/tests/unit/stroll.mk
include $(top_srcdir)/tests/unit/paper.mk
include $(top_srcdir)/tests/unit/drill.mk
include $(top_srcdir)/tests/unit/share.mk
include $(top_srcdir)/tests/unit/evidence.mk
include $(top_srcdir)/tests/unit/conformance.mk
include $(top_srcdir)/tests/unit/discovery.mk
include $(top_srcdir)/tests/unit/worktime.mk
include $(top_srcdir)/tests/unit/mine.mk
include $(top_srcdir)/tests/unit/log_xes.mk
include $(top_srcdir)/tests/unit/log_csv.mk
include $(top_srcdir)/tests/unit/queueing.mk
include $(top_srcdir)/tests/unit/staff.mk
include $(top_srcdir)/tests/unit/record.mk
include $(top_srcdir)/tests/unit/workbook.mk
include $(top_srcdir)/tests/unit/pages.mk
include $(top_srcdir)/tests/cli/local.mk
include $(top_srcdir)/tests/browser/local.mk
include $(top_srcdir)/tests/lint/local.mk
include $(top_srcdir)/tests/fuzz/local.mk
include $(top_srcdir)/tests/fail/local.mk
include $(top_srcdir)/tests/bench/local.mk
if HAVE_CMOCKA
check_PROGRAMS += $(unit_programs)
TESTS += $(unit_programs)
endif
TESTS += $(sh_tests) $(bats_tests)
EXTRA_DIST += $(bats_tests) $(sh_tests) tests/cli/helper.bash
TEST_EXTENSIONS = .bats .sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
BATS_LOG_DRIVER = $(LOG_DRIVER)
BATS_LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/lib/run-bats
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
EXTRA_DIST += tests/lib/run-bats tests/lib/test.h tests/lib/fail_alloc.h
AM_TESTS_ENVIRONMENT = \
	LC_ALL=C; export LC_ALL; TZ=UTC; export TZ; unset BPR_LANG LANGUAGE NO_COLOR CLICOLOR_FORCE; \
	CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	LSAN_OPTIONS=suppressions='$(abs_top_srcdir)/tests/lib/leaks.supp':print_suppressions=0; export LSAN_OPTIONS; \
	BPR='$(abs_top_builddir)/bpr$(EXEEXT)'; export BPR; BATS='$(BATS)'; export BATS; \
	abs_top_srcdir='$(abs_top_srcdir)'; export abs_top_srcdir; abs_top_builddir='$(abs_top_builddir)'; export abs_top_builddir; \
	CC='$(CC)'; export CC; CXX=$${CXX-c++}; export CXX; MSGFMT='$(MSGFMT)'; export MSGFMT; AWK='$(AWK)'; export AWK;
