# SPDX-License-Identifier: GPL-3.0-or-later
# Pages are prose (*.in) with what the built program prints from its tables. They depend on their sources; the program
# only has to exist first (order-only). The tarball ships them, so a tarball or cross build never runs bpr.
man_en = \
	%D%/bpr.1 \
	%D%/bpr-analyze.1 \
	%D%/bpr-check.1 \
	%D%/bpr-checksheet.1 \
	%D%/bpr-compare.1 \
	%D%/bpr-completion.1 \
	%D%/bpr-convert.1 \
	%D%/bpr-draw.1 \
	%D%/bpr-drill.1 \
	%D%/bpr-explain.1 \
	%D%/bpr-help.1 \
	%D%/bpr-mine.1 \
	%D%/bpr-new.1 \
	%D%/bpr-share.1 \
	%D%/bpr-simulate.1 \
	%D%/bpr-suggest.1 \
	%D%/bpr-walk.1 \
	%D%/libbpr.3 \
	%D%/bpr-flow.5 \
	%D%/bpr-levers.5 \
	%D%/bpr-log.5 \
	%D%/bpr-procedures.5 \
	%D%/bpr-bpmn.7 \
	%D%/bpr-metrics.7
man_ja1 = \
	%D%/ja/bpr.1 \
	%D%/ja/bpr-analyze.1 \
	%D%/ja/bpr-check.1 \
	%D%/ja/bpr-checksheet.1 \
	%D%/ja/bpr-compare.1 \
	%D%/ja/bpr-completion.1 \
	%D%/ja/bpr-convert.1 \
	%D%/ja/bpr-draw.1 \
	%D%/ja/bpr-drill.1 \
	%D%/ja/bpr-explain.1 \
	%D%/ja/bpr-help.1 \
	%D%/ja/bpr-mine.1 \
	%D%/ja/bpr-new.1 \
	%D%/ja/bpr-share.1 \
	%D%/ja/bpr-simulate.1 \
	%D%/ja/bpr-suggest.1 \
	%D%/ja/bpr-walk.1
man_ja3 = %D%/ja/libbpr.3
man_ja5 = %D%/ja/bpr-flow.5 %D%/ja/bpr-levers.5 %D%/ja/bpr-log.5 %D%/ja/bpr-procedures.5
man_ja7 = %D%/ja/bpr-bpmn.7 %D%/ja/bpr-metrics.7
man_pages = $(man_en) $(man_ja1) $(man_ja3) $(man_ja5) $(man_ja7)
man_parts = \
	%D%/environment.inc %D%/exit-status.inc %D%/ja/environment.inc %D%/ja/exit-status.inc \
	%D%/keys-analysis.inc %D%/keys-check.inc %D%/keys-checksheet.inc %D%/keys-household-mix.inc %D%/keys-comparison.inc %D%/keys-evidence.inc %D%/keys-mining.inc %D%/keys-simulation.inc %D%/keys-suggestion.inc %D%/keys-walk.inc \
	%D%/ja/keys-analysis.inc %D%/ja/keys-check.inc %D%/ja/keys-checksheet.inc %D%/ja/keys-household-mix.inc %D%/ja/keys-comparison.inc %D%/ja/keys-evidence.inc %D%/ja/keys-mining.inc %D%/ja/keys-simulation.inc %D%/ja/keys-suggestion.inc %D%/ja/keys-walk.inc
dist_man_MANS += $(man_en)
ja_man1dir = $(mandir)/ja/man1
ja_man3dir = $(mandir)/ja/man3
ja_man5dir = $(mandir)/ja/man5
ja_man7dir = $(mandir)/ja/man7
dist_ja_man1_DATA = $(man_ja1)
dist_ja_man3_DATA = $(man_ja3)
dist_ja_man5_DATA = $(man_ja5)
dist_ja_man7_DATA = $(man_ja7)
EXTRA_DIST += $(man_pages:=.in) $(man_parts) %D%/page.sh %D%/keys.py %D%/ja/keys.txt
MAINTAINERCLEANFILES += $(man_pages)

man_make_page = $(AM_V_GEN)$(MKDIR_P) $(@D) && $(SHELL) $(top_srcdir)/%D%/page.sh ./bpr$(EXEEXT) $< >$@.tmp && mv $@.tmp $@
SUFFIXES = .1.in .1 .3.in .3 .5.in .5 .7.in .7
.1.in.1:
	$(man_make_page)
.3.in.3:
	$(man_make_page)
.5.in.5:
	$(man_make_page)
.7.in.7:
	$(man_make_page)
$(man_pages): $(man_parts) %D%/page.sh $(bpr_SOURCES) po/ja.po lib/base/codes/usage.def | bpr$(EXEEXT)
# The keys of the JSON reports into the manual, from the schemas (developers).
.PHONY: update-keys
update-keys:
	set -e; cd $(top_srcdir); for n in analysis check checksheet household-mix comparison evidence mining simulation suggestion; do \
	  man/keys.py lib/schema/$$n-1.schema.json >man/keys-$$n.inc; \
	  man/keys.py lib/schema/$$n-1.schema.json man/ja/keys.txt >man/ja/keys-$$n.inc; \
	done
