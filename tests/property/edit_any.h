/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_EDIT_ANY_H
#define BPR_TESTS_PROPERTY_EDIT_ANY_H
/* Flows changed anyhow, by a seed. */
#include "flow/edit_i.h"
#include <stdint.h>

/* The flow made of an edit that changes nothing; by way of changes that are taken back where `seed` is odd. */
bpr_flow *edit_nothing(const bpr_flow *flow, uint64_t seed);
/* Steps put in, taken out, copied, values changed. NULL: what is left is no flow. */
bpr_flow *edit_any(const bpr_flow *flow, uint64_t seed);
/* Some changes of an edit; each call may fail for lack of memory: then false. */
bool edit_some(bpr_edit *edit, uint64_t seed, size_t changes);
#endif
