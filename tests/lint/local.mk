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
# Slow, and only as good as the version installed: not part of make check (developers).
.PHONY: tidy
tidy: all
	set -e; for f in $(libbprcore_la_SOURCES) $(bpr_SOURCES); do \
	  case $$f in *.c) ;; *) continue ;; esac; \
	  test -f $$f || f=$(srcdir)/$$f; \
	  clang-tidy --quiet $$f -- -std=c17 $(DEFS) $(DEFAULT_INCLUDES) $(libbprcore_la_CPPFLAGS) $(GSL_CFLAGS) $(IGRAPH_CFLAGS) $(XML_CFLAGS); \
	done
	cppcheck -q --enable=warning,performance,portability --inline-suppr --std=c11 --error-exitcode=1 $(DEFS) \
	  -I$(top_srcdir)/lib/include -I$(top_srcdir)/lib -I$(top_builddir)/lib/include $(srcdir)/lib $(srcdir)/cmd
