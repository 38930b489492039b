/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_CONFORM_I_H
#define BPR_MINE_CONFORM_I_H
/* Inside of a flow held against a log; for conform*.c and calibrate*.c. */
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "mine/align_i.h"
#include "mine/dict_i.h"

struct bpr_conformance {
	const bpr_log *log;
	const bpr_flow *flow;
	struct bpr_match match;
	struct bpr_mnet *net;
	struct bpr_conform_totals totals;
	struct bpr_conform_variant *variant; size_t variant_count;
	struct bpr_alignment *alignment;       /* [variant_count] steps, silent ones too */
	struct bpr_alignment shortest;
	uint32_t *of_case; size_t case_count;
	uint32_t *sequence;                    /* activities of all variants */
	struct bpr_deviation *deviation; size_t deviation_count;
	struct bpr_conform_step *step; size_t step_count;
};

/* conform_match.c: by name, by id, by `map`. BPR_EINVAL: an entry of map fits nothing. */
bpr_status bpr_i_match_new(struct bpr_match *match, const bpr_log *log, const bpr_flow *flow, const struct bpr_conform_options *options,
			   struct bpr_error *err);
void bpr_i_match_release(struct bpr_match *match);
/* What is not matched; events: [activity] in the log. */
bool bpr_i_match_tell(const struct bpr_match *match, const bpr_log *log, const bpr_flow *flow, const uint64_t *events, bpr_problems *problems);

/* conform_variant.c: cases by their sequences, most frequent first; events: [activities] is filled. */
bpr_status bpr_i_conform_variants(bpr_conformance *c, const bpr_mining *mining, uint64_t *events, struct bpr_error *err);
/* conform_fold.c: steps, deviations, totals. conform_precision.c: escaping edges. False: out of memory. */
bool bpr_i_conform_fold(bpr_conformance *c);
bool bpr_i_conform_precision(bpr_conformance *c);
#endif
