/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GLPK 5.0, kept quiet and alive. It prints its errors (and turns its output on to do so), calls a hook and aborts; the hook leaves
 * by longjmp, and the environment with all that it allocated is freed, as its manual says. The environment is a thread's own
 * where GLPK was built with TLS; where it was not, one thread at a time has it.
 */
#include "config.h"
#include "milp/glpk_i.h"
#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <string.h>
#include <time.h>

struct solver {
	struct bpr_milp_job *job;
	glp_prob *problem;
	double scale;                /* of the objective, so that its tolerances mean something */
	int *index; double *value;   /* [columns + 1] of one row */
	struct timespec begin;
	jmp_buf back;
};

/* The only global thing: needed where GLPK itself has global things. */
static pthread_mutex_t not_reentrant = PTHREAD_MUTEX_INITIALIZER;

static int hear(void *info, const char *text)
{
	struct solver *s = info;

	if (strstr(text, "memory"))
		s->job->nomem = true;
	if (!*s->job->said)
		(void)strncat(s->job->said, text, strcspn(text, "\n") < sizeof(s->job->said) - 1 ? strcspn(text, "\n") : sizeof(s->job->said) - 1);
	return 1;
}

static void leave(void *info)
{
	struct solver *s = info;

	longjmp(s->back, 1);
}

/* Milliseconds that are left; at least 1, which is all that GLPK understands. */
static int time_left(const struct solver *s)
{
	struct timespec now;
	double left;

	if (!(s->job->milp->seconds > 0))
		return INT_MAX;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	left = s->job->milp->seconds - (double)(now.tv_sec - s->begin.tv_sec) - (double)(now.tv_nsec - s->begin.tv_nsec) / 1e9;
	return left * 1000 >= INT_MAX ? INT_MAX : left * 1000 <= 1 ? 1 : (int)(left * 1000);
}

static int type_of(double low, double high)
{
	if (isinf(low))
		return isinf(high) ? GLP_FR : GLP_UP;
	/* Ends are the same or they are not: nothing is computed. */
	return isinf(high) ? GLP_LO : low < high ? GLP_DB : GLP_FX;
}

static void load_columns(struct solver *s)
{
	const struct bpr_milp *milp = s->job->milp;
	double largest = 0;

	for (size_t i = 0; i < milp->column_count; i++)
		largest = fmax(largest, fabs(milp->columns[i].objective));
	s->scale = largest > 0 ? 1 / largest : 1;
	(void)glp_add_cols(s->problem, (int)milp->column_count);
	for (size_t i = 0; i < milp->column_count; i++) {
		const struct bpr_milp_column *c = &milp->columns[i];
		double low = c->integer ? ceil(c->low) : c->low, high = c->integer ? floor(c->high) : c->high;

		glp_set_col_kind(s->problem, (int)i + 1, c->integer ? GLP_IV : GLP_CV);
		glp_set_col_bnds(s->problem, (int)i + 1, type_of(low, high), low, high);
		glp_set_obj_coef(s->problem, (int)i + 1, c->objective * s->scale);
	}
}

/* Rows are divided by their largest entry: tolerances are relative then. */
static void load_row(struct solver *s, size_t row)
{
	const struct bpr_milp_row *r = &s->job->milp->rows[row];
	double largest = 0, low, high;

	for (size_t i = 0; i < r->count; i++)
		largest = fmax(largest, fabs(r->entries[i].value));
	largest = largest > 0 ? largest : 1;
	low = r->low / largest;
	high = r->high / largest;
	for (size_t i = 0; i < r->count; i++) {
		s->index[i + 1] = (int)r->entries[i].column + 1;
		s->value[i + 1] = r->entries[i].value / largest;
	}
	glp_set_row_bnds(s->problem, (int)row + 1, type_of(low, high), low, high);
	glp_set_mat_row(s->problem, (int)row + 1, (int)r->count, s->index, s->value);
}

static void load(struct solver *s)
{
	const struct bpr_milp *milp = s->job->milp;

	s->problem = glp_create_prob();
	glp_set_obj_dir(s->problem, GLP_MAX);
	load_columns(s);
	if (milp->row_count)
		(void)glp_add_rows(s->problem, (int)milp->row_count);
	for (size_t i = 0; i < milp->row_count; i++)
		load_row(s, i);
}

/* The programme without whole numbers. True: solved, go on. */
static bool relax(struct solver *s)
{
	glp_smcp how;
	int result;

	glp_init_smcp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.presolve = GLP_ON;
	how.tm_lim = time_left(s);
	result = glp_simplex(s->problem, &how);
	if (result && result != GLP_ENOPFS && result != GLP_ETMLIM) {
		/* The presolver is sometimes too clever; an ordinary start is not. */
		how.presolve = GLP_OFF;
		how.meth = GLP_DUALP;
		how.tm_lim = time_left(s);
		glp_std_basis(s->problem);
		result = glp_simplex(s->problem, &how);
	}
	if (result == GLP_ETMLIM)
		s->job->end = BPR_MILP_UNKNOWN;
	else if (result == GLP_ENOPFS || (!result && glp_get_status(s->problem) == GLP_NOFEAS))
		s->job->end = BPR_MILP_NONE;
	else if (result || glp_get_status(s->problem) != GLP_OPT)
		s->job->status = BPR_ENOCONV;
	else
		return true;
	return false;
}

static void lower_bound(struct solver *s, double bound)
{
	/* What rounding may have taken away from it. */
	bound = bound / s->scale + 1e-9 * fabs(bound / s->scale);
	if (bound < s->job->bound)
		s->job->bound = bound;
}

static void watch(glp_tree *tree, void *info)
{
	int node = glp_ios_best_node(tree);

	if (node)
		lower_bound(info, glp_ios_node_bound(tree, node));
}

static void search(struct solver *s)
{
	glp_iocp how;
	int result;

	glp_init_iocp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.br_tech = GLP_BR_DTH;
	how.bt_tech = GLP_BT_BLB;
	how.pp_tech = GLP_PP_ALL;
	how.mir_cuts = GLP_ON;
	how.cov_cuts = GLP_ON;
	how.clq_cuts = GLP_ON;
	how.sr_heur = GLP_ON;
	how.mip_gap = 0;
	how.cb_func = watch;
	how.cb_info = s;
	how.tm_lim = time_left(s);
	result = glp_intopt(s->problem, &how);
	switch (glp_mip_status(s->problem)) {
	case GLP_OPT:
		s->job->end = BPR_MILP_BEST;
		break;
	case GLP_FEAS:
		s->job->end = BPR_MILP_FEASIBLE;
		break;
	case GLP_NOFEAS:
		s->job->end = BPR_MILP_NONE;
		break;
	default:
		s->job->end = BPR_MILP_UNKNOWN;
		break;
	}
	if (result && result != GLP_ETMLIM && s->job->end != BPR_MILP_BEST)
		s->job->status = BPR_ENOCONV;
}

static void solve(struct solver *s)
{
	const struct bpr_milp *milp = s->job->milp;
	bool whole = false;

	for (size_t i = 0; i < milp->column_count; i++)
		whole |= milp->columns[i].integer;
	load(s);
	if (!relax(s))
		return;
	lower_bound(s, glp_get_obj_val(s->problem));
	if (whole)
		search(s);
	if (s->job->status || s->job->end == BPR_MILP_NONE || s->job->end == BPR_MILP_UNKNOWN)
		return;
	for (size_t i = 0; i < milp->column_count; i++)
		s->job->values[i] = whole ? glp_mip_col_val(s->problem, (int)i + 1) : glp_get_col_prim(s->problem, (int)i + 1);
}

/* In a function of its own: nothing of it is needed when the hook has left. */
static void guarded(struct solver *s)
{
	size_t megabytes = s->job->milp->megabytes ? s->job->milp->megabytes : BPR_MILP_MEGABYTES;

	if (setjmp(s->back)) {
		s->job->status = s->job->nomem ? BPR_ENOMEM : BPR_ENOCONV;
	} else {
		glp_term_hook(hear, s);
		glp_error_hook(leave, s);
		(void)glp_term_out(GLP_OFF);
		glp_mem_limit(megabytes < INT_MAX / 2048 ? (int)megabytes : INT_MAX / 2048);
		solve(s);
	}
	(void)glp_free_env();
}

void *bpr_i_milp_glpk(void *data)
{
	struct solver s = { .job = data };
	bool shared = !glp_config("TLS");

	(void)clock_gettime(CLOCK_MONOTONIC, &s.begin);
	s.index = bpr_i_calloc(s.job->milp->column_count + 1, sizeof(*s.index));
	s.value = bpr_i_calloc(s.job->milp->column_count + 1, sizeof(*s.value));
	if (shared)
		(void)pthread_mutex_lock(&not_reentrant);
	/* By ourselves: GLPK would abort where it cannot. */
	if (!s.index || !s.value || glp_init_env() > 1)
		s.job->nomem = true;
	else
		guarded(&s);
	if (shared)
		(void)pthread_mutex_unlock(&not_reentrant);
	bpr_i_free(s.index);
	bpr_i_free(s.value);
	return NULL;
}
