/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of formats, one row each, and what their writers share. */
#include "config.h"
#include "base/options_i.h"
#include "base/text_i.h"
#include "write/write_i.h"
#include <bpr/init.h>
#include <string.h>

struct format {
	const char *name;
	const char *endings[3];  /* with the dot, the usual one first; NULL where fewer */
	bool several;            /* a file holds several flows */
	bpr_status (*write)(struct bpr_writing *w);
};

static bpr_status write_bpmn(struct bpr_writing *w)
{
	struct bpr_buf text = BPR_BUF_INIT;
	bpr_status status = bpr_i_write_bpmn(w, &text);

	if (!status)
		status = bpr_i_writing_add(w, "", &text);
	bpr_i_buf_release(&text);
	return status;
}

static const struct format formats[BPR_WRITE_COUNT] = {
	[BPR_WRITE_CSV] = { "csv", { ".csv", NULL, NULL }, false, bpr_i_write_csv },
	[BPR_WRITE_XLSX] = { "xlsx", { ".xlsx", NULL, NULL }, false, bpr_i_write_xlsx },
	[BPR_WRITE_JSON] = { "json", { ".json", NULL, NULL }, true, bpr_i_write_json },
	[BPR_WRITE_BPMN] = { "bpmn", { ".bpmn", ".bpmn2", ".xml" }, true, write_bpmn },
	[BPR_WRITE_DOT] = { "dot", { ".dot", ".gv", NULL }, true, bpr_i_write_dot },
};

const char *bpr_write_format_name(enum bpr_write_format format)
{
	return (size_t)format < BPR_WRITE_COUNT ? formats[format].name : NULL;
}

const char *bpr_write_format_ending(enum bpr_write_format format)
{
	return (size_t)format < BPR_WRITE_COUNT ? formats[format].endings[0] : NULL;
}

bool bpr_write_format_holds_several(enum bpr_write_format format)
{
	return (size_t)format < BPR_WRITE_COUNT && formats[format].several;
}

enum bpr_write_format bpr_write_format_find(const char *name_or_ending)
{
	for (size_t i = 0; i < BPR_WRITE_COUNT; i++) {
		if (!strcmp(name_or_ending, formats[i].name))
			return (enum bpr_write_format)i;
		for (size_t k = 0; k < 3 && formats[i].endings[k]; k++)
			if (!strcmp(name_or_ending, formats[i].endings[k]))
				return (enum bpr_write_format)i;
	}
	return BPR_WRITE_COUNT;
}

void bpr_files_release(struct bpr_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		bpr_i_free(files->items[i].suffix);
		bpr_i_free(files->items[i].data);
	}
	bpr_i_free(files->items);
	*files = (struct bpr_files){ 0 };
}

const bpr_flow *bpr_i_writing_flow(const struct bpr_writing *w, size_t i)
{
	return w->flows->items[w->chosen[i]];
}

void bpr_i_writing_note(struct bpr_writing *w, enum bpr_code_id id, const bpr_flow *flow, const char *where, const char *a1,
			const char *a2, const char *a3)
{
	const struct bpr_place place = { .file = flow ? bpr_flow_source(flow) : NULL, .where = where };

	if (!bpr_i_problem(w->problems, id, &place, true, a1, a2, a3, NULL))
		w->nomem = true;
}

bpr_status bpr_i_writing_add(struct bpr_writing *w, const char *suffix, struct bpr_buf *buf)
{
	size_t length = strlen(suffix);
	struct bpr_file *items = bpr_i_realloc(w->out->items, w->out->count + 1, sizeof(*items));
	struct bpr_file *file;

	if (!items)
		return BPR_ENOMEM;
	w->out->items = items;
	file = &items[w->out->count];
	*file = (struct bpr_file){ .length = buf->length };
	if (buf->failed)
		return buf->failed;
	file->suffix = bpr_i_realloc(NULL, length + 1, 1);
	file->data = bpr_i_buf_take(buf);
	if (!file->suffix || !file->data) {
		bpr_i_free(file->suffix);
		bpr_i_free(file->data);
		return BPR_ENOMEM;
	}
	memcpy(file->suffix, suffix, length + 1);
	w->out->count++;
	return BPR_OK;
}

static bool chosen_in_range(const struct bpr_writing *w)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->chosen[i] >= w->flows->count)
			return false;
	return w->count > 0;
}

static bpr_status run(struct bpr_writing *w, enum bpr_write_format format)
{
	bpr_status status;

	if ((size_t)format >= BPR_WRITE_COUNT || !chosen_in_range(w) || (w->count > 1 && !formats[format].several))
		return bpr_i_fail(w->err, BPR_EINVAL, BPR_I_W001, NULL, 0, NULL, NULL);
	status = formats[format].write(w);
	if (status == BPR_ENOMEM || w->nomem)
		return bpr_i_nomem(w->err);
	return status;
}

bpr_status bpr_write(const struct bpr_flows *flows, const size_t *chosen, size_t count, enum bpr_write_format format,
		     const struct bpr_write_options *options, struct bpr_files *out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_write_options complete = BPR_WRITE_OPTIONS_INIT;
	struct bpr_writing w = { .flows = flows, .chosen = chosen, .count = chosen ? count : flows->count, .options = &complete,
				 .problems = problems, .err = err, .out = out };
	size_t *all = NULL;
	bpr_status status;

	bpr_init();
	*out = (struct bpr_files){ 0 };
	if (err)
		*err = (struct bpr_error){ .status = BPR_OK };
	if (!bpr_i_options(&complete, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_W001, NULL, 0, NULL, NULL);
	if (!chosen) {
		all = bpr_i_calloc(flows->count, sizeof(*all));
		if (!all)
			return bpr_i_nomem(err);
		for (size_t i = 0; i < flows->count; i++)
			all[i] = i;
		w.chosen = all;
	}
	status = run(&w, format);
	if (status)
		bpr_files_release(out);
	bpr_i_free(all);
	return status;
}
