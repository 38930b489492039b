/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logs in tables: what is read of them, and what is said of what is not. */
#include "lib/log.h"
#include "base/problem_i.h"

/* A text handed out in pieces of a given size. */
struct pieces { const char *text; size_t length, size; };

static bpr_status next_piece(void *data, const char **text, size_t *length, struct bpr_fault *fault)
{
	struct pieces *p = data;

	(void)fault;
	*text = p->text;
	*length = p->length < p->size ? p->length : p->size;
	p->text += *length;
	p->length -= *length;
	return BPR_OK;
}

struct result { bpr_log *log; bpr_problems *problems; struct bpr_fault fault; bpr_status status; };

static struct result read_pieces(const char *text, size_t length, size_t size, const struct bpr_log_options *options)
{
	static const struct bpr_log_options plain = BPR_LOG_OPTIONS_INIT;
	struct pieces pieces = { text, length, size };
	const struct bpr_log_stream source = { next_piece, &pieces };
	struct result r = { .status = BPR_OK };
	struct bpr_log_reading reading = { options ? options : &plain, &source, "log.csv", NULL, 0, NULL, &r.fault, NULL };

	assert_int_equal(bpr_problems_new(&r.problems, NULL), BPR_OK);
	reading.problems = r.problems;
	reading.log = r.log = bpr_i_log_new("log.csv", BPR_LOG_CSV, reading.options);
	assert_non_null(r.log);
	r.status = bpr_i_log_read_csv(&reading);
	if (!r.status)
		r.status = bpr_i_log_finish(r.log);
	return r;
}

static struct result read_text(const char *text, const struct bpr_log_options *options)
{
	return read_pieces(text, strlen(text), 1 << 16, options);
}

static void release(struct result *r)
{
	bpr_log_free(r->log);
	bpr_problems_free(r->problems);
}

/* Number of problems with the code; *args the arguments of the first. */
static size_t told(const struct result *r, const char *code, struct bpr_problem *first)
{
	size_t count = 0;

	for (size_t i = 0; i < bpr_problems_count(r->problems); i++) {
		const struct bpr_problem p = bpr_problems_get(r->problems, i);

		if (strcmp(p.code->code, code) != 0)
			continue;
		if (!count++ && first)
			*first = p;
	}
	return count;
}

/* "CASE ACTIVITY START-END RESOURCE/UNIT/COUNTER FLAGS DETAIL" of each event, a line each; times in minutes from `zero`. */
static char *events_of(const bpr_log *log, int64_t zero)
{
	static char out[1 << 14];
	struct bpr_buf buf = BPR_BUF_ON(out);
	bpr_log_walk *walk;
	const struct bpr_log_case *one;

	out[0] = '\0';
	assert_int_equal(bpr_log_walk_new(log, &walk, NULL), BPR_OK);
	while (!bpr_log_walk_next(walk, &one, NULL) && one) {
		for (size_t i = 0; i < one->count; i++) {
			const struct bpr_log_event *e = &one->events[i];

			bpr_i_buf_printf(&buf, "%s %s ", bpr_log_name(log, BPR_LOG_CASE, one->index), bpr_log_name(log, BPR_LOG_ACTIVITY, e->activity));
			if (e->start != BPR_LOG_NO_TIME)
				bpr_i_buf_number(&buf, (double)(e->start - zero) / 60000);
			bpr_i_buf_putc(&buf, '-');
			bpr_i_buf_number(&buf, (double)(e->end - zero) / 60000);
			bpr_i_buf_printf(&buf, " %s/%s/%s", bpr_log_name(log, BPR_LOG_RESOURCE, e->resource), bpr_log_name(log, BPR_LOG_UNIT, e->unit),
					 bpr_log_name(log, BPR_LOG_COUNTER, e->counter));
			if (e->flags)
				bpr_i_buf_printf(&buf, " %u", (unsigned)e->flags);
			if (e->detail != BPR_LOG_NONE)
				bpr_i_buf_printf(&buf, " [%s]", bpr_log_name(log, BPR_LOG_DETAIL, e->detail));
			if (i == 0 && one->result != BPR_LOG_NONE)
				bpr_i_buf_printf(&buf, " =%s", bpr_log_name(log, BPR_LOG_RESULT, one->result));
			bpr_i_buf_putc(&buf, '\n');
		}
	}
	bpr_log_walk_free(walk);
	assert_int_equal(buf.failed, BPR_OK);
	return out;
}

#define DAY_2024_04_01 INT64_C(1711929600000)

static void test_plain(void **unused)
{
	static const char text[] = "case_id,start_time,end_time,LogType,Activity,Resource\n"
				   "1,2024-04-01T09:00:00,2024-04-01T09:05:00,x,a,Ann\n"
				   "2,2024-04-01T09:01:00,2024-04-01T09:05:00,x,\"a,\"\"b\"\"\",Bob\n"
				   "1,2024-04-01T09:05:00,2024-04-01T09:06:30.6,x,c,\n";
	static const char expected[] = "1 a 540-545 Ann//\n1 c 545-546.51 //\n2 a,\"b\" 541-545 Bob//\n";

	(void)unused;
	for (size_t size = 1; size < 70; size += size < 20 ? 1 : 7) { /* however it is cut */
		struct result r = read_pieces(text, sizeof(text) - 1, size, NULL);

		assert_int_equal(r.status, BPR_OK);
		assert_string_equal(events_of(r.log, DAY_2024_04_01), expected);
		assert_int_equal(bpr_log_info(r.log).rows, 3);
		assert_int_equal(bpr_log_info(r.log).with_start, 3);
		assert_int_equal(told(&r, "L113", NULL), 1);
		assert_int_equal(told(&r, "L112", NULL), 1);
		release(&r);
	}
}

static void reads(const char *text, const char *expected)
{
	struct result r = read_text(text, NULL);

	assert_int_equal(r.status, BPR_OK);
	assert_string_equal(events_of(r.log, DAY_2024_04_01), expected);
	release(&r);
}

static void test_japanese(void **unused)
{
	(void)unused;
	reads("建築確認 処理記録,,,\n案件番号,作業名,担当者,日時\nA-1,受付,山田,令和6年4月1日 午前9時5分\nA-1,審査,佐藤,R6.4.1 13:05\n",
	      "A-1 受付 -545 山田//\nA-1 審査 -785 佐藤//\n");
	reads("日付;時刻;受付番号;手続;担当課\n2024/4/1;9:05;1;転入;市民課\n2024/4/1;24:30;1;交付;市民課\n", "1 転入 -545 /市民課/\n1 交付 -1470 /市民課/\n");
}

static void test_tickets(void **unused)
{
	(void)unused;
	reads("日付,番号,業務区分,窓口番号,発券時刻,呼出時刻,受付開始,受付終了,交付時刻,結果\n"
	      "2024/4/1,12,証明,3,9:00,9:10,9:11,9:15,9:20,完了\n"
	      "2024/4/1,13,証明,3,9:01,9:12,,,,不在\n"
	      "2024/4/1,14,転入,5,23:50,0:05,0:06,0:30,,\n"
	      "2024/4/2,12,証明,3,9:00:30,,,,,取消\n",
	      "2024-04-01 12 発券 -540 // =完了\n2024-04-01 12 受付 551-555 //3\n2024-04-01 12 交付 -560 //3\n"
	      "2024-04-01 13 発券 -541 // =不在\n2024-04-01 13 呼出 -552 //3 2\n"
	      "2024-04-01 14 発券 -1430 //\n2024-04-01 14 受付 1446-1470 //5\n"
	      "2024-04-02 12 発券 -1980.5 // =取消\n");
}

static void test_stages(void **unused)
{
	(void)unused;
	reads("文書番号,起案日時,係長決裁,課長決裁,審査開始,審査終了,施行日\n"
	      "1,2024-04-01 09:00,2024-04-01 10:00,2024-04-02 09:00,2024-04-02 10:00,2024-04-02 11:00,2024-04-03\n"
	      "2,2024-04-01 09:30,2024-04-01 10:00,,2024-04-02 10:00,,\n",
	      "1 起案 -540 //\n1 係長決裁 -600 //\n1 課長決裁 -1980 //\n1 審査 2040-2100 //\n1 施行 -2880 //\n"
	      "2 起案 -570 //\n2 係長決裁 -600 //\n2 審査 2040-2040 // 1\n");
}

static void test_walk(void **unused)
{
	(void)unused;
	reads("窓口体験調査,,,,,,,,,\n実施日：令和6年4月1日,,,,,,,,,\n"
	      "体験者,順番,窓口,行ったこと,着いた時刻,呼ばれた時刻,終わった時刻,書いた様式,記入項目数,押印,気づき\n"
	      "田中,1,市民課,転入届,9:00,9:10,9:25,住民異動届、国保届,12,○,案内が 見えない\n"
	      ",2,国保係,国保加入,9:30,,9:40,,,,\n",
	      "田中 転入届 550-565 //市民課 [writes=\"住民異動届;国保届\" fields=12 seals=1 wait=10 note=案内が 見えない]\n"
	      "田中 国保加入 570-580 //国保係\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_plain), cmocka_unit_test(test_japanese), cmocka_unit_test(test_tickets),
					    cmocka_unit_test(test_stages), cmocka_unit_test(test_walk) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
