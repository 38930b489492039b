/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A grade, and what there is to do, for scripts: bpr.drill/1. */
#include "config.h"
#include "drill/pack_i.h"
#include "base/json_i.h"

static void write_checks(struct bpr_json *json, const struct bpr_grade *grade)
{
	bpr_i_json_array(json, "checks");
	for (size_t i = 0; i < grade->count; i++) {
		const struct bpr_graded *item = &grade->items[i];

		bpr_i_json_object(json, NULL);
		bpr_i_json_string(json, "what", item->what);
		bpr_i_json_bool(json, "met", item->met);
		if (item->known)
			bpr_i_json_number(json, "actual", item->actual);
		else
			bpr_i_json_null(json, "actual");
		bpr_i_json_end_object(json);
	}
	bpr_i_json_end_array(json);
}

static void write_names(struct bpr_json *json, const char *name, const char *const *names, size_t count)
{
	bpr_i_json_array(json, name);
	for (size_t i = 0; i < count; i++)
		bpr_i_json_string(json, NULL, names[i]);
	bpr_i_json_end_array(json);
}

static void write_exercise(struct bpr_json *json, const struct bpr_exercise *x, const struct bpr_progress_item *item, enum bpr_lang lang)
{
	bpr_i_json_object(json, NULL);
	bpr_i_json_string(json, "id", x->id);
	bpr_i_json_string(json, "title", x->title[lang][0] ? x->title[lang] : x->title[!lang]);
	bpr_i_json_string(json, "task", bpr_task_name(x->task));
	bpr_i_json_bool(json, "passed", item->passed);
	bpr_i_json_whole(json, "attempts", item->attempts);
	bpr_i_json_whole(json, "hints", item->hints);
	bpr_i_json_end_object(json);
}

static bpr_status finish(struct bpr_buf *buf, char **out, size_t *length, struct bpr_error *err)
{
	bpr_i_buf_putc(buf, '\n');
	if (buf->failed) {
		bpr_i_buf_release(buf);
		return bpr_i_nomem(err);
	}
	*length = buf->length;
	*out = bpr_i_buf_take(buf);
	return BPR_OK;
}

bpr_status bpr_pack_write(const bpr_pack *pack, const bpr_progress *progress, enum bpr_lang lang, char **out, size_t *length, struct bpr_error *err)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	struct bpr_json json = { .out = &buf };

	bpr_i_json_object(&json, NULL);
	bpr_i_json_string(&json, "schema", "bpr.drill/1");
	bpr_i_json_string(&json, "pack", pack->id);
	bpr_i_json_string(&json, "title", bpr_pack_title(pack, lang));
	bpr_i_json_string(&json, "team", bpr_progress_team(progress));
	bpr_i_json_array(&json, "exercises");
	for (size_t i = 0; i < pack->count; i++)
		write_exercise(&json, &pack->items[i], bpr_progress_get(progress, i), lang);
	bpr_i_json_end_array(&json);
	bpr_i_json_end_object(&json);
	return finish(&buf, out, length, err);
}

bpr_status bpr_grade_write(const bpr_pack *pack, size_t index, const struct bpr_grade *grade, const bpr_progress *progress, char **out,
			   size_t *length, struct bpr_error *err)
{
	const struct bpr_progress_item *item = bpr_progress_get(progress, index);
	struct bpr_buf buf = BPR_BUF_INIT;
	struct bpr_json json = { .out = &buf };

	bpr_i_json_object(&json, NULL);
	bpr_i_json_string(&json, "schema", "bpr.drill/1");
	bpr_i_json_string(&json, "pack", pack->id);
	bpr_i_json_string(&json, "team", bpr_progress_team(progress));
	bpr_i_json_string(&json, "exercise", pack->items[index].id);
	bpr_i_json_string(&json, "task", bpr_task_name(pack->items[index].task));
	bpr_i_json_bool(&json, "passed", grade->passed);
	write_checks(&json, grade);
	if (pack->items[index].task == BPR_TASK_SHEET) {
		write_names(&json, "missing", grade->missing, grade->missing_count);
		write_names(&json, "extra", grade->extra, grade->extra_count);
	}
	bpr_i_json_whole(&json, "attempts", item->attempts);
	bpr_i_json_whole(&json, "hints", item->hints);
	bpr_i_json_end_object(&json);
	return finish(&buf, out, length, err);
}
