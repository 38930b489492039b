/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What households need on average. With weights w of the rows, W their sum, and the sheet of each row:
 *
 *   procedures = sum w n / W, n the procedures that are needed for certain; counters and things alike
 *   omitted = sum w sum(p) / W, p the share that forgets each of them; with the sheet p (1 - e)
 *   any_omitted = sum w (1 - product(1 - p)) / W: procedures are forgotten independently of one another
 *
 * Where a row does not say it, a fact of yes and no is no: such tables name what there is.
 */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/num_i.h"
#include "base/options_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <bpr/calendar.h>
#include <bpr/init.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct bpr_table_column bpr_i_mix_columns[BPR_MCOL_COUNT] = {
	[BPR_MCOL_NAME] = { "name", "世帯|世帯名|類型|世帯類型|名称", false, N_("text"), N_("What the kind of household is called.") },
	[BPR_MCOL_EVENT] = { "event", "ライフイベント|イベント|事由|届出事由|区分", true, N_("a life event"), N_("Which event it is, as in the table of procedures.") },
	[BPR_MCOL_COUNT_OF] = { "count", "件数|割合|世帯数|構成比|年間件数", false, N_("a number or percent; 1 where empty"), N_("How many such households there are, or which share.") },
	[BPR_MCOL_DATE] = { "date", "日付|異動日|日", false, N_("a date"), N_("The day of the event: ages are those on it.") },
	[BPR_MCOL_FACTS] = { "facts", "事実|世帯の状況|状況|該当", false, N_("車; 犬=いいえ; 台数=2"), N_("What is true of the household; a fact of yes and no that is not named is no.") },
	[BPR_MCOL_MEMBERS] = { "members", "世帯員|家族|構成|家族構成", false, N_("父(42歳、保険=国保); 子(8歳)"), N_("The members with their facts.") },
};

struct mixing {
	const bpr_procedures *p;
	struct bpr_mix_options options;
	struct bpr_household_mix *out;
	struct bpr_arena *arena;
	bpr_problems *problems;
	struct bpr_error *err;
	double *needed;       /* [procedures] */
	size_t event_capacity;
	const char *file;
	size_t line;
};

static bpr_status wrong(struct mixing *m, enum bpr_code_id id, const char *where, const char *a1, const char *a2)
{
	const struct bpr_place place = { .file = m->file, .line = m->line, .where = where };

	bpr_i_problem(m->problems, id, &place, false, a1, a2, NULL, NULL);
	return bpr_i_fail(m->err, BPR_ESYNTAX, id, where, m->line, a1, a2);
}

/* ---- a row as a household ---- */

static bpr_status weight_of(struct mixing *m, const char *text, double *out)
{
	struct bpr_buf folded = BPR_BUF_INIT;
	double factor = 1;
	size_t n;
	bool ok;

	*out = 1;
	if (!*text)
		return BPR_OK;
	bpr_i_utf8_fold(&folded, text, strlen(text));
	if (folded.failed) {
		bpr_i_buf_release(&folded);
		return bpr_i_nomem(m->err);
	}
	n = folded.length;
	if (n && folded.data[n - 1] == '%') {
		n--;
		factor = 0.01;
	}
	folded.data[n] = '\0';
	ok = bpr_i_table_number(folded.data, out) && *out >= 0 && *out <= 1e12;
	bpr_i_buf_release(&folded);
	*out *= factor;
	return ok ? BPR_OK : wrong(m, BPR_I_H081, "count", text, NULL);
}

/* What the row does not name is no. */
static bpr_status close_world(struct mixing *m, bpr_household *household)
{
	bpr_status status = BPR_OK;

	for (size_t f = 0; f < m->p->fact_count && !status; f++) {
		const struct bpr_procedure_fact *fact = &m->p->facts[f];
		bool derived = !fact->declared && fact->known && fact->known->derive != BPR_DERIVE_NONE;
		bool said = bpr_i_household_entry(household, BPR_NONE, fact->key) != NULL;

		for (size_t i = 0; i < household->member_count && !said && !fact->pub.person; i++)
			said = bpr_i_household_entry(household, i, fact->key) != NULL;
		if (fact->pub.kind == BPR_FACT_YES && !derived && !said)
			status = bpr_household_fact(household, BPR_NONE, fact->key, "いいえ", m->err);
	}
	return status;
}

static bpr_status take_household(struct mixing *m, const char *const *cells, bpr_household *household)
{
	struct bpr_error failed = { 0 };
	bpr_status status = bpr_household_event(household, cells[BPR_MCOL_EVENT], m->err);
	long day;

	if (!status && *cells[BPR_MCOL_DATE]) {
		if (!bpr_date_parse(cells[BPR_MCOL_DATE], &day))
			return wrong(m, BPR_I_H054, "date", cells[BPR_MCOL_DATE], NULL);
		bpr_household_date(household, day);
	}
	if (status)
		return status;
	status = bpr_household_facts(household, BPR_NONE, cells[BPR_MCOL_FACTS], &failed);
	if (status == BPR_EINVAL)
		return wrong(m, BPR_I_H055, "facts", cells[BPR_MCOL_FACTS], NULL);
	if (!status)
		status = bpr_household_people(household, cells[BPR_MCOL_MEMBERS], &failed);
	if (status == BPR_EINVAL)
		return wrong(m, BPR_I_H055, "members", cells[BPR_MCOL_MEMBERS], NULL);
	if (status && m->err)
		*m->err = failed;
	return status ? status : close_world(m, household);
}

/* ---- sums ---- */

static struct bpr_mix_event *event_of(struct mixing *m, const char *text)
{
	struct bpr_household_mix *out = m->out;
	const char *name = text;
	size_t known;

	if (!bpr_i_procedures_event_find(m->p, text, &known))
		return NULL;
	name = known == BPR_NONE ? text : m->p->events[known];
	for (size_t i = 0; i < out->event_count; i++)
		if (!strcmp(out->events[i].event, name))
			return &out->events[i];
	if (!bpr_i_grow(&out->events, &m->event_capacity, out->event_count + 1, sizeof(*out->events)))
		return NULL;
	out->events[out->event_count] = (struct bpr_mix_event){ .event = bpr_i_arena_strdup(m->arena, name) };
	return out->events[out->event_count].event ? &out->events[out->event_count++] : NULL;
}

static bpr_status add_sheet(struct mixing *m, const struct bpr_checksheet *sheet, const char *event_text, double weight)
{
	struct bpr_household_mix *out = m->out;
	struct bpr_mix_event *event = event_of(m, event_text);
	double certain = 0, omitted = 0, kept = 1, kept_sheet = 1;

	if (!event)
		return bpr_i_nomem(m->err);
	for (size_t i = 0; i < sheet->item_count; i++) {
		const struct bpr_procedure *row = &m->p->rows[sheet->items[i].procedure].pub;
		const double p = isnan(row->omission) ? m->options.omission : row->omission;

		if (sheet->items[i].maybe)
			continue;
		certain++;
		omitted += p;
		kept *= 1 - p;
		kept_sheet *= 1 - p * (1 - m->options.sheet_effect);
		m->needed[sheet->items[i].procedure] += weight;
	}
	out->households++;
	out->weight += weight;
	out->procedures += weight * certain;
	out->counters += weight * (double)sheet->stop_count;
	out->counters_one_stop += weight * (double)sheet->stops_one_stop;
	out->things += weight * (double)sheet->thing_count;
	out->omitted += weight * omitted;
	out->omitted_sheet += weight * omitted * (1 - m->options.sheet_effect);
	out->any_omitted += weight * (1 - kept);
	out->any_omitted_sheet += weight * (1 - kept_sheet);
	event->weight += weight;
	event->procedures += weight * certain;
	event->counters += weight * (double)sheet->stop_count;
	event->counters_one_stop += weight * (double)sheet->stops_one_stop;
	event->omitted += weight * omitted;
	event->any_omitted += weight * (1 - kept);
	event->omitted_sheet += weight * omitted * (1 - m->options.sheet_effect);
	event->any_omitted_sheet += weight * (1 - kept_sheet);
	return BPR_OK;
}

/* Facts that the row leaves open are told; what hangs on them is not counted. */
static void tell_unknown(struct mixing *m, const struct bpr_checksheet *sheet)
{
	for (size_t i = 0; i < sheet->unknown_count; i++) {
		const char *name = m->p->facts[sheet->unknown[i]].pub.name;
		const struct bpr_place place = { .file = m->file, .line = m->line, .where = name };

		if (!i || sheet->unknown[i] != sheet->unknown[i - 1])
			bpr_i_problem(m->problems, BPR_I_H082, &place, true, name, NULL, NULL, NULL);
	}
}

/*
 * Counters and things of what is needed for certain: a sheet without what hangs on facts that are not known. The items go, and the
 * walk is made again.
 */
static bool only_certain(struct mixing *m, struct bpr_checksheet *sheet)
{
	size_t kept = 0;

	for (size_t i = 0; i < sheet->item_count; i++)
		if (!sheet->items[i].maybe)
			sheet->items[kept++] = sheet->items[i];
	if (kept == sheet->item_count)
		return true;
	sheet->item_count = kept;
	sheet->stop_count = sheet->thing_count = 0;
	return bpr_i_sheet_walk(m->p, sheet, sheet->memory);
}

static bpr_status take_row(void *data, const struct bpr_table_row *row)
{
	struct mixing *m = data;
	bpr_household *household = NULL;
	struct bpr_checksheet sheet = { 0 };
	double weight = 0;
	bpr_status status;

	m->file = row->file;
	m->line = row->line;
	status = weight_of(m, row->cells[BPR_MCOL_COUNT_OF], &weight);
	if (!status)
		status = bpr_household_new(&household, m->err);
	if (!status)
		status = take_household(m, row->cells, household);
	if (!status) {
		status = bpr_checksheet_make(m->p, household, &sheet, NULL, m->err);
		if (status == BPR_EINVAL)
			status = wrong(m, BPR_I_H083, "event", row->cells[BPR_MCOL_EVENT], NULL);
	}
	if (!status) {
		tell_unknown(m, &sheet);
		status = only_certain(m, &sheet) ? add_sheet(m, &sheet, row->cells[BPR_MCOL_EVENT], weight) : bpr_i_nomem(m->err);
	}
	bpr_checksheet_release(&sheet);
	bpr_household_free(household);
	return status;
}

/* ---- means ---- */

static int compare_needed(const void *a, const void *b)
{
	const struct bpr_mix_procedure *x = a, *y = b;

	if (x->share < y->share || x->share > y->share)
		return x->share > y->share ? -1 : 1;
	return x->procedure < y->procedure ? -1 : x->procedure > y->procedure;
}

static bool means(struct mixing *m)
{
	struct bpr_household_mix *out = m->out;
	double *const all[] = { &out->procedures, &out->counters, &out->counters_one_stop, &out->things, &out->omitted, &out->omitted_sheet, &out->any_omitted, &out->any_omitted_sheet };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		*all[i] /= out->weight;
	for (size_t i = 0; i < out->event_count; i++) {
		struct bpr_mix_event *e = &out->events[i];
		double *const own[] = { &e->procedures, &e->counters, &e->counters_one_stop, &e->omitted, &e->any_omitted, &e->omitted_sheet, &e->any_omitted_sheet };

		for (size_t k = 0; k < sizeof(own) / sizeof(own[0]); k++)
			*own[k] = e->weight > 0 ? *own[k] / e->weight : 0;
	}
	out->needed = bpr_i_arena_alloc(m->arena, m->p->count + 1, sizeof(*out->needed));
	if (!out->needed)
		return false;
	for (size_t i = 0; i < m->p->count; i++)
		if (m->needed[i] > 0)
			out->needed[out->needed_count++] = (struct bpr_mix_procedure){ i, m->needed[i] / out->weight };
	qsort(out->needed, out->needed_count, sizeof(*out->needed), compare_needed);
	return true;
}

static bpr_status mix(struct mixing *m, const char *path)
{
	const struct bpr_table_source source = { .path = path, .encoding = m->options.encoding, .sheets = "世帯|世帯構成|households|household_mix" };
	bpr_status status;

	m->needed = bpr_i_arena_alloc(m->arena, m->p->count + 1, sizeof(*m->needed));
	if (!m->needed)
		return bpr_i_nomem(m->err);
	status = bpr_i_table_read(&source, bpr_i_mix_columns, BPR_MCOL_COUNT, take_row, m, NULL, m->problems, m->err);
	m->file = path;
	m->line = 0;
	if (!status && bpr_i_problems_nomem(m->problems))
		return bpr_i_nomem(m->err);
	if (!status && !(m->out->weight > 0))
		return wrong(m, BPR_I_H080, NULL, NULL, NULL);
	return status ? status : means(m) ? BPR_OK : bpr_i_nomem(m->err);
}

bpr_status bpr_households_mix(const bpr_procedures *procedures, const char *path, const struct bpr_mix_options *options,
			      struct bpr_household_mix *out, bpr_problems *problems, struct bpr_error *err)
{
	struct mixing m = { .p = procedures, .options = BPR_MIX_OPTIONS_INIT, .out = out, .problems = problems, .err = err };
	bpr_status status;

	*out = (struct bpr_household_mix){ 0 };
	bpr_init();
	if (!bpr_i_options(&m.options, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	if (!(m.options.omission >= 0) || !(m.options.omission <= 1) || !(m.options.sheet_effect >= 0) || !(m.options.sheet_effect <= 1))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_H084, NULL, 0, NULL, NULL);
	m.arena = bpr_i_calloc(1, sizeof(*m.arena));
	if (!m.arena)
		return bpr_i_nomem(err);
	out->memory = m.arena;
	status = mix(&m, path);
	if (status)
		bpr_household_mix_release(out);
	return status;
}

void bpr_household_mix_release(struct bpr_household_mix *mix)
{
	if (mix->memory)
		bpr_i_arena_release(mix->memory);
	bpr_i_free(mix->memory);
	bpr_i_free(mix->events);
	*mix = (struct bpr_household_mix){ 0 };
}
