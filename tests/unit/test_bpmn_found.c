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

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(triggers_of_events), T(messages_between_flows), T(findings_have_columns), T(the_inventory_counts_by_name),
	};

	return cmocka_run_group_tests_name("bpmn-found", tests, NULL, NULL);
}
