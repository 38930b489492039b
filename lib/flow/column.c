/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of columns; see column_i.h. A new column is one row here and its case where its value is stored. */
#include "config.h"
#include "flow/column_i.h"
#include "base/text_i.h"
#include "flow/builder_i.h"
#include <bpr/column.h>
#include <string.h>

#define TEXT N_("text")
#define LIST N_("names, ';' between")
#define COUNT N_("a number, 0 or more")
#define DURATION N_("a duration or a distribution")
#define MINUTES N_("a duration")
#define SHARE N_("a share: 0.3, 30%, 3割")
#define WHOLE N_("a whole number above 0")
#define SCHEDULE N_("days and times of day: 8:30-17:15; 土 9:00-12:00")
#define FACTORS N_("days or times with factors: 月:1.4; 10:00-12:00:2")
#define PLACES N_("texts, ';' between, in the order of next; empty where there is none")
#define YES N_("yes or no (はい, ○ …)")

static const struct bpr_column flow_columns[] = {
	{ "id", "ID|番号|No|工程番号|項番", N_("a text that no other row has"),
	  N_("Key of the step; other rows name it in `next`."), BPR_STORE_ID },
	{ "name", "作業名|工程名|手順|名称|作業内容", TEXT, N_("What the step is called in reports."), BPR_STORE_NAME },
	{ "kind", "種別|種類", N_("task 作業, start 開始, end 終了, xor 分岐, and 並行, or 包含, event イベント, merge 合流"),
	  N_("What the row is; a row that says nothing is a task. A merge takes the kind of the split that it closes."), BPR_STORE_KIND },
	{ "next", "次|次工程|次の工程", N_("ids, ';' between, each with its share: B:0.7;C:30%"),
	  N_("Where the case goes from here. Shares make it a choice; without any, a task goes on in all ways at once."), BPR_STORE_NEXT },
	{ "conditions", "分岐条件|分岐の条件", PLACES, N_("When each way of `next` is taken, in words."), BPR_STORE_CONDITIONS },
	{ "unit", "担当|担当課|部署|係", TEXT, N_("Organisational unit (lane) that performs the step."), BPR_STORE_UNIT },
	{ "counter", "窓口|場所", TEXT, N_("Counter at which the citizen must be; empty means back office."), BPR_STORE_COUNTER },
	{ "actor", "実施者|主体", N_("staff 職員, citizen 住民, system システム"),
	  N_("Who does the work; staff where nothing is said."), BPR_STORE_ACTOR },
	{ "work", "処理時間|作業時間|所要時間", DURATION, N_("Time of hands-on work, once."), BPR_STORE_WORK },
	{ "wait", "待ち時間|経過時間", DURATION, N_("Time that passes and holds no staff: mail, approval, drying ink."), BPR_STORE_WAIT },
	{ "staff", "要員|職種", N_("pools, each with how many people: 窓口職員:2;審査"),
	  N_("Pool of people that does the work; empty means that there are always enough."), BPR_STORE_STAFF },
	{ "writes", "記入|記入様式|申請書", LIST, N_("Forms that the citizen fills in here."), BPR_STORE_WRITES },
	{ "reads", "参照様式", LIST, N_("Forms and documents that are read here."), BPR_STORE_READS },
	{ "issues", "交付|発行", LIST, N_("Documents handed out here."), BPR_STORE_ISSUES },
	{ "seals", "押印|押印数", COUNT, N_("Seals put here; ○ counts as one."), BPR_STORE_SEALS },
	{ "id_checks", "本人確認", COUNT, N_("Identity checks here; ○ counts as one."), BPR_STORE_ID_CHECKS },
	{ "copies", "転記|入力項目数", COUNT,
	  N_("Items copied by hand from paper to a system, or from one system to another."), BPR_STORE_COPIES },
	{ "rules", "アナログ規制|規制", N_("visual 目視, paper 書面, face_to_face 対面, resident 常駐, seal 押印; ';' between"),
	  N_("Analogue rules that hold the step where it is."), BPR_STORE_RULES },
	{ "system", "システム|使用システム", TEXT, N_("System used."), BPR_STORE_SYSTEM },
	{ "away", "帰宅|離庁", YES, N_("The citizen has left the building at this step; coming back is a new trip."), BPR_STORE_AWAY },
	{ "cost", "費用|経費", N_("yen, 0 or more"), N_("Yen for each execution, beyond the time of staff."), BPR_STORE_COST },
	{ "prob", "確率|割合", SHARE,
	  N_("Share of a start among several; probability of a boundary event for each execution of its task."), BPR_STORE_PROB },
	{ "outcome", "結果|結末", N_("done 完了, incomplete 不備, rejected 却下"), N_("How a case ends at this end."), BPR_STORE_OUTCOME },
	{ "loop_prob", "繰返し確率|反復確率", SHARE, N_("Probability that the step is done once more, each time it is done."), BPR_STORE_LOOP_PROB },
	{ "repeat", "繰返し回数|反復回数", WHOLE, N_("How often the step is done each time it is reached."), BPR_STORE_REPEAT },
	{ "parallel", "同時実施", YES, N_("The rounds of `repeat` run at the same time."), BPR_STORE_PARALLEL },
	{ "on", "付加先|付加先工程", N_("the id of a task"),
	  N_("Task on whose border the event sits (boundary event): it happens while the task is done, with `prob`."), BPR_STORE_ON },
	{ "interrupting", "中断", YES, N_("Whether the event on the border ends the task; yes where nothing is said."), BPR_STORE_INTERRUPTING },
	{ "terminate", "全体終了", YES, N_("Reaching this end ends the whole case, or the sub-process it is in."), BPR_STORE_TERMINATE },
	{ "type", "BPMN要素", N_("the name of a BPMN element: userTask"),
	  N_("Which element of BPMN the row is; the plain one of its kind where nothing is said."), BPR_STORE_TYPE },
	{ "trigger", "契機", N_("message, timer, error, signal …"), N_("What an event waits for or throws."), BPR_STORE_TRIGGER },
	{ "scope", "サブプロセス|所属サブプロセス", N_("a name of the scopes table"), N_("Innermost sub-process that the row is in."), BPR_STORE_SCOPE },
	{ "silent", "非表示", YES, N_("The row is there for the flow only and is left out of reports: the edge of a sub-process."), BPR_STORE_SILENT },
	{ "split", "分岐方式", N_("xor 排他, and 並行, or 包含"), N_("How the row hands on, where its kind and its shares do not say so."), BPR_STORE_SPLIT },
	{ "join", "合流方式", N_("xor 排他, and 並行, or 包含"), N_("How the row waits for what comes in, where its kind does not say so."), BPR_STORE_JOIN },
	{ "flows", "接続ID", PLACES, N_("Ids that the ways of `next` have in BPMN."), BPR_STORE_FLOWS },
	{ "priority", "優先度", COUNT, N_("Order in the queue of a pool that serves by priority: the greater first."), BPR_STORE_PRIORITY },
	{ "patience", "待ち限度", DURATION, N_("How long a citizen waits for this step before going away; for ever where nothing is said."), BPR_STORE_PATIENCE },
	{ "batch", "まとめ処理", N_("a number, perhaps with the longest wait: 10 or 10/60min"),
	  N_("So many cases are worked on together; work begins when they have come, or when the wait is over."), BPR_STORE_BATCH },
	{ "note", "備考|メモ", TEXT, N_("Free text; unknown columns are kept here."), BPR_STORE_NOTE },
};

static const struct bpr_column form_columns[] = {
	{ "form", "様式", TEXT, N_("Key of the form, as the steps name it."), BPR_STORE_FORM },
	{ "name", "様式名", TEXT, N_("What the form is called in reports."), BPR_STORE_FORM_NAME },
	{ "field", "項目|記入項目", TEXT, N_("Item that is written; the same name on two forms is the same field."), BPR_STORE_FIELD },
	{ "times", "回数", N_("a number above 0"), N_("How often the form asks for it; once where nothing is said."), BPR_STORE_TIMES },
	{ "group", "項目群", TEXT, N_("What counts add up: 氏名, 住所, 生年月日 …"), BPR_STORE_GROUP },
	{ "prefilled", "印字済", YES, N_("It is printed already, so the citizen does not write it."), BPR_STORE_PREFILLED },
};

static const struct bpr_column counter_columns[] = {
	{ "counter", "窓口", TEXT, N_("Name of the counter, as the steps name it."), BPR_STORE_COUNTER_NAME },
	{ "building", "庁舎", TEXT, N_("Building in which it stands."), BPR_STORE_BUILDING },
	{ "floor", "階", TEXT, N_("Floor on which it stands."), BPR_STORE_FLOOR },
	{ "walk_minutes", "移動時間", MINUTES, N_("Time to reach it."), BPR_STORE_COUNTER_WALK },
	{ "open", "受付時間", SCHEDULE, N_("When it is open; the hours of the office where nothing is said."), BPR_STORE_COUNTER_OPEN },
	{ "seats", "待合席", WHOLE, N_("Citizens that can wait there; who finds the seats taken goes away. No limit where nothing is said."), BPR_STORE_SEATS },
};

static const struct bpr_column staff_columns[] = {
	{ "pool", "職種|要員", TEXT, N_("Name of the pool, as the steps name it."), BPR_STORE_POOL },
	{ "shift", "シフト", TEXT, N_("Name of a shift; the people of several shifts of a pool add up."), BPR_STORE_SHIFT },
	{ "count", "人数", WHOLE, N_("People in the pool, or in the shift."), BPR_STORE_COUNT },
	{ "yen_per_hour", "時間単価|単価", N_("yen, 0 or more"), N_("What an hour of one of them costs."), BPR_STORE_RATE },
	{ "hours", "勤務時間", SCHEDULE, N_("When they work; the hours of the office where nothing is said."), BPR_STORE_HOURS },
	{ "breaks", "休憩", N_("times of day, or in turn: 12:00-13:00, 60分@11:30-13:30"),
	  N_("When they rest: all at once, or spread over a time so that somebody is always there."), BPR_STORE_BREAKS },
	{ "also", "兼務", LIST, N_("Other pools in which they help when their own has nothing to do, in this order."), BPR_STORE_ALSO },
	{ "discipline", "呼出順", N_("fifo 先着順, priority 優先順, shortest 短時間順, lifo 後着順"),
	  N_("Who of those that wait for the pool is next; first come, first served where nothing is said."), BPR_STORE_DISCIPLINE },
	{ "unit", "担当|担当課|部署|係", TEXT, N_("Unit to which they belong."), BPR_STORE_POOL_UNIT },
};

static const struct bpr_column demand_columns[] = {
	{ "per_day", "1日件数|一日件数|日件数|1日あたり件数", COUNT, N_("Cases on a working day."), BPR_STORE_PER_DAY },
	{ "per_year", "年間件数", COUNT, N_("Cases in a year; wins over cases a day."), BPR_STORE_PER_YEAR },
	{ "open", "開庁時間", SCHEDULE, N_("When the office is open; it never closes where nothing is said."), BPR_STORE_OPEN },
	{ "closed", "閉庁日", N_("days: 土日祝、12/29-1/3"),
	  N_("Days on which the office is closed; 土日祝 and 29 December to 3 January where nothing is said and the office has hours."), BPR_STORE_CLOSED },
	{ "open_days", "開庁日数|年間開庁日数", N_("a number of days, 1 to 366"),
	  N_("Working days in a year; 243 where nothing is said."), BPR_STORE_OPEN_DAYS },
	{ "weekdays", "曜日別", N_("days with factors: 月:1.4; 金:0.8"), N_("How much more comes on some weekdays than on an ordinary day."), BPR_STORE_WEEKDAYS },
	{ "profile", "時間帯別", FACTORS, N_("How the cases of a day are spread over its hours; the sum stays the same."), BPR_STORE_PROFILE },
	{ "peaks", "繁忙期|ピーク", N_("days with factors: 3/20-4/5:3"), N_("How much more comes in some seasons than on an ordinary day."), BPR_STORE_PEAKS },
	{ "arrivals", "到着間隔", N_("a duration or a distribution, perhaps by window: 8:30-10:00=exp(2); 10:00-17:15=exp(4)"),
	  N_("Time between two cases: exp(6). The clock starts again when the office opens, and at each window."), BPR_STORE_ARRIVALS },
	{ "first", "最初の到着", N_("a duration, 0 or more"),
	  N_("Time from opening to the first case of `arrivals`; one time between two cases where nothing is said."), BPR_STORE_FIRST },
	{ "arrival_times", "到着時刻", N_("times of day, or a file: 8:30 8:31 9:00, list(FILE,COLUMN), log(FILE,COLUMN)"),
	  N_("Cases that come at fixed times: of every working day, or with their dates."), BPR_STORE_TIMES_OF_ARRIVAL },
	{ "group", "同時来庁人数", N_("whole numbers: 2, 1~3, emp([1 1 2 4])"), N_("People who come together, each a case of its own."), BPR_STORE_GROUP_SIZE },
	{ "walk_minutes", "移動時間", MINUTES, N_("Time to reach a counter that says nothing itself."), BPR_STORE_WALK },
	{ "write_seconds_per_field", "1項目記入秒数|記入秒数", N_("seconds, 0 or more"),
	  N_("Seconds that a citizen needs to write one field."), BPR_STORE_WRITE_SECONDS },
	{ "flow", "フローID|プロセスID", TEXT, N_("Id of the flow; the name of its file where nothing is said."), BPR_STORE_FLOW_ID },
};

static const struct bpr_column scope_columns[] = {
	{ "scope", "サブプロセス", TEXT, N_("Key of the sub-process, as the rows inside it name it."), BPR_STORE_SCOPE_KEY },
	{ "name", "サブプロセス名|名称", TEXT, N_("What the sub-process is called."), BPR_STORE_SCOPE_NAME },
	{ "type", "BPMN要素", N_("the name of a BPMN element: subProcess"), N_("Which element of BPMN it is."), BPR_STORE_SCOPE_TYPE },
	{ "parent", "上位サブプロセス", N_("a name of the scopes table"), N_("Sub-process around it."), BPR_STORE_SCOPE_PARENT },
	{ "entry", "入口", N_("the id of a row"), N_("Row inside at which cases enter; the one whose id is the key where nothing is said."), BPR_STORE_SCOPE_ENTRY },
	{ "exit", "出口", N_("the id of a row"), N_("Row inside at which cases leave; the one called KEY/exit where nothing is said."), BPR_STORE_SCOPE_EXIT },
	{ "repeat", "繰返し回数|反復回数", WHOLE, N_("How many rounds a case makes each time it enters."), BPR_STORE_SCOPE_REPEAT },
	{ "parallel", "同時実施", YES, N_("Its rounds run at the same time."), BPR_STORE_SCOPE_PARALLEL },
};

static const struct bpr_column unit_columns[] = {
	{ "unit", "担当|担当課|部署|係", TEXT, N_("Name of the unit, as the steps name it."), BPR_STORE_UNIT_NAME },
	{ "parent", "上位組織|所属", TEXT, N_("Unit to which it belongs (lane around it)."), BPR_STORE_UNIT_PARENT },
};

static const struct bpr_column demand_headings[] = {
	{ "key", "キー|項目|区分", TEXT, N_("Which figure the row gives."), 0 },
	{ "value", "値|内容", TEXT, N_("The figure."), 0 },
};

#define ROWS(table) (table), sizeof(table) / sizeof((table)[0])
static const struct {
	const char *name;
	const char *sheets;    /* what its sheet in a workbook may be called, '|' between */
	const struct bpr_column *columns;
	size_t count;
} tables[BPR_TABLE_COUNT] = {
	[BPR_TABLE_FLOW] = { "flow", "業務フロー|フロー|工程|工程表|作業工程|手順|業務手順|process|steps", ROWS(flow_columns) },
	[BPR_TABLE_FORMS] = { "forms", "様式|様式一覧|帳票|帳票一覧|form", ROWS(form_columns) },
	[BPR_TABLE_COUNTERS] = { "counters", "窓口|窓口一覧|counter", ROWS(counter_columns) },
	[BPR_TABLE_STAFF] = { "staff", "職員|要員|人員|職員数|人員配置", ROWS(staff_columns) },
	[BPR_TABLE_DEMAND] = { "demand", "需要|件数|来庁件数|来庁者数|処理件数", ROWS(demand_columns) },
	[BPR_TABLE_SCOPES] = { "scopes", "サブプロセス|サブプロセス一覧|scope", ROWS(scope_columns) },
	[BPR_TABLE_UNITS] = { "units", "組織|部署|部署一覧|組織一覧|unit", ROWS(unit_columns) },
};

const struct bpr_column *bpr_i_columns(enum bpr_table table, size_t *count)
{
	*count = tables[table].count;
	return tables[table].columns;
}

const char *bpr_i_table_name(enum bpr_table table)
{
	return tables[table].name;
}

const char *bpr_i_table_sheets(enum bpr_table table)
{
	return tables[table].sheets;
}

static size_t cut_mark(const char *text, size_t n)
{
	static const char *const marks[] = { "※", "*", ".", ":" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t m = strlen(marks[i]);

		if (n > m && !memcmp(text + n - m, marks[i], m))
			return n - m;
	}
	return n;
}

static size_t cut_bracket(const char *text, size_t n)
{
	size_t at = n;

	if (!n || (text[n - 1] != ')' && text[n - 1] != ']'))
		return n;
	while (at && text[at - 1] != (text[n - 1] == ')' ? '(' : '['))
		at--;
	return at > 1 ? at - 1 : n;
}

/* Folded, lower case, without blanks; brackets, marks and full stops behind it cut: `No.`, `処理時間(分)※`. */
static void heading_fold(struct bpr_folded *out, const char *text, size_t length)
{
	size_t n = 0;
	size_t before;

	(void)bpr_i_fold_lower(out, text, length);
	for (size_t i = 0; i < out->length; i++)
		if (out->text[i] != ' ' && out->text[i] != '\n' && out->text[i] != '\r')
			out->text[n++] = out->text[i];
	do {
		before = n;
		n = cut_bracket(out->text, cut_mark(out->text, n));
	} while (n < before);
	out->length = n;
	out->text[n] = '\0';
}

static bool same_lower(const char *a, const char *b, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char c = a[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != b[i])
			return false;
	}
	return true;
}

/* `folded` is one of the headings between '|'. */
static bool heading_is(const char *headings, const char *folded, size_t length)
{
	for (const char *s = headings; *s;) {
		size_t n = strcspn(s, "|");

		if (n == length && same_lower(s, folded, length))
			return true;
		s += n + (s[n] == '|');
	}
	return false;
}

static const struct bpr_column *find_in(const struct bpr_column *columns, size_t count, const char *text, size_t length)
{
	struct bpr_folded folded;

	for (size_t i = 0; i < count; i++)
		if (strlen(columns[i].key) == length && !memcmp(columns[i].key, text, length))
			return &columns[i];
	heading_fold(&folded, text, length);
	for (size_t i = 0; i < count && folded.length; i++)
		if ((strlen(columns[i].key) == folded.length && !memcmp(columns[i].key, folded.text, folded.length)) ||
		    heading_is(columns[i].headings, folded.text, folded.length))
			return &columns[i];
	return NULL;
}

enum bpr_table bpr_i_table_find(const char *text, size_t length)
{
	struct bpr_folded folded;

	heading_fold(&folded, text, length);
	for (size_t i = 0; i < BPR_TABLE_COUNT && folded.length; i++)
		if (heading_is(tables[i].name, folded.text, folded.length) || heading_is(tables[i].sheets, folded.text, folded.length))
			return (enum bpr_table)i;
	return BPR_TABLE_COUNT;
}

const struct bpr_column *bpr_i_column_find(enum bpr_table table, const char *text, size_t length)
{
	return find_in(tables[table].columns, tables[table].count, text, length);
}

int bpr_i_demand_heading(const char *text, size_t length)
{
	const struct bpr_column *found = find_in(ROWS(demand_headings), text, length);

	return found ? (int)(found - demand_headings) + 1 : 0;
}

size_t bpr_column_table_count(void)
{
	return BPR_TABLE_COUNT;
}

const char *bpr_column_table_name(size_t table)
{
	return table < BPR_TABLE_COUNT ? tables[table].name : "";
}

const char *bpr_column_table_sheets(size_t table)
{
	return table < BPR_TABLE_COUNT ? tables[table].sheets : "";
}

bool bpr_column_get(size_t table, size_t index, struct bpr_column_info *out)
{
	const struct bpr_column *column;

	if (table >= BPR_TABLE_COUNT || index >= tables[table].count)
		return false;
	column = &tables[table].columns[index];
	*out = (struct bpr_column_info){ column->key, column->headings, column->values, column->explain };
	return true;
}

enum bpr_column_type bpr_i_column_type(const struct bpr_column *column)
{
	switch (column->store) {
	case BPR_STORE_SEALS: case BPR_STORE_ID_CHECKS: case BPR_STORE_COPIES: case BPR_STORE_COST: case BPR_STORE_PROB:
	case BPR_STORE_LOOP_PROB: case BPR_STORE_REPEAT: case BPR_STORE_TIMES: case BPR_STORE_COUNTER_WALK: case BPR_STORE_COUNT:
	case BPR_STORE_RATE: case BPR_STORE_PER_DAY: case BPR_STORE_PER_YEAR: case BPR_STORE_OPEN_DAYS: case BPR_STORE_WALK:
	case BPR_STORE_WRITE_SECONDS: case BPR_STORE_SCOPE_REPEAT: case BPR_STORE_PRIORITY: case BPR_STORE_SEATS: case BPR_STORE_FIRST:
		return BPR_COLUMN_NUMBER;
	case BPR_STORE_AWAY: case BPR_STORE_PARALLEL: case BPR_STORE_INTERRUPTING: case BPR_STORE_TERMINATE: case BPR_STORE_SILENT:
	case BPR_STORE_PREFILLED: case BPR_STORE_SCOPE_PARALLEL:
		return BPR_COLUMN_YES;
	case BPR_STORE_WRITES: case BPR_STORE_READS: case BPR_STORE_ISSUES: case BPR_STORE_RULES:
		return BPR_COLUMN_LIST;
	case BPR_STORE_WORK: case BPR_STORE_WAIT: case BPR_STORE_ARRIVALS: case BPR_STORE_PATIENCE: case BPR_STORE_GROUP_SIZE:
		return BPR_COLUMN_DURATION;
	case BPR_STORE_STAFF:
		return BPR_COLUMN_STAFF;
	case BPR_STORE_NEXT:
		return BPR_COLUMN_NEXT;
	case BPR_STORE_CONDITIONS: case BPR_STORE_FLOWS:
		return BPR_COLUMN_PLACES;
	default:
		return BPR_COLUMN_TEXT;
	}
}
