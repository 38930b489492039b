/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grouping of more records than memory holds: see spill_i.h. */
#include "config.h"
#include "mine/spill_i.h"
#include "base/alloc_i.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEAST_BLOCK = 1 << 16, PIECE = 1 << 18 };

/* Records of the file that are in order among each other. */
struct run { uint64_t from, to; };

struct bpr_spill {
	size_t record, room;     /* bytes of a record; records of a block */
	char *block, *spare;
	size_t capacity;         /* records that the block has memory for, at most room */
	size_t used;
	bool sorted;             /* the block, so far */
	uint32_t last;           /* group of its last record */
	struct run *runs; size_t run_count, run_capacity;
	uint64_t written;        /* records in the file */
	int file;                /* -1: none yet */
	char *temp;
	bpr_status failed;
};

static uint32_t group_of(const void *record)
{
	uint32_t group;

	memcpy(&group, record, sizeof(group));
	return group;
}

bpr_spill *bpr_i_spill_new(size_t record, size_t memory, const char *temp)
{
	bpr_spill *s = bpr_i_calloc(1, sizeof(*s));
	const char *folder = temp && *temp ? temp : "/tmp";

	if (!s)
		return NULL;
	s->record = record;
	s->room = (memory > LEAST_BLOCK ? memory : LEAST_BLOCK) / record;
	s->file = -1;
	s->sorted = true;
	s->temp = bpr_i_calloc(strlen(folder) + 1, 1);
	if (!s->temp) {
		bpr_i_free(s);
		return NULL;
	}
	memcpy(s->temp, folder, strlen(folder));
	return s;
}

/* Stable, by group: 16 bits at a time, and only those in which the groups of the block differ. */
static bool sort_block(struct bpr_spill *s)
{
	uint32_t any = 0, first = s->used ? group_of(s->block) : 0;
	size_t *count;

	if (s->sorted)
		return true;
	for (size_t i = 0; i < s->used; i++)
		any |= group_of(s->block + i * s->record) ^ first;
	count = bpr_i_calloc((size_t)UINT16_MAX + 2, sizeof(*count));
	if (!count || (!s->spare && !(s->spare = bpr_i_calloc(s->capacity, s->record)))) {
		bpr_i_free(count);
		return false;
	}
	for (unsigned shift = 0; shift < 32; shift += 16) {
		char *swap = s->block;

		if (!(any >> shift & UINT16_MAX))
			continue;
		memset(count, 0, ((size_t)UINT16_MAX + 2) * sizeof(*count));
		for (size_t i = 0; i < s->used; i++)
			count[(group_of(s->block + i * s->record) >> shift & UINT16_MAX) + 1]++;
		for (size_t i = 1; i <= UINT16_MAX; i++)
			count[i] += count[i - 1];
		for (size_t i = 0; i < s->used; i++) {
			const char *from = s->block + i * s->record;

			memcpy(s->spare + count[group_of(from) >> shift & UINT16_MAX]++ * s->record, from, s->record);
		}
		s->block = s->spare;
		s->spare = swap;
	}
	bpr_i_free(count);
	s->sorted = true;
	return true;
}

/* A file that nobody else can open, and that is gone with the process. */
static bool open_file(struct bpr_spill *s)
{
	static const char name[] = "/bpr-XXXXXX";
	char *path;

#ifdef O_TMPFILE
	s->file = open(s->temp, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (s->file >= 0)
		return true;
#endif
	path = bpr_i_calloc(strlen(s->temp) + sizeof(name), 1);
	if (!path)
		return false;
	memcpy(path, s->temp, strlen(s->temp));
	memcpy(path + strlen(s->temp), name, sizeof(name));
	s->file = mkstemp(path);
	if (s->file >= 0) {
		(void)fcntl(s->file, F_SETFD, FD_CLOEXEC);
		(void)unlink(path);
	}
	bpr_i_free(path);
	return s->file >= 0;
}

static bool write_all(int file, const char *data, size_t length)
{
	while (length) {
		ssize_t done = write(file, data, length);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		data += done;
		length -= (size_t)done;
	}
	return true;
}

static bpr_status write_block(struct bpr_spill *s)
{
	if (!sort_block(s))
		return BPR_ENOMEM;
	if (s->file < 0 && !open_file(s))
		return BPR_EIO;
	if (!bpr_i_grow(&s->runs, &s->run_capacity, s->run_count + 1, sizeof(*s->runs)))
		return BPR_ENOMEM;
	if (!write_all(s->file, s->block, s->used * s->record))
		return BPR_EIO;
	s->runs[s->run_count++] = (struct run){ s->written, s->written + s->used };
	s->written += s->used;
	s->used = 0;
	s->sorted = true;
	return BPR_OK;
}

/* Room for one more record in the block: it doubles until it has what it may have. */
static bool grow_block(struct bpr_spill *s)
{
	size_t want = s->capacity ? s->capacity * 2 : 1024;
	char *block;

	want = want < s->room ? want : s->room;
	block = bpr_i_realloc(s->block, want, s->record);
	if (!block)
		return false;
	s->block = block;
	s->capacity = want;
	bpr_i_free(s->spare);
	s->spare = NULL;
	return true;
}

void *bpr_i_spill_add(bpr_spill *s)
{
	void *at;

	if (s->failed)
		return NULL;
	if (s->used) { /* what was added last is filled by now */
		uint32_t group = group_of(s->block + (s->used - 1) * s->record);

		s->sorted &= group >= s->last || s->used == 1;
		s->last = group;
	}
	if (s->used == s->room)
		s->failed = write_block(s);
	else if (s->used == s->capacity && !grow_block(s))
		s->failed = BPR_ENOMEM;
	if (s->failed)
		return NULL;
	at = s->block + s->used++ * s->record;
	return at;
}

bpr_status bpr_i_spill_finish(bpr_spill *s)
{
	if (s->failed)
		return s->failed;
	if (s->used > 1)
		s->sorted &= group_of(s->block + (s->used - 1) * s->record) >= s->last;
	if (s->written && s->used)
		s->failed = write_block(s);
	else if (!sort_block(s))
		s->failed = BPR_ENOMEM;
	if (s->written) {
		bpr_i_free(s->block);
		s->block = NULL;
	}
	bpr_i_free(s->spare);
	s->spare = NULL;
	return s->failed;
}

bpr_status bpr_i_spill_failed(const bpr_spill *s)
{
	return s->failed;
}

void bpr_i_spill_free(bpr_spill *s)
{
	if (!s)
		return;
	if (s->file >= 0)
		(void)close(s->file);
	bpr_i_free(s->block);
	bpr_i_free(s->spare);
	bpr_i_free(s->runs);
	bpr_i_free(s->temp);
	bpr_i_free(s);
}

/* ---- reading ---- */

/* Where a run has got to. */
struct reader {
	uint64_t next, to;       /* records of the file not read yet */
	char *piece;
	size_t at, count;        /* records of the piece */
};

struct bpr_spill_walk {
	const bpr_spill *spill;
	size_t at;               /* in memory */
	struct reader *readers; size_t reader_count;
	size_t piece;            /* records of a piece */
	char *group; size_t group_capacity; /* records put together from several runs */
};

/* Takes the next piece of a run where the last one is used up. */
static bpr_status fill(struct bpr_spill_walk *w, struct reader *r)
{
	const size_t record = w->spill->record;
	size_t want, done = 0;

	if (r->at < r->count || r->next == r->to)
		return BPR_OK;
	want = r->to - r->next < w->piece ? (size_t)(r->to - r->next) : w->piece;
	while (done < want * record) {
		ssize_t got = pread(w->spill->file, r->piece + done, want * record - done, (off_t)(r->next * record + done));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return BPR_EIO;
		done += (size_t)got;
	}
	r->next += want;
	r->at = 0;
	r->count = want;
	return BPR_OK;
}

bpr_spill_walk *bpr_i_spill_walk_new(const bpr_spill *spill)
{
	bpr_spill_walk *w = bpr_i_calloc(1, sizeof(*w));
	bool ok = w != NULL;

	if (!ok)
		return NULL;
	w->spill = spill;
	w->piece = PIECE / spill->record;
	w->readers = bpr_i_calloc(spill->run_count, sizeof(*w->readers));
	ok = w->readers != NULL;
	for (size_t i = 0; ok && i < spill->run_count; i++) {
		w->readers[i] = (struct reader){ spill->runs[i].from, spill->runs[i].to, bpr_i_calloc(w->piece, spill->record), 0, 0 };
		w->reader_count++;
		ok = w->readers[i].piece != NULL;
	}
	if (!ok) {
		bpr_i_spill_walk_free(w);
		return NULL;
	}
	return w;
}

static bpr_status next_in_memory(struct bpr_spill_walk *w, uint32_t *group, const void **records, size_t *count)
{
	const bpr_spill *s = w->spill;
	size_t from = w->at;

	if (from == s->used)
		return BPR_OK;
	*group = group_of(s->block + from * s->record);
	while (w->at < s->used && group_of(s->block + w->at * s->record) == *group)
		w->at++;
	*records = s->block + from * s->record;
	*count = w->at - from;
	return BPR_OK;
}

/* Appends what the run has of the group. */
static bpr_status take(struct bpr_spill_walk *w, struct reader *r, uint32_t group, size_t *count)
{
	const size_t record = w->spill->record;
	bpr_status status = BPR_OK;

	while (!status && r->at < r->count && group_of(r->piece + r->at * record) == group) {
		size_t from = r->at;

		while (r->at < r->count && group_of(r->piece + r->at * record) == group)
			r->at++;
		if (!bpr_i_grow(&w->group, &w->group_capacity, *count + r->at - from, record))
			return BPR_ENOMEM;
		memcpy(w->group + *count * record, r->piece + from * record, (r->at - from) * record);
		*count += r->at - from;
		status = fill(w, r);
	}
	return status;
}

bpr_status bpr_i_spill_walk_next(bpr_spill_walk *w, uint32_t *group, const void **records, size_t *count)
{
	bpr_status status = BPR_OK;
	bool any = false;

	*records = NULL;
	*count = 0;
	if (!w->reader_count)
		return next_in_memory(w, group, records, count);
	for (size_t i = 0; i < w->reader_count && !status; i++) {
		struct reader *r = &w->readers[i];

		status = fill(w, r);
		if (!status && r->at < r->count) {
			uint32_t here = group_of(r->piece + r->at * w->spill->record);

			*group = any && *group < here ? *group : here;
			any = true;
		}
	}
	for (size_t i = 0; any && i < w->reader_count && !status; i++)
		status = take(w, &w->readers[i], *group, count);
	if (any && !status)
		*records = w->group;
	return status;
}

void bpr_i_spill_walk_free(bpr_spill_walk *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->reader_count; i++)
		bpr_i_free(w->readers[i].piece);
	bpr_i_free(w->readers);
	bpr_i_free(w->group);
	bpr_i_free(w);
}
