/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_GLOSSARY_H
#define BPR_CMD_GLOSSARY_H
/* Words of Japanese offices and of bpr's reports, in both languages. */
#include <stddef.h>

struct word {
	const char *ja;      /* several are separated by '|' */
	const char *en;
	const char *see;     /* key of the metric or column that measures it, or NULL */
};
extern const struct word glossary[];
extern const size_t glossary_count;

/* A word of queues with what it means: spellings as above, the explanation a message id. */
struct term {
	const char *ja, *en, *explain;
};
extern const struct term terms[];
extern const size_t term_count;
#endif
