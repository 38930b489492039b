/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers on values, people and hours: each beside the same flow edited by hand. */
#include "lib/test.h"
#include "unit/lever_flow.h"
#include <bpr/calendar.h>

static void speed(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|a", "a|task|b|work=10|wait=tri(2,4,10)|unit=U", "b|task|e|work=gamma(6,2)|unit=U", "e|end|");
	FLOW(&after, "s|start|a", "a|task|b|work=5|wait=tri(2,4,10)|unit=U", "b|task|e|work=gamma(3,1)|unit=U", "e|end|");
	lever_makes(&before, "1,speed_up,unit=U,-50%,,\n", &after);
	lever_makes(&before, "1,時間短縮,*,▲50％,,\n", &after);
	lever_makes(&before, "1,speed_up,a;b,work=-50%,,\n", &after);
	test_end(&after);
	FLOW(&after, "s|start|a", "a|task|b|work=tri(1,2,3)|wait=tri(1,2,5)|unit=U", "b|task|e|work=gamma(6,2)|unit=U", "e|end|");
	lever_makes(&before, "1,speed_up,a,\"work=tri(1,2,3);wait=-50%\",,\n", &after);
	test_end(&after);
	lever_refused(&before, "1,speed_up,a,50%,,\n", "K058");
	lever_refused(&before, "1,speed_up,a,,,\n", "K058");
	lever_refused(&before, "1,speed_up,b,wait=-10%,,\n", "K078");
	lever_refused(&before, "1,speed_up,a,emp(nosuch.csv),,\n", "K058");
	lever_refused(&before, "1,speed_up,a,-20%;-30%,,\n", "K054");
	lever_refused(&before, "1,speed_up,unit=V,-20%,,\n", "K048");
	lever_refused(&before, "1,speed_up,counter=V,-20%,,\n", "K047");
	test_end(&before);
}

static void reassign(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|a", "a|task|b|counter=C|unit=U|staff=P", "b|task|e|unit=U|staff=P", "e|end|");
	FLOW(&after, "s|start|a", "a|task|b|unit=V|staff=Q:2;P|actor=citizen", "b|task|e|unit=U|staff=P", "e|end|");
	lever_makes(&before, "1,reassign,a,窓口=-;担当=V;要員=Q:2+P;実施者=住民,,\n", &after);
	test_end(&after);
	FLOW(&after, "s|start|a", "a|task|b|counter=D|unit=U", "b|task|e|unit=U|counter=D", "e|end|");
	lever_makes(&before, "1,reassign,pool=P,counter=D;staff=-,,\n", &after);
	test_end(&after);
	lever_refused(&before, "1,reassign,a,,,\n", "K076");
	lever_refused(&before, "1,reassign,a,actor=dog,,\n", "K077");
	lever_refused(&before, "1,reassign,a,staff=P:0,,\n", "K075");
	lever_refused(&before, "1,reassign,a,staf=P,,\n", "K055");
	lever_refused(&before, "1,reassign,z,staff=P,,\n", "K045");
	test_end(&before);
}

static void unbatch(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|a", "a|task|b|work=2|batch=10/60min", "b|task|e|work=3", "e|end|");
	FLOW(&after, "s|start|a", "a|task|b|work=2", "b|task|e|work=3", "e|end|");
	lever_makes(&before, "1,unbatch,*,,,\n", &after);
	lever_refused(&after, "1,unbatch,*,,,\n", "K079");
	test_end(&after);
	test_end(&before);
}

static void check_sheet(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|m", "m|xor|a", "a|task|q|work=5", "q|xor|m:20%;b:50%;x:30%", "b|task|e", "e|end|", "x|end||outcome=incomplete");
	FLOW(&after, "s|start|m", "m|xor|a", "a|task|q|work=5", "q|xor|m:0.1;b:0.75;x:0.15", "b|task|e", "e|end|", "x|end||outcome=incomplete");
	lever_makes(&before, "1,check_sheet,*,50%,,\n", &after);
	lever_makes(&before, "1,チェックシート,q,5割,,\n", &after);
	test_end(&after);
	/* Only the way back to m. */
	FLOW(&after, "s|start|m", "m|xor|a", "a|task|q|work=5", "q|xor|m:0;b:0.625;x:0.375", "b|task|e", "e|end|", "x|end||outcome=incomplete");
	lever_makes(&before, "1,check_sheet,m,100%,,\n", &after);
	test_end(&after);
	lever_refused(&before, "1,check_sheet,b,50%,,\n", "K074");
	lever_refused(&before, "1,check_sheet,*,,,\n", "K057");
	lever_refused(&before, "1,check_sheet,*,120%,,\n", "K057");
	test_end(&before);
	/* A detour that always comes back, and the time of the citizen. */
	FLOW(&before, "s|start|a", "a|task|q|unit=U", "q|task|w:40%;e:60%", "w|task|q", "e|end|");
	FLOW(&after, "s|start|check_sheet", "check_sheet|task|a|name=シート|unit=U|actor=citizen|work=3", "a|task|q|unit=U", "q|task|w:0.2;e:0.8", "w|task|q",
	     "e|end|");
	lever_makes(&before, "1,check_sheet,*,50%;fill=3分;name=シート,,\n", &after);
	test_end(&after);
	test_end(&before);
}

static void staff(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|a", "a|task|e|work=2|staff=P;Q", "e|end|", "staff: pool=P|count=2|hours=8:30-17:15");
	FLOW(&after, "s|start|a", "a|task|e|work=2|staff=P;Q", "e|end|", "staff: pool=P|count=3|hours=8:30-17:15");
	lever_makes(&before, "1,add_staff,P,+1,,\n", &after);
	lever_makes(&before, "1,増員,職種=P,１人,,\n", &after);
	test_end(&after);
	FLOW(&after, "s|start|a", "a|task|e|work=2|staff=P;Q", "e|end|", "staff: pool=P|shift=|count=2|hours=8:30-17:15",
	     "staff: pool=P|shift=増員|count=2|hours=9:00-12:00");
	lever_makes(&before, "1,add_staff,P,+2@9:00-12:00,,\n", &after);
	test_end(&after);
	FLOW(&after, "s|start|a", "a|task|e|work=2|staff=P;Q", "e|end|", "staff: pool=P|count=2|hours=9:00-16:00", "demand: open=9:00-16:00");
	lever_makes(&before, "1,hours,pool=P,9:00-16:00,,\n1,hours,,9:00-16:00,,\n", &after);
	lever_makes(&before, "1,開庁時間変更,開庁;職種=P,9:00-16:00,,\n", &after);
	test_end(&after);
	lever_refused(&before, "1,add_staff,Q,+1,,\n", "K081");
	lever_refused(&before, "1,add_staff,R,+1,,\n", "K049");
	lever_refused(&before, "1,add_staff,P,+0,,\n", "K082");
	lever_refused(&before, "1,add_staff,P,+1@never,,\n", "K082");
	lever_refused(&before, "1,hours,P2,9:00-12:00,,\n", "K047");
	lever_refused(&before, "1,hours,,,,\n", "K083");
	lever_refused(&before, "1,hours,pool=P,nine,,\n", "K083");
	test_end(&before);
}

/* Expected cases of an ordinary Monday between two minutes. */
static double cases_between(const bpr_flow *flow, double from, double to)
{
	struct bpr_calendar_options options = BPR_CALENDAR_OPTIONS_INIT;
	struct bpr_rate rates[BPR_RATES_MAX];
	bpr_calendar *calendar = NULL;
	double sum = 0;
	size_t count;

	assert_int_equal(bpr_calendar_new(flow, &options, &calendar, NULL), BPR_OK);
	count = bpr_calendar_rates(calendar, 0, rates);
	for (size_t i = 0; i < count; i++)
		sum += rates[i].per_minute * fmax(0, fmin(to, rates[i].to) - fmax(from, rates[i].from));
	bpr_calendar_free(calendar);
	return sum;
}

static void appointments(void **state)
{
	struct test_flow before;
	bpr_flow *after;
	char code[8];

	(void)state;
	FLOW(&before, "s|start|a", "a|task|b|work=2|wait=10|counter=C", "b|task|e|wait=8|counter=D", "e|end|", "demand: per_day=80|open=8:00-16:00",
	     "demand: profile=10:00-12:00:2; 14:00-15:00:0.5");
	/* 10 to 12 has twice the rate, 14 to 15 half of it: of 9.5 units 4. */
	assert_rel(cases_between(before.flow, 600, 720), 80 * 4 / 9.5, 1e-12);
	after = lever_after(before.flow, "1,appointments,C,50%;wait=20%,,\n", code, NULL);
	assert_string_equal(code, "");
	/* Half of them as before, half of them evenly over eight hours. */
	assert_rel(cases_between(after, 600, 720), 40 * 4 / 9.5 + 40 * 2 / 8.0, 1e-9);
	assert_rel(cases_between(after, 840, 900), 40 * 0.5 / 9.5 + 40 * 1 / 8.0, 1e-9);
	assert_rel(cases_between(after, 0, 1440), 80, 1e-12);
	assert_rel(bpr_dist_mean(bpr_flow_node(after, bpr_flow_find(after, "a"))->wait), 10 * (0.5 + 0.5 * 0.2), 1e-12);
	assert_rel(bpr_dist_mean(bpr_flow_node(after, bpr_flow_find(after, "b"))->wait), 8, 1e-12);
	bpr_flow_free(after);
	after = lever_after(before.flow, "1,予約制,,100%,,\n", code, NULL);
	assert_rel(cases_between(after, 600, 720), 80 * 2 / 8.0, 1e-9);
	assert_true(bpr_dist_mean(bpr_flow_node(after, bpr_flow_find(after, "b"))->wait) <= 0);
	bpr_flow_free(after);
	test_end(&before);
	FLOW(&before, "s|start|a", "a|task|e|work=2|counter=C", "e|end|", "demand: arrivals=exp(10)");
	after = lever_after(before.flow, "1,appointments,C,75%,,\n", code, NULL);
	assert_string_equal(code, "");
	assert_rel(bpr_dist_mean(bpr_flow_demand(after)->arrivals), 10, 1e-12);
	assert_rel(bpr_dist_var(bpr_flow_demand(after)->arrivals), 25, 1e-12);
	bpr_flow_free(after);
	test_end(&before);
	FLOW(&before, "s|start|a", "a|task|e|work=2|counter=C", "e|end|", "demand: per_day=5|profile=10:00-12:00:2 13:00-14:00:3");
	lever_refused(&before, "1,appointments,C,50%,,\n", "K085");
	test_end(&before);
	FLOW(&before, "s|start|a", "a|task|e|work=2|counter=C", "e|end|", "demand: per_day=5");
	lever_refused(&before, "1,appointments,C,50%,,\n", "K084");
	test_end(&before);
}

/* Everything that --set takes, against the flow read with it in its cell. */
static void set_values(void **state)
{
	static const struct { const char *lever, *row; } steps[] = {
		{ "step.a.work,5分", "a|task|q|work=5|counter=C|staff=P|writes=F|unit=U" },
		{ "step.a.work,", "a|task|q|counter=C|staff=P|writes=F|unit=U" },
		{ "step.a.wait,exp(3)", "a|task|q|work=2|wait=exp(3)|counter=C|staff=P|writes=F|unit=U" },
		{ ",step.a.counter=D", "a|task|q|work=2|counter=D|staff=P|writes=F|unit=U" },
		{ ",step.a.staff=Q:2;P", "a|task|q|work=2|counter=C|staff=Q:2;P|writes=F|unit=U" },
		{ ",step.a.writes=F;G", "a|task|q|work=2|counter=C|staff=P|writes=F;G|unit=U" },
		{ "step.a.writes,", "a|task|q|work=2|counter=C|staff=P|unit=U" },
		{ "step.a.担当,V", "a|task|q|work=2|counter=C|staff=P|writes=F|unit=V" },
		{ "step.a.seals,2", "a|task|q|work=2|counter=C|staff=P|writes=F|unit=U|seals=2" },
		{ "step.a.rules,対面・目視", "a|task|q|work=2|counter=C|staff=P|writes=F|unit=U|rules=対面・目視" },
		{ "step.a.name,受付", "a|task|q|name=受付|work=2|counter=C|staff=P|writes=F|unit=U" },
		{ "step.a.batch,4/30分", "a|task|q|work=2|counter=C|staff=P|writes=F|unit=U|batch=4/30分" },
		{ "step.a.system,S", "a|task|q|work=2|counter=C|staff=P|writes=F|unit=U|system=S" },
		{ "step.a.actor,住民", "a|task|q|work=2|counter=C|staff=P|writes=F|unit=U|actor=citizen" },
		{ "step.a.repeat,3", "a|task|q|work=2|counter=C|staff=P|writes=F|unit=U|repeat=3" },
	};
	static const struct { const char *lever, *row; } others[] = {
		{ "demand.per_day,90", "demand: per_day=90|open=9:00-17:00" }, { "demand.open,10:00-15:00", "demand: per_day=80|open=10:00-15:00" },
		{ "demand.per_year,9000", "demand: per_year=9000|open=9:00-17:00" },
		{ "counter.C.walk_minutes,4", "counters: counter=C|walk_minutes=4" }, { "counter.C.open,9:00-12:00", "counters: counter=C|open=9:00-12:00" },
		{ "staff.P,5", "staff: pool=P|count=5|yen_per_hour=2000" }, { "staff.P.yen_per_hour,1500", "staff: pool=P|count=2|yen_per_hour=1500" },
		{ "staff.P.hours,9:00-12:00", "staff: pool=P|count=2|yen_per_hour=2000|hours=9:00-12:00" },
	};
	const char *rows[] = { "s|start|a", "a|task|q|work=2|counter=C|staff=P|writes=F|unit=U", "q|xor|b:40%;e:60%", "b|task|e|staff=Q|counter=D|system=S|reads=G;F|unit=V",
			       "e|end|", "forms: form=F|field=x", "forms: form=G|field=y", "staff: pool=P|count=2|yen_per_hour=2000",
			       "demand: per_day=80|open=9:00-17:00", NULL, NULL };
	struct test_flow before, after;
	char text[200];

	(void)state;
	lever_flow(&before, rows);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		rows[1] = steps[i].row;
		lever_flow(&after, rows);
		(void)snprintf(text, sizeof(text), "1,set,%s,,\n", steps[i].lever);
		lever_makes(&before, text, &after);
		test_end(&after);
	}
	rows[1] = "a|task|q|work=2|counter=C|staff=P|writes=F|unit=U";
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		const char *staff_row = rows[7], *demand_row = rows[8];

		if (!strncmp(others[i].row, "demand", 6))
			rows[8] = others[i].row;
		else if (!strncmp(others[i].row, "staff", 5))
			rows[7] = others[i].row;
		else
			rows[9] = others[i].row;
		lever_flow(&after, rows);
		(void)snprintf(text, sizeof(text), "1,set,%s,,\n", others[i].lever);
		lever_makes(&before, text, &after);
		test_end(&after);
		rows[7] = staff_row;
		rows[8] = demand_row;
		rows[9] = NULL;
	}
	rows[2] = "q|xor|b:0.25;e:0.75";
	lever_flow(&after, rows);
	lever_makes(&before, "1,set,step.q.next,b:0.25;e:0.75,,\n", &after);
	test_end(&after);
	test_end(&before);
}

static void set_refused(void **state)
{
	static const char *const wrong[] = {
		"step.z.work,5", "step.a.wrok,5", "step.a.work,five", "step.a.kind,end", "step.a.id,b", "step.a.next,z", "step.q.next,b:0.5;e:0.6", "demand.per_dog,3", "demand.per_day,x",
		"staff.R,3", "staff.P,0", "counter.X.walk_minutes,3", "nothing,3", ",work", ",",
	};
	struct test_flow before;
	char text[200];

	(void)state;
	FLOW(&before, "s|start|a", "a|task|q|work=2|counter=C|staff=P", "q|xor|b:40%;e:60%", "b|task|e", "e|end|", "staff: pool=P|count=2", "demand: per_day=80");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		(void)snprintf(text, sizeof(text), "1,set,%s,,\n", wrong[i]);
		lever_refused(&before, text, "K080");
	}
	test_end(&before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(speed), cmocka_unit_test(reassign), cmocka_unit_test(unbatch), cmocka_unit_test(check_sheet), cmocka_unit_test(staff),
		cmocka_unit_test(appointments), cmocka_unit_test(set_values), cmocka_unit_test(set_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
