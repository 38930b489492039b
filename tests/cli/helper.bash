# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by every .bats file.
bats_require_minimum_version 1.5.0
: "${BPR:?run through make check}"

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
}

# A flow without any warning: two counters, one form, rework of 25 %.
small_flow() {
	cat >"$1.csv" <<'END'
id,name,kind,unit,counter,work,writes,next
S,,start,,,,,A
A,受付,task,市民課,1番,3,F,G
G,,xor,,,,,A:25%;B:75%
B,交付,task,税務課,2番,5,,E
E,,end,,,,,
END
	cat >"$1.forms.csv" <<'END'
form,name,field
F,申請書,氏名
F,申請書,住所
END
}

# The same with one counter.
better_flow() {
	small_flow "$1"
	sed -i 's/2番/1番/; s/A:25%;B:75%/B:100%/' "$1.csv"
}

# Fails unless $2 contains $1.
has() {
	case $2 in
	*"$1"*) ;;
	*)
		printf 'expected: %s\nin: %s\n' "$1" "$2"
		return 1
		;;
	esac
}

# Fails if $2 contains $1.
has_not() {
	case $2 in
	*"$1"*)
		printf 'not expected: %s\nin: %s\n' "$1" "$2"
		return 1
		;;
	esac
}

# Fails if the command succeeds; '!' alone does not end a test.
none() {
	if "$@"; then
		return 1
	fi
}
