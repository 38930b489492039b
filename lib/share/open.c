/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a pack: nothing of it is used before names, sums and manifest have been looked at. */
#include "config.h"
#include "share/share_i.h"
#include "base/file_i.h"
#include "base/options_i.h"
#include <stdio.h>
#include <string.h>

static bpr_status told(bpr_problems *problems, struct bpr_error *err, const char *name, const struct bpr_fault *fault)
{
	struct bpr_place place = { name, fault->line, fault->column, NULL };

	if (fault->status == BPR_ENOMEM ||
	    !bpr_i_problem(problems, fault->id, &place, false, fault->args[0], fault->args[1], fault->args[2], NULL))
		return bpr_i_nomem(err);
	return bpr_i_fail(err, fault->status, fault->id, NULL, fault->line, fault->args[0], fault->args[1]);
}

/* ---- what the manifest says against what is there ---- */

static const struct bpr_share_entry *listed(const struct bpr_share_manifest *m, const char *name)
{
	for (size_t i = 0; i < m->entry_count; i++)
		if (!strcmp(m->entries[i].name, name))
			return &m->entries[i];
	return NULL;
}

static bpr_status verify(const bpr_share *s, struct bpr_fault *fault)
{
	for (size_t i = 0; i < s->manifest.entry_count; i++) {
		const struct bpr_share_entry *e = &s->manifest.entries[i];
		const struct bpr_packed *file = bpr_i_packed_find(&s->files, e->name);
		char sum[BPR_SHARE_SHA];

		if (!file || listed(&s->manifest, e->name) != e)
			return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_Z010, 0, e->name, NULL, NULL);
		bpr_i_share_sha256(file->data, file->length, sum);
		if (file->length != e->length || strcmp(sum, e->sha256) != 0)
			return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_Z009, 0, e->name, NULL, NULL);
	}
	for (size_t i = 0; i < s->files.count; i++)
		if (strcmp(s->files.items[i].name, BPR_SHARE_MANIFEST) != 0 && !listed(&s->manifest, s->files.items[i].name))
			return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_Z010, 0, s->files.items[i].name, NULL, NULL);
	return BPR_OK;
}

static bpr_status unpack(bpr_share *s, const char *data, size_t length, const struct bpr_share_limits *limits, struct bpr_fault *fault)
{
	const struct bpr_unpack_limits l = { limits->max_files, limits->max_unpacked, limits->max_ratio ? limits->max_ratio : 1 };
	const struct bpr_packed *manifest;
	bpr_status status = bpr_i_unpack(data, length, &l, &s->files, fault);

	if (status)
		return status;
	manifest = bpr_i_packed_find(&s->files, BPR_SHARE_MANIFEST);
	if (!manifest)
		return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_Z007, 0, NULL, NULL, NULL);
	status = bpr_i_share_manifest_read(manifest->data, manifest->length, &s->manifest, fault);
	return status ? status : verify(s, fault);
}

/* ---- flows and levers ---- */

struct sets { const char *const *items; size_t count; };

static bpr_status read_flow(const bpr_share *s, const char *which, const struct sets *sets, struct bpr_flows *out, bpr_problems *problems,
			    struct bpr_error *err)
{
	const struct bpr_packed *file = bpr_i_packed_find(&s->files, which);
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	char name[200];

	if (!file)
		return BPR_OK;
	options.input = BPR_INPUT_JSON;
	options.companions = false;
	options.sets = sets->items;
	options.set_count = sets->count;
	(void)snprintf(name, sizeof(name), "%.120s!%s", s->name, which);
	return bpr_read_memory(name, file->data, file->length, &options, out, problems, err);
}

static bpr_status read_levers(bpr_share *s, bpr_problems *problems, struct bpr_error *err)
{
	const struct bpr_packed *file = bpr_i_packed_find(&s->files, "levers.csv");

	return file ? bpr_levers_read_memory("levers.csv", file->data, file->length, NULL, &s->levers, problems, err) : BPR_OK;
}

static bpr_status read_content(bpr_share *s, const struct sets *sets, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_fault fault;
	bpr_status status = read_flow(s, "before.json", sets, &s->before, problems, err);

	if (!status && s->before.count != 1) {
		(void)bpr_i_fault(&fault, BPR_ESYNTAX, BPR_I_Z011, 0, NULL, NULL, NULL);
		return told(problems, err, s->name, &fault);
	}
	if (!status)
		status = read_flow(s, "after.json", sets, &s->after, problems, err);
	if (!status)
		status = read_levers(s, problems, err);
	return status ? status : bpr_i_share_apply(s, problems, err);
}

bpr_status bpr_share_open_memory(const char *name, const char *data, size_t length, const struct bpr_share_limits *limits, const char *const *sets,
				 size_t set_count, bpr_share **out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_share_limits l = BPR_SHARE_LIMITS_INIT;
	const struct sets overrides = { sets, set_count };
	bpr_share *s = bpr_i_calloc(1, sizeof(*s));
	struct bpr_fault fault;
	bpr_status status;

	*out = NULL;
	(void)bpr_i_options(&l, limits);
	if (s)
		s->name = bpr_i_calloc(strlen(name) + 1, 1);
	if (!s || !s->name) {
		bpr_i_free(s);
		return bpr_i_nomem(err);
	}
	memcpy(s->name, name, strlen(name));
	status = unpack(s, data, length, &l, &fault);
	if (status)
		status = told(problems, err, name, &fault);
	else
		status = read_content(s, &overrides, problems, err);
	if (status) {
		bpr_share_free(s);
		return status;
	}
	s->population = s->manifest.about.population;
	*out = s;
	return BPR_OK;
}

bpr_status bpr_share_open(const char *path, const struct bpr_share_limits *limits, const char *const *sets, size_t set_count, bpr_share **out,
			  bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_share_limits l = BPR_SHARE_LIMITS_INIT;
	struct bpr_fault fault;
	char *data = NULL;
	size_t length;
	bpr_status status;

	*out = NULL;
	(void)bpr_i_options(&l, limits);
	status = bpr_i_file_read(path, l.max_bytes, &data, &length, &fault);
	if (status)
		return told(problems, err, path, &fault);
	status = bpr_share_open_memory(path, data, length, &l, sets, set_count, out, problems, err);
	bpr_i_free(data);
	return status;
}

bool bpr_share_is_pack(const char *path)
{
	struct bpr_fault fault;
	unsigned long long size;
	char head[64];
	size_t got = 0, n = 0;
	int fd;

	if (!strcmp(path, "-") || bpr_i_file_open(path, &fd, &size, &fault))
		return false;
	while (got < sizeof(head) && !bpr_i_file_next(fd, head + got, sizeof(head) - got, &n, &fault) && n)
		got += n;
	bpr_i_file_close(fd);
	/* The names of a pack are in order: after.csv or before.csv comes first. */
	return got == sizeof(head) && !memcmp(head, "PK\3\4", 4) && (!memcmp(head + 30, "before.", 7) || !memcmp(head + 30, "after.", 6));
}

void bpr_share_free(bpr_share *s)
{
	if (!s)
		return;
	bpr_flow_free(s->now[0]);
	bpr_flow_free(s->now[1]);
	bpr_levers_free(s->levers);
	bpr_flows_release(&s->before);
	bpr_flows_release(&s->after);
	bpr_i_share_manifest_release(&s->manifest);
	bpr_i_packed_release(&s->files);
	bpr_i_arena_release(&s->arena);
	bpr_i_free(s->changes);
	bpr_i_free(s->name);
	bpr_i_free(s);
}

/* ---- what is in it ---- */

const char *bpr_share_name(const bpr_share *s)
{
	return s->name;
}

const struct bpr_share_about *bpr_share_about(const bpr_share *s)
{
	return &s->manifest.about;
}

const char *bpr_share_version(const bpr_share *s)
{
	return s->manifest.version;
}

size_t bpr_share_file_count(const bpr_share *s)
{
	return s->files.count;
}

struct bpr_share_file bpr_share_file(const bpr_share *s, size_t index)
{
	const struct bpr_packed *f = &s->files.items[index];
	const struct bpr_share_entry *e = listed(&s->manifest, f->name);

	return (struct bpr_share_file){ f->name, e ? e->role : "manifest", e ? e->sha256 : "", f->data, f->length };
}

size_t bpr_share_allowed_count(const bpr_share *s)
{
	return s->manifest.allowed_count;
}

const char *bpr_share_allowed(const bpr_share *s, size_t index)
{
	return s->manifest.allowed[index];
}

const bpr_levers *bpr_share_levers(const bpr_share *s)
{
	return s->levers;
}

bool bpr_share_after_by_levers(const bpr_share *s)
{
	return s->by_levers;
}

const bpr_flow *bpr_share_before(const bpr_share *s)
{
	return s->now[0] ? s->now[0] : s->before.items[0];
}

const bpr_flow *bpr_share_after(const bpr_share *s)
{
	return s->now[1] ? s->now[1] : s->after.count ? s->after.items[0] : NULL;
}

double bpr_share_population(const bpr_share *s)
{
	return s->population;
}
