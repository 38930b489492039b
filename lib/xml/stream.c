/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libxml2's SAX2 parser, pushed. It sees a piece only after the same look as a whole document gets (scan.c): libxml2 2.9.14
 * takes quadratic time in the attributes of one element, and a DOCTYPE opens the door to entities.
 */
#include "config.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "xml/stream_i.h"
#include "xml/xml_i.h"
#include <limits.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <string.h>

/* Where the look at the bytes is. */
enum state { TEXT = 0, OPEN, BANG, TAG, QUOTE, CLOSE, COMMENT, CDATA, INSTRUCTION };

enum { MOST_ATTRIBUTES = 1000, MOST_DEPTH = 64, FEW = 16 };

struct bpr_xml_stream {
	struct bpr_xml_handler handler;
	xmlParserCtxtPtr context;
	/* the look ahead of the parser */
	enum state state;
	char quote;              /* that is open */
	char last[8];            /* the last bytes of a mark that may be cut: "<!DOC", "--" */
	size_t last_count;
	size_t attributes, tag_bytes, depth;
	bool slash;              /* the byte before was one */
	bool begun;
	/* the parse */
	size_t open;             /* elements that the parser has open */
	bool stopped, doctype;
	int code;                /* first error of libxml2's */
	size_t line;             /* on which it was */
};

size_t bpr_i_xml_undo_ampersands(char *text, size_t length)
{
	/* SAX2 leaves "&#38;" where an ampersand stood, for a tree builder that would read it again. */
	size_t to = 0;

	for (size_t from = 0; from < length; to++) {
		bool amp = length - from >= 5 && !memcmp(text + from, "&#38;", 5);

		text[to] = text[from];
		from += amp ? 5 : 1;
	}
	text[to] = '\0';
	return to;
}

/* ---- the look at the bytes ---- */

static bpr_status refuse(struct bpr_fault *fault, bpr_status status, enum bpr_code_id id, size_t number)
{
	char digits[32];

	(void)bpr_i_num_format(digits, sizeof(digits), (double)number);
	return bpr_i_fault(fault, status, id, 0, digits, NULL, NULL);
}

/* Behind "<!": "--", "[CDATA[" or a DOCTYPE; anything else is left to the parser. */
static bpr_status after_bang(struct bpr_xml_stream *s, char c, struct bpr_fault *fault)
{
	if (s->last_count < sizeof(s->last))
		s->last[s->last_count++] = c;
	if (s->last_count == 2 && !memcmp(s->last, "--", 2)) {
		s->state = COMMENT;
		s->last_count = 0;
	} else if (s->last_count == 7 && !memcmp(s->last, "[CDATA[", 7)) {
		s->state = CDATA;
		s->last_count = 0;
	} else if (c == 'D' || c == 'd') {
		return s->last_count == 1 ? refuse(fault, BPR_ESYNTAX, BPR_I_X009, 0) : BPR_OK;
	} else if (c == '>' || s->last_count == sizeof(s->last)) {
		s->state = TEXT;
	}
	return BPR_OK;
}

/* Inside what ends with a mark of up to three bytes. */
static void until(struct bpr_xml_stream *s, char c, const char *mark)
{
	size_t n = strlen(mark);

	if (s->last_count == n) {
		memmove(s->last, s->last + 1, n - 1);
		s->last_count--;
	}
	s->last[s->last_count++] = c;
	if (s->last_count == n && !memcmp(s->last, mark, n)) {
		s->state = TEXT;
		s->last_count = 0;
	}
}

static bpr_status in_tag(struct bpr_xml_stream *s, char c, struct bpr_fault *fault)
{
	if (c == '"' || c == '\'') {
		s->quote = c;
		s->state = QUOTE;
		if (++s->attributes > MOST_ATTRIBUTES)
			return refuse(fault, BPR_ELIMIT, BPR_I_X010, MOST_ATTRIBUTES);
	} else if (c == '>') {
		s->state = TEXT;
		if (!s->slash && ++s->depth > MOST_DEPTH)
			return refuse(fault, BPR_ELIMIT, BPR_I_X012, MOST_DEPTH);
	}
	s->slash = c == '/';
	return BPR_OK;
}

static void after_open(struct bpr_xml_stream *s, char c)
{
	s->last_count = 0;
	s->attributes = 0;
	s->tag_bytes = 0;
	s->slash = false;
	s->state = c == '!' ? BANG : c == '?' ? INSTRUCTION : c == '/' ? CLOSE : TAG;
	if (c == '/' && s->depth)
		s->depth--;
}

static bpr_status look(struct bpr_xml_stream *s, const char *text, size_t length, struct bpr_fault *fault)
{
	bpr_status status = BPR_OK;

	for (const char *at = text, *end = text + length; at < end && !status; at++) {
		const char c = *at;

		if (s->state == TAG || s->state == QUOTE)
			if (++s->tag_bytes > BPR_I_XML_MAX_TAG)
				return refuse(fault, BPR_ELIMIT, BPR_I_X011, BPR_I_XML_MAX_TAG);
		switch (s->state) {
		case TEXT:
			at = memchr(at, '<', (size_t)(end - at));
			if (!at)
				return BPR_OK;
			s->state = OPEN;
			break;
		case OPEN:
			after_open(s, c);
			status = s->state == TAG ? in_tag(s, c, fault) : BPR_OK;
			break;
		case BANG: status = after_bang(s, c, fault); break;
		case TAG: status = in_tag(s, c, fault); break;
		case QUOTE: s->state = c == s->quote ? TAG : QUOTE; break;
		case CLOSE: s->state = c == '>' ? TEXT : CLOSE; break;
		case COMMENT: until(s, c, "-->"); break;
		case CDATA: until(s, c, "]]>"); break;
		case INSTRUCTION: until(s, c, "?>"); break;
		}
	}
	return status;
}

/* ---- the parse ---- */

/* Stopping frees the bytes that names and values point to: so at the end of a callback. */
static void stop_if_due(struct bpr_xml_stream *s)
{
	if (s->stopped || s->doctype)
		xmlStopParser(s->context);
}

static void on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int ns_count,
		     const xmlChar **ns, int count, int defaulted, const xmlChar **attributes)
{
	struct bpr_xml_stream *s = data;
	const struct bpr_xml_tag tag = { uri ? (const char *)uri : "", (const char *)name, count > 0 ? (size_t)count : 0, attributes };

	(void)prefix;
	(void)ns_count;
	(void)ns;
	(void)defaulted;
	if (s->stopped)
		return;
	s->open++;
	s->handler.start(s->handler.data, &tag);
	stop_if_due(s);
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct bpr_xml_stream *s = data;

	(void)prefix;
	if (s->stopped)
		return;
	s->open -= s->open > 0;
	s->handler.end(s->handler.data, uri ? (const char *)uri : "", (const char *)name);
	stop_if_due(s);
}

static void on_text(void *data, const xmlChar *text, int length)
{
	struct bpr_xml_stream *s = data;

	if (s->stopped || length <= 0 || !s->handler.text || !s->open)
		return;
	s->handler.text(s->handler.data, (const char *)text, (size_t)length);
	stop_if_due(s);
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	struct bpr_xml_stream *s = data;

	(void)name;
	(void)external;
	(void)system;
	s->doctype = true;
	stop_if_due(s);
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_error_pointer;
#else
typedef xmlErrorPtr xml_error_pointer;
#endif

static void on_error(void *data, xml_error_pointer error)
{
	struct bpr_xml_stream *s = data;

	if (!s->code && error->domain != XML_FROM_NAMESPACE && error->level >= XML_ERR_ERROR) {
		s->code = error->code;
		s->line = error->line > 0 ? (size_t)error->line : 0;
	}
}

static bpr_status outcome(const struct bpr_xml_stream *s, struct bpr_fault *fault)
{
	if (bpr_i_xml_memory_failed() || s->code == XML_ERR_NO_MEMORY)
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	if (s->stopped)
		return BPR_ECANCELLED;
	if (s->doctype)
		return refuse(fault, BPR_ESYNTAX, BPR_I_X009, 0);
	if (s->code) {
		(void)refuse(fault, BPR_ESYNTAX, BPR_I_X002, (size_t)s->code);
		fault->line = s->line;
	}
	return s->code ? BPR_ESYNTAX : BPR_OK;
}

const char *bpr_i_xml_tag_value(const struct bpr_xml_tag *tag, const char *ns, const char *name, size_t *length)
{
	const xmlChar *const *a = tag->attrs;

	*length = 0;
	/* localname, prefix, URI, value, end of value */
	for (size_t i = 0; i < tag->count; i++, a += 5) {
		if (strcmp((const char *)a[0], name) != 0 || (ns ? !a[2] || strcmp((const char *)a[2], ns) != 0 : a[1] != NULL))
			continue;
		*length = (size_t)(a[4] - a[3]);
		return (const char *)a[3];
	}
	return NULL;
}

bpr_xml_stream *bpr_i_xml_stream_new(const struct bpr_xml_handler *handler)
{
	struct bpr_xml_stream *s = bpr_i_calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->handler = *handler;
	bpr_i_xml_memory_clear();
	s->context = xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, NULL);
	if (!s->context || !s->context->sax || bpr_i_xml_memory_failed()) {
		bpr_i_xml_stream_free(s);
		return NULL;
	}
	*s->context->sax = (xmlSAXHandler){
		.initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end, .characters = on_text,
		.cdataBlock = on_text, .internalSubset = on_doctype, .serror = (xmlStructuredErrorFunc)on_error,
	};
	s->context->userData = s;
	(void)xmlCtxtUseOptions(s->context, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
						    XML_PARSE_BIG_LINES | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC);
	return s;
}

bpr_status bpr_i_xml_stream_feed(bpr_xml_stream *s, const char *text, size_t length, struct bpr_fault *fault)
{
	bpr_status status;

	if (s->stopped)
		return BPR_ECANCELLED;
	if (!s->begun && length >= 2 && ((unsigned char)text[0] >= 0xfe || !text[0] || !text[1]))
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_X008, 0, "UTF-16", NULL, NULL);
	if (memchr(text, '\0', length)) /* the parser takes it for the end */
		return refuse(fault, BPR_ESYNTAX, BPR_I_X014, 0);
	s->begun = true;
	status = look(s, text, length, fault);
	while (!status && length) {
		int n = length < INT_MAX ? (int)length : INT_MAX;

		(void)xmlParseChunk(s->context, text, n, 0);
		text += n;
		length -= (size_t)n;
		status = outcome(s, fault);
	}
	return status;
}

bpr_status bpr_i_xml_stream_finish(bpr_xml_stream *s, struct bpr_fault *fault)
{
	bpr_status status;

	if (s->stopped)
		return BPR_ECANCELLED;
	(void)xmlParseChunk(s->context, NULL, 0, 1);
	status = outcome(s, fault);
	if (!status && !s->context->wellFormed)
		status = refuse(fault, BPR_ESYNTAX, BPR_I_X002, XML_ERR_DOCUMENT_END);
	return status;
}

size_t bpr_i_xml_stream_line(const bpr_xml_stream *s)
{
	return s->context->input && s->context->input->line > 0 ? (size_t)s->context->input->line : 0;
}

void bpr_i_xml_stream_stop(bpr_xml_stream *s)
{
	s->stopped = true;
}

void bpr_i_xml_stream_free(bpr_xml_stream *s)
{
	if (!s)
		return;
	if (s->context && s->context->myDoc)
		xmlFreeDoc(s->context->myDoc);
	xmlFreeParserCtxt(s->context);
	bpr_i_free(s);
}
