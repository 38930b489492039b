/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CHECK_LINT_I_H
#define BPR_CHECK_LINT_I_H
/*
 * Modelling faults of a BPMN file. The file is looked at as it was written, not as the reader understood it: every element
 * of interest in one list (lint.c), in the order of the file, with who follows whom; then each of
 *
 *	lint_scope.c     processes and sub-processes: what must be in them
 *	lint_node.c      what every node must have: ways in and out, a name
 *	lint_gateway.c   gateways and the sequence flows behind them
 *	lint_event.c     events and what triggers them
 *	lint_pool.c      pools, lanes, messages; what is defined for the whole file
 *	lint_draw.c      the diagram
 *
 * goes through the list once. lint_flow.c has those rules that make sense for a table too.
 */
#include "base/alloc_i.h"
#include "check/check_i.h"
#include "read/source_i.h"

enum lint_class {
	LINT_OTHER = 0, LINT_TASK, LINT_CALL, LINT_SUB, LINT_GATEWAY, LINT_EVENT, /* flow nodes from here */
	LINT_FLOW, LINT_PROCESS, LINT_PARTICIPANT, LINT_MESSAGE_FLOW, LINT_LANE, LINT_ASSOCIATION, LINT_GLOBAL, LINT_DEFINITION, LINT_DATA,
	LINT_HOLDER              /* nothing itself, but looked into */
};

enum {
	LINT_START = 1, LINT_END = 2, LINT_BOUNDARY = 4, LINT_CATCH = 8, LINT_THROW = 16,      /* events */
	LINT_XOR = 32, LINT_AND = 64, LINT_OR = 128, LINT_EVENT_BASED = 256, LINT_COMPLEX = 512, /* gateways */
	LINT_ADHOC = 1024, LINT_TRANSACTION = 2048, LINT_RECEIVE = 4096, LINT_SEND = 8192       /* activities */
};

struct lint_type {
	const char *name;
	enum lint_class class;
	unsigned flags;          /* of a LINT_DEFINITION: its bit among the definitions */
};

/* Event definitions, as bits. */
enum {
	LINT_MESSAGE = 1, LINT_TIMER = 2, LINT_ESCALATION = 4, LINT_ERROR = 8, LINT_CANCEL = 16, LINT_COMPENSATE = 32,
	LINT_CONDITIONAL = 64, LINT_LINK = 128, LINT_SIGNAL = 256, LINT_TERMINATE = 512
};

/* Attributes that rules ask for more than once, and what follows from others. */
enum {
	LINT_BY_EVENT = 1,       /* an event sub-process */
	LINT_COMPENSATION = 2,   /* isForCompensation */
	LINT_CONDITION = 4,      /* a sequence flow with one */
	LINT_DEFAULT = 8,        /* a sequence flow that is its source's default */
	LINT_NAMED = 16,
	LINT_LINKED = 32,        /* an association joins it to something */
	LINT_USED = 64,          /* something refers to it */
	LINT_DRAWN = 128
};

struct lint_item {
	const struct bpr_xml_node *xml;
	const struct lint_type *type;
	const char *id; size_t id_length; /* "" none */
	size_t scope;            /* process or sub-process around it, or BPR_NONE */
	size_t process;          /* or BPR_NONE */
	unsigned marks;
	unsigned definitions;    /* of an event */
	unsigned definition_count;
	const struct bpr_xml_node *definition; /* the first */
	size_t first_in, in;     /* sequence flows: lint->in[first_in …] */
	size_t first_out, out;
	size_t conditions;       /* outgoing ones with a condition */
	size_t from, to;         /* flows: nodes that exist, or BPR_NONE; boundary events: `to` is the host */
	size_t lane;             /* the innermost that lists it, or BPR_NONE */
	/* of a scope */
	size_t nodes, starts, blank_starts, ends;
};

struct lint {
	struct bpr_check *check;
	const struct bpr_xml_node *root;
	struct lint_item *items; size_t count, capacity;
	struct bpr_names ids; size_t *id_items; size_t id_capacity;
	size_t *in, *out;        /* items of sequence flows, by node */
	bool several_pools;      /* the file has a collaboration with pools */
};

/* Row of a local name of the BPMN namespace, or NULL. */
const struct lint_type *bpr_i_lint_type(const char *name);
bool bpr_i_lint_is_node(const struct lint_item *item);
bool bpr_i_lint_is_activity(const struct lint_item *item);
/* A process or sub-process. */
bool bpr_i_lint_is_scope(const struct lint_item *item);
/* Item of a reference, white space and QName prefix aside, or BPR_NONE. */
size_t bpr_i_lint_find(const struct lint *lint, const char *ref, size_t length);
/* The same of an attribute; *written (may be NULL) tells whether there is one. */
size_t bpr_i_lint_find_attr(const struct lint *lint, const struct bpr_xml_node *xml, const char *attr, bool *written);
/* What to call it in a message: its name, else its id, else what it is. */
const char *bpr_i_lint_label(const struct lint_item *item);
/* Notes a finding at an item. */
void bpr_i_lint_note(struct lint *lint, enum bpr_code_id id, size_t item, const char *a1, const char *a2, const char *a3);
void bpr_i_lint_note_at(struct lint *lint, enum bpr_code_id id, const struct bpr_xml_node *xml, const char *where, const char *a1,
			const char *a2, const char *a3);

/* Everything at once, for a file; nothing is known where memory is out (check->nomem). */
bpr_status bpr_i_lint(struct bpr_check *check);
bpr_status bpr_i_lint_flow(struct bpr_check *check);

void bpr_i_lint_scopes(struct lint *lint);
void bpr_i_lint_nodes(struct lint *lint);
void bpr_i_lint_gateways(struct lint *lint);
void bpr_i_lint_events(struct lint *lint);
void bpr_i_lint_pools(struct lint *lint);
void bpr_i_lint_globals(struct lint *lint);
void bpr_i_lint_drawing(struct lint *lint);
#endif
