/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_PROCEDURE_DMN_I_H
#define BPR_PROCEDURE_DMN_I_H
/* Between dmn.c, which walks through the decisions, and feel.c, which reads the cells of a rule. */
#include "procedure/procedure_i.h"
#include "xml/xml_i.h"

struct bpr_dmn {
	struct bpr_procedure_reading *reading;
	bool nomem;
};

/* Notes a problem at the element. */
void bpr_i_dmn_wrong(struct bpr_dmn *d, const struct bpr_xml_node *node, enum bpr_code_id id, const char *a1, const char *a2);

/*
 * Unary tests of one cell for the fact: a test, or a constant for "-". The text as a condition goes to `written` ("" for "-").
 * NULL: wrong, which is told, or out of memory.
 */
struct bpr_cond *bpr_i_feel_unary(struct bpr_dmn *d, const struct bpr_xml_node *node, const char *text, size_t fact, struct bpr_buf *written);
/* A literal of an output: a string, a number, a boolean, a date, as text kept by the arena. NULL: wrong, or out of memory. */
const char *bpr_i_feel_literal(struct bpr_dmn *d, const struct bpr_xml_node *node, const char *text);
#endif
