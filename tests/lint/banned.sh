#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Functions that are not for us: unbounded, locale-dependent, or deadly to a host program.
cd "$abs_top_srcdir" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0
point() {
	n=$((n + 1))
	if [ -s "$tmp/found" ]; then
		sed 's/^/# /' "$tmp/found"
		echo "not ok $n - $1"
		bad=1
	else echo "ok $n - $1"; fi
}
# calls NAMES FILES: lines that call one of the functions.
calls() {
	names=$1
	shift
	for f; do [ -f "$f" ] && ${AWK:-awk} -f tests/lint/strip.awk "$f"; done |
		grep -E "(^|[^A-Za-z0-9_.>])($names)[ 	]*\(" >"$tmp/found"
}
all_but() { find lib cmd -name '*.[ch]' ! -path "$1" | LC_ALL=C sort; }
lib=$(find lib -name '*.[ch]' | LC_ALL=C sort)
cmd=$(find cmd -name '*.[ch]' | LC_ALL=C sort)
calls 'strcpy|strcat|stpcpy|sprintf|vsprintf|gets|strtok|atoi|atol|atoll|atof|sscanf|fscanf|scanf|strncpy|alloca|tmpnam|mktemp' $lib $cmd
point 'no unbounded or unchecked string function'
calls 'strtod|strtof|strtold' $(all_but lib/base/num.c)
point 'numbers are read in lib/base/num.c only'
calls 'setlocale' $(all_but cmd/main.c)
point 'setlocale in cmd/main.c only'
calls 'rand|srand|random|drand48|time|gettimeofday|clock|system|popen|exit|_exit|abort|assert|printf|vprintf|puts|putchar|perror|signal|getenv' $lib
point 'lib/ neither exits, prints, runs, draws by chance nor asks the environment'
calls 'longjmp' $(all_but lib/milp/glpk.c | grep '^lib/')
point 'longjmp in lib/milp/glpk.c only'
calls 'malloc|calloc|realloc|free|strdup|strndup' $(all_but lib/base/alloc.c | grep '^lib/')
point 'lib/ allocates through base/alloc only'
if command -v nm >/dev/null 2>&1 && objects=$(find "$abs_top_builddir/lib" -name 'libbprcore_la-*.o' -path '*.libs*') && [ -n "$objects" ]; then
	nm -A -u $objects |
		grep -E ' U (abort|exit|_exit|quick_exit|printf|vprintf|__printf_chk|__fprintf_chk|fprintf|puts|putchar|perror|stdout|stderr|__assert_fail|system|popen|rand|srand|setlocale)(@.*)?$' |
		sed "s,^$abs_top_builddir/,," >"$tmp/found"
	point 'no object of lib/ refers to exit, abort, printf or their like'
else
	n=$((n + 1))
	echo "ok $n - objects of lib/ # SKIP no nm or no objects"
fi
echo "1..$n"
exit $bad
