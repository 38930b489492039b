/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows as BPMN, and BPMN as itself with what it lacked: a diagram, values from beside it. */
#include "bpmn_test.h"
#include "read/source_i.h"
#include <bpr/write.h>

#define ROOT "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='urn:t'"
#define DI " xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI' xmlns:c='http://www.omg.org/spec/DD/20100524/DC' " \
	   "xmlns:i='http://www.omg.org/spec/DD/20100524/DI'"
#define SHAPE(id, x, y, w, h) "<d:BPMNShape id='" id "_s' bpmnElement='" id "'><c:Bounds x='" x "' y='" y "' width='" w "' height='" h "'/></d:BPMNShape>\n"
#define LINE(id, x1, x2) "<d:BPMNEdge id='" id "_e' bpmnElement='" id "'><i:waypoint x='" x1 "' y='40'/><i:waypoint x='" x2 "' y='40'/></d:BPMNEdge>\n"

static struct bpr_files written;
static bpr_problems *said;

static bool says(const char *code)
{
	for (size_t i = 0; i < bpr_problems_count(said); i++)
		if (!strcmp(bpr_problems_get(said, i).code->code, code))
			return true;
	return false;
}

/* Writes what was read; as a model where the file itself is not to be kept. */
static const char *write_it(struct fixture *f, bool as_model)
{
	bpr_source *source = f->flows.source;

	bpr_files_release(&written);
	bpr_problems_free(said);
	assert_int_equal(bpr_problems_new(&said, NULL), BPR_OK);
	if (as_model)
		f->flows.source = NULL;
	assert_int_equal(bpr_write(&f->flows, NULL, 0, BPR_WRITE_BPMN, NULL, &written, said, NULL), BPR_OK);
	f->flows.source = source;
	assert_int_equal(written.count, 1);
	assert_string_equal(written.items[0].suffix, "");
	return written.items[0].data;
}

static const char *rewrite(struct fixture *f, const char *text)
{
	f->options.source = true;
	if (read_document(f, text, strlen(text)) != BPR_OK) {
		print_problems(f);
		fail();
	}
	return write_it(f, false);
}

/* The text that was written, read alone, is these flows; and written again it is the same text. */
static void check_same(struct fixture *f)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_flows again;
	struct bpr_files twice;

	options.source = true;
	assert_int_equal(bpr_read_memory("again.bpmn", written.items[0].data, written.items[0].length, &options, &again, NULL, NULL), BPR_OK);
	assert_int_equal(again.count, f->flows.count);
	for (size_t i = 0; i < again.count; i++)
		assert_true(bpr_flow_hash(again.items[i]) == bpr_flow_hash(f->flows.items[i]));
	assert_int_equal(bpr_write(&again, NULL, 0, BPR_WRITE_BPMN, NULL, &twice, NULL, NULL), BPR_OK);
	assert_string_equal(twice.items[0].data, written.items[0].data);
	bpr_files_release(&twice);
	bpr_flows_release(&again);
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *p = text; (p = strstr(p, what)) != NULL; p++)
		n++;
	return n;
}

#define assert_has(text, what) \
	do { \
		if (!strstr(text, what)) { \
			print_error("%s\nlacks %s\n", text, what); \
			fail(); \
		} \
	} while (0)

static const char drawn[] =
	"<?xml version='1.0' encoding='UTF-8'?>\r\n<!-- kept --> <?also kept?>\r\n" ROOT DI " xmlns:v='urn:vendor' v:x='1'>\r\n"
	"<process id='P' ><extensionElements><v:any a=\"2\"><deep/></v:any></extensionElements><startEvent\tid='S'/><task id='A' name='&#x53d7;付'/>"
	"<endEvent id='E'/>" SEQ("f1", "S", "A") SEQ("f2", "A", "E") "</process>\n"
	"<d:BPMNDiagram><d:BPMNPlane bpmnElement='P'>" SHAPE("S", "0", "22", "36", "36") SHAPE("A", "86", "0", "100", "80") SHAPE("E", "236", "22", "36", "36")
	LINE("f1", "36", "86") LINE("f2", "186", "236") "</d:BPMNPlane></d:BPMNDiagram></definitions><!-- end -->";

static void what_lacks_nothing_stays_as_it_is(void **state)
{
	struct fixture *f = *state;
	static const char marked[] = "\xef\xbb\xbf" ROOT "><process id='P'/></definitions>";

	assert_string_equal(rewrite(f, drawn), drawn);
	assert_int_equal(bpr_problems_count(said), 0);
	(void)marked;
}

static void a_missing_diagram_is_added(void **state)
{
	struct fixture *f = *state;
	static const char text[] = ROOT "><process id='P'><startEvent id='S'/><task id='A'/>" SEQ("f1", "S", "A")
				   "<sequenceFlow sourceRef='A' targetRef='E'/><endEvent id='E'/></process>"
				   "<relationship type='x'><source>S</source><target>E</target></relationship></definitions>";
	const char *out = rewrite(f, text);

	assert_int_equal(count(out, "<bpmndi:BPMNShape "), 3);
	assert_int_equal(count(out, "<bpmndi:BPMNEdge "), 2);
	assert_has(out, "<sequenceFlow sourceRef='A' targetRef='E' id=\"sequenceFlow\"/>"); /* drawn by its id */
	assert_has(out, "<bpmndi:BPMNPlane id=\"BPMNPlane_1\" bpmnElement=\"P\">");
	assert_true(strstr(out, "</bpmndi:BPMNDiagram>") < strstr(out, "<relationship"));
	assert_true(strstr(out, "<bpmndi:BPMNDiagram") > strstr(out, "</process>"));
	check_same(f);
}

static void pools_lanes_data_and_notes_are_drawn(void **state)
{
	struct fixture *f = *state;
	static const char text[] = ROOT "><collaboration id='C'><participant id='X' processRef='P'/><participant id='Y' name='住民'/>"
		"<messageFlow id='m' sourceRef='Y' targetRef='A'/></collaboration><process id='P'><laneSet id='ls'><lane id='L'><flowNodeRef>A</flowNodeRef></lane>"
		"</laneSet><startEvent id='S'/><task id='A'><dataOutputAssociation id='o'><targetRef>D</targetRef></dataOutputAssociation></task>"
		"<subProcess id='B'><task id='B1'/></subProcess><subProcess id='K'/><exclusiveGateway id='G'/><boundaryEvent id='R' attachedToRef='A'/>"
		"<dataObject id='O'/><dataObjectReference id='D' dataObjectRef='O'/><textAnnotation id='N'><text>覚え書き</text></textAnnotation>"
		"<association id='a' sourceRef='N' targetRef='A'/>" SEQ("f1", "S", "A") SEQ("f2", "A", "G") SEQ("f3", "G", "B") SEQ("f4", "G", "K")
		"</process><process id='Q'><task id='Q1'/></process></definitions>";
	const char *out = rewrite(f, text);
	static const char *const shapes[] = { "X", "Y", "L", "S", "A", "B", "B1", "K", "G", "R", "D", "N", "Q1" };
	static const char *const edges[] = { "m", "o", "a", "f1", "f2", "f3", "f4" };

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]) + sizeof(edges) / sizeof(edges[0]); i++) {
		char ref[40];
		bool edge = i >= sizeof(shapes) / sizeof(shapes[0]);

		(void)snprintf(ref, sizeof(ref), "bpmnElement=\"%s\"", edge ? edges[i - sizeof(shapes) / sizeof(shapes[0])] : shapes[i]);
		assert_has(out, ref);
	}
	assert_int_equal(count(out, "<bpmndi:BPMNShape "), 13);
	assert_int_equal(count(out, "<bpmndi:BPMNEdge "), 7);
	assert_int_equal(count(out, "<bpmndi:BPMNDiagram "), 2); /* a process beside the collaboration has its own */
	assert_has(out, "bpmnElement=\"X\" isHorizontal=\"true\"");
	assert_has(out, "bpmnElement=\"B\" isExpanded=\"true\"");
	assert_has(out, "bpmnElement=\"K\" isExpanded=\"false\"");
	assert_has(out, "bpmnElement=\"G\" isMarkerVisible=\"true\"");
	check_same(f);
}

/* Numbers of the shape of an element. */
static void shape_of(const char *text, const char *id, double box[4])
{
	char ref[60];
	const char *p;

	(void)snprintf(ref, sizeof(ref), "bpmnElement=\"%s\"", id);
	p = strstr(text, ref);
	if (!p) {
		(void)snprintf(ref, sizeof(ref), "bpmnElement='%s'", id);
		p = strstr(text, ref);
	}
	assert_non_null(p);
	for (size_t i = 0; i < 4; i++) {
		static const char *const names[] = { " x=", " y=", " width=", " height=" };

		p = strstr(p, names[i]);
		assert_non_null(p);
		box[i] = strtod(p + strlen(names[i]) + 1, NULL);
	}
}

static void what_is_drawn_keeps_its_place(void **state)
{
	struct fixture *f = *state;
	static const char text[] = ROOT DI "><collaboration id='C'><participant id='X' processRef='P'/></collaboration><process id='P'><laneSet id='ls'>"
		"<lane id='L'><flowNodeRef>S</flowNodeRef><flowNodeRef>A</flowNodeRef></lane><lane id='M'><flowNodeRef>B</flowNodeRef><flowNodeRef>E</flowNodeRef></lane></laneSet>"
		"<startEvent id='S'/><task id='A'/><task id='B'/><endEvent id='E'/><boundaryEvent id='R' attachedToRef='A'/><subProcess id='K'><task id='K1'/></subProcess>"
		SEQ("f1", "S", "A") SEQ("f2", "A", "B") SEQ("f3", "B", "E") SEQ("f4", "S", "B") SEQ("f5", "A", "K") "</process>"
		"<d:BPMNDiagram><d:BPMNPlane bpmnElement='C'>" SHAPE("X", "0", "0", "400", "240") SHAPE("L", "30", "0", "370", "120") SHAPE("M", "30", "120", "370", "120")
		SHAPE("S", "60", "42", "36", "36") SHAPE("A", "140", "20", "100", "80") SHAPE("K", "260", "20", "100", "80") "</d:BPMNPlane></d:BPMNDiagram></definitions>";
	const char *out = rewrite(f, text);
	double pool[4], lane[4], b[4], e[4], a[4], r[4];

	assert_true(says("W041"));
	assert_has(out, SHAPE("A", "140", "20", "100", "80"));
	shape_of(out, "X", pool);
	shape_of(out, "M", lane);
	shape_of(out, "A", a);
	shape_of(out, "B", b);
	shape_of(out, "E", e);
	shape_of(out, "R", r);
	assert_true(b[0] >= 400 && e[0] >= b[0] + b[2]);                                       /* behind what is drawn, side by side */
	assert_true(b[1] >= 120 && b[1] + b[3] <= 240 && e[1] >= 120 && e[1] + e[3] <= 240);   /* in their lane */
	assert_true(pool[0] + pool[2] >= e[0] + e[2] && lane[0] + lane[2] >= e[0] + e[2]);     /* which reaches to them */
	assert_true(r[1] < a[1] + a[3] && r[1] + r[3] > a[1] + a[3]);                          /* on its border */
	assert_int_equal(count(out, "BPMNEdge id="), 5);
	assert_null(strstr(out, "bpmnElement=\"K1\"")); /* closed, as its author has it */
	check_same(f);
}

static void an_id_that_is_used_twice_is_changed(void **state)
{
	struct fixture *f = *state;
	const char *out = rewrite(f, ROOT "><collaboration id='C'><participant id='X' processRef='P'/><participant id='X' processRef='Q'/></collaboration>"
		"<process id='P'><laneSet id='l'><lane id='L'><flowNodeRef>A</flowNodeRef></lane><lane id='L'><flowNodeRef>B</flowNodeRef></lane></laneSet>"
		"<task id='A'/><task id='B'/><subProcess id='A'><task id='A1'/><subProcess id='A2'><task id='A3'/></subProcess></subProcess>" SEQ("f1", "A", "B")
		SEQ("f1", "B", "A") "</process><process id='Q'><task id='Q1'/></process></definitions>");

	assert_true(says("W045"));
	assert_int_equal(count(out, "<bpmndi:BPMNShape "), 11);
	assert_int_equal(count(out, "<bpmndi:BPMNEdge "), 2);
	assert_has(out, "<participant id=\"X_2\" processRef='Q'/>");
	assert_has(out, "<lane id=\"L_2\">");
	assert_has(out, "<subProcess id=\"A_2\">"); /* as the model names it */
	assert_has(out, "<sequenceFlow id=\"f1_2\" sourceRef='B' targetRef='A' bpr:id=\"f1\"/>");
	check_same(f);
}

static void ids_that_xml_has_not_are_replaced(void **state)
{
	struct fixture *f = *state;
	const char *out = rewrite(f, ROOT " xmlns:t='urn:t'><process id='P 1'><task id='2' default='t:3'/><task id='a:b'/><task id='_2'/>" SEQ("3", "2", "a:b")
		SEQ("f", "t:2", "_2") "</process></definitions>");

	assert_true(says("W044"));
	assert_has(out, "<process id=\"P_1\" bpr:id=\"P 1\">");
	assert_has(out, "<task id=\"_2_2\" default=\"_3\" bpr:id=\"2\"/>");
	check_same(f);
}

static void what_an_import_may_hold_stays(void **state)
{
	struct fixture *f = *state;
	const char *out = rewrite(f, ROOT "><import importType='x' location='other.bpmn' namespace='urn:o'/><process id='P'><task id='A'><incoming>far</incoming></task>"
		"<task id='B'/>" SEQ("f1", "A", "B") SEQ("f2", "B", "far") "</process></definitions>");

	assert_has(out, "<incoming>far</incoming>");
	assert_has(out, SEQ("f2", "B", "far"));
	out = rewrite(f, ROOT "><process id='P'><task id='A'><incoming>far</incoming></task><task id='B'/>" SEQ("f1", "A", "B") SEQ("f2", "B", "far")
		"</process></definitions>");
	assert_null(strstr(out, "far"));
	assert_true(says("W048") && says("W049"));
	check_same(f);
}

static void values_from_beside_are_written_into_it(void **state)
{
	struct fixture *f = *state;
	static const char *const sets[] = {
		"step.A.work=tri(3,5,9)", "step.A.counter=窓口 <1>", "step.A.staff=職員", "staff.職員=4", "demand.per_day=80", "step.A.actor=citizen",
	};
	static const char text[] = ROOT " xmlns:bpr='urn:other'><process id='P'><startEvent id='S'/><task id='A'/><endEvent id='E'/>" SEQ("f1", "S", "A")
		SEQ("f2", "A", "E") "</process></definitions>";
	const char *out;

	f->options.sets = sets;
	f->options.set_count = 6;
	out = rewrite(f, text);
	assert_has(out, "xmlns:bpr1=\"urn:bpr:flow:1\"");
	assert_has(out, "<task id='A' bpr1:counter=\"窓口 &lt;1&gt;\" bpr1:actor=\"citizen\" bpr1:work=\"tri(3,5,9)\" bpr1:staff=\"職員\"/>");
	assert_has(out, "<extensionElements>");
	assert_has(out, "<bpr1:staff pool=\"職員\" count=\"4\"/>");
	assert_has(out, "<bpr1:demand key=\"per_day\" value=\"80\"/>");
	assert_int_equal(bpr_problems_count(said), 0);
	check_same(f);
}

static void later_values_win_over_those_inside(void **state)
{
	struct fixture *f = *state;
	static const char *const sets[] = { "step.A.work=7", "demand.per_day=80" };
	static const char text[] = ROOT " xmlns:bpr='urn:bpr:flow:1'><process id='P'><documentation>d</documentation><extensionElements><bpr:demand key='per_day' value='3'/>"
		"</extensionElements><startEvent id='S'/><task id='A' bpr:work='5'/><endEvent id='E'/>" SEQ("f1", "S", "A") SEQ("f2", "A", "E") "</process></definitions>";
	const char *out;

	f->options.sets = sets;
	f->options.set_count = 2;
	out = rewrite(f, text);
	assert_has(out, "bpr:work=\"7\"");
	assert_null(strstr(out, "bpr:work='5'"));
	assert_int_equal(count(out, "<extensionElements>"), 1);
	check_same(f);
}

static void it_is_written_in_utf8(void **state)
{
	struct fixture *f = *state;
	static const char text[] = "<?xml version='1.0' encoding='ISO-8859-1'?>" ROOT "><process id='P'><task id='A' name='pr\xfc" "fen'/></process></definitions>";
	const char *out = rewrite(f, text);

	assert_has(out, "<?xml version='1.0' encoding='UTF-8'?>");
	assert_has(out, "name='prüfen'");
	check_same(f);
}

/* ---- flows of other formats ---- */

static const char *from_table(struct fixture *f, const char *csv)
{
	bpr_flows_release(&f->flows);
	assert_int_equal(bpr_read_memory("表.csv", csv, strlen(csv), &f->options, &f->flows, f->problems, &f->err), BPR_OK);
	return write_it(f, true);
}

static void ids_are_those_of_xml(void **state)
{
	struct fixture *f = *state;
	const char *out = from_table(f, "id,name,next\n1,受付,申請 2\n申請 2,審査,a b\na b,交付,_1\n_1,保管,A\nA,,\n");

	assert_has(out, "<process id=\"Process_1\" bpr:name=\"\" isExecutable=\"false\" bpr:id=\"表\">");
	assert_has(out, "<task id=\"_1_2\" name=\"受付\" bpr:id=\"1\">");
	assert_has(out, "<task id=\"_2\" name=\"審査\" bpr:id=\"申請 2\">");
	assert_has(out, "<task id=\"a_b\" name=\"交付\" bpr:id=\"a b\">");
	assert_has(out, "<task id=\"_1\" name=\"保管\">");
	assert_int_equal(bpr_problems_count(said), 0);
	check_same(f);
}

static void hostile_names_are_text(void **state)
{
	struct fixture *f = *state;
	const char *out = from_table(f, "id,name,unit,note,next\nA,\"<script>&]]>\"\"'\n二行\",\"課\n係\",\"]]> <b>\nx\",B\nB,,--> <?x?>,,\n");

	assert_has(out, "name=\"&lt;script&gt;&amp;]]&gt;&quot;'&#10;二行\"");
	assert_has(out, "<documentation>]]&gt; &lt;b&gt;\nx</documentation>");
	assert_int_equal(bpr_problems_count(said), 0);
	check_same(f);
	out = from_table(f, "id,name,next\nA,a\x01\x1b[31mb,B\nB,\xef\xbf\xbe,\n");
	assert_has(out, "name=\"a\xef\xbf\xbd\xef\xbf\xbd[31mb\"");
	assert_true(says("W040"));
}

static void units_are_lanes(void **state)
{
	struct fixture *f = *state;
	const char *out = from_table(f, "id,kind,unit,next\nS,start,,G\nG,xor,,A:0.5;B:0.5\nA,task,市民課,C\nB,task,,C\nC,task,税務課,E\nE,end,,\n");

	assert_int_equal(count(out, "<lane "), 3); /* two units, and one without a name for the step that has none */
	assert_int_equal(count(out, "<flowNodeRef>"), 6);
	assert_int_equal(count(out, "bpr:unit=\"\""), 3); /* start, gateway, end stand in a lane, and have no unit */
	assert_has(out, "<participant id=\"Participant_1\" name=\"表\" processRef=\"Process_1\" bpr:actor=\"staff\"/>");
	check_same(f);
}

static void sub_processes_are_such_again(void **state)
{
	struct fixture *f = *state;
	const char *out;

	f->options.source = true;
	read_ok(f, "<error id='X'/><process id='P'><startEvent id='S'/><subProcess id='B' name='審査'><standardLoopCharacteristics/><startEvent id='BS' bpr:prob='0.5'/>"
		   "<startEvent id='BT' bpr:prob='0.5'/><task id='B1'/><endEvent id='BE'/><endEvent id='BX'><errorEventDefinition errorRef='X'/></endEvent>"
		   "<endEvent id='BZ'><terminateEventDefinition/></endEvent><exclusiveGateway id='BG'/>" SEQ("b1", "BS", "B1") SEQ("b2", "BT", "B1") SEQ("b3", "B1", "BG")
		   SEQ("b4", "BG", "BE") SEQ("b5", "BG", "BX") SEQ("b6", "BG", "BZ") "</subProcess><boundaryEvent id='R' attachedToRef='B'><errorEventDefinition errorRef='X'/>"
		   "</boundaryEvent><callActivity id='C' calledElement='Q'/><task id='M'><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
		   "</multiInstanceLoopCharacteristics></task><endEvent id='E'/><endEvent id='F'/><boundaryEvent id='T' attachedToRef='M' cancelActivity='false' bpr:prob='0.1'>"
		   "<timerEventDefinition/></boundaryEvent><intermediateThrowEvent id='LT'><linkEventDefinition name='l'/></intermediateThrowEvent>"
		   "<intermediateCatchEvent id='LC'><linkEventDefinition name='l'/></intermediateCatchEvent>" SEQ("f1", "S", "B") SEQ("f2", "B", "C") SEQ("f3", "C", "M")
		   "<sequenceFlow id='4' sourceRef='M' targetRef='LT'><conditionExpression/></sequenceFlow>" SEQ("f5", "M", "F") SEQ("f6", "LC", "E") SEQ("f7", "R", "E")
		   SEQ("f8", "T", "E") "</process><process id='Q'><task id='Q1'/></process>");
	out = write_it(f, true);
	assert_int_equal(bpr_problems_count(said), 0);
	assert_int_equal(count(out, "<subProcess "), 2); /* and the called process in its place */
	assert_int_equal(count(out, "<boundaryEvent "), 2);
	assert_int_equal(count(out, "Gateway "), 1);
	assert_int_equal(count(out, "<multiInstanceLoopCharacteristics"), 1);
	check_same(f);
}

static int release(void **state)
{
	(void)state;
	bpr_files_release(&written);
	bpr_problems_free(said);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_lacks_nothing_stays_as_it_is), T(a_missing_diagram_is_added), T(pools_lanes_data_and_notes_are_drawn), T(what_is_drawn_keeps_its_place), T(an_id_that_is_used_twice_is_changed),
		T(ids_that_xml_has_not_are_replaced), T(what_an_import_may_hold_stays),
		T(values_from_beside_are_written_into_it), T(later_values_win_over_those_inside), T(it_is_written_in_utf8), T(ids_are_those_of_xml),
		T(hostile_names_are_text), T(units_are_lanes), T(sub_processes_are_such_again),
	};

	return cmocka_run_group_tests_name("bpmn-write", tests, NULL, release);
}
