/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Smells, words of analogue rules and missing numbers: for each finding a flow in which it is, with element, line and
 * figures worked out by hand, and one that is nearly so and in which it is not.
 */
#include "config.h"
#include "test.h"
#include "base/buf_i.h"
#include "check/smell_i.h"
#include "check/words_i.h"
#include "unit/flow_build.h"
#include <bpr/bpr.h>
#include <stdlib.h>

enum { ROWS = 24 };

/* A flow of rows ("id|kind|next|column=value|…"), companions ("forms:form=A|field=x"), and what is found in it. */
struct checked {
	struct test_flow flow;
	bpr_analysis *analysis;
	bpr_problems *found;
};

static void read_companion(struct test_flow *t, const char *row, size_t line)
{
	const char *colon = strchr(row, ':');

	assert_non_null(colon);
	for (int table = BPR_TABLE_FORMS; table < BPR_TABLE_COUNT; table++)
		if (!strncmp(bpr_i_table_name((enum bpr_table)table), row, (size_t)(colon - row))) {
			test_companion(t, (enum bpr_table)table, colon + 1, line);
			return;
		}
	fail();
}

static void check_rows(struct checked *c, const char *const rows[ROWS], bool analyse)
{
	struct bpr_flows flows = { 0 };
	struct bpr_check_input input = { .flows = &flows };
	struct bpr_error err;

	test_begin(&c->flow);
	for (size_t i = 0; i < ROWS && rows[i]; i++)
		if (rows[i][strcspn(rows[i], ":|")] == ':')
			read_companion(&c->flow, rows[i], i + 1);
		else
			test_row(&c->flow, rows[i], i + 1);
	test_finish(&c->flow);
	assert_int_equal(c->flow.status, BPR_OK);
	c->analysis = NULL;
	if (analyse)
		assert_int_equal(bpr_analyse(c->flow.flow, NULL, &c->analysis, NULL, &err), BPR_OK);
	flows.items = &c->flow.flow;
	flows.count = 1;
	input.analysis = c->analysis;
	assert_int_equal(bpr_problems_new(&c->found, NULL), BPR_OK);
	assert_int_equal(bpr_check(&input, NULL, c->found, &err), BPR_OK);
}

static void release(struct checked *c)
{
	bpr_problems_free(c->found);
	bpr_analysis_free(c->analysis);
	test_end(&c->flow);
}

/* "where:line message", one line each, of the findings of a code; or of all P findings where code is NULL. */
static void list(struct bpr_buf *out, const struct checked *c, const char *code, enum bpr_lang lang)
{
	for (size_t i = 0; i < bpr_problems_count(c->found); i++) {
		const struct bpr_problem p = bpr_problems_get(c->found, i);
		char message[1024];

		if (code ? strcmp(p.code->code, code) != 0 : p.code->code[0] != 'P')
			continue;
		assert_true(bpr_problem_message(&p, lang, message, sizeof(message)) < sizeof(message));
		bpr_i_buf_printf(out, "%s%s:%zu %s", out->length ? "\n" : "", p.where, p.line, message);
	}
	bpr_i_buf_putc(out, '\0');
}

static void expect(const char *code, bool analyse, const char *expected, const char *const rows[ROWS])
{
	struct checked c;
	struct bpr_buf text = BPR_BUF_INIT;

	check_rows(&c, rows, analyse);
	list(&text, &c, code, BPR_LANG_EN);
	assert_string_equal(text.data, expected);
	bpr_i_buf_release(&text);
	release(&c);
}
#define FIRES(code, expected, ...) expect(code, true, expected, (const char *const[ROWS]){ __VA_ARGS__ })
#define SILENT(code, ...) expect(code, true, "", (const char *const[ROWS]){ __VA_ARGS__ })
/* Without an analysis: as where a case never ends. */
#define FIRES_BARE(code, expected, ...) expect(code, false, expected, (const char *const[ROWS]){ __VA_ARGS__ })
#define SILENT_BARE(code, ...) expect(code, false, "", (const char *const[ROWS]){ __VA_ARGS__ })

/* ---- writing ---- */

#define FORMS_AB "forms:form=A|field=name", "forms:form=A|field=age", "forms:form=B|field=name", "forms:form=B|field=rent"

static void items_written_at_several_steps(void **state)
{
	(void)state;
	/* Half of the cases write B too: 0.5 repeats; 100 cases a year make 50. */
	FIRES("P001", "b:4 the item 'name' is written at 2 steps (a / b): 0.5 repeated entries a case, 50 a year",
	      "s|start|a", "a|task|x|writes=A", "x|xor|b:50%;e:50%", "b|task|e|writes=B", "e|end|", FORMS_AB, "demand:per_year=100");
	FIRES("P001", "b:4 the item 'name' is written at 2 steps (a / b): 0.5 repeated entries a case",
	      "s|start|a", "a|task|x|writes=A", "x|xor|b:50%;e:50%", "b|task|e|writes=B", "e|end|", FORMS_AB);
	FIRES_BARE("P001", "b:3 the item 'name' is written at 2 steps (a / b)",
		   "s|start|a", "a|task|b|writes=A", "b|task|e|writes=B", "e|end|", FORMS_AB);
	/* One or the other, though a way back repeats each: never both. */
	SILENT("P001", "s|start|x", "x|xor|a:50%;b:50%", "a|task|y|writes=A", "y|xor|a:20%;e:80%", "b|task|e|writes=B", "e|end|", FORMS_AB);
	SILENT_BARE("P001", "s|start|x", "x|xor|a:50%;b:50%", "a|task|e|writes=A", "b|task|e|writes=B", "e|end|", FORMS_AB);
	/* Printed already on the second. */
	SILENT("P001", "s|start|a", "a|task|b|writes=A", "b|task|e|writes=B", "e|end|", "forms:form=A|field=name",
	       "forms:form=B|field=name|prefilled=yes", "forms:form=B|field=rent");
}

static void items_asked_by_several_forms_of_a_step(void **state)
{
	(void)state;
	/* A asks 5 times, B twice: the 2 are repeated. Every case comes, and one in five again: 1.25 times. */
	FIRES("P002", "a:2 'a': 2 forms filled in there ask for the same items (name): 2.5 repeated entries a case, 250 a year",
	      "s|start|a", "a|task|x|writes=A;B", "x|xor|a:20%;e:80%", "e|end|", "forms:form=A|field=name|times=5", "forms:form=B|field=name|times=2",
	      "forms:form=B|field=rent", "demand:per_year=100");
	SILENT("P002", "s|start|a", "a|task|e|writes=A;B", "e|end|", "forms:form=A|field=name", "forms:form=B|field=rent");
}

static void forms_filled_in_twice(void **state)
{
	(void)state;
	FIRES("P003", "b:3 the form 'A' is filled in at 2 steps (a / b): 2 times a case", "s|start|a", "a|task|b|writes=A", "b|task|e|writes=A", "e|end|");
	/* The same item on the same form is the form written again, not said twice. */
	SILENT("P001", "s|start|a", "a|task|b|writes=A", "b|task|e|writes=A", "e|end|", "forms:form=A|field=name");
	SILENT("P003", "s|start|x", "x|xor|a:50%;b:50%", "a|task|e|writes=A", "b|task|e|writes=A", "e|end|");
	/* A correction is no second form. */
	SILENT("P003", "s|start|a", "a|task|x|writes=A", "x|xor|a:10%;e:90%", "e|end|");
}

static void forms_with_many_entries(void **state)
{
	(void)state;
	FIRES("P028", "a:2 the form 'A' has 20 entries to write by hand: filled in 1 times a case", "s|start|a", "a|task|e|writes=A", "e|end|",
	      "forms:form=A|field=name|times=12", "forms:form=A|field=born|times=8", "forms:form=A|field=town|prefilled=yes");
	SILENT("P028", "s|start|a", "a|task|e|writes=A", "e|end|", "forms:form=A|field=name|times=12", "forms:form=A|field=born|times=7",
	       "forms:form=A|field=town|prefilled=yes");
}

/* ---- identity, counters ---- */

static void identity_checked_again(void **state)
{
	(void)state;
	FIRES("P004", "b:3 identity is checked again at 'b' after 'a', without leaving the counter: 1 checks a case here", "s|start|a",
	      "a|task|b|counter=C|id_checks=1", "b|task|e|counter=C|id_checks=1", "e|end|");
	/* Half of the cases go on to another counter, where identity is checked twice: 0.5 * 2 checks; 200 cases. */
	FIRES("P005", "b:4 identity is checked again at 'look [D]' after 'look [C]', in the same visit: 1 checks a case here, 200 a year", "s|start|a",
	      "a|task|x|name=look|counter=C|id_checks=1", "x|xor|b:50%;e:50%", "b|task|e|name=look|counter=D|id_checks=2", "e|end|", "demand:per_year=200");
	SILENT("P004", "s|start|a", "a|task|b|counter=C|id_checks=1", "b|task|e|counter=D|id_checks=1", "e|end|");
	/* The counter was left in between. */
	SILENT("P004", "s|start|a", "a|task|m|counter=C|id_checks=1", "m|task|b|counter=D", "b|task|e|counter=C|id_checks=1", "e|end|");
	/* The citizen was at home. */
	SILENT("P005", "s|start|a", "a|task|h|counter=C|id_checks=1", "h|task|b|away=yes", "b|task|e|counter=C|id_checks=1", "e|end|");
	SILENT("P004", "s|start|a", "a|task|h|counter=C|id_checks=1", "h|task|b|away=yes", "b|task|e|counter=C|id_checks=1", "e|end|");
	/* A way back is a correction. */
	SILENT("P004", "s|start|a", "a|task|x|counter=C|id_checks=1", "x|xor|a:10%;e:90%", "e|end|");
}

static void sent_back_to_a_counter(void **state)
{
	(void)state;
	/* C is entered twice where D is: 0.4 visits more than one. */
	FIRES("P008", "c:5 the citizen is sent back to the counter 'C' at 'c': 0.4 extra visits a case, 40 a year", "s|start|a", "a|task|x|counter=C",
	      "x|xor|b:40%;e:60%", "b|task|c|counter=D", "c|task|e|counter=C", "e|end|", "demand:per_year=100");
	SILENT("P008", "s|start|a", "a|task|b|counter=C", "b|task|c", "c|task|e|counter=C", "e|end|");
	/* 4 in 100 is below the threshold. */
	SILENT("P008", "s|start|a", "a|task|x|counter=C", "x|xor|b:4%;e:96%", "b|task|c|counter=D", "c|task|e|counter=C", "e|end|");
	/* Another day. */
	SILENT_BARE("P008", "s|start|a", "a|task|b|counter=C", "b|task|h|counter=D", "h|task|c|away=yes", "c|task|e|counter=C", "e|end|");
}

static void a_counter_only_to_receive(void **state)
{
	(void)state;
	FIRES("P017", "b:3 the citizen comes to the counter 'D' only to hand over or receive 'slip': 1 times a case", "s|start|a",
	      "a|task|b|counter=C|id_checks=1", "b|task|e|counter=D|issues=slip", "e|end|");
	/* The first counter is where one comes to at all. */
	SILENT("P017", "s|start|b", "b|task|e|counter=D|issues=slip", "e|end|");
	/* Something is written for it, or done there. */
	SILENT("P017", "s|start|a", "a|task|w|counter=C", "w|task|b|actor=citizen|writes=F", "b|task|e|counter=D|issues=slip", "e|end|");
	SILENT("P017", "s|start|a", "a|task|b|counter=C", "b|task|c|counter=D|issues=slip", "c|task|e|counter=D|id_checks=1", "e|end|");
}

static void coming_again(void **state)
{
	(void)state;
	/* A quarter goes home and comes again: 1.25 trips. */
	FIRES("P018", "b:5 the citizen has to come to the building again for 'b': 1.25 trips a case, 125 a year", "s|start|a", "a|task|x|counter=C",
	      "x|xor|h:25%;e:75%", "h|task|b|away=yes", "b|task|e|counter=C", "e|end|", "demand:per_year=100");
	SILENT("P018", "s|start|h", "h|task|b|away=yes", "b|task|e|counter=C", "e|end|");
	FIRES("P019", "f:4 'f' ends the case with something missing: 10% of all cases, 12 a year", "s|start|x", "x|xor|e:90%;f:10%", "e|end|",
	      "f|end||outcome=incomplete", "demand:per_year=120");
	SILENT("P019", "s|start|x", "x|xor|e:90%;f:10%", "e|end|", "f|end||outcome=rejected");
}

/* More than 64 counters: the second pass finds what the first cannot. */
static void many_counters(void **state)
{
	struct test_flow t;
	struct checked c = { .analysis = NULL };
	struct bpr_flows flows = { 0 };
	struct bpr_check_input input = { .flows = &flows };
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_error err;

	(void)state;
	test_begin(&t);
	test_row(&t, "s|start|n0", 1);
	for (size_t i = 0; i < 72; i++) {
		char row[80];

		/* The last step is at the counter of the one before the last but one. */
		(void)snprintf(row, sizeof(row), "n%zu|task|n%zu|counter=c%zu", i, i + 1, i == 71 ? (size_t)69 : i);
		test_row(&t, row, i + 2);
	}
	test_row(&t, "n72|end|", 99);
	test_finish(&t);
	flows.items = &t.flow;
	flows.count = 1;
	assert_int_equal(bpr_problems_new(&c.found, NULL), BPR_OK);
	assert_int_equal(bpr_check(&input, NULL, c.found, &err), BPR_OK);
	list(&text, &c, "P008", BPR_LANG_EN);
	assert_string_equal(text.data, "n71:73 the citizen is sent back to the counter 'c69' at 'n71'");
	bpr_i_buf_release(&text);
	bpr_problems_free(c.found);
	test_end(&t);
}

/* ---- units ---- */

static void forth_and_back(void **state)
{
	(void)state;
	FIRES("P007", "c:4 'c': the case goes from 'U' to 'V' and back: handed back 1 times a case, 50 a year", "s|start|a", "a|task|b|unit=U", "b|task|c|unit=V",
	      "c|task|e|unit=U", "e|end|", "demand:per_year=50");
	FIRES("P006", "c:4 the form 'F' goes from 'U' to 'V' and back: handed back 1 times a case", "s|start|a", "a|task|b|unit=U|issues=F",
	      "b|task|c|unit=V|reads=F", "c|task|e|unit=U|reads=F;G", "e|end|");
	SILENT("P007", "s|start|a", "a|task|b|unit=U", "b|task|c|unit=V", "c|task|e|unit=W", "e|end|");
	/* What the citizen does in between is in no unit's hands. */
	SILENT("P007", "s|start|a", "a|task|b|unit=U", "b|task|c|unit=V|actor=citizen", "c|task|e|unit=U", "e|end|");
	/* The citizen is sent back: said once, of the counter. */
	SILENT("P007", "s|start|a", "a|task|b|unit=U|counter=C", "b|task|c|unit=V|counter=D", "c|task|e|unit=U|counter=C", "e|end|");
	SILENT("P006", "s|start|a", "a|task|b|unit=U|issues=F", "b|task|c|unit=V|reads=G", "c|task|e|unit=U|reads=F", "e|end|");
}

static void many_hand_overs(void **state)
{
	(void)state;
	FIRES("P021", ":0 a case is handed over 5 times from one unit to another, 500 times a year", "s|start|a", "a|task|b|unit=1", "b|task|c|unit=2",
	      "c|task|d|unit=3", "d|task|f|unit=4", "f|task|g|unit=5", "g|task|e|unit=6", "e|end|", "demand:per_year=100");
	SILENT("P021", "s|start|a", "a|task|b|unit=1", "b|task|c|unit=2", "c|task|d|unit=3", "d|task|f|unit=4", "f|task|e|unit=5", "e|end|");
}

/* ---- seals, copies, forms ---- */

static void seals(void **state)
{
	(void)state;
	FIRES("P009", "a:2 'a' takes 2 seals, but no rule that asks for them is written: 2 seals a case", "s|start|a", "a|task|e|seals=2", "e|end|");
	SILENT("P009", "s|start|a", "a|task|e|seals=2|rules=seal", "e|end|");
	FIRES("P010", "b:3 steps with an analogue rule for which no law or rule is named: 1 (b)", "s|start|a", "a|task|b|rules=seal|note=○○条例第3条", "b|task|e|rules=paper|note=前から", "e|end|");
	SILENT("P010", "s|start|a", "a|task|e|rules=seal|note=Ordinance 12", "e|end|");
	/* 3 + 2 * (1 + 60) minutes: gateways between do not break the row, a step without a seal does. */
	FIRES("P027", "a:2 3 seals one after the other (a / b / c): 125 minutes of work and waiting a case", "s|start|a", "a|task|b|seals=1|work=3",
	      "b|task|x|seals=1|work=1|wait=60", "x|xor|c:100%", "c|task|d|seals=1|work=1|wait=60", "d|task|f|work=9", "f|task|e|seals=1", "e|end|");
	SILENT("P027", "s|start|a", "a|task|b|seals=1", "b|task|c|seals=1", "c|task|d", "d|task|e|seals=1", "e|end|");
}

static void copying(void **state)
{
	(void)state;
	FIRES("P011", "a:2 'a': 4 items are copied by hand into 'Ledger': 2 items a case, 20 a year", "s|start|x", "a|task|e|copies=4|system=Ledger",
	      "x|xor|a:50%;e:50%", "e|end|", "demand:per_year=10");
	SILENT("P011", "s|start|a", "a|task|e|system=Ledger", "e|end|");
	FIRES("P012", "b:3 what stands on the form 'F' is copied by hand at 2 steps (a / b)", "s|start|a", "a|task|b|copies=4|reads=F", "b|task|e|copies=2|reads=F", "e|end|");
	SILENT("P012", "s|start|x", "x|xor|a:50%;b:50%", "a|task|e|copies=4|reads=F", "b|task|e|copies=2|reads=F", "e|end|");
	FIRES("P013", "b:3 a case is typed into 2 systems by hand (L / M)", "s|start|a", "a|task|b|copies=4|system=L", "b|task|e|copies=2|system=M", "e|end|");
	SILENT("P013", "s|start|a", "a|task|b|copies=4|system=L", "b|task|e|system=M", "e|end|");
	SILENT("P013", "s|start|x", "x|xor|a:50%;b:50%", "a|task|e|copies=4|system=L", "b|task|e|copies=2|system=M", "e|end|");
}

static void forms_that_nobody_needs(void **state)
{
	(void)state;
	FIRES("P024", "a:2 nobody reads the form 'G', which is filled in at 'a': filled in 1 times a case", "s|start|a", "a|task|b|writes=F;G", "b|task|e|reads=F", "e|end|");
	/* A flow that says of no form who reads it. */
	SILENT("P024", "s|start|a", "a|task|e|writes=F;G", "e|end|");
	FIRES("P025", "b:3 'H' is read at 'b', but nobody writes it or hands it out", "s|start|a", "a|task|b|writes=F", "b|task|e|reads=F;H", "e|end|");
	SILENT("P025", "s|start|a", "a|task|b|writes=F|issues=H", "b|task|e|reads=F;H", "e|end|");
	FIRES("P026", "b:3 the citizen carries 'slip' from 'a' to 'b': 1 times a case", "s|start|a", "a|task|b|counter=C|issues=slip", "b|task|e|counter=D|reads=slip", "e|end|");
	SILENT("P026", "s|start|a", "a|task|b|counter=C|issues=slip", "b|task|e|counter=C|reads=slip", "e|end|");
	/* Inside the office it is a file. */
	SILENT("P026", "s|start|a", "a|task|b|counter=C|issues=slip", "b|task|e|reads=slip", "e|end|");
}

/* ---- time ---- */

static void waiting(void **state)
{
	(void)state;
	/* b: 60 of 3 + 60 + 6 minutes. */
	FIRES("P014", "b:3 'b': 60 minutes of waiting for 6 minutes of work: 87% of all the time of a case", "s|start|a", "a|task|b|work=3", "b|task|e|work=6|wait=60", "e|end|");
	SILENT("P014", "s|start|b", "b|task|e|work=6.1|wait=60", "e|end|");
	SILENT("P014", "s|start|b", "b|task|e|work=1|wait=29", "e|end|");
	/* An event only waits: the whole case says it. Half of the cases wait 240 minutes: 120 for 3. */
	FIRES("P015", ":0 a case waits 120 minutes for 3 minutes of work: 97.6% of its time is waiting", "s|start|a", "a|task|x|work=3", "x|xor|w:50%;e:50%", "w|event|e|wait=240", "e|end|");
	SILENT("P015", "s|start|a", "a|task|x|work=13", "x|xor|w:50%;e:50%", "w|event|e|wait=240", "e|end|");
	/* Without work there is nothing to compare with. */
	SILENT("P015", "s|start|w", "w|event|e|wait=240", "e|end|");
}

static void loops(void **state)
{
	(void)state;
	/* 0.2 / 0.8 rounds a case. */
	FIRES("P016", "x:3 'x' leads back to 'a', and nothing limits how often: 0.25 rounds a case, 25 a year", "s|start|a", "a|task|x", "x|xor|a:20%;e:80%", "e|end|", "demand:per_year=100");
	/* The way back goes through a nameless gateway and a step. */
	FIRES("P016", "r:5 'mend' leads back to 'fill in', and nothing limits how often: 0.25 rounds a case", "s|start|m", "m|xor|a:100%", "a|task|x|name=fill in",
	      "x|xor|r:20%;e:80%", "r|task|m|name=mend", "e|end|");
	FIRES_BARE("P016", "x:3 'x' leads back to 'a', and nothing limits how often", "s|start|a", "a|task|x", "x|xor|a:20%;e:80%", "e|end|");
	SILENT("P016", "s|start|a", "a|task|x", "x|xor|a:4%;e:96%", "e|end|");
	SILENT("P016", "s|start|a", "a|task|x", "x|xor|b:20%;e:80%", "b|task|e", "e|end|");
}

static void steps_that_do_nothing(void **state)
{
	(void)state;
	FIRES("P020", "b:3 every case passes 'b', where nothing is done", "s|start|a", "a|task|b|work=1", "b|task|c", "c|task|d|work=1", "d|task|e|work=1", "e|end|");
	/* Half of the steps are so: figures are missing. */
	SILENT("P020", "s|start|a", "a|task|b|work=1", "b|task|e", "e|end|");
	/* Not every case. */
	SILENT("P020", "s|start|a", "a|task|x|work=1", "x|xor|b:50%;c:50%", "b|task|c", "c|task|d|work=1", "d|task|e|work=1", "e|end|");
	SILENT("P020", "s|start|a", "a|task|b|work=1", "b|task|c|system=S", "c|task|d|work=1", "d|task|e|work=1", "e|end|");
}

static void pools(void **state)
{
	(void)state;
	/* 30 cases of 8 minutes in 480 open minutes. */
	FIRES("P022", "head:0 every case needs 'head', which is one person: busy 50% of the opening hours", "s|start|a", "a|task|e|work=8|staff=head", "e|end|",
	      "staff:pool=head|count=1", "demand:per_day=30", "demand:open=8:00-16:00");
	SILENT("P022", "s|start|a", "a|task|e|work=8|staff=head", "e|end|", "staff:pool=head|count=2");
	SILENT("P022", "s|start|x", "x|xor|a:50%;e:50%", "a|task|e|work=8|staff=head", "e|end|", "staff:pool=head|count=1");
	FIRES("P023", "hand:0 no step uses the pool 'hand'", "s|start|a", "a|task|e|work=8|staff=head", "e|end|", "staff:pool=head|count=2", "staff:pool=hand|count=2");
	SILENT("P023", "s|start|a", "a|task|e|work=8|staff=head", "e|end|", "staff:pool=head|count=2");
}

/* ---- words ---- */

/* First words of the items in a text, "item word" each; the text as a step's name. */
static void found_in(const char *text, bool facing, const char *expected)
{
	static const char *const names[BPR_ANALOGUE_COUNT] = { "visual", "audit", "periodic", "resident", "course", "posting", "inspect", "media",
		"paper", "face", "seal" };
	struct bpr_words_index index;
	struct bpr_words_found found = { { NULL } };
	struct bpr_buf out = BPR_BUF_INIT;

	bpr_i_words_index(&index);
	bpr_i_words_find(&index, text, strlen(text), facing, &found);
	for (size_t i = 0; i < BPR_ANALOGUE_COUNT; i++)
		if (found.word[i])
			bpr_i_buf_printf(&out, "%s%s %s", out.length ? ", " : "", names[i], found.word[i]);
	bpr_i_buf_putc(&out, '\0');
	if (strcmp(out.data, expected) != 0)
		print_error("'%s': '%s', expected '%s'\n", text, out.data, expected);
	assert_string_equal(out.data, expected);
	bpr_i_buf_release(&out);
}

static void words_of_rules(void **state)
{
	static const struct { const char *text, *expected; } texts[] = {
		{ "目視で確認する", "visual 目視" },
		{ "工事に立ち会う", "visual 立ち会" },
		{ "職員が立会のうえ検査", "visual 立会" },
		{ "公園を巡回する", "visual 巡回" },
		{ "申請地の現地調査", "visual 現地調査" },
		{ "施設の実地監査", "audit 実地" },
		{ "事業所へ立入検査に行く", "audit 立入検査" },
		{ "設備の定期点検", "periodic 定期点検" },
		{ "巡回点検の結果を記録", "periodic 巡回点検" },
		{ "管理者を常駐させる", "resident 常駐" },
		{ "専任の技術者を置く", "resident 専任" },
		{ "対面講習を受ける", "course 講習" },
		{ "更新時講習会を開く", "course 講習" },
		{ "掲示場に告示を掲示する", "posting 掲示" },
		{ "結果を庁舎前に貼り出す", "posting 貼り出" },
		{ "図面の縦覧", "inspect 縦覧" },
		{ "公衆の閲覧に供する", "inspect 閲覧に供" },
		{ "データをフロッピーディスクで提出", "media フロッピー" },
		{ "cd-rで納品", "media cd-r" },
		{ "usbメモリで受け取る", "media usb" },
		{ "fdに書き出す", "media fdに" },
		{ "書面で通知する", "paper 書面" },
		{ "申請書を持参する", "paper 持参" },
		{ "決定通知を郵送する", "paper 郵送" },
		{ "faxで送る", "paper fax" },
		{ "対面で説明する", "face 対面" },
		{ "本人と面談する", "face 面談" },
		{ "課長が押印する", "seal 押印" },
		{ "実印を捺印", "seal 実印" },
		{ "書面を持参し押印して対面で渡す", "paper 書面, face 対面, seal 押印" },
		{ "visual inspection of the site", "visual visual inspection" },
		{ "on-site audit", "audit on-site audit" },
		{ "send floppy by mail", "media floppy, paper by mail" },
		{ "meet the applicant in person", "face in person" },
		{ "stamp and seal", "seal stamp" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		found_in(texts[i].text, true, texts[i].expected);
}

static void words_that_mean_something_else(void **state)
{
	static const char *const texts[] = {
		"掲示板アプリで知らせる", "電子掲示板に載せる", "ホームページに掲示する", "グループウェアの掲示板で周知", "ウェブ掲示",
		"オンライン対面で相談", "オンラインでの面談", "非対面で受け付ける", "対面不要の手続き", "対面を廃止する", "初対面の挨拶",
		"押印不要", "押印は不要とする", "押印の省略", "押印を廃止", "電子押印", "押印を求めない", "公印省略", "脱はんこ",
		"常駐ソフトを止める", "閲覧履歴を消す", "システムで閲覧する", "電子的な縦覧", "オンライン講習", "eラーニングの講習", "動画講習",
		"郵送不要", "郵送に代えてメールで送る", "書面規制の見直し", "持参しなくてよい・持参不要", "紙の削減", "表紙の作成", "手紙の整理",
		"巡回バスの案内", "実地研修の申込み", "usbキーを挿す", "cdrive", "usbc", "faxless", "nostamp", "sealed", "timestamps", "set the time stamp",
		"no stamp", "without seal", "online in person", "seal not required", "paperless", "electronic seal",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		found_in(texts[i], true, strstr(texts[i], "しなくて") ? "paper 持参" : "");
	/* Clerks look things up all day; citizens come to see them. */
	found_in("台帳を閲覧する", false, "");
	found_in("台帳を閲覧する", true, "inspect 閲覧");
}

static void steps_that_speak_of_rules(void **state)
{
	(void)state;
	FIRES("P052", "a:2 '施設の実地検査' speaks of '実地': perhaps the rule of on-site audit (実地監査規制): 0.5 times a case, 5 a year", "s|start|x", "a|task|e|name=施設の実地検査",
	      "x|xor|a:50%;e:50%", "e|end|", "demand:per_year=10");
	/* In the note, in full width, in capitals. */
	FIRES("P058", "a:2 'a' speaks of 'cd-rom': perhaps the rule of storage media (記録媒体の指定): 1 times a case", "s|start|a", "a|task|e|note=納品はＣＤ－ＲＯＭ", "e|end|");
	/* The name of a form that is written. */
	FIRES("P057", "a:2 'a' speaks of '縦覧': perhaps the rule of inspection on the premises (往訪閲覧・縦覧規制): 1 times a case", "s|start|a", "a|task|e|writes=F", "e|end|", "forms:form=F|name=縦覧申請書|field=n");
	/* Marked as what it is: A019 says it. */
	SILENT("P051", "s|start|a", "a|task|e|name=目視で確認|rules=visual", "e|end|");
	FIRES("P051", "a:2 '目視で確認' speaks of '目視': perhaps the rule of visual inspection (目視規制): 1 times a case", "s|start|a", "a|task|e|name=目視で確認|rules=paper", "e|end|");
	/* Seals in words and in numbers. */
	SILENT("P061", "s|start|a", "a|task|e|name=押印|seals=1", "e|end|");
	FIRES("P061", "a:2 '押印' speaks of '押印': perhaps the rule of a seal (押印): 1 times a case", "s|start|a", "a|task|e|name=押印", "e|end|");
	/* A system is not held to paper, and a gateway is no step. */
	SILENT("P059", "s|start|a", "a|task|e|name=郵送データの作成|actor=system", "e|end|");
	SILENT("P059", "s|start|x", "x|xor|e:100%|name=郵送か", "e|end|");
	/* No case comes there. */
	SILENT("P059", "s|start|x", "x|xor|a:0%;e:100%", "a|task|e|name=郵送", "e|end|");
}

/* ---- missing numbers ---- */

static void missing_in_steps(void **state)
{
	(void)state;
	FIRES("P071", ":0 no step has a duration (steps: 2): minutes, lead time and cost are not known", "s|start|a", "a|task|b", "b|event|e", "e|end|");
	SILENT("P071", "s|start|a", "a|task|b", "b|event|e|wait=1", "e|end|");
	FIRES_BARE("P072", "b:3 2 of 3 steps name no unit (b / c): hand-overs and minutes by unit are too low", "s|start|a", "a|task|b|unit=U", "b|task|c", "c|task|e", "e|end|");
	SILENT("P072", "s|start|a", "a|task|b|unit=U", "b|task|e|actor=system", "e|end|");
	FIRES("P073", ":0 no step names a unit (steps: 2): hand-overs are not known", "s|start|a", "a|task|b", "b|task|e", "e|end|");
	SILENT("P073", "s|start|a", "a|task|b|unit=U", "b|task|e", "e|end|");
	FIRES("P074", "b:3 1 of 2 steps that need the citizen name no counter (b): visits and trips are too low", "s|start|a", "a|task|b|counter=C|id_checks=1", "b|task|e|id_checks=1", "e|end|");
	SILENT("P074", "s|start|a", "a|task|b|counter=C|id_checks=1", "b|task|e", "e|end|");
	FIRES("P075", ":0 no step names a counter, though citizens take part: visits, trips and moves are not known", "s|start|a", "a|task|e|actor=citizen", "e|end|");
	SILENT("P075", "s|start|a", "a|task|e", "e|end|");
	SILENT("P075", "s|start|a", "a|task|b|actor=citizen", "b|task|e|counter=C", "e|end|");
	FIRES("P076", "b:3 1 of 2 steps of staff name no pool (b): cost and use of pools are too low", "s|start|a", "a|task|b|work=1|staff=p", "b|task|e|work=1", "e|end|");
	SILENT("P076", "s|start|a", "a|task|b|work=1|staff=p", "b|task|e|work=1|actor=citizen", "e|end|");
	FIRES("P077", ":0 no step names who does it (steps of staff: 1): cost, use and capacity are not known", "s|start|a", "a|task|e|work=1", "e|end|");
	SILENT("P077", "s|start|a", "a|task|e", "e|end|");
}

static void missing_in_tables(void **state)
{
	(void)state;
	FIRES("P078", ":0 no pool has a rate (pools: 1): work costs 0 yen", "s|start|a", "a|task|e|work=1|staff=p", "e|end|");
	SILENT("P078", "s|start|a", "a|task|e|work=1|staff=p", "e|end|", "staff:pool=p|yen_per_hour=2000");
	FIRES("P079", ":0 no pool has a count of people (pools: 1): use and capacity are not known", "s|start|a", "a|task|e|work=1|staff=p", "e|end|");
	SILENT("P079", "s|start|a", "a|task|e|work=1|staff=p", "e|end|", "staff:pool=p|count=2");
	FIRES("P080", ":0 opening hours are missing: use and capacity of the pools are not known", "s|start|a", "a|task|e|work=1|staff=p", "e|end|", "staff:pool=p|count=2", "demand:per_day=3");
	SILENT("P080", "s|start|a", "a|task|e|work=1|staff=p", "e|end|", "staff:pool=p|count=2", "demand:per_day=3", "demand:open=9:00-16:00");
	FIRES("P081", ":0 1 of 2 counters have no walking time (D): the citizen's minutes are too low", "s|start|a", "a|task|b|counter=C", "b|task|e|counter=D", "e|end|", "counters:counter=C|walk_minutes=2");
	SILENT("P081", "s|start|a", "a|task|b|counter=C", "b|task|e|counter=D", "e|end|", "demand:walk_minutes=2");
	FIRES("P082", ":0 1 of 2 counters name no building (D): moves between buildings may be too low", "s|start|a", "a|task|b|counter=C", "b|task|e|counter=D", "e|end|", "counters:counter=C|building=main");
	SILENT("P082", "s|start|a", "a|task|b|counter=C", "b|task|e|counter=D", "e|end|");
	FIRES("P083", ":0 1 of 2 items belong to no group (age): totals such as 氏名 and 住所 may be too low", "s|start|a", "a|task|e|writes=A", "e|end|", "forms:form=A|field=name|group=氏名", "forms:form=A|field=age");
	SILENT("P083", "s|start|a", "a|task|e|writes=A", "e|end|", "forms:form=A|field=name", "forms:form=A|field=age");
}

/* ---- all of them ---- */

/* A flow in which nothing is wrong says nothing. */
static void a_sound_flow_is_silent(void **state)
{
	(void)state;
	SILENT(NULL, "s|start|a", "a|task|b|name=聞き取り|unit=U|counter=C|work=5|staff=p|id_checks=1", "b|task|e|name=交付|unit=U|counter=C|work=3|wait=5|staff=p|issues=写し", "e|end|",
	       "counters:counter=C|building=本庁舎|walk_minutes=1", "staff:pool=p|count=4|yen_per_hour=2500", "demand:per_day=20", "demand:open=9:00-16:00");
}

static void japanese_is_filled_in(void **state)
{
	static const char *const rows[ROWS] = { "s|start|a", "a|task|x|writes=A", "x|xor|b:50%;e:50%", "b|task|e|writes=B", "e|end|", FORMS_AB, "demand:per_year=100" };
	struct checked c;
	struct bpr_buf text = BPR_BUF_INIT;

	(void)state;
	check_rows(&c, rows, true);
	list(&text, &c, "P001", BPR_LANG_JA);
	assert_string_equal(text.data, "b:4 項目「name」を2か所の工程で記入しています（a / b）。重複した記入は1件あたり0.5回、年間50回");
	bpr_i_buf_release(&text);
	release(&c);
}

/* 20 of a kind are listed, the rest is a number. */
static void no_more_than_twenty_of_a_kind(void **state)
{
	struct test_flow t;
	struct checked c = { .analysis = NULL };
	struct bpr_flows flows = { 0 };
	struct bpr_check_input input = { .flows = &flows };
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_error err;
	size_t listed = 0;

	(void)state;
	test_begin(&t);
	test_row(&t, "s|start|n0", 1);
	for (size_t i = 0; i < 25; i++) {
		char row[80];

		(void)snprintf(row, sizeof(row), "n%zu|task|n%zu|copies=1", i, i + 1);
		test_row(&t, row, i + 2);
	}
	test_row(&t, "n25|end|", 99);
	test_finish(&t);
	flows.items = &t.flow;
	flows.count = 1;
	assert_int_equal(bpr_problems_new(&c.found, NULL), BPR_OK);
	assert_int_equal(bpr_check(&input, NULL, c.found, &err), BPR_OK);
	for (size_t i = 0; i < bpr_problems_count(c.found); i++)
		listed += !strcmp(bpr_problems_get(c.found, i).code->code, "P011");
	assert_int_equal(listed, BPR_SMELL_LISTED);
	list(&text, &c, "P030", BPR_LANG_EN);
	assert_string_equal(text.data, "P011:22 5 more findings P011 are not listed");
	bpr_i_buf_release(&text);
	bpr_problems_free(c.found);
	test_end(&t);
}

/* The thresholds of the code are those that explanations give. */
static void explanations_name_the_thresholds(void **state)
{
	static const struct { const char *code; double threshold; } told[] = {
		{ "P007", BPR_SMELL_RETURNS }, { "P008", BPR_SMELL_RETURNS }, { "P014", BPR_SMELL_WAIT_TIMES }, { "P014", BPR_SMELL_WAIT_MINUTES },
		{ "P015", BPR_SMELL_WAIT_TIMES }, { "P015", BPR_SMELL_WAIT_MINUTES }, { "P016", BPR_SMELL_LOOP_SHARE }, { "P021", BPR_SMELL_HANDOFFS },
		{ "P027", BPR_SMELL_SEALS }, { "P028", BPR_SMELL_ENTRIES }, { "P030", BPR_SMELL_LISTED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		const struct bpr_code *code = bpr_code_find(told[i].code);
		char number[32];

		assert_non_null(code);
		(void)snprintf(number, sizeof(number), "%g", told[i].threshold);
		assert_non_null(strstr(code->explain, number));
		assert_non_null(strstr(bpr_text(BPR_LANG_JA, code->explain), number));
	}
	assert_rel(BPR_SMELL_EMPTY_SHARE, 0.25, 0); /* "a quarter" in P020 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(items_written_at_several_steps), cmocka_unit_test(items_asked_by_several_forms_of_a_step),
		cmocka_unit_test(forms_filled_in_twice), cmocka_unit_test(forms_with_many_entries), cmocka_unit_test(identity_checked_again),
		cmocka_unit_test(sent_back_to_a_counter), cmocka_unit_test(a_counter_only_to_receive), cmocka_unit_test(coming_again),
		cmocka_unit_test(many_counters), cmocka_unit_test(forth_and_back), cmocka_unit_test(many_hand_overs), cmocka_unit_test(seals),
		cmocka_unit_test(copying), cmocka_unit_test(forms_that_nobody_needs), cmocka_unit_test(waiting), cmocka_unit_test(loops),
		cmocka_unit_test(steps_that_do_nothing), cmocka_unit_test(pools), cmocka_unit_test(words_of_rules),
		cmocka_unit_test(words_that_mean_something_else), cmocka_unit_test(steps_that_speak_of_rules), cmocka_unit_test(missing_in_steps),
		cmocka_unit_test(missing_in_tables), cmocka_unit_test(a_sound_flow_is_silent), cmocka_unit_test(japanese_is_filled_in),
		cmocka_unit_test(no_more_than_twenty_of_a_kind), cmocka_unit_test(explanations_name_the_thresholds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
