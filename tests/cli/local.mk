# SPDX-License-Identifier: GPL-3.0-or-later
bats_tests += \
	%D%/behaviour.bats \
	%D%/bootstrap.bats \
	%D%/bpmn.bats \
	%D%/calendar.bats \
	%D%/bpmn_write.bats \
	%D%/check.bats \
	%D%/checksheet.bats \
	%D%/checksheet_ask.bats \
	%D%/compare_simulate.bats \
	%D%/completion.bats \
	%D%/convert.bats \
	%D%/draw.bats \
	%D%/drill.bats \
	%D%/errors.bats \
	%D%/evidence.bats \
	%D%/gate.bats \
	%D%/help.bats \
	%D%/html.bats \
	%D%/inputs.bats \
	%D%/japanese.bats \
	%D%/levers.bats \
	%D%/limits.bats \
	%D%/locale.bats \
	%D%/log_csv.bats \
	%D%/log_xes.bats \
	%D%/manual.bats \
	%D%/mine.bats \
	%D%/mine_waits.bats \
	%D%/mine_conform.bats \
	%D%/mine_flow.bats \
	%D%/money.bats \
	%D%/options.bats \
	%D%/oracle.bats \
	%D%/output.bats \
	%D%/overrides.bats \
	%D%/procedures.bats \
	%D%/queueing.bats \
	%D%/readme.bats \
	%D%/new.bats \
	%D%/samples.bats \
	%D%/schema.bats \
	%D%/simulate.bats \
	%D%/share.bats \
	%D%/simulation.bats \
	%D%/walk.bats \
	%D%/staffing.bats \
	%D%/suggest.bats \
	%D%/workbook.bats
EXTRA_DIST += %D%/samples.bash %D%/data/mend.bpmn %D%/data/mend-twins.bpmn %D%/data/scenarios.bpmn %D%/data/technical-support.bpmn tests/lib/is-flow.sh tests/lib/json_check.py tests/lib/words_check.py tests/lib/make_xlsx.py tests/lib/levers_same.py
bats_tests += %D%/xlsx.bats
EXTRA_DIST += %D%/xes_facts.py tests/lib/book_check.py tests/lib/recount.py
EXTRA_DIST += tests/lib/console.sh tests/lib/leaks.supp tests/lib/terminal.py tests/golden/simulation-en.txt tests/golden/simulation-ja.txt
EXTRA_DIST += tests/golden/simulation-full-en.txt tests/golden/simulation-full-ja.txt
# Takes what the commands of the documents print now into them (developers).
.PHONY: update-readme
update-readme: bpr$(EXEEXT)
	set -e; for f in README.md README.ja.md; do \
	  BPR='$(abs_top_builddir)/bpr$(EXEEXT)' $(SHELL) $(top_srcdir)/tests/lib/console.sh $$f >$$f.new; \
	  test -s $$f.new && cat $$f.new >$(top_srcdir)/$$f; rm -f $$f.new; \
	done
	cd $(top_srcdir)/samples/kitami && '$(abs_top_builddir)/bpr$(EXEEXT)' draw --lang ja after.csv -o after.svg
EXTRA_DIST += tests/lib/sheet_lines.py %D%/data/checksheet/README.txt \
	%D%/data/checksheet/01.txt %D%/data/checksheet/02.txt %D%/data/checksheet/03.txt %D%/data/checksheet/04.txt %D%/data/checksheet/05.txt \
	%D%/data/checksheet/06.txt %D%/data/checksheet/07.txt %D%/data/checksheet/08.txt %D%/data/checksheet/09.txt %D%/data/checksheet/10.txt \
	%D%/data/checksheet/11.txt %D%/data/checksheet/12.txt %D%/data/checksheet/13.txt %D%/data/checksheet/14.txt %D%/data/checksheet/15.txt \
	%D%/data/checksheet/16.txt %D%/data/checksheet/17.txt %D%/data/checksheet/18.txt %D%/data/checksheet/19.txt %D%/data/checksheet/20.txt
