/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_PICTURE_I_H
#define BPR_WRITE_PICTURE_I_H
/*
 * The diagram of a BPMN file: what of it can be drawn, what is drawn already, and the shapes and edges that are missing.
 *
 *	gather.c     everything that has a shape or an edge, from the tree alone
 *	place.c      in which lane and pool each of them stands
 *	picture.c    one picture after the other: layout, or a place beside what is drawn
 *	extend.c     a place beside what is drawn; connect.c: arrows there
 *	interchange.c  shapes and edges as markup
 */
#include "layout/layout_i.h"
#include "write/write_i.h"
#include "xml/edit_i.h"
#include <string.h>

/* ROOT: a process or a collaboration, which a plane shows. */
enum picture_role { PICTURE_NODE = 0, PICTURE_LANE, PICTURE_POOL, PICTURE_EDGE, PICTURE_ROOT };

struct picture_item {
	const struct bpr_xml_node *xml;
	const char *id;            /* as other elements refer to it */
	const char *text;          /* label, "" none */
	enum picture_role role;
	enum bpr_shape shape;      /* of a node */
	enum bpr_edge_kind kind;   /* of an edge */
	bool nameless;             /* it has no id in the file: gets one */
	bool twin;                 /* its id is another one's too, which is drawn */
	bool collapsed;            /* a sub-process with nothing in it */
	bool event_border;         /* boundary event */
	size_t process;            /* item of XML process: index into processes, or BPR_NONE */
	size_t picture;            /* or BPR_NONE: not drawn */
	size_t parent;             /* item: sub-process around it; a lane's: lane around it; or BPR_NONE */
	size_t end;                /* of a sub-process: what is inside follows it, [index + 1, end) */
	size_t lane, pool, host;   /* items or BPR_NONE */
	size_t from, to;           /* an edge's ends: items that are nodes or pools */
	bool drawn;                /* the file has its shape or edge */
	bool hidden;               /* inside of a sub-process that is drawn: the picture shows it as its author wanted */
	bool expanded;             /* a drawn sub-process: said to be so */
	struct bpr_box box;        /* of that shape */
	const struct bpr_xml_node *bounds; /* its dc:Bounds */
	size_t at;                 /* place in its array of the layout graph */
};

struct picture_process {
	const struct bpr_xml_node *xml;
	size_t picture, pool;      /* pool: item or BPR_NONE */
	size_t node_count, lane_count;
};

/* One plane: a collaboration, or a process without one. */
struct picture {
	const char *id;            /* of what the plane shows */
	const struct bpr_xml_node *plane; /* in the file, or NULL */
	bool adopted;              /* the plane does not say what it shows */
	size_t missing, drawn;     /* nodes, lanes, pools and edges: to be drawn, and drawn; hidden ones are neither */
	double left, right, bottom; /* of what is drawn */
};

struct pictures {
	struct bpr_xml_edit *edit;
	const struct bpr_xml *xml;
	struct bpr_arena arena;
	struct picture_item *items; size_t item_count, item_capacity;
	struct picture_process *processes; size_t process_count, process_capacity;
	struct picture *all; size_t count, capacity;
	struct bpr_names ids;      /* of items */
	size_t *id_items; size_t id_capacity;
	struct bpr_names taken;    /* every id of the document, and those made up */
	const char *bpmndi, *dc, *di; /* prefixes */
	bool nomem;
};

bpr_status bpr_i_picture_gather(struct pictures *p);
bpr_status bpr_i_picture_place(struct pictures *p);
/* An id that nothing in the document has: `stem`, or with a number behind it. In the arena; "" out of memory. */
const char *bpr_i_picture_new_id(struct pictures *p, const char *stem);
/* Item by reference, or BPR_NONE. */
size_t bpr_i_picture_find(const struct pictures *p, const char *ref, size_t length);

/* Shapes or edges of one picture as lines of markup: of items that are not drawn. */
void bpr_i_picture_markup(struct pictures *p, size_t picture, const struct bpr_layout_graph *graph, struct bpr_buf *out);
/* The missing parts of a picture that is drawn in part, placed beside it. */
bpr_status bpr_i_picture_extend(struct pictures *p, size_t picture, struct bpr_buf *out, struct bpr_error *err);

/*
 * Notes the changes that give the document a diagram of everything in it. *added: anything was missing; *extended: some of
 * it beside what was drawn. BPR_ENOMEM, BPR_ELIMIT.
 */
bpr_status bpr_i_picture_draw(struct bpr_xml_edit *edit, size_t *added, size_t *extended, struct bpr_error *err);

/* Modelling programs put a mark into the upper left corner of a task of this kind. */
static inline bool bpr_i_picture_marked(const struct picture_item *item)
{
	size_t length = strlen(item->xml->name);

	return item->shape == BPR_SHAPE_TASK && length > 4 && !strcmp(item->xml->name + length - 4, "Task");
}
#endif
