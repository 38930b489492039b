/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Judging a BPMN file as it comes from outside: whatever was read is judged, every finding has a code, a file and valid text,
 * findings are sorted, none of the file's own is lost between the file and its flows, none is told twice, and all formats can
 * say them.
 */
#include "base/utf8_i.h"
#include <bpr/bpr.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static void check_order(const bpr_problems *findings)
{
	for (size_t i = 0; i < bpr_problems_count(findings); i++) {
		struct bpr_problem p = bpr_problems_get(findings, i);
		char text[4096];

		must(bpr_problem_message(&p, BPR_LANG_JA, text, sizeof(text)) > 0);
		must(p.code && p.count >= 1 && p.severity == p.code->severity);
		if (i)
			must(bpr_problems_get(findings, i - 1).severity >= p.severity);
	}
}

static void render(const struct bpr_flows *flows, const bpr_flow *flow, const bpr_problems *findings)
{
	const struct bpr_subject subject = { .flow = flow, .problems = findings, .flows = flows, .whole_file = !flow };
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;

	options.full = true;
	options.lang = BPR_LANG_JA;
	for (int format = 0; format < BPR_FORMAT_COUNT; format++) {
		struct bpr_output out;

		if (!bpr_format_serves((enum bpr_format)format, BPR_REPORT_CHECK))
			continue;
		must(!bpr_report(BPR_REPORT_CHECK, (enum bpr_format)format, &subject, &options, true, &out, NULL));
		if (format == BPR_FORMAT_XLSX)
			must(out.length > 4 && !memcmp(out.data, "PK\3\4", 4));
		else if (format == BPR_FORMAT_PDF)
			must(out.length > 5 && !memcmp(out.data, "%PDF-", 5));
		else
			must(bpr_i_utf8_invalid(out.data, out.length) == BPR_NONE && !memchr(out.data, 27, out.length));
		bpr_output_release(&out);
	}
}

/* Number of findings about modelling. */
static size_t modelling(const bpr_problems *problems)
{
	size_t n = 0;

	for (size_t i = 0; i < bpr_problems_count(problems); i++)
		n += bpr_problems_get(problems, i).code->code[0] == 'M';
	return n;
}

static size_t report(const struct bpr_flows *flows, size_t flow, const bpr_problems *problems)
{
	const struct bpr_check_input input = { .flows = flows, .flow = flow };
	bpr_problems *findings;
	size_t n;

	must(!bpr_check_findings(&input, NULL, problems, BPR_NONE, &findings, NULL));
	check_order(findings);
	render(flows, flow == BPR_NONE ? NULL : flows->items[flow], findings);
	n = modelling(findings);
	bpr_problems_free(findings);
	return n;
}

static void judge(const struct bpr_flows *flows, bpr_problems *problems)
{
	struct bpr_check_input input = { .flows = flows, .flow = BPR_NONE };
	size_t all, told = 0;

	must(!bpr_check(&input, NULL, problems, NULL));
	all = modelling(problems);
	if (flows->count > 1)
		told = report(flows, BPR_NONE, problems);
	for (size_t i = 0; i < flows->count && i < 20; i++)
		told += report(flows, i, problems);
	must(told <= all); /* what the analysis says better is left out */
	if (flows->count == 1)
		must(told == all);
	for (input.flow = 0; input.flow < flows->count && input.flow < 20; input.flow++)
		must(!bpr_check(&input, NULL, problems, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_flows flows = { 0 };
	bpr_problems *problems;

	options.input = BPR_INPUT_BPMN;
	options.max_bytes = 1 << 18;
	options.max_nodes = 2000;
	options.max_depth = 50;
	options.source = true;
	if (bpr_problems_new(&problems, NULL))
		return 0;
	if (!bpr_read_memory("f.bpmn", data, size, &options, &flows, problems, NULL))
		judge(&flows, problems);
	bpr_flows_release(&flows);
	bpr_problems_free(problems);
	return 0;
}
