/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * BPSim parameters into flows. The case of many_levels_of_support() is re-made from the facts of "Technical Support Process v2.0.0"
 * (BusinessProcessSimulation/BPSim, WfMC, CC-BY 3.0): its branches, percentages, durations and arrivals.
 */
#include "bpmn_test.h"
#include <bpr/analysis.h>

#define PROCESS \
	"<resource id='r1' name='窓口職員'/><process id='P'><startEvent id='S'/><task id='A'/><exclusiveGateway id='X'/><task id='B'/><endEvent id='E'/>" \
	SEQ("f1", "S", "A") SEQ("f2", "A", "X") SEQ("f3", "X", "B") SEQ("f4", "X", "E") SEQ("f5", "B", "E") "</process>"
#define SCENARIOS(inside) "<relationship type='BPSimData'><extensionElements><b:BPSimData>" inside "</b:BPSimData></extensionElements></relationship>"
#define SCENARIO(inside) SCENARIOS("<b:Scenario id='s1'>" inside "</b:Scenario>")
#define OF(item, inside) "<b:ElementParameters elementRef='" item "'>" inside "</b:ElementParameters>"
#define TIME(item, what, value) OF(item, "<b:TimeParameters><b:" what ">" value "</b:" what "></b:TimeParameters>")
#define PROB(item, x) OF(item, "<b:ControlParameters><b:Probability><b:FloatingParameter value='" x "'/></b:Probability></b:ControlParameters>")

static void read_value(struct fixture *f, const char *value)
{
	bpr_i_buf_clear(&f->sketch);
	bpr_i_buf_printf(&f->sketch, PROCESS SCENARIO("<b:ScenarioParameters baseTimeUnit='min'/>" TIME("A", "ProcessingTime", "%s")), value);
	read_ok(f, f->sketch.data);
}

static void check_dist(struct fixture *f, const char *value, enum bpr_dist_kind kind, double mean, double var, const char *code)
{
	const struct bpr_dist *work;

	read_value(f, value);
	work = node_of(f, 0, "A")->work;
	assert_non_null(work);
	if (work->kind != kind)
		fail_msg("%s: kind %d", value, (int)work->kind);
	assert_rel(bpr_dist_mean(work), mean, 1e-9);
	assert_rel(bpr_dist_var(work), var, 1e-9);
	if (code)
		assert_code(f, code);
}

static void values_and_distributions(void **state)
{
	struct fixture *f = *state;

	check_dist(f, "<b:NumericParameter value='5'/>", BPR_DIST_CONSTANT, 5, 0, NULL);
	check_dist(f, "<b:FloatingParameter value='30' timeUnit='s'/>", BPR_DIST_CONSTANT, 0.5, 0, NULL);
	check_dist(f, "<b:DurationParameter value='P1DT2H3M30S'/>", BPR_DIST_CONSTANT, 1563.5, 0, NULL);
	check_dist(f, "<b:UniformDistribution min='1' max='2' timeUnit='hour'/>", BPR_DIST_UNIF, 90, 300, NULL);
	check_dist(f, "<b:TriangularDistribution min='1' mode='2' max='6'/>", BPR_DIST_TRI, 3, 7.0 / 6, NULL);
	check_dist(f, "<b:NegativeExponentialDistribution mean='4'/>", BPR_DIST_EXP, 4, 16, NULL);
	check_dist(f, "<b:LogNormalDistribution mean='4' standardDeviation='2'/>", BPR_DIST_LOGNORM, 4, 4, NULL);
	check_dist(f, "<b:ErlangDistribution mean='6' k='3' timeUnit='hour'/>", BPR_DIST_ERLANG, 360, 43200, NULL);
	check_dist(f, "<b:GammaDistribution shape='4' scale='0.5'/>", BPR_DIST_GAMMA, 2, 1, NULL);
	check_dist(f, "<b:WeibullDistribution shape='1' scale='3'/>", BPR_DIST_WEIBULL, 3, 9, NULL);
	/* Same mean and deviation where the kind is not ours: a/(a+b), ab/((a+b)^2 (a+b+1)); Poisson; n p, n p (1 - p); points. */
	check_dist(f, "<b:BetaDistribution shape='2' scale='3'/>", BPR_DIST_GAMMA, 0.4, 0.04, "X075");
	check_dist(f, "<b:PoissonDistribution mean='9'/>", BPR_DIST_GAMMA, 9, 9, "X075");
	check_dist(f, "<b:BinomialDistribution probability='0.25' trials='16'/>", BPR_DIST_GAMMA, 4, 3, "X075");
	check_dist(f, "<b:UserDistribution><b:UserDistributionDataPoint probability='0.5'><b:NumericParameter value='2'/></b:UserDistributionDataPoint>"
		      "<b:UserDistributionDataPoint probability='0.5'><b:NumericParameter value='6'/></b:UserDistributionDataPoint></b:UserDistribution>",
		   BPR_DIST_EMP, 4, 4, NULL);
	/* Half a normal: mean sqrt(2/pi), variance 1 - 2/pi. */
	check_dist(f, "<b:TruncatedNormalDistribution mean='0' standardDeviation='1' min='0' max='1000'/>", BPR_DIST_GAMMA, 0.79788456080286541,
		   0.36338022763241862, "X075");
}

static void far_cuts_are_not_seen(void **state)
{
	struct fixture *f = *state;

	read_value(f, "<b:TruncatedNormalDistribution mean='10' standardDeviation='2.5' min='0' max='1000'/>");
	assert_int_equal(node_of(f, 0, "A")->work->kind, BPR_DIST_NORM);
	assert_false(has_code(f, "X075"));
	read_value(f, "<b:ResultRequest>mean</b:ResultRequest>");
	assert_null(node_of(f, 0, "A")->work);
	read_value(f, "<b:NumericParameter value='7' validFor='C1'/><b:NumericParameter value='3'/>");
	assert_rel(bpr_dist_mean(node_of(f, 0, "A")->work), 3, 0);
	assert_code(f, "X078");
}

static void times_that_are_wrong(void **state)
{
	static const char *const bad[] = {
		"<b:NumericParameter value='-1'/>", "<b:NumericParameter value='NaN'/>", "<b:NumericParameter/>", "<b:DurationParameter value='5 min'/>",
		"<b:UniformDistribution min='5' max='2'/>", "<b:TriangularDistribution min='1' max='3'/>", "<b:NormalDistribution mean='1e999' standardDeviation='1'/>",
		"<b:TruncatedNormalDistribution mean='1' standardDeviation='2' min='5' max='4'/>", "<b:NoSuchDistribution mean='3'/>",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		bpr_i_buf_clear(&f->sketch);
		bpr_i_buf_printf(&f->sketch, PROCESS "\n" SCENARIO(TIME("A", "ProcessingTime", "%s")), bad[i]);
		read_ok(f, f->sketch.data);
		if (!has_code(f, "X077") || node_of(f, 0, "A")->work)
			fail_msg("%s", bad[i]);
		for (size_t k = 0; k < bpr_problems_count(f->problems); k++)
			if (!strcmp(bpr_problems_get(f->problems, k).code->code, "X077"))
				assert_int_equal(bpr_problems_get(f->problems, k).line, 3);
	}
}

static void times_add_up(void **state)
{
	struct fixture *f = *state;
	const struct bpr_node *a;

	read_ok(f, PROCESS SCENARIO(
		"<b:ScenarioParameters baseTimeUnit='hour'/>" OF("A", "<b:TimeParameters><b:SetUpTime><b:NumericParameter value='1'/></b:SetUpTime><b:ProcessingTime>"
		"<b:TriangularDistribution min='1' mode='2' max='6'/></b:ProcessingTime><b:WaitTime><b:NegativeExponentialDistribution mean='3'/></b:WaitTime>"
		"<b:TransferTime><b:NegativeExponentialDistribution mean='4'/></b:TransferTime></b:TimeParameters><b:CostParameters><b:FixedCost>"
		"<b:FloatingParameter value='100'/></b:FixedCost><b:UnitCost><b:FloatingParameter value='30'/></b:UnitCost></b:CostParameters>")));
	a = node_of(f, 0, "A");
	assert_int_equal(a->work->kind, BPR_DIST_TRI);
	assert_rel(bpr_dist_mean(a->work), 4 * 60, 1e-12);
	assert_rel(bpr_dist_mean(a->wait), 7 * 60, 1e-12);
	assert_rel(bpr_dist_var(a->wait), 25 * 3600, 1e-12);
	assert_rel(a->cost, 100 + 4 * 30, 1e-12);
	assert_code(f, "X081");
}

static void probabilities(void **state)
{
	struct fixture *f = *state;

	read_ok(f, PROCESS SCENARIO(PROB("f3", "0.3") PROB("f4", "0.7")));
	assert_string_equal(sketch(f, 0), "S.start>A A.task>X X.xor>B:0.3|E:0.7 B.task>E E.end");
	assert_false(has_code(f, "X074"));
	read_ok(f, PROCESS SCENARIO(PROB("f3", "30") PROB("f4", "70") PROB("f5", "100")));
	assert_string_equal(sketch(f, 0), "S.start>A A.task>X X.xor>B:0.3|E:0.7 B.task>E E.end");
	assert_code(f, "X074");
	read_ok(f, PROCESS SCENARIO(PROB("f3", "1") PROB("f4", "3")));
	assert_string_equal(sketch(f, 0), "S.start>A A.task>X X.xor>B:0.25|E:0.75 B.task>E E.end");
	read_ok(f, PROCESS SCENARIO(PROB("f3", "25")));
	assert_rel(bpr_flow_arc(f->flows.items[0], node_of(f, 0, "X")->first_out + 1)->prob, 0.75, 1e-12);
	read_ok(f, PROCESS SCENARIO(PROB("f3", "0") PROB("f4", "0")));
	assert_string_equal(sketch(f, 0), "S.start>A A.task>X X.xor>B|E B.task>E E.end");
	assert_code(f, "X126");
	/* The extension wins. */
	read_ok(f, "<process id='P'><startEvent id='S'/><exclusiveGateway id='X'/><endEvent id='E'/><endEvent id='F'/>" SEQ("f1", "S", "X")
		   "<sequenceFlow id='f3' sourceRef='X' targetRef='E' bpr:share='0.9'/>" SEQ("f4", "X", "F") "</process>"
		   SCENARIO(PROB("f3", "0.2") PROB("f4", "0.8")));
	assert_string_equal(sketch(f, 0), "S.start>X X.xor>E:0.9|F E.end F.end");
	/* Each on its own at an inclusive gateway; boundary events. */
	read_ok(f, "<process id='P'><startEvent id='S'/><inclusiveGateway id='X'/><task id='E'/><boundaryEvent id='b' attachedToRef='E'/><endEvent id='F'/>"
		   SEQ("f1", "S", "X") SEQ("f3", "X", "E") SEQ("f4", "X", "F") "</process>" SCENARIO(PROB("f3", "90") PROB("f4", "40") PROB("b", "5")));
	assert_string_equal(sketch(f, 0), "S.start>X X.or>E:0.9%F:0.4 E.task>P/end b.event@E>P/end F.end ~P/end.end");
	assert_rel(node_of(f, 0, "b")->prob, 0.05, 1e-15);
}

static void resources_and_arrivals(void **state)
{
	struct fixture *f = *state;
	const bpr_flow *flow;

	read_ok(f, PROCESS SCENARIO(
		"<b:ScenarioParameters baseTimeUnit='min'><b:Duration><b:DurationParameter value='PT10H'/></b:Duration></b:ScenarioParameters>"
		OF("A", "<b:ResourceParameters><b:Selection><b:ExpressionParameter value=\"bpsim:getResource('r1', 2)\"/></b:Selection></b:ResourceParameters>")
		OF("B", "<b:ResourceParameters><b:Selection><b:ExpressionParameter value=\"getResource('窓口職員') or getResource('r1',3)\"/></b:Selection>"
		"</b:ResourceParameters>") OF("r1", "<b:ResourceParameters><b:Quantity><b:NumericParameter value='4'/></b:Quantity></b:ResourceParameters><b:CostParameters>"
		"<b:UnitCost><b:FloatingParameter value='2400' timeUnit='hour'/></b:UnitCost></b:CostParameters>")
		OF("S", "<b:ControlParameters><b:TriggerCount><b:NumericParameter value='30'/></b:TriggerCount></b:ControlParameters>")));
	flow = f->flows.items[0];
	assert_int_equal(bpr_flow_pool_count(flow), 1);
	assert_string_equal(bpr_flow_pool(flow, 0)->name, "窓口職員");
	assert_int_equal(bpr_flow_pool(flow, 0)->count, 4);
	assert_rel(bpr_flow_pool(flow, 0)->yen_per_hour, 2400, 1e-12);
	assert_int_equal(node_of(f, 0, "A")->needs[0].count, 2);
	assert_int_equal(node_of(f, 0, "B")->needs[0].count, 1);
	assert_code(f, "X080");
	assert_rel(bpr_dist_mean(bpr_flow_demand(flow)->arrivals), 20, 1e-12);
	read_ok(f, PROCESS SCENARIO(OF("A", "<b:ResourceParameters><b:Selection><b:ExpressionParameter value=\"bpsim:getResourceByRoles('受付', 2)\"/></b:Selection></b:ResourceParameters>")
		OF("r1", "<b:ResourceParameters><b:Role><b:StringParameter value='受付'/></b:Role></b:ResourceParameters>")));
	assert_int_equal(node_of(f, 0, "A")->needs[0].count, 2);
	assert_string_equal(bpr_flow_pool(f->flows.items[0], node_of(f, 0, "A")->needs[0].pool)->name, "窓口職員");
	assert_false(has_code(f, "X076"));
	read_ok(f, PROCESS SCENARIO(OF("S", "<b:ControlParameters><b:InterTriggerTimer><b:TriangularDistribution min='0.35' mode='2' max='2.5'/></b:InterTriggerTimer>"
		"</b:ControlParameters>") OF("A", "<b:ResourceParameters><b:Selection><b:ExpressionParameter value='whoever'/></b:Selection></b:ResourceParameters>")
		OF("gone", "")));
	assert_rel(bpr_dist_mean(bpr_flow_demand(f->flows.items[0])->arrivals), 4.85 / 3, 1e-12);
	assert_code(f, "X079");
	assert_code(f, "X073");
}

static void scenarios_build_on_each_other(void **state)
{
	static const char body[] = PROCESS SCENARIOS(
		"<b:Scenario id='one'><b:ScenarioParameters baseTimeUnit='hour'/>" TIME("A", "ProcessingTime", "<b:NumericParameter value='1'/>")
		TIME("B", "ProcessingTime", "<b:NumericParameter value='2'/>") "</b:Scenario>"
		"<b:Scenario id='two' inherits='one'>" TIME("A", "ProcessingTime", "<b:NumericParameter value='3'/>") "</b:Scenario>"
		"<b:Scenario id='x' inherits='y'/><b:Scenario id='y' inherits='x'/>");
	struct fixture *f = *state;
	char message[200];
	struct bpr_problem p;

	read_ok(f, body);
	assert_rel(bpr_dist_mean(node_of(f, 0, "A")->work), 60, 0);
	p = bpr_problems_get(f->problems, 0);
	(void)bpr_problem_message(&p, BPR_LANG_EN, message, sizeof(message));
	assert_string_equal(message, "BPSim scenario 'one' is used (there are: one, two, x, y)");
	f->options.scenario = "two";
	read_ok(f, body);
	assert_rel(bpr_dist_mean(node_of(f, 0, "A")->work), 180, 0);
	assert_rel(bpr_dist_mean(node_of(f, 0, "B")->work), 120, 0);
	f->options.scenario = "x";
	read_ok(f, body);
	assert_code(f, "X072");
	f->options.scenario = "three";
	assert_int_equal(read_body(f, body), BPR_ESYNTAX);
	assert_string_equal(f->err.code, "X071");
	assert_int_equal(read_body(f, PROCESS), BPR_ESYNTAX);
}

/* Wins over BPSim: the extension of the file. */
static void the_extension_wins(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<resource id='r1'/><process id='P'><startEvent id='S'/><task id='A' bpr:work='9' bpr:staff='別人:3'/><endEvent id='E'/>" SEQ("1", "S", "A")
		   SEQ("2", "A", "E") "</process>" SCENARIO(TIME("A", "ProcessingTime", "<b:NumericParameter value='1'/>")
		   OF("A", "<b:ResourceParameters><b:Selection><b:ExpressionParameter value=\"getResource('r1',1)\"/></b:Selection></b:ResourceParameters>")));
	assert_rel(bpr_dist_mean(node_of(f, 0, "A")->work), 9, 0);
	assert_int_equal(node_of(f, 0, "A")->need_count, 1);
	assert_string_equal(bpr_flow_pool(f->flows.items[0], node_of(f, 0, "A")->needs[0].pool)->name, "別人");
}

/* Visits of a node per case of its flow. */
static double visits(struct fixture *f, size_t flow, const char *id)
{
	bpr_analysis *analysis = NULL;
	double v;

	assert_int_equal(bpr_analyse(f->flows.items[flow], NULL, &analysis, f->problems, &f->err), BPR_OK);
	v = bpr_analysis_nodes(analysis)[bpr_flow_find(f->flows.items[flow], id)].visits;
	bpr_analysis_free(analysis);
	return v;
}

#define DESK(p, solve, ask, yes, no, wait) \
	"<process id='" p "'><startEvent id='S" p "'/><task id='" solve "'/><exclusiveGateway id='X" p "'/><task id='" ask "'/>" \
	"<intermediateCatchEvent id='" wait "'/><task id='T" p "'/><endEvent id='E" p "'/>" SEQ("1" p, "S" p, solve) SEQ("2" p, solve, "X" p) \
	SEQ(yes, "X" p, "T" p) SEQ(no, "X" p, ask) SEQ("3" p, ask, wait) SEQ("4" p, wait, "T" p) SEQ("5" p, "T" p, "E" p) "</process>"

/*
 * After "get issue" 60 % are solved at once, 40 % go to the 1st level, which solves 70 %; the 2nd 80 %, else the supplier;
 * then 15 % are closed and 85 % come back. Per case 1/0.15 = 6.6667, times 0.4 = 2.6667, times 0.3 = 0.8, times 0.2 = 0.16;
 * published ratios of simulations 2.653–2.673, 0.799–0.802, 0.158–0.159.
 */
static void many_levels_of_support(void **state)
{
	struct fixture *f = *state;
	double first, second, supplier;

	read_ok(f, "<process id='front'><startEvent id='S'/><task id='get'/><exclusiveGateway id='X'/><task id='inform'/><task id='ask1'/><intermediateCatchEvent id='got1'/>"
		   "<task id='give'/><exclusiveGateway id='Y'/><endEvent id='E'/>" SEQ("1", "S", "get") SEQ("2", "get", "X") SEQ("able0", "X", "give")
		   SEQ("unable0", "X", "inform") SEQ("3", "inform", "ask1") SEQ("4", "ask1", "got1") SEQ("5", "got1", "give") SEQ("6", "give", "Y")
		   SEQ("closed", "Y", "E") SEQ("back", "Y", "get") "</process>" DESK("L1", "solve1", "ask2", "able1", "unable1", "got2")
		   DESK("L2", "solve2", "ask3", "able2", "unable2", "got3")
		   SCENARIO("<b:ScenarioParameters baseTimeUnit='min'/>" PROB("able0", "60") PROB("unable0", "40") PROB("closed", "15") PROB("back", "85")
			    PROB("able1", "70") PROB("unable1", "30") PROB("able2", "80") PROB("unable2", "20")
			    TIME("get", "ProcessingTime", "<b:TruncatedNormalDistribution max='1000' mean='4' min='0' standardDeviation='0.5'/>")));
	assert_int_equal(f->flows.count, 3);
	first = visits(f, 0, "ask1");
	second = first * visits(f, 1, "ask2");
	supplier = second * visits(f, 2, "ask3");
	assert_rel(visits(f, 0, "get"), 20.0 / 3, 1e-12);
	assert_rel(first, 8.0 / 3, 1e-12);
	assert_rel(second, 0.8, 1e-12);
	assert_rel(supplier, 0.16, 1e-12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(values_and_distributions), T(far_cuts_are_not_seen), T(times_that_are_wrong), T(times_add_up), T(probabilities), T(resources_and_arrivals),
		T(scenarios_build_on_each_other), T(the_extension_wins), T(many_levels_of_support),
	};

	return cmocka_run_group_tests_name("bpsim", tests, NULL, NULL);
}
