/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of levers: words in both languages, target, value, effect. Reader, refusals and bpr-levers(5) come from it. */
#include "config.h"
#include "base/text_i.h"
#include "improve/lever_i.h"
#include "table/table_i.h"

#define FORMS N_("forms, ';' between; * all")
#define STEPS N_("steps, ';' between; counter=, unit=, pool=; * all")
#define CHAIN N_("steps that follow each other")

static const struct bpr_lever_kind_info kinds[BPR_LEVER_KIND_COUNT] = {
	[BPR_LEVER_MERGE_FORMS] = { "merge_forms", "様式統合|様式の統合|申請書統合|申請書の統合", N_("merge forms"), FORMS,
	  N_("name of the form that they become; at=STEP: where it is written"),
	  N_("The forms become one. It asks for every field that one of them asked for, as often as the one that asks most often; a field that is printed on all of them stays printed. It is written where a case first wrote one of them, and no second time on the same way; steps that read or hand out one of the forms do so with the new one. Durations do not change: drop or speed up the steps that write nothing any more.") },
	[BPR_LEVER_PREFILL] = { "prefill", "印字|事前印字|プレ印字|事前記入", N_("pre-print fields"),
	  N_("FORM, FORM.FIELD, group=GROUP or field=FIELD, ';' between; * all"), "",
	  N_("The fields are printed already: citizens do not write them. A form without a list of fields counts as one field, which is printed.") },
	[BPR_LEVER_DROP_FIELDS] = { "drop_fields", "項目削減|項目廃止|記入項目の削減", N_("drop fields"),
	  N_("FORM.FIELD, group=GROUP or field=FIELD, ';' between"), "",
	  N_("The forms ask for these fields no longer. A form without any field left is neither written nor read.") },
	[BPR_LEVER_DROP_SEALS] = { "drop_seals", "押印廃止|押印の廃止", N_("drop seals"), STEPS, "",
	  N_("No seal is put at these steps, and the rule 'seal' goes. Steps without a seal stay as they are.") },
	[BPR_LEVER_SIGN] = { "sign", "署名への変更|署名|押印を署名に", N_("sign instead of seal"), N_("steps as elsewhere, whose seals go; or forms, ';' between"),
	  N_("name of the field; 署名 where nothing is said"),
	  N_("Steps with a seal and a form that is written there lose the seal, and each such form asks for one signature: a field that is written once and never printed. Forms that are named get the signature in any case, and the steps where they are written lose their seals. Seals where nothing is written stay.") },
	[BPR_LEVER_MERGE_COUNTERS] = { "merge_counters", "窓口統合|ワンストップ化|総合窓口化|窓口の統合", N_("merge counters"), N_("counters, ';' between; * all"),
	  N_("the counter that they become (else the first); unit=, move=, data=, ';' between"),
	  N_("The steps at these counters take place at one, where the citizen stays: no way between them, one visit. A counter with a new name stands where the first one stood, with its hours and seats. move=DURATION is work of staff who come over, data=DURATION a wait for data, added where a case may come to the step from elsewhere than its own old counter. unit= is who does the steps from now on. A duration that cannot be moved by adding becomes a gamma distribution with the exact mean and variance.") },
	[BPR_LEVER_UNIFY_ID_CHECKS] = { "unify_id_checks", "本人確認の統一|本人確認統一|本人確認の一本化", N_("unify identity checks"), STEPS,
	  "", N_("Only the first check on each way stays: a step that no case reaches without having been checked at another one of them checks nobody. Durations do not change.") },
	[BPR_LEVER_CHECK_SHEET] = { "check_sheet", "チェックシート|手続きチェックシート", N_("give a check sheet"),
	  N_("choices, ';' between, at which returns and omissions fall; * all"),
	  N_("share by which they fall; fill=MINUTES of the citizen for the sheet"),
	  N_("Ways that lead back (every case that takes one comes to the same choice again, or to a step that it has passed) and ways that lead to an incomplete end only are taken less often by that share; the other ways of the choice are taken more often, in proportion. Filling in the sheet is a step behind each start.") },
	[BPR_LEVER_ONLINE] = { "online", "オンライン化|電子申請|オンライン申請", N_("put online"), STEPS,
	  N_("work= of the citizen, wait=, system=, ';' between"),
	  N_("Nobody comes to a counter for these steps: they lose their counter, with it the way there, and the rule 'face to face'. work= is the time of steps that the citizen does, wait= the wait of all of them. Seals must have been dropped before. For a share of citizens use the lever channel.") },
	[BPR_LEVER_AUTOMATE] = { "automate", "自動化|RPA|AI-OCR", N_("automate"), STEPS,
	  N_("work=DURATION; error=SHARE; rework=DURATION; system=NAME"),
	  N_("A system does the work of these steps: nobody is needed, nothing is copied by hand, the rule 'visual' goes. With an error rate a choice behind the step leads that share of cases to a new step in which those who did the work put it right, in the time given or that of the old work; then it goes on as before.") },
	[BPR_LEVER_PARALLEL] = { "parallel", "並行化|同時実施", N_("do at the same time"), CHAIN,
	  "",
	  N_("The steps begin together, as branches between a parallel split and its join, and the case goes on when all are done. They must follow each other directly; a step that reads what another one writes or issues, a choice or another step between them, and two steps that both need the citizen do not fit.") },
	[BPR_LEVER_REMOVE] = { "remove", "廃止|工程廃止|工程の廃止", N_("remove"), STEPS,
	  "",
	  N_("The steps are not done any more: whoever came to one goes on to what follows it. Its boundary events go with it, and so do gateways that are left without a choice. A step that decides which way a case goes stays.") },
	[BPR_LEVER_MERGE_STEPS] = { "merge_steps", "工程統合|工程の統合", N_("merge steps"), N_("steps, ';' between; the first one stays"),
	  N_("name of the step; work=, wait=, ';' between"),
	  N_("The steps are done in one go where the first one named is. It takes over all forms and rules, and of everything else the most: the longer work and wait unless they are given, seals, identity checks, copies and cost. Counter, unit, people and system are its own; where it has none, those of the others. Only steps fit which every case does equally often, also such of parallel branches, by the same kind of people.") },
	[BPR_LEVER_REORDER] = { "reorder", "順序変更|順序の変更", N_("reorder"), STEPS,
	  N_("before=STEP or after=STEP"),
	  N_("The steps are taken out of their places and put in front of or behind another one, in the order named. Only where every case passes both equally often, and no step comes before one that makes what it reads.") },
	[BPR_LEVER_REASSIGN] = { "reassign", "担当変更|担当の変更|担当替え", N_("reassign"), STEPS,
	  N_("unit=; counter= (- back office); staff=POOL or POOL:COUNT; actor=; ';' between"),
	  N_("Another unit, counter, pool or actor does the work of these steps. What is not said stays. Durations do not change.") },
	[BPR_LEVER_SPEED_UP] = { "speed_up", "時間短縮|短縮", N_("speed up"), STEPS,
	  N_("-20%, or a new duration; work=; wait=, ';' between; without either: work"),
	  N_("A percentage takes that share off every duration of the step, with its spread in proportion; a duration or distribution replaces it.") },
	[BPR_LEVER_ADD_STAFF] = { "add_staff", "増員|人員増|応援", N_("add staff"), N_("pools, ';' between"),
	  N_("+1, or with hours +1@9:00-12:00"),
	  N_("So many people more. With hours they are a shift of their own; without, they work as the first shift does. The pool must say how many people it has.") },
	[BPR_LEVER_HOURS] = { "hours", "開庁時間変更|窓口時間変更|開庁時間の変更", N_("change hours"),
	  N_("office (empty), counter=NAME or pool=NAME, ';' between"), N_("days and times of day: 8:30-17:15; 土 9:00-12:00"),
	  N_("The office, the counter or all shifts of the pool have these hours. Cases a day or a year stay as many.") },
	[BPR_LEVER_APPOINTMENTS] = { "appointments", "予約制|予約|予約制の導入", N_("introduce appointments"),
	  N_("counters, ';' between, whose waits fall; * all"), N_("share of citizens who come by appointment; wait=SHARE of the wait that they still have"),
	  N_("The share of citizens with an appointment comes evenly over the opening hours: each factor of the time of day moves towards the mean of the day by it, and where times between arrivals are said, their variance falls by it (the mean stays). Waits before steps at these counters fall for them: each wait becomes 1 - share + share * what is left of its length, on average. Waits in queues follow from arrivals when they are computed.") },
	[BPR_LEVER_UNBATCH] = { "unbatch", "都度処理|まとめ処理の廃止|随時処理", N_("do at once"), STEPS, "",
	  N_("What was worked on together is worked on as it comes: nobody waits until a batch is full. The work of each case stays.") },
	[BPR_LEVER_CHANNEL] = { "channel", "窓口以外へ|チャネル変更|コンビニ交付|郵送化", N_("another channel"), N_("empty: from the start; or steps, ';' between"),
	  N_("share; name=, work=, wait=, cost=, actor=, system=, unit=, to=, ';' between"),
	  N_("That share of citizens takes another way: behind the start, or in front of the steps named, a choice leads them to a new step (of the citizen unless actor=system) and on to the step to=, else to the end. The others go on as before. The way may not lead out of a parallel branch or a sub-process.") },
	[BPR_LEVER_SET] = { "set", "値変更|値の変更|設定", N_("set a value"), N_("empty, or the KEY"),
	  N_("KEY=VALUE as --set takes it: step.T3.work=4, staff.POOL=3, counter.NAME.walk_minutes=0, demand.per_day=80"),
	  N_("One value of the flow is replaced, as --set does.") },
};

const struct bpr_lever_kind_info *bpr_lever_kind_get(enum bpr_lever_kind kind)
{
	return (size_t)kind < BPR_LEVER_KIND_COUNT ? &kinds[kind] : NULL;
}

enum bpr_lever_kind bpr_lever_kind_find(const char *word)
{
	for (size_t i = 0; i < BPR_LEVER_KIND_COUNT; i++)
		if (bpr_i_table_word(&kinds[i].words, 1, word) == 0 || bpr_i_table_word(&kinds[i].key, 1, word) == 0)
			return (enum bpr_lever_kind)i;
	return BPR_LEVER_KIND_COUNT;
}
