/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was measured, put into the flow that is being built: what steps carry, forms, people, demand. */
#include "config.h"
#include "mine/discover_build_i.h"
#include "mine/log_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Fields of one form, at most: more is a slip of the pen. */
#define MAX_FIELDS 500

static bool is_citizen(const char *name)
{
	static const char *const words[] = { "citizen", "applicant", "customer", "visitor", "住民", "市民", "申請者", "来庁者", "届出人" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(name, words[i]))
			return true;
	return false;
}

static bpr_status add_field(bpr_builder *b, const char *form, size_t form_length, const char *field, double times, const char *group)
{
	char number[32];
	struct bpr_buf count = BPR_BUF_ON(number);
	struct bpr_cell cells[4] = { { bpr_i_column_find(BPR_TABLE_FORMS, "form", 4), form, form_length },
				     { bpr_i_column_find(BPR_TABLE_FORMS, "field", 5), field, strlen(field) } };
	size_t n = 2;

	bpr_i_buf_number(&count, times);
	cells[n++] = (struct bpr_cell){ bpr_i_column_find(BPR_TABLE_FORMS, "times", 5), number, count.length };
	if (group)
		cells[n++] = (struct bpr_cell){ bpr_i_column_find(BPR_TABLE_FORMS, "group", 5), group, strlen(group) };
	return bpr_i_builder_companion(b, BPR_TABLE_FORMS, cells, n, NULL);
}

/* A sheet counts fields and names; what they are called it does not say: the name, and others by the form's name and a number. */
static bpr_status add_fields(bpr_builder *b, const char *form, size_t length, double fields, double names)
{
	double others = nearbyint(fields - names > 0 ? fields - names : 0);
	bpr_status status = BPR_OK;

	if (names > 0)
		status = add_field(b, form, length, "氏名", names, "氏名");
	for (double i = 1; status == BPR_OK && i <= others && i <= MAX_FIELDS; i++) {
		char field[128];

		(void)snprintf(field, sizeof(field), "%.*s %.0f", (int)(length < 80 ? length : 80), form, i);
		status = add_field(b, form, length, field, 1, NULL);
	}
	return status;
}

static bpr_status fill_forms(bpr_builder *b, size_t node, const struct bpr_measured_step *step)
{
	struct bpr_log_detail detail;
	size_t forms = 1, n;
	bpr_status status = BPR_OK;

	if (!step->detail || !bpr_i_log_detail(step->detail, &detail) || !detail.writes)
		return BPR_OK;
	for (size_t i = 0; i < detail.writes_length; i++)
		forms += detail.writes[i] == ';';
	for (const char *at = detail.writes, *end = at + detail.writes_length; status == BPR_OK && at < end; at += n + 1) {
		const char *stop = memchr(at, ';', (size_t)(end - at));
		size_t form;

		n = stop ? (size_t)(stop - at) : (size_t)(end - at);
		if (!n)
			continue;
		form = bpr_i_builder_form(b, at, n);
		status = form == BPR_NONE ? BPR_ENOMEM : bpr_i_builder_use_form(b, node, BPR_FORM_WRITES, form);
		if (status == BPR_OK && step->fields > 0)
			status = add_fields(b, at, n, step->fields / (double)forms, step->names / (double)forms);
	}
	return status;
}

bpr_status bpr_i_discover_fill(bpr_builder *b, size_t node, const bpr_log *log, const bpr_measure *m, size_t key)
{
	const struct bpr_measured_step *step = bpr_i_measured_step(m, key);
	const char *unit = bpr_log_name(log, BPR_LOG_UNIT, step->unit), *counter = bpr_log_name(log, BPR_LOG_COUNTER, step->counter);
	struct bpr_node *draft = bpr_i_builder_draft(b, node);
	size_t count, pool;
	const struct bpr_measured_pool *pools = bpr_i_measured_pools(m, &count);
	bool citizen = is_citizen(unit);
	bpr_status status = BPR_OK;

	draft->seals = step->seals;
	draft->id_checks = step->id_checks;
	draft->actor = citizen ? BPR_ACTOR_CITIZEN : BPR_ACTOR_STAFF;
	draft->away = step->away && !*counter && bpr_log_name_count(log, BPR_LOG_COUNTER) > 0;
	if (*unit && !citizen && (draft->unit = bpr_i_builder_unit(b, unit, strlen(unit), BPR_NONE)) == BPR_NONE)
		return BPR_ENOMEM;
	if (*counter && (draft->counter = bpr_i_builder_counter(b, counter, strlen(counter))) == BPR_NONE)
		return BPR_ENOMEM;
	if (step->pool != BPR_NONE && !citizen) {
		pool = bpr_i_builder_pool(b, pools[step->pool].name, strlen(pools[step->pool].name));
		status = pool == BPR_NONE ? BPR_ENOMEM : bpr_i_builder_need(b, node, pool, step->people);
	}
	if (status == BPR_OK && step->work)
		status = bpr_i_builder_duration(b, node, true, step->work);
	if (status == BPR_OK && step->wait)
		status = bpr_i_builder_duration(b, node, false, step->wait);
	return status == BPR_OK ? fill_forms(b, node, step) : status;
}

static bpr_status add_pool(bpr_builder *b, const bpr_log *log, const struct bpr_measured_pool *pool)
{
	const char *unit = bpr_log_name(log, BPR_LOG_UNIT, pool->unit);
	char number[32];
	int length = snprintf(number, sizeof(number), "%zu", pool->count);
	const struct bpr_cell cells[] = { { bpr_i_column_find(BPR_TABLE_STAFF, "pool", 4), pool->name, strlen(pool->name) },
					  { bpr_i_column_find(BPR_TABLE_STAFF, "count", 5), number, (size_t)length },
					  { bpr_i_column_find(BPR_TABLE_STAFF, "unit", 4), unit, strlen(unit) } };

	return bpr_i_builder_companion(b, BPR_TABLE_STAFF, cells, *unit ? 3 : 2, NULL);
}

bpr_status bpr_i_discover_tables(bpr_builder *b, const bpr_log *log, const bpr_measure *m)
{
	size_t count;
	const struct bpr_measured_pool *pools = bpr_i_measured_pools(m, &count);
	const struct bpr_measured_row *rows;
	bpr_status status = BPR_OK;

	for (size_t i = 0; status == BPR_OK && i < count; i++)
		status = add_pool(b, log, &pools[i]);
	rows = bpr_i_measured_demand(m, &count);
	for (size_t i = 0; status == BPR_OK && i < count; i++) {
		const struct bpr_cell cell = { bpr_i_column_find(BPR_TABLE_DEMAND, rows[i].key, strlen(rows[i].key)), rows[i].value,
					       strlen(rows[i].value) };

		status = bpr_i_builder_companion(b, BPR_TABLE_DEMAND, &cell, 1, NULL);
	}
	return status;
}
