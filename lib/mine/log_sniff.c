/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "mine/log_sniff_i.h"
#include "mine/log_i.h"
#include <string.h>
#include <strings.h>

bool bpr_i_log_ending(const char *name)
{
	static const char *const endings[] = { ".xes", ".csv", ".tsv", ".txt", ".json", ".jsonocel" };
	size_t length = strlen(name);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i]);

		if (length > n && !strcasecmp(name + length - n, endings[i]))
			return true;
	}
	return false;
}

/* Things that are no text, by their first bytes. */
static const struct { const char *bytes; unsigned char length; enum bpr_code_id id; const char *name; } others[] = {
	{ "PK\003\004", 4, BPR_I_L008, "zip" }, { "PK\005\006", 4, BPR_I_L008, "zip" }, { "\x1f\x8b", 2, BPR_I_L008, "gzip" },
	{ "\x28\xb5\x2f\xfd", 4, BPR_I_L008, "zstd" }, { "\xfd" "7zXZ", 5, BPR_I_L008, "xz" }, { "BZh", 3, BPR_I_L008, "bzip2" },
	{ "7z\xbc\xaf", 4, BPR_I_L009, "7z" }, { "Rar!", 4, BPR_I_L009, "RAR" }, { "MSCF", 4, BPR_I_L009, "CAB" },
	{ "\x04\x22\x4d\x18", 4, BPR_I_L009, "lz4" }, { "LZIP", 4, BPR_I_L009, "lzip" }, { "\x1f\x9d", 2, BPR_I_L009, "compress (.Z)" },
	{ "\xd0\xcf\x11\xe0", 4, BPR_I_L010, NULL }, { "SQLite format 3", 15, BPR_I_L009, "SQLite" }, { "%PDF-", 5, BPR_I_L009, "PDF" },
};

/* The name of the root element of a document that begins so, without prefix; length 0: it does not come. */
static size_t root_of(const char *at, const char *end, const char **name)
{
	while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		const char *from = at + 1;

		if (end - at >= 4 && !memcmp(at, "<!--", 4)) {
			at = memmem(at + 4, (size_t)(end - at - 4), "-->", 3);
			if (!at)
				return 0;
			continue;
		}
		if (from < end && (*from == '?' || *from == '!')) {
			at = memchr(at, '>', (size_t)(end - at));
			if (!at)
				return 0;
			continue;
		}
		*name = from;
		while (from < end && !strchr(" \t\r\n/>", *from)) {
			from++;
			if (from[-1] == ':')
				*name = from;
		}
		return from < end ? (size_t)(from - *name) : 0;
	}
	return 0;
}

static const char *behind_blanks(const char *head, const char *end)
{
	if (end - head >= 3 && !memcmp(head, "\xef\xbb\xbf", 3))
		head += 3;
	while (head < end && (*head == ' ' || *head == '\t' || *head == '\r' || *head == '\n'))
		head++;
	return head;
}

/* "<" in UTF-16, with its mark or without. */
static bool wide_xml(const char *head, size_t length)
{
	if (length >= 4 && (!memcmp(head, "\xff\xfe", 2) || !memcmp(head, "\xfe\xff", 2)))
		head += 2;
	return length >= 4 && ((head[0] == '<' && !head[1]) || (!head[0] && head[1] == '<'));
}

/* An object, rather than a heading that begins with a brace. */
static bool is_json(const char *at, const char *end)
{
	if (at == end || *at != '{')
		return false;
	at = behind_blanks(at + 1, end);
	return at < end && (*at == '"' || *at == '}');
}

bpr_status bpr_i_log_sniff(const char *head, size_t length, enum bpr_log_format *format, struct bpr_fault *fault)
{
	const char *const end = head + length;
	const char *at = behind_blanks(head, end);
	const char *name = "";
	size_t n;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (length >= others[i].length && !memcmp(head, others[i].bytes, others[i].length))
			return bpr_i_fault(fault, BPR_EUNSUPPORTED, others[i].id, 0, others[i].name, NULL, NULL);
	if (length > 262 && !memcmp(head + 257, "ustar", 5))
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_L009, 0, "tar", NULL, NULL);
	*format = BPR_LOG_CSV;
	if (wide_xml(head, length)) {
		*format = BPR_LOG_XES;
	} else if (at < end && *at == '<') {
		char root[64] = "";

		*format = BPR_LOG_XES;
		n = root_of(at, end, &name);
		if (n == 3 && !memcmp(name, "log", 3))
			return BPR_OK;
		memcpy(root, name, n < sizeof(root) ? n : sizeof(root) - 1);
		if (n)
			return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_L015, 0, root, NULL, NULL);
	} else if (is_json(at, end)) {
		*format = BPR_LOG_OCEL;
	}
	return BPR_OK;
}

static bool holds(const char *head, size_t length, const char *word)
{
	return memmem(head, length, word, strlen(word)) != NULL;
}

bool bpr_i_log_sniffs(const char *head, size_t length, const struct bpr_log_options *options)
{
	struct bpr_fault fault;
	enum bpr_log_format format;

	if (bpr_i_log_sniff(head, length, &format, &fault))
		return false;
	if (format == BPR_LOG_OCEL)
		return holds(head, length, "\"objectTypes\"") || holds(head, length, "\"eventTypes\"") || holds(head, length, "\"ocel:");
	return format == BPR_LOG_XES || bpr_i_log_csv_looks(head, length, options);
}
