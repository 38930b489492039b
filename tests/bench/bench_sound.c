/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast soundness is decided: `bench-sound [SHAPE]`. Without reductions: situations a second; with them: large processes. */
#include "config.h"
#include "flow/build_i.h"
#include <bpr/init.h>
#include <bpr/soundness.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* Seconds of the processor: what else runs on the machine does not count. */
static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void ok(bpr_status status)
{
	if (status) {
		(void)printf("failed: %s\n", bpr_status_name(status));
		exit(1);
	}
}

static size_t node(bpr_builder *b, enum bpr_node_kind kind)
{
	static size_t number;
	char id[32];
	size_t at;

	(void)snprintf(id, sizeof(id), "n%zu", ++number);
	ok(bpr_i_builder_node(b, kind, id, strlen(id), NULL, &at));
	return at;
}

static void arc(bpr_builder *b, size_t from, size_t to)
{
	ok(bpr_i_builder_arc(b, from, to, (double)NAN, NULL, NULL, NULL));
}

static size_t after(bpr_builder *b, size_t from, enum bpr_node_kind kind)
{
	size_t at = node(b, kind);

	arc(b, from, at);
	return at;
}

/* Branches side by side, each of so many steps. */
static size_t branches(bpr_builder *b, size_t from, enum bpr_node_kind kind, size_t count, size_t steps)
{
	size_t split = after(b, from, kind), join = node(b, kind);

	for (size_t i = 0; i < count; i++) {
		size_t at = split;

		for (size_t k = 0; k < steps; k++)
			at = after(b, at, BPR_NODE_TASK);
		arc(b, at, join);
	}
	return join;
}

static size_t loops(bpr_builder *b, size_t from, size_t count, size_t back)
{
	size_t *merge = calloc(count, sizeof(*merge));

	for (size_t i = 0; merge && i < count; i++) {
		merge[i] = after(b, from, BPR_NODE_XOR);
		from = after(b, merge[i], BPR_NODE_XOR);
		arc(b, from, merge[i >= back ? i - back : 0]);
	}
	free(merge);
	return from;
}

struct shape { const char *name; size_t a, b; bool unreduced; };

static size_t draw(bpr_builder *b, const struct shape *shape, size_t from)
{
	if (!strcmp(shape->name, "parallel"))
		return branches(b, from, BPR_NODE_AND, shape->a, shape->b);
	if (!strcmp(shape->name, "inclusive"))
		return branches(b, from, BPR_NODE_OR, shape->a, shape->b);
	if (!strcmp(shape->name, "chain")) {
		for (size_t i = 0; i < shape->a; i++)
			from = after(b, from, BPR_NODE_TASK);
		return from;
	}
	return loops(b, from, shape->a, shape->b);
}

static void measure(const struct shape *shape)
{
	static const struct bpr_build_options options = { .max_nodes = 10000000, .max_field = 1000 };
	struct bpr_soundness_options sound = BPR_SOUNDNESS_OPTIONS_INIT;
	struct bpr_soundness *s = NULL;
	struct bpr_flows flows = { 0 };
	bpr_builder *b = NULL;
	bpr_flow *flow = NULL;
	struct rusage usage;
	double from;

	ok(bpr_i_builder_new(&b, "bench", "bench", "", &options, NULL, NULL));
	(void)after(b, draw(b, shape, node(b, BPR_NODE_START)), BPR_NODE_END);
	ok(bpr_i_builder_finish(b, &flow, NULL));
	bpr_i_builder_free(b);
	flows.items = &flow;
	flows.count = 1;
	sound.unreduced = shape->unreduced;
	from = now();
	ok(bpr_soundness_check(&flows, 0, &sound, &s, NULL));
	from = now() - from;
	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("%-10s %7zu x %-4zu %-9s %9zu states in %7.4f s: %5.2f million a second, sound %d%d%d%d, %ld MiB\n", shape->name, shape->a,
		     shape->b, shape->unreduced ? "unreduced" : "reduced", s->states, from, (double)s->states / from / 1e6, s->verdict[0] == BPR_VERDICT_YES,
		     s->verdict[1] == BPR_VERDICT_YES, s->verdict[2] == BPR_VERDICT_YES, s->verdict[3] == BPR_VERDICT_YES, usage.ru_maxrss / 1024);
	bpr_soundness_free(s);
	bpr_flow_free(flow);
}

int main(int argc, char **argv)
{
	static const struct shape shapes[] = {
		{ "parallel", 20, 1, true }, { "parallel", 12, 2, true }, { "parallel", 9, 4, true }, { "inclusive", 12, 1, true },
		{ "parallel", 100, 10, false }, { "inclusive", 50, 5, false }, { "chain", 200000, 0, false }, { "chain", 200000, 0, true },
		{ "loops", 5000, 0, false }, { "loops", 5000, 3, false }, { "loops", 100000, 1000, false },
	};

	bpr_init();
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (argc < 2 || !strcmp(argv[1], shapes[i].name))
			measure(&shapes[i]);
	return 0;
}
