/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pools that are citizens, and the tasks that exchange messages with them: those meet the citizen, at the counter that is
 * their lane. A citizen is a pool without a process (a black box), one whose name says so, or one with bpr:actor="citizen".
 */
#include "config.h"
#include "base/utf8_i.h"
#include "read/bpmn_i.h"
#include <string.h>

/* Ends of names: 転入する住民 is one, 住民課 is not. */
static const char *const japanese[] = {
	"住民", "市民", "町民", "村民", "区民", "県民", "府民", "都民", "国民", "申請者", "申請人", "来庁者", "届出人", "届出者", "請求者", "利用者", "来客",
	"お客様", "お客さま", "客", "顧客", "本人", "世帯主", "遺族", "保護者", "代理人",
};
/* Last words of names: "loan applicant" is one, "customer service" is not. */
static const char *const english[] = {
	"citizen", "customer", "applicant", "resident", "client", "visitor", "claimant", "inhabitant", "taxpayer",
};
/* What may stand behind either. */
static const char *const behind[] = { "様", "さま", "さん", "等", "など", "側", "たち", "の方", "方" };

static bool ends_with(const char *text, size_t length, const char *end)
{
	size_t n = strlen(end);

	return length >= n && !memcmp(text + length - n, end, n);
}

/* Length without brackets at the end: "市民 (世帯主)". */
static size_t without_brackets(const char *text, size_t length)
{
	size_t at = length;

	if (!length || text[length - 1] != ')')
		return length;
	while (at && text[at - 1] != '(')
		at--;
	return at > 1 ? at - 1 : length;
}

static size_t without_blanks(const char *text, size_t length)
{
	while (length && text[length - 1] == ' ')
		length--;
	return length;
}

static bool english_citizen(const char *text, size_t length)
{
	size_t from;

	if (length && text[length - 1] == 's')
		length--;
	for (from = length; from && ((text[from - 1] | 32) >= 'a' && (text[from - 1] | 32) <= 'z'); from--)
		;
	for (size_t i = 0; i < sizeof(english) / sizeof(english[0]); i++) {
		size_t n = strlen(english[i]);
		size_t same = 0;

		while (same < n && n == length - from && (text[from + same] | 32) == english[i][same])
			same++;
		if (same == n)
			return true;
	}
	return false;
}

static bool says_citizen(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	struct bpr_buf folded = BPR_BUF_INIT;
	const char *name = bpr_i_bpmn_name(file, xml);
	size_t length;
	bool found = false;

	bpr_i_utf8_fold(&folded, name ? name : "", name ? strlen(name) : 0);
	file->nomem |= folded.failed != BPR_OK;
	length = without_blanks(folded.data, without_brackets(folded.data, folded.length));
	for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++)
		if (ends_with(folded.data, length, behind[i]) && !ends_with(folded.data, length, "お客様"))
			length -= strlen(behind[i]);
	for (size_t i = 0; i < sizeof(japanese) / sizeof(japanese[0]) && !found; i++)
		found = ends_with(folded.data, length, japanese[i]);
	found = found || english_citizen(folded.data, length);
	bpr_i_buf_release(&folded);
	return found;
}

static bool is_citizen(struct bpmn_file *file, size_t pool)
{
	const struct bpmn_item *item = &file->items[pool];
	const struct bpr_xml_attr *actor = bpr_i_xml_attr_ns(item->xml, BPMN_BPR_NS, "actor");
	bool black_box = item->process == BPR_NONE || !file->processes[item->process].node_count;

	if (actor)
		return !strcmp(actor->value, "citizen") || !strcmp(actor->value, "住民") || !strcmp(actor->value, "市民") ||
		       !strcmp(actor->value, "申請者");
	return black_box || says_citizen(file, item->xml);
}

static bool of_citizen(const struct bpmn_file *file, size_t at)
{
	const struct bpmn_item *item = &file->items[at];

	if (item->element->role == BPMN_PARTICIPANT)
		return item->marks & BPMN_MEETS_CITIZEN;
	return item->process != BPR_NONE && file->processes[item->process].citizen;
}

static void message(struct bpmn_file *file, const struct bpmn_message *flow)
{
	const size_t ends[2] = { flow->from, flow->to };

	for (size_t i = 0; i < 2; i++) {
		struct bpmn_item *here = &file->items[ends[i]];
		enum bpmn_role role = here->element->role;

		if (!of_citizen(file, ends[1 - i]) || of_citizen(file, ends[i]))
			continue;
		if (role == BPMN_TASK || (role == BPMN_CALL && here->target == BPR_NONE) ||
		    (role == BPMN_SUBPROCESS && !(here->marks & BPMN_EXPANDED)))
			here->marks |= BPMN_MEETS_CITIZEN;
		else if (role == BPMN_SUBPROCESS || role == BPMN_CALL)
			bpr_i_bpmn_note(file, BPR_I_X060, flow->xml, NULL, bpr_i_bpmn_label(file, ends[i]), NULL, NULL);
	}
}

bpr_status bpr_i_bpmn_citizens(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++) {
		struct bpmn_item *item = &file->items[i];

		if (item->element->role == BPMN_PARTICIPANT && is_citizen(file, i)) {
			item->marks |= BPMN_MEETS_CITIZEN;
			if (item->process != BPR_NONE)
				file->processes[item->process].citizen = true;
			bpr_i_bpmn_note(file, BPR_I_X045, item->xml, item->id, bpr_i_bpmn_label(file, i), NULL, NULL);
		} else if (item->element->role == BPMN_LANE && item->parent == BPR_NONE && says_citizen(file, item->xml)) {
			bpr_i_bpmn_note(file, BPR_I_X044, item->xml, item->id, bpr_i_bpmn_label(file, i), NULL, NULL);
		}
	}
	for (size_t i = 0; i < file->message_count; i++)
		message(file, &file->messages[i]);
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}
