/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to who walks, in the words of the counters, on standard error. */
#include "config.h"
#include "stroll.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { MOST_DOTS = 40 };
#define MOST_SECONDS 4.0

/* Asked for every line: a window may change while one waits. */
size_t stroll_width(void)
{
	struct winsize size;

	if (isatty(STDERR_FILENO) == 1 && !ioctl(STDERR_FILENO, TIOCGWINSZ, &size) && size.ws_col >= 20)
		return size.ws_col < 100 ? size.ws_col : 100;
	return 80;
}

/* ---- words ---- */

const char *stroll_safe(struct stroll_words *room, const char *text)
{
	(void)bpr_text_safe(text, room->text, sizeof(room->text));
	return room->text;
}

const char *stroll_node(struct stroll_words *room, const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	if (!*n->name && !bpr_node_is_step(n)) /* an unnamed gateway is no word for anybody */
		return "";
	return stroll_safe(room, *n->name ? n->name : n->id);
}

/* Past gateways without a name and what is silent, to what a person would call by its name. */
static size_t leads_to(const bpr_flow *flow, size_t node)
{
	for (size_t i = 0; i < 20; i++) {
		const struct bpr_node *n = bpr_flow_node(flow, node);

		if (bpr_node_is_step(n) || n->out_count != 1 || (*n->name && !n->silent))
			break;
		node = bpr_flow_arc(flow, n->first_out)->to;
	}
	return node;
}

static const char *place_of(struct stroll_words *room, const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, leads_to(flow, node));

	return stroll_safe(room, *n->name ? n->name : n->id);
}

const char *stroll_way(struct stroll_words *room, const bpr_flow *flow, const struct bpr_walk_way *way)
{
	const struct bpr_arc *arc = way->arc == BPR_NONE ? NULL : bpr_flow_arc(flow, way->arc);
	static const char *const ids[] = {
		[BPR_WALK_WAY_OUT] = "{1}", [BPR_WALK_WAY_NOT] = N_("without '{1}'"), [BPR_WALK_WAY_HAPPENS] = N_("it happens: '{1}'"),
		[BPR_WALK_WAY_HAPPENS_NOT] = N_("it does not happen: '{1}'"), [BPR_WALK_WAY_AGAIN] = N_("once more: '{1}'"),
		[BPR_WALK_WAY_ON] = N_("it goes on as usual"), [BPR_WALK_WAY_START] = N_("it begins with '{1}'"),
	};
	struct stroll_words name = { "" };
	struct text out = { 0 };

	if (arc && arc->name && *arc->name)
		(void)stroll_safe(&name, arc->name);
	else if (arc)
		(void)place_of(&name, flow, arc->to);
	else if (way->node != BPR_NONE)
		(void)place_of(&name, flow, way->node);
	text_fill(&out, ids[way->kind], name.text, NULL, NULL);
	(void)stroll_safe(room, out.data ? out.data : "");
	text_release(&out);
	return room->text;
}

const char *stroll_number(struct stroll_words *room, double x)
{
	double tenths = floor(fabs(x) * 10 + 0.5);

	if (fmod(tenths, 10) > 0.5 && fabs(x) < 1e6)
		(void)snprintf(room->text, sizeof(room->text), "%.1f", x);
	else
		(void)snprintf(room->text, sizeof(room->text), "%.0f", x);
	return room->text;
}

const char *stroll_percent(struct stroll_words *room, double share)
{
	struct stroll_words digits;
	double percent = share * 100;

	if (percent > 0 && percent < 0.1)
		(void)snprintf(room->text, sizeof(room->text), "<0.1%%");
	else
		(void)snprintf(room->text, sizeof(room->text), "%s%%", stroll_number(&digits, percent));
	return room->text;
}

const char *stroll_minutes(struct stroll_words *room, double minutes)
{
	struct stroll_words a, b;
	struct text out = { 0 };

	if (minutes < 90) {
		text_fill(&out, N_("{1} min"), stroll_number(&a, minutes), NULL, NULL);
	} else if (minutes < 1440) {
		double whole = floor(minutes + 0.5);

		text_fill(&out, N_("{1} h {2} min"), stroll_number(&a, floor(whole / 60)), stroll_number(&b, fmod(whole, 60)), NULL);
	} else {
		text_fill(&out, N_("{1} days"), stroll_number(&a, minutes / 1440), NULL, NULL);
	}
	(void)snprintf(room->text, sizeof(room->text), "%s", out.data);
	text_release(&out);
	return room->text;
}

/* ---- lines ---- */

void stroll_say(const struct stroll *s, size_t indent, const char *paragraph)
{
	struct text out = { 0 };

	(void)s;
	text_printf(&out, "%*s", (int)indent, "");
	text_wrap(&out, paragraph, indent, indent, stroll_width());
	(void)fputs(out.data, stderr);
	text_release(&out);
}

void stroll_fill(const struct stroll *s, size_t indent, const char *id, const char *a1, const char *a2, const char *a3)
{
	struct text out = { 0 };

	text_fill(&out, id, a1, a2, a3);
	stroll_say(s, indent, out.data);
	text_release(&out);
}

void stroll_head(const struct stroll *s, const char *paragraph)
{
	(void)fputs(s->color ? "\033[1m" : "", stderr);
	stroll_say(s, 0, paragraph);
	(void)fputs(s->color ? "\033[0m" : "", stderr);
}

static void rest(double seconds)
{
	struct timespec t = { (time_t)seconds, (long)((seconds - floor(seconds)) * 1e9) };

	if (seconds > 0)
		(void)nanosleep(&t, NULL);
}

void stroll_dots(const struct stroll *s, const char *label, double minutes, double count)
{
	size_t width = stroll_width(), used = bpr_text_width(label, strlen(label), lang()) + 1;
	size_t dots = count < 1 ? 1 : count > MOST_DOTS ? MOST_DOTS : (size_t)ceil(count);
	double seconds = s->speed > 0 ? fmin(minutes, MOST_SECONDS) / s->speed : 0;

	if (used + dots >= width)
		dots = used + 1 < width ? width - used - 1 : 1;
	(void)fprintf(stderr, "%s ", label);
	for (size_t i = 0; i < dots; i++) {
		(void)fputc('.', stderr);
		(void)fflush(stderr);
		rest(seconds / (double)dots);
	}
	(void)fputc('\n', stderr);
}

static void timed(const struct stroll *s, const char *id, double minutes)
{
	struct stroll_words words;
	struct text label = { 0 };

	if (!(minutes > 0))
		return;
	text_puts(&label, "  ");
	text_fill(&label, id, stroll_minutes(&words, minutes), NULL, NULL);
	stroll_dots(s, label.data, minutes, minutes);
	text_release(&label);
}

/* ---- what happens ---- */

static void show_move(const struct stroll *s, const struct bpr_walk_event *e)
{
	const struct bpr_counter *c = bpr_flow_counter(s->flow, e->counter);
	struct stroll_words counter, building, floor;
	struct text sign = { 0 };

	(void)fputs("\n", stderr);
	if (e->trip)
		stroll_say(s, 0, tr(e->back ? N_("You come to the office once more.") : N_("You come to the office.")));
	if (e->building)
		stroll_say(s, 0, tr(N_("The next counter is in another building.")));
	text_printf(&sign, "[ %s ]", stroll_safe(&counter, c->name));
	if (*c->building || *c->floor)
		text_printf(&sign, " %s%s%s", stroll_safe(&building, c->building), *c->building && *c->floor ? " " : "",
			    stroll_safe(&floor, c->floor));
	stroll_head(s, sign.data);
	text_release(&sign);
	timed(s, N_("you walk {1}"), e->walk_minutes);
}

static size_t names_on(const bpr_flow *flow, const struct bpr_form *form, double *others)
{
	double names = 0;

	*others = 0;
	for (size_t i = 0; i < form->field_count; i++) {
		const struct bpr_form_field *f = &form->fields[i];

		if (f->prefilled)
			continue;
		if (bpr_field_is_name(bpr_flow_field(flow, f->field)))
			names += f->times;
		else
			*others += f->times;
	}
	return names < 1000 ? (size_t)(names + 0.5) : 1000;
}

static const char *stroll_form(struct stroll_words *room, const bpr_flow *flow, size_t form)
{
	const struct bpr_form *f = bpr_flow_form(flow, form);

	return stroll_safe(room, *f->name ? f->name : f->id);
}

static bool fill_in(struct stroll *s, size_t which)
{
	const struct bpr_form *form = bpr_flow_form(s->flow, which);
	struct stroll_words name, count;
	struct text label = { 0 };
	double others, seconds = bpr_flow_demand(s->flow)->write_seconds_per_field;
	size_t names = names_on(s->flow, form, &others);

	stroll_fill(s, 2, N_("You fill in '{1}'."), stroll_form(&name, s->flow, which), NULL, NULL);
	if (!names && !(others > 0))
		stroll_say(s, 4, tr(N_("Everything is printed on it already: nothing to write.")));
	if (!stroll_write_names(s, names))
		return false;
	if (!(others > 0))
		return true;
	text_puts(&label, "    ");
	text_fill(&label, names ? N_("{1} more fields") : N_("{1} fields"), stroll_number(&count, others), NULL, NULL);
	stroll_dots(s, label.data, others * seconds / 60, others);
	text_release(&label);
	return true;
}

static void show_counts(const struct stroll *s, const struct bpr_node *n)
{
	struct stroll_words words;

	if (n->id_checks > 0)
		stroll_say(s, 2, tr(N_("You show who you are.")));
	if (n->seals > 0)
		stroll_fill(s, 2, N_("You put your seal: {1} times."), stroll_number(&words, n->seals), NULL, NULL);
}

static void show_back_office(const struct stroll *s, const struct bpr_node *n, const struct bpr_walk_event *e)
{
	struct stroll_words name;
	struct text line = { 0 };

	if (n->away) {
		stroll_fill(s, 0, N_("You go home: '{1}'."), stroll_node(&name, s->flow, e->node), NULL, NULL);
		timed(s, N_("{1} go by"), e->wait_minutes + e->work_minutes);
		return;
	}
	text_puts(&line, "  ");
	text_fill(&line, N_("(behind the counter: {1})"), stroll_node(&name, s->flow, e->node), NULL, NULL);
	stroll_dots(s, line.data, e->wait_minutes + e->work_minutes, e->wait_minutes + e->work_minutes);
	text_release(&line);
}

static bool show_step(struct stroll *s, const struct bpr_walk_event *e)
{
	const struct bpr_node *n = bpr_flow_node(s->flow, e->node);
	struct stroll_words name;

	if (!e->citizen) {
		show_back_office(s, n, e);
		return true;
	}
	if (e->back)
		stroll_fill(s, 0, N_("Back again: '{1}'. You are sorry to have to come once more, and so are they."), stroll_node(&name, s->flow, e->node),
			    NULL, NULL);
	else
		stroll_say(s, 0, stroll_node(&name, s->flow, e->node));
	for (size_t round = 0; round < e->times; round++)
		for (size_t i = 0; i < n->write_count; i++)
			if (!fill_in(s, n->writes[i]))
				return false;
	show_counts(s, n);
	timed(s, N_("you wait {1}"), e->wait_minutes);
	timed(s, n->actor == BPR_ACTOR_CITIZEN ? N_("it takes you {1}") : N_("you are served for {1}"), e->work_minutes);
	for (size_t i = 0; i < n->issue_count; i++)
		stroll_fill(s, 2, N_("You are given '{1}'."), stroll_form(&name, s->flow, n->issues[i]), NULL, NULL);
	return true;
}

bool stroll_show(struct stroll *s, const struct bpr_walk_event *e)
{
	static const char *const ends[] = {
		[BPR_OUTCOME_DONE] = N_("That was all. Thank you for coming."),
		[BPR_OUTCOME_INCOMPLETE] = N_("It ends here, and something was missed."),
		[BPR_OUTCOME_REJECTED] = N_("It ends here: the application was turned down."),
	};

	if (e->node != BPR_NONE)
		(void)place_of(&s->where, s->flow, e->node);
	switch (e->what) {
	case BPR_WALK_MOVE:
		show_move(s, e);
		return true;
	case BPR_WALK_STEP:
		return show_step(s, e);
	case BPR_WALK_END:
		(void)fputs("\n", stderr);
		stroll_say(s, 0, tr(ends[e->outcome]));
		return true;
	case BPR_WALK_CHOICE:
		break;
	}
	return true;
}
