/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Soundness of random small processes against the token game written down once more, and of blocks that are sound by construction. */
#include "config.h"
#include "test.h"
#include "property/sound_brute.h"
#include "property/sound_random.h"
#include <bpr/init.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STATES = 3000 };

static struct sound_random random_file;

struct tally { size_t files, compared, unsound, undecided, runs; };

static bool read_file(struct bpr_flows *flows)
{
	return bpr_read_memory("random.bpmn", random_file.text, random_file.length, NULL, flows, NULL, NULL) == BPR_OK;
}

static const char *verdict_name(enum bpr_verdict v)
{
	static const char *const names[] = { "undecided", "yes", "no" };

	return names[v];
}

static void explain(const struct bpr_flows *flows, unsigned long long seed, const struct bpr_soundness *s, const struct sound_brute *b)
{
	print_error("seed %llu\n%s\n", seed, random_file.text);
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++)
		print_error("%s: %s, expected %s, shortest %zd\n", bpr_sound_property_name((enum bpr_sound_property)p), verdict_name(s->verdict[p]),
			    verdict_name(b->verdict[p]), (ssize_t)b->run[p]);
	for (size_t i = 0; i < s->fault_count; i++) {
		const struct bpr_sound_fault *f = &s->faults[i];

		print_error("  kind %d at %s:", (int)f->kind, bpr_flow_node(flows->items[f->at.flow], f->at.node)->id);
		for (size_t k = 0; k < f->run_count; k++)
			print_error(" %s", bpr_flow_node(flows->items[f->run[k].flow], f->run[k].node)->id);
		print_error("\n");
	}
}

static bool has_scopes(const struct bpr_flows *flows)
{
	return bpr_flow_scope_count(flows->items[0]) > 0;
}

/* Once a place holds more than one token, how a sub-process entered twice at a time counts its ends is nobody's definition. */
static bool comparable(const struct bpr_flows *flows, const struct sound_brute *b, size_t p)
{
	return p == BPR_SOUND_SAFE || b->verdict[BPR_SOUND_SAFE] == BPR_VERDICT_YES || !has_scopes(flows);
}

static bool agrees(const struct bpr_flows *flows, const struct bpr_soundness *s, const struct sound_brute *b, struct tally *t)
{
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++) {
		if (!comparable(flows, b, p))
			continue;
		if (b->verdict[p] == BPR_VERDICT_UNDECIDED)
			continue;
		if (s->verdict[p] == BPR_VERDICT_UNDECIDED && s->verdict[BPR_SOUND_SAFE] == BPR_VERDICT_NO) {
			t->undecided++;
			continue;
		}
		if (s->verdict[p] != b->verdict[p])
			return false;
	}
	for (size_t i = 0; i < s->fault_count; i++) {
		const struct bpr_sound_fault *f = &s->faults[i];

		if (f->kind == BPR_SOUND_DEAD) {
			if (comparable(flows, b, f->property) && b->complete && !b->dead[f->at.node])
				return false;
			continue;
		}
		if (f->property != BPR_SOUND_SAFE && (!comparable(flows, b, f->property) || b->verdict[BPR_SOUND_SAFE] == BPR_VERDICT_NO))
			continue;
		if (b->states == MOST_STATES) /* the brute force has not gone far enough to know */
			continue;
		t->runs++;
		if (f->run_count != b->run[f->property])
			return false;
	}
	return true;
}

/* Each run that was given exists, and leads into its fault. */
static bool playable(const struct bpr_flows *flows, const struct sound_brute *b)
{
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++)
		if (b->unplayed[p] && comparable(flows, b, p) && (b->complete || b->verdict[BPR_SOUND_SAFE] == BPR_VERDICT_YES)) {
			print_error("the run of property %zu cannot be played\n", p);
			return false;
		}
	return true;
}

static void one_file(unsigned long long seed, struct tally *t)
{
	struct bpr_flows flows;
	struct bpr_soundness *s = NULL;
	struct sound_brute b;

	t->files++;
	if (!read_file(&flows))
		return;
	assert_int_equal(bpr_soundness_check(&flows, 0, NULL, &s, NULL), BPR_OK);
	sound_brute(&flows, 0, MOST_STATES, s, &b);
	if (!agrees(&flows, s, &b, t) || !playable(&flows, &b)) {
		explain(&flows, seed, s, &b);
		fail();
	}
	t->compared += b.complete || b.verdict[BPR_SOUND_SAFE] == BPR_VERDICT_NO;
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++)
		t->unsound += b.verdict[p] == BPR_VERDICT_NO;
	sound_brute_release(&b);
	bpr_soundness_free(s);
	bpr_flows_release(&flows);
}

static void many(unsigned shape, size_t files)
{
	struct tally t = { 0 };

	for (size_t i = 0; i < files; i++) {
		unsigned long long seed = shape * 1000003ull + i;

		sound_random_tangle(&random_file, seed, shape, 5 + i % 5);
		one_file(seed, &t);
	}
	print_message("# shape %u: %zu files, %zu compared, %zu faults, %zu lengths of runs, %zu left undecided\n", shape, t.files, t.compared,
		      t.unsound, t.runs, t.undecided);
	assert_true(t.compared > files * 9 / 10);
	assert_true(t.unsound > files / 4);
}

static void gateways(void **state)
{
	(void)state;
	many(0, 600);
	many(SOUND_OR, 600);
	many(SOUND_OR | SOUND_BACK, 800);
	many(SOUND_BACK | SOUND_TERMINATE, 400);
}

static void boundary_events(void **state)
{
	(void)state;
	many(SOUND_EDGES, 500);
	many(SOUND_EDGES | SOUND_OR | SOUND_TERMINATE, 500);
}

static void sub_processes(void **state)
{
	(void)state;
	many(SOUND_SCOPES, 400);
	many(SOUND_SCOPES | SOUND_TERMINATE | SOUND_EDGES, 600);
	many(SOUND_SCOPES | SOUND_TERMINATE | SOUND_EDGES | SOUND_OR | SOUND_BACK, 600);
}

static void event_sub_processes(void **state)
{
	(void)state;
	many(SOUND_EVENTS | SOUND_SCOPES, 400);
	many(SOUND_EVENTS | SOUND_SCOPES | SOUND_EDGES | SOUND_OR | SOUND_BACK | SOUND_TERMINATE, 400);
}

static void blocks(void **state)
{
	static const unsigned shapes[] = { SOUND_OR, SOUND_OR | SOUND_BACK, SOUND_SCOPES | SOUND_OR, SOUND_SCOPES | SOUND_EDGES | SOUND_BACK | SOUND_OR };

	(void)state;
	for (size_t i = 0; i < 800; i++) {
		struct bpr_flows flows;
		struct bpr_soundness *s = NULL, *unreduced = NULL;
		struct bpr_soundness_options options = BPR_SOUNDNESS_OPTIONS_INIT;

		sound_random_blocks(&random_file, i, shapes[i % 4], 4 + i % 12);
		assert_true(read_file(&flows));
		options.unreduced = true;
		options.max_states = 100000;
		assert_int_equal(bpr_soundness_check(&flows, 0, NULL, &s, NULL), BPR_OK);
		assert_int_equal(bpr_soundness_check(&flows, 0, &options, &unreduced, NULL), BPR_OK);
		for (size_t p = 0; p < BPR_SOUND_COUNT; p++) {
			if (s->verdict[p] != BPR_VERDICT_YES)
				print_error("seed %zu property %zu\n%s\n", i, p, random_file.text);
			assert_int_equal(s->verdict[p], BPR_VERDICT_YES);
			assert_true(unreduced->verdict[p] == BPR_VERDICT_YES || unreduced->limited);
		}
		bpr_soundness_free(s);
		bpr_soundness_free(unreduced);
		bpr_flows_release(&flows);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(gateways),
		cmocka_unit_test(boundary_events),
		cmocka_unit_test(sub_processes),
		cmocka_unit_test(event_sub_processes),
		cmocka_unit_test(blocks),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
