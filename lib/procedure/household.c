/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A household: its event, members and facts as texts; their values for a table. */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <bpr/calendar.h>
#include <bpr/init.h>
#include <math.h>
#include <string.h>

enum { MOST_ENTRIES = 100000, MOST_VALUE = 4096 };

bpr_status bpr_household_new(bpr_household **out, struct bpr_error *err)
{
	bpr_init();
	*out = bpr_i_calloc(1, sizeof(**out));
	if (!*out)
		return bpr_i_nomem(err);
	(*out)->name = (*out)->event = "";
	return BPR_OK;
}

void bpr_household_free(bpr_household *household)
{
	if (!household)
		return;
	bpr_i_free(household->members);
	bpr_i_free(household->entries);
	bpr_i_arena_release(&household->arena);
	bpr_i_free(household);
}

static bpr_status set_text(bpr_household *household, const char **to, const char *text, struct bpr_error *err)
{
	const char *copy = bpr_i_arena_strdup(&household->arena, text);

	if (!copy)
		return bpr_i_nomem(err);
	*to = copy;
	return BPR_OK;
}

bpr_status bpr_household_event(bpr_household *household, const char *event, struct bpr_error *err)
{
	return set_text(household, &household->event, event, err);
}

bpr_status bpr_household_name_set(bpr_household *household, const char *name, struct bpr_error *err)
{
	return set_text(household, &household->name, name, err);
}

const char *bpr_household_name(const bpr_household *household)
{
	return household->name;
}

const char *bpr_household_event_name(const bpr_household *household)
{
	return household->event;
}

void bpr_household_date(bpr_household *household, long day)
{
	household->dated = true;
	household->day = day;
}

bool bpr_household_day(const bpr_household *household, long *day)
{
	*day = household->dated ? household->day : 0;
	return household->dated;
}

size_t bpr_household_member(bpr_household *household, const char *name)
{
	if (household->member_count >= BPR_I_MEMBERS ||
	    !bpr_i_grow(&household->members, &household->member_capacity, household->member_count + 1, sizeof(*household->members)))
		return BPR_NONE;
	household->members[household->member_count] = bpr_i_arena_strdup(&household->arena, name ? name : "");
	return household->members[household->member_count] ? household->member_count++ : BPR_NONE;
}

size_t bpr_household_member_count(const bpr_household *household)
{
	return household->member_count;
}

const char *bpr_household_member_name(const bpr_household *household, size_t member)
{
	return household->members[member];
}

bpr_status bpr_household_fact(bpr_household *household, size_t member, const char *name, const char *value, struct bpr_error *err)
{
	const char *key, *text;

	if (!*name || strlen(name) > BPR_I_NAME_BYTES || strlen(value) > MOST_VALUE || (member != BPR_NONE && member >= household->member_count))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_H040, NULL, 0, name, NULL);
	if (household->entry_count >= MOST_ENTRIES)
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_H041, NULL, 0, "100000", NULL);
	key = bpr_i_fact_key(&household->arena, name, strlen(name));
	text = bpr_i_arena_strdup(&household->arena, value);
	if (!key || !text)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < household->entry_count; i++)
		if (household->entries[i].member == member && !strcmp(household->entries[i].key, key)) {
			household->entries[i].text = text;
			return BPR_OK;
		}
	if (!bpr_i_grow(&household->entries, &household->entry_capacity, household->entry_count + 1, sizeof(*household->entries)))
		return bpr_i_nomem(err);
	household->entries[household->entry_count++] = (struct bpr_household_entry){ member, key, text };
	return BPR_OK;
}

const char *bpr_i_household_entry(const bpr_household *household, size_t member, const char *key)
{
	for (size_t i = 0; i < household->entry_count; i++)
		if (household->entries[i].member == member && !strcmp(household->entries[i].key, key))
			return household->entries[i].text;
	return NULL;
}

const char *bpr_household_get(const bpr_household *household, size_t member, const char *name)
{
	struct bpr_arena arena = { 0 };
	const char *key = bpr_i_fact_key(&arena, name, strlen(name));
	const char *text = key ? bpr_i_household_entry(household, member, key) : NULL;

	bpr_i_arena_release(&arena);
	return text;
}

/* ---- values for a table ---- */

struct valuing {
	const bpr_procedures *p;
	const bpr_household *household;
	struct bpr_arena *arena;
	bpr_problems *problems;
	bool nomem;
};

static void does_not_fit(struct valuing *v, const struct bpr_procedure_fact *fact, const char *text, enum bpr_code_id id)
{
	bpr_i_problem(v->problems, id, &(struct bpr_place){ .where = fact->pub.name }, true, fact->pub.name, text, NULL, NULL);
}

/* A number with what one says behind it: 42歳, 2台. */
static bool number_of(const char *key, double *out)
{
	static const char *const units[] = { "歳", "才", "人", "名", "台", "匹", "頭", "円", "件" };
	size_t n = strlen(key);

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		const size_t u = strlen(units[i]);

		if (n > u && !memcmp(key + n - u, units[i], u)) {
			n -= u;
			break;
		}
	}
	return bpr_i_num_parse(key, n, out);
}

/* The value of a text that fits the kind of the fact. Anything else is told and not known. */
static struct bpr_fact_value value_of(struct valuing *v, const struct bpr_procedure_fact *fact, const char *text)
{
	struct bpr_fact_value value = { .known = true, .yes = -1 };
	const char *key = bpr_i_fact_word_key(v->arena, fact, text, strlen(text));
	long day;

	if (!key) {
		v->nomem = true;
		return value;
	}
	if (!*key || !strcmp(key, "?") || !strcmp(key, "不明") || !strcmp(key, "unknown") || !strcmp(key, "わからない")) {
		value.known = false;
		return value;
	}
	value.word = key;
	value.yes = (signed char)bpr_i_yes_key(key);
	value.numeric = fact->pub.kind == BPR_FACT_DATE ? bpr_date_parse(text, &day) : number_of(key, &value.number);
	if (fact->pub.kind == BPR_FACT_DATE && value.numeric)
		value.number = (double)day;
	if (fact->pub.kind == BPR_FACT_NUMBER && value.numeric)
		value.yes = -1; /* 1 and 0 are numbers here */
	if ((fact->pub.kind == BPR_FACT_DATE && !value.numeric) || (fact->pub.kind == BPR_FACT_NUMBER && !value.numeric && value.yes < 0) ||
	    (fact->pub.kind == BPR_FACT_YES && value.yes < 0 && !value.numeric)) {
		does_not_fit(v, fact, text, fact->pub.kind == BPR_FACT_DATE ? BPR_I_H044 : fact->pub.kind == BPR_FACT_NUMBER ? BPR_I_H043 : BPR_I_H045);
		return (struct bpr_fact_value){ .yes = -1 };
	}
	if (fact->pub.kind == BPR_FACT_WORD && fact->closed && value.yes < 0) {
		size_t i = 0;

		while (i < fact->word_count && strcmp(fact->word_keys[i], key) != 0)
			i++;
		if (i == fact->word_count)
			does_not_fit(v, fact, text, BPR_I_H046);
	}
	return value;
}

/* What was set for the member, else for all. */
static const char *entry(const struct valuing *v, const char *key, size_t member)
{
	const char *text = member == BPR_NONE ? NULL : bpr_i_household_entry(v->household, member, key);

	return text ? text : bpr_i_household_entry(v->household, BPR_NONE, key);
}

/* A date or a number that another fact follows from. */
static bool base_date(struct valuing *v, size_t member, long *day)
{
	const char *text = entry(v, "生年月日", member);

	return v->household->dated && text && bpr_date_parse(text, day) && *day <= v->household->day;
}

static struct bpr_fact_value number_value(double x)
{
	return (struct bpr_fact_value){ .known = true, .numeric = true, .yes = -1, .number = x };
}

/* Age of the member where it is known. */
static bool age_of(struct valuing *v, size_t member, double *age)
{
	const char *text = entry(v, "年齢", member);
	const char *key = text ? bpr_i_key_fold(v->arena, text, strlen(text)) : NULL;
	long birth;

	v->nomem = v->nomem || (text && !key);
	if (key && number_of(key, age))
		return true;
	if (!base_date(v, member, &birth))
		return false;
	*age = bpr_i_age(birth, v->household->day);
	return true;
}

static struct bpr_fact_value derived(struct valuing *v, const struct bpr_procedure_fact *fact, size_t member)
{
	struct bpr_fact_value value = { .yes = -1 };
	const char *event = v->household->event;
	double age;
	long birth;

	switch (fact->declared || !fact->known ? BPR_DERIVE_NONE : fact->known->derive) {
	case BPR_DERIVE_NONE:
		break;
	case BPR_DERIVE_AGE:
		if (age_of(v, member, &age))
			return number_value(age);
		break;
	case BPR_DERIVE_ATTAINED:
		if (base_date(v, member, &birth))
			return number_value(bpr_i_age_attained(birth, v->household->day));
		break;
	case BPR_DERIVE_SCHOOL:
		if (base_date(v, member, &birth))
			return number_value(bpr_i_age_school(birth, v->household->day));
		break;
	case BPR_DERIVE_BELOW:
	case BPR_DERIVE_FROM:
		if (age_of(v, member, &age)) {
			value.known = true;
			value.yes = (age < fact->known->limit) == (fact->known->derive == BPR_DERIVE_BELOW);
		}
		break;
	case BPR_DERIVE_SIZE:
		if (v->household->member_count)
			return number_value((double)v->household->member_count);
		break;
	case BPR_DERIVE_EVENT:
		value.known = *event != '\0';
		value.word = value.known ? bpr_i_event_key(v->arena, event, strlen(event)) : NULL;
		v->nomem = v->nomem || (value.known && !value.word);
		break;
	}
	return value;
}

/* A fact of the household that was set for members alone: the first that says yes, else the first. */
static const char *members_entry(struct valuing *v, const char *key)
{
	const char *first = NULL;

	for (size_t m = 0; m < v->household->member_count; m++) {
		const char *text = bpr_i_household_entry(v->household, m, key);
		const char *folded = text ? bpr_i_key_fold(v->arena, text, strlen(text)) : NULL;

		v->nomem = v->nomem || (text && !folded);
		if (folded && bpr_i_yes_key(folded) > 0)
			return text;
		first = first ? first : text;
	}
	return first;
}

bpr_status bpr_i_household_values(const bpr_procedures *p, const bpr_household *household, struct bpr_arena *arena, struct bpr_scene *scene,
				  bpr_problems *problems, struct bpr_error *err)
{
	struct valuing v = { p, household, arena, problems, false };
	struct bpr_fact_value *values;

	scene->facts = p->fact_count;
	scene->members = household->member_count ? household->member_count : 1;
	values = bpr_i_arena_alloc(arena, (scene->members + 1) * p->fact_count + 1, sizeof(*values));
	if (!values)
		return bpr_i_nomem(err);
	for (size_t f = 0; f < p->fact_count; f++) {
		const struct bpr_procedure_fact *fact = &p->facts[f];

		for (size_t m = 0; m < (fact->pub.person ? scene->members : 1) && !v.nomem; m++) {
			const size_t member = fact->pub.person && household->member_count ? m : BPR_NONE;
			const char *text = entry(&v, fact->key, member);

			if (!text && !fact->pub.person)
				text = members_entry(&v, fact->key);
			values[(fact->pub.person ? m + 1 : 0) * p->fact_count + f] = text ? value_of(&v, fact, text) : derived(&v, fact, member);
		}
	}
	scene->values = values;
	return v.nomem || bpr_i_problems_nomem(problems) ? bpr_i_nomem(err) : BPR_OK;
}
