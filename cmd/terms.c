/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of queues, as reports use them; definitions in full: bpr-metrics(7). */
#include "config.h"
#include "cmd.h"
#include "glossary.h"

const struct term terms[] = {
	{ "待ち行列|順番待ち|待ち件数", "queue|line",
	  N_("Cases that wait for people. It grows where more comes in than can be done, and by chance long before that: at 90% utilisation nine times as long as at 50%, with one person.") },
	{ "稼働率|利用率", "utilisation|utilization",
	  N_("Work that the cases of an ordinary week ask of a pool, over the hours that its people are on duty. Above some 85% queues grow quickly; at 100% they never end. People need time that is not utilisation.") },
	{ "処理能力|限度", "capacity",
	  N_("Cases a day that would fill a pool completely. Nobody can work like that: the wait grows without end on the way there.") },
	{ "処理の遅れ|過負荷", "overload|backlog",
	  N_("From some hour on more work comes in than the people on duty can do, and what piles up is still there when the day ends. It is carried on to the next day.") },
	{ "リトルの法則", "Little's law",
	  N_("Cases under way = cases that come in a minute times minutes that each takes. It always holds, whatever the order and the chance.") },
	{ "アーラン|アーランの公式", "Erlang|Erlang C|M/M/c",
	  N_("The probability of having to wait, where cases come by chance and several people work exponentially distributed times. With it the mean wait is known exactly.") },
	{ "厳密|近似", "exact|approximate",
	  N_("Exact: the figure follows from what the flow says, without anything being neglected. Approximate: a formula that assumes more than holds here; the report names what fails, and simulation is the judge.") },
	{ "乱数|シミュレーション", "simulation",
	  N_("Cases played through one by one with drawn times, in opening hours and with the staff that is there. Each figure has an interval that holds the true value in 95 of 100 such runs.") },
	{ "中央値|9割の上限|分位点", "median|quantile",
	  N_("The median: half of the cases are at or below it. A mean hides the few that wait very long; what 9 in 10 stay below shows them.") },
	{ "立ち上がり|ウォームアップ", "warm-up|MSER-5",
	  N_("An office that never closes is simulated from an empty one, so at first nobody waits. That beginning is left out; MSER-5 finds where it ends.") },
	{ "共通の乱数|共通乱数", "common random numbers",
	  N_("Before and after are simulated with the same arrivals and draws, so that chance moves both alike and what is left of the difference is that of the change.") },
};
const size_t term_count = sizeof(terms) / sizeof(terms[0]);
