/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A walk as an event log: the sheet of a walk as bpr-log(5) reads it, a row for each step, with what was written there. */
#include "config.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "report/render_i.h"
#include <bpr/walk.h>
#include <math.h>
#include <string.h>

#define OPENS 540 /* minutes after midnight */

static void cell(struct bpr_buf *out, const char *text)
{
	bpr_i_buf_putc(out, ',');
	bpr_i_escape_csv(out, text, strlen(text));
}

static void number(struct bpr_buf *out, double x)
{
	bpr_i_buf_putc(out, ',');
	if (x > 0)
		bpr_i_buf_number(out, x);
}

/* To the millisecond, which is what logs keep. */
static void put_time(struct bpr_buf *out, long date, double minutes)
{
	double ms = floor(minutes * 60000 + 0.5);
	long long all = ms < 9e15 ? (long long)ms : 9000000000000000LL;
	long days = (long)(all / 86400000);
	int y, m, d;

	bpr_date_parts(date + days, &y, &m, &d);
	all %= 86400000;
	bpr_i_buf_printf(out, ",%04d-%02d-%02d %02d:%02d:%02d", y, m, d, (int)(all / 3600000), (int)(all / 60000 % 60), (int)(all / 1000 % 60));
	if (all % 1000)
		bpr_i_buf_printf(out, ".%03d", (int)(all % 1000));
}

static void put_forms(struct bpr_buf *out, const bpr_flow *flow, const struct bpr_node *n)
{
	struct bpr_buf list = BPR_BUF_INIT;

	for (size_t i = 0; i < n->write_count; i++) {
		const struct bpr_form *f = bpr_flow_form(flow, n->writes[i]);

		bpr_i_buf_puts(&list, i ? ";" : "");
		bpr_i_buf_puts(&list, *f->name ? f->name : f->id);
	}
	if (list.failed)
		out->failed = list.failed;
	bpr_i_buf_putc(out, ',');
	if (list.length)
		bpr_i_escape_csv(out, list.data, list.length);
	bpr_i_buf_release(&list);
}

static double names_at(const bpr_flow *flow, const struct bpr_node *n)
{
	double sum = 0;

	for (size_t i = 0; i < n->write_count; i++) {
		const struct bpr_form *f = bpr_flow_form(flow, n->writes[i]);

		for (size_t k = 0; k < f->field_count; k++)
			if (!f->fields[k].prefilled && bpr_field_is_name(bpr_flow_field(flow, f->fields[k].field)))
				sum += f->fields[k].times;
	}
	return sum;
}

struct rows { struct bpr_buf *out; const struct bpr_walk_log_options *options; const char *who; size_t order; double clock; };

static void put_step(struct rows *r, const bpr_flow *flow, const struct bpr_walk_event *e)
{
	const struct bpr_node *n = bpr_flow_node(flow, e->node);
	double times = (double)e->times;

	bpr_i_escape_csv(r->out, r->who, strlen(r->who));
	bpr_i_buf_printf(r->out, ",%zu", ++r->order);
	cell(r->out, n->counter == BPR_NONE ? "" : bpr_flow_counter(flow, n->counter)->name);
	cell(r->out, *n->name ? n->name : n->id);
	put_time(r->out, r->options->date, r->clock);
	put_time(r->out, r->options->date, r->clock += e->wait_minutes);
	put_time(r->out, r->options->date, r->clock += e->work_minutes);
	put_forms(r->out, flow, n);
	number(r->out, names_at(flow, n) * times);
	number(r->out, e->fields);
	number(r->out, n->seals * times);
	number(r->out, n->id_checks * times);
	cell(r->out, n->unit == BPR_NONE ? "" : bpr_flow_unit(flow, n->unit)->name);
	cell(r->out, e->back ? bpr_text(r->options->lang, N_("sent back here")) : "");
	bpr_i_buf_putc(r->out, '\n');
}

static void put_walk(struct bpr_buf *out, const struct bpr_walk_told *told, const struct bpr_walk_log_options *options, const char *who)
{
	struct rows r = { out, options, who, 0, OPENS };
	size_t count;
	const struct bpr_walk_event *story = bpr_walk_story(told->walk, &count);

	for (size_t i = 0; i < count; i++) {
		if (story[i].what == BPR_WALK_MOVE)
			r.clock += story[i].walk_minutes;
		else if (story[i].what == BPR_WALK_STEP)
			put_step(&r, told->flow, &story[i]);
	}
}

bpr_status bpr_walk_write_log(const struct bpr_walk_told *walks, size_t count, const struct bpr_walk_log_options *options, char **out,
			      size_t *length, struct bpr_error *err)
{
	struct bpr_walk_log_options o = BPR_WALK_LOG_OPTIONS_INIT;
	struct bpr_buf buf = BPR_BUF_INIT;

	*out = NULL;
	(void)bpr_i_options(&o, options);
	bpr_i_buf_puts(&buf, o.lang == BPR_LANG_JA ?
		"体験者,順番,窓口,行ったこと,着いた時刻,呼ばれた時刻,終わった時刻,書いた様式,名前を書いた回数,記入項目数,押印,本人確認,担当課,気づき\n" :
		"participant,order,counter,action,arrived at,called at,finished at,writes,names,fields,seals,id_checks,unit,note\n");
	for (size_t i = 0; i < count; i++) {
		struct bpr_buf who = BPR_BUF_INIT;

		bpr_i_buf_puts(&who, o.who && *o.who ? o.who : "1");
		if (count > 1) /* the same person on several flows: a case of each */
			bpr_i_buf_printf(&who, " (%zu)", i + 1);
		if (!who.failed)
			put_walk(&buf, &walks[i], &o, who.data);
		else
			buf.failed = who.failed;
		bpr_i_buf_release(&who);
	}
	if (buf.failed) {
		bpr_i_buf_release(&buf);
		return bpr_i_nomem(err);
	}
	*length = buf.length;
	*out = bpr_i_buf_take(&buf);
	return BPR_OK;
}
