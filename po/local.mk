# SPDX-License-Identifier: GPL-3.0-or-later
# The Japanese catalogue is compiled in; the generated table ships in the tarball.
libbprcore_la_SOURCES += %D%/catalog_ja.c
EXTRA_DIST += %D%/catalog.awk %D%/ja.po %D%/POTFILES.in
MAINTAINERCLEANFILES += %D%/catalog_ja.c
%D%/catalog_ja.c: $(top_srcdir)/po/ja.po $(top_srcdir)/po/catalog.awk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && LC_ALL=C $(AWK) -f $(top_srcdir)/po/catalog.awk $(top_srcdir)/po/ja.po >$@.tmp && mv $@.tmp $@
# Takes new message ids into po/ja.po (developers; needs gettext).
.PHONY: update-po
update-po:
	cd $(top_srcdir) && xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --no-location --sort-output \
	  --package-name=bpr --files-from=po/POTFILES.in --output=po/bpr.pot && \
	msgmerge --quiet --no-fuzzy-matching --no-location --sort-output --update --backup=none po/ja.po po/bpr.pot && rm -f po/bpr.pot
