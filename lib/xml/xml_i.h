/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_XML_XML_I_H
#define BPR_XML_XML_I_H
/*
 * XML from memory into a plain tree: the only caller of libxml2's parser.
 *
 * The document is inert: no DOCTYPE, no entity but the five of XML itself, no XInclude, no network, no
 * file. It is decoded, checked for what makes libxml2 slow or large (scan.c), and only then parsed, by
 * SAX2, so that the tree is ours: one arena, true line numbers, no limit of 65,535 lines, and no
 * allocation of libxml2's that could fail unseen (memory.c).
 */
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include <stdint.h>

struct bpr_xml_attr {
	const char *ns;    /* URI; "" for none */
	const char *name;
	const char *value; /* NUL-terminated */
	size_t length;
};

/* An element, or (name is NULL) a text between elements. Text of white space alone is not kept. */
struct bpr_xml_node {
	const char *ns;    /* URI; "" for none; NULL for a text */
	const char *name;  /* local name */
	union {
		const struct bpr_xml_attr *attrs;
		const char *text;
	};
	size_t count;      /* of attributes; bytes of a text */
	struct bpr_xml_node *parent, *first, *last, *next;
	uint32_t line, column; /* of the opening '<', from 1; the column in bytes of UTF-8 */
};

struct bpr_xml {
	struct bpr_xml_node *root;
	size_t node_count;
	size_t skipped;          /* elements that were not kept */
	struct bpr_arena arena;
};

struct bpr_xml_options {
	size_t max_depth;        /* at most 256 is had */
	size_t max_nodes;
	const char *const *skip; /* namespace URIs, NULL-terminated: their elements are not kept */
	size_t max_value;        /* bytes of an attribute of an element that is kept; 0: no limit */
};

/*
 * Parses data[0, length). `file` is the name in messages. On failure the reason is noted in problems (may be NULL)
 * and err (may be NULL), and *xml is empty. Release *xml in any case.
 * BPR_ESYNTAX, BPR_EUNSUPPORTED (encoding), BPR_ELIMIT, BPR_ENOMEM.
 */
bpr_status bpr_i_xml_parse(struct bpr_xml *xml, const char *file, const char *data, size_t length,
			   const struct bpr_xml_options *options, bpr_problems *problems, struct bpr_error *err);
void bpr_i_xml_release(struct bpr_xml *xml);

/* ---- looking at a tree (tree.c); every name is a local name in a namespace, never a prefix ---- */

bool bpr_i_xml_is(const struct bpr_xml_node *node, const char *ns, const char *name);
/* The next element at or behind `node` among its siblings, texts passed over; NULL at the end. */
const struct bpr_xml_node *bpr_i_xml_element(const struct bpr_xml_node *node);
/* NOLINTBEGIN(bugprone-macro-parentheses): `child` is a name, declared here */
#define BPR_I_XML_EACH(child, node) \
	for (const struct bpr_xml_node *child = bpr_i_xml_element((node)->first); child; child = bpr_i_xml_element(child->next))
/* NOLINTEND(bugprone-macro-parentheses) */
/* First child element of that name, or NULL. */
const struct bpr_xml_node *bpr_i_xml_child(const struct bpr_xml_node *node, const char *ns, const char *name);
/* Attribute of no namespace, or of `ns` in _ns; NULL where there is none. */
const struct bpr_xml_attr *bpr_i_xml_attr(const struct bpr_xml_node *node, const char *name);
const struct bpr_xml_attr *bpr_i_xml_attr_ns(const struct bpr_xml_node *node, const char *ns, const char *name);
/* Its value without white space at the ends; NULL (length 0) where there is none or nothing in it. */
const char *bpr_i_xml_value(const struct bpr_xml_node *node, const char *name, size_t *length);
/* All text inside the element, white space at the ends cut, appended. */
void bpr_i_xml_text(struct bpr_buf *buf, const struct bpr_xml_node *node);
/* The text where the element has one piece of it and nothing else (the usual case), trimmed; else NULL. No copy. */
const char *bpr_i_xml_simple_text(const struct bpr_xml_node *node, size_t *length);
/* xs:boolean: "true"/"1", "false"/"0"; else `otherwise`. */
bool bpr_i_xml_bool(const struct bpr_xml_node *node, const char *name, bool otherwise);
/* A QName without its prefix: moves *text, returns the new length. */
size_t bpr_i_xml_strip_prefix(const char **text, size_t length);
/* White space of XML at the ends cut: moves *text, returns the new length. */
size_t bpr_i_xml_trim(const char **text, size_t length);

/* ---- inside lib/xml, and bpr_init() ---- */

/* Once a process, before any use of libxml2: allocation failures inside it are remembered per thread. */
void bpr_i_xml_setup(void);
void bpr_i_xml_memory_clear(void);
bool bpr_i_xml_memory_failed(void);

/* Where the messages of one parse go. */
struct bpr_xml_report {
	const char *file;
	bpr_problems *problems;
	struct bpr_error *err;
};
bpr_status bpr_i_xml_fail(const struct bpr_xml_report *report, bpr_status status, enum bpr_code_id id, size_t line,
			  size_t column, const char *a1, const char *a2);
bpr_status bpr_i_xml_fail3(const struct bpr_xml_report *report, bpr_status status, enum bpr_code_id id, size_t line,
			   size_t column, const char *a1, const char *a2, const char *a3);
/* Line and column (both from 1, column in bytes) of an offset. */
void bpr_i_xml_locate(const char *data, size_t offset, size_t *line, size_t *column);

/* The document as UTF-8 without BOM: within data, or in *buf where it had to be converted. */
bpr_status bpr_i_xml_decode(const struct bpr_xml_report *report, const char *data, size_t length, struct bpr_buf *buf,
			    const char **text, size_t *text_length);
/* Refuses what the parser must not see. Tells where (a line) an element was left open, for truncated files. */
bpr_status bpr_i_xml_scan(const struct bpr_xml_report *report, const char *text, size_t length,
			  const struct bpr_xml_options *options);
enum { BPR_I_XML_MAX_ATTRIBUTES = 10000, BPR_I_XML_MAX_TAG = 1 << 20, BPR_I_XML_MAX_DEPTH = 250 };
#endif
