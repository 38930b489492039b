/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who plays what: places of the flows, choices that families make and choices that lots make, copies of forms. */
#include "config.h"
#include "base/text_i.h"
#include "report/workshop_i.h"
#include "study/study_i.h"
#include <math.h>
#include <string.h>

enum { HOPS = 1000 };

/* ---- choices ---- */

/* Whether a case that is at `from` can get to `to` (again); marks: [node count], taken as they are. */
static bool gets_to(const bpr_flow *flow, size_t from, size_t to, size_t *stack, bool *seen)
{
	size_t depth = 0;

	memset(seen, 0, bpr_flow_node_count(flow) * sizeof(*seen));
	stack[depth++] = from;
	seen[from] = true;
	while (depth) {
		size_t at = stack[--depth];
		const struct bpr_node *node = bpr_flow_node(flow, at);

		if (at == to)
			return true;
		for (size_t i = 0; i < node->out_count; i++) {
			size_t next = bpr_flow_arc(flow, node->first_out + i)->to;

			if (!seen[next]) {
				seen[next] = true;
				stack[depth++] = next;
			}
		}
	}
	return false;
}

/* -1 out of memory. */
static int leads_back(const bpr_flow *flow, size_t arc)
{
	size_t n = bpr_flow_node_count(flow);
	size_t *stack = bpr_i_calloc(n, sizeof(*stack));
	bool *seen = bpr_i_calloc(n, sizeof(*seen));
	int back = -1;

	if (stack && seen)
		back = gets_to(flow, bpr_flow_arc(flow, arc)->to, bpr_flow_arc(flow, arc)->from, stack, seen);
	bpr_i_free(stack);
	bpr_i_free(seen);
	return back;
}

bool bpr_i_workshop_is_return(const bpr_flow *flow, size_t at)
{
	const struct bpr_node *node = bpr_flow_node(flow, at);
	size_t back = 0;

	if (node->kind != BPR_NODE_XOR || node->out_count < 2)
		return false;
	for (size_t i = 0; i < node->out_count; i++)
		back += leads_back(flow, node->first_out + i) > 0;
	return back && back < node->out_count;
}

static bool is_choice(const struct bpr_node *node)
{
	return (node->kind == BPR_NODE_XOR || node->kind == BPR_NODE_OR) && node->out_count > 1;
}

size_t bpr_i_workshop_next(const bpr_flow *flow, size_t at)
{
	for (size_t hop = 0; hop < HOPS; hop++) {
		const struct bpr_node *node = bpr_flow_node(flow, at);

		if (bpr_node_is_step(node) || is_choice(node) || node->out_count == 0)
			break;
		at = bpr_flow_arc(flow, node->first_out)->to;
	}
	return at;
}

size_t bpr_i_workshop_lots(double share)
{
	double lots = nearbyint(share * WORKSHOP_LOTS);

	return lots < 1 ? 1 : lots > WORKSHOP_LOTS - 1 ? WORKSHOP_LOTS - 1 : (size_t)lots;
}

/* ---- places ---- */

bool bpr_i_workshop_is_at(const bpr_flow *flow, size_t at, const struct workshop_place *place)
{
	const struct bpr_node *node = bpr_flow_node(flow, at);

	if (!bpr_node_is_step(node) || (node->actor == BPR_ACTOR_CITIZEN && node->counter == BPR_NONE))
		return false;
	if (place->counter != BPR_NONE)
		return node->counter == place->counter;
	return node->counter == BPR_NONE && node->unit == place->unit;
}

struct workshop_place *bpr_i_workshop_places(struct workshop *w, size_t side, size_t *count)
{
	const bpr_flow *flow = w->flow[side];
	const struct bpr_node_result *results = bpr_analysis_nodes(w->analysis[side]);
	size_t n = bpr_flow_node_count(flow);
	struct workshop_place *places = bpr_i_arena_alloc(&w->words.arena, n, sizeof(*places));

	*count = 0;
	if (!places) {
		w->words.failed = true;
		return NULL;
	}
	for (int offices = 0; offices < 2; offices++) /* behind the counters */
		for (size_t i = 0; i < n; i++) {
			const struct bpr_node *node = bpr_flow_node(flow, i);
			struct workshop_place place = { node->counter, node->counter == BPR_NONE ? node->unit : BPR_NONE };
			bool known = false;

			if ((node->counter == BPR_NONE) != (offices == 1) || !(results[i].visits > 0) || !bpr_i_workshop_is_at(flow, i, &place))
				continue;
			for (size_t k = 0; k < *count && !known; k++)
				known = places[k].counter == place.counter && places[k].unit == place.unit;
			if (!known)
				places[(*count)++] = place;
		}
	return places;
}

const char *bpr_i_workshop_place_name(struct workshop *w, size_t side, const struct workshop_place *place)
{
	const bpr_flow *flow = w->flow[side];

	if (place->counter != BPR_NONE)
		return bpr_flow_counter(flow, place->counter)->name;
	if (place->unit != BPR_NONE)
		return bpr_i_workshop_say(w, N_("{1} (office behind the counter)"), bpr_flow_unit(flow, place->unit)->name, NULL, NULL);
	return bpr_i_workshop_text(w, N_("Office behind the counter"));
}

/* ---- forms ---- */

bool bpr_i_workshop_is_written(const struct workshop *w, size_t side, size_t form)
{
	return bpr_analysis_forms(w->analysis[side])[form].written > 1e-9;
}

/* A third more than is expected, and one to show. */
size_t bpr_i_workshop_copies(const struct workshop *w, size_t side, size_t form)
{
	double written = fmin(bpr_analysis_forms(w->analysis[side])[form].written, 1000);

	return (size_t)ceil(written * (double)w->family_count * 4 / 3 - 1e-9) + 1;
}

/* ---- families ---- */

/* People who do not exist, and whose names say so. */
static const char *const people[BPR_LANG_COUNT][6][4] = {
	[BPR_LANG_JA] = {
		{ "見本 一郎", "みほん市中央1丁目2番3号", "昭和60年4月1日", "配偶者、子（小学2年生）" },
		{ "例示 花子", "みほん市みなみ2丁目5番8号 105号室", "平成8年10月20日", "ひとり暮らし" },
		{ "架空 太郎", "みほん市きた3丁目1番12号", "昭和26年6月5日", "配偶者" },
		{ "仮名 春子", "みほん市ひがし1丁目9番4号", "平成2年2月11日", "子（4歳）、子（0歳）" },
		{ "演習 実", "みほん市にし4丁目7番1号", "昭和48年12月3日", "配偶者、子（高校1年生）、母（79歳）" },
		{ "練習 あゆみ", "みほん市本町5丁目6番7号", "平成12年8月30日", "父、母" },
	},
	[BPR_LANG_EN] = {
		{ "Ann Sample", "3 Centre Street, Mihon", "1 April 1985", "partner, child (second year of school)" },
		{ "Ben Example", "105 South Court, Mihon", "20 October 1996", "lives alone" },
		{ "Clara Specimen", "12 North Road, Mihon", "5 June 1951", "partner" },
		{ "Dan Placeholder", "4 East Lane, Mihon", "11 February 1990", "children (4 years, 3 months)" },
		{ "Eve Exercise", "1 West Avenue, Mihon", "3 December 1973", "partner, child (15), mother (79)" },
		{ "Fred Practice", "7 Main Street, Mihon", "30 August 2000", "father, mother" },
	},
};

static void invent(struct workshop *w, struct workshop_family *family, size_t k)
{
	const char *const *who = people[w->lang][k % 6];
	const char **lines = bpr_i_arena_alloc(&w->words.arena, 4, sizeof(*lines));

	if (!lines) {
		w->words.failed = true;
		return;
	}
	lines[0] = bpr_i_workshop_say(w, N_("Name: {1}"), who[0], NULL, NULL);
	lines[1] = bpr_i_workshop_say(w, N_("Address: {1}"), who[1], NULL, NULL);
	lines[2] = bpr_i_workshop_say(w, N_("Born: {1}"), who[2], NULL, NULL);
	lines[3] = bpr_i_workshop_say(w, N_("Lives with: {1}"), who[3], NULL, NULL);
	*family = (struct workshop_family){ .name = who[0], .lines = lines, .line_count = 4, .procedures = NAN, .counters = NAN };
}

/* ---- what they want ---- */

static const char *label_of(struct workshop *w, const bpr_flow *flow, size_t at)
{
	const struct bpr_node *node = bpr_flow_node(flow, at);

	return *node->name ? node->name : node->kind == BPR_NODE_END ? bpr_i_workshop_text(w, N_("the end")) : node->id;
}

/* Which way was taken, in words: what it is called, yes or no where one way does something and the other passes it by, or what comes next. */
static const char *answer_words(struct workshop *w, const bpr_flow *flow, const struct bpr_node *node, size_t way)
{
	const struct bpr_arc *arc = bpr_flow_arc(flow, node->first_out + way);
	size_t steps = 0;
	bool does = false;

	if (arc->name && *arc->name)
		return arc->name;
	for (size_t i = 0; i < node->out_count; i++) {
		bool step = bpr_node_is_step(bpr_flow_node(flow, bpr_i_workshop_next(flow, bpr_flow_arc(flow, node->first_out + i)->to)));

		steps += step;
		if (i == way)
			does = step;
	}
	if (node->out_count == 2 && steps == 1)
		return bpr_i_workshop_text(w, does ? N_("yes") : N_("no"));
	return bpr_i_workshop_say(w, N_("go on to '{1}'"), label_of(w, flow, bpr_i_workshop_next(flow, arc->to)), NULL, NULL);
}

static double fraction(double x)
{
	return x - floor(x);
}

/* Family k takes the way into whose share its place falls: the families together take each as often as the shares say. */
static size_t way_of(const struct workshop *w, const bpr_flow *flow, const struct bpr_node *node, size_t k, size_t question)
{
	double at = fraction(((double)k + 0.5) / (double)w->family_count + 0.6180339887498949 * (double)question), sum = 0;

	for (size_t i = 0; i < node->out_count; i++) {
		sum += bpr_flow_arc(flow, node->first_out + i)->prob;
		if (at < sum)
			return i;
	}
	return node->out_count - 1;
}

static const char *or_words(struct workshop *w, const bpr_flow *flow, const struct bpr_node *node, size_t k, size_t question)
{
	const char **names = bpr_i_arena_alloc(&w->words.arena, node->out_count, sizeof(*names));
	size_t n = 0;

	for (size_t i = 0; names && i < node->out_count; i++) {
		const struct bpr_arc *arc = bpr_flow_arc(flow, node->first_out + i);
		bool last = i + 1 == node->out_count && !n; /* at least one */

		if (last || fraction(((double)k + 0.5) / (double)w->family_count + 0.6180339887498949 * (double)(question + i)) < arc->prob)
			names[n++] = arc->name && *arc->name ? arc->name : label_of(w, flow, bpr_i_workshop_next(flow, arc->to));
	}
	if (!names)
		w->words.failed = true;
	return names ? bpr_i_say_list(&w->words, names, n) : "";
}

static bool asked_already(const struct workshop_family *family, const char *question)
{
	for (size_t i = 0; i < family->answer_count; i++)
		if (!strcmp(family->answers[i].question, question))
			return true;
	return false;
}

static size_t choice_count(const struct workshop *w)
{
	size_t n = 0;

	for (size_t side = 0; side < w->sides; side++)
		for (size_t i = 0; i < bpr_flow_node_count(w->flow[side]); i++)
			n += is_choice(bpr_flow_node(w->flow[side], i));
	return n;
}

static void answer(struct workshop *w, struct workshop_family *family, size_t k)
{
	size_t question = 0;

	family->answers = bpr_i_arena_alloc(&w->words.arena, choice_count(w) + 1, sizeof(*family->answers));
	if (!family->answers) {
		w->words.failed = true;
		return;
	}
	for (size_t side = 0; side < w->sides; side++)
		for (size_t i = 0; i < bpr_flow_node_count(w->flow[side]); i++) {
			const bpr_flow *flow = w->flow[side];
			const struct bpr_node *node = bpr_flow_node(flow, i);
			struct workshop_answer said;

			if (!is_choice(node) || node->silent || !(bpr_analysis_nodes(w->analysis[side])[i].visits > 0) || bpr_i_workshop_is_return(flow, i))
				continue;
			said.question = label_of(w, flow, i);
			said.answer = node->kind == BPR_NODE_OR ? or_words(w, flow, node, k, question)
								: answer_words(w, flow, node, way_of(w, flow, node, k, question));
			question++;
			if (!asked_already(family, said.question))
				family->answers[family->answer_count++] = said;
		}
}

void bpr_i_workshop_families(struct workshop *w)
{
	const struct bpr_workshop_options *o = w->options;

	w->family_count = o->household_count ? o->household_count : o->families;
	w->families = bpr_i_arena_alloc(&w->words.arena, w->family_count, sizeof(*w->families));
	if (!w->families) {
		w->words.failed = true;
		w->family_count = 0;
	}
	for (size_t k = 0; k < w->family_count && !w->words.failed; k++) {
		if (o->household_count)
			bpr_i_workshop_household(w, &w->families[k], o->households[k], k);
		else
			invent(w, &w->families[k], k);
		answer(w, &w->families[k], k);
	}
}
