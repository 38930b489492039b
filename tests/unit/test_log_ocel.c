/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OCEL 2.0: a document after the specification, random ones against flattening by brute force, refusals. */
#include "config.h"
#include "lib/log.h"
#include "base/buf_i.h"
#include <bpr/bpr.h>
#include <stdbool.h>

static bpr_problems *problems;
static struct bpr_error err;

static bpr_status take(const char *text, const char *type, bool strict, bpr_log **log)
{
	static const char *const by[] = { "region" };
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;

	bpr_problems_free(problems);
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	err = (struct bpr_error){ .status = BPR_OK };
	o.object_type = type;
	o.strict = strict;
	o.by = by;
	o.by_count = 1;
	return bpr_log_read_memory("a.json", text, strlen(text), &o, log, problems, &err);
}

static const char *told(const char *code, unsigned arg)
{
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		if (!strcmp(p.code->code, code))
			return p.args[arg - 1];
	}
	return "";
}

static const char order[] =
	"{\"objectTypes\":[{\"name\":\"order\",\"attributes\":[{\"name\":\"region\",\"type\":\"string\"}]},{\"name\":\"item\",\"attributes\":[]}],\n"
	"\"eventTypes\":[{\"name\":\"place\",\"attributes\":[{\"name\":\"resource\",\"type\":\"string\"}]}],\n"
	"\"objects\":[{\"id\":\"o1\",\"type\":\"order\",\"attributes\":[{\"name\":\"region\",\"time\":\"1970-01-01T00:00:00Z\",\"value\":\"west\"},"
	"{\"name\":\"region\",\"time\":\"2024-04-02T00:00:00Z\",\"value\":\"east\"}]},{\"id\":\"o2\",\"type\":\"order\"},{\"id\":\"o3\",\"type\":\"order\"},\n"
	"{\"id\":\"i1\",\"type\":\"item\",\"relationships\":[{\"objectId\":\"o1\",\"qualifier\":\"part of\"}]},{\"id\":\"i2\",\"type\":\"item\"},{\"id\":\"Abe\",\"type\":\"employee\"}],\n"
	"\"events\":[\n"
	"{\"id\":\"c\",\"type\":\"pick\",\"time\":\"2024-04-01T11:00:00+09:00\",\"relationships\":[{\"objectId\":\"o1\",\"qualifier\":\"x\"},{\"objectId\":\"i2\",\"qualifier\":\"x\"},{\"objectId\":\"zz\",\"qualifier\":\"x\"}]},\n"
	"{\"id\":\"a\",\"type\":\"place\",\"time\":\"2024-04-01T09:00:00+09:00\",\"attributes\":[{\"name\":\"resource\",\"value\":\"Sato\"},{\"name\":\"担当課\",\"value\":12},"
	"{\"name\":\"start\",\"value\":\"2024-04-01T08:50:00+09:00\"}],\"relationships\":[{\"objectId\":\"o1\",\"qualifier\":\"x\"},{\"objectId\":\"i1\",\"qualifier\":\"y\"}]},\n"
	"{\"id\":\"b\",\"type\":\"pick\",\"time\":\"2024-04-01T10:00:00+09:00\",\"relationships\":[{\"objectId\":\"o1\",\"qualifier\":\"x\"},{\"objectId\":\"i1\",\"qualifier\":\"x\"},{\"objectId\":\"Abe\",\"qualifier\":\"x\"}]},\n"
	"{\"id\":\"d\",\"type\":\"send\",\"time\":\"2024-04-02T11:00:00+09:00\",\"relationships\":[{\"objectId\":\"o1\",\"qualifier\":\"x\"},{\"objectId\":\"o2\",\"qualifier\":\"x\"},{\"objectId\":\"o1\",\"qualifier\":\"again\"}]},\n"
	"{\"id\":\"e\",\"type\":\"stock\",\"time\":\"2024-04-02T12:00:00+09:00\",\"relationships\":[]},\n"
	"{\"id\":\"f\",\"type\":\"late\",\"time\":\"never\",\"relationships\":[{\"objectId\":\"o1\",\"qualifier\":\"x\"}]},\n"
	"{\"id\":\"g\",\"time\":\"2024-04-02T12:00:00+09:00\",\"relationships\":[{\"objectId\":\"o1\",\"qualifier\":\"x\"}]}]}\n";

static void test_order(void **unused)
{
	const struct bpr_log_case *one;
	bpr_log_walk *walk;
	bpr_log *log;

	(void)unused;
	assert_int_equal(take(order, "order", false, &log), BPR_OK);
	assert_int_equal(bpr_log_info(log).events, 5);
	assert_int_equal(bpr_log_info(log).cases, 2);
	assert_int_equal(bpr_log_info(log).rows, 7);
	assert_int_equal(bpr_log_info(log).rejected, 2);
	assert_int_equal(bpr_log_walk_new(log, &walk, NULL), BPR_OK);
	assert_int_equal(bpr_log_walk_next(walk, &one, NULL), BPR_OK);
	assert_string_equal(bpr_log_name(log, BPR_LOG_CASE, one->index), "o1");
	assert_int_equal(one->count, 4);
	assert_string_equal(bpr_log_name(log, BPR_LOG_ACTIVITY, one->events[0].activity), "place");
	assert_string_equal(bpr_log_name(log, BPR_LOG_RESOURCE, one->events[0].resource), "Sato");
	assert_string_equal(bpr_log_name(log, BPR_LOG_UNIT, one->events[0].unit), "12");
	assert_int_equal(one->events[0].end - one->events[0].start, 600000);
	assert_int_equal(one->events[0].offset, 540);
	assert_string_equal(bpr_log_name(log, BPR_LOG_RESOURCE, one->events[1].resource), "Abe"); /* an object that is a person */
	assert_string_equal(bpr_log_name(log, BPR_LOG_BY, one->by[0]), "east"); /* what it came to be */
	assert_int_equal(bpr_log_walk_next(walk, &one, NULL), BPR_OK);
	assert_string_equal(bpr_log_name(log, BPR_LOG_CASE, one->index), "o2");
	assert_int_equal(one->count, 1);
	bpr_log_walk_free(walk);
	assert_string_equal(told("L237", 1), "1");
	assert_string_equal(told("L237", 3), "never");
	assert_string_equal(told("L235", 2), "12");
	assert_string_equal(told("L238", 1), "1");
	assert_string_equal(told("L239", 1), "1");
	assert_string_equal(told("L239", 3), "2");
	assert_string_equal(told("L240", 3), "zz");
	assert_string_equal(told("L242", 1), "1");
	assert_string_equal(told("L246", 1), "1");
	bpr_log_free(log);
	assert_int_equal(take(order, "item", false, &log), BPR_OK);
	assert_int_equal(bpr_log_info(log).cases, 2);
	assert_int_equal(bpr_log_info(log).events, 3);
	bpr_log_free(log);
}

/* ---- random logs ---- */

enum { OBJECTS = 12, EVENTS = 40, TYPES = 3 };
static unsigned state;

static unsigned draw(unsigned n)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

/* Which objects an event relates to: bit i, object i. Types go round. */
static void random_log(struct bpr_buf *out, unsigned relates[EVENTS], unsigned minutes[EVENTS])
{
	bpr_i_buf_clear(out);
	bpr_i_buf_puts(out, "{\"objects\":[");
	for (unsigned i = 0; i < OBJECTS; i++)
		bpr_i_buf_printf(out, "%s{\"id\":\"%u\",\"type\":\"t%u\"}", i ? "," : "", i, i % TYPES);
	bpr_i_buf_puts(out, "],\"events\":[");
	for (unsigned e = 0; e < EVENTS; e++) {
		relates[e] = 0;
		minutes[e] = draw(60);
		bpr_i_buf_printf(out, "%s{\"id\":\"e%u\",\"type\":\"a%u\",\"time\":\"2024-04-01T00:%02u:00Z\",\"relationships\":[", e ? "," : "", e, e, minutes[e]);
		for (unsigned k = draw(5); k > 0; k--) {
			unsigned object = draw(OBJECTS);

			bpr_i_buf_printf(out, "%s{\"qualifier\":\"q%u\",\"objectId\":\"%u\"}", relates[e] ? "," : "", k, object);
			relates[e] |= 1u << object;
		}
		bpr_i_buf_puts(out, "]}");
	}
	bpr_i_buf_puts(out, "]}");
}

static void check_case(const bpr_log *log, const struct bpr_log_case *one, const unsigned relates[EVENTS], const unsigned minutes[EVENTS])
{
	const unsigned object = (unsigned)strtoul(bpr_log_name(log, BPR_LOG_CASE, one->index), NULL, 10);
	size_t count = 0;

	for (unsigned minute = 0; minute < 60; minute++)
		for (unsigned e = 0; e < EVENTS; e++)
			if (minutes[e] == minute && relates[e] >> object & 1) {
				assert_true(count < one->count);
				assert_int_equal(strtoul(bpr_log_name(log, BPR_LOG_ACTIVITY, one->events[count].activity) + 1, NULL, 10), e);
				assert_int_equal(one->events[count].end, INT64_C(1711929600000) + minute * 60000);
				count++;
			}
	assert_int_equal(count, one->count);
}

static void test_random(void **unused)
{
	struct bpr_buf out = BPR_BUF_INIT;
	unsigned relates[EVENTS], minutes[EVENTS];

	(void)unused;
	for (unsigned seed = 1; seed <= 60; seed++) {
		const char *const types[TYPES] = { "t0", "t1", "t2" };
		uint64_t total = 0, all = 0;

		state = seed;
		random_log(&out, relates, minutes);
		for (unsigned t = 0; t < TYPES; t++) {
			const struct bpr_log_case *one;
			bpr_log_walk *walk;
			bpr_log *log;

			assert_int_equal(take(out.data, types[t], true, &log), BPR_OK);
			assert_int_equal(bpr_log_walk_new(log, &walk, NULL), BPR_OK);
			while (!bpr_log_walk_next(walk, &one, NULL) && one)
				check_case(log, one, relates, minutes);
			bpr_log_walk_free(walk);
			total += bpr_log_info(log).events;
			bpr_log_free(log);
		}
		for (unsigned e = 0; e < EVENTS; e++)
			for (unsigned i = 0; i < OBJECTS; i++)
				all += relates[e] >> i & 1;
		assert_int_equal(total, all); /* nothing lost: every relation is an event of one of the three logs */
	}
	bpr_i_buf_release(&out);
}

static void refused(const char *text, const char *type, bool strict, const char *code)
{
	bpr_log *log;

	assert_int_not_equal(take(text, type, strict, &log), BPR_OK);
	assert_null(log);
	assert_string_equal(err.code, code);
}

static void test_refused(void **unused)
{
	bpr_log *log;

	(void)unused;
	refused(order, NULL, false, "L232");
	assert_string_equal(err.message, "the objects are of several types: order (3), item (2), employee (1)");
	refused(order, "box", false, "L233");
	refused(order, "order", true, "L222");
	refused("{\"a\":1}", NULL, false, "L230");
	refused("{\"ocel:events\":{}}", NULL, false, "L231");
	refused("{\"objects\":[{\"id\":\"1\",\"type\":\"a\"},{\"id\":\"1\",\"type\":\"b\"}],\"events\":[]}", NULL, false, "L241");
	refused("{\"objects\":[{\"id\":\"1\"}],\"events\":[]}", NULL, false, "L245");
	refused("{\"objects\":[{\"id\":\"1\",\"type\":\"a\"}],\"events\":[]}", NULL, false, "L011");
	refused("{\"objects\":[],\"events\":[]}", NULL, false, "L232");
	refused("{\"objects\":[", NULL, false, "I020");
	for (size_t n = 1; n + 1 < strlen(order); n++) {
		char *cut = strndup(order, n);

		assert_non_null(cut);
		assert_int_not_equal(take(cut, "order", false, &log), BPR_OK);
		assert_null(log);
		free(cut);
	}
	/* One type needs no choice. */
	assert_int_equal(take("{\"objects\":[{\"id\":\"1\",\"type\":\"a\"}],\"events\":[{\"id\":\"e\",\"type\":\"x\",\"time\":\"2024-04-01\",\"relationships\":[{\"objectId\":\"1\",\"qualifier\":\"\"}]}]}",
			      NULL, false, &log), BPR_OK);
	assert_int_equal(bpr_log_info(log).events, 1);
	bpr_log_free(log);
}

static int teardown(void **unused)
{
	(void)unused;
	bpr_problems_free(problems);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_order), cmocka_unit_test(test_random), cmocka_unit_test(test_refused) };

	return cmocka_run_group_tests(tests, NULL, teardown);
}
