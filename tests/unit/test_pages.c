/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages of a comparison: the figures of the page to hand out against sums made by hand, and what it says of pairs in which nothing
 * is better, everything is worse, or something is not known.
 */
#include "config.h"
#include "test.h"
#include "flow_build.h"
#include "pages_pair.h"
#include "study/ways_i.h"
#include <bpr/analysis.h>

/* The same form is filled in twice over; a fifth comes back. After: one counter, one form, of which the name is printed. */
static const char *const before_rows[] = {
	"s|start|w", "w|task|a|name=申請書を書く|actor=citizen|work=4|writes=住民票申請書;印鑑申請書",
	"a|task|g|name=受付|unit=市民課|counter=市民課|work=6|staff=窓口職員|id_checks=1", "g|xor|w:20%;b:80%|name=不備があるか",
	"b|task|c|name=審査|unit=税務課|work=10|seals=1|rules=押印|staff=窓口職員", "c|task|z|name=交付|unit=税務課|counter=税務課|work=2",
	"z|end|", NULL };
static const char *const after_rows[] = {
	"s|start|a", "a|task|b|name=聞き取り|unit=市民課|counter=総合窓口|work=8|staff=窓口職員|writes=共通申請書|id_checks=1",
	"b|task|z|name=審査|unit=市民課|work=5|staff=窓口職員", "z|end|", NULL };
static const char *const before_forms[] = {
	"form=住民票申請書|field=氏名|group=氏名|times=2", "form=住民票申請書|field=住所|group=住所", "form=印鑑申請書|field=氏名|group=氏名",
	"form=印鑑申請書|field=生年月日|group=生年月日", NULL };
static const char *const after_forms[] = { "form=共通申請書|field=署名|group=氏名", "form=共通申請書|field=氏名|group=氏名|prefilled=yes", NULL };
static const char *const office[] = { "per_year=1200", NULL };
static const char *const staff[] = { "pool=窓口職員|count=2|yen_per_hour=3000", NULL };

static void add(struct test_flow *t, enum bpr_table table, const char *const rows[])
{
	for (size_t i = 0; rows && rows[i]; i++)
		test_companion(t, table, rows[i], i + 2);
}

static void make(struct test_flow *t, const char *const rows[], const char *const forms[], const char *const demand[], const char *const pools[])
{
	test_begin(t);
	for (size_t i = 0; rows[i]; i++)
		test_row(t, rows[i], i + 2);
	add(t, BPR_TABLE_FORMS, forms);
	add(t, BPR_TABLE_DEMAND, demand);
	add(t, BPR_TABLE_STAFF, pools);
	test_finish(t);
	assert_int_equal(t->status, BPR_OK);
}

struct made { struct test_flow flows[2]; struct pages_pair pair; };

/* Rows, forms, demand and staff of each side. */
static void make_pair(struct made *m, const char *const *const sides[2][4])
{
	for (size_t i = 0; i < 2; i++)
		make(&m->flows[i], sides[i][0], sides[i][1], sides[i][2], sides[i][3]);
	assert_true(pages_begin(&m->pair, m->flows[0].flow, m->flows[1].flow));
}

static void drop(struct made *m)
{
	pages_end(&m->pair);
	for (size_t i = 0; i < 2; i++)
		test_end(&m->flows[i]);
}

/* The parts named, as a document whose blocks hold what they must. */
static void document(const struct made *m, enum bpr_lang lang, const char *part, struct bpr_document *doc)
{
	struct bpr_page_options page = BPR_PAGE_OPTIONS_INIT;

	for (size_t i = 0; part && bpr_part_get(i); i++)
		if (!strcmp(bpr_part_get(i), part))
			page.parts = 1ull << i;
	pages_make(&m->pair, lang, &page, doc);
	check_pages(doc);
}

static const struct bpr_doc_block *find_block(const struct bpr_document *doc, enum bpr_doc_kind kind, size_t nth)
{
	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].kind == kind && !nth--)
			return &doc->blocks[i];
	return NULL;
}

static const struct bpr_doc_block *block_of(const struct bpr_document *doc, enum bpr_doc_kind kind, size_t nth)
{
	const struct bpr_doc_block *block = find_block(doc, kind, nth);

	assert_non_null(block);
	return block;
}

static const struct bpr_doc_figure *find_figure(const struct bpr_document *doc, enum bpr_figure_kind kind)
{
	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].kind == BPR_DOC_FIGURE && doc->blocks[i].figure->kind == kind)
			return doc->blocks[i].figure;
	return NULL;
}

static const struct bpr_doc_figure *figure_of(const struct bpr_document *doc, enum bpr_figure_kind kind)
{
	const struct bpr_doc_figure *figure = find_figure(doc, kind);

	assert_non_null(figure);
	return figure;
}

/* Any text of the document, cards and boxes included. */
static bool says(const struct bpr_document *doc, const char *text)
{
	for (size_t i = 0; i < doc->block_count; i++) {
		const struct bpr_doc_block *b = &doc->blocks[i];

		if (b->text && strstr(b->text, text))
			return true;
		for (size_t k = 0; k < b->card_count; k++)
			for (size_t l = 0; l < b->cards[k].line_count; l++)
				if (strstr(b->cards[k].lines[l], text))
					return true;
	}
	return false;
}
#define SAYS(doc, text) \
	do { \
		if (!says(doc, text)) \
			fail_msg("nowhere: %s", text); \
	} while (0)

/*
 * By hand. Before: four in five pass, so writing and reception are done 1 / 0.8 = 1.25 times: 2 x 1.25 = 2.5 forms, (2 + 1) x 1.25 = 3.75
 * names; work 1.25 x 6 + 10 + 2 = 19.5 min. After: 8 + 5 = 13 min, 6.5 less, 130 h in 1,200 cases. Yen: only steps with staff have pay:
 * (7.5 + 10) x 50 = 875 and 650, 225 less, 270,000 in a year.
 */
static void the_handout_says_what_was_computed(void **state)
{
	static const char *const strong[] = { "2か所から1か所", "2.5枚から1枚", "3.8回から1回" };
	const struct bpr_doc_block *lead, *tiles, *box;
	struct bpr_document doc;
	size_t found = 0;
	struct made m;

	(void)state;
	make_pair(&m, (const char *const *const[2][4]){ { before_rows, before_forms, office, staff }, { after_rows, after_forms, office, staff } });
	document(&m, BPR_LANG_JA, "handout", &doc);
	lead = block_of(&doc, BPR_DOC_LEAD, 0);
	assert_string_equal(lead->text, "1件あたり、回る窓口は2か所から1か所、書く書類は2.5枚から1枚、氏名を書く回数は3.8回から1回になる見込みです。");
	for (size_t i = 0; i < lead->run_count; i++) /* every figure stands out, and nothing else */
		if (lead->runs[i].strong && found < 3)
			assert_string_equal(lead->runs[i].text, strong[found++]);
	assert_int_equal(found, 3);
	assert_string_equal(block_of(&doc, BPR_DOC_LEAD, 1)->text, "職員の時間は年130時間（27万円分）うまれます。");
	assert_null(find_block(&doc, BPR_DOC_LEAD, 2));
	tiles = block_of(&doc, BPR_DOC_TILES, 0);
	assert_int_equal(tiles->tile_count, 4);
	assert_string_equal(tiles->tiles[0].before, "2");
	assert_string_equal(tiles->tiles[0].after, "1");
	assert_string_equal(tiles->tiles[0].unit, "か所");
	assert_string_equal(tiles->tiles[0].change, "-1");
	assert_string_equal(tiles->tiles[3].after, "130");
	assert_string_equal(tiles->tiles[3].change, "27万円分");
	SAYS(&doc, "仕事が増える担当：市民課（7.5分から13分）");
	SAYS(&doc, "窓口1か所で終わる（これまでは2か所）");
	box = block_of(&doc, BPR_DOC_BOX, 0);
	assert_string_equal(box->cards[0].lines[0], "住民票申請書、印鑑申請書を共通申請書に統合すること（様式の改正）");
	SAYS(&doc, "市民課、税務課で受け付けているものを、総合窓口で受け付けること");
	SAYS(&doc, "押印をやめ、それを求める規則を改めること");
	SAYS(&doc, "2週間の試行を行い");
	bpr_i_doc_release(&doc);
	document(&m, BPR_LANG_EN, "handout", &doc);
	assert_string_equal(block_of(&doc, BPR_DOC_LEAD, 0)->text, "For one case, counters to visit from 2 to 1, forms to fill in from 2.5 to 1 and writing '氏名' from 3.8 to 1.");
	bpr_i_doc_release(&doc);
	drop(&m);
}

static void figures_are_those_of_the_analysis(void **state)
{
	struct bpr_document doc;
	const struct bpr_doc_figure *f;
	struct made m;

	(void)state;
	make_pair(&m, (const char *const *const[2][4]){ { before_rows, before_forms, office, staff }, { after_rows, after_forms, office, staff } });
	document(&m, BPR_LANG_JA, "handout", &doc);
	f = figure_of(&doc, BPR_FIGURE_DUMBBELL);
	assert_in_range(f->row_count, 5, 7);
	assert_string_equal(f->rows[0].label, "回る窓口");
	assert_rel(f->rows[0].after, 50, 1e-12);
	assert_rel(f->rows[1].after, 40, 1e-12);         /* 1 of 2.5 forms */
	assert_rel(f->rows[2].after, 100 / 3.75, 1e-12); /* 1 of 3.75 names */
	f = figure_of(&doc, BPR_FIGURE_FORMS);
	assert_string_equal(f->title, "書類2種類を1種類に");
	assert_int_equal(f->paper_count[0], 2);
	assert_rel(f->papers[0][0].written, 1.25, 1e-12);
	assert_int_equal(f->papers[0][0].field_count, 2);
	assert_string_equal(f->papers[0][0].fields[0].name, "氏名");
	assert_rel(f->papers[0][0].fields[0].times, 2.5, 1e-12);
	assert_string_equal(f->captions[0], "「氏名」を2種類の書類に書く（赤＝手書き）");
	assert_int_equal(f->paper_count[1], 1);
	assert_int_equal(f->papers[1][0].field_count, 2); /* by hand and printed are two things */
	assert_false(f->papers[1][0].fields[0].printed);
	assert_true(f->papers[1][0].fields[1].printed);
	bpr_i_doc_release(&doc);
	document(&m, BPR_LANG_JA, "clerk", &doc);
	f = figure_of(&doc, BPR_FIGURE_STEPS);
	assert_int_equal(f->card_count, 2);
	assert_string_equal(f->cards[0].title, "聞き取り");
	assert_string_equal(f->cards[0].said, "8分");
	assert_string_equal(f->cards[1].title, "審査");
	SAYS(&doc, "職員がしなくなる仕事：交付。");
	bpr_i_doc_release(&doc);
	drop(&m);
}

static void nothing_changes(void **state)
{
	struct bpr_document doc;
	struct made m;

	(void)state;
	make_pair(&m, (const char *const *const[2][4]){ { before_rows, before_forms, office, staff }, { before_rows, before_forms, office, staff } });
	document(&m, BPR_LANG_EN, NULL, &doc);
	assert_string_equal(block_of(&doc, BPR_DOC_LEAD, 0)->text, "No figure of a case changes.");
	assert_null(find_block(&doc, BPR_DOC_BOX, 0));
	SAYS(&doc, "Between these flows nothing differs that would have to be decided.");
	SAYS(&doc, "Nothing changes in what is measured here");
	for (size_t i = 0; i < figure_of(&doc, BPR_FIGURE_DUMBBELL)->row_count; i++) {
		assert_rel(figure_of(&doc, BPR_FIGURE_DUMBBELL)->rows[i].after, 100, 1e-9);
		assert_int_equal(figure_of(&doc, BPR_FIGURE_DUMBBELL)->rows[i].better, 0);
	}
	bpr_i_doc_release(&doc);
	drop(&m);
}

static void everything_is_worse(void **state)
{
	struct bpr_document doc;
	const struct bpr_doc_block *tiles;
	struct made m;

	(void)state;
	make_pair(&m, (const char *const *const[2][4]){ { after_rows, after_forms, office, staff }, { before_rows, before_forms, office, staff } });
	document(&m, BPR_LANG_EN, "handout", &doc);
	assert_string_equal(block_of(&doc, BPR_DOC_LEAD, 0)->text, "No figure of a case gets better.");
	assert_string_equal(block_of(&doc, BPR_DOC_LEAD, 1)->text, "Staff work 130 h more a year (worth ¥270,000).");
	assert_non_null(strstr(block_of(&doc, BPR_DOC_LEAD, 2)->text, "These get worse: "));
	assert_non_null(strstr(block_of(&doc, BPR_DOC_LEAD, 2)->text, "writing '氏名' from 1 to 3.8"));
	tiles = block_of(&doc, BPR_DOC_TILES, 0);
	for (size_t i = 0; i < tiles->tile_count; i++)
		assert_int_equal(tiles->tiles[i].tone, BPR_DOC_WORSE);
	SAYS(&doc, "More is written by hand: 6.3 fields instead of 1");
	bpr_i_doc_release(&doc);
	drop(&m);
}

static void what_is_missing_is_said(void **state)
{
	static const char *const bare_rows[] = { "s|start|a", "a|task|z|name=受付|unit=市民課|counter=市民課", "z|end|", NULL };
	static const char *const other[] = { "per_year=900", NULL };
	struct bpr_document doc;
	struct made m;

	(void)state;
	make_pair(&m, (const char *const *const[2][4]){ { before_rows, before_forms, NULL, NULL }, { after_rows, after_forms, NULL, NULL } });
	document(&m, BPR_LANG_JA, "handout", &doc); /* neither demand nor pay */
	SAYS(&doc, "年間の効果は示していません。件数の表に");
	SAYS(&doc, "金額は示していません");
	assert_false(says(&doc, "職員の時間は年"));
	bpr_i_doc_release(&doc);
	drop(&m);
	make_pair(&m, (const char *const *const[2][4]){ { before_rows, before_forms, office, staff }, { after_rows, after_forms, other, staff } });
	document(&m, BPR_LANG_JA, "handout", &doc);
	SAYS(&doc, "改善前と改善後で件数が違います");
	bpr_i_doc_release(&doc);
	drop(&m);
	make_pair(&m, (const char *const *const[2][4]){ { before_rows, before_forms, office, staff }, { bare_rows, NULL, office, staff } });
	document(&m, BPR_LANG_JA, NULL, &doc);
	SAYS(&doc, "時間と金額は比べていません");
	SAYS(&doc, "書類2種類が不要に");
	for (size_t i = 0; i < figure_of(&doc, BPR_FIGURE_DUMBBELL)->row_count; i++) /* 0 minutes are not known, not short */
		assert_string_not_equal(figure_of(&doc, BPR_FIGURE_DUMBBELL)->rows[i].label, "職員の手間（1件）");
	bpr_i_doc_release(&doc);
	drop(&m);
	make_pair(&m, (const char *const *const[2][4]){ { bare_rows, NULL, NULL, NULL }, { bare_rows, NULL, NULL, NULL } });
	document(&m, BPR_LANG_JA, "handout", &doc);
	SAYS(&doc, "書類は示していません");
	assert_null(find_figure(&doc, BPR_FIGURE_FORMS));
	bpr_i_doc_release(&doc);
	drop(&m);
}

/* Rows of what was simulated: the means of the simulation, each with its own interval, on the scale of the mean before. */
static void bands_are_those_of_the_simulation(void **state)
{
	static const char *const busy[] = { "per_day=20", "open=9:00-17:00", NULL };
	static const char *const alone[] = { "pool=窓口職員|count=1|yen_per_hour=3000", NULL }; /* busy 73 % of the day before */
	static const struct { const char *label; size_t key; } rows[] = { { "順番待ち（平均）", BPR_SIM_WAIT }, { "庁舎にいる時間（平均）", BPR_SIM_CYCLE } };
	const struct bpr_doc_figure *f;
	struct bpr_document doc;
	struct made m;

	(void)state;
	make_pair(&m, (const char *const *const[2][4]){ { before_rows, before_forms, busy, alone }, { after_rows, after_forms, busy, alone } });
	assert_true(pages_simulate(&m.pair, 20));
	document(&m, BPR_LANG_JA, "handout", &doc);
	f = figure_of(&doc, BPR_FIGURE_DUMBBELL);
	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
		const struct bpr_sim_figure *b = bpr_simulation_figure(m.pair.trial.before, rows[r].key);
		const struct bpr_sim_figure *a = bpr_simulation_figure(m.pair.trial.after, rows[r].key);
		const struct bpr_dumbbell_row *row = f->rows;

		while (row < f->rows + f->row_count && strcmp(row->label, rows[r].label) != 0)
			row++;
		if (row == f->rows + f->row_count)
			fail_msg("no row %s", rows[r].label);
		assert_rel(row->after, 100 * a->mean / b->mean, 1e-9);
		assert_true(row->band_before_known && row->band_after_known);
		assert_rel(row->band_before[1], 100 * b->ci95_high / b->mean, 1e-9);
		assert_rel(row->band_after[0], 100 * fmax(0, a->ci95_low) / b->mean, 1e-9);
	}
	bpr_i_doc_release(&doc);
	drop(&m);
}

/* Figures of cases know no ways between counters: where there are any, the time in the building says that it is without. */
static void walking_is_told_of_the_stay(void **state)
{
	static const char *const busy[] = { "per_day=20", "open=9:00-17:00", "walk_minutes=2", NULL };
	static const char *const alone[] = { "pool=窓口職員|count=1|yen_per_hour=3000", NULL };
	const struct bpr_doc_figure *f;
	struct bpr_document doc;
	bool told = false;
	struct made m;

	(void)state;
	make_pair(&m, (const char *const *const[2][4]){ { before_rows, before_forms, busy, alone }, { after_rows, after_forms, busy, alone } });
	assert_true(pages_simulate(&m.pair, 5));
	document(&m, BPR_LANG_JA, "handout", &doc);
	f = figure_of(&doc, BPR_FIGURE_DUMBBELL);
	for (size_t r = 0; r < f->row_count; r++)
		told = told || !strcmp(f->rows[r].label, "庁舎にいる時間（移動を除く、平均）");
	assert_true(told);
	bpr_i_doc_release(&doc);
	document(&m, BPR_LANG_JA, "visit", &doc);
	SAYS(&doc, "移動を除くと");
	bpr_i_doc_release(&doc);
	drop(&m);
}

/* Ways: two branches of 60 and 50 %, and one that leads back, which no way takes. */
static void ways_have_their_shares(void **state)
{
	static const char *const rows[] = {
		"s|start|q", "q|xor|a:60%;m:40%|name=印鑑も", "a|task|m|name=印鑑証明|work=1", "m|xor|r:100%", "r|xor|b:50%;n:50%|name=税も", "b|task|n|name=税証明|work=2",
		"n|task|x|name=交付|work=1", "x|xor|n:10%;z:90%|name=誤り", "z|end|", NULL };
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	struct bpr_way ways[8];
	struct bpr_order order;
	bpr_analysis *analysis;
	struct test_flow t;

	(void)state;
	make(&t, rows, NULL, NULL, NULL);
	assert_int_equal(bpr_analyse(t.flow, &options, &analysis, NULL, NULL), BPR_OK);
	assert_true(bpr_i_order(&doc.arena, t.flow, analysis, &order));
	assert_int_equal(order.count, bpr_flow_node_count(t.flow));
	for (size_t i = 0; i < bpr_flow_arc_count(t.flow); i++) {
		const struct bpr_arc *arc = bpr_flow_arc(t.flow, i);

		assert_int_equal(bpr_i_leads_back(&order, arc), arc->from == bpr_flow_find(t.flow, "x") && arc->to == bpr_flow_find(t.flow, "n"));
	}
	assert_int_equal(bpr_i_ways(&doc, t.flow, &order, ways, 8), 4);
	assert_rel(ways[0].share, 0.3, 1e-12);
	assert_rel(ways[0].share + ways[1].share + ways[2].share + ways[3].share, 1, 1e-12);
	for (size_t i = 1; i < 4; i++)
		assert_true(ways[i].share <= ways[i - 1].share * (1 + 1e-12));
	assert_int_equal(bpr_i_ways(&doc, t.flow, &order, ways, 1), 1);
	bpr_analysis_free(analysis);
	test_end(&t);
	bpr_i_doc_release(&doc);
}

/* Two decisions, each of its own; the date in the language; a stamp; the command, word for word. */
static void options_stand_on_the_pages(void **state)
{
	struct bpr_page_options page = BPR_PAGE_OPTIONS_INIT;
	struct bpr_document doc;
	struct made m;

	(void)state;
	page.title = "書かない窓口へ";
	page.office = "みほん市";
	page.date = "令和8年12月1日";
	page.stamp = "見本";
	page.command = "bpr compare 'a b.csv' c.csv";
	make_pair(&m, (const char *const *const[2][4]){ { before_rows, before_forms, office, staff }, { after_rows, after_forms, office, staff } });
	pages_make(&m.pair, BPR_LANG_JA, &page, &doc);
	check_pages(&doc);
	assert_string_equal(block_of(&doc, BPR_DOC_PAGE, 0)->text, "書かない窓口へ");
	SAYS(&doc, "bpr compare 'a b.csv' c.csv");
	assert_non_null(strstr(doc.frame.head, "みほん市"));
	assert_non_null(strstr(doc.frame.head, "2026年12月1日"));
	assert_string_equal(doc.frame.stamp, "見本");
	bpr_i_doc_release(&doc);
	page.date = "December";
	pages_make(&m.pair, BPR_LANG_EN, &page, &doc);
	assert_non_null(strstr(doc.frame.head, "December"));
	bpr_i_doc_release(&doc);
	drop(&m);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_handout_says_what_was_computed),
		cmocka_unit_test(figures_are_those_of_the_analysis),
		cmocka_unit_test(nothing_changes),
		cmocka_unit_test(everything_is_worse),
		cmocka_unit_test(what_is_missing_is_said),
		cmocka_unit_test(bands_are_those_of_the_simulation),
		cmocka_unit_test(walking_is_told_of_the_stay),
		cmocka_unit_test(ways_have_their_shares),
		cmocka_unit_test(options_stand_on_the_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
