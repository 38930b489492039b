/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages of whatever pair: random flows, every sample, samples the wrong way round and samples that have nothing in common. Each figure has
 * its own id, a title, a description and only finite numbers; no sentence is left unfilled; a Japanese page holds no English sentence.
 */
#include "config.h"
#include "test.h"
#include "unit/pages_pair.h"
#include "property/random_flow.h"
#include <bpr/read.h>
#include <stdlib.h>

enum { PAIRS = 300 };

static const struct bpr_page_options none = BPR_PAGE_OPTIONS_INIT;

/* Every part of it, and each alone, in both languages. */
static void check_pair(const struct pages_pair *p)
{
	for (int lang = 0; lang < 2; lang++) {
		struct bpr_document doc;

		pages_make(p, (enum bpr_lang)lang, &none, &doc);
		check_pages(&doc);
		bpr_i_doc_release(&doc);
		for (size_t i = 0; bpr_part_get(i); i++) {
			struct bpr_page_options page = none;

			page.parts = 1ull << i;
			pages_make(p, (enum bpr_lang)lang, &page, &doc);
			check_pages(&doc);
			assert_true(doc.block_count > 0 || !bpr_part_serves(i, BPR_REPORT_COMPARISON)); /* at least a line that says what is missing */
			bpr_i_doc_release(&doc);
		}
	}
}

static void pages_of_random_pairs(void **state)
{
	static const unsigned shapes[] = { 0, SHAPE_LOOPS, SHAPE_AND | SHAPE_LOOPS, SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT };
	size_t made = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= PAIRS; seed++) {
		struct draft drafts[2] = { { .count = 0 } };
		bpr_flow *flows[2];
		struct pages_pair pair;

		for (size_t i = 0; i < 2; i++) {
			if (seed % 5 == 4)
				draft_tangle(&drafts[i], seed * 2 + i, 6 + seed % 20);
			else
				draft_blocks(&drafts[i], seed * 2 + i, shapes[seed % 4], 8 + seed % 18);
			flows[i] = draft_build(&drafts[i], NULL);
			assert_non_null(flows[i]);
		}
		if (pages_begin(&pair, flows[0], flows[1])) {
			check_pair(&pair);
			made++;
		}
		pages_end(&pair);
		bpr_flow_free(flows[0]);
		bpr_flow_free(flows[1]);
	}
	assert_true(made > PAIRS / 2);
}

/* ---- samples ---- */

static const char *const samples[] = {
	"kitami/before.bpmn", "kitami/after.bpmn", "kitami/before.csv", "kitami/after.csv", "minamisoma/before.csv", "minamisoma/after.csv",
	"chiba/before.csv", "chiba/after.csv", "internal/before.csv", "internal/after.csv",
	"life-events/tennyu-before.csv", "life-events/tennyu-after.csv", "life-events/tenkyo-before.csv", "life-events/tenkyo-after.csv",
	"life-events/tenshutsu-before.csv", "life-events/tenshutsu-after.csv", "life-events/shussei-before.csv", "life-events/shussei-after.csv",
	"life-events/konin-before.csv", "life-events/konin-after.csv", "life-events/rikon-before.csv", "life-events/rikon-after.csv",
	"life-events/shibo-before.csv", "life-events/shibo-after.csv",
	"peak/flow.csv", "morning/flow.csv", "smells/flow.csv", "table/flow.csv",
};
enum { SAMPLES = sizeof(samples) / sizeof(samples[0]) };

static void read_sample(size_t i, struct bpr_flows *flows)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	const char *top = getenv("abs_top_srcdir");
	bpr_problems *problems;
	struct bpr_error err;
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/samples/%s", top ? top : ".", samples[i]);
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	if (bpr_read(path, &options, flows, problems, &err))
		fail_msg("%s: %s", path, err.message);
	bpr_problems_free(problems);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Two words of letters with a blank between them, neither of them the name of the program. */
static bool has_english(const char *text)
{
	for (const char *c = text; *c; c++) {
		size_t n = 0, next = 0;

		if (c > text && (is_letter(c[-1]) || (unsigned char)c[-1] >= 0x80 || c[-1] == '-' || c[-1] == '_'))
			continue;
		while (is_letter(c[n]))
			n++;
		while (n && c[n] == ' ' && is_letter(c[n + 1 + next]))
			next++;
		if (n > 1 && next > 1 && strncmp(c, "bpr ", 4) != 0)
			return true;
	}
	return false;
}

static void no_english(const struct bpr_document *doc)
{
	for (size_t i = 0; i < doc->block_count; i++) {
		const struct bpr_doc_block *b = &doc->blocks[i];

		if (b->kind != BPR_DOC_COMMAND && b->text && has_english(b->text))
			fail_msg("English in a Japanese page: %s", b->text);
		for (size_t k = 0; b->figure && k < b->figure->row_count; k++)
			assert_false(has_english(b->figure->rows[k].label));
		if (b->figure && has_english(b->figure->description))
			fail_msg("English in a Japanese figure: %s", b->figure->description);
		for (size_t k = 0; k < b->card_count; k++)
			for (size_t l = 0; l < b->cards[k].line_count; l++)
				if (has_english(b->cards[k].lines[l]))
					fail_msg("English in a Japanese card: %s", b->cards[k].lines[l]);
		for (size_t k = 0; b->table && k < b->table->row_count * b->table->column_count; k++)
			if (b->table->cells[k].value == BPR_DOC_TEXT && has_english(b->table->cells[k].text))
				fail_msg("English in a Japanese table: %s", b->table->cells[k].text);
	}
}

static void pages_of_samples(void **state)
{
	struct bpr_flows flows[SAMPLES];

	(void)state;
	for (size_t i = 0; i < SAMPLES; i++)
		read_sample(i, &flows[i]);
	/* Neighbours are pairs; the same the wrong way round; and what has nothing in common. */
	for (size_t i = 0; i < SAMPLES; i++)
		for (size_t k = 0; k < 3; k++) {
			size_t other = k == 0 ? i ^ 1 : k == 1 ? i : (i + 7) % SAMPLES;
			struct pages_pair pair;
			struct bpr_document doc;

			assert_true(pages_begin(&pair, flows[i].items[0], flows[other].items[0]));
			check_pair(&pair);
			pages_make(&pair, BPR_LANG_JA, &none, &doc);
			no_english(&doc);
			bpr_i_doc_release(&doc);
			pages_end(&pair);
		}
	for (size_t i = 0; i < SAMPLES; i++)
		bpr_flows_release(&flows[i]);
}

static void pages_of_simulated_samples(void **state)
{
	size_t made = 0;

	(void)state;
	for (size_t i = 0; i < SAMPLES; i += 2) {
		struct bpr_flows flows[2];
		struct pages_pair pair;
		struct bpr_document doc;

		read_sample(i, &flows[0]);
		read_sample(i + 1, &flows[1]);
		assert_true(pages_begin(&pair, flows[0].items[0], flows[1].items[0]));
		if (pages_simulate(&pair, 1 + i % 3)) { /* one run has no intervals */
			check_pair(&pair);
			pages_make(&pair, BPR_LANG_JA, &none, &doc);
			no_english(&doc);
			bpr_i_doc_release(&doc);
			made++;
		}
		pages_end(&pair);
		bpr_flows_release(&flows[0]);
		bpr_flows_release(&flows[1]);
	}
	assert_true(made >= 8);
}

/* What looks for English finds it. */
static void english_is_found(void **state)
{
	(void)state;
	assert_true(has_english("これは not known です"));
	assert_true(has_english("Staff work"));
	assert_false(has_english("bpr simulate と bpr compare --simulate で分かります"));
	assert_false(has_english("per_day（1日件数）か per_year（年間件数）"));
	assert_false(has_english("窓口 A と B"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_is_found),
		cmocka_unit_test(pages_of_random_pairs),
		cmocka_unit_test(pages_of_samples),
		cmocka_unit_test(pages_of_simulated_samples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
