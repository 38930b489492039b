/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words. Items are those of the review of analogue rules (デジタル臨時行政調査会 2022, デジタル庁): seven and the media;
 * and what procedures ask for: paper, presence, seals. A word is in the table only if an office means the rule by it
 * more often than not; what it means otherwise stands beside it.
 */
#include "config.h"
#include "base/utf8_i.h"
#include "check/words_i.h"
#include <string.h>

static const struct word {
	unsigned char item;
	bool facing;         /* means the rule only where the citizen is there */
	const char *word;    /* folded, small letters */
	const char *but;     /* longer words that mean something else, '|' between, or NULL */
} words[] = {
	{ BPR_ANALOGUE_VISUAL, false, "目視", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "肉眼", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "目で見て", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "立会", "立会演説|立会人名" },
	{ BPR_ANALOGUE_VISUAL, false, "立ち会", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "巡回", "巡回点検|巡回バス|巡回図書|巡回文庫|巡回相談|巡回冗長" },
	{ BPR_ANALOGUE_VISUAL, false, "巡視", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "見回り", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "現地確認", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "現地調査", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "現場確認", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "visual inspection", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "visual check", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "visually inspect", NULL },
	{ BPR_ANALOGUE_VISUAL, false, "by eye", NULL },
	{ BPR_ANALOGUE_AUDIT, false, "実地", "実地研修|実地試験|実地訓練|実地演習|実地体験" },
	{ BPR_ANALOGUE_AUDIT, false, "立入検査", NULL },
	{ BPR_ANALOGUE_AUDIT, false, "立ち入り検査", NULL },
	{ BPR_ANALOGUE_AUDIT, false, "立入調査", NULL },
	{ BPR_ANALOGUE_AUDIT, false, "on-site audit", NULL },
	{ BPR_ANALOGUE_AUDIT, false, "on-site inspection", NULL },
	{ BPR_ANALOGUE_AUDIT, false, "onsite inspection", NULL },
	{ BPR_ANALOGUE_AUDIT, false, "site visit", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "定期点検", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "定期検査", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "定期的な点検", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "定期的に点検", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "定期測定", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "日常点検", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "月次点検", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "年次点検", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "巡回点検", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "保守点検", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "periodic inspection", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "regular inspection", NULL },
	{ BPR_ANALOGUE_PERIODIC, false, "annual inspection", NULL },
	{ BPR_ANALOGUE_RESIDENT, false, "常駐", "常駐ソフト|常駐プログラム|常駐アプリ|常駐プロセス|常駐型" },
	{ BPR_ANALOGUE_RESIDENT, false, "専任", "前専任" },
	{ BPR_ANALOGUE_RESIDENT, false, "常時配置", NULL },
	{ BPR_ANALOGUE_RESIDENT, false, "stationed", NULL },
	{ BPR_ANALOGUE_COURSE, false, "講習", NULL },
	{ BPR_ANALOGUE_COURSE, false, "集合研修", NULL },
	{ BPR_ANALOGUE_COURSE, false, "classroom training", NULL },
	{ BPR_ANALOGUE_COURSE, false, "in-person training", NULL },
	{ BPR_ANALOGUE_COURSE, false, "in-person course", NULL },
	{ BPR_ANALOGUE_POSTING, false, "掲示", "掲示板アプリ|掲示板システム|掲示板サイト|電子掲示|グループウェアの掲示|グループウェア掲示|サイトに掲示|サイトへ掲示|"
		"サイト掲示|ホームページに掲示|ホームページへ掲示|ホームページ掲示|hpに掲示|hpへ掲示|hp掲示|ネットに掲示|ネット掲示|ウェブに掲示|webに掲示|アプリに掲示" },
	{ BPR_ANALOGUE_POSTING, false, "貼り出", NULL },
	{ BPR_ANALOGUE_POSTING, false, "張り出", NULL },
	{ BPR_ANALOGUE_POSTING, false, "notice board", NULL },
	{ BPR_ANALOGUE_POSTING, false, "bulletin board", "electronic bulletin board" },
	{ BPR_ANALOGUE_INSPECT, false, "縦覧", NULL },
	{ BPR_ANALOGUE_INSPECT, false, "閲覧に供", NULL },
	{ BPR_ANALOGUE_INSPECT, false, "閲覧室", NULL },
	{ BPR_ANALOGUE_INSPECT, false, "閲覧させ", NULL },
	{ BPR_ANALOGUE_INSPECT, true, "閲覧", "閲覧履歴|閲覧権限|閲覧ソフト|閲覧用id|サイトを閲覧|サイトで閲覧|画面で閲覧|画面を閲覧|システムで閲覧|システムを閲覧|ネットで閲覧|"
		"ホームページで閲覧|ウェブで閲覧|webで閲覧|スマホで閲覧" },
	{ BPR_ANALOGUE_INSPECT, false, "public inspection", NULL },
	{ BPR_ANALOGUE_INSPECT, false, "reading room", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "フロッピー", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "フレキシブルディスク", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "磁気ディスク", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "磁気テープ", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "光ディスク", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "記録媒体", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "cd-rom", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "cd-r", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "dvd", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "fdで", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "fdに", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "fdを", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "usb", "usbキー|usbカメラ|usb接続|usbスキャナ|usb給電|usb key|usb camera" },
	{ BPR_ANALOGUE_MEDIA, false, "floppy", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "floppies", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "magnetic tape", NULL },
	{ BPR_ANALOGUE_MEDIA, false, "magnetic disk", NULL },
	{ BPR_ANALOGUE_PAPER, false, "書面", NULL },
	{ BPR_ANALOGUE_PAPER, false, "紙媒体", NULL },
	{ BPR_ANALOGUE_PAPER, false, "紙で", NULL },
	{ BPR_ANALOGUE_PAPER, false, "紙の", "紙の削減|紙のない|紙の無い|紙の廃止|紙の節約|紙の使用量|表紙の|別紙の|壁紙の|手紙の" },
	{ BPR_ANALOGUE_PAPER, false, "持参", NULL },
	{ BPR_ANALOGUE_PAPER, false, "郵送", NULL },
	{ BPR_ANALOGUE_PAPER, false, "手書き", NULL },
	{ BPR_ANALOGUE_PAPER, false, "ファクス", NULL },
	{ BPR_ANALOGUE_PAPER, false, "ファックス", NULL },
	{ BPR_ANALOGUE_PAPER, false, "fax", NULL },
	{ BPR_ANALOGUE_PAPER, false, "on paper", NULL },
	{ BPR_ANALOGUE_PAPER, false, "paper form", NULL },
	{ BPR_ANALOGUE_PAPER, false, "hard copy", NULL },
	{ BPR_ANALOGUE_PAPER, false, "by post", NULL },
	{ BPR_ANALOGUE_PAPER, false, "by mail", NULL },
	{ BPR_ANALOGUE_PAPER, false, "handwritten", NULL },
	{ BPR_ANALOGUE_FACE, false, "対面", "初対面|対面通行|対面する壁|対面講習" },
	{ BPR_ANALOGUE_FACE, false, "面談", NULL },
	{ BPR_ANALOGUE_FACE, false, "出頭", NULL },
	{ BPR_ANALOGUE_FACE, false, "in person", NULL },
	{ BPR_ANALOGUE_FACE, false, "face to face", NULL },
	{ BPR_ANALOGUE_FACE, false, "face-to-face", NULL },
	{ BPR_ANALOGUE_SEAL, false, "押印", NULL },
	{ BPR_ANALOGUE_SEAL, false, "捺印", NULL },
	{ BPR_ANALOGUE_SEAL, false, "実印", NULL },
	{ BPR_ANALOGUE_SEAL, false, "認印", NULL },
	{ BPR_ANALOGUE_SEAL, false, "公印", NULL },
	{ BPR_ANALOGUE_SEAL, false, "職印", NULL },
	{ BPR_ANALOGUE_SEAL, false, "決裁印", NULL },
	{ BPR_ANALOGUE_SEAL, false, "割印", NULL },
	{ BPR_ANALOGUE_SEAL, false, "判を押", NULL },
	{ BPR_ANALOGUE_SEAL, false, "はんこ", NULL },
	{ BPR_ANALOGUE_SEAL, false, "ハンコ", NULL },
	{ BPR_ANALOGUE_SEAL, false, "stamp", "time stamp|date stamp|postage stamp|stamp duty" },
	{ BPR_ANALOGUE_SEAL, false, "seal", NULL },
};
enum { WORDS = sizeof(words) / sizeof(words[0]) };
_Static_assert(sizeof(words) / sizeof(words[0]) < 256, "the index has room for all words");

/* In front of a word, they say that it is not so any more, or not on paper and in person. */
static const char *const not_before[] = {
	"非", "無", "脱", "不", "電子", "電子的な", "電子的に", "オンライン", "ウェブ", "web", "デジタル", "遠隔", "リモート", "テレビ会議", "ビデオ", "動画",
	"eラーニング", "自動", "ai", "インターネット", "no ", "without ", "online ", "virtual ", "remote ", "electronic ", "digital ", "instead of ",
};
/* Between those and the word. */
static const char *const joints_before[] = { "での", "で", "による", "上の", "・", "の" };
/* Behind a word, perhaps with a particle between. */
static const char *const not_behind[] = {
	"不要", "なし", "無し", "省略", "廃止", "免除", "撤廃", "要しない", "求めない", "しない", "せず", "代え", "代わ", "やめ", "見直し", "レス",
	" not required", " no longer", "-less", "-free",
};
static const char *const joints_behind[] = { "は", "を", "が", "の", "も", "に", "規制の" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool ends_with(const char *text, size_t length, const char *what)
{
	size_t n = strlen(what);

	return n <= length && !memcmp(text + length - n, what, n) && (!is_letter(what[0]) || n == length || !is_letter(text[length - n - 1]));
}

static bool begins_with(const char *text, size_t length, const char *what)
{
	size_t n = strlen(what);

	return n <= length && !memcmp(text, what, n);
}

static bool denied_before(const char *text, size_t length)
{
	for (size_t j = 0; j <= COUNT(joints_before); j++) {
		const char *joint = j < COUNT(joints_before) ? joints_before[j] : "";

		for (size_t i = 0; ends_with(text, length, joint) && i < COUNT(not_before); i++)
			if (ends_with(text, length - strlen(joint), not_before[i]))
				return true;
	}
	return false;
}

static bool denied_behind(const char *text, size_t length)
{
	for (size_t j = 0; j <= COUNT(joints_behind); j++) {
		const char *joint = j < COUNT(joints_behind) ? joints_behind[j] : "";

		for (size_t i = 0; begins_with(text, length, joint) && i < COUNT(not_behind); i++)
			if (begins_with(text + strlen(joint), length - strlen(joint), not_behind[i]))
				return true;
	}
	return false;
}

/* Whether the word at `at` is part of one of the longer words that mean something else. */
static bool within(const struct word *w, const char *text, size_t length, size_t at)
{
	for (const char *s = w->but; s;) {
		const char *end = strchr(s, '|');
		size_t n = end ? (size_t)(end - s) : strlen(s);
		const char *in = strstr(s, w->word);
		size_t before = in ? (size_t)(in - s) : n;

		if (before < n && before <= at && n <= length - (at - before) && !memcmp(text + at - before, s, n))
			return true;
		s = end ? end + 1 : NULL;
	}
	return false;
}

static bool matches(const struct word *w, const char *text, size_t length, size_t at)
{
	size_t n = strlen(w->word);
	bool ascii = is_letter(w->word[0]);

	if (n > length - at || memcmp(text + at, w->word, n) != 0)
		return false;
	if (ascii && ((at && is_letter(text[at - 1])) || (is_letter(w->word[n - 1]) && at + n < length && is_letter(text[at + n]))))
		return false;
	return !within(w, text, length, at) && !denied_before(text, at) && !denied_behind(text + at + n, length - at - n);
}

static unsigned char slot_of(const char *text, size_t length, size_t *pos)
{
	return (unsigned char)(bpr_i_utf8_next(text, length, pos) & 0xff);
}

void bpr_i_words_index(struct bpr_words_index *index)
{
	memset(index, 0, sizeof(*index));
	for (size_t i = WORDS; i > 0; i--) {
		size_t pos = 0;
		unsigned char slot = slot_of(words[i - 1].word, strlen(words[i - 1].word), &pos);

		index->next[i - 1] = index->first[slot];
		index->first[slot] = (unsigned short)i;
	}
}

void bpr_i_words_find(const struct bpr_words_index *index, const char *text, size_t length, bool facing,
		      struct bpr_words_found *found)
{
	for (size_t pos = 0; pos < length;) {
		size_t at = pos;

		for (size_t k = index->first[slot_of(text, length, &pos)]; k; k = index->next[k - 1]) {
			const struct word *w = &words[k - 1];

			if (!found->word[w->item] && (facing || !w->facing) && matches(w, text, length, at))
				found->word[w->item] = w->word;
		}
	}
}

static char small(char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c - 'A' + 'a');
	return c;
}

bool bpr_i_words_contain(const char *text, const char *word)
{
	for (; *text; text++) {
		size_t n = 0;

		while (word[n] && small(text[n]) == small(word[n]))
			n++;
		if (!word[n])
			return true;
	}
	return false;
}
