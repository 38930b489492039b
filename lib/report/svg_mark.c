/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks of BPMN's notation, drawn around a point: what an event waits for, how a gateway decides, what a task is. */
#include "config.h"
#include "report/draw_i.h"
#include <string.h>

/* Paths on a field of 20 by 20 around the origin. Throwing events are filled. */
struct mark { const char *name, *path; bool stroke_only; };

static const struct mark triggers[] = {
	{ "message", "M-8-5.5H8V5.5H-8ZM-8-5.5L0 1 8-5.5", false },
	{ "timer", "M0-8.5A8.5 8.5 0 1 1 0 8.5 8.5 8.5 0 1 1 0-8.5ZM0-5.5V0L4 2.5", true },
	{ "error", "M-7.5 7L-3.5-6.5 1.5 1.5 7.5-7 3.5 6.5-1.5-1Z", false },
	{ "escalation", "M0-8L6 7.5 0 2-6 7.5Z", false },
	{ "cancel", "M-7-4.5L-4.5-7 0-2.5 4.5-7 7-4.5 2.5 0 7 4.5 4.5 7 0 2.5-4.5 7-7 4.5-2.5 0Z", false },
	{ "compensate", "M-8.5 0L-1-6V6ZM-1 0L6.5-6V6Z", false },
	{ "compensation", "M-8.5 0L-1-6V6ZM-1 0L6.5-6V6Z", false },
	{ "conditional", "M-6-7.5H6V7.5H-6ZM-4-4.5H4M-4-1.5H4M-4 1.5H4M-4 4.5H4", true },
	{ "link", "M-8-3H2V-7L9 0 2 7V3H-8Z", false },
	{ "signal", "M0-8L8 6H-8Z", false },
	{ "terminate", "M0-10A10 10 0 1 1 0 10 10 10 0 1 1 0-10Z", false },
	{ "multiple", "M0-8.5L8.1-2.6 5 6.9H-5L-8.1-2.6Z", false },
	{ "parallelMultiple", "M-2.5-8H2.5V-2.5H8V2.5H2.5V8H-2.5V2.5H-8V-2.5H-2.5Z", false },
};

static void put_path(struct bpr_buf *out, double x, double y, const char *path, const char *style)
{
	bpr_i_buf_puts(out, "<path transform=\"translate(");
	bpr_i_buf_number(out, x);
	bpr_i_buf_putc(out, ' ');
	bpr_i_buf_number(out, y);
	bpr_i_buf_printf(out, ")\" d=\"%s\" class=\"%s\"/>\n", path, style);
}

void bpr_i_svg_event_mark(struct bpr_buf *out, const struct drawn *d, double x, double y)
{
	const char *trigger = d->node->trigger ? d->node->trigger : d->node->terminate && d->event == DRAW_END ? "terminate" : NULL;
	bool throws = d->event == DRAW_THROW || d->event == DRAW_END;

	for (size_t i = 0; trigger && i < sizeof(triggers) / sizeof(triggers[0]); i++) {
		if (strcmp(trigger, triggers[i].name) != 0)
			continue;
		if (throws && !strcmp(trigger, "message")) /* filled, the flap in white */
			put_path(out, x, y, "M-8-6H8L0 .5ZM-8-4.5L0 2 8-4.5V6H-8Z", "full");
		else
			put_path(out, x, y, triggers[i].path, throws && !triggers[i].stroke_only ? "full" : "mark");
		return;
	}
}

void bpr_i_svg_gateway_mark(struct bpr_buf *out, const struct bpr_node *node, double x, double y)
{
	const char *type = node->type ? node->type : "";

	if (!strcmp(type, "eventBasedGateway")) {
		put_path(out, x, y, "M0-13A13 13 0 1 1 0 13 13 13 0 1 1 0-13ZM0-10A10 10 0 1 1 0 10 10 10 0 1 1 0-10Z"
				    "M0-6L5.7-1.9 3.5 4.9H-3.5L-5.7-1.9Z", "mark");
	} else if (!strcmp(type, "complexGateway")) {
		put_path(out, x, y, "M0-11V11M-11 0H11M-8-8L8 8M-8 8L8-8", "bold");
	} else if (node->kind == BPR_NODE_AND) {
		put_path(out, x, y, "M0-11V11M-11 0H11", "bold");
	} else if (node->kind == BPR_NODE_OR) {
		put_path(out, x, y, "M0-10A10 10 0 1 1 0 10 10 10 0 1 1 0-10Z", "bold");
	} else {
		put_path(out, x, y, "M-7-8L7 8M7-8L-7 8", "bold");
	}
}

/* ---- tasks ---- */

static const struct mark tasks[] = {
	{ "userTask", "M0-6A3 3 0 1 1 0 0 3 3 0 1 1 0-6ZM-6 7V4A4 4 0 0 1-2.5 .5H2.5A4 4 0 0 1 6 4V7Z", false },
	{ "manualTask", "M-7-1L-2-6H3A1 1 0 0 1 3-3.5H0H6.5A1.2 1.2 0 0 1 6.5-1H7A1.2 1.2 0 0 1 7 1.5H6A1.2 1.2 0 0 1 6 4H4.5A1.2 1.2 0 0 1 4.5 6H-7Z",
	  false },
	{ "serviceTask", "M0-2.5A2.5 2.5 0 1 1 0 2.5 2.5 2.5 0 1 1 0-2.5ZM-1.3-7H1.3V-4.9L3 -4.2 4.5-5.7 6-4.2 4.5-2.7 5-1.3H7V1.3H5L4.5 2.7 6 4.2"
	  "4.5 5.7 3 4.2 1.3 4.9V7H-1.3V4.9L-3 4.2-4.5 5.7-6 4.2-4.5 2.7-5 1.3H-7V-1.3H-5L-4.5-2.7-6-4.2-4.5-5.7-3-4.2-1.3-4.9Z", false },
	{ "sendTask", "M-7-5H7L0 .5ZM-7-3.7L0 2 7-3.7V5H-7Z", true },
	{ "receiveTask", "M-7-5H7V5H-7ZM-7-5L0 .8 7-5", false },
	{ "scriptTask", "M-4-7H7C3-3 8 2 4 7H-7C-3 2-8-3-4-7ZM-3.5-4H3.5M-3-1.3H3.5M-2.5 1.5H4M-3.5 4.2H3", false },
	{ "businessRuleTask", "M-7-6H7V6H-7ZM-7-2.5H7M-7 1.8H7M-2.5-2.5V6", false },
};

static const struct mark *task_mark(const struct drawn *d)
{
	const char *type = d->node ? d->node->type : NULL;

	if (d->node && d->node->kind != BPR_NODE_TASK)
		return NULL;
	for (size_t i = 0; type && i < sizeof(tasks) / sizeof(tasks[0]); i++)
		if (!strcmp(type, tasks[i].name))
			return &tasks[i];
	return NULL;
}

bool bpr_i_svg_has_task_mark(const struct drawn *d)
{
	return task_mark(d);
}

void bpr_i_svg_task_mark(struct bpr_buf *out, const struct drawn *d, double x, double y)
{
	const struct mark *mark = task_mark(d);

	if (mark)
		put_path(out, x, y, mark->path, mark->stroke_only ? "full" : "mark"); /* sending: filled */
}

/* A loop turns; several executions stand side by side (at once) or on each other. */
static const char *repeat_path(const struct drawn *d)
{
	size_t repeat = d->node ? d->node->repeat : d->scope ? d->scope->repeat : 1;
	bool parallel = d->node ? d->node->repeat_parallel : d->scope && d->scope->repeat_parallel;

	if (d->node && d->node->kind != BPR_NODE_TASK)
		return NULL;
	if (d->node && d->node->loop_prob > 0)
		return "M-2 5.5A5.5 5.5 0 1 1 2.5 5M-2 5.5L-6 5.5M-2 5.5V1.5";
	if (repeat > 1 && parallel)
		return "M-4-5V5M0-5V5M4-5V5";
	return repeat > 1 ? "M-5-4H5M-5 0H5M-5 4H5" : NULL;
}

bool bpr_i_svg_has_repeat_mark(const struct drawn *d)
{
	return repeat_path(d);
}

void bpr_i_svg_repeat_mark(struct bpr_buf *out, const struct drawn *d, double x, double y)
{
	const char *path = repeat_path(d);

	if (path)
		put_path(out, x, y, path, "thick");
}

/* ---- before and after ---- */

void bpr_i_svg_change_mark(struct bpr_buf *out, enum bpr_step_change change, double x, double y)
{
	static const char *const signs[] = { NULL, "M-5 0H5", "M-5 0H5M0-5V5", "M-5-2.2H5M-5 2.2H5M-2.8 5.5L2.8-5.5" };

	if (change == BPR_STEP_SAME)
		return;
	put_path(out, x, y, "M0-9.5A9.5 9.5 0 1 1 0 9.5 9.5 9.5 0 1 1 0-9.5Z", "sign");
	put_path(out, x, y, signs[change], "stroke");
}
