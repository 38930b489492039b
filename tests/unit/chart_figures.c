/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "chart_figures.h"
#include <math.h>
#include <string.h>

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

static const struct bpr_form_paper_field fields_before[] = { { "氏名", 1, false }, { "住所", 1, false }, { "生年月日", 1, false } };
static const struct bpr_form_paper_field fields_after[] = {
	{ "氏名", 1, true }, { "住所", 1, true }, { "生年月日", 1, true }, { "請求するもの", 2, true }, { "署名", 1, false }
};
static const struct bpr_form_paper papers_before[] = {
	{ "住民票", fields_before, 3, 0, 1 }, { "印鑑証明", fields_before, 3, 2, 1 }, { "戸籍", fields_before, 3, 0, 1.2 },
	{ "税証明", fields_before, 3, 0, 1 },
};
static const struct bpr_form_paper papers_after[] = { { "証明書 申請書(共通)", fields_after, 5, 0, 1 } };

static const struct bpr_form_paper_field many_fields[] = {
	{ "Name and address of the head of the household", 1, false }, { "Address", 2.5, false }, { "Birth date", 1, true },
	{ "Telephone", 0, false }, { "Bank account", 12, false }, { "Signature", 1, false }, { "My Number", 1, true }, { "Seal", 1, false },
};
static const struct bpr_form_paper many_papers[] = {
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

static const double wait_edges[] = { 0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 105, 110 };
static const double shares_before[] = { 0.002, 0.02, 0.052, 0.08, 0.1, 0.108, 0.107, 0.095, 0.089, 0.073, 0.062, 0.052, 0.039, 0.031,
					0.023, 0.016, 0.013, 0.01, 0.008, 0.006, 0.004, 0.01 };
static const double shares_after[] = { 0.108, 0.272, 0.252, 0.17, 0.096, 0.053, 0.026, 0.012, 0.006, 0.003, 0.001, 0.001, 0, 0, 0, 0, 0, 0, 0,
				       0, 0, 0 };
static const struct bpr_mark marks_before[] = { { 36, "現状の中央値 36分", BPR_SIDE_BEFORE }, { 68, "10人に1人はこれより長い: 68分", BPR_SIDE_BEFORE } };
static const struct bpr_mark marks_after[] = { { 12, "改善後の中央値 12分", BPR_SIDE_AFTER }, { 25, "10人に1人はこれより長い: 25分", BPR_SIDE_AFTER } };
static const struct bpr_series waits_ja[] = {
	{ BPR_SIDE_BEFORE, "現状", shares_before, marks_before, 2 }, { BPR_SIDE_AFTER, "改善後", shares_after, marks_after, 2 }
};
static const double tiny_edges[] = { 0, 0.001, 0.002, 0.004 };
static const double tiny_shares[] = { 1e-6, 2e-7, 0, 3e-7 };
static const struct bpr_mark marks_far[] = {
	{ 0.0021, "half of those who come wait longer: 0.0021 days", BPR_SIDE_ONLY }, { 9, "1 in 10 waits longer than this: 9 days", BPR_SIDE_ONLY },
	{ 9.5, "1 in 100 waits longer than this: 9.5 days, which is a very long time for somebody who has come to the town hall", BPR_SIDE_ONLY },
};
static const struct bpr_series waits_en[] = { { BPR_SIDE_ONLY, NULL, tiny_shares, marks_far, 3 } };
static const double hours_edges[] = { 510, 570, 630, 690, 750, 810, 870, 930, 990 };
static const double hours_before[] = { 12, 31, 24, 19, 11, 15, 18, 14, 6 }, hours_after[] = { 4, 9, 8, 6, 3, 4, 5, 4, 1 };
static const struct bpr_series hours_ja[] = {
	{ BPR_SIDE_BEFORE, "現状", hours_before, NULL, 0 }, { BPR_SIDE_AFTER, "改善後", hours_after, NULL, 0 }
};
static const struct bpr_bar loads_ja[] = {
	{ BPR_SIDE_BEFORE, "①住民課(3人)", "92%", 0.92, BPR_DOC_WORSE, false }, { BPR_SIDE_BEFORE, "⑤証明(2人)", "88%", 0.88, BPR_DOC_WORSE, false },
	{ BPR_SIDE_BEFORE, "②国保年金(2人)", "71%", 0.71, BPR_DOC_PLAIN, false }, { BPR_SIDE_BEFORE, "④学校(1人)", "2%", 0.02, BPR_DOC_PLAIN, false },
	{ BPR_SIDE_AFTER, "後方処理(4人)", "78%", 0.78, BPR_DOC_PLAIN, false }, { BPR_SIDE_AFTER, "ライフイベント窓口(5人)", "74%", 0.74, BPR_DOC_PLAIN, false },
};
static const struct bpr_bar loads_en[] = {
	{ BPR_SIDE_ONLY, "Residents' section of the northern branch office (3 people)", "135%", 1.35, BPR_DOC_WORSE, false },
	{ BPR_SIDE_ONLY, "Certificates", "1,200%", 12, BPR_DOC_WORSE, false }, { BPR_SIDE_ONLY, "Cashier", "0%", 0, BPR_DOC_PLAIN, false },
};
static const struct bpr_bar bars_en[] = {
	{ BPR_SIDE_ONLY, "moving in", "+2,470 hours", 2470, BPR_DOC_PLAIN, false }, { BPR_SIDE_ONLY, "certificates only", "+2,800 hours", 2800, BPR_DOC_STRONG, false },
	{ BPR_SIDE_ONLY, "handing over", "-80 hours", -80, BPR_DOC_WORSE, false }, { BPR_SIDE_ONLY, "nothing", "0 hours", 0, BPR_DOC_PLAIN, false },
};
static const struct bpr_bar gains_ja[] = {
	{ BPR_SIDE_ONLY, "申請書 4→1", "+610", 610, BPR_DOC_PLAIN, false }, { BPR_SIDE_ONLY, "書かない窓口", "+830", 830, BPR_DOC_PLAIN, false },
	{ BPR_SIDE_ONLY, "ワンストップ", "+320", 320, BPR_DOC_PLAIN, false }, { BPR_SIDE_ONLY, "入力の自動化", "+280", 280, BPR_DOC_PLAIN, false },
	{ BPR_SIDE_ONLY, "引継ぎの手間", "-80", -80, BPR_DOC_WORSE, false }, { BPR_SIDE_ONLY, "合計", "1,960", 1960, BPR_DOC_STRONG, true },
};
static const struct bpr_bar gains_en[] = {
	{ BPR_SIDE_ONLY, "One form instead of four", "+6,100,000,000 hours a year", 6.1e9, BPR_DOC_PLAIN, false },
	{ BPR_SIDE_ONLY, "Counter without writing", "+8", 8, BPR_DOC_PLAIN, false },
	{ BPR_SIDE_ONLY, "Handing over between the sections of the city hall", "-9,000,000,000", -9e9, BPR_DOC_WORSE, false },
	{ BPR_SIDE_ONLY, "Total", "-2,900,000,000", -2.9e9, BPR_DOC_STRONG, true },
};
static const struct bpr_bar steps_en[] = {
	{ BPR_SIDE_ONLY, "Check of identity", "+12", 12, BPR_DOC_PLAIN, false }, { BPR_SIDE_ONLY, "Search", "+30", 30, BPR_DOC_PLAIN, false },
	{ BPR_SIDE_ONLY, "Typing", "+44.5", 44.5, BPR_DOC_PLAIN, false }, { BPR_SIDE_ONLY, "Second look", "+3", 3, BPR_DOC_PLAIN, false },
	{ BPR_SIDE_ONLY, "Letter to the applicant about what is missing", "-7", -7, BPR_DOC_WORSE, false },
	{ BPR_SIDE_ONLY, "Filing", "+1", 1, BPR_DOC_PLAIN, false }, { BPR_SIDE_ONLY, "Payment", "+9", 9, BPR_DOC_PLAIN, false },
	{ BPR_SIDE_ONLY, "Archive", "0", 0, BPR_DOC_PLAIN, false }, { BPR_SIDE_ONLY, "Statistics", "+2", 2, BPR_DOC_PLAIN, false },
	{ BPR_SIDE_ONLY, "Total", "94.5", 94.5, BPR_DOC_STRONG, true },
};
static const struct bpr_tornado_row turns_ja[] = {
	{ "聞き取りの長さ 16〜25分", 1370, 2380, "1,370", "2,380" }, { "件数 −20%〜+20%", 1568, 2352, "1,568", "2,352" },
	{ "統合に応じる課の数 2〜4", 1620, 1960, "1,620", "" }, { "差し戻し 1〜6%", 2020, 1850, "2,020", "1,850" },
};
static const struct bpr_tornado_row turns_en[] = {
	{ "Length of the interview, 16 to 25 minutes, for families of four", 1.37e9, 1.9e9, "1,370,000,000", "1,900,000,000" },
	{ "Cases -20% to +20%", 1.96e9, 1.96e9, "1,960,000,000", "1,960,000,000" }, { "Not known", NAN, 2.2e9, NULL, "2,200,000,000" },
	{ "Both above", 2.1e9, 2e9, "2,100,000,000", "2,000,000,000" },
};
static const struct bpr_step_card cards_ja[] = {
	{ "本人確認", "1分", "カードを1回だけ" }, { "家族と用件を聞く", "6分", "質問は5つ" }, { "画面で一緒に確認", "8分", "手続きを一覧に" },
	{ "印字して署名", "2分", "書くのは署名だけ" }, { "後方へ送る", "2分", "3課へ同時に" },
};
static const struct bpr_step_card cards_en[] = {
	{ "Check of identity", "1 min", "the card is read once" }, { "Ask for the family and what they have come for", "6 min", "five questions" },
	{ "Look at the screen together", "8 min", "a list of all procedures, with those that others have already done marked in grey" },
	{ "Print and sign", "2 min", NULL }, { "Send to the sections behind", "2 minutes and a half, in the mean", "three at once" },
	{ "Hand over", "4 min", "certificates" }, { "Say goodbye", NULL, NULL },
};

static const struct bpr_doc_figure figures_ja[] = {
	{ .kind = BPR_FIGURE_DUMBBELL, .id = "dumbbell", .title = "7つのものさし", .description = "回る窓口は6から1に", .rows = rows_ja,
	  .row_count = COUNT(rows_ja) },
	{ .kind = BPR_FIGURE_FORMS, .id = "forms", .title = "4枚の申請書を1枚に", .papers = { papers_before, papers_after }, .paper_count = { 4, 1 },
	  .captions = { "同じことを4回書く(赤=手書き)", "書くのは署名だけ" } },
	{ .kind = BPR_FIGURE_RIBBON, .id = "ribbon", .title = "来庁してから帰るまで", .ribbons = ribbons_ja, .ribbon_count = 2,
	  .unit = "分" },
	{ .kind = BPR_FIGURE_HISTOGRAM, .id = "waits", .title = "待ち時間のばらつき", .series = waits_ja, .series_count = 2, .edges = wait_edges,
	  .bin_count = 22, .open = true, .across = "1回の来庁で待つ時間の合計(分)", .upward = "来庁者の割合", .note = "模擬計算 20営業日 × 200回、種 7" },
	{ .kind = BPR_FIGURE_LOAD, .id = "load", .title = "どこが詰まっているか", .bars = loads_ja, .bar_count = COUNT(loads_ja), .zone = 0.85,
	  .zone_label = "待ちが急に伸びる範囲", .captions = { "現状", "改善後" }, .note = "混む時間(月曜10〜12時)に職員の手がふさがっている割合" },
	{ .kind = BPR_FIGURE_WATERFALL, .id = "gain", .title = "うまれる職員の時間", .bars = gains_ja, .bar_count = COUNT(gains_ja), .unit = "時間/年",
	  .note = "赤は増える手間。" },
	{ .kind = BPR_FIGURE_TORNADO, .id = "turn", .title = "前提が変わったら", .turns = turns_ja, .turn_count = COUNT(turns_ja), .centre = 1960,
	  .said_centre = "1,960", .unit = "時間/年" },
	{ .kind = BPR_FIGURE_STEPS, .id = "steps", .title = "新しい進め方", .cards = cards_ja, .card_count = COUNT(cards_ja) },
	{ .kind = BPR_FIGURE_HOURS, .id = "hours", .title = "時刻別の待ち", .series = hours_ja, .series_count = 2, .edges = hours_edges,
	  .bin_count = 9, .across = "着いた時刻", .upward = "待ち(分)" },
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
	{ .kind = BPR_FIGURE_HISTOGRAM, .id = "waits", .title = "Waits", .series = waits_en, .series_count = 1, .edges = tiny_edges, .bin_count = 4,
	  .open = true, .across = "days", .upward = "cases", .note = "Simulated." },
	{ .kind = BPR_FIGURE_LOAD, .id = "load", .title = "Load", .bars = loads_en, .bar_count = COUNT(loads_en), .zone = 0.85,
	  .zone_label = "here queues grow fast" },
	{ .kind = BPR_FIGURE_BARS, .id = "bars", .title = "Hours of citizens", .bars = bars_en, .bar_count = COUNT(bars_en), .unit = "hours/year" },
	{ .kind = BPR_FIGURE_WATERFALL, .id = "gain", .title = "Hours", .bars = gains_en, .bar_count = COUNT(gains_en), .unit = "hours/year" },
	{ .kind = BPR_FIGURE_WATERFALL, .id = "gain-many", .title = "Hours", .bars = steps_en, .bar_count = COUNT(steps_en), .unit = "hours/year",
	  .note = "Red is what takes longer." },
	{ .kind = BPR_FIGURE_TORNADO, .id = "turn", .title = "If assumptions move", .turns = turns_en, .turn_count = COUNT(turns_en), .centre = 1.96e9,
	  .said_centre = "1,960,000,000", .unit = "hours/year" },
	{ .kind = BPR_FIGURE_STEPS, .id = "steps", .title = "Steps", .cards = cards_en, .card_count = COUNT(cards_en) },
};

const struct bpr_doc_figure *chart_figure(size_t i, enum bpr_lang lang)
{
	if (lang == BPR_LANG_JA)
		return i < COUNT(figures_ja) ? &figures_ja[i] : NULL;
	return i < COUNT(figures_en) ? &figures_en[i] : NULL;
}

const struct bpr_doc_figure *chart_figure_named(const char *id, enum bpr_lang lang)
{
	const struct bpr_doc_figure *figure = NULL;

	for (size_t i = 0; (figure = chart_figure(i, lang)); i++)
		if (!strcmp(figure->id, id))
			break;
	return figure;
}
