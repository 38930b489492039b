/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Households from JSON and from a line; what they need on average, by hand. */
#include "config.h"
#include "lib/test.h"
#include <bpr/bpr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void json(void **state)
{
	static const char text[] = "[{\"name\":\"佐藤\",\"event\":\"転入\",\"date\":\"令和9年3月29日\",\"facts\":{\"車\":true,\"犬\":false,\"台数\":2.5,\"不明\":null},"
				   "\"members\":[{\"name\":\"母\",\"facts\":{\"生年月日\":\"1985-05-01\"}},{\"facts\":{\"age\":8}}]},{\"event\":\"死亡\"}]";
	bpr_household **all = NULL;
	size_t count = 0;
	long day;

	(void)state;
	assert_false(bpr_households_read_memory("h.json", text, sizeof(text) - 1, &all, &count, NULL, NULL));
	assert_int_equal(count, 2);
	assert_string_equal(bpr_household_name(all[0]), "佐藤");
	assert_string_equal(bpr_household_event_name(all[0]), "転入");
	assert_true(bpr_household_day(all[0], &day));
	assert_int_equal(day, bpr_date(2027, 3, 29));
	assert_string_equal(bpr_household_get(all[0], BPR_NONE, "自動車"), "はい");
	assert_string_equal(bpr_household_get(all[0], BPR_NONE, "犬"), "いいえ");
	assert_string_equal(bpr_household_get(all[0], BPR_NONE, "台数"), "2.5");
	assert_null(bpr_household_get(all[0], BPR_NONE, "不明"));
	assert_int_equal(bpr_household_member_count(all[0]), 2);
	assert_string_equal(bpr_household_member_name(all[0], 0), "母");
	assert_string_equal(bpr_household_get(all[0], 1, "年齢"), "8");
	assert_false(bpr_household_day(all[1], &day));
	bpr_households_free(all, count);
}

static void wrong_json(void **state)
{
	static const struct { const char *text, *code; } cases[] = {
		{ "", "I020" }, { "{", "I020" }, { "3", "H051" }, { "[3]", "H051" }, { "{\"date\":\"soon\"}", "H054" }, { "{\"facts\":[]}", "H052" }, { "{\"facts\":{\"車\":{}}}", "H052" },
		{ "{\"members\":{}}", "H052" }, { "{\"members\":[1]}", "H052" }, { "{\"event\":1}", "H052" }, { "{\"facts\":{\"\":1}}", "H040" }, { "[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]", "I021" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bpr_household **all = NULL;
		bpr_problems *problems = NULL;
		size_t count = 0;

		assert_false(bpr_problems_new(&problems, NULL));
		assert_true(bpr_households_read_memory("h.json", cases[i].text, strlen(cases[i].text), &all, &count, problems, NULL) != BPR_OK);
		assert_null(all);
		assert_string_equal(bpr_problems_get(problems, 0).code->code, cases[i].code);
		bpr_problems_free(problems);
	}
}

static void line(void **state)
{
	bpr_household *h = NULL;

	(void)state;
	assert_false(bpr_household_new(&h, NULL));
	assert_false(bpr_household_facts(h, BPR_NONE, "車、犬なし；台数＝2; 水道：はい", NULL));
	assert_false(bpr_household_people(h, "父（42歳、保険=国保）；母(40歳);／子", NULL));
	assert_string_equal(bpr_household_get(h, BPR_NONE, "車"), "はい");
	assert_string_equal(bpr_household_get(h, BPR_NONE, "犬"), "いいえ");
	assert_string_equal(bpr_household_get(h, BPR_NONE, "台数"), "2");
	assert_string_equal(bpr_household_get(h, BPR_NONE, "水道"), "はい");
	assert_int_equal(bpr_household_member_count(h), 3);
	assert_string_equal(bpr_household_get(h, 0, "年齢"), "42歳");
	assert_string_equal(bpr_household_get(h, 0, "保険"), "国保");
	assert_string_equal(bpr_household_member_name(h, 2), "子");
	assert_int_equal(bpr_household_people(h, "父(42歳", NULL), BPR_EINVAL);
	assert_int_equal(bpr_household_facts(h, 9, "車", NULL), BPR_EINVAL);
	bpr_household_free(h);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* Two rows of weights 3 and 1. Row 1 needs a, b, c at A, B; row 2 a alone. */
static void mix(void **state)
{
	static const char table[] = "event,procedure,condition,counter,one_stop,omission,bring\n転入,a,,A,○,0,印鑑\n転入,b,車,B,○,0.1,印鑑;車検証\n転入,c,any(年齢 < 6),B,○,,\n転入,d,犬,C,×,0.5,\n";
	char path[] = "mix-XXXXXX";
	const int fd = mkstemp(path);
	bpr_procedures *p = NULL;
	bpr_problems *problems = NULL;
	struct bpr_household_mix m;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_false(bpr_problems_new(&problems, NULL));
	assert_false(bpr_procedures_read_memory("t.csv", table, sizeof(table) - 1, NULL, &p, problems, NULL));
	write_file(path, "ライフイベント,件数,事実,世帯員\n転入,75%,車,父(40歳); 子(3歳)\n転入,25%,,父(40歳)\n");
	assert_false(bpr_households_mix(p, path, NULL, &m, problems, NULL));
	assert_int_equal(m.households, 2);
	assert_rel(m.weight, 1, 1e-15);
	assert_rel(m.procedures, 0.75 * 3 + 0.25, 1e-12);
	assert_rel(m.counters, 0.75 * 2 + 0.25, 1e-12);
	assert_rel(m.counters_one_stop, 1, 1e-12);
	assert_rel(m.things, 0.75 * 2 + 0.25, 1e-12);
	assert_rel(m.omitted, 0.75 * (0.1 + 0.05), 1e-12);
	assert_rel(m.omitted_sheet, 0.75 * 0.15 * 0.2, 1e-12);
	assert_rel(m.any_omitted, 0.75 * (1 - 0.9 * 0.95), 1e-12);
	assert_rel(m.any_omitted_sheet, 0.75 * (1 - 0.98 * 0.99), 1e-12);
	assert_int_equal(m.event_count, 1);
	assert_int_equal(m.needed_count, 3);
	assert_int_equal(m.needed[0].procedure, 0);
	assert_rel(m.needed[1].share, 0.75, 1e-12);
	bpr_household_mix_release(&m);
	/* An age that is not said is told, and c not counted. */
	write_file(path, "event,facts,members\n転入,車,父\n");
	assert_false(bpr_households_mix(p, path, NULL, &m, problems, NULL));
	assert_rel(m.procedures, 2, 1e-12);
	assert_string_equal(bpr_problems_get(problems, bpr_problems_count(problems) - 1).code->code, "H082");
	bpr_household_mix_release(&m);
	write_file(path, "event,count\n転入,0\n");
	assert_int_equal(bpr_households_mix(p, path, NULL, &m, NULL, NULL), BPR_ESYNTAX);
	write_file(path, "event,count\n離婚,1\n");
	assert_int_equal(bpr_households_mix(p, path, NULL, &m, NULL, NULL), BPR_ESYNTAX);
	write_file(path, "event,count\n転入,-1\n");
	assert_int_equal(bpr_households_mix(p, path, NULL, &m, NULL, NULL), BPR_ESYNTAX);
	(void)remove(path);
	bpr_procedures_free(p);
	bpr_problems_free(problems);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(json), cmocka_unit_test(wrong_json), cmocka_unit_test(line), cmocka_unit_test(mix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
