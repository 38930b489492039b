/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_STROLL_H
#define BPR_CMD_STROLL_H
/*
 * bpr walk: one case gone through by a person. stroll_ask.c takes answers, from a terminal or from a list; stroll_show.c says what
 * happens, on standard error; stroll_end.c says what it came to.
 */
#include "cmd.h"
#include "text.h"
#include <bpr/bpr.h>

/* A name of the flow as a terminal may have it, in room of the caller's. */
struct stroll_words { char text[400]; };

struct stroll {
	const char *name;            /* who walks; NULL: asked */
	char *asked_name;
	double speed;                /* 0: nothing takes time */
	bool draw;                   /* ways are drawn, not asked */
	bool color, terminal;        /* terminal: standard input is one, and answers come from it */
	bool failed;                 /* the answers ended, or one of them cannot be: told */
	/* answers that were given */
	char *answers;               /* one a line, or NULL: from standard input */
	const char *source;          /* what they are called in messages; NULL: --answers itself */
	size_t at, taken;
	const bpr_flow *flow;        /* the one that is walked */
	struct stroll_words where;   /* the last station, for messages */
};

/* ---- stroll_ask.c ---- */
/* A file of that name, "-", or answers with ',' between. False: cannot be read (told). */
bool stroll_answers(struct stroll *s, const char *given, int *status);
void stroll_release(struct stroll *s);
/* Asks for a line; blanks at its ends are gone. NULL: there is none (told), s->failed. The caller frees it. */
char *stroll_ask(struct stroll *s, const char *prompt);
/* The way to take: an index, or BPR_NONE: drawn; s->failed. */
size_t stroll_choose(struct stroll *s, const struct bpr_walk_event *e);
/* The name, once; then for every field that asks for it. False: s->failed. */
bool stroll_ask_name(struct stroll *s);
bool stroll_write_names(struct stroll *s, size_t times);

/* ---- stroll_show.c ---- */
size_t stroll_width(void);
/* A paragraph, wrapped to the width that the terminal has now. */
void stroll_say(const struct stroll *s, size_t indent, const char *paragraph);
void stroll_fill(const struct stroll *s, size_t indent, const char *id, const char *a1, const char *a2, const char *a3);
/* Bold where there are colours. */
void stroll_head(const struct stroll *s, const char *paragraph);
/* "label ........": so many dots, which take time where minutes do. */
void stroll_dots(const struct stroll *s, const char *label, double minutes, double count);
/* What the event means to who walks; forms are filled in by asking. False: s->failed. */
bool stroll_show(struct stroll *s, const struct bpr_walk_event *e);
const char *stroll_safe(struct stroll_words *room, const char *text);
const char *stroll_node(struct stroll_words *room, const bpr_flow *flow, size_t node);
/* What a way is called: its condition, else where it leads. */
const char *stroll_way(struct stroll_words *room, const bpr_flow *flow, const struct bpr_walk_way *way);
/* "12", "2.5"; "1 h 30 min", "3 days". */
const char *stroll_number(struct stroll_words *room, double x);
const char *stroll_minutes(struct stroll_words *room, double minutes);
const char *stroll_percent(struct stroll_words *room, double share);

/* ---- stroll_end.c ---- */
/* The report: figures beside what is expected; what was unusual; with two walks what the change brings. */
bpr_status stroll_report(struct text *out, const struct bpr_walk_told *walks, size_t count, struct bpr_error *err);
#endif
