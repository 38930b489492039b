/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_SIM_I_H
#define BPR_READ_SIM_I_H
/*
 * Simulation parameters of a BPMN file, whoever wrote them. dialect.c holds the table of dialects: where each has its data
 * and which function reads it. A dialect puts what it finds into `struct sim` through the calls below, by item and pool, in
 * minutes; where two dialects give the same value, the one with the higher rank counts (embedded ones in the order of the
 * table, then files beside the model, then files that the user named, in their order). sim_apply.c puts the whole into
 * builders; the bpr extension, companion tables and --set come later and win.
 */
#include "read/bpmn_i.h"
#include "read/week_i.h"

enum sim_time {
	SIM_PROCESSING = 0, SIM_SETUP, SIM_VALIDATION, SIM_REWORK, /* work */
	SIM_WAIT, SIM_QUEUE, SIM_TRANSFER,                         /* wait */
	SIM_TIME_COUNT
};

/* Who gave a value; source NULL: nobody. */
struct sim_from {
	const char *source;  /* static: "bpsim", "qbp" … */
	const char *file;    /* in the file's arena or the reader's */
	size_t line;
	unsigned rank;
};

struct sim_need { size_t pool; size_t count; };
enum { SIM_MOST_NEEDS = 8, SIM_MOST_SHIFTS = 32 };

/* What is said about one item. Durations are minutes. */
struct sim_params {
	size_t item;
	struct bpr_dist time[SIM_TIME_COUNT];
	unsigned times;             /* bits of what is given */
	double fixed_cost, unit_cost; /* unit_cost: per minute of work */
	double prob;                /* of a sequence flow or boundary event, as written: may be a percentage; NaN none */
	struct bpr_dist arrivals;   /* of a start event or a process: between two cases */
	const char *windows;        /* the same by window, as the column `arrivals` has it; NULL none */
	const char *open;           /* hours in which cases arrive; NULL none */
	double open_days;           /* 0: not said; else holidays and weekends are none */
	struct sim_need needs[SIM_MOST_NEEDS];
	size_t need_count;
	struct sim_from work_from, wait_from, cost_from, prob_from, arrivals_from, open_from, need_from;
};

struct sim_pool {
	const char *name;           /* as shown; an id where it has no name */
	double count, yen_per_hour; /* NaN none */
	const char *hours;          /* of all of them; NULL none */
	struct sim_shift { const char *hours; size_t count; } *shifts; size_t shift_count; /* where they differ; hours NULL: round the clock */
	struct sim_from count_from, rate_from, hours_from;
	bool used;                  /* by the flow being built */
};

struct bpsim;
struct side_file;

struct sim {
	struct sim_params *params; size_t count, capacity;
	size_t *of_item;            /* [item_count]: index into params, or BPR_NONE */
	struct sim_pool *pools; size_t pool_capacity;
	struct bpr_names pool_ids;  /* in step with pools */
	struct sim_from now;        /* what is being read */
	size_t wrong;               /* values that could not be used */
	struct bpsim *bpsim;        /* its scenarios; NULL none */
	struct side_file *sides;    /* dialect.c */
};

/* All dialects, embedded and beside the model. */
bpr_status bpr_i_sim_read(struct bpmn_file *file);
void bpr_i_sim_free(struct sim *sim);

/* ---- what dialects say (sim.c); a failure to allocate is remembered in file->nomem ---- */

/* Item by the id in an attribute or text; BPR_NONE where there is none: noted, unless the attribute is absent. */
size_t bpr_i_sim_item(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr);
size_t bpr_i_sim_find(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *id, size_t length);
void bpr_i_sim_time(struct bpmn_file *file, size_t item, enum sim_time part, const struct bpr_dist *dist, size_t line);
void bpr_i_sim_cost(struct bpmn_file *file, size_t item, double fixed, double per_minute, size_t line);
void bpr_i_sim_prob(struct bpmn_file *file, size_t item, double prob, size_t line);
/* item: a start event or a process. */
void bpr_i_sim_arrivals(struct bpmn_file *file, size_t item, const struct bpr_dist *between, size_t line);
/* Times between two cases that change over the week: text for the column `arrivals`; between: one of them. */
void bpr_i_sim_windows(struct bpmn_file *file, size_t item, const struct bpr_dist *between, struct bpr_buf *text, size_t line);
void bpr_i_sim_open(struct bpmn_file *file, size_t item, const struct bpr_week *week, size_t line);
/* Forgets needs said so far, so that those that follow count. */
void bpr_i_sim_need_none(struct bpmn_file *file, size_t item, size_t line);
void bpr_i_sim_need(struct bpmn_file *file, size_t item, size_t pool, double count, size_t line);
/* Pool by its id, made where new; BPR_NONE out of memory. */
size_t bpr_i_sim_pool(struct bpmn_file *file, const char *id, size_t length);
void bpr_i_sim_pool_name(struct bpmn_file *file, size_t pool, const char *name, size_t length);
/* NaN: not said. */
void bpr_i_sim_pool_count(struct bpmn_file *file, size_t pool, double count, size_t line);
void bpr_i_sim_pool_rate(struct bpmn_file *file, size_t pool, double per_hour, size_t line);
/* So many people at these hours, besides those said so far. */
void bpr_i_sim_pool_shift(struct bpmn_file *file, size_t pool, double count, const struct bpr_week *week, size_t line);
/* weeks[i]: the hours of one of them, NULL for round the clock; those with the same hours are a shift. */
void bpr_i_sim_pool_hours(struct bpmn_file *file, size_t pool, const struct bpr_week *const *weeks, size_t count, size_t line);
/* A number that cannot be negative: attribute or text of an element. False where it is absent, or none that can be used (noted). */
bool bpr_i_sim_number(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr, double *out);
bool bpr_i_sim_text_number(struct bpmn_file *file, const struct bpr_xml_node *xml, double *out);
/* Says that amounts are in another currency than yen. */
void bpr_i_sim_currency(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *currency);
/* Notes that a value cannot be used: what it is of, what it is, as written. */
void bpr_i_sim_wrong(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *of, const char *what, const char *value);
/* A distribution that has no kind of its own here: noted under its name. */
void bpr_i_sim_replaced(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *name);
/* Checks and scales a distribution read in units of `unit` minutes; false where parameters are out of range (noted). */
bool bpr_i_sim_dist(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *name, double unit, struct bpr_dist *dist);
const char *bpr_i_sim_label(const char *source);

/* ---- distributions that have to be made (delay.c) ---- */

struct bpr_dist bpr_i_delay_constant(double x);
/* A gamma distribution of this mean and sd; a constant without spread. */
struct bpr_dist bpr_i_delay_like(double mean, double sd);
/* Of a normal variable given that it lies in [low, high]: Johnson, Kotz & Balakrishnan, vol. 1, 13.10. */
bool bpr_i_delay_truncated_normal(double mean, double sd, double low, double high, double *out_mean, double *out_sd);
/* The sum of two independent durations, exact where a kind of ours can say it; *exact tells. */
struct bpr_dist bpr_i_delay_sum(const struct bpr_dist *a, const struct bpr_dist *b, bool *exact);
/* Multiplies by a unit. */
void bpr_i_delay_scale(struct bpr_dist *dist, double unit);

/* A draw from one of several distributions, by weight. */
struct bpr_mixture {
	struct bpr_arena *arena; /* for measured values */
	struct bpr_mix_part { double weight; struct bpr_dist dist; } *parts;
	size_t count, capacity;
	bool nomem;
};
void bpr_i_mixture_add(struct bpr_mixture *mix, double weight, const struct bpr_dist *dist);
/*
 * The whole: of constants whose weights are in whole proportion, their values, each as often as it weighs (exact); of equal
 * distributions, any of them; else one of the same mean and deviation. False where nothing has weight. Releases the parts.
 */
bool bpr_i_mixture_end(struct bpr_mixture *mix, struct bpr_dist *out, bool *exact);

/* ---- into builders (sim_apply.c) ---- */

/* Has anybody times, costs or people for the item? */
bool bpr_i_sim_has(const struct bpmn_file *file, size_t item);
/* Times, cost, needs and probability of a node; performers where nobody is needed otherwise. */
bpr_status bpr_i_sim_node(struct bpmn_frame *frame, size_t item, size_t node);
/* What the flow as a whole gets: pools that its steps need, arrivals. After its nodes are built. */
bpr_status bpr_i_sim_flow(struct bpmn_file *file, size_t process, bpr_builder *b);
/* Probabilities of sequence flows into shares. */
bpr_status bpr_i_sim_shares(struct bpmn_file *file);

/* ---- the dialects ---- */

/* Each takes an element of its namespace; item: whose extension it is, BPR_NONE at `definitions`. */
void bpr_i_bpsim_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml);
void bpr_i_qbp_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml);
void bpr_i_adonis_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml);
void bpr_i_igrafx_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml);
void bpr_i_camunda_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml);
void bpr_i_scylla_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml);
/* The scenario chosen among those taken, when all are known. */
bpr_status bpr_i_bpsim_finish(struct bpmn_file *file);
void bpr_i_bpsim_free(struct bpsim *bpsim);
/* xs:duration in minutes; false where it is none. */
bool bpr_i_bpsim_duration(const char *text, size_t length, double *minutes);
/* Whether a text may be Prosimos'; and a text that is JSON. `name` is the file. */
bool bpr_i_prosimos_may_be(const char *text, size_t length);
bpr_status bpr_i_prosimos_read(struct bpmn_file *file, const char *name, const char *text, size_t length);
#endif
