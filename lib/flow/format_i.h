/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_FORMAT_I_H
#define BPR_FLOW_FORMAT_I_H
/*
 * A frozen flow back into cells: the reverse of cell.c and companion.c, for every format that is written. What bpr_i_builder_cell() and
 * bpr_i_builder_companion() make of these texts is the flow again, to the last bit. Texts are plain: quoting, escapes and the
 * guard against formulas are the format's.
 */
#include "base/buf_i.h"
#include "flow/column_i.h"
#include <bpr/flow.h>

struct bpr_formatting {
	const bpr_flow *flow;
	bool japanese;       /* words in Japanese: 作業, はい */
	bool starts_equal;   /* the starts' shares are what the reader gives them unasked */
	size_t implied;      /* nodes from here on, and arcs to them, are left out: bpr_i_format_implied() */
	unsigned char *used[BPR_TABLE_COUNT]; /* which forms, counters … the nodes name */
};
/* False out of memory; nothing is to be ended then. */
bool bpr_i_format_begin(struct bpr_formatting *f, const bpr_flow *flow, bool japanese);
void bpr_i_format_end(struct bpr_formatting *f);

/*
 * Nodes from this index on are what the builder puts in for starts and ends that are only implied, exactly so: left out, they
 * come again. The node count where there are none.
 */
size_t bpr_i_format_implied(const bpr_flow *flow);

/* The cell of a node, appended; false where there is nothing to say: the reader's default. BPR_TABLE_FLOW. */
bool bpr_i_format_cell(const struct bpr_formatting *f, size_t node, const struct bpr_column *column, struct bpr_buf *out);
/* True where a cell would not be empty. */
bool bpr_i_format_has(const struct bpr_formatting *f, size_t node, const struct bpr_column *column);

/*
 * Rows of the companions: start with { 0 }, false behind the last. Of a thing that nobody would miss (a counter without a
 * building that steps name) there is no row. A row of BPR_TABLE_DEMAND is a key: its column.
 */
struct bpr_format_row { size_t next, at, field; };
bool bpr_i_format_next_row(const struct bpr_formatting *f, enum bpr_table table, struct bpr_format_row *row);
bool bpr_i_format_row_cell(const struct bpr_formatting *f, enum bpr_table table, const struct bpr_format_row *row,
			   const struct bpr_column *column, struct bpr_buf *out);

/* One thing of a list, in quotes where it must be. colon: one inside would be taken for a share or a count. */
void bpr_i_format_item(struct bpr_buf *out, const char *text, bool colon, bool place);
/* Fixed times of arrival as a list: 8:30 8:31, 2027-03-29 8:30. False: there are none. times.c */
bool bpr_i_format_times(const struct bpr_demand *demand, struct bpr_buf *out);
/* A duration: 5, tri(3,5,9), emp([3 4.5 7]). */
void bpr_i_format_dist(struct bpr_buf *out, const struct bpr_dist *dist);
/* The split or join that kind, shares and number of ways say by themselves. */
enum bpr_split bpr_i_format_plain_split(const bpr_flow *flow, size_t node);
enum bpr_join bpr_i_format_plain_join(const struct bpr_node *node);
/* The element of BPMN that a node is where nothing is said. */
const char *bpr_i_plain_type(const struct bpr_node *node);
/* True where the starts' shares are what the reader would give them unasked. */
bool bpr_i_format_starts_equal(const bpr_flow *flow);
#endif
