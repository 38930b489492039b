/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "flow/build_i.h"
#include "flow/builder_i.h"
#include <bpr/column.h>
#include <string.h>

static void finds(enum bpr_table table, const char *heading, const char *key)
{
	const struct bpr_column *column = bpr_i_column_find(table, heading, strlen(heading));

	if (!column != !key || (column && strcmp(column->key, key) != 0))
		print_error("'%s' is %s\n", heading, column ? column->key : "nothing");
	assert_true(!column == !key);
	if (key)
		assert_string_equal(column->key, key);
}

/* The table of the contract, section 2. */
static void every_heading_of_the_contract(void **state)
{
	static const struct { const char *key, *headings; } flow[] = {
		{ "id", "ID 番号 No 工程番号" }, { "name", "作業名 工程名 手順 名称 作業内容" }, { "kind", "種別 種類" }, { "next", "次 次工程 次の工程" },
		{ "unit", "担当 担当課 部署 係" }, { "counter", "窓口 場所" }, { "actor", "実施者 主体" }, { "work", "処理時間 作業時間 所要時間" },
		{ "wait", "待ち時間 経過時間" }, { "staff", "要員 職種" }, { "writes", "記入 記入様式 申請書" }, { "reads", "参照様式" }, { "issues", "交付 発行" },
		{ "seals", "押印 押印数" }, { "id_checks", "本人確認" }, { "copies", "転記 入力項目数" }, { "rules", "アナログ規制 規制" },
		{ "system", "システム 使用システム" }, { "away", "帰宅 離庁" }, { "cost", "費用 経費" }, { "prob", "確率 割合" }, { "outcome", "結果 結末" },
		{ "note", "備考 メモ" },
	};
	static const struct { enum bpr_table table; const char *key, *heading; } others[] = {
		{ BPR_TABLE_FORMS, "form", "様式" }, { BPR_TABLE_FORMS, "name", "様式名" }, { BPR_TABLE_FORMS, "field", "項目" }, { BPR_TABLE_FORMS, "times", "回数" },
		{ BPR_TABLE_FORMS, "group", "項目群" }, { BPR_TABLE_FORMS, "prefilled", "印字済" }, { BPR_TABLE_COUNTERS, "counter", "窓口" },
		{ BPR_TABLE_COUNTERS, "building", "庁舎" }, { BPR_TABLE_COUNTERS, "floor", "階" }, { BPR_TABLE_COUNTERS, "walk_minutes", "移動時間" },
		{ BPR_TABLE_STAFF, "pool", "職種" }, { BPR_TABLE_STAFF, "count", "人数" }, { BPR_TABLE_STAFF, "yen_per_hour", "時間単価" },
		{ BPR_TABLE_STAFF, "hours", "勤務時間" }, { BPR_TABLE_STAFF, "unit", "unit" }, { BPR_TABLE_DEMAND, "open", "開庁時間" },
		{ BPR_TABLE_DEMAND, "closed", "閉庁日" }, { BPR_TABLE_DEMAND, "open_days", "開庁日数" }, { BPR_TABLE_DEMAND, "per_day", "per_day" },
		{ BPR_TABLE_DEMAND, "per_year", "per_year" }, { BPR_TABLE_DEMAND, "arrivals", "arrivals" }, { BPR_TABLE_DEMAND, "walk_minutes", "walk_minutes" },
		{ BPR_TABLE_DEMAND, "write_seconds_per_field", "write_seconds_per_field" }, { BPR_TABLE_DEMAND, "peaks", "peaks" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(flow) / sizeof(flow[0]); i++) {
		char headings[200];
		char *rest = headings;

		finds(BPR_TABLE_FLOW, flow[i].key, flow[i].key);
		(void)snprintf(headings, sizeof(headings), "%s", flow[i].headings);
		for (char *word = strtok_r(rest, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
			finds(BPR_TABLE_FLOW, word, flow[i].key);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		finds(others[i].table, others[i].key, others[i].key);
		finds(others[i].table, others[i].heading, others[i].key);
	}
}

static void headings_as_people_type_them(void **state)
{
	(void)state;
	finds(BPR_TABLE_FLOW, "処理時間(分)", "work");
	finds(BPR_TABLE_FLOW, "処理時間（分）", "work");
	finds(BPR_TABLE_FLOW, "処理時間 [分]", "work");
	finds(BPR_TABLE_FLOW, "処理\n時間", "work");
	finds(BPR_TABLE_FLOW, "　処理　時間　", "work");
	finds(BPR_TABLE_FLOW, "処理時間※", "work");
	finds(BPR_TABLE_FLOW, "ｼｽﾃﾑ", "system");
	finds(BPR_TABLE_FLOW, "No.", "id");
	finds(BPR_TABLE_FLOW, "Ｎｏ．", "id");
	finds(BPR_TABLE_FLOW, "id", "id");
	finds(BPR_TABLE_FLOW, "Work", "work");
	finds(BPR_TABLE_FLOW, "WORK (min)", "work");
	finds(BPR_TABLE_FLOW, "ＷＯＲＫ", "work");
	finds(BPR_TABLE_FLOW, "作業名(工程)*", "name");
	finds(BPR_TABLE_FLOW, "", NULL);
	finds(BPR_TABLE_FLOW, "(分)", NULL);
	finds(BPR_TABLE_FLOW, "処理", NULL);
	finds(BPR_TABLE_FLOW, "worker", NULL);
	finds(BPR_TABLE_FLOW, "|", NULL);
	finds(BPR_TABLE_FLOW, "様式名", NULL);
	assert_int_equal(bpr_i_demand_heading("key", 3), 1);
	assert_int_equal(bpr_i_demand_heading("項目", strlen("項目")), 1);
	assert_int_equal(bpr_i_demand_heading("値", strlen("値")), 2);
	assert_int_equal(bpr_i_demand_heading("per_day", 7), 0);
}

/* No two columns of a table answer to the same word; every text is translated; every store has one column. */
static void the_table_is_sound(void **state)
{
	bool stored[BPR_STORE_LAST] = { false };

	(void)state;
	assert_int_equal(bpr_column_table_count(), BPR_TABLE_COUNT);
	for (size_t t = 0; t < BPR_TABLE_COUNT; t++) {
		size_t count;
		const struct bpr_column *columns = bpr_i_columns((enum bpr_table)t, &count);
		struct bpr_column_info info;

		assert_string_equal(bpr_column_table_name(t), bpr_i_table_name((enum bpr_table)t));
		for (size_t i = 0; i < count; i++) {
			const char *s = columns[i].headings;

			finds((enum bpr_table)t, columns[i].key, columns[i].key);
			while (*s) {
				char word[64] = "";
				size_t n = strcspn(s, "|");

				memcpy(word, s, n);
				finds((enum bpr_table)t, word, columns[i].key);
				s += n + (s[n] == '|');
			}
			assert_false(stored[columns[i].store]);
			stored[columns[i].store] = true;
			assert_string_not_equal(bpr_text(BPR_LANG_JA, columns[i].values), columns[i].values);
			assert_string_not_equal(bpr_text(BPR_LANG_JA, columns[i].explain), columns[i].explain);
			assert_true(bpr_column_get(t, i, &info));
			assert_ptr_equal(info.key, columns[i].key);
		}
		assert_false(bpr_column_get(t, count, &info));
	}
	for (size_t i = 0; i < BPR_STORE_LAST; i++)
		assert_true(stored[i]);
	assert_false(bpr_column_get(BPR_TABLE_COUNT, 0, &(struct bpr_column_info){ 0 }));
	assert_string_equal(bpr_column_table_name(BPR_TABLE_COUNT), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_heading_of_the_contract), cmocka_unit_test(headings_as_people_type_them),
		cmocka_unit_test(the_table_is_sound),
	};

	return cmocka_run_group_tests_name("column", tests, NULL, NULL);
}
