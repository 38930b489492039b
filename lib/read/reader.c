/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of all formats share: noting problems, names beside the input, finishing a flow. */
#include "config.h"
#include "read/source_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include <stdio.h>
#include <string.h>

struct bpr_build_options bpr_i_reader_build_options(struct bpr_reader *reader)
{
	return (struct bpr_build_options){
		.max_nodes = reader->options->max_nodes,
		.max_field = reader->options->max_field,
		.sets = reader->options->sets,
		.set_count = reader->options->set_count,
		.set_used = reader->set_used,
		.origins = reader->options->origins,
		.lenient = reader->lenient,
		.load_emp = reader->path ? bpr_i_reader_load_emp : NULL,
		.load_times = reader->path ? bpr_i_reader_load_times : NULL,
		.load_data = reader,
	};
}

/* Where the last part of a path begins. */
static size_t base_at(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

size_t bpr_i_reader_stem(const struct bpr_reader *reader, const char **stem)
{
	const char *base = reader->name + base_at(reader->name);
	const char *dot = strrchr(base, '.');

	*stem = base;
	return dot && dot != base ? (size_t)(dot - base) : strlen(base);
}

char *bpr_i_reader_beside(const struct bpr_reader *reader, const char *name, size_t length)
{
	struct bpr_buf path = BPR_BUF_INIT;

	bpr_i_buf_add(&path, reader->path, base_at(reader->path));
	bpr_i_buf_add(&path, name, length);
	return bpr_i_buf_take(&path);
}

bool bpr_i_reader_full(const struct bpr_reader *reader)
{
	return bpr_i_problems_full(reader->problems, reader->from);
}

void bpr_i_reader_note(struct bpr_reader *reader, enum bpr_code_id id, const struct bpr_place *place, const char *a1,
		       const char *a2, const char *a3)
{
	if (!bpr_i_problem(reader->problems, id, place, true, a1, a2, a3, NULL))
		reader->nomem = true;
}

/* An error in words, from its code; `where` names the element. */
static void set_error(struct bpr_error *err, bpr_status status, const struct bpr_code *code, size_t line,
		      const char *where, const char *const args[4])
{
	struct bpr_fault cut; /* for its cutting of texts at a character */

	if (!err)
		return;
	*err = (struct bpr_error){ .status = status, .line = line };
	(void)snprintf(err->code, sizeof(err->code), "%s", code->code);
	(void)bpr_i_fault(&cut, status, BPR_I_I001, line, where, NULL, NULL);
	memcpy(err->element, cut.args[0], sizeof(err->element));
	(void)bpr_i_text_fill(err->message, sizeof(err->message), code->message, args);
}

bpr_status bpr_i_reader_fault(struct bpr_reader *reader, const char *file, const struct bpr_fault *fault)
{
	const struct bpr_place place = { .file = file, .line = fault->line, .column = fault->column };
	const char *const args[4] = { fault->args[0], fault->args[1], fault->args[2], NULL };

	bpr_i_reader_note(reader, fault->id, &place, args[0], args[1], args[2]);
	set_error(reader->err, fault->status, bpr_code_at((size_t)fault->id), fault->line, NULL, args);
	return fault->status;
}

bpr_status bpr_i_reader_expand(struct bpr_reader *reader, size_t bytes, const struct bpr_place *place)
{
	char limit[32];

	reader->expanded_bytes += bytes;
	if (reader->expanded_bytes <= reader->options->max_bytes)
		return BPR_OK;
	(void)bpr_i_num_format(limit, sizeof(limit), (double)reader->options->max_bytes);
	bpr_i_reader_note(reader, BPR_I_T027, place, limit, NULL, NULL);
	return BPR_ELIMIT;
}

bpr_status bpr_i_reader_fail(struct bpr_reader *reader, bpr_status status, enum bpr_code_id id, size_t line,
			     const char *a1, const char *a2)
{
	struct bpr_fault fault;

	(void)bpr_i_fault(&fault, status, id, line, a1, a2, NULL);
	return bpr_i_reader_fault(reader, reader->name, &fault);
}

/* Whether a part that only notes problems ran out of memory. */
static bool noted_nomem(const struct bpr_reader *reader)
{
	for (size_t i = reader->from; i < bpr_problems_count(reader->problems); i++)
		if (bpr_problems_get(reader->problems, i).code == bpr_code_at((size_t)BPR_I_I001))
			return true;
	return reader->nomem;
}

/* The first error of this input (of a code, NULL: any) in reader->err, under the status. */
static bool tell_first_error(struct bpr_reader *reader, bpr_status status, const struct bpr_code *code)
{
	for (size_t i = reader->from; i < bpr_problems_count(reader->problems); i++) {
		const struct bpr_problem p = bpr_problems_get(reader->problems, i);

		if (p.severity != BPR_SEVERITY_ERROR || (code && p.code != code))
			continue;
		set_error(reader->err, status, p.code, p.line, p.where, p.args);
		return true;
	}
	return false;
}

bpr_status bpr_i_reader_status(struct bpr_reader *reader)
{
	if (reader->nomem)
		return bpr_i_nomem(reader->err);
	return !reader->lenient && tell_first_error(reader, BPR_ESYNTAX, NULL) ? BPR_ESYNTAX : BPR_OK;
}

bpr_status bpr_i_reader_refuse(struct bpr_reader *reader, enum bpr_code_id id)
{
	(void)tell_first_error(reader, BPR_ESYNTAX, bpr_code_at((size_t)id));
	return BPR_ESYNTAX;
}

bpr_status bpr_i_reader_complete(struct bpr_reader *reader, bpr_status status)
{
	if (status == BPR_ENOMEM || noted_nomem(reader)) {
		(void)bpr_i_problem(reader->problems, BPR_I_I001, NULL, true, NULL, NULL, NULL, NULL);
		return bpr_i_nomem(reader->err);
	}
	if (reader->err && reader->err->status != status)
		(void)tell_first_error(reader, status, NULL);
	return status;
}

static bpr_status add_flow(struct bpr_flows *flows, bpr_flow *flow, struct bpr_error *err)
{
	bpr_flow **items = bpr_i_realloc(flows->items, flows->count + 1, sizeof(*items));

	if (!items)
		return bpr_i_nomem(err);
	items[flows->count++] = flow;
	flows->items = items;
	return BPR_OK;
}

bpr_status bpr_i_reader_finish(struct bpr_reader *reader, bpr_builder *b, struct bpr_flows *out)
{
	bpr_flow *flow = NULL;
	bpr_status status = bpr_i_builder_finish(b, &flow, reader->err);

	/* Errors that the builder does not know of: of rows and headings, of companions. */
	if (status == BPR_OK || status == BPR_ESYNTAX) {
		bpr_status noted = bpr_i_reader_status(reader);

		status = noted ? noted : status;
	}
	if (!status)
		status = add_flow(out, flow, reader->err);
	if (status)
		bpr_flow_free(flow);
	return status;
}

void bpr_flows_release(struct bpr_flows *flows)
{
	for (size_t i = 0; i < flows->count; i++)
		bpr_flow_free(flows->items[i]);
	bpr_i_free(flows->items);
	bpr_i_free(flows->messages);
	bpr_i_source_free(flows->source);
	*flows = (struct bpr_flows){ 0 };
}
