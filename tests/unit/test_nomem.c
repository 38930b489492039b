/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of a read made to fail, once and from then on: out of memory is said, nothing else happens. The
 * allocator is wrapped by the linker, as all calls of the library stand in one file.
 */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include <bpr/bpr.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How many allocations still succeed; whether those after the failed one do so again. */
static size_t left = SIZE_MAX;
static bool again;
static bool failed;
static bool keep_source;
static bool keep_origins;
static size_t set_count = 2;

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

static const char table[] =
	"証明書の交付（現行）,,\n番号,作業名,種別,次,担当課,窓口,処理時間,要員,記入,備考,色,係\n"
	"s,来庁,開始,a,,,,,,,,\na,\"受付、\n確認\",,b:0.7;c:30%,市民課,1番,5分,窓口職員:2,F1;F2,急ぐ,赤,〃係\n"
	"b,〃,作業,e,同上,2番,\"tri(3,5,9)\",窓口職員,,,青,\nc,交付,作業,e,,,\"emp(m.csv,時間)\",,,,,\ne,終わり,終了,,,,,,,,,\n";

/* What the read gives when nothing fails. */
struct outcome { unsigned long long hash; size_t problems; };

/* Reads with the n-th allocation failing. False: there were not so many. */
static bool read_failing(const char *path, const struct bpr_read_options *options, size_t n, bool once, const struct outcome *whole)
{
	bpr_problems *problems;
	struct bpr_flows flows;
	struct bpr_error err;
	bpr_status status;

	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	failed = false;
	again = once;
	left = n;
	status = bpr_read(path, options, &flows, problems, &err);
	left = SIZE_MAX;
	if (!status) {
		/* libcsv asks again for less, and may then have it: nothing may be missing. */
		assert_true(!failed || once);
		if (bpr_flow_hash(flows.items[0]) != whole->hash)
			print_error("allocation %zu: something is missing\n", n);
		assert_true(bpr_flow_hash(flows.items[0]) == whole->hash);
		assert_int_equal(bpr_problems_count(problems), whole->problems);
	} else if (failed) {
		if (status != BPR_ENOMEM)
			print_error("allocation %zu: status %s, %s\n", n, bpr_status_name(status), err.message);
		assert_int_equal(status, BPR_ENOMEM);
		assert_int_equal(err.status, BPR_ENOMEM);
		assert_string_equal(err.code, "I001");
		assert_int_equal(flows.count, 0);
	} else {
		assert_int_equal(status, BPR_OK);
	}
	bpr_flows_release(&flows);
	bpr_problems_free(problems);
	return failed;
}

static void put(const char *name, const char *text, size_t length)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, length, f), length);
	assert_int_equal(fclose(f), 0);
}

static void every_allocation_may_fail(const char *path)
{
	static const char *const sets[] = { "demand.per_day=7", "step.a.work=tri(1,2,3)" };
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct outcome whole;
	bpr_problems *problems;
	struct bpr_flows flows;

	options.sets = sets;
	options.set_count = set_count;
	options.source = keep_source;
	options.origins = keep_origins;
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_read(path, &options, &flows, problems, NULL), BPR_OK);
	whole.hash = bpr_flow_hash(flows.items[0]);
	whole.problems = bpr_problems_count(problems);
	bpr_flows_release(&flows);
	bpr_problems_free(problems);
	for (int once = 0; once < 2; once++) {
		size_t n = 0;

		while (read_failing(path, &options, n, once, &whole))
			n++;
		assert_true(n > 20);
	}
}

static void tables(void **state)
{
	(void)state;
	put("m.csv", "時間\n3分\n4分\n", strlen("時間\n3分\n4分\n"));
	put("t.csv", table, strlen(table));
	every_allocation_may_fail("t.csv");
}

static void tables_with_companions(void **state)
{
	static const char forms[] = "様式,様式名,項目,回数,色\nF1,届,氏名,2,赤\n〃,〃,住所,,\n";
	static const char cp932[] = "\x8d\x80\x96\xda,\x92l\nper_day,80\n\x93V\x8b\x43,1\n"; /* 項目,値 … 天気,1 */

	(void)state;
	put("m.csv", "3\n4\n", 4);
	put("t.csv", "id,next,work\na,b,emp(m.csv)\nb,,\n", strlen("id,next,work\na,b,emp(m.csv)\nb,,\n"));
	put("t.forms.csv", forms, strlen(forms));
	put("t.demand.csv", cp932, strlen(cp932));
	every_allocation_may_fail("t.csv");
}

/* libxml2's own memory is out of reach here; what the reader keeps of the document is not. */
static void bpmn(void **state)
{
	static const char document[] =
		"<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:bpr=\"urn:bpr:flow:1\" targetNamespace=\"x\">"
		"<process id=\"p\" name=\"証明書\"><laneSet><lane id=\"l\" name=\"市民課\"><flowNodeRef>a</flowNodeRef></lane></laneSet>"
		"<dataObject id=\"F1\" name=\"申請書\"/><dataObjectReference id=\"r\" dataObjectRef=\"F1\"/>"
		"<startEvent id=\"s\"/><userTask id=\"a\" name=\"受付\" bpr:work=\"tri(3,5,9)\" bpr:actor=\"citizen\" bpr:staff=\"窓口職員:2\">"
		"<dataOutputAssociation id=\"o\"><targetRef>r</targetRef></dataOutputAssociation></userTask>"
		"<exclusiveGateway id=\"x\"/><endEvent id=\"e\"/>"
		"<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"a\"/><sequenceFlow id=\"f2\" sourceRef=\"a\" targetRef=\"x\"/>"
		"<sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"a\" bpr:share=\"0.1\"/>"
		"<sequenceFlow id=\"f4\" sourceRef=\"x\" targetRef=\"e\" bpr:share=\"0.9\"/></process></definitions>";

	(void)state;
	put("t.bpmn", document, strlen(document));
	every_allocation_may_fail("t.bpmn");
}

/* Simulation data inside the model and beside it, XML and JSON; where each value comes from is kept. */
static void simulation_data(void **state)
{
	static const char document[] =
		"<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><resource id='r1' name='k'/><proces"
		"s id='P'><extensionElements><q:processSimulationInfo xmlns:q='http://www.qbp-simulator.com/Schema201"
		"212' currency='EUR'><q:timetables><q:timetable id='T' default='true'><q:rules><q:rule fromTime='09:0"
		"0' toTime='17:00' fromWeekDay='MONDAY' toWeekDay='FRIDAY'/></q:rules></q:timetable></q:timetables><q"
		":resources><q:resource id='R' name='n' totalAmount='3' timetableId='T'/></q:resources><q:elements><q"
		":element elementId='B'><q:durationDistribution type='HISTOGRAM'><q:h><q:d probability='50'><q:x type"
		"='FIXED' mean='60'/></q:d><q:d probability='50'><q:x type='FIXED' mean='240'/></q:d></q:h></q:durati"
		"onDistribution><q:resourceIds><q:resourceId>R</q:resourceId></q:resourceIds></q:element></q:elements"
		"></q:processSimulationInfo></extensionElements><startEvent id='S'/><task id='A'/><exclusiveGateway i"
		"d='X'/><task id='B'/><endEvent id='E'/><sequenceFlow id='f1' sourceRef='S' targetRef='A'/><sequenceF"
		"low id='f2' sourceRef='A' targetRef='X'/><sequenceFlow id='f3' sourceRef='X' targetRef='B'/><sequenc"
		"eFlow id='f4' sourceRef='X' targetRef='E'/><sequenceFlow id='f5' sourceRef='B' targetRef='E'/></proc"
		"ess><relationship><extensionElements><b:BPSimData xmlns:b='http://www.bpsim.org/schemas/2.0'><b:Scen"
		"ario id='s'><b:ElementParameters elementRef='A'><b:TimeParameters><b:ProcessingTime><b:UserDistribut"
		"ion><b:UserDistributionDataPoint probability='1'><b:NumericParameter value='2'/></b:UserDistribution"
		"DataPoint><b:UserDistributionDataPoint probability='1'><b:NumericParameter value='6'/></b:UserDistri"
		"butionDataPoint></b:UserDistribution></b:ProcessingTime></b:TimeParameters><b:ResourceParameters><b:"
		"Selection><b:ExpressionParameter value='getResource(&quot;k&quot;,2)'/></b:Selection></b:ResourcePar"
		"ameters></b:ElementParameters><b:ElementParameters elementRef='S'><b:ControlParameters><b:InterTrigg"
		"erTimer><b:NegativeExponentialDistribution mean='12' validFor='c'/></b:InterTriggerTimer></b:Control"
		"Parameters></b:ElementParameters><b:Calendar id='c'>BEGIN:VEVENT\nDTSTART:20210104T083000\nDURATION:PT"
		"8H\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU\nEND:VEVENT</b:Calendar></b:Scenario></b:BPSimData></extensionElemen"
		"ts></relationship></definitions>";
	static const char scylla[] =
		"<b:definitions xmlns:b='http://bsim.hpi.uni-potsdam.de/scylla/simModel'><b:simulationConfiguration><"
		"b:task id='A'><b:duration><b:poissonDistribution><b:mean>9</b:mean></b:poissonDistribution></b:durat"
		"ion><b:resources><b:resource id='z' amount='1'/></b:resources></b:task></b:simulationConfiguration><"
		"/b:definitions>";
	static const char prosimos[] =
		"{\"resource_profiles\": [{\"id\": \"p1\", \"name\": \"n\", \"resource_list\": [{\"id\": \"r\", \"amount\": \"2\", \"cost_"
		"per_hour\": 1000, \"calendar\": \"c\"}]}], \"resource_calendars\": [{\"id\": \"c\", \"time_periods\": [{\"from\": \""
		"MONDAY\", \"to\": \"FRIDAY\", \"beginTime\": \"09:00:00.000\", \"endTime\": \"12:00:00\"}]}], \"task_resource_dist"
		"ribution\": [{\"task_id\": \"A\", \"resources\": [{\"resource_id\": \"r\", \"distribution_name\": \"fix\", \"distrib"
		"ution_params\": [{\"value\": 60}]}, {\"resource_id\": \"s\", \"distribution_name\": \"fix\", \"distribution_para"
		"ms\": [{\"value\": 120}]}]}], \"gateway_branching_probabilities\": [{\"gateway_id\": \"X\", \"probabilities\": "
		"[{\"path_id\": \"f3\", \"value\": 40}]}], \"arrival_time_distribution\": {\"distribution_name\": \"expon\", \"dis"
		"tribution_params\": [0, 60]}}";

	(void)state;
	put("t.bpmn", document, strlen(document));
	put("t_sim.xml", scylla, strlen(scylla));
	put("t.json", prosimos, strlen(prosimos));
	set_count = 0;
	keep_origins = true;
	every_allocation_may_fail("t.bpmn");
	keep_origins = false;
	set_count = 2;
	assert_int_equal(unlink("t_sim.xml"), 0);
	assert_int_equal(unlink("t.json"), 0);
}

/* The same where much is wrong with it, so that most of what can be said is said; the source is kept, the diagram asked. */
static void bpmn_as_found(void **state)
{
	static const char document[] =
		"<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:bpr='urn:bpr:flow:1'><Grid/><v:x xmlns:v='v'/>"
		"<collaboration id='C'><participant id='A' name='市役所' processRef='p'/><participant id='B' name='住民' processRef='gone'/>"
		"<messageFlow id='m' name='申請' sourceRef='B' targetRef='a'/><messageFlow sourceRef='B' targetRef='nowhere'/></collaboration>"
		"<process id='p' name='転入\n手続'><laneSet><lane id='l' name='市民課'/><lane/></laneSet><startEvent id='s'/><startEvent id='s2'/>"
		"<userTask id='a' bpr:id='申請 1' bpr:work='-1'/><task id='a'/><task id='b' bpr:id='申請 1'/><task name='x'/>"
		"<subProcess id='u'><task id='ua'/><endEvent id='ue'><errorEventDefinition errorRef='x'/></endEvent>"
		"<sequenceFlow id='u1' sourceRef='ua' targetRef='ue'/></subProcess>"
		"<boundaryEvent id='be' attachedToRef='u'><eventDefinitionRef>err</eventDefinitionRef></boundaryEvent>"
		"<boundaryEvent id='bc' attachedToRef='a'><compensateEventDefinition/></boundaryEvent><task id='undo'/>"
		"<association id='as' sourceRef='bc' targetRef='undo'/><intermediateThrowEvent id='lt' name='L'><linkEventDefinition/></intermediateThrowEvent>"
		"<intermediateCatchEvent id='lc'><linkEventDefinition name='L'/></intermediateCatchEvent>"
		"<subProcess id='es' triggeredByEvent='true'><startEvent id='ess' isInterrupting='false'/></subProcess><callActivity id='c' calledElement='q'/>"
		"<sequenceFlow id='f1' sourceRef='s' targetRef='a'/><sequenceFlow sourceRef='a'/><sequenceFlow id='f3' sourceRef='a' targetRef='ua'/>"
		"<sequenceFlow id='f4' sourceRef='a' targetRef='qt'/><sequenceFlow id='f4' sourceRef='s2' targetRef='lt'/></process>"
		"<process id='q'><task id='qt' name=' 審査 '/></process><errorEventDefinition id='err'/>"
		"<d:BPMNDiagram xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI' xmlns:c='http://www.omg.org/spec/DD/20100524/DC'><d:BPMNPlane>"
		"<d:BPMNShape bpmnElement='l'><c:Bounds x='0' y='0' width='100' height='100'/></d:BPMNShape>"
		"<d:BPMNShape bpmnElement='a'><c:Bounds x='0' y='0' width='50' height='50'/></d:BPMNShape></d:BPMNPlane></d:BPMNDiagram></definitions>";

	(void)state;
	put("t.bpmn", document, strlen(document));
	set_count = 1;
	keep_source = true;
	every_allocation_may_fail("t.bpmn");
	keep_source = false;
	every_allocation_may_fail("t.bpmn");
	set_count = 2;
}

/* Writes with the n-th allocation failing: out of memory, or the same bytes. False: there were not so many. */
static bool write_failing(const struct bpr_flows *flows, size_t n, bool once, const char *whole)
{
	struct bpr_files files;
	struct bpr_error err;
	bpr_status status;

	failed = false;
	again = once;
	left = n;
	status = bpr_write(flows, NULL, 0, BPR_WRITE_BPMN, NULL, &files, NULL, &err);
	left = SIZE_MAX;
	if (status != (failed ? BPR_ENOMEM : BPR_OK) && (status || !once))
		print_error("allocation %zu: status %s, %s\n", n, bpr_status_name(status), err.message);
	if (status) {
		assert_true(failed);
		assert_int_equal(status, BPR_ENOMEM);
		assert_int_equal(files.count, 0);
	} else {
		assert_true(!failed || once);
		assert_string_equal(files.items[0].data, whole);
	}
	bpr_files_release(&files);
	return failed;
}

static void write_with_every_failure(const struct bpr_flows *flows)
{
	struct bpr_files files;

	assert_int_equal(bpr_write(flows, NULL, 0, BPR_WRITE_BPMN, NULL, &files, NULL, NULL), BPR_OK);
	for (int once = 0; once < 2; once++) {
		size_t n = 0;

		while (write_failing(flows, n, once, files.items[0].data))
			n++;
		assert_true(n > 20);
	}
	bpr_files_release(&files);
}

/* A file of its own, the file itself with values from beside it, and with half of its diagram. */
static void bpmn_written(void **state)
{
	static const char document[] =
		"<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI' "
		"xmlns:c='http://www.omg.org/spec/DD/20100524/DC'><collaboration id='C'><participant id='A' name='市役所' processRef='p'/>"
		"<participant id='B' name='住民'/><messageFlow id='m' sourceRef='B' targetRef='a'/></collaboration><process id='p'><laneSet id='ls'>"
		"<lane id='l' name='市民課'><flowNodeRef>s</flowNodeRef></lane></laneSet><startEvent id='s'/><task id='a' name='受付'/><task id='b'/>"
		"<subProcess id='u'><task id='ua'/></subProcess><boundaryEvent id='be' attachedToRef='u'/><endEvent id='e'/>"
		"<sequenceFlow id='f1' sourceRef='s' targetRef='a'/><sequenceFlow id='f2' sourceRef='a' targetRef='u'/>"
		"<sequenceFlow id='f3' sourceRef='u' targetRef='b'/><sequenceFlow id='f4' sourceRef='b' targetRef='e'/></process>%s</definitions>";
	static const char half[] =
		"<d:BPMNDiagram><d:BPMNPlane bpmnElement='C'><d:BPMNShape bpmnElement='A'><c:Bounds x='0' y='0' width='300' height='200'/></d:BPMNShape>"
		"<d:BPMNShape bpmnElement='l'><c:Bounds x='30' y='0' width='270' height='200'/></d:BPMNShape>"
		"<d:BPMNShape bpmnElement='a'><c:Bounds x='50' y='50' width='100' height='80'/></d:BPMNShape></d:BPMNPlane></d:BPMNDiagram>";
	static const char *const sets[] = { "step.a.work=5", "demand.per_day=80" };
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;

	(void)state;
	options.source = true;
	options.sets = sets;
	options.set_count = 2;
	for (int i = 0; i < 2; i++) {
		struct bpr_flows flows;
		bpr_source *source;
		char text[4000];
		int length = snprintf(text, sizeof(text), document, i ? half : "");

		assert_int_equal(bpr_read_memory("t.bpmn", text, (size_t)length, &options, &flows, NULL, NULL), BPR_OK);
		write_with_every_failure(&flows);
		source = flows.source;
		flows.source = NULL;
		write_with_every_failure(&flows);
		flows.source = source;
		bpr_flows_release(&flows);
	}
}

static int enter(void **state)
{
	char *dir = strdup("test-nomem.XXXXXX");

	if (!dir || !mkdtemp(dir) || chdir(dir))
		return -1;
	*state = dir;
	return 0;
}

static int leave(void **state)
{
	static const char *const made[] = { "t.csv", "t.bpmn", "m.csv", "t.forms.csv", "t.demand.csv" };
	char *dir = *state;

	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		(void)remove(made[i]);
	if (chdir("..") || rmdir(dir))
		return -1;
	free(dir);
	return 0;
}

/* Reads, judges and reports with the n-th allocation failing, once or for good. The first status that is not good. */
static bpr_status judge(const char *name, const char *document, size_t n, bool once)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_check_input input = { .flow = BPR_NONE };
	struct bpr_flows flows = { 0 };
	bpr_problems *problems, *findings = NULL;
	struct bpr_error err = { 0 };
	bpr_status status;

	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	options.source = true;
	assert_int_equal(bpr_read_memory(name, document, strlen(document), &options, &flows, problems, NULL), BPR_OK);
	input.flows = &flows;
	failed = false;
	again = once;
	left = n;
	status = bpr_check(&input, NULL, problems, &err);
	input.flow = 0;
	if (!status)
		status = bpr_check(&input, NULL, problems, &err);
	input.flow = BPR_NONE;
	if (!status)
		status = bpr_check_findings(&input, NULL, problems, 0, &findings, &err);
	left = SIZE_MAX;
	assert_true(status == BPR_OK || (status == BPR_ENOMEM && err.status == BPR_ENOMEM && !findings));
	bpr_problems_free(findings);
	bpr_problems_free(problems);
	bpr_flows_release(&flows);
	return status;
}

/* Links, globals, lanes, a diagram and a stranger in it: every list of the rules of modelling grows. */
static void modelling(void **state)
{
	static const char document[] =
		"<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><signal id='g' name='G'/><signal id='h' name='G'/>"
		"<process id='p'><laneSet><lane id='l'><flowNodeRef>a</flowNodeRef><flowNodeRef>gone</flowNodeRef></lane></laneSet>"
		"<startEvent id='s'/><task id='a'/><exclusiveGateway id='x'/><endEvent id='e'/>"
		"<intermediateThrowEvent id='lt'><linkEventDefinition name='L'/></intermediateThrowEvent>"
		"<intermediateCatchEvent id='lc'><linkEventDefinition name='L'/></intermediateCatchEvent>"
		"<sequenceFlow id='f1' sourceRef='s' targetRef='a'/><sequenceFlow id='f2' sourceRef='a' targetRef='x'/>"
		"<sequenceFlow id='f3' sourceRef='x' targetRef='lt'/><sequenceFlow id='f4' sourceRef='x' targetRef='lt'/>"
		"<sequenceFlow id='f5' sourceRef='lc' targetRef='e'/></process>"
		"<d:BPMNDiagram xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI' xmlns:c='http://www.omg.org/spec/DD/20100524/DC'><d:BPMNPlane>"
		"<d:BPMNShape bpmnElement='a'><c:Bounds x='0' y='0' width='50' height='50'/></d:BPMNShape>"
		"<d:BPMNShape bpmnElement='x'><c:Bounds x='10' y='10' width='50' height='50'/></d:BPMNShape>"
		"<d:BPMNShape bpmnElement='away'><c:Bounds x='10' y='10' width='50' height='50'/></d:BPMNShape>"
		"<d:BPMNEdge bpmnElement='f2'><c:waypoint x='500' y='0'/><c:waypoint x='10' y='10'/></d:BPMNEdge>"
		"</d:BPMNPlane></d:BPMNDiagram></definitions>";
	size_t n = 0;

	(void)state;
	for (int once = 0; once < 2; once++)
		for (n = 0; judge("t.bpmn", document, n, once) != BPR_OK || failed; n++)
			;
	assert_true(n > 30);
}

/* Items and seals again and again, words of rules, a table that keeps none of the ministry's rules. */
static void smells(void **state)
{
	static const char document[] =
		"題,作成：令和6年\n番号,作業名,次,担当,窓口,記入,参照様式,交付,押印,本人確認,転記,処理時間,待ち時間,帰宅,使用システム\n"
		"a,実地で目視,b,A,C,F;G,,,1,1,3,３分,60,,S\nb,持参　物,c,B,D,F,F,,1,1,2,1,1日,,T\n\nc,掲示,x,A,C,G,F,写し,1,1,,2,,,\n"
		"x,,a:10%;d:90%,A,,,,,,,,,,,\nd,①,e,〃,C,,写し,,,,,1,,1,\ne,=1,,A,D,,,H,,,,1,,,\n";
	size_t n = 0;

	(void)state;
	for (int once = 0; once < 2; once++)
		for (n = 0; judge("t.csv", document, n, once) != BPR_OK || failed; n++)
			;
	assert_true(n > 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tables, enter, leave),
		cmocka_unit_test_setup_teardown(tables_with_companions, enter, leave),
		cmocka_unit_test_setup_teardown(bpmn, enter, leave),
		cmocka_unit_test_setup_teardown(bpmn_as_found, enter, leave), cmocka_unit_test(bpmn_written),
		cmocka_unit_test_setup_teardown(modelling, enter, leave),
		cmocka_unit_test_setup_teardown(smells, enter, leave),
		cmocka_unit_test_setup_teardown(simulation_data, enter, leave),
	};

	bpr_init();
	return cmocka_run_group_tests_name("nomem", tests, NULL, NULL);
}
