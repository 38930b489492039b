/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows into flows: what is stored, what is assumed and said, what is refused. */
#include "config.h"
#include "test.h"
#include "unit/flow_rows.h"
#include "flow/dist_i.h"
#include <stdlib.h>

static void every_cell_is_stored(void **state)
{
	struct test_flow t;
	const struct bpr_node *n;

	(void)state;
	BUILD(&t, "S|開始|A",
	      "A|作業|E|name=受付|unit=市民課|counter=１番窓口|actor=職員|work=約５分|wait=1~2日|staff=窓口職員：２；審査|writes=転入届；委任状、転入届|reads=本人確認書類|issues=住民票|seals=2個|id_checks=○|copies=１２項目|rules=目視・書面;seal|system=住基|away=はい|cost=1,500円|note=メモ",
	      "E|終了||outcome=不備");
	n = node(&t, "A");
	assert_string_equal(n->name, "受付");
	assert_int_equal(n->line, 3);
	assert_int_equal(n->kind, BPR_NODE_TASK);
	assert_string_equal(bpr_flow_unit(t.flow, n->unit)->name, "市民課");
	assert_string_equal(bpr_flow_counter(t.flow, n->counter)->name, "１番窓口");
	assert_int_equal(n->actor, BPR_ACTOR_STAFF);
	is(n->work->a, 5);
	assert_int_equal(n->wait->kind, BPR_DIST_UNIF);
	is(n->wait->b, 2880);
	assert_int_equal(n->need_count, 2);
	assert_int_equal(n->needs[0].count, 2);
	assert_int_equal(n->needs[1].count, 1);
	assert_string_equal(bpr_flow_pool(t.flow, n->needs[1].pool)->name, "審査");
	assert_int_equal(n->write_count, 2);
	assert_string_equal(bpr_flow_form(t.flow, n->writes[1])->id, "委任状");
	assert_int_equal(n->read_count, 1);
	assert_int_equal(n->issue_count, 1);
	is(n->seals, 2);
	is(n->id_checks, 1);
	is(n->copies, 12);
	assert_int_equal(n->rules, BPR_RULE_VISUAL | BPR_RULE_PAPER | BPR_RULE_SEAL);
	assert_string_equal(bpr_flow_system(t.flow, n->system)->name, "住基");
	assert_true(n->away);
	is(n->cost, 1500);
	assert_string_equal(n->note, "メモ");
	is(n->prob, 1);
	assert_int_equal(n->repeat, 1);
	assert_int_equal(node(&t, "E")->outcome, BPR_OUTCOME_INCOMPLETE);
	assert_true(bpr_node_is_step(n));
	assert_false(bpr_node_is_step(node(&t, "S")));
	test_end(&t);
}

static void kinds_in_both_languages(void **state)
{
	static const struct { const char *word; enum bpr_node_kind kind; } words[] = {
		{ "task", BPR_NODE_TASK }, { "作業", BPR_NODE_TASK }, { "XOR", BPR_NODE_XOR }, { "分岐", BPR_NODE_XOR }, { "並行", BPR_NODE_AND }, { "ａｎｄ", BPR_NODE_AND },
		{ "包含", BPR_NODE_OR }, { "Event", BPR_NODE_EVENT }, { "ｲﾍﾞﾝﾄ", BPR_NODE_EVENT }, { "合流", BPR_NODE_XOR }, { "", BPR_NODE_TASK },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		char row[64];
		struct test_flow t;

		(void)snprintf(row, sizeof(row), "A|%s|E", words[i].word);
		BUILD(&t, "S|start|A", row, "E|end|");
		assert_int_equal(node(&t, "A")->kind, words[i].kind);
		test_end(&t);
	}
	REFUSE("F003", 2, "unknown kind 'loop' in 'kind'; expected task 作業, start 開始, end 終了, xor 分岐, and 並行, or 包含, event イベント or merge 合流",
	       "A|loop|");
	REFUSE("F004", 2, "unknown actor 'robot' in 'actor'; expected staff 職員, citizen 住民 or system システム", "A||B|actor=robot", "B||");
	REFUSE("F005", 2, NULL, "A||B|outcome=great", "B||");
	REFUSE("F006", 2, NULL, "A||B|rules=目視;FAX", "B||");
	REFUSE("D015", 2, "'maybe' in 'away' is neither yes nor no; expected yes, 1, はい, ○ or no, 0, いいえ, ×", "A||B|away=maybe", "B||");
}

static void next_in_all_its_forms(void **state)
{
	static const char *const same[] = { "B:0.7;C:0.3", "B:70%;C:30%", "Ｂ：７０％；Ｃ：３０％", " B : 7割 ； C : 3割 ", "B:0.7、C:30%", "B:0.7;;C:3/10;", "B:0.7\nC:0.3" };

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		struct test_flow t;

		test_begin(&t);
		ROWS(&t, "S|start|A", "A||", "B||E", "C||E", "E|end|");
		test_cell(&t, 1, "next", same[i], strlen(same[i]), 3);
		finish_well(&t);
		assert_int_equal(node(&t, "A")->split, BPR_SPLIT_XOR);
		assert_string_equal(to(&t, "A", 0), "B");
		assert_string_equal(to(&t, "A", 1), "C");
		assert_rel(out(&t, "A", 0)->prob, 0.7, 1e-15);
		assert_rel(out(&t, "A", 1)->prob, 0.3, 1e-15);
		assert_true(out(&t, "A", 0)->given);
		assert_int_equal(bpr_problems_count(t.problems), 0);
		test_end(&t);
	}
}

static void ids_may_hold_colons_and_dots(void **state)
{
	struct test_flow t;

	(void)state;
	BUILD(&t, "S|start|ns:A.1", "ns:A.1||ns:B:0.5;E:0.5", "ns:B||E", "E|end|");
	assert_string_equal(to(&t, "S", 0), "ns:A.1");
	assert_string_equal(to(&t, "ns:A.1", 0), "ns:B");
	test_end(&t);
}

static void dangling_and_duplicate_ids(void **state)
{
	struct test_flow t;

	(void)state;
	REFUSE("F007", 3, "'A' goes on to 'X', which is no id of this flow", "S|start|A", "A||X", "E|end|");
	REFUSE("F007", 3, NULL, "S|start|A", "A||B,E", "B||E", "E|end|");
	REFUSE("F001", 4, "duplicate id 'A'; line 3 has it already", "S|start|A", "A||E", "A||E", "E|end|");
	REFUSE("F002", 3, "a row without an id; expected a text that no other row has", "S|start|E", "||E", "E|end|");
	REFUSE("D008", 3, "'often' in 'next' is not a share; expected 0.3, 30%, 3割 or 1/3", "S|start|A", "A||B:often;E:0.5", "B||E", "E|end|");
	REFUSE("F027", 3, "':0.5' in 'next' has no name in front of the colon; expected NAME:NUMBER", "S|start|A", "A||:0.5;E:0.5", "E|end|");
	REFUSE("D009", 3, "'1.5' in 'next' is outside 0 to 1; expected a share such as 0.3 or 30%", "S|start|A", "A||B:1.5;E", "B||E", "E|end|");
	REFUSE("D009", 3, NULL, "S|start|A", "A||B:▲0.5;E:0.5", "B||E", "E|end|");
	test_begin(&t);
	refuse(&t, "F024", 0, "the flow has no step; expected at least one row below the headings");
}

static void full_width_ids_are_found(void **state)
{
	struct test_flow t;

	(void)state;
	BUILD(&t, "Ｓ|start|Ａ１", "A1||Ｂ－２：５０％；E:0.5", "B-2||Ｅ", "E|end|");
	assert_string_equal(to(&t, "Ｓ", 0), "A1");
	assert_string_equal(to(&t, "A1", 0), "B-2");
	test_end(&t);
}

static void shares_that_are_missing(void **state)
{
	struct test_flow t;

	(void)state;
	BUILD(&t, "S|start|X", "X|xor|A:0.5;B;C", "A||E", "B||E", "C||E", "E|end|");
	is(out(&t, "X", 1)->prob, 0.25);
	assert_false(out(&t, "X", 2)->given);
	warn(&t, "F009", "2 of the 3 ways out of 'X' have no share; each is taken with 25%");
	test_end(&t);
	BUILD(&t, "S|start|X", "X|分岐|A;B;C", "A||E", "B||E", "C||E", "E|end|");
	is(out(&t, "X", 0)->prob, 1.0 / 3);
	warn(&t, "F009", "3 of the 3 ways out of 'X' have no share; each is taken with 33.3%");
	test_end(&t);
	BUILD(&t, "S|start|X", "X||A:1;B", "A||E", "B||E", "E|end|");
	is(out(&t, "X", 1)->prob, 0);
	warn(&t, "F021", NULL);
	test_end(&t);
	BUILD(&t, "S|start|X", "X||A;B", "A||E", "B||E", "E|end|");
	assert_int_equal(node(&t, "X")->split, BPR_SPLIT_AND);
	is(out(&t, "X", 0)->prob, 1);
	warn(&t, "F010", "'X' has several ways out without shares; all are taken at once");
	test_end(&t);
}

static void sums_of_shares(void **state)
{
	struct test_flow t;

	(void)state;
	REFUSE("F008", 3, "the shares of the ways out of 'X' sum to 0.8; expected 1", "S|start|X", "X||A:0.5;B:0.3", "A||E", "B||E", "E|end|");
	REFUSE("F008", 3, "the shares of the ways out of 'X' sum to 1.1; expected 1", "S|start|X", "X||A:0.8;B:0.3", "A||E", "B||E", "E|end|");
	REFUSE("F008", 3, "the shares of the ways out of 'X' sum to 1.2; expected 1", "S|start|X", "X||A:0.8;B:0.4;E", "A||E", "B||E", "E|end|");
	REFUSE("F008", 3, "the shares of the ways out of 'X' sum to 0.7; expected 1", "S|start|X", "X||E:0.7", "E|end|");
	REFUSE("F008", 3, NULL, "S|start|X", "X||A:0.33;B:0.33;E:0.33", "A||E", "B||E", "E|end|");
	REFUSE("F008", 3, NULL, "S|start|X", "X||A:33%;B:33%;E:0.33", "A||E", "B||E", "E|end|");
	REFUSE("F008", 3, NULL, "S|start|X", "X||A:33%;B:33%;E:32.9%", "A||E", "B||E", "E|end|");
	REFUSE("F008", 3, NULL, "S|start|X", "X||A:0.333332;B:0.333333;E:0.333333", "A||E", "B||E", "E|end|");
	/* 1e-6 is forgiven, and said. */
	BUILD(&t, "S|start|X", "X||A:0.333333;B:0.333333;E:0.333333", "A||E", "B||E", "E|end|");
	warn(&t, "F015", "the shares at 'X' sum to 0.999999 because they are rounded; they are scaled to 1");
	assert_rel(out(&t, "X", 0)->prob + out(&t, "X", 1)->prob + out(&t, "X", 2)->prob, 1, 1e-15);
	test_end(&t);
	BUILD(&t, "S|start|X", "X||A:33%;B:33%;E:33%", "A||E", "B||E", "E|end|");
	warn(&t, "F015", "the shares at 'X' sum to 0.99 because they are rounded; they are scaled to 1");
	is(out(&t, "X", 2)->prob, 1.0 / 3);
	test_end(&t);
	BUILD(&t, "S|start|X", "X||A:34%;B:33%;E:34%", "A||E", "B||E", "E|end|");
	warn(&t, "F015", NULL);
	test_end(&t);
	/* Binary rounding is nobody's fault and not mentioned. */
	BUILD(&t, "S|start|X", "X||A:0.1;B:0.2;E:0.7", "A||E", "B||E", "E|end|");
	assert_int_equal(bpr_problems_count(t.problems), 0);
	test_end(&t);
}

static void inclusive_and_parallel(void **state)
{
	struct test_flow t;

	(void)state;
	BUILD(&t, "S|start|O", "O|包含|A:0.9;B:40%", "A||J", "B||J", "J|or|E", "E|end|");
	assert_int_equal(node(&t, "O")->split, BPR_SPLIT_OR);
	assert_int_equal(node(&t, "J")->join, BPR_JOIN_OR);
	is(out(&t, "O", 0)->prob, 0.9);
	is(out(&t, "O", 1)->prob, 0.4);
	is(out(&t, "J", 0)->prob, 1);
	assert_int_equal(bpr_problems_count(t.problems), 0);
	test_end(&t);
	BUILD(&t, "S|start|O", "O|or|A;B:0.4", "A||J", "B||J", "J|or|E", "E|end|");
	is(out(&t, "O", 0)->prob, 1);
	warn(&t, "F019", "1 of the 2 ways out of the inclusive split 'O' have no probability; they are always taken");
	test_end(&t);
	REFUSE("F020", 3, NULL, "S|start|O", "O|or|A:0;B:0", "A||J", "B||J", "J|or|E", "E|end|");
	BUILD(&t, "S|start|P", "P|並行|A;B", "A||J", "B||J", "J|and|E", "E|end|");
	assert_int_equal(node(&t, "P")->split, BPR_SPLIT_AND);
	assert_int_equal(node(&t, "J")->join, BPR_JOIN_AND);
	assert_int_equal(node(&t, "A")->join, BPR_JOIN_XOR);
	is(out(&t, "P", 1)->prob, 1);
	assert_int_equal(bpr_problems_count(t.problems), 0);
	test_end(&t);
	BUILD(&t, "S|start|P", "P|and|A:0.5;B:0.5", "A||J", "B||J", "J|and|E", "E|end|");
	is(out(&t, "P", 1)->prob, 1);
	warn(&t, "F026", NULL);
	test_end(&t);
	BUILD(&t, "S|start|P", "P|and|A:100%;B:1", "A||J", "B||J", "J|and|E", "E|end|");
	assert_int_equal(test_count(&t, "F026", NULL), 0);
	test_end(&t);
}

static void starts_and_ends_that_nobody_wrote(void **state)
{
	struct test_flow t;
	const struct bpr_node *first;

	(void)state;
	BUILD(&t, "A||B", "B||");
	assert_int_equal(bpr_flow_node_count(t.flow), 4);
	assert_int_equal(bpr_flow_find(t.flow, "A"), 0);
	first = node(&t, "(start)");
	assert_int_equal(first->kind, BPR_NODE_START);
	assert_true(first->silent);
	assert_string_equal(to(&t, "(start)", 0), "A");
	assert_string_equal(to(&t, "B", 0), "(end)");
	assert_int_equal(node(&t, "A")->kind, BPR_NODE_TASK);
	warn(&t, "F014", "no row is a start 開始; a case begins with 'A', the first row");
	assert_int_equal(test_count(&t, "F011", NULL), 0);
	test_end(&t);
	/* Two rows without a way out share an end, unless they end differently. */
	BUILD(&t, "A||B:0.5;C:0.3;D:0.2", "B||", "C||", "D|||outcome=不備", "(end)||A");
	assert_string_equal(to(&t, "B", 0), "(end 2)");
	assert_string_equal(to(&t, "C", 0), "(end 2)");
	assert_string_equal(to(&t, "D", 0), "(end 3)");
	assert_int_equal(node(&t, "(end 3)")->outcome, BPR_OUTCOME_INCOMPLETE);
	test_end(&t);
	/* A row that leads nowhere although there are ends. */
	BUILD(&t, "S|start|A", "A||B:0.5;E:0.5", "B||", "E|end|");
	warn(&t, "F011", "'B' has no way out; the case ends there");
	assert_true(bpr_flow_node(t.flow, out(&t, "B", 0)->to)->silent);
	test_end(&t);
	REFUSE("F012", 4, "'E' is an end and goes on to 'A'; expected no way out of an end", "S|start|A", "A||E", "E|end|A");
	REFUSE("F013", 3, "no end can be reached from any start", "S|start|A", "A||B", "B||A", "E|end|");
	BUILD(&t, "S|start|A", "A||S:0.1;E:0.9", "E|end|");
	warn(&t, "F025", NULL);
	test_end(&t);
}

static void several_starts(void **state)
{
	struct test_flow t;

	(void)state;
	BUILD(&t, "S|start|A|prob=70%", "T|開始|A|確率=0.3", "A||E", "E|end|");
	assert_rel(node(&t, "S")->prob, 0.7, 1e-15);
	assert_rel(node(&t, "T")->prob, 0.3, 1e-15);
	assert_int_equal(bpr_problems_count(t.problems), 0);
	test_end(&t);
	BUILD(&t, "S|start|A", "T|start|A", "U|start|A", "A||E", "E|end|");
	is(node(&t, "U")->prob, 1.0 / 3);
	assert_int_equal(bpr_problems_count(t.problems), 0);
	test_end(&t);
	BUILD(&t, "S|start|A|prob=0.5", "T|start|A", "U|start|A", "A||E", "E|end|");
	is(node(&t, "U")->prob, 0.25);
	warn(&t, "F034", "2 of 3 starts have no share; each is taken with 25%");
	test_end(&t);
	REFUSE("F033", 2, "the shares of the starts sum to 0.9; expected 1", "S|start|A|prob=0.5", "T|start|A|prob=0.4", "A||E", "E|end|");
	REFUSE("F033", 2, NULL, "S|start|A|prob=0.5", "A||E", "E|end|");
	REFUSE("D009", 2, "'2' in 'prob' is outside 0 to 1; expected a share such as 0.3 or 30%", "S|start|A|prob=2", "A||E", "E|end|");
}

static void values_where_none_belong(void **state)
{
	struct test_flow t;

	(void)state;
	BUILD(&t, "S|start|A|work=5|counter=1番", "A||E|prob=0.5", "E|end||issues=住民票");
	assert_int_equal(test_count(&t, "F028", NULL), 3);
	assert_null(node(&t, "S")->work);
	assert_true(node(&t, "S")->counter == BPR_NONE);
	assert_int_equal(node(&t, "E")->issue_count, 0);
	is(node(&t, "A")->prob, 1);
	test_end(&t);
}

static void boundary_events(void **state)
{
	struct test_flow t;
	size_t host = 1;
	size_t event;
	size_t other;
	size_t count;
	const size_t *events;
	struct bpr_place place = { "f.bpmn", 9, 0, NULL };

	(void)state;
	test_begin(&t);
	ROWS(&t, "S|start|A", "A||E", "E|end|");
	assert_int_equal(bpr_i_builder_node(t.builder, BPR_NODE_EVENT, "B1", 2, &place, &event), BPR_OK);
	bpr_i_builder_draft(t.builder, event)->host = host;
	bpr_i_builder_draft(t.builder, event)->interrupting = true;
	bpr_i_builder_draft(t.builder, event)->prob = 0.25;
	assert_int_equal(bpr_i_builder_node(t.builder, BPR_NODE_EVENT, "B2", 2, &place, &other), BPR_OK);
	bpr_i_builder_draft(t.builder, other)->host = host;
	assert_int_equal(bpr_i_builder_arc(t.builder, event, 2, (double)NAN, "f1", NULL, &place), BPR_OK);
	assert_int_equal(bpr_i_builder_arc(t.builder, other, 2, (double)NAN, "f2", "遅い", &place), BPR_OK);
	finish_well(&t);
	events = bpr_flow_boundary(t.flow, host, &count);
	assert_int_equal(count, 2);
	assert_int_equal(events[0], event);
	assert_int_equal(events[1], other);
	(void)bpr_flow_boundary(t.flow, 0, &count);
	assert_int_equal(count, 0);
	is(node(&t, "B2")->prob, 0);
	warn(&t, "F016", "the boundary event 'B2' of 'A' has no probability; it never happens");
	assert_string_equal(out(&t, "B2", 0)->name, "遅い");
	assert_string_equal(out(&t, "B1", 0)->id, "f1");
	test_end(&t);
	test_begin(&t);
	ROWS(&t, "S|start|A", "A||E", "E|end|", "B1|event|E|prob=0.6", "B2|event|E|prob=0.5");
	for (size_t i = 3; i < 5; i++) {
		bpr_i_builder_draft(t.builder, i)->host = host;
		bpr_i_builder_draft(t.builder, i)->interrupting = true;
	}
	refuse(&t, "F017", 3, "the interrupting boundary events of 'A' have probabilities that sum to 1.1; expected at most 1");
}

static void arcs_of_a_reader(void **state)
{
	struct test_flow t;
	const size_t *in;
	size_t count;

	(void)state;
	test_begin(&t);
	ROWS(&t, "S|start|", "A||", "B||", "E|end|");
	assert_int_equal(bpr_i_builder_arc(t.builder, 1, 3, 0.33, NULL, NULL, NULL), BPR_OK);
	bpr_i_builder_percent(t.builder);
	assert_int_equal(bpr_i_builder_arc(t.builder, 0, 1, (double)NAN, NULL, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_i_builder_arc(t.builder, 1, 2, 0.66, NULL, NULL, NULL), BPR_OK);
	bpr_i_builder_percent(t.builder);
	assert_int_equal(bpr_i_builder_arc(t.builder, 2, 3, (double)NAN, NULL, NULL, NULL), BPR_OK);
	finish_well(&t);
	warn(&t, "F015", NULL);
	assert_string_equal(to(&t, "A", 0), "E");
	assert_string_equal(to(&t, "A", 1), "B");
	in = bpr_flow_arcs_in(t.flow, 3, &count);
	assert_int_equal(count, 2);
	assert_int_equal(bpr_flow_arc(t.flow, in[0])->from, 1);
	assert_int_equal(bpr_flow_arc(t.flow, in[1])->from, 2);
	test_end(&t);
	/* Conditional flows of BPMN: a choice, though nobody said with what shares. */
	test_begin(&t);
	ROWS(&t, "S|start|A", "A||B;E", "B||E", "E|end|");
	bpr_i_builder_exclusive(t.builder, 1);
	finish_well(&t);
	assert_int_equal(node(&t, "A")->split, BPR_SPLIT_XOR);
	is(out(&t, "A", 0)->prob, 0.5);
	warn(&t, "F009", NULL);
	test_end(&t);
}

/* A merge takes the kind of the split that it closes. */
static void merges(void **state)
{
	struct test_flow t;

	(void)state;
	BUILD(&t, "S|開始|P", "P|並行|A;B", "A|作業|X", "X|分岐|C:0.5;D:0.5", "C||M1", "D||M1", "M1|合流|M2", "B||M2", "M2|合流|O", "O|包含|F:0.5;G:0.5", "F||M3", "G||M3",
	      "M3|合流|E", "E|終了|");
	assert_int_equal(node(&t, "M1")->kind, BPR_NODE_XOR);
	assert_int_equal(node(&t, "M2")->kind, BPR_NODE_AND);
	assert_int_equal(node(&t, "M2")->join, BPR_JOIN_AND);
	assert_int_equal(node(&t, "M3")->kind, BPR_NODE_OR);
	assert_int_equal(node(&t, "M3")->join, BPR_JOIN_OR);
	test_end(&t);
	/* The head of a loop inside a parallel branch closes nothing; nor do two starts; implicit splits count. */
	BUILD(&t, "S|開始|A", "A||L;B", "L|合流|C", "C||L:0.2;J:0.8", "B||J", "J|合流|E", "E|終了|");
	assert_int_equal(node(&t, "L")->kind, BPR_NODE_XOR);
	assert_int_equal(node(&t, "J")->kind, BPR_NODE_AND);
	test_end(&t);
	BUILD(&t, "S|開始|M", "T|開始|M", "M|合流|E", "E|終了|");
	assert_int_equal(node(&t, "M")->kind, BPR_NODE_XOR);
	test_end(&t);
}

/* Immediate dominators by definition: d dominates n if n cannot be reached without d. */
static bool reaches_without(const bpr_flow *flow, size_t removed, size_t goal)
{
	bool seen[64] = { false };
	size_t stack[64];
	size_t depth = 0;

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (bpr_flow_node(flow, i)->kind == BPR_NODE_START && i != removed) {
			seen[i] = true;
			stack[depth++] = i;
		}
	while (depth) {
		const struct bpr_node *n = bpr_flow_node(flow, stack[--depth]);

		for (size_t k = 0; k < n->out_count; k++) {
			size_t next = bpr_flow_arc(flow, n->first_out + k)->to;

			if (next != removed && !seen[next]) {
				seen[next] = true;
				stack[depth++] = next;
			}
		}
	}
	return seen[goal];
}

/* In acyclic flows the split that a merge closes is its nearest dominator; a walker finds it by brute force. */
static void merges_against_brute_force(void **state)
{
	struct bpr_rng rng;
	size_t merges_seen = 0;

	(void)state;
	bpr_i_rng_seed(&rng, 11, 0, 0, 0);
	for (size_t round = 0; round < 600; round++) {
		struct test_flow t;
		size_t n = 6 + (size_t)(bpr_i_rng_next(&rng) % 20);
		char last[32];

		test_begin(&t);
		test_row(&t, "0|start|1", 2);
		for (size_t i = 1; i < n; i++) {
			static const char *const kinds[] = { "xor", "and", "or", "merge", "merge", "task" };
			char row[128];
			size_t far = n - i < 4 ? n - i : 4; /* near, so that ways meet again */
			size_t a = i + 1 + (size_t)(bpr_i_rng_next(&rng) % far);
			size_t b = i + 1 + (size_t)(bpr_i_rng_next(&rng) % far);

			const char *kind = kinds[bpr_i_rng_next(&rng) % (a == b ? 6 : 5)];

			if (a == b)
				(void)snprintf(row, sizeof(row), "%zu|%s|%zu|note=%s", i, kind, a, kind);
			else
				(void)snprintf(row, sizeof(row), "%zu|%s|%zu:0.5;%zu:0.5|note=%s", i, kind, a, b, kind);
			test_row(&t, row, i + 2);
		}
		(void)snprintf(last, sizeof(last), "%zu|end|", n);
		test_row(&t, last, n + 2);
		finish_well(&t);
		for (size_t i = 1; i < n; i++) {
			const struct bpr_node *m = bpr_flow_node(t.flow, i);
			size_t ways = 0;
			size_t in_count;
			size_t nearest = BPR_NONE;
			const size_t *in = bpr_flow_arcs_in(t.flow, i, &in_count);

			enum bpr_split expected = BPR_SPLIT_XOR;

			if (!m->note || strcmp(m->note, "merge") != 0 || !reaches_without(t.flow, BPR_NONE, i))
				continue;
			for (size_t k = 0; k < in_count; k++)
				ways += reaches_without(t.flow, BPR_NONE, bpr_flow_arc(t.flow, in[k])->from);
			for (size_t d = 0; d < i; d++)
				if (!reaches_without(t.flow, d, i))
					nearest = d; /* rows go on to later rows only, so the nearest has the highest number */
			assert_true(nearest != BPR_NONE);
			if (ways > 1 && bpr_flow_node(t.flow, nearest)->out_count > 1)
				expected = bpr_flow_node(t.flow, nearest)->split;
			assert_int_equal((int)m->join, (int)expected);
			merges_seen += expected != BPR_SPLIT_XOR;
		}
		test_end(&t);
	}
	if (merges_seen < 100)
		print_error("%zu merges\n", merges_seen);
	assert_true(merges_seen >= 100); /* the generator makes what is tested */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_is_stored),
		cmocka_unit_test(kinds_in_both_languages),
		cmocka_unit_test(next_in_all_its_forms),
		cmocka_unit_test(ids_may_hold_colons_and_dots),
		cmocka_unit_test(dangling_and_duplicate_ids),
		cmocka_unit_test(full_width_ids_are_found),
		cmocka_unit_test(shares_that_are_missing),
		cmocka_unit_test(sums_of_shares),
		cmocka_unit_test(inclusive_and_parallel),
		cmocka_unit_test(starts_and_ends_that_nobody_wrote),
		cmocka_unit_test(several_starts),
		cmocka_unit_test(values_where_none_belong),
		cmocka_unit_test(boundary_events),
		cmocka_unit_test(arcs_of_a_reader),
		cmocka_unit_test(merges),
		cmocka_unit_test(merges_against_brute_force),
	};

	return cmocka_run_group_tests_name("build", tests, NULL, NULL);
}
