/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verdicts that others have published, each with its source, and what the readings of soundness.h say of small collaborations.
 * Models are drawn anew from the figures; K = Kräuter, rust_bpmn_analyzer, tests of its four properties; C = Corradini, Muzi, Re,
 * Tiezzi, "A Classification of BPMN Collaborations based on Safeness and Soundness Notions", EXPRESS/SOS 2018.
 */
#include "config.h"
#include "test.h"
#include <bpr/init.h>
#include <bpr/soundness.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 8192 };

/* "A>B" is a sequence flow; "id:type" an element; both one word. Processes stand between bars, messages ("A=>B") behind them. */
static void write_word(char *out, const char *word)
{
	static unsigned flow;
	char a[64], b[64];
	size_t at = strlen(out);
	const char *colon = strchr(word, ':'), *arrow = strchr(word, '>');

	if (colon) {
		const char *type = colon + 1, *inside = strchr(type, '/');
		size_t length = inside ? (size_t)(inside - type) : strlen(type);

		(void)snprintf(a, sizeof(a), "%.*s", (int)(colon - word), word);
		(void)snprintf(b, sizeof(b), "%.*s", (int)length, type);
		(void)snprintf(out + at, LONGEST - at, "<%s id='%s'>%s%s%s</%s>", b, a, inside ? "<" : "", inside ? inside + 1 : "",
			       inside ? "EventDefinition/>" : "", b);
		return;
	}
	(void)snprintf(a, sizeof(a), "%.*s", (int)(arrow - word - (arrow[-1] == '=')), word);
	(void)snprintf(out + at, LONGEST - at, "<%s id='f%u' sourceRef='%s' targetRef='%s'/>", arrow[-1] == '=' ? "messageFlow" : "sequenceFlow", ++flow,
		       a, arrow + 1);
}

static void write_words(char *out, const char *words, bool messages)
{
	char word[128];

	for (size_t length; *words; words += length) {
		words += strspn(words, " ");
		length = strcspn(words, " ");
		(void)snprintf(word, sizeof(word), "%.*s", (int)length, words);
		if (length && (strstr(word, "=>") != NULL) == messages)
			write_word(out, word);
	}
}

static void add(char *out, const char *text)
{
	size_t at = strlen(out);

	(void)snprintf(out + at, LONGEST - at, "%s", text);
}

static void read_model(const char *const processes[], struct bpr_flows *flows)
{
	static char text[LONGEST];
	size_t at;

	(void)snprintf(text, sizeof(text), "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><collaboration id='c'>");
	for (size_t i = 0; processes[i]; i++) {
		at = strlen(text);
		(void)snprintf(text + at, LONGEST - at, "<participant id='pool%zu' processRef='p%zu'/>", i, i);
	}
	add(text, "<participant id='outside' name='outside'/>");
	for (size_t i = 0; processes[i]; i++)
		write_words(text, processes[i], true);
	add(text, "</collaboration>");
	for (size_t i = 0; processes[i]; i++) {
		at = strlen(text);
		(void)snprintf(text + at, LONGEST - at, "<process id='p%zu'>", i);
		write_words(text, processes[i], false);
		add(text, "</process>");
	}
	add(text, "</definitions>");
	assert_true(strlen(text) < LONGEST - 1);
	assert_int_equal(bpr_read_memory("model.bpmn", text, strlen(text), NULL, flows, NULL, NULL), BPR_OK);
}

/* "yyny": safe, option to complete, proper completion, no dead activities. */
static void check_model(const char *const processes[], size_t flow, const char *expected, const char *run)
{
	struct bpr_flows flows;
	struct bpr_soundness *s = NULL;
	char got[5] = "", text[512] = "";

	read_model(processes, &flows);
	assert_int_equal(bpr_soundness_check(&flows, flow, NULL, &s, NULL), BPR_OK);
	assert_non_null(s);
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++)
		got[p] = s->verdict[p] == BPR_VERDICT_YES ? 'y' : s->verdict[p] == BPR_VERDICT_NO ? 'n' : '?';
	assert_string_equal(got, expected);
	if (run) {
		assert_true(s->fault_count > 0);
		for (size_t i = 0; i < s->faults[0].run_count; i++) {
			const struct bpr_node *n = bpr_flow_node(flows.items[s->faults[0].run[i].flow], s->faults[0].run[i].node);
			size_t at = strlen(text);

			(void)snprintf(text + at, sizeof(text) - at, "%s%s", i ? " " : "", n->id);
		}
		assert_string_equal(text, run);
	}
	bpr_soundness_free(s);
	bpr_flows_release(&flows);
}

static void one(const char *words, const char *expected, const char *run)
{
	const char *const processes[] = { words, NULL };

	check_model(processes, 0, expected, run);
}

static void two(const char *first, const char *second, const char *expected, const char *run)
{
	const char *const processes[] = { first, second, NULL };

	check_model(processes, BPR_NONE, expected, run);
}

#define S "S:startEvent "
#define E "E:endEvent "
#define XOR(id) #id ":exclusiveGateway "
#define AND(id) #id ":parallelGateway "
#define OR(id) #id ":inclusiveGateway "
#define TASK(id) #id ":task "

static void classics(void **state)
{
	(void)state;
	/* Van der Aalst, "The application of Petri nets to workflow management", 1998: the two mixed blocks. K: no-option-to-complete-1. */
	one(S E XOR(X) AND(J) TASK(A) TASK(B) "S>X X>A X>B A>J B>J J>E", "ynyn", "S X A");
	/* Lack of synchronisation. K: no-proper-completion-3-unsafe, dead and unsafe. */
	one(S E AND(X) XOR(J) TASK(A) TASK(B) "S>X X>A X>B A>J B>J J>E", "nyny", "S X A J B J");
	one(S E AND(X) XOR(J) "S>X X>J X>J J>E", "nyny", "S X J J");
	/* K: proper completion asks whether one end is reached twice; two ends are fine. */
	one(S E "F:endEvent " AND(X) "S>X X>E X>F", "yyyy", NULL);
	one(S E AND(X) TASK(A) TASK(B) "S>X X>A X>B A>E B>E", "yyny", "S X A E B E");
	/* K: a task that nothing leads to is dead. */
	one(S E TASK(A) TASK(B) "S>A A>E B>E", "yyyn", NULL);
	/* K: livelock: a loop that is never left. */
	one(S E XOR(X) XOR(Y) TASK(A) "S>X X>Y Y>A A>Y X>E", "ynyy", "S X");
	/* Tokens that multiply without end, in a loop around an unjoined split: how it ends is not followed for ever. */
	one(S E XOR(X) AND(Y) "S>X X>Y Y>X Y>E", "n?ny", NULL);
	/* A terminate end takes what is left: K, terminate_end. */
	one(S "E:endEvent/terminate " AND(X) TASK(A) TASK(B) "S>X X>A X>B A>E B>E", "yyyy", NULL);
}

static void inclusive(void **state)
{
	(void)state;
	/* Inclusive split and join of one block. */
	one(S E OR(X) OR(J) TASK(A) TASK(B) "S>X X>A X>B A>J B>J J>E", "yyyy", NULL);
	one(S E OR(X) AND(J) TASK(A) TASK(B) "S>X X>A X>B A>J B>J J>E", "ynyy", "S X A");
	one(S E OR(X) XOR(J) TASK(A) TASK(B) "S>X X>A X>B A>J B>J J>E", "nyny", NULL);
	/*
	 * The vicious circle (Kindler, "On the semantics of EPCs", 2006): two inclusive joins, each of which the other one leads to.
	 * Both have a token and wait for the other's: by the letter of 13.4.3 each has an empty way in that the other's token leads to.
	 */
	one(S E "F:endEvent " AND(X) OR(J) OR(K) XOR(P) XOR(Q) "S>X X>J X>K J>P P>K P>E K>Q Q>J Q>F", "ynyn", "S X");
	/* The join of a loop does not wait for itself: with a token on its only way that has one, nothing else is on its way. */
	one(S E OR(J) XOR(X) TASK(A) "S>J J>A A>X X>J X>E", "yyyy", NULL);
	/* An inclusive join closes a parallel and an exclusive split as well. */
	one(S E AND(X) OR(J) XOR(P) TASK(A) TASK(B) TASK(C) "S>X X>A X>P P>B P>C A>J B>J C>J J>E", "yyyy", NULL);
}

static void events(void **state)
{
	(void)state;
	/* An interrupting event beside a parallel branch that a join expects: the deadlock of a forgotten timer. */
	one(S E "F:endEvent " AND(X) AND(J) TASK(A) TASK(B)
	    "T:boundaryEvent/timer S>X X>A X>B A>J B>J J>E T>F", "yyyn", NULL); /* attached to nothing: it never happens */
	/* Event-based gateway by itself: each message may come. */
	one(S E "G:eventBasedGateway M:intermediateCatchEvent/message N:intermediateCatchEvent/timer S>G G>M G>N M>E N>E", "yyyy", NULL);
}

/* C, section 5: what messages make of processes that are sound by themselves. */
static void collaborations(void **state)
{
	(void)state;
	/* Each sends and the other receives, in this order: sound. K: pools-message-flows. */
	two("S1:startEvent A:sendTask B:receiveTask E1:endEvent S1>A A>B B>E1 A=>C D=>B",
	    "S2:startEvent C:receiveTask D:sendTask E2:endEvent S2>C C>D D>E2", "yyyy", NULL);
	/* Both wait first: neither ever goes on. */
	two("S1:startEvent A:sendTask B:receiveTask E1:endEvent S1>B B>A A>E1 A=>C D=>B",
	    "S2:startEvent C:receiveTask D:sendTask E2:endEvent S2>C C>D D>E2", "ynyn", "S1 S2");
	/* The message is sent in one case only; a sound process by itself. */
	two("S1:startEvent X:exclusiveGateway A:sendTask E1:endEvent F1:endEvent S1>X X>A A>E1 X>F1 A=>C", "S2:startEvent C:receiveTask E2:endEvent S2>C C>E2",
	    "ynyy", "S1 X F1 S2");
	/* An event-based gateway with a timer gets away from the same sender. */
	two("S1:startEvent X:exclusiveGateway A:sendTask E1:endEvent F1:endEvent S1>X X>A A>E1 X>F1 A=>C",
	    "S2:startEvent G:eventBasedGateway C:intermediateCatchEvent/message T:intermediateCatchEvent/timer E2:endEvent S2>G G>C G>T C>E2 T>E2", "yyyy", NULL);
	/* Without the timer, it waits for what was not sent. */
	two("S1:startEvent X:exclusiveGateway A:sendTask B:sendTask E1:endEvent S1>X X>A X>B A>E1 B>E1 A=>C B=>D",
	    "S2:startEvent G:eventBasedGateway C:intermediateCatchEvent/message D:receiveTask E2:endEvent S2>G G>C G>D C>E2 D>E2", "yyyy", NULL);
	/* A message start: the process begins when it is called, and only then. K: message_start. */
	two("S1:startEvent A:sendTask E1:endEvent S1>A A>E1 A=>S2", "S2:startEvent/message C:task E2:endEvent S2>C C>E2", "yyyy", NULL);
	/* A sender in a loop begins it again and again: its cases come one after the other, so that none disturbs another. */
	two("S1:startEvent M:exclusiveGateway A:sendTask X:exclusiveGateway E1:endEvent S1>M M>A A>X X>M X>E1 A=>S2",
	    "S2:startEvent/message C:task E2:endEvent S2>C C>E2", "yyyy", NULL);
	/* The same to one that is under way already: no end of messages, and not followed for ever. */
	two("S1:startEvent M:exclusiveGateway A:sendTask X:exclusiveGateway E1:endEvent S1>M M>A A>X X>M X>E1 A=>C",
	    "S2:startEvent C:receiveTask E2:endEvent S2>C C>E2", "???y", NULL);
	/* A message that nobody takes does not keep the collaboration from completing (message-relaxed soundness, C). */
	two("S1:startEvent A:sendTask E1:endEvent S1>A A>E1 A=>C",
	    "S2:startEvent X:exclusiveGateway C:receiveTask E2:endEvent S2>X X>C C>E2 X>E2", "yyyy", NULL);
	/* A pool without contents always answers. */
	two("S1:startEvent A:sendTask B:receiveTask E1:endEvent S1>A A>B B>E1 A=>C outside=>B", "S2:startEvent C:receiveTask E2:endEvent S2>C C>E2", "yyyy", NULL);
	/* A task that asks and then waits: the answer to what it asks itself is no deadlock. */
	two("S1:startEvent A:userTask E1:endEvent S1>A A>E1 A=>C D=>A", "S2:startEvent C:receiveTask D:sendTask E2:endEvent S2>C C>D D>E2", "yyyy", NULL);
}

static void no_collaboration(void **state)
{
	const char *const processes[] = { S E "S>E", "S2:startEvent E2:endEvent S2>E2", NULL };
	struct bpr_flows flows;
	struct bpr_soundness *s = NULL;

	(void)state;
	read_model(processes, &flows);
	assert_int_equal(bpr_soundness_check(&flows, BPR_NONE, NULL, &s, NULL), BPR_OK);
	assert_null(s);
	bpr_flows_release(&flows);
	assert_string_equal(bpr_sound_property_name(BPR_SOUND_SAFE), "safe");
}

/* Blocks of `count` parallel branches that wait for each other crosswise are beyond reduction: the limit is told. */
static void limit(void **state)
{
	char words[LONGEST] = S E AND(X) AND(J) "S>X J>E ";
	const char *const processes[] = { words, NULL };
	struct bpr_soundness_options options = BPR_SOUNDNESS_OPTIONS_INIT;
	struct bpr_flows flows;
	struct bpr_soundness *s = NULL;

	(void)state;
	for (int i = 0; i < 24; i++) {
		size_t at = strlen(words);

		(void)snprintf(words + at, sizeof(words) - at, "A%d:task X>A%d A%d>J ", i, i, i);
	}
	read_model(processes, &flows);
	options.unreduced = true;
	options.max_states = 1000;
	assert_int_equal(bpr_soundness_check(&flows, 0, &options, &s, NULL), BPR_OK);
	assert_int_equal(s->states, 1000);
	assert_true(s->limited && !s->reduced);
	for (size_t p = 0; p < BPR_SOUND_NO_DEAD_ACTIVITIES; p++)
		assert_int_equal(s->verdict[p], BPR_VERDICT_UNDECIDED);
	bpr_soundness_free(s);
	assert_int_equal(bpr_soundness_check(&flows, 0, NULL, &s, NULL), BPR_OK);
	assert_true(!s->limited && s->reduced);
	assert_int_equal(s->verdict[BPR_SOUND_OPTION_TO_COMPLETE], BPR_VERDICT_YES);
	bpr_soundness_free(s);
	bpr_flows_release(&flows);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(classics), cmocka_unit_test(inclusive),        cmocka_unit_test(events),
		cmocka_unit_test(collaborations), cmocka_unit_test(no_collaboration), cmocka_unit_test(limit),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
