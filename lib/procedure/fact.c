/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a table: by declaration, by vocabulary, else by how conditions use them. */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

const struct bpr_procedure_fact *bpr_i_procedures_declared(const bpr_procedures *p, const char *key)
{
	for (size_t i = 0; i < p->declared_count; i++)
		if (!strcmp(p->declared[i].key, key))
			return &p->declared[i];
	return NULL;
}

size_t bpr_i_procedures_fact(bpr_procedures *p, const char *name, size_t length, size_t line)
{
	const char *key = bpr_i_fact_key(&p->arena, name, length);
	const struct bpr_procedure_fact *declared;
	struct bpr_procedure_fact *fact;

	if (!key)
		return BPR_NONE;
	for (size_t i = 0; i < p->fact_count; i++)
		if (!strcmp(p->facts[i].key, key))
			return i;
	if (p->fact_count >= BPR_I_FACTS || !bpr_i_grow(&p->facts, &p->fact_capacity, p->fact_count + 1, sizeof(*p->facts)))
		return BPR_NONE;
	declared = bpr_i_procedures_declared(p, key);
	fact = &p->facts[p->fact_count];
	*fact = declared ? *declared : (struct bpr_procedure_fact){ .from = (double)NAN, .to = (double)NAN };
	fact->key = key;
	fact->known = bpr_i_known_fact(key, strlen(key));
	fact->line = line;
	if (!declared) {
		fact->pub.name = bpr_i_arena_strndup(&p->arena, name, length);
		fact->pub.question = "";
		if (!fact->pub.name)
			return BPR_NONE;
	}
	return p->fact_count++;
}

const char *bpr_i_fact_word_key(struct bpr_arena *arena, const struct bpr_procedure_fact *fact, const char *text, size_t length)
{
	const char *key = fact->known && fact->known->derive == BPR_DERIVE_EVENT ? bpr_i_event_key(arena, text, length) : bpr_i_key_fold(arena, text, length);
	size_t n = 0;
	const char *word = key ? bpr_i_known_word(fact->known, key, strlen(key), &n) : NULL;

	return word ? bpr_i_arena_strndup(arena, word, n) : key;
}

/* ---- declarations ---- */

bool bpr_i_fact_add_word(struct bpr_arena *arena, struct bpr_procedure_fact *fact, const char *text, size_t length)
{
	const char *key = bpr_i_fact_word_key(arena, fact, text, length);
	size_t room = fact->word_capacity, keys = fact->word_capacity;

	for (size_t i = 0; key && i < fact->word_count; i++)
		if (!strcmp(fact->word_keys[i], key))
			return true;
	if (!key)
		return false;
	if (fact->word_count == fact->word_capacity) {
		/* Both grow in the arena: facts live and die with it. */
		const size_t wanted = room ? 2 * room : 8;
		const char **words = bpr_i_arena_alloc(arena, wanted, sizeof(*words)), **others = bpr_i_arena_alloc(arena, wanted, sizeof(*others));

		if (!words || !others)
			return false;
		if (keys) {
			memcpy(words, fact->words, room * sizeof(*words));
			memcpy(others, fact->word_keys, keys * sizeof(*others));
		}
		fact->words = words;
		fact->word_keys = others;
		fact->word_capacity = wanted;
	}
	fact->words[fact->word_count] = bpr_i_arena_strndup(arena, text, length);
	fact->word_keys[fact->word_count] = key;
	return fact->words[fact->word_count++] != NULL;
}

/* What stands in the brackets of a kind: words, or a range. */
static bool take_arguments(bpr_procedures *p, struct bpr_procedure_fact *fact, const char *text, size_t length, bool *ok)
{
	const char *const *items;
	char *inside = bpr_i_arena_strndup(&p->arena, text, length), *dots;
	size_t count;

	if (!inside || !bpr_i_table_list(&p->arena, inside, &items, &count))
		return false;
	if (fact->pub.kind == BPR_FACT_NUMBER) {
		dots = strstr(inside, "..");
		*ok = dots && bpr_i_num_parse(inside, (size_t)(dots - inside), &fact->from) && bpr_i_num_parse(dots + 2, strlen(dots + 2), &fact->to) &&
		      fact->from <= fact->to;
		return true;
	}
	*ok = fact->pub.kind == BPR_FACT_WORD && count > 0;
	fact->closed = true;
	for (size_t i = 0; i < count; i++)
		if (!bpr_i_fact_add_word(&p->arena, fact, items[i], strlen(items[i])))
			return false;
	return true;
}

/* Takes a word off the front of the text. */
static bool starts(const char **text, const char *word)
{
	const size_t n = strlen(word);

	if (strncmp(*text, word, n) != 0)
		return false;
	*text += n;
	return true;
}

/* "世帯員 数(0..120)", "member number", "言葉(国保、社保)", "はい・いいえ". The text is folded, in lower case and without blanks. */
static bool take_kind(bpr_procedures *p, struct bpr_procedure_fact *fact, const char *text, bool *ok)
{
	static const struct { const char *word; enum bpr_fact_kind kind; } kinds[] = {
		{ "はい・いいえ", BPR_FACT_YES }, { "はい/いいえ", BPR_FACT_YES }, { "有無", BPR_FACT_YES }, { "yes/no", BPR_FACT_YES }, { "yes", BPR_FACT_YES },
		{ "数値", BPR_FACT_NUMBER }, { "数", BPR_FACT_NUMBER }, { "number", BPR_FACT_NUMBER },
		{ "言葉", BPR_FACT_WORD }, { "選択", BPR_FACT_WORD }, { "語", BPR_FACT_WORD }, { "word", BPR_FACT_WORD }, { "choice", BPR_FACT_WORD },
		{ "日付", BPR_FACT_DATE }, { "日", BPR_FACT_DATE }, { "date", BPR_FACT_DATE },
	};
	static const char *const persons[] = { "世帯員の", "世帯員", "memberof", "member" }, *const others[] = { "世帯の", "世帯", "household" };
	bool kind = false;
	const char *end;

	*ok = true;
	for (size_t i = 0; i < sizeof(persons) / sizeof(persons[0]) && !fact->pub.person; i++)
		fact->pub.person = starts(&text, persons[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]) && !fact->pub.person; i++)
		if (starts(&text, others[i]))
			break;
	if (*text == ':' || *text == ',')
		text++;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && !kind; i++) {
		kind = starts(&text, kinds[i].word);
		if (kind)
			fact->pub.kind = kinds[i].kind;
	}
	end = text + strlen(text);
	if (kind && *text == '(' && end[-1] == ')')
		return take_arguments(p, fact, text + 1, (size_t)(end - text) - 2, ok);
	*ok = kind ? !*text : !*text && fact->known;
	return true;
}

bpr_status bpr_i_fact_declare(bpr_procedures *p, const char *name, const char *kind, const char *question, const struct bpr_row_place *place,
			      struct bpr_error *err)
{
	const struct bpr_place at = { .file = place->file, .line = place->line, .where = "condition" };
	struct bpr_procedure_fact fact = { .declared = true, .from = (double)NAN, .to = (double)NAN, .line = place->line };
	char *folded = bpr_i_key_fold(&p->arena, kind, strlen(kind));
	bool ok = true;

	fact.key = bpr_i_fact_key(&p->arena, name, strlen(name));
	fact.pub.name = bpr_i_arena_strdup(&p->arena, name);
	fact.pub.question = bpr_i_arena_strdup(&p->arena, question);
	if (!folded || !fact.key || !fact.pub.name || !fact.pub.question)
		return bpr_i_nomem(err);
	if (!*name || strlen(name) > BPR_I_NAME_BYTES || bpr_i_procedures_declared(p, fact.key)) {
		bpr_i_problem(place->problems, *name ? BPR_I_H011 : BPR_I_H010, &at, false, name, NULL, NULL, NULL);
		return BPR_OK;
	}
	fact.known = bpr_i_known_fact(fact.key, strlen(fact.key));
	fact.pub.person = false;
	if (fact.known && !*folded) {
		fact.pub.person = fact.known->person;
		fact.pub.kind = fact.known->kind;
		fact.declared = false; /* the question alone is said */
	} else if (!take_kind(p, &fact, folded, &ok)) {
		return bpr_i_nomem(err);
	}
	if (!ok) {
		bpr_i_problem(place->problems, BPR_I_H012, &at, false, kind, name, NULL, NULL);
		return BPR_OK;
	}
	if (!bpr_i_grow(&p->declared, &p->declared_capacity, p->declared_count + 1, sizeof(*p->declared)))
		return bpr_i_nomem(err);
	p->declared[p->declared_count++] = fact;
	return BPR_OK;
}

/* ---- kinds from use ---- */

/* A number, a date, a word, or yes and no. */
static void settle_kind(struct bpr_procedure_fact *fact)
{
	if (fact->known && !fact->declared) {
		fact->pub.kind = fact->known->kind;
		fact->pub.person = fact->known->person;
	} else if (!fact->declared) {
		fact->pub.person = fact->quantified;
	}
	if (fact->declared)
		return;
	if (fact->sees_date)
		fact->pub.kind = BPR_FACT_DATE;
	else if (fact->sees_number)
		fact->pub.kind = BPR_FACT_NUMBER;
	else if (fact->sees_word && fact->pub.kind == BPR_FACT_YES)
		fact->pub.kind = BPR_FACT_WORD;
}

static bool settle_words(bpr_procedures *p, struct bpr_procedure_fact *fact)
{
	const char *words = fact->known && fact->pub.kind == BPR_FACT_WORD && !fact->closed ? fact->known->words : NULL;

	while (words && *words) {
		const size_t n = strcspn(words, "|");

		if (!bpr_i_fact_add_word(&p->arena, fact, words, strcspn(words, "=|")))
			return false;
		words += n + (words[n] == '|');
	}
	fact->pub.words = fact->words;
	fact->pub.word_count = fact->pub.kind == BPR_FACT_WORD ? fact->word_count : 0;
	if (fact->known && !*fact->pub.question)
		fact->pub.question = fact->known->question;
	return true;
}

/* Words of a condition become those of its facts; a fact that is a number or a date has none. */
static bool take_words(bpr_procedures *p, const struct bpr_cond *cond, const struct bpr_place *place, bpr_problems *problems)
{
	struct bpr_procedure_fact *fact = cond->kind == BPR_COND_TEST ? &p->facts[cond->fact] : NULL;

	for (size_t i = 0; i < cond->count; i++)
		if (!take_words(p, cond->children[i], place, problems))
			return false;
	for (size_t i = 0; fact && i < cond->piece_count; i++) {
		struct bpr_cond_piece *piece = &cond->pieces[i];

		if (fact->pub.kind == BPR_FACT_WORD && piece->text && !(piece->number && !piece->word)) {
			piece->word = bpr_i_fact_word_key(&p->arena, fact, piece->text, strlen(piece->text));
			if (!piece->word)
				return false;
			if (fact->closed) {
				size_t k = 0;

				while (k < fact->word_count && strcmp(fact->word_keys[k], piece->word) != 0)
					k++;
				if (k == fact->word_count)
					bpr_i_problem(problems, BPR_I_H027, place, false, piece->text, fact->pub.name, NULL, NULL);
			} else if (!bpr_i_fact_add_word(&p->arena, fact, piece->text, strlen(piece->text))) {
				return false;
			}
		} else if ((fact->pub.kind == BPR_FACT_NUMBER && !piece->number && piece->yes < 0) || (fact->pub.kind == BPR_FACT_DATE && !piece->date)) {
			bpr_i_problem(problems, fact->pub.kind == BPR_FACT_NUMBER ? BPR_I_H025 : BPR_I_H026, place, false, fact->pub.name,
				      piece->text ? piece->text : "", NULL, NULL);
		} else if (fact->pub.kind == BPR_FACT_YES && piece->yes < 0) {
			bpr_i_problem(problems, BPR_I_H028, place, false, fact->pub.name, piece->text ? piece->text : "", NULL, NULL);
		}
		fact->fraction = fact->fraction || (piece->number && ((isfinite(piece->lo) && floor(piece->lo) < piece->lo) ||
								      (isfinite(piece->hi) && floor(piece->hi) < piece->hi)));
	}
	return true;
}

bool bpr_i_facts_settle(bpr_procedures *p, const char *file, bpr_problems *problems)
{
	for (size_t i = 0; i < p->fact_count; i++)
		settle_kind(&p->facts[i]);
	for (size_t i = 0; i < p->count; i++) {
		const struct bpr_place place = { .file = p->rows[i].file, .line = p->rows[i].pub.line, .where = "condition" };

		if (p->rows[i].own && !take_words(p, p->rows[i].own, &place, problems))
			return false;
	}
	for (size_t i = 0; i < p->fact_count; i++) {
		struct bpr_procedure_fact *fact = &p->facts[i];
		struct bpr_near near = { fact->pub.name, strlen(fact->pub.name), NULL, 0 };
		const struct bpr_place place = { .file = file, .line = fact->line, .where = "condition" };

		if (!settle_words(p, fact))
			return false;
		p->has_person = p->has_person || fact->pub.person;
		if (fact->known || fact->declared)
			continue;
		for (size_t k = 0; k < bpr_i_known_fact_count; k++)
			for (const char *name = bpr_i_known_facts[k].names; *name; name += strcspn(name, "|") + (name[strcspn(name, "|")] == '|'))
				bpr_i_near(&near, name, strcspn(name, "|"));
		for (size_t k = 0; k < p->declared_count; k++)
			bpr_i_near(&near, p->declared[k].pub.name, strlen(p->declared[k].pub.name));
		if (near.best) {
			const char *best = bpr_i_arena_strndup(&p->arena, near.best, strcspn(near.best, "|"));

			if (!best)
				return false;
			bpr_i_problem(problems, BPR_I_H020, &place, false, fact->pub.name, best, NULL, NULL);
		}
	}
	return true;
}
