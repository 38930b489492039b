/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text into XML. */
#include "config.h"
#include "base/utf8_i.h"
#include "xml/edit_i.h"

/* Characters of XML 1.0 (fifth edition, production 2). */
static bool allowed(unsigned code)
{
	return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) ||
	       (code >= 0x10000 && code <= 0x10ffff);
}

/* How a character must be written; NULL as it is. A line end in an attribute would come back as a blank. */
static const char *written(unsigned code, bool attribute)
{
	switch (code) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return attribute ? "&quot;" : NULL;
	case '\t': return attribute ? "&#9;" : NULL;
	case '\n': return attribute ? "&#10;" : NULL;
	case '\r': return "&#13;";
	default: return allowed(code) ? NULL : "\xef\xbf\xbd";
	}
}

bool bpr_i_xml_escape(struct bpr_buf *buf, const char *text, size_t length, bool attribute)
{
	bool whole = true;
	size_t from = 0;
	size_t pos = 0;

	while (pos < length) {
		size_t at = pos;
		unsigned code = bpr_i_utf8_next(text, length, &pos);
		const char *entity = written(code, attribute);

		if (code == 0xfffd && (pos - at != 3 || text[at] != '\xef')) /* bytes that are no UTF-8 */
			entity = "\xef\xbf\xbd";
		if (!entity)
			continue;
		whole &= entity[0] == '&';
		bpr_i_buf_add(buf, text + from, at - from);
		bpr_i_buf_puts(buf, entity);
		from = pos;
	}
	bpr_i_buf_add(buf, text + from, length - from);
	return whole;
}
