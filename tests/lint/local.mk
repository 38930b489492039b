# SPDX-License-Identifier: GPL-3.0-or-later
sh_tests += \
	%D%/banned.sh \
	%D%/exports.sh \
	%D%/headers.sh \
	%D%/layers.sh \
	%D%/man.sh \
	%D%/no-paths.sh \
	%D%/potfiles.sh \
	%D%/shellcheck.sh \
	%D%/spdx.sh
EXTRA_DIST += %D%/strip.awk
