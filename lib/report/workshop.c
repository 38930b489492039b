/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets of a training, see bpr/workshop.h: what is analysed, and which part is drawn when. */
#include "config.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "report/workshop_i.h"
#include "study/study_i.h"
#include <math.h>
#include <string.h>

/* A new part is a row here. */
static const struct part {
	const char *name;
	void (*draw)(struct workshop *w);
} parts[BPR_WORKSHOP_PART_COUNT] = {
	[BPR_WORKSHOP_TRAINER] = { "trainer", bpr_i_workshop_trainer },
	[BPR_WORKSHOP_FAMILIES] = { "families", bpr_i_workshop_family_cards },
	[BPR_WORKSHOP_ROLES] = { "roles", bpr_i_workshop_role_cards },
	[BPR_WORKSHOP_LOTS] = { "lots", bpr_i_workshop_lot_sheet },
	[BPR_WORKSHOP_FORMS] = { "forms", bpr_i_workshop_forms },
	[BPR_WORKSHOP_SIGNS] = { "signs", bpr_i_workshop_signs },
	[BPR_WORKSHOP_ROOM] = { "room", bpr_i_workshop_room },
	[BPR_WORKSHOP_OBSERVER] = { "observer", bpr_i_workshop_observer },
	[BPR_WORKSHOP_DEBRIEF] = { "debrief", bpr_i_workshop_debrief },
	[BPR_WORKSHOP_CERTIFICATE] = { "certificate", bpr_i_workshop_certificate },
};

const char *bpr_workshop_part_name(enum bpr_workshop_part part)
{
	return (size_t)part < BPR_WORKSHOP_PART_COUNT ? parts[part].name : NULL;
}

const char *bpr_i_workshop_say(struct workshop *w, const char *id, const char *a1, const char *a2, const char *a3)
{
	return bpr_i_doc_fill(&w->words, id, a1, a2, a3, NULL);
}

const char *bpr_i_workshop_number(struct workshop *w, double x)
{
	return bpr_i_say_count(&w->words, x);
}

const char *bpr_i_workshop_text(const struct workshop *w, const char *id)
{
	return bpr_text(w->lang, id);
}

const char *bpr_i_workshop_side(const struct workshop *w, size_t side)
{
	return bpr_i_workshop_text(w, side ? N_("After the reform") : N_("Before the reform"));
}

const char *bpr_i_workshop_name(const bpr_flow *flow)
{
	return *bpr_flow_name(flow) ? bpr_flow_name(flow) : bpr_flow_id(flow);
}

/* The longest case of an average kind shall last about eight minutes in the room. */
static double room_second(const bpr_analysis *analysis)
{
	static const double speeds[] = { 60, 30, 20, 15, 10, 6, 5, 3, 2, 1 };
	double lead = bpr_analysis_figure(analysis, BPR_METRIC_LEAD_MINUTES)->mean;

	for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++)
		if (lead * speeds[i] <= 8 * 60)
			return speeds[i];
	return 0; /* days: what takes so long is said, not waited for */
}

static void draw(struct workshop *w, unsigned chosen)
{
	bpr_i_workshop_families(w);
	for (size_t i = 0; i < BPR_WORKSHOP_PART_COUNT && !w->paper->failed && !w->words.failed; i++)
		if (!chosen || chosen >> i & 1u)
			parts[i].draw(w);
	if (w->words.failed)
		w->paper->failed = true;
}

static bool is_sane(const struct bpr_workshop_options *o)
{
	if (o->lang_count > BPR_LANG_COUNT || o->household_count > WORKSHOP_MOST || (!o->household_count && (o->families < 1 || o->families > WORKSHOP_MOST)))
		return false;
	for (size_t i = 0; i < o->lang_count; i++)
		if ((size_t)o->langs[i] >= BPR_LANG_COUNT)
			return false;
	return true;
}

/* A paper in each language; the scratch texts live as long as the papers do. */
static bpr_status write_all(struct workshop *base, unsigned chosen, enum bpr_workshop_format format, struct bpr_buf *out, bpr_problems *problems,
			    struct bpr_error *err)
{
	const struct bpr_workshop_options *o = base->options;
	struct bpr_paper papers[BPR_LANG_COUNT] = { { 0 } };
	size_t count = o->lang_count ? o->lang_count : 1, pages = 0;
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < count && !status; i++) {
		struct workshop w = *base;

		w.lang = o->lang_count ? o->langs[i] : BPR_LANG_EN;
		papers[i].lang = w.lang;
		w.paper = &papers[i];
		w.words = (struct bpr_document)BPR_DOCUMENT_INIT(w.lang);
		draw(&w, chosen);
		papers[i].title = bpr_i_arena_strdup(&papers[i].arena,
			bpr_i_workshop_say(&w, N_("Training at the counter: {1}"), bpr_i_workshop_name(w.flow[0]), NULL, NULL));
		if (papers[i].failed || w.words.failed || !papers[i].title)
			status = BPR_ENOMEM;
		bpr_i_doc_release(&w.words);
	}
	for (size_t i = 0; i < count; i++)
		pages += papers[i].count;
	if (!status && pages && format == BPR_WORKSHOP_PDF)
		status = bpr_i_paper_pdf(papers, count, o->made, out, problems, err);
	else if (!status && pages)
		bpr_i_paper_html(papers, count, out);
	for (size_t i = 0; i < count; i++)
		bpr_i_paper_release(&papers[i]);
	return status ? status : out->failed;
}

bpr_status bpr_workshop_write(const bpr_flow *before, const bpr_flow *after, unsigned chosen, enum bpr_workshop_format format,
			      const struct bpr_workshop_options *options, struct bpr_output *out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_workshop_options complete = BPR_WORKSHOP_OPTIONS_INIT;
	struct workshop w = { .flow = { before, after }, .sides = after ? 2 : 1, .options = &complete };
	bpr_analysis *analysis[2] = { NULL, NULL };
	struct bpr_buf buf = BPR_BUF_INIT;
	bpr_status status = BPR_OK;

	*out = (struct bpr_output){ 0 };
	if (err)
		*err = (struct bpr_error){ .status = BPR_OK };
	if (!bpr_i_options(&complete, options) || !is_sane(&complete) || chosen >> BPR_WORKSHOP_PART_COUNT || (size_t)format > BPR_WORKSHOP_HTML)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_N001, NULL, 0, NULL, NULL);
	for (size_t i = 0; i < w.sides && !status; i++) {
		status = bpr_analyse(w.flow[i], NULL, &analysis[i], problems, err);
		w.analysis[i] = analysis[i];
	}
	if (!status) {
		w.second = room_second(analysis[0]);
		status = write_all(&w, chosen, format, &buf, problems, err);
	}
	for (size_t i = 0; i < 2; i++)
		bpr_analysis_free(analysis[i]);
	out->length = status ? 0 : buf.length;
	out->data = status ? NULL : bpr_i_buf_take(&buf);
	if (status)
		bpr_i_buf_release(&buf);
	else if (!out->data)
		status = BPR_ENOMEM;
	return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
}
