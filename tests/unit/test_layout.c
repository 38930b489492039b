/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "drawing.h"
#include <bpr/init.h>
#include <stdlib.h>
#include <string.h>

static void lay_out(struct drawing *d, struct bpr_layout *layout)
{
	struct bpr_error err = { 0 };

	if (bpr_i_layout(&d->graph, layout, &err)) {
		print_error("%s\n", err.message);
		fail();
	}
}

/* Over many graphs of one kind: nothing that must never be; what should seldom be, at most so many. */
static void check_many(unsigned what, size_t from, size_t to, size_t size, struct drawing_faults *sum)
{
	*sum = (struct drawing_faults){ 0 };
	for (size_t seed = from; seed < to; seed++) {
		struct drawing d;
		struct bpr_layout layout;
		struct drawing_faults f;

		drawing_random(&d, seed, what, size);
		lay_out(&d, &layout);
		drawing_check(&d.graph, &layout, false, &f);
		if (drawing_hard_faults(&f)) {
			print_error("kind %x, seed %zu: %s\n", what, seed, f.first);
			fail();
		}
		sum->other_through += f.other_through;
		sum->label_on_shape += f.label_on_shape;
		sum->label_on_label += f.label_on_label;
		sum->label_on_line += f.label_on_line;
		sum->on_each_other += f.on_each_other;
		sum->crossings += f.crossings;
		bpr_i_layout_release(&layout);
		drawing_release(&d);
	}
}

static void test_blocks(void **state)
{
	struct drawing_faults f;

	(void)state;
	check_many(0, 1, 300, 25, &f);
	assert_true(!f.other_through && !f.label_on_shape && !f.label_on_label && !f.label_on_line && !f.on_each_other);
	assert_true(!f.crossings); /* flows made of blocks can be drawn without one */
}

static void test_lanes(void **state)
{
	struct drawing_faults f;

	(void)state;
	check_many(DRAW_LANES | DRAW_POOLS | DRAW_LABELS, 1, 300, 25, &f);
	assert_true(!f.other_through && !f.label_on_shape && !f.label_on_label && f.on_each_other <= 3);
}

static void test_groups(void **state)
{
	struct drawing_faults f;

	(void)state;
	check_many(DRAW_LANES | DRAW_GROUPS | DRAW_BORDER | DRAW_LOOPS | DRAW_LABELS, 1, 300, 25, &f);
	assert_true(!f.other_through && !f.label_on_shape && !f.label_on_label);
}

static void test_everything(void **state)
{
	struct drawing_faults f;

	(void)state;
	check_many(0x1ff, 1, 200, 25, &f);
	check_many(0x3ff, 200, 300, 40, &f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks), cmocka_unit_test(test_lanes), cmocka_unit_test(test_groups),
		cmocka_unit_test(test_everything),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
