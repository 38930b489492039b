/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_BPSIM_I_H
#define BPR_READ_BPSIM_I_H
/*
 * BPSim 1.0 and 2.0 (WfMC, Business Process Simulation Specification), and what jBPM wrote before it: bpsim.c finds the scenario
 * and what it inherits, bpsim_value.c reads values and distributions.
 */
#include "read/sim_i.h"

struct bpsim_scenario {
	const struct bpr_xml_node *xml;
	struct sim_from from;    /* where it stands */
};

struct bpsim {
	struct bpsim_scenario *items; size_t count, capacity;
	struct bpr_names calendar_ids;   /* in step with calendars */
	struct bpsim_calendar { struct bpr_week week; bool read; } *calendars; size_t calendar_capacity;
	struct bpr_names resource_names; /* in step with resources: their items */
	size_t *resources; size_t resource_capacity;
	double unit_min;         /* minutes of the base time unit */
	double duration_min;     /* of the run; NaN none */
};

bool bpr_i_bpsim_is(const struct bpr_xml_node *xml, const char *name);
/* The pool of a resource of the file. */
size_t bpr_i_bpsim_pool(struct bpmn_file *file, size_t resource);
/* A value of a parameter (<ProcessingTime>): false where it has none (results asked for) or none that can be used (noted). */
bool bpr_i_bpsim_time(struct bpmn_file *file, const struct bpr_xml_node *parameter, double unit_min, struct bpr_dist *out);
bool bpr_i_bpsim_number(struct bpmn_file *file, const struct bpr_xml_node *parameter, double *out);
/* The child that holds the value: the one without a calendar, else the first. NULL none. */
const struct bpr_xml_node *bpr_i_bpsim_value(struct bpmn_file *file, const struct bpr_xml_node *parameter);
/* Minutes of "ms", "s", "min", "hour", "day", "year"; `otherwise` for anything else. */
double bpr_i_bpsim_unit(const struct bpr_xml_node *xml, const char *attr, double otherwise);
#endif
