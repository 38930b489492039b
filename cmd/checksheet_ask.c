/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dialogue of bpr checksheet --ask: the event, its day, who there is, then only what can still change the sheet. Questions go to
 * standard error, answers come in whole lines from the terminal, which stays as it is: an interrupt leaves nothing to mend, a window that
 * changes its size nothing to draw again.
 */
#include "config.h"
#include "checksheet.h"
#include "say.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LINE = 1000, OTHER_MOST = 12, MEMBERS_MOST = 50 };

/* What was typed, understood. */
enum typed { TYPED_ANSWER = 0, TYPED_BACK, TYPED_SKIP, TYPED_HELP, TYPED_END };

struct ask {
	const struct checksheet_args *args;
	const bpr_procedures *procedures;
	struct answers answers;
	bpr_household *household;   /* as said so far */
	struct bpr_checksheet sheet;
	size_t asked;
	bool enough;                /* no more questions */
	char line[LINE];
};

/* ---- the terminal ---- */

static size_t width(void)
{
	struct winsize size;

	return !ioctl(STDERR_FILENO, TIOCGWINSZ, &size) && size.ws_col >= 40 ? size.ws_col < 100 ? size.ws_col : 100 : 80;
}

static void tell(const char *paragraph, size_t indent)
{
	struct text out = { 0 };
	char safe[2000];

	(void)bpr_text_safe(paragraph, safe, sizeof(safe));
	for (size_t i = 0; i < indent; i++)
		text_puts(&out, " ");
	text_wrap(&out, safe, indent, indent, width() - 1);
	fputs(out.data, stderr);
	text_release(&out);
}

static void tell_id(const char *id, const char *a1, const char *a2)
{
	struct text out = { 0 };

	text_fill(&out, id, a1, a2, NULL);
	tell(out.data, 0);
	text_release(&out);
}

/* A line without its end; false: the input ended, or cannot be read. What does not fit is passed over. */
static bool read_line(struct ask *a)
{
	size_t n = 0;

	for (;;) {
		char c;
		ssize_t got = read(STDIN_FILENO, &c, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			a->line[n] = '\0';
			return n > 0;
		}
		if (c == '\n')
			break;
		if (n < sizeof(a->line) - 1)
			a->line[n++] = c;
	}
	a->line[n] = '\0';
	return true;
}

/* Takes blanks away, those of full width too. */
static void trim(char *line)
{
	char *begin = line, *end;

	while (*begin == ' ' || *begin == '\t' || *begin == '\r' || !strncmp(begin, "　", strlen("　")))
		begin += *begin & 0x80 ? strlen("　") : 1;
	end = begin + strlen(begin);
	for (;;) {
		if (end > begin && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
			end--;
		else if ((size_t)(end - begin) >= strlen("　") && !strncmp(end - strlen("　"), "　", strlen("　")))
			end -= strlen("　");
		else
			break;
	}
	memmove(line, begin, (size_t)(end - begin));
	line[end - begin] = '\0';
}

static bool is_one_of(const char *text, const char *const *words)
{
	for (size_t i = 0; words[i]; i++)
		if (!strcmp(text, words[i]))
			return true;
	return false;
}

static enum typed type_answer(struct ask *a, const char *prompt)
{
	static const char *const back[] = { "<", "＜", NULL }, *const help[] = { "?", "？", NULL }, *const end[] = { ".", "．", "。", NULL };
	static const char *const skip[] = { "", "-", "ー", "－", NULL };

	fputs(prompt, stderr);
	fflush(stderr);
	if (!read_line(a)) {
		fputs("\n", stderr);
		return TYPED_END;
	}
	trim(a->line);
	return is_one_of(a->line, back) ? TYPED_BACK : is_one_of(a->line, help) ? TYPED_HELP : is_one_of(a->line, end) ? TYPED_END :
	       is_one_of(a->line, skip) ? TYPED_SKIP : TYPED_ANSWER;
}

/* ---- what an answer says ---- */

static bool whole_number(const char *text, size_t *out)
{
	double x;

	if (!bpr_amount_parse(text, &x) || x < 0 || x > 1e9 || x - (double)(size_t)x > 0)
		return false;
	*out = (size_t)x;
	return true;
}

/* 1 yes, 0 no, -1 neither. */
static int yes_or_no(const char *text)
{
	static const char *const yes[] = { "y", "Y", "yes", "Yes", "はい", "はーい", "ある", "有", "○", "1", "１", "ｙ", NULL };
	static const char *const no[] = { "n", "N", "no", "No", "いいえ", "ない", "無", "×", "2", "２", "ｎ", NULL };

	return is_one_of(text, yes) ? 1 : is_one_of(text, no) ? 0 : -1;
}

/* "42歳", "42" -> "42"; false: no number. */
static bool number_of(char *text)
{
	static const char *const units[] = { "歳", "才", "人", NULL };
	double x;

	for (size_t i = 0; units[i]; i++) {
		size_t n = strlen(text), u = strlen(units[i]);

		if (n > u && !strcmp(text + n - u, units[i]))
			text[n - u] = '\0';
	}
	return bpr_amount_parse(text, &x);
}

/* The answer to the question of a fact as the library takes it, or NULL: not understood. */
static const char *fact_value(struct ask *a, const struct bpr_fact *fact)
{
	size_t choice;
	long day;

	switch (fact->kind) {
	case BPR_FACT_YES:
		switch (yes_or_no(a->line)) {
		case 1: return "yes";
		case 0: return "no";
		default: return NULL;
		}
	case BPR_FACT_NUMBER:
		return number_of(a->line) ? a->line : NULL;
	case BPR_FACT_DATE:
		return bpr_date_parse(a->line, &day) ? a->line : NULL;
	case BPR_FACT_WORD:
		break;
	}
	if (!whole_number(a->line, &choice))
		return a->line;
	if (choice >= 1 && choice <= fact->word_count)
		return fact->words[choice - 1];
	return choice == fact->word_count + 1 ? tr(N_("none of these")) : NULL;
}

/* ---- questions ---- */

static void help_keys(void)
{
	tell(tr(N_("Enter alone: not known; what depends on it stays on the sheet, to be confirmed. < goes back to the question before. . (or Ctrl-D) makes the sheet with what is known. Ctrl-C gives up.")), 2);
}

/* Procedures that the answer decides. */
static void help_fact(const struct ask *a, const struct bpr_fact *fact)
{
	struct text list = { 0 };
	size_t listed = 0;

	for (size_t i = 0; i < a->sheet.item_count && listed < OTHER_MOST; i++) {
		const struct bpr_procedure *p = bpr_procedures_get(a->procedures, a->sheet.items[i].procedure);

		if (!a->sheet.items[i].maybe || !strstr(p->condition, fact->name))
			continue;
		text_puts(&list, listed++ ? tr(N_(", ")) : "");
		text_puts(&list, p->name);
	}
	if (listed) {
		struct text line = { 0 };

		text_fill(&line, N_("It decides about: {1}"), list.data, NULL, NULL);
		tell(line.data, 2);
		text_release(&line);
	}
	text_release(&list);
	help_keys();
}

static void not_understood(const struct bpr_fact *fact)
{
	static const char *const expected[] = { [BPR_FACT_YES] = N_("Please answer yes (y) or no (n); ? explains."),
						[BPR_FACT_NUMBER] = N_("Please type a number; ? explains."),
						[BPR_FACT_WORD] = N_("Please type the number of a choice, or a word; ? explains."),
						[BPR_FACT_DATE] = N_("Please type a date, such as 2027-03-29 or 令和9年3月29日; ? explains.") };

	tell(tr(expected[fact->kind]), 2);
}

static void list_choices(const char *const *words, size_t count, const char *last)
{
	for (size_t i = 0; i < count + (last != NULL); i++) {
		char number[32];
		struct text line = { 0 };

		(void)snprintf(number, sizeof(number), "%zu) ", i + 1);
		text_puts(&line, number);
		text_puts(&line, i < count ? words[i] : last);
		tell(line.data, 2);
		text_release(&line);
	}
}

/* Whose it is, and the question itself. */
static void put_question(struct ask *a, const struct bpr_fact *fact, size_t member)
{
	struct text line = { 0 };
	char number[32];

	(void)snprintf(number, sizeof(number), "%zu. ", ++a->asked);
	text_puts(&line, number);
	if (member != BPR_NONE) {
		const char *name = bpr_household_member_name(a->household, member);
		char person[32];

		(void)snprintf(person, sizeof(person), "%zu", member + 1);
		text_fill(&line, *name ? N_("{1}: ") : N_("person {1}: "), *name ? name : person, NULL, NULL);
	}
	text_puts(&line, fact->question && *fact->question ? fact->question : fact->name);
	tell(line.data, 0);
	text_release(&line);
	if (fact->kind == BPR_FACT_WORD)
		list_choices(fact->words, fact->word_count, tr(N_("none of these")));
}

/* What was typed, told to the answers: true where it was one. */
static bool take_back(struct ask *a)
{
	if (!a->answers.count) {
		tell(tr(N_("This is the first question.")), 2);
		return false;
	}
	answers_drop(&a->answers);
	a->asked = a->asked > 1 ? a->asked - 2 : 0;
	return true;
}

static void ask_fact(struct ask *a, const struct bpr_fact *fact, size_t member)
{
	static const char *const prompts[] = { [BPR_FACT_YES] = N_("[y/n] > "), [BPR_FACT_NUMBER] = "> ", [BPR_FACT_WORD] = "> ", [BPR_FACT_DATE] = "> " };

	put_question(a, fact, member);
	for (;;) {
		const char *value;

		switch (type_answer(a, tr(prompts[fact->kind]))) {
		case TYPED_BACK:
			if (take_back(a))
				return;
			break;
		case TYPED_SKIP:
			answers_add(&a->answers, ANSWER_FACT, member, fact->name, NULL);
			return;
		case TYPED_END:
			a->enough = true;
			return;
		case TYPED_HELP:
			help_fact(a, fact);
			break;
		case TYPED_ANSWER:
			value = fact_value(a, fact);
			if (value) {
				answers_add(&a->answers, ANSWER_FACT, member, fact->name, value);
				return;
			}
			not_understood(fact);
		}
	}
}

/* ---- the beginning: event, day, members ---- */

static bool has_answer(const struct ask *a, enum answer_kind kind)
{
	for (size_t i = 0; i < a->answers.count; i++)
		if (a->answers.items[i].kind == kind)
			return true;
	return false;
}

static const char *event_of(const struct ask *a)
{
	size_t choice = 0;

	if (whole_number(a->line, &choice))
		return choice >= 1 && choice <= bpr_procedures_event_count(a->procedures) ? bpr_procedures_event(a->procedures, choice - 1) : NULL;
	for (size_t i = 0; i < bpr_procedures_event_count(a->procedures); i++) {
		const char *event = bpr_procedures_event(a->procedures, i);

		if (!strcmp(event, a->line) || (bpr_life_event_find(event) < BPR_EVENT_COUNT && bpr_life_event_find(event) == bpr_life_event_find(a->line)))
			return event;
	}
	return NULL;
}

/* False: given up, nothing can be made without. */
static bool ask_event(struct ask *a)
{
	tell(tr(N_("What is it about?")), 0);
	for (size_t i = 0; i < bpr_procedures_event_count(a->procedures); i++) {
		char line[300], safe[250];

		(void)bpr_text_safe(bpr_procedures_event(a->procedures, i), safe, sizeof(safe));
		(void)snprintf(line, sizeof(line), "%zu) %s", i + 1, safe);
		tell(line, 2);
	}
	for (;;) {
		enum typed typed = type_answer(a, "> ");

		if (typed == TYPED_END)
			return false;
		if (typed == TYPED_ANSWER && event_of(a)) {
			answers_add(&a->answers, ANSWER_EVENT, BPR_NONE, NULL, event_of(a));
			return true;
		}
		tell(tr(N_("Please type one of the numbers.")), 2);
	}
}

static void ask_date(struct ask *a)
{
	tell(tr(N_("On which day? Such as 2027-03-29 or 令和9年3月29日; Enter alone where it is not known.")), 0);
	for (;;) {
		long day;

		switch (type_answer(a, "> ")) {
		case TYPED_BACK:
			if (take_back(a))
				return;
			break;
		case TYPED_SKIP:
			answers_add(&a->answers, ANSWER_DATE, BPR_NONE, NULL, NULL);
			return;
		case TYPED_END:
			a->enough = true;
			return;
		case TYPED_HELP:
			tell(tr(N_("From this day deadlines are counted.")), 2);
			help_keys();
			break;
		case TYPED_ANSWER:
			if (bpr_date_parse(a->line, &day)) {
				answers_add(&a->answers, ANSWER_DATE, BPR_NONE, NULL, a->line);
				return;
			}
			tell(tr(N_("Please type a date, such as 2027-03-29 or 令和9年3月29日; ? explains.")), 2);
		}
	}
}

static void ask_member(struct ask *a)
{
	char prompt[64];

	if (!has_answer(a, ANSWER_MEMBER))
		tell(tr(N_("Who belongs to it? One person a line, such as mother, child 1 (not their real names); Enter alone ends.")), 0);
	(void)snprintf(prompt, sizeof(prompt), "%zu) ", bpr_household_member_count(a->household) + 1);
	for (;;) {
		switch (type_answer(a, prompt)) {
		case TYPED_BACK:
			if (take_back(a))
				return;
			break;
		case TYPED_SKIP:
			answers_add(&a->answers, ANSWER_MEMBERS_DONE, BPR_NONE, NULL, NULL);
			return;
		case TYPED_END:
			a->enough = true;
			return;
		case TYPED_HELP:
			tell(tr(N_("Some procedures are for each person, such as those of a child or of somebody who is 75. Each person is asked about for itself.")), 2);
			help_keys();
			break;
		case TYPED_ANSWER:
			answers_add(&a->answers, ANSWER_MEMBER, BPR_NONE, NULL, a->line);
			if (bpr_household_member_count(a->household) + 1 >= MEMBERS_MOST)
				answers_add(&a->answers, ANSWER_MEMBERS_DONE, BPR_NONE, NULL, NULL);
			return;
		}
	}
}

static bool asks_for_people(const bpr_procedures *procedures)
{
	for (size_t i = 0; i < bpr_procedures_fact_count(procedures); i++)
		if (bpr_procedures_fact(procedures, i)->person)
			return true;
	return false;
}

/* ---- the loop ---- */

static bpr_status make_again(struct ask *a, struct bpr_error *err)
{
	bpr_status status;

	bpr_checksheet_release(&a->sheet);
	bpr_household_free(a->household);
	a->household = NULL;
	a->sheet = (struct bpr_checksheet){ 0 };
	status = bpr_household_new(&a->household, err);
	if (!status)
		status = household_say_options(a->args, a->household, err);
	return status ? status : answers_tell(&a->answers, a->household, err);
}

static bool was_skipped(const struct ask *a, const char *fact, size_t member)
{
	for (size_t i = 0; i < a->answers.count; i++) {
		const struct answer *one = &a->answers.items[i];

		if (one->kind == ANSWER_FACT && !one->value && one->member == member && !strcmp(one->name, fact))
			return true;
	}
	return false;
}

/* The first of what is needed and not known that was not passed over; BPR_NONE: nothing is left. */
static size_t next_unknown(const struct ask *a)
{
	for (size_t i = 0; i < a->sheet.unknown_count; i++)
		if (!was_skipped(a, bpr_procedures_fact(a->procedures, a->sheet.unknown[i])->name, a->sheet.unknown_member[i]))
			return i;
	return BPR_NONE;
}

/* Said, answered, or a table without any. */
static bool event_known(const struct ask *a)
{
	return a->args->event || has_answer(a, ANSWER_EVENT) || !bpr_procedures_event_count(a->procedures);
}

/* One question; false: there is none left. */
static bool ask_next(struct ask *a, bool *given_up)
{
	size_t unknown;

	if (!event_known(a)) {
		*given_up = !ask_event(a);
		return !*given_up;
	}
	if (!a->args->date && !has_answer(a, ANSWER_DATE)) {
		ask_date(a);
		return !a->enough;
	}
	if (!a->args->members.count && asks_for_people(a->procedures) && !has_answer(a, ANSWER_MEMBERS_DONE)) {
		ask_member(a);
		return !a->enough;
	}
	unknown = next_unknown(a);
	if (unknown == BPR_NONE)
		return false;
	ask_fact(a, bpr_procedures_fact(a->procedures, a->sheet.unknown[unknown]), a->sheet.unknown_member[unknown]);
	return !a->enough;
}

static int failed(const bpr_status status, const struct bpr_error *err)
{
	struct text notes = { 0 };

	if (err->status) {
		say_failure(&notes, err, NULL, NULL, 0);
		if (notes.data)
			fputs(notes.data, stderr);
		text_release(&notes);
	}
	return status == BPR_EINVAL ? STATUS_USAGE : common_status(status);
}

int checksheet_ask(const struct checksheet_args *args, const bpr_procedures *procedures, bpr_household **household)
{
	struct ask a = { .args = args, .procedures = procedures };
	bool more = true, given_up = false;
	struct bpr_error err = { 0 };
	int result = STATUS_OK;

	tell_id(N_("Only what can still change the sheet is asked. Enter alone: not known. < back, ? help, . enough."), NULL, NULL);
	while (more && !result) {
		bpr_status status = make_again(&a, &err);

		if (!status && event_known(&a))
			status = bpr_checksheet_make(procedures, a.household, &a.sheet, NULL, &err);
		if (status)
			result = failed(status, &err);
		else
			more = ask_next(&a, &given_up);
	}
	if (!result && given_up)
		result = STATUS_INTERRUPTED;
	if (!result) {
		bpr_household_free(*household);
		*household = a.household;
		a.household = NULL;
		fputs("\n", stderr);
	}
	bpr_checksheet_release(&a.sheet);
	bpr_household_free(a.household);
	answers_release(&a.answers);
	return result;
}
