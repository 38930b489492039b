/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Families of a training that are households of the user's: who they are, and what they would have to do. */
#include "config.h"
#include "base/text_i.h"
#include "report/workshop_i.h"
#include <math.h>
#include <string.h>

/* What is not so fills a card and says little. */
static bool is_no(const char *value)
{
	return !strcmp(value, "no") || !strcmp(value, "false") || !strcmp(value, "いいえ");
}

/* What a household says of itself: facts that the table of procedures knows. */
static const char *said_facts(struct workshop *w, const bpr_household *household, size_t member)
{
	const bpr_procedures *procedures = w->options->procedures;
	size_t count = procedures ? bpr_procedures_fact_count(procedures) : 0;
	struct bpr_buf buf = BPR_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		const struct bpr_fact *fact = bpr_procedures_fact(procedures, i);
		const char *value = fact->person == (member != BPR_NONE) ? bpr_household_get(household, member, fact->name) : NULL;

		if (!value || is_no(value))
			continue;
		bpr_i_buf_puts(&buf, buf.length ? bpr_i_workshop_text(w, N_(", ")) : "");
		bpr_i_buf_puts(&buf, fact->name);
		bpr_i_buf_puts(&buf, w->lang == BPR_LANG_JA ? "：" : " ");
		bpr_i_buf_puts(&buf, value);
	}
	return bpr_i_doc_keep(&w->words, &buf);
}

/* What its check sheet would say: the trainer's key. */
static void solve(struct workshop *w, struct workshop_family *family, const bpr_household *household)
{
	struct bpr_checksheet sheet;

	family->procedures = family->counters = NAN;
	if (!w->options->procedures || bpr_checksheet_make(w->options->procedures, household, &sheet, NULL, NULL))
		return;
	family->procedures = (double)sheet.item_count;
	family->counters = (double)sheet.stop_count;
	bpr_checksheet_release(&sheet);
}

void bpr_i_workshop_household(struct workshop *w, struct workshop_family *family, const bpr_household *household, size_t k)
{
	size_t members = bpr_household_member_count(household), n = 0;
	const char **lines = bpr_i_arena_alloc(&w->words.arena, members + 1, sizeof(*lines));
	const char *facts = said_facts(w, household, BPR_NONE);

	if (!lines) {
		w->words.failed = true;
		return;
	}
	family->name = *bpr_household_name(household) ? bpr_household_name(household)
						      : bpr_i_workshop_say(w, N_("Family {1}"), bpr_i_workshop_number(w, (double)k + 1), NULL, NULL);
	if (*facts)
		lines[n++] = facts;
	for (size_t i = 0; i < members; i++) {
		const char *name = bpr_household_member_name(household, i), *said = said_facts(w, household, i);

		name = *name ? name : bpr_i_workshop_say(w, N_("Member {1}"), bpr_i_workshop_number(w, (double)i + 1), NULL, NULL);
		lines[n++] = *said ? bpr_i_workshop_say(w, N_("{1}: {2}"), name, said, NULL) : name;
	}
	family->lines = lines;
	family->line_count = n;
	solve(w, family, household);
}
