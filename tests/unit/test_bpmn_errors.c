/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BPMN that is wrong, or meant to hurt: what is said, where, and in what time. */
#include "bpmn_test.h"
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NODES "<startEvent id='S'/><task id='A'/><endEvent id='E'/>"
#define WAY SEQ("1", "S", "A") SEQ("2", "A", "E")

/* The one line that a reader of the message sees: code, line, element. */
static void check_error(struct fixture *f, const char *body, bpr_status status, const char *code, size_t line, const char *where)
{
	assert_int_equal(read_body(f, body), status);
	assert_int_equal(f->flows.count, 0);
	for (size_t i = 0; i < bpr_problems_count(f->problems); i++) {
		struct bpr_problem p = bpr_problems_get(f->problems, i);

		if (strcmp(p.code->code, code) != 0)
			continue;
		assert_string_equal(p.file, "f.bpmn");
		assert_int_equal(p.line, line);
		if (where)
			assert_string_equal(p.where, where);
		assert_true(f->err.status == status && f->err.code[0]);
		return;
	}
	print_problems(f);
	fail_msg("no %s", code);
}

/* The same where the flow is built all the same: what is said, and what is made of it. */
static void check_finding(struct fixture *f, const char *body, const char *code, size_t line, const char *where, const char *flow)
{
	struct bpr_problem p;

	if (read_body(f, body) != BPR_OK) {
		print_problems(f);
		fail();
	}
	for (size_t i = 0; i < bpr_problems_count(f->problems); i++) {
		p = bpr_problems_get(f->problems, i);
		if (strcmp(p.code->code, code) != 0)
			continue;
		assert_int_equal(p.code->severity, BPR_SEVERITY_ERROR);
		assert_string_equal(p.file, "f.bpmn");
		assert_int_equal(p.line, line);
		assert_string_equal(p.where, where);
		if (flow)
			assert_string_equal(sketch(f, 0), flow);
		return;
	}
	print_problems(f);
	fail_msg("no %s", code);
}

#define PLAIN "S.start>A A.task>E E.end"

static void references_that_dangle(void **state)
{
	struct fixture *f = *state;

	check_finding(f, "<process id='P'>" NODES WAY "\n<sequenceFlow id='x' sourceRef='A'/></process>", "X025", 3, "x", PLAIN);
	assert_string_equal(bpr_problems_get(f->problems, 0).args[2], "A");
	check_finding(f, "<process id='P'>" NODES WAY "\n<sequenceFlow sourceRef='A' targetRef='B'/></process>", "X026", 3, "", PLAIN);
	assert_string_equal(bpr_problems_get(f->problems, 0).args[0], "A → B");
	assert_string_equal(bpr_problems_get(f->problems, 0).args[3], "A");
	check_finding(f, "<process id='P'>" NODES WAY "<dataObject id='D'/>\n\n" SEQ("x", "A", "D") "</process>", "X027", 4, "x", PLAIN);
	/* Into another pool; into and out of a sub-process; from a sub-process into itself. */
	check_finding(f, "<process id='P'>" NODES WAY "\n" SEQ("x", "A", "B") "</process><process id='Q'><task id='B'/></process>", "X028", 3, "x", PLAIN);
	check_finding(f, "<process id='P'>" NODES SEQ("1", "S", "A") "<subProcess id='U'><task id='a'/></subProcess>\n" SEQ("x", "A", "a") SEQ("y", "a", "E") "</process>",
		      "X083", 3, "x", "S.start>A A.task>U E.end ~U.xor>a a.task>U/exit ~U/exit.xor>E");
	check_finding(f, "<process id='P'>" NODES WAY "<subProcess id='U'><task id='a'/><subProcess id='V'><task id='b'/></subProcess></subProcess>\n" SEQ("x", "U", "b")
		      "</process>", "X028", 3, "x", NULL);
	check_finding(f, "<process id='P'>" NODES WAY "\n<boundaryEvent id='b' attachedToRef='nowhere'/></process>", "X039", 3, "b", NULL);
	check_finding(f, "<process id='P'>" NODES WAY "\n<boundaryEvent id='b' attachedToRef='S'/></process>", "X039", 3, "b", NULL);
	check_finding(f, "<process id='P'>" NODES WAY "<boundaryEvent id='b' attachedToRef='A'/>\n" SEQ("x", "A", "b") "</process>", "X088", 3, "x", NULL);
	assert_int_equal(node_of(f, 0, "A")->out_count, 1);
	check_finding(f, "<process id='P'>" NODES WAY "<task id='B'/>\n" SEQ("x", "E", "B") "</process>", "X084", 2, "E", "S.start>A A.task>E E.event>B B.task>P/end ~P/end.end");
}

static void ids_that_are_used_twice(void **state)
{
	struct fixture *f = *state;

	/* References mean the first; the second keeps its place. */
	check_finding(f, "<process id='P'>" NODES WAY "\n<task id=' A '/><task id='A_2'/><task id='A'/></process>", "X024", 3, "A",
		      PLAIN " A_3.task>P/end A_2.task>P/end A_4.task>P/end ~P/end.end");
	assert_string_equal(bpr_problems_get(f->problems, 0).args[1], "2");
	assert_string_equal(bpr_problems_get(f->problems, 0).args[2], "A_3");
	check_finding(f, "<process id='P'>" NODES WAY "</process>\n<process id='P'><task id='T'/></process>", "X024", 3, "P", PLAIN);
	assert_string_equal(bpr_flow_id(f->flows.items[1]), "P_2");
	/* Among other things the one that can stand there counts, wherever it is written. */
	read_ok(f, "<process id='P'>" NODES SEQ("1", "S", "A") SEQ("1", "A", "E") "</process>");
	assert_string_equal(sketch(f, 0), PLAIN);
	assert_code(f, "X057");
	read_ok(f, "<collaboration id='A'><participant id='P' processRef='P'/></collaboration><process id='P'><laneSet><lane id='S' name='係'>"
		   "<flowNodeRef>S</flowNodeRef></lane></laneSet>" NODES "<sequenceFlow id='E' sourceRef='S' targetRef='A'/>" SEQ("2", "A", "E") "</process>");
	assert_string_equal(sketch(f, 0), PLAIN);
	assert_true(node_of(f, 0, "S")->unit == 0);
	assert_int_equal(bpr_problems_count_severity(f->problems, BPR_SEVERITY_ERROR), 0);
	/* Without one, nothing can lead there. */
	read_ok(f, "<process id='P'>" NODES WAY "<task name='x'/></process>");
	assert_code(f, "X053");
	/* A process without one gets one. */
	read_ok(f, "<process><task id='T'/></process><process><task id='T2'/></process>");
	assert_string_equal(bpr_flow_id(f->flows.items[1]), "Process_2");
}

/* The model's own ids stand beside those of XML, and only those are referred to. */
static void ids_of_the_model(void **state)
{
	struct fixture *f = *state;

	read_ok(f, "<process id='_P' bpr:id='転入 1'><startEvent id='_1' bpr:id='1'/><task id='_2' bpr:id='申請 2'/><task id='x' bpr:id='1'/><endEvent id='E'/>"
		   SEQ("a", "_1", "_2") SEQ("b", "_2", "E") "</process><process id='Q'><startEvent id='_11' bpr:id='1'/></process>");
	assert_string_equal(bpr_flow_id(f->flows.items[0]), "転入 1");
	assert_string_equal(sketch(f, 0), "1.start>申請 2 申請 2.task>E x.task>転入 1/end E.end ~転入 1/end.end");
	assert_string_equal(sketch(f, 1), "1.start>Q/end ~Q/end.end");
	assert_code(f, "X094");
}

static void numbers_that_are_wrong(void **state)
{
	struct fixture *f = *state;

	/* What is wrong is not used, and the flow says so. */
	check_finding(f, "<process id='P'>\n" NODES "<sequenceFlow id='1' sourceRef='S' targetRef='A' bpr:share='1.5'/>" SEQ("2", "A", "E") "</process>",
		      "D009", 3, "share", PLAIN);
	check_finding(f, "<process id='P'>\n<startEvent id='S'/>\n<task id='A' bpr:work='-5分' bpr:wait='3'/><endEvent id='E'/>" WAY "</process>", "D003", 4, "work", PLAIN);
	assert_null(node_of(f, 0, "A")->work);
	assert_rel(node_of(f, 0, "A")->wait->a, 3, 0);
	assert_code(f, "X102");
	check_finding(f, "<process id='P'><startEvent id='S'/><task id='A' bpr:work='nan'/><endEvent id='E'/>" WAY "</process>", "X102", 2, "P", PLAIN);
	check_finding(f, "<process id='P'><startEvent id='S'/><task id='A' bpr:repeat='0'/><endEvent id='E'/>" WAY "</process>", "X050", 2, "repeat", PLAIN);
	check_finding(f, "<process id='P'><startEvent id='S'/><task id='A' bpr:repeat='1.5'/><endEvent id='E'/>" WAY "</process>", "X050", 2, "repeat", PLAIN);
	assert_int_equal(node_of(f, 0, "A")->repeat, 1);
	check_finding(f, "<process id='P'><startEvent id='S'/><task id='A' bpr:loop_prob='1'/><endEvent id='E'/>" WAY "</process>", "X061", 2, "loop_prob", PLAIN);
	assert_rel(node_of(f, 0, "A")->loop_prob, 0, 0);
}

/* Shares that cannot be are divided by their sum; all other figures hold. */
static void sums_that_are_wrong(void **state)
{
	struct fixture *f = *state;
	const bpr_flow *flow;
	const struct bpr_node *g;

#define GATE(kind, x, y) "<process id='P'>\n<startEvent id='S'/><" kind " id='G'/><endEvent id='E'/><endEvent id='F'/>" SEQ("1", "S", "G") \
	"<sequenceFlow id='2' sourceRef='G' targetRef='E'" x "/><sequenceFlow id='3' sourceRef='G' targetRef='F'" y "/></process>"
	check_finding(f, GATE("exclusiveGateway", " bpr:share='0.3'", " bpr:share='0.9'"), "F008", 3, "G", NULL);
	flow = f->flows.items[0];
	g = node_of(f, 0, "G");
	assert_rel(bpr_flow_arc(flow, g->first_out)->prob, 0.25, 1e-12);
	assert_rel(bpr_flow_arc(flow, g->first_out + 1)->prob, 0.75, 1e-12);
	check_finding(f, GATE("exclusiveGateway", " bpr:share='0'", " bpr:share='0'"), "F008", 3, "G", NULL);
	assert_rel(bpr_flow_arc(f->flows.items[0], node_of(f, 0, "G")->first_out)->prob, 0.5, 1e-12);
	check_finding(f, GATE("inclusiveGateway", " bpr:share='0'", " bpr:share='0'"), "F020", 3, "G", NULL);
	assert_rel(bpr_flow_arc(f->flows.items[0], node_of(f, 0, "G")->first_out)->prob, 1, 0);
	check_finding(f, "<process id='P'>\n<startEvent id='S' bpr:prob='0.9'/><startEvent id='T' bpr:prob='0.9'/><task id='A'/>" SEQ("1", "S", "A") SEQ("2", "T", "A")
		      "</process>", "F033", 3, "S", NULL);
	assert_rel(node_of(f, 0, "T")->prob, 0.5, 1e-12);
	check_finding(f, "<process id='P'>\n" NODES WAY "<boundaryEvent id='b' attachedToRef='A' bpr:prob='0.9'/><boundaryEvent id='c' attachedToRef='A' bpr:prob='0.6'/>"
		      "</process>", "F017", 3, "A", NULL);
	assert_rel(node_of(f, 0, "c")->prob, 0.4, 1e-12);
}

/* What the user wrote for us, beside the file or on the command line, is refused as ever. */
static void overrides_that_are_wrong_refuse(void **state)
{
	static const char *const sets[] = { "step.A.work=-1" };
	struct fixture *f = *state;

	f->options.sets = sets;
	f->options.set_count = 1;
	assert_int_equal(read_body(f, "<process id='P'>" NODES WAY "</process>"), BPR_ESYNTAX);
	assert_int_equal(f->flows.count, 0);
	assert_code(f, "D003");
}

static void what_is_no_bpmn(void **state)
{
	static const char other[] = "<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'/>";
	static const char old[] = "<definitions xmlns='http://schema.omg.org/spec/BPMN/1.0'/>";
	static const char dtd[] = "<?xml version='1.0'?>\n<!DOCTYPE definitions [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><definitions/>";
	struct fixture *f = *state;

	assert_int_equal(read_document(f, other, sizeof(other) - 1), BPR_ESYNTAX);
	assert_string_equal(f->err.code, "X020");
	assert_int_equal(f->err.line, 2);
	assert_int_equal(read_document(f, old, sizeof(old) - 1), BPR_ESYNTAX);
	assert_string_equal(f->err.code, "X020");
	assert_int_equal(read_document(f, dtd, sizeof(dtd) - 1), BPR_ESYNTAX);
	assert_string_equal(f->err.code, "X009");
	check_error(f, "", BPR_ESYNTAX, "X021", 0, NULL);
	check_error(f, "<process id='P'/>\n<choreography id='C'><choreographyTask id='T'/></choreography>", BPR_ESYNTAX, "X089", 3, NULL);
}

static void calls_in_a_circle(void **state)
{
	struct fixture *f = *state;
	char message[200];
	struct bpr_problem p;

#define CALLS(id, name, call, what) "<process id='" id "' name='" name "'><startEvent id='S" id "'/>\n<callActivity id='" call "' calledElement='" what "'/>" \
	SEQ("f" id, "S" id, call) "</process>"
	check_error(f, CALLS("P", "受付", "c1", "Q") CALLS("Q", "審査", "c2", "R") CALLS("R", "決裁", "c3", "Q"), BPR_ESYNTAX, "X030", 5, "c3");
	p = bpr_problems_get(f->problems, 0);
	(void)bpr_problem_message(&p, BPR_LANG_EN, message, sizeof(message));
	assert_string_equal(message, "processes call each other in a circle: 審査 → 決裁 → 審査");
	check_error(f, CALLS("P", "甲", "c1", "P"), BPR_ESYNTAX, "X030", 3, "c1");
	assert_string_equal(bpr_problems_get(f->problems, 0).args[0], "甲 → 甲");
}

/* `count` processes; each calls the next one `calls` times. */
static void chain_of_calls(struct bpr_buf *buf, size_t count, size_t calls)
{
	bpr_i_buf_clear(buf);
	for (size_t i = 0; i < count; i++) {
		bpr_i_buf_printf(buf, "<process id='P%zu'><startEvent id='S%zu'/><task id='T%zu'/>", i, i, i);
		for (size_t k = 0; k < calls && i + 1 < count; k++)
			bpr_i_buf_printf(buf, "<callActivity id='C%zu_%zu' calledElement='P%zu'/>", i, k, i + 1);
		bpr_i_buf_puts(buf, "</process>");
	}
}

static void calls_that_double(void **state)
{
	struct fixture *f = *state;
	struct bpr_buf body = BPR_BUF_INIT;
	clock_t start = clock();

	chain_of_calls(&body, 61, 2);
	assert_int_equal(read_body(f, body.data), BPR_ELIMIT);
	assert_string_equal(f->err.code, "X031");
	chain_of_calls(&body, 100000, 1);
	assert_int_equal(read_body(f, body.data), BPR_ELIMIT);
	assert_string_equal(f->err.code, "X055");
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10);
	chain_of_calls(&body, 11, 2);
	assert_int_equal(read_body(f, body.data), BPR_OK);
	assert_int_equal(f->flows.count, 11);
	/* 2^11 - 1 processes with a start, a task, and edges. */
	assert_true(bpr_flow_find(f->flows.items[0], "C0_1/C1_0/C2_1/T3") != BPR_NONE);
	f->options.max_nodes = 5000;
	assert_int_equal(read_body(f, body.data), BPR_ELIMIT);
	bpr_i_buf_release(&body);
}

static void sub_processes_nested_deeply(void **state)
{
	struct fixture *f = *state;
	struct bpr_buf body = BPR_BUF_INIT;

	for (size_t depth = 190; depth <= 210; depth += 20) {
		bpr_i_buf_clear(&body);
		bpr_i_buf_puts(&body, "<process id='P'><startEvent id='S'/>");
		for (size_t i = 0; i < depth; i++)
			bpr_i_buf_printf(&body, "<subProcess id='U%zu'>", i);
		bpr_i_buf_puts(&body, "<task id='T'/>");
		for (size_t i = 0; i < depth; i++)
			bpr_i_buf_puts(&body, "</subProcess>");
		bpr_i_buf_puts(&body, SEQ("1", "S", "U0") "</process>");
		assert_int_equal(read_body(f, body.data), depth < 200 ? BPR_OK : BPR_ELIMIT);
	}
	assert_string_equal(f->err.code, "X012");
	bpr_i_buf_release(&body);
}

static void many_of_everything_take_linear_time(void **state)
{
	static const char *const pieces[] = {
		"<intermediateThrowEvent id='a#'><linkEventDefinition name='n#'/></intermediateThrowEvent><intermediateCatchEvent id='b#'>"
		"<linkEventDefinition name='n#'/></intermediateCatchEvent>",
		"<task id='a#'/><boundaryEvent id='b#' attachedToRef='a0'/>",
		"<subProcess id='a#'><endEvent id='e#'><errorEventDefinition/></endEvent></subProcess><boundaryEvent id='b#' attachedToRef='a#'>"
		"<errorEventDefinition/></boundaryEvent>",
		"<task id='a#'/><sequenceFlow id='f#' sourceRef='a#' targetRef='a0'/><sequenceFlow id='g#' sourceRef='a0' targetRef='a#'/>",
		"<dataObjectReference id='d#' name='x#'/><task id='a#' bpr:actor='citizen'><dataOutputAssociation><targetRef>d#</targetRef></dataOutputAssociation></task>",
		"<laneSet><lane id='l#' name='x#'><flowNodeRef>a#</flowNodeRef></lane></laneSet><task id='a#'/>",
		"<endEvent id='a#'><errorEventDefinition errorRef='r#'/></endEvent><startEvent id='s#'/>",
		"<task id='a#'><dataInputAssociation><sourceRef>gone#</sourceRef></dataInputAssociation></task><task/>",
		"<task id='same'/>", "<sequenceFlow id='same' sourceRef='same' targetRef='same'/>", "<task id='a#' bpr:id='same'/>",
		"<subProcess id='a#' triggeredByEvent='true'><startEvent id='s#'><errorEventDefinition errorRef='x#'/></startEvent></subProcess>"
		"<endEvent id='e#'><errorEventDefinition errorRef='y'/></endEvent>",
		"<task id='a#'/><boundaryEvent id='b#' attachedToRef='a#'><compensateEventDefinition/></boundaryEvent><association sourceRef='b#' targetRef='a0'/>",
		"<laneSet><lane id='l#'><childLaneSet><lane id='m#'/></childLaneSet></lane></laneSet><task id='a#'/><Caption#/>",
		"<subProcess id='u#'><task id='a#'/></subProcess><sequenceFlow id='f#' sourceRef='a#' targetRef='u0'/><sequenceFlow id='g#' sourceRef='u0' targetRef='a#'/>",
	};
	struct fixture *f = *state;
	struct bpr_buf body = BPR_BUF_INIT;

	for (size_t k = 0; k < sizeof(pieces) / sizeof(pieces[0]); k++) {
		clock_t start = clock();
		double seconds;

		bpr_i_buf_clear(&body);
		bpr_i_buf_puts(&body, "<process id='P'>");
		for (size_t i = 0; i < 20000; i++)
			for (const char *c = pieces[k]; *c; c++)
				if (*c == '#')
					bpr_i_buf_printf(&body, "%zu", i);
				else
					bpr_i_buf_putc(&body, *c);
		bpr_i_buf_puts(&body, "</process>");
		(void)read_body(f, body.data);
		seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
		if (seconds > 5)
			fail_msg("piece %zu took %.1f s", k, seconds);
	}
	bpr_i_buf_release(&body);
}

static void errors_are_many_but_listed_are_few(void **state)
{
	struct fixture *f = *state;
	struct bpr_buf body = BPR_BUF_INIT;

	bpr_i_buf_puts(&body, "<process id='P'>" NODES WAY);
	for (size_t i = 0; i < 1000; i++)
		bpr_i_buf_printf(&body, "<sequenceFlow id='x%zu' sourceRef='A'/>", i);
	bpr_i_buf_puts(&body, "</process>");
	bpr_i_buf_puts(&body, "<process id='Q'><task id='T'/></process>");
	assert_int_equal(read_body(f, body.data), BPR_OK);
	assert_int_equal(f->flows.count, 2);
	assert_int_equal(bpr_problems_count_severity(f->problems, BPR_SEVERITY_ERROR), BPR_I_MAX_ERRORS + 1);
	assert_int_equal(bpr_problems_get(f->problems, BPR_I_MAX_ERRORS).count, 980);
	bpr_i_buf_release(&body);
}

static void a_file_cut_anywhere_is_an_error(void **state)
{
	static const char text[] =
		"<?xml version='1.0' encoding='UTF-8'?>\n<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>\n<process id='P'>\n" NODES
		"\n<laneSet><lane id='L' name='窓口'><flowNodeRef>A</flowNodeRef></lane></laneSet>" WAY
		"<subProcess id='U' triggeredByEvent='true'><startEvent id='u' bpr:prob='5%' xmlns:bpr='urn:bpr:flow:1'><eventDefinitionRef>t</eventDefinitionRef></startEvent>"
		"</subProcess><v:x xmlns:v='urn:v'><![CDATA[x]]></v:x></process><process id='Q'><laneSet><lane id='l'/></laneSet><task id='q'/></process>"
		"<collaboration id='C'><participant id='c' processRef='P'/><messageFlow id='m' sourceRef='c' targetRef='q'/></collaboration><timerEventDefinition id='t'/>"
		"<d:BPMNDiagram xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI' xmlns:c='http://www.omg.org/spec/DD/20100524/DC'><d:BPMNPlane><d:BPMNShape "
		"bpmnElement='l'><c:Bounds x='0' y='0' width='9' height='9'/></d:BPMNShape></d:BPMNPlane></d:BPMNDiagram></definitions>";
	struct fixture *f = *state;

	for (size_t n = 0; n < 2 * (sizeof(text) - 1); n++) {
		f->options.source = n % 2;
		assert_int_not_equal(read_document(f, text, n / 2), BPR_OK);
		assert_int_equal(f->flows.count, 0);
		assert_true(bpr_problems_count_severity(f->problems, BPR_SEVERITY_ERROR) > 0);
	}
	assert_int_equal(read_document(f, text, sizeof(text) - 1), BPR_OK);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void a_name_that_promises_bpmn(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(read_document(f, "hello\n", 6), BPR_ESYNTAX);
	assert_string_equal(f->err.code, "X001");
}

static void companions_win_over_the_file(void **state)
{
	char dir[] = "bpmn-companion-XXXXXX";
	char bpmn[64], staff[64], demand[64];
	struct fixture *f = *state;

	assert_non_null(mkdtemp(dir));
	(void)snprintf(bpmn, sizeof(bpmn), "%s/flow.bpmn", dir);
	(void)snprintf(staff, sizeof(staff), "%s/flow.staff.csv", dir);
	(void)snprintf(demand, sizeof(demand), "%s/flow.demand.csv", dir);
	write_file(bpmn, "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:bpr='urn:bpr:flow:1'><process id='P'><extensionElements>"
			 "<bpr:staff pool='職員' count='3' yen_per_hour='2000'/><bpr:demand key='per_day' value='80'/></extensionElements>"
			 "<startEvent id='S'/><task id='A' bpr:staff='職員'/><endEvent id='E'/>" WAY "</process></definitions>");
	write_file(staff, "職種,人数\n職員,5\n");
	write_file(demand, "key,value\nper_day,40\n");
	bpr_problems_free(f->problems);
	assert_int_equal(bpr_problems_new(&f->problems, NULL), BPR_OK);
	assert_int_equal(bpr_read(bpmn, &f->options, &f->flows, f->problems, &f->err), BPR_OK);
	assert_int_equal(bpr_flow_pool(f->flows.items[0], 0)->count, 5);
	assert_rel(bpr_flow_pool(f->flows.items[0], 0)->yen_per_hour, 2000, 0);
	assert_rel(bpr_flow_demand(f->flows.items[0])->per_day, 40, 0);
	(void)unlink(bpmn);
	(void)unlink(staff);
	(void)unlink(demand);
	(void)rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(references_that_dangle), T(ids_that_are_used_twice), T(ids_of_the_model), T(numbers_that_are_wrong),
		T(sums_that_are_wrong), T(overrides_that_are_wrong_refuse), T(what_is_no_bpmn), T(calls_in_a_circle),
		T(calls_that_double), T(sub_processes_nested_deeply), T(many_of_everything_take_linear_time), T(errors_are_many_but_listed_are_few),
		T(a_file_cut_anywhere_is_an_error), T(a_name_that_promises_bpmn), T(companions_win_over_the_file),
	};

	return cmocka_run_group_tests_name("bpmn-errors", tests, NULL, NULL);
}
