/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_PAGES_PAIR_H
#define BPR_TESTS_UNIT_PAGES_PAIR_H
/* A pair of flows with everything that its pages are made of. The flows are borrowed. */
#include "pages_check.h"
#include <bpr/comparison.h>
#include <bpr/queueing.h>
#include <bpr/simulate.h>
#include <stdlib.h>

struct pages_pair {
	const bpr_flow *flows[2];
	bpr_analysis *analyses[2];
	bpr_queueing *queueing[2];
	struct bpr_trial trial;
	bpr_comparison *comparison;
	bpr_problems *problems;
	struct bpr_subject subject;
};

static inline bpr_queueing *pages_queueing(const bpr_flow *flow, const bpr_analysis *analysis)
{
	double *visits = calloc(bpr_flow_node_count(flow) + 1, sizeof(*visits));
	bpr_queueing *queueing = NULL;

	assert_non_null(visits);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		visits[i] = bpr_analysis_nodes(analysis)[i].visits;
	assert_int_equal(bpr_queueing_solve(flow, visits, bpr_analysis_arcs(analysis), NULL, &queueing, NULL, NULL), BPR_OK);
	free(visits);
	return queueing;
}

/* False: one of the flows cannot be analysed (a case can get to where it never ends). */
static inline bool pages_begin(struct pages_pair *p, const bpr_flow *before, const bpr_flow *after)
{
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;

	*p = (struct pages_pair){ .flows = { before, after } };
	options.samples = 500;
	assert_int_equal(bpr_problems_new(&p->problems, NULL), BPR_OK);
	for (size_t i = 0; i < 2; i++) {
		if (bpr_analyse(p->flows[i], &options, &p->analyses[i], NULL, NULL))
			return false;
		p->queueing[i] = pages_queueing(p->flows[i], p->analyses[i]);
	}
	assert_int_equal(bpr_compare(before, p->analyses[0], after, p->analyses[1], &p->comparison, NULL), BPR_OK);
	p->subject = (struct bpr_subject){ .flow = before, .analysis = p->analyses[0], .problems = p->problems, .after_flow = after,
					   .after_analysis = p->analyses[1], .after_problems = p->problems, .comparison = p->comparison,
					   .queueing = p->queueing[0], .after_queueing = p->queueing[1] };
	return true;
}

/* Adds a simulation of both; false: there is no demand. */
static inline bool pages_simulate(struct pages_pair *p, size_t replications)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;

	options.replications = replications;
	options.days = 1;
	if (bpr_trial_run(p->flows[0], p->flows[1], &options, &p->trial, p->problems, p->problems, NULL))
		return false;
	bpr_comparison_simulated(p->comparison, p->trial.differences);
	p->subject.simulation = p->trial.before;
	p->subject.after_simulation = p->trial.after;
	p->subject.differences = p->trial.differences;
	return true;
}

static inline void pages_end(struct pages_pair *p)
{
	for (size_t i = 0; i < 2; i++) {
		bpr_queueing_free(p->queueing[i]);
		bpr_analysis_free(p->analyses[i]);
	}
	bpr_comparison_free(p->comparison);
	bpr_trial_release(&p->trial);
	bpr_problems_free(p->problems);
}

static inline void pages_make(const struct pages_pair *p, enum bpr_lang lang, const struct bpr_page_options *page, struct bpr_document *doc)
{
	const struct bpr_study_options options = { .seed = 1 };

	*doc = (struct bpr_document)BPR_DOCUMENT_INIT(lang);
	bpr_i_study_pages(doc, BPR_REPORT_COMPARISON, &p->subject, &options, page);
}
#endif
