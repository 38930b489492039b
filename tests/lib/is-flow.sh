# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# is_flow FILE: whether a file of samples/ is a flow, not a table beside one nor a table of another kind. POSIX sh.
is_flow() {
	case $1 in
	*.forms.csv | *.counters.csv | *.staff.csv | *.demand.csv | *.units.csv | *.scopes.csv | *levers.csv) return 1 ;;
	*/drill/*.csv | */procedures/*.csv) return 1 ;;
	esac
}
