/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of reading tables, decision tables and households, of making a sheet and of checking made to fail, once and from
 * then on: out of memory is said, or nothing is missing. The allocator is wrapped by the linker.
 */
#include "config.h"
#include "lib/test.h"
#include "lib/fail_alloc.h"
#include "base/alloc_i.h"
#include <bpr/bpr.h>
#include <string.h>

static size_t left = SIZE_MAX;
static bool again, failed;

static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	if (left) {
		left--;
		return false;
	}
	if (failed && again)
		return false;
	failed = true;
	return true;
}

static const char table[] = "event,procedure,condition,counter,one_stop,deadline,bring,minutes\n質問,等級,世帯員の言葉(1級、2級),何級\n転入,a,,A,○,14日,印鑑;印鑑,5\n"
			    "転入,b,any(年齢 >= 75 かつ 等級 = 1級) または 子ども2人以上,B,総合,知った日から1か月,,\n転居;転入,b,保険 in (国保、後期) かつ 台数 1..3,C,,,,\n";
static const char dmn[] = "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"><decision name=\"d\"><decisionTable hitPolicy=\"FIRST\"><input><inputExpression><text>年齢</text></inputExpression></input>"
			  "<output name=\"procedure\"/><output name=\"bring\"/><rule><inputEntry><text>[6..15), not(3)</text></inputEntry><outputEntry><text>\"a\"</text></outputEntry><outputEntry><text>\"印鑑\"</text></outputEntry></rule></decisionTable></decision></definitions>";
static const char dmn_good[] = "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"><decision name=\"d\"><decisionTable hitPolicy=\"FIRST\"><input><inputExpression><text>年齢</text></inputExpression></input>"
			  "<output name=\"procedure\"/><output name=\"bring\"/><rule><inputEntry><text>[6..15), 3</text></inputEntry><outputEntry><text>\"a\"</text></outputEntry><outputEntry><text>\"印鑑\"</text></outputEntry></rule>"
			  "<rule><inputEntry><text>not(7)</text></inputEntry><outputEntry><text>\"b\"</text></outputEntry><outputEntry><text>-</text></outputEntry></rule></decisionTable></decision></definitions>";
static const char households[] = "[{\"event\":\"転入\",\"date\":\"2027-04-01\",\"facts\":{\"台数\":2,\"保険\":\"国保\"},\"members\":[{\"name\":\"母\",\"facts\":{\"生年月日\":\"1950-04-01\",\"等級\":\"1級\"}},{\"name\":\"子\",\"facts\":{\"年齢\":8}}]}]";

/* What comes out, as a hash. */
static bpr_status take(const char *text, uint64_t *out)
{
	bpr_procedures *p = NULL;
	bpr_problems *problems = NULL;
	bpr_household **all = NULL;
	struct bpr_checksheet sheet = { 0 };
	size_t count = 0;
	bpr_status status = bpr_problems_new(&problems, NULL);

	*out = BPR_I_HASH_START;
	if (!status)
		status = bpr_procedures_read_memory("t", text, strlen(text), NULL, &p, problems, NULL);
	if (!status)
		status = bpr_households_read_memory("h", households, sizeof(households) - 1, &all, &count, problems, NULL);
	if (!status)
		status = bpr_checksheet_make(p, all[0], &sheet, problems, NULL);
	for (size_t i = 0; i < sheet.item_count && !status; i++) {
		const struct bpr_sheet_item *item = &sheet.items[i];

		*out = bpr_i_hash(bpr_i_hash(*out, item->why, strlen(item->why)), &item->deadline, sizeof(item->deadline));
		*out = bpr_i_hash(bpr_i_hash(*out, &item->member_count, sizeof(size_t)), &item->maybe, sizeof(item->maybe));
	}
	*out = bpr_i_hash(bpr_i_hash(*out, &sheet.thing_count, sizeof(size_t)), &sheet.stops_one_stop, sizeof(size_t));
	if (!status)
		status = bpr_procedures_check(p, 0, problems, NULL);
	for (size_t i = 0; i < bpr_problems_count(problems) && !status; i++) {
		const struct bpr_problem one = bpr_problems_get(problems, i);

		*out = bpr_i_hash(bpr_i_hash(*out, one.code->code, 4), one.args[0], strlen(one.args[0]));
	}
	bpr_checksheet_release(&sheet);
	bpr_households_free(all, count);
	bpr_procedures_free(p);
	bpr_problems_free(problems);
	return status;
}

static void all_fail(const char *text, bpr_status expected)
{
	uint64_t whole, part;

	left = SIZE_MAX;
	assert_int_equal(take(text, &whole), expected);
	for (int mode = 0; mode < 2; mode++) {
		again = mode == 0;
		for (size_t n = 0;; n++) {
			bpr_status status;

			left = n;
			failed = false;
			status = take(text, &part);
			left = SIZE_MAX;
			if (!failed) {
				assert_int_equal(status, expected);
				assert_true(n > 50);
				break;
			}
			if (status != BPR_ENOMEM && (status != expected || part != whole)) {
				print_error("allocation %zu: status %d\n", n, (int)status);
				fail();
			}
		}
	}
}

static void tables(void **state)
{
	(void)state;
	all_fail(table, BPR_OK);
}

static void decisions(void **state)
{
	(void)state;
	all_fail(dmn_good, BPR_OK);
}

static void refused(void **state)
{
	(void)state;
	all_fail(dmn, BPR_ESYNTAX);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(tables), cmocka_unit_test(decisions), cmocka_unit_test(refused) };

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
