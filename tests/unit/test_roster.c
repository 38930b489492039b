/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets as people write them; the week in blocks; people by block as shifts. */
#include "config.h"
#include "test.h"
#include "flow_build.h"
#include "improve/improve_i.h"

struct office { struct test_flow t; struct roster roster; };

static void flow_of(struct test_flow *t, const char *const staff[], const char *const demand[])
{
	test_begin(t);
	test_row(t, "a|start|b", 2);
	test_row(t, "b|task|c|work=exp(8)|staff=窓口職員:2", 3);
	test_row(t, "c|task|d|work=5|staff=ＡＢＣ係", 4);
	test_row(t, "d|end|", 5);
	for (size_t i = 0; staff[i]; i++)
		test_companion(t, BPR_TABLE_STAFF, staff[i], i + 2);
	for (size_t i = 0; demand[i]; i++)
		test_companion(t, BPR_TABLE_DEMAND, demand[i], i + 2);
	test_finish(t);
	assert_int_equal(t->status, BPR_OK);
}

static void office(struct office *o, const char *const staff[], const char *const demand[], double block)
{
	bool planned[2] = { true, true };

	flow_of(&o->t, staff, demand);
	assert_int_equal(bpr_i_roster_new(o->t.flow, planned, block, &o->roster, NULL), BPR_OK);
}

static void close_office(struct office *o)
{
	bpr_i_roster_release(&o->roster);
	test_end(&o->t);
}

static const char *const two_pools[] = { "pool=窓口職員|count=3", "pool=ＡＢＣ係|count=1", NULL };
static const char *const kitami[] = { "per_day=80", "open=8:30-17:15", NULL };

static void targets_are_read(void **state)
{
	static const struct { const char *text; size_t key, pool; double limit, share; } good[] = {
		{ "wait<=15min@90%", BPR_SIM_WAIT, BPR_NONE, 15, 0.9 },
		{ " cycle <= 1h @ 0.95 ", BPR_SIM_CYCLE, BPR_NONE, 60, 0.95 },
		{ "wait@窓口職員<=10分@９割", BPR_SIM_WAIT, 0, 10, 0.9 },
		{ "wait@ABC係<=90s@85%", BPR_SIM_WAIT, 1, 1.5, 0.85 },
		{ "待ち時間≦１５分＠９０％", BPR_SIM_WAIT, BPR_NONE, 15, 0.9 },
		{ "所要時間≤2d@50%", BPR_SIM_CYCLE, BPR_NONE, 2880, 0.5 },
		{ "wait<=0@80%", BPR_SIM_WAIT, BPR_NONE, 0, 0.8 },
	};
	static const char *const bad[] = { "", "wait", "wait<=15min", "wait@90%", "wait<15@90%", "wait<=15min@0%", "wait<=15min@100%", "wait<=15min@190%",
		"wait<=-3@90%", "wait<=@90%", "wait<=15min@", "seals<=3@90%", "cycle@窓口職員<=15min@90%", "<=15@90%", "wait<=15 apples@90%" };
	struct test_flow t;

	(void)state;
	flow_of(&t, two_pools, kitami);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct bpr_target target;

		assert_int_equal(bpr_target_parse(t.flow, good[i].text, &target, NULL), BPR_OK);
		assert_int_equal(target.key, good[i].key);
		assert_int_equal(target.pool, good[i].pool);
		assert_rel(target.limit, good[i].limit, 1e-12);
		assert_rel(target.share, good[i].share, 1e-12);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct bpr_target target;
		struct bpr_error err = { 0 };

		assert_int_equal(bpr_target_parse(t.flow, bad[i], &target, &err), BPR_ESYNTAX);
		assert_string_equal(err.code, "E001");
	}
	test_end(&t);
}

static void unknown_pool_names_those_that_are(void **state)
{
	struct test_flow t;
	struct bpr_target target;
	struct bpr_error err = { 0 };

	(void)state;
	flow_of(&t, two_pools, kitami);
	assert_int_equal(bpr_target_parse(t.flow, "wait@窓口<=10min@90%", &target, &err), BPR_ESYNTAX);
	assert_string_equal(err.code, "E002");
	assert_non_null(strstr(err.message, "窓口"));
	assert_non_null(strstr(err.message, "窓口職員, ＡＢＣ係"));
	test_end(&t);
}

static void office_hours_are_cut_at_full_hours(void **state)
{
	static const double edges[] = { 510, 540, 600, 660, 720, 780, 840, 900, 960, 1035 };
	struct office o;

	(void)state;
	office(&o, two_pools, kitami, 60);
	assert_int_equal(o.roster.planned, 2);
	assert_int_equal(o.roster.block_count, 9); /* the last quarter of an hour goes to the hour before it */
	for (size_t i = 0; i < 9; i++) {
		assert_int_equal(o.roster.blocks[i].weekdays, 31);
		assert_rel(o.roster.blocks[i].from, edges[i], 1e-12);
		assert_rel(o.roster.blocks[i].to, edges[i + 1], 1e-12);
		assert_rel(o.roster.duty[i], 3, 1e-12);
		assert_rel(o.roster.duty[9 + i], 1, 1e-12);
		assert_int_equal(o.roster.floor[i], 2); /* b needs two at once */
		assert_int_equal(o.roster.floor[9 + i], 1);
	}
	assert_rel(bpr_i_roster_hours(&o.roster, 0), 2.5, 1e-12); /* half an hour on five days */
	close_office(&o);
}

static void weekdays_that_differ_are_apart(void **state)
{
	static const char *const demand[] = { "per_day=80", "open=8:30-12:00 13:00-17:00", "weekdays=月:1.5", NULL };
	static const char *const staff[] = { "pool=窓口職員|count=3", "pool=ＡＢＣ係|count=1|hours=月-金 9:00-12:00", NULL };
	struct office o;
	double minutes[2] = { 0, 0 };

	(void)state;
	office(&o, staff, demand, 120);
	for (size_t i = 0; i < o.roster.block_count; i++) {
		const struct roster_block *b = &o.roster.blocks[i];

		assert_true(b->weekdays == 1 || b->weekdays == 30);
		assert_false(b->from < 780 && b->to > 720); /* nobody over lunch */
		minutes[b->weekdays == 30] += b->to - b->from;
		/* Who is there in part of a block is so in part. */
		if (b->to <= 540 || b->from >= 720)
			assert_true(o.roster.duty[o.roster.block_count + i] == 0);
	}
	assert_rel(minutes[0], 450, 1e-12);
	assert_rel(minutes[1], 450, 1e-12);
	close_office(&o);
}

static void office_that_never_closes_is_one_block(void **state)
{
	static const char *const demand[] = { "arrivals=exp(1)", NULL };
	struct office o;

	(void)state;
	office(&o, two_pools, demand, 60);
	assert_true(o.roster.flat);
	assert_int_equal(o.roster.block_count, 1);
	assert_rel(bpr_i_roster_hours(&o.roster, 0), 168, 1e-12);
	close_office(&o);
}

/* The people of a view at a time of a weekday, as the calendar of the simulation has them. */
static double on_duty(const bpr_flow *flow, size_t pool, long day, double at)
{
	struct bpr_calendar_options week = BPR_CALENDAR_OPTIONS_INIT;
	bpr_calendar *calendar;
	double sum = 0;

	assert_int_equal(bpr_calendar_new(flow, &week, &calendar, NULL), BPR_OK);
	for (size_t s = 0; s < bpr_flow_pool(flow, pool)->shift_count; s++) {
		struct bpr_span spans[BPR_SPANS_MAX];
		size_t people[BPR_SPANS_MAX];
		size_t n = bpr_calendar_shift(calendar, pool, s, day, spans, people);

		for (size_t i = 0; i < n; i++)
			if (at >= spans[i].from && at < spans[i].to)
				sum += (double)people[i];
	}
	bpr_calendar_free(calendar);
	return sum;
}

static void people_by_block_come_back_from_the_shifts(void **state)
{
	static const char *const demand[] = { "per_day=80", "open=8:30-17:15", "weekdays=月:1.5", NULL };
	struct office o;
	struct roster_flow flow;
	size_t people[64];
	unsigned seed = 12345;

	(void)state;
	office(&o, two_pools, demand, 60);
	assert_int_equal(o.roster.block_count, 18); /* Monday, and the rest */
	for (size_t round = 0; round < 50; round++) {
		for (size_t i = 0; i < o.roster.cells; i++) {
			seed = seed * 1103515245u + 12345u;
			people[i] = (seed >> 16) % 6 + (i % 18 == 0);
		}
		assert_int_equal(bpr_i_roster_flow(&o.roster, people, &flow, NULL), BPR_OK);
		for (size_t i = 0; i < o.roster.cells; i++) {
			const struct roster_block *b = &o.roster.blocks[i % 18];
			size_t pool = o.roster.pools[i / 18];

			for (long day = 0; day < 7; day++)
				if (b->weekdays >> day & 1u)
					assert_rel(on_duty(flow.view, pool, day, (b->from + b->to) / 2), (double)people[i], 1e-12);
		}
		assert_true(on_duty(flow.view, 0, 5, 600) == 0); /* Saturday */
		assert_int_equal(bpr_flow_pool(o.t.flow, 0)->count, 3); /* the flow itself is as it was */
		bpr_i_roster_flow_free(&flow);
	}
	close_office(&o);
}

/* The texts of the rows, read as cells of a staff table, are the same people. */
static void rows_read_back(void **state)
{
	static const char *const demand[] = { "per_day=80", "open=8:30-17:15", "weekdays=月:1.5", NULL };
	static const size_t pattern[9] = { 1, 2, 4, 3, 1, 2, 2, 3, 2 };

	(void)state;
	for (size_t lang = 0; lang < 2; lang++) {
		struct office o;
		struct bpr_arena arena = { 0 };
		struct bpr_staffing_row *rows;
		struct test_flow again;
		const char *cells[32];
		char text[32][256];
		size_t people[36], count;

		office(&o, two_pools, demand, 60);
		for (size_t i = 0; i < 36; i++)
			people[i] = pattern[i % 9] + (i < 9);
		assert_int_equal(bpr_i_roster_rows(&o.roster, people, &arena, &rows, &count, NULL), BPR_OK);
		assert_true(count > 2 && count < 31);
		for (size_t i = 0; i < count; i++) {
			(void)snprintf(text[i], sizeof(text[i]), "pool=%s|shift=%zu|count=%zu|hours=%s", bpr_flow_pool(o.t.flow, rows[i].pool)->name, i,
				       rows[i].count, rows[i].hours[lang]);
			cells[i] = text[i];
		}
		cells[count] = NULL;
		flow_of(&again, cells, demand);
		for (size_t i = 0; i < 36; i++) {
			const struct roster_block *b = &o.roster.blocks[i % 18];

			for (long day = 0; day < 5; day++)
				if (b->weekdays >> day & 1u)
					assert_rel(on_duty(again.flow, o.roster.pools[i / 18], day, (b->from + b->to) / 2), (double)people[i], 1e-12);
		}
		test_end(&again);
		bpr_i_arena_release(&arena);
		close_office(&o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(targets_are_read),
		cmocka_unit_test(unknown_pool_names_those_that_are),
		cmocka_unit_test(office_hours_are_cut_at_full_hours),
		cmocka_unit_test(weekdays_that_differ_are_apart),
		cmocka_unit_test(office_that_never_closes_is_one_block),
		cmocka_unit_test(people_by_block_come_back_from_the_shifts),
		cmocka_unit_test(rows_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
