/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What check finds in tables, against brute force: random conditions are kept as trees of the test's own, evaluated by an evaluator of
 * its own over every household there is. Numbers of members of a kind are tried up to three, which is more than any condition
 * compares with, so that no household is left out.
 */
#include "config.h"
#include "lib/test.h"
#include <bpr/bpr.h>
#include <string.h>

/* ---- the test's own conditions ---- */

enum { CAR, DOG, ROOMS_2, ROOMS_RANGE, AND, OR, NOT, ANY, ALL, TWO, ONE, YOUNG, OLD, MIDDLE, STUDENT, SIZE_2, CHILD };
struct tree { int what, left, right; };
enum { MOST = 200, KINDS = 6, EACH = 4, ROWS = 4 };
static struct tree trees[MOST];
static int tree_count;
static uint64_t state;

static unsigned draw(unsigned n)
{
	state += 0x9E3779B97F4A7C15u;
	uint64_t z = state;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return (unsigned)((z ^ (z >> 31)) % n);
}

static int make(int what, int left, int right)
{
	assert_true(tree_count < MOST);
	trees[tree_count] = (struct tree){ what, left, right };
	return tree_count++;
}

static int grow(int depth, bool inside)
{
	static const int household[] = { CAR, DOG, ROOMS_2, ROOMS_RANGE, SIZE_2 }, member[] = { YOUNG, OLD, MIDDLE, STUDENT, CAR, CHILD };
	static const int quantifier[] = { ANY, ALL, TWO, ONE };
	const unsigned pick = draw(10);
	int left, right;

	if (depth && pick < 5) {
		left = grow(depth - 1, inside);
		if (pick == 4)
			return make(NOT, left, 0);
		right = grow(depth - 1, inside);
		return make(pick < 2 ? AND : OR, left, right);
	}
	if (inside)
		return make(member[draw(6)], 0, 0);
	if (pick < 8) {
		left = grow(depth ? depth - 1 : 0, true);
		return make(quantifier[draw(4)], left, 0);
	}
	return make(household[draw(5)], 0, 0);
}

static size_t write(char *out, size_t size, int at)
{
	static const char *const texts[] = { [CAR] = "車", [DOG] = "犬あり", [ROOMS_2] = "部屋数 >= 2", [ROOMS_RANGE] = "部屋数 1..1", [YOUNG] = "年齢 18歳未満", [OLD] = "age >= 65",
					     [MIDDLE] = "18歳以上65歳未満", [STUDENT] = "学生", [SIZE_2] = "人数 2人以上", [CHILD] = "子ども" };
	const struct tree *t = &trees[at];
	size_t n = 0;

#define PUT(...) n += (size_t)snprintf(out + n, size - n, __VA_ARGS__)
	switch (t->what) {
	case AND:
	case OR:
		PUT("(");
		n += write(out + n, size - n, t->left);
		PUT(t->what == AND ? " かつ " : " or ");
		n += write(out + n, size - n, t->right);
		PUT(")");
		break;
	case NOT:
		PUT("not (");
		n += write(out + n, size - n, t->left);
		PUT(")");
		break;
	case ANY:
	case ALL:
	case TWO:
	case ONE:
		PUT(t->what == ANY ? "any(" : t->what == ALL ? "全員(" : "count(");
		n += write(out + n, size - n, t->left);
		PUT(t->what == TWO ? ") >= 2" : t->what == ONE ? ") = 1" : ")");
		break;
	default:
		PUT("%s", texts[t->what]);
	}
	return n;
}

/* Kinds of members: ages 3, 30, 70, student or not. */
struct home { bool car, dog; int rooms; int members[KINDS]; };

static bool of_member(int at, const struct home *h, int kind)
{
	const struct tree *t = &trees[at];
	const int age = kind % 3 == 0 ? 3 : kind % 3 == 1 ? 30 : 70;

	switch (t->what) {
	case AND: return of_member(t->left, h, kind) && of_member(t->right, h, kind);
	case OR: return of_member(t->left, h, kind) || of_member(t->right, h, kind);
	case NOT: return !of_member(t->left, h, kind);
	case CAR: return h->car;
	case YOUNG: return age < 18;
	case OLD: return age >= 65;
	case MIDDLE: return age >= 18 && age < 65;
	case CHILD: return age < 18;
	default: return kind >= 3;
	}
}

static bool of_home(int at, const struct home *h)
{
	const struct tree *t = &trees[at];
	int n = 0, all = 0;

	switch (t->what) {
	case AND: return of_home(t->left, h) && of_home(t->right, h);
	case OR: return of_home(t->left, h) || of_home(t->right, h);
	case NOT: return !of_home(t->left, h);
	case CAR: return h->car;
	case DOG: return h->dog;
	case ROOMS_2: return h->rooms >= 2;
	case ROOMS_RANGE: return h->rooms == 1;
	default: break;
	}
	for (int k = 0; k < KINDS; k++) {
		all += h->members[k];
		if (t->what != SIZE_2 && h->members[k] && of_member(t->left, h, k))
			n += h->members[k];
	}
	return t->what == SIZE_2 ? all >= 2 : t->what == ANY ? n > 0 : t->what == ALL ? n == all : t->what == TWO ? n >= 2 : n == 1;
}

/* ---- every household ---- */

struct facts { bool can[ROWS], cannot[ROWS], both[ROWS][ROWS], none; };

static void brute(const int rows[ROWS], struct facts *out)
{
	*out = (struct facts){ .none = false };
	for (int code = 0; code < 12 * 4096; code++) {
		struct home h = { .car = code % 2, .dog = code / 2 % 2, .rooms = code / 4 % 3 };
		bool holds[ROWS], any = false;
		int rest = code / 12, people = 0;

		for (int k = 0; k < KINDS; k++, rest /= EACH)
			people += h.members[k] = rest % EACH;
		if (!people)
			continue;
		for (int i = 0; i < ROWS; i++) {
			holds[i] = of_home(rows[i], &h);
			out->can[i] |= holds[i];
			out->cannot[i] |= !holds[i];
			any |= holds[i];
			for (int k = 0; k < i; k++)
				out->both[i][k] |= holds[i] && holds[k];
		}
		out->none |= !any;
	}
}

static bool told(const bpr_problems *problems, const char *code, size_t line)
{
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		if (!strcmp(p.code->code, code) && p.line == line)
			return true;
	}
	return false;
}

/* Rows 1 and 3 have one name. */
static void random_tables(void **unused)
{
	size_t contradictions = 0, always = 0, gaps = 0, twice = 0;

	(void)unused;
	for (unsigned seed = 1; seed <= 250; seed++) {
		char table[8000];
		size_t n = (size_t)snprintf(table, sizeof(table), "手続き,条件\n");
		bpr_procedures *p = NULL;
		bpr_problems *problems = NULL;
		struct facts facts;
		int rows[ROWS];

		state = seed;
		tree_count = 0;
		for (int i = 0; i < ROWS; i++) {
			rows[i] = grow(3, false);
			n += (size_t)snprintf(table + n, sizeof(table) - n, "%s,", i % 2 ? "x" : i ? "z" : "y");
			n += write(table + n, sizeof(table) - n, rows[i]);
			n += (size_t)snprintf(table + n, sizeof(table) - n, "\n");
		}
		assert_true(n < sizeof(table));
		assert_false(bpr_problems_new(&problems, NULL));
		assert_false(bpr_procedures_read_memory("t.csv", table, n, NULL, &p, problems, NULL));
		assert_false(bpr_procedures_check(p, 0, problems, NULL));
		brute(rows, &facts);
		for (int i = 0; i < ROWS; i++)
			if (told(problems, "H060", (size_t)i + 2) != !facts.can[i] || told(problems, "H066", (size_t)i + 2) != (facts.can[i] && !facts.cannot[i])) {
				print_error("seed %u, row %d: %s\n", seed, i, table);
				fail();
			}
		if (told(problems, "H073", 0) != facts.none || told(problems, "H062", 5) != facts.both[3][1]) {
			print_error("seed %u: gap %d, twice %d\n%s\n", seed, facts.none, facts.both[3][1], table);
			fail();
		}
		assert_false(told(problems, "H072", 2));
		for (int i = 0; i < ROWS; i++) {
			contradictions += !facts.can[i];
			always += !facts.cannot[i];
		}
		gaps += facts.none;
		twice += facts.both[3][1];
		bpr_procedures_free(p);
		bpr_problems_free(problems);
	}
	/* The test has met each outcome. */
	assert_true(contradictions > 5 && always > 5 && gaps > 5 && gaps < 245 && twice > 5 && twice < 245);
}

/* ---- by hand ---- */

static bpr_problems *check_of(const char *table)
{
	bpr_procedures *p = NULL;
	bpr_problems *problems = NULL;

	assert_false(bpr_problems_new(&problems, NULL));
	assert_false(bpr_procedures_read_memory("t.csv", table, strlen(table), NULL, &p, problems, NULL));
	assert_false(bpr_procedures_check(p, 0, problems, NULL));
	bpr_procedures_free(p);
	return problems;
}

static void by_hand(void **unused)
{
	static const struct { const char *table, *code; size_t line; bool expected; } cases[] = {
		{ "event,procedure,condition\n転入,a,\n", "H063", 0, false },
		{ "event,procedure,condition\n転入,a,車\n転居,b,\n", "H063", 0, true },
		{ "procedure,condition\na,車\nb,車なし\n", "H073", 0, false },
		{ "procedure,condition\na,年齢 >= 6\nb,年齢 < 6\n", "H073", 0, false },
		{ "procedure,condition\na,年齢 > 6\nb,年齢 < 6\n", "H073", 0, true },
		{ "procedure,condition\na,年齢 > 5\nb,年齢 < 6\n", "H073", 0, false }, /* whole years */
		{ "procedure,condition\na,体重 > 5.5\nb,体重 < 5.6\nc,体重 5.5..5.6\n", "H073", 0, false },
		{ "procedure,condition\na,体重 > 5.6\nb,体重 < 5.5\n", "H073", 0, true },
		{ "procedure,condition\na,any(6歳以上 かつ 年齢 < 6)\n", "H060", 2, true },
		{ "procedure,condition\na,年齢 >= 6 かつ 年齢 < 6\n", "H060", 2, false }, /* two members */
		{ "procedure,condition\na,年齢 >= 6 かつ 年齢 < 6\n", "H068", 2, true },
		{ "procedure,condition\na,any(年齢 >= 6 かつ 保険 = 国保)\n", "H068", 2, false },
		{ "procedure,condition\na,all(年齢 >= 65) かつ 子ども\n", "H060", 2, true },
		{ "procedure,condition\na,count(子ども) >= 3 かつ 人数 < 3\n", "H060", 2, true },
		{ "procedure,condition\na,count(子ども) >= 3 かつ 人数 3人以下\n", "H060", 2, false },
		{ "procedure,condition\na,any(年度年齢 = 12 かつ 年齢 = 14)\n", "H060", 2, true }, /* a year older at most */
		{ "procedure,condition\na,any(年度年齢 = 12 かつ 年齢 = 13)\n", "H060", 2, false },
		{ "procedure,condition\na,any(達した年齢 = 75 かつ 年齢 = 74)\n", "H060", 2, false },
		{ "procedure,condition\na,any(達した年齢 = 75 かつ 年齢 = 73)\n", "H060", 2, true },
		{ "procedure,condition\na,any(子ども かつ 年齢 >= 18)\n", "H060", 2, true },
		{ "procedure,condition\na,車 または any(年齢 > 6 かつ 年齢 < 7)\n", "H067", 2, true },
		{ "procedure,condition\na,車 または 車なし\n", "H066", 2, true },
		{ "procedure,condition\na,保険 in (国保、社保)\nb,保険 = 国保\n", "H062", 3, false },
		{ "procedure,condition\na,any(保険 = 国保 かつ 保険 = 社保)\n", "H060", 2, true },
		{ "event,procedure,condition\n転入,a,車\n転居,a,車\n", "H062", 3, false },
		{ "event,procedure,condition\n転入,a,車\n転居;転入,a,犬\n", "H062", 3, true },
		{ "event,procedure,condition\n,a,ライフイベント = 転入\n,b,ライフイベント = 転居\n", "H063", 0, false },
		{ "event,procedure,condition\n転入;転居,a,ライフイベント = 死亡\n転入,b,\n", "H060", 2, true },
		{ "event,procedure,condition,plain\n質問,等級,言葉(1級、2級),?\n,a,等級 = 1級,\n,b,等級 = 2級,\n", "H073", 0, false },
		{ "event,procedure,condition,plain\n質問,階,数(1..3),?\n,a,階 <= 1,\n,b,階 >= 2,\n,c,階 > 3,\n", "H060", 5, true },
		{ "event,procedure,condition,plain\n質問,階,数(1..3),?\n,a,車,\n", "H070", 2, true },
		{ "id,procedure,condition\n1,a,\n1,b,\n", "H071", 3, true },
		{ "procedure,deadline,law\na,14日,戸籍法第49条\n", "H069", 2, true },
		{ "procedure,deadline,law\na,14日(初日算入),戸籍法第49条\n", "H069", 2, false },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bpr_problems *problems = check_of(cases[i].table);

		if (told(problems, cases[i].code, cases[i].line) != cases[i].expected) {
			print_error("%s: %s %s\n", cases[i].table, cases[i].code, cases[i].expected ? "is not told" : "is told");
			fail();
		}
		bpr_problems_free(problems);
	}
}

/* The example is such a household. */
static void examples(void **unused)
{
	static const struct { const char *table, *example; } cases[] = {
		{ "procedure,condition\na,車\nb,犬\nc,年齢 >= 6\n", "[年齢=0] 車=×, 犬=×" },
		{ "procedure,condition\na,車または犬なし\nb,保険 = 国保\nc,保険 = なし\n", "[保険=…] 犬=○, 車=×" },
		{ "procedure,condition\na,人数 < 2\nb,count(年齢 >= 18) >= 1\n", "[年齢=0] [年齢=0]" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bpr_problems *problems = check_of(cases[i].table);
		bool found = false;

		for (size_t k = 0; k < bpr_problems_count(problems) && !found; k++) {
			const struct bpr_problem p = bpr_problems_get(problems, k);

			if (!strcmp(p.code->code, "H073")) {
				assert_string_equal(p.args[0], cases[i].example);
				found = true;
			}
		}
		assert_true(found);
		bpr_problems_free(problems);
	}
}

/* So many facts that not all cells can be looked at: it is told. */
static void limit(void **unused)
{
	char table[4000];
	size_t n = (size_t)snprintf(table, sizeof(table), "procedure,condition\na,(");
	bpr_procedures *p = NULL;
	bpr_problems *problems = NULL;

	(void)unused;
	/* No household: a parity that cannot be, over all facts. */
	for (int i = 0; i < 30; i++)
		n += (size_t)snprintf(table + n, sizeof(table) - n, "%s(事実%d or 別%d)", i ? " and " : "", i, i);
	(void)snprintf(table + n, sizeof(table) - n, ") and not (事実0 or 別0 or never) \n");
	assert_false(bpr_problems_new(&problems, NULL));
	assert_false(bpr_procedures_read_memory("t.csv", table, strlen(table), NULL, &p, problems, NULL));
	assert_false(bpr_procedures_check(p, 10, problems, NULL));
	assert_true(told(problems, "H072", 2) || told(problems, "H060", 2));
	bpr_problems_truncate(problems, 0);
	assert_false(bpr_procedures_check(p, 2, problems, NULL));
	assert_true(told(problems, "H072", 2));
	bpr_procedures_free(p);
	bpr_problems_free(problems);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_tables), cmocka_unit_test(by_hand), cmocka_unit_test(examples), cmocka_unit_test(limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
