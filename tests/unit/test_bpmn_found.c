/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BPMN as it is found: one small file for each thing that breaks loaders; what is made of it, and what is said. */
#include "bpmn_test.h"

#define EVENT(id, what) "<intermediateCatchEvent id='" id "'>" what "</intermediateCatchEvent>"

static void triggers_of_events(void **state)
{
	struct fixture *f = *state;
	static const struct { const char *id, *trigger; } expected[] = {
		{ "S", "message" }, { "a", "timer" }, { "b", "conditional" }, { "c", "signal" }, { "d", "multiple" }, { "e", NULL },
		{ "g", "error" }, { "h", "escalation" }, { "E", "terminate" }, { "T", NULL },
	};

	read_ok(f, "<process id='P'><startEvent id='S'><messageEventDefinition/></startEvent><task id='T'/>"
		   EVENT("a", "<timerEventDefinition/>") EVENT("b", "<eventDefinitionRef> x:cond </eventDefinitionRef>")
		   EVENT("c", "<extensionElements/><signalEventDefinition/>") EVENT("d", "<messageEventDefinition/><timerEventDefinition/>") EVENT("e", "")
		   "<boundaryEvent id='g' attachedToRef='T'><errorEventDefinition/></boundaryEvent>"
		   "<boundaryEvent id='h' attachedToRef='T'><escalationEventDefinition/></boundaryEvent>"
		   "<endEvent id='E'><terminateEventDefinition/></endEvent>"
		   SEQ("1", "S", "T") SEQ("2", "T", "a") SEQ("3", "a", "b") SEQ("4", "b", "c") SEQ("5", "c", "d") SEQ("6", "d", "e") SEQ("7", "e", "E")
		   "</process><conditionalEventDefinition id='cond'/>");
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		const char *trigger = node_of(f, 0, expected[i].id)->trigger;

		assert_int_equal(!trigger, !expected[i].trigger);
		if (trigger)
			assert_string_equal(trigger, expected[i].trigger);
	}
}

#define POOL(id, process) "<participant id='" id "' " process "/>"
#define MESSAGE(id, from, to) "<messageFlow id='" id "' sourceRef='" from "' targetRef='" to "'/>\n"
#define SMALL(p, extra) "<process id='" p "'><startEvent id='" p "s'/><task id='" p "t'/><endEvent id='" p "e'/>" SEQ(p "1", p "s", p "t") SEQ(p "2", p "t", p "e") extra "</process>"

static void messages_between_flows(void **state)
{
	struct fixture *f = *state;
	const struct bpr_message *m;

	read_ok(f, "<collaboration id='C'>" POOL("A", "processRef='P'") POOL("B", "processRef='Q'") POOL("K", "") POOL("L", "processRef='O'")
		   MESSAGE("m1", "K", "Pt") MESSAGE("m2", "Pt", "B") "<messageFlow name='form' sourceRef='Q' targetRef='A'/>\n"
		   MESSAGE("m4", "L", "Qin") MESSAGE("m5", "gone", "Pt") MESSAGE("m6", "x:Pt", "y:Qt") MESSAGE("m7", "P1", "Qt") "</collaboration>"
		   "<process id='O'/>" SMALL("P", "")
		   SMALL("Q", "<subProcess id='Qsub'><task id='Qin'/></subProcess>" SEQ("Q3", "Qt", "Qsub")));
	assert_int_equal(f->flows.count, 2);
	assert_int_equal(f->flows.message_count, 5);
	m = f->flows.messages;
	assert_string_equal(m[0].id, "m1");
	assert_string_equal(m[0].name, "");
	assert_int_equal(m[0].line, 2);
	assert_true(m[0].from_flow == BPR_NONE && m[0].from_node == BPR_NONE);
	assert_true(m[0].to_flow == 0 && m[0].to_node == bpr_flow_find(f->flows.items[0], "Pt"));
	assert_true(m[1].from_flow == 0 && m[1].to_flow == 1 && m[1].to_node == BPR_NONE);
	assert_string_equal(m[2].id, "");
	assert_string_equal(m[2].name, "form");
	assert_true(m[2].from_flow == 1 && m[2].from_node == BPR_NONE && m[2].to_flow == 0 && m[2].to_node == BPR_NONE);
	assert_true(m[3].from_flow == BPR_NONE && m[3].to_flow == 1 && m[3].to_node == bpr_flow_find(f->flows.items[1], "Qin"));
	assert_true(m[4].from_node == bpr_flow_find(f->flows.items[0], "Pt") && m[4].to_node == bpr_flow_find(f->flows.items[1], "Qt"));
	assert_code(f, "X046");
}

/* A finding names the column of the '<', in bytes, also where everything stands in one line. */
static void findings_have_columns(void **state)
{
	struct fixture *f = *state;
	struct bpr_problem p;

	read_ok(f, "<process id='P'>\n  <startEvent id='s'/>\n\t<task id='あ' name='い'/><complexGateway\n\n id='g'/> <endEvent id='e'/>" SEQ("1", "s", "あ")
		   SEQ("2", "あ", "g") SEQ("3", "g", "e") "</process>");
	for (size_t i = 0; i < bpr_problems_count(f->problems); i++) {
		p = bpr_problems_get(f->problems, i);
		if (strcmp(p.code->code, "X033") != 0)
			continue;
		assert_int_equal(p.line, 4);
		assert_int_equal(p.column, 2 + strlen("<task id='あ' name='い'/>"));
		return;
	}
	fail();
}

static size_t counted(const struct fixture *f, const char *name)
{
	const char *before = "";
	size_t found = 0, count;

	for (size_t i = 0; i < bpr_source_inventory_count(f->flows.source); i++) {
		const char *entry = bpr_source_inventory_get(f->flows.source, i, &count);

		assert_true(strcmp(before, entry) < 0);
		assert_true(count > 0);
		before = entry;
		if (!strcmp(entry, name))
			found = count;
	}
	return found;
}

static void the_inventory_counts_by_name(void **state)
{
	struct fixture *f = *state;

	f->options.source = true;
	read_ok(f, "<x:message xmlns:x='http://www.omg.org/spec/BPMN/20100524/MODEL' id='m'/>"
		   SMALL("P", "<laneSet><lane id='l'><flowNodeRef>Pt</flowNodeRef></lane></laneSet><Caption/>"
			 "<subProcess id='u'><extensionElements><task id='no'/><v:v xmlns:v='v'><task/></v:v></extensionElements><task id='yes'/>"
			 "<v:v xmlns:v='v'><textAnnotation id='t'/></v:v></subProcess>" SEQ("P3", "Pt", "u"))
		   "<d:BPMNDiagram xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI'><d:BPMNPlane><d:BPMNShape/><d:BPMNShape/></d:BPMNPlane></d:BPMNDiagram>");
	assert_int_equal(counted(f, "message"), 1);
	assert_int_equal(counted(f, "task"), 2);
	assert_int_equal(counted(f, "sequenceFlow"), 3);
	assert_int_equal(counted(f, "extensionElements"), 1);
	assert_int_equal(counted(f, "textAnnotation"), 1);
	assert_int_equal(counted(f, "Caption"), 1);
	assert_int_equal(counted(f, "BPMNShape"), 2);
	assert_int_equal(counted(f, "lane"), 1);
	assert_int_equal(counted(f, "v"), 0);
	assert_int_equal(counted(f, "definitions"), 1);
	f->options.source = false;
	read_ok(f, SMALL("P", ""));
	assert_int_equal(bpr_source_inventory_count(f->flows.source), 0);
}

/* The first problem of a code: its line, and what it says of whom; NULL where none was noted. */
static struct bpr_problem problem_of(const struct fixture *f, const char *code)
{
	for (size_t i = 0; i < bpr_problems_count(f->problems); i++)
		if (!strcmp(bpr_problems_get(f->problems, i).code->code, code))
			return bpr_problems_get(f->problems, i);
	print_problems(f);
	fail_msg("no %s", code);
	return bpr_problems_get(f->problems, 0);
}

static size_t count_code(const struct fixture *f, const char *code)
{
	size_t count = 0;

	for (size_t i = 0; i < bpr_problems_count(f->problems); i++)
		if (!strcmp(bpr_problems_get(f->problems, i).code->code, code))
			count += bpr_problems_get(f->problems, i).count;
	return count;
}

#define assert_said(f, wanted, at, first) \
	do { \
		struct bpr_problem said_ = problem_of(f, wanted); \
		assert_int_equal(said_.line, at); \
		assert_string_equal(said_.args[0], first); \
	} while (0)

#define assert_errors(f, n) assert_int_equal(bpr_problems_count_severity((f)->problems, BPR_SEVERITY_ERROR), n)
#define assert_quiet(f) assert_int_equal(bpr_problems_count_severity((f)->problems, BPR_SEVERITY_WARNING), 0)

static const char *unit_of(const struct fixture *f, size_t flow, const char *id)
{
	const struct bpr_node *node = node_of(f, flow, id);

	return node->unit == BPR_NONE ? "-" : bpr_flow_unit(f->flows.items[flow], node->unit)->name;
}

static void read_text(struct fixture *f, const char *text)
{
	if (read_document(f, text, strlen(text)) != BPR_OK) {
		print_problems(f);
		fail();
	}
}

#define MODEL "http://www.omg.org/spec/BPMN/20100524/MODEL"
#define IN_A_ROW "S.start>A A.task>E E.end"

/* Any prefix, two prefixes for one namespace, a namespace declared inside, a comment and an instruction in front. */
static void prefixes_of_all_kinds(void **state)
{
	struct fixture *f = *state;

	read_text(f, "<?xml version='1.0'?><!-- made by hand --><?editor x?><wurst:definitions xmlns:wurst='" MODEL "' xmlns:b='" MODEL "'>"
		     "<wurst:process id='P'><b:startEvent id='S'/><wurst:task id='A'/><endEvent xmlns='" MODEL "' id='E'/>"
		     "<b:sequenceFlow id='1' sourceRef='S' targetRef='A'/><q:sequenceFlow xmlns:q='" MODEL "' id='2' sourceRef='A' targetRef='E'/></wurst:process>"
		     "</wurst:definitions>");
	assert_string_equal(sketch(f, 0), IN_A_ROW);
	assert_quiet(f);
	/* A prefix that nobody declared: what carries it is left out, and named. */
	read_text(f, "<definitions xmlns='" MODEL "'>\n<process id='P'>\n<startEvent id='S'/><task id='A'/><endEvent id='E'/><y:task id='no'/>" SEQ("1", "S", "A")
		     SEQ("2", "A", "E") "</process></definitions>");
	assert_string_equal(sketch(f, 0), IN_A_ROW);
	assert_said(f, "X017", 3, "y");
}

/* References with a prefix, with white space around, by attribute and by text. */
static void references_of_all_kinds(void **state)
{
	struct fixture *f = *state;

	f->options.source = true;
	read_ok(f, "<collaboration id='C'><participant id='pool' name='係' processRef='t:P'/><participant id='k' name='住民'/>"
		   "<messageFlow id='m' sourceRef='t:k' targetRef=' t:A '/></collaboration><process id='P'><laneSet><lane id='L' name='受付係'><flowNodeRef>\n  t:A\n"
		   "</flowNodeRef></lane></laneSet><startEvent id='S'><outgoing> f1 </outgoing></startEvent><task id='A'><incoming>\n f1</incoming><outgoing>f2</outgoing>"
		   "<ioSpecification/><dataOutputAssociation><targetRef> t:R </targetRef></dataOutputAssociation></task>"
		   "<dataObject id='D' name='申請書'/><dataObjectReference id='R' dataObjectRef='t:D'/><boundaryEvent id='B' attachedToRef='Process:A' bpr:prob='0.1'>"
		   "<timerEventDefinition/></boundaryEvent><callActivity id='Z' calledElement='t:Q'/><exclusiveGateway id='G' default='t:f4'/>"
		   "<endEvent id='E'/><endEvent id='F'/>" SEQ("f1", "t:S", "t:A") SEQ("f2", "t:A", "t:Z") SEQ("f3", "t:Z", "t:G") SEQ("f4", "t:G", "t:E") SEQ("f5", "G", "F")
		   "</process><process id='Q'><startEvent id='qs'/><task id='q'/>" SEQ("g", "qs", "q") "</process>");
	assert_errors(f, 0);
	assert_string_equal(unit_of(f, 0, "A"), "受付係");
	assert_int_equal(node_of(f, 0, "A")->write_count, 1);
	assert_true(node_of(f, 0, "A")->counter != BPR_NONE);
	assert_true(node_of(f, 0, "B")->host == bpr_flow_find(f->flows.items[0], "A"));
	assert_true(bpr_flow_find(f->flows.items[0], "Z/q") != BPR_NONE);
	assert_int_equal(f->flows.message_count, 1);
	assert_false(has_code(f, "X029") || has_code(f, "X032") || has_code(f, "X046") || has_code(f, "X047") || has_code(f, "X056"));
}

/* Ids that are no NCName, with blanks around, of other scripts; flows without any. */
static void ids_of_all_kinds(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='Process engine - 1'><startEvent id='1 start'/><task id='flow4 '/><endEvent id='終了'/><sequenceFlow sourceRef='1 start' targetRef='flow4'/>"
		   "<sequenceFlow sourceRef=' flow4' targetRef='終了 '/></process>");
	assert_string_equal(sketch(f, 0), "1 start.start>flow4 flow4.task>終了 終了.end");
	assert_string_equal(bpr_flow_id(f->flows.items[0]), "Process engine - 1");
	assert_quiet(f);
}

/* Only sequence flows join, wherever they are stored; names with line ends are one line. */
static void flows_stored_elsewhere(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U'><task id='a' name='確認&#10;する'/><task id='b'/></subProcess><endEvent id='E'/>" SEQ("x", "a", "b")
		   "</process><process id='Q'><startEvent id='qs'/><endEvent id='qe'/>" SEQ("1", "S", "U") SEQ("2", "U", "E") SEQ("3", "qs", "qe") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U ~U.xor>a a.task>b b.task>U/exit ~U/exit.xor>E E.end");
	assert_string_equal(node_of(f, 0, "a")->name, "確認 する");
	assert_string_equal(sketch(f, 1), "qs.start>qe qe.end");
	assert_errors(f, 0);
}

#define DI "<d:BPMNDiagram xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI' xmlns:c='http://www.omg.org/spec/DD/20100524/DC' " \
	   "xmlns:i='http://www.omg.org/spec/DD/20100524/DI'><d:BPMNPlane bpmnElement='gone'>"
#define DI_END "</d:BPMNPlane></d:BPMNDiagram>"
#define SHAPE(of, x, y, w, h) "<d:BPMNShape bpmnElement='" of "'><c:Bounds x='" x "' y='" y "' width='" w "' height='" h "'/></d:BPMNShape>"

/* The drawing changes nothing where the lanes list their steps, however odd it is. */
static void drawings_of_all_kinds(void **state)
{
	static const char *const drawings[] = {
		DI DI_END, DI SHAPE("A", "0", "0", "0", "0") SHAPE("A", "1e3", "-5.5", "10", "10") SHAPE("nobody", "0", "0", "1", "1") DI_END,
		DI "<d:BPMNShape bpmnElement='A'/><d:BPMNShape/><d:BPMNEdge bpmnElement='f1'><i:waypoint x='1' y='1'/></d:BPMNEdge>"
		   "<d:BPMNShape bpmnElement='A'><c:Bounds x='nan' y='' width='1'/></d:BPMNShape>" DI_END,
		DI DI_END DI SHAPE("L", "0", "0", "100", "100") DI_END,
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < 2 * sizeof(drawings) / sizeof(drawings[0]); i++) {
		f->options.source = i % 2;
		bpr_i_buf_clear(&f->sketch);
		bpr_i_buf_puts(&f->sketch, "<process id='P'><laneSet><lane id='L' name='甲'><flowNodeRef>A</flowNodeRef></lane><lane id='M' name='乙'/></laneSet>"
					   "<startEvent id='S'/><task id='A'/><endEvent id='E'/>" SEQ("f1", "S", "A") SEQ("f2", "A", "E") "</process>");
		bpr_i_buf_puts(&f->sketch, drawings[i / 2]);
		read_ok(f, f->sketch.data);
		assert_string_equal(sketch(f, 0), IN_A_ROW);
		assert_string_equal(unit_of(f, 0, "A"), "甲");
		assert_quiet(f);
	}
}

#define TWO "<startEvent id='S'/><task id='A'/><task id='B'/><endEvent id='E'/>" SEQ("1", "S", "A") SEQ("2", "A", "B") SEQ("3", "B", "E")

/* Lanes that list nothing: the diagram tells, for lanes side by side and one below the other, nested and not. */
static void lanes_that_are_only_drawn(void **state)
{
	static const char nested[] = "<process id='P'>\n<laneSet><lane id='L' name='課'><childLaneSet><lane id='M' name='係'/></childLaneSet></lane><lane id='N' name='他'/></laneSet>" TWO
				     "</process>";
	struct fixture *f = *state;

	for (size_t i = 0; i < 2; i++) {
		f->options.source = i;
		read_ok(f, "<process id='P'>\n<laneSet><lane id='L' name='甲'/><lane id='M' name='乙'/></laneSet>" TWO "</process>" DI SHAPE("L", "0", "0", "600", "100")
			   SHAPE("M", "0", "100", "600", "100") SHAPE("A", "20", "-10", "80", "100") SHAPE("B", "200", "110", "80", "80") SHAPE("B", "200", "10", "80", "80") DI_END);
		assert_string_equal(unit_of(f, 0, "A"), "甲");
		assert_string_equal(unit_of(f, 0, "B"), "乙");
		assert_said(f, "X100", 2, "P");
		bpr_i_buf_clear(&f->sketch);
		bpr_i_buf_puts(&f->sketch, nested);
		bpr_i_buf_puts(&f->sketch, DI SHAPE("N", "400", "0", "100", "300") SHAPE("M", "30", "0", "370", "300") SHAPE("L", "0", "0", "400", "300") SHAPE("A", "100", "10", "80", "80")
					   SHAPE("B", "410", "10", "80", "80") DI_END);
		read_ok(f, f->sketch.data);
		assert_string_equal(unit_of(f, 0, "A"), "係");
		assert_string_equal(bpr_flow_unit(f->flows.items[0], bpr_flow_unit(f->flows.items[0], node_of(f, 0, "A")->unit)->parent)->name, "課");
		assert_string_equal(unit_of(f, 0, "B"), "他");
	}
	/* Not drawn either; one step outside of all. */
	read_ok(f, nested);
	assert_said(f, "X101", 2, "P");
	assert_string_equal(unit_of(f, 0, "A"), "-");
	bpr_i_buf_clear(&f->sketch);
	bpr_i_buf_puts(&f->sketch, nested);
	bpr_i_buf_puts(&f->sketch, DI SHAPE("N", "0", "0", "100", "100") SHAPE("A", "10", "10", "80", "80") SHAPE("B", "310", "10", "80", "80") DI_END);
	read_ok(f, f->sketch.data);
	assert_said(f, "X095", 3, "B");
}

/* What lanes list that is no step of theirs; steps in two lanes, in none; lanes without a name. */
static void lanes_of_all_kinds(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><laneSet><lane id='L' name='甲'>\n<flowNodeRef>D</flowNodeRef>\n<flowNodeRef>gone</flowNodeRef>\n<flowNodeRef>u</flowNodeRef><flowNodeRef>A</flowNodeRef>"
		   "</lane><lane id='N'>\n<flowNodeRef>A</flowNodeRef><flowNodeRef>B</flowNodeRef></lane></laneSet><dataObject id='D'/>" TWO "\n<subProcess id='U'><task id='u'/></subProcess>"
		   "</process>");
	assert_said(f, "X105", 3, "甲");
	assert_said(f, "X097", 4, "甲");
	assert_said(f, "X043", 6, "A");
	assert_said(f, "X096", 5, "N");
	assert_said(f, "X095", 7, "U");
	assert_string_equal(unit_of(f, 0, "u"), "甲");
	assert_string_equal(unit_of(f, 0, "A"), "甲");
	assert_string_equal(unit_of(f, 0, "B"), "-");
}

static void pools_of_all_kinds(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<collaboration id='C'>\n<participant id='a' name='甲' processRef='P'><participantMultiplicity maximum='9'/></participant>\n<participant id='b' name='乙' processRef='gone'/>\n"
		   "<participant id='c' name='丙' processRef='P'/>\n<participant id='d' name='丁' processRef='E'/><messageFlow id='m' sourceRef='b' targetRef='Pt'/></collaboration>\n"
		   "<process id='E' name='空'/>" SMALL("P", "") SMALL("Q", ""));
	assert_said(f, "X098", 3, "甲");
	assert_said(f, "X099", 4, "乙");
	assert_said(f, "X104", 5, "丙");
	assert_said(f, "X022", 7, "空");
	assert_int_equal(f->flows.count, 2);
	assert_string_equal(bpr_flow_name(f->flows.items[0]), "甲");
	assert_int_equal(f->flows.message_count, 1);
	assert_true(f->flows.messages[0].from_flow == BPR_NONE);
	assert_errors(f, 0);
}

static void calls_and_empty_sub_processes(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'/>\n<callActivity id='a'/>\n<callActivity id='b' calledElement='G'/><callActivity id='c' calledElement='H'/><callActivity id='d' calledElement='O'/>"
		   "\n<subProcess id='e' name='審査' bpr:work='7'/>\n<transaction id='t'><task id='tt'/></transaction>\n<adHocSubProcess id='h'><task id='h1'/><task id='h2'/><task id='h3'/>"
		   SEQ("x", "h1", "h2") "</adHocSubProcess></process><globalUserTask id='G'/><globalScriptTask id='H'/><process id='O'/>");
	assert_said(f, "X090", 3, "a");
	assert_said(f, "X091", 5, "審査");
	assert_said(f, "X034", 6, "t");
	assert_said(f, "X086", 7, "h");
	assert_false(has_code(f, "X032"));
	assert_int_equal(node_of(f, 0, "b")->actor, BPR_ACTOR_STAFF);
	assert_int_equal(node_of(f, 0, "c")->actor, BPR_ACTOR_SYSTEM);
	assert_rel(node_of(f, 0, "e")->work->a, 7, 0);
	assert_int_equal(node_of(f, 0, "h")->kind, BPR_NODE_AND);
	assert_int_equal(node_of(f, 0, "h")->out_count, 2);
	assert_errors(f, 0);
}

#define SUB(id, attrs, inside) "<subProcess id='" id "' triggeredByEvent='true'" attrs "><startEvent id='" id "s'" inside "</subProcess>"

/* Event sub-processes: of a process with one start, with several, with none; inside another, one that nothing starts. */
static void event_sub_processes(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'/><task id='A'/><endEvent id='E'/>" SEQ("1", "S", "A") SEQ("2", "A", "E")
		   SUB("X", "", " isInterrupting='false' bpr:prob='0.25'><messageEventDefinition/></startEvent><task id='x'/>" SEQ("3", "Xs", "x")) "</process>");
	assert_string_equal(sketch(f, 0), "S.start>P/events A.task>E E.end ~X.xor>x Xs.event@P/events+>X x.task>X/exit ~X/exit.xor>P/end ~P/events.task>A ~P/end.end");
	assert_rel(node_of(f, 0, "Xs")->prob, 0.25, 0);
	assert_string_equal(node_of(f, 0, "Xs")->trigger, "message");
	assert_code(f, "X085");
	assert_quiet(f);
	/* Inside a sub-process; the probability at the sub-process; its end is the scope's. */
	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U'><task id='a'/>" SUB("X", " bpr:prob='10%'", "/>") "</subProcess><endEvent id='E'/>" SEQ("1", "S", "U")
		   SEQ("2", "U", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U ~U.xor>U/events ~U/events.task>a a.task>U/exit ~X.xor>X/exit Xs.event@U/events>X ~X/exit.xor>U/exit ~U/exit.xor>E E.end");
	assert_rel(node_of(f, 0, "Xs")->prob, 0.1, 1e-15);
	assert_quiet(f);
	/* Several starts, none, and two ways out of the event. */
	read_ok(f, "<process id='P'><startEvent id='S' bpr:prob='0.3'/><startEvent id='T' bpr:prob='0.7'/><task id='A'/>" SEQ("1", "S", "A") SEQ("2", "T", "A")
		   SUB("X", "", " bpr:prob='0.1'/><task id='x'/><task id='y'/>" SEQ("3", "Xs", "x") SEQ("4", "Xs", "y")) "</process>");
	assert_string_equal(sketch(f, 0), "~S.event>A ~T.event>A A.task>P/end ~X.task>x&y Xs.event@P/events>X x.task>X/exit y.task>X/exit ~X/exit.or>P/end ~P/start.start>P/events "
					  "~P/events.task>P/begin ~P/begin.xor>S:0.3|T:0.7 ~P/end.end");
	read_ok(f, "<process id='P'><task id='A'/><task id='B'/>" SUB("X", "", " bpr:prob='0.1'/>") "</process>");
	assert_string_equal(sketch(f, 0), "A.task>P/end B.task>P/end ~X.xor>X/exit Xs.event@P/events>X ~X/exit.xor>P/end ~P/start.start>P/events ~P/events.task>P/begin ~P/begin.and>A&B ~P/end.end");
	/* Without a start event; without a probability; alone. */
	read_ok(f, "<process id='P'><startEvent id='S'/>\n<subProcess id='X' triggeredByEvent='true'><task id='x'/></subProcess>\n" SUB("Y", "", "/>") "</process>");
	assert_said(f, "X106", 3, "X");
	assert_said(f, "X035", 4, "Y");
	assert_rel(node_of(f, 0, "Ys")->prob, 0, 0);
	assert_false(has_code(f, "F016"));
	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U'>" SUB("X", "", " bpr:prob='0.5'/>") "</subProcess>" SEQ("1", "S", "U") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>U ~U.xor>U/events ~U/events.task>U/exit ~X.xor>X/exit Xs.event@U/events>X ~X/exit.xor>U/exit ~U/exit.xor>P/end ~P/end.end");
}

/* Errors go outwards to the first that catches: an event sub-process, a boundary event, by the code that was thrown. */
static void errors_that_are_caught(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><startEvent id='S'/><subProcess id='U'><subProcess id='V'><endEvent id='t'><errorEventDefinition errorRef='x:e1'/></endEvent></subProcess></subProcess>"
		   "<boundaryEvent id='no' attachedToRef='U'><errorEventDefinition errorRef='e2'/></boundaryEvent>"
		   "<boundaryEvent id='yes' attachedToRef='U'><errorEventDefinition errorRef='e1'/></boundaryEvent>" SEQ("1", "S", "U") "</process>");
	assert_true(node_of(f, 0, "t")->terminate);
	assert_true(bpr_flow_arc(f->flows.items[0], node_of(f, 0, "t")->first_out)->to == bpr_flow_find(f->flows.items[0], "yes"));
	/* An event sub-process of the process itself catches what its own end throws. */
	read_ok(f, "<process id='P'><startEvent id='S'/><endEvent id='t'><errorEventDefinition/></endEvent>" SEQ("1", "S", "t")
		   SUB("X", "", "><errorEventDefinition/></startEvent>") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>P/events ~t.event!>Xs ~X.xor>X/exit Xs.event@P/events>X ~X/exit.xor>P/end ~P/events.task>t ~P/end.end");
	assert_false(has_code(f, "X035"));
	/* A transaction that is cancelled. */
	read_ok(f, "<process id='P'><startEvent id='S'/><transaction id='U'><endEvent id='t'><cancelEventDefinition/></endEvent></transaction>"
		   "<boundaryEvent id='c' attachedToRef='U'><cancelEventDefinition/></boundaryEvent>" SEQ("1", "S", "U") "</process>");
	assert_true(bpr_flow_arc(f->flows.items[0], node_of(f, 0, "t")->first_out)->to == bpr_flow_find(f->flows.items[0], "c"));
}

/* Compensation and all that is joined to it is off the way, whether it is marked or not. */
static void compensation_is_off_the_way(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='P'><task id='A'/><boundaryEvent id='b' attachedToRef='A'><compensateEventDefinition/></boundaryEvent>\n<task id='undo'/>\n<task id='undo2' isForCompensation='true'/>"
		   "<endEvent id='E'/>" SEQ("1", "A", "E") "<association id='a' sourceRef='b' targetRef='undo'/>"
		   SUB("X", "", "><compensateEventDefinition/></startEvent><task id='x'/>") "</process>");
	assert_string_equal(sketch(f, 0), "A.task>E E.end ~P/start.start>A");
	assert_int_equal(count_code(f, "X036"), 4);
	assert_errors(f, 0);
}

static void links_of_all_kinds(void **state)
{
	struct fixture *f = *state;

#define LINK(kind, id, name, definition) "<intermediate" kind "Event id='" id "' name='" name "'><linkEventDefinition" definition "/></intermediate" kind "Event>"
	/* Two throws to one catch; named at the event alone; a catch without a throw. */
	read_ok(f, "<process id='P'><startEvent id='S'/><exclusiveGateway id='G'/>" LINK("Throw", "t", "", " name='甲'") LINK("Throw", "u", "甲", "") LINK("Catch", "c", "", " name='甲'")
		   "\n" LINK("Catch", "d", "乙", "") "<endEvent id='E'/>" SEQ("1", "S", "G") SEQ("2", "G", "t") SEQ("3", "G", "u") SEQ("4", "c", "E") SEQ("5", "d", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>G G.xor>t|u ~t.event>c ~u.event>c ~c.event>E ~d.event>E E.end");
	assert_said(f, "X087", 3, "乙");
	/* In a process without a start event, a link that waits is no start. */
	read_ok(f, "<process id='P'><task id='A'/>" LINK("Catch", "d", "乙", "") "<endEvent id='E'/>" SEQ("4", "A", "E") SEQ("5", "d", "E") "</process>");
	assert_string_equal(sketch(f, 0), "A.task>E ~d.event>E E.end ~P/start.start>A");
}

/* Content of programs, in other namespaces, in that of BPMN, in none: one finding a name, with how often. */
static void vendor_content_everywhere(void **state)
{
	struct fixture *f = *state;
	struct bpr_problem p;

	read_ok(f, "<extension><documentation>x</documentation></extension>\n<Grid/><v:a xmlns:v='urn:v'/><process id='P'>\n<Caption/><startEvent id='S'><v:b xmlns:v='urn:v'><task/></v:b></startEvent>"
		   "<task id='A'><documentation><html xmlns=''><p>x</p></html></documentation><StringProperty name='x'/><Caption><task id='no'/></Caption></task><endEvent id='E'/>"
		   SEQ("1", "S", "A") SEQ("2", "A", "E") "</process><relationship type='x'><source>A</source></relationship>");
	assert_string_equal(sketch(f, 0), IN_A_ROW);
	p = problem_of(f, "X092");
	assert_string_equal(p.args[0], "Grid");
	assert_int_equal(p.line, 3);
	for (size_t i = 0; i < bpr_problems_count(f->problems); i++) {
		p = bpr_problems_get(f->problems, i);
		if (!strcmp(p.code->code, "X092") && !strcmp(p.args[0], "Caption"))
			assert_true(p.count == 2 && p.line == 4);
		if (!strcmp(p.code->code, "X063") && !strcmp(p.args[0], "urn:v"))
			assert_true(p.count == 2 && p.line == 3);
	}
	assert_quiet(f);
}

/* Events of every kind in one row: each is a step, none is lost. */
static void events_of_all_kinds(void **state)
{
	static const char *const kinds[] = { "message", "timer", "signal", "conditional", "escalation", "compensate" };
	struct fixture *f = *state;

	bpr_i_buf_clear(&f->sketch);
	bpr_i_buf_puts(&f->sketch, "<process id='P'><startEvent id='S'/>");
	for (size_t i = 0; i < 6; i++)
		bpr_i_buf_printf(&f->sketch, "<intermediateThrowEvent id='e%zu'><%sEventDefinition/></intermediateThrowEvent><sequenceFlow sourceRef='%s%zu' targetRef='e%zu'/>", i,
				 kinds[i], i ? "e" : "S' x='", i ? i - 1 : 0, i);
	bpr_i_buf_puts(&f->sketch, "\n<endEvent id='E'><errorEventDefinition/></endEvent>\n<intermediateCatchEvent id='m' parallelMultiple='true'><messageEventDefinition/><timerEventDefinition/>"
				   "</intermediateCatchEvent>" SEQ("x", "e5", "m") SEQ("y", "m", "E") "</process>");
	read_ok(f, f->sketch.data);
	assert_string_equal(sketch(f, 0), "S.start>e0 e0.event>e1 e1.event>e2 e2.event>e3 e3.event>e4 e4.event>e5 e5.event>m E.end m.event>E");
	for (size_t i = 0; i < 6; i++) {
		char id[] = { 'e', (char)('0' + i), '\0' };

		assert_string_equal(node_of(f, 0, id)->trigger, kinds[i]);
	}
	assert_string_equal(node_of(f, 0, "E")->trigger, "error");
	assert_said(f, "X103", 4, "m");
	assert_errors(f, 0);
}

static void names_have_a_limit(void **state)
{
	struct fixture *f = *state;

	f->options.max_field = 200;
	read_ok(f, SMALL("P", ""));
	f->options.max_field = 10;
	assert_int_equal(read_body(f, "<process id='P'>\n<task id='A' name='0123456789a'/></process>"), BPR_ELIMIT);
	assert_string_equal(f->err.code, "X093");
	assert_int_equal(f->err.line, 3);
	assert_int_equal(read_body(f, "<process id='P'>\n<task id='A'>\n<documentation>0123456789a</documentation></task></process>"), BPR_ELIMIT);
	assert_string_equal(f->err.code, "X093");
	assert_int_equal(f->err.line, 4);
	/* What other programs keep may be as long as it likes. */
	read_ok(f, "<process id='P'>\n<task id='A'><extensionElements><v>0123456789a</v></extensionElements></task></process>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(triggers_of_events), T(messages_between_flows), T(findings_have_columns), T(the_inventory_counts_by_name),
		T(prefixes_of_all_kinds), T(references_of_all_kinds), T(ids_of_all_kinds), T(flows_stored_elsewhere), T(drawings_of_all_kinds),
		T(lanes_that_are_only_drawn), T(lanes_of_all_kinds), T(pools_of_all_kinds), T(calls_and_empty_sub_processes), T(event_sub_processes),
		T(errors_that_are_caught), T(compensation_is_off_the_way), T(links_of_all_kinds), T(vendor_content_everywhere), T(events_of_all_kinds),
		T(names_have_a_limit),
	};

	return cmocka_run_group_tests_name("bpmn-found", tests, NULL, NULL);
}
