/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a BPMN file holds, counted by name over the whole tree: nothing is left out because it means nothing to us. */
#include "config.h"
#include "read/source_i.h"
#include <stdlib.h>
#include <string.h>

struct tally {
	struct bpr_names names;
	struct bpr_inventory *items;
	size_t capacity;
};

static bool counts(const struct bpr_xml_node *xml)
{
	return xml->name && (!strcmp(xml->ns, BPMN_NS) || !strcmp(xml->ns, BPMN_DI_NS));
}

static bool add(struct tally *tally, const struct bpr_xml_node *xml)
{
	bool added;
	size_t at;

	if (!bpr_i_grow(&tally->items, &tally->capacity, tally->names.count + 1, sizeof(*tally->items)))
		return false;
	at = bpr_i_names_add(&tally->names, xml->name, strlen(xml->name), &added);
	if (at == BPR_NONE)
		return false;
	if (added)
		tally->items[at] = (struct bpr_inventory){ xml->name, 0 };
	tally->items[at].count++;
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct bpr_inventory *x = a, *y = b;

	return strcmp(x->name, y->name);
}

bpr_status bpr_i_source_count(struct bpr_source *source)
{
	const struct bpr_xml_node *top = source->bpmn->xml.root;
	const struct bpr_xml_node *xml = top;
	struct tally tally = { 0 };
	bool ok = true;

	while (xml && ok) {
		if (counts(xml))
			ok = add(&tally, xml);
		if (xml->name && xml->first && !bpr_i_xml_is(xml, BPMN_NS, "extensionElements")) {
			xml = xml->first;
			continue;
		}
		while (xml != top && !xml->next)
			xml = xml->parent;
		xml = xml == top ? NULL : xml->next;
	}
	source->inventory_count = tally.names.count;
	source->inventory = tally.items;
	bpr_i_names_release(&tally.names);
	if (source->inventory_count)
		qsort(source->inventory, source->inventory_count, sizeof(*source->inventory), by_name);
	return ok ? BPR_OK : BPR_ENOMEM;
}

size_t bpr_source_inventory_count(const bpr_source *source)
{
	return source ? source->inventory_count : 0;
}

const char *bpr_source_inventory_get(const bpr_source *source, size_t index, size_t *count)
{
	*count = source->inventory[index].count;
	return source->inventory[index].name;
}
