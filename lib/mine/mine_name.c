/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities that options name: found in the log, or the one that was meant is suggested. */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include <ctype.h>
#include <string.h>

enum { LONGEST = 64, FAR = 3 };

/* A name as its characters: what is typed full or half width is the same, and so are capitals. */
struct letters { unsigned at[LONGEST]; size_t count; };

static bool letters_of(struct bpr_buf *buf, const char *name, struct letters *out)
{
	size_t pos = 0;

	bpr_i_buf_clear(buf);
	bpr_i_utf8_fold(buf, name, strlen(name));
	out->count = 0;
	while (pos < buf->length && out->count < LONGEST) {
		unsigned code = bpr_i_utf8_next(buf->data, buf->length, &pos);

		out->at[out->count++] = code < 128 ? (unsigned)tolower((int)code) : code;
	}
	return !buf->failed && pos == buf->length;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters too many, missing or wrong. */
static size_t distance(const struct letters *a, const struct letters *b)
{
	size_t row[LONGEST + 1];

	for (size_t j = 0; j <= b->count; j++)
		row[j] = j;
	for (size_t i = 1; i <= a->count; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b->count; j++) {
			const size_t here = least(least(row[j] + 1, row[j - 1] + 1), corner + (a->at[i - 1] != b->at[j - 1]));

			corner = row[j];
			row[j] = here;
		}
	}
	return row[b->count];
}

/* The nearest name of the log: within two slips, or one that holds what was typed. NULL: none. */
static const char *nearest(const bpr_log *log, const char *typed)
{
	const uint32_t count = bpr_log_name_count(log, BPR_LOG_ACTIVITY);
	struct bpr_buf buf = BPR_BUF_INIT;
	struct letters wanted, here;
	size_t best = FAR;
	const char *found = NULL;

	if (letters_of(&buf, typed, &wanted) && wanted.count)
		for (uint32_t i = 0; i < count && best; i++) {
			const char *name = bpr_log_name(log, BPR_LOG_ACTIVITY, i);
			size_t d = letters_of(&buf, name, &here) ? distance(&wanted, &here) : FAR;

			if (d < best && d < wanted.count) {
				best = d;
				found = name;
			}
		}
	for (uint32_t i = 0; i < count && !found && *typed; i++)
		if (strstr(bpr_log_name(log, BPR_LOG_ACTIVITY, i), typed))
			found = bpr_log_name(log, BPR_LOG_ACTIVITY, i);
	bpr_i_buf_release(&buf);
	return found;
}

static bpr_status unknown(struct bpr_mine_work *w, const char *name, bpr_status before, struct bpr_error *err)
{
	const char *near = nearest(w->log, name);
	const enum bpr_code_id id = near ? BPR_I_L300 : BPR_I_L301;
	const struct bpr_place place = { .file = bpr_log_info(w->log).name };

	if (!bpr_i_problem(w->problems, id, &place, false, name, near, NULL, NULL))
		return bpr_i_nomem(err);
	return before ? before : bpr_i_fail(err, BPR_EINVAL, id, name, 0, name, near);
}

static bpr_status mark(struct bpr_mine_work *w, const char *const *names, size_t count, uint8_t role, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < count && status != BPR_ENOMEM; i++) {
		const uint32_t index = bpr_log_find(w->log, BPR_LOG_ACTIVITY, names[i]);

		if (index == BPR_LOG_NONE)
			status = unknown(w, names[i], status, err);
		else
			w->role[index] |= role;
	}
	return status;
}

bpr_status bpr_i_mine_roles(struct bpr_mine_work *w, struct bpr_error *err)
{
	const struct bpr_mine_options *o = w->options;
	const uint32_t count = bpr_log_name_count(w->log, BPR_LOG_ACTIVITY);
	struct bpr_error *first = err;
	bpr_status status, next;

	w->role = bpr_i_calloc(count, sizeof(*w->role));
	if (!w->role)
		return bpr_i_nomem(err);
	if (!o->only_count)
		memset(w->role, BPR_I_MINE_ONLY, count);
	status = mark(w, o->only, o->only_count, BPR_I_MINE_ONLY, first);
	next = mark(w, o->starts, o->start_count, BPR_I_MINE_START, status ? NULL : first);
	status = status ? status : next;
	next = mark(w, o->ends, o->end_count, BPR_I_MINE_END, status ? NULL : first);
	return status ? status : next;
}
