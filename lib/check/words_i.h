/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CHECK_WORDS_I_H
#define BPR_CHECK_WORDS_I_H
/* Words of analogue rules in what people write: which of the government's items a text speaks of. */
#include <stdbool.h>
#include <stddef.h>

enum bpr_analogue {
	BPR_ANALOGUE_VISUAL = 0, /* 目視規制 */
	BPR_ANALOGUE_AUDIT,      /* 実地監査規制 */
	BPR_ANALOGUE_PERIODIC,   /* 定期検査・点検規制 */
	BPR_ANALOGUE_RESIDENT,   /* 常駐・専任規制 */
	BPR_ANALOGUE_COURSE,     /* 対面講習規制 */
	BPR_ANALOGUE_POSTING,    /* 書面掲示規制 */
	BPR_ANALOGUE_INSPECT,    /* 往訪閲覧・縦覧規制 */
	BPR_ANALOGUE_MEDIA,      /* 記録媒体 */
	BPR_ANALOGUE_PAPER,      /* 書面 */
	BPR_ANALOGUE_FACE,       /* 対面 */
	BPR_ANALOGUE_SEAL,       /* 押印 */
	BPR_ANALOGUE_COUNT
};

struct bpr_words_found {
	const char *word[BPR_ANALOGUE_COUNT]; /* the first word of each item, static; NULL none */
};

/* First words of the table by their first character; make one, use it for many texts. */
struct bpr_words_index { unsigned short first[256], next[256]; };
void bpr_i_words_index(struct bpr_words_index *index);

/*
 * Adds what a text speaks of. The text is folded (bpr_i_utf8_fold), its ASCII letters small. Left out is what is said not
 * to be (押印不要, オンライン面談, 非対面) or means something else (掲示板アプリ). facing: the citizen is there.
 */
void bpr_i_words_find(const struct bpr_words_index *index, const char *text, size_t length, bool facing,
		      struct bpr_words_found *found);
/* Whether the text holds the word; capitals of ASCII do not matter. */
bool bpr_i_words_contain(const char *text, const char *word);
#endif
