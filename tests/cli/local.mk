# SPDX-License-Identifier: GPL-3.0-or-later
bats_tests += \
	%D%/bootstrap.bats \
	%D%/completion.bats \
	%D%/gate.bats \
	%D%/help.bats \
	%D%/inputs.bats \
	%D%/locale.bats \
	%D%/manual.bats \
	%D%/options.bats \
	%D%/output.bats \
	%D%/readme.bats
EXTRA_DIST += tests/lib/console.sh
