/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_QUEUEING_FLOW_H
#define BPR_TESTS_UNIT_QUEUEING_FLOW_H
/* A flow from rows, analysed and solved as a network of queues. */
#include "flow_build.h"
#include <bpr/analysis.h>
#include <bpr/queueing.h>
#include <stdlib.h>

struct test_net {
	struct test_flow f;
	bpr_analysis *analysis;
	bpr_queueing *q;
};

/* Rows of the flow up to NULL; `staff`, `demand`: rows of those companions up to NULL. */
static inline void net_build(struct test_net *t, const char *const *rows, const char *const *staff, const char *const *demand)
{
	size_t line = 2;

	test_begin(&t->f);
	for (; *rows; rows++)
		test_row(&t->f, *rows, line++);
	for (line = 2; *staff; staff++)
		test_companion(&t->f, BPR_TABLE_STAFF, *staff, line++);
	for (line = 2; *demand; demand++)
		test_companion(&t->f, BPR_TABLE_DEMAND, *demand, line++);
	test_finish(&t->f);
	assert_int_equal(t->f.status, BPR_OK);
}

static inline void net_solve(struct test_net *t, const struct bpr_queue_options *options)
{
	size_t n = bpr_flow_node_count(t->f.flow);
	double *visits;

	assert_int_equal(bpr_analyse(t->f.flow, NULL, &t->analysis, t->f.problems, NULL), BPR_OK);
	visits = calloc(n, sizeof(*visits));
	assert_non_null(visits);
	for (size_t i = 0; i < n; i++)
		visits[i] = bpr_analysis_nodes(t->analysis)[i].visits;
	assert_int_equal(bpr_queueing_solve(t->f.flow, visits, bpr_analysis_arcs(t->analysis), options, &t->q, t->f.problems, NULL), BPR_OK);
	free(visits);
}

static inline void net_end(struct test_net *t)
{
	bpr_queueing_free(t->q);
	bpr_analysis_free(t->analysis);
	test_end(&t->f);
}

/* The pool of that name. */
static inline const struct bpr_queue_pool *net_pool(const struct test_net *t, const char *name)
{
	size_t p = 0, count = bpr_flow_pool_count(t->f.flow);

	while (p < count && strcmp(bpr_flow_pool(t->f.flow, p)->name, name))
		p++;
	assert_true(p < count);
	return &bpr_queueing_pools(t->q)[p];
}

#define ROWS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#endif
