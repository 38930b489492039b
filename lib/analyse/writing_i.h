/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_WRITING_I_H
#define BPR_ANALYSE_WRITING_I_H
/*
 * What citizens write, by classes of fields: fields that stand on the same forms, equally often, are written at the same
 * steps and so share every probability. Forms have many fields, but few classes.
 */
#include "analyse/plan_i.h"

struct bpr_class_times { uint32_t class; double times; };

struct bpr_writing {
	size_t class_count;
	uint32_t *class_of;           /* [field_count] BPR_CLASS_NONE: never written */
	double *weight;               /* [class_count] fields in the class */
	size_t *form_row;             /* [form_count + 1] */
	struct bpr_class_times *form; /* what one copy of a form asks for, prefilled fields left out */
	double *form_fields;          /* [form_count] fields to write on one copy, by times */
	bool whole;                   /* all times are whole numbers */
};
#define BPR_CLASS_NONE UINT32_MAX

bpr_status bpr_i_writing_new(const struct bpr_plan *plan, struct bpr_writing **out, struct bpr_error *err);
void bpr_i_writing_free(struct bpr_writing *writing);
#endif
