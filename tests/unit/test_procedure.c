/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of procedures and their sheets: columns, events, walking order, things, deadlines by hand, one-stop, members, questions. */
#include "config.h"
#include "lib/test.h"
#include <bpr/bpr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bpr_procedures *table_of(const char *text)
{
	bpr_problems *problems = NULL;
	bpr_procedures *p = NULL;

	assert_false(bpr_problems_new(&problems, NULL));
	if (bpr_procedures_read_memory("t.csv", text, strlen(text), NULL, &p, problems, NULL)) {
		const struct bpr_problem first = bpr_problems_get(problems, 0);
		char line[400];

		(void)bpr_problem_line(&first, first.severity, BPR_LANG_EN, line, sizeof(line));
		print_error("%s\n", line);
		fail();
	}
	bpr_problems_free(problems);
	return p;
}

static bpr_household *household(const char *event, const char *date, const char *facts, const char *people)
{
	bpr_household *h = NULL;
	long day;

	assert_false(bpr_household_new(&h, NULL));
	assert_false(bpr_household_event(h, event, NULL));
	if (*date) {
		assert_true(bpr_date_parse(date, &day));
		bpr_household_date(h, day);
	}
	assert_false(bpr_household_facts(h, BPR_NONE, facts, NULL));
	assert_false(bpr_household_people(h, people, NULL));
	return h;
}

/* "name@counter" in walking order. */
static void walk_of(const bpr_procedures *p, const struct bpr_checksheet *sheet, char *out, size_t size)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t s = 0; s < sheet->stop_count; s++) {
		n += (size_t)snprintf(out + n, size - n, "%s%s%s:", s ? " " : "", sheet->stops[s].counter, sheet->stops[s].falls_away ? "-" : "");
		for (size_t i = 0; i < sheet->stops[s].item_count; i++)
			n += (size_t)snprintf(out + n, size - n, "%s", bpr_procedures_get(p, sheet->items[sheet->stops[s].items[i]].procedure)->name);
	}
}

static void columns(void **state)
{
	bpr_procedures *p = table_of("２０２７年度　手続き一覧,,,\n番号,ライフイベント,条件,手続き,やさしい名前,窓口,庁舎,階,順,担当課,様式,持ち物,期限,根拠,代理人,オンライン,ワンストップ,所要時間,漏れ率,備考,URL\n"
				     "1,転入；転居,車,x,えっくす,1番,本庁,1,2.5,市民課,届,印鑑、手帳；カード,14日,法1条,可,○,総合窓口,１５分,10%,注,https://example.jp/\n"
				     "2,〃,〃,y,,,,,,,,,,,委任状が要る,×,不可,,0.25,,\n");
	const struct bpr_procedure *a = bpr_procedures_get(p, 0), *b = bpr_procedures_get(p, 1);

	(void)state;
	assert_int_equal(bpr_procedures_count(p), 2);
	assert_string_equal(a->id, "1");
	assert_string_equal(a->name, "x");
	assert_string_equal(a->plain, "えっくす");
	assert_string_equal(a->counter, "1番");
	assert_string_equal(a->building, "本庁");
	assert_string_equal(a->floor, "1");
	assert_string_equal(a->unit, "市民課");
	assert_string_equal(a->form, "届");
	assert_string_equal(a->deadline, "14日");
	assert_string_equal(a->law, "法1条");
	assert_string_equal(a->note, "注");
	assert_string_equal(a->url, "https://example.jp/");
	assert_int_equal(a->bring_count, 3);
	assert_string_equal(a->bring[2], "カード");
	assert_rel(a->order, 2.5, 0);
	assert_rel(a->minutes, 15, 0);
	assert_rel(a->omission, 0.1, 1e-15);
	assert_true(a->proxy_known && a->proxy_yes && a->online_known && a->online_yes && a->one_stop);
	assert_int_equal(a->line, 3);
	assert_true(isnan(b->order) && isnan(b->minutes) && !b->one_stop && !b->proxy_known && b->online_known && !b->online_yes);
	assert_rel(b->omission, 0.25, 0);
	assert_string_equal(b->condition, "車");
	assert_int_equal(bpr_procedures_event_count(p), 2);
	assert_string_equal(bpr_procedures_event(p, 1), "転居");
	assert_int_equal(bpr_procedures_fact_count(p), 1);
	assert_int_equal(bpr_procedures_fact_find(p, "Car"), 0);
	assert_int_equal(bpr_procedures_fact(p, 0)->kind, BPR_FACT_YES);
	assert_string_equal(bpr_procedures_source(p), "t.csv");
	assert_int_equal(bpr_life_event_find("おくやみ"), BPR_EVENT_DEATH);
	assert_int_equal(bpr_life_event_find("MOVE_IN"), BPR_EVENT_MOVE_IN);
	assert_int_equal(bpr_life_event_find("宝くじ"), BPR_EVENT_COUNT);
	assert_string_equal(bpr_life_event_name(BPR_EVENT_BIRTH), "birth");
	bpr_procedures_free(p);
}

static void facts(void **state)
{
	bpr_procedures *p = table_of("event,procedure,condition,plain\n質問,ごみ,はい・いいえ,ごみを だしますか\n質問,等級,世帯員の 言葉(1級、2級),何級ですか\n質問,階数,数(1..9),\n質問,車,,車は ありますか\n,a,ごみ かつ 等級 = 1級 かつ 階数 > 2 かつ 車 かつ 生年月日 < 2000-01-01,\n");
	static const struct { const char *name; enum bpr_fact_kind kind; bool person; const char *question; } expected[] = {
		{ "ごみ", BPR_FACT_YES, false, "ごみを だしますか" }, { "等級", BPR_FACT_WORD, true, "何級ですか" }, { "階数", BPR_FACT_NUMBER, false, "" }, { "車", BPR_FACT_YES, false, "車は ありますか" },
		{ "生年月日", BPR_FACT_DATE, true, "When was this person born?" },
	};

	(void)state;
	assert_int_equal(bpr_procedures_fact_count(p), 5);
	for (size_t i = 0; i < 5; i++) {
		const struct bpr_fact *fact = bpr_procedures_fact(p, i);

		assert_string_equal(fact->name, expected[i].name);
		assert_int_equal(fact->kind, expected[i].kind);
		assert_int_equal(fact->person, expected[i].person);
		assert_string_equal(fact->question, expected[i].question);
	}
	assert_int_equal(bpr_procedures_fact(p, 1)->word_count, 2);
	assert_string_equal(bpr_procedures_fact(p, 1)->words[1], "2級");
	bpr_procedures_free(p);
}

static void walk(void **state)
{
	static const struct { const char *table, *expected; size_t left; } cases[] = {
		/* As they come, but building by building and floor by floor. */
		{ "procedure,counter,building,floor\na,A,東,2\nb,B,西,1\nc,C,東,1\nd,D,東,2\ne,A,東,2\n", "A:ae D:d C:c B:b", 4 },
		{ "procedure,counter,order\na,A,\nb,B,2\nc,C,1\nd,B,3\n", "C:c B:bd A:a", 3 },
		{ "procedure,counter,unit\na,,税務課\nb,B,税務課\nc,,\n", "税務課:a B:b", 2 },
		{ "procedure,counter,one_stop\na,A,○\nb,B,○\nc,C,×\nd,B,○\n", "A:a B-:bd C:c", 2 },
		{ "procedure,counter,one_stop\na,A,×\nb,B,○\nc,B,×\nd,C,○\n", "A:a B:bc C-:d", 2 },
		{ "procedure,counter,one_stop\na,A,総合\nb,B,総合\n", "A-:a B-:b", 1 },
		{ "procedure,counter,one_stop\na,A,B\nb,B,B\nc,C,×\n", "A-:a B:b C:c", 2 },
		{ "procedure,counter,one_stop\na,A,×\nb,B,\n", "A:a B:b", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bpr_procedures *p = table_of(cases[i].table);
		bpr_household *h = household("", "", "", "");
		struct bpr_checksheet sheet;
		char got[200];

		assert_false(bpr_checksheet_make(p, h, &sheet, NULL, NULL));
		walk_of(p, &sheet, got, sizeof(got));
		assert_string_equal(got, cases[i].expected);
		assert_int_equal(sheet.stops_one_stop, cases[i].left);
		bpr_checksheet_release(&sheet);
		bpr_household_free(h);
		bpr_procedures_free(p);
	}
}

/* Days worked out by hand: 2027-03-22 is a Monday and a holiday in lieu. */
static void deadlines(void **state)
{
	static const struct { const char *deadline, *day, *expected; } cases[] = {
		{ "14日", "2027-04-01", "2027-04-15" }, { "14日以内", "2027-04-01", "2027-04-15" }, { "14 days", "2027-04-01", "2027-04-15" }, { "転入した日から14日以内", "2027-04-01", "2027-04-15" },
		{ "14日(初日算入)", "2027-04-01", "2027-04-14" }, { "当日を含めて14日", "2027-04-01", "2027-04-14" }, { "7 days inclusive", "2027-04-01", "2027-04-07" },
		{ "14日", "2027-03-06", "2027-03-23" }, /* the 20th is a Saturday, 21st Sunday and equinox, 22nd in lieu */
		{ "14日（休日延長なし）", "2027-03-06", "2027-03-20" }, { "14日", "2026-12-16", "2027-01-04" }, /* the 30th: closed to 3 January */
		{ "14日", "2027-04-17", "2027-05-06" }, /* 1 May Saturday, then the holidays */
		{ "1か月", "2027-01-30", "2027-03-01" }, /* the day behind is the 31st: to the last of February, a Sunday */
		{ "1か月", "2028-01-30", "2028-02-29" }, { "1ヶ月", "2027-01-31", "2027-03-01" }, { "3か月", "2027-04-01", "2027-07-01" }, { "2年", "2027-03-31", "2029-04-02" }, { "1 month", "2027-03-15", "2027-04-15" },
		{ "1か月(初日算入)", "2027-03-16", "2027-04-15" }, { "2週間", "2027-04-01", "2027-04-15" }, { "前日まで", "2027-04-04", "2027-04-03" }, { "3日前まで", "2027-04-01", "2027-03-29" }, { "当日", "2027-04-03", "2027-04-03" },
		{ "月末", "2027-02-10", "2027-03-01" }, { "翌月末まで", "2027-03-10", "2027-04-30" }, { "翌月10日", "2027-03-31", "2027-04-12" }, { "令和9年5月2日", "2027-04-01", "2027-05-02" },
		{ "なし", "2027-04-01", "" }, { "", "2027-04-01", "" }, { "お急ぎください", "2027-04-01", "" }, { "14日", "", "" }, { "2027-05-02", "", "2027-05-02" },
		{ "知った日から7日(初日算入)", "2027-04-01", "2027-04-07" }, { "死亡の事実を知った日から7日", "2027-04-01", "2027-04-08" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char table[300];
		bpr_procedures *p;
		bpr_household *h = household("", cases[i].day, "", "");
		struct bpr_checksheet sheet;
		long expected = 0;

		(void)snprintf(table, sizeof(table), "procedure,deadline\na,%s\n", cases[i].deadline);
		p = table_of(table);
		assert_false(bpr_checksheet_make(p, h, &sheet, NULL, NULL));
		assert_true(!*cases[i].expected || bpr_date_parse(cases[i].expected, &expected));
		if (sheet.items[0].deadline_known != (*cases[i].expected != '\0') || (*cases[i].expected && sheet.items[0].deadline != expected)) {
			int y, m, d;

			bpr_date_parts(sheet.items[0].deadline, &y, &m, &d);
			print_error("%s from %s: %d-%d-%d, expected %s\n", cases[i].deadline, cases[i].day, y, m, d, cases[i].expected);
			fail();
		}
		bpr_checksheet_release(&sheet);
		bpr_household_free(h);
		bpr_procedures_free(p);
	}
}

/* The day of knowing is a fact of its own. */
static void from_a_fact(void **state)
{
	bpr_procedures *p = table_of("procedure,deadline\na,知った日から7日(初日算入)\n");
	bpr_household *h = household("", "2027-04-01", "知った日=2027-04-05", "");
	struct bpr_checksheet sheet;

	(void)state;
	assert_int_equal(bpr_procedures_fact_count(p), 1);
	assert_int_equal(bpr_procedures_fact(p, 0)->kind, BPR_FACT_DATE);
	assert_false(bpr_checksheet_make(p, h, &sheet, NULL, NULL));
	assert_int_equal(sheet.items[0].deadline, bpr_date(2027, 4, 12)); /* the 11th is a Sunday */
	assert_int_equal(sheet.unknown_count, 0);
	bpr_checksheet_release(&sheet);
	bpr_household_free(h);
	bpr_procedures_free(p);
}

static void members_and_questions(void **state)
{
	bpr_procedures *p = table_of("event,procedure,condition,bring,minutes\n転入,a,any(年齢 >= 75 かつ 保険 = 国保),保険証;印鑑,10\n転入,b,車 または 子ども,印鑑；印鑑,5\n転入,c,all(年齢 >= 3) かつ 犬,印　鑑,\n転居,d,,,\n");
	bpr_household *h = household("move_in", "2027-04-01", "車=いいえ", "父(80歳、国保=はい、保険=国保); 母(76歳); 子(8歳、保険=社保)");
	struct bpr_checksheet sheet;

	(void)state;
	assert_false(bpr_checksheet_make(p, h, &sheet, NULL, NULL));
	assert_string_equal(sheet.event, "move_in");
	assert_int_equal(sheet.item_count, 3);
	assert_false(sheet.items[0].maybe);
	assert_int_equal(sheet.items[0].member_count, 1);
	assert_int_equal(sheet.items[0].members[0], 0);
	assert_string_equal(sheet.items[1].why, "子ども");
	assert_int_equal(sheet.items[1].member_count, 1);
	assert_int_equal(sheet.items[1].members[0], 2);
	assert_true(sheet.items[2].maybe);
	assert_int_equal(sheet.items[2].member_count, 3);
	assert_int_equal(sheet.unknown_count, 1);
	assert_string_equal(bpr_procedures_fact(p, sheet.unknown[0])->name, "犬");
	assert_int_equal(sheet.unknown_member[0], BPR_NONE);
	assert_false(sheet.minutes_known);
	assert_rel(sheet.minutes, 15, 0);
	assert_int_equal(sheet.thing_count, 2);
	assert_string_equal(sheet.things[1].name, "印鑑");
	assert_int_equal(sheet.things[1].item_count, 3);
	bpr_checksheet_release(&sheet);
	assert_false(bpr_household_fact(h, 0, "保険", "?", NULL));
	assert_false(bpr_checksheet_make(p, h, &sheet, NULL, NULL));
	assert_true(sheet.items[0].maybe);
	assert_int_equal(sheet.items[0].member_count, 2);
	assert_int_equal(sheet.unknown_count, 3); /* insurance of father and mother, the dog */
	assert_int_equal(sheet.unknown_member[0], 0);
	assert_int_equal(sheet.unknown_member[1], 1);
	bpr_checksheet_release(&sheet);
	bpr_household_free(h);
	bpr_procedures_free(p);
}

static void events(void **state)
{
	bpr_procedures *p = table_of("event,procedure\n転入,a\nすべて,b\n引退,c\n");
	static const struct { const char *event; size_t items; const char *code; } cases[] = {
		{ "転入", 2, NULL }, { "move in", 2, NULL }, { "引退", 2, NULL }, { "離婚", 0, "H048" }, { "", 0, "H047" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bpr_household *h = household(cases[i].event, "", "", "");
		struct bpr_checksheet sheet;
		struct bpr_error err = { 0 };
		const bpr_status status = bpr_checksheet_make(p, h, &sheet, NULL, &err);

		assert_int_equal(status, cases[i].code ? BPR_EINVAL : BPR_OK);
		assert_string_equal(err.code, cases[i].code ? cases[i].code : "");
		if (!status)
			assert_int_equal(sheet.item_count, cases[i].items);
		bpr_checksheet_release(&sheet);
		bpr_household_free(h);
	}
	bpr_procedures_free(p);
}

/* Whole message of each error of a cell. */
static void wrong_cells(void **state)
{
	static const struct { const char *table, *code, *message; size_t line; } cases[] = {
		{ "procedure,minutes\na,long\n", "H005", "'long' is not a time; expected minutes from 0, such as 15", 2 },
		{ "procedure,omission\na,150%\n", "H006", "'150%' is not a share; expected 0 to 1, or 0% to 100%", 2 },
		{ "procedure,order\na,first\n", "H008", "'first' is not a number; expected the counter's place on the walk", 2 },
		{ "procedure,id\n,7\n", "H002", "a row has no procedure", 2 },
		{ "procedure,event\n,質問\n", "H010", "a question names no fact", 2 },
		{ "procedure,event,condition\n車,質問,色\nx,,\n", "H012", "'色' is not a kind of fact; expected yes/no, number, number(0..120), word(a, b) or date, 'member' in front for each member", 2 },
		{ "procedure,event,condition\n色,質問,word(赤、青)\nx,,色 = 黄\n", "H027", "'黄' is not a value of the fact '色'", 3 },
		{ "procedure,event\n車,質問\n", "H001", "there is no procedure in the table", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bpr_problems *problems = NULL;
		bpr_procedures *p = NULL;
		struct bpr_problem first;
		char line[500];

		assert_false(bpr_problems_new(&problems, NULL));
		assert_int_equal(bpr_procedures_read_memory("t.csv", cases[i].table, strlen(cases[i].table), NULL, &p, problems, NULL), BPR_ESYNTAX);
		first = bpr_problems_get(problems, 0);
		(void)bpr_problem_message(&first, BPR_LANG_EN, line, sizeof(line));
		assert_string_equal(line, cases[i].message);
		assert_string_equal(first.code->code, cases[i].code);
		assert_int_equal(first.line, cases[i].line);
		bpr_problems_free(problems);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns), cmocka_unit_test(facts), cmocka_unit_test(walk), cmocka_unit_test(deadlines), cmocka_unit_test(from_a_fact),
		cmocka_unit_test(members_and_questions), cmocka_unit_test(events), cmocka_unit_test(wrong_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
