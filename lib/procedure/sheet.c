/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet of one household: what holds, for whom, why, by when, and which facts are still needed. */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

struct making {
	const bpr_procedures *p;
	const bpr_household *household;
	struct bpr_scene scene;
	struct bpr_arena *arena;
	struct bpr_checksheet *sheet;
	bool *asked;          /* [(members + 1) * facts]: not known, and it matters */
};

bool bpr_i_row_for(const struct bpr_procedure_row *row, size_t event)
{
	for (size_t i = 0; i < row->event_count; i++)
		if (row->events[i] == event)
			return true;
	return !row->event_count;
}

/* ---- whom it concerns ---- */

/* Marks those for whom the condition holds at least so much; false: it says nothing of members. */
static bool concerned(const struct making *m, const struct bpr_cond *cond, int level, bool *who)
{
	const size_t members = m->scene.members;
	bool any = false, *part;

	if (cond->kind == BPR_COND_COUNT) {
		const bool all = cond->children[0]->kind == BPR_COND_NOT && !cond->pieces[0].lo_open && cond->pieces[0].hi <= 0;

		for (size_t i = 0; i < members; i++)
			who[i] = all || bpr_i_cond_holds(cond->children[0], &m->scene, i) >= level;
		return true;
	}
	if (cond->kind != BPR_COND_AND && cond->kind != BPR_COND_OR)
		return false;
	part = bpr_i_arena_alloc(m->arena, members, sizeof(*part));
	for (size_t k = 0; part && k < cond->count; k++) {
		bool both = false;

		if (bpr_i_cond_holds(cond->children[k], &m->scene, BPR_NONE) < level)
			continue;
		memset(part, 0, members * sizeof(*part));
		if (!concerned(m, cond->children[k], level, part))
			continue;
		for (size_t i = 0; i < members && any && cond->kind == BPR_COND_AND; i++)
			both = both || (who[i] && part[i]);
		/* Of two facts those whom both concern, if there are any. */
		for (size_t i = 0; i < members; i++)
			who[i] = both ? who[i] && part[i] : who[i] || part[i];
		any = true;
	}
	return any;
}

static bool set_members(struct making *m, struct bpr_sheet_item *item, const struct bpr_cond *cond, int level)
{
	bool *who = bpr_i_arena_alloc(m->arena, m->scene.members, sizeof(*who));
	size_t *members = bpr_i_arena_raw(m->arena, m->scene.members, sizeof(*members));

	if (!who || !members)
		return false;
	if (!m->household->member_count || !concerned(m, cond, level, who))
		return true;
	for (size_t i = 0; i < m->scene.members; i++)
		if (who[i])
			members[item->member_count++] = i;
	item->members = members;
	return true;
}

/* ---- why ---- */

/* The alternative that held, as written. */
static const char *reason(struct making *m, const struct bpr_procedure_row *row, int level)
{
	const struct bpr_cond *cond = row->own;
	size_t begin = 0, end = strlen(row->pub.condition);

	if (!cond || (row->group != BPR_NONE && m->p->groups[row->group].rules))
		return row->pub.condition;
	while (cond->kind == BPR_COND_OR) {
		size_t k = 0;

		while (k + 1 < cond->count && bpr_i_cond_holds(cond->children[k], &m->scene, BPR_NONE) != level)
			k++;
		cond = cond->children[k];
		begin = cond->begin;
		end = cond->end;
	}
	if (begin >= end || end > strlen(row->pub.condition))
		return row->pub.condition;
	while (end > begin && row->pub.condition[end - 1] == ' ')
		end--;
	return bpr_i_arena_strndup(m->arena, row->pub.condition + begin, end - begin);
}

/* ---- what is not known ---- */

static void ask(struct making *m, const struct bpr_cond *cond, size_t member)
{
	if (bpr_i_cond_holds(cond, &m->scene, member) != BPR_I_MAYBE)
		return;
	if (cond->kind == BPR_COND_TEST)
		m->asked[(cond->person ? member + 1 : 0) * m->scene.facts + cond->fact] = true;
	for (size_t k = 0; k < cond->count; k++) {
		if (cond->kind == BPR_COND_COUNT)
			for (size_t i = 0; i < m->scene.members; i++)
				ask(m, cond->children[k], i);
		else
			ask(m, cond->children[k], member);
	}
}

static bool set_unknown(struct making *m)
{
	struct bpr_checksheet *sheet = m->sheet;
	size_t count = 0;

	for (size_t i = 0; i < (m->scene.members + 1) * m->scene.facts; i++)
		count += m->asked[i];
	sheet->unknown = bpr_i_arena_raw(m->arena, count + 1, sizeof(*sheet->unknown));
	sheet->unknown_member = bpr_i_arena_raw(m->arena, count + 1, sizeof(*sheet->unknown_member));
	if (!sheet->unknown || !sheet->unknown_member)
		return false;
	for (size_t f = 0; f < m->scene.facts; f++)
		for (size_t i = 0; i <= m->scene.members; i++)
			if (m->asked[i * m->scene.facts + f]) {
				sheet->unknown[sheet->unknown_count] = f;
				sheet->unknown_member[sheet->unknown_count++] = i && m->household->member_count ? i - 1 : BPR_NONE;
			}
	return true;
}

/* ---- items ---- */

static void set_deadline(const struct making *m, const struct bpr_procedure_row *row, struct bpr_sheet_item *item)
{
	const struct bpr_fact_value *from = row->when.fact == BPR_NONE ? NULL : &m->scene.values[row->when.fact];
	const bool said = from && from->known && from->numeric;
	const long day = said ? (long)from->number : m->household->day;

	item->deadline_known = (said || m->household->dated || row->when.kind == BPR_DEADLINE_DATE) && bpr_i_deadline_day(&row->when, day, &item->deadline);
}

static bool add_item(struct making *m, size_t index, int holds)
{
	const struct bpr_procedure_row *row = &m->p->rows[index];
	struct bpr_sheet_item *item = &m->sheet->items[m->sheet->item_count++];

	*item = (struct bpr_sheet_item){ .procedure = index, .maybe = holds == BPR_I_MAYBE };
	set_deadline(m, row, item);
	item->why = reason(m, row, holds);
	if (!item->why || (row->cond && !set_members(m, item, row->cond, holds)))
		return false;
	if (item->maybe)
		ask(m, row->cond, BPR_NONE);
	m->sheet->minutes_known = m->sheet->minutes_known && !isnan(row->pub.minutes);
	m->sheet->minutes += isnan(row->pub.minutes) ? 0 : row->pub.minutes;
	return true;
}

static bool add_items(struct making *m, size_t event)
{
	struct bpr_checksheet *sheet = m->sheet;

	sheet->items = bpr_i_arena_alloc(m->arena, m->p->count + 1, sizeof(*sheet->items));
	m->asked = bpr_i_arena_alloc(m->arena, (m->scene.members + 1) * m->scene.facts + 1, sizeof(*m->asked));
	if (!sheet->items || !m->asked)
		return false;
	sheet->minutes_known = true;
	for (size_t i = 0; i < m->p->count; i++) {
		const struct bpr_procedure_row *row = &m->p->rows[i];
		int holds;

		if (!bpr_i_row_for(row, event))
			continue;
		holds = row->cond ? bpr_i_cond_holds(row->cond, &m->scene, BPR_NONE) : BPR_I_YES;
		if (holds > BPR_I_NO && !add_item(m, i, holds))
			return false;
	}
	sheet->minutes_known = sheet->minutes_known && sheet->item_count;
	return set_unknown(m) && bpr_i_sheet_walk(m->p, sheet, m->arena);
}

/* The table's event that is meant. BPR_EINVAL: it has none such, which is told. */
static bpr_status find_event(const struct making *m, size_t *event, bpr_problems *problems, struct bpr_error *err)
{
	const char *said = m->household->event;
	struct bpr_near near = { said, strlen(said), NULL, 0 };
	const struct bpr_place place = { .file = m->p->source, .where = "event" };
	struct bpr_buf list = BPR_BUF_INIT;

	*event = BPR_NONE;
	if (*said && !bpr_i_procedures_event_find(m->p, said, event))
		return bpr_i_nomem(err);
	if (*event != BPR_NONE || !m->p->event_count)
		return BPR_OK;
	for (size_t i = 0; i < m->p->event_count; i++) {
		bpr_i_near(&near, m->p->events[i], strlen(m->p->events[i]));
		bpr_i_buf_printf(&list, "%s%s", i ? ", " : "", m->p->events[i]);
	}
	if (list.failed) {
		bpr_i_buf_release(&list);
		return bpr_i_nomem(err);
	}
	bpr_i_problem(problems, *said ? BPR_I_H048 : BPR_I_H047, &place, false, *said ? said : list.data, list.data, near.best ? near.best : m->p->events[0], NULL);
	(void)bpr_i_fail(err, BPR_EINVAL, *said ? BPR_I_H048 : BPR_I_H047, NULL, 0, *said ? said : list.data, list.data);
	bpr_i_buf_release(&list);
	return BPR_EINVAL;
}

bpr_status bpr_checksheet_make(const bpr_procedures *procedures, const bpr_household *household, struct bpr_checksheet *out, bpr_problems *problems,
			       struct bpr_error *err)
{
	struct making m = { .p = procedures, .household = household, .sheet = out };
	bpr_status status;
	size_t event;

	*out = (struct bpr_checksheet){ .event = household->event, .date_known = household->dated, .date = household->day };
	status = find_event(&m, &event, problems, err);
	if (status)
		return status;
	m.arena = bpr_i_calloc(1, sizeof(*m.arena));
	if (!m.arena)
		return bpr_i_nomem(err);
	out->memory = m.arena;
	status = bpr_i_household_values(procedures, household, m.arena, &m.scene, problems, err);
	if (!status && !add_items(&m, event))
		status = bpr_i_nomem(err);
	if (status)
		bpr_checksheet_release(out);
	return status;
}

void bpr_checksheet_release(struct bpr_checksheet *sheet)
{
	if (sheet->memory)
		bpr_i_arena_release(sheet->memory);
	bpr_i_free(sheet->memory);
	*sheet = (struct bpr_checksheet){ 0 };
}
