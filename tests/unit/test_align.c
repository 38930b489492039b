/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The token game and its alignments against words that a tree of blocks can do, enumerated by a way of its own; costs against the
 * cheapest of all these words; precision from them too.
 */
#include "config.h"
#include "lib/log.h"
#include "unit/block_flow.h"
#include "mine/conform_i.h"
#include <bpr/conformance.h>

/* ---- the language of the net ---- */

struct enumerate { struct bpr_markings m; const bpr_flow *flow; struct words *words; struct bpr_dict met; /* marking and word */ };

static void enumerate(struct enumerate *e, uint32_t marking, char *word, size_t length)
{
	struct bpr_marking m;
	char key[WORD + 32];
	uint32_t before = e->met.count;

	word[length] = '\0';
	(void)snprintf(key, sizeof(key), "%u %s", (unsigned)marking, word);
	if (bpr_i_dict_add(&e->met, key, strlen(key)) < before)
		return;
	assert_true(before < 1000000);
	assert_true(bpr_i_markings_expand(&e->m, marking));
	m = e->m.item[marking];
	if (m.final)
		words_add(e->words, word);
	for (uint32_t i = 0; i < m.next_count; i++) {
		const struct bpr_next next = e->m.next[m.next_first + i];
		const struct bpr_mnet_fire *f = &e->m.net->fire[next.fire];

		if (!f->visible)
			enumerate(e, next.marking, word, length);
		else if (length < e->words->longest) {
			word[length] = *bpr_flow_node(e->flow, f->node)->name;
			enumerate(e, next.marking, word, length + 1);
		}
	}
}

static struct words net_words(const bpr_flow *flow, size_t longest)
{
	struct words words = { .longest = longest };
	struct enumerate e = { .flow = flow, .words = &words };
	bool *visible = bpr_i_calloc(bpr_flow_node_count(flow), sizeof(*visible));
	struct bpr_mnet *net;
	char word[WORD + 1];

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		visible[i] = bpr_node_is_step(bpr_flow_node(flow, i)) && *bpr_flow_node(flow, i)->name;
	assert_int_equal(bpr_i_mnet_new(flow, visible, 100000, &net), BPR_OK);
	assert_true(bpr_i_markings_init(&e.m, net));
	enumerate(&e, bpr_i_markings_begin(&e.m), word, 0);
	bpr_i_dict_release(&e.met);
	bpr_i_markings_release(&e.m);
	bpr_i_mnet_free(net);
	bpr_i_free(visible);
	return words;
}

static bool has_word(const struct words *w, const char *word)
{
	for (size_t i = 0; i < w->count; i++)
		if (!strcmp(w->item[i], word))
			return true;
	return false;
}

static void same_words(const struct words *a, const struct words *b, unsigned seed)
{
	for (size_t i = 0; i < a->count; i++)
		if (!has_word(b, a->item[i]))
			fail_msg("seed %u: '%s' is missing in the second", seed, a->item[i]);
	for (size_t i = 0; i < b->count; i++)
		if (!has_word(a, b->item[i]))
			fail_msg("seed %u: '%s' is missing in the first", seed, b->item[i]);
}

static void grow(struct block_tree *t, unsigned seed, int letters, bool loops)
{
	*t = (struct block_tree){ .loops = loops, .repeats = true, .letters = letters };
	bpr_i_rng_seed(&t->rng, seed, 1, 2, 3);
	(void)block_grow(t, 3);
}

/* Trees with too many words or blocks say nothing more than small ones. */
static bool is_small(const struct block_tree *t)
{
	int steps = 0;

	for (int i = 0; i < t->count; i++)
		steps += t->item[i].kind == BLOCK_STEP || t->item[i].kind == BLOCK_TWICE;
	return steps <= 7;
}

static void languages(void **state)
{
	unsigned looked = 0;

	(void)state;
	for (unsigned seed = 1; seed <= 400; seed++) {
		struct block_tree t;
		struct test_flow f;
		struct words mine, own;

		grow(&t, seed, 4, true);
		if (!is_small(&t))
			continue;
		block_flow(&f, &t);
		mine = net_words(f.flow, 5);
		own = block_words(&t, 0, 5);
		same_words(&mine, &own, seed);
		words_release(&mine);
		words_release(&own);
		test_end(&f);
		looked++;
	}
	assert_true(looked > 150);
}

/* ---- costs ---- */

static size_t common(const char *a, const char *b)
{
	size_t row[WORD + 1] = { 0 };

	for (size_t i = 0; a[i]; i++)
		for (size_t k = 0, before = 0; b[k]; k++) {
			size_t above = row[k + 1];

			row[k + 1] = a[i] == b[k] ? before + 1 : above > row[k] ? above : row[k];
			before = above;
		}
	return row[strlen(b)];
}

static size_t cheapest(const struct words *w, const char *trace)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < w->count; i++) {
		size_t cost = strlen(trace) + strlen(w->item[i]) - 2 * common(trace, w->item[i]);

		best = cost < best ? cost : best;
	}
	return best;
}

static void random_trace(struct block_tree *t, const struct words *w, char trace[WORD])
{
	size_t length;

	memcpy(trace, w->item[block_draw(t, (unsigned)w->count)], WORD);
	length = strlen(trace);
	for (unsigned change = block_draw(t, 4); change; change--) {
		size_t at = block_draw(t, (unsigned)length + 1);

		if (block_draw(t, 2) && length < 5) {
			memmove(trace + at + 1, trace + at, length - at + 1);
			trace[at] = (char)('a' + block_draw(t, 5)); /* one letter more than the flow has */
			length++;
		} else if (at < length) {
			memmove(trace + at, trace + at + 1, length - at);
			length--;
		}
	}
}

/* The moves are a run of the flow and the trace, and cost what is said. */
static void is_alignment(const bpr_log *log, const bpr_flow *flow, const struct bpr_conform_variant *v, const struct words *w)
{
	char trace[2 * WORD + 1] = "", run[4 * WORD + 1] = "";
	size_t cost = 0, in_trace = 0, in_run = 0;

	for (size_t i = 0; i < v->move_count; i++) {
		const struct bpr_conform_move *m = &v->moves[i];

		cost += m->move != BPR_MOVE_BOTH;
		if (m->move != BPR_MOVE_FLOW)
			trace[in_trace++] = *bpr_log_name(log, BPR_LOG_ACTIVITY, m->activity);
		if (m->move != BPR_MOVE_LOG)
			run[in_run++] = *bpr_flow_node(flow, m->node)->name;
		if (m->move == BPR_MOVE_BOTH)
			assert_int_equal(trace[in_trace - 1], run[in_run - 1]);
	}
	assert_int_equal(in_trace, v->length);
	for (size_t i = 0; i < v->length; i++)
		assert_int_equal(trace[i], *bpr_log_name(log, BPR_LOG_ACTIVITY, v->activities[i]));
	assert_true((double)cost >= v->cost_high && (double)cost <= v->cost_high);
	if (in_run <= w->longest && !has_word(w, run))
		fail_msg("'%s' is no run of the flow", run);
}

static void check_costs(const bpr_log *log, const bpr_flow *flow, const struct words *w, const size_t *want, struct bpr_conform_options *options)
{
	bpr_conformance *c;
	struct bpr_error err = { 0 };
	const struct bpr_conform_variant *v;
	double fitness = 0, cases = 0;
	size_t count;
	bpr_status status = bpr_conform(log, flow, options, &c, NULL, &err);

	if (status != BPR_OK && options->max_states < 1000) {
		assert_int_equal(status, BPR_ELIMIT); /* not even the shortest run was found */
		return;
	}
	assert_int_equal(status, BPR_OK);
	v = bpr_conformance_variants(c, &count);
	for (uint32_t i = 0; i < bpr_log_name_count(log, BPR_LOG_CASE); i++) {
		const struct bpr_conform_variant *own = &v[bpr_conformance_of_case(c, i)];

		is_alignment(log, flow, own, w);
		if (want[i] == SIZE_MAX)
			continue;
		if (!(own->cost_low <= (double)want[i] && own->cost_high >= (double)want[i]))
			fail_msg("case %u: %g to %g, expected %zu", (unsigned)i, own->cost_low, own->cost_high, want[i]);
		if (options->max_states > 1000)
			assert_true(own->cost_low >= own->cost_high);
		fitness += own->fitness_low;
		cases++;
	}
	if (cases >= (double)bpr_conformance_totals(c)->cases && cases > 0)
		assert_rel(bpr_conformance_totals(c)->fitness_low, fitness / cases, 1e-12);
	bpr_conformance_free(c);
}

static void costs(void **state)
{
	unsigned looked = 0, proven = 0;

	(void)state;
	for (unsigned seed = 1001; seed <= 1400; seed++) {
		struct block_tree t;
		struct test_flow f;
		struct words w;
		bpr_log *log;
		size_t want[12], shortest;

		grow(&t, seed, 4, seed % 2);
		if (!is_small(&t))
			continue;
		block_flow(&f, &t);
		w = block_words(&t, 0, 9);
		shortest = cheapest(&w, "");
		if (w.count && w.count < 4000) {
			log = log_begin(0);
			for (size_t i = 0; i < 12; i++) {
				char trace[WORD], name[8];

				random_trace(&t, &w, trace);
				(void)snprintf(name, sizeof(name), "%zu", i);
				if (!*trace)
					(void)snprintf(trace, sizeof(trace), "e");
				for (size_t k = 0; trace[k]; k++)
					log_event(log, name, (char[2]){ trace[k], '\0' }, BPR_LOG_NO_TIME, (int64_t)k, NULL, NULL);
				/* a longer word costs more than this anyway */
				want[i] = cheapest(&w, trace);
				if (seed % 2 && want[i] > w.longest + 1 - strlen(trace))
					want[i] = SIZE_MAX;
				proven += want[i] != SIZE_MAX;
			}
			log = log_end(log);
			struct bpr_conform_options options = BPR_CONFORM_OPTIONS_INIT;

			options.jobs = 1 + seed % 3;
			check_costs(log, f.flow, &w, want, &options);
			options.max_states = 3 + seed % 60;
			check_costs(log, f.flow, &w, want, &options);
			bpr_log_free(log);
			looked++;
		}
		assert_true(shortest <= 9 || !w.count);
		words_release(&w);
		test_end(&f);
	}
	assert_true(looked > 100 && proven > 1000);
}

/* ---- precision ---- */

static bool begins_with(const char *word, const char *with)
{
	return !strncmp(word, with, strlen(with));
}

/* From the words alone: what can follow each beginning that was seen, and what did. */
static double precision_of(const struct words *w, char traces[][WORD], size_t count)
{
	double done = 0, allowed = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n <= strlen(traces[i]); n++) {
			char with[WORD + 2];

			for (char c = 'a'; c <= 'h'; c++) {
				bool can = false, did = false;

				(void)snprintf(with, sizeof(with), "%.*s%c", (int)n, traces[i], c);
				for (size_t k = 0; k < w->count && !can; k++)
					can = begins_with(w->item[k], with);
				for (size_t k = 0; k < count && !did; k++)
					did = begins_with(traces[k], with);
				done += did;
				allowed += can;
			}
		}
	return allowed > 0 ? done / allowed : (double)NAN;
}

static void precision(void **state)
{
	unsigned looked = 0;

	(void)state;
	for (unsigned seed = 2001; seed <= 2300; seed++) {
		struct bpr_conform_options options = BPR_CONFORM_OPTIONS_INIT;
		struct block_tree t;
		struct test_flow f;
		struct words w;
		char traces[6][WORD];
		bpr_log *log;
		bpr_conformance *c;

		grow(&t, seed, 5, false);
		if (!is_small(&t))
			continue;
		block_flow(&f, &t);
		w = block_words(&t, 0, 11);
		log = log_begin(0);
		for (size_t i = 0; i < 6; i++) {
			char name[8];

			do
				memcpy(traces[i], w.item[block_draw(&t, (unsigned)w.count)], WORD);
			while (!*traces[i] && w.count > 1);
			(void)snprintf(name, sizeof(name), "%zu", i);
			for (size_t k = 0; traces[i][k]; k++)
				log_event(log, name, (char[2]){ traces[i][k], '\0' }, BPR_LOG_NO_TIME, (int64_t)k, NULL, NULL);
		}
		log = log_end(log);
		if (bpr_log_info(log).cases == 6) {
			assert_int_equal(bpr_conform(log, f.flow, &options, &c, NULL, NULL), BPR_OK);
			assert_int_equal(bpr_conformance_totals(c)->fitting, 6);
			assert_rel(bpr_conformance_totals(c)->precision, precision_of(&w, traces, 6), 1e-12);
			bpr_conformance_free(c);
			looked++;
		}
		bpr_log_free(log);
		words_release(&w);
		test_end(&f);
	}
	assert_true(looked > 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages),
		cmocka_unit_test(costs),
		cmocka_unit_test(precision),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
