/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two logs say, in words: a difference is only spoken of where it is shown. */
#include "config.h"
#include "study/evidence_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

const char *bpr_i_say_evidence(struct bpr_document *doc, enum bpr_evidence_key key, double x)
{
	const struct bpr_metric_info *info = bpr_evidence_key_get(key);
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_words_quantity(&buf, (struct bpr_words){ .lang = doc->lang }, info->quantity, bpr_text(doc->lang, info->unit), x);
	return bpr_i_doc_keep(doc, &buf);
}

struct bpr_doc_cell bpr_i_cell_evidence(struct bpr_document *doc, enum bpr_evidence_key key, double x)
{
	const struct bpr_metric_info *info = bpr_evidence_key_get(key);
	struct bpr_doc_cell cell = bpr_i_cell_number(bpr_i_cell_value(info->quantity), x);

	cell.text = bpr_text(doc->lang, info->unit);
	return isnan(x) ? bpr_i_cell_text("") : cell;
}

/* A size of a change: of rates in points. */
static const char *say_size(struct bpr_document *doc, enum bpr_evidence_key key, double x)
{
	if (bpr_evidence_key_get(key)->quantity == BPR_QUANTITY_PROB)
		return bpr_i_doc_fill(doc, N_("{1} points"), bpr_i_say_count(doc, 100 * fabs(x)), NULL, NULL, NULL);
	return bpr_i_say_evidence(doc, key, fabs(x));
}

const char *bpr_i_say_evidence_change(struct bpr_document *doc, enum bpr_evidence_key key, double low, double high)
{
	const char *at_low, *at_high;

	if (isnan(low) || isnan(high))
		return "";
	at_low = say_size(doc, key, low);
	at_high = say_size(doc, key, high);
	if (!(low < 0) && !(high > 0))
		return bpr_i_doc_text(doc, N_("no change"));
	if (!strcmp(at_low, at_high) && (high < 0 || low > 0))
		return bpr_i_doc_fill(doc, high < 0 ? N_("{1} less") : N_("{1} more"), at_low, NULL, NULL, NULL);
	if (!(high > 0))
		return bpr_i_doc_fill(doc, N_("{1} to {2} less"), at_high, at_low, NULL, NULL);
	if (!(low < 0))
		return bpr_i_doc_fill(doc, N_("{1} to {2} more"), at_low, at_high, NULL, NULL);
	return bpr_i_doc_fill(doc, N_("from {1} less to {2} more"), at_low, at_high, NULL, NULL);
}

const char *bpr_i_say_verdict(struct bpr_document *doc, const struct bpr_evidence_figure *f)
{
	if (f->same)
		return bpr_i_doc_text(doc, N_("the same in all cases"));
	switch (f->verdict) {
	case BPR_EFFECT_BETTER: return bpr_i_doc_text(doc, N_("better"));
	case BPR_EFFECT_WORSE: return bpr_i_doc_text(doc, N_("worse"));
	case BPR_EFFECT_NOT_SHOWN: return bpr_i_doc_text(doc, N_("a difference is not shown"));
	case BPR_EFFECT_UNKNOWN: break;
	}
	return bpr_i_doc_text(doc, N_("only in one log"));
}

enum bpr_doc_tone bpr_i_verdict_tone(const struct bpr_evidence_figure *f)
{
	return f->verdict == BPR_EFFECT_BETTER ? BPR_DOC_BETTER : f->verdict == BPR_EFFECT_WORSE ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
}

const char *bpr_i_say_evidence_label(struct bpr_document *doc, enum bpr_evidence_key key)
{
	return bpr_i_doc_text(doc, bpr_evidence_key_get(key)->label);
}

const char *bpr_i_say_confidence(struct bpr_document *doc, const bpr_evidence *evidence)
{
	return bpr_i_doc_fill(doc, "{1}%", bpr_i_say_count(doc, 100 * bpr_evidence_options(evidence)->confidence), NULL, NULL, NULL);
}

const struct bpr_evidence_change *bpr_i_evidence_headline(const struct bpr_evidence_figure *f)
{
	return bpr_evidence_key_get(f->key)->quantity == BPR_QUANTITY_MINUTES ? &f->p50 : &f->mean;
}

/* ---- sentences: minutes by their median, counts by their mean, rates ---- */

struct sentences { const char *shown, *tends, *not_shown; };

static const struct sentences *sentences_of(enum bpr_evidence_key key)
{
	static const struct sentences cycle = {
		N_("Cases take {1}: the median went from {2} to {3}. The true change of the median lies at {4} ({5} interval)."),
		N_("Cases tend to take {1}, which is shown; the median went from {2} to {3}, by itself within what chance makes."),
		N_("That cases take more or less time than before is not shown: the median was {2} and is {3} ({4}, {5} interval)."),
	};
	static const struct sentences minutes = {
		N_("{6}: {1}. The median went from {2} to {3}; its true change lies at {4} ({5} interval)."),
		N_("{6}: {1}, which is shown; the median went from {2} to {3}, by itself within what chance makes."),
		N_("{6}: a difference is not shown. The median was {2} and is {3} ({4}, {5} interval)."),
	};
	static const struct sentences mean = {
		N_("{6}: {1}. The mean went from {2} to {3}; its true change lies at {4} ({5} interval)."),
		N_("{6}: {1}, which is shown; the mean went from {2} to {3}, by itself within what chance makes."),
		N_("{6}: a difference is not shown. The mean was {2} and is {3} ({4}, {5} interval)."),
	};
	static const struct sentences rate = {
		N_("{6}: {1}. The share went from {2} to {3}; its true change lies at {4} ({5} interval)."),
		N_("{6}: {1}, which is shown; the share went from {2} to {3}, by itself within what chance makes."),
		N_("{6}: a difference is not shown. The share was {2} and is {3} ({4}, {5} interval)."),
	};

	if (key == BPR_EVIDENCE_CYCLE)
		return &cycle;
	switch (bpr_evidence_key_get(key)->quantity) {
	case BPR_QUANTITY_MINUTES: return &minutes;
	case BPR_QUANTITY_PROB: return &rate;
	case BPR_QUANTITY_COUNT:
	case BPR_QUANTITY_YEN: break;
	}
	return &mean;
}

/* bpr_i_doc_fill() with six arguments: the first four, then what stands as {5} and {6}. */
static const char *fill(struct bpr_document *doc, const char *id, const char *const args[6])
{
	const char *text = bpr_i_doc_text(doc, id);
	struct bpr_buf buf = BPR_BUF_INIT;

	while (*text) {
		if (text[0] == '{' && text[1] >= '1' && text[1] <= '6' && text[2] == '}') {
			bpr_i_buf_puts(&buf, args[text[1] - '1']);
			text += 3;
		} else {
			bpr_i_buf_putc(&buf, *text++);
		}
	}
	return bpr_i_doc_keep(doc, &buf);
}

/* "less by 12 min", of the headline; "shorter" where that is 0 or goes the other way. */
static const char *direction(struct bpr_document *doc, const struct bpr_evidence_figure *f, bool less)
{
	const struct bpr_evidence_change *c = bpr_i_evidence_headline(f);

	if (less != (c->change < 0) || !(fabs(c->change) > 0))
		return bpr_i_doc_text(doc, less ? N_("less") : N_("more"));
	return bpr_i_doc_fill(doc, less ? N_("{1} less") : N_("{1} more"), say_size(doc, f->key, c->change), NULL, NULL, NULL);
}

const char *bpr_i_say_evidence_result(struct bpr_document *doc, const bpr_evidence *evidence, const struct bpr_evidence_figure *f)
{
	const struct bpr_evidence_change *c = bpr_i_evidence_headline(f);
	const struct sentences *s = sentences_of(f->key);
	const bool shown = f->verdict == BPR_EFFECT_BETTER || f->verdict == BPR_EFFECT_WORSE;
	const bool less = (f->verdict == BPR_EFFECT_BETTER) == (bpr_evidence_key_get(f->key)->better < 0);
	const bool clear = shown && (less ? c->high < 0 : c->low > 0);
	const char *args[6] = { shown ? direction(doc, f, less) : "", bpr_i_say_evidence(doc, f->key, c->before),
				bpr_i_say_evidence(doc, f->key, c->after), bpr_i_say_evidence_change(doc, f->key, c->low, c->high),
				bpr_i_say_confidence(doc, evidence), bpr_i_say_evidence_label(doc, f->key) };
	const char *text, *could;

	if (f->same)
		return bpr_i_doc_fill(doc, N_("{1}: {2} in every case of both logs."), args[5], args[1], NULL, NULL);
	text = fill(doc, clear ? s->shown : shown ? s->tends : s->not_shown, args);
	if (shown || !(f->detectable > 0))
		return text;
	could = bpr_i_doc_fill(doc, N_(" A change of {1} or more would have been shown in four of five comparisons of this size."),
			       say_size(doc, f->key, f->detectable), NULL, NULL, NULL);
	return bpr_i_doc_fill(doc, "{1}{2}", text, could, NULL, NULL);
}
