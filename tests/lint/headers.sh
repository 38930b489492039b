#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every public header compiles alone, as C99 and as C++11, with pedantic warnings as errors.
n=0
bad=0
cxx=${CXX:-c++}
command -v "${cxx%% *}" >/dev/null 2>&1 || cxx=
for h in "$abs_top_srcdir"/lib/include/bpr/*.h "$abs_top_builddir"/lib/include/bpr/version.h; do
	for std in c99 c++11; do
		n=$((n + 1))
		name="$(basename "$h") compiles alone as $std"
		case $std in
		c99) set -- ${CC:-cc} -x c ;;
		*)
			if [ -z "$cxx" ]; then
				echo "ok $n - $name # SKIP no C++ compiler (Debian: g++)"
				continue
			fi
			set -- $cxx -x c++
			;;
		esac
		if printf '#include "%s"\nextern int not_empty;\n' "$h" | "$@" -std=$std -pedantic-errors -Wall -Wextra -Werror \
			-I"$abs_top_srcdir/lib/include" -I"$abs_top_builddir/lib/include" -fsyntax-only -; then
			echo "ok $n - $name"
		else
			echo "not ok $n - $name"
			bad=1
		fi
	done
done
echo "1..$n"
exit $bad
