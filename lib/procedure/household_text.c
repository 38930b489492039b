/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts and members from a line, as one writes them in a cell: "車; 犬=いいえ", "父(42歳、保険=国保); 子(8歳)". */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <string.h>

/* Bytes of one of the marks at the text; 0: none of them. */
static size_t mark_at(const char *text, const char *const *marks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strncmp(text, marks[i], strlen(marks[i])))
			return strlen(marks[i]);
	return 0;
}

static bpr_status set(bpr_household *household, size_t member, const char *name, size_t name_length, const char *value, size_t value_length, struct bpr_error *err)
{
	name_length = bpr_i_utf8_trim(&name, name_length);
	value_length = bpr_i_utf8_trim(&value, value_length);
	const char *key = bpr_i_arena_strndup(&household->arena, name, name_length), *text = bpr_i_arena_strndup(&household->arena, value, value_length);

	if (!key || !text)
		return bpr_i_nomem(err);
	return bpr_household_fact(household, member, key, text, err);
}

/* "車", "車=2", "犬なし", "42歳". */
static bpr_status one_fact(bpr_household *household, size_t member, const char *text, size_t length, struct bpr_error *err)
{
	static const char *const equals[] = { "=", "＝", ":", "：" };
	static const struct { const char *word, *value; } ends[] = {
		{ "なし", "いいえ" }, { "無し", "いいえ" }, { "がない", "いいえ" }, { "がいない", "いいえ" }, { "×", "いいえ" }, { "あり", "はい" }, { "有り", "はい" }, { "がある", "はい" }, { "がいる", "はい" }, { "○", "はい" },
	};

	for (size_t i = 0; i < length; i++) {
		const size_t n = mark_at(text + i, equals, sizeof(equals) / sizeof(equals[0]));

		if (n)
			return set(household, member, text, i, text + i + n, length - i - n, err);
	}
	if (length > strlen("歳") && !memcmp(text + length - strlen("歳"), "歳", strlen("歳")))
		return set(household, member, "年齢", strlen("年齢"), text, length, err);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		const size_t n = strlen(ends[i].word);

		if (length > n && !memcmp(text + length - n, ends[i].word, n))
			return set(household, member, text, length - n, ends[i].value, strlen(ends[i].value), err);
	}
	return set(household, member, text, length, "はい", strlen("はい"), err);
}

static bpr_status facts(bpr_household *household, size_t member, const char *text, size_t length, struct bpr_error *err)
{
	static const char *const marks[] = { ";", "；", ",", "，", "、", "\n" };
	bpr_status status = BPR_OK;

	for (size_t at = 0; at < length && !status;) {
		const char *piece = text + at;
		size_t n = 0, skip;

		while (at + n < length && !mark_at(piece + n, marks, sizeof(marks) / sizeof(marks[0])))
			n++;
		skip = at + n < length ? mark_at(piece + n, marks, sizeof(marks) / sizeof(marks[0])) : 0;
		at += n + skip;
		n = bpr_i_utf8_trim(&piece, n);
		if (n)
			status = one_fact(household, member, piece, n, err);
	}
	return status;
}

bpr_status bpr_household_facts(bpr_household *household, size_t member, const char *text, struct bpr_error *err)
{
	return facts(household, member, text, strlen(text), err);
}

/* A name with facts in brackets, or either of them. */
static bpr_status one_member(bpr_household *household, const char *text, size_t length, struct bpr_error *err)
{
	static const char *const opens[] = { "(", "（" }, *const closes[] = { ")", "）" };
	const char *name = text, *inside = text;
	size_t name_length = 0, open = 0, n = 0, member;
	bool bracket = false;

	while (open < length && !mark_at(text + open, opens, 2))
		open++;
	bracket = open < length;
	if (bracket) {
		inside = text + open + mark_at(text + open, opens, 2);
		name_length = bpr_i_utf8_trim(&name, open);
		while (inside + n < text + length && !mark_at(inside + n, closes, 2))
			n++;
		if (inside + n == text + length)
			return bpr_i_fail(err, BPR_EINVAL, BPR_I_H055, NULL, 0, text, NULL);
	} else if (memchr(text, '=', length) || (length > strlen("歳") && !memcmp(text + length - strlen("歳"), "歳", strlen("歳")))) {
		n = length;
	} else {
		name_length = length;
	}
	if (household->member_count >= BPR_I_MEMBERS)
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_H042, NULL, 0, "200", NULL);
	name = bpr_i_arena_strndup(&household->arena, name, name_length);
	member = name ? bpr_household_member(household, name) : BPR_NONE;
	return member == BPR_NONE ? bpr_i_nomem(err) : facts(household, member, inside, n, err);
}

bpr_status bpr_household_people(bpr_household *household, const char *text, struct bpr_error *err)
{
	static const char *const marks[] = { ";", "；", "/", "／", "、", ",", "\n" }, *const opens[] = { "(", "（" }, *const closes[] = { ")", "）" };
	bpr_status status = BPR_OK;

	while (*text && !status) {
		const char *piece = text;
		size_t n = 0, depth = 0;

		for (; text[n] && (depth || !mark_at(text + n, marks, sizeof(marks) / sizeof(marks[0]))); n++) {
			depth += mark_at(text + n, opens, 2) > 0;
			depth -= depth && mark_at(text + n, closes, 2) > 0;
		}
		text += n;
		text += *text ? mark_at(text, marks, sizeof(marks) / sizeof(marks[0])) : 0;
		n = bpr_i_utf8_trim(&piece, n);
		if (n)
			status = one_member(household, piece, n, err);
	}
	return status;
}
