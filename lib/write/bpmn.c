/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Flows as BPMN. What was read from BPMN stays the file it is, changed only where it must be; anything else becomes a file of
 * its own, which is read back to prove that it says the same. Both get a diagram of what has none.
 */
#include "config.h"
#include "read/source_i.h"
#include "write/mend_i.h"
#include "write/model_i.h"
#include "write/picture_i.h"
#include "write/rewrite_i.h"
#include <stdio.h>
#include <string.h>

static void note_drawn(struct bpr_writing *w, size_t extended)
{
	char number[32];

	if (!extended)
		return;
	(void)snprintf(number, sizeof(number), "%zu", extended);
	bpr_i_writing_note(w, BPR_I_W041, bpr_i_writing_flow(w, 0), NULL, number, NULL, NULL);
}

/* The document with what is missing of its diagram. */
static bpr_status finish(struct bpr_writing *w, struct bpr_xml_edit *edit, struct bpr_buf *out)
{
	size_t added, extended;
	bpr_status status = bpr_i_picture_draw(edit, &added, &extended, w->err);

	if (!status)
		note_drawn(w, extended);
	if (!status)
		status = bpr_i_xml_edit_apply(edit, out, w->err);
	return status;
}

/* ---- a file of its own ---- */

static bool same_flows(const struct bpr_writing *w, const struct bpr_flows *again)
{
	if (again->count != w->count)
		return false;
	for (size_t i = 0; i < w->count; i++)
		if (bpr_flow_hash(again->items[i]) != bpr_flow_hash(bpr_i_writing_flow(w, i)))
			return false;
	return true;
}

static bpr_status read_again(struct bpr_writing *w, const struct bpr_buf *text, struct bpr_flows *again)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;

	options.input = BPR_INPUT_BPMN;
	options.companions = false;
	options.source = true;
	options.max_bytes = options.max_nodes = options.max_field = (size_t)-1 / 4;
	bpr_flows_release(again);
	return bpr_read_memory(bpr_flow_source(bpr_i_writing_flow(w, 0)), text->data, text->length, &options, again, NULL, w->err);
}

/* Sub-processes as such, if that reads back; else everything as it stands, which is less to look at. */
static bpr_status write_document(struct bpr_writing *w, struct bpr_buf *text, struct bpr_flows *again)
{
	bpr_status status = BPR_OK;
	bool replaced = false;
	bool same = false;

	for (int flat = 0; flat < 2 && !same && !status; flat++) {
		bpr_i_buf_clear(text);
		status = bpr_i_model_write(w, flat, text, &replaced);
		if (!status)
			status = read_again(w, text, again);
		same = !status && same_flows(w, again);
	}
	if (replaced)
		bpr_i_writing_note(w, BPR_I_W040, bpr_i_writing_flow(w, 0), NULL, NULL, NULL, NULL);
	else if (!same && !status)
		bpr_i_writing_note(w, BPR_I_W042, bpr_i_writing_flow(w, 0), NULL, NULL, NULL, NULL);
	return status;
}

static bpr_status write_model(struct bpr_writing *w, struct bpr_buf *out)
{
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_flows again = { 0 };
	struct bpr_xml_edit edit = { 0 };
	bpr_status status = write_document(w, &text, &again);

	if (!status)
		status = bpr_i_xml_edit_open(&edit, &again.source->bpmn->xml, text.data, text.length, w->err);
	if (!status)
		status = finish(w, &edit, out);
	bpr_i_xml_edit_release(&edit);
	bpr_flows_release(&again);
	bpr_i_buf_release(&text);
	return status;
}

/* ---- the file itself ---- */

/* A text as a file of this run, alone. */
static bpr_status read_text(struct bpr_writing *w, const char *text, size_t length, struct bpr_flows *flows)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;

	options.input = BPR_INPUT_BPMN;
	options.companions = false;
	options.source = true;
	options.max_bytes = options.max_nodes = options.max_field = (size_t)-1 / 4;
	return bpr_read_memory(w->flows->source->name, text, length, &options, flows, NULL, w->err);
}

/* Whether a mended text says what the file says. */
static bpr_status says_same(struct bpr_writing *w, const struct bpr_flows *mended, bool *same)
{
	struct bpr_flows alone = { 0 };
	bpr_status status = read_text(w, w->flows->source->text, w->flows->source->length, &alone);

	*same = !status && alone.count == mended->count;
	for (size_t i = 0; *same && i < alone.count; i++)
		*same = bpr_flow_hash(alone.items[i]) == bpr_flow_hash(mended->items[i]);
	bpr_flows_release(&alone);
	return status;
}

/* *mended: the text mended and read, or empty where there is nothing to mend, or not without changing what it says. */
static bpr_status mend(struct bpr_writing *w, const char *text, size_t length, struct bpr_buf *buf, struct bpr_flows *mended)
{
	size_t known = w->problems ? bpr_problems_count(w->problems) : 0;
	struct bpr_xml_edit edit = { 0 };
	bpr_status status = bpr_i_xml_edit_open(&edit, &w->flows->source->bpmn->xml, text, length, w->err);
	bool same = false;

	if (!status)
		status = bpr_i_mend(w, &edit);
	if (!status && (edit.change_count || edit.nomem)) {
		bpr_i_xml_edit_utf8(&edit);
		status = bpr_i_xml_edit_apply(&edit, buf, w->err);
		if (!status)
			status = read_text(w, buf->data, buf->length, mended);
		if (!status)
			status = says_same(w, mended, &same);
		if (!same && status != BPR_ENOMEM) {
			status = BPR_OK;
			bpr_flows_release(mended);
			if (w->problems)
				bpr_problems_truncate(w->problems, known);
			bpr_i_writing_note(w, BPR_I_W050, bpr_i_writing_flow(w, 0), NULL, NULL, NULL, NULL);
		}
	}
	bpr_i_xml_edit_release(&edit);
	return status;
}

/* Values and diagram into a text that source is the tree of. */
static bpr_status complete(struct bpr_writing *w, const struct bpr_source *source, const char *text, size_t length, struct bpr_buf *out)
{
	struct bpr_xml_edit edit = { 0 };
	bpr_status status = bpr_i_xml_edit_open(&edit, &source->bpmn->xml, text, length, w->err);

	if (!status)
		status = bpr_i_rewrite_values(w, source, &edit);
	if (!status) {
		bpr_i_xml_edit_utf8(&edit);
		if (w->flows->source->length >= 3 && !memcmp(w->flows->source->text, "\xef\xbb\xbf", 3))
			bpr_i_buf_puts(out, "\xef\xbb\xbf");
		status = finish(w, &edit, out);
	}
	bpr_i_xml_edit_release(&edit);
	return status;
}

static bpr_status rewrite(struct bpr_writing *w, struct bpr_buf *out)
{
	const struct bpr_source *source = w->flows->source;
	const struct bpr_xml_report report = { source->name, w->problems, w->err };
	struct bpr_buf decoded = BPR_BUF_INIT, buf = BPR_BUF_INIT;
	struct bpr_flows mended = { 0 };
	const char *text = NULL;
	size_t length = 0;
	bpr_status status = bpr_i_xml_decode(&report, source->text, source->length, &decoded, &text, &length);

	if (!status)
		status = mend(w, text, length, &buf, &mended);
	if (!status && mended.source)
		status = complete(w, mended.source, mended.source->text, mended.source->length, out);
	else if (!status)
		status = complete(w, source, text, length, out);
	bpr_flows_release(&mended);
	bpr_i_buf_release(&buf);
	bpr_i_buf_release(&decoded);
	return status;
}

bpr_status bpr_i_write_bpmn(struct bpr_writing *w, struct bpr_buf *out)
{
	const struct bpr_source *source = w->flows->source;
	bpr_status status = source && source->input == BPR_INPUT_BPMN ? rewrite(w, out) : write_model(w, out);

	return status == BPR_ENOMEM || w->nomem ? bpr_i_nomem(w->err) : status;
}
