/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar of schedules: what each text means, rule by rule; what is refused, and how that is said. */
#include "config.h"
#include "tests/lib/test.h"
#include "flow_build.h"
#include "flow_rows.h"
#include <bpr/calendar.h>
#include <stdlib.h>
#include <string.h>

/* A schedule as text that leaves nothing out: "31 330-505 8:30…" is no aim; days, then spans in minutes, then the value. */
static void describe(const struct bpr_schedule *s, char *out, size_t size)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < s->rule_count; i++) {
		const struct bpr_schedule_rule *r = &s->rules[i];

		n += (size_t)snprintf(out + n, size - n, "%s%u", i ? "; " : "", r->days.weekdays);
		if (r->days.nth)
			n += (size_t)snprintf(out + n, size - n, "#%u", r->days.nth);
		if (r->days.dated)
			n += (size_t)snprintf(out + n, size - n, "@%s%ld..%ld", r->days.yearly ? "y" : "", r->days.first, r->days.last);
		for (size_t k = 0; k < r->span_count; k++)
			n += (size_t)snprintf(out + n, size - n, " %g-%g", r->spans[k].from, r->spans[k].to);
		if (fabs(r->value - 1) > 0)
			n += (size_t)snprintf(out + n, size - n, " x%g", r->value);
		if (r->dist)
			n += (size_t)snprintf(out + n, size - n, " =%g", bpr_dist_mean(r->dist));
		assert_true(n < size);
	}
}

static void begin(struct test_flow *t, const char *key, const char *text)
{
	char row[512];

	test_begin(t);
	ROWS(t, "A||");
	(void)snprintf(row, sizeof(row), "%s=%s", key, text);
	test_companion(t, BPR_TABLE_DEMAND, row, 4);
}

typedef const struct bpr_schedule *picked(const struct bpr_demand *demand);
static const struct bpr_schedule *open(const struct bpr_demand *d) { return &d->open; }
static const struct bpr_schedule *closed(const struct bpr_demand *d) { return &d->closed_days; }
static const struct bpr_schedule *profile(const struct bpr_demand *d) { return &d->profile; }
static const struct bpr_schedule *windows(const struct bpr_demand *d) { return &d->windows; }

struct meaning { const char *text, *means; };

static void check(const char *key, picked *pick, const struct meaning *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct test_flow t;
		char got[1024];

		begin(&t, key, list[i].text);
		test_finish(&t);
		if (t.status)
			print_error("%s=%s is refused\n", key, list[i].text);
		assert_int_equal(t.status, BPR_OK);
		describe(pick(bpr_flow_demand(t.flow)), got, sizeof(got));
		if (strcmp(got, list[i].means) != 0)
			print_error("%s=%s\n", key, list[i].text);
		assert_string_equal(got, list[i].means);
		assert_string_equal(pick(bpr_flow_demand(t.flow))->text, list[i].text);
		test_end(&t);
	}
}
#define CHECK(key, pick, list) check(key, pick, list, sizeof(list) / sizeof((list)[0]))

/* Bits: Monday 1 … Friday 16, Saturday 32, Sunday 64, holidays 128. Minutes: 8:30 is 510, 12:00 720, 13:00 780, 17:15 1035. */
static void hours(void **state)
{
	static const struct meaning list[] = {
		{ "8:30-17:15", "0 510-1035" }, { "８：３０～１７：１５", "0 510-1035" }, { "8時30分～17時15分", "0 510-1035" },
		{ "8時半から17時まで", "0 510-1020" }, { "0:00-24:00", "0 0-1440" }, { "24時間", "0 0-1440" }, { "終日", "0 0-1440" },
		{ "8:30.5-9:00", "0 510.5-540" }, { "8:30-12:00 13:00-17:15", "0 510-720 780-1035" },
		{ "8:30-12:00,13:00-17:15", "0 510-720 780-1035" }, { "8:30-12:00;13:00-17:15", "0 510-720 780-1035" },
		{ "13:00-17:15、8:30-12:00", "0 510-720 780-1035" }, { "8:30-12:00 11:00-13:00", "0 510-780" }, { "22:00-6:00", "0 1320-1800" },
		{ "22:00-30:00", "0 1320-1800" }, { "8:30-17:15; 土 9:00-12:00", "0 510-1035; 32 540-720" },
		{ "月-金 8:30-17:15；土 9:00-12:00", "31 510-1035; 32 540-720" }, { "月～金曜日 9:00-17:00", "31 540-1020" },
		{ "Mon-Fri 9:00-17:00; Sat 9:00-12:00; Sun closed", "31 540-1020; 32 540-720; 64" },
		{ "土日祝 休", "224" }, { "Sat Sun holidays closed", "224" }, { "平日 9:00-17:00", "31 540-1020" }, { "金-月 9:00-17:00", "113 540-1020" },
		{ "毎日 9:00-17:00; 火曜休み", "127 540-1020; 2" }, { "月水金 9:00-12:00", "21 540-720" },
		{ "8:30-17:15; 3/20-4/5 8:30-19:00", "0 510-1035; 0@y320..405 510-1140" }, { "日 3/25-4/5 9:00-15:00", "64@y325..405 540-900" },
		{ "8:30-17:15; 2027-03-28 9:00-15:00", "0 510-1035; 0@20905..20905 540-900" },
		{ "2027/3/28-4/4 9:00-15:00", "0@20905..20912 540-900" }, { "令和9年3月28日 9:00-15:00", "0@20905..20905 540-900" },
		{ "R9.3.28 9:00-15:00", "0@20905..20905 540-900" }, { "2027年3月28日から31日まで 9:00-15:00", "0@20905..20908 540-900" },
		{ "3月 8:30-19:00", "0@y301..331 510-1140" }, { "12月29日~1月3日 休", "0@y1229..103" }, { "3/20-31 8:00-9:00", "0@y320..331 480-540" },
		{ "2027年3月 9:00-10:00", "0@20878..20908 540-600" }, { "2月下旬 9:00-10:00", "0@y221..229 540-600" },
		{ "2026年2月下旬 9:00-10:00", "0@20505..20512 540-600" }, { "年末年始 休み", "0@y1229..103" },
		{ "第2日曜 9:00-12:00", "64#4 540-720" }, { "第2・第4土曜 9:00-12:00", "32#20 540-720" }, { "第1・3土 9:00-12:00", "32#10 540-720" },
		{ "2nd Sun 9:00-12:00", "64#4 540-720" }, { "2027-12-29-1/3 閉庁", "0@21181..21186" },
	};

	(void)state;
	CHECK("open", open, list);
}

static void closed_days(void **state)
{
	static const struct meaning list[] = {
		{ "土日祝", "224" }, { "土日祝、12/29-1/3", "0@y1229..103; 224" }, { "土・日・祝日、年末年始（12月29日～1月3日）", "0@y1229..103; 224" },
		{ "土曜日、日曜日及び祝日", "224" }, { "月(12/1-3/31)", "1@y1201..331" }, { "土日 12/31 2027-05-06", "0@y1231..1231; 0@20944..20944; 96" },
		{ "Sat Sun; holidays", "96; 128" }, { "なし", "" }, { "none", "" }, { "年中無休", "" }, { "第3月曜、8月", "1#8; 0@y801..831" },
		{ "weekends and public holidays", "224" },
	};

	(void)state;
	CHECK("closed", closed, list);
}

static void factors(void **state)
{
	static const struct meaning list[] = {
		{ "10:00-12:00:2", "0 600-720 x2" }, { "10:00-12:00:2 12:00-13:00:0.5", "0 600-720 x2; 0 720-780 x0.5" },
		{ "10:00-12:00×1.5", "0 600-720 x1.5" }, { "10:00-12:00=2; 月 10:00-12:00=3", "0 600-720 x2; 1 600-720 x3" }, { "月:1.4", "1 x1.4" },
		{ "月：140％；金：0.8倍", "1 x1.4; 16 x0.8" }, { "3/20-4/5:3", "0@y320..405 x3" }, { "3月下旬~4月上旬:3", "0@y321..410 x3" },
		{ "月 4/1-4/30:2", "1@y401..430 x2" }, { "8:30-9:00 16:00-17:15:0.5", "0 510-540 960-1035 x0.5" }, { "Mon=1.2; Tue-Thu x 0.9", "1 x1.2; 14 x0.9" },
		{ "12:00-13:00:0", "0 720-780 x0" },
	};

	(void)state;
	CHECK("profile", profile, list);
}

static void arrival_windows(void **state)
{
	static const struct meaning list[] = {
		{ "8:30-10:00=exp(2); 10:00-17:15=exp(4)", "0 510-600 =2; 0 600-1035 =4" }, { "月-金 8:30-10:00＝tri(1,2,3)；土＝5分", "31 510-600 =2; 32 =5" },
		{ "0:00-24:00=unif(1;3)", "0 0-1440 =2" }, { "=exp(2)", "0 =2" },
	};

	(void)state;
	CHECK("arrivals", windows, list);
}

static void refusals(void **state)
{
	static const struct { const char *key, *text, *code, *message; } wrong[] = {
		{ "open", "8:30", "D017", "'8:30' in 'open' are not times of day; expected 8:30-17:15" },
		{ "open", "8:30-17:15; 土曜は休み?", "D017", "'土曜は休み?' in 'open' are not times of day; expected 8:30-17:15" },
		{ "open", "8:60-9:00", "D017", NULL }, { "open", "8-17", "D017", NULL }, { "open", "always", "D017", NULL }, { "open", "8:30-8:30", "D017", NULL },
		{ "open", "8:30-49:00", "D017", NULL }, { "open", "休", "D017", NULL }, { "open", ";", "D017", NULL }, { "open", "25:00-26:00", "D017", NULL },
		{ "open", "2/30 9:00-10:00", "D017", NULL }, { "open", "2027-13-01 9:00-10:00", "D017", NULL }, { "open", "13月 9:00-10:00", "D017", NULL },
		{ "open", "第6日曜 9:00-10:00", "D017", NULL }, { "open", "2027-02-29 9:00-10:00", "D017", NULL }, { "open", "月 4/1 5/1 9:00-10:00", "D017", NULL },
		{ "open", "土 9:00-12:00; 8:30-17:15", "D020",
		  "'8:30-17:15' in 'open' is for every day and stands behind rules for some days, which would never count" },
		{ "open", "0:00-0:01 1:00-1:01 2:00-2:01 3:00-3:01 4:00-4:01 5:00-5:01 6:00-6:01 7:00-7:01 8:00-8:01 9:00-9:01 10:00-10:01", "D023", NULL },
		{ "closed", "土日祝ほか", "D019", "'土日祝ほか' in 'closed' are no days; expected such as 土日祝, 月-金, 12/29-1/3 or 2027-03-28" },
		{ "closed", "8:30-17:15", "D019", NULL }, { "closed", "", "", NULL },
		{ "profile", "10:00-12:00", "D021",
		  "'10:00-12:00' in 'profile' is no factor for days or times; expected such as 月:1.4, 10:00-12:00:2 or 3/20-4/5:3" },
		{ "profile", ":2", "D021", NULL }, { "peaks", "3月下旬", "D021", NULL }, { "weekdays", "月:-1", "D021", NULL }, { "weekdays", "月:1e9", "D021", NULL },
		{ "arrivals", "8:30-10:00=", "D002", NULL }, { "arrivals", "9:00-10:00=0", "D007", NULL }, { "arrivals", "soon=exp(2)", "D022", NULL },
		{ "arrivals", "8:30-10:00=exp(2); 10:00-17:15", "D022", "'10:00-17:15' in 'arrivals' is no window of arrivals; expected such as 8:30-10:00=exp(2)" },
		{ "group", "0", "D026", NULL }, { "group", "1.5", "D026", NULL }, { "group", "exp(2)", "D026", NULL }, { "group", "emp([1 0])", "D026", NULL },
		{ "arrival_times", "8:30 soon", "D027", NULL }, { "arrival_times", "8:30 2027-03-29 9:00", "D027", NULL },
		{ "arrival_times", "list(x.csv)", "D013", NULL }, { "first", "-1", "D003", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct test_flow t;
		char text[512] = "";

		begin(&t, wrong[i].key, wrong[i].text);
		test_finish(&t);
		assert_int_equal(t.status, *wrong[i].code ? BPR_ESYNTAX : BPR_OK);
		if (*wrong[i].code && test_count(&t, wrong[i].code, text) != 1) {
			print_error("%s=%s\n", wrong[i].key, wrong[i].text);
			print_problems(&t);
			fail();
		}
		if (wrong[i].message)
			assert_string_equal(text, wrong[i].message);
		test_end(&t);
	}
}

/* ---- the staff table ---- */

static void shifts(void **state)
{
	const struct bpr_pool *pool;
	struct test_flow t;
	char text[256];

	(void)state;
	test_begin(&t);
	ROWS(&t, "A|||staff=窓口", "B|||staff=審査");
	test_companion(&t, BPR_TABLE_STAFF, "pool=窓口|shift=早番|count=3|hours=8:30-16:00|breaks=60分@11:30-13:30|also=審査;窓口;庶務;審査|yen_per_hour=2500|discipline=優先順", 4);
	test_companion(&t, BPR_TABLE_STAFF, "職種=窓口|シフト=遅番|人数=2|勤務時間=10:00-19:00|休憩=13:00-14:00|呼出順=短時間順", 5);
	test_companion(&t, BPR_TABLE_STAFF, "pool=審査|count=4", 6);
	test_companion(&t, BPR_TABLE_STAFF, "pool=窓口|shift=早番|count=5", 7);
	finish_well(&t);
	pool = bpr_flow_pool(t.flow, 0);
	assert_string_equal(pool->name, "窓口");
	assert_int_equal(pool->count, 7);
	assert_int_equal(pool->shift_count, 2);
	assert_int_equal(pool->discipline, BPR_DISCIPLINE_SHORTEST);
	assert_string_equal(pool->hours, "8:30-16:00");
	assert_string_equal(pool->shifts[0].name, "早番");
	assert_int_equal(pool->shifts[0].count, 5);
	is(pool->shifts[0].turn_minutes, 60);
	is(pool->shifts[0].turn.from, 690);
	assert_int_equal(pool->shifts[0].also_count, 2);
	assert_string_equal(bpr_flow_pool(t.flow, pool->shifts[0].also[0])->name, "審査");
	assert_string_equal(bpr_flow_pool(t.flow, pool->shifts[0].also[1])->name, "庶務");
	assert_string_equal(pool->shifts[1].name, "遅番");
	describe(&pool->shifts[1].breaks, text, sizeof(text));
	assert_string_equal(text, "0 780-840");
	assert_int_equal(bpr_flow_pool(t.flow, 1)->shift_count, 1);
	assert_int_equal(bpr_flow_pool(t.flow, 1)->shifts[0].count, 4);
	test_end(&t);
}

/* A companion says all of the shifts of a pool that it names; without a shift it means the only one. */
static void later_sources(void **state)
{
	struct test_flow t;

	(void)state;
	test_begin(&t);
	ROWS(&t, "A|||staff=窓口;審査;会計");
	(void)bpr_i_builder_from(t.builder, "bpsim");
	test_companion(&t, BPR_TABLE_STAFF, "pool=窓口|count=3|hours=9:00-12:00", 4);
	test_companion(&t, BPR_TABLE_STAFF, "pool=審査|count=3|hours=9:00-12:00", 4);
	test_companion(&t, BPR_TABLE_STAFF, "pool=会計|shift=a|count=3", 4);
	test_companion(&t, BPR_TABLE_STAFF, "pool=会計|shift=b|count=3", 4);
	(void)bpr_i_builder_from(t.builder, "companion");
	test_companion(&t, BPR_TABLE_STAFF, "pool=窓口|count=5", 4);
	test_companion(&t, BPR_TABLE_STAFF, "pool=審査|shift=早番|count=1", 5);
	test_companion(&t, BPR_TABLE_STAFF, "pool=審査|shift=遅番|count=1", 6);
	test_companion(&t, BPR_TABLE_STAFF, "pool=会計|count=2", 6);
	finish_well(&t);
	assert_int_equal(bpr_flow_pool(t.flow, 0)->count, 5);
	assert_string_equal(bpr_flow_pool(t.flow, 0)->hours, "9:00-12:00");
	assert_int_equal(bpr_flow_pool(t.flow, 1)->count, 2);
	assert_int_equal(bpr_flow_pool(t.flow, 1)->shift_count, 2);
	assert_int_equal(bpr_flow_pool(t.flow, 2)->count, 2);
	assert_int_equal(bpr_flow_pool(t.flow, 2)->shift_count, 1);
	test_end(&t);
}

static void begin_sets(struct test_flow *t, const char *const *sets, size_t count)
{
	const struct bpr_build_options options = { .max_nodes = 10, .max_field = 1000, .sets = sets, .set_count = count };

	test_begin_with(t, &options);
	ROWS(t, "A|||staff=窓口;審査;会計");
	test_companion(t, BPR_TABLE_STAFF, "pool=窓口|shift=早番|count=3", 4);
	test_companion(t, BPR_TABLE_STAFF, "pool=窓口|shift=遅番|count=3", 4);
	test_companion(t, BPR_TABLE_STAFF, "pool=審査|count=3", 4);
	test_companion(t, BPR_TABLE_STAFF, "pool=会計|shift=昼|count=3", 4);
	test_companion(t, BPR_TABLE_DEMAND, "arrivals=exp(3)", 5);
}

static void overrides(void **state)
{
	static const char *const good[] = { "staff.窓口/早番.count=4", "staff.窓口/遅番=1", "staff.審査=7", "staff.会計.hours=9:00-10:00", "staff.窓口.discipline=lifo",
					    "demand.peaks=3/20-4/5:3", "demand.per_day=80" };
	static const struct { const char *set, *code, *message; } bad[] = {
		{ "staff.窓口=4", "U005", "--set staff.窓口: the pool '窓口' has several shifts: 早番, 遅番" }, { "staff.窓口.hours=9:00-10:00", "U005", NULL },
		{ "staff.窓口/夜.count=4", "U006", "--set staff.窓口/夜.count: the pool '窓口' has no shift '夜'; expected one of: 早番, 遅番" },
		{ "staff.審査.shift=x", "U003", NULL }, { "staff.審査.pool=x", "U003", NULL }, { "staff.審査.breaks=60分@12:00-12:30", "D024", NULL },
		{ "staff.審査.discipline=x", "F052", NULL }, { "step.A.batch=0", "D025", NULL }, { "step.A.batch=3/x", "D025", NULL },
	};
	struct test_flow t;

	(void)state;
	begin_sets(&t, good, sizeof(good) / sizeof(good[0]));
	finish_well(&t);
	assert_int_equal(bpr_flow_pool(t.flow, 0)->shifts[0].count, 4);
	assert_int_equal(bpr_flow_pool(t.flow, 0)->count, 5);
	assert_int_equal(bpr_flow_pool(t.flow, 0)->discipline, BPR_DISCIPLINE_LIFO);
	assert_int_equal(bpr_flow_pool(t.flow, 1)->count, 7);
	assert_string_equal(bpr_flow_pool(t.flow, 2)->hours, "9:00-10:00");
	assert_int_equal(bpr_flow_demand(t.flow)->seasons.rule_count, 1);
	assert_null(bpr_flow_demand(t.flow)->arrivals); /* the override says it in another way */
	test_end(&t);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char text[512] = "";

		begin_sets(&t, &bad[i].set, 1);
		test_finish(&t);
		if (test_count(&t, bad[i].code, text) != 1)
			print_problems(&t);
		assert_int_equal(t.status, BPR_ESYNTAX);
		assert_int_equal(test_count(&t, bad[i].code, text), 1);
		if (bad[i].message)
			assert_string_equal(text, bad[i].message);
		test_end(&t);
	}
}

static void steps_and_counters(void **state)
{
	struct test_flow t;
	const struct bpr_counter *counter;

	(void)state;
	test_begin(&t);
	ROWS(&t, "A|||counter=窓口|priority=2.5|patience=tri(10,20,30)|まとめ処理=10件／1時間", "B|||batch=4");
	test_companion(&t, BPR_TABLE_COUNTERS, "窓口=窓口|受付時間=9:00-16:00; 土 9:00-12:00|待合席=20", 4);
	finish_well(&t);
	is(node(&t, "A")->priority, 2.5);
	is(bpr_dist_mean(node(&t, "A")->patience), 20);
	assert_int_equal(node(&t, "A")->batch, 10);
	is(node(&t, "A")->batch_wait, 60);
	assert_int_equal(node(&t, "B")->batch, 4);
	is(node(&t, "B")->batch_wait, 0);
	assert_int_equal(node(&t, "B")->priority, 0);
	counter = bpr_flow_counter(t.flow, 0);
	assert_int_equal(counter->open.rule_count, 2);
	assert_int_equal(counter->seats, 20);
	test_end(&t);
}

static void fixed_times(void **state)
{
	static const double daily[] = { 510, 511.5, 540 };
	struct test_flow t;
	const struct bpr_demand *d;

	(void)state;
	begin(&t, "arrival_times", "9:00、8:30 8:31:30");
	finish_well(&t);
	d = bpr_flow_demand(t.flow);
	assert_int_equal(d->time_count, 3);
	assert_true(d->times_daily);
	for (size_t i = 0; i < 3; i++)
		is(d->times[i], daily[i]);
	test_end(&t);
	/* 2027-03-30 is a Tuesday: the Monday of its week is where minutes begin. */
	begin(&t, "到着時刻", "2027-03-31T8:30:00+09:00 令和9年3月30日 9:00 9:15");
	finish_well(&t);
	d = bpr_flow_demand(t.flow);
	assert_int_equal(d->time_count, 3);
	assert_true(d->times_dated && !d->times_daily);
	assert_int_equal(d->times_date, bpr_date(2027, 3, 29));
	is(d->times[0], 1440 + 540);
	is(d->times[1], 1440 + 555);
	is(d->times[2], 2 * 1440 + 510);
	test_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours), cmocka_unit_test(closed_days), cmocka_unit_test(factors), cmocka_unit_test(arrival_windows),
		cmocka_unit_test(refusals), cmocka_unit_test(shifts), cmocka_unit_test(later_sources), cmocka_unit_test(overrides),
		cmocka_unit_test(steps_and_counters), cmocka_unit_test(fixed_times),
	};

	return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
