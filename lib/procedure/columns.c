/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a table of procedures. */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/text_i.h"

const struct bpr_table_column bpr_i_procedure_columns[BPR_PCOL_COUNT] = {
	[BPR_PCOL_ID] = { "id", "番号|手続き番号|手続番号|No|コード", false, N_("text, each once"), N_("What the procedure is called in messages; the number of the row where empty.") },
	[BPR_PCOL_EVENT] = { "event", "ライフイベント|イベント|事由|届出事由|区分", false, N_("life events, ';' between; empty: all"),
		N_("For which life events the row is: move_in 転入, move_within 転居, move_out 転出, marriage 婚姻, birth 出生, divorce 離婚, death 死亡, or others by a name of your own. 'fact' (質問) makes the row a question instead: its procedure is the name of the fact, its condition the kind of its values, its plain name the question.") },
	[BPR_PCOL_CONDITION] = { "condition", "条件|対象|対象者|該当条件", false, N_("a condition; empty: every household"), N_("Which households need the procedure; see CONDITIONS.") },
	[BPR_PCOL_PROCEDURE] = { "procedure", "手続き|手続|手続き名|手続名|手続きの名称", true, N_("text"), N_("The procedure's name.") },
	[BPR_PCOL_PLAIN] = { "plain", "やさしい名前|やさしい日本語|わかりやすい名前", false, N_("text"), N_("The same in plain Japanese.") },
	[BPR_PCOL_COUNTER] = { "counter", "窓口|窓口名|窓口番号|受付窓口", false, N_("text"), N_("Where it is done; the unit in charge where empty.") },
	[BPR_PCOL_BUILDING] = { "building", "庁舎|建物|場所", false, N_("text"), N_("The building of the counter.") },
	[BPR_PCOL_FLOOR] = { "floor", "階|フロア", false, N_("text"), N_("The floor of the counter.") },
	[BPR_PCOL_ORDER] = { "order", "順|順番|順序|回る順", false, N_("a number"), N_("The counter's place on the walk, smallest first. Counters without one come behind those with one, building by building and floor by floor as the table has them.") },
	[BPR_PCOL_UNIT] = { "unit", "担当課|担当|所管課|所管|課", false, N_("text"), N_("The unit in charge.") },
	[BPR_PCOL_FORM] = { "form", "様式|様式名|申請書|届書|届出書", false, N_("text"), N_("The form that is handed in.") },
	[BPR_PCOL_BRING] = { "bring", "持ち物|必要なもの|必要書類|添付書類", false, N_("things, ';' between"), N_("What to bring; the sheet names each thing once, with what it is for.") },
	[BPR_PCOL_DEADLINE] = { "deadline", "期限|届出期限|申請期限|期間", false, N_("14日, 14 days, 1か月, 前日まで …; see DEADLINES"), N_("By when it must be done.") },
	[BPR_PCOL_LAW] = { "law", "根拠|根拠法令|法令", false, N_("text"), N_("The legal basis.") },
	[BPR_PCOL_PROXY] = { "proxy", "代理人|代理|代理申請", false, N_("yes, no, or under which condition"), N_("Whether someone else may do it.") },
	[BPR_PCOL_ONLINE] = { "online", "オンライン|電子申請|オンライン申請", false, N_("yes, no, or how"), N_("Whether it can be done online.") },
	[BPR_PCOL_ONE_STOP] = { "one_stop", "ワンストップ|総合窓口|一括", false, N_("yes, no, or the one-stop counter"), N_("Whether the one-stop counter does it, so that its own counter falls away there.") },
	[BPR_PCOL_MINUTES] = { "minutes", "所要時間|時間|分|所要時間(分)", false, N_("minutes"), N_("How long it takes at the counter.") },
	[BPR_PCOL_OMISSION] = { "omission", "漏れ率|失念率|漏れ", false, N_("0 to 1, or percent"), N_("The share of households that forget it without a check sheet.") },
	[BPR_PCOL_NOTE] = { "note", "備考|注意|留意事項|補足", false, N_("text"), N_("What else one should know.") },
	[BPR_PCOL_URL] = { "url", "URL|リンク|申請ページ|アドレス", false, N_("an address"), N_("The page of the online application.") },
};
