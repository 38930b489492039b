/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BPMN into flows: what each construct becomes. */
#include "bpmn_test.h"

static void steps_gateways_and_lanes(void **state)
{
	struct fixture *f = *state;
	const struct bpr_node *a;

	read_ok(f,
		"<process id='P' name='証明書の&#10;交付'><laneSet><lane id='L0' name='市民課'><flowNodeRef>S</flowNodeRef><flowNodeRef>A</flowNodeRef>"
		"<childLaneSet><lane id='L1' name='住民係'><flowNodeRef> A </flowNodeRef></lane></childLaneSet></lane></laneSet>"
		"<startEvent id='S'/><userTask id='A' name=' 受付&#10;  確認&#9;'><documentation>説明</documentation></userTask>"
		"<exclusiveGateway id='X' default='f4'/><serviceTask id='B'/><parallelGateway id='Y'/><inclusiveGateway id='Z'/>"
		"<intermediateCatchEvent id='W'><timerEventDefinition><timeDuration>PT1H30M</timeDuration></timerEventDefinition></intermediateCatchEvent>"
		"<endEvent id='E'/>" SEQ("f1", "S", "A") SEQ("f2", "A", "X")
		"<sequenceFlow id='f3' name='はい' sourceRef='X' targetRef='B' bpr:share='70%'/>" SEQ("f4", "X", "Y") SEQ("f5", "Y", "Z")
		SEQ("f6", "Y", "E") SEQ("f7", "Z", "W") SEQ("f8", "B", "E") SEQ("f9", "W", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>A A.task>X X.xor>B:0.7|Y B.task>E Y.and>Z&E Z.or>W W.event>E E.end");
	assert_string_equal(bpr_flow_id(f->flows.items[0]), "P");
	assert_string_equal(bpr_flow_name(f->flows.items[0]), "証明書の 交付");
	a = node_of(f, 0, "A");
	assert_string_equal(a->name, "受付 確認");
	assert_string_equal(a->type, "userTask");
	assert_string_equal(a->note, "説明");
	assert_int_equal(a->line, 2);
	assert_string_equal(bpr_flow_unit(f->flows.items[0], a->unit)->name, "住民係");
	assert_string_equal(bpr_flow_unit(f->flows.items[0], bpr_flow_unit(f->flows.items[0], a->unit)->parent)->name, "市民課");
	assert_string_equal(bpr_flow_unit(f->flows.items[0], node_of(f, 0, "S")->unit)->name, "市民課");
	assert_true(node_of(f, 0, "B")->unit == BPR_NONE);
	assert_int_equal(a->actor, BPR_ACTOR_STAFF);
	assert_int_equal(node_of(f, 0, "B")->actor, BPR_ACTOR_SYSTEM);
	assert_rel(bpr_dist_mean(node_of(f, 0, "W")->wait), 90, 0);
	assert_string_equal(bpr_flow_arc(f->flows.items[0], node_of(f, 0, "X")->first_out)->name, "はい");
}

static void names_are_namespaces_not_prefixes(void **state)
{
	static const char text[] =
		"<?xml version='1.0' encoding='UTF-8'?><semantic:definitions xmlns:semantic='http://www.omg.org/spec/BPMN/20100524/MODEL' "
		"xmlns:other='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns='urn:vendor'>"
		"<semantic:process id='P'><startEvent id='not'/><other:startEvent id='S'/><x:task xmlns:x='urn:y' id='nor'/>"
		"<task xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' id='A' y:id='wrong' xmlns:y='urn:y'/><semantic:endEvent id='E'/>"
		"<semantic:sequenceFlow id='1' sourceRef=' semantic:S' targetRef='tns:A '/><semantic:sequenceFlow id='2' sourceRef='A\n' targetRef='E'/>"
		"<Caption/><semantic:StringProperty/></semantic:process></semantic:definitions>";
	struct fixture *f = *state;

	assert_int_equal(read_document(f, text, sizeof(text) - 1), BPR_OK);
	assert_string_equal(sketch(f, 0), "S.start>A A.task>E E.end");
}

static void only_sequence_flows_decide(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'><outgoing>f9</outgoing><outgoing>f8</outgoing></startEvent><task id='A'><incoming> f1 </incoming>"
		   "<outgoing>f2</outgoing></task><endEvent id='E'/>" SEQ("f1", "S", "A") SEQ("f2", "A", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>A A.task>E E.end");
	assert_code(f, "X029");
	assert_int_equal(bpr_problems_count(f->problems), 1);
}

#define BRANCHES(attrs, f2, f3) \
	"<process id='P'><startEvent id='S'/><task id='A'" attrs "/><task id='B'/><task id='C'/><endEvent id='E'/>" SEQ("f1", "S", "A") \
	"<sequenceFlow id='f2' sourceRef='A' targetRef='B'" f2 "<sequenceFlow id='f3' sourceRef='A' targetRef='C'" f3 \
	SEQ("f4", "B", "E") SEQ("f5", "C", "E") "</process>"
#define WHEN "><conditionExpression>x</conditionExpression></sequenceFlow>"

static void implicit_splits(void **state)
{
	struct fixture *f = *state;

	read_ok(f, BRANCHES("", "/>", "/>"));
	assert_string_equal(sketch(f, 0), "S.start>A A.task>B&C B.task>E C.task>E E.end");
	read_ok(f, BRANCHES("", WHEN, WHEN));
	assert_string_equal(sketch(f, 0), "S.start>A A.task>B|C B.task>E C.task>E E.end");
	read_ok(f, BRANCHES(" default='f3'", WHEN, "/>"));
	assert_string_equal(sketch(f, 0), "S.start>A A.task>B|C B.task>E C.task>E E.end");
	read_ok(f, BRANCHES("", " bpr:share='0.25'/>", "/>"));
	assert_string_equal(sketch(f, 0), "S.start>A A.task>B:0.25|C B.task>E C.task>E E.end");
	assert_rel(bpr_flow_arc(f->flows.items[0], node_of(f, 0, "A")->first_out + 1)->prob, 0.75, 0);
	/* Rounded percentages may sum to 99; so may no fractions. */
	read_ok(f, BRANCHES("", " bpr:share='66%'/>", " bpr:share='33%'/>"));
	assert_rel(bpr_flow_arc(f->flows.items[0], node_of(f, 0, "A")->first_out)->prob, 2.0 / 3, 1e-15);
	assert_code(f, "F015");
	/* One always, one sometimes. */
	read_ok(f, BRANCHES("", "/>", " bpr:share='0.3'" WHEN));
	assert_string_equal(sketch(f, 0), "S.start>A A.task>A/split B.task>E C.task>E E.end ~A/split.or>B:1%C:0.3");
	assert_code(f, "X054");
	read_ok(f, BRANCHES(" default='f9'", "/>", "/>"));
	assert_code(f, "X056");
}

static void gateways_that_are_read_as_others(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'/><eventBasedGateway id='G'/><intermediateCatchEvent id='M'/><receiveTask id='R'/><complexGateway id='C'/>"
		   "<endEvent id='E'/>" SEQ("f1", "S", "G") "<sequenceFlow id='f2' sourceRef='G' targetRef='M' bpr:share='0.9'/>" SEQ("f3", "G", "R")
		   SEQ("f4", "M", "C") SEQ("f5", "R", "C") SEQ("f6", "C", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>G G.xor>M:0.9|R M.event>C R.task>C C.or>E E.end");
	assert_int_equal(node_of(f, 0, "C")->join, BPR_JOIN_OR);
	assert_code(f, "X033");
}

static void sub_processes_are_put_in_place(void **state)
{
	struct fixture *f = *state;
	const bpr_flow *flow;
	const struct bpr_scope *scope;

	read_ok(f, "<process id='P'><laneSet><lane id='L' name='係'><flowNodeRef>U</flowNodeRef></lane></laneSet><startEvent id='S'/>"
		   "<subProcess id='U' name='審査'><startEvent id='s'/><task id='a'/><exclusiveGateway id='g'/><endEvent id='e1'/><endEvent id='e2'/>"
		   SEQ("1", "s", "a") SEQ("2", "a", "g") SEQ("3", "g", "e1") SEQ("4", "g", "e2") "</subProcess><endEvent id='E'/>"
		   SEQ("f1", "S", "U") SEQ("f2", "U", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U ~U.xor>s ~s.event>a a.task>g g.xor>e1|e2 ~e1.event>U/exit ~e2.event>U/exit ~U/exit.xor>E E.end");
	flow = f->flows.items[0];
	assert_int_equal(bpr_flow_scope_count(flow), 1);
	scope = bpr_flow_scope(flow, 0);
	assert_string_equal(scope->id, "U");
	assert_string_equal(scope->name, "審査");
	assert_string_equal(scope->type, "subProcess");
	assert_true(scope->parent == BPR_NONE);
	assert_int_equal(scope->repeat, 1);
	assert_string_equal(bpr_flow_node(flow, scope->entry)->id, "U");
	assert_string_equal(bpr_flow_node(flow, scope->exit)->id, "U/exit");
	assert_int_equal(node_of(f, 0, "a")->scope, 0);
	assert_int_equal(node_of(f, 0, "U/exit")->scope, 0);
	assert_true(node_of(f, 0, "E")->scope == BPR_NONE);
	assert_string_equal(bpr_flow_unit(flow, node_of(f, 0, "a")->unit)->name, "係");
	assert_false(bpr_node_is_step(node_of(f, 0, "U")));
}

static void edges_of_sub_processes(void **state)
{
	struct fixture *f = *state;

	/* Several tokens inside: leave when all are through. No start, no end: everything starts, everything ends. */
	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U'><task id='a'/><task id='b'/></subProcess><endEvent id='E'/>"
		   SEQ("f1", "S", "U") SEQ("f2", "U", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U ~U.and>a&b a.task>U/exit b.task>U/exit ~U/exit.or>E E.end");
	/* A terminate end inside ends the scope only; nested. */
	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U'><subProcess id='V'><startEvent id='s'/><parallelGateway id='g'/>"
		   "<endEvent id='x'><terminateEventDefinition/></endEvent><endEvent id='y'/>" SEQ("1", "s", "g") SEQ("2", "g", "x") SEQ("3", "g", "y")
		   "</subProcess></subProcess><endEvent id='E'><terminateEventDefinition/></endEvent>" SEQ("f1", "S", "U") SEQ("f2", "U", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U ~U.xor>V ~V.xor>s ~s.event>g g.and>x&y ~x.event!>V/exit ~y.event>V/exit ~V/exit.or>U/exit "
					  "~U/exit.xor>E E.end!");
	assert_int_equal(bpr_flow_scope(f->flows.items[0], 1)->parent, 0);
	/* Two starts: one of them; behind it two ways: all. */
	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U'><startEvent id='s' bpr:prob='0.2'/><startEvent id='t'/><task id='a'/>"
		   SEQ("1", "s", "a") SEQ("2", "t", "a") "</subProcess><endEvent id='E'/><task id='B'/>"
		   SEQ("f1", "S", "U") SEQ("f2", "U", "E") SEQ("f3", "U", "B") SEQ("f4", "B", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U ~U.xor>s:0.2|t ~s.event>a ~t.event>a a.task>U/exit ~U/exit.xor>U/after ~U/after.task>E&B E.end B.task>E");
	assert_code(f, "X042");
	/* Empty: a task. */
	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U' bpr:work='5'/><endEvent id='E'/>" SEQ("f1", "S", "U") SEQ("f2", "U", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U U.task>E E.end");
	assert_rel(bpr_dist_mean(node_of(f, 0, "U")->work), 5, 0);
	/* Transactions are plain; what is written at the whole is not counted twice. */
	read_ok(f, "<process id='P'><startEvent id='S'/><transaction id='U' bpr:work='5'><task id='a'/></transaction><endEvent id='E'/>"
		   SEQ("f1", "S", "U") SEQ("f2", "U", "E") "</process>");
	assert_code(f, "X034");
	assert_code(f, "X051");
}

static void calls_are_put_in_place(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'/><callActivity id='C1' calledElement='tns:Q'/><callActivity id='C2' calledElement='Q'/>"
		   "<callActivity id='C3' calledElement='nowhere'/><callActivity id='C4' calledElement='G'/><callActivity id='C5'/><endEvent id='E'/>"
		   SEQ("f1", "S", "C1") SEQ("f2", "C1", "C2") SEQ("f3", "C2", "C3") SEQ("f4", "C3", "C4") SEQ("f5", "C4", "C5") SEQ("f6", "C5", "E")
		   "</process><globalUserTask id='G'/>"
		   "<process id='Q'><laneSet><lane id='L' name='係'><flowNodeRef>a</flowNodeRef></lane></laneSet><startEvent id='s'/><task id='a'/>"
		   "<endEvent id='e'><terminateEventDefinition/></endEvent>" SEQ("q1", "s", "a") SEQ("q2", "a", "e") "</process>");
	assert_int_equal(f->flows.count, 2);
	assert_string_equal(sketch(f, 0),
			    "S.start>C1 ~C1.xor>C1/s ~C1/s.event>C1/a C1/a.task>C1/e ~C1/e.event!>C1/exit ~C1/exit.xor>C2 "
			    "~C2.xor>C2/s ~C2/s.event>C2/a C2/a.task>C2/e ~C2/e.event!>C2/exit ~C2/exit.xor>C3 "
			    "C3.task>C4 C4.task>C5 C5.task>E E.end");
	assert_string_equal(sketch(f, 1), "s.start>a a.task>e e.end!");
	assert_string_equal(bpr_flow_unit(f->flows.items[0], node_of(f, 0, "C2/a")->unit)->name, "係");
	assert_int_equal(node_of(f, 0, "C2/a")->scope, 1);
	assert_code(f, "X032");
}

static void boundary_events(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'/><boundaryEvent id='b1' attachedToRef='A' bpr:prob='10%'/>"
		   "<boundaryEvent id='b2' attachedToRef=' t:A ' cancelActivity='false' bpr:prob='0.2'/><task id='A'/><task id='B'/><endEvent id='E'/>"
		   SEQ("f1", "S", "A") SEQ("f2", "A", "E") SEQ("f3", "b1", "B") SEQ("f4", "b2", "B") SEQ("f5", "B", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>A b1.event@A>B b2.event@A+>B A.task>E B.task>E E.end");
	assert_rel(node_of(f, 0, "b1")->prob, 0.1, 1e-15);
	assert_rel(node_of(f, 0, "b2")->prob, 0.2, 1e-15);
	/* On a sub-process: when the whole of it is done. An error thrown inside goes there at once, not by chance. */
	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U'><startEvent id='s'/><exclusiveGateway id='g'/><endEvent id='x'>"
		   "<errorEventDefinition errorRef='Err'/></endEvent><endEvent id='y'/>" SEQ("1", "s", "g") "<sequenceFlow id='2' sourceRef='g' targetRef='x' "
		   "bpr:share='0.1'/>" SEQ("3", "g", "y") "</subProcess><boundaryEvent id='b' attachedToRef='U'><errorEventDefinition errorRef='Err'/></boundaryEvent>"
		   "<boundaryEvent id='c' attachedToRef='U' bpr:prob='0.3'><timerEventDefinition/></boundaryEvent><endEvent id='E'/>"
		   SEQ("f1", "S", "U") SEQ("f2", "U", "E") SEQ("f3", "b", "E") SEQ("f4", "c", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U ~U.xor>s ~s.event>g g.xor>x:0.1|y ~x.event!>b ~y.event>U/exit ~U/exit.xor>U/after ~U/after.task>E "
					  "b.event@U/after>E c.event@U/after>E E.end");
	assert_true(node_of(f, 0, "b")->prob <= 0);
}

static void check_loop(struct fixture *f, const char *attrs, const char *inside, size_t repeat, bool parallel, double prob, const char *code)
{
	const struct bpr_node *a;

	bpr_i_buf_clear(&f->sketch);
	bpr_i_buf_printf(&f->sketch, "<process id='P'><startEvent id='S'/><task id='A' %s>%s</task><endEvent id='E'/>" SEQ("1", "S", "A") SEQ("2", "A", "E")
			 "</process>", attrs, inside);
	read_ok(f, f->sketch.data);
	a = node_of(f, 0, "A");
	assert_int_equal(a->repeat, repeat);
	assert_int_equal(a->repeat_parallel, parallel);
	assert_rel(a->loop_prob, prob, 1e-15);
	if (code)
		assert_code(f, code);
	else
		assert_int_equal(bpr_problems_count(f->problems), 0);
}

static void loops(void **state)
{
	struct fixture *f = *state;

	check_loop(f, "bpr:loop_prob='20%'", "<standardLoopCharacteristics/>", 1, false, 0.2, NULL);
	check_loop(f, "bpr:repeat='3'", "<standardLoopCharacteristics loopMaximum='9'/>", 3, false, 0, NULL);
	check_loop(f, "", "<standardLoopCharacteristics loopMaximum='4'/>", 4, false, 0, "X058");
	check_loop(f, "", "<standardLoopCharacteristics/>", 1, false, 0, "X037");
	check_loop(f, "", "<multiInstanceLoopCharacteristics><loopCardinality> 5 </loopCardinality></multiInstanceLoopCharacteristics>", 5, true, 0, NULL);
	check_loop(f, "", "<multiInstanceLoopCharacteristics isSequential='true'><loopCardinality>5</loopCardinality></multiInstanceLoopCharacteristics>",
		   5, false, 0, NULL);
	check_loop(f, "", "<multiInstanceLoopCharacteristics><loopCardinality>${n}</loopCardinality></multiInstanceLoopCharacteristics>", 1, false, 0, "X037");
	check_loop(f, "bpr:repeat='2'", "<multiInstanceLoopCharacteristics/>", 2, true, 0, NULL);
	/* Around a sub-process. */
	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U' bpr:loop_prob='0.25'><standardLoopCharacteristics/><task id='a'/></subProcess>"
		   "<subProcess id='V'><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics><task id='b'/>"
		   "</subProcess><endEvent id='E'/>" SEQ("1", "S", "U") SEQ("2", "U", "V") SEQ("3", "V", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U ~U.xor>a a.task>U/exit ~U/exit.xor>U/loop ~U/loop.xor>U:0.25|U/after:0.75 ~U/after.task>V "
					  "~V.xor>b b.task>V/exit ~V/exit.xor>E E.end");
	assert_int_equal(bpr_flow_scope(f->flows.items[0], 1)->repeat, 3);
	assert_true(bpr_flow_scope(f->flows.items[0], 1)->repeat_parallel);
}

static void links_join_their_ends(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'/><intermediateThrowEvent id='t'><linkEventDefinition name='甲'/></intermediateThrowEvent>"
		   "<intermediateThrowEvent id='u'><linkEventDefinition name='乙'/></intermediateThrowEvent><exclusiveGateway id='G'/>"
		   "<intermediateCatchEvent id='c'><linkEventDefinition name='甲'/></intermediateCatchEvent><task id='A'/><endEvent id='E'/>"
		   SEQ("1", "S", "G") SEQ("2", "G", "t") SEQ("3", "G", "u") SEQ("4", "c", "A") SEQ("5", "A", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>G ~t.event>c ~u.event>P/end G.xor>t|u ~c.event>A A.task>E E.end ~P/end.end");
	assert_code(f, "X038");
}

static void what_is_not_followed_is_named(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'/><task id='A'/><boundaryEvent id='b' attachedToRef='A'><compensateEventDefinition/></boundaryEvent>"
		   "<task id='undo' isForCompensation='true'/><subProcess id='U' triggeredByEvent='true'><startEvent id='s'/><task id='a'/>" SEQ("9", "s", "a")
		   "</subProcess><endEvent id='E'/>" SEQ("1", "S", "A") SEQ("2", "A", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>P/events A.task>E ~U.xor>a s.event@P/events>U a.task>U/exit ~U/exit.xor>P/end E.end "
					  "~P/events.task>A ~P/end.end");
	assert_rel(node_of(f, 0, "s")->prob, 0, 0);
	assert_code(f, "X035");
	assert_code(f, "X036");
}

static void starts_and_ends_that_are_not_drawn(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><task id='A'/><task id='B'/>" SEQ("1", "A", "B") "</process>");
	assert_string_equal(sketch(f, 0), "A.task>B B.task>P/end ~P/start.start>A ~P/end.end");
	assert_code(f, "X040");
	assert_code(f, "X041");
	read_ok(f, "<process id='P'><task id='A'/><task id='B'/></process>");
	assert_string_equal(sketch(f, 0), "A.task>P/end B.task>P/end ~P/start.start>A&B ~P/end.end");
	/* All in a circle: from the first one. */
	read_ok(f, "<process id='P'><exclusiveGateway id='G'/><task id='A'/><endEvent id='E'/>" SEQ("1", "G", "A") SEQ("2", "A", "G") SEQ("3", "G", "E") "</process>");
	assert_string_equal(sketch(f, 0), "G.xor>A|E A.task>G E.end ~P/start.start>G");
}

#define POOLS(pools, messages, lanes, attrs) \
	"<collaboration id='K'>" pools messages "</collaboration><process id='P'>" lanes "<startEvent id='S'/><userTask id='A'" attrs "/>" \
	"<task id='B'/><endEvent id='E'/>" SEQ("1", "S", "A") SEQ("2", "A", "B") SEQ("3", "B", "E") "</process>"
#define CITIZEN "<participant id='c' name='住民'/>"
#define OFFICE "<participant id='o' name='市役所' processRef='P'/>"
#define MESSAGE "<messageFlow id='m' sourceRef='c' targetRef='A'/>"
#define LANE "<laneSet><lane id='L' name='窓口係'><flowNodeRef>A</flowNodeRef></lane></laneSet>"

static const char *counter_of(const struct fixture *f, const char *id)
{
	const struct bpr_node *node = node_of(f, 0, id);

	return node->counter == BPR_NONE ? "-" : bpr_flow_counter(f->flows.items[0], node->counter)->name;
}

static void tasks_that_meet_the_citizen(void **state)
{
	struct fixture *f = *state;

	read_ok(f, POOLS(CITIZEN OFFICE, MESSAGE, LANE, ""));
	assert_string_equal(counter_of(f, "A"), "窓口係");
	assert_string_equal(counter_of(f, "B"), "-");
	assert_string_equal(bpr_flow_name(f->flows.items[0]), "市役所");
	assert_code(f, "X045");
	read_ok(f, POOLS(CITIZEN OFFICE, MESSAGE, "", ""));
	assert_string_equal(counter_of(f, "A"), "市役所");
	read_ok(f, POOLS(CITIZEN OFFICE, "<messageFlow id='m' sourceRef='A' targetRef='c'/>", LANE, " bpr:counter='総合窓口'"));
	assert_string_equal(counter_of(f, "A"), "総合窓口");
	read_ok(f, POOLS(CITIZEN OFFICE, MESSAGE, LANE, " bpr:counter=''"));
	assert_string_equal(counter_of(f, "A"), "-");
	read_ok(f, POOLS("<participant id='c' name='国税庁' bpr:actor='staff'/>" OFFICE, MESSAGE, LANE, ""));
	assert_string_equal(counter_of(f, "A"), "-");
	read_ok(f, POOLS(OFFICE, "<messageFlow id='m' sourceRef='gone' targetRef='A'/>", LANE, ""));
	assert_string_equal(counter_of(f, "A"), "-");
	assert_code(f, "X046");
	read_ok(f, POOLS(OFFICE, "", "<laneSet><lane id='L' name='住民'><flowNodeRef>A</flowNodeRef></lane></laneSet>", ""));
	assert_code(f, "X044");
}

static void names_of_citizens(void **state)
{
	static const char *const yes[] = { "住民", "転入する市民", "申請者（本人）", "お客様", "来庁者さん", "Citizen", "loan applicants", "Customer (walk-in)", "申請人等" };
	static const char *const no[] = { "市民課", "住民係", "市民窓口", "住民票担当", "Customer service", "Citizens' office", "税務課", "国民健康保険係" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]) + sizeof(no) / sizeof(no[0]); i++) {
		bool citizen = i < sizeof(yes) / sizeof(yes[0]);
		const char *name = citizen ? yes[i] : no[i - sizeof(yes) / sizeof(yes[0])];

		bpr_i_buf_clear(&f->sketch);
		bpr_i_buf_printf(&f->sketch, "<collaboration id='K'><participant id='c' name=\"%s\" processRef='P'/></collaboration><process id='P'>"
				 "<startEvent id='S'/><task id='A'/><endEvent id='E'/>" SEQ("1", "S", "A") SEQ("2", "A", "E") "</process>", name);
		read_ok(f, f->sketch.data);
		if ((node_of(f, 0, "A")->actor == BPR_ACTOR_CITIZEN) != citizen)
			fail_msg("'%s'", name);
	}
}

static void a_citizen_with_a_process(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<collaboration id='K'><participant id='o' processRef='P'/><participant id='c' name='市民' processRef='Q'/><messageFlow id='m' sourceRef='q' "
		   "targetRef='A'/></collaboration><process id='P' name='受付'><startEvent id='S'/><task id='A'/><endEvent id='E'/>" SEQ("1", "S", "A")
		   SEQ("2", "A", "E") "</process><process id='Q'><startEvent id='s'/><task id='q'/><task id='r' bpr:actor='staff'/><endEvent id='e'/>"
		   SEQ("3", "s", "q") SEQ("4", "q", "r") SEQ("5", "r", "e") "</process>");
	assert_string_equal(counter_of(f, "A"), "受付");
	assert_int_equal(node_of(f, 0, "A")->actor, BPR_ACTOR_STAFF);
	assert_int_equal(node_of(f, 1, "q")->actor, BPR_ACTOR_CITIZEN);
	assert_true(node_of(f, 1, "q")->counter == BPR_NONE);
	assert_int_equal(node_of(f, 1, "r")->actor, BPR_ACTOR_STAFF);
	assert_string_equal(bpr_flow_name(f->flows.items[1]), "市民");
}

static void data_objects_are_forms(void **state)
{
	struct fixture *f = *state;
	const bpr_flow *flow;

	read_ok(f, "<process id='P'><extensionElements><bpr:forms form='D1' field='氏名'/><bpr:forms form='D1' field='住所' times='2'/></extensionElements>"
		   "<dataObject id='D1' name='住民異動届'/><dataObjectReference id='R1' dataObjectRef='D1'/>"
		   "<dataObjectReference id='R2' name='住民異動届' dataObjectRef='D1'/><dataStoreReference id='R3' name='台帳'/><startEvent id='S'/>"
		   "<task id='A' bpr:actor='citizen'><dataOutputAssociation><sourceRef>x</sourceRef><targetRef> R1 </targetRef></dataOutputAssociation></task>"
		   "<task id='B' bpr:counter='窓口'><dataInputAssociation><sourceRef>R2</sourceRef><targetRef>y</targetRef></dataInputAssociation>"
		   "<dataOutputAssociation><targetRef>R3</targetRef></dataOutputAssociation></task>"
		   "<task id='C'><dataOutputAssociation><targetRef>R3</targetRef></dataOutputAssociation><dataInputAssociation><sourceRef>gone</sourceRef>"
		   "</dataInputAssociation></task><endEvent id='E'/>" SEQ("1", "S", "A") SEQ("2", "A", "B") SEQ("3", "B", "C") SEQ("4", "C", "E") "</process>");
	flow = f->flows.items[0];
	assert_int_equal(bpr_flow_form_count(flow), 2);
	assert_int_equal(node_of(f, 0, "A")->write_count, 1);
	assert_string_equal(bpr_flow_form(flow, node_of(f, 0, "A")->writes[0])->id, "D1");
	assert_string_equal(bpr_flow_form(flow, node_of(f, 0, "A")->writes[0])->name, "住民異動届");
	assert_int_equal(bpr_flow_form(flow, node_of(f, 0, "A")->writes[0])->field_count, 2);
	assert_int_equal(node_of(f, 0, "B")->read_count, 1);
	assert_true(node_of(f, 0, "B")->reads[0] == node_of(f, 0, "A")->writes[0]);
	assert_int_equal(node_of(f, 0, "B")->write_count, 1);
	assert_string_equal(bpr_flow_form(flow, node_of(f, 0, "B")->writes[0])->id, "台帳");
	assert_int_equal(node_of(f, 0, "C")->write_count, 0);
	assert_code(f, "X047");
}

static void the_extension_has_every_column(void **state)
{
	struct fixture *f = *state;
	const struct bpr_node *a;
	const bpr_flow *flow;

	read_ok(f, "<process id='P'><extensionElements><bpr:counters counter='窓口' building='本庁' walk_minutes='2'/><bpr:staff pool='職員' count='3' "
		   "yen_per_hour='2500'/><bpr:demand key='per_day' value='80'/><bpr:demand key='開庁時間' value='8:30-17:15'/><bpr:nothing/></extensionElements>"
		   "<startEvent id='S'/><task id='A' bpr:counter='窓口' bpr:actor='職員' bpr:work='tri(3,5,9)' bpr:wait='1日' bpr:staff='職員:2' bpr:writes='甲;乙' "
		   "bpr:issues='証明' bpr:seals='2' bpr:id_checks='1' bpr:copies='4' bpr:rules='押印・対面' bpr:system='住基' bpr:away='はい' bpr:cost='300' "
		   "bpr:note='備考' bpr:colour='red' bpr:kind='xor'/><endEvent id='E' bpr:outcome='不備'/>" SEQ("1", "S", "A") SEQ("2", "A", "E") "</process>");
	a = node_of(f, 0, "A");
	flow = f->flows.items[0];
	assert_int_equal(a->kind, BPR_NODE_TASK);
	assert_string_equal(bpr_flow_counter(flow, a->counter)->building, "本庁");
	assert_rel(bpr_dist_mean(a->work), 17.0 / 3, 1e-12);
	assert_rel(bpr_dist_mean(a->wait), 1440, 0);
	assert_int_equal(a->needs[0].count, 2);
	assert_int_equal(bpr_flow_pool(flow, a->needs[0].pool)->count, 3);
	assert_int_equal(a->write_count, 2);
	assert_int_equal(a->issue_count, 1);
	assert_rel(a->seals + 10 * a->id_checks + 100 * a->copies + a->cost, 2 + 10 + 400 + 300, 0);
	assert_int_equal(a->rules, BPR_RULE_SEAL | BPR_RULE_FACE_TO_FACE);
	assert_true(a->away);
	assert_string_equal(a->note, "備考");
	assert_int_equal(node_of(f, 0, "E")->outcome, BPR_OUTCOME_INCOMPLETE);
	assert_rel(bpr_flow_demand(flow)->per_day, 80, 0);
	assert_rel(bpr_flow_demand(flow)->open_from, 510, 0);
	assert_code(f, "X048");
	assert_code(f, "X049");
}

static void each_process_is_a_flow(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<collaboration id='K'><participant id='a' name='甲' processRef='P'/><participant id='b' processRef='Z'/></collaboration>"
		   "<process id='P'><task id='A'/></process><process id='Z'/><process id='Q' name='乙'><task id='B'/></process>");
	assert_int_equal(f->flows.count, 2);
	assert_string_equal(bpr_flow_name(f->flows.items[0]), "甲");
	assert_string_equal(bpr_flow_name(f->flows.items[1]), "乙");
	assert_code(f, "X022");
}

static void content_of_other_programs_is_named(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><extensionElements><v:a xmlns:v='urn:v'><v:b/></v:a><w:a xmlns:w='urn:w'/></extensionElements><startEvent id='S'/><task id='A'>"
		   "<extensionElements><v:c xmlns:v='urn:v'/></extensionElements></task><endEvent id='E'/>" SEQ("1", "S", "A") SEQ("2", "A", "E") "</process>");
	assert_int_equal(bpr_problems_count(f->problems), 2);
	assert_string_equal(bpr_problems_get(f->problems, 0).code->code, "X063");
	assert_string_equal(bpr_problems_get(f->problems, 0).where, "urn:v");
	assert_int_equal(bpr_problems_get(f->problems, 0).count, 2);
	assert_string_equal(bpr_problems_get(f->problems, 1).where, "urn:w");
}

static void overrides_fit_some_flow(void **state)
{
	static const char *const sets[] = { "step.B.work=7" };
	static const char body[] = "<process id='P'><task id='A'/></process><process id='Q'><task id='B'/></process>";
	struct fixture *f = *state;

	f->options.sets = sets;
	f->options.set_count = 1;
	read_ok(f, body);
	assert_rel(bpr_dist_mean(node_of(f, 1, "B")->work), 7, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(steps_gateways_and_lanes), T(names_are_namespaces_not_prefixes), T(only_sequence_flows_decide), T(implicit_splits),
		T(gateways_that_are_read_as_others), T(sub_processes_are_put_in_place), T(edges_of_sub_processes), T(calls_are_put_in_place),
		T(boundary_events), T(loops), T(links_join_their_ends), T(what_is_not_followed_is_named), T(starts_and_ends_that_are_not_drawn),
		T(tasks_that_meet_the_citizen), T(names_of_citizens), T(a_citizen_with_a_process), T(data_objects_are_forms),
		T(the_extension_has_every_column), T(each_process_is_a_flow),
		T(content_of_other_programs_is_named), T(overrides_fit_some_flow),
	};

	return cmocka_run_group_tests_name("bpmn", tests, NULL, NULL);
}
