/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts that every table may use by either name, and their usual values. Others are texts of the table.
 *
 * Ages follow the Act on Calculation of Ages (年齢計算ニ関スル法律, Act No. 50 of 1902) with Article 143 of the Civil Code: one is
 * a year older at the end of the day before the birthday. So a day is wholly lived at the new age from the birthday on (年齢), while
 * the age is reached on the day before it (達した年齢), which is what acts mean that say 達したとき.
 */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <bpr/calendar.h>
#include <string.h>

#define INSURANCE_WORDS "国保=国民健康保険=nhi=national|社保=社会保険=健康保険=健保=被用者保険=employee|後期高齢=後期高齢者医療=後期高齢者=後期=late_elderly|なし=無=無し=未加入=none"
#define PENSION_WORDS "国民年金=第1号=1号=national|厚生年金=第2号=2号=employee|第3号=3号=dependent|受給=受給中=年金受給=receiving|なし=無=無し=未加入=none"

const struct bpr_known_fact bpr_i_known_facts[] = {
	/* of each member */
	{ "年齢|age|歳", BPR_FACT_NUMBER, true, BPR_DERIVE_AGE, 0, NULL, N_("How old is this person?") },
	{ "達した年齢|attained_age|age_attained", BPR_FACT_NUMBER, true, BPR_DERIVE_ATTAINED, 0, NULL, N_("Which age does this person reach on the day, the day before the birthday counted?") },
	{ "年度年齢|school_age|学年年齢", BPR_FACT_NUMBER, true, BPR_DERIVE_SCHOOL, 0, NULL, N_("How old was this person on 1 April of the fiscal year?") },
	{ "生年月日|birth_date|birthdate|date_of_birth|birthday|誕生日", BPR_FACT_DATE, true, BPR_DERIVE_NONE, 0, NULL, N_("When was this person born?") },
	{ "子ども|子供|こども|児童|child|children", BPR_FACT_YES, true, BPR_DERIVE_BELOW, 18, NULL, N_("Is this person younger than 18?") },
	{ "高齢者|elderly", BPR_FACT_YES, true, BPR_DERIVE_FROM, 65, NULL, N_("Is this person 65 or older?") },
	{ "続柄|relation|relationship", BPR_FACT_WORD, true, BPR_DERIVE_NONE, 0, "世帯主=head|夫=husband|妻=wife|子=son=daughter|父=father|母=mother", N_("What is this person to the head of the household?") },
	{ "世帯主|head_of_household", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Is this person the head of the household?") },
	{ "本人|self|applicant", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Does the event happen to this person?") },
	{ "故人|亡くなった方|deceased", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Is this the person who died?") },
	{ "新生児|生まれた子|newborn", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Is this the child that was born?") },
	{ "保険|健康保険の種類|医療保険|insurance|health_insurance", BPR_FACT_WORD, true, BPR_DERIVE_NONE, 0, INSURANCE_WORDS, N_("Which health insurance does this person have?") },
	{ "年金|pension", BPR_FACT_WORD, true, BPR_DERIVE_NONE, 0, PENSION_WORDS, N_("Which pension scheme does this person belong to?") },
	{ "障害者手帳|障がい者手帳|disability|disability_certificate", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Does this person have a disability certificate?") },
	{ "介護認定|要介護認定|介護保険認定|care|care_need", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Is this person certified as needing long-term care?") },
	{ "妊娠|妊婦|pregnant", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Is this person pregnant?") },
	{ "学生|student", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Is this person a student?") },
	{ "就学|小中学生|school|pupil", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Does this person go to an elementary or junior high school?") },
	{ "保育所|保育園|nursery", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Does this person need a place in a nursery?") },
	{ "外国籍|外国人|foreign|foreign_national", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Does this person have a foreign nationality?") },
	{ "マイナンバーカード|個人番号カード|my_number_card|mynumber_card", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Does this person have a My Number card?") },
	{ "印鑑登録|seal_registration", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Does this person have a registered seal?") },
	{ "就労|勤務|working|employed", BPR_FACT_YES, true, BPR_DERIVE_NONE, 0, NULL, N_("Does this person work?") },
	/* of the household */
	{ "ライフイベント|イベント|life_event|event", BPR_FACT_WORD, false, BPR_DERIVE_EVENT, 0, NULL, N_("Which life event is it?") },
	{ "人数|世帯人数|世帯員数|household_size|size", BPR_FACT_NUMBER, false, BPR_DERIVE_SIZE, 0, NULL, N_("How many people are in the household?") },
	{ "車|自動車|car", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household have a car?") },
	{ "軽自動車|kei_car|light_car", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household have a light motor vehicle?") },
	{ "バイク|原付|原動機付自転車|motorbike|moped", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household have a moped or motorbike?") },
	{ "犬|dog", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household have a dog?") },
	{ "水道|water", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household use the town's water supply?") },
	{ "持ち家|家屋|house", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household own its house?") },
	{ "土地|固定資産|land", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household own land or buildings?") },
	{ "市営住宅|公営住宅|public_housing", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household live in public housing?") },
	{ "生活保護|welfare|public_assistance", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household receive public assistance?") },
	{ "ひとり親|一人親|single_parent", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Is it a single-parent household?") },
	{ "国外|海外|国外から|abroad", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household come from, or go to, another country?") },
	{ "農地|farmland", BPR_FACT_YES, false, BPR_DERIVE_NONE, 0, NULL, N_("Does the household own or rent farmland?") },
	{ "知った日|known_on|day_of_knowing", BPR_FACT_DATE, false, BPR_DERIVE_NONE, 0, NULL, N_("On which day did the family learn of it?") },
};
const size_t bpr_i_known_fact_count = sizeof(bpr_i_known_facts) / sizeof(bpr_i_known_facts[0]);

/* Whether the text is one of the names between '|'. */
static bool among(const char *names, char mark, const char *text, size_t length)
{
	while (*names) {
		const char *end = strchr(names, mark);
		const size_t n = end ? (size_t)(end - names) : strlen(names);

		if (n == length && !memcmp(names, text, n))
			return true;
		names += n + (end != NULL);
	}
	return false;
}

const struct bpr_known_fact *bpr_i_known_fact(const char *folded, size_t length)
{
	for (size_t i = 0; i < bpr_i_known_fact_count; i++)
		if (among(bpr_i_known_facts[i].names, '|', folded, length))
			return &bpr_i_known_facts[i];
	return NULL;
}

const char *bpr_i_known_word(const struct bpr_known_fact *known, const char *folded, size_t length, size_t *key_length)
{
	const char *words = known ? known->words : NULL;

	while (words && *words) {
		const size_t n = strcspn(words, "|");
		const size_t first = strcspn(words, "=|");

		for (size_t at = 0; at < n;) {
			const size_t m = strcspn(words + at, "=|");

			if (m == length && !memcmp(words + at, folded, m)) {
				*key_length = first;
				return words;
			}
			at += m + 1;
		}
		words += n + (words[n] == '|');
	}
	return NULL;
}

const struct bpr_known_fact *bpr_i_known_by_word(const char *folded, size_t length)
{
	size_t ignored;

	for (size_t i = 0; i < bpr_i_known_fact_count; i++)
		if (bpr_i_known_word(&bpr_i_known_facts[i], folded, length, &ignored))
			return &bpr_i_known_facts[i];
	return NULL;
}

size_t bpr_i_known_prefix(const char *text, size_t length)
{
	size_t best = 0;

	for (size_t i = 0; i < bpr_i_known_fact_count; i++)
		for (const char *name = bpr_i_known_facts[i].names; *name;) {
			const size_t n = strcspn(name, "|");

			if (n > best && n <= length && !memcmp(name, text, n))
				best = n;
			name += n + (name[n] == '|');
		}
	return best;
}

char *bpr_i_key_fold(struct bpr_arena *arena, const char *text, size_t length)
{
	struct bpr_buf folded = BPR_BUF_INIT;
	char *key = NULL;
	size_t n = 0;

	bpr_i_utf8_fold(&folded, text, length);
	if (!folded.failed)
		key = bpr_i_arena_strndup(arena, folded.length ? folded.data : "", folded.length);
	bpr_i_buf_release(&folded);
	for (size_t i = 0; key && key[i]; i++)
		if (key[i] != ' ' && key[i] != '\n' && key[i] != '\r')
			key[n++] = (char)(key[i] >= 'A' && key[i] <= 'Z' ? key[i] - 'A' + 'a' : key[i]);
	if (key)
		key[n] = '\0';
	return key;
}

const char *bpr_i_fact_key(struct bpr_arena *arena, const char *name, size_t length)
{
	const char *key = bpr_i_key_fold(arena, name, length);
	const struct bpr_known_fact *known = key ? bpr_i_known_fact(key, strlen(key)) : NULL;

	return known ? bpr_i_arena_strndup(arena, known->names, strcspn(known->names, "|")) : key;
}

int bpr_i_yes_key(const char *key)
{
	static const char yes[] = "yes|y|true|1|はい|有|あり|有り|ある|いる|○|〇|◯|✓|レ|要|必要|可|可能|する", no[] = "no|n|false|0|いいえ|無|なし|無し|ない|いない|×|✕|不要|不可|否|しない|none|未加入";
	const size_t n = strlen(key);

	return n && among(yes, '|', key, n) ? 1 : n && among(no, '|', key, n) ? 0 : -1;
}

/* ---- words that are nearly right ---- */

enum { NEAR_MOST = 40 };

static size_t characters(const char *text, size_t length, unsigned out[NEAR_MOST])
{
	size_t n = 0;

	for (size_t pos = 0; pos < length && n < NEAR_MOST;)
		out[n++] = bpr_i_utf8_next(text, length, &pos);
	return n;
}

/* Optimal string alignment: letters changed, put in, taken out, or two that stand the wrong way round. Longer words by their first characters. */
static size_t distance(const unsigned *a, size_t na, const unsigned *b, size_t nb)
{
	size_t d[NEAR_MOST + 1][NEAR_MOST + 1];

	for (size_t i = 0; i <= na; i++)
		for (size_t k = 0; k <= nb; k++) {
			size_t least = i + k;

			if (i && k) {
				least = d[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
				least = d[i - 1][k] + 1 < least ? d[i - 1][k] + 1 : least;
				least = d[i][k - 1] + 1 < least ? d[i][k - 1] + 1 : least;
			}
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] && d[i - 2][k - 2] + 1 < least)
				least = d[i - 2][k - 2] + 1;
			d[i][k] = least;
		}
	return d[na][nb];
}

void bpr_i_near(struct bpr_near *near, const char *word, size_t length)
{
	unsigned a[NEAR_MOST], b[NEAR_MOST];
	const size_t na = characters(near->text, near->length, a), nb = characters(word, length, b);
	const size_t most = (na > nb ? na : nb) / 3;
	const size_t d = distance(a, na, b, nb);

	if (d && d <= most && (!near->best || d < near->distance)) {
		near->best = word;
		near->distance = d;
	}
}

/* ---- ages ---- */

/* Birthdays up to and including the day; someone born on 29 February has theirs on 1 March of a common year (Civil Code 143 (2)). */
int bpr_i_age(long birth, long day)
{
	int by, bm, bd, y, m, d;

	bpr_date_parts(birth, &by, &bm, &bd);
	bpr_date_parts(day, &y, &m, &d);
	return y - by - (m < bm || (m == bm && d < bd));
}

int bpr_i_age_attained(long birth, long day)
{
	return bpr_i_age(birth, day + 1);
}

int bpr_i_age_school(long birth, long day)
{
	int y, m, d;

	bpr_date_parts(day, &y, &m, &d);
	return bpr_i_age(birth, bpr_date(m >= 4 ? y : y - 1, 4, 1));
}
