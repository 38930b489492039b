# SPDX-License-Identifier: GPL-3.0-or-later
# A target is one fuzz_NAME.c with LLVMFuzzerTestOneInput() and a corpus/NAME; make check replays the corpus
# without libFuzzer, make fuzz builds the fuzzers.
fuzz_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
fuzz_ldadd = libbprcore.la
check_PROGRAMS += fuzz-number
fuzz_number_SOURCES = %D%/fuzz_number.c %D%/driver.c
fuzz_number_CPPFLAGS = $(fuzz_cppflags)
fuzz_number_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-table
fuzz_table_SOURCES = %D%/fuzz_table.c %D%/driver.c
fuzz_table_CPPFLAGS = $(fuzz_cppflags)
fuzz_table_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-log_csv
fuzz_log_csv_SOURCES = %D%/fuzz_log_csv.c %D%/driver.c
fuzz_log_csv_CPPFLAGS = $(fuzz_cppflags)
fuzz_log_csv_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-bpmn
fuzz_bpmn_SOURCES = %D%/fuzz_bpmn.c %D%/driver.c
fuzz_bpmn_CPPFLAGS = $(fuzz_cppflags)
fuzz_bpmn_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-simulation
fuzz_simulation_SOURCES = %D%/fuzz_simulation.c %D%/driver.c
fuzz_simulation_CPPFLAGS = $(fuzz_cppflags)
fuzz_simulation_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-schedule
fuzz_schedule_SOURCES = %D%/fuzz_schedule.c %D%/driver.c
fuzz_schedule_CPPFLAGS = $(fuzz_cppflags)
fuzz_schedule_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-check
fuzz_check_SOURCES = %D%/fuzz_check.c %D%/driver.c
fuzz_check_CPPFLAGS = $(fuzz_cppflags)
fuzz_check_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-json
fuzz_json_SOURCES = %D%/fuzz_json.c %D%/driver.c
fuzz_json_CPPFLAGS = $(fuzz_cppflags)
fuzz_json_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-xlsx
fuzz_xlsx_SOURCES = %D%/fuzz_xlsx.c %D%/driver.c
fuzz_xlsx_CPPFLAGS = $(fuzz_cppflags)
fuzz_xlsx_LDADD = $(fuzz_ldadd)

check_PROGRAMS += fuzz-archive
fuzz_archive_SOURCES = %D%/fuzz_archive.c %D%/fuzz_log.h %D%/driver.c
fuzz_archive_CPPFLAGS = $(fuzz_cppflags)
fuzz_archive_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-log_ocel
fuzz_log_ocel_SOURCES = %D%/fuzz_log_ocel.c %D%/fuzz_log.h %D%/driver.c
fuzz_log_ocel_CPPFLAGS = $(fuzz_cppflags)
fuzz_log_ocel_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-log_xes
fuzz_log_xes_SOURCES = %D%/fuzz_log_xes.c %D%/fuzz_log.h %D%/driver.c
fuzz_log_xes_CPPFLAGS = $(fuzz_cppflags)
fuzz_log_xes_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-share
fuzz_share_SOURCES = %D%/fuzz_share.c %D%/driver.c
fuzz_share_CPPFLAGS = $(fuzz_cppflags)
fuzz_share_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-procedures
fuzz_procedures_SOURCES = %D%/fuzz_procedures.c %D%/driver.c
fuzz_procedures_CPPFLAGS = $(fuzz_cppflags)
fuzz_procedures_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-dmn
fuzz_dmn_SOURCES = %D%/fuzz_dmn.c %D%/driver.c
fuzz_dmn_CPPFLAGS = $(fuzz_cppflags)
fuzz_dmn_LDADD = $(fuzz_ldadd)
check_PROGRAMS += fuzz-levers
fuzz_levers_SOURCES = %D%/fuzz_levers.c %D%/driver.c
fuzz_levers_CPPFLAGS = $(fuzz_cppflags)
fuzz_levers_LDADD = $(fuzz_ldadd)
sh_tests += %D%/replay.sh
EXTRA_DIST += %D%/build.sh %D%/corpus
.PHONY: fuzz
fuzz: all
	$(SHELL) $(top_srcdir)/tests/fuzz/build.sh $(top_srcdir) \
	  '$(DEFS) $(DEFAULT_INCLUDES) $(fuzz_cppflags) $(GSL_CFLAGS) $(IGRAPH_CFLAGS) $(XML_CFLAGS) $(JANSSON_CFLAGS) $(XLSXWRITER_CFLAGS) $(MINIZIP_CFLAGS) $(ARCHIVE_CFLAGS) $(XXHASH_CFLAGS) $(NETTLE_CFLAGS) $(ZLIB_CFLAGS)' \
	  '$(GSL_LIBS) $(IGRAPH_LIBS) $(XML_LIBS) $(JANSSON_LIBS) $(XLSXWRITER_LIBS) $(MINIZIP_LIBS) $(ARCHIVE_LIBS) $(NETTLE_LIBS) $(ZLIB_LIBS) $(CSV_LIBS) $(UNISTRING_LIBS) -lm' $(libbprcore_la_SOURCES)
# Also what make bench made.
clean-local:
	rm -rf fuzz bench
