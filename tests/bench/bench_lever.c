/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast sets of levers are valued: a flow of 100 steps with choices, ways back and parallel blocks, twenty levers, a thousand sets of
 * them. Promised: under 1 s on one core. `bench-lever [SETS]`.
 */
#include "config.h"
#include "base/buf_i.h"
#include <bpr/analysis.h>
#include <bpr/init.h>
#include <bpr/lever.h>
#include <bpr/read.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BLOCKS = 10, LEVERS = 20 };

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void ok(bpr_status status, const struct bpr_error *err)
{
	if (status) {
		(void)printf("failed: %s\n", err->message);
		exit(1);
	}
}

/* Ten steps: two at a counter, a choice with a way back, three at the same time, a check that may send back to its own beginning. */
static void put_block(struct bpr_buf *b, size_t k)
{
	bpr_i_buf_printf(b, "A%zu,task,B%zu,U%zu,P%zu,citizen,3,,,F%zu,,1,,\n", k, k, k % 4, k % 5, k % 6);
	bpr_i_buf_printf(b, "B%zu,task,X%zu,U%zu,P%zu,,5,,S%zu,,F%zu,,1,visual\n", k, k, k % 4, k % 5, k % 3, k % 6);
	bpr_i_buf_printf(b, "X%zu,xor,C%zu:0.85;D%zu:0.15,,,,,,,,,,,\n", k, k, k);
	bpr_i_buf_printf(b, "C%zu,task,G%zu,U%zu,,,4,2,S%zu,,,,,\n", k, k, (k + 1) % 4, k % 3);
	bpr_i_buf_printf(b, "D%zu,task,A%zu,U%zu,P%zu,,tri(2;3;5),60,S%zu,,,,,paper\n", k, k, k % 4, k % 5, k % 3);
	bpr_i_buf_printf(b, "G%zu,and,E%zu;H%zu;I%zu,,,,,,,,,,,\n", k, k, k, k);
	bpr_i_buf_printf(b, "E%zu,task,J%zu,U%zu,,,6,,S%zu,,,,,\n", k, k, (k + 1) % 4, k % 3);
	bpr_i_buf_printf(b, "H%zu,task,J%zu,U%zu,,,7,30,S%zu,,,1,,seal\n", k, k, (k + 2) % 4, (k + 1) % 3);
	bpr_i_buf_printf(b, "I%zu,task,J%zu,U%zu,,,2,,S%zu,,,,,\n", k, k, (k + 3) % 4, (k + 2) % 3);
	bpr_i_buf_printf(b, "J%zu,and,K%zu,,,,,,,,,,,\n", k, k);
	bpr_i_buf_printf(b, "K%zu,task,Y%zu,U%zu,,,3,,S%zu,,,,,\n", k, k, k % 4, k % 3);
	bpr_i_buf_printf(b, "Y%zu,xor,L%zu:0.9;C%zu:0.1,,,,,,,,,,,\n", k, k, k);
	bpr_i_buf_printf(b, "L%zu,task,M%zu,U%zu,,,2,,S%zu,,,,,\n", k, k, k % 4, k % 3);
	if (k + 1 < BLOCKS)
		bpr_i_buf_printf(b, "M%zu,task,A%zu,U%zu,P%zu,,4,,S%zu,,,1,1,\n", k, k + 1, k % 4, k % 5, k % 3);
	else
		bpr_i_buf_printf(b, "M%zu,task,end,U%zu,P%zu,,4,,S%zu,,,1,1,\n", k, k % 4, k % 5, k % 3);
}

static struct bpr_flows read_flow(void)
{
	struct bpr_flows flows = { 0 };
	struct bpr_buf b = BPR_BUF_INIT;
	struct bpr_error err = { 0 };

	bpr_i_buf_puts(&b, "id,kind,next,unit,counter,actor,work,wait,staff,writes,reads,seals,id_checks,rules\nstart,start,A0,,,,,,,,,,,\n");
	for (size_t k = 0; k < BLOCKS; k++)
		put_block(&b, k);
	bpr_i_buf_puts(&b, "end,end,,,,,,,,,,,,\n");
	ok(bpr_read_memory("bench.csv", b.data, b.length, NULL, &flows, NULL, &err), &err);
	bpr_i_buf_release(&b);
	return flows;
}

static bpr_levers *read_levers(void)
{
	static const char *const rows[LEVERS][3] = {
		{ "merge_counters", "P0;P1", "One" }, { "merge_counters", "P2;P3;P4", "Two" }, { "drop_seals", "*", "" }, { "speed_up", "unit=U1", "-20%" },
		{ "speed_up", "B3", "2" }, { "remove", "L4", "" }, { "remove", "K5;I5", "" }, { "parallel", "L0;M0", "" }, { "automate", "C1", "1;error=5%;rework=3" },
		{ "automate", "L2;L3", "0.5" }, { "reorder", "M6", "before=L6" }, { "merge_steps", "L7;M7", "work=4" }, { "online", "B8", "" },
		{ "channel", "", "20%;name=shop;work=3" }, { "merge_forms", "F0;F1", "FF" }, { "prefill", "F2", "" }, { "unify_id_checks", "*", "" },
		{ "check_sheet", "X0;X1;X2;Y3", "30%" }, { "reassign", "M9", "unit=U2" }, { "set", "step.B9.work", "1" },
	};
	bpr_levers *levers = NULL;
	struct bpr_error err = { 0 };

	ok(bpr_levers_new("bench", &levers, &err), &err);
	for (size_t i = 0; i < LEVERS; i++) {
		struct bpr_lever_action action = { bpr_lever_kind_find(rows[i][0]), rows[i][1], rows[i][2], i };
		char id[8];
		struct bpr_lever lever = { .id = id, .name = "", .note = "", .actions = &action, .action_count = 1, .cost = (double)NAN, .finding = "", .where = "",
					   .yearly_cost = (double)NAN, .effort_days = (double)NAN, .ease = (double)NAN };

		(void)snprintf(id, sizeof(id), "%zu", i + 1);
		ok(bpr_levers_add(levers, &lever, &err), &err);
	}
	return levers;
}

static void choose(bool *chosen, size_t set)
{
	unsigned long long bits = (set + 1) * 0x9e3779b97f4a7c15ull;

	for (size_t i = 0; i < LEVERS; i++)
		chosen[i] = bits >> (20 + i) & 1;
}

int main(int argc, char **argv)
{
	char *rest = NULL;
	size_t sets = argc > 1 ? (size_t)strtoul(argv[1], &rest, 10) : 1000, refused = 0, steps = 0;
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	struct bpr_flows flows;
	bpr_levers *levers;
	double apply = 0, analyse = 0, sum = 0;

	bpr_init();
	flows = read_flow();
	levers = read_levers();
	for (size_t i = 0; i < bpr_flow_node_count(flows.items[0]); i++)
		steps += bpr_node_is_step(bpr_flow_node(flows.items[0], i));
	options.means_only = true;
	options.samples = 0; /* all is exact here: what runs side by side takes constant times */
	for (size_t s = 0; s < sets; s++) {
		bool chosen[LEVERS], out[LEVERS];
		bpr_flow *flow = NULL;
		bpr_analysis *analysis = NULL;
		struct bpr_error err = { 0 };
		double from = now(), between;

		choose(chosen, s);
		ok(bpr_levers_apply(flows.items[0], levers, chosen, out, &flow, NULL, &err), &err);
		between = now();
		ok(bpr_analyse(flow, &options, &analysis, NULL, &err), &err);
		apply += between - from;
		analyse += now() - between;
		for (size_t i = 0; i < LEVERS; i++)
			refused += out[i];
		sum += bpr_analysis_figure(analysis, BPR_METRIC_LEAD_MINUTES)->mean;
		bpr_analysis_free(analysis);
		bpr_flow_free(flow);
	}
	(void)printf("%zu steps, %zu sets: applied in %.3f s, analysed in %.3f s, together %.3f s (%zu levers refused, mean lead time %.6g minutes)\n", steps, sets, apply,
		     analyse, apply + analyse, refused, sum / (double)sets);
	bpr_levers_free(levers);
	bpr_flows_release(&flows);
	return 0;
}
