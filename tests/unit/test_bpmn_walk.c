/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a case does in sub-processes as they are put in place: counted by hand, so that reader and analysis mean the same. */
#include "bpmn_test.h"
#include <bpr/analysis.h>

#define AROUND(inside, behind) \
	"<process id='P'><startEvent id='S'/>" inside "<task id='Z' bpr:work='1'/><endEvent id='E'/>" behind SEQ("f1", "S", "U") SEQ("f2", "U", "Z") \
	SEQ("f3", "Z", "E") "</process>"
#define FORK "<startEvent id='s'/><parallelGateway id='g'/><task id='a' bpr:work='5'/><task id='b' bpr:work='7'/>" SEQ("1", "s", "g") SEQ("2", "g", "a") \
	SEQ("3", "g", "b")

static void check(struct fixture *f, const char *body, const char *id, double visits, double lead)
{
	bpr_analysis *analysis = NULL;
	double v, minutes;

	read_ok(f, body);
	assert_int_equal(bpr_analyse(f->flows.items[0], NULL, &analysis, f->problems, &f->err), BPR_OK);
	v = bpr_analysis_nodes(analysis)[bpr_flow_find(f->flows.items[0], id)].visits;
	minutes = bpr_analysis_figure(analysis, BPR_METRIC_LEAD_MINUTES)->mean;
	bpr_analysis_free(analysis);
	assert_rel(v, visits, 1e-12);
	if (lead > 0)
		assert_rel(minutes, lead, 1e-12);
}

/* A sub-process is left once, when all inside is done, however its ends are drawn. */
static void a_scope_is_left_once(void **state)
{
	struct fixture *f = *state;

	check(f, AROUND("<subProcess id='U'>" FORK "</subProcess>", ""), "Z", 1, 8);
	check(f, AROUND("<subProcess id='U'>" FORK "<endEvent id='x'/><endEvent id='y'/>" SEQ("4", "a", "x") SEQ("5", "b", "y") "</subProcess>", ""), "Z", 1, 8);
	check(f, AROUND("<subProcess id='U'>" FORK "<endEvent id='x'/>" SEQ("4", "a", "x") SEQ("5", "b", "x") "</subProcess>", ""), "Z", 1, 8);
	check(f, AROUND("<subProcess id='U'>" FORK "<exclusiveGateway id='m'/><task id='c' bpr:work='2'/><endEvent id='x'/>" SEQ("4", "a", "m") SEQ("5", "b", "m")
			SEQ("6", "m", "c") SEQ("7", "c", "x") "</subProcess>", ""), "Z", 1, 10);
	check(f, AROUND("<callActivity id='U' calledElement='Q'/>", "") "<process id='Q'>" FORK "<endEvent id='x'/>" SEQ("4", "a", "x") SEQ("5", "b", "x") "</process>",
	      "Z", 1, 8);
}

static void rounds_of_a_scope(void **state)
{
	struct fixture *f = *state;

	check(f, AROUND("<subProcess id='U' bpr:repeat='3'><multiInstanceLoopCharacteristics isSequential='true'/>" FORK "</subProcess>", ""), "b", 3, 22);
	check(f, AROUND("<subProcess id='U' bpr:repeat='3'><multiInstanceLoopCharacteristics/>" FORK "</subProcess>", ""), "b", 3, 8);
	check(f, AROUND("<subProcess id='U' bpr:loop_prob='0.5'><standardLoopCharacteristics/><task id='a' bpr:work='4'/></subProcess>", ""), "a", 2, 9);
}

/* What ends the scope at once: the other branch is cut where it stands. */
static void ends_that_cut(void **state)
{
	struct fixture *f = *state;

	check(f, AROUND("<subProcess id='U'>" FORK "<endEvent id='x'><terminateEventDefinition/></endEvent><task id='c'/>" SEQ("4", "a", "x") SEQ("5", "b", "c")
			"</subProcess>", ""), "Z", 1, 6);
	check(f, AROUND("<subProcess id='U'>" FORK "<endEvent id='x'><terminateEventDefinition/></endEvent><task id='c'/>" SEQ("4", "a", "x") SEQ("5", "b", "c")
			"</subProcess>", ""), "c", 0, 6);
	check(f, AROUND("<subProcess id='U'>" FORK "<endEvent id='x'><errorEventDefinition/></endEvent>" SEQ("4", "a", "x") "</subProcess>",
			"<boundaryEvent id='B' attachedToRef='U'><errorEventDefinition/></boundaryEvent><task id='R' bpr:work='2'/>" SEQ("f4", "B", "R")), "Z", 0, 7);
}

/* Boundary events of a sub-process happen once it is done. */
static void boundary_events_of_a_scope(void **state)
{
	struct fixture *f = *state;

	check(f, AROUND("<subProcess id='U'>" FORK "</subProcess>", "<boundaryEvent id='B' attachedToRef='U' bpr:prob='0.25'/><task id='R' bpr:work='3'/>"
			SEQ("f4", "B", "R")), "Z", 0.75, 7 + 0.75 + 0.25 * 3);
	check(f, AROUND("<subProcess id='U'>" FORK "</subProcess>", "<boundaryEvent id='B' attachedToRef='U' cancelActivity='false' bpr:prob='0.25'/>"
			"<task id='R' bpr:work='3'/>" SEQ("f4", "B", "R")), "Z", 1, 8 + 0.25 * 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_scope_is_left_once), T(rounds_of_a_scope), T(ends_that_cut), T(boundary_events_of_a_scope),
	};

	return cmocka_run_group_tests_name("bpmn-walk", tests, NULL, NULL);
}
