/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table of levers as it comes from outside: what is read is written and read again the same; applied to a flow with a bit of everything,
 * each lever is done or refused with a reason, the flow that comes out can be analysed or says why not, and what was refused left nothing.
 */
#include <bpr/bpr.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static const char json[] =
	"{\"schema\":\"bpr.flow/1\",\"flows\":[{\"id\":\"f\",\"nodes\":["
	"{\"id\":\"s\",\"kind\":\"start\",\"next\":[{\"to\":\"m\"}]},{\"id\":\"m\",\"kind\":\"xor\",\"next\":[{\"to\":\"a\"}]},"
	"{\"id\":\"a\",\"name\":\"Write\",\"kind\":\"task\",\"actor\":\"citizen\",\"next\":[{\"to\":\"q\"}],\"unit\":\"U\",\"counter\":\"C\",\"work\":3,\"wait\":5,\"writes\":[\"A\"],\"seals\":1,\"rules\":[\"seal\"]},"
	"{\"id\":\"q\",\"kind\":\"xor\",\"next\":[{\"to\":\"m\",\"share\":0.2},{\"to\":\"p\",\"share\":0.7},{\"to\":\"x\",\"share\":0.1}]},"
	"{\"id\":\"p\",\"kind\":\"and\",\"next\":[{\"to\":\"b\"},{\"to\":\"c\"}]},"
	"{\"id\":\"b\",\"kind\":\"task\",\"next\":[{\"to\":\"j\"}],\"unit\":\"V\",\"counter\":\"D\",\"work\":4,\"staff\":[{\"pool\":\"P\"}],\"id_checks\":1,\"reads\":[\"A\"]},"
	"{\"id\":\"c\",\"kind\":\"task\",\"next\":[{\"to\":\"j\"}],\"unit\":\"V\",\"work\":2,\"staff\":[{\"pool\":\"P\"}],\"copies\":3},"
	"{\"id\":\"j\",\"kind\":\"and\",\"next\":[{\"to\":\"d\"}]},"
	"{\"id\":\"d\",\"kind\":\"task\",\"next\":[{\"to\":\"e\"}],\"unit\":\"U\",\"counter\":\"C\",\"work\":1,\"staff\":[{\"pool\":\"P\"}],\"writes\":[\"B\"],\"id_checks\":1},"
	"{\"id\":\"e\",\"kind\":\"end\"},{\"id\":\"x\",\"kind\":\"end\",\"outcome\":\"incomplete\"}],"
	"\"forms\":[{\"form\":\"A\",\"field\":\"name\",\"group\":\"G\"},{\"form\":\"A\",\"field\":\"addr\"},{\"form\":\"B\",\"field\":\"name\",\"group\":\"G\"}],"
	"\"staff\":[{\"pool\":\"P\",\"count\":2}],\"demand\":{\"per_day\":30,\"open\":\"9:00-17:00\",\"profile\":\"10:00-12:00:2\"}}]}";

static void apply(const bpr_flow *flow, const bpr_levers *levers, bpr_problems *problems)
{
	const size_t count = bpr_levers_count(levers), known = bpr_problems_count(problems);
	bool *refused = calloc(count + 1, sizeof(*refused)), any = false;
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	bpr_analysis *analysis = NULL;
	bpr_flow *after = NULL;
	bpr_status status = bpr_levers_apply(flow, levers, NULL, refused, &after, problems, &err);

	must(refused && (status == BPR_OK) == (after != NULL));
	for (size_t i = 0; i < count; i++)
		any |= refused[i];
	must(!any || bpr_problems_count(problems) > known);
	if (after) {
		options.samples = 0;
		options.max_states = 2000;
		must(bpr_flow_node_count(after) > 0);
		must((bpr_analyse(after, &options, &analysis, NULL, NULL) == BPR_OK) == (analysis != NULL));
		bpr_analysis_free(analysis);
	}
	bpr_flow_free(after);
	free(refused);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_lever_options limits = BPR_LEVER_OPTIONS_INIT;
	struct bpr_flows flows = { 0 };
	bpr_problems *problems = NULL;
	bpr_levers *levers = NULL, *again = NULL;
	char *text = NULL, *other = NULL;
	size_t length, more;

	limits.max_levers = 40;
	if (bpr_problems_new(&problems, NULL))
		return 0;
	if (!bpr_levers_read_memory("levers.csv", data, size, &limits, &levers, problems, NULL)) {
		must(!bpr_levers_write(levers, NULL, BPR_LANG_JA, &text, &length, NULL));
		must(!bpr_levers_read_memory("again.csv", text, length, NULL, &again, NULL, NULL));
		must(!bpr_levers_write(again, NULL, BPR_LANG_JA, &other, &more, NULL));
		must(length == more && !memcmp(text, other, length));
		must(!bpr_read_memory("f.json", json, sizeof(json) - 1, &options, &flows, problems, NULL));
		apply(flows.items[0], levers, problems);
	} else {
		must(bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0);
	}
	bpr_flows_release(&flows);
	bpr_levers_text_free(text);
	bpr_levers_text_free(other);
	bpr_levers_free(levers);
	bpr_levers_free(again);
	bpr_problems_free(problems);
	return 0;
}
