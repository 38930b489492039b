/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logs in memory and in a temporary file: the same cases, events and order as when everything is simply sorted. */
#include "lib/log.h"

struct plain { uint32_t case_index; unsigned number; int64_t start, end; };

static uint64_t state;
static uint32_t draw(uint32_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % below);
}

static int compare(const void *a, const void *b)
{
	const struct plain *x = a, *y = b;
	const int64_t p = x->start == BPR_LOG_NO_TIME ? x->end : x->start, q = y->start == BPR_LOG_NO_TIME ? y->end : y->start;

	if (x->case_index != y->case_index)
		return x->case_index < y->case_index ? -1 : 1;
	if (p != q)
		return p < q ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static void walks_as_sorted(const bpr_log *log, const struct plain *plain, size_t count)
{
	bpr_log_walk *walk;
	const struct bpr_log_case *one;
	size_t at = 0;

	assert_int_equal(bpr_log_walk_new(log, &walk, NULL), BPR_OK);
	for (;;) {
		assert_int_equal(bpr_log_walk_next(walk, &one, NULL), BPR_OK);
		if (!one)
			break;
		for (size_t i = 0; i < one->count; i++, at++) {
			assert_true(at < count);
			assert_int_equal(one->index, plain[at].case_index);
			assert_int_equal(one->events[i].activity, plain[at].number);
			assert_true(one->events[i].start == plain[at].start && one->events[i].end == plain[at].end);
		}
	}
	assert_int_equal(at, count);
	bpr_log_walk_free(walk);
}

/* Each event has an activity of its own, so that none is mistaken for another. */
static void same_order(size_t count, uint32_t cases, size_t memory, bool grouped)
{
	bpr_log *log = log_begin(memory);
	struct plain *plain = calloc(count, sizeof(*plain));
	char name[32];

	assert_non_null(plain);
	for (uint32_t i = 0; i < cases; i++) {
		(void)snprintf(name, sizeof(name), "c%u", i);
		assert_int_equal(log_named(log, BPR_LOG_CASE, name), i);
	}
	for (size_t i = 0; i < count; i++) {
		struct plain *p = &plain[i];
		struct bpr_log_event event = { 0 };

		p->case_index = grouped ? (uint32_t)(i * cases / count) : draw(cases);
		p->end = (int64_t)draw(50) * 1000;
		p->start = draw(2) ? BPR_LOG_NO_TIME : p->end - (int64_t)draw(5) * 1000;
		(void)snprintf(name, sizeof(name), "a%zu", i);
		p->number = log_named(log, BPR_LOG_ACTIVITY, name);
		event = (struct bpr_log_event){ p->start, p->end, p->number, BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE, 0, 0 };
		assert_true(bpr_i_log_add(log, p->case_index, &event));
	}
	(void)log_end(log);
	qsort(plain, count, sizeof(*plain), compare);
	walks_as_sorted(log, plain, count);
	walks_as_sorted(log, plain, count); /* any number of times */
	assert_int_equal(bpr_log_info(log).events, count);
	free(plain);
	bpr_log_free(log);
}

static void test_orders(void **unused)
{
	(void)unused;
	state = 7;
	same_order(1, 1, 0, false);
	for (unsigned i = 0; i < 20; i++) {
		same_order(1 + draw(3000), 1 + draw(200), 0, i % 2);
		same_order(20000 + draw(3000), 1 + draw(3000), 1, i % 2); /* 64 KiB: many runs in the file */
	}
	same_order(100000, 90000, 1, false); /* groups need more than 16 bits */
}

static void test_names(void **unused)
{
	struct bpr_dict dict = { 0 };
	char name[32];

	(void)unused;
	for (unsigned round = 0; round < 2; round++)
		for (uint32_t i = 0; i < 50000; i++) {
			(void)snprintf(name, sizeof(name), "n%u", i);
			assert_int_equal(bpr_i_dict_add(&dict, name, strlen(name)), i);
		}
	assert_int_equal(bpr_i_dict_find(&dict, "n49999", 6), 49999);
	assert_int_equal(bpr_i_dict_find(&dict, "n50000", 6), BPR_DICT_NONE);
	assert_string_equal(bpr_i_dict_text(&dict, 123), "n123");
	assert_string_equal(bpr_i_dict_text(&dict, BPR_DICT_NONE), "");
	bpr_i_dict_release(&dict);
}

static void test_no_room(void **unused)
{
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;
	const struct bpr_log_event event = { BPR_LOG_NO_TIME, 5, 0, BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE, 0, 0 };
	bpr_log *log;
	bool ok = true;

	(void)unused;
	options.memory = 1;
	options.temp = "/nonexistent";
	log = bpr_i_log_new("x", BPR_LOG_CSV, &options);
	assert_non_null(log);
	for (unsigned i = 0; i < 5000 && ok; i++)
		ok = bpr_i_log_add(log, 0, &event);
	assert_false(ok);
	assert_int_equal(log->failed, BPR_EIO);
	bpr_log_free(log);
}

static void test_attributes(void **unused)
{
	static const char *const by[] = { "channel", "家族" };
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;
	bpr_log_walk *walk;
	const struct bpr_log_case *one;
	bpr_log *log;

	(void)unused;
	options.by = by;
	options.by_count = 2;
	log = bpr_i_log_new("x", BPR_LOG_CSV, &options);
	assert_non_null(log);
	log_event(log, "1", "a", 0, 5000, "p", "u");
	log_event(log, "2", "b", BPR_LOG_NO_TIME, 9000, NULL, NULL);
	assert_true(bpr_i_log_set_by(log, 1, 1, log_named(log, BPR_LOG_BY + 1, "四人")));
	assert_true(bpr_i_log_result(log, 1, log_named(log, BPR_LOG_RESULT, "完了")));
	(void)log_end(log);
	assert_int_equal(bpr_log_info(log).cases, 2);
	assert_int_equal(bpr_log_info(log).with_start, 1);
	assert_true(bpr_log_info(log).first == 0 && bpr_log_info(log).last == 9000);
	assert_string_equal(bpr_log_by(log, 1), "家族");
	assert_int_equal(bpr_log_walk_new(log, &walk, NULL), BPR_OK);
	assert_int_equal(bpr_log_walk_next(walk, &one, NULL), BPR_OK);
	assert_true(one->by[0] == BPR_LOG_NONE && one->by[1] == BPR_LOG_NONE && one->result == BPR_LOG_NONE);
	assert_string_equal(bpr_log_name(log, BPR_LOG_UNIT, one->events[0].unit), "u");
	assert_int_equal(bpr_log_walk_next(walk, &one, NULL), BPR_OK);
	assert_string_equal(bpr_log_name(log, BPR_LOG_BY + 1, one->by[1]), "四人");
	assert_string_equal(bpr_log_name(log, BPR_LOG_RESULT, one->result), "完了");
	assert_int_equal(bpr_log_walk_next(walk, &one, NULL), BPR_OK);
	assert_null(one);
	bpr_log_walk_free(walk);
	bpr_log_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_orders), cmocka_unit_test(test_names), cmocka_unit_test(test_no_room), cmocka_unit_test(test_attributes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
