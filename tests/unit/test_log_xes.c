/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XES: each rule of the reader against a document that needs it, cut and wrongly encoded ones, hostile ones. */
#include "config.h"
#include "lib/log.h"
#include "base/buf_i.h"
#include <bpr/bpr.h>
#include <iconv.h>
#include <stdbool.h>

#define T(day, hour, minute) ((INT64_C(19813) + (day)) * 86400000 + (hour) * INT64_C(3600000) + (minute) * INT64_C(60000)) /* April 2024, day from 1 */

static bpr_problems *problems;
static struct bpr_error err;

static bpr_status take(const char *text, size_t length, const struct bpr_log_options *options, bpr_log **log)
{
	bpr_problems_free(problems);
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	err = (struct bpr_error){ .status = BPR_OK };
	return bpr_log_read_memory("a.xes", text, length, options, log, problems, &err);
}

static bpr_log *read_log(const char *text, const struct bpr_log_options *options)
{
	bpr_log *log;

	if (take(text, strlen(text), options, &log))
		print_error("%s: %s\n", err.code, err.message);
	assert_int_equal(err.status, BPR_OK);
	return log;
}

/* Args 1 to 3 of the problem, "" where it is not in the list. */
static const char *told(const char *code, unsigned arg)
{
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		if (!strcmp(p.code->code, code))
			return p.args[arg - 1];
	}
	return "";
}

/* The log as a text: "case[result;by]: activity start-end resource/unit/counter flags; …", times in minutes of the first of April, UTC. */
static const char *shown(const bpr_log *log)
{
	static char room[4000];
	struct bpr_buf out = BPR_BUF_ON(room);
	const struct bpr_log_case *one;
	bpr_log_walk *walk;

	room[0] = '\0';
	assert_int_equal(bpr_log_walk_new(log, &walk, NULL), BPR_OK);
	while (!bpr_log_walk_next(walk, &one, NULL) && one) {
		bpr_i_buf_puts(&out, out.length ? " | " : "");
		bpr_i_buf_puts(&out, bpr_log_name(log, BPR_LOG_CASE, one->index));
		if (one->result != BPR_LOG_NONE) {
			bpr_i_buf_puts(&out, "=");
			bpr_i_buf_puts(&out, bpr_log_name(log, BPR_LOG_RESULT, one->result));
		}
		for (size_t i = 0; i < one->count; i++) {
			const struct bpr_log_event *e = &one->events[i];

			bpr_i_buf_puts(&out, i ? "; " : ": ");
			bpr_i_buf_puts(&out, bpr_log_name(log, BPR_LOG_ACTIVITY, e->activity));
			bpr_i_buf_puts(&out, " ");
			if (e->start != BPR_LOG_NO_TIME)
				bpr_i_buf_printf(&out, "%lld-", (long long)((e->start - T(1, 0, 0)) / 60000));
			bpr_i_buf_printf(&out, "%lld", (long long)((e->end - T(1, 0, 0)) / 60000));
			if (e->offset)
				bpr_i_buf_printf(&out, "%+d", e->offset);
			for (unsigned k = 0; k < 3; k++) {
				const uint32_t index = k == 0 ? e->resource : k == 1 ? e->unit : e->counter;

				if (index != BPR_LOG_NONE) {
					bpr_i_buf_puts(&out, k == 0 ? " @" : k == 1 ? " /" : " #");
					bpr_i_buf_puts(&out, bpr_log_name(log, BPR_LOG_RESOURCE + k, index));
				}
			}
			bpr_i_buf_puts(&out, e->flags == BPR_LOG_OPEN ? " open" : e->flags == BPR_LOG_BROKEN ? " broken" : "");
		}
	}
	bpr_log_walk_free(walk);
	return room;
}

static void expect(const char *text, const struct bpr_log_options *options, const char *wanted)
{
	bpr_log *log = read_log(text, options);

	assert_string_equal(shown(log), wanted);
	bpr_log_free(log);
}

#define NAME(x) "<string key='concept:name' value='" x "'/>"
#define AT(x) "<date key='time:timestamp' value='2024-04-" x "'/>"
#define DO(x) "<string key='lifecycle:transition' value='" x "'/>"
#define EVENT(name, at) "<event>" NAME(name) AT(at) "</event>"
#define EVENT_DO(name, at, transition) "<event>" NAME(name) AT(at) DO(transition) "</event>"

static void test_plain(void **unused)
{
	(void)unused;
	expect("<log>" "<trace>" NAME("1") EVENT("a", "01T00:01:00Z") EVENT("b", "01T00:02:00.000Z") "</trace>"
	       "<trace>" NAME("2") EVENT("b", "01T01:00:00+00:00") "</trace></log>", NULL, "1: a 1; b 2 | 2: b 60");
	/* Offsets: instants, and the clock of the office beside them. */
	expect("<log><trace>" NAME("1") EVENT("a", "01T09:05:00+09:00") EVENT("b", "01T02:30:00+02:00") "</trace></log>", NULL,
	       "1: a 5+540; b 30+120");
	/* Prefixes, a default namespace, attributes in another order, unused elements, text between, CDATA, comments. */
	expect("<?xml version='1.0'?><!-- <log> --><x:log xmlns:x='urn:x'><x:extension name='Time'/><x:trace><x:list key='l'><x:string key='concept:name' value='no'/>"
	       "</x:list>text<![CDATA[<event>]]><x:string value='1' key='concept:name'/><x:event><x:date value='2024-04-01T00:01:00Z' key='time:timestamp'/>"
	       "<x:string value='a' key='concept:name'><x:string key='org:resource' value='nested'/></x:string></x:event></x:trace></x:log>", NULL, "1: a 1");
	/* References, and blanks at the ends. */
	expect("<log><trace>" NAME("1") "<event>" NAME("a &amp; b &lt;&#x5E02;&gt;  ") AT("01T00:01:00Z") "</event></trace></log>", NULL, "1: a & b <市> 1");
	/* Those of the trace and the log itself are no events'. */
	expect("<log>" NAME("log") "<trace>" NAME("1") "<string key='org:resource' value='nobody'/>" EVENT("a", "01T00:01:00Z") "</trace></log>", NULL, "1: a 1");
}

static void test_who(void **unused)
{
	const char *const by[] = { "kind", "channel" };
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	bpr_log *log;
	const char text[] = "<log><trace>" NAME("1") "<string key='result' value='done'/><string key='kind' value='K'/><event>" NAME("a") AT("01T00:01:00Z")
			    "<string key='org:resource' value='P'/><string key='org:group' value='U'/><string key='counter' value='C'/><string key='org:role' value='R'/>"
			    "<string key='kind' value='other'/><string key='channel' value='mail'/></event><event>" NAME("b") AT("01T00:02:00Z")
			    "<string key='channel' value='web'/></event></trace></log>";

	(void)unused;
	expect(text, NULL, "1=done: a 1 @P /U #C; b 2");
	o.resource = "org:role";
	o.unit = "org:resource";
	o.activity = "channel";
	o.result = "kind";
	o.by = by;
	o.by_count = 2;
	log = read_log(text, &o);
	assert_string_equal(shown(log), "1=K: mail 1 @R /P #C; web 2");
	assert_int_equal(bpr_log_name_count(log, BPR_LOG_BY), 1);
	assert_string_equal(bpr_log_name(log, BPR_LOG_BY, 0), "K");
	assert_string_equal(bpr_log_name(log, BPR_LOG_BY + 1, 0), "mail"); /* of the first event */
	assert_string_equal(bpr_log_by(log, 1), "channel");
	bpr_log_free(log);
	o = (struct bpr_log_options)BPR_LOG_OPTIONS_INIT;
	o.case_column = "kind";
	expect(text, &o, "K=done: a 1 @P /U #C; b 2");
}

static void test_lifecycle(void **unused)
{
	(void)unused;
	expect("<log><trace>" NAME("1") EVENT_DO("a", "01T00:01:00Z", "start") EVENT_DO("a", "01T00:03:00Z", "start") EVENT_DO("a", "01T00:05:00Z", "COMPLETE")
	       EVENT_DO("a", "01T00:09:00Z", "complete") EVENT_DO("a", "01T00:10:00Z", "complete") "</trace></log>", NULL, "1: a 1-5; a 3-9; a 10");
	/* The instance says which of two belongs to which, even though the first was begun first. */
	expect("<log><trace>" NAME("1") "<event>" NAME("a") AT("01T00:01:00Z") DO("start") "<string key='concept:instance' value='x'/></event>"
	       "<event>" NAME("a") AT("01T00:02:00Z") DO("start") "<string key='concept:instance' value='y'/></event>"
	       "<event>" NAME("a") AT("01T00:05:00Z") DO("complete") "<string key='concept:instance' value='y'/></event>"
	       "<event>" NAME("a") AT("01T00:09:00Z") DO("complete") "<string key='concept:instance' value='x'/></event>"
	       "<event>" NAME("a") AT("01T00:10:00Z") DO("complete") "<string key='concept:instance' value='z'/></event></trace></log>", NULL,
	       "1: a 1-9; a 2-5; a 10");
	/* Never ended, and of another trace; given up; neither begun nor ended. */
	expect("<log><trace>" NAME("1") EVENT_DO("a", "01T00:01:00Z", "schedule") EVENT_DO("a", "01T00:02:00Z", "assign") EVENT_DO("a", "01T00:03:00Z", "start")
	       EVENT_DO("a", "01T00:04:00Z", "suspend") EVENT_DO("a", "01T00:05:00Z", "resume") EVENT_DO("b", "01T00:06:00Z", "start") EVENT_DO("a", "01T00:07:00Z", "ate_abort")
	       EVENT_DO("c", "01T00:08:00Z", "autoskip") "</trace><trace>" NAME("2") EVENT_DO("b", "01T00:09:00Z", "complete") "</trace></log>", NULL,
	       "1: a 3-7 broken; b 6-6 open | 2: b 9");
	assert_string_equal(told("L204", 1), "5");
	assert_string_equal(told("L204", 3), "schedule");
	assert_string_equal(told("L213", 1), "1");
	/* What the standard does not know counts as done. */
	expect("<log><trace>" NAME("1") EVENT_DO("a", "01T00:01:00Z", "In Progress") "</trace></log>", NULL, "1: a 1");
	assert_string_equal(told("L205", 3), "In Progress");
	/* Who ends it did it; else who began it. */
	expect("<log><trace>" NAME("1") "<event>" NAME("a") AT("01T00:01:00Z") DO("start") "<string key='org:resource' value='P'/><string key='org:group' value='U'/></event>"
	       "<event>" NAME("a") AT("01T00:02:00Z") DO("complete") "<string key='org:resource' value='Q'/></event></trace></log>", NULL, "1: a 1-2 @Q /U");
	/* Backwards: the end stays. */
	expect("<log><trace>" NAME("1") EVENT_DO("a", "01T00:05:00Z", "start") EVENT_DO("a", "01T00:01:00Z", "complete") "</trace></log>", NULL, "1: a 1");
	assert_string_equal(told("L211", 1), "1");
	/* The beginning as an attribute. */
	expect("<log><trace>" NAME("1") "<event>" NAME("a") AT("01T00:05:00Z") "<date key='start_timestamp' value='2024-04-01T00:01:00Z'/></event></trace></log>", NULL, "1: a 1-5");
}

static void test_order(void **unused)
{
	bpr_log *log;

	(void)unused;
	/* By time; where times are equal, as they stand. */
	log = read_log("<log><trace>" NAME("1") EVENT("c", "01T00:05:00Z") EVENT("a", "01T00:01:00Z") EVENT("z", "01T00:03:00Z") EVENT("b", "01T00:03:00Z") "</trace></log>", NULL);
	assert_string_equal(shown(log), "1: a 1; z 3; b 3; c 5");
	assert_int_equal(bpr_log_info(log).out_of_order, 3);
	assert_true(bpr_log_info(log).offsets);
	bpr_log_free(log);
	log = read_log("<log><trace>" NAME("1") EVENT("a", "01") EVENT("b", "02") "</trace></log>", NULL);
	assert_true(bpr_log_info(log).dates_only && !bpr_log_info(log).offsets);
	bpr_log_free(log);
}

static void test_defaults(void **unused)
{
	(void)unused;
	expect("<log><global scope='trace'>" NAME("trace") "</global><global scope='event'>" NAME("some") AT("01T00:00:00Z") "<string key='org:resource' value='UNKNOWN'/>"
	       "<string key='org:group' value='U'/></global><trace>" NAME("1") "<event>" AT("01T00:01:00Z") "</event><event>" NAME("b") "</event></trace></log>", NULL,
	       "1: some 1 /U");
	assert_string_equal(told("L212", 1), "2");
	assert_string_equal(told("L201", 1), "1"); /* never a time */
}

static void test_classifier(void **unused)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	bpr_log *log;
	const char text[] = "<log><classifier name='Both' keys=\"concept:name 'the step'\"/><classifier name='One' keys='lifecycle:transition'/><trace>" NAME("1")
			    "<event>" NAME("a") AT("01T00:01:00Z") "<string key='the step' value='x'/></event><event>" AT("01T00:02:00Z") "<string key='the step' value='y'/></event>"
			    "<event>" NAME("c") AT("01T00:03:00Z") "</event></trace></log>";

	(void)unused;
	o.classifier = "Both";
	expect(text, &o, "1: a+x 1; +y 2; c+ 3");
	o.classifier = "Three";
	assert_int_equal(take(text, strlen(text), &o, &log), BPR_ESYNTAX);
	assert_string_equal(err.code, "L215");
	assert_string_equal(err.message, "there is no classifier 'Three'; the log has: Both, One");
}

static void test_names(void **unused)
{
	bpr_log *log;

	(void)unused;
	log = read_log("<log><trace>" EVENT("a", "01T00:01:00Z") "</trace><trace>" NAME("x") "</trace><trace>" NAME("x") EVENT("a", "01T00:02:00Z") "</trace><trace>"
		       NAME("x") EVENT("a", "01T00:03:00Z") "</trace><trace>" EVENT("b", "01T00:04:00Z") NAME("late") "</trace></log>", NULL);
	assert_string_equal(shown(log), "#1: a 1 | x: a 2 | x (2): a 3 | #5: b 4");
	assert_string_equal(told("L206", 1), "2");
	assert_string_equal(told("L207", 3), "x");
	assert_string_equal(told("L209", 1), "1");
	assert_string_equal(told("L210", 1), "1");
	bpr_log_free(log);
}

static void test_rejected(void **unused)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	const char text[] = "<log>\n<trace>" NAME("1") "\n<event>" AT("01T00:01:00Z") "</event>\n<event>" NAME("a") "</event>\n<event>" NAME("a")
			    "<date key='time:timestamp' value='soon'/></event>\n" EVENT("a", "01T00:02:00Z") "</trace>\n" EVENT("b", "01T00:03:00Z") "</log>";
	bpr_log *log = read_log(text, NULL);

	(void)unused;
	assert_string_equal(shown(log), "1: a 2");
	assert_int_equal(bpr_log_info(log).rows, 5);
	assert_int_equal(bpr_log_info(log).rejected, 4);
	assert_string_equal(told("L200", 2), "3");
	assert_string_equal(told("L201", 2), "4");
	assert_string_equal(told("L202", 2), "5");
	assert_string_equal(told("L202", 3), "soon");
	assert_string_equal(told("L203", 2), "7");
	bpr_log_free(log);
	o.strict = true;
	assert_int_equal(take(text, strlen(text), &o, &log), BPR_ESYNTAX);
	assert_string_equal(err.code, "L220");
	assert_int_equal(err.line, 3);
	assert_int_equal(take("<log/>", 6, NULL, &log), BPR_ESYNTAX);
	assert_string_equal(err.code, "L011");
}

/* Anything cut off is refused: never a shorter log. */
static void test_cut(void **unused)
{
	const char text[] = "<?xml version='1.0' encoding='UTF-8'?>\n<log><!-- c --><trace>" NAME("1") EVENT("市", "01T00:01:00Z") "<![CDATA[x]]></trace></log>";
	bpr_log *log;

	(void)unused;
	for (size_t n = 0; n + 1 < sizeof(text); n++) {
		assert_int_not_equal(take(text, n, NULL, &log), BPR_OK);
		assert_null(log);
		assert_true(*err.code && *err.message);
	}
	expect(text, NULL, "1: 市 1");
}

static void test_encodings(void **unused)
{
	static const struct { const char *declared, *iconv; } encodings[] = {
		{ "Shift_JIS", "CP932" }, { "EUC-JP", "EUC-JP" }, { "UTF-16", "UTF-16LE" }, { "UTF-16", "UTF-16BE" }, { "ISO-2022-JP", "ISO-2022-JP" }, { "UTF-8", "UTF-8" },
	};
	char text[20000], packed[60000];
	struct bpr_buf out = BPR_BUF_ON(text);
	bpr_log *log;

	(void)unused;
	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++) {
		iconv_t cd = iconv_open(encodings[i].iconv, "UTF-8");
		char *from = text, *to = packed;
		size_t left, room = sizeof(packed);

		assert_true(cd != (iconv_t)-1);
		bpr_i_buf_clear(&out);
		bpr_i_buf_printf(&out, "<?xml version='1.0' encoding='%s'?><log>", encodings[i].declared);
		/* Long enough that pieces of a mebibyte are none, but odd enough that reading from memory cuts no character. */
		bpr_i_buf_puts(&out, "<trace>" NAME("案件") EVENT("市民課の窓口", "01T00:01:00Z") "</trace></log>");
		left = out.length;
		assert_true(iconv(cd, &from, &left, &to, &room) != (size_t)-1 && !left);
		(void)iconv(cd, NULL, NULL, &to, &room);
		(void)iconv_close(cd);
		assert_int_equal(take(packed, sizeof(packed) - room, NULL, &log), BPR_OK);
		assert_string_equal(shown(log), "案件: 市民課の窓口 1");
		bpr_log_free(log);
	}
	assert_int_equal(take("<?xml version='1.0' encoding='UTF-7'?><log/>", 44, NULL, &log), BPR_EUNSUPPORTED);
	assert_string_equal(err.code, "X008");
	{
		const char wrong[] = "<?xml version='1.0' encoding='Shift_JIS'?><log><trace>" NAME("\x81") "</trace></log>";
		const char latin[] = "<log><trace>" NAME("caf\xe9") EVENT("a", "01T00:01:00Z") "</trace></log>";

		assert_int_equal(take(wrong, sizeof(wrong) - 1, NULL, &log), BPR_ESYNTAX);
		assert_string_equal(err.code, "L218");
		assert_int_equal(take(latin, sizeof(latin) - 1, NULL, &log), BPR_ESYNTAX);
	}
}

static void refused(const char *text, size_t length, const char *code)
{
	bpr_log *log;

	assert_int_not_equal(take(text, length, NULL, &log), BPR_OK);
	assert_null(log);
	if (strcmp(err.code, code) != 0)
		print_error("%s: %s, expected %s\n", err.code, err.message, code);
	assert_string_equal(err.code, code);
}

static void test_hostile(void **unused)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	struct bpr_buf out = BPR_BUF_INIT;
	bpr_log *log;

	(void)unused;
	refused("<!DOCTYPE log [<!ENTITY a 'b'>]><log>&a;</log>", 46, "X009");
	refused("<log>&a;</log>", 14, "X002");
	refused("<log><trace></log>", 18, "X002");
	refused("<definitions/>", 14, "L015");
	refused("<log\0/>", 7, "X014");
	for (size_t i = 0; i < 10000; i++)
		bpr_i_buf_puts(&out, i ? "<a>" : "<log>");
	refused(out.data, out.length, "X012");
	bpr_i_buf_clear(&out);
	bpr_i_buf_puts(&out, "<log");
	for (size_t i = 0; i < 1000000; i++)
		bpr_i_buf_printf(&out, " a%zu=''", i);
	refused(out.data, out.length, "X010");
	bpr_i_buf_clear(&out);
	bpr_i_buf_puts(&out, "<log><trace>");
	bpr_i_buf_puts(&out, NAME("1") "<event>" AT("01T00:01:00Z") "<string key='concept:name' value='");
	bpr_i_buf_pad(&out, 'x', 5000);
	bpr_i_buf_puts(&out, "'/></event></trace></log>");
	o.max_field = 4999;
	assert_int_equal(take(out.data, out.length, &o, &log), BPR_ELIMIT);
	assert_string_equal(err.code, "L208");
	o.max_field = 5000;
	assert_int_equal(take(out.data, out.length, &o, &log), BPR_OK);
	bpr_log_free(log);
	o = (struct bpr_log_options)BPR_LOG_OPTIONS_INIT;
	o.max_bytes = 100;
	assert_int_equal(take(out.data, out.length, &o, &log), BPR_ELIMIT);
	assert_string_equal(err.code, "I005");
	bpr_i_buf_release(&out);
}

/* As many starts as fit, each ended in the order that is worst for a search: linear all the same. */
static void test_many_open(void **unused)
{
	enum { MANY = 60000 };
	struct bpr_buf out = BPR_BUF_INIT;
	bpr_log *log;

	(void)unused;
	bpr_i_buf_puts(&out, "<log><trace>" NAME("1"));
	for (size_t i = 0; i < 2 * MANY; i++)
		bpr_i_buf_printf(&out, "<event>" NAME("a") "<date key='time:timestamp' value='2024-04-0%dT00:00:00Z'/><string key='lifecycle:transition' value='%s'/>"
				 "<string key='concept:instance' value='%zu'/></event>", i < MANY ? 1 : 2, i < MANY ? "start" : "complete", i < MANY ? i : 2 * MANY - 1 - i);
	bpr_i_buf_puts(&out, "</trace></log>");
	assert_int_equal(take(out.data, out.length, NULL, &log), BPR_OK);
	assert_int_equal(bpr_log_info(log).events, MANY);
	assert_int_equal(bpr_log_info(log).with_start, MANY);
	bpr_log_free(log);
	bpr_i_buf_release(&out);
}

/* RFC 4231, test case 2: the first half of HMAC-SHA-256 with the key "Jefe". */
static void test_pseudonyms(void **unused)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	const char text[] = "<log><trace>" NAME("what do ya want for nothing?") "<event>" NAME("a") AT("01T00:01:00Z")
			    "<string key='org:resource' value='what do ya want for nothing?'/></event><event>" NAME("a") AT("01T00:02:00Z")
			    "<string key='org:resource' value='Sato'/></event></trace><trace>" NAME("2") EVENT("a", "01T00:03:00Z") "</trace><trace>" NAME("2") EVENT("a", "01T00:03:00Z")
			    "</trace></log>";
	bpr_log *log;

	(void)unused;
	o.key = "Jefe";
	o.key_length = 4;
	log = read_log(text, &o);
	assert_string_equal(bpr_log_name(log, BPR_LOG_CASE, 0), "5bdcc146bf60754e");
	assert_string_equal(bpr_log_name(log, BPR_LOG_RESOURCE, 0), "5bdcc146bf60754e");
	assert_int_equal(bpr_log_name_count(log, BPR_LOG_CASE), 3);
	assert_int_equal(bpr_log_name_count(log, BPR_LOG_RESOURCE), 2);
	assert_int_equal(bpr_log_find(log, BPR_LOG_RESOURCE, "Sato"), BPR_LOG_NONE);
	assert_string_equal(told("L207", 3), "…"); /* nor does a message */
	bpr_log_free(log);
}

static bool stop(void *data, unsigned long long events)
{
	*(unsigned long long *)data = events;
	return false;
}

static void test_stopped(void **unused)
{
	struct bpr_log_options o = BPR_LOG_OPTIONS_INIT;
	struct bpr_buf out = BPR_BUF_INIT;
	unsigned long long events = 0;
	bpr_log *log;

	(void)unused;
	bpr_i_buf_puts(&out, "<log><trace>" NAME("1"));
	for (size_t i = 0; i < 70000; i++)
		bpr_i_buf_puts(&out, EVENT("a", "01T00:01:00Z"));
	bpr_i_buf_puts(&out, "</trace></log>");
	o.progress = stop;
	o.progress_data = &events;
	assert_int_equal(take(out.data, out.length, &o, &log), BPR_ECANCELLED);
	assert_int_equal(events, 65536);
	assert_string_equal(err.code, "L016");
	bpr_i_buf_release(&out);
}

static int teardown(void **unused)
{
	(void)unused;
	bpr_problems_free(problems);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain), cmocka_unit_test(test_who), cmocka_unit_test(test_lifecycle), cmocka_unit_test(test_order),
		cmocka_unit_test(test_defaults), cmocka_unit_test(test_classifier), cmocka_unit_test(test_names), cmocka_unit_test(test_rejected),
		cmocka_unit_test(test_cut), cmocka_unit_test(test_encodings), cmocka_unit_test(test_hostile), cmocka_unit_test(test_many_open),
		cmocka_unit_test(test_pseudonyms), cmocka_unit_test(test_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
