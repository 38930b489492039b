/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_SOUND_RANDOM_H
#define BPR_TESTS_PROPERTY_SOUND_RANDOM_H
/* Small BPMN files by a seed. */
#include <stdint.h>
#include <stddef.h>

struct sound_random { char text[65536]; size_t length; uint64_t rng; unsigned next_id; };

enum { SOUND_EDGES = 1, SOUND_SCOPES = 2, SOUND_TERMINATE = 4, SOUND_BACK = 8, SOUND_OR = 16, SOUND_EVENTS = 32 };
/* One process of nodes linked anyhow: most have faults. */
void sound_random_tangle(struct sound_random *r, uint64_t seed, unsigned shape, size_t size);
/* One process of blocks in each other: sound by construction. */
void sound_random_blocks(struct sound_random *r, uint64_t seed, unsigned shape, size_t size);
#endif
