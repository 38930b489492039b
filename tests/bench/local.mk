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
# Simulation of case N11 against a fixed loop that knows nothing else.
EXTRA_PROGRAMS += bench-simulate
bench_simulate_SOURCES = %D%/bench_simulate.c
bench_simulate_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
bench_simulate_LDADD = libbprcore.la
EXTRA_DIST += %D%/n11.csv %D%/n11.staff.csv %D%/n11.demand.csv %D%/simpy.sh %D%/simpy_n11.py
CLEANFILES += bench-simulate$(EXEEXT)
# Rows of a workbook: 300,000 in 2 s, whatever their number in the same memory.
EXTRA_PROGRAMS += bench-book
bench_book_SOURCES = %D%/bench_book.c
bench_book_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
bench_book_LDADD = libbprcore.la
CLEANFILES += bench-book$(EXEEXT)
# Logs in tables: reading, what follows what, beside libcsv alone.
EXTRA_PROGRAMS += bench-log
bench_log_SOURCES = %D%/bench_log.c
bench_log_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
bench_log_LDADD = libbprcore.la $(CSV_LIBS)
CLEANFILES += bench-log$(EXEEXT)
# Facts of a log in memory, beside a bare walk.
EXTRA_PROGRAMS += bench-mine
bench_mine_SOURCES = %D%/bench_mine.c
bench_mine_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
bench_mine_LDADD = libbprcore.la
CLEANFILES += bench-mine$(EXEEXT)
# Sets of levers: applied and analysed.
EXTRA_PROGRAMS += bench-lever
bench_lever_SOURCES = %D%/bench_lever.c
bench_lever_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
bench_lever_LDADD = libbprcore.la
CLEANFILES += bench-lever$(EXEEXT)
.PHONY: bench
bench: all bench-book$(EXEEXT) bench-log$(EXEEXT) bench-mine$(EXEEXT) bench-run$(EXEEXT) bench-chain$(EXEEXT) bench-sound$(EXEEXT) bench-layout$(EXEEXT) bench-lever$(EXEEXT) bench-simulate$(EXEEXT)
	./bench-book$(EXEEXT)
	$(MKDIR_P) bench && ./bench-log$(EXEEXT) bench
	./bench-mine$(EXEEXT)
	./bench-chain$(EXEEXT)
	./bench-sound$(EXEEXT)
	./bench-layout$(EXEEXT)
	./bench-lever$(EXEEXT)
	program=.libs/bpr$(EXEEXT); test -x $$program || program=./bpr$(EXEEXT); \
	LD_LIBRARY_PATH=$(abs_top_builddir)/.libs$${LD_LIBRARY_PATH:+:$$LD_LIBRARY_PATH} ./bench-simulate$(EXEEXT) $$program $(top_srcdir)/tests/bench/n11.csv
	AWK='$(AWK)' $(SHELL) $(top_srcdir)/tests/bench/simpy.sh $(abs_top_srcdir) $(abs_top_builddir)
	AWK='$(AWK)' $(SHELL) $(top_srcdir)/tests/bench/bench.sh $(abs_top_srcdir) $(abs_top_builddir)
