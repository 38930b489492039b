/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A promise as people write it: "wait<=15min@90%", 待ち時間≦15分@9割. */
#include "config.h"
#include "improve/improve_i.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include "flow/build_i.h"
#include <string.h>

struct part { const char *text; size_t length; };

static struct part trimmed(const char *text, size_t length)
{
	struct part p = { text, length };

	p.length = bpr_i_utf8_trim(&p.text, length);
	return p;
}

/* Where "<=" or one of its other spellings stands; *width is its length. NULL: nowhere. */
static const char *find_operator(const char *text, size_t *width)
{
	static const char *const signs[] = { "<=", "≤", "≦", "=<" };

	for (const char *s = text; *s; s++)
		for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
			if (!strncmp(s, signs[i], strlen(signs[i]))) {
				*width = strlen(signs[i]);
				return s;
			}
	return NULL;
}

static bool find_key(struct part key, size_t *out)
{
	static const struct { const char *word; size_t key; } words[] = {
		{ "wait", BPR_SIM_WAIT }, { "wait_minutes", BPR_SIM_WAIT }, { "待ち", BPR_SIM_WAIT }, { "待ち時間", BPR_SIM_WAIT },
		{ "cycle", BPR_SIM_CYCLE }, { "cycle_minutes", BPR_SIM_CYCLE }, { "滞在時間", BPR_SIM_CYCLE }, { "所要時間", BPR_SIM_CYCLE },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].word) == key.length && !strncmp(words[i].word, key.text, key.length)) {
			*out = words[i].key;
			return true;
		}
	return false;
}

/* The names of the pools, for a hint. */
static void pool_names(const bpr_flow *flow, struct bpr_buf *names)
{
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		if (i)
			bpr_i_buf_puts(names, ", ");
		bpr_i_buf_puts(names, bpr_flow_pool(flow, i)->name);
	}
}

/* The pool whose name is that text, both as a machine reads them. */
static bpr_status find_pool(const bpr_flow *flow, struct part name, size_t *out, struct bpr_error *err)
{
	struct bpr_buf names = BPR_BUF_INIT;
	struct bpr_buf said = BPR_BUF_INIT;
	bool nomem = false;

	for (size_t i = 0; i < bpr_flow_pool_count(flow) && !nomem; i++) {
		struct bpr_buf folded = BPR_BUF_INIT;
		const char *pool = bpr_flow_pool(flow, i)->name;
		bool found;

		bpr_i_utf8_fold(&folded, pool, strlen(pool));
		nomem = folded.failed != BPR_OK;
		found = !nomem && folded.length == name.length && (!name.length || !memcmp(folded.data, name.text, name.length));
		bpr_i_buf_release(&folded);
		if (found) {
			*out = i;
			return BPR_OK;
		}
	}
	pool_names(flow, &names);
	bpr_i_buf_add(&said, name.text, name.length);
	nomem = nomem || names.failed || said.failed;
	if (!nomem)
		(void)bpr_i_fail(err, BPR_ESYNTAX, BPR_I_E002, NULL, 0, said.data ? said.data : "", names.data ? names.data : "-");
	bpr_i_buf_release(&said);
	bpr_i_buf_release(&names);
	return nomem ? bpr_i_nomem(err) : BPR_ESYNTAX;
}

/* `text` is folded; `shown` is as written. */
static bpr_status parse(const bpr_flow *flow, const char *text, const char *shown, struct bpr_target *out, struct bpr_error *err)
{
	size_t width = 0;
	const char *operator = find_operator(text, &width);
	const char *at = strrchr(text, '@');
	const char *of = strchr(text, '@');
	struct part key, limit, share;
	bool percent;

	if (!operator || !at || at < operator)
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_E001, NULL, 0, shown, NULL);
	key = trimmed(text, (size_t)((of < operator ? of : operator) - text));
	limit = trimmed(operator + width, (size_t)(at - operator) - width);
	share = trimmed(at + 1, strlen(at + 1));
	if (!find_key(key, &out->key) || !limit.length || !bpr_i_parse_minutes(limit.text, limit.length, &out->limit, NULL, NULL) ||
	    !bpr_i_parse_share(share.text, share.length, &out->share, &percent, NULL, NULL) || !(out->share > 0 && out->share < 1))
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_E001, NULL, 0, shown, NULL);
	if (of > operator)
		return BPR_OK;
	if (out->key != BPR_SIM_WAIT)
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_E001, NULL, 0, shown, NULL);
	return find_pool(flow, trimmed(of + 1, (size_t)(operator - of) - 1), &out->pool, err);
}

bpr_status bpr_target_parse(const bpr_flow *flow, const char *text, struct bpr_target *out, struct bpr_error *err)
{
	struct bpr_buf folded = BPR_BUF_MAX(4096);
	bpr_status status;

	*out = (struct bpr_target){ .pool = BPR_NONE };
	bpr_i_utf8_fold(&folded, text, strlen(text));
	if (folded.failed == BPR_ENOMEM)
		status = bpr_i_nomem(err);
	else if (folded.failed || !folded.data)
		status = bpr_i_fail(err, BPR_ESYNTAX, BPR_I_E001, NULL, 0, text, NULL);
	else
		status = parse(flow, folded.data, text, out, err);
	bpr_i_buf_release(&folded);
	return status;
}
