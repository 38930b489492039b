/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows what, chosen and put into words for a picture. */
#include "config.h"
#include "study/mining_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdlib.h>

/* A page holds so much that can still be read; a picture of its own more. */
enum { PAGE_STEPS = 26, PAGE_WAYS = 44, MOST_STEPS = 400, MOST_WAYS = 2000 };

/* Where cases begin and end are stations, too: behind the activities. */
struct chooser {
	const struct bpr_mining_study *s;
	struct candidate { uint32_t from, to; uint64_t count; const struct bpr_mine_arc *arc; } *candidates;
	size_t count, chosen;
	uint64_t all, shown;     /* times of all of them, of those chosen */
	size_t activities;       /* of the log */
	uint32_t begin, end;
	size_t *station;         /* of an activity: place in the picture, or BPR_NONE */
	size_t steps;
};

static int more_often(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

static void gather(struct chooser *c)
{
	size_t count, arcs;
	const struct bpr_mine_activity *list = bpr_mining_activities(c->s->mining, &count);
	const struct bpr_mine_arc *arc = bpr_mining_arcs(c->s->mining, &arcs);

	c->activities = count;
	c->begin = (uint32_t)count;
	c->end = (uint32_t)count + 1;
	c->candidates = bpr_i_arena_alloc(&c->s->doc->arena, arcs + 2 * count + 1, sizeof(*c->candidates));
	c->station = bpr_i_arena_alloc(&c->s->doc->arena, count + 2, sizeof(*c->station));
	if (!c->candidates || !c->station) {
		c->s->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < arcs; i++) {
		c->all += arc[i].count;
		if (arc[i].cases >= c->s->k)
			c->candidates[c->count++] = (struct candidate){ arc[i].from, arc[i].to, arc[i].count, &arc[i] };
	}
	for (size_t i = 0; i < count; i++) {
		c->all += list[i].starts + list[i].ends;
		if (list[i].starts && list[i].starts >= c->s->k)
			c->candidates[c->count++] = (struct candidate){ c->begin, (uint32_t)i, list[i].starts, NULL };
		if (list[i].ends && list[i].ends >= c->s->k)
			c->candidates[c->count++] = (struct candidate){ (uint32_t)i, c->end, list[i].ends, NULL };
	}
	if (c->count)
		qsort(c->candidates, c->count, sizeof(*c->candidates), more_often);
	for (size_t i = 0; i < count + 2; i++)
		c->station[i] = BPR_NONE;
}

/* A station where it has none yet; 0: it had. */
static size_t is_new(const struct chooser *c, uint32_t activity)
{
	return c->station[activity] == BPR_NONE && activity < c->activities;
}

static void take(struct chooser *c, size_t i)
{
	struct candidate one = c->candidates[i];

	/* in front, those behind keep their order */
	for (; i > c->chosen; i--)
		c->candidates[i] = c->candidates[i - 1];
	c->candidates[c->chosen++] = one;
	c->shown += one.count;
	for (int side = 0; side < 2; side++) {
		uint32_t at = side ? one.to : one.from;

		if (is_new(c, at))
			c->station[at] = 1 + c->steps++;
	}
}

/* The most frequent ones; beyond the room for steps only between those that are there. */
static void choose(struct chooser *c)
{
	double share = c->s->options->arcs;
	size_t most_steps = share > 0 ? MOST_STEPS : PAGE_STEPS, most_ways = share > 0 ? MOST_WAYS : PAGE_WAYS;

	for (size_t i = 0; i < c->count && c->chosen < most_ways; i++) {
		if (share > 0 && (double)c->shown >= share * (double)c->all)
			break;
		if (c->steps + is_new(c, c->candidates[i].from) + is_new(c, c->candidates[i].to) <= most_steps)
			take(c, i);
	}
}

static bool is_shown(const struct chooser *c, uint32_t at)
{
	return at >= c->activities || c->station[at] != BPR_NONE;
}

/* What is shown is come to and left: the most frequent way to and from each of them, where both its ends are shown. */
static bool connect(struct chooser *c)
{
	bool *entered = bpr_i_arena_alloc(&c->s->doc->arena, c->activities + 2, sizeof(*entered));
	bool *left = bpr_i_arena_alloc(&c->s->doc->arena, c->activities + 2, sizeof(*left));

	if (!entered || !left) {
		c->s->doc->failed = true;
		return false;
	}
	for (size_t i = 0; i < c->count; i++) {
		const struct candidate one = c->candidates[i];

		if (one.from == one.to || !is_shown(c, one.from) || !is_shown(c, one.to))
			continue;
		if (i >= c->chosen && entered[one.to] && left[one.from])
			continue;
		if (i >= c->chosen)
			take(c, i);
		entered[one.to] = left[one.from] = true;
	}
	return true;
}

/* ---- words ---- */

static void add_station(struct chooser *c, struct bpr_follows_station *stations, const struct bpr_mine_activity *a)
{
	struct bpr_document *doc = c->s->doc;
	double share = (double)a->cases / (double)c->s->totals->cases;
	struct bpr_follows_station *station = &stations[c->station[a->activity]];

	station->label = bpr_i_say_activity(c->s->log, a->activity);
	station->said = a->service.count >= c->s->k && a->service.p50 > 0
				? bpr_i_doc_fill(doc, N_("{1} times · {2}"), bpr_i_say_count(doc, (double)a->count), bpr_i_say_minutes(doc, a->service.p50), NULL, NULL)
				: bpr_i_doc_fill(doc, N_("{1} times"), bpr_i_say_count(doc, (double)a->count), NULL, NULL, NULL);
	station->heat = share >= 0.95 ? 4 : share >= 0.6 ? 3 : share >= 0.3 ? 2 : share >= 0.1 ? 1 : 0;
}

static struct bpr_follows_station *stations_of(struct chooser *c)
{
	size_t count;
	const struct bpr_mine_activity *list = bpr_mining_activities(c->s->mining, &count);
	struct bpr_follows_station *out = bpr_i_arena_alloc(&c->s->doc->arena, c->steps + 2, sizeof(*out));

	if (!out) {
		c->s->doc->failed = true;
		return NULL;
	}
	c->station[c->begin] = 0;
	c->station[c->end] = c->steps + 1;
	out[0].label = bpr_i_doc_text(c->s->doc, N_("Begin"));
	out[c->steps + 1].label = bpr_i_doc_text(c->s->doc, N_("End"));
	for (size_t i = 0; i < count; i++)
		if (c->station[i] != BPR_NONE)
			add_station(c, out, &list[i]);
	return out;
}

static const char *name_of(const struct chooser *c, uint32_t at)
{
	return at == c->begin ? bpr_i_doc_text(c->s->doc, N_("Begin"))
	       : at == c->end ? bpr_i_doc_text(c->s->doc, N_("End"))
			      : bpr_i_say_activity(c->s->log, at);
}

static struct bpr_follows_way *ways_of(struct chooser *c)
{
	struct bpr_document *doc = c->s->doc;
	struct bpr_follows_way *out = bpr_i_arena_alloc(&doc->arena, c->chosen + 1, sizeof(*out));

	if (!out) {
		doc->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < c->chosen; i++) {
		const struct candidate *one = &c->candidates[i];
		const char *count = bpr_i_say_count(doc, (double)one->count);
		bool timed = one->arc && one->arc->minutes.count >= c->s->k;
		const char *median = timed ? bpr_i_say_minutes(doc, one->arc->minutes.p50) : "";

		out[i] = (struct bpr_follows_way){ c->station[one->from], c->station[one->to], (double)one->count, count, NULL };
		if (timed) {
			out[i].said = bpr_i_doc_fill(doc, N_("{1} · {2}"), count, median, NULL, NULL);
			out[i].told = bpr_i_doc_fill(doc, N_("{1} to {2}: {3} times, half of them within {4}"), name_of(c, one->from), name_of(c, one->to), count, median);
		} else {
			out[i].told = bpr_i_doc_fill(doc, N_("{1} to {2}: {3} times"), name_of(c, one->from), name_of(c, one->to), count, NULL);
		}
	}
	return out;
}

static const char *note_of(const struct chooser *c)
{
	struct bpr_document *doc = c->s->doc;
	size_t count, arcs, seen = 0;
	const struct bpr_mine_activity *list = bpr_mining_activities(c->s->mining, &count);
	const char *steps, *share;

	(void)bpr_mining_arcs(c->s->mining, &arcs);
	for (size_t i = 0; i < count; i++)
		seen += list[i].count > 0;
	steps = bpr_i_doc_fill(doc, N_("{1} of the {2}"), bpr_i_say_count(doc, (double)c->steps), bpr_i_say_count(doc, (double)seen), NULL, NULL);
	share = bpr_i_say_prob(doc, c->all ? (double)c->shown / (double)c->all : 0);
	if (c->shown == c->all)
		return bpr_i_doc_text(doc, N_("Numbers: how often, and the median between the one and the other. All activities and connections are shown."));
	return bpr_i_doc_fill(doc, N_("Numbers: how often, and the median between the one and the other. Shown: the most frequent connections, {2} of all that was gone, between {1} activities; none of fewer than {3} cases."),
			      steps, share, bpr_i_say_count(doc, (double)c->s->k), NULL);
}

bool bpr_i_mining_picture(const struct bpr_mining_study *s, struct bpr_doc_figure *out)
{
	struct chooser c = { .s = s };
	struct bpr_document *doc = s->doc;

	gather(&c);
	if (doc->failed)
		return false;
	choose(&c);
	if (!c.chosen || (!(s->options->arcs > 0) && !connect(&c)))
		return false;
	*out = (struct bpr_doc_figure){ .kind = BPR_FIGURE_FOLLOWS, .id = "follows" };
	out->stations = stations_of(&c);
	out->station_count = c.steps + 2;
	out->ways = out->stations ? ways_of(&c) : NULL;
	out->way_count = c.chosen;
	out->title = bpr_i_doc_text(doc, N_("What follows what"));
	out->note = note_of(&c);
	out->description = c.candidates[0].arc
				   ? bpr_i_doc_fill(doc, N_("Most often, {1} is followed by {2}: {3} times."), name_of(&c, c.candidates[0].from),
						    name_of(&c, c.candidates[0].to), bpr_i_say_count(doc, (double)c.candidates[0].count), NULL)
				   : out->note;
	return !doc->failed && out->ways;
}
