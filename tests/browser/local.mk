# SPDX-License-Identifier: GPL-3.0-or-later
browser_files = tests/browser/package.json tests/browser/package-lock.json
sh_tests += tests/browser/browser.sh tests/browser/report.sh tests/browser/draw.sh tests/browser/sheets.sh
EXTRA_DIST += $(browser_files) tests/browser/tools.sh tests/browser/open.mjs tests/browser/everything.bpmn tests/browser/report.mjs tests/browser/look.mjs tests/browser/browse.mjs tests/browser/draw.mjs tests/browser/sheets.mjs tests/browser/hostile.awk
# What the browser test needs from npm, into the build folder: the only target that asks a network for anything.
.PHONY: browser-modules
browser-modules:
	$(MKDIR_P) tests/browser
	for f in $(browser_files); do cmp -s $(srcdir)/$$f $$f || cp $(srcdir)/$$f $$f || exit 1; done
	cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund
