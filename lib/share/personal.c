/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What in a text could be personal: addresses of e-mail, numbers of telephones, twelve digits, names of people, addresses of homes. Found
 * by form; not everything is found, and not everything found is one: so it is refused with its place, and may be let through by name.
 */
#include "config.h"
#include "share/share_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <stdio.h>
#include <string.h>

static bool is_allowed(struct bpr_share_watch *w, const char *code)
{
	for (size_t i = 0; i < w->allow_count; i++)
		if (!strcmp(w->allow[i], code))
			return true;
	return false;
}

static void remember(struct bpr_share_watch *w, const char *code)
{
	for (size_t i = 0; i < w->used_count; i++)
		if (!strcmp(w->used[i], code))
			return;
	if (w->used_count < BPR_SHARE_CODES)
		w->used[w->used_count++] = code;
}

void bpr_i_share_found(struct bpr_share_watch *w, enum bpr_code_id id, const char *place, const char *what)
{
	static const char *const codes[] = { "Z020", "Z021", "Z022", "Z023", "Z024", "Z025" };
	const char *code = codes[id - BPR_I_Z020];
	struct bpr_place at = { NULL, 0, 0, place };
	bool allowed = is_allowed(w, code), ok;

	if (allowed) {
		remember(w, code);
		ok = bpr_i_problem(w->problems, BPR_I_Z026, &at, false, code, place, NULL, NULL);
	} else {
		if (!w->refused) {
			w->first = id;
			(void)snprintf(w->place, sizeof(w->place), "%s", place);
		}
		w->refused = true;
		ok = bpr_i_problem(w->problems, id, &at, false, place, what, NULL, NULL);
	}
	w->nomem |= !ok;
}

/* ---- pieces of a text ---- */

/* A piece of the text, for the message. */
static void found(struct bpr_share_watch *w, enum bpr_code_id id, const char *place, const char *text, size_t length)
{
	char what[80];

	(void)snprintf(what, sizeof(what), "%.*s", (int)(length < 60 ? length : 60), text);
	bpr_i_share_found(w, id, place, what);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-' || c == '+';
}

/* name@host.tld around an '@'. */
static void look_for_mail(struct bpr_share_watch *w, const char *place, const char *text)
{
	for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
		size_t before = 0, behind = 0;
		bool dot = false;

		while (at - before > text && is_word(at[-1 - (long)before]))
			before++;
		while (is_word(at[1 + behind])) {
			dot |= at[1 + behind] == '.' && behind && is_word(at[2 + behind]);
			behind++;
		}
		if (before && dot)
			found(w, BPR_I_Z021, place, at - before, before + 1 + behind);
	}
}

/* Runs of digits, with single hyphens, blanks or brackets between. */
static void look_for_numbers(struct bpr_share_watch *w, const char *place, const char *text)
{
	for (const char *s = text; *s;) {
		size_t digits = 0, n = 0, groups = 1;
		bool plus = s > text && s[-1] == '+';

		if (!is_digit(*s) || (s > text && (s[-1] == '.' || s[-1] == ','))) {
			s++;
			continue;
		}
		while (is_digit(s[n]) || (s[n] && strchr("- ()", s[n]) && (is_digit(s[n + 1]) || (s[n + 1] == '(' && is_digit(s[n + 2]))))) {
			digits += is_digit(s[n]);
			groups += !is_digit(s[n]);
			n++;
		}
		if (digits == 12 && s[n] != '.' && (groups == 1 || groups == 3))
			found(w, BPR_I_Z023, place, s, n);
		else if ((*s == '0' && (digits == 10 || digits == 11)) || (plus && digits >= 11 && digits <= 13))
			found(w, BPR_I_Z022, place, s, n);
		s += n;
	}
}

/* ---- people ---- */

static bool begins(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strncmp(text, words[i], strlen(words[i])))
			return true;
	return false;
}

/* A character of those in which names are written: kanji, 々. */
static size_t kanji(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	if (!strncmp(text, "々", 3))
		return 3;
	return s[0] >= 0xe4 && s[0] <= 0xe9 && s[1] && s[2] ? 3 : 0;
}

/* One to three kanji that end there: a given name. */
static size_t given_name(const char *text)
{
	static const char *const offices[] = { "課", "係", "市", "町", "村", "区", "駅", "支所", "窓口", "庁舎", "地区", "通", "線", "川", "橋" };
	size_t n = 0;

	while (n < 9 && kanji(text + n))
		n += 3;
	if (!n || n >= 9 || kanji(text + n))
		return 0;
	for (size_t i = 0; i < sizeof(offices) / sizeof(offices[0]); i++) /* 中野 支所 is a place */
		if (strstr(text, offices[i]) == text || (n >= 3 && !strncmp(text + n - 3, offices[i], 3)))
			return 0;
	return n;
}

static void look_for_names(struct bpr_share_watch *w, const char *place, const char *text)
{
	static const char *const behind[] = { "さん", "様", "氏", "課長", "係長", "主任", "主査", "主事", "部長", "主幹", "補佐", "職員", "君", "先生", "が担当", "へ連絡" };
	static const char *const before[] = { "担当：", "担当:", "担当者：", "担当者:", "氏名：", "氏名:", "記入者：", "記入者:", "作成者：", "作成者:" };

	for (const char *s = text; *s; s++) {
		size_t n = bpr_i_share_surname(s), blank, given;
		bool labelled = false;

		if (!n || (s > text && kanji(s - (s - text >= 3 ? 3 : s - text))))
			continue;
		for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
			size_t l = strlen(before[i]);

			labelled |= (size_t)(s - text) >= l && !strncmp(s - l, before[i], l);
		}
		blank = s[n] == ' ' ? 1 : !strncmp(s + n, "　", 3) ? 3 : 0;
		given = blank ? given_name(s + n + blank) : 0;
		if (labelled || given || begins(s + n, behind, sizeof(behind) / sizeof(behind[0])))
			found(w, BPR_I_Z020, place, s, n + (given ? blank + given : 0));
		s += n - 1;
	}
}

/* 1丁目2番3号, 12番地: what stands behind the name of a place. */
static void look_for_homes(struct bpr_share_watch *w, const char *place, const char *text)
{
	static const char *const words[] = { "丁目", "番地" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (const char *at = strstr(text, words[i]); at; at = strstr(at + 1, words[i])) {
			const char *behind = at + strlen(words[i]);

			if (at > text && is_digit(at[-1]) && (i == 1 || is_digit(*behind)))
				found(w, BPR_I_Z025, place, at - 1, strlen(words[i]) + 4 < strlen(at - 1) ? strlen(words[i]) + 4 : strlen(at - 1));
		}
}

void bpr_i_share_look(struct bpr_share_watch *w, const char *place, const char *text)
{
	struct bpr_buf plain = BPR_BUF_INIT;

	if (!text || !*text)
		return;
	bpr_i_utf8_fold(&plain, text, strlen(text)); /* full-width digits and signs are as the others */
	if (plain.failed) {
		w->nomem = true;
	} else if (plain.length) {
		look_for_mail(w, place, plain.data);
		look_for_numbers(w, place, plain.data);
		look_for_names(w, place, plain.data);
		look_for_homes(w, place, plain.data);
	}
	bpr_i_buf_release(&plain);
}
