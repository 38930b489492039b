/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building flows: forms, counters, staff, demand, overrides, limits, and that what was built is whole. */
#include "config.h"
#include "test.h"
#include "unit/flow_rows.h"
#include "flow/dist_i.h"
#include <stdlib.h>

static void forms_and_fields(void **state)
{
	struct test_flow t;
	const struct bpr_form *form;

	(void)state;
	test_begin(&t);
	ROWS(&t, "S|start|A", "A||E|writes=F1;F2", "E|end|");
	test_companion(&t, BPR_TABLE_FORMS, "form=F1|様式名=転入届|項目=氏名|回数=２|項目群=氏名", 2);
	test_companion(&t, BPR_TABLE_FORMS, "form=F1|field=住所|prefilled=○", 3);
	test_companion(&t, BPR_TABLE_FORMS, "form=F3|field=氏名", 4);
	test_companion(&t, BPR_TABLE_FORMS, "form=F1|field=住所|times=1", 5);
	finish_well(&t);
	form = bpr_flow_form(t.flow, node(&t, "A")->writes[0]);
	assert_string_equal(form->name, "転入届");
	assert_int_equal(form->field_count, 2);
	is(form->fields[0].times, 2);
	assert_true(form->fields[1].prefilled);
	assert_false(form->assumed);
	assert_string_equal(bpr_flow_field(t.flow, form->fields[0].field)->group, "氏名");
	form = bpr_flow_form(t.flow, node(&t, "A")->writes[1]);
	assert_true(form->assumed);
	assert_int_equal(form->field_count, 1);
	warn(&t, "F018", "no field is listed for the form 'F2'; it counts as one field");
	warn(&t, "F036", "no step uses the form 'F3'");
	test_end(&t);
	test_begin(&t);
	ROWS(&t, "A||");
	test_companion(&t, BPR_TABLE_FORMS, "field=氏名", 4);
	refuse(&t, "F029", 4, "a row of the forms table has nothing in 'form'");
	test_begin(&t);
	ROWS(&t, "A|||writes=F");
	test_companion(&t, BPR_TABLE_FORMS, "form=F|field=x|times=0", 4);
	refuse(&t, "D016", 4, NULL);
}

static void counters_and_staff(void **state)
{
	struct test_flow t;
	const struct bpr_counter *counter;
	const struct bpr_pool *pool;

	(void)state;
	test_begin(&t);
	ROWS(&t, "A||B|counter=市民課|staff=窓口", "B|||staff=審査");
	test_companion(&t, BPR_TABLE_COUNTERS, "窓口=市民課|庁舎=本庁舎|階=1階|移動時間=30秒", 2);
	test_companion(&t, BPR_TABLE_COUNTERS, "counter=市民か|building=別館", 3);
	test_companion(&t, BPR_TABLE_STAFF, "職種=窓口|人数=３人|時間単価=2,800円|勤務時間=8:30-17:15|unit=市民課", 2);
	finish_well(&t);
	counter = bpr_flow_counter(t.flow, node(&t, "A")->counter);
	assert_string_equal(counter->building, "本庁舎");
	assert_string_equal(counter->floor, "1階");
	is(counter->walk_minutes, 0.5);
	assert_true(counter->walk_given);
	pool = bpr_flow_pool(t.flow, node(&t, "A")->needs[0].pool);
	assert_int_equal(pool->count, 3);
	is(pool->yen_per_hour, 2800);
	assert_true(pool->rate_given);
	assert_string_equal(pool->hours, "8:30-17:15");
	assert_string_equal(bpr_flow_unit(t.flow, pool->unit)->name, "市民課");
	warn(&t, "F031", "no step is at the counter '市民か'");
	warn(&t, "F032", "the pool '審査' has no count; it is taken for unlimited");
	test_end(&t);
	test_begin(&t);
	ROWS(&t, "A||");
	test_companion(&t, BPR_TABLE_STAFF, "pool=窓口|count=2.5", 4);
	refuse(&t, "D016", 4, "'2.5' in 'count' is not a whole number; expected 1, 2, 3, ...");
	test_begin(&t);
	ROWS(&t, "A||");
	test_companion(&t, BPR_TABLE_STAFF, "pool=窓口|yen_per_hour=▲100", 4);
	refuse(&t, "D003", 4, NULL);
	REFUSE("D016", 2, "'窓口:0' in 'staff' is not a whole number; expected 1, 2, 3, ...", "A|||staff=窓口:0");
}

/* Three times as many from 21 March to 5 April: the mean over the working days of seven years, day by day. */
static double peak_factor(const bpr_flow *flow)
{
	struct bpr_calendar_options options = BPR_CALENDAR_OPTIONS_INIT;
	bpr_calendar *calendar;
	double sum = 0, days = 0;

	options.dated = true;
	options.start = bpr_date(2024, 1, 1);
	assert_int_equal(bpr_calendar_new(flow, &options, &calendar, NULL), BPR_OK);
	for (long day = 0; options.start + day < bpr_date(2031, 1, 1); day++) {
		int year, month, of_month;

		if (!bpr_calendar_works(calendar, day))
			continue;
		bpr_date_parts(options.start + day, &year, &month, &of_month);
		days += 1;
		sum += (month == 3 && of_month >= 21) || (month == 4 && of_month <= 5) ? 3 : 1;
	}
	bpr_calendar_free(calendar);
	assert_true(sum > 1.05 * days && sum < 1.15 * days);
	return sum / days;
}

static void demand(void **state)
{
	struct test_flow t;
	const struct bpr_demand *d;

	(void)state;
	test_begin(&t);
	ROWS(&t, "A||");
	test_companion(&t, BPR_TABLE_DEMAND, "per_day=80件", 2);
	test_companion(&t, BPR_TABLE_DEMAND, "開庁時間=8:30～17:15", 3);
	test_companion(&t, BPR_TABLE_DEMAND, "閉庁日=土日祝", 4);
	test_companion(&t, BPR_TABLE_DEMAND, "walk_minutes=90秒", 5);
	test_companion(&t, BPR_TABLE_DEMAND, "write_seconds_per_field=12", 6);
	test_companion(&t, BPR_TABLE_DEMAND, "peaks=3月下旬-4/5:3", 7);
	finish_well(&t);
	d = bpr_flow_demand(t.flow);
	is(d->per_day, 80);
	is(d->open_from, 510);
	is(d->open_to, 1035);
	assert_string_equal(d->closed, "土日祝");
	is(d->walk_minutes, 1.5);
	is(d->write_seconds_per_field, 12);
	is(d->open_days, 243);
	is(bpr_flow_cases_per_year(t.flow), 80 * 243 * peak_factor(t.flow));
	assert_string_equal(d->peaks, "3月下旬-4/5:3");
	assert_int_equal(d->seasons.rule_count, 1);
	assert_int_equal(d->seasons.rules[0].days.first, 321);
	assert_int_equal(d->seasons.rules[0].days.last, 405);
	test_end(&t);
	test_begin(&t);
	ROWS(&t, "A||");
	is(bpr_i_builder_demand(t.builder)->open_days, 243);
	test_companion(&t, BPR_TABLE_DEMAND, "arrivals=exp(6分)", 2);
	test_companion(&t, BPR_TABLE_DEMAND, "open=9:00-17:00", 3);
	test_companion(&t, BPR_TABLE_DEMAND, "open_days=250日", 4);
	finish_well(&t);
	is(bpr_flow_cases_per_year(t.flow), 480.0 / 6 * 250);
	test_end(&t);
	test_begin(&t);
	ROWS(&t, "A||");
	finish_well(&t);
	is(bpr_flow_cases_per_year(t.flow), 0);
	test_end(&t);
	test_begin(&t);
	ROWS(&t, "A||");
	test_companion(&t, BPR_TABLE_DEMAND, "open=always", 4);
	refuse(&t, "D017", 4, "'always' in 'open' are not times of day; expected 8:30-17:15");
	test_begin(&t);
	ROWS(&t, "A||");
	test_companion(&t, BPR_TABLE_DEMAND, "arrivals=0", 4);
	refuse(&t, "D007", 4, NULL);
}

static void begin_with_sets(struct test_flow *t, const char *const *sets, size_t count)
{
	const struct bpr_build_options options = { .max_nodes = 100, .max_field = 1000, .sets = sets, .set_count = count };

	test_begin_with(t, &options);
	ROWS(t, "S|start|T.3", "T.3||B:0.5;E:0.5|work=5|counter=a.b|staff=窓口;窓口.夜|writes=F1|seals=3", "B||E", "E|end|");
}

static void overrides(void **state)
{
	static const char *const sets[] = { "demand.per_day=80", "demand.開庁時間=9:00-12:00", "staff.窓口=４", "staff.窓口.夜.yen_per_hour=3000", "step.T.3.work=tri(3,5,9)",
					    "step.T.3.next=E", "step.T.3.writes=F2;F3", "step.T.3.押印=0", "counter.a.b.building=別館", "step.B.name=x=y", "step.T.3.staff=" };
	static const struct { const char *set, *code, *message; } bad[] = {
		{ "demand", "U001", NULL }, { "demand.per_day", "U001", NULL }, { "foo.bar=1", "U001", NULL }, { "per_day=80", "U001", NULL },
		{ "demand.per_dya=1", "U004", "--set demand.per_dya: 'per_dya' is no key of the demand; expected one of: per_day, per_year, open, closed, open_days, weekdays, profile, peaks, arrivals, first, arrival_times, group, walk_minutes, write_seconds_per_field, flow" },
		{ "staff.受付=3", "U002", "--set staff.受付: there is no '受付'; expected one of: 窓口, 窓口.夜" },
		{ "step.X.work=3", "U002", "--set step.X.work: there is no 'X'; expected one of: S, T.3, B, E" },
		{ "counter.x.floor=3", "U002", "--set counter.x.floor: there is no 'x'; expected one of: a.b" },
		{ "step.B.wrok=3", "U003", NULL }, { "step.B.id=3", "U003", NULL }, { "staff.窓口.foo=3", "U003", NULL },
		{ "step.B.work=soon", "D002", "'soon' in '--set step.B.work' is not a duration; expected minutes such as 5, 90s, 1.5h, 4分30秒 or tri(3,5,9)" },
		{ "step.B.next=Q", "F007", NULL }, { "staff.窓口=0", "D016", NULL }, { "demand.per_day=▲5", "D003", NULL },
	};
	struct test_flow t;

	(void)state;
	begin_with_sets(&t, sets, sizeof(sets) / sizeof(sets[0]));
	finish_well(&t);
	is(bpr_flow_demand(t.flow)->per_day, 80);
	is(bpr_flow_demand(t.flow)->open_to, 720);
	assert_int_equal(bpr_flow_pool(t.flow, 0)->count, 4);
	is(bpr_flow_pool(t.flow, 1)->yen_per_hour, 3000);
	assert_int_equal(node(&t, "T.3")->work->kind, BPR_DIST_TRI);
	assert_int_equal(node(&t, "T.3")->out_count, 1);
	assert_string_equal(to(&t, "T.3", 0), "E");
	assert_int_equal(node(&t, "T.3")->write_count, 2);
	assert_int_equal(node(&t, "T.3")->need_count, 0);
	is(node(&t, "T.3")->seals, 0);
	assert_string_equal(bpr_flow_counter(t.flow, 0)->building, "別館");
	assert_string_equal(node(&t, "B")->name, "x=y");
	test_end(&t);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char text[512] = "";

		begin_with_sets(&t, &bad[i].set, 1);
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

/* In a file of several flows an override must fit one of them. */
static void overrides_of_several_flows(void **state)
{
	static const char *const sets[] = { "step.A.work=3", "step.Z.work=3", "demand.per_day=1" };
	unsigned char used[3] = { 0, 0, 0 };
	const struct bpr_build_options options = { .max_nodes = 10, .max_field = 100, .sets = sets, .set_count = 3, .set_used = used };
	struct test_flow t;
	char text[512];

	(void)state;
	test_begin_with(&t, &options);
	ROWS(&t, "A||");
	finish_well(&t);
	assert_int_equal(test_count(&t, "U002", NULL), 0);
	assert_true(used[0] && !used[1] && used[2]);
	bpr_i_set_unused(&options, &t.flow, 1, t.problems);
	assert_int_equal(test_count(&t, "U002", text), 1);
	assert_string_equal(text, "--set step.Z.work: there is no 'Z'; expected one of: A");
	test_end(&t);
}

static bpr_status load(void *data, const char *source, struct bpr_arena *arena, double **values, size_t *count,
		       bpr_problems *problems, const struct bpr_place *place)
{
	static const double measured[] = { 7, 3, 5 };

	(void)problems;
	(void)place;
	++*(size_t *)data;
	*count = strcmp(source, "empty.csv") ? 3 : 0;
	*values = bpr_i_arena_raw(arena, 3, sizeof(double));
	assert_non_null(*values);
	memcpy(*values, measured, sizeof(measured));
	if (!strcmp(source, "negative.csv"))
		(*values)[1] = -1;
	return strcmp(source, "missing.csv") ? BPR_OK : BPR_ESYNTAX;
}

static void measured_values(void **state)
{
	size_t calls = 0;
	const struct bpr_build_options options = { .max_nodes = 10, .max_field = 100, .load_emp = load, .load_data = &calls };
	static const struct { const char *row, *code; } bad[] = { { "A|||work=emp(empty.csv)", "D014" }, { "A|||work=emp(negative.csv)", "D014" } };
	struct test_flow t;

	(void)state;
	test_begin_with(&t, &options);
	ROWS(&t, "A|||work=emp(log.csv,分)");
	finish_well(&t);
	assert_int_equal(calls, 1);
	is(node(&t, "A")->work->values[0], 3);
	is(node(&t, "A")->work->values[2], 7);
	is(bpr_dist_mean(node(&t, "A")->work), 5);
	assert_string_equal(node(&t, "A")->work->source, "log.csv,分");
	test_end(&t);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		test_begin_with(&t, &options);
		ROWS(&t, bad[i].row);
		refuse(&t, bad[i].code, 2, NULL);
	}
	test_begin_with(&t, &options);
	ROWS(&t, "A|||work=emp(missing.csv)");
	test_finish(&t);
	assert_int_equal(t.status, BPR_ESYNTAX);
	test_end(&t);
	REFUSE("D013", 2, "the measured values of 'emp(log.csv)' in 'work' cannot be read here", "A|||work=emp(log.csv)");
}

static void limits(void **state)
{
	const struct bpr_build_options options = { .max_nodes = 2, .max_field = 10 };
	struct test_flow t;
	char text[512];

	(void)state;
	test_begin_with(&t, &options);
	ROWS(&t, "A||B", "B||");
	finish_well(&t); /* what is implied does not count */
	test_end(&t);
	test_begin_with(&t, &options);
	ROWS(&t, "A||B", "B||C");
	assert_int_equal(bpr_i_builder_node(t.builder, BPR_NODE_TASK, "C", 1, NULL, NULL), BPR_ELIMIT);
	assert_int_equal(test_count(&t, "F022", text), 1);
	assert_string_equal(text, "more than 2 nodes (--max-nodes)");
	test_end(&t);
	test_begin_with(&t, &options);
	ROWS(&t, "A||");
	assert_int_equal(bpr_i_builder_cell(t.builder, 0, bpr_i_column_find(BPR_TABLE_FLOW, "name", 4), "01234567890", 11, NULL), BPR_ELIMIT);
	assert_int_equal(test_count(&t, "F023", text), 1);
	assert_string_equal(text, "the text in 'name' is longer than 10 bytes (--max-field)");
	test_end(&t);
}

/* Every row wrong in the same way: one line and a count, and the rest of the list stays short. */
static void many_errors_stay_few(void **state)
{
	const struct bpr_build_options options = { .max_nodes = 100000, .max_field = 1000 };
	struct test_flow t;

	(void)state;
	test_begin_with(&t, &options);
	for (size_t i = 0; i < 20000; i++) {
		char row[64];

		(void)snprintf(row, sizeof(row), "N%zu|frob|X%zu|work=soon%zu", i, i, i);
		test_row(&t, row, i + 2);
	}
	test_finish(&t);
	assert_int_equal(t.status, BPR_ESYNTAX);
	assert_true(bpr_problems_count(t.problems) < 100);
	assert_int_equal(test_count(&t, "D002", NULL), 1);
	test_end(&t);
}

/* One cell that names a hundred thousand forms and pools costs no more than its length. */
static void long_lists(void **state)
{
	enum { N = 100000 };
	const struct bpr_build_options options = { .max_nodes = 10, .max_field = 10000000 };
	struct test_flow t;
	char *list = malloc(N * 10);
	size_t n = 0;

	(void)state;
	assert_non_null(list);
	for (size_t i = 0; i < N; i++)
		n += (size_t)snprintf(list + n, N * 10 - n, "f%zu;", i % (N / 2));
	test_begin_with(&t, &options);
	ROWS(&t, "A||");
	test_cell(&t, 0, "writes", list, n, 2);
	test_cell(&t, 0, "staff", list, n, 2);
	finish_well(&t);
	assert_int_equal(node(&t, "A")->write_count, N / 2);
	assert_int_equal(node(&t, "A")->need_count, N / 2);
	assert_true(bpr_problems_count(t.problems) < 100);
	test_end(&t);
	free(list);
}

static unsigned long long hash_of(const char *row)
{
	struct test_flow t;
	unsigned long long hash;

	test_begin(&t);
	ROWS(&t, "S|start|A");
	test_row(&t, row, 9);
	ROWS(&t, "B||E", "E|end|");
	finish_well(&t);
	hash = bpr_flow_hash(t.flow);
	test_end(&t);
	return hash;
}

static void the_hash_is_of_the_content(void **state)
{
	static const char *const different[] = { "A||B", "A||B|work=1", "A||B|wait=1", "A||B|work=exp(1)", "A||B|name=x", "A||B|unit=x", "A||B|counter=x", "A||B|seals=1",
						 "A||B|copies=1", "A||B|cost=1", "A||B|writes=x", "A||B|reads=x", "A||B|staff=x", "A||B|staff=x:2", "A||B|rules=目視", "A||B|away=1",
						 "A||E", "A||B:0.5;E:0.5", "A||B:0.4;E:0.6", "A||B|actor=住民", "A|event|B", "A||B|note=x", "A||B|system=x" };
	enum { N = sizeof(different) / sizeof(different[0]) };
	unsigned long long hashes[N];

	(void)state;
	for (size_t i = 0; i < N; i++) {
		hashes[i] = hash_of(different[i]);
		assert_true(hashes[i] == hash_of(different[i]));
		for (size_t k = 0; k < i; k++) {
			if (hashes[i] == hashes[k])
				print_error("'%s' and '%s' have one hash\n", different[i], different[k]);
			assert_true(hashes[i] != hashes[k]);
		}
	}
	assert_true(hash_of("A||B|work=5") == hash_of("A|作業|Ｂ|work=5分"));
}

/* A random table: ids in any order, several ways out with and without shares, starts and ends or none. */
static void random_table(struct test_flow *t, struct bpr_rng *rng, size_t n)
{
	static const char *const kinds[] = { "", "", "task", "xor", "and", "or", "event", "合流" };
	static const char *const shares[] = { "", "", ":0.5", ":20%", ":１割", ":0" };

	for (size_t i = 0; i < n; i++) {
		char row[256];
		size_t at = (size_t)snprintf(row, sizeof(row), "N%zu|%s|", i, kinds[bpr_i_rng_next(rng) % 8]);
		size_t ways = (size_t)(bpr_i_rng_next(rng) % 4);

		for (size_t k = 0; k < ways; k++)
			at += (size_t)snprintf(row + at, sizeof(row) - at, "N%zu%s;", (size_t)(bpr_i_rng_next(rng) % n), shares[bpr_i_rng_next(rng) % 6]);
		(void)snprintf(row + at, sizeof(row) - at, "|work=%zu|unit=U%zu", (size_t)(bpr_i_rng_next(rng) % 5), (size_t)(bpr_i_rng_next(rng) % 3));
		test_row(t, row, i + 2);
	}
}

static void check_node(const bpr_flow *flow, size_t i, unsigned char *seen)
{
	const struct bpr_node *n = bpr_flow_node(flow, i);
	double sum = 0;
	size_t count;
	const size_t *in = bpr_flow_arcs_in(flow, i, &count);

	assert_int_equal(bpr_flow_find(flow, n->id), i);
	assert_true(n->out_count > 0 || n->kind == BPR_NODE_END);
	for (size_t k = 0; k < n->out_count; k++) {
		const struct bpr_arc *arc = bpr_flow_arc(flow, n->first_out + k);

		assert_int_equal(arc->from, i);
		assert_true(arc->to < bpr_flow_node_count(flow));
		assert_true(arc->prob >= 0 && arc->prob <= 1);
		sum += arc->prob;
	}
	if (n->out_count && n->split == BPR_SPLIT_XOR)
		assert_rel(sum, 1, 1e-12);
	if (n->split == BPR_SPLIT_OR)
		assert_true(sum > 0);
	for (size_t k = 0; k < count; k++) {
		assert_int_equal(bpr_flow_arc(flow, in[k])->to, i);
		assert_true(!k || in[k] > in[k - 1]);
		assert_int_equal(seen[in[k]]++, 0);
	}
}

static void frozen_flows_are_whole(void **state)
{
	struct bpr_rng rng;
	size_t good = 0;

	(void)state;
	bpr_i_rng_seed(&rng, 5, 0, 0, 0);
	for (size_t round = 0; round < 2000; round++) {
		struct test_flow t;
		unsigned char seen[256] = { 0 };

		test_begin(&t);
		random_table(&t, &rng, 1 + (size_t)(bpr_i_rng_next(&rng) % 15));
		test_finish(&t);
		assert_true(t.status == BPR_OK || bpr_problems_count_severity(t.problems, BPR_SEVERITY_ERROR) > 0);
		if (t.flow) {
			good++;
			for (size_t i = 0; i < bpr_flow_node_count(t.flow); i++)
				check_node(t.flow, i, seen);
			for (size_t i = 0; i < bpr_flow_arc_count(t.flow); i++)
				assert_int_equal(seen[i], 1);
			assert_true(bpr_flow_find(t.flow, "nobody") == BPR_NONE);
		} else {
			assert_string_equal(t.err.code, "F035");
		}
		test_end(&t);
	}
	assert_true(good > 200);
}

static void names_of_enumerations(void **state)
{
	(void)state;
	assert_string_equal(bpr_node_kind_name(BPR_NODE_EVENT), "event");
	assert_string_equal(bpr_actor_name(BPR_ACTOR_CITIZEN), "citizen");
	assert_string_equal(bpr_outcome_name(BPR_OUTCOME_REJECTED), "rejected");
	assert_string_equal(bpr_rule_name(2), "face_to_face");
	assert_string_equal(bpr_rule_name(BPR_RULE_COUNT), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_and_fields),
		cmocka_unit_test(counters_and_staff),
		cmocka_unit_test(demand),
		cmocka_unit_test(overrides),
		cmocka_unit_test(overrides_of_several_flows),
		cmocka_unit_test(measured_values),
		cmocka_unit_test(limits),
		cmocka_unit_test(many_errors_stay_few),
		cmocka_unit_test(long_lists),
		cmocka_unit_test(the_hash_is_of_the_content),
		cmocka_unit_test(frozen_flows_are_whole),
		cmocka_unit_test(names_of_enumerations),
	};

	return cmocka_run_group_tests_name("build-rest", tests, NULL, NULL);
}
