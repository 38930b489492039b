/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_MEND_I_H
#define BPR_WRITE_MEND_I_H
/*
 * What modellers refuse or warn of in a BPMN file and what can be mended without changing what it says: ids that are no ids
 * of XML, ids used twice, references and drawings of what does not exist, second drawings, flows that lead nowhere.
 */
#include "write/write_i.h"
#include "xml/edit_i.h"

/* Notes the changes in the edit, whose tree is that of w->flows->source, and warns of each. BPR_ENOMEM. */
bpr_status bpr_i_mend(struct bpr_writing *w, struct bpr_xml_edit *edit);
#endif
