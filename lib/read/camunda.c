/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Camunda simulator: properties whose values are expressions of its own, which nobody else can evaluate. They are named. */
#include "config.h"
#include "read/sim_i.h"
#include <string.h>

void bpr_i_camunda_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml)
{
	(void)item;
	if (strcmp(xml->name, "properties") != 0)
		return;
	BPR_I_XML_EACH(property, xml) {
		const struct bpr_xml_attr *name = bpr_i_xml_attr(property, "name");

		if (name && !strncmp(name->value, "sim", 3))
			bpr_i_bpmn_note(file, BPR_I_X076, property, NULL, "Camunda", "sim*", NULL);
	}
}
