/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a blank workbook, and the example: an application at one counter, in invented figures. */
#include "config.h"
#include "write/blank_i.h"
#include "base/text_i.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MINUTES { "(min)", "(分)" }
#define YEN { "(yen)", "(円)" }
#define YES { "yes|no", "はい|いいえ" }
#define ANY { NULL, NULL }

static const struct bpr_blank_column flow_columns[] = {
	{ "id", ANY, 6, ANY, true },
	{ "name", ANY, 33, ANY, false },
	{ "kind", { "task|start|end|xor|and|or|event|merge", "作業|開始|終了|分岐|並行|包含|イベント|合流" }, 9, ANY, false },
	{ "next", ANY, 12, ANY, true },
	{ "unit", ANY, 10, ANY, false },
	{ "counter", ANY, 10, ANY, false },
	{ "actor", { "staff|citizen|system", "職員|住民|システム" }, 9, ANY, false },
	{ "work", ANY, 9, MINUTES, false },
	{ "wait", ANY, 9, MINUTES, false },
	{ "staff", ANY, 11, ANY, true },
	{ "writes", ANY, 12, ANY, false },
	{ "reads", ANY, 10, ANY, false },
	{ "issues", ANY, 12, ANY, false },
	{ "seals", ANY, 6, ANY, false },
	{ "id_checks", ANY, 6, ANY, false },
	{ "copies", ANY, 6, ANY, false },
	{ "rules", { "visual|paper|face_to_face|resident|seal", "目視|書面|対面|常駐|押印" }, 10, ANY, false },
	{ "system", ANY, 13, ANY, false },
	{ "away", YES, 7, ANY, false },
	{ "cost", ANY, 8, YEN, false },
	{ "outcome", { "done|incomplete|rejected", "完了|不備|却下" }, 9, ANY, false },
	{ "note", ANY, 18, ANY, false },
};

static const struct bpr_blank_column form_columns[] = {
	{ "form", ANY, 18, ANY, false }, { "name", ANY, 30, ANY, false }, { "field", ANY, 22, ANY, false }, { "times", ANY, 8, ANY, false },
	{ "group", ANY, 14, ANY, false }, { "prefilled", YES, 10, ANY, false },
};

static const struct bpr_blank_column counter_columns[] = {
	{ "counter", ANY, 18, ANY, false }, { "building", ANY, 14, ANY, false }, { "floor", ANY, 8, ANY, true },
	{ "walk_minutes", ANY, 14, MINUTES, false }, { "open", ANY, 20, ANY, true }, { "seats", ANY, 10, ANY, false },
};

static const struct bpr_blank_column staff_columns[] = {
	{ "pool", ANY, 18, ANY, false }, { "count", ANY, 8, ANY, false }, { "yen_per_hour", ANY, 14, YEN, false }, { "hours", ANY, 20, ANY, true },
	{ "breaks", ANY, 20, ANY, true }, { "unit", ANY, 14, ANY, false },
};

static const struct bpr_blank_column demand_keys[] = {
	{ "per_day", ANY, 0, ANY, true }, { "per_year", ANY, 0, ANY, true }, { "open", ANY, 0, ANY, true }, { "closed", ANY, 0, ANY, true },
	{ "open_days", ANY, 0, ANY, true }, { "peaks", ANY, 0, ANY, true }, { "weekdays", ANY, 0, ANY, true }, { "walk_minutes", ANY, 0, ANY, true },
	{ "write_seconds_per_field", ANY, 0, ANY, true },
};

/* id|name|kind|next|unit|counter|actor|work|wait|staff|writes|reads|issues|seals|id_checks|copies|rules|system|away|cost|outcome|note */
static const char *const flow_en[] = {
	"S|arrives|start|1|||||||||||||||||||",
	"1|fills in the application|task|2|||citizen|4|||application|||||||||||",
	"2|takes the application, checks the identity|task|3|registration|counter 1|staff|3||counter clerk||application|||1||face_to_face|||||",
	"3|anything missing?|xor|4:90%;1:10%|registration|||||||||||||||||shares counted in one week",
	"4|makes the certificate|task|5|registration||staff|5||counter clerk||||||3|visual|residents' register||||",
	"5|takes the fee, hands over the certificate|task|E|registration|counter 2|staff|2||counter clerk|||certificate||||paper|||||",
	"E|goes home|end||||||||||||||||||done|",
};
static const char *const flow_ja[] = {
	"S|来庁する|開始|1|||||||||||||||||||",
	"1|交付申請書を書く|作業|2|||住民|4|||交付申請書|||||||||||",
	"2|申請を受け付け、本人を確認する|作業|3|市民課|1番窓口|職員|3||窓口職員||交付申請書|||1||対面|||||",
	"3|不備はあるか|分岐|4:90%;1:10%|市民課|||||||||||||||||割合は1週間の実測",
	"4|証明書を作成する|作業|5|市民課||職員|5||窓口職員||||||3|目視|住民記録システム||||",
	"5|手数料を受け取り、証明書を渡す|作業|E|市民課|2番窓口|職員|2||窓口職員|||住民票の写し||||書面|||||",
	"E|帰る|終了||||||||||||||||||完了|",
};
static const char *const forms_en[] = {
	"application|application for a certificate|name|1|name|", "application|application for a certificate|address|1|address|",
	"application|application for a certificate|date of birth|1|date of birth|", "application|application for a certificate|number of copies|1||",
	"application|application for a certificate|purpose|1||",
};
static const char *const forms_ja[] = {
	"交付申請書|住民票の写し等交付申請書|氏名|1|氏名|", "交付申請書|住民票の写し等交付申請書|住所|1|住所|",
	"交付申請書|住民票の写し等交付申請書|生年月日|1|生年月日|", "交付申請書|住民票の写し等交付申請書|必要な通数|1||",
	"交付申請書|住民票の写し等交付申請書|使いみち|1||",
};
static const char *const counters_en[] = { "counter 1|town hall|1|1||", "counter 2|town hall|1|1||" };
static const char *const counters_ja[] = { "1番窓口|本庁舎|1階|1||", "2番窓口|本庁舎|1階|1||" };
static const char *const staff_en[] = { "counter clerk|2|2200|8:30-17:15||registration" };
static const char *const staff_ja[] = { "窓口職員|2|2200|8:30-17:15||市民課" };
static const char *const demand_en[] = { "per_day|60", "open|8:30-17:15", "closed|土日祝、12/29-1/3", "write_seconds_per_field|20" };
static const char *const demand_ja[] = { "per_day|60", "open|8:30-17:15", "closed|土日祝、12/29-1/3", "write_seconds_per_field|20" };

static const struct bpr_blank_table tables[BPR_BLANK_TABLES] = {
	{ BPR_TABLE_FLOW, flow_columns, COUNT(flow_columns), { flow_en, flow_ja }, COUNT(flow_ja) },
	{ BPR_TABLE_FORMS, form_columns, COUNT(form_columns), { forms_en, forms_ja }, COUNT(forms_ja) },
	{ BPR_TABLE_COUNTERS, counter_columns, COUNT(counter_columns), { counters_en, counters_ja }, COUNT(counters_ja) },
	{ BPR_TABLE_STAFF, staff_columns, COUNT(staff_columns), { staff_en, staff_ja }, COUNT(staff_ja) },
	{ BPR_TABLE_DEMAND, demand_keys, COUNT(demand_keys), { demand_en, demand_ja }, COUNT(demand_ja) },
};

const struct bpr_blank_table *bpr_i_blank_table(size_t index)
{
	return &tables[index];
}

const char *bpr_i_blank_title(enum bpr_lang lang)
{
	return lang == BPR_LANG_JA ? "住民票の写しの交付（記入例・架空の数値）" : "Certificate of residence (example, invented figures)";
}

const char *bpr_i_blank_how_to(size_t index)
{
	static const char *const paragraphs[] = {
		N_("Workbook for a flow"),
		N_("1. Write the flow into the sheet of the flow: one row for each step, and the name of the procedure into its first cell."),
		N_("2. Give each step a number of its own. Under 'next' write the number of the step that follows; where the flow divides, each with its share: 4:90%;1:10%."),
		N_("3. List the forms that citizens fill in: one row for each item. An item of the same name on two forms is the same item, so what is written twice is found."),
		N_("4. Counters, staff and demand have a sheet each. Leave empty what you do not know: the report says what is missing."),
		N_("5. Each heading explains its column: hold the mouse over it. Choose a cell, and what may be written in it is shown."),
		N_("6. The grey sheets are an example. They do not count while the other sheets are filled in, and may be deleted."),
		N_("7. For a proposal, copy the sheet of the flow and give the copy a name of its own, such as 'after'. Both flows share the other sheets."),
		N_("8. Save the workbook, then check it and see the figures:"),
	};

	return index < COUNT(paragraphs) ? paragraphs[index] : NULL;
}
