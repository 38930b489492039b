/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "chart_figures.h"
#include "base/alloc_i.h"
#include <math.h>
#include <string.h>

enum { ENDLESS = 10000 };

static uint64_t draw(struct chart_chance *c)
{
	c->rng ^= c->rng << 13;
	c->rng ^= c->rng >> 7;
	c->rng ^= c->rng << 17;
	return c->rng;
}

static size_t below(struct chart_chance *c, size_t n)
{
	return (size_t)((draw(c) >> 16) % n);
}

static bool maybe(struct chart_chance *c, size_t one_in)
{
	return !below(c, one_in);
}

static double unit(struct chart_chance *c)
{
	return (double)(draw(c) >> 11) / 9007199254740992.0;
}

static const char *text(struct chart_chance *c)
{
	static const char *const texts[] = {
		NULL, "", "a", "待ち時間", "転入届の受付と形式審査", "Waiting time (mean) of those who come", "</text><script>alert(1)</script>", "a & b < c > d \"e\" 'f'",
		"]]><!--", "\x1b[31mred\x1b[0m\a\b", "one\ttwo\nthree\r\nfour", "\xe2\x80\xae" "gnitirw" "\xe2\x80\xac", "שלום עולם", "مرحبا بالعالم",
		"e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88\xcc\x89\xcc\x8a", "\xf0\xa0\xae\xb7\xe9\x87\x8e\xe5\xb1\x8b",
		"\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", "\xff\xfe broken \xc3", "=cmd|' /C calc'!A1", "1,960", "+610", "-80%", "か所",
		"Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft", "　全角　空白　", "95%", "分", "×2",
		"a\xe2\x80\xa8line\xe2\x80\xa9paragraph", "3 hours 14 minutes 15 seconds and a little more than that", "ﷺ", "{1} {2}", "%s%n", "…",
	};
	size_t n = sizeof(texts) / sizeof(texts[0]), i = below(c, n + 1);

	return i < n ? texts[i] : maybe(c, 3) ? c->endless : "mmmmmmmm";
}

/* Around a size of its own, so that a figure is of one sort: ordinary, all the same, tiny, huge, with what is no number. */
static double number(struct chart_chance *c, size_t sort, bool negative)
{
	double x = unit(c) * 100;

	switch (sort) {
	case 0: x = 7; break;
	case 1: x = 0; break;
	case 2: x *= 1e-9; break;
	case 3: x *= 1e9; break;
	case 4: x = maybe(c, 4) ? 1e9 : x; break;
	case 5: x = maybe(c, 4) ? (double)NAN : maybe(c, 5) ? (double)INFINITY : x; break;
	case 6: x = floor(x / 10); break;
	default: break;
	}
	return negative && maybe(c, 3) ? -x : x;
}

static enum bpr_side side(struct chart_chance *c)
{
	return (enum bpr_side)below(c, 3);
}

static void fill_rows(struct chart_chance *c, size_t n, size_t sort)
{
	for (size_t i = 0; i < n; i++) {
		double lo = number(c, sort, false), hi = lo + number(c, sort, false);

		c->rows[i] = (struct bpr_dumbbell_row){
			text(c), !maybe(c, 6), number(c, sort, true), maybe(c, 2), maybe(c, 2), { 100 - lo, 100 + lo }, { lo, hi }, text(c), text(c), text(c),
			(int)below(c, 3) - 1
		};
	}
	c->figure.rows = c->rows;
	c->figure.row_count = n;
}

static void fill_papers(struct chart_chance *c, size_t sort)
{
	for (size_t i = 0; i < CHART_MOST; i++)
		c->fields[i] = (struct bpr_form_paper_field){ text(c) ? text(c) : "氏名", maybe(c, 3) ? 1 : number(c, sort, false), maybe(c, 3) };
	for (size_t s = 0; s < 2; s++) {
		size_t n = maybe(c, 4) ? 0 : below(c, maybe(c, 3) ? CHART_MOST : 6);

		for (size_t i = 0; i < n; i++) {
			size_t from = below(c, CHART_MOST - 12);

			c->papers[s][i] = (struct bpr_form_paper){ text(c), c->fields + from, below(c, 12), maybe(c, 3) ? below(c, 9) : 0, maybe(c, 2) ? 1 : number(c, sort, false) };
		}
		c->figure.papers[s] = c->papers[s];
		c->figure.paper_count[s] = n;
		c->figure.papers_more[s] = maybe(c, 4) ? below(c, 99) : 0;
		c->figure.captions[s] = text(c);
	}
}

static void fill_ribbons(struct chart_chance *c, size_t sort)
{
	for (size_t i = 0; i < CHART_MOST; i++)
		c->counters[i] = text(c);
	c->figure.ribbon_count = below(c, 4);
	c->figure.ribbons = c->ribbons;
	for (size_t r = 0; r < c->figure.ribbon_count; r++) {
		size_t n = below(c, CHART_MOST);

		for (size_t i = 0; i < n; i++)
			c->pieces[r][i] = (struct bpr_visit_piece){ (enum bpr_visit_kind)below(c, BPR_VISIT_KINDS), number(c, sort, false), text(c), below(c, 30), text(c) };
		c->ribbons[r] = (struct bpr_ribbon){ side(c), text(c), text(c), c->pieces[r], n, c->counters, below(c, 30) };
	}
	for (size_t i = 0; i < BPR_VISIT_KINDS; i++)
		c->figure.legend[i] = text(c);
}

static void fill_series(struct chart_chance *c, size_t n, size_t sort)
{
	double at = maybe(c, 2) ? 0 : number(c, 7, false);

	for (size_t i = 0; i <= n; i++) {
		c->edges[i] = at;
		at += maybe(c, 2) ? 5 : 1 + number(c, 7, false);
	}
	c->figure.open = maybe(c, 2);
	c->figure.edges = c->edges;
	c->figure.bin_count = n;
	c->figure.series = c->series;
	c->figure.series_count = below(c, CHART_SERIES);
	for (size_t s = 0; s < c->figure.series_count; s++) {
		size_t marks = below(c, 5);

		for (size_t i = 0; i < n; i++)
			c->values[s][i] = number(c, sort, false) / (c->figure.kind == BPR_FIGURE_HISTOGRAM ? 100 : 1);
		for (size_t i = 0; i < marks; i++)
			c->marks[s][i] = (struct bpr_mark){ maybe(c, 5) ? number(c, 5, true) : c->edges[0] + unit(c) * (at - c->edges[0]), text(c), side(c) };
		c->series[s] = (struct bpr_series){ side(c), text(c), c->values[s], c->marks[s], marks };
	}
}

static void fill_bars(struct chart_chance *c, size_t n, size_t sort)
{
	for (size_t i = 0; i < n; i++)
		c->bars[i] = (struct bpr_bar){ i < n / 2 ? BPR_SIDE_BEFORE : BPR_SIDE_AFTER, text(c), text(c),
					       number(c, sort, c->figure.kind != BPR_FIGURE_LOAD) / (c->figure.kind == BPR_FIGURE_LOAD ? 80 : 1),
					       (enum bpr_doc_tone)below(c, 5), maybe(c, 6) };
	c->figure.bars = c->bars;
	c->figure.bar_count = n;
	c->figure.zone = maybe(c, 3) ? 0 : unit(c);
	c->figure.zone_label = text(c);
	if (c->figure.kind == BPR_FIGURE_LOAD)
		c->figure.captions[0] = text(c), c->figure.captions[1] = text(c);
}

static void fill_turns(struct chart_chance *c, size_t n, size_t sort)
{
	for (size_t i = 0; i < n; i++)
		c->turns[i] = (struct bpr_tornado_row){ text(c), number(c, sort, true), number(c, sort, true), text(c), text(c) };
	c->figure.turns = c->turns;
	c->figure.turn_count = n;
	c->figure.centre = number(c, sort, true);
	c->figure.said_centre = text(c);
}

static void fill_cards(struct chart_chance *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		c->cards[i] = (struct bpr_step_card){ text(c), text(c), text(c) };
	c->figure.cards = c->cards;
	c->figure.card_count = n;
}

struct chart_chance *chart_chance_new(enum bpr_figure_kind kind, uint64_t seed)
{
	struct chart_chance *c = bpr_i_calloc(1, sizeof(*c));
	size_t n, sort;

	if (!c)
		return NULL;
	c->endless = bpr_i_calloc(ENDLESS + 1, 1);
	if (!c->endless) {
		bpr_i_free(c);
		return NULL;
	}
	for (size_t i = 0; i < ENDLESS; i++)
		c->endless[i] = seed % 2 ? 'W' : i % 7 ? 'e' : ' ';
	c->rng = seed * 0x9e3779b97f4a7c15u + (uint64_t)kind + 1;
	for (int i = 0; i < 9; i++)
		(void)draw(c);
	n = below(c, maybe(c, 4) ? CHART_MOST : 8);
	sort = below(c, 9);
	c->figure.kind = kind;
	c->figure.id = "f";
	c->figure.title = text(c);
	c->figure.description = text(c);
	c->figure.unit = text(c);
	c->figure.note = text(c);
	c->figure.across = text(c);
	c->figure.upward = text(c);
	fill_rows(c, n, sort);
	fill_papers(c, sort);
	fill_ribbons(c, sort);
	fill_series(c, n, sort);
	if (kind != BPR_FIGURE_FORMS)
		fill_bars(c, n, sort);
	fill_turns(c, n, sort);
	fill_cards(c, n);
	return c;
}

void chart_chance_free(struct chart_chance *c)
{
	if (c)
		bpr_i_free(c->endless);
	bpr_i_free(c);
}
