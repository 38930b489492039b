/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, names and places of findings. */
#include "config.h"
#include "base/num_i.h"
#include "check/smell_i.h"
#include <stdio.h>
#include <string.h>

enum { LONGEST_NAME = 60 };

struct bpr_smell_text bpr_i_smell_number(double x)
{
	struct bpr_smell_text t;
	char digits[400];
	size_t n = bpr_i_num_fixed(digits, sizeof(digits), x, x < 10 ? 2 : x < 100 ? 1 : 0, true);

	while (strchr(digits, '.') && n && (digits[n - 1] == '0' || digits[n - 1] == '.')) {
		bool point = digits[n - 1] == '.';

		digits[--n] = '\0';
		if (point)
			break;
	}
	/* Something is not nothing. */
	if (x > 0 && !strcmp(digits, "0"))
		(void)snprintf(t.text, sizeof(t.text), "<0.01");
	else
		(void)snprintf(t.text, sizeof(t.text), "%.190s", digits);
	return t;
}

struct bpr_smell_text bpr_i_smell_percent(double share)
{
	struct bpr_smell_text t = bpr_i_smell_number(share * 100);
	size_t n = strlen(t.text);

	t.text[n] = '%';
	t.text[n + 1] = '\0';
	return t;
}

static struct bpr_smell_text effect(const struct bpr_smell *s, const char *once, const char *yearly, double x,
				    struct bpr_smell_text number)
{
	struct bpr_smell_text t = { "" };
	char digits[400];

	if (!s->nodes)
		return t;
	if (s->cases > 0) {
		(void)bpr_i_num_fixed(digits, sizeof(digits), x * s->cases, 0, true);
		(void)snprintf(t.text, sizeof(t.text), "%s%.120s" BPR_I_ARG_NEXT "%.20s" BPR_I_ARG_NEXT "%.40s", BPR_I_ARG, yearly,
			       number.text, digits);
	} else {
		(void)snprintf(t.text, sizeof(t.text), "%s%.120s" BPR_I_ARG_NEXT "%.20s", BPR_I_ARG, once, number.text);
	}
	return t;
}

struct bpr_smell_text bpr_i_smell_effect(const struct bpr_smell *s, const char *once, const char *yearly, double x)
{
	return effect(s, once, yearly, x, bpr_i_smell_number(x));
}

struct bpr_smell_text bpr_i_smell_share(const struct bpr_smell *s, const char *once, const char *yearly, double x)
{
	return effect(s, once, yearly, x, bpr_i_smell_percent(x));
}

/* Bytes of a name that are shown: whole characters. */
static size_t shown(const char *name, size_t room)
{
	size_t n = strlen(name);

	if (n <= room)
		return n;
	n = room;
	while (n && ((unsigned char)name[n] & 0xc0) == 0x80)
		n--;
	return n;
}

struct bpr_smell_text bpr_i_smell_with(const char *id, const char *arg)
{
	struct bpr_smell_text t;

	(void)snprintf(t.text, sizeof(t.text), "%s%.100s" BPR_I_ARG_NEXT "%.*s", BPR_I_ARG, id, (int)shown(arg, 90), arg);
	return t;
}

void bpr_i_smell_list_add(struct bpr_smell_list *list, const char *name)
{
	size_t used = strlen(list->text);
	size_t n = shown(name, LONGEST_NAME);
	const char *between = list->count ? " / " : "";

	list->count++;
	if (list->full)
		return;
	if (used + strlen(between) + n + sizeof(" / …") > sizeof(list->text)) {
		list->full = true;
		n = strlen("…");
		name = "…";
	}
	(void)snprintf(list->text + used, sizeof(list->text) - used, "%s%.*s", between, (int)n, name);
}

const char *bpr_i_smell_name(const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	return n->name && *n->name ? n->name : n->id;
}

struct bpr_smell_text bpr_i_smell_step(const bpr_flow *flow, size_t node, size_t other)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);
	const char *name = bpr_i_smell_name(flow, node);
	const char *place = n->counter != BPR_NONE ? bpr_flow_counter(flow, n->counter)->name
		: n->unit != BPR_NONE ? bpr_flow_unit(flow, n->unit)->name : n->id;
	struct bpr_smell_text t;

	if (strcmp(name, bpr_i_smell_name(flow, other)) != 0)
		place = "";
	if (*place)
		(void)snprintf(t.text, sizeof(t.text), "%.*s [%.*s]", (int)shown(name, 120), name, (int)shown(place, 60), place);
	else
		(void)snprintf(t.text, sizeof(t.text), "%.*s", (int)shown(name, 190), name);
	return t;
}

const char *bpr_i_smell_form_name(const bpr_flow *flow, size_t form)
{
	const struct bpr_form *f = bpr_flow_form(flow, form);

	return f->name && *f->name ? f->name : f->id;
}

double bpr_i_smell_visits(const struct bpr_smell *s, size_t node)
{
	return s->nodes ? s->nodes[node].visits : 0;
}

bool bpr_i_smell_happens(const struct bpr_smell *s, size_t node)
{
	return s->pos[node] != BPR_NONE && (!s->nodes || s->nodes[node].visits > 0);
}

struct bpr_place bpr_i_smell_place(const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	return (struct bpr_place){ bpr_flow_source(flow), n->line, 0, n->id };
}

void bpr_i_smell_note_at(struct bpr_smell *s, enum bpr_code_id id, const struct bpr_place *place, const char *const args[4])
{
	if (++s->listed[id] > BPR_SMELL_LISTED) {
		if (s->listed[id] == BPR_SMELL_LISTED + 1)
			s->first_left[id] = *place;
		return;
	}
	if (!bpr_i_problem(s->check->problems, id, place, false, args[0], args[1], args[2], args[3]))
		s->check->nomem = true;
}

void bpr_i_smell_note(struct bpr_smell *s, enum bpr_code_id id, size_t node, const char *const args[4])
{
	struct bpr_place place = { .file = bpr_flow_source(s->flow) };

	if (node != BPR_NONE)
		place = bpr_i_smell_place(s->flow, node);
	bpr_i_smell_note_at(s, id, &place, args);
}
