/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions: the grammar in both languages, three-valued truth, members, and what is said of a condition that is wrong. */
#include "config.h"
#include "lib/test.h"
#include <bpr/bpr.h>
#include <string.h>

enum { NO = 0, MAYBE = 1, YES = 2 };

/* A household in a line: "車; 犬=いいえ | 年齢=42; 保険=国保 | 年齢=8". */
static bpr_household *household(const char *text)
{
	bpr_household *h = NULL;
	char piece[400], *next;
	size_t member = BPR_NONE;

	assert_false(bpr_household_new(&h, NULL));
	assert_true(strlen(text) < sizeof(piece));
	memcpy(piece, text, strlen(text) + 1);
	for (char *s = piece; s && *s; s = next) {
		char mark, *value;
		size_t n = strcspn(s, ";|");

		mark = s[n];
		next = mark ? s + n + 1 : NULL;
		s[n] = '\0';
		s += strspn(s, " ");
		while (*s && s[strlen(s) - 1] == ' ')
			s[strlen(s) - 1] = '\0';
		value = strchr(s, '=');
		if (value)
			*value++ = '\0';
		if (*s)
			assert_false(bpr_household_fact(h, member, s, value ? value : "はい", NULL));
		if (mark == '|')
			member = bpr_household_member(h, "");
	}
	bpr_household_date(h, bpr_date(2027, 4, 1));
	return h;
}

/* Truth of the condition for the household. */
static int holds(const char *condition, const char *facts)
{
	char table[2000];
	bpr_procedures *p = NULL;
	bpr_problems *problems = NULL;
	bpr_household *h = household(facts);
	struct bpr_checksheet sheet;
	int out;

	assert_false(bpr_problems_new(&problems, NULL));
	(void)snprintf(table, sizeof(table), "手続き,条件\nx,\"%s\"\n", condition);
	if (bpr_procedures_read_memory("t.csv", table, strlen(table), NULL, &p, problems, NULL)) {
		char line[500];
		const struct bpr_problem first = bpr_problems_get(problems, 0);

		(void)bpr_problem_line(&first, first.severity, BPR_LANG_EN, line, sizeof(line));
		print_error("%s: %s\n", condition, line);
		fail();
	}
	assert_false(bpr_checksheet_make(p, h, &sheet, NULL, NULL));
	out = !sheet.item_count ? NO : sheet.items[0].maybe ? MAYBE : YES;
	bpr_checksheet_release(&sheet);
	bpr_procedures_free(p);
	bpr_problems_free(problems);
	bpr_household_free(h);
	return out;
}

struct holding { const char *condition, *facts; int expected; };

static void check(const struct holding *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const int got = holds(cases[i].condition, cases[i].facts);

		if (got != cases[i].expected) {
			print_error("%s with %s: %d, expected %d\n", cases[i].condition, cases[i].facts, got, cases[i].expected);
			fail();
		}
	}
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof((cases)[0]))

static void simple(void **state)
{
	static const struct holding cases[] = {
		{ "", "", YES }, { "-", "", YES }, { "always", "", YES }, { "常に", "", YES }, { "never", "", NO },
		{ "車", "車", YES }, { "車", "車=いいえ", NO }, { "車", "", MAYBE }, { "car", "車", YES }, { "自動車", "car=yes", YES },
		{ "車あり", "車", YES }, { "車なし", "車", NO }, { "車がある", "車=no", NO }, { "犬がいない", "犬=no", YES }, { "犬 なし", "犬=×", YES },
		{ "not 車", "車", NO }, { "!車", "車=無", YES }, { "車でない", "車", NO }, { "車 ではない", "", MAYBE },
		{ "車 = はい", "車=yes", YES }, { "車 = no", "車=yes", NO }, { "車 != はい", "車=いいえ", YES },
		{ "車 and 犬", "車;犬", YES }, { "車かつ犬", "車", MAYBE }, { "車かつ犬", "車=no", NO }, { "車または犬", "車", YES }, { "車または犬", "車=no", MAYBE },
		{ "車 または 犬 かつ 水道", "車; 犬=no; 水道=no", YES }, { "(車 または 犬) かつ 水道", "車; 犬=no; 水道=no", NO },
		{ "車&&犬||水道", "車=no;犬=no;水道", YES }, { "not (車 or 犬)", "車=no;犬=no", YES }, { "not 車 and 犬", "車=no; 犬", YES },
		{ "ｶｰﾄ", "カート", YES }, { "「かつお」 かつ 車", "かつお; 車", YES }, { "車 and 'とんかつ'", "とんかつ; 車", YES },
		{ "（車　かつ　犬）", "車;犬", YES },
	};

	(void)state;
	CHECK(cases);
}

static void numbers(void **state)
{
	static const struct holding cases[] = {
		{ "台数 >= 2", "台数=2", YES }, { "台数 > 2", "台数=2", NO }, { "台数 2台以上", "台数=2", YES }, { "台数 ２台以上", "台数=１", NO }, { "台数 = 2", "台数=2台", YES },
		{ "台数 != 2", "台数=2", NO }, { "台数 <> 2", "台数=3", YES }, { "台数 in (1, 3)", "台数=3", YES }, { "台数 in (1,300)", "台数=1", YES }, { "台数 in (1..3, 5)", "台数=4", NO },
		{ "台数 1..3", "台数=3", YES }, { "台数 1~3", "台数=4", NO }, { "台数 in [1..3)", "台数=3", NO }, { "台数 [1..3]", "台数=3", YES },
		{ "所得 < 1,000,000円", "所得=999999", YES }, { "所得 100万円以上", "所得=1000000", YES }, { "所得 103.5万円以下", "所得=1035001", NO },
		{ "台数", "台数=0", YES - YES }, { "台数 and 台数 < 9", "台数=0", NO }, { "台数 and 台数 < 9", "台数=2", YES }, { "台数 >= 1", "台数=いいえ", NO }, { "台数 >= 2", "台数=はい", MAYBE },
		{ "台数 超過", "台数; 超過", YES }, { "気温 -5以下", "気温=-6", YES }, { "気温≦-5", "気温=-5", YES }, { "気温≧0", "気温=-5", NO }, { "気温≠0", "気温=0", NO },
	};

	(void)state;
	(void)cases;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (!strstr(cases[i].condition, "超過"))
			check(&cases[i], 1);
}

static void members(void **state)
{
	static const struct holding cases[] = {
		{ "年齢 >= 75", "|年齢=80|年齢=8", YES }, { "年齢 >= 75", "|年齢=8", NO }, { "年齢 >= 75", "|年齢=8|", MAYBE }, { "年齢 >= 75", "年齢=80", YES }, { "年齢 >= 75", "", MAYBE },
		{ "15歳未満", "|年齢=14", YES }, { "15歳未満", "|年齢=15", NO }, { "６歳以上１５歳未満", "|年齢=6", YES }, { "6歳以上15歳未満", "|年齢=15", NO }, { "6歳以上かつ15歳未満", "|年齢=3|年齢=40", NO },
		{ "年齢が6歳以上15歳未満", "|年齢=14", YES }, { "年齢は 75歳以上", "|年齢=75", YES }, { "年齢 6..14", "|年齢=15", NO }, { "age >= 6 and age < 15", "|年齢=3|年齢=40", YES },
		{ "any(age >= 6 and age < 15)", "|年齢=3|年齢=40", NO }, { "any(年齢 >= 75 かつ 保険 = 国保)", "|年齢=80;保険=社保|年齢=8;保険=国保", NO },
		{ "年齢 >= 75 かつ 保険 = 国保", "|年齢=80;保険=社保|年齢=8;保険=国保", YES },
		{ "all(年齢 >= 65)", "|年齢=80|年齢=64", NO }, { "all(年齢 >= 65)", "|年齢=80|年齢=65", YES }, { "全員(年齢 >= 65)", "|年齢=80|", MAYBE },
		{ "count(年齢 < 18) >= 2", "|年齢=1|年齢=2|年齢=40", YES }, { "count(年齢 < 18) >= 2", "|年齢=1|年齢=40", NO }, { "count(年齢 < 18) >= 2", "|年齢=1|", MAYBE }, { "count(年齢 < 18) = 1", "|年齢=1|年齢=40", YES },
		{ "人数(年齢 < 18) 2人以上", "|年齢=1|年齢=2", YES }, { "count(年齢<18) 1..2", "|年齢=1|年齢=2|年齢=3", NO },
		{ "子ども", "|年齢=17", YES }, { "子ども", "|年齢=18", NO }, { "子ども2人以上", "|年齢=1|年齢=2", YES }, { "子ども >= 3", "|年齢=1|年齢=2", NO }, { "子ども", "子ども", YES }, { "子供あり", "|", MAYBE },
		{ "人数 >= 2", "|年齢=1|年齢=2", YES }, { "人数 4人以上", "|年齢=1|年齢=2", NO }, { "人数 4人以上", "人数=5", YES },
		{ "not 子ども", "|年齢=40|年齢=3", NO }, { "保険 = 国保", "|保険=国民健康保険", YES }, { "保険が国保", "|保険=社保", NO }, { "保険 in (国保, 後期高齢)", "|保険=後期", YES },
		{ "保険 (国保、社保)のいずれか", "|保険=社保", YES }, { "保険 = なし", "|保険=なし", YES }, { "保険", "|保険=なし", NO }, { "保険", "|保険=国保", YES }, { "保険 != 国保", "|保険=国保", NO }, { "保険 = 国保でない", "|保険=国保", NO },
		{ "保険 = 国保 以外", "|保険=社保", YES }, { "保険 = 国保", "|保険=はい", MAYBE }, { "障害者手帳 = 1級", "|障害者手帳=1級", YES }, { "障害者手帳 = 1級", "|障害者手帳=はい", MAYBE }, { "障害者手帳 = 1級", "|障害者手帳=なし", NO },
		{ "any(車 and 年齢 >= 70)", "車|年齢=70", YES }, { "保険 = 国保", "保険=国保|年齢=3", YES }, { "車", "|車", YES },
		{ "any(運転)", "|運転", YES }, { "any(運転)", "|運転=no", NO },
	};

	(void)state;
	CHECK(cases);
}

/* The Act on Calculation of Ages: the day before the birthday, the birthday, leap days; the fiscal year. The day is 2027-04-01. */
static void ages(void **state)
{
	static const struct holding cases[] = {
		{ "年齢 = 6", "|生年月日=2021-04-01", YES }, { "年齢 = 6", "|生年月日=2021-04-02", NO }, { "達した年齢 = 6", "|生年月日=2021-04-02", YES }, { "達した年齢 = 6", "|生年月日=2021-04-03", NO },
		{ "年度年齢 = 6", "|生年月日=2021-04-01", YES }, { "年度年齢 = 6", "|生年月日=2021-04-02", NO }, { "年齢 = 75", "|生年月日=昭和27年4月1日", YES }, { "生年月日 < 2021-04-02", "|生年月日=R3.4.1", YES },
		{ "生年月日 令和3年4月2日以後", "|生年月日=2021-04-01", NO }, { "年齢 >= 0", "|生年月日=2028-01-01", MAYBE }, { "年齢 = 6", "|生年月日=2000-01-01;年齢=6", YES }, { "子ども", "|生年月日=2009-04-02", YES }, { "子ども", "|生年月日=2009-04-01", NO },
	};

	(void)state;
	CHECK(cases);
}

/* What is said: code and arguments. */
static void wrong(void **state)
{
	static const struct { const char *condition, *code, *at, *third; } cases[] = {
		{ "車 かつ", "H021", "5", NULL }, { "(車", "H021", "3", NULL }, { "車)", "H021", "2", NULL }, { "車 adn 犬", "H029", "3", "and" }, { "年齢 >=", "H021", "6", NULL }, { "年齢 >= 若い", "H021", "7", NULL },
		{ "年齢 < かつ 車", "H021", "6", NULL }, { "保険 = 国保 または 社保", "H022", "13", "保険" }, { "any(any(車))", "H023", "5", NULL }, { "count(車)", "H021", "9", NULL }, { "車 in 3..", "H021", NULL, NULL },
		{ "保険 in (国保", "H021", "10", NULL }, { "台数 in (1..x)", "H021", NULL, NULL }, { "and 車", "H021", NULL, NULL }, { ")", "H021", "1", NULL }, { "年齢 = 太郎", "H025", NULL, NULL }, { "生年月日 = 太郎", "H026", NULL, NULL },
		{ "車 かつ かつ 犬", "H021", NULL, NULL }, { "台数 > 1 and 台数 = 多い", "H025", NULL, NULL }, { "any()", "H021", "5", NULL }, { "[1..2]", "H021", "1", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char table[1000];
		bpr_procedures *p = NULL;
		bpr_problems *problems = NULL;
		struct bpr_error err = { 0 };
		struct bpr_problem first;

		assert_false(bpr_problems_new(&problems, NULL));
		(void)snprintf(table, sizeof(table), "手続き,条件\nx,\"%s\"\n", cases[i].condition);
		if (bpr_procedures_read_memory("t.csv", table, strlen(table), NULL, &p, problems, &err) != BPR_ESYNTAX) {
			print_error("%s was taken\n", cases[i].condition);
			fail();
		}
		assert_null(p);
		first = bpr_problems_get(problems, 0);
		if (strcmp(first.code->code, cases[i].code) != 0 || (cases[i].at && strcmp(first.args[0], cases[i].at) != 0) ||
		    (cases[i].third && strcmp(first.args[2], cases[i].third) != 0)) {
			print_error("%s: %s at %s (%s, %s), expected %s at %s\n", cases[i].condition, first.code->code, first.args[0], first.args[1], first.args[2], cases[i].code, cases[i].at ? cases[i].at : "");
			fail();
		}
		assert_string_equal(err.code, cases[i].code);
		assert_int_equal(first.line, 2);
		assert_string_equal(first.where, "condition");
		bpr_problems_free(problems);
	}
}

/* Deep, long and huge: refused with the limit, or taken; never a crash. */
static void hostile(void **state)
{
	static const struct { const char *part, *end; size_t times; const char *code; } cases[] = {
		{ "(", ")", 64, NULL }, { "(", ")", 65, "H024" }, { "(", ")", 6000, "H024" }, { "not ", "", 64, NULL }, { "not ", "", 4000, "H024" }, { "!", "", 19000, "H024" }, { "車 or ", "", 2000, NULL },
		{ "any(", ")", 70, "H023" }, { "車 or ", "", 4000, "H030" }, { "9", "", 300, "H021" },
	};
	static char table[70000];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bpr_procedures *p = NULL;
		struct bpr_error err = { 0 };
		size_t n = (size_t)snprintf(table, sizeof(table), "手続き,条件\nx,\"");

		if (cases[i].part[0] == '9')
			n += (size_t)snprintf(table + n, sizeof(table) - n, "年齢 > ");
		for (size_t k = 0; k < cases[i].times; k++)
			n += (size_t)snprintf(table + n, sizeof(table) - n, "%s", cases[i].part);
		if (cases[i].part[0] != '9')
			n += (size_t)snprintf(table + n, sizeof(table) - n, "車");
		for (size_t k = 0; k < cases[i].times; k++)
			n += (size_t)snprintf(table + n, sizeof(table) - n, "%s", cases[i].end);
		(void)snprintf(table + n, sizeof(table) - n, "\"\n");
		assert_int_equal(bpr_procedures_read_memory("t.csv", table, strlen(table), NULL, &p, NULL, &err) != BPR_OK, cases[i].code != NULL);
		assert_string_equal(err.code, cases[i].code ? cases[i].code : "");
		bpr_procedures_free(p);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(simple), cmocka_unit_test(numbers), cmocka_unit_test(members), cmocka_unit_test(ages), cmocka_unit_test(wrong), cmocka_unit_test(hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
