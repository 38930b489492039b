/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_SETS_I_H
#define BPR_ANALYSE_SETS_I_H
/*
 * What does not add up along the way needs the memory of a set: which counters a case has seen, which fields it has
 * written, which steps it has entered. An element is kept only while it can still come again, so that few sets differ.
 */
#include "analyse/plan_i.h"
#include "analyse/writing_i.h"
#include <bpr/analysis.h>

/* What entering a node does: the element comes up `times` times; `weight` of them (fields, counters, steps) behave alike. */
struct bpr_set_touch {
	uint32_t element;
	double times, weight;
};

#define BPR_SET_ONCE UINT32_MAX /* an element that comes up once, by its nature */

struct bpr_sets {
	bool again;             /* counts every time but the first (repeated_fields, revisits); else the first ones (distinct_counters) */
	size_t element_count, words; /* words of 64 bits a set */
	size_t *row;            /* [n + 1] */
	struct bpr_set_touch *touch; size_t touch_count, touch_capacity;
	uint64_t *live;         /* [component][words]: what can still come up behind a node of the component */
	size_t *component;      /* [n] */
	size_t component_count;
	uint8_t *cyclic;        /* [component_count] */
	uint64_t *sets;         /* [set_count][words]; 0 is empty */
	size_t set_count, set_capacity;
	uint32_t *slots; size_t slot_count;
	uint64_t *scratch, *alive; /* [words] */
	size_t max_bytes;
	bool full;              /* more sets than max_bytes hold */
};

/*
 * For DISTINCT_COUNTERS, REPEATED_FIELDS or REVISITS. BPR_EUNSUPPORTED where what can come up takes more than
 * `max_bytes`; a set that takes more is BPR_CELLS_FAILED later, and `full`.
 */
bpr_status bpr_i_sets_new(const struct bpr_plan *plan, const struct bpr_writing *writing, enum bpr_metric metric,
			  size_t max_bytes, struct bpr_sets **out, struct bpr_error *err);
void bpr_i_sets_free(struct bpr_sets *sets);

/* Set after entering the node; BPR_CELLS_FAILED when out of memory. */
uint32_t bpr_i_sets_enter(struct bpr_sets *sets, uint32_t set, size_t node);
double bpr_i_sets_reward(const struct bpr_sets *sets, uint32_t set, size_t node);
/* Collects in `alive` what can come up behind a node (fresh: nothing else so far), or at it; trim then cuts a set down to that. */
void bpr_i_sets_live(struct bpr_sets *sets, size_t node, bool fresh);
void bpr_i_sets_live_self(struct bpr_sets *sets, size_t node);
uint32_t bpr_i_sets_trim(struct bpr_sets *sets, uint32_t set);
#endif
