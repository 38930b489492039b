/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of formats, one row each, and the way of a report: subject, study, renderer. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "report/paper_i.h"
#include "report/render_i.h"
#include "study/pages_i.h"
#include "study/sheets_i.h"
#include "study/study_i.h"
#include <string.h>

typedef void render_document(const struct bpr_document *doc, const struct bpr_report_options *options, struct bpr_buf *out);
typedef bpr_status render_results(enum bpr_report_kind kind, const struct bpr_subject *subject,
				  const struct bpr_report_options *options, bool first, struct bpr_buf *out);

struct format {
	const char *name;
	const char *endings[3];    /* with the dot; NULL where fewer */
	render_document *document; /* writes a study */
	render_results *results;   /* writes the results themselves, for machines */
	unsigned kinds;            /* of reports that it serves; 0: all */
};

static const struct format formats[BPR_FORMAT_COUNT] = {
	[BPR_FORMAT_TEXT] = { "text", { ".txt", ".text", NULL }, bpr_i_render_text, NULL, 0 },
	[BPR_FORMAT_MD] = { "md", { ".md", ".markdown", NULL }, bpr_i_render_md, NULL, 0 },
	[BPR_FORMAT_JSON] = { "json", { ".json", NULL, NULL }, NULL, bpr_i_render_json, 0 },
	[BPR_FORMAT_CSV] = { "csv", { ".csv", NULL, NULL }, NULL, bpr_i_render_csv, 0 },
	[BPR_FORMAT_HTML] = { "html", { ".html", ".htm", NULL }, NULL, NULL, 0 },
	[BPR_FORMAT_XLSX] = { "xlsx", { ".xlsx", NULL, NULL }, NULL, NULL, 0 },
	[BPR_FORMAT_SVG] = { "svg", { ".svg", NULL, NULL }, NULL, bpr_i_render_svg, 1u << BPR_REPORT_MINING | 1u << BPR_REPORT_SUGGESTION },
	[BPR_FORMAT_PDF] = { "pdf", { ".pdf", NULL, NULL }, NULL, NULL, 0 },
	[BPR_FORMAT_SHORT] = { "short", { NULL, NULL, NULL }, NULL, bpr_i_render_short, 1u << BPR_REPORT_CHECK },
};

const char *bpr_format_name(enum bpr_format format)
{
	return (size_t)format < BPR_FORMAT_COUNT ? formats[format].name : NULL;
}

enum bpr_format bpr_format_find(const char *name_or_ending)
{
	for (size_t i = 0; i < BPR_FORMAT_COUNT; i++) {
		if (!strcmp(name_or_ending, formats[i].name))
			return (enum bpr_format)i;
		for (size_t k = 0; k < 3 && formats[i].endings[k]; k++)
			if (!strcmp(name_or_ending, formats[i].endings[k]))
				return (enum bpr_format)i;
	}
	return BPR_FORMAT_COUNT;
}

bool bpr_format_serves(enum bpr_format format, enum bpr_report_kind kind)
{
	return (size_t)format < BPR_FORMAT_COUNT && (!formats[format].kinds || formats[format].kinds >> kind & 1u);
}

bool bpr_format_pages(enum bpr_format format)
{
	return format == BPR_FORMAT_HTML || format == BPR_FORMAT_XLSX || format == BPR_FORMAT_PDF;
}

bool bpr_format_languages(enum bpr_format format)
{
	return format == BPR_FORMAT_HTML || format == BPR_FORMAT_XLSX || format == BPR_FORMAT_PDF;
}

void bpr_output_release(struct bpr_output *output)
{
	bpr_i_free(output->data);
	*output = (struct bpr_output){ 0 };
}

static struct bpr_study_options study_options(const struct bpr_report_options *options)
{
	return (struct bpr_study_options){ options->full, options->seed, options->distributions, options->distribution_count, options->above,
					   options->above_given, options->closing, options->keys, options->key_count, options->k, options->arcs };
}

static void write_study(struct bpr_document *doc, enum bpr_report_kind kind, bool pages, const struct bpr_subject *subject,
			const struct bpr_report_options *options)
{
	struct bpr_study_options study = study_options(options);

	if (pages)
		bpr_i_study_pages(doc, kind, subject, &study, options->page);
	else
		bpr_i_study_plain(doc, kind, subject, &study);
}

/* A document in each language. */
static bpr_status write_pages(enum bpr_report_kind kind, const struct bpr_subject *subject, const struct bpr_report_options *options,
			      struct bpr_buf *out)
{
	const enum bpr_lang *langs = options->lang_count ? options->langs : &options->lang;
	size_t count = options->lang_count ? options->lang_count : 1;
	struct bpr_document docs[BPR_LANG_COUNT] = { { .lang = BPR_LANG_EN } };
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < count && i < BPR_LANG_COUNT; i++) {
		docs[i].lang = langs[i];
		write_study(&docs[i], kind, true, subject, options);
		if (docs[i].failed)
			status = BPR_ENOMEM;
	}
	if (!status)
		bpr_i_render_html(docs, count < BPR_LANG_COUNT ? count : BPR_LANG_COUNT, options, out);
	for (size_t i = 0; i < BPR_LANG_COUNT; i++)
		bpr_i_doc_release(&docs[i]);
	return status;
}

/* The same documents on A4, those of a language behind those of the other. */
static bpr_status write_paper(enum bpr_report_kind kind, const struct bpr_subject *subject, const struct bpr_report_options *options,
			      struct bpr_buf *out, struct bpr_error *err)
{
	const enum bpr_lang *langs = options->lang_count ? options->langs : &options->lang;
	size_t count = options->lang_count ? options->lang_count : 1;
	struct bpr_paper papers[BPR_LANG_COUNT] = { BPR_PAPER_INIT(BPR_LANG_EN) };
	bpr_status status = BPR_OK;

	count = count < BPR_LANG_COUNT ? count : BPR_LANG_COUNT;
	for (size_t i = 0; i < count && !status; i++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(langs[i]);

		write_study(&doc, kind, true, subject, options);
		papers[i].lang = langs[i];
		bpr_i_paper_document(&papers[i], &doc, BPR_PAGE_A4, options->scale);
		papers[i].title = bpr_i_arena_strdup(&papers[i].arena, doc.frame.title ? doc.frame.title : "bpr");
		if (doc.failed || papers[i].failed || !papers[i].title)
			status = BPR_ENOMEM;
		bpr_i_doc_release(&doc);
	}
	if (!status)
		status = bpr_i_paper_pdf(papers, count, options->made, out, NULL, err);
	for (size_t i = 0; i < count; i++)
		bpr_i_paper_release(&papers[i]);
	return status;
}

/* Sheets in each language, one after another. */
static bpr_status write_book(enum bpr_report_kind kind, const struct bpr_subject *subject, const struct bpr_report_options *options,
			     struct bpr_buf *out)
{
	const enum bpr_lang *langs = options->lang_count ? options->langs : &options->lang;
	size_t count = options->lang_count ? options->lang_count : 1;
	struct bpr_sheets *sheets = bpr_i_calloc(BPR_LANG_COUNT, sizeof(*sheets));
	struct bpr_study_options study = study_options(options);
	bpr_status status = sheets ? BPR_OK : BPR_ENOMEM;

	if (count > BPR_LANG_COUNT)
		count = BPR_LANG_COUNT;
	for (size_t i = 0; sheets && i < count; i++) {
		bpr_i_sheets_make(&sheets[i], langs[i], kind, subject, &study, options->page);
		if (sheets[i].doc.failed)
			status = BPR_ENOMEM;
	}
	if (!status)
		status = bpr_i_render_xlsx(sheets, count, options, out);
	for (size_t i = 0; sheets && i < BPR_LANG_COUNT; i++)
		bpr_i_sheets_release(&sheets[i]);
	bpr_i_free(sheets);
	return status;
}

/* What a kind of report cannot do without. */
static bool is_complete(enum bpr_report_kind kind, const struct bpr_subject *s)
{
	switch (kind) {
	case BPR_REPORT_ANALYSIS: return s->flow && s->analysis;
	case BPR_REPORT_COMPARISON: return s->flow && s->analysis && s->after_flow && s->after_analysis && s->comparison;
	case BPR_REPORT_CHECK: return true;
	case BPR_REPORT_SIMULATION: return s->flow && s->simulation;
	case BPR_REPORT_MINING: return s->log && s->mining;
	case BPR_REPORT_EVIDENCE: return s->evidence || (s->comparison && s->after_log);
	case BPR_REPORT_CHECKSHEET: return s->procedures && s->sheets && s->sheet_count;
	case BPR_REPORT_MIX: return s->procedures && s->mix;
	case BPR_REPORT_SUGGESTION: return s->flow && s->levers && s->suggestion;
	}
	return false;
}

/* Gives the buffer away, or says that memory ran out. */
static bpr_status hand_over(struct bpr_buf *buf, bpr_status status, struct bpr_output *out, struct bpr_error *err)
{
	if (!status)
		status = buf->failed;
	out->length = buf->length;
	out->data = bpr_i_buf_take(buf);
	if (status || !out->data) {
		bpr_output_release(out);
		if (status == BPR_EUNSUPPORTED) /* said */
			return status;
		if (status == BPR_EIO)
			return bpr_i_fail(err, BPR_EIO, BPR_I_R005, NULL, 0, NULL, NULL);
		if (status == BPR_ELIMIT)
			return bpr_i_fail(err, BPR_ELIMIT, BPR_I_R006, NULL, 0, NULL, NULL);
		return bpr_i_nomem(err);
	}
	return BPR_OK;
}

bpr_status bpr_report_begin(const struct bpr_report_options *options, const struct bpr_report_entry *entries, size_t count,
			    struct bpr_output *out, struct bpr_error *err)
{
	struct bpr_report_options complete = BPR_REPORT_OPTIONS_INIT;
	struct bpr_buf buf = BPR_BUF_INIT;

	*out = (struct bpr_output){ 0 };
	if (!bpr_i_options(&complete, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	bpr_i_html_begin(&complete, entries, count, &buf);
	return hand_over(&buf, BPR_OK, out, err);
}

bpr_status bpr_report_end(const struct bpr_report_options *options, struct bpr_output *out, struct bpr_error *err)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	(void)options;
	*out = (struct bpr_output){ 0 };
	bpr_i_html_end(&buf);
	return hand_over(&buf, BPR_OK, out, err);
}

bpr_status bpr_report(enum bpr_report_kind kind, enum bpr_format format, const struct bpr_subject *subject,
		      const struct bpr_report_options *options, bool first, struct bpr_output *out, struct bpr_error *err)
{
	struct bpr_report_options complete = BPR_REPORT_OPTIONS_INIT;
	struct bpr_buf buf = BPR_BUF_INIT;
	bpr_status status = BPR_OK;

	*out = (struct bpr_output){ 0 };
	if (!bpr_i_options(&complete, options) || !bpr_format_serves(format, kind) || !is_complete(kind, subject) ||
	    !(complete.scale >= 0.5 && complete.scale <= 4))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	if (formats[format].document) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(complete.lang);

		write_study(&doc, kind, false, subject, &complete);
		if (doc.failed)
			status = BPR_ENOMEM;
		else
			formats[format].document(&doc, &complete, &buf);
		bpr_i_doc_release(&doc);
	} else if (format == BPR_FORMAT_HTML) {
		status = write_pages(kind, subject, &complete, &buf);
	} else if (format == BPR_FORMAT_XLSX) {
		status = write_book(kind, subject, &complete, &buf);
	} else if (format == BPR_FORMAT_PDF) {
		status = write_paper(kind, subject, &complete, &buf, err);
	} else {
		if (format == BPR_FORMAT_CSV && complete.bom)
			bpr_i_buf_puts(&buf, "\xef\xbb\xbf");
		status = formats[format].results(kind, subject, &complete, first, &buf);
	}
	return hand_over(&buf, status, out, err);
}
