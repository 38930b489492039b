/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_PAGES_MADE_H
#define BPR_TESTS_UNIT_PAGES_MADE_H
/* Flows analysed, compared and simulated, and the subject that pages are made of. */
#include "test.h"
#include "base/alloc_i.h"
#include "study/pages_i.h"
#include <bpr/init.h>
#include <bpr/read.h>
#include <stdlib.h>
#include <string.h>

struct made_side { bpr_problems *problems; bpr_analysis *analysis; bpr_queueing *queueing; };
struct made {
	struct made_side side[2];
	bpr_comparison *comparison;
	bpr_simulation *simulation;
	struct bpr_trial trial;
	struct bpr_subject subject;
	enum bpr_report_kind kind;
};

static inline void made_side(struct made_side *side, const bpr_flow *flow)
{
	double *visits = bpr_i_calloc(bpr_flow_node_count(flow) + 1, sizeof(*visits));

	assert_non_null(visits);
	assert_int_equal(bpr_problems_new(&side->problems, NULL), BPR_OK);
	assert_int_equal(bpr_analyse(flow, NULL, &side->analysis, side->problems, NULL), BPR_OK);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		visits[i] = bpr_analysis_nodes(side->analysis)[i].visits;
	assert_int_equal(bpr_queueing_solve(flow, visits, bpr_analysis_arcs(side->analysis), NULL, &side->queueing, side->problems, NULL), BPR_OK);
	bpr_i_free(visits);
}

static inline struct bpr_sim_options made_options(double days, size_t replications)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;

	options.days = days;
	options.replications = replications;
	options.jobs = 1;
	return options;
}

/* One flow (after NULL) or two; simulated for so many days where days > 0. */
static inline void made_of(struct made *m, const bpr_flow *flow, const bpr_flow *after, double days, size_t replications)
{
	struct bpr_sim_options options = made_options(days, replications);

	*m = (struct made){ .kind = after ? BPR_REPORT_COMPARISON : days > 0 ? BPR_REPORT_SIMULATION : BPR_REPORT_ANALYSIS };
	made_side(&m->side[0], flow);
	m->subject = (struct bpr_subject){ .flow = flow, .analysis = m->side[0].analysis, .problems = m->side[0].problems,
					   .queueing = m->side[0].queueing };
	if (after) {
		made_side(&m->side[1], after);
		assert_int_equal(bpr_compare(flow, m->side[0].analysis, after, m->side[1].analysis, &m->comparison, NULL), BPR_OK);
		m->subject.after_flow = after;
		m->subject.after_analysis = m->side[1].analysis;
		m->subject.after_problems = m->side[1].problems;
		m->subject.after_queueing = m->side[1].queueing;
		m->subject.comparison = m->comparison;
	}
	if (days > 0 && after) {
		assert_int_equal(bpr_trial_run(flow, after, &options, &m->trial, m->side[0].problems, m->side[1].problems, NULL), BPR_OK);
		bpr_comparison_simulated(m->comparison, m->trial.differences);
		m->subject.simulation = m->trial.before;
		m->subject.after_simulation = m->trial.after;
		m->subject.differences = m->trial.differences;
		m->subject.calendar = &options.calendar;
	} else if (days > 0) {
		assert_int_equal(bpr_simulate(flow, &options, &m->simulation, m->side[0].problems, NULL), BPR_OK);
		m->subject.simulation = m->simulation;
	}
	m->subject.calendar = NULL;
}

static inline void made_release(struct made *m)
{
	bpr_trial_release(&m->trial);
	bpr_simulation_free(m->simulation);
	bpr_comparison_free(m->comparison);
	for (size_t i = 0; i < 2; i++) {
		bpr_queueing_free(m->side[i].queueing);
		bpr_analysis_free(m->side[i].analysis);
		bpr_problems_free(m->side[i].problems);
	}
}

/* The first flow of a file under the sources' top. */
static inline void made_read(const char *name, struct bpr_flows *flows)
{
	const char *top = getenv("abs_top_srcdir");
	bpr_problems *problems = NULL;
	char path[512];

	(void)snprintf(path, sizeof(path), "%s/%s", top ? top : ".", name);
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_read(path, NULL, flows, problems, NULL), BPR_OK);
	assert_true(flows->count > 0);
	bpr_problems_free(problems);
}

/* The pages, or one of them by its bit of bpr_part_get(). */
static inline void made_pages(struct bpr_document *doc, const struct made *m, const char *part)
{
	static const struct bpr_study_options options = { .seed = 1 };
	struct bpr_page_options page = BPR_PAGE_OPTIONS_INIT;

	for (size_t i = 0; part && bpr_part_get(i); i++)
		if (!strcmp(part, bpr_part_get(i)))
			page.parts = 1ull << i;
	bpr_i_study_pages(doc, m->kind, &m->subject, &options, &page);
	assert_false(doc->failed);
}
#endif
