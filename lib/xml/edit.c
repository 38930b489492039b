/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing a document in its text: elements are found by walking text and tree side by side; see edit_i.h. */
#include "config.h"
#include "xml/edit_i.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* ---- where elements stand ---- */

struct walk {
	struct bpr_xml_edit *edit;
	const char *at, *end;
	const struct bpr_xml_node *next; /* element whose start tag comes next; NULL behind the last one */
	size_t open;                     /* span of the innermost open element, or BPR_NONE */
	size_t *around;                  /* by span: of the element around it */
};

static const struct bpr_xml_node *element_after(const struct bpr_xml_node *node)
{
	const struct bpr_xml_node *found = bpr_i_xml_element(node->first);

	while (!found && node) {
		found = bpr_i_xml_element(node->next);
		node = node->parent;
	}
	return found;
}

static size_t count_elements(const struct bpr_xml_node *root)
{
	size_t count = 0;

	for (const struct bpr_xml_node *node = root; node; node = element_after(node))
		count++;
	return count;
}

/* Behind the next `word`; the end of the text where there is none. */
static const char *past(const char *at, const char *end, const char *word)
{
	size_t length = strlen(word);

	for (; at < end; at++) {
		at = memchr(at, word[0], (size_t)(end - at));
		if (!at)
			return end;
		if ((size_t)(end - at) >= length && !memcmp(at, word, length))
			return at + length;
	}
	return end;
}

/* Behind the '>' of a tag; quoted '>' do not count. */
static const char *tag_end(const char *at, const char *end)
{
	for (; at < end && *at != '>'; at++)
		if (*at == '"' || *at == '\'') {
			at = memchr(at + 1, *at, (size_t)(end - at - 1));
			if (!at)
				return end;
		}
	return at < end ? at + 1 : end;
}

/* Does the tag at `at` have this local name? */
static bool tag_is(const char *at, const char *end, const char *name)
{
	size_t length = strlen(name);
	const char *from = at + 1;
	const char *p = from;

	while (p < end && !is_space(*p) && *p != '>' && *p != '/') {
		if (*p == ':')
			from = p + 1;
		p++;
	}
	return (size_t)(p - from) == length && !memcmp(from, name, length);
}

/* False where the tree has another element here. */
static bool start_tag(struct walk *w)
{
	struct bpr_xml_edit *edit = w->edit;
	struct bpr_xml_span *span = &edit->spans[edit->span_count];
	const char *from = w->at;

	if (!w->next || !tag_is(from, w->end, w->next->name))
		return false;
	w->at = tag_end(from + 1, w->end);
	span->node = w->next;
	span->start = (size_t)(from - edit->text);
	span->open_end = span->close = span->end = (size_t)(w->at - edit->text);
	w->around[edit->span_count] = w->open;
	if (w->at[-2] != '/')
		w->open = edit->span_count;
	edit->span_count++;
	w->next = element_after(w->next);
	return true;
}

static bool end_tag(struct walk *w)
{
	struct bpr_xml_span *span;

	if (w->open == BPR_NONE)
		return false;
	span = &w->edit->spans[w->open];
	span->close = (size_t)(w->at - w->edit->text);
	w->at = tag_end(w->at + 1, w->end);
	span->end = (size_t)(w->at - w->edit->text);
	w->open = w->around[w->open];
	return true;
}

static bool find_spans(struct walk *w)
{
	while ((w->at = memchr(w->at, '<', (size_t)(w->end - w->at))) != NULL) {
		size_t left = (size_t)(w->end - w->at);

		if (left >= 4 && !memcmp(w->at, "<!--", 4))
			w->at = past(w->at + 4, w->end, "-->");
		else if (left >= 9 && !memcmp(w->at, "<![CDATA[", 9))
			w->at = past(w->at + 9, w->end, "]]>");
		else if (left >= 2 && w->at[1] == '?')
			w->at = past(w->at + 2, w->end, "?>");
		else if (left < 2 || !(w->at[1] == '/' ? end_tag(w) : start_tag(w)))
			return false;
	}
	return !w->next && w->open == BPR_NONE;
}

static int by_node(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t)((const struct bpr_xml_span *)a)->node;
	uintptr_t y = (uintptr_t)((const struct bpr_xml_span *)b)->node;

	return x < y ? -1 : x > y;
}

bpr_status bpr_i_xml_edit_open(struct bpr_xml_edit *edit, const struct bpr_xml *xml, const char *text, size_t length,
			       struct bpr_error *err)
{
	size_t count = xml->root ? count_elements(xml->root) : 0;
	struct walk w = { edit, text, text + length, xml->root, BPR_NONE, NULL };
	const char *line = length ? memchr(text, '\n', length) : NULL;
	bool same;

	*edit = (struct bpr_xml_edit){ .text = text, .length = length, .xml = xml };
	edit->line_end = line && line > text && line[-1] == '\r' ? "\r\n" : "\n";
	edit->spans = bpr_i_calloc(count + 1, sizeof(*edit->spans));
	w.around = bpr_i_calloc(count + 1, sizeof(*w.around));
	if (!edit->spans || !w.around) {
		bpr_i_free(w.around);
		return bpr_i_nomem(err);
	}
	same = length && find_spans(&w);
	bpr_i_free(w.around);
	if (!same)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_X002, NULL, 0, "0", NULL);
	qsort(edit->spans, edit->span_count, sizeof(*edit->spans), by_node);
	return BPR_OK;
}

void bpr_i_xml_edit_release(struct bpr_xml_edit *edit)
{
	bpr_i_free(edit->spans);
	bpr_i_free(edit->changes);
	bpr_i_arena_release(&edit->arena);
	*edit = (struct bpr_xml_edit){ 0 };
}

static const struct bpr_xml_span *span_of(const struct bpr_xml_edit *edit, const struct bpr_xml_node *node)
{
	const struct bpr_xml_span key = { .node = node };

	return bsearch(&key, edit->spans, edit->span_count, sizeof(*edit->spans), by_node);
}

/* ---- names and attributes in the text ---- */

/* One attribute as it stands in a start tag. */
struct raw {
	const char *name; size_t name_length;
	const char *value; size_t length; /* between the quotes */
};

/* The attribute at or behind *at; false at the end of the tag. Moves on. */
static bool next_raw(const char **at, const char *end, struct raw *raw)
{
	const char *p = *at;
	const char *close;

	while (p < end && is_space(*p))
		p++;
	raw->name = p;
	while (p < end && *p != '=' && !is_space(*p) && *p != '>' && *p != '/')
		p++;
	raw->name_length = (size_t)(p - raw->name);
	p = raw->name_length ? memchr(p, '=', (size_t)(end - p)) : NULL;
	if (!p)
		return false;
	for (p++; p < end && is_space(*p);)
		p++;
	if (p >= end || (*p != '"' && *p != '\''))
		return false;
	close = memchr(p + 1, *p, (size_t)(end - p - 1));
	if (!close)
		return false;
	raw->value = p + 1;
	raw->length = (size_t)(close - raw->value);
	*at = close + 1;
	return true;
}

/* Behind the name of a start tag. */
static const char *behind_name(const struct bpr_xml_edit *edit, const struct bpr_xml_span *span)
{
	const char *p = edit->text + span->start + 1;
	const char *end = edit->text + span->open_end;

	while (p < end && !is_space(*p) && *p != '>' && *p != '/')
		p++;
	return p;
}

/* The value of "xmlns:PREFIX", or none. */
static bool declares(const struct raw *raw, const char **prefix, size_t *length)
{
	if (raw->name_length <= 6 || memcmp(raw->name, "xmlns:", 6) != 0)
		return false;
	*prefix = raw->name + 6;
	*length = raw->name_length - 6;
	return true;
}

static bool declares_any(const struct raw *raw)
{
	return raw->name_length >= 5 && !memcmp(raw->name, "xmlns", 5) && (raw->name_length == 5 || raw->name[5] == ':');
}

/* How often anything like a declaration of this prefix stands in the text, comments included: more than needed is safe. */
static size_t mentions(const struct bpr_xml_edit *edit, const char *prefix, size_t length)
{
	const char *end = edit->text + edit->length;
	const char *p = edit->text;
	size_t count = 0;

	while ((p = past(p, end, "xmlns:")) < end)
		count += (size_t)(end - p) > length && !memcmp(p, prefix, length) && (p[length] == '=' || is_space(p[length]));
	return count;
}

/* ---- changes ---- */

static void put(struct bpr_xml_edit *edit, struct bpr_xml_change change)
{
	char *copy = bpr_i_arena_strndup(&edit->arena, change.text, change.length);

	if (!copy || !bpr_i_grow(&edit->changes, &edit->change_capacity, edit->change_count + 1, sizeof(*edit->changes))) {
		edit->nomem = true;
		return;
	}
	change.text = copy;
	change.order = edit->change_count;
	edit->changes[edit->change_count++] = change;
}

/* Takes the text of a buffer. */
static void put_buf(struct bpr_xml_edit *edit, struct bpr_xml_change change, struct bpr_buf *buf)
{
	change.text = buf->data ? buf->data : "";
	change.length = buf->length;
	if (buf->failed)
		edit->nomem = true;
	else
		put(edit, change);
	bpr_i_buf_release(buf);
}

static void new_attr(struct bpr_xml_edit *edit, const struct bpr_xml_span *span, const char *prefix, const char *name, const char *value,
		     size_t length)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t at = span->open_end - 1;

	if (edit->text[at - 1] == '/')
		at--;
	while (is_space(edit->text[at - 1]))
		at--;
	bpr_i_buf_putc(&buf, ' ');
	bpr_i_buf_puts(&buf, prefix);
	bpr_i_buf_puts(&buf, *prefix ? ":" : "");
	bpr_i_buf_puts(&buf, name);
	bpr_i_buf_puts(&buf, "=\"");
	(void)bpr_i_xml_escape(&buf, value, length, true);
	bpr_i_buf_putc(&buf, '"');
	put_buf(edit, (struct bpr_xml_change){ .at = at, .kind = BPR_XML_ATTR }, &buf);
}

void bpr_i_xml_edit_attr(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *ns, const char *prefix,
			 const char *name, const char *value, size_t length)
{
	const struct bpr_xml_span *span = span_of(edit, node);
	struct bpr_buf buf = BPR_BUF_INIT;
	struct raw raw;
	const char *at, *end;
	size_t i = 0;

	if (!span)
		return;
	at = behind_name(edit, span);
	end = edit->text + span->open_end;
	while (i < node->count && next_raw(&at, end, &raw)) { /* the tree has them in this order, without the declarations */
		if (declares_any(&raw))
			continue;
		if (strcmp(node->attrs[i].name, name) != 0 || strcmp(node->attrs[i].ns, ns) != 0) {
			i++;
			continue;
		}
		if (node->attrs[i].length == length && !memcmp(node->attrs[i].value, value, length))
			return;
		bpr_i_buf_putc(&buf, '"');
		(void)bpr_i_xml_escape(&buf, value, length, true);
		bpr_i_buf_putc(&buf, '"');
		put_buf(edit, (struct bpr_xml_change){ .at = (size_t)(raw.value - 1 - edit->text), .cut = raw.length + 2 }, &buf);
		return;
	}
	new_attr(edit, span, prefix, name, value, length);
}

void bpr_i_xml_edit_drop(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *name)
{
	const struct bpr_xml_span *span = span_of(edit, node);
	const char *at = span ? behind_name(edit, span) : NULL;
	const char *from = at;
	struct raw raw;

	for (; span && next_raw(&at, edit->text + span->open_end, &raw); from = at)
		if (raw.name_length == strlen(name) && !memcmp(raw.name, name, raw.name_length))
			put(edit, (struct bpr_xml_change){ .at = (size_t)(from - edit->text), .cut = (size_t)(at - from), .text = "" });
}

/* A prefix that the root declares for the namespace and nothing inside declares again; NULL where there is none. */
static const char *declared_prefix(struct bpr_xml_edit *edit, const struct bpr_xml_span *root, const char *ns)
{
	const char *at = behind_name(edit, root);
	const char *end = edit->text + root->open_end;
	const char *prefix;
	const char *kept;
	struct raw raw;
	size_t length;

	while (next_raw(&at, end, &raw)) {
		if (!declares(&raw, &prefix, &length) || raw.length != strlen(ns) || memcmp(raw.value, ns, raw.length) != 0 ||
		    mentions(edit, prefix, length) != 1)
			continue;
		kept = bpr_i_arena_strndup(&edit->arena, prefix, length);
		edit->nomem |= !kept;
		return kept;
	}
	return NULL;
}

/* The wanted one, or with a number behind it: what nobody uses, in the text or since. */
static const char *free_prefix(struct bpr_xml_edit *edit, const char *wanted)
{
	struct bpr_buf name = BPR_BUF_INIT;
	const char *kept = NULL;
	bool taken = true;

	for (size_t i = 0; taken && !name.failed; i++) {
		bpr_i_buf_clear(&name);
		bpr_i_buf_puts(&name, wanted);
		if (i)
			bpr_i_buf_printf(&name, "%zu", i);
		taken = !name.failed && mentions(edit, name.data, name.length);
		for (size_t k = 0; k < edit->prefix_count && !name.failed; k++)
			taken |= !strcmp(edit->prefixes[k].prefix, name.data);
	}
	if (!name.failed)
		kept = bpr_i_arena_strndup(&edit->arena, name.data, name.length);
	edit->nomem |= !kept;
	bpr_i_buf_release(&name);
	return kept;
}

const char *bpr_i_xml_edit_prefix(struct bpr_xml_edit *edit, const char *ns, const char *wanted)
{
	const struct bpr_xml_span *root = span_of(edit, edit->xml->root);
	const char *prefix;

	for (size_t i = 0; i < edit->prefix_count; i++)
		if (!strcmp(edit->prefixes[i].ns, ns))
			return edit->prefixes[i].prefix;
	prefix = declared_prefix(edit, root, ns);
	if (!prefix && !edit->nomem) {
		prefix = free_prefix(edit, wanted);
		if (prefix)
			new_attr(edit, root, "xmlns", prefix, ns, strlen(ns));
	}
	if (!prefix)
		return "";
	if (edit->prefix_count < sizeof(edit->prefixes) / sizeof(edit->prefixes[0])) {
		edit->prefixes[edit->prefix_count].ns = ns;
		edit->prefixes[edit->prefix_count++].prefix = prefix;
	}
	return prefix;
}

const char *bpr_i_xml_edit_own_prefix(struct bpr_xml_edit *edit, const struct bpr_xml_node *node)
{
	const struct bpr_xml_span *span = span_of(edit, node);
	const char *from = edit->text + (span ? span->start + 1 : 0);
	const char *end = span ? behind_name(edit, span) : from;
	const char *colon = memchr(from, ':', (size_t)(end - from));
	const char *kept = colon ? bpr_i_arena_strndup(&edit->arena, from, (size_t)(colon + 1 - from)) : "";

	edit->nomem |= !kept;
	return kept ? kept : "";
}

/* The blanks in front of a place, where nothing else stands before it on its line; else none. */
static size_t indent_of(const struct bpr_xml_edit *edit, size_t at, const char **from)
{
	size_t start = at;

	while (start && (edit->text[start - 1] == ' ' || edit->text[start - 1] == '\t'))
		start--;
	*from = edit->text + start;
	return !start || edit->text[start - 1] == '\n' ? at - start : 0;
}

/* What an element's children are indented by: as its first child is, else two blanks more than it is itself. */
static void add_indent(struct bpr_buf *buf, const struct bpr_xml_edit *edit, const struct bpr_xml_span *around)
{
	const struct bpr_xml_node *child = bpr_i_xml_element(around->node->first);
	const struct bpr_xml_span *first = child ? span_of(edit, child) : NULL;
	const char *from;
	size_t length;

	if (first) {
		length = indent_of(edit, first->start, &from);
		bpr_i_buf_add(buf, from, length);
		return;
	}
	length = indent_of(edit, around->start, &from);
	bpr_i_buf_add(buf, from, length);
	bpr_i_buf_puts(buf, "  ");
}

/* Lines of markup, a line end in front of each. */
static void put_lines(struct bpr_xml_edit *edit, const struct bpr_xml_span *around, struct bpr_xml_change change, const char *markup,
		      size_t length)
{
	const char *end = markup + length;
	struct bpr_buf indent = BPR_BUF_INIT;
	struct bpr_buf buf = BPR_BUF_INIT;

	add_indent(&indent, edit, around);
	while (markup < end) {
		const char *line = memchr(markup, '\n', (size_t)(end - markup));
		size_t n = line ? (size_t)(line - markup) : (size_t)(end - markup);

		bpr_i_buf_puts(&buf, edit->line_end);
		bpr_i_buf_add(&buf, indent.data ? indent.data : "", indent.length);
		bpr_i_buf_add(&buf, markup, n);
		markup += n + 1;
	}
	edit->nomem |= indent.failed != BPR_OK;
	bpr_i_buf_release(&indent);
	put_buf(edit, change, &buf);
}

/* A place, moved in front of the blanks before it where those follow markup. */
static size_t behind_markup(const struct bpr_xml_edit *edit, size_t at)
{
	size_t start = at;

	while (start && is_space(edit->text[start - 1]))
		start--;
	return start && edit->text[start - 1] == '>' ? start : at;
}

/* An empty element is opened by its first new child and closed behind its last one. */
static void open_up(struct bpr_xml_edit *edit, const struct bpr_xml_span *span, const char *markup, size_t length)
{
	put_lines(edit, span, (struct bpr_xml_change){ .at = span->open_end - 2, .kind = BPR_XML_CHILD, .span = span }, markup, length);
}

static bool is_empty(const struct bpr_xml_span *span)
{
	return span->end == span->open_end;
}

void bpr_i_xml_edit_first(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *markup, size_t length)
{
	const struct bpr_xml_span *span = span_of(edit, node);

	if (span && is_empty(span))
		open_up(edit, span, markup, length);
	else if (span)
		put_lines(edit, span, (struct bpr_xml_change){ .at = span->open_end }, markup, length);
}

void bpr_i_xml_edit_last(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *markup, size_t length)
{
	const struct bpr_xml_span *span = span_of(edit, node);

	if (span && is_empty(span))
		open_up(edit, span, markup, length);
	else if (span)
		put_lines(edit, span, (struct bpr_xml_change){ .at = behind_markup(edit, span->close) }, markup, length);
}

static void beside(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, bool behind, const char *markup, size_t length)
{
	const struct bpr_xml_span *span = span_of(edit, node);
	const struct bpr_xml_span *around = node->parent ? span_of(edit, node->parent) : NULL;

	if (span && around)
		put_lines(edit, around, (struct bpr_xml_change){ .at = behind ? span->end : behind_markup(edit, span->start) }, markup, length);
}

void bpr_i_xml_edit_before(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *markup, size_t length)
{
	beside(edit, node, false, markup, length);
}

void bpr_i_xml_edit_after(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *markup, size_t length)
{
	beside(edit, node, true, markup, length);
}

void bpr_i_xml_edit_remove(struct bpr_xml_edit *edit, const struct bpr_xml_node *node)
{
	const struct bpr_xml_span *span = span_of(edit, node);
	size_t from = span ? behind_markup(edit, span->start) : 0;

	if (span)
		put(edit, (struct bpr_xml_change){ .at = from, .cut = span->end - from, .text = "" });
}

void bpr_i_xml_edit_text(struct bpr_xml_edit *edit, const struct bpr_xml_node *node, const char *text, size_t length)
{
	const struct bpr_xml_span *span = span_of(edit, node);
	struct bpr_buf buf = BPR_BUF_INIT;

	if (!span || is_empty(span))
		return;
	(void)bpr_i_xml_escape(&buf, text, length, false);
	put_buf(edit, (struct bpr_xml_change){ .at = span->open_end, .cut = span->close - span->open_end }, &buf);
}

static bool says_utf8(const struct raw *raw)
{
	static const char name[] = "utf-8";
	size_t same = 0;

	while (same < raw->length && same < 5 && (raw->value[same] | (raw->value[same] == '-' ? 0 : 32)) == name[same])
		same++;
	return raw->length == 5 && same == 5;
}

void bpr_i_xml_edit_utf8(struct bpr_xml_edit *edit)
{
	static const char utf8[] = "UTF-8";
	const char *at = edit->text + 5;
	const char *end;
	struct raw raw;

	if (edit->length < 6 || memcmp(edit->text, "<?xml", 5) != 0 || !is_space(*at))
		return;
	end = past(at, edit->text + edit->length, "?>");
	while (next_raw(&at, end, &raw))
		if (raw.name_length == 8 && !memcmp(raw.name, "encoding", 8) && !says_utf8(&raw))
			put(edit, (struct bpr_xml_change){ .at = (size_t)(raw.value - edit->text), .cut = raw.length, .text = utf8, .length = 5 });
}

/* ---- applying ---- */

static int by_place(const void *a, const void *b)
{
	const struct bpr_xml_change *x = a;
	const struct bpr_xml_change *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* The end tag of an element that was empty. */
static void close_tag(struct bpr_buf *out, const struct bpr_xml_edit *edit, const struct bpr_xml_span *span)
{
	const char *name = edit->text + span->start + 1;
	const char *from;
	size_t length = indent_of(edit, span->start, &from);

	bpr_i_buf_puts(out, edit->line_end);
	bpr_i_buf_add(out, from, length);
	bpr_i_buf_puts(out, "</");
	bpr_i_buf_add(out, name, (size_t)(behind_name(edit, span) - name));
	bpr_i_buf_putc(out, '>');
}

bpr_status bpr_i_xml_edit_apply(struct bpr_xml_edit *edit, struct bpr_buf *out, struct bpr_error *err)
{
	const struct bpr_xml_span *opened = NULL;
	size_t at = 0;

	if (edit->change_count)
		qsort(edit->changes, edit->change_count, sizeof(*edit->changes), by_place);
	for (size_t i = 0; i < edit->change_count; i++) {
		const struct bpr_xml_change *change = &edit->changes[i];

		if (change->at < at && change->kind != BPR_XML_CHILD) /* inside of what was taken out */
			continue;
		if (opened && change->span != opened) {
			close_tag(out, edit, opened);
			opened = NULL;
		}
		if (change->at > at)
			bpr_i_buf_add(out, edit->text + at, change->at - at);
		if (change->at + change->cut > at)
			at = change->at + change->cut;
		if (change->kind == BPR_XML_CHILD && !opened) {
			opened = change->span;
			bpr_i_buf_putc(out, '>');
			at = opened->open_end;
		}
		bpr_i_buf_add(out, change->text, change->length);
	}
	if (opened)
		close_tag(out, edit, opened);
	bpr_i_buf_add(out, edit->text + at, edit->length - at);
	return edit->nomem || out->failed ? bpr_i_nomem(err) : BPR_OK;
}
