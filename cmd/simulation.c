/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long, how often and from when on is simulated: options that simulate and compare share. */
#include "config.h"
#include "simulation.h"
#include "output.h"
#include "say.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define AT(member) OPT_AT(common_args, sim.member)
#define MOST 9007199254740991.0

/* Offices serve who is in the building, so that comes first and is the default. */
static const struct { const char *name; enum bpr_closing closing; } closings[] = {
	{ "serve", BPR_CLOSING_SERVE }, { "finish", BPR_CLOSING_FINISH }, { "interrupt", BPR_CLOSING_INTERRUPT },
};

static const char *closing_choice(size_t i)
{
	return i < sizeof(closings) / sizeof(closings[0]) ? closings[i].name : NULL;
}

static const char *key_choice(size_t i)
{
	return i < BPR_SIM_KEY_COUNT ? bpr_sim_key_get(i)->key : NULL;
}

const struct opt simulation_opts[] = {
	{ .kind = OPT_REAL, .name = "days", .at = AT(days), .arg = "N", .min = 1, .max = 1e6,
	  .help = N_("working days that let cases in, in each run; default 5 where the office closes") },
	{ .kind = OPT_SIZE, .name = "cases", .at = AT(cases), .arg = "N", .min = 1, .max = MOST,
	  .help = N_("finished cases in each run; default 10000 where the office never closes") },
	{ .kind = OPT_SIZE, .name = "replications", .at = AT(replications), .arg = "N", .min = 1, .max = 1e7,
	  .help = N_("runs, each with other random numbers; default 30, or 10 with --cases; with --precision the most") },
	{ .kind = OPT_TEXT, .name = "precision", .at = AT(precision), .arg = "P%",
	  .help = N_("more runs until the 95% intervals are this narrow: half the width at most P percent of the mean") },
	{ .kind = OPT_LIST, .name = "key", .at = AT(keys), .arg = "KEY", .choice = key_choice,
	  .help = N_("a figure that --precision is about and that text shows; may be repeated; default: time of a case and wait") },
	{ .kind = OPT_TEXT, .name = "warmup", .at = AT(warmup), .arg = "TIME",
	  .help = N_("leave out the beginning of each run: a duration such as 8h, 0, or auto (found by MSER-5 where the office never closes, else 0)") },
	{ .kind = OPT_CHOICE, .name = "closing", .at = AT(closing), .arg = "HOW", .choice = closing_choice,
	  .help = N_("when people go: serve everybody who is in the building first (overtime), finish the work under way (overtime), or interrupt it until they are back; default serve") },
	{ .kind = OPT_TEXT, .name = "from", .at = AT(from), .arg = "DATE",
	  .help = N_("first day, such as 2027-03-22 or 令和9年3月22日: public holidays, seasons and dated hours count; default: ordinary weeks") },
	{ .kind = OPT_TEXT, .name = "holidays", .at = AT(holidays), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("public holidays (CSV of the Cabinet Office): in its years they replace those by law") },
	{ .kind = OPT_END },
};

static bool usage(const char *code, const char *a1, const char *a2, int *status)
{
	say(code, NULL, a1, a2, NULL);
	*status = STATUS_USAGE;
	return false;
}

/* "1%", "0.5％", "1": percent. */
static bool percent(const char *text, double *share)
{
	size_t n = strlen(text);
	char number[64];

	if (n && text[n - 1] == '%')
		n--;
	else if (n > 3 && !strcmp(text + n - 3, "％"))
		n -= 3;
	if (!n || n >= sizeof(number))
		return false;
	memcpy(number, text, n);
	number[n] = '\0';
	if (!bpr_text_number(number, share) || !(*share > 0 && *share < 100))
		return false;
	*share /= 100;
	return true;
}

/* Options that say nothing without another one, or contradict it. */
static bool combine(const struct simulation_args *sim, int *status)
{
	if (sim->holidays && !sim->from)
		return usage("U120", "holidays", "from", status);
	if (sim->days.given && sim->cases)
		return usage("U160", "days", "cases", status);
	if (sim->precision && sim->replications == 1)
		return usage("U160", "precision", "replications=1", status);
	return true;
}

static bool first_day(struct simulation_args *sim, int *status)
{
	sim->calendar = (struct bpr_calendar_options)BPR_CALENDAR_OPTIONS_INIT;
	if (!sim->from)
		return true;
	sim->calendar.dated = true;
	if (bpr_date_parse(sim->from, &sim->calendar.start) && sim->calendar.start >= bpr_date(1948, 7, 20) &&
	    sim->calendar.start <= bpr_date(2150, 12, 31))
		return true;
	return usage("U161", "from", sim->from, status);
}

/* The list of holidays; false: said why. */
static bool holidays(struct simulation_args *sim, int *status)
{
	struct bpr_error err = { 0 };
	struct text notes = { 0 };
	bpr_problems *problems = NULL;
	bpr_status read = sim->holidays ? bpr_problems_new(&problems, &err) : BPR_OK;

	if (sim->holidays && !read)
		read = bpr_read_holidays(sim->holidays, NULL, &sim->holiday_list, &sim->calendar.holiday_count, problems, &err);
	sim->calendar.holidays = sim->holiday_list;
	if (read) {
		say_failure(&notes, &err, sim->holidays, problems, 0);
		*status = common_status(read);
	}
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	bpr_problems_free(problems);
	return !read;
}

bool simulation_understood(struct common_args *args, int *status)
{
	struct simulation_args *sim = &args->sim;

	if (!combine(sim, status))
		return false;
	if (sim->precision && !percent(sim->precision, &sim->precision_value))
		return usage("U163", sim->precision, NULL, status);
	if (sim->warmup && strcasecmp(sim->warmup, "auto") != 0) {
		if (!bpr_duration_parse(sim->warmup, &sim->warmup_minutes))
			return usage("U162", "warmup", sim->warmup, status);
		sim->warmup_kind = sim->warmup_minutes > 0 ? BPR_WARMUP_MINUTES : BPR_WARMUP_NONE;
		if (sim->days.given && sim->warmup_minutes >= 1440 * sim->days.value)
			return usage("U160", "warmup", "days", status); /* nothing would be left to count */
	}
	if (!first_day(sim, status))
		return false;
	sim->key_list = xcalloc(sim->keys.count, sizeof(*sim->key_list));
	for (size_t i = 0; i < sim->keys.count; i++)
		sim->key_list[i] = bpr_sim_key_find(sim->keys.items[i]);
	return holidays(sim, status);
}

const char *simulation_given(const struct common_args *args)
{
	const struct simulation_args *sim = &args->sim;
	const struct { bool given; const char *name; } options[] = {
		{ sim->days.given, "days" }, { sim->cases > 0, "cases" }, { sim->replications > 0, "replications" }, { sim->precision, "precision" },
		{ sim->keys.count > 0, "key" }, { sim->warmup, "warmup" }, { sim->closing > 0, "closing" }, { sim->from, "from" },
		{ sim->holidays, "holidays" },
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (options[i].given)
			return options[i].name;
	return NULL;
}

void simulation_options(const struct common_args *args, struct bpr_sim_options *options)
{
	const struct simulation_args *sim = &args->sim;

	*options = (struct bpr_sim_options)BPR_SIM_OPTIONS_INIT;
	options->seed = args->seed;
	options->days = sim->days.value;
	options->cases = sim->cases;
	options->precision = sim->precision_value;
	options->precise = sim->key_list;
	options->precise_count = sim->keys.count;
	options->replications = sim->replications;
	options->warmup = sim->warmup_kind;
	options->warmup_minutes = sim->warmup_minutes;
	options->closing = closings[sim->closing].closing;
	options->calendar = sim->calendar;
}

void simulation_release(struct common_args *args)
{
	bpr_holidays_free(args->sim.holiday_list);
	free(args->sim.key_list);
	args->sim.holiday_list = NULL;
	args->sim.key_list = NULL;
}
