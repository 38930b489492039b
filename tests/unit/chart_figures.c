/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "chart_figures.h"
#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct bpr_dumbbell_row rows_ja[] = {
	{ "回る窓口", true, 16.7, false, false, { 0 }, { 0 }, "6", "1", "か所", 1 },
	{ "書類の枚数", true, 12.5, false, false, { 0 }, { 0 }, "8", "1", "枚", 1 },
	{ "氏名・住所を書く", true, 0, false, false, { 0 }, { 0 }, "11", "0", "回", 1 },
	{ "待ち時間(平均)", true, 35, true, true, { 93, 107 }, { 30, 39 }, "40", "14", "分", 1 },
	{ "庁舎にいる時間(平均)", true, 40, true, true, { 95, 105 }, { 38, 42 }, "95", "38", "分", 1 },
	{ "職員の手間(1件)", true, 70.7, false, false, { 0 }, { 0 }, "41", "29", "分", 1 },
	{ "書類の差し戻し", true, 33.3, false, false, { 0 }, { 0 }, "9", "3", "%", 1 },
};
static const struct bpr_dumbbell_row rows_en[] = {
	{ "Counters visited", true, 16.7, false, false, { 0 }, { 0 }, "6", "1", NULL, 1 },
	{ "Waiting (mean), of those who come in the morning", true, 35, true, true, { 93, 107 }, { 30, 39 }, "40 min", "14 min", NULL, 1 },
	{ "Staff time per case", true, 170.7, true, true, { 90, 112 }, { 140, 210 }, "41", "70", "min", -1 },
	{ "Returned for correction", true, 2e9, false, false, { 0 }, { 0 }, "0.000001", "20,000", "%", -1 },
	{ "Calls", false, 0, false, false, { 0 }, { 0 }, "0", "3", "a case", -1 },
	{ "The same", true, 100, false, false, { 0 }, { 0 }, "3", "3", "times", 0 },
	{ "Nearly the same", true, 98, false, false, { 0 }, { 0 }, "3 hours 14 minutes and some seconds", "3 hours 11 minutes", "of work", 1 },
};

static const struct bpr_paper_field fields_before[] = { { "氏名", 1, false }, { "住所", 1, false }, { "生年月日", 1, false } };
static const struct bpr_paper_field fields_after[] = {
	{ "氏名", 1, true }, { "住所", 1, true }, { "生年月日", 1, true }, { "請求するもの", 2, true }, { "署名", 1, false }
};
static const struct bpr_paper papers_before[] = {
	{ "住民票", fields_before, 3, 0, 1 }, { "印鑑証明", fields_before, 3, 2, 1 }, { "戸籍", fields_before, 3, 0, 1.2 },
	{ "税証明", fields_before, 3, 0, 1 },
};
static const struct bpr_paper papers_after[] = { { "証明書 申請書(共通)", fields_after, 5, 0, 1 } };

static const struct bpr_paper_field many_fields[] = {
	{ "Name and address of the head of the household", 1, false }, { "Address", 2.5, false }, { "Birth date", 1, true },
	{ "Telephone", 0, false }, { "Bank account", 12, false }, { "Signature", 1, false }, { "My Number", 1, true }, { "Seal", 1, false },
};
static const struct bpr_paper many_papers[] = {
	{ "Notification of moving in", many_fields, 8, 3, 1 }, { "Application for the national health insurance", many_fields, 4, 0, 0.25 },
	{ "Child allowance", many_fields, 8, 0, 1 }, { "School", many_fields, 2, 0, 1 }, { "Residence certificate", many_fields, 8, 0, 1 },
	{ "Seal registration certificate", many_fields, 8, 0, 2 }, { "Family register", many_fields, 8, 0, 1 },
	{ "Tax certificate", many_fields, 8, 0, 1 }, { "Water", many_fields, 0, 0, 1 }, { "Parking", many_fields, 3, 0, 1 },
	{ "Refuse", many_fields, 1, 0, 1 }, { "Library", many_fields, 1, 9, 1 }, { "Pension", many_fields, 8, 0, 1 },
};

static const struct bpr_visit_piece pieces_before[] = {
	{ BPR_VISIT_WALK, 2, "2", 0, "玄関" }, { BPR_VISIT_WRITE, 6, "6", 0, "転入届を書く" }, { BPR_VISIT_WAIT, 11, "11", 1, "待つ" },
	{ BPR_VISIT_SERVICE, 6, "6", 1, "転入届" }, { BPR_VISIT_WALK, 2, "2", 0, NULL }, { BPR_VISIT_WRITE, 5, "5", 0, NULL }, { BPR_VISIT_WAIT, 8, "8", 2, NULL },
	{ BPR_VISIT_SERVICE, 4, "4", 2, NULL }, { BPR_VISIT_WALK, 2, "2", 0, NULL }, { BPR_VISIT_WRITE, 5, "5", 0, NULL }, { BPR_VISIT_WAIT, 6, "6", 3, NULL },
	{ BPR_VISIT_SERVICE, 4, "4", 3, NULL }, { BPR_VISIT_WALK, 1, "1", 0, NULL }, { BPR_VISIT_WRITE, 2, "2", 0, NULL }, { BPR_VISIT_WAIT, 2, "2", 4, NULL },
	{ BPR_VISIT_SERVICE, 2, "2", 4, NULL }, { BPR_VISIT_WALK, 1, "1", 0, NULL }, { BPR_VISIT_WRITE, 6, "6", 0, NULL }, { BPR_VISIT_WAIT, 9, "9", 5, NULL },
	{ BPR_VISIT_SERVICE, 4, "4", 5, NULL }, { BPR_VISIT_WALK, 1, "1", 0, NULL }, { BPR_VISIT_WAIT, 4, "4", 6, NULL }, { BPR_VISIT_SERVICE, 2, "2", 6, NULL },
};
static const struct bpr_visit_piece pieces_after[] = {
	{ BPR_VISIT_WALK, 2, "2", 0, NULL }, { BPR_VISIT_WAIT, 10, "10", 1, NULL }, { BPR_VISIT_SERVICE, 19, "19", 1, "聞き取り" }, { BPR_VISIT_WRITE, 1, "1", 1, "署名" },
	{ BPR_VISIT_WAIT, 4, "4", 1, NULL }, { BPR_VISIT_SERVICE, 2, "2", 1, NULL },
};
static const struct bpr_visit_piece pieces_away[] = {
	{ BPR_VISIT_WALK, 2, "2", 0, NULL }, { BPR_VISIT_WAIT, 10, "10", 1, NULL }, { BPR_VISIT_SERVICE, 19, "19", 1, NULL }, { BPR_VISIT_AWAY, 4320, "4320", 0, "at home" },
	{ BPR_VISIT_WAIT, 4, "4", 1, NULL }, { BPR_VISIT_SERVICE, 2, "2", 25, NULL }, { BPR_VISIT_AWAY, 60, "60", 0, "lunch" }, { BPR_VISIT_SERVICE, 3, "3", 2, NULL },
};
static const char *const counters_before[] = { "住民課", "国保年金課", "子育て支援課", "学校教育課", "証明", "会計" };
static const char *const counters_after[] = { "ライフイベント窓口" };
static const char *const counters_en[] = { "Residents' desk", "National health insurance and pensions section" };

static const struct bpr_ribbon ribbons_ja[] = {
	{ BPR_SIDE_BEFORE, "現状", "95分", pieces_before, COUNT(pieces_before), counters_before, COUNT(counters_before) },
	{ BPR_SIDE_AFTER, "改善後", "38分", pieces_after, COUNT(pieces_after), counters_after, COUNT(counters_after) },
};
static const struct bpr_ribbon ribbons_en[] = {
	{ BPR_SIDE_BEFORE, "before", "3 days and 95 minutes", pieces_away, COUNT(pieces_away), counters_en, COUNT(counters_en) },
	{ BPR_SIDE_AFTER, "after", "38 min", pieces_after, COUNT(pieces_after), counters_en, COUNT(counters_en) },
};

static const struct bpr_doc_figure figures_ja[] = {
	{ .kind = BPR_FIGURE_DUMBBELL, .id = "dumbbell", .title = "7つのものさし", .description = "回る窓口は6から1に", .rows = rows_ja,
	  .row_count = COUNT(rows_ja) },
	{ .kind = BPR_FIGURE_FORMS, .id = "forms", .title = "4枚の申請書を1枚に", .papers = { papers_before, papers_after }, .paper_count = { 4, 1 },
	  .captions = { "同じことを4回書く(赤=手書き)", "書くのは署名だけ" } },
	{ .kind = BPR_FIGURE_RIBBON, .id = "ribbon", .title = "来庁してから帰るまで", .ribbons = ribbons_ja, .ribbon_count = 2,
	  .unit = "分" },
};
static const struct bpr_doc_figure figures_en[] = {
	{ .kind = BPR_FIGURE_DUMBBELL, .id = "dumbbell", .title = "Measures", .description = "Counters from 6 to 1", .rows = rows_en,
	  .row_count = COUNT(rows_en), .note = "Simulated with 200 days of a Monday morning in spring; what cannot be simulated is computed." },
	{ .kind = BPR_FIGURE_FORMS, .id = "forms", .title = "Forms", .papers = { many_papers, papers_after }, .paper_count = { 13, 1 },
	  .papers_more = { 4, 0 }, .captions = { "The same facts are written in four forms (red: by hand)", "Only the signature is written" } },
	{ .kind = BPR_FIGURE_FORMS, .id = "forms-one", .title = "Forms", .papers = { many_papers, NULL }, .paper_count = { 6, 0 },
	  .captions = { "Six forms a case", NULL } },
	{ .kind = BPR_FIGURE_FORMS, .id = "forms-none", .title = "Forms", .papers = { many_papers, NULL }, .paper_count = { 2, 0 },
	  .captions = { "Six forms a case", "Nothing is written any more" } },
	{ .kind = BPR_FIGURE_RIBBON, .id = "ribbon", .title = "Door to door", .ribbons = ribbons_en, .ribbon_count = 2,
	  .unit = "minutes", .note = "By formula: mean waits of a Monday." },
};

const struct bpr_doc_figure *chart_figure(size_t i, enum bpr_lang lang)
{
	if (lang == BPR_LANG_JA)
		return i < COUNT(figures_ja) ? &figures_ja[i] : NULL;
	return i < COUNT(figures_en) ? &figures_en[i] : NULL;
}
