/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pack of exercises: what pack.ini says, checked while it is read, so that no exercise fails in front of a class. */
#include "config.h"
#include "drill/pack_i.h"
#include "base/file_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <bpr/analysis.h>
#include <bpr/suggest.h>
#include <math.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20, MOST_EXERCISES = 100 };

static const char *const tasks[BPR_TASK_COUNT] = { "value", "word", "flow", "levers", "sheet", "simulation" };

const char *bpr_task_name(enum bpr_task task)
{
	return (size_t)task < BPR_TASK_COUNT ? tasks[task] : "";
}

struct reading {
	bpr_pack *pack;
	bpr_problems *problems;
	bool failed, nomem;
};

static void note(struct reading *r, enum bpr_code_id id, size_t line, const char *a1, const char *a2, const char *a3)
{
	const struct bpr_place place = { r->pack->file, line, 0, NULL };

	r->failed = true;
	r->nomem |= !bpr_i_problem(r->problems, id, &place, false, a1, a2, a3, NULL) && r->problems;
}

/* ---- keys ---- */

/* Key without its language, and which; "text.ja". */
static size_t key_lang(const char *key, enum bpr_lang *lang)
{
	const size_t n = strlen(key);

	*lang = BPR_LANG_EN;
	if (n > 3 && (!strcmp(key + n - 3, ".ja") || !strcmp(key + n - 3, ".en"))) {
		*lang = key[n - 2] == 'j' ? BPR_LANG_JA : BPR_LANG_EN;
		return n - 3;
	}
	return n;
}

static bool is_key(const char *key, size_t length, const char *name)
{
	return strlen(name) == length && !memcmp(key, name, length);
}

/* A file of the pack: within its folder. */
static const char *file_of(struct reading *r, const struct bpr_ini_entry *e)
{
	if (!*e->value || *e->value == '/' || strstr(e->value, "..") || strchr(e->value, '\\'))
		note(r, BPR_I_N107, e->line, e->value, NULL, NULL);
	return e->value;
}

static double limit_of(struct reading *r, const struct bpr_ini_entry *e)
{
	double value = 0;

	if (!bpr_amount_parse(e->value, &value))
		note(r, BPR_I_N109, e->line, e->key, e->value, NULL);
	return value;
}

static void tolerance_of(struct reading *r, const struct bpr_ini_entry *e, struct bpr_exercise *x)
{
	size_t n = strlen(e->value);

	x->tolerance_relative = n && e->value[n - 1] == '%';
	n -= x->tolerance_relative;
	if (!bpr_i_num_parse(e->value, n, &x->tolerance) || x->tolerance < 0)
		note(r, BPR_I_N109, e->line, e->key, e->value, NULL);
	if (x->tolerance_relative)
		x->tolerance /= 100;
}

static bool same_text(const char *const texts[BPR_LANG_COUNT])
{
	return texts[0][0] || texts[1][0];
}

static void take_check(struct reading *r, const struct bpr_ini_entry *e, struct bpr_exercise *x, bool require)
{
	enum bpr_lang lang;
	struct bpr_drill_check *check = x->check_count ? &x->checks[x->check_count - 1] : NULL;

	if (!require) {
		(void)key_lang(e->key, &lang);
		if (!check)
			note(r, BPR_I_N111, e->line, e->key, NULL, NULL);
		else
			check->unmet[lang] = e->value;
		return;
	}
	if (x->check_count == BPR_DRILL_CHECKS) {
		note(r, BPR_I_N112, e->line, x->id, NULL, NULL);
		return;
	}
	x->checks[x->check_count++] = (struct bpr_drill_check){ e->value, { "", "" }, e->line };
}

static void take_hint(struct bpr_exercise *x, const char *key, enum bpr_lang lang, const char *value)
{
	const size_t i = (size_t)(key[4] - '1');

	x->hints[i][lang] = value;
	if (i >= x->hint_count)
		x->hint_count = i + 1;
}

/* Texts in both languages. False: the key is none of them. */
static bool take_text(struct bpr_exercise *x, const struct bpr_ini_entry *e)
{
	enum bpr_lang lang;
	const size_t n = key_lang(e->key, &lang);

	if (is_key(e->key, n, "title"))
		x->title[lang] = e->value;
	else if (is_key(e->key, n, "text"))
		x->text[lang] = e->value;
	else if (is_key(e->key, n, "done"))
		x->done[lang] = e->value;
	else if (n == 5 && !memcmp(e->key, "hint", 4) && e->key[4] >= '1' && e->key[4] <= '3')
		take_hint(x, e->key, lang, e->value);
	else
		return false;
	return true;
}

static void take_task(struct reading *r, const struct bpr_ini_entry *e, struct bpr_exercise *x)
{
	size_t i = 0;

	while (i < BPR_TASK_COUNT && strcmp(tasks[i], e->value) != 0)
		i++;
	if (i == BPR_TASK_COUNT)
		note(r, BPR_I_N106, e->line, e->value, "value, word, flow, levers, sheet, simulation", NULL);
	else
		x->task = (enum bpr_task)i;
}

static void take(struct reading *r, const struct bpr_ini_entry *e, struct bpr_exercise *x)
{
	enum bpr_lang lang;
	const size_t n = key_lang(e->key, &lang);

	if (take_text(x, e))
		return;
	if (!strcmp(e->key, "task"))
		take_task(r, e, x);
	else if (!strcmp(e->key, "input"))
		x->input = file_of(r, e);
	else if (!strcmp(e->key, "procedures"))
		x->procedures = file_of(r, e);
	else if (!strcmp(e->key, "levers"))
		x->levers = file_of(r, e);
	else if (!strcmp(e->key, "household"))
		x->household = file_of(r, e);
	else if (!strcmp(e->key, "measure"))
		x->measure = e->value;
	else if (!strcmp(e->key, "gain"))
		x->gain = e->value;
	else if (!strcmp(e->key, "tolerance"))
		tolerance_of(r, e, x);
	else if (!strcmp(e->key, "budget"))
		x->budget = limit_of(r, e);
	else if (!strcmp(e->key, "days"))
		x->days = limit_of(r, e);
	else if (!strcmp(e->key, "require") || is_key(e->key, n, "unmet"))
		take_check(r, e, x, *e->key == 'r');
	else
		note(r, BPR_I_N104, e->line, e->key, NULL, NULL);
}

/* ---- what an exercise needs ---- */

static bool lens_known(const char *name)
{
	for (int lens = BPR_LENS_UTILISATION; lens <= BPR_LENS_STRUCTURE; lens++)
		if (!strcmp(bpr_lens_name((enum bpr_lens)lens), name))
			return true;
	return false;
}

static void check_requirement(struct reading *r, const struct bpr_exercise *x, const struct bpr_drill_check *check)
{
	static const char *const parts[] = { "before.", "after.", "change.", "change_pct." };
	const char *key = check->text;
	enum bpr_drill_word word;
	char operator[3], name[64];
	double limit;
	size_t n;

	if (bpr_i_drill_word(check->text, &word, operator, &limit)) {
		if ((word == BPR_DRILL_COST || word == BPR_DRILL_DAYS || word == BPR_DRILL_BEST) && x->task != BPR_TASK_LEVERS)
			note(r, BPR_I_N108, check->line, check->text, NULL, NULL);
		return;
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!strncmp(check->text, parts[i], strlen(parts[i])))
			key = check->text + strlen(parts[i]);
	n = strcspn(key, "<>= ");
	if (n >= sizeof(name)) {
		note(r, BPR_I_N108, check->line, check->text, NULL, NULL);
		return;
	}
	memcpy(name, key, n);
	name[n] = '\0';
	if (x->task == BPR_TASK_SIMULATION ? bpr_sim_key_find(name) == BPR_SIM_KEY_COUNT : bpr_metric_find(name) == BPR_METRIC_COUNT)
		note(r, BPR_I_N108, check->line, check->text, NULL, NULL);
}

static void check_exercise(struct reading *r, const struct bpr_exercise *x)
{
	const char *lacks = NULL;

	if (!same_text(x->title))
		lacks = "title";
	else if (!same_text(x->text))
		lacks = "text";
	else if (x->task == BPR_TASK_COUNT)
		lacks = "task";
	else if (x->task != BPR_TASK_SHEET && !*x->input)
		lacks = "input";
	else if (x->task == BPR_TASK_SHEET && (!*x->procedures || !*x->household))
		lacks = *x->procedures ? "household" : "procedures";
	else if (x->task == BPR_TASK_LEVERS && !*x->levers)
		lacks = "levers";
	else if (x->task == BPR_TASK_VALUE && bpr_metric_find(x->measure) == BPR_METRIC_COUNT)
		lacks = "measure";
	else if (x->task == BPR_TASK_WORD && !lens_known(x->measure))
		lacks = "measure";
	else if ((x->task == BPR_TASK_FLOW || x->task == BPR_TASK_LEVERS || x->task == BPR_TASK_SIMULATION) && !x->check_count)
		lacks = "require";
	else if (bpr_gain_find(x->gain) == BPR_GAIN_COUNT)
		lacks = "gain";
	if (lacks)
		note(r, BPR_I_N105, x->line, x->id, lacks, NULL);
	for (size_t i = 0; i < x->check_count; i++)
		check_requirement(r, x, &x->checks[i]);
}

static struct bpr_exercise *exercise_of(struct reading *r, const struct bpr_ini_entry *e)
{
	bpr_pack *pack = r->pack;
	struct bpr_exercise *x;

	for (size_t i = 0; i < pack->count; i++)
		if (!strcmp(pack->items[i].id, e->section))
			return &pack->items[i];
	if (pack->count == MOST_EXERCISES) {
		note(r, BPR_I_N113, e->line, "100", NULL, NULL);
		return NULL;
	}
	if (!bpr_i_grow(&pack->items, &pack->capacity, pack->count + 1, sizeof(*pack->items))) {
		r->nomem = true;
		return NULL;
	}
	x = &pack->items[pack->count++];
	*x = (struct bpr_exercise){ .id = e->section, .task = BPR_TASK_COUNT, .title = { "", "" }, .text = { "", "" }, .done = { "", "" },
				    .hints = { { "", "" }, { "", "" }, { "", "" } }, .input = "", .procedures = "", .household = "", .levers = "", .measure = "",
				    .tolerance = 0.01, .tolerance_relative = true, .budget = (double)INFINITY, .days = (double)INFINITY, .gain = "hours",
				    .line = e->line };
	return x;
}

static void take_pack(struct reading *r, const struct bpr_ini_entry *e)
{
	enum bpr_lang lang;
	const size_t n = key_lang(e->key, &lang);

	if (!strcmp(e->key, "id"))
		r->pack->id = e->value;
	else if (is_key(e->key, n, "title"))
		r->pack->title[lang] = e->value;
	else if (is_key(e->key, n, "text"))
		r->pack->text[lang] = e->value;
	else
		note(r, BPR_I_N104, e->line, e->key, NULL, NULL);
}

bpr_status bpr_pack_read_memory(const char *name, const char *folder, const void *data, size_t length, bpr_pack **out, bpr_problems *problems,
				struct bpr_error *err)
{
	struct reading r = { .pack = bpr_i_calloc(1, sizeof(bpr_pack)), .problems = problems };
	bpr_status status = BPR_OK;

	*out = NULL;
	if (!r.pack)
		return bpr_i_nomem(err);
	if (length > MOST_BYTES) {
		bpr_pack_free(r.pack);
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_I005, NULL, 0, "1048576", NULL);
	}
	status = bpr_i_ini_read(&r.pack->ini, name, data, length, problems);
	r.pack->title[0] = r.pack->title[1] = r.pack->text[0] = r.pack->text[1] = r.pack->id = "";
	r.pack->file = bpr_i_arena_strdup(&r.pack->ini.arena, name);
	r.pack->folder = bpr_i_arena_strdup(&r.pack->ini.arena, folder);
	r.pack->hash = bpr_i_hash(BPR_I_HASH_START, data, length);
	r.nomem = status == BPR_ENOMEM || !r.pack->file || !r.pack->folder;
	r.failed = status != BPR_OK;
	for (size_t i = 0; i < r.pack->ini.count && !status && !r.nomem; i++) {
		const struct bpr_ini_entry *e = &r.pack->ini.items[i];

		if (!strcmp(e->section, "pack")) {
			take_pack(&r, e);
		} else {
			struct bpr_exercise *x = exercise_of(&r, e);

			if (x)
				take(&r, e, x);
		}
	}
	for (size_t i = 0; i < r.pack->count && !status && !r.nomem; i++)
		check_exercise(&r, &r.pack->items[i]);
	if (!r.failed && !r.nomem && (!r.pack->count || !*r.pack->id))
		note(&r, BPR_I_N105, 0, "pack", *r.pack->id ? "[1]" : "id", NULL);
	if (r.nomem || r.failed) {
		bpr_pack_free(r.pack);
		return r.nomem ? bpr_i_nomem(err) : bpr_i_fail(err, BPR_ESYNTAX, BPR_I_N102, NULL, 0, name, NULL);
	}
	*out = r.pack;
	return BPR_OK;
}

bpr_status bpr_pack_read(const char *path, bpr_pack **out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_buf file = BPR_BUF_INIT, folder = BPR_BUF_INIT;
	const size_t n = strlen(path);
	const char *slash = strrchr(path, '/');
	const bool is_file = n >= 4 && !strcmp(path + n - 4, ".ini");
	struct bpr_fault fault;
	char *data = NULL;
	size_t length;
	bpr_status status;

	*out = NULL;
	bpr_i_buf_puts(&file, path);
	if (!is_file)
		bpr_i_buf_puts(&file, n && path[n - 1] == '/' ? "pack.ini" : "/pack.ini");
	if (is_file && !slash)
		bpr_i_buf_putc(&folder, '.');
	else
		bpr_i_buf_add(&folder, path, is_file ? (size_t)(slash - path) : n);
	if (file.failed || folder.failed) {
		status = bpr_i_nomem(err);
	} else {
		status = bpr_i_file_read(file.data, MOST_BYTES, &data, &length, &fault);
		if (status && status != BPR_ENOMEM) {
			const struct bpr_place place = { file.data, fault.line, fault.column, NULL };

			(void)bpr_i_problem(problems, fault.id, &place, false, fault.args[0], fault.args[1], fault.args[2], NULL);
			(void)bpr_i_fail(err, status, fault.id, NULL, fault.line, fault.args[0], fault.args[1]);
		} else {
			status = status ? bpr_i_nomem(err) : bpr_pack_read_memory(file.data, folder.data, data, length, out, problems, err);
		}
	}
	bpr_i_free(data);
	bpr_i_buf_release(&file);
	bpr_i_buf_release(&folder);
	return status;
}

void bpr_pack_free(bpr_pack *pack)
{
	if (!pack)
		return;
	bpr_i_ini_release(&pack->ini);
	bpr_i_free(pack->items);
	bpr_i_free(pack);
}

const char *bpr_pack_id(const bpr_pack *pack) { return pack->id; }
const char *bpr_pack_folder(const bpr_pack *pack) { return pack->folder; }
size_t bpr_pack_count(const bpr_pack *pack) { return pack->count; }
unsigned long long bpr_pack_hash(const bpr_pack *pack) { return pack->hash; }

const char *bpr_pack_title(const bpr_pack *pack, enum bpr_lang lang)
{
	return pack->title[lang][0] ? pack->title[lang] : pack->title[lang == BPR_LANG_EN ? BPR_LANG_JA : BPR_LANG_EN];
}

const char *bpr_pack_text(const bpr_pack *pack, enum bpr_lang lang)
{
	return pack->text[lang][0] ? pack->text[lang] : pack->text[lang == BPR_LANG_EN ? BPR_LANG_JA : BPR_LANG_EN];
}

const struct bpr_exercise *bpr_pack_get(const bpr_pack *pack, size_t index)
{
	return &pack->items[index];
}

size_t bpr_pack_find(const bpr_pack *pack, const char *id)
{
	for (size_t i = 0; i < pack->count; i++)
		if (!strcmp(pack->items[i].id, id))
			return i;
	return BPR_NONE;
}

char *bpr_i_pack_path(const bpr_pack *pack, const char *name)
{
	struct bpr_buf path = BPR_BUF_INIT;

	bpr_i_buf_puts(&path, pack->folder);
	bpr_i_buf_putc(&path, '/');
	bpr_i_buf_puts(&path, name);
	if (path.failed) {
		bpr_i_buf_release(&path);
		return NULL;
	}
	return bpr_i_buf_take(&path);
}
