/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_RANDOM_OFFICE_H
#define BPR_TESTS_PROPERTY_RANDOM_OFFICE_H
/* People, hours and demand by a seed, around a drafted flow. */
#include "property/random_flow.h"

/* What may occur. Without HOURS the office never closes; TIES: minutes in whole numbers, so that much happens at once. */
enum {
	OFFICE_PRIORITY = 1, OFFICE_NEEDS = 2, OFFICE_PATIENCE = 4, OFFICE_SEATS = 8, OFFICE_HOURS = 16, OFFICE_COUNTER_HOURS = 32,
	OFFICE_SHIFTS = 64, OFFICE_BREAKS = 128, OFFICE_SKILLS = 256, OFFICE_BATCH = 512, OFFICE_TIES = 1024, OFFICE_DEMAND = 2048,
	OFFICE_MIXED = 4096 /* each pool its own discipline, though steps may need several pools */
};

#define OFFICE_CELLS 6
#define OFFICE_ROWS 12
#define OFFICE_TEXT 96

struct office {
	unsigned traits;
	char cell[DRAFT_NODES][OFFICE_CELLS][OFFICE_TEXT];  /* "column=value"; "" none */
	char staff[OFFICE_ROWS][OFFICE_TEXT * 2], counters[OFFICE_ROWS][OFFICE_TEXT], demand[OFFICE_ROWS][OFFICE_TEXT]; /* "column=value|…" */
	size_t staff_count, counter_count, demand_count;
	size_t more;            /* people more in every pool */
	bool reversed;          /* rows of companions in the other order */
};

/* The draft's own minutes are taken away: the office says how long each step takes. */
void office_draft(struct office *o, struct draft *d, uint64_t seed, unsigned traits);
/* NULL where it cannot be built; problems tell why. */
bpr_flow *office_build(struct office *o, const struct draft *d, const size_t *order, bpr_problems *problems);
#endif
