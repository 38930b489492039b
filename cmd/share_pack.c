/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr share pack: reading what goes into a pack. */
#include "config.h"
#include "load.h"
#include "output.h"
#include "say.h"
#include "share.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct parts {
	struct loaded sides[2]; size_t side_count;
	bpr_levers *levers;
	struct bpr_output mined;   /* of a log */
	char *json; size_t json_length; /* of a file */
	bpr_problems *problems;
};

/* ---- measured results ---- */

static int mine_log(const char *path, struct parts *p)
{
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;
	struct bpr_report_options report = BPR_REPORT_OPTIONS_INIT;
	struct bpr_subject subject = { .problems = p->problems };
	bpr_log *log = NULL;
	bpr_mining *mining = NULL;
	struct bpr_error err = { 0 };
	bpr_status failed;

	options.temp = getenv("TMPDIR");
	failed = bpr_log_read(path, &options, &log, p->problems, &err);
	if (!failed)
		failed = bpr_mine(log, NULL, &mining, p->problems, &err);
	subject.log = log;
	subject.mining = mining;
	if (!failed)
		failed = bpr_report(BPR_REPORT_MINING, BPR_FORMAT_JSON, &subject, &report, true, &p->mined, &err);
	bpr_mining_free(mining);
	bpr_log_free(log);
	return failed ? share_told(&err, path, p->problems, failed) : STATUS_OK;
}

enum { MOST_JSON = 1 << 28 };

/* A file whole; false with errno. */
static bool read_json(const char *path, struct parts *p)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct text text = { 0 };
	char buf[1 << 14];
	struct stat st;
	ssize_t n = 1;
	int error = fd < 0 ? errno : fstat(fd, &st) ? errno : S_ISREG(st.st_mode) ? 0 : S_ISDIR(st.st_mode) ? EISDIR : EINVAL;

	while (!error && n) {
		n = read(fd, buf, sizeof(buf));
		if (n > 0)
			text_add(&text, buf, (size_t)n);
		else if (n < 0 && errno != EINTR)
			error = errno;
		if (text.length > MOST_JSON)
			error = EFBIG;
	}
	if (fd >= 0)
		(void)close(fd);
	p->json = text.data;
	p->json_length = text.length;
	errno = error;
	return !error;
}

static int take_measured(const char *path, struct parts *p)
{
	size_t n = strlen(path);

	if (n < 5 || strcmp(path + n - 5, ".json") != 0 || bpr_log_looks(path, NULL))
		return mine_log(path, p);
	if (read_json(path, p))
		return STATUS_OK;
	say("U265", path, say_errno(errno), NULL, NULL);
	return STATUS_INPUT;
}

/* ---- the parts ---- */

static int take_flows(const struct share_args *args, struct parts *p)
{
	struct text notes = { 0 };
	int status = STATUS_OK;

	for (size_t i = 0; i < args->files.count && !status; i++) {
		status = load_side(args->files.items[i], &args->common, i, &p->sides[i], &notes);
		p->side_count = i + 1;
		if (!status && !args->common.quiet)
			say_problems(&notes, p->sides[i].problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING,
				     BPR_SEVERITY_WARNING);
	}
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	return status;
}

static int take_levers(const struct share_args *args, struct parts *p)
{
	struct bpr_lever_options options = BPR_LEVER_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	bpr_status failed;

	options.encoding = common_encoding(&args->common);
	failed = bpr_levers_read(args->levers, &options, &p->levers, p->problems, &err);
	return failed ? share_told(&err, args->levers, p->problems, failed) : STATUS_OK;
}

static int take_parts(const struct share_args *args, struct parts *p)
{
	int status = take_flows(args, p);

	if (!status && args->levers)
		status = take_levers(args, p);
	if (!status && args->measured)
		status = take_measured(args->measured, p);
	if (!status)
		share_warn(args, p->problems);
	bpr_problems_truncate(p->problems, 0);
	return status;
}

static void release(struct parts *p)
{
	for (size_t i = 0; i < p->side_count; i++)
		loaded_release(&p->sides[i]);
	bpr_levers_free(p->levers);
	bpr_output_release(&p->mined);
	free(p->json);
	bpr_problems_free(p->problems);
}

/* ---- the pack ---- */

static int write_pack(const struct share_args *args, struct parts *p)
{
	const struct bpr_share_about about = {
		.municipality = args->municipality, .licence = args->licence, .title = args->title, .note = args->note, .date = args->day,
		.sources = args->sources.items, .source_count = args->sources.count, .population = args->population.value,
		.area_km2 = args->area.value, .households = args->households.value,
	};
	const struct bpr_share_content content = {
		.before = p->sides[0].chosen[0], .after = p->side_count > 1 ? p->sides[1].chosen[0] : NULL, .levers = p->levers,
		.measured = p->json ? p->json : p->mined.data, .measured_length = p->json ? p->json_length : p->mined.length,
	};
	struct bpr_share_options options = BPR_SHARE_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	char *zip = NULL;
	size_t length;
	bpr_status failed;
	int status;

	options.allow = args->allow.items;
	options.allow_count = args->allow.count;
	options.japanese = lang() == BPR_LANG_JA;
	failed = bpr_share_pack(&content, &about, &options, &zip, &length, p->problems, &err);
	if (failed)
		return share_told(&err, args->files.items[0], p->problems, failed);
	share_warn(args, p->problems);
	if (output_open(args->common.output, args->files.items, args->files.count, &status)) {
		if (!common_fits_terminal("zip")) {
			status = STATUS_USAGE;
		} else {
			(void)output_write(zip, length);
			status = output_commit() ? STATUS_OK : STATUS_OUTPUT;
		}
	}
	bpr_share_text_free(zip);
	return status;
}

int share_pack(const struct share_args *args)
{
	struct parts p = { .side_count = 0 };
	struct bpr_error err = { 0 };
	int status;

	if (bpr_problems_new(&p.problems, &err))
		return share_told(&err, args->files.items[0], NULL, BPR_ENOMEM);
	status = take_parts(args, &p);
	if (!status)
		status = write_pack(args, &p);
	release(&p);
	return status;
}
