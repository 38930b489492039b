/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ministry's rules say of one cell. */
#include "config.h"
#include "base/buf_i.h"
#include "base/utf8_i.h"
#include "check/sheet_i.h"
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_one_of(const char *text, size_t length, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == length && !memcmp(text, words[i], length))
			return true;
	return false;
}

static const char *find(const char *text, size_t length, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = 0; i + n <= length; i++)
		if (!memcmp(text + i, what, n))
			return text + i;
	return NULL;
}

bool bpr_i_cell_blank(const char *text, size_t length)
{
	return !bpr_i_utf8_trim(&text, length);
}

bool bpr_i_cell_several(const char *text, size_t length)
{
	static const char *const marks[] = { "、", ";", "；", ",", "，", "\n" };

	length = bpr_i_utf8_trim(&text, length);
	for (size_t i = 0; i < COUNT(marks); i++)
		if (find(text, length, marks[i]))
			return true;
	return false;
}

/* exp(5), emp([1 2]), PT5M: notations of bpr-flow(5), which no unit in the heading could replace. */
static bool is_notation(const char *text, size_t length)
{
	if (length && text[length - 1] == ')' && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z')))
		return true;
	return length > 1 && text[0] == 'P' && (text[1] == 'T' || is_digit(text[1]));
}

bool bpr_i_cell_plain_number(const char *text, size_t length)
{
	size_t at = 0, digits = 0;

	length = bpr_i_utf8_trim(&text, length);
	if (is_notation(text, length))
		return true;
	at += length && (text[0] == '-' || text[0] == '+') ? 1 : 0;
	for (; at < length && is_digit(text[at]); at++)
		digits++;
	at += at < length && text[at] == '.' ? 1 : 0;
	for (; at < length && is_digit(text[at]); at++)
		digits++;
	if (digits && at < length && (text[at] == 'e' || text[at] == 'E')) {
		at += at + 1 < length && (text[at + 1] == '-' || text[at + 1] == '+') ? 2 : 1;
		while (at < length && is_digit(text[at]))
			at++;
	}
	return digits && at == length;
}

/* ---- layout ---- */

static bool is_blank(unsigned c)
{
	return c == ' ' || c == 0x3000 || c == 0xa0 || c == '\t';
}

static bool is_wide(unsigned c)
{
	return c >= 0x3041 && c <= 0x9fff;
}

bool bpr_i_cell_layout(const char *text, size_t length)
{
	unsigned before = ' ', c;        /* the character before; the beginning is as a blank */
	size_t words = 0, singles = 0, run = 0, blanks = 0;

	for (size_t pos = 0; pos < length; before = c) {
		c = bpr_i_utf8_next(text, length, &pos);
		if (is_blank(c)) {
			/* At the beginning, or two in a row. */
			if (is_blank(before) || pos == length)
				return !bpr_i_cell_blank(text, length);
			blanks++;
			continue;
		}
		if (is_blank(before)) {
			singles += run == 1;
			words++;
			run = 0;
		}
		run = is_wide(c) ? run + 1 : 2;
	}
	singles += run == 1;
	/* 氏　名: every word is one character. */
	return blanks && words == singles;
}

bool bpr_i_cell_broken(const char *text, size_t length)
{
	length = bpr_i_utf8_trim(&text, length);
	return memchr(text, '\n', length) || memchr(text, '\r', length);
}

/* ---- omissions, formulas, characters ---- */

bool bpr_i_cell_omitted(const char *text, size_t length)
{
	static const char *const marks[] = { "〃", "同上", "同左", "々", "仝", "以下同じ", "以下同様", "↓", "\"\"", "ditto" };

	length = bpr_i_utf8_trim(&text, length);
	return is_one_of(text, length, marks, COUNT(marks));
}

bool bpr_i_cell_formula(const char *text, size_t length)
{
	static const char *const faults[] = { "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!" };
	size_t hashes = 0;

	length = bpr_i_utf8_trim(&text, length);
	while (hashes < length && text[hashes] == '#')
		hashes++;
	return (length > 1 && text[0] == '=') || is_one_of(text, length, faults, COUNT(faults)) || (hashes == length && hashes > 2);
}

/* NEC's and IBM's own characters of Windows, ligatures of units, private ones (外字), half-width katakana apart. */
static bool is_machine(unsigned c)
{
	static const struct { unsigned from, to; } ranges[] = {
		{ 0x2116, 0x2116 }, { 0x2121, 0x2121 }, { 0x2160, 0x217f }, { 0x2460, 0x24ff }, { 0x2776, 0x2793 }, { 0x3220, 0x3243 },
		{ 0x3280, 0x33ff }, { 0xe000, 0xf8ff }, { 0xfa0e, 0xfa2d }, { 0x9ad9, 0x9ad9 }, { 0x1f300, 0x1faff }, { 0xf0000, 0x10ffff },
	};

	for (size_t i = 0; i < COUNT(ranges); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	return false;
}

size_t bpr_i_cell_machine(const char *text, size_t length, const char **character)
{
	for (size_t pos = 0; pos < length;) {
		size_t at = pos;

		/* All of them are three bytes or more. */
		if ((unsigned char)text[pos] < 0xe2) {
			pos++;
			continue;
		}
		if (is_machine(bpr_i_utf8_next(text, length, &pos))) {
			*character = text + at;
			return pos - at;
		}
	}
	return 0;
}

/* ---- dates ---- */

/* 2024, 1989年, 2024-04: four digits beginning with 19 or 20, alone. */
static bool has_western(const char *text, size_t length)
{
	for (size_t i = 0; i + 4 <= length; i++)
		if (((text[i] == '1' && text[i + 1] == '9') || (text[i] == '2' && text[i + 1] == '0')) && is_digit(text[i + 2]) && is_digit(text[i + 3])
		    && (!i || !is_digit(text[i - 1])) && (i + 4 == length || !is_digit(text[i + 4])))
			return true;
	return false;
}

static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
}

/* R6.4.1, H31/3/31: a letter of an era and three numbers. */
static bool has_letters(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		size_t at = i + 1, parts = 0;

		if (!text[i] || !strchr("RHSTMrhstm", text[i]) || (i && is_word(text[i - 1])))
			continue;
		while (parts < 3 && at < length && is_digit(text[at])) {
			for (size_t n = 0; n < 2 && at < length && is_digit(text[at]); n++)
				at++;
			parts++;
			if (parts < 3 && at < length && (text[at] == '.' || text[at] == '/'))
				at++;
			else
				break;
		}
		if (parts == 3 && (at == length || !is_digit(text[at])))
			return true;
	}
	return false;
}

bool bpr_i_cell_era(const char *text, size_t length)
{
	static const char *const eras[] = { "令和", "平成", "昭和", "大正", "明治", "令", "平", "昭" };
	struct bpr_buf folded = BPR_BUF_INIT;
	bool found = false;

	/* Most cells have no digits and no 元年; folding is for the others. */
	if (length > 2000 || (!find(text, length, "年") && !memchr(text, '.', length) && !memchr(text, '/', length)))
		return false;
	bpr_i_utf8_fold(&folded, text, length);
	for (size_t i = 0; folded.length && i < COUNT(eras) && !found; i++) {
		const char *at = find(folded.data, folded.length, eras[i]);
		size_t rest = at ? folded.length - (size_t)(at - folded.data) - strlen(eras[i]) : 0;

		at = at ? at + strlen(eras[i]) : NULL;
		while (rest && *at == ' ') {
			at++;
			rest--;
		}
		found = rest && (is_digit(*at) || (rest >= 3 && !memcmp(at, "元", 3)));
	}
	found = (found || (folded.length && has_letters(folded.data, folded.length))) && !has_western(folded.data, folded.length);
	bpr_i_buf_release(&folded);
	return found;
}

/* ---- headings ---- */

bool bpr_i_cell_unit(const char *text, size_t length)
{
	static const char *const units[] = { "分", "円", "秒", "min", "yen", "sec", "hour", "時間)", "時間）", "千円" };

	for (size_t i = 0; i < COUNT(units); i++) {
		const char *at = find(text, length, units[i]);

		/* 随分, 区分 are no units: it stands in brackets, or the heading is English. */
		if (at && ((unsigned char)units[i][0] < 0x80 || find(text, length, "(") || find(text, length, "（") || find(text, length, "[")))
			return true;
	}
	return false;
}

bool bpr_i_cell_other_unit(const char *text, size_t length)
{
	static const char *const brackets[] = { "(", "（", "[" };
	static const char *const others[] = { "時間", "秒", "日", "hour", "sec", "day", "千円", "万円" };

	for (size_t b = 0; b < COUNT(brackets); b++) {
		const char *at = find(text, length, brackets[b]);
		size_t rest = at ? length - (size_t)(at - text) : 0;

		for (size_t i = 0; at && i < COUNT(others); i++)
			if (find(at, rest, others[i]) && !find(at, rest, "分") && !find(at, rest, "min"))
				return true;
	}
	return false;
}

bool bpr_i_cell_remark(const char *text, size_t length)
{
	static const char *const marks[] = { "※", "注)", "注）", "（注", "(注", "注:", "注：", "出典", "備考:", "備考：", "*" };

	length = bpr_i_utf8_trim(&text, length);
	for (size_t i = 0; i < COUNT(marks); i++)
		if (length >= strlen(marks[i]) && !memcmp(text, marks[i], strlen(marks[i])))
			return true;
	return false;
}

enum bpr_sheet_column bpr_i_sheet_column(enum bpr_table table, const struct bpr_column *column)
{
	static const struct { const char *key; enum bpr_sheet_column what; } columns[] = {
		{ "id", BPR_SHEET_KEY }, { "next", BPR_SHEET_KEY }, { "form", BPR_SHEET_KEY }, { "unit", BPR_SHEET_SINGLE },
		{ "counter", BPR_SHEET_SINGLE }, { "system", BPR_SHEET_SINGLE }, { "building", BPR_SHEET_SINGLE }, { "floor", BPR_SHEET_SINGLE },
		{ "pool", BPR_SHEET_SINGLE }, { "field", BPR_SHEET_SINGLE }, { "group", BPR_SHEET_SINGLE }, { "work", BPR_SHEET_MEASURE },
		{ "wait", BPR_SHEET_MEASURE }, { "cost", BPR_SHEET_MEASURE }, { "walk_minutes", BPR_SHEET_MEASURE },
		{ "yen_per_hour", BPR_SHEET_MEASURE }, { "seals", BPR_SHEET_NUMBER }, { "id_checks", BPR_SHEET_NUMBER },
		{ "copies", BPR_SHEET_NUMBER }, { "prob", BPR_SHEET_NUMBER }, { "times", BPR_SHEET_NUMBER }, { "count", BPR_SHEET_NUMBER },
	};

	if (!column || table == BPR_TABLE_DEMAND)
		return BPR_SHEET_TEXT; /* one row there holds a time, the next one a name */
	for (size_t i = 0; i < COUNT(columns); i++)
		if (!strcmp(columns[i].key, column->key))
			return columns[i].what;
	return BPR_SHEET_TEXT;
}
