/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_BPSIM_I_H
#define BPR_READ_BPSIM_I_H
/*
 * BPSim 1.0 and 2.0 (WfMC, Business Process Simulation Specification): the parameters of one scenario, by item. bpsim.c finds
 * the scenario and what it inherits, bpsim_value.c reads values and distributions, bpsim_apply.c puts them into builders.
 */
#include "read/bpmn_i.h"

enum bpsim_time {
	BPSIM_PROCESSING = 0, BPSIM_SETUP, BPSIM_VALIDATION, BPSIM_REWORK, /* work */
	BPSIM_WAIT, BPSIM_QUEUE, BPSIM_TRANSFER,                          /* wait */
	BPSIM_TIME_COUNT
};

struct bpsim_need { size_t resource; size_t count; };
enum { BPSIM_MOST_NEEDS = 8 };

/* What the scenario says about one item. Durations are minutes. */
struct bpsim_params {
	size_t item;
	struct bpr_dist time[BPSIM_TIME_COUNT];
	unsigned times;             /* bits of what is given */
	double fixed_cost, unit_cost; /* unit_cost: per minute of work */
	double prob;                /* NaN none; as written, may be a percentage */
	struct bpr_dist arrivals;   /* of start events */
	bool has_arrivals;
	double triggers;            /* NaN none */
	struct bpsim_need needs[BPSIM_MOST_NEEDS];
	size_t need_count;
	double quantity;            /* of resources; NaN none */
};

struct bpsim {
	struct bpsim_params *params; size_t count, capacity;
	size_t *of_item;            /* [item_count]: index into params, or BPR_NONE */
	bool *used;                 /* [item_count]: resources that the flow being built needs */
	struct bpr_names resource_names; /* in step with resources: their items */
	size_t *resources;
	double unit_min;            /* minutes of the base time unit */
	double duration_min;        /* of the run; NaN none */
};

bpr_status bpr_i_bpsim_read(struct bpmn_file *file);
void bpr_i_bpsim_free(struct bpsim *bpsim);
/* Has the scenario times, costs or resources for the item? */
bool bpr_i_bpsim_has(const struct bpmn_file *file, size_t item);
/* Times, cost, needs and probability of a node; performers where no resource is selected. */
bpr_status bpr_i_bpsim_apply(struct bpmn_frame *frame, size_t item, size_t node);
/* What the flow as a whole gets: pools that its steps need, arrivals. After its nodes are built. */
bpr_status bpr_i_bpsim_flow(struct bpmn_file *file, size_t process, bpr_builder *b);
/* Probabilities of sequence flows into shares. */
bpr_status bpr_i_bpsim_shares(struct bpmn_file *file);

bool bpr_i_bpsim_is(const struct bpr_xml_node *xml, const char *name);
/* A value of a parameter (<ProcessingTime>): false where it has none (results asked for) or none that can be used (noted). */
bool bpr_i_bpsim_time(struct bpmn_file *file, const struct bpr_xml_node *parameter, double unit_min, struct bpr_dist *out);
bool bpr_i_bpsim_number(struct bpmn_file *file, const struct bpr_xml_node *parameter, double *out);
/* The child that holds the value: the one without a calendar, else the first. NULL none. */
const struct bpr_xml_node *bpr_i_bpsim_value(struct bpmn_file *file, const struct bpr_xml_node *parameter);
/* Minutes of "ms", "s", "min", "hour", "day", "year"; `otherwise` for anything else. */
double bpr_i_bpsim_unit(const struct bpr_xml_node *xml, const char *attr, double otherwise);
/* xs:duration in minutes; false where it is none. */
bool bpr_i_bpsim_duration(const char *text, size_t length, double *minutes);
/* The sum of two independent durations, exact where a kind of ours can say it; *exact tells. */
struct bpr_dist bpr_i_bpsim_sum(const struct bpr_dist *a, const struct bpr_dist *b, bool *exact);
#endif
