/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a pack: files, a look at every text, the manifest, the archive. */
#include "config.h"
#include "share/share_i.h"
#include "base/options_i.h"
#include <bpr/init.h>
#include <bpr/write.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct packing {
	const struct bpr_share_content *content;
	const struct bpr_share_about *about;
	struct bpr_share_options options;
	struct bpr_share_watch watch;
	struct bpr_packed_list files;
	bpr_problems *problems;
	struct bpr_error *err;
};

/* ---- texts ---- */

static void look(struct packing *p, const char *what, const char *element, const char *text)
{
	char place[200];

	(void)snprintf(place, sizeof(place), "%s%s%.120s", what, *element ? ": " : "", element);
	bpr_i_share_look(&p->watch, place, text);
}

static void look_at_flow(struct packing *p, const bpr_flow *flow, const char *which)
{
	look(p, which, "", bpr_flow_name(flow));
	look(p, which, "", bpr_flow_id(flow));
	look(p, which, "", bpr_flow_source(flow));
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		look(p, which, n->id, n->name);
		look(p, which, n->id, n->note);
	}
	for (size_t i = 0; i < bpr_flow_arc_count(flow); i++)
		look(p, which, bpr_flow_node(flow, bpr_flow_arc(flow, i)->from)->id, bpr_flow_arc(flow, i)->name);
	for (size_t i = 0; i < bpr_flow_unit_count(flow); i++)
		look(p, which, "unit", bpr_flow_unit(flow, i)->name);
	for (size_t i = 0; i < bpr_flow_counter_count(flow); i++) {
		look(p, which, "counter", bpr_flow_counter(flow, i)->name);
		look(p, which, "counter", bpr_flow_counter(flow, i)->building);
	}
	for (size_t i = 0; i < bpr_flow_form_count(flow); i++)
		look(p, which, "form", bpr_flow_form(flow, i)->name);
	for (size_t i = 0; i < bpr_flow_field_count(flow); i++)
		look(p, which, "field", bpr_flow_field(flow, i)->name);
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const char *name = bpr_flow_pool(flow, i)->name;
		size_t n = bpr_i_share_surname(name);

		if (n && (!name[n] || name[n] == ' ')) /* a pool that is called by a name is a person */
			bpr_i_share_found(&p->watch, BPR_I_Z020, "staff", name);
		else
			look(p, which, "staff", name);
	}
}

static void look_at_texts(struct packing *p)
{
	const struct bpr_share_about *a = p->about;

	look(p, "manifest", "municipality", a->municipality);
	look(p, "manifest", "title", a->title);
	look(p, "manifest", "note", a->note);
	for (size_t i = 0; i < a->source_count; i++)
		look(p, "manifest", "sources", a->sources[i]);
	look_at_flow(p, p->content->before, "before");
	if (p->content->after)
		look_at_flow(p, p->content->after, "after");
	for (size_t i = 0; p->content->levers && i < bpr_levers_count(p->content->levers); i++) {
		const struct bpr_lever *l = bpr_levers_get(p->content->levers, i);

		look(p, "levers", l->id, l->name);
		look(p, "levers", l->id, l->note);
		for (size_t k = 0; k < l->action_count; k++)
			look(p, "levers", l->id, l->actions[k].value);
	}
}

/* ---- files ---- */

static bpr_status add_file(struct packing *p, const char *name, const char *data, size_t length)
{
	return bpr_i_packed_add(&p->files, name, data, length) ? BPR_OK : bpr_i_nomem(p->err);
}

static bpr_status add_written(struct packing *p, const bpr_flow *flow, const char *stem, enum bpr_write_format format, const char *ending)
{
	struct bpr_write_options options = BPR_WRITE_OPTIONS_INIT;
	bpr_flow *one = NULL;
	struct bpr_flows flows = { .items = &one, .count = 1 };
	struct bpr_files files = { NULL, 0 };
	bpr_status status;
	char name[80];

	memcpy(&one, &flow, sizeof(one)); /* it is only read */
	options.stem = stem;
	options.japanese = p->options.japanese;
	status = bpr_write(&flows, NULL, 1, format, &options, &files, NULL, p->err);
	for (size_t i = 0; i < files.count && !status; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", stem, *files.items[i].suffix ? files.items[i].suffix : ending);
		status = add_file(p, name, files.items[i].data, files.items[i].length);
	}
	bpr_files_release(&files);
	return status;
}

static bpr_status add_flow(struct packing *p, const bpr_flow *flow, const char *stem)
{
	bpr_status status = flow ? add_written(p, flow, stem, BPR_WRITE_JSON, ".json") : BPR_OK;

	if (flow && !status)
		status = add_written(p, flow, stem, BPR_WRITE_CSV, ".csv");
	return status;
}

static bpr_status add_levers(struct packing *p)
{
	char *text = NULL;
	size_t length;
	bpr_status status;

	if (!p->content->levers || !bpr_levers_count(p->content->levers))
		return BPR_OK;
	status = bpr_levers_write(p->content->levers, NULL, p->options.japanese ? BPR_LANG_JA : BPR_LANG_EN, &text, &length, p->err);
	if (!status)
		status = add_file(p, "levers.csv", text, length);
	bpr_levers_text_free(text);
	return status;
}

static bpr_status add_measured(struct packing *p)
{
	struct bpr_buf sums = BPR_BUF_INIT;
	bpr_status status;

	if (!p->content->measured)
		return BPR_OK;
	status = bpr_i_share_measured(p->content->measured, p->content->measured_length, &p->watch, &sums, p->err);
	if (!status)
		status = add_file(p, "measured.json", sums.data, sums.length);
	bpr_i_buf_release(&sums);
	return status;
}

static const char *role_of(const char *name)
{
	static const char *const roles[] = { "before", "after", "levers", "measured" };

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (!strncmp(name, roles[i], strlen(roles[i])) && name[strlen(roles[i])] == '.')
			return roles[i];
	return "other";
}

static bpr_status add_manifest(struct packing *p)
{
	struct bpr_share_manifest m = { .about = *p->about, .version = bpr_version() };
	struct bpr_buf text = BPR_BUF_INIT;
	bpr_status status;

	m.entries = bpr_i_calloc(p->files.count + 1, sizeof(*m.entries));
	if (!m.entries)
		return bpr_i_nomem(p->err);
	for (size_t i = 0; i < p->files.count; i++) {
		struct bpr_share_entry *e = &m.entries[m.entry_count++];

		e->name = p->files.items[i].name;
		e->role = role_of(e->name);
		e->length = p->files.items[i].length;
		bpr_i_share_sha256(p->files.items[i].data, e->length, e->sha256);
	}
	m.allowed_count = p->watch.used_count;
	memcpy(m.allowed, p->watch.used, sizeof(m.allowed));
	bpr_i_share_manifest_write(&m, &text);
	status = text.failed ? bpr_i_nomem(p->err) : add_file(p, BPR_SHARE_MANIFEST, text.data, text.length);
	bpr_i_buf_release(&text);
	bpr_i_free(m.entries);
	return status;
}

/* ---- the whole ---- */

static bpr_status complete(const struct bpr_share_about *a, struct bpr_error *err)
{
	if (!a->licence || !*a->licence)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_Z012, NULL, 0, "licence", NULL);
	if (!a->municipality || !*a->municipality)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_Z012, NULL, 0, "municipality", NULL);
	if (!(a->population > 0 && a->population <= 1e9))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_Z012, NULL, 0, "population", NULL);
	return BPR_OK;
}

static bpr_status write_archive(struct packing *p, char **out, size_t *length)
{
	struct bpr_buf zip = BPR_BUF_INIT;
	bpr_status status = bpr_i_pack(&p->files, &zip);

	if (status)
		status = bpr_i_nomem(p->err);
	if (!status) {
		*length = zip.length;
		*out = bpr_i_buf_take(&zip);
	}
	bpr_i_buf_release(&zip);
	return status;
}

bpr_status bpr_share_pack(const struct bpr_share_content *content, const struct bpr_share_about *about, const struct bpr_share_options *options,
			  char **out, size_t *length, bpr_problems *problems, struct bpr_error *err)
{
	struct packing p = { .content = content, .about = about, .options = BPR_SHARE_OPTIONS_INIT, .problems = problems, .err = err };
	bpr_status status = complete(about, err);

	*out = NULL;
	if (status)
		return status;
	(void)bpr_i_options(&p.options, options);
	p.watch = (struct bpr_share_watch){ .allow = p.options.allow, .allow_count = p.options.allow_count, .problems = problems };
	look_at_texts(&p);
	status = add_flow(&p, content->before, "before");
	if (!status)
		status = add_flow(&p, content->after, "after");
	if (!status)
		status = add_levers(&p);
	if (!status)
		status = add_measured(&p);
	if (!status && p.watch.nomem)
		status = bpr_i_nomem(err);
	if (!status && p.watch.refused)
		status = bpr_i_fail(err, BPR_ESYNTAX, p.watch.first, NULL, 0, p.watch.place, "…");
	if (!status)
		status = add_manifest(&p);
	if (!status)
		status = write_archive(&p, out, length);
	bpr_i_packed_release(&p.files);
	return status;
}

void bpr_share_text_free(char *text)
{
	bpr_i_free(text);
}
