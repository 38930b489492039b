/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BPR_H
#define BPR_BPR_H
/** @file bpr.h All public headers of libbpr. */
#include <bpr/analysis.h>
#include <bpr/calendar.h>
#include <bpr/check.h>
#include <bpr/column.h>
#include <bpr/comparison.h>
#include <bpr/conformance.h>
#include <bpr/discovery.h>
#include <bpr/dist.h>
#include <bpr/draw.h>
#include <bpr/error.h>
#include <bpr/evidence.h>
#include <bpr/flow.h>
#include <bpr/improve.h>
#include <bpr/init.h>
#include <bpr/lever.h>
#include <bpr/log.h>
#include <bpr/metric.h>
#include <bpr/mining.h>
#include <bpr/picture.h>
#include <bpr/problem.h>
#include <bpr/procedure.h>
#include <bpr/queueing.h>
#include <bpr/read.h>
#include <bpr/report.h>
#include <bpr/simulate.h>
#include <bpr/soundness.h>
#include <bpr/study.h>
#include <bpr/suggest.h>
#include <bpr/text.h>
#include <bpr/version.h>
#include <bpr/walk.h>
#include <bpr/worktime.h>
#include <bpr/write.h>
#endif
