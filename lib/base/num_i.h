/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_NUM_I_H
#define BPR_BASE_NUM_I_H
/* Numbers in and out, whatever the locale of the process: '.' only, no hex, no inf, no nan. */
#include <stdbool.h>
#include <stddef.h>

/* Whole text [text, text + length) as a plain decimal number (sign, digits, '.', exponent), or false. */
bool bpr_i_num_parse(const char *text, size_t length, double *out);
/* Whole text as a count 0 … max, or false. */
bool bpr_i_num_parse_size(const char *text, size_t length, size_t max, size_t *out);
/* Shortest text that reads back as x (finite), integers without exponent up to 1e15; needs 32 bytes. Length. */
size_t bpr_i_num_format(char *buf, size_t size, double x);
/* Fixed decimals, '.'; group: ',' between thousands. -0 is 0. Needs 400 bytes at worst. Length. */
size_t bpr_i_num_fixed(char *buf, size_t size, double x, int decimals, bool group);
/* A cell of a spreadsheet, both from 1: "D7"; row 0: "D"; column 0: "7". Needs 40 bytes. Length. */
size_t bpr_i_num_cell(char *buf, size_t size, size_t row, size_t column);
#endif
