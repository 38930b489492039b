/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decision tables of DMN: hit policies and unary tests against tables written by hand, what is refused and where, hostile files. */
#include "config.h"
#include "lib/test.h"
#include <bpr/bpr.h>
#include <string.h>

#define NS "https://www.omg.org/spec/DMN/20191111/MODEL/"
#define HEAD(policy) "<definitions xmlns=\"" NS "\"><decision id=\"d\" name=\"判定\">\n<decisionTable hitPolicy=\"" policy "\">\n"
#define TAIL "</decisionTable></decision></definitions>"
#define INPUT(name) "<input><inputExpression><text>" name "</text></inputExpression></input>\n"
#define OUTPUT "<output name=\"procedure\"/>\n"
#define RULE(a, out) "<rule><inputEntry><text><![CDATA[" a "]]></text></inputEntry><outputEntry><text>\"" out "\"</text></outputEntry></rule>\n"
#define RULE2(a, b, out) "<rule><inputEntry><text><![CDATA[" a "]]></text></inputEntry><inputEntry><text><![CDATA[" b "]]></text></inputEntry><outputEntry><text>\"" out "\"</text></outputEntry></rule>\n"

static bpr_procedures *read_dmn(const char *text, bpr_problems *problems, struct bpr_error *err)
{
	bpr_procedures *p = NULL;

	(void)!bpr_procedures_read_memory("t.dmn", text, strlen(text), NULL, &p, problems, err);
	return p;
}

/* Names of what the household needs, "?" behind what may be. */
static void sheet_of(const bpr_procedures *p, const char *facts, const char *people, char *out, size_t size)
{
	bpr_household *h = NULL;
	struct bpr_checksheet sheet;
	size_t n = 0;

	assert_false(bpr_household_new(&h, NULL));
	assert_false(bpr_household_facts(h, BPR_NONE, facts, NULL));
	assert_false(bpr_household_people(h, people, NULL));
	assert_false(bpr_checksheet_make(p, h, &sheet, NULL, NULL));
	out[0] = '\0';
	for (size_t i = 0; i < sheet.item_count; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s", bpr_procedures_get(p, sheet.items[i].procedure)->name, sheet.items[i].maybe ? "?" : "");
	bpr_checksheet_release(&sheet);
	bpr_household_free(h);
}

static void check(const char *text, const char *facts, const char *people, const char *expected)
{
	struct bpr_error err = { 0 };
	bpr_procedures *p = read_dmn(text, NULL, &err);
	char got[200];

	if (!p)
		print_error("%s [%s] line %zu\n", err.message, err.code, err.line);
	assert_non_null(p);
	sheet_of(p, facts, people, got, sizeof(got));
	if (strcmp(got, expected) != 0) {
		print_error("%s %s: %s, expected %s\n", facts, people, got, expected);
		fail();
	}
	bpr_procedures_free(p);
}

/* Each unary test against values on both sides of it. */
static void unary(void **state)
{
	static const struct { const char *test, *yes[4], *no[4]; } cases[] = {
		{ "5", { "5", "5.0" }, { "4", "6" } }, { "< 5", { "4", "-1" }, { "5", "6" } }, { "<= 5", { "5" }, { "6" } }, { "> 5", { "6" }, { "5" } }, { ">=5", { "5" }, { "4.9" } },
		{ "[5..7]", { "5", "7" }, { "4", "8" } }, { "[5..7)", { "5", "6.9" }, { "7" } }, { "(5..7]", { "7", "5.1" }, { "5" } }, { "]5..7[", { "6" }, { "5", "7" } },
		{ "1,3,[5..7]", { "1", "3", "6" }, { "2", "4" } }, { "not(1,3)", { "2" }, { "1", "3" } }, { "not([5..7])", { "4" }, { "6" } }, { "-", { "1", "99" }, { NULL } }, { "", { "1" }, { NULL } }, { "= 5", { "5" }, { "4" } },
		{ "-3", { "-3" }, { "3" } }, { "> -3", { "0" }, { "-3" } }, { "1.5", { "1.5" }, { "1" } },
	};
	char text[2000], facts[100];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		(void)snprintf(text, sizeof(text), HEAD("COLLECT") "%s" OUTPUT "<rule><inputEntry><text><![CDATA[%s]]></text></inputEntry><outputEntry><text>\"a\"</text></outputEntry></rule>" TAIL,
			       "<input><inputExpression typeRef=\"number\"><text>台数</text></inputExpression></input>", cases[i].test);
		for (size_t k = 0; k < 4; k++) {
			if (cases[i].yes[k]) {
				(void)snprintf(facts, sizeof(facts), "台数=%s", cases[i].yes[k]);
				check(text, facts, "", "a");
			}
			if (cases[i].no[k]) {
				(void)snprintf(facts, sizeof(facts), "台数=%s", cases[i].no[k]);
				check(text, facts, "", "");
			}
		}
	}
	check(HEAD("COLLECT") INPUT("保険") OUTPUT RULE("\"国保\",\"後期高齢\"", "a") RULE("not(\"国保\")", "b") TAIL, "保険=国保", "", "a");
	check(HEAD("COLLECT") INPUT("保険") OUTPUT RULE("\"国保\",\"後期高齢\"", "a") RULE("not(\"国保\")", "b") TAIL, "保険=後期", "", "ab");
	check(HEAD("COLLECT") INPUT("車") OUTPUT RULE("true", "a") RULE("false", "b") TAIL, "車", "", "a");
	check(HEAD("COLLECT") INPUT("車") OUTPUT RULE("true", "a") RULE("false", "b") TAIL, "", "", "a?b?");
	check(HEAD("COLLECT") INPUT("登録日") OUTPUT RULE("< date(\"2020-04-01\")", "a") RULE("[@\"2020-04-01\"..@\"2021-03-31\"]", "b") TAIL, "登録日=2020-04-01", "", "b");
	check(HEAD("COLLECT") INPUT("色") OUTPUT RULE("\"a \\\"b\\\"\"", "a") TAIL, "色=a \"b\"", "", "a");
}

static const char rules[] = INPUT("年齢") INPUT("車") OUTPUT RULE2(">= 75", "-", "a") RULE2(">= 65", "true", "b") RULE2("-", "true", "c") RULE2("-", "-", "d") TAIL;

/* The decision is made for each member; FIRST takes the first rule for each. */
static void policies(void **state)
{
	char first[3000], collect[3000];

	(void)state;
	(void)snprintf(first, sizeof(first), HEAD("FIRST") "%s", rules);
	(void)snprintf(collect, sizeof(collect), HEAD("COLLECT") "%s", rules);
	check(first, "車=いいえ", "父(80歳)", "a");
	check(first, "車", "父(70歳)", "b");
	check(first, "車", "父(30歳)", "c");
	check(first, "車=いいえ", "父(30歳)", "d");
	check(first, "車", "父(80歳); 母(70歳); 子(3歳)", "abc");
	check(first, "", "父(30歳)", "c?d?");
	check(first, "車", "父; 母(80歳)", "ab?c?");
	check(collect, "車", "父(80歳)", "abcd");
	check(collect, "車=いいえ", "父(70歳)", "d");
	/* In one rule the facts are those of one member. */
	check(HEAD("COLLECT") INPUT("年齢") INPUT("学生") OUTPUT RULE2("< 20", "true", "a") TAIL, "", "父(40歳、学生); 子(8歳、学生なし)", "");
	check(HEAD("COLLECT") INPUT("年齢") INPUT("学生") OUTPUT RULE2("< 20", "true", "a") TAIL, "", "父(40歳、学生なし); 子(8歳、学生)", "a");
	/* The event may be an input. */
	check("<definitions xmlns=\"http://www.omg.org/spec/DMN/20151101/dmn.xsd\"><decision><decisionTable>" INPUT("車") OUTPUT RULE("true", "a") TAIL, "車", "", "a");
	check("<dmn:definitions xmlns:dmn=\"http://www.omg.org/spec/DMN/20180521/MODEL/\"><dmn:decision><dmn:decisionTable><dmn:input label=\"車\"/><dmn:output label=\"手続き\"/>"
	      "<dmn:rule><dmn:inputEntry><dmn:text>true</dmn:text></dmn:inputEntry><dmn:outputEntry><dmn:text>\"a\"</dmn:text></dmn:outputEntry></dmn:rule></dmn:decisionTable></dmn:decision></dmn:definitions>",
	      "車", "", "a");
}

static void columns(void **state)
{
	static const char text[] = HEAD("UNIQUE") "<input><inputExpression><text>ライフイベント</text></inputExpression></input><output name=\"手続き\"/><output label=\"窓口\"/><output name=\"bring\"/>"
		"<output name=\"minutes\"/><output name=\"deadline\"/><output name=\"one_stop\"/><output name=\"weather\"/>"
		"<rule><description>注意</description><inputEntry><text>\"転入\"</text></inputEntry><outputEntry><text>\"転入届\"</text></outputEntry><outputEntry><text>\"1番\"</text></outputEntry>"
		"<outputEntry><text>\"印鑑;本人確認書類\"</text></outputEntry><outputEntry><text>15</text></outputEntry><outputEntry><text>\"14日\"</text></outputEntry><outputEntry><text>true</text></outputEntry>"
		"<outputEntry><text>\"x\"</text></outputEntry></rule>" TAIL;
	bpr_problems *problems = NULL;
	const struct bpr_procedure *row;
	bpr_procedures *p;

	(void)state;
	assert_false(bpr_problems_new(&problems, NULL));
	p = read_dmn(text, problems, NULL);
	assert_non_null(p);
	row = bpr_procedures_get(p, 0);
	assert_string_equal(row->name, "転入届");
	assert_string_equal(row->counter, "1番");
	assert_int_equal(row->bring_count, 2);
	assert_rel(row->minutes, 15, 0);
	assert_true(row->one_stop);
	assert_string_equal(row->note, "注意");
	assert_string_equal(row->condition, "ライフイベント = 転入");
	assert_int_equal(bpr_procedures_event_count(p), 1);
	assert_string_equal(bpr_procedures_event(p, 0), "転入");
	assert_int_equal(bpr_problems_count(problems), 1);
	assert_string_equal(bpr_problems_get(problems, 0).code->code, "H205");
	bpr_procedures_free(p);
	bpr_problems_free(problems);
}

/* What the check says of rules, by hand. */
static void checks(void **state)
{
	static const struct { const char *text, *code; size_t line; } cases[] = {
		{ HEAD("UNIQUE") INPUT("台数") OUTPUT RULE("[0..5]", "a") RULE("> 5", "b") TAIL, NULL, 0 },
		{ HEAD("UNIQUE") INPUT("台数") OUTPUT RULE("[0..5]", "a") RULE(">= 5", "b") TAIL, "H064", 6 },
		{ HEAD("ANY") INPUT("台数") OUTPUT RULE("[0..5]", "a") RULE(">= 5", "a") TAIL, "H062", 6 },
		{ HEAD("ANY") INPUT("台数") OUTPUT RULE("[0..5]", "a") RULE(">= 5", "b") TAIL, "H065", 6 },
		{ HEAD("FIRST") INPUT("台数") OUTPUT RULE(">= 3", "a") RULE(">= 5", "b") RULE("-", "c") TAIL, "H061", 6 },
		{ HEAD("FIRST") INPUT("台数") OUTPUT RULE(">= 5", "a") RULE(">= 3", "b") RULE("-", "c") TAIL, NULL, 0 },
		{ HEAD("FIRST") INPUT("台数") OUTPUT RULE(">= 5", "a") RULE(">= 3", "b") TAIL, "H073", 0 },
		{ HEAD("COLLECT") INPUT("台数") OUTPUT RULE("[5..3]", "a") RULE("-", "b") TAIL, "H060", 5 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bpr_problems *problems = NULL;
		bpr_procedures *p;

		assert_false(bpr_problems_new(&problems, NULL));
		p = read_dmn(cases[i].text, problems, NULL);
		assert_non_null(p);
		assert_false(bpr_procedures_check(p, 0, problems, NULL));
		assert_int_equal(bpr_problems_count(problems), cases[i].code ? 1 : 0);
		if (cases[i].code) {
			assert_string_equal(bpr_problems_get(problems, 0).code->code, cases[i].code);
			assert_int_equal(bpr_problems_get(problems, 0).line, cases[i].line);
		}
		bpr_procedures_free(p);
		bpr_problems_free(problems);
	}
}

static void refused(void **state)
{
	static const struct { const char *text, *code, *element; size_t line; } cases[] = {
		{ "<x/>", "H200", "x", 1 }, { "<definitions xmlns=\"http://example.org\"/>", "H200", "definitions", 1 }, { "<definitions xmlns=\"" NS "\"/>", "H001", "", 0 },
		{ "<definitions xmlns=\"" NS "\"><decision name=\"a\">\n<decisionTable hitPolicy=\"COLLECT\" aggregation=\"SUM\"/></decision></definitions>", "H201", "decisionTable", 2 },
		{ HEAD("PRIORITY") INPUT("車") OUTPUT TAIL, "H202", "decisionTable", 2 }, { HEAD("nonsense") INPUT("車") OUTPUT TAIL, "H202", "decisionTable", 2 },
		{ "<definitions xmlns=\"" NS "\"><decision name=\"a\">\n\n<literalExpression/></decision></definitions>", "H203", "literalExpression", 3 },
		{ "<definitions xmlns=\"" NS "\">\n<businessKnowledgeModel name=\"f\"/></definitions>", "H203", "businessKnowledgeModel", 2 },
		{ "<definitions xmlns=\"" NS "\">\n<decision name=\"a\"><informationRequirement><requiredDecision href=\"#b\"/></informationRequirement></decision></definitions>", "H204", "informationRequirement", 2 },
		{ HEAD("FIRST") INPUT("車") "<output name=\"a\"/><output name=\"b\"/>" TAIL, "H206", "decisionTable", 2 }, { HEAD("FIRST") INPUT("車") TAIL, "H206", "decisionTable", 2 },
		{ HEAD("FIRST") INPUT("年齢 + 1") OUTPUT TAIL, "H208", "inputExpression", 3 }, { HEAD("FIRST") INPUT("max(年齢)") OUTPUT TAIL, "H208", "inputExpression", 3 }, { HEAD("FIRST") INPUT("person.age") OUTPUT TAIL, "H208", "inputExpression", 3 },
		{ HEAD("FIRST") INPUT("車") OUTPUT RULE2("true", "true", "a") TAIL, "H209", "rule", 5 }, { HEAD("FIRST") INPUT("車") OUTPUT RULE("true", "") TAIL, "H210", "rule", 5 },
		{ HEAD("FIRST") INPUT("台数") OUTPUT RULE("[1..", "a") TAIL, "H220", "inputEntry", 5 }, { HEAD("FIRST") INPUT("台数") OUTPUT RULE("1 2", "a") TAIL, "H220", "inputEntry", 5 },
		{ HEAD("FIRST") INPUT("台数") OUTPUT RULE("< \"a\"", "a") TAIL, "H220", "inputEntry", 5 }, { HEAD("FIRST") INPUT("台数") OUTPUT RULE("\"a", "a") TAIL, "H220", "inputEntry", 5 },
		{ HEAD("FIRST") INPUT("台数") OUTPUT RULE("not 1", "a") TAIL, "H220", "inputEntry", 5 }, { HEAD("FIRST") INPUT("台数") OUTPUT RULE("not(1", "a") TAIL, "H220", "inputEntry", 5 },
		{ HEAD("FIRST") INPUT("台数") OUTPUT RULE("sum(1,2)", "a") TAIL, "H221", "inputEntry", 5 }, { HEAD("FIRST") INPUT("台数") OUTPUT RULE("国保", "a") TAIL, "H222", "inputEntry", 5 },
		{ HEAD("FIRST") INPUT("台数") OUTPUT RULE("1,,2", "a") TAIL, "H220", "inputEntry", 5 }, { HEAD("FIRST") INPUT("台数") OUTPUT RULE("date(\"2020-13-01\")", "a") TAIL, "H220", "inputEntry", 5 },
		{ HEAD("FIRST") INPUT("台数") OUTPUT RULE("1e999", "a") TAIL, "H220", "inputEntry", 5 }, { HEAD("FIRST") INPUT("台数") OUTPUT RULE("1", "a\" + \"b") TAIL, "H223", "outputEntry", 5 },
		{ "<!DOCTYPE a [<!ENTITY b \"c\">]><definitions xmlns=\"" NS "\"/>", NULL, NULL, 0 }, { "<definitions xmlns=\"" NS "\">&b;</definitions>", NULL, NULL, 0 }, { "<definitions", NULL, NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bpr_error err = { 0 };
		bpr_procedures *p = read_dmn(cases[i].text, NULL, &err);

		assert_null(p);
		assert_true(err.status == BPR_ESYNTAX || err.status == BPR_ELIMIT);
		if (!cases[i].code)
			continue;
		if (strcmp(err.code, cases[i].code) != 0 || strcmp(err.element, cases[i].element) != 0 || err.line != cases[i].line) {
			print_error("%s\n%s %s %zu, expected %s %s %zu\n", cases[i].text, err.code, err.element, err.line, cases[i].code, cases[i].element, cases[i].line);
			fail();
		}
	}
}

/* Deep, many, long: refused or taken within the limits. */
static void hostile(void **state)
{
	static char text[4000000];
	size_t n = 0;
	struct bpr_error err = { 0 };
	bpr_procedures *p;

	(void)state;
	for (int i = 0; i < 100000; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "<a>");
	assert_null(read_dmn(text, NULL, &err));
	n = (size_t)snprintf(text, sizeof(text), HEAD("FIRST") INPUT("車") OUTPUT);
	for (int i = 0; i < 2001; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, RULE("-", "a"));
	(void)snprintf(text + n, sizeof(text) - n, TAIL);
	err = (struct bpr_error){ 0 };
	assert_null(read_dmn(text, NULL, &err));
	assert_string_equal(err.code, "H212");
	n = (size_t)snprintf(text, sizeof(text), HEAD("COLLECT") INPUT("台数") OUTPUT "<rule><inputEntry><text>1");
	for (int i = 0; i < 9000; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, ",1");
	(void)snprintf(text + n, sizeof(text) - n, "</text></inputEntry><outputEntry><text>\"a\"</text></outputEntry></rule>" TAIL);
	p = read_dmn(text, NULL, &err);
	assert_non_null(p);
	bpr_procedures_free(p);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(unary), cmocka_unit_test(policies), cmocka_unit_test(columns), cmocka_unit_test(checks), cmocka_unit_test(refused), cmocka_unit_test(hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
