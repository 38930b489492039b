# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/alloc.c %D%/alloc_i.h \
	%D%/buf.c %D%/buf_i.h \
	%D%/encoding.c %D%/encoding_i.h \
	%D%/fault.c %D%/fault_i.h \
	%D%/file.c %D%/file_i.h \
	%D%/json.c %D%/json_i.h \
	%D%/group.c \
	%D%/num.c %D%/num_i.h \
	%D%/problem.c %D%/problem_i.h \
	%D%/show.c \
	%D%/text.c %D%/text_i.h \
	%D%/utf8.c %D%/utf8_i.h \
	%D%/codes/all.def %D%/codes/io.def %D%/codes/number.def %D%/codes/table.def %D%/codes/bpmn.def \
	%D%/codes/flow.def %D%/codes/analysis.def %D%/codes/process.def %D%/codes/report.def %D%/codes/soundness.def %D%/codes/usage.def %D%/codes/write.def
	%D%/codes/flow.def %D%/codes/analysis.def %D%/codes/process.def %D%/codes/report.def %D%/codes/usage.def %D%/codes/write.def
	%D%/codes/all.def %D%/codes/io.def %D%/codes/model.def %D%/codes/number.def %D%/codes/table.def %D%/codes/bpmn.def \
	%D%/codes/flow.def %D%/codes/analysis.def %D%/codes/report.def %D%/codes/usage.def %D%/codes/write.def
