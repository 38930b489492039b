/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who begins next: the rule on top of staff_i.h. */
#include "config.h"
#include "simulate/staff_i.h"

/* ---- lines of a pool ---- */

static uint32_t need_of(const struct staff_plan *plan, uint32_t line, uint32_t pool)
{
	const struct staff_kind *kind = &plan->kind[line];

	for (uint32_t i = 0; i < kind->need_count; i++)
		if (plan->need[kind->first_need + i].pool == pool)
			return plan->need[kind->first_need + i].count;
	return 0;
}

/* The first token of the line, where its door lets it begin: work that was interrupted goes on behind shut doors too. */
static uint32_t ready(const struct run *run, uint32_t line)
{
	const struct staff *s = run->staff;
	uint32_t first = bpr_i_line_first(&s->line[line]), door = s->plan->kind[line].door;

	if (first != RUN_NONE && door != RUN_NONE && !s->open[door] && run->token[first].phase != RUN_INTERRUPTED)
		return RUN_NONE;
	return first;
}

static bool comes_before(const struct run *run, uint32_t a, uint32_t b, enum bpr_discipline discipline)
{
	double ra = bpr_i_line_rank(run, a, discipline), rb = bpr_i_line_rank(run, b, discipline);

	return ra < rb || (!(rb < ra) && run->staff->token[a].sequence < run->staff->token[b].sequence);
}

/* People of the pool that could come, helpers too. */
static uint32_t could_come(const struct staff *s, uint32_t pool, bool help)
{
	return s->people[pool].free + (help ? bpr_i_helpers_free(s, pool) : 0);
}

/* Somebody before the token in the line of this pool lacks its people. */
static bool held_up(const struct run *run, uint32_t token, uint32_t line, uint32_t pool, bool help)
{
	const struct staff *s = run->staff;
	const struct staff_pool *p = &s->plan->pool[pool];

	for (uint32_t k = 0; k < p->line_count; k++) {
		uint32_t other = s->plan->pool_line[p->first_line + k], first = other == line ? RUN_NONE : ready(run, other);

		if (first != RUN_NONE && need_of(s->plan, other, pool) > could_come(s, pool, help) && comes_before(run, first, token, p->discipline))
			return true;
	}
	return false;
}

static bool held_up_elsewhere(const struct run *run, uint32_t token, uint32_t line, uint32_t pool, bool help)
{
	const struct staff_plan *plan = run->staff->plan;
	const struct staff_kind *kind = &plan->kind[line];

	for (uint32_t i = 0; i < kind->need_count; i++) {
		uint32_t other = plan->need[kind->first_need + i].pool;

		if (other != pool && held_up(run, token, line, other, help))
			return true;
	}
	return false;
}

/* ---- beginning ---- */

static void begin(struct run *run, uint32_t token, uint32_t line)
{
	bpr_i_line_remove(run, line, token);
	if (run->token[token].phase == RUN_INTERRUPTED)
		bpr_i_batch_go_on(run, token);
	else
		bpr_i_batch_begin(run, token);
}

/* The line of the pool whose first token comes next among those not looked at; RUN_NONE: there is none. */
static uint32_t next_line(const struct run *run, const struct staff_pool *p)
{
	const struct staff *s = run->staff;
	uint32_t best = RUN_NONE, token = RUN_NONE;

	for (uint32_t k = 0; k < p->line_count; k++) {
		uint32_t line = s->plan->pool_line[p->first_line + k], first = s->line[line].looked ? RUN_NONE : ready(run, line);

		if (first != RUN_NONE && (token == RUN_NONE || comes_before(run, first, token, p->discipline))) {
			best = line;
			token = first;
		}
	}
	return best;
}

/* Looks along the lines of the pool; true: somebody has begun. Leaves word whether somebody lacks its people. */
static bool walk(struct run *run, uint32_t pool, bool help)
{
	struct staff *s = run->staff;
	const struct staff_pool *p = &s->plan->pool[pool];
	bool lacking = false, begun = false;
	uint32_t line;

	while (!lacking && !begun && (line = next_line(run, p)) != RUN_NONE) {
		uint32_t token = bpr_i_line_first(&s->line[line]);

		s->line[line].looked = true;
		lacking = need_of(s->plan, line, pool) > could_come(s, pool, help);
		if (lacking || held_up_elsewhere(run, token, line, pool, help))
			continue;
		begun = bpr_i_people_take(run, token, &s->plan->kind[line], help);
		if (begun)
			begin(run, token, line);
	}
	for (uint32_t k = 0; k < p->line_count; k++)
		s->line[s->plan->pool_line[p->first_line + k]].looked = false;
	s->people[pool].lacking = lacking;
	return begun;
}

/* One person of each pool at most, one line: no rule is needed but the line's own. */
static void settle_simple(struct run *run, uint32_t pool)
{
	struct staff *s = run->staff;
	uint32_t line = s->plan->pool_line[s->plan->pool[pool].first_line], token;

	while ((token = ready(run, line)) != RUN_NONE && bpr_i_people_take(run, token, &s->plan->kind[line], false))
		begin(run, token, line);
}

static bool walk_own(struct run *run, const struct staff_part *part)
{
	bool any = false;

	for (uint32_t k = 0; k < part->pool_count; k++) {
		uint32_t pool = run->staff->plan->part_pool[part->first_pool + k];

		run->staff->people[pool].lacking = false;
		while (run->staff->people[pool].queued && walk(run, pool, false))
			any = true;
	}
	return any;
}

/* One person with nothing to do goes to help; true: somebody did. */
static bool walk_helping(struct run *run, const struct staff_part *part)
{
	const struct staff *s = run->staff;
	const struct staff_plan *plan = s->plan;

	for (uint32_t i = 0; i < part->pool_count; i++) {
		const struct staff_pool *p = &plan->pool[plan->part_pool[part->first_pool + i]];

		for (uint32_t c = p->first_crew; c < p->first_crew + p->crew_count; c++) {
			const struct staff_crew *crew = &plan->crew[c];

			if (s->people[crew->pool].lacking || !bpr_i_crew_free(s, c))
				continue;
			for (uint32_t k = 0; k < crew->also_count; k++) {
				uint32_t also = plan->also[crew->first_also + k];

				if (s->people[also].queued && walk(run, also, true))
					return true;
				if (s->people[also].lacking)
					break;
			}
		}
	}
	return false;
}

void bpr_i_staff_tell(struct run *run, uint32_t part)
{
	const struct staff_part *p = &run->staff->plan->part[part];

	for (uint32_t k = 0; k < p->pool_count; k++) {
		uint32_t pool = run->staff->plan->part_pool[p->first_pool + k];
		struct staff_people *people = &run->staff->people[pool];

		if (people->told_on != people->on)
			bpr_i_record_duty(run, pool, people->told_on = people->on);
		if (people->told_over != people->over)
			bpr_i_record_over(run, pool, people->told_over = people->over);
		if (people->told_busy != people->busy)
			bpr_i_record_busy(run, pool, people->told_busy = people->busy);
	}
}

void bpr_i_staff_settle(struct run *run, uint32_t part)
{
	const struct staff_part *p = &run->staff->plan->part[part];
	uint32_t first = run->staff->plan->part_pool[p->first_pool];

	if (p->pool_count == 1 && run->staff->plan->pool[first].line_count == 1)
		settle_simple(run, first);
	else
		while (walk_own(run, p) || (p->helps && walk_helping(run, p)))
			;
	bpr_i_staff_tell(run, part);
}

/* Needs nobody, only an open door. */
static void settle_door(struct run *run, uint32_t line)
{
	uint32_t token;

	while ((token = ready(run, line)) != RUN_NONE)
		begin(run, token, line);
}

void bpr_i_staff_settle_line(struct run *run, uint32_t line)
{
	uint32_t part = run->staff->plan->kind[line].part;

	if (part == RUN_NONE)
		settle_door(run, line);
	else
		bpr_i_staff_settle(run, part);
}
