/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dialects of simulation data: what each calls itself, and who reads it. Extensions are looked at once, element by
 * element, in the order of the file; which of two dialects counts is decided by the order of the table (the later one).
 */
#include "config.h"
#include "base/file_i.h"
#include "read/sim_i.h"
#include <string.h>
#include <strings.h>

enum { RANK_BESIDE = 100, RANK_NAMED = 200 };

static const struct dialect {
	const char *source;
	const char *ns;      /* what its namespace begins with; with '*' in front: holds, in any case */
	void (*take)(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml);
} dialects[] = {
	{ "camunda", "http://camunda.org/schema/", bpr_i_camunda_take },
	{ "igrafx", "*igrafx", bpr_i_igrafx_take },
	{ "adonis", "http://www.boc-group.com", bpr_i_adonis_take },
	{ "adonis", "http://www.itp-commerce.com/", bpr_i_adonis_take },
	{ "qbp", "http://www.qbp-simulator.com/", bpr_i_qbp_take },
	{ "bpsim", "http://www.bpsim.org/", bpr_i_bpsim_take },
	{ "bpsim", "http://www.jboss.org/drools", bpr_i_bpsim_take },
	{ "scylla", "http://bsim.hpi.uni-potsdam.de/", bpr_i_scylla_take },
};
enum { DIALECTS = sizeof(dialects) / sizeof(dialects[0]) };

/* Files that stand beside NAME.bpmn: what is put behind the stem. */
static const char *const beside[] = { "_sim.xml", "-sim.xml", ".json" };

struct side_file {
	struct side_file *next;
	struct bpr_xml xml;  /* scenarios of BPSim point into it */
};

static bool is_of(const struct dialect *d, const char *ns)
{
	size_t n = strlen(d->ns);

	if (*d->ns != '*')
		return !strncmp(ns, d->ns, n);
	for (; *ns; ns++)
		if (!strncasecmp(ns, d->ns + 1, n - 1))
			return true;
	return false;
}

static const struct dialect *dialect_of(const char *ns)
{
	if (!strcmp(ns, BPMN_NS) || !strcmp(ns, BPMN_BPR_NS) || !*ns)
		return NULL;
	for (size_t i = 0; i < DIALECTS; i++)
		if (is_of(&dialects[i], ns))
			return &dialects[i];
	return NULL;
}

/* rank 0: by the table. */
static void take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml, unsigned rank)
{
	const struct dialect *d = dialect_of(xml->ns);

	if (!d)
		return;
	file->sim->now.source = d->source;
	file->sim->now.rank = rank ? rank : (unsigned)(d - dialects) + 1;
	d->take(file, item, xml);
}

static void take_extensions(struct bpmn_file *file, size_t item, const struct bpr_xml_node *holder, unsigned rank)
{
	const struct bpr_xml_node *extensions = bpr_i_xml_child(holder, BPMN_NS, "extensionElements");

	for (const struct bpr_xml_node *xml = extensions ? bpr_i_xml_element(extensions->first) : NULL; xml; xml = bpr_i_xml_element(xml->next))
		take(file, item, xml, rank);
}

/* What stands at <definitions>: as its children, as its extensions, in relationships. */
static void take_definitions(struct bpmn_file *file, const struct bpr_xml_node *root, unsigned rank)
{
	take_extensions(file, BPR_NONE, root, rank);
	BPR_I_XML_EACH(xml, root) {
		if (bpr_i_xml_is(xml, BPMN_NS, "relationship"))
			take_extensions(file, BPR_NONE, xml, rank);
		else
			take(file, BPR_NONE, xml, rank);
	}
}

static void take_embedded(struct bpmn_file *file)
{
	take_definitions(file, file->xml.root, 0);
	for (size_t i = 0; i < file->item_count; i++) {
		enum bpmn_role role = file->items[i].element->role;

		if (bpr_i_bpmn_is_node(&file->items[i]) || role == BPMN_PROCESS || role == BPMN_PARTICIPANT)
			take_extensions(file, i, file->items[i].xml, 0);
	}
}

/* ---- files beside the model, and those that were named ---- */

/* Whether a tree is one that a dialect has by itself. */
static bool is_root(const struct bpr_xml_node *root)
{
	return bpr_i_xml_is(root, BPMN_NS, "definitions") || dialect_of(root->ns);
}

static bpr_status read_xml(struct bpmn_file *file, const char *name, const char *data, size_t length, bool named, unsigned rank)
{
	static const char *const skip[] = { BPMN_DI_NS, NULL };
	struct bpr_reader *reader = file->reader;
	const struct bpr_xml_options options = { reader->options->max_depth, 10000000, skip, reader->options->max_field };
	struct side_file *side = bpr_i_calloc(1, sizeof(*side));
	bpr_status status;

	if (!side)
		return BPR_ENOMEM;
	side->next = file->sim->sides;
	file->sim->sides = side;
	status = bpr_i_xml_parse(&side->xml, name, data, length, &options, reader->problems, reader->err);
	if (status)
		return status;
	if (!is_root(side->xml.root)) {
		bpr_i_bpmn_note(file, named ? BPR_I_X130 : BPR_I_X131, side->xml.root, NULL, side->xml.root->name, NULL, NULL);
		return BPR_OK;
	}
	if (bpr_i_xml_is(side->xml.root, BPMN_NS, "definitions")) {
		take_definitions(file, side->xml.root, rank);
		for (const struct bpr_xml_node *xml = bpr_i_xml_element(side->xml.root->first); xml; xml = bpr_i_xml_element(xml->next))
			if (bpr_i_xml_is(xml, BPMN_NS, "process"))
				take_extensions(file, bpr_i_sim_item(file, xml, "id"), xml, rank);
	} else {
		take(file, BPR_NONE, side->xml.root, rank);
	}
	return BPR_OK;
}

static bool is_xml(const char *data, size_t length)
{
	size_t at = length >= 3 && !memcmp(data, "\xef\xbb\xbf", 3) ? 3 : 0;

	while (at < length && strchr(" \t\r\n", data[at]) && data[at])
		at++;
	return at < length && (data[at] == '<' || data[at] == '\xff' || data[at] == '\xfe');
}

static bool ends_in(const char *path, const char *ending)
{
	size_t length = strlen(path), n = strlen(ending);

	return length > n && !strcmp(path + length - n, ending);
}

static bpr_status read_side(struct bpmn_file *file, const char *path, bool named, unsigned rank)
{
	const char *name = bpr_i_arena_strdup(&file->xml.arena, path);
	struct bpr_fault fault;
	char *data = NULL;
	size_t length = 0;
	bpr_status status;

	if (!name)
		return BPR_ENOMEM;
	status = bpr_i_file_read(path, file->reader->options->max_bytes, &data, &length, &fault);
	/* What is empty, or JSON that cannot be read: `bpr check F.bpmn --format json >F.json` has just made it. */
	if (status && status != BPR_ENOMEM && !named && (status == BPR_ESYNTAX || ends_in(path, ".json")))
		return BPR_OK;
	if (status)
		return bpr_i_reader_fault(file->reader, name, &fault);
	file->side = name;
	file->sim->now.file = name;
	file->sim->now.rank = rank;
	if (is_xml(data, length)) {
		status = read_xml(file, name, data, length, named, rank);
	} else if (named || bpr_i_prosimos_may_be(data, length)) {
		file->sim->now.source = "prosimos";
		status = bpr_i_prosimos_read(file, name, data, length);
	}
	file->sim->now.file = NULL;
	file->side = NULL;
	bpr_i_free(data);
	return status;
}

static bool was_named(const struct bpr_read_options *options, const char *path)
{
	for (size_t i = 0; i < options->simulation_count; i++)
		if (!strcmp(options->simulations[i], path))
			return true;
	return false;
}

static bpr_status read_beside(struct bpmn_file *file)
{
	struct bpr_reader *reader = file->reader;
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]) && !status; i++) {
		struct bpr_buf name = BPR_BUF_INIT;
		const char *stem;
		size_t length = bpr_i_reader_stem(reader, &stem);
		char *path;

		bpr_i_buf_add(&name, stem, length);
		bpr_i_buf_puts(&name, beside[i]);
		path = name.failed ? NULL : bpr_i_reader_beside(reader, name.data, name.length);
		bpr_i_buf_release(&name);
		if (!path)
			return BPR_ENOMEM;
		if (bpr_i_file_exists(path) && !was_named(reader->options, path))
			status = read_side(file, path, false, RANK_BESIDE + (unsigned)i);
		bpr_i_free(path);
	}
	return status;
}

static bpr_status open_sim(struct bpmn_file *file)
{
	struct sim *s = bpr_i_calloc(1, sizeof(*s));

	file->sim = s;
	if (!s)
		return BPR_ENOMEM;
	s->of_item = bpr_i_calloc(file->item_count, sizeof(*s->of_item));
	if (!s->of_item)
		return BPR_ENOMEM;
	for (size_t i = 0; i < file->item_count; i++)
		s->of_item[i] = BPR_NONE;
	return BPR_OK;
}

bpr_status bpr_i_sim_read(struct bpmn_file *file)
{
	const struct bpr_read_options *options = file->reader->options;
	bpr_status status = open_sim(file);

	if (status)
		return status;
	take_embedded(file);
	if (file->reader->path && options->companions)
		status = read_beside(file);
	for (size_t i = 0; i < options->simulation_count && !status; i++)
		status = read_side(file, options->simulations[i], true, RANK_NAMED + (unsigned)i);
	if (!status)
		status = bpr_i_bpsim_finish(file);
	if (!status)
		status = bpr_i_sim_shares(file);
	return status ? status : file->nomem ? BPR_ENOMEM : BPR_OK;
}

void bpr_i_sim_free(struct sim *sim)
{
	if (!sim)
		return;
	while (sim->sides) {
		struct side_file *next = sim->sides->next;

		bpr_i_xml_release(&sim->sides->xml);
		bpr_i_free(sim->sides);
		sim->sides = next;
	}
	bpr_i_bpsim_free(sim->bpsim);
	bpr_i_free(sim->params);
	bpr_i_free(sim->of_item);
	bpr_i_free(sim->pools);
	bpr_i_names_release(&sim->pool_ids);
	bpr_i_free(sim);
}
