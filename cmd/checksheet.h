/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_CHECKSHEET_H
#define BPR_CMD_CHECKSHEET_H
/* bpr checksheet: households from options, files and answers; the dialogue; what households need on average. */
#include "cmd.h"
#include "text.h"

struct checksheet_args {
	struct common_args common;
	const char *procedures;
	struct opt_list households; /* JSON files */
	/* a household */
	const char *event, *date, *name, *save;
	struct opt_list facts, members;
	bool ask;
	/* the sheet */
	struct bpr_sheet_view view;
	const char *issued;
	bool full;
	/* on average */
	const char *mix, *flow, *levers, *after;
	struct opt_real omission, effect;
	/* what they say */
	long day;
};

/* What was said about one household, in this order: it can be made again without the last answer. */
enum answer_kind { ANSWER_EVENT = 0, ANSWER_DATE, ANSWER_MEMBER, ANSWER_MEMBERS_DONE, ANSWER_FACT };
struct answer {
	enum answer_kind kind;
	size_t member;      /* BPR_NONE of the household */
	char *name, *value; /* of the fact; value NULL: not known, and not to be asked again */
};
struct answers { struct answer *items; size_t count, capacity; };
void answers_add(struct answers *answers, enum answer_kind kind, size_t member, const char *name, const char *value);
void answers_drop(struct answers *answers); /* the last one */
void answers_release(struct answers *answers);
/* Says them to the household. */
bpr_status answers_tell(const struct answers *answers, bpr_household *household, struct bpr_error *err);

/* The households of a run: each the caller's. */
struct households { bpr_household **items; size_t count, capacity; };
/* From the files named, else one from the options alone; the options are said to each. STATUS_OK, or the exit status (told). */
int households_make(const struct checksheet_args *args, const bpr_procedures *procedures, struct households *out);
void households_release(struct households *households);
/* Fills one household from the options once more: for the dialogue, which makes it anew. */
bpr_status household_say_options(const struct checksheet_args *args, bpr_household *household, struct bpr_error *err);
/* Writes the household as JSON that can be read again. STATUS_OK, or the exit status (told). */
int household_save(const char *path, const bpr_procedures *procedures, const bpr_household *household);

/* Asks in the terminal until nothing more can change the sheet; *household is made anew. STATUS_OK, or the exit status (told). */
int checksheet_ask(const struct checksheet_args *args, const bpr_procedures *procedures, bpr_household **household);

/* What households need on average: report, levers, the flow after. */
int checksheet_mix(struct checksheet_args *args, const bpr_procedures *procedures, bpr_problems *problems);
#endif
