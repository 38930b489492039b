/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "property/sound_random.h"
#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static size_t below(struct sound_random *r, size_t n)
{
	r->rng ^= r->rng << 13;
	r->rng ^= r->rng >> 7;
	r->rng ^= r->rng << 17;
	return (size_t)(r->rng * 0x2545f4914f6cdd1du >> 33) % n;
}

__attribute__((format(printf, 2, 3))) static void put(struct sound_random *r, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(r->text + r->length, sizeof(r->text) - r->length, format, args);
	va_end(args);
	assert(n >= 0 && (size_t)n < sizeof(r->text) - r->length);
	r->length += (size_t)n;
}

static void arc(struct sound_random *r, unsigned from, unsigned to)
{
	put(r, "<sequenceFlow id=\"f%u\" sourceRef=\"n%u\" targetRef=\"n%u\"/>", r->next_id++, from, to);
}

static void begin(struct sound_random *r, uint64_t seed)
{
	r->length = 0;
	r->next_id = 1;
	r->rng = seed * 0x9e3779b97f4a7c15u + 0x1234567;
	for (int i = 0; i < 5; i++)
		(void)below(r, 2);
	put(r, "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\">");
}

static void finish(struct sound_random *r)
{
	put(r, "</process></definitions>");
}

/* ---- anyhow ---- */

enum { MOST = 10 };

static void edge(struct sound_random *r, const unsigned *id, size_t host, size_t size, bool thrown)
{
	unsigned event = r->next_id++;

	put(r, "<boundaryEvent id=\"n%u\" attachedToRef=\"n%u\" cancelActivity=\"%s\">", event, id[host], thrown || below(r, 2) ? "true" : "false");
	put(r, thrown ? "<errorEventDefinition/></boundaryEvent>" : "<timerEventDefinition/></boundaryEvent>");
	arc(r, event, id[host + 1 + below(r, size - host - 1)]);
}

static void contents(struct sound_random *r, unsigned shape, size_t size, int depth, bool throws)
{
	static const char *const gateways[] = { "exclusiveGateway", "parallelGateway", "inclusiveGateway" };
	unsigned id[MOST];
	bool ends[MOST] = { false }, splits[MOST] = { false };
	size_t ends_thrown = throws ? 1 + below(r, size - 2) : 0;

	assert(size <= MOST && size >= 3);
	for (size_t i = 0; i < size; i++)
		id[i] = r->next_id++;
	for (size_t i = 0; i < size; i++) {
		size_t pick = below(r, 12);

		if (!i) {
			put(r, "<startEvent id=\"n%u\"/>", id[i]);
		} else if (i + 1 == size || (pick == 0 && i > 1)) {
			bool all = shape & SOUND_TERMINATE && !below(r, 3);

			put(r, "<endEvent id=\"n%u\">%s</endEvent>", id[i], all ? "<terminateEventDefinition/>" : "");
			ends[i] = true;
		} else if (ends_thrown == i) {
			put(r, "<endEvent id=\"n%u\"><errorEventDefinition/></endEvent>", id[i]);
			ends[i] = true;
		} else if (pick < 6) {
			put(r, "<%s id=\"n%u\"/>", gateways[below(r, shape & SOUND_OR ? 3 : 2)], id[i]);
			splits[i] = true;
		} else if (pick < 8 && shape & SOUND_SCOPES && depth > 0) {
			bool thrown = !below(r, 3);

			put(r, "<subProcess id=\"n%u\">", id[i]);
			contents(r, shape, 3 + below(r, 3), depth - 1, thrown);
			put(r, "</subProcess>");
			if (thrown || (shape & SOUND_EDGES && below(r, 2)))
				edge(r, id, i, size, thrown);
		} else {
			put(r, "<task id=\"n%u\"/>", id[i]);
			splits[i] = !below(r, 8);
			if (shape & SOUND_EDGES && !below(r, 3))
				edge(r, id, i, size, false);
		}
	}
	if (shape & SOUND_EVENTS && depth > 0 && below(r, 2)) {
		unsigned id_sub = r->next_id++, start = r->next_id++, step = r->next_id++, end = r->next_id++;

		put(r, "<subProcess id=\"n%u\" triggeredByEvent=\"true\">", id_sub);
		put(r, "<startEvent id=\"n%u\" isInterrupting=\"%s\"><timerEventDefinition/></startEvent>", start, below(r, 2) ? "true" : "false");
		put(r, "<%s id=\"n%u\"/><endEvent id=\"n%u\">%s</endEvent>", below(r, 2) ? "task" : "parallelGateway", step, end,
		    below(r, 3) ? "" : "<terminateEventDefinition/>");
		arc(r, start, step);
		arc(r, step, end);
		if (below(r, 2))
			arc(r, step, end);
		put(r, "</subProcess>");
	}
	for (size_t i = 0; i + 1 < size; i++) {
		size_t to = i + 1 + below(r, size - i - 1 < 3 ? size - i - 1 : 3), other = 1 + below(r, size - 1);

		if (ends[i])
			continue;
		arc(r, id[i], id[to]);
		if (!splits[i] || other == to)
			continue;
		if (other > i || shape & SOUND_BACK)
			arc(r, id[i], id[other]);
	}
}

void sound_random_tangle(struct sound_random *r, uint64_t seed, unsigned shape, size_t size)
{
	begin(r, seed);
	contents(r, shape, size, 2, false);
	finish(r);
}

/* ---- blocks ---- */

static unsigned node(struct sound_random *r, const char *type)
{
	put(r, "<%s id=\"n%u\"/>", type, r->next_id);
	return r->next_id++;
}

static unsigned sequence(struct sound_random *r, unsigned from, unsigned shape, size_t size, int depth);

static unsigned block(struct sound_random *r, unsigned from, const char *type, unsigned shape, size_t size, int depth)
{
	unsigned split = node(r, type), join = node(r, type);
	size_t ways = 2 + below(r, 2);

	arc(r, from, split);
	for (size_t i = 0; i < ways; i++)
		arc(r, sequence(r, split, shape, size / ways, depth - 1), join);
	return join;
}

static unsigned loop(struct sound_random *r, unsigned from, unsigned shape, size_t size, int depth)
{
	unsigned merge = node(r, "exclusiveGateway"), choice = node(r, "exclusiveGateway");

	arc(r, from, merge);
	arc(r, sequence(r, merge, shape, size / 2, depth - 1), choice);
	arc(r, sequence(r, choice, shape, size / 3, depth - 1), merge);
	return choice;
}

/* A sub-process; what interrupts it leads to the same merge as its exit. */
static unsigned scope(struct sound_random *r, unsigned from, unsigned shape, size_t size, int depth)
{
	unsigned id = r->next_id++, start, end;

	put(r, "<subProcess id=\"n%u\">", id);
	start = node(r, "startEvent");
	end = sequence(r, start, shape, size, depth - 1);
	arc(r, end, node(r, "endEvent"));
	put(r, "</subProcess>");
	arc(r, from, id);
	if (shape & SOUND_EDGES && below(r, 2)) {
		unsigned event = r->next_id++, merge = node(r, "exclusiveGateway");

		put(r, "<boundaryEvent id=\"n%u\" attachedToRef=\"n%u\"><timerEventDefinition/></boundaryEvent>", event, id);
		arc(r, event, merge);
		arc(r, id, merge);
		return merge;
	}
	return id;
}

static unsigned task(struct sound_random *r, unsigned from, unsigned shape)
{
	unsigned id = node(r, "task");

	arc(r, from, id);
	if (shape & SOUND_EDGES && !below(r, 4)) {
		unsigned event = r->next_id++, merge = node(r, "exclusiveGateway");

		put(r, "<boundaryEvent id=\"n%u\" attachedToRef=\"n%u\"><timerEventDefinition/></boundaryEvent>", event, id);
		arc(r, event, merge);
		arc(r, id, merge);
		return merge;
	}
	return id;
}

static unsigned sequence(struct sound_random *r, unsigned from, unsigned shape, size_t size, int depth)
{
	do {
		size_t pick = depth > 0 && size > 1 ? below(r, 8) : 0;

		if (pick == 1 || pick == 2)
			from = block(r, from, "exclusiveGateway", shape, size, depth);
		else if (pick == 3 || pick == 4)
			from = block(r, from, "parallelGateway", shape, size, depth);
		else if (pick == 5 && shape & SOUND_OR)
			from = block(r, from, "inclusiveGateway", shape, size, depth);
		else if (pick == 6 && shape & SOUND_BACK)
			from = loop(r, from, shape, size, depth);
		else if (pick == 7 && shape & SOUND_SCOPES)
			from = scope(r, from, shape, size, depth);
		else
			from = task(r, from, shape);
		size = size > 3 ? size - 3 : 0;
	} while (size);
	return from;
}

void sound_random_blocks(struct sound_random *r, uint64_t seed, unsigned shape, size_t size)
{
	unsigned last;

	begin(r, seed);
	last = sequence(r, node(r, "startEvent"), shape, size, 4);
	arc(r, last, node(r, "endEvent"));
	finish(r);
}
