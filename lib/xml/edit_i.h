/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_XML_EDIT_I_H
#define BPR_XML_EDIT_I_H
/*
 * Changing a document where it must change and nowhere else: comments, order of attributes, indents, vendor content and
 * prefixes stay as their program wrote them, byte for byte. A document is its text and the tree that was parsed from it;
 * changes are noted against the text and applied all at once.
 */
#include "xml/xml_i.h"

/* Where an element stands in the text. */
struct bpr_xml_span {
	const struct bpr_xml_node *node;
	size_t start;      /* its '<' */
	size_t open_end;   /* behind the '>' of its start tag */
	size_t close;      /* the '<' of its end tag; an empty element's (<a/>): same as open_end */
	size_t end;        /* behind its last '>' */
};

enum bpr_xml_change_kind { BPR_XML_PUT = 0, BPR_XML_ATTR, BPR_XML_CHILD };
struct bpr_xml_change {
	size_t at, cut;    /* so many bytes from there go */
	size_t order;      /* of the calls */
	enum bpr_xml_change_kind kind;
	const char *text; size_t length;
	const struct bpr_xml_span *span; /* CHILD: the empty element that is opened */
};

struct bpr_xml_edit {
	const char *text; size_t length;
	const struct bpr_xml *xml;
	struct bpr_xml_span *spans; size_t span_count; /* by address of the node */
	struct bpr_xml_change *changes; size_t change_count, change_capacity;
	struct bpr_arena arena;
	const char *line_end;
	struct { const char *ns, *prefix; } prefixes[8]; size_t prefix_count; /* those that were asked for */
	bool nomem;        /* looked at once, by apply */
};

/*
 * text: UTF-8, what the tree was parsed from with nothing skipped; both must outlive the edit. Release in any case.
 * BPR_EINVAL where text and tree are not the same document, BPR_ENOMEM.
 */
bpr_status bpr_i_xml_edit_open(struct bpr_xml_edit *edit, const struct bpr_xml *xml, const char *text, size_t length,
			       struct bpr_error *err);
void bpr_i_xml_edit_release(struct bpr_xml_edit *edit);

/*
 * A prefix that means the namespace everywhere in the document: one that the root declares, else `wanted` (or wanted1,
 * wanted2 …, whatever nobody uses), which is declared there now. At most eight namespaces. In the edit's arena; "" out of memory.
 */
const char *bpr_i_xml_edit_prefix(struct bpr_xml_edit *edit, const char *ns, const char *wanted);
/* "bpmn:" as the element itself is written, or "" where its namespace is the default one. */
const char *bpr_i_xml_edit_own_prefix(struct bpr_xml_edit *edit, const struct bpr_xml_node *node);
/* Sets an attribute (prefix "" none), replacing its value where there is one. Each attribute of an element once. */
void bpr_i_xml_edit_attr(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *ns, const char *prefix,
			 const char *name, const char *value, size_t length);
/* Takes out an attribute of no namespace with the blanks in front of it. */
void bpr_i_xml_edit_drop(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *name);
/*
 * Markup on lines of its own: lines end in '\n' but for the last, indents are those of a child and are put in front of
 * each line. As first child, as last child, in front of an element, behind it.
 */
void bpr_i_xml_edit_first(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *markup, size_t length);
void bpr_i_xml_edit_last(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *markup, size_t length);
void bpr_i_xml_edit_before(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *markup, size_t length);
void bpr_i_xml_edit_after(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *markup, size_t length);
/* The text of an element that has nothing else in it. */
void bpr_i_xml_edit_text(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *text, size_t length);
/* Takes out an element with the blanks in front of it, and what was changed in it. */
void bpr_i_xml_edit_remove(struct bpr_xml_edit *edit, const struct bpr_xml_node *node);
/* Says encoding="UTF-8" in the declaration, where it says another one. */
void bpr_i_xml_edit_utf8(struct bpr_xml_edit *edit);
/* Appends the changed document. BPR_ENOMEM. */
bpr_status bpr_i_xml_edit_apply(struct bpr_xml_edit *edit, struct bpr_buf *out, struct bpr_error *err);

/* Text of an attribute value (quoted by ") or of an element; what XML cannot hold becomes U+FFFD. False where that happened. */
bool bpr_i_xml_escape(struct bpr_buf *buf, const char *text, size_t length, bool attribute);
#endif
