/* SPDX-License-Identifier: GPL-3.0-or-later */
/* iGrafx: how long an activity takes, as xs:duration. At an event it is what the case waits. */
#include "config.h"
#include "read/sim_i.h"
#include <string.h>

void bpr_i_igrafx_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml)
{
	struct bpr_dist time = bpr_i_delay_constant(0);
	size_t length = 0;
	const char *text;

	if (item == BPR_NONE || !bpr_i_bpmn_is_node(&file->items[item]) || strcmp(xml->name, "duration") != 0)
		return;
	text = bpr_i_xml_simple_text(xml, &length);
	if (!text)
		text = bpr_i_xml_value(xml, "value", &length);
	if (!text)
		return;
	if (!bpr_i_bpsim_duration(text, length, &time.a) || time.a > 1e9)
		bpr_i_sim_wrong(file, xml, "iGrafx", "duration", text);
	else if (time.a > 0)
		bpr_i_sim_time(file, item, file->items[item].element->role == BPMN_EVENT ? SIM_WAIT : SIM_PROCESSING, &time, xml->line);
}
