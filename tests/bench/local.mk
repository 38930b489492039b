# SPDX-License-Identifier: GPL-3.0-or-later
EXTRA_PROGRAMS += bench-run
bench_run_SOURCES = %D%/bench_run.c
EXTRA_DIST += %D%/bench.sh %D%/generate.awk
CLEANFILES += bench-run$(EXEEXT)
.PHONY: bench
bench: all bench-run$(EXEEXT)
	AWK='$(AWK)' $(SHELL) $(top_srcdir)/tests/bench/bench.sh $(abs_top_srcdir) $(abs_top_builddir)
