/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files to begin with, see bpr/template.h. */
#include "config.h"
#include "base/options_i.h"
#include "base/text_i.h"
#include "write/blank_i.h"
#include "write/template_i.h"
#include "write/write_i.h"
#include <bpr/init.h>
#include <bpr/read.h>
#include <bpr/template.h>
#include <string.h>

static const char bom[] = "\xef\xbb\xbf";

const char *bpr_template_name(enum bpr_template what)
{
	static const char *const names[BPR_TEMPLATE_COUNT] = { "flow", "bpmn", "levers", "procedures", "sample", "drill" };

	return (size_t)what < BPR_TEMPLATE_COUNT ? names[what] : NULL;
}

bool bpr_template_is_folder(enum bpr_template what)
{
	return what == BPR_TEMPLATE_SAMPLE || what == BPR_TEMPLATE_DRILL;
}

/* ---- files that are compiled in ---- */

static bpr_status add_file(struct bpr_writing *w, const char *name, const char *suffix)
{
	const struct bpr_template_file *file = bpr_i_template_files;
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t n = strlen(name);
	bpr_status status;

	while (file->name && strcmp(file->name, name) != 0)
		file++;
	if (n > 4 && !strcmp(name + n - 4, ".csv"))
		bpr_i_buf_puts(&buf, bom);
	for (size_t i = 0; file->name && file->lines[i]; i++)
		bpr_i_buf_puts(&buf, file->lines[i]);
	status = bpr_i_writing_add(w, suffix, &buf);
	bpr_i_buf_release(&buf);
	return status;
}

static bpr_status add_sample(struct bpr_writing *w, bool japanese)
{
	static const char *const names[] = {
		"before.csv", "before.forms.csv", "before.counters.csv", "before.staff.csv", "before.demand.csv",
		"after.csv", "after.forms.csv", "after.counters.csv", "after.staff.csv", "after.demand.csv", "levers.csv",
		"procedures.csv", "households.json",
	};
	bpr_status status = add_file(w, japanese ? "README.ja.md" : "README.en.md", "README.md");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !status; i++)
		status = add_file(w, names[i], names[i]);
	return status;
}

/* The flows of two samples, under names that say what they are about. */
static bpr_status add_drill(struct bpr_writing *w)
{
	static const struct { const char *from, *name; } files[] = {
		{ "pack.ini", "pack.ini" },
		{ "before.csv", "certificates.csv" },
		{ "before.forms.csv", "certificates.forms.csv" },
		{ "before.counters.csv", "certificates.counters.csv" },
		{ "before.staff.csv", "certificates.staff.csv" },
		{ "before.demand.csv", "certificates.demand.csv" },
		{ "flow.csv", "morning.csv" },
		{ "flow.staff.csv", "morning.staff.csv" },
		{ "flow.demand.csv", "morning.demand.csv" },
		{ "choices.csv", "choices.csv" },
		{ "procedures.csv", "procedures.csv" },
		{ "household.json", "household.json" },
	};
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && !status; i++)
		status = add_file(w, files[i].from, files[i].name);
	return status;
}

/* ---- the flow table ---- */

/* Cells of the examples hold nothing that CSV would have to quote but lists. */
static void put_cell(struct bpr_buf *out, const char *text, size_t length, bool first)
{
	bool quote = memchr(text, ',', length) || memchr(text, '"', length);

	bpr_i_buf_puts(out, first ? "" : ",");
	bpr_i_buf_puts(out, quote ? "\"" : "");
	for (size_t i = 0; i < length; i++) {
		bpr_i_buf_puts(out, text[i] == '"' ? "\"" : "");
		bpr_i_buf_putc(out, text[i]);
	}
	bpr_i_buf_puts(out, quote ? "\"" : "");
}

static void put_heading(struct bpr_buf *out, const struct bpr_blank_table *t, size_t i, enum bpr_lang lang)
{
	const struct bpr_blank_column *c = &t->columns[i];
	const struct bpr_column *column = bpr_i_column_find(t->table, c->key, strlen(c->key));
	struct bpr_buf text = BPR_BUF_INIT;

	if (lang == BPR_LANG_JA)
		bpr_i_buf_add(&text, column->headings, strcspn(column->headings, "|"));
	else
		bpr_i_buf_puts(&text, column->key);
	bpr_i_buf_puts(&text, c->unit[lang] ? c->unit[lang] : "");
	put_cell(out, text.data ? text.data : "", text.length, !i);
	if (text.failed)
		out->failed = text.failed;
	bpr_i_buf_release(&text);
}

static void put_rows(struct bpr_buf *out, const struct bpr_blank_table *t, enum bpr_lang lang)
{
	for (size_t k = 0; k < t->example_count; k++) {
		const char *at = t->example[lang][k];

		for (bool first = true;; first = false) {
			size_t n = strcspn(at, "|");

			put_cell(out, at, n, first);
			at += n;
			if (!*at++)
				break;
		}
		bpr_i_buf_puts(out, "\n");
	}
}

/* Of the demand the columns are its keys, below each other. */
static void put_demand(struct bpr_buf *out, const struct bpr_blank_table *t, enum bpr_lang lang, bool example)
{
	bpr_i_buf_puts(out, lang == BPR_LANG_JA ? "項目,値\n" : "key,value\n");
	if (example) {
		put_rows(out, t, lang);
		return;
	}
	for (size_t i = 0; i < t->count; i++) {
		put_heading(out, t, i, lang);
		bpr_i_buf_puts(out, ",\n");
		if (out->failed)
			break;
	}
}

static void put_table(struct bpr_buf *out, const struct bpr_blank_table *t, enum bpr_lang lang, bool example)
{
	bpr_i_buf_puts(out, bom);
	if (t->table == BPR_TABLE_DEMAND) {
		put_demand(out, t, lang, example);
		return;
	}
	if (t->table == BPR_TABLE_FLOW && example) {
		const char *title = bpr_i_blank_title(lang);

		put_cell(out, title, strlen(title), true);
		bpr_i_buf_puts(out, "\n");
	}
	for (size_t i = 0; i < t->count; i++)
		put_heading(out, t, i, lang);
	bpr_i_buf_puts(out, "\n");
	if (example)
		put_rows(out, t, lang);
}

static bpr_status add_flow(struct bpr_writing *w, enum bpr_lang lang, bool example)
{
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < BPR_BLANK_TABLES && !status; i++) {
		const struct bpr_blank_table *t = bpr_i_blank_table(i);
		struct bpr_buf buf = BPR_BUF_INIT, suffix = BPR_BUF_INIT;

		put_table(&buf, t, lang, example);
		if (t->table != BPR_TABLE_FLOW)
			bpr_i_buf_printf(&suffix, ".%s.csv", bpr_i_table_name(t->table));
		status = suffix.failed ? suffix.failed : bpr_i_writing_add(w, suffix.data ? suffix.data : "", &buf);
		bpr_i_buf_release(&buf);
		bpr_i_buf_release(&suffix);
	}
	return status;
}

/* The example of the workbook, read and written again: with its diagram. */
static bpr_status make_bpmn(enum bpr_lang lang, struct bpr_files *out, struct bpr_error *err)
{
	struct bpr_workbook_options options = BPR_WORKBOOK_OPTIONS_INIT;
	struct bpr_files book = { NULL, 0 };
	struct bpr_flows flows = { 0 };
	bpr_status status;

	options.lang = lang;
	options.example = true;
	status = bpr_workbook_new(&options, &book, err);
	if (!status)
		status = bpr_read_memory("flow.xlsx", book.items[0].data, book.items[0].length, NULL, &flows, NULL, err);
	if (!status)
		status = bpr_write(&flows, NULL, 0, BPR_WRITE_BPMN, NULL, out, NULL, err);
	bpr_flows_release(&flows);
	bpr_files_release(&book);
	return status;
}

bpr_status bpr_template_new(enum bpr_template what, const struct bpr_template_options *options, struct bpr_files *out, struct bpr_error *err)
{
	struct bpr_template_options o = BPR_TEMPLATE_OPTIONS_INIT;
	struct bpr_writing w = { .out = out, .err = err };
	bpr_status status = BPR_OK;

	bpr_init();
	*out = (struct bpr_files){ 0 };
	if (err)
		*err = (struct bpr_error){ .status = BPR_OK };
	if (!bpr_i_options(&o, options) || (size_t)o.lang >= BPR_LANG_COUNT || (size_t)what >= BPR_TEMPLATE_COUNT)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_N002, NULL, 0, NULL, NULL);
	switch (what) {
	case BPR_TEMPLATE_FLOW: status = add_flow(&w, o.lang, o.example); break;
	case BPR_TEMPLATE_BPMN: return make_bpmn(o.lang, out, err);
	case BPR_TEMPLATE_LEVERS: status = add_file(&w, o.lang == BPR_LANG_JA ? "levers.ja.csv" : "levers.en.csv", ""); break;
	case BPR_TEMPLATE_PROCEDURES: status = add_file(&w, o.lang == BPR_LANG_JA ? "procedures.ja.csv" : "procedures.en.csv", ""); break;
	case BPR_TEMPLATE_SAMPLE: status = add_sample(&w, o.lang == BPR_LANG_JA); break;
	case BPR_TEMPLATE_DRILL: status = add_drill(&w); break;
	case BPR_TEMPLATE_COUNT: break;
	}
	if (status)
		bpr_files_release(out);
	return status ? bpr_i_nomem(err) : BPR_OK;
}
