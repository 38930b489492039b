/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data objects and data stores as forms: what a step that meets the citizen puts out is written there, what goes in is read. */
#include "config.h"
#include "read/bpmn_i.h"
#include <string.h>

/* The form of a data item: that of the object or store it refers to; two of one name are one paper. */
static size_t form_of(struct bpmn_frame *frame, size_t at)
{
	struct bpmn_file *file = frame->file;
	const struct bpmn_item *item = &file->items[at];
	const char *attr = strcmp(item->element->name, "dataStoreReference") ? "dataObjectRef" : "dataStoreRef";
	bool written;
	size_t target = item->element->role == BPMN_DATA_REF ? bpr_i_bpmn_find_attr_as(file, item->xml, attr, 1u << BPMN_DATA, &written) : BPR_NONE;
	const char *id = target == BPR_NONE ? item->id : file->items[target].id;
	const char *name = bpr_i_bpmn_name(file, item->xml);

	if (name && !*name && target != BPR_NONE)
		name = bpr_i_bpmn_name(file, file->items[target].xml);
	return name ? bpr_i_builder_form_named(frame->b, id, strlen(id), name, strlen(name)) : BPR_NONE;
}

/* One <sourceRef> or <targetRef> of an association. */
static bpr_status use(struct bpmn_frame *frame, const struct bpr_xml_node *ref, size_t node, enum bpr_form_use use, bool counts)
{
	struct bpmn_file *file = frame->file;
	struct bpr_buf text = BPR_BUF_INIT;
	bool failed;
	size_t at, form;

	bpr_i_xml_text(&text, ref);
	failed = text.failed;
	at = text.length ? bpr_i_bpmn_find_as(file, text.data, text.length, 1u << BPMN_DATA | 1u << BPMN_DATA_REF) : BPR_NONE;
	if (at == BPR_NONE && text.length)
		bpr_i_bpmn_note(file, BPR_I_X047, ref, NULL, text.data, NULL, NULL);
	bpr_i_buf_release(&text);
	if (failed)
		return BPR_ENOMEM;
	if (at == BPR_NONE || !counts || (file->items[at].element->role != BPMN_DATA && file->items[at].element->role != BPMN_DATA_REF))
		return BPR_OK;
	form = form_of(frame, at);
	return form == BPR_NONE ? BPR_ENOMEM : bpr_i_builder_use_form(frame->b, node, use, form);
}

bpr_status bpr_i_bpmn_forms(struct bpmn_frame *frame, size_t item, size_t node)
{
	const struct bpr_node *draft = bpr_i_builder_draft(frame->b, node);
	bool citizen = draft->actor == BPR_ACTOR_CITIZEN || draft->counter != BPR_NONE;

	BPR_I_XML_EACH(child, frame->file->items[item].xml) {
		bool in = bpr_i_xml_is(child, BPMN_NS, "dataInputAssociation");
		bool out = bpr_i_xml_is(child, BPMN_NS, "dataOutputAssociation");

		if (!in && !out)
			continue;
		BPR_I_XML_EACH(ref, child) {
			bpr_status status;

			if (!bpr_i_xml_is(ref, BPMN_NS, in ? "sourceRef" : "targetRef"))
				continue;
			status = use(frame, ref, node, in ? BPR_FORM_READS : BPR_FORM_WRITES, in || citizen);
			if (status)
				return status;
		}
	}
	return BPR_OK;
}
