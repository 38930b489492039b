/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_CHECKSHEET_I_H
#define BPR_STUDY_CHECKSHEET_I_H
/* A check sheet (手続きチェックシート) in words: the order in which it is walked, and what stands in each place of it. */
#include "study/pages_i.h"
#include <bpr/procedure.h>

/* A counter where one stops, in the view that was asked for: several counters where the one-stop counter does their work. */
struct bpr_sheet_place {
	const struct bpr_sheet_stop *stop; /* NULL: a one-stop counter that is none of the others, or none at all */
	bool one_stop;             /* the work of several counters is done here */
	bool falls_away;           /* would, with the one-stop counter */
	size_t *rows; size_t row_count; /* of order[] */
};

/* One household's sheet being told. */
struct bpr_sheet_study {
	struct bpr_document *doc;
	const struct bpr_subject *subject;
	const bpr_procedures *procedures;
	const struct bpr_household_sheet *of;
	const struct bpr_checksheet *sheet;
	struct bpr_sheet_view view;
	size_t *order;             /* items as they are walked, [item_count] */
	size_t *number;            /* of an item, from 1 */
	struct bpr_sheet_place *places; size_t place_count;
};

/* Fills the study; false: out of memory (the document has failed). What it holds lives as long as the document. */
bool bpr_i_sheet_begin(struct bpr_sheet_study *s, struct bpr_document *doc, const struct bpr_subject *subject, size_t index);
const struct bpr_procedure *bpr_i_sheet_procedure(const struct bpr_sheet_study *s, size_t item);
/* Counters that are gone to, one after the other; with or without the one-stop counter. */
size_t bpr_i_sheet_counters(const struct bpr_checksheet *sheet, bool one_stop);

/* Texts of a sheet (checksheet_words.c); plain language where the view says so. */
const char *bpr_i_sheet_text(const struct bpr_sheet_study *s, const char *usual, const char *plain);
/* "令和9年4月12日（月）", without the era "2027年4月12日（月）", "Monday, 12 April 2027". */
const char *bpr_i_say_era_day(struct bpr_document *doc, long date, bool era_wanted);
const char *bpr_i_sheet_event(const struct bpr_sheet_study *s);
const char *bpr_i_checksheet_title(const struct bpr_sheet_study *s);
/* Who the household is, and since when; "" where nothing is known of it. */
const char *bpr_i_sheet_household(const struct bpr_sheet_study *s);
/* Name of the procedure of an item; "to be confirmed: ..." where it cannot be ruled out. */
const char *bpr_i_sheet_name(const struct bpr_sheet_study *s, size_t item);
/* Members whom it concerns, or "". */
const char *bpr_i_sheet_whom(const struct bpr_sheet_study *s, size_t item);
/* By when: a date, else as the table says it, else "". */
const char *bpr_i_sheet_deadline(const struct bpr_sheet_study *s, size_t item);
/* Proxy, online, law, note; "" nothing. */
const char *bpr_i_sheet_notes(const struct bpr_sheet_study *s, size_t item);
/* "2. 保険年金窓口 (本庁舎 1階)" */
const char *bpr_i_sheet_place_name(const struct bpr_sheet_study *s, size_t place);
/* "1, 3, 5": numbers of the items. */
const char *bpr_i_sheet_numbers(const struct bpr_sheet_study *s, const size_t *items, size_t count);
/* The question of a fact that is not known, with whose it is. */
const char *bpr_i_sheet_question(const struct bpr_sheet_study *s, size_t unknown);
/* What is said first: how much there is to do, what one-stop saves, by when, what is not known. */
void bpr_i_sheet_lead(const struct bpr_sheet_study *s);

/* What the whole is called: its only sheet, or all of them. */
const char *bpr_i_checksheets_title(struct bpr_document *doc, const struct bpr_subject *subject);
/* A study of all sheets, for text and Markdown; one page each for what is printed. */
void bpr_i_study_checksheets(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
void bpr_i_page_checksheets(struct bpr_pages *pages);

/* What households need on average (mix_study.c). */
void bpr_i_study_mix(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
/* The sentences and tables without the title. */
void bpr_i_mix_body(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
const char *bpr_i_mix_title(struct bpr_document *doc, const struct bpr_subject *subject);
#endif
