/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input into flows: opened, told apart by its first bytes and its name, handed to its reader. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "base/num_i.h"
#include "base/options_i.h"
#include "base/text_i.h"
#include "read/source_i.h"
#include "xlsx/read_i.h"
#include <bpr/init.h>
#include <string.h>
#include <strings.h>

/* What people try that is neither a table nor BPMN, by its first bytes. */
static const struct {
	const char *bytes;
	size_t length;
	const char *what; /* English message id */
} others[] = {
	{ "\xd0\xcf\x11\xe0", 4, BPR_I_ARG N_("document of old Office programs (.xls, .doc, .vsd)") },
	{ "%PDF", 4, BPR_I_ARG N_("PDF document") },
	{ "\x1f\x8b", 2, BPR_I_ARG N_("compressed file (.gz)") },
	{ "\xfd" "7zXZ", 5, BPR_I_ARG N_("compressed file (.xz)") },
	{ "\x89PNG", 4, BPR_I_ARG N_("picture") },
	{ "\xff\xd8\xff", 3, BPR_I_ARG N_("picture") },
};

static const char *other_format(const char *data, size_t length)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (length >= others[i].length && !memcmp(data, others[i].bytes, others[i].length))
			return others[i].what;
	return NULL;
}

/* The next character from *at on that is none of blanks, in UTF-16 too; '\0' at the end. *at is behind it. */
static char next_sign(const char *data, size_t length, size_t *at)
{
	while (*at < length && (!data[*at] || data[*at] == ' ' || data[*at] == '\t' || data[*at] == '\r' || data[*at] == '\n'))
		++*at;
	return *at < length ? data[(*at)++] : '\0';
}

/*
 * By its first characters, behind a byte order mark: XML begins with '<', JSON of flows with '{' or '[' and '{'; no table does.
 * AUTO: none of them.
 */
static enum bpr_input by_content(const char *data, size_t length)
{
	size_t at = length >= 3 && !memcmp(data, "\xef\xbb\xbf", 3) ? 3 : bpr_i_encoding_has_utf16_bom(data, length) ? 2 : 0;
	char sign = next_sign(data, length, &at);

	if (sign == '<')
		return BPR_INPUT_BPMN;
	if (sign == '[') {
		sign = next_sign(data, length, &at);
		return sign == '{' || sign == ']' ? BPR_INPUT_JSON : BPR_INPUT_AUTO;
	}
	return sign == '{' ? BPR_INPUT_JSON : BPR_INPUT_AUTO;
}

/* Names that promise a format: what is something else is then called so, not a table without headings. */
static enum bpr_input by_ending(const char *name)
{
	static const struct { const char *ending; enum bpr_input input; } endings[] = {
		{ ".bpmn", BPR_INPUT_BPMN }, { ".bpmn2", BPR_INPUT_BPMN }, { ".xml", BPR_INPUT_BPMN }, { ".json", BPR_INPUT_JSON },
	};
	size_t length = strlen(name);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i].ending);

		if (length > n && !strcasecmp(name + length - n, endings[i].ending))
			return endings[i].input;
	}
	return BPR_INPUT_TABLE;
}

/* A table or JSON: text, whose bytes need not be kept once it is decoded. */
static bpr_status read_text(struct bpr_reader *reader, enum bpr_input input, char **data, size_t length, struct bpr_flows *out)
{
	enum bpr_encoding encoding = BPR_ENCODING_AUTO;
	struct bpr_decoded text;
	struct bpr_fault fault;
	const char *name = reader->options->encoding;
	bpr_status status;

	if (input == BPR_INPUT_JSON)
		encoding = bpr_i_encoding_has_utf16_bom(*data, length) ? BPR_ENCODING_UTF16 : BPR_ENCODING_UTF8;
	else if (name && !bpr_i_encoding_find(name, &encoding))
		return bpr_i_reader_fail(reader, BPR_EINVAL, BPR_I_I015, 0, name, NULL);
	if (bpr_i_decode(*data, length, encoding, &text, &fault))
		return bpr_i_reader_fault(reader, reader->name, &fault);
	if (text.owned) {
		/* A large table need not be held twice. */
		bpr_i_free(*data);
		*data = NULL;
	}
	status = input == BPR_INPUT_JSON ? bpr_i_read_json(reader, text.text, text.length, out) :
					   bpr_i_read_table(reader, text.text, text.length, out);
	if (!status && reader->options->source) {
		/* What was decoded is kept, not the bytes. */
		out->source = bpr_i_source_new(input, reader->name, text.owned ? text.owned : *data,
					       text.text, text.length);
		if (!out->source)
			status = bpr_i_nomem(reader->err);
		else if (text.owned)
			text.owned = NULL;
		else
			*data = NULL;
	}
	bpr_i_free(text.owned);
	return status;
}

/* Simulation data beside what cannot have any. */
static void note_simulations(struct bpr_reader *reader)
{
	const struct bpr_place place = { .file = reader->name };

	if (reader->options->simulation_count)
		bpr_i_reader_note(reader, BPR_I_X132, &place, NULL, NULL, NULL);
}

/* *data is freed early where it is no longer needed, and NULL then. */
static bpr_status read_bytes(struct bpr_reader *reader, char **data, size_t length, struct bpr_flows *out)
{
	enum bpr_input input = reader->options->input;
	const char *other = other_format(*data, length);
	enum bpr_code_id old;

	if (bpr_i_xlsx_likely(*data, length)) {
		note_simulations(reader);
		return bpr_i_read_workbook(reader, *data, length, out);
	}
	if (bpr_i_xlsx_old(*data, length, &old))
		return bpr_i_reader_fail(reader, BPR_EUNSUPPORTED, old, 0, NULL, NULL);
	if (other)
		return bpr_i_reader_fail(reader, BPR_EUNSUPPORTED, BPR_I_I016, 0, other, NULL);
	if (input == BPR_INPUT_AUTO)
		input = by_content(*data, length);
	if (input == BPR_INPUT_AUTO)
		input = by_ending(reader->name);
	if (input == BPR_INPUT_BPMN)
		return bpr_i_read_bpmn(reader, data, length, out);
	note_simulations(reader);
	return read_text(reader, input, data, length, out);
}

static bpr_status run(struct bpr_reader *reader, char **data, size_t length, struct bpr_flows *out)
{
	bpr_status status;
	size_t errors;

	if (reader->options->set_count) {
		reader->set_used = bpr_i_calloc(reader->options->set_count, 1);
		if (!reader->set_used)
			return bpr_i_nomem(reader->err);
	}
	status = read_bytes(reader, data, length, out);
	errors = bpr_problems_count_severity(reader->problems, BPR_SEVERITY_ERROR);
	if (!status && reader->set_used) {
		const struct bpr_build_options build = bpr_i_reader_build_options(reader);

		bpr_i_set_unused(&build, out->items, out->count, reader->problems);
		if (bpr_problems_count_severity(reader->problems, BPR_SEVERITY_ERROR) > errors)
			status = bpr_i_reader_refuse(reader, BPR_I_U002);
	}
	return status;
}

/* path NULL: data is the input. */
static bpr_status read_input(struct bpr_reader *reader, const char *path, const void *memory, size_t length,
			     struct bpr_flows *out)
{
	struct bpr_fault fault;
	char *data = NULL;
	bpr_status status;

	if (path) {
		status = bpr_i_file_read(path, reader->options->max_bytes, &data, &length, &fault);
		if (status)
			return bpr_i_reader_fault(reader, reader->name, &fault);
	} else if (length > reader->options->max_bytes) {
		char limit[32];

		(void)bpr_i_num_format(limit, sizeof(limit), (double)reader->options->max_bytes);
		return bpr_i_reader_fail(reader, BPR_ELIMIT, BPR_I_I005, 0, limit, NULL);
	} else if (!length) {
		return bpr_i_reader_fail(reader, BPR_ESYNTAX, BPR_I_I004, 0, NULL, NULL);
	} else {
		data = bpr_i_realloc(NULL, length + 1, 1);
		if (!data)
			return bpr_i_nomem(reader->err);
		memcpy(data, memory, length);
		data[length] = '\0';
	}
	status = run(reader, &data, length, out);
	bpr_i_free(data);
	return status;
}

static bpr_status read_any(const char *name, const char *path, const void *memory, size_t length,
			   const struct bpr_read_options *options, struct bpr_flows *out, bpr_problems *problems,
			   struct bpr_error *err)
{
	struct bpr_read_options complete = BPR_READ_OPTIONS_INIT;
	struct bpr_reader reader = { .name = name, .options = &complete, .problems = problems, .err = err };
	bpr_problems *own = NULL;
	bpr_status status;

	bpr_init();
	*out = (struct bpr_flows){ 0 };
	if (err)
		*err = (struct bpr_error){ .status = BPR_OK };
	if (!bpr_i_options(&complete, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	if (!problems) {
		/* Errors are counted in the list, so there is one. */
		status = bpr_problems_new(&own, err);
		if (status)
			return status;
		reader.problems = own;
	}
	reader.from = bpr_problems_count(reader.problems);
	if (path && strcmp(path, "-") != 0)
		reader.path = path;
	status = read_input(&reader, path, memory, length, out);
	/* A cell that was not understood for lack of memory is no error of the input. */
	if (bpr_i_problems_nomem(reader.problems))
		status = BPR_ENOMEM;
	if (status) {
		bpr_source *source = status == BPR_ESYNTAX ? out->source : NULL;

		if (source)
			out->source = NULL;
		bpr_flows_release(out);
		out->source = source;
		status = bpr_i_reader_complete(&reader, status);
	} else if (out->source) {
		memcpy(out->source->companions, reader.companions, sizeof(reader.companions));
		memset(reader.companions, 0, sizeof(reader.companions));
	}
	bpr_i_reader_release(&reader);
	bpr_problems_free(own);
	return status;
}

bpr_status bpr_read(const char *path, const struct bpr_read_options *options, struct bpr_flows *out,
		    bpr_problems *problems, struct bpr_error *err)
{
	return read_any(strcmp(path, "-") ? path : "stdin", path, NULL, 0, options, out, problems, err);
}

bpr_status bpr_read_memory(const char *name, const void *data, size_t length, const struct bpr_read_options *options,
			   struct bpr_flows *out, bpr_problems *problems, struct bpr_error *err)
{
	return read_any(name, NULL, data, length, options, out, problems, err);
}
