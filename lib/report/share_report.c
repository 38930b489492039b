/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs as reports: what is in one, and several beside each other. */
#include "config.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "report/json_parts_i.h"
#include "report/render_i.h"
#include "study/share_study_i.h"
#include "study/sheets_i.h"
#include <string.h>

/* ---- JSON: bpr.municipalities/1 ---- */

static void put_figure(struct bpr_json *j, size_t metric, const struct bpr_share_figure *f)
{
	bpr_i_json_object(j, bpr_metric_get(bpr_share_metric(metric))->key);
	bpr_i_put_known(j, "before", f->before, f->known);
	bpr_i_put_known(j, "after", f->after, f->after_known);
	bpr_i_put_known(j, "change", f->change, f->after_known);
	bpr_i_put_known(j, "change_pct", f->before > 0 ? 100 * f->change / f->before : 0, f->after_known && f->before > 0);
	bpr_i_put_known(j, "year_per_10000_before", f->per_before, f->per_known);
	bpr_i_put_known(j, "year_per_10000_after", f->per_after, f->per_known && f->after_known);
	bpr_i_put_known(j, "year_per_10000_change", f->per_change, f->per_known && f->after_known);
	bpr_i_json_end_object(j);
}

static void put_town(struct bpr_json *j, const bpr_share_table *t, size_t town)
{
	const bpr_share *s = bpr_share_table_share(t, town);

	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "municipality", bpr_share_about(s)->municipality);
	bpr_i_json_string(j, "pack", bpr_share_name(s));
	bpr_i_json_string(j, "licence", bpr_share_about(s)->licence);
	bpr_i_json_number(j, "population", bpr_share_population(s));
	bpr_i_put_known(j, "cases_per_year", bpr_share_table_cases(t, town), bpr_share_table_cases(t, town) > 0);
	bpr_i_json_string(j, "after", !bpr_share_after(s) ? NULL : bpr_share_after_by_levers(s) ? "levers" : "flow");
	bpr_i_json_object(j, "figures");
	for (size_t i = 0; i < BPR_SHARE_METRIC_COUNT; i++)
		put_figure(j, i, bpr_share_table_figure(t, town, i));
	bpr_i_json_end_object(j);
	bpr_i_json_end_object(j);
}

static void put_quartiles(struct bpr_json *j, const bpr_share_table *t)
{
	static const char *const views[] = { "before", "after", "change", "year_per_10000_change" };

	bpr_i_json_object(j, "quartiles");
	for (size_t i = 0; i < BPR_SHARE_METRIC_COUNT; i++) {
		bpr_i_json_object(j, bpr_metric_get(bpr_share_metric(i))->key);
		for (int v = 0; v < BPR_SHARE_VIEW_COUNT; v++) {
			struct bpr_share_quartiles q = bpr_share_table_quartiles(t, i, (enum bpr_share_view)v);

			if (!q.known)
				continue;
			bpr_i_json_object(j, views[v]);
			bpr_i_json_number(j, "min", q.min);
			bpr_i_json_number(j, "q1", q.q1);
			bpr_i_json_number(j, "median", q.median);
			bpr_i_json_number(j, "q3", q.q3);
			bpr_i_json_number(j, "max", q.max);
			bpr_i_json_whole(j, "count", q.count);
			bpr_i_json_end_object(j);
		}
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_object(j);
}

static void put_levers(struct bpr_json *j, const bpr_share_table *t)
{
	bpr_i_json_array(j, "levers");
	for (size_t k = 0; k < bpr_share_table_lever_count(t); k++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "kind", bpr_lever_kind_get(bpr_share_table_lever(t, k))->key);
		bpr_i_json_array(j, "effects");
		for (size_t i = 0; i < bpr_share_table_count(t); i++) {
			const struct bpr_share_lever_effect *e = bpr_share_table_effect(t, k, i);

			if (!e->used)
				continue;
			bpr_i_json_object(j, NULL);
			bpr_i_json_string(j, "municipality", bpr_share_about(bpr_share_table_share(t, i))->municipality);
			bpr_i_json_bool(j, "fits", e->fits);
			bpr_i_put_known(j, "visits_saved", e->visits, e->fits);
			bpr_i_put_known(j, "fields_saved", e->fields, e->fits);
			bpr_i_put_known(j, "seals_saved", e->seals, e->fits);
			bpr_i_put_known(j, "citizen_minutes_saved", e->minutes_citizen, e->fits);
			bpr_i_put_known(j, "work_minutes_saved", e->minutes_staff, e->fits);
			bpr_i_put_known(j, "year_hours_saved_per_10000", e->hours_per_10000, e->fits && bpr_share_table_cases(t, i) > 0);
			bpr_i_json_end_object(j);
		}
		bpr_i_json_end_array(j);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void write_json(const bpr_share_table *t, struct bpr_buf *out)
{
	struct bpr_json j = { .out = out, .lines = 3 };

	bpr_i_put_begin(&j, "bpr.municipalities/1");
	bpr_i_json_array(&j, "municipalities");
	for (size_t i = 0; i < bpr_share_table_count(t); i++)
		put_town(&j, t, i);
	bpr_i_json_end_array(&j);
	put_quartiles(&j, t);
	put_levers(&j, t);
	bpr_i_json_end_object(&j);
	bpr_i_buf_putc(out, '\n');
}

/* ---- CSV: a row for each municipality and measure ---- */

static void number(struct bpr_buf *out, double x, bool known)
{
	bpr_i_buf_putc(out, ',');
	if (known)
		bpr_i_buf_number(out, x);
}

static void write_csv(const bpr_share_table *t, struct bpr_buf *out)
{
	bpr_i_buf_puts(out, "municipality,population,cases_per_year,key,before,after,change,change_pct,year_per_10000_before,year_per_10000_after,year_per_10000_change\n");
	for (size_t i = 0; i < bpr_share_table_count(t); i++)
		for (size_t m = 0; m < BPR_SHARE_METRIC_COUNT; m++) {
			const struct bpr_share_figure *f = bpr_share_table_figure(t, i, m);
			const bpr_share *s = bpr_share_table_share(t, i);
			const char *name = bpr_share_about(s)->municipality;

			bpr_i_escape_csv(out, name, strlen(name));
			number(out, bpr_share_population(s), true);
			number(out, bpr_share_table_cases(t, i), bpr_share_table_cases(t, i) > 0);
			bpr_i_buf_printf(out, ",%s", bpr_metric_get(bpr_share_metric(m))->key);
			number(out, f->before, f->known);
			number(out, f->after, f->after_known);
			number(out, f->change, f->after_known);
			number(out, f->before > 0 ? 100 * f->change / f->before : 0, f->after_known && f->before > 0);
			number(out, f->per_before, f->per_known);
			number(out, f->per_after, f->per_known && f->after_known);
			number(out, f->per_change, f->per_known && f->after_known);
			bpr_i_buf_putc(out, '\n');
		}
}

/* ---- the document ---- */

/* A sheet for the towns and measures, one for the levers. */
static bpr_status write_book(struct bpr_document *doc, const struct bpr_report_options *options, struct bpr_buf *out)
{
	struct bpr_sheets *sheets = bpr_i_calloc(1, sizeof(*sheets));
	enum bpr_sheet_key key = BPR_SHEET_KPI;
	bpr_status status = sheets ? BPR_OK : BPR_ENOMEM;

	if (sheets) {
		sheets->doc.lang = doc->lang;
		sheets->items[BPR_SHEET_KPI].name = bpr_text(doc->lang, N_("Municipalities"));
		sheets->items[BPR_SHEET_DETAILS].name = bpr_text(doc->lang, N_("Levers"));
		sheets->data_name = sheets->data_note = "";
		for (size_t i = 0; i < doc->block_count; i++) {
			struct bpr_doc_block *b = &doc->blocks[i];

			if (b->kind == BPR_DOC_HEADING && b->level == 2 && !strcmp(b->text, bpr_text(doc->lang, N_("The same lever in each municipality"))))
				key = BPR_SHEET_DETAILS;
			bpr_i_sheet_add(sheets, b->kind == BPR_DOC_NOTE ? BPR_SHEET_KPI : key, (struct bpr_sheet_block){ .block = b });
		}
		status = sheets->doc.failed ? BPR_ENOMEM : bpr_i_render_xlsx(sheets, 1, options, out);
		bpr_i_sheets_release(sheets);
	}
	bpr_i_free(sheets);
	return status;
}

static bpr_status write_document(const bpr_share_table *t, enum bpr_format format, const struct bpr_report_options *options, struct bpr_buf *out)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(options->lang);
	bpr_status status = BPR_OK;

	bpr_i_study_share(&doc, t);
	if (doc.failed)
		status = BPR_ENOMEM;
	else if (format == BPR_FORMAT_TEXT)
		bpr_i_render_text(&doc, options, out);
	else if (format == BPR_FORMAT_MD)
		bpr_i_render_md(&doc, options, out);
	else if (format == BPR_FORMAT_HTML)
		bpr_i_render_html(&doc, 1, options, out);
	else
		status = write_book(&doc, options, out);
	bpr_i_doc_release(&doc);
	return status;
}

bpr_status bpr_share_table_report(const bpr_share_table *t, enum bpr_format format, const struct bpr_report_options *options,
				  struct bpr_output *out, struct bpr_error *err)
{
	struct bpr_report_options complete = BPR_REPORT_OPTIONS_INIT;
	struct bpr_buf buf = BPR_BUF_INIT;
	bpr_status status = BPR_OK;

	*out = (struct bpr_output){ NULL, 0 };
	if (!bpr_i_options(&complete, options) || format > BPR_FORMAT_XLSX || format == BPR_FORMAT_SHORT)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	if (format == BPR_FORMAT_JSON)
		write_json(t, &buf);
	else if (format == BPR_FORMAT_CSV)
		write_csv(t, &buf);
	else
		status = write_document(t, format, &complete, &buf);
	if (!status)
		status = buf.failed;
	if (status) {
		bpr_i_buf_release(&buf);
		return status == BPR_EIO ? bpr_i_fail(err, BPR_EIO, BPR_I_R005, NULL, 0, NULL, NULL) : bpr_i_nomem(err);
	}
	out->length = buf.length;
	out->data = bpr_i_buf_take(&buf);
	return BPR_OK;
}

/* ---- what is in one pack: bpr.pack/1 ---- */

static void put_changes(struct bpr_json *j, const bpr_share *s)
{
	bpr_i_json_array(j, "changes");
	for (size_t i = 0; i < bpr_share_change_count(s); i++) {
		struct bpr_share_change c = bpr_share_change(s, i);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "flow", c.after ? "after" : "before");
		bpr_i_json_string(j, "key", c.key);
		bpr_i_json_number(j, "was", c.was);
		bpr_i_json_number(j, "is", c.is);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_about(struct bpr_json *j, const bpr_share *s)
{
	const struct bpr_share_about *a = bpr_share_about(s);

	bpr_i_json_string(j, "pack", bpr_share_name(s));
	bpr_i_json_string(j, "made_by", bpr_share_version(s));
	bpr_i_json_string(j, "municipality", a->municipality);
	bpr_i_json_string(j, "licence", a->licence);
	bpr_i_json_number(j, "population", a->population);
	bpr_i_put_known(j, "households", a->households, a->households > 0);
	bpr_i_put_known(j, "area_km2", a->area_km2, a->area_km2 > 0);
	bpr_i_json_string(j, "title", a->title);
	bpr_i_json_string(j, "note", a->note);
	bpr_i_json_string(j, "date", a->date);
	bpr_i_json_array(j, "sources");
	for (size_t i = 0; i < a->source_count; i++)
		bpr_i_json_string(j, NULL, a->sources[i]);
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "allowed");
	for (size_t i = 0; i < bpr_share_allowed_count(s); i++)
		bpr_i_json_string(j, NULL, bpr_share_allowed(s, i));
	bpr_i_json_end_array(j);
}

static void put_files(struct bpr_json *j, const bpr_share *s)
{
	bpr_i_json_array(j, "files");
	for (size_t i = 0; i < bpr_share_file_count(s); i++) {
		struct bpr_share_file f = bpr_share_file(s, i);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", f.name);
		bpr_i_json_string(j, "role", f.role);
		bpr_i_json_whole(j, "bytes", f.length);
		bpr_i_json_string(j, "sha256", *f.sha256 ? f.sha256 : NULL);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void write_pack_json(const bpr_share *s, struct bpr_buf *out)
{
	struct bpr_json j = { .out = out, .lines = 2 };

	bpr_i_put_begin(&j, "bpr.pack/1");
	put_about(&j, s);
	put_files(&j, s);
	bpr_i_json_whole(&j, "levers", bpr_share_levers(s) ? bpr_levers_count(bpr_share_levers(s)) : 0);
	bpr_i_json_string(&j, "after", !bpr_share_after(s) ? NULL : bpr_share_after_by_levers(s) ? "levers" : "flow");
	bpr_i_json_number(&j, "rescaled_to", bpr_share_population(s));
	put_changes(&j, s);
	bpr_i_json_end_object(&j);
	bpr_i_buf_putc(out, '\n');
}

bpr_status bpr_share_report(const bpr_share *share, enum bpr_format format, const struct bpr_report_options *options, struct bpr_output *out,
			    struct bpr_error *err)
{
	struct bpr_report_options complete = BPR_REPORT_OPTIONS_INIT;
	struct bpr_buf buf = BPR_BUF_INIT;
	bpr_status status = BPR_OK;

	*out = (struct bpr_output){ NULL, 0 };
	if (!bpr_i_options(&complete, options) || (format != BPR_FORMAT_JSON && format != BPR_FORMAT_TEXT && format != BPR_FORMAT_MD))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	if (format == BPR_FORMAT_JSON) {
		write_pack_json(share, &buf);
	} else {
		struct bpr_document doc = BPR_DOCUMENT_INIT(complete.lang);

		bpr_i_study_pack(&doc, share);
		if (doc.failed)
			status = BPR_ENOMEM;
		else if (format == BPR_FORMAT_MD)
			bpr_i_render_md(&doc, &complete, &buf);
		else
			bpr_i_render_text(&doc, &complete, &buf);
		bpr_i_doc_release(&doc);
	}
	if (status || buf.failed) {
		bpr_i_buf_release(&buf);
		return bpr_i_nomem(err);
	}
	out->length = buf.length;
	out->data = bpr_i_buf_take(&buf);
	return BPR_OK;
}
