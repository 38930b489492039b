/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BPMN 2.0: from bytes to one flow a process. */
#include "config.h"
#include "base/num_i.h"
#include "read/bpmn_i.h"
#include "read/sim_i.h"
#include "read/source_i.h"
#include <string.h>

enum { MOST_ELEMENTS = 10000000 };

void bpr_i_bpmn_file_free(struct bpmn_file *file)
{
	if (!file)
		return;
	bpr_i_sim_free(file->sim);
	bpr_i_free(file->items);
	bpr_i_free(file->arcs);
	bpr_i_free(file->processes);
	bpr_i_free(file->messages);
	bpr_i_free(file->associations);
	bpr_i_free(file->ids);
	bpr_i_names_release(&file->names);
	bpr_i_xml_release(&file->xml);
	bpr_i_free(file);
}

/* What the process is called: its own name, else its pool's. */
static const char *flow_name(struct bpmn_file *file, size_t process)
{
	const struct bpmn_process *p = &file->processes[process];
	const char *name = bpr_i_bpmn_name(file, file->items[p->item].xml);

	if (name && !*name && p->participant != BPR_NONE && !bpr_i_xml_attr_ns(file->items[p->item].xml, BPMN_BPR_NS, "name"))
		name = bpr_i_bpmn_name(file, file->items[p->participant].xml);
	return name;
}

/* Nothing to analyse: what there is instead. */
static bpr_status no_process(struct bpmn_file *file)
{
	static const char *const others[] = { "choreography", "globalChoreographyTask", "conversation", "globalConversation" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		const struct bpr_xml_node *xml = bpr_i_xml_child(file->xml.root, BPMN_NS, others[i]);

		if (xml)
			return bpr_i_reader_fail(file->reader, BPR_ESYNTAX, BPR_I_X089, xml->line, others[i], NULL);
	}
	return bpr_i_reader_fail(file->reader, BPR_ESYNTAX, BPR_I_X021, 0, NULL, NULL);
}

/* The tables beside the file are written for us: what is wrong in them refuses the file. */
static bpr_status companions(struct bpr_reader *reader, bpr_builder *b)
{
	size_t errors = bpr_problems_count_severity(reader->problems, BPR_SEVERITY_ERROR);
	bool before = bpr_i_builder_strict(b, true);
	bpr_status status = bpr_i_reader_companions(reader, b);

	(void)bpr_i_builder_strict(b, before);
	if (!status && bpr_problems_count_severity(reader->problems, BPR_SEVERITY_ERROR) > errors)
		return BPR_ESYNTAX;
	return status;
}

static void note_forgiven(struct bpmn_file *file, size_t process, const bpr_builder *b)
{
	const struct bpmn_item *item = &file->items[file->processes[process].item];
	char count[32];

	if (!bpr_i_builder_forgiven(b))
		return;
	(void)bpr_i_num_format(count, sizeof(count), (double)bpr_i_builder_forgiven(b));
	bpr_i_bpmn_note(file, BPR_I_X102, item->xml, item->id, bpr_i_bpmn_label(file, file->processes[process].item), count, NULL);
}

static bpr_status one_flow(struct bpmn_file *file, size_t process, struct bpr_flows *out)
{
	struct bpr_reader *reader = file->reader;
	const struct bpr_xml_node *xml = file->items[file->processes[process].item].xml;
	struct bpr_build_options options = bpr_i_reader_build_options(reader);
	const char *name = flow_name(file, process);
	bpr_builder *b = NULL;
	bpr_status status;

	if (!name)
		return BPR_ENOMEM;
	status = bpr_i_builder_new(&b, reader->name, file->items[file->processes[process].item].id, name, &options, reader->problems,
				   reader->err);
	if (!status) {
		(void)bpr_i_builder_from(b, "bpmn");
		status = bpr_i_bpmn_build(file, process, b);
	}
	if (!status)
		status = bpr_i_sim_flow(file, process, b);
	if (!status)
		status = bpr_i_bpmn_companions(file, file->xml.root, b);
	if (!status)
		status = bpr_i_bpmn_companions(file, xml, b);
	if (!status)
		status = companions(reader, b);
	if (!status)
		status = bpr_i_reader_finish(reader, b, out);
	if (!status)
		note_forgiven(file, process, b);
	bpr_i_builder_free(b);
	return status;
}

/* flow_of: by process, its flow. */
static bpr_status build_flows(struct bpmn_file *file, struct bpr_flows *out, size_t *flow_of)
{
	bpr_status worst = BPR_OK;
	bool any = false;

	for (size_t i = 0; i < file->process_count; i++) {
		bpr_status status;

		flow_of[i] = BPR_NONE;
		if (!file->processes[i].node_count) {
			bpr_i_bpmn_note(file, BPR_I_X022, file->items[file->processes[i].item].xml, NULL,
					bpr_i_bpmn_label(file, file->processes[i].item), NULL, NULL);
			continue;
		}
		any = true;
		flow_of[i] = out->count;
		status = one_flow(file, i, out);
		if (status && status != BPR_ESYNTAX)
			return status;
		worst = worst ? worst : status;
	}
	return any || worst ? worst : no_process(file);
}

static bpr_status all_flows(struct bpmn_file *file, struct bpr_flows *out)
{
	size_t *flow_of = bpr_i_calloc(file->process_count, sizeof(*flow_of));
	bpr_status status = flow_of ? build_flows(file, out, flow_of) : BPR_ENOMEM;

	if (!status)
		status = bpr_i_bpmn_tell_messages(file, flow_of, out);
	bpr_i_free(flow_of);
	return status;
}

static bpr_status check_root(struct bpmn_file *file)
{
	const struct bpr_xml_node *root = file->xml.root;

	if (bpr_i_xml_is(root, BPMN_NS, "definitions"))
		return BPR_OK;
	return bpr_i_reader_fail(file->reader, BPR_ESYNTAX, BPR_I_X020, root->line, root->name, *root->ns ? root->ns : "-");
}

static bpr_status read_file(struct bpmn_file *file, const char *data, size_t length, struct bpr_flows *out)
{
	static const char *const skip[] = { BPMN_DI_NS, NULL };
	static const char *const nothing[] = { NULL };
	struct bpr_reader *reader = file->reader;
	const struct bpr_xml_options options = { reader->options->max_depth, MOST_ELEMENTS, reader->options->source ? nothing : skip,
						 reader->options->max_field };
	bpr_status status = bpr_i_xml_parse(&file->xml, reader->name, data, length, &options, reader->problems, reader->err);

	if (!status)
		status = check_root(file);
	if (!status)
		status = bpr_i_bpmn_index(file);
	if (!status)
		status = bpr_i_bpmn_events(file);
	if (!status)
		status = bpr_i_bpmn_lanes(file, data, length);
	if (!status)
		status = bpr_i_bpmn_arcs(file);
	if (!status)
		status = bpr_i_bpmn_messages(file);
	if (!status)
		status = bpr_i_bpmn_citizens(file);
	if (!status)
		status = bpr_i_bpmn_unfold(file);
	if (!status)
		status = bpr_i_sim_read(file);
	if (!status && file->refused)
		status = bpr_i_reader_refuse(reader, file->refused);
	if (!status)
		status = all_flows(file, out);
	if (!status)
		status = bpr_i_reader_status(reader);
	return file->nomem || status == BPR_ENOMEM ? bpr_i_nomem(reader->err) : status;
}

bpr_status bpr_i_read_bpmn(struct bpr_reader *reader, char **data, size_t length, struct bpr_flows *out)
{
	struct bpmn_file *file = bpr_i_calloc(1, sizeof(*file));
	bpr_status status;

	if (!file)
		return bpr_i_nomem(reader->err);
	file->reader = reader;
	reader->lenient = true;
	status = read_file(file, *data, length, out);
	file->reader = NULL;
	/* The file of a drawing without steps can still be looked at, once it was indexed. */
	if ((!status || (status == BPR_ESYNTAX && file->item_count)) && reader->options->source) {
		out->source = bpr_i_source_new(BPR_INPUT_BPMN, reader->name, *data, *data, length);
		if (out->source) {
			out->source->bpmn = file;
			*data = NULL;
			return bpr_i_source_count(out->source) ? bpr_i_nomem(reader->err) : status;
		}
		status = bpr_i_nomem(reader->err);
	}
	bpr_i_bpmn_file_free(file);
	return status;
}
