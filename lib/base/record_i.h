/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_RECORD_I_H
#define BPR_BASE_RECORD_I_H
/*
 * A sheet of a workbook as one text, so that it goes the way of a CSV file: each row begins with a record separator and
 * its cells stand between unit separators. Row n of the sheet is the n-th record, so a line is a row. No XML text holds
 * these characters; no cell needs quotes.
 */
#define BPR_I_RECORD '\x1e'
#define BPR_I_UNIT '\x1f'
#endif
