/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers on forms, seals and checks: each beside the same flow edited by hand. */
#include "lib/test.h"
#include "unit/lever_flow.h"

/* Two counters, each with its own form; the second one is not for all. */
#define FRONT "s|start|a"
#define CHOICE "q|xor|c:40%;e:60%"
#define FORMS_A "forms: form=A|field=name|times=2|group=N", "forms: form=A|field=addr|group=D"
#define FORMS_B "forms: form=B|field=name|times=3|group=N", "forms: form=B|field=birth|group=B"

static void merge_where_first(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, FRONT, "a|task|b|actor=citizen|writes=A", "b|task|q|reads=A", CHOICE, "c|task|d|actor=citizen|writes=B;C", "d|task|e|reads=B",
	     "e|end|", FORMS_A, FORMS_B, "forms: form=C|field=x");
	/* Everybody has passed a. */
	FLOW(&after, FRONT, "a|task|b|actor=citizen|writes=M", "b|task|q|reads=M", CHOICE, "c|task|d|actor=citizen|writes=C", "d|task|e|reads=M",
	     "e|end|", "forms: form=M|field=name|times=3|group=N", "forms: form=M|field=addr|group=D", "forms: form=M|field=birth|group=B",
	     "forms: form=C|field=x");
	lever_makes(&before, "1,merge_forms,A;B,M,,\n", &after);
	lever_makes(&before, "1,様式統合,A、B,M,,\n", &after);
	test_end(&after);
	/* The name of one of them. */
	FLOW(&after, FRONT, "a|task|b|actor=citizen|writes=A", "b|task|q|reads=A", CHOICE, "c|task|d|actor=citizen|writes=C", "d|task|e|reads=A",
	     "e|end|", "forms: form=A|field=name|times=3|group=N", "forms: form=A|field=addr|group=D", "forms: form=A|field=birth|group=B",
	     "forms: form=C|field=x");
	lever_makes(&before, "1,merge_forms,A;B,,,\n", &after);
	test_end(&after);
	test_end(&before);
}

/* On two ways that exclude each other both stay; behind them the third falls. */
static void merge_on_both_ways(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|q", "q|xor|a:40%;b:60%", "a|task|m|writes=A", "b|task|m|writes=B", "m|xor|c", "c|task|e|writes=A;B", "e|end|", FORMS_A,
	     FORMS_B);
	FLOW(&after, "s|start|q", "q|xor|a:40%;b:60%", "a|task|m|writes=M", "b|task|m|writes=M", "m|xor|c", "c|task|e", "e|end|",
	     "forms: form=M|field=name|times=3|group=N", "forms: form=M|field=addr|group=D", "forms: form=M|field=birth|group=B");
	lever_makes(&before, "1,merge_forms,*,M,,\n", &after);
	test_end(&after);
	test_end(&before);
}

/* A step that is not on all ways, then one that is: the later one writes, once. */
static void merge_later(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|q", "q|xor|a:40%;c:60%", "a|task|c|writes=A", "c|task|e|writes=B", "e|end|", FORMS_A, FORMS_B);
	FLOW(&after, "s|start|q", "q|xor|a:40%;c:60%", "a|task|c", "c|task|e|writes=M", "e|end|", "forms: form=M|field=name|times=3|group=N",
	     "forms: form=M|field=addr|group=D", "forms: form=M|field=birth|group=B");
	lever_makes(&before, "1,merge_forms,A;B,M,,\n", &after);
	lever_makes(&before, "1,merge_forms,A;B,M;at=c,,\n", &after);
	/* At a alone those who go past it would not write. */
	lever_refused(&before, "1,merge_forms,A;B,M;at=a,,\n", "K068");
	test_end(&after);
	test_end(&before);
}

/* Some pass both, some only one or the other: it must be said where. */
static void merge_unclear(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|q", "q|xor|a:40%;r:60%", "a|task|r|writes=A", "r|xor|c:50%;e:50%", "c|task|e|writes=B", "e|end|", FORMS_A, FORMS_B);
	lever_refused(&before, "1,merge_forms,A;B,M,,\n", "K067");
	FLOW(&after, "s|start|q", "q|xor|a:40%;r:60%", "a|task|r", "r|xor|c:50%;e:50%", "c|task|e", "e|end|", FORMS_A, FORMS_B);
	test_end(&after);
	test_end(&before);
}

/* A way back is no second time on the same way: what both lie behind begins anew. */
static void merge_in_loop(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|m", "m|xor|q", "q|xor|a:40%;b:60%", "a|task|x|writes=A", "b|task|x|writes=B", "x|xor|m:10%;e:90%", "e|end|", FORMS_A,
	     FORMS_B);
	FLOW(&after, "s|start|m", "m|xor|q", "q|xor|a:40%;b:60%", "a|task|x|writes=M", "b|task|x|writes=M", "x|xor|m:10%;e:90%", "e|end|",
	     "forms: form=M|field=name|times=3|group=N", "forms: form=M|field=addr|group=D", "forms: form=M|field=birth|group=B");
	lever_makes(&before, "1,merge_forms,A;B,M,,\n", &after);
	test_end(&after);
	test_end(&before);
}

/* At the same time: the branch that cannot miss it keeps. */
static void merge_in_parallel(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|p", "p|and|q;b", "q|xor|a:50%;j:50%", "a|task|j|writes=A", "b|task|j|writes=B", "j|and|e", "e|end|", FORMS_A, FORMS_B);
	FLOW(&after, "s|start|p", "p|and|q;b", "q|xor|a:50%;j:50%", "a|task|j", "b|task|j|writes=M", "j|and|e", "e|end|",
	     "forms: form=M|field=name|times=3|group=N", "forms: form=M|field=addr|group=D", "forms: form=M|field=birth|group=B");
	lever_makes(&before, "1,merge_forms,A;B,M,,\n", &after);
	test_end(&after);
	test_end(&before);
}

static void merge_refused(void **state)
{
	struct test_flow before;

	(void)state;
	FLOW(&before, FRONT, "a|task|b|writes=A;B;C", "b|task|e|issues=D", "e|end|", FORMS_A, FORMS_B);
	lever_refused(&before, "1,merge_forms,A;X,M,,\n", "K052");
	lever_refused(&before, "1,merge_forms,A;B,C,,\n", "K065");
	lever_refused(&before, "1,merge_forms,A,,,\n", "K069");
	lever_refused(&before, "1,merge_forms,D;D,E,,\n", "K066");
	lever_refused(&before, "1,merge_forms,A;B,M;at=z,,\n", "K045");
	lever_refused(&before, "1,merge_forms,A;B,M;wo=z,,\n", "K055");
	lever_refused(&before, "1,merge_forms,,M,,\n", "K050");
	test_end(&before);
}

static void fields(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, FRONT, "a|task|e|writes=A;B", "e|end|", FORMS_A, FORMS_B);
	FLOW(&after, FRONT, "a|task|e|writes=A;B", "e|end|", "forms: form=A|field=name|times=2|group=N|prefilled=yes", "forms: form=A|field=addr|group=D",
	     "forms: form=B|field=name|times=3|group=N|prefilled=yes", "forms: form=B|field=birth|group=B");
	lever_makes(&before, "1,prefill,group=N,,,\n", &after);
	lever_makes(&before, "1,印字,項目=name,,,\n", &after);
	lever_makes(&before, "1,prefill,A.name;B.name,,,\n", &after);
	test_end(&after);
	FLOW(&after, FRONT, "a|task|e|writes=A;B", "e|end|", "forms: form=A|field=name|times=2|group=N|prefilled=yes",
	     "forms: form=A|field=addr|group=D|prefilled=yes", FORMS_B);
	lever_makes(&before, "1,prefill,A,,,\n", &after);
	lever_refused(&after, "1,prefill,A,,,\n", "K064");
	test_end(&after);
	FLOW(&after, FRONT, "a|task|e|writes=A", "e|end|", "forms: form=A|field=addr|group=D");
	lever_makes(&before, "1,drop_fields,A.name;B,,,\n", &after);
	test_end(&after);
	lever_refused(&before, "1,prefill,A.nane,,,\n", "K062");
	lever_refused(&before, "1,prefill,group=Q,,,\n", "K063");
	lever_refused(&before, "1,prefill,Z,,,\n", "K052");
	lever_refused(&before, "1,prefill,A,3,,\n", "K056");
	test_end(&before);
}

static void seals(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, FRONT, "a|task|b|writes=A|seals=1|rules=paper;seal", "b|task|e|seals=2|rules=seal|unit=U", "e|end|", "forms: form=A|field=name");
	FLOW(&after, FRONT, "a|task|b|writes=A|rules=paper", "b|task|e|unit=U", "e|end|", "forms: form=A|field=name");
	lever_makes(&before, "1,drop_seals,*,,,\n", &after);
	lever_makes(&before, "1,押印廃止,a,,,\n1,drop_seals,担当=U,,,\n", &after);
	lever_refused(&after, "1,drop_seals,*,,,\n", "K070");
	test_end(&after);
	FLOW(&after, FRONT, "a|task|b|writes=A|rules=paper", "b|task|e|seals=2|rules=seal|unit=U", "e|end|", "forms: form=A|field=name",
	     "forms: form=A|field=署名|group=署名");
	lever_makes(&before, "1,sign,*,,,\n", &after);
	lever_refused(&after, "1,sign,*,,,\n", "K071");
	test_end(&after);
	test_end(&before);
}

static void id_checks(void **state)
{
	struct test_flow before, after;

	(void)state;
	FLOW(&before, "s|start|q", "q|xor|a:50%;b:50%", "a|task|b|id_checks=1", "b|task|r|id_checks=1", "r|xor|c:20%;q:10%;e:70%", "c|task|e|id_checks=2",
	     "e|end|");
	/* b is reached without a; c is not reached without b. */
	FLOW(&after, "s|start|q", "q|xor|a:50%;b:50%", "a|task|b|id_checks=1", "b|task|r|id_checks=1", "r|xor|c:20%;q:10%;e:70%", "c|task|e", "e|end|");
	lever_makes(&before, "1,unify_id_checks,*,,,\n", &after);
	lever_refused(&after, "1,unify_id_checks,*,,,\n", "K073");
	lever_refused(&after, "1,unify_id_checks,c,,,\n", "K072");
	test_end(&after);
	test_end(&before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merge_where_first), cmocka_unit_test(merge_on_both_ways), cmocka_unit_test(merge_later), cmocka_unit_test(merge_unclear),
		cmocka_unit_test(merge_in_loop), cmocka_unit_test(merge_in_parallel), cmocka_unit_test(merge_refused), cmocka_unit_test(fields),
		cmocka_unit_test(seals), cmocka_unit_test(id_checks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
