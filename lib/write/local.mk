# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += %D%/write_i.h
libbprcore_la_SOURCES += %D%/write.c
libbprcore_la_SOURCES += %D%/csv.c
libbprcore_la_SOURCES += %D%/dot.c
libbprcore_la_SOURCES += %D%/table.c %D%/table_i.h
libbprcore_la_SOURCES += %D%/xlsx.c
libbprcore_la_SOURCES += %D%/json.c
libbprcore_la_SOURCES += %D%/lost.c
libbprcore_la_SOURCES += %D%/bpmn.c %D%/model_i.h
libbprcore_la_SOURCES += %D%/bpmn_attr.c
libbprcore_la_SOURCES += %D%/bpmn_fold.c
libbprcore_la_SOURCES += %D%/bpmn_ids.c
libbprcore_la_SOURCES += %D%/bpmn_lane.c
libbprcore_la_SOURCES += %D%/bpmn_model.c
libbprcore_la_SOURCES += %D%/bpmn_node.c
libbprcore_la_SOURCES += %D%/connect.c
libbprcore_la_SOURCES += %D%/extend.c %D%/extend_i.h %D%/picture_i.h
libbprcore_la_SOURCES += %D%/gather.c
libbprcore_la_SOURCES += %D%/interchange.c
libbprcore_la_SOURCES += %D%/mend.c %D%/mend_i.h
libbprcore_la_SOURCES += %D%/picture.c
libbprcore_la_SOURCES += %D%/place.c
libbprcore_la_SOURCES += %D%/rewrite.c %D%/rewrite_i.h
libbprcore_la_SOURCES += %D%/blank.c %D%/blank_i.h %D%/blank_text.c
libbprcore_la_SOURCES += %D%/template.c %D%/template_i.h %D%/template_files.c

# Files to begin with are compiled in; the generated text ships in the tarball.
template_files = \
	samples/kitami/before.csv samples/kitami/before.forms.csv samples/kitami/before.counters.csv \
	samples/kitami/before.staff.csv samples/kitami/before.demand.csv \
	samples/kitami/after.csv samples/kitami/after.forms.csv samples/kitami/after.counters.csv \
	samples/kitami/after.staff.csv samples/kitami/after.demand.csv \
	samples/drill/pack.ini samples/drill/choices.csv samples/drill/household.json samples/procedures/procedures.csv \
	samples/procedures/households.json \
	samples/morning/flow.csv samples/morning/flow.staff.csv samples/morning/flow.demand.csv \
	lib/write/template/README.en.md lib/write/template/README.ja.md samples/kitami/levers.csv \
	lib/write/template/levers.en.csv lib/write/template/levers.ja.csv \
	lib/write/template/procedures.en.csv lib/write/template/procedures.ja.csv
EXTRA_DIST += %D%/template_files.awk \
	%D%/template/README.en.md %D%/template/README.ja.md %D%/template/levers.en.csv \
	%D%/template/levers.ja.csv %D%/template/procedures.en.csv %D%/template/procedures.ja.csv
MAINTAINERCLEANFILES += %D%/template_files.c
%D%/template_files.c: $(template_files) $(top_srcdir)/lib/write/template_files.awk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && (cd $(top_srcdir) && LC_ALL=C $(AWK) -f lib/write/template_files.awk $(template_files)) >$@.tmp && mv $@.tmp $@
