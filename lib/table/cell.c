/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of small tables as values: lists, words, yes and no, amounts. */
#include "config.h"
#include "table/table_i.h"
#include "table/key_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <string.h>

bool bpr_i_table_key(struct bpr_table_key *out, const char *text, size_t length)
{
	struct bpr_buf folded = BPR_BUF_INIT;
	bool ok;

	out->length = 0;
	if (length > BPR_TABLE_LONGEST_KEY)
		return true;
	bpr_i_utf8_fold(&folded, text, length);
	ok = !folded.failed;
	for (size_t i = 0; ok && i < folded.length && out->length < BPR_TABLE_LONGEST_KEY; i++) {
		const char c = folded.data[i];

		if (i && (c == '(' || c == '['))
			break;
		if (c == ' ' || c == '_' || c == '-' || c == '\t' || c == '\n' || c == '\r')
			continue;
		out->text[out->length++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	bpr_i_buf_release(&folded);
	return ok;
}

bool bpr_i_table_key_among(const struct bpr_table_key *key, const char *words, bool *found)
{
	*found = false;
	while (words && *words && !*found) {
		const size_t n = strcspn(words, "|");
		struct bpr_table_key word;

		if (!bpr_i_table_key(&word, words, n))
			return false;
		*found = word.length && word.length == key->length && !memcmp(word.text, key->text, key->length);
		words += n + (words[n] == '|');
	}
	return true;
}

size_t bpr_i_table_word(const char *const *words, size_t count, const char *text)
{
	struct bpr_table_key key;
	bool found = false;

	if (!bpr_i_table_key(&key, text, strlen(text)) || !key.length)
		return BPR_NONE;
	for (size_t i = 0; i < count; i++)
		if (bpr_i_table_key_among(&key, words[i], &found) && found)
			return i;
	return BPR_NONE;
}

int bpr_i_table_yes(const char *text)
{
	static const char *const words[] = { "no|n|false|0|いいえ|無|なし|無し|×|✕|不可|否|ない|不要|しない",
					     "yes|y|true|1|はい|有|あり|有り|○|〇|◯|可|可能|要|必要|する|✓|レ" };
	const size_t which = bpr_i_table_word(words, 2, text);

	return which == BPR_NONE ? -1 : (int)which;
}

bool bpr_i_table_number(const char *text, double *out)
{
	static const struct { const char *sign; double factor; } signs[] = { { "億", 1e8 }, { "万", 1e4 }, { "千", 1e3 } };
	struct bpr_buf folded = BPR_BUF_INIT;
	char plain[64];
	size_t n = 0, skip = 0;
	double factor = 1;
	bool ok;

	bpr_i_utf8_fold(&folded, text, strlen(text));
	ok = !folded.failed && folded.length && folded.length < sizeof(plain);
	if (ok && !strncmp(folded.data, "約", strlen("約")))
		skip = strlen("約");
	else if (ok && (folded.data[0] == '\\' || folded.data[0] == '+'))
		skip = 1;
	else if (ok && !strncmp(folded.data, "¥", strlen("¥")))
		skip = strlen("¥");
	for (size_t i = skip; ok && i < folded.length; i++)
		if (folded.data[i] != ',' && folded.data[i] != ' ')
			plain[n++] = folded.data[i];
	plain[ok ? n : 0] = '\0';
	bpr_i_buf_release(&folded);
	for (size_t k = 0; k < 2 && ok; k++) {
		static const char *const units[] = { "円", "yen" };
		const size_t u = strlen(units[k]);

		if (n > u && !strcmp(plain + n - u, units[k]))
			plain[n -= u] = '\0';
	}
	for (size_t k = 0; k < sizeof(signs) / sizeof(signs[0]) && ok; k++) {
		const size_t u = strlen(signs[k].sign);

		if (n > u && !strcmp(plain + n - u, signs[k].sign)) {
			plain[n -= u] = '\0';
			factor *= signs[k].factor;
		}
	}
	ok = ok && bpr_i_num_parse(plain, n, out);
	if (ok)
		*out *= factor;
	return ok;
}

/* Bytes of what separates things of a list at the text, or 0. */
static size_t separator(const char *text)
{
	static const char *const marks[] = { ";", "；", ",", "，", "、" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (!strncmp(text, marks[i], strlen(marks[i])))
			return strlen(marks[i]);
	return 0;
}

bool bpr_i_table_list(struct bpr_arena *arena, const char *text, const char *const **items, size_t *count)
{
	const char **list;
	size_t most = 1;

	for (const char *s = text; *s; s++)
		most += separator(s) > 0;
	*count = 0;
	*items = NULL;
	list = bpr_i_arena_alloc(arena, most, sizeof(*list));
	if (!list)
		return false;
	while (*text) {
		const char *item = text;
		size_t n = 0;

		while (text[n] && !separator(text + n))
			n++;
		text += n + separator(text + n);
		n = bpr_i_utf8_trim(&item, n);
		if (!n)
			continue;
		list[*count] = bpr_i_arena_strndup(arena, item, n);
		if (!list[(*count)++])
			return false;
	}
	*items = list;
	return true;
}
