# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/alloc.c %D%/alloc_i.h \
	%D%/buf.c %D%/buf_i.h \
	%D%/encoding.c %D%/encoding_i.h \
	%D%/fault.c %D%/fault_i.h \
	%D%/file.c %D%/file_i.h \
	%D%/record_i.h \
	%D%/json.c %D%/json_i.h \
	%D%/group.c \
	%D%/near.c %D%/near_i.h \
	%D%/num.c %D%/num_i.h \
	%D%/options_i.h \
	%D%/problem.c %D%/problem_i.h \
	%D%/show.c \
	%D%/sketch.c %D%/sketch_i.h \
	%D%/text.c %D%/text_i.h \
	%D%/utf8.c %D%/utf8_i.h \
	%D%/codes/all.def
libbprcore_la_SOURCES += %D%/codes/analysis.def
libbprcore_la_SOURCES += %D%/codes/bpmn.def
libbprcore_la_SOURCES += %D%/codes/dialect.def
libbprcore_la_SOURCES += %D%/codes/draw.def
libbprcore_la_SOURCES += %D%/codes/flow.def
libbprcore_la_SOURCES += %D%/codes/improve.def
libbprcore_la_SOURCES += %D%/codes/io.def
libbprcore_la_SOURCES += %D%/codes/json.def
libbprcore_la_SOURCES += %D%/codes/model.def
libbprcore_la_SOURCES += %D%/codes/number.def
libbprcore_la_SOURCES += %D%/codes/process.def
libbprcore_la_SOURCES += %D%/codes/report.def
libbprcore_la_SOURCES += %D%/codes/simulate.def
libbprcore_la_SOURCES += %D%/codes/soundness.def
libbprcore_la_SOURCES += %D%/codes/table.def
libbprcore_la_SOURCES += %D%/codes/workbook.def
libbprcore_la_SOURCES += %D%/codes/usage.def
libbprcore_la_SOURCES += %D%/codes/write.def
libbprcore_la_SOURCES += %D%/codes/queue.def
libbprcore_la_SOURCES += %D%/codes/log.def
libbprcore_la_SOURCES += %D%/codes/log_csv.def
libbprcore_la_SOURCES += %D%/codes/mine.def
libbprcore_la_SOURCES += %D%/codes/worktime.def
libbprcore_la_SOURCES += %D%/codes/discovery.def
libbprcore_la_SOURCES += %D%/codes/conformance.def
libbprcore_la_SOURCES += %D%/codes/evidence.def
libbprcore_la_SOURCES += %D%/codes/lever.def
libbprcore_la_SOURCES += %D%/codes/suggest.def
libbprcore_la_SOURCES += %D%/codes/plan.def
libbprcore_la_SOURCES += %D%/codes/list.def
libbprcore_la_SOURCES += %D%/codes/procedure.def
libbprcore_la_SOURCES += %D%/codes/dmn.def
libbprcore_la_SOURCES += %D%/codes/checksheet.def
libbprcore_la_SOURCES += %D%/codes/walk.def
libbprcore_la_SOURCES += %D%/codes/workshop.def
libbprcore_la_SOURCES += %D%/codes/drill.def
libbprcore_la_SOURCES += %D%/codes/share.def
