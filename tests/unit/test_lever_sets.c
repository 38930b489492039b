/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Levers together: every subset of a small list beside a model of its own, in which they are done by hand; orders that make no difference;
 * needs and excludes; tables that are written and read again; tables that are wrong.
 */
#include "lib/test.h"
#include "unit/lever_flow.h"
#include <bpr/analysis.h>

static const char *const rows[] = {
	"s|start|a", "a|task|b|work=10|seals=1|rules=seal|writes=A|id_checks=1|counter=C1", "b|task|c|work=4|writes=B|seals=1|counter=C1", "c|task|d|work=6|id_checks=1|counter=C2",
	"d|task|e|work=8|counter=C2|batch=5", "e|end|", "forms: form=A|field=name|times=2", "forms: form=A|field=addr", "forms: form=B|field=name", "forms: form=B|field=birth", NULL,
};
/* 0 merge, 1 printed, 2 seals, 3 faster, 4 without d, 5 checks, 6 c takes 1 minute */
static const char table[] = "m,merge_forms,A;B,M,,\np,prefill,field=name,,,\ns,drop_seals,*,,,\nf,speed_up,a;b,-50%,,\nr,remove,d,,,\nu,unify_id_checks,*,,,\nv,set,step.c.work,1,,\n";
enum { LEVERS = 7 };

/* Steps a to d, and fields name, addr, birth as A and B ask for them. */
struct model { double work[4], seals, checks; bool there[4]; double asked[2][3]; bool printed, merged; };

static struct model by_hand(unsigned set)
{
	struct model m = { { 10, 4, 6, 8 }, 2, 2, { true, true, true, true }, { { 2, 1, 0 }, { 1, 0, 1 } }, (set & 2) != 0, (set & 1) != 0 };

	if (set & 4)
		m.seals = 0;
	if (set & 8) {
		m.work[0] /= 2;
		m.work[1] /= 2;
	}
	m.there[3] = !(set & 16);
	if (set & 32)
		m.checks = 1;
	if (set & 64)
		m.work[2] = 1;
	return m;
}

static double written(const struct model *m)
{
	double sum = 0;

	for (size_t f = 0; f < 3; f++) {
		if (!f && m->printed)
			continue;
		sum += m->merged ? fmax(m->asked[0][f], m->asked[1][f]) : m->asked[0][f] + m->asked[1][f];
	}
	return sum;
}

static void all_subsets(void **state)
{
	struct test_flow before;

	(void)state;
	lever_flow(&before, rows);
	for (unsigned set = 0; set < 1u << LEVERS; set++) {
		const struct model m = by_hand(set);
		struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
		double work = 0, steps = 0;
		bpr_analysis *analysis = NULL;
		bool chosen[LEVERS];
		bpr_flow *after;
		char code[8];

		for (size_t i = 0; i < LEVERS; i++)
			chosen[i] = set >> i & 1;
		for (size_t i = 0; i < 4; i++) {
			work += m.there[i] ? m.work[i] : 0;
			steps += m.there[i];
		}
		after = lever_after(before.flow, table, code, chosen);
		assert_string_equal(code, "");
		assert_int_equal(bpr_analyse(after, &options, &analysis, NULL, NULL), BPR_OK);
		assert_rel(bpr_analysis_figure(analysis, bpr_metric_find("work_minutes"))->mean, work, 1e-12);
		assert_rel(bpr_analysis_figure(analysis, bpr_metric_find("steps"))->mean, steps, 1e-12);
		assert_rel(bpr_analysis_figure(analysis, bpr_metric_find("seals"))->mean, m.seals, 1e-12);
		assert_rel(bpr_analysis_figure(analysis, bpr_metric_find("id_checks"))->mean, m.checks, 1e-12);
		assert_rel(bpr_analysis_figure(analysis, bpr_metric_find("fields_written"))->mean, written(&m), 1e-12);
		assert_rel(bpr_analysis_figure(analysis, bpr_metric_find("forms_written"))->mean, m.merged ? 1 : 2, 1e-12);
		bpr_analysis_free(analysis);
		bpr_flow_free(after);
	}
	test_end(&before);
}

/* Levers that touch different things, in some orders. */
static void any_order(void **state)
{
	static const char *const lines[] = { "p,prefill,B.birth,,,\n", "s,drop_seals,*,,,\n", "f,speed_up,a;b,-50%,,\n", "r,remove,d,,,\n", "u,unify_id_checks,*,,,\n" };
	static const unsigned char orders[][5] = { { 0, 1, 2, 3, 4 }, { 4, 3, 2, 1, 0 }, { 2, 0, 4, 1, 3 }, { 3, 1, 4, 0, 2 }, { 1, 4, 3, 2, 0 } };
	struct test_flow before;
	unsigned long long hash = 0;

	(void)state;
	lever_flow(&before, rows);
	for (size_t o = 0; o < sizeof(orders) / sizeof(orders[0]); o++) {
		char text[400] = "", code[8];
		size_t n = 0;
		bpr_flow *after;

		for (size_t i = 0; i < 5; i++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s", lines[orders[o][i]]);
		after = lever_after(before.flow, text, code, NULL);
		assert_string_equal(code, "");
		if (o)
			assert_true(bpr_flow_hash(after) == hash);
		hash = bpr_flow_hash(after);
		bpr_flow_free(after);
	}
	assert_true(hash != bpr_flow_hash(before.flow));
	test_end(&before);
}

static void refused_are(const bpr_flow *flow, const char *text, const bool *chosen, const char *expected)
{
	bpr_levers *levers = lever_table(text);
	bool refused[8] = { false };
	bpr_flow *after = NULL;

	assert_int_equal(bpr_levers_apply(flow, levers, chosen, refused, &after, NULL, NULL), BPR_OK);
	for (size_t i = 0; i < bpr_levers_count(levers); i++)
		assert_int_equal(refused[i], expected[i] == 'x');
	bpr_flow_free(after);
	bpr_levers_free(levers);
}

static void of_each_other(void **state)
{
	const bool two[3] = { true, true, false }, last[3] = { false, false, true };
	struct test_flow before, after;

	(void)state;
	lever_flow(&before, rows);
	/* The first one waits for what it needs, which makes the form that it names. */
	refused_are(before.flow, "1,prefill,M,,2,\n2,merge_forms,A;B,M,,\n", NULL, "..");
	refused_are(before.flow, "1,prefill,M,,,\n2,merge_forms,A;B,M,,\n", NULL, "x.");
	refused_are(before.flow, "1,remove,z,,,\n2,remove,d,,1,\n3,drop_seals,*,,2,\n", NULL, "xxx");
	refused_are(before.flow, "1,remove,d,,,\n2,remove,c,,,1\n3,drop_seals,*,,,\n", NULL, ".x.");
	refused_are(before.flow, "1,remove,d,,,2\n2,remove,c,,,\n3,drop_seals,*,,,\n", two, ".x.");
	refused_are(before.flow, "1,remove,d,,,\n2,remove,c,,,\n3,drop_seals,*,,1,\n", last, "..x");
	/* All of a lever, or nothing: the seals stay, too. */
	FLOW(&after, rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7], rows[8], rows[9]);
	lever_refused(&before, "1,drop_seals,*,,,\n1,speed_up,a,-10%,,\n1,merge_forms,A;B,M,,\n1,set,step.a.counter,Z,,\n1,remove,z,,,\n", "K045");
	lever_same(before.flow, after.flow);
	test_end(&after);
	test_end(&before);
}

static void read_fails(const char *text, const char *code, size_t line)
{
	struct bpr_error err = { 0 };
	bpr_problems *problems = NULL;
	bpr_levers *levers = NULL;
	bool found = false;

	assert_int_equal(bpr_problems_new(&problems, &err), BPR_OK);
	assert_int_not_equal(bpr_levers_read_memory("t.csv", text, strlen(text), NULL, &levers, problems, &err), BPR_OK);
	assert_null(levers);
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		found |= !strcmp(p.code->code, code) && p.line == line;
	}
	if (!found)
		lever_print(problems);
	assert_true(found);
	bpr_problems_free(problems);
}

static void wrong_tables(void **state)
{
	(void)state;
	read_fails("id,lever,target\n1,dance,*\n", "K001", 2);
	read_fails("番号,施策,対象\n1,押印はいし,*\n", "K001", 2);
	read_fails("id,lever,needs\n1,drop_seals,7\n", "K002", 2);
	read_fails("id,lever,excludes\n1,drop_seals,\n2,drop_seals,3\n", "K002", 3);
	read_fails("id,lever,needs\n1,drop_seals,2\n2,drop_seals,3\n3,drop_seals,1\n", "K003", 2);
	read_fails("id,lever,needs\n1,drop_seals,1\n", "K003", 2);
	read_fails("id,lever,needs,excludes\n1,drop_seals,,2\n2,drop_seals,,\n3,drop_seals,1;2,\n", "K004", 4);
	read_fails("id,lever,needs,excludes\n1,drop_seals,2,2\n2,drop_seals,,\n", "K004", 2);
	read_fails("id,lever,cost\n1,drop_seals,-5\n", "K006", 2);
	read_fails("id,lever,yearly_cost\n1,drop_seals,▲5万\n", "K006", 2);
	read_fails("id,lever,effort_days\n1,drop_seals,many\n", "K006", 2);
	read_fails("id,lever,cost\n1,drop_seals,1e400\n", "K006", 2);
	read_fails("id,lever,ease\n1,drop_seals,6\n", "K007", 2);
	read_fails("id,lever,year\n1,drop_seals,soon\n", "K008", 2);
	read_fails("id,lever,cost\n1,drop_seals,5\n1,drop_seals,6\n", "K009", 3);
	read_fails("id,lever,name\n1,,x\n", "K011", 2);
	read_fails("id,lever\n", "K012", 0);
	read_fails("id,name\n1,x\n", "B001", 0);
	read_fails("", "B001", 0);
}

static void round_trip(void **state)
{
	static const char text[] =
		"番号,施策名,施策,対象,値,費用,年間費用,工数,容易さ,前提,排他,年度,所見,箇所,備考\n"
		"甲,\"一枚に, \"\"統合\"\"\",様式統合,A;B,M,420万,12000,5人日,3,乙,丙,令和8年度,P004,a,〃\n"
		"甲,,印字,M,,,,,,,,,,,\n乙,=1+1,時間短縮,a,-20%,,,,,,,,,,\n丙,,増員,P,+1@9:00-12:00,,,,,,,2027,,,\n";
	bpr_levers *first = NULL, *second = NULL;
	char *out = NULL, *again = NULL, name[100];
	size_t length, more;

	(void)state;
	assert_int_equal(bpr_levers_read_memory("t.csv", text, sizeof(text) - 1, NULL, &first, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_levers_count(first), 3);
	assert_int_equal(bpr_levers_get(first, 0)->action_count, 2);
	assert_rel(bpr_levers_get(first, 0)->cost, 4200000, 1e-12);
	assert_rel(bpr_levers_get(first, 0)->effort_days, 5, 1e-12);
	assert_int_equal(bpr_levers_get(first, 0)->year, 2026);
	assert_int_equal(bpr_levers_get(first, 0)->needs[0], 1);
	assert_int_equal(bpr_levers_get(first, 0)->excludes[0], 2);
	assert_true(isnan(bpr_levers_get(first, 1)->cost));
	for (int lang = 0; lang < BPR_LANG_COUNT; lang++) {
		assert_int_equal(bpr_levers_write(first, NULL, (enum bpr_lang)lang, &out, &length, NULL), BPR_OK);
		assert_int_equal(bpr_levers_read_memory("u.csv", out, length, NULL, &second, NULL, NULL), BPR_OK);
		assert_int_equal(bpr_levers_write(second, NULL, (enum bpr_lang)lang, &again, &more, NULL), BPR_OK);
		assert_string_equal(out, again);
		assert_string_equal(bpr_levers_get(second, 1)->name, "=1+1");
		assert_string_equal(bpr_levers_get(second, 1)->actions[0].value, "-20%");
		/* Nothing that a spreadsheet would compute. */
		assert_null(strstr(out, ",-20%"));
		assert_null(strstr(out, ",=1"));
		bpr_levers_free(second);
		bpr_levers_text_free(out);
		bpr_levers_text_free(again);
	}
	(void)bpr_lever_name(bpr_levers_get(first, 2), BPR_LANG_JA, name, sizeof(name));
	assert_string_equal(name, "増員：P");
	assert_int_equal(bpr_lever_kind_find("ＡＩ－ＯＣＲ"), BPR_LEVER_AUTOMATE);
	assert_int_equal(bpr_lever_kind_find("Merge-Forms"), BPR_LEVER_MERGE_FORMS);
	assert_int_equal(bpr_lever_kind_find(""), BPR_LEVER_KIND_COUNT);
	for (size_t i = 0; i < BPR_LEVER_KIND_COUNT; i++)
		assert_int_equal(bpr_lever_kind_find(bpr_lever_kind_get((enum bpr_lever_kind)i)->key), i);
	bpr_levers_free(first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_subsets), cmocka_unit_test(any_order), cmocka_unit_test(of_each_other), cmocka_unit_test(wrong_tables), cmocka_unit_test(round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
