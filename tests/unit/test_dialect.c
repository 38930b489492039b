/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Simulation data of other programs, each in the shape that the program writes, with values whose means and deviations are
 * known by their formulas; what is beside the model; what wins.
 */
#include "bpmn_test.h"
#include "read/week_i.h"
#include <sys/stat.h>
#include <unistd.h>

#define PROCESS \
	"<resource id='r1' name='窓口職員'/><process id='P'><startEvent id='S'/><task id='A'/><exclusiveGateway id='X'/><task id='B'/>" \
	"<intermediateCatchEvent id='W'/><endEvent id='E'/>" SEQ("f1", "S", "A") SEQ("f2", "A", "X") SEQ("f3", "X", "B") SEQ("f4", "X", "W") \
	SEQ("f5", "B", "E") SEQ("f6", "W", "E")
#define END "</process>"

static const bpr_flow *flow_of(const struct fixture *f)
{
	return f->flows.items[0];
}

static void check_time(const struct fixture *f, const char *id, bool work, double mean, double sd)
{
	const struct bpr_dist *dist = work ? node_of(f, 0, id)->work : node_of(f, 0, id)->wait;

	if (!dist)
		print_problems(f);
	assert_non_null(dist);
	assert_rel(bpr_dist_mean(dist), mean, 1e-9);
	assert_rel(sqrt(bpr_dist_var(dist)), sd, 1e-9);
}

/* Of a sequence flow. */
static double share(const struct fixture *f, const char *id)
{
	for (size_t i = 0; i < bpr_flow_arc_count(flow_of(f)); i++)
		if (bpr_flow_arc(flow_of(f), i)->id && !strcmp(bpr_flow_arc(flow_of(f), i)->id, id))
			return bpr_flow_arc(flow_of(f), i)->prob;
	fail_msg("no flow %s", id);
	return 0;
}

static const struct bpr_pool *pool_of(const struct fixture *f, const char *name)
{
	for (size_t i = 0; i < bpr_flow_pool_count(flow_of(f)); i++)
		if (!strcmp(bpr_flow_pool(flow_of(f), i)->name, name))
			return bpr_flow_pool(flow_of(f), i);
	fail_msg("no pool %s", name);
	return NULL;
}

static const char *source_of(const struct fixture *f, const char *element, const char *key)
{
	for (size_t i = 0; i < bpr_flow_origin_count(flow_of(f)); i++) {
		const struct bpr_origin *o = bpr_flow_origin(flow_of(f), i);

		if (!strcmp(o->element, element) && !strcmp(o->key, key))
			return o->source;
	}
	return "nobody";
}

/* ---- files beside the model ---- */

static char folder[64];

static void write_file(const char *name, const char *text)
{
	char path[160];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fputs(text, file) >= 0, 1);
	assert_int_equal(fclose(file), 0);
}

static void remove_files(void)
{
	static const char *const names[] = { "m.bpmn", "m_sim.xml", "m-sim.xml", "m.json", "other.xml", "global.xml" };
	char path[160];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		(void)unlink(path);
	}
}

static void write_model(const char *inside)
{
	struct bpr_buf text = BPR_BUF_INIT;

	if (!*folder) {
		(void)snprintf(folder, sizeof(folder), "dialect-%ld", (long)getpid());
		assert_int_equal(mkdir(folder, 0700), 0);
	}
	bpr_i_buf_puts(&text, "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:bpr='urn:bpr:flow:1' targetNamespace='urn:t'>\n");
	bpr_i_buf_puts(&text, inside);
	bpr_i_buf_puts(&text, "</definitions>\n");
	write_file("m.bpmn", text.data);
	bpr_i_buf_release(&text);
}

static bpr_status read_model(struct fixture *f)
{
	char path[160];

	(void)snprintf(path, sizeof(path), "%s/m.bpmn", folder);
	bpr_flows_release(&f->flows);
	bpr_problems_free(f->problems);
	assert_int_equal(bpr_problems_new(&f->problems, NULL), BPR_OK);
	return bpr_read(path, &f->options, &f->flows, f->problems, &f->err);
}

#define model_ok(f) \
	do { \
		if (read_model(f) != BPR_OK) { \
			print_problems(f); \
			fail(); \
		} \
	} while (0)

/* ---- QBP ---- */

#define QBP(attributes, inside) "<q:processSimulationInfo xmlns:q='http://www.qbp-simulator.com/Schema201212' " attributes ">" inside "</q:processSimulationInfo>"
#define QDIST(name, type, mean, arg1, arg2) \
	"<q:" name " type='" type "' mean='" mean "' arg1='" arg1 "' arg2='" arg2 "'><q:timeUnit>hours</q:timeUnit></q:" name ">"
#define QELEMENT(id, dist) "<q:elements><q:element elementId='" id "'>" dist "</q:element></q:elements>"

static void qbp_dist(struct fixture *f, const char *dist, double mean, double sd)
{
	bpr_i_buf_clear(&f->sketch);
	bpr_i_buf_printf(&f->sketch, PROCESS "<extensionElements>" QBP("", QELEMENT("A", "%s")) "</extensionElements>" END, dist);
	read_ok(f, f->sketch.data);
	check_time(f, "A", true, mean, sd);
}

/* Seconds, whatever the unit says; LOGNORMAL and GAMMA have their variance in arg1, EXPONENTIAL its mean. */
static void qbp_distributions(void **state)
{
	struct fixture *f = *state;

	qbp_dist(f, QDIST("durationDistribution", "FIXED", "1800", "NaN", "NaN"), 30, 0);
	qbp_dist(f, QDIST("durationDistribution", "NORMAL", "6000", "600", "0"), 100, 10);
	qbp_dist(f, QDIST("durationDistribution", "EXPONENTIAL", "0", "120", "NaN"), 2, 2);
	qbp_dist(f, QDIST("durationDistribution", "UNIFORM", "NaN", "60", "180"), 2, 2 / sqrt(12));
	qbp_dist(f, QDIST("durationDistribution", "TRIANGULAR", "120", "60", "360"), 3, sqrt(7.0 / 6));
	qbp_dist(f, QDIST("durationDistribution", "LOGNORMAL", "600", "90000", "NaN"), 10, 5);
	qbp_dist(f, QDIST("durationDistribution", "GAMMA", "600", "90000", "NaN"), 10, 5);
	/* Of 10 draws 3 take a minute and 7 two: mean 1.7, variance 0.21. */
	qbp_dist(f, "<q:durationDistribution type='HISTOGRAM' mean='NaN' arg1='NaN' arg2='NaN'><q:histogramDataBins>"
		    "<q:histogramData probability='30'><q:distribution type='FIXED' mean='60' arg1='NaN' arg2='NaN'/></q:histogramData>"
		    "<q:histogramData probability='70'><q:distribution type='FIXED' mean='120' arg1='NaN' arg2='NaN'/></q:histogramData>"
		    "</q:histogramDataBins></q:durationDistribution>", 1.7, sqrt(0.21));
	assert_int_equal(node_of(f, 0, "A")->work->kind, BPR_DIST_EMP);
	/* Half between 0 and 2 min, half 4 min: mean 2.5, E[X^2] = (4/3 + 16) / 2. */
	qbp_dist(f, "<q:durationDistribution type='HISTOGRAM'><q:histogramDataBins>"
		    "<q:histogramData probability='50'><q:distribution type='UNIFORM' mean='NaN' arg1='0' arg2='120'/></q:histogramData>"
		    "<q:histogramData probability='50'><q:distribution type='FIXED' mean='240'/></q:histogramData>"
		    "</q:histogramDataBins></q:durationDistribution>", 2.5, sqrt((4.0 / 3 + 16) / 2 - 6.25));
	assert_code(f, "X075");
}

static const char qbp_whole[] = QBP("currency='EUR' processInstances='5'",
	QDIST("arrivalRateDistribution", "EXPONENTIAL", "NaN", "3600", "NaN")
	"<q:timetables><q:timetable id='T' default='true'><q:rules><q:rule fromTime='09:00:00.000+00:00' toTime='17:00:00.000+00:00' fromWeekDay='MONDAY' toWeekDay='FRIDAY'/>"
	"</q:rules></q:timetable></q:timetables>"
	"<q:resources><q:resource id='R-1' name='審査係' totalAmount='3' costPerHour='2400' timetableId='T'/><q:resource id='unused' name='誰も' totalAmount='1'/></q:resources>"
	"<q:elements><q:element elementId='A' fixedCost='50'>" QDIST("durationDistribution", "FIXED", "300", "0", "0")
	"<q:resourceIds><q:resourceId>R-1</q:resourceId></q:resourceIds></q:element><q:element elementId='W'>" QDIST("durationDistribution", "FIXED", "900", "0", "0")
	"</q:element></q:elements><q:sequenceFlows><q:sequenceFlow elementId='f3' executionProbability='0.25'/>"
	"<q:sequenceFlow elementId='f4' executionProbability='0.75'/></q:sequenceFlows>");

static void check_qbp(struct fixture *f)
{
	const struct bpr_demand *demand = bpr_flow_demand(flow_of(f));

	check_time(f, "A", true, 5, 0);
	check_time(f, "W", false, 15, 0);
	assert_rel(node_of(f, 0, "A")->cost, 50, 0);
	assert_int_equal(node_of(f, 0, "A")->need_count, 1);
	assert_rel(share(f, "f3"), 0.25, 1e-12);
	assert_int_equal(bpr_flow_pool_count(flow_of(f)), 1);
	assert_int_equal(pool_of(f, "審査係")->count, 3);
	assert_rel(pool_of(f, "審査係")->yen_per_hour, 2400, 0);
	assert_string_equal(pool_of(f, "審査係")->hours, "Mon-Fri 9:00-17:00");
	assert_rel(bpr_dist_mean(demand->arrivals), 60, 1e-12);
	assert_rel(demand->open_from, 540, 0);
	assert_rel(demand->open_to, 1020, 0);
	assert_code(f, "X124");
	assert_false(has_code(f, "X063"));
	assert_string_equal(source_of(f, "A", "work"), "qbp");
	assert_string_equal(source_of(f, "f3", "share"), "qbp");
	assert_string_equal(source_of(f, "審査係", "count"), "qbp");
	assert_string_equal(source_of(f, "demand", "arrivals"), "qbp");
}

/* Inside the process, and directly under the root. */
static void qbp_places(void **state)
{
	struct fixture *f = *state;

	f->options.origins = true;
	bpr_i_buf_clear(&f->sketch);
	bpr_i_buf_printf(&f->sketch, PROCESS "<extensionElements>%s</extensionElements>" END, qbp_whole);
	read_ok(f, f->sketch.data);
	check_qbp(f);
	bpr_i_buf_clear(&f->sketch);
	bpr_i_buf_printf(&f->sketch, PROCESS END "%s", qbp_whole);
	read_ok(f, f->sketch.data);
	check_qbp(f);
}

static void qbp_that_is_wrong(void **state)
{
	static const char *const bad[] = {
		QDIST("durationDistribution", "NORMAL", "-5", "1", "0"), QDIST("durationDistribution", "UNIFORM", "0", "9", "3"),
		QDIST("durationDistribution", "WHATEVER", "5", "1", "0"), QDIST("durationDistribution", "FIXED", "1e300", "1", "0"),
		"<q:durationDistribution type='LOGNORMAL' mean='5' arg1='1e400'/>" , "<q:durationDistribution type='NORMAL' mean='5' arg1='-1'/>",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		bpr_i_buf_clear(&f->sketch);
		bpr_i_buf_printf(&f->sketch, PROCESS END QBP("", QELEMENT("A", "%s")), bad[i]);
		read_ok(f, f->sketch.data);
		if (node_of(f, 0, "A")->work && bpr_dist_var(node_of(f, 0, "A")->work) > 0)
			fail_msg("%s", bad[i]);
	}
}

/* ---- Scylla ---- */

#define SIM(inside) "<b:definitions xmlns:b='http://bsim.hpi.uni-potsdam.de/scylla/simModel'><b:simulationConfiguration id='s' processRef='P'>" inside "</b:simulationConfiguration></b:definitions>"
#define STASK(id, unit, dist) "<b:task id='" id "'><b:duration timeUnit='" unit "'>" dist "</b:duration></b:task>"

static void scylla_dist(struct fixture *f, const char *task, double mean, double sd)
{
	write_model(PROCESS END);
	write_file("m_sim.xml", task);
	model_ok(f);
	check_time(f, "A", true, mean, sd);
}

static void scylla_distributions(void **state)
{
	struct fixture *f = *state;

	scylla_dist(f, SIM(STASK("A", "HOURS", "<b:constantDistribution><b:constantValue>2</b:constantValue></b:constantDistribution>")), 120, 0);
	scylla_dist(f, SIM(STASK("A", "MINUTES", "<b:exponentialDistribution><b:mean>7.5</b:mean></b:exponentialDistribution>")), 7.5, 7.5);
	scylla_dist(f, SIM(STASK("A", "SECONDS", "<b:normalDistribution><b:mean>600</b:mean><b:standardDeviation>60</b:standardDeviation></b:normalDistribution>")), 10, 1);
	scylla_dist(f, SIM(STASK("A", "MINUTES", "<b:unifomDistribution><b:lower>2</b:lower><b:upper>8</b:upper></b:unifomDistribution>")), 5, sqrt(3));
	scylla_dist(f, SIM(STASK("A", "SECONDS", "<b:triangularDistribution><b:lower>600</b:lower><b:peak>1800</b:peak><b:upper>2400</b:upper></b:triangularDistribution>")),
		    80.0 / 3, sqrt((100 + 900 + 1600 - 300 - 400 - 1200) / 18.0));
	scylla_dist(f, SIM(STASK("A", "MINUTES", "<b:erlangDistribution><b:order>10</b:order><b:mean>25</b:mean></b:erlangDistribution>")), 25, 25 / sqrt(10));
	scylla_dist(f, SIM(STASK("A", "MINUTES", "<b:binomialDistribution><b:probability>0.1</b:probability><b:amount>250</b:amount></b:binomialDistribution>")), 25, sqrt(22.5));
	assert_code(f, "X075");
	scylla_dist(f, SIM(STASK("A", "MINUTES", "<b:poissonDistribution><b:mean>9</b:mean></b:poissonDistribution>")), 9, 3);
	/* 20 of 26 are 100, 5 are 300, 1 is 500. */
	scylla_dist(f, SIM(STASK("A", "MINUTES", "<b:arbitraryFiniteProbabilityDistribution><b:entry value='100' frequency='20'/><b:entry value='300' frequency='5'/>"
		    "<b:entry value='500' frequency='1'/></b:arbitraryFiniteProbabilityDistribution>")), 4000.0 / 26, sqrt(900000.0 / 26 - 4000.0 / 26 * 4000 / 26));
	assert_int_equal(node_of(f, 0, "A")->work->value_count, 26);
	remove_files();
}

static const char scylla_global[] =
	"<b:globalConfiguration xmlns:b='http://bsim.hpi.uni-potsdam.de/scylla/simModel'><b:timetables><b:timetable id='day'><b:timetableItem from='MONDAY' to='FRIDAY' "
	"beginTime='09:00:00' endTime='17:00:00'/></b:timetable><b:timetable id='early'><b:timetableItem from='MONDAY' to='FRIDAY' beginTime='07:00:00' endTime='09:00:00'/>"
	"</b:timetable></b:timetables><b:resourceData><b:dynamicResource id='clerk' name='係員' defaultQuantity='3' defaultCost='10' defaultTimeUnit='MINUTES' "
	"defaultTimetableId='day'><b:instance name='a' cost='40'/></b:dynamicResource><b:dynamicResource id='head' defaultQuantity='2' defaultCost='3600' "
	"defaultTimeUnit='HOURS' defaultTimetableId='day'><b:instance name='c' timetableId='early'/></b:dynamicResource></b:resourceData></b:globalConfiguration>";

static void scylla_files(void **state)
{
	struct fixture *f = *state;
	static char global[160];
	const char *const named[] = { global };

	write_model(PROCESS END);
	write_file("m-sim.xml", SIM("<b:startEvent id='S'><b:arrivalRate timeUnit='MINUTES'><b:exponentialDistribution><b:mean>150.5</b:mean></b:exponentialDistribution>"
		   "</b:arrivalRate></b:startEvent><b:task id='A'><b:duration timeUnit='MINUTES'><b:constantDistribution><b:constantValue>3</b:constantValue></b:constantDistribution>"
		   "</b:duration><b:resources><b:resource id='clerk' amount='2'/><b:resource id='head' amount='1'/></b:resources></b:task>"
		   "<b:exclusiveGateway id='X'><b:outgoingSequenceFlow id='f3'><b:branchingProbability>0.8</b:branchingProbability></b:outgoingSequenceFlow>"
		   "<b:outgoingSequenceFlow id='f4'><b:branchingProbability>0.2</b:branchingProbability></b:outgoingSequenceFlow></b:exclusiveGateway>"));
	write_file("global.xml", scylla_global);
	f->options.origins = true;
	model_ok(f);
	assert_rel(share(f, "f3"), 0.8, 1e-12);
	assert_rel(bpr_dist_mean(bpr_flow_demand(flow_of(f))->arrivals), 150.5, 1e-12);
	assert_int_equal(pool_of(f, "clerk")->count, 0); /* nobody named the configuration */
	assert_int_equal(node_of(f, 0, "A")->needs[0].count, 2);
	(void)snprintf(global, sizeof(global), "%s/global.xml", folder);
	f->options.simulations = named;
	f->options.simulation_count = 1;
	model_ok(f);
	assert_int_equal(pool_of(f, "係員")->count, 3);
	assert_rel(pool_of(f, "係員")->yen_per_hour, (40 + 10 + 10) / 3.0 * 60, 1e-12);
	assert_string_equal(pool_of(f, "係員")->hours, "Mon-Fri 9:00-17:00");
	assert_rel(pool_of(f, "head")->yen_per_hour, 3600, 1e-12);
	assert_int_equal(pool_of(f, "head")->shift_count, 2);
	assert_string_equal(pool_of(f, "head")->shifts[0].hours.text, "Mon-Fri 7:00-9:00");
	assert_string_equal(pool_of(f, "head")->shifts[1].hours.text, "Mon-Fri 9:00-17:00");
	assert_int_equal(has_code(f, "X123"), 0);
	assert_string_equal(source_of(f, "A", "work"), "scylla");
	/* Without companions nothing beside the model is read; what is named is. */
	f->options.companions = false;
	model_ok(f);
	assert_null(node_of(f, 0, "A")->work);
	remove_files();
}

/* A boundary event with a probability. */
static void scylla_boundary(void **state)
{
	struct fixture *f = *state;

	write_model("<process id='P'><startEvent id='S'/><task id='A'/><boundaryEvent id='b' attachedToRef='A'/><endEvent id='E'/>" SEQ("1", "S", "A") SEQ("2", "A", "E") SEQ("3", "b", "E") "</process>");
	write_file("m_sim.xml", SIM("<b:task id='A'><b:boundaryEvents><b:boundaryEvent id='b'><b:eventProbability>0.15</b:eventProbability></b:boundaryEvent></b:boundaryEvents></b:task>"));
	model_ok(f);
	assert_rel(node_of(f, 0, "b")->prob, 0.15, 0);
	remove_files();
}

/* ---- Prosimos ---- */

#define TASK(inside) "{\"task_resource_distribution\": [{\"task_id\": \"A\", \"resources\": [" inside "]}]}"
#define PDIST(name, params) "{\"resource_id\": \"r\", \"distribution_name\": \"" name "\", \"distribution_params\": [" params "]}"
#define V(x) "{\"value\": " x "}"

static void prosimos_dist(struct fixture *f, const char *json, double mean, double sd, bool replaced)
{
	write_model(PROCESS END);
	write_file("m.json", json);
	model_ok(f);
	check_time(f, "A", true, mean, sd);
	assert_int_equal(has_code(f, "X075"), replaced);
}

static void prosimos_distributions(void **state)
{
	struct fixture *f = *state;
	/* An exponential of mean 1 cut at 1: (1 - 2/e) / (1 - 1/e); second moment (2 - 5/e) / (1 - 1/e). */
	const double e = exp(-1), cut_mean = (1 - 2 * e) / (1 - e), cut_square = (2 - 5 * e) / (1 - e);

	prosimos_dist(f, TASK(PDIST("fix", V("300"))), 5, 0, false);
	prosimos_dist(f, TASK(PDIST("fix", V("1200") "," V("0") "," V("1"))), 20, 0, false);
	prosimos_dist(f, TASK(PDIST("expon", V("0") "," V("600") "," V("0") "," V("1e9"))), 10, 10, false);
	prosimos_dist(f, TASK(PDIST("expon", V("600") "," V("0") "," V("1e9"))), 10, 10, false);
	prosimos_dist(f, TASK(PDIST("expon", V("0") "," V("60") "," V("0") "," V("60"))), cut_mean, sqrt(cut_square - cut_mean * cut_mean), true);
	prosimos_dist(f, TASK(PDIST("expon", V("60") "," V("60") "," V("0") "," V("1e9"))), 2, 1, true); /* shifted by a minute */
	prosimos_dist(f, TASK(PDIST("norm", V("3600") "," V("300") "," V("0") "," V("7200"))), 60, 5, false);
	prosimos_dist(f, TASK(PDIST("norm", V("0") "," V("60") "," V("0") "," V("100000"))), sqrt(2 / acos(-1.0)), sqrt(1 - 2 / acos(-1.0)), true);
	prosimos_dist(f, TASK(PDIST("uniform", V("60") "," V("120") "," V("0") "," V("1e9"))), 2, 2 / sqrt(12), false);
	prosimos_dist(f, TASK(PDIST("uniform", V("60") "," V("180"))), 2, 2 / sqrt(12), false);
	prosimos_dist(f, TASK(PDIST("triang", V("0.2") "," V("60") "," V("300") "," V("0") "," V("1e9"))), 3, sqrt(7.0 / 6), false);
	prosimos_dist(f, TASK(PDIST("gamma", V("4") "," V("0") "," V("150") "," V("0") "," V("1e6"))), 10, 5, false);
	prosimos_dist(f, TASK(PDIST("gamma", V("600") "," V("90000") "," V("0") "," V("1e6"))), 10, 5, false);
	prosimos_dist(f, TASK(PDIST("lognorm", V("600") "," V("90000") "," V("0") "," V("1e7"))), 10, 5, false);
	/* exp(mu + s^2/2) with s = 0.5 and scale 600. */
	prosimos_dist(f, TASK(PDIST("lognorm", V("0.5") "," V("0") "," V("600") "," V("0") "," V("1e7"))), 10 * exp(0.125),
		      10 * exp(0.125) * sqrt(exp(0.25) - 1), false);
	/* Two that do it: one value or the other, as likely. */
	prosimos_dist(f, TASK(PDIST("fix", V("60")) "," PDIST("fix", V("180"))), 2, 1, false);
	prosimos_dist(f, TASK(PDIST("expon", V("0") "," V("60")) "," PDIST("fix", V("180"))), 2, sqrt((2.0 + 9) / 2 - 4), true);
	remove_files();
}

static void prosimos_whole(void **state)
{
	struct fixture *f = *state;
	const struct bpr_demand *demand;

	write_model(PROCESS END);
	write_file("m.json",
		"{\"resource_profiles\": [{\"id\": \"p1\", \"name\": \"受付係\", \"resource_list\": [{\"id\": \"ann\", \"amount\": \"2\", \"cost_per_hour\": 1000, \"calendar\": \"c\"},\n"
		"{\"id\": \"bob\", \"amount\": 1, \"cost_per_hour\": 1600, \"calendar\": \"c\"}]}],\n"
		"\"resource_calendars\": [{\"id\": \"c\", \"time_periods\": [{\"from\": \"MONDAY\", \"to\": \"FRIDAY\", \"beginTime\": \"09:00:00.000\", \"endTime\": \"12:00:00\"},"
		"{\"from\": \"MONDAY\", \"to\": \"FRIDAY\", \"beginTime\": \"13:00:00\", \"endTime\": \"17:30:00\"}]}],\n"
		"\"task_resource_distribution\": [{\"task_id\": \"A\", \"resources\": [{\"resource_id\": \"ann\", \"distribution_name\": \"fix\", \"distribution_params\": [{\"value\": 300}]},"
		"{\"resource_id\": \"bob\", \"distribution_name\": \"fix\", \"distribution_params\": [{\"value\": 300}]}]}],\n"
		"\"gateway_branching_probabilities\": [{\"gateway_id\": \"X\", \"probabilities\": [{\"path_id\": \"f3\", \"value\": 0.4}, {\"path_id\": \"f4\", \"value\": \"0\"}]}],\n"
		"\"event_distribution\": [{\"event_id\": \"W\", \"distribution_name\": \"fix\", \"distribution_params\": [{\"value\": 900}]}],\n"
		"\"arrival_time_distribution\": {\"distribution_name\": \"expon\", \"distribution_params\": [{\"value\": 0}, {\"value\": 1200}, {\"value\": 0}, {\"value\": 1e9}]},\n"
		"\"arrival_time_calendar\": [{\"from\": \"MONDAY\", \"to\": \"SUNDAY\", \"beginTime\": \"10:00:00\", \"endTime\": \"16:00:00\"}]}\n");
	f->options.origins = true;
	model_ok(f);
	demand = bpr_flow_demand(flow_of(f));
	check_time(f, "A", true, 5, 0);
	check_time(f, "W", false, 15, 0);
	assert_rel(share(f, "f3"), 1, 1e-12); /* 0.4 and 0 */
	assert_code(f, "X074");
	assert_int_equal(pool_of(f, "受付係")->count, 3);
	assert_rel(pool_of(f, "受付係")->yen_per_hour, 1200, 1e-12);
	assert_string_equal(pool_of(f, "受付係")->hours, "Mon-Fri 9:00-12:00 13:00-17:30");
	assert_rel(bpr_dist_mean(demand->arrivals), 20, 1e-12);
	assert_rel(demand->open_to - demand->open_from, 360, 0);
	assert_rel(demand->open_days, 365, 0);
	assert_string_equal(source_of(f, "A", "work"), "prosimos");
	/* JSON beside the model that is something else is none of our business. */
	write_file("m.json", "");
	model_ok(f);
	write_file("m.json", "{\"task_resource\": ");
	model_ok(f);
	assert_null(node_of(f, 0, "A")->work);
	remove_files();
}

static void prosimos_that_is_wrong(void **state)
{
	static const char *const bad[] = {
		PDIST("fix", V("-60")), PDIST("fix", V("\"x\"")), PDIST("fix", ""), PDIST("whatever", V("60")), PDIST("gamma", V("60")),
		PDIST("gamma", V("0") "," V("0") "," V("1") "," V("0") "," V("1")), PDIST("lognorm", V("1") "," V("0") "," V("-5") "," V("0") "," V("9")),
		PDIST("expon", V("0") "," V("60") "," V("90") "," V("30")), PDIST("uniform", V("60") "," V("-20") "," V("0") "," V("100")),
		PDIST("norm", V("1e300") "," V("1e300") "," V("0") "," V("1e308")), PDIST("lognorm", V("1e200") "," V("0") "," V("1e200") "," V("0") "," V("1e300")),
		"[]", "null", "{\"distribution_name\": 7, \"distribution_params\": {}}",
	};
	struct fixture *f = *state;

	write_model(PROCESS END);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		bpr_i_buf_clear(&f->sketch);
		bpr_i_buf_printf(&f->sketch, TASK("%s"), bad[i]);
		write_file("m.json", f->sketch.data);
		model_ok(f);
		if (node_of(f, 0, "A")->work || !has_code(f, "X077"))
			fail_msg("%s", bad[i]);
	}
	write_file("m.json", "{\"task_resource_distribution\": 3, \"gateway_branching_probabilities\": [4, {\"probabilities\": [null, {\"value\": -1}]}], "
			     "\"resource_profiles\": {}, \"arrival_time_distribution\": \"x\", \"event_distribution\": [[]]}");
	model_ok(f);
	write_file("m.json", "{\"task_resource_distribution\": [1e400]}");
	assert_int_equal(read_model(f), BPR_ESYNTAX);
	assert_string_equal(f->err.code, "I020");
	remove_files();
}

/* ---- ADONIS, iGrafx, Camunda, jBPM ---- */

#define ATTRIBUTE(name, value) "<a:attribute name='" name "' type='UTC'><a:value>" value "</a:value><a:metavalue/></a:attribute>"
#define ON_TASK(inside) \
	"<process id='P'><startEvent id='S'/><task id='A'><extensionElements xmlns:a='http://www.boc-group.com'>" inside "</extensionElements></task><endEvent id='E'/>" \
	SEQ("1", "S", "A") SEQ("2", "A", "E") "</process>"

static void adonis(void **state)
{
	struct fixture *f = *state;

	f->options.origins = true;
	read_ok(f, ON_TASK("<a:instance>" ATTRIBUTE("A_EXECUTION_TIME", "00:000:00:05:30") ATTRIBUTE("A_WAITING_TIME", "00:001:02:00:00") ATTRIBUTE("A_RESTING_TIME", "0")
			   ATTRIBUTE("A_TRANSPORT_TIME", "1800") ATTRIBUTE("COSTS", "120.5") "<a:record name='SIMULATION_VARIABLES'/></a:instance>"));
	check_time(f, "A", true, 5.5, 0);
	check_time(f, "A", false, 1440 + 120 + 30, 0);
	assert_rel(node_of(f, 0, "A")->cost, 120.5, 1e-12);
	assert_string_equal(source_of(f, "A", "wait"), "adonis");
	read_ok(f, ON_TASK("<a:instance>" ATTRIBUTE("A_EXECUTION_TIME", "0") ATTRIBUTE("A_WAITING_TIME", "00:000:00:00:00") ATTRIBUTE("COSTS", "0") "</a:instance>"));
	assert_null(node_of(f, 0, "A")->work);
	assert_null(node_of(f, 0, "A")->wait);
	assert_string_equal(source_of(f, "A", "cost"), "nobody");
	read_ok(f, ON_TASK("<a:instance>" ATTRIBUTE("A_EXECUTION_TIME", "5 min") "</a:instance>"));
	assert_code(f, "X077");
	read_ok(f, ON_TASK("<i:system xmlns:i='http://www.itp-commerce.com/BPMN2.0'><attribute name='KPIDuration' value='1'/><attribute name='KPIWaitTime' value='0'/></i:system>"));
	assert_code(f, "X125");
	assert_null(node_of(f, 0, "A")->work);
}

static void igrafx_and_camunda(void **state)
{
	struct fixture *f = *state;

	read_ok(f, ON_TASK("<x:duration xmlns:x='http://www.igrafx.com/2015/bpmn'>PT1H30M</x:duration>"));
	check_time(f, "A", true, 90, 0);
	read_ok(f, ON_TASK("<x:duration xmlns:x='http://www.igrafx.com/2015/bpmn'>soon</x:duration>"));
	assert_code(f, "X077");
	read_ok(f, ON_TASK("<c:properties xmlns:c='http://camunda.org/schema/1.0/bpmn'><c:property name='simNextFire' value='${g.nowPlusMinutes(2)}'/></c:properties>"));
	assert_code(f, "X076");
	read_ok(f, ON_TASK("<c:properties xmlns:c='http://camunda.org/schema/1.0/bpmn'><c:property name='colour' value='simple'/></c:properties>"));
	assert_false(has_code(f, "X076"));
	read_ok(f, ON_TASK("<s:signavioMetaData xmlns:s='http://www.signavio.com' metaKey='bgcolor' metaValue='#fff'/>"));
	assert_null(node_of(f, 0, "A")->work);
}

/* The tree of BPSim under jBPM's own name, with elementId, the unit beside the times and placeholders of mean 0. */
static void older_jbpm(void **state)
{
	struct fixture *f = *state;

	f->options.origins = true;
	read_ok(f, PROCESS END "<relationship xmlns:d='http://www.jboss.org/drools' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' type='BPSimData'><extensionElements>"
		"<d:ProcessAnalysisData><d:Scenario xsi:type='d:Scenario' id='default'><d:ScenarioParameters xsi:type='d:ScenarioParameters' baseTimeUnit='min'/>"
		"<d:ElementParameters xsi:type='d:ElementParameters' elementId='A'><d:TimeParameters xsi:type='d:TimeParameters'><d:ProcessingTime xsi:type='d:Parameter'>"
		"<d:NormalDistribution mean='600' standardDeviation='60'/></d:ProcessingTime><d:TimeUnit xsi:type='d:Parameter'><d:EnumParameter value='s'/></d:TimeUnit>"
		"</d:TimeParameters></d:ElementParameters><d:ElementParameters elementId='B'><d:TimeParameters><d:ProcessingTime><d:PoissonDistribution mean='0'/></d:ProcessingTime>"
		"</d:TimeParameters></d:ElementParameters><d:ElementParameters elementId='f3'><d:ControlParameters><d:Probability><d:FloatingParameter value='20.0'/></d:Probability>"
		"</d:ControlParameters></d:ElementParameters></d:Scenario></d:ProcessAnalysisData></extensionElements></relationship>");
	check_time(f, "A", true, 10, 1);
	assert_null(node_of(f, 0, "B")->work);
	assert_code(f, "X121");
	assert_rel(share(f, "f3"), 0.2, 1e-12);
	assert_string_equal(source_of(f, "A", "work"), "bpsim");
}

/* ---- calendars ---- */

static void icalendar(void **state)
{
	static const char daily[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTEND:20211001T160000\r\nDTSTART:20211001T080000\r\nEND:VEVENT\r\n"
				    "RRULE:FREQ=DAILY;BYDAY=TH,MO,FR,TU,WE\r\nEND:VCALENDAR\r\n";
	/* Folded within a word; a length; Friday 1 January 2021 by its date. */
	static const char folded[] = "BEGIN:VEVENT\nDTSTART;TZID=Asia/Tokyo:20210101T083000\nDURATION:PT8H4\n 5M\nRRULE:FREQ=WEE\n KLY\nEND:VEVENT\n";
	static const char indented[] = "   BEGIN:VEVENT\n   DTSTART:20210104T220000\n   DTEND:20210105T060000\n   RRULE:FREQ=WEEKLY;BYDAY=MO,SU\n   END:VEVENT\n";
	static const char once[] = "BEGIN:VEVENT\nDTSTART:20210101T083000\nDTEND:20210101T093000\nEND:VEVENT\n";
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_week week;
	size_t days;

	(void)state;
	assert_true(bpr_i_ical_read(daily, sizeof(daily) - 1, &week));
	assert_rel(bpr_i_week_minutes(&week, &days), 5 * 480, 0);
	assert_int_equal(days, 5);
	assert_true(bpr_i_week_schedule(&week, 127, &text));
	assert_string_equal(text.data, "Mon-Fri 8:00-16:00");
	bpr_i_buf_clear(&text);
	assert_true(bpr_i_ical_read(folded, sizeof(folded) - 1, &week));
	assert_int_equal(week.days[4].count, 1);
	assert_rel(bpr_i_week_minutes(&week, &days), 525, 0);
	assert_true(bpr_i_week_schedule(&week, 16, &text));
	assert_string_equal(text.data, "8:30-17:15");
	assert_true(bpr_i_ical_read(indented, sizeof(indented) - 1, &week)); /* over midnight, from Sunday round to Monday */
	assert_rel(week.days[0].spans[0].to, 360, 0);
	assert_rel(bpr_i_week_minutes(&week, &days), 960, 0);
	assert_int_equal(days, 3);
	assert_false(bpr_i_ical_read(once, sizeof(once) - 1, &week));
	assert_true(week.simplified);
	assert_false(bpr_i_ical_read("", 0, &week));
	assert_false(bpr_i_ical_read("DTSTART:\n:\n;;;=\nRRULE\nBEGIN:VEVENT\nDTSTART:99999999T999999\nRRULE:FREQ=;BYDAY=,,9\nEND:VEVENT", 85, &week));
	bpr_i_buf_release(&text);
}

static void weeks(void **state)
{
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_week week = { 0 };
	size_t days;

	(void)state;
	assert_int_equal(bpr_i_week_day("MONDAY", 6), 0);
	assert_int_equal(bpr_i_week_day("su", 2), 6);
	assert_int_equal(bpr_i_week_day("x", 1), -1);
	assert_rel(bpr_i_week_time("09:30:00.000+09:00", 18), 570, 0);
	assert_true(bpr_i_week_time("24:01", 5) <= 1440);
	assert_true(bpr_i_week_time("9", 1) < 0);
	assert_true(bpr_i_week_time("25:00", 5) < 0);
	bpr_i_week_add(&week, 4, 0, 600, 720); /* Friday to Monday */
	bpr_i_week_add(&week, 0, 6, 720, 900); /* touches */
	assert_rel(bpr_i_week_minutes(&week, &days), 4 * 120 + 7 * 180, 0);
	assert_true(bpr_i_week_schedule(&week, 127, &text));
	assert_string_equal(text.data, "Mon Fri-Sun 10:00-15:00; Tue-Thu 12:00-15:00");
	bpr_i_week_add(&week, 0, 6, 0, 1439.9);
	assert_true(bpr_i_week_always(&week));
	bpr_i_buf_release(&text);
}

#define SCENARIO(inside) "<relationship type='BPSimData'><extensionElements><b:BPSimData><b:Scenario id='s' name='現状'>" inside "</b:Scenario></b:BPSimData></extensionElements></relationship>"
#define CALENDAR(id, from, to, days) \
	"<b:Calendar id='" id "'>BEGIN:VCALENDAR&#13;&#10;BEGIN:VEVENT&#13;&#10;DTSTART:20210104T" from "&#13;&#10;DTEND:20210104T" to "&#13;&#10;RRULE:FREQ=WEEKLY;BYDAY=" days \
	"&#13;&#10;END:VEVENT&#13;&#10;END:VCALENDAR</b:Calendar>"

static void bpsim_calendars(void **state)
{
	static const char body[] = PROCESS END SCENARIO(
		"<b:ScenarioParameters baseTimeUnit='min' baseCurrencyUnit='EUR'/><b:ElementParameters elementRef='S'><b:ControlParameters><b:InterTriggerTimer>"
		"<b:NegativeExponentialDistribution mean='12' validFor='office'/></b:InterTriggerTimer></b:ControlParameters></b:ElementParameters>"
		"<b:ElementParameters elementRef='A'><b:ResourceParameters><b:Selection><b:ExpressionParameter value=\"bpsim:getResource('r1',1)\"/></b:Selection></b:ResourceParameters>"
		"</b:ElementParameters><b:ElementParameters elementRef='r1'><b:ResourceParameters><b:Availability><b:BooleanParameter value='true' validFor='am'/>"
		"<b:BooleanParameter value='true' validFor='pm'/></b:Availability><b:Quantity><b:NumericParameter value='4'/></b:Quantity></b:ResourceParameters></b:ElementParameters>"
		CALENDAR("am", "090000", "120000", "MO,TU,WE,TH,FR") CALENDAR("pm", "130000", "170000", "MO,TU,WE,TH,FR")
		CALENDAR("office", "083000", "171500", "MO,TU,WE,TH,FR,SA"));
	struct fixture *f = *state;

	f->options.scenario = "現状"; /* by its name */
	read_ok(f, body);
	assert_int_equal(pool_of(f, "窓口職員")->count, 4);
	assert_string_equal(pool_of(f, "窓口職員")->hours, "Mon-Fri 9:00-12:00 13:00-17:00");
	assert_rel(bpr_dist_mean(bpr_flow_demand(flow_of(f))->arrivals), 12, 0);
	assert_rel(bpr_flow_demand(flow_of(f))->open_from, 510, 0);
	assert_rel(bpr_flow_demand(flow_of(f))->open_to, 1035, 0);
	assert_rel(bpr_flow_demand(flow_of(f))->open_days, 313, 0);
	assert_code(f, "X124");
	read_ok(f, PROCESS END SCENARIO("<b:Calendar id='c'>tomorrow</b:Calendar><b:ElementParameters elementRef='S'><b:ControlParameters><b:InterTriggerTimer>"
		"<b:NumericParameter value='5' validFor='gone'/></b:InterTriggerTimer></b:ControlParameters></b:ElementParameters>"));
	assert_code(f, "X122");
	assert_code(f, "X128");
	assert_rel(bpr_dist_mean(bpr_flow_demand(flow_of(f))->arrivals), 5, 0);
}

#define DAILY(id, from, to) CALENDAR(id, from, to, "MO,TU,WE,TH,FR,SA,SU")
#define BY(value, id) "<b:FloatingParameter value='" value "' validFor='" id "'/>"
#define PEOPLE(value, id) "<b:NumericParameter value='" value "' validFor='" id "'/>"

/*
 * The shape of Technical Support, scenario S3 (BusinessProcessSimulation/BPSim, WfMC): seven windows a day with times between arrivals
 * and people of their own; 2206 arrivals a day, as test_arrive.c has it with the same text.
 */
static void bpsim_windows(void **state)
{
	static const char body[] = PROCESS END SCENARIO(
		"<b:ScenarioParameters baseTimeUnit='min'/><b:ElementParameters elementRef='S'><b:ControlParameters><b:InterTriggerTimer><b:FloatingParameter value='1.0'/>"
		BY("0.35", "C1") BY("0.86", "C2") BY("0.55", "C3") BY("1.0", "C4") BY("0.43", "C5") BY("0.67", "C6") BY("2.0", "C7")
		"</b:InterTriggerTimer></b:ControlParameters></b:ElementParameters>"
		"<b:ElementParameters elementRef='A'><b:ResourceParameters><b:Selection><b:ExpressionParameter value=\"bpsim:getResource('r1',1)\"/></b:Selection></b:ResourceParameters>"
		"</b:ElementParameters><b:ElementParameters elementRef='r1'><b:ResourceParameters><b:Quantity><b:NumericParameter value='0'/>" PEOPLE("20", "C1") PEOPLE("9", "C6")
		"</b:Quantity></b:ResourceParameters></b:ElementParameters>"
		DAILY("C1", "060000", "090000") DAILY("C2", "090000", "120000") DAILY("C3", "120000", "150000") DAILY("C4", "150000", "180000")
		DAILY("C5", "180000", "220000") DAILY("C6", "220000", "010000") DAILY("C7", "010000", "060000"));
	/* One value by its calendar, another one for the rest of the week. */
	static const char rest[] = PROCESS END SCENARIO(
		"<b:ScenarioParameters baseTimeUnit='min'/><b:ElementParameters elementRef='S'><b:ControlParameters><b:InterTriggerTimer><b:FloatingParameter value='30'/>"
		BY("5", "C1") "</b:InterTriggerTimer></b:ControlParameters></b:ElementParameters>" CALENDAR("C1", "090000", "170000", "MO,TU,WE,TH,FR"));
	struct fixture *f = *state;
	const struct bpr_pool *pool;

	read_ok(f, body);
	assert_null(bpr_flow_demand(flow_of(f))->arrivals);
	assert_string_equal(bpr_flow_demand(flow_of(f))->windows.text,
		"6:00-9:00=0.35; 9:00-12:00=0.86; 12:00-15:00=0.55; 15:00-18:00=1; 18:00-22:00=0.43; 22:00-25:00=0.67; 1:00-6:00=2");
	pool = pool_of(f, "窓口職員");
	assert_int_equal(pool->shift_count, 2);
	assert_int_equal(pool->count, 29);
	assert_string_equal(pool->shifts[0].hours.text, "6:00-9:00");
	assert_string_equal(pool->shifts[1].hours.text, "0:00-1:00 22:00-24:00");
	assert_int_equal(has_code(f, "X078"), 0);
	read_ok(f, rest);
	assert_string_equal(bpr_flow_demand(flow_of(f))->windows.text,
		"Mon-Fri 9:00-17:00=5; Mon-Thu 17:00-33:00=30; Fri 17:00-24:00=30; Sat 0:00-24:00=30; Sun 0:00-33:00=30");
}

/* ---- who wins ---- */

static void precedence(void **state)
{
	struct fixture *f = *state;
	static char other[160];
	const char *const named[] = { other };
	char model[4096];

	(void)snprintf(model, sizeof(model), "%s%s%s", PROCESS "<extensionElements>"
		QBP("", QELEMENT("A", QDIST("durationDistribution", "FIXED", "60", "0", "0"))) "</extensionElements>" END,
		"<relationship xmlns:b='http://www.bpsim.org/schemas/1.0'><extensionElements><b:BPSimData><b:Scenario id='s'><b:ScenarioParameters baseTimeUnit='min'/><b:ElementParameters elementRef='A'>"
		"<b:TimeParameters><b:ProcessingTime><b:NumericParameter value='2'/></b:ProcessingTime></b:TimeParameters></b:ElementParameters></b:Scenario></b:BPSimData></extensionElements>",
		"</relationship>");
	write_model(model);
	f->options.origins = true;
	model_ok(f);
	check_time(f, "A", true, 2, 0); /* BPSim over QBP */
	assert_code(f, "X120");
	write_file("m_sim.xml", SIM(STASK("A", "MINUTES", "<b:constantDistribution><b:constantValue>3</b:constantValue></b:constantDistribution>")));
	model_ok(f);
	check_time(f, "A", true, 3, 0); /* what stands beside it over what is inside */
	assert_string_equal(source_of(f, "A", "work"), "scylla");
	write_file("m.json", TASK(PDIST("fix", V("240"))));
	model_ok(f);
	check_time(f, "A", true, 4, 0);
	write_file("other.xml", "<b:BPSimData xmlns:b='http://www.bpsim.org/schemas/2.0'><b:Scenario id='o'><b:ElementParameters elementRef='A'><b:TimeParameters><b:ProcessingTime>"
		   "<b:NumericParameter value='5'/></b:ProcessingTime></b:TimeParameters></b:ElementParameters></b:Scenario></b:BPSimData>");
	(void)snprintf(other, sizeof(other), "%s/other.xml", folder);
	f->options.simulations = named;
	f->options.simulation_count = 1;
	model_ok(f);
	check_time(f, "A", true, 5, 0); /* what was named over both */
	assert_string_equal(source_of(f, "A", "work"), "bpsim");
	f->options.sets = (const char *const[]){ "step.A.work=7" };
	f->options.set_count = 1;
	model_ok(f);
	check_time(f, "A", true, 7, 0);
	assert_string_equal(source_of(f, "A", "work"), "set");
	f->options.set_count = 0;
	write_file("other.xml", "<html/>");
	assert_int_equal(read_model(f), BPR_ESYNTAX);
	assert_string_equal(f->err.code, "X130");
	write_file("other.xml", "[1, 2]");
	assert_int_equal(read_model(f), BPR_ESYNTAX);
	(void)snprintf(other, sizeof(other), "%s/gone.xml", folder);
	assert_int_equal(read_model(f), BPR_EIO);
	remove_files();
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(qbp_distributions), T(qbp_places), T(qbp_that_is_wrong), T(scylla_distributions), T(scylla_files), T(scylla_boundary),
		T(prosimos_distributions), T(prosimos_whole), T(prosimos_that_is_wrong), T(adonis), T(igrafx_and_camunda), T(older_jbpm),
		T(icalendar), T(weeks), T(bpsim_calendars), T(bpsim_windows), T(precedence),
	};

	return cmocka_run_group_tests_name("dialect", tests, NULL, NULL);
}
