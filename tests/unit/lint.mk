# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-lint
test_lint_SOURCES = %D%/test_lint.c
test_lint_CPPFLAGS = $(unit_cppflags)
test_lint_LDADD = $(unit_ldadd)
# A pair for each code: NNNN-bad.bpmn has the fault, NNNN-good.bpmn has not.
EXTRA_DIST += %D%/lint
