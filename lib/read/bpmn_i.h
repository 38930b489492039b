/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_BPMN_I_H
#define BPR_READ_BPMN_I_H
/*
 * BPMN 2.0 into flows. bpmn.c goes through the steps:
 *
 *	bpmn_table.c     what each element of BPMN is to us: one row an element
 *	bpmn_index.c     everything that has an id, in the order of the file; processes, pools
 *	bpmn_ids.c       ids and what they refer to
 *	bpmn_lane.c      who stands in which lane
 *	bpmn_vendor.c    content that is not understood
 *	bpmn_event.c     what events wait for or throw
 *	bpmn_arcs.c      sequence flows, boundary events: who follows whom
 *	bpmn_jump.c      links, and ends that throw what is caught further out
 *	bpmn_message.c   message flows
 *	bpmn_citizen.c   pools that are citizens, and the steps that meet them
 *	bpmn_unfold.c    how large the processes are with their calls in place; call cycles
 *	dialect.c        simulation parameters of all dialects, by item (sim_i.h)
 *	bpmn_build.c     one process into a builder: scopes, calls, edges
 *	bpmn_node.c      one node into a builder: loops, lanes, counters, parameters
 *	bpmn_data.c      data objects and stores as forms
 *	bpmn_ext.c       the bpr extension
 */
#include "read/read_i.h"
#include "xml/xml_i.h"

#define BPMN_NS "http://www.omg.org/spec/BPMN/20100524/MODEL"
#define BPMN_DI_NS "http://www.omg.org/spec/BPMN/20100524/DI"
#define BPMN_BPR_NS "urn:bpr:flow:1"

enum bpmn_role {
	BPMN_OTHER = 0, /* known, and of no meaning here */
	BPMN_TASK, BPMN_GATEWAY, BPMN_EVENT, BPMN_SUBPROCESS, BPMN_CALL, /* flow nodes */
	BPMN_FLOW, BPMN_LANE_SET, BPMN_LANE, BPMN_DATA, BPMN_DATA_REF, BPMN_IO,
	BPMN_PROCESS, BPMN_GLOBAL_TASK, BPMN_COLLABORATION, BPMN_PARTICIPANT, BPMN_MESSAGE_FLOW, BPMN_RESOURCE, BPMN_DEFINITION, BPMN_ASSOCIATION
};

/* Flow nodes, as a set of roles. */
#define BPMN_NODES (1u << BPMN_TASK | 1u << BPMN_GATEWAY | 1u << BPMN_EVENT | 1u << BPMN_SUBPROCESS | 1u << BPMN_CALL)

enum {
	BPMN_IS_SYSTEM = 1,      /* done by a machine */
	BPMN_IS_START = 2, BPMN_IS_END = 4, BPMN_IS_BOUNDARY = 8, BPMN_IS_THROW = 16,
	BPMN_IS_COMPLEX = 32,    /* a gateway read as inclusive */
	BPMN_IS_SPECIAL = 64     /* a sub-process with rules of its own, read as a plain one */
};

struct bpmn_element {
	const char *name;
	enum bpmn_role role;
	enum bpr_node_kind kind;
	unsigned flags;
};
/* The row of a local name of the BPMN namespace, or NULL. */
const struct bpmn_element *bpr_i_bpmn_element(const char *name);

enum {
	BPMN_SKIPPED = 1,        /* compensation, with all inside */
	BPMN_MEETS_CITIZEN = 2,
	BPMN_TERMINATES = 4,
	BPMN_LINK = 8,
	BPMN_SEVERAL_TOKENS = 16,/* a scope in which more than one token can be */
	BPMN_EXPANDED = 32,      /* a sub-process with something in it */
	BPMN_EVENT_SUB = 64,     /* an event sub-process: `target` is its start event, or BPR_NONE */
	BPMN_THROWS = 128,       /* an end event that leaves its scope through a boundary event or event sub-process: `target` */
	BPMN_TRIGGERS = 256,     /* the start event of an event sub-process */
	BPMN_CALLS_SYSTEM = 512  /* calls a global task that a machine does */
};

/* What an event waits for or throws: a set of bits. */
enum {
	BPMN_MESSAGE = 1, BPMN_TIMER = 2, BPMN_SIGNAL = 4, BPMN_ERROR = 8, BPMN_ESCALATION = 16, BPMN_CONDITIONAL = 32,
	BPMN_LINKED = 64, BPMN_COMPENSATE = 128, BPMN_CANCEL = 256, BPMN_TERMINATE = 512
};

/* Anything with an id that something can refer to. What is inside an item follows it: [index + 1, end). */
struct bpmn_item {
	const struct bpr_xml_node *xml;
	const struct bpmn_element *element;
	const char *id;          /* what the model calls it: bpr:id where there is one */
	size_t process;          /* index into processes, or BPR_NONE */
	size_t parent;           /* enclosing sub-process; a lane's: lane around it; or BPR_NONE */
	size_t end;
	size_t lane;             /* innermost lane that lists it, or BPR_NONE */
	size_t target;           /* call: process; boundary: host; link: where it goes; data reference: what; sequence flow: arc; or BPR_NONE */
	unsigned in, out;        /* sequence flows */
	unsigned conditions;     /* outgoing ones with a condition, or taken by default */
	unsigned marks;
	unsigned triggers;       /* of an event */
	size_t same;             /* next one of the same id, or BPR_NONE */
	size_t twin_of;          /* the step or process that has the same id, or BPR_NONE */
	size_t boundary;         /* first boundary event on it; next_boundary: the one after this; or BPR_NONE */
	size_t next_boundary;    /* of an event sub-process: the next one of its scope */
	size_t event_sub;        /* first event sub-process directly in it, or BPR_NONE */
	size_t lifted;           /* where a flow across its border was taken to lead last, or BPR_NONE */
};

/* What goes by an id: the first of all, the last; the first node, the first process, or BPR_NONE. */
struct bpmn_id {
	size_t first, last, node, process, copies;
};

struct bpmn_arc {
	const struct bpr_xml_node *xml;
	const char *id;          /* or NULL */
	size_t item;             /* or BPR_NONE */
	size_t from, to;         /* items */
	double share;            /* NaN: none written */
	const struct sim_from *from_sim; /* who gave the share; NULL: the bpr extension */
	bool percent;            /* the share is a percentage */
	bool condition, is_default, dropped;
};

struct bpmn_process {
	size_t item;             /* its contents: (item, items[item].end) */
	size_t participant;      /* item, or BPR_NONE */
	size_t first_arc, end_arc;
	size_t node_count;
	bool several_tokens;
	bool citizen;            /* its pool is the citizen's */
	bool lanes, lanes_listed, lanes_drawn; /* it has lanes; flowNodeRef or the diagram say who stands in them */
	size_t event_sub;        /* first event sub-process directly in it, or BPR_NONE */
	/* bpmn_unfold.c */
	size_t size, depth;
	enum { BPMN_NEW = 0, BPMN_ACTIVE, BPMN_DONE } state;
};

/* A message flow: items that are nodes, participants or processes. */
struct bpmn_message {
	const struct bpr_xml_node *xml;
	size_t from, to;
};

struct sim;
struct sim_from;

struct bpmn_file {
	struct bpr_reader *reader;
	struct bpr_xml xml;
	struct bpr_names names;  /* ids, in step with `ids` */
	struct bpmn_id *ids; size_t id_capacity;
	bool twins, model_ids;   /* there are such */
	struct bpmn_item *items; size_t item_count, item_capacity;
	struct bpmn_arc *arcs; size_t arc_count, arc_capacity;
	struct bpmn_process *processes; size_t process_count, process_capacity;
	const struct bpr_xml_node **associations; size_t association_count, association_capacity;
	bool compensates;        /* there is compensation */
	struct bpmn_message *messages; size_t message_count, message_capacity;
	struct sim *sim;         /* simulation parameters */
	const char *side;        /* name of the file beside it that is being read, for messages; NULL none */
	size_t error_count;
	enum bpr_code_id refused;/* the error that refuses the file; 0: none */
	uint32_t noted[BPR_I_CODE_COUNT];
	bool nomem;
};

void bpr_i_bpmn_file_free(struct bpmn_file *file);
/*
 * Notes a problem: args may be NULL. Problems of one code are one line with a count, except errors, of which some are listed
 * each. What is noted is left out or read in some other way, and the rest of the file stands; a few errors refuse it.
 */
void bpr_i_bpmn_note(struct bpmn_file *file, enum bpr_code_id id, const struct bpr_xml_node *at, const char *where,
		     const char *a1, const char *a2, const char *a3);
void bpr_i_bpmn_note_all(struct bpmn_file *file, enum bpr_code_id id, const struct bpr_xml_node *at, const char *where,
			 const char *const args[4]);
/*
 * Item by reference: white space cut, exact first, then without QName prefix; or BPR_NONE. Of several of one id the first of
 * the roles, a set of 1u << role (BPMN_NODES where nothing is said).
 */
size_t bpr_i_bpmn_find_as(const struct bpmn_file *file, const char *ref, size_t length, unsigned roles);
size_t bpr_i_bpmn_find_attr_as(const struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr, unsigned roles, bool *written);
size_t bpr_i_bpmn_find(const struct bpmn_file *file, const char *ref, size_t length);
/* The same for an attribute; BPR_NONE where it is absent too (*written tells). */
size_t bpr_i_bpmn_find_attr(const struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr, bool *written);
bool bpr_i_bpmn_is_node(const struct bpmn_item *item);
/* First and next item of a scope: directly in process `process` (parent BPR_NONE) or in sub-process `parent`; BPR_NONE at the end. */
size_t bpr_i_bpmn_first(const struct bpmn_file *file, size_t process, size_t parent);
size_t bpr_i_bpmn_next(const struct bpmn_file *file, size_t process, size_t parent, size_t item);
/* A name with line ends and tabs as blanks, blanks at the ends cut; in the XML's arena; "" none; NULL out of memory. */
const char *bpr_i_bpmn_name(struct bpmn_file *file, const struct bpr_xml_node *xml);
/* What to call an item in a message: name, else id. */
const char *bpr_i_bpmn_label(struct bpmn_file *file, size_t item);
/* Event definition of an event, its own or one that it refers to, by one of the bits; or NULL. */
const struct bpr_xml_node *bpr_i_bpmn_definition(const struct bpmn_file *file, const struct bpr_xml_node *event, unsigned trigger);
/* "message", "timer", … "multiple"; NULL where there is none. */
const char *bpr_i_bpmn_trigger_name(unsigned triggers);

/* The steps of a read. BPR_OK also where problems were noted. */
bpr_status bpr_i_bpmn_index(struct bpmn_file *file);
/* A new item gets its id; false when out of memory. */
bool bpr_i_bpmn_register(struct bpmn_file *file, size_t item);
bpr_status bpr_i_bpmn_ids(struct bpmn_file *file);
/* Who stands in which lane: by its flowNodeRefs, else by the diagram, which is read again from the bytes where it was not kept. */
bpr_status bpr_i_bpmn_lanes(struct bpmn_file *file, const char *data, size_t length);
void bpr_i_bpmn_vendors(struct bpmn_file *file);
bpr_status bpr_i_bpmn_events(struct bpmn_file *file);
bpr_status bpr_i_bpmn_messages(struct bpmn_file *file);
bpr_status bpr_i_bpmn_arcs(struct bpmn_file *file);
bpr_status bpr_i_bpmn_links(struct bpmn_file *file);
void bpr_i_bpmn_throws(struct bpmn_file *file);
bpr_status bpr_i_bpmn_citizens(struct bpmn_file *file);
bpr_status bpr_i_bpmn_unfold(struct bpmn_file *file);
bpr_status bpr_i_bpmn_build(struct bpmn_file *file, size_t process, bpr_builder *b);
/* Message flows between what was built, into out->messages. flow_of: by process, index into out->items or BPR_NONE. */
bpr_status bpr_i_bpmn_tell_messages(const struct bpmn_file *file, const size_t *flow_of, struct bpr_flows *out);

/* ---- building ---- */

/* One process, or one call of it, being put into a builder. Arrays are by item, from the process's own on. */
struct bpmn_frame {
	struct bpmn_file *file;
	bpr_builder *b;
	size_t process;
	const char *prefix;      /* of ids: "" or "CALL/" */
	size_t unit;             /* where no lane says, or BPR_NONE */
	bool called;
	bool starts_pass;        /* start events of the process are passes behind one start */
	size_t first;
	size_t *entry, *leave;   /* builder nodes, or BPR_NONE */
};

/* A builder node of an item: named, placed in its scope and unit. suffix: "" or "/exit". */
bpr_status bpr_i_bpmn_add(struct bpmn_frame *frame, size_t item, enum bpr_node_kind kind, const char *suffix, bool silent,
			  size_t scope, size_t *node);
/* What a task, gateway or event carries beyond its place. */
bpr_status bpr_i_bpmn_carry(struct bpmn_frame *frame, size_t item, size_t node);
struct bpmn_loop { size_t repeat; bool parallel; double prob; };
bpr_status bpr_i_bpmn_loop(struct bpmn_file *file, size_t item, struct bpmn_loop *loop);
/* Unit of an item: its lane, that of the sub-processes around it, the frame's. */
size_t bpr_i_bpmn_unit(struct bpmn_frame *frame, size_t item);
/* Name of the innermost lane or, without one, of the pool; NULL where there is neither. */
const char *bpr_i_bpmn_place_name(struct bpmn_file *file, size_t item);

bpr_status bpr_i_bpmn_forms(struct bpmn_frame *frame, size_t item, size_t node);

/* bpr:… attributes of a node into cells; of other kinds (share, repeat, loop_prob) by name. */
bpr_status bpr_i_bpmn_cells(struct bpmn_frame *frame, size_t item, size_t node);
/* bpr:forms, bpr:staff … elements inside extensionElements. */
bpr_status bpr_i_bpmn_companions(struct bpmn_file *file, const struct bpr_xml_node *holder, bpr_builder *b);
/* bpr:share, bpr:loop_prob: NaN where absent or wrong (noted). *percent: written as a percentage. */
double bpr_i_bpmn_share(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *name, bool *percent);
/* bpr:repeat: 0 where absent or wrong (noted). */
size_t bpr_i_bpmn_repeat(struct bpmn_file *file, const struct bpr_xml_node *xml);
/* Whether something is written at it that only a step can use; prob: a probability has its use. */
bool bpr_i_bpmn_has_cells(const struct bpr_xml_node *xml, bool prob);
#endif
