# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154 # sourced: what is set here is used there
# What every browser test needs: the browser, modules from npm, a folder that goes away. Sourced with $modules_needed set; what is
# missing skips the test, with the reason.
set -u
here=$abs_top_srcdir/tests/browser
samples=$abs_top_srcdir/samples

skip() {
	echo "1..0 # SKIP $1"
	exit 0
}

command -v node >/dev/null 2>&1 || skip 'Node.js is not installed'
browser=${CHROMIUM-}
for name in chromium chromium-browser google-chrome; do
	[ -n "$browser" ] || browser=$(command -v "$name" || true)
done
[ -n "$browser" ] || skip 'Chromium is not installed'
modules=${BPR_NODE_MODULES-$abs_top_builddir/tests/browser}
for module in $modules_needed; do
	[ -d "$modules/node_modules/$module" ] || skip "$module is not installed: make browser-modules"
done

work=$(mktemp -d) || exit 99
HOME=$work
export HOME
trap 'rm -rf "$work"' EXIT
