/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report says of queues: whole texts in both languages against files in tests/golden/, and the machine formats. */
#include "test.h"
#include "queueing_flow.h"
#include <bpr/report.h>

static void render(const struct test_net *t, enum bpr_format format, enum bpr_lang lang, bool full, struct bpr_output *out)
{
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	struct bpr_subject subject = { .flow = t->f.flow, .analysis = t->analysis, .problems = t->f.problems, .queueing = t->q };

	options.lang = lang;
	options.full = full;
	assert_int_equal(bpr_report(BPR_REPORT_ANALYSIS, format, &subject, &options, true, out, NULL), BPR_OK);
}

/* From the sentence or heading that begins with `from` to the one that begins with `to`. */
static char *cut(char *text, const char *from, const char *to)
{
	char *begin = strstr(text, from);
	char *end;

	if (!begin)
		fail_msg("no '%s' in: %s", from, text);
	begin = begin ? begin : text;
	end = strstr(begin, to);
	assert_non_null(end);
	begin[end ? (size_t)(end - begin) : 0] = '\0';
	return begin;
}

/* With BPR_GOLDEN=update the text becomes the file. */
static void check_golden(const char *name, const char *text)
{
	const char *root = getenv("abs_top_srcdir");
	char path[4096], old[65536];
	FILE *f;
	size_t n;

	if (!root) {
		print_message("abs_top_srcdir is not set: %s not compared\n", name);
		return;
	}
	(void)snprintf(path, sizeof(path), "%s/tests/golden/%s", root, name);
	if (getenv("BPR_GOLDEN")) {
		f = fopen(path, "w");
		assert_non_null(f);
		assert_true(fputs(text, f) >= 0);
		assert_int_equal(fclose(f), 0);
	}
	f = fopen(path, "r");
	assert_non_null(f);
	n = fread(old, 1, sizeof(old) - 1, f);
	(void)fclose(f);
	old[n] = '\0';
	assert_string_equal(text, old);
}

/* A pool that falls behind in the afternoon, one that nobody counted, one that cannot keep up, one with time to spare. */
static void test_words(void **state)
{
	static const char *const languages[] = { "en", "ja" };
	static const char *const from[] = { "Where it takes time or gets stuck", "時間がかかるところ・滞るところ" };
	static const char *const to[] = { "The steps\n", "\n工程\n----" };
	struct test_net t = { 0 };

	(void)state;
	net_build(&t, ROWS("s|start|a", "a|task|b|name=受付|work=exp(5)|staff=窓口職員", "b|task|c|name=審査|work=12|staff=審査職員",
			   "c|task|d|name=決裁|work=2|staff=課長", "d|task|e|name=交付|work=exp(1)|staff=交付職員", "e|end|"),
		  ROWS("pool=窓口職員|count=2", "pool=審査職員|count=2", "pool=交付職員|count=1"),
		  ROWS("per_day=90", "open=9:00-15:00", "profile=13:00-15:00:4"));
	net_solve(&t, NULL);
	for (int lang = 0; lang < 2; lang++) {
		struct bpr_output out;
		char name[64];

		render(&t, BPR_FORMAT_TEXT, (enum bpr_lang)lang, true, &out);
		(void)snprintf(name, sizeof(name), "queues-%s.txt", languages[lang]);
		check_golden(name, cut(out.data, from[lang], to[lang]));
		bpr_output_release(&out);
	}
	net_end(&t);
}

/* Exact waits, a case of many days: said so. */
static void test_other_words(void **state)
{
	struct test_net t = { 0 };
	struct bpr_output out;

	(void)state;
	net_build(&t, ROWS("s|start|a", "a|task|e|work=exp(5)|staff=A|wait=20d", "e|end|"), ROWS("pool=A|count=1"), ROWS("arrivals=exp(10)"));
	net_solve(&t, NULL);
	render(&t, BPR_FORMAT_MD, BPR_LANG_EN, false, &out);
	assert_non_null(strstr(out.data, "On average a case waits 5 min in queues"));
	assert_non_null(strstr(out.data, "These waits are exact"));
	assert_null(strstr(out.data, "by hour"));
	bpr_output_release(&out);
	render(&t, BPR_FORMAT_MD, BPR_LANG_JA, false, &out);
	assert_non_null(strstr(out.data, "順番待ちは、全工程を合わせて平均5分です"));
	bpr_output_release(&out);
	net_end(&t);
}

/* Without a demand the report is silent about queues, and says what it always said. */
static void test_silence(void **state)
{
	struct test_net t = { 0 };
	struct bpr_output out;

	(void)state;
	net_build(&t, ROWS("s|start|a", "a|task|e|work=exp(5)|staff=A", "e|end|"), ROWS("pool=A|count=1"), ROWS(NULL));
	net_solve(&t, NULL);
	render(&t, BPR_FORMAT_TEXT, BPR_LANG_EN, true, &out);
	assert_null(strstr(out.data, "Where cases wait"));
	assert_non_null(strstr(out.data, "Waiting in queues is not in the times."));
	assert_non_null(strstr(out.data, "Staff pools"));
	bpr_output_release(&out);
	render(&t, BPR_FORMAT_JSON, BPR_LANG_EN, true, &out);
	assert_non_null(strstr(out.data, "\"wait_minutes\": null"));
	assert_null(strstr(out.data, "\"reasons\""));
	bpr_output_release(&out);
	net_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_words), cmocka_unit_test(test_other_words), cmocka_unit_test(test_silence) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
