/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps whose words speak of an analogue rule that they are not marked with. What is marked, A019 says. */
#include "config.h"
#include "base/utf8_i.h"
#include "check/smell_i.h"
#include "check/words_i.h"
#include <string.h>

enum { MOST_NOTE = 2000 };

static const struct {
	enum bpr_code_id id;
	unsigned marks;      /* rules with which a step says so itself */
} items[BPR_ANALOGUE_COUNT] = {
	[BPR_ANALOGUE_VISUAL] = { BPR_I_P051, BPR_RULE_VISUAL },
	[BPR_ANALOGUE_AUDIT] = { BPR_I_P052, 0 },
	[BPR_ANALOGUE_PERIODIC] = { BPR_I_P053, 0 },
	[BPR_ANALOGUE_RESIDENT] = { BPR_I_P054, BPR_RULE_RESIDENT },
	[BPR_ANALOGUE_COURSE] = { BPR_I_P055, BPR_RULE_FACE_TO_FACE },
	[BPR_ANALOGUE_POSTING] = { BPR_I_P056, BPR_RULE_PAPER },
	[BPR_ANALOGUE_INSPECT] = { BPR_I_P057, BPR_RULE_FACE_TO_FACE },
	[BPR_ANALOGUE_MEDIA] = { BPR_I_P058, 0 },
	[BPR_ANALOGUE_PAPER] = { BPR_I_P059, BPR_RULE_PAPER },
	[BPR_ANALOGUE_FACE] = { BPR_I_P060, BPR_RULE_FACE_TO_FACE },
	[BPR_ANALOGUE_SEAL] = { BPR_I_P061, BPR_RULE_SEAL },
};

struct search {
	struct bpr_smell *s;
	struct bpr_words_index index;
	struct bpr_words_found found;
	struct bpr_buf text;
	bool facing;
};

static void read_text(struct search *search, const char *text)
{
	size_t length = text ? strlen(text) : 0;

	while (length > MOST_NOTE || (length && length < strlen(text) && ((unsigned char)text[length] & 0xc0) == 0x80))
		length = length > MOST_NOTE ? MOST_NOTE : length - 1;
	if (!length)
		return;
	bpr_i_buf_clear(&search->text);
	bpr_i_utf8_fold(&search->text, text, length);
	for (size_t i = 0; !search->text.failed && i < search->text.length; i++)
		if (search->text.data[i] >= 'A' && search->text.data[i] <= 'Z')
			search->text.data[i] = (char)(search->text.data[i] - 'A' + 'a');
	if (!search->text.failed && search->text.length)
		bpr_i_words_find(&search->index, search->text.data, search->text.length, search->facing, &search->found);
}

static void say(struct search *search, size_t i)
{
	struct bpr_smell *s = search->s;
	const struct bpr_node *node = bpr_flow_node(s->flow, i);

	for (size_t k = 0; k < BPR_ANALOGUE_COUNT; k++) {
		struct bpr_smell_text effect;

		if (!search->found.word[k] || node->rules & items[k].marks || (k == BPR_ANALOGUE_SEAL && node->seals > 0))
			continue;
		effect = bpr_i_smell_effect(s, N_(": {1} times a case"), N_(": {1} times a case, {2} a year"), bpr_i_smell_visits(s, i));
		bpr_i_smell_note(s, items[k].id, i,
				 (const char *[]){ bpr_i_smell_name(s->flow, i), search->found.word[k], effect.text, NULL });
	}
}

bool bpr_i_smell_words(struct bpr_smell *s)
{
	struct search search = { .s = s, .text = BPR_BUF_INIT };
	bool ok;

	bpr_i_words_index(&search.index);
	for (size_t i = 0; i < s->n && !search.text.failed; i++) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);

		/* What a system does, no rule holds to paper and presence. */
		if (!bpr_node_is_step(node) || node->actor == BPR_ACTOR_SYSTEM || !bpr_i_smell_happens(s, i))
			continue;
		search.found = (struct bpr_words_found){ { NULL } };
		search.facing = node->actor == BPR_ACTOR_CITIZEN || node->counter != BPR_NONE;
		read_text(&search, node->name);
		read_text(&search, node->note);
		for (size_t k = 0; k < node->write_count; k++)
			read_text(&search, bpr_i_smell_form_name(s->flow, node->writes[k]));
		say(&search, i);
	}
	ok = !search.text.failed;
	bpr_i_buf_release(&search.text);
	return ok;
}
