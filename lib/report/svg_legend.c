/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend above a picture: classes of the heat, marks of what changed, what waits are. */
#include "config.h"
#include "base/text_i.h"
#include "report/draw_i.h"
#include <math.h>
#include <string.h>

enum { LEFT = 20, TOP = 16, ROW = 24, SWATCH = 26, FONT = 12, LEAST_WIDTH = 720 };

struct writer { struct svg_legend *legend; enum bpr_lang lang; double x, y, most; };

static void put_number(struct bpr_buf *out, const char *name, double x)
{
	bpr_i_buf_printf(out, " %s=\"", name);
	bpr_i_buf_number(out, floor(x * 10 + 0.5) / 10);
	bpr_i_buf_putc(out, '"');
}

static void break_line(struct writer *w)
{
	if (w->x > LEFT)
		w->y += ROW;
	w->x = LEFT;
}

/* Room for something so wide: here, or at the beginning of the next line. */
static void take(struct writer *w, double width)
{
	if (w->x > LEFT && w->x + width > w->most)
		break_line(w);
}

static double text_width(const char *text)
{
	return bpr_i_layout_text_width(text, strlen(text), FONT);
}

static void put_words(struct writer *w, const char *class, const char *text)
{
	struct bpr_buf *out = &w->legend->body;

	bpr_i_buf_printf(out, "<text class=\"%s\"", class);
	put_number(out, "x", w->x);
	put_number(out, "y", w->y + 13);
	bpr_i_buf_putc(out, '>');
	bpr_i_escape_svg(out, text, strlen(text));
	bpr_i_buf_puts(out, "</text>\n");
	w->x += text_width(text);
	w->legend->width = fmax(w->legend->width, w->x + LEFT);
}

static void put_title(struct writer *w, const char *text)
{
	break_line(w);
	put_words(w, "head", text);
	w->x += 18;
}

static void put_swatch(struct writer *w, const char *class, enum bpr_step_change change, const char *text)
{
	struct bpr_buf *out = &w->legend->body;

	take(w, SWATCH + 20 + text_width(text));
	bpr_i_buf_printf(out, "<rect class=\"task%s\"", class);
	put_number(out, "x", w->x);
	put_number(out, "y", w->y);
	put_number(out, "width", SWATCH);
	bpr_i_buf_puts(out, " height=\"17\" rx=\"4\"/>\n");
	if (change == BPR_STEP_REMOVED) {
		bpr_i_buf_puts(out, "<path class=\"cross\" d=\"M");
		bpr_i_buf_number(out, w->x);
		bpr_i_buf_putc(out, ' ');
		bpr_i_buf_number(out, w->y);
		bpr_i_buf_printf(out, "l%d 17m0 -17l-%d 17\"/>\n", (int)SWATCH, (int)SWATCH);
	}
	bpr_i_svg_change_mark(out, change, w->x + SWATCH, w->y + 2);
	w->x += SWATCH + (change ? 20 : 8);
	put_words(w, "", text);
	w->x += 20;
}

static void put_note(struct writer *w, const char *text)
{
	break_line(w);
	put_words(w, "small faint", text);
}

static bool is_queue_known(const struct picture *p)
{
	const bpr_queueing *const *all = p->options->queueings;

	for (size_t i = 0; all && i < p->count; i++) {
		size_t at = p->chosen ? p->chosen[i] : i;

		if (!all[at] || !bpr_queueing_known(all[at]))
			return false;
	}
	return all;
}

static void put_heat(struct writer *w, const struct picture *p)
{
	static const char *const classes[BPR_HEAT_CLASSES] = { " heat0", " heat1", " heat2", " heat3", " heat4" };
	/* No step has any: is there none, or was it not said? */
	static const char *const empty[BPR_HEAT_COUNT] = {
		[BPR_HEAT_WORK] = N_("No step has any: the column of working times (work) is empty, or its steps are not the staff's."),
		[BPR_HEAT_COST] = N_("No step has any: give what staff cost an hour (yen_per_hour of the staff table), or costs of the steps (cost)."),
		[BPR_HEAT_WRITING] = N_("No step has any: forms that are written (writes) and their items (the table of forms) are not given."),
	};

	put_title(w, bpr_i_study_heat_title(w->lang, p->heat));
	put_swatch(w, "", BPR_STEP_SAME, bpr_text(w->lang, N_("none")));
	for (size_t i = 0; i < BPR_HEAT_CLASSES && p->limits[0] > 0; i++) {
		char range[200];
		struct bpr_buf text = BPR_BUF_ON(range);

		bpr_i_study_heat_range(&text, w->lang, p->heat, p->limits, i);
		put_swatch(w, classes[i], BPR_STEP_SAME, range);
	}
	if (!(p->limits[0] > 0) && empty[p->heat])
		put_note(w, bpr_text(w->lang, empty[p->heat]));
	if (p->heat == BPR_HEAT_WAIT)
		put_note(w, bpr_text(w->lang, is_queue_known(p)
			? N_("Waiting: what the step itself waits, and its queue, computed by formula (mean of an ordinary week); not measured.")
			: N_("Waiting: what the step itself waits. Queues are not in it: no demand or no staff is given.")));
	if (p->heat == BPR_HEAT_VISITS && !p->follows)
		put_note(w, bpr_text(w->lang, N_("The thicker an arrow, the more often a case goes there.")));
}

void bpr_i_svg_legend(const struct picture *p, struct svg_legend *legend)
{
	struct writer w = { .legend = legend, .lang = p->options->lang, .x = LEFT, .y = TOP, .most = fmax(p->layout.width, LEAST_WIDTH) - LEFT };

	*legend = (struct svg_legend){ .body = BPR_BUF_INIT };
	if (p->heat != BPR_HEAT_NONE)
		put_heat(&w, p);
	if (p->follows)
		put_note(&w, bpr_text(w.lang, N_("An arrow leads to each step that a case comes to next, gateways left out; the number says how often, of a case. The thicker, the more often.")));
	if (p->comparison) {
		put_title(&w, bpr_text(w.lang, N_("What changes")));
		put_swatch(&w, " gone", BPR_STEP_REMOVED, bpr_text(w.lang, N_("step that goes")));
		put_swatch(&w, " fresh", BPR_STEP_ADDED, bpr_text(w.lang, N_("step that is new")));
		put_swatch(&w, " other", BPR_STEP_CHANGED, bpr_text(w.lang, N_("step that changes, and in what")));
	}
	break_line(&w);
	legend->height = w.y > TOP ? w.y : 0;
}
