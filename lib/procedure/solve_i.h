/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_PROCEDURE_SOLVE_I_H
#define BPR_PROCEDURE_SOLVE_I_H
/*
 * Is there a household for which these conditions hold and those do not? Exact, by cells.
 *
 * The tests of the question cut the values of each fact into finitely many cells, within which no test tells two values apart; one
 * value stands for each (cells.c). Facts of the household are tried one after the other, as long as no condition is wrong already
 * (solve.c). Conditions speak of members only by how many of them a part of a condition holds for, and each such number matters
 * only up to the largest one that it is compared with. So what a household's members can be together is a vector of capped
 * numbers, and all vectors there are follow from the empty one by adding one member at a time (crowd.c): no bound on the number of
 * members is needed, and none is set.
 */
#include "procedure/procedure_i.h"

struct bpr_solve_cell { const struct bpr_fact_value *values; /* [facts of the variable] */ };
/* Facts that are chosen together: ages follow from one another. */
struct bpr_solve_variable {
	const size_t *facts; size_t fact_count;
	const struct bpr_solve_cell *cells; size_t cell_count;
	bool person;
};

struct bpr_solve_literal { const struct bpr_cond *cond; int want; };

struct bpr_solver {
	const bpr_procedures *p;
	struct bpr_arena *arena;  /* of one question */
	size_t event;             /* of the table; BPR_NONE none */
	const struct bpr_solve_literal *literals; size_t literal_count;
	struct bpr_solve_variable *variables; size_t variable_count; /* the household's first */
	size_t household_count;
	size_t steps, max_steps;
	bool nomem;
	/* what is assumed: */
	struct bpr_fact_value *values; /* [2 * facts]: of the household, of one member */
	double *min, *max;        /* [quantifiers + 1]: for how many members it holds; the last: how many there are */
	double *cap;              /* [quantifiers + 1]: numbers from there on are all the same; 0: not in the question */
	const struct bpr_cond **counts; /* [quantifiers + 1] */
	bool *relevant;           /* [quantifiers + 1]: something undecided still asks for it */
	bool *never;              /* [quantifiers + 1]: no member may be one of those */
	size_t quantifiers;       /* of the table */
	/* the household that was found: */
	bool *chosen;             /* [facts]: of the household */
	struct bpr_fact_value *found; /* [facts] */
	struct bpr_solve_member { const struct bpr_fact_value *values; const bool *chosen; } *members; size_t member_count;
};

enum bpr_solved { BPR_SOLVED_NO = 0, BPR_SOLVED_YES, BPR_SOLVED_UNDECIDED, BPR_SOLVED_NOMEM };

/* Asks. What is found stands in the solver, in the arena. */
enum bpr_solved bpr_i_solve(struct bpr_solver *s, const bpr_procedures *p, size_t event, const struct bpr_solve_literal *literals, size_t count,
			    size_t max_steps, struct bpr_arena *arena);
/* The household that was found, in a line: "車=○, 犬=×; [年齢=80, 保険=国保]". */
void bpr_i_solve_example(const struct bpr_solver *s, struct bpr_buf *out);

/* ---- between the files of the solver ---- */
/* Variables and cells of the question. False: out of memory. */
bool bpr_i_solve_cells(struct bpr_solver *s);
/* Truth under what is assumed. inside: of the member. */
int bpr_i_solve_holds(struct bpr_solver *s, const struct bpr_cond *cond, bool inside);
/* 0 one of the literals is wrong, 1 undecided, 2 all are right. */
int bpr_i_solve_all(struct bpr_solver *s);
/* Members for the household that stands. */
enum bpr_solved bpr_i_solve_crowd(struct bpr_solver *s);
/* Puts a cell's values. */
void bpr_i_solve_put(struct bpr_solver *s, const struct bpr_solve_variable *variable, size_t cell);
void bpr_i_solve_unput(struct bpr_solver *s, const struct bpr_solve_variable *variable);
#endif
