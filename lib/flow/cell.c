/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of a flow table into its node: what each column of BPR_TABLE_FLOW holds. */
#include "config.h"
#include "flow/value_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "flow/dist_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MERGE = BPR_NODE_EVENT + 1, MOST_ROUNDS = 1000000 };

/* In the order of the enumerations; '|' between synonyms, folded and lower case. */
static const char *const kind_words[] = {
	"task|作業|処理|工程|タスク|activity", "start|開始", "end|終了", "xor|分岐|判断|条件分岐|排他|排他分岐|exclusive", "and|並行|並列|並行分岐|並行合流|parallel",
	"or|包含|包含分岐|包含合流|inclusive", "event|イベント", "merge|合流|join",
};
static const char *const actor_words[] = {
	"staff|職員|担当者", "citizen|住民|市民|申請者|来庁者|届出人", "system|システム",
};
static const char *const outcome_words[] = { "done|完了|正常|済", "incomplete|不備|未了|漏れ", "rejected|却下|不受理|不承認" };
static const char *const rule_words[] = {
	"visual|目視", "paper|書面", "face_to_face|対面|face-to-face", "resident|常駐|専任", "seal|押印",
};
#define COUNT(words) (sizeof(words) / sizeof((words)[0]))

/* Index of the cell's word, or BPR_NONE with a problem noted. */
static size_t word(struct bpr_builder *b, enum bpr_code_id wrong, const char *const *words, size_t count, const char *text,
		   size_t length, const struct bpr_place *place)
{
	struct bpr_folded folded;
	size_t found = bpr_i_word_find(words, count, text, length);

	if (found == BPR_NONE && bpr_i_fold_lower(&folded, text, length))
		found = bpr_i_word_find(words, count, folded.text, folded.length);
	if (found == BPR_NONE)
		bpr_i_build_note(b, wrong, place, bpr_i_short(text, length).text, place->where, NULL, NULL);
	return found;
}

static void cell_kind(struct bpr_builder *b, size_t node, const char *text, size_t length, const struct bpr_place *place)
{
	size_t kind = word(b, BPR_I_F003, kind_words, COUNT(kind_words), text, length, place);

	if (kind == BPR_NONE)
		return;
	if (kind == MERGE)
		b->flags[node] |= BPR_DRAFT_MERGE;
	else
		b->flags[node] &= (unsigned char)~BPR_DRAFT_MERGE;
	b->flow->nodes[node].kind = kind == MERGE ? BPR_NODE_XOR : (enum bpr_node_kind)kind;
}

static void cell_rules(struct bpr_builder *b, size_t node, const char *text, size_t length, const struct bpr_place *place)
{
	const char *item;
	size_t n;
	unsigned rules = 0;

	while (bpr_i_next_item(&text, &length, &item, &n))
		while (n) { /* ・ and blanks separate too: 目視・書面 */
			size_t at = 0;
			size_t width = 0;
			size_t rule;

			while (at < n && !width)
				if (item[at] == ' ' || item[at] == ',' || item[at] == '/')
					width = 1;
				else if (n - at >= 3 && (!memcmp(item + at, "・", 3) || !memcmp(item + at, "　", 3) || !memcmp(item + at, "，", 3)))
					width = 3;
				else
					at++;
			if (at) {
				rule = word(b, BPR_I_F006, rule_words, COUNT(rule_words), item, at, place);
				if (rule != BPR_NONE)
					rules |= 1u << rule;
			}
			item += at + width;
			n -= at + width;
		}
	b->flow->nodes[node].rules = rules;
}

static int compare_doubles(const void *a, const void *b)
{
	const double *x = a;
	const double *y = b;

	return (*x > *y) - (*x < *y);
}

/* emp(): the reader gives the values; sorted and within bounds they are the distribution. */
static bool load_values(struct bpr_builder *b, struct bpr_dist *dist, const char *text, const struct bpr_place *place)
{
	double *values = NULL;
	size_t count = 0;
	bpr_status status;

	if (!dist->source) { /* the values stood in the cell; still ours to sort */
		qsort((double *)(uintptr_t)dist->values, dist->value_count, sizeof(*values), compare_doubles);
		return true;
	}
	if (!b->options.load_emp) {
		bpr_i_build_note(b, BPR_I_D013, place, text, place->where, NULL, NULL);
		return false;
	}
	status = b->options.load_emp(b->options.load_data, dist->source, &b->flow->arena, &values, &count, b->problems, place);
	if (status != BPR_OK) {
		b->nomem |= status == BPR_ENOMEM;
		b->error_count++;
		return false;
	}
	if (count)
		qsort(values, count, sizeof(*values), compare_doubles);
	dist->values = values;
	dist->value_count = count;
	if (count && !bpr_i_dist_check(dist))
		return true;
	bpr_i_build_note(b, BPR_I_D014, place, text, place->where, NULL, NULL);
	return false;
}

/* Where a text stands in the cache, or where it may be put: one of two places. NULL: it is too long, or there is no cache. */
static struct bpr_dist_cached *cache_find(struct bpr_builder *b, const char *text, size_t length)
{
	struct bpr_dist_cached *at;
	unsigned long long hash;

	if (!b->cache)
		b->cache = bpr_i_calloc(BPR_DIST_CACHE, sizeof(*b->cache)); /* without it, only slower */
	if (!b->cache || length > BPR_DIST_CACHE_TEXT)
		return NULL;
	hash = bpr_i_hash(BPR_I_HASH_START, text, length);
	at = &b->cache[(hash ^ hash >> 32) % (BPR_DIST_CACHE / 2) * 2];
	for (size_t i = 0; i < 2; i++)
		if (!at[i].dist || (at[i].length == length && !memcmp(at[i].text, text, length)))
			return &at[i];
	at[0].dist = NULL;
	return at;
}

const struct bpr_dist *bpr_i_build_dist(struct bpr_builder *b, const char *text, size_t length, const struct bpr_place *place)
{
	struct bpr_dist_cached *cached = cache_find(b, text, length);
	struct bpr_value v = { text, length, b->problems, place, false };
	struct bpr_dist parsed;
	struct bpr_dist *kept;

	if (cached && cached->dist)
		return cached->dist;
	if (!bpr_i_value_dist(&v, &b->flow->arena, &parsed)) {
		b->error_count++;
		return NULL;
	}
	if (parsed.kind == BPR_DIST_EMP && !load_values(b, &parsed, bpr_i_short(text, length).text, place))
		return NULL;
	kept = bpr_i_arena_raw(&b->flow->arena, 1, sizeof(*kept));
	if (!kept) {
		b->nomem = true;
		return NULL;
	}
	*kept = parsed;
	/* A text that gave rise to a note is read again next time, so that the note counts each place. */
	if (cached && !v.wd && parsed.kind != BPR_DIST_EMP) {
		cached->dist = kept;
		cached->length = (unsigned char)length;
		memcpy(cached->text, text, length);
	}
	return kept;
}

static void cell_dist(struct bpr_builder *b, const struct bpr_dist **at, const char *text, size_t length, const struct bpr_place *place)
{
	const struct bpr_dist *dist = bpr_i_build_dist(b, text, length, place);

	if (dist)
		*at = dist;
}

/* A count or an amount, 0 or more; a tick counts as one where `ticks`. */
static void cell_number(struct bpr_builder *b, double *at, bool ticks, const char *text, size_t length, const struct bpr_place *place)
{
	double x;
	int yes = ticks && !(length && *text >= '0' && *text <= '9') ? bpr_i_parse_yes(text, length) : -1;

	if (yes >= 0) {
		*at = yes;
		return;
	}
	if (!bpr_i_parse_number(text, length, &x, b->problems, place))
		b->error_count++;
	else if (x < 0)
		bpr_i_build_note(b, BPR_I_D003, place, bpr_i_short(text, length).text, place->where, NULL, NULL);
	else
		*at = x;
}

static void cell_forms(struct bpr_builder *b, size_t node, enum bpr_form_use use, const char *text, size_t length)
{
	const char *item;
	size_t n;

	while (bpr_i_next_item(&text, &length, &item, &n)) {
		size_t form;

		n = bpr_i_unquote(b, &item, n);
		if (!n)
			continue;
		form = bpr_i_builder_form(b, item, n);
		if (form == BPR_NONE || bpr_i_builder_use_form(b, node, use, form) != BPR_OK)
			return;
	}
}

/* 窓口職員:2;審査 */
static void cell_staff(struct bpr_builder *b, size_t node, const char *text, size_t length, const struct bpr_place *place)
{
	const char *item;
	size_t n;

	b->flow->nodes[node].need_count = 0;
	while (bpr_i_next_item(&text, &length, &item, &n)) {
		const char *tail;
		size_t name_length;
		size_t tail_length;
		size_t pool;
		double count = 1;
		double whole;

		bpr_i_split_colon(item, n, &name_length, &tail, &tail_length);
		if (tail && !bpr_i_parse_number(tail, tail_length, &count, b->problems, place)) {
			b->error_count++;
			continue;
		}
		if (!(count >= 1 && count <= 1e9) || modf(count, &whole) > 0) {
			bpr_i_build_note(b, BPR_I_D016, place, bpr_i_short(item, n).text, place->where, "1, 2, 3, ...", NULL);
			continue;
		}
		name_length = bpr_i_unquote(b, &item, bpr_i_utf8_trim(&item, name_length));
		if (!name_length) {
			bpr_i_build_note(b, BPR_I_F027, place, bpr_i_short(item, n).text, place->where, NULL, NULL);
			continue;
		}
		pool = bpr_i_builder_pool(b, item, name_length);
		if (pool == BPR_NONE || bpr_i_builder_need(b, node, pool, (size_t)count) != BPR_OK)
			return;
	}
}

static void cell_yes(struct bpr_builder *b, bool *at, const char *text, size_t length, const struct bpr_place *place)
{
	int yes = bpr_i_parse_yes(text, length);

	if (yes < 0)
		bpr_i_build_note(b, BPR_I_D015, place, bpr_i_short(text, length).text, place->where, NULL, NULL);
	else
		*at = yes;
}

static void cell_prob(struct bpr_builder *b, double *at, const char *text, size_t length, const struct bpr_place *place)
{
	bool percent;

	if (!bpr_i_parse_share(text, length, at, &percent, b->problems, place)) {
		b->error_count++;
		*at = 0;
	}
}

/* A whole number from 1, or 0 with a problem noted. */
size_t bpr_i_build_parse_count(struct bpr_builder *b, const char *text, size_t length, size_t most, const struct bpr_place *place)
{
	double x;
	double whole;

	if (!bpr_i_parse_number(text, length, &x, b->problems, place)) {
		b->error_count++;
		return 0;
	}
	if (x >= 1 && x <= (double)most && !(modf(x, &whole) > 0))
		return (size_t)x;
	bpr_i_build_note(b, BPR_I_D016, place, bpr_i_short(text, length).text, place->where, "1, 2, 3, ...", NULL);
	return 0;
}

static void cell_repeat(struct bpr_builder *b, size_t node, const char *text, size_t length, const struct bpr_place *place)
{
	size_t count = bpr_i_build_parse_count(b, text, length, MOST_ROUNDS, place);

	if (count)
		b->flow->nodes[node].repeat = count;
}

/* A loop that never ends is none. */
static void cell_loop_prob(struct bpr_builder *b, size_t node, const char *text, size_t length, const struct bpr_place *place)
{
	double prob = 0;

	cell_prob(b, &prob, text, length, place);
	if (prob >= 1)
		bpr_i_build_note(b, BPR_I_F040, place, bpr_i_short(text, length).text, place->where, NULL, NULL);
	else
		b->flow->nodes[node].loop_prob = prob;
}

/* xor, and, or: in the order of enum bpr_split and enum bpr_join. */
static size_t cell_way(struct bpr_builder *b, size_t node, unsigned flag, const char *text, size_t length, const struct bpr_place *place)
{
	static const char *const words[] = { "xor|排他|分岐", "and|並行|並列", "or|包含" };
	size_t found = word(b, BPR_I_F041, words, COUNT(words), text, length, place);

	if (found == BPR_NONE)
		return 0;
	b->flags[node] |= (unsigned char)flag;
	return found;
}

static void cell_on(struct bpr_builder *b, size_t node, const char *text, size_t length)
{
	size_t host = bpr_i_build_id(b, text, length);

	if (host == BPR_NONE)
		return;
	b->flow->nodes[node].host = host;
	b->flags[node] |= BPR_DRAFT_HOST;
}

/* The name of a BPMN element or of a trigger: letters and digits. */
static void cell_token(struct bpr_builder *b, const char **at, const char *text, size_t length, const struct bpr_place *place)
{
	for (size_t i = 0; i < length; i++) {
		char c = text[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (i && ((c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.')))
			continue;
		bpr_i_build_note(b, BPR_I_F042, place, bpr_i_short(text, length).text, place->where, NULL, NULL);
		return;
	}
	*at = bpr_i_builder_text(b, text, length);
}

/* 10, 10/60min */
static void cell_batch(struct bpr_builder *b, size_t node, const char *text, size_t length, const struct bpr_place *place)
{
	struct bpr_node *n = &b->flow->nodes[node];
	const char *tail = NULL;
	size_t front = 0;
	double count, whole, minutes = 0;

	while (front < length && text[front] != '/' && (length - front < 3 || memcmp(text + front, "／", 3) != 0))
		front++;
	if (front < length)
		tail = text + front + (text[front] == '/' ? 1 : 3);
	if (!bpr_i_parse_number(text, front, &count, NULL, NULL) || !(count >= 1 && count <= MOST_ROUNDS) || modf(count, &whole) > 0 ||
	    (tail && !bpr_i_parse_minutes(tail, (size_t)(text + length - tail), &minutes, NULL, NULL))) {
		bpr_i_build_note(b, BPR_I_D025, place, bpr_i_short(text, length).text, place->where, NULL, NULL);
		return;
	}
	n->batch = (size_t)count;
	n->batch_wait = minutes;
}

/* Notes add up: a table may have several columns that are kept as notes. */
static void cell_note(struct bpr_builder *b, struct bpr_node *n, const char *text, size_t length)
{
	struct bpr_buf both = BPR_BUF_INIT;

	if (!n->note) {
		n->note = bpr_i_builder_text(b, text, length);
		return;
	}
	bpr_i_buf_puts(&both, n->note);
	bpr_i_buf_puts(&both, "; ");
	bpr_i_buf_add(&both, text, length);
	if (both.failed)
		b->nomem = true;
	else
		n->note = bpr_i_builder_text(b, both.data, both.length);
	bpr_i_buf_release(&both);
}

/* What BPMN knows more of a node than offices write. */
static void store_bpmn(struct bpr_builder *b, size_t node, enum bpr_store store, const char *text, size_t length,
		       const struct bpr_place *place)
{
	struct bpr_node *n = &b->flow->nodes[node];

	switch ((int)store) {
	case BPR_STORE_CONDITIONS: (void)bpr_i_build_places(b, node, false, text, length, place); break;
	case BPR_STORE_FLOWS: (void)bpr_i_build_places(b, node, true, text, length, place); break;
	case BPR_STORE_LOOP_PROB: cell_loop_prob(b, node, text, length, place); break;
	case BPR_STORE_REPEAT: cell_repeat(b, node, text, length, place); break;
	case BPR_STORE_PARALLEL: cell_yes(b, &n->repeat_parallel, text, length, place); break;
	case BPR_STORE_ON: cell_on(b, node, text, length); break;
	case BPR_STORE_INTERRUPTING:
		b->flags[node] |= BPR_DRAFT_INTERRUPTING;
		cell_yes(b, &n->interrupting, text, length, place);
		break;
	case BPR_STORE_TERMINATE: cell_yes(b, &n->terminate, text, length, place); break;
	case BPR_STORE_TYPE: cell_token(b, &n->type, text, length, place); break;
	case BPR_STORE_TRIGGER: cell_token(b, &n->trigger, text, length, place); break;
	case BPR_STORE_SCOPE: n->scope = bpr_i_build_scope(b, text, length); break;
	case BPR_STORE_SILENT: cell_yes(b, &n->silent, text, length, place); break;
	case BPR_STORE_SPLIT: n->split = (enum bpr_split)cell_way(b, node, BPR_DRAFT_SPLIT, text, length, place); break;
	case BPR_STORE_JOIN: n->join = (enum bpr_join)cell_way(b, node, BPR_DRAFT_JOIN, text, length, place); break;
	default: break;
	}
}

/* Words, names, lists. */
static void store_name(struct bpr_builder *b, size_t node, enum bpr_store store, const char *text, size_t length,
		       const struct bpr_place *place)
{
	struct bpr_node *n = &b->flow->nodes[node];
	size_t found;

	switch ((int)store) {
	case BPR_STORE_ID: break; /* given when the node was made */
	case BPR_STORE_NAME: n->name = bpr_i_builder_text(b, text, length); break;
	case BPR_STORE_KIND: cell_kind(b, node, text, length, place); break;
	case BPR_STORE_NEXT: (void)bpr_i_build_next(b, node, text, length, place); break;
	case BPR_STORE_UNIT: n->unit = bpr_i_builder_unit(b, text, length, BPR_NONE); break;
	case BPR_STORE_COUNTER: n->counter = bpr_i_builder_counter(b, text, length); break;
	case BPR_STORE_SYSTEM: n->system = bpr_i_build_system(b, text, length); break;
	case BPR_STORE_STAFF: cell_staff(b, node, text, length, place); break;
	case BPR_STORE_WRITES: cell_forms(b, node, BPR_FORM_WRITES, text, length); break;
	case BPR_STORE_READS: cell_forms(b, node, BPR_FORM_READS, text, length); break;
	case BPR_STORE_ISSUES: cell_forms(b, node, BPR_FORM_ISSUES, text, length); break;
	case BPR_STORE_RULES: cell_rules(b, node, text, length, place); break;
	case BPR_STORE_NOTE: cell_note(b, n, text, length); break;
	case BPR_STORE_ACTOR:
		found = word(b, BPR_I_F004, actor_words, COUNT(actor_words), text, length, place);
		if (found != BPR_NONE)
			n->actor = (enum bpr_actor)found;
		break;
	case BPR_STORE_OUTCOME:
		found = word(b, BPR_I_F005, outcome_words, COUNT(outcome_words), text, length, place);
		if (found != BPR_NONE)
			n->outcome = (enum bpr_outcome)found;
		break;
	default: store_bpmn(b, node, store, text, length, place); break;
	}
}

static void store_value(struct bpr_builder *b, size_t node, enum bpr_store store, const char *text, size_t length,
			const struct bpr_place *place)
{
	struct bpr_node *n = &b->flow->nodes[node];

	switch ((int)store) {
	case BPR_STORE_PRIORITY: cell_number(b, &n->priority, false, text, length, place); break;
	case BPR_STORE_PATIENCE: cell_dist(b, &n->patience, text, length, place); break;
	case BPR_STORE_BATCH: cell_batch(b, node, text, length, place); break;
	case BPR_STORE_WORK: cell_dist(b, &n->work, text, length, place); break;
	case BPR_STORE_WAIT: cell_dist(b, &n->wait, text, length, place); break;
	case BPR_STORE_SEALS: cell_number(b, &n->seals, true, text, length, place); break;
	case BPR_STORE_ID_CHECKS: cell_number(b, &n->id_checks, true, text, length, place); break;
	case BPR_STORE_COPIES: cell_number(b, &n->copies, false, text, length, place); break;
	case BPR_STORE_COST: cell_number(b, &n->cost, false, text, length, place); break;
	case BPR_STORE_AWAY: cell_yes(b, &n->away, text, length, place); break;
	case BPR_STORE_PROB: cell_prob(b, &n->prob, text, length, place); break;
	default: store_name(b, node, store, text, length, place); break;
	}
}

bpr_status bpr_i_builder_cell(bpr_builder *b, size_t node, const struct bpr_column *column, const char *text,
			      size_t length, const struct bpr_place *place)
{
	struct bpr_place at = place ? *place : (struct bpr_place){ 0 };

	length = bpr_i_utf8_trim(&text, length);
	if (!length)
		return bpr_i_build_status(b);
	if (!at.where)
		at.where = column->key;
	if (length > b->options.max_field) {
		char limit[32];

		(void)bpr_i_num_format(limit, sizeof(limit), (double)b->options.max_field);
		bpr_i_build_note(b, BPR_I_F023, &at, at.where, limit, NULL, NULL);
		return b->nomem ? BPR_ENOMEM : BPR_ELIMIT;
	}
	store_value(b, node, (enum bpr_store)column->store, text, length, &at);
	bpr_i_build_origin(b, BPR_ORIGIN_STEP, b->flow->nodes[node].id, &(struct bpr_cell){ column, text, length }, place);
	return bpr_i_build_status(b);
}
