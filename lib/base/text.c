/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts in the reader's language. The catalogue is compiled in (po/ja.po), because gettext() finds no Japanese where
 * the locale is not installed, and because one run may need both languages.
 */
#include "config.h"
#include "base/text_i.h"
#include <string.h>

const char *bpr_text(enum bpr_lang lang, const char *english)
{
	size_t low = 0;
	size_t high = bpr_i_catalog_ja_count;

	if (lang != BPR_LANG_JA)
		return english;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(english, bpr_i_catalog_ja[mid].id);

		if (!order)
			return bpr_i_catalog_ja[mid].text;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return english;
}
