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

static void references_that_dangle(void **state)
{
	struct fixture *f = *state;

	check_error(f, "<process id='P'>" NODES WAY "\n<sequenceFlow id='x' sourceRef='A'/></process>", BPR_ESYNTAX, "X025", 3, "x");
	check_error(f, "<process id='P'>" NODES WAY "\n<sequenceFlow sourceRef='A' targetRef='B'/></process>", BPR_ESYNTAX, "X026", 3, "");
	assert_string_equal(bpr_problems_get(f->problems, 0).args[0], "A → B");
	check_error(f, "<process id='P'>" NODES WAY "<dataObject id='D'/>\n\n" SEQ("x", "A", "D") "</process>", BPR_ESYNTAX, "X027", 4, "x");
	check_error(f, "<process id='P'>" NODES WAY "\n" SEQ("x", "A", "B") "</process><process id='Q'><task id='B'/></process>", BPR_ESYNTAX, "X028", 3, "x");
	check_error(f, "<process id='P'>" NODES WAY "<subProcess id='U'><task id='a'/></subProcess>\n" SEQ("x", "A", "a") "</process>", BPR_ESYNTAX, "X028", 3, "x");
	check_error(f, "<process id='P'>" NODES WAY "\n<boundaryEvent id='b' attachedToRef='nowhere'/></process>", BPR_ESYNTAX, "X039", 3, "b");
	check_error(f, "<process id='P'>" NODES WAY "\n<boundaryEvent id='b' attachedToRef='S'/></process>", BPR_ESYNTAX, "X039", 3, "b");
}

static void ids_that_are_used_twice(void **state)
{
	struct fixture *f = *state;

	check_error(f, "<process id='P'>" NODES WAY "\n<task id=' A '/></process>", BPR_ESYNTAX, "X024", 3, "A");
	assert_string_equal(bpr_problems_get(f->problems, 0).args[1], "2");
	check_error(f, "<process id='P'>" NODES WAY "</process>\n<process id='P'/>", BPR_ESYNTAX, "X024", 3, "P");
	/* Among other things the first one counts. */
	read_ok(f, "<process id='P'>" NODES SEQ("1", "S", "A") SEQ("1", "A", "E") "</process>");
	assert_string_equal(sketch(f, 0), "S.start>A A.task>E E.end");
	assert_code(f, "X057");
	/* Without one, nothing can lead there. */
	read_ok(f, "<process id='P'>" NODES WAY "<task name='x'/></process>");
	assert_code(f, "X053");
}

static void numbers_that_are_wrong(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(read_body(f, "<process id='P'>\n" NODES "<sequenceFlow id='1' sourceRef='S' targetRef='A' bpr:share='1.5'/>" SEQ("2", "A", "E") "</process>"),
			 BPR_ESYNTAX);
	assert_int_equal(bpr_problems_get(f->problems, 0).line, 3);
	assert_int_equal(read_body(f, "<process id='P'>\n<startEvent id='S'/>\n<task id='A' bpr:work='-5分'/><endEvent id='E'/>" WAY "</process>"), BPR_ESYNTAX);
	assert_int_equal(bpr_problems_get(f->problems, 0).line, 4);
	assert_int_equal(read_body(f, "<process id='P'><startEvent id='S'/><task id='A' bpr:work='nan'/><endEvent id='E'/>" WAY "</process>"), BPR_ESYNTAX);
	check_error(f, "<process id='P'><startEvent id='S'/><task id='A' bpr:repeat='0'/><endEvent id='E'/>" WAY "</process>", BPR_ESYNTAX, "X050", 2, "repeat");
	check_error(f, "<process id='P'><startEvent id='S'/><task id='A' bpr:repeat='1.5'/><endEvent id='E'/>" WAY "</process>", BPR_ESYNTAX, "X050", 2, "repeat");
	check_error(f, "<process id='P'><startEvent id='S'/><task id='A' bpr:loop_prob='1'/><endEvent id='E'/>" WAY "</process>", BPR_ESYNTAX, "X061", 2,
		    "loop_prob");
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
	check_error(f, "<process id='P'/><choreography id='C'><choreographyTask id='T'/></choreography>", BPR_ESYNTAX, "X021", 0, NULL);
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
	assert_int_equal(read_body(f, body.data), BPR_ESYNTAX);
	assert_int_equal(bpr_problems_count_severity(f->problems, BPR_SEVERITY_ERROR), BPR_I_MAX_ERRORS);
	bpr_i_buf_release(&body);
}

static void a_file_cut_anywhere_is_an_error(void **state)
{
	static const char text[] =
		"<?xml version='1.0' encoding='UTF-8'?>\n<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>\n<process id='P'>\n" NODES
		"\n<laneSet><lane id='L' name='窓口'><flowNodeRef>A</flowNodeRef></lane></laneSet>" WAY "</process></definitions>";
	struct fixture *f = *state;

	for (size_t n = 0; n < sizeof(text) - 1; n++) {
		assert_int_not_equal(read_document(f, text, n), BPR_OK);
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
		T(references_that_dangle), T(ids_that_are_used_twice), T(numbers_that_are_wrong), T(what_is_no_bpmn), T(calls_in_a_circle),
		T(calls_that_double), T(sub_processes_nested_deeply), T(many_of_everything_take_linear_time), T(errors_are_many_but_listed_are_few),
		T(a_file_cut_anywhere_is_an_error), T(a_name_that_promises_bpmn), T(companions_win_over_the_file),
	};

	return cmocka_run_group_tests_name("bpmn-errors", tests, NULL, NULL);
}
