# SPDX-License-Identifier: GPL-3.0-or-later
# The command line sees the public headers only.
bin_PROGRAMS += bpr
bpr_SOURCES = \
	%D%/batch.c %D%/batch.h \
	%D%/cmd.h \
	%D%/cmd_analyze.c \
	%D%/cmd_check.c \
	%D%/checksheet.h %D%/checksheet_ask.c %D%/checksheet_household.c %D%/checksheet_mix.c %D%/cmd_checksheet.c \
	%D%/cmd_compare.c \
	%D%/cmd_completion.c \
	%D%/cmd_convert.c \
	%D%/cmd_draw.c \
	%D%/cmd_drill.c \
	%D%/drill.h \
	%D%/drill_files.c \
	%D%/cmd_explain.c \
	%D%/cmd_help.c \
	%D%/cmd_mine.c \
	%D%/cmd_new.c %D%/new.h %D%/new_handout.c \
	%D%/cmd_simulate.c \
	%D%/cmd_share.c \
	%D%/share.h \
	%D%/share_open.c \
	%D%/share_pack.c \
	%D%/cmd_walk.c \
	%D%/stroll.h \
	%D%/stroll_ask.c \
	%D%/stroll_end.c \
	%D%/stroll_show.c \
	%D%/cmd_suggest.c \
	%D%/flow_output.c %D%/flow_output.h \
	%D%/mine_flow.c %D%/mine_flow.h \
	%D%/picture.c %D%/picture.h \
	%D%/common.c \
	%D%/completion.c \
	%D%/compare.h \
	%D%/evidence.c %D%/evidence.h \
	%D%/glossary.c %D%/glossary.h \
	%D%/terms.c \
	%D%/help.c %D%/help.h \
	%D%/improvement.c %D%/improvement.h \
	%D%/inputs.c \
	%D%/load.c %D%/load.h \
	%D%/load_levers.c \
	%D%/main.c \
	%D%/mdoc.c \
	%D%/mine.h \
	%D%/mine_conform.c %D%/mine_conform.h \
	%D%/mine_log.c %D%/mine_log.h \
	%D%/mine_waits.c %D%/mine_waits.h \
	%D%/nearest.c %D%/nearest.h \
	%D%/opt.c %D%/opt.h \
	%D%/output.c %D%/output.h \
	%D%/page.c %D%/page.h \
	%D%/paging.c %D%/paging.h \
	%D%/progress.c %D%/progress.h \
	%D%/rules.c %D%/rules.h \
	%D%/say.c %D%/say.h \
	%D%/simulation.c %D%/simulation.h \
	%D%/text.c %D%/text.h \
	%D%/watch.c %D%/watch.h
bpr_CPPFLAGS = $(AM_CPPFLAGS)
# Linked for the build folder and relinked by the installation: else the first run links anew, and two at once collide.
bpr_LDFLAGS = $(AM_LDFLAGS) -no-fast-install
bpr_LDADD = libbpr.la
