/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logs in tables: what is read of them, and what is said of what is not. */
#include "lib/log.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"

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
	      "2024-04-02 12 発券 -1980.5 // 8 =取消\n");
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

/* Beginnings and ends as rows of their own: the first beginning to the first end, however the rows stand. */
static void test_transitions(void **unused)
{
	(void)unused;
	reads("case,activity,lifecycle:transition,timestamp,resource\n"
	      "1,a,start,2024-04-01T00:01:00,x\n1,b,start,2024-04-01T00:02:00,y\n1,a,complete,2024-04-01T00:04:00,x\n"
	      "1,a,start,2024-04-01T00:05:00,x\n1,b,complete,2024-04-01T00:06:00,\n1,c,COMPLETE,2024-04-01T00:07:00,z\n"
	      "2,a,complete,2024-04-01T00:03:00,x\n2,a,schedule,2024-04-01T00:00:00,x\n2,a,start,2024-04-01T00:01:00,x\n",
	      "1 a 1-4 x//\n1 b 2-6 y//\n1 a 5-5 x// 1\n1 c -7 z//\n2 a 1-3 x//\n");
}

static void test_options(void **unused)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	static const char *const by[] = { "Kind" };
	static const char text[] = "a,b,kind,when\n1,x,k1,2024-04-01 00:01\n1,y,k2,2024-04-01 00:02\n2,x,,2024-04-01 00:03\n";
	const struct bpr_log_case *one;
	bpr_log_walk *walk;
	struct result r;

	(void)unused;
	r = read_text(text, &o);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_int_equal(r.fault.id, BPR_I_L103);
	assert_string_equal(r.fault.args[1], "a, b, kind, when");
	release(&r);
	o.case_column = "A";
	o.activity = "b";
	o.time = "when";
	o.by = by;
	o.by_count = 1;
	r = read_text(text, &o);
	assert_int_equal(r.status, BPR_OK);
	assert_string_equal(events_of(r.log, DAY_2024_04_01), "1 x -1 //\n1 y -2 //\n2 x -3 //\n");
	assert_int_equal(bpr_log_walk_new(r.log, &walk, NULL), BPR_OK);
	assert_int_equal(bpr_log_walk_next(walk, &one, NULL), BPR_OK);
	assert_string_equal(bpr_log_name(r.log, BPR_LOG_BY, one->by[0]), "k1"); /* the first one said counts */
	assert_int_equal(bpr_log_walk_next(walk, &one, NULL), BPR_OK);
	assert_int_equal(one->by[0], BPR_LOG_NONE);
	bpr_log_walk_free(walk);
	release(&r);
	o.time = "nothing";
	r = read_text(text, &o);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_int_equal(r.fault.id, BPR_I_L101);
	assert_string_equal(r.fault.args[0], "nothing");
	release(&r);
}

static const char bad_rows[] = "case,activity,start,complete\n"
			       "1,a,2024-04-01 00:01,2024-04-01 00:02\n"
			       ",a,2024-04-01 00:01,2024-04-01 00:02\n"
			       "1,,2024-04-01 00:01,2024-04-01 00:02\n"
			       "1,a,,\n"
			       "1,a,yesterday,2024-04-01 00:02\n"
			       "1,a,2024-04-01 00:03,2024-04-01 00:02\n"
			       "1\n"
			       "1,a,tomorrow,2024-04-01 00:02\n"
			       "1,b,00:03,2024-04-01 00:03\n"
			       "\n"
			       "1,c,,2024-04-01 00:04\n"
			       "1,d,2024-04-01 00:05,\n";

static void test_bad_rows(void **unused)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	struct bpr_problem p;
	struct result r = read_text(bad_rows, NULL);

	(void)unused;
	assert_int_equal(r.status, BPR_OK);
	assert_string_equal(events_of(r.log, DAY_2024_04_01), "1 a 1-2 //\n1 c -4 //\n1 d 5-5 // 1\n");
	assert_int_equal(bpr_log_info(r.log).rows, 11);
	assert_int_equal(bpr_log_info(r.log).rejected, 8);
	assert_int_equal(told(&r, "L130", &p), 1);
	assert_string_equal(p.args[0], "1");
	assert_string_equal(p.args[1], "3");
	assert_int_equal(p.line, 3);
	assert_int_equal(told(&r, "L131", NULL), 1);
	assert_int_equal(told(&r, "L132", NULL), 1);
	assert_int_equal(told(&r, "L133", &p), 1);
	assert_string_equal(p.args[0], "2");
	assert_string_equal(p.args[1], "6, 9");
	assert_string_equal(p.args[2], "yesterday");
	assert_string_equal(p.args[3], "start");
	assert_int_equal(told(&r, "L134", NULL), 1);
	assert_int_equal(told(&r, "L135", NULL), 1);
	assert_int_equal(told(&r, "L137", NULL), 1);
	release(&r);
	o.strict = true;
	r = read_text(bad_rows, &o);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_int_equal(r.fault.id, BPR_I_L140);
	assert_int_equal(r.fault.line, 3);
	release(&r);
}

/* Thousands of bad rows are counted, and twenty of them told. */
static void test_many_bad_rows(void **unused)
{
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_problem p;
	struct result r;
	size_t commas = 0;

	(void)unused;
	bpr_i_buf_puts(&text, "case,activity,time\n1,a,2024-04-01\n");
	for (unsigned i = 0; i < 5000; i++)
		bpr_i_buf_puts(&text, "1,a,never\n");
	r = read_text(text.data, NULL);
	assert_int_equal(r.status, BPR_OK);
	assert_int_equal(bpr_log_info(r.log).rejected, 5000);
	assert_true(bpr_log_info(r.log).dates_only);
	assert_int_equal(told(&r, "L122", NULL), 1);
	assert_int_equal(told(&r, "L133", &p), 1);
	assert_string_equal(p.args[0], "5000");
	for (const char *c = p.args[1]; *c; c++)
		commas += *c == ',';
	assert_int_equal(commas, 19);
	release(&r);
	bpr_i_buf_clear(&text);
	bpr_i_buf_puts(&text, "case,activity,time\n1,a,never\n1,,2024-04-01\n1,a,never\n");
	r = read_text(text.data, NULL);
	assert_int_equal(r.status, BPR_ESYNTAX); /* not one that can be used: what most of them lack */
	assert_int_equal(r.fault.id, BPR_I_L143);
	assert_int_equal(r.fault.line, 2);
	release(&r);
	bpr_i_buf_release(&text);
	r = read_text("case,activity,time\n", NULL);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_int_equal(r.fault.id, BPR_I_L106);
	release(&r);
}

/* Day and month by the column as a whole. */
static void test_day_and_month(void **unused)
{
	struct result r;

	(void)unused;
	r = read_text("case,activity,time\n1,a,4/1/2024 0:01\n1,b,4/13/2024 0:02\n", NULL);
	assert_int_equal(r.status, BPR_OK);
	assert_string_equal(events_of(r.log, DAY_2024_04_01), "1 a -1 //\n1 b -17282 //\n");
	assert_int_equal(told(&r, "L118", NULL), 1);
	release(&r);
	r = read_text("case,activity,time\n1,a,1/4/2024 0:01\n1,b,13/4/2024 0:02\n", NULL);
	assert_string_equal(events_of(r.log, DAY_2024_04_01), "1 a -1 //\n1 b -17282 //\n");
	assert_int_equal(told(&r, "L117", NULL), 1);
	release(&r);
	r = read_text("case,activity,time\n1,a,4/1/2024 0:01\n1,b,5/5/2024 0:02\n", NULL);
	assert_int_equal(r.status, BPR_OK);
	assert_int_equal(bpr_log_info(r.log).rejected, 1);
	assert_int_equal(told(&r, "L119", NULL), 1);
	release(&r);
}

static void test_offsets(void **unused)
{
	struct result r = read_text("case,activity,time\n1,a,2024-04-01T09:01:00+09:00\n1,b,2024-04-01T01:00:00+00:00\n", NULL);

	(void)unused;
	assert_string_equal(events_of(r.log, DAY_2024_04_01), "1 a -1 //\n1 b -60 //\n");
	assert_true(bpr_log_info(r.log).offsets);
	assert_int_equal(bpr_log_info(r.log).first_offset, 540);
	assert_int_equal(told(&r, "L121", NULL), 0);
	release(&r);
	r = read_text("case,activity,time\n1,a,2024-04-01T09:01:00+09:00\n1,b,2024-04-01T01:00:00\n", NULL);
	assert_int_equal(told(&r, "L121", NULL), 1);
	release(&r);
}

/* ---- encodings ---- */

static void in_encoding(const char *data, size_t length, const char *encoding, const char *expected)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;

	o.encoding = encoding;
	for (size_t size = 1; size < 200; size += size < 12 ? 1 : 50) {
		struct result r = read_pieces(data, length, size, &o);

		if (r.status)
			fail_msg("%s in pieces of %zu: %s %s", encoding ? encoding : "-", size, bpr_code_at((size_t)r.fault.id)->code, r.fault.args[1]);
		assert_string_equal(events_of(r.log, DAY_2024_04_01), expected);
		release(&r);
	}
}

static size_t to_wide(const char *text, char *out, bool big, bool bom)
{
	size_t n = 0, length = strlen(text);

	if (bom) {
		out[n++] = big ? '\xfe' : '\xff';
		out[n++] = big ? '\xff' : '\xfe';
	}
	for (size_t at = 0; at < length;) {
		const unsigned code = bpr_i_utf8_next(text, length, &at);

		out[n++] = (char)(big ? code >> 8 : code & 0xff);
		out[n++] = (char)(big ? code & 0xff : code >> 8);
	}
	return n;
}

static void test_encodings(void **unused)
{
	static const char text[] = "案件番号,作業名,日時\n1,受付,2024/4/1 0:01\n";
	/* The same by Python's encode('cp932'). */
	static const char cp932[] = "\x88\xc4\x8c\x8f\x94\xd4\x8d\x86,\x8d\xec\x8b\xc6\x96\xbc,\x93\xfa\x8e\x9e\n1,\x8e\xf3\x95\x74,2024/4/1 0:01\n";
	static const char expected[] = "1 受付 -1 //\n";
	char wide[300];
	size_t length;

	(void)unused;
	in_encoding(text, sizeof(text) - 1, NULL, expected);
	in_encoding(text, sizeof(text) - 1, "utf-8", expected);
	in_encoding("\xef\xbb\xbf" "case,activity,time\n1,x,2024-04-01 00:01\n", 43, NULL, "1 x -1 //\n");
	in_encoding(cp932, sizeof(cp932) - 1, "cp932", expected);
	length = to_wide(text, wide, false, true);
	in_encoding(wide, length, "utf-16", expected);
	length = to_wide(text, wide, true, true);
	in_encoding(wide, length, NULL, expected);
	in_encoding(wide, length, "utf-16", expected);
	length = to_wide(text, wide, true, false);
	in_encoding(wide, length, "utf-16be", expected);
	{ /* detected from a piece that is large enough */
		struct result r = read_pieces(cp932, sizeof(cp932) - 1, 4096, NULL);

		assert_int_equal(r.status, BPR_OK);
		assert_string_equal(events_of(r.log, DAY_2024_04_01), expected);
		release(&r);
		length = to_wide(text, wide, true, true);
		r = read_pieces(wide, length, 4096, NULL);
		assert_int_equal(r.status, BPR_OK);
		assert_string_equal(events_of(r.log, DAY_2024_04_01), expected);
		release(&r);
	}
}

/* ASCII for a megabyte, and Japanese in CP932 at its end. */
static void test_late_encoding(void **unused)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	struct bpr_buf text = BPR_BUF_INIT;
	struct result r;

	(void)unused;
	bpr_i_buf_puts(&text, "case,activity,time\n");
	for (unsigned i = 0; i < 40000; i++)
		bpr_i_buf_puts(&text, "1,a,2024-04-01 00:01:00\n");
	bpr_i_buf_puts(&text, "2,\x8e\xf3\x95\x74,2024-04-01 00:02:00\n");
	r = read_pieces(text.data, text.length, 1 << 16, NULL);
	assert_int_equal(r.status, BPR_OK);
	assert_int_equal(bpr_log_find(r.log, BPR_LOG_ACTIVITY, "受付"), 1);
	assert_int_equal(bpr_log_info(r.log).events, 40001);
	release(&r);
	bpr_i_buf_clear(&text);
	bpr_i_buf_puts(&text, "case,activity,time\n1,a,2024-04-01\n1,\xe5\x8f\x97\xe4\xbb\x98\xe5\x8f\x97\xe4\xbb\x98,2024-04-01\n1,\xff,2024-04-01\n");
	r = read_pieces(text.data, text.length, 1 << 16, NULL);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_int_equal(r.fault.id, BPR_I_I010);
	assert_int_equal(r.fault.line, 4);
	assert_string_equal(r.fault.args[0], "0xFF");
	release(&r);
	bpr_i_buf_release(&text);
	r = read_pieces("case,activity,time\n1,a\0,2024-04-01\n", 35, 10, NULL);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_int_equal(r.fault.id, BPR_I_I012);
	release(&r);
	o.encoding = "utf-8";
	r = read_pieces("case,activity,time\n1,a,2024-04-01\n1,\xe5\x8f", 38, 10, &o);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_int_equal(r.fault.id, BPR_I_I011);
	release(&r);
}

/* ---- what is hostile, and what is no log ---- */

static void test_limits(void **unused)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	const size_t length = 4 << 20;
	char *text = malloc(length);
	struct result r;

	(void)unused;
	assert_non_null(text);
	o.max_field = 1000;
	memset(text, 'x', length); /* one line without an end */
	memcpy(text, "case,activity,time\n", 19);
	r = read_pieces(text, length, 1 << 16, &o);
	assert_int_equal(r.status, BPR_ELIMIT);
	assert_int_equal(r.fault.id, BPR_I_T003);
	release(&r);
	memset(text + 19, ',', length - 19); /* millions of columns */
	r = read_pieces(text, length, 1 << 16, &o);
	assert_int_equal(r.status, BPR_ELIMIT);
	release(&r);
	text[19] = '"'; /* a quotation mark that is never closed */
	r = read_pieces(text, length, 1 << 16, &o);
	assert_int_equal(r.status, BPR_ELIMIT);
	release(&r);
	memset(text, ',', length);
	r = read_pieces(text, length, 1 << 16, &o);
	assert_true(r.status == BPR_ELIMIT || r.status == BPR_ESYNTAX);
	release(&r);
	free(text);
	o = (struct bpr_log_options)BPR_LOG_OPTIONS_INIT;
	o.max_names = 2;
	r = read_text("case,activity,time\n1,a,2024-04-01\n1,b,2024-04-01\n1,c,2024-04-01\n", &o);
	assert_int_equal(r.status, BPR_ELIMIT);
	release(&r);
	r = read_text("case,activity,time\n1,\"a\"x,2024-04-01\n", NULL);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_int_equal(r.fault.line, 2);
	release(&r);
}

static void test_looks(void **unused)
{
	static const struct { const char *text; bool is; } heads[] = {
		{ "case,activity,timestamp\n1,a,2024-04-01\n", true },
		{ "案件番号;作業;日時\n", true },
		{ "case:concept:name,concept:name,time:timestamp,org:resource\n", true },
		{ "case,activity,id,arrive,start,complete,resource,unit,counter,ticket,replication\n", true },
		{ "日付,番号,業務区分,窓口番号,発券時刻,呼出時刻\n", true },
		{ "id,name,kind,next,unit,work\na,受付,task,b,市民課,5\n", false },
		{ "番号,作業名,種別,次,担当課,窓口,処理時間\n1,受付,作業,2,市民課,1番,5分\n", false },
		{ "form,field,times\nF1,氏名,1\n", false },
		{ "key,value\nper_day,80\n", false },
		{ "", false },
		{ "hello\n", false },
	};
	static const struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;

	(void)unused;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (bpr_i_log_csv_looks(heads[i].text, strlen(heads[i].text), &options) != heads[i].is)
			fail_msg("%s", heads[i].text);
}

static void test_details(void **unused)
{
	struct bpr_log_detail d;

	(void)unused;
	assert_true(bpr_i_log_detail("writes=\"A;B c\" fields=12 names=3 seals=1 id_checks=2 wait=4.5 note=a b=c", &d));
	assert_int_equal(d.writes_length, 5);
	assert_memory_equal(d.writes, "A;B c", 5);
	assert_true(d.counts[BPR_LOG_FIELDS] > 11.9 && d.counts[BPR_LOG_FIELDS] < 12.1 && d.counts[BPR_LOG_WAIT_MIN] > 4.4 && d.counts[BPR_LOG_WAIT_MIN] < 4.6);
	assert_true(d.counts[BPR_LOG_SEALS] > 0.9 && d.counts[BPR_LOG_ID_CHECKS] > 1.9 && d.counts[BPR_LOG_NAMES_WRITTEN] > 2.9);
	assert_string_equal(d.note, "a b=c");
	assert_true(bpr_i_log_detail("", &d) && !d.writes && !d.note);
	assert_true(bpr_i_log_detail("seals=2", &d));
	assert_false(bpr_i_log_detail("seals", &d));
	assert_false(bpr_i_log_detail("seals=x", &d));
	assert_false(bpr_i_log_detail("writes=\"A", &d));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain), cmocka_unit_test(test_japanese), cmocka_unit_test(test_tickets), cmocka_unit_test(test_stages),
		cmocka_unit_test(test_walk), cmocka_unit_test(test_transitions), cmocka_unit_test(test_options), cmocka_unit_test(test_bad_rows),
		cmocka_unit_test(test_many_bad_rows), cmocka_unit_test(test_day_and_month), cmocka_unit_test(test_offsets), cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_late_encoding), cmocka_unit_test(test_limits), cmocka_unit_test(test_looks), cmocka_unit_test(test_details),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
