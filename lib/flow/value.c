/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cells as numbers, shares, yes and no, times of day. Plain ASCII numbers, nearly all there are, take a short way;
 * everything else is folded first. Nothing is guessed: what is not understood is a problem.
 */
#include "config.h"
#include "flow/value_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <math.h>
#include <string.h>

struct bpr_short bpr_i_short(const char *text, size_t length)
{
	struct bpr_short s;
	size_t n = length < sizeof(s.text) - 1 ? length : sizeof(s.text) - 1;

	if (n < length)
		while (n && ((unsigned char)text[n] & 0xc0) == 0x80)
			n--;
	if (n)
		memcpy(s.text, text, n);
	s.text[n] = '\0';
	return s;
}

bool bpr_i_value_wrong(const struct bpr_value *v, enum bpr_code_id id, const char *a3)
{
	struct bpr_short text = bpr_i_short(v->text, v->length);
	const char *where = v->place && v->place->where ? v->place->where : "-";

	(void)bpr_i_problem(v->problems, id, v->place, true, text.text, where, a3, NULL);
	return false;
}

bool bpr_i_fold_lower(struct bpr_folded *out, const char *text, size_t length)
{
	struct bpr_buf buf = { out->text, 0, sizeof(out->text), sizeof(out->text) - 1, BPR_OK };

	out->length = 0;
	out->text[0] = '\0';
	if (length > BPR_LONGEST_VALUE)
		return false;
	bpr_i_utf8_fold(&buf, text, length);
	if (buf.failed)
		return false;
	for (size_t i = 0; i < buf.length; i++)
		if (out->text[i] >= 'A' && out->text[i] <= 'Z')
			out->text[i] = (char)(out->text[i] - 'A' + 'a');
	out->length = buf.length;
	return true;
}

static struct bpr_scan scan_of(const struct bpr_folded *folded)
{
	return (struct bpr_scan){ folded->text, folded->text + folded->length };
}

void bpr_i_scan_blanks(struct bpr_scan *s)
{
	while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' || *s->at == '\r'))
		s->at++;
}

bool bpr_i_scan_word(struct bpr_scan *s, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0)
		return false;
	s->at += n;
	return true;
}

static bool cut_tail(struct bpr_scan *s, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(s->end - s->at) <= n || memcmp(s->end - n, word, n) != 0)
		return false;
	s->end -= n;
	return true;
}

void bpr_i_scan_about(struct bpr_scan *s)
{
	static const char *const front[] = { "約", "およそ", "おおよそ", "おおむね", "概ね", "平均" };
	static const char *const tail[] = { "程度", "前後", "くらい", "ぐらい", "ほど" };

	bpr_i_scan_blanks(s);
	for (size_t i = 0; i < sizeof(front) / sizeof(front[0]); i++)
		if (bpr_i_scan_word(s, front[i]))
			break;
	for (size_t i = 0; i < sizeof(tail) / sizeof(tail[0]); i++)
		if (cut_tail(s, tail[i]))
			break;
	bpr_i_scan_blanks(s);
	while (s->end > s->at && s->end[-1] == ' ')
		s->end--;
}

static bool digit(const struct bpr_scan *s, size_t ahead)
{
	return (size_t)(s->end - s->at) > ahead && s->at[ahead] >= '0' && s->at[ahead] <= '9';
}

/* A comma between thousands: one to three digits in front, exactly three behind. */
static bool group_comma(const struct bpr_scan *s, size_t digits)
{
	return digits >= 1 && digits <= 3 && s->at < s->end && *s->at == ',' && digit(s, 1) && digit(s, 2) && digit(s, 3) && !digit(s, 4);
}

int bpr_i_scan_number(struct bpr_scan *s, bool commas, double *out)
{
	const char *start = s->at;
	char plain[400];
	size_t n = 0;
	size_t digits = 0;

	for (size_t run = 0;; run++) {
		if (digit(s, 0) && n < sizeof(plain) - 8) {
			plain[n++] = *s->at++;
			digits++;
			continue;
		}
		if (!commas || !group_comma(s, run))
			break;
		s->at++;
		run = (size_t)-1; /* wraps to 0 */
	}
	if (s->at < s->end && *s->at == '.' && (digits || digit(s, 1)))
		for (plain[n++] = *s->at++; digit(s, 0) && n < sizeof(plain) - 8; digits++)
			plain[n++] = *s->at++;
	if (!digits || digit(s, 0)) {
		s->at = start;
		return 0;
	}
	if (s->at < s->end && *s->at == 'e' && (digit(s, 1) || (s->end - s->at > 2 && (s->at[1] == '-' || s->at[1] == '+') && digit(s, 2)))) {
		plain[n++] = *s->at++;
		for (plain[n++] = *s->at++; digit(s, 0) && n < sizeof(plain) - 1;)
			plain[n++] = *s->at++;
	}
	return bpr_i_num_parse(plain, n, out) ? 1 : -1;
}

bool bpr_i_scan_infinite(struct bpr_scan s)
{
	static const char *const words[] = { "inf", "infinity", "nan", "∞", "無限", "無限大" };

	(void)(bpr_i_scan_word(&s, "-") || bpr_i_scan_word(&s, "+"));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if ((size_t)(s.end - s.at) == strlen(words[i]) && !memcmp(s.at, words[i], strlen(words[i])))
			return true;
	return false;
}

/* 万, 億 behind digits. */
static double multiplier(struct bpr_scan *s)
{
	return bpr_i_scan_word(s, "億") ? 1e8 : bpr_i_scan_word(s, "万") ? 1e4 : bpr_i_scan_word(s, "千") ? 1e3 : 1;
}

/* 件, 円, 個 …, at most one. */
static void counter_word(struct bpr_scan *s)
{
	static const char *const words[] = { "件", "円", "個", "回", "枚", "人", "名", "箇所", "か所", "ヵ所", "カ所", "ヶ所", "項目", "点", "通",
					     "部", "種類", "種", "つ", "本", "台", "冊", "日", "秒", "yen" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (bpr_i_scan_word(s, words[i]))
			return;
}

/* Folded text as a number; the sign is kept. */
static bool scan_whole_number(const struct bpr_value *v, struct bpr_scan s, double *out)
{
	bool negative;
	int read;

	bpr_i_scan_about(&s);
	if (bpr_i_scan_infinite(s))
		return bpr_i_value_wrong(v, BPR_I_D004, "1e15");
	negative = bpr_i_scan_word(&s, "-");
	if (!negative)
		(void)bpr_i_scan_word(&s, "+");
	if (!bpr_i_scan_word(&s, "¥") && !bpr_i_scan_word(&s, "￥"))
		(void)bpr_i_scan_word(&s, "\\"); /* what CP932 shows as a yen sign */
	bpr_i_scan_blanks(&s);
	read = bpr_i_scan_number(&s, true, out);
	if (read < 0)
		return bpr_i_value_wrong(v, BPR_I_D004, "1e15");
	if (!read)
		return bpr_i_value_wrong(v, BPR_I_D001, NULL);
	*out *= multiplier(&s);
	bpr_i_scan_blanks(&s);
	counter_word(&s);
	bpr_i_scan_blanks(&s);
	if (s.at < s.end)
		return bpr_i_value_wrong(v, BPR_I_D001, NULL);
	if (negative)
		*out = -*out;
	return fabs(*out) <= BPR_I_MAX_NUMBER || bpr_i_value_wrong(v, BPR_I_D004, "1e15");
}

bool bpr_i_parse_number(const char *text, size_t length, double *out, bpr_problems *problems, const struct bpr_place *place)
{
	struct bpr_value v = { text, length, problems, place, false };
	struct bpr_folded folded;

	if (bpr_i_num_parse(text, length, out))
		return fabs(*out) <= BPR_I_MAX_NUMBER || bpr_i_value_wrong(&v, BPR_I_D004, "1e15");
	(void)bpr_i_fold_lower(&folded, text, length);
	return scan_whole_number(&v, scan_of(&folded), out);
}

/* 30%, 3割, 3割5分, 1/3, 0.3 */
static bool scan_share(const struct bpr_value *v, struct bpr_scan s, double *out, bool *percent)
{
	double more;
	bool negative;

	bpr_i_scan_about(&s);
	negative = bpr_i_scan_word(&s, "-");
	if (!negative)
		(void)bpr_i_scan_word(&s, "+");
	if (bpr_i_scan_number(&s, true, out) != 1)
		return bpr_i_value_wrong(v, BPR_I_D008, NULL);
	bpr_i_scan_blanks(&s);
	if (bpr_i_scan_word(&s, "%") || bpr_i_scan_word(&s, "パーセント")) {
		*out /= 100;
		*percent = true;
	} else if (bpr_i_scan_word(&s, "割")) {
		*out /= 10;
		if (bpr_i_scan_number(&s, false, &more) == 1) {
			if (!bpr_i_scan_word(&s, "分"))
				return bpr_i_value_wrong(v, BPR_I_D008, NULL);
			*out += more / 100;
		}
	} else if (bpr_i_scan_word(&s, "/")) {
		bpr_i_scan_blanks(&s);
		if (bpr_i_scan_number(&s, true, &more) != 1 || !(more > 0))
			return bpr_i_value_wrong(v, BPR_I_D008, NULL);
		*out /= more;
	}
	bpr_i_scan_blanks(&s);
	if (s.at < s.end)
		return bpr_i_value_wrong(v, BPR_I_D008, NULL);
	if (negative)
		*out = -*out;
	return (*out >= 0 && *out <= 1) || bpr_i_value_wrong(v, BPR_I_D009, NULL);
}

bool bpr_i_parse_share(const char *text, size_t length, double *out, bool *percent, bpr_problems *problems, const struct bpr_place *place)
{
	struct bpr_value v = { text, length, problems, place, false };
	struct bpr_folded folded;

	*percent = false;
	if (bpr_i_num_parse(text, length, out))
		return (*out >= 0 && *out <= 1) || bpr_i_value_wrong(&v, BPR_I_D009, NULL);
	(void)bpr_i_fold_lower(&folded, text, length);
	return scan_share(&v, scan_of(&folded), out, percent);
}

bool bpr_i_parse_minutes(const char *text, size_t length, double *out, bpr_problems *problems, const struct bpr_place *place)
{
	struct bpr_value v = { text, length, problems, place, false };
	struct bpr_folded folded;
	bool ok;

	if (bpr_i_num_parse(text, length, out) && *out >= 0 && *out <= BPR_I_MAX_MINUTES)
		return true;
	(void)bpr_i_fold_lower(&folded, text, length);
	ok = bpr_i_scan_minutes(&v, scan_of(&folded), true, out, NULL, NULL);
	if (ok && v.wd)
		(void)bpr_i_value_wrong(&v, BPR_I_D011, NULL);
	return ok;
}

size_t bpr_i_word_find(const char *const *words, size_t count, const char *text, size_t length)
{
	for (size_t i = 0; i < count; i++)
		for (const char *s = words[i]; *s;) {
			size_t n = strcspn(s, "|");

			if (n == length && !memcmp(s, text, n))
				return i;
			s += n + (s[n] == '|');
		}
	return BPR_NONE;
}

int bpr_i_parse_yes(const char *text, size_t length)
{
	static const char *const words[] = { "no|n|0|false|いいえ|×|✕|✗|x|-|無|無し|なし|不要|否",
					     "yes|y|1|true|はい|○|◯|〇|●|◎|✓|✔|有|有り|あり|要|レ|済|済み" };
	struct bpr_folded folded;
	size_t found = BPR_NONE;

	if (bpr_i_fold_lower(&folded, text, length))
		found = bpr_i_word_find(words, 2, folded.text, folded.length);
	return found == BPR_NONE ? -1 : (int)found;
}
