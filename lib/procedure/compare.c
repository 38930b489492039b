/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons of a fact: signs, ranges, lists, and what Japanese says behind a number (15歳未満) or a name (車あり). */
#include "config.h"
#include "procedure/parse_i.h"
#include "base/text_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <string.h>

enum op { OP_NONE = 0, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE };
enum { LONGEST_DATE = 40 };

/* ---- values ---- */

static bool date_character(const struct bpr_cond_parse *c, size_t at, size_t *n)
{
	static const char *const words[] = { "年", "月", "日", "令和", "平成", "昭和", "元" };

	*n = 1;
	if ((c->text[at] >= '0' && c->text[at] <= '9') || strchr("-/.rhs", c->text[at]))
		return c->text[at] != '.' || at + 1 >= c->end || c->text[at + 1] != '.';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		*n = strlen(words[i]);
		if (c->end - at >= *n && !memcmp(c->text + at, words[i], *n))
			return true;
	}
	return false;
}

static bool date(const struct bpr_cond_parse *c, size_t at, long *day, size_t *after)
{
	char plain[LONGEST_DATE];
	size_t to = at, n;

	while (to < c->end && date_character(c, to, &n))
		to += n;
	if (to - at < 6 || to - at >= sizeof(plain))
		return false;
	memcpy(plain, c->text + at, to - at);
	plain[to - at] = '\0';
	*after = to;
	return bpr_date_parse(plain, day);
}

/* What may stand behind a number. */
static enum op suffix(struct bpr_cond_parse *c)
{
	static const struct { const char *word; enum op op; } words[] = {
		{ "以上", OP_GE }, { "以下", OP_LE }, { "未満", OP_LT }, { "を超える", OP_GT }, { "を超え", OP_GT }, { "超", OP_GT }, { "より大きい", OP_GT }, { "より多い", OP_GT },
		{ "より小さい", OP_LT }, { "より少ない", OP_LT }, { "以前", OP_LE }, { "以後", OP_GE }, { "以降", OP_GE }, { "より前", OP_LT }, { "より後", OP_GT },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (bpr_i_cp_take(c, words[i].word))
			return words[i].op;
	return OP_NONE;
}

/* Whether a number that ends here is one: not the beginning of a word such as 1級. */
static bool number_ends(struct bpr_cond_parse *c, size_t at)
{
	static const char *const behind[] = { "か", "つ", "で", "の", "ま", "も", "又", "若", "且", "以", "未", "超", "を", "よ" };
	struct bpr_parse_name rest;

	if (at >= c->end || !bpr_i_cp_value_word(c, at, &rest))
		return true;
	if (strchr(" ()<>=!,&|\"'[];:~.", c->text[at]))
		return true;
	for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++)
		if (!strncmp(c->text + at, behind[i], strlen(behind[i])))
			return true;
	return false;
}

struct literal { struct bpr_cond_piece piece; bool people; };

static bool keep_text(struct bpr_cond_parse *c, struct bpr_cond_piece *piece, const char *text, size_t length)
{
	const char *key;

	piece->text = bpr_i_arena_strndup(&c->p->arena, text, length);
	key = bpr_i_key_fold(&c->p->arena, text, length);
	c->nomem = c->nomem || !piece->text || !key;
	piece->yes = (signed char)(key ? bpr_i_yes_key(key) : -1);
	return !c->nomem;
}

/* False: there is none, or memory is out. */
static bool literal(struct bpr_cond_parse *c, struct literal *out)
{
	struct bpr_parse_number number;
	struct bpr_parse_name word;
	size_t after;
	long day;

	*out = (struct literal){ .piece = { .yes = -1 } };
	bpr_i_cp_blanks(c);
	if (date(c, c->at, &day, &after)) {
		out->piece.date = out->piece.number = true;
		out->piece.lo = out->piece.hi = (double)day;
	} else if (bpr_i_cp_number(c, c->at, &number) && number_ends(c, number.after)) {
		out->piece.number = true;
		out->piece.lo = out->piece.hi = number.value;
		out->people = number.people;
		after = number.after;
	} else if (bpr_i_cp_value_word(c, c->at, &word)) {
		if (!keep_text(c, &out->piece, word.text, word.length))
			return false;
		out->piece.word = out->piece.text;
		c->at = word.after;
		return true;
	} else {
		return false;
	}
	if (!keep_text(c, &out->piece, c->source + c->from[c->at], c->from[after] - c->from[c->at]))
		return false;
	out->piece.yes = -1;
	c->at = after;
	return true;
}

/* Makes a range of the value; false: a word has no order. */
static bool apply(struct bpr_cond_piece *piece, enum op op)
{
	if (op == OP_EQ || op == OP_NE || op == OP_NONE)
		return true;
	if (!piece->number)
		return false;
	if (op == OP_LT || op == OP_LE) {
		piece->lo = -(double)INFINITY;
		piece->hi_open = op == OP_LT;
	} else {
		piece->hi = (double)INFINITY;
		piece->lo_open = op == OP_GT;
	}
	return true;
}

static bool is_range(const struct bpr_cond_piece *piece)
{
	return piece->number && (isinf(piece->lo) || isinf(piece->hi) || piece->lo < piece->hi || piece->lo_open || piece->hi_open);
}

/* Behind the first value: ".. b", "~ b", "以上15歳未満". */
static bool range_tail(struct bpr_cond_parse *c, struct bpr_cond_piece *piece, bool open)
{
	struct literal second;
	size_t back;
	enum op op = OP_NONE;

	if (bpr_i_cp_take(c, "..") || bpr_i_cp_take(c, "~")) {
		if (!piece->number || !literal(c, &second) || !second.piece.number || second.piece.date != piece->date) {
			bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("a number or a date, the end of the range"));
			return false;
		}
		piece->hi = second.piece.hi;
		return true;
	}
	if (piece->number && open)
		op = suffix(c);
	if (op == OP_NONE)
		return true;
	(void)apply(piece, op);
	back = c->at;
	(void)(bpr_i_cp_take(c, "かつ") || bpr_i_cp_take(c, "で") || bpr_i_cp_word(c, "and"));
	if ((op == OP_GE || op == OP_GT) && literal(c, &second) && second.piece.number && second.piece.date == piece->date) {
		const double hi = second.piece.hi;

		op = suffix(c);
		if (op == OP_LT || op == OP_LE) {
			piece->hi = hi;
			piece->hi_open = op == OP_LT;
			return !c->nomem;
		}
	}
	c->at = back;
	return !c->nomem;
}

/* ---- the test ---- */

static struct bpr_cond *new_test(struct bpr_cond_parse *c, const struct bpr_parse_name *name, size_t begin)
{
	struct bpr_cond *test = bpr_i_cond_new(&c->p->arena, BPR_COND_TEST, begin, 0);

	if (test)
		test->fact = bpr_i_procedures_fact(c->p, name->text, name->length, c->place->line);
	if (!test || test->fact == BPR_NONE) {
		c->nomem = true;
		return NULL;
	}
	c->p->facts[test->fact].quantified = c->p->facts[test->fact].quantified || c->inside;
	return test;
}

/* Pieces go to the arena; the fact learns what it is compared with. */
static bool set_pieces(struct bpr_cond_parse *c, struct bpr_cond *test, const struct bpr_cond_piece *pieces, size_t count)
{
	struct bpr_procedure_fact *fact = &c->p->facts[test->fact];

	test->pieces = bpr_i_arena_raw(&c->p->arena, count, sizeof(*pieces));
	c->nomem = !test->pieces;
	if (c->nomem)
		return false;
	memcpy(test->pieces, pieces, count * sizeof(*pieces));
	test->piece_count = count;
	for (size_t i = 0; i < count; i++) {
		fact->sees_date = fact->sees_date || pieces[i].date;
		fact->sees_number = fact->sees_number || (pieces[i].number && !pieces[i].date);
		fact->sees_word = fact->sees_word || (!pieces[i].number && pieces[i].yes < 0);
	}
	return true;
}

/* 子ども2人以上 counts the members for whom the fact holds. */
static bool counts_people(const struct bpr_cond_parse *c, const struct bpr_cond *test, const struct literal *first)
{
	const struct bpr_procedure_fact *fact = &c->p->facts[test->fact];
	const bool person = fact->declared ? fact->pub.person && fact->pub.kind == BPR_FACT_YES : fact->known && fact->known->person && fact->known->kind == BPR_FACT_YES;
	const bool derived = !fact->declared && fact->known && (fact->known->derive == BPR_DERIVE_BELOW || fact->known->derive == BPR_DERIVE_FROM);

	return first->piece.number && !first->piece.date && person && (first->people || derived);
}

static struct bpr_cond *people(struct bpr_cond_parse *c, struct bpr_cond *test, const struct bpr_cond_piece *piece, bool negate)
{
	struct bpr_cond *count;

	if (c->inside)
		return bpr_i_cp_wrong(c, c->at, BPR_I_H023, NULL);
	c->p->facts[test->fact].quantified = true;
	count = bpr_i_cond_new(&c->p->arena, BPR_COND_COUNT, test->begin, c->from[c->at]);
	if (count) {
		count->children = bpr_i_arena_alloc(&c->p->arena, 1, sizeof(struct bpr_cond *));
		count->pieces = bpr_i_arena_raw(&c->p->arena, 1, sizeof(*piece));
	}
	if (!count || !count->children || !count->pieces) {
		c->nomem = true;
		return NULL;
	}
	test->end = c->from[c->at];
	count->children[0] = test;
	count->count = 1;
	count->pieces[0] = *piece;
	count->piece_count = 1;
	count->negate = negate;
	return count;
}

static enum op sign(struct bpr_cond_parse *c)
{
	static const struct { const char *sign; enum op op; } signs[] = {
		{ "<=", OP_LE }, { "=<", OP_LE }, { ">=", OP_GE }, { "=>", OP_GE }, { "<>", OP_NE }, { "!=", OP_NE }, { "==", OP_EQ }, { "<", OP_LT }, { ">", OP_GT }, { "=", OP_EQ },
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (bpr_i_cp_take(c, signs[i].sign))
			return signs[i].op;
	return OP_NONE;
}

/* "(国保, 社保)", "(1..3, 5)". The bracket is open. */
static struct bpr_cond *list(struct bpr_cond_parse *c, struct bpr_cond *test)
{
	struct bpr_cond_piece *pieces = NULL;
	size_t count = 0, capacity = 0;
	struct literal value;
	bool ok = true;

	c->list = true;
	do {
		ok = literal(c, &value);
		if (!ok) {
			if (!c->nomem)
				bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("a value"));
			break;
		}
		ok = range_tail(c, &value.piece, true);
		if (ok && !bpr_i_grow(&pieces, &capacity, count + 1, sizeof(*pieces))) {
			c->nomem = true;
			ok = false;
		}
		if (ok)
			pieces[count++] = value.piece;
	} while (ok && (bpr_i_cp_take(c, ",") || bpr_i_cp_take(c, "または") || bpr_i_cp_take(c, "又は") || bpr_i_cp_word(c, "or")));
	c->list = false;
	if (ok && !bpr_i_cp_take(c, ")")) {
		bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("',' or ')'"));
		ok = false;
	}
	ok = ok && set_pieces(c, test, pieces, count);
	bpr_i_free(pieces);
	(void)(ok && (bpr_i_cp_take(c, "のいずれか") || bpr_i_cp_take(c, "のどれか")));
	return ok ? test : NULL;
}

/* One value or range; the sign was read, OP_NONE: there was none. */
static struct bpr_cond *one_value(struct bpr_cond_parse *c, struct bpr_cond *test, enum op op)
{
	struct literal value;
	const size_t at = c->at;

	if (!literal(c, &value)) {
		if (!c->nomem)
			bpr_i_cp_wrong(c, c->at, BPR_I_H021, op > OP_NE ? BPR_I_ARG N_("a number or a date") : BPR_I_ARG N_("a value"));
		return NULL;
	}
	if (!range_tail(c, &value.piece, op == OP_NONE))
		return NULL;
	if (op > OP_NE && (is_range(&value.piece) || !apply(&value.piece, op)))
		return bpr_i_cp_wrong(c, at, BPR_I_H021, BPR_I_ARG N_("a number or a date"));
	if (counts_people(c, test, &value))
		return people(c, test, &value.piece, op == OP_NE);
	if (!set_pieces(c, test, &value.piece, 1))
		return NULL;
	test->negate = op == OP_NE;
	return test;
}

/* 車あり, 犬がいない. */
static int there(struct bpr_cond_parse *c)
{
	static const struct { const char *word; int yes; } words[] = {
		{ "がある", 1 }, { "があり", 1 }, { "がいる", 1 }, { "あり", 1 }, { "有り", 1 }, { "有", 1 }, { "がない", 0 }, { "がなし", 0 }, { "がいない", 0 }, { "なし", 0 }, { "無し", 0 }, { "無", 0 },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (bpr_i_cp_take(c, words[i].word))
			return words[i].yes;
	return -1;
}

/* [6..15), [6..14]. The bracket is open. */
static struct bpr_cond *interval(struct bpr_cond_parse *c, struct bpr_cond *test)
{
	struct literal value;
	const bool ok = literal(c, &value) && range_tail(c, &value.piece, false) && value.piece.number;

	if (!ok && c->nomem)
		return NULL;
	if (!ok)
		return bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("a number or a date"));
	value.piece.hi_open = bpr_i_cp_take(c, ")");
	if (!value.piece.hi_open && !bpr_i_cp_take(c, "]"))
		return bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("']' or ')'"));
	return set_pieces(c, test, &value.piece, 1) ? test : NULL;
}

/* Whether a number or a date stands at the place. */
static bool number_next(struct bpr_cond_parse *c)
{
	struct bpr_parse_number number;
	size_t after;
	long day;

	bpr_i_cp_blanks(c);
	return date(c, c->at, &day, &after) || (bpr_i_cp_number(c, c->at, &number) && number_ends(c, number.after));
}

struct bpr_cond *bpr_i_cp_compare(struct bpr_cond_parse *c, const struct bpr_parse_name *name, size_t begin)
{
	struct bpr_cond *test = new_test(c, name, begin), *out = test;
	struct bpr_parse_name value;
	bool particle;
	enum op op;
	int yes;

	if (!test)
		return NULL;
	yes = there(c);
	if (yes < 0) {
		particle = bpr_i_cp_take(c, "が") || bpr_i_cp_take(c, "は") || bpr_i_cp_take(c, "も");
		op = sign(c);
		if (op != OP_NONE)
			out = one_value(c, test, op);
		else if (bpr_i_cp_take(c, "[") || (bpr_i_cp_word(c, "in") && bpr_i_cp_take(c, "[")))
			out = interval(c, test);
		else if (bpr_i_cp_take(c, "("))
			out = list(c, test);
		else if (number_next(c) || (particle && bpr_i_cp_value_word(c, c->at, &value)))
			out = one_value(c, test, OP_NONE);
		else if (particle)
			out = bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("a value"));
	} else {
		test->negate = !yes;
	}
	if (out)
		out->end = c->from[c->at];
	return out;
}

struct bpr_cond *bpr_i_cp_bare_number(struct bpr_cond_parse *c, bool *is)
{
	static const char age[] = "年齢";
	const struct bpr_parse_name name = { age, sizeof(age) - 1, 0 };
	const size_t begin = c->from[c->at];
	struct bpr_parse_number number;
	struct bpr_cond *test;

	*is = bpr_i_cp_number(c, c->at, &number) && number.years;
	if (!*is)
		return NULL;
	test = new_test(c, &name, begin);
	if (test)
		test = one_value(c, test, OP_NONE);
	if (test)
		test->end = c->from[c->at];
	return test;
}

bool bpr_i_cp_how_many(struct bpr_cond_parse *c, struct bpr_cond *count)
{
	struct literal value;
	enum op op;
	size_t at;

	(void)(bpr_i_cp_take(c, "が") || bpr_i_cp_take(c, "は"));
	op = sign(c);
	at = c->at;
	if (op == OP_NONE)
		(void)bpr_i_cp_word(c, "in");
	if (!literal(c, &value) || !value.piece.number || value.piece.date || !range_tail(c, &value.piece, op == OP_NONE) || (is_range(&value.piece) && op > OP_NE)) {
		if (!c->nomem)
			bpr_i_cp_wrong(c, at, BPR_I_H021, BPR_I_ARG N_("how many members: '>= 2', '2人以上' or '1..3'"));
		return false;
	}
	(void)apply(&value.piece, op);
	count->negate = op == OP_NE;
	count->pieces = bpr_i_arena_raw(&c->p->arena, 1, sizeof(*count->pieces));
	if (!count->pieces) {
		c->nomem = true;
		return false;
	}
	count->pieces[0] = value.piece;
	count->piece_count = 1;
	return true;
}
