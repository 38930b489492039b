/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of reading a log in a table made to fail, once and from then on: out of memory is said, or nothing is missing.
 * The allocator is wrapped by the linker.
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

/* A little of everything: titles, quotes, bad rows, transitions, names, attributes; rows in no order. */
static const char events[] = "窓口の記録,,,,,,\n案件番号,作業,状態遷移,日時,担当者,結果,区分\n1,受付,start,2024/4/1 9:05,山田,,証明\n"
			     "2,\"受付、\n確認\",complete,2024/4/1 9:04,佐藤,完了,転入\n1,受付,complete,R6.4.1 9:10,,取消,\n,x,complete,,,,\n1,y,complete,いつか,,,\n"
			     "1,審査,complete,2024/4/1 9:00,山田,,\n3,受付,assign,2024/4/1 9:00,山田,,\n";
static const char tickets[] = "日付,番号,発券時刻,呼出時刻,受付開始,受付終了,結果\n2024/4/1,1,9:00,9:05,9:06,9:10,完了\n2024/4/1,2,9:00,9:05,,,不在\n";
static const char stages[] = "文書番号,起案日時,審査開始,審査終了\n1,2024-04-01 09:00,2024-04-01 10:00,\n2,2024-04-01 09:00,,2024-04-01 10:00\n";
static const char walk[] = "体験者,窓口,行ったこと,呼ばれた時刻,終わった時刻,書いた様式,押印\n田中,1番,転入,9:00,9:10,A、B,○\n,2番,国保,9:20,9:30,,\n";

/* Events, cases, and the hash of their names and times. */
struct outcome { uint64_t events, cases, hash; size_t problems; };

static bpr_status take(const char *text, const char *encoding, struct outcome *out)
{
	static const char *const by[] = { "区分" };
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	const struct bpr_log_case *one;
	bpr_log_walk *walk_of = NULL;
	bpr_problems *problems = NULL;
	bpr_log *log = NULL;
	bpr_status status;

	*out = (struct outcome){ 0 };
	o.encoding = encoding;
	o.by = by;
	o.by_count = text == events;
	o.memory = 1;
	status = bpr_problems_new(&problems, NULL);
	if (!status)
		status = bpr_log_read_memory("log.csv", text, strlen(text), &o, &log, problems, NULL);
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

static void all_fail(const char *text, const char *encoding)
{
	struct outcome whole, part;

	assert_int_equal(take(text, encoding, &whole), BPR_OK);
	assert_true(whole.events > 0);
	for (unsigned once = 0; once < 2; once++)
		for (size_t n = 0;; n++) {
			bpr_status status;

			failed = false;
			again = once;
			left = n;
			status = take(text, encoding, &part);
			left = SIZE_MAX;
			if (!failed)
				break;
			if (status) {
				assert_int_equal(status, BPR_ENOMEM);
				continue;
			}
			/* libcsv asks again for less, and the C library's converter is not ours: nothing may be missing. */
			assert_true(part.events == whole.events && part.cases == whole.cases && part.hash == whole.hash);
		}
}

static void test_fail(void **unused)
{
	(void)unused;
	all_fail(events, NULL);
	all_fail(tickets, NULL);
	all_fail(stages, NULL);
	all_fail(walk, NULL);
	all_fail("case,activity,time\n1,a,2024-04-01\n", "cp932");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_fail) };

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
