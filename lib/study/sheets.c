/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes on which sheet: pages by their part, the plain study by its headings, and the lists that only a workbook has room for. */
#include "config.h"
#include "study/sheets_i.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"
#include <string.h>

/* Flows of so many nodes get the lists of the plain study whole; those of longer ones stand in the rows. */
enum { FULL_NODES = 2000 };

/* ---- building ---- */

void bpr_i_sheet_add(struct bpr_sheets *s, enum bpr_sheet_key key, struct bpr_sheet_block block)
{
	struct bpr_sheet *sheet = &s->items[key];

	if (s->doc.failed || !bpr_i_grow(&sheet->blocks, &sheet->capacity, sheet->count + 1, sizeof(block)))
		s->doc.failed = true;
	else
		sheet->blocks[sheet->count++] = block;
}

void *bpr_i_sheet_memory(struct bpr_sheets *s, size_t count, size_t size)
{
	void *p = s->doc.failed ? NULL : bpr_i_arena_alloc(&s->doc.arena, count, size);

	if (!p)
		s->doc.failed = true;
	return p;
}

static void add_text(struct bpr_sheets *s, enum bpr_sheet_key key, struct bpr_doc_block block)
{
	struct bpr_doc_block *kept = bpr_i_sheet_memory(s, 1, sizeof(*kept));

	if (!kept)
		return;
	*kept = block;
	bpr_i_sheet_add(s, key, (struct bpr_sheet_block){ .block = kept });
}

void bpr_i_sheet_heading(struct bpr_sheets *s, enum bpr_sheet_key key, const char *id)
{
	add_text(s, key, (struct bpr_doc_block){ .kind = BPR_DOC_HEADING, .level = 2, .text = bpr_i_doc_text(&s->doc, id) });
}

void bpr_i_sheet_note(struct bpr_sheets *s, enum bpr_sheet_key key, const char *id)
{
	add_text(s, key, (struct bpr_doc_block){ .kind = BPR_DOC_NOTE, .text = bpr_i_doc_text(&s->doc, id) });
}

void bpr_i_sheet_list(struct bpr_sheets *s, enum bpr_sheet_key key, const struct bpr_sheet_rows *rows, const struct bpr_sheet_chart *chart)
{
	struct bpr_sheet_rows *kept = bpr_i_sheet_memory(s, 1, sizeof(*kept));
	struct bpr_sheet_column *columns = bpr_i_sheet_memory(s, rows->column_count, sizeof(*columns));
	struct bpr_sheet_chart *drawn = chart ? bpr_i_sheet_memory(s, 1, sizeof(*drawn)) : NULL;

	if (s->doc.failed)
		return;
	memcpy(columns, rows->columns, rows->column_count * sizeof(*columns));
	*kept = *rows;
	kept->columns = columns;
	if (chart)
		*drawn = *chart;
	bpr_i_sheet_add(s, key, (struct bpr_sheet_block){ .rows = kept, .chart = drawn });
}

const char *bpr_i_sheet_title(struct bpr_sheets *s, const char *title, const char *unit)
{
	/* TRANSLATORS: heading of a column and its unit */
	return bpr_i_doc_fill(&s->doc, N_("{1} ({2})"), bpr_i_doc_text(&s->doc, title), bpr_i_doc_text(&s->doc, unit), NULL, NULL);
}

void bpr_i_sheet_fill_cells(void *context, size_t row, struct bpr_doc_cell *cells)
{
	const struct bpr_sheet_cells *c = context;

	memcpy(cells, c->cells + row * c->columns, c->columns * sizeof(*cells));
}

/* ---- the plain study, by its headings ---- */

enum { SKIPPED = BPR_SHEET_COUNT };

/* Sections that the lists here tell better are skipped. `kinds`: of reports; 0 all. */
static const struct { const char *heading; unsigned key; unsigned kinds; } sections[] = {
	{ N_("Figures of a case, before and after"), SKIPPED, 0 },
	{ N_("With queues, simulated: before and after"), SKIPPED, 0 },
	{ N_("Steps before and after"), SKIPPED, 0 },
	{ N_("The steps"), SKIPPED, 0 },
	{ N_("Figures of a case"), SKIPPED, 1u << BPR_REPORT_SIMULATION },
	{ N_("Figures of a case"), BPR_SHEET_KPI, 0 },
	{ N_("Where it takes time or gets stuck"), BPR_SHEET_BOTTLENECKS, 0 },
	{ N_("Where it sticks, and what it would take"), BPR_SHEET_BOTTLENECKS, 0 },
	{ N_("Rework: steps done again"), BPR_SHEET_BOTTLENECKS, 0 },
	{ N_("Where cases wait"), BPR_SHEET_WAITING, 0 },
	{ N_("Where the time goes"), BPR_SHEET_WAITING, 0 },
	{ N_("Waiting at the counters"), BPR_SHEET_WAITING, 0 },
	{ N_("Waiting at the counters, simulated"), BPR_SHEET_WAITING, 0 },
	{ N_("Staff"), BPR_SHEET_WAITING, 0 },
	{ N_("Staff before and after, simulated"), BPR_SHEET_WAITING, 0 },
	{ N_("Staff pools"), BPR_SHEET_WAITING, 0 },
	{ N_("The fewest staff for the promise"), BPR_SHEET_WAITING, 0 },
	{ N_("Through the day"), BPR_SHEET_WAITING, 0 },
	{ N_("Through the week"), BPR_SHEET_WAITING, 0 },
	{ N_("Simulated, and by formula"), BPR_SHEET_WAITING, 0 },
	{ N_("The steps, and the wait before each"), BPR_SHEET_WAITING, 0 },
	{ N_("Counters"), BPR_SHEET_COUNTERS, 0 },
	{ N_("Visits to each counter, per case"), BPR_SHEET_COUNTERS, 0 },
	{ N_("What citizens write"), BPR_SHEET_FORMS, 0 },
	{ N_("What citizens write, per case"), BPR_SHEET_FORMS, 0 },
	{ N_("Items written, per case"), BPR_SHEET_FORMS, 0 },
	{ N_("Forms filled in, per case"), BPR_SHEET_FORMS, 0 },
	{ N_("Handoffs from unit to unit"), BPR_SHEET_HANDOFFS, 0 },
	{ N_("Handoffs between units, per case"), BPR_SHEET_HANDOFFS, 0 },
	{ N_("Staff time by unit"), BPR_SHEET_MONEY, 0 },
	{ N_("Staff time by unit, per case"), BPR_SHEET_MONEY, 0 },
	{ N_("How long cases take"), BPR_SHEET_KPI, 0 },
	{ N_("By when cases are done"), BPR_SHEET_KPI, 0 },
	{ N_("The ways that cases go"), BPR_SHEET_WAYS, 0 },
	{ N_("The steps, as they were done"), BPR_SHEET_STEPS, 0 },
	{ N_("How cases begin and end"), BPR_SHEET_FOLLOWS, 0 },
	{ N_("What follows what"), BPR_SHEET_FOLLOWS, 0 },
	{ N_("Where it goes back: rework"), BPR_SHEET_FOLLOWS, 0 },
	{ N_("Handovers between units"), BPR_SHEET_HANDOFFS, 0 },
	{ N_("Handovers between people"), BPR_SHEET_HANDOFFS, 0 },
	{ N_("At which hour cases come"), SKIPPED, 1u << BPR_REPORT_MINING },
	{ N_("On which weekday cases come"), BPR_SHEET_WHEN, 0 },
	{ N_("Cases under way at once"), BPR_SHEET_WHEN, 0 },
	{ N_("Month by month"), BPR_SHEET_WHEN, 0 },
	{ N_("Levers, the most effect for a day of work first"), SKIPPED, 0 },
	{ N_("Roadmap"), SKIPPED, 0 },
	{ N_("If the assumptions change: net at the end of the years"), SKIPPED, 0 },
	{ N_("What this rests on, and how sure it is"), SKIPPED, 0 },
	{ N_("What can begin tomorrow"), BPR_SHEET_LEVERS, 0 },
	{ N_("What is chosen, alone and together"), BPR_SHEET_LEVERS, 0 },
	{ N_("Effect, cost and ease: the best trade-offs"), BPR_SHEET_LEVERS, 0 },
	{ N_("What does not fit this flow"), BPR_SHEET_LEVERS, 0 },
	{ N_("Steps that a machine could do (RPA)"), BPR_SHEET_LEVERS, 0 },
	{ N_("What has no place in these years"), BPR_SHEET_ROADMAP, 0 },
	{ N_("What was read"), BPR_SHEET_SOURCE, 1u << BPR_REPORT_SUGGESTION },
	{ N_("What gets worse or heavier"), BPR_SHEET_SUMMARY, 0 },
	{ N_("What is not known"), BPR_SHEET_SUMMARY, 0 },
	{ N_("Points to check in the input"), BPR_SHEET_SOURCE, 0 },
	{ N_("What the figures rest on"), BPR_SHEET_SOURCE, 0 },
	{ N_("Where the values come from"), BPR_SHEET_SOURCE, 0 },
};

static unsigned sheet_of(const struct bpr_sheets *s, const char *heading)
{
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		if ((!sections[i].kinds || sections[i].kinds >> s->kind & 1u) && !strcmp(heading, bpr_i_doc_text(&s->doc, sections[i].heading)))
			return sections[i].key;
	return BPR_SHEET_DETAILS;
}

static void add_plain(struct bpr_sheets *s)
{
	unsigned key = SKIPPED; /* the title and what is said first: the pages say it */

	for (size_t i = 0; i < s->plain.block_count; i++) {
		const struct bpr_doc_block *block = &s->plain.blocks[i];

		if (block->kind == BPR_DOC_HEADING && block->level == 2)
			key = sheet_of(s, block->text);
		if (key < BPR_SHEET_COUNT)
			bpr_i_sheet_add(s, (enum bpr_sheet_key)key, (struct bpr_sheet_block){ .block = block });
	}
}

/* ---- pages, by their part ---- */

static unsigned sheet_of_part(const char *name)
{
	static const struct { const char *name; unsigned key; } parts[] = {
		{ "handout", BPR_SHEET_SUMMARY }, { "front", BPR_SHEET_SUMMARY }, { "sheet", BPR_SHEET_SUMMARY }, { "visit", BPR_SHEET_COUNTERS },
		{ "waiting", BPR_SHEET_WAITING }, { "money", BPR_SHEET_MONEY }, { "source", BPR_SHEET_SOURCE },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!strcmp(name, parts[i].name))
			return parts[i].key;
	return SKIPPED;
}

/* A picture that a spreadsheet cannot draw. */
static bool is_picture(const struct bpr_doc_block *block)
{
	return block->kind == BPR_DOC_FIGURE && (block->figure->kind == BPR_FIGURE_FLOW || block->figure->kind == BPR_FIGURE_MAP ||
						 block->figure->kind == BPR_FIGURE_STEPS || block->figure->kind == BPR_FIGURE_FOLLOWS ||
						 block->figure->kind == BPR_FIGURE_WEEK || block->figure->kind == BPR_FIGURE_DAYS ||
						 block->figure->kind == BPR_FIGURE_SCATTER || block->figure->kind == BPR_FIGURE_GANTT);
}

/* A heading with nothing but a picture below it goes with it; how to read a drawing is not how to read a chart. */
static bool is_left_out(const struct bpr_sheets *s, size_t i)
{
	const struct bpr_doc_block *blocks = s->pages.blocks;
	size_t next = i + 1;
	bool picture = false;

	if (is_picture(&blocks[i]) || (i && blocks[i].kind == BPR_DOC_READING && blocks[i - 1].kind == BPR_DOC_FIGURE))
		return true;
	if (blocks[i].kind != BPR_DOC_HEADING || blocks[i].level < 2)
		return false;
	for (; next < s->pages.block_count && (is_picture(&blocks[next]) || blocks[next].kind == BPR_DOC_READING); next++)
		picture = true;
	return picture && (next == s->pages.block_count || blocks[next].kind == BPR_DOC_HEADING || blocks[next].kind == BPR_DOC_PAGE);
}

static void add_page_block(struct bpr_sheets *s, enum bpr_sheet_key key, const struct bpr_doc_block *block)
{
	switch (block->kind) {
	case BPR_DOC_FIGURE:
		bpr_i_sheets_figure(s, key, block->figure);
		return;
	case BPR_DOC_PAGE:
		if (key != BPR_SHEET_SUMMARY)
			add_text(s, key, (struct bpr_doc_block){ .kind = BPR_DOC_HEADING, .level = 1, .text = block->text });
		return;
	case BPR_DOC_TILES: /* the same in numbers, and more of them */
		if (key == BPR_SHEET_SUMMARY)
			bpr_i_sheets_headline(s);
		return;
	case BPR_DOC_HEADING: case BPR_DOC_LEAD: case BPR_DOC_PARAGRAPH: case BPR_DOC_ITEM: case BPR_DOC_NOTE: case BPR_DOC_TABLE:
	case BPR_DOC_CARDS: case BPR_DOC_BOX: case BPR_DOC_READING: case BPR_DOC_COMMAND: case BPR_DOC_COLUMNS: case BPR_DOC_COLUMNS_END:
		bpr_i_sheet_add(s, key, (struct bpr_sheet_block){ .block = block });
		return;
	}
}

static void add_pages(struct bpr_sheets *s)
{
	unsigned key = BPR_SHEET_SUMMARY;

	for (size_t i = 0; i < s->pages.block_count; i++) {
		const struct bpr_doc_block *block = &s->pages.blocks[i];

		if (block->kind == BPR_DOC_PAGE)
			key = sheet_of_part(block->name);
		if (key < BPR_SHEET_COUNT && !is_left_out(s, i))
			add_page_block(s, (enum bpr_sheet_key)key, block);
	}
}

/* ---- all of it ---- */

static void name_sheets(struct bpr_sheets *s)
{
	/* TRANSLATORS: names of the sheets of a workbook: at most 31 characters, none of []:*?/\ */
	static const char *const names[BPR_SHEET_COUNT] = {
		[BPR_SHEET_SUMMARY] = N_("Summary"), [BPR_SHEET_LEVERS] = N_("Levers"), [BPR_SHEET_ROADMAP] = N_("Roadmap"), [BPR_SHEET_KPI] = N_("Measures"), [BPR_SHEET_WAYS] = N_("Ways of cases"), [BPR_SHEET_FOLLOWS] = N_("What follows what"),
		[BPR_SHEET_WHEN] = N_("Hours and days"), [BPR_SHEET_STEPS] = N_("Steps of work"),
		[BPR_SHEET_COUNTERS] = N_("Visit and counters"), [BPR_SHEET_FORMS] = N_("Forms and items"), [BPR_SHEET_HANDOFFS] = N_("Handoffs"),
		[BPR_SHEET_BOTTLENECKS] = N_("Bottlenecks"), [BPR_SHEET_WAITING] = N_("Waiting"), [BPR_SHEET_MONEY] = N_("Hours and yen"),
		[BPR_SHEET_DETAILS] = N_("Further figures"), [BPR_SHEET_SOURCE] = N_("Assumptions and sources"),
	};

	s->data_name = bpr_i_doc_text(&s->doc, N_("Data of the charts"));
	s->data_note = bpr_i_doc_text(&s->doc, N_("The charts of the other sheets are drawn from these figures. Columns such as 'In both' only place the bars."));
	for (size_t i = 0; i < BPR_SHEET_COUNT; i++)
		s->items[i].name = bpr_i_doc_text(&s->doc, i == BPR_SHEET_DETAILS && s->kind == BPR_REPORT_CHECK ? N_("Findings") : names[i]);
}

static size_t nodes_of(const bpr_flow *flow)
{
	return flow ? bpr_flow_node_count(flow) : 0;
}

static unsigned long long parts_without_details(const struct bpr_page_options *page)
{
	unsigned long long parts = 0;
	const char *name;

	for (size_t i = 0; (name = bpr_part_get(i)) != NULL; i++)
		if (strcmp(name, "details") != 0 && strcmp(name, "clerk") != 0 && (!page->parts || page->parts >> i & 1u))
			parts |= 1ull << i;
	return parts;
}

static bool wants_part(const struct bpr_page_options *page, const char *part)
{
	const char *name;

	for (size_t i = 0; page->parts && (name = bpr_part_get(i)) != NULL; i++)
		if (!strcmp(name, part))
			return page->parts >> i & 1u;
	return true;
}

static void make_pages(struct bpr_sheets *s)
{
	struct bpr_page_options page = *s->page;

	page.parts = parts_without_details(s->page);
	if (page.parts)
		bpr_i_study_pages(&s->pages, s->kind, s->subject, s->options, &page);
}

void bpr_i_sheets_make(struct bpr_sheets *s, enum bpr_lang lang, enum bpr_report_kind kind, const struct bpr_subject *subject,
		       const struct bpr_study_options *options, const struct bpr_page_options *page)
{
	static const struct bpr_page_options none = BPR_PAGE_OPTIONS_INIT;
	struct bpr_study_options whole = *options;

	*s = (struct bpr_sheets){ .doc = { .lang = lang }, .pages = { .lang = lang }, .plain = { .lang = lang }, .kind = kind,
				  .subject = subject, .options = options, .page = page ? page : &none };
	if (subject->comparison)
		s->cases = bpr_comparison_cases_per_year(subject->comparison);
	else if (subject->flow)
		s->cases = bpr_flow_cases_per_year(subject->flow);
	whole.full = options->full || (nodes_of(subject->flow) <= FULL_NODES && nodes_of(subject->after_flow) <= FULL_NODES);
	name_sheets(s);
	make_pages(s);
	bpr_i_study_plain(&s->plain, kind, subject, &whole);
	add_pages(s);
	if (wants_part(s->page, "details")) {
		if (kind != BPR_REPORT_MINING && kind != BPR_REPORT_EVIDENCE && kind != BPR_REPORT_CHECKSHEET && kind != BPR_REPORT_MIX &&
		    kind != BPR_REPORT_SUGGESTION) { /* sheets of flows */
			bpr_i_sheets_kpi(s);
			bpr_i_sheets_steps(s);
			bpr_i_sheets_matrices(s);
			bpr_i_sheets_bottlenecks(s);
			bpr_i_sheets_check(s);
		}
		bpr_i_sheets_mining(s);
		bpr_i_sheets_checksheet(s);
		bpr_i_sheets_suggestion(s);
		bpr_i_sheets_source(s);
		if (kind != BPR_REPORT_CHECKSHEET && kind != BPR_REPORT_MIX) /* the pages say all of it */
			add_plain(s);
	}
	s->doc.failed = s->doc.failed || s->pages.failed || s->plain.failed;
}

void bpr_i_sheets_release(struct bpr_sheets *s)
{
	for (size_t i = 0; i < BPR_SHEET_COUNT; i++)
		bpr_i_free(s->items[i].blocks);
	if (s->last_words)
		bpr_i_doc_release(s->last_words);
	bpr_i_doc_release(&s->pages);
	bpr_i_doc_release(&s->plain);
	bpr_i_doc_release(&s->doc);
}
