# SPDX-License-Identifier: GPL-3.0-or-later
# Every object once, in a convenience library: unit tests reach its internals; libbpr.so exports the marked names only.
noinst_LTLIBRARIES += libbprcore.la
libbprcore_la_SOURCES = %D%/init.c
libbprcore_la_CFLAGS = $(AM_CFLAGS) $(GSL_CFLAGS) $(IGRAPH_CFLAGS) $(XML_CFLAGS) $(JANSSON_CFLAGS) $(XLSXWRITER_CFLAGS) $(MINIZIP_CFLAGS) $(RASTER_CFLAGS) $(ARCHIVE_CFLAGS) $(ZLIB_CFLAGS) $(XXHASH_CFLAGS) $(NETTLE_CFLAGS) $(GLPK_CFLAGS)
libbprcore_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
libbprcore_la_LIBADD = $(GSL_LIBS) $(IGRAPH_LIBS) $(XML_LIBS) $(JANSSON_LIBS) $(XLSXWRITER_LIBS) $(MINIZIP_LIBS) $(ARCHIVE_LIBS) $(ZLIB_LIBS) $(NETTLE_LIBS) $(GLPK_LIBS) $(CSV_LIBS) $(UNISTRING_LIBS)
include $(top_srcdir)/lib/base/local.mk
include $(top_srcdir)/lib/flow/local.mk
include $(top_srcdir)/lib/xml/local.mk
include $(top_srcdir)/lib/xlsx/local.mk
include $(top_srcdir)/lib/csv/local.mk
include $(top_srcdir)/lib/json/local.mk
include $(top_srcdir)/lib/archive/local.mk
include $(top_srcdir)/lib/mine/local.mk
include $(top_srcdir)/lib/read/local.mk
include $(top_srcdir)/lib/graph/local.mk
include $(top_srcdir)/lib/layout/local.mk
include $(top_srcdir)/lib/markov/local.mk
include $(top_srcdir)/lib/analyse/local.mk
include $(top_srcdir)/lib/check/local.mk
include $(top_srcdir)/lib/queueing/local.mk
include $(top_srcdir)/lib/simulate/local.mk
include $(top_srcdir)/lib/table/local.mk
include $(top_srcdir)/lib/milp/local.mk
include $(top_srcdir)/lib/improve/local.mk
include $(top_srcdir)/lib/procedure/local.mk
include $(top_srcdir)/lib/walk/local.mk
include $(top_srcdir)/lib/share/local.mk
include $(top_srcdir)/lib/study/local.mk
include $(top_srcdir)/lib/drill/local.mk
include $(top_srcdir)/lib/raster/local.mk
include $(top_srcdir)/lib/report/local.mk
include $(top_srcdir)/lib/write/local.mk

lib_LTLIBRARIES += libbpr.la
libbpr_la_SOURCES =
libbpr_la_LIBADD = libbprcore.la
libbpr_la_LDFLAGS = $(AM_LDFLAGS) -no-undefined -version-info $(BPR_LT_VERSION)
bprincludedir = $(includedir)/bpr
bprinclude_HEADERS = \
	%D%/include/bpr/analysis.h \
	%D%/include/bpr/bpr.h \
	%D%/include/bpr/calendar.h \
	%D%/include/bpr/check.h \
	%D%/include/bpr/column.h \
	%D%/include/bpr/comparison.h \
	%D%/include/bpr/conformance.h \
	%D%/include/bpr/discovery.h \
	%D%/include/bpr/dist.h \
	%D%/include/bpr/draw.h \
	%D%/include/bpr/drill.h \
	%D%/include/bpr/error.h \
	%D%/include/bpr/evidence.h \
	%D%/include/bpr/flow.h \
	%D%/include/bpr/improve.h \
	%D%/include/bpr/init.h \
	%D%/include/bpr/lever.h \
	%D%/include/bpr/log.h \
	%D%/include/bpr/metric.h \
	%D%/include/bpr/mining.h \
	%D%/include/bpr/picture.h \
	%D%/include/bpr/problem.h \
	%D%/include/bpr/procedure.h \
	%D%/include/bpr/queueing.h \
	%D%/include/bpr/read.h \
	%D%/include/bpr/report.h \
	%D%/include/bpr/simulate.h \
	%D%/include/bpr/soundness.h \
	%D%/include/bpr/study.h \
	%D%/include/bpr/suggest.h \
	%D%/include/bpr/template.h \
	%D%/include/bpr/text.h \
	%D%/include/bpr/share.h \
	%D%/include/bpr/walk.h \
	%D%/include/bpr/worktime.h \
	%D%/include/bpr/workshop.h \
	%D%/include/bpr/write.h
nodist_bprinclude_HEADERS = %D%/include/bpr/version.h
schemadir = $(pkgdatadir)/schema
dist_schema_DATA =
include $(top_srcdir)/lib/schema/local.mk
EXTRA_DIST += %D%/libbpr.sym
