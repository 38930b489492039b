/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conditions: recursive descent over the grammar of bpr-procedures(5).
 *
 *   condition = and { ("or" | "または") and }
 *   and       = not { ("and" | "かつ") not }
 *   not       = ("not" | "!") not | primary { "でない" }
 *   primary   = "(" condition ")" | quantifier | comparison | "always"
 *   quantifier = ("any" | "all" | "count") "(" condition ")" [ how many ]
 */
#include "config.h"
#include "procedure/parse_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

struct bpr_cond *bpr_i_cond_new(struct bpr_arena *arena, enum bpr_cond_kind kind, size_t begin, size_t end)
{
	struct bpr_cond *cond = bpr_i_arena_alloc(arena, 1, sizeof(*cond));

	if (cond) {
		cond->kind = kind;
		cond->begin = begin;
		cond->end = end;
		cond->fact = cond->quantifier = BPR_NONE;
	}
	return cond;
}

struct bpr_cond *bpr_i_cond_join(struct bpr_arena *arena, enum bpr_cond_kind kind, struct bpr_cond **children, size_t count)
{
	struct bpr_cond *cond;

	if (count == 1 && kind != BPR_COND_NOT)
		return children[0];
	cond = bpr_i_cond_new(arena, kind, children[0]->begin, children[count - 1]->end);
	if (cond)
		cond->children = bpr_i_arena_raw(arena, count, sizeof(struct bpr_cond *));
	if (!cond || !cond->children)
		return NULL;
	memcpy(cond->children, children, count * sizeof(struct bpr_cond *));
	cond->count = count;
	return cond;
}

static struct bpr_cond *parse_or(struct bpr_cond_parse *c);

static struct bpr_cond *made(struct bpr_cond_parse *c, struct bpr_cond *cond)
{
	c->nomem = c->nomem || !cond;
	return cond;
}

static bool deeper(struct bpr_cond_parse *c)
{
	if (++c->depth <= BPR_I_COND_DEPTH)
		return true;
	bpr_i_cp_wrong(c, c->at, BPR_I_H024, "64");
	return false;
}

/* The bracket is open. */
static struct bpr_cond *parse_inner(struct bpr_cond_parse *c)
{
	struct bpr_cond *inner;

	if (!deeper(c))
		return NULL;
	inner = parse_or(c);
	c->depth--;
	if (inner && !bpr_i_cp_take(c, ")"))
		return bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("'and', 'or' or ')'"));
	return inner;
}

enum quantifier { NO_QUANTIFIER = 0, ANY, ALL, COUNT };

/* Word and bracket. */
static enum quantifier quantifier(struct bpr_cond_parse *c)
{
	static const struct { const char *word; enum quantifier what; } words[] = {
		{ "any", ANY }, { "いずれか", ANY }, { "誰か", ANY }, { "だれか", ANY }, { "all", ALL }, { "全員", ALL }, { "every", ALL }, { "count", COUNT }, { "人数", COUNT },
	};
	const size_t at = c->at;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (bpr_i_cp_take(c, words[i].word)) {
			(void)(bpr_i_cp_take(c, "が"));
			if (bpr_i_cp_take(c, "("))
				return words[i].what;
		}
		c->at = at;
	}
	return NO_QUANTIFIER;
}

/* any(x) is count(x) >= 1, all(x) is count(not x) = 0. */
static struct bpr_cond *parse_quantifier(struct bpr_cond_parse *c, enum quantifier what, size_t begin)
{
	const struct bpr_cond_piece some = { .number = true, .lo = 1, .hi = (double)INFINITY, .yes = -1 }, none = { .number = true, .yes = -1 };
	struct bpr_cond *count, *inner;

	c->inside = true;
	inner = parse_inner(c);
	c->inside = false;
	if (inner && what == ALL)
		inner = made(c, bpr_i_cond_join(&c->p->arena, BPR_COND_NOT, &inner, 1));
	count = inner ? made(c, bpr_i_cond_new(&c->p->arena, BPR_COND_COUNT, begin, 0)) : NULL;
	if (!count)
		return NULL;
	count->children = bpr_i_arena_raw(&c->p->arena, 1, sizeof(struct bpr_cond *));
	count->pieces = bpr_i_arena_raw(&c->p->arena, 1, sizeof(*count->pieces));
	if (!count->children || !count->pieces) {
		c->nomem = true;
		return NULL;
	}
	count->children[0] = inner;
	count->count = count->piece_count = 1;
	count->pieces[0] = what == ALL ? none : some;
	if (what == COUNT && !bpr_i_cp_how_many(c, count))
		return NULL;
	count->end = c->from[c->at];
	return count;
}

static bool constant(struct bpr_cond_parse *c, int *value)
{
	static const struct { const char *word; int value; } words[] = {
		{ "always", BPR_I_YES }, { "true", BPR_I_YES }, { "never", BPR_I_NO }, { "false", BPR_I_NO },
	};
	static const char *const japanese[] = { "常に", "全員対象", "全世帯", "すべての世帯" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (bpr_i_cp_word(c, words[i].word)) {
			*value = words[i].value;
			return true;
		}
	for (size_t i = 0; i < sizeof(japanese) / sizeof(japanese[0]); i++)
		if (bpr_i_cp_take(c, japanese[i])) {
			*value = BPR_I_YES;
			return true;
		}
	return false;
}

/* A value of a fact where a fact should stand: 保険 = 国保 または 社保. */
static bool stray_word(struct bpr_cond_parse *c, const struct bpr_cond *test, const struct bpr_parse_name *name, size_t at)
{
	const struct bpr_procedure_fact *fact = &c->p->facts[test->fact];
	const struct bpr_known_fact *owner;

	if (test->kind != BPR_COND_TEST || test->piece_count || fact->known || fact->declared)
		return false;
	owner = bpr_i_known_by_word(fact->key, strlen(fact->key));
	if (owner && name->length) {
		const char *key = bpr_i_arena_strndup(&c->p->arena, owner->names, strcspn(owner->names, "|"));

		c->nomem = c->nomem || !key;
		if (key)
			bpr_i_cp_wrong(c, at, BPR_I_H022, key);
		return true;
	}
	return false;
}

static struct bpr_cond *parse_primary(struct bpr_cond_parse *c)
{
	struct bpr_cond *cond;
	struct bpr_parse_name name;
	enum quantifier what;
	size_t begin, at;
	int value;
	bool is;

	bpr_i_cp_blanks(c);
	at = c->at;
	begin = c->from[at];
	if (bpr_i_cp_take(c, "(")) {
		cond = parse_inner(c);
		return cond;
	}
	what = quantifier(c);
	if (what != NO_QUANTIFIER && c->inside)
		return bpr_i_cp_wrong(c, at, BPR_I_H023, NULL);
	if (what != NO_QUANTIFIER)
		return parse_quantifier(c, what, begin);
	if (constant(c, &value)) {
		cond = made(c, bpr_i_cond_new(&c->p->arena, BPR_COND_CONST, begin, c->from[c->at]));
		if (cond)
			cond->value = value;
		return cond;
	}
	cond = bpr_i_cp_bare_number(c, &is);
	if (is)
		return cond;
	if (!bpr_i_cp_name(c, c->at, &name))
		return bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("a fact, such as 年齢 or 車"));
	if (name.length > BPR_I_NAME_BYTES)
		return bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("a fact, such as 年齢 or 車"));
	c->at = name.after;
	cond = bpr_i_cp_compare(c, &name, begin);
	return cond && stray_word(c, cond, &name, at) ? NULL : cond;
}

static struct bpr_cond *negated(struct bpr_cond_parse *c, struct bpr_cond *cond, size_t begin)
{
	struct bpr_cond *not = made(c, bpr_i_cond_join(&c->p->arena, BPR_COND_NOT, &cond, 1));

	if (not) {
		not->begin = begin;
		not->end = c->from[c->at];
	}
	return not;
}

static struct bpr_cond *parse_not(struct bpr_cond_parse *c)
{
	struct bpr_cond *cond;
	size_t begin;

	bpr_i_cp_blanks(c);
	begin = c->from[c->at];
	if (bpr_i_cp_word(c, "not") || (c->at + 1 < c->end && c->text[c->at + 1] != '=' && bpr_i_cp_take(c, "!"))) {
		if (!deeper(c))
			return NULL;
		cond = parse_not(c);
		c->depth--;
		return cond ? negated(c, cond, begin) : NULL;
	}
	cond = parse_primary(c);
	while (cond && (bpr_i_cp_take(c, "でない") || bpr_i_cp_take(c, "ではない") || bpr_i_cp_take(c, "以外") || bpr_i_cp_take(c, "である"))) {
		if (strncmp(c->text + c->at - strlen("である"), "である", strlen("である")) != 0)
			cond = negated(c, cond, begin);
	}
	return cond;
}

static bool and_next(struct bpr_cond_parse *c)
{
	return bpr_i_cp_take(c, "かつ") || bpr_i_cp_take(c, "且つ") || bpr_i_cp_word(c, "and") || bpr_i_cp_take(c, "&&") || bpr_i_cp_take(c, "&");
}

static bool or_next(struct bpr_cond_parse *c)
{
	return bpr_i_cp_take(c, "または") || bpr_i_cp_take(c, "又は") || bpr_i_cp_take(c, "もしくは") || bpr_i_cp_take(c, "若しくは") ||
	       bpr_i_cp_word(c, "or") || bpr_i_cp_take(c, "||") || bpr_i_cp_take(c, "|");
}

/* One or more, the same operator between. */
static struct bpr_cond *parse_chain(struct bpr_cond_parse *c, enum bpr_cond_kind kind, struct bpr_cond *(*part)(struct bpr_cond_parse *),
				    bool (*next)(struct bpr_cond_parse *))
{
	struct bpr_cond **parts = NULL, *cond = NULL;
	size_t count = 0, capacity = 0;

	do {
		cond = part(c);
		if (cond && !bpr_i_grow(&parts, &capacity, count + 1, sizeof(struct bpr_cond *))) {
			c->nomem = true;
			cond = NULL;
		}
		if (cond)
			parts[count++] = cond;
	} while (cond && next(c));
	if (cond)
		cond = made(c, bpr_i_cond_join(&c->p->arena, kind, parts, count));
	bpr_i_free(parts);
	return cond;
}

static struct bpr_cond *parse_and(struct bpr_cond_parse *c)
{
	return parse_chain(c, BPR_COND_AND, parse_not, and_next);
}

static struct bpr_cond *parse_or(struct bpr_cond_parse *c)
{
	return parse_chain(c, BPR_COND_OR, parse_and, or_next);
}

/* Behind a whole condition something else stands: an operator that is spelt wrong, perhaps. */
static void not_at_end(struct bpr_cond_parse *c)
{
	static const char *const words[] = { "and", "or", "かつ", "または" };
	struct bpr_parse_name name = { 0 };
	struct bpr_near near = { 0 };

	if (bpr_i_cp_name(c, c->at, &name))
		near = (struct bpr_near){ c->text + c->at, name.after - c->at, NULL, 0 };
	for (size_t i = 0; near.length && i < sizeof(words) / sizeof(words[0]); i++)
		bpr_i_near(&near, words[i], strlen(words[i]));
	if (near.best)
		bpr_i_cp_wrong(c, c->at, BPR_I_H029, near.best);
	else
		bpr_i_cp_wrong(c, c->at, BPR_I_H021, BPR_I_ARG N_("'and', 'or' or the end"));
}

bool bpr_i_condition_parse(bpr_procedures *p, const char *text, const struct bpr_row_place *place, struct bpr_cond **out, bool *wrong)
{
	struct bpr_cond_parse c = { .p = p, .place = place, .column = "condition", .source = text };
	const struct bpr_place at = { .file = place->file, .line = place->line, .where = "condition" };

	*out = NULL;
	*wrong = false;
	if (strlen(text) > BPR_I_COND_BYTES) {
		bpr_i_problem(place->problems, BPR_I_H030, &at, false, "20000", NULL, NULL, NULL);
		*wrong = true;
		return true;
	}
	if (!bpr_i_cp_begin(&c))
		return false;
	bpr_i_cp_blanks(&c);
	if (c.at == c.end || !strcmp(c.text + c.at, "-"))
		return true;
	*out = parse_or(&c);
	bpr_i_cp_blanks(&c);
	if (*out && c.at < c.end)
		not_at_end(&c);
	if (c.nomem)
		return false;
	*wrong = c.wrong || !*out;
	if (*wrong)
		*out = NULL;
	return true;
}

/* ---- once the kinds of facts are known ---- */

static void mark(const bpr_procedures *p, struct bpr_cond *cond)
{
	cond->person = cond->kind == BPR_COND_TEST && p->facts[cond->fact].pub.person;
	for (size_t i = 0; i < cond->count; i++) {
		mark(p, cond->children[i]);
		cond->person = cond->person || (cond->kind != BPR_COND_COUNT && cond->children[i]->person);
	}
}

struct bpr_cond *bpr_i_cond_any(bpr_procedures *p, struct bpr_cond *cond)
{
	struct bpr_cond *any = bpr_i_cond_new(&p->arena, BPR_COND_COUNT, cond->begin, cond->end);

	if (!any)
		return NULL;
	any->children = bpr_i_arena_raw(&p->arena, 1, sizeof(struct bpr_cond *));
	any->pieces = bpr_i_arena_raw(&p->arena, 1, sizeof(*any->pieces));
	if (!any->children || !any->pieces)
		return NULL;
	any->children[0] = cond;
	any->count = any->piece_count = 1;
	any->pieces[0] = (struct bpr_cond_piece){ .number = true, .lo = 1, .hi = (double)INFINITY, .yes = -1 };
	return any;
}

struct bpr_cond *bpr_i_cond_settle(bpr_procedures *p, struct bpr_cond *cond, bool inside)
{
	mark(p, cond);
	if (inside || cond->kind == BPR_COND_COUNT)
		return cond;
	for (size_t i = 0; i < cond->count; i++) {
		cond->children[i] = bpr_i_cond_settle(p, cond->children[i], false);
		if (!cond->children[i])
			return NULL;
	}
	if (cond->kind != BPR_COND_TEST || !cond->person) {
		cond->person = false;
		return cond;
	}
	return bpr_i_cond_any(p, cond);
}
