# SPDX-License-Identifier: GPL-3.0-or-later
EXTRA_PROGRAMS += bench-run
bench_run_SOURCES = %D%/bench_run.c
EXTRA_DIST += %D%/bench.sh %D%/generate.awk
CLEANFILES += bench-run$(EXEEXT)
# Chains alone: solving, selected inversion, distributions.
EXTRA_PROGRAMS += bench-chain
bench_chain_SOURCES = %D%/bench_chain.c
bench_chain_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib -I$(top_srcdir)/tests/lib
bench_chain_LDADD = libbprcore.la
CLEANFILES += bench-chain$(EXEEXT)
# Soundness: situations a second, and large processes.
EXTRA_PROGRAMS += bench-sound
bench_sound_SOURCES = %D%/bench_sound.c
bench_sound_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
bench_sound_LDADD = libbprcore.la
CLEANFILES += bench-sound$(EXEEXT)
# Layouts by size.
EXTRA_PROGRAMS += bench-layout
bench_layout_SOURCES = %D%/bench_layout.c tests/unit/drawing.c tests/unit/drawing.h
bench_layout_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib -I$(top_srcdir)/tests/unit
bench_layout_LDADD = libbprcore.la
CLEANFILES += bench-layout$(EXEEXT)
.PHONY: bench
bench: all bench-run$(EXEEXT) bench-chain$(EXEEXT) bench-sound$(EXEEXT) bench-layout$(EXEEXT)
	./bench-chain$(EXEEXT)
	./bench-sound$(EXEEXT)
	./bench-layout$(EXEEXT)
	AWK='$(AWK)' $(SHELL) $(top_srcdir)/tests/bench/bench.sh $(abs_top_srcdir) $(abs_top_builddir)
