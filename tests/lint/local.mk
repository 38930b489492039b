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
	for f in $(libbprcore_la_SOURCES) $(bpr_SOURCES); do \
	  case $$f in *.c) ;; *) continue ;; esac; \
	  if test -f $$f; then echo $$f; else echo $(srcdir)/$$f; fi; \
	done | xargs -P "$$(getconf _NPROCESSORS_ONLN)" -I{} clang-tidy --quiet {} -- -std=c17 $(DEFS) $(DEFAULT_INCLUDES) \
	  $(libbprcore_la_CPPFLAGS) $(GSL_CFLAGS) $(IGRAPH_CFLAGS) $(XML_CFLAGS)
	cppcheck -q --enable=warning,performance,portability --inline-suppr --std=c11 --error-exitcode=1 $(DEFS) \
	  -I$(top_srcdir)/lib/include -I$(top_srcdir)/lib -I$(top_builddir)/lib/include $(srcdir)/lib $(srcdir)/cmd
