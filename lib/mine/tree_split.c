/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Traces split along a cut. Those that follow it lose nothing; of others the fewest events are left out (Leemans et al. 2013 on
 * infrequent behaviour, section 3.2): a choice keeps the part with most events, a sequence the longest run through its parts in order.
 */
#include "config.h"
#include "mine/tree_i.h"
#include <string.h>

struct splitter {
	const struct bpr_cut *cut;
	const uint32_t *local;
	struct bpr_traces *parts;
	uint64_t *left_out;
	uint32_t *piece;         /* [longest trace + 1] */
	uint32_t *own;           /* [longest trace] part of each event */
	uint32_t *back;          /* [longest trace] sequence: the event before it in the longest run */
	uint32_t *tails;         /* [longest trace] */
	uint64_t *counts;        /* [parts] */
};

static bool split_xor(struct splitter *s, const uint32_t *events, const struct bpr_trace *trace)
{
	size_t n = 0;
	uint32_t best = 0;

	memset(s->counts, 0, s->cut->parts * sizeof(*s->counts));
	for (size_t i = 0; i < trace->length; i++)
		s->counts[s->own[i]]++;
	for (uint32_t p = 1; p < s->cut->parts; p++)
		best = s->counts[p] > s->counts[best] ? p : best;
	for (size_t i = 0; i < trace->length; i++)
		if (s->own[i] == best)
			s->piece[n++] = events[i];
	*s->left_out += (trace->length - n) * trace->count;
	return bpr_i_traces_add(&s->parts[best], s->piece, n, trace->count);
}

static bool split_and(struct splitter *s, const uint32_t *events, const struct bpr_trace *trace)
{
	for (uint32_t p = 0; p < s->cut->parts; p++) {
		size_t n = 0;

		for (size_t i = 0; i < trace->length; i++)
			if (s->own[i] == p)
				s->piece[n++] = events[i];
		if (!bpr_i_traces_add(&s->parts[p], s->piece, n, trace->count))
			return false;
	}
	return true;
}

/*
 * The longest run of events whose parts never go back: patience sorting. tails[k]: the event with the smallest part that ends a run
 * of k + 1; back[i]: the event before event i in its run. Marks all others in own[] as no part. Number of events kept.
 */
static size_t longest_run(struct splitter *s, size_t length)
{
	size_t runs = 0;
	uint32_t at;

	for (size_t i = 0; i < length; i++) {
		size_t low = 0, high = runs;

		while (low < high) { /* the first run whose tail is greater */
			size_t mid = (low + high) / 2;

			if (s->own[s->tails[mid]] <= s->own[i])
				low = mid + 1;
			else
				high = mid;
		}
		s->back[i] = low ? s->tails[low - 1] : UINT32_MAX;
		s->tails[low] = (uint32_t)i;
		runs += low == runs;
	}
	at = runs ? s->tails[runs - 1] : UINT32_MAX;
	for (size_t i = length; i-- > 0;) {
		if (i == at)
			at = s->back[i];
		else
			s->own[i] = UINT32_MAX;
	}
	return runs;
}

static bool split_sequence(struct splitter *s, const uint32_t *events, const struct bpr_trace *trace)
{
	size_t i = 0;

	*s->left_out += (trace->length - longest_run(s, trace->length)) * trace->count;
	for (uint32_t p = 0; p < s->cut->parts; p++) {
		size_t n = 0;

		for (; i < trace->length && (s->own[i] == p || s->own[i] == UINT32_MAX); i++)
			if (s->own[i] == p)
				s->piece[n++] = events[i];
		if (!bpr_i_traces_add(&s->parts[p], s->piece, n, trace->count))
			return false;
	}
	return true;
}

/* Body, way back, body …: where two ways back meet, or one stands at an edge, the body was gone through with nothing done. */
static bool split_loop(struct splitter *s, const uint32_t *events, const struct bpr_trace *trace)
{
	uint32_t part = 0;
	size_t n = 0;

	for (size_t i = 0; i < trace->length; i++) {
		if (s->own[i] != part) {
			if (!bpr_i_traces_add(&s->parts[part], s->piece, n, trace->count))
				return false;
			n = 0;
			if (part && s->own[i] && !bpr_i_traces_add(&s->parts[0], s->piece, 0, trace->count))
				return false;
			part = s->own[i];
		}
		s->piece[n++] = events[i];
	}
	return bpr_i_traces_add(&s->parts[part], s->piece, n, trace->count) &&
	       (!part || bpr_i_traces_add(&s->parts[0], s->piece, 0, trace->count));
}

static bool split_trace(struct splitter *s, const uint32_t *events, const struct bpr_trace *trace)
{
	for (size_t i = 0; i < trace->length; i++)
		s->own[i] = s->cut->part[s->local[events[i]]];
	switch (s->cut->kind) {
	case BPR_TREE_XOR: return split_xor(s, events, trace);
	case BPR_TREE_SEQUENCE: return split_sequence(s, events, trace);
	case BPR_TREE_AND: return split_and(s, events, trace);
	case BPR_TREE_LOOP: return split_loop(s, events, trace);
	case BPR_TREE_TAU:
	case BPR_TREE_LEAF: break;
	}
	return true;
}

bool bpr_i_cut_split(const struct bpr_cut *cut, const struct bpr_traces *traces, const uint32_t *local, struct bpr_traces parts[],
		     uint64_t *left_out)
{
	struct splitter s = { .cut = cut, .local = local, .parts = parts, .left_out = left_out };
	size_t longest = 1;
	bool done;

	for (size_t i = 0; i < traces->count; i++)
		longest = traces->items[i].length > longest ? traces->items[i].length : longest;
	s.piece = bpr_i_calloc(longest, sizeof(*s.piece));
	s.own = bpr_i_calloc(longest, sizeof(*s.own));
	s.back = bpr_i_calloc(longest, sizeof(*s.back));
	s.tails = bpr_i_calloc(longest, sizeof(*s.tails));
	s.counts = bpr_i_calloc(cut->parts, sizeof(*s.counts));
	done = s.piece && s.own && s.back && s.tails && s.counts && longest < UINT32_MAX;
	for (size_t i = 0; done && i < traces->count; i++)
		done = split_trace(&s, traces->events + traces->items[i].first, &traces->items[i]);
	bpr_i_free(s.piece);
	bpr_i_free(s.own);
	bpr_i_free(s.back);
	bpr_i_free(s.tails);
	bpr_i_free(s.counts);
	return done;
}
