/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flow tables and what stands beside them, by the public interface. Messages are compared whole. */
#include "config.h"
#include "test.h"
#include "base/buf_i.h"
#include <bpr/bpr.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct reading {
	struct bpr_flows flows;
	bpr_problems *problems;
	struct bpr_error err;
	bpr_status status;
};

static void release(struct reading *r)
{
	bpr_flows_release(&r->flows);
	bpr_problems_free(r->problems);
}

static struct reading read_bytes(const char *text, size_t length, const struct bpr_read_options *options)
{
	struct reading r = { .err = { .code = "" } };

	assert_int_equal(bpr_problems_new(&r.problems, NULL), BPR_OK);
	r.status = bpr_read_memory("t.csv", text, length, options, &r.flows, r.problems, &r.err);
	assert_int_equal(r.flows.count, r.status ? 0 : 1);
	return r;
}

static struct reading read_file(const char *path)
{
	struct reading r = { .err = { .code = "" } };

	assert_int_equal(bpr_problems_new(&r.problems, NULL), BPR_OK);
	r.status = bpr_read(path, NULL, &r.flows, r.problems, &r.err);
	return r;
}

/* Lines of all problems with their hints; notes (what was assumed) are left out. */
static void put_problems(struct bpr_buf *out, const bpr_problems *problems)
{
	char line[600];

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		if (p.code->severity == BPR_SEVERITY_INFO)
			continue;
		(void)bpr_problem_line(&p, p.code->severity, BPR_LANG_EN, line, sizeof(line));
		bpr_i_buf_printf(out, "%s\n", line);
		if (bpr_problem_hint(&p, BPR_LANG_EN, line, sizeof(line)))
			bpr_i_buf_printf(out, "  %s\n", line);
	}
}

static void check_problems(struct reading *r, const char *expected)
{
	struct bpr_buf out = BPR_BUF_INIT;

	put_problems(&out, r->problems);
	assert_string_equal(out.data ? out.data : "", expected);
	bpr_i_buf_release(&out);
}

static void check_refused(const char *text, bpr_status status, const char *expected)
{
	struct reading r = read_bytes(text, strlen(text), NULL);

	check_problems(&r, expected);
	assert_int_equal(r.status, status);
	assert_int_equal(r.err.status, status);
	assert_string_not_equal(r.err.code, "");
	assert_string_not_equal(r.err.message, "");
	release(&r);
}

/* "id name kind unit counter work note > next share, …" a line; absent things are '-'. */
static void put_flow(struct bpr_buf *out, const bpr_flow *flow)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		if (n->silent)
			continue;
		bpr_i_buf_printf(out, "%s|%s|%s|%s|%s|%g|%s >", n->id, n->name, bpr_node_kind_name(n->kind),
				 n->unit == BPR_NONE ? "-" : bpr_flow_unit(flow, n->unit)->name,
				 n->counter == BPR_NONE ? "-" : bpr_flow_counter(flow, n->counter)->name, bpr_dist_mean(n->work),
				 n->note ? n->note : "-");
		for (size_t k = 0; k < n->out_count; k++) {
			const struct bpr_arc *arc = bpr_flow_arc(flow, n->first_out + k);
			const struct bpr_node *to = bpr_flow_node(flow, arc->to);

			if (!to->silent)
				bpr_i_buf_printf(out, " %s %g", to->id, arc->prob);
		}
		bpr_i_buf_putc(out, '\n');
	}
}

static void check_flow_bytes(const char *text, size_t length, const char *expected, const char *problems)
{
	struct reading r = read_bytes(text, length, NULL);
	struct bpr_buf out = BPR_BUF_INIT;

	check_problems(&r, problems);
	assert_int_equal(r.status, BPR_OK);
	put_flow(&out, r.flows.items[0]);
	assert_string_equal(out.data, expected);
	bpr_i_buf_release(&out);
	release(&r);
}

static void check_flow(const char *text, const char *expected, const char *problems)
{
	check_flow_bytes(text, strlen(text), expected, problems);
}

/* ---- headings ---- */

static void both_languages_in_any_order(void **state)
{
	static const char expected[] = "S|来庁|start|-|-|0|- > A 1\nA|受付|task|市民課|1番|5|急ぐ > E 1\nE||end|-|-|0|- >\n";

	(void)state;
	check_flow("id,name,kind,next,unit,counter,work,note\nS,来庁,start,A,,,,\nA,受付,,E,市民課,1番,5,急ぐ\nE,,end,,,,,\n", expected, "");
	check_flow("備考,処理時間（分）,窓口,担当課,次,種別,作業名,番号\n,,,,A,開始,来庁,S\n急ぐ,５分,1番,市民課,E,作業,受付,A\n,,,,,終了,,E\n", expected, "");
	check_flow("Ｎｏ．,作業名※,KIND,次工程,担当,場所,所要時間,メモ\nS,来庁,開始,A,,,,\nA,受付,作業,E,市民課,1番,300s,急ぐ\nE,,終了,,,,,\n", expected, "");
}

static void a_heading_says_the_unit_of_bare_numbers(void **state)
{
	(void)state;
	check_flow("id,処理時間（時間）,次\nA,２,B\nB,90s,C\nC,１～３,D\nD,約0.5,\n",
		   "A||task|-|-|120|- > B 1\nB||task|-|-|1.5|- > C 1\nC||task|-|-|120|- > D 1\nD||task|-|-|30|- >\n",
		   "");
	check_flow("id,work [S]\nA,90\n", "A||task|-|-|1.5|- >\n", "");
	check_flow("id,work(min)\nA,90\n", "A||task|-|-|90|- >\n", "");
	check_flow("id,work(h)\nA,\"unif(1,3)\"\n", "A||task|-|-|2|- >\n",
		   "t.csv:2: warning: bare numbers of a distribution are minutes, though the heading 'work(h)' says another unit [T029]\n"
		   "  write the unit of each number: tri(2h,3h,5h)\n");
}

static void the_headings_stand_in_any_of_the_first_rows(void **state)
{
	(void)state;
	for (size_t rows = 0; rows < 29; rows++) {
		struct bpr_buf text = BPR_BUF_INIT;
		struct reading r;
		size_t lines = 0;

		for (size_t i = 0; i < rows; i++, lines++) {
			bpr_i_buf_puts(&text, i % 3 == 0 ? "住民票の交付（現行）,,\n" : i % 3 == 1 ? "作成,番号,令和6年4月1日\n" : "\n");
			if (i % 3 == 2)
				rows += rows < 29; /* a blank line is no row */
		}
		bpr_i_buf_puts(&text, "番号,作業名,次\nA,受付,B\nB,交付,\n");
		r = read_bytes(text.data, text.length, NULL);
		assert_int_equal(r.status, BPR_OK);
		assert_int_equal(bpr_flow_node(r.flows.items[0], 0)->line, lines + 2);
		assert_string_equal(bpr_flow_name(r.flows.items[0]), lines ? "住民票の交付（現行）" : "");
		assert_string_equal(bpr_flow_id(r.flows.items[0]), "t");
		release(&r);
		bpr_i_buf_release(&text);
	}
}

static void delimiters_are_found(void **state)
{
	static const char expected[] = "A|x, y|task|-|-|0|- > B 0.7 C 0.3\nB|b;c|task|-|-|0|- >\nC||task|-|-|0|- >\n";

	(void)state;
	check_flow("id,name,next\nA,\"x, y\",B:0.7;C:0.3\nB,b;c,\nC,,\n", expected, "");
	check_flow("id;name;next\nA;x, y;\"B:0.7;C:0.3\"\nB;\"b;c\";\nC;;\n", expected, "");
	check_flow("id\tname\tnext\nA\tx, y\tB:0.7;C:0.3\nB\tb;c\t\nC\t\t\n", expected, "");
}

static void a_table_of_one_column(void **state)
{
	(void)state;
	check_flow("id\nA\n", "A||task|-|-|0|- >\n", "");
}

static void missing_headings_are_named(void **state)
{
	(void)state;
	check_refused("hello world\nthis, is, text\n", BPR_ESYNTAX,
		"t.csv: there is no row of headings [T010]\n  put a row with the names of the columns above the rows; one of them must be "
		"id, ID, 番号, No, 工程番号, 項番\n");
	check_refused("表題\n作業名,次,担当課\n受付,交付,市民課\n", BPR_ESYNTAX,
		"t.csv:2: the column 'id' is missing; the headings are 作業名, 次, 担当課 [T011]\n"
		"  use one of these headings: id, ID, 番号, No, 工程番号, 項番\n");
	check_refused("id,name\n\n,\n", BPR_ESYNTAX,
		"t.csv:1: there is no row below the headings [T019]\n  write one row for each step below them\n");
}

static void a_long_list_of_headings_is_cut(void **state)
{
	struct bpr_buf text = BPR_BUF_INIT;
	struct reading r;
	char line[600];
	struct bpr_problem p;

	(void)state;
	bpr_i_buf_puts(&text, "作業名,次");
	for (size_t i = 0; i < 500; i++)
		bpr_i_buf_printf(&text, ",とても長い見出しの列その%zu", i);
	r = read_bytes(text.data, text.length, NULL);
	assert_int_equal(r.status, BPR_ESYNTAX);
	p = bpr_problems_get(r.problems, 0);
	assert_true(bpr_problem_message(&p, BPR_LANG_EN, line, sizeof(line)) < 300);
	assert_non_null(strstr(line, "作業名, 次, とても長い見出しの列その, "));
	assert_string_equal(line + strlen(line) - strlen(" …"), " …");
	release(&r);
	bpr_i_buf_release(&text);
}

/* ---- rows ---- */

static void unknown_columns_become_notes(void **state)
{
	(void)state;
	check_flow("番号,作業名,次,色,備考,根拠法令,\nA,受付,B,赤,急ぐ,法12条,　\nB,交付,,,,,\n",
		"A|受付|task|-|-|0|色: 赤; 急ぐ; 根拠法令: 法12条 > B 1\nB|交付|task|-|-|0|- >\n",
		"t.csv:1: warning: unknown columns, kept as a note: 色, 根拠法令 [T012]\n  rename them as bpr-flow(5) lists the columns, if they should count\n");}

static void two_headings_for_one_column(void **state)
{
	(void)state;
	check_flow("番号,次,担当課,係\nA,B,市民課,住民係\nB,,,記録係\n",
		"A||task|市民課|-|0|係: 住民係 > B 1\nB||task|-|-|0|係: 記録係 >\n",
		"t.csv:1: warning: '係' means the same column as '担当課' (unit); it is kept as a note [T015]\n  rename one of them, or delete it\n");
}

static void ragged_rows(void **state)
{
	(void)state;
	check_flow("id,name,next,unit\nA\nB,b\n,,,,,,\nC,c,,市民課,,,\n", "A||task|-|-|0|- >\nB|b|task|-|-|0|- >\nC|c|task|市民課|-|0|- >\n", "");
	check_refused("id,name,next\nA,受付,確認,B\nB,b\nC,c,,,x\n", BPR_ESYNTAX,
		"t.csv:2: there is text in cell 4 of the row, but there are only 3 headings (and 1 more like it) [T017]\n"
		"  put a text that holds the delimiter in quotation marks, or add the heading\n"
		"t.csv:2: 'A' goes on to '確認', which is no id of this flow [F007]\n"
		"  correct the id in the next column, or add the row; several ids have ';' between\n");
}

static void repeated_headings_and_blank_rows_are_skipped(void **state)
{
	(void)state;
	check_flow("id,name,next\nA,a,B\n\n　, ,\nid,name,next\n\"\",,\nB,b,\n", "A|a|task|-|-|0|- > B 1\nB|b|task|-|-|0|- >\n", "");
}

static void a_mark_repeats_the_cell_above(void **state)
{
	(void)state;
	check_flow("id,name,next,unit,counter,work\nA,a,D,市民課,1番,5\nB,〃,同上,　〃　,々,〃\n,,,,,\nC,c,〃,仝,〃,\nD,d,,,,\n",
		"A|a|task|市民課|1番|5|- > D 1\nB|a|task|市民課|1番|5|- > D 1\nC|c|task|市民課|1番|0|- > D 1\nD|d|task|-|-|0|- >\n", "");
	check_refused("id,name,unit\nA,〃,\nB,b,同上\n", BPR_ESYNTAX,
		"t.csv:2: '〃' repeats the cell above, but there is nothing (name) [T014]\n  write the text itself\n"
		"t.csv:3: '同上' repeats the cell above, but there is nothing (unit) [T014]\n  write the text itself\n");
}

static void lines_count_within_quotes(void **state)
{
	(void)state;
	check_refused("番号,作業名,次\r\nA,\"窓口で\r\n受け付ける\",B\r\n\r\nB,b,ZZ\r\n\"C\n\",c,\r\nB,d,\r\n", BPR_ESYNTAX,
		"t.csv:8: duplicate id 'B'; line 5 has it already (番号) [F001]\n  give each row an id of its own\n"
		"t.csv:5: 'B' goes on to 'ZZ', which is no id of this flow [F007]\n"
		"  correct the id in the next column, or add the row; several ids have ';' between\n");
}

static void quotes_that_are_wrong(void **state)
{
	(void)state;
	check_refused("id,name\nA,\"open\nB,c\n", BPR_ESYNTAX,
		"t.csv:2: the quotation mark opened in line 2 is never closed [T002]\n  close it, or double it if it belongs to the text\n");
	check_refused("id,name\nA,5\" pipe\n", BPR_ESYNTAX,
		"t.csv:2: a quotation mark stands where none may stand [T001]\n"
		"  put the whole cell in quotation marks and double each one inside it, as spreadsheets do when they save CSV\n");
}

static void at_most_twenty_errors(void **state)
{
	struct bpr_buf text = BPR_BUF_INIT;
	struct reading r;

	(void)state;
	bpr_i_buf_puts(&text, "id,kind,next,work,cost\n");
	for (size_t i = 0; i < 1000; i++)
		bpr_i_buf_printf(&text, "A%zu,kind%zu,,soon%zu,much%zu\n", i, i, i, i);
	r = read_bytes(text.data, text.length, NULL);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_in_range(bpr_problems_count_severity(r.problems, BPR_SEVERITY_ERROR), 1, 24); /* those of the last row are whole */
	release(&r);
	bpr_i_buf_release(&text);
}

/* ---- what is no table ---- */

static void other_files_are_named(void **state)
{
	(void)state;
	check_refused("PK\003\004[Content_Types].xml", BPR_ESYNTAX,
		"t.csv: the workbook is damaged: its end is missing, as when a download was cut off [T041]\n"
		"  open it in the spreadsheet program, let it repair the file, and save it again\n");
	check_refused("%PDF-1.7", BPR_EUNSUPPORTED,
		"t.csv: is a PDF document, which is not read [I016]\n"
		"  in the program it comes from, save it as CSV (UTF-8) or export BPMN 2.0\n");
	check_refused("", BPR_ESYNTAX, "t.csv: the file is empty [I004]\n  save it again from the program it comes from\n");
	check_refused("id,name\nA,b\nB,\xe5\x8f\x97\xe4\xbb\n", BPR_ESYNTAX,
		"t.csv:3: byte 0xE4 at offset 17 is not valid UTF-8 [I010]\n"
		"  save the file as UTF-8, or name its encoding with --encoding (utf-8, utf-16, cp932)\n");
}

static void encodings_may_be_asked_for(void **state)
{
	static const char text[] = "\x94\xd4\x8d\x86,\x8e\x9f\nA,B\nB,\n"; /* 番号,次 */
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct reading r;

	(void)state;
	options.encoding = "Shift_JIS";
	r = read_bytes(text, strlen(text), &options);
	assert_int_equal(r.status, BPR_OK);
	release(&r);
	options.encoding = "utf-8";
	r = read_bytes(text, strlen(text), &options);
	check_problems(&r, "t.csv:1: byte 0x94 at offset 0 is not valid UTF-8 [I010]\n"
			   "  save the file as UTF-8, or name its encoding with --encoding (utf-8, utf-16, cp932)\n");
	release(&r);
	options.encoding = "latin1";
	r = read_bytes(text, strlen(text), &options);
	check_problems(&r, "t.csv: unknown encoding 'latin1'; expected utf-8, utf-16 or cp932 [I015]\n");
	assert_int_equal(r.status, BPR_EINVAL);
	release(&r);
}

static void limits_are_named(void **state)
{
	static const char text[] = "id,name,next\nA,0123456789,B\nB,b,C\nC,c,\n";
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct reading r;

	(void)state;
	options.max_bytes = 20;
	r = read_bytes(text, strlen(text), &options);
	assert_int_equal(r.status, BPR_ELIMIT);
	check_problems(&r, "t.csv: the file is larger than 20 bytes (--max-bytes) [I005]\n"
			   "  raise the limit with --max-bytes if the file is what you think it is\n");
	release(&r);
	options.max_bytes = 1000;
	options.max_field = 9;
	r = read_bytes(text, strlen(text), &options);
	assert_int_equal(r.status, BPR_ELIMIT);
	check_problems(&r, "t.csv:2: a cell is longer than 9 bytes (--max-field) [T003]\n"
			   "  look for a quotation mark that is not closed; else raise the limit with --max-field\n");
	release(&r);
	options.max_field = 1000;
	options.max_nodes = 2;
	r = read_bytes(text, strlen(text), &options);
	assert_int_equal(r.status, BPR_ELIMIT);
	assert_int_equal(r.err.status, BPR_ELIMIT);
	assert_true(bpr_problems_count_severity(r.problems, BPR_SEVERITY_ERROR) > 0);
	release(&r);
	options.size = 0;
	r = read_bytes(text, strlen(text), &options);
	assert_int_equal(r.status, BPR_EINVAL);
	release(&r);
}

static void problems_and_error_may_be_left_out(void **state)
{
	struct bpr_flows flows;

	(void)state;
	assert_int_equal(bpr_read_memory("x", "id,next\nA,B\n", 12, NULL, &flows, NULL, NULL), BPR_ESYNTAX);
	assert_int_equal(flows.count, 0);
	assert_int_equal(bpr_read_memory("x", "id,next\nA,\n", 11, NULL, &flows, NULL, NULL), BPR_OK);
	assert_int_equal(flows.count, 1);
	bpr_flows_release(&flows);
	assert_null(flows.items);
}

static void an_override_must_fit(void **state)
{
	static const char text[] = "id,work,next\nA,5,B\nB,7,\n";
	static const char *const sets[] = { "step.A.work=11", "step.Z.work=1" };
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct reading r;

	(void)state;
	options.sets = sets;
	options.set_count = 1;
	r = read_bytes(text, strlen(text), &options);
	assert_int_equal(r.status, BPR_OK);
	assert_rel(bpr_dist_mean(bpr_flow_node(r.flows.items[0], 0)->work), 11, 0);
	release(&r);
	options.set_count = 2;
	r = read_bytes(text, strlen(text), &options);
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_true(bpr_problems_count_severity(r.problems, BPR_SEVERITY_ERROR) == 1);
	release(&r);
}

/* ---- files beside the flow ---- */

static const char *const made[] = {
	"f.csv", "f.forms.csv", "f.counters.csv", "f.staff.csv", "f.demand.csv", "m.csv", "empty.csv", "sub/m.csv", "sub", "f"
};

static int enter(void **state)
{
	char *dir = strdup("test-table.XXXXXX");

	if (!dir || !mkdtemp(dir) || chdir(dir))
		return -1;
	*state = dir;
	return 0;
}

static int leave(void **state)
{
	char *dir = *state;

	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		(void)remove(made[i]);
	if (chdir("..") || rmdir(dir))
		return -1;
	free(dir);
	return 0;
}

static void put(const char *name, const char *text)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

static void companions_are_read(void **state)
{
	struct reading r;
	const bpr_flow *flow;

	(void)state;
	put("f.csv", "番号,次,窓口,記入,要員\nA,B,1番,F1,窓口職員\nB,,2番,F1;F2,窓口職員:2\n");
	put("f.forms.csv", "様式の一覧\n様式,様式名,項目,回数,項目群,印字済\nF1,異動届,氏名,2,氏名,\n〃,〃,住所,,住所,○\nF2,申請書,氏名,,氏名,\n");
	put("f.counters.csv", "\x91\x8b\x8c\xfb,\x92\xa1\x8e\xc9\n1\x94\xd4,\x96{\x92\xa1\x8e\xc9\n"); /* CP932: 窓口,庁舎 / 1番,本庁舎 */
	put("f.staff.csv", "職種;人数;時間単価\n窓口職員;3;2,500\n");
	put("f.demand.csv", "項目,値\nper_day,80\n開庁時間,8:30-17:15\n天気,晴\n");
	r = read_file("f.csv");
	check_problems(&r, "f.demand.csv:4: warning: unknown key '天気' is not used [T020]\n"
			   "  see bpr-flow(5) for the keys of the demand table, such as per_day, per_year, open\n");
	assert_int_equal(r.status, BPR_OK);
	flow = r.flows.items[0];
	assert_int_equal(bpr_flow_form_count(flow), 2);
	assert_string_equal(bpr_flow_form(flow, 0)->name, "異動届");
	assert_int_equal(bpr_flow_form(flow, 0)->field_count, 2);
	assert_rel(bpr_flow_form(flow, 0)->fields[0].times, 2, 0);
	assert_true(bpr_flow_form(flow, 0)->fields[1].prefilled);
	assert_string_equal(bpr_flow_counter(flow, 0)->building, "本庁舎");
	assert_int_equal(bpr_flow_pool(flow, 0)->count, 3);
	assert_rel(bpr_flow_pool(flow, 0)->yen_per_hour, 2500, 0);
	assert_rel(bpr_flow_demand(flow)->per_day, 80, 0);
	assert_rel(bpr_flow_demand(flow)->open_from, 510, 0);
	release(&r);
}

static void companions_can_be_left_alone(void **state)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct reading r = { .err = { .code = "" } };

	(void)state;
	put("f.csv", "id,next\nA,\n");
	put("f.demand.csv", "per_day\n");
	options.companions = false;
	assert_int_equal(bpr_problems_new(&r.problems, NULL), BPR_OK);
	assert_int_equal(bpr_read("f.csv", &options, &r.flows, r.problems, &r.err), BPR_OK);
	release(&r);
}

static void faults_of_companions_name_their_file(void **state)
{
	struct reading r;

	(void)state;
	put("f.csv", "id,next\nA,\n");
	put("f.demand.csv", "key,amount\nper_day,80\n");
	r = read_file("f.csv");
	assert_int_equal(r.status, BPR_ESYNTAX);
	check_problems(&r, "f.demand.csv:1: the column 'value' is missing; the headings are key, amount [T011]\n"
			   "  use one of these headings: key (項目), value (値)\n");
	release(&r);
	put("f.demand.csv", "key,value\nper_day,many\n");
	r = read_file("f.csv");
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_string_equal(bpr_problems_get(r.problems, 0).file, "f.demand.csv");
	assert_int_equal(bpr_problems_get(r.problems, 0).line, 2);
	release(&r);
	put("f.demand.csv", "key,value\nper_day,\"many\n");
	put("f.staff.csv", "pool,count,colour\nP,2,red,blue\n");
	r = read_file("f.csv");
	assert_int_equal(r.status, BPR_ESYNTAX);
	check_problems(&r, "f.staff.csv:1: warning: unknown columns, not used: colour [T013]\n"
			   "  rename them as bpr-flow(5) lists the columns, if they should count\n"
			   "f.staff.csv:2: there is text in cell 4 of the row, but there are only 3 headings [T017]\n"
			   "  put a text that holds the delimiter in quotation marks, or add the heading\n"
			   "f.demand.csv:2: the quotation mark opened in line 2 is never closed [T002]\n"
			   "  close it, or double it if it belongs to the text\n");
	release(&r);
	assert_int_equal(remove("f.demand.csv"), 0);
	assert_int_equal(remove("f.staff.csv"), 0);
	assert_int_equal(mkdir("f.forms.csv", 0700), 0);
	r = read_file("f.csv");
	assert_int_equal(r.status, BPR_EIO);
	check_problems(&r, "f.forms.csv: is a directory, not a file [I003]\n"
			   "  name a file, or '-' for standard input; for a folder of flows use a pattern such as 'folder/*.csv'\n");
	release(&r);
	r = read_file("f.forms.csv");
	assert_int_equal(r.status, BPR_EIO);
	release(&r);
}

static void a_companion_is_no_flow(void **state)
{
	struct reading r;

	(void)state;
	put("f.staff.csv", "pool,count\nP,2\n");
	r = read_file("f.staff.csv");
	assert_int_equal(r.status, BPR_ESYNTAX);
	check_problems(&r, "f.staff.csv: this is the 'staff' table of a flow, not a flow [T018]\n"
			   "  name the flow itself; the tables beside it are read with it\n");
	release(&r);
}

static void measured_values(void **state)
{
	struct reading r;
	const struct bpr_dist *work;

	(void)state;
	assert_int_equal(mkdir("sub", 0700), 0);
	put("m.csv", "番号;所要時間\n1;3分\n2;1分\n\n3;120s\n");
	put("sub/m.csv", "4\n8\n");
	put("f.csv", "id,work,next\nA,\"emp(m.csv,所要時間)\",B\nB,\"emp(m.csv,2)\",C\nC,emp(sub/m.csv),\n");
	r = read_file("f.csv");
	check_problems(&r, "");
	assert_int_equal(r.status, BPR_OK);
	work = bpr_flow_node(r.flows.items[0], 0)->work;
	assert_int_equal(work->kind, BPR_DIST_EMP);
	assert_int_equal(work->value_count, 3);
	assert_rel(work->values[0], 1, 0);
	assert_rel(work->values[2], 3, 0);
	assert_rel(bpr_dist_mean(work), 2, 1e-15);
	assert_rel(bpr_dist_mean(bpr_flow_node(r.flows.items[0], 2)->work), 6, 1e-15);
	release(&r);
}

static void measured_values_that_are_wrong(void **state)
{
	struct reading r;

	(void)state;
	put("m.csv", "a,時間\n1,soon\n2,-5\n");
	put("empty.csv", "時間\n\n");
	put("f.csv", "id,work\nA,emp(/etc/passwd)\nB,emp(sub/../../x.csv)\nC,emp(none.csv)\nD,\"emp(m.csv,wait)\"\nE,emp(empty.csv)\n"
		     "F,\"emp(m.csv,時間)\"\n");
	r = read_file("f.csv");
	assert_int_equal(r.status, BPR_ESYNTAX);
	check_problems(&r,
		"f.csv:2: measured values may only be read from a file beside the flow, not from '/etc/passwd' (and 1 more like it) (work) [T022]\n"
		"  copy the file into the folder of the flow and name it without a path\n"
		"f.csv:4: the measured values in 'none.csv' cannot be read: no such file (work) [T026]\n"
		"  check the name; the file is looked for in the folder of the flow\n"
		"f.csv:5: there is no column 'wait' in 'm.csv' (work) [T023]\n"
		"  name a heading of that file as it stands there, or the number of the column\n"
		"f.csv:6: there is no value in 'empty.csv' (work) [T024]\n"
		"  the file must have one duration in each row, in minutes or with its unit\n"
		"m.csv:2: 'soon' in '時間' is not a duration; expected minutes such as 5, 90s, 1.5h, 4分30秒 or tri(3,5,9) [D002]\n"
		"  a bare number is minutes; see bpr-flow(5)\n"
		"m.csv:3: '-5' in '時間' is negative; expected 0 or more [D003]\n  remove the sign (-, ▲ or △), or leave the cell empty where the figure is not known\n");
	release(&r);
}

static void standard_input_has_nothing_beside_it(void **state)
{
	struct reading r = read_bytes("id,work\nA,emp(m.csv)\n", 21, NULL);

	(void)state;
	assert_int_equal(r.status, BPR_ESYNTAX);
	assert_int_equal(bpr_problems_count_severity(r.problems, BPR_SEVERITY_ERROR), 1);
	release(&r);
}

/* ---- whatever comes ---- */

static const char sample[] =
	"証明書の交付\r\n番号,作業名,種別,次,担当課,窓口,処理時間,記入,備考,色\r\n"
	"s,来庁,開始,a,,,,,,\r\na,\"受付、\r\n\"\"確認\"\"\",,b:0.7;c:30%,市民課,1番,５分,F1;F2,,赤\r\n"
	"b,〃,作業,e,同上,2番,tri(3,5,9),,急ぐ,\r\nc,交付,作業,e,,,約5分,,,\r\ne,終わり,終了,,,,,,,\r\n";

/* Cut at every byte, and every byte changed: a flow or an error with its message, and nothing behind the end is read. */
static void every_damage_is_survived(void **state)
{
	(void)state;
	for (size_t cut = 0; cut <= strlen(sample); cut++) {
		for (unsigned change = 0; change < 5; change++) {
			static const char with[] = { 0, '"', ',', (char)0xff, '\n' };
			char *copy = malloc(cut ? cut : 1);
			struct reading r;

			assert_non_null(copy);
			memcpy(copy, sample, cut ? cut : 1);
			if (change && cut)
				copy[(cut * 7919) % cut ? (cut * 7919) % cut : cut / 2] = with[change];
			r = read_bytes(copy, cut, NULL);
			if (r.status) {
				assert_true(bpr_problems_count_severity(r.problems, BPR_SEVERITY_ERROR) > 0);
				assert_int_equal(r.err.status, r.status);
			}
			release(&r);
			free(copy);
		}
	}
}

static char *repeat_text(const char *head, const char *piece, size_t count, size_t *length)
{
	size_t n = strlen(piece);
	size_t at = strlen(head);
	char *text = malloc(at + n * count + 1);

	assert_non_null(text);
	memcpy(text, head, at);
	for (size_t i = 0; i < count; i++, at += n)
		memcpy(text + at, piece, n);
	text[at] = '\0';
	*length = at;
	return text;
}

static bpr_status read_repeated(const char *head, const char *piece, size_t count, const struct bpr_read_options *options)
{
	size_t length;
	char *text = repeat_text(head, piece, count, &length);
	struct reading r = read_bytes(text, length, options);
	bpr_status status = r.status;

	assert_true(!status || bpr_problems_count_severity(r.problems, BPR_SEVERITY_ERROR) > 0);
	release(&r);
	free(text);
	return status;
}

/* Each takes well under a second, where a search from each line to the end of the text would take hours. */
static void hostile_shapes_end_soon(void **state)
{
	(void)state;
	assert_int_equal(read_repeated("id,name\r", "\r", 1500000, NULL), BPR_ESYNTAX);
	assert_int_equal(read_repeated("", "\n", 1500000, NULL), BPR_ESYNTAX);
	assert_int_equal(read_repeated("", "\n\r", 1000000, NULL), BPR_ESYNTAX);
	assert_int_equal(read_repeated("id,name\n", ",\r", 1000000, NULL), BPR_ESYNTAX);
	assert_int_equal(read_repeated("id", ",", 1500000, NULL), BPR_ESYNTAX);
	assert_int_equal(read_repeated("id,name\nA,b\n", ",", 1500000, NULL), BPR_ELIMIT);
	assert_int_equal(read_repeated("id,name\nA,\"", "x\n", 1000000, NULL), BPR_ELIMIT);
	assert_int_equal(read_repeated("id,name\nA,\"", "\"\"", 1500000, NULL), BPR_ELIMIT);
	assert_int_equal(read_repeated("id\n", "\xe3\x80\x80\n", 500000, NULL), BPR_ESYNTAX);
	assert_int_equal(read_repeated("id", ",\xe5\x8f\x97", 15000, NULL), BPR_ESYNTAX);
}

static void a_small_file_cannot_grow(void **state)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	size_t length;
	char *head = repeat_text("id,name,next\nA,", "長", 5000, &length);
	char *heading = repeat_text("id,", "長", 100, &length);
	struct bpr_buf text = BPR_BUF_INIT;
	struct reading r;

	(void)state;
	options.max_bytes = 100000;
	bpr_i_buf_printf(&text, "%s,\n", head);
	for (size_t i = 0; i < 50; i++)
		bpr_i_buf_printf(&text, "B%zu,〃,\n", i);
	r = read_bytes(text.data, text.length, &options);
	assert_int_equal(r.status, BPR_ELIMIT);
	assert_string_equal(r.err.code, "T027");
	release(&r);
	bpr_i_buf_clear(&text);
	bpr_i_buf_printf(&text, "%s\n", heading);
	for (size_t i = 0; i < 1000; i++)
		bpr_i_buf_printf(&text, "B%zu,x\n", i);
	r = read_bytes(text.data, text.length, &options);
	assert_int_equal(r.status, BPR_ELIMIT);
	assert_string_equal(r.err.code, "T027");
	release(&r);
	bpr_i_buf_release(&text);
	free(head);
	free(heading);
}

/* A table written from random cells reads as those cells. */
static unsigned next(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void put_cell(struct bpr_buf *text, const char *cell)
{
	bpr_i_buf_putc(text, '"');
	for (; *cell; cell++) {
		if (*cell == '"')
			bpr_i_buf_putc(text, '"');
		bpr_i_buf_putc(text, *cell);
	}
	bpr_i_buf_putc(text, '"');
}

static void what_is_written_is_read(void **state)
{
	static const char *const pieces[] = { "窓", "a", ",", ";", "\"", "\n", "x y", "①", "\t", "=", "'" };
	static const char *const headings[] = { "番号,次,作業名,担当課,備考", "id;next;name;unit;note", "No\t次工程\tname\t部署\tメモ" };
	static const char delimiters[] = ",;\t";
	unsigned seed = 11;

	(void)state;
	for (unsigned round = 0; round < 300; round++) {
		struct bpr_buf text = BPR_BUF_INIT;
		struct bpr_buf expected = BPR_BUF_INIT;
		unsigned rows = 1 + next(&seed) % 6;

		bpr_i_buf_printf(&text, "%s\r\n", headings[round % 3]);
		for (unsigned row = 0; row < rows; row++) {
			char cells[3][80];

			for (unsigned c = 0; c < 3; c++) {
				size_t n = (size_t)snprintf(cells[c], sizeof(cells[c]), "c%u", next(&seed) % 9);

				for (unsigned k = next(&seed) % 4; k; k--)
					n += (size_t)snprintf(cells[c] + n, sizeof(cells[c]) - n, "%s", pieces[next(&seed) % 11]);
				(void)snprintf(cells[c] + n, sizeof(cells[c]) - n, "z"); /* blanks at the end would be cut */
			}
			bpr_i_buf_printf(&text, "N%u%c", row, delimiters[round % 3]);
			if (row + 1 < rows)
				bpr_i_buf_printf(&text, "N%u", row + 1);
			bpr_i_buf_printf(&expected, "N%u|%s|task|%s|-|0|%s >", row, cells[0], cells[1], cells[2]);
			if (row + 1 < rows)
				bpr_i_buf_printf(&expected, " N%u 1", row + 1);
			bpr_i_buf_putc(&expected, '\n');
			for (unsigned c = 0; c < 3; c++) {
				bpr_i_buf_putc(&text, delimiters[round % 3]);
				put_cell(&text, cells[c]);
			}
			bpr_i_buf_puts(&text, "\r\n");
		}
		check_flow_bytes(text.data, text.length, expected.data, "");
		bpr_i_buf_release(&text);
		bpr_i_buf_release(&expected);
	}
}

int main(void)
{
#define FILES(f) cmocka_unit_test_setup_teardown(f, enter, leave)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_languages_in_any_order), cmocka_unit_test(a_heading_says_the_unit_of_bare_numbers),
		cmocka_unit_test(the_headings_stand_in_any_of_the_first_rows),
		cmocka_unit_test(delimiters_are_found), cmocka_unit_test(a_table_of_one_column),
		cmocka_unit_test(missing_headings_are_named), cmocka_unit_test(a_long_list_of_headings_is_cut),
		cmocka_unit_test(unknown_columns_become_notes), cmocka_unit_test(two_headings_for_one_column),
		cmocka_unit_test(ragged_rows), cmocka_unit_test(repeated_headings_and_blank_rows_are_skipped),
		cmocka_unit_test(a_mark_repeats_the_cell_above), cmocka_unit_test(lines_count_within_quotes),
		cmocka_unit_test(quotes_that_are_wrong), cmocka_unit_test(at_most_twenty_errors),
		cmocka_unit_test(other_files_are_named), cmocka_unit_test(encodings_may_be_asked_for),
		cmocka_unit_test(limits_are_named), cmocka_unit_test(problems_and_error_may_be_left_out),
		cmocka_unit_test(an_override_must_fit), FILES(companions_are_read), FILES(companions_can_be_left_alone),
		FILES(faults_of_companions_name_their_file), FILES(a_companion_is_no_flow), FILES(measured_values),
		FILES(measured_values_that_are_wrong), cmocka_unit_test(standard_input_has_nothing_beside_it),
		cmocka_unit_test(every_damage_is_survived), cmocka_unit_test(hostile_shapes_end_soon),
		cmocka_unit_test(a_small_file_cannot_grow), cmocka_unit_test(what_is_written_is_read),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
