/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_EVIDENCE_I_H
#define BPR_MINE_EVIDENCE_I_H
/* Inside of the comparison of two logs. */
#include "mine/evidence_stat_i.h"
#include "mine/log_i.h"
#include "mine/worktime_i.h"
#include <bpr/evidence.h>

/* Cases of one side: one entry a case that was kept. */
struct bpr_cases {
	struct bpr_evidence_side side;
	size_t count, capacity;
	int32_t *days;           /* on which it began, local */
	uint32_t *strata;        /* number of the stratum; BPR_LOG_NONE: in none that is used */
	uint32_t *by;            /* [count * by_count] numbered alike on both sides */
	struct bpr_life *lives;
	double *values[BPR_EVIDENCE_KEY_COUNT]; /* NAN: not known of the case */
	double *sorted[BPR_EVIDENCE_KEY_COUNT]; size_t sorted_count[BPR_EVIDENCE_KEY_COUNT];
};

struct bpr_strata {
	bool weekday, month;
	size_t by_count;
	size_t count, used;
	double share;            /* of the cases of the smaller side in those used */
};

struct bpr_evidence {
	struct bpr_evidence_options options;
	const bpr_log *logs[2];
	bool split, single;
	struct bpr_cases cases[2];
	struct bpr_strata strata;
	const char *by[BPR_LOG_BY_MAX];
	struct bpr_evidence_figure figures[BPR_EVIDENCE_KEY_COUNT];
	struct bpr_evidence_survival survival;
	struct bpr_evidence_series series[BPR_EVIDENCE_KEY_COUNT];
};

static inline bool bpr_i_evidence_rate(enum bpr_evidence_key key)
{
	return key >= BPR_EVIDENCE_REWORK;
}

/* evidence_cases.c: values of the cases of both sides. BPR_EINVAL, BPR_ENOMEM, BPR_EIO. */
bpr_status bpr_i_evidence_gather(bpr_evidence *e, bpr_problems *problems, struct bpr_error *err);
void bpr_i_cases_release(struct bpr_cases *cases);
/* evidence_standard.c: office days that a case took; known after bpr_i_office_days_new(). */
struct bpr_office_days { const struct bpr_worktime *worktime; const struct bpr_worktime_options *options;
	 uint32_t *works; /* days before each on which the office works */ uint32_t from, to; /* activities */ };
/* False: out of memory. Everything is borrowed. */
bool bpr_i_office_days_new(struct bpr_office_days *days, const bpr_log *log, const struct bpr_worktime *worktime,
			   const struct bpr_worktime_options *o);
/* 1 within the period, 0 not, NAN: cannot be said yet, or ever. */
double bpr_i_office_days_kept(const struct bpr_office_days *days, const struct bpr_log_case *c, bool finished);
/* evidence_strata.c: puts the cases of both sides into strata. */
bool bpr_i_evidence_strata(bpr_evidence *e);

/* One figure: the cases that have it, side by side. */
struct bpr_sample {
	const double *sorted; size_t n;
	double *x;               /* in the order of cases */
	int32_t *days;
	uint32_t *strata;
	size_t groups;           /* days */
};
/* evidence_strata.c */
struct bpr_stratified {
	bool known;
	double effect;           /* within strata */
	double p;                /* van Elteren's, cases as independent */
	double cluster_p;        /* days as clusters; NAN: too few */
	struct bpr_evidence_change mean;
};
/* One stratum where there are none. False: out of memory. */
bool bpr_i_stratified(const struct bpr_sample sides[2], size_t strata, double confidence, bool clusters, struct bpr_stratified *out);
/* evidence_figure.c: false out of memory. */
bool bpr_i_evidence_figure(bpr_evidence *e, enum bpr_evidence_key key);
/* evidence_change.c: interrupted time series of a figure. */
bool bpr_i_evidence_series(bpr_evidence *e, enum bpr_evidence_key key);
/* Days from which on days count as clusters. */
enum { BPR_EVIDENCE_DAYS = 5 };
#endif
