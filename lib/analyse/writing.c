/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes of fields, by the forms on which they have to be written. */
#include "config.h"
#include "analyse/writing_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

/* One line of a field's signature: bytes that are equal for equal lines. */
struct line { uint64_t form; double times; };

struct drafts {
	struct line *line;
	size_t *row;    /* [field_count + 1] */
	size_t *fill;
};

static void collect(const bpr_flow *flow, struct drafts *d, bool count_only)
{
	for (size_t f = 0; f < bpr_flow_form_count(flow); f++) {
		const struct bpr_form *form = bpr_flow_form(flow, f);

		for (size_t i = 0; i < form->field_count; i++) {
			size_t field = form->fields[i].field;

			if (form->fields[i].prefilled)
				continue;
			if (count_only)
				d->row[field + 1]++;
			else
				d->line[d->fill[field]++] = (struct line){ f, form->fields[i].times };
		}
	}
}

static bool draft(const bpr_flow *flow, struct drafts *d)
{
	size_t count = bpr_flow_field_count(flow);

	d->row = bpr_i_calloc(count + 1, sizeof(*d->row));
	d->fill = bpr_i_calloc(count + 1, sizeof(*d->fill));
	if (!d->row || !d->fill)
		return false;
	collect(flow, d, true);
	for (size_t i = 0; i < count; i++)
		d->row[i + 1] += d->row[i];
	memcpy(d->fill, d->row, (count + 1) * sizeof(*d->fill));
	d->line = bpr_i_calloc(d->row[count] + 1, sizeof(*d->line));
	if (!d->line)
		return false;
	collect(flow, d, false);
	return true;
}

static bool classify(const bpr_flow *flow, const struct drafts *d, struct bpr_writing *w)
{
	size_t count = bpr_flow_field_count(flow);
	struct bpr_names names = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++) {
		size_t length = (d->row[i + 1] - d->row[i]) * sizeof(*d->line), index;
		bool added;

		w->class_of[i] = BPR_CLASS_NONE;
		if (!length)
			continue;
		index = bpr_i_names_add(&names, (const char *)&d->line[d->row[i]], length, &added);
		ok = index != BPR_NONE;
		if (!ok)
			break;
		w->class_of[i] = (uint32_t)index;
		w->weight[index] += 1;
		for (size_t k = d->row[i]; added && k < d->row[i + 1]; k++)
			w->form_row[d->line[k].form + 1]++;
	}
	w->class_count = names.count;
	bpr_i_names_release(&names);
	return ok;
}

/* Lists by form what one copy asks for; form_row holds counts, shifted by one. */
static bool fill_forms(const bpr_flow *flow, const struct drafts *d, struct bpr_writing *w)
{
	size_t forms = bpr_flow_form_count(flow), fields = bpr_flow_field_count(flow);
	unsigned char *done = bpr_i_calloc(w->class_count + 1, 1);
	size_t *fill = bpr_i_calloc(forms + 1, sizeof(*fill));
	bool ok = done && fill;

	for (size_t f = 0; f < forms; f++)
		w->form_row[f + 1] += w->form_row[f];
	w->form = bpr_i_calloc(w->form_row[forms] + 1, sizeof(*w->form));
	ok = ok && w->form;
	if (ok)
		memcpy(fill, w->form_row, (forms + 1) * sizeof(*fill));
	w->whole = true;
	for (size_t i = 0; ok && i < fields; i++) {
		uint32_t class = w->class_of[i];

		if (class == BPR_CLASS_NONE)
			continue;
		for (size_t k = d->row[i]; k < d->row[i + 1]; k++) {
			const struct line *line = &d->line[k];

			w->form_fields[line->form] += line->times;
			w->whole = w->whole && line->times >= 1 && line->times == floor(line->times);
			if (!done[class])
				w->form[fill[line->form]++] = (struct bpr_class_times){ class, line->times };
		}
		done[class] = 1;
	}
	bpr_i_free(done);
	bpr_i_free(fill);
	return ok;
}

bpr_status bpr_i_writing_new(const struct bpr_plan *plan, struct bpr_writing **out, struct bpr_error *err)
{
	const bpr_flow *flow = plan->flow;
	size_t fields = bpr_flow_field_count(flow), forms = bpr_flow_form_count(flow);
	struct bpr_writing *w = bpr_i_calloc(1, sizeof(*w));
	struct drafts d = { 0 };
	bool ok = w != NULL;

	*out = NULL;
	if (ok) {
		w->class_of = bpr_i_calloc(fields, sizeof(*w->class_of));
		w->weight = bpr_i_calloc(fields, sizeof(*w->weight));
		w->form_row = bpr_i_calloc(forms + 1, sizeof(*w->form_row));
		w->form_fields = bpr_i_calloc(forms, sizeof(*w->form_fields));
		ok = w->class_of && w->weight && w->form_row && w->form_fields && draft(flow, &d)
			&& classify(flow, &d, w) && fill_forms(flow, &d, w);
	}
	bpr_i_free(d.line);
	bpr_i_free(d.row);
	bpr_i_free(d.fill);
	if (!ok) {
		bpr_i_writing_free(w);
		return bpr_i_nomem(err);
	}
	*out = w;
	return BPR_OK;
}

void bpr_i_writing_free(struct bpr_writing *w)
{
	if (!w)
		return;
	bpr_i_free(w->class_of);
	bpr_i_free(w->weight);
	bpr_i_free(w->form_row);
	bpr_i_free(w->form);
	bpr_i_free(w->form_fields);
	bpr_i_free(w);
}
