/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_IMPROVE_FLOW_H
#define BPR_TESTS_UNIT_IMPROVE_FLOW_H
/* Small flows with staff and demand, for what is tried out on them. */
#include "flow_build.h"
#include <stdio.h>

/* Rows of the flow table, of the staff table and of the demand, each list with NULL at its end. */
static inline void improve_flow(struct test_flow *t, const char *const rows[], const char *const staff[], const char *const demand[])
{
	test_begin(t);
	for (size_t i = 0; rows[i]; i++)
		test_row(t, rows[i], i + 2);
	for (size_t i = 0; staff && staff[i]; i++)
		test_companion(t, BPR_TABLE_STAFF, staff[i], i + 2);
	for (size_t i = 0; demand && demand[i]; i++)
		test_companion(t, BPR_TABLE_DEMAND, demand[i], i + 2);
	test_finish(t);
	assert_int_equal(t->status, BPR_OK);
}

/* One pool P of so many, one step that takes `work`. */
static inline void improve_station(struct test_flow *t, const char *work, size_t people, const char *const demand[])
{
	char step[128], pool[64];
	const char *rows[] = { "a|start|b", step, "c|end|", NULL };
	const char *staff[] = { pool, NULL };

	(void)snprintf(step, sizeof(step), "b|task|c|work=%s|staff=P", work);
	(void)snprintf(pool, sizeof(pool), "pool=P|count=%zu", people);
	improve_flow(t, rows, staff, demand);
}
#endif
