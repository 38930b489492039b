/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A*: states are (events taken, marking). Costs are small whole numbers, so the queue is a row of stacks: of states that promise
 * the same, the one met last goes on first. Moves that cannot be part of a way as cheap as the state promises are not made until
 * nothing else is left that cheap (Felner et al., Partial-Expansion A*, AAAI 2012). Where a token stands whose next moves concern
 * neither other tokens nor events that are left, nothing else is done first: the order would make no difference (stubborn sets,
 * Valmari 1991).
 */
#include "config.h"
#include "mine/align_i.h"
#include "base/alloc_i.h"
#include <string.h>

/* For each state that may be looked at: states that are met, ways between them. */
#define MET_A_STATE 8
#define WAYS_A_STATE 1000
/* Markings that are kept from one alignment to the next. */
#define MOST_BYTES ((size_t)256 << 20)
/* Where the best alignment was not found, one is looked for in which what has still to come weighs so much more. */
#define HURRY 5

#define MOVE_LOG UINT32_MAX

struct state { uint32_t at, marking, cost, parent, move, rest; /* rest: bound of what is still to come */ uint8_t phase; };
enum { PHASE_NEW = 0, PHASE_CHEAP /* moves that keep what it promises are made */, PHASE_DONE };
struct stack { uint32_t *item; size_t count, capacity; };

struct bpr_aligner {
	const struct bpr_align_model *model;
	struct bpr_markings markings;
	size_t max_states;
	struct state *state; size_t count, capacity;
	uint32_t *slot; size_t slot_count;
	struct stack *stack; size_t stack_count, stack_capacity, lowest;
	/* Of the trace: its classes, numbered in it, and how many of each are left from every event on. */
	const uint32_t *trace; size_t length;
	uint32_t *local;              /* [class_count] number in the trace, or BPR_MNET_NONE */
	uint32_t *classes; size_t class_count, class_capacity;
	uint32_t *left; size_t left_capacity;  /* [(length + 1) * class_count] */
	uint32_t *foreign; size_t foreign_capacity; /* [length + 1] events left that no step can be */
	/* Bounds of markings: bits of each, behind one another. */
	uint64_t *bits; size_t bits_count, bits_capacity;
	size_t looked, ways, weight;
	bool open;                    /* the trace need not have come to an end */
	bool nomem, limited;
};

/* ---- bounds ---- */

static const uint64_t *bits_of(struct bpr_aligner *a, uint32_t marking)
{
	const struct bpr_align_bounds *b = &a->model->bounds;
	size_t words = (size_t)b->class_words + b->step_words;
	struct bpr_marking *m = &a->markings.item[marking];

	if (m->bound == SIZE_MAX) {
		uint64_t *to;

		if (!bpr_i_grow(&a->bits, &a->bits_capacity, a->bits_count + words, sizeof(*a->bits))) {
			a->nomem = true;
			return NULL;
		}
		to = a->bits + a->bits_count;
		memset(to, 0, words * sizeof(*to));
		for (uint32_t i = 0; i < m->count; i++) {
			size_t place = bpr_token_place(a->markings.token[m->at + i]);

			for (uint32_t k = 0; k < b->class_words; k++)
				to[k] |= b->reach[place * b->class_words + k];
			for (uint32_t k = 0; k < b->step_words; k++)
				to[b->class_words + k] |= b->must[place * b->step_words + k];
		}
		m->bound = a->bits_count;
		a->bits_count += words;
	}
	return a->bits + m->bound;
}

/* Steps that have to be passed and that no event left can be, beyond those that can. */
static uint32_t missing(const struct bpr_aligner *a, const uint64_t *must, const uint32_t *left)
{
	const struct bpr_align_bounds *b = &a->model->bounds;
	uint32_t class = BPR_MNET_NONE, have = 0, cost = 0;

	for (uint32_t w = 0; w < b->step_words; w++)
		for (uint64_t word = must[w]; word; word &= word - 1) {
			uint32_t step = w * 64 + (uint32_t)__builtin_ctzll(word);

			if (b->step_class[step] != class) {
				class = b->step_class[step];
				have = a->local[class] == BPR_MNET_NONE ? 0 : left[a->local[class]];
			}
			cost += !have;
			have -= have > 0;
		}
	return cost;
}

static uint32_t rest(struct bpr_aligner *a, uint32_t at, uint32_t marking)
{
	const uint32_t *left = a->left + (size_t)at * a->class_count;
	uint32_t cost = a->foreign[at];
	const uint64_t *bits;

	if (!a->model->bounds.class_words || !(bits = bits_of(a, marking)))
		return cost;
	for (size_t i = 0; i < a->class_count; i++)
		if (!(bits[a->classes[i] / 64] >> a->classes[i] % 64 & 1))
			cost += left[i];
	return a->open ? cost : cost + missing(a, bits + a->model->bounds.class_words, left);
}

/* ---- queue and states ---- */

static size_t key_of(const struct bpr_aligner *a, const struct state *s)
{
	return s->cost + a->weight * s->rest + (s->phase == PHASE_CHEAP);
}

static bool push(struct bpr_aligner *a, uint32_t state)
{
	size_t key = key_of(a, &a->state[state]);
	struct stack *s;

	if (key >= a->stack_count) {
		if (!bpr_i_grow(&a->stack, &a->stack_capacity, key + 1, sizeof(*a->stack)))
			return false;
		memset(a->stack + a->stack_count, 0, (a->stack_capacity - a->stack_count) * sizeof(*a->stack));
		a->stack_count = a->stack_capacity;
	}
	s = &a->stack[key];
	if (!bpr_i_grow(&s->item, &s->capacity, s->count + 1, sizeof(*s->item)))
		return false;
	s->item[s->count++] = state;
	if (key < a->lowest)
		a->lowest = key;
	return true;
}

/* The most promising state that is not done; BPR_MNET_NONE: none is left. */
static uint32_t pop(struct bpr_aligner *a)
{
	for (; a->lowest < a->stack_count; a->lowest++)
		while (a->stack[a->lowest].count) {
			uint32_t state = a->stack[a->lowest].item[--a->stack[a->lowest].count];
			const struct state *s = &a->state[state];

			if (s->phase != PHASE_DONE && key_of(a, s) == a->lowest)
				return state;
		}
	return BPR_MNET_NONE;
}

static size_t slot_of(const struct bpr_aligner *a, uint32_t at, uint32_t marking)
{
	uint64_t h = ((uint64_t)at << 32 | marking) * 0x9e3779b97f4a7c15u;

	return (size_t)(h ^ h >> 29) & (a->slot_count - 1);
}

static bool grow_slots(struct bpr_aligner *a)
{
	size_t count = a->slot_count ? a->slot_count * 2 : 4096;
	uint32_t *slot = bpr_i_calloc(count, sizeof(*slot));

	if (!slot)
		return false;
	bpr_i_free(a->slot);
	a->slot = slot;
	a->slot_count = count;
	for (size_t i = 0; i < a->count; i++) {
		size_t at = slot_of(a, a->state[i].at, a->state[i].marking);

		while (slot[at])
			at = (at + 1) & (count - 1);
		slot[at] = (uint32_t)i + 1;
	}
	return true;
}

/* Comes to a state at a cost. */
static void come(struct bpr_aligner *a, const struct state *to)
{
	size_t at;
	struct state *s;

	if (a->count * 2 >= a->slot_count && !grow_slots(a)) {
		a->nomem = true;
		return;
	}
	for (at = slot_of(a, to->at, to->marking); a->slot[at]; at = (at + 1) & (a->slot_count - 1)) {
		s = &a->state[a->slot[at] - 1];
		if (s->at != to->at || s->marking != to->marking)
			continue;
		if (s->cost <= to->cost)
			return;
		s->cost = to->cost;
		s->parent = to->parent;
		s->move = to->move;
		s->phase = PHASE_NEW;
		a->nomem |= !push(a, a->slot[at] - 1);
		return;
	}
	if (a->count / MET_A_STATE >= a->max_states || a->count >= UINT32_MAX - 2) {
		a->limited = true;
		return;
	}
	if (!bpr_i_grow(&a->state, &a->capacity, a->count + 1, sizeof(*a->state))) {
		a->nomem = true;
		return;
	}
	s = &a->state[a->count];
	*s = *to;
	s->rest = rest(a, to->at, to->marking);
	a->slot[at] = (uint32_t)++a->count;
	a->nomem |= !push(a, (uint32_t)a->count - 1);
}

/* ---- moves ---- */

static bool can_be(const struct bpr_match *match, uint32_t activity, uint32_t node)
{
	for (uint32_t i = match->row[activity]; i < match->row[activity + 1]; i++)
		if (match->node[i] == node)
			return true;
	return false;
}

/* No step that can still come can be this event: it is a move of the log, now as well as later. */
static bool hopeless(struct bpr_aligner *a, const struct state *s)
{
	uint32_t class = a->model->match->activity_class[a->trace[s->at]];
	const uint64_t *bits;

	if (class == BPR_MNET_NONE)
		return true;
	if (!a->model->bounds.class_words || !(bits = bits_of(a, s->marking)))
		return false;
	return !(bits[class / 64] >> class % 64 & 1);
}

/* A step that has to be passed and that no event left can be: to pass it now costs no more than was reckoned with. */
static bool is_due(struct bpr_aligner *a, const struct state *s, uint32_t node)
{
	const struct bpr_align_bounds *b = &a->model->bounds;
	const uint64_t *must = b->class_words ? bits_of(a, s->marking) : NULL;
	uint32_t step, class, first, due = 0, have;

	if (a->open)
		return false;
	if (!must)
		return true;
	must += b->class_words;
	step = b->step_of[node];
	if (!(must[step / 64] >> step % 64 & 1))
		return false;
	class = b->step_class[step];
	have = a->local[class] == BPR_MNET_NONE ? 0 : a->left[(size_t)s->at * a->class_count + a->local[class]];
	for (first = step; first && b->step_class[first - 1] == class; first--)
		;
	for (; first < b->step_count && b->step_class[first] == class; first++)
		due += must[first / 64] >> first % 64 & 1;
	return due > have;
}

/* The token there moves alone, and no event that is left has to do with where it goes next. */
static bool is_apart(const struct bpr_aligner *a, uint32_t place, const uint32_t *left)
{
	const struct bpr_mnet *net = a->model->net;

	if (!net->free[place])
		return false;
	for (uint32_t i = net->trigger_row[place]; i < net->trigger_row[place + 1]; i++) {
		const struct bpr_mnet_fire *f = &net->fire[net->trigger[i]];
		uint32_t class = f->visible ? a->local[a->model->match->node_class[f->node]] : BPR_MNET_NONE;

		if (class != BPR_MNET_NONE && left[class])
			return false;
	}
	return true;
}

/* Such a place, that with the fewest ways; BPR_MNET_NONE: there is none. */
static uint32_t find_apart(const struct bpr_aligner *a, const struct state *s)
{
	const struct bpr_marking *m = &a->markings.item[s->marking];
	const uint32_t *row = a->model->net->trigger_row;
	uint32_t best = BPR_MNET_NONE;

	for (uint32_t i = 0; !a->open && i < m->count; i++) { /* tokens of an open case need not move any more */
		uint32_t place = bpr_token_place(a->markings.token[m->at + i]);

		if (best != BPR_MNET_NONE && row[place + 1] - row[place] >= row[best + 1] - row[best])
			continue;
		if (is_apart(a, place, a->left + (size_t)s->at * a->class_count))
			best = place;
	}
	return best;
}

static void move_flow(struct bpr_aligner *a, const struct state *s, uint32_t from, const struct bpr_next *next)
{
	const bool visible = a->model->net->fire[next->fire].visible;
	struct state to = { .parent = from, .at = s->at, .marking = next->marking, .cost = s->cost + visible, .move = next->fire };

	come(a, &to);
}

static void move_both(struct bpr_aligner *a, const struct state *s, uint32_t from, const struct bpr_next *next)
{
	struct state to = { .parent = from, .at = s->at + 1, .marking = next->marking, .cost = s->cost, .move = next->fire };

	come(a, &to);
}

static void move_log(struct bpr_aligner *a, const struct state *s, uint32_t from)
{
	struct state to = { .parent = from, .at = s->at + 1, .marking = s->marking, .cost = s->cost + 1, .move = MOVE_LOG };

	come(a, &to);
}

/* What may keep what the state promises. What costs nothing comes last: it goes on first. True: there is more. */
static bool go_cheap(struct bpr_aligner *a, const struct state *s, uint32_t from, uint32_t apart)
{
	const struct bpr_marking *m = &a->markings.item[s->marking];
	const struct bpr_mnet *net = a->model->net;
	bool more = s->at < a->length && apart == BPR_MNET_NONE;

	for (int turn = 0; turn < 3 && !a->nomem; turn++)
		for (uint32_t i = m->next_count; i-- > 0;) {
			const struct bpr_next next = a->markings.next[m->next_first + i];
			const struct bpr_mnet_fire *f = &net->fire[next.fire];

			if (apart != BPR_MNET_NONE && net->link[f->in_first].place != apart)
				continue;
			if (turn == 0 && f->visible) {
				if (apart != BPR_MNET_NONE || is_due(a, s, f->node))
					move_flow(a, s, from, &next);
				else
					more = true;
			} else if (turn == 1 && !f->visible) {
				move_flow(a, s, from, &next);
			} else if (turn == 2 && f->visible && s->at < a->length && can_be(a->model->match, a->trace[s->at], f->node)) {
				move_both(a, s, from, &next);
			}
		}
	return more;
}

static void go_dear(struct bpr_aligner *a, const struct state *s, uint32_t from)
{
	const struct bpr_marking *m = &a->markings.item[s->marking];

	if (s->at < a->length)
		move_log(a, s, from);
	for (uint32_t i = m->next_count; i-- > 0 && !a->nomem;) {
		const struct bpr_next next = a->markings.next[m->next_first + i];
		const struct bpr_mnet_fire *f = &a->model->net->fire[next.fire];

		if (f->visible && !is_due(a, s, f->node))
			move_flow(a, s, from, &next);
	}
}

static void go_on(struct bpr_aligner *a, uint32_t from)
{
	const struct state s = a->state[from];

	a->state[from].phase = PHASE_DONE;
	if (s.phase == PHASE_NEW)
		a->looked++;
	if (s.phase == PHASE_NEW && s.at < a->length && hopeless(a, &s)) {
		move_log(a, &s, from);
		return;
	}
	if (!bpr_i_markings_expand(&a->markings, s.marking)) {
		a->nomem = true;
		return;
	}
	a->ways += a->markings.item[s.marking].next_count;
	if (s.phase == PHASE_CHEAP) {
		go_dear(a, &s, from);
	} else if (go_cheap(a, &s, from, find_apart(a, &s)) && !a->nomem) {
		a->state[from].phase = PHASE_CHEAP;
		a->nomem |= !push(a, from);
	}
	/* Beyond what may be looked at; or something was left out that might have been better. */
	if (a->looked >= a->max_states || a->ways / WAYS_A_STATE > a->max_states || a->markings.item[s.marking].cut)
		a->limited = true;
}

/* ---- a trace ---- */

static bool prepare(struct bpr_aligner *a, const uint32_t *trace, size_t length)
{
	const uint32_t *class = a->model->match->activity_class;
	size_t n;

	for (size_t i = 0; i < a->class_count; i++)
		a->local[a->classes[i]] = BPR_MNET_NONE;
	a->class_count = 0;
	a->trace = trace;
	a->length = length;
	for (size_t i = 0; i < length; i++) {
		uint32_t c = class[trace[i]];

		if (c == BPR_MNET_NONE || a->local[c] != BPR_MNET_NONE)
			continue;
		if (!bpr_i_grow(&a->classes, &a->class_capacity, a->class_count + 1, sizeof(*a->classes)))
			return false;
		a->local[c] = (uint32_t)a->class_count;
		a->classes[a->class_count++] = c;
	}
	n = a->class_count;
	if (length >= SIZE_MAX / sizeof(uint32_t) / (n + 1) - 1 || !bpr_i_grow(&a->left, &a->left_capacity, (length + 1) * n + 1, sizeof(*a->left))
	    || !bpr_i_grow(&a->foreign, &a->foreign_capacity, length + 1, sizeof(*a->foreign)))
		return false;
	memset(a->left + length * n, 0, n * sizeof(*a->left));
	a->foreign[length] = 0;
	for (size_t i = length; i-- > 0;) {
		uint32_t c = class[trace[i]];

		memcpy(a->left + i * n, a->left + (i + 1) * n, n * sizeof(*a->left));
		a->foreign[i] = a->foreign[i + 1] + (c == BPR_MNET_NONE);
		if (c != BPR_MNET_NONE)
			a->left[i * n + a->local[c]]++;
	}
	return true;
}

static void begin(struct bpr_aligner *a, size_t weight)
{
	struct state first = { .parent = BPR_MNET_NONE, .move = BPR_MNET_NONE };

	a->count = 0;
	a->ways = a->looked = 0;
	a->limited = false;
	a->weight = weight;
	a->lowest = SIZE_MAX;
	for (size_t i = 0; i < a->stack_count; i++)
		a->stack[i].count = 0;
	if (a->slot)
		memset(a->slot, 0, a->slot_count * sizeof(*a->slot));
	first.marking = bpr_i_markings_begin(&a->markings);
	if (first.marking == BPR_MNET_NONE)
		a->nomem = true;
	else
		come(a, &first);
}

/* The state in which everything is done, or BPR_MNET_NONE: nothing leads there, or so far nothing was found. *low: it costs no less. */
static uint32_t search(struct bpr_aligner *a, size_t *low)
{
	for (;;) {
		uint32_t at = pop(a);

		if (at == BPR_MNET_NONE || a->nomem)
			return BPR_MNET_NONE;
		if (!a->limited)
			*low = a->lowest; /* never falls: bounds are consistent */
		if (a->state[at].at == a->length && (a->open || a->markings.item[a->state[at].marking].final))
			return at;
		if (a->limited)
			return BPR_MNET_NONE;
		go_on(a, at);
	}
}

/* ---- what came out ---- */

static bool take(struct bpr_aligner *a, uint32_t last, struct bpr_alignment *out)
{
	size_t count = 0;

	for (uint32_t at = last; a->state[at].parent != BPR_MNET_NONE; at = a->state[at].parent)
		count++;
	out->step = bpr_i_calloc(count + 1, sizeof(*out->step));
	if (!out->step)
		return false;
	out->count = count;
	for (uint32_t at = last; count-- > 0; at = a->state[at].parent) {
		const struct state *s = &a->state[at], *before = &a->state[s->parent];
		struct bpr_align_step *step = &out->step[count];

		step->activity = s->at > before->at ? a->trace[before->at] : BPR_LOG_NONE;
		step->fire = s->move == MOVE_LOG ? BPR_MNET_NONE : s->move;
		step->move = s->move == MOVE_LOG ? BPR_MOVE_LOG : s->at > before->at ? BPR_MOVE_BOTH
			   : a->model->net->fire[s->move].visible ? BPR_MOVE_FLOW : BPR_STEP_SILENT;
	}
	return true;
}

/* Every event beside the flow, then its shortest run. */
static bool fall_back(struct bpr_aligner *a, const struct bpr_alignment *shortest, struct bpr_alignment *out)
{
	size_t run = a->open ? 0 : shortest->count;

	out->count = a->length + run;
	out->high = a->length + (a->open ? 0 : shortest->high);
	out->step = bpr_i_calloc(out->count + 1, sizeof(*out->step));
	if (!out->step)
		return false;
	for (size_t i = 0; i < a->length; i++)
		out->step[i] = (struct bpr_align_step){ BPR_MOVE_LOG, a->trace[i], BPR_MNET_NONE };
	if (run)
		memcpy(out->step + a->length, shortest->step, run * sizeof(*shortest->step));
	return true;
}

static bool align(struct bpr_aligner *a, const struct bpr_alignment *shortest, struct bpr_alignment *out)
{
	size_t ignored = 0;
	uint32_t last;
	bool gave_up;

	begin(a, 1);
	last = search(a, &out->low);
	out->states = a->looked;
	gave_up = a->limited;
	if (last != BPR_MNET_NONE)
		out->high = a->state[last].cost;
	else if (!gave_up && !a->nomem)
		out->status = BPR_ENOEXIT;
	if (last == BPR_MNET_NONE && gave_up && !a->nomem) {
		begin(a, HURRY);
		last = search(a, &ignored);
		if (last != BPR_MNET_NONE)
			out->high = a->state[last].cost;
		else if (!shortest)
			out->status = BPR_ELIMIT;
	}
	if (a->nomem)
		return false;
	if (shortest && (last == BPR_MNET_NONE || out->high > a->length + (a->open ? 0 : shortest->high))) {
		out->status = BPR_OK;
		return fall_back(a, shortest, out);
	}
	return last == BPR_MNET_NONE || take(a, last, out);
}

void bpr_i_align(bpr_aligner *a, const struct bpr_trace *trace, const struct bpr_alignment *shortest, struct bpr_alignment *out)
{
	size_t length = trace->length;

	a->open = trace->open;
	*out = (struct bpr_alignment){ .status = BPR_OK };
	if (bpr_i_markings_bytes(&a->markings) + a->bits_capacity * sizeof(*a->bits) > MOST_BYTES) {
		bpr_i_markings_clear(&a->markings);
		a->bits_count = 0;
	}
	if (length >= UINT32_MAX / 2 || !prepare(a, trace->activities, length) || !align(a, shortest, out))
		out->status = length >= UINT32_MAX / 2 ? BPR_ELIMIT : BPR_ENOMEM;
}

bpr_aligner *bpr_i_aligner_new(const struct bpr_align_model *model, size_t max_states)
{
	struct bpr_aligner *a = bpr_i_calloc(1, sizeof(*a));

	if (!a)
		return NULL;
	a->model = model;
	a->max_states = max_states;
	a->local = bpr_i_calloc((size_t)model->match->class_count + 1, sizeof(*a->local));
	if (!bpr_i_markings_init(&a->markings, model->net) || !a->local) {
		bpr_i_aligner_free(a);
		return NULL;
	}
	memset(a->local, 0xff, ((size_t)model->match->class_count + 1) * sizeof(*a->local));
	return a;
}

void bpr_i_aligner_free(bpr_aligner *a)
{
	if (!a)
		return;
	bpr_i_markings_release(&a->markings);
	bpr_i_free(a->state);
	bpr_i_free(a->slot);
	for (size_t i = 0; i < a->stack_count; i++)
		bpr_i_free(a->stack[i].item);
	bpr_i_free(a->stack);
	bpr_i_free(a->local);
	bpr_i_free(a->classes);
	bpr_i_free(a->left);
	bpr_i_free(a->foreign);
	bpr_i_free(a->bits);
	bpr_i_free(a);
}

bool bpr_i_aligner_unbounded(const bpr_aligner *a)
{
	return a->markings.unbounded;
}

struct bpr_markings *bpr_i_aligner_markings(bpr_aligner *a)
{
	return &a->markings;
}
