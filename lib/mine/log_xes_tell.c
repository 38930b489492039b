/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is odd about a log, counted and told with the lines of the first; and its classifiers. */
#include "config.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "mine/log_xes_i.h"
#include <string.h>

/* {1} how many, {2} lines, {3} a sample */
static const struct { enum bpr_code_id id, strict; } tells[XES_ODDS] = {
	[XES_NO_ACTIVITY] = { BPR_I_L200, BPR_I_L220 }, [XES_NO_TIME] = { BPR_I_L201, BPR_I_L221 }, [XES_BAD_TIME] = { BPR_I_L202, BPR_I_L222 },
	[XES_OUTSIDE] = { BPR_I_L203, BPR_I_L223 }, [XES_PASSED] = { BPR_I_L204, BPR_I_CODE_COUNT }, [XES_OTHER] = { BPR_I_L205, BPR_I_CODE_COUNT },
	[XES_UNNAMED] = { BPR_I_L206, BPR_I_CODE_COUNT }, [XES_TWICE] = { BPR_I_L207, BPR_I_CODE_COUNT }, [XES_LATE_NAME] = { BPR_I_L209, BPR_I_CODE_COUNT },
	[XES_EMPTY] = { BPR_I_L210, BPR_I_CODE_COUNT }, [XES_BACKWARDS] = { BPR_I_L211, BPR_I_CODE_COUNT },
	[XES_DEFAULT] = { BPR_I_L212, BPR_I_CODE_COUNT }, [XES_OPEN] = { BPR_I_L213, BPR_I_CODE_COUNT },
};

void bpr_i_xes_odd(struct xes *x, enum xes_odd odd, const char *sample, size_t length)
{
	struct xes_count *c = &x->odd[odd];

	if (c->count < XES_SAMPLES)
		c->lines[c->count] = x->line;
	if (!c->count++ && sample) {
		struct bpr_buf out = BPR_BUF_ON(c->sample);

		bpr_i_buf_add(&out, sample, bpr_i_utf8_cut(sample, length, 30, BPR_LANG_EN));
	}
	if (odd > XES_OUTSIDE)
		return;
	x->log->info.rejected++;
	if (x->reading->options->strict)
		bpr_i_xes_stop(x, bpr_i_fault(x->reading->fault, BPR_ESYNTAX, tells[odd].strict, x->line, c->sample, NULL, NULL));
}

static bool tell(const struct xes *x, enum xes_odd odd)
{
	const struct xes_count *c = &x->odd[odd];
	const struct bpr_place place = { .file = x->reading->name, .line = c->lines[0] };
	char number[32], room[200] = "";
	struct bpr_buf lines = BPR_BUF_ON(room);

	(void)bpr_i_num_format(number, sizeof(number), (double)c->count);
	for (size_t i = 0; i < c->count && i < XES_SAMPLES; i++) {
		bpr_i_buf_puts(&lines, i ? ", " : "");
		bpr_i_buf_number(&lines, (double)c->lines[i]);
	}
	bpr_i_buf_puts(&lines, c->count > XES_SAMPLES ? " …" : "");
	return bpr_i_problem(x->reading->problems, tells[odd].id, &place, false, number, room, c->sample, NULL);
}

bool bpr_i_xes_tell(const struct xes *x)
{
	const struct bpr_place place = { .file = x->reading->name };

	for (unsigned i = 0; i < XES_ODDS; i++)
		if (x->odd[i].count && !tell(x, (enum xes_odd)i))
			return false;
	if (x->zoned && x->unzoned && !bpr_i_problem(x->reading->problems, BPR_I_L121, &place, false, NULL, NULL, NULL, NULL))
		return false;
	return x->timed || !x->log->info.events || bpr_i_problem(x->reading->problems, BPR_I_L122, &place, false, NULL, NULL, NULL, NULL);
}

/* ---- classifiers ---- */

static const struct xes_classifier *find(const struct xes *x, const char *name)
{
	for (size_t i = 0; i < x->classifier_count; i++)
		if (x->classifiers[i].name && x->classifiers[i].keys && !strcmp(x->classifiers[i].name, name))
			return &x->classifiers[i];
	return NULL;
}

static bpr_status unknown(const struct xes *x, const char *name)
{
	char room[96] = "";
	struct bpr_buf names = BPR_BUF_ON(room);

	for (size_t i = 0; i < x->classifier_count; i++) {
		const size_t length = x->classifiers[i].name ? strlen(x->classifiers[i].name) : 0;

		if (names.length + length + 4 > sizeof(room))
			break;
		bpr_i_buf_puts(&names, i ? ", " : "");
		bpr_i_buf_add(&names, x->classifiers[i].name, length);
	}
	return bpr_i_fault(x->reading->fault, BPR_ESYNTAX, BPR_I_L215, 0, name, names.length ? room : "-", NULL);
}

/* Keys are apart by blanks; one with blanks in it stands between single quotes. */
bpr_status bpr_i_xes_classify(struct xes *x)
{
	const char *name = x->reading->options->classifier;
	const struct xes_classifier *c = name ? find(x, name) : NULL;
	char *to;

	if (!name)
		return BPR_OK;
	if (!c)
		return unknown(x, name);
	to = x->part_keys = bpr_i_calloc(strlen(c->keys) + 1, 1);
	if (!to)
		return bpr_i_fault(x->reading->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	for (const char *at = c->keys + strspn(c->keys, " \t\r\n"); *at; at += strspn(at, " \t\r\n")) {
		const bool quoted = *at == '\'' && strchr(at + 1, '\'');
		const size_t length = quoted ? strcspn(at + 1, "'") : strcspn(at, " \t\r\n");

		if (x->part_count == XES_PARTS)
			return bpr_i_fault(x->reading->fault, BPR_ELIMIT, BPR_I_L216, 0, name, NULL, NULL);
		memcpy(to, at + quoted, length);
		to[length] = '\0';
		to += length + 1;
		x->part_count++;
		at += length + 2 * (size_t)quoted;
	}
	return x->part_count ? BPR_OK : unknown(x, name);
}
