/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requirements of a gate on what two logs say. */
#include "config.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include <bpr/evidence.h>
#include <math.h>
#include <string.h>

enum side { SIDE_AFTER = 0, SIDE_BEFORE, SIDE_CHANGE, SIDE_CHANGE_PCT };
enum what { WHAT_MEAN = 0, WHAT_P50, WHAT_P90, WHAT_ADJUSTED, WHAT_LEVEL, WHAT_SHOWN, WHAT_COUNT };
enum bound { AT = 0, LOW, HIGH };

struct asked { enum side side; enum bpr_evidence_key key; enum what what; enum bound bound; };

static bool take(const char **text, size_t *length, const char *prefix)
{
	const size_t n = strlen(prefix);

	if (*length < n || strncmp(*text, prefix, n))
		return false;
	*text += n;
	*length -= n;
	return true;
}

static bool parse_what(const char *text, size_t length, struct asked *asked)
{
	static const char *const names[WHAT_COUNT] = { "mean", "p50", "p90", "adjusted", "level", "shown" };
	static const char *const bounds[] = { ".low", ".high" }; /* without the dot: of the mean */

	for (size_t b = 0; b < 2; b++) {
		const size_t n = strlen(bounds[b]);

		if (length == n - 1 && !strncmp(text, bounds[b] + 1, n - 1)) {
			asked->bound = b ? HIGH : LOW;
			return true;
		}
		if (length > n && !strncmp(text + length - n, bounds[b], n)) {
			asked->bound = b ? HIGH : LOW;
			length -= n;
		}
	}
	for (size_t i = 0; i < WHAT_COUNT; i++) {
		if (strlen(names[i]) != length || strncmp(text, names[i], length))
			continue;
		asked->what = (enum what)i;
		return asked->what != WHAT_SHOWN || (asked->side == SIDE_AFTER && asked->bound == AT);
	}
	return false;
}

static bool parse(const char *text, size_t length, struct asked *asked)
{
	char name[64];
	size_t key;

	*asked = (struct asked){ 0 };
	if (take(&text, &length, "before."))
		asked->side = SIDE_BEFORE;
	else if (take(&text, &length, "change."))
		asked->side = SIDE_CHANGE;
	else if (take(&text, &length, "change_pct."))
		asked->side = SIDE_CHANGE_PCT;
	else
		(void)take(&text, &length, "after.");
	for (key = 0; key < length && text[key] != '.'; key++)
		;
	if (key >= sizeof(name))
		return false;
	memcpy(name, text, key);
	name[key] = '\0';
	asked->key = bpr_evidence_key_find(name);
	return asked->key != BPR_EVIDENCE_KEY_COUNT && (key == length || parse_what(text + key + 1, length - key - 1, asked));
}

static double of_bound(enum bound bound, double at, double low, double high)
{
	return bound == AT ? at : bound == LOW ? low : high;
}

static double of_change(const struct bpr_evidence_change *c, const struct bpr_evidence_figure *f, const struct asked *asked)
{
	const double scale = asked->side == SIDE_CHANGE_PCT ? 100 / fabs(c->before) : 1;

	if (asked->side == SIDE_BEFORE)
		return f->before_known ? of_bound(asked->bound, c->before, c->before_low, c->before_high) : (double)NAN;
	if (asked->side == SIDE_AFTER)
		return f->after_known ? of_bound(asked->bound, c->after, c->after_low, c->after_high) : (double)NAN;
	return c->known ? scale * of_bound(asked->bound, c->change, c->low, c->high) : (double)NAN;
}

static double value_of(const bpr_evidence *evidence, const struct asked *asked)
{
	const struct bpr_evidence_series *s = bpr_evidence_series(evidence, asked->key);
	const struct bpr_evidence_figure *f;
	size_t count;

	f = &bpr_evidence_figures(evidence, &count)[asked->key];
	switch (asked->what) {
	case WHAT_MEAN:
	case WHAT_COUNT: return of_change(&f->mean, f, asked);
	case WHAT_P50: return f->rate ? (double)NAN : of_change(&f->p50, f, asked);
	case WHAT_P90: return f->rate ? (double)NAN : of_change(&f->p90, f, asked);
	case WHAT_ADJUSTED: return f->adjusted.known ? of_change(&f->adjusted, f, asked) : (double)NAN;
	case WHAT_LEVEL: return s->known ? of_bound(asked->bound, s->level, s->level_low, s->level_high) : (double)NAN;
	case WHAT_SHOWN:
		return f->verdict == BPR_EFFECT_UNKNOWN ? (double)NAN : f->verdict == BPR_EFFECT_BETTER ? 1 : f->verdict == BPR_EFFECT_WORSE ? -1 : 0;
	}
	return (double)NAN;
}

static bool holds(double actual, const char *op, size_t length, double limit)
{
	const double most = fmax(fabs(actual), fabs(limit));
	const bool equal = fabs(actual - limit) <= 1e-9 * most;

	if (op[0] == '=')
		return equal;
	if (length == 2 && equal)
		return true;
	return !equal && (op[0] == '<' ? actual < limit : actual > limit);
}

static bpr_status decide(const bpr_evidence *evidence, const char *text, const char *shown, struct bpr_requirement *out, struct bpr_error *err)
{
	const char *key = text, *op = text + strcspn(text, "<>=");
	size_t length = (size_t)(op - text);
	const size_t op_length = op[0] && op[1] == '=' ? 2 : 1;
	const char *value = op + op_length;
	size_t value_length;
	struct asked asked;

	if (!op[0])
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_L710, NULL, 0, shown, NULL);
	length = bpr_i_utf8_trim(&key, length);
	value_length = bpr_i_utf8_trim(&value, strlen(value));
	if (!length || !bpr_i_num_parse(value, value_length, &out->limit))
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_L710, NULL, 0, shown, NULL);
	if (!parse(key, length, &asked))
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_L711, NULL, 0, shown, NULL);
	if (!evidence)
		return BPR_OK;
	out->actual = value_of(evidence, &asked);
	out->known = isfinite(out->actual);
	out->actual = out->known ? out->actual : 0;
	out->met = out->known && holds(out->actual, op, op_length, out->limit);
	return BPR_OK;
}

bpr_status bpr_evidence_require(const bpr_evidence *evidence, const char *text, struct bpr_requirement *out, struct bpr_error *err)
{
	struct bpr_buf folded = BPR_BUF_MAX(4096);
	bpr_status status;

	*out = (struct bpr_requirement){ 0 };
	bpr_i_utf8_fold(&folded, text, strlen(text));
	if (folded.failed == BPR_ENOMEM)
		status = bpr_i_nomem(err);
	else if (folded.failed || !folded.data)
		status = bpr_i_fail(err, BPR_ESYNTAX, BPR_I_L710, NULL, 0, text, NULL);
	else
		status = decide(evidence, folded.data, text, out, err);
	bpr_i_buf_release(&folded);
	return status;
}
