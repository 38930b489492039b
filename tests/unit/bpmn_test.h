/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_BPMN_TEST_H
#define BPR_TESTS_UNIT_BPMN_TEST_H
/* What the tests of the BPMN reader share: documents from their body, flows as one line, problems by code. */
#include "config.h"
#include "test.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include <bpr/flow.h>
#include <bpr/read.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct bpr_flows flows;
	bpr_problems *problems;
	struct bpr_error err;
	struct bpr_read_options options;
	struct bpr_buf text, sketch;
};

static int open_fixture(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f || bpr_problems_new(&f->problems, NULL))
		return -1;
	f->options = (struct bpr_read_options)BPR_READ_OPTIONS_INIT;
	f->text = f->sketch = (struct bpr_buf)BPR_BUF_INIT;
	*state = f;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *f = *state;

	bpr_flows_release(&f->flows);
	bpr_problems_free(f->problems);
	bpr_i_buf_release(&f->text);
	bpr_i_buf_release(&f->sketch);
	free(f);
	return 0;
}

/* Reads a whole document. */
static bpr_status read_document(struct fixture *f, const char *data, size_t length)
{
	bpr_flows_release(&f->flows);
	bpr_problems_free(f->problems);
	assert_int_equal(bpr_problems_new(&f->problems, NULL), BPR_OK);
	f->err = (struct bpr_error){ 0 };
	return bpr_read_memory("f.bpmn", data, length, &f->options, &f->flows, f->problems, &f->err);
}

/* Reads <definitions> with this inside; its first line is line 2. */
static bpr_status read_body(struct fixture *f, const char *body)
{
	bpr_i_buf_clear(&f->text);
	bpr_i_buf_puts(&f->text, "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:bpr='urn:bpr:flow:1' "
				 "xmlns:b='http://www.bpsim.org/schemas/1.0' targetNamespace='urn:t'>\n");
	bpr_i_buf_puts(&f->text, body);
	bpr_i_buf_puts(&f->text, "\n</definitions>\n");
	assert_int_equal(f->text.failed, BPR_OK);
	return read_document(f, f->text.data, f->text.length);
}

static inline bool has_code(const struct fixture *f, const char *code)
{
	for (size_t i = 0; i < bpr_problems_count(f->problems); i++)
		if (!strcmp(bpr_problems_get(f->problems, i).code->code, code))
			return true;
	return false;
}

#define assert_code(f, wanted) \
	do { \
		if (!has_code(f, wanted)) { \
			print_problems(f); \
			print_error("no problem %s\n", wanted); \
			fail(); \
		} \
	} while (0)

static inline void print_problems(const struct fixture *f)
{
	for (size_t i = 0; i < bpr_problems_count(f->problems); i++) {
		struct bpr_problem p = bpr_problems_get(f->problems, i);
		char message[400];

		(void)bpr_problem_message(&p, BPR_LANG_EN, message, sizeof(message));
		print_error("%s line %zu: %s\n", p.code->code, p.line, message);
	}
}

#define read_ok(f, body) \
	do { \
		if (read_body(f, body) != BPR_OK) { \
			print_problems(f); \
			fail(); \
		} \
	} while (0)

static void sketch_node(struct bpr_buf *buf, const bpr_flow *flow, const struct bpr_node *node)
{
	static const char *const between[] = { "|", "&", "%" };

	bpr_i_buf_printf(buf, "%s%s%s.%s%s", buf->length ? " " : "", node->silent ? "~" : "", node->id, bpr_node_kind_name(node->kind),
			 node->terminate ? "!" : "");
	if (node->host != BPR_NONE)
		bpr_i_buf_printf(buf, "@%s%s", bpr_flow_node(flow, node->host)->id, node->interrupting ? "" : "+");
	for (size_t i = 0; i < node->out_count; i++) {
		const struct bpr_arc *arc = bpr_flow_arc(flow, node->first_out + i);

		bpr_i_buf_printf(buf, "%s%s", i ? between[node->split] : ">", bpr_flow_node(flow, arc->to)->id);
		if (arc->given) {
			bpr_i_buf_putc(buf, ':');
			bpr_i_buf_number(buf, arc->prob);
		}
	}
}

/* "S.start>A A.task>E E.end": ~ silent, ! terminates, @ host (+ goes on), between ways out | one & all % any, :share where written. */
static inline const char *sketch(struct fixture *f, size_t flow)
{
	bpr_i_buf_clear(&f->sketch);
	assert_true(flow < f->flows.count);
	for (size_t i = 0; i < bpr_flow_node_count(f->flows.items[flow]); i++)
		sketch_node(&f->sketch, f->flows.items[flow], bpr_flow_node(f->flows.items[flow], i));
	return f->sketch.data ? f->sketch.data : "";
}

static inline const struct bpr_node *node_of(const struct fixture *f, size_t flow, const char *id)
{
	size_t at = bpr_flow_find(f->flows.items[flow], id);

	if (at == BPR_NONE)
		print_error("no node '%s'\n", id);
	assert_true(at != BPR_NONE);
	return bpr_flow_node(f->flows.items[flow], at);
}

#define T(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)
#define SEQ(id, from, to) "<sequenceFlow id='" id "' sourceRef='" from "' targetRef='" to "'/>"
#endif
