/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_BLOCK_FLOW_H
#define BPR_TESTS_UNIT_BLOCK_FLOW_H
/*
 * Random block-structured flows for tests, and by a way of its own, from the tree alone, all words (one letter a step) of at most so
 * many letters that each of them can do.
 */
#include "flow/dist_i.h"
#include "unit/flow_build.h"
#include <stdio.h>
#include <stdlib.h>

enum block_kind { BLOCK_STEP, BLOCK_SKIP, BLOCK_SEQUENCE, BLOCK_XOR, BLOCK_AND, BLOCK_OR, BLOCK_LOOP, BLOCK_TWICE };
struct block { enum block_kind kind; char letter; int child[3], count; };
struct block_tree { struct block item[64]; int count; struct bpr_rng rng; bool loops, repeats; int letters; };

static inline unsigned block_draw(struct block_tree *t, unsigned below)
{
	return (unsigned)(bpr_i_rng_uniform(&t->rng) * below);
}

/* Returns the block; steps are letters, some of them twice. */
static inline int block_grow(struct block_tree *t, int depth)
{
	int at = t->count++;
	unsigned kind = depth ? block_draw(t, 10) : 0;
	struct block b = { BLOCK_STEP, (char)('a' + block_draw(t, (unsigned)t->letters)), { 0 }, 0 };

	assert_true(t->count < 60);
	if (kind >= 2) {
		static const enum block_kind kinds[] = { BLOCK_SEQUENCE, BLOCK_SEQUENCE, BLOCK_SEQUENCE, BLOCK_XOR, BLOCK_XOR, BLOCK_AND, BLOCK_OR, BLOCK_LOOP };

		b.kind = kinds[kind - 2];
		if (b.kind == BLOCK_LOOP && !t->loops)
			b.kind = BLOCK_AND;
		b.count = 2 + (b.kind != BLOCK_LOOP && block_draw(t, 4) == 0);
		for (int i = 0; i < b.count; i++)
			b.child[i] = block_grow(t, depth - 1);
	} else if (depth && block_draw(t, 8) == 0) {
		b.kind = BLOCK_SKIP;
	} else if (t->repeats && block_draw(t, 6) == 0) {
		b.kind = BLOCK_TWICE;
	}
	t->item[at] = b;
	return at;
}

/* ---- rows of a flow ---- */

/* Adds the rows of a block behind which `next` comes; its first node is "n<block>". */
static inline void block_rows(struct test_flow *f, const struct block_tree *t, int at, const char *next)
{
	const struct block *b = &t->item[at];
	char row[200], behind[16], ways[80] = "";
	size_t used = 0;
	bool gate = b->kind == BLOCK_XOR || b->kind == BLOCK_AND || b->kind == BLOCK_OR;
	const char *kind = b->kind == BLOCK_AND ? "and" : b->kind == BLOCK_OR ? "or" : "xor";

	(void)snprintf(behind, sizeof(behind), "m%d", at);
	switch (b->kind) {
	case BLOCK_STEP:
	case BLOCK_TWICE:
		(void)snprintf(row, sizeof(row), "n%d|task|%s|name=%c|repeat=%d", at, next, b->letter, b->kind == BLOCK_TWICE ? 2 : 1);
		test_row(f, row, 1);
		return;
	case BLOCK_SKIP:
		(void)snprintf(row, sizeof(row), "n%d|xor|%s", at, next);
		test_row(f, row, 1);
		return;
	case BLOCK_SEQUENCE:
		for (int i = 0; i < b->count; i++) {
			(void)snprintf(behind, sizeof(behind), "n%d", i + 1 < b->count ? b->child[i + 1] : 0);
			block_rows(f, t, b->child[i], i + 1 < b->count ? behind : next);
		}
		(void)snprintf(row, sizeof(row), "n%d|xor|n%d", at, b->child[0]);
		test_row(f, row, 1);
		return;
	case BLOCK_LOOP: /* do the first, then perhaps the second and the first again */
		(void)snprintf(row, sizeof(row), "n%d|xor|n%d", at, b->child[0]);
		test_row(f, row, 1);
		block_rows(f, t, b->child[0], behind);
		(void)snprintf(row, sizeof(row), "m%d|xor|%s:0.5;n%d:0.5", at, next, b->child[1]);
		test_row(f, row, 1);
		(void)snprintf(behind, sizeof(behind), "n%d", at);
		block_rows(f, t, b->child[1], behind);
		return;
	case BLOCK_XOR:
	case BLOCK_AND:
	case BLOCK_OR:
		break;
	}
	for (int i = 0; gate && i < b->count; i++)
		used += (size_t)snprintf(ways + used, sizeof(ways) - used, "%sn%d%s", i ? ";" : "", b->child[i],
					 b->kind == BLOCK_AND ? "" : b->kind == BLOCK_OR ? ":0.5" : b->count == 2 ? ":0.5" : i ? ":0.25" : ":0.5");
	(void)snprintf(row, sizeof(row), "n%d|%s|%s", at, kind, ways);
	test_row(f, row, 1);
	for (int i = 0; i < b->count; i++)
		block_rows(f, t, b->child[i], behind);
	(void)snprintf(row, sizeof(row), "m%d|%s|%s", at, kind, next);
	test_row(f, row, 1);
}

static inline void block_flow(struct test_flow *f, const struct block_tree *t)
{
	test_begin(f);
	test_row(f, "begin|start|n0", 1);
	block_rows(f, t, 0, "end");
	test_row(f, "end|end|", 1);
	test_finish(f);
	assert_int_equal(f->status, BPR_OK);
}

/* ---- words ---- */

enum { WORD = 12 };
struct words { char (*item)[WORD]; size_t count, capacity; size_t longest; };

static inline void words_add(struct words *w, const char *word)
{
	if (strlen(word) > w->longest)
		return;
	for (size_t i = 0; i < w->count; i++)
		if (!strcmp(w->item[i], word))
			return;
	assert_true(bpr_i_grow(&w->item, &w->capacity, w->count + 1, WORD));
	memcpy(w->item[w->count++], word, strlen(word) + 1);
}

static inline void words_shuffle(struct words *w, const char *a, const char *b, char *buf, size_t length)
{
	buf[length] = '\0';
	if (length > w->longest)
		return;
	if (!*a && !*b) {
		words_add(w, buf);
		return;
	}
	if (*a) {
		buf[length] = *a;
		words_shuffle(w, a + 1, b, buf, length + 1);
	}
	if (*b) {
		buf[length] = *b;
		words_shuffle(w, a, b + 1, buf, length + 1);
	}
}

/* Every word of the one, then of the other (or both mixed), into *w. */
static inline void words_both(struct words *w, const struct words *a, const struct words *b, bool mixed)
{
	char buf[2 * WORD];

	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < b->count; k++) {
			if (strlen(a->item[i]) + strlen(b->item[k]) > w->longest)
				continue;
			(void)snprintf(buf, sizeof(buf), "%s%s", a->item[i], b->item[k]);
			if (mixed)
				words_shuffle(w, a->item[i], b->item[k], buf, 0);
			else
				words_add(w, buf);
		}
}

static inline void words_release(struct words *w)
{
	bpr_i_free(w->item);
	*w = (struct words){ .longest = w->longest };
}

static inline struct words block_words(const struct block_tree *t, int at, size_t longest);

static inline struct words block_loop(const struct block_tree *t, const struct block *b, size_t longest)
{
	struct words all = { .longest = longest }, body = block_words(t, b->child[0], longest), redo = block_words(t, b->child[1], longest);
	struct words round = { .longest = longest }, none = { .longest = longest };
	size_t before = 0;

	words_add(&none, "");
	words_both(&round, &redo, &body, false);
	words_both(&all, &none, &body, false);
	while (all.count > before) {
		struct words more = { .longest = longest };

		before = all.count;
		words_both(&more, &all, &round, false);
		for (size_t i = 0; i < more.count; i++)
			words_add(&all, more.item[i]);
		words_release(&more);
	}
	words_release(&body);
	words_release(&redo);
	words_release(&round);
	words_release(&none);
	return all;
}

static inline struct words block_words(const struct block_tree *t, int at, size_t longest)
{
	const struct block *b = &t->item[at];
	struct words all = { .longest = longest };
	char word[3] = { b->letter, b->kind == BLOCK_TWICE ? b->letter : '\0', '\0' };

	if (b->kind == BLOCK_STEP || b->kind == BLOCK_TWICE || b->kind == BLOCK_SKIP) {
		words_add(&all, b->kind == BLOCK_SKIP ? "" : word);
		return all;
	}
	if (b->kind == BLOCK_LOOP)
		return block_loop(t, b, longest);
	for (unsigned set = 1; set < 1u << b->count; set++) {
		struct words some = { .longest = longest };
		bool whole = set == (1u << b->count) - 1;

		if ((b->kind == BLOCK_SEQUENCE || b->kind == BLOCK_AND) && !whole)
			continue;
		if (b->kind == BLOCK_XOR && (set & (set - 1)))
			continue;
		words_add(&some, "");
		for (int i = 0; i < b->count; i++) {
			struct words next = { .longest = longest }, child;

			if (!(set >> i & 1))
				continue;
			child = block_words(t, b->child[i], longest);
			words_both(&next, &some, &child, b->kind != BLOCK_SEQUENCE);
			words_release(&some);
			words_release(&child);
			some = next;
		}
		for (size_t i = 0; i < some.count; i++)
			words_add(&all, some.item[i]);
		words_release(&some);
	}
	return all;
}
#endif
