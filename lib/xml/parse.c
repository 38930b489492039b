/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2's SAX2 parser into a tree of our own, and its errors into our messages. */
#include "config.h"
#include "base/num_i.h"
#include "xml/stream_i.h"
#include "xml/xml_i.h"
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <limits.h>
#include <string.h>

enum { KNOWN = 512 };

#define UNDECLARED "undeclared" /* in place of the namespace of a prefix that nobody declared */

struct parse {
	struct bpr_xml *xml;
	const struct bpr_xml_options *options;
	xmlParserCtxtPtr context;
	struct bpr_xml_node *open;  /* innermost element that is open */
	const char *begin;          /* the document */
	const char *line_start;     /* of the last place looked for */
	const char *counted;        /* up to where line ends were looked for */
	uint32_t line_count;        /* line ends found so far */
	size_t skipping;            /* depth inside an element that is not kept */
	struct bpr_buf text;        /* of the open element, since its last child */
	struct bpr_names names;     /* URIs and local names: one copy each */
	struct { const xmlChar *from; const char *copy; } known[KNOWN]; /* by the address that libxml2's dictionary has of them */
	bool nomem, too_many, doctype, too_long;
	struct bpr_place long_value; /* an attribute longer than max_value; where is its name */
	int code;                   /* first error of libxml2's */
	bool at_end;                /* it came where the bytes end: the file was cut */
	size_t line, column;
	char detail[64];
	size_t prefixes, prefix_line; /* elements and attributes whose prefix nobody declared */
	char prefix[64];
};

static bool stopped(const struct parse *p)
{
	return p->nomem || p->too_many || p->doctype || p->too_long;
}

/* At the end of a callback, never inside: stopping frees the bytes that names and values point to. */
static void stop_if_due(struct parse *p)
{
	if (stopped(p))
		xmlStopParser(p->context);
}

static void *room(struct parse *p, size_t count, size_t size)
{
	void *got = bpr_i_arena_alloc(&p->xml->arena, count, size);

	if (!got)
		p->nomem = true;
	return got;
}

static const char *copy_once(struct parse *p, const char *text)
{
	size_t length = strlen(text);
	size_t at = bpr_i_names_find(&p->names, text, length);
	const char *copy;

	if (at != BPR_NONE)
		return p->names.items[at].key;
	copy = bpr_i_arena_strndup(&p->xml->arena, text, length);
	if (!copy || bpr_i_names_add(&p->names, copy, length, NULL) == BPR_NONE)
		p->nomem = true;
	return copy ? copy : "";
}

/*
 * One copy of every name, so that the tree stays small; libxml2's own dies with its context. While that lives, the same
 * address is the same name, for all that it has in its dictionary: local names, prefixes and URIs.
 */
static const char *intern(struct parse *p, const xmlChar *name)
{
	size_t slot = ((uintptr_t)name >> 2) % KNOWN;

	if (!name)
		return "";
	if (p->known[slot].from != name) {
		p->known[slot].copy = copy_once(p, (const char *)name);
		p->known[slot].from = name;
	}
	return p->known[slot].copy;
}

static struct bpr_xml_node *append(struct parse *p)
{
	struct bpr_xml_node *node;

	if (p->xml->node_count >= p->options->max_nodes) {
		p->too_many = true;
		return NULL;
	}
	node = room(p, 1, sizeof(*node));
	if (!node)
		return NULL;
	p->xml->node_count++;
	node->parent = p->open;
	if (!p->open) {
		p->xml->root = node;
	} else {
		if (p->open->last)
			p->open->last->next = node;
		else
			p->open->first = node;
		p->open->last = node;
	}
	return node;
}

static bool blank(const struct bpr_buf *text)
{
	const char *data = text->data;

	return !text->length || !bpr_i_xml_trim(&data, text->length);
}

/* What was gathered becomes a node. */
static void flush(struct parse *p)
{
	if (!blank(&p->text) && p->open) {
		struct bpr_xml_node *node = append(p);
		const char *copy = node ? bpr_i_arena_strndup(&p->xml->arena, p->text.data, p->text.length) : NULL;

		if (node && !copy)
			p->nomem = true;
		if (copy) {
			node->text = copy;
			node->count = p->text.length;
		}
	}
	bpr_i_buf_clear(&p->text);
}

/*
 * libxml2 stands behind the tag; its opening '<' (none can stand in a value) may be lines above. Its own copy of the text
 * moves on, so ours is looked at, and its line is that of the tag's end. Line ends are looked for once only: a document can be one line of many megabytes.
 */
static void place(struct parse *p, struct bpr_xml_node *node)
{
	const xmlParserInput *input = p->context->input;
	const char *end = p->begin + input->consumed + (size_t)(input->cur - input->base);
	const char *tag = end;

	while (tag > p->counted && *tag != '<')
		tag--;
	while ((end = memchr(p->counted, '\n', (size_t)(tag - p->counted))) != NULL) {
		p->line_start = p->counted = end + 1;
		p->line_count++;
	}
	p->counted = tag;
	node->line = p->line_count + 1;
	node->column = (uint32_t)(tag - p->line_start) + 1;
}

/* attributes: localname, prefix, URI, value, end of value. */
static void keep_attributes(struct parse *p, struct bpr_xml_node *node, size_t count, const xmlChar **attributes)
{
	struct bpr_xml_attr *attrs = count ? room(p, count, sizeof(*attrs)) : NULL;

	node->attrs = attrs;
	for (size_t i = 0; attrs && i < count; i++) {
		const xmlChar **a = attributes + 5 * i;
		size_t length = (size_t)(a[4] - a[3]);
		char *value;

		if (p->options->max_value && length > p->options->max_value) {
			p->too_long = true;
			p->long_value = (struct bpr_place){ NULL, node->line, node->column, intern(p, a[0]) };
			return;
		}
		value = bpr_i_arena_strndup(&p->xml->arena, (const char *)a[3], length);

		if (!value) {
			p->nomem = true;
			return;
		}
		attrs[i].name = intern(p, a[0]);
		attrs[i].ns = a[2] ? intern(p, a[2]) : a[1] ? UNDECLARED : "";
		attrs[i].value = value;
		attrs[i].length = memchr(value, '&', length) ? bpr_i_xml_undo_ampersands(value, length) : length;
		node->count = i + 1;
	}
}

static bool skipped(const struct parse *p, const xmlChar *uri)
{
	for (const char *const *s = p->options->skip; s && uri && *s; s++)
		if (!strcmp(*s, (const char *)uri))
			return true;
	return false;
}

static void on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int ns_count,
		     const xmlChar **ns, int count, int defaulted, const xmlChar **attributes)
{
	struct parse *p = data;
	struct bpr_xml_node *node;

	(void)ns_count;
	(void)ns;
	(void)defaulted;
	if (stopped(p))
		return;
	if (p->skipping || (p->open && skipped(p, uri))) {
		p->xml->skipped++;
		p->skipping++;
		return;
	}
	flush(p);
	node = append(p);
	if (!node) {
		stop_if_due(p);
		return;
	}
	node->ns = uri ? intern(p, uri) : prefix ? UNDECLARED : "";
	node->name = intern(p, name);
	place(p, node);
	keep_attributes(p, node, count > 0 ? (size_t)count : 0, attributes);
	p->open = node;
	stop_if_due(p);
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct parse *p = data;

	(void)name;
	(void)prefix;
	(void)uri;
	if (p->skipping) {
		p->skipping--;
		return;
	}
	if (stopped(p))
		return;
	flush(p);
	if (p->open)
		p->open = p->open->parent;
	stop_if_due(p);
}

static void on_text(void *data, const xmlChar *text, int length)
{
	struct parse *p = data;

	if (stopped(p) || p->skipping || !p->open || length <= 0)
		return;
	bpr_i_buf_add(&p->text, text, (size_t)length);
	p->nomem = p->text.failed != BPR_OK;
	stop_if_due(p);
}

/* The scan saw it already; kept so that nothing depends on the scan alone. */
static void on_doctype(void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	struct parse *p = data;

	(void)name;
	(void)external;
	(void)system;
	p->doctype = true;
	stop_if_due(p);
}

static void copy_detail(char *to, size_t size, const char *from)
{
	size_t n = from ? strlen(from) : 0;

	if (n >= size)
		n = size - 1;
	while (from && n && ((unsigned char)from[n] & 0xc0) == 0x80)
		n--;
	if (n)
		memcpy(to, from, n);
	to[n] = '\0';
}

/* The bytes end here, and not with a whole (if wrong) tag. */
static bool cut_here(const struct parse *p)
{
	const xmlParserInput *input = p->context->input;

	return input && input->end - input->cur <= 1 &&
	       (p->code != XML_ERR_TAG_NAME_MISMATCH || input->end == input->base || input->end[-1] != '>');
}

/* The type of the argument became const with libxml2 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_error_pointer;
#else
typedef xmlErrorPtr xml_error_pointer;
#endif

static void on_error(void *data, xml_error_pointer error)
{
	struct parse *p = data;

	if (error->domain == XML_FROM_NAMESPACE) {
		if (error->code == XML_NS_ERR_UNDEFINED_NAMESPACE && !p->prefixes++) {
			p->prefix_line = error->line > 0 ? (size_t)error->line : 0;
			copy_detail(p->prefix, sizeof(p->prefix), error->str1);
		}
		return;
	}
	if (p->code || error->level < XML_ERR_ERROR)
		return;
	p->code = error->code;
	p->at_end = cut_here(p);
	p->line = error->line > 0 ? (size_t)error->line : 0;
	p->column = error->int2 > 0 ? (size_t)error->int2 : 0;
	copy_detail(p->detail, sizeof(p->detail), error->str1);
}

/* Errors that people meet get a message of their own; the rest is "not well-formed" with the parser's number. */
static const struct { int libxml; enum bpr_code_id code; } known_errors[] = {
	{ XML_ERR_DOCUMENT_EMPTY, BPR_I_X001 }, { XML_ERR_TAG_NOT_FINISHED, BPR_I_X003 },
	{ XML_ERR_TAG_NAME_MISMATCH, BPR_I_X004 }, { XML_ERR_UNDECLARED_ENTITY, BPR_I_X005 }, { XML_WAR_UNDECLARED_ENTITY, BPR_I_X005 },
	{ XML_ERR_DOCUMENT_END, BPR_I_X013 }, { XML_ERR_INVALID_CHAR, BPR_I_X014 }, { XML_ERR_ATTRIBUTE_REDEFINED, BPR_I_X015 },
};

static bpr_status parser_error(const struct parse *p, const struct bpr_xml_report *report)
{
	char number[32];
	enum bpr_code_id id = BPR_I_X002;

	for (size_t i = 0; i < sizeof(known_errors) / sizeof(known_errors[0]); i++)
		if (known_errors[i].libxml == p->code)
			id = known_errors[i].code;
	if (p->at_end && p->open && id != BPR_I_X014)
		id = BPR_I_X003;
	(void)bpr_i_num_format(number, sizeof(number), (double)p->code);
	return bpr_i_xml_fail(report, BPR_ESYNTAX, id, p->line, p->column,
			      id == BPR_I_X002 ? number : id == BPR_I_X003 && p->open ? p->open->name : p->detail, NULL);
}

static bpr_status outcome(struct parse *p, const struct bpr_xml_report *report)
{
	const struct bpr_place at = { report->file, p->prefix_line, 0, NULL };
	char number[32];

	if (p->nomem || bpr_i_xml_memory_failed() || p->code == XML_ERR_NO_MEMORY)
		return bpr_i_nomem(report->err);
	if (p->doctype)
		return bpr_i_xml_fail(report, BPR_ESYNTAX, BPR_I_X009, 0, 0, NULL, NULL);
	if (p->too_long) {
		(void)bpr_i_num_format(number, sizeof(number), (double)p->options->max_value);
		return bpr_i_xml_fail(report, BPR_ELIMIT, BPR_I_X093, p->long_value.line, p->long_value.column, p->long_value.where, number);
	}
	if (p->too_many) {
		(void)bpr_i_num_format(number, sizeof(number), (double)p->options->max_nodes);
		return bpr_i_xml_fail(report, BPR_ELIMIT, BPR_I_X016, 0, 0, number, NULL);
	}
	if (p->code || !p->context->wellFormed || !p->xml->root)
		return parser_error(p, report);
	if (p->prefixes && !bpr_i_problem(report->problems, BPR_I_X017, &at, true, p->prefix, NULL, NULL, NULL))
		return bpr_i_nomem(report->err);
	return BPR_OK;
}

static bpr_status run(struct parse *p, const char *text, size_t length, const struct bpr_xml_report *report)
{
	static const int flags = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
				 XML_PARSE_BIG_LINES | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC;
	xmlSAXHandler sax = { 0 };
	xmlDocPtr doc;
	bpr_status status;

	sax.initialized = XML_SAX2_MAGIC;
	sax.startElementNs = on_start;
	sax.endElementNs = on_end;
	sax.characters = on_text;
	sax.cdataBlock = on_text;
	sax.internalSubset = on_doctype;
	sax.serror = (xmlStructuredErrorFunc)on_error;
	bpr_i_xml_memory_clear();
	p->context = xmlNewParserCtxt();
	if (!p->context || !p->context->sax) {
		xmlFreeParserCtxt(p->context);
		return bpr_i_nomem(report->err);
	}
	*p->context->sax = sax;
	p->context->userData = p;
	p->begin = p->line_start = p->counted = text;
	doc = xmlCtxtReadMemory(p->context, text, (int)length, NULL, NULL, flags);
	status = outcome(p, report);
	if (doc)
		xmlFreeDoc(doc);
	xmlFreeParserCtxt(p->context);
	return status;
}

bpr_status bpr_i_xml_parse(struct bpr_xml *xml, const char *file, const char *data, size_t length,
			   const struct bpr_xml_options *options, bpr_problems *problems, struct bpr_error *err)
{
	const struct bpr_xml_report report = { file, problems, err };
	struct parse p = { .xml = xml, .options = options, .text = BPR_BUF_INIT };
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *text = NULL;
	size_t text_length = 0;
	bpr_status status;

	*xml = (struct bpr_xml){ 0 };
	if (!length)
		return bpr_i_xml_fail(&report, BPR_ESYNTAX, BPR_I_I004, 0, 0, NULL, NULL);
	status = bpr_i_xml_decode(&report, data, length, &buf, &text, &text_length);
	if (!status && text_length > INT_MAX)
		status = bpr_i_xml_fail(&report, BPR_ELIMIT, BPR_I_I005, 0, 0, "2147483647", NULL);
	if (!status)
		status = bpr_i_xml_scan(&report, text, text_length, options);
	if (!status)
		status = run(&p, text, text_length, &report);
	bpr_i_names_release(&p.names);
	bpr_i_buf_release(&p.text);
	bpr_i_buf_release(&buf);
	if (status)
		bpr_i_xml_release(xml);
	return status;
}
