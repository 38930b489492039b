/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_QUEUE_I_H
#define BPR_SIMULATE_QUEUE_I_H
/* Events to come, owned by queue.c: nobody else looks inside. Included by run_i.h, which declares struct run_event. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct run_queue { struct run_event *items; size_t count, capacity; uint64_t sequence; };

bool bpr_i_queue_add(struct run_queue *queue, double time, unsigned kind, uint32_t id, uint32_t stamp); /* false: out of memory */
bool bpr_i_queue_take(struct run_queue *queue, struct run_event *out);                                 /* false: empty */
void bpr_i_queue_clear(struct run_queue *queue);
void bpr_i_queue_release(struct run_queue *queue);
#endif
