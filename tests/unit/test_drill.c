/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs of exercises: what is read, what is refused, how answers are graded, what is kept. */
#include "config.h"
#include "test.h"
#include "drill/ini_i.h"
#include "drill/pack_i.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "test-drill-XXXXXX";

static void write_file(const char *name, const char *text)
{
	char path[256];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static const char *path_of(const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

/* Codes and lines of what is wrong, "N104:3 ". */
static void read_pack(const char *text, bpr_pack **pack, char codes[400])
{
	struct bpr_error err = { 0 };
	bpr_problems *problems = NULL;
	bpr_status status;
	size_t n = 0;

	assert_int_equal(bpr_problems_new(&problems, &err), BPR_OK);
	status = bpr_pack_read_memory("pack.ini", folder, text, strlen(text), pack, problems, &err);
	codes[0] = '\0';
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		n += (size_t)snprintf(codes + n, 400 - n, "%s:%zu ", p.code->code, p.line);
	}
	assert_true((status == BPR_OK) == (*pack != NULL) && (status == BPR_OK) == !codes[0]);
	bpr_problems_free(problems);
}

#define HEAD "[pack]\nid=p\ntitle=P\n[1]\ntitle=T\ntext=a\n b\n"

static void packs_are_read(void **state)
{
	bpr_pack *pack = NULL;
	char codes[400];

	(void)state;
	read_pack("# remark\r\n" HEAD " c = d\ntask = flow\ninput=f.csv\nrequire=counter_visits<=1\nunmet.ja = まだ{1}\nrequire = sound\nhint2.ja=h\n"
		  "[ x y ]\ntitle.ja = 題\ntext.ja=文\ntask=value\nmeasure=seals\ntolerance=5%\ninput=f.csv\n", &pack, codes);
	assert_string_equal(codes, "");
	assert_int_equal(bpr_pack_count(pack), 2);
	assert_string_equal(bpr_pack_get(pack, 0)->text[BPR_LANG_EN], "a\nb\nc = d");
	assert_int_equal(bpr_pack_get(pack, 0)->check_count, 2);
	assert_string_equal(bpr_pack_get(pack, 0)->checks[0].unmet[BPR_LANG_JA], "まだ{1}");
	assert_int_equal(bpr_pack_get(pack, 0)->hint_count, 2);
	assert_int_equal(bpr_pack_find(pack, "x y"), 1);
	assert_true(bpr_pack_get(pack, 1)->tolerance_relative && fabs(bpr_pack_get(pack, 1)->tolerance - 0.05) < 1e-12);
	assert_string_equal(bpr_pack_title(pack, BPR_LANG_JA), "P");
	bpr_pack_free(pack);
}

static void what_is_wrong_is_named(void **state)
{
	static const struct { const char *text, *codes; } wrong[] = {
		{ "id=p\n", "N101:1 " },
		{ "[pack]\nnonsense\n", "N100:2 " },
		{ "[pack]\nid=p\ncolour=red\n[1]\ntitle=t\ntext=t\ntask=value\ninput=f\nmeasure=seals\n", "N104:3 " },
		{ HEAD "task=dance\n", "N106:8 N105:5 " },
		{ HEAD "task=value\ninput=f.csv\nmeasure=beauty\n", "N105:5 " },
		{ HEAD "task=value\nmeasure=seals\n", "N105:5 " },
		{ HEAD "task=word\ninput=f.csv\nmeasure=seals\n", "N105:5 " },
		{ HEAD "task=flow\ninput=f.csv\n", "N105:5 " },
		{ HEAD "task=flow\ninput=f.csv\nrequire=beauty>=1\n", "N108:10 " },
		{ HEAD "task=flow\ninput=f.csv\nrequire=cost<=3\n", "N108:10 " },
		{ HEAD "task=flow\ninput=f.csv\nunmet=x\n", "N111:10 N105:5 " },
		{ HEAD "task=flow\ninput=../f.csv\nrequire=sound\n", "N107:9 " },
		{ HEAD "task=flow\ninput=/etc/passwd\nrequire=sound\n", "N107:9 " },
		{ HEAD "task=sheet\nprocedures=p.csv\n", "N105:5 " },
		{ HEAD "task=value\ninput=f\nmeasure=seals\ntolerance=-1\n", "N109:11 " },
		{ HEAD "task=levers\ninput=f\nlevers=l.csv\nbudget=many\nrequire=best>=90%\n", "N109:11 " },
		{ HEAD "task=levers\ninput=f\nrequire=best>=90%\n", "N105:5 " },
		{ "[pack]\nid=p\n", "N105:0 " },
		{ "\xff\xfe\xff", "I011:1 " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		bpr_pack *pack = NULL;
		char codes[400];

		read_pack(wrong[i].text, &pack, codes);
		assert_string_equal(codes, wrong[i].codes);
	}
}

static void words_of_checks(void **state)
{
	enum bpr_drill_word word;
	char operator[3];
	double limit;

	(void)state;
	assert_true(bpr_i_drill_word("staff <= 8", &word, operator, &limit) && word == BPR_DRILL_STAFF && !strcmp(operator, "<=") && limit > 7.9 && limit < 8.1);
	assert_true(bpr_i_drill_word("best>=95%", &word, operator, &limit) && word == BPR_DRILL_BEST && fabs(limit - 0.95) < 1e-12);
	assert_true(bpr_i_drill_word("sound", &word, operator, &limit));
	assert_false(bpr_i_drill_word("sound>=1", &word, operator, &limit));
	assert_false(bpr_i_drill_word("staff", &word, operator, &limit));
	assert_false(bpr_i_drill_word("staff=<8", &word, operator, &limit));
	assert_false(bpr_i_drill_word("counter_visits<=1", &word, operator, &limit));
	assert_true(bpr_i_drill_holds(1, "<=", 1) && !bpr_i_drill_holds(1, "<", 1) && bpr_i_drill_holds(1 + 1e-12, "<=", 1));
	assert_true(bpr_i_drill_holds(2, ">", 1) && bpr_i_drill_holds(1, "=", 1) && !bpr_i_drill_holds(1.1, "=", 1));
}

/* ---- grading ---- */

/* Two counters, two forms that ask for the name; the second counter is busier. */
static const char flow[] = "id,name,kind,next,counter,work,staff,writes,issues\n"
			   "S,,start,A,,,,,\nA,one,task,B,desk one,2,clerks,form one,\nB,two,task,E,desk two,6,cashiers,form two,receipt\nE,,end,,,,,,\n";
static const char staff[] = "pool,count\nclerks,1\ncashiers,1\n";
static const char demand[] = "key,value\nper_day,40\nopen,9:00-17:00\narrivals,exp(12)\n";
static const char pack_text[] =
	"[pack]\nid=t\ntitle=T\n"
	"[1]\ntitle=t\ntext=t\ntask=value\ninput=f.csv\nmeasure=work_minutes\ntolerance=0.5\n"
	"[2]\ntitle=t\ntext=t\ntask=word\ninput=f.csv\nmeasure=utilisation\n"
	"[3]\ntitle=t\ntext=t\ntask=flow\ninput=f.csv\nrequire=forms_written<=1\nunmet={1}\nrequire=keeps_issues\nrequire=sound\nrequire=staff<=2\n"
	"[4]\ntitle=t\ntext=t\ntask=simulation\ninput=f.csv\nrequire=wait_minutes<=1\nrequire=keeps_demand\nrequire=change.work_minutes=0\n";

static bpr_pack *the_pack(void)
{
	bpr_pack *pack = NULL;
	char codes[400];

	read_pack(pack_text, &pack, codes);
	assert_string_equal(codes, "");
	return pack;
}

/* Bits of the items that are met; bit 15: passed. Negative: the status. */
static int grade(const bpr_pack *pack, size_t index, const char *answer, struct bpr_grade *out)
{
	struct bpr_grade_options options = BPR_GRADE_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	bpr_problems *problems = NULL;
	struct bpr_grade own;
	struct bpr_grade *result = out ? out : &own;
	bpr_status status;
	int bits = 0;

	options.simulation.days = 5;
	options.simulation.replications = 4;
	assert_int_equal(bpr_problems_new(&problems, &err), BPR_OK);
	status = bpr_pack_grade(pack, index, answer, &options, result, problems, &err);
	for (size_t i = 0; !status && i < result->count; i++)
		bits |= result->items[i].met << i;
	bits = status ? -(int)status : bits | result->passed << 15;
	if (status)
		assert_true(err.code[0]);
	if (!out)
		bpr_grade_release(&own);
	bpr_problems_free(problems);
	return bits;
}

enum { PASSED = 1 << 15 };

static void numbers_and_names_are_graded(void **state)
{
	bpr_pack *pack = the_pack();
	struct bpr_grade result;

	(void)state;
	write_file("f.csv", flow);
	write_file("f.staff.csv", staff);
	write_file("f.demand.csv", demand);
	assert_int_equal(grade(pack, 0, "8", NULL), 1 | PASSED);
	assert_int_equal(grade(pack, 0, "８．４", NULL), 1 | PASSED);
	assert_int_equal(grade(pack, 0, "7.4", &result), 0);
	assert_string_equal(result.wanted, "more");
	bpr_grade_release(&result);
	assert_int_equal(grade(pack, 0, "9", &result), 0);
	assert_string_equal(result.wanted, "less");
	bpr_grade_release(&result);
	assert_int_equal(grade(pack, 0, "eight", NULL), -BPR_ESYNTAX);
	/* 40 x 6 minutes of 480 against 40 x 2. */
	assert_int_equal(grade(pack, 1, "Cashiers", NULL), 1 | PASSED);
	assert_int_equal(grade(pack, 1, "clerks", NULL), 0);
	bpr_pack_free(pack);
}

static void flows_are_graded(void **state)
{
	static const char good[] = "id,name,kind,next,counter,work,staff,writes,issues\n"
				   "S,,start,A,,,,,\nA,one,task,B,desk one,2,clerks,form,\nB,two,task,E,desk two,6,cashiers,,receipt\nE,,end,,,,,,\n";
	static const char poor[] = "id,name,kind,next,counter,work,staff,writes,issues\n"
				   "S,,start,A,,,,,\nA,one,task,E,desk one,2,clerks,form,\nE,,end,,,,,,\n";
	bpr_pack *pack = the_pack();

	(void)state;
	write_file("good.csv", good);
	write_file("good.staff.csv", staff);
	write_file("good.demand.csv", demand);
	write_file("poor.csv", poor);
	write_file("poor.staff.csv", "pool,count\nclerks,3\n");
	write_file("more.csv", flow);
	write_file("more.staff.csv", "pool,count\nclerks,1\ncashiers,3\n");
	write_file("more.demand.csv", demand);
	write_file("fewer.csv", flow);
	write_file("fewer.staff.csv", staff);
	write_file("fewer.demand.csv", "key,value\nper_day,4\nopen,9:00-17:00\narrivals,exp(120)\n");
	assert_int_equal(grade(pack, 2, path_of("good.csv"), NULL), 15 | PASSED);
	/* Two forms; then nothing handed out any more, and three people; the given one is no answer. */
	assert_int_equal(grade(pack, 2, path_of("f.csv"), NULL), 14);
	assert_int_equal(grade(pack, 2, path_of("poor.csv"), NULL), 1 | 4);
	assert_int_equal(grade(pack, 2, path_of("missing.csv"), NULL), -BPR_EIO);
	/* M/M/1 with a load of one half waits, three servers nearly do not; fewer cases are no answer. */
	assert_int_equal(grade(pack, 3, path_of("more.csv"), NULL), 7 | PASSED);
	assert_int_equal(grade(pack, 3, path_of("f.csv"), NULL), 6);
	assert_int_equal(grade(pack, 3, path_of("fewer.csv"), NULL), 5);
	bpr_pack_free(pack);
}

static void progress_is_kept(void **state)
{
	bpr_pack *pack = the_pack();
	bpr_progress *progress = NULL, *again = NULL;
	bpr_problems *problems = NULL;
	struct bpr_error err = { 0 };
	struct bpr_grade result;
	char *text = NULL, *same = NULL;
	size_t length, other;

	(void)state;
	assert_int_equal(bpr_problems_new(&problems, &err), BPR_OK);
	assert_int_equal(bpr_progress_new(pack, "赤組 \"1\"", &progress, &err), BPR_OK);
	assert_true(grade(pack, 0, "7", &result) == 0);
	bpr_progress_graded(progress, 0, &result);
	bpr_progress_graded(progress, 0, &result);
	bpr_grade_release(&result);
	assert_int_equal(bpr_progress_get(progress, 0)->attempts, 1);
	assert_true(grade(pack, 0, "8", &result) & PASSED);
	bpr_progress_graded(progress, 0, &result);
	bpr_grade_release(&result);
	assert_true(grade(pack, 2, path_of("good.csv"), &result) & PASSED);
	bpr_progress_graded(progress, 2, &result);
	bpr_grade_release(&result);
	assert_int_equal(bpr_progress_hint(progress, 1, 2), 1);
	assert_int_equal(bpr_progress_hint(progress, 1, 2), 2);
	assert_int_equal(bpr_progress_hint(progress, 1, 2), 2);
	assert_int_equal(bpr_progress_write(progress, pack, &text, &length, &err), BPR_OK);
	/* The answers themselves are not in it. */
	assert_null(strstr(text, "\"8\""));
	write_file("progress.json", text);
	assert_int_equal(bpr_progress_read(pack, path_of("progress.json"), &again, problems, &err), BPR_OK);
	assert_string_equal(bpr_progress_team(again), "赤組 \"1\"");
	assert_true(bpr_progress_get(again, 0)->passed && bpr_progress_get(again, 0)->attempts == 2 && bpr_progress_get(again, 1)->hints == 2);
	assert_true(bpr_progress_get(again, 2)->measured && fabs(bpr_progress_get(again, 2)->after[BPR_METRIC_FORMS_WRITTEN] - 1) < 1e-12);
	assert_int_equal(bpr_progress_write(again, pack, &same, &other, &err), BPR_OK);
	assert_string_equal(same, text);
	bpr_progress_text_free(text);
	bpr_progress_text_free(same);
	bpr_progress_free(again);
	write_file("other.json", "{\"schema\":\"bpr.progress/1\",\"pack\":\"another\"}");
	assert_int_equal(bpr_progress_read(pack, path_of("other.json"), &again, problems, &err), BPR_ESYNTAX);
	assert_string_equal(err.code, "N120");
	write_file("other.json", "{\"event\":1}");
	assert_int_equal(bpr_progress_read(pack, path_of("other.json"), &again, problems, &err), BPR_ESYNTAX);
	assert_string_equal(err.code, "N121");
	write_file("other.json", "{\"schema\":[\"bpr.progress/1\"],\"pack\":1,\"exercises\":{}");
	assert_int_equal(bpr_progress_read(pack, path_of("other.json"), &again, problems, &err), BPR_ESYNTAX);
	write_file("other.json", "{\"schema\":\"bpr.progress/1\",\"pack\":\"t\",\"exercises\":[1,null,{\"id\":\"3\",\"before\":[],\"attempts\":-1,\"passed\":1}]}");
	assert_int_equal(bpr_progress_read(pack, path_of("other.json"), &again, problems, &err), BPR_OK);
	assert_true(!bpr_progress_get(again, 2)->passed && !bpr_progress_get(again, 2)->attempts && !bpr_progress_get(again, 2)->measured);
	bpr_progress_free(again);
	bpr_progress_free(progress);
	bpr_problems_free(problems);
	bpr_pack_free(pack);
}

static void teams_are_ranked(void **state)
{
	bpr_pack *pack = the_pack();
	bpr_progress *teams[3];
	struct bpr_class_team list[3];
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	struct bpr_output out = { 0 };
	struct bpr_error err = { 0 };
	struct bpr_grade result;
	static const char *const names[] = { "slow", "<b>good</b>", "=none" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(bpr_progress_new(pack, names[i], &teams[i], &err), BPR_OK);
		list[i] = (struct bpr_class_team){ teams[i], "" };
	}
	assert_true(grade(pack, 2, path_of("good.csv"), &result) & PASSED);
	bpr_progress_graded(teams[0], 2, &result);
	bpr_progress_graded(teams[1], 2, &result);
	bpr_grade_release(&result);
	(void)bpr_progress_hint(teams[0], 2, 3);
	assert_int_equal(bpr_class_report(pack, list, 3, BPR_FORMAT_CSV, &options, &out, &err), BPR_OK);
	assert_non_null(strstr(out.data, "1,<b>good</b>,3,yes,1,0\n"));
	assert_non_null(strstr(out.data, "2,slow,3,yes,1,1\n"));
	assert_non_null(strstr(out.data, "3,'=none,3,no,0,0\n"));
	bpr_output_release(&out);
	assert_int_equal(bpr_class_report(pack, list, 3, BPR_FORMAT_HTML, &options, &out, &err), BPR_OK);
	assert_null(strstr(out.data, "<b>good"));
	assert_non_null(strstr(out.data, "&lt;b&gt;good"));
	bpr_output_release(&out);
	for (size_t i = 0; i < 3; i++)
		bpr_progress_free(teams[i]);
	bpr_pack_free(pack);
}

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : 1;
}

static int tear_down(void **state)
{
	static const char *const files[] = { "f.csv", "f.staff.csv", "f.demand.csv", "good.csv", "good.staff.csv", "good.demand.csv", "poor.csv", "poor.staff.csv",
					     "more.csv", "more.staff.csv", "more.demand.csv", "fewer.csv", "fewer.staff.csv", "fewer.demand.csv", "progress.json",
					     "other.json" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		(void)unlink(path_of(files[i]));
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packs_are_read),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(words_of_checks),
		cmocka_unit_test(numbers_and_names_are_graded),
		cmocka_unit_test(flows_are_graded),
		cmocka_unit_test(progress_is_kept),
		cmocka_unit_test(teams_are_ranked),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
