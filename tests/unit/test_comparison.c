/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before and after: which step is which, what the figures say, what a gate makes of them; whole reports of a small pair. */
#include "config.h"
#include "test.h"
#include "flow_build.h"
#include "fail_alloc.h"
#include <bpr/comparison.h>
#include <bpr/report.h>
#include <stdlib.h>

/* The allocator of everything linked in: the n-th call from now on fails, and all after it. */
static size_t calls_left = SIZE_MAX;

static bool fails(void)
{
	if (calls_left == SIZE_MAX)
		return false;
	if (calls_left)
		calls_left--;
	return !calls_left;
}

struct side { struct test_flow t; bpr_analysis *analysis; };

static void make(struct side *s, const char *const rows[], const char *const forms[], const char *per_year)
{
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	char demand[64];

	test_begin(&s->t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&s->t, rows[i], i + 2);
	for (size_t i = 0; forms && forms[i]; i++)
		test_companion(&s->t, BPR_TABLE_FORMS, forms[i], i + 2);
	if (per_year) {
		(void)snprintf(demand, sizeof(demand), "per_year=%s", per_year);
		test_companion(&s->t, BPR_TABLE_DEMAND, demand, 2);
	}
	test_finish(&s->t);
	assert_int_equal(s->t.status, BPR_OK);
	assert_int_equal(bpr_analyse(s->t.flow, &options, &s->analysis, s->t.problems, NULL), BPR_OK);
}

static void end(struct side *s)
{
	bpr_analysis_free(s->analysis);
	test_end(&s->t);
}

static bpr_comparison *compare(const struct side *before, const struct side *after)
{
	bpr_comparison *c = NULL;

	assert_int_equal(bpr_compare(before->t.flow, before->analysis, after->t.flow, after->analysis, &c, NULL), BPR_OK);
	assert_non_null(c);
	return c;
}

static struct bpr_subject both(const struct side *before, const struct side *after)
{
	return (struct bpr_subject){ .flow = before->t.flow, .analysis = before->analysis, .problems = before->t.problems,
				     .after_flow = after->t.flow, .after_analysis = after->analysis,
				     .after_problems = after->t.problems, .comparison = compare(before, after) };
}

/* The pair in which the before (or, where it is new, the after) has this id. */
static struct bpr_step_pair pair_of(const bpr_comparison *c, const struct side *before, const struct side *after, const char *id)
{
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(c, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = pairs[i].before != BPR_NONE ? bpr_flow_node(before->t.flow, pairs[i].before)
								       : bpr_flow_node(after->t.flow, pairs[i].after);

		if (!strcmp(n->id, id))
			return pairs[i];
	}
	fail_msg("no step %s", id);
	return pairs[0];
}

static void steps_are_matched_by_id_then_name(void **state)
{
	static const char *const before_rows[] = {
		"s|start|a", "a|task|b|name=受付|counter=市民課|work=5", "b|task|c|name=審査|unit=税務課|work=10|seals=1",
		"c|task|d|name=交付|counter=市民課", "d|task|e|name=交付|counter=税務課", "e|task|f|name=入力|copies=3",
		"f|task|z|name=回覧", "z|end|", NULL };
	static const char *const after_rows[] = {
		"s|start|x1", "a|task|x1|name=総合受付|counter=市民課|work=4", "x1|task|x2|name=審査|unit=税務課|work=10",
		"x2|task|x3|name=交付|counter=税務課", "x3|task|x4|name=入力|system=住記", "x4|task|z|name=案内", "z|end|", NULL };
	struct side before;
	struct side after;
	bpr_comparison *c;
	struct bpr_step_pair p;
	size_t count;

	(void)state;
	make(&before, before_rows, NULL, NULL);
	make(&after, after_rows, NULL, NULL);
	c = compare(&before, &after);
	p = pair_of(c, &before, &after, "a");
	assert_int_equal(p.change, BPR_STEP_CHANGED);
	assert_int_equal(p.differs, BPR_DIFFERS_NAME | BPR_DIFFERS_WORK | BPR_DIFFERS_VISITS); /* nothing leads to it after */
	p = pair_of(c, &before, &after, "b");
	assert_string_equal(bpr_flow_node(after.t.flow, p.after)->id, "x1");
	assert_int_equal(p.differs, BPR_DIFFERS_SEALS);
	p = pair_of(c, &before, &after, "c"); /* the other 交付 stands at 税務課 */
	assert_int_equal(p.change, BPR_STEP_REMOVED);
	assert_true(p.after == BPR_NONE);
	p = pair_of(c, &before, &after, "d");
	assert_int_equal(p.change, BPR_STEP_SAME);
	assert_string_equal(bpr_flow_node(after.t.flow, p.after)->id, "x2");
	p = pair_of(c, &before, &after, "e");
	assert_int_equal(p.differs, BPR_DIFFERS_COPIES | BPR_DIFFERS_SYSTEM);
	assert_int_equal(pair_of(c, &before, &after, "f").change, BPR_STEP_REMOVED);
	p = pair_of(c, &before, &after, "x4");
	assert_int_equal(p.change, BPR_STEP_ADDED);
	assert_true(p.before == BPR_NONE);
	(void)bpr_comparison_steps(c, &count);
	assert_int_equal(count, 7);
	bpr_comparison_free(c);
	end(&before);
	end(&after);
}

/* A small pair with everything a report tells: counters, forms, rework, a rule, demand. */
static const char *const small_before[] = {
	"s|start|w", "w|task|a|name=申請書を書く|actor=citizen|work=4|writes=住民票申請書;印鑑申請書",
	"a|task|g|name=受付|unit=市民課|counter=市民課|work=6|staff=窓口職員|id_checks=1", "g|xor|w:20%;b:80%",
	"b|task|c|name=審査|unit=税務課|work=10|seals=1|rules=押印|staff=窓口職員", "c|task|z|name=交付|unit=税務課|counter=税務課|work=2",
	"z|end|", NULL };
static const char *const small_after[] = {
	"s|start|a", "a|task|b|name=聞き取り|unit=市民課|counter=総合窓口|work=8|staff=窓口職員|writes=共通申請書|id_checks=1",
	"b|task|z|name=審査|unit=市民課|work=5|staff=窓口職員", "z|end|", NULL };
static const char *const small_before_forms[] = {
	"form=住民票申請書|field=氏名|group=氏名|times=2", "form=住民票申請書|field=住所|group=住所", "form=印鑑申請書|field=氏名|group=氏名",
	"form=印鑑申請書|field=生年月日|group=生年月日", NULL };
static const char *const small_after_forms[] = { "form=共通申請書|field=署名|group=氏名", "form=共通申請書|field=氏名|group=氏名|prefilled=yes", NULL };

static void figures_and_years(void **state)
{
	struct side before;
	struct side after;
	bpr_comparison *c;
	const struct bpr_kpi *k;

	(void)state;
	make(&before, small_before, small_before_forms, "12000");
	make(&after, small_after, small_after_forms, NULL);
	c = compare(&before, &after);
	assert_rel(bpr_comparison_cases_per_year(c), 12000, 1e-12);
	k = bpr_comparison_kpi(c, BPR_METRIC_FIELDS_WRITTEN); /* 5 fields, 1 / 0.8 times */
	assert_rel(k->before, 6.25, 1e-12);
	assert_rel(k->after, 1, 1e-12);
	assert_rel(k->change, -5.25, 1e-12);
	assert_rel(k->change_pct, -84, 1e-12);
	assert_true(k->change_pct_known && k->per_year_known && k->better == 1 && k->method == BPR_METHOD_EXACT);
	assert_rel(k->per_year, -63000, 1e-12);
	k = bpr_comparison_kpi(c, BPR_METRIC_WORK_MINUTES); /* 6 / 0.8 + 10 + 2 to 13 */
	assert_rel(k->change, -6.5, 1e-12);
	k = bpr_comparison_kpi(c, BPR_METRIC_TRIPS);
	assert_int_equal(k->better, 0);
	assert_true(k->change == 0 && k->change_pct_known && k->change_pct == 0);
	k = bpr_comparison_kpi(c, BPR_METRIC_INCOMPLETE); /* 0 to 0 is no change; a percentage of nothing */
	assert_true(k->change_pct_known && k->better == 0);
	bpr_comparison_free(c);
	c = compare(&after, &before);
	k = bpr_comparison_kpi(c, BPR_METRIC_SEALS); /* 0 to 1 */
	assert_int_equal(k->better, -1);
	assert_false(k->change_pct_known);
	bpr_comparison_free(c);
	end(&before);
	end(&after);
}

static void different_demands_give_no_year(void **state)
{
	struct side before;
	struct side after;
	bpr_comparison *c;

	(void)state;
	make(&before, small_before, small_before_forms, "12000");
	make(&after, small_after, small_after_forms, "9000");
	c = compare(&before, &after);
	assert_true(bpr_comparison_cases_per_year(c) == 0);
	assert_false(bpr_comparison_kpi(c, BPR_METRIC_STEPS)->per_year_known);
	bpr_comparison_free(c);
	end(&before);
	end(&after);
}

static void gates(void **state)
{
	static const struct { const char *text; bool met; } good[] = {
		{ "fields_written<=1", true }, { "fields_written<1", false }, { "fields_written>=1", true }, { "fields_written>1", false },
		{ "fields_written=1", true }, { " counter_visits <= 1.0 ", true }, { "before.fields_written=6.25", true },
		{ "after.fields_written<1e0", false }, { "change.work_minutes<=-6.5", true }, { "change.work_minutes<-6.5", false },
		{ "change_pct.fields_written<=-80", true }, { "change_pct.fields_written<=-90", false },
		{ "ｃｏｕｎｔｅｒ＿ｖｉｓｉｔｓ＜＝１", true }, { "change_pct.id_checks<=-20", true },
	};
	static const char *const bad[] = { "", "<=1", "fields_written", "fields_written<=", "fields_written<=x", "fields_written<=nan",
					   "fields_written<=1 2", "fields<=1", "later.fields_written<=1", "fields_written!=1", "fields_written=<1",
					   "fields_written<=1min" };
	struct side before;
	struct side after;
	bpr_comparison *c;
	struct bpr_requirement_result r;
	struct bpr_error err;

	(void)state;
	make(&before, small_before, small_before_forms, "12000");
	make(&after, small_after, small_after_forms, NULL);
	c = compare(&before, &after);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(bpr_comparison_require(c, good[i].text, &r, NULL), BPR_OK);
		assert_true(r.known);
		if (r.met != good[i].met)
			fail_msg("%s", good[i].text);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (bpr_comparison_require(c, bad[i], &r, &err) != BPR_ESYNTAX)
			fail_msg("%s", bad[i]);
		assert_true(err.message[0] && err.code[0] == 'R');
	}
	bpr_comparison_free(c);
	c = compare(&after, &before); /* seals from 0 to 1: no percentage, never met */
	assert_int_equal(bpr_comparison_require(c, "change_pct.seals<=1000", &r, NULL), BPR_OK);
	assert_false(r.known || r.met);
	bpr_comparison_free(c);
	end(&before);
	end(&after);
}

static void analyses_of_other_flows_are_refused(void **state)
{
	struct side before;
	struct side after;
	bpr_comparison *c;
	struct bpr_error err;

	(void)state;
	make(&before, small_before, small_before_forms, NULL);
	make(&after, small_after, small_after_forms, NULL);
	assert_int_equal(bpr_compare(before.t.flow, after.analysis, after.t.flow, after.analysis, &c, &err), BPR_EINVAL);
	assert_null(c);
	assert_string_equal(err.code, "R003");
	assert_int_equal(bpr_compare(before.t.flow, before.analysis, after.t.flow, before.analysis, &c, &err), BPR_EINVAL);
	end(&before);
	end(&after);
}

/* ---- whole reports ---- */

static void render(enum bpr_report_kind kind, enum bpr_format format, const struct bpr_subject *subject, enum bpr_lang lang,
		   bool full, struct bpr_output *out)
{
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;

	options.lang = lang;
	options.full = full;
	assert_int_equal(bpr_report(kind, format, subject, &options, true, out, NULL), BPR_OK);
	assert_true(out->length > 100 && (format == BPR_FORMAT_XLSX || format == BPR_FORMAT_PDF || strlen(out->data) == out->length));
}

/* Words in Latin letters that a Japanese report may have: names of options, versions, hexadecimal. */
static bool is_allowed(const char *word, size_t length)
{
	static const char *const allowed[] = { "bpr", "csv", "full", "explain", "ID" };

	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
		if (length == strlen(allowed[i]) && !strncmp(word, allowed[i], length))
			return true;
	return strspn(word, "0123456789abcdef") >= length; /* a hash, a number */
}

static void check_japanese(const char *text)
{
	for (const char *s = text; *s;) {
		size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

		if (n > 1 && !is_allowed(s, n) && strcspn(s, "0123456789") >= n)
			fail_msg("English in a Japanese report: %.*s", (int)n, s);
		s += n ? n : 1;
	}
}

/*
 * The file of that name in tests/golden/ must be the text less its last section (version, hashes); with BPR_GOLDEN=update it
 * becomes it.
 */
static void check_golden(const char *name, char *text)
{
	const char *root = getenv("abs_top_srcdir");
	char *last = NULL;
	char path[4096];
	char old[65536];
	FILE *f;
	size_t n;

	if (!root) {
		print_message("abs_top_srcdir is not set: %s not compared\n", name);
		return;
	}
	(void)snprintf(path, sizeof(path), "%s/tests/golden/%s", root, name);
	for (char *s = text; (s = strstr(s, "\n\n")) != NULL; s++)
		last = s;
	assert_non_null(last);
	last[1] = '\0';
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

static void reports_of_a_small_pair(void **state)
{
	struct side before;
	struct side after;
	struct bpr_subject subject;
	struct bpr_output out;
	static const char *const languages[] = { "en", "ja" };

	(void)state;
	make(&before, small_before, small_before_forms, "12000");
	make(&after, small_after, small_after_forms, NULL);
	subject = both(&before, &after);
	for (int lang = 0; lang < 2; lang++)
		for (int kind = 0; kind <= BPR_REPORT_COMPARISON; kind++) {
			char name[64];

			(void)snprintf(name, sizeof(name), "%s-%s.txt", kind ? "comparison" : "analysis", languages[lang]);
			render((enum bpr_report_kind)kind, BPR_FORMAT_TEXT, &subject, (enum bpr_lang)lang, false, &out);
			if (lang)
				check_japanese(out.data);
			check_golden(name, out.data);
			bpr_output_release(&out);
			render((enum bpr_report_kind)kind, BPR_FORMAT_MD, &subject, (enum bpr_lang)lang, true, &out);
			if (lang)
				check_japanese(out.data);
			bpr_output_release(&out);
		}
	bpr_comparison_free((bpr_comparison *)(uintptr_t)subject.comparison);
	end(&before);
	end(&after);
}

/* Same subject, same bytes; the header of CSV only where asked for; every row as many cells as the header. */
static void machine_formats_are_regular(void **state)
{
	struct side before;
	struct side after;
	struct bpr_subject subject;
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	struct bpr_output out;
	struct bpr_output again;

	(void)state;
	make(&before, small_before, small_before_forms, "12000");
	make(&after, small_after, small_after_forms, NULL);
	subject = both(&before, &after);
	for (int kind = 0; kind <= BPR_REPORT_CHECK; kind++) {
		size_t commas = 0;

		assert_int_equal(bpr_report((enum bpr_report_kind)kind, BPR_FORMAT_CSV, &subject, &options, true, &out, NULL), BPR_OK);
		assert_int_equal(bpr_report((enum bpr_report_kind)kind, BPR_FORMAT_CSV, &subject, &options, false, &again, NULL), BPR_OK);
		assert_true(again.length < out.length);
		assert_string_equal(out.data + (out.length - again.length), again.data);
		for (const char *s = out.data; *s; s += strcspn(s, "\n") + 1) {
			size_t n = 0;
			bool quoted = false;

			for (const char *c = s; *c != '\n'; c++) {
				quoted = *c == '"' ? !quoted : quoted;
				n += *c == ',' && !quoted;
			}
			if (s == out.data)
				commas = n;
			assert_int_equal(n, commas);
		}
		bpr_output_release(&out);
		bpr_output_release(&again);
		assert_int_equal(bpr_report((enum bpr_report_kind)kind, BPR_FORMAT_JSON, &subject, &options, true, &out, NULL), BPR_OK);
		assert_int_equal(bpr_report((enum bpr_report_kind)kind, BPR_FORMAT_JSON, &subject, &options, true, &again, NULL), BPR_OK);
		assert_string_equal(out.data, again.data);
		assert_null(strstr(out.data, "nan"));
		assert_null(strstr(out.data, "inf,"));
		bpr_output_release(&out);
		bpr_output_release(&again);
	}
	bpr_comparison_free((bpr_comparison *)(uintptr_t)subject.comparison);
	end(&before);
	end(&after);
}

/* Names that a terminal, a spreadsheet, a browser or a parser would take for its own. */
static void hostile_names_stay_text(void **state)
{
	static const char *const rows[] = {
		"a|task|b|name=\033]0;x\007\033[2J<script>|unit==HYPERLINK(\"u\")|counter=\342\200\256abc|work=1|writes=@SUM(A1)",
		"b|task|c|name=+1\r\n[x](javascript:y)|unit=`u`|work=2", "c|end|", NULL };
	static const char *const evil[] = { "\033", "\007", "\r", "\342\200\256", "\302\233" };
	struct side before;
	struct side after;
	struct bpr_subject subject;
	struct bpr_output out;

	(void)state;
	make(&before, rows, NULL, NULL);
	make(&after, rows + 1, NULL, NULL);
	subject = both(&before, &after);
	for (int kind = 0; kind <= BPR_REPORT_CHECK; kind++)
		for (int format = 0; format < BPR_FORMAT_COUNT; format++) {
			if (!bpr_format_serves((enum bpr_format)format, (enum bpr_report_kind)kind))
				continue;
			render((enum bpr_report_kind)kind, (enum bpr_format)format, &subject, BPR_LANG_JA, true, &out);
			/* A workbook is packed: test_book_back.c reads it; of sheets of paper test_paper.c reads the pictures. */
			for (size_t i = 0; i < sizeof(evil) / sizeof(evil[0]) && format != BPR_FORMAT_XLSX && format != BPR_FORMAT_PDF; i++)
				assert_null(strstr(out.data, evil[i]));
			if (format == BPR_FORMAT_MD) {
				assert_null(strstr(out.data, "<script"));
				assert_null(strstr(out.data, "[x]("));
			}
			if (format == BPR_FORMAT_CSV) {
				assert_null(strstr(out.data, ",=HYPER"));
				assert_null(strstr(out.data, ",\"=HYPER"));
				assert_null(strstr(out.data, ",+1"));
				assert_null(strstr(out.data, ",@SUM"));
			}
			bpr_output_release(&out);
		}
	bpr_comparison_free((bpr_comparison *)(uintptr_t)subject.comparison);
	end(&before);
	end(&after);
}

/* Whichever allocation fails, there is a status and nothing else. */
static void out_of_memory_is_a_status(void **state)
{
	struct side before;
	struct side after;
	struct bpr_subject subject;
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	bpr_comparison *c = NULL;
	size_t n = 1;

	(void)state;
	make(&before, small_before, small_before_forms, "12000");
	make(&after, small_after, small_after_forms, NULL);
	for (bpr_status status = BPR_ENOMEM; status; n++) {
		struct bpr_error err;

		calls_left = n;
		status = bpr_compare(before.t.flow, before.analysis, after.t.flow, after.analysis, &c, &err);
		calls_left = SIZE_MAX;
		assert_true(status == BPR_OK || (status == BPR_ENOMEM && !c));
	}
	assert_true(n > 5);
	bpr_comparison_free(c);
	subject = both(&before, &after);
	options.full = true;
	for (int kind = 0; kind <= BPR_REPORT_CHECK; kind++)
		for (int format = 0; format < BPR_FORMAT_COUNT; format++) {
			struct bpr_output out;
			bpr_status status = BPR_ENOMEM;

			/* Sheets of paper have a test of their own; librsvg would draw them thousands of times. */
			if (!bpr_format_serves((enum bpr_format)format, (enum bpr_report_kind)kind) || format == BPR_FORMAT_PDF)
				continue;
			for (n = 1; status; n++) {
				struct bpr_error err;

				calls_left = n;
				status = bpr_report((enum bpr_report_kind)kind, (enum bpr_format)format, &subject, &options, true, &out, &err);
				calls_left = SIZE_MAX;
				assert_true(status == BPR_OK || (status == BPR_ENOMEM && !out.data && err.status == BPR_ENOMEM));
			}
			assert_true(n > 2 && out.data);
			bpr_output_release(&out);
		}
	bpr_comparison_free((bpr_comparison *)(uintptr_t)subject.comparison);
	end(&before);
	end(&after);
}

static void formats_are_found_by_name_and_ending(void **state)
{
	struct bpr_subject nothing = { 0 };
	struct bpr_output out;
	struct bpr_error err;

	(void)state;
	for (size_t i = 0; i < BPR_FORMAT_COUNT; i++)
		assert_int_equal(bpr_format_find(bpr_format_name((enum bpr_format)i)), i);
	assert_int_equal(bpr_format_find(".md"), BPR_FORMAT_MD);
	assert_int_equal(bpr_format_find(".txt"), BPR_FORMAT_TEXT);
	assert_int_equal(bpr_format_find("gif"), BPR_FORMAT_COUNT);
	assert_null(bpr_format_name(BPR_FORMAT_COUNT));
	assert_int_equal(bpr_report(BPR_REPORT_ANALYSIS, BPR_FORMAT_TEXT, &nothing, NULL, true, &out, &err), BPR_EINVAL);
	assert_int_equal(bpr_report(BPR_REPORT_ANALYSIS, BPR_FORMAT_COUNT, &nothing, NULL, true, &out, &err), BPR_EINVAL);
	assert_null(out.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_matched_by_id_then_name),
		cmocka_unit_test(figures_and_years),
		cmocka_unit_test(different_demands_give_no_year),
		cmocka_unit_test(gates),
		cmocka_unit_test(analyses_of_other_flows_are_refused),
		cmocka_unit_test(reports_of_a_small_pair),
		cmocka_unit_test(machine_formats_are_regular),
		cmocka_unit_test(formats_are_found_by_name_and_ending),
		cmocka_unit_test(hostile_names_stay_text),
		cmocka_unit_test(out_of_memory_is_a_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
