/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libxml2's SAX2 parser, pushed. It sees a piece only after the same look as a whole document gets (scan.c): libxml2 2.9.14
 * takes quadratic time in the attributes of one element, and a DOCTYPE opens the door to entities.
 */
#include "config.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "xml/recode_i.h"
#include "xml/stream_i.h"
#include "xml/xml_i.h"
#include <limits.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <string.h>

/* Where the look at the bytes is. */
enum state { TEXT = 0, OPEN, BANG, TAG, QUOTE, CLOSE, COMMENT, CDATA, INSTRUCTION };

enum { MOST_ATTRIBUTES = 1000, MOST_DEPTH = 64, SHORT_TAG = 4096 };

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
	bool any;                /* encoding */
	bool at_end;             /* nothing more comes */
	struct bpr_xml_recode recode;
	/* the parse */
	size_t open;             /* elements that the parser has open */
	bool stopped, doctype;
	bool refused, too_many;  /* too deep, or too many attributes */
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

/* Up to the end of the tag, or to a value. */
static bpr_status in_tag(struct bpr_xml_stream *s, const char **text, const char *end, struct bpr_fault *fault)
{
	const char *at = *text;

	while (at < end && *at != '>' && *at != '"' && *at != '\'')
		at++;
	s->tag_bytes += (size_t)(at - *text);
	if (at > *text)
		s->slash = at[-1] == '/';
	*text = at;
	if (at == end)
		return BPR_OK;
	*text = at + 1;
	if (*at != '>') {
		s->quote = *at;
		s->state = QUOTE;
		s->slash = false;
		return ++s->attributes > MOST_ATTRIBUTES ? refuse(fault, BPR_ELIMIT, BPR_I_X010, MOST_ATTRIBUTES) : BPR_OK;
	}
	s->state = TEXT;
	return !s->slash && ++s->depth > MOST_DEPTH ? refuse(fault, BPR_ELIMIT, BPR_I_X012, MOST_DEPTH) : BPR_OK;
}

/* Up to the quote that ends the value. */
static void in_quote(struct bpr_xml_stream *s, const char **text, const char *end)
{
	const char *at = memchr(*text, s->quote, (size_t)(end - *text));

	s->tag_bytes += (size_t)((at ? at + 1 : end) - *text);
	*text = at ? at + 1 : end;
	s->state = at ? TAG : QUOTE;
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
	const char *const end = text + length;
	bpr_status status = BPR_OK;

	while (text < end && !status) {
		switch (s->state) {
		case TEXT:
			text = memchr(text, '<', (size_t)(end - text));
			if (!text)
				return BPR_OK;
			text++;
			s->state = OPEN;
			break;
		case OPEN:
			after_open(s, *text); /* which is no end of a tag, nor a quote, in anything well-formed */
			text += s->state != TAG;
			break;
		case TAG: status = in_tag(s, &text, end, fault); break;
		case QUOTE: in_quote(s, &text, end); break;
		case BANG: status = after_bang(s, *text++, fault); break;
		case CLOSE:
			text = memchr(text, '>', (size_t)(end - text));
			if (!text)
				return BPR_OK;
			text++;
			s->state = TEXT;
			break;
		case COMMENT: until(s, *text++, "-->"); break;
		case CDATA: until(s, *text++, "]]>"); break;
		case INSTRUCTION: until(s, *text++, "?>"); break;
		}
		if (!status && s->tag_bytes > BPR_I_XML_MAX_TAG)
			status = refuse(fault, BPR_ELIMIT, BPR_I_X011, BPR_I_XML_MAX_TAG);
	}
	return status;
}

/* Assignments, as attributes have them, in what holds no '<'. */
static size_t assignments(const char *text, const char *end)
{
	size_t count = 0;

	while ((text = memchr(text, '=', (size_t)(end - text))) != NULL && ++text < end)
		count += *text == '"' || *text == '\'' || *text == ' ' || *text == '\t' || *text == '\r' || *text == '\n';
	return count;
}

/*
 * The look of a log, where every byte counts. No '<' can stand within a tag, so only a long stretch without one can be a tag with many
 * attributes; the rest (a DOCTYPE, depth, the attributes of a short tag) the parser finds before it costs anything.
 */
static bpr_status look_quickly(struct bpr_xml_stream *s, const char *text, size_t length, struct bpr_fault *fault)
{
	const char *const end = text + length;
	const char *next = memchr(text, '<', length);

	s->attributes += assignments(text, next ? next : end);
	while (next && s->attributes <= MOST_ATTRIBUTES) {
		const char *from = next + 1;
		const char *last = end - from > SHORT_TAG ? memrchr(from, '<', SHORT_TAG) : memrchr(from, '<', (size_t)(end - from));

		s->attributes = 0;
		next = last;
		if (last)
			continue;
		if (end - from > SHORT_TAG)
			next = memchr(from + SHORT_TAG, '<', (size_t)(end - from - SHORT_TAG));
		s->attributes = assignments(from, next ? next : end);
	}
	return s->attributes > MOST_ATTRIBUTES ? refuse(fault, BPR_ELIMIT, BPR_I_X010, MOST_ATTRIBUTES) : BPR_OK;
}

/* ---- the parse ---- */

/* Stopping frees the bytes that names and values point to: so at the end of a callback. */
static void stop_if_due(struct bpr_xml_stream *s)
{
	if (s->stopped || s->doctype || s->refused)
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
	if (s->stopped || s->refused)
		return;
	s->too_many = tag.count > MOST_ATTRIBUTES;
	if (++s->open > MOST_DEPTH || s->too_many)
		s->refused = true;
	else
		s->handler.start(s->handler.data, &tag);
	stop_if_due(s);
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct bpr_xml_stream *s = data;

	(void)prefix;
	if (s->stopped || s->refused)
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

/* Of a log, what people meet has a message of its own. */
static enum bpr_code_id code_of(const struct bpr_xml_stream *s)
{
	if (!s->any)
		return BPR_I_X002;
	if (s->code == XML_ERR_INVALID_ENCODING)
		return BPR_I_L219;
	if (s->code == XML_ERR_INVALID_CHAR)
		return BPR_I_X014;
	return s->at_end ? BPR_I_L217 : BPR_I_X002;
}

static bpr_status outcome(const struct bpr_xml_stream *s, struct bpr_fault *fault)
{
	if (bpr_i_xml_memory_failed() || s->code == XML_ERR_NO_MEMORY)
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	if (s->stopped)
		return BPR_ECANCELLED;
	if (s->doctype)
		return refuse(fault, BPR_ESYNTAX, BPR_I_X009, 0);
	if (s->refused)
		return refuse(fault, BPR_ELIMIT, s->too_many ? BPR_I_X010 : BPR_I_X012, s->too_many ? MOST_ATTRIBUTES : MOST_DEPTH);
	if (s->code) {
		(void)refuse(fault, BPR_ESYNTAX, code_of(s), (size_t)s->code);
		fault->line = s->line;
	}
	return s->code ? BPR_ESYNTAX : BPR_OK;
}

/* Names are short and mostly differ at once: cheaper than a call, which counts where a log has nine attributes an event. */
static inline bool same(const xmlChar *a, const char *b)
{
	while (*a && (char)*a == *b) {
		a++;
		b++;
	}
	return (char)*a == *b;
}

const char *bpr_i_xml_tag_value(const struct bpr_xml_tag *tag, const char *ns, const char *name, size_t *length)
{
	const xmlChar *const *a = tag->attrs;

	*length = 0;
	/* localname, prefix, URI, value, end of value */
	for (size_t i = 0; i < tag->count; i++, a += 5) {
		if (!same(a[0], name) || (ns ? !a[2] || strcmp((const char *)a[2], ns) != 0 : a[1] != NULL))
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
	s->recode = (struct bpr_xml_recode)BPR_XML_RECODE_INIT;
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
	if (!handler->text) {
		s->context->sax->characters = NULL;
		s->context->sax->cdataBlock = NULL;
	}
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
	if (!length)
		return BPR_OK;
	if (s->any) {
		status = s->begun ? BPR_OK : bpr_i_xml_recode_begin(&s->recode, &text, &length, fault);
		if (!status)
			status = bpr_i_xml_recode(&s->recode, &text, &length, fault);
		s->begun = true;
		if (status)
			return status;
	}
	if (!s->begun && length >= 2 && ((unsigned char)text[0] >= 0xfe || !text[0] || !text[1]))
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_X008, 0, "UTF-16", NULL, NULL);
	if (memchr(text, '\0', length)) /* the parser takes it for the end */
		return refuse(fault, BPR_ESYNTAX, BPR_I_X014, 0);
	s->begun = true;
	status = s->any ? look_quickly(s, text, length, fault) : look(s, text, length, fault);
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
	status = bpr_i_xml_recode_finish(&s->recode, fault);
	if (status)
		return status;
	s->at_end = true;
	(void)xmlParseChunk(s->context, NULL, 0, 1);
	status = outcome(s, fault);
	if (!status && !s->context->wellFormed)
		status = refuse(fault, BPR_ESYNTAX, s->any ? BPR_I_L217 : BPR_I_X002, XML_ERR_DOCUMENT_END);
	return status;
}

void bpr_i_xml_stream_any_encoding(bpr_xml_stream *s)
{
	s->any = true;
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
	bpr_i_xml_recode_release(&s->recode);
	bpr_i_free(s);
}
