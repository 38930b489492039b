/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_XML_STREAM_I_H
#define BPR_XML_STREAM_I_H
/*
 * XML that is too long for a tree, piece by piece: elements and texts go to callbacks as they come, and nothing is kept.
 * The same document is refused as by bpr_i_xml_parse() (DOCTYPE, entities, too many attributes, too deep).
 */
#include "base/fault_i.h"
#include <stdbool.h>

typedef struct bpr_xml_stream bpr_xml_stream;

/* An element that begins. Names are one pointer each within a stream: the same text is the same address. */
struct bpr_xml_tag {
	const char *ns;    /* URI; "" for none */
	const char *name;  /* local name */
	size_t count;      /* of attributes */
	const void *attrs; /* for bpr_i_xml_tag_value() */
};

struct bpr_xml_handler {
	void (*start)(void *data, const struct bpr_xml_tag *tag);
	void (*end)(void *data, const char *ns, const char *name);
	void (*text)(void *data, const char *text, size_t length); /* one text may come in pieces; NULL: not wanted */
	void *data;
};

/*
 * Value of the attribute of no namespace (ns NULL), or of `ns`; NULL where there is none. Not NUL-terminated; valid during
 * the call. References in it are resolved but for an ampersand, which stands as "&#38;".
 */
const char *bpr_i_xml_tag_value(const struct bpr_xml_tag *tag, const char *ns, const char *name, size_t *length);

/* NULL out of memory. */
bpr_xml_stream *bpr_i_xml_stream_new(const struct bpr_xml_handler *handler);
/* Before the first piece: other encodings than UTF-8 are read too, by mark and declaration, which the first piece holds. */
void bpr_i_xml_stream_any_encoding(bpr_xml_stream *stream);
/* The next piece. BPR_ESYNTAX, BPR_ELIMIT, BPR_EUNSUPPORTED, BPR_ENOMEM with a fault, or BPR_ECANCELLED without one. */
bpr_status bpr_i_xml_stream_feed(bpr_xml_stream *stream, const char *text, size_t length, struct bpr_fault *fault);
/* Behind the last piece: whether the document is whole. */
bpr_status bpr_i_xml_stream_finish(bpr_xml_stream *stream, struct bpr_fault *fault);
/* Within a callback: the line on which the tag ends, from 1. */
size_t bpr_i_xml_stream_line(const bpr_xml_stream *stream);
/* Within a callback: no more is wanted, and the pieces to come return BPR_ECANCELLED. */
void bpr_i_xml_stream_stop(bpr_xml_stream *stream);
void bpr_i_xml_stream_free(bpr_xml_stream *stream);
/* In place: "&#38;" becomes '&'. The new length. */
size_t bpr_i_xml_undo_ampersands(char *text, size_t length);
#endif
