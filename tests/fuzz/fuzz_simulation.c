/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file named with --simulation, as it comes from outside: XML of Scylla, BPSim or QBP, or JSON of Prosimos, for a model that is
 * always the same. Whatever the bytes, a refused one has left an error with a code, and what it says leaves the flow sound:
 * times and costs are finite and not negative, shares of a choice sum to one, pools have people and hours that can be read.
 */
#include <bpr/bpr.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char model[] =
	"<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='t'><resource id='r1' name='clerk'/><process id='P'>"
	"<startEvent id='S'/><task id='A'/><boundaryEvent id='b' attachedToRef='A'/><exclusiveGateway id='X'/><inclusiveGateway id='O'/><task id='B'/>"
	"<intermediateCatchEvent id='W'/><endEvent id='E'/><sequenceFlow id='f1' sourceRef='S' targetRef='A'/><sequenceFlow id='f2' sourceRef='A' targetRef='X'/>"
	"<sequenceFlow id='f3' sourceRef='X' targetRef='B'/><sequenceFlow id='f4' sourceRef='X' targetRef='O'/><sequenceFlow id='f5' sourceRef='O' targetRef='W'/>"
	"<sequenceFlow id='f6' sourceRef='O' targetRef='E'/><sequenceFlow id='f7' sourceRef='B' targetRef='E'/><sequenceFlow id='f8' sourceRef='W' targetRef='E'/>"
	"<sequenceFlow id='f9' sourceRef='b' targetRef='E'/></process></definitions>";

static char path[64];

static void remove_file(void)
{
	(void)unlink(path);
}

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static void write_file(const uint8_t *data, size_t size)
{
	FILE *file;

	if (!*path) {
		(void)snprintf(path, sizeof(path), "fuzz-simulation-%ld.tmp", (long)getpid());
		must(!atexit(remove_file));
	}
	file = fopen(path, "wb");
	must(file && (!size || fwrite(data, 1, size, file) == size));
	must(!fclose(file));
}

static void check_dist(const struct bpr_dist *dist)
{
	must(bpr_dist_mean(dist) >= 0 && isfinite(bpr_dist_mean(dist)) && bpr_dist_var(dist) >= 0 && isfinite(bpr_dist_var(dist)));
}

static void check_flow(const bpr_flow *flow)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);
		double sum = 0;

		check_dist(n->work);
		check_dist(n->wait);
		must(n->cost >= 0 && isfinite(n->cost) && n->prob >= 0 && n->prob <= 1);
		for (size_t k = 0; k < n->need_count; k++)
			must(n->needs[k].pool < bpr_flow_pool_count(flow) && n->needs[k].count >= 1);
		for (size_t k = 0; k < n->out_count; k++) {
			double prob = bpr_flow_arc(flow, n->first_out + k)->prob;

			must(prob >= 0 && prob <= 1);
			sum += prob;
		}
		must(!n->out_count || n->split != BPR_SPLIT_XOR || fabs(sum - 1) < 1e-9);
	}
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const struct bpr_pool *pool = bpr_flow_pool(flow, i);

		must(pool->yen_per_hour >= 0 && isfinite(pool->yen_per_hour) && strlen(pool->hours) < 400);
	}
	check_dist(bpr_flow_demand(flow)->arrivals);
	must(isfinite(bpr_flow_cases_per_year(flow)));
	for (size_t i = 0; i < bpr_flow_origin_count(flow); i++)
		must(*bpr_flow_origin(flow, i)->element && *bpr_flow_origin(flow, i)->key && *bpr_flow_origin(flow, i)->source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	const char *const named[] = { path };
	bpr_problems *problems;
	struct bpr_flows flows;
	struct bpr_error err;
	bpr_status status;

	write_file(data, size);
	options.simulations = named;
	options.simulation_count = 1;
	options.origins = true;
	options.max_nodes = 100000;
	must(!bpr_problems_new(&problems, NULL));
	status = bpr_read_memory("m.bpmn", model, sizeof(model) - 1, &options, &flows, problems, &err);
	if (status)
		must(*err.code && bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR));
	else
		must(flows.count == 1);
	for (size_t i = 0; i < flows.count; i++)
		check_flow(flows.items[i]);
	bpr_flows_release(&flows);
	bpr_problems_free(problems);
	return 0;
}
