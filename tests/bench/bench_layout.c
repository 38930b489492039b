/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long layouts take by size: blocks in lanes with everything, and tangles. `bench-layout`. */
#include "config.h"
#include "drawing.h"
#include <bpr/init.h>
#include <stdio.h>
#include <time.h>

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* About so many nodes: the generator makes a few less or more. */
static bool run(const char *what, unsigned shape, size_t size, const char *promise)
{
	struct drawing d;
	struct bpr_layout layout;
	double best = 1e9;

	for (int round = 0; round < 3; round++) {
		double start;

		drawing_random(&d, 1, shape, size);
		start = now();
		if (bpr_i_layout(&d.graph, &layout, NULL))
			return false;
		if (now() - start < best)
			best = now() - start;
		if (round < 2)
			drawing_release(&d);
		bpr_i_layout_release(&layout);
	}
	printf("%10.4f  %-12s %6zu nodes %6zu arcs  %s\n", best, promise, d.graph.node_count, d.graph.edge_count, what);
	drawing_release(&d);
	return true;
}

int main(void)
{
	static const size_t sizes[] = { 100, 1200, 16000 };
	static const char *const promises[] = { "", "under 1 s", "a few s" };
	bool done = true;

	bpr_init();
	printf("%10s  %-12s layout\n", "clock s", "promised");
	for (size_t i = 0; i < 3; i++) {
		done = done && run("blocks, lanes", DRAW_LANES | DRAW_LABELS, sizes[i], promises[i]);
		done = done && run("groups, events on borders, data, loops, messages", 0xff, sizes[i], promises[i]);
		done = done && run("tangle", 0x1ff, sizes[i], promises[i]);
	}
	return !done;
}
