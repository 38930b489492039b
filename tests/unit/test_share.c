/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs: the same bytes twice, back as they were, whatever is wrong with them refused; rescaling and quartiles worked out by hand. */
#include "config.h"
#include "test.h"
#include "share/share_i.h"
#include <bpr/bpr.h>
#include <stdlib.h>
#include <string.h>

static const char table[] =
	"番号,作業名,種別,次,窓口,処理時間,要員,記入様式,備考\nS,来庁,開始,A,,,,,\nA,届を書く,作業,B,,4,,F,\nB,受付,作業,C,1番,10,職員,,\n"
	"C,交付,作業,E,2番,5,職員,,急ぐ\nE,終わり,終了,,,,,,\n";

struct pack {
	struct bpr_flows flows;
	bpr_problems *problems;
	bpr_levers *levers;
	struct bpr_share_about about;
	struct bpr_share_content content;
};

static void begin(struct pack *p, const char *text)
{
	static const char *const sets[] = { "demand.per_year=2430", "staff.職員=3", "demand.open=9:00-17:00" };
	static const char levers[] = "番号,施策,対象\n1,窓口統合,*\n";
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;

	memset(p, 0, sizeof(*p));
	options.sets = sets;
	options.set_count = 3;
	assert_int_equal(bpr_problems_new(&p->problems, NULL), BPR_OK);
	assert_int_equal(bpr_read_memory("t.csv", text, strlen(text), &options, &p->flows, p->problems, NULL), BPR_OK);
	assert_int_equal(bpr_levers_read_memory("l.csv", levers, strlen(levers), NULL, &p->levers, p->problems, NULL), BPR_OK);
	bpr_problems_truncate(p->problems, 0);
	p->about = (struct bpr_share_about){ .municipality = "北町", .licence = "CC-BY-4.0", .population = 10000 };
	p->content = (struct bpr_share_content){ .before = p->flows.items[0], .levers = p->levers };
}

static void end(struct pack *p)
{
	bpr_levers_free(p->levers);
	bpr_flows_release(&p->flows);
	bpr_problems_free(p->problems);
}

static char *make(struct pack *p, size_t *length)
{
	struct bpr_error err = { 0 };
	char *zip = NULL;

	if (bpr_share_pack(&p->content, &p->about, NULL, &zip, length, p->problems, &err))
		fail_msg("%s", err.message);
	return zip;
}

static void there_and_back(void **state)
{
	struct pack p;
	bpr_share *share = NULL;
	size_t n[2];
	char *zip[2];
	char sum[BPR_SHARE_SHA];

	(void)state;
	begin(&p, table);
	for (int i = 0; i < 2; i++)
		zip[i] = make(&p, &n[i]);
	assert_int_equal(n[0], n[1]);
	assert_memory_equal(zip[0], zip[1], n[0]);
	assert_int_equal(bpr_share_open_memory("p.zip", zip[0], n[0], NULL, NULL, 0, &share, p.problems, NULL), BPR_OK);
	assert_true(bpr_flow_hash(bpr_share_before(share)) == bpr_flow_hash(p.flows.items[0]));
	assert_string_equal(bpr_share_about(share)->municipality, "北町");
	assert_rel(bpr_share_population(share), 10000, 0);
	assert_true(bpr_share_after_by_levers(share));
	assert_int_equal(bpr_levers_count(bpr_share_levers(share)), 1);
	assert_int_equal(bpr_flow_counter_count(bpr_share_after(share)), 1);
	for (size_t i = 0; i < bpr_problems_count(p.problems); i++) /* of the flow at most, nothing of the pack */
		assert_true(bpr_problems_get(p.problems, i).code->code[0] != 'Z');
	bpr_i_share_sha256("abc", 3, sum); /* FIPS 180-4, appendix B.1 */
	assert_string_equal(sum, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	bpr_share_free(share);
	bpr_share_text_free(zip[0]);
	bpr_share_text_free(zip[1]);
	end(&p);
}

/* ---- what is wrong ---- */

static void refused(const char *zip, size_t length, bpr_status status, const char *code)
{
	struct bpr_share_limits limits = BPR_SHARE_LIMITS_INIT;
	bpr_share *share = NULL;
	struct bpr_error err = { 0 };
	bpr_status got;

	limits.max_unpacked = 1 << 22;
	got = bpr_share_open_memory("p.zip", zip, length, &limits, NULL, 0, &share, NULL, &err);
	if (got != status || strcmp(err.code, code) != 0)
		fail_msg("%s %s (%s), expected %s", bpr_status_name(got), err.code, err.message, code);
	assert_null(share);
}

/* The files of a good pack. */
static void unpacked(struct bpr_packed_list *list)
{
	const struct bpr_unpack_limits limits = { 64, 1 << 22, 200 };
	struct bpr_fault fault;
	struct pack p;
	size_t n;
	char *zip;

	begin(&p, table);
	zip = make(&p, &n);
	*list = (struct bpr_packed_list){ NULL, 0, 0 };
	assert_int_equal(bpr_i_unpack(zip, n, &limits, list, &fault), BPR_OK);
	bpr_share_text_free(zip);
	end(&p);
}

static void refused_list(struct bpr_packed_list *list, bpr_status status, const char *code)
{
	struct bpr_buf zip = BPR_BUF_INIT;

	assert_int_equal(bpr_i_pack(list, &zip), BPR_OK);
	refused(zip.data, zip.length, status, code);
	bpr_i_buf_release(&zip);
	bpr_i_packed_release(list);
}

static struct bpr_packed *find(struct bpr_packed_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].name, name))
			return &list->items[i];
	fail();
	return NULL;
}

static void rename_to(struct bpr_packed *file, const char *name)
{
	bpr_i_free(file->name);
	file->name = bpr_i_calloc(strlen(name) + 1, 1);
	assert_non_null(file->name);
	memcpy(file->name, name, strlen(name));
}

static void changed_packs(void **state)
{
	static const char *const names[] = { "../levers.csv", "/etc/passwd", "a/b.csv", "..", "C:\\x", "Levers.csv", ".hidden", "a..b" };
	struct bpr_packed_list list;
	struct bpr_packed *file;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		unpacked(&list);
		rename_to(find(&list, "levers.csv"), names[i]);
		refused_list(&list, BPR_ESYNTAX, "Z002");
	}
	unpacked(&list);
	file = find(&list, "levers.csv");
	assert_non_null(file);
	file->data[0] ^= 1;
	refused_list(&list, BPR_ESYNTAX, "Z009");
	unpacked(&list);
	rename_to(find(&list, "levers.csv"), "other.csv");
	refused_list(&list, BPR_ESYNTAX, "Z010");
	unpacked(&list);
	assert_true(bpr_i_packed_add(&list, "more.csv", "x", 1));
	refused_list(&list, BPR_ESYNTAX, "Z010");
	unpacked(&list);
	assert_true(bpr_i_packed_add(&list, "levers.csv", "x", 1));
	refused_list(&list, BPR_ESYNTAX, "Z006");
	unpacked(&list);
	rename_to(find(&list, "manifest.json"), "manifesto.json");
	refused_list(&list, BPR_ESYNTAX, "Z007");
	unpacked(&list);
	file = find(&list, "manifest.json");
	assert_non_null(file);
	file->length = 40;
	refused_list(&list, BPR_ESYNTAX, "Z008");
	list = (struct bpr_packed_list){ NULL, 0, 0 };
	for (int i = 0; i < 65; i++) {
		char name[16];

		(void)snprintf(name, sizeof(name), "f%d.csv", i);
		assert_true(bpr_i_packed_add(&list, name, "x", 1));
	}
	refused_list(&list, BPR_ELIMIT, "Z005");
}

/* A bomb by ratio, one by size. */
static void bombs(void **state)
{
	struct bpr_packed_list list = { NULL, 0, 0 };
	size_t n = (size_t)3 << 20;
	char *zeros = calloc(n, 1);

	(void)state;
	assert_non_null(zeros);
	assert_true(bpr_i_packed_add(&list, "bomb.csv", zeros, n));
	refused_list(&list, BPR_ELIMIT, "Z005");
	for (size_t i = 0; i < n; i++) /* hardly packs */
		zeros[i] = (char)(i * 2654435761u >> 13);
	assert_true(bpr_i_packed_add(&list, "a.csv", zeros, n));
	assert_true(bpr_i_packed_add(&list, "b.csv", zeros, n));
	refused_list(&list, BPR_ELIMIT, "Z005");
	free(zeros);
}

/* Cut off anywhere, or a byte changed: refused, or the same content. */
static void cut_and_changed(void **state)
{
	struct pack p;
	size_t n, opened = 0;
	char *zip;

	(void)state;
	begin(&p, table);
	zip = make(&p, &n);
	for (size_t i = 0; i < n; i += 7) {
		bpr_share *share = NULL;
		char *copy = malloc(i + 1); /* exact, so that reading past it is seen */

		assert_non_null(copy);
		memcpy(copy, zip, i);
		assert_int_not_equal(bpr_share_open_memory("p.zip", copy, i, NULL, NULL, 0, &share, NULL, NULL), BPR_OK);
		free(copy);
		zip[i] = (char)(zip[i] ^ 0x41);
		if (!bpr_share_open_memory("p.zip", zip, n, NULL, NULL, 0, &share, NULL, NULL)) {
			assert_true(bpr_flow_hash(bpr_share_before(share)) == bpr_flow_hash(p.flows.items[0]));
			opened++;
		}
		bpr_share_free(share);
		zip[i] = (char)(zip[i] ^ 0x41);
	}
	assert_true(opened < n / 14); /* bytes that mean nothing: times, versions */
	bpr_share_text_free(zip);
	end(&p);
}

/* ---- personal data ---- */

static void look(const char *text, const char *code)
{
	struct bpr_share_watch w = { .allow = NULL };

	bpr_i_share_look(&w, "note", text);
	if ((code != NULL) != w.refused || (code && strcmp(bpr_code_find(code)->code, code) != 0))
		fail_msg("'%s': %s, expected %s", text, w.refused ? "refused" : "taken", code ? code : "nothing");
	if (code)
		assert_int_equal((int)w.first, BPR_I_Z020 + (code[3] - '0'));
}

static void personal(void **state)
{
	(void)state;
	look("佐藤さんに確認する", "Z020");
	look("担当：鈴木", "Z020");
	look("田中 太郎が受け付ける", "Z020");
	look("高橋係長の決裁", "Z020");
	look("窓口の山本様", "Z020");
	look("mado@city.example.jp へ送る", "Z021");
	look("連絡先 0157-23-7111", "Z022");
	look("携帯 ０９０－１２３４－５６７８", "Z022");
	look("+81 157 23 7111", "Z022");
	look("番号 1234 5678 9012", "Z023");
	look("123456789012", "Z023");
	look("中央1丁目2番3号", "Z025");
	look("12番地", "Z025");
	look("住民票の写しを交付する", NULL);
	look("石川支所で受け付ける", NULL);
	look("中野 支所へ回す", NULL);
	look("2024-04-01 09:05", NULL);
	look("1番窓口、2番窓口", NULL);
	look("手数料は300円、年に12345件", NULL);
	look("a @ b", NULL);
	look("氏名、住所、生年月日", NULL);
	look("1234567890123", NULL); /* thirteen: a number of a corporation */
	look("https://www.city.example.jp/?id=20240401", NULL);
}

static void let_through(void **state)
{
	static const char *const allow[] = { "Z021" };
	struct bpr_share_options options = BPR_SHARE_OPTIONS_INIT;
	struct bpr_error err;
	struct pack p;
	bpr_share *share = NULL;
	char *zip = NULL;
	size_t n;

	(void)state;
	begin(&p, table);
	p.about.note = "madoguchi@city.example.jp";
	assert_int_equal(bpr_share_pack(&p.content, &p.about, NULL, &zip, &n, p.problems, &err), BPR_ESYNTAX);
	assert_string_equal(err.code, "Z021");
	assert_null(zip);
	bpr_problems_truncate(p.problems, 0);
	options.allow = allow;
	options.allow_count = 1;
	assert_int_equal(bpr_share_pack(&p.content, &p.about, &options, &zip, &n, p.problems, &err), BPR_OK);
	assert_int_equal(bpr_problems_count(p.problems), 1); /* told */
	assert_int_equal(bpr_share_open_memory("p.zip", zip, n, NULL, NULL, 0, &share, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_share_allowed_count(share), 1);
	assert_string_equal(bpr_share_allowed(share, 0), "Z021");
	bpr_share_free(share);
	bpr_share_text_free(zip);
	end(&p);
}

static void people_in_measured(void **state)
{
	static const char mined[] =
		"{\"schema\":\"bpr.mining/1\",\"log\":{\"cases\":20,\"name\":\"x\"},\"case_minutes\":{\"mean\":5},"
		"\"activities\":[{\"name\":\"受付\",\"count\":20,\"cases\":20},{\"name\":\"一人だけ\",\"count\":1,\"cases\":1}],"
		"\"variants\":[{\"activities\":[\"受付\"],\"count\":1}],\"handovers\":[{\"from\":\"佐藤\",\"to\":\"鈴木\",\"count\":3}]}";
	struct bpr_share_watch w = { .allow = NULL };
	struct bpr_buf out = BPR_BUF_INIT;

	(void)state;
	assert_int_equal(bpr_i_share_measured(mined, strlen(mined), &w, &out, NULL), BPR_OK);
	assert_true(w.refused);
	assert_int_equal((int)w.first, BPR_I_Z024);
	assert_string_equal(w.place, "measured: handovers[0].from");
	assert_non_null(strstr(out.data, "受付"));
	assert_null(strstr(out.data, "一人だけ"));
	assert_null(strstr(out.data, "佐藤"));
	assert_null(strstr(out.data, "variants"));
	assert_non_null(strstr(out.data, "\"activities_left_out\": 1"));
	bpr_i_buf_release(&out);
	assert_int_equal(bpr_i_share_measured("{}", 2, &w, &out, NULL), BPR_EINVAL);
}

/* ---- rescaling ---- */

static void rescaled(void **state)
{
	struct pack p;
	bpr_share *share = NULL;
	bpr_analysis *a[2] = { NULL, NULL };
	size_t n;
	char *zip;

	(void)state;
	begin(&p, table);
	zip = make(&p, &n);
	assert_int_equal(bpr_share_open_memory("p.zip", zip, n, NULL, NULL, 0, &share, p.problems, NULL), BPR_OK);
	assert_int_equal(bpr_analyse(bpr_share_before(share), NULL, &a[0], NULL, NULL), BPR_OK);
	/* 25,000 residents: 2.5 times; 3 people become 7.5, so 8. */
	assert_int_equal(bpr_share_rescale(share, 25000, p.problems, NULL), BPR_OK);
	assert_rel(bpr_flow_demand(bpr_share_before(share))->per_year, 6075, 1e-12);
	assert_int_equal(bpr_flow_pool(bpr_share_before(share), 0)->count, 8);
	assert_rel(bpr_flow_demand(bpr_share_after(share))->per_year, 6075, 1e-12);
	assert_true(bpr_share_after_by_levers(share));
	assert_int_equal(bpr_flow_counter_count(bpr_share_after(share)), 1);
	assert_int_equal(bpr_analyse(bpr_share_before(share), NULL, &a[1], NULL, NULL), BPR_OK);
	assert_true(bpr_analysis_pools(a[0])[0].utilisation_known);
	assert_rel(bpr_analysis_pools(a[1])[0].utilisation, bpr_analysis_pools(a[0])[0].utilisation * 7.5 / 8, 1e-9);
	assert_int_equal(bpr_share_change_count(share), 2);
	assert_string_equal(bpr_share_change(share, 0).key, "demand.per_year");
	assert_string_equal(bpr_share_change(share, 1).key, "staff.職員");
	assert_rel(bpr_share_change(share, 1).is, 8, 0);
	/* Twice: from the pack's own again, never on top. A third of the people are one. */
	assert_int_equal(bpr_share_rescale(share, 3333.0 + 1.0 / 3, p.problems, NULL), BPR_OK);
	assert_rel(bpr_flow_demand(bpr_share_before(share))->per_year, 810, 1e-9);
	assert_int_equal(bpr_flow_pool(bpr_share_before(share), 0)->count, 1);
	assert_int_equal(bpr_share_rescale(share, 0, p.problems, NULL), BPR_EINVAL);
	assert_int_equal(bpr_share_rescale(share, NAN, p.problems, NULL), BPR_EINVAL);
	bpr_analysis_free(a[0]);
	bpr_analysis_free(a[1]);
	bpr_share_free(share);
	bpr_share_text_free(zip);
	end(&p);
}

/* ---- several ---- */

/* Towns of 1,000 to 4,000 with the same flow: of a case nothing differs, for 10,000 residents everything by the size. */
static void quartiles(void **state)
{
	enum { TOWNS = 4 };
	struct pack p;
	bpr_share *shares[TOWNS];
	bpr_share_table *t = NULL;
	struct bpr_share_quartiles q;
	const struct bpr_share_lever_effect *e;
	size_t n;

	(void)state;
	begin(&p, table);
	for (size_t i = 0; i < TOWNS; i++) {
		char *zip;

		p.about.population = 1000 * (double)(i + 1);
		zip = make(&p, &n);
		assert_int_equal(bpr_share_open_memory("p.zip", zip, n, NULL, NULL, 0, &shares[i], p.problems, NULL), BPR_OK);
		bpr_share_text_free(zip);
	}
	assert_int_equal(bpr_share_table_new((const bpr_share *const *)shares, TOWNS, &t, p.problems, NULL), BPR_OK);
	q = bpr_share_table_quartiles(t, 0, BPR_SHARE_BEFORE); /* counter visits: 2 everywhere */
	assert_true(q.known && q.count == TOWNS);
	assert_rel(q.min, 2, 1e-12);
	assert_rel(q.max, 2, 1e-12);
	/* One visit less a case, 2,430 cases: 24,300 for 10,000 of 1,000 residents, then 12,150, 8,100, 6,075. Definition 7 of the four. */
	q = bpr_share_table_quartiles(t, 0, BPR_SHARE_CHANGE_PER);
	assert_rel(q.min, -24300, 1e-9);
	assert_rel(q.q1, -15187.5, 1e-9);
	assert_rel(q.median, -10125, 1e-9);
	assert_rel(q.q3, -7593.75, 1e-9);
	assert_rel(q.max, -6075, 1e-9);
	assert_int_equal(bpr_share_table_lever_count(t), 1);
	assert_int_equal(bpr_share_table_lever(t, 0), BPR_LEVER_MERGE_COUNTERS);
	e = bpr_share_table_effect(t, 0, 1);
	assert_true(e->used && e->fits);
	assert_rel(e->visits, 1, 1e-12);
	assert_rel(bpr_share_table_cases(t, 2), 2430, 1e-12);
	bpr_share_table_free(t);
	assert_int_equal(bpr_share_table_new((const bpr_share *const *)shares, 1, &t, p.problems, NULL), BPR_OK);
	assert_false(bpr_share_table_quartiles(t, 0, BPR_SHARE_BEFORE).known); /* of one there are none */
	bpr_share_table_free(t);
	for (size_t i = 0; i < TOWNS; i++)
		bpr_share_free(shares[i]);
	end(&p);
}

static void incomplete(void **state)
{
	struct pack p;
	struct bpr_error err;
	char *zip = NULL;
	size_t n;

	(void)state;
	begin(&p, table);
	p.about.licence = "";
	assert_int_equal(bpr_share_pack(&p.content, &p.about, NULL, &zip, &n, NULL, &err), BPR_EINVAL);
	assert_string_equal(err.code, "Z012");
	p.about.licence = "CC0-1.0";
	p.about.population = 0;
	assert_int_equal(bpr_share_pack(&p.content, &p.about, NULL, &zip, &n, NULL, &err), BPR_EINVAL);
	p.about.population = 5;
	p.about.municipality = NULL;
	assert_int_equal(bpr_share_pack(&p.content, &p.about, NULL, &zip, &n, NULL, &err), BPR_EINVAL);
	end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back), cmocka_unit_test(changed_packs), cmocka_unit_test(bombs), cmocka_unit_test(cut_and_changed),
		cmocka_unit_test(personal), cmocka_unit_test(let_through), cmocka_unit_test(people_in_measured), cmocka_unit_test(rescaled),
		cmocka_unit_test(quartiles), cmocka_unit_test(incomplete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
