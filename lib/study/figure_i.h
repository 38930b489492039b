/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_FIGURE_I_H
#define BPR_STUDY_FIGURE_I_H
/*
 * Figures of a study: what a picture shows, as numbers and as the words that stand beside them. The study decides all of
 * it (scale, order, words); a renderer only places it: report/chart*.c as SVG, report/xlsx*.c as a native chart,
 * report/text.c as bars of characters. Texts are borrowed as everywhere in a document, and may hold what an input says.
 */
#include "study/document_i.h"
#include <bpr/study.h>

enum bpr_figure_kind {
	BPR_FIGURE_DUMBBELL = 0, /* measures before and after on one scale: before = 100 */
	BPR_FIGURE_FORMS,        /* the forms that are filled in, before and after, as sheets of paper */
	BPR_FIGURE_RIBBON,       /* one visit from door to door, a band for each flow */
	BPR_FIGURE_FLOW,         /* swimlanes with heat */
	BPR_FIGURE_MAP,          /* the citizen's way between counters */
	BPR_FIGURE_HISTOGRAM,    /* shares of cases by a time, one or two series */
	BPR_FIGURE_LOAD,         /* how busy people are, with the range where queues grow */
	BPR_FIGURE_WATERFALL,    /* what adds up to a sum */
	BPR_FIGURE_TORNADO,      /* how far a result moves with each assumption */
	BPR_FIGURE_STEPS,        /* numbered steps of work in their order */
	BPR_FIGURE_BARS,         /* one length a row */
	BPR_FIGURE_HOURS,        /* a figure through the hours of a day, one or two series */
	BPR_FIGURE_FOLLOWS,      /* what follows what in a log, from top to bottom */
	BPR_FIGURE_WEEK,         /* weekdays by hours, the more the darker */
	BPR_FIGURE_DAYS,         /* a level day by day */
	BPR_FIGURE_SCATTER,      /* things by two figures: effect against cost */
	BPR_FIGURE_GANTT,        /* what runs from which year on, with what the years cost and bring below it */
	BPR_FIGURE_COUNT
};

/* Which side a thing belongs to: the same sign and colour all through a report. */
enum bpr_side { BPR_SIDE_BEFORE = 0, BPR_SIDE_AFTER, BPR_SIDE_ONLY };

struct bpr_dumbbell_row {
	const char *label;
	bool scaled;              /* false: before is 0, so there is no scale; only the words are shown */
	double after;             /* before = 100 */
	bool band_before_known, band_after_known; /* 95 % intervals of simulated figures, before = 100 */
	double band_before[2], band_after[2];
	const char *said_before, *said_after, *unit; /* "6", "1", "か所": at the right */
	int better;               /* +1, -1, 0 */
};

struct bpr_form_paper_field {
	const char *name;
	double times;             /* how often it is written on this form, a case */
	bool printed;             /* somebody else has filled it in */
};
struct bpr_form_paper {
	const char *name;
	const struct bpr_form_paper_field *fields; size_t field_count;
	size_t more;              /* fields that are not listed */
	double written;           /* how often the form is filled in, a case */
};

/* OWN: what citizens do themselves but for writing and walking. Of a flow without citizens: SERVICE is work, WAIT waiting. */
enum bpr_visit_kind { BPR_VISIT_WALK = 0, BPR_VISIT_WRITE, BPR_VISIT_WAIT, BPR_VISIT_SERVICE, BPR_VISIT_AWAY, BPR_VISIT_OWN, BPR_VISIT_KINDS };
struct bpr_visit_piece {
	enum bpr_visit_kind kind;
	double minutes;           /* its length, in the figure's unit */
	const char *said;         /* "6": inside the band where there is room */
	size_t counter;           /* from 1, as numbered in the legend; 0 none */
	const char *label;        /* step, for the tooltip */
};
struct bpr_ribbon {
	enum bpr_side side;
	const char *label, *said; /* "before", "95 min" */
	const struct bpr_visit_piece *pieces; size_t piece_count;
	const char *const *counters; size_t counter_count; /* names in the order of their numbers */
};

struct bpr_mark { double at; const char *label; enum bpr_side side; }; /* a line across a histogram: median, one in ten */
struct bpr_series {
	enum bpr_side side;
	const char *label;
	const double *values;     /* [count of the figure] shares (1 is the whole) or levels */
	const struct bpr_mark *marks; size_t mark_count;
};

struct bpr_bar {
	enum bpr_side side;
	const char *label, *said; /* "(1) residents' desk (3)", "92%" */
	double value;
	enum bpr_doc_tone tone;   /* WORSE: stands out */
	bool total;               /* waterfall: from 0, of everything before it */
};

struct bpr_tornado_row {
	const char *label;        /* "length of the interview, 16 to 25 min" */
	double low, high;         /* result where the assumption is at its lower and upper end */
	const char *said_low, *said_high;
};

enum { BPR_HEAT_CLASSES = 5 };

struct bpr_step_card { const char *title, *said, *note; };

/* MAP: counters that are visited, and ways between them; BPR_NONE is outside: the entrance, the exit. */
struct bpr_map_place { const char *name, *building, *floor, *said; double visits; }; /* building and floor "" where not said; said: "1.2 times" */
struct bpr_map_move { size_t from, to; double count; const char *said; };            /* how often a case goes there */

/* FOLLOWS: the first station is where cases begin, the last where they end. */
struct bpr_follows_station { const char *label, *said; /* below the name, or NULL */ size_t heat; /* class, 0 to BPR_HEAT_CLASSES - 1 */ };
/* The most frequent first. said: beside it, or NULL; told: what a pointer over it shows. */
struct bpr_follows_way { size_t from, to; double count; const char *said, *told; };

/* SCATTER: a disc, square or diamond by its class, filled where it is chosen, with a number in it; front: joined by a line. */
enum { BPR_POINT_CLASSES = 3 };
struct bpr_scatter_point { const char *number, *told; double x, y; size_t class; bool chosen, front; };

/* GANTT: runs from year `start` on (from 0), of which the share `from` goes by without it. */
struct bpr_gantt_row { const char *label, *said; size_t start; double from; };
/* Years as bars (one limit for all, NAN none) or, `line`, as a line; one year may have a mark. */
struct bpr_gantt_panel {
	const char *label, *unit;
	const double *values;              /* [year_count] */
	const char *const *said;           /* [year_count] */
	double limit; const char *said_limit;
	bool line;
	size_t marked; const char *mark;   /* BPR_NONE: none */
};

struct bpr_doc_figure {
	enum bpr_figure_kind kind;
	const char *id;           /* ASCII, unique within the document: "dumbbell" */
	const char *title;        /* what a screen reader says first; not drawn (the heading above says it) */
	const char *description;  /* the figures in a sentence or two, for who cannot see them */
	const char *unit;         /* of the axis, or NULL */
	const char *note;         /* small, below the axis, or NULL */
	const char *across, *upward; /* HISTOGRAM, HOURS: what stands along the axis and up it: "waiting in one visit (minutes)", "visitors"; or NULL */
	/* DUMBBELL */
	const struct bpr_dumbbell_row *rows; size_t row_count;
	/* FORMS: [side] */
	const struct bpr_form_paper *papers[2]; size_t paper_count[2]; size_t papers_more[2];
	const char *captions[2];  /* "the same written four times", "only the signature is written"; LOAD: the name of each side, or NULL */
	/* RIBBON */
	const struct bpr_ribbon *ribbons; size_t ribbon_count;
	const char *legend[BPR_VISIT_KINDS]; /* name of each kind of piece that occurs, else NULL */
	/* HISTOGRAM: bin i is edges[i] to edges[i + 1]; open: the last one has no end. HOURS: values at edges[i] (minutes after midnight) */
	const struct bpr_series *series; size_t series_count;
	const double *edges; size_t bin_count; bool open;
	/* LOAD (values 1 = always busy), BARS, WATERFALL */
	const struct bpr_bar *bars; size_t bar_count;
	double zone;              /* LOAD: from here on queues grow fast; 0 none */
	const char *zone_label;
	/* TORNADO */
	const struct bpr_tornado_row *turns; size_t turn_count;
	double centre; const char *said_centre;
	/* STEPS */
	const struct bpr_step_card *cards; size_t card_count;
	/* FLOW, MAP */
	const bpr_flow *flow, *other; /* other: the flow that it is compared with, to mark what differs; or NULL */
	const bpr_comparison *comparison; /* with `other` */
	enum bpr_side side;
	enum bpr_heat heat;
	const double *heat_values; /* [node count] as bpr_i_study_heat() has them */
	double heat_limits[BPR_HEAT_CLASSES - 1]; /* as bpr_i_study_heat_limits(): two pictures beside each other have the same; all 0: own */
	const bpr_analysis *analysis; /* numbers on arcs */
	/* MAP: places in the order in which a case first gets there; ways, the most frequent first */
	const struct bpr_map_place *places; size_t place_count;
	const struct bpr_map_move *moves; size_t move_count;
	/* FOLLOWS */
	const struct bpr_follows_station *stations; size_t station_count;
	const struct bpr_follows_way *ways; size_t way_count;
	/* WEEK: [7 * 24] from Monday on, hours from first_hour to last_hour; said: of each, or NULL */
	const double *week; size_t first_hour, last_hour;
	const char *const *weekdays; /* [7] names */
	/* SCATTER: across, upward as above; classes: what the shapes mean; captions: chosen, not chosen */
	const struct bpr_scatter_point *points; size_t point_count;
	const char *classes[BPR_POINT_CLASSES], *front;
	/* GANTT: names of the years, and short ones for narrow columns */
	const char *const *years, *const *short_years; size_t year_count;
	const struct bpr_gantt_row *rows_of_years; size_t rows_of_years_count;
	const struct bpr_gantt_panel *panels; size_t panel_count;
	/* DAYS: [day_count] levels from a day on (days since 1970-01-01) */
	const double *levels; long first_day; size_t day_count;
};

/* A figure with its id; the caller fills the rest. A copy is kept. */
void bpr_i_doc_figure(struct bpr_document *doc, const struct bpr_doc_figure *figure);

/*
 * Values of a heat, [node count], kept by the arena: minutes, yen or times a case; NAN where a node has none (gateways). Waits
 * are what the step itself waits, and waiting in its queue as simulated, else by formula, else (both NULL, or no demand) not
 * counted; INFINITY where a pool has more work than it can do. NULL: out of memory.
 */
const double *bpr_i_study_heat(struct bpr_arena *arena, enum bpr_heat heat, const bpr_flow *flow, const bpr_analysis *analysis,
			       const bpr_queueing *queueing, const bpr_simulation *simulation);
/* Nice numbers between the classes of a heat, for the values of one or two flows (b may be NULL); all 0 where every value is. */
void bpr_i_study_heat_limits(enum bpr_heat heat, const double *a, size_t a_count, const double *b, size_t b_count,
			     double limits[BPR_HEAT_CLASSES - 1]);
/* Whether it is more than nothing, as people read it. */
bool bpr_i_study_heat_shown(enum bpr_heat heat, double value);
/* Class of a value, 0 to BPR_HEAT_CLASSES - 1. */
size_t bpr_i_study_heat_class(const double limits[BPR_HEAT_CLASSES - 1], double value);
/* "wait 11 min": what stands in a box; nothing where it is not shown. */
void bpr_i_study_heat_words(struct bpr_buf *out, enum bpr_lang lang, enum bpr_heat heat, double value);
/* What the colour says ("waiting there, of a case"), and which values a class has. */
const char *bpr_i_study_heat_title(enum bpr_lang lang, enum bpr_heat heat);
void bpr_i_study_heat_range(struct bpr_buf *out, enum bpr_lang lang, enum bpr_heat heat,
			    const double limits[BPR_HEAT_CLASSES - 1], size_t class);
#endif
