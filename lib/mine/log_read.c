/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of log it is, and whose work it is to read it. */
#include "config.h"
#include "archive/archive_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/options_i.h"
#include "mine/log_i.h"
#include "mine/log_sniff_i.h"
#include <bpr/init.h>
#include <stdio.h>
#include <string.h>

struct opening {
	struct bpr_log_options options;
	bpr_archive *archive;
	struct bpr_buf head;
	struct bpr_fault fault;
};

static bool named_as_log(const char *name)
{
	return bpr_i_log_ending(name);
}

/* The stream, and enough of its beginning to know it by. */
static bpr_status begin(struct opening *o, const char *path, const void *data, size_t length)
{
	const struct bpr_archive_options options = { o->options.max_bytes, named_as_log };
	bpr_status status = bpr_i_archive_open(path, data, length, &options, &o->archive, &o->fault);
	size_t got = 1;

	while (!status && got && o->head.length < BPR_LOG_HEAD) {
		const char *text;

		status = bpr_i_archive_read(o->archive, &text, &got, &o->fault);
		if (!status)
			bpr_i_buf_add(&o->head, text, got);
	}
	if (!status && o->head.failed)
		status = bpr_i_fault(&o->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	return status;
}

static void end(struct opening *o)
{
	bpr_i_archive_free(o->archive);
	bpr_i_buf_release(&o->head);
}

static const char *head_text(const struct opening *o)
{
	return o->head.data ? o->head.data : "";
}

/* Why nothing more could be added to the log. */
static bpr_status log_failure(const struct opening *o, const bpr_log *log, struct bpr_fault *fault)
{
	char limit[32];

	if (log->failed == BPR_ENOMEM)
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	if (log->failed == BPR_ECANCELLED)
		return bpr_i_fault(fault, BPR_ECANCELLED, BPR_I_L016, 0, NULL, NULL, NULL);
	if (log->failed != BPR_ELIMIT)
		return bpr_i_fault(fault, BPR_EIO, BPR_I_L001, 0, NULL, NULL, NULL);
	(void)bpr_i_num_format(limit, sizeof(limit), (double)o->options.max_names);
	return bpr_i_fault(fault, BPR_ELIMIT, BPR_I_L012, 0, limit, NULL, NULL);
}

static bpr_status read_as(struct bpr_log_reading *reading, enum bpr_log_format format)
{
	if (format == BPR_LOG_XES)
		return bpr_i_log_read_xes(reading);
	return format == BPR_LOG_OCEL ? bpr_i_log_read_ocel(reading) : bpr_i_log_read_csv(reading);
}

static bpr_status read_log(struct opening *o, const char *name, bpr_problems *problems, bpr_log **out)
{
	const struct bpr_log_stream source = { bpr_i_archive_read, o->archive };
	struct bpr_log_reading reading = { .options = &o->options, .source = &source, .name = name, .head = head_text(o),
					   .head_length = o->head.length, .problems = problems, .fault = &o->fault };
	enum bpr_log_format format = o->options.format;
	bpr_status status = format ? BPR_OK : bpr_i_log_sniff(reading.head, reading.head_length, &format, &o->fault);
	char rejected[32];

	if (status)
		return status;
	reading.log = bpr_i_log_new(name, format, &o->options);
	if (!reading.log)
		return bpr_i_fault(&o->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	status = read_as(&reading, format);
	if (!status)
		(void)bpr_i_log_finish(reading.log);
	if (reading.log->failed) /* whatever the reader says of it */
		status = log_failure(o, reading.log, &o->fault);
	else if (status == BPR_ECANCELLED)
		(void)bpr_i_fault(&o->fault, status, BPR_I_L016, 0, NULL, NULL, NULL);
	if (!status && !reading.log->info.events) {
		(void)bpr_i_num_format(rejected, sizeof(rejected), (double)reading.log->info.rejected);
		status = bpr_i_fault(&o->fault, BPR_ESYNTAX, BPR_I_L011, 0, rejected, NULL, NULL);
	}
	if (status)
		bpr_log_free(reading.log);
	else
		*out = reading.log;
	return status;
}

/* The fault as a problem of the file, and as the error. */
static bpr_status tell(const struct bpr_fault *fault, const char *name, bpr_problems *problems, struct bpr_error *err)
{
	const struct bpr_place place = { .file = name, .line = fault->line, .column = fault->column };
	const char *const args[4] = { fault->args[0], fault->args[1], fault->args[2], NULL };
	const struct bpr_code *code = bpr_code_at((size_t)fault->id);

	if (!bpr_i_problem(problems, fault->id, &place, true, args[0], args[1], args[2], NULL))
		return bpr_i_nomem(err);
	if (!err)
		return fault->status;
	*err = (struct bpr_error){ .status = fault->status, .line = fault->line };
	(void)snprintf(err->code, sizeof(err->code), "%s", code->code);
	(void)bpr_i_text_fill(err->message, sizeof(err->message), code->message, args);
	return fault->status;
}

static bpr_status run(const char *name, const char *path, const void *data, size_t length, const struct bpr_log_options *options,
		      bpr_log **out, bpr_problems *problems, struct bpr_error *err)
{
	struct opening o = { .options = BPR_LOG_OPTIONS_INIT, .head = BPR_BUF_INIT };
	bpr_status status;

	*out = NULL;
	bpr_init();
	if (!bpr_i_options(&o.options, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	status = begin(&o, path, data, length);
	if (!status)
		status = read_log(&o, name, problems, out);
	end(&o);
	return status ? tell(&o.fault, name, problems, err) : BPR_OK;
}

bpr_status bpr_log_read(const char *path, const struct bpr_log_options *options, bpr_log **out, bpr_problems *problems, struct bpr_error *err)
{
	return run(path, path, NULL, 0, options, out, problems, err);
}

bpr_status bpr_log_read_memory(const char *name, const void *data, size_t length, const struct bpr_log_options *options, bpr_log **out,
			       bpr_problems *problems, struct bpr_error *err)
{
	return run(name, NULL, data, length, options, out, problems, err);
}

bool bpr_log_looks(const char *path, const struct bpr_log_options *options)
{
	struct opening o = { .options = BPR_LOG_OPTIONS_INIT, .head = BPR_BUF_INIT };
	bool looks;

	bpr_init();
	if (!strcmp(path, "-") || !bpr_i_options(&o.options, options))
		return false; /* what is read here would be lost to the reader */
	looks = !begin(&o, path, NULL, 0) && bpr_i_log_sniffs(head_text(&o), o.head.length, &o.options);
	end(&o);
	return looks;
}
