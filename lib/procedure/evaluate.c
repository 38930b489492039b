/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Truth of conditions in Kleene's three values: no < maybe < yes, "and" the least, "or" the greatest, "not" turns them round. */
#include "config.h"
#include "procedure/procedure_i.h"
#include <string.h>

static bool in_range(const struct bpr_cond_piece *piece, double x)
{
	return (piece->lo_open ? x > piece->lo : x >= piece->lo) && (piece->hi_open ? x < piece->hi : x <= piece->hi);
}

/* Whether a value that is known holds by itself: yes, a number above 0, a word. */
static bool truth(const struct bpr_fact_value *value)
{
	return value->yes >= 0 ? value->yes > 0 : value->numeric ? value->number > 0 : true;
}

static int piece_holds(const struct bpr_cond_piece *piece, const struct bpr_fact_value *value)
{
	if (piece->yes >= 0)
		return truth(value) == (piece->yes > 0) ? BPR_I_YES : BPR_I_NO;
	if (piece->word) {
		/* "Yes" is some word, which one is not said; "no" is none. */
		if (value->yes >= 0)
			return value->yes ? BPR_I_MAYBE : BPR_I_NO;
		return value->word && !strcmp(piece->word, value->word) ? BPR_I_YES : BPR_I_NO;
	}
	if (value->numeric)
		return in_range(piece, value->number) ? BPR_I_YES : BPR_I_NO;
	if (value->yes == 0 && !piece->date)
		return in_range(piece, 0) ? BPR_I_YES : BPR_I_NO;
	return BPR_I_MAYBE;
}

int bpr_i_test_holds(const struct bpr_cond *test, const struct bpr_fact_value *value)
{
	int holds = BPR_I_NO;

	if (!value->known)
		return BPR_I_MAYBE;
	if (!test->piece_count)
		holds = truth(value) ? BPR_I_YES : BPR_I_NO;
	for (size_t i = 0; i < test->piece_count && holds < BPR_I_YES; i++) {
		const int one = piece_holds(&test->pieces[i], value);

		holds = one > holds ? one : holds;
	}
	return test->negate ? BPR_I_YES - holds : holds;
}

int bpr_i_count_holds(const struct bpr_cond *count, double min, double max)
{
	bool some = false, all = true;

	for (double n = min; n <= max; n++) {
		bool fits = false;

		for (size_t i = 0; i < count->piece_count && !fits; i++)
			fits = in_range(&count->pieces[i], n);
		fits = fits != count->negate;
		some = some || fits;
		all = all && fits;
	}
	return all ? BPR_I_YES : some ? BPR_I_MAYBE : BPR_I_NO;
}

int bpr_i_cond_holds(const struct bpr_cond *cond, const struct bpr_scene *scene, size_t member)
{
	int holds, one;
	double min = 0, max = 0;

	switch (cond->kind) {
	case BPR_COND_CONST:
		return cond->value;
	case BPR_COND_TEST:
		return bpr_i_test_holds(cond, &scene->values[(cond->person ? member + 1 : 0) * scene->facts + cond->fact]);
	case BPR_COND_NOT:
		return BPR_I_YES - bpr_i_cond_holds(cond->children[0], scene, member);
	case BPR_COND_AND:
		holds = BPR_I_YES;
		for (size_t i = 0; i < cond->count && holds > BPR_I_NO; i++) {
			one = bpr_i_cond_holds(cond->children[i], scene, member);
			holds = one < holds ? one : holds;
		}
		return holds;
	case BPR_COND_OR:
		holds = BPR_I_NO;
		for (size_t i = 0; i < cond->count && holds < BPR_I_YES; i++) {
			one = bpr_i_cond_holds(cond->children[i], scene, member);
			holds = one > holds ? one : holds;
		}
		return holds;
	case BPR_COND_COUNT:
		for (size_t i = 0; i < scene->members; i++) {
			one = bpr_i_cond_holds(cond->children[0], scene, i);
			min += one == BPR_I_YES;
			max += one > BPR_I_NO;
		}
		return bpr_i_count_holds(cond, min, max);
	}
	return BPR_I_MAYBE;
}
