/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, shares, durations and distributions as offices and tools write them, and what is said of everything else. */
#include "config.h"
#include "test.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "flow/build_i.h"
#include "flow/dist_i.h"
#include <locale.h>
#include <string.h>

static const struct bpr_place place = { "f.csv", 7, 3, "work" };

struct noted {
	char code[8];
	char message[600];
	size_t line;
};

static struct noted first(const bpr_problems *problems)
{
	struct noted n = { "", "", 0 };

	if (bpr_problems_count(problems)) {
		struct bpr_problem p = bpr_problems_get(problems, 0);

		(void)snprintf(n.code, sizeof(n.code), "%s", p.code->code);
		(void)bpr_problem_message(&p, BPR_LANG_EN, n.message, sizeof(n.message));
		n.line = p.line;
	}
	return n;
}

/* Parses; the problem noted (if any) goes to *noted. */
static bool parse(const char *text, struct bpr_arena *arena, struct bpr_dist *dist, struct noted *noted)
{
	bpr_problems *problems;
	bool ok;

	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	ok = bpr_i_parse_dist(text, strlen(text), arena, dist, problems, &place);
	*noted = first(problems);
	if (ok == (bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0))
		print_error("'%s': result and problems disagree\n", text);
	assert_true(ok == !bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR));
	bpr_problems_free(problems);
	return ok;
}

static void constant(const char *text, double minutes)
{
	struct bpr_arena arena = { 0 };
	struct bpr_dist dist;
	struct noted noted;
	double plain = -1;

	if (!parse(text, &arena, &dist, &noted))
		print_error("'%s': %s\n", text, noted.message);
	assert_int_equal(dist.kind, BPR_DIST_CONSTANT);
	if (dist.a < minutes || dist.a > minutes)
		print_error("'%s' is %.17g, expected %.17g\n", text, dist.a, minutes);
	assert_true(dist.a >= minutes && dist.a <= minutes);
	assert_true(bpr_i_parse_minutes(text, strlen(text), &plain, NULL, &place));
	assert_true(plain >= minutes && plain <= minutes);
	bpr_i_arena_release(&arena);
}

static void refused(const char *text, const char *code, const char *message)
{
	struct bpr_arena arena = { 0 };
	struct bpr_dist dist;
	struct noted noted;

	if (parse(text, &arena, &dist, &noted))
		print_error("'%s' was taken\n", text);
	if (strcmp(noted.code, code))
		print_error("'%s': %s %s, expected %s\n", text, noted.code, noted.message, code);
	assert_string_equal(noted.code, code);
	assert_int_equal(noted.line, 7);
	if (message)
		assert_string_equal(noted.message, message);
	bpr_i_arena_release(&arena);
}

static void durations(void **state)
{
	static const struct { const char *text; double minutes; } good[] = {
		{ "5", 5 }, { "0", 0 }, { "5.5", 5.5 }, { "1e1", 10 }, { ".5", 0.5 }, { "+5", 5 }, { "-0", 0 }, { " 5 ", 5 },
		{ "5min", 5 }, { "5 min", 5 }, { "5 minutes", 5 }, { "1 minute", 1 }, { "5m", 5 }, { "5Min", 5 }, { "5MIN", 5 },
		{ "90s", 1.5 }, { "90 sec", 1.5 }, { "90 seconds", 1.5 }, { "1.5h", 90 }, { "1.5 hours", 90 }, { "2 hrs", 120 },
		{ "2d", 2880 }, { "2 days", 2880 }, { "1 day", 1440 }, { "1w", 10080 }, { "2 weeks", 20160 },
		{ "0:04:30", 4.5 }, { "1:00:00", 60 }, { "36:30:15", 2190.25 }, { "０：０５：００", 5 }, { "0:00:04.5", 0.075 },
		{ "5分", 5 }, { "5分間", 5 }, { "30秒", 0.5 }, { "4分30秒", 4.5 }, { "1時間30分", 90 }, { "1時間", 60 }, { "3日", 4320 },
		{ "3日間", 4320 }, { "1週間", 10080 }, { "1日2時間", 1560 }, { "1時間半", 90 }, { "2分半", 2.5 },
		{ "1h30m", 90 }, { "1h 30min", 90 }, { "1 hour 30 minutes", 90 }, { "1d2h3m4s", 1440 + 120 + 3 + 4.0 / 60 },
		{ "PT1H30M", 90 }, { "PT5M", 5 }, { "PT90S", 1.5 }, { "P1D", 1440 }, { "P1DT2H", 1560 }, { "P2W", 20160 }, { "PT0.5H", 30 },
		{ "pt1h", 60 }, { "PT0S", 0 }, { "P1DT2H30M15S", 1590.25 },
		{ "５", 5 }, { "１２．５", 12.5 }, { "５分", 5 }, { "１時間３０分", 90 }, { "　５　分　", 5 }, { "ＰＴ１Ｈ", 60 }, { "５ｍｉｎ", 5 },
		{ "約5分", 5 }, { "約５分", 5 }, { "およそ10分", 10 }, { "10分程度", 10 }, { "約10分くらい", 10 }, { "5分前後", 5 },
		{ "1,440", 1440 }, { "1,440分", 1440 }, { "１，４４０分", 1440 }, { "100,000", 100000 },
		{ "1000000000", 1e9 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		constant(good[i].text, good[i].minutes);
}

static void what_is_no_duration_is_refused(void **state)
{
	static const struct { const char *text, *code; } bad[] = {
		{ "abc", "D002" }, { "5 apples", "D010" }, { "5x", "D010" }, { "5分x", "D002" }, { "min", "D002" }, { "分", "D002" }, { "5 5", "D002" },
		{ "30秒4分", "D002" }, { "5分5分", "D002" }, { "1時間30", "D002" }, { "0x10", "D010" }, { "1e999", "D004" }, { "inf", "D004" },
		{ "-inf", "D004" }, { "nan", "D004" }, { "NaN", "D004" }, { "Infinity", "D004" }, { "∞", "D004" }, { "1e10", "D004" },
		{ "100000000時間", "D004" }, { "-5", "D003" }, { "▲5", "D003" }, { "△５分", "D003" }, { "-5min", "D003" }, { "−5", "D003" },
		{ "-PT5M", "D003" }, { "1,44", "D002" }, { "1,4400", "D002" }, { ",5", "D002" }, { "1.2.3", "D002" }, { "5%", "D002" },
		{ "P", "D002" }, { "PT", "D002" }, { "P1Y", "D010" }, { "P1M", "D010" }, { "PT1D", "D002" }, { "PT1M1H", "D002" }, { "P1H", "D002" },
		{ "1か月", "D010" }, { "2年", "D010" }, { "5wdx", "D010" }, { "~5", "D002" }, { "5~", "D002" }, { "15~10", "D012" }, { "-5~10", "D003" },
		{ "10分~15", "D002" }, { "5~10~15", "D002" }, { "5-", "D002" }, { "--5", "D002" }, { "1:30", "D002" }, { "半日", "D002" },
		{ "同上", "D002" }, { "〃", "D002" }, { "tri", "D002" }, { "tri(1,2,3", "D002" }, { "tri(1,2,3)x", "D002" }, { "(5)", "D002" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(bad[i].text, bad[i].code, NULL);
	refused("5 apples", "D010", "'5 apples' in 'work' has the unknown unit 'apples'; expected s 秒, min 分, h 時間, d 日 or wd 営業日");
	refused("4:30", "D002", NULL); /* minutes and seconds, or hours and minutes? */
	refused("0:60:00", "D002", NULL);
	refused("0:4.5:00", "D002", NULL);
	refused("1:2:3:4", "D002", NULL);
	refused("soon", "D002", "'soon' in 'work' is not a duration; expected minutes such as 5, 90s, 1.5h, 4分30秒 or tri(3,5,9)");
	refused("▲5", "D003", "'▲5' in 'work' is negative; expected 0 or more");
	refused("inf", "D004", "'inf' in 'work' is not a finite number; expected a plain number up to 1e9");
	refused("15~10", "D012", "'15~10' in 'work' runs backwards; expected the smaller duration first");
}

static void dist_is(const char *text, enum bpr_dist_kind kind, double a, double b, double c)
{
	struct bpr_arena arena = { 0 };
	struct bpr_dist dist;
	struct noted noted;

	if (!parse(text, &arena, &dist, &noted))
		print_error("'%s': %s\n", text, noted.message);
	assert_int_equal(dist.kind, kind);
	if (fabs(dist.a - a) > 0 || fabs(dist.b - b) > 0 || fabs(dist.c - c) > 0)
		print_error("'%s' has %.17g %.17g %.17g\n", text, dist.a, dist.b, dist.c);
	assert_true(!(fabs(dist.a - a) > 0) && !(fabs(dist.b - b) > 0) && !(fabs(dist.c - c) > 0));
	bpr_i_arena_release(&arena);
}

static void ranges(void **state)
{
	static const char *const same[] = { "10~15", "10～15", "10〜15", "10-15", "１０～１５", "10~15分", "10分~15分", "10～15分", "約10~15分", "10分から15分",
					    "10 ~ 15 分", "10-15min", "10ー15", "600秒~15分", "10~15分程度" };

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		dist_is(same[i], BPR_DIST_UNIF, 10, 15, 0);
	dist_is("1~2時間", BPR_DIST_UNIF, 60, 120, 0);
	dist_is("30分~1時間", BPR_DIST_UNIF, 30, 60, 0);
	dist_is("2~3日", BPR_DIST_UNIF, 2880, 4320, 0);
	dist_is("1,000~2,000", BPR_DIST_UNIF, 1000, 2000, 0);
	dist_is("1e1-1.5e1", BPR_DIST_UNIF, 10, 15, 0);
	constant("1e-1", 0.1);
}

static void distributions(void **state)
{
	(void)state;
	dist_is("exp(5)", BPR_DIST_EXP, 5, 0, 0);
	dist_is("EXP(5分)", BPR_DIST_EXP, 5, 0, 0);
	dist_is("unif(3,7)", BPR_DIST_UNIF, 3, 7, 0);
	dist_is("tri(3分,5分,9分)", BPR_DIST_TRI, 3, 5, 9);
	dist_is("tri(30s, 5分, 1時間)", BPR_DIST_TRI, 0.5, 5, 60);
	dist_is("ｔｒｉ（３，５，９）", BPR_DIST_TRI, 3, 5, 9);
	dist_is("tri (3; 5; 9)", BPR_DIST_TRI, 3, 5, 9);
	dist_is("tri(3、5、9)", BPR_DIST_TRI, 3, 5, 9);
	dist_is("norm(10,2)", BPR_DIST_NORM, 10, 2, 0);
	dist_is("lognorm(10,2)", BPR_DIST_LOGNORM, 10, 2, 0);
	dist_is("gamma(1h,30m)", BPR_DIST_GAMMA, 60, 30, 0);
	dist_is("erlang(3,10分)", BPR_DIST_ERLANG, 3, 10, 0);
	dist_is("weibull(1.5,10)", BPR_DIST_WEIBULL, 1.5, 10, 0);
	dist_is("pert(1,2,6)", BPR_DIST_PERT, 1, 2, 6);
	dist_is("tri(5,5,5)", BPR_DIST_TRI, 5, 5, 5);
	dist_is("gamma(0,0)", BPR_DIST_GAMMA, 0, 0, 0);
	dist_is("norm(PT1H,PT5M)", BPR_DIST_NORM, 60, 5, 0);
	refused("cauchy(1,2)", "D005", "unknown distribution 'cauchy' in 'cauchy(1,2)' in 'work'; expected exp, unif, tri, norm, lognorm, gamma, erlang, weibull, pert or emp");
	refused("tri(3,5)", "D006", "'tri(3,5)' in 'work' has the wrong number of parameters; expected tri(MIN,MODE,MAX)");
	refused("exp(1,000)", "D006", NULL);
	refused("exp()", "D002", NULL);
	refused("tri(9,5,3)", "D007", "'tri(9,5,3)' in 'work' has parameters out of range; expected MIN <= MODE <= MAX");
	refused("unif(7,3)", "D007", NULL);
	refused("erlang(2.5,10)", "D007", NULL);
	refused("erlang(0,10)", "D007", NULL);
	refused("erlang(2分,10)", "D001", NULL);
	refused("weibull(0,10)", "D007", NULL);
	refused("lognorm(0,1)", "D007", NULL);
	refused("gamma(0,1)", "D007", NULL);
	refused("norm(-5,1)", "D003", NULL);
	refused("norm(5,-1)", "D003", NULL);
	refused("exp(nan)", "D004", NULL);
	refused("exp(inf)", "D004", NULL);
	refused("exp(1e300)", "D004", NULL);
	refused("emp()", "D006", NULL);
}

static void measured_values_keep_their_text(void **state)
{
	static const char *const texts[] = { "emp(Log ２.csv,処理 時間)", "EMP( Log ２.csv,処理 時間 )", "ｅｍｐ（Log ２.csv,処理 時間）" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct bpr_arena arena = { 0 };
		struct bpr_dist dist;
		struct noted noted;

		assert_true(parse(texts[i], &arena, &dist, &noted));
		assert_int_equal(dist.kind, BPR_DIST_EMP);
		assert_string_equal(dist.source, "Log ２.csv,処理 時間");
		bpr_i_arena_release(&arena);
	}
}

static void working_days_are_named(void **state)
{
	static const char *const texts[] = { "2wd", "2営業日", "２ 営業日", "2開庁日", "2 workdays" };
	static const char *const others[] = { "exp(2wd)", "unif(2wd,4.5wd)", "tri(1wd,2wd,3wd)", "erlang(3,6wd)", "weibull(1.5,2wd)" };
	char back[64];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct bpr_arena arena = { 0 };
		struct bpr_dist dist;
		struct noted noted;

		assert_true(parse(texts[i], &arena, &dist, &noted));
		assert_true(dist.a >= 2880 && dist.a <= 2880);
		assert_string_equal(noted.code, "D011");
		assert_true(dist.working_days);
		assert_int_equal(bpr_dist_format(&dist, back, sizeof(back)), 3);
		assert_string_equal(back, "2wd"); /* and not 2880 minutes, which a simulation would not know as working days */
		bpr_i_arena_release(&arena);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct bpr_arena arena = { 0 };
		struct bpr_dist dist;
		struct noted noted;

		assert_true(parse(others[i], &arena, &dist, &noted));
		assert_true(dist.working_days);
		(void)bpr_dist_format(&dist, back, sizeof(back));
		assert_string_equal(back, others[i]);
		bpr_i_arena_release(&arena);
	}
}

static void numbers(void **state)
{
	static const struct { const char *text; double x; } good[] = {
		{ "5", 5 }, { "１，２３４", 1234 }, { "1,234,567", 1234567 }, { "約5", 5 }, { "5件", 5 }, { "5 件", 5 }, { "1,500円", 1500 }, { "¥1,500", 1500 },
		{ "￥１，５００", 1500 }, { "5回", 5 }, { "5個", 5 }, { "3箇所", 3 }, { "12項目", 12 }, { "▲5", -5 }, { "△５", -5 }, { "-5", -5 }, { "1.5万円", 15000 },
		{ "3億", 3e8 }, { "0.25", 0.25 }, { "+7", 7 }, { "約12件程度", 12 },
	};
	static const struct { const char *text, *code; } bad[] = {
		{ "abc", "D001" }, { "5 6", "D001" }, { "5x", "D001" }, { "0x1f", "D001" }, { "nan", "D004" }, { "-inf", "D004" }, { "1e16", "D004" },
		{ "1,23", "D001" }, { "12,34,567", "D001" }, { "五", "D001" }, { "件", "D001" }, { "", "D001" }, { "1.5.2", "D001" }, { "5分", "D001" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		double x = 0;

		if (!bpr_i_parse_number(good[i].text, strlen(good[i].text), &x, NULL, &place) || fabs(x - good[i].x) > 0)
			print_error("'%s' is %.17g\n", good[i].text, x);
		assert_true(fabs(x - good[i].x) <= 0);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		bpr_problems *problems;
		double x;

		assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
		assert_false(bpr_i_parse_number(bad[i].text, strlen(bad[i].text), &x, problems, &place));
		assert_string_equal(first(problems).code, bad[i].code);
		bpr_problems_free(problems);
	}
}

static void shares(void **state)
{
	static const struct { const char *text; double x; bool percent; } good[] = {
		{ "0.3", 0.3, false }, { "0", 0, false }, { "1", 1, false }, { "30%", 0.3, true }, { "３０％", 0.3, true }, { "30 %", 0.3, true },
		{ "3割", 0.3, false }, { "3割5分", 0.35, false }, { "10割", 1, false }, { "1/4", 0.25, false }, { "１／４", 0.25, false }, { "約30%", 0.3, true },
		{ "12.5%", 0.125, true }, { "100%", 1, true }, { "0%", 0, true }, { "70パーセント", 0.7, true },
	};
	static const struct { const char *text, *code; } bad[] = {
		{ "1.5", "D009" }, { "-0.1", "D009" }, { "▲10%", "D009" }, { "101%", "D009" }, { "30", "D009" }, { "11割", "D009" }, { "5/4", "D009" }, { "1/0", "D008" },
		{ "abc", "D008" }, { "nan", "D008" }, { "30%x", "D008" }, { "%", "D008" }, { "", "D008" }, { "3割5", "D008" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		double x = -1;
		bool percent = !good[i].percent;

		if (!bpr_i_parse_share(good[i].text, strlen(good[i].text), &x, &percent, NULL, &place) || fabs(x - good[i].x) > 1e-16)
			print_error("'%s' is %.17g\n", good[i].text, x);
		assert_true(fabs(x - good[i].x) <= 1e-16);
		assert_true(percent == good[i].percent);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		bpr_problems *problems;
		double x;
		bool percent;

		assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
		assert_false(bpr_i_parse_share(bad[i].text, strlen(bad[i].text), &x, &percent, problems, &place));
		if (strcmp(first(problems).code, bad[i].code))
			print_error("'%s': %s\n", bad[i].text, first(problems).code);
		assert_string_equal(first(problems).code, bad[i].code);
		bpr_problems_free(problems);
	}
}

/* Longer than any value: refused as a whole, not read in part. */
static void endless_text_is_refused(void **state)
{
	static char text[10000];
	double x;
	bool percent;

	(void)state;
	memset(text, ' ', sizeof(text) - 1);
	text[0] = '5';
	text[sizeof(text) - 2] = 'x';
	assert_false(bpr_i_parse_number(text, sizeof(text) - 1, &x, NULL, &place));
	assert_false(bpr_i_parse_share(text, sizeof(text) - 1, &x, &percent, NULL, &place));
	assert_false(bpr_i_parse_minutes(text, sizeof(text) - 1, &x, NULL, &place));
	refused(text, "D002", NULL);
	memset(text, '1', sizeof(text) - 1);
	assert_false(bpr_i_parse_number(text, sizeof(text) - 1, &x, NULL, &place));
	assert_false(bpr_i_parse_number(text, 4000, &x, NULL, &place));
	assert_false(bpr_i_parse_number(text, 395, &x, NULL, &place));
}

static void no_locale_matters(void **state)
{
	(void)state;
	/* cmocka 1.1.5 reports skip() as a failed point; the note stands in the log instead. */
	if (!setlocale(LC_ALL, "de_DE.UTF-8")) {
		print_message("# not tested: the locale de_DE.UTF-8 is not installed (Debian: locales-all)\n");
		return;
	}
	constant("1.5h", 90);
	dist_is("tri(0.5,1.25,2.000000000000000001)", BPR_DIST_TRI, 0.5, 1.25, 2);
	(void)setlocale(LC_ALL, "C");
}

/* Whatever stands in a cell: an answer or a problem, never both, never a value out of bounds. */
static void any_text_is_survived(void **state)
{
	static const char *const pieces[] = { "5", "1,000", "分", "時間", "tri(", ")", ",", "~", "-", "▲", "約", "PT", "H", "M", "e", ".", "%", "/", "割", "wd", " ", "　",
					      "emp(", "exp(", "nan", "1e308", "\xff", "（", "～", "半", "から" };
	struct bpr_rng rng;

	(void)state;
	bpr_i_rng_seed(&rng, 20, 0, 0, 0);
	for (size_t round = 0; round < 20000; round++) {
		struct bpr_arena arena = { 0 };
		struct bpr_dist dist;
		struct noted noted;
		char text[64] = "";
		size_t n = (size_t)(bpr_i_rng_next(&rng) % 7);

		for (size_t i = 0; i < n; i++)
			(void)strncat(text, pieces[bpr_i_rng_next(&rng) % (sizeof(pieces) / sizeof(pieces[0]))], sizeof(text) - strlen(text) - 1);
		if (parse(text, &arena, &dist, &noted))
			assert_null(bpr_i_dist_check(&dist));
		bpr_i_arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations), cmocka_unit_test(what_is_no_duration_is_refused), cmocka_unit_test(ranges),
		cmocka_unit_test(distributions), cmocka_unit_test(measured_values_keep_their_text), cmocka_unit_test(working_days_are_named),
		cmocka_unit_test(numbers), cmocka_unit_test(shares), cmocka_unit_test(endless_text_is_refused), cmocka_unit_test(no_locale_matters),
		cmocka_unit_test(any_text_is_survived),
	};

	return cmocka_run_group_tests_name("value", tests, NULL, NULL);
}
