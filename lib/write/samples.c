/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole samples, and exercises, as files to begin with. */
#include "config.h"
#include "write/samples_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include "write/write_i.h"
#include <bpr/write.h>
#include <string.h>

/* A file of a folder to be made, and the file of samples/ that it is. */
struct member { const char *name, *from; };

static const struct member drill[] = {
	{ "pack.ini", "drill/pack.ini" },
	{ "certificates.csv", "kitami/before.csv" },
	{ "certificates.counters.csv", "kitami/before.counters.csv" },
	{ "certificates.demand.csv", "kitami/before.demand.csv" },
	{ "certificates.forms.csv", "kitami/before.forms.csv" },
	{ "certificates.staff.csv", "kitami/before.staff.csv" },
	{ "choices.csv", "drill/choices.csv" },
	{ "household.json", "drill/household.json" },
	{ "morning.csv", "morning/flow.csv" },
	{ "morning.demand.csv", "morning/flow.demand.csv" },
	{ "morning.staff.csv", "morning/flow.staff.csv" },
};

/* A new sample is a row here, and its files in local.mk. */
static const struct sample { const char *name; const struct member *members; size_t count; } samples[] = {
	{ "drill", drill, sizeof(drill) / sizeof(drill[0]) },
};

const char *bpr_sample_get(size_t index)
{
	return index < sizeof(samples) / sizeof(samples[0]) ? samples[index].name : NULL;
}

static bool add_file(struct bpr_files *out, const struct member *member)
{
	const struct bpr_sample_line *line = bpr_i_sample_lines;
	struct bpr_file *file = &out->items[out->count];
	struct bpr_buf text = BPR_BUF_INIT, name = BPR_BUF_INIT;

	while (line->file ? strcmp(line->file, member->from) != 0 : line->line != NULL)
		line++;
	if (line->file)
		for (line++; line->line; line++)
			bpr_i_buf_puts(&text, line->line);
	bpr_i_buf_puts(&name, member->name);
	if (text.failed || name.failed || !text.length) {
		bpr_i_buf_release(&text);
		bpr_i_buf_release(&name);
		return false;
	}
	file->length = text.length;
	file->data = bpr_i_buf_take(&text);
	file->suffix = bpr_i_buf_take(&name);
	out->count++;
	return file->data && file->suffix;
}

bpr_status bpr_sample_new(const char *name, struct bpr_files *out, struct bpr_error *err)
{
	size_t i = 0;

	*out = (struct bpr_files){ NULL, 0 };
	while (i < sizeof(samples) / sizeof(samples[0]) && strcmp(samples[i].name, name) != 0)
		i++;
	if (i == sizeof(samples) / sizeof(samples[0]))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_N003, NULL, 0, name, NULL);
	out->items = bpr_i_calloc(samples[i].count, sizeof(*out->items));
	if (!out->items)
		return bpr_i_nomem(err);
	for (size_t k = 0; k < samples[i].count; k++)
		if (!add_file(out, &samples[i].members[k])) {
			bpr_files_release(out);
			return bpr_i_nomem(err);
		}
	return BPR_OK;
}
