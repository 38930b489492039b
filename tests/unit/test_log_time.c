/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as logs write them, against the C library's calendar and values computed elsewhere. */
#include "lib/test.h"
#include "mine/log_time_i.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

static uint64_t state;
static uint32_t draw(uint32_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % below);
}

static bool read_time(const char *text, struct bpr_log_time *out)
{
	return bpr_i_log_time(text, strlen(text), out);
}

#define WAY(format) (void)strftime(text, size, format, tm); break

static void write_time(char *text, size_t size, unsigned way, const struct tm *tm)
{
	switch (way) {
	case 0: WAY("%Y-%m-%dT%H:%M:%S");
	case 1: WAY("%Y-%m-%d %H:%M:%S");
	case 2: WAY("%Y/%m/%d %H:%M:%S");
	case 3: WAY("%Y.%m.%d %H:%M:%S");
	case 4: WAY("%Y%m%d%H%M%S");
	case 5: WAY("%Y%m%d %H%M%S");
	case 6: WAY("%Y年%m月%d日 %H時%M分%S秒");
	case 7: WAY("%Y年%m月%d日%H:%M:%S");
	case 8: WAY("%Y-%m-%dT%H:%M:%SZ");
	case 9: WAY("%Y/%m/%d(%a) %I:%M:%S %p");
	case 10: WAY("%Y-%m-%dT%H:%M:%S+00:00");
	default: WAY("%Y-%m-%d %H:%M:%S UTC");
	}
}

/* Every second from 1900 to 2172 may come, as the C library writes it. */
static void test_calendar(void **unused)
{
	struct bpr_log_clock clock = { BPR_LOG_ORDER_UNKNOWN, false, "", 0 };

	(void)unused;
	state = 1;
	for (unsigned i = 0; i < 60000; i++) {
		const time_t seconds = (time_t)((uint64_t)draw(1u << 30) * 8 + draw(8)) - 2208988800;
		const struct tm *tm = gmtime(&seconds);
		struct bpr_log_time t;
		char text[100];
		bool dated;

		assert_non_null(tm);
		write_time(text, sizeof(text), i % 12, tm);
		if (!read_time(text, &t))
			fail_msg("%s is not read", text);
		if (t.ms != (int64_t)seconds * 1000)
			fail_msg("%s is read as %lld, not %lld", text, (long long)t.ms, (long long)seconds * 1000);
		assert_true(t.timed);
		assert_int_equal(t.offset, 0);
		assert_true(bpr_i_log_clock_read(&clock, text, strlen(text), &t, &dated) && dated && t.ms == (int64_t)seconds * 1000);
	}
}

/* Computed with Python's datetime (and by hand for eras and serial days). */
static const struct { const char *text; int64_t ms; int offset; bool zoned, timed; } known[] = {
	{ "2024-04-01T09:05", 1711962300000, 0, false, true },
	{ "2024-04-01T09:05:30", 1711962330000, 0, false, true },
	{ "2024-04-01 09:05:30.5", 1711962330500, 0, false, true },
	{ "2024-04-01T09:05:30.1239", 1711962330124, 0, false, true },
	{ "2024-04-01T09:05:30,999999", 1711962331000, 0, false, true },
	{ "2024-04-01T09:05:30+09:00", 1711929930000, 540, true, true },
	{ "2024-04-01T09:05:30.250-0330", 1711974930250, -210, true, true },
	{ "2024-04-01T09:05:30+09", 1711929930000, 540, true, true },
	{ "2024-04-01T09:05Z", 1711962300000, 0, true, true },
	{ "2024-04-01 09:05:30 +0900", 1711929930000, 540, true, true },
	{ "2024-04-01 09:05 JST", 1711929900000, 540, true, true },
	{ "2024-04-01", 1711929600000, 0, false, false },
	{ "2024/4/1 9:05", 1711962300000, 0, false, true },
	{ "2024.4.1", 1711929600000, 0, false, false },
	{ "20240401", 1711929600000, 0, false, false },
	{ "20240401 090500", 1711962300000, 0, false, true },
	{ "20240401 0905", 1711962300000, 0, false, true },
	{ "202404010905", 1711962300000, 0, false, true },
	{ "令和6年4月1日 午後1時30分", 1711978200000, 0, false, true },
	{ "令和６年４月１日　１３：３０", 1711978200000, 0, false, true },
	{ "令和元年5月1日", 1556668800000, 0, false, false },
	{ "平成31年4月30日 23:59", 1556668740000, 0, false, true },
	{ "R6.4.1 13:05", 1711976700000, 0, false, true },
	{ "R6/4/1 午前9時", 1711962000000, 0, false, true },
	{ "令和6年4月1日(月) 9:05", 1711962300000, 0, false, true },
	{ "2024年4月1日（月）9時5分", 1711962300000, 0, false, true },
	{ "2024年4月1日 月曜日 9時半", 1711963800000, 0, false, true },
	{ "2024/4/1 12:00 AM", 1711929600000, 0, false, true },
	{ "2024/4/1 12:30 pm", 1711974600000, 0, false, true },
	{ "2024/4/1 午後0時10分", 1711973400000, 0, false, true },
	{ "2024/4/1 24:00", 1712016000000, 0, false, true },
	{ "2024/4/1 25:30", 1712021400000, 0, false, true },
	{ "2024-04-01 24:00:00", 1712016000000, 0, false, true },
	{ "45383.38", 1711962432000, 0, false, true },
	{ "45383", 1711929600000, 0, false, false },
	{ "1711962300", 1711962300000, 0, true, true },
	{ "1711962300123", 1711962300123, 0, true, true },
	{ "25/12/2024 8:00", 1735113600000, 0, false, true },
	{ "12/25/2024", 1735084800000, 0, false, false },
	{ "5/5/2024", 1714867200000, 0, false, false },
	{ "2024-4-1 9:05:30.25", 1711962330250, 0, false, true },
	{ "2024/4/1 9:05+09:00", 1711929900000, 540, true, true },
	{ "2024-02-29 00:00:00", 1709164800000, 0, false, true },
	{ "1969-12-31T23:59:59.999", -1, 0, false, true },
};

static void test_known(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct bpr_log_time t;

		if (!read_time(known[i].text, &t))
			fail_msg("%s is not read", known[i].text);
		if (t.ms != known[i].ms || t.offset != known[i].offset || t.zoned != known[i].zoned || t.timed != known[i].timed)
			fail_msg("%s is read as %lld %d %d %d", known[i].text, (long long)t.ms, t.offset, t.zoned, t.timed);
	}
}

static void test_refused(void **unused)
{
	static const char *const texts[] = {
		"", " ", "-", "x", "9:05", "4/1/2024", "2023-02-29", "2024-02-30 10:00", "2024-13-01", "2024-04-01T48:00", "2024-04-01T09:60", "2024-04-01T09:05:61",
		"2024-04-01T09:05+25:00", "2024-04-01T09:05:30+09:0", "2024-04-01T09:05 x", "2024-04-01x", "令和0年1月1日", "平成35年4月1日x", "令和元年4月30日",
		"2024/4/1 午前13時", "123", "1234567", "99999", "20241301", "99991231235960", "2024-04", "4月1日", "1e9", "45383.38.1", "2024-04-01T", "2024-04-01 9", "０",
		"2024--04-01", "2024-04-01T09:05:30.", "--", "年月日", "令和", "R", "(月)", "午後", "31/31/2024", "0/0/2024",
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct bpr_log_time t;

		if (read_time(texts[i], &t))
			fail_msg("'%s' is read as %lld", texts[i], (long long)t.ms);
	}
}

/* Day and month by the column; times of day alone. */
static void test_column(void **unused)
{
	struct bpr_log_clock month = { .order = BPR_LOG_MONTH_FIRST }, day = { .order = BPR_LOG_DAY_FIRST };
	struct bpr_log_time t;
	bool dated, slashed;

	(void)unused;
	assert_true(bpr_i_log_clock_read(&month, "4/1/2024 9:05", 13, &t, &dated) && dated && t.ms == 1711962300000);
	assert_true(bpr_i_log_clock_read(&day, "1/4/2024 9:05", 13, &t, &dated) && dated && t.ms == 1711962300000);
	assert_false(bpr_i_log_clock_read(&day, "4/13/2024", 9, &t, &dated));
	assert_true(bpr_i_log_clock_read(&day, "午後1時5分", strlen("午後1時5分"), &t, &dated) && !dated && t.ms == 47100000);
	assert_true(bpr_i_log_clock_read(&day, "25:30:15", 8, &t, &dated) && !dated && t.ms == 91815000);
	assert_int_equal(bpr_i_log_day_order("13/4/2024", 9, &slashed), BPR_LOG_DAY_FIRST);
	assert_int_equal(bpr_i_log_day_order("4/13/2024 10:00", 15, &slashed), BPR_LOG_MONTH_FIRST);
	assert_int_equal(bpr_i_log_day_order("4/1/2024", 8, &slashed), BPR_LOG_ORDER_UNKNOWN);
	assert_true(slashed);
	assert_int_equal(bpr_i_log_day_order("2024-04-01", 10, &slashed), BPR_LOG_ORDER_UNKNOWN);
	assert_false(slashed);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_calendar), cmocka_unit_test(test_known), cmocka_unit_test(test_refused), cmocka_unit_test(test_column) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
