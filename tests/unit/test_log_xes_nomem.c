/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of reading XES, OCEL and a packed log made to fail, once and from then on: out of memory is said, or nothing is
 * missing. The allocator is wrapped by the linker.
 */
#include "config.h"
#include "lib/log.h"
#include "lib/fail_alloc.h"
#include "base/alloc_i.h"
#include <bpr/bpr.h>
#include <stdbool.h>

static size_t left = SIZE_MAX;
static bool again, failed;

static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	if (left) {
		left--;
		return false;
	}
	if (failed && again)
		return false;
	failed = true;
	return true;
}

static const char xes[] =
	"<log><classifier name='c' keys='concept:name step'/><global scope='event'><string key='step' value='s'/></global><string key='concept:name' value='L'/>"
	"<trace><string key='concept:name' value='1'/><string key='result' value='done'/><string key='by' value='B'/>"
	"<event><string key='concept:name' value='a'/><date key='time:timestamp' value='2024-04-01T09:00:00+09:00'/><string key='org:resource' value='P'/>"
	"<string key='lifecycle:transition' value='start'/><string key='concept:instance' value='i'/></event>"
	"<event><string key='concept:name' value='a'/><date key='time:timestamp' value='2024-04-01T09:05:00+09:00'/><string key='org:group' value='U'/>"
	"<string key='lifecycle:transition' value='complete'/><string key='concept:instance' value='i'/></event>"
	"<event><string key='concept:name' value='b'/><date key='time:timestamp' value='2024-04-01T09:06:00+09:00'/><string key='lifecycle:transition' value='start'/></event>"
	"<event><string key='concept:name' value='c'/></event></trace>"
	"<trace><string key='concept:name' value='1'/><event><string key='concept:name' value='a &amp; b'/><date key='time:timestamp' value='2024-04-01'/></event></trace></log>";
static const char japanese[] = "<?xml version='1.0' encoding='Shift_JIS'?><log><trace><string key='concept:name' value='\x88\xc4'/><event>"
			       "<string key='concept:name' value='\x8e\xf3\x95\x74'/><date key='time:timestamp' value='2024-04-01T09:00:00'/></event></trace></log>";
static const char ocel[] =
	"{\"objects\":[{\"id\":\"o\",\"type\":\"t\",\"attributes\":[{\"name\":\"by\",\"time\":\"\",\"value\":\"B\"},{\"name\":\"result\",\"value\":\"R\"}]},{\"id\":\"p\",\"type\":\"t\"},"
	"{\"id\":\"q\",\"type\":\"u\"}],\"events\":[{\"id\":\"e\",\"type\":\"x\",\"time\":\"2024-04-01T09:00:00Z\",\"attributes\":[{\"name\":\"resource\",\"value\":\"P\"}],"
	"\"relationships\":[{\"objectId\":\"o\",\"qualifier\":\"\"},{\"objectId\":\"p\",\"qualifier\":\"\"},{\"objectId\":\"q\",\"qualifier\":\"\"},{\"objectId\":\"-\",\"qualifier\":\"\"}]},"
	"{\"id\":\"f\",\"type\":\"x\",\"time\":\"2024-04-01T09:01:00Z\",\"relationships\":[{\"objectId\":\"o\",\"qualifier\":\"\"}]},{\"id\":\"g\"}]}";
/* gzip of "case,activity,time\n1,a,2024-04-01 09:00\n" */
static const unsigned char packed[] = {
	0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0x4e, 0x2c, 0x4e, 0xd5, 0x49, 0x4c, 0x2e, 0xc9, 0x2c, 0xcb, 0x2c, 0xa9, 0xd4, 0x29, 0xc9, 0xcc, 0x4d,
	0xe5, 0x32, 0xd4, 0x49, 0xd4, 0x31, 0x32, 0x30, 0x32, 0xd1, 0x35, 0x00, 0x22, 0x43, 0x05, 0x03, 0x4b, 0x2b, 0x03, 0x03, 0x2e, 0x00, 0x81, 0x60, 0x45, 0x0e, 0x28, 0x00,
	0x00, 0x00,
};

/* Events, cases, and the hash of their names and times. */
struct outcome { uint64_t events, cases, hash; size_t problems; };
struct input { const char *text; size_t length; const char *classifier, *type, *key; };

static bpr_status take(const struct input *in, struct outcome *out)
{
	static const char *const by[] = { "by" };
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	const struct bpr_log_case *one;
	bpr_log_walk *walk_of = NULL;
	bpr_problems *problems = NULL;
	bpr_log *log = NULL;
	bpr_status status;

	*out = (struct outcome){ 0 };
	o.by = by;
	o.by_count = in->text != (const char *)packed;
	o.classifier = in->classifier;
	o.object_type = in->type;
	o.key = in->key;
	o.key_length = in->key ? strlen(in->key) : 0;
	o.memory = 1;
	status = bpr_problems_new(&problems, NULL);
	if (!status)
		status = bpr_log_read_memory("log", in->text, in->length, &o, &log, problems, NULL);
	if (!status)
		status = bpr_log_walk_new(log, &walk_of, NULL);
	while (!status && !(status = bpr_log_walk_next(walk_of, &one, NULL)) && one)
		for (size_t i = 0; i < one->count; i++) {
			const struct bpr_log_event *e = &one->events[i];
			const char *name = bpr_log_name(log, BPR_LOG_ACTIVITY, e->activity);

			out->hash = bpr_i_hash(bpr_i_hash(out->hash ? out->hash : BPR_I_HASH_START, name, strlen(name)), &e->end, sizeof(e->end));
		}
	if (!status) {
		out->events = bpr_log_info(log).events;
		out->cases = bpr_log_info(log).cases;
		out->problems = bpr_problems_count(problems);
	}
	bpr_log_walk_free(walk_of);
	bpr_log_free(log);
	bpr_problems_free(problems);
	return status;
}

static void all_fail(const struct input *in)
{
	struct outcome whole, part;

	assert_int_equal(take(in, &whole), BPR_OK);
	assert_true(whole.events > 0);
	for (unsigned once = 0; once < 2; once++)
		for (size_t n = 0;; n++) {
			bpr_status status;

			failed = false;
			again = once;
			left = n;
			status = take(in, &part);
			left = SIZE_MAX;
			if (!failed)
				break;
			if (status) {
				if (status != BPR_ENOMEM)
					print_error("%.20s, allocation %zu: status %d\n", in->text, n, (int)status);
				assert_int_equal(status, BPR_ENOMEM);
				continue;
			}
			assert_true(part.events == whole.events && part.cases == whole.cases && part.hash == whole.hash);
		}
}

static void test_fail(void **unused)
{
	const struct input inputs[] = {
		{ xes, sizeof(xes) - 1, "c", NULL, NULL }, { xes, sizeof(xes) - 1, NULL, NULL, "key" }, { japanese, sizeof(japanese) - 1, NULL, NULL, NULL },
		{ ocel, sizeof(ocel) - 1, NULL, "t", NULL }, { (const char *)packed, sizeof(packed), NULL, NULL, NULL },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++)
		all_fail(&inputs[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_fail) };

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
