/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a format does not carry: said, so that nothing is lost unseen. */
#include "config.h"
#include "base/text_i.h"
#include "read/source_i.h"
#include "write/write_i.h"
#include <stdio.h>
#include <string.h>

enum { MOST_NAMES = 8 };

/* Namespaces that a flow carries by itself. */
static bool is_known(const char *ns)
{
	return !*ns || !strncmp(ns, "http://www.omg.org/spec/BPMN/", 29) || !strncmp(ns, "http://www.omg.org/spec/DD/", 27) ||
	       !strncmp(ns, "http://www.bpsim.org/schemas/", 29) || !strcmp(ns, BPMN_BPR_NS) || !strcmp(ns, "http://www.w3.org/2001/XMLSchema-instance") ||
	       !strcmp(ns, "http://www.w3.org/XML/1998/namespace");
}

struct found { const char *ns[MOST_NAMES]; size_t count; };

static void add(struct found *found, const char *ns)
{
	for (size_t i = 0; i < found->count; i++)
		if (!strcmp(found->ns[i], ns))
			return;
	if (!is_known(ns) && found->count < MOST_NAMES)
		found->ns[found->count++] = ns;
}

/* Every namespace below the root, without recursion: files may nest deep. */
static void find_vendors(const struct bpr_xml_node *root, struct found *found)
{
	const struct bpr_xml_node *node = root;

	while (node) {
		if (node->name) {
			add(found, node->ns);
			for (size_t i = 0; i < node->count; i++)
				add(found, node->attrs[i].ns);
		}
		if (node->name && node->first) {
			node = node->first;
			continue;
		}
		while (node != root && !node->next)
			node = node->parent;
		node = node == root ? NULL : node->next;
	}
}

static void tell_source(struct bpr_writing *w, const struct bpr_source *source, const char *format)
{
	const bpr_flow *flow = bpr_i_writing_flow(w, 0);
	const struct bpr_xml_node *root = source->bpmn->xml.root;
	struct found found = { .count = 0 };
	struct bpr_buf list = BPR_BUF_INIT;

	if (bpr_i_xml_child(root, "http://www.omg.org/spec/BPMN/20100524/DI", "BPMNDiagram"))
		bpr_i_writing_note(w, BPR_I_W011, flow, NULL, format, NULL, NULL);
	find_vendors(root, &found);
	for (size_t i = 0; i < found.count; i++) {
		if (i)
			bpr_i_buf_puts(&list, ", ");
		bpr_i_buf_puts(&list, found.ns[i]);
	}
	if (found.count)
		bpr_i_writing_note(w, BPR_I_W014, flow, NULL, format, list.data ? list.data : "", NULL);
	bpr_i_buf_release(&list);
}

void bpr_i_writing_lost(struct bpr_writing *w, const char *format, bool messages)
{
	char count[32];

	if (!messages && w->flows->message_count) {
		(void)snprintf(count, sizeof(count), "%zu", w->flows->message_count);
		bpr_i_writing_note(w, BPR_I_W010, bpr_i_writing_flow(w, 0), NULL, format, count, NULL);
	}
	if (w->flows->source && w->flows->source->bpmn)
		tell_source(w, w->flows->source, format);
}
