# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/chart.c %D%/chart_i.h \
	%D%/chart_axis.c \
	%D%/chart_bars.c \
	%D%/chart_draw.c \
	%D%/chart_dumbbell.c \
	%D%/chart_forms.c \
	%D%/chart_gantt.c \
	%D%/chart_histogram.c \
	%D%/chart_ribbon.c \
	%D%/chart_scatter.c \
	%D%/chart_steps.c \
	%D%/chart_tornado.c \
	%D%/chart_waterfall.c \
	%D%/chart_week.c \
	%D%/csv.c \
	%D%/csv_evidence.c \
	%D%/csv_mining.c \
	%D%/csv_simulation.c \
	%D%/csv_walk.c \
	%D%/csv_suggestion.c \
	%D%/json_suggestion.c \
	%D%/csv_worktime.c \
	%D%/json_conformance.c %D%/json_conformance_i.h \
	%D%/json_worktime.c %D%/json_worktime_i.h \
	%D%/csv_parts.c %D%/csv_parts_i.h \
	%D%/csv_queueing.c %D%/csv_queueing_i.h \
	%D%/draw.c %D%/draw_i.h \
	%D%/draw_flow.c \
	%D%/draw_html.c \
	%D%/draw_ways.c \
	%D%/draw_map.c \
	%D%/draw_strip.c %D%/draw_strip_i.h \
	%D%/draw_value.c \
	%D%/draw_page.c \
	%D%/escape.c \
	%D%/follows.c %D%/follows_i.h \
	%D%/follows_layout.c \
	%D%/format.c \
	%D%/html.c %D%/html_i.h \
	%D%/html_block.c \
	%D%/html_fit.c \
	%D%/html_table.c \
	%D%/page_css.c \
	%D%/json_evidence.c \
	%D%/json_mining.c \
	%D%/json_parts.c %D%/json_parts_i.h \
	%D%/json_queueing.c %D%/json_queueing_i.h \
	%D%/json_report.c \
	%D%/json_simulation.c \
	%D%/json_walk.c \
	%D%/md.c \
	%D%/picture.c \
	%D%/render_i.h \
	%D%/share_report.c \
	%D%/roadmap.c \
	%D%/short.c \
	%D%/svg.c \
	%D%/svg_legend.c \
	%D%/svg_mark.c \
	%D%/text.c \
	%D%/paper_walk.c \
	%D%/walk_sheet.c %D%/walk_sheet_i.h \
	%D%/xlsx.c %D%/xlsx_i.h \
	%D%/xlsx_cell.c \
	%D%/xlsx_table.c \
	%D%/xlsx_text.c
libbprcore_la_SOURCES += %D%/csv_improve.c %D%/json_improve.c
libbprcore_la_SOURCES += %D%/csv_checksheet.c %D%/json_checksheet.c

# The style sheet of pages is compiled in; the generated text ships in the tarball.
EXTRA_DIST += %D%/page.css %D%/page_css.awk
MAINTAINERCLEANFILES += %D%/page_css.c
%D%/page_css.c: $(top_srcdir)/lib/report/page.css $(top_srcdir)/lib/report/page_css.awk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && LC_ALL=C $(AWK) -f $(top_srcdir)/lib/report/page_css.awk $(top_srcdir)/lib/report/page.css >$@.tmp && mv $@.tmp $@
libbprcore_la_SOURCES += \
	%D%/paper.c %D%/paper_i.h \
	%D%/paper_document.c %D%/paper_flow_i.h \
	%D%/paper_table.c \
	%D%/paper_text.c %D%/paper_line_i.h \
	%D%/paper_write.c
libbprcore_la_SOURCES += \
	%D%/workshop.c %D%/workshop_i.h \
	%D%/workshop_cards.c \
	%D%/workshop_household.c \
	%D%/workshop_plan.c \
	%D%/workshop_room.c \
	%D%/workshop_text.c
