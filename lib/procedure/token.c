/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one sees of a condition: names, words, numbers. Japanese has no blanks between words, so that a name ends where an operator
 * or a comparison begins (車または犬, 年齢15歳未満); the names that are known go before that.
 */
#include "config.h"
#include "procedure/parse_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <string.h>

static bool blank(char c)
{
	return c == ' ';
}

/* One character of the source, folded; the sound marks of half-width kana belong to the one in front. */
static void fold_one(struct bpr_buf *out, const char *text, size_t length)
{
	size_t pos = 0;
	const unsigned c = bpr_i_utf8_next(text, length, &pos);

	if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000)
		bpr_i_buf_putc(out, ' ');
	else if (c == 0x30FC || c == 0xFF70)
		bpr_i_buf_puts(out, "ー");
	else if (c == 0x2266 || c == 0x2264)
		bpr_i_buf_puts(out, "<=");
	else if (c == 0x2267 || c == 0x2265)
		bpr_i_buf_puts(out, ">=");
	else if (c == 0x2260)
		bpr_i_buf_puts(out, "!=");
	else if (c == 0x3001)
		bpr_i_buf_putc(out, ',');
	else
		bpr_i_utf8_fold(out, text, length);
}

static size_t one_character(const char *text, size_t length, size_t at)
{
	size_t next = at, behind;
	const unsigned c = bpr_i_utf8_next(text, length, &next);

	if (c >= 0xFF66 && c <= 0xFF9D && next < length) {
		unsigned mark;

		behind = next;
		mark = bpr_i_utf8_next(text, length, &behind);
		if (mark == 0xFF9E || mark == 0xFF9F)
			next = behind;
	}
	return next - at;
}

bool bpr_i_cp_begin(struct bpr_cond_parse *c)
{
	const size_t length = strlen(c->source);
	struct bpr_buf folded = BPR_BUF_INIT;
	size_t *from = NULL, capacity = 0;
	bool ok = true;

	for (size_t at = 0; at < length && ok;) {
		const size_t n = one_character(c->source, length, at), before = folded.length;

		fold_one(&folded, c->source + at, n);
		ok = !folded.failed && bpr_i_grow(&from, &capacity, folded.length + 1, sizeof(*from));
		for (size_t i = before; ok && i < folded.length; i++)
			from[i] = at;
		at += n;
	}
	ok = ok && bpr_i_grow(&from, &capacity, folded.length + 1, sizeof(*from));
	if (ok) {
		from[folded.length] = length;
		c->end = folded.length;
		c->text = bpr_i_arena_strndup(&c->p->arena, folded.length ? folded.data : "", folded.length);
		c->from = bpr_i_arena_raw(&c->p->arena, folded.length + 1, sizeof(*from));
		ok = c->text && c->from;
	}
	if (ok)
		memcpy(c->from, from, (c->end + 1) * sizeof(*from));
	for (size_t i = 0; ok && i < c->end; i++)
		if (c->text[i] >= 'A' && c->text[i] <= 'Z')
			c->text[i] = (char)(c->text[i] - 'A' + 'a');
	bpr_i_free(from);
	bpr_i_buf_release(&folded);
	c->nomem = !ok;
	return ok;
}

void bpr_i_cp_blanks(struct bpr_cond_parse *c)
{
	while (c->at < c->end && blank(c->text[c->at]))
		c->at++;
}

static bool at_word(const struct bpr_cond_parse *c, size_t at, const char *word)
{
	const size_t n = strlen(word);

	return c->end - at >= n && !memcmp(c->text + at, word, n);
}

bool bpr_i_cp_take(struct bpr_cond_parse *c, const char *word)
{
	bpr_i_cp_blanks(c);
	if (!at_word(c, c->at, word))
		return false;
	c->at += strlen(word);
	return true;
}

static bool ascii_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool bpr_i_cp_word(struct bpr_cond_parse *c, const char *word)
{
	const size_t n = strlen(word);

	bpr_i_cp_blanks(c);
	if (!at_word(c, c->at, word) || (c->at + n < c->end && ascii_word(c->text[c->at + n])))
		return false;
	c->at += n;
	return true;
}

/* ---- names ---- */

/* Words that end a name or a value wherever they stand. */
static const char *const enders[] = { "かつ", "且つ", "または", "又は", "もしくは", "若しくは", "でない", "ではない", "以外", "である" };
/* What may stand behind a known name. */
static const char *const followers[] = { "が", "は", "も", "あり", "有", "なし", "無", "を", "の" };

static bool ends_token(const struct bpr_cond_parse *c, size_t at)
{
	if (at >= c->end || strchr(" ()<>=!,&|\"'[];:~", c->text[at]) || at_word(c, at, "..") || at_word(c, at, "「") || at_word(c, at, "」"))
		return true;
	for (size_t i = 0; i < sizeof(enders) / sizeof(enders[0]); i++)
		if (at_word(c, at, enders[i]))
			return true;
	return false;
}

static bool follows(const struct bpr_cond_parse *c, size_t at)
{
	if (ends_token(c, at) || (c->text[at] >= '0' && c->text[at] <= '9'))
		return true;
	for (size_t i = 0; i < sizeof(followers) / sizeof(followers[0]); i++)
		if (at_word(c, at, followers[i]))
			return true;
	return false;
}

/* 「とんかつ」 or "with blanks". */
static bool quoted(const struct bpr_cond_parse *c, size_t at, struct bpr_parse_name *out)
{
	const char *close = at_word(c, at, "「") ? "」" : c->text[at] == '"' ? "\"" : c->text[at] == '\'' ? "'" : NULL;
	const size_t open = close ? (*close == '"' || *close == '\'' ? 1 : strlen("「")) : 0;

	if (!close)
		return false;
	for (size_t i = at + open; i < c->end; i++)
		if (at_word(c, i, close)) {
			*out = (struct bpr_parse_name){ c->source + c->from[at + open], c->from[i] - c->from[at + open], i + strlen(close) };
			return out->length > 0;
		}
	return false;
}

/* The longest declared or known name that ends where a name can end. */
static size_t known_name(const struct bpr_cond_parse *c, size_t at)
{
	size_t best = bpr_i_known_prefix(c->text + at, c->end - at);

	if (best && !follows(c, at + best))
		best = 0;
	for (size_t i = 0; i < c->p->declared_count; i++) {
		const size_t n = strlen(c->p->declared[i].key);

		if (n > best && at_word(c, at, c->p->declared[i].key) && follows(c, at + n))
			best = n;
	}
	return best;
}

static size_t next_character(const struct bpr_cond_parse *c, size_t at)
{
	do
		at++;
	while (at < c->end && ((unsigned char)c->text[at] & 0xC0) == 0x80);
	return at;
}

bool bpr_i_cp_name(const struct bpr_cond_parse *c, size_t at, struct bpr_parse_name *out)
{
	size_t n, to = at;

	if (at >= c->end)
		return false;
	if (quoted(c, at, out))
		return true;
	n = known_name(c, at);
	if (n) {
		to = at + n;
	} else {
		/* "でない" and the like do not begin a name, but かつお does. */
		while (to < c->end && (to == at ? !strchr(" ()<>=!,&|\"'[];:~", c->text[to]) : !ends_token(c, to)))
			to = next_character(c, to);
	}
	*out = (struct bpr_parse_name){ c->source + c->from[at], c->from[to] - c->from[at], to };
	return to > at;
}

bool bpr_i_cp_value_word(const struct bpr_cond_parse *c, size_t at, struct bpr_parse_name *out)
{
	size_t to = at;

	if (at >= c->end)
		return false;
	if (quoted(c, at, out))
		return true;
	while (to < c->end && (to == at ? !strchr(" ()<>=!,&|\"'[];:~", c->text[to]) : !ends_token(c, to)))
		to = next_character(c, to);
	*out = (struct bpr_parse_name){ c->source + c->from[at], c->from[to] - c->from[at], to };
	return to > at;
}

/* ---- numbers ---- */

bool bpr_i_cp_number(const struct bpr_cond_parse *c, size_t at, struct bpr_parse_number *out)
{
	static const struct { const char *text; double factor; } scales[] = { { "億", 1e8 }, { "万", 1e4 }, { "千", 1e3 } };
	static const char *const units[] = { "歳", "才", "人", "名", "台", "匹", "頭", "円", "件", "回", "日", "か月", "ヶ月", "年" };
	char plain[64];
	size_t n = 0, to = at;

	if (to < c->end && c->text[to] == '-')
		plain[n++] = c->text[to++];
	while (to < c->end && n + 1 < sizeof(plain)) {
		const bool digit = c->text[to] >= '0' && c->text[to] <= '9';
		const bool next = to + 1 < c->end && c->text[to + 1] >= '0' && c->text[to + 1] <= '9';

		if (digit || (c->text[to] == '.' && next))
			plain[n++] = c->text[to++];
		else if (!c->list && c->text[to] == ',' && next && to + 4 <= c->end && n && c->text[to + 2] >= '0' && c->text[to + 2] <= '9' && c->text[to + 3] >= '0' &&
			 c->text[to + 3] <= '9' && (to + 4 == c->end || c->text[to + 4] < '0' || c->text[to + 4] > '9'))
			to++;
		else
			break;
	}
	*out = (struct bpr_parse_number){ .after = to };
	if (!n || !bpr_i_num_parse(plain, n, &out->value))
		return false;
	for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++)
		if (at_word(c, out->after, scales[i].text)) {
			out->value *= scales[i].factor;
			out->after += strlen(scales[i].text);
		}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (at_word(c, out->after, units[i])) {
			out->years = i < 2;
			out->people = i == 2 || i == 3;
			out->after += strlen(units[i]);
			break;
		}
	return true;
}

/* ---- what is wrong ---- */

/* Characters in front of the place, from 1, as one counts them in the cell. */
static size_t place_of(const struct bpr_cond_parse *c, size_t at)
{
	size_t n = 1;

	for (size_t i = 0; i < c->from[at]; i++)
		n += ((unsigned char)c->source[i] & 0xC0) != 0x80;
	return n;
}

struct bpr_cond *bpr_i_cp_wrong(struct bpr_cond_parse *c, size_t at, enum bpr_code_id id, const char *expected)
{
	const struct bpr_place place = { .file = c->place->file, .line = c->place->line, .where = c->column };
	char where[32], found[100];
	struct bpr_buf text = BPR_BUF_ON(found);
	struct bpr_parse_name name;

	if (c->wrong)
		return NULL;
	c->wrong = true;
	while (at < c->end && blank(c->text[at]))
		at++;
	if (at < c->end) {
		size_t to = next_character(c, at);

		if (bpr_i_cp_name(c, at, &name))
			to = name.after;
		bpr_i_buf_add(&text, c->source + c->from[at], c->from[to] - c->from[at] < 90 ? c->from[to] - c->from[at] : 0);
	}
	(void)bpr_i_num_format(where, sizeof(where), (double)place_of(c, at));
	bpr_i_problem(c->place->problems, id, &place, false, where, text.length ? found : at < c->end ? "…" : BPR_I_ARG N_("the end"), expected, NULL);
	return NULL;
}
