/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How large each process is with its calls put in place, before anything is built: sixty processes that each call the
 * next one twice are 2^60 steps. The same walk finds processes that call each other in a circle.
 */
#include "config.h"
#include "base/num_i.h"
#include "read/bpmn_i.h"

enum { EDGES = 6 }; /* silent nodes of a sub-process or call: entry, front (two), exit, behind a loop, behind both */

struct unfold {
	struct bpmn_file *file;
	size_t limit, max_depth;
	size_t *path; /* processes that are being unfolded, from the first one on */
	size_t path_count;
};

static const char *process_label(struct bpmn_file *file, size_t process)
{
	return bpr_i_bpmn_label(file, file->processes[process].item);
}

/* "A → B → A": the part of the path that is a circle. */
static void note_circle(struct unfold *u, size_t call, size_t process)
{
	struct bpr_buf text = BPR_BUF_INIT;
	size_t from = 0;

	while (u->path[from] != process)
		from++;
	for (size_t i = from; i < u->path_count; i++) {
		bpr_i_buf_puts(&text, process_label(u->file, u->path[i]));
		bpr_i_buf_puts(&text, " → ");
	}
	bpr_i_buf_puts(&text, process_label(u->file, process));
	if (text.failed)
		u->file->nomem = true;
	else
		bpr_i_bpmn_note(u->file, BPR_I_X030, u->file->items[call].xml, u->file->items[call].id, text.data, NULL, NULL);
	bpr_i_buf_release(&text);
}

static bpr_status too_much(struct unfold *u, enum bpr_code_id id, size_t limit, const struct bpmn_item *item)
{
	char number[32];

	(void)bpr_i_num_format(number, sizeof(number), (double)limit);
	return bpr_i_reader_fail(u->file->reader, BPR_ELIMIT, id, item->xml->line, number, item->id);
}

static size_t level(const struct bpmn_file *file, size_t item)
{
	size_t depth = 1;

	while (file->items[item].parent != BPR_NONE) {
		item = file->items[item].parent;
		depth++;
	}
	return depth;
}

static bpr_status unfold(struct unfold *u, size_t process);

static bpr_status unfold_call(struct unfold *u, size_t process, size_t call)
{
	struct bpmn_process *p = &u->file->processes[process];
	size_t target = u->file->items[call].target;
	struct bpmn_process *called = &u->file->processes[target];
	size_t depth = level(u->file, call);
	bpr_status status = BPR_OK;

	if (called->state == BPMN_ACTIVE) {
		note_circle(u, call, target);
		u->file->items[call].target = BPR_NONE;
		return BPR_OK;
	}
	if (called->state == BPMN_NEW)
		status = unfold(u, target);
	if (status)
		return status;
	if (p->depth < called->depth + depth)
		p->depth = called->depth + depth;
	p->size += called->size;
	return BPR_OK;
}

static bpr_status unfold(struct unfold *u, size_t process)
{
	struct bpmn_process *p = &u->file->processes[process];
	size_t end = u->file->items[p->item].end;
	bpr_status status = BPR_OK;

	if (u->path_count >= u->max_depth)
		return too_much(u, BPR_I_X055, u->max_depth, &u->file->items[p->item]);
	u->path[u->path_count++] = process;
	p->state = BPMN_ACTIVE;
	p->size = EDGES;
	for (size_t i = p->item + 1; i < end && !status; i++) {
		const struct bpmn_item *item = &u->file->items[i];

		if (!bpr_i_bpmn_is_node(item) || item->marks & BPMN_SKIPPED)
			continue;
		p->size += item->element->role == BPMN_SUBPROCESS || item->element->role == BPMN_CALL ? EDGES : 1;
		if (item->element->role == BPMN_CALL && item->target != BPR_NONE)
			status = unfold_call(u, process, i);
		if (!status && p->size > u->limit)
			status = too_much(u, BPR_I_X031, u->limit, item);
		if (!status && p->depth > u->max_depth)
			status = too_much(u, BPR_I_X055, u->max_depth, item);
	}
	p->state = BPMN_DONE;
	u->path_count--;
	return status;
}

bpr_status bpr_i_bpmn_unfold(struct bpmn_file *file)
{
	struct unfold u = { .file = file, .limit = file->reader->options->max_nodes, .max_depth = file->reader->options->max_depth };
	bpr_status status = BPR_OK;
	size_t sum = 0;

	u.path = bpr_i_calloc(file->process_count + 1, sizeof(*u.path));
	if (!u.path)
		return BPR_ENOMEM;
	for (size_t i = 0; i < file->process_count && !status; i++) {
		if (file->processes[i].state == BPMN_NEW)
			status = unfold(&u, i);
		sum += file->processes[i].size;
		if (!status && sum > u.limit) /* each process is a flow of its own, and all are in memory */
			status = too_much(&u, BPR_I_X031, u.limit, &file->items[file->processes[i].item]);
	}
	bpr_i_free(u.path);
	return status ? status : file->nomem ? BPR_ENOMEM : BPR_OK;
}
