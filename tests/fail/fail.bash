# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of failures share.
fault=$abs_top_builddir/.libs/fault.so
# The program itself, not libtool's wrapper, which is a shell script with failures of its own.
program=$abs_top_builddir/.libs/bpr
[ -x "$program" ] || program=$BPR
export LD_LIBRARY_PATH=$abs_top_builddir/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

need_preload() {
	[ -f "$fault" ] || skip 'the preloaded object was not built'
	LD_PRELOAD=$fault "$program" --version >/dev/null 2>&1 || skip 'nothing can be preloaded here'
}

# Sanitizers and other C libraries do not let their allocator be replaced; nor does a sanitized program fit a memory limit.
need_fault() {
	need_preload
	FAULT=alloc:1+ LD_PRELOAD=$fault FAULT_MARK=$BATS_TEST_TMPDIR/probe "$program" help >/dev/null 2>&1 || true
	[ -f "$BATS_TEST_TMPDIR/probe" ] || skip 'allocations cannot be made to fail here'
}

# faulted PLAN COMMAND...: its status; "$struck" tells whether the fault came to pass.
faulted() {
	local plan=$1
	shift
	: >"$BATS_TEST_TMPDIR/mark"
	local status=0
	FAULT=$plan FAULT_MARK=$BATS_TEST_TMPDIR/mark LD_PRELOAD=$fault "$program" "$@" \
		>"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" </dev/null || status=$?
	struck=no
	[ -s "$BATS_TEST_TMPDIR/mark" ] && struck=yes
	return $status
}
