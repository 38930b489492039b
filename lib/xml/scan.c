/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One pass over the document before libxml2 sees it. libxml2 2.9.14 takes quadratic time in the number of attributes of one
 * element (40,000: 13 s; 100,000: more than a minute), and no parser option helps; a DOCTYPE opens the door to entities.
 * What is malformed is left to the parser, whose message is better.
 */
#include "config.h"
#include "base/num_i.h"
#include "xml/xml_i.h"
#include <string.h>

struct scan {
	const struct bpr_xml_report *report;
	const char *text, *at, *end;
	size_t depth, max_depth;
};

static bool starts(const struct scan *scan, const char *word)
{
	size_t length = strlen(word);

	return (size_t)(scan->end - scan->at) >= length && !memcmp(scan->at, word, length);
}

static bpr_status refuse(const struct scan *scan, const char *at, bpr_status status, enum bpr_code_id id, size_t number)
{
	char digits[32];
	size_t line, column;

	(void)bpr_i_num_format(digits, sizeof(digits), (double)number);
	bpr_i_xml_locate(scan->text, (size_t)(at - scan->text), &line, &column);
	return bpr_i_xml_fail(scan->report, status, id, line, column, digits, NULL);
}

/* Moves behind the next `word`; to the end where there is none. */
static void skip_past(struct scan *scan, const char *word)
{
	size_t length = strlen(word);

	while (scan->at < scan->end) {
		const char *p = memchr(scan->at, word[0], (size_t)(scan->end - scan->at));

		scan->at = p ? p : scan->end;
		if (!p)
			return;
		if (starts(scan, word)) {
			scan->at += length;
			return;
		}
		scan->at++;
	}
}

/* A start tag: its '>' outside quotes. Attributes are counted by their quoted values. */
static bpr_status start_tag(struct scan *scan)
{
	const char *from = scan->at;
	const char *limit = scan->end - from > BPR_I_XML_MAX_TAG ? from + BPR_I_XML_MAX_TAG : scan->end;
	size_t attributes = 0;
	const char *p = from + 1;

	while (p < limit && *p != '>') {
		if (*p == '"' || *p == '\'') {
			const char *close = memchr(p + 1, *p, (size_t)(limit - p - 1));

			if (++attributes > BPR_I_XML_MAX_ATTRIBUTES)
				return refuse(scan, from, BPR_ELIMIT, BPR_I_X010, BPR_I_XML_MAX_ATTRIBUTES);
			p = close ? close : limit - 1;
		}
		p++;
	}
	if (p >= limit && limit < scan->end)
		return refuse(scan, from, BPR_ELIMIT, BPR_I_X011, BPR_I_XML_MAX_TAG);
	scan->at = p < scan->end ? p + 1 : scan->end;
	if (p >= scan->end || p[-1] == '/')
		return BPR_OK;
	if (++scan->depth > scan->max_depth)
		return refuse(scan, from, BPR_ELIMIT, BPR_I_X012, scan->max_depth);
	return BPR_OK;
}

static bpr_status markup(struct scan *scan)
{
	if (starts(scan, "<!--"))
		skip_past(scan, "-->");
	else if (starts(scan, "<![CDATA["))
		skip_past(scan, "]]>");
	else if (starts(scan, "<?"))
		skip_past(scan, "?>");
	else if (starts(scan, "<!DOCTYPE") || starts(scan, "<!doctype"))
		return refuse(scan, scan->at, BPR_ESYNTAX, BPR_I_X009, 0);
	else if (!starts(scan, "</"))
		return start_tag(scan);
	else {
		scan->depth -= scan->depth > 0;
		scan->at += 2;
	}
	return BPR_OK;
}

bpr_status bpr_i_xml_scan(const struct bpr_xml_report *report, const char *text, size_t length,
			  const struct bpr_xml_options *options)
{
	struct scan scan = { report, text, text, text + length, 0, options->max_depth };

	const char *zero = memchr(text, '\0', length);

	if (zero) /* the parser takes it for the end */
		return refuse(&scan, zero, BPR_ESYNTAX, BPR_I_X014, 0);
	if (scan.max_depth > BPR_I_XML_MAX_DEPTH)
		scan.max_depth = BPR_I_XML_MAX_DEPTH;
	while (scan.at < scan.end) {
		const char *p = memchr(scan.at, '<', (size_t)(scan.end - scan.at));
		bpr_status status;

		if (!p)
			break;
		scan.at = p;
		status = markup(&scan);
		if (status)
			return status;
	}
	return BPR_OK;
}
